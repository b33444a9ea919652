/*
 * app/house.h - what the whole process has one of: keys, the place where passwords are
 * hashed, the reader of files, the spaces.
 *
 * Made by main before any thread starts, read-only after but for what locks itself.
 */
#ifndef APP_HOUSE_H
#define APP_HOUSE_H

#include "app/hasher.h"
#include "base/err.h"
#include "base/str.h"

/* Secrets of this installation, kept beside the data, never in a database or a backup. */
struct keys {
	unsigned char pepper[32]; /* mixed into passwords before they are hashed */
	unsigned char cookie[32]; /* signs how long a session has been idle */
};

struct house {
	struct keys keys;
	struct hasher hasher;
	struct filed *filed; /* the sandboxed reader of uploaded files; store/filed.h */
	_Atomic int64_t jobs_ran_at, jobs_failed_at; /* by app/jobs.h; 0: never */
};

/* Reads DIR/keys/server.key, or makes it (0600), on the disk when this returns. keys.file, and
 * the errors of base/file.h: it cannot be read or kept, or is not as long as it must be. */
struct err *keys_load(struct arena *a, const char *dir, struct keys *ret) NODISCARD;

#endif
