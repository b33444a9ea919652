/*
 * core/decision_row.h - a decision and its follow-up as they are kept; filled by
 * store/sql/decision.sql.
 *
 * Units      _at: UTC seconds, _day: civil days; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_DECISION_ROW_H
#define CORE_DECISION_ROW_H

#include "base/str.h"

struct decision {
	int64_t id;
	str pid;
	int64_t year, no;
	str label; /* "Vedtak SSU 6/26" */
	int64_t matter_id, meeting_id, item_id, body_id;
	int64_t authority; /* enum outcome: decide, recommend, advise or note */
	str rule;          /* of the charter, that the body had its authority by */
	str title, text, remark;
	int64_t decided_day, due_day;
	int64_t final_at; /* the minutes are approved */
	int64_t closed_at, replaced_by_id, published_at, rev;
	str matter_pid, matter_label, matter_title, exempt_basis;
	str meeting_pid, meeting_label;
	str body_pid, body_key, body_name, body_abbr;
	str new_pid, new_label; /* of the decision that replaced it */
};

/* What a list of decisions shows of each. */
struct decision_row {
	int64_t id;
	str pid, label, title;
	int64_t authority, decided_day, due_day, final_at, closed_at, published_at,
	    replaced_by_id;
	str body_pid, body_abbr, matter_pid, matter_label;
};

/* One party's follow-up of one decision. */
struct followup {
	int64_t decision_id, party_id, status; /* enum line_status */
	str note;
	int64_t due_day, updated_at, on_behalf, sent_at, seen_at, passed_on_at, reminded_at,
	    rev;
	str party_pid, party_key, party_name;
	int64_t side;               /* enum side */
	str person_name, seen_name; /* who updated it, who acknowledged it */
};

#endif
