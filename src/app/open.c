#include "app/open.h"

#include "app/found.h"
#include "app/input.h"
#include "app/search.h"
#include "base/clock.h"
#include "store/backup.h"
#include "store/migrate.h"
#include "store/space.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_MAX = 40, SPACES_MAX = 1000, KEEP_MEMORY = 1 << 30 };

static struct err *
make_dir(struct arena *a, const char *dir)
{
	if (mkdir(dir, 0700) && errno != EEXIST)
		return err_new(a, ERR_INTERNAL, "space.folder", "%s: %s", dir, strerror(errno));
	return OK;
}

struct err *
house_open(struct arena *a, const char *dir, struct house *ret)
{
	TRY(make_dir(a, dir));
	TRY(make_dir(a, arena_printf(a, "%s/spaces", dir)));
	hasher_init(&ret->hasher);
	return keys_load(a, dir, &ret->keys);
}

static bool
key_good(str key)
{
	if (key.n == 0 || key.n > KEY_MAX)
		return false;
	for (size_t i = 0; i < key.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", key.p[i]))
			return false;
	return true;
}

static int
by_text(const void *a, const void *b)
{
	const str *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int d = memcmp(x->p, y->p, n);

	return d ? d : (x->n > y->n) - (x->n < y->n);
}

struct err *
spaces_in(struct arena *a, const char *dir, const str **ret, size_t *ret_n)
{
	str *v = arena_array(a, str, SPACES_MAX);
	DIR *d = opendir(arena_printf(a, "%s/spaces", dir));
	size_t n = 0;

	if (!d)
		return err_new(
		    a, ERR_NOT_FOUND, "space.unknown", "%s: %s", dir, strerror(errno));
	for (struct dirent *e; n < SPACES_MAX && (e = readdir(d));) {
		str name = str_from_c(e->d_name), key, end;
		if (!str_cut(name, '.', &key, &end))
			key = name, end = S("db");
		if (key_good(key) && str_eq(end, S("db")))
			v[n++] = str_copy(a, key);
	}
	closedir(d);
	qsort(v, n, sizeof(*v), by_text);
	*ret = v;
	*ret_n = n;
	return OK;
}

/* Where the space is, or is to be. */
static struct err *
place_of(struct arena *a, const char *dir, const char *database, str key, bool create,
    struct db_config *ret)
{
	const char *mark = arena_printf(
	    a, "%s/spaces/" STR_FMT "%s", dir, STR_ARG(key), database ? "" : ".db");

	if (!key_good(key))
		return err_new(a, ERR_INVALID, "space.key", STR_FMT, STR_ARG(key));
	if (!create && access(mark, F_OK))
		return err_new(a, ERR_NOT_FOUND, "space.unknown", "%s", mark);
	*ret = (struct db_config){.url = database ? database : mark};
	if (!database)
		return OK;
	ret->schema = str_to_c(a, key);
	int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_new(
		    a, ERR_INTERNAL, "space.folder", "%s: %s", mark, strerror(errno));
	close(fd);
	return OK;
}

struct err *
space_place(
    struct arena *a, const char *dir, const char *database, str key, struct db_config *ret)
{
	return place_of(a, dir, database, key, false, ret);
}

static struct err *
copy_old(struct arena *a, const char *dir, const char *file, str key, int64_t ran)
{
	const char *to =
	    arena_printf(a, "%s/" STR_FMT "-%04" PRId64 ".db", dir, STR_ARG(key), ran);
	const char *part = arena_printf(a, "%s.new", to);
	struct backup_facts facts;

	TRY(make_dir(a, dir));
	unlink(part);
	TRY(backup_copy(a, file, part, str_to_c(a, key), &facts));
	if (rename(part, to))
		return err_new(a, ERR_INTERNAL, "backup.io", "%s: %s", to, strerror(errno));
	return OK;
}

static struct err *
keep_old(struct arena *a, const char *dir, const char *file, str key)
{
	struct db_config config = {.url = file, .mode = DB_READER};
	int64_t pending, all = (int64_t)db_migrations_n;
	struct db *db;

	TRY(db_open(a, &config, &db));
	TRY(migrate_pending(db, a, &pending));
	if (pending == 0 || pending == all)
		return OK;
	return copy_old(
	    a, arena_printf(a, "%s/before-migration", dir), file, key, all - pending);
}

struct err *
space_keep_old(struct arena *a, const char *dir, str key)
{
	const char *file = arena_printf(a, "%s/spaces/" STR_FMT ".db", dir, STR_ARG(key));
	struct arena own;

	if (access(file, F_OK))
		return OK; /* a new one */
	arena_init(&own, KEEP_MEMORY);
	struct err *e = err_copy(a, keep_old(&own, dir, file, key));
	arena_finish(&own);
	return e;
}

static struct err *
renew_search(struct cx *cx, void *unused)
{
	(void)unused;
	return search_renew(cx);
}

struct first_look {
	struct arena *a;
	const struct charter *charter;
	bool is_stale; /* the index of words */
};

static struct err *
look(struct cx *cx, void *arg)
{
	struct first_look *l = arg;

	TRY(search_is_stale(cx, &l->is_stale));
	struct err *e = space_charter(cx, l->a, cx->today, &l->charter);
	return e && strcmp(e->code, "space.empty") == 0 ? OK : e;
}

void
cx_for_system(struct cx *ret, struct arena *a, const struct opened *o, struct house *house,
    int64_t now_at)
{
	static const struct actor system_actor;

	*ret = (struct cx){
	    .a = a,
	    .space = o->space,
	    .house = house,
	    .charter = o->charter,
	    .now_at = now_at,
	    .today = clock_day(now_at),
	    .lang = LANG_NB,
	    .actor = &system_actor,
	    .session_tag = S("-"),
	    .faults = arena_new(a, struct faults),
	};
}

struct err *
space_open_key(struct arena *a, const char *dir, const char *database, str key, bool create,
    int64_t now_at, struct opened *ret)
{
	struct space_config config = {.now_at = now_at};
	struct first_look l = {.a = a};
	struct cx cx;

	TRY(place_of(a, dir, database, key, create, &config.db));
	if (!database)
		TRY(space_keep_old(a, dir, key));
	*ret = (struct opened){.key = str_copy(a, key)};
	TRY(space_open(a, &config, &ret->space));
	cx_for_system(&cx, a, ret, NULL, now_at);
	TRY(cx_read(&cx, look, &l));
	ret->charter = l.charter;
	return l.is_stale ? cx_write(&cx, renew_search, NULL) : OK;
}
