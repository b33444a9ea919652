/*
 * store/norsk_words.h - the words that compounds are made of, as tables that tools/wordgen
 * makes from norsk_words.txt. Private to norsk.c.
 */
#ifndef STORE_NORSK_WORDS_H
#define STORE_NORSK_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct norsk_word {
	const char *base, *stem;
	const char *other; /* the stem of the bokmål form, where this is another; or NULL */
	unsigned char chars;
	bool compound; /* made of other words in the list, each of four letters or more */
};

extern const struct norsk_word norsk_words[];
/* Open addressing by FNV-1a; an entry is a position in norsk_words plus one, 0 is empty. */
enum { NORSK_SLOTS = 1 << 13 };
extern const uint16_t norsk_by_base[NORSK_SLOTS], norsk_by_stem[NORSK_SLOTS];

#define NORSK_CODE "norsk-1" /* count up when norsk.c finds other tokens than before */
extern const char norsk_words_version[]; /* NORSK_CODE and a hash of the list */

#define NORSK_FNV_START 2166136261u

static inline uint32_t
norsk_fnv(uint32_t hash, unsigned char byte)
{
	return (hash ^ byte) * 16777619u;
}

#endif
