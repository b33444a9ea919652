/* app/meeting_plan.c - planning a meeting, moving it, calling it off. */
#include "app/access.h"
#include "app/meeting.h"
#include "base/clock.h"
#include "base/random.h"
#include "q_meeting.h"
#include "q_people.h"

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
know_new_time(struct cx *cx, const struct meeting *m, int64_t starts, struct meeting_facts *ret)
{
	const struct charter_body *b;

	TRY(meeting_body(cx, m, &b));
	TRY(meeting_know(cx, m, S(""), ret));
	ret->new_starts_at = starts;
	ret->new_month = day_to_ymd(clock_day(starts)).month;
	ret->only_month = m->extraordinary ? 0 : b->cadence.month;
	return OK;
}

static struct err *
update(struct cx *cx, const void *arg, struct result *ret)
{
	const struct time_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_UPDATE, &m, &object));
	TRY(know_new_time(cx, m, in->starts, &f));
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
		TRY(meeting_last_item(cx, x, &last));
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
	TRY(know_new_time(cx, m, in->starts, &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_RESCHEDULE, S("")));
	TRY(q_meeting_set_time(cx->db, cx->a, m->id, in->starts, in->length, in->place, &n));
	TRY(q_meeting_agenda_changed(cx->db, cx->a, m->id, &n));
	TRY(bring_back(cx, m, true));
	meeting_done(ret, m);
	return meeting_tell_body(cx, m, ACT_MEETING_RESCHEDULE);
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
    {0},
};
