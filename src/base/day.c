#include "base/day.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199, ERA_DAYS = 146097 /* 400 years */ };

static bool
leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int
ymd_month_length(int year, int month)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && leap(year) ? 29 : length[month - 1];
}

bool
ymd_valid(struct ymd d)
{
	return d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= ymd_month_length(d.year, d.month);
}

static int64_t
floor_div(int64_t x, int64_t by)
{
	return x / by - (x % by < 0);
}

/* Years are counted from 1 March, so that the leap day is the last of its year. */
int64_t
day_from_ymd(struct ymd d)
{
	int64_t y = d.year - (d.month <= 2);
	int64_t era = floor_div(y, 400), yoe = y - era * 400;
	int64_t doy = (153 * ((d.month + 9) % 12) + 2) / 5 + d.day - 1;

	return era * ERA_DAYS + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int64_t
day_of(int year, int month, int day)
{
	return day_from_ymd((struct ymd){year, month, day});
}

struct ymd
day_to_ymd(int64_t day)
{
	int64_t z = day + 719468, era = floor_div(z, ERA_DAYS), doe = z - era * ERA_DAYS;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct ymd){
	    (int)(yoe + era * 400 + (month <= 2)), month, (int)(doy - (153 * mp + 2) / 5 + 1)};
}

enum weekday
day_weekday(int64_t day)
{
	int64_t z = day + 3; /* 1970-01-01 was a Thursday */

	return (enum weekday)(z - floor_div(z, 7) * 7 + 1);
}

struct iso_week
day_iso_week(int64_t day)
{
	int64_t thursday = day - day_weekday(day) + THURSDAY;
	int year = day_to_ymd(thursday).year;

	return (struct iso_week){year, (int)((thursday - day_of(year, 1, 1)) / 7) + 1};
}

int64_t
day_add_months(int64_t day, int n)
{
	struct ymd d = day_to_ymd(day);
	int64_t months = (int64_t)d.year * 12 + d.month - 1 + n;

	d.year = (int)floor_div(months, 12);
	d.month = (int)(months - (int64_t)d.year * 12) + 1;
	if (d.day > ymd_month_length(d.year, d.month))
		d.day = ymd_month_length(d.year, d.month);
	return day_from_ymd(d);
}

/* Takes min to max digits off the front of s. */
static bool
take_number(str *s, size_t min, size_t max, int *ret)
{
	size_t n = 0;
	int v = 0;

	for (; n < s->n && n < max && s->p[n] >= '0' && s->p[n] <= '9'; n++)
		v = v * 10 + (s->p[n] - '0');
	if (n < min)
		return false;
	*s = (str){s->p + n, s->n - n};
	*ret = v;
	return true;
}

static bool
take_char(str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = (str){s->p + 1, s->n - 1};
	return true;
}

static bool
take_dot(str *s)
{
	if (!take_char(s, '.'))
		return false;
	take_char(s, ' ');
	return true;
}

static bool
take_iso(str *s, struct ymd *ret)
{
	return take_number(s, 4, 4, &ret->year) && take_char(s, '-') &&
	       take_number(s, 2, 2, &ret->month) && take_char(s, '-') &&
	       take_number(s, 2, 2, &ret->day);
}

static bool
take_norwegian(str *s, struct ymd *ret)
{
	return take_number(s, 1, 2, &ret->day) && take_dot(s) &&
	       take_number(s, 1, 2, &ret->month) && take_dot(s) &&
	       take_number(s, 4, 4, &ret->year);
}

bool
day_parse(str s, int64_t *ret_day)
{
	str rest = str_trim(s);
	struct ymd d = {0};
	bool iso = rest.n > 4 && rest.p[4] == '-';

	if (!(iso ? take_iso(&rest, &d) : take_norwegian(&rest, &d)) || rest.n > 0 ||
	    d.year < YEAR_FIRST || d.year > YEAR_LAST || !ymd_valid(d))
		return false;
	*ret_day = day_from_ymd(d);
	return true;
}

str
day_iso(struct arena *a, int64_t day)
{
	struct ymd d = day_to_ymd(day);

	return str_from_c(arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day));
}

str
day_dotted(struct arena *a, int64_t day)
{
	struct ymd d = day_to_ymd(day);

	return str_from_c(arena_printf(a, "%02d.%02d.%04d", d.day, d.month, d.year));
}
