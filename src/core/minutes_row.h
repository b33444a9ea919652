/*
 * core/minutes_row.h - the minutes of a meeting as they are kept; filled by
 * store/sql/minutes.sql.
 *
 * Units      _at: UTC seconds, _day: civil days; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_MINUTES_ROW_H
#define CORE_MINUTES_ROW_H

#include "base/str.h"

struct minutes_words {
	int64_t meeting_id, municipal_author_id, trust_author_id;
	str preamble, closing;
	int64_t text_rev; /* approvals hold for one */
	int64_t approved_at;
	str hash, text; /* as locked; empty before */
	int64_t published_at, rev;
	str municipal_name, municipal_pid, trust_name, trust_pid; /* the authors */
};

struct minutes_comment {
	str pid;
	int64_t item_id;
	str text;
	int64_t at;
	str answer;
	int64_t answered_at;
	str person_name, party_name, item_title;
};

struct minutes_correction {
	str pid, hash, text, reason;
	int64_t at;
	str person_name, party_name, item_title;
};

struct minutes_decision {
	int64_t id;
	str pid, label;
	int64_t item_id, matter_id, authority, due_day, published_at, lines_n;
	str exempt_basis;
};

struct minutes_position {
	int64_t item_id, side, kind; /* enum side, enum position */
	str text, minority;
};

struct minutes_recusal {
	int64_t item_id;
	str label, reason;
};

struct minutes_exempt {
	int64_t id; /* of the item */
	str exempt_basis;
};

#endif
