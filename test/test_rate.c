/* Token buckets: D9. */
#include "support.h"

#include "web/rate.h"

static int
takes(struct rates *r, struct arena *a, enum rate_kind kind, const char *who, int64_t at)
{
	int n = 0;

	while (n < 1000 && !rate_take(r, a, kind, str_from_c(who), at))
		n++;
	return n;
}

static void
a_burst_is_bounded_and_fills_again(void **state)
{
	struct arena *a = *state;
	struct rates *r = rates_new(a);

	assert_int_equal(takes(r, a, RATE_SEARCH, "x", NOW_AT), 30);
	assert_int_equal(takes(r, a, RATE_SEARCH, "x", NOW_AT + 1), 0);
	assert_int_equal(takes(r, a, RATE_SEARCH, "x", NOW_AT + 2), 1);
	assert_int_equal(takes(r, a, RATE_SEARCH, "x", NOW_AT + 3600), 30);
	assert_err(rate_take(r, a, RATE_SEARCH, S("x"), NOW_AT + 3600), "rate.wait");
}

/* SECURITY D9, kind by kind. */
static void
each_kind_has_its_number(void **state)
{
	static const int most[] = {[RATE_WRITE] = 60,
	    [RATE_SEARCH] = 30,
	    [RATE_EXPORT] = 6,
	    [RATE_UPLOAD] = 30,
	    [RATE_LOGIN] = 60,
	    [RATE_ACCOUNT] = 5};
	struct arena *a = *state;
	struct rates *r = rates_new(a);

	for (int kind = RATE_NONE + 1; kind < (int)(sizeof(most) / sizeof(*most)); kind++)
		assert_int_equal(takes(r, a, (enum rate_kind)kind, "x", NOW_AT), most[kind]);
	assert_int_equal(rate_kind_of(ACT_MATTER_RECEIVE, true), RATE_WRITE);
	assert_int_equal(rate_kind_of(ACT_MATTER_ATTACH, true), RATE_UPLOAD);
	assert_int_equal(rate_kind_of(ACT_SPACE_PUBLIC, true), RATE_LOGIN);
	assert_int_equal(rate_kind_of(ACT_SPACE_PUBLIC, false), RATE_NONE);
	assert_int_equal(rate_kind_of(ACT_SPACE_SEARCH, false), RATE_SEARCH);
	assert_int_equal(rate_kind_of(ACT_JOURNAL_EXPORT, false), RATE_EXPORT);
	assert_int_equal(rate_kind_of(ACT_MATTER_READ, false), RATE_NONE);
}

/* What is sent up is kept for good: as many in an hour as others in a minute. */
static void
uploads_are_counted_by_the_hour(void **state)
{
	struct arena *a = *state;
	struct rates *r = rates_new(a);

	assert_int_equal(takes(r, a, RATE_UPLOAD, "x", NOW_AT), 30);
	assert_int_equal(takes(r, a, RATE_UPLOAD, "x", NOW_AT + 119), 0);
	assert_int_equal(takes(r, a, RATE_UPLOAD, "x", NOW_AT + 120), 1);
	assert_int_equal(takes(r, a, RATE_UPLOAD, "x", NOW_AT + 3720), 30);
	assert_int_equal(takes(r, a, RATE_UPLOAD, "x", NOW_AT + 36000), 30);
}

static void
nobody_pays_for_another(void **state)
{
	struct arena *a = *state;
	struct rates *r = rates_new(a);

	assert_int_equal(takes(r, a, RATE_EXPORT, "x", NOW_AT), 6);
	assert_int_equal(takes(r, a, RATE_EXPORT, "y", NOW_AT), 6);
	assert_int_equal(takes(r, a, RATE_WRITE, "x", NOW_AT), 60);
}

static void
a_clock_that_goes_back_gives_nothing(void **state)
{
	struct arena *a = *state;
	struct rates *r = rates_new(a);

	assert_int_equal(takes(r, a, RATE_EXPORT, "x", NOW_AT), 6);
	assert_int_equal(takes(r, a, RATE_EXPORT, "x", NOW_AT - 3600), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(a_burst_is_bounded_and_fills_again),
	    WITH_ARENA(each_kind_has_its_number),
	    WITH_ARENA(uploads_are_counted_by_the_hour),
	    WITH_ARENA(nobody_pays_for_another),
	    WITH_ARENA(a_clock_that_goes_back_gives_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
