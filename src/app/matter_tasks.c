/* app/matter_tasks.c - which matters wait for the actor. */
#include "app/matter.h"

#include "base/clock.h"
#include "core/document.h"
#include "q_matter.h"

int64_t
matter_acknowledge_by(struct cx *cx, int64_t submitted_at)
{
	int64_t day =
	    charter_days_after(&cx->charter->process.acknowledge, clock_day(submitted_at));

	return clock_at(day, 16, 0);
}

/* What a secretary is to do with a matter in the state; the action makes the task. */
static const struct {
	enum matter_state state;
	enum action action;
} secretary_next[] = {
    {MATTER_SUBMITTED, ACT_MATTER_RECEIVE},
    {MATTER_RECEIVED, ACT_MATTER_TRIAGE},
    {MATTER_TRIAGED, ACT_MATTER_START},
    {MATTER_RETURNED, ACT_MATTER_RESUME},
    {MATTER_ESCALATED, ACT_MATTER_RECEIVE_ABOVE},
    {MATTER_READY, ACT_MEETING_AGENDA_ADD},
    {MATTER_POSTPONED, ACT_MEETING_AGENDA_ADD},
};
enum { SECRETARY_NEXT = sizeof(secretary_next) / sizeof(*secretary_next) };

static void
add_line(struct cx *cx, struct tasks *tasks, const struct matter_line *m, enum action action)
{
	task_add(tasks,
	    &(struct task){
		.action = action,
		.pid = m->pid,
		.title = m->title,
		.label = m->label,
		.who = m->party_name,
		.since_at = m->state_at,
		.due_at =
		    m->state == MATTER_SUBMITTED ? matter_acknowledge_by(cx, m->state_at) : 0,
	    });
}

static struct err *
secretary_tasks(struct cx *cx, struct tasks *tasks)
{
	int64_t states[SECRETARY_NEXT];
	struct matter_lines lines;

	for (size_t i = 0; i < SECRETARY_NEXT; i++)
		states[i] = secretary_next[i].state;
	TRY(matters_in_states(cx, (struct ints){states, SECRETARY_NEXT}, TASKS_MAX, &lines));
	for (size_t i = 0; i < lines.n; i++)
		for (size_t k = 0; k < SECRETARY_NEXT; k++)
			if (secretary_next[k].state == (enum matter_state)lines.v[i].state)
				add_line(cx, tasks, &lines.v[i], secretary_next[k].action);
	return OK;
}

/* Those of the party acted for: for another the actor would have to change party first. */
static struct err *
draft_tasks(struct cx *cx, struct tasks *tasks)
{
	struct matter_line *v;
	size_t n;

	TRY(q_matter_of_proposer_in(cx->db, cx->a, cx_audiences(cx), cx->actor->party_id,
	    MATTER_DRAFT, TASKS_MAX, &v, &n));
	for (size_t i = 0; i < n; i++)
		task_add(tasks, &(struct task){
				    .action = ACT_MATTER_SUBMIT,
				    .pid = v[i].pid,
				    .title = v[i].title,
				    .label = v[i].label,
				    .since_at = v[i].state_at,
				});
	return OK;
}

/* The side for which the actor is a secretary now; 0: not one. */
static int64_t
secretary_side(const struct cx *cx)
{
	for (size_t i = 0; i < cx->actor->n_appointments; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		if (t->role == ROLE_SECRETARY && t->party_id == cx->actor->party_id)
			return t->side;
	}
	return 0;
}

/* What is next for a document that is past its gate: signing, locking, sending out. */
static enum action
next_act(const struct q_matter_signing *row, enum matter_state state)
{
	if (state == MATTER_QUALITY_CHECKED && row->round_required == 1)
		return ACT_ROUND_OPEN;
	if (!row->mine)
		return ACT_MATTER_SIGN_OFF;
	if (!row->other)
		return ACT_NONE;
	return state == MATTER_REVISED ? ACT_MATTER_FREEZE : ACT_MATTER_SKIP_ROUND;
}

static struct err *
signing_tasks(struct cx *cx, struct tasks *tasks, enum matter_state state, int64_t side)
{
	struct q_matter_signing *rows;
	size_t n;

	TRY(q_matter_signing(
	    cx->db, cx->a, cx_audiences(cx), state, side, TASKS_MAX, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum action next = next_act(&rows[i], state);
		if (next)
			task_add(tasks, &(struct task){
					    .action = next,
					    .pid = rows[i].pid,
					    .title = rows[i].title,
					    .label = rows[i].label,
					    .since_at = rows[i].state_at,
					});
	}
	return OK;
}

/* What is written in each of the matters, as SECTION_BIT()s. */
static struct err *
written_in(struct cx *cx, struct ints matters, unsigned **ret)
{
	struct q_matter_written *rows;
	size_t n;

	*ret = arena_array(cx->a, unsigned, matters.n);
	TRY(q_matter_written(cx->db, cx->a, matters, &rows, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < matters.n; k++)
			if (matters.v[k] == rows[i].matter_id)
				(*ret)[k] |= SECTION_BIT(rows[i].kind);
	return OK;
}

/* What is needed for the quality gate and not written. */
static unsigned
left_to_write(const struct cx *cx, int64_t consequence, unsigned written)
{
	return section_needed(consequence, cx->charter->process.preparation.perspectives) &
	       ~written;
}

static bool
may_write_any(unsigned sections, int64_t side)
{
	for (int64_t kind = 1; kind <= SECTION_N; kind++)
		if ((sections & SECTION_BIT(kind)) && section_may_write(kind, side))
			return true;
	return false;
}

/* What the actor is named to write, until it is written. */
static struct err *
writing_tasks(struct cx *cx, struct tasks *tasks)
{
	struct q_matter_writing *rows;
	unsigned *written;
	size_t n;

	TRY(q_matter_writing(cx->db, cx->a, cx_audiences(cx), cx->actor->person_id,
	    MATTER_IN_PREPARATION, TASKS_MAX, &rows, &n));
	int64_t *ids = arena_array(cx->a, int64_t, n);
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	TRY(written_in(cx, (struct ints){ids, n}, &written));
	for (size_t i = 0; i < n; i++)
		if (may_write_any(
			left_to_write(cx, rows[i].consequence, written[i]), rows[i].side))
			task_add(tasks,
			    &(struct task){
				.action = ACT_MATTER_EDIT,
				.pid = rows[i].pid,
				.title = rows[i].title,
				.label = rows[i].label,
				.since_at = rows[i].state_at,
				.due_at =
				    rows[i].due_day ? clock_at(rows[i].due_day, 16, 0) : 0,
			    });
	return OK;
}

/* What has been written to the end and waits for its quality check. */
static struct err *
check_tasks(struct cx *cx, struct tasks *tasks)
{
	struct q_matter_preparing *rows;
	unsigned *written;
	size_t n;

	TRY(q_matter_preparing(
	    cx->db, cx->a, cx_audiences(cx), MATTER_IN_PREPARATION, TASKS_MAX, &rows, &n));
	int64_t *ids = arena_array(cx->a, int64_t, n);
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	TRY(written_in(cx, (struct ints){ids, n}, &written));
	for (size_t i = 0; i < n; i++)
		if (!left_to_write(cx, rows[i].consequence, written[i]))
			task_add(tasks, &(struct task){
					    .action = ACT_MATTER_CHECK,
					    .pid = rows[i].pid,
					    .title = rows[i].title,
					    .label = rows[i].label,
					    .since_at = rows[i].state_at,
					});
	return OK;
}

struct err *
matter_tasks(struct cx *cx, struct tasks *tasks)
{
	if (task_for_role(cx, ROLE_SECRETARY)) {
		TRY(secretary_tasks(cx, tasks));
		TRY(check_tasks(cx, tasks));
		TRY(signing_tasks(cx, tasks, MATTER_QUALITY_CHECKED, secretary_side(cx)));
		TRY(signing_tasks(cx, tasks, MATTER_REVISED, secretary_side(cx)));
	}
	TRY(writing_tasks(cx, tasks));
	TRY(matter_appeal_tasks(cx, tasks));
	if (task_for_role(cx, ROLE_CONTACT) || task_for_role(cx, ROLE_SECRETARY))
		return draft_tasks(cx, tasks);
	return OK;
}
