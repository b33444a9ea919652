#include "base/base64.h"

#include <sodium.h>

static str
encode(struct arena *a, str bytes, int variant)
{
	size_t n = sodium_base64_encoded_len(bytes.n, variant);
	char *out = arena_array(a, char, n);

	sodium_bin2base64(out, n, (const unsigned char *)bytes.p, bytes.n, variant);
	return (str){out, n - 1};
}

static bool
decode(struct arena *a, str text, int variant, str *ret)
{
	size_t max = text.n / 4 * 3 + 3, n;
	unsigned char *out = arena_array(a, unsigned char, max);
	const char *end;

	if (sodium_base642bin(out, max, text.p, text.n, NULL, &n, &end, variant) != 0 ||
	    end != text.p + text.n)
		return false;
	*ret = (str){(char *)out, n};
	return true;
}

str
base64_encode(struct arena *a, str bytes)
{
	return encode(a, bytes, sodium_base64_VARIANT_ORIGINAL);
}

bool
base64_decode(struct arena *a, str text, str *ret_bytes)
{
	return decode(a, text, sodium_base64_VARIANT_ORIGINAL, ret_bytes);
}

str
base64url_encode(struct arena *a, str bytes)
{
	return encode(a, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool
base64url_decode(struct arena *a, str text, str *ret_bytes)
{
	return decode(a, text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, ret_bytes);
}
