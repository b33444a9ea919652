/*
 * test_flow.c - the thread from the first report to the last follow-up, unbroken: through the
 * pages and through the API, under three charters, on both engines.
 *
 * After each part: who sees it and who does not, that it is found in another inflection by
 * those who see it and by nobody else. At the end: that the record verifies, and that no value
 * of it could have been changed unseen.
 */
#include "thread.h"

#include "core/matter.h"
#include "store/verify.h"

/* Every form of the title's words but that of the title. */
#define OTHER_FORM "varslinger+utskrivningene"

static int
status_of(struct thread *t, const char *who, const char *fmt, const char *pid)
{
	return ask(t->p, who, "GET", arena_printf(t->p->a, "%s/%s", fmt, pid), NULL).status;
}

/* The answer for what is hidden is that for what is not. */
static void
is_hidden(struct thread *t, const char *who, const char *fmt, const char *pid)
{
	struct answer hidden =
	    ask(t->p, who, "GET", arena_printf(t->p->a, "%s/%s", fmt, pid), NULL);
	struct answer absent =
	    ask(t->p, who, "GET", arena_printf(t->p->a, "%s/0123456789abcdef", fmt), NULL);

	assert_int_equal(hidden.status, absent.status);
	assert_int_equal(hidden.body.n, absent.body.n);
	assert_memory_equal(hidden.body.p, absent.body.p, absent.body.n);
	if (who)
		assert_int_equal(hidden.status, 404);
}

static bool
finds(struct thread *t, const char *who, const char *pid)
{
	struct answer page = ask(t->p, who, "GET",
	    who ? "/sok?q=" OTHER_FORM : "/offentlig/sok?q=" OTHER_FORM, NULL);
	bool found = says(&page, pid);

	assert_int_equal(page.status, 200);
	if (who) {
		struct answer r = ask_api(t->p, who, "GET", "/search?q=" OTHER_FORM, NULL);
		assert_int_equal(r.status, 200);
		assert_int_equal(says(&r, pid), found);
	}
	return found;
}

/* Whoever sees the matter finds it, and nobody else. Returns how many do. */
static int
found_by_those_who_see_it(struct thread *t)
{
	int n = 0;

	for (size_t i = 0; i < t->p->n; i++) {
		const char *who = str_to_c(t->p->a, t->p->all[i].key);
		bool seen = status_of(t, who, "/saker", t->matter) == 200;
		if (finds(t, who, t->matter) != seen)
			fail_msg("%s %s the matter and %s find it", who,
			    seen ? "sees" : "does not see", seen ? "does not" : "does");
		n += seen;
	}
	return n;
}

static int64_t
of_decision(struct thread *t, const char *column)
{
	return sql_int(t->p,
	    arena_printf(
		t->p->a, "SELECT CAST(%s AS TEXT) FROM decision WHERE pid = ?", column),
	    t->decision);
}

/* --- the parts -------------------------------------------------------------------------- */
static void
intake(struct thread *t)
{
	thread_to(t, THREAD_SUBMITTED);
	assert_int_equal(status_of(t, t->contact[0], "/saker", t->matter), 200);
	assert_int_equal(status_of(t, "secretary.trust", "/saker", t->matter), 200);
	is_hidden(t, t->contact[1], "/saker", t->matter);
	is_hidden(t, "outsider", "/saker", t->matter);
	is_hidden(t, "admin", "/saker", t->matter);
	is_hidden(t, NULL, "/saker", t->matter);
	refused(t, t->contact[1], ACT_MATTER_RECEIVE, 404, "matter", t->matter);
	refused(t, t->contact[0], ACT_MATTER_RECEIVE, 403, "matter", t->matter);
	refused(t, "secretary.trust", ACT_MATTER_FREEZE, 409, "matter", t->matter);
}

static void
preparation(struct thread *t)
{
	thread_to(t, THREAD_WRITTEN);
	is_hidden(t, t->contact[2], "/saker", t->matter);
	thread_to(t, THREAD_ASKED);
	for (size_t i = 0; i < t->n_contacts; i++)
		assert_int_equal(status_of(t, t->contact[i], "/gjennomlesning", t->round), 200);
	is_hidden(t, "outsider", "/gjennomlesning", t->round);
	thread_to(t, THREAD_READY);
	assert_true(found_by_those_who_see_it(t) >= (int)t->n_contacts);
}

static bool
reads_position(struct thread *t, const char *who, const char *page)
{
	const char *path = arena_printf(t->p->a, "/moter/%s%s", t->meeting, page);
	struct answer r = ask(t->p, who, "GET", path, NULL);

	return says(&r, "Kommunene står sammen");
}

/* What a side says among its own is not for the other side until it is released. */
static void
meeting(struct thread *t)
{
	static const char *const pages[] = {"", "/formote", "/saksliste", "/ledelse"};

	thread_to(t, THREAD_SUMMONED);
	is_hidden(t, "outsider", "/moter", t->meeting);
	thread_to(t, THREAD_STOOD);
	assert_true(reads_position(t, t->contact[2], "/formote"));
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		assert_false(reads_position(t, "secretary.trust", pages[i]));
		assert_false(reads_position(t, "outsider", pages[i]));
	}
	thread_to(t, THREAD_HELD);
	assert_int_equal(of_decision(t, "final_at"), 0);
}

static void
after(struct thread *t, enum outcome authority)
{
	thread_to(t, THREAD_MINUTED);
	refused(t, "secretary.trust", ACT_MATTER_ARCHIVE, 409, "matter", t->matter);
	assert_int_equal(of_decision(t, "authority"), authority);
	assert_int_equal(of_decision(t, "no"), 1);
	assert_int_not_equal(of_decision(t, "final_at"), 0);
	thread_to(t, THREAD_CARRIED);
	assert_int_not_equal(of_decision(t, "closed_at"), 0);
	assert_true(found_by_those_who_see_it(t) >= (int)t->n_contacts);
	assert_true(finds(t, t->contact[2], t->decision)); /* who only was asked */
	assert_true(finds(t, t->contact[2], t->meeting));  /* its minutes */
	assert_false(finds(t, "outsider", t->decision) || finds(t, "outsider", t->meeting));
	assert_false(finds(t, NULL, t->decision));
	is_hidden(t, NULL, "/offentlig/vedtak", t->decision);
	is_hidden(t, NULL, "/offentlig/moter", t->meeting);
}

static void
publication(struct thread *t)
{
	struct answer page;

	thread_to(t, THREAD_PUBLISHED);
	is_hidden(t, "admin", "/vedtak", t->decision);
	page = ask(t->p, NULL, "GET",
	    arena_printf(t->p->a, "/offentlig/vedtak/%s", t->decision), NULL);
	assert_int_equal(page.status, 200);
	assert_true(says(&page, "Sykehuset varsler onsdag."));
	assert_int_equal(status_of(t, NULL, "/offentlig/moter", t->meeting), 200);
	assert_true(finds(t, NULL, t->decision));
	step(t, "secretary.trust", ACT_MATTER_ARCHIVE, "matter", t->matter); /* C25 */
	assert_true(found_by_those_who_see_it(t) >= (int)t->n_contacts);
}

static void
say(void *arg, const char *line)
{
	buf_printf(arg, "\n%s", line);
}

/* What verify says, a line for each problem; nothing when all is well. */
static const char *
said(struct thread *t)
{
	struct buf b = buf_new(t->p->a, 4 << 20);
	struct verify v = {.space = "t", .say = say, .arg = &b};
	struct verify_result r;

	assert_ok(verify_space(t->p->w->db, t->p->a, &v, &r));
	assert_int_equal(r.entries, entries(t->p));
	assert_int_equal(r.problems == 0, b.n == 0);
	return str_to_c(t->p->a, buf_str(&b));
}

static void
is_whole(struct thread *t)
{
	const char *what = said(t);

	if (*what)
		fail_msg("%.900s", what);
}

static void
run(struct thread *t, const char *sql)
{
	assert_ok(db_script(t->p->w->db, t->p->a, sql));
}

/* The tables' own rules out of the way: verify is to stand alone. */
static void
without_rules(struct thread *t)
{
	run(t,
	    db_is_postgres(t->p->w->db)
		? "SET session_replication_role = replica; DO $$ DECLARE r record; BEGIN "
		  "FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint "
		  "WHERE contype = 'c' AND connamespace = current_schema()::regnamespace "
		  "LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname); "
		  "END LOOP; END $$"
		: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
}

/* --- every value ------------------------------------------------------------------------ */

static bool
has_rows(struct thread *t, const struct db_table *table)
{
	return sql_text(
	    t->p, arena_printf(t->p->a, "SELECT '1' FROM %s LIMIT 1", table->name), NULL);
}

/* Another value than what stands there, NULL or not. */
static const char *
other_value(struct thread *t, const struct db_column *c)
{
	const char *zero = db_is_postgres(t->p->w->db) ? "'\\x00'" : "x'00'";

	if (c->type == DB_TEXT)
		return arena_printf(t->p->a, "coalesce(%s, '') || '.'", c->name);
	if (c->type != DB_BLOB)
		return arena_printf(t->p->a, "coalesce(%s, 0) + 1000003", c->name);
	return arena_printf(
	    t->p->a, "CASE WHEN %s = %s THEN NULL ELSE %s END", c->name, zero, zero);
}

/* The k-th column of each table, in all rows. */
static void
change_column(struct thread *t, size_t k)
{
	const struct db_table *x;

	for (x = db_tables; x < db_tables + db_tables_n; x++)
		if (k < x->n_columns)
			run(t, arena_printf(t->p->a,
				   "CREATE TEMP TABLE saved_%s AS SELECT * FROM %s; "
				   "UPDATE %s SET %s = %s",
				   x->name, x->name, x->name, x->columns[k].name,
				   other_value(t, &x->columns[k])));
	const char *what = said(t);
	for (x = db_tables; x < db_tables + db_tables_n; x++)
		if (k < x->n_columns) {
			const char *place = arena_printf(t->p->a, "\nt %s ", x->name);
			if (has_rows(t, x) && !strstr(what, place))
				fail_msg(
				    "%s.%s can be changed unseen", x->name, x->columns[k].name);
			run(t, arena_printf(t->p->a,
				   "DELETE FROM %s; INSERT INTO %s SELECT * FROM saved_%s; "
				   "DROP TABLE saved_%s",
				   x->name, x->name, x->name, x->name));
		}
}

static void
no_value_changes_unseen(struct thread *t)
{
	size_t most = 0, filled = 0;

	for (size_t i = 0; i < db_tables_n; i++) {
		most = db_tables[i].n_columns > most ? db_tables[i].n_columns : most;
		filled += has_rows(t, &db_tables[i]);
	}
	assert_true(filled > 20);
	for (size_t k = 0; k < most; k++)
		change_column(t, k);
}

/* --- every entry ------------------------------------------------------------------------ */

/* Another letter in the text of an entry, now here, now there. */
static void
change_entry(struct thread *t, int64_t seq, str text)
{
	size_t at = (size_t)seq * 7 % text.n;

	run(t, arena_printf(t->p->a,
		   "UPDATE journal_entry SET text = substr(text, 1, %zu) || '%c' || "
		   "substr(text, %zu) WHERE seq = %d",
		   at, text.p[at] == 'q' ? 'p' : 'q', at + 2, (int)seq));
}

/* Of three neighbours one is changed, so that what the next says of it is not taken for it. */
static void
no_entry_changes_unseen(struct thread *t)
{
	int64_t n = entries(t->p);

	for (int64_t k = 0; k < 3; k++) {
		run(t, "CREATE TEMP TABLE saved AS SELECT * FROM journal_entry");
		for (int64_t seq = k; seq < n; seq += 3)
			change_entry(t, seq,
			    str_from_c(sql_text(t->p,
				"SELECT text FROM journal_entry WHERE "
				"CAST(seq AS TEXT) = ?",
				arena_printf(t->p->a, "%d", (int)seq))));
		const char *what = said(t);
		for (int64_t seq = k; seq < n; seq += 3)
			if (!strstr(what, arena_printf(t->p->a, "\nt seq %d: ", (int)seq)))
				fail_msg("entry %d can be changed unseen", (int)seq);
		run(t, "DELETE FROM journal_entry; INSERT INTO journal_entry "
		       "SELECT * FROM saved; DROP TABLE saved");
	}
}

/* The record is whole; and it would have been seen if it were not. */
static void
verifies(struct thread *t)
{
	is_whole(t);
	without_rules(t);
	no_value_changes_unseen(t);
	no_entry_changes_unseen(t);
	is_whole(t);
}

static void
whole_thread(void **state, enum by by, enum outcome authority)
{
	struct thread t;

	thread_begin(&t, *state, by);
	intake(&t);
	preparation(&t);
	meeting(&t);
	after(&t, authority);
	publication(&t);
	verifies(&t);
}

/* --- two ways, three charters ----------------------------------------------------------- */
static void
through_the_pages(void **state)
{
	whole_thread(state, BY_PAGE, OUTCOME_DECIDE);
}

static void
through_the_api(void **state)
{
	whole_thread(state, BY_API, OUTCOME_DECIDE);
}

/* A body without authority to decide recommends. */
static void
a_third_charter_through_the_pages(void **state)
{
	whole_thread(state, BY_PAGE, OUTCOME_RECOMMEND);
}

static void
a_third_charter_through_the_api(void **state)
{
	whole_thread(state, BY_API, OUTCOME_RECOMMEND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(through_the_pages),
	    WITH_OSTFOLD(through_the_api),
	    WITH_VESTRE_VIKEN(through_the_pages),
	    WITH_VESTRE_VIKEN(through_the_api),
	    WITH_SEVEN(a_third_charter_through_the_pages),
	    WITH_SEVEN(a_third_charter_through_the_api),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
