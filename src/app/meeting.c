/* app/meeting.c - loading a meeting, judging and moving it; what it says of its matters. */
#include "app/meeting.h"

#include "app/access.h"
#include "app/premeeting.h"
#include "base/clock.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_people.h"

/* --- loading ---------------------------------------------------------------------------- */

struct err *
meeting_body(struct cx *cx, const struct meeting *m, const struct charter_body **ret)
{
	*ret = charter_body(cx->charter, m->body_key);
	if (*ret)
		return OK;
	return err_new(
	    cx->a, ERR_CONFLICT, "body.not_in_charter", STR_FMT, STR_ARG(m->body_key));
}

struct err *
meeting_seat_key(struct cx *cx, const struct charter_body *b, int64_t seat_id, str *ret)
{
	struct q_meeting_seat *row = NULL;

	*ret = S("");
	if (!seat_id || !b)
		return OK;
	TRY(q_meeting_seat(cx->db, cx->a, seat_id, &row));
	for (size_t i = 0; row && i < b->seats.n; i++)
		if (str_eq(b->seats.v[i].key, row->key))
			*ret = b->seats.v[i].from->key;
	return OK;
}

static struct err *
approver_of(struct cx *cx, const struct appointment *t, struct approver *ret)
{
	struct q_body_by_id *body = NULL;

	*ret = (struct approver){.side = t->side, .role = t->role, .chairing = t->chairing};
	if (!t->body_id)
		return OK;
	TRY(q_body_by_id(cx->db, cx->a, t->body_id, &body));
	if (!body)
		return OK;
	ret->body = body->key;
	return meeting_seat_key(
	    cx, charter_body(cx->charter, body->key), t->seat_id, &ret->seat);
}

struct err *
meeting_places(struct cx *cx, const struct charter_approvals *rule, str body_key,
    unsigned *ret_places, const struct appointment **ret_by)
{
	*ret_places = 0;
	*ret_by = NULL;
	for (size_t i = 0; i < cx->actor->n_appointments; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		struct approver as;
		if (t->party_id != cx->actor->party_id)
			continue;
		TRY(approver_of(cx, t, &as));
		unsigned places = approval_places(rule, body_key, &as, 1);
		if (places && !*ret_by)
			*ret_by = t;
		*ret_places |= places;
	}
	return OK;
}

/* Named for the agenda until the meeting sits, then for the minutes. */
static struct err *
is_named(struct cx *cx, const struct meeting *m, bool *ret)
{
	const struct charter_body *body = charter_body(cx->charter, m->body_key);
	bool sits = m->state == MEETING_IN_SESSION || meeting_is_over(m->state);
	const struct appointment *by;
	unsigned places;

	*ret = false;
	if (!body || !cx->actor->person_id)
		return OK;
	TRY(meeting_places(cx,
	    sits ? &cx->charter->process.minutes.approvers : &body->agenda.setters, m->body_key,
	    &places, &by));
	*ret = places != 0;
	return OK;
}

struct err *
meeting_load(struct cx *cx, str pid, struct meeting **ret, struct object *ret_object)
{
	struct meeting *m;

	TRY(q_meeting_by_pid(cx->db, cx->a, pid, &m));
	if (!m)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "meeting");
	*ret_object = (struct object){
	    .kind = OBJECT_MEETING,
	    .state = m->state,
	    .body_id = m->body_id,
	};
	TRY(access_seen(cx, OBJECT_MEETING, m->id, &ret_object->is_visible));
	TRY(is_named(cx, m, &ret_object->is_named));
	TRY(cx_see(cx, ACT_MEETING_READ, ret_object));
	*ret = m;
	return OK;
}

struct err *
meeting_open_act(struct cx *cx, str pid, int64_t rev, enum action action, struct meeting **ret,
    struct object *ret_object)
{
	TRY(meeting_load(cx, pid, ret, ret_object));
	TRY(cx_need(cx, action, ret_object));
	return rev ? cx_same_rev(cx, rev, (*ret)->rev) : OK;
}

struct err *
meeting_items(struct cx *cx, const struct meeting *m, struct agenda_item **ret, size_t *ret_n)
{
	return q_item_list(cx->db, cx->a, m->id, ret, ret_n);
}

struct err *
meeting_item(struct cx *cx, const struct meeting *m, str pid, struct agenda_item **ret)
{
	TRY(q_item_by_pid(cx->db, cx->a, m->id, pid, ret));
	return *ret ? OK : err_new(cx->a, ERR_NOT_FOUND, "not_found", "agenda item");
}

void
meeting_done(struct result *ret, const struct meeting *m)
{
	ret->type = "meeting";
	ret->pid = m->pid;
}

/* --- what is known of it ---------------------------------------------------------------- */

static struct err *
count_items(struct cx *cx, const struct meeting *m, struct meeting_facts *f)
{
	struct agenda_item *items;
	size_t n;

	TRY(meeting_items(cx, m, &items, &n));
	f->are_papers_out = true;
	for (size_t i = 0; i < n; i++) {
		f->items_n++;
		f->open_items_n += !items[i].outcome && items[i].kind != ITEM_FIXED;
		if (items[i].matter_id && items[i].matter_state < MATTER_PAPERS_PUBLISHED)
			f->are_papers_out = false;
	}
	return OK;
}

static struct err *
count_approvals(struct cx *cx, const struct meeting *m, const struct charter_body *b,
    struct meeting_facts *f)
{
	struct q_approval_list *rows;
	size_t n;

	TRY(q_approval_list(cx->db, cx->a, m->id, m->agenda_rev, &rows, &n));
	struct approval *given = arena_array(cx->a, struct approval, n);
	for (size_t i = 0; i < n; i++)
		given[i] = (struct approval){rows[i].person_id, rows[i].places};
	f->missing_setters = approval_missing(&b->agenda.setters, given, n);
	return OK;
}

struct err *
meeting_know(struct cx *cx, const struct meeting *m, str reason, struct meeting_facts *ret)
{
	const struct charter_body *b;
	struct meeting_chair chair;
	struct seat_lines seats;

	TRY(meeting_body(cx, m, &b));
	TRY(meeting_chair(cx, m, &chair));
	TRY(meeting_seats(cx, m, m->current_item_id, &seats));
	*ret = (struct meeting_facts){
	    .state = m->state,
	    .now_at = cx->now_at,
	    .starts_at = m->starts_at,
	    .is_extraordinary = m->extraordinary && b->cadence.extraordinary_locked,
	    .is_chair_known = chair.person_id != 0,
	    .is_announced = m->published_at != 0,
	    .needs_chair_first = b->chair.rule == CHAIR_RULE_PER_MEETING,
	    .notice_days = charter_notice_days(b),
	    .days_left = clock_day(m->starts_at) - cx->today,
	    .vacant_n = reason.n ? 0 : seats.vacant_n, /* R060: or a reason is recorded */
	    .present_n = seats.count.present_n,
	    .is_quorate = seats.is_quorate,
	    .is_item_open = true,
	    .has_reason = reason.n > 0,
	};
	TRY(count_items(cx, m, ret));
	TRY(count_approvals(cx, m, b, ret));
	return premeetings_know(cx, m, b, ret);
}

struct err *
meeting_allow(struct cx *cx, const struct object *object, const struct meeting_facts *f,
    enum meeting_act act)
{
	struct step step;

	return meeting_can(f, cx->a, act, authz_doers(cx->actor, object), &step);
}

struct err *
meeting_move(struct cx *cx, struct meeting *m, const struct object *object,
    const struct meeting_facts *f, enum meeting_act act, str reason)
{
	struct step step;
	int64_t n;

	TRY(meeting_can(f, cx->a, act, authz_doers(cx->actor, object), &step));
	if (step.to == m->state)
		return q_meeting_touch(cx->db, cx->a, m->id, &n);
	m->state = step.to;
	return q_meeting_set_state(cx->db, cx->a, m->id, step.to, reason, cx->now_at, &n);
}

/* --- its matters ------------------------------------------------------------------------ */

struct err *
meeting_matter(struct cx *cx, int64_t matter_id, struct matter **ret)
{
	TRY(q_matter_by_id(cx->db, cx->a, matter_id, ret));
	return *ret ? OK : err_new(cx->a, ERR_INTERNAL, "internal", "item without its matter");
}

struct err *
meeting_carry(
    struct cx *cx, const struct matter *m, const struct matter_facts *f, enum matter_act act)
{
	struct step step;

	TRY(matter_can(f, cx->a, act, DOER_SECRETARY | DOER_CHAIR, &step));
	return matter_set_state(cx, m, step.to, f->reason);
}

static struct err *
body_facts(
    struct cx *cx, const struct matter *m, const struct meeting *in, struct matter_facts *f)
{
	struct charter_question q = matter_question(m);
	const struct charter_body *b, *parent;
	struct q_body_by_key *row = NULL;

	TRY(meeting_body(cx, in, &b));
	f->body_may = charter_body_outcomes(b, &q);
	f->is_in_mandate = (f->body_may & OUTCOME_BIT(OUTCOME_DECIDE)) != 0;
	parent = charter_body_parent(cx->charter, b);
	if (parent)
		TRY(q_body_by_key(cx->db, cx->a, parent->key, &row));
	f->parent_body_id = row ? row->id : 0;
	return OK;
}

struct err *
meeting_facts_in(
    struct cx *cx, const struct matter *m, const struct meeting *in, struct matter_facts *f)
{
	struct meeting_facts k;

	TRY(meeting_know(cx, in, S(""), &k));
	f->meeting_id = in->id;
	f->meeting_body_id = in->body_id;
	f->is_agenda_open = meeting_takes_items(in->state, k.is_extraordinary);
	f->is_agenda_set = in->state == MEETING_AGENDA_SET || meeting_is_called(in->state);
	f->is_meeting_sitting = in->state == MEETING_IN_SESSION;
	f->is_meeting_off = meeting_is_off(in->state);
	f->needs_premeeting = k.needs_premeeting;
	f->has_premeeting = k.is_premeeting_held;
	f->is_quorate = k.is_quorate;
	return body_facts(cx, m, in, f);
}

struct err *
meeting_last_item(struct cx *cx, const struct matter *m, struct q_item_of_matter **ret)
{
	struct q_item_of_matter *rows;
	size_t n;

	TRY(q_item_of_matter(cx->db, cx->a, m->id, &rows, &n));
	*ret = n ? &rows[0] : NULL;
	return OK;
}

static struct err *
child_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct q_matter_children *rows;
	size_t n, over = 0;

	if (m->state != MATTER_DELEGATED)
		return OK;
	TRY(q_matter_children(cx->db, cx->a, m->id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		over += matter_is_over(rows[i].state);
	f->is_child_done = n > 0 && over == n;
	return OK;
}

struct err *
meeting_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct q_item_of_matter *last;
	struct meeting *in;

	TRY(child_facts(cx, m, f));
	TRY(meeting_last_item(cx, m, &last));
	if (!last)
		return OK;
	f->is_minuted = last->outcome && last->state >= MEETING_MINUTES_APPROVED &&
			last->state <= MEETING_ARCHIVED;
	if (m->state < MATTER_READY || m->state > MATTER_POSTPONED)
		return OK;
	TRY(q_meeting_by_id(cx->db, cx->a, last->meeting_id, &in));
	return in ? meeting_facts_in(cx, m, in, f) : OK;
}

/* --- telling ---------------------------------------------------------------------------- */

struct err *
meeting_tell_body(struct cx *cx, const struct meeting *m, enum action what)
{
	struct q_body_sitting *who;
	size_t n;

	TRY(q_body_sitting(cx->db, cx->a, m->body_id, cx->today, &who, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_person(cx, who[i].person_id, what, "meeting", m->pid, m->label));
	return OK;
}
