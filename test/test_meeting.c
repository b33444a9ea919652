/* A meeting from plan to its end, through the use cases (domain.md 3.2: M1-M8, M13). */
#include "people.h"

#include "app/meeting.h"
#include "app/premeeting.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_people.h"

#define MUNICIPAL "secretary.municipal"
#define TRUST     "secretary.trust"

/* --- to begin with ------------------------------------------------------------------------ */

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

/* A matter for a body, ready for its agenda; its preparation is another test's. */
static const char *
ready_matter(struct people *p, const char *title, const char *body, const char *type)
{
	static const struct usecase uc = {
	    .action = ACT_MATTER_FREEZE, .in_size = sizeof(struct ready), .run = make_ready};
	struct result r;

	assert_ok(act(cx_as(p, "contact.halden"), &r, ACT_MATTER_PROPOSE, "title", title,
	    "summary", "Kort om saken", "submit", "1"));
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

	return act(cx_as(p, who), &r, action, "meeting", meeting, "rev", rev_of(p, meeting));
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

/* --- the thread -----------------------------------------------------------------------------
 */

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

/* --- pages
 * ------------------------------------------------------------------------------------ */

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
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_thread),
	    WITH_OSTFOLD(test_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
