/*
 * store/migrate.h - brings a database to the schema this program was built with.
 *
 * Forward only: scripts src/store/schema/NNNN-name.sql, each in one transaction, each
 * remembered with the hash of its text.
 *
 * Units      now_at is UTC seconds.
 * Ownership  nothing is kept.
 * Errors     migrate.newer    ERR_INTERNAL  the database was made by a newer program
 *            migrate.changed  ERR_INTERNAL  a script that was run has changed since
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

struct migration {
	int64_t no;
	const char *name;   /* "0001-base" */
	const char *source; /* the script as written; what is hashed */
	const char *sqlite, *pg;
};

extern const struct migration db_migrations[]; /* in order; made by sqlgen */
extern const size_t db_migrations_n;

/* How many scripts are missing. */
struct err *migrate_pending(struct db *db, struct arena *a, int64_t *ret) NODISCARD;

/* Runs what is missing; *ret_ran is how many scripts that was. */
struct err *migrate(struct db *db, struct arena *a, int64_t now_at, int64_t *ret_ran) NODISCARD;

#endif
