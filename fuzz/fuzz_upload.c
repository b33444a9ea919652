/* fuzz/fuzz_upload.c - the parsers that run in the sandbox, here without it. The first byte
 * says which kind the file claims to be. */
#include "base/utf.h"
#include "fuzz.h"
#include "store/filed.h"
#include "store/filed_parse.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	struct filed_text t;

	if (n < 2)
		return 0;
	enum file_kind kind = (enum file_kind)(data[0] % FILE_CSV + 1);
	str type = file_kind_content_type(kind);
	if (kind == FILE_TXT || kind == FILE_CSV)
		type = S("text/plain");
	arena_init(&a, 1ul << 29);
	if (!filed_parse(&a, kind, (str){(const char *)data + 1, n - 1}, type, &t))
		MUST(t.out.n <= FILED_TEXT_MAX && utf8_valid(buf_str(&t.out)));
	arena_finish(&a);
	return 0;
}
