/* fuzz/fuzz_multipart.c - in one piece or in many, the parts or the refusal are the same. The
 * first byte says how long the pieces are. */
#include "base/utf.h"
#include "fuzz.h"
#include "web/multipart.h"

static struct err *
read_body(struct arena *a, str body, size_t piece, struct multipart *ret)
{
	const struct multipart_limits limits = {.parts = 8, .text_total = 1000, .file = 1000};
	struct multipart_reader *r = multipart_reader_new(a, S("B"), &limits);

	for (size_t at = 0; at < body.n; at += piece)
		TRY(multipart_feed(
		    r, (str){body.p + at, body.n - at < piece ? body.n - at : piece}));
	return multipart_end(r, ret);
}

static void
check_part(const struct multipart_part *p, const struct multipart_part *q)
{
	MUST(p->name.n && utf8_valid(p->name) && utf_clean_line(p->name));
	MUST(utf8_valid(p->text) && utf_clean(p->text));
	MUST(utf8_valid(p->filename) && utf_clean_line(p->filename));
	MUST(!p->filename.n || !memchr(p->filename.p, '/', p->filename.n));
	MUST(str_eq(p->name, q->name) && str_eq(p->text, q->text) && p->n == q->n);
	MUST(memcmp(p->sha256, q->sha256, sizeof(p->sha256)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	struct multipart one, many;
	str boundary;

	if (n < 1)
		return 0;
	str body = {(const char *)data + 1, n - 1};
	arena_init(&a, 1ul << 28);
	struct err *e = read_body(&a, body, n, &one);
	struct err *f = read_body(&a, body, (size_t)data[0] + 1, &many);
	MUST(!e == !f);
	if (!e) {
		MUST(one.n == many.n && one.n <= 8);
		for (size_t i = 0; i < one.n; i++)
			check_part(&one.parts[i], &many.parts[i]);
	}
	if (!multipart_boundary(&a, body, &boundary))
		MUST(boundary.n > 0 && boundary.n <= 70);
	arena_finish(&a);
	return 0;
}
