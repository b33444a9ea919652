/*
 * app/found.h - founding a space from a charter, and reading the charter in force.
 *
 * Errors     charter.invalid  ERR_INVALID   the charter has errors; charter/load.h lists them
 *            space.founded    ERR_CONFLICT  the space has a charter already
 *            space.empty      ERR_NOT_FOUND the space has not been founded
 */
#ifndef APP_FOUND_H
#define APP_FOUND_H

#include "app/usecase.h"

/* Copies parties, bodies and seats of the charter into the space's tables. The actor is the
 * system: this is done from the command line, before there are people. */
struct err *space_found(struct cx *cx, str yaml) NODISCARD;

/* A charter to be read from files. */
struct charter_source {
	str file, yaml;
	str base_file,
	    base; /* of what it is a variant of; empty: of nothing, or it is not there */
};

/* The name of the charter, as in charters/, that the text is a variant of; empty: of none. */
str charter_variant(struct arena *a, str yaml);

/* One of the program's own; empty: it has none of that name. */
str charter_builtin(struct arena *a, str name);

/* Puts what is wrong with a charter, and the gaps in its sources, into out: a line each,
 * "FILE:LINE: error|warning: RULE: message". charter.invalid: there is an error. */
struct err *charter_report(
    struct arena *a, const struct charter_source *s, enum lang lang, struct buf *out) NODISCARD;

/* The charter in force on the day, read into a. */
struct err *space_charter(
    struct cx *cx, struct arena *a, int64_t day, const struct charter **ret) NODISCARD;

#endif
