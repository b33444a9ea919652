#include "web/kept.h"

#include "base/cache.h"
#include "base/sha.h"
#include "web/markdown.h"
#include "web/site.h"

#include <inttypes.h>
#include <string.h>

static str
bytes_of(const void *p, size_t n)
{
	return (str){p, n};
}

/* What it is, in the reader's language, of what. */
static str
name_of(const struct request *rq, const char *what, str about)
{
	return str_from_c(
	    arena_printf(rq->cx->a, "%s %d " STR_FMT, what, (int)rq->cx->lang, STR_ARG(about)));
}

static bool
get(const struct request *rq, str name, str mark, str *ret)
{
	return rq->site->kept && cache_get(rq->site->kept, rq->cx->a, name, mark, ret);
}

static void
put(const struct request *rq, str name, str mark, str bytes)
{
	if (rq->site->kept)
		cache_put(rq->site->kept, name, mark, bytes);
}

/* --- pages ------------------------------------------------------------------------------ */

/* An address with a question in it is not kept: there is no end of such. */
static bool
may_keep(const struct request *rq)
{
	return rq->site->kept && rq->token.n == 0 && rq->http->query.n == 0 && !rq->is_fragment;
}

/* Anybody may store it, but must ask each time whether it still holds. */
static void
put_headers(struct request *rq, struct reply *rp, str etag)
{
	rp->http->etag = etag;
	http_reply_header(rp->http, rq->cx->a, S("Cache-Control"), S("public, no-cache"));
	http_reply_header(rp->http, rq->cx->a, S("Vary"), S("Accept-Language, Cookie"));
}

struct err *
kept_page(struct request *rq, struct reply *rp, bool *ret)
{
	str etag, mark;

	*ret = false;
	if (!may_keep(rq))
		return OK;
	TRY(kept_mark(rq, &mark));
	if (!get(rq, name_of(rq, "etag", rq->path), mark, &etag))
		return OK;
	rp->status = http_has_etag(rq->http, etag) ? 304 : 200;
	*ret = rp->status == 304 || get(rq, name_of(rq, "page", rq->path), mark, &rp->bytes);
	if (*ret)
		put_headers(rq, rp, etag);
	return OK;
}

struct err *
kept_page_put(struct request *rq, struct reply *rp)
{
	str page = buf_str(&rp->o.b), mark;

	if (!may_keep(rq) || rp->status != 200 || rp->o.n_keys > 0)
		return OK;
	TRY(kept_mark(rq, &mark));
	struct sha256 hash = sha256(page);
	str hex = sha256_hex(rq->cx->a, &hash);
	str etag = str_from_c(arena_printf(rq->cx->a, "\"%.32s\"", hex.p));
	put(rq, name_of(rq, "page", rq->path), mark, page);
	put(rq, name_of(rq, "etag", rq->path), mark, etag);
	put_headers(rq, rp, etag);
	return OK;
}

/* --- the menu --------------------------------------------------------------------------- */

struct err *
kept_counts(struct request *rq, struct day_counts *ret)
{
	struct cx *cx = rq->cx;
	struct tasks *tasks;
	str found, mark;

	TRY(kept_mark(rq, &mark));
	str name = str_from_c(arena_printf(
	    cx->a, "counts %" PRId64 " %" PRId64, cx->actor->person_id, cx->actor->party_id));
	if (get(rq, name, mark, &found)) {
		memcpy(ret, found.p, sizeof(*ret));
		return OK;
	}
	TRY(day_tasks(cx, &tasks));
	*ret = day_count(tasks);
	put(rq, name, mark, bytes_of(ret, sizeof(*ret)));
	return OK;
}

/* --- pieces ----------------------------------------------------------------------------- */

struct err *
kept_mark(struct request *rq, str *ret)
{
	struct as_of *now = arena_new(rq->cx->a, struct as_of);

	TRY(cx_as_of(rq->cx, now));
	*ret = bytes_of(now, sizeof(*now));
	return OK;
}

bool
kept_piece(const struct request *rq, str mark, const char *name, str pid, struct html *ret)
{
	return get(rq, name_of(rq, name, pid), mark, &ret->s);
}

void
kept_piece_put(const struct request *rq, str mark, const char *name, str pid, struct html piece)
{
	put(rq, name_of(rq, name, pid), mark, piece.s);
}

/* --- texts ------------------------------------------------------------------------------ */

/* The mark is such that no page's or person's can be taken for it, nor the other way. */
struct html
kept_markdown(const struct request *rq, str text, int first_heading)
{
	struct arena *a = rq->cx->a;
	str mark = str_from_c(arena_printf(a, "markdown %d", first_heading));
	struct html html;

	if (get(rq, text, mark, &html.s))
		return html;
	html = markdown_html(a, text, first_heading);
	put(rq, text, mark, html.s);
	return html;
}
