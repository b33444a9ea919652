/* app/premeeting.c - a side's own meeting before the meeting. */
#include "app/premeeting_load.h"

#include "app/access.h"
#include "base/random.h"
#include "q_meeting.h"
#include "q_people.h"
#include "q_premeeting.h"

static const enum side sides[] = {SIDE_MUNICIPAL, SIDE_TRUST};

/* The side that the actor acts on now; none: of a party that has no side in this. */
static enum side
own_side(const struct cx *cx)
{
	for (size_t i = 0; i < cx->actor->n_appointments; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		if (t->role != ROLE_ADMIN && t->party_id == cx->actor->party_id &&
		    (t->side == SIDE_MUNICIPAL || t->side == SIDE_TRUST))
			return (enum side)t->side;
	}
	return SIDE_NONE;
}

/* --- what it says of its meeting -------------------------------------------------------- */

static bool
is_on(const struct premeeting *p)
{
	return p && p->state != PREMEETING_CANCELLED;
}

static bool
is_needed(struct cx *cx, const struct charter_body *b, enum side side)
{
	const struct charter_pre_meeting *rule = charter_pre_meeting(cx->charter, b, side);

	return rule && rule->required;
}

struct err *
premeetings_know(struct cx *cx, const struct meeting *m, const struct charter_body *b,
    struct meeting_facts *f)
{
	f->is_premeeting_planned = f->is_premeeting_held = true;
	for (int i = 0; i < 2; i++) {
		struct premeeting *p;
		if (!is_needed(cx, b, sides[i]))
			continue;
		TRY(q_premeeting_of(cx->db, cx->a, m->id, sides[i], &p));
		f->needs_premeeting = true;
		f->is_premeeting_planned &= is_on(p);
		f->is_premeeting_held &= p && premeeting_is_held(p->state);
	}
	return OK;
}

struct err *
premeetings_settle(struct cx *cx, struct meeting *m)
{
	struct meeting_facts f;
	struct step step;
	int64_t n;

	TRY(meeting_know(cx, m, S(""), &f));
	if (m->state != MEETING_SUMMONED || !f.needs_premeeting || !f.is_premeeting_held)
		return OK;
	TRY(meeting_can(&f, cx->a, MEETING_DO_PREMEETING_DONE, DOER_CLOCK, &step));
	m->state = step.to;
	return q_meeting_set_state(cx->db, cx->a, m->id, step.to, m->reason, cx->now_at, &n);
}

/* --- loading ---------------------------------------------------------------------------- */

static struct err *
load_asked(struct cx *cx, const struct premeeting *p, struct asked_party **ret, size_t *ret_n)
{
	struct q_premeeting_asked *rows;

	TRY(q_premeeting_asked(cx->db, cx->a, p->id, &rows, ret_n));
	*ret = arena_array(cx->a, struct asked_party, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct asked_party){rows[i].party_id, rows[i].pid, rows[i].name};
	return OK;
}

static struct err *
room_object(
    struct cx *cx, const struct meeting *m, const struct premeeting *p, struct object *ret)
{
	*ret = (struct object){.kind = OBJECT_PREMEETING,
	    .state = p->state,
	    .body_id = m->body_id,
	    .side = p->side};
	return access_seen(cx, OBJECT_PREMEETING, p->id, &ret->is_visible);
}

static bool
takes_position(const struct agenda_item *item)
{
	return item->matter_id && (item->kind == ITEM_DECIDE || item->kind == ITEM_DISCUSS);
}

static struct err *
count_positions(struct cx *cx, struct premeeting_loaded *r)
{
	struct position_row *rows;
	struct agenda_item *items;
	size_t n, n_items;

	TRY(meeting_items(cx, r->m, &items, &n_items));
	TRY(q_position_list(cx->db, cx->a, r->m->id, &rows, &n));
	for (size_t i = 0; i < n_items; i++) {
		bool has = false;
		for (size_t k = 0; k < n; k++)
			has |= rows[k].item_id == items[i].id && rows[k].side == r->p->side;
		r->f.items_n += takes_position(&items[i]);
		r->f.positions_n += takes_position(&items[i]) && has;
	}
	return OK;
}

struct err *
premeeting_enter(struct cx *cx, str meeting_pid, int64_t rev, enum action action, str reason,
    struct premeeting_loaded *r)
{
	const struct charter_pre_meeting *rule;
	const struct charter_body *b;

	*r = (struct premeeting_loaded){0};
	TRY(q_meeting_by_pid(cx->db, cx->a, meeting_pid, &r->m));
	if (r->m)
		TRY(q_premeeting_of(cx->db, cx->a, r->m->id, own_side(cx), &r->p));
	if (!r->p)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "premeeting");
	TRY(room_object(cx, r->m, r->p, &r->object));
	TRY(cx_need(cx, action, &r->object));
	if (rev)
		TRY(cx_same_rev(cx, rev, r->p->rev));
	TRY(load_asked(cx, r->p, &r->asked, &r->n_asked));
	TRY(meeting_body(cx, r->m, &b));
	rule = charter_pre_meeting(cx->charter, b, (enum side)r->p->side);
	r->f = (struct premeeting_facts){
	    .state = r->p->state,
	    .in_scope_n = (int64_t)r->n_asked,
	    .asked_n = (int64_t)r->n_asked,
	    .common_percent = rule ? rule->common_percent : 0,
	    .has_reason = reason.n > 0,
	};
	return count_positions(cx, r);
}

struct err *
premeeting_allow(
    struct cx *cx, const struct premeeting_loaded *r, enum premeeting_act act, struct step *ret)
{
	return premeeting_can(&r->f, cx->a, act, authz_doers(cx->actor, &r->object), ret);
}

void
premeeting_done(struct result *ret, const struct premeeting_loaded *r)
{
	ret->type = "premeeting";
	ret->pid = r->p->pid;
}

/* --- planning --------------------------------------------------------------------------- */

struct plan_in {
	str meeting;
	int64_t starts;
	str place;
};

static const struct input plan_inputs[] = {
    INPUT_PATH(struct plan_in, meeting),
    {INPUT_INSTANT, "starts", offsetof(struct plan_in, starts), .required = true,
	.label = N_("Dag"), .help = N_("Skriv dagen slik: 26.03.2026")},
    {INPUT_LINE, "place", offsetof(struct plan_in, place), .max = 200, .label = N_("Sted"),
	.help = N_("Rom og adresse, eller at møtet er på nett.")},
    {0},
};

static bool
is_part_of_side(int64_t kind, enum side side)
{
	if (side == SIDE_MUNICIPAL)
		return kind == PARTY_MUNICIPALITY;
	return kind == PARTY_HEALTH_TRUST || kind == PARTY_HOSPITAL || kind == PARTY_CLINIC;
}

bool
premeeting_is_in_area(struct cx *cx, str region_key, str party_key)
{
	const struct charter_region *r =
	    region_key.n ? charter_region(cx->charter, region_key) : NULL;
	const struct charter_party *p = charter_party(cx->charter, party_key);

	return !r || !p || p->kind != PARTY_MUNICIPALITY || charter_in_region(r, p);
}

/* All parties of the side are asked (V2), those of its area for a local body. */
static struct err *
ask_side(struct cx *cx, const struct meeting *m, const struct charter_body *b,
    int64_t premeeting_id, enum side side)
{
	struct q_party_list *rows;
	int64_t changed;
	size_t n;

	TRY(q_party_list(cx->db, cx->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct charter_party *p = charter_party(cx->charter, rows[i].key);
		if (rows[i].side != (int64_t)side || !is_part_of_side(rows[i].kind, side) ||
		    !premeeting_is_in_area(cx, b->region, rows[i].key) ||
		    (p && !charter_party_is_member(p, cx->today)))
			continue;
		TRY(q_premeeting_ask(
		    cx->db, cx->a, premeeting_id, rows[i].id, cx->now_at, &changed));
		if (meeting_is_called(m->state))
			TRY(tell_party(
			    cx, rows[i].id, ACT_PREMEETING_PLAN, "meeting", m->pid, m->label));
	}
	return OK;
}

static struct err *
check_time(struct cx *cx, const struct meeting *m, const struct plan_in *in)
{
	if (m->state >= MEETING_IN_SESSION)
		return err_new(
		    cx->a, ERR_CONFLICT, "meeting.wrong_state", "state %d", (int)m->state);
	if (in->starts >= m->starts_at)
		cx_fault(cx, "starts", N_("premeeting.too_late"), 0);
	return cx_faults(cx);
}

static struct err *
store_plan(struct cx *cx, const struct meeting *m, const struct plan_in *in, enum side side,
    struct premeeting **ret)
{
	int64_t id, n;

	TRY(q_premeeting_of(cx->db, cx->a, m->id, side, ret));
	if (is_on(*ret))
		return err_new(cx->a, ERR_CONFLICT, "premeeting.already_planned", "there");
	if (*ret) {
		TRY(q_premeeting_set_time(cx->db, cx->a, (*ret)->id, PREMEETING_SCHEDULED,
		    in->starts, in->place, S(""), &n));
		return OK;
	}
	TRY(q_premeeting_add(cx->db, cx->a, pid_new(cx->a), m->id, side, PREMEETING_SCHEDULED,
	    in->starts, in->place, cx->actor->person_id, &id));
	TRY(access_open(cx, OBJECT_PREMEETING, id, AUDIENCE_SIDE, side));
	return q_premeeting_of(cx->db, cx->a, m->id, side, ret);
}

static struct err *
plan(struct cx *cx, const void *arg, struct result *ret)
{
	const struct plan_in *in = arg;
	enum side side = own_side(cx);
	const struct charter_body *b;
	struct premeeting *p;
	struct object object;
	struct meeting *m;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_PREMEETING_PLAN, &m, &object));
	if (side == SIDE_NONE)
		return err_new(cx->a, ERR_DENIED, "denied", "no side");
	TRY(check_time(cx, m, in));
	TRY(meeting_body(cx, m, &b));
	TRY(store_plan(cx, m, in, side, &p));
	ret->type = "premeeting";
	ret->pid = p->pid;
	return ask_side(cx, m, b, p->id, side);
}

/* --- writing, holding ------------------------------------------------------------------- */

struct write_in {
	str meeting;
	int64_t rev;
	str notes;
};

static const struct input write_inputs[] = {
    INPUT_PATH(struct write_in, meeting),
    INPUT_REV(struct write_in),
    {INPUT_TEXT, "notes", offsetof(struct write_in, notes), .max = 20000,
	.label = N_("Notater"), .help = N_("Bare deres egen side ser dette.")},
    {0},
};

static struct err *
write_notes(struct cx *cx, const void *arg, struct result *ret)
{
	const struct write_in *in = arg;
	struct step step;
	struct premeeting_loaded r;
	int64_t n;

	TRY(premeeting_enter(cx, in->meeting, in->rev, ACT_PREMEETING_WRITE, S(""), &r));
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_WRITE, &step));
	premeeting_done(ret, &r);
	return q_premeeting_set_notes(cx->db, cx->a, r.p->id, in->notes, &n);
}

struct act_in {
	str meeting;
	int64_t rev;
	str reason;
};

static const struct input act_inputs[] = {
    INPUT_PATH(struct act_in, meeting),
    INPUT_REV(struct act_in),
    {0},
};

static const struct input cancel_inputs[] = {
    INPUT_PATH(struct act_in, meeting),
    INPUT_REV(struct act_in),
    {INPUT_TEXT, "reason", offsetof(struct act_in, reason), .required = true, .max = 2000,
	.label = N_("Begrunnelse")},
    {0},
};

static struct err *
hold(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct step step;
	struct premeeting_loaded r;
	int64_t n;

	TRY(premeeting_enter(cx, in->meeting, in->rev, ACT_PREMEETING_HOLD, S(""), &r));
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_HOLD, &step));
	premeeting_done(ret, &r);
	TRY(q_premeeting_set_state(cx->db, cx->a, r.p->id, step.to, cx->now_at, S(""), &n));
	return premeetings_settle(cx, r.m);
}

static struct err *
record(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct step step;
	struct premeeting_loaded r;
	int64_t n;

	TRY(premeeting_enter(cx, in->meeting, in->rev, ACT_PREMEETING_RECORD, S(""), &r));
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_RECORD, &step));
	premeeting_done(ret, &r);
	return q_premeeting_set_state(cx->db, cx->a, r.p->id, step.to, r.p->held_at, S(""), &n);
}

static struct err *
cancel(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct step step;
	struct premeeting_loaded r;
	int64_t n;

	TRY(premeeting_enter(cx, in->meeting, in->rev, ACT_PREMEETING_CANCEL, in->reason, &r));
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_CANCEL, &step));
	premeeting_done(ret, &r);
	return q_premeeting_set_state(cx->db, cx->a, r.p->id, step.to, 0, in->reason, &n);
}

const struct usecase premeeting_usecases[] = {
    {ACT_PREMEETING_PLAN, "/meetings/:/premeeting",
	"Plan the own side's pre-meeting and ask its parties", plan_inputs,
	sizeof(struct plan_in), NULL, plan, false},
    {ACT_PREMEETING_WRITE, "/meetings/:/premeeting/notes", "Write the pre-meeting's notes",
	write_inputs, sizeof(struct write_in), NULL, write_notes, false},
    {ACT_PREMEETING_HOLD, "/meetings/:/premeeting/hold", "Record that it was held", act_inputs,
	sizeof(struct act_in), NULL, hold, false},
    {ACT_PREMEETING_RECORD, "/meetings/:/premeeting/record",
	"Record that every item has a position", act_inputs, sizeof(struct act_in), NULL,
	record, false},
    {ACT_PREMEETING_CANCEL, "/meetings/:/premeeting/cancel",
	"Cancel the pre-meeting, with a reason", cancel_inputs, sizeof(struct act_in), NULL,
	cancel, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

struct err *
premeeting_status(
    struct cx *cx, const struct meeting_view *v, struct premeeting_status ret[2], size_t *ret_n)
{
	*ret_n = 0;
	for (int i = 0; i < 2; i++) {
		bool needed = is_needed(cx, v->body, sides[i]);
		struct premeeting *p;
		TRY(q_premeeting_of(cx->db, cx->a, v->m->id, sides[i], &p));
		bool own = own_side(cx) == sides[i];
		if (!needed && !own && !(p && premeeting_is_held(p->state)))
			continue;
		ret[(*ret_n)++] = (struct premeeting_status){
		    .side = sides[i],
		    .is_required = needed,
		    .is_own = own,
		    .is_planned = own && is_on(p),
		    .is_held = p && premeeting_is_held(p->state),
		};
	}
	return OK;
}

static struct err *
read_stands(struct cx *cx, struct premeeting_room *r)
{
	struct q_stand_list *rows;

	TRY(q_stand_list(cx->db, cx->a, r->m->id, r->side, &rows, &r->n_stands));
	r->stands = arena_array(cx->a, struct stand_line, r->n_stands);
	for (size_t i = 0; i < r->n_stands; i++)
		r->stands[i] = (struct stand_line){rows[i].item_id, rows[i].party_pid,
		    rows[i].party_name, rows[i].stand, rows[i].text};
	return OK;
}

static struct err *
read_positions(struct cx *cx, struct premeeting_room *r)
{
	struct position_row *rows;
	size_t n;

	TRY(q_position_list(cx->db, cx->a, r->m->id, &rows, &n));
	r->positions = arena_array(cx->a, struct position_row, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].side == (int64_t)r->side)
			r->positions[r->n_positions++] = rows[i];
	return OK;
}

static struct err *
read_room(struct cx *cx, struct premeeting_room *r)
{
	const struct charter_pre_meeting *rule;
	const struct charter_body *b;

	TRY(room_object(cx, r->m, r->p, &r->object));
	TRY(cx_see(cx, ACT_PREMEETING_READ, &r->object));
	r->doers = authz_doers(cx->actor, &r->object);
	r->may_register_for = r->doers & DOER_SECRETARY;
	TRY(meeting_body(cx, r->m, &b));
	rule = charter_pre_meeting(cx->charter, b, r->side);
	r->common_percent = rule ? rule->common_percent : 0;
	TRY(access_seen(cx, OBJECT_MEETING, r->m->id, &r->has_agenda));
	TRY(load_asked(cx, r->p, &r->asked, &r->n_asked));
	if (!r->has_agenda)
		return OK;
	TRY(meeting_items(cx, r->m, &r->items, &r->n_items));
	TRY(read_stands(cx, r));
	return read_positions(cx, r);
}

struct err *
premeeting_room(struct cx *cx, str meeting_pid, struct premeeting_room *ret)
{
	struct object object;
	struct meeting *m;

	*ret = (struct premeeting_room){.side = own_side(cx)};
	TRY(q_meeting_by_pid(cx->db, cx->a, meeting_pid, &ret->m));
	if (ret->m)
		TRY(q_premeeting_of(cx->db, cx->a, ret->m->id, ret->side, &ret->p));
	if (ret->p)
		return read_room(cx, ret);
	TRY(meeting_load(cx, meeting_pid, &m, &object));
	ret->m = m;
	if (ret->side == SIDE_NONE)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "no side, no room");
	ret->may_plan =
	    m->state < MEETING_IN_SESSION &&
	    authorize(cx->actor, ACT_PREMEETING_PLAN, &object, NULL) == VERDICT_ALLOW;
	return OK;
}

bool
premeeting_may(
    struct cx *cx, const struct premeeting_room *r, enum action action, enum premeeting_act act)
{
	return r->p && authorize(cx->actor, action, &r->object, NULL) == VERDICT_ALLOW &&
	       premeeting_offers(r->p->state, act, r->doers, NULL);
}
