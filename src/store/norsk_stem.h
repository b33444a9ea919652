/*
 * store/norsk_stem.h - the stem of a Norwegian word: Snowball's, mended where it joins words
 * that search must keep apart. Private to norsk.c and tools/wordgen.
 *
 * Snowball takes -leg and -lov for endings, so that overlege is "over" and kommuneloven is
 * "kommune"; it keeps the double m of medlemmer, and takes the s of ressurs for a genitive.
 */
#ifndef STORE_NORSK_STEM_H
#define STORE_NORSK_STEM_H

#include "base/str.h"

struct sb_stemmer;

enum { NORSK_STEM_MAX = 160 }; /* bytes, more than a word has */

/* word is folded to lower case. The result points to buf. */
str norsk_stem(struct sb_stemmer *s, str word, char buf[NORSK_STEM_MAX]);

#endif
