/*
 * charter/load.h - reads a charter file and says everything that is wrong with it.
 *
 * One pass finds every fault of form (unknown field, wrong type, missing, unknown word or
 * reference), and where the form is whole a second finds faults of sense (seats, parity,
 * reporting line, cadence, agenda setters ...). Gaps in the sources are listed as warnings.
 *
 * Limits     1 MB of text, 32 levels, 50 000 items walked, 5 000 seats, 500 problems.
 * Ownership  Everything lives in the arena given; the text is copied.
 * Errors     charter.invalid  ERR_INVALID  the list holds at least one error
 */
#ifndef CHARTER_LOAD_H
#define CHARTER_LOAD_H

#include "base/err.h"
#include "base/lang.h"
#include "core/charter.h"

enum charter_severity { CHARTER_ERROR = 1, CHARTER_WARNING = 2 };

#define CHARTER_ARGS 4

struct charter_problem {
	int line; /* 1 is the first; 0: the file as a whole */
	enum charter_severity severity;
	const char *rule; /* "R128", "G18", or "schema" */
	const char *code; /* "charter.unknown_field": msgid of the message */
	str args[CHARTER_ARGS];
	bool of_base; /* the line is of the charter that this is a variant of */
};

/* ret only when there is no error; ret_list and ret_n always, sorted by line. A variant of
 * another charter cannot stand alone. */
struct err *charter_load(struct arena *a, str text, const struct charter **ret,
    const struct charter_problem **ret_list, size_t *ret_n) NODISCARD;

/* The same for a variant of the charter in base (charter/variant.h). A base that is not needed
 * is not read; a variant with an empty one is refused. */
struct err *
charter_load_variant(struct arena *a, str text, str base, const struct charter **ret,
    const struct charter_problem **ret_list, size_t *ret_n) NODISCARD;

/* The key of the charter that the text is a variant of; empty: of none. */
str charter_base_of(struct arena *a, str text);

/* "minuttes is not a field of bodies.ssu. Did you mean minutes?" */
str charter_problem_message(struct arena *a, const struct charter_problem *p, enum lang lang);

/* "FILE:LINE: error: RULE: message" without a line end. */
str charter_problem_line(
    struct arena *a, const struct charter_problem *p, str file, enum lang lang);

#endif
