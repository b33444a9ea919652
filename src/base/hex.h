/*
 * base/hex.h - bytes as lower-case hexadecimal. A str holds the raw bytes here, not text.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include "base/str.h"

str hex_encode(struct arena *a, str bytes);
bool hex_decode(struct arena *a, str text, str *ret_bytes); /* either case, whole string */

#endif
