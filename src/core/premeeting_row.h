/*
 * core/premeeting_row.h - a pre-meeting and its positions as they are kept; filled by
 * store/sql/premeeting.sql.
 *
 * Units      _at: UTC seconds; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_PREMEETING_ROW_H
#define CORE_PREMEETING_ROW_H

#include "base/str.h"

struct premeeting {
	int64_t id;
	str pid;
	int64_t meeting_id, side, state, starts_at; /* enum side, enum premeeting_state */
	str place, notes;
	int64_t held_at;
	str reason;
	int64_t rev;
};

struct position_row {
	int64_t item_id, side, kind; /* enum position */
	str text, minority;
	int64_t speaker_id, released_at, rev;
	str speaker_pid, speaker_name; /* empty: nobody named */
};

#endif
