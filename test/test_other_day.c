/* A meeting is opened on its day; on another day only when that is said. */
#include "thread.h"

#include "base/clock.h"
#include "q_meeting.h"

/* Called, and its time is so many days away. */
static const char *
called(struct thread *t, struct people *p, enum by by, int64_t days)
{
	struct meeting *m;

	thread_begin(t, p, by);
	thread_to(t, THREAD_STOOD);
	assert_ok(q_meeting_by_pid(p->w->db, p->a, str_from_c(t->meeting), &m));
	p->now_at = clock_at(clock_day(m->starts_at) - days, 8, 0);
	return arena_printf(p->a, "/moter/%s/ledelse", t->meeting);
}

static void
weeks_before_it_is_asked(void **state)
{
	struct people *p = *state;
	struct thread t;
	const char *live = called(&t, p, BY_PAGE, 14);
	struct answer r = ask(p, "secretary.trust", "GET", live, NULL);

	assert_true(says(&r, "Møtet er satt til "));
	assert_true(says(&r, "Skal det åpnes likevel?"));
	assert_true(says(&r, "required><label for=\"other_day\">"));
}

static void
on_the_day_it_is_not(void **state)
{
	struct people *p = *state;
	struct thread t;
	const char *live = called(&t, p, BY_PAGE, 0);
	struct answer r = ask(p, "secretary.trust", "GET", live, NULL);

	assert_true(says(&r, "/ledelse/apne"));
	assert_false(says(&r, "other_day"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(weeks_before_it_is_asked),
	    WITH_OSTFOLD(on_the_day_it_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
