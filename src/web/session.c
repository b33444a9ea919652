#include "web/session.h"

#include "app/account.h"
#include "base/sha.h"
#include "web/form.h"

#include <inttypes.h>

str
session_proof(struct arena *a, const struct house *h, str token, const char *purpose)
{
	str key = token.n ? token : (str){(const char *)h->keys.cookie, sizeof(h->keys.cookie)};
	struct sha256 mac = hmac_sha256(key, str_from_c(purpose));

	return sha256_hex(a, &mac);
}

static str
seen_proof(struct arena *a, const struct house *h, str token, int64_t seen_at)
{
	return session_proof(a, h, S(""),
	    arena_printf(a, "seen\n" STR_FMT "\n%" PRId64, STR_ARG(token), seen_at));
}

str
session_cookie_read(const struct house *h, const struct site *site,
    const struct http_request *rq, int64_t now_at, int64_t *ret_seen_at)
{
	str all = form_cookie(http_header(rq, S("cookie")), site->cookie);
	str token, seen, proof;
	int64_t at;

	if (!str_cut(all, '.', &token, &proof) || !str_cut(proof, '.', &seen, &proof))
		return S("");
	if (!str_to_i64(seen, &at) || at > now_at + CLOCK_SLACK_S ||
	    at + SESSION_IDLE_S <= now_at)
		return S("");
	if (!same_bytes(seen_proof(rq->a, h, token, at), proof))
		return S("");
	*ret_seen_at = at;
	return token;
}

str
session_cookie_set(
    struct arena *a, const struct house *h, const struct site *site, str token, int64_t now_at)
{
	str proof = seen_proof(a, h, token, now_at);

	return str_from_c(arena_printf(a,
	    STR_FMT "=" STR_FMT ".%" PRId64 "." STR_FMT
		    "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d",
	    STR_ARG(site->cookie), STR_ARG(token), now_at, STR_ARG(proof), SESSION_LIFE_S));
}

str
session_cookie_clear(struct arena *a, const struct site *site)
{
	return str_from_c(
	    arena_printf(a, STR_FMT "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0",
		STR_ARG(site->cookie)));
}
