#include "base/holiday.h"

#include "base/day.h"

/* The anonymous Gregorian computus (Nature, 1876). */
int64_t
easter_day(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return day_of(year, n / 31, n % 31 + 1);
}

static enum holiday
fixed(struct ymd d)
{
	switch (d.month * 100 + d.day) {
	case 101: return HOLIDAY_NEW_YEAR;
	case 501: return HOLIDAY_LABOUR_DAY;
	case 517: return HOLIDAY_CONSTITUTION_DAY;
	case 1225: return HOLIDAY_CHRISTMAS_DAY;
	case 1226: return HOLIDAY_BOXING_DAY;
	default: return HOLIDAY_NONE;
	}
}

static enum holiday
movable(int64_t days_from_easter)
{
	switch (days_from_easter) {
	case -3: return HOLIDAY_MAUNDY_THURSDAY;
	case -2: return HOLIDAY_GOOD_FRIDAY;
	case 0: return HOLIDAY_EASTER_SUNDAY;
	case 1: return HOLIDAY_EASTER_MONDAY;
	case 39: return HOLIDAY_ASCENSION;
	case 49: return HOLIDAY_WHIT_SUNDAY;
	case 50: return HOLIDAY_WHIT_MONDAY;
	default: return HOLIDAY_NONE;
	}
}

enum holiday
holiday_on(int64_t day)
{
	struct ymd d = day_to_ymd(day);
	enum holiday h = fixed(d);

	return h ? h : movable(day - easter_day(d.year));
}

str
holiday_name(enum lang lang, enum holiday h)
{
	static const char *const names[][4] = {
	    [HOLIDAY_NONE] = {"", "", "", ""},
	    [HOLIDAY_NEW_YEAR] = {"", "1. nyttårsdag", "1. nyttårsdag", "New Year's Day"},
	    [HOLIDAY_MAUNDY_THURSDAY] = {"", "skjærtorsdag", "skjertorsdag", "Maundy Thursday"},
	    [HOLIDAY_GOOD_FRIDAY] = {"", "langfredag", "langfredag", "Good Friday"},
	    [HOLIDAY_EASTER_SUNDAY] = {"", "1. påskedag", "1. påskedag", "Easter Sunday"},
	    [HOLIDAY_EASTER_MONDAY] = {"", "2. påskedag", "2. påskedag", "Easter Monday"},
	    [HOLIDAY_LABOUR_DAY] = {"", "1. mai", "1. mai", "Labour Day"},
	    [HOLIDAY_CONSTITUTION_DAY] = {"", "17. mai", "17. mai", "Constitution Day"},
	    [HOLIDAY_ASCENSION] = {"", "Kristi himmelfartsdag", "Kristi himmelfartsdag",
		"Ascension Day"},
	    [HOLIDAY_WHIT_SUNDAY] = {"", "1. pinsedag", "1. pinsedag", "Whit Sunday"},
	    [HOLIDAY_WHIT_MONDAY] = {"", "2. pinsedag", "2. pinsedag", "Whit Monday"},
	    [HOLIDAY_CHRISTMAS_DAY] = {"", "1. juledag", "1. juledag", "Christmas Day"},
	    [HOLIDAY_BOXING_DAY] = {"", "2. juledag", "2. juledag", "Boxing Day"},
	};

	return str_from_c(names[h][lang]);
}

bool
is_working_day(int64_t day)
{
	return day_weekday(day) < SATURDAY && !holiday_on(day);
}

int64_t
add_working_days(int64_t day, int n)
{
	int step = n < 0 ? -1 : 1;

	for (int left = n * step; left > 0; left -= is_working_day(day))
		day += step;
	return day;
}
