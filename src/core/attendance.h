/*
 * core/attendance.h - who is there: counts by side, quorum, parity and deputies.
 *
 * Pure. Only ordinary seats count; observers and invited people are recorded, not counted.
 *
 * Ownership  Nothing is kept. Numbers are of seats, not of people.
 */
#ifndef CORE_ATTENDANCE_H
#define CORE_ATTENDANCE_H

#include "core/charter.h"

#define SIDE_N 6 /* enum side is an index below this */

enum coming { /* to a summons; stored as these numbers: never renumber */
	REPLY_NONE = 0,
	REPLY_COMES = 1,
	REPLY_AWAY = 2,
};

enum presence { /* stored as these numbers: never renumber */
	PRESENCE_UNKNOWN = 0,
	PRESENCE_MEMBER = 1,
	PRESENCE_DEPUTY = 2,
	PRESENCE_ABSENT = 3,
	PRESENCE_INVITED = 4, /* no seat, or an observer's */
};

struct seat_presence {
	int64_t seat_id;
	int64_t person_id;  /* who is there; 0: nobody */
	int64_t side;       /* enum side, of the seat */
	int64_t level;      /* enum role_level, of the person */
	int64_t presence;   /* enum presence */
	bool is_ordinary;   /* the seat counts and may agree or vote */
	bool has_mandate;   /* the deputy's mandate is recorded (M7) */
	bool is_conflicted; /* not competent for the item at hand: leaves the room */
};

struct attendance {
	int seats_n, present_n, member_n, deputy_n, absent_n, unknown_n, conflicted_n;
	int unmandated_n; /* deputies without a recorded mandate: "authority not present" */
	int seats_by[SIDE_N], present_by[SIDE_N];
};

void attendance_count(const struct seat_presence *rows, size_t n, struct attendance *ret);

/* By the charter's quorum; where it states none, one from each side that has seats. */
bool attendance_is_quorate(const struct attendance *at, const struct charter_decision *rule);

struct parity {
	int municipal_n, trust_n, gap; /* seats present; gap is never negative */
	bool is_even;                  /* the gap is within the limit */
	bool is_level_even;            /* the two sides' highest level differs by at most one */
};

/* limit: seats by which the sides may differ without a warning (R127). */
struct parity attendance_parity(const struct seat_presence *rows, size_t n, int limit);

/* Whether person sits already in a seat other than seat_id: nobody fills two. */
bool
attendance_sits(const struct seat_presence *rows, size_t n, int64_t person_id, int64_t seat_id);

struct deputy {
	int64_t person_id;
	int64_t rank; /* 1 is asked first */
	bool is_unavailable;
};

/* The person to call for seat_id: the lowest rank that is available and sits nowhere else.
 * 0: none. */
int64_t attendance_deputy(const struct deputy *deputies, size_t n_deputies,
    const struct seat_presence *rows, size_t n_rows, int64_t seat_id);

const char *presence_key(int64_t presence);

#endif
