#include "web/http_conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { STACK_BYTES = 1 << 20, LINGER_MS = 3000, POOL_BYTES = 32 * 1024 };

int64_t
http_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

str
http_header(const struct http_request *rq, str name)
{
	return rq->head ? gate_header(rq->head, name) : (str){0};
}

/* --- the listening socket --------------------------------------------------------------- */

static struct err *
bad_address(struct arena *a, const char *listen)
{
	return err_new(a, ERR_INVALID, "http.bad_address", "%s", listen);
}

static struct err *
no_socket(struct arena *a, const char *what, const char *listen)
{
	return err_new(
	    a, ERR_INTERNAL, "http.listen", "%s %s: %s", what, listen, strerror(errno));
}

static struct err *
read_unix(struct arena *a, const char *listen, struct sockaddr_storage *ret, socklen_t *ret_n)
{
	struct sockaddr_un *un = (void *)ret;
	size_t n = strlen(listen + 5);

	if (n == 0 || n >= sizeof(un->sun_path))
		return bad_address(a, listen);
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, listen + 5, n + 1);
	*ret_n = sizeof(*un);
	return OK;
}

static struct err *
read_inet(struct arena *a, const char *listen, struct sockaddr_storage *ret, socklen_t *ret_n)
{
	struct sockaddr_in *in = (void *)ret;
	struct sockaddr_in6 *in6 = (void *)ret;
	const char *colon = strrchr(listen, ':');
	int64_t port;

	if (!colon || !str_to_i64(str_from_c(colon + 1), &port) || port < 0 || port > 65535)
		return bad_address(a, listen);
	str host = {listen, (size_t)(colon - listen)};
	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']') {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons((uint16_t)port);
		*ret_n = sizeof(*in6);
		host = (str){host.p + 1, host.n - 2};
		return inet_pton(AF_INET6, str_to_c(a, host), &in6->sin6_addr) == 1
			   ? OK
			   : bad_address(a, listen);
	}
	in->sin_family = AF_INET;
	in->sin_port = htons((uint16_t)port);
	*ret_n = sizeof(*in);
	return inet_pton(AF_INET, str_to_c(a, host), &in->sin_addr) == 1
		   ? OK
		   : bad_address(a, listen);
}

static struct err *
listen_on(struct arena *a, struct http *h)
{
	const char *where = h->config.listen;
	struct sockaddr_storage sa = {0};
	socklen_t n;
	int one = 1;

	TRY((h->is_unix ? read_unix : read_inet)(a, where, &sa, &n));
	h->listen_fd = socket(sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (h->listen_fd < 0)
		return no_socket(a, "socket", where);
	if (h->is_unix)
		unlink(where + 5);
	setsockopt(h->listen_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(h->listen_fd, (struct sockaddr *)&sa, n) != 0)
		return no_socket(a, "bind", where);
	if (h->is_unix && chmod(where + 5, 0660) != 0)
		return no_socket(a, "chmod", where);
	if (listen(h->listen_fd, 1024) != 0)
		return no_socket(a, "listen", where);
	getsockname(h->listen_fd, (struct sockaddr *)&sa, &n);
	if (sa.ss_family == AF_INET)
		h->port = ntohs(((struct sockaddr_in *)&sa)->sin_port);
	else if (sa.ss_family == AF_INET6)
		h->port = ntohs(((struct sockaddr_in6 *)&sa)->sin6_port);
	return OK;
}

/* --- start and stop --------------------------------------------------------------------- */

static int
or_int(int v, int instead)
{
	return v ? v : instead;
}

static void
set_defaults(struct http *h)
{
	struct http_config *c = &h->config;
	int head_ms = or_int(c->head_ms, 10000);

	c->head_max = c->head_max ? c->head_max : 16 * 1024;
	c->arena_max = c->arena_max ? c->arena_max : 64 << 20;
	c->connections_max = or_int(c->connections_max, 4000);
	h->spares_loopback = c->connections_ip_max == 0;
	c->connections_ip_max = or_int(c->connections_ip_max, 60);
	c->stop_ms = or_int(c->stop_ms, 20000);
	h->rules = (struct deadline_rules){
	    .head_ms = head_ms,
	    .idle_ms = or_int(c->idle_ms, h->is_unix ? 65000 : head_ms),
	    .body_ms = or_int(c->body_ms, 120000),
	    .body_grace_ms = or_int(c->body_grace_ms, 10000),
	    .body_rate = or_int(c->body_rate, 500),
	    .write_ms = or_int(c->write_ms, 60000),
	    .linger_ms = LINGER_MS,
	};
}

static void
init_locks(struct http *h)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&h->gone, &attr);
	pthread_cond_init(&h->live_news, &attr);
	pthread_condattr_destroy(&attr);
	pthread_mutex_init(&h->lock, NULL);
	pthread_mutex_init(&h->live_lock, NULL);
}

static size_t
no_unescape(void *cls, struct MHD_Connection *con, char *s)
{
	(void)cls;
	(void)con;
	return strlen(s); /* gate.h does it, once */
}

static bool
start_mhd(struct http *h)
{
	const unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
			       MHD_USE_POLL | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC;

	h->mhd = MHD_start_daemon(flags, 0, NULL, NULL, exchange_handle, h,
	    MHD_OPTION_URI_LOG_CALLBACK, exchange_uri, h, MHD_OPTION_NOTIFY_COMPLETED,
	    exchange_done, h, MHD_OPTION_NOTIFY_CONNECTION, exchange_connection, h,
	    MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, h, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)h->config.connections_max, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    (size_t)POOL_BYTES, MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	    MHD_OPTION_END);
	return h->mhd != NULL;
}

/* Signals are for the main thread; MHD's threads inherit the mask. */
static bool
start_threads(struct http *h)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	h->has_door = start_mhd(h) && pthread_create(&h->door, NULL, door_run, h) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return h->has_door;
}

static struct err *
open_all(struct arena *a, struct http *h)
{
	struct epoll_event stop = {.events = EPOLLIN, .data.ptr = &h->stop_fd};
	struct epoll_event door = {.events = EPOLLIN | EPOLLET, .data.ptr = &h->listen_fd};

	TRY(listen_on(a, h));
	h->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	h->stop_fd = eventfd(0, EFD_CLOEXEC);
	if (h->epoll_fd < 0 || h->stop_fd < 0 ||
	    epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, h->stop_fd, &stop) != 0 ||
	    epoll_ctl(h->epoll_fd, EPOLL_CTL_ADD, h->listen_fd, &door) != 0 ||
	    !start_threads(h))
		return no_socket(a, "start", h->config.listen);
	return OK;
}

struct err *
http_start(struct arena *a, const struct http_config *config, http_handler_fn *handler,
    void *arg, struct http **ret)
{
	struct http *h = calloc(1, sizeof(*h));
	struct err *e;

	if (!h)
		abort(); /* as in arena.c */
	h->config = *config;
	h->handler = handler;
	h->arg = arg;
	h->listen_fd = h->epoll_fd = h->stop_fd = -1;
	h->is_unix = strncmp(config->listen, "unix:", 5) == 0;
	set_defaults(h);
	init_locks(h);
	h->peeked = malloc(h->config.head_max + 1);
	if (!h->peeked)
		abort(); /* as in arena.c */
	e = open_all(a, h);
	if (e)
		http_stop(h);
	else
		*ret = h;
	return e;
}

int
http_port(const struct http *h)
{
	return h->port;
}

static void
let_finish(struct http *h)
{
	int64_t until = http_now_ms() + h->config.stop_ms;
	struct timespec at = {until / 1000, until % 1000 * 1000000};

	live_wake_all(h);
	pthread_mutex_lock(&h->lock);
	for (struct conn *c = h->conns; c; c = c->next) {
		int phase = atomic_load(&c->phase);

		if (phase == PHASE_IDLE || phase == PHASE_NEW || phase == PHASE_LINGER)
			shutdown(c->fd, SHUT_RDWR);
	}
	while (h->conns && pthread_cond_timedwait(&h->gone, &h->lock, &at) != ETIMEDOUT)
		;
	pthread_mutex_unlock(&h->lock);
}

/* What the door still holds; MHD's own are gone with the daemon. */
static void
close_rest(struct http *h)
{
	while (h->conns) {
		int fd = h->conns->fd;

		door_close(h->conns);
		close(fd);
	}
}

static void
stop_threads(struct http *h)
{
	uint64_t one = 1;

	if (!h->has_door)
		return;
	if (write(h->stop_fd, &one, sizeof(one)) < 0)
		abort();
	pthread_join(h->door, NULL);
}

static void
close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

void
http_stop(struct http *h)
{
	if (!h)
		return;
	atomic_store(&h->stopping, true);
	if (h->listen_fd >= 0)
		shutdown(h->listen_fd, SHUT_RDWR);
	let_finish(h);
	stop_threads(h);
	if (h->mhd)
		MHD_stop_daemon(h->mhd);
	close_rest(h);
	close_if_open(h->listen_fd);
	close_if_open(h->epoll_fd);
	close_if_open(h->stop_fd);
	if (h->is_unix)
		unlink(h->config.listen + 5);
	pthread_cond_destroy(&h->gone);
	pthread_cond_destroy(&h->live_news);
	pthread_mutex_destroy(&h->lock);
	pthread_mutex_destroy(&h->live_lock);
	free(h->peeked);
	free(h);
}
