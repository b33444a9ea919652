/*
 * base/utf.h - Unicode: normal form, case folding, and what has no business in a text.
 *
 * Input should be valid UTF-8 (utf8_valid); text that is not comes back as it was. Results
 * live in the arena.
 */
#ifndef BASE_UTF_H
#define BASE_UTF_H

#include "base/str.h"

/* Takes the first code point off s. False at the end. A malformed byte comes out as U+FFFD,
 * one byte at a time, so any bytes can be walked. */
bool utf_next(str *s, uint32_t *ret_c);

/* Writes c as UTF-8 and returns the number of bytes, 1-4. */
size_t utf_put(uint32_t c, char ret[4]);

str utf_nfc(struct arena *a, str s);  /* composed: one spelling of å */
str utf_fold(struct arena *a, str s); /* composed and case folded, to compare names */

/* Control characters but line feed and tab, noncharacters, and the marks that turn the
 * direction of writing: none of them belongs in what people write. */
bool utf_unwanted(uint32_t c);
bool utf_clean(str s);      /* no unwanted code point; text of many lines */
bool utf_clean_line(str s); /* the same, and no tab nor anything that ends a line */
bool utf_blank(str s);      /* nothing in it can be seen */

#endif
