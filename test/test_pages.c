/* Lists that are longer than a page: each row stands on one page, also among rows of one second
 * or one day, and every page leads to the next. */
#include "held.h"

#include "app/history.h"
#include "app/minutes.h"
#include "core/meeting.h"

enum { ROWS = 230, PID_N = 16 };

#define SERIES "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 230) "

/* The pid of the row i as SQL and as text: the letter says of what. */
#define ROW_PID(letter) "'" letter "00000000000' || (1000 + c.i)"

static void
script(struct people *p, const char *sql)
{
	assert_ok(db_script(p->w->db, p->a, sql));
}

/* ROWS matters of one second, seen by whom the first is seen by. */
static void
put_matters(struct people *p)
{
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Den første av mange", "summary", "Tekst", "submit", "1"));
	script(p, SERIES
	    "INSERT INTO matter (pid, title, summary, wish, state, state_at, "
	    "proposer_party_id, "
	    "proposer_person_id, proposer_appointment_id, created_at, published_at) "
	    "SELECT " ROW_PID(
		"m") ", 'En av mange', 'Tekst', '', m.state, m.state_at, "
		     "m.proposer_party_id, m.proposer_person_id, m.proposer_appointment_id, "
		     "m.created_at, 1 FROM matter m, c");
	script(p,
	    "INSERT INTO access (kind, object_id, audience_id) SELECT 2, m.id, x.audience_id "
	    "FROM matter m, access x WHERE m.pid LIKE 'm00000%' AND x.kind = 2");
}

/* A round of each of them, over, all opened in one second. */
static void
put_rounds(struct people *p)
{
	script(p,
	    "INSERT INTO round (pid, matter_id, kind, version_no, opened_at, deadline_at, "
	    "closed_at, person_id) SELECT 'r' || substr(m.pid, 2), m.id, 1, 1, 1000, 2000, "
	    "3000, m.proposer_person_id FROM matter m WHERE m.pid LIKE 'm00000%'");
	script(p,
	    "INSERT INTO access (kind, object_id, audience_id) SELECT 3, r.id, x.audience_id "
	    "FROM round r, access x WHERE x.kind = 2 AND x.object_id = r.matter_id");
}

/* Published meetings of one minute and published decisions of one day. */
static void
put_decisions(struct people *p)
{
	long long body = (long long)body_id_of(p, "fsu");

	script(
	    p, arena_printf(p->a,
		   SERIES
		   "INSERT INTO meeting (pid, body_id, year, no, label, starts_at, length_min, "
		   "place, state, state_at, published_at) SELECT " ROW_PID(
		       "t") ", %lld, 2025, "
			    "c.i, 'FSU ' || c.i, 1000, 180, '', 8, 1000, 1 FROM c",
		   body));
	script(p,
	    "INSERT INTO agenda_item (pid, meeting_id, pos, title, kind, length_min) SELECT "
	    "'i' || substr(pid, 2), id, 1, 'Punkt', 1, 10 FROM meeting WHERE pid LIKE "
	    "'t00000%'");
	script(p,
	    arena_printf(p->a,
		"INSERT INTO decision (pid, year, no, label, matter_id, meeting_id, item_id, "
		"body_id, authority, rule, title, text, decided_day, published_at, final_at) "
		"SELECT 'd' || substr(i.pid, 2), 2025, t.no, 'Vedtak ' || t.no, m.id, t.id, "
		"i.id, %lld, 1, 'A1', 'Et av mange', 'Tekst', 20000, 1, 1 "
		"FROM agenda_item i JOIN meeting t ON t.id = i.meeting_id "
		"JOIN matter m ON substr(m.pid, 2) = substr(i.pid, 2) AND m.pid LIKE "
		"'m00000%%'",
		body));
	script(p,
	    "INSERT INTO access (kind, object_id, audience_id) SELECT 6, d.id, x.audience_id "
	    "FROM decision d, access x WHERE x.kind = 2 AND x.object_id = d.matter_id");
}

/* What follows the text in the answer, n bytes of it; NULL: it is not there. */
static const char *
after(struct people *p, const struct answer *r, const char *text, int n)
{
	const char *at = strstr(str_to_c(p->a, r->body), text);

	return at ? arena_printf(p->a, "%.*s", n, at + strlen(text)) : NULL;
}

/* Counts which rows the page shows: before stands before the pid of each. */
static int
mark(struct people *p, const struct answer *r, const char *before, char letter, int *seen)
{
	int n = 0;

	for (int i = 1; i <= ROWS; i++)
		if (says(r,
			arena_printf(p->a, "%s%c00000000000%d\"", before, letter, 1000 + i))) {
			seen[i]++;
			n++;
		}
	return n;
}

static void
all_are_seen_once(const int *seen)
{
	for (int i = 1; i <= ROWS; i++)
		assert_int_equal(seen[i], 1);
}

static void
pages_lead_through(
    struct people *p, const char *key, const char *path, const char *link, char letter)
{
	int seen[ROWS + 1] = {0}, pages = 0;
	const char *next = "";

	for (; next && pages < 10; pages++) {
		struct answer r = ask(p, key, "GET",
		    *next ? arena_printf(p->a, "%s?etter=%s", path, next) : path, NULL);
		assert_int_equal(r.status, 200);
		mark(p, &r, link, letter, seen);
		next = after(p, &r, arena_printf(p->a, "%s?etter=", path), PID_N);
	}
	assert_null(next);
	assert_true(pages > 2);
	all_are_seen_once(seen);
}

static void
answers_lead_through(struct people *p, const char *path, char letter)
{
	int seen[ROWS + 1] = {0}, pages = 0, n = 1;
	const char *to = path;

	for (; n > 0 && pages < 10; pages++) {
		struct answer r = ask_api(p, "secretary.trust", "GET", to, NULL);
		int last = 0;
		assert_int_equal(r.status, 200);
		n = mark(p, &r, "\"id\":\"", letter, seen);
		for (int i = 1; i <= ROWS; i++) /* of one second the latest come first */
			if (!last && seen[i])
				last = i;
		to = arena_printf(p->a, "%s?after=%c00000000000%d", path, letter, 1000 + last);
	}
	assert_true(pages > 2 && pages < 10);
	all_are_seen_once(seen);
}

static void
matters_of_one_second_are_all_listed(void **state)
{
	struct people *p = *state;

	put_matters(p);
	pages_lead_through(p, "secretary.trust", "/saker", "/saker/", 'm');
	answers_lead_through(p, "/matters", 'm');
}

static void
rounds_of_one_second_are_all_listed(void **state)
{
	struct people *p = *state;

	put_matters(p);
	put_rounds(p);
	pages_lead_through(p, "secretary.trust", "/gjennomlesning", "/gjennomlesning/", 'r');
	answers_lead_through(p, "/rounds", 'r');
}

static void
meetings_of_one_minute_are_all_in_the_api(void **state)
{
	struct people *p = *state;

	put_matters(p);
	put_decisions(p);
	script(p,
	    "INSERT INTO access (kind, object_id, audience_id) SELECT 4, t.id, x.audience_id "
	    "FROM meeting t, access x JOIN matter m ON m.id = x.object_id AND x.kind = 2 "
	    "WHERE m.pid = 'm000000000001001'");
	answers_lead_through(p, "/meetings", 't');
	pages_lead_through(p, "secretary.trust", "/moter", "/moter/", 't');
}

/* What was put there and taken away again does not fill the page. */
static void
of_removed_files_the_latest_are_shown(void **state)
{
	struct people *p = *state;
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Mange vedlegg", "summary", "Tekst", "submit", "1"));
	script(p, SERIES
	    "INSERT INTO attachment (pid, matter_id, name, kind, bytes, sha256, text, at, "
	    "removed_at, person_id, party_id) SELECT " ROW_PID(
		"v") ", m.id, 'Fil ' || c.i, "
		     "'text/plain', 1, '', '', 1000, CASE WHEN c.i = 5 THEN 0 ELSE 2000 END, "
		     "m.proposer_person_id, m.proposer_party_id FROM matter m, c");
	struct answer r = ask_api(p, "secretary.trust", "GET",
	    arena_printf(p->a, "/matters/%s", str_to_c(p->a, done.pid)), NULL);
	assert_int_equal(r.status, 200);
	assert_true(
	    says(&r, "\"Fil 5\"") && says(&r, "\"Fil 230\"") && says(&r, "\"Fil 181\""));
	assert_false(says(&r, "\"Fil 180\"") || says(&r, "\"Fil 6\""));
}

/* An old matter that is under way can be chosen, however many newer ones are over. */
static void
what_is_under_way_can_be_chosen(void **state)
{
	struct people *p = *state;
	struct result done;

	put_matters(p);
	script(p, "UPDATE matter SET state = 24 WHERE pid LIKE 'm00000%'");
	script(p, "UPDATE matter SET state = 3, pid = '0000000000000001' WHERE state <> 24");
	p->now_at += 60;
	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Den samme en gang til", "summary", "Tekst", "submit", "1"));
	const char *pid = str_to_c(p->a, done.pid);
	assert_ok(act(
	    cx_as(p, "secretary.trust"), &done, ACT_MATTER_RECEIVE, "matter", pid, "rev", "2"));
	struct answer r = ask(p, "secretary.trust", "GET", "/moter/ny", NULL);
	assert_true(says(&r, "0000000000000001") && says(&r, pid));
	assert_false(says(&r, "m000000000001"));
	r = ask(
	    p, "secretary.trust", "GET", arena_printf(p->a, "/saker/%s/vurdering", pid), NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "value=\"0000000000000001\""));
	assert_false(says(&r, "m000000000001"));
}

static struct history
history(struct people *p, const char *pid, int64_t before)
{
	struct history h;

	assert_ok(history_of(
	    cx_as(p, "secretary.trust"), "matter", str_from_c(pid), before, 200, &h));
	for (size_t i = 1; i < h.n; i++)
		assert_true(h.v[i - 1].seq < h.v[i].seq);
	return h;
}

/* How it began and what happened last are shown, and the way to what lies between. */
static void
a_long_history_is_read_to_its_end(void **state)
{
	struct people *p = *state;
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Mye har hendt", "summary", "Tekst", "submit", "1"));
	const char *pid = str_to_c(p->a, done.pid),
		   *path = arena_printf(p->a, "/saker/%s", pid);
	for (int i = 2; i <= 220; i++)
		assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_MATTER_COMMENT, "matter",
		    pid, "text", "Et ord til"));
	struct history h = history(p, pid, JOURNAL_NEWEST);
	assert_int_equal(h.n, 220); /* the beginning ends where the latest begin */
	assert_int_equal(h.n_first, 0);
	assert_int_equal(h.v[0].action, ACT_MATTER_PROPOSE);
	struct answer r = ask(p, "secretary.trust", "GET", path, NULL);
	assert_false(says(&r, "?hendelser="));

	for (int i = 221; i <= ROWS; i++)
		assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_MATTER_COMMENT, "matter",
		    pid, "text", "Et ord til"));
	h = history(p, pid, JOURNAL_NEWEST);
	assert_int_equal(h.n, 220);
	assert_int_equal(h.n_first, 20);
	assert_int_equal(h.v[0].action, ACT_MATTER_PROPOSE);
	int64_t gap = h.v[20].seq;
	assert_int_equal(gap - h.v[19].seq, 11);
	h = history(p, pid, gap);
	assert_int_equal(h.n, 30);
	assert_int_equal(h.n_first, 0);
	assert_int_equal(h.v[29].seq, gap - 1);
	r = ask(p, "secretary.trust", "GET", path, NULL);
	assert_true(
	    says(&r, arena_printf(p->a, "%s?hendelser=%lld#h-hist", path, (long long)gap)));
	r = ask(p, "secretary.trust", "GET",
	    arena_printf(p->a, "%s?hendelser=%lld", path, (long long)gap), NULL);
	assert_int_equal(r.status, 200);
	assert_false(says(&r, "?hendelser="));
}

static void
all_that_is_published_is_listed(void **state)
{
	struct people *p = *state;

	put_matters(p);
	put_decisions(p);
	pages_lead_through(p, NULL, "/offentlig/vedtak", "/offentlig/vedtak/", 'd');
	pages_lead_through(p, NULL, "/offentlig/moter", "/offentlig/moter/", 't');
	pages_lead_through(p, "secretary.trust", "/vedtak", "/vedtak/", 'd');
	answers_lead_through(p, "/decisions", 'd');
}

/* Which versions, 1 to ROWS, the answer has, by what stands round their numbers. */
static int
mark_versions(
    struct people *p, const struct answer *r, const char *before, const char *end, int *seen)
{
	int last = 0;

	for (int i = ROWS; i >= 1; i--)
		if (says(r, arena_printf(p->a, "%s%d%s", before, i, end))) {
			seen[i]++;
			last = i;
		}
	return last;
}

static void
every_version_is_listed(void **state)
{
	struct people *p = *state;
	int seen[ROWS + 1] = {0}, in_api[ROWS + 1] = {0}, last = ROWS + 1;
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Mange versjoner", "summary", "Tekst", "submit", "1"));
	const char *pid = str_to_c(p->a, done.pid);
	script(p, SERIES
	    "INSERT INTO version (matter_id, no, hash, note, made_at, person_id, party_id) "
	    "SELECT m.id, c.i, 'hash', 'Noe nytt', 1000, m.proposer_person_id, "
	    "m.proposer_party_id FROM matter m, c");
	script(p,
	    "INSERT INTO signature (matter_id, no, side, person_id, party_id, appointment_id, "
	    "at) SELECT m.id, 7, 1, m.proposer_person_id, m.proposer_party_id, "
	    "m.proposer_appointment_id, 1000 FROM matter m");
	script(p, "UPDATE matter SET version_no = 230");
	const char *path = arena_printf(p->a, "/saker/%s/versjoner", pid), *to = path;
	for (int pages = 0; to && pages < 10; pages++) {
		struct answer r = ask(p, "secretary.trust", "GET", to, NULL);
		assert_int_equal(r.status, 200);
		last = mark_versions(p, &r, arena_printf(p->a, "%s/", path), "\"", seen);
		to = says(&r, "?foer=") ? arena_printf(p->a, "%s?foer=%d", path, last) : NULL;
	}
	assert_int_equal(last, 1);
	all_are_seen_once(seen);
	for (last = ROWS + 1; last > 1;) {
		struct answer r = ask_api(p, "secretary.trust", "GET",
		    arena_printf(p->a, "/matters/%s/versions?before=%d", pid, last), NULL);
		assert_int_equal(r.status, 200);
		assert_int_equal(says(&r, "\"side\""), last <= 31); /* of version 7 */
		last = mark_versions(p, &r, "\"version\":", ",", in_api);
		assert_int_not_equal(last, 0);
	}
	all_are_seen_once(in_api);
	/* what is chosen can be chosen again, and old signatures are read */
	struct answer r = ask(
	    p, "secretary.trust", "GET", arena_printf(p->a, "%s?fra=3&til=230", path), NULL);
	assert_true(says(&r, "<option value=\"3\" selected"));
	r = ask(p, "secretary.trust", "GET", arena_printf(p->a, "%s/7", path), NULL);
	assert_true(says(&r, "Signert av"));
}

/* Of one second, each as long as the form takes. */
static void
put_said(struct people *p)
{
	char *text = arena_array(p->a, char, 4001);

	memset(text, 'x', 4000);
	script(p,
	    arena_printf(p->a,
		SERIES
		"INSERT INTO minutes_comment (pid, meeting_id, text, at, person_id, party_id) "
		"SELECT " ROW_PID("k") ", x.meeting_id, '%s', 1000, x.trust_author_id, 1 "
				       "FROM minutes x, c",
		text));
	script(
	    p, arena_printf(p->a,
		   SERIES
		   "INSERT INTO minutes_correction (pid, meeting_id, hash, text, reason, at, "
		   "person_id, party_id) SELECT " ROW_PID(
		       "q") ", x.meeting_id, '', '%s', "
			    "'Rett ' || c.i, 1000, x.trust_author_id, 1 FROM minutes x, c",
		   text));
}

static void
said_leads_through(struct people *p, const char *path, char letter)
{
	int seen[ROWS + 1] = {0}, n = 1;
	const char *to = path;
	bool more = true;

	while (more) {
		struct answer r = ask_api(p, "secretary.trust", "GET", to, NULL);
		assert_int_equal(r.status, 200);
		mark(p, &r, "\"id\":\"", letter, seen);
		more = says(&r, "\"has_older_comments\":true") ||
		       says(&r, "\"has_older_corrections\":true");
		for (n = 1; n < ROWS && !seen[n];)
			n++;
		to = arena_printf(p->a, "%s?after=%c00000000000%d", path, letter, 1000 + n);
	}
	all_are_seen_once(seen);
}

static void
all_that_is_said_of_minutes_is_shown(void **state)
{
	struct people *p = *state;
	struct held h = held_meeting(p, "2026-06-01");
	int comments[ROWS + 1] = {0}, pages = 1;
	struct result done;

	held_draft(p, &h);
	put_said(p);
	const char *path = arena_printf(p->a, "/moter/%s/protokoll", h.meeting);
	struct answer r = ask(p, "secretary.trust", "GET", path, NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Rett 230<"));
	assert_false(says(&r, "Rett 180<"));
	assert_true(says(&r, "?rettelser=q000000000001181#h-rett"));
	r = ask(p, "secretary.trust", "GET",
	    arena_printf(p->a, "%s?rettelser=q000000000001181", path), NULL);
	assert_true(says(&r, "Rett 180<") && !says(&r, "Rett 181<"));
	for (const char *to = path; to; pages++) {
		r = ask(p, "secretary.trust", "GET", to, NULL);
		mark(p, &r, "value=\"", 'k', comments);
		const char *next = after(p, &r, "?merknader=", PID_N);
		to = next ? arena_printf(p->a, "%s?merknader=%s", path, next) : NULL;
	}
	assert_int_equal(pages, 6);
	all_are_seen_once(comments);
	/* an answer that is refused is drawn again where it was written */
	r = ask(p, "secretary.trust", "POST",
	    arena_printf(p->a, "%s/merknad/k000000000001007", path),
	    "comment=k000000000001007&text=");
	assert_int_equal(r.status, 422);
	assert_true(says(&r, "value=\"k000000000001007\""));
	assert_false(says(&r, "value=\"k000000000001008\""));
	/* the oldest of them holds back whoever would let the minutes pass in silence */
	script(p, "UPDATE minutes_comment SET answered_at = 1 WHERE pid <> 'k000000000001001'");
	struct minutes x;
	struct meeting_facts f;
	assert_ok(minutes_read(cx_as(p, "chair"), str_from_c(h.meeting), &x));
	assert_ok(minutes_know(cx_as(p, "chair"), &x, &f));
	assert_true(f.is_objected);
	assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_MEETING_MINUTES_COMMENT,
	    "meeting", h.meeting, "comment", "k000000000001001", "text", "Tatt inn"));
	assert_ok(minutes_know(cx_as(p, "chair"), &x, &f));
	assert_false(f.is_objected);
	said_leads_through(
	    p, arena_printf(p->a, "/meetings/%s/minutes/comments", h.meeting), 'k');
	said_leads_through(
	    p, arena_printf(p->a, "/meetings/%s/minutes/corrections", h.meeting), 'q');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(matters_of_one_second_are_all_listed),
	    WITH_OSTFOLD(rounds_of_one_second_are_all_listed),
	    WITH_OSTFOLD(all_that_is_published_is_listed),
	    WITH_OSTFOLD(meetings_of_one_minute_are_all_in_the_api),
	    WITH_OSTFOLD(of_removed_files_the_latest_are_shown),
	    WITH_OSTFOLD(what_is_under_way_can_be_chosen),
	    WITH_OSTFOLD(a_long_history_is_read_to_its_end),
	    WITH_OSTFOLD(every_version_is_listed),
	    WITH_OSTFOLD(all_that_is_said_of_minutes_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
