/*
 * app/day.h - "Min dag": exactly what waits for one person, and what the person should know.
 */
#ifndef APP_DAY_H
#define APP_DAY_H

#include "app/task.h"
#include "app/usecase.h"

/* Everything that waits, what is due first at the top; what has no deadline by age. */
struct err *day_tasks(struct cx *cx, struct tasks **ret) NODISCARD;

/* What waits in each other party that the person may act for; parties with nothing are left
 * out. What waits for the person whatever the party counts where it is shown already. */
struct day_party {
	str pid, name;
	int64_t n;
};
struct err *day_elsewhere(
    struct cx *cx, const struct tasks *here, struct day_party **ret, size_t *ret_n) NODISCARD;

/* What the person has been told and has not marked as read: of each thing the last, and how
 * many times there was news of it, but of the own account each by itself; the newest first. */
struct notice {
	str pid;
	int64_t at, times;
	enum action action;
	str object_type, object_pid, title;
};
struct err *day_notices(struct cx *cx, struct notice **ret, size_t *ret_n) NODISCARD;

/* How many wait in each area, for the menu: counted from the same tasks. */
struct day_counts {
	int all, matters, rounds, meetings, followups;
};
struct day_counts day_count(const struct tasks *tasks);

extern const struct usecase day_usecases[];

#endif
