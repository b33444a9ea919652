#include "web/http_conn.h"

#include <stdlib.h>
#include <string.h>

static bool
refuse(struct gate_refusal *no, int status, const char *why)
{
	*no = (struct gate_refusal){status, why};
	return false;
}

static bool
refuse_err(struct gate_refusal *no, const struct err *e)
{
	bool large = strcmp(e->code, "multipart.too_large") == 0 ||
		     strcmp(e->code, "multipart.too_many") == 0;

	return refuse(no, large ? 413 : e->kind == ERR_INTERNAL ? 500 : 400, e->code);
}

static bool
begin_multipart(struct exchange *x, struct gate_refusal *no)
{
	const struct multipart_limits limits = {
	    .file = (int64_t)x->body_max,
	    .tmp_dir = x->c->h->config.tmp_dir,
	};
	str boundary;
	struct err *e =
	    multipart_boundary(&x->a, gate_header(&x->head, S("content-type")), &boundary);

	if (e)
		return refuse_err(no, e);
	x->reader = multipart_reader_new(&x->a, boundary, &limits);
	return true;
}

bool
body_begin(struct exchange *x, struct gate_refusal *no)
{
	const struct http *h = x->c->h;

	x->body_max = h->config.body_max ? h->config.body_max(h->arg, &x->rq) : 64 * 1024;
	if (x->head.content_length > (int64_t)x->body_max)
		return refuse(no, 413, "body larger than allowed here");
	return !str_eq(x->rq.content_type, S("multipart/form-data")) || begin_multipart(x, no);
}

static void
keep(struct exchange *x, str data)
{
	if (x->body_n + data.n > x->body_cap) {
		size_t cap = x->body_cap ? x->body_cap : 4096;

		while (cap < x->body_n + data.n)
			cap *= 2;
		x->body = realloc(x->body, cap);
		if (!x->body)
			abort(); /* as in arena.c */
		x->body_cap = cap;
	}
	memcpy(x->body + x->body_n, data.p, data.n);
}

bool
body_take(struct exchange *x, str data, struct gate_refusal *no)
{
	struct err *e = OK;

	if (x->body_n + data.n > x->body_max)
		return refuse(no, 413, "body larger than allowed here");
	if (x->reader)
		e = multipart_feed(x->reader, data);
	else
		keep(x, data);
	x->body_n += data.n;
	return !e || refuse_err(no, e);
}

bool
body_end(struct exchange *x, struct gate_refusal *no)
{
	if (!x->reader) {
		x->rq.body = (str){x->body, x->body_n};
		return true;
	}
	struct err *e = multipart_end(x->reader, &x->parts);

	x->rq.parts = &x->parts;
	return !e || refuse_err(no, e);
}
