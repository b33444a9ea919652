/*
 * web/site.h - one space as the web serves it: where it lives and which charter is in force.
 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "base/str.h"
#include "core/charter.h"

struct site {
	str key;    /* first part of the path: "ostfold" */
	str base;   /* URL prefix: "/ostfold", or empty when the host name says it */
	str origin; /* "https://…", what the Origin header must be; empty: any that equals Host
		     */
	str cookie; /* name of the session's cookie */
	struct space *space;
	const struct charter *charter;
	struct rates *rates; /* NULL: no limits (tests) */
	struct cache *kept;  /* NULL: nothing is kept; web/kept.h */
};

#endif
