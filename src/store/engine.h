/*
 * store/engine.h - what an engine does for store/db.c. Nobody else includes this.
 *
 * Ownership  A struct db is the first member of the engine's own connection object, which
 *            the engine allocates in open and frees in close.
 * Errors     as in store/db.h
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "store/db.h"

/* A running query. */
struct db_rows {
	struct db *db;
	const struct db_query *q;
	void *st;  /* the engine's */
	int at, n; /* the engine's */
};

struct db_engine {
	const char *begin_read, *only_read, *read_write; /* the last two: of the connection */
	struct err *(*open)(struct arena *, const struct db_config *, struct db **ret)NODISCARD;
	void (*close)(struct db *);
	struct err *(*script)(struct db *, struct arena *, const char *sql)NODISCARD;
	struct err *(*begin_write)(struct db *, struct arena *)NODISCARD;
	bool (*in_transaction)(struct db *);
	bool (*alive)(struct db *); /* false: the connection is lost */
	/* Checks now the rules that are checked only at commit. */
	struct err *(*settle)(struct db *, struct arena *)NODISCARD;

	struct err *(*start)(struct db *, struct arena *, const struct db_query *,
	    const struct db_value *args, struct db_rows *ret)NODISCARD;
	struct err *(*next)(struct db_rows *, struct arena *, bool *ret_row)NODISCARD;
	struct db_value (*value)(struct db_rows *, struct arena *, int at, enum db_type);
	int64_t (*changed)(struct db_rows *); /* after the last next */
	void (*stop)(struct db_rows *);       /* may be called twice */

	/* Work after a commit that nobody waits for. */
	void (*tidy)(struct db *);
};

struct db {
	const struct db_engine *engine;
	struct arena log; /* row images, until the transaction ends */
	struct db_changes changes;
	bool sync_failed; /* an I/O error: what is on the disk is not known */
};

extern const struct db_engine db_sqlite, db_postgres;

void db_tidy(struct db *db);
bool db_sync_failed(const struct db *db);
bool db_in_transaction(struct db *db);
bool db_alive(struct db *db);

#endif
