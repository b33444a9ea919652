/* 3.3.3 and D3: the program reminds by itself, each party once. */
#include "folder.h"
#include "thread.h"

#include "app/jobs.h"
#include "app/reminder.h"
#include "base/clock.h"

static int64_t
reminded_answers(struct people *p)
{
	return sql_int(
	    p, "SELECT CAST(count(*) AS TEXT) FROM round_party WHERE reminded_at <> 0", NULL);
}

static int64_t
reminded_lines(struct people *p)
{
	return sql_int(
	    p, "SELECT CAST(count(*) AS TEXT) FROM followup WHERE reminded_at <> 0", NULL);
}

static void
run(struct people *p, int64_t entries_more)
{
	int64_t before = entries(p);

	assert_ok(reminders_send(cx_nobody(p)));
	assert_int_equal(entries(p), before + entries_more);
}

static void
those_who_have_not_answered(struct people *p)
{
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_ASKED); /* 21 days */
	step(&t, t.contact[0], ACT_ROUND_LOOK, "round", t.round);
	step(&t, t.contact[0], ACT_ROUND_ANSWER, "round", t.round, "rev", "2", "answer",
	    "no_comment");
	run(p, 0);
	thread_wait(&t, 19);
	run(p, 0);
	thread_wait(&t, 1);
	run(p, 1);
	assert_int_equal(reminded_answers(p), (int64_t)t.n_contacts - 1);
	struct answer r = ask(p, t.contact[1], "GET", "/min-dag", NULL);
	assert_true(says(&r, "Påminning sendt"));
	r = ask(p, t.contact[0], "GET", "/min-dag", NULL);
	assert_false(says(&r, "Påminning sendt"));
	run(p, 0); /* once */
	thread_wait(&t, 5);
	run(p, 0); /* not after the deadline */
}

static void
answers_ostfold(void **state)
{
	those_who_have_not_answered(*state);
}

static void
answers_vestre_viken(void **state)
{
	those_who_have_not_answered(*state);
}

static void
those_who_have_not_confirmed(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_MINUTED);
	step(&t, t.contact[0], ACT_DECISION_ACKNOWLEDGE, "decision", t.decision);
	thread_wait(&t, 14);
	run(p, 0);
	thread_wait(&t, 1);
	run(p, 1);
	assert_int_equal(reminded_lines(p), (int64_t)t.n_contacts); /* and the trust */
	run(p, 0);
	struct answer r = ask(p, t.contact[1], "GET", "/min-dag", NULL);
	assert_true(says(&r, "Påminning om oppfølging"));
}

/* What cannot be reminded of does not keep the record from being signed. */
static void
signed_all_the_same(void **state)
{
	struct people *p = *state;
	const struct opened o = {S("t"), p->w->space, p->charter};
	const char *dir = folder_new(p->a, "/tmp");
	struct thread t;
	struct keys keys;

	assert_ok(keys_load(p->a, dir, &keys)); /* makes the folder of keys */
	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_SUBMITTED);
	assert_int_equal(
	    sql_int(p, "SELECT CAST(count(*) AS TEXT) FROM journal_checkpoint", NULL), 0);
	assert_ok(db_script(p->w->db, p->a, "ALTER TABLE followup RENAME TO elsewhere"));
	assert_non_null(jobs_run_space(p->a, &o, &p->house, dir, p->now_at));
	assert_int_equal(
	    sql_int(p, "SELECT CAST(count(*) AS TEXT) FROM journal_checkpoint", NULL), 1);
	folder_remove(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(answers_ostfold),
	    WITH_VESTRE_VIKEN(answers_vestre_viken),
	    WITH_OSTFOLD(those_who_have_not_confirmed),
	    WITH_OSTFOLD(signed_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
