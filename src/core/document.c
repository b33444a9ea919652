#include "core/document.h"

#include "base/sha.h"
#include "core/charter.h"
#include "core/machine.h"

#include <ctype.h>

static const char *const keys[] = {NULL, "background", "municipal", "trust", "patient",
    "professional", "economic", "administrative", "proposal"};
_Static_assert(sizeof(keys) / sizeof(char *) == SECTION_N + 1, "a key each");

const char *
section_key(int64_t kind)
{
	return KEY_AT(keys, kind);
}

enum side
section_side(int64_t kind)
{
	switch (kind) {
	case SECTION_MUNICIPAL: return SIDE_MUNICIPAL;
	case SECTION_TRUST: return SIDE_TRUST;
	default: return SIDE_NONE;
	}
}

bool
section_may_write(int64_t kind, int64_t writer_side)
{
	enum side whose = section_side(kind);

	return kind >= 1 && kind <= SECTION_N &&
	       (whose == SIDE_NONE || (int64_t)whose == writer_side);
}

/* A letter or a digit; every byte above 0x7f is taken for part of one. */
bool
section_is_filled(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (isalnum((unsigned char)text.p[i]) || (unsigned char)text.p[i] > 0x7f)
			return true;
	return false;
}

unsigned
section_needed(int64_t consequence, unsigned perspectives)
{
	static const struct {
		unsigned if_bit, section;
	} of_consequence[] =
	    {
		{CONSEQUENCE_PROFESSIONAL, SECTION_PROFESSIONAL},
		{CONSEQUENCE_ECONOMIC, SECTION_ECONOMIC},
		{CONSEQUENCE_ADMINISTRATIVE, SECTION_ADMINISTRATIVE},
	    },
	  of_perspective[] = {
	      {1u << PERSPECTIVE_MUNICIPALITY, SECTION_MUNICIPAL},
	      {1u << PERSPECTIVE_TRUST, SECTION_TRUST},
	      {1u << PERSPECTIVE_PATIENT, SECTION_PATIENT},
	  };
	unsigned needed = SECTION_BIT(SECTION_BACKGROUND) | SECTION_BIT(SECTION_PROPOSAL);

	for (int i = 0; i < 3; i++) {
		if ((unsigned)consequence & of_consequence[i].if_bit)
			needed |= SECTION_BIT(of_consequence[i].section);
		if (perspectives & of_perspective[i].if_bit)
			needed |= SECTION_BIT(of_perspective[i].section);
	}
	return needed;
}

/* Each part with its length before it, so that no two documents run into the same bytes. */
static void
add_part(struct sha256_stream *s, struct arena *a, const char *what, str text)
{
	sha256_add(s, str_from_c(arena_printf(a, "%s %zu\n", what, text.n)));
	sha256_add(s, text);
	sha256_add(s, S("\n"));
}

str
document_hash(struct arena *a, str title, const struct section_text *sections,
    size_t n_sections, const struct attached *files, size_t n_files)
{
	struct sha256_stream s;

	sha256_init(&s);
	add_part(&s, a, "title", title);
	for (size_t i = 0; i < n_sections; i++)
		if (sections[i].text.n)
			add_part(&s, a, section_key(sections[i].kind), sections[i].text);
	for (size_t i = 0; i < n_files; i++) {
		add_part(&s, a, "attachment", files[i].pid);
		add_part(&s, a, "sha256", files[i].sha256);
	}
	struct sha256 hash = sha256_finish(&s);
	return sha256_hex(a, &hash);
}
