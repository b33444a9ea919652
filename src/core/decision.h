/*
 * core/decision.h - a decision, by which rule it was made, and how each party carries it out.
 *
 * A decision (also a recommendation or an advice) has one line per party addressed. Its state
 * and what is overdue follow from the lines and the date. A decision is never altered or
 * reversed in place: a new matter that cites it may replace it (C26, D6).
 * Rule ids (D1 ...) are those of domain.md 3.6.
 *
 * Units      Days are civil days since 1970-01-01, named _day; 0 is "none", since no deadline
 *            is that old.
 * Errors     decision.wrong_state     ERR_CONFLICT
 *            decision.not_yours       ERR_DENIED
 *            decision.reopen_needs_new ERR_CONFLICT  D6
 *            and the guards' codes, listed in docs/state-machines.md
 */
#ifndef CORE_DECISION_H
#define CORE_DECISION_H

#include "base/err.h"
#include "core/charter.h"
#include "core/doer.h"

enum decision_state { /* derived */
	DECISION_REGISTERED = 1,
	DECISION_IN_PROGRESS = 2,
	DECISION_DONE = 3,
	DECISION_CANCELLED = 4, /* by a new decision */
};
#define DECISION_STATE_N 4

enum line_status { /* stored as these numbers: never renumber */
	LINE_NOT_STARTED = 1,
	LINE_PARTLY = 2,
	LINE_IMPLEMENTED = 3,
	LINE_EXCUSED = 4,   /* does not concern this party after all, with a reason */
	LINE_CANCELLED = 5, /* by a new decision */
};

enum decision_act {
	DECISION_DO_ACKNOWLEDGE = 1, /* a party has received it */
	DECISION_DO_PASS_ON,         /* and told its own organisation (R154) */
	DECISION_DO_UPDATE,          /* a party's own line */
	DECISION_DO_UPDATE_FOR,      /* the secretariat, on the party's word */
	DECISION_DO_EXCUSE,
	DECISION_DO_REMIND,
	DECISION_DO_REPLACE, /* by a new decision in a matter that cites this one */
	DECISION_DO_PUBLISH,
	DECISION_DO_REOPEN, /* in no row: D6 */
};
#define DECISION_ACT_N DECISION_DO_REOPEN

struct decision_line {
	int64_t party_id;
	int64_t status;           /* enum line_status */
	int64_t deadline_day;     /* 0: none */
	int64_t sent_day;         /* when the party was told */
	int64_t acknowledged_day; /* 0: not */
};

struct decision_facts {
	const struct decision_line *lines;
	size_t n_lines;
	int64_t today;
	bool is_replaced;
	bool is_minuted; /* the minutes it stands in are approved */
	bool is_exempt;  /* not public, with its legal basis */

	/* what is being done */
	int64_t party_id;
	int64_t status; /* enum line_status */
	bool has_note;  /* what was done, or how it is known */
	bool has_reason;
	bool is_cited;       /* the new matter cites this decision */
	bool is_new_decided; /* and was itself decided, by the rule */
};

enum decision_state decision_state(const struct decision_facts *f);

struct err *decision_can(const struct decision_facts *f, struct arena *a, enum decision_act act,
    unsigned by, struct step *ret) NODISCARD;
bool decision_offers(int64_t state, enum decision_act act, unsigned by, struct step *ret);

struct decision_counts {
	int lines_n, open_n, overdue_n, acknowledged_n, silent_n; /* silent: receipt overdue */
	int by_status[6];                                         /* by enum line_status */
};
void decision_count(const struct decision_facts *f, const struct charter_days *receipt,
    struct decision_counts *ret);

bool decision_line_is_open(const struct decision_line *l);
/* Past its deadline and not finished (D5). */
bool decision_line_is_overdue(const struct decision_line *l, int64_t today);
/* Not acknowledged within the days of receipt from when it was told (D3). */
bool decision_line_is_silent(
    const struct decision_line *l, int64_t today, const struct charter_days *receipt);

/* --- how it was made -------------------------------------------------------------------- */
struct votes { /* of ordinary seats present and competent */
	int64_t for_n, against_n, blank_n;
};

/* Whether the charter's rule is met. Consensus: nobody against, somebody for. Unanimity: all
 * present are for. */
bool decision_is_met(enum decision_rule rule, const struct votes *v);

const char *decision_state_key(int64_t state);
const char *decision_act_key(enum decision_act act);
const char *line_status_key(int64_t status);
const char *decision_rule_key(int64_t rule);

#endif
