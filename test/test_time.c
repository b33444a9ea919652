#include "support.h"

#include "base/clock.h"
#include "base/holiday.h"

#include <stdio.h>

static void
days_count_both_ways(void **state)
{
	(void)state;
	struct ymd expect = {1600, 1, 1};

	assert_int_equal(day_of(1970, 1, 1), 0);
	assert_int_equal(day_of(2000, 3, 1), 11017);
	assert_int_equal(day_of(1969, 12, 31), -1);
	for (int64_t day = day_of(1600, 1, 1); day < day_of(2401, 1, 1); day++) {
		struct ymd d = day_to_ymd(day);
		assert_true(
		    d.year == expect.year && d.month == expect.month && d.day == expect.day);
		assert_int_equal(day_from_ymd(d), day);
		if (++expect.day > ymd_month_length(expect.year, expect.month)) {
			expect.day = 1;
			expect.year += expect.month == 12;
			expect.month = expect.month % 12 + 1;
		}
	}
}

static void
days_are_read_in_two_ways_and_no_other(void **state)
{
	static const char *const good[] = {
	    "2026-03-26", "26.03.2026", "26.3.2026", " 26. 3. 2026 "};
	static const char *const bad[] = {"", "26.3.26", "2026-3-26", "2026-02-29", "31.4.2026",
	    "0.1.2026", "1.13.2026", "26.03.2026.", "26/03/2026", "1899-12-31", "2200-01-01",
	    "26.03.20266", "2026-03-26T00:00", "26..2026", "2026-03"};
	int64_t day;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(day_parse(str_from_c(good[i]), &day));
		assert_int_equal(day, day_of(2026, 3, 26));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (day_parse(str_from_c(bad[i]), &day))
			fail_msg("read as a day: '%s'", bad[i]);
}

static void
weeks_belong_to_the_year_of_their_thursday(void **state)
{
	static const struct {
		int y, m, d, week_year, week;
	} at[] = {{2026, 1, 1, 2026, 1}, {2021, 1, 3, 2020, 53}, {2018, 12, 31, 2019, 1},
	    {2026, 12, 31, 2026, 53}, {2027, 1, 3, 2026, 53}, {2027, 1, 4, 2027, 1},
	    {2024, 12, 30, 2025, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++) {
		struct iso_week w = day_iso_week(day_of(at[i].y, at[i].m, at[i].d));
		assert_int_equal(w.year, at[i].week_year);
		assert_int_equal(w.week, at[i].week);
	}
	assert_int_equal(day_weekday(day_of(2026, 3, 5)), THURSDAY);
	assert_int_equal(day_weekday(day_of(1969, 12, 28)), SUNDAY);
}

static void
months_end_where_the_month_ends(void **state)
{
	(void)state;
	assert_int_equal(day_add_months(day_of(2026, 1, 31), 1), day_of(2026, 2, 28));
	assert_int_equal(day_add_months(day_of(2024, 3, 31), -1), day_of(2024, 2, 29));
	assert_int_equal(day_add_months(day_of(2026, 11, 15), 14), day_of(2028, 1, 15));
	assert_int_equal(day_add_months(day_of(2026, 1, 15), -25), day_of(2023, 12, 15));
}

static void
the_clock_agrees_with_tzdata(void **state)
{
	FILE *f = fopen("test/fixtures/oslo.tsv", "r");
	char line[128];
	int n = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		long long at;
		int y, mo, d, h, mi, s, offset;
		if (line[0] == '#')
			continue;
		assert_int_equal(sscanf(line, "%lld %d-%d-%d %d:%d:%d %d", &at, &y, &mo, &d, &h,
				     &mi, &s, &offset),
		    8);
		struct civil c = clock_to_civil(at);
		if (c.day != day_of(y, mo, d) || c.hour != h || c.minute != mi || c.second != s)
			fail_msg("wrong civil time: %s", line);
		assert_int_equal(clock_offset_s(at), offset);
		/* the way back, but in the hour that comes twice */
		int64_t back = clock_from_civil(c);
		if (back != at && !(offset == 3600 && back == at - 3600 && c.hour == 2))
			fail_msg("wrong instant: %s", line);
		n++;
	}
	fclose(f);
	assert_int_equal(n, 105 * 13);
}

static void
missing_and_double_hours_have_a_rule(void **state)
{
	int64_t spring = day_of(2026, 3, 29), autumn = day_of(2026, 10, 25);
	struct civil c = clock_to_civil(clock_at(spring, 2, 30));

	(void)state;
	assert_int_equal(c.hour * 100 + c.minute, 330);
	assert_int_equal(clock_at(spring, 3, 0), clock_at(spring, 1, 59) + 60);
	assert_int_equal(clock_offset_s(clock_at(autumn, 2, 30)), 7200);
	assert_int_equal(clock_at(autumn, 3, 0) - clock_at(autumn, 2, 30), 5400);
	assert_int_equal(clock_day(clock_at(autumn, 0, 0)), autumn);
}

static void
instants_are_read_and_written(void **state)
{
	struct arena *a = *state;
	int64_t at;
	int h, m;

	assert_str(clock_rfc3339(a, NOW_AT), "2026-03-05T09:00:00Z");
	assert_str(clock_rfc3339(a, -1), "1969-12-31T23:59:59Z");
	assert_true(clock_parse_rfc3339(S("2026-03-05T10:00:00+01:00"), &at) && at == NOW_AT);
	assert_true(clock_parse_rfc3339(S("2026-03-05T09:00:00.123Z"), &at) && at == NOW_AT);
	assert_true(clock_parse_rfc3339(S("2026-03-05T07:30:00-01:30"), &at) && at == NOW_AT);
	assert_false(clock_parse_rfc3339(S("2026-03-05T09:00:00"), &at) ||
		     clock_parse_rfc3339(S("2026-03-05 09:00:00Z"), &at) ||
		     clock_parse_rfc3339(S("2026-03-05T24:00:00Z"), &at) ||
		     clock_parse_rfc3339(S("2026-03-05T09:00:00.Z"), &at) ||
		     clock_parse_rfc3339(S("2026-03-05T09:00:00+0100"), &at));
	assert_true(clock_parse_time(S("kl. 9.05"), &h, &m) && h == 9 && m == 5);
	assert_true(clock_parse_time(S("23:59"), &h, &m) && h == 23 && m == 59);
	assert_false(clock_parse_time(S("24:00"), &h, &m) || clock_parse_time(S("9"), &h, &m) ||
		     clock_parse_time(S("09:60"), &h, &m) || clock_parse_time(S(""), &h, &m));
}

static void
days_read_well_in_three_languages(void **state)
{
	struct arena *a = *state;
	int64_t day = day_of(2026, 3, 5), sunday = day + 3;

	assert_str(day_long(a, LANG_NB, day + 21), "26. mars 2026");
	assert_str(day_short(a, LANG_NN, day + 21), "26. mars");
	assert_str(day_long(a, LANG_EN, day + 21), "26 March 2026");
	assert_str(day_full(a, LANG_NB, day), "torsdag 5. mars 2026");
	assert_str(day_full(a, LANG_NB, sunday), "søndag 8. mars 2026");
	assert_str(day_full(a, LANG_NN, sunday), "sundag 8. mars 2026");
	assert_str(day_full(a, LANG_EN, sunday), "Sunday 8 March 2026");
	assert_str(weekday_name(LANG_NN, TUESDAY), "tysdag");
	assert_str(clock_time(a, LANG_NB, NOW_AT), "kl. 10.00");
	assert_str(clock_long(a, LANG_EN, NOW_AT), "5 March 2026, 10:00");
	assert_str(clock_long(a, LANG_NN, NOW_AT), "5. mars 2026 kl. 10.00");
	assert_str(day_relative(LANG_NB, day, day + 1), "i morgen");
	assert_str(day_relative(LANG_NN, day, day + 1), "i morgon");
	assert_str(day_relative(LANG_EN, day, day - 1), "yesterday");
	assert_str(day_relative(LANG_NB, day, day + 2), "");
	assert_str(day_dotted(a, day), "05.03.2026");
	assert_str(day_iso(a, day), "2026-03-05");
}

static void
holidays_move_with_easter(void **state)
{
	static const struct {
		int y, m, d;
	} easter[] = {{1961, 4, 2}, {1818, 3, 22}, {2000, 4, 23}, {2008, 3, 23}, {2019, 4, 21},
	    {2024, 3, 31}, {2026, 4, 5}, {2027, 3, 28}, {2038, 4, 25}, {2049, 4, 18}};

	(void)state;
	for (size_t i = 0; i < sizeof(easter) / sizeof(*easter); i++)
		assert_int_equal(
		    easter_day(easter[i].y), day_of(easter[i].y, easter[i].m, easter[i].d));
	assert_int_equal(holiday_on(day_of(2026, 4, 2)), HOLIDAY_MAUNDY_THURSDAY);
	assert_int_equal(holiday_on(day_of(2026, 5, 14)), HOLIDAY_ASCENSION);
	assert_int_equal(holiday_on(day_of(2026, 5, 25)), HOLIDAY_WHIT_MONDAY);
	assert_int_equal(holiday_on(day_of(2026, 12, 24)), HOLIDAY_NONE);
	assert_str(holiday_name(LANG_NN, HOLIDAY_MAUNDY_THURSDAY), "skjertorsdag");
	assert_str(holiday_name(LANG_EN, HOLIDAY_GOOD_FRIDAY), "Good Friday");
}

static void
working_days_skip_weekends_and_holidays(void **state)
{
	int64_t before_easter = day_of(2026, 4, 1), after = day_of(2026, 4, 7);
	int n = 0;

	(void)state;
	assert_int_equal(add_working_days(before_easter, 1), after);
	assert_int_equal(add_working_days(after, -1), before_easter);
	assert_int_equal(add_working_days(day_of(2026, 4, 4), 0), day_of(2026, 4, 4));
	assert_int_equal(add_working_days(day_of(2026, 3, 6), 5), day_of(2026, 3, 13));
	for (int64_t day = day_of(2026, 1, 1); day < day_of(2027, 1, 1); day++)
		n += is_working_day(day);
	assert_int_equal(n, 253); /* 261 weekdays; 8 of the 12 holidays fall on one */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_count_both_ways),
	    cmocka_unit_test(days_are_read_in_two_ways_and_no_other),
	    cmocka_unit_test(weeks_belong_to_the_year_of_their_thursday),
	    cmocka_unit_test(months_end_where_the_month_ends),
	    cmocka_unit_test(the_clock_agrees_with_tzdata),
	    cmocka_unit_test(missing_and_double_hours_have_a_rule),
	    WITH_ARENA(instants_are_read_and_written),
	    WITH_ARENA(days_read_well_in_three_languages),
	    cmocka_unit_test(holidays_move_with_easter),
	    cmocka_unit_test(working_days_skip_weekends_and_holidays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
