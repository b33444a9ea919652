#include "web/server.h"

#include "base/cache.h"
#include "base/clock.h"
#include "t_spaces.h"
#include "web/api.h"
#include "web/kept.h"
#include "web/page.h"
#include "web/rate.h"
#include "web/site.h"
#include "web/static.h"

#include <string.h>

enum { BODY_MAX = 1 << 20, UPLOAD_MAX = 52 << 20, PAGE_MAX = 1 << 20 };

struct server {
	struct http *http;
	struct site *sites;
	size_t n_sites;
	struct house *house;
	int64_t (*now)(void);
};

static void
answer_static(const struct http_request *rq, struct http_reply *rp)
{
	bool never_changes;
	const struct static_file *f = static_find(rq->path, &never_changes);

	if (!f) {
		rp->status = 404;
		return;
	}
	rp->content_type = str_from_c(f->type);
	rp->body = (str){(const char *)f->bytes, f->n};
	rp->etag = str_from_c(f->etag);
	http_reply_header(rp, rq->a, S("Cache-Control"),
	    never_changes ? S("public, max-age=31536000, immutable") : S("no-cache"));
}

/* The list of spaces. */
static void
answer_front(struct server *s, const struct http_request *rq, struct http_reply *rp)
{
	struct view o = view_new(rq->a, web_lang(rq, 0), S(""), s->now(), PAGE_MAX);

	t_spaces(&o, &(struct t_spaces){.sites = s->sites, .n_sites = s->n_sites});
	rp->content_type = S("text/html; charset=utf-8");
	rp->body = buf_str(&o.b);
}

static const struct site *
site_at(struct server *s, str path, str *ret_rest)
{
	str key, rest = S("");

	path = (str){path.p + 1, path.n - 1};
	if (!str_cut(path, '/', &key, &rest))
		key = path;
	*ret_rest = (str){path.p + key.n, path.n - key.n};
	if (ret_rest->n == 0)
		*ret_rest = S("/");
	for (size_t i = 0; i < s->n_sites; i++)
		if (str_eq(s->sites[i].key, key))
			return &s->sites[i];
	return NULL;
}

static bool
starts_with(str s, str start)
{
	return s.n >= start.n && memcmp(s.p, start.p, start.n) == 0;
}

void
server_answer(struct server *s, struct http_request *rq, struct http_reply *rp)
{
	str rest, api = S("/api/v1");
	const struct site *site;

	if (starts_with(rq->path, S("/static/"))) {
		answer_static(rq, rp);
		return;
	}
	if (str_eq(rq->path, S("/"))) {
		answer_front(s, rq, rp);
		return;
	}
	site = site_at(s, rq->path, &rest);
	if (!site)
		rp->status = 404;
	else if (starts_with(rest, S("/api/v1/")))
		api_answer(
		    site, s->house, s->now(), rq, (str){rest.p + api.n, rest.n - api.n}, rp);
	else if (str_eq(rest, S("/api/openapi.json")))
		api_answer(site, s->house, s->now(), rq, S("/openapi.json"), rp);
	else
		web_answer(site, s->house, s->now(), rq, rest, rp);
}

static void
handle(void *arg, struct http_request *rq, struct http_reply *rp)
{
	server_answer(arg, rq, rp);
}

static bool
ends_with(str s, str end)
{
	return s.n >= end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0;
}

/* Somebody whom we have let in: nobody else fills the disk. */
static bool
is_known(struct server *s, const struct http_request *rq)
{
	str rest;
	const struct site *site = site_at(s, rq->path, &rest);

	if (!site)
		return false;
	return starts_with(rest, S("/api/v1/")) ? api_knows(site, s->house, s->now(), rq)
						: web_knows(site, s->house, s->now(), rq);
}

size_t
server_body_max(struct server *s, const struct http_request *rq)
{
	bool attaches =
	    ends_with(rq->path, S("/vedlegg")) || ends_with(rq->path, S("/attachments"));

	return attaches && str_eq(rq->content_type, S("multipart/form-data")) && is_known(s, rq)
		   ? UPLOAD_MAX
		   : BODY_MAX;
}

static size_t
body_max(void *arg, const struct http_request *rq)
{
	return server_body_max(arg, rq);
}

struct server *
server_new(struct arena *a, const struct server_config *c)
{
	struct server *s = arena_new(a, struct server);

	s->sites = arena_array(a, struct site, c->n_spaces);
	s->house = c->house;
	s->now = c->now;
	for (size_t i = 0; i < c->n_spaces; i++) {
		const struct opened *o = &c->spaces[i];
		if (!o->charter)
			continue;
		s->sites[s->n_sites++] = (struct site){
		    .key = o->key,
		    .base = str_from_c(arena_printf(a, "/" STR_FMT, STR_ARG(o->key))),
		    .origin = str_from_c(c->origin),
		    .cookie = str_from_c(arena_printf(a, "__Host-s-" STR_FMT, STR_ARG(o->key))),
		    .space = o->space,
		    .charter = o->charter,
		    .rates = rates_new(a),
		    .kept = cache_new(a, KEPT_ROOM),
		};
	}
	return s;
}

struct err *
server_start(struct arena *a, const struct server_config *c, struct server **ret)
{
	struct server *s = server_new(a, c);

	TRY(http_start(a,
	    &(struct http_config){
		.listen = c->listen,
		.session_cookie = S("__Host-s-"),
		.body_max = body_max,
	    },
	    handle, s, &s->http));
	*ret = s;
	return OK;
}

int
server_port(const struct server *s)
{
	return http_port(s->http);
}

void
server_stop(struct server *s)
{
	http_stop(s->http);
}
