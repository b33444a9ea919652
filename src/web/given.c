#include "web/given.h"

#include "base/hex.h"
#include "web/form.h"
#include "web/json_in.h"

static void
room_for(struct arena *a, struct given *g, size_t n)
{
	g->names = arena_array(a, str, n);
	g->values = arena_array(a, str, n);
	g->uploads = arena_array(a, struct upload, n);
	g->n = 0;
}

static void
put(struct given *g, str name, str value, struct upload upload)
{
	((str *)g->names)[g->n] = name;
	((str *)g->values)[g->n] = value;
	((struct upload *)g->uploads)[g->n++] = upload;
}

static void
from_form(struct arena *a, const struct form *f, struct given *ret)
{
	room_for(a, ret, f->n);
	for (size_t i = 0; i < f->n; i++)
		put(ret, f->fields[i].name, f->fields[i].value, (struct upload){0});
}

static void
from_parts(struct arena *a, const struct multipart *m, struct given *ret)
{
	room_for(a, ret, m->n);
	for (size_t i = 0; i < m->n; i++) {
		const struct multipart_part *p = &m->parts[i];
		struct upload u = {0};
		if (p->is_file && p->filename.n)
			u = (struct upload){.name = p->filename,
			    .fd = p->fd,
			    .n = p->n,
			    .sha256_hex = hex_encode(
				a, (str){(const char *)p->sha256, sizeof(p->sha256)})};
		put(ret, p->name, p->is_file ? p->filename : p->text, u);
	}
}

struct err *
given_read(const struct http_request *rq, struct given *ret)
{
	struct form f = {0};

	if (rq->parts) {
		from_parts(rq->a, rq->parts, ret);
		return OK;
	}
	if (str_eq(rq->content_type, S("application/json")))
		TRY(json_in(rq->a, rq->body, &f));
	else if (str_eq(rq->content_type, S("application/x-www-form-urlencoded")))
		TRY(form_parse(rq->a, rq->body, &f));
	else if (rq->body.n)
		return err_new(
		    rq->a, ERR_INVALID, "form.type", STR_FMT, STR_ARG(rq->content_type));
	from_form(rq->a, &f, ret);
	return OK;
}

struct err *
query_read(const struct http_request *rq, struct given *ret)
{
	struct form f = {0};

	TRY(form_parse(rq->a, rq->query, &f));
	from_form(rq->a, &f, ret);
	return OK;
}
