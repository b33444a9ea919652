#include "held.h"

#include "app/decision.h"
#include "app/meeting.h"
#include "app/minutes.h"
#include "q_decision.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_minutes.h"

#define MUNICIPAL "secretary.municipal"
#define TRUST     "secretary.trust"

const char *
number(struct people *p, int64_t n)
{
	return arena_printf(p->a, "%lld", (long long)n);
}

struct matter *
matter_now(struct people *p, const char *pid)
{
	struct matter *m;

	assert_ok(q_matter_by_pid(p->w->db, p->a, str_from_c(pid), &m));
	assert_non_null(m);
	return m;
}

struct meeting *
meeting_now(struct people *p, const char *pid)
{
	struct meeting *m;

	assert_ok(q_meeting_by_pid(p->w->db, p->a, str_from_c(pid), &m));
	assert_non_null(m);
	return m;
}

struct minutes_words *
words_now(struct people *p, const char *meeting)
{
	struct minutes_words *x;

	assert_ok(q_minutes_by_meeting(p->w->db, p->a, meeting_now(p, meeting)->id, &x));
	return x;
}

struct decision *
decision_now(struct people *p, const char *pid)
{
	struct decision *d;

	assert_ok(q_decision_by_pid(p->w->db, p->a, str_from_c(pid), &d));
	assert_non_null(d);
	return d;
}

struct followup *
line_now(struct people *p, const char *decision, const char *party_key)
{
	struct followup *v;
	size_t n;

	assert_ok(q_followup_list(p->w->db, p->a, decision_now(p, decision)->id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].party_key, str_from_c(party_key)))
			return &v[i];
	return NULL;
}

/* --- up to the meeting ------------------------------------------------------------------ */

static struct err *
make_ready(struct cx *cx, const void *arg, struct result *ret)
{
	struct matter *m;

	TRY(q_matter_by_pid(cx->db, cx->a, *(const str *)arg, &m));
	ret->type = "matter";
	ret->pid = m->pid;
	return q_matter_set_state(cx->db, cx->a, m->id, MATTER_READY, S(""), cx->now_at, NULL);
}

/* Of a municipality. */
static const struct person *
some_contact(struct people *p)
{
	for (size_t i = 0; i < p->charter->n_parties; i++)
		if (p->charter->parties[i].kind == PARTY_MUNICIPALITY)
			return person_of(p, arena_printf(p->a, "contact." STR_FMT,
						STR_ARG(p->charter->parties[i].key)));
	fail_msg("no municipality");
	return NULL;
}

static const char *
ready_matter(
    struct people *p, const char *title, const char *type, const char *scope, const char *cites)
{
	static const struct usecase uc = {
	    .action = ACT_MATTER_FREEZE, .in_size = sizeof(str), .run = make_ready};
	struct cx *secretary;
	struct result r;

	assert_ok(act(cx_of(p, some_contact(p)), &r, ACT_MATTER_PROPOSE, "title", title,
	    "summary", "Kort om saken", "submit", "1", "decision", cites));
	const char *pid = str_to_c(p->a, r.pid);
	secretary = cx_as(p, MUNICIPAL);
	assert_ok(act(secretary, &r, ACT_MATTER_RECEIVE, "matter", pid, "rev",
	    number(p, matter_now(p, pid)->rev)));
	assert_ok(act(secretary, &r, ACT_MATTER_TRIAGE, "matter", pid, "rev",
	    number(p, matter_now(p, pid)->rev), "type", type, "scope", scope, "consequence",
	    "professional", "topic", "other", "body",
	    str_to_c(p->a, body_pid_of(p, str_to_c(p->a, p->strategic->key))),
	    "override_reason", "Prøves her", "round", "no", "round_reason", "Haster"));
	str arg = str_from_c(pid);
	assert_ok(usecase_run(secretary, &uc, &arg, S(""), &r));
	return pid;
}

static void
on_meeting(struct people *p, const char *who, enum action action, const char *meeting)
{
	struct result r;

	assert_ok(act(cx_as(p, who), &r, action, "meeting", meeting, "rev",
	    number(p, meeting_now(p, meeting)->rev), "reason", "Slik ble det", "other_day",
	    "1"));
}

static const char *
put_on(struct people *p, const char *meeting, const char *matter)
{
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_AGENDA_ADD, "meeting", meeting,
	    "rev", number(p, meeting_now(p, meeting)->rev), "matter", matter, "kind", "decide",
	    "length", "30"));
	return str_to_c(p->a, r.location);
}

static void
everybody_comes(struct people *p, const char *meeting)
{
	struct seat_lines l;
	struct result r;

	assert_ok(meeting_seats(cx_as(p, MUNICIPAL), meeting_now(p, meeting), 0, &l));
	for (size_t i = 0; i < l.n; i++)
		assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_ATTEND, "meeting", meeting,
		    "seat", str_to_c(p->a, l.v[i].pid), "presence", "member"));
}

static const char *
end_item(struct people *p, const char *meeting, const char *item, const char *outcome,
    const char *text, const char *due)
{
	struct agenda_item *row;
	struct minutes_decision *d;
	struct result r;
	size_t n;

	assert_ok(
	    q_item_by_pid(p->w->db, p->a, meeting_now(p, meeting)->id, str_from_c(item), &row));
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_OUTCOME, "meeting", meeting, "item",
	    item, "rev", number(p, row->rev), "outcome", outcome, "text", text, "due", due));
	assert_ok(q_minutes_decisions(p->w->db, p->a, meeting_now(p, meeting)->id, &d, &n));
	for (size_t i = 0; i < n; i++)
		if (d[i].item_id == row->id)
			return str_to_c(p->a, d[i].pid);
	return NULL;
}

struct held
held_meeting_about(struct people *p, const char *due, const char *scope, const char *cites)
{
	struct held h;
	struct result r;

	h.decided = ready_matter(p, "Utskrivning i helg", "decision", scope, cites);
	h.noted = ready_matter(p, "Status for beredskap", "information", "whole_area", "");
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_PLAN, "body",
	    str_to_c(p->a, body_pid_of(p, str_to_c(p->a, p->strategic->key))), "starts",
	    "2026-03-26", "starts_time", "09.00", "length", "150", "place", "Rådhuset"));
	h.meeting = str_to_c(p->a, r.pid);
	h.item = put_on(p, h.meeting, h.decided);
	const char *second = put_on(p, h.meeting, h.noted);
	on_meeting(p, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, h.meeting);
	on_meeting(p, TRUST, ACT_MEETING_AGENDA_APPROVE, h.meeting);
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_PLAN, "meeting", h.meeting,
	    "starts", "2026-03-20", "starts_time", "09.00", "place", "Teams"));
	on_meeting(p, MUNICIPAL, ACT_MEETING_SUMMON, h.meeting);
	assert_ok(act(
	    cx_as(p, MUNICIPAL), &r, ACT_PREMEETING_HOLD, "meeting", h.meeting, "rev", "1"));
	everybody_comes(p, h.meeting);
	assert_err(act(cx_as(p, TRUST), &r, ACT_MEETING_OPEN, "meeting", h.meeting, "rev",
		       number(p, meeting_now(p, h.meeting)->rev)),
	    "meeting.other_day"); /* it is weeks ahead */
	on_meeting(p, TRUST, ACT_MEETING_OPEN, h.meeting);
	h.decision =
	    end_item(p, h.meeting, h.item, "agreed", "Sykehuset varsler torsdag.", due);
	h.noted_decision = end_item(p, h.meeting, second, "note", "", "");
	on_meeting(p, MUNICIPAL, ACT_MEETING_CLOSE, h.meeting);
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_HELD);
	return h;
}

struct held
held_meeting(struct people *p, const char *due)
{
	return held_meeting_about(p, due, "whole_area", "");
}

/* --- the minutes ------------------------------------------------------------------------ */

void
held_draft(struct people *p, const struct held *h)
{
	struct result r;

	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_MINUTES_EDIT, "meeting", h->meeting,
	    "rev", "1", "preamble", "Lederen ønsket velkommen."));
}

void
held_approve(struct people *p, const struct held *h)
{
	static const char *const who[] = {"chair", "vice"};
	struct result r;

	for (int i = 0; i < 2; i++)
		assert_ok(act(cx_as(p, who[i]), &r, ACT_MEETING_MINUTES_APPROVE, "meeting",
		    h->meeting, "rev", number(p, words_now(p, h->meeting)->rev)));
}
