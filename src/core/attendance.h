/*
 * core/attendance.h - who is there: counts by side, quorum, parity, deputies, and whose turn
 * it is to chair.
 *
 * Pure. Only ordinary seats count; observers and invited people are recorded, not counted.
 *
 * Ownership  Nothing is kept. Numbers are of seats, not of people.
 */
#ifndef CORE_ATTENDANCE_H
#define CORE_ATTENDANCE_H

#include "core/actor.h"

#include <stdbool.h>

#define SIDE_N 6 /* enum side is an index below this */

enum presence { /* stored as these numbers: never renumber */
	PRESENCE_UNKNOWN = 0,
	PRESENCE_MEMBER = 1,
	PRESENCE_DEPUTY = 2,
	PRESENCE_ABSENT = 3,
	PRESENCE_INVITED = 4, /* no seat, or an observer's */
};

enum level { /* stored as these numbers: never renumber. Of the person who is there. */
	LEVEL_UNKNOWN = 0,
	LEVEL_POLITICAL = 1,
	LEVEL_TOP = 2,
	LEVEL_MIDDLE = 3,
	LEVEL_PROFESSIONAL = 4,
};

struct seat_presence {
	int64_t seat_id;
	int64_t person_id; /* who is there; 0: nobody */
	int64_t side;      /* enum side, of the seat */
	int64_t level;     /* enum level, of the person */
	int64_t presence;  /* enum presence */
	bool is_ordinary;  /* the seat counts and may agree or vote */
	bool has_mandate;  /* the deputy's mandate is recorded (M7) */
	bool is_conflicted; /* not competent for the item at hand: leaves the room */
};

struct attendance {
	int seats_n, present_n, member_n, deputy_n, absent_n, unknown_n, conflicted_n;
	int unmandated_n; /* deputies without a recorded mandate: "authority not present" */
	int seats_by[SIDE_N], present_by[SIDE_N];
};

void attendance_count(const struct seat_presence *rows, size_t n, struct attendance *ret);

/* All zero: the charter states no quorum, and one from each side is enough. */
struct quorum {
	int64_t num, den; /* at least num/den of the ordinary seats; den 0: no share stated */
	bool is_more_than; /* more than the share, not just as much */
	bool is_each_side; /* the share holds for the municipal and the trust side, each */
	int64_t min_n;     /* and at least so many seats */
};

bool attendance_is_quorate(const struct attendance *at, const struct quorum *rule);

struct parity {
	int municipal_n, trust_n, gap; /* seats present; gap is never negative */
	bool is_even;                  /* the gap is within the limit */
	bool is_level_even; /* the two sides' highest level differs by at most one */
};

/* limit: seats by which the sides may differ without a warning (R127). */
struct parity attendance_parity(const struct seat_presence *rows, size_t n, int limit);

/* Whether person sits already in a seat other than seat_id: nobody fills two. */
bool attendance_sits(const struct seat_presence *rows, size_t n, int64_t person_id,
    int64_t seat_id);

struct deputy {
	int64_t person_id;
	int64_t rank; /* 1 is asked first */
	bool is_unavailable;
};

/* The person to call for seat_id: the lowest rank that is available and sits nowhere else.
 * 0: none. */
int64_t attendance_deputy(const struct deputy *deputies, size_t n_deputies,
    const struct seat_presence *rows, size_t n_rows, int64_t seat_id);

/* --- who chairs (M13) ----------------------------------------------------------------- */
enum chair_kind { /* stored as these numbers: never renumber */
	CHAIR_BY_APPOINTMENT = 1, /* elected or appointed: look at the appointments */
	CHAIR_BY_TURNS = 2,       /* the sides alternate every `years` from start_day */
	CHAIR_SELF = 3,           /* the body elects its own at the first meeting */
	CHAIR_BY_AGREEMENT = 4,   /* agreed before each meeting by the two designated */
};

struct chair_rule {
	int64_t kind;       /* enum chair_kind */
	int64_t first_side; /* enum side, for turns; SIDE_NONE: a gap in the charter */
	int64_t start_day;  /* first day of the first turn */
	int64_t years;      /* length of a turn, 1 or more */
};

/* The side whose turn it is on that day; SIDE_NONE before the first turn, where the charter
 * has a gap, and for every kind but turns. */
enum side chair_side(const struct chair_rule *rule, int64_t day);

/* The last day of the turn that day is in. Only where chair_side() gives a side. */
int64_t chair_turn_ends(const struct chair_rule *rule, int64_t day);

const char *presence_key(int64_t presence);
const char *level_key(int64_t level);
int64_t presence_of(str key); /* -1: no such key */
int64_t level_of(str key);

#endif
