#include "base/money.h"

#include "base/checked.h"

typedef __int128 wide;

str
money_text(struct arena *a, enum lang lang, int64_t ore)
{
	const char *group = lang == LANG_EN ? "," : "\u00a0",
		   *point = lang == LANG_EN ? "." : ",";
	uint64_t v = ore < 0 ? -(uint64_t)ore : (uint64_t)ore, kr = v / 100;
	int parts[8], n = 0;
	struct buf b = buf_new(a, 128);

	do {
		parts[n++] = (int)(kr % 1000);
		kr /= 1000;
	} while (kr > 0);
	buf_printf(&b, "%s%d", ore < 0 ? "−" : "", parts[n - 1]);
	for (int i = n - 2; i >= 0; i--)
		buf_printf(&b, "%s%03d", group, parts[i]);
	buf_printf(&b, "%s%02d", point, (int)(v % 100));
	return buf_str(&b);
}

/* --- reading ---------------------------------------------------------------------------- */

static bool
drop_prefix(str *s, str prefix)
{
	if (s->n < prefix.n || !str_eq((str){s->p, prefix.n}, prefix))
		return false;
	*s = (str){s->p + prefix.n, s->n - prefix.n};
	return true;
}

/* A blank of any of the kinds people and spreadsheets put between thousands. */
static bool
drop_blank(str *s)
{
	return drop_prefix(s, S(" ")) || drop_prefix(s, S("\u00a0")) ||
	       drop_prefix(s, S("\u202f")) || drop_prefix(s, S("\u2009"));
}

static size_t
take_digits(str *s, int64_t *v, bool *fits)
{
	size_t n = 0;

	for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
		*fits = *fits && checked_mul(*v, 10, v) && checked_add(*v, s->p[n] - '0', v);
	*s = (str){s->p + n, s->n - n};
	return n;
}

/* Kroner with or without separators between thousands; dotted says which dots were used. */
static bool
take_kroner(str *s, int64_t *ret_kr, bool *ret_dotted)
{
	bool fits = true;
	int64_t v = 0;
	size_t first = take_digits(s, &v, &fits);

	*ret_dotted = false;
	if (first == 0)
		return false;
	for (str rest = *s; rest.n > 3; *s = rest) {
		bool dot = rest.p[0] == '.';
		str after = rest;
		int64_t next = v;
		if (!(dot ? drop_prefix(&after, S(".")) : drop_blank(&after)))
			break;
		size_t n = take_digits(&after, &next, &fits);
		if (n != 3) /* a decimal point, or a wrong group: the caller sees which */
			break;
		if (first > 3)
			return false;
		*ret_dotted |= dot;
		v = next;
		rest = after;
	}
	*ret_kr = v;
	return fits;
}

/* ",50", ".5" or ",-" at the end. */
static bool
take_ore(str *s, bool dotted, int64_t *ret_ore)
{
	int64_t v = 0;
	bool fits = true;

	*ret_ore = 0;
	if (s->n == 0)
		return !dotted;
	if (drop_prefix(s, S(",-")) || drop_prefix(s, S(",–")))
		return s->n == 0;
	if (!drop_prefix(s, S(",")) && (dotted || !drop_prefix(s, S("."))))
		return false;
	size_t n = take_digits(s, &v, &fits);
	*ret_ore = n == 1 ? v * 10 : v;
	return (n == 1 || n == 2) && s->n == 0;
}

bool
money_parse(str s, int64_t *ret_ore)
{
	str rest = str_trim(s);
	int64_t kr, ore;
	bool dotted;

	if (drop_prefix(&rest, S("kr")) || drop_prefix(&rest, S("Kr")) ||
	    drop_prefix(&rest, S("NOK"))) {
		drop_prefix(&rest, S("."));
		while (drop_blank(&rest))
			;
	}
	bool minus = drop_prefix(&rest, S("-")) || drop_prefix(&rest, S("−"));
	if (!take_kroner(&rest, &kr, &dotted) || !take_ore(&rest, dotted, &ore) ||
	    !checked_mul(kr, 100, &kr) || !checked_add(kr, ore, &kr))
		return false;
	*ret_ore = minus ? -kr : kr;
	return true;
}

/* --- parts and shares ------------------------------------------------------------------- */

static bool
sum_weights(const int64_t *weights, size_t n, int64_t *ret)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		if (weights[i] < 0 || !checked_add(sum, weights[i], &sum))
			return false;
	*ret = sum;
	return sum > 0;
}

/* What is lost by rounding the share of weight w down; the largest get one øre each. */
static int64_t
remainder_of(uint64_t total, int64_t w, int64_t sum)
{
	return (int64_t)((unsigned __int128)total * (uint64_t)w % (uint64_t)sum);
}

/* How many shares come before share i in the queue for an odd øre. */
static int64_t
rank_of(uint64_t total, const int64_t *w, size_t n, int64_t sum, size_t i)
{
	int64_t mine = remainder_of(total, w[i], sum), ahead = 0;

	for (size_t j = 0; j < n; j++) {
		int64_t other = remainder_of(total, w[j], sum);
		ahead += other > mine || (other == mine && j < i);
	}
	return ahead;
}

bool
money_split(int64_t total_ore, const int64_t *weights, size_t n, int64_t *ret_shares)
{
	uint64_t total = total_ore < 0 ? -(uint64_t)total_ore : (uint64_t)total_ore, given = 0;
	int64_t sum;

	if (!sum_weights(weights, n, &sum))
		return false;
	for (size_t i = 0; i < n; i++)
		given +=
		    (uint64_t)((unsigned __int128)total * (uint64_t)weights[i] / (uint64_t)sum);
	for (size_t i = 0; i < n; i++) {
		uint64_t share =
		    (uint64_t)((unsigned __int128)total * (uint64_t)weights[i] / (uint64_t)sum);
		share += rank_of(total, weights, n, sum, i) < (int64_t)(total - given);
		ret_shares[i] = (int64_t)(total_ore < 0 ? -share : share);
	}
	return true;
}

bool
money_part(int64_t total_ore, int64_t num, int64_t den, int64_t *ret_ore)
{
	if (den <= 0)
		return false;
	wide product = (wide)total_ore * num, v = product / den, rest = product % den;
	if ((rest < 0 ? -rest : rest) * 2 >= den)
		v += product < 0 ? -1 : 1;
	if (v < INT64_MIN || v > INT64_MAX)
		return false;
	*ret_ore = (int64_t)v;
	return true;
}
