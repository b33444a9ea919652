#include "app/hasher.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

void
hasher_init(struct hasher *h)
{
	long half = sysconf(_SC_NPROCESSORS_ONLN) / 2;

	*h = (struct hasher){0};
	h->at_once = half < 1 ? 1 : half > HASHES_AT_ONCE_MAX ? HASHES_AT_ONCE_MAX : (int)half;
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->free, NULL);
}

struct err *
hasher_enter(struct hasher *h, struct arena *a)
{
	bool full;

	pthread_mutex_lock(&h->lock);
	full = h->waiting >= HASHES_WAITING;
	h->waiting += !full;
	while (!full && h->running >= h->at_once)
		pthread_cond_wait(&h->free, &h->lock);
	h->waiting -= !full;
	h->running += !full;
	pthread_mutex_unlock(&h->lock);
	return full ? err_new(a, ERR_BUSY, "hash.busy", "%d wait", HASHES_WAITING) : OK;
}

void
hasher_leave(struct hasher *h)
{
	pthread_mutex_lock(&h->lock);
	h->running--;
	pthread_cond_signal(&h->free);
	pthread_mutex_unlock(&h->lock);
}

struct job {
	void (*work)(void *);
	void *arg;
};

/* The thread lives for one job: an ordinary user may lower a thread, but not raise it again. */
static void *
run_below(void *arg)
{
	const struct job *j = arg;
	const struct sched_param none = {0};

	sched_setscheduler(0, SCHED_IDLE, &none); /* where it is refused, it only runs sooner */
	j->work(j->arg);
	return NULL;
}

struct err *
hasher_run(struct hasher *h, struct arena *a, void (*work)(void *), void *arg)
{
	struct job j = {work, arg};
	pthread_t thread;

	TRY(hasher_enter(h, a));
	int rc = pthread_create(&thread, NULL, run_below, &j);
	if (rc == 0)
		pthread_join(thread, NULL);
	hasher_leave(h);
	return rc ? err_new(a, ERR_INTERNAL, "hash.failed", "thread: %s", strerror(rc)) : OK;
}
