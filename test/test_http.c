/* Server and client in one program: what goes over a real socket and nothing else. */
#include "support.h"

#include "web/form.h"
#include "web/http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define UNIX_PATH "/tmp/rodtrad-test-http.sock"

struct rig {
	struct arena a;
	struct http *h;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int entered; /* handlers that have come to /wait */
	bool may_leave;
};

static size_t
body_max(void *arg, const struct http_request *rq)
{
	(void)arg;
	if (str_eq(rq->path, S("/big")))
		return 40 << 20;
	return str_eq(rq->path, S("/none")) ? 0 : 1000;
}

static void
wait_here(struct rig *r)
{
	pthread_mutex_lock(&r->lock);
	r->entered++;
	pthread_cond_broadcast(&r->changed);
	while (!r->may_leave)
		pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
}

static void
get_file(struct http_reply *rp)
{
	rp->fd = memfd_create("t", MFD_CLOEXEC);
	rp->has_file = true;
	rp->file_at = 2;
	rp->file_n = 5;
	assert_int_equal(write(rp->fd, "abcdefghij", 10), 10);
}

/* Tells back what it was given. */
static void
handler(void *arg, struct http_request *rq, struct http_reply *rp)
{
	struct rig *r = arg;
	struct buf b = buf_new(rq->a, 1 << 16);

	if (str_eq(rq->path, S("/wait")))
		wait_here(r);
	if (str_eq(rq->path, S("/live"))) {
		rp->content_type = S("text/event-stream");
		rp->live = S("room");
		rp->body = S("data: here\n\n");
		return;
	}
	if (str_eq(rq->path, S("/split")))
		http_reply_header(rp, rq->a, S("Location"), S("/x\r\nSet-Cookie: a=b"));
	if (str_eq(rq->path, S("/file"))) {
		get_file(rp);
		return;
	}
	buf_printf(&b, "%d " STR_FMT " q=" STR_FMT " n=%zu peer=" STR_FMT " tls=%d",
	    (int)rq->method, STR_ARG(rq->path), STR_ARG(rq->query), rq->body.n,
	    STR_ARG(rq->peer), rq->https);
	for (size_t i = 0; rq->parts && i < rq->parts->n; i++) {
		const struct multipart_part *p = &rq->parts->parts[i];

		buf_printf(&b, " [" STR_FMT "=" STR_FMT STR_FMT " %d]", STR_ARG(p->name),
		    STR_ARG(p->text), STR_ARG(p->filename), (int)p->n);
	}
	rp->content_type = S("text/plain; charset=utf-8");
	rp->etag = S("\"v1\"");
	rp->body = buf_str(&b);
}

/* --- client ----------------------------------------------------------------------------- */

static int
dial(const struct rig *r)
{
	struct sockaddr_in in = {
	    .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(r->h))};
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = UNIX_PATH};
	bool tcp = http_port(r->h) != 0;
	int fd = socket(tcp ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
	assert_int_equal(tcp ? connect(fd, (struct sockaddr *)&in, sizeof(in))
			     : connect(fd, (struct sockaddr *)&un, sizeof(un)),
	    0);
	return fd;
}

static void
say(int fd, str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n <= 0)
			return; /* the server has had enough */
		s = (str){s.p + n, s.n - (size_t)n};
	}
}

/* All until the server closes. */
static str
hear_all(struct arena *a, int fd)
{
	struct buf b = buf_new(a, 1 << 24);
	char piece[4096];
	ssize_t n;

	while ((n = recv(fd, piece, sizeof(piece), 0)) > 0)
		buf_put(&b, (str){piece, (size_t)n});
	return buf_str(&b);
}

/* Reads until the text has come; so a test waits for nothing but the server. */
static str
hear_until(struct arena *a, int fd, const char *text)
{
	struct buf b = buf_new(a, 1 << 20);
	char c;

	while ((!b.n || !memmem(b.p, b.n, text, strlen(text))) && recv(fd, &c, 1, 0) == 1)
		buf_put(&b, (str){&c, 1});
	return buf_str(&b);
}

static int
status_of(str reply)
{
	return reply.n > 12
		   ? (reply.p[9] - '0') * 100 + (reply.p[10] - '0') * 10 + reply.p[11] - '0'
		   : 0;
}

static bool
has(str reply, const char *text)
{
	return reply.n && memmem(reply.p, reply.n, text, strlen(text));
}

static str
ask(struct rig *r, str request)
{
	int fd = dial(r);

	say(fd, request);
	str reply = hear_all(&r->a, fd);
	close(fd);
	return reply;
}

#define HOST      "Host: localhost\r\n"
#define END       "Connection: close\r\n\r\n"
#define GET(path) S("GET " path " HTTP/1.1\r\n" HOST END)

/* --- rig -------------------------------------------------------------------------------- */

static int
start(void **state, const struct http_config *config)
{
	struct rig *r = calloc(1, sizeof(*r));

	arena_init(&r->a, 1 << 28);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->changed, NULL);
	assert_ok(http_start(&r->a, config, handler, r, &r->h));
	*state = r;
	return 0;
}

static int
setup(void **state)
{
	return start(
	    state, &(struct http_config){.listen = "127.0.0.1:0", .body_max = body_max});
}

static int
setup_hasty(void **state)
{
	return start(state, &(struct http_config){.listen = "127.0.0.1:0",
				.body_max = body_max,
				.head_ms = 80,
				.idle_ms = 80,
				.body_ms = 200,
				.body_grace_ms = 80,
				.body_rate = 1000,
				.write_ms = 100});
}

static int
setup_unix(void **state)
{
	return start(
	    state, &(struct http_config){.listen = "unix:" UNIX_PATH, .body_max = body_max});
}

static int
setup_few(void **state)
{
	return start(state,
	    &(struct http_config){
		.listen = "127.0.0.1:0", .connections_max = 10, .connections_ip_max = 3});
}

static int
setup_reserved(void **state)
{
	return start(state, &(struct http_config){.listen = "127.0.0.1:0",
				.connections_max = 5,
				.session_cookie = S("__Host-s-")});
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	http_stop(r->h);
	arena_finish(&r->a);
	free(r);
	return 0;
}

/* --- what works ------------------------------------------------------------------------- */

static void
answers_with_path_and_security_headers(void **state)
{
	str reply = ask(*state, GET("/m%C3%B8te/sak?a=1&b=%20"));

	assert_int_equal(status_of(reply), 200);
	assert_true(has(reply, "1 /møte/sak q=a=1&b=%20 n=0 peer=127.0.0.1"));
	assert_true(has(reply, "Content-Security-Policy: default-src 'none'"));
	assert_true(has(reply, "X-Content-Type-Options: nosniff"));
	assert_true(has(reply, "Cache-Control: no-store"));
	assert_true(has(reply, "ETag: \"v1\""));
}

static void
path_is_composed(void **state)
{
	assert_true(has(ask(*state, GET("/a%CC%8A")), "1 /å q="));
}

static void
head_has_length_and_no_body(void **state)
{
	str reply = ask(*state, S("HEAD /x HTTP/1.1\r\n" HOST END));

	assert_int_equal(status_of(reply), 200);
	assert_false(has(reply, "Content-Length: 0"));
	assert_true(has(reply, "Content-Length: "));
	assert_memory_equal(reply.p + reply.n - 4, "\r\n\r\n", 4);
}

static void
same_etag_gives_304(void **state)
{
	str reply = ask(
	    *state, S("GET /x HTTP/1.1\r\n" HOST "If-None-Match: \"v0\", W/\"v1\"\r\n" END));

	assert_int_equal(status_of(reply), 304);
	assert_memory_equal(reply.p + reply.n - 4, "\r\n\r\n", 4);
	reply = ask(*state, S("GET /x HTTP/1.1\r\n" HOST "If-None-Match: \"v2\"\r\n" END));
	assert_int_equal(status_of(reply), 200);
}

static void
keeps_the_connection_and_takes_requests_in_a_row(void **state)
{
	struct rig *r = *state;
	int fd = dial(r);

	say(fd, S("GET /1 HTTP/1.1\r\n" HOST "\r\n"));
	assert_true(has(hear_until(&r->a, fd, "tls=0"), "1 /1 "));
	say(fd,
	    S("POST /2 HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\n" HOST
	      "\r\nGET /4 HTTP/1.1\r\n" HOST END));
	str reply = hear_all(&r->a, fd);
	assert_true(has(reply, "3 /2 q= n=3"));
	assert_true(has(reply, "1 /3 "));
	assert_true(has(reply, "1 /4 "));
	close(fd);
}

static void
sends_part_of_a_file(void **state)
{
	str reply = ask(*state, GET("/file"));

	assert_true(has(reply, "Content-Length: 5\r\n"));
	assert_memory_equal(reply.p + reply.n - 9, "\r\n\r\ncdefg", 9);
}

static void
reply_header_cannot_be_split(void **state)
{
	str reply = ask(*state, GET("/split"));

	assert_int_equal(status_of(reply), 500);
	assert_false(has(reply, "Set-Cookie"));
}

static void
body_stops_at_its_limit(void **state)
{
	str reply =
	    ask(*state, S("POST /x HTTP/1.1\r\n" HOST "Content-Length: 5\r\n" END "a=b&c"));

	assert_true(has(reply, "n=5"));
	reply = ask(*state, S("POST /x HTTP/1.1\r\n" HOST "Content-Length: 1001\r\n"
			      "Expect: 100-continue\r\n" END));
	assert_int_equal(status_of(reply), 413);
	reply = ask(*state, S("POST /none HTTP/1.1\r\n" HOST "Content-Length: 1\r\n" END "a"));
	assert_int_equal(status_of(reply), 413);
}

static void
post_bytes(struct rig *r, int fd, const char *path, size_t n)
{
	static const char zeros[65536];

	say(fd, str_from_c(arena_printf(&r->a,
		    "POST %s HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n" END, path, n)));
	for (size_t left = n; left; left -= left < sizeof(zeros) ? left : sizeof(zeros))
		say(fd, (str){zeros, left < sizeof(zeros) ? left : sizeof(zeros)});
}

static void
big_bodies_arrive_and_refused_ones_hear_why(void **state)
{
	struct rig *r = *state;
	int fd = dial(r);

	post_bytes(r, fd, "/big", 20 << 20);
	assert_true(has(hear_all(&r->a, fd), "n=20971520"));
	close(fd);
	fd = dial(r);
	post_bytes(r, fd, "/x", 20 << 20);
	assert_int_equal(status_of(hear_all(&r->a, fd)), 413);
	close(fd);
}

static void
multipart_arrives_in_parts(void **state)
{
	static const char body[] =
	    "--XyZ\r\nContent-Disposition: form-data; name=\"tittel\"\r\n\r\nRødt\r\n"
	    "--XyZ\r\nContent-Disposition: form-data; name=\"fil\"; "
	    "filename=\"C:\\a\\b.txt\"\r\n"
	    "Content-Type: text/plain\r\n\r\n12345\r\n--XyZ--\r\n";
	struct rig *r = *state;
	str head = str_from_c(arena_printf(&r->a,
	    "POST /x HTTP/1.1\r\n" HOST
	    "Content-Type: multipart/form-data; boundary=XyZ\r\nContent-Length: %zu\r\n" END,
	    sizeof(body) - 1));
	int fd = dial(r);

	say(fd, head);
	for (size_t i = 0; i < sizeof(body) - 1; i++)
		say(fd, (str){body + i, 1});
	assert_true(has(hear_all(&r->a, fd), "[tittel=Rødt 0] [fil=b.txt 5]"));
	close(fd);
}

static void
nobody_waits_for_a_slow_handler(void **state)
{
	struct rig *r = *state;
	int slow[20];

	for (int i = 0; i < 20; i++) {
		slow[i] = dial(r);
		say(slow[i], GET("/wait"));
	}
	pthread_mutex_lock(&r->lock);
	while (r->entered < 20)
		pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
	assert_int_equal(status_of(ask(r, GET("/x"))), 200);
	pthread_mutex_lock(&r->lock);
	r->may_leave = true;
	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(status_of(hear_all(&r->a, slow[i])), 200);
		close(slow[i]);
	}
}

static void
listeners_hear_of_their_topic(void **state)
{
	struct rig *r = *state;
	int fd = dial(r);

	say(fd, S("GET /live HTTP/1.1\r\n" HOST "\r\n"));
	assert_true(has(hear_until(&r->a, fd, "data: here\n\n"), "text/event-stream"));
	assert_int_equal(http_notify(r->h, S("other"), S("data: no\n\n")), 0);
	assert_int_equal(http_notify(r->h, S("room"), S("data: yes\n\n")), 1);
	assert_false(has(hear_until(&r->a, fd, "data: yes\n\n"), "data: no"));
	close(fd);
}

static void
proxy_names_client_on_unix_socket_only(void **state)
{
	str request =
	    S("GET /x HTTP/1.1\r\n" HOST
	      "X-Forwarded-For: 6.6.6.6, 2001:db8::7\r\nX-Forwarded-Proto: https\r\n" END);

	assert_true(has(ask(*state, request), "peer=2001:db8:: tls=1"));
	str two_lines = S("GET /x HTTP/1.1\r\n" HOST
			  "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\n" END);
	assert_true(
	    has(ask(*state, two_lines), "peer=7.7.7.7 tls=0")); /* the proxy's is last */
	teardown(state);
	setup(state);
	assert_true(has(ask(*state, request), "peer=127.0.0.1 tls=0"));
}

/* --- what is refused -------------------------------------------------------------------- */

#define LINE(text) S("GET / HTTP/1.1\r\n" HOST text "\r\n" END)

static const struct {
	int status;
	str request;
} hostile[] = {
    {400, S("POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")},
    {400, S("POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc")},
    {400, S("POST / HTTP/1.1\r\n" HOST "Content-Length: 3, 3\r\n\r\nabc")},
    {400, S("POST / HTTP/1.1\r\n" HOST "Content-Length: +3\r\n\r\nabc")},
    {400, S("POST / HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\nabc")},
    {413, S("POST / HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551621\r\n\r\nabc")},
    {400, S("POST / HTTP/1.1\r\n" HOST
	    "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
    {400, S("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")},
    {400, S("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")},
    {400, S("POST / HTTP/1.1\r\n" HOST
	    "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n")},
    {411, S("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
    {400, S("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
    {415, S("POST / HTTP/1.1\r\n" HOST "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na")},
    {417, S("POST / HTTP/1.1\r\n" HOST "Expect: more\r\nContent-Length: 1\r\n\r\na")},
    {400, LINE("X-A : b")},
    {400, LINE(" X-A: b")},
    {400, LINE("X-A: b\r\n folded")},
    {400, LINE(": b")},
    {400, LINE("X-A")},
    {400, LINE("X(A: b")},
    {400, LINE("X-A: a\rb")},
    {400, LINE("X-A: a\0b")},
    {400, LINE("X\0A: b")},
    {400, LINE("X-A: a\x01"
	       "b")},
    {400, LINE("X-A: b\nX-B: c")},
    {400, LINE("X-A: a\x7f")},
    {400, LINE("X-A: a\0\r\nX-B: b\n")}, /* one byte cut, one too few: the sum is right */
    {400, S("GET / HTTP/1.1\r\n" END)},
    {400, S("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n" END)},
    {400, S("GET / HTTP/1.1\r\nHost: a b\r\n" END)},
    {400, S("GET / HTTP/1.1\r\nHost: a@b\r\n" END)},
    {400, S("GET / HTTP/1.1\nHost: a\n\n")},
    {400, S("GET http://localhost/ HTTP/1.1\r\n" HOST END)},
    {400, S("GET //evil/ HTTP/1.1\r\n" HOST END)},
    {400, S("GET * HTTP/1.1\r\n" HOST END)},
    {400, S("GET  / HTTP/1.1\r\n" HOST END)},
    {400, S("GET / a HTTP/1.1\r\n" HOST END)},
    {400, S("GET /\r\n" HOST END)},
    {400, S("GET / http/1.1\r\n" HOST END)},
    {505, S("GET / HTTP/2.0\r\n" HOST END)},
    {505, S("GET / HTTP/1.9\r\n" HOST END)},
    {501, S("BREW / HTTP/1.1\r\n" HOST END)},
    {501, S("get / HTTP/1.1\r\n" HOST END)},
    {400, S("G{T / HTTP/1.1\r\n" HOST END)},
    {405, S("TRACE / HTTP/1.1\r\n" HOST END)},
    {405, S("CONNECT a:1 HTTP/1.1\r\n" HOST END)},
    {400, GET("/%")},
    {400, GET("/%4")},
    {400, GET("/%zz")},
    {400, GET("/%00")},
    {400, GET("/%0a")},
    {400, GET("/%7f")},
    {400, GET("/%c0%ae")},
    {400, GET("/%ff")},
    {400, GET("/%ed%a0%80")},
    {400, GET("/a%2fb")},
    {400, GET("/a%5Cb")},
    {400, GET("/a\\b")},
    {400, GET("/../a")},
    {400, GET("/a/..")},
    {400, GET("/a/%2e%2E/b")},
    {400, GET("/./a")},
    {400, GET("/a\xc3\xb8")},
    {400, GET("/a?b\"c")},
    {400, GET("/a#b")},
    {400, GET("/a\0b")},
    {400, S("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")},
};

static void
hostile_heads_are_refused(void **state)
{
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		str reply = ask(*state, hostile[i].request);

		if (status_of(reply) != hostile[i].status)
			fail_msg("%d and not %d: " STR_FMT, status_of(reply), hostile[i].status,
			    STR_ARG(hostile[i].request));
		assert_true(has(reply, "X-Content-Type-Options: nosniff"));
		assert_true(has(reply, "Connection: close"));
	}
}

/* The first head of a connection goes through the door, the later ones come from MHD. */
static void
hostile_heads_are_refused_on_a_used_connection(void **state)
{
	struct rig *r = *state;

	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		int fd = dial(r);

		say(fd, S("GET /first HTTP/1.1\r\n" HOST "\r\n"));
		hear_until(&r->a, fd, "tls=0");
		say(fd, hostile[i].request);
		shutdown(fd, SHUT_WR); /* MHD waits for more after some of them */
		str reply = hear_all(&r->a, fd);
		if (status_of(reply) == 200)
			fail_msg("served: " STR_FMT, STR_ARG(hostile[i].request));
		close(fd);
	}
}

static void
heads_are_bounded(void **state)
{
	struct rig *r = *state;
	struct buf b = buf_new(&r->a, 1 << 20);

	buf_put(&b, S("GET / HTTP/1.1\r\n" HOST));
	for (int i = 0; i < 101; i++)
		buf_printf(&b, "X-%d: y\r\n", i);
	buf_put(&b, S("\r\n"));
	assert_int_equal(status_of(ask(r, buf_str(&b))), 431);
	b = buf_new(&r->a, 1 << 20);
	buf_put(&b, S("GET / HTTP/1.1\r\n" HOST "X: "));
	for (int i = 0; i < 65000; i++)
		buf_put(&b, S("y"));
	buf_put(&b, S("\r\n\r\n"));
	assert_int_equal(status_of(ask(r, buf_str(&b))), 431);
	b = buf_new(&r->a, 1 << 20);
	buf_put(&b, S("GET /"));
	for (int i = 0; i < 9000; i++)
		buf_put(&b, S("y"));
	buf_put(&b, S(" HTTP/1.1\r\n" HOST "\r\n"));
	assert_int_equal(status_of(ask(r, buf_str(&b))), 414);
}

static void
a_large_honest_head_is_served_on_a_used_connection(void **state)
{
	struct rig *r = *state;
	int fd = dial(r);

	say(fd, S("GET /first HTTP/1.1\r\n" HOST "\r\n"));
	hear_until(&r->a, fd, "tls=0");
	say(fd, S("GET /second HTTP/1.1\r\n" HOST));
	for (int i = 0; i < 90; i++) {
		say(fd, str_from_c(arena_printf(&r->a, "X-%d:   %0100d\r\n", i, i)));
	}
	say(fd, S("X-Empty:\r\nX-Blank:  \r\nX-After: a \r\n" END));
	assert_int_equal(status_of(hear_all(&r->a, fd)), 200);
	close(fd);
}

static void
slow_heads_are_cut_off(void **state)
{
	struct rig *r = *state;
	int fd = dial(r);

	say(fd, S("GET / HTTP/1.1\r\n"));
	assert_int_equal(status_of(hear_all(&r->a, fd)), 408);
	close(fd);
	fd = dial(r); /* says nothing at all: no answer either */
	assert_int_equal(hear_all(&r->a, fd).n, 0);
	close(fd);
	fd = dial(r); /* the second head is the slow one, a byte at a time */
	say(fd, S("GET / HTTP/1.1\r\n" HOST "\r\n"));
	hear_until(&r->a, fd, "tls=0");
	struct pollfd p = {.fd = fd, .events = POLLIN};
	for (int i = 0; i < 1000 && poll(&p, 1, 10) == 0; i++)
		say(fd, S("x"));
	assert_false(has(hear_all(&r->a, fd), "200 OK"));
	close(fd);
}

static void
slow_bodies_are_cut_off(void **state)
{
	struct rig *r = *state;
	int fd = dial(r);

	say(fd, S("POST / HTTP/1.1\r\n" HOST "Content-Length: 500\r\n\r\n"));
	struct pollfd p = {.fd = fd, .events = POLLIN};
	for (int i = 0; i < 1000 && poll(&p, 1, 10) == 0; i++)
		say(fd, S("x"));
	assert_int_equal(status_of(hear_all(&r->a, fd)), 408);
	close(fd);
}

static void
too_many_connections_are_turned_away(void **state)
{
	struct rig *r = *state;
	int fd[4];

	for (int i = 0; i < 4; i++)
		fd[i] = dial(r);
	assert_int_equal(status_of(hear_all(&r->a, fd[3])), 503);
	say(fd[2], GET("/x"));
	assert_int_equal(status_of(hear_all(&r->a, fd[2])), 200);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
}

static void
the_last_connections_are_for_those_logged_in(void **state)
{
	struct rig *r = *state;
	int fd[4];

	for (int i = 0; i < 4; i++) {
		fd[i] = dial(r);
		say(fd[i], S("GET /x HTTP/1.1\r\n" HOST "\r\n"));
		hear_until(&r->a, fd[i], "tls=0");
	}
	assert_int_equal(status_of(ask(r, GET("/x"))), 503);
	int status = 503;
	for (int i = 0; i < 500 && status == 503;
	     i++) /* until the one refused has quite gone */
		status = status_of(
		    ask(r, S("GET /x HTTP/1.1\r\n" HOST "Cookie: a=b; __Host-s-x=y\r\n" END)));
	assert_int_equal(status, 200);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
}

static void *
stop(void *h)
{
	http_stop(h);
	return NULL;
}

static void
stop_lets_running_requests_finish(void **state)
{
	struct rig *r = *state;
	int slow = dial(r), idle = dial(r), live = dial(r);
	pthread_t stopper;

	say(live, S("GET /live HTTP/1.1\r\n" HOST "\r\n"));
	hear_until(&r->a, live, "here\n\n");
	say(slow, S("GET /wait HTTP/1.1\r\n" HOST "\r\n"));
	pthread_mutex_lock(&r->lock);
	while (r->entered < 1)
		pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
	pthread_create(&stopper, NULL, stop, r->h);
	assert_int_equal(hear_all(&r->a, idle).n, 0); /* the stop has begun */
	hear_all(&r->a, live);
	pthread_mutex_lock(&r->lock);
	r->may_leave = true;
	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
	str reply = hear_all(&r->a, slow);
	assert_int_equal(status_of(reply), 200);
	assert_true(has(reply, "Connection: close"));
	pthread_join(stopper, NULL);
	r->h = NULL;
	close(slow);
	close(idle);
	close(live);
}

static void
bad_addresses_are_told(void **state)
{
	static const char *const bad[] = {
	    "", "localhost", "127.0.0.1:", "127.0.0.1:70000", "unix:", "[::1:80", "1.2.3:80"};
	struct http *h;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_err(http_start(*state, &(struct http_config){.listen = bad[i]}, handler,
			       NULL, &h),
		    "http.bad_address");
}

int
main(void)
{
#define ON(rig, f) cmocka_unit_test_setup_teardown(f, rig, teardown)
	const struct CMUnitTest tests[] = {
	    ON(setup, answers_with_path_and_security_headers),
	    ON(setup, path_is_composed),
	    ON(setup, head_has_length_and_no_body),
	    ON(setup, same_etag_gives_304),
	    ON(setup, keeps_the_connection_and_takes_requests_in_a_row),
	    ON(setup, sends_part_of_a_file),
	    ON(setup, reply_header_cannot_be_split),
	    ON(setup, body_stops_at_its_limit),
	    ON(setup, big_bodies_arrive_and_refused_ones_hear_why),
	    ON(setup, multipart_arrives_in_parts),
	    ON(setup, nobody_waits_for_a_slow_handler),
	    ON(setup, listeners_hear_of_their_topic),
	    ON(setup_unix, proxy_names_client_on_unix_socket_only),
	    ON(setup, hostile_heads_are_refused),
	    ON(setup, hostile_heads_are_refused_on_a_used_connection),
	    ON(setup, heads_are_bounded),
	    ON(setup, a_large_honest_head_is_served_on_a_used_connection),
	    ON(setup_hasty, slow_heads_are_cut_off),
	    ON(setup_hasty, slow_bodies_are_cut_off),
	    ON(setup_few, too_many_connections_are_turned_away),
	    ON(setup_reserved, the_last_connections_are_for_those_logged_in),
	    ON(setup, stop_lets_running_requests_finish),
	    WITH_ARENA(bad_addresses_are_told),
	};

	return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
