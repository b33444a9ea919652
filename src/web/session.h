/*
 * web/session.h - the cookie of a session, and the proofs made from its token.
 *
 * The cookie holds TOKEN.SEEN.PROOF: SEEN says when it was last used and PROOF is an HMAC of
 * the two under the house's key. So a session's idle time is known without writing anything
 * when a page is read; every page gives a fresh cookie when the old one is a minute old.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "app/house.h"
#include "web/http.h"
#include "web/site.h"

/* The token in the request's cookie if it is ours and was used within the idle time.
 * Empty otherwise. *ret_seen_at: when it was last used. */
str session_cookie_read(const struct house *h, const struct site *site,
    const struct http_request *rq, int64_t now_at, int64_t *ret_seen_at);

/* Whole Set-Cookie values. */
str session_cookie_set(
    struct arena *a, const struct house *h, const struct site *site, str token, int64_t now_at);
str session_cookie_clear(struct arena *a, const struct site *site);

/* Hex HMAC of the purpose under the token, or under the house's key when there is none. */
str session_proof(struct arena *a, const struct house *h, str token, const char *purpose);

#endif
