/*
 * app/backup.h - all spaces of a data folder, to a folder and back.
 *
 *	TO/manifest         what is there: sizes, hashes, where each journal stood
 *	TO/spaces/KEY.db    each checked in full before it got its name
 *	TO/keys/            only when asked for
 *
 * A backup is whole or not there: it grows in TO.part and gets its name last. The service may
 * run meanwhile. A restore checks everything again before anything gets its place, and never
 * writes over a space.
 *
 * Errors     backup.exists    ERR_CONFLICT  there is something at the place already
 *            backup.server    ERR_INVALID   a space is on a PostgreSQL server
 *            backup.manifest  ERR_INVALID   no backup, or not the one its manifest tells of
 *            and those of store/backup.h
 */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct teller { /* hears one line for each thing done */
	void (*say)(void *arg, const char *line);
	void *arg;
};

struct err *backup_make(struct arena *a, const char *dir, const char *to, bool keys,
    int64_t now_at, struct teller tell) NODISCARD;

struct err *backup_restore(
    struct arena *a, const char *from, const char *dir, struct teller tell) NODISCARD;

/* Brings every space to this program's schema. A file is first copied (space_keep_old()). */
struct err *spaces_migrate(struct arena *a, const char *dir, const char *database,
    int64_t now_at, struct teller tell) NODISCARD;

#endif
