#include "base/idread.h"

#include "base/utf.h"

#include <string.h>

enum {
	ENTITY_MAX = 10, /* bytes between & and ; */
	LINK_MAX = 1000, /* bytes of where a Markdown link leads */
};

/* First code points of the decimal digits of all scripts, in order. */
static const uint32_t zeros[] = {0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66,
    0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810,
    0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900,
    0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50,
    0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
    0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0};

struct range {
	uint32_t first, last;
	int sym;
};

/* In order; digits apart. What marks words in Markdown is not seen on the page: a tag. */
static const struct range ranges[] = {{0x09, 0x09, ID_SPACE}, {0x0a, 0x0a, ID_NEWLINE},
    {0x20, 0x20, ID_SPACE}, {0x2a, 0x2a, ID_TAG}, {0x2d, 0x2d, ID_MARK}, {0x2e, 0x2e, ID_MARK},
    {0x2f, 0x2f, ID_MARK}, {0x5b, 0x5d, ID_TAG}, {0x5f, 0x60, ID_TAG}, {0x7e, 0x7e, ID_TAG},
    {0x85, 0x85, ID_NEWLINE}, {0xa0, 0xa0, ID_SPACE}, {0xad, 0xad, ID_NOTHING},
    {0xb2, 0xb3, ID_SMALL}, {0xb9, 0xb9, ID_SMALL}, {0x300, 0x36f, ID_NOTHING},
    {0x61c, 0x61c, ID_NOTHING}, {0x115f, 0x1160, ID_NOTHING}, {0x1680, 0x1680, ID_SPACE},
    {0x17b4, 0x17b5, ID_NOTHING}, {0x180b, 0x180e, ID_NOTHING}, {0x2000, 0x200a, ID_SPACE},
    {0x200b, 0x200f, ID_NOTHING}, {0x2010, 0x2015, ID_MARK}, {0x2024, 0x2024, ID_MARK},
    {0x2028, 0x2029, ID_NEWLINE}, {0x202a, 0x202e, ID_NOTHING}, {0x202f, 0x202f, ID_SPACE},
    {0x2043, 0x2044, ID_MARK}, {0x205f, 0x205f, ID_SPACE}, {0x2060, 0x206f, ID_NOTHING},
    {0x2070, 0x2070, ID_SMALL}, {0x2074, 0x2079, ID_SMALL}, {0x2080, 0x2089, ID_SMALL},
    {0x20d0, 0x20ff, ID_NOTHING}, {0x2212, 0x2212, ID_MARK}, {0x2215, 0x2215, ID_MARK},
    {0x2460, 0x2468, ID_SMALL}, {0x24ea, 0x24ea, ID_SMALL}, {0x2800, 0x2800, ID_SPACE},
    {0x3000, 0x3000, ID_SPACE}, {0x3164, 0x3164, ID_NOTHING}, {0xfe00, 0xfe0f, ID_NOTHING},
    {0xfe52, 0xfe52, ID_MARK}, {0xfe58, 0xfe58, ID_MARK}, {0xfe63, 0xfe63, ID_MARK},
    {0xfeff, 0xfeff, ID_NOTHING}, {0xff0d, 0xff0d, ID_MARK}, {0xff0e, 0xff0e, ID_MARK},
    {0xff0f, 0xff0f, ID_MARK}, {0xffa0, 0xffa0, ID_NOTHING}, {0xe0000, 0xe01ef, ID_NOTHING}};

static int
small_digit(uint32_t c)
{
	if (c >= 0x2460 && c <= 0x2468)
		return (int)(c - 0x2460 + 1);
	if (c == 0xb9 || c == 0x24ea)
		return c == 0xb9;
	return (int)(c & 15); /* the others end in their value */
}

static int
decimal_digit(uint32_t c)
{
	size_t lo = 0, hi = sizeof(zeros) / sizeof(*zeros);

	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;
		if (zeros[mid] <= c)
			lo = mid;
		else
			hi = mid;
	}
	return c >= zeros[lo] && c - zeros[lo] < 10 ? (int)(c - zeros[lo]) : -1;
}

static enum idread_sym
classify(struct idread *r, uint32_t c)
{
	size_t lo = 0, hi = sizeof(ranges) / sizeof(*ranges);

	r->digit = decimal_digit(c);
	if (r->digit >= 0)
		return ID_DIGIT;
	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;
		if (ranges[mid].first <= c)
			lo = mid;
		else
			hi = mid;
	}
	if (c < ranges[lo].first || c > ranges[lo].last)
		return ID_OTHER;
	if (ranges[lo].sym == ID_SMALL)
		r->digit = small_digit(c);
	return (enum idread_sym)ranges[lo].sym;
}

/* --- notations -------------------------------------------------------------------------- */

static bool
reads_tags(enum idread_mode m)
{
	return m == IDREAD_TAGS || m == IDREAD_QUOTED_TAGS;
}

static bool
reads_quoted(enum idread_mode m)
{
	return m == IDREAD_QUOTED || m == IDREAD_QUOTED_TAGS;
}

static int
hex_value(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* The byte that two hexadecimal digits at s.p[at] stand for, or -1. */
static int
hex_byte(str s, size_t at)
{
	if (at + 2 > s.n)
		return -1;
	int hi = hex_value(s.p[at]), lo = hex_value(s.p[at + 1]);
	return hi < 0 || lo < 0 ? -1 : hi << 4 | lo;
}

/* The byte at s.p[at] with percent or quoted-printable undone, and how much of s it takes. */
static int
byte_at(const struct idread *r, size_t at, size_t *ret_n)
{
	char c = r->s.p[at];
	bool escape =
	    (r->mode == IDREAD_PERCENT && c == '%') || (reads_quoted(r->mode) && c == '=');
	int v = escape ? hex_byte(r->s, at + 1) : -1;

	*ret_n = v >= 0 ? 3 : 1;
	return v >= 0 ? v : (unsigned char)c;
}

/* Bytes of a soft line break of quoted-printable at s.p[at], or 0. */
static size_t
soft_break(str s, size_t at)
{
	if (at + 1 < s.n && s.p[at] == '=' && s.p[at + 1] == '\n')
		return 2;
	return at + 2 < s.n && s.p[at] == '=' && s.p[at + 1] == '\r' && s.p[at + 2] == '\n' ? 3
											    : 0;
}

/* A code point of one or more bytes from r->at; moves past it. */
static uint32_t
code_point(struct idread *r)
{
	char bytes[4];
	size_t ends[4], n = 0, at = r->at, k;
	uint32_t c;

	bytes[n] = (char)byte_at(r, at, &k);
	ends[n++] = at += k;
	if (!(bytes[0] & 0x80)) {
		r->at = at;
		return (uint32_t)bytes[0];
	}
	for (; n < 4 && at < r->s.n; n++) {
		bytes[n] = (char)byte_at(r, at, &k);
		ends[n] = at += k;
	}
	str rest = {bytes, n};
	utf_next(&rest, &c);
	r->at = ends[n - rest.n - 1];
	return c;
}

static bool
tag_starts(str s, size_t at)
{
	char c = at + 1 < s.n ? (char)(s.p[at + 1] | 0x20) : 0;

	return (c >= 'a' && c <= 'z') || c == '/' || c == '!' || c == '?';
}

/* The end of the tag that begins at r->at, or 0 if nothing closes it. */
static size_t
tag_end(struct idread *r)
{
	if (r->next_gt < r->at) {
		const char *gt = memchr(r->s.p + r->at, '>', r->s.n - r->at);
		r->next_gt = gt ? (size_t)(gt - r->s.p) : r->s.n;
	}
	return r->next_gt < r->s.n ? r->next_gt + 1 : 0;
}

/* The end of what follows the words of a Markdown link or stands before those of a picture, at
 * r->at; 0: no such thing. */
static size_t
link_end(const struct idread *r)
{
	str rest = {r->s.p + r->at, r->s.n - r->at};

	if (rest.n < 2)
		return 0;
	if (rest.p[0] == '!')
		return rest.p[1] == '[' ? r->at + 2 : 0;
	if (rest.p[0] != ']' || (rest.p[1] != '(' && rest.p[1] != '['))
		return 0;
	const char *end = memchr(rest.p + 2, rest.p[1] == '(' ? ')' : ']',
	    rest.n - 2 < LINK_MAX ? rest.n - 2 : LINK_MAX);
	return end ? (size_t)(end - r->s.p) + 1 : 0;
}

/* The code point of a numeric or a common named entity; 0xfffd for others, whose text is then
 * skipped like a letter. False where there is none at r->at. */
static bool
entity(struct idread *r, uint32_t *ret_c)
{
	static const struct {
		const char *name;
		uint32_t c;
	} named[] = {{"nbsp", 0xa0}, {"shy", 0xad}, {"ensp", 0x2002}, {"emsp", 0x2003},
	    {"thinsp", 0x2009}, {"zwnj", 0x200c}, {"zwj", 0x200d}, {"ndash", 0x2013},
	    {"mdash", 0x2014}, {"hyphen", 0x2010}, {"minus", 0x2212}, {"period", '.'},
	    {"sol", '/'}, {"sup1", 0xb9}, {"sup2", 0xb2}, {"sup3", 0xb3}};
	size_t left = r->s.n - r->at - 1;
	const char *p = r->s.p + r->at + 1;
	const char *end = memchr(p, ';', left < ENTITY_MAX ? left : ENTITY_MAX);
	uint32_t c = 0;

	if (!end || end == p)
		return false;
	str name = {p, (size_t)(end - p)};
	*ret_c = 0xfffd;
	if (p[0] == '#') {
		bool hex = name.n > 1 && (p[1] | 0x20) == 'x';
		for (size_t i = hex ? 2 : 1; i < name.n; i++) {
			int v = hex_value(p[i]);
			if (v < 0 || (!hex && v > 9))
				return false;
			c = c * (hex ? 16 : 10) + (uint32_t)v;
		}
		*ret_c = c;
	}
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (str_eq(name, str_from_c(named[i].name)))
			*ret_c = named[i].c;
	r->at += name.n + 2;
	return true;
}

/* --- the reader ------------------------------------------------------------------------- */

/* Bytes that may be something else than ID_OTHER in some mode. */
static const unsigned char special[256] = {['\t'] = 1,
    ['\n'] = 1,
    ['\r'] = 1,
    [' '] = 1,
    ['-'] = 1,
    ['.'] = 1,
    ['/'] = 1,
    ['0'] = 2,
    ['1'] = 2,
    ['2'] = 2,
    ['3'] = 2,
    ['4'] = 2,
    ['5'] = 2,
    ['6'] = 2,
    ['7'] = 2,
    ['8'] = 2,
    ['9'] = 2,
    ['<'] = 3,
    ['&'] = 3,
    ['%'] = 3,
    ['='] = 3,
    [0xc2] = 2,
    [0xcc ... 0xf4] = 2};

struct idread
idread_new(str s, enum idread_mode mode)
{
	return (struct idread){.s = s, .mode = mode};
}

void
idread_skip(struct idread *r)
{
	const unsigned char *p = (const unsigned char *)r->s.p;
	unsigned char stop = r->mode == IDREAD_PLAIN ? 2 : 3;

	/* separators count only after a digit, and there is none before us */
	while (r->at < r->s.n && (special[p[r->at]] < 2 || special[p[r->at]] > stop))
		r->at++;
}

enum idread_sym
idread_next(struct idread *r)
{
	size_t n;
	uint32_t c = 0;

	r->from = r->at;
	r->to = r->at;
	if (r->at >= r->s.n)
		return ID_END;
	char b = r->s.p[r->at];
	if (reads_quoted(r->mode) && (n = soft_break(r->s, r->at))) {
		r->at += n;
		return ID_NOTHING;
	}
	if (reads_tags(r->mode) &&
	    ((b == '<' && tag_starts(r->s, r->at) && (n = tag_end(r))) || (n = link_end(r)))) {
		r->at = n;
		return ID_TAG;
	}
	if (!reads_tags(r->mode) || b != '&' || !entity(r, &c))
		c = code_point(r);
	r->to = r->at;
	if (c == '\r') /* CR LF is one line break */
		return r->at < r->s.n && r->s.p[r->at] == '\n' ? ID_NOTHING : ID_NEWLINE;
	return classify(r, c);
}

bool
idread_applies(str s, enum idread_mode mode)
{
	static const char first[] = {[IDREAD_TAGS] = '<',
	    [IDREAD_PERCENT] = '%',
	    [IDREAD_QUOTED] = '=',
	    [IDREAD_QUOTED_TAGS] = '='};
	bool quoted = reads_quoted(mode), tags = reads_tags(mode), found = false;
	char want = first[mode];

	if (mode == IDREAD_PLAIN)
		return true;
	for (size_t at = 0; at < s.n && !found; at++) {
		const char *p = memchr(s.p + at, want, s.n - at);
		if (!p)
			break;
		at = (size_t)(p - s.p);
		found = want == '<' ? tag_starts(s, at)
				    : hex_byte(s, at + 1) >= 0 || (quoted && soft_break(s, at));
	}
	if (mode == IDREAD_QUOTED_TAGS)
		return found && idread_applies(s, IDREAD_TAGS);
	return found || (tags && s.n &&
			    (memchr(s.p, '&', s.n) || memmem(s.p, s.n, "](", 2) ||
				memmem(s.p, s.n, "][", 2)));
}
