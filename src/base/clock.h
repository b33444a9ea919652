/*
 * base/clock.h - instants, Norwegian clock time, and how both are written.
 *
 * Units   An instant is int64_t seconds since 1970-01-01T00:00:00Z and is named _at.
 *         A civil time is what a clock on the wall in Norway shows.
 * Zone    Europe/Oslo by the EU rule, pure arithmetic: +02:00 from 01:00Z on the last Sunday
 *         of March to 01:00Z on the last Sunday of October, else +01:00. Right from 1996; an
 *         earlier instant is shown by the same rule.
 * Gap     A clock time that does not exist (02.30 the night clocks go forward) is read an
 *         hour later: 03.30. One that comes twice (02.30 the night they go back) is the
 *         first of the two, in summer time.
 * Text    Norwegian and English as people write them; spaces inside a date or a time of day
 *         are ordinary spaces.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/day.h"
#include "base/lang.h"

#include <time.h>

struct civil {
	int64_t day;
	int hour, minute, second;
};

int64_t clock_now(void); /* the one place that reads the clock; for cx, cli and jobs */

/* The moment that many seconds from now on the clock nobody sets (CLOCK_MONOTONIC), for a wait.
 */
struct timespec clock_deadline(int64_t seconds);

int clock_offset_s(int64_t at); /* 3600 or 7200 */
struct civil clock_to_civil(int64_t at);
int64_t clock_from_civil(struct civil t);
int64_t clock_day(int64_t at);                       /* the civil day at that instant */
int64_t clock_at(int64_t day, int hour, int minute); /* the instant of a civil time */

/* "09:00", "9.00", "09.00", "kl. 09.00"; hour 0-23. */
bool clock_parse_time(str s, int *ret_hour, int *ret_minute);
/* RFC 3339 with Z or an offset, whole seconds or a fraction (cut off). */
bool clock_parse_rfc3339(str s, int64_t *ret_at);
str clock_rfc3339(struct arena *a, int64_t at); /* 2026-03-26T08:00:00Z */

/* Names: "mars", "torsdag"; English with capitals. */
str month_name(enum lang lang, int month);
str weekday_name(enum lang lang, enum weekday weekday);

str day_long(struct arena *a, enum lang lang, int64_t day);  /* 26. mars 2026 */
str day_short(struct arena *a, enum lang lang, int64_t day); /* 26. mars */
str day_full(struct arena *a, enum lang lang, int64_t day);  /* torsdag 26. mars 2026 */
/* "i dag", "i morgen", "i går" seen from today; empty for any other day. */
str day_relative(enum lang lang, int64_t today, int64_t day);

str clock_time(struct arena *a, enum lang lang, int64_t at); /* kl. 09.00; en: 09:00 */
str clock_long(struct arena *a, enum lang lang, int64_t at); /* 26. mars 2026 kl. 09.00 */

#endif
