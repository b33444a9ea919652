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

/* --- pages ------------------------------------------------------------------------------ */

static str
name_of(const struct request *rq, const char *what)
{
	return str_from_c(arena_printf(
	    rq->cx->a, "%s %d " STR_FMT, what, (int)rq->cx->lang, STR_ARG(rq->path)));
}

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
	struct arena *a = rq->cx->a;
	str etag, mark;

	*ret = false;
	if (!may_keep(rq))
		return OK;
	TRY(kept_mark(rq, &mark));
	if (!cache_get(rq->site->kept, a, name_of(rq, "etag"), mark, &etag))
		return OK;
	rp->status = http_has_etag(rq->http, etag) ? 304 : 200;
	*ret = rp->status == 304 ||
	       cache_get(rq->site->kept, a, name_of(rq, "page"), mark, &rp->bytes);
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
	cache_put(rq->site->kept, name_of(rq, "page"), mark, page);
	cache_put(rq->site->kept, name_of(rq, "etag"), mark, etag);
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
	if (rq->site->kept && cache_get(rq->site->kept, cx->a, name, mark, &found)) {
		memcpy(ret, found.p, sizeof(*ret));
		return OK;
	}
	TRY(day_tasks(cx, &tasks));
	*ret = day_count(tasks);
	if (rq->site->kept)
		cache_put(rq->site->kept, name, mark, bytes_of(ret, sizeof(*ret)));
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

static str
name_of_piece(const struct request *rq, const char *name, str pid)
{
	return str_from_c(
	    arena_printf(rq->cx->a, "%s %d " STR_FMT, name, (int)rq->cx->lang, STR_ARG(pid)));
}

bool
kept_piece(const struct request *rq, str mark, const char *name, str pid, struct html *ret)
{
	return rq->site->kept && cache_get(rq->site->kept, rq->cx->a,
				     name_of_piece(rq, name, pid), mark, &ret->s);
}

void
kept_piece_put(const struct request *rq, str mark, const char *name, str pid, struct html piece)
{
	if (rq->site->kept)
		cache_put(rq->site->kept, name_of_piece(rq, name, pid), mark, piece.s);
}

/* --- texts ------------------------------------------------------------------------------ */

/* The mark is such that no page's or person's can be taken for it, nor the other way. */
struct html
kept_markdown(const struct request *rq, str text, int first_heading)
{
	struct arena *a = rq->cx->a;
	str mark = str_from_c(arena_printf(a, "markdown %d", first_heading));
	struct html html;

	if (rq->site->kept && cache_get(rq->site->kept, a, text, mark, &html.s))
		return html;
	html = markdown_html(a, text, first_heading);
	if (rq->site->kept)
		cache_put(rq->site->kept, text, mark, html.s);
	return html;
}
