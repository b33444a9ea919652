#include "app/totp.h"

#include "base/base32.h"
#include "base/random.h"
#include "base/sha.h"

#include <ctype.h>

str
totp_secret_new(struct arena *a)
{
	char raw[TOTP_SECRET_BYTES];

	random_bytes(raw, sizeof(raw));
	return base32_encode(a, BASE32_RFC4648, (str){raw, sizeof(raw)});
}

bool
totp_secret_bytes(struct arena *a, str base32, str *ret)
{
	struct buf b = buf_new(a, 64);

	for (size_t i = 0; i < base32.n; i++)
		if (base32.p[i] != ' ')
			buf_put(&b, (str){base32.p + i, 1});
	return base32_decode(a, BASE32_RFC4648, buf_str(&b), ret) &&
	       ret->n == TOTP_SECRET_BYTES;
}

str
totp_code(struct arena *a, str secret, int64_t step)
{
	unsigned char m[8];

	for (int i = 0; i < 8; i++)
		m[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	struct sha1 h = hmac_sha1(secret, (str){(char *)m, sizeof(m)});
	int at = h.b[19] & 15;
	uint32_t v = (uint32_t)(h.b[at] & 127) << 24 | (uint32_t)h.b[at + 1] << 16 |
		     (uint32_t)h.b[at + 2] << 8 | h.b[at + 3];
	return str_from_c(arena_printf(a, "%06u", v % 1000000));
}

bool
totp_check(
    struct arena *a, str secret, str code, int64_t now_at, int64_t used_step, int64_t *ret_step)
{
	int64_t now = now_at / TOTP_STEP_S;

	for (int64_t step = now; step >= now - 1; step--)
		if (step > used_step && same_bytes(totp_code(a, secret, step), code)) {
			*ret_step = step;
			return true;
		}
	return false;
}

static void
put_escaped(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (isalnum((unsigned char)s.p[i]) || s.p[i] == '-' || s.p[i] == '.')
			buf_put(b, (str){s.p + i, 1});
		else
			buf_printf(b, "%%%02X", (unsigned char)s.p[i]);
}

str
totp_uri(struct arena *a, str issuer, str account, str secret)
{
	struct buf b = buf_new(a, 4096);

	buf_put(&b, S("otpauth://totp/"));
	put_escaped(&b, issuer);
	buf_put(&b, S(":"));
	put_escaped(&b, account);
	buf_printf(&b, "?secret=" STR_FMT "&issuer=", STR_ARG(secret));
	put_escaped(&b, issuer);
	return buf_str(&b);
}
