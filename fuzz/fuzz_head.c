/* fuzz/fuzz_head.c - what passes the gate keeps its promises, and reads the same again. */
#include "base/utf.h"
#include "fuzz.h"
#include "web/gate.h"

static void
check_path(str path)
{
	str seg, rest = path;

	MUST(path.n && path.p[0] == '/' && utf8_valid(path) && utf_clean_line(path));
	while (str_cut(rest, '/', &seg, &rest))
		MUST(!str_eq(seg, S(".")) && !str_eq(seg, S("..")));
	MUST(!str_eq(rest, S(".")) && !str_eq(rest, S("..")));
	MUST(path.n < 2 || path.p[1] != '/');
}

static void
check_headers(const struct gate_head *h)
{
	int hosts = 0, lengths = 0;

	MUST(h->n_headers <= GATE_HEADERS_MAX);
	for (size_t i = 0; i < h->n_headers; i++) {
		MUST(http_token(h->headers[i].name));
		hosts += http_name_eq(h->headers[i].name, S("host"));
		lengths += http_name_eq(h->headers[i].name, S("content-length"));
		MUST(!http_name_eq(h->headers[i].name, S("transfer-encoding")));
		for (size_t k = 0; k < h->headers[i].value.n; k++) {
			char c = h->headers[i].value.p[k];

			MUST(c != '\r' && c != '\n' && c != 0);
		}
	}
	MUST(hosts == 1 && lengths <= 1 && (lengths == 1) == (h->content_length >= 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	str in = {(const char *)data, n};
	struct gate_refusal no = {0};
	struct gate_head h;
	struct arena a;
	size_t at = 0, slow_at = 0;
	long end = gate_scan(in, &at), slow = 0;

	for (size_t k = 1; k <= n && slow == 0; k++) /* a byte at a time comes to the same */
		slow = gate_scan((str){in.p, k}, &slow_at);
	MUST(slow == end || (end == -1 && slow > 0) || (slow == -1 && end == 0));
	arena_init(&a, 1ul << 26);
	if (end > 0)
		in.n = (size_t)end;
	if (gate_head(&a, in, &h, &no)) {
		check_headers(&h);
		check_path(h.path);
	} else {
		MUST(no.status >= 400 && no.status < 600 && no.why);
	}
	arena_finish(&a);
	return 0;
}
