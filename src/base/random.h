/*
 * base/random.h - random bytes and public ids.
 *
 * random_bytes() draws on the system, and pid_new() does where the arena names no source of
 * ids. A struct random does the same until it is seeded; seeded it gives the same bytes for
 * the same seed, for demo and simulate only. It must never make a key or a token, nor any
 * password but those that demo prints for everyone to see.
 *
 * A pid is 16 characters of Crockford base32, lower case: 80 random bits.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/str.h"

enum { PID_CHARS = 16 };

struct random { /* zeroed: the system's */
	bool seeded;
	uint64_t seed, block; /* block: how many have been drawn */
};

void random_bytes(void *ret, size_t n);
str pid_new(struct arena *a);
bool pid_valid(str s); /* the form of a pid; nothing about whether it exists */

struct random random_seeded(uint64_t seed);
void random_draw(struct random *r, void *ret, size_t n);
uint64_t random_below(struct random *r, uint64_t limit); /* 0 to limit-1, evenly */
str random_pid(struct random *r, struct arena *a);

#endif
