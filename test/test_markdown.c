#include "support.h"

#include "web/markdown.h"

#include <stdio.h>
#include <time.h>

static struct html
md(void **state, const char *text)
{
	return markdown_html(*state, str_from_c(text), 3);
}

static bool
holds(str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static void
the_usual_comes_out(void **state)
{
	assert_str(md(state, "*a* **b** ~~c~~ `d`").s,
	    "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n");
	assert_str(md(state, "en\nto").s, "<p>en<br>\nto</p>\n");
	assert_str(md(state, "|a|b|\n|:-:|-:|\n|1|2|\n|3|").s,
	    "<table>\n<thead>\n<tr>\n<th class=\"rt-c\">a</th>\n<th class=\"rt-r\">b</th>\n"
	    "</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"rt-c\">1</td>\n"
	    "<td class=\"rt-r\">2</td>\n</tr>\n<tr>\n<td class=\"rt-c\">3</td>\n"
	    "<td class=\"rt-r\"></td>\n</tr>\n</tbody>\n</table>\n");
	assert_str(md(state, "3. a\n4. b\n\n   c\n").s,
	    "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n<p>c</p>\n</li>\n</ol>\n");
	assert_str(md(state, "> - a\n>   - b\n>\n> ---\n>\n>     <k>\n").s,
	    "<blockquote>\n<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n<hr>\n"
	    "<pre><code>&lt;k&gt;\n</code></pre>\n</blockquote>\n");
	assert_str(md(state, "").s, "");
}

static void
headings_start_where_they_are_told(void **state)
{
	assert_str(md(state, "## a\n### b\n").s, "<h3>a</h3>\n<h4>b</h4>\n");
	assert_str(md(state, "# a\n##### b\n").s, "<h3>a</h3>\n<h6>b</h6>\n");
	assert_str(markdown_html(*state, S("### a"), 2).s, "<h2>a</h2>\n");
}

static void
links_are_https_mail_or_ours(void **state)
{
	static const char *const good[] = {
	    "https://helse.no/a", "mailto:a@b.no", "/rom/saker/1", "#punkt-2"};
	static const char *const bad[] = {"http://x.no", "javascript:alert(1)", "JaVaScRiPt:x",
	    "data:text/html,x", "//x.no", "/\\x.no", "vbscript:x", "java&#115;cript:x",
	    "&#x6a;avascript:x", "x", "../x", "HTTPS://x", "file:///x"};
	char text[200];

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		snprintf(text, sizeof(text), "[navn](%s)", good[i]);
		assert_true(holds(md(state, text).s, "href=\""));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		snprintf(text, sizeof(text), "a [*navn*](<%s> \"t\") b", bad[i]);
		assert_str(md(state, text).s, "<p>a <em>navn</em> b</p>\n");
	}
	assert_str(md(state, "[a](/&#9;/evil.no)").s, "<p>a</p>\n");
	assert_str(md(state, "<javascript:alert>").s, "<p>javascript:alert</p>\n");
	assert_str(md(state, "[a][b]\n\n[b]: javascript:x").s, "<p>a</p>\n");
	assert_str(md(state, "www.x.no https://x.no").s, "<p>www.x.no https://x.no</p>\n");
}

static void
pictures_are_their_text(void **state)
{
	assert_str(md(state, "![alt *b*](https://x.no/a.png)").s, "<p>alt <em>b</em></p>\n");
	assert_str(md(state, "[![alt](/a.png)](/b)").s, "<p><a href=\"/b\">alt</a></p>\n");
	assert_str(md(state, "![a [b](javascript:x)](y)").s, "<p>a b</p>\n");
}

static void
markup_shows_as_written(void **state)
{
	assert_str(
	    md(state, "a <b onclick=x>b</b>").s, "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
	assert_str(md(state, "<script>\nalert(1)\n</script>").s,
	    "<pre>&lt;script&gt;\nalert(1)\n&lt;/script&gt;\n</pre>\n");
	assert_true(holds(md(state, "- <!-- a -->").s, "&lt;!-- a --&gt;"));
}

static void
tasks_are_boxes(void **state)
{
	assert_str(
	    md(state, "- [x] a\n- [ ] b").s, "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n");
}

static void
too_long_is_shown_as_written(void **state)
{
	char *text = arena_array(*state, char, MARKDOWN_MAX_BYTES + 2);

	memset(text, '*', MARKDOWN_MAX_BYTES + 1);
	str s = markdown_html(*state, (str){text, MARKDOWN_MAX_BYTES + 1}, 2).s;
	assert_true(s.n > MARKDOWN_MAX_BYTES && memcmp(s.p, "<pre>**", 7) == 0);
	s = markdown_html(*state, (str){text, MARKDOWN_MAX_BYTES}, 2).s;
	assert_false(holds(s, "<pre>"));
}

/* 200 KB: a, n times; then b again and again. */
static clock_t
time_of(struct arena *a, const char *first, size_t n, const char *then)
{
	struct buf b = buf_new(a, MARKDOWN_MAX_BYTES);

	for (size_t i = 0; i < n; i++)
		buf_put(&b, str_from_c(first));
	while (!b.over)
		buf_put(&b, str_from_c(then));
	clock_t start = clock();
	markdown_html(a, buf_str(&b), 2);
	return clock() - start;
}

static void
no_text_takes_long(void **state)
{
	static const struct {
		const char *first;
		size_t n;
		const char *then;
	} table[] = {
	    /* without the limits these take from 0.5 to 23 s, and more memory than there is */
	    {"", 0, "![[]()"},
	    {"", 0, "a <?"},
	    {"", 0, "a <![CDATA["},
	    {">", 100000, "a\n"},
	    {"\r>", 1, ">"},
	    {"", 0, "a|"},
	    {"|a", 5000, "\n|"},
	    {"![a ", 20000, "](/x)"},
	    /* at the limits */
	    {"![", 500, "[]()"},
	    {"a <?", 500, "a"},
	    {">", 60, "a\n>"},
	    {"- ", 60, "a\n"},
	    {"|a", 199, "\n"},
	    /* what the library takes well */
	    {"", 0, "*_* "},
	    {"", 0, "a~"},
	    {"", 0, "[a][b]"},
	    {"[", 100000, "]"},
	    {"", 0, "www.a_"},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		clock_t t = time_of(*state, table[i].first, table[i].n, table[i].then);
		if (t > CLOCKS_PER_SEC / 2)
			fail_msg("%s, %s takes %ld us", table[i].first, table[i].then, (long)t);
	}
}

static void
limits_are_beyond_what_people_write(void **state)
{
	assert_true(holds(md(state, "> > > > sitat\n\n- - - - - - - - - - - - -").s, "sitat"));
	assert_true(holds(md(state, "> > > > sitat\n\n- - - - - - - - - - - - -").s, "<hr>"));
	struct buf b = buf_new(*state, 1 << 18);
	for (int i = 0; i < 3000; i++)
		buf_put(&b, S("| a | b | c | d | e | f | g | h | i | j |\r\n"));
	assert_false(holds(markdown_html(*state, buf_str(&b), 2).s, "<pre>"));
}

static void
plain_text_is_the_words(void **state)
{
	struct arena *a = *state;

	assert_str(
	    markdown_plain(a, S("# Sak\n\nen *to*\ntre `f` [l](javascript:x)\n\n- a\n- b\n")),
	    "Sak\nen to tre f l\na\nb");
	assert_str(
	    markdown_plain(a, S("|a|b|\n|-|-|\n|1|2|\n\n    kode\n")), "a\nb\n1\n2\nkode");
	assert_str(markdown_plain(a, S("")), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(the_usual_comes_out),
	    WITH_ARENA(headings_start_where_they_are_told),
	    WITH_ARENA(links_are_https_mail_or_ours),
	    WITH_ARENA(pictures_are_their_text),
	    WITH_ARENA(markup_shows_as_written),
	    WITH_ARENA(tasks_are_boxes),
	    WITH_ARENA(too_long_is_shown_as_written),
	    WITH_ARENA(no_text_takes_long),
	    WITH_ARENA(limits_are_beyond_what_people_write),
	    WITH_ARENA(plain_text_is_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
