#include "store/merkle.h"

#include <string.h>

bool
sha256_eq(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->b, b->b, SHA256_BYTES) == 0;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
sha256_parse(str hex, struct sha256 *ret)
{
	struct sha256 h;

	if (hex.n != HASH_HEX)
		return false;
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		int hi = hex_digit(hex.p[2 * i]), lo = hex_digit(hex.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return false;
		h.b[i] = (unsigned char)(hi << 4 | lo);
	}
	*ret = h;
	return true;
}

struct sha256
merkle_leaf(str entry)
{
	struct sha256_stream s;

	sha256_init(&s);
	sha256_add(&s, (str){"", 1}); /* the byte 0x00 */
	sha256_add(&s, entry);
	return sha256_finish(&s);
}

struct sha256
merkle_node(const struct sha256 *left, const struct sha256 *right)
{
	char m[1 + 2 * SHA256_BYTES] = {1};

	memcpy(m + 1, left->b, SHA256_BYTES);
	memcpy(m + 1 + SHA256_BYTES, right->b, SHA256_BYTES);
	return sha256((str){m, sizeof(m)});
}

size_t
merkle_add(struct merkle_front *f, const struct sha256 *leaf, struct merkle_made *made)
{
	struct sha256 h = *leaf;
	uint64_t index = f->size;
	unsigned level = 0;

	made[0] = (struct merkle_made){0, index, h};
	while (f->size >> level & 1) {
		h = merkle_node(&f->peak[level], &h);
		index >>= 1;
		level++;
		made[level] = (struct merkle_made){level, index, h};
	}
	f->peak[level] = h;
	f->size++;
	return level + 1;
}

struct sha256
merkle_root(const struct merkle_front *f)
{
	struct sha256 h = {{0}};
	bool have = false;

	if (f->size == 0)
		return sha256(S(""));
	for (unsigned l = 0; l < MERKLE_LEVELS; l++)
		if (f->size >> l & 1) {
			h = have ? merkle_node(&f->peak[l], &h) : f->peak[l];
			have = true;
		}
	return h;
}

size_t
merkle_peaks(uint64_t size, struct merkle_made *ret_peaks)
{
	size_t n = 0;

	for (unsigned l = MERKLE_LEVELS; l-- > 0;)
		if (size >> l & 1)
			ret_peaks[n++] =
			    (struct merkle_made){.level = l, .index = (size >> l) - 1};
	return n;
}

/* The hash of the leaves [lo, hi), a range that the tree itself would split off: its
 * complete subtrees from left to right are the bits of hi - lo. */
static struct err *
range_hash(const struct merkle_source *src, uint64_t lo, uint64_t hi, struct sha256 *ret)
{
	struct merkle_front f = {.size = hi - lo};
	uint64_t at = lo;

	for (unsigned l = MERKLE_LEVELS; l-- > 0;)
		if (f.size >> l & 1) {
			TRY(src->get(src->arg, l, at >> l, &f.peak[l]));
			at += (uint64_t)1 << l;
		}
	*ret = merkle_root(&f);
	return OK;
}

/* The largest power of two smaller than n, n > 1. */
static uint64_t
split(uint64_t n)
{
	return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

static void
turn(struct merkle_path *p)
{
	for (size_t i = 0; i < p->n / 2; i++) {
		struct sha256 t = p->h[i];
		p->h[i] = p->h[p->n - 1 - i];
		p->h[p->n - 1 - i] = t;
	}
}

struct err *
merkle_prove_inclusion(
    const struct merkle_source *src, uint64_t index, uint64_t size, struct merkle_path *ret)
{
	uint64_t lo = 0, hi = size;

	ret->n = 0;
	while (hi - lo > 1) {
		uint64_t mid = lo + split(hi - lo);
		if (index < mid) {
			TRY(range_hash(src, mid, hi, &ret->h[ret->n++]));
			hi = mid;
		} else {
			TRY(range_hash(src, lo, mid, &ret->h[ret->n++]));
			lo = mid;
		}
	}
	turn(ret);
	return OK;
}

struct err *
merkle_prove_consistency(
    const struct merkle_source *src, uint64_t from, uint64_t to, struct merkle_path *ret)
{
	uint64_t lo = 0, hi = to;

	ret->n = 0;
	if (from == 0 || from == to)
		return OK;
	while (from != hi) {
		uint64_t mid = lo + split(hi - lo);
		if (from <= mid) {
			TRY(range_hash(src, mid, hi, &ret->h[ret->n++]));
			hi = mid;
		} else {
			TRY(range_hash(src, lo, mid, &ret->h[ret->n++]));
			lo = mid;
		}
	}
	if (lo != 0) /* else the verifier has the old root itself */
		TRY(range_hash(src, lo, hi, &ret->h[ret->n++]));
	turn(ret);
	return OK;
}

bool
merkle_check_inclusion(const struct sha256 *leaf, uint64_t index, uint64_t size,
    const struct merkle_path *path, const struct sha256 *root)
{
	uint64_t fn = index, sn = size - 1;
	struct sha256 r = *leaf;

	if (index >= size || path->n > MERKLE_PATH)
		return false;
	for (size_t i = 0; i < path->n; i++) {
		if (sn == 0)
			return false;
		if (!(fn & 1) && fn != sn) {
			r = merkle_node(&r, &path->h[i]);
		} else {
			r = merkle_node(&path->h[i], &r);
			while (!(fn & 1) && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && sha256_eq(&r, root);
}

/* The part of RFC 9162 2.1.4.2 after the special cases: 0 < from < to. */
static bool
consistency_walk(uint64_t from, const struct sha256 *from_root, uint64_t to,
    const struct sha256 *to_root, const struct merkle_path *path)
{
	bool whole = (from & (from - 1)) == 0;
	uint64_t fn = from - 1, sn = to - 1;
	struct sha256 fr, sr;
	size_t i = whole ? 0 : 1;

	if (path->n < 1)
		return false;
	for (; fn & 1; fn >>= 1)
		sn >>= 1;
	fr = sr = whole ? *from_root : path->h[0];
	for (; i < path->n; i++) {
		if (sn == 0)
			return false;
		if (fn & 1 || fn == sn) {
			fr = merkle_node(&path->h[i], &fr);
			sr = merkle_node(&path->h[i], &sr);
			while (!(fn & 1) && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			sr = merkle_node(&sr, &path->h[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && sha256_eq(&fr, from_root) && sha256_eq(&sr, to_root);
}

bool
merkle_check_consistency(uint64_t from, const struct sha256 *from_root, uint64_t to,
    const struct sha256 *to_root, const struct merkle_path *path)
{
	struct sha256 none = sha256(S(""));

	if (from > to || path->n > MERKLE_PATH)
		return false;
	if (from == to)
		return path->n == 0 && sha256_eq(from_root, to_root);
	if (from == 0)
		return path->n == 0 && sha256_eq(from_root, &none);
	return consistency_walk(from, from_root, to, to_root, path);
}
