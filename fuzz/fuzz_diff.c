/* fuzz/fuzz_diff.c - the spans make up both texts. The input is cut at its first NUL. */
#include "base/diff.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	str was, is;
	struct diff_span *spans;
	size_t n_spans;

	if (!n || !str_cut((str){(const char *)data, n}, 0, &was, &is))
		return 0;
	arena_init(&a, 1ul << 28);
	struct buf old = buf_new(&a, n), new = buf_new(&a, n);
	diff_words(&a, was, is, &spans, &n_spans);
	for (size_t i = 0; i < n_spans; i++) {
		if (spans[i].kind != DIFF_INSERT)
			buf_put(&old, spans[i].text);
		if (spans[i].kind != DIFF_DELETE)
			buf_put(&new, spans[i].text);
	}
	MUST(str_eq(buf_str(&old), was) && str_eq(buf_str(&new), is));
	arena_finish(&a);
	return 0;
}
