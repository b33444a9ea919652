#include "base/clock.h"

enum { HOUR = 3600, DAY = 24 * HOUR, DATE_MAX_BYTES = 64 };

int64_t
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

struct timespec
clock_deadline(int64_t seconds)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += seconds;
	return t;
}

static int64_t
floor_day(int64_t s)
{
	return s / DAY - (s % DAY < 0);
}

/* 01:00Z on the last Sunday of a month with 31 days. */
static int64_t
change_at(int year, int month)
{
	int64_t last = day_of(year, month, 31);

	return (last - day_weekday(last) % 7) * DAY + HOUR;
}

int
clock_offset_s(int64_t at)
{
	int year = day_to_ymd(floor_day(at)).year;

	return at >= change_at(year, 3) && at < change_at(year, 10) ? 2 * HOUR : HOUR;
}

struct civil
clock_to_civil(int64_t at)
{
	int64_t wall = at + clock_offset_s(at), day = floor_day(wall);
	int s = (int)(wall - day * DAY);

	return (struct civil){day, s / HOUR, s / 60 % 60, s % 60};
}

int64_t
clock_from_civil(struct civil t)
{
	int64_t wall = t.day * DAY + t.hour * HOUR + t.minute * 60 + t.second;
	int64_t summer = wall - 2 * HOUR;

	return clock_offset_s(summer) == 2 * HOUR ? summer : wall - HOUR;
}

int64_t
clock_day(int64_t at)
{
	return clock_to_civil(at).day;
}

int64_t
clock_at(int64_t day, int hour, int minute)
{
	return clock_from_civil((struct civil){day, hour, minute, 0});
}

/* --- reading ---------------------------------------------------------------------------- */

/* The n digits at s.p[at], or -1. */
static int
digits(str s, size_t at, size_t n)
{
	int v = 0;

	if (at + n > s.n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

bool
clock_parse_time(str s, int *ret_hour, int *ret_minute)
{
	str t = str_trim(s);

	if (t.n > 3 && str_eq((str){t.p, 3}, S("kl.")))
		t = str_trim((str){t.p + 3, t.n - 3});
	size_t sep = t.n == 4 ? 1 : 2;
	if ((t.n != 4 && t.n != 5) || (t.p[sep] != ':' && t.p[sep] != '.'))
		return false;
	int hour = digits(t, 0, sep), minute = digits(t, sep + 1, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*ret_hour = hour;
	*ret_minute = minute;
	return true;
}

/* The offset at the end of an RFC 3339 time. */
static bool
parse_offset(str s, int64_t *ret_s)
{
	if (s.n == 1 && (s.p[0] == 'Z' || s.p[0] == 'z')) {
		*ret_s = 0;
		return true;
	}
	if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':')
		return false;
	int hour = digits(s, 1, 2), minute = digits(s, 4, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*ret_s = (s.p[0] == '-' ? -1 : 1) * (hour * HOUR + minute * 60);
	return true;
}

bool
clock_parse_rfc3339(str s, int64_t *ret_at)
{
	int64_t day, offset;

	if (s.n < 20 || !day_parse((str){s.p, 10}, &day) || s.p[4] != '-' ||
	    (s.p[10] != 'T' && s.p[10] != 't') || s.p[13] != ':' || s.p[16] != ':')
		return false;
	int hour = digits(s, 11, 2), minute = digits(s, 14, 2), second = digits(s, 17, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	size_t at = 19;
	if (s.p[at] == '.') {
		if (digits(s, ++at, 1) < 0)
			return false;
		while (digits(s, at, 1) >= 0)
			at++;
	}
	if (!parse_offset((str){s.p + at, s.n - at}, &offset))
		return false;
	*ret_at = day * DAY + hour * HOUR + minute * 60 + second - offset;
	return true;
}

/* --- writing ---------------------------------------------------------------------------- */

str
clock_rfc3339(struct arena *a, int64_t at)
{
	int64_t day = floor_day(at);
	struct ymd d = day_to_ymd(day);
	int s = (int)(at - day * DAY);

	return str_from_c(arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month,
	    d.day, s / HOUR, s / 60 % 60, s % 60));
}

str
month_name(enum lang lang, int month)
{
	static const char *const norwegian[] = {"januar", "februar", "mars", "april", "mai",
	    "juni", "juli", "august", "september", "oktober", "november", "desember"};
	static const char *const english[] = {"January", "February", "March", "April", "May",
	    "June", "July", "August", "September", "October", "November", "December"};

	return str_from_c(lang == LANG_EN ? english[month - 1] : norwegian[month - 1]);
}

str
weekday_name(enum lang lang, enum weekday weekday)
{
	static const char *const names[][7] = {
	    [LANG_NB] = {"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag",
		"søndag"},
	    [LANG_NN] = {"måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag",
		"sundag"},
	    [LANG_EN] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
		"Sunday"},
	};

	return str_from_c(names[lang][weekday - 1]);
}

static void
put_number(struct buf *b, int n, int width)
{
	char digits[12];
	int at = (int)sizeof(digits);

	for (; n || width > 0 || at == (int)sizeof(digits); n /= 10, width--)
		digits[--at] = (char)('0' + n % 10);
	buf_put(b, (str){digits + at, sizeof(digits) - (size_t)at});
}

/* These are on every line of every list: put together by hand, not by printf. */
static void
put_day_short(struct buf *b, enum lang lang, struct ymd d)
{
	put_number(b, d.day, 0);
	buf_put(b, lang == LANG_EN ? S(" ") : S(". "));
	buf_put(b, month_name(lang, d.month));
}

static void
put_day_long(struct buf *b, enum lang lang, struct ymd d)
{
	put_day_short(b, lang, d);
	buf_put(b, S(" "));
	put_number(b, d.year, 0);
}

static void
put_time(struct buf *b, enum lang lang, struct civil t)
{
	buf_put(b, lang == LANG_EN ? S("") : S("kl. "));
	put_number(b, t.hour, 2);
	buf_put(b, lang == LANG_EN ? S(":") : S("."));
	put_number(b, t.minute, 2);
}

/* Callers may read it as a C string. */
static str
ended(struct buf *b)
{
	buf_put(b, (str){"", 1});
	return (str){b->p, b->n - 1};
}

str
day_short(struct arena *a, enum lang lang, int64_t day)
{
	struct buf b = buf_new(a, DATE_MAX_BYTES);

	put_day_short(&b, lang, day_to_ymd(day));
	return ended(&b);
}

str
day_long(struct arena *a, enum lang lang, int64_t day)
{
	struct buf b = buf_new(a, DATE_MAX_BYTES);

	put_day_long(&b, lang, day_to_ymd(day));
	return ended(&b);
}

str
day_full(struct arena *a, enum lang lang, int64_t day)
{
	return str_from_c(arena_printf(a, STR_FMT " " STR_FMT,
	    STR_ARG(weekday_name(lang, day_weekday(day))), STR_ARG(day_long(a, lang, day))));
}

str
day_relative(enum lang lang, int64_t today, int64_t day)
{
	static const char *const words[][3] = {
	    [LANG_NB] = {"i går", "i dag", "i morgen"},
	    [LANG_NN] = {"i går", "i dag", "i morgon"},
	    [LANG_EN] = {"yesterday", "today", "tomorrow"},
	};
	int64_t away = day - today;

	return away < -1 || away > 1 ? S("") : str_from_c(words[lang][away + 1]);
}

str
clock_time(struct arena *a, enum lang lang, int64_t at)
{
	struct buf b = buf_new(a, DATE_MAX_BYTES);

	put_time(&b, lang, clock_to_civil(at));
	return ended(&b);
}

str
clock_long(struct arena *a, enum lang lang, int64_t at)
{
	struct buf b = buf_new(a, DATE_MAX_BYTES);

	put_day_long(&b, lang, day_to_ymd(clock_day(at)));
	buf_put(&b, lang == LANG_EN ? S(", ") : S(" "));
	put_time(&b, lang, clock_to_civil(at));
	return ended(&b);
}
