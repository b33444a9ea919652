/*
 * base/day.h - civil days.
 *
 * Units   A day is int64_t days since 1970-01-01 in the proleptic Gregorian calendar, and is
 *         named _day. Days carry no clock and no zone: see base/clock.h.
 * Range   Text is read for the years 1900-2199 only: other years are typing errors here.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/str.h"

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct ymd {
	int year, month, day; /* month 1-12, day 1-31 */
};

struct iso_week {
	int year, week; /* the year the week belongs to, and 1-53 */
};

bool ymd_valid(struct ymd d); /* such a day exists */
int ymd_month_length(int year, int month);

int64_t day_from_ymd(struct ymd d); /* d must be valid */
int64_t day_of(int year, int month, int day);
struct ymd day_to_ymd(int64_t day);
enum weekday day_weekday(int64_t day);
struct iso_week day_iso_week(int64_t day);

/* The same day number n months later (earlier, for n < 0), or the last of that month. */
int64_t day_add_months(int64_t day, int n);

/* "2026-03-26", "26.03.2026", "26.3.2026" and "26. 3. 2026", blanks around allowed. A year of
 * two digits is refused: nobody should have to guess a century. */
bool day_parse(str s, int64_t *ret_day);

str day_iso(struct arena *a, int64_t day);    /* 2026-03-26 */
str day_dotted(struct arena *a, int64_t day); /* 26.03.2026 */

#endif
