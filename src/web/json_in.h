/*
 * json_in.h - a JSON object as a form, so that pages and the API are read by the same code.
 *
 * Strings, integers and booleans ("true", "false") become fields; an array of strings or
 * integers becomes one field for each; null is the same as not given. Objects and arrays
 * inside are refused, and so are doubled names, fractions and whatever a form refuses.
 *
 * Errors     json.malformed   ERR_INVALID  not JSON; detail has line and column
 *            json.not_object  ERR_INVALID  the text is some other JSON value
 *            json.bad_value   ERR_INVALID  a value of a kind that no field has
 *            and those of form.h
 */
#ifndef WEB_JSON_IN_H
#define WEB_JSON_IN_H

#include "web/form.h"

struct err *json_in(struct arena *a, str text, struct form *ret) NODISCARD;

#endif
