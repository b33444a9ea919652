#include "web/api.h"

#include "base/clock.h"
#include "tr.h"
#include "web/given.h"
#include "web/page.h"
#include "web/rate.h"
#include "web/site.h"

#include <inttypes.h>
#include <string.h>

enum { API_MAX_BYTES = 16 << 20 };

/* --- one call --------------------------------------------------------------------------- */

struct call {
	struct cx *cx;
	const struct site *site;
	const struct http_request *http;
	const struct usecase *uc;
	const struct reading *reading;
	str arg[PATH_ARGS];
	struct token token;
	struct buf body;
};

static struct err *
recognise(struct call *c)
{
	str auth = http_header(c->http, S("authorization")), kind, text;

	if (!str_cut(auth, ' ', &kind, &text) || !str_eq(kind, S("Bearer")))
		return err_new(c->cx->a, ERR_DENIED, "login.required", "no token");
	TRY(token_find(c->cx, str_trim(text), &c->token));
	c->cx->actor = c->token.actor;
	c->cx->lang = c->token.lang;
	return OK;
}

/* A program has a person's limits, one bucket for each token. */
static struct err *
need_patience(struct call *c, enum action action, bool is_write)
{
	enum rate_kind kind = rate_kind_of(action, is_write);
	str who = c->http->peer;

	if (!c->site->rates || kind == RATE_NONE)
		return OK;
	if (c->token.id)
		who = str_from_c(arena_printf(c->cx->a, "token %" PRId64, c->token.id));
	return rate_take(c->site->rates, c->cx->a, kind, who, c->cx->now_at);
}

bool
reading_is_open(const struct reading *r)
{
	return r->action == ACT_JOURNAL_CHECKPOINT;
}

static struct err *
read_things(struct cx *cx, void *arg)
{
	struct call *c = arg;
	struct json j = json_new(&c->body);
	struct given query;

	if (!reading_is_open(c->reading) || http_header(c->http, S("authorization")).n)
		TRY(recognise(c));
	TRY(need_patience(c, c->reading->action, false));
	TRY(query_read(c->http, &query));
	void *in = arena_alloc(cx->a, c->reading->in_size + 1, alignof(max_align_t), 1);
	TRY(input_read(cx, c->reading->inputs, &query, c->arg, in));
	return c->reading->run(cx, in, &j);
}

static struct err *
only_recognise(struct cx *cx, void *arg)
{
	struct call *c = arg;

	(void)cx;
	return recognise(c);
}

/* Who approves, signs, publishes, grants or exports shows a code of the phone, here in a
 * header: a program left to itself cannot (D2). */
static struct err *
need_proof(struct call *c)
{
	str code = http_header(c->http, S("rodtrad-code"));
	int64_t wait_at;

	if (!action_is_weighty(c->uc->action) || proof_holds(c->token.proved_at, c->cx->now_at))
		return OK;
	if (code.n)
		return token_prove(c->cx, &c->token, code, &wait_at);
	return err_new(c->cx->a, ERR_DENIED, "token.prove", "%s", action_key(c->uc->action));
}

static struct err *
write_thing(struct call *c)
{
	struct given given;
	struct result done;
	struct json j = json_new(&c->body);

	TRY(cx_read(c->cx, only_recognise, c));
	TRY(need_patience(c, c->uc->action, true));
	if (!c->token.writes)
		return err_new(c->cx->a, ERR_DENIED, "token.reads_only", "scope");
	TRY(need_proof(c));
	TRY(given_read(c->http, &given));
	TRY(usecase_perform(
	    c->cx, c->uc, &given, c->arg, http_header(c->http, S("idempotency-key")), &done));
	json_open(&j, NULL, '{');
	json_str(&j, "id", done.pid);
	if (done.location.n)
		json_str(&j, "part_id", done.location);
	if (done.secret.n)
		json_str(&j, "secret", done.secret);
	json_close(&j, '}');
	return OK;
}

static const struct usecase *
usecase_at(str path, str *arg)
{
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++)
			if (uc->path && web_path_matches(uc->path, path, arg))
				return uc;
	return NULL;
}

static const struct reading *
reading_at(str path, str *arg)
{
	for (const struct reading *const *list = readings; *list; list++)
		for (const struct reading *r = *list; r->run; r++)
			if (web_path_matches(r->path, path, arg))
				return r;
	return NULL;
}

static struct err *
answer(struct call *c, str path)
{
	if (c->http->method == HTTP_POST)
		c->uc = usecase_at(path, c->arg);
	else if (c->http->method == HTTP_GET || c->http->method == HTTP_HEAD)
		c->reading = reading_at(path, c->arg);
	if (c->uc)
		return write_thing(c);
	if (c->reading)
		return cx_read(c->cx, read_things, c);
	if (str_eq(path, S("/openapi.json"))) {
		buf_put(&c->body, openapi(c->cx->a, c->site, c->cx->lang));
		return OK;
	}
	return err_new(c->cx->a, ERR_NOT_FOUND, "page.none", "no operation");
}

static void
put_error(struct call *c, const struct err *e)
{
	struct json j = json_new(&c->body);
	struct cx *cx = c->cx;

	c->body.n = 0;
	json_open(&j, NULL, '{');
	json_c(&j, "code", e->kind == ERR_INTERNAL ? "internal" : e->code);
	json_str(&j, "message", err_sentence(cx->a, cx->lang, e));
	json_open(&j, "fields", '[');
	for (size_t i = 0; i < cx->faults->n; i++) {
		const struct fault *f = &cx->faults->v[i];
		json_open(&j, NULL, '{');
		json_c(&j, "field", f->field);
		json_c(&j, "code", f->code);
		json_str(&j, "message", fault_sentence(cx->a, cx->lang, f));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
}

bool
api_knows(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http)
{
	struct cx cx = web_cx(site, house, now_at, http);
	struct call c = {.cx = &cx, .site = site, .http = http};

	return !cx_read(&cx, only_recognise, &c) && c.token.writes;
}

void
api_answer(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http, str path, struct http_reply *rp)
{
	struct cx cx = web_cx(site, house, now_at, http);
	struct call c = {.cx = &cx, .site = site, .http = http};

	c.body = buf_new(http->a, API_MAX_BYTES);
	struct err *e = answer(&c, path);
	rp->status = 200;
	if (e) {
		web_log(e);
		rp->status =
		    e->kind == ERR_DENIED && cx.actor->person_id == 0 ? 401 : err_status(e);
		put_error(&c, e);
	}
	rp->content_type = S("application/json; charset=utf-8");
	rp->body = buf_str(&c.body);
}
