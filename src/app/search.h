/*
 * app/search.h - finding matters, decisions and minutes by any form of a word in them.
 *
 * What the actor may not see is not found, not counted and not shown in a snippet: the
 * predicate of visibility stands in the query itself, before ranking.
 */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include "app/usecase.h"

/* What is indexed of a thing. Put it again whenever its text, number or publication changes;
 * in the same write. */
struct search_text {
	enum object_kind kind;
	int64_t object_id;
	str pid, label, title;
	str body;        /* plain text; Markdown will do */
	int64_t at;      /* what the list is ordered by: when it was decided, held, raised */
	int64_t body_id; /* of the cooperation; 0: none */
	bool is_public;
};
struct err *search_put(struct cx *cx, const struct search_text *text) NODISCARD;

/* Takes an object out of the index that has been removed itself; nothing if it is not there. */
struct err *search_remove(struct cx *cx, enum object_kind kind, int64_t object_id) NODISCARD;

/* Whether the index was made with other words or stems than the program has. It must then be
 * made anew before anything else: the engine takes a document out again only by the very words
 * it was put in with. */
struct err *search_is_stale(struct cx *cx, bool *ret) NODISCARD;
struct err *search_renew(struct cx *cx) NODISCARD; /* on the writer */

struct search_query {
	str words;
	int64_t kind; /* enum object_kind; 0: all */
	str body_pid; /* empty: all */
	int64_t year; /* 0: all */
	bool newest;  /* newest first instead of best first */
	int64_t page; /* from 1 */
};

struct search_mark {
	size_t from, to; /* bytes of the snippet */
};

struct search_hit {
	int64_t kind, at;
	str pid, label, body_abbr;
	str title; /* of minutes: the body, in the reader's language */
	str snippet;
	const struct search_mark *marks;
	size_t n_marks;
	bool cut_before, cut_after;
	bool is_public_only; /* not the actor's to see but on the public pages */
};

struct search_facet {
	int64_t value; /* kind or year */
	str pid, name; /* of the body */
	int64_t n;
};

struct search_result {
	const struct search_hit *hits;
	size_t n_hits;
	int64_t n_all; /* hits within the limits chosen, at most SEARCH_COUNTED */
	bool has_more; /* there are more than were counted, so n_all and the facets' are cut */
	const struct search_facet *kinds, *bodies, *years;
	size_t n_kinds, n_bodies, n_years;
	bool nothing_asked; /* no word was left to look for */
};

/* Of common words only the latest hits are counted and ranked: nobody reads them all, and an
 * answer is not to take longer the more there is. */
enum { SEARCH_PAGE = 20, SEARCH_RANKED = 2000, SEARCH_COUNTED = 4000 };

struct err *
search_run(struct cx *cx, const struct search_query *q, struct search_result *ret) NODISCARD;

#endif
