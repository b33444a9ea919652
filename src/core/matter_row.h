/*
 * core/matter_row.h - a matter as it is kept; filled by store/sql/matter.sql.
 *
 * Units      _at: UTC seconds, _day: civil days; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_MATTER_ROW_H
#define CORE_MATTER_ROW_H

#include "base/str.h"

struct matter {
	int64_t id;
	str pid;
	int64_t year, no;
	str label; /* "Sak 14/26"; empty until it is received */
	str title, summary, wish;
	int64_t state, state_at; /* enum matter_state */
	int64_t proposer_party_id, proposer_person_id;
	int64_t created_at, submitted_at, received_at;
	int64_t body_id, type, scope, consequence, topic, larger, extensive;
	str region_key, override_reason;
	int64_t round_required; /* -1: not decided upon */
	str round_reason;
	int64_t due_day, rapporteur_id;
	str author_exemption, lit_exemption, reason;
	int64_t appealed, joined_to_id, parent_id;
	str mandate;
	int64_t version_no, ready_version_no, published_at;
	str exempt_basis;
	int64_t rev;
	str party_name; /* of the proposer */
	str body_abbr;  /* empty before triage */
};

/* What a list of matters shows of each. */
struct matter_line {
	int64_t id;
	str pid, label, title;
	int64_t state, state_at, created_at;
	str party_name, body_abbr;
};

/* Somebody who can be asked to write: one line for each side the person stands on. */
struct matter_person {
	str pid, name, title, party_name;
	int64_t side, role; /* enum side, enum role: the first */
};

#endif
