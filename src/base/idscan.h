/*
 * base/idscan.h - finds national identity numbers in text.
 *
 * Nothing that identifies a patient belongs in the product, so every text that enters is
 * scanned: fields, titles, file names, the search box, addresses, file contents.
 *
 * Reading  Digits of any script count; invisible characters and the marks of Markdown do not;
 *          no-break spaces are spaces. Text is also read with tags and links taken out, and
 *          with entities, percent signs and quoted-printable decoded once, and across a line
 *          break.
 * Forms    11 digits that adjoin no other digit; 6+5, 2-2-2-5 and 2-2-2-3-2 parted by a space
 *          - . / or a line break; an account number dddd.dd.ddddd.
 * Result   Where, how serious and what kind; never the number. Do not log the text either.
 * Limits   Pictures are not read. Numbers spelt out or spread one digit at a time are not
 *          found.
 * Cost     Linear; one pass over plain text, at most five over text full of markup.
 */
#ifndef BASE_IDSCAN_H
#define BASE_IDSCAN_H

#include "base/str.h"

enum idscan_tier {           /* what to do about it; the lower the graver */
	IDSCAN_REFUSE = 1,   /* no override: mend the text */
	IDSCAN_OVERRIDE = 2, /* refused unless a reason is given, which is journalled */
	IDSCAN_WARN = 3,     /* pointed out */
};

enum idscan_kind {
	IDSCAN_BIRTH = 1, /* fødselsnummer */
	IDSCAN_D,         /* D-number */
	IDSCAN_H,         /* help number, or a synthetic one of NAV's */
	IDSCAN_FH,        /* common help number */
	IDSCAN_ACCOUNT,   /* an account number's form, a birth number's digits, such a word near
			   */
	IDSCAN_MISTYPED,  /* a valid date, wrong check digits, such a word near */
	IDSCAN_NPID,
	IDSCAN_SYNTHETIC, /* made for tests */
	IDSCAN_DUF,
	IDSCAN_BIRTHDATE, /* ddmmyy beside a name */
};

enum { IDSCAN_CELL = 1 }; /* a spreadsheet's numeric cell: it may have lost a leading 0 */

struct idscan_hit {
	enum idscan_tier tier;
	enum idscan_kind kind;
	size_t at, n; /* bytes of the original text, from first digit to last */
};

/* Fills at most max hits, one for each place, and returns how many. When there are more, the
 * gravest are kept. They come in no particular order. */
size_t idscan(str text, unsigned flags, struct idscan_hit *ret_hits, size_t max);

/* The gravest tier found in text, or 0. *ret_hit (may be NULL) is that hit. */
int idscan_worst(str text, unsigned flags, struct idscan_hit *ret_hit);

#endif
