/*
 * base/idread.h - text as base/idscan.c sees it: digits and what stands between them.
 *
 * Private to the scanner. No allocation; each symbol tells which bytes of the original it
 * came from.
 */
#ifndef BASE_IDREAD_H
#define BASE_IDREAD_H

#include "base/str.h"

enum idread_mode { /* which notation is undone in this pass */
	IDREAD_PLAIN,
	IDREAD_TAGS, /* tags and where links lead out, entities decoded */
	IDREAD_PERCENT,
	IDREAD_QUOTED,      /* quoted-printable */
	IDREAD_QUOTED_TAGS, /* both, as in HTML mail */
};

enum idread_sym {
	ID_END,
	ID_DIGIT,
	ID_SMALL, /* a superscript, subscript or circled digit */
	ID_SPACE,
	ID_NEWLINE,
	ID_MARK, /* - . / and their like */
	ID_TAG,
	ID_NOTHING, /* invisible */
	ID_OTHER,
};

struct idread {
	str s;
	enum idread_mode mode;
	size_t at;       /* next byte */
	size_t next_gt;  /* no > before this byte: keeps the search for it linear */
	size_t from, to; /* bytes of the last symbol */
	int digit;       /* value of the last ID_DIGIT or ID_SMALL */
};

struct idread idread_new(str s, enum idread_mode mode);
enum idread_sym idread_next(struct idread *r);

/* Skips bytes that can only be ID_OTHER. */
void idread_skip(struct idread *r);

/* Whether the text holds anything that a pass in this mode would read otherwise. */
bool idread_applies(str s, enum idread_mode mode);

#endif
