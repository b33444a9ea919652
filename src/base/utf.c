#include "base/utf.h"

#include <stdlib.h>
#include <utf8proc.h>

bool
utf_next(str *s, uint32_t *ret_c)
{
	utf8proc_int32_t c;

	if (s->n == 0)
		return false;
	utf8proc_ssize_t n =
	    utf8proc_iterate((const utf8proc_uint8_t *)s->p, (utf8proc_ssize_t)s->n, &c);
	if (n <= 0) {
		n = 1;
		c = 0xfffd;
	}
	*s = (str){s->p + n, s->n - (size_t)n};
	*ret_c = (uint32_t)c;
	return true;
}

size_t
utf_put(uint32_t c, char ret[4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)ret);
}

static str
map(struct arena *a, str s, utf8proc_option_t options)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n =
	    utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out, options);

	if (n == UTF8PROC_ERROR_NOMEM)
		abort(); /* as in arena.c */
	if (n < 0)
		return str_copy(a, s);
	str r = str_copy(a, (str){(const char *)out, (size_t)n});
	free(out);
	return r;
}

static bool
ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] & 0x80)
			return false;
	return true;
}

str
utf_nfc(struct arena *a, str s)
{
	return ascii(s) ? str_copy(a, s) : map(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

str
utf_fold(struct arena *a, str s)
{
	return map(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

bool
utf_unwanted(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

bool
utf_clean(str s)
{
	uint32_t c;

	while (utf_next(&s, &c))
		if (utf_unwanted(c))
			return false;
	return true;
}

bool
utf_clean_line(str s)
{
	uint32_t c;

	while (utf_next(&s, &c))
		if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029 || utf_unwanted(c))
			return false;
	return true;
}

bool
utf_blank(str s)
{
	uint32_t c;

	while (utf_next(&s, &c)) {
		int kind = utf8proc_category((utf8proc_int32_t)c);
		bool filler = c == 0x115f || c == 0x1160 || c == 0x2800 || c == 0x3164 ||
			      c == 0xffa0 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0x34f;
		if (!filler && c != '\n' && c != '\t' && kind != UTF8PROC_CATEGORY_CF &&
		    kind != UTF8PROC_CATEGORY_ZS && kind != UTF8PROC_CATEGORY_ZL &&
		    kind != UTF8PROC_CATEGORY_ZP)
			return false;
	}
	return true;
}
