#include "charter/check.h"

#include <string.h>

#define APPROVALS_MAX 10

/* --- approvals: may different persons give them all? ------------------------------------ */

/* How many persons could hold this, on this side; past APPROVALS_MAX it does not matter. */
static int64_t
secretaries(const struct charter *c, enum side side)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->secretariat.n_members; i++) {
		const struct charter_secretary *s = &c->secretariat.members[i];

		if (!side || s->side == side)
			n += s->count;
	}
	return n;
}

static int64_t
contacts(const struct charter *c, enum side side)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->n_parties; i++)
		n += !side || c->parties[i].side == side;
	return n;
}

static int64_t
members(const struct charter_body *b, str seat, enum side side)
{
	int64_t n = 0;

	for (size_t i = 0; i < b->seats.n; i++) {
		const struct charter_composition *from = b->seats.v[i].from;

		n += from->status == SEAT_MEMBER && (!side || from->side == side) &&
		     (!seat.n || str_eq(seat, from->key));
	}
	return n;
}

static int64_t
chairs(const struct charter_body *b, enum side side, bool vice)
{
	const struct charter_chair *k = &b->chair;
	bool is_other = side && k->rule == CHAIR_RULE_FIXED && k->first_side != side;

	if (vice)
		return k->vice_chair;
	return k->rule != CHAIR_RULE_NOT_STATED && k->rule != CHAIR_RULE_PER_MEETING &&
	       !is_other;
}

static int64_t
persons(const struct charter *c, const struct charter_holder *h,
    const struct charter_body *body_or_null, enum side side)
{
	const struct charter_body *b = h->body.n ? charter_body(c, h->body) : body_or_null;

	switch (h->role) {
	case HOLDER_SECRETARY: return secretaries(c, side);
	case HOLDER_CONTACT: return contacts(c, side);
	case HOLDER_CHAIR: return b ? chairs(b, side, false) : 1;
	case HOLDER_VICE_CHAIR: return b ? chairs(b, side, true) : 1;
	case HOLDER_MEMBER: return b ? members(b, h->seat, side) : 1;
	}
	return 0;
}

/* Those who hold the same thing: the nth of them is one person. */
struct crowd {
	enum holder_role role;
	str body, seat;
	enum side side;
	int64_t n;
};

struct bench {
	struct crowd crowds[APPROVALS_MAX * APPROVALS_MAX];
	size_t n_crowds;
	unsigned can[APPROVALS_MAX]
		    [APPROVALS_MAX * APPROVALS_MAX / 32 + 1];    /* approval: crowds */
	int taken[APPROVALS_MAX * APPROVALS_MAX][APPROVALS_MAX]; /* by approval + 1 */
	size_t n_approvals;
};

static size_t
crowd_of(struct bench *k, const struct crowd *one)
{
	for (size_t i = 0; i < k->n_crowds; i++) {
		const struct crowd *c = &k->crowds[i];

		if (c->role == one->role && str_eq(c->body, one->body) &&
		    str_eq(c->seat, one->seat) && c->side == one->side)
			return i;
	}
	k->crowds[k->n_crowds] = *one;
	return k->n_crowds++;
}

/* Finds a person for an approval, moving others to another of theirs where that helps. */
static bool
seat_one(struct bench *k, size_t approval, unsigned seen[])
{
	for (size_t i = 0; i < k->n_crowds; i++) {
		unsigned bit = 1u << i % 32;

		if (!(k->can[approval][i / 32] & bit) || seen[i / 32] & bit)
			continue;
		seen[i / 32] |= bit;
		for (int64_t p = 0; p < k->crowds[i].n && p < APPROVALS_MAX; p++) {
			int *by = &k->taken[i][p];

			if (!*by || seat_one(k, (size_t)*by - 1, seen)) {
				*by = (int)approval + 1;
				return true;
			}
		}
	}
	return false;
}

static void
add_approval(struct bench *k, const struct charter *c, const struct charter_approval *one,
    const struct charter_body *body_or_null)
{
	size_t n = one->n_by < APPROVALS_MAX ? one->n_by : APPROVALS_MAX;

	for (size_t i = 0; i < n; i++) {
		const struct charter_holder *h = &one->by[i];
		bool is_chair = h->role == HOLDER_CHAIR || h->role == HOLDER_VICE_CHAIR;
		struct crowd crowd = {
		    .role = h->role,
		    .body = h->body.n || !body_or_null ? h->body : body_or_null->key,
		    .seat = h->seat,
		    .side = is_chair ? SIDE_NONE : one->side, /* there is one chair */
		    .n = persons(c, h, body_or_null, one->side),
		};
		size_t at = crowd_of(k, &crowd);

		k->can[k->n_approvals][at / 32] |= 1u << at % 32;
	}
	k->n_approvals++;
}

static bool
check_holders(struct problems *ps, const struct charter *c, const struct charter_approval *one,
    const struct charter_body *body_or_null, const char *rule, str where)
{
	bool good = true;

	for (size_t i = 0; i < one->n_by; i++) {
		if (persons(c, &one->by[i], body_or_null, one->side) > 0)
			continue;
		problem_error(ps, one->line, rule, N_("charter.nobody_holds"), where);
		good = false;
	}
	return good;
}

void
check_approvals(struct problems *ps, const struct charter *c,
    const struct charter_approvals *approvals, const struct charter_body *body_or_null,
    int line, const char *rule, str where)
{
	struct bench *k = arena_new(ps->a, struct bench);
	bool good = true;

	if (approvals->n > APPROVALS_MAX) {
		problem_error(ps, line, rule, N_("charter.too_many"), where);
		return;
	}
	for (size_t i = 0; i < approvals->n; i++) {
		good &= check_holders(ps, c, &approvals->v[i], body_or_null, rule, where);
		add_approval(k, c, &approvals->v[i], body_or_null);
	}
	for (size_t i = 0; i < k->n_approvals && good; i++) {
		unsigned seen[APPROVALS_MAX * APPROVALS_MAX / 32 + 1] = {0};

		good = seat_one(k, i, seen);
		if (!good)
			problem_error(ps, approvals->v[i].line, rule,
			    N_("charter.one_person_twice"), where);
	}
}

/* --- the whole -------------------------------------------------------------------------- */

void
charter_check(struct problems *ps, const struct charter *c)
{
	check_parties(ps, c);
	check_bodies(ps, c);
	check_processes(ps, c);
}
