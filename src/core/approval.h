/*
 * core/approval.h - approvals that a charter asks for: of an agenda, of minutes.
 *
 * The charter lists what must be given, each by the holder of some role on some side. A
 * person gives one approval at most, whatever roles they hold; who fills which place is
 * worked out so that as many places as possible are filled.
 *
 * Units      Places are bits: 1u << index in the charter's list, at most 32.
 * Errors     approval.not_yours      ERR_DENIED    no place is for this person's roles
 *            approval.already_given  ERR_CONFLICT  by this person
 *            approval.not_needed     ERR_CONFLICT  every place that fits is filled
 */
#ifndef CORE_APPROVAL_H
#define CORE_APPROVAL_H

#include "base/err.h"
#include "core/charter.h"

/* One appointment in force, in the charter's words. */
struct approver {
	int64_t side;     /* enum side */
	int64_t role;     /* enum role */
	int64_t chairing; /* enum chairing */
	str body;         /* body key; empty: none */
	str seat;         /* composition key of the seat; empty: none */
};

struct approval {
	int64_t person_id;
	int64_t places; /* that the person could fill when approving */
};

/* Where a charter states nothing: one from each half of the secretariat [X]. */
extern const struct charter_approvals approval_by_both_secretaries;

/* The rule itself, or the default where it lists nobody. */
const struct charter_approvals *approval_rule(const struct charter_approvals *rule);

/* The places that somebody with these appointments can fill; about: key of the body that the
 * agenda or the minutes are of. */
unsigned approval_places(
    const struct charter_approvals *rule, str about, const struct approver *as, size_t n);

/* The places still empty; 0: approved. */
unsigned
approval_missing(const struct charter_approvals *rule, const struct approval *given, size_t n);

/* Whether this person may add an approval now. */
struct err *approval_can(const struct charter_approvals *rule, struct arena *a,
    const struct approval *given, size_t n, int64_t person_id, unsigned places) NODISCARD;

#endif
