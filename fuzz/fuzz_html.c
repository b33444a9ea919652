/* fuzz/fuzz_html.c - whatever the text, what comes out has no markup and no other address. */
#include "fuzz.h"
#include "web/html.h"

static void
check_text(struct arena *a, str in)
{
	struct buf out = buf_new(a, 1 << 20);

	html_put_str(&out, in);
	for (size_t i = 0; i < out.n; i++)
		MUST(!out.p[i] || !strchr("<>\"'", out.p[i]));
	MUST(!utf8_valid(in) || utf8_valid(buf_str(&out)));
	MUST(str_eq(html_text_str(a, in).s, buf_str(&out)));
}

static void
check_url(struct arena *a, str in)
{
	struct url u = url_path(a, S("/rom"), "/x/%", in);

	MUST(u.s.n >= 7 && memcmp(u.s.p, "/rom/x/", 7) == 0);
	u = url_fragment(a, url_with(a, u, "q", in), in);
	for (size_t i = 7; i < u.s.n; i++)
		MUST(u.s.p[i] > ' ' && u.s.p[i] < 0x7f && !strchr("/<>\"'\\&+", u.s.p[i]));
}

/* The text as the translation and as its arguments: bounded, and no read past the ends. */
static void
check_format(struct arena *a, str in)
{
	struct text escaped = html_text_str(a, in);
	const struct text args[] = {escaped, html_text_d(a, (long)in.n), {S("z")}};

	if (in.n < 1000)
		MUST(html_text_format(a, escaped, args, 3).s.n <= 600 * 1000 * 2500ul);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	str in = {(const char *)data, n};

	if (n > 4096)
		return 0;
	arena_init(&a, 1ul << 31);
	check_text(&a, in);
	check_url(&a, in);
	check_format(&a, in);
	arena_finish(&a);
	return 0;
}
