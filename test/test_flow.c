/*
 * test_flow.c - the thread from the first report to the last follow-up, unbroken: through the
 * pages and through the API, under three charters, on both engines.
 *
 * After each part: who sees it and who does not, that it is found in another inflection by
 * those who see it and by nobody else, and at the end that the record verifies.
 */
#include "thread.h"

#include "core/matter.h"
#include "store/verify.h"

#include <stdio.h>

/* Every form of the title's words but that of the title. */
#define OTHER_FORM "varslinger+utskrivningene"

enum { SAID_MAX = 300 };

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
	assert_int_equal(of_decision(t, "authority"), authority);
	assert_int_equal(of_decision(t, "no"), 1);
	assert_int_not_equal(of_decision(t, "final_at"), 0);
	thread_to(t, THREAD_CARRIED);
	assert_int_not_equal(of_decision(t, "closed_at"), 0);
	assert_true(found_by_those_who_see_it(t) >= (int)t->n_contacts);
	assert_false(finds(t, NULL, t->decision));
	is_hidden(t, NULL, "/offentlig/vedtak", t->decision);
	is_hidden(t, NULL, "/offentlig/moter", t->meeting);
}

static void
publication(struct thread *t)
{
	struct answer page;

	thread_to(t, THREAD_PUBLISHED);
	page =
	    ask(t->p, "admin", "GET", arena_printf(t->p->a, "/vedtak/%s", t->decision), NULL);
	assert_int_equal(page.status, 200);
	assert_false(says(&page, arena_printf(t->p->a, "/saker/%s", t->matter)));
	page = ask(t->p, NULL, "GET",
	    arena_printf(t->p->a, "/offentlig/vedtak/%s", t->decision), NULL);
	assert_int_equal(page.status, 200);
	assert_true(says(&page, "Sykehuset varsler onsdag."));
	assert_int_equal(status_of(t, NULL, "/offentlig/moter", t->meeting), 200);
	assert_true(finds(t, NULL, t->decision));
}

static void
say(void *arg, const char *line)
{
	snprintf(arg, SAID_MAX, "%s", line);
}

static int64_t
problems(struct thread *t, char *ret_said)
{
	struct verify v = {.space = "t", .say = say, .arg = ret_said};
	struct verify_result r;

	assert_ok(verify_space(t->p->w->db, t->p->a, &v, &r));
	assert_int_equal(r.entries, entries(t->p));
	return r.problems;
}

/* The record is whole; and it would have been seen if it were not. */
static void
verifies(struct thread *t)
{
	char said[SAID_MAX] = "";

	if (problems(t, said))
		fail_msg("%s", said);
	assert_ok(db_script(t->p->w->db, t->p->a, "UPDATE decision SET text = text || '.'"));
	assert_true(problems(t, said) > 0);
}

static void
whole_thread(void **state, enum by by, enum outcome authority)
{
	struct thread t;

	thread_begin(&t, *state, by);
	intake(&t);
	preparation(&t);
	meeting(&t);
	if (by == BY_API) {
		after(&t, authority);
		publication(&t);
	}
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
