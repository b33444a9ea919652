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

/* The parts of a body's rules, in the order they are told. */
enum say_of {
	SAY_KIND,
	SAY_REPORTS_TO,
	SAY_SEATS,
	SAY_TERM,
	SAY_CHAIR,
	SAY_CADENCE,
	SAY_AGENDA,
	SAY_AUTHORITY,
	SAY_DECISION,
	SAY_PARTS
};

struct say_part {
	const char *what; /* msgid: "Plasser" */
	str (*say)(const struct say *s, const struct charter_body *b);
};

extern const struct say_part say_parts[SAY_PARTS];

/* Where a part comes from, the first line of several; NULL: it stands on the body's own. */
const struct charter_basis *say_basis(enum say_of part, const struct charter_body *b);

#endif
