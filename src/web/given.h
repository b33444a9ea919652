/*
 * web/given.h - what came with a request, as name and value pairs.
 *
 * Errors     form.syntax  ERR_INVALID  the body or the address cannot be read
 */
#ifndef WEB_GIVEN_H
#define WEB_GIVEN_H

#include "app/input.h"
#include "web/http.h"

/* From a form (urlencoded or multipart) or a JSON object in the body. */
struct err *given_read(const struct http_request *rq, struct given *ret) NODISCARD;

/* From the address after '?'. */
struct err *query_read(const struct http_request *rq, struct given *ret) NODISCARD;

#endif
