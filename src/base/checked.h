/*
 * base/checked.h - whole-number arithmetic that says when it does not fit.
 *
 * Each answers false, and leaves *ret alone, where the true result is outside int64_t.
 */
#ifndef BASE_CHECKED_H
#define BASE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

static inline bool
checked_add(int64_t x, int64_t y, int64_t *ret)
{
	int64_t v;

	if (__builtin_add_overflow(x, y, &v))
		return false;
	*ret = v;
	return true;
}

static inline bool
checked_sub(int64_t x, int64_t y, int64_t *ret)
{
	int64_t v;

	if (__builtin_sub_overflow(x, y, &v))
		return false;
	*ret = v;
	return true;
}

static inline bool
checked_mul(int64_t x, int64_t y, int64_t *ret)
{
	int64_t v;

	if (__builtin_mul_overflow(x, y, &v))
		return false;
	*ret = v;
	return true;
}

#endif
