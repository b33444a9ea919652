/*
 * core/meeting.h - a meeting of a body, from plan to archived minutes.
 *
 * Pure. The machine is the one table in meeting.c, written out in docs/state-machines.md.
 * Rule ids (M1 ...) are those of domain.md 3.2. Approvals of agenda and minutes are counted
 * by core/approval.h, presence by core/attendance.h, outcomes by core/matter.h.
 *
 * Units      Instants are int64_t UTC seconds, named _at; civil days are named _day.
 * Ownership  Nothing is kept.
 * Errors     meeting.wrong_state  ERR_CONFLICT  no such act from this state
 *            meeting.not_yours    ERR_DENIED
 *            and the guards' codes, listed in docs/state-machines.md
 */
#ifndef CORE_MEETING_H
#define CORE_MEETING_H

#include "base/err.h"
#include "base/str.h"
#include "core/doer.h"

enum meeting_state { /* stored as these numbers: never renumber */
	MEETING_PLANNED = 1,
	MEETING_AGENDA_DRAFT = 2,
	MEETING_AGENDA_SET = 3,
	MEETING_SUMMONED = 4,
	MEETING_PREMEETING_DONE = 5, /* summoned, and the pre-meetings asked for are held */
	MEETING_IN_SESSION = 6,
	MEETING_HELD = 7,
	MEETING_MINUTES_DRAFT = 8,
	MEETING_MINUTES_APPROVED = 9,
	MEETING_PUBLISHED = 10,
	MEETING_ARCHIVED = 11,
	MEETING_POSTPONED = 12,
	MEETING_CANCELLED = 13,
	MEETING_INQUORATE = 14,
};
#define MEETING_STATE_N 14

enum meeting_act {
	MEETING_DO_START_AGENDA = 1,
	MEETING_DO_UPDATE, /* time, place, title */
	MEETING_DO_ADD_ITEM,
	MEETING_DO_ADD_LATE_ITEM, /* after the summons */
	MEETING_DO_REMOVE_ITEM,
	MEETING_DO_ORDER,
	MEETING_DO_APPROVE_AGENDA,
	MEETING_DO_SET_AGENDA, /* follows from the last approval */
	MEETING_DO_REOPEN_AGENDA,
	MEETING_DO_AGREE_CHAIR,
	MEETING_DO_SUMMON,
	MEETING_DO_ANNOUNCE, /* time, place and agenda, to the public */
	MEETING_DO_REPLY,    /* a member says whether they come */
	MEETING_DO_PREMEETING_DONE,
	MEETING_DO_ATTEND,   /* record or undo presence of a seat */
	MEETING_DO_CONFLICT, /* somebody is not competent for an item */
	MEETING_DO_OPEN,
	MEETING_DO_FIND_INQUORATE,
	MEETING_DO_TAKE_UP,      /* an item */
	MEETING_DO_OUTCOME,      /* of an item */
	MEETING_DO_UNDO_OUTCOME, /* it was recorded wrongly */
	MEETING_DO_CLOSE,
	MEETING_DO_DRAFT_MINUTES,
	MEETING_DO_EDIT_MINUTES,
	MEETING_DO_COMMENT_MINUTES,
	MEETING_DO_APPROVE_MINUTES,
	MEETING_DO_LOCK_MINUTES, /* follows from the last approval, or from silence */
	MEETING_DO_PUBLISH,
	MEETING_DO_CORRECT, /* a new entry that points to the old: the minutes stay */
	MEETING_DO_ARCHIVE,
	MEETING_DO_POSTPONE,
	MEETING_DO_RESCHEDULE,
	MEETING_DO_CANCEL,
};
#define MEETING_ACT_N MEETING_DO_CANCEL

enum item_kind { /* stored as these numbers: never renumber. What the item is there for. */
	ITEM_DECIDE = 1,
	ITEM_DISCUSS = 2,
	ITEM_INFORM = 3,
	ITEM_FIXED = 4, /* a slot the charter gives every such meeting (M12), or a break */
};

struct meeting_facts {
	int64_t state; /* enum meeting_state */
	int64_t now_at, starts_at;

	/* agenda */
	bool is_extraordinary; /* agenda locked to the matters it was asked for (M2) */
	bool is_requested;     /* the item's matter is among those */
	bool is_matter_ready;  /* the item's matter may come on; true for items without one */
	bool is_on_agenda;     /* the item is there already */
	bool is_item_planned;  /* the item has a kind and minutes (R112) */
	int64_t items_n;
	unsigned missing_setters; /* approval_missing() of the agenda */
	bool may_approve;         /* what approval_can() said of this person */

	/* summons */
	bool is_announced;              /* to the public */
	bool is_chair_known;            /* by the rule, or agreed (M13) */
	bool needs_chair_first;         /* no summons before it is agreed (R055) */
	bool are_papers_out;            /* every item's papers are published */
	int64_t notice_days, days_left; /* as the charter asks; from today to the meeting */
	int64_t vacant_n;               /* mandatory seats without a holder */
	bool needs_premeeting;          /* by the charter, for some side */
	bool is_premeeting_planned, is_premeeting_held; /* of every side it is needed for */

	/* session */
	int64_t present_n; /* seats */
	bool is_quorate;
	bool is_other_day_meant; /* it is known that the day is another than today */
	int64_t open_items_n;    /* without an outcome */
	bool is_item_open;       /* the item at hand has no outcome yet */

	/* minutes */
	bool has_municipal_author, has_trust_author;
	unsigned missing_approvers; /* approval_missing() of the minutes, this text */
	bool is_silence_consent;    /* the charter says so (else only explicit approval) */
	bool is_delivered;          /* proven, to everybody who may object */
	bool is_objected;           /* a comment on the minutes is not answered */
	int64_t silence_ends_at;    /* the stated date; 0: none */

	/* off */
	int64_t new_starts_at;         /* 0: none */
	int64_t new_month, only_month; /* as of struct meeting_plan; 0 where extraordinary */
	bool has_reason;
};

struct err *meeting_can(const struct meeting_facts *f, struct arena *a, enum meeting_act act,
    unsigned by, struct step *ret) NODISCARD;
bool meeting_offers(int64_t state, enum meeting_act act, unsigned by, struct step *ret);

struct meeting_plan {
	int64_t starts_at, now_at;
	int64_t month;      /* of starts_at, 1 to 12, in local time */
	int64_t only_month; /* the charter's; 0: any (R108) */
	bool is_extraordinary;
	int64_t requested_by_id;   /* party that asked for it (M2) */
	int64_t matters_n;         /* named in the request */
	bool may_be_extraordinary; /* the charter knows such meetings of this body */
};

/* Whether such a meeting may be planned at all (M1, M2). */
struct err *meeting_check_plan(const struct meeting_plan *p, struct arena *a) NODISCARD;

/* Whether matters can still come on: as drafts of the agenda, or late. */
bool meeting_takes_items(int64_t state, bool is_extraordinary);
bool meeting_is_off(int64_t state);    /* postponed, cancelled or inquorate */
bool meeting_is_over(int64_t state);   /* held, or further */
bool meeting_is_called(int64_t state); /* summoned, and not over or off */

/* Minutes spent on information of all minutes planned, in percent, rounded down; -1: no
 * minutes. Fixed slots and breaks do not count. */
int meeting_information_share(int64_t inform_min, int64_t discuss_min, int64_t decide_min);

const char *meeting_state_key(int64_t state);
const char *meeting_act_key(enum meeting_act act);
const char *item_kind_key(int64_t kind);

#endif
