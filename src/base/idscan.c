#include "base/idscan.h"

#include "base/idread.h"

#include <string.h>

enum {
	RING = 16,         /* digits remembered; a power of two above 12 */
	NEAR_PLAIN = 40,   /* characters around a number in which a word tells */
	NEAR_MARKUP = 160, /* the same, in bytes of encoded text */
	WINDOW = 4 * NEAR_MARKUP,
};

enum joint {           /* what stands before a digit */
	JOINT_NONE,    /* another digit */
	JOINT_SOFT,    /* a tag or another kind of digit: may stand anywhere */
	JOINT_BREAK,   /* a line break: the same, but only once */
	JOINT_VISIBLE, /* a space or a mark */
	JOINT_WIDE,    /* a mark between spaces: only between the halves of 6+5 */
	JOINT_HARD,    /* anything else: no number runs across it */
};

struct digit {
	unsigned char v, joint;
	size_t from, to;
};

struct between { /* what has been read since the last digit */
	int spaces, marks, newlines, soft;
	bool other;
};

struct scan {
	struct idread r;
	unsigned flags;
	struct digit ring[RING];
	size_t n; /* digits read since the last hard joint */
	struct between gap;
	bool small; /* the last digit was a small one */
	struct idscan_hit *hits;
	size_t n_hits, max;
};

/* --- the arithmetic of a number --------------------------------------------------------- */

static bool
date_in(int day, int month, int year)
{
	static const int length[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month >= 1 && month <= 12 && day >= 1 && day <= length[month - 1] &&
	       (month != 2 || day < 29 || year % 4 == 0);
}

static int
weigh(const int *d, const int *weights, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += d[i] * weights[i];
	return sum % 11;
}

/* Check digits by the rule of 1964 or of 2032. */
static bool
checks(const int *d, bool new_rule)
{
	static const int k1[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
	static const int k2[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};

	return weigh(d, k2, 11) == 0 && weigh(d, k1, 10) <= (new_rule ? 3 : 0);
}

/* What the month says of a number whose check digits are right. */
static bool
kind_by_date(const int *d, struct idscan_hit *hit)
{
	static const struct {
		int add;
		enum idscan_tier tier;
		enum idscan_kind kind;
	} months[] = {{0, IDSCAN_REFUSE, IDSCAN_BIRTH}, {40, IDSCAN_OVERRIDE, IDSCAN_H},
	    {20, IDSCAN_WARN, IDSCAN_NPID}, {60, IDSCAN_WARN, IDSCAN_SYNTHETIC},
	    {65, IDSCAN_WARN, IDSCAN_SYNTHETIC}, {80, IDSCAN_WARN, IDSCAN_SYNTHETIC}};
	int day = d[0] * 10 + d[1], month = d[2] * 10 + d[3], year = d[4] * 10 + d[5];
	bool d_number = day > 40;

	for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++) {
		if (!date_in(d_number ? day - 40 : day, month - months[i].add, year))
			continue;
		hit->tier = months[i].tier;
		hit->kind =
		    months[i].kind == IDSCAN_BIRTH && d_number ? IDSCAN_D : months[i].kind;
		return true;
	}
	return false;
}

static bool
has_birth_date(const int *d)
{
	int day = d[0] * 10 + d[1];

	return date_in(day > 40 ? day - 40 : day, d[2] * 10 + d[3], d[4] * 10 + d[5]);
}

/* --- words near ------------------------------------------------------------------------- */

static bool
letter(char c)
{
	return (c & 0x80) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Copies text in lower case, ASCII and Norwegian. */
static void
lower(str s, char *out)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool upper = c >= 'A' && c <= 'Z';
		bool after_c3 = i > 0 && s.p[i - 1] == '\xc3' && (unsigned char)c <= 0x9e;
		out[i] = (char)(upper || after_c3 ? c + 0x20 : c);
	}
}

static bool
has_word(str low, const char *word, bool whole)
{
	size_t n = strlen(word);
	str rest = low;

	for (const char *p; rest.n >= n && (p = memmem(rest.p, rest.n, word, n));) {
		if (!whole || p == low.p || !letter(p[-1]))
			return true;
		rest = (str){p + 1, rest.n - (size_t)(p + 1 - rest.p)};
	}
	return false;
}

/* The text around s.p[from..to): count characters (bytes, in markup) to each side. */
static str
around(const struct scan *s, size_t from, size_t to)
{
	str t = s->r.s;
	bool plain = s->r.mode == IDREAD_PLAIN;
	int left = plain ? NEAR_PLAIN : NEAR_MARKUP, right = left;

	for (; from > 0 && left > 0; from--)
		left -= !plain || (t.p[from - 1] & 0xc0) != 0x80;
	for (; to < t.n && right > 0; to++)
		right -= !plain || (t.p[to] & 0xc0) != 0x80;
	size_t most = WINDOW;
	return (str){t.p + from, to - from < most ? to - from : most};
}

/* A word of birth numbers near? Those with ø are looked for by what follows it, so that any
 * encoding of it will do. */
static bool
word_near(const struct scan *s, size_t from, size_t to)
{
	static const struct {
		const char *word;
		bool whole;
	} words[] = {{"dselsnummer", false}, {"dselsnr", false}, {"personnummer", false},
	    {"personnr", false}, {"personnumer", false}, {"fnr", true}, {"f.nr", true},
	    {"pnr", true}, {"p.nr", true}, {"d-nr", true}, {"d-nummer", true}, {"dnr", true},
	    {"født", true}, {"fødd", true}, {"f&oslash;d", true}, {"f%c3%b8d", true},
	    {"f=c3=b8d", true}};
	char text[WINDOW];
	str low = around(s, from, to);

	lower(low, text);
	low.p = text;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (has_word(low, words[i].word, words[i].whole))
			return true;
	return false;
}

/* Two words with a capital right before the number: "Kari Nordmann, f. 010170". */
static bool
name_before(const struct scan *s, size_t from)
{
	str low = around(s, from, from);
	size_t end = (size_t)(s->r.s.p + from - low.p), i = end;
	int names = 0;

	while (i > 0 && end - i < 6 && memchr(" ,(.f", low.p[i - 1], 5))
		i--;
	if (i == end)
		return false;
	while (names < 2 && i > 0) {
		size_t stop = i;
		while (i > 0 && (letter(low.p[i - 1]) || low.p[i - 1] == '-'))
			i--;
		bool upper = (low.p[i] >= 'A' && low.p[i] <= 'Z') ||
			     (low.p[i] == '\xc3' && (unsigned char)low.p[i + 1] <= 0x9e);
		if (stop - i < 2 || !upper)
			return false;
		names++;
		if (i > 0 && low.p[i - 1] == ' ')
			i--;
		else
			break;
	}
	return names == 2;
}

/* --- hits ------------------------------------------------------------------------------- */

static void
add_hit(struct scan *s, struct idscan_hit hit)
{
	struct idscan_hit *mildest = NULL;

	for (size_t i = 0; i < s->n_hits; i++) {
		struct idscan_hit *h = &s->hits[i];
		if (hit.at < h->at + h->n && h->at < hit.at + hit.n) {
			if (hit.tier < h->tier)
				*h = hit;
			return;
		}
		if (!mildest || h->tier > mildest->tier)
			mildest = h;
	}
	if (s->n_hits < s->max)
		s->hits[s->n_hits++] = hit;
	else if (mildest && hit.tier < mildest->tier)
		*mildest = hit;
}

/* --- candidates ------------------------------------------------------------------------- */

/* The i-th of the last n digits. */
static const struct digit *
nth(const struct scan *s, size_t n, size_t i)
{
	return &s->ring[(s->n - n + i) % RING];
}

enum form { FORM_NONE, FORM_NUMBER, FORM_ACCOUNT };

/* Which form the last n digits are printed in, by what parts them. A line break may be what
 * parts two groups; one more may stand anywhere. */
static enum form
form_of(const struct scan *s, size_t n)
{
	static const struct {
		unsigned at; /* bit i: something before digit i */
		enum form form;
	} forms[] = {{0, FORM_NUMBER}, {1 << 6, FORM_NUMBER},
	    {1 << 2 | 1 << 4 | 1 << 6, FORM_NUMBER},
	    {1 << 2 | 1 << 4 | 1 << 6 | 1 << 9, FORM_NUMBER}, {1 << 4 | 1 << 6, FORM_ACCOUNT}};
	unsigned visible = 0, breaks = 0, wide = 0;

	if (s->n < n || nth(s, n, 0)->joint == JOINT_NONE)
		return FORM_NONE;
	for (size_t i = 1; i < n; i++) {
		int joint = nth(s, n, i)->joint;
		visible |= (unsigned)(joint >= JOINT_VISIBLE) << i;
		breaks |= (unsigned)(joint == JOINT_BREAK) << i;
		wide |= (unsigned)(joint == JOINT_WIDE) << i;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		unsigned at = forms[i].at, loose = breaks & ~at;
		if ((visible | (breaks & at)) == at && (loose & (loose - 1)) == 0 &&
		    (!wide || at == 1 << 6))
			return forms[i].form;
	}
	return FORM_NONE;
}

static void
judge_eleven(struct scan *s, const int *d, enum form form, struct idscan_hit hit)
{
	bool right = checks(d, false) || checks(d, true);
	bool dated = has_birth_date(d);

	if (form == FORM_ACCOUNT) {
		if (!right || !dated || !word_near(s, hit.at, hit.at + hit.n))
			return;
		hit.tier = IDSCAN_OVERRIDE;
		hit.kind = IDSCAN_ACCOUNT;
	} else if (right && d[0] >= 8 && checks(d, false)) {
		hit.tier = IDSCAN_OVERRIDE;
		hit.kind = IDSCAN_FH;
	} else if (right) {
		if (!kind_by_date(d, &hit))
			return;
	} else {
		if (!dated || !word_near(s, hit.at, hit.at + hit.n))
			return;
		hit.tier = IDSCAN_OVERRIDE;
		hit.kind = IDSCAN_MISTYPED;
	}
	add_hit(s, hit);
}

static int
two(const int *d)
{
	return d[0] * 10 + d[1];
}

/* Twelve digits: a DUF number begins with its year, but so does 202603261200. */
static void
judge_twelve(struct scan *s, const int *d, struct idscan_hit hit)
{
	int year = two(d) * 100 + two(d + 2);
	bool stamp =
	    date_in(two(d + 6), two(d + 4), year) && two(d + 8) < 24 && two(d + 10) < 60;

	if (year < 1980 || year > 2040 || stamp)
		return;
	hit.tier = IDSCAN_WARN;
	hit.kind = IDSCAN_DUF;
	add_hit(s, hit);
}

static void
judge_six(struct scan *s, const int *d, struct idscan_hit hit)
{
	if (!date_in(two(d), two(d + 2), two(d + 4)) || !name_before(s, hit.at))
		return;
	hit.tier = IDSCAN_WARN;
	hit.kind = IDSCAN_BIRTHDATE;
	add_hit(s, hit);
}

/* Looks at the last n digits as one number. */
static void
judge(struct scan *s, size_t n)
{
	enum form form = n == 11 ? form_of(s, n) : FORM_NUMBER;
	int d[12];

	if (form == FORM_NONE || s->n < n || nth(s, n, 0)->joint == JOINT_NONE)
		return;
	for (size_t i = 0; i < n; i++) {
		d[i] = nth(s, n, i)->v;
		if (n != 11 && i > 0 && nth(s, n, i)->joint != JOINT_NONE)
			return;
	}
	size_t at = nth(s, n, 0)->from;
	struct idscan_hit hit = {.at = at, .n = nth(s, n, n - 1)->to - at};
	if (n == 11)
		judge_eleven(s, d, form, hit);
	else if (n == 12)
		judge_twelve(s, d, hit);
	else if (n == 6)
		judge_six(s, d, hit);
	else { /* ten: the leading 0 that a spreadsheet drops */
		memmove(d + 1, d, 10 * sizeof(*d));
		d[0] = 0;
		judge_eleven(s, d, FORM_NUMBER, hit);
	}
}

/* A run of digits is over: any number that ends here is now whole. */
static void
run_ends(struct scan *s)
{
	if (s->n < 6)
		return;
	judge(s, 6);
	if (s->flags & IDSCAN_CELL)
		judge(s, 10);
	judge(s, 11);
	judge(s, 12);
}

/* --- the pass --------------------------------------------------------------------------- */

static enum joint
joint_of(const struct between *g)
{
	if (g->other || g->newlines > 1 || g->marks > 1 || (!g->newlines && g->spaces > 2))
		return JOINT_HARD;
	if (g->marks == 1)
		return g->spaces && !g->newlines ? JOINT_WIDE : JOINT_VISIBLE;
	if (g->newlines)
		return JOINT_BREAK;
	return g->spaces ? JOINT_VISIBLE : g->soft ? JOINT_SOFT : JOINT_NONE;
}

static void
add_digit(struct scan *s, bool small)
{
	if (s->n > 0 && small != s->small) {
		run_ends(s);
		s->gap.soft++;
	}
	enum joint joint = s->n == 0 ? JOINT_HARD : joint_of(&s->gap);
	if (joint == JOINT_HARD)
		s->n = 0;
	s->ring[s->n++ % RING] =
	    (struct digit){(unsigned char)s->r.digit, (unsigned char)joint, s->r.from, s->r.to};
	s->small = small;
	s->gap = (struct between){0};
}

static bool
gap_is_empty(const struct between *g)
{
	return !(g->spaces | g->marks | g->newlines | g->soft | g->other);
}

static void
add_gap(struct scan *s, enum idread_sym sym)
{
	if (gap_is_empty(&s->gap))
		run_ends(s);
	s->gap.spaces += sym == ID_SPACE;
	s->gap.newlines += sym == ID_NEWLINE;
	s->gap.marks += sym == ID_MARK;
	s->gap.soft += sym == ID_TAG;
	s->gap.other = sym == ID_OTHER;
	if (joint_of(&s->gap) == JOINT_HARD) {
		s->n = 0;
		s->gap = (struct between){0};
	}
}

static void
pass(struct scan *s, str text, enum idread_mode mode)
{
	s->r = idread_new(text, mode);
	s->n = 0;
	s->gap = (struct between){0};
	for (;;) {
		if (s->n == 0)
			idread_skip(&s->r);
		enum idread_sym sym = idread_next(&s->r);
		if (sym == ID_END)
			break;
		if (sym == ID_DIGIT || sym == ID_SMALL)
			add_digit(s, sym == ID_SMALL);
		else if (s->n > 0 && sym != ID_NOTHING)
			add_gap(s, sym);
	}
	if (s->n > 0 && gap_is_empty(&s->gap))
		run_ends(s);
}

size_t
idscan(str text, unsigned flags, struct idscan_hit *ret_hits, size_t max)
{
	struct scan s = {.flags = flags, .hits = ret_hits, .max = max};

	for (enum idread_mode m = IDREAD_PLAIN; m <= IDREAD_QUOTED_TAGS; m++)
		if (idread_applies(text, m))
			pass(&s, text, m);
	return s.n_hits;
}

int
idscan_worst(str text, unsigned flags, struct idscan_hit *ret_hit)
{
	struct idscan_hit hit;

	if (idscan(text, flags, &hit, 1) == 0)
		return 0;
	if (ret_hit)
		*ret_hit = hit;
	return hit.tier;
}
