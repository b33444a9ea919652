/* norsk_query.c - questions to the engines, and what to show of an answer. */
#include "base/utf.h"
#include "store/norsk.h"

#include <stdlib.h>
#include <string.h>

enum {
	TYPED_MAX = 1000, /* bytes of a question; the rest is not looked at */
	GROUPS_MAX = 64,  /* words in a term */
	QUESTION_MAX = 1 << 16,
	VECTOR_MAX = 1 << 22,
	VECTOR_KEPT_MAX =
	    1000000,          /* PostgreSQL takes 1048575 bytes, label and title among them */
	POSITION_MAX = 16383, /* PostgreSQL's */
	TERMS_MAX = 64,
	HITS_MAX = 1000,
	LEAD_CHARS = 40, /* of context before the first hit */
};

/* --- the terms of a question ------------------------------------------------------------ */

struct term {
	str text;
	bool quoted, prefix;
};

/* Sorted. Words that say nothing of what a text is about. */
static const char *const stop_words[] = {"a", "alle", "andre", "at", "av", "bare", "begge",
    "ble", "blei", "blir", "blitt", "både", "da", "de", "deg", "dei", "deim", "deira", "dem",
    "den", "denne", "der", "dere", "deres", "det", "dette", "di", "din", "disse", "ditt", "du",
    "dykk", "då", "eg", "ein", "eit", "eitt", "eller", "elles", "en", "er", "et", "ett",
    "etter", "for", "fra", "frå", "før", "ha", "hadde", "han", "hans", "har", "hennar", "henne",
    "hennes", "her", "hjå", "ho", "hun", "hva", "hvem", "hver", "hvilke", "hvilken", "hvis",
    "hvor", "hvordan", "hvorfor", "i", "ikke", "ikkje", "inn", "ja", "jeg", "kan", "kva",
    "kvar", "kven", "kvifor", "man", "mange", "med", "medan", "meg", "men", "mens", "mi", "min",
    "mitt", "mot", "mykje", "nokon", "noen", "noko", "noe", "når", "nå", "no", "og", "også",
    "om", "opp", "oss", "over", "på", "samme", "seg", "selv", "si", "sia", "siden", "sin",
    "sine", "sitt", "sjøl", "skal", "skulle", "slik", "so", "som", "sånn", "så", "til", "um",
    "under", "upp", "ut", "uten", "utan", "var", "vart", "varte", "ved", "vere", "verte", "vi",
    "vil", "ville", "vore", "vors", "vort", "være", "vært", "vår", "å"};

static bool
is_stop_word(struct arena *a, str word)
{
	str low = utf_fold(a, word);

	for (size_t i = 0; i < sizeof(stop_words) / sizeof(*stop_words); i++)
		if (str_eq(low, str_from_c(stop_words[i])))
			return true;
	return false;
}

static bool
blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes the next term off s. */
static bool
next_term(str *s, struct term *ret)
{
	size_t n = 0;

	while (s->n && blank(s->p[0]))
		*s = (str){s->p + 1, s->n - 1};
	if (s->n == 0)
		return false;
	bool quoted = s->p[0] == '"';
	if (quoted)
		*s = (str){s->p + 1, s->n - 1};
	while (n < s->n && s->p[n] != '"' && (quoted || !blank(s->p[n])))
		n++;
	*ret = (struct term){{s->p, n}, quoted, n > 1 && !quoted && s->p[n - 1] == '*'};
	bool closed = quoted && n < s->n;
	*s = (str){s->p + n + closed, s->n - n - closed};
	return true;
}

static int
count_one(void *arg, const struct norsk_token *t)
{
	*(size_t *)arg += !t->beside;
	return 0;
}

/* Whether there is anything in the term to look for. */
static bool
asks(struct norsk *n, struct arena *a, const struct term *t)
{
	size_t words = 0;

	norsk_tokens(n, t->text, NORSK_QUERY, count_one, &words);
	return words > 1 ||
	       (words == 1 && (t->quoted || t->prefix || !is_stop_word(a, t->text)));
}

static str
begin(str typed)
{
	return typed.n > TYPED_MAX ? (str){typed.p, TYPED_MAX} : typed;
}

str
norsk_match(struct norsk *n, struct arena *a, str typed)
{
	struct buf b = buf_new(a, QUESTION_MAX);
	str rest = begin(typed);
	struct term t;

	while (next_term(&rest, &t))
		if (asks(n, a, &t))
			buf_printf(&b, "%s\"" STR_FMT "\"%s", b.n ? " " : "", STR_ARG(t.text),
			    t.prefix ? " *" : "");
	return buf_str(&b);
}

struct ts {
	struct buf *b;
	size_t words; /* of this term so far */
	const char *suffix;
};

static int
put_lexeme(void *arg, const struct norsk_token *t)
{
	struct ts *ts = arg;

	if (!t->beside && ts->words++ > 0)
		buf_put(ts->b, S(") <-> ("));
	buf_printf(
	    ts->b, "%s'" STR_FMT "'%s", t->beside ? " | " : "", STR_ARG(t->text), ts->suffix);
	return 0;
}

str
norsk_tsquery(struct norsk *n, struct arena *a, str typed)
{
	struct buf b = buf_new(a, QUESTION_MAX);
	str rest = begin(typed);
	struct term t;

	while (next_term(&rest, &t)) {
		if (!asks(n, a, &t))
			continue;
		struct ts ts = {&b, 0, t.prefix ? ":*" : ""};
		buf_put(&b, b.n ? S(" & ((") : S("(("));
		norsk_tokens(n, t.text, NORSK_QUERY, put_lexeme, &ts);
		buf_put(&b, S("))"));
	}
	return buf_str(&b);
}

/* --- what PostgreSQL indexes ------------------------------------------------------------ */

struct vector {
	struct buf *b;
	size_t kept; /* bytes, as PostgreSQL counts them, at most */
	int position;
	char weight;
};

static int
put_position(void *arg, const struct norsk_token *t)
{
	struct vector *v = arg;

	v->kept += t->text.n + 5;
	if (v->kept > VECTOR_KEPT_MAX)
		return 1;
	v->position += !t->beside && v->position < POSITION_MAX;
	buf_printf(v->b, "'" STR_FMT "':%d%c ", STR_ARG(t->text), v->position, v->weight);
	return v->b->over;
}

str
norsk_tsvector(struct norsk *n, struct arena *a, str text, char weight, int *position)
{
	struct buf b = buf_new(a, VECTOR_MAX);
	struct vector v = {.b = &b, .position = *position, .weight = weight};

	norsk_tokens(n, text, NORSK_INDEX, put_position, &v);
	*position = v.position;
	return buf_str(&b);
}

/* --- snippets --------------------------------------------------------------------------- */

struct wanted {
	str text;
	bool prefix;
	size_t term; /* forms of one word share it */
};

struct hit {
	struct norsk_span at;
	size_t term;
};

struct marking {
	struct arena *a;
	struct wanted *wanted;
	size_t n_wanted, n_terms;
	bool prefix;
	struct hit *hits;
	size_t n_hits;
	uint64_t seen;         /* terms that have been hit */
	size_t window, enough; /* bytes of a snippet; where to stop, 0: not known yet */
};

static uint64_t
term_bit(size_t term)
{
	return (uint64_t)1 << term % 64;
}

static int
want(void *arg, const struct norsk_token *t)
{
	struct marking *m = arg;

	if (m->n_wanted == TERMS_MAX)
		return 1;
	m->n_terms += !t->beside;
	m->wanted[m->n_wanted++] =
	    (struct wanted){str_copy(m->a, t->text), m->prefix, m->n_terms - 1};
	return 0;
}

/* Where every term has been met there is no need to look further than a snippet from there. */
static void
note_seen(struct marking *m, size_t term, size_t at)
{
	uint64_t before = m->seen;

	m->seen |= term_bit(term);
	if (m->seen != before && (size_t)__builtin_popcountll(m->seen) == m->n_terms)
		m->enough = at + m->window;
}

static int
mark(void *arg, const struct norsk_token *t)
{
	struct marking *m = arg;
	struct hit *last = m->n_hits ? &m->hits[m->n_hits - 1] : NULL;

	if (m->enough && t->from > m->enough)
		return 1;
	if (last && last->at.from == t->from)
		return 0;
	for (size_t i = 0; i < m->n_wanted; i++) {
		const struct wanted *w = &m->wanted[i];
		bool same = w->prefix ? t->text.n >= w->text.n &&
					    memcmp(t->text.p, w->text.p, w->text.n) == 0
				      : str_eq(t->text, w->text);
		if (!same)
			continue;
		m->hits[m->n_hits++] = (struct hit){{t->from, t->to}, w->term};
		note_seen(m, w->term, t->from);
		return m->n_hits == HITS_MAX;
	}
	return 0;
}

/* How good it is to begin at hit i: different words count most. */
static size_t
score(const struct marking *m, size_t i, size_t max_bytes)
{
	uint64_t seen = 0;
	size_t all = 0;

	for (size_t j = i; j < m->n_hits && m->hits[j].at.to - m->hits[i].at.from <= max_bytes;
	     j++) {
		seen |= term_bit(m->hits[j].term);
		all++;
	}
	return (size_t)__builtin_popcountll(seen) * HITS_MAX + all;
}

static size_t
best_hit(const struct marking *m, size_t max_bytes)
{
	size_t best = 0, best_score = 0;

	for (size_t i = 0; i < m->n_hits; i++) {
		size_t s = score(m, i, max_bytes);
		if (s > best_score) {
			best = i;
			best_score = s;
		}
	}
	return best;
}

/* A byte at most chars characters before at, right after a blank. */
static size_t
step_back(str s, size_t at, size_t chars)
{
	size_t word = at;

	for (; at > 0 && chars > 0; at--) {
		if (blank(s.p[at - 1]))
			word = at;
		chars -= (s.p[at - 1] & 0xc0) != 0x80;
	}
	return at == 0 ? 0 : word;
}

/* A byte at most chars characters after at, right before a blank if there is one. */
static size_t
step_forward(str s, size_t at, size_t chars)
{
	size_t word = at, i = at;

	for (; i < s.n; i++) {
		if ((s.p[i] & 0xc0) != 0x80 && chars-- == 0)
			return word > at ? word : i;
		if (blank(s.p[i]))
			word = i;
	}
	return s.n;
}

struct norsk_snippet
norsk_snippet(struct norsk *n, struct arena *a, str text, str typed, size_t max_chars)
{
	struct marking m = {.a = a,
	    .wanted = arena_array(a, struct wanted, TERMS_MAX),
	    .hits = arena_array(a, struct hit, HITS_MAX),
	    .window = 4 * max_chars /* bytes of a character at most */};
	str rest = begin(typed);
	struct term t;
	size_t from = 0;

	while (next_term(&rest, &t)) {
		m.prefix = t.prefix;
		if (asks(n, a, &t))
			norsk_tokens(n, t.text, NORSK_QUERY, want, &m);
	}
	norsk_tokens(n, text, NORSK_INDEX, mark, &m);
	if (m.n_hits && step_forward(text, 0, max_chars) < text.n)
		from = step_back(text, m.hits[best_hit(&m, max_chars)].at.from, LEAD_CHARS);
	size_t to = step_forward(text, from, max_chars);
	struct norsk_snippet s = {.text = {text.p + from, to - from},
	    .cut_before = from > 0,
	    .cut_after = to < text.n};
	struct norsk_span *marks = arena_array(a, struct norsk_span, m.n_hits);
	for (size_t i = 0; i < m.n_hits; i++)
		if (m.hits[i].at.from >= from && m.hits[i].at.to <= to)
			marks[s.n_marks++] = (struct norsk_span){
			    m.hits[i].at.from - from, m.hits[i].at.to - from};
	s.marks = marks;
	return s;
}
