/*
 * store/merkle.h - the tree over the joint record: RFC 6962 hashes, RFC 9162 proofs.
 *
 * Pure: SHA-256 and nothing else. A leaf is SHA-256(0x00 | entry), a node
 * SHA-256(0x01 | left | right), the root of no leaves SHA-256("").
 *
 * Nodes     A complete subtree has a level (0: one leaf) and an index: it covers the leaves
 *           [index << level, (index + 1) << level). A tree of n leaves has one peak for each
 *           bit of n; they and new leaves are all that growing needs (struct merkle_front).
 * Limits    Sizes and indexes are below 2^62.
 * Errors    What merkle_source.get returns is handed on; nothing else fails.
 */
#ifndef STORE_MERKLE_H
#define STORE_MERKLE_H

#include "base/err.h"
#include "base/sha.h"

enum { HASH_HEX = 64, MERKLE_LEVELS = 62, MERKLE_PATH = 64 };

bool sha256_eq(const struct sha256 *a, const struct sha256 *b);
bool sha256_parse(str hex, struct sha256 *ret); /* 64 lower case digits, whole string */

struct sha256 merkle_leaf(str entry);
struct sha256 merkle_node(const struct sha256 *left, const struct sha256 *right);

/* The right edge of a tree that grows. Zeroed: no leaves. */
struct merkle_front {
	uint64_t size;
	struct sha256 peak[MERKLE_LEVELS]; /* peak[l] counts where bit l of size is set */
};

struct merkle_made { /* a complete subtree that came to be */
	unsigned level;
	uint64_t index;
	struct sha256 hash;
};

/* Adds a leaf; writes the subtrees it completed, the leaf itself first, and says how many.
 * made has room for MERKLE_LEVELS. */
size_t merkle_add(struct merkle_front *f, const struct sha256 *leaf, struct merkle_made *made);
struct sha256 merkle_root(const struct merkle_front *f);

/* The peaks of a tree of size leaves, the highest level first; says how many. */
size_t merkle_peaks(uint64_t size, struct merkle_made *ret_peaks); /* hash not filled */

/* Where proofs find the complete subtrees they need. */
struct merkle_source {
	struct err *(*get)(void *arg, unsigned level, uint64_t index, struct sha256 *ret);
	void *arg;
};

struct merkle_path {
	size_t n;
	struct sha256 h[MERKLE_PATH];
};

/* index < size. */
struct err *merkle_prove_inclusion(const struct merkle_source *src, uint64_t index,
    uint64_t size, struct merkle_path *ret) NODISCARD;
/* from <= to. From 0 and from = to the proof is empty. */
struct err *merkle_prove_consistency(const struct merkle_source *src, uint64_t from,
    uint64_t to, struct merkle_path *ret) NODISCARD;

/* RFC 9162 2.1.3.2 and 2.1.4.2. False for any proof that is not exactly right. */
bool merkle_check_inclusion(const struct sha256 *leaf, uint64_t index, uint64_t size,
    const struct merkle_path *path, const struct sha256 *root);
bool merkle_check_consistency(uint64_t from, const struct sha256 *from_root, uint64_t to,
    const struct sha256 *to_root, const struct merkle_path *path);

#endif
