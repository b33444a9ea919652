/*
 * web/rate.h - how often one session, or one address without a session, may do something.
 *
 * Token buckets in memory: a burst of what is allowed in a minute or an hour, filled again
 * at that rate. A full table forgets whoever has been quiet longest in the same row, so memory
 * is bounded and an attacker who fills it harms himself at most.
 *
 * Errors     rate.wait  ERR_BUSY  too often; answered with 429
 */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include "base/err.h"
#include "base/str.h"
#include "core/authz.h"

/* Login is counted twice: all of an address (RATE_LOGIN), and each account from it or each
 * half-way session (RATE_ACCOUNT); docs/adr/0010. */
enum rate_kind {
	RATE_NONE = 0,
	RATE_WRITE,
	RATE_SEARCH,
	RATE_EXPORT,
	RATE_UPLOAD,
	RATE_LOGIN,
	RATE_ACCOUNT
};

struct rates;

/* The kind that doing or reading this is counted as, by page or by program. */
enum rate_kind rate_kind_of(enum action action, bool is_write);

struct rates *rates_new(struct arena *a);

/* Takes one token from the bucket of who. now_at: UTC seconds. */
struct err *rate_take(
    struct rates *r, struct arena *a, enum rate_kind kind, str who, int64_t now_at) NODISCARD;

#endif
