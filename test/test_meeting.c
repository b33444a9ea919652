/* A meeting from plan to its end, and a side's pre-meeting, through the use cases
 * (domain.md 3.2: M1-M8, M13; 3.5: V1-V5). */
#include "people.h"

#include "app/access.h"
#include "app/meeting.h"
#include "app/minutes.h"
#include "app/premeeting.h"
#include "base/idscan.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_people.h"

#define MUNICIPAL "secretary.municipal"
#define TRUST     "secretary.trust"

/* --- to begin with ---------------------------------------------------------------------- */

struct ready {
	str pid;
	int64_t state;
};

static struct err *
make_ready(struct cx *cx, const void *arg, struct result *ret)
{
	const struct ready *in = arg;
	struct matter *m;
	int64_t n;

	TRY(q_matter_by_pid(cx->db, cx->a, in->pid, &m));
	ret->type = "matter";
	ret->pid = in->pid;
	return q_matter_set_state(cx->db, cx->a, m->id, in->state, S(""), cx->now_at, &n);
}

static const char *
text_of(struct people *p, int64_t n)
{
	return arena_printf(p->a, "%lld", (long long)n);
}

static struct matter *
matter_now(struct people *p, str pid)
{
	struct matter *m;

	assert_ok(q_matter_by_pid(p->w->db, p->a, pid, &m));
	assert_non_null(m);
	return m;
}

static struct meeting *
meeting_now(struct people *p, str pid)
{
	struct meeting *m;

	assert_ok(q_meeting_by_pid(p->w->db, p->a, pid, &m));
	assert_non_null(m);
	return m;
}

static int64_t
state_of(struct people *p, const char *meeting)
{
	return meeting_now(p, str_from_c(meeting))->state;
}

static const char *
a_contact(struct people *p)
{
	for (size_t i = 0; i < p->charter->n_parties; i++)
		if (p->charter->parties[i].kind == PARTY_MUNICIPALITY)
			return arena_printf(
			    p->a, "contact." STR_FMT, STR_ARG(p->charter->parties[i].key));
	fail();
	return NULL;
}

/* A matter for a body, ready for its agenda; its preparation is another test's. */
static const char *
ready_matter(struct people *p, const char *title, const char *body, const char *type)
{
	static const struct usecase uc = {
	    .action = ACT_MATTER_FREEZE, .in_size = sizeof(struct ready), .run = make_ready};
	struct result r;

	assert_ok(act(cx_as(p, a_contact(p)), &r, ACT_MATTER_PROPOSE, "title", title, "summary",
	    "Kort om saken", "submit", "1"));
	struct cx *secretary = cx_as(p, MUNICIPAL);
	str pid = r.pid;
	assert_ok(act(secretary, &r, ACT_MATTER_RECEIVE, "matter", str_to_c(p->a, pid), "rev",
	    text_of(p, matter_now(p, pid)->rev)));
	assert_ok(act(secretary, &r, ACT_MATTER_TRIAGE, "matter", str_to_c(p->a, pid), "rev",
	    text_of(p, matter_now(p, pid)->rev), "type", type, "scope", "whole_area",
	    "consequence", "professional", "topic", "other", "body",
	    str_to_c(p->a, body_pid_of(p, body)), "override_reason", "Prøves her", "round",
	    "no", "round_reason", "Haster"));
	assert_ok(usecase_run(secretary, &uc, &(struct ready){pid, MATTER_READY}, S(""), &r));
	return str_to_c(p->a, pid);
}

static const char *
planned(struct people *p, const char *body, const char *day)
{
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_PLAN, "body",
	    str_to_c(p->a, body_pid_of(p, body)), "starts", day, "starts_time", "09.00",
	    "length", "150", "place", "Rådhuset"));
	return str_to_c(p->a, r.pid);
}

static const char *
rev_of(struct people *p, const char *meeting)
{
	return text_of(p, meeting_now(p, str_from_c(meeting))->rev);
}

/* Puts a matter on; gives the item's pid. */
static const char *
put_on(struct people *p, const char *meeting, const char *matter)
{
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_AGENDA_ADD, "meeting", meeting,
	    "rev", rev_of(p, meeting), "matter", matter, "kind", "decide", "length", "30"));
	return str_to_c(p->a, r.location);
}

static struct err *
simple(struct people *p, const char *who, enum action action, const char *meeting)
{
	struct result r;

	return act(cx_as(p, who), &r, action, "meeting", meeting, "rev", rev_of(p, meeting),
	    "other_day", "1");
}

static struct err *
reasoned(struct people *p, const char *who, enum action action, const char *meeting)
{
	struct result r;

	return act(cx_as(p, who), &r, action, "meeting", meeting, "rev", rev_of(p, meeting),
	    "reason", "Slik ble det");
}

static void
plan_premeeting(struct people *p, const char *meeting, const char *day)
{
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_PLAN, "meeting", meeting,
	    "starts", day, "starts_time", "09.00", "place", "Teams"));
}

static void
approve_both(struct people *p, const char *meeting)
{
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, meeting));
	assert_ok(simple(p, TRUST, ACT_MEETING_AGENDA_APPROVE, meeting));
}

static void
hold_premeeting(struct people *p, const char *meeting)
{
	struct result r;

	assert_ok(
	    act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_HOLD, "meeting", meeting, "rev", "1"));
}

static void
record_all(struct people *p, const char *meeting, int limit)
{
	struct cx *cx = cx_as(p, MUNICIPAL);
	struct seat_lines l;
	struct result r;

	assert_ok(meeting_seats(cx, meeting_now(p, str_from_c(meeting)), 0, &l));
	for (size_t i = 0; i < l.n && limit; i++, limit--)
		assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_ATTEND, "meeting", meeting,
		    "seat", str_to_c(p->a, l.v[i].pid), "presence", "member"));
}

/* A meeting of the strategic body that sits with one matter on its agenda. */
struct sitting {
	const char *meeting, *matter, *item;
};

static struct sitting
called(struct people *p)
{
	struct sitting s;

	s.matter = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	s.meeting = planned(p, "ssu", "2026-03-26");
	s.item = put_on(p, s.meeting, s.matter);
	approve_both(p, s.meeting);
	plan_premeeting(p, s.meeting, "2026-03-20");
	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_SUMMON, s.meeting));
	return s;
}

static struct sitting
sitting(struct people *p)
{
	struct sitting s = called(p);

	hold_premeeting(p, s.meeting);
	record_all(p, s.meeting, -1);
	assert_ok(simple(p, TRUST, ACT_MEETING_OPEN, s.meeting));
	return s;
}

static const char *
item_rev(struct people *p, const struct sitting *s)
{
	struct agenda_item *item;

	assert_ok(q_item_by_pid(p->w->db, p->a, meeting_now(p, str_from_c(s->meeting))->id,
	    str_from_c(s->item), &item));
	return text_of(p, item->rev);
}

static struct agenda_item *
item_now(struct people *p, const struct sitting *s)
{
	struct agenda_item *item;

	assert_ok(q_item_by_pid(p->w->db, p->a, meeting_now(p, str_from_c(s->meeting))->id,
	    str_from_c(s->item), &item));
	return item;
}

#define OUTCOME(p, cx, r, s, ...)                                                              \
	act((cx), (r), ACT_MEETING_OUTCOME, "meeting", (s)->meeting, "item", (s)->item, "rev", \
	    item_rev((p), (s)), __VA_ARGS__)

/* --- the thread ------------------------------------------------------------------------- */

static void
test_thread(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	struct result r;

	assert_int_equal(meeting_now(p, str_from_c(s.meeting))->state, MEETING_IN_SESSION);
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_TAKE_UP, "meeting", s.meeting, "item",
	    s.item, "save", "1", "text", "Sykehuset varsler"));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_IN_MEETING);
	assert_str(item_now(p, &s)->text, "Sykehuset varsler");
	assert_ok(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "agreed", "text",
	    "Sykehuset varsler torsdag.", "due", "2026-06-01"));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_DECIDED);
	assert_int_equal(item_now(p, &s)->outcome, OUTCOME_DECIDE);
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_CLOSE, s.meeting));
	assert_int_equal(meeting_now(p, str_from_c(s.meeting))->state, MEETING_HELD);
}

/* --- the agenda (M3, R110, R112) -------------------------------------------------------- */

static void
agenda_is_set_by_both_sides_and_never_by_one_twice(void **state)
{
	struct people *p = *state;
	const char *m = planned(p, "ssu", "2026-03-26");

	put_on(p, m, ready_matter(p, "Utskrivning i helg", "ssu", "decision"));
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, m));
	assert_int_equal(state_of(p, m), MEETING_AGENDA_DRAFT);
	int64_t before = entries(p);
	assert_err(
	    simple(p, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, m), "approval.already_given");
	assert_int_equal(entries(p), before);
	assert_ok(simple(p, TRUST, ACT_MEETING_AGENDA_APPROVE, m));
	assert_int_equal(state_of(p, m), MEETING_AGENDA_SET);
}

static void
another_agenda_needs_other_approvals(void **state)
{
	struct people *p = *state;
	const char *m = planned(p, "ssu", "2026-03-26");
	struct result r;

	put_on(p, m, ready_matter(p, "Utskrivning i helg", "ssu", "decision"));
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, m));
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_ADD, "meeting", m, "rev",
	    rev_of(p, m), "title", "Pause", "kind", "fixed", "length", "10"));
	assert_ok(simple(p, TRUST, ACT_MEETING_AGENDA_APPROVE, m));
	assert_int_equal(state_of(p, m), MEETING_AGENDA_DRAFT);
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, m));
	assert_int_equal(state_of(p, m), MEETING_AGENDA_SET);
	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_AGENDA_REOPEN, m));
	assert_ok(simple(p, TRUST, ACT_MEETING_AGENDA_APPROVE, m));
	assert_int_equal(state_of(p, m), MEETING_AGENDA_DRAFT);
}

static struct agenda_item *
items_now(struct people *p, const char *m, size_t *ret_n)
{
	struct agenda_item *items;

	assert_ok(
	    q_item_list(p->w->db, p->a, meeting_now(p, str_from_c(m))->id, &items, ret_n));
	return items;
}

static void
items_move_change_and_go(void **state)
{
	struct people *p = *state;
	const char *m = planned(p, "ssu", "2026-03-26");
	const char *x = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	const char *first = put_on(p, m, x);
	struct result r;
	size_t n;

	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_ADD, "meeting", m, "rev",
	    rev_of(p, m), "title", "Pause", "kind", "fixed", "length", "10"));
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_ORDER, "meeting", m, "item",
	    first, "rev", rev_of(p, m), "move", "down"));
	assert_str(items_now(p, m, &n)[0].title, "Pause"); /* M12: a slot of its own, first */
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_ORDER, "meeting", m, "item",
	    first, "rev", rev_of(p, m), "move", "up", "length", "45", "kind", "inform"));
	assert_int_equal(items_now(p, m, &n)[0].length_min, 45);
	assert_int_equal(items_now(p, m, &n)[0].kind, ITEM_INFORM);
	assert_err(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_REMOVE, "meeting", m, "item",
		       first, "rev", rev_of(p, m)),
	    "matter.reason_missing");
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_REMOVE, "meeting", m, "item",
	    first, "rev", rev_of(p, m), "reason", "Må belyses"));
	assert_int_equal(matter_now(p, str_from_c(x))->state, MATTER_READY);
	items_now(p, m, &n);
	assert_int_equal(n, 1);
}

static struct err *
add_matter(struct people *p, const char *meeting, const char *matter)
{
	struct result r;

	return act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_AGENDA_ADD, "meeting", meeting, "rev",
	    rev_of(p, meeting), "matter", matter, "kind", "decide", "length", "30");
}

static void
only_ready_matters_to_the_body_come_on_and_once(void **state)
{
	struct people *p = *state;
	const char *m = planned(p, "ssu", "2026-03-26");
	const char *other = planned(p, "ssu", "2026-04-23");
	const char *x = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	const char *elsewhere = ready_matter(p, "Ny prosedyre for fall", "fsu", "decision");
	struct result r;

	assert_err(add_matter(p, m, elsewhere), "matter.meeting_elsewhere");
	assert_int_equal(state_of(p, m), MEETING_PLANNED);
	assert_ok(add_matter(p, m, x));
	assert_err(add_matter(p, m, x), "meeting.already_on_agenda");
	assert_err(add_matter(p, other, x), "meeting.matter_not_ready");
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_AGENDA_ADD, "meeting", m, "rev",
		       "1", "title", "Pause", "kind", "fixed", "length", "5"),
	    "changed");
}

/* --- planning (M1, M2, R108, R109) ------------------------------------------------------ */

static const char *
party_pid(struct people *p, const char *key)
{
	struct q_party_by_key *row;

	assert_ok(q_party_by_key(p->w->db, p->a, str_from_c(key), &row));
	return str_to_c(p->a, row->pid);
}

#define PLAN(p, who, action, r, body, day, ...)                                               \
	act(cx_as((p), (who)), (r), (action), "body", (body), "starts", (day), "starts_time", \
	    "09.00", "length", "120" __VA_OPT__(, ) __VA_ARGS__)

static void
partnership_meets_in_its_month_or_extraordinarily(void **state)
{
	struct people *p = *state;
	const char *body = str_to_c(p->a, body_pid_of(p, "partnerskapsmotet"));
	const char *x = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	const char *other =
	    ready_matter(p, "En annen sak her", "partnerskapsmotet", "decision");
	struct result r;

	assert_err(PLAN(p, MUNICIPAL, ACT_MEETING_PLAN, &r, body, "2026-05-07"),
	    "meeting.wrong_month");
	assert_err(PLAN(p, MUNICIPAL, ACT_MEETING_PLAN, &r, body, "2026-03-01"),
	    "meeting.time_passed");
	assert_ok(PLAN(p, MUNICIPAL, ACT_MEETING_PLAN, &r, body, "2026-03-27"));
	assert_err(
	    PLAN(p, "contact.moss", ACT_MEETING_REQUEST, &r, body, "2026-05-07"), "input");
	assert_err(PLAN(p, MUNICIPAL, ACT_MEETING_PLAN, &r, body, "2026-05-07", "extraordinary",
		       "1", "matters", x),
	    "meeting.requester_missing");
	assert_ok(PLAN(p, MUNICIPAL, ACT_MEETING_PLAN, &r, body, "2026-05-07", "extraordinary",
	    "1", "requester", party_pid(p, "moss"), "matters", x));
	assert_int_equal(meeting_now(p, r.pid)->extraordinary, 1);
	assert_err(add_matter(p, str_to_c(p->a, r.pid), other), "meeting.agenda_locked");
}

/* --- the summons (M4, R093, R060) ------------------------------------------------------- */

static void
the_summons_waits_for_premeeting_and_notice(void **state)
{
	struct people *p = *state;
	const char *x = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	const char *m = planned(p, "ssu", "2026-03-12"); /* in seven days */

	put_on(p, m, x);
	assert_err(simple(p, MUNICIPAL, ACT_MEETING_SUMMON, m), "meeting.wrong_state");
	approve_both(p, m);
	int64_t before = entries(p);
	assert_err(simple(p, MUNICIPAL, ACT_MEETING_SUMMON, m), "meeting.notice_short");
	assert_err(
	    reasoned(p, MUNICIPAL, ACT_MEETING_SUMMON, m), "meeting.premeeting_unplanned");
	assert_int_equal(entries(p), before);
	assert_int_equal(matter_now(p, str_from_c(x))->state, MATTER_ON_AGENDA);
	plan_premeeting(p, m, "2026-03-10");
	assert_ok(reasoned(p, TRUST, ACT_MEETING_SUMMON, m));
	assert_int_equal(matter_now(p, str_from_c(x))->state, MATTER_PAPERS_PUBLISHED);
}

static int64_t
notices(struct people *p, const char *who)
{
	struct q_notice_unread *rows;
	int64_t k = 0;
	size_t n;

	assert_ok(q_notice_unread(p->w->db, p->a, person_of(p, who)->id, 200, &rows, &n));
	for (size_t i = 0; i < n; i++)
		k += str_eq(rows[i].kind, S("meeting.summon"));
	return k;
}

static void
the_summons_opens_the_meeting_and_tells_everyone_once(void **state)
{
	struct people *p = *state;
	const char *x = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	const char *m = planned(p, "ssu", "2026-03-26"),
		   *url = arena_printf(p->a, "/moter/%s", m);

	put_on(p, m, x);
	approve_both(p, m);
	plan_premeeting(p, m, "2026-03-20");
	assert_int_equal(ask(p, "contact.moss", "GET", url, NULL).status, 404);
	assert_int_equal(
	    ask(p, "contact.moss", "GET", "/moter/0123456789abcdef", NULL).status, 404);
	assert_int_equal(ask(p, "chair", "GET", url, NULL).status, 200);
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_SUMMON, m));
	assert_int_equal(ask(p, "contact.moss", "GET", url, NULL).status, 200);
	assert_int_equal(
	    ask(p, "contact.moss", "GET", arena_printf(p->a, "/saker/%s", x), NULL).status,
	    200);
	assert_int_equal(ask(p, "outsider", "GET", url, NULL).status, 404);
	assert_int_equal(notices(p, "contact.moss"), 1);
	assert_int_equal(notices(p, "chair"), 1);
	assert_int_equal(notices(p, MUNICIPAL), 0);
}

static void
a_late_matter_has_a_reason_and_its_papers_at_once(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	const char *late = ready_matter(p, "Beredskap i påsken", "ssu", "decision");
	struct result r;

	assert_err(add_matter(p, s.meeting, late), "meeting.reason_missing");
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGENDA_ADD, "meeting", s.meeting, "rev",
	    rev_of(p, s.meeting), "matter", late, "kind", "decide", "length", "20", "reason",
	    "Haster før påske"));
	assert_int_equal(matter_now(p, str_from_c(late))->state, MATTER_PAPERS_PUBLISHED);
	assert_int_equal(state_of(p, s.meeting), MEETING_SUMMONED);
}

static void
matters_of_a_meeting_put_off_wait_and_come_back(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	struct result r;

	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_POSTPONE, s.meeting));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_POSTPONED);
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_RESCHEDULE, "meeting", s.meeting,
	    "rev", rev_of(p, s.meeting), "starts", "2026-04-16", "starts_time", "10.00",
	    "length", "90"));
	assert_int_equal(state_of(p, s.meeting), MEETING_AGENDA_DRAFT);
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_ON_AGENDA);
	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_CANCEL, s.meeting));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_POSTPONED);
	put_on(p, planned(p, "ssu", "2026-06-11"), s.matter);
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_ON_AGENDA);
}

/* --- who is there (M5-M7, M13, R125) ---------------------------------------------------- */

static const struct seat_line *
seat_at(struct people *p, const char *m, enum side side, int number)
{
	struct seat_lines l;

	assert_ok(meeting_seats(cx_as(p, MUNICIPAL), meeting_now(p, str_from_c(m)), 0, &l));
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].side == side && number-- == 0)
			return &l.v[i];
	fail();
	return NULL;
}

static struct err *
attend(struct people *p, const char *who, const char *m, const struct seat_line *s,
    const char *presence)
{
	struct result r;

	return act(cx_as(p, who), &r, ACT_MEETING_ATTEND, "meeting", m, "seat",
	    str_to_c(p->a, s->pid), "presence", presence);
}

static void
a_seat_is_filled_by_member_or_deputy_and_undone(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	const struct seat_line *seat = seat_at(p, s.meeting, SIDE_MUNICIPAL, 0);

	assert_ok(attend(p, MUNICIPAL, s.meeting, seat, "deputy"));
	seat = seat_at(p, s.meeting, SIDE_MUNICIPAL, 0);
	assert_int_equal(seat->presence, PRESENCE_DEPUTY);
	assert_int_equal(seat->person_id, seat->people[1].person_id);
	assert_false(seat->has_mandate);
	assert_ok(attend(p, TRUST, s.meeting, seat, "unknown"));
	seat = seat_at(p, s.meeting, SIDE_MUNICIPAL, 0);
	assert_int_equal(seat->presence, PRESENCE_UNKNOWN);
	assert_int_equal(seat->person_id, 0);
	assert_ok(attend(p, MUNICIPAL, s.meeting, seat, "member"));
	assert_err(
	    attend(p, MUNICIPAL, s.meeting, seat_at(p, s.meeting, SIDE_MUNICIPAL, 5), "deputy"),
	    "attendance.nobody");
	assert_err(attend(p, "contact.moss", s.meeting, seat, "absent"), "denied");
}

static void
it_opens_with_premeeting_and_both_sides(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);

	assert_err(
	    simple(p, MUNICIPAL, ACT_MEETING_OPEN, s.meeting), "meeting.premeeting_missing");
	hold_premeeting(p, s.meeting);
	assert_int_equal(state_of(p, s.meeting), MEETING_PREMEETING_DONE);
	assert_err(
	    simple(p, MUNICIPAL, ACT_MEETING_OPEN, s.meeting), "meeting.attendance_missing");
	record_all(p, s.meeting, 6); /* the municipal seats */
	assert_err(simple(p, MUNICIPAL, ACT_MEETING_OPEN, s.meeting), "meeting.not_quorate");
	assert_ok(
	    attend(p, MUNICIPAL, s.meeting, seat_at(p, s.meeting, SIDE_TRUST, 0), "member"));
	assert_ok(simple(p, "chair", ACT_MEETING_OPEN, s.meeting));
	assert_err(simple(p, "chair", ACT_MEETING_OPEN, s.meeting), "meeting.wrong_state");
	assert_err(simple(p, "chair", ACT_MEETING_CLOSE, s.meeting), "meeting.items_open");
}

static void
too_few_there_puts_the_matters_off(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);

	hold_premeeting(p, s.meeting);
	assert_err(reasoned(p, "chair", ACT_MEETING_INQUORATE, s.meeting), "meeting.not_begun");
	p->now_at += 21 * 86400;
	assert_ok(reasoned(p, "chair", ACT_MEETING_INQUORATE, s.meeting));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_POSTPONED);
}

static void
the_side_whose_turn_it_is_chairs(void **state)
{
	struct people *p = *state;
	const char *m = planned(p, "ssu", "2026-03-26");
	const char *later = planned(p, "ssu", "2026-04-23");
	struct meeting_chair c;
	struct result r;

	assert_ok(meeting_chair(cx_as(p, MUNICIPAL), meeting_now(p, str_from_c(m)), &c));
	assert_int_equal(c.side, SIDE_TRUST);
	int64_t first = c.person_id;
	assert_ok(meeting_chair(cx_as(p, MUNICIPAL), meeting_now(p, str_from_c(later)), &c));
	assert_int_equal(c.side, SIDE_MUNICIPAL); /* from 1 April */
	assert_int_not_equal(c.person_id, first);
	assert_err(act(cx_as(p, TRUST), &r, ACT_MEETING_AGREE_CHAIR, "meeting", later, "rev",
		       rev_of(p, later), "person", str_to_c(p->a, person_of(p, TRUST)->pid)),
	    "input");
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGREE_CHAIR, "meeting", later, "rev",
	    rev_of(p, later), "person", str_to_c(p->a, person_of(p, "vice")->pid)));
	assert_ok(meeting_chair(cx_as(p, MUNICIPAL), meeting_now(p, str_from_c(later)), &c));
	assert_int_equal(c.person_id, person_of(p, "vice")->id);
}

static void
whoever_is_not_competent_does_not_count(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	const struct seat_line *seat = seat_at(p, s.meeting, SIDE_TRUST, 0);
	const char *pid = str_to_c(p->a, seat->pid);
	struct seat_lines l;
	struct result r;

	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_CONFLICT, "meeting", s.meeting,
		       "item", s.item, "seat", pid),
	    "input");
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_CONFLICT, "meeting", s.meeting,
	    "item", s.item, "seat", pid, "reason", "Gift med søkeren"));
	struct meeting *m = meeting_now(p, str_from_c(s.meeting));
	assert_ok(meeting_seats(cx_as(p, TRUST), m, item_now(p, &s)->id, &l));
	assert_int_equal(l.count.present_by[SIDE_TRUST], 5);
	struct minutes x;
	assert_ok(minutes_read(cx_as(p, MUNICIPAL), str_from_c(s.meeting), &x));
	const char *inside = str_to_c(p->a, minutes_text(cx_as(p, MUNICIPAL), &x, false));
	const char *outside = str_to_c(p->a, minutes_text(cx_as(p, MUNICIPAL), &x, true));
	assert_non_null(strstr(inside, "Gift med søkeren"));
	assert_non_null(strstr(outside, "Forlot møtet under saken"));
	assert_null(strstr(outside, "Gift med søkeren")); /* private */
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_CONFLICT, "meeting", s.meeting,
	    "item", s.item, "seat", pid, "undo", "1"));
	assert_ok(meeting_seats(cx_as(p, TRUST), m, item_now(p, &s)->id, &l));
	assert_int_equal(l.count.present_by[SIDE_TRUST], 6);
	for (size_t i = 0; i < 6; i++) /* one side has left: nothing is agreed between two */
		assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_CONFLICT, "meeting",
		    s.meeting, "item", s.item, "seat",
		    str_to_c(p->a, seat_at(p, s.meeting, SIDE_TRUST, i)->pid), "reason",
		    "Gift med søkeren"));
	assert_err(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "agreed", "text", "Ja"),
	    "matter.not_quorate");
}

/* --- how an item ends (C19-C22) --------------------------------------------------------- */

static void
disagreement_asks_what_follows(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	struct cx *cx = cx_as(p, MUNICIPAL);
	struct result r;
	int64_t before = entries(p);

	assert_err(OUTCOME(p, cx, &r, &s, "outcome", "disagreed", "reason", "Uenige"), "input");
	assert_string_equal(fault_of(cx, "after"), "outcome.after_missing");
	assert_err(
	    OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "disagreed", "after", "dispute"),
	    "matter.reason_missing");
	assert_int_equal(entries(p), before);
	assert_int_equal(item_now(p, &s)->outcome, 0);
	assert_ok(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "disagreed", "after",
	    "dispute", "reason", "Sidene er uenige om betalingen"));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_DISPUTED);
	assert_int_equal(item_now(p, &s)->disagreed, 1);
	assert_err(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "agreed", "text", "Ja"),
	    "meeting.item_closed");
}

static void
agreement_needs_text_and_a_remark_its_words(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	struct cx *cx = cx_as(p, MUNICIPAL);
	struct result r;

	assert_err(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "agreed"),
	    "matter.text_missing");
	assert_err(
	    OUTCOME(p, cx, &r, &s, "outcome", "agreed_with_remark", "text", "Ja"), "input");
	assert_string_equal(fault_of(cx, "remark"), "input.required");
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_OUTCOME, "meeting", s.meeting,
		       "item", s.item, "rev", "77", "outcome", "note"),
	    "changed");
	assert_err(OUTCOME(p, cx_as(p, "contact.moss"), &r, &s, "outcome", "note"), "denied");
	assert_ok(OUTCOME(p, cx_as(p, "chair"), &r, &s, "outcome", "agreed_with_remark", "text",
	    "Ja", "remark", "Brukerne vil ha en plan"));
}

static void
postponed_to_a_named_later_meeting(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	const char *later = planned(p, "ssu", "2026-06-11");
	const char *other = planned(p, "fsu", "2026-06-11");
	const char *sooner = planned(p, "ssu", "2026-03-19");
	struct ready_matter *ready;
	struct result r;
	size_t n;

#define TO(meeting) \
	OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "postpone", "to_meeting", meeting)
	assert_err(TO(""), "matter.later_meeting_missing");
	assert_err(TO(other), "input");
	assert_err(TO(sooner), "matter.meeting_not_later");
	/* the form sends the proposal that it hides: it is no decision */
	assert_ok(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "postpone", "to_meeting",
	    later, "text", "Sykehuset varsler."));
	assert_int_equal(item_now(p, &s)->text.n, 0);
#undef TO
	assert_ok(agenda_ready(cx_as(p, TRUST), meeting_now(p, str_from_c(later)), &ready, &n));
	assert_int_equal(n, 1);
	assert_true(ready[0].is_named_here);
	put_on(p, later, s.matter);
}

static void
delegated_makes_a_child_with_mandate_and_deadline(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	const char *fsu = str_to_c(p->a, body_pid_of(p, "fsu"));
	const char *up = str_to_c(p->a, body_pid_of(p, "partnerskapsmotet"));
	struct q_matter_children *kids;
	struct result r;
	size_t n;

#define TO(body, mandate, due)                                                          \
	OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "delegate", "to_body", body, \
	    "mandate", mandate, "due", due)
	assert_err(TO(up, "Utred", "2026-09-01"), "matter.delegate_not_allowed");
	assert_err(TO(fsu, "", "2026-09-01"), "matter.mandate_missing");
	assert_err(TO(fsu, "Utred", ""), "matter.deadline_missing");
	assert_ok(TO(fsu, "Utred", "2026-09-01"));
#undef TO
	assert_ok(q_matter_children(
	    p->w->db, p->a, matter_now(p, str_from_c(s.matter))->id, &kids, &n));
	assert_int_equal(n, 1);
	struct matter *child = matter_now(p, kids[0].pid);
	assert_str(child->mandate, "Utred");
	assert_int_equal(child->body_id, body_id_of(p, "fsu"));
	assert_int_equal(child->state, MATTER_RECEIVED);
	assert_true(child->due_day > 0 && child->label.n > 0);
	assert_int_equal(item_now(p, &s)->child_id, child->id);
}

static void
lifted_is_received_at_the_body_above(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	struct result r;

	assert_ok(OUTCOME(
	    p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "escalate", "reason", "Prinsipielt"));
	struct matter *x = matter_now(p, str_from_c(s.matter));
	assert_int_equal(x->state, MATTER_ESCALATED);
	const char *rev = text_of(p, x->rev);
	assert_err(act(cx_as(p, a_contact(p)), &r, ACT_MATTER_RECEIVE_ABOVE, "matter", s.matter,
		       "rev", rev),
	    "denied");
	assert_ok(
	    act(cx_as(p, TRUST), &r, ACT_MATTER_RECEIVE_ABOVE, "matter", s.matter, "rev", rev));
	x = matter_now(p, str_from_c(s.matter));
	assert_int_equal(x->state, MATTER_RECEIVED);
	assert_int_equal(x->body_id, body_id_of(p, "partnerskapsmotet"));
}

/* R139 */
static void
an_advisory_body_gives_advice_and_never_decides(void **state)
{
	struct people *p = *state;
	struct sitting s;
	struct result r;

	people_seat(p, "fsu");
	s.matter = ready_matter(p, "Ny prosedyre for fall", "fsu", "decision");
	s.meeting = planned(p, "fsu", "2026-03-26");
	s.item = put_on(p, s.meeting, s.matter);
	approve_both(p, s.meeting);
	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_SUMMON, s.meeting));
	record_all(p, s.meeting, -1);
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_AGREE_CHAIR, "meeting", s.meeting, "rev",
	    rev_of(p, s.meeting), "person",
	    str_to_c(p->a, seat_at(p, s.meeting, SIDE_TRUST, 0)->people[0].pid)));
	assert_ok(simple(p, TRUST, ACT_MEETING_OPEN, s.meeting));
	assert_err(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "decide", "text", "Ja"),
	    "matter.beyond_authority");
	assert_ok(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "agreed", "text", "Ja"));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_ADVISED);
}

static void
identity_numbers_are_refused_and_the_text_kept(void **state)
{
	struct people *p = *state;
	struct sitting s = sitting(p);
	struct result r;
	char *words = arena_printf(p->a, "x");

	assert_ok(act(
	    cx_as(p, TRUST), &r, ACT_MEETING_TAKE_UP, "meeting", s.meeting, "item", s.item));
	int64_t before = entries(p);
	for (int n = 0; idscan_worst(str_from_c(words), 0, NULL) != IDSCAN_REFUSE; n++)
		words = arena_printf(p->a, "Gjelder 010180%05d", n);
	for (char *c = words; *c; c++)
		*c = *c == ' ' ? '+' : *c;
	struct answer a = ask(p, MUNICIPAL, "POST",
	    arena_printf(p->a, "/moter/%s/ledelse/%s/utfall", s.meeting, s.item),
	    arena_printf(p->a, "rev=%s&outcome=agreed&text=%s", item_rev(p, &s), words));
	assert_int_equal(a.status, 422);
	assert_true(says(&a, "Gjelder 010180"));
	assert_int_equal(entries(p), before);
	assert_int_equal(item_now(p, &s)->outcome, 0);
}

/* --- the pre-meeting (V1-V5, R093-R098) ------------------------------------------------- */

static struct err *
position(struct people *p, const struct sitting *s, const char *kind, const char *text)
{
	struct premeeting_room room;
	struct result r;

	assert_ok(premeeting_room(cx_as(p, MUNICIPAL), str_from_c(s->meeting), &room));
	return act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_POSITION, "meeting", s->meeting,
	    "item", s->item, "rev", text_of(p, room.p->rev), "position", kind, "text", text);
}

static struct err *
release_it(struct people *p, const struct sitting *s, const char *who)
{
	struct premeeting_room room;
	struct result r;

	assert_ok(premeeting_room(cx_as(p, MUNICIPAL), str_from_c(s->meeting), &room));
	return act(cx_as(p, who), &r, ACT_PREMEETING_RELEASE, "meeting", s->meeting, "item",
	    s->item, "rev", text_of(p, room.p->rev));
}

static struct err *
stand_for(struct people *p, const struct sitting *s, const char *who, const char *party,
    const char *stand)
{
	struct result r;

	return act(cx_as(p, who), &r, ACT_PREMEETING_STAND, "meeting", s->meeting, "item",
	    s->item, "party", party, "stand", stand);
}

/* Everyone on the municipal side agrees, but for the last n of them. */
static void
all_agree_but(struct people *p, const struct sitting *s, size_t but)
{
	struct premeeting_room room;

	assert_ok(premeeting_room(cx_as(p, MUNICIPAL), str_from_c(s->meeting), &room));
	for (size_t i = 0; i + but < room.n_asked; i++)
		assert_ok(
		    stand_for(p, s, MUNICIPAL, str_to_c(p->a, room.asked[i].pid), "agrees"));
}

static void
every_municipality_is_asked(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	struct premeeting_room room;
	size_t n = 0;

	for (size_t i = 0; i < p->charter->n_parties; i++)
		n += p->charter->parties[i].kind == PARTY_MUNICIPALITY;
	assert_ok(premeeting_room(cx_as(p, "contact.moss"), str_from_c(s.meeting), &room));
	assert_int_equal(room.n_asked, n);
	struct result r;
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_PLAN, "meeting", s.meeting,
		       "starts", "2026-03-19", "starts_time", "09.00"),
	    "premeeting.already_planned");
}

/* V5: not the other side, not its half of the secretariat, by any door. */
static void
the_room_is_hidden_from_the_other_side(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	const char *room = arena_printf(p->a, "/moter/%s/formote", s.meeting);
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_WRITE, "meeting", s.meeting,
	    "rev", "1", "notes", "Vi holder tilbake"));
	struct answer mine = ask(p, "contact.moss", "GET", room, NULL);
	struct answer theirs = ask(p, TRUST, "GET", room, NULL);
	struct answer page =
	    ask(p, TRUST, "GET", arena_printf(p->a, "/moter/%s", s.meeting), NULL);
	assert_true(says(&mine, "Vi holder tilbake"));
	assert_false(says(&theirs, "Vi holder tilbake") || says(&theirs, "Teams"));
	assert_true(says(&page, "Ikke holdt"));
	assert_false(says(&page, "Teams"));
	struct answer api = ask_api(
	    p, TRUST, "GET", arena_printf(p->a, "/meetings/%s/premeeting", s.meeting), NULL);
	assert_int_equal(api.status, 404);
	assert_err(
	    act(cx_as(p, TRUST), &r, ACT_PREMEETING_HOLD, "meeting", s.meeting, "rev", "2"),
	    "not_found");
	assert_err(
	    act(cx_as(p, "chair"), &r, ACT_PREMEETING_HOLD, "meeting", s.meeting, "rev", "2"),
	    "not_found");
	assert_err(act(cx_as(p, "contact.moss"), &r, ACT_PREMEETING_HOLD, "meeting", s.meeting,
		       "rev", "2"),
	    "denied");
	assert_int_equal(ask(p, "outsider", "GET", room, NULL).status, 404);
	struct premeeting_room own;
	bool seen;
	assert_ok(premeeting_room(cx_as(p, MUNICIPAL), str_from_c(s.meeting), &own));
	assert_ok(access_seen(cx_as(p, TRUST), OBJECT_PREMEETING, own.p->id, &seen));
	assert_false(seen); /* nor by the predicate of lists and search */
}

static int64_t
due_of(struct people *p, const char *who, enum action what)
{
	struct tasks *t = arena_new(p->a, struct tasks);

	assert_ok(meeting_tasks(cx_as(p, who), t));
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].action == what)
			return t->v[i].due_at;
	return 0;
}

/* A contact is to say what it thinks before the pre-meeting, not before the meeting. */
static void
the_pre_meeting_waits_for_each_in_turn(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	struct premeeting_room room;

	assert_ok(premeeting_room(cx_as(p, "contact.moss"), str_from_c(s.meeting), &room));
	assert_int_equal(due_of(p, "contact.moss", ACT_PREMEETING_STAND), room.p->starts_at);
	assert_int_equal(due_of(p, MUNICIPAL, ACT_PREMEETING_HOLD), room.p->starts_at);
	assert_int_equal(due_of(p, TRUST, ACT_PREMEETING_HOLD), 0);
	assert_int_equal(due_of(p, MUNICIPAL, ACT_PREMEETING_POSITION), 0);
	all_agree_but(p, &s, 0);
	assert_int_equal(due_of(p, "contact.moss", ACT_PREMEETING_STAND), 0);
	hold_premeeting(p, s.meeting);
	assert_int_equal(due_of(p, MUNICIPAL, ACT_PREMEETING_HOLD), 0);
	assert_int_equal(due_of(p, MUNICIPAL, ACT_PREMEETING_POSITION), room.m->starts_at);
	assert_ok(position(p, &s, "common", "Vi støtter"));
	assert_int_equal(due_of(p, MUNICIPAL, ACT_PREMEETING_POSITION), 0);
}

/* V4: silence is not consent. */
static void
one_voice_needs_everyone(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);

	assert_err(position(p, &s, "common", "Vi støtter"), "premeeting.wrong_state");
	hold_premeeting(p, s.meeting);
	all_agree_but(p, &s, 1);
	int64_t before = entries(p);
	assert_err(position(p, &s, "common", "Vi støtter"), "premeeting.not_common");
	assert_err(position(p, &s, "split", ""), "premeeting.text_missing");
	assert_int_equal(entries(p), before);
	assert_ok(position(p, &s, "split", "To syn"));
	all_agree_but(p, &s, 0);
	assert_ok(position(p, &s, "common", "Vi støtter"));
}

static void
a_party_speaks_for_itself(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	const char *moss = party_pid(p, "moss"), *trust = party_pid(p, "sykehuset_ostfold");
	struct premeeting_room room;

	assert_ok(stand_for(p, &s, "contact.halden", "", "disagrees"));
	assert_err(stand_for(p, &s, "contact.halden", moss, "agrees"), "denied");
	assert_err(stand_for(p, &s, MUNICIPAL, trust, "agrees"), "input");
	assert_err(stand_for(p, &s, TRUST, "", "agrees"), "not_found");
	assert_ok(stand_for(p, &s, MUNICIPAL, moss, "abstains"));
	assert_ok(premeeting_room(cx_as(p, MUNICIPAL), str_from_c(s.meeting), &room));
	assert_int_equal(room.n_stands, 2);
}

/* Item by item, never before; and what has been shown stays. */
static void
a_position_is_seen_when_it_is_released(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	const char *live = arena_printf(p->a, "/moter/%s/ledelse", s.meeting);
	struct result r;

	hold_premeeting(p, s.meeting);
	assert_err(release_it(p, &s, MUNICIPAL), "premeeting.nothing_to_release");
	all_agree_but(p, &s, 0);
	assert_ok(position(p, &s, "common", "Kommunene deler kontaktpunkt"));
	record_all(p, s.meeting, -1);
	assert_ok(simple(p, TRUST, ACT_MEETING_OPEN, s.meeting));
	assert_ok(act(
	    cx_as(p, TRUST), &r, ACT_MEETING_TAKE_UP, "meeting", s.meeting, "item", s.item));
	struct answer a = ask(p, TRUST, "GET", live, NULL);
	struct answer b = ask(p, MUNICIPAL, "GET", live, NULL);
	assert_false(says(&a, "deler kontaktpunkt") || says(&b, "deler kontaktpunkt"));
	assert_err(release_it(p, &s, TRUST), "not_found");
	assert_err(release_it(p, &s, "contact.moss"), "denied");
	assert_ok(release_it(p, &s, MUNICIPAL));
	a = ask(p, TRUST, "GET", live, NULL);
	assert_true(says(&a, "deler kontaktpunkt"));
	assert_err(release_it(p, &s, MUNICIPAL), "premeeting.already_released");
	assert_err(position(p, &s, "none", ""), "premeeting.already_released");
}

static void
it_is_recorded_when_every_matter_has_a_position(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	struct result r;

	hold_premeeting(p, s.meeting);
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_RECORD, "meeting", s.meeting,
		       "rev", "2"),
	    "premeeting.items_open");
	assert_ok(position(p, &s, "none", ""));
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_RECORD, "meeting", s.meeting,
		       "rev", "2"),
	    "changed");
	assert_ok(act(
	    cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_RECORD, "meeting", s.meeting, "rev", "3"));
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_CANCEL, "meeting", s.meeting,
		       "rev", "4", "reason", "Trengs ikke"),
	    "premeeting.wrong_state");
}

static void
one_called_off_can_be_planned_again(void **state)
{
	struct people *p = *state;
	struct sitting s = called(p);
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_CANCEL, "meeting", s.meeting,
	    "rev", "1", "reason", "Ny dag"));
	assert_err(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_PLAN, "meeting", s.meeting,
		       "starts", "2026-03-27", "starts_time", "09.00"),
	    "input");
	plan_premeeting(p, s.meeting, "2026-03-23");
	assert_ok(act(
	    cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_HOLD, "meeting", s.meeting, "rev", "3"));
}

/* --- another charter -------------------------------------------------------------------- */

static void
the_other_charter_runs_too(void **state)
{
	struct people *p = *state;
	static const char *const who[] = {MUNICIPAL, TRUST, "chair", "vice"};
	struct sitting s = {.matter = ready_matter(p, "Utskrivning i helg", "ssu", "decision")};
	struct result r;

	s.meeting = planned(p, "ssu", "2026-03-26");
	s.item = put_on(p, s.meeting, s.matter);
	for (int i = 0; i < 4; i++)
		if (state_of(p, s.meeting) == MEETING_AGENDA_DRAFT)
			(void)simple(p, who[i], ACT_MEETING_AGENDA_APPROVE, s.meeting);
	assert_int_equal(state_of(p, s.meeting), MEETING_AGENDA_SET);
	plan_premeeting(p, s.meeting, "2026-03-20");
	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_SUMMON, s.meeting));
	hold_premeeting(p, s.meeting);
	record_all(p, s.meeting, -1);
	assert_ok(simple(p, TRUST, ACT_MEETING_OPEN, s.meeting));
	assert_ok(OUTCOME(p, cx_as(p, MUNICIPAL), &r, &s, "outcome", "agreed", "text", "Ja"));
	assert_int_equal(matter_now(p, str_from_c(s.matter))->state, MATTER_DECIDED);
	assert_ok(simple(p, MUNICIPAL, ACT_MEETING_CLOSE, s.meeting));
}

/* --- pages ------------------------------------------------------------------------------ */

static void
assert_page(
    struct people *p, const char *who, const char *fmt, const char *pid, const char *text)
{
	struct answer r =
	    ask(p, who, "GET", arena_printf(p->a, "%s%s%s", "/moter/", pid, fmt), NULL);

	if (r.status != 200)
		fail_msg("%s: %d", fmt, r.status);
	if (!says(&r, text))
		fail_msg("%s does not say %s: " STR_FMT, fmt, text, STR_ARG(r.body));
}

static void
test_pages(void **state)
{
	struct people *p = *state;
	const char *matter = ready_matter(p, "Utskrivning i helg", "ssu", "decision");
	const char *m = planned(p, "ssu", "2026-03-26");
	struct result r;

	assert_int_equal(ask(p, MUNICIPAL, "GET", "/moter/ny", NULL).status, 200);
	assert_int_equal(ask(p, "contact.halden", "GET", "/moter/krev", NULL).status, 200);
	assert_int_equal(ask(p, MUNICIPAL, "GET", "/moter", NULL).status, 200);
	assert_page(p, MUNICIPAL, "", m, "Planlagt");
	assert_page(p, MUNICIPAL, "/saksliste", m, "Utskrivning i helg");
	put_on(p, m, matter);
	assert_page(p, MUNICIPAL, "/saksliste", m, "Utskrivning i helg");
	assert_page(p, MUNICIPAL, "", m, "Godkjenn sakslisten");
	approve_both(p, m);
	assert_page(p, MUNICIPAL, "/formote", m, "Planlegg formøtet");
	plan_premeeting(p, m, "2026-03-20");
	assert_page(p, MUNICIPAL, "", m, "Send innkallingen");
	assert_ok(reasoned(p, MUNICIPAL, ACT_MEETING_SUMMON, m));
	assert_page(p, MUNICIPAL, "/formote", m, "Utskrivning i helg");
	assert_page(p, "contact.halden", "/formote", m, "Si hva dere mener");
	hold_premeeting(p, m);
	assert_page(p, MUNICIPAL, "/formote", m, "Før sidens standpunkt");
	record_all(p, m, -1);
	assert_page(p, MUNICIPAL, "/ledelse", m, "Åpne møtet");
	assert_ok(simple(p, TRUST, ACT_MEETING_OPEN, m));
	assert_page(p, MUNICIPAL, "/ledelse", m, "Ta opp neste");
	assert_page(p, "contact.halden", "/ledelse", m, "Her kommer saken");
	struct agenda_item *items;
	size_t n;
	assert_ok(q_item_list(p->w->db, p->a, meeting_now(p, str_from_c(m))->id, &items, &n));
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_TAKE_UP, "meeting", m, "item",
	    str_to_c(p->a, items[0].pid)));
	assert_page(p, MUNICIPAL, "/ledelse", m, "Fastsett utfallet");
	assert_page(p, "contact.halden", "/ledelse", m, "Vedtaket vises her");
	/* two who write at once: the second is told, and nothing of the first is lost */
	for (int i = 0; i < 2; i++) {
		struct err *e = act(cx_as(p, i ? MUNICIPAL : TRUST), &r, ACT_MEETING_TAKE_UP,
		    "meeting", m, "item", str_to_c(p->a, items[0].pid), "save", "1", "rev",
		    arena_printf(p->a, "%d", (int)items[0].rev), "text", i ? "To" : "En");
		if (i)
			assert_err(e, "changed");
		else
			assert_ok(e);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_thread),
	    WITH_OSTFOLD(agenda_is_set_by_both_sides_and_never_by_one_twice),
	    WITH_OSTFOLD(another_agenda_needs_other_approvals),
	    WITH_OSTFOLD(items_move_change_and_go),
	    WITH_OSTFOLD(only_ready_matters_to_the_body_come_on_and_once),
	    WITH_OSTFOLD(partnership_meets_in_its_month_or_extraordinarily),
	    WITH_OSTFOLD(the_summons_waits_for_premeeting_and_notice),
	    WITH_OSTFOLD(the_summons_opens_the_meeting_and_tells_everyone_once),
	    WITH_OSTFOLD(a_late_matter_has_a_reason_and_its_papers_at_once),
	    WITH_OSTFOLD(matters_of_a_meeting_put_off_wait_and_come_back),
	    WITH_OSTFOLD(a_seat_is_filled_by_member_or_deputy_and_undone),
	    WITH_OSTFOLD(it_opens_with_premeeting_and_both_sides),
	    WITH_OSTFOLD(too_few_there_puts_the_matters_off),
	    WITH_OSTFOLD(the_side_whose_turn_it_is_chairs),
	    WITH_OSTFOLD(whoever_is_not_competent_does_not_count),
	    WITH_OSTFOLD(disagreement_asks_what_follows),
	    WITH_OSTFOLD(agreement_needs_text_and_a_remark_its_words),
	    WITH_OSTFOLD(postponed_to_a_named_later_meeting),
	    WITH_OSTFOLD(delegated_makes_a_child_with_mandate_and_deadline),
	    WITH_OSTFOLD(lifted_is_received_at_the_body_above),
	    WITH_OSTFOLD(an_advisory_body_gives_advice_and_never_decides),
	    WITH_OSTFOLD(identity_numbers_are_refused_and_the_text_kept),
	    WITH_VESTRE_VIKEN(the_other_charter_runs_too),
	    WITH_OSTFOLD(every_municipality_is_asked),
	    WITH_OSTFOLD(the_room_is_hidden_from_the_other_side),
	    WITH_OSTFOLD(the_pre_meeting_waits_for_each_in_turn),
	    WITH_OSTFOLD(one_voice_needs_everyone),
	    WITH_OSTFOLD(a_party_speaks_for_itself),
	    WITH_OSTFOLD(a_position_is_seen_when_it_is_released),
	    WITH_OSTFOLD(it_is_recorded_when_every_matter_has_a_position),
	    WITH_OSTFOLD(one_called_off_can_be_planned_again),
	    WITH_OSTFOLD(test_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
