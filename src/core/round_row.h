/*
 * core/round_row.h - a round, and what each party said, as they are kept; filled by
 * store/sql/round.sql.
 *
 * Units      _at: UTC seconds; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_ROUND_ROW_H
#define CORE_ROUND_ROW_H

#include "base/str.h"

struct round_row {
	int64_t id;
	str pid;
	int64_t matter_id, kind, version_no;
	str message, short_reason;
	int64_t opened_at, deadline_at, closed_at, cancelled_at;
	str reason;
	int64_t person_id, rev;
};

struct round_party {
	int64_t party_id;
	str party_pid, party_key, party_name;
	int64_t side, population;
	int64_t answer; /* enum round_answer, as stored */
	str text;
	int64_t opened_at, answered_at;
	str person_name; /* who answered, or registered the answer; empty: nobody yet */
	int64_t channel; /* enum channel */
	str note;
	int64_t reminded_at, reminders;
	int64_t disposition; /* enum disposition; 0: none yet */
	str disposition_reason;
	int64_t disposition_at, rev;
};

/* What a list of rounds shows of each. */
struct round_line {
	str pid, matter_pid, label, title;
	int64_t kind, opened_at, deadline_at, closed_at, cancelled_at;
	int64_t asked_n, answered_n, comments_n, undisposed_n;
};

/* What waits for a party. */
struct round_waiting {
	str pid, label, title;
	int64_t opened_at, deadline_at, answer;
};

#endif
