/*
 * store/space.h - the database of one space: many readers, one writer.
 *
 * Readers are lent for one call each. All writes go through one thread, first come first
 * served. On SQLite it takes what waits as a group: one transaction, each job in its own
 * savepoint, one fsync, and only then are the callers released. On PostgreSQL each job is a
 * transaction of its own that holds the space's advisory lock.
 * A space on ":memory:" has one connection and no thread: jobs run on the caller's thread,
 * one at a time, with the same savepoint and commit.
 *
 * Units      wait_ms are milliseconds.
 * Ownership  A job works in its caller's arena, which the caller leaves alone meanwhile (it
 *            waits). struct space lives until its arena is finished; no call may be under way.
 * Errors     db.busy          ERR_BUSY      no reader, or no turn to write, in time
 *            db.commit        ERR_INTERNAL  the group was not committed
 *            space.read_only  ERR_INTERNAL  the disk failed: no writes until restart
 *            and those of store/db.h and store/migrate.h
 */
#ifndef STORE_SPACE_H
#define STORE_SPACE_H

#include "store/db.h"

struct space;

struct space_config {
	struct db_config db; /* mode is ignored */
	int max_readers;     /* 0: 16 */
	int max_queue;       /* waiting writes; 0: 256 */
	int wait_ms;         /* for a reader or a turn; 0: 5000 */
	int64_t now_at;      /* for the record of migrations */
};

/* Opens the space, migrates it, starts its writer. */
struct err *
space_open(struct arena *a, const struct space_config *config, struct space **ret) NODISCARD;

typedef struct err *space_fn(struct db *db, void *arg);

/* Runs fn on the writer. On OK the change is on the disk when this returns; on an error
 * nothing of this job is. fn may not call space_write or space_read of the same space. */
struct err *space_write(struct space *s, struct arena *a, space_fn *fn, void *arg) NODISCARD;

/* Runs fn on a reader, in one snapshot. */
struct err *space_read(struct space *s, struct arena *a, space_fn *fn, void *arg) NODISCARD;

bool space_is_read_only(struct space *s);

/* A connection of its own to the same database, for jobs that run long (backup, verify). */
struct err *
space_connect(struct space *s, struct arena *a, enum db_mode mode, struct db **ret) NODISCARD;

/* The one connection of a space in memory, NULL for others. Tests only. */
struct db *space_memory_db(struct space *s);

/* For tests of group commit: the writer finishes its group, then takes no other until
 * released; what is queued meanwhile becomes one group. */
void space_hold(struct space *s);
void space_release(struct space *s);
int space_queued(struct space *s);

#endif
