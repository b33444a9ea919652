#include "core/attendance.h"

#include "core/machine.h"

static bool
is_here(const struct seat_presence *r)
{
	return r->presence == PRESENCE_MEMBER || r->presence == PRESENCE_DEPUTY;
}

static bool
counts(const struct seat_presence *r)
{
	return r->is_ordinary && is_here(r) && !r->is_conflicted;
}

static int
side_index(int64_t side)
{
	return side > 0 && side < SIDE_N ? (int)side : 0;
}

void
attendance_count(const struct seat_presence *rows, size_t n, struct attendance *ret)
{
	struct attendance at = {0};

	for (const struct seat_presence *r = rows; r < rows + n; r++) {
		if (!r->is_ordinary)
			continue;
		at.seats_n++;
		at.seats_by[side_index(r->side)]++;
		at.member_n += r->presence == PRESENCE_MEMBER;
		at.deputy_n += r->presence == PRESENCE_DEPUTY;
		at.absent_n += r->presence == PRESENCE_ABSENT;
		at.unknown_n += r->presence == PRESENCE_UNKNOWN;
		at.unmandated_n += r->presence == PRESENCE_DEPUTY && !r->has_mandate;
		at.conflicted_n += is_here(r) && r->is_conflicted;
		at.present_n += counts(r);
		at.present_by[side_index(r->side)] += counts(r);
	}
	*ret = at;
}

bool
attendance_is_quorate(const struct attendance *at, const struct charter_decision *rule)
{
	static const enum side sides[] = {SIDE_MUNICIPAL, SIDE_TRUST};

	if (at->present_n < 1)
		return false;
	for (int i = 0; i < 2; i++) {
		int present = at->present_by[sides[i]];

		if (at->seats_by[sides[i]] && (!present || present < rule->quorum_per_side))
			return false; /* a joint body is not joint with one side away */
	}
	return (int64_t)at->present_n * 100 >= at->seats_n * rule->quorum_percent;
}

/* The highest level present on a side; political is the highest, 0 is none. */
static int64_t
top_level(const struct seat_presence *rows, size_t n, enum side side)
{
	int64_t top = ROLE_LEVEL_NONE;

	for (const struct seat_presence *r = rows; r < rows + n; r++)
		if (r->side == side && counts(r) && r->level && (!top || r->level < top))
			top = r->level;
	return top;
}

struct parity
attendance_parity(const struct seat_presence *rows, size_t n, int limit)
{
	struct attendance at;
	int64_t a = top_level(rows, n, SIDE_MUNICIPAL), b = top_level(rows, n, SIDE_TRUST);

	attendance_count(rows, n, &at);
	int m = at.present_by[SIDE_MUNICIPAL], t = at.present_by[SIDE_TRUST];
	int gap = m > t ? m - t : t - m;

	return (struct parity){m, t, gap, gap <= limit, a && b && a - b <= 1 && b - a <= 1};
}

bool
attendance_sits(const struct seat_presence *rows, size_t n, int64_t person_id, int64_t seat_id)
{
	for (const struct seat_presence *r = rows; r < rows + n; r++)
		if (r->person_id == person_id && r->seat_id != seat_id && is_here(r))
			return true;
	return false;
}

int64_t
attendance_deputy(const struct deputy *deputies, size_t n_deputies,
    const struct seat_presence *rows, size_t n_rows, int64_t seat_id)
{
	const struct deputy *best = NULL;

	for (const struct deputy *d = deputies; d < deputies + n_deputies; d++)
		if (!d->is_unavailable && (!best || d->rank < best->rank) &&
		    !attendance_sits(rows, n_rows, d->person_id, seat_id))
			best = d;
	return best ? best->person_id : 0;
}

static const char *const presence_keys[] = {"unknown", "member", "deputy", "absent", "invited"};
const char *
presence_key(int64_t presence)
{
	return KEY_AT(presence_keys, presence);
}
