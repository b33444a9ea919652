/* web/search.c - finding decisions, minutes and matters. */
#include "t_search.h"
#include "t_search_public.h"

#include "app/search.h"
#include "base/clock.h"
#include "tr.h"
#include "web/api.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/search_view.h"
#include "web/site.h"
#include "web/task.h"

#include <inttypes.h>

static const struct {
	int64_t kind;
	const char *key, *label;
} kinds[] = {
    {OBJECT_DECISION, "vedtak", N_("Vedtak")},
    {OBJECT_MATTER, "sak", N_("Sak")},
    {OBJECT_MEETING, "protokoll", N_("Protokoll")},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static struct search_query
query_of(const struct request *rq)
{
	str type = given_value(&rq->query, "type"), year = given_value(&rq->query, "aar");
	str side = given_value(&rq->query, "side");
	struct search_query q = {
	    .words = str_trim(given_value(&rq->query, "q")),
	    .body_pid = given_value(&rq->query, "organ"),
	    .newest = str_eq(given_value(&rq->query, "sorter"), S("nyest")),
	    .page = 1,
	};

	for (size_t i = 0; i < KINDS; i++)
		if (str_eq(type, str_from_c(kinds[i].key)))
			q.kind = kinds[i].kind;
	if (!str_to_i64(year, &q.year))
		q.year = 0;
	if (!str_to_i64(side, &q.page) || q.page < 1 || q.page > 1000)
		q.page = 1;
	return q;
}

/* --- facets ----------------------------------------------------------------------------- */

static struct search_facets
kind_facets(
    const struct request *rq, const struct search_query *q, const struct search_result *r)
{
	struct search_choice *v = arena_array(rq->cx->a, struct search_choice, KINDS);
	size_t n = 0;

	for (size_t i = 0; i < KINDS; i++)
		for (size_t k = 0; k < r->n_kinds; k++)
			if (r->kinds[k].value == kinds[i].kind)
				v[n++] = (struct search_choice){str_from_c(kinds[i].key),
				    TEXT(rq, kinds[i].label), r->kinds[k].n,
				    q->kind == kinds[i].kind};
	return (struct search_facets){"type", TEXT(rq, N_("Type")), v, n};
}

static struct search_facets
body_facets(
    const struct request *rq, const struct search_query *q, const struct search_result *r)
{
	struct search_choice *v = arena_array(rq->cx->a, struct search_choice, r->n_bodies);

	for (size_t i = 0; i < r->n_bodies; i++)
		v[i] = (struct search_choice){r->bodies[i].pid,
		    html_text_s(rq->cx->a, r->bodies[i].name), r->bodies[i].n,
		    str_eq(q->body_pid, r->bodies[i].pid)};
	return (struct search_facets){"organ", TEXT(rq, N_("Organ")), v, r->n_bodies};
}

static struct search_facets
year_facets(
    const struct request *rq, const struct search_query *q, const struct search_result *r)
{
	struct search_choice *v = arena_array(rq->cx->a, struct search_choice, r->n_years);

	for (size_t i = 0; i < r->n_years; i++) {
		str year = str_from_c(arena_printf(rq->cx->a, "%" PRId64, r->years[i].value));
		v[i] = (struct search_choice){year, html_text_s(rq->cx->a, year), r->years[i].n,
		    q->year == r->years[i].value};
	}
	return (struct search_facets){"aar", TEXT(rq, N_("År")), v, r->n_years};
}

/* --- hits ------------------------------------------------------------------------------- */

/* Text without the signs of Markdown, which minutes are kept in. */
static void
put_plain(struct buf *b, str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '*' || s.p[i] == '#') {
			html_put_str(b, (str){s.p + from, i - from});
			from = i + 1;
		}
	if (from < s.n)
		html_put_str(b, (str){s.p + from, s.n - from});
}

/* The piece of text with what was found marked. */
static struct html
marked(struct arena *a, const struct search_hit *h)
{
	struct buf b = buf_new(a, 64 << 10);
	size_t at = 0;

	if (h->cut_before)
		buf_put(&b, S("… "));
	for (size_t i = 0; i < h->n_marks; i++) {
		const struct search_mark *m = &h->marks[i];
		put_plain(&b, (str){h->snippet.p + at, m->from - at});
		buf_put(&b, S("<mark>"));
		html_put_str(&b, (str){h->snippet.p + m->from, m->to - m->from});
		buf_put(&b, S("</mark>"));
		at = m->to;
	}
	if (h->snippet.n)
		put_plain(&b, (str){h->snippet.p + at, h->snippet.n - at});
	if (h->cut_after)
		buf_put(&b, S(" …"));
	return (struct html){buf_str(&b)};
}

static struct text
meta_of(const struct request *rq, const struct search_hit *h)
{
	struct arena *a = rq->cx->a;
	str day = day_long(a, rq->cx->lang, clock_day(h->at));

	if (h->label.n == 0)
		return html_text_s(a, day);
	return html_text_s(
	    a, str_from_c(arena_printf(a, STR_FMT "%s" STR_FMT " · " STR_FMT, STR_ARG(h->label),
		   h->body_abbr.n ? " · " : "", STR_ARG(h->body_abbr), STR_ARG(day))));
}

static struct url
url_hit(const struct request *rq, const struct search_hit *h, bool is_public)
{
	static const char *const inside[] = {[OBJECT_MATTER] = "/saker/%",
	    [OBJECT_MEETING] = "/moter/%/protokoll",
	    [OBJECT_DECISION] = "/vedtak/%"};
	static const char *const outside[] = {[OBJECT_MATTER] = "/offentlig/saker/%",
	    [OBJECT_MEETING] = "/offentlig/moter/%",
	    [OBJECT_DECISION] = "/offentlig/vedtak/%"};
	const char *path = (is_public ? outside : inside)[h->kind];

	return url_path(rq->cx->a, rq->site->base, path, h->pid);
}

static struct search_row *
rows_of(const struct request *rq, const struct search_result *r, bool is_public)
{
	struct search_row *v = arena_array(rq->cx->a, struct search_row, r->n_hits);

	for (size_t i = 0; i < r->n_hits; i++)
		v[i] = (struct search_row){
		    .meta = meta_of(rq, &r->hits[i]),
		    .title = r->hits[i].kind == OBJECT_MEETING
				 ? html_text_s(rq->cx->a,
				       trf(rq->cx->a, rq->cx->lang, N_("Protokoll fra %s"),
					   str_to_c(rq->cx->a, r->hits[i].title)))
				 : html_text_s(rq->cx->a, r->hits[i].title),
		    .snippet = marked(rq->cx->a, &r->hits[i]),
		    .to = url_hit(rq, &r->hits[i], is_public || r->hits[i].is_public_only),
		};
	return v;
}

static struct url
url_search(const struct request *rq, const struct search_query *q, const char *path)
{
	struct arena *a = rq->cx->a;
	struct url u = url_path(a, rq->site->base, path);

	u = url_with(a, u, "q", q->words);
	u = url_with(a, u, "type", given_value(&rq->query, "type"));
	u = url_with(a, u, "organ", q->body_pid);
	return url_with(a, u, "aar", given_value(&rq->query, "aar"));
}

static struct text
count_words(const struct request *rq, const struct view *o, const struct search_query *q,
    const struct search_result *r)
{
	struct arena *a = rq->cx->a;

	if (q->words.n == 0)
		return TEXT(rq, N_("Skriv noe du leter etter"));
	if (r->nothing_asked)
		return TEXT(rq, N_("Skriv et ord til"));
	if (r->has_more)
		return html_text_s(a, trf(a, rq->cx->lang, N_("Over %s treff"),
					  str_to_c(a, view_number(o, r->n_all).s)));
	return html_text_s(
	    a, str_from_c(arena_printf(a,
		   trn(rq->cx->lang, "%lld treff", "%lld treff", (long long)r->n_all),
		   (long long)r->n_all)));
}

/* Who cannot leaf through to the last hit is told so, and what to do. */
static struct text
limit_words(const struct request *rq, const struct view *o, const struct search_result *r)
{
	struct arena *a = rq->cx->a;

	if (r->n_all <= SEARCH_RANKED)
		return (struct text){S("")};
	return html_text_s(a, trf(a, rq->cx->lang,
				  N_("Du kan bla i de %s nyeste treffene. Avgrens eller søk "
				     "med flere ord for å finne eldre."),
				  str_to_c(a, view_number(o, SEARCH_RANKED).s)));
}

static int
pages_of(int64_t hits)
{
	int64_t shown = hits < SEARCH_RANKED ? hits : SEARCH_RANKED;

	return (int)((shown + SEARCH_PAGE - 1) / SEARCH_PAGE);
}

static struct err *
fill(struct request *rq, const struct view *o, const char *path, bool is_public,
    struct search_page *v)
{
	struct search_query q = query_of(rq);
	struct search_result r;

	TRY(search_run(rq->cx, &q, &r));
	*v = (struct search_page){
	    .action = url_path(rq->cx->a, rq->site->base, path),
	    .words = q.words,
	    .count = count_words(rq, o, &q, &r),
	    .limit = limit_words(rq, o, &r),
	    .rows = rows_of(rq, &r, is_public),
	    .n = r.n_hits,
	    .newest = q.newest,
	    .best_url = url_search(rq, &q, path),
	    .page = (int)q.page,
	    .pages = pages_of(r.n_all),
	};
	v->newest_url = url_with(rq->cx->a, v->best_url, "sorter", S("nyest"));
	v->facets[0] = kind_facets(rq, &q, &r);
	v->facets[1] = body_facets(rq, &q, &r);
	v->facets[2] = year_facets(rq, &q, &r);
	return OK;
}

static struct err *
get_search(struct request *rq, struct reply *rp)
{
	struct t_search v = {0};

	TRY(web_frame(rq, TEXT(rq, N_("Finn vedtak")), NAV_SEARCH, &v.frame));
	TRY(fill(rq, &rp->o, "/sok", false, &v.page));
	t_search(&rp->o, &v);
	return OK;
}

static struct err *
get_public_search(struct request *rq, struct reply *rp)
{
	struct t_search_public v = {
	    .frame = web_public_frame(rq, TEXT(rq, N_("Søk")), PUBLIC_NONE)};

	TRY(fill(rq, &rp->o, "/offentlig/sok", true, &v.page));
	t_search_public(&rp->o, &v);
	return OK;
}

const struct route search_routes[] = {
    PAGE("/sok", SPACE_SEARCH, get_search),
    OPEN("/offentlig/sok", SPACE_PUBLIC, get_public_search),
    {0},
};

/* --- the API ---------------------------------------------------------------------------- */

struct search_in {
	str q, body;
	int64_t year, page;
};

static const struct input search_inputs[] = {
    {INPUT_LINE, "q", offsetof(struct search_in, q), .required = true, .max = 200},
    {INPUT_PID, "body", offsetof(struct search_in, body), .label = N_("Organ")},
    {INPUT_INT, "year", offsetof(struct search_in, year), .min = 1900, .max = 2200},
    {INPUT_INT, "page", offsetof(struct search_in, page), .min = 1, .max = 1000},
    {0},
};

static struct err *
read_search(struct cx *cx, const void *arg, struct json *j)
{
	const struct search_in *in = arg;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct search_result r;

	TRY(cx_need(cx, ACT_SPACE_SEARCH, &space));
	TRY(search_run(cx,
	    &(struct search_query){.words = in->q,
		.body_pid = in->body,
		.year = in->year == INPUT_NONE ? 0 : in->year,
		.page = in->page == INPUT_NONE ? 1 : in->page},
	    &r));
	json_open(j, NULL, '{');
	json_int(j, "count", r.n_all);
	json_bool(j, "more_than_counted", r.has_more);
	json_open(j, "hits", '[');
	for (size_t i = 0; i < r.n_hits; i++) {
		json_open(j, NULL, '{');
		json_c(j, "type", object_key((enum object_kind)r.hits[i].kind));
		json_str(j, "id", r.hits[i].pid);
		json_str(j, "label", r.hits[i].label);
		json_str(j, "title", r.hits[i].title);
		json_str(j, "snippet", r.hits[i].snippet);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

const struct reading search_readings[] = {
    {ACT_SPACE_SEARCH, "/search", "Find by any form of a word", search_inputs,
	sizeof(struct search_in), read_search},
    {0},
};
