#include "app/jobs.h"

#include "app/account.h"
#include "app/journal.h"
#include "app/reminder.h"
#include "base/clock.h"
#include "q_account.h"
#include "q_journal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { ROUND_BYTES = 64 << 20, ONCE_KEPT_S = 7 * 24 * 60 * 60, THROTTLE_KEPT_S = 24 * 60 * 60 };

struct jobs {
	const struct opened *spaces;
	size_t n;
	struct house *house;
	const char *dir;
	int64_t (*now)(void);
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
};

/* --- what is done ----------------------------------------------------------------------- */

/* Sessions past their life, delays long over and keys of forms sent long ago. */
static struct err *
tidy(struct cx *cx, void *arg)
{
	int64_t n;

	(void)arg;
	TRY(q_session_tidy(cx->db, cx->a, cx->now_at - SESSION_LIFE_S, &n));
	TRY(q_throttle_tidy(cx->db, cx->a, cx->now_at - THROTTLE_KEPT_S, &n));
	return q_once_tidy(cx->db, cx->a, cx->now_at - ONCE_KEPT_S, &n);
}

struct record_state {
	int64_t size, signed_size, signed_at;
};

static struct err *
look_at_record(struct cx *cx, void *arg)
{
	struct q_journal_checkpoint_last *last;
	struct record_state *s = arg;

	TRY(journal_size(cx->db, cx->a, &s->size));
	TRY(q_journal_checkpoint_last(cx->db, cx->a, &last));
	if (last) {
		s->signed_size = last->size;
		s->signed_at = last->at;
	}
	return OK;
}

static bool
is_due(const struct record_state *s, int64_t now_at)
{
	return s->size > s->signed_size && s->signed_at + CHECKPOINT_CHANGED_S <= now_at;
}

static struct err *
sign_if_due(struct cx *cx, const struct opened *o, const char *dir)
{
	struct record_state s = {0};
	struct signer signer;
	str note;

	TRY(cx_read(cx, look_at_record, &s));
	if (!is_due(&s, cx->now_at))
		return OK;
	TRY(journal_signer(cx->a, dir, &signer));
	return journal_sign(o->space, cx->a, &signer, o->key, cx->now_at, &note);
}

/* Each is tried whatever became of the others: a reminder that cannot be sent must not keep the
 * record from being signed. */
struct err *
jobs_run_space(struct arena *a, const struct opened *o, struct house *house, const char *dir,
    int64_t now_at)
{
	struct cx cx;

	cx_for_system(&cx, a, o, house, now_at);
	struct err *tidied = cx_write(&cx, tidy, NULL);
	struct err *reminded = reminders_send(&cx);
	struct err *recorded = sign_if_due(&cx, o, dir);
	return tidied ? tidied : reminded ? reminded : recorded;
}

/* --- when ------------------------------------------------------------------------------- */

static void
run_round(struct jobs *j)
{
	for (size_t i = 0; i < j->n; i++) {
		struct arena a;
		arena_init(&a, ROUND_BYTES);
		struct err *e = jobs_run_space(&a, &j->spaces[i], j->house, j->dir, j->now());
		if (e) {
			fprintf(stderr, "jobs: %s: %s (%s)\n", e->code, e->detail, e->where);
			j->house->jobs_failed_at = j->now();
		}
		arena_finish(&a);
	}
	j->house->jobs_ran_at = j->now();
}

/* True when it is time to stop. A wall clock that is set back or on makes no round late. */
static bool
wait_a_round(struct jobs *j)
{
	const struct timespec until = clock_deadline(JOBS_EVERY_S);
	bool stop;

	pthread_mutex_lock(&j->lock);
	while (!j->stopping && pthread_cond_timedwait(&j->wake, &j->lock, &until) != ETIMEDOUT)
		;
	stop = j->stopping;
	pthread_mutex_unlock(&j->lock);
	return stop;
}

static void *
run(void *arg)
{
	struct jobs *j = arg;

	do
		run_round(j);
	while (!wait_a_round(j));
	return NULL;
}

struct err *
jobs_start(struct arena *a, const struct opened *spaces, size_t n, struct house *house,
    const char *dir, int64_t (*now)(void), struct jobs **ret)
{
	struct jobs *j = arena_new(a, struct jobs);
	pthread_condattr_t attr;

	*j = (struct jobs){.spaces = spaces, .n = n, .house = house, .dir = dir, .now = now};
	pthread_mutex_init(&j->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&j->wake, &attr);
	pthread_condattr_destroy(&attr);
	int rc = pthread_create(&j->thread, NULL, run, j);
	if (rc)
		return err_new(a, ERR_INTERNAL, "jobs.thread", "%s", strerror(rc));
	*ret = j;
	return OK;
}

void
jobs_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->stopping = true;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
	pthread_join(j->thread, NULL);
}
