#include "store/norsk.h"

#include "base/utf.h"
#include "store/norsk_stem.h"
#include "store/norsk_words.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
	WORD_MAX = NORSK_WORD_MAX,
	FORM_MAX = 2 * WORD_MAX, /* æ may become ae */
	FORMS_MAX = 24,
	SPLIT_MIN = 7, /* bytes of the shortest word that is split */
	PART_MIN = 4,  /* characters of a part that may stand beside something unknown */
	TAIL_MIN = 5,  /* characters of the last part, when what is before it is unknown */
};

struct form {
	char p[FORM_MAX];
	size_t n;
};

/* A word on its way to the sink. */
struct word {
	struct norsk *norsk;
	enum norsk_mode mode;
	struct form raw; /* lower case, accents off, æ for ä and ø for ö */
	bool plain;      /* ASCII only */
	struct form sent[FORMS_MAX];
	size_t n_sent;
};

void
norsk_init(struct norsk *n)
{
	n->stemmer = sb_stemmer_new("norwegian", "UTF_8");
	if (!n->stemmer)
		abort(); /* out of memory, as in arena.c */
}

void
norsk_finish(struct norsk *n)
{
	if (n->stemmer)
		sb_stemmer_delete(n->stemmer);
	n->stemmer = NULL;
}

const char *
norsk_version(void)
{
	return norsk_words_version;
}

/* --- folding ---------------------------------------------------------------------------- */

static void
put(struct form *f, const char *p, size_t n)
{
	if (f->n + n > sizeof(f->p))
		return;
	memcpy(f->p + f->n, p, n);
	f->n += n;
}

static bool
is_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	if (c == 0xad || (c >= 0xc0 && c <= 0x17f))
		return c != 0xd7 && c != 0xf7;
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO);
}

/* Puts the lower-case base of a character that is not ASCII: é as e, but å stays. */
static void
put_folded(struct form *f, uint32_t c)
{
	utf8proc_int32_t parts[8];
	char utf[4];

	switch (c) {
	case 0xad: return; /* a soft hyphen */
	case 0xc5:
	case 0xe5: put(f, "å", 2); return;
	case 0xc4:
	case 0xe4:
	case 0xc6: put(f, "æ", 2); return;
	case 0xd6:
	case 0xf6:
	case 0xd8: put(f, "ø", 2); return;
	case 0xd0:
	case 0xf0: put(f, "d", 1); return;
	case 0xde:
	case 0xfe: put(f, "th", 2); return;
	default: break;
	}
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
	    NULL);
	for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
		put(f, utf, utf_put((uint32_t)parts[i], utf));
}

/* The ring above an a that was typed as two code points. */
static void
put_ring(struct form *f)
{
	if (f->n && f->p[f->n - 1] == 'a') {
		f->n--;
		put(f, "å", 2);
	}
}

static void
fold(struct form *f, bool *plain, uint32_t c)
{
	if (c < 0x80) {
		char low = (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
		put(f, &low, 1);
		return;
	}
	*plain = false;
	if (c == 0x30a)
		put_ring(f);
	else
		put_folded(f, c);
}

/* æ as ae, ø as o, å as a. */
static void
without_aeoa(const char *p, size_t n, struct form *ret)
{
	ret->n = 0;
	for (size_t i = 0; i < n; i++) {
		bool two = p[i] == '\xc3' && i + 1 < n;
		unsigned char next = two ? (unsigned char)p[i + 1] : 0;
		if (next == 0xa6)
			put(ret, "ae", 2);
		else if (next == 0xb8)
			put(ret, "o", 1);
		else if (next == 0xa5)
			put(ret, "a", 1);
		else
			put(ret, p + i, 1);
		i += next == 0xa6 || next == 0xb8 || next == 0xa5;
	}
}

/* aa as å, ae as æ, oe as ø. False if there are none. */
static bool
with_aeoa(const struct form *f, struct form *ret)
{
	bool any = false;

	ret->n = 0;
	for (size_t i = 0; i < f->n; i++) {
		char c = f->p[i], next = i + 1 < f->n ? f->p[i + 1] : '\0';
		const char *one = c == 'a' && next == 'a'   ? "å"
				  : c == 'a' && next == 'e' ? "æ"
				  : c == 'o' && next == 'e' ? "ø"
							    : NULL;
		put(ret, one ? one : &c, one ? 2 : 1);
		i += one != NULL;
		any |= one != NULL;
	}
	return any;
}

/* --- forms of a word -------------------------------------------------------------------- */

/* Adds one form, if it is not there. */
static void
add(struct word *w, const char *p, size_t n)
{
	if (n == 0 || w->n_sent == FORMS_MAX)
		return;
	for (size_t i = 0; i < w->n_sent; i++)
		if (w->sent[i].n == n && memcmp(w->sent[i].p, p, n) == 0)
			return;
	struct form *f = &w->sent[w->n_sent++];
	f->n = 0;
	put(f, p, n);
}

static void
add_stem(struct word *w, const char *p, size_t n)
{
	char buf[NORSK_STEM_MAX];
	str stem = norsk_stem(w->norsk->stemmer, (str){p, n}, buf);

	add(w, stem.p, stem.n);
}

static const struct norsk_word *
look_up(const uint16_t *table, const char *p, size_t n, uint32_t hash)
{
	for (uint32_t h = hash;; h++) {
		uint16_t at = table[h % NORSK_SLOTS];
		if (!at)
			return NULL;
		const struct norsk_word *w = &norsk_words[at - 1];
		const char *key = table == norsk_by_base ? w->base : w->stem;
		if (strncmp(key, p, n) == 0 && key[n] == '\0')
			return w;
	}
}

static uint32_t
hash_of(const char *p, size_t n)
{
	uint32_t h = NORSK_FNV_START;

	for (size_t i = 0; i < n; i++)
		h = norsk_fnv(h, (unsigned char)p[i]);
	return h;
}

static const struct norsk_word *
by_stem(const char *p, size_t n)
{
	return look_up(norsk_by_stem, p, n, hash_of(p, n));
}

/* --- compounds -------------------------------------------------------------------------- */

struct split {
	size_t at[WORD_MAX];  /* where the parts start */
	size_t end[WORD_MAX]; /* and end, the s or e between them left out */
	size_t n;
};

static size_t
chars_of(const char *p, size_t n)
{
	return utf8_length((str){p, n});
}

/* From one byte of a stem to its end in known words. */
struct way {
	size_t parts;     /* SIZE_MAX: there is no way */
	size_t end, next; /* where the first part ends, and where the next begins */
};

/* The way in the fewest words from byte `from`, when those from later bytes are known. */
static void
best_way(const struct form *s, size_t from, const struct way *after, struct way *ret)
{
	uint32_t h = NORSK_FNV_START;

	*ret = (struct way){SIZE_MAX, 0, 0};
	if (from > 0 && by_stem(s->p + from, s->n - from))
		*ret = (struct way){1, s->n, s->n};
	for (size_t end = from; end < s->n; end++) {
		if (end > from + 2 && (s->p[end] & 0xc0) != 0x80 &&
		    look_up(norsk_by_base, s->p + from, end - from, h)) {
			bool link = s->p[end] == 's' || s->p[end] == 'e';
			for (size_t next = end; next <= end + link && next < s->n; next++)
				if (after[next].parts < ret->parts - 1)
					*ret = (struct way){after[next].parts + 1, end, next};
		}
		h = norsk_fnv(h, (unsigned char)s->p[end]);
	}
}

/* The parts where all are known. */
static bool
split_known(const struct form *s, struct split *ret)
{
	struct way way[FORM_MAX + 1] = {{0}};

	for (size_t i = s->n; i-- > 0;)
		best_way(s, i, way, &way[i]);
	if (way[0].parts == SIZE_MAX || way[0].parts < 2)
		return false;
	ret->n = 0;
	for (size_t i = 0; i < s->n && ret->n < WORD_MAX; i = way[i].next) {
		ret->at[ret->n] = i;
		ret->end[ret->n++] = way[i].end;
	}
	return true;
}

/* A known last part after something unknown: Orkdals|avtale. */
static bool
split_tail(const struct form *s, struct split *ret)
{
	for (size_t i = 3; i < s->n; i++) {
		const struct norsk_word *w = by_stem(s->p + i, s->n - i);
		if (!w || w->chars < TAIL_MIN || s->n - i < TAIL_MIN || chars_of(s->p, i) < 3)
			continue;
		size_t before = i - (s->p[i - 1] == 's');
		*ret = chars_of(s->p, before) < PART_MIN
			   ? (struct split){.at = {i}, .end = {s->n}, .n = 1}
			   : (struct split){.at = {0, i}, .end = {before, s->n}, .n = 2};
		return true;
	}
	return false;
}

/* Whether what is left of a word may be a word, and not a mere ending. */
static bool
stands_alone(str rest)
{
	static const char *const endings[] = {
	    "er", "is", "els", "elig", "ende", "het", "mess", "akt", "skap", "isk"};

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (rest.n >= strlen(endings[i]) &&
		    memcmp(rest.p, endings[i], strlen(endings[i])) == 0)
			return false;
	return chars_of(rest.p, rest.n) > PART_MIN;
}

/* A known first part before something unknown: samarbeids|klima. */
static bool
split_head(const struct form *s, struct split *ret)
{
	size_t best = 0;
	uint32_t h = NORSK_FNV_START;

	for (size_t end = 0; end < s->n; end++) {
		const struct norsk_word *w = end ? look_up(norsk_by_base, s->p, end, h) : NULL;
		if (w && w->chars > PART_MIN && stands_alone((str){s->p + end, s->n - end}))
			best = end;
		h = norsk_fnv(h, (unsigned char)s->p[end]);
	}
	if (!best)
		return false;
	*ret =
	    (struct split){.at = {0, best + (s->p[best] == 's')}, .end = {best, s->n}, .n = 2};
	return true;
}

static bool split(const struct form *stem, const struct norsk_word *whole, struct split *ret);

/* A part of a compound: its stem, its bokmål, itself without æøå, and its own parts. */
static void
add_part(struct word *w, const char *p, size_t n)
{
	struct form bare, stem = {.n = 0};
	char buf[NORSK_STEM_MAX];
	struct split parts;
	str s = norsk_stem(w->norsk->stemmer, (str){p, n}, buf);
	const struct norsk_word *known = by_stem(s.p, s.n);

	add(w, s.p, s.n);
	if (known && known->other)
		add(w, known->other, strlen(known->other));
	without_aeoa(p, n, &bare);
	if (bare.n != n)
		add_stem(w, bare.p, bare.n);
	put(&stem, s.p, s.n);
	if (known && known->compound && split(&stem, known, &parts))
		for (size_t i = 0; i < parts.n; i++)
			add_part(w, stem.p + parts.at[i], parts.end[i] - parts.at[i]);
}

/* Where the word with this stem comes apart. whole is what the list knows of it, or NULL. */
static bool
split(const struct form *stem, const struct norsk_word *whole, struct split *ret)
{
	if (whole && !whole->compound)
		return false;
	return split_known(stem, ret) ||
	       (!whole && (split_tail(stem, ret) || split_head(stem, ret)));
}

/* The parts are found in the stem and cut out of the word, whose last part keeps its ending. */
static void
add_parts(struct word *w)
{
	struct form stem = w->sent[0];
	struct split parts;

	if (w->raw.n < SPLIT_MIN || stem.n > w->raw.n || memcmp(stem.p, w->raw.p, stem.n) != 0)
		return;
	if (stem.n > 4 && memcmp(stem.p + stem.n - 3, "leg", 3) == 0)
		add(w, "leg",
		    3); /* a physician: norsk_stem leaves this ending to no other word */
	if (!split(&stem, by_stem(stem.p, stem.n), &parts))
		return;
	parts.end[parts.n - 1] = w->raw.n;
	for (size_t i = 0; i < parts.n; i++)
		add_part(w, w->raw.p + parts.at[i], parts.end[i] - parts.at[i]);
}

static void
find_forms(struct word *w)
{
	struct form other;

	w->n_sent = 0;
	add_stem(w, w->raw.p, w->raw.n);
	const struct norsk_word *known = by_stem(w->sent[0].p, w->sent[0].n);
	if (known && known->other)
		add(w, known->other, strlen(known->other));
	if (with_aeoa(&w->raw, &other))
		add_stem(w, other.p, other.n);
	if (w->mode == NORSK_QUERY)
		return;
	if (!w->plain) {
		without_aeoa(w->raw.p, w->raw.n, &other);
		add_stem(w, other.p, other.n);
	}
	add_parts(w);
}

/* --- the tokens of a text --------------------------------------------------------------- */

static int
send(const struct word *w, size_t from, size_t to, norsk_sink *sink, void *arg)
{
	for (size_t i = 0; i < w->n_sent; i++) {
		struct norsk_token t = {{w->sent[i].p, w->sent[i].n}, from, to, i > 0};
		int stop = sink(arg, &t);
		if (stop)
			return stop;
	}
	return 0;
}

int
norsk_tokens(struct norsk *n, str text, enum norsk_mode mode, norsk_sink *sink, void *arg)
{
	struct word w = {.norsk = n, .mode = mode, .plain = true};
	str rest = text;
	size_t from = 0, at = 0, to = 0;
	uint32_t c = 0;

	for (bool more = true; more;) {
		at = text.n - rest.n;
		more = utf_next(&rest, &c);
		if (more && is_word(c)) {
			if (w.raw.n == 0)
				from = at;
			if (w.raw.n < WORD_MAX - 4)
				fold(&w.raw, &w.plain, c);
			to = text.n - rest.n;
		} else if (w.raw.n) {
			find_forms(&w);
			int stop = send(&w, from, to, sink, arg);
			if (stop)
				return stop;
			w.raw.n = 0;
			w.plain = true;
		}
	}
	return 0;
}
