#include "web/web.h"

#include "t_prove.h"

#include "base/clock.h"
#include "base/idscan.h"
#include "base/random.h"
#include "base/sha.h"
#include "tr.h"
#include "web/given.h"
#include "web/kept.h"
#include "web/page.h"
#include "web/rate.h"
#include "web/session.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

enum { COOKIE_FRESH_S = 60 };

/* One request on its way. */
struct way {
	const struct route *route;
	struct request *rq;
	struct reply *rp;
	struct house *house;
	struct result done; /* of a form */
	int64_t seen_at;
};

/* Every request tries nearly all patterns: most differ in the first few bytes. */
bool
web_path_matches(const char *pattern, str path, str *arg)
{
	size_t at = 0, from;
	int n = 0;

	for (const char *p = pattern; *p; p++) {
		if (*p != ':') {
			if (at == path.n || path.p[at++] != *p)
				return false;
			continue;
		}
		for (from = at; at < path.n && path.p[at] != '/';)
			at++;
		if (at == from || n == PATH_ARGS)
			return false;
		arg[n++] = (str){path.p + from, at - from};
	}
	return at == path.n;
}

/* The route for the path; *ret_other: the path exists, but not for this method. */
static const struct route *
find_route(enum http_method method, str path, str *arg, bool *ret_other)
{
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	*ret_other = false;
	for (const struct route *const *list = web_routes; *list; list++)
		for (const struct route *r = *list; r->pattern; r++) {
			if (!web_path_matches(r->pattern, path, arg))
				continue;
			if (r->method == method)
				return r;
			*ret_other = true;
		}
	return NULL;
}

/* --- who it is -------------------------------------------------------------------------- */

/* The language: the person's choice, then the cookie-less browser's first that we speak. */
enum lang
web_lang(const struct http_request *http, int64_t chosen)
{
	str all = http_header(http, S("accept-language")), one;

	if (chosen >= LANG_NB && chosen <= LANG_EN)
		return (enum lang)chosen;
	while (all.n) {
		if (!str_cut(all, ',', &one, &all)) {
			one = all;
			all = S("");
		}
		one = str_trim(one);
		if (one.n < 2)
			continue;
		if (memcmp(one.p, "nn", 2) == 0)
			return LANG_NN;
		if (memcmp(one.p, "nb", 2) == 0 || memcmp(one.p, "no", 2) == 0)
			return LANG_NB;
		if (memcmp(one.p, "en", 2) == 0)
			return LANG_EN;
	}
	return LANG_NB;
}

/* The session goes on, or begins, under this token. */
static void
set_token(struct request *rq, str token)
{
	struct sha256 tag = sha256(token);

	rq->token = token;
	rq->cx->session_tag = sha256_hex(rq->cx->a, &tag);
	rq->cx->session_tag.n = 16;
}

/* Nobody is logged in, and no cookie goes back that says otherwise. */
static void
forget_session(struct request *rq)
{
	rq->session = NULL;
	rq->token = S("");
	rq->cx->session_tag = S("-");
}

static struct err *
recognise(struct way *w)
{
	struct request *rq = w->rq;
	struct cx *cx = rq->cx;
	struct session *s = NULL;
	struct actor *who;
	str token = session_cookie_read(w->house, rq->site, rq->http, cx->now_at, &w->seen_at);

	if (token.n)
		TRY(session_find(cx, token, &s));
	cx->lang = web_lang(rq->http, s ? s->lang : 0);
	if (!s)
		return OK;
	rq->session = s;
	set_token(rq, token);
	if (s->stage != SESSION_FULL)
		return OK;
	TRY(actor_load(cx, s->person_id, s->party_id, &who));
	if (actor_has_role(who, ROLE_ADMIN) && w->seen_at + SESSION_ADMIN_IDLE_S <= cx->now_at)
		forget_session(rq); /* idle for too long for so much power */
	else
		cx->actor = who;
	return OK;
}

static struct err *
need_session(struct way *w)
{
	const struct session *s = w->rq->session;

	if (w->route->is_open || (s && s->stage == SESSION_FULL))
		return OK;
	return err_new(w->rq->cx->a, ERR_DENIED, "login.required", "%s", w->route->pattern);
}

static bool
is_proved(const struct way *w)
{
	const struct request *rq = w->rq;

	return !action_is_weighty(w->route->action) || !rq->session ||
	       proof_holds(rq->session->proved_at, rq->cx->now_at);
}

static struct err *
need_proof(struct way *w)
{
	if (is_proved(w))
		return OK;
	return err_new(w->rq->cx->a, ERR_DENIED, "login.prove", "%s", w->route->pattern);
}

/* --- forms ------------------------------------------------------------------------------ */

/* Hidden proof that the form came from us, for this session. */
static str
web_csrf(const struct request *rq)
{
	return session_proof(rq->cx->a, rq->cx->house, rq->token, "form");
}

static bool
same_origin(const struct request *rq)
{
	str site = http_header(rq->http, S("sec-fetch-site"));
	str origin = http_header(rq->http, S("origin")), scheme, host;

	if (site.n)
		return str_eq(site, S("same-origin"));
	if (origin.n == 0)
		return false;
	if (rq->site->origin.n)
		return str_eq(origin, rq->site->origin);
	return str_cut(origin, ':', &scheme, &host) && host.n > 2 &&
	       str_eq((str){host.p + 2, host.n - 2}, rq->http->host);
}

static struct err *
need_our_form(struct request *rq)
{
	if (!same_origin(rq))
		return err_new(rq->cx->a, ERR_DENIED, "form.foreign", "origin");
	if (!same_bytes(given_value(&rq->given, "_token"), web_csrf(rq)))
		return err_new(rq->cx->a, ERR_DENIED, "form.stale", "token");
	return OK;
}

/* --- answering -------------------------------------------------------------------------- */

static void
fresh_view(struct way *w)
{
	struct request *rq = w->rq;

	w->rp->status = 200;
	w->rp->o =
	    view_new(rq->cx->a, rq->cx->lang, rq->site->base, rq->cx->now_at, PAGE_MAX_BYTES);
	w->rp->o.token = web_csrf(rq);
	w->rp->o.acting_for = rq->cx->actor->party_key;
	w->rp->o.key_seed = pid_new(rq->cx->a);
}

/* The right to what is not about one thing; for the rest the page loads the thing itself. */
static struct err *
need_right(struct cx *cx, const struct route *r)
{
	static const struct object space = {.kind = OBJECT_SPACE};

	return action_object(r->action) == OBJECT_SPACE ? cx_see(cx, r->action, &space) : OK;
}

static struct err *
draw(struct cx *cx, void *arg)
{
	struct way *w = arg;

	TRY(need_right(cx, w->route));
	fresh_view(w);
	TRY(w->route->page(w->rq, w->rp));
	if (w->rp->o.b.over)
		return err_new(
		    w->rq->cx->a, ERR_INTERNAL, "page.too_long", "%s", w->route->pattern);
	return OK;
}

/* --- not too often ---------------------------------------------------------------------- */

static struct err *
need_patience(struct way *w)
{
	struct request *rq = w->rq;
	enum rate_kind kind = rate_kind_of(w->route->action, w->route->method == HTTP_POST);

	if (!rq->site->rates || kind == RATE_NONE)
		return OK;
	return rate_take(rq->site->rates, rq->cx->a, kind,
	    rq->token.n ? rq->token : rq->http->peer, rq->cx->now_at);
}

static struct err *
read_page(struct cx *cx, void *arg)
{
	struct way *w = arg;
	bool is_kept = false;

	(void)cx;
	TRY(recognise(w));
	TRY(need_session(w));
	TRY(need_patience(w));
	TRY(need_proof(w));
	if (w->route->is_kept)
		TRY(kept_page(w->rq, w->rp, &is_kept));
	if (is_kept)
		return OK;
	TRY(draw(cx, w));
	return w->route->is_kept ? kept_page_put(w->rq, w->rp) : OK;
}

static struct err *
read_session(struct cx *cx, void *arg)
{
	struct way *w = arg;

	(void)cx;
	TRY(recognise(w));
	TRY(need_session(w));
	return given_read(w->rq->http, &w->rq->given);
}

/* What a person can mend is shown where it was written; the rest is an error page. */
static bool
draw_again(struct way *w, struct err *e)
{
	bool may_mend = e->kind == ERR_INVALID || e->kind == ERR_CONFLICT ||
			e->kind == ERR_BUSY || strcmp(e->code, "login.failed") == 0;

	if (!may_mend || !w->route->page)
		return false;
	w->rq->wrong = e;
	if (cx_read(w->rq->cx, draw, w))
		return false;
	w->rp->status = err_status(e);
	return true;
}

/* The page said for whom one acts. Who has changed that since, in another tab or because an
 * appointment ended, must see it before the deed is done in another's name. */
static struct err *
need_same_party(const struct request *rq)
{
	str drawn_for = given_value(&rq->given, "_for"), now = rq->cx->actor->party_key;

	if (drawn_for.n == 0 || str_eq(drawn_for, now))
		return OK;
	return err_new(rq->cx->a, ERR_CONFLICT, "acting.changed",
	    "form for " STR_FMT ", acts for " STR_FMT, STR_ARG(drawn_for), STR_ARG(now));
}

static struct err *
perform(struct way *w)
{
	struct request *rq = w->rq;
	const struct usecase *uc = usecase_find(w->route->action);

	TRY(need_same_party(rq));
	if (!uc)
		return err_new(
		    rq->cx->a, ERR_INTERNAL, "route.no_usecase", "%s", w->route->pattern);
	rq->tried = uc;
	return usecase_perform(
	    rq->cx, uc, &rq->given, rq->arg, given_value(&rq->given, "_key"), &w->done);
}

/* --- a fresh code for weighty acts ------------------------------------------------------ */

/* The address that was asked for: a path of ours that matched a route. */
static struct url
here(const struct request *rq)
{
	return (struct url){str_from_c(arena_printf(
	    rq->cx->a, STR_FMT STR_FMT, STR_ARG(rq->site->base), STR_ARG(rq->path)))};
}

static bool
goes_along(const struct usecase *uc, str name)
{
	if (name.n && name.p[0] == '_' && !str_eq(name, S(INPUT_OVERRIDE)))
		return false;
	for (const struct input *i = uc ? uc->inputs : NULL; i && i->type; i++)
		if (i->type == INPUT_SECRET && str_eq(name, str_from_c(i->name)))
			return false;
	return true;
}

/* Asks for the code in a form that takes along what was written, but no secrets. */
static void
draw_prove(struct way *w)
{
	struct request *rq = w->rq;
	struct arena *a = rq->cx->a;
	struct ui_value *v = arena_array(a, struct ui_value, rq->given.n);
	const struct usecase *uc = usecase_find(w->route->action);
	size_t n = 0;

	for (size_t i = 0; i < rq->given.n; i++)
		if (goes_along(uc, rq->given.names[i]))
			v[n++] = (struct ui_value){
			    str_to_c(a, rq->given.names[i]), rq->given.values[i]};
	fresh_view(w);
	t_prove(&w->rp->o,
	    &(struct t_prove){
		.frame = web_public_frame(rq,
		    html_text_c(a, tr(rq->cx->lang, N_("Bekreft med telefonen"))), PUBLIC_NONE),
		.faults = web_faults(rq),
		.action = here(rq),
		.fields = v,
		.n = n,
	    });
	w->rp->status = rq->wrong ? err_status(rq->wrong) : 200;
}

/* True in *ret_asked: the reply is the question for a code. */
static struct err *
prove(struct way *w, bool *ret_asked)
{
	struct request *rq = w->rq;
	struct cx *cx = rq->cx;
	str code = given_value(&rq->given, "_code"), token;
	int64_t wait_at;

	*ret_asked = false;
	if (is_proved(w))
		return OK;
	struct err *e = code.n ? session_prove(cx, rq->session, code, &token, &wait_at) : OK;
	if (e && strcmp(e->code, "login.failed") != 0 && strcmp(e->code, "login.wait") != 0)
		return e;
	if (code.n == 0 || e) {
		rq->wrong = e;
		draw_prove(w);
		*ret_asked = true;
		return OK;
	}
	w->rp->set_cookie = session_cookie_set(cx->a, w->house, rq->site, token, cx->now_at);
	set_token(rq, token);
	return OK;
}

/* What a use case shows once has a page of its own. */
static struct err *
draw_secret(struct cx *cx, void *arg)
{
	struct way *w = arg;

	(void)cx;
	fresh_view(w);
	return page_secret(
	    w->rq, w->rp, w->route->action, &w->done, w->route->after(w->rq, &w->done));
}

static struct err *
answer_form(struct way *w)
{
	struct request *rq = w->rq;
	bool asked;

	TRY(cx_read(rq->cx, read_session, w));
	TRY(need_our_form(rq));
	TRY(need_patience(w));
	TRY(prove(w, &asked));
	if (asked)
		return OK;
	fresh_view(w);
	struct err *e = w->route->post ? w->route->post(rq, w->rp) : perform(w);
	if (e)
		return draw_again(w, e) ? OK : e;
	if (w->done.secret.n)
		return cx_read(rq->cx, draw_secret, w);
	if (!w->route->post)
		reply_see_other(w->rp, w->route->after(rq, &w->done));
	return OK;
}

/* An address goes to logs and histories that are not ours: with an identity number in it, it is
 * not answered, nor said again. */
static struct err *
need_clean_query(struct request *rq)
{
	for (size_t i = 0; i < rq->query.n; i++)
		if (idscan_worst(rq->query.values[i], 0, NULL) == IDSCAN_REFUSE) {
			rq->query.n = 0;
			return err_new(
			    rq->cx->a, ERR_INVALID, "input.identity_number", "query");
		}
	return OK;
}

static struct err *
answer(struct way *w)
{
	struct request *rq = w->rq;
	bool other;

	w->route = find_route(rq->http->method, rq->path, rq->arg, &other);
	if (!w->route && other)
		return err_new(
		    rq->cx->a, ERR_NOT_FOUND, "page.method", STR_FMT, STR_ARG(rq->path));
	if (!w->route)
		return err_new(
		    rq->cx->a, ERR_NOT_FOUND, "page.none", STR_FMT, STR_ARG(rq->path));
	if (w->route->method == HTTP_POST)
		return answer_form(w);
	TRY(query_read(rq->http, &rq->query));
	TRY(need_clean_query(rq));
	return cx_read(rq->cx, read_page, w);
}

/* What somebody wrote in a form of ours that came after the session had ended: the values of
 * more words than one, and no secrets. */
static str
written(const struct way *w)
{
	struct request *rq = w->rq;
	struct buf b = buf_new(rq->cx->a, rq->http->body.n + 1);
	struct given g = {0};

	if (!w->route || w->route->method != HTTP_POST || !same_origin(rq) ||
	    !str_eq(rq->http->content_type, S("application/x-www-form-urlencoded")) ||
	    given_read(rq->http, &g))
		return S("");
	for (size_t i = 0; i < g.n; i++)
		if (goes_along(usecase_find(w->route->action), g.names[i]) &&
		    memchr(g.values[i].p, ' ', g.values[i].n))
			buf_printf(&b, "%s" STR_FMT, b.n ? "\n\n" : "", STR_ARG(g.values[i]));
	return buf_str(&b);
}

/* --- out -------------------------------------------------------------------------------- */

static void
put_page(struct way *w, struct http_reply *out)
{
	struct reply *rp = w->rp;
	struct arena *a = w->rq->cx->a;

	out->status = rp->status;
	if (rp->location.s.n) {
		out->status = 303;
		http_reply_header(out, a, S("Location"), rp->location.s);
		return;
	}
	out->content_type =
	    rp->content_type.n ? rp->content_type : S("text/html; charset=utf-8");
	out->body = rp->bytes.n ? rp->bytes : buf_str(&rp->o.b);
	if (rp->file_name.n)
		reply_download(out, a, rp->file_name);
}

static void
put_cookie(struct way *w, struct http_reply *out)
{
	struct request *rq = w->rq;
	str cookie = w->rp->set_cookie;

	if (cookie.n == 0 && rq->token.n && w->seen_at + COOKIE_FRESH_S <= rq->cx->now_at)
		cookie = session_cookie_set(
		    rq->cx->a, w->house, rq->site, rq->token, rq->cx->now_at);
	if (cookie.n)
		http_reply_header(out, rq->cx->a, S("Set-Cookie"), cookie);
}

struct cx
web_cx(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http)
{
	static const struct actor nobody;

	return (struct cx){
	    .a = http->a,
	    .space = site->space,
	    .house = house,
	    .charter = site->charter,
	    .now_at = now_at,
	    .today = clock_day(now_at),
	    .lang = web_lang(http, 0),
	    .actor = &nobody,
	    .session_tag = S("-"),
	    .faults = arena_new(http->a, struct faults),
	};
}

static struct err *
only_recognise(struct cx *cx, void *arg)
{
	(void)cx;
	return recognise(arg);
}

bool
web_knows(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http)
{
	struct cx cx = web_cx(site, house, now_at, http);
	struct request rq = {.cx = &cx, .http = http, .site = site};
	struct way w = {.rq = &rq, .house = house};

	return !cx_read(&cx, only_recognise, &w) && rq.session &&
	       rq.session->stage == SESSION_FULL;
}

void
web_answer(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http, str path, struct http_reply *out)
{
	struct cx cx = web_cx(site, house, now_at, http);
	struct request rq = {.cx = &cx, .http = http, .site = site, .path = path};
	struct reply rp = {.http = out};
	struct way w = {.rq = &rq, .rp = &rp, .house = house};

	rq.is_fragment = http_header(http, S("hx-request")).n > 0;
	struct err *e = answer(&w);
	if (e) {
		web_log(e);
		fresh_view(&w);
		page_error(
		    &rq, &rp, e, strcmp(e->code, "login.required") == 0 ? written(&w) : S(""));
	}
	put_page(&w, out);
	put_cookie(&w, out);
}

void
reply_see_other(struct reply *rp, struct url to)
{
	rp->location = to;
}

/* --- for pages -------------------------------------------------------------------------- */

str
form_value(const struct request *rq, const char *name, str now)
{
	return rq->wrong ? given_value(&rq->given, name) : now;
}

bool
form_has(const struct request *rq, const char *name, const char *value, bool now)
{
	if (!rq->wrong)
		return now;
	for (size_t i = 0; i < rq->given.n; i++)
		if (str_eq(rq->given.names[i], str_from_c(name)) &&
		    str_eq(rq->given.values[i], str_from_c(value)))
			return true;
	return false;
}

str
form_fault(const struct request *rq, const char *name)
{
	const struct faults *f = rq->cx->faults;

	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].field, name) == 0)
			return fault_sentence(rq->cx->a, rq->cx->lang, &f->v[i]);
	return S("");
}
