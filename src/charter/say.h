/*
 * charter/say.h - what a charter lays down, as sentences for people.
 *
 * Each part says one thing about one body, and nothing where the charter is silent: an empty
 * text. The sentences have no full stop, so that they stand in a table as well.
 *
 * Ownership  The texts live in the arena given.
 * Errors     None.
 */
#ifndef CHARTER_SAY_H
#define CHARTER_SAY_H

#include "base/lang.h"
#include "core/charter.h"

struct say {
	struct arena *a;
	const struct charter *c;
	enum lang lang;
};

/* One part of a body's rules. */
struct say_part {
	const char *what; /* msgid: "Plasser" */
	str (*say)(const struct say *s, const struct charter_body *b);
	/* where it comes from, the first of several; NULL: it stands on the body's own */
	const struct charter_basis *(*basis)(const struct charter_body *b);
};

enum { SAY_PARTS = 9 };
extern const struct say_part say_parts[SAY_PARTS];

#endif
