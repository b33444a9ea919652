/*
 * core/doer.h - in what capacity somebody acts, as the state machines see it.
 *
 * One person may act in several capacities at once: a mask. The mask for an actor and an
 * object comes from authz_doers(); the clock and the program itself are never in it.
 */
#ifndef CORE_DOER_H
#define CORE_DOER_H

#include <stdint.h>

enum doer {
	DOER_SECRETARY = 1 << 0, /* either half of the joint secretariat */
	DOER_PROPOSER = 1 << 1,  /* speaks for the party that proposed */
	DOER_AUTHOR = 1 << 2,    /* named as author of the matter */
	DOER_CONTACT = 1 << 3,   /* speaks for a party that the thing is about */
	DOER_CHAIR = 1 << 4,     /* chair or vice-chair of the body */
	DOER_SETTER = 1 << 5,    /* named by the charter to set the agenda, or approve */
	DOER_MEMBER = 1 << 6,    /* holds a seat in the body, or stands in for one who does */
	DOER_CLOCK = 1 << 7,     /* nobody: a date passed */
};
#define DOER_ALL 0xff
#define DOER_N   8

/* What an act leads to. */
struct step {
	int64_t to;       /* the new state, or the one it was in */
	const char *rule; /* "C4": of domain.md, or "X" for a default of ours */
};

#endif
