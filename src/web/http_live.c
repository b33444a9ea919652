#include "web/http_conn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { QUEUE_MAX = 16 * 1024, HEARTBEAT_MS = 20000 };

/* Its thread sleeps in read_events until there is news; live_lock guards all members. */
struct listener {
	struct http *h;
	struct listener *prev, *next;
	char topic[LISTEN_ID_MAX];
	size_t topic_n;
	char queue[QUEUE_MAX];
	size_t n;
	bool dropped;
};

static bool
push(struct listener *l, str event)
{
	if (event.n > QUEUE_MAX - l->n) {
		l->dropped = true; /* it does not keep up */
		return false;
	}
	memcpy(l->queue + l->n, event.p, event.n);
	l->n += event.n;
	return true;
}

static void
wait_for_news(struct listener *l)
{
	int64_t until = http_now_ms() + HEARTBEAT_MS;
	struct timespec at = {until / 1000, until % 1000 * 1000000};

	while (!l->n && !l->dropped && !atomic_load(&l->h->stopping))
		if (pthread_cond_timedwait(&l->h->live_news, &l->h->live_lock, &at) ==
		    ETIMEDOUT)
			push(l, S(":\n\n")); /* shows whether the client is still there */
}

static ssize_t
read_events(void *cls, uint64_t pos, char *out, size_t max)
{
	struct listener *l = cls;
	ssize_t n = MHD_CONTENT_READER_END_OF_STREAM;

	(void)pos;
	pthread_mutex_lock(&l->h->live_lock);
	wait_for_news(l);
	if (l->n && !l->dropped) {
		n = (ssize_t)(l->n < max ? l->n : max);
		memcpy(out, l->queue, (size_t)n);
		l->n -= (size_t)n;
		memmove(l->queue, l->queue + n, l->n);
	}
	pthread_mutex_unlock(&l->h->live_lock);
	return n;
}

static void
leave(void *cls)
{
	struct listener *l = cls;

	pthread_mutex_lock(&l->h->live_lock);
	if (l->prev)
		l->prev->next = l->next;
	else
		l->h->listeners = l->next;
	if (l->next)
		l->next->prev = l->prev;
	pthread_mutex_unlock(&l->h->live_lock);
	free(l);
}

struct MHD_Response *
live_response(struct exchange *x)
{
	struct http *h = x->c->h;
	struct listener *l = calloc(1, sizeof(*l));

	if (!l)
		abort(); /* as in arena.c */
	l->h = h;
	l->topic_n = x->rp.live.n;
	memcpy(l->topic, x->rp.live.p, l->topic_n);
	push(l, x->rp.body);
	pthread_mutex_lock(&h->live_lock);
	l->next = h->listeners;
	if (h->listeners)
		h->listeners->prev = l;
	h->listeners = l;
	pthread_mutex_unlock(&h->live_lock);
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_events, l, leave);
}

void
live_wake_all(struct http *h)
{
	pthread_mutex_lock(&h->live_lock);
	pthread_cond_broadcast(&h->live_news);
	pthread_mutex_unlock(&h->live_lock);
}

int
http_notify(struct http *h, str topic, str event)
{
	int got = 0;

	pthread_mutex_lock(&h->live_lock);
	for (struct listener *l = h->listeners; l; l = l->next)
		if (!topic.n || str_eq(topic, (str){l->topic, l->topic_n}))
			got += push(l, event);
	pthread_cond_broadcast(&h->live_news);
	pthread_mutex_unlock(&h->live_lock);
	return got;
}
