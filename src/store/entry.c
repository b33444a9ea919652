#include "store/entry.h"

#include "base/day.h"

#include <inttypes.h>
#include <string.h>

static const char version[] = "rodtrad-journal/v1";

enum { DAY_MS = 86400000 };
static const int64_t last_ms = INT64_C(253402300799999); /* the end of year 9999 */

str
entry_time(struct arena *a, int64_t time_ms)
{
	struct ymd d = day_to_ymd(time_ms / DAY_MS);
	int ms = (int)(time_ms % DAY_MS);

	return str_from_c(arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", d.year,
	    d.month, d.day, ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000));
}

/* n decimal digits at p, or -1. */
static int
digits(const char *p, size_t n)
{
	int v = 0;

	for (; n; n--, p++) {
		if (*p < '0' || *p > '9')
			return -1;
		v = v * 10 + (*p - '0');
	}
	return v;
}

static bool
parse_time(str s, int64_t *ret)
{
	static const char shape[] = "0000-00-00T00:00:00.000Z";
	struct ymd d;
	int hour, minute, second, ms;

	if (s.n != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (shape[i] != '0' && s.p[i] != shape[i])
			return false;
	d = (struct ymd){digits(s.p, 4), digits(s.p + 5, 2), digits(s.p + 8, 2)};
	hour = digits(s.p + 11, 2);
	minute = digits(s.p + 14, 2);
	second = digits(s.p + 17, 2);
	ms = digits(s.p + 20, 3);
	if (d.year < 1970 || !ymd_valid(d) || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59 || second < 0 || second > 59 || ms < 0)
		return false;
	*ret = day_from_ymd(d) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000LL + ms;
	return true;
}

static bool
is_value(str s)
{
	if (s.n < 1 || s.n > ENTRY_VALUE_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 0x21 || s.p[i] > 0x7e)
			return false;
	return true;
}

static bool
is_hex(str s, size_t n)
{
	if (s.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return true;
}

static bool
is_absent(str s)
{
	return str_eq(s, S("-"));
}

static bool
is_actor(str s)
{
	return str_eq(s, S("system")) || (s.n > 2 && memcmp(s.p, "u:", 2) == 0);
}

static bool
is_object(str s)
{
	str type, id;

	return str_cut(s, ':', &type, &id) && type.n > 0 && id.n > 0;
}

/* NULL, or the line that says something an entry may not say. */
static const char *
bad_line(const struct entry *e)
{
	if (e->seq < 0)
		return "seq";
	if (e->time_ms < 0 || e->time_ms > last_ms)
		return "time";
	if (!is_value(e->actor) || !is_actor(e->actor))
		return "actor";
	if (!is_value(e->org))
		return "org";
	if (!is_absent(e->session) && !is_hex(e->session, 16))
		return "session";
	if (!is_value(e->action))
		return "action";
	if (!is_value(e->object) || !is_object(e->object))
		return "object";
	if (e->rev < 0)
		return "rev";
	if (!is_absent(e->from) && !is_hex(e->from, HASH_HEX))
		return "from";
	if (!is_absent(e->to) && !is_hex(e->to, HASH_HEX))
		return "to";
	return is_value(e->reason) ? NULL : "reason";
}

struct err *
entry_format(struct arena *a, const struct entry *e, str *ret)
{
	const char *bad = bad_line(e);
	struct buf b;

	if (bad)
		return err_new(a, ERR_INTERNAL, "entry.value", "%s of an entry", bad);
	b = buf_new(a, ENTRY_MAX);
	buf_printf(&b,
	    "%s\nseq %" PRId64 "\nprev " STR_FMT "\ntime " STR_FMT "\nactor " STR_FMT
	    "\norg " STR_FMT "\nsession " STR_FMT "\naction " STR_FMT "\nobject " STR_FMT
	    "\nrev %" PRId64 "\nfrom " STR_FMT "\nto " STR_FMT "\nreason " STR_FMT "\n",
	    version, e->seq, STR_ARG(sha256_hex(a, &e->prev)),
	    STR_ARG(entry_time(a, e->time_ms)), STR_ARG(e->actor), STR_ARG(e->org),
	    STR_ARG(e->session), STR_ARG(e->action), STR_ARG(e->object), e->rev,
	    STR_ARG(e->from), STR_ARG(e->to), STR_ARG(e->reason));
	*ret = buf_str(&b);
	return OK;
}

/* A whole number as entry_format writes it. */
static bool
parse_number(str s, int64_t *ret)
{
	return (s.n == 1 || (s.n > 1 && s.p[0] != '0')) && s.p[0] != '-' && s.p[0] != '+' &&
	       str_to_i64(s, ret) && *ret >= 0;
}

/* The value of the next line, which must have that key. */
static bool
take(str *rest, const char *key, str *ret)
{
	str line, k;

	return str_cut(*rest, '\n', &line, rest) && str_cut(line, ' ', &k, ret) &&
	       str_eq(k, str_from_c(key));
}

static const char *
parse_lines(str text, struct entry *e)
{
	str line, seq, prev, time, rev;

	if (!str_cut(text, '\n', &line, &text) || !str_eq(line, str_from_c(version)))
		return "version";
	if (!take(&text, "seq", &seq) || !parse_number(seq, &e->seq))
		return "seq";
	if (!take(&text, "prev", &prev) || !sha256_parse(prev, &e->prev))
		return "prev";
	if (!take(&text, "time", &time) || !parse_time(time, &e->time_ms))
		return "time";
	if (!take(&text, "actor", &e->actor) || !take(&text, "org", &e->org) ||
	    !take(&text, "session", &e->session) || !take(&text, "action", &e->action) ||
	    !take(&text, "object", &e->object))
		return "keys";
	if (!take(&text, "rev", &rev) || !parse_number(rev, &e->rev))
		return "rev";
	if (!take(&text, "from", &e->from) || !take(&text, "to", &e->to) ||
	    !take(&text, "reason", &e->reason) || text.n)
		return "keys";
	return bad_line(e);
}

struct err *
entry_parse(struct arena *a, str text, struct entry *ret)
{
	struct entry e = {0};
	const char *bad = parse_lines(text, &e);

	if (bad)
		return err_new(a, ERR_INVALID, "entry.malformed", "line %s", bad);
	*ret = e;
	return OK;
}

bool
entry_cut(str stream, str *ret_entry, str *ret_rest)
{
	const char *p = stream.p, *end = stream.p + stream.n;

	for (int i = 0; i < ENTRY_LINES; i++) {
		p = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
		if (!p)
			return false;
		p++;
	}
	*ret_entry = (str){stream.p, (size_t)(p - stream.p)};
	*ret_rest = (str){p, (size_t)(end - p)};
	return true;
}

struct err *
record_next(struct record_reader *r, struct arena *a, str text, struct entry *ret)
{
	struct merkle_made made[MERKLE_LEVELS];
	const char *bad = NULL;
	struct entry e;

	TRY(entry_parse(a, text, &e));
	if ((uint64_t)e.seq != r->front.size)
		bad = "seq does not follow";
	else if (!sha256_eq(&e.prev, &r->last_leaf))
		bad = "prev is not the leaf before";
	else if (e.time_ms < r->last_ms)
		bad = "time goes back";
	if (bad)
		return err_new(a, ERR_INVALID, "record.broken", "after %" PRIu64 " entries: %s",
		    r->front.size, bad);
	r->last_leaf = merkle_leaf(text);
	r->last_ms = e.time_ms;
	merkle_add(&r->front, &r->last_leaf, made);
	*ret = e;
	return OK;
}

struct err *
record_check(struct arena *a, str stream, int64_t size, const struct sha256 *root)
{
	struct record_reader r = {0};
	struct entry e;
	struct sha256 h;
	str text;

	while (stream.n) {
		if (!entry_cut(stream, &text, &stream))
			return err_new(a, ERR_INVALID, "record.broken", "ends in an entry");
		TRY(record_next(&r, a, text, &e));
	}
	h = merkle_root(&r.front);
	if (r.front.size != (uint64_t)size)
		return err_new(a, ERR_INVALID, "record.broken",
		    "%" PRIu64 " entries, not %" PRId64, r.front.size, size);
	if (!sha256_eq(&h, root))
		return err_new(a, ERR_INVALID, "record.broken", "the root differs");
	return OK;
}

struct sha256
commitment(const unsigned char key[COMMIT_KEY_BYTES], str content)
{
	return hmac_sha256((str){(const char *)key, COMMIT_KEY_BYTES}, content);
}
