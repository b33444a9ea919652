/*
 * core/document.h - the case document (saksframlegg) of a matter: its sections, who may write
 * them, what it must hold, and what a version commits to.
 *
 * Pure. The template follows KHSP-99 with the three perspectives of OST-52; the perspectives
 * of the two sides are written by those sides, everything else by either.
 *
 * Ownership  str fields point into the arena of whoever filled them.
 * Errors     none
 */
#ifndef CORE_DOCUMENT_H
#define CORE_DOCUMENT_H

#include "core/actor.h"

enum section_kind { /* stored as these numbers: never renumber */
	SECTION_BACKGROUND = 1,
	SECTION_MUNICIPAL = 2, /* how the municipalities see it */
	SECTION_TRUST = 3,     /* how the hospital sees it */
	SECTION_PATIENT = 4,   /* how patients and their families see it */
	SECTION_PROFESSIONAL = 5,
	SECTION_ECONOMIC = 6,
	SECTION_ADMINISTRATIVE = 7,
	SECTION_PROPOSAL = 8, /* the draft decision */
};
#define SECTION_N      8
#define SECTION_BIT(k) (1u << (k))
#define SECTIONS_LIT                                                   \
	(SECTION_BIT(SECTION_MUNICIPAL) | SECTION_BIT(SECTION_TRUST) | \
	    SECTION_BIT(SECTION_PATIENT))

/* Stable snake_case keys; NULL and -1 for what is none. */
const char *section_key(int64_t kind);

/* Whose section it is; SIDE_NONE: anybody's who writes the document. */
enum side section_side(int64_t kind);
bool section_may_write(int64_t kind, int64_t writer_side);

/* Whether there are words in it, and not only blanks and marks. */
bool section_is_filled(str text);

/* What must be filled before the quality gate, as SECTION_BIT()s: background, proposal, the
 * consequences that triage found (mask of enum matter_consequence), and the perspectives the
 * charter asks for (set of 1u << enum charter_perspective). */
unsigned section_needed(int64_t consequence, unsigned perspectives);

struct section_text {
	int64_t kind;
	str text;
};

struct attached { /* as a version commits to it */
	str pid, sha256;
};

/* Hex SHA-256 of what is signed: title, sections that are not empty, attachments. Both lists
 * in a fixed order: by kind, and as they came. */
str document_hash(struct arena *a, str title, const struct section_text *sections,
    size_t n_sections, const struct attached *files, size_t n_files);

#endif
