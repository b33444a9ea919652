/* fuzz/fuzz_journal.c - what others may hand us of a record: entries, notes, keys, content,
 * checkpoints. What is accepted is written again to the same bytes. */
#include "fuzz.h"
#include "store/content.h"
#include "store/entry.h"
#include "store/note.h"

static void
entries(struct arena *a, str s)
{
	struct record_reader r = {0};
	struct entry e;
	str text, again;

	while (entry_cut(s, &text, &s)) {
		if (entry_parse(a, text, &e) == OK)
			MUST(entry_format(a, &e, &again) == OK && str_eq(again, text));
		if (record_next(&r, a, text, &e))
			break;
	}
}

static void
notes(struct arena *a, str s)
{
	struct note_key key = {.name = S("o"), .type = NOTE_ED25519};
	struct checkpoint c;
	str body, lines;

	if (note_split(a, s, &body, &lines) == OK) {
		MUST(str_eq(note_join(a, body, lines), s));
		MUST(note_check(a, s, &key, &body, NULL) != OK); /* nobody has that key */
	}
	if (checkpoint_parse(a, s, &c) == OK)
		MUST(str_eq(checkpoint_body(a, &c), s));
	if (note_key_parse(a, s, &key) == OK)
		MUST(str_eq(note_key_text(a, &key), s));
}

static void
contents(struct arena *a, str s)
{
	struct buf again = buf_new(a, s.n + 1);
	str name, bytes, rest = s;

	while (content_next(&rest, &name, &bytes))
		content_put(&again, 0, str_to_c(a, name), bytes);
	if (!memchr(s.p, 0, s.n)) /* a name is a C string in content_put */
		MUST(str_eq(buf_str(&again), (str){s.p, s.n - rest.n}));
	content_pk_text(a, s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = {0};
	str s = {(const char *)data, n};

	if (!n)
		return 0;
	arena_init(&a, 1ul << 28);
	entries(&a, s);
	notes(&a, s);
	contents(&a, s);
	arena_finish(&a);
	return 0;
}
