#include "world.h"

#include "toy/q_toy.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

/* One write by one thread. */
struct deed {
	struct space *space;
	struct arena a;
	const char *body;
	enum { ADD, FAIL, UNRECORDED, DEFER } what;
	struct err *result;
	int64_t id;
	pthread_t thread;
};

static struct err *
do_deed(struct db *db, void *arg)
{
	struct deed *d = arg;
	int64_t nobody = 4711, thing;

	TRY(q_remark_add(db, &d->a, str_from_c(d->body), &d->id));
	if (d->what == FAIL)
		return err_new(&d->a, ERR_INVALID, "test.fail", "no");
	if (d->what == UNRECORDED || d->what == DEFER)
		TRY(q_thing_add(db, &d->a, S("p"), S("n"), NULL, 1, NULL,
		    d->what == DEFER ? &nobody : NULL, &thing));
	if (d->what == DEFER) {
		struct db_changes c;
		db_changes_take(db, &c);
	}
	return OK;
}

static void *
write_deed(void *arg)
{
	struct deed *d = arg;

	d->result = space_write(d->space, &d->a, do_deed, d);
	return NULL;
}

static void
start(struct world *w, struct deed *d)
{
	d->space = w->space;
	arena_init(&d->a, 16 << 20);
	assert_int_equal(pthread_create(&d->thread, NULL, write_deed, d), 0);
}

static void
start_in_order(struct world *w, struct deed *d, int already_queued)
{
	start(w, d);
	while (space_queued(w->space) <= already_queued)
		sched_yield();
}

static struct q_remark_list *
remarks(struct world *w, size_t *ret_n)
{
	struct q_remark_list *rows;

	assert_ok(q_remark_list(w->db, w->a, &rows, ret_n));
	return rows;
}

static void
failing_jobs_fail_alone_and_order_is_kept(void **state)
{
	struct world *w = *state;
	struct deed d[] = {
	    {.body = "1", .what = ADD},
	    {.body = "2", .what = FAIL},
	    {.body = "3", .what = UNRECORDED},
	    {.body = "4", .what = ADD},
	    {.body = "5", .what = DEFER},
	    {.body = "6", .what = ADD},
	};
	size_t n;

	space_hold(w->space);
	for (int i = 0; i < 6; i++)
		start_in_order(w, &d[i], i);
	remarks(w, &n);
	assert_int_equal(n, 0);
	space_release(w->space);
	for (int i = 0; i < 6; i++)
		pthread_join(d[i].thread, NULL);
	assert_ok(d[0].result);
	assert_err(d[1].result, "test.fail");
	assert_err(d[2].result, "db.unrecorded");
	assert_ok(d[3].result);
	assert_err(d[4].result, "db.rule");
	assert_ok(d[5].result);
	struct q_remark_list *rows = remarks(w, &n);
	assert_int_equal(n, 3);
	assert_str(rows[0].body, "1");
	assert_str(rows[1].body, "4");
	assert_str(rows[2].body, "6");
	assert_true(d[0].id < d[3].id && d[3].id < d[5].id);
	for (int i = 0; i < 6; i++)
		arena_finish(&d[i].a);
}

/* --- many threads ----------------------------------------------------------------------- */
enum { THREADS = 8, EACH = 25 };

struct worker {
	struct space *space;
	struct arena a;
	pthread_t thread;
	int good, n;
	int64_t last_seen;
};

static struct err *
add_one(struct db *db, void *arg)
{
	struct worker *k = arg;
	int64_t id;

	TRY(q_remark_add(db, &k->a, S("x"), &id));
	return k->n % 5 == 4 ? err_new(&k->a, ERR_INVALID, "test.fail", "fifth") : OK;
}

static struct err *
count_twice(struct db *db, void *arg)
{
	struct worker *k = arg;
	struct q_remark_count *first, *again;

	TRY(q_remark_count(db, &k->a, &first));
	TRY(q_remark_count(db, &k->a, &again));
	if (first->n != again->n || first->n < k->last_seen)
		return err_new(&k->a, ERR_INTERNAL, "test.snapshot", "not one snapshot");
	k->last_seen = first->n;
	return OK;
}

static void *
work(void *arg)
{
	struct worker *k = arg;

	for (k->n = 0; k->n < EACH; k->n++) {
		struct err *e = space_write(k->space, &k->a, add_one, k);
		if (!e)
			k->good++;
		e = space_read(k->space, &k->a, count_twice, k);
		if (e || k->last_seen < k->good) /* one reads one's own writes */
			k->good = -1000;
	}
	return NULL;
}

static void
many_threads_write_and_read(void **state)
{
	struct world *w = *state;
	struct worker k[THREADS] = {0};
	size_t n;

	for (int i = 0; i < THREADS; i++) {
		k[i].space = w->space;
		arena_init(&k[i].a, 64 << 20);
		assert_int_equal(pthread_create(&k[i].thread, NULL, work, &k[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(k[i].thread, NULL);
		assert_int_equal(k[i].good, EACH - EACH / 5);
		arena_finish(&k[i].a);
	}
	remarks(w, &n);
	assert_int_equal(n, THREADS * (EACH - EACH / 5));
}

/* --- limits ----------------------------------------------------------------------------- */
static void
full_queue_and_late_turn_are_busy(void **state)
{
	struct world *w = *state;
	struct space_config c = {
	    .db = w->config, .max_queue = 1, .wait_ms = 50, .max_readers = 1};
	struct deed late = {.body = "late"}, second = {.body = "second"};
	size_t n;

	assert_ok(space_open(w->a, &c, &w->space));
	space_hold(w->space);
	start(w, &late);
	second.space = w->space;
	arena_init(&second.a, 1 << 20);
	write_deed(&second); /* the queue is full, or the turn does not come */
	assert_err(second.result, "db.busy");
	pthread_join(late.thread, NULL);
	assert_err(late.result, "db.busy");
	assert_int_equal(space_queued(w->space), 0);
	space_release(w->space);
	write_deed(&second);
	assert_ok(second.result);
	remarks(w, &n);
	assert_int_equal(n, 1);
	arena_finish(&late.a);
	arena_finish(&second.a);
}

static struct err *
read_inside(struct db *db, void *arg)
{
	struct deed *d = arg;
	struct worker k = {.space = d->space};

	(void)db;
	arena_init(&k.a, 1 << 20);
	struct err *e = space_read(d->space, &d->a, count_twice, &k);
	arena_finish(&k.a);
	return e;
}

static struct err *
do_nothing(struct db *db, void *arg)
{
	(void)db, (void)arg;
	return OK;
}

static void
readers_are_bounded(void **state)
{
	struct world *w = *state;
	struct space_config c = {.db = w->config, .wait_ms = 20, .max_readers = 1};
	struct deed d = {0};

	assert_ok(space_open(w->a, &c, &d.space));
	arena_init(&d.a, 1 << 20);
	assert_err(space_read(d.space, &d.a, read_inside, &d), "db.busy");
	assert_ok(space_read(d.space, &d.a, do_nothing, NULL));
	arena_finish(&d.a);
}

static struct err *
try_to_write(struct db *db, void *arg)
{
	struct deed *d = arg;

	return q_remark_add(db, &d->a, S("x"), &d->id);
}

static void
readers_do_not_write(void **state)
{
	struct world *w = *state;
	struct deed d = {0};
	size_t n;

	arena_init(&d.a, 1 << 20);
	assert_err(space_read(w->space, &d.a, try_to_write, &d), "db.broken");
	arena_finish(&d.a);
	remarks(w, &n);
	assert_int_equal(n, 0);
}

/* --- when things break ------------------------------------------------------------------ */
static void
failed_disk_makes_the_space_read_only(void **state)
{
	struct world *w = *state;
	struct deed d = {.body = "1", .space = w->space};
	struct rlimit was, small;
	size_t n;

	arena_init(&d.a, 16 << 20);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	small = (struct rlimit){4096, was.rlim_max};
	setrlimit(RLIMIT_FSIZE, &small); /* no file may grow: writing fails at the commit */
	write_deed(&d);
	setrlimit(RLIMIT_FSIZE, &was);
	assert_err(d.result, "db.commit");
	assert_true(space_is_read_only(w->space));
	write_deed(&d);
	assert_err(d.result, "space.read_only");
	assert_ok(space_read(w->space, &d.a, do_nothing, NULL));
	remarks(w, &n);
	assert_int_equal(n, 0);
	arena_finish(&d.a);
}

static struct err *
cut_the_line(struct db *db, void *arg)
{
	struct deed *d = arg;

	return db_script(db, &d->a, "SELECT pg_terminate_backend(pg_backend_pid())");
}

static void
lost_server_connections_are_made_anew(void **state)
{
	struct world *w = *state;
	struct deed d = {.body = "1", .space = w->space};
	size_t n;

	arena_init(&d.a, 16 << 20);
	assert_err(space_write(w->space, &d.a, cut_the_line, &d), "db.busy");
	write_deed(&d);
	assert_ok(d.result);
	assert_err(space_read(w->space, &d.a, cut_the_line, &d), "db.busy");
	assert_ok(space_read(w->space, &d.a, do_nothing, NULL));
	remarks(w, &n);
	assert_int_equal(n, 1);
	arena_finish(&d.a);
}

static void
memory_space_commits_alone(void **state)
{
	struct world *w = *state;
	struct deed d[] = {{.body = "1"}, {.body = "2", .what = FAIL}, {.body = "3"}};
	size_t n;

	for (int i = 0; i < 3; i++) {
		d[i].space = w->space;
		arena_init(&d[i].a, 1 << 20);
		write_deed(&d[i]);
	}
	assert_ok(d[0].result);
	assert_err(d[1].result, "test.fail");
	remarks(w, &n);
	assert_int_equal(n, 2);
	for (int i = 0; i < 3; i++)
		arena_finish(&d[i].a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_FILE_WORLD(failing_jobs_fail_alone_and_order_is_kept),
	    WITH_FILE_WORLD(many_threads_write_and_read),
	    WITH_FILE_WORLD(full_queue_and_late_turn_are_busy),
	    WITH_FILE_WORLD(readers_are_bounded),
	    WITH_WORLD(readers_do_not_write),
	    WITH_FILE_WORLD(readers_do_not_write),
	    WITH_WORLD(memory_space_commits_alone),
	};

	const struct CMUnitTest on_server[] = {
	    WITH_FILE_WORLD(lost_server_connections_are_made_anew),
	};
	const struct CMUnitTest on_file[] = {
	    WITH_FILE_WORLD(failed_disk_makes_the_space_read_only),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (getenv("RODTRAD_TEST_DATABASE"))
		failed += cmocka_run_group_tests(on_server, NULL, NULL);
	else
		failed += cmocka_run_group_tests(on_file, NULL, NULL);
	return failed;
}
