/*
 * store/db.h - one connection to a database, and what generated queries call.
 *
 * A connection is used by one thread at a time. Statements are prepared once per connection
 * and kept; rows are copied into the arena of the caller, so nothing a query returns points
 * into the engine. SQLite or PostgreSQL is chosen by the URL; no caller can tell which.
 *
 * Units      Instants are UTC seconds, civil days are days since 1970-01-01.
 * Ownership  Rows and errors live in the arena given to the query. Row images of changes
 *            live in the connection until the transaction ends.
 * Errors     db.busy        ERR_BUSY      another process holds the database
 *            db.rule        ERR_CONFLICT  a constraint said no (detail names it)
 *            db.broken      ERR_INTERNAL  everything else
 *            db.version     ERR_INTERNAL  the engine is too old, or its settings do not hold
 *            db.unrecorded  ERR_INTERNAL  recorded rows changed without a journal entry
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"
#include "base/str.h"

struct db;

enum db_type {
	DB_NULL = 0,
	DB_INT = 1,
	DB_TEXT = 2,
	DB_BLOB = 3,
	DB_REAL = 4,
	DB_INTS = 5, /* a list; as a parameter only */
};

struct ints {
	const int64_t *v;
	size_t n;
};

struct db_value {
	enum db_type type;
	union {
		int64_t i;
		double d;
		str s; /* text or bytes */
		struct ints list;
	};
};

/* A column of a table, or a column of a query and the member of the row struct it fills. */
struct db_column {
	const char *name;
	enum db_type type;
	size_t offset;     /* of the member */
	size_t has_offset; /* of the bool has_NAME beside it; 0: never NULL */
};

/* A table of the joint record. */
struct db_table {
	const char *name;
	const struct db_column *columns;
	size_t n_columns;
	const int *pk; /* numbers of the columns of the primary key, in its order */
	size_t n_pk;
};

extern const struct db_table db_tables[]; /* all recorded tables, by name */
extern const size_t db_tables_n;
const struct db_table *db_table_find(const char *name); /* NULL: no such recorded table */

/* The text of a query in both dialects and the place where a connection keeps it. */
struct db_query {
	const char *name, *sql, *pg;
	int slot; /* -1: not kept */
	const enum db_type *in;
	int n_in;
	const struct db_column *columns;
	int n_columns;
	size_t row_size, row_align;
	const struct db_table *table; /* the recorded table it changes, or NULL */
	char op;                      /* '+' or '-', see struct db_change */
	int id_at;                    /* :insert: number of the column with the new id */
};

/* --- a connection ----------------------------------------------------------------------- */
enum db_mode {
	DB_WRITER = 1, /* reads and writes; makes the database if it is not there */
	DB_READER = 2, /* refuses every write */
};

struct db_config {
	const char *url;    /* file name, ":memory:" or "postgres://..." */
	const char *schema; /* PostgreSQL: the schema of the space; NULL: "public" */
	enum db_mode mode;  /* 0: DB_WRITER */
	/* SQLite only, for the power-cut test's negative control: commits may be lost. */
	bool unsafe_sync_normal;
};

/* Opens a connection; closed when a is finished. */
struct err *db_open(struct arena *a, const struct db_config *config, struct db **ret) NODISCARD;

/* Runs statements that return nothing: migrations and tests, never a use case. */
struct err *db_script(struct db *db, struct arena *a, const char *sql) NODISCARD;

bool db_is_postgres(const struct db *db);
struct err *
db_table_exists(struct db *db, struct arena *a, const char *table, bool *ret) NODISCARD;

/* A transaction. A writing one takes the write lock at once, so that it cannot fail halfway
 * with db.busy; a reading one sees one snapshot. After an error the only way on is back
 * (PostgreSQL refuses all else). Rollback never fails and may be called
 * when there is nothing to roll back. */
struct err *db_begin(struct db *db, struct arena *a, enum db_mode mode) NODISCARD;
struct err *db_commit(struct db *db, struct arena *a) NODISCARD;
void db_rollback(struct db *db);

/* Runs fn in a savepoint of the current transaction: undone alone if fn returns an error.
 * Afterwards no change may be left that nobody took (db.unrecorded). */
struct err *db_savepoint(struct db *db, struct arena *a, struct err *(*fn)(struct db *, void *),
    void *arg) NODISCARD;

/* --- the joint record ------------------------------------------------------------------- */

/* What a query did to a row of a recorded table: '+' the row is now so (inserted or
 * updated), '-' the row was so and is gone. */
struct db_change {
	const struct db_table *table;
	char op;
	const struct db_value *values; /* one for each column of the table */
	struct db_change *next;
};

struct db_changes {
	struct db_change *first, *last;
	size_t n;
};

/* Takes the changes made since the last take, in order. They live until the transaction
 * (or the savepoint) ends. */
void db_changes_take(struct db *db, struct db_changes *ret);

/* Calls fn with each row of a recorded table, in the order of its primary key (text by
 * bytes). The values live until fn returns; the first error ends the scan. */
typedef struct err *db_row_fn(void *arg, const struct db_value *values);
struct err *db_table_scan(struct db *db, struct arena *a, const struct db_table *table,
    db_row_fn *fn, void *arg) NODISCARD;

/* --- for generated code only ------------------------------------------------------------ */
struct err *db_exec_(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, int64_t *ret_changed_or_null) NODISCARD;
struct err *db_insert_(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, int64_t *ret_id) NODISCARD;
struct err *db_one_(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, void **ret) NODISCARD;
struct err *db_maybe_(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, void **ret) NODISCARD;
struct err *db_many_(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, void **ret, size_t *ret_n) NODISCARD;

static inline struct db_value
db_int_(const int64_t *v)
{
	return v ? (struct db_value){.type = DB_INT, .i = *v} : (struct db_value){0};
}

static inline struct db_value
db_real_(const double *v)
{
	return v ? (struct db_value){.type = DB_REAL, .d = *v} : (struct db_value){0};
}

static inline struct db_value
db_text_(const str *v)
{
	return v ? (struct db_value){.type = DB_TEXT, .s = *v} : (struct db_value){0};
}

static inline struct db_value
db_blob_(const str *v)
{
	return v ? (struct db_value){.type = DB_BLOB, .s = *v} : (struct db_value){0};
}

static inline struct db_value
db_ints_(const struct ints *v)
{
	return (struct db_value){.type = DB_INTS, .list = *v};
}

#endif
