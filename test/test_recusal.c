/* Who says that somebody is not competent for an item: of any seat the secretariat and the
 * chair, of the own seat who sits in it. */
#include "thread.h"

/* The second seat of a side: not a chair's. */
static const char *
seat_of(struct people *p, enum side side)
{
	const struct charter_seats *seats = &p->strategic->seats;

	for (size_t i = 0, n = 0; i < seats->n; i++)
		if (seats->v[i].from->side == side && n++ == 1)
			return str_to_c(p->a, seats->v[i].key);
	fail();
	return NULL;
}

static void
a_member_speaks_for_the_own_seat_only(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_SITTING);
	step(&t, "secretary.trust", ACT_MEETING_TAKE_UP, "meeting", t.meeting, "item", t.item);
	const char *member = seat_of(p, SIDE_MUNICIPAL), *theirs = seat_of(p, SIDE_TRUST);
	const char *by_key = "SELECT pid FROM seat WHERE key = ?";
	const char *own = sql_text(p, by_key, member), *other = sql_text(p, by_key, theirs);

	step(&t, member, ACT_MEETING_CONFLICT, "meeting", t.meeting, "item", t.item, "seat",
	    own, "reason", "Gift med søkeren");
	step(&t, member, ACT_MEETING_CONFLICT, "meeting", t.meeting, "item", t.item, "seat",
	    own, "undo", "1");
	refused(&t, member, ACT_MEETING_CONFLICT, 403, "meeting", t.meeting, "item", t.item,
	    "seat", other, "reason", "Gift med søkeren");
	step(&t, "chair", ACT_MEETING_CONFLICT, "meeting", t.meeting, "item", t.item, "seat",
	    other, "reason", "Gift med søkeren");
	refused(&t, member, ACT_MEETING_CONFLICT, 403, "meeting", t.meeting, "item", t.item,
	    "seat", other, "undo", "1");
	struct answer r =
	    ask(p, member, "GET", arena_printf(p->a, "/moter/%s/ledelse", t.meeting), NULL);
	assert_true(says(&r, own));
	assert_false(says(&r, arena_printf(p->a, "value=\"%s\"", other)));
	step(&t, "secretary.trust", ACT_MEETING_CONFLICT, "meeting", t.meeting, "item", t.item,
	    "seat", other, "undo", "1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(a_member_speaks_for_the_own_seat_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
