/*
 * base/base64.h - bytes as base64 (RFC 4648). A str holds the raw bytes here, not text.
 *
 * Reading is strict: the right alphabet, right padding, no blanks, no stray bits at the end,
 * so that one value has one spelling.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

str base64_encode(struct arena *a, str bytes);                 /* +/ with padding */
bool base64_decode(struct arena *a, str text, str *ret_bytes); /* +/ with padding */

str base64url_encode(struct arena *a, str bytes);                 /* -_ without padding */
bool base64url_decode(struct arena *a, str text, str *ret_bytes); /* -_ without padding */

#endif
