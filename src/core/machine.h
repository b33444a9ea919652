/*
 * core/machine.h - what the state machines share: rows, the search in them, and keys.
 *
 * A machine is one constant array whose element begins with a struct transition; behind it
 * comes the machine's own typed guard. No row for (state, act) or none for the actor:
 * forbidden.
 */
#ifndef CORE_MACHINE_H
#define CORE_MACHINE_H

#include "base/str.h"
#include "core/doer.h"

#define IN(state) (UINT64_C(1) << (state)) /* states are 1 to 63 */
#define SAME      0                        /* as row.to: the state stays */

struct transition {
	uint64_t from; /* mask of IN() */
	int64_t act;
	unsigned by;      /* mask of enum doer */
	int64_t to;       /* state, or SAME */
	const char *rule; /* of domain.md, or "X" for a default of ours */
};

enum fit {             /* how near a row came */
	FIT_NONE = 0,  /* no row for this act from this state */
	FIT_STATE = 1, /* there is one, but not for these doers */
	FIT_ALL = 2,
};

/* The row for the act, or NULL; rows lie stride bytes apart. ret_fit says why. */
const void *machine_find(const void *rows, size_t stride, size_t n, int64_t state, int64_t act,
    unsigned by, enum fit *ret_fit);

/* Whether there is a row for the act and these doers, guards aside: what to offer on a page.
 * ret may be NULL. */
bool machine_offers(const void *rows, size_t stride, size_t n, int64_t state, int64_t act,
    unsigned by, struct step *ret);

/* The step that a row is, taken from state. */
struct step machine_step(const struct transition *row, int64_t state);

/* keys[0] belongs to number 0 and may be NULL. NULL: no such. */
const char *key_at(const char *const *keys, size_t n, int64_t number);

#define KEY_AT(keys, number) key_at((keys), sizeof(keys) / sizeof((keys)[0]), (number))

#endif
