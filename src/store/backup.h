/*
 * store/backup.h - a copy of a space's file that is known to be whole.
 *
 * The copy is made from one snapshot while the service runs (VACUUM INTO), beside its place,
 * under a name of its own; then it is opened and checked in full: the engine's own check,
 * foreign keys, the whole record against every row. Only a copy that holds is put on the
 * disk and gets its name. SQLite only: a PostgreSQL server has pg_dump.
 *
 * Errors     backup.exists  ERR_CONFLICT  there is a file at the place of the copy
 *            backup.broken  ERR_INTERNAL  the check found something; the detail says what
 *            backup.io      ERR_INTERNAL  a file could not be read or written
 *            and those of store/db.h and base/file.h
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "base/err.h"
#include "base/sha.h"

struct backup_facts {
	int64_t bytes;
	struct sha256 sha256; /* of the file */
	int64_t entries;      /* in its journal */
	struct sha256 root;   /* of the journal's tree */
};

/* Copies the file `from` of the space (its name is for messages) to `to`. */
struct err *backup_copy(struct arena *a, const char *from, const char *to, const char *space,
    struct backup_facts *ret) NODISCARD;

/* Checks a copy where it lies, without changing it. */
struct err *backup_check(
    struct arena *a, const char *file, const char *space, struct backup_facts *ret) NODISCARD;

/* The size and hash of any file. */
struct err *backup_hash(
    struct arena *a, const char *file, int64_t *ret_bytes, struct sha256 *ret) NODISCARD;

/* Copies bytes to a new file that only its owner may read, and puts it on the disk. */
struct err *backup_copy_bytes(struct arena *a, const char *from, const char *to) NODISCARD;

#endif
