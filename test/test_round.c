/* Read-through, through the use cases, the pages and the API (domain.md 3.3; R088-R092, C12,
 * C14). */
#include "people.h"
#include "thread.h"

#include "app/day.h"
#include "app/round.h"
#include "base/clock.h"
#include "base/idscan.h"
#include "core/matter.h"
#include "q_matter.h"
#include "q_people.h"
#include "q_round.h"
#include "store/journal.h"

#include <string.h>

#define SECRETARY "secretary.municipal"
#define DAY_S     86400
enum { MUNICIPALITIES = 13 };

struct matter_at {
	int64_t id, rev;
	const char *pid;
};

static const char *
number(struct people *p, int64_t n)
{
	return arena_printf(p->a, "%lld", (long long)n);
}

static const char *
day_text(struct people *p, int64_t days_from_now)
{
	return str_to_c(p->a, day_iso(p->a, clock_day(p->now_at) + days_from_now));
}

static struct matter *
matter_row(struct people *p, const char *pid)
{
	struct matter *m;

	assert_ok(q_matter_by_pid(p->w->db, p->a, str_from_c(pid), &m));
	return m;
}

/* A matter that has passed the quality gate with version 1. */
static struct matter_at
checked_matter(struct people *p, enum matter_scope scope, const char *region)
{
	struct result done;
	struct matter_at m;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Hjemreise etter dagkirurgi", "summary", "Uklart hvem som ringer.", "submit", "1"));
	m.pid = str_to_c(p->a, done.pid);
	m.id = matter_row(p, m.pid)->id;
	assert_ok(db_script(p->w->db, p->a,
	    arena_printf(p->a,
		"UPDATE matter SET state = %d, scope = %d, region_key = '%s', version_no = 1,"
		" round_required = 1 WHERE id = %lld;"
		"INSERT INTO version_section (matter_id, no, kind, text)"
		" VALUES (%lld, 1, 1, 'Bakgrunnen er denne.')",
		MATTER_QUALITY_CHECKED, scope, region, (long long)m.id, (long long)m.id)));
	m.rev = matter_row(p, m.pid)->rev;
	return m;
}

static const char *
round_of(struct people *p, int64_t matter_id)
{
	struct round_row *r;

	assert_ok(q_round_of_matter(p->w->db, p->a, matter_id, &r));
	return r ? str_to_c(p->a, r->pid) : NULL;
}

/* A round open to everybody for ten days. */
static const char *
open_round(struct people *p)
{
	struct matter_at m = checked_matter(p, SCOPE_WHOLE_AREA, "");
	struct result done;

	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", m.pid, "rev",
	    number(p, m.rev), "deadline", day_text(p, 10)));
	assert_string_equal(str_to_c(p->a, done.location), round_of(p, m.id));
	return round_of(p, m.id);
}

static struct round_matrix
seen(struct people *p, const char *who, const char *pid)
{
	struct round_matrix m;

	assert_ok(round_matrix(cx_as(p, who), str_from_c(pid), &m));
	return m;
}

static const struct round_party *
party_in(const struct round_matrix *m, const char *key)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(m->parties[i].party_key, str_from_c(key)))
			return &m->parties[i];
	fail_msg("%s is not asked", key);
	return NULL;
}

static const char *
rev_of(struct people *p, const char *pid, const char *party)
{
	struct round_matrix m = seen(p, SECRETARY, pid);

	return number(p, party_in(&m, party)->rev);
}

static const char *
round_rev(struct people *p, const char *pid)
{
	return number(p, seen(p, SECRETARY, pid).round->rev);
}

static const char *
party_pid(struct people *p, const char *pid, const char *party)
{
	struct round_matrix m = seen(p, SECRETARY, pid);

	return str_to_c(p->a, party_in(&m, party)->party_pid);
}

/* The party's contact answers with the revision of now. text NULL: none. */
static struct err *
say(struct people *p, const char *pid, const char *party, const char *what, const char *text)
{
	const char *who = arena_printf(p->a, "contact.%s", party);
	struct result done;

	return act(cx_as(p, who), &done, ACT_ROUND_ANSWER, "round", pid, "rev",
	    rev_of(p, pid, party), "answer", what, "text", text ? text : "");
}

static struct err *
answer_for(
    struct people *p, const char *pid, const char *party, const char *channel, const char *note)
{
	struct result done;

	return act(cx_as(p, SECRETARY), &done, ACT_ROUND_ANSWER_FOR, "round", pid, "party",
	    party_pid(p, pid, party), "rev", rev_of(p, pid, party), "answer", "comment", "text",
	    "Uklart ansvar.", "channel", channel, "note", note);
}

static struct err *
dispose(struct people *p, const char *pid, const char *party, const char *what)
{
	struct result done;

	return act(cx_as(p, SECRETARY), &done, ACT_ROUND_DISPOSE, "round", pid, "party",
	    party_pid(p, pid, party), "rev", rev_of(p, pid, party), "disposition", what,
	    "explanation", "Punkt 3 er skrevet om.");
}

static size_t
notices(struct people *p, const char *who, enum action what)
{
	const char *sql = arena_printf(p->a,
	    "SELECT CAST(count(*) AS TEXT) FROM notice WHERE kind = ? AND person_id = %lld",
	    (long long)person_of(p, who)->id);

	return (size_t)sql_int(p, sql, action_key(what));
}

static const char *
page_of(struct people *p, const char *pid, const char *rest)
{
	return arena_printf(p->a, "/gjennomlesning/%s%s", pid, rest);
}

/* --- opening ---------------------------------------------------------------------------- */

/* R088, C12, 3.3.1: before any papers go to the body */
static void
it_asks_every_municipality_in_scope(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct round_matrix m = seen(p, SECRETARY, pid);

	assert_int_equal(m.n, MUNICIPALITIES);
	assert_int_equal(m.matter->state, MATTER_READ_THROUGH);
	assert_int_equal(m.state, ROUND_OPEN);
	assert_int_equal(m.counts.by_answer[ANSWER_NOT_OPENED], MUNICIPALITIES);
	assert_int_equal(m.facts.deadline_at, clock_at(clock_day(p->now_at) + 11, 0, 0));
	assert_int_equal(notices(p, "contact.moss", ACT_ROUND_OPEN), 1);
	assert_int_equal(seen(p, "contact.moss", pid).n, MUNICIPALITIES);
	assert_int_equal(seen(p, "secretary.trust", pid).n, MUNICIPALITIES);
}

static void
one_area_asks_the_municipalities_of_the_region(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_ONE_AREA, "halden_region");
	struct result done;
	struct round_matrix m;

	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, at.rev), "deadline", day_text(p, 10)));
	m = seen(p, SECRETARY, round_of(p, at.id));
	assert_int_equal(m.n, 2);
	party_in(&m, "halden");
	party_in(&m, "aremark");
}

static void
several_areas_asks_those_who_are_chosen(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_SEVERAL_AREAS, "");
	struct round_candidate *v;
	struct result done;
	bool open;
	size_t n;
	struct cx *cx = cx_as(p, SECRETARY);

	assert_ok(round_candidates(cx, matter_row(p, at.pid), &v, &n, &open));
	assert_true(open);
	assert_int_equal(n, MUNICIPALITIES);
	assert_err(act(cx, &done, ACT_ROUND_OPEN, "matter", at.pid, "rev", number(p, at.rev),
		       "deadline", day_text(p, 10)),
	    "input");
	assert_string_equal(fault_of(cx, "parties"), "input.required");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, at.rev), "deadline", day_text(p, 10), "parties", str_to_c(p->a, v[0].pid),
	    "parties", str_to_c(p->a, v[4].pid)));
	assert_int_equal(seen(p, SECRETARY, round_of(p, at.id)).n, 2);
}

static void
one_municipality_is_one(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_ONE_MUNICIPALITY, "");
	struct cx *cx = cx_as(p, SECRETARY);
	struct round_candidate *v;
	struct result done;
	bool open;
	size_t n;

	assert_ok(round_candidates(cx, matter_row(p, at.pid), &v, &n, &open));
	assert_err(act(cx, &done, ACT_ROUND_OPEN, "matter", at.pid, "rev", number(p, at.rev),
		       "deadline", day_text(p, 10), "parties", str_to_c(p->a, v[0].pid),
		       "parties", str_to_c(p->a, v[1].pid)),
	    "input");
	assert_string_equal(fault_of(cx, "parties"), "round.one_party");
	assert_err(
	    act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
		number(p, at.rev), "deadline", day_text(p, 10), "parties", "0123456789abcdef"),
	    "input");
	assert_null(round_of(p, at.id));
}

static void
less_time_than_the_charter_gives_needs_a_reason(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_WHOLE_AREA, "");
	struct cx *cx = cx_as(p, SECRETARY);
	struct result done;

	assert_err(act(cx, &done, ACT_ROUND_OPEN, "matter", at.pid, "rev", number(p, at.rev),
		       "deadline", day_text(p, 9)),
	    "input");
	assert_string_equal(fault_of(cx, "short_reason"), "round.short_reason_missing");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, at.rev), "deadline", day_text(p, 9), "short_reason",
	    "Møtet er alt i mars."));
}

static void
opening_is_refused_without_a_trace(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_WHOLE_AREA, "");
	struct result done;
	int64_t before = entries(p);
	const char *rev = number(p, at.rev);
#define OPENS(who, rev, day, code)                                                         \
	assert_err(act(cx_as(p, who), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev", rev, \
		       "deadline", day, "short_reason", "Haster."),                        \
	    code)
	OPENS("contact.halden", rev, day_text(p, 10), "denied");
	OPENS("contact.moss", rev, day_text(p, 10), "not_found");
	OPENS("outsider", rev, day_text(p, 10), "not_found");
	OPENS("admin", rev, day_text(p, 10), "not_found");
	OPENS(SECRETARY, "1", day_text(p, 10), "changed");
	OPENS(SECRETARY, rev, day_text(p, -1), "matter.deadline_passed");
	assert_ok(db_script(p->w->db, p->a, "UPDATE matter SET version_no = 0"));
	OPENS(SECRETARY, rev, day_text(p, 10), "round.no_version");
	assert_ok(db_script(p->w->db, p->a, "UPDATE matter SET version_no = 1, state = 5"));
	OPENS(SECRETARY, rev, day_text(p, 10), "matter.wrong_state");
	assert_int_equal(entries(p), before);
	assert_null(round_of(p, at.id));
	assert_int_equal(notices(p, "contact.moss", ACT_ROUND_OPEN), 0);
}

static void
a_party_outside_does_not_know_of_it(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_ONE_AREA, "halden_region");
	struct result done;
	struct round_matrix m;

	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, at.rev), "deadline", day_text(p, 10)));
	str pid = str_from_c(round_of(p, at.id));
	assert_err(round_matrix(cx_as(p, "contact.moss"), pid, &m), "not_found");
	assert_err(round_matrix(cx_as(p, "admin"), pid, &m), "not_found");
	assert_err(round_matrix(cx_nobody(p), pid, &m), "not_found");
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_ANSWER, "round",
		       str_to_c(p->a, pid), "rev", "1", "answer", "no_comment"),
	    "not_found");
	const char *path = arena_printf(p->a, "/gjennomlesning/" STR_FMT, STR_ARG(pid));
	struct answer hidden = ask(p, "contact.moss", "GET", path, NULL);
	struct answer absent =
	    ask(p, "contact.moss", "GET", "/gjennomlesning/0123456789abcdef", NULL);
	assert_int_equal(hidden.status, 404);
	assert_int_equal(absent.status, 404);
}

/* --- answering -------------------------------------------------------------------------- */

/* 3.3.2 */
static void
each_municipality_has_one_status(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct result done;
	struct round_matrix m;

	assert_ok(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_LOOK, "round", pid));
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_LOOK, "round", pid),
	    "round.already_opened");
	assert_ok(say(p, pid, "halden", "no_comment", NULL));
	assert_ok(say(p, pid, "raade", "comment", "Se på punkt 3."));
	assert_ok(say(p, pid, "vaaler", "objection", "Vi ber om en annen deling."));
	m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "moss")->answer, ANSWER_OPENED);
	assert_int_equal(party_in(&m, "halden")->answer, ANSWER_NO_COMMENT);
	assert_int_not_equal(party_in(&m, "halden")->opened_at, 0);
	assert_int_equal(m.counts.answered_n, 3);
	assert_int_equal(m.counts.by_answer[ANSWER_OPENED], 1);
	assert_int_equal(m.counts.by_answer[ANSWER_COMMENT], 1);
	assert_int_equal(m.counts.by_answer[ANSWER_OBJECTION], 1);
	assert_int_equal(m.counts.undisposed_n, 2);
	assert_int_equal(notices(p, SECRETARY, ACT_ROUND_ANSWER), 1); /* the objection */
}

/* Looking at the pages changes nothing: a GET is no act. */
static void
reading_is_not_recorded_as_opened(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	int64_t before = entries(p);

	ask(p, "contact.moss", "GET", arena_printf(p->a, "/gjennomlesning/%s/svar", pid), NULL);
	ask(p, "contact.moss", "GET", arena_printf(p->a, "/gjennomlesning/%s", pid), NULL);
	struct round_matrix m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "moss")->answer, ANSWER_NOT_OPENED);
	assert_int_equal(entries(p), before);
}

static void
answer_and_words_say_the_same(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct cx *cx = cx_as(p, "contact.moss");
	struct result done;

	assert_err(act(cx, &done, ACT_ROUND_ANSWER, "round", pid, "rev", "1", "answer",
		       "no_comment", "text", "Likevel en merknad."),
	    "input");
	assert_string_equal(fault_of(cx, "answer"), "round.text_with_support");
	cx = cx_as(p, "contact.moss");
	assert_err(
	    act(cx, &done, ACT_ROUND_ANSWER, "round", pid, "rev", "1", "answer", "objection"),
	    "input");
	assert_string_equal(fault_of(cx, "text"), "round.text_missing");
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_ANSWER, "round", pid, "rev",
		       "1", "answer", "yes"),
	    "input");
	struct round_matrix m = seen(p, SECRETARY, pid);
	assert_int_equal(m.counts.answered_n, 0);
}

static void
an_identity_number_in_an_answer_is_refused(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p), *text = "Gjelder";
	struct cx *cx = cx_as(p, "contact.moss");
	struct result done;
	int64_t before = entries(p);

	for (int n = 0; idscan_worst(str_from_c(text), 0, NULL) != IDSCAN_REFUSE; n++)
		text = arena_printf(p->a, "Gjelder 010190%05d.", n);
	assert_err(act(cx, &done, ACT_ROUND_ANSWER, "round", pid, "rev", "1", "answer",
		       "comment", "text", text),
	    "input");
	assert_string_equal(fault_of(cx, "text"), "input.identity_number");
	assert_int_equal(entries(p), before);
}

static void
an_answer_is_changed_or_taken_back_until_the_deadline(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p), *stale = rev_of(p, pid, "moss");
	struct result done;

	assert_ok(say(p, pid, "moss", "objection", "Nei."));
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_ANSWER, "round", pid, "rev",
		       stale, "answer", "no_comment"),
	    "changed");
	assert_ok(dispose(p, pid, "moss", "rejected"));
	assert_ok(say(p, pid, "moss", "comment", "Heller en merknad."));
	struct round_matrix m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "moss")->answer, ANSWER_COMMENT);
	assert_int_equal(party_in(&m, "moss")->disposition, 0); /* of the words before */
	assert_ok(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_WITHDRAW, "round", pid, "rev",
	    rev_of(p, pid, "moss")));
	m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "moss")->answer, ANSWER_OPENED);
	assert_int_equal(party_in(&m, "moss")->text.n, 0);
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_WITHDRAW, "round", pid, "rev",
		       rev_of(p, pid, "moss")),
	    "round.not_answered");
	assert_ok(say(p, pid, "moss", "no_comment", NULL));
	p->now_at = m.facts.deadline_at;
	assert_err(say(p, pid, "moss", "objection", "For sent."), "round.deadline_passed");
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_WITHDRAW, "round", pid, "rev",
		       rev_of(p, pid, "moss")),
	    "round.deadline_passed");
	m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "moss")->answer, ANSWER_NO_COMMENT);
}

/* 3.3.3, R090 */
static void
silence_is_no_answer_and_a_late_one_is_taken_and_marked(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);

	assert_ok(say(p, pid, "halden", "no_comment", NULL));
	struct round_matrix m = seen(p, SECRETARY, pid);
	p->now_at = m.facts.deadline_at;
	m = seen(p, SECRETARY, pid);
	assert_int_equal(m.counts.by_answer[ANSWER_NO_ANSWER], MUNICIPALITIES - 1);
	assert_int_equal(m.counts.by_answer[ANSWER_NO_COMMENT], 1);
	assert_int_equal(m.counts.answered_n, 1);
	struct answer r = ask(p, "contact.moss", "GET", page_of(p, pid, "/svar"), NULL);
	assert_true(says(&r, "kom for sent, og det kan ikke endres etterpå."));
	assert_ok(say(p, pid, "moss", "comment", "Vi rakk det ikke."));
	r = ask(p, "contact.moss", "GET", page_of(p, pid, "/svar"), NULL);
	assert_true(says(&r, " · for sent</p>"));
	assert_true(says(&r, "Fristen er ute, og svaret kan ikke endres nå."));
	m = seen(p, SECRETARY, pid);
	assert_int_equal(m.counts.late_n, 1);
	assert_true(round_is_late(&m.facts, &m.facts.answers[0]));
	assert_int_equal(notices(p, SECRETARY, ACT_ROUND_ANSWER), 1);
}

static void
only_the_partys_own_contact_answers(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct result done;
	int64_t before = entries(p);

	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_ANSWER, "round", pid, "rev", "1",
		       "answer", "no_comment"),
	    "denied");
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_LOOK, "round", pid), "denied");
	assert_err(act(cx_as(p, "contact.sykehuset_ostfold"), &done, ACT_ROUND_ANSWER, "round",
		       pid, "rev", "1", "answer", "no_comment"),
	    "not_found");
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_ANSWER_FOR, "round", pid,
		       "party", party_pid(p, pid, "halden"), "rev", "1", "answer", "no_comment",
		       "channel", "phone", "note", "Sagt i telefonen."),
	    "denied");
	assert_int_equal(entries(p), before);
}

/* --- on behalf -------------------------------------------------------------------------- */

static void
an_answer_on_behalf_is_seen_and_can_be_corrected(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);

	assert_err(answer_for(p, pid, "moss", "self", "Ordføreren ringte."), "input");
	assert_err(answer_for(p, pid, "moss", "phone", ""), "input");
	assert_ok(answer_for(p, pid, "moss", "phone", "Kommunalsjefen ringte 5. mars."));
	assert_int_equal(notices(p, "contact.moss", ACT_ROUND_ANSWER_FOR), 1);
	struct round_matrix m = seen(p, "contact.moss", pid);
	assert_true(str_eq(m.mine->note, S("Kommunalsjefen ringte 5. mars.")));
	assert_int_equal(m.mine->channel, CHANNEL_PHONE);
	assert_int_equal(m.counts.on_behalf_n, 1);
	assert_int_equal(m.mine->opened_at, 0); /* the party itself has not opened it */
	m = seen(p, "contact.halden", pid);
	assert_int_equal(party_in(&m, "moss")->note.n, 0); /* between the two */
	m = seen(p, "secretary.trust", pid);
	assert_int_not_equal(party_in(&m, "moss")->note.n, 0);
	struct journal_line *lines;
	size_t n;
	assert_ok(journal_history(
	    p->w->db, p->a, "round", str_from_c(pid), JOURNAL_NEWEST, 1, &lines, &n));
	assert_true(str_eq(journal_about(&lines[0], "on_behalf"), S("moss")));
	assert_true(str_eq(journal_about(&lines[0], "channel"), S("phone")));
	assert_ok(answer_for(p, pid, "moss", "mail", "Rettet i e-post."));
	assert_ok(say(p, pid, "moss", "no_comment", NULL));
	m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "moss")->channel, CHANNEL_SELF);
	assert_int_equal(party_in(&m, "moss")->note.n, 0);
	assert_int_equal(m.counts.on_behalf_n, 0);
	assert_err(answer_for(p, pid, "moss", "phone", "Ringte igjen."), "round.answered_self");
}

/* --- who sees whose words --------------------------------------------------------------- */

static void
statuses_are_open_and_words_wait_for_ones_own(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct round_matrix m;

	assert_ok(say(p, pid, "moss", "objection", "Delingen rammer oss."));
	m = seen(p, "contact.halden", pid);
	assert_true(m.text_hidden);
	assert_int_equal(party_in(&m, "moss")->answer, ANSWER_OBJECTION);
	assert_int_equal(party_in(&m, "moss")->text.n, 0);
	m = seen(p, "contact.moss", pid);
	assert_true(str_eq(m.mine->text, S("Delingen rammer oss.")));
	m = seen(p, "secretary.trust", pid);
	assert_true(str_eq(party_in(&m, "moss")->text, S("Delingen rammer oss.")));
	assert_ok(say(p, pid, "halden", "no_comment", NULL));
	m = seen(p, "contact.halden", pid);
	assert_false(m.text_hidden);
	assert_true(str_eq(party_in(&m, "moss")->text, S("Delingen rammer oss.")));
	p->now_at = m.facts.deadline_at;
	m = seen(p, "contact.raade", pid);
	assert_false(m.text_hidden);
}

/* --- reminders and the deadline --------------------------------------------------------- */

static void
reminders_go_only_to_those_without_an_answer(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct result done;

	assert_ok(say(p, pid, "moss", "no_comment", NULL));
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_REMIND, "round", pid));
	assert_int_equal(notices(p, "contact.moss", ACT_ROUND_REMIND), 0);
	assert_int_equal(notices(p, "contact.halden", ACT_ROUND_REMIND), 1);
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_REMIND, "round", pid, "parties",
		       party_pid(p, pid, "moss")),
	    "round.already_answered");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_REMIND, "round", pid, "parties",
	    party_pid(p, pid, "raade")));
	assert_int_equal(notices(p, "contact.raade", ACT_ROUND_REMIND), 2);
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_REMIND, "round", pid, "parties",
	    party_pid(p, pid, "aremark"), "parties", party_pid(p, pid, "aremark")));
	assert_int_equal(notices(p, "contact.halden", ACT_ROUND_REMIND), 1);
	struct round_matrix m = seen(p, SECRETARY, pid);
	assert_int_equal(party_in(&m, "raade")->reminders, 2);
	assert_int_equal(party_in(&m, "moss")->reminders, 0);
	assert_int_equal(
	    party_in(&m, "aremark")->reminders, 2); /* named twice, reminded once */
	assert_err(
	    act(cx_as(p, "contact.moss"), &done, ACT_ROUND_REMIND, "round", pid), "denied");
	for (size_t i = 0; i < m.n; i++)
		if (!m.parties[i].answered_at)
			assert_ok(say(p, pid, str_to_c(p->a, m.parties[i].party_key),
			    "no_comment", NULL));
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_REMIND, "round", pid),
	    "round.nobody_missing");
}

static void
the_deadline_moves_later_with_a_reason(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p), *rev = round_rev(p, pid);
	struct result done;

	assert_ok(say(p, pid, "moss", "no_comment", NULL));
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_EXTEND, "round", pid, "rev", rev,
		       "deadline", day_text(p, 10), "reason", "Vinterferie."),
	    "round.deadline_not_later");
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_EXTEND, "round", pid, "rev", rev,
		       "deadline", day_text(p, 12)),
	    "input");
	assert_err(act(cx_as(p, "contact.moss"), &done, ACT_ROUND_EXTEND, "round", pid, "rev",
		       rev, "deadline", day_text(p, 12), "reason", "Vinterferie."),
	    "denied");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_EXTEND, "round", pid, "rev", rev,
	    "deadline", day_text(p, 12), "reason", "Vinterferie."));
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_EXTEND, "round", pid, "rev", rev,
		       "deadline", day_text(p, 14), "reason", "Igjen."),
	    "changed");
	assert_int_equal(notices(p, "contact.halden", ACT_ROUND_EXTEND), 1);
	assert_int_equal(notices(p, "contact.moss", ACT_ROUND_EXTEND), 0);
}

/* --- remarks and the end ---------------------------------------------------------------- */

/* 3.3.4, R089, R091, C14 */
static void
every_remark_is_disposed_of_before_the_end(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p), *rev = round_rev(p, pid);
	struct result done;

	assert_ok(say(p, pid, "moss", "objection", "Del etter folketall."));
	assert_ok(say(p, pid, "halden", "no_comment", NULL));
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CLOSE, "round", pid, "rev", rev),
	    "round.still_open");
	struct round_matrix m = seen(p, SECRETARY, pid);
	p->now_at = m.facts.deadline_at;
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CLOSE, "round", pid, "rev", rev),
	    "round.comments_undisposed");
	assert_err(dispose(p, pid, "halden", "accepted"), "round.no_comment");
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_DISPOSE, "round", pid, "party",
		       party_pid(p, pid, "moss"), "rev", rev_of(p, pid, "moss"), "disposition",
		       "accepted"),
	    "input");
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_DISPOSE, "round", pid, "party",
		       party_pid(p, pid, "moss"), "rev", "1", "disposition", "accepted",
		       "explanation", "Gammelt skjema."),
	    "changed");
	assert_ok(dispose(p, pid, "moss", "partly"));
	assert_int_equal(notices(p, "contact.moss", ACT_ROUND_DISPOSE), 1);
	m = seen(p, "contact.moss", pid);
	assert_true(str_eq(m.mine->disposition_reason, S("Punkt 3 er skrevet om.")));
	assert_int_equal(m.changed_n, 1);
	assert_err(
	    act(cx_as(p, "contact.moss"), &done, ACT_ROUND_CLOSE, "round", pid, "rev", rev),
	    "denied");
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CLOSE, "round", pid, "rev", "9"),
	    "changed");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CLOSE, "round", pid, "rev", rev));
	m = seen(p, SECRETARY, pid);
	assert_int_equal(m.state, ROUND_RELEASED);
	assert_int_equal(m.matter->state, MATTER_REVISED);
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CLOSE, "round", pid, "rev",
		       round_rev(p, pid)),
	    "round.wrong_state");
	assert_err(say(p, pid, "raade", "no_comment", NULL), "round.wrong_state");
	assert_int_equal(notices(p, "contact.raade", ACT_ROUND_CLOSE), 1);
}

static void
it_ends_when_all_have_answered(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct round_matrix m = seen(p, SECRETARY, pid);
	struct result done;

	for (size_t i = 0; i < m.n; i++)
		assert_ok(
		    say(p, pid, str_to_c(p->a, m.parties[i].party_key), "no_comment", NULL));
	assert_int_equal(notices(p, SECRETARY, ACT_ROUND_ANSWER), 1); /* the last one */
	assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_ROUND_CLOSE, "round", pid, "rev",
	    round_rev(p, pid)));
}

static void
a_cancelled_round_takes_no_answers_and_the_matter_goes_back(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_WHOLE_AREA, "");
	struct result done;

	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, at.rev), "deadline", day_text(p, 10)));
	const char *pid = round_of(p, at.id);
	assert_err(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CANCEL, "round", pid, "rev",
		       round_rev(p, pid)),
	    "input");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_CANCEL, "round", pid, "rev",
	    round_rev(p, pid), "reason", "Feil versjon."));
	struct round_matrix m = seen(p, "contact.moss", pid);
	assert_int_equal(m.state, ROUND_CANCELLED);
	assert_int_equal(m.matter->state, MATTER_QUALITY_CHECKED);
	assert_err(say(p, pid, "moss", "no_comment", NULL), "round.wrong_state");
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, m.matter->rev), "deadline", day_text(p, 10)));
	assert_string_not_equal(round_of(p, at.id), pid);
}

static void
a_withdrawn_matter_takes_its_round_with_it(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct round_matrix m = seen(p, SECRETARY, pid);
	struct round_waitings w;
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_WITHDRAW, "matter",
	    str_to_c(p->a, m.matter->pid), "rev", number(p, m.matter->rev), "reason",
	    "Løst på annen måte."));
	assert_int_equal(seen(p, SECRETARY, pid).state, ROUND_CANCELLED);
	assert_err(say(p, pid, "moss", "no_comment", NULL), "round.wrong_state");
	assert_ok(rounds_waiting_for(cx_as(p, "contact.moss"), &w));
	assert_int_equal(w.n, 0);
}

/* --- pages and the API ------------------------------------------------------------------ */

static void
pages_hide_the_same_words_as_the_readings(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p), *words = "Delingen rammer oss.";
	const char *api = arena_printf(p->a, "/rounds/%s", pid);
	struct answer r;

	assert_ok(say(p, pid, "moss", "objection", words));
	assert_ok(say(p, pid, "raade", "no_comment", NULL));
	assert_ok(dispose(p, pid, "moss", "accepted"));
	r = ask(p, "contact.halden", "GET", page_of(p, pid, ""), NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Ber om endring"));
	assert_false(says(&r, words));
	assert_false(says(&r, "Punkt 3 er skrevet om.")); /* nor in the history */
	assert_false(says(&r, "rt-inn"));
	r = ask(p, "contact.halden", "GET", page_of(p, pid, "/svar"), NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Bakgrunnen er denne."));
	assert_false(says(&r, words));
	r = ask_api(p, "contact.halden", "GET", api, NULL);
	assert_int_equal(r.status, 200);
	assert_false(says(&r, words));
	assert_true(says(&r, "\"text_hidden\":true"));
	r = ask(p, SECRETARY, "GET", page_of(p, pid, ""), NULL);
	assert_true(says(&r, words));
	assert_true(says(&r, "Punkt 3 er skrevet om."));
	r = ask(p, SECRETARY, "GET", page_of(p, pid, "?vis=mangler"), NULL);
	assert_false(says(&r, ">Råde<"));
	assert_true(says(&r, ">Halden<"));
	r = ask_api(p, SECRETARY, "GET", api, NULL);
	assert_true(says(&r, words));
	r = ask_api(p, "contact.sykehuset_ostfold", "GET", api, NULL);
	assert_int_equal(r.status, 404);
	r = ask_api(p, "contact.sykehuset_ostfold", "GET", "/rounds", NULL);
	assert_int_equal(r.status, 200);
	assert_false(says(&r, pid));
}

static void
a_refused_answer_comes_back_with_its_words(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct answer r = ask(p, "contact.moss", "POST", page_of(p, pid, "/svar"),
	    "rev=1&answer=no_comment&text=Likevel+en+merknad");

	assert_int_equal(r.status, 422);
	assert_true(says(&r, "Likevel en merknad"));
	r = ask(p, "contact.moss", "POST", page_of(p, pid, "/svar"),
	    "rev=1&answer=comment&text=Se+punkt+3");
	assert_int_equal(r.status, 303);
	struct round_matrix m = seen(p, "contact.moss", pid);
	assert_int_equal(m.mine->answer, ANSWER_COMMENT);
}

static void
the_way_of_a_round_through_the_pages(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_WHOLE_AREA, "");
	const char *open = arena_printf(p->a, "/saker/%s/gjennomlesning", at.pid);
	struct answer r = ask(p, SECRETARY, "GET", open, NULL);

	assert_int_equal(r.status, 200);
	assert_true(says(&r, "13 kommuner blir spurt"));
	assert_int_equal(ask(p, "contact.halden", "GET", open, NULL).status, 403);
	assert_int_equal(ask(p, "contact.moss", "GET", open, NULL).status, 404);
	r = ask(p, SECRETARY, "POST", open,
	    arena_printf(p->a, "rev=%lld&deadline=%s", (long long)at.rev, day_text(p, 10)));
	assert_int_equal(r.status, 303);
	const char *pid = round_of(p, at.id);
	assert_int_equal(ask(p, SECRETARY, "GET", open, NULL).status, 409);
	r = ask(p, "contact.moss", "GET", "/gjennomlesning", NULL);
	assert_true(says(&r, "Åpne og les"));
	assert_true(says(&r, "Venter på svar fra dere"));
	r = ask(p, "contact.moss", "POST", page_of(p, pid, "/apne"), "");
	assert_int_equal(r.status, 303);
	r = ask(p, "contact.moss", "POST", page_of(p, pid, "/svar"),
	    "rev=2&answer=objection&text=Nei");
	assert_int_equal(r.status, 303);
	const char *moss = party_pid(p, pid, "moss"), *halden = party_pid(p, pid, "halden");
	const char *part = page_of(p, pid, arena_printf(p->a, "/part/%s", moss));
	assert_int_equal(ask(p, SECRETARY, "GET", part, NULL).status, 200);
	assert_int_equal(ask(p, "contact.moss", "GET", part, NULL).status, 403);
	r = ask(p, SECRETARY, "POST", arena_printf(p->a, "%s/vurder", part),
	    "rev=3&disposition=partly&explanation=Skrevet+om");
	assert_int_equal(r.status, 303);
	r = ask(p, "contact.moss", "GET", page_of(p, pid, "/svar"), NULL);
	assert_true(says(&r, "Delvis tatt inn"));
	assert_true(says(&r, "Skrevet om"));
	r = ask(p, SECRETARY, "POST",
	    page_of(p, pid, arena_printf(p->a, "/part/%s/registrer", halden)),
	    "rev=1&answer=no_comment&channel=phone&note=Ringte");
	assert_int_equal(r.status, 303);
	r = ask(p, SECRETARY, "POST", page_of(p, pid, "/paminn"), "");
	assert_int_equal(r.status, 303);
	p->now_at = seen(p, SECRETARY, pid).facts.deadline_at;
	/* sessions have run out by now: others do the rest */
	r = ask(p, "secretary.trust", "POST", page_of(p, pid, "/avslutt"), "rev=1");
	assert_int_equal(r.status, 303);
	assert_int_equal(seen(p, SECRETARY, pid).state, ROUND_RELEASED);
	r = ask(p, "contact.raade", "GET", "/gjennomlesning/tall", NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Små kommuner"));
	r = ask(p, "contact.raade", "GET", arena_printf(p->a, "/saker/%s", at.pid), NULL);
	assert_true(says(&r, "Se gjennomlesningen"));
}

/* --- what waits, and the numbers -------------------------------------------------------- */

static size_t
tasks_of(struct people *p, const char *who, enum action what)
{
	struct tasks *t;
	size_t n = 0;

	assert_ok(day_tasks(cx_as(p, who), &t));
	for (size_t i = 0; i < t->n; i++)
		n += t->v[i].action == what;
	return n;
}

static void
it_waits_for_whoever_must_act(void **state)
{
	struct people *p = *state;
	struct matter_at at = checked_matter(p, SCOPE_WHOLE_AREA, "");
	struct result done;

	assert_int_equal(tasks_of(p, SECRETARY, ACT_ROUND_OPEN), 1);
	assert_ok(act(cx_as(p, SECRETARY), &done, ACT_ROUND_OPEN, "matter", at.pid, "rev",
	    number(p, at.rev), "deadline", day_text(p, 10)));
	const char *pid = round_of(p, at.id);
	assert_int_equal(tasks_of(p, SECRETARY, ACT_ROUND_OPEN), 0);
	assert_int_equal(tasks_of(p, "contact.moss", ACT_ROUND_ANSWER), 1);
	assert_int_equal(tasks_of(p, "outsider", ACT_ROUND_ANSWER), 0);
	assert_int_equal(tasks_of(p, SECRETARY, ACT_ROUND_REMIND), 0);
	assert_ok(say(p, pid, "moss", "comment", "Se punkt 3."));
	assert_int_equal(tasks_of(p, "contact.moss", ACT_ROUND_ANSWER), 0);
	assert_int_equal(tasks_of(p, SECRETARY, ACT_ROUND_DISPOSE), 1);
	p->now_at += 9 * DAY_S; /* T-2 */
	assert_int_equal(tasks_of(p, SECRETARY, ACT_ROUND_REMIND), 1);
	p->now_at += 3 * DAY_S;
	assert_ok(dispose(p, pid, "moss", "accepted"));
	assert_int_equal(tasks_of(p, SECRETARY, ACT_ROUND_CLOSE), 1);
	assert_int_equal(
	    tasks_of(p, "contact.halden", ACT_ROUND_ANSWER), 1); /* late is taken */
}

/* R092 */
static void
numbers_by_size_class_and_municipality(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p);
	struct round_rate *rates;
	struct round_matrix m;
	size_t n;
	int asked = 0, answered = 0;

	assert_ok(say(p, pid, "moss", "comment", "Stor kommune.")); /* 53 207 */
	p->now_at += 2 * 3600;
	assert_ok(say(p, pid, "hvaler", "no_comment", NULL)); /* 4 714 */
	m = seen(p, SECRETARY, pid);
	assert_int_equal(m.median_s, 3600);
	for (int i = 0; i < 3; i++) {
		asked += m.sizes[i].asked_n;
		answered += m.sizes[i].answered_n;
	}
	assert_int_equal(asked, MUNICIPALITIES);
	assert_int_equal(answered, 2);
	assert_int_equal(m.sizes[0].size, SIZE_SMALL);
	assert_int_equal(m.sizes[0].answered_n, 1);
	assert_int_equal(m.sizes[2].answered_n, 1);
	assert_ok(round_rates(cx_as(p, SECRETARY), &rates, &n));
	assert_int_equal(n, 0); /* not over yet */
	p->now_at = m.facts.deadline_at;
	assert_ok(round_rates(cx_as(p, SECRETARY), &rates, &n));
	assert_int_equal(n, MUNICIPALITIES);
	assert_int_equal(rates[0].asked_n, 1);
	assert_int_equal(rates[0].answered_n, 1);
	assert_int_equal(rates[1].answered_n, 0);
	assert_ok(round_rates(cx_as(p, "outsider"), &rates, &n));
	assert_int_equal(n, 0);
}

/* A week is not 168 hours to whoever reads it. */
static void
response_times_are_said_as_people_say_them(void **state)
{
	struct people *p = *state;
	const char *pid = open_round(p), *path = arena_printf(p->a, "/gjennomlesning/%s", pid);
	int64_t began = p->now_at;

	p->now_at = began + 3600;
	assert_ok(say(p, pid, "moss", "no_comment", NULL));
	struct answer r = ask(p, SECRETARY, "GET", path, NULL);
	assert_true(says(&r, "<dd>1\n<small>time</small>"));
	p->now_at = began + 7 * DAY_S;
	assert_ok(say(p, pid, "hvaler", "no_comment", NULL));
	assert_ok(say(p, pid, "halden", "no_comment", NULL));
	r = ask(p, SECRETARY, "GET", path, NULL);
	assert_true(says(&r, "<dd>7\n<small>dager</small>"));
}

static void
groups_hold_every_party_once(void **state)
{
	struct people *p = *state;
	struct round_matrix m = seen(p, SECRETARY, open_round(p));
	size_t n = 0;

	for (size_t i = 0; i < m.n_groups; i++) {
		assert_true(m.groups[i].name.n > 0);
		n += m.groups[i].n;
	}
	assert_int_equal(n, MUNICIPALITIES);
	assert_int_equal(m.n_groups, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(it_asks_every_municipality_in_scope),
	    WITH_OSTFOLD(one_area_asks_the_municipalities_of_the_region),
	    WITH_OSTFOLD(several_areas_asks_those_who_are_chosen),
	    WITH_OSTFOLD(one_municipality_is_one),
	    WITH_OSTFOLD(less_time_than_the_charter_gives_needs_a_reason),
	    WITH_OSTFOLD(opening_is_refused_without_a_trace),
	    WITH_OSTFOLD(a_party_outside_does_not_know_of_it),
	    WITH_OSTFOLD(each_municipality_has_one_status),
	    WITH_OSTFOLD(reading_is_not_recorded_as_opened),
	    WITH_OSTFOLD(answer_and_words_say_the_same),
	    WITH_OSTFOLD(an_identity_number_in_an_answer_is_refused),
	    WITH_OSTFOLD(an_answer_is_changed_or_taken_back_until_the_deadline),
	    WITH_OSTFOLD(silence_is_no_answer_and_a_late_one_is_taken_and_marked),
	    WITH_OSTFOLD(only_the_partys_own_contact_answers),
	    WITH_OSTFOLD(an_answer_on_behalf_is_seen_and_can_be_corrected),
	    WITH_OSTFOLD(statuses_are_open_and_words_wait_for_ones_own),
	    WITH_OSTFOLD(reminders_go_only_to_those_without_an_answer),
	    WITH_OSTFOLD(the_deadline_moves_later_with_a_reason),
	    WITH_OSTFOLD(every_remark_is_disposed_of_before_the_end),
	    WITH_OSTFOLD(it_ends_when_all_have_answered),
	    WITH_OSTFOLD(a_cancelled_round_takes_no_answers_and_the_matter_goes_back),
	    WITH_OSTFOLD(a_withdrawn_matter_takes_its_round_with_it),
	    WITH_OSTFOLD(pages_hide_the_same_words_as_the_readings),
	    WITH_OSTFOLD(a_refused_answer_comes_back_with_its_words),
	    WITH_OSTFOLD(the_way_of_a_round_through_the_pages),
	    WITH_OSTFOLD(it_waits_for_whoever_must_act),
	    WITH_OSTFOLD(numbers_by_size_class_and_municipality),
	    WITH_OSTFOLD(response_times_are_said_as_people_say_them),
	    WITH_OSTFOLD(groups_hold_every_party_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
