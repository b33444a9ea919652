#include "support.h"

#include "base/checked.h"
#include "base/money.h"

#define NB "\u00a0"

static void
amounts_are_written(void **state)
{
	struct arena *a = *state;

	assert_str(money_text(a, LANG_NB, 123450), "1" NB "234,50");
	assert_str(money_text(a, LANG_NN, -5), "−0,05");
	assert_str(money_text(a, LANG_NB, 100000007), "1" NB "000" NB "000,07");
	assert_str(money_text(a, LANG_EN, 123450), "1,234.50");
	assert_str(money_text(a, LANG_NB, 0), "0,00");
	assert_str(money_text(a, LANG_NB, INT64_MIN),
	    "−92" NB "233" NB "720" NB "368" NB "547" NB "758,08");
}

static void
amounts_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t ore;
	} good[] = {{"1234", 123400}, {"1 234,50", 123450}, {"1" NB "234,5", 123450},
	    {"1.234,50", 123450}, {"1234.50", 123450}, {"1 234.50", 123450}, {"250,-", 25000},
	    {"kr 250", 25000}, {"Kr. 1 000 000", 100000000}, {"-3,07", -307}, {"−3,07", -307},
	    {"0,05", 5}, {" 7 ", 700}};
	static const char *const bad[] = {"", "kr", "1.234", "1,234", "12 34", "1 2345", "1,",
	    "1,234,50", "1234 567", "92233720368547758,08", "1e3", "1 234,505", "0x10", "--1",
	    "1.234.50", "9999999999999999999", "1  234"};
	int64_t v;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		if (!money_parse(str_from_c(good[i].text), &v) || v != good[i].ore)
			fail_msg("not read right: '%s'", good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (money_parse(str_from_c(bad[i]), &v))
			fail_msg("read as an amount: '%s'", bad[i]);
}

static void
shares_add_up_and_are_fair(void **state)
{
	static const int64_t weights[] = {1, 1, 1, 0}, people[] = {27120, 9, 104487, 14001};
	int64_t s[4], before = 7;

	(void)state;
	assert_true(money_split(100, weights, 4, s));
	assert_true(s[0] == 34 && s[1] == 33 && s[2] == 33 && s[3] == 0);
	assert_true(money_split(-100, weights, 4, s));
	assert_true(s[0] == -34 && s[1] == -33 && s[2] == -33);
	for (int64_t total = 1; total < 100000000000; total = total * 7 + 3) {
		assert_true(money_split(total, people, 4, s));
		assert_int_equal(s[0] + s[1] + s[2] + s[3], total);
		for (int i = 0; i < 4; i++) { /* within an øre of the exact share */
			int64_t off = s[i] * 145617 - total * people[i];
			assert_true(off > -145617 && off < 145617);
		}
	}
	assert_true(money_split(INT64_MAX, people, 4, s));
	assert_int_equal(s[0] + s[1] + s[2] + s[3], INT64_MAX);
	s[0] = before;
	assert_false(money_split(100, (int64_t[]){0, 0}, 2, s) ||
		     money_split(100, (int64_t[]){1, -1}, 2, s) ||
		     money_split(100, (int64_t[]){INT64_MAX, 1}, 2, s));
	assert_int_equal(s[0], before);
}

static void
parts_round_to_the_nearest(void **state)
{
	int64_t v = 0;

	(void)state;
	assert_true(money_part(100, 1, 3, &v) && v == 33);
	assert_true(money_part(5, 1, 2, &v) && v == 3);
	assert_true(money_part(-5, 1, 2, &v) && v == -3);
	assert_true(money_part(200, 2, 3, &v) && v == 133);
	assert_true(money_part(INT64_MIN, INT64_MIN, INT64_MAX, &v) == false);
	assert_false(money_part(1, 1, 0, &v));
	assert_int_equal(v, 133);
}

static void
sums_that_do_not_fit_are_refused(void **state)
{
	int64_t v = 3;

	(void)state;
	assert_false(checked_add(INT64_MAX, 1, &v) || checked_sub(INT64_MIN, 1, &v) ||
		     checked_mul(INT64_MAX, 2, &v));
	assert_int_equal(v, 3);
	assert_true(checked_mul(v, -7, &v) && v == -21);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(amounts_are_written),
	    cmocka_unit_test(amounts_are_read),
	    cmocka_unit_test(shares_add_up_and_are_fair),
	    cmocka_unit_test(parts_round_to_the_nearest),
	    cmocka_unit_test(sums_that_do_not_fit_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
