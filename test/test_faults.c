/*
 * test_faults.c - P6: a write or sync of the database fails, at each call in turn, once or from
 * then on. What was answered as done is there afterwards, and after a failed sync nothing more
 * is written. Every round asserts that its fault came; SQLite's own calls are failed, so the
 * program's other files are left alone. On SQLite only.
 */
#include "world.h"

#include "store/verify.h"
#include "toy/q_toy.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum fault { SYNC_EIO, WRITE_EIO, WRITE_ENOSPC, WRITE_SHORT };

enum { DEEDS = 4, CALLS_MAX = 400 };

static struct {
	enum fault fault;
	atomic_int left;  /* calls until it comes; 0: not armed */
	bool goes_on;     /* from then on */
	atomic_int fired; /* how often it came */
} armed;

static bool
comes(bool is_sync)
{
	if (!armed.left || is_sync != (armed.fault == SYNC_EIO))
		return false;
	if (armed.left > 1 && atomic_fetch_sub(&armed.left, 1) > 1)
		return false;
	if (!armed.goes_on)
		armed.left = 0;
	atomic_fetch_add(&armed.fired, 1);
	return true;
}

int fdatasync(int fd); /* SQLite's is this one; the power stays on, so nothing need be done */

int
fdatasync(int fd)
{
	(void)fd;
	if (!comes(true))
		return 0;
	errno = EIO;
	return -1;
}

/* True: the call is to write *n bytes only, or none and to fail. */
static bool
spoils(size_t *n)
{
	if (!comes(false))
		return false;
	errno = armed.fault == WRITE_ENOSPC ? ENOSPC : EIO;
	*n = armed.fault == WRITE_SHORT ? *n / 2 : 0;
	return true;
}

static ssize_t
faulty_write(int fd, const void *bytes, size_t n)
{
	return spoils(&n) && n == 0 ? -1 : write(fd, bytes, n);
}

static ssize_t
faulty_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	return spoils(&n) && n == 0 ? -1 : pwrite(fd, bytes, n, at);
}

struct deed {
	struct arena a;
	int no;
};

static struct err *
do_deed(struct db *db, void *arg)
{
	struct deed *d = arg;
	int64_t id;

	return q_remark_add(db, &d->a, str_from_c(arena_printf(&d->a, "%d", d->no)), &id);
}

/* Bit n: deed n was answered as done. */
static unsigned
try_all(struct space *s)
{
	unsigned done = 0;

	for (int i = 0; i < DEEDS; i++) {
		struct deed d = {.no = i};
		arena_init(&d.a, 16 << 20);
		bool was_read_only = space_is_read_only(s);
		struct err *e = space_write(s, &d.a, do_deed, &d);
		assert_false(was_read_only && !e);
		done |= (unsigned)!e << i;
		arena_finish(&d.a);
	}
	return done;
}

static void
quiet(void *arg, const char *line)
{
	(void)arg;
	fail_msg("%s", line);
}

/* All that was answered as done is there, once, and the record holds. */
static void
nothing_is_lost(struct space_config *c, unsigned done)
{
	struct verify v = {.space = "t", .say = quiet};
	struct verify_result r;
	struct q_remark_list *rows;
	struct space *again;
	struct arena a;
	struct db *db;
	size_t n;
	unsigned there = 0;

	arena_init(&a, 64 << 20);
	assert_ok(space_open(&a, c, &again));
	assert_ok(space_connect(again, &a, DB_READER, &db));
	assert_ok(q_remark_list(db, &a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		unsigned bit = 1u << (rows[i].body.p[0] - '0');
		assert_false(there & bit);
		there |= bit;
	}
	assert_int_equal(done & ~there, 0);
	assert_ok(verify_space(db, &a, &v, &r));
	assert_true(try_all(again) == (1u << DEEDS) - 1); /* and it works again */
	arena_finish(&a);
}

/* True: the fault came. */
static bool
one_round(struct arena *outer, enum fault fault, int at, bool goes_on)
{
	char *dir = arena_printf(outer, "/tmp/rodtrad-faults-XXXXXX");
	struct space_config c = {.now_at = NOW_AT};
	struct space *s;
	struct arena a;

	assert_non_null(mkdtemp(dir));
	c.db.url = arena_printf(outer, "%s/x.db", dir);
	arena_init(&a, 64 << 20);
	assert_ok(space_open(&a, &c, &s));
	armed.fault = fault;
	armed.goes_on = goes_on;
	armed.fired = 0;
	armed.left = at;
	unsigned done = try_all(s);
	armed.left = 0;
	bool fired = armed.fired > 0;
	bool is_mended = fault == WRITE_SHORT && !goes_on; /* by writing the rest */
	assert_int_equal(space_is_read_only(s), fired && fault != WRITE_ENOSPC && !is_mended);
	arena_finish(&a);
	nothing_is_lost(&c, done);
	const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < 3; i++)
		unlink(arena_printf(outer, "%s%s", c.db.url, ends[i]));
	assert_int_equal(rmdir(dir), 0);
	return fired;
}

static void
each_call_fails_in_turn(struct arena *a, enum fault fault, int least)
{
	for (int goes_on = 0; goes_on < 2; goes_on++) {
		int at = 1;
		while (at < CALLS_MAX && one_round(a, fault, at, goes_on))
			at++;
		assert_in_range(at - 1, least, CALLS_MAX - 2); /* the faults did come */
	}
}

static void
syncs_fail(void **state)
{
	each_call_fails_in_turn(*state, SYNC_EIO, DEEDS);
}

static void
writes_fail(void **state)
{
	each_call_fails_in_turn(*state, WRITE_EIO, DEEDS);
}

static void
the_disk_is_full(void **state)
{
	each_call_fails_in_turn(*state, WRITE_ENOSPC, DEEDS);
}

static void
writes_are_cut_short(void **state)
{
	each_call_fails_in_turn(*state, WRITE_SHORT, DEEDS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(syncs_fail),
	    WITH_ARENA(writes_fail),
	    WITH_ARENA(the_disk_is_full),
	    WITH_ARENA(writes_are_cut_short),
	};
	sqlite3_vfs *vfs = sqlite3_vfs_find("unix");

	unsetenv("RODTRAD_TEST_DATABASE"); /* a server writes its own files */
	vfs->xSetSystemCall(vfs, "write", (sqlite3_syscall_ptr)faulty_write);
	vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)faulty_pwrite);
	vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)faulty_pwrite);
	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
