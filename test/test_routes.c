/*
 * test_routes.c - every route of the product: what no form of ours sends is refused, reading
 * writes nothing, and what the pages can do the API can do.
 *
 * The lists are those of the program (web_routes, usecases, readings), so a new route is
 * tested from the moment it is there.
 */
#include "people.h"
#include "web/api.h"
#include "web/rate.h"
#include "web/server.h"
#include "web/session.h"
#include "web/web.h"

#define json_null jansson_null /* base/json.h has one too */
#include <jansson.h>
#undef json_null
#include <sqlite3.h>
#include <stdio.h>

/* --- walking the lists ------------------------------------------------------------------ */
#define EACH_ROUTE(r)                                                                 \
	for (const struct route *const *r##_list = web_routes; *r##_list; r##_list++) \
		for (const struct route *r = *r##_list; r->pattern; r++)
#define EACH_USECASE(uc)                                                                 \
	for (const struct usecase *const *uc##_list = usecases; *uc##_list; uc##_list++) \
		for (const struct usecase *uc = *uc##_list; uc->run; uc++)
#define EACH_READING(r)                                                               \
	for (const struct reading *const *r##_list = readings; *r##_list; r##_list++) \
		for (const struct reading *r = *r##_list; r->run; r++)

static int
colons(const char *pattern)
{
	int n = 0;

	for (; *pattern; pattern++)
		n += *pattern == ':';
	return n;
}

static int
path_inputs(const struct input *in)
{
	int n = 0;

	for (; in && in->type; in++)
		n += in->in_path;
	return n;
}

/* The pattern with pid in every place. */
static const char *
path_of(struct people *p, const char *pattern, const char *pid)
{
	struct buf b = buf_new(p->a, 1024);

	for (; *pattern; pattern++)
		buf_put(&b, *pattern == ':' ? str_from_c(pid) : (str){pattern, 1});
	return str_to_c(p->a, buf_str(&b));
}

/* --- whether anything was written ------------------------------------------------------- */
struct watcher {
	struct people *p;
	sqlite3 *db; /* NULL: PostgreSQL */
	int64_t version, entries;
};

/* Changes whenever another connection has committed anything at all. */
static int64_t
data_version(sqlite3 *db)
{
	sqlite3_stmt *st;
	int64_t v;

	if (!db)
		return 0;
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA data_version", -1, &st, NULL), 0);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	v = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return v;
}

static void
watch(struct people *p, struct watcher *w)
{
	*w = (struct watcher){.p = p};
	if (p->w->url[0] == '/')
		assert_int_equal(sqlite3_open(p->w->url, &w->db), 0);
	w->version = data_version(w->db);
	w->entries = entries(p);
}

static bool
has_written(struct watcher *w)
{
	int64_t version = data_version(w->db), n = w->db ? w->entries : entries(w->p);
	bool wrote = version != w->version || n != w->entries;

	w->version = version;
	w->entries = n;
	return wrote;
}

static void
unwatch(struct watcher *w)
{
	assert_int_equal(entries(w->p), w->entries);
	sqlite3_close(w->db);
}

/* --- what no form of ours sends --------------------------------------------------------- */
static const char *who_asks = "secretary.municipal";

struct attempt {
	const char *what;
	struct http_header from[2]; /* where it says that it comes from */
	enum { NO_TOKEN = 1, OTHERS_TOKEN, RIGHT_TOKEN, TOKEN_IN_ADDRESS } token;
	const char *type;
	enum http_method method;
	int status, or_status;
};

#define FROM(name, value)               \
	{                               \
		{S(name), S(value)},    \
		{                       \
			{NULL, 0},      \
			{               \
				NULL, 0 \
			}               \
		}                       \
	}
#define OURS      FROM("sec-fetch-site", "same-origin")
#define FORM_TYPE "application/x-www-form-urlencoded"

static const struct attempt attempts[] = {
    {"no token", OURS, NO_TOKEN, FORM_TYPE, HTTP_POST, 403, 0},
    {"another's token", OURS, OTHERS_TOKEN, FORM_TYPE, HTTP_POST, 403, 0},
    {"the token in the address", OURS, TOKEN_IN_ADDRESS, FORM_TYPE, HTTP_POST, 403, 0},
    {"another site", FROM("sec-fetch-site", "cross-site"), RIGHT_TOKEN, FORM_TYPE, HTTP_POST,
	403, 0},
    {"a neighbour of ours", FROM("sec-fetch-site", "same-site"), RIGHT_TOKEN, FORM_TYPE,
	HTTP_POST, 403, 0},
    {"from nowhere", FROM("sec-fetch-site", "none"), RIGHT_TOKEN, FORM_TYPE, HTTP_POST, 403, 0},
    {"a foreign origin", FROM("origin", "https://eksempel.no.example"), RIGHT_TOKEN, FORM_TYPE,
	HTTP_POST, 403, 0},
    {"a null origin", FROM("origin", "null"), RIGHT_TOKEN, FORM_TYPE, HTTP_POST, 403, 0},
    {"no word of where from", FROM("x-nothing", ""), RIGHT_TOKEN, FORM_TYPE, HTTP_POST, 403, 0},
    {"plain text", OURS, RIGHT_TOKEN, "text/plain", HTTP_POST, 422, 403},
    {"no type", OURS, RIGHT_TOKEN, "", HTTP_POST, 422, 403},
    {"PUT", OURS, RIGHT_TOKEN, FORM_TYPE, HTTP_PUT, 404, 405},
    {"PATCH", OURS, RIGHT_TOKEN, FORM_TYPE, HTTP_PATCH, 404, 405},
    {"DELETE", OURS, RIGHT_TOKEN, FORM_TYPE, HTTP_DELETE, 404, 405},
};

static struct answer
try(struct people *p, const struct attempt *t, const char *path)
{
	struct http_header headers[4] = {
	    {S("cookie"), cookie_of(p, who_asks)}, t->from[0], t->from[1]};
	str proof = form_proof_of(p, t->token == OTHERS_TOKEN ? "chair" : who_asks);
	const char *fields = "title=Noe+helt+nytt&summary=Noe&submit=1&rev=1&reason=Noe";

	if (t->token == TOKEN_IN_ADDRESS)
		path = arena_printf(p->a, "%s?_token=" STR_FMT, path, STR_ARG(proof));
	const char *body =
	    t->token == OTHERS_TOKEN || t->token == RIGHT_TOKEN
		? arena_printf(p->a, "_token=" STR_FMT "&%s", STR_ARG(proof), fields)
		: fields;
	return ask_raw(p, &(struct raw){.method = t->method,
			      .path = path,
			      .content_type = t->type,
			      .body = body,
			      .headers = headers});
}

static void
form_must_refuse(struct people *p, struct watcher *w, const struct route *r, const char *pid)
{
	const char *path = path_of(p, r->pattern, pid);

	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		const struct attempt *t = &attempts[i];
		struct answer got = try(p, t, path);
		if (got.status != t->status && got.status != t->or_status)
			fail_msg("POST %s with %s: %d", path, t->what, got.status);
		if (has_written(w))
			fail_msg("POST %s with %s has written", path, t->what);
	}
}

/* A matter that has been received, so that much could be done to it. */
static const char *
real_matter(struct people *p)
{
	const char *contact = p->charter->n_parties ? "contact.halden" : "";
	struct result done;

	assert_ok(act(cx_as(p, contact), &done, ACT_MATTER_PROPOSE, "title",
	    "Utskrivning i helg", "summary", "Noe", "submit", "1"));
	return str_to_c(p->a, done.pid);
}

static void
only_our_own_forms_do_anything(void **state)
{
	struct people *p = *state;
	const char *pid = real_matter(p);
	struct watcher w;
	int n = 0;

	cookie_of(p, who_asks);
	cookie_of(p, "chair");
	watch(p, &w);
	EACH_ROUTE(r)
	if (r->method != HTTP_GET) {
		form_must_refuse(p, &w, r, pid);
		n++;
	}
	assert_true(n > 20);
	unwatch(&w);
}

/* The control of the test above: the same request, from our own page, does something. */
static void
our_own_form_does_something(void **state)
{
	struct people *p = *state;
	const struct attempt ours = {"ours", OURS, RIGHT_TOKEN, FORM_TYPE, HTTP_POST, 303, 0};
	const struct attempt origin = {"ours, an older browser",
	    FROM("origin", "https://eksempel.no"), RIGHT_TOKEN, FORM_TYPE, HTTP_POST, 303, 0};
	const char *path = NULL;
	struct watcher w;

	EACH_ROUTE(r)
	if (r->method == HTTP_POST && r->action == ACT_MATTER_PROPOSE)
		path = r->pattern;
	assert_non_null(path);
	who_asks = "contact.halden";
	cookie_of(p, who_asks);
	watch(p, &w);
	assert_int_equal(try(p, &ours, path).status, 303);
	assert_true(has_written(&w));
	assert_int_equal(try(p, &origin, path).status, 303);
	assert_true(has_written(&w));
	w.entries = entries(p);
	unwatch(&w);
	who_asks = "secretary.municipal";
}

/* The fields of a form in the address, or a header that asks for another method. */
static void
a_get_is_a_get(void **state)
{
	struct people *p = *state;
	const char *pid = real_matter(p);
	struct http_header headers[5] = {{S("cookie"), cookie_of(p, who_asks)},
	    {S("sec-fetch-site"), S("same-origin")}, {S("x-http-method-override"), S("POST")},
	    {S("x-method-override"), S("POST")}};
	struct watcher w;

	watch(p, &w);
	EACH_ROUTE(r)
	{
		const char *path = path_of(p, r->pattern, pid);
		struct raw q = {.method = HTTP_GET, .headers = headers};
		if (r->method == HTTP_GET)
			continue;
		q.path = arena_printf(p->a,
		    "%s?_token=" STR_FMT
		    "&_method=POST&title=Noe+nytt&summary=Noe&submit=1&rev=1",
		    path, STR_ARG(form_proof_of(p, who_asks)));
		int status = ask_raw(p, &q).status;
		if (status >= 500)
			fail_msg("GET %s: %d", path, status);
		if (has_written(&w))
			fail_msg("GET %s has written", path);
	}
	unwatch(&w);
}

/* --- reading writes nothing ------------------------------------------------------------- */
static const char *const readers[] = {NULL, "outsider", "contact.halden", "contact.trust",
    "secretary.municipal", "secretary.trust", "chair", "admin"};

static const char *
reader_key(struct people *p, const char *key)
{
	if (key && strcmp(key, "contact.trust") == 0)
		return arena_printf(
		    p->a, "contact." STR_FMT, STR_ARG(p->charter->health_trust));
	return key;
}

static void
look(struct people *p, struct watcher *w, const char *key, const char *path)
{
	struct http_header headers[2] = {0};

	if (key)
		headers[0] = (struct http_header){S("cookie"), cookie_of(p, key)};
	struct answer got =
	    ask_raw(p, &(struct raw){.method = HTTP_GET, .path = path, .headers = headers});
	if (got.status >= 500)
		fail_msg("GET %s as %s: %d", path, key ? key : "nobody", got.status);
	if (has_written(w))
		fail_msg("GET %s as %s has written", path, key ? key : "nobody");
}

static void
reading_writes_nothing(void **state)
{
	struct people *p = *state;
	const char *pid = real_matter(p);
	struct watcher w;

	for (size_t i = 1; i < sizeof(readers) / sizeof(*readers); i++)
		cookie_of(p, reader_key(p, readers[i]));
	watch(p, &w);
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++)
		EACH_ROUTE(r)
		{
			const char *key = reader_key(p, readers[i]);
			if (r->method != HTTP_GET)
				continue;
			look(p, &w, key, path_of(p, r->pattern, pid));
			look(p, &w, key, path_of(p, r->pattern, "0000000000000000"));
			look(p, &w, key, path_of(p, r->pattern, "%27--"));
		}
	unwatch(&w);
}

/* Who has not logged in gets the login page, and nothing else, where a page is not open. */
static void
closed_pages_ask_who_it_is(void **state)
{
	struct people *p = *state;
	const char *pid = real_matter(p);

	EACH_ROUTE(r)
	{
		const char *path = path_of(p, r->pattern, pid);
		if (r->is_open)
			continue;
		struct answer got =
		    ask(p, NULL, r->method == HTTP_GET ? "GET" : "POST", path, "");
		if (got.status != 303 || !memmem(got.location.p, got.location.n, "logg-inn", 8))
			fail_msg("%s: %d", path, got.status);
		assert_int_equal(got.body.n, 0);
	}
}

/* And after it the page that was wanted, with what was asked for. */
static void
the_login_page_remembers_what_was_asked(void **state)
{
	struct people *p = *state;
	struct answer got = ask(p, NULL, "GET", "/sok?q=fall%20hjemme&type=1", NULL);

	assert_int_equal(got.status, 303);
	assert_str(got.location, "/t/logg-inn?til=%2Fsok%3Fq%3Dfall%2520hjemme%26type%3D1");
}

/* No page offers a link that answers 403 or 404 to whom it is offered. */
static void
the_menu_and_the_lists_lead_nowhere_closed(void **state)
{
	struct people *p = *state;
	struct answer day = ask(p, "admin", "GET", "/min-dag", NULL);
	struct answer journal = ask(p, "chair", "GET", "/journal", NULL);

	assert_int_equal(ask(p, "admin", "GET", "/journal", NULL).status, 403);
	assert_false(says(&day, "/journal\""));
	assert_int_equal(journal.status, 200);
	assert_false(says(&journal, "/journal/eksport"));
	journal = ask(p, "secretary.trust", "GET", "/journal", NULL);
	assert_true(says(&journal, "/journal/eksport"));
	struct answer meetings = ask(p, "admin", "GET", "/moter", NULL);
	assert_int_equal(meetings.status, 200);
	assert_false(says(&meetings, "/moter/krev"));
	meetings = ask(p, "chair", "GET", "/moter", NULL);
	assert_true(says(&meetings, "/moter/krev"));
}

/* --- the API ---------------------------------------------------------------------------- */
static struct answer
call(struct people *p, enum http_method method, const char *path, const struct http_header *h)
{
	return ask_raw(
	    p, &(struct raw){.method = method,
		   .path = path,
		   .content_type = "application/json",
		   .body =
		       "{\"title\": \"Noe helt nytt\", \"summary\": \"Noe\", \"submit\": true}",
		   .headers = h});
}

/* A browser that is logged in is not let in by its cookie, so no page can make it call. */
static void
the_api_wants_a_token(void **state)
{
	struct people *p = *state;
	const char *pid = real_matter(p);
	struct http_header cookie[3] = {
	    {S("cookie"), cookie_of(p, who_asks)}, {S("sec-fetch-site"), S("same-origin")}};
	struct http_header wrong[2] = {{S("authorization"), S("Bearer t-0000000000000000")}};
	struct watcher w;

	watch(p, &w);
	EACH_USECASE(uc)
	{
		const char *path = path_of(p, arena_printf(p->a, "/api/v1%s", uc->path), pid);
		assert_int_equal(call(p, HTTP_POST, path, NULL).status, 401);
		assert_int_equal(call(p, HTTP_POST, path, cookie).status, 401);
		assert_int_equal(call(p, HTTP_POST, path, wrong).status, 401);
		assert_false(has_written(&w));
	}
	EACH_READING(r)
	{
		const char *path = path_of(p, arena_printf(p->a, "/api/v1%s", r->path), pid);
		bool open = call(p, HTTP_GET, path, NULL).status != 401;
		assert_int_equal(open, r->action == ACT_JOURNAL_CHECKPOINT);
		if (!open)
			assert_int_equal(call(p, HTTP_GET, path, cookie).status, 401);
		assert_int_equal(call(p, HTTP_GET, path, wrong).status, 401);
	}
	unwatch(&w);
}

/* Readings with a right token: no 500, nothing written, whatever the pid. */
static void
readings_write_nothing(void **state)
{
	struct people *p = *state;
	const char *pid = real_matter(p);
	struct watcher w;

	for (size_t i = 1; i < sizeof(readers) / sizeof(*readers); i++)
		token_of(p, reader_key(p, readers[i]));
	watch(p, &w);
	for (size_t i = 1; i < sizeof(readers) / sizeof(*readers); i++)
		EACH_READING(r)
		{
			const char *key = reader_key(p, readers[i]);
			int real =
			    ask_api(p, key, "GET", path_of(p, r->path, pid), NULL).status;
			int none = ask_api(
			    p, key, "GET", path_of(p, r->path, "0000000000000000"), NULL)
				       .status;
			if (real >= 500 || none >= 500 || has_written(&w))
				fail_msg("GET %s as %s: %d, %d", r->path, key, real, none);
		}
	unwatch(&w);
}

/* A program is not let do more than a person is. */
static void
the_api_has_its_limits(void **state)
{
	struct people *p = *state;
	int status = 0, n = 0;

	p->site.rates = rates_new(p->a);
	for (; n < 100 && status != 429; n++)
		status = ask_api(p, "chair", "GET", "/search?q=utskrivning", NULL).status;
	assert_int_equal(n, 31);
	for (n = 0, status = 0; n < 100 && status != 429; n++)
		status = ask_api(p, "chair", "POST", "/matters", "{}").status;
	assert_int_equal(n, 61);
	/* the same token, written otherwise */
	const struct http_header padded[2] = {
	    {S("authorization"), str_from_c(arena_printf(p->a, "Bearer   " STR_FMT,
				     STR_ARG(person_of(p, "chair")->token)))}};
	assert_int_equal(ask_raw(p, &(struct raw){.method = HTTP_POST,
					.path = "/api/v1/matters",
					.headers = padded,
					.content_type = "application/json",
					.body = "{}"})
			     .status,
	    429);
	assert_int_equal(ask_api(p, "secretary.trust", "POST", "/matters", "{}").status, 422);
	p->now_at += 60;
	assert_int_equal(ask_api(p, "chair", "POST", "/matters", "{}").status, 422);
}

static void
drain(struct people *p, enum rate_kind kind, const char *who, int tokens)
{
	for (int i = 0; i < tokens; i++)
		assert_ok(rate_take(p->site.rates, p->a, kind, str_from_c(who), p->now_at));
}

static struct answer
try_login(struct people *p, const char *email)
{
	return ask(p, NULL, "POST", "/logg-inn",
	    arena_printf(p->a, "email=%s&password=noe+som+ikke+er+rett", email));
}

/* Guessing at one account is slow; neighbours behind the same address are let in. */
static void
logins_have_their_limits(void **state)
{
	struct people *p = *state;
	static const char wait[] = "Det ble for mange på kort tid";

	p->site.rates = rates_new(p->a);
	drain(p, RATE_ACCOUNT, "en@eksempel.no\n192.0.2.1", 5);
	struct answer r = try_login(p, "EN%40eksempel.no+");
	assert_int_equal(r.status, 429);
	assert_true(says(&r, wait));
	assert_int_equal(try_login(p, "to%40eksempel.no").status, 422);
	drain(p, RATE_LOGIN, "192.0.2.1", 58);
	r = try_login(p, "tre%40eksempel.no");
	assert_int_equal(r.status, 429);
	assert_true(says(&r, wait));
	p->now_at += 60;
	assert_int_equal(try_login(p, "tre%40eksempel.no").status, 422);
}

/* Sixty forms a minute, thirty searches. */
static void
the_pages_have_their_limits(void **state)
{
	struct people *p = *state;
	int status = 0, n = 0;

	person_of(p, "chair")->keep_session = true;
	p->site.rates = rates_new(p->a);
	for (; n < 100 && status != 429; n++)
		status = ask(p, "chair", "POST", "/saker/ny", "title=").status;
	assert_int_equal(n, 61);
	assert_int_equal(ask(p, "secretary.trust", "POST", "/saker/ny", "title=").status, 422);
	for (n = 0, status = 0; n < 100 && status != 429; n++)
		status = ask(p, "chair", "GET", "/sok?q=utskrivning", NULL).status;
	assert_int_equal(n, 31);
	p->now_at += 60;
	assert_int_equal(ask(p, "chair", "POST", "/saker/ny", "title=").status, 422);
}

static void
openapi_lists_everything(void **state)
{
	struct people *p = *state;
	struct answer got = ask_api(p, "admin", "GET", "/openapi.json", NULL);
	json_error_t why;

	assert_int_equal(got.status, 200);
	json_t *root = json_loadb(got.body.p, got.body.n, JSON_REJECT_DUPLICATES, &why);
	if (!root)
		fail_msg("openapi.json: line %d: %s", why.line, why.text);
	json_t *paths = json_object_get(root, "paths"), *item;
	const char *key;
	size_t found = 0, expected = 0;
	json_object_foreach(paths, key, item)
	{
		(void)key;
		found += json_object_size(item);
	}
	EACH_USECASE(uc)
	{
		if (!memmem(got.body.p, got.body.n, action_key(uc->action),
			strlen(action_key(uc->action))))
			fail_msg("%s is not in openapi.json", action_key(uc->action));
		expected++;
	}
	EACH_READING(r)
	expected++;
	assert_int_equal(found, expected);
	json_decref(root);
}

/* --- the lists themselves --------------------------------------------------------------- */
static void
every_use_case_is_whole(void **state)
{
	int seen[ACT_END] = {0};

	(void)state;
	EACH_USECASE(uc)
	{
		const char *key = action_key(uc->action);
		assert_non_null(key);
		if (action_is_read(uc->action))
			fail_msg("%s is a reading", key);
		if (seen[uc->action]++)
			fail_msg("%s is there twice", key);
		if (!uc->path || uc->path[0] != '/' || !uc->summary)
			fail_msg("%s has no place in the API", key);
		if (colons(uc->path) != path_inputs(uc->inputs))
			fail_msg("%s: %s does not fit its inputs", key, uc->path);
		EACH_USECASE(other)
		if (other != uc && strcmp(other->path, uc->path) == 0)
			fail_msg("%s and %s share a path", key, action_key(other->action));
	}
}

static void
every_route_is_whole(void **state)
{
	(void)state;
	EACH_ROUTE(r)
	{
		const struct usecase *uc = usecase_find(r->action);
		if (!action_key(r->action))
			fail_msg("%s names no right", r->pattern);
		if (r->method == HTTP_GET ? !r->page : !r->post && (!r->page || !r->after))
			fail_msg("%s lacks a function", r->pattern);
		if (r->method == HTTP_POST && !r->post) {
			if (!uc)
				fail_msg("%s: no use case", r->pattern);
			if (colons(r->pattern) < path_inputs(uc->inputs))
				fail_msg("%s does not fit the inputs of %s", r->pattern,
				    action_key(r->action));
		}
		EACH_ROUTE(other)
		if (other != r && other->method == r->method &&
		    strcmp(other->pattern, r->pattern) == 0)
			fail_msg("%s is there twice", r->pattern);
	}
}

/* --- how large a body may be ------------------------------------------------------------ */
static int64_t
now_at(void)
{
	return NOW_AT;
}

static size_t
body_max_of(struct people *p, struct server *s, const char *path, const char *type,
    struct http_header who)
{
	struct gate_head head = {.headers = &who, .n_headers = 1};

	return server_body_max(s, &(struct http_request){.a = p->a,
				      .method = HTTP_POST,
				      .path = str_from_c(path),
				      .head = &head,
				      .content_type = str_from_c(type)});
}

/* What is not a file lies in memory, and there it has a limit that the request can bear. */
static void
only_files_of_those_let_in_are_large(void **state)
{
	static const char *const other[] = {
	    "application/x-www-form-urlencoded", "application/json", "text/plain", ""};
	const char *file = "multipart/form-data", *page = "/t/saker/x/vedlegg",
		   *api = "/t/api/v1/matters/x/attachments";
	struct people *p = *state;
	const struct opened space = {S("t"), p->w->space, p->charter};
	struct server *s = server_new(
	    p->a, &(struct server_config){
		      .spaces = &space, .n_spaces = 1, .house = &p->house, .now = now_at});
	str bearer = str_from_c(
	    arena_printf(p->a, "Bearer " STR_FMT, STR_ARG(token_of(p, "secretary.trust"))));
	const struct http_header known = {S("cookie"), cookie_of(p, "secretary.trust")},
				 token = {S("authorization"), bearer},
				 unknown[] = {
				     {S("cookie"), S("__Host-s-t=abc.1.abc")},
				     {S("cookie"), session_cookie_set(p->a, &p->house, &p->site,
						       S("abc"), NOW_AT)},
				     {S("authorization"), S("Bearer abc")},
				     {S("authorization"),
					 str_copy(p->a, (str){bearer.p, bearer.n - 1})},
				     {S("accept"), S("*")},
				 };
	size_t small = body_max_of(p, s, "/t/saker/ny", file, known);

	assert_true(small <= 1 << 20);
	assert_true(body_max_of(p, s, page, file, known) > 50 << 20);
	assert_true(body_max_of(p, s, api, file, token) > 50 << 20);
	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		assert_int_equal(body_max_of(p, s, page, file, unknown[i]), small);
		assert_int_equal(body_max_of(p, s, api, file, unknown[i]), small);
	}
	assert_int_equal(body_max_of(p, s, page, file, token), small);
	assert_int_equal(body_max_of(p, s, api, file, known), small);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(body_max_of(p, s, page, other[i], known), small);
		assert_int_equal(body_max_of(p, s, api, other[i], token), small);
	}
	assert_ok(db_script(p->w->db, p->a, "DELETE FROM session")); /* logged out */
	assert_int_equal(body_max_of(p, s, page, file, known), small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_use_case_is_whole),
	    cmocka_unit_test(every_route_is_whole),
	    WITH_OSTFOLD_FILE(only_our_own_forms_do_anything),
	    WITH_OSTFOLD_FILE(our_own_form_does_something),
	    WITH_OSTFOLD_FILE(a_get_is_a_get),
	    WITH_OSTFOLD_FILE(reading_writes_nothing),
	    WITH_OSTFOLD_FILE(closed_pages_ask_who_it_is),
	    WITH_OSTFOLD_FILE(the_login_page_remembers_what_was_asked),
	    WITH_OSTFOLD_FILE(the_menu_and_the_lists_lead_nowhere_closed),
	    WITH_OSTFOLD_FILE(the_api_wants_a_token),
	    WITH_OSTFOLD_FILE(readings_write_nothing),
	    WITH_OSTFOLD(the_api_has_its_limits),
	    WITH_OSTFOLD(the_pages_have_their_limits),
	    WITH_OSTFOLD(logins_have_their_limits),
	    WITH_OSTFOLD_FILE(openapi_lists_everything),
	    WITH_OSTFOLD(only_files_of_those_let_in_are_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
