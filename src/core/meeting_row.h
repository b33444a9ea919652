/*
 * core/meeting_row.h - a meeting and the items of its agenda as they are kept; filled by
 * store/sql/meeting.sql.
 *
 * Units      _at: UTC seconds, _day: civil days, _min: minutes; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_MEETING_ROW_H
#define CORE_MEETING_ROW_H

#include "base/str.h"

struct meeting {
	int64_t id;
	str pid;
	int64_t body_id, year, no;
	str label; /* "SSU 2/26" */
	int64_t starts_at, length_min;
	str place;
	int64_t state, state_at; /* enum meeting_state */
	int64_t extraordinary, requested_by_id;
	str reason;
	int64_t chair_person_id; /* agreed; 0: as the charter's rule says */
	int64_t current_item_id, opened_at, closed_at;
	int64_t agenda_rev, published_at, rev;
	str body_key, body_pid, body_name, body_abbr;
};

/* What a list of meetings shows of each. */
struct meeting_line {
	int64_t id;
	str pid, label;
	int64_t starts_at, length_min;
	str place;
	int64_t state, extraordinary;
	str body_key, body_pid, body_name, body_abbr;
	int64_t items_n;
};

struct agenda_item {
	int64_t id;
	str pid;
	int64_t meeting_id, pos, matter_id; /* matter_id 0: an item without a matter */
	str title;
	int64_t kind, length_min; /* enum item_kind */
	str late_reason;
	int64_t taken_at, outcome, disagreed; /* enum outcome; 0: none yet */
	str reason, text, remark, mandate;
	int64_t child_id, to_meeting_id, to_body_id, due_day, decided_at, rev;
	str matter_pid, matter_label; /* empty without a matter */
	int64_t matter_state;         /* 0 without a matter */
};

#endif
