/*
 * form.h - names and values from a body or a query, clean and bounded.
 *
 * One form comes from application/x-www-form-urlencoded, a query, the fields of a multipart
 * body or a JSON object (json_in.h), so what reads it does not care which. Names and values
 * are valid UTF-8 in form NFC, lines end with LF, control characters are refused.
 *
 * Ownership  All in the arena given, or in what was parsed: live as long as the request.
 * Errors     form.malformed    ERR_INVALID  a bad escape, UTF-8 or control character
 *            form.too_many     ERR_INVALID  more than FORM_MAX fields
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/err.h"
#include "base/str.h"

enum { FORM_MAX = 200, FORM_NAME_MAX_BYTES = 100 };

struct form_field {
	str name, value;
};

struct form {
	struct form_field *fields; /* in the order given */
	size_t n;
};

/* a=b&c=d, for a body and for a query alike. An empty str gives an empty form. */
struct err *form_parse(struct arena *a, str urlencoded, struct form *ret) NODISCARD;

/* Adds a field; used by those who build a form from something else. */
struct err *form_add(struct arena *a, struct form *f, str name, str value) NODISCARD;

/* The value of a cookie in a Cookie header (RFC 6265), or NULL in .p: not there, given twice,
 * or with characters a cookie may not have. */
str form_cookie(str cookie_header, str name);

#endif
