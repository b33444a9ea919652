#include "web/http_conn.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* A body refused for its size or kind is read and thrown away up to this, for a client that
 * is still sending sees a reset instead of the reply (RFC 9112 9.6). */
enum { DISCARD_MAX = 64 << 20 };

void
conn_phase(struct conn *c, enum http_phase phase)
{
	atomic_store(&c->since_ms, http_now_ms());
	atomic_store(&c->phase, phase);
}

/* Goes from one phase to the next unless a deadline has come between. */
static bool
next_phase(struct conn *c, enum http_phase phase)
{
	int was = atomic_load(&c->phase);

	atomic_store(&c->since_ms, http_now_ms());
	return was != PHASE_DEAD && atomic_compare_exchange_strong(&c->phase, &was, phase);
}

static struct conn *
conn_of(struct MHD_Connection *con)
{
	return MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void
exchange_connection(
    void *cls, struct MHD_Connection *con, void **ctx, enum MHD_ConnectionNotificationCode what)
{
	struct http *h = cls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		int fd =
		    MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;

		*ctx = h->by_fd[fd];
	} else if (*ctx) {
		door_close(*ctx);
		*ctx = NULL;
	}
}

void *
exchange_uri(void *cls, const char *uri, struct MHD_Connection *con)
{
	const struct http *h = cls;
	struct exchange *x = calloc(1, sizeof(*x));

	if (!x)
		abort(); /* as in arena.c */
	x->c = conn_of(con);
	arena_init(&x->a, h->config.arena_max);
	x->rq.a = &x->a;
	x->uri = str_copy(&x->a, str_from_c(uri));
	next_phase(x->c, PHASE_HEAD);
	return x;
}

void
exchange_done(
    void *cls, struct MHD_Connection *con, void **ctx, enum MHD_RequestTerminationCode how)
{
	struct http *h = cls;
	struct exchange *x = *ctx;

	(void)con;
	(void)how;
	if (!x)
		return;
	next_phase(x->c, PHASE_IDLE);
	if (atomic_load(&h->stopping))
		shutdown(x->c->fd, SHUT_RDWR);
	free(x->body);
	arena_finish(&x->a);
	free(x);
	*ctx = NULL;
}

/* --- the head --------------------------------------------------------------------------- */

struct lines {
	struct buf *b;
	const char *end; /* of the line before; NULL: the request line */
	bool odd;        /* something stood between two lines that MHD did not tell of */
	int n;
};

static enum MHD_Result
put_line(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
    size_t value_n)
{
	struct lines *l = cls;

	(void)kind;
	if (!value)
		value = "";
	/* MHD parses in place, so the line is one piece of its buffer and the next one follows
	 * after two bytes. Where that does not hold it has cut at a NUL, unfolded, or let a
	 * line end with something else than CR LF. */
	if ((l->end && name != l->end + 2) || value < name + name_n + 1)
		l->odd = true;
	l->end = value + value_n;
	l->n++;
	buf_put(l->b, (str){name, name_n});
	buf_put(l->b, S(":"));
	for (const char *p = name + name_n + 1; !l->odd && p < value; p++)
		buf_put(l->b, (str){" ", 1});
	buf_put(l->b, (str){value, value_n});
	buf_put(l->b, S("\r\n"));
	return l->n <= GATE_HEADERS_MAX ? MHD_YES : MHD_NO;
}

/* Writes the head anew from what MHD understood: as long as the one that came, or MHD left
 * something out. */
static bool
rebuild_head(struct exchange *x, struct MHD_Connection *con, const char *method,
    const char *version, str *ret)
{
	struct buf b = buf_new(&x->a, x->c->h->config.head_max);
	struct lines l = {.b = &b};
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(con, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	buf_printf(&b, "%s " STR_FMT " %s\r\n", method, STR_ARG(x->uri), version);
	MHD_get_connection_values_n(con, MHD_HEADER_KIND, put_line, &l);
	buf_put(&b, S("\r\n"));
	*ret = buf_str(&b);
	if (b.over || l.n > GATE_HEADERS_MAX)
		x->no = (struct gate_refusal){431, "head too large"};
	else if (l.odd || info->header_size != b.n)
		x->no = (struct gate_refusal){400, "NUL, fold or bare line end in head"};
	return x->no.status == 0;
}

static str
last_of(str list)
{
	str head;

	while (str_cut(list, ',', &head, &list))
		;
	return str_trim(list);
}

/* The address that the proxy itself has put last, at the end of the line or as one more line.
 */
static str
forwarded_for(const struct gate_head *h)
{
	str last = S("");

	for (size_t i = 0; i < h->n_headers; i++)
		if (http_name_eq(h->headers[i].name, S("x-forwarded-for")))
			last = h->headers[i].value;
	return last_of(last);
}

static bool
is_address(struct arena *a, str s)
{
	unsigned char ip[16];
	const char *z = str_to_c(a, s);

	return s.n && (inet_pton(AF_INET, z, ip) == 1 || inet_pton(AF_INET6, z, ip) == 1);
}

/* Whom limits count: an IPv6 client owns a /64 at least, whatever it says behind that. */
static str
network_of(struct arena *a, str ip)
{
	char *text = arena_array(a, char, INET6_ADDRSTRLEN);
	struct in6_addr in6;

	if (inet_pton(AF_INET6, str_to_c(a, ip), &in6) != 1 || IN6_IS_ADDR_V4MAPPED(&in6))
		return ip;
	memset(in6.s6_addr + 8, 0, 8);
	return str_from_c(inet_ntop(AF_INET6, &in6, text, INET6_ADDRSTRLEN));
}

static str
media_type(struct arena *a, str value)
{
	str param;

	str_cut(value, ';', &value, &param);
	value = str_copy(a, str_trim(value));
	for (char *p = (char *)value.p; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	return value;
}

void
exchange_fill_request(struct conn *c, const struct gate_head *head, struct http_request *rq)
{
	str client = forwarded_for(head);

	rq->method = head->method;
	rq->path = head->path;
	rq->raw_path = head->raw_path;
	rq->query = head->query;
	rq->host = head->host;
	rq->head = head;
	rq->via_proxy = c->via_unix;
	rq->peer = network_of(
	    rq->a, c->via_unix && is_address(rq->a, client) ? client : str_from_c(c->peer));
	rq->https =
	    c->via_unix && http_name_eq(gate_header(head, S("x-forwarded-proto")), S("https"));
	rq->content_type = media_type(rq->a, gate_header(head, S("content-type")));
}

/* With 80 % of the connections in use the rest is for those who are logged in. */
static bool
too_busy(const struct exchange *x)
{
	const struct http_config *cfg = &x->c->h->config;
	str rest = gate_header(&x->head, S("cookie")), one;

	if (!cfg->session_cookie.n ||
	    (int64_t)atomic_load(&x->c->h->n_conns) * 5 <= (int64_t)cfg->connections_max * 4)
		return false;
	while (rest.n) {
		if (!str_cut(rest, ';', &one, &rest)) {
			one = rest;
			rest.n = 0;
		}
		one = str_trim(one);
		if (one.n > cfg->session_cookie.n &&
		    memcmp(one.p, cfg->session_cookie.p, cfg->session_cookie.n) == 0)
			return false;
	}
	return true;
}

static enum MHD_Result
answer_refusal(struct exchange *x, struct MHD_Connection *con)
{
	reply_refuse(x->c->h, &x->rq, x->no, &x->rp);
	return next_phase(x->c, PHASE_WRITE) ? reply_queue(x, con) : MHD_NO;
}

static enum MHD_Result
on_head(struct exchange *x, struct MHD_Connection *con, const char *method, const char *version)
{
	str head;

	x->head_seen = true;
	if (!rebuild_head(x, con, method, version, &head) ||
	    !gate_head(&x->a, head, &x->head, &x->no))
		return answer_refusal(x, con);
	x->close = !x->head.keep_alive;
	exchange_fill_request(x->c, &x->head, &x->rq);
	if (too_busy(x))
		x->no = (struct gate_refusal){503, "kept for those logged in"};
	else if (x->head.content_length > 0)
		body_begin(x, &x->no);
	if (x->no.status && (x->head.content_length > DISCARD_MAX || x->head.expect_continue))
		return answer_refusal(x, con);
	atomic_store(&x->c->got, 0);
	return next_phase(x->c, PHASE_BODY) ? MHD_YES : MHD_NO;
}

static enum MHD_Result
on_data(struct exchange *x, str data)
{
	atomic_fetch_add(&x->c->got, (int64_t)data.n);
	if (!x->no.status)
		body_take(x, data, &x->no);
	return MHD_YES;
}

static enum MHD_Result
on_end(struct exchange *x, struct MHD_Connection *con)
{
	struct http *h = x->c->h;

	if (x->no.status || !body_end(x, &x->no))
		return answer_refusal(x, con);
	if (!next_phase(x->c, PHASE_RUN))
		return MHD_NO;
	h->handler(h->arg, &x->rq, &x->rp);
	conn_phase(x->c, x->rp.live.n ? PHASE_LIVE : PHASE_WRITE);
	return reply_queue(x, con);
}

enum MHD_Result
exchange_handle(void *cls, struct MHD_Connection *con, const char *url, const char *method,
    const char *version, const char *data, size_t *data_n, void **ctx)
{
	struct exchange *x = *ctx;

	(void)cls;
	(void)url;
	if (!x->head_seen)
		return on_head(x, con, method, version);
	if (*data_n == 0)
		return on_end(x, con);
	str piece = {data, *data_n};
	*data_n = 0;
	return on_data(x, piece);
}
