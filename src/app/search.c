#include "app/search.h"

#include "base/clock.h"
#include "q_people.h"
#include "q_search.h"
#include "store/norsk.h"

#include <stdlib.h>

enum { SNIPPET_CHARS = 220, QUERY_MAX_BYTES = 400, RENEW_STEP = 100, RENEW_MEMORY = 1 << 30 };

/* --- indexing --------------------------------------------------------------------------- */

static void
finish_norsk(void *arg)
{
	norsk_finish(arg);
}

static struct norsk *
norsk_in(struct cx *cx)
{
	struct norsk *n = arena_new(cx->a, struct norsk);

	norsk_init(n);
	arena_defer(cx->a, finish_norsk, n);
	return n;
}

/* The words as PostgreSQL keeps them; SQLite's tokenizer makes its own from the text. */
static str
lexemes_of(struct cx *cx, const struct search_text *t)
{
	struct buf b = buf_new(cx->a, 64 << 20);
	struct norsk *n;
	int position = 1;

	if (!db_is_postgres(cx->db))
		return S("");
	n = norsk_in(cx);
	buf_put(&b, norsk_tsvector(n, cx->a, t->label, 'A', &position));
	buf_put(&b, S(" "));
	buf_put(&b, norsk_tsvector(n, cx->a, t->title, 'B', &position));
	buf_put(&b, S(" "));
	buf_put(&b, norsk_tsvector(n, cx->a, t->body, 'D', &position));
	return buf_str(&b);
}

/* The text of a document that is there, without its words. */
static struct err *
set_doc(struct cx *cx, int64_t id, const struct search_text *t, int64_t year)
{
	int64_t n;

	TRY(q_search_take_words(cx->db, cx->a, id, &n));
	return q_search_set_doc(cx->db, cx->a, id, t->label, t->title, t->body, year,
	    t->body_id, t->at, t->is_public, &n);
}

/* A matter is put at every act, and its text is long: the words are made anew only where it
 * has changed. */
struct err *
search_put(struct cx *cx, const struct search_text *t)
{
	int64_t id, n, year = day_to_ymd(clock_day(t->at)).year;
	struct q_search_find_doc *row;

	TRY(q_search_find_doc(
	    cx->db, cx->a, t->kind, t->object_id, t->label, t->title, t->body, &row));
	if (row && row->has_words)
		return q_search_set_facts(
		    cx->db, cx->a, row->id, year, t->body_id, t->at, t->is_public, &n);
	if (row) {
		id = row->id;
		TRY(set_doc(cx, id, t, year));
	} else {
		TRY(q_search_add_doc(cx->db, cx->a, t->kind, t->object_id, t->pid, t->label,
		    t->title, t->body, year, t->body_id, t->at, t->is_public, &id));
	}
	return q_search_put_words(cx->db, cx->a, id, lexemes_of(cx, t), &n);
}

struct err *
search_remove(struct cx *cx, enum object_kind kind, int64_t object_id)
{
	struct q_search_find_doc *row;
	int64_t n;

	TRY(q_search_find_doc(cx->db, cx->a, kind, object_id, S(""), S(""), S(""), &row));
	if (!row)
		return OK;
	TRY(q_search_take_words(cx->db, cx->a, row->id, &n));
	return q_search_remove_doc(cx->db, cx->a, row->id, &n);
}

/* Puts the words of some documents after *after into the empty index; *after 0: no more. */
static struct err *
put_some(struct cx *cx, int64_t *after)
{
	struct q_search_docs *docs;
	size_t n;
	int64_t changed;

	TRY(q_search_docs(cx->db, cx->a, *after, RENEW_STEP, &docs, &n));
	for (size_t i = 0; i < n; i++) {
		const struct search_text t = {
		    .label = docs[i].label, .title = docs[i].title, .body = docs[i].body};
		TRY(q_search_put_words(
		    cx->db, cx->a, docs[i].id, lexemes_of(cx, &t), &changed));
	}
	*after = n == RENEW_STEP ? docs[n - 1].id : 0;
	return OK;
}

static struct err *
put_all(struct cx *cx)
{
	int64_t after = INT64_MIN;

	while (after) {
		struct arena step = {0};
		struct cx in = *cx;

		arena_init(&step, RENEW_MEMORY);
		in.a = &step;
		struct err *e = err_copy(cx->a, put_some(&in, &after));
		arena_finish(&step);
		TRY(e);
	}
	return OK;
}

struct err *
search_is_stale(struct cx *cx, bool *ret)
{
	struct q_search_version *was;

	TRY(q_search_version(cx->db, cx->a, &was));
	*ret = !was || !str_eq(was->version, str_from_c(norsk_version()));
	return OK;
}

struct err *
search_renew(struct cx *cx)
{
	int64_t n;

	TRY(q_search_forget_words(cx->db, cx->a, &n));
	TRY(put_all(cx));
	return q_search_set_version(cx->db, cx->a, str_from_c(norsk_version()), &n);
}

/* --- asking ----------------------------------------------------------------------------- */

static struct search_hit
hit_of(struct cx *cx, struct norsk *norsk, const struct q_search_hits *row, str words)
{
	struct norsk_snippet s = norsk_snippet(norsk, cx->a, row->body, words, SNIPPET_CHARS);
	struct search_mark *m = arena_array(cx->a, struct search_mark, s.n_marks);

	for (size_t i = 0; i < s.n_marks; i++)
		m[i] = (struct search_mark){s.marks[i].from, s.marks[i].to};
	return (struct search_hit){
	    .kind = row->kind,
	    .at = row->at,
	    .pid = row->pid,
	    .label = row->label,
	    .title = row->kind == OBJECT_MEETING
			 ? charter_body_said(cx->charter, row->body_key, row->title, cx->lang)
			 : row->title,
	    .body_abbr = row->body_abbr,
	    .snippet = s.text,
	    .marks = m,
	    .n_marks = s.n_marks,
	    .cut_before = s.cut_before,
	    .cut_after = s.cut_after,
	    .is_public_only = !row->is_seen,
	};
}

static struct err *
find_hits(struct cx *cx, struct norsk *norsk, const struct search_query *q, str match,
    int64_t body_id, struct search_result *ret)
{
	int64_t skip = (q->page > 1 ? q->page - 1 : 0) * SEARCH_PAGE;
	struct q_search_hits *rows;
	size_t n;

	if (q->newest) {
		struct q_search_newest *newest;
		TRY(q_search_newest(cx->db, cx->a, match, cx_audiences(cx), q->kind, body_id,
		    q->year, SEARCH_RANKED, SEARCH_PAGE, skip, &newest, &n));
		rows = arena_array(cx->a, struct q_search_hits, n);
		for (size_t i = 0; i < n; i++)
			rows[i] = (struct q_search_hits){newest[i].kind, newest[i].pid,
			    newest[i].label, newest[i].title, newest[i].body, newest[i].at,
			    newest[i].body_key, newest[i].body_abbr, newest[i].is_seen};
	} else {
		TRY(q_search_hits(cx->db, cx->a, match, cx_audiences(cx), q->kind, body_id,
		    q->year, SEARCH_RANKED, SEARCH_PAGE, skip, &rows, &n));
	}
	struct search_hit *hits = arena_array(cx->a, struct search_hit, n);
	for (size_t i = 0; i < n; i++)
		hits[i] = hit_of(cx, norsk, &rows[i], q->words);
	ret->hits = hits;
	ret->n_hits = n;
	return OK;
}

/* Adds n to the facet of the value, or makes it. */
static void
count_in(struct search_facet *v, size_t *n_v, int64_t value, int64_t n)
{
	size_t i = 0;

	while (i < *n_v && v[i].value != value)
		i++;
	if (i == *n_v)
		v[(*n_v)++] = (struct search_facet){.value = value};
	v[i].n += n;
}

static int
by_value_down(const void *a, const void *b)
{
	const struct search_facet *x = a, *y = b;

	return (x->value < y->value) - (x->value > y->value);
}

static struct err *
name_bodies(struct cx *cx, struct search_facet *v, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		struct q_body_by_id *row;
		TRY(q_body_by_id(cx->db, cx->a, v[i].value, &row));
		if (!row)
			continue;
		v[kept] = v[i];
		v[kept].pid = row->pid;
		v[kept++].name = row->abbr;
	}
	*n = kept;
	return OK;
}

/* One more than is counted was asked for, to know whether there are more. */
static void
cut_count(struct search_result *ret)
{
	ret->has_more = ret->n_all > SEARCH_COUNTED;
	if (ret->has_more)
		ret->n_all = SEARCH_COUNTED;
}

/* How many there are within the limits chosen. */
static struct err *
count_hits(struct cx *cx, const struct search_query *q, str match, int64_t body_id,
    struct search_result *ret)
{
	struct q_search_facets *rows;
	size_t n;

	TRY(q_search_facets(cx->db, cx->a, match, cx_audiences(cx), q->kind, body_id, q->year,
	    SEARCH_COUNTED + 1, &rows, &n));
	ret->n_all = 0;
	for (size_t i = 0; i < n; i++)
		ret->n_all += rows[i].n;
	cut_count(ret);
	return OK;
}

static struct err *
find_facets(struct cx *cx, str match, struct search_result *ret)
{
	struct q_search_facets *rows;
	size_t n;

	TRY(q_search_facets(
	    cx->db, cx->a, match, cx_audiences(cx), 0, 0, 0, SEARCH_COUNTED + 1, &rows, &n));
	struct search_facet *kinds = arena_array(cx->a, struct search_facet, n + 1);
	struct search_facet *bodies = arena_array(cx->a, struct search_facet, n + 1);
	struct search_facet *years = arena_array(cx->a, struct search_facet, n + 1);
	for (size_t i = 0; i < n; i++) {
		ret->n_all += rows[i].n;
		count_in(kinds, &ret->n_kinds, rows[i].kind, rows[i].n);
		count_in(bodies, &ret->n_bodies, rows[i].body_id, rows[i].n);
		count_in(years, &ret->n_years, rows[i].year, rows[i].n);
	}
	cut_count(ret);
	qsort(years, ret->n_years, sizeof(*years), by_value_down);
	TRY(name_bodies(cx, bodies, &ret->n_bodies));
	ret->kinds = kinds;
	ret->bodies = bodies;
	ret->years = years;
	return OK;
}

static struct err *
body_id_of(struct cx *cx, str pid, int64_t *ret)
{
	struct q_body_by_pid *row = NULL;

	if (pid.n)
		TRY(q_body_by_pid(cx->db, cx->a, pid, &row));
	*ret = row ? row->id : 0;
	return OK;
}

struct err *
search_run(struct cx *cx, const struct search_query *q, struct search_result *ret)
{
	struct norsk *norsk = norsk_in(cx);
	int64_t body_id;
	str words = q->words.n > QUERY_MAX_BYTES ? S("") : q->words, match;

	*ret = (struct search_result){0};
	match = db_is_postgres(cx->db) ? norsk_tsquery(norsk, cx->a, words)
				       : norsk_match(norsk, cx->a, words);
	if (match.n == 0) {
		ret->nothing_asked = true;
		return OK;
	}
	TRY(body_id_of(cx, q->body_pid, &body_id));
	TRY(find_facets(cx, match, ret));
	if (q->kind || body_id || q->year)
		TRY(count_hits(cx, q, match, body_id, ret));
	return find_hits(cx, norsk, q, match, body_id, ret);
}
