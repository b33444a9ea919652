#include "app/day.h"

#include "app/account.h"
#include "app/decision.h"
#include "app/matter.h"
#include "app/meeting.h"
#include "app/minutes.h"
#include "app/round.h"
#include "core/audience.h"
#include "q_people.h"

#include <stdlib.h>
#include <string.h>

enum { NOTICES_MAX = 8 };

void
task_add(struct tasks *tasks, const struct task *task)
{
	if (tasks->n < TASKS_MAX)
		tasks->v[tasks->n++] = *task;
}

bool
task_for_role(const struct cx *cx, enum role role)
{
	for (size_t i = 0; i < cx->actor->n_appointments; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		if (t->role == role && t->party_id == cx->actor->party_id)
			return true;
	}
	return false;
}

/* What has a deadline before what has none; then the earliest first. */
static int
by_urgency(const void *a, const void *b)
{
	const struct task *x = a, *y = b;
	int64_t dx = x->due_at ? x->due_at : INT64_MAX, dy = y->due_at ? y->due_at : INT64_MAX;

	if (dx != dy)
		return dx < dy ? -1 : 1;
	return (x->since_at > y->since_at) - (x->since_at < y->since_at);
}

struct err *
day_tasks(struct cx *cx, struct tasks **ret)
{
	struct tasks *t = arena_new(cx->a, struct tasks);

	TRY(matter_tasks(cx, t));
	TRY(meeting_tasks(cx, t));
	TRY(round_tasks(cx, t));
	TRY(minutes_tasks(cx, t));
	TRY(decision_tasks(cx, t));
	qsort(t->v, t->n, sizeof(t->v[0]), by_urgency);
	*ret = t;
	return OK;
}

static bool
is_shown(const struct tasks *here, const struct task *t)
{
	for (size_t i = 0; i < here->n; i++)
		if (here->v[i].action == t->action && str_eq(here->v[i].pid, t->pid))
			return true;
	return false;
}

static struct err *
count_for(struct cx *cx, int64_t party_id, const struct tasks *here, int64_t *ret)
{
	const struct actor *me = cx->actor;
	struct actor other = *me;
	struct tasks *t;

	other.party_id = party_id;
	cx->actor = &other;
	struct err *e = day_tasks(cx, &t);
	cx->actor = me;
	TRY(e);
	*ret = 0;
	for (size_t i = 0; i < t->n; i++)
		*ret += !is_shown(here, &t->v[i]);
	return OK;
}

struct err *
day_elsewhere(struct cx *cx, const struct tasks *here, struct day_party **ret, size_t *ret_n)
{
	struct acting *all;
	size_t n, kept = 0;

	TRY(acting_choices(cx, &all, &n));
	*ret = arena_array(cx->a, struct day_party, n);
	for (size_t i = 0; i < n; i++) {
		struct q_party_by_pid *party;
		int64_t waiting;
		if (all[i].current)
			continue;
		TRY(q_party_by_pid(cx->db, cx->a, all[i].pid, &party));
		TRY(count_for(cx, party->id, here, &waiting));
		if (waiting)
			(*ret)[kept++] = (struct day_party){all[i].pid, all[i].name, waiting};
	}
	*ret_n = kept;
	return OK;
}

static int *
area_of(struct day_counts *c, enum action action)
{
	switch (action_object(action)) {
	case OBJECT_ROUND: return &c->rounds;
	case OBJECT_MEETING:
	case OBJECT_PREMEETING: return &c->meetings;
	case OBJECT_DECISION: return &c->followups;
	default: return &c->matters;
	}
}

struct day_counts
day_count(const struct tasks *tasks)
{
	struct day_counts c = {.all = (int)tasks->n};

	for (size_t i = 0; i < tasks->n; i++)
		++*area_of(&c, tasks->v[i].action);
	return c;
}

/* --- notices ---------------------------------------------------------------------------- */

/* A notice has the title of what it is about. Who has left is told of the own account only. */
static bool
may_be_told(const struct cx *cx, const struct notice *x)
{
	return str_eq(x->object_type, S("person")) ||
	       audience_has(cx->actor, (struct audience){.kind = AUDIENCE_INSIDE});
}

struct err *
day_notices(struct cx *cx, struct notice **ret, size_t *ret_n)
{
	struct q_notice_unread *rows;
	size_t n;

	TRY(q_notice_unread(cx->db, cx->a, cx->actor->person_id, NOTICES_MAX, &rows, &n));
	struct notice *v = arena_array(cx->a, struct notice, n);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct notice *x = &v[*ret_n];
		*x = (struct notice){.pid = rows[i].pid,
		    .at = rows[i].at,
		    .times = rows[i].times,
		    .action = action_of(rows[i].kind),
		    .title = rows[i].title};
		str_cut(rows[i].object, ':', &x->object_type, &x->object_pid);
		*ret_n += may_be_told(cx, x);
	}
	*ret = v;
	return OK;
}

static const struct input none_inputs[] = {{0}};

static struct err *
read_all_notices(struct cx *cx, const void *in, struct result *ret)
{
	struct object me = {
	    .kind = OBJECT_PERSON, .person_id = cx->actor->person_id, .is_visible = true};
	int64_t n;

	(void)in;
	TRY(cx_need(cx, ACT_NOTICE_READ, &me));
	TRY(q_notice_read_all(cx->db, cx->a, cx->actor->person_id, cx->now_at, &n));
	ret->type = "person";
	ret->pid = cx->actor->person_pid;
	return OK;
}

const struct usecase day_usecases[] = {
    {ACT_NOTICE_READ, "/notices/read", "Mark all notices as read", none_inputs, 0, NULL,
	read_all_notices, true},
    {0},
};
