/*
 * app/totp.h - one-time codes from a phone (RFC 6238: HMAC-SHA-1, 30 seconds, six digits).
 *
 * A secret is 20 random bytes; people see it as base32 (RFC 4648), 32 characters.
 */
#ifndef APP_TOTP_H
#define APP_TOTP_H

#include "base/str.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_S = 30, TOTP_DIGITS = 6 };

str totp_secret_new(struct arena *a);                          /* base32 */
bool totp_secret_bytes(struct arena *a, str base32, str *ret); /* false: not a secret */
str totp_code(struct arena *a, str secret_bytes, int64_t step);

/* Whether code is right at the instant now_at, or one step before. Steps up to used_step
 * are spent. *ret_step is the step it was right for. */
bool totp_check(struct arena *a, str secret_bytes, str code, int64_t now_at, int64_t used_step,
    int64_t *ret_step);

/* otpauth://totp/ISSUER:ACCOUNT?... for the QR code. */
str totp_uri(struct arena *a, str issuer, str account, str secret_base32);

#endif
