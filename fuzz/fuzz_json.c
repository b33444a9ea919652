/* fuzz/fuzz_json.c - a JSON body gives a clean form or a refusal. */
#include "base/utf.h"
#include "fuzz.h"
#include "web/json_in.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	struct form f;

	arena_init(&a, 1ul << 28);
	if (!json_in(&a, (str){(const char *)data, n}, &f)) {
		MUST(f.n <= FORM_MAX);
		for (size_t i = 0; i < f.n; i++) {
			MUST(f.fields[i].name.n && utf_clean_line(f.fields[i].name));
			MUST(utf8_valid(f.fields[i].value) && utf_clean(f.fields[i].value));
		}
	}
	arena_finish(&a);
	return 0;
}
