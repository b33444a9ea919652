#include "app/backup.h"

#include "app/open.h"
#include "base/clock.h"
#include "base/file.h"
#include "store/backup.h"
#include "store/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST "rodtrad-backup/v1"

enum { MANIFEST_MAX = 1 << 20, FILES_MAX = 1100 };

static struct err *
io_failed(struct arena *a, const char *file)
{
	return err_new(a, ERR_INTERNAL, "backup.io", "%s: %s", file, strerror(errno));
}

__attribute__((format(printf, 2, 3))) static void
tell(struct teller t, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	t.say(t.arg, line);
}

static struct err *
make_folder(struct arena *a, const char *dir)
{
	return mkdir(dir, 0700) ? io_failed(a, dir) : OK;
}

static int
remove_one(const char *path, const struct stat *s, int kind, struct FTW *at)
{
	(void)s;
	(void)kind;
	(void)at;
	return remove(path);
}

/* What a run that was cut short has left. */
static void
remove_tree(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *
parent_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash          ? "."
	       : slash == path ? "/"
			       : arena_printf(a, "%.*s", (int)(slash - path), path);
}

/* The plain files of a folder; none if it is not there. */
static struct err *
files_in(struct arena *a, const char *dir, str **ret, size_t *ret_n)
{
	str *v = arena_array(a, str, FILES_MAX);
	DIR *d = opendir(dir);
	size_t n = 0;

	for (struct dirent *e; d && n < FILES_MAX && (e = readdir(d));)
		if (e->d_name[0] != '.')
			v[n++] = str_copy(a, str_from_c(e->d_name));
	if (d)
		closedir(d);
	*ret = v;
	*ret_n = n;
	return OK;
}

/* --- making ----------------------------------------------------------------------------- */

struct making {
	struct arena *a;
	const char *dir, *part;
	struct buf manifest;
	struct teller tell;
};

static void
list_file(struct making *m, const char *kind, str name, const struct backup_facts *f)
{
	buf_printf(&m->manifest, "%s " STR_FMT " %" PRId64 " " STR_FMT, kind, STR_ARG(name),
	    f->bytes, STR_ARG(sha256_hex(m->a, &f->sha256)));
	if (strcmp(kind, "space") == 0)
		buf_printf(&m->manifest, " %" PRId64 " " STR_FMT, f->entries,
		    STR_ARG(sha256_hex(m->a, &f->root)));
	buf_put(&m->manifest, S("\n"));
}

static struct err *
copy_space(struct making *m, str key)
{
	const char *name = str_to_c(m->a, key);
	const char *from = arena_printf(m->a, "%s/spaces/%s.db", m->dir, name);
	struct backup_facts f;

	if (access(from, F_OK))
		return err_new(m->a, ERR_INVALID, "backup.server",
		    "%s is on a PostgreSQL server: back it up with pg_dump --schema=%s", name,
		    name);
	TRY(backup_copy(
	    m->a, from, arena_printf(m->a, "%s/spaces/%s.db", m->part, name), name, &f));
	list_file(m, "space", key, &f);
	tell(m->tell, "%s: %" PRId64 " bytes, %" PRId64 " entries in the journal, verified",
	    name, f.bytes, f.entries);
	return OK;
}

static struct err *
copy_keys(struct making *m)
{
	str *files;
	size_t n;

	TRY(files_in(m->a, arena_printf(m->a, "%s/keys", m->dir), &files, &n));
	TRY(make_folder(m->a, arena_printf(m->a, "%s/keys", m->part)));
	for (size_t i = 0; i < n; i++) {
		const char *to = arena_printf(m->a, "%s/keys/%s", m->part, files[i].p);
		struct backup_facts f = {0};
		TRY(backup_copy_bytes(
		    m->a, arena_printf(m->a, "%s/keys/%s", m->dir, files[i].p), to));
		TRY(backup_hash(m->a, to, &f.bytes, &f.sha256));
		list_file(m, "key", files[i], &f);
	}
	TRY(file_sync_folder(m->a, arena_printf(m->a, "%s/keys", m->part)));
	tell(m->tell, "keys: %zu files; whoever has this backup has them", n);
	return OK;
}

static struct err *
write_manifest(struct making *m)
{
	const char *file = arena_printf(m->a, "%s/manifest", m->part);

	if (m->manifest.over)
		return err_new(m->a, ERR_INTERNAL, "backup.io", "%s: too long", file);
	return file_make(m->a, file, 0600, buf_str(&m->manifest));
}

static struct err *
fill(struct making *m, bool keys)
{
	const str *spaces;
	size_t n;

	TRY(spaces_in(m->a, m->dir, &spaces, &n));
	TRY(make_folder(m->a, m->part));
	TRY(make_folder(m->a, arena_printf(m->a, "%s/spaces", m->part)));
	for (size_t i = 0; i < n; i++)
		TRY(copy_space(m, spaces[i]));
	if (keys)
		TRY(copy_keys(m));
	TRY(write_manifest(m));
	TRY(file_sync_folder(m->a, m->part));
	return OK;
}

struct err *
backup_make(struct arena *a, const char *dir, const char *to, bool keys, int64_t now_at,
    struct teller t)
{
	struct making m = {.a = a,
	    .dir = dir,
	    .part = arena_printf(a, "%s.part", to),
	    .manifest = buf_new(a, MANIFEST_MAX),
	    .tell = t};

	if (access(to, F_OK) == 0)
		return err_new(a, ERR_CONFLICT, "backup.exists", "%s is there already", to);
	remove_tree(m.part);
	buf_printf(
	    &m.manifest, MANIFEST "\ntime " STR_FMT "\n", STR_ARG(clock_rfc3339(a, now_at)));
	struct err *e = fill(&m, keys);
	if (!e && rename(m.part, to))
		e = io_failed(a, to);
	if (e) {
		remove_tree(m.part);
		return e;
	}
	if (!keys)
		tell(t,
		    "left out: the keys in %s/keys; keep a copy of them elsewhere, or use "
		    "--keys",
		    dir);
	return file_sync_folder(a, parent_of(a, to));
}

/* --- restoring -------------------------------------------------------------------------- */

struct listed {
	bool is_key;
	const char *name; /* of the file, below spaces/ or keys/ */
	str space;
	str hash;
};

static struct err *
bad_manifest(struct arena *a, const char *why)
{
	return err_new(a, ERR_INVALID, "backup.manifest", "%s", why);
}

static struct err *
read_manifest(struct arena *a, const char *from, str *ret)
{
	const char *file = arena_printf(a, "%s/manifest", from);
	struct err *e = file_read(a, file, MANIFEST_MAX, ret);

	return e && e->kind == ERR_NOT_FOUND ? bad_manifest(a, e->detail) : e;
}

/* A file name that stays in its folder. */
static bool
plain_name(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '/')
			return false;
	return s.n > 0 && s.p[0] != '.';
}

/* "space KEY BYTES SHA256 ENTRIES ROOT" or "key NAME BYTES SHA256". */
static bool
parse_line(struct arena *a, str line, struct listed *ret)
{
	str kind, name, bytes, hash;

	if (!str_cut(line, ' ', &kind, &line) || !str_cut(line, ' ', &name, &line) ||
	    !str_cut(line, ' ', &bytes, &line) || !plain_name(name))
		return false;
	if (!str_cut(line, ' ', &hash, &line))
		hash = line;
	bool key = str_eq(kind, S("key"));
	*ret = (struct listed){
	    key, arena_printf(a, STR_FMT "%s", STR_ARG(name), key ? "" : ".db"), name, hash};
	return hash.n == 64 && (key || str_eq(kind, S("space")));
}

static struct err *
parse_manifest(struct arena *a, str text, struct listed *v, size_t *ret_n)
{
	str line;
	size_t n = 0;

	if (!str_cut(text, '\n', &line, &text) || !str_eq(line, S(MANIFEST)) ||
	    !str_cut(text, '\n', &line, &text))
		return bad_manifest(a, "this is no manifest of a backup");
	for (; str_cut(text, '\n', &line, &text); n++)
		if (n == FILES_MAX || !parse_line(a, line, &v[n]))
			return bad_manifest(a, "a line of the manifest cannot be read");
	*ret_n = n;
	return OK;
}

/* Copies one file beside its place and checks the copy. */
static struct err *
stage(struct arena *a, const char *from, const char *part, const struct listed *l)
{
	const char *folder = l->is_key ? "keys" : "spaces";
	const char *to = arena_printf(a, "%s/%s/%s", part, folder, l->name);
	struct backup_facts f;

	TRY(backup_copy_bytes(a, arena_printf(a, "%s/%s/%s", from, folder, l->name), to));
	TRY(backup_hash(a, to, &f.bytes, &f.sha256));
	if (!str_eq(sha256_hex(a, &f.sha256), l->hash))
		return bad_manifest(
		    a, arena_printf(a, "%s is not the file that was backed up", l->name));
	return l->is_key ? OK : backup_check(a, to, str_to_c(a, l->space), &f);
}

static struct err *
stage_all(struct arena *a, const char *from, const char *part, const struct listed *v, size_t n)
{
	const char *spaces = arena_printf(a, "%s/spaces", part);
	const char *keys = arena_printf(a, "%s/keys", part);

	TRY(make_folder(a, part));
	TRY(make_folder(a, spaces));
	TRY(make_folder(a, keys));
	for (size_t i = 0; i < n; i++)
		TRY(stage(a, from, part, &v[i]));
	TRY(file_sync_folder(a, spaces));
	return file_sync_folder(a, keys);
}

/* Everything that is to be written over, which must be nothing. */
static struct err *
check_free(struct arena *a, const char *dir, const struct listed *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *to = arena_printf(
		    a, "%s/%s/%s", dir, v[i].is_key ? "keys" : "spaces", v[i].name);
		if (access(to, F_OK) == 0)
			return err_new(
			    a, ERR_CONFLICT, "backup.exists", "%s is there already", to);
	}
	return OK;
}

static struct err *
put_in_place(
    struct arena *a, const char *part, const char *dir, const struct listed *v, size_t n)
{
	const char *folders[] = {
	    arena_printf(a, "%s/spaces", dir), arena_printf(a, "%s/keys", dir)};

	for (int i = 0; i < 2; i++)
		if (mkdir(folders[i], 0700) && errno != EEXIST)
			return io_failed(a, folders[i]);
	for (size_t i = 0; i < n; i++) {
		const char *to = arena_printf(a, "%s/%s", folders[v[i].is_key], v[i].name);
		if (rename(arena_printf(
			       a, "%s/%s/%s", part, v[i].is_key ? "keys" : "spaces", v[i].name),
			to))
			return io_failed(a, to);
	}
	TRY(file_sync_folder(a, folders[0]));
	return file_sync_folder(a, folders[1]);
}

static void
tell_restored(struct teller t, const char *dir, const struct listed *v, size_t n)
{
	size_t keys = 0;

	for (size_t i = 0; i < n; i++) {
		keys += v[i].is_key;
		if (!v[i].is_key)
			tell(t, STR_FMT ": restored and verified", STR_ARG(v[i].space));
	}
	if (keys)
		tell(t, "keys: %zu files", keys);
	else
		tell(t,
		    "no keys in this backup: put yours in %s/keys before the service starts",
		    dir);
}

struct err *
backup_restore(struct arena *a, const char *from, const char *dir, struct teller t)
{
	const char *part = arena_printf(a, "%s/restore.part", dir);
	struct listed *v = arena_array(a, struct listed, FILES_MAX);
	str text;
	size_t n;

	TRY(read_manifest(a, from, &text));
	TRY(parse_manifest(a, text, v, &n));
	TRY(check_free(a, dir, v, n));
	if (mkdir(dir, 0700) && errno != EEXIST)
		return io_failed(a, dir);
	remove_tree(part);
	struct err *e = stage_all(a, from, part, v, n);
	if (!e)
		e = put_in_place(a, part, dir, v, n);
	remove_tree(part);
	if (!e)
		tell_restored(t, dir, v, n);
	return e;
}

/* --- migrating -------------------------------------------------------------------------- */

static struct err *
migrate_open(struct db *db, struct arena *a, str key, int64_t now_at, struct teller t)
{
	int64_t ran;

	TRY(migrate(db, a, now_at, &ran));
	tell(t, STR_FMT ": %" PRId64 " scripts run", STR_ARG(key), ran);
	return OK;
}

struct err *
spaces_migrate(
    struct arena *a, const char *dir, const char *database, int64_t now_at, struct teller t)
{
	const str *keys;
	size_t n;

	TRY(spaces_in(a, dir, &keys, &n));
	for (size_t i = 0; i < n; i++) {
		const char *file =
		    arena_printf(a, "%s/spaces/" STR_FMT ".db", dir, STR_ARG(keys[i]));
		struct db_config config = {.url = database ? database : file,
		    .schema = database ? str_to_c(a, keys[i]) : NULL};
		struct arena own;
		struct db *db;
		arena_init(&own, 1 << 30);
		struct err *e = database ? OK : space_keep_old(&own, dir, keys[i]);
		if (!e)
			e = db_open(&own, &config, &db);
		if (!e)
			e = migrate_open(db, &own, keys[i], now_at, t);
		if (e)
			e = err_at_(a, e->kind, e->code, e->where, STR_FMT ": %s",
			    STR_ARG(keys[i]), e->detail);
		arena_finish(&own);
		TRY(e);
	}
	return OK;
}
