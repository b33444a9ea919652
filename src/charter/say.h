/*
 * charter/say.h - what a charter lays down, as sentences for people.
 *
 * Each says one part of one body, and nothing where the charter is silent: an empty text. The
 * sentences have no full stop, so that they stand in a table or in a list as well.
 *
 * Ownership  The texts live in the arena given.
 * Errors     None.
 */
#ifndef CHARTER_SAY_H
#define CHARTER_SAY_H

#include "base/lang.h"
#include "core/charter.h"

struct say {
	struct arena *a;
	const struct charter *c;
	enum lang lang;
};

str say_kind(const struct say *s, const struct charter_body *b);
/* "12 fra kommunene, 12 fra helseforetaket, 2 fra brukerne" */
str say_seats(const struct say *s, const struct charter_body *b);
str say_term(const struct say *s, const struct charter_body *b);
str say_chair(const struct say *s, const struct charter_body *b);
/* "minst 2 møter i året" */
str say_cadence(const struct say *s, const struct charter_body *b);
/* "vedtar: retning for samarbeidet; anbefaler: ..." */
str say_authority(const struct say *s, const struct charter_body *b);
str say_decision(const struct say *s, const struct charter_body *b);
str say_agenda(const struct say *s, const struct charter_body *b);
str say_reports_to(const struct say *s, const struct charter_body *b);

#endif
