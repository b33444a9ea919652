#include "web/http_conn.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"

/* SECURITY D3: on every reply, errors too. A reply that names one itself replaces it. */
static const struct http_header security[] = {
    {S("Content-Security-Policy"),
	S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	  "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
	  "base-uri 'none'")},
    {S("Strict-Transport-Security"), S("max-age=31536000; includeSubDomains")},
    {S("X-Content-Type-Options"), S("nosniff")},
    {S("Referrer-Policy"), S("same-origin")},
    {S("Cross-Origin-Opener-Policy"), S("same-origin")},
    {S("Cross-Origin-Resource-Policy"), S("same-origin")},
    {S("Permissions-Policy"),
	S("camera=(), geolocation=(), microphone=(), payment=(), usb=()")},
    {S("Cache-Control"), S("no-store")},
};

static const char *
status_text(int status)
{
	static const struct {
		int status;
		const char *text;
	} known[] = {
	    {200, "OK"},
	    {201, "Created"},
	    {202, "Accepted"},
	    {204, "No Content"},
	    {206, "Partial Content"},
	    {301, "Moved Permanently"},
	    {302, "Found"},
	    {303, "See Other"},
	    {304, "Not Modified"},
	    {307, "Temporary Redirect"},
	    {308, "Permanent Redirect"},
	    {400, "Bad Request"},
	    {401, "Unauthorized"},
	    {403, "Forbidden"},
	    {404, "Not Found"},
	    {405, "Method Not Allowed"},
	    {406, "Not Acceptable"},
	    {408, "Request Timeout"},
	    {409, "Conflict"},
	    {410, "Gone"},
	    {411, "Length Required"},
	    {412, "Precondition Failed"},
	    {413, "Content Too Large"},
	    {414, "URI Too Long"},
	    {415, "Unsupported Media Type"},
	    {417, "Expectation Failed"},
	    {422, "Unprocessable Content"},
	    {428, "Precondition Required"},
	    {429, "Too Many Requests"},
	    {431, "Request Header Fields Too Large"},
	    {500, "Internal Server Error"},
	    {501, "Not Implemented"},
	    {503, "Service Unavailable"},
	    {505, "HTTP Version Not Supported"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].status == status)
			return known[i].text;
	return "Status";
}

void
http_reply_header(struct http_reply *rp, struct arena *a, str name, str value)
{
	if (rp->n_headers == rp->cap_headers) {
		size_t cap = rp->cap_headers ? rp->cap_headers * 2 : 8;
		struct http_header *v = arena_array(a, struct http_header, cap);

		for (size_t i = 0; i < rp->n_headers; i++)
			v[i] = rp->headers[i];
		rp->headers = v;
		rp->cap_headers = cap;
	}
	rp->headers[rp->n_headers++] = (struct http_header){name, value};
}

/* --- If-None-Match ---------------------------------------------------------------------- */

static str
weak(str etag)
{
	etag = str_trim(etag);
	return etag.n > 2 && etag.p[0] == 'W' && etag.p[1] == '/'
		   ? (str){etag.p + 2, etag.n - 2}
		   : etag;
}

bool
http_has_etag(const struct http_request *rq, str etag)
{
	str rest = http_header(rq, S("if-none-match")), one;

	if (!etag.n)
		return false;
	while (rest.n) {
		if (!str_cut(rest, ',', &one, &rest)) {
			one = rest;
			rest.n = 0;
		}
		if (str_eq(weak(one), weak(etag)) || str_eq(str_trim(one), S("*")))
			return true;
	}
	return false;
}

/* --- what every reply has --------------------------------------------------------------- */

static bool
given(const struct http_reply *rp, str name)
{
	for (size_t i = 0; i < rp->n_headers; i++)
		if (http_name_eq(rp->headers[i].name, name))
			return true;
	return false;
}

static bool
value_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return true;
}

static bool
reply_ok(const struct http_reply *rp)
{
	for (size_t i = 0; i < rp->n_headers; i++)
		if (!http_token(rp->headers[i].name) || !value_ok(rp->headers[i].value))
			return false;
	return value_ok(rp->content_type) && value_ok(rp->etag) && rp->live.n <= LISTEN_ID_MAX;
}

static void
drop_file(struct http_reply *rp)
{
	if (rp->has_file)
		close(rp->fd);
	rp->has_file = false;
}

/* Puts right what a handler may have left, before a byte goes out. */
static void
settle(const struct http_request *rq, struct http_reply *rp)
{
	bool reading = rq->method == HTTP_GET || rq->method == HTTP_HEAD;

	if (!rp->status)
		rp->status = 200;
	if (!reply_ok(rp)) {
		drop_file(rp);
		*rp = (struct http_reply){.status = 500};
	}
	if (rp->status == 200 && reading && http_has_etag(rq, rp->etag))
		rp->status = 304;
	if (rp->status == 204 || rp->status == 304) {
		drop_file(rp);
		rp->body.n = 0;
		rp->content_type.n = 0;
	}
	if (rq->method == HTTP_HEAD)
		rp->live.n = 0;
}

/* All headers but Date, Content-Length and Connection. */
static struct http_header *
all_headers(struct arena *a, const struct http_reply *rp, size_t *ret_n)
{
	size_t n = 0, n_fixed = sizeof(security) / sizeof(*security);
	struct http_header *v = arena_array(a, struct http_header, n_fixed + rp->n_headers + 3);

	if (rp->content_type.n)
		v[n++] = (struct http_header){S("Content-Type"), rp->content_type};
	if (rp->etag.n)
		v[n++] = (struct http_header){S("ETag"), rp->etag};
	for (size_t i = 0; i < n_fixed; i++)
		if (!given(rp, security[i].name))
			v[n++] = security[i];
	for (size_t i = 0; i < rp->n_headers; i++)
		v[n++] = rp->headers[i];
	if (rp->live.n)
		v[n++] = (struct http_header){S("X-Accel-Buffering"), S("no")};
	*ret_n = n;
	return v;
}

void
reply_refuse(struct http *h, const struct http_request *rq, struct gate_refusal no,
    struct http_reply *ret)
{
	*ret = (struct http_reply){0};
	if (h->config.refused) {
		h->config.refused(h->arg, rq, no.status, no.why, ret);
	} else {
		ret->content_type = S("text/plain; charset=utf-8");
		ret->body = str_from_c(
		    arena_printf(rq->a, "%d %s\n", no.status, status_text(no.status)));
	}
	ret->status = no.status;
	ret->close = true;
}

/* --- as text, where MHD has no part in it ----------------------------------------------- */

static void
put_date(struct buf *b)
{
	static const char wday[][4] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char month[][4] = {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
	    "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	int64_t day = now.tv_sec / 86400;
	int s = (int)(now.tv_sec % 86400);
	struct ymd d = day_to_ymd(day);

	buf_printf(b, "Date: %s, %02d %s %d %02d:%02d:%02d GMT\r\n", wday[day_weekday(day)],
	    d.day, month[d.month], d.year, s / 3600, s / 60 % 60, s % 60);
}

str
reply_text(struct arena *a, const struct http_request *rq, struct http_reply *rp)
{
	struct buf b = buf_new(a, 1 << 20);
	size_t n;

	settle(rq, rp);
	struct http_header *v = all_headers(a, rp, &n);
	buf_printf(&b, "HTTP/1.1 %d %s\r\n", rp->status, status_text(rp->status));
	put_date(&b);
	for (size_t i = 0; i < n; i++)
		buf_printf(
		    &b, STR_FMT ": " STR_FMT "\r\n", STR_ARG(v[i].name), STR_ARG(v[i].value));
	buf_printf(&b, "Content-Length: %zu\r\nConnection: close\r\n\r\n", rp->body.n);
	if (rq->method != HTTP_HEAD)
		buf_put(&b, rp->body);
	return buf_str(&b);
}

/* --- by MHD ----------------------------------------------------------------------------- */

static struct MHD_Response *
make_response(struct exchange *x)
{
	struct http_reply *rp = &x->rp;

	if (rp->live.n)
		return live_response(x);
	if (rp->has_file)
		return MHD_create_response_from_fd_at_offset64(
		    (uint64_t)rp->file_n, rp->fd, (uint64_t)rp->file_at);
	return MHD_create_response_from_buffer(
	    rp->body.n, rp->body.n ? (void *)rp->body.p : "", MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result
reply_queue(struct exchange *x, struct MHD_Connection *con)
{
	size_t n;

	settle(&x->rq, &x->rp);
	struct http_header *v = all_headers(&x->a, &x->rp, &n);
	struct MHD_Response *r = make_response(x);

	if (!r)
		return MHD_NO;
	for (size_t i = 0; i < n; i++)
		MHD_add_response_header(
		    r, str_to_c(&x->a, v[i].name), str_to_c(&x->a, v[i].value));
	if (x->close || x->rp.close || atomic_load(&x->c->h->stopping))
		MHD_add_response_header(r, "Connection", "close");
	enum MHD_Result ok = MHD_queue_response(con, (unsigned)x->rp.status, r);
	MHD_destroy_response(r);
	return ok;
}
