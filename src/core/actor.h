/*
 * core/actor.h - who acts, for whom, and under which appointments.
 *
 * A person acts for a party under an appointment; one person may hold several. All
 * appointments here are in force today: whoever fills the struct leaves the others out, so
 * that access is gone at the next request when an appointment ends.
 *
 * Ownership  str fields point into the arena of whoever filled the struct.
 */
#ifndef CORE_ACTOR_H
#define CORE_ACTOR_H

#include "base/str.h"

enum side { /* stored as these numbers: never renumber */
	SIDE_NONE = 0,
	SIDE_MUNICIPAL = 1,
	SIDE_TRUST = 2,
	SIDE_USER = 3, /* patients, users, relatives */
	SIDE_GP = 4,
	SIDE_OTHER = 5, /* unions, KS, universities */
};

enum role {                 /* stored as these numbers: never renumber */
	ROLE_ADMIN = 1,     /* runs the service; reads no drafts */
	ROLE_SECRETARY = 2, /* one side's half of the joint secretariat */
	ROLE_CONTACT = 3,   /* speaks for a party: proposes, answers rounds, follows up */
	ROLE_MEMBER = 4,    /* holds a seat in a body */
	ROLE_DEPUTY = 5,    /* ranked personal deputy of a seat */
};

enum chairing { CHAIR_NONE = 0, CHAIR_CHAIR = 1, CHAIR_VICE = 2 };

struct appointment {
	int64_t id;
	str pid;
	int64_t role;     /* enum role */
	int64_t party_id; /* for whom */
	int64_t side;     /* enum side, of the party or of the seat */
	int64_t body_id;  /* 0: none */
	int64_t seat_id;  /* 0: none */
	int64_t chairing; /* enum chairing */
};

struct actor {
	int64_t person_id; /* 0: not signed in */
	int64_t party_id;  /* for whom the person acts now; 0: nobody */
	str person_pid, party_key, party_name;
	const struct appointment *appointments;
	size_t n_appointments;
	const int64_t *audiences; /* what the person may see: ids of table audience */
	size_t n_audiences;
};

bool actor_has_role(const struct actor *who, enum role role); /* for any party */

/* Whether the party acted for gives a place on the side; everybody has one on SIDE_NONE. */
bool actor_is_on_side(const struct actor *who, enum side side);

#endif
