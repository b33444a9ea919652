/* web/search_view.h - what the templates of search are given. */
#ifndef WEB_SEARCH_VIEW_H
#define WEB_SEARCH_VIEW_H

#include "web/frame.h"

struct search_choice { /* of a facet */
	str value;
	struct text label;
	int64_t n;
	bool chosen;
};

struct search_facets {
	const char *name; /* of the parameter */
	struct text legend;
	const struct search_choice *v;
	size_t n;
};

struct search_row {
	struct text meta, title;
	struct html snippet;
	struct url to;
};

struct search_page {
	struct url action;
	str words;
	struct text count, limit; /* limit empty: all hits can be leafed through */
	struct search_facets facets[3];
	const struct search_row *rows;
	size_t n;
	bool newest;
	struct url best_url, newest_url;
	int page, pages;
};

#endif
