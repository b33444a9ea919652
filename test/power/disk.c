#include "disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512 };

static struct watch {
	pthread_mutex_t lock;
	struct disk *d; /* NULL: nothing is remembered */
	char path[256];
	sqlite3_vfs vfs, *real;
} watch = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* One open file; the system's own follows it in memory. */
struct file {
	sqlite3_file base;
	int which; /* enum disk_file, -1: not remembered */
};

static sqlite3_file *
real_of(sqlite3_file *f)
{
	return (sqlite3_file *)((char *)f + sizeof(struct file));
}

/* --- remembering ------------------------------------------------------------------------ */
static void
remember(int which, int kind, int64_t at, const void *bytes, size_t n)
{
	struct disk *d;

	pthread_mutex_lock(&watch.lock);
	d = which >= 0 ? watch.d : NULL;
	if (d && d->n == d->cap) {
		d->cap = d->cap ? 2 * d->cap : 1024;
		d->v = realloc(d->v, d->cap * sizeof(*d->v));
		if (!d->v)
			abort();
	}
	if (d) {
		struct disk_event *e = &d->v[d->n++];
		memset(e, 0, sizeof(*e));
		e->kind = kind;
		e->file = (enum disk_file)which;
		e->at = at;
		e->n = n;
		e->bytes = n ? malloc(n) : NULL;
		if (n)
			memcpy(e->bytes, bytes, n);
		d->n_writes[which] += kind == DISK_WRITE;
		d->n_syncs[which] += kind == DISK_SYNC;
	}
	pthread_mutex_unlock(&watch.lock);
}

void
disk_acknowledge(int64_t number)
{
	remember(DISK_DB, DISK_ACK, number, NULL, 0);
}

/* --- the VFS ---------------------------------------------------------------------------- */
static int
file_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
	remember(((struct file *)f)->which, DISK_WRITE, at, bytes, (size_t)n);
	return real_of(f)->pMethods->xWrite(real_of(f), bytes, n, at);
}

static int
file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	remember(((struct file *)f)->which, DISK_TRUNCATE, size, NULL, 0);
	return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int
file_sync(sqlite3_file *f, int flags)
{
	int rc = real_of(f)->pMethods->xSync(real_of(f), flags);

	if (rc == SQLITE_OK)
		remember(((struct file *)f)->which, DISK_SYNC, 0, NULL, 0);
	return rc;
}

static int
file_close(sqlite3_file *f)
{
	return real_of(f)->pMethods->xClose(real_of(f));
}

static int
file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), ret);
}

static int
file_lock(sqlite3_file *f, int how)
{
	return real_of(f)->pMethods->xLock(real_of(f), how);
}

static int
file_unlock(sqlite3_file *f, int how)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), how);
}

static int
file_reserved(sqlite3_file *f, int *ret)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), ret);
}

static int
file_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int
file_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int
file_traits(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int
file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, ret);
}

static int
file_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}

static void
file_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int
file_shm_unmap(sqlite3_file *f, int remove)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

/* Version 2: no xFetch, so nothing is written past us through mapped memory. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int
which_file(const char *name, int flags)
{
	if (!name || !watch.path[0] || strncmp(name, watch.path, strlen(watch.path)) != 0)
		return -1;
	if (flags & SQLITE_OPEN_MAIN_DB)
		return DISK_DB;
	return flags & SQLITE_OPEN_WAL ? DISK_WAL : -1;
}

static int
vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags, int *ret_flags)
{
	struct file *file = (struct file *)f;
	int rc = watch.real->xOpen(watch.real, name, real_of(f), flags, ret_flags);

	(void)vfs;
	file->base.pMethods = real_of(f)->pMethods ? &methods : NULL;
	file->which = which_file(name, flags);
	return rc;
}

void
disk_watch(struct disk *d, const char *path)
{
	memset(d, 0, sizeof(*d));
	if (!watch.real) {
		watch.real = sqlite3_vfs_find(NULL);
		watch.vfs = *watch.real;
		watch.vfs.zName = "disk";
		watch.vfs.szOsFile = (int)sizeof(struct file) + watch.real->szOsFile;
		watch.vfs.xOpen = vfs_open;
		sqlite3_vfs_register(&watch.vfs, 1);
	}
	snprintf(watch.path, sizeof(watch.path), "%s", path);
	watch.d = d;
}

void
disk_unwatch(void)
{
	pthread_mutex_lock(&watch.lock);
	watch.d = NULL;
	watch.path[0] = 0;
	pthread_mutex_unlock(&watch.lock);
}

void
disk_free(struct disk *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->v[i].bytes);
	free(d->v);
	memset(d, 0, sizeof(*d));
}

/* --- playing it again ------------------------------------------------------------------- */
static void
grow(struct image *m, size_t n)
{
	if (n > m->cap) {
		m->cap = 2 * n;
		m->bytes = realloc(m->bytes, m->cap);
		if (!m->bytes)
			abort();
	}
	if (n > m->n) {
		memset(m->bytes + m->n, 0, n - m->n);
		m->n = n;
	}
}

static void
apply(struct image *m, const struct disk_event *e, bool torn)
{
	if (e->kind == DISK_TRUNCATE && (size_t)e->at < m->n)
		m->n = (size_t)e->at;
	if (e->kind != DISK_WRITE)
		return;
	grow(m, (size_t)e->at + e->n);
	for (size_t i = 0; i < e->n; i += SECTOR) {
		size_t n = e->n - i < SECTOR ? e->n - i : SECTOR;
		if (!torn || random() % 2)
			memcpy(m->bytes + e->at + i, e->bytes + i, n);
	}
}

static void
load(struct image *m, const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return;
	fseek(f, 0, SEEK_END);
	long n = ftell(f);
	rewind(f);
	grow(m, (size_t)n);
	if (fread(m->bytes, 1, (size_t)n, f) != (size_t)n)
		abort();
	fclose(f);
}

void
replay_begin(struct replay *r, const struct disk *d, const char *path)
{
	char wal[300];

	memset(r, 0, sizeof(*r));
	r->d = d;
	snprintf(wal, sizeof(wal), "%s-wal", path);
	load(&r->file[DISK_DB], path);
	load(&r->file[DISK_WAL], wal);
}

void
replay_end(struct replay *r)
{
	for (int f = 0; f < DISK_FILES; f++)
		free(r->file[f].bytes);
}

void
replay_step(struct replay *r)
{
	const struct disk_event *e = &r->d->v[r->at++];

	if (e->kind != DISK_SYNC)
		return;
	for (size_t i = r->synced_to[e->file]; i < r->at; i++)
		if (r->d->v[i].file == e->file)
			apply(&r->file[e->file], &r->d->v[i], false);
	r->synced_to[e->file] = r->at;
}

static void
store(const struct image *m, const char *path)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(m->bytes, 1, m->n, f) != m->n || fclose(f))
		abort();
}

static void
image_of(const struct replay *r, int file, enum disk_kept kept, struct image *m)
{
	grow(m, r->file[file].n);
	memcpy(m->bytes, r->file[file].bytes, m->n);
	for (size_t i = r->synced_to[file]; i < r->at && kept != KEEP_NONE; i++) {
		bool some = kept == KEEP_SOME || kept == KEEP_TORN;
		if ((int)r->d->v[i].file == file && (!some || random() % 2))
			apply(m, &r->d->v[i], kept == KEEP_TORN);
	}
}

void
replay_image(const struct replay *r, enum disk_kept kept, const char *path)
{
	static const char *const ends[DISK_FILES] = {"", "-wal"};
	char name[300];

	for (int f = 0; f < DISK_FILES; f++) {
		struct image m = {0};
		image_of(r, f, kept, &m);
		snprintf(name, sizeof(name), "%s%s", path, ends[f]);
		store(&m, name);
		free(m.bytes);
	}
	snprintf(name, sizeof(name), "%s-shm", path);
	unlink(name);
}
