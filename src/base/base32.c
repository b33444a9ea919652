#include "base/base32.h"

#include <string.h>

static const char *
alphabet(enum base32 kind)
{
	return kind == BASE32_CROCKFORD ? "0123456789abcdefghjkmnpqrstvwxyz"
					: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
}

str
base32_encode(struct arena *a, enum base32 kind, str bytes)
{
	const char *digit = alphabet(kind);
	char *out = arena_array(a, char, bytes.n * 8 / 5 + 2);
	uint32_t bits = 0;
	int have = 0;
	size_t n = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (have += 8; have >= 5; have -= 5)
			out[n++] = digit[bits >> (have - 5) & 31];
	}
	if (have > 0)
		out[n++] = digit[bits << (5 - have) & 31];
	return (str){out, n};
}

bool
base32_decode(struct arena *a, enum base32 kind, str text, str *ret_bytes)
{
	const char *digit = alphabet(kind);
	char *out = arena_array(a, char, text.n * 5 / 8 + 1);
	uint32_t bits = 0;
	int have = 0;
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		const char *at = memchr(digit, text.p[i], 32);
		if (!at)
			return false;
		bits = bits << 5 | (uint32_t)(at - digit);
		have += 5;
		if (have >= 8) {
			have -= 8;
			out[n++] = (char)(bits >> have);
		}
	}
	if (have >= 5 || (bits & ((1u << have) - 1)) != 0)
		return false;
	*ret_bytes = (str){out, n};
	return true;
}
