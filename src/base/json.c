#include "base/json.h"

#include "base/clock.h"

#include <inttypes.h>

struct json
json_new(struct buf *b)
{
	return (struct json){.b = b};
}

static void
put_quoted(struct buf *b, str s)
{
	size_t from = 0;

	buf_put(b, S("\""));
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, (str){s.p + from, i - from});
		if (c == '\n')
			buf_put(b, S("\\n"));
		else if (c < 0x20)
			buf_printf(b, "\\u%04x", c);
		else
			buf_printf(b, "\\%c", c);
		from = i + 1;
	}
	if (s.n)
		buf_put(b, (str){s.p + from, s.n - from});
	buf_put(b, S("\""));
}

static void
lead(struct json *j, const char *name)
{
	if (j->comma)
		buf_put(j->b, S(","));
	j->comma = true;
	if (name) {
		put_quoted(j->b, str_from_c(name));
		buf_put(j->b, S(":"));
	}
}

void
json_open(struct json *j, const char *name, char bracket)
{
	lead(j, name);
	buf_put(j->b, (str){&bracket, 1});
	j->comma = false;
}

void
json_close(struct json *j, char bracket)
{
	buf_put(j->b, (str){&bracket, 1});
	j->comma = true;
}

void
json_str(struct json *j, const char *name, str v)
{
	lead(j, name);
	put_quoted(j->b, v);
}

void
json_c(struct json *j, const char *name, const char *v)
{
	if (v)
		json_str(j, name, str_from_c(v));
	else
		json_null(j, name);
}

void
json_int(struct json *j, const char *name, int64_t v)
{
	lead(j, name);
	buf_printf(j->b, "%" PRId64, v);
}

void
json_bool(struct json *j, const char *name, bool v)
{
	lead(j, name);
	buf_put(j->b, v ? S("true") : S("false"));
}

void
json_null(struct json *j, const char *name)
{
	lead(j, name);
	buf_put(j->b, S("null"));
}

void
json_at(struct json *j, const char *name, int64_t at)
{
	if (at)
		json_str(j, name, clock_rfc3339(j->b->a, at));
	else
		json_null(j, name);
}
