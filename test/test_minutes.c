/* Minutes, decisions and follow-up through the use cases (domain.md M9-M11, C23, C24, D1-D7).
 */
#include "held.h"

#include "app/decision.h"
#include "app/minutes.h"
#include "base/clock.h"
#include "base/sha.h"
#include "core/matter.h"
#include "core/meeting.h"

#define MUNICIPAL "secretary.municipal"
#define TRUST     "secretary.trust"

#define assert_refused(expr, wanted)                     \
	do {                                             \
		const struct err *e_ = (expr);           \
		assert_non_null(e_);                     \
		assert_string_equal(e_->code, (wanted)); \
	} while (0)

/* An act that is refused changes nothing and leaves no entry. */
#define assert_no_entry(p, expr, wanted)          \
	do {                                      \
		int64_t n_ = entries(p);          \
		assert_refused((expr), (wanted)); \
		assert_int_equal(entries(p), n_); \
	} while (0)

static struct err *
approve(struct people *p, const char *who, const struct held *h)
{
	struct result r;

	return act(cx_as(p, who), &r, ACT_MEETING_MINUTES_APPROVE, "meeting", h->meeting, "rev",
	    number(p, words_now(p, h->meeting)->rev));
}

static struct err *
edit(struct people *p, const char *who, const struct held *h, const char *rev,
    const char *preamble)
{
	struct result r;

	return act(cx_as(p, who), &r, ACT_MEETING_MINUTES_EDIT, "meeting", h->meeting, "rev",
	    rev, "preamble", preamble);
}

static struct err *
on_decision(struct people *p, const char *who, enum action action, const char *decision)
{
	struct result r;

	return act(cx_as(p, who), &r, action, "decision", decision);
}

static struct err *
update(struct people *p, const char *who, const char *party, const char *decision,
    const char *status)
{
	struct result r;

	return act(cx_as(p, who), &r, ACT_DECISION_UPDATE, "decision", decision, "rev",
	    number(p, line_now(p, decision, party)->rev), "status", status, "note", "Ferdig");
}

/* --- the register (D1, D7) -------------------------------------------------------------- */

static void
test_register(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	struct decision *d = decision_now(p, h.decision);

	assert_int_equal(d->authority, OUTCOME_DECIDE);
	assert_int_equal(d->no, 1);
	assert_true(d->rule.n > 0);
	assert_str(d->text, "Sykehuset varsler torsdag.");
	assert_str(d->matter_pid, h.decided); /* I2: one matter, one meeting */
	assert_str(d->meeting_pid, h.meeting);
	assert_int_equal(d->due_day, day_of(2026, 6, 1));
	assert_non_null(line_now(p, h.decision, "halden"));
	assert_non_null(line_now(p, h.decision, str_to_c(p->a, p->charter->health_trust)));
	assert_null(line_now(p, h.noted_decision, "halden"));
	assert_int_equal(decision_now(p, h.noted_decision)->no, 2);
	assert_int_equal(decision_now(p, h.noted_decision)->authority, OUTCOME_NOTE);
}

/* What concerns one municipality is for it and the trust to carry out. */
static void
test_addressees(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting_about(p, "2026-06-01", "one_municipality", "");
	int64_t proposer = matter_now(p, h.decided)->proposer_party_id;
	struct decision_view v;

	assert_ok(decision_read(cx_as(p, MUNICIPAL), str_from_c(h.decision), &v));
	assert_int_equal(v.lines.n, 2);
	for (size_t i = 0; i < 2; i++)
		assert_true(v.lines.v[i].party_id == proposer ||
			    str_eq(v.lines.v[i].party_key, p->charter->health_trust));
}

static void
test_due_by_charter(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "");
	struct decision *d = decision_now(p, h.decision);

	assert_int_equal(d->due_day, d->decided_day + p->charter->process.follow_up.days);
}

/* M11: before the approval only the body and the secretariat; the same answer as for nothing.
 */
static void
test_hidden_until_approved(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *page = arena_printf(p->a, "/vedtak/%s", h.decision);
	struct answer hidden, absent;

	assert_no_entry(p,
	    on_decision(p, "contact.halden", ACT_DECISION_ACKNOWLEDGE, h.decision),
	    "not_found");
	hidden = ask(p, "contact.halden", "GET", page, NULL);
	absent = ask(p, "contact.halden", "GET", "/vedtak/0123456789abcdef", NULL);
	assert_int_equal(hidden.status, 404);
	assert_int_equal(hidden.body.n, absent.body.n);
	assert_int_equal(ask(p, MUNICIPAL, "GET", page, NULL).status, 200);
	held_draft(p, &h);
	assert_int_equal(ask(p, "contact.halden", "GET", page, NULL).status, 404);
	held_approve(p, &h);
	assert_int_equal(ask(p, "contact.halden", "GET", page, NULL).status, 200);
	assert_int_equal(
	    ask(p, NULL, "GET", arena_printf(p->a, "/offentlig/vedtak/%s", h.decision), NULL)
		.status,
	    404);
}

/* --- the minutes (M9, M10, M11) --------------------------------------------------------- */

static void
test_draft(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");

	assert_no_entry(p, edit(p, "chair", &h, "1", "Nei"), "denied");
	assert_no_entry(p, edit(p, MUNICIPAL, &h, "7", "Nei"), "changed");
	assert_ok(edit(p, MUNICIPAL, &h, "1", "Velkommen."));
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_MINUTES_DRAFT);
	/* M9: one author from each side */
	assert_true(words_now(p, h.meeting)->municipal_author_id != 0);
	assert_true(words_now(p, h.meeting)->trust_author_id != 0);
	assert_int_not_equal(words_now(p, h.meeting)->municipal_author_id,
	    words_now(p, h.meeting)->trust_author_id);
}

static void
test_identity_number(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	struct cx *cx = cx_as(p, MUNICIPAL);
	struct result r;

	assert_no_entry(p,
	    act(cx, &r, ACT_MEETING_MINUTES_EDIT, "meeting", h.meeting, "rev", "1", "preamble",
		"Gjelder 01010750160."),
	    "input");
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_HELD);
}

static void
test_one_of_each_side(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");

	held_draft(p, &h);
	assert_no_entry(p, approve(p, "contact.halden", &h), "denied");
	assert_ok(approve(p, "chair", &h));
	assert_no_entry(p, approve(p, "chair", &h), "approval.already_given");
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_MINUTES_DRAFT);
	assert_int_equal(words_now(p, h.meeting)->approved_at, 0);
	assert_ok(approve(p, "vice", &h));
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_MINUTES_APPROVED);
	assert_no_entry(p, approve(p, "vice", &h), "meeting.wrong_state");
}

/* A change of the text makes what was approved void. */
static void
test_change_voids(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *old;

	held_draft(p, &h);
	assert_ok(approve(p, "chair", &h));
	old = number(p, words_now(p, h.meeting)->rev);
	assert_ok(edit(p, TRUST, &h, old, "Et nytt ord."));
	assert_no_entry(p, edit(p, TRUST, &h, old, "Sent ute."), "changed");
	assert_ok(approve(p, "vice", &h));
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_MINUTES_DRAFT);
	assert_ok(approve(p, "chair", &h));
	assert_int_equal(meeting_now(p, h.meeting)->state, MEETING_MINUTES_APPROVED);
}

static void
test_locked(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	struct minutes_words *w;
	struct sha256 hash;

	held_draft(p, &h);
	held_approve(p, &h);
	w = words_now(p, h.meeting);
	hash = sha256(w->text);
	assert_true(str_eq(w->hash, sha256_hex(p->a, &hash)));
	assert_non_null(strstr(str_to_c(p->a, w->text), "Lederen ønsket velkommen."));
	assert_non_null(strstr(str_to_c(p->a, w->text), "Sykehuset varsler torsdag."));
	assert_no_entry(
	    p, edit(p, MUNICIPAL, &h, number(p, w->rev), "Etterpå"), "meeting.wrong_state");
	/* C23: what was noted is closed, what was decided is followed up */
	assert_int_equal(matter_now(p, h.noted)->state, MATTER_CLOSED);
	assert_int_equal(matter_now(p, h.decided)->state, MATTER_FOLLOW_UP);
	assert_true(decision_now(p, h.decision)->final_at != 0);
	assert_true(line_now(p, h.decision, "halden")->sent_at != 0);
}

static void
test_comments(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	struct minutes x;
	struct result r;

	people_add(p, "late", ROLE_MEMBER, "halden", str_to_c(p->a, p->strategic->key), NULL);
	held_draft(p, &h);
	assert_no_entry(p,
	    act(cx_as(p, "late"), &r, ACT_MEETING_MINUTES_COMMENT, "meeting", h.meeting, "text",
		"Jeg var ikke der"),
	    "minutes.not_present");
	assert_ok(act(cx_as(p, "chair"), &r, ACT_MEETING_MINUTES_COMMENT, "meeting", h.meeting,
	    "item", h.item, "text", "Opplæring må nevnes"));
	const char *comment = str_to_c(p->a, r.location);
	assert_no_entry(p,
	    act(cx_as(p, "vice"), &r, ACT_MEETING_MINUTES_COMMENT, "meeting", h.meeting,
		"comment", comment, "text", "Svar"),
	    "denied");
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_MINUTES_COMMENT, "meeting", h.meeting,
	    "comment", comment, "text", "Innarbeidet"));
	assert_no_entry(p,
	    act(cx_as(p, TRUST), &r, ACT_MEETING_MINUTES_COMMENT, "meeting", h.meeting,
		"comment", comment, "text", "Igjen"),
	    "minutes.answered");
	assert_ok(minutes_read(cx_as(p, "chair"), str_from_c(h.meeting), &x));
	assert_int_equal(x.n_comments, 1);
	assert_str(x.comments[0].answer, "Innarbeidet");
}

/* What was approved stays: a correction is a new entry that names the text it corrects. */
static void
test_correction(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	struct minutes_words *before, *after;
	struct minutes x;
	struct result r;

	held_draft(p, &h);
	assert_no_entry(p,
	    act(cx_as(p, TRUST), &r, ACT_MEETING_MINUTES_CORRECT, "meeting", h.meeting, "text",
		"Navn", "reason", "Feil"),
	    "meeting.wrong_state");
	held_approve(p, &h);
	before = words_now(p, h.meeting);
	assert_ok(act(cx_as(p, TRUST), &r, ACT_MEETING_MINUTES_CORRECT, "meeting", h.meeting,
	    "text", "Navnet er Nina", "reason", "Skrivefeil"));
	after = words_now(p, h.meeting);
	assert_true(str_eq(before->text, after->text));
	assert_ok(minutes_read(cx_as(p, "contact.halden"), str_from_c(h.meeting), &x));
	assert_int_equal(x.n_corrections, 1);
	assert_true(str_eq(x.corrections[0].hash, before->hash));
}

static struct err *
publish(struct people *p, const struct held *h, const char *exempt, const char *basis)
{
	struct result r;

	return act(cx_as(p, MUNICIPAL), &r, ACT_MEETING_PUBLISH, "meeting", h->meeting, "rev",
	    number(p, words_now(p, h->meeting) ? words_now(p, h->meeting)->rev : 1),
	    exempt ? "exempt" : "basis", exempt ? exempt : basis, "basis", basis);
}

static void
test_publish(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *page = arena_printf(p->a, "/offentlig/vedtak/%s", h.decision);
	const char *meeting = arena_printf(p->a, "/offentlig/moter/%s", h.meeting);
	struct answer r;

	held_draft(p, &h);
	assert_no_entry(p, publish(p, &h, NULL, ""), "meeting.wrong_state");
	held_approve(p, &h);
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 404);
	assert_ok(publish(p, &h, NULL, ""));
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 200);
	r = ask(p, NULL, "GET", meeting, NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Sykehuset varsler torsdag."));
}

static void
test_publish_exempt(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *page = arena_printf(p->a, "/offentlig/vedtak/%s", h.decision);
	const char *meeting = arena_printf(p->a, "/offentlig/moter/%s", h.meeting);
	struct answer r;

	held_draft(p, &h);
	held_approve(p, &h);
	assert_no_entry(p, publish(p, &h, h.item, ""), "input"); /* no legal basis */
	assert_ok(publish(p, &h, h.item, "offentleglova § 13"));
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 404);
	r = ask(p, NULL, "GET", meeting, NULL);
	assert_true(says(&r, "offentleglova § 13"));
	assert_false(says(&r, "Sykehuset varsler torsdag."));
	assert_false(says(&r, "Utskrivning i helg"));
	assert_no_entry(
	    p, on_decision(p, MUNICIPAL, ACT_DECISION_PUBLISH, h.decision), "decision.exempt");
}

static struct answer
ask_in_nynorsk(struct people *p, const char *who, const char *path)
{
	const struct http_header headers[] = {
	    {S("accept-language"), S("nn")}, {S("cookie"), cookie_of(p, who)}, {{0}, {0}}};

	return ask_raw(p, &(struct raw){.method = HTTP_GET, .path = path, .headers = headers});
}

/* Kept in bokmål: what minutes are called in a search, and the seats of the bodies. */
static void
test_names_in_the_readers_language(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");

	held_draft(p, &h);
	held_approve(p, &h);
	struct answer r = ask_in_nynorsk(p, MUNICIPAL, "/sok?q=varsler&type=protokoll");
	assert_true(says(
	    &r, arena_printf(p->a, "Protokoll frå " STR_FMT, STR_ARG(p->strategic->name.nn))));
	r = ask_in_nynorsk(p, "admin", "/drift/ny");
	assert_true(says(&r, "Ordførar"));
	assert_false(says(&r, "Ordfører"));
}

/* What turns out to be exempt after it was published is public no more: not on its page, not in
 * the lists, not in the minutes, not in the search. */
static void
test_exempt_afterwards(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *page = arena_printf(p->a, "/offentlig/vedtak/%s", h.decision);
	const char *meeting = arena_printf(p->a, "/offentlig/moter/%s", h.meeting);
	struct answer r;
	struct result done;

	held_draft(p, &h);
	held_approve(p, &h);
	assert_ok(publish(p, &h, NULL, ""));
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 200);
	r = ask(p, NULL, "GET", "/offentlig/sok?q=utskrivning", NULL);
	assert_true(says(&r, page));
	r = ask(p, NULL, "GET", "/offentlig/sok?q=varsler", NULL);
	assert_true(says(&r, meeting));
	int64_t published_at = words_now(p, h.meeting)->published_at;
	assert_ok(db_script(p->w->db, p->a, "UPDATE matter SET ready_version_no = 1"));
	assert_ok(act(cx_as(p, MUNICIPAL), &done, ACT_MATTER_PUBLISH, "matter", h.decided,
	    "rev", number(p, matter_now(p, h.decided)->rev), "exempt", "offl. § 13"));
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 404);
	r = ask(p, NULL, "GET", "/offentlig/sok?q=utskrivning", NULL);
	assert_false(says(&r, page));
	r = ask(p, NULL, "GET", "/offentlig/vedtak", NULL);
	assert_false(says(&r, h.decision));
	r = ask(p, NULL, "GET", "/offentlig/sok?q=varsler", NULL);
	assert_false(says(&r, meeting));
	r = ask(p, NULL, "GET", meeting, NULL);
	assert_true(says(&r, "Unntatt offentlighet: offl. § 13"));
	assert_false(says(&r, "Sykehuset varsler torsdag."));
	assert_false(says(&r, "Utskrivning i helg"));
	assert_int_equal(words_now(p, h.meeting)->published_at, published_at);
	assert_true(words_now(p, h.meeting)->text.n > 0); /* as locked, inside */
}

/* The same when it becomes exempt on another meeting's agenda. */
static void
test_exempt_elsewhere(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *meeting = arena_printf(p->a, "/offentlig/moter/%s", h.meeting);
	struct answer r;

	held_draft(p, &h);
	held_approve(p, &h);
	assert_ok(publish(p, &h, NULL, ""));
	struct cx *cx = cx_as(p, MUNICIPAL);
	assert_ok(matter_exempt(cx, matter_now(p, h.decided)->id, S("offl. § 13")));
	r = ask(p, NULL, "GET", meeting, NULL);
	assert_false(says(&r, "Sykehuset varsler torsdag."));
	r = ask(p, NULL, "GET", "/offentlig/sok?q=varsler", NULL);
	assert_false(says(&r, meeting));
}

/* The public finds a matter by what its page says, and not by what the proposer wished for. */
static void
test_public_without_wish(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *page = arena_printf(p->a, "/offentlig/saker/%s", h.decided);
	struct answer r;
	struct result done;

	assert_ok(db_script(p->w->db, p->a,
	    "UPDATE matter SET ready_version_no = 1, summary = 'Sensommer', wish = "
	    "'Hemmelig'"));
	assert_ok(act(cx_as(p, MUNICIPAL), &done, ACT_MATTER_PUBLISH, "matter", h.decided,
	    "rev", number(p, matter_now(p, h.decided)->rev), "exempt", ""));
	r = ask(p, NULL, "GET", "/offentlig/sok?q=sensommer", NULL);
	assert_true(says(&r, page));
	r = ask(p, NULL, "GET", "/offentlig/sok?q=hemmelig", NULL);
	assert_false(says(&r, page));
}

/* --- follow-up (D3, D4, D7) ------------------------------------------------------------- */

static struct held
minuted(struct people *p)
{
	struct held h = held_meeting(p, "2026-06-01");

	held_draft(p, &h);
	held_approve(p, &h);
	return h;
}

static void
test_receipt(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);

	assert_ok(on_decision(p, "contact.halden", ACT_DECISION_ACKNOWLEDGE, h.decision));
	assert_true(line_now(p, h.decision, "halden")->seen_at != 0);
	assert_int_equal(line_now(p, h.decision, "moss")->seen_at, 0); /* D7: each for itself */
	assert_no_entry(p,
	    on_decision(p, "contact.halden", ACT_DECISION_ACKNOWLEDGE, h.decision),
	    "decision.already_acknowledged");
	assert_no_entry(
	    p, on_decision(p, MUNICIPAL, ACT_DECISION_ACKNOWLEDGE, h.decision), "denied");
	assert_ok(on_decision(p, "contact.halden", ACT_DECISION_PASS_ON, h.decision));
	assert_true(line_now(p, h.decision, "halden")->passed_on_at != 0);
}

static void
test_update(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	const char *rev = number(p, line_now(p, h.decision, "halden")->rev);
	struct result r;

	assert_ok(update(p, "contact.halden", "halden", h.decision, "partly"));
	assert_int_equal(line_now(p, h.decision, "halden")->status, LINE_PARTLY);
	assert_int_equal(line_now(p, h.decision, "moss")->status, LINE_NOT_STARTED);
	assert_no_entry(p,
	    act(cx_as(p, "contact.halden"), &r, ACT_DECISION_UPDATE, "decision", h.decision,
		"rev", rev, "status", "implemented"),
	    "changed");
	assert_no_entry(p, update(p, MUNICIPAL, "halden", h.decision, "implemented"), "denied");
}

static const char *
party_pid(struct people *p, const char *decision, const char *party)
{
	return str_to_c(p->a, line_now(p, decision, party)->party_pid);
}

static struct err *
excuse(struct people *p, const char *who, const char *decision, const char *party,
    const char *reason)
{
	struct result r;

	return act(cx_as(p, who), &r, ACT_DECISION_EXCUSE, "decision", decision, "party",
	    party_pid(p, decision, party), "reason", reason);
}

static void
test_secretariat(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct cx *cx = cx_as(p, TRUST);
	struct result r;

	assert_no_entry(p,
	    act(cx, &r, ACT_DECISION_UPDATE_FOR, "decision", h.decision, "party",
		party_pid(p, h.decision, "moss"), "status", "implemented"),
	    "input"); /* how it is known */
	assert_ok(act(cx_as(p, TRUST), &r, ACT_DECISION_UPDATE_FOR, "decision", h.decision,
	    "party", party_pid(p, h.decision, "moss"), "status", "implemented", "note",
	    "Kari i Moss ringte"));
	assert_true(str_eq(r.on_behalf, S("moss")));
	assert_int_equal(line_now(p, h.decision, "moss")->on_behalf, 1);
	assert_no_entry(p, excuse(p, "contact.halden", h.decision, "halden", "Nei"), "denied");
	assert_no_entry(p, excuse(p, TRUST, h.decision, "halden", ""), "input");
	assert_ok(excuse(p, TRUST, h.decision, "halden", "Har ingen slik tjeneste"));
	assert_int_equal(line_now(p, h.decision, "halden")->status, LINE_EXCUSED);
	assert_no_entry(p, update(p, "contact.halden", "halden", h.decision, "partly"),
	    "decision.line_closed");
}

static void
test_remind(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct decision_view v;

	assert_no_entry(p, on_decision(p, MUNICIPAL, ACT_DECISION_REMIND, h.decision),
	    "decision.nobody_behind");
	assert_ok(on_decision(p, "contact.halden", ACT_DECISION_ACKNOWLEDGE, h.decision));
	p->now_at += (p->charter->process.receipt.days + 1) * 86400; /* D3 */
	assert_ok(decision_read(cx_as(p, MUNICIPAL), str_from_c(h.decision), &v));
	assert_int_equal(v.counts.silent_n, (int)v.lines.n - 1);
	assert_ok(on_decision(p, MUNICIPAL, ACT_DECISION_REMIND, h.decision));
	assert_true(line_now(p, h.decision, "moss")->reminded_at != 0);
	assert_int_equal(line_now(p, h.decision, "halden")->reminded_at, 0);
}

/* C24: when all are done or excused, the decision and its matter are closed. */
static void
test_closes(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct decision_view v;
	struct result r;

	assert_ok(decision_read(cx_as(p, MUNICIPAL), str_from_c(h.decision), &v));
	for (size_t i = 0; i < v.lines.n; i++) {
		assert_int_equal(matter_now(p, h.decided)->state, MATTER_FOLLOW_UP);
		assert_int_equal(decision_now(p, h.decision)->closed_at, 0);
		assert_ok(act(cx_as(p, TRUST), &r, ACT_DECISION_UPDATE_FOR, "decision",
		    h.decision, "party", str_to_c(p->a, v.lines.v[i].party_pid), "status",
		    "implemented", "note", "Muntlig"));
	}
	assert_true(decision_now(p, h.decision)->closed_at != 0);
	assert_int_equal(matter_now(p, h.decided)->state, MATTER_CLOSED);
}

/* Overdue is what the date says, without anything having run. */
static void
test_overdue(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct followup_matrix x;
	struct tasks *t = arena_new(p->a, struct tasks);

	assert_ok(followup_matrix(cx_as(p, MUNICIPAL), 0, &x));
	assert_int_equal(x.n_decisions, 1);
	assert_int_equal(x.overdue_n, 0);
	assert_ok(update(p, "contact.halden", "halden", h.decision, "implemented"));
	p->now_at = clock_at(day_of(2026, 6, 2), 12, 0);
	assert_ok(followup_matrix(cx_as(p, MUNICIPAL), 0, &x));
	assert_int_equal(x.overdue_n, (int)x.n_parties - 1);
	assert_int_equal(x.done_n[0], 1);
	assert_ok(decision_tasks(cx_as(p, MUNICIPAL), t));
	assert_int_equal(t->n, 1);
	assert_int_equal(t->v[0].n, x.overdue_n);
}

/* D6: a decision is not replaced but by a decision in a matter that goes out from its own. */
static void
test_replace(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct result r;

	assert_no_entry(p,
	    act(cx_as(p, MUNICIPAL), &r, ACT_DECISION_REPLACE, "decision", h.decision, "by",
		h.noted_decision),
	    "decision.not_cited");
}

/* C26: taken up again in a matter that cites it, a decision is replaced by what that one leads
 * to. */
static void
test_cited(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	const char *form = arena_printf(p->a, "/saker/ny?vedtak=%s", h.decision);
	struct held again;
	struct result r;

	struct answer page =
	    ask(p, "contact.halden", "GET", arena_printf(p->a, "/vedtak/%s", h.decision), NULL);
	assert_true(says(&page, form));
	page = ask(p, "contact.halden", "GET", form, NULL);
	assert_true(says(&page, "Saken tar opp igjen"));
	assert_true(says(&page, h.decision));
	assert_int_equal(
	    ask(p, "contact.halden", "GET", "/saker/ny?vedtak=0123456789abcdef", NULL).status,
	    404);
	struct cx *cx = cx_as(p, "contact.halden");
	assert_refused(act(cx, &r, ACT_MATTER_PROPOSE, "title", "Utskrivning igjen", "summary",
			   "…", "decision", "0123456789abcdef"),
	    "input");
	assert_string_equal(fault_of(cx, "decision"), "input.choice");
	again = held_meeting_about(p, "2026-06-01", "whole_area", h.decision);
	assert_int_equal(
	    matter_now(p, again.decided)->parent_id, decision_now(p, h.decision)->matter_id);
	page = ask(p, MUNICIPAL, "GET", arena_printf(p->a, "/saker/%s", again.decided), NULL);
	assert_true(says(&page, "Går ut fra"));
	assert_no_entry(p, /* not minuted yet: it may still be undone */
	    act(cx_as(p, MUNICIPAL), &r, ACT_DECISION_REPLACE, "decision", h.decision, "by",
		again.decision),
	    "decision.not_agreed");
	held_draft(p, &again);
	held_approve(p, &again);
	assert_ok(act(cx_as(p, MUNICIPAL), &r, ACT_DECISION_REPLACE, "decision", h.decision,
	    "by", again.decision));
	assert_int_equal(
	    decision_now(p, h.decision)->replaced_by_id, decision_now(p, again.decision)->id);
	assert_no_entry(p,
	    act(cx_as(p, "contact.halden"), &r, ACT_MATTER_PROPOSE, "title",
		"Utskrivning igjen", "summary", "…", "decision", h.decision),
	    "input");
}

/* A page of the list goes on where the one before ended, in the middle of a day too. */
static void
test_list_goes_on(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct decision_rows first, second;
	struct cx *cx = cx_as(p, MUNICIPAL);

	assert_ok(decisions_recent(cx, cx->today, S(""), 1, &first));
	assert_int_equal(first.n, 1);
	assert_ok(decisions_recent(cx, cx->today, first.v[0].pid, 1, &second));
	assert_int_equal(second.n, 1);
	assert_int_equal(second.v[0].decided_day, first.v[0].decided_day);
	assert_str(first.v[0].pid, h.noted_decision);
	assert_str(second.v[0].pid, h.decision);
	assert_ok(decisions_recent(cx, cx->today, second.v[0].pid, 1, &first));
	assert_int_equal(first.n, 0);
}

static void
test_tasks(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	struct tasks *t = arena_new(p->a, struct tasks);

	assert_ok(minutes_tasks(cx_as(p, MUNICIPAL), t));
	assert_int_equal(t->n, 1);
	assert_int_equal(t->v[0].action, ACT_MEETING_MINUTES_EDIT);
	held_draft(p, &h);
	t->n = 0;
	assert_ok(minutes_tasks(cx_as(p, "chair"), t));
	assert_int_equal(t->n, 1);
	assert_int_equal(t->v[0].action, ACT_MEETING_MINUTES_APPROVE);
	held_approve(p, &h);
	t->n = 0;
	assert_ok(decision_tasks(cx_as(p, "contact.halden"), t));
	assert_int_equal(t->n, 1);
	assert_int_equal(t->v[0].action, ACT_DECISION_ACKNOWLEDGE);
	assert_ok(on_decision(p, "contact.halden", ACT_DECISION_ACKNOWLEDGE, h.decision));
	t->n = 0;
	assert_ok(decision_tasks(cx_as(p, "contact.halden"), t));
	assert_int_equal(t->v[0].action, ACT_DECISION_UPDATE);
}

/* The record is in bokmål, whatever language the last who approved it reads. */
static void
test_text_is_in_one_language(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	str said[2];

	for (int i = 0; i < 2; i++) {
		struct cx *cx = cx_as(p, MUNICIPAL);
		struct minutes x;
		cx->lang = i ? LANG_NN : LANG_NB;
		assert_ok(minutes_read(cx, str_from_c(h.meeting), &x));
		said[i] = minutes_text(cx, &x, false);
	}
	assert_true(str_eq(said[0], said[1]));
}

/* --- pages and API ---------------------------------------------------------------------- */

static void
test_pages(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	const char *page = arena_printf(p->a, "/moter/%s/protokoll", h.meeting);
	struct answer r;

	r = ask(p, MUNICIPAL, "GET", page, NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Legg protokollen fram til godkjenning"));
	assert_int_not_equal(ask(p, "contact.halden", "GET", page, NULL).status, 200);
	held_draft(p, &h);
	r = ask(p, "chair", "GET", "/min-dag", NULL);
	assert_true(says(&r, "Protokollen er klar til godkjenning"));
	assert_false(says(&r, "Protokollen ble godkjent"));
	r = ask(p, "chair", "GET", page, NULL);
	assert_true(says(&r, "Godkjenn protokollen"));
	assert_true(says(&r, "Legg til merknad"));
	assert_false(says(&r, "Lagre protokollen"));
	r = ask(p, "chair", "POST", arena_printf(p->a, "%s/godkjenn", page),
	    arena_printf(p->a, "rev=%s", number(p, words_now(p, h.meeting)->rev)));
	assert_int_equal(r.status, 303);
	r = ask(p, "chair", "POST", arena_printf(p->a, "%s/merknad", page), "text=");
	assert_int_equal(r.status, 422);
	assert_true(says(&r, "Legg til merknad"));
	assert_ok(approve(p, "vice", &h));
	r = ask(p, "contact.halden", "GET", page, NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Teksten er låst"));
	assert_false(says(&r, "Godkjenn protokollen"));
}

static void
test_followup_pages(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	const char *page = arena_printf(p->a, "/vedtak/%s", h.decision);
	struct answer r;

	r = ask(p, "contact.halden", "GET", page, NULL);
	assert_true(says(&r, "Bekreft mottak"));
	assert_false(says(&r, "Registrer status for en part"));
	r = ask(p, "contact.halden", "POST", arena_printf(p->a, "%s/bekreft", page), "");
	assert_int_equal(r.status, 303);
	r = ask(p, "contact.halden", "POST", arena_printf(p->a, "%s/oppdater", page),
	    arena_printf(p->a, "rev=%s&status=implemented&note=Ferdig",
		number(p, line_now(p, h.decision, "halden")->rev)));
	assert_int_equal(r.status, 303);
	r = ask(p, MUNICIPAL, "GET", page, NULL);
	assert_true(says(&r, "Registrer status for en part"));
	r = ask(p, "contact.moss", "GET", "/oppfolging", NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Mottak er ikke bekreftet"));
	p->now_at = clock_at(day_of(2026, 6, 2), 12, 0);
	r = ask(p, TRUST, "GET", "/oppfolging?vis=forsinket", NULL);
	assert_true(says(&r, "Moss"));
	assert_false(says(&r, "Halden"));
	assert_int_equal(ask(p, TRUST, "GET", "/vedtak", NULL).status, 200);
}

static void
test_api(void **state)
{
	struct people *p = *state;
	struct held h = minuted(p);
	struct answer r;

	r = ask_api(p, "contact.halden", "GET", "/decisions", NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, h.decision));
	r = ask_api(p, "contact.halden", "POST",
	    arena_printf(p->a, "/decisions/%s/acknowledge", h.decision), "{}");
	assert_int_equal(r.status, 200);
	r = ask_api(
	    p, "contact.halden", "GET", arena_printf(p->a, "/decisions/%s", h.decision), NULL);
	assert_true(says(&r, "\"acknowledged_at\":\"2026-"));
	r = ask_api(p, "contact.halden", "GET",
	    arena_printf(p->a, "/meetings/%s/minutes", h.meeting), NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Sykehuset varsler torsdag."));
	assert_int_equal(
	    ask_api(p, "contact.halden", "GET", "/decisions/0123456789abcdef", NULL).status,
	    404);
}

/* D1: counted in the year, or in the body for all years, where the charter says so. */
static void
d1_numbers_are_counted_as_the_charter_says(void **state)
{
	static const enum numbering_per ways[] = {NUMBER_PER_YEAR, NUMBER_PER_BODY};
	struct people *p = *state;
	int64_t n = 0;

	for (size_t i = 0; i < 2; i++) {
		struct charter *c = arena_new(p->a, struct charter);
		*c = *p->charter;
		c->decision_number.per = ways[i];
		p->charter = c;
		struct held h = held_meeting(p, "2026-05-01");
		assert_int_equal(decision_now(p, h.decision)->no, ++n);
		assert_int_equal(decision_now(p, h.noted_decision)->no, ++n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_register),
	    WITH_OSTFOLD(test_addressees),
	    WITH_VESTRE_VIKEN(test_due_by_charter),
	    WITH_OSTFOLD(test_hidden_until_approved),
	    WITH_OSTFOLD(test_draft),
	    WITH_OSTFOLD(test_identity_number),
	    WITH_OSTFOLD(d1_numbers_are_counted_as_the_charter_says),
	    WITH_OSTFOLD(test_one_of_each_side),
	    WITH_OSTFOLD(test_change_voids),
	    WITH_OSTFOLD(test_locked),
	    WITH_OSTFOLD(test_comments),
	    WITH_OSTFOLD(test_correction),
	    WITH_OSTFOLD(test_publish),
	    WITH_OSTFOLD(test_publish_exempt),
	    WITH_OSTFOLD(test_exempt_afterwards),
	    WITH_OSTFOLD(test_exempt_elsewhere),
	    WITH_OSTFOLD(test_public_without_wish),
	    WITH_OSTFOLD(test_receipt),
	    WITH_OSTFOLD(test_update),
	    WITH_OSTFOLD(test_secretariat),
	    WITH_OSTFOLD(test_remind),
	    WITH_OSTFOLD(test_closes),
	    WITH_OSTFOLD(test_overdue),
	    WITH_OSTFOLD(test_replace),
	    WITH_OSTFOLD(test_cited),
	    WITH_OSTFOLD(test_list_goes_on),
	    WITH_OSTFOLD(test_tasks),
	    WITH_OSTFOLD(test_text_is_in_one_language),
	    WITH_OSTFOLD(test_pages),
	    WITH_OSTFOLD(test_names_in_the_readers_language),
	    WITH_OSTFOLD(test_followup_pages),
	    WITH_OSTFOLD(test_api),
	    WITH_VESTRE_VIKEN(test_closes),
	    WITH_VESTRE_VIKEN(test_publish),
	    WITH_VESTRE_VIKEN(test_change_voids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
