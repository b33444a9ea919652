/*
 * web/static.h - files of our own that pages need: style sheets, scripts, fonts, icons. They
 * are in the program; tools/embed makes gen/static.c from src/web/static and its manifest.
 *
 * Ownership  All constant.
 * Errors     none. url_static() of a file that is not there is a bug and ends the process.
 */
#ifndef WEB_STATIC_H
#define WEB_STATIC_H

#include "web/url.h"

struct static_file {
	const char *name; /* "app.css" */
	const char *url;  /* "/static/app.0f3c9a1b2d4e.css": another content, another URL */
	const char *type; /* Content-Type */
	const char *etag; /* with its quotes */
	const unsigned char *bytes;
	size_t n;
};

/* The file at a path such as /static/app.0f3c9a1b2d4e.css, which never changes, or at its
 * plain name, /static/app.css; NULL: none. */
const struct static_file *static_find(str path, bool *ret_never_changes);

/* The address of a file by its plain name. */
struct url url_static(const char *name);

/* Made by tools/embed; in the order of names. */
extern const struct static_file static_files[];
extern const size_t n_static_files;

#endif
