/*
 * base/money.h - amounts in øre.
 *
 * Units   int64_t øre (hundredths of a krone), named _ore. Use base/checked.h to add and
 *         multiply what comes from outside.
 * Adding up  A sum that is split stays whole: the shares always add up to it.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/lang.h"
#include "base/str.h"

/* "1 234,50" with no-break spaces and a true minus sign; English "1,234.50". */
str money_text(struct arena *a, enum lang lang, int64_t ore);

/* "1234", "1 234,50", "1.234,50", "kr 1 234,5", "1234.50", "250,-"; blanks and no-break
 * spaces part thousands. Refused: a third decimal, "1.234" (a thousand, or one and a bit?),
 * groups that are not of three, and what does not fit. */
bool money_parse(str s, int64_t *ret_ore);

/* Shares of total by weight, by largest remainder; among equal remainders the earlier share
 * gets the odd øre. Weights are >= 0 and not all 0; total may be negative. False, and shares
 * untouched, where that does not hold or the weights' sum does not fit. */
bool money_split(int64_t total_ore, const int64_t *weights, size_t n, int64_t *ret_shares);

/* total * num / den, to the nearest øre, halves away from zero. False if it does not fit or
 * den <= 0. */
bool money_part(int64_t total_ore, int64_t num, int64_t den, int64_t *ret_ore);

#endif
