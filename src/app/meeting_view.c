/* app/meeting_view.c - meetings as their pages and the API show them. */
#include "app/access.h"
#include "app/meeting.h"
#include "app/premeeting.h"
#include "base/clock.h"
#include "q_meeting.h"
#include "q_people.h"
#include "q_premeeting.h"

enum { STILL_ON_S = 12 * 60 * 60 }; /* a meeting that has begun may go on so long */

/* The bodies by their names in the reader's language. */
static void
say_bodies(const struct cx *cx, struct meeting_line *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v[i].body_name =
		    charter_body_said(cx->charter, v[i].body_key, v[i].body_name, cx->lang);
}

struct err *
meetings_coming(struct cx *cx, int64_t n, struct meeting_lines *ret)
{
	struct meeting_line *rows;

	TRY(q_meeting_coming(
	    cx->db, cx->a, cx_audiences(cx), cx->now_at - STILL_ON_S, n, &rows, &ret->n));
	say_bodies(cx, rows, ret->n);
	ret->v = rows;
	return OK;
}

struct err *
meetings_past(struct cx *cx, str after, int64_t n, struct meeting_lines *ret)
{
	struct meeting *last = NULL;
	struct meeting_line *rows;

	if (after.n)
		TRY(q_meeting_by_pid(cx->db, cx->a, after, &last));
	TRY(q_meeting_past(cx->db, cx->a, cx_audiences(cx),
	    last ? last->starts_at : cx->now_at - STILL_ON_S, last ? last->id : 0, n, &rows,
	    &ret->n));
	say_bodies(cx, rows, ret->n);
	ret->v = rows;
	return OK;
}

struct err *
meetings_after(struct cx *cx, const struct meeting *m, struct meeting_lines *ret)
{
	struct meeting_line *rows;
	size_t n, k = 0;

	TRY(q_meeting_later(
	    cx->db, cx->a, cx_audiences(cx), m->body_id, m->starts_at, 20, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!meeting_is_off(rows[i].state) && !meeting_is_over(rows[i].state))
			rows[k++] = rows[i];
	*ret = (struct meeting_lines){rows, k};
	return OK;
}

/* Seats one approval in a place: the first it could fill that is still empty. */
static void
put_approval(struct agenda_place *places, size_t n, const struct q_approval_list *a)
{
	for (size_t p = 0; p < n; p++)
		if ((a->places & (INT64_C(1) << p)) && !places[p].name.n) {
			places[p].name = a->name;
			places[p].at = a->at;
			return;
		}
}

/* Those who can fill one place only are seated first, so that nobody shuts another out. */
static int
freedom(int64_t places)
{
	return __builtin_popcountll((unsigned long long)places);
}

static struct err *
read_places(struct cx *cx, struct meeting_view *v)
{
	const struct charter_approvals *rule = approval_rule(&v->body->agenda.setters);
	struct q_approval_list *rows;
	size_t n;

	v->n_places = rule->n;
	v->places = arena_array(cx->a, struct agenda_place, rule->n);
	for (size_t i = 0; i < rule->n; i++)
		v->places[i] = (struct agenda_place){
		    .label = charter_say(&rule->v[i].label, cx->lang),
		    .side = rule->v[i].side,
		};
	TRY(q_approval_list(cx->db, cx->a, v->m->id, v->m->agenda_rev, &rows, &n));
	for (int free = 1; free <= 32; free++)
		for (size_t i = 0; i < n; i++)
			if (freedom(rows[i].places) == free)
				put_approval(v->places, v->n_places, &rows[i]);
	return OK;
}

static struct err *
may_approve(struct cx *cx, struct meeting_view *v)
{
	const struct appointment *by;
	struct q_approval_list *rows;
	unsigned places;
	size_t n;

	TRY(meeting_places(cx, &v->body->agenda.setters, v->m->body_key, &places, &by));
	TRY(q_approval_list(cx->db, cx->a, v->m->id, v->m->agenda_rev, &rows, &n));
	struct approval *given = arena_array(cx->a, struct approval, n);
	for (size_t i = 0; i < n; i++)
		given[i] = (struct approval){rows[i].person_id, rows[i].places};
	v->may_approve =
	    v->n_items > 0 &&
	    meeting_may(cx, v, ACT_MEETING_AGENDA_APPROVE, MEETING_DO_APPROVE_AGENDA) &&
	    !approval_can(
		&v->body->agenda.setters, cx->a, given, n, cx->actor->person_id, places);
	return OK;
}

static struct err *
read_items(struct cx *cx, struct meeting_view *v)
{
	TRY(meeting_items(cx, v->m, &v->items, &v->n_items));
	v->item_seen = arena_array(cx->a, bool, v->n_items);
	for (size_t i = 0; i < v->n_items; i++) {
		const struct agenda_item *t = &v->items[i];
		if (t->matter_id)
			TRY(access_seen(cx, OBJECT_MATTER, t->matter_id, &v->item_seen[i]));
		v->inform_min += t->kind == ITEM_INFORM ? t->length_min : 0;
		v->discuss_min += t->kind == ITEM_DISCUSS ? t->length_min : 0;
		v->decide_min += t->kind == ITEM_DECIDE ? t->length_min : 0;
		v->fixed_min += t->kind == ITEM_FIXED ? t->length_min : 0;
	}
	return OK;
}

struct err *
meeting_view(struct cx *cx, str pid, struct meeting_view *ret)
{
	struct q_party_by_id *party = NULL;

	*ret = (struct meeting_view){0};
	TRY(meeting_load(cx, pid, &ret->m, &ret->object));
	ret->doers = authz_doers(cx->actor, &ret->object);
	TRY(meeting_body(cx, ret->m, &ret->body));
	ret->body_name = charter_say(&ret->body->name, cx->lang);
	TRY(meeting_know(cx, ret->m, S(""), &ret->facts));
	TRY(meeting_chair(cx, ret->m, &ret->chair));
	TRY(read_items(cx, ret));
	TRY(read_places(cx, ret));
	if (ret->m->requested_by_id)
		TRY(q_party_by_id(cx->db, cx->a, ret->m->requested_by_id, &party));
	ret->requester = party ? party->name : S("");
	return may_approve(cx, ret);
}

bool
meeting_may(
    struct cx *cx, const struct meeting_view *v, enum action action, enum meeting_act act)
{
	return authorize(cx->actor, action, &v->object, NULL) == VERDICT_ALLOW &&
	       meeting_offers(v->m->state, act, v->doers, NULL);
}

struct err *
meeting_bodies(struct cx *cx, struct body_choice **ret, size_t *ret_n)
{
	struct q_body_list *rows;
	size_t n, k = 0;

	TRY(q_body_list(cx->db, cx->a, &rows, &n));
	*ret = arena_array(cx->a, struct body_choice, n);
	for (size_t i = 0; i < n; i++) {
		const struct charter_body *b = charter_body(cx->charter, rows[i].key);
		if (b && actor_is_on_side(cx->actor, b->side))
			(*ret)[k++] = (struct body_choice){
			    rows[i].pid, charter_say(&b->name, cx->lang), rows[i].abbr};
	}
	*ret_n = k;
	return OK;
}

/* --- what waits ------------------------------------------------------------------------- */

static void
add_task(struct tasks *t, const struct meeting_view *v, enum action action, int64_t due_at)
{
	const struct meeting *m = v->m;

	task_add(t, &(struct task){.action = action,
			.pid = m->pid,
			.title = v->body_name,
			.label = m->label,
			.due_at = due_at,
			.since_at = m->state_at});
}

static int64_t
call_by(const struct meeting_view *v)
{
	return clock_at(clock_day(v->m->starts_at) - charter_notice_days(v->body), 23, 59);
}

/* The secretary's: to plan it, to hold it, and to write down what it came to. */
static void
premeeting_step(
    const struct meeting_view *v, const struct q_premeeting_waits *p, struct tasks *t)
{
	if (!p || p->state == PREMEETING_CANCELLED)
		add_task(t, v, ACT_PREMEETING_PLAN, v->m->starts_at);
	else if (p->state == PREMEETING_SCHEDULED)
		add_task(t, v, ACT_PREMEETING_HOLD, p->starts_at);
	else if (p->state == PREMEETING_HELD && p->open_n)
		add_task(t, v, ACT_PREMEETING_POSITION, v->m->starts_at);
}

static struct err *
premeeting_task(struct cx *cx, const struct meeting_view *v, struct tasks *t)
{
	bool is_secretary = task_for_role(cx, ROLE_SECRETARY);
	struct q_premeeting_waits *p;
	struct premeeting_status s[2];
	size_t n;

	if (v->m->state < MEETING_AGENDA_SET || v->m->state > MEETING_PREMEETING_DONE ||
	    (!is_secretary && !task_for_role(cx, ROLE_CONTACT)))
		return OK;
	TRY(premeeting_status(cx, v, s, &n));
	for (size_t i = 0; i < n; i++) {
		if (!s[i].is_own)
			continue;
		TRY(q_premeeting_waits(
		    cx->db, cx->a, v->m->id, s[i].side, cx->actor->party_id, &p));
		if (is_secretary && s[i].is_required)
			premeeting_step(v, p, t);
		if (p && p->state == PREMEETING_SCHEDULED && p->is_asked && p->silent_n &&
		    meeting_is_called(v->m->state))
			add_task(t, v, ACT_PREMEETING_STAND, p->starts_at);
	}
	return OK;
}

static struct err *
reply_task(struct cx *cx, const struct meeting_view *v, struct tasks *t)
{
	struct own_reply own;

	if (v->m->starts_at <= cx->now_at ||
	    !meeting_may(cx, v, ACT_MEETING_REPLY, MEETING_DO_REPLY))
		return OK;
	TRY(reply_own(cx, v->m, &own));
	if (own.is_asked && own.reply == REPLY_NONE)
		add_task(t, v, ACT_MEETING_REPLY, v->m->starts_at);
	return OK;
}

struct err *
meeting_tasks(struct cx *cx, struct tasks *ret)
{
	struct meeting_lines lines;

	TRY(meetings_coming(cx, 40, &lines));
	for (size_t i = 0; i < lines.n; i++) {
		struct meeting_view v;
		int64_t state = lines.v[i].state;
		if (state == MEETING_PLANNED || state > MEETING_PREMEETING_DONE)
			continue;
		TRY(meeting_view(cx, lines.v[i].pid, &v));
		if (v.may_approve)
			add_task(ret, &v, ACT_MEETING_AGENDA_APPROVE, call_by(&v));
		if (meeting_may(cx, &v, ACT_MEETING_SUMMON, MEETING_DO_SUMMON))
			add_task(ret, &v, ACT_MEETING_SUMMON, call_by(&v));
		TRY(reply_task(cx, &v, ret));
		if (v.facts.days_left <= 0 &&
		    meeting_may(cx, &v, ACT_MEETING_OPEN, MEETING_DO_OPEN))
			add_task(ret, &v, ACT_MEETING_OPEN, v.m->starts_at);
		TRY(premeeting_task(cx, &v, ret));
	}
	return OK;
}

struct err *
meeting_parties(struct cx *cx, struct meeting_party **ret, size_t *ret_n)
{
	struct q_party_list *rows;

	TRY(q_party_list(cx->db, cx->a, &rows, ret_n));
	*ret = arena_array(cx->a, struct meeting_party, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct meeting_party){rows[i].pid, rows[i].name};
	return OK;
}
