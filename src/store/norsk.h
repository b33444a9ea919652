/*
 * store/norsk.h - the words of a Norwegian text as search knows them, on both engines.
 *
 * Indexed is the stem of each word (Snowball), and beside it: its form without æøå, since
 * people type mote for møte; its form with æøå where it has aa, ae or oe; its bokmål form
 * where the word list knows it from nynorsk; and the parts of a compound, so that avtale finds
 * samarbeidsavtalen. Asked for is one stem, and beside it the form with æøå and the bokmål
 * form: nothing that would find more than the word.
 *
 * Stop words are indexed, since a phrase may hold them, and left out of questions by
 * norsk_match and norsk_tsquery.
 *
 * An index depends on norsk_version(): keep it beside the index and build anew when it differs.
 *
 * Ownership  A struct norsk belongs to one thread. Tokens live until the sink returns.
 */
#ifndef STORE_NORSK_H
#define STORE_NORSK_H

#include "base/str.h"

enum { NORSK_WORD_MAX = 64 /* bytes; longer words are cut there */ };

enum norsk_mode { NORSK_INDEX = 1, NORSK_QUERY };

struct norsk {
	struct sb_stemmer *stemmer;
};

struct norsk_token {
	str text;        /* what is indexed or asked for */
	size_t from, to; /* bytes of the word in the text */
	bool beside;     /* another form of the token before it, at the same place */
};

/* Not 0: stop, and give that to the caller. */
typedef int norsk_sink(void *arg, const struct norsk_token *t);

void norsk_init(struct norsk *n);
void norsk_finish(struct norsk *n);
const char *norsk_version(void);

int norsk_tokens(struct norsk *n, str text, enum norsk_mode mode, norsk_sink *sink, void *arg);

/* What somebody typed, as a question. Words must all be there; "words in quotes" one after
 * the other; word* begins with. Empty where nothing is left to look for: then there is no
 * answer, and the engine must not be asked. */
str norsk_match(struct norsk *n, struct arena *a, str typed);   /* for FTS5's MATCH */
str norsk_tsquery(struct norsk *n, struct arena *a, str typed); /* for ::tsquery */

/* The text of a PostgreSQL tsvector. The weight is A (gravest) to D; positions count on from
 * *position, so that a title and a body become one vector by concatenation. */
str norsk_tsvector(struct norsk *n, struct arena *a, str text, char weight, int *position);

struct norsk_span {
	size_t from, to; /* bytes */
};

/* The piece of text to show for a hit, at most max_chars characters and cut at words, where
 * most of what was typed stands, and the words in it to mark. */
struct norsk_snippet {
	str text;
	bool cut_before, cut_after;
	const struct norsk_span *marks; /* within text */
	size_t n_marks;
};

struct norsk_snippet
norsk_snippet(struct norsk *n, struct arena *a, str text, str typed, size_t max_chars);

#endif
