#include "web/http_conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* --- who is in -------------------------------------------------------------------------- */

static struct conn **
bucket(struct http *h, const unsigned char ip[16])
{
	unsigned x = 2166136261u;

	for (int i = 0; i < 16; i++)
		x = (x ^ ip[i]) * 16777619u;
	return &h->by_ip[x % IP_BUCKETS];
}

/* An IPv6 client owns a /64 at least, so that is what is counted. */
static void
take_address(struct conn *c, const struct sockaddr_storage *sa)
{
	if (sa->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)sa;

		memcpy(c->ip, &in->sin_addr, 4);
		c->is_loopback = c->ip[0] == 127;
		inet_ntop(AF_INET, &in->sin_addr, c->peer, sizeof(c->peer));
	} else if (sa->ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)sa;

		if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr))
			memcpy(c->ip, in6->sin6_addr.s6_addr + 12, 4);
		else {
			memcpy(c->ip, &in6->sin6_addr, 8);
			c->ip[15] = 6;
		}
		c->is_loopback = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
		inet_ntop(AF_INET6, &in6->sin6_addr, c->peer, sizeof(c->peer));
	}
}

static bool
admit(struct http *h, struct conn *c)
{
	struct conn **b = bucket(h, c->ip);
	int same = 0;
	bool ok;

	pthread_mutex_lock(&h->lock);
	for (struct conn *o = *b; o; o = o->ip_next)
		same += memcmp(o->ip, c->ip, sizeof(c->ip)) == 0;
	bool counted = !c->via_unix && !(c->is_loopback && h->spares_loopback);
	ok = !atomic_load(&h->stopping) &&
	     atomic_load(&h->n_conns) < h->config.connections_max &&
	     (!counted || same < h->config.connections_ip_max) && c->fd < FD_MAX;
	if (ok) {
		c->ip_next = *b;
		*b = c;
		c->next = h->conns;
		if (h->conns)
			h->conns->prev = c;
		h->conns = c;
		h->by_fd[c->fd] = c;
		atomic_fetch_add(&h->n_conns, 1);
	}
	pthread_mutex_unlock(&h->lock);
	return ok;
}

void
door_close(struct conn *c)
{
	struct http *h = c->h;
	struct conn **o = bucket(h, c->ip);

	pthread_mutex_lock(&h->lock);
	while (*o != c)
		o = &(*o)->ip_next;
	*o = c->ip_next;
	if (c->prev)
		c->prev->next = c->next;
	else
		h->conns = c->next;
	if (c->next)
		c->next->prev = c->prev;
	h->by_fd[c->fd] = NULL;
	atomic_fetch_sub(&h->n_conns, 1);
	if (atomic_load(&h->stopping))
		pthread_cond_broadcast(&h->gone);
	pthread_mutex_unlock(&h->lock);
	free(c);
}

static void
close_both(struct conn *c)
{
	int fd = c->fd;

	door_close(c);
	close(fd);
}

/* --- the first head --------------------------------------------------------------------- */

/* Answers, then reads what still comes so that the answer is not lost in a reset. */
static void
turn_away(struct conn *c, struct http_request *rq, struct gate_refusal no)
{
	struct http_reply rp;

	reply_refuse(c->h, rq, no, &rp);
	str text = reply_text(rq->a, rq, &rp);
	send(c->fd, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(c->fd, SHUT_WR);
	conn_phase(c, PHASE_LINGER);
}

static void
turn_away_unread(struct conn *c, int status, const char *why)
{
	struct arena a;
	struct http_request rq = {.a = &a};

	arena_init(&a, c->h->config.arena_max);
	turn_away(c, &rq, (struct gate_refusal){status, why});
	arena_finish(&a);
}

/* False: it did not pass, and has been answered. */
static bool
pass_gate(struct conn *c, str head)
{
	struct arena a;
	struct gate_head h;
	struct gate_refusal no = {0};
	bool ok;

	arena_init(&a, c->h->config.arena_max);
	struct http_request rq = {.a = &a};
	ok = gate_head(&a, head, &h, &no);
	if (!ok)
		turn_away(c, &rq, no);
	arena_finish(&a);
	return ok;
}

static void
hand_over(struct conn *c)
{
	struct http *h = c->h;
	struct sockaddr_storage sa = {.ss_family = h->is_unix ? AF_UNIX : AF_INET};
	socklen_t n = sizeof(sa);
	int fd = c->fd;

	epoll_ctl(h->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
	getpeername(fd, (struct sockaddr *)&sa, &n);
	/* from here on it is MHD's, and may be gone at any time */
	if (MHD_add_connection(h->mhd, fd, (struct sockaddr *)&sa, n) == MHD_YES)
		return;
	pthread_mutex_lock(&h->lock);
	c = h->by_fd[fd]; /* MHD has closed fd, and told of it or not */
	pthread_mutex_unlock(&h->lock);
	if (c)
		door_close(c);
}

static void
peek(struct conn *c)
{
	struct http *h = c->h;
	size_t max = h->config.head_max, at = 0;
	ssize_t n = recv(c->fd, h->peeked, max + 1, MSG_PEEK);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		close_both(c);
		return;
	}
	if (atomic_load(&c->phase) == PHASE_NEW)
		atomic_store(&c->phase, PHASE_HEAD); /* the clock has run since it connected */
	long end = gate_scan((str){h->peeked, (size_t)n}, &at);
	if (end < 0)
		turn_away_unread(c, 400, "NUL, bare CR or bare LF in head");
	else if (end > (long)max || (end == 0 && n > (ssize_t)max))
		turn_away_unread(c, 431, "head too large");
	else if (end > 0 && pass_gate(c, (str){h->peeked, (size_t)end}))
		hand_over(c);
}

static void
drain(struct conn *c)
{
	struct http *h = c->h;
	ssize_t n;

	do
		n = recv(c->fd, h->peeked, h->config.head_max, 0);
	while (n > 0);
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		close_both(c);
}

static void
look_at(struct conn *c)
{
	int phase = atomic_load(&c->phase);

	if (phase == PHASE_DEAD)
		close_both(c);
	else if (phase == PHASE_LINGER)
		drain(c);
	else
		peek(c);
}

/* --- accepting -------------------------------------------------------------------------- */

static void
full(int fd)
{
	static const char no[] = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
				 "Retry-After: 5\r\nConnection: close\r\n\r\n";

	send(fd, no, sizeof(no) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
}

/* A new connection is watched by edge: each arrival is looked at once. */
static void
take_in(struct http *h, int fd, const struct sockaddr_storage *sa)
{
	struct conn *c = calloc(1, sizeof(*c));
	struct epoll_event ev = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = c};
	int one = 1;

	if (!c)
		abort(); /* as in arena.c */
	c->h = h;
	c->fd = fd;
	c->via_unix = h->is_unix;
	take_address(c, sa);
	conn_phase(c, PHASE_NEW);
	if (!admit(h, c)) {
		full(fd);
		free(c);
		return;
	}
	if (!c->via_unix)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, fd, &ev);
}

static void
accept_all(struct http *h)
{
	for (;;) {
		struct sockaddr_storage sa = {0};
		socklen_t n = sizeof(sa);
		int fd = accept4(
		    h->listen_fd, (struct sockaddr *)&sa, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0)
			take_in(h, fd, &sa);
		else if (errno != EINTR && errno != ECONNABORTED)
			return; /* nobody, or no descriptors: the next tick tries again */
	}
}

/* --- deadlines -------------------------------------------------------------------------- */

/* http.lock is held. A body is told why: nothing of this exchange has been written yet, and
 * the phase keeps its thread from doing so now. The rest is shut down, which wakes MHD. */
static void
expire(struct conn *c, int phase)
{
	static const char slow[] = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n"
				   "Connection: close\r\n\r\n";

	if (!atomic_compare_exchange_strong(&c->phase, &phase, PHASE_DEAD))
		return;
	if (phase == PHASE_BODY || phase == PHASE_HEAD)
		send(c->fd, slow, sizeof(slow) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(c->fd, SHUT_RDWR);
}

static void
look_at_deadlines(struct http *h)
{
	int64_t now_ms = http_now_ms();

	pthread_mutex_lock(&h->lock);
	for (struct conn *c = h->conns; c; c = c->next) {
		int phase = atomic_load(&c->phase);
		int64_t spent = now_ms - atomic_load(&c->since_ms);

		if (deadline_passed(
			&h->rules, (enum http_phase)phase, spent, atomic_load(&c->got)))
			expire(c, phase);
	}
	pthread_mutex_unlock(&h->lock);
}

void *
door_run(void *arg)
{
	struct http *h = arg;
	int tick_ms = deadline_tick_ms(&h->rules);
	int64_t next_ms = http_now_ms() + tick_ms;
	struct epoll_event ev;

	for (;;) {
		int64_t left = next_ms - http_now_ms();
		int n = epoll_wait(h->epoll_fd, &ev, 1, left > 0 ? (int)left : 0);

		if (n == 1 && ev.data.ptr == &h->stop_fd)
			return NULL;
		if (n == 1 && ev.data.ptr == &h->listen_fd)
			accept_all(h);
		else if (n == 1)
			look_at(ev.data.ptr);
		if (http_now_ms() < next_ms)
			continue;
		look_at_deadlines(h);
		accept_all(h);
		next_ms = http_now_ms() + tick_ms;
	}
}
