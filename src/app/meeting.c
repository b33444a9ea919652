/* app/meeting.c - planning a meeting, moving it, calling it off; what it says of its matters.
 */
#include "app/meeting.h"

#include "app/access.h"
#include "app/premeeting.h"
#include "base/clock.h"
#include "base/random.h"
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

/* The line of composition that a seat is from. */
static struct err *
seat_key(struct cx *cx, const struct charter_body *b, int64_t seat_id, str *ret)
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
	return seat_key(cx, charter_body(cx->charter, body->key), t->seat_id, &ret->seat);
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
	    .is_published = m->published_at != 0,
	};
	TRY(access_seen(cx, OBJECT_MEETING, m->id, &ret_object->is_visible));
	TRY(is_named(cx, m, &ret_object->is_named));
	*ret = m;
	return cx_need(cx, ACT_MEETING_READ, ret_object);
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

/* --- who chairs ------------------------------------------------------------------------- */

static struct err *
chair_is(struct cx *cx, int64_t person_id, struct meeting_chair *ret)
{
	struct q_person_by_id *n = NULL;

	if (person_id)
		TRY(q_person_by_id(cx->db, cx->a, person_id, &n));
	if (!n)
		return OK;
	ret->person_id = n->id;
	ret->pid = n->pid;
	ret->name = n->name;
	ret->title = n->title;
	return OK;
}

/* How well a member suits as chair: 0 not, else the lower the better. */
static struct err *
chair_rank(struct cx *cx, const struct charter_body *b, const struct q_body_sitting *who,
    enum side turn, int *ret)
{
	str key;

	*ret = 0;
	if (who->role != ROLE_MEMBER || (turn != SIDE_NONE && who->side != turn))
		return OK;
	if (who->chairing == CHAIR_CHAIR)
		*ret = 1;
	else if (turn != SIDE_NONE && who->chairing == CHAIR_VICE)
		*ret = 2;
	if (*ret || turn == SIDE_NONE || !b->chair.seats.n)
		return OK;
	TRY(seat_key(cx, b, who->seat_id, &key));
	if (charter_keys_has(b->chair.seats, key))
		*ret = 3;
	return OK;
}

static struct err *
chair_by_rule(struct cx *cx, const struct meeting *m, const struct charter_body *b,
    struct meeting_chair *ret)
{
	struct q_body_sitting *who;
	int64_t day = clock_day(m->starts_at), best = 0;
	int best_rank = 0;
	size_t n;

	ret->side = charter_chair_side(&b->chair, day);
	if (b->chair.rule == CHAIR_RULE_PER_MEETING)
		return OK;
	TRY(q_body_sitting(cx->db, cx->a, m->body_id, day, &who, &n));
	for (size_t i = 0; i < n; i++) {
		int rank;
		TRY(chair_rank(cx, b, &who[i], ret->side, &rank));
		if (rank && (!best_rank || rank < best_rank)) {
			best = who[i].person_id;
			best_rank = rank;
		}
	}
	return chair_is(cx, best, ret);
}

struct err *
meeting_chair(struct cx *cx, const struct meeting *m, struct meeting_chair *ret)
{
	const struct charter_body *b;

	*ret = (struct meeting_chair){.is_agreed = m->chair_person_id != 0};
	if (m->chair_person_id)
		return chair_is(cx, m->chair_person_id, ret);
	TRY(meeting_body(cx, m, &b));
	return chair_by_rule(cx, m, b, ret);
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
	    .notice_days = b->agenda.notice_days,
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
	int64_t n;

	TRY(matter_can(f, cx->a, act, DOER_SECRETARY | DOER_CHAIR, &step));
	return q_matter_set_state(cx->db, cx->a, m->id, step.to, f->reason, cx->now_at, &n);
}

static struct charter_question
question_of(const struct matter *m)
{
	return (struct charter_question){
	    .type = (enum matter_type)m->type,
	    .scope = (enum matter_scope)m->scope,
	    .consequences = (unsigned)m->consequence,
	    .topic = (enum matter_topic)m->topic,
	    .is_larger = m->larger != 0,
	    .is_extensive = m->extensive != 0,
	    .region = m->region_key,
	};
}

static struct err *
body_facts(
    struct cx *cx, const struct matter *m, const struct meeting *in, struct matter_facts *f)
{
	struct charter_question q = question_of(m);
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

/* When the meeting was to be that the matter was put off from; 0: it was not. */
static struct err *
last_item(struct cx *cx, const struct matter *m, struct q_item_of_matter **ret)
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
	TRY(last_item(cx, m, &last));
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
	for (size_t i = 0; i < n; i++) {
		bool told = false;
		for (size_t k = 0; k < i; k++)
			told |= who[k].person_id == who[i].person_id;
		if (!told)
			TRY(tell_person(
			    cx, who[i].person_id, what, "meeting", m->pid, m->label));
	}
	return OK;
}

/* --- planning --------------------------------------------------------------------------- */

struct plan_in {
	str body;
	int64_t starts, length;
	str place;
	int64_t extraordinary;
	str requester;
	struct strs matters;
};

#define PLAN_INPUTS(T)                                                                   \
	{INPUT_PID, "body", offsetof(T, body), .required = true, .label = N_("Utvalg")}, \
	    {INPUT_INSTANT, "starts", offsetof(T, starts), .required = true,             \
		.label = N_("Dag"), .help = N_("Skriv dagen slik: 26.03.2026")},         \
	    {INPUT_INT, "length", offsetof(T, length), .required = true, .min = 15,      \
		.max = 1440, .label = N_("Varighet i minutter")},                        \
	{                                                                                \
		INPUT_LINE, "place", offsetof(T, place),                                 \
		    .max = 200, .label = N_("Sted"),                                     \
		    .help = N_("Rom og adresse, eller at møtet er på nett.")             \
	}

static const struct input plan_inputs[] = {
    PLAN_INPUTS(struct plan_in),
    {INPUT_BOOL, "extraordinary", offsetof(struct plan_in, extraordinary),
	.label = N_("Møtet er ekstraordinært")},
    {INPUT_PID, "requester", offsetof(struct plan_in, requester),
	.label = N_("Hvem ber om det?")},
    {INPUT_PIDS, "matters", offsetof(struct plan_in, matters),
	.label = N_("Hvilke saker gjelder det?")},
    {0},
};

static const struct input request_inputs[] = {
    PLAN_INPUTS(struct plan_in),
    {INPUT_PIDS, "matters", offsetof(struct plan_in, matters), .required = true,
	.label = N_("Hvilke saker gjelder det?")},
    {0},
};

static struct err *
last_no(struct cx *cx, int64_t body_id, int64_t year, int64_t *ret)
{
	struct q_meeting_last_no *both;
	struct q_meeting_last_no_of_year *of_year;
	struct q_meeting_last_no_of_body *of_body;

	switch (cx->charter->meeting_number.per) {
	case NUMBER_PER_YEAR:
		TRY(q_meeting_last_no_of_year(cx->db, cx->a, year, &of_year));
		*ret = of_year->no;
		return OK;
	case NUMBER_PER_BODY:
		TRY(q_meeting_last_no_of_body(cx->db, cx->a, body_id, &of_body));
		*ret = of_body->no;
		return OK;
	case NUMBER_PER_BODY_YEAR: break;
	}
	TRY(q_meeting_last_no(cx->db, cx->a, body_id, year, &both));
	*ret = both->no;
	return OK;
}

static struct err *
check_plan(
    struct cx *cx, const struct plan_in *in, const struct charter_body *b, int64_t requester_id)
{
	struct meeting_plan p = {
	    .starts_at = in->starts,
	    .now_at = cx->now_at,
	    .month = day_to_ymd(clock_day(in->starts)).month,
	    .only_month = b->cadence.month,
	    .is_extraordinary = in->extraordinary != 0,
	    .requested_by_id = requester_id,
	    .matters_n = (int64_t)in->matters.n,
	    .may_be_extraordinary = b->cadence.extraordinary != EXTRAORDINARY_NONE,
	};

	return meeting_check_plan(&p, cx->a);
}

/* Who sees it from the plan on: its body, the secretariat, and bodies that set its agenda. A
 * side's own body meets behind that side's door. */
static struct err *
open_plan(struct cx *cx, const struct charter_body *b, int64_t meeting_id, int64_t body_id)
{
	TRY(access_open(cx, OBJECT_MEETING, meeting_id, AUDIENCE_BODY, body_id));
	if (b->side != SIDE_NONE)
		return access_open(cx, OBJECT_MEETING, meeting_id, AUDIENCE_SIDE, b->side);
	TRY(access_open(cx, OBJECT_MEETING, meeting_id, AUDIENCE_SECRETARIAT, 0));
	for (size_t i = 0; i < b->agenda.setters.n; i++) {
		const struct charter_approval *p = &b->agenda.setters.v[i];
		for (size_t k = 0; k < p->n_by; k++) {
			struct q_body_by_key *row = NULL;
			if (p->by[k].body.n)
				TRY(q_body_by_key(cx->db, cx->a, p->by[k].body, &row));
			if (row)
				TRY(access_open(
				    cx, OBJECT_MEETING, meeting_id, AUDIENCE_BODY, row->id));
		}
	}
	return OK;
}

static struct err *
add_requests(struct cx *cx, int64_t meeting_id, struct strs matters)
{
	for (size_t i = 0; i < matters.n; i++) {
		struct object object;
		struct matter *x;
		int64_t n;
		TRY(matter_load(cx, matters.v[i], &x, &object));
		TRY(q_meeting_request_add(cx->db, cx->a, meeting_id, x->id, &n));
	}
	return OK;
}

static struct err *
planned_body(
    struct cx *cx, str pid, struct q_body_by_pid **ret_row, const struct charter_body **ret)
{
	TRY(q_body_by_pid(cx->db, cx->a, pid, ret_row));
	*ret = *ret_row ? charter_body(cx->charter, (*ret_row)->key) : NULL;
	if (!*ret || /* a side's own body is no other side's to plan for */
	    !actor_is_on_side(cx->actor, (*ret)->side))
		cx_fault(cx, "body", N_("input.choice"), 0);
	return cx_faults(cx);
}

static struct err *
add_plan(struct cx *cx, const struct plan_in *in, int64_t requester_id, struct result *ret)
{
	int64_t no, id, year = day_to_ymd(clock_day(in->starts)).year;
	const struct charter_body *b;
	struct q_body_by_pid *row;

	TRY(planned_body(cx, in->body, &row, &b));
	TRY(check_plan(cx, in, b, requester_id));
	TRY(last_no(cx, row->id, year, &no));
	str label = charter_number_label(cx->a, &cx->charter->meeting_number, no + 1, year, b);
	ret->type = "meeting";
	ret->pid = pid_new(cx->a);
	TRY(q_meeting_add(cx->db, cx->a, ret->pid, row->id, year, no + 1, label, in->starts,
	    in->length, in->place, MEETING_PLANNED, in->extraordinary, requester_id, cx->now_at,
	    &id));
	result_note(ret, "label", label);
	TRY(open_plan(cx, b, id, row->id));
	return add_requests(cx, id, in->matters);
}

static struct err *
plan(struct cx *cx, const void *arg, struct result *ret)
{
	struct object object = {.kind = OBJECT_SPACE, .is_visible = true};
	const struct plan_in *in = arg;
	struct q_party_by_pid *party = NULL;

	TRY(cx_need(cx, ACT_MEETING_PLAN, &object));
	if (in->requester.n)
		TRY(q_party_by_pid(cx->db, cx->a, in->requester, &party));
	if (in->requester.n && !party)
		cx_fault(cx, "requester", N_("input.choice"), 0);
	TRY(cx_faults(cx));
	return add_plan(cx, in, in->extraordinary && party ? party->id : 0, ret);
}

/* A partner asks for an extraordinary meeting, and says what about (M2). */
static struct err *
request(struct cx *cx, const void *arg, struct result *ret)
{
	struct object object = {.kind = OBJECT_SPACE, .is_visible = true};
	struct plan_in in = *(const struct plan_in *)arg;

	TRY(cx_need(cx, ACT_MEETING_REQUEST, &object));
	in.extraordinary = 1;
	TRY(add_plan(cx, &in, cx->actor->party_id, ret));
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_MEETING_REQUEST, "meeting", ret->pid, in.place);
}

/* --- moving ----------------------------------------------------------------------------- */

struct time_in {
	str meeting;
	int64_t rev, starts, length;
	str place;
};

static const struct input time_inputs[] = {
    INPUT_PATH(struct time_in, meeting),
    INPUT_REV(struct time_in),
    {INPUT_INSTANT, "starts", offsetof(struct time_in, starts), .required = true,
	.label = N_("Dag"), .help = N_("Skriv dagen slik: 26.03.2026")},
    {INPUT_INT, "length", offsetof(struct time_in, length), .required = true, .min = 15,
	.max = 1440, .label = N_("Varighet i minutter")},
    {INPUT_LINE, "place", offsetof(struct time_in, place), .max = 200, .label = N_("Sted"),
	.help = N_("Rom og adresse, eller at møtet er på nett.")},
    {0},
};

static struct err *
update(struct cx *cx, const void *arg, struct result *ret)
{
	const struct time_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_UPDATE, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	f.new_starts_at = in->starts;
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_UPDATE, S("")));
	meeting_done(ret, m);
	return q_meeting_set_time(cx->db, cx->a, m->id, in->starts, in->length, in->place, &n);
}

struct reason_in {
	str meeting;
	int64_t rev;
	str reason;
};

static const struct input reason_inputs[] = {
    INPUT_PATH(struct reason_in, meeting),
    INPUT_REV(struct reason_in),
    {INPUT_TEXT, "reason", offsetof(struct reason_in, reason), .required = true, .max = 2000,
	.label = N_("Begrunnelse")},
    {0},
};

struct err *
meeting_put_off(struct cx *cx, const struct meeting *m, str reason)
{
	struct agenda_item *items;
	size_t n;

	TRY(meeting_items(cx, m, &items, &n));
	for (size_t i = 0; i < n; i++) {
		struct matter_facts f;
		struct matter *x;
		if (!items[i].matter_id || items[i].outcome)
			continue;
		TRY(meeting_matter(cx, items[i].matter_id, &x));
		if (x->state != MATTER_ON_AGENDA && x->state != MATTER_PAPERS_PUBLISHED)
			continue;
		TRY(matter_facts(cx, x, reason, &f));
		TRY(meeting_facts_in(cx, x, m, &f));
		TRY(meeting_carry(cx, x, &f, MATTER_DO_POSTPONE));
	}
	return OK;
}

/* Postponed or cancelled: its matters wait for another meeting, and those called are told. */
static struct err *
call_off(struct cx *cx, const struct reason_in *in, enum action action, enum meeting_act act,
    struct result *ret)
{
	struct meeting_facts f;
	struct object object;
	struct meeting *m;

	TRY(meeting_open_act(cx, in->meeting, in->rev, action, &m, &object));
	TRY(meeting_know(cx, m, in->reason, &f));
	TRY(meeting_move(cx, m, &object, &f, act, in->reason));
	TRY(meeting_put_off(cx, m, in->reason));
	meeting_done(ret, m);
	return meeting_tell_body(cx, m, action);
}

static struct err *
postpone(struct cx *cx, const void *in, struct result *ret)
{
	return call_off(cx, in, ACT_MEETING_POSTPONE, MEETING_DO_POSTPONE, ret);
}

static struct err *
cancel(struct cx *cx, const void *in, struct result *ret)
{
	return call_off(cx, in, ACT_MEETING_CANCEL, MEETING_DO_CANCEL, ret);
}

/* The matters that waited come on again; those that went elsewhere leave the agenda. */
static struct err *
bring_back(struct cx *cx, const struct meeting *m, bool is_later)
{
	struct agenda_item *items;
	int64_t changed;
	size_t n;

	TRY(meeting_items(cx, m, &items, &n));
	for (size_t i = 0; i < n; i++) {
		struct q_item_of_matter *last;
		struct matter_facts f;
		struct matter *x;
		if (!items[i].matter_id)
			continue;
		TRY(meeting_matter(cx, items[i].matter_id, &x));
		TRY(last_item(cx, x, &last));
		if (x->state != MATTER_POSTPONED || last->meeting_id != m->id) {
			TRY(q_item_remove(cx->db, cx->a, items[i].id, &changed));
			continue;
		}
		TRY(matter_facts(cx, x, S(""), &f));
		TRY(meeting_facts_in(cx, x, m, &f));
		f.is_meeting_later = is_later;
		TRY(meeting_carry(cx, x, &f, MATTER_DO_PUT_ON_AGENDA));
	}
	return OK;
}

static struct err *
reschedule(struct cx *cx, const void *arg, struct result *ret)
{
	const struct time_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_RESCHEDULE, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	f.new_starts_at = in->starts;
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_RESCHEDULE, S("")));
	TRY(q_meeting_set_time(cx->db, cx->a, m->id, in->starts, in->length, in->place, &n));
	TRY(q_meeting_agenda_changed(cx->db, cx->a, m->id, &n));
	TRY(bring_back(cx, m, true));
	meeting_done(ret, m);
	return meeting_tell_body(cx, m, ACT_MEETING_RESCHEDULE);
}

/* --- chair ------------------------------------------------------------------------------ */

struct chair_in {
	str meeting;
	int64_t rev;
	str person;
};

static const struct input chair_inputs[] = {
    INPUT_PATH(struct chair_in, meeting),
    INPUT_REV(struct chair_in),
    {INPUT_PID, "person", offsetof(struct chair_in, person), .required = true,
	.label = N_("Møteleder")},
    {0},
};

/* Only somebody who sits in the body chairs it. */
static struct err *
chair_person(struct cx *cx, const struct meeting *m, str pid, int64_t *ret)
{
	struct q_body_sitting *who;
	size_t n;

	*ret = 0;
	TRY(q_body_sitting(cx->db, cx->a, m->body_id, clock_day(m->starts_at), &who, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(who[i].person_pid, pid))
			*ret = who[i].person_id;
	if (!*ret)
		cx_fault(cx, "person", N_("input.choice"), 0);
	return cx_faults(cx);
}

/* Agreed as part of the agenda: approvals given before are of another agenda. */
static struct err *
agree_chair(struct cx *cx, const void *arg, struct result *ret)
{
	const struct chair_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t person, n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_AGREE_CHAIR, &m, &object));
	TRY(chair_person(cx, m, in->person, &person));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_AGREE_CHAIR, S("")));
	meeting_done(ret, m);
	TRY(tell_person(cx, person, ACT_MEETING_AGREE_CHAIR, "meeting", m->pid, m->label));
	if (m->state == MEETING_PLANNED || m->state == MEETING_AGENDA_DRAFT)
		TRY(q_meeting_agenda_changed(cx->db, cx->a, m->id, &n));
	return q_meeting_set_chair(cx->db, cx->a, m->id, person, &n);
}

const struct usecase meeting_usecases[] = {
    {ACT_MEETING_PLAN, "/meetings", "Plan a meeting of a body", plan_inputs,
	sizeof(struct plan_in), NULL, plan, false},
    {ACT_MEETING_REQUEST, "/meetings/request", "Ask for an extraordinary meeting",
	request_inputs, sizeof(struct plan_in), NULL, request, false},
    {ACT_MEETING_UPDATE, "/meetings/:/update", "Change time and place", time_inputs,
	sizeof(struct time_in), NULL, update, false},
    {ACT_MEETING_POSTPONE, "/meetings/:/postpone", "Put a meeting off, with a reason",
	reason_inputs, sizeof(struct reason_in), NULL, postpone, false},
    {ACT_MEETING_RESCHEDULE, "/meetings/:/reschedule", "Give a postponed meeting a new time",
	time_inputs, sizeof(struct time_in), NULL, reschedule, false},
    {ACT_MEETING_CANCEL, "/meetings/:/cancel", "Cancel a meeting, with a reason", reason_inputs,
	sizeof(struct reason_in), NULL, cancel, false},
    {ACT_MEETING_AGREE_CHAIR, "/meetings/:/chair", "Agree who chairs the meeting", chair_inputs,
	sizeof(struct chair_in), NULL, agree_chair, false},
    {0},
};
