/*
 * core/audience.h - groups of people that a thing can be opened to.
 *
 * Who may see a thing is data: rows of (thing, audience). An actor is in the audiences that
 * the appointments in force give, and in the one of the person alone as long as there is any:
 * who has left reads nothing more, nor does an administrator. Everything that shows, counts,
 * finds or exports things asks the same question of the same rows.
 */
#ifndef CORE_AUDIENCE_H
#define CORE_AUDIENCE_H

#include "core/actor.h"

#include <stdbool.h>

enum audience_kind {              /* stored as these numbers: never renumber */
	AUDIENCE_SECRETARIAT = 1, /* both halves */
	AUDIENCE_INSIDE = 2,      /* everybody with an appointment, administrators apart */
	AUDIENCE_PARTY = 3,       /* ref: the party; its contacts, seats and secretaries */
	AUDIENCE_BODY = 4,        /* ref: the body; members and deputies */
	AUDIENCE_SIDE = 5,        /* ref: the side */
	AUDIENCE_PERSON = 6,      /* ref: the person; a named author, who raised a draft */
	AUDIENCE_SPEAKERS = 7,    /* ref: the party; its contacts and secretaries */
};

struct audience {
	int64_t kind, ref_id;
};

/* Whether the actor is in the audience. */
bool audience_has(const struct actor *who, struct audience audience);

#endif
