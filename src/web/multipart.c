#include "web/multipart.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sha.h"
#include "base/utf.h"
#include "web/gate.h"

enum {
	BOUNDARY_MAX = 70, /* RFC 2046 */
	HEAD_MAX = 4096,   /* of one part */
	HEADERS_MAX = 10,
	NAME_MAX_BYTES = 100,
	WINDOW = 32 * 1024,
	PARTS_MAX = 200,
	TEXT_MAX = 1 << 20,
	FILE_MAX = 50 << 20,
};

enum state { AT_START = 1, AFTER_BOUNDARY, IN_HEAD, IN_DATA, AT_END };

struct multipart_reader {
	struct arena *a;
	struct multipart_limits limits;
	enum state state;
	str delimiter; /* CR LF -- boundary */
	char window[WINDOW];
	size_t n;
	struct multipart_part *parts;
	size_t n_parts;
	size_t text_total;
	struct buf text;
	struct sha256_stream sha;
};

static struct err *
malformed(struct arena *a, const char *why)
{
	return err_new(a, ERR_INVALID, "multipart.malformed", "%s", why);
}

/* --- parameters of a header ------------------------------------------------------------- */

static void
skip_blanks(str *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\t'))
		*s = (str){s->p + 1, s->n - 1};
}

static bool
take_char(str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = (str){s->p + 1, s->n - 1};
	return true;
}

static str
take_token(str *s)
{
	size_t n = 0;

	while (n < s->n && http_token((str){s->p + n, 1}))
		n++;
	str token = {s->p, n};
	*s = (str){s->p + n, s->n - n};
	return token;
}

/* After the opening quote. Of the escapes in use: \" and \\ (curl) and %22 (browsers); any
 * other backslash is itself, for old clients send whole Windows paths. */
static bool
take_quoted(struct arena *a, str *s, str *ret)
{
	char *out = arena_array(a, char, s->n + 1);
	size_t n = 0;

	while (s->n && s->p[0] != '"') {
		size_t used = 1;
		char c = s->p[0];

		if (c == '\\' && s->n > 1 && (s->p[1] == '"' || s->p[1] == '\\')) {
			c = s->p[1];
			used = 2;
		} else if (s->n >= 3 && memcmp(s->p, "%22", 3) == 0) {
			c = '"';
			used = 3;
		}
		out[n++] = c;
		*s = (str){s->p + used, s->n - used};
	}
	*ret = (str){out, n};
	return take_char(s, '"');
}

/* Takes "; name=value". *ret_more is false at the end. */
static bool
take_param(struct arena *a, str *s, bool *ret_more, str *ret_name, str *ret_value)
{
	skip_blanks(s);
	*ret_more = s->n > 0;
	if (!*ret_more)
		return true;
	if (!take_char(s, ';'))
		return false;
	skip_blanks(s);
	*ret_name = take_token(s);
	if (!ret_name->n || !take_char(s, '='))
		return false;
	if (take_char(s, '"'))
		return take_quoted(a, s, ret_value);
	*ret_value = take_token(s);
	return ret_value->n > 0;
}

static bool
boundary_ok(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool letter = http_token((str){s.p + i, 1}) && !strchr("!#$%&*^`|~", s.p[i]);

		if (!s.p[i] || (!letter && !strchr("(),/:=? ", s.p[i])))
			return false;
	}
	return s.n > 0 && s.n <= BOUNDARY_MAX && s.p[s.n - 1] != ' ';
}

struct err *
multipart_boundary(struct arena *a, str content_type, str *ret)
{
	str type, rest, name, value, found = {0};
	bool more = true;

	if (!str_cut(content_type, ';', &type, &rest))
		return err_new(a, ERR_INVALID, "multipart.bad_boundary", "none");
	rest = (str){rest.p - 1, rest.n + 1};
	while (more) {
		if (!take_param(a, &rest, &more, &name, &value))
			return err_new(
			    a, ERR_INVALID, "multipart.bad_boundary", "bad parameter");
		if (!more || !http_name_eq(name, S("boundary")))
			continue;
		if (found.p)
			return err_new(a, ERR_INVALID, "multipart.bad_boundary", "two");
		found = value;
	}
	if (!boundary_ok(found))
		return err_new(
		    a, ERR_INVALID, "multipart.bad_boundary", "not as RFC 2046 has it");
	*ret = found;
	return OK;
}

/* --- the head of a part ----------------------------------------------------------------- */

static str
last_component(str s)
{
	size_t from = s.n;

	while (from > 0 && s.p[from - 1] != '/' && s.p[from - 1] != '\\')
		from--;
	return str_trim((str){s.p + from, s.n - from});
}

static bool
clean_line(struct arena *a, str s, size_t max, str *ret)
{
	return s.n <= max && http_clean(a, s, ret) && utf_clean_line(*ret);
}

/* filename*=UTF-8''...: not for forms (RFC 7578 4.2), but some clients send it. */
static bool
decode_extended(struct arena *a, str s, str *ret)
{
	str charset, lang;

	return str_cut(s, '\'', &charset, &s) && str_cut(s, '\'', &lang, &s) &&
	       http_name_eq(charset, S("utf-8")) && http_decode(a, s, false, ret);
}

struct disposition {
	str name, filename, extended;
	bool has_name, has_filename, has_extended;
};

static bool
set_once(bool *has, str *to, str value)
{
	if (*has)
		return false;
	*has = true;
	*to = value;
	return true;
}

static bool
read_disposition(struct arena *a, str s, struct disposition *d)
{
	bool more = true;
	str name, value;

	if (!http_name_eq(take_token(&s), S("form-data")))
		return false;
	while (more) {
		if (!take_param(a, &s, &more, &name, &value))
			return false;
		if (!more)
			break;
		if (http_name_eq(name, S("name")) && !set_once(&d->has_name, &d->name, value))
			return false;
		if (http_name_eq(name, S("filename")) &&
		    !set_once(&d->has_filename, &d->filename, value))
			return false;
		if (http_name_eq(name, S("filename*")) &&
		    !set_once(&d->has_extended, &d->extended, value))
			return false;
	}
	return d->has_name;
}

static struct err *
apply_disposition(struct multipart_reader *r, str value, struct multipart_part *p)
{
	struct disposition d = {0};

	if (!read_disposition(r->a, value, &d))
		return malformed(r->a, "bad Content-Disposition");
	p->is_file = d.has_filename || d.has_extended;
	if (!d.name.n || !clean_line(r->a, d.name, NAME_MAX_BYTES, &p->name))
		return err_new(r->a, ERR_INVALID, "multipart.bad_text", "name of a part");
	if (d.has_extended && !decode_extended(r->a, d.extended, &d.filename))
		return err_new(r->a, ERR_INVALID, "multipart.bad_text", "extended file name");
	p->filename = d.filename.n ? last_component(d.filename) : S("");
	if (!clean_line(r->a, p->filename, 255, &p->filename) || str_eq(p->filename, S(".")) ||
	    str_eq(p->filename, S("..")))
		return err_new(r->a, ERR_INVALID, "multipart.bad_text", "file name");
	return OK;
}

static bool
plain_coding(str s)
{
	return http_name_eq(s, S("binary")) || http_name_eq(s, S("8bit")) ||
	       http_name_eq(s, S("7bit"));
}

static struct err *
read_part_header(struct multipart_reader *r, str line, struct multipart_part *p)
{
	str name, value;

	if (!str_cut(line, ':', &name, &value) || !http_token(name))
		return malformed(r->a, "bad header of a part");
	value = str_trim(value);
	if (http_name_eq(name, S("content-disposition"))) {
		if (p->name.p)
			return malformed(r->a, "two Content-Disposition");
		return apply_disposition(r, value, p);
	}
	if (http_name_eq(name, S("content-type")))
		return clean_line(r->a, value, 255, &p->content_type)
			   ? OK
			   : malformed(r->a, "bad Content-Type of a part");
	if (http_name_eq(name, S("content-transfer-encoding")) && !plain_coding(value))
		return malformed(r->a, "encoded part");
	return OK;
}

static struct err *
read_part_head(struct multipart_reader *r, str head, struct multipart_part *p)
{
	int n = 0;

	while (head.n) {
		const char *end = memmem(head.p, head.n, "\r\n", 2);
		str line = {head.p, end ? (size_t)(end - head.p) : head.n};

		if (memchr(line.p, '\n', line.n) || memchr(line.p, 0, line.n) ||
		    memchr(line.p, '\r', line.n) || ++n > HEADERS_MAX)
			return malformed(r->a, "bad head of a part");
		TRY(read_part_header(r, str_copy(r->a, line), p));
		head = end ? (str){end + 2, head.n - line.n - 2} : (str){0};
	}
	return p->name.p ? OK : malformed(r->a, "no Content-Disposition");
}

/* --- data ------------------------------------------------------------------------------- */

static void
close_fd(void *arg)
{
	const int *fd = arg;

	close(*fd);
}

static struct err *
open_file(struct multipart_reader *r, struct multipart_part *p)
{
	const char *dir = r->limits.tmp_dir ? r->limits.tmp_dir : "/tmp";
	int *fd = arena_new(r->a, int);

	*fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (*fd < 0) { /* a file system without unnamed files */
		char *name = arena_printf(r->a, "%s/upload-XXXXXX", dir);

		*fd = mkostemp(name, O_CLOEXEC);
		if (*fd >= 0)
			unlink(name);
	}
	if (*fd < 0)
		return err_new(r->a, ERR_INTERNAL, "multipart.no_room", "%s: %m", dir);
	arena_defer(r->a, close_fd, fd);
	p->fd = *fd;
	sha256_init(&r->sha);
	return OK;
}

static struct err *
begin_part(struct multipart_reader *r, str head)
{
	struct multipart_part p = {.fd = -1};

	if (r->n_parts == r->limits.parts)
		return err_new(r->a, ERR_INVALID, "multipart.too_many", "%zu", r->n_parts);
	TRY(read_part_head(r, head, &p));
	if (p.is_file && p.filename.n)
		TRY(open_file(r, &p));
	r->text = buf_new(r->a, r->limits.text_total);
	r->parts[r->n_parts++] = p;
	return OK;
}

static struct err *
write_file(struct multipart_reader *r, struct multipart_part *p, str data)
{
	if (p->n + (int64_t)data.n > r->limits.file)
		return err_new(
		    r->a, ERR_INVALID, "multipart.too_large", STR_FMT, STR_ARG(p->name));
	sha256_add(&r->sha, data);
	p->n += (int64_t)data.n;
	while (data.n) {
		ssize_t n = write(p->fd, data.p, data.n);

		if (n <= 0)
			return err_new(r->a, ERR_INTERNAL, "multipart.no_room", "write: %m");
		data = (str){data.p + n, data.n - (size_t)n};
	}
	return OK;
}

static struct err *
part_data(struct multipart_reader *r, str data)
{
	struct multipart_part *p = &r->parts[r->n_parts - 1];

	if (!data.n)
		return OK;
	if (p->fd >= 0)
		return write_file(r, p, data);
	if (p->is_file)
		return malformed(r->a, "a file without a name");
	r->text_total += data.n;
	if (r->text_total > r->limits.text_total)
		return err_new(r->a, ERR_INVALID, "multipart.too_large", "fields");
	buf_put(&r->text, data);
	return OK;
}

static struct err *
end_part(struct multipart_reader *r)
{
	struct multipart_part *p = &r->parts[r->n_parts - 1];

	if (p->fd >= 0) {
		struct sha256 hash = sha256_finish(&r->sha);

		memcpy(p->sha256, hash.b, sizeof(p->sha256));
		lseek(p->fd, 0, SEEK_SET);
	} else if (!http_clean(r->a, buf_str(&r->text), &p->text)) {
		return err_new(
		    r->a, ERR_INVALID, "multipart.bad_text", STR_FMT, STR_ARG(p->name));
	}
	return OK;
}

/* --- the stream ------------------------------------------------------------------------- */

struct multipart_reader *
multipart_reader_new(struct arena *a, str boundary, const struct multipart_limits *limits)
{
	struct multipart_reader *r = arena_new(a, struct multipart_reader);
	const struct multipart_limits *l = limits;

	r->a = a;
	r->state = AT_START;
	r->limits = (struct multipart_limits){
	    .parts = l->parts ? l->parts : PARTS_MAX,
	    .text_total = l->text_total ? l->text_total : TEXT_MAX,
	    .file = l->file ? l->file : FILE_MAX,
	    .tmp_dir = l->tmp_dir,
	};
	r->delimiter = str_from_c(arena_printf(a, "\r\n--" STR_FMT, STR_ARG(boundary)));
	r->parts = arena_array(a, struct multipart_part, r->limits.parts);
	return r;
}

/* Each step uses up the front of *in, or leaves it for when there is more. */

static struct err *
step_start(struct multipart_reader *r, str *in)
{
	str dash = {r->delimiter.p + 2, r->delimiter.n - 2};

	if (in->n < dash.n)
		return OK;
	if (memcmp(in->p, dash.p, dash.n) != 0)
		return malformed(r->a, "does not begin with the boundary");
	*in = (str){in->p + dash.n, in->n - dash.n};
	r->state = AFTER_BOUNDARY;
	return OK;
}

static struct err *
step_after(struct multipart_reader *r, str *in)
{
	if (in->n < 2)
		return OK;
	if (memcmp(in->p, "\r\n", 2) == 0)
		r->state = IN_HEAD;
	else if (memcmp(in->p, "--", 2) == 0)
		r->state = AT_END;
	else
		return malformed(r->a, "bytes after a boundary");
	*in = (str){in->p + 2, in->n - 2};
	return OK;
}

static struct err *
step_head(struct multipart_reader *r, str *in)
{
	const char *end = memmem(in->p, in->n, "\r\n\r\n", 4);
	size_t n = end ? (size_t)(end - in->p) : in->n;

	if (n > HEAD_MAX)
		return malformed(r->a, "head of a part too long");
	if (!end)
		return OK;
	TRY(begin_part(r, (str){in->p, n}));
	*in = (str){end + 4, in->n - n - 4};
	r->state = IN_DATA;
	return OK;
}

static struct err *
step_data(struct multipart_reader *r, str *in)
{
	const char *end = memmem(in->p, in->n, r->delimiter.p, r->delimiter.n);
	size_t keep = r->delimiter.n - 1;
	size_t n = end ? (size_t)(end - in->p) : in->n > keep ? in->n - keep : 0;

	TRY(part_data(r, (str){in->p, n}));
	*in = (str){in->p + n, in->n - n};
	if (!end)
		return OK;
	*in = (str){in->p + r->delimiter.n, in->n - r->delimiter.n};
	r->state = AFTER_BOUNDARY;
	return end_part(r);
}

static struct err *
step_end(struct multipart_reader *r, str *in)
{
	if (in->n > 2 || memcmp(in->p, "\r\n", in->n) != 0)
		return malformed(r->a, "bytes after the end");
	return OK;
}

static struct err *
step(struct multipart_reader *r, str *in)
{
	switch (r->state) {
	case AT_START: return step_start(r, in);
	case AFTER_BOUNDARY: return step_after(r, in);
	case IN_HEAD: return step_head(r, in);
	case IN_DATA: return step_data(r, in);
	case AT_END: return step_end(r, in);
	}
	return OK;
}

/* Goes on until nothing changes; what is left moves to the front of the window. */
static struct err *
use_window(struct multipart_reader *r)
{
	str in = {r->window, r->n};
	enum state state;
	size_t n;

	do {
		state = r->state;
		n = in.n;
		TRY(step(r, &in));
	} while (in.n && (in.n != n || r->state != state));
	memmove(r->window, in.p, in.n);
	r->n = in.n;
	return OK;
}

struct err *
multipart_feed(struct multipart_reader *r, str bytes)
{
	while (bytes.n) {
		size_t room = WINDOW - r->n, n = bytes.n < room ? bytes.n : room;

		memcpy(r->window + r->n, bytes.p, n);
		r->n += n;
		bytes = (str){bytes.p + n, bytes.n - n};
		TRY(use_window(r));
	}
	return OK;
}

struct err *
multipart_end(struct multipart_reader *r, struct multipart *ret)
{
	if (r->state != AT_END)
		return malformed(r->a, "ends before its last boundary");
	*ret = (struct multipart){r->parts, r->n_parts};
	return OK;
}
