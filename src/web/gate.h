/*
 * gate.h - what a request head must look like before any other code sees it.
 *
 * The one parser of HTTP/1 heads in the program: pure, no I/O. It refuses whatever two
 * servers could read in two ways (RFC 9112 section 11: two lengths, bad codings, bare CR, NUL,
 * folded lines, doubled Host) instead of repairing it.
 *
 * Units      All lengths are bytes. content_length is -1 where the client gave none.
 * Ownership  str fields point into the bytes given to gate_head or into the arena.
 * Errors     A refusal is a status and an English reason for the log. After a refusal the
 *            connection must be closed: where the next request begins is not known.
 */
#ifndef WEB_GATE_H
#define WEB_GATE_H

#include "base/str.h"

enum http_method {
	HTTP_GET = 1,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP_OPTIONS,
};

struct http_header {
	str name; /* as sent; compare with http_name_eq */
	str value;
};

enum {
	GATE_HEADERS_MAX = 100,
	GATE_TARGET_MAX = 8192,
};

struct gate_head {
	enum http_method method;
	str raw_path, query; /* as sent; query without the '?', empty if there is none */
	str path;            /* percent-decoded once, valid UTF-8, NFC, no control characters */
	struct http_header *headers;
	size_t n_headers;
	str host;
	int64_t content_length; /* -1: none given */
	bool keep_alive;
	bool expect_continue;
};

struct gate_refusal {
	int status; /* HTTP */
	const char *why;
};

/* Looks for the empty line that ends a head. *at is how far earlier calls came; start at 0.
 * Returns the length of the head with its empty line, 0 if it is not all here yet, or -1 if
 * no continuation can make it a head (NUL, bare CR, bare LF). */
long gate_scan(str bytes, size_t *at);

/* Reads a head of which gate_scan has told the end. */
bool gate_head(struct arena *a, str head, struct gate_head *ret, struct gate_refusal *ret_no);

/* The value of a header, or the empty str; names are compared without regard to case. */
str gate_header(const struct gate_head *h, str name);

bool http_name_eq(str a, str b); /* ASCII, without regard to case */
bool http_token(str s);          /* RFC 9110 token, at least one character */

/* Text from outside: valid UTF-8 without what utf_clean refuses, or false. Gives it in form
 * NFC with LF at the line ends (s itself if it is that already). */
bool http_clean(struct arena *a, str s, str *ret);

/* Percent-decodes strictly and cleans. plus: '+' is a blank. False: a bad escape, or not
 * clean. */
bool http_decode(struct arena *a, str s, bool plus, str *ret);

#endif
