/*
 * app/demo.h - two cooperations with invented people and matters, to try the product with.
 *
 * Everything goes through the same use cases, links, passwords and codes as in production;
 * there is no other way in. The same seed and the same day give the same content, ids and
 * passwords. What happens in it lies in the weeks before the day.
 *
 * Units      day is a civil day; the last thing happens on the day before.
 * Ownership  All in the arena given.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/house.h"
#include "base/err.h"

struct demo_account {
	str space, who, name, email, password, secret; /* secret: base32, of the phone */
};

struct demo_done {
	struct demo_account *accounts;
	size_t n;
	int64_t people, acts; /* how much there is */
};

/* Makes the spaces in a folder that has neither. database: NULL, or "postgres://…". */
struct err *demo_make(struct arena *a, const char *dir, const char *database,
    struct house *house, uint64_t seed, int64_t day, struct demo_done *ret) NODISCARD;

#endif
