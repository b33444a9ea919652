/* M4: those who are called say whether they come; the deputy is asked in their place. */
#include "thread.h"

#include <string.h>

/* A seat with a deputy: "KEY" and "KEY+1" are people. */
static const char *
seat_with_deputy(struct people *p)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t n = p->all[i].key.n;
		if (n > 2 && memcmp(p->all[i].key.p + n - 2, "+1", 2) == 0)
			return str_to_c(p->a, (str){p->all[i].key.p, n - 2});
	}
	fail_msg("nobody has a deputy");
	return NULL;
}

static bool
day_asks(struct thread *t, const char *who)
{
	struct answer r = ask(t->p, who, "GET", "/min-dag", NULL);

	return says(&r, "Kommer du på møtet?");
}

static void
called(struct people *p, enum by by)
{
	const char *member = seat_with_deputy(p), *deputy = arena_printf(p->a, "%s+1", member);
	struct thread t;

	thread_begin(&t, p, by);
	thread_to(&t, THREAD_SUMMONED);
	const char *page = arena_printf(p->a, "/moter/%s", t.meeting);
	assert_true(day_asks(&t, member));
	assert_false(day_asks(&t, deputy));
	refused(&t, deputy, ACT_MEETING_REPLY, 409, "meeting", t.meeting, "reply", "comes");
	refused(
	    &t, t.contact[0], ACT_MEETING_REPLY, 403, "meeting", t.meeting, "reply", "comes");
	refused(&t, member, ACT_MEETING_REPLY, 422, "meeting", t.meeting, "reply", "kanskje");

	step(&t, member, ACT_MEETING_REPLY, "meeting", t.meeting, "reply", "away", "note",
	    "Ferie");
	assert_false(day_asks(&t, member));
	assert_true(day_asks(&t, deputy));
	struct answer r =
	    ask(p, "secretary.trust", "GET", arena_printf(p->a, "%s/ledelse", page), NULL);
	assert_true(says(&r, "forfall meldt, "));
	step(&t, deputy, ACT_MEETING_REPLY, "meeting", t.meeting, "reply", "comes");
	assert_false(day_asks(&t, deputy));
	r = ask(p, deputy, "GET", page, NULL);
	assert_true(says(&r, "Du har sagt at du kommer."));

	/* the member comes after all: the deputy is told */
	step(&t, member, ACT_MEETING_REPLY, "meeting", t.meeting, "reply", "comes");
	r = ask(p, deputy, "GET", "/min-dag", NULL);
	assert_true(says(&r, "Svar på innkallingen"));
}

static void
by_page(void **state)
{
	called(*state, BY_PAGE);
}

static void
by_api(void **state)
{
	called(*state, BY_API);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(by_page),
	    WITH_VESTRE_VIKEN(by_api),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
