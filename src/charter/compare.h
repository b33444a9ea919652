/*
 * charter/compare.h - two charters side by side, body by body (R009).
 *
 * A body is set beside the one of the same key; a joint body without one, beside another of
 * its kind and level that has no namesake either; and else it stands alone. The order is that
 * of the first charter, then what only the second has.
 */
#ifndef CHARTER_COMPARE_H
#define CHARTER_COMPARE_H

#include "charter/say.h"

struct compare_body {
	const struct charter_body *a, *b; /* of the one and the other; NULL: it has none */
};

struct compare_line {
	const char *what; /* msgid: "Møter" */
	str a, b;         /* empty: the charter does not say */
	bool differs;
};

void charter_compare_bodies(struct arena *a, const struct charter *one,
    const struct charter *other, const struct compare_body **ret, size_t *ret_n);

/* What is laid down about the two, one line for each part, in the language of s. */
void charter_compare_lines(const struct say *one, const struct say *other,
    const struct compare_body *pair, struct compare_line ret[SAY_PARTS]);

#endif
