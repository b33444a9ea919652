/*
 * store/keymap.h - a large map from hashed keys to what verify remembers about each.
 *
 * Ownership  The map has memory of its own, 80 bytes a slot, at most three of four in use.
 */
#ifndef STORE_KEYMAP_H
#define STORE_KEYMAP_H

#include "base/sha.h"

struct keymap_slot {
	struct sha256 key, hash;
	int64_t seq;
	bool used, flag, seen;
};

struct keymap {
	struct arena mem;
	struct keymap_slot *slots; /* cap of them; those with used count */
	size_t cap, n;
};

void keymap_init(struct keymap *m);
void keymap_finish(struct keymap *m);

/* The key of a pair; no two pairs have the same. */
struct sha256 keymap_key(str first, str second);

struct keymap_slot *
keymap_find(const struct keymap *m, struct sha256 key); /* NULL: not there */

/* Puts value, whose key and used it fills, in the place of what was there. */
void keymap_set(struct keymap *m, struct sha256 key, struct keymap_slot value);

#endif
