#include "store/space.h"

#include "store/engine.h"
#include "store/migrate.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GROUP_MAX = 64, CONNECTION_LIMIT = 64 << 20 };

/* A connection with the arena it lives in. */
struct link {
	struct arena a;
	struct db *db;
	struct link *next;
};

enum job_state { QUEUED, TAKEN, DONE };

/* A write that waits; lives on its caller's stack. */
struct job {
	struct arena *a;
	space_fn *fn;
	void *arg;
	struct err *result;
	enum job_state state;
	pthread_cond_t done;
	struct job *next;
};

struct space {
	struct space_config config;
	bool memory, one_by_one; /* one_by_one: no groups */
	pthread_mutex_t lock;
	pthread_cond_t work, idle_reader; /* there is a job; a reader came back */
	struct link *readers;             /* not lent */
	int n_readers;                    /* open, lent or not */
	struct link writer;
	struct job *first, **last;
	int n_jobs;
	bool stop, held, read_only, threaded;
	pthread_t thread;
};

static struct err *
connect_link(struct space *s, struct arena *a, enum db_mode mode, struct link *link)
{
	struct db_config c = s->config.db;

	c.mode = mode;
	arena_init(&link->a, CONNECTION_LIMIT);
	struct err *e = db_open(&link->a, &c, &link->db);
	if (!e)
		return OK;
	struct err *kept = err_at_(a, e->kind, e->code, e->where, "%s", e->detail);
	arena_finish(&link->a);
	return kept;
}

static struct timespec
deadline(const struct space *s)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += s->config.wait_ms / 1000;
	t.tv_nsec += s->config.wait_ms % 1000 * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

static void
init_cond(pthread_cond_t *c)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(c, &attr);
	pthread_condattr_destroy(&attr);
}

/* --- the writer ------------------------------------------------------------------------- */

/* Takes what waits; NULL when the space closes. */
static struct job *
take_group(struct space *s)
{
	int max = s->one_by_one ? 1 : GROUP_MAX, n = 0;

	pthread_mutex_lock(&s->lock);
	while ((!s->first || s->held) && !s->stop)
		pthread_cond_wait(&s->work, &s->lock);
	struct job *group = s->first, **end = &group;
	for (; *end && n < max; n++) {
		(*end)->state = TAKEN;
		end = &(*end)->next;
	}
	s->first = *end;
	if (!s->first)
		s->last = &s->first;
	*end = NULL;
	s->n_jobs -= n;
	pthread_mutex_unlock(&s->lock);
	return group;
}

static void
fail_group(struct job *group, const struct job *end, const char *code, const char *detail)
{
	for (struct job *j = group; j != end; j = j->next)
		if (!j->result)
			j->result = err_new(j->a, ERR_INTERNAL, code, "%s", detail);
}

/* Runs the jobs of a group in the open transaction. False: the engine has given it up, and
 * *ret_from is the first job that has not been tried. */
static bool
run_jobs(struct space *s, struct job *group, struct job **ret_from)
{
	for (struct job *j = group; j; j = j->next) {
		j->result = db_savepoint(s->writer.db, j->a, j->fn, j->arg);
		if (!db_in_transaction(s->writer.db)) {
			*ret_from = j->next;
			return false;
		}
	}
	return true;
}

/* A lost connection to a server is made anew. */
static struct err *
begin_group(struct space *s, struct arena *a)
{
	if (!s->writer.db || !db_alive(s->writer.db)) {
		arena_finish(&s->writer.a);
		s->writer.db = NULL;
		TRY(connect_link(s, a, DB_WRITER, &s->writer));
	}
	if (db_sync_failed(s->writer.db))
		return err_new(a, ERR_INTERNAL, "space.read_only", "the disk failed earlier");
	return db_begin(s->writer.db, a, DB_WRITER);
}

static void
run_group(struct space *s, struct job *group)
{
	struct arena scratch;
	struct job *from = NULL;

	arena_init(&scratch, 1 << 20);
	struct err *e = begin_group(s, &scratch);
	if (e) {
		for (struct job *j = group; j; j = j->next)
			j->result = err_at_(j->a, e->kind, e->code, e->where, "%s", e->detail);
	} else if (!run_jobs(s, group, &from)) {
		fail_group(group, from, "db.commit", "the transaction was given up");
		if (from)
			run_group(s, from);
	} else {
		e = db_commit(s->writer.db, &scratch);
		if (e)
			fail_group(group, NULL, "db.commit", e->detail);
	}
	if (s->writer.db)
		db_rollback(s->writer.db);
	arena_finish(&scratch);
}

static void
release(struct space *s, struct job *group)
{
	pthread_mutex_lock(&s->lock);
	s->read_only = s->writer.db && db_sync_failed(s->writer.db);
	for (struct job *j = group, *next; j; j = next) {
		next = j->next; /* the job is gone when its caller wakes */
		j->state = DONE;
		pthread_cond_signal(&j->done);
	}
	pthread_mutex_unlock(&s->lock);
}

static void *
write_all(void *arg)
{
	struct space *s = arg;
	struct job *group;

	while ((group = take_group(s))) {
		run_group(s, group);
		release(s, group);
		if (s->writer.db)
			db_tidy(s->writer.db);
	}
	return NULL;
}

static struct err *
enqueue(struct space *s, struct job *j)
{
	if (s->read_only)
		return err_new(
		    j->a, ERR_INTERNAL, "space.read_only", "the disk failed earlier");
	if (s->n_jobs >= s->config.max_queue)
		return err_new(j->a, ERR_BUSY, "db.busy", "%d writes wait", s->n_jobs);
	*s->last = j;
	s->last = &j->next;
	s->n_jobs++;
	pthread_cond_signal(&s->work);
	return OK;
}

static void
withdraw(struct space *s, struct job *j)
{
	struct job **at = &s->first;

	while (*at != j)
		at = &(*at)->next;
	*at = j->next;
	if (s->last == &j->next)
		s->last = at;
	s->n_jobs--;
	j->result = err_new(j->a, ERR_BUSY, "db.busy", "no turn to write in time");
	j->state = DONE;
}

static struct err *
wait_for(struct space *s, struct job *j)
{
	struct timespec until = deadline(s);

	pthread_mutex_lock(&s->lock);
	struct err *e = enqueue(s, j);
	while (!e && j->state != DONE) {
		if (j->state == TAKEN)
			pthread_cond_wait(&j->done, &s->lock);
		else if (pthread_cond_timedwait(&j->done, &s->lock, &until) == ETIMEDOUT &&
			 j->state == QUEUED)
			withdraw(s, j);
	}
	pthread_mutex_unlock(&s->lock);
	return e ? e : j->result;
}

static struct err *
write_here(struct space *s, struct job *j)
{
	if (pthread_mutex_lock(&s->lock) == EDEADLK)
		return err_new(
		    j->a, ERR_INTERNAL, "db.broken", "a write inside a read or write");
	run_group(s, j);
	pthread_mutex_unlock(&s->lock);
	return j->result;
}

struct err *
space_write(struct space *s, struct arena *a, space_fn *fn, void *arg)
{
	struct job j = {.a = a, .fn = fn, .arg = arg};

	if (s->memory)
		return write_here(s, &j);
	init_cond(&j.done);
	struct err *e = wait_for(s, &j);
	pthread_cond_destroy(&j.done);
	return e;
}

/* --- readers ---------------------------------------------------------------------------- */
static struct err *
open_reader(struct space *s, struct arena *a, struct link **ret)
{
	struct link *link = calloc(1, sizeof(*link));

	if (!link)
		abort();
	struct err *e = connect_link(s, a, DB_READER, link);
	if (!e) {
		*ret = link;
		return OK;
	}
	free(link);
	pthread_mutex_lock(&s->lock);
	s->n_readers--;
	pthread_cond_signal(&s->idle_reader);
	pthread_mutex_unlock(&s->lock);
	return e;
}

static struct err *
lend(struct space *s, struct arena *a, struct link **ret)
{
	struct timespec until = deadline(s);
	int rc = 0;

	pthread_mutex_lock(&s->lock);
	while (!s->readers && s->n_readers >= s->config.max_readers && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&s->idle_reader, &s->lock, &until);
	struct link *link = s->readers;
	bool fresh = !link && s->n_readers < s->config.max_readers;
	if (link)
		s->readers = link->next;
	s->n_readers += fresh;
	pthread_mutex_unlock(&s->lock);
	if (fresh)
		return open_reader(s, a, ret);
	if (!link)
		return err_new(a, ERR_BUSY, "db.busy", "no reader in time");
	*ret = link;
	return OK;
}

static void
give_back(struct space *s, struct link *link)
{
	bool alive = db_alive(link->db);

	if (!alive) {
		arena_finish(&link->a);
		free(link);
	}
	pthread_mutex_lock(&s->lock);
	if (alive) {
		link->next = s->readers;
		s->readers = link;
	} else {
		s->n_readers--;
	}
	pthread_cond_signal(&s->idle_reader);
	pthread_mutex_unlock(&s->lock);
}

static struct err *
read_on(struct db *db, struct arena *a, space_fn *fn, void *arg)
{
	TRY(db_begin(db, a, DB_READER));
	struct err *e = fn(db, arg);
	db_rollback(db); /* nothing was written: this only ends the snapshot */
	return e;
}

static struct err *
read_here(struct db *db, struct arena *a, space_fn *fn, void *arg)
{
	TRY(db_script(db, a, db->engine->only_read));
	struct err *e = read_on(db, a, fn, arg);
	TRY(db_script(db, a, db->engine->read_write));
	return e;
}

struct err *
space_read(struct space *s, struct arena *a, space_fn *fn, void *arg)
{
	struct link *link;

	if (s->memory) {
		if (pthread_mutex_lock(&s->lock) == EDEADLK)
			return err_new(
			    a, ERR_INTERNAL, "db.broken", "a read inside a read or write");
		struct err *e = read_here(s->writer.db, a, fn, arg);
		pthread_mutex_unlock(&s->lock);
		return e;
	}
	TRY(lend(s, a, &link));
	struct err *e = read_on(link->db, a, fn, arg);
	give_back(s, link);
	return e;
}

/* --- opening and closing ---------------------------------------------------------------- */
static void
close_space(void *arg)
{
	struct space *s = arg;

	if (s->threaded) {
		pthread_mutex_lock(&s->lock);
		s->stop = true;
		pthread_cond_signal(&s->work);
		pthread_mutex_unlock(&s->lock);
		pthread_join(s->thread, NULL);
	}
	for (struct link *l = s->readers, *next; l; l = next) {
		next = l->next;
		arena_finish(&l->a);
		free(l);
	}
	arena_finish(&s->writer.a); /* last: it copies the WAL back */
	pthread_cond_destroy(&s->work);
	pthread_cond_destroy(&s->idle_reader);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static struct space *
new_space(const struct space_config *config)
{
	struct space *s = calloc(1, sizeof(*s));
	pthread_mutexattr_t attr;

	if (!s)
		abort();
	s->config = *config;
	s->config.max_readers = config->max_readers ? config->max_readers : 16;
	s->config.max_queue = config->max_queue ? config->max_queue : 256;
	s->config.wait_ms = config->wait_ms ? config->wait_ms : 5000;
	s->memory = strcmp(config->db.url, ":memory:") == 0;
	s->last = &s->first;
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&s->lock, &attr);
	pthread_mutexattr_destroy(&attr);
	init_cond(&s->work);
	init_cond(&s->idle_reader);
	return s;
}

struct err *
space_open(struct arena *a, const struct space_config *config, struct space **ret)
{
	struct space *s = new_space(config);
	int64_t ran;

	s->config.db.url = arena_printf(a, "%s", config->db.url);
	if (config->db.schema)
		s->config.db.schema = arena_printf(a, "%s", config->db.schema);
	arena_defer(a, close_space, s);
	TRY(connect_link(s, a, DB_WRITER, &s->writer));
	s->one_by_one = db_is_postgres(s->writer.db);
	TRY(migrate(s->writer.db, a, config->now_at, &ran));
	if (!s->memory) {
		if (pthread_create(&s->thread, NULL, write_all, s) != 0)
			return err_new(
			    a, ERR_INTERNAL, "db.broken", "no thread for the writer");
		s->threaded = true;
	}
	*ret = s;
	return OK;
}

struct err *
space_connect(struct space *s, struct arena *a, enum db_mode mode, struct db **ret)
{
	struct db_config c = s->config.db;

	c.mode = mode;
	return db_open(a, &c, ret);
}

bool
space_is_read_only(struct space *s)
{
	pthread_mutex_lock(&s->lock);
	bool is = s->read_only || (s->memory && db_sync_failed(s->writer.db));
	pthread_mutex_unlock(&s->lock);
	return is;
}

struct db *
space_memory_db(struct space *s)
{
	return s->memory ? s->writer.db : NULL;
}

/* --- for tests -------------------------------------------------------------------------- */
void
space_hold(struct space *s)
{
	pthread_mutex_lock(&s->lock);
	s->held = true;
	pthread_mutex_unlock(&s->lock);
}

void
space_release(struct space *s)
{
	pthread_mutex_lock(&s->lock);
	s->held = false;
	pthread_cond_signal(&s->work);
	pthread_mutex_unlock(&s->lock);
}

int
space_queued(struct space *s)
{
	pthread_mutex_lock(&s->lock);
	int n = s->n_jobs;
	pthread_mutex_unlock(&s->lock);
	return n;
}
