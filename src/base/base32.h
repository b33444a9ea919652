/*
 * base/base32.h - bytes as base32, five bits a character, without padding.
 *
 * Two alphabets: Crockford's, lower case, for public ids (no i, l, o, u), and RFC 4648's,
 * upper case, which authenticator apps read. A str holds the raw bytes here, not text.
 */
#ifndef BASE_BASE32_H
#define BASE_BASE32_H

#include "base/str.h"

enum base32 { BASE32_CROCKFORD = 1, BASE32_RFC4648 };

str base32_encode(struct arena *a, enum base32 kind, str bytes);
/* Strict: the alphabet as written, and no stray bits at the end. */
bool base32_decode(struct arena *a, enum base32 kind, str text, str *ret_bytes);

#endif
