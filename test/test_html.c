#include "support.h"

#include "tr.h"
#include "web/static.h"
#include "web/view.h"

#define NBSP "\xc2\xa0"

static void
text_comes_out_escaped(void **state)
{
	struct buf b = buf_new(*state, 1000);
	const char *c = "'";

	html_put(&b, S("<a href=\"x\">&"));
	html_put(&b, c);
	html_put(&b, (struct html){S("<b>")});
	html_put(&b, (struct text){S("&amp;")});
	assert_str(buf_str(&b), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;<b>&amp;");
}

static void
integers_of_every_size(void **state)
{
	struct buf b = buf_new(*state, 1000);

	html_put(&b, 0);
	html_put(&b, INT64_MIN);
	html_put(&b, UINT64_MAX);
	html_put_attr(&b, -7);
	assert_str(buf_str(&b), "0-922337203685477580818446744073709551615-7");
}

static void
optional_attributes(void **state)
{
	struct buf b = buf_new(*state, 1000);

	html_put_optional(&b, S("title"), html_text_s(*state, ""));
	html_put_optional_url(&b, S("href"), (struct url){S("")});
	assert_str(buf_str(&b), "");
	html_put_optional(&b, S("title"), html_text_s(*state, S("\"&")));
	html_put_optional_url(&b, S("href"), (struct url){S("/a?b&c")});
	assert_str(buf_str(&b), "title=\"&quot;&amp;\"href=\"/a?b&amp;c\"");
}

static void
formats_take_arguments_in_any_order(void **state)
{
	struct arena *a = *state;
	struct text fmt = {S("%2$s: 100 %% %1$s%3$s")};
	const struct text args[] = {
	    html_text_s(a, "<"), html_text_d(a, 12), html_text_s(a, S("z"))};

	assert_str(html_text_format(a, fmt, args, 3).s, "12: 100 % &lt;z");
	fmt.s = S("%s %d");
	assert_str(html_text_format(a, fmt, args, 2).s, "&lt; 12");
	fmt.s = S("%s%s%s%s%9$s%");
	assert_str(html_text_format(a, fmt, args, 3).s, "&lt;12z");
}

static void
urls_encode_by_type(void **state)
{
	struct arena *a = *state;
	const struct url plain = url_path(a, S("/rom"), "/saker");
	const struct url two = url_path(a, S(""), "/s/%/v/%", S("a/../å?\"<"), (int64_t)-3);

	assert_str(plain.s, "/rom/saker");
	assert_str(two.s, "/s/a%2F..%2F%C3%A5%3F%22%3C/v/-3");
	assert_str(url_with(a, plain, "q", S("a&b=c d")).s, "/rom/saker?q=a%26b%3Dc%20d");
	assert_str(
	    url_with(a, url_with(a, plain, "side", 2), "q", "x").s, "/rom/saker?side=2&q=x");
	assert_str(url_with(a, plain, "q", "").s, "/rom/saker");
	assert_str(url_fragment(a, plain, S("k 1")).s, "/rom/saker#k%201");
	assert_str(url_mailto(a, S("a?cc=b@x.no")).s, "mailto:a%3Fcc%3Db@x.no");
}

static void
numbers_by_language(void **state)
{
	struct view nb = view_new(*state, LANG_NB, S(""), NOW_AT, 100);
	struct view en = view_new(*state, LANG_EN, S(""), NOW_AT, 100);

	assert_str(view_number(&nb, 1234567).s, "1" NBSP "234" NBSP "567");
	assert_str(view_number(&en, 1000).s, "1,000");
	assert_str(view_number(&nb, 999).s, "999");
	assert_str(view_number(&nb, -1).s, "\xe2\x88\x92"
					   "1");
	assert_str(view_percent(&nb, 1, 3).s, "33" NBSP "%");
	assert_str(view_percent(&en, 2, 3).s, "67%");
	assert_str(view_percent(&en, 0, 0).s, "\xe2\x80\x93");
	assert_str(view_bytes(&nb, 999).s, "999" NBSP "B");
	assert_str(view_bytes(&nb, 1536).s, "1,5" NBSP "kB");
	assert_str(view_bytes(&nb, 25 * 1000 * 1000).s, "25" NBSP "MB");
}

static void
texts_fall_back(void **state)
{
	(void)state;
	assert_string_equal(tr(LANG_NN, "ikkje der"), "ikkje der");
	assert_string_equal(trn(LANG_EN, "%d ting", "%d tinger", 1), "%d ting");
	assert_string_equal(tr_error(LANG_NN, "no.such"), tr_error(LANG_NN, "internal"));
	assert_true(strstr(tr_error(LANG_NN, "internal"), "Noko") != NULL);
}

static void
static_files_have_urls_by_content(void **state)
{
	bool never_changes = false;

	(void)state;
	for (size_t i = 0; i < n_static_files; i++) {
		const struct static_file *f = &static_files[i];
		assert_true(url_static(f->name).s.p == f->url);
		assert_ptr_equal(static_find(str_from_c(f->url), &never_changes), f);
		assert_true(never_changes);
		assert_true(f->n > 0 && f->etag[0] == '"' && f->etag[33] == '"');
	}
	assert_non_null(static_find(S("/static/htmx.min.js"), &never_changes));
	assert_false(never_changes);
	assert_null(static_find(S("/static/htmx"), &never_changes));
	assert_null(static_find(S("/static/../htmx.min.js"), &never_changes));
	assert_null(static_find(S("/static/"), &never_changes));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(text_comes_out_escaped),
	    WITH_ARENA(integers_of_every_size),
	    WITH_ARENA(optional_attributes),
	    WITH_ARENA(formats_take_arguments_in_any_order),
	    WITH_ARENA(urls_encode_by_type),
	    WITH_ARENA(numbers_by_language),
	    WITH_ARENA(texts_fall_back),
	    WITH_ARENA(static_files_have_urls_by_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
