#include "web/gate.h"

#include <string.h>

#include "base/utf.h"

long
gate_scan(str bytes, size_t *at)
{
	for (size_t i = *at; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c >= ' ')
			continue;
		if (c == 0 || (c == '\n' && (i == 0 || bytes.p[i - 1] != '\r')))
			return -1;
		if (c == '\r' && i + 1 < bytes.n && bytes.p[i + 1] != '\n')
			return -1;
		if (c == '\n' && i >= 3 && bytes.p[i - 2] == '\n')
			return (long)i + 1;
	}
	*at = bytes.n - (bytes.n && bytes.p[bytes.n - 1] == '\r');
	return 0;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool
http_name_eq(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static bool
alnum(char c)
{
	return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

static bool
is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

bool
http_token(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!alnum(s.p[i]) && !is_one_of(s.p[i], "!#$%&'*+-.^_`|~"))
			return false;
	return s.n > 0;
}

/* --- escapes ---------------------------------------------------------------------------- */

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

/* Decodes into out, which has room for s.n bytes. */
static bool
unescape(str s, bool plus, char *out, size_t *ret_n)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%') {
			int hi = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
			int lo = i + 2 < s.n ? hex(s.p[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return false;
			c = (char)(hi << 4 | lo);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[n++] = c;
	}
	*ret_n = n;
	return true;
}

/* Line ends become LF; a lone CR stays, and utf_clean refuses it. */
static str
unix_lines(struct arena *a, str s)
{
	if (!s.n || !memchr(s.p, '\r', s.n))
		return s;
	char *out = arena_array(a, char, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r' || i + 1 == s.n || s.p[i + 1] != '\n')
			out[n++] = s.p[i];
	return (str){out, n};
}

bool
http_clean(struct arena *a, str s, str *ret)
{
	if (!utf8_valid(s))
		return false;
	s = unix_lines(a, s);
	if (!utf_clean(s))
		return false;
	*ret = utf_nfc(a, s);
	return true;
}

bool
http_decode(struct arena *a, str s, bool plus, str *ret)
{
	char *out = arena_array(a, char, s.n + 1);
	size_t n;

	return unescape(s, plus, out, &n) && http_clean(a, (str){out, n}, ret);
}

/* --- the request line ------------------------------------------------------------------- */

static bool
refuse(struct gate_refusal *no, int status, const char *why)
{
	*no = (struct gate_refusal){status, why};
	return false;
}

static bool
read_method(str s, enum http_method *ret, struct gate_refusal *no)
{
	static const struct {
		str name;
		enum http_method method; /* 0: known, and refused */
	} known[] = {
	    {S("GET"), HTTP_GET},
	    {S("HEAD"), HTTP_HEAD},
	    {S("POST"), HTTP_POST},
	    {S("PUT"), HTTP_PUT},
	    {S("PATCH"), HTTP_PATCH},
	    {S("DELETE"), HTTP_DELETE},
	    {S("OPTIONS"), HTTP_OPTIONS},
	    {S("TRACE"), 0},
	    {S("CONNECT"), 0},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (!str_eq(s, known[i].name))
			continue;
		*ret = known[i].method;
		return *ret || refuse(no, 405, "method refused");
	}
	return http_token(s) ? refuse(no, 501, "unknown method")
			     : refuse(no, 400, "bad method");
}

static bool
read_version(str s, bool *ret_is_1_0, struct gate_refusal *no)
{
	*ret_is_1_0 = str_eq(s, S("HTTP/1.0"));
	if (*ret_is_1_0 || str_eq(s, S("HTTP/1.1")))
		return true;
	if (s.n == 8 && memcmp(s.p, "HTTP/", 5) == 0)
		return refuse(no, 505, "other version of HTTP");
	return refuse(no, 400, "bad request line");
}

static bool
path_chars(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!alnum(s.p[i]) && !is_one_of(s.p[i], "/%-._~!$&'()*+,;=:@"))
			return false;
	return true;
}

static bool
query_chars(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || is_one_of(s.p[i], "\"#<>"))
			return false;
	return true;
}

/* An escaped '/' or a backslash would let one path be read as two. */
static bool
hidden_slash(str raw)
{
	for (size_t i = 0; i + 2 < raw.n; i++)
		if (raw.p[i] == '%' && ((raw.p[i + 1] == '2' && lower(raw.p[i + 2]) == 'f') ||
					   (raw.p[i + 1] == '5' && lower(raw.p[i + 2]) == 'c')))
			return true;
	return false;
}

static bool
dot_segment(str path)
{
	str seg, rest = path;

	while (rest.n) {
		if (!str_cut(rest, '/', &seg, &rest)) {
			seg = rest;
			rest.n = 0;
		}
		if (str_eq(seg, S(".")) || str_eq(seg, S("..")))
			return true;
	}
	return false;
}

static bool
read_target(struct arena *a, str s, struct gate_head *h, struct gate_refusal *no)
{
	if (s.n > GATE_TARGET_MAX)
		return refuse(no, 414, "target too long");
	if (s.n == 0 || s.p[0] != '/' || (s.n > 1 && s.p[1] == '/'))
		return refuse(no, 400, "target is not a path");
	if (!str_cut(s, '?', &h->raw_path, &h->query))
		h->raw_path = s;
	if (!path_chars(h->raw_path) || !query_chars(h->query))
		return refuse(no, 400, "character not allowed in target");
	if (hidden_slash(h->raw_path))
		return refuse(no, 400, "escaped slash in path");
	if (!http_decode(a, h->raw_path, false, &h->path))
		return refuse(no, 400, "bad escape or UTF-8 in path");
	if (!utf_clean_line(h->path))
		return refuse(no, 400, "control character in path");
	return !dot_segment(h->path) || refuse(no, 400, "dot segment in path");
}

static bool
read_request_line(struct arena *a, str line, struct gate_head *h, struct gate_refusal *no)
{
	str method, target, version;
	bool is_1_0;

	if (!str_cut(line, ' ', &method, &target) || !str_cut(target, ' ', &target, &version))
		return refuse(no, 400, "bad request line");
	if (!read_method(method, &h->method, no) || !read_version(version, &is_1_0, no))
		return false;
	h->keep_alive = !is_1_0;
	return read_target(a, target, h, no);
}

/* --- header lines ----------------------------------------------------------------------- */

static bool
value_chars(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

/* A header that means one thing, and so may stand once only. */
static bool
single(str name)
{
	static const str names[] = {
	    S("host"),
	    S("content-length"),
	    S("transfer-encoding"),
	    S("content-type"),
	    S("content-encoding"),
	    S("cookie"),
	    S("authorization"),
	    S("origin"),
	    S("expect"),
	    S("sec-fetch-site"),
	    S("if-none-match"),
	    S("x-forwarded-proto"),
	    S("last-event-id"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (http_name_eq(name, names[i]))
			return true;
	return false;
}

static bool
read_header(str line, struct gate_head *h, struct gate_refusal *no)
{
	str name, value;

	if (h->n_headers == GATE_HEADERS_MAX)
		return refuse(no, 431, "too many headers");
	if (!str_cut(line, ':', &name, &value) || !http_token(name))
		return refuse(no, 400, "bad header name");
	if (!value_chars(value))
		return refuse(no, 400, "bad character in header");
	if (gate_header(h, name).p && single(name))
		return refuse(no, 400, "header given twice");
	h->headers[h->n_headers++] = (struct http_header){name, str_trim(value)};
	return true;
}

static bool
take_line(str *rest, str *ret)
{
	const char *lf = memchr(rest->p, '\n', rest->n);

	if (!lf || lf == rest->p)
		return false;
	*ret = (str){rest->p, (size_t)(lf - rest->p) - 1};
	*rest = (str){lf + 1, rest->n - ret->n - 2};
	return true;
}

/* --- what the headers mean together ----------------------------------------------------- */

static bool
host_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!alnum(s.p[i]) && !is_one_of(s.p[i], ".-:[]"))
			return false;
	return s.n > 0 && s.n <= 255;
}

static bool
read_length(str s, int64_t *ret, struct gate_refusal *no)
{
	*ret = -1;
	if (!s.p)
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return refuse(no, 400, "bad Content-Length");
	if (s.n == 0)
		return refuse(no, 400, "bad Content-Length");
	return (s.n <= 18 && str_to_i64(s, ret)) || refuse(no, 413, "Content-Length too large");
}

static bool
read_coding(struct gate_head *h, struct gate_refusal *no)
{
	str te = gate_header(h, S("transfer-encoding")),
	    ce = gate_header(h, S("content-encoding"));

	if (ce.p && !http_name_eq(ce, S("identity")))
		return refuse(no, 415, "encoded body");
	if (!te.p)
		return true;
	if (h->content_length >= 0)
		return refuse(no, 400, "Content-Length and Transfer-Encoding");
	if (!h->keep_alive || !http_name_eq(te, S("chunked")))
		return refuse(no, 400, "bad Transfer-Encoding");
	return refuse(
	    no, 411, "chunked body"); /* a length tells what may be read before it is */
}

/* HTTP/1.0 gets one request to a connection, whatever it asks for. */
static bool
read_connection(struct gate_head *h, struct gate_refusal *no)
{
	str expect = gate_header(h, S("expect")), one;
	str rest = gate_header(h, S("connection"));

	while (rest.n) {
		if (!str_cut(rest, ',', &one, &rest)) {
			one = rest;
			rest.n = 0;
		}
		if (http_name_eq(str_trim(one), S("close")))
			h->keep_alive = false;
	}
	h->expect_continue = http_name_eq(expect, S("100-continue"));
	return !expect.n || h->expect_continue || refuse(no, 417, "unknown Expect");
}

bool
gate_head(struct arena *a, str head, struct gate_head *ret, struct gate_refusal *no)
{
	struct gate_head h = {.headers = arena_array(a, struct http_header, GATE_HEADERS_MAX)};
	str line;

	if (head.n >= 2 && memcmp(head.p, "\r\n", 2) == 0) /* RFC 9112 2.2 allows one */
		head = (str){head.p + 2, head.n - 2};
	if (!take_line(&head, &line))
		return refuse(no, 400, "no request line");
	if (!read_request_line(a, line, &h, no))
		return false;
	while (take_line(&head, &line) && line.n)
		if (!read_header(line, &h, no))
			return false;
	h.host = gate_header(&h, S("host"));
	if (!host_ok(h.host))
		return refuse(no, 400, "no Host, or a bad one");
	if (!read_length(gate_header(&h, S("content-length")), &h.content_length, no) ||
	    !read_coding(&h, no) || !read_connection(&h, no))
		return false;
	*ret = h;
	return true;
}

str
gate_header(const struct gate_head *h, str name)
{
	for (size_t i = 0; i < h->n_headers; i++)
		if (http_name_eq(h->headers[i].name, name))
			return h->headers[i].value;
	return (str){0};
}
