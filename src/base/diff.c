#include "base/diff.h"

#include <string.h>

struct token {
	str text;
	uint64_t hash;
};

struct tokens {
	struct token *v;
	size_t n;
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_word(char c)
{
	return (c & 0x80) || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Bytes of the word, the run of blanks, the sign or (by_line) the line at p. */
static size_t
token_length(const char *p, size_t n, bool by_line)
{
	size_t k = 1;

	if (by_line) {
		const char *end = memchr(p, '\n', n);
		return end ? (size_t)(end + 1 - p) : n;
	}
	if (is_word(*p))
		while (k < n && is_word(p[k]))
			k++;
	else if (is_blank(*p) && *p != '\n')
		while (k < n && is_blank(p[k]) && p[k] != '\n')
			k++;
	return k;
}

static struct tokens
split(struct arena *a, str s, bool by_line)
{
	struct tokens t = {0};

	for (size_t i = 0; i < s.n; t.n++)
		i += token_length(s.p + i, s.n - i, by_line);
	t.v = arena_array(a, struct token, t.n);
	for (size_t i = 0, k = 0; k < t.n; k++) {
		size_t n = token_length(s.p + i, s.n - i, by_line);
		uint64_t hash = 0xcbf29ce484222325;
		for (size_t j = i; j < i + n; j++)
			hash = (hash ^ (unsigned char)s.p[j]) * 0x100000001b3;
		t.v[k] = (struct token){{s.p + i, n}, hash};
		i += n;
	}
	return t;
}

static bool
same(const struct token *a, const struct token *b)
{
	return a->hash == b->hash && str_eq(a->text, b->text);
}

/* One search: x of the old, y of the new, both without what they have in common at the ends.
 * reach[d] is how far along each diagonal k = x - y from -d to d one gets with d changes. */
struct search {
	const struct token *old, *new;
	int old_n, new_n;
	int *reach[DIFF_MAX_CHANGES + 1];
};

/* How far along diagonal k with d changes, going on from d - 1. */
static int
go(const struct search *s, int d, int k)
{
	int x = 0;

	if (d > 0) {
		const int *before = s->reach[d - 1] + d - 1; /* indexed by diagonal */
		bool down = k == -d || (k != d && before[k - 1] < before[k + 1]);
		x = down ? before[k + 1] : before[k - 1] + 1;
	}
	for (int y = x - k; x < s->old_n && y < s->new_n && same(&s->old[x], &s->new[y]); y++)
		x++;
	return x;
}

/* The number of changes from end to end, or -1 where there are too many. */
static int
find_end(struct search *s, struct arena *a)
{
	int max =
	    s->old_n + s->new_n < DIFF_MAX_CHANGES ? s->old_n + s->new_n : DIFF_MAX_CHANGES;

	for (int d = 0; d <= max; d++) {
		s->reach[d] = arena_array(a, int, 2 * (size_t)d + 1);
		for (int k = -d; k <= d; k += 2) {
			int x = go(s, d, k);
			s->reach[d][k + d] = x;
			if (x >= s->old_n && x - k >= s->new_n)
				return d;
		}
	}
	return -1;
}

/* Marks the tokens that go and come, walking back from the end. */
static void
mark(const struct search *s, int d, bool *gone, bool *come)
{
	int x = s->old_n, y = s->new_n;

	for (; d > 0; d--) {
		const int *before = s->reach[d - 1] + d - 1;
		int k = x - y;
		bool down = k == -d || (k != d && before[k - 1] < before[k + 1]);
		x = down ? before[k + 1] : before[k - 1];
		y = x - (down ? k + 1 : k - 1);
		if (down)
			come[y] = true;
		else
			gone[x] = true;
	}
}

/* Marks what differs; false where that is too much. */
static bool
compare(struct arena *a, struct tokens was, struct tokens is, bool *gone, bool *come)
{
	size_t head = 0, tail = 0;
	struct search *s = arena_new(a, struct search);

	while (head < was.n && head < is.n && same(&was.v[head], &is.v[head]))
		head++;
	while (head + tail < was.n && head + tail < is.n &&
	       same(&was.v[was.n - tail - 1], &is.v[is.n - tail - 1]))
		tail++;
	*s = (struct search){.old = was.v + head,
	    .new = is.v + head,
	    .old_n = (int)(was.n - head - tail),
	    .new_n = (int)(is.n - head - tail)};
	int d = find_end(s, a);
	if (d >= 0) {
		mark(s, d, gone + head, come + head);
		return true;
	}
	memset(gone + head, true, was.n - head - tail);
	memset(come + head, true, is.n - head - tail);
	return false;
}

/* From one token to another of the same text. */
static str
range(struct tokens t, size_t from, size_t to)
{
	if (from == to)
		return S("");
	const char *p = t.v[from].text.p, *end = t.v[to - 1].text.p + t.v[to - 1].text.n;
	return (str){p, (size_t)(end - p)};
}

struct span_list {
	struct diff_span *v;
	size_t n;
};

static void
add(struct span_list *l, enum diff_kind kind, str text)
{
	if (text.n)
		l->v[l->n++] = (struct diff_span){kind, text};
}

/* Whether the token is blanks between two changes: they read better as one. */
static bool
joins(
    struct tokens was, size_t i, const bool *gone, struct tokens is, size_t k, const bool *come)
{
	return is_blank(*was.v[i].text.p) && *was.v[i].text.p != '\n' &&
	       ((i + 1 < was.n && gone[i + 1]) || (k + 1 < is.n && come[k + 1]));
}

static struct span_list
spans(struct arena *a, struct tokens was, struct tokens is, const bool *gone, const bool *come)
{
	struct span_list l = {arena_array(a, struct diff_span, was.n + is.n + 1), 0};
	size_t i = 0, k = 0;

	while (i < was.n || k < is.n) {
		size_t i0 = i, k0 = k;
		while (i < was.n && !gone[i] && k < is.n && !come[k])
			i++, k++;
		add(&l, DIFF_EQUAL, range(is, k0, k));
		for (i0 = i, k0 = k; i < was.n || k < is.n;) {
			bool g = i < was.n && gone[i], c = k < is.n && come[k];
			if (!g && !c &&
			    !(i > i0 && k > k0 && i < was.n && k < is.n &&
				joins(was, i, gone, is, k, come)))
				break;
			i += g || !c;
			k += c || !g;
		}
		add(&l, DIFF_DELETE, range(was, i0, i));
		add(&l, DIFF_INSERT, range(is, k0, k));
	}
	return l;
}

void
diff_words(struct arena *a, str was, str is, struct diff_span **ret_spans, size_t *ret_n)
{
	struct tokens t = {0}, u = {0};
	bool *gone = NULL, *come = NULL;

	for (int by_line = 0; by_line < 2; by_line++) {
		t = split(a, was, by_line);
		u = split(a, is, by_line);
		gone = arena_array(a, bool, t.n + 1);
		come = arena_array(a, bool, u.n + 1);
		if (compare(a, t, u, gone, come))
			break;
	}
	struct span_list l = spans(a, t, u, gone, come);
	*ret_spans = l.v;
	*ret_n = l.n;
}
