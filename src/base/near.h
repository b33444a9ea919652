/*
 * base/near.h - "did you mean ...?" for words typed by people.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include "base/str.h"

/* Letters to add, drop, change or swap with their neighbour to get from a to b; anything above
 * limit is told as limit + 1. Works on bytes; words over 64 bytes are never near. */
int near_distance(str a, str b, int limit);

/* Keeps the best of the words shown to it. Zero it, then near_try each; best.n == 0: none is
 * near enough (a third of the word's length, at least one letter). */
struct near {
	str best;
	int distance;
};

void near_try(struct near *n, str word, str candidate);

#endif
