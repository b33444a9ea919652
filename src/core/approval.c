#include "core/approval.h"

#include <inttypes.h>

#define MAX_PLACES 32

static const struct charter_holder secretary = {.role = HOLDER_SECRETARY};
static const struct charter_approval both[] = {
    {.side = SIDE_MUNICIPAL, .by = &secretary, .n_by = 1},
    {.side = SIDE_TRUST, .by = &secretary, .n_by = 1},
};
const struct charter_approvals approval_by_both_secretaries = {both, 2};

const struct charter_approvals *
approval_rule(const struct charter_approvals *rule)
{
	return rule->n ? rule : &approval_by_both_secretaries;
}

static bool
has_role(const struct charter_holder *h, const struct approver *as)
{
	switch (h->role) {
	case HOLDER_SECRETARY: return as->role == ROLE_SECRETARY;
	case HOLDER_CONTACT: return as->role == ROLE_CONTACT;
	case HOLDER_CHAIR: return as->role == ROLE_MEMBER && as->chairing == CHAIR_CHAIR;
	case HOLDER_VICE_CHAIR: return as->role == ROLE_MEMBER && as->chairing == CHAIR_VICE;
	case HOLDER_MEMBER: return as->role == ROLE_MEMBER;
	}
	return false;
}

static bool
holds(const struct charter_holder *h, str about, const struct approver *as)
{
	bool is_of_body = h->role != HOLDER_SECRETARY && h->role != HOLDER_CONTACT;

	return has_role(h, as) &&
	       (!is_of_body || str_eq(as->body, h->body.n ? h->body : about)) &&
	       (!h->seat.n || str_eq(as->seat, h->seat));
}

static bool
fits(const struct charter_approval *place, str about, const struct approver *as)
{
	if (place->side != SIDE_NONE && place->side != (enum side)as->side)
		return false;
	for (size_t i = 0; i < place->n_by; i++)
		if (holds(&place->by[i], about, as))
			return true;
	return false;
}

unsigned
approval_places(
    const struct charter_approvals *rule, str about, const struct approver *as, size_t n)
{
	unsigned places = 0;

	rule = approval_rule(rule);
	for (size_t p = 0; p < rule->n && p < MAX_PLACES; p++)
		for (size_t i = 0; i < n; i++)
			if (fits(&rule->v[p], about, &as[i]))
				places |= 1u << p;
	return places;
}

/* One step of Kuhn's matching: seats approval i, moving others if need be. */
static bool
seat(const struct approval *given, size_t i, unsigned n_places, const struct approval **sits,
    unsigned *tried)
{
	for (unsigned p = 0; p < n_places; p++) {
		if (!(given[i].places & (INT64_C(1) << p)) || (*tried & (1u << p)))
			continue;
		*tried |= 1u << p;
		if (!sits[p] || seat(given, (size_t)(sits[p] - given), n_places, sits, tried)) {
			sits[p] = &given[i];
			return true;
		}
	}
	return false;
}

static bool
is_repeated(const struct approval *given, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (given[j].person_id == given[i].person_id)
			return true;
	return false;
}

unsigned
approval_missing(const struct charter_approvals *rule, const struct approval *given, size_t n)
{
	const struct approval *sits[MAX_PLACES] = {0};
	unsigned n_places, missing = 0;

	rule = approval_rule(rule);
	n_places = rule->n < MAX_PLACES ? (unsigned)rule->n : MAX_PLACES;
	for (size_t i = 0; i < n; i++) {
		unsigned tried = 0;

		if (!is_repeated(given, i))
			(void)seat(given, i, n_places, sits, &tried);
	}
	for (unsigned p = 0; p < n_places; p++)
		if (!sits[p])
			missing |= 1u << p;
	return missing;
}

struct err *
approval_can(const struct charter_approvals *rule, struct arena *a,
    const struct approval *given, size_t n, int64_t person_id, unsigned places)
{
	struct approval *with = arena_array(a, struct approval, n + 1);

	if (!places)
		return err_new(
		    a, ERR_DENIED, "approval.not_yours", "person %" PRId64, person_id);
	for (size_t i = 0; i < n; i++) {
		if (given[i].person_id == person_id)
			return err_new(a, ERR_CONFLICT, "approval.already_given",
			    "person %" PRId64, person_id);
		with[i] = given[i];
	}
	with[n] = (struct approval){person_id, places};
	if (approval_missing(rule, with, n + 1) == approval_missing(rule, given, n))
		return err_new(
		    a, ERR_CONFLICT, "approval.not_needed", "person %" PRId64, person_id);
	return OK;
}
