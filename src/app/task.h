/*
 * app/task.h - what waits for a person: the tasks of "Min dag".
 *
 * Each area adds its own (round_tasks, meeting_tasks ...); app/day.c gathers them and puts
 * them in order. A task is derived from facts when it is asked for and kept nowhere, so it
 * cannot be wrong about what still waits.
 */
#ifndef APP_TASK_H
#define APP_TASK_H

#include "app/cx.h"

enum { TASKS_MAX = 200 };

struct task {
	enum action action; /* what waits to be done: says icon, words and address */
	str pid;            /* of the thing it is done to */
	str title;          /* of the thing */
	str label;          /* "Sak 14/26"; may be empty */
	str who;            /* the party or person it comes from; may be empty */
	int64_t due_at;     /* 0: no deadline */
	int64_t since_at;   /* since when it has waited */
	int64_t n;          /* how many, where it counts something */
};

struct tasks {
	struct task v[TASKS_MAX];
	size_t n;
};

/* Adds one; the rest past the limit are left out. */
void task_add(struct tasks *tasks, const struct task *task);

/* Whether the actor, acting for the party acted for, holds the role. */
bool task_for_role(const struct cx *cx, enum role role);

#endif
