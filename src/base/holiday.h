/*
 * base/holiday.h - Norwegian public holidays and working days.
 *
 * Days are those of base/day.h. The holidays are the law's (lov om helligdager, lov om
 * 1. og 17. mai); Christmas Eve, New Year's Eve and Easter Eve are not among them.
 */
#ifndef BASE_HOLIDAY_H
#define BASE_HOLIDAY_H

#include "base/lang.h"
#include "base/str.h"

enum holiday {
	HOLIDAY_NONE = 0,
	HOLIDAY_NEW_YEAR,
	HOLIDAY_MAUNDY_THURSDAY,
	HOLIDAY_GOOD_FRIDAY,
	HOLIDAY_EASTER_SUNDAY,
	HOLIDAY_EASTER_MONDAY,
	HOLIDAY_LABOUR_DAY,
	HOLIDAY_CONSTITUTION_DAY,
	HOLIDAY_ASCENSION,
	HOLIDAY_WHIT_SUNDAY,
	HOLIDAY_WHIT_MONDAY,
	HOLIDAY_CHRISTMAS_DAY,
	HOLIDAY_BOXING_DAY,
};

int64_t easter_day(int year); /* Easter Sunday, Gregorian */

/* A fixed holiday wins where two fall together (17 May on Whit Sunday). */
enum holiday holiday_on(int64_t day);
str holiday_name(enum lang lang, enum holiday h); /* "1. påskedag"; empty for none */

bool is_working_day(int64_t day); /* Monday to Friday, and no holiday */

/* The n-th working day after day (before it, for n < 0); n = 0 gives day itself. */
int64_t add_working_days(int64_t day, int n);

#endif
