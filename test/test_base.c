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

static void
a_buffer_grows_where_it_stands_or_moves(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 1 << 16), other = buf_new(a, 1 << 16);
	char want[6000];

	for (size_t n = 0; n < sizeof(want); n++) {
		want[n] = (char)('a' + n % 26);
		if (n % 7)
			buf_put(&b, (str){&want[n], 1});
		else
			buf_printf(&b, "%c", want[n]);
		if (n % 1000 < 500) /* something comes in between, or nothing */
			buf_put(&other, S("x"));
	}
	assert_int_equal(b.n, sizeof(want));
	assert_memory_equal(b.p, want, sizeof(want));
	assert_int_equal(other.n, 3000);
	for (size_t i = 0; i < other.n; i++)
		assert_int_equal(other.p[i], 'x');
}

static void
only_the_last_thing_can_grow(void **state)
{
	struct arena *a = *state;
	char *first = arena_array(a, char, 100), *last = arena_array(a, char, 100);
	size_t used = a->used;

	assert_false(arena_extend(a, first, 100, 1));
	assert_false(arena_extend(a, last, 99, 1));
	assert_false(arena_extend(a, last, 100, 1 << 20));
	assert_int_equal(a->used, used);
	if (!arena_extend(a, last, 100, 50))
		return; /* a build where each thing has a block of its own */
	assert_int_equal(a->used, used + 50);
	char *next = arena_array(a, char, 1);
	assert_ptr_equal(next, last + 150);
	for (int i = 0; i < 150; i++)
		assert_int_equal(last[i], 0);
}

static void
printing_has_no_length_of_its_own(void **state)
{
	struct arena *a = *state;

	for (int n = 250; n < 260; n++) {
		struct buf b = buf_new(a, 1000);
		const char *s = arena_printf(a, "%0*d", n, 7);
		assert_int_equal(strlen(s), n);
		assert_int_equal(s[n - 1], '7');
		buf_printf(&b, "%0*d", n - 130, 7);
		buf_printf(&b, "%0*d", n, 8);
		assert_int_equal(b.n, 2 * n - 130);
		assert_int_equal(b.p[b.n - 1], '8');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(a_buffer_grows_where_it_stands_or_moves),
	    WITH_ARENA(only_the_last_thing_can_grow),
	    WITH_ARENA(printing_has_no_length_of_its_own),
	    WITH_ARENA(strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
