/*
 * test/power/disk.h - a disk that remembers in which order it was written and synced, and can
 * say what might be on it if the power had gone at any of these moments.
 *
 * It is an SQLite VFS in front of the system's own. What was written to a file before its last
 * sync is on the disk; of what was written later any part may be, in sectors of 512 bytes.
 */
#ifndef TEST_DISK_H
#define TEST_DISK_H

#include <stddef.h>
#include <stdint.h>

enum disk_file { DISK_DB = 0, DISK_WAL = 1, DISK_FILES = 2 };

enum disk_kept {
	KEEP_NONE = 0, /* of the unsynced writes */
	KEEP_SOME,
	KEEP_ALL,
	KEEP_TORN, /* of some of them only some sectors */
};
#define DISK_KEPT_N 4

struct disk_event {
	enum { DISK_WRITE = 1, DISK_TRUNCATE, DISK_SYNC, DISK_ACK } kind;
	enum disk_file file;
	int64_t at; /* offset; the new size; or which acknowledgement */
	size_t n;   /* bytes */
	unsigned char *bytes;
};

struct disk {
	struct disk_event *v;
	size_t n, cap;
	size_t n_writes[DISK_FILES], n_syncs[DISK_FILES];
};

/* Registers the VFS as the default; from now on files of databases whose name begins with
 * path are remembered in *d. One at a time. */
void disk_watch(struct disk *d, const char *path);
void disk_unwatch(void);
void disk_free(struct disk *d);

/* The promise number was answered now. Thread-safe. */
void disk_acknowledge(int64_t number);

/* The same disk, played again. */
struct image {
	unsigned char *bytes;
	size_t n, cap;
};
struct replay {
	const struct disk *d;
	size_t at;                     /* events played */
	size_t synced_to[DISK_FILES];  /* everything before this event is on the disk */
	struct image file[DISK_FILES]; /* what certainly is there */
};
void replay_begin(struct replay *r, const struct disk *d, const char *path);
void replay_step(struct replay *r); /* one event */
void replay_end(struct replay *r);

/* Writes what might be there now to the files of the database at path. */
void replay_image(const struct replay *r, enum disk_kept kept, const char *path);

#endif
