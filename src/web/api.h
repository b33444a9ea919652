/*
 * web/api.h - the JSON API: the same use cases and the same reads as the pages.
 *
 * Under /api/v1 of a space. A program shows a token in Authorization: Bearer; it acts as the
 * person who made the token, for the party the token is for. A use case is a POST with a JSON
 * object of its declared input; Idempotency-Key makes it safe to send twice. Errors are
 * {"code", "message", "fields"} in the language of Accept-Language.
 */
#ifndef WEB_API_H
#define WEB_API_H

#include "base/json.h"
#include "web/web.h"

/* Something that can be read. Filters of the address are declared like any input. */
struct reading {
	enum action action;
	const char *path;    /* "/matters/:" */
	const char *summary; /* English, for the OpenAPI document */
	const struct input *inputs;
	size_t in_size;
	struct err *(*run)(struct cx *cx, const void *in, struct json *out);
};

/* Whether it is answered without a token: what anybody may hold the record to. */
bool reading_is_open(const struct reading *r);

/* All readings, area by area; each list ends with a zeroed one. */
extern const struct reading *const readings[];

void api_answer(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http, str path, struct http_reply *rp);

/* Whether the request shows a token that may write. Reads the database. */
bool api_knows(const struct site *site, struct house *house, int64_t now_at,
    const struct http_request *http);

/* The OpenAPI 3.1 document of all use cases and readings. */
str openapi(struct arena *a, const struct site *site, enum lang lang);

#endif
