/* web/task.h - a task in words: what waits, where it is done, how it looks. */
#ifndef WEB_TASK_H
#define WEB_TASK_H

#include "app/day.h"
#include "web/web.h"

struct task_row {                 /* of day.html */
	const char *icon, *color; /* data-color of the icon */
	struct text title, sub, due, button;
	const char *due_color; /* NULL: none */
	struct url to;
};

struct task_row task_row(const struct request *rq, const struct task *task);

/* The page of an object by type and pid; empty: it has none. */
struct url url_object(const struct request *rq, str type, str pid);

/* "I dag", "I morgen", "26. mars", or "4 dager over frist"; ret_color by how near it is. */
struct text due_words(const struct request *rq, int64_t due_day, const char **ret_color);

#endif
