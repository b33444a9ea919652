#include "store/backup.h"

#include "base/file.h"
#include "store/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, CHECK_LIMIT = 1 << 30 };

static struct err *
io_failed(struct arena *a, const char *file)
{
	return err_new(a, ERR_INTERNAL, "backup.io", "%s: %s", file, strerror(errno));
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* --- files ------------------------------------------------------------------------------ */

struct err *
backup_hash(struct arena *a, const char *file, int64_t *ret_bytes, struct sha256 *ret)
{
	__attribute__((cleanup(close_fd))) int fd = open(file, O_RDONLY | O_CLOEXEC);
	char *chunk = arena_array(a, char, CHUNK);
	struct sha256_stream s;
	int64_t bytes = 0;
	ssize_t n;

	if (fd < 0)
		return io_failed(a, file);
	sha256_init(&s);
	while ((n = read(fd, chunk, CHUNK)) > 0) {
		sha256_add(&s, (str){chunk, (size_t)n});
		bytes += n;
	}
	if (n < 0)
		return io_failed(a, file);
	*ret = sha256_finish(&s);
	*ret_bytes = bytes;
	return OK;
}

struct err *
backup_copy_bytes(struct arena *a, const char *from, const char *to)
{
	__attribute__((cleanup(close_fd))) int in = open(from, O_RDONLY | O_CLOEXEC);
	__attribute__((cleanup(close_fd))) int out =
	    in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	char *chunk = arena_array(a, char, CHUNK);
	ssize_t n;

	if (in < 0)
		return io_failed(a, from);
	if (out < 0)
		return io_failed(a, to);
	while ((n = read(in, chunk, CHUNK)) > 0)
		if (!file_put(out, (str){chunk, (size_t)n}))
			return io_failed(a, to);
	if (n < 0)
		return io_failed(a, from);
	return fsync(out) ? io_failed(a, to) : OK;
}

static struct err *
sync_file(struct arena *a, const char *path)
{
	__attribute__((cleanup(close_fd))) int fd = open(path, O_RDWR | O_CLOEXEC);

	return fd < 0 || fsync(fd) ? io_failed(a, path) : OK;
}

/* --- checking --------------------------------------------------------------------------- */

/* A pragma that answers one row "ok", or none, when all is well. */
static struct err *
expect_ok(struct db *db, struct arena *a, const char *space, const char *pragma)
{
	const enum db_type text = DB_TEXT;
	const struct db_column column = {.name = "problem", .type = DB_TEXT, .has_offset = 0};
	const struct db_query q = {.name = pragma,
	    .sql = pragma,
	    .slot = -1,
	    .in = &text,
	    .columns = &column,
	    .n_columns = 1,
	    .row_size = sizeof(str),
	    .row_align = alignof(str)};
	str *rows;
	size_t n;

	TRY(db_many_(db, a, &q, NULL, (void **)&rows, &n));
	if (n > 0 && !str_eq(rows[0], S("ok")))
		return err_new(
		    a, ERR_INTERNAL, "backup.broken", "%s: " STR_FMT, space, STR_ARG(rows[0]));
	return OK;
}

struct first_problem {
	struct arena *a;
	const char *line;
};

static void
keep_first(void *arg, const char *line)
{
	struct first_problem *p = arg;

	if (!p->line)
		p->line = arena_printf(p->a, "%s", line);
}

static struct err *
check_open(struct db *db, struct arena *a, const char *space, struct backup_facts *ret)
{
	struct first_problem problem = {a, NULL};
	struct verify v = {.space = space, .say = keep_first, .arg = &problem};
	struct verify_result result;

	TRY(expect_ok(db, a, space,
	    "SELECT integrity_check AS problem FROM pragma_integrity_check LIMIT 1"));
	TRY(expect_ok(db, a, space,
	    "SELECT 'a row of ' || \"table\" || ' points to none of ' || parent AS problem"
	    " FROM pragma_foreign_key_check LIMIT 1"));
	TRY(verify_space(db, a, &v, &result));
	if (result.problems > 0)
		return err_new(a, ERR_INTERNAL, "backup.broken", "%s (%lld problems)",
		    problem.line ? problem.line : space, (long long)result.problems);
	ret->entries = result.entries;
	ret->root = result.root;
	return OK;
}

struct err *
backup_check(struct arena *a, const char *file, const char *space, struct backup_facts *ret)
{
	struct db_config config = {.url = file, .mode = DB_READER};
	struct arena own;
	struct db *db;

	TRY(backup_hash(a, file, &ret->bytes, &ret->sha256));
	arena_init(&own, CHECK_LIMIT);
	struct err *e = db_open(&own, &config, &db);
	if (!e)
		e = check_open(db, &own, space, ret);
	if (e)
		e = err_at_(a, e->kind, e->code, e->where, "%s", e->detail);
	arena_finish(&own);
	return e;
}

/* --- copying ---------------------------------------------------------------------------- */

static struct err *
vacuum_into(struct arena *a, const char *from, const char *to)
{
	sqlite3 *c = NULL;
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_open_v2(from, &c, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(c, "VACUUM INTO ?1", -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(s, 1, to, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		sqlite3_step(s);
	sqlite3_finalize(s);
	struct err *e = c && sqlite3_errcode(c) == SQLITE_OK
			    ? OK
			    : err_new(a, ERR_INTERNAL, "backup.io", "%s: %s", from,
				  c ? sqlite3_errmsg(c) : "no memory");
	sqlite3_close(c);
	return e;
}

static struct err *
finish_copy(struct arena *a, const char *part, const char *to, const char *space,
    struct backup_facts *ret)
{
	TRY(backup_check(a, part, space, ret));
	TRY(sync_file(a, part));
	if (rename(part, to))
		return io_failed(a, to);
	const char *slash = strrchr(to, '/');
	return file_sync_folder(
	    a, slash ? arena_printf(a, "%.*s", (int)(slash - to) + 1, to) : ".");
}

struct err *
backup_copy(struct arena *a, const char *from, const char *to, const char *space,
    struct backup_facts *ret)
{
	const char *part = arena_printf(a, "%s.part", to);

	if (access(to, F_OK) == 0)
		return err_new(a, ERR_CONFLICT, "backup.exists", "%s is there already", to);
	unlink(part); /* of a run that was cut short */
	mode_t was = umask(0077);
	struct err *e = vacuum_into(a, from, part);
	umask(was);
	if (!e)
		e = finish_copy(a, part, to, space, ret);
	if (e)
		unlink(part);
	return e;
}
