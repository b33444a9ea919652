#include "web/url.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum { URL_MAX_BYTES = 16 * 1024 };

static bool
is_unreserved(unsigned char c)
{
	return c < 0x80 && (isalnum(c) || (c && strchr("-._~", c)));
}

/* RFC 3986 unreserved characters stay; all else, a slash too, becomes %XX. */
static void
put_encoded(struct buf *b, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t from = 0;

	if (s.n == 0)
		return;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_unreserved(c))
			continue;
		buf_put(b, (str){s.p + from, i - from});
		buf_put(b, (str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
		from = i + 1;
	}
	buf_put(b, (str){s.p + from, s.n - from});
}

static void
put_arg(struct buf *b, struct url_arg arg)
{
	if (arg.is_number)
		buf_printf(b, "%" PRId64, arg.n);
	else
		put_encoded(b, arg.s);
}

struct url
url_path_(struct arena *a, str base, const char *fmt, const struct url_arg *args, size_t n)
{
	struct buf b = buf_new(a, URL_MAX_BYTES);
	size_t i = 0;

	assert(*fmt == '/' && fmt[1] != '/');
	buf_put(&b, base);
	for (const char *p = fmt; *p; p++) {
		size_t plain = strcspn(p, "%");
		buf_put(&b, (str){p, plain});
		p += plain;
		if (!*p)
			break;
		assert(i < n);
		put_arg(&b, args[i++]);
	}
	assert(i == n);
	return (struct url){buf_str(&b)};
}

struct url
url_with_(struct arena *a, struct url u, const char *name, struct url_arg value)
{
	struct buf b = buf_new(a, URL_MAX_BYTES);

	if (!value.is_number && value.s.n == 0)
		return u;
	buf_put(&b, u.s);
	buf_put(&b, u.s.n && memchr(u.s.p, '?', u.s.n) ? S("&") : S("?"));
	put_encoded(&b, str_from_c(name));
	buf_put(&b, S("="));
	put_arg(&b, value);
	return (struct url){buf_str(&b)};
}

struct url
url_fragment(struct arena *a, struct url u, str name)
{
	struct buf b = buf_new(a, URL_MAX_BYTES);

	buf_put(&b, u.s);
	buf_put(&b, S("#"));
	put_encoded(&b, name);
	return (struct url){buf_str(&b)};
}

struct url
url_mailto(struct arena *a, str address)
{
	struct buf b = buf_new(a, URL_MAX_BYTES);
	str user, host;

	buf_put(&b, S("mailto:"));
	if (str_cut(address, '@', &user, &host)) {
		put_encoded(&b, user);
		buf_put(&b, S("@"));
		address = host;
	}
	put_encoded(&b, address);
	return (struct url){buf_str(&b)};
}
