#include "base/hex.h"

str
hex_encode(struct arena *a, str bytes)
{
	static const char digit[] = "0123456789abcdef";
	char *out = arena_array(a, char, bytes.n * 2 + 1);

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];
		out[2 * i] = digit[c >> 4];
		out[2 * i + 1] = digit[c & 15];
	}
	return (str){out, bytes.n * 2};
}

static int
value_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_decode(struct arena *a, str text, str *ret_bytes)
{
	char *out = arena_array(a, char, text.n / 2 + 1);

	if (text.n % 2)
		return false;
	for (size_t i = 0; i < text.n / 2; i++) {
		int hi = value_of(text.p[2 * i]), lo = value_of(text.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return false;
		out[i] = (char)(hi << 4 | lo);
	}
	*ret_bytes = (str){out, text.n / 2};
	return true;
}
