/* fuzz/fuzz_form.c - names and values of a form are clean, composed text; cookies are plain. */
#include "base/utf.h"
#include "fuzz.h"
#include "web/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	str in = {(const char *)data, n};
	struct arena a;
	struct form f;

	arena_init(&a, 1ul << 28);
	if (!form_parse(&a, in, &f)) {
		MUST(f.n <= FORM_MAX);
		for (size_t i = 0; i < f.n; i++) {
			MUST(utf8_valid(f.fields[i].name) && utf_clean_line(f.fields[i].name));
			MUST(utf8_valid(f.fields[i].value) && utf_clean(f.fields[i].value));
			MUST(str_eq(utf_nfc(&a, f.fields[i].value), f.fields[i].value));
		}
	}
	str cookie = form_cookie(in, S("s"));
	for (size_t i = 0; i < cookie.n; i++)
		MUST(cookie.p[i] > ' ' && cookie.p[i] < 0x7f);
	arena_finish(&a);
	return 0;
}
