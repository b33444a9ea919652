#include "support.h"

#include "base/diff.h"
#include "web/diff.h"

static void
words_that_came_and_went(void **state)
{
	static const struct {
		const char *was, *is, *html;
	} table[] = {
	    {"", "", ""},
	    {"likt", "likt", "likt"},
	    {"", "ny", "<ins>ny</ins>"},
	    {"borte", "", "<del>borte</del>"},
	    {"en to tre", "en fire tre", "en <del>to</del><ins>fire</ins> tre"},
	    {"en to tre fem", "en fire seks fem",
		"en <del>to tre</del><ins>fire seks</ins> fem"},
	    {"innen 3 dager.", "innen 10 dager!",
		"innen <del>3</del><ins>10</ins> dager<del>.</del><ins>!</ins>"},
	    {"blåbær", "blåbærene", "<del>blåbær</del><ins>blåbærene</ins>"},
	    {"a\nb", "a\n<c>\nb", "a<br>\n<ins>&lt;c&gt;<br>\n</ins>b"},
	    {"a b c", "c a b", "<ins>c </ins>a b<del> c</del>"},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_str(
		    diff_html(*state, str_from_c(table[i].was), str_from_c(table[i].is)).s,
		    table[i].html);
}

/* Both texts again from the spans. */
static void
check_whole(struct arena *a, str was, str is, size_t *ret_equal)
{
	struct diff_span *spans;
	size_t n, equal = 0;
	struct buf old = buf_new(a, was.n + 1), new = buf_new(a, is.n + 1);

	diff_words(a, was, is, &spans, &n);
	for (size_t i = 0; i < n; i++) {
		assert_true(spans[i].text.n > 0);
		if (spans[i].kind != DIFF_INSERT)
			buf_put(&old, spans[i].text);
		if (spans[i].kind != DIFF_DELETE)
			buf_put(&new, spans[i].text);
		if (spans[i].kind == DIFF_EQUAL)
			equal += spans[i].text.n;
	}
	assert_true(str_eq(buf_str(&old), was) && str_eq(buf_str(&new), is));
	*ret_equal = equal;
}

static uint32_t
next_random(uint32_t *seed)
{
	return *seed = *seed * 1664525 + 1013904223, *seed >> 16;
}

static void
spans_make_up_both_texts(void **state)
{
	static const char letters[] = "ab .\n";
	char was[64], is[64];
	uint32_t seed = 7;
	size_t equal;

	for (int round = 0; round < 3000; round++) {
		size_t n = next_random(&seed) % 40, m = next_random(&seed) % 40;
		for (size_t i = 0; i < n; i++)
			was[i] = letters[next_random(&seed) % 5];
		for (size_t i = 0; i < m; i++)
			is[i] = letters[next_random(&seed) % 5];
		check_whole(*state, (str){was, n}, (str){is, m}, &equal);
	}
}

/* 3000 lines; in every step-th three words are others. */
static str
long_text(struct arena *a, int step, const char *word)
{
	struct buf b = buf_new(a, 1 << 20);

	for (int i = 0; i < 3000; i++) {
		const char *w = i % step ? "likt" : word;
		buf_printf(&b, "linje %d %s om %s og %s\n", i, w, w, w);
	}
	return buf_str(&b);
}

static void
much_is_compared_by_line_and_more_as_wholes(void **state)
{
	size_t equal, lines;
	str was = long_text(*state, 30, "en"), is = long_text(*state, 30, "to");

	check_whole(*state, was, is, &equal); /* 600 changes of words */
	assert_int_equal(equal, was.n - 3 * 2 * 100);
	was = long_text(*state, 10, "en");
	is = long_text(*state, 10, "to");
	check_whole(*state, was, is, &lines); /* 1 800 of words, 600 of lines */
	assert_in_range(lines, was.n * 9 / 10, was.n * 19 / 20);
	was = long_text(*state, 4, "en");
	is = long_text(*state, 4, "to");
	check_whole(*state, was, is, &equal); /* 1 500 of lines */
	assert_true(equal < 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(words_that_came_and_went),
	    WITH_ARENA(spans_make_up_both_texts),
	    WITH_ARENA(much_is_compared_by_line_and_more_as_wholes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
