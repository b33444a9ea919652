/*
 * base/json.h - writing JSON. Reading it is jansson's work (web/json_in.h).
 *
 * Commas and escapes are put by the writer; nesting is the caller's to close. Text must be
 * valid UTF-8. A name of NULL is an element of an array.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/str.h"

struct json {
	struct buf *b;
	bool comma; /* something stands before at this level */
};

struct json json_new(struct buf *b);
void json_open(struct json *j, const char *name, char bracket); /* '{' or '[' */
void json_close(struct json *j, char bracket);                  /* '}' or ']' */
void json_str(struct json *j, const char *name, str v);
void json_c(struct json *j, const char *name, const char *v_or_null);
void json_int(struct json *j, const char *name, int64_t v);
void json_bool(struct json *j, const char *name, bool v);
void json_null(struct json *j, const char *name);
void json_at(struct json *j, const char *name, int64_t at); /* RFC 3339; 0: null */

#endif
