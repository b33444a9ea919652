#include "support.h"

static void
strings(void **state)
{
	struct arena *arena = *state;
	int64_t v = 0;
	str a, b;

	assert_true(str_to_i64(S("-9223372036854775808"), &v) && v == INT64_MIN);
	assert_false(str_to_i64(S("9223372036854775808"), &v));
	assert_false(
	    str_to_i64(S(""), &v) || str_to_i64(S("-"), &v) || str_to_i64(S("1x"), &v));
	assert_str(str_trim(S("  å b\t\n")), "å b");
	assert_true(str_cut(S("a=b=c"), '=', &a, &b));
	assert_str(a, "a");
	assert_str(b, "b=c");
	assert_true(utf8_valid(S("blåbær €")) && utf8_length(S("blåbær €")) == 8);
	assert_false(utf8_valid(S("\xc0\xaf")) || utf8_valid(S("\xed\xa0\x80")) ||
		     utf8_valid(S("\xf4\x90\x80\x80")));
	struct buf out = buf_new(arena, 10);
	buf_put(&out, S("12345678"));
	assert_false(out.over);
	buf_put(&out, S("9ab"));
	assert_true(out.over && out.n == 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
