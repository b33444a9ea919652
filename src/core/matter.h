/*
 * core/matter.h - a matter (sak): what may be done to it, by whom, and what it becomes.
 *
 * Pure. The machine is the one table in matter.c, written out in docs/state-machines.md;
 * what is not in the table is forbidden. Rule ids (C1 ...) are those of domain.md 3.1.
 *
 * Units      Instants are int64_t UTC seconds, named _at.
 * Ownership  Facts point into the caller's arena; nothing is kept.
 * Errors     matter.wrong_state    ERR_CONFLICT  no such act from this state
 *            matter.not_yours      ERR_DENIED    the act exists, but not for this actor
 *            matter.reopen_needs_new  ERR_CONFLICT  C26: only a new matter that cites it
 *            and one ERR_INVALID for each guard, listed in docs/state-machines.md
 */
#ifndef CORE_MATTER_H
#define CORE_MATTER_H

#include "base/err.h"
#include "base/str.h"
#include "core/doer.h"

enum matter_state { /* stored as these numbers: never renumber */
	MATTER_DRAFT = 1,
	MATTER_SUBMITTED = 2,
	MATTER_RECEIVED = 3,
	MATTER_TRIAGED = 4,
	MATTER_IN_PREPARATION = 5,
	MATTER_QUALITY_CHECKED = 6,
	MATTER_READ_THROUGH = 7,
	MATTER_REVISED = 8,
	MATTER_READY = 9,
	MATTER_ON_AGENDA = 10,
	MATTER_PAPERS_PUBLISHED = 11,
	MATTER_IN_MEETING = 12,
	MATTER_DECIDED = 13,
	MATTER_RECOMMENDED = 14,
	MATTER_ADVISED = 15,
	MATTER_NOTED = 16,
	MATTER_POSTPONED = 17,
	MATTER_RETURNED = 18,
	MATTER_DELEGATED = 19,
	MATTER_ESCALATED = 20,
	MATTER_DISPUTED = 21,
	MATTER_FOLLOW_UP = 22,
	MATTER_CLOSED = 23,
	MATTER_ARCHIVED = 24,
	MATTER_REJECTED = 25,
	MATTER_WITHDRAWN = 26,
	MATTER_JOINED = 27, /* goes on as part of another matter */
};
#define MATTER_STATE_N 27

enum matter_act {
	MATTER_DO_SUBMIT = 1,
	MATTER_DO_RECEIVE,   /* acknowledge, with a number */
	MATTER_DO_TRIAGE,    /* decide how it is handled; again while triaged */
	MATTER_DO_SEND_BACK, /* to the proposer, to be completed */
	MATTER_DO_REJECT,
	MATTER_DO_APPEAL, /* the proposer asks the chair to look at a rejection */
	MATTER_DO_ALLOW_APPEAL,
	MATTER_DO_DISMISS_APPEAL,
	MATTER_DO_JOIN, /* into another matter */
	MATTER_DO_WITHDRAW,
	MATTER_DO_ASSIGN, /* authors, one from each side; rapporteur */
	MATTER_DO_START,
	MATTER_DO_EDIT, /* a section, a field, an attachment */
	MATTER_DO_COMMENT,
	MATTER_DO_SNAPSHOT,   /* a version with a number and a hash */
	MATTER_DO_SIGN_OFF,   /* one side's half of the secretariat, this version */
	MATTER_DO_CHECK,      /* the quality gate */
	MATTER_DO_REWORK,     /* back into preparation */
	MATTER_DO_SEND_ROUND, /* to read-through */
	MATTER_DO_SKIP_ROUND,
	MATTER_DO_CLOSE_ROUND,
	MATTER_DO_CANCEL_ROUND, /* it was sent out wrongly: back to the quality gate */
	MATTER_DO_FREEZE,
	MATTER_DO_PUT_ON_AGENDA,
	MATTER_DO_TAKE_OFF_AGENDA,
	MATTER_DO_PUBLISH_PAPERS,
	MATTER_DO_OPEN, /* the meeting takes it up */
	MATTER_DO_DECIDE,
	MATTER_DO_RECOMMEND,
	MATTER_DO_ADVISE,
	MATTER_DO_NOTE,
	MATTER_DO_RETURN,
	MATTER_DO_ESCALATE,
	MATTER_DO_DELEGATE,
	MATTER_DO_POSTPONE,
	MATTER_DO_DISPUTE,
	MATTER_DO_UNDO,          /* an outcome recorded wrongly, while the meeting sits */
	MATTER_DO_RESUME,        /* a returned matter is prepared again */
	MATTER_DO_RECEIVE_ABOVE, /* an escalated matter, at the parent body */
	MATTER_DO_FOLLOW_UP,
	MATTER_DO_CLOSE,
	MATTER_DO_ARCHIVE,
	MATTER_DO_REOPEN, /* in no row of the table: C26 */
};
#define MATTER_ACT_N MATTER_DO_REOPEN

enum appeal { /* of a rejection; stored as these numbers: never renumber */
	APPEAL_NONE = 0,
	APPEAL_OPEN = 1,     /* waits for the chair */
	APPEAL_ANSWERED = 2, /* allowed or dismissed: there is one only */
};

enum matter_type { /* stored as these numbers: never renumber */
	MATTER_INFORMATION = 1,
	MATTER_DISCUSSION = 2,
	MATTER_DECISION = 3,
	MATTER_RECOMMENDATION = 4,
	MATTER_HEARING = 5,
	MATTER_DISPUTE = 6,
	MATTER_DEVIATION = 7,
};

enum matter_scope { /* stored as these numbers: never renumber */
	SCOPE_ONE_MUNICIPALITY = 1,
	SCOPE_ONE_AREA = 2,
	SCOPE_SEVERAL_AREAS = 3,
	SCOPE_WHOLE_AREA = 4,
};

enum matter_consequence { /* stored, a mask: never renumber */
	CONSEQUENCE_PROFESSIONAL = 1,
	CONSEQUENCE_ECONOMIC = 2,
	CONSEQUENCE_ADMINISTRATIVE = 4,
	CONSEQUENCE_PRINCIPLE = 8,
};

enum matter_topic { /* stored as these numbers: never renumber. What charters route by. */
	TOPIC_OTHER = 0,
	TOPIC_PROCEDURE = 1, /* or guideline */
	TOPIC_SERVICE_MODEL = 2,
	TOPIC_DIRECTION = 3,
	TOPIC_ANNUAL_REPORT = 4,
	TOPIC_MANDATE = 5,
	TOPIC_THEME = 6,
	TOPIC_ECONOMY = 7,
	TOPIC_AGREEMENT = 8,
};

/* How the treatment of an item in a meeting ended. */
enum outcome { /* stored as these numbers: never renumber */
	OUTCOME_DECIDE = 1,
	OUTCOME_RECOMMEND = 2,
	OUTCOME_ADVISE = 3,
	OUTCOME_NOTE = 4,
	OUTCOME_RETURN = 5,
	OUTCOME_ESCALATE = 6,
	OUTCOME_DELEGATE = 7,
	OUTCOME_POSTPONE = 8,
	OUTCOME_DISPUTE = 9, /* only after disagreement */
};
#define OUTCOME_N      9
#define OUTCOME_BIT(o) (1u << (o))

/* What the secretariat decided in triage; zero means not decided. */
struct triage {
	int64_t body_id;     /* target body */
	int64_t type;        /* enum matter_type */
	int64_t scope;       /* enum matter_scope */
	int64_t consequence; /* mask of enum matter_consequence */
	int64_t topic;       /* enum matter_topic */
	bool is_larger;      /* larger economic or administrative consequence */
	bool is_extensive;   /* C8 */
	bool has_round;      /* whether read-through was decided upon, either way */
	bool needs_round;    /* read-through required */
	str override_reason; /* why the charter's routing is departed from */
};

/* What the charter says of the target body and of routing. */
struct triage_rules {
	bool is_local;              /* the target is a local body (LSU) */
	bool local_is_narrow;       /* several areas or the whole area do not go to one (C4) */
	int64_t principle_body_id;  /* C5; 0: the charter names none */
	int64_t topic_body_id;      /* where this topic goes (C6, C7); 0: no rule */
	bool topic_is_advisory;     /* C6: may be departed from with a reason */
	const int64_t *only_topics; /* the body treats nothing else (R117) */
	size_t n_only_topics;       /* 0: no limit */
	bool needs_rapporteur;      /* C8, for extensive matters in this body */
};

struct matter_facts {
	int64_t state; /* enum matter_state */
	int64_t now_at;
	str reason; /* given with the act; empty: none */

	/* intake */
	int64_t proposer_party_id;
	bool has_title;
	int64_t appeal;       /* enum appeal */
	int64_t joined_to_id; /* the matter it goes on in; 0: none */
	struct triage triage;
	struct triage_rules rules;

	/* preparation. Persons: 0 for nobody. */
	int64_t author_municipal_id, author_trust_id;
	str author_exemption; /* why there are not two authors */
	int64_t rapporteur_id;
	bool lit_municipality, lit_trust, lit_patient; /* the three perspectives */
	str lit_exemption;                             /* why one may stay dark */
	bool is_template_ok;                           /* every required heading filled */
	bool touches_region;
	int64_t hinterland_n; /* regional contributors */
	bool has_draft_decision;
	int64_t version; /* number of the current version; 0: none. Signatures are of it. */
	bool is_changed; /* the text has changed since that version */
	int64_t signed_municipal_id, signed_trust_id; /* who signed this version off */
	int64_t signer_id, signer_side;               /* who signs now */

	/* read-through */
	int64_t in_scope_n, asked_n, answered_n, unanswered_comments_n;
	int64_t deadline_at; /* 0: none */

	/* agenda and meeting */
	int64_t meeting_id, meeting_body_id;
	bool is_agenda_open;     /* takes this matter: draft, or open for late items */
	bool is_agenda_set;      /* approved by every setter */
	bool is_meeting_sitting; /* the one that treated it is still in session */
	bool is_meeting_off;     /* postponed, cancelled or inquorate */
	bool is_meeting_later;   /* than the one it was postponed from */
	bool needs_premeeting, has_premeeting;

	/* outcome */
	unsigned body_may;  /* OUTCOME_BIT()s that the body's authority covers */
	bool is_in_mandate; /* within the topics for which the body decides */
	bool is_quorate;
	bool is_agreed;           /* the charter's rule (consensus, majority) is met */
	bool is_disagreed;        /* "ikke enighet" was recorded */
	bool has_text;            /* the text of the decision, recommendation or advice */
	int64_t parent_body_id;   /* the next body in the reporting chain; 0: none */
	bool is_delegate_allowed; /* the receiving body is one this body may delegate to */
	bool has_mandate;         /* text of the mandate to the receiving body */
	int64_t child_deadline_at;
	int64_t postponed_to_meeting_id;

	/* after */
	bool is_minuted;               /* the minutes are approved */
	int64_t open_lines_n, lines_n; /* follow-up: not finished, all */
	bool is_child_done, is_dispute_over;
};

/* Whether somebody acting as by (mask of enum doer) may do act now, and what the matter
 * becomes. Which party or side the actor stands for is authorize()'s question. */
struct err *matter_can(const struct matter_facts *f, struct arena *a, enum matter_act act,
    unsigned by, struct step *ret) NODISCARD;

/* Whether the table has a row for this, guards aside: what to offer on a page. ret may be
 * NULL. */
bool matter_offers(int64_t state, enum matter_act act, unsigned by, struct step *ret);

/* The act that an outcome is, and whether the body's authority can cover it. */
enum matter_act matter_act_of(enum outcome o);

/* Seen by the proposer alone. */
bool matter_is_draft(int64_t state);
/* The papers have gone out, and it has not come back into preparation. */
bool matter_is_out(int64_t state);
bool matter_is_over(int64_t state); /* nothing but archiving can follow */

/* Stable snake_case keys for JSON, CSV and the journal; NULL for an unknown number. */
const char *matter_state_key(int64_t state);
const char *matter_act_key(enum matter_act act);
const char *matter_type_key(int64_t type);
const char *matter_scope_key(int64_t scope);
const char *matter_topic_key(int64_t topic);
const char *matter_consequence_key(int64_t bit);
const char *outcome_key(int64_t outcome);

#endif
