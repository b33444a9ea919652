#include "store/norsk_stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

static bool
ends_with(str s, str end)
{
	return s.n >= end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0;
}

/* s without an ending of a noun that leaves it ending in stem; empty if there is none. */
static str
noun_before_ending(str s, str stem)
{
	static const char *const endings[] = {"", "e", "en", "er", "ene", "a", "ar", "ane", "s",
	    "es", "ens", "ers", "enes", "ane", "as"};

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		str ending = str_from_c(endings[i]);
		str noun = {s.p, s.n - ending.n};
		if (ends_with(s, ending) && s.n > ending.n && ends_with(noun, stem))
			return noun;
	}
	return S("");
}

/* Physicians of all kinds; but not adjectives in -lege. */
static bool
is_doctor(str noun)
{
	static const char *const kinds[] = {"over", "fast", "kommune", "allmenn", "tann",
	    "turnus", "sykehus", "sjukehus", "primær", "bedrifts", "vakt", "barne", "skole",
	    "skule", "spesialist", "hjems", "heims", "distrikts", "fylkes", "avtale", "vikar",
	    "akutt"};
	str before = {noun.p, noun.n - strlen("leg")};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (ends_with(before, str_from_c(kinds[i])))
			return true;
	return false;
}

/* Words whose own s is no genitive: ressurs, ressurser. */
static bool
ends_in_own_s(str word)
{
	static const char *const ends[] = {"kurs", "ressurs", "finans", "instans", "puls"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (ends_with(word, str_from_c(ends[i])))
			return true;
	return false;
}

static str
snowball(struct sb_stemmer *s, str word)
{
	const sb_symbol *p = sb_stemmer_stem(s, (const sb_symbol *)word.p, (int)word.n);

	if (!p)
		abort(); /* out of memory, as in arena.c */
	return (str){(const char *)p, (size_t)sb_stemmer_length(s)};
}

str
norsk_stem(struct sb_stemmer *s, str word, char buf[NORSK_STEM_MAX])
{
	str doctor = noun_before_ending(word, S("leg")),
	    law = noun_before_ending(word, S("lov"));
	str stem;

	if (doctor.n > 3 && is_doctor(doctor))
		stem = doctor;
	else if (law.n > 5)
		stem = law;
	else if (ends_in_own_s(word))
		stem = word;
	else
		stem = snowball(s, word);
	if (ends_with(stem, S("mm")))
		stem.n--;
	if (stem.n > NORSK_STEM_MAX)
		stem.n = NORSK_STEM_MAX;
	memcpy(buf, stem.p, stem.n);
	return (str){buf, stem.n};
}
