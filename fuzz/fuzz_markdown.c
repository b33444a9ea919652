/* fuzz/fuzz_markdown.c - only known tags and attributes, only allowed links, valid UTF-8. */
#include "fuzz.h"
#include "web/markdown.h"

static bool
is_one_of(str s, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(s, str_from_c(*list)))
			return true;
	return false;
}

static str
word(str s)
{
	size_t n = 0;

	while (
	    n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || (s.p[n] >= '0' && s.p[n] <= '9')))
		n++;
	return (str){s.p, n};
}

static str
after(str s, size_t n)
{
	MUST(n <= s.n);
	return (str){s.p + n, s.n - n};
}

static bool
starts(str s, const char *with)
{
	return s.n >= strlen(with) && memcmp(s.p, with, strlen(with)) == 0;
}

static bool
is_allowed(str url)
{
	if (starts(url, "/"))
		return url.n < 2 || (url.p[1] != '/' && url.p[1] != '\\');
	return starts(url, "#") || starts(url, "https://") || starts(url, "mailto:");
}

/* s is after the name of a tag; returns what is after its >. */
static str
check_attributes(str s)
{
	static const char *const known[] = {"href", "title", "class", "start", NULL};

	while (!starts(s, ">") && !starts(s, " />")) {
		MUST(starts(s, " "));
		str name = word(after(s, 1));
		MUST(is_one_of(name, known));
		s = after(s, 1 + name.n);
		MUST(starts(s, "=\""));
		s = after(s, 2);
		const char *end = s.n ? memchr(s.p, '"', s.n) : NULL;
		MUST(end);
		str value = {s.p, (size_t)(end - s.p)};
		MUST(!memchr(value.p, '<', value.n + 1));
		MUST(!str_eq(name, S("href")) || is_allowed(value));
		s = after(s, value.n + 1);
	}
	return after(s, starts(s, ">") ? 1 : 3);
}

static void
check_markup(str s)
{
	static const char *const known[] = {"p", "em", "strong", "del", "code", "pre", "h2",
	    "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br", "a", "table",
	    "thead", "tbody", "tr", "th", "td", NULL};

	while (s.n) {
		MUST(*s.p != '>' && *s.p != '"');
		if (*s.p != '<') {
			s = after(s, 1);
			continue;
		}
		s = after(s, starts(s, "</") ? 2 : 1);
		str tag = word(s);
		MUST(is_one_of(tag, known));
		s = check_attributes(after(s, tag.n));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	str in = {(const char *)data, n};

	arena_init(&a, 1ul << 28);
	str html = markdown_html(&a, in, 2).s;
	check_markup(html);
	MUST(utf8_valid(html) || !utf8_valid(in));
	str plain = markdown_plain(&a, in);
	MUST(utf8_valid(plain) || !utf8_valid(in));
	arena_finish(&a);
	return 0;
}
