/* test/support.h - what every test file stands on: arenas and assertions. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include "base/err.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW_AT ((int64_t)1772701200) /* 2026-03-05T09:00:00Z, a Thursday */

/* cmocka setup and teardown; *state is a struct arena. */
int arena_setup(void **state);
int arena_teardown(void **state);
#define WITH_ARENA(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

#define assert_ok(expr)                                                           \
	do {                                                                      \
		struct err *e_ = (expr);                                          \
		if (e_)                                                           \
			fail_msg("%s: %s (%s)", e_->code, e_->detail, e_->where); \
	} while (0)

#define assert_err(expr, code_)                         \
	do {                                            \
		struct err *e_ = (expr);                \
		assert_non_null(e_);                    \
		assert_string_equal(e_->code, (code_)); \
	} while (0)

#define assert_str(s, literal)                              \
	do {                                                \
		str s_ = (s);                               \
		assert_int_equal(s_.n, strlen(literal));    \
		assert_memory_equal(s_.p, (literal), s_.n); \
	} while (0)

#endif
