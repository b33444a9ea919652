/* How much of what is found is counted, ranked and shown: app/search.h. */
#include "people.h"

#include "app/search.h"
#include "base/clock.h"
#include "q_search.h"

#define HARD_SPACE "\xc2\xa0"

enum { OLD_AT = 1000000000 /* 2001 */, NEW_AT = 1772000000 };

static struct err *
put(struct cx *cx, void *arg)
{
	return search_put(cx, arg);
}

/* What the next ones are copied from. */
static void
first_doc(struct people *p, const char *title, int64_t at)
{
	struct search_text t = {
	    .kind = OBJECT_DECISION,
	    .object_id = 1,
	    .pid = S("first"),
	    .title = str_from_c(title),
	    .body = S("Noe om prøverom og annet."),
	    .at = at,
	    .is_public = true,
	};

	assert_ok(cx_write(cx_nobody(p), put, &t));
}

/* n documents more, published, each with the body of the first and a title of its own. */
static const char *
copies(struct people *p, int n)
{
	if (db_is_postgres(p->w->db))
		return arena_printf(p->a,
		    "INSERT INTO search_doc (kind, object_id, pid, label, title, body, year, "
		    "body_id, at, is_public, lexemes) SELECT kind, i + 1, 'x' || i, '', "
		    "'Kopi', body, 2026, 0, %d + i, 1, "
		    "CAST('''prøverom'':1 ''proverom'':1' AS tsvector) "
		    "FROM search_doc, generate_series(1, %d) i WHERE pid = 'first'",
		    NEW_AT, n);
	return arena_printf(p->a,
	    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT %d) "
	    "INSERT INTO search_doc (kind, object_id, pid, label, title, body, year, body_id, "
	    "at, is_public) SELECT kind, i + 1, 'x' || i, '', 'Kopi', body, 2026, 0, %d + i, 1 "
	    "FROM search_doc, c WHERE pid = 'first';"
	    "INSERT INTO search_fts (rowid, label, title, body) "
	    "SELECT id, label, title, body FROM search_doc WHERE pid <> 'first'",
	    n, NEW_AT);
}

static void
more_docs(struct people *p, int n)
{
	assert_ok(db_script(p->w->db, p->a, copies(p, n)));
}

static void
one_more(struct people *p)
{
	struct search_text t = {
	    .kind = OBJECT_MATTER,
	    .object_id = 1,
	    .pid = S("one"),
	    .title = S("Et til"),
	    .body = S("prøverom"),
	    .at = NOW_AT,
	    .is_public = true,
	};

	assert_ok(cx_write(cx_nobody(p), put, &t));
}

static struct search_result
found(struct people *p, const struct search_query *q)
{
	struct search_result r;

	assert_ok(search_run(cx_nobody(p), q, &r));
	return r;
}

static void
more_than_are_counted_is_said_and_no_more(void **state)
{
	struct people *p = *state;
	struct search_query q = {.words = S("prøverom")};

	first_doc(p, "Først", OLD_AT);
	more_docs(p, SEARCH_COUNTED - 1);
	struct search_result r = found(p, &q);
	assert_int_equal(r.n_all, SEARCH_COUNTED);
	assert_false(r.has_more);
	struct answer a = ask(p, NULL, "GET", "/offentlig/sok?q=pr%C3%B8verom", NULL);
	assert_true(says(&a, "4000 treff"));
	assert_false(says(&a, "Over 4"));

	one_more(p);
	r = found(p, &q);
	assert_int_equal(r.n_all, SEARCH_COUNTED);
	assert_true(r.has_more);
	a = ask(p, NULL, "GET", "/offentlig/sok?q=pr%C3%B8verom", NULL);
	assert_true(says(&a, "Over 4" HARD_SPACE "000 treff"));
	assert_true(says(&a, "Du kan bla i de 2" HARD_SPACE "000 nyeste treffene."));
	a = ask_api(p, "secretary.trust", "GET", "/search?q=pr%C3%B8verom", NULL);
	assert_true(says(&a, "\"count\":4000"));
	assert_true(says(&a, "\"more_than_counted\":true"));

	/* within a limit that leaves fewer the count is whole */
	q.kind = OBJECT_MATTER;
	r = found(p, &q);
	assert_int_equal(r.n_all, 1);
	assert_false(r.has_more);
}

static bool
shows(const struct search_result *r, const char *pid)
{
	for (size_t i = 0; i < r->n_hits; i++)
		if (str_eq(r->hits[i].pid, str_from_c(pid)))
			return true;
	return false;
}

static void
the_latest_two_thousand_are_ranked(void **state)
{
	struct people *p = *state;
	struct search_query best = {.words = S("prøverom")}, newest = best, old = best;

	newest.newest = true;
	old.year = 2001;
	first_doc(p, "Prøverom", OLD_AT); /* by its title the best of them all */
	more_docs(p, SEARCH_RANKED - 1);
	struct search_result r = found(p, &best);
	assert_int_equal(r.n_all, SEARCH_RANKED);
	assert_str(r.hits[0].pid, "first");
	best.page = newest.page = SEARCH_RANKED / SEARCH_PAGE;
	r = found(p, &newest);
	assert_int_equal(r.n_hits, SEARCH_PAGE);
	assert_str(r.hits[SEARCH_PAGE - 1].pid, "first");
	struct answer a = ask(p, NULL, "GET", "/offentlig/sok?q=pr%C3%B8verom", NULL);
	assert_false(says(&a, "Du kan bla i"));

	one_more(p);
	r = found(p, &newest);
	assert_false(shows(&r, "first"));
	assert_int_equal(r.n_all, SEARCH_RANKED + 1);
	best.page++;
	r = found(p, &best);
	assert_int_equal(r.n_hits, 0);
	a = ask(p, NULL, "GET", "/offentlig/sok?q=pr%C3%B8verom", NULL);
	assert_true(says(&a, "Du kan bla i"));

	r = found(p, &old); /* an old year can still be looked through */
	assert_int_equal(r.n_all, 1);
	assert_true(shows(&r, "first"));
}

static struct err *
forget(struct cx *cx, void *unused)
{
	int64_t n;

	(void)unused;
	return q_search_forget_words(cx->db, cx->a, &n);
}

static struct err *
renew(struct cx *cx, void *unused)
{
	(void)unused;
	return search_renew(cx);
}

/* With an empty index it shows whether words were put into it. */
static void
words_are_made_anew_only_when_they_change(void **state)
{
	struct people *p = *state;
	struct search_query q = {.words = S("prøverom")}, year = q;
	struct search_text t = {
	    .kind = OBJECT_MATTER,
	    .object_id = 1,
	    .pid = S("one"),
	    .title = S("Lite prøverom"),
	    .body = S("Noe om benker."),
	    .at = OLD_AT,
	    .is_public = true,
	};

	year.year = 2026;
	assert_ok(cx_write(cx_nobody(p), put, &t));
	assert_int_equal(found(p, &q).n_all, 1);
	assert_int_equal(found(p, &year).n_all, 0);
	t.at = NEW_AT;
	assert_ok(cx_write(cx_nobody(p), put, &t));
	assert_int_equal(found(p, &year).n_all, 1);
	assert_ok(cx_write(cx_nobody(p), forget, NULL));
	t.at = OLD_AT;
	t.is_public = false;
	assert_ok(cx_write(cx_nobody(p), put, &t));
	assert_int_equal(found(p, &q).n_all, 0);
	assert_ok(cx_write(cx_nobody(p), renew, NULL));
	t.is_public = true;
	t.label = S("Sak 1/26");
	assert_ok(cx_write(cx_nobody(p), put, &t));
	assert_int_equal(found(p, &q).n_all, 1);
	t.body = S("Noe om annet.");
	assert_ok(cx_write(cx_nobody(p), put, &t));
	q.words = S("annet");
	assert_int_equal(found(p, &q).n_all, 1);
	q.words = S("benk");
	assert_int_equal(found(p, &q).n_all, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(more_than_are_counted_is_said_and_no_more),
	    WITH_OSTFOLD(the_latest_two_thousand_are_ranked),
	    WITH_OSTFOLD(words_are_made_anew_only_when_they_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
