#include "store/filed_parse.h"

#include <string.h>

#include "base/utf.h"
#include "store/filed.h"

static bool
begins(str s, str with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

static struct err *
damaged(struct arena *a, const char *why)
{
	return err_new(a, ERR_INVALID, "file.damaged", "%s", why);
}

void
filed_text_put(struct filed_text *t, str s)
{
	const char *from = s.p;
	uint32_t c;

	for (str rest = s; utf_next(&rest, &c);) {
		size_t n = (size_t)(rest.p - from);
		bool bad = utf_unwanted(c) || (c == 0xfffd && n != 3);

		if (t->out.n + n > FILED_TEXT_MAX) {
			t->out.over = true;
			return;
		}
		buf_put(&t->out, bad ? S(" ") : (str){from, n});
		from = rest.p;
	}
}

/* --- is it what the ending says --------------------------------------------------------- */

static bool
mime_fits(enum file_kind kind, str mime)
{
	switch (kind) {
	case FILE_PDF:
	case FILE_ODT:
	case FILE_PNG:
	case FILE_JPEG: return str_eq(mime, file_kind_content_type(kind));
	case FILE_DOCX:
	case FILE_XLSX: /* libmagic knows these only if the entries come in Word's order */
		return str_eq(mime, file_kind_content_type(kind)) ||
		       str_eq(mime, S("application/zip"));
	case FILE_TXT:
	case FILE_CSV:
		return begins(mime, S("text/")) || str_eq(mime, S("application/csv")) ||
		       str_eq(mime, S("application/json")) ||
		       str_eq(mime, S("application/x-ndjson")) ||
		       str_eq(mime, S("application/octet-stream")); /* text() looks closer */
	}
	return false;
}

/* --- plain text ------------------------------------------------------------------------- */

/* Windows-1252, what a Norwegian spreadsheet still writes; 0x80-0x9f, 0: not a character. */
static const uint16_t cp1252[32] = {
    0x20ac,
    0,
    0x201a,
    0x0192,
    0x201e,
    0x2026,
    0x2020,
    0x2021,
    0x02c6,
    0x2030,
    0x0160,
    0x2039,
    0x0152,
    0,
    0x017d,
    0,
    0,
    0x2018,
    0x2019,
    0x201c,
    0x201d,
    0x2022,
    0x2013,
    0x2014,
    0x02dc,
    0x2122,
    0x0161,
    0x203a,
    0x0153,
    0,
    0x017e,
    0x0178,
};

static bool
put_cp1252(struct filed_text *t, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char b = (unsigned char)s.p[i];
		uint32_t c = b >= 0x80 && b < 0xa0 ? cp1252[b - 0x80] : b;
		char utf[4];

		if (c == 0 || t->out.n + 4 > FILED_TEXT_MAX) {
			t->out.over = c != 0;
			return c != 0;
		}
		buf_put(&t->out, (str){utf, utf_put(c, utf)});
	}
	return true;
}

static bool
text_controls_only(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
			return false;
	}
	return true;
}

static struct err *
read_plain(struct arena *a, str s, struct filed_text *t)
{
	if (begins(s, S("\xef\xbb\xbf")))
		s = (str){s.p + 3, s.n - 3};
	if (!text_controls_only(s))
		return err_new(
		    a, ERR_INVALID, "file.kind_differs", "control characters in text");
	if (utf8_valid(s))
		filed_text_put(t, s);
	else if (!put_cp1252(t, s))
		return err_new(a, ERR_INVALID, "file.kind_differs", "unknown character set");
	return OK;
}

/* --- pictures: the chain of parts, from the first byte to the last ---------------------- */

static uint32_t
be32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

static bool
fair_size(uint32_t width, uint32_t height)
{
	return width > 0 && height > 0 && width <= 20000 && height <= 20000;
}

enum { RUN_MIN = 8 }; /* shorter: chance, and no identity number */

/* The length of the run of ASCII that begins at s, step bytes a character, with 0 between. */
static size_t
run_of(str s, size_t step)
{
	size_t n = 0;

	while (n * step < s.n && s.p[n * step] >= ' ' && s.p[n * step] <= '~' &&
	       (n == 0 || step == 1 || s.p[n * step - 1] == 0))
		n++;
	return n;
}

/* What can be read in the facts that a camera or a program wrote (EXIF, XMP, IPTC, comments):
 * whatever in them looks like text, in ASCII or in UTF-16. */
static void
put_runs(struct filed_text *t, str s, size_t step)
{
	while (s.n && !t->out.over) {
		size_t n = run_of(s, step);

		for (size_t i = 0; n >= RUN_MIN && i < n; i++)
			filed_text_put(t, (str){s.p + i * step, 1});
		if (n >= RUN_MIN)
			filed_text_put(t, S("\n"));
		size_t past = n >= RUN_MIN || (step == 1 && n) ? (n - 1) * step + 1 : 1;
		s = (str){s.p + past, s.n - past};
	}
}

static void
put_facts(struct filed_text *t, str s)
{
	put_runs(t, s, 1);
	put_runs(t, s, 2);
}

static bool
png_facts(str type)
{
	return str_eq(type, S("tEXt")) || str_eq(type, S("iTXt")) || str_eq(type, S("eXIf"));
}

static struct err *
read_png(struct arena *a, str s, struct filed_text *t)
{
	bool first = true;

	if (!begins(s, S("\x89PNG\r\n\x1a\n")))
		return damaged(a, "no PNG signature");
	s = (str){s.p + 8, s.n - 8};
	while (s.n >= 12) {
		uint32_t n = be32(s.p);
		str type = {s.p + 4, 4};

		if (n > s.n - 12 || first != str_eq(type, S("IHDR")))
			return damaged(a, "bad PNG chunk");
		if (first && (n != 13 || !fair_size(be32(s.p + 8), be32(s.p + 12))))
			return damaged(a, "bad size of PNG");
		if (png_facts(type))
			put_facts(t, (str){s.p + 8, n});
		s = (str){s.p + n + 12, s.n - n - 12};
		if (str_eq(type, S("IEND")))
			return s.n ? damaged(a, "bytes after the PNG") : OK;
		first = false;
	}
	return damaged(a, "PNG without end");
}

static bool
is_frame(unsigned char marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

static bool
frame_ok(const unsigned char *segment, size_t n)
{
	return n >= 8 && fair_size((uint32_t)segment[5] << 8 | segment[6],
			     (uint32_t)segment[3] << 8 | segment[4]);
}

/* EXIF and XMP, IPTC, comment. */
static bool
jpeg_facts(unsigned char marker)
{
	return marker == 0xe1 || marker == 0xed || marker == 0xfe;
}

/* Segments up to the first scan; after it only the end mark is asked for, for cameras put
 * more pictures behind it. */
static struct err *
read_jpeg(struct arena *a, str s, struct filed_text *t)
{
	bool has_frame = false;

	if (!begins(s, S("\xff\xd8")))
		return damaged(a, "no JPEG signature");
	s = (str){s.p + 2, s.n - 2};
	while (s.n >= 4) {
		const unsigned char *u = (const unsigned char *)s.p;
		size_t n = (size_t)u[2] << 8 | u[3];

		if (u[0] != 0xff || n < 2 || n > s.n - 2)
			return damaged(a, "bad JPEG segment");
		if (is_frame(u[1]) && !frame_ok(u + 2, n))
			return damaged(a, "bad size of JPEG");
		if (jpeg_facts(u[1]))
			put_facts(t, (str){s.p + 4, n - 2});
		has_frame |= is_frame(u[1]);
		s = (str){s.p + 2 + n, s.n - 2 - n};
		if (u[1] == 0xda)
			return has_frame && memmem(s.p, s.n, "\xff\xd9", 2)
				   ? OK
				   : damaged(a, "JPEG without end");
	}
	return damaged(a, "JPEG without picture");
}

/* ---------------------------------------------------------------------------------------- */

static struct err *
read_kind(struct arena *a, enum file_kind kind, str bytes, struct filed_text *t)
{
	switch (kind) {
	case FILE_PDF: return filed_parse_pdf(a, bytes, t);
	case FILE_DOCX:
	case FILE_XLSX:
	case FILE_ODT: return filed_parse_office(a, kind, bytes, t);
	case FILE_PNG: return read_png(a, bytes, t);
	case FILE_JPEG: return read_jpeg(a, bytes, t);
	case FILE_TXT:
	case FILE_CSV: return read_plain(a, bytes, t);
	}
	return err_new(a, ERR_INVALID, "file.kind_unknown", "%d", (int)kind);
}

struct err *
filed_parse(struct arena *a, enum file_kind kind, str bytes, str mime, struct filed_text *ret)
{
	struct filed_text t = {.out = buf_new(a, FILED_TEXT_MAX)};
	bool office = kind == FILE_DOCX || kind == FILE_XLSX;

	if (office &&
	    begins(bytes, S("\xd0\xcf\x11\xe0"))) /* how Office wraps what it encrypts */
		return err_new(a, ERR_INVALID, "file.encrypted", "OLE container");
	if (!mime_fits(kind, mime))
		return err_new(a, ERR_INVALID, "file.kind_differs", STR_FMT, STR_ARG(mime));
	TRY(read_kind(a, kind, bytes, &t));
	*ret = t;
	return OK;
}
