/* §3.1 "the proposer is told", and §3.8: what waits is shown to whom it waits for. */
#include "thread.h"

#include "core/matter.h"

static void
is_told(struct thread *t, const char *key, const char *kind)
{
	const char *n = sql_text(t->p,
	    arena_printf(t->p->a,
		"SELECT CAST(count(*) AS TEXT) FROM notice n JOIN person p ON p.id = "
		"n.person_id WHERE n.kind = '%s' AND p.pid = ?",
		kind),
	    str_to_c(t->p->a, person_of(t->p, key)->pid));

	if (strcmp(n, "0") == 0)
		fail_msg("%s was not told of %s", key, kind);
}

static bool
day_says(struct thread *t, const char *key, const char *words)
{
	struct answer r = ask(t->p, key, "GET", "/min-dag", NULL);

	return says(&r, words);
}

static void
each_step(struct people *p)
{
	static const char *const before[] = {"matter.receive", "matter.triage", "matter.start",
	    "matter.check", "round.open", "round.close", "matter.freeze"};
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_READY);
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		is_told(&t, t.contact[0], before[i]);
	assert_true(day_says(&t, "secretary.trust", "Klar for et møte"));
	assert_false(day_says(&t, t.contact[0], "Klar for et møte"));
	thread_to(&t, THREAD_SITTING);
	assert_false(day_says(&t, "secretary.trust", "Klar for et møte"));
	is_told(&t, t.contact[0], "meeting.agenda_add");
	is_told(&t, t.contact[0], "meeting.summon");
	step(&t, "secretary.trust", ACT_MEETING_TAKE_UP, "meeting", t.meeting, "item", t.item);
	step(&t, "secretary.trust", ACT_MEETING_OUTCOME, "meeting", t.meeting, "item", t.item,
	    "outcome", "return", "reason", "Må belyses bedre.");
	is_told(&t, t.contact[0], "meeting.outcome");
	assert_true(day_says(&t, "secretary.municipal", "Møtet sendte saken tilbake"));
}

static void
each_step_ostfold(void **state)
{
	each_step(*state);
}

static void
each_step_vestre_viken(void **state)
{
	each_step(*state);
}

/* Who is several things to a matter (its author, a contact of its proposer, a secretary) hears
 * of each act once. */
static void
nobody_twice(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_MINUTED);
	assert_int_equal(sql_int(p,
			     "SELECT CAST(max(n) AS TEXT) FROM (SELECT count(*) AS n FROM "
			     "notice GROUP BY person_id, at, kind, object) x",
			     NULL),
	    1);
}

/* Named again as they were, authors are not told again. */
static void
authors_named_again(void **state)
{
	struct people *p = *state;
	const char *both[] = {str_to_c(p->a, person_of(p, "secretary.municipal")->pid),
	    str_to_c(p->a, person_of(p, "secretary.trust")->pid)};
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_TRIAGED);
	for (int i = 0; i < 2; i++)
		step(&t, "secretary.municipal", ACT_MATTER_ASSIGN, "matter", t.matter,
		    "municipal", both[0], "trust", both[1]);
	assert_int_equal(sql_int(p,
			     "SELECT CAST(count(*) AS TEXT) FROM notice n JOIN person p ON "
			     "p.id = n.person_id WHERE n.kind = 'matter.assign' AND p.pid = ?",
			     both[1]),
	    1);
}

/* A withdrawn matter is called by its name. */
static void
withdrawal(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_SUBMITTED);
	step(&t, t.contact[0], ACT_MATTER_WITHDRAW, "matter", t.matter, "reason", "Løst.");
	is_told(&t, "secretary.trust", "matter.withdraw");
	assert_string_equal(
	    sql_text(p, "SELECT max(title) FROM notice WHERE kind = ?", "matter.withdraw"),
	    t.title);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(each_step_ostfold),
	    WITH_VESTRE_VIKEN(each_step_vestre_viken),
	    WITH_OSTFOLD(nobody_twice),
	    WITH_OSTFOLD(authors_named_again),
	    WITH_OSTFOLD(withdrawal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
