/*
 * web/web.h - routes, and how one request becomes one reply.
 *
 * A page function fills a reply or returns an error; it never writes to the connection and
 * never to the database. A form names its use case; the dispatcher reads the input, performs
 * it, and goes where the route says, or draws the page again with what was written and what
 * is wrong with it. Bytes go out only after the commit.
 *
 *	const struct route matter_routes[] = {
 *		PAGE("/saker/:", MATTER_READ, get_matter),
 *		FORM("/saker/:/motta", MATTER_RECEIVE, get_matter, after_matter),
 *		{0},
 *	};
 *
 * Every route names its right: without one it does not compile. The right of a form is that
 * of its use case. Which object it is about, the use case loads and checks itself.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "app/account.h"
#include "app/usecase.h"
#include "t_ui_faults.h"
#include "t_ui_field.h"
#include "tr.h"
#include "web/frame.h"
#include "web/http.h"
#include "web/view.h"

enum { PATH_ARGS = 4, PAGE_MAX_BYTES = 8 << 20 };

struct site; /* web/site.h: one space as the web serves it */

struct request {
	struct cx *cx;
	const struct http_request *http;
	const struct site *site;
	const struct session *session; /* NULL: nobody is logged in */
	str token;                     /* of the session; empty: none */
	str path;                      /* within the space: "/saker/…" */
	str arg[PATH_ARGS];            /* what ":" matched, in order */
	struct given query;            /* of the address */
	struct given given;      /* of the form; when a form is drawn again: what was written */
	const struct err *wrong; /* why a form is drawn again; NULL: it is drawn at first */
	const struct usecase *tried; /* the use case that refused, then */
	bool is_fragment;            /* asked for by htmx */
};

struct reply {
	int status;              /* 200 unless said otherwise */
	struct view o;           /* the page, when location and bytes are empty */
	struct url location;     /* 303 to there */
	str bytes, content_type; /* something else than a page */
	str file_name;           /* bytes are a download under this name */
	str set_cookie;          /* a whole Set-Cookie value, or empty */
	struct http_reply *http; /* for what little is not said above */
};

typedef struct err *page_fn(struct request *rq, struct reply *rp);
typedef struct url after_fn(struct request *rq, const struct result *done);

struct route {
	enum http_method method;
	const char *pattern; /* "/saker/:/motta"; a ":" matches one segment */
	enum action action;
	page_fn *page;   /* draws it; for a form: draws it again */
	after_fn *after; /* a form: where to go when it is done */
	page_fn *post;   /* instead of a use case: logging in and the like; outside cx_read() */
	bool is_open;    /* may be asked for without a session */
	bool is_kept;    /* the same for everyone without one: kept until the space changes */
};

#define PAGE(pattern, action, fn)                                             \
	{                                                                     \
		HTTP_GET, pattern, ACT_##action, fn, NULL, NULL, false, false \
	}
#define OPEN(pattern, action, fn)                                            \
	{                                                                    \
		HTTP_GET, pattern, ACT_##action, fn, NULL, NULL, true, false \
	}
#define KEPT(pattern, action, fn)                                           \
	{                                                                   \
		HTTP_GET, pattern, ACT_##action, fn, NULL, NULL, true, true \
	}
#define FORM(pattern, action, again, after)                                        \
	{                                                                          \
		HTTP_POST, pattern, ACT_##action, again, after, NULL, false, false \
	}
#define POST(pattern, action, again, fn)                                        \
	{                                                                       \
		HTTP_POST, pattern, ACT_##action, again, NULL, fn, false, false \
	}
#define OPEN_POST(pattern, action, again, fn)                                  \
	{                                                                      \
		HTTP_POST, pattern, ACT_##action, again, NULL, fn, true, false \
	}

/* All routes, area by area; each list ends with a zeroed one. */
extern const struct route *const web_routes[];

/* What the use cases are handed when nobody is recognised yet. */
struct cx web_cx(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http);

/* Answers one request to a space; for the server and for tests. */
void web_answer(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http, str path, struct http_reply *rp);

/* Whether the request comes from somebody who is logged in. Reads the database. */
bool web_knows(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http);

/* --- for pages -------------------------------------------------------------------------- */

/* The value to draw in a field: what was written when the form is drawn again, else now. */
str form_value(const struct request *rq, const char *name, str now);
bool form_has(const struct request *rq, const char *name, const char *value, bool now);

/* What is wrong with a field, in the reader's language; empty: nothing. */
str form_fault(const struct request *rq, const char *name);

/* A sentence for the error, in the reader's language. */
str err_sentence(struct arena *a, enum lang lang, const struct err *e);

/* A text of the catalogue in the reader's language; TEXTF with a format filled in. */
#define TEXT(rq, msgid) html_text_c((rq)->cx->a, tr((rq)->cx->lang, (msgid)))
#define TEXTF(rq, ...)  html_text_s((rq)->cx->a, trf((rq)->cx->a, (rq)->cx->lang, __VA_ARGS__))

#define URL(rq, ...) url_path((rq)->cx->a, (rq)->site->base, __VA_ARGS__)

void reply_see_other(struct reply *rp, struct url to);

/* Whether the actor may do what is not about one thing. */
bool may_in_space(const struct request *rq, enum action action);

/* What is around a page of those who are logged in; title is a text of tr(). */
struct err *
web_frame(struct request *rq, struct text title, enum nav current, struct frame *ret) NODISCARD;

/* The way to a page one step below another: "Saker / Sak 14/26". */
void web_crumbs(struct request *rq, struct frame *frame, struct text above, struct url to,
    struct text here);

/* The same for public pages, and for login and errors. */
struct frame web_public_frame(struct request *rq, struct text title, enum public_nav current);

/* A declared input as the field on the page: label, help, limits, what is wrong, and what was
 * written when the form is drawn again (else now). Choices become options. */
struct t_ui_field
web_field(const struct request *rq, enum action action, const char *name, str now);

/* What is wrong in the whole form, for ui_faults; n 0: nothing. */
struct t_ui_faults web_faults(const struct request *rq);

#endif
