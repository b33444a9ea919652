/*
 * base/diff.h - what differs between two texts, word by word.
 *
 * The shortest list of changes (Myers), with work that is bounded: texts that differ in more
 * than DIFF_MAX_CHANGES words are compared line by line, and beyond that as wholes.
 *
 * Ownership  Spans are slices of the two texts; the list lives in the arena.
 * Errors     none.
 */
#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include "base/str.h"

enum { DIFF_MAX_CHANGES = 1000 };

enum diff_kind { DIFF_EQUAL = 1, DIFF_DELETE, DIFF_INSERT };

struct diff_span {
	enum diff_kind kind;
	str text; /* of the new text, or of the old where it is DIFF_DELETE */
};

/* In the order of reading; what was deleted stands before what came instead. The equal and
 * inserted spans make up the new text, the equal and deleted ones the old. */
void diff_words(struct arena *a, str was, str is, struct diff_span **ret_spans, size_t *ret_n);

#endif
