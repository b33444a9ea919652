#include "web/html.h"

#include <string.h>

static str
reference(char c)
{
	switch (c) {
	case '&': return S("&amp;");
	case '<': return S("&lt;");
	case '>': return S("&gt;");
	case '"': return S("&quot;");
	case '\'': return S("&#39;");
	default: return S("");
	}
}

/* How many bytes from the start stand for themselves. */
static size_t
plain_length(str s)
{
	static const bool is_special[256] = {
	    ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
	size_t n = 0;

	while (n < s.n && !is_special[(unsigned char)s.p[n]])
		n++;
	return n;
}

void
html_put_str(struct buf *out, str s)
{
	size_t from = 0;

	if (s.n == 0)
		return;
	for (size_t i; (i = from + plain_length((str){s.p + from, s.n - from})) < s.n;) {
		buf_put(out, (str){s.p + from, i - from});
		buf_put(out, reference(s.p[i]));
		from = i + 1;
	}
	if (s.n > from)
		buf_put(out, (str){s.p + from, s.n - from});
}

void
html_put_c(struct buf *out, const char *s)
{
	html_put_str(out, str_from_c(s));
}

void
html_put_uint(struct buf *out, unsigned long long n)
{
	char digits[24];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	buf_put(out, (str){digits + at, sizeof(digits) - at});
}

void
html_put_int(struct buf *out, long long n)
{
	if (n < 0)
		buf_put(out, S("-"));
	html_put_uint(out, n < 0 ? -(unsigned long long)n : (unsigned long long)n);
}

void
html_put_text(struct buf *out, struct text t)
{
	buf_put(out, t.s);
}

void
html_put_html(struct buf *out, struct html h)
{
	buf_put(out, h.s);
}

void
html_put_url(struct buf *out, struct url u)
{
	html_put_str(out, u.s);
}

void
html_put_optional(struct buf *out, str name, struct text value)
{
	if (value.s.n == 0)
		return;
	buf_put(out, name);
	buf_put(out, S("=\""));
	buf_put(out, value.s);
	buf_put(out, S("\""));
}

void
html_put_optional_url(struct buf *out, str name, struct url value)
{
	if (value.s.n == 0)
		return;
	buf_put(out, name);
	buf_put(out, S("=\""));
	html_put_url(out, value);
	buf_put(out, S("\""));
}

struct text
html_text_str(struct arena *a, str s)
{
	if (plain_length(s) == s.n)
		return (struct text){s};
	struct buf b = buf_new(a, s.n * sizeof("&quot;"));
	html_put_str(&b, s);
	return (struct text){buf_str(&b)};
}

struct text
html_text_c(struct arena *a, const char *s)
{
	return html_text_str(a, str_from_c(s));
}

struct text
html_text_int(struct arena *a, long long n)
{
	struct buf b = buf_new(a, 32);

	html_put_int(&b, n);
	return (struct text){buf_str(&b)};
}

struct text
html_text_integer(struct arena *a, struct integer n)
{
	return html_text_int(a, n.n);
}

struct text
html_text_text(struct arena *a, struct text t)
{
	(void)a;
	return t;
}

struct html
html_html_str(struct arena *a, str s)
{
	return (struct html){html_text_str(a, s).s};
}

struct html
html_html_c(struct arena *a, const char *s)
{
	return (struct html){html_text_c(a, s).s};
}

struct html
html_html_text(struct arena *a, struct text t)
{
	(void)a;
	return (struct html){t.s};
}

struct html
html_html_html(struct arena *a, struct html h)
{
	(void)a;
	return h;
}

/* Reads what follows a %: "s", "2$s" or "%". The number of the argument, from 0, or -1 for a
 * percent sign; *i is left after it. */
static int
conversion(str f, size_t *i, int *next)
{
	int number = 0;
	size_t at = *i;

	if (at < f.n && f.p[at] == '%') {
		*i = at + 1;
		return -1;
	}
	while (at < f.n && f.p[at] >= '0' && f.p[at] <= '9' && number < 100)
		number = number * 10 + f.p[at++] - '0';
	*i = at < f.n && f.p[at] == '$' ? at + 2 : at + 1;
	return number ? number - 1 : (*next)++;
}

static void
format(struct buf *out, str f, const str *args, size_t n)
{
	int next = 0;
	size_t from = 0, i = 0;

	while (i < f.n) {
		if (f.p[i] != '%') {
			i++;
			continue;
		}
		buf_put(out, (str){f.p + from, i - from});
		i++;
		int k = conversion(f, &i, &next);
		if (k < 0)
			buf_put(out, S("%"));
		else if ((size_t)k < n)
			buf_put(out, args[k]);
		from = i < f.n ? i : f.n;
	}
	buf_put(out, (str){f.p + from, f.n - from});
}

void
html_put_format(struct buf *out, struct text fmt, const struct html *args, size_t n)
{
	_Static_assert(
	    sizeof(struct html) == sizeof(str), "an array of one is one of the other");
	format(out, fmt.s, &args->s, n);
}

struct text
html_text_format(struct arena *a, struct text fmt, const struct text *args, size_t n)
{
	size_t max = fmt.s.n;

	_Static_assert(
	    sizeof(struct text) == sizeof(str), "an array of one is one of the other");
	for (size_t i = 0; i < n; i++)
		max += args[i].s.n * (fmt.s.n / 2);
	struct buf b = buf_new(a, max);
	format(&b, fmt.s, &args->s, n);
	return (struct text){buf_str(&b)};
}
