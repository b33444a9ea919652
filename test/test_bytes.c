/* Bytes as text, hashes, random bytes and Unicode. */
#include "support.h"

#include "base/base32.h"
#include "base/base64.h"
#include "base/hex.h"
#include "base/random.h"
#include "base/sha.h"
#include "base/utf.h"

static void
hex_goes_both_ways(void **state)
{
	struct arena *a = *state;
	str back;

	assert_str(hex_encode(a, S("\x00\xff\x1a")), "00ff1a");
	assert_true(hex_decode(a, S("00FF1a"), &back));
	assert_memory_equal(back.p, "\x00\xff\x1a", 3);
	assert_false(hex_decode(a, S("0"), &back) || hex_decode(a, S("0g"), &back));
}

static void
base64_has_one_spelling(void **state)
{
	struct arena *a = *state;
	str back;

	assert_str(base64_encode(a, S("foob")), "Zm9vYg==");
	assert_str(base64url_encode(a, S("\xfb\xff\xfe\x01")), "-__-AQ");
	assert_true(base64_decode(a, S("Zm9vYmE="), &back));
	assert_str(back, "fooba");
	assert_true(base64url_decode(a, S("-__-AQ"), &back) && back.n == 4);
	assert_true(base64_decode(a, S(""), &back) && back.n == 0);
	assert_false(
	    base64_decode(a, S("Zm9vYmE"), &back) || base64_decode(a, S("Zm9vYmF="), &back) ||
	    base64_decode(a, S("Zm9v\nYmE="), &back) ||
	    base64_decode(a, S("Zm9vYmE=x"), &back) || base64url_decode(a, S("+__-AQ"), &back));
}

static void
base32_in_both_alphabets(void **state)
{
	struct arena *a = *state;
	str back;

	assert_str(base32_encode(a, BASE32_RFC4648, S("foob")), "MZXW6YQ");
	assert_str(base32_encode(a, BASE32_RFC4648, S("fooba")), "MZXW6YTB");
	assert_str(base32_encode(a, BASE32_CROCKFORD, S("foob")), "csqpyrg");
	assert_true(base32_decode(a, BASE32_CROCKFORD, S("csqpyrg"), &back));
	assert_str(back, "foob");
	assert_false(base32_decode(a, BASE32_CROCKFORD, S("csqpyrl"), &back) ||
		     base32_decode(a, BASE32_CROCKFORD, S("csqpyrh"), &back) ||
		     base32_decode(a, BASE32_RFC4648, S("MZXW6YTBA"), &back));
}

static void
pids_differ_and_seeds_repeat(void **state)
{
	struct arena *a = *state;
	struct random x = random_seeded(2026), y = random_seeded(2026), z = random_seeded(2027);
	str p = random_pid(&x, a);

	assert_true(pid_valid(p) && pid_valid(pid_new(a)));
	assert_false(str_eq(pid_new(a), pid_new(a)));
	assert_true(str_eq(p, random_pid(&y, a)));
	assert_false(str_eq(p, random_pid(&z, a)) || str_eq(p, random_pid(&x, a)));
	assert_false(pid_valid(S("0123456789abcde")) || pid_valid(S("0123456789abcdeu")) ||
		     pid_valid(S("0123456789ABCDEF")));
	int seen[6] = {0};
	for (int i = 0; i < 6000; i++)
		seen[random_below(&x, 6)]++;
	for (int i = 0; i < 6; i++)
		assert_in_range(seen[i], 850, 1150);
}

static void
hashes_match_the_standards(void **state)
{
	struct arena *a = *state;
	struct sha256 h = sha256(S("abc"));
	struct sha256_stream s;

	assert_str(sha256_hex(a, &h),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_init(&s);
	sha256_add(&s, S("a"));
	sha256_add(&s, S("bc"));
	struct sha256 again = sha256_finish(&s);
	assert_memory_equal(h.b, again.b, sizeof(h.b));
	/* RFC 4231 case 2, RFC 2202 case 2 */
	h = hmac_sha256(S("Jefe"), S("what do ya want for nothing?"));
	assert_str(sha256_hex(a, &h),
	    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	struct sha1 one = hmac_sha1(S("Jefe"), S("what do ya want for nothing?"));
	assert_str(hex_encode(a, (str){(char *)one.b, sizeof(one.b)}),
	    "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
	assert_true(same_bytes(S("abc"), S("abc")) && same_bytes(S(""), S("")));
	assert_false(same_bytes(S("abc"), S("abd")) || same_bytes(S("abc"), S("ab")));
}

static void
text_has_one_form(void **state)
{
	struct arena *a = *state;
	str s = S("æ€x\xff");
	uint32_t c;

	assert_str(utf_nfc(a, S("bla\u030ar")), "blår");
	assert_true(str_eq(utf_fold(a, S("ÅSE Straße")), utf_fold(a, S("åse STRASSE"))));
	assert_true(utf_next(&s, &c) && c == 0xe6 && utf_next(&s, &c) && c == 0x20ac);
	assert_true(utf_next(&s, &c) && c == 'x' && utf_next(&s, &c) && c == 0xfffd);
	assert_false(utf_next(&s, &c));
	assert_true(utf_clean(S("to\nlinjer\tmed €")) && !utf_clean_line(S("to\nlinjer")));
	assert_true(utf_clean(S("to\u2028linjer")) && !utf_clean_line(S("to\u2028linjer")));
	assert_true(utf_blank(S("")) && utf_blank(S(" \u200b\u00ad\u3164\u00a0\n")));
	assert_false(utf_blank(S("\u200bé")) || utf_blank(S(".")));
	assert_false(utf_clean(S("a\rb")) || utf_clean(S("a\x1b[0m")) ||
		     utf_clean(S("a\u202eb")) ||
		     utf_clean(S("a\xc2\x85"
				 "b")) ||
		     utf_clean(S("a\uffffb")));
	char out[4];
	assert_true(utf_put(0x20ac, out) == 3 && memcmp(out, "€", 3) == 0);
	assert_str(utf_nfc(a, S("\xc3")), "\xc3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(hex_goes_both_ways),
	    WITH_ARENA(base64_has_one_spelling),
	    WITH_ARENA(base32_in_both_alphabets),
	    WITH_ARENA(pids_differ_and_seeds_repeat),
	    WITH_ARENA(hashes_match_the_standards),
	    WITH_ARENA(text_has_one_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
