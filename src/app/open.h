/*
 * app/open.h - the data folder: which spaces there are, and opening them.
 *
 *	DIR/spaces/KEY.db   one file a space (SQLite)
 *	DIR/keys/           secrets; never in a backup unless asked for
 *
 * With a PostgreSQL server each space is a schema named by its key; DIR/spaces/KEY is then an
 * empty file that says it exists.
 *
 * Ownership  All of it lives in the arena, which outlives every request.
 * Errors     space.key     ERR_INVALID    a key is lower case a-z, 0-9 and -, at most 40
 *            space.unknown ERR_NOT_FOUND  no such space in the folder
 */
#ifndef APP_OPEN_H
#define APP_OPEN_H

#include "app/cx.h"
#include "app/house.h"

struct opened {
	str key;
	struct space *space;
	const struct charter *charter; /* NULL: not founded yet */
};

/* Makes the folder if need be, loads the keys, starts what the process has one of. */
struct err *house_open(struct arena *a, const char *dir, struct house *ret) NODISCARD;

/* The keys of the spaces in the folder, in order. */
struct err *
spaces_in(struct arena *a, const char *dir, const str **ret, size_t *ret_n) NODISCARD;

/* Copies the file of a space that this program is about to migrate, checked in full, to
 * DIR/before-migration/KEY-NNNN.db, NNNN being how many scripts it has run; one made before by
 * as many is replaced. Nothing is to be done: nothing is copied. */
struct err *space_keep_old(struct arena *a, const char *dir, str key) NODISCARD;

/* Opens one space, making it when create is set; an old one is kept first as above. database:
 * NULL, or "postgres://…". */
struct err *space_open_key(struct arena *a, const char *dir, const char *database, str key,
    bool create, int64_t now_at, struct opened *ret) NODISCARD;

/* Where a space of the folder is, for who only looks at it (verify, backup): what db_open()
 * is to be given. */
struct err *space_place(struct arena *a, const char *dir, const char *database, str key,
    struct db_config *ret) NODISCARD;

/* A context for the command line: the actor is the system. */
void cx_for_system(struct cx *ret, struct arena *a, const struct opened *o, struct house *house,
    int64_t now_at);

#endif
