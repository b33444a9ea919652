/*
 * core/round.h - a round: parties are asked, by a deadline, for one of some answers.
 *
 * Read-through, hearing, ratification, backing and signature are this one thing. The state
 * is never stored: it follows from the answers and the clock.
 *
 * Units      Instants are int64_t UTC seconds, named _at; days are named _days.
 * Ownership  Nothing is kept.
 * Errors     round.wrong_state   ERR_CONFLICT  no such act from this state
 *            round.not_yours     ERR_DENIED
 *            and the guards' codes, listed in docs/state-machines.md
 */
#ifndef CORE_ROUND_H
#define CORE_ROUND_H

#include "base/err.h"
#include "base/str.h"
#include "core/doer.h"

enum round_kind { /* stored as these numbers: never renumber */
	ROUND_READ_THROUGH = 1,
	ROUND_HEARING = 2,
	ROUND_RATIFICATION = 3,
	ROUND_BACKING = 4,
	ROUND_SIGNATURE = 5,
};

enum round_answer { /* stored as these numbers: never renumber */
	ANSWER_NOT_OPENED = 1,
	ANSWER_OPENED = 2,
	ANSWER_NO_COMMENT = 3, /* shown as "støtter" */
	ANSWER_COMMENT = 4,
	ANSWER_OBJECTION = 5, /* asks for a change */
	ANSWER_YES = 6,
	ANSWER_NO = 7,
	ANSWER_NO_ANSWER = 8, /* derived, never stored: the deadline passed in silence */
};
#define ANSWER_N      8
#define ANSWER_BIT(x) (1u << (x))

enum channel {            /* stored as these numbers: never renumber. How an answer came. */
	CHANNEL_SELF = 1, /* the party's own contact, here */
	CHANNEL_PHONE = 2,
	CHANNEL_MAIL = 3,
	CHANNEL_MEETING = 4,
};

enum disposition { /* stored as these numbers: never renumber */
	DISPOSITION_ACCEPTED = 1,
	DISPOSITION_PARTLY = 2,
	DISPOSITION_REJECTED = 3,
};

enum round_state { /* derived */
	ROUND_OPEN = 1,
	ROUND_CLOSED = 2,   /* deadline passed, or everybody has answered */
	ROUND_DISPOSED = 3, /* closed, and every comment has a disposition */
	ROUND_RELEASED = 4, /* papers may be sent out; no answer is taken any more */
	ROUND_CANCELLED = 5,
};
#define ROUND_STATE_N 5

enum round_act {
	ROUND_DO_LOOK = 1,   /* a party opens it for the first time */
	ROUND_DO_ANSWER,     /* or changes its answer */
	ROUND_DO_ANSWER_FOR, /* the secretariat, on a party's behalf */
	ROUND_DO_REMIND,
	ROUND_DO_EXTEND,
	ROUND_DO_DISPOSE,
	ROUND_DO_RELEASE,
	ROUND_DO_WITHDRAW, /* a party takes its answer back */
	ROUND_DO_CANCEL,
};
#define ROUND_ACT_N ROUND_DO_CANCEL

struct party_answer {
	int64_t party_id;
	int64_t answer;      /* enum round_answer, as stored */
	int64_t answered_at; /* 0: not answered */
	int64_t reminded_at; /* last time; 0: never */
	int64_t channel;     /* enum channel; 0: not answered */
	int64_t comments_n;  /* comments and objections in it */
	int64_t disposed_n;  /* of those, with disposition and reason */
};

struct round_counts {
	int asked_n, answered_n, late_n, on_behalf_n;
	int by_answer[ANSWER_N + 1]; /* by enum round_answer, as shown */
	int64_t comments_n, undisposed_n;
};

struct round_facts {
	int64_t kind; /* enum round_kind */
	int64_t now_at, deadline_at;
	int64_t released_at, cancelled_at; /* 0: not */
	const struct party_answer *answers;
	size_t n_answers;

	/* what is being done */
	int64_t party_id;    /* for whom */
	int64_t answer;      /* enum round_answer */
	int64_t channel;     /* enum channel */
	int64_t disposition; /* enum disposition */
	int64_t new_deadline_at;
	bool has_text;   /* the comment, objection or reason for a no */
	bool has_note;   /* how an answer on behalf came: who said it, when */
	bool has_reason; /* for a disposition, an extension, a cancelling */
};

void round_count(const struct round_facts *f, struct round_counts *ret);
enum round_state round_state(const struct round_facts *f);

struct err *round_can(const struct round_facts *f, struct arena *a, enum round_act act,
    unsigned by, struct step *ret) NODISCARD;
bool round_offers(int64_t state, enum round_act act, unsigned by, struct step *ret);

/* The answer as shown: what was silent when the deadline passed is no_answer. */
enum round_answer round_shown(const struct round_facts *f, const struct party_answer *p);
bool round_is_answered(const struct party_answer *p);
bool round_is_late(const struct round_facts *f, const struct party_answer *p);

/* Mask of ANSWER_BIT()s that parties may give in a round of this kind. */
unsigned round_answers(int64_t kind);

/* Whether the party is to be reminded by the program now: it has not answered, the deadline is
 * at most before_s seconds away and not passed, and no reminder has gone in that time. */
bool round_is_due_reminder(
    const struct round_facts *f, const struct party_answer *p, int64_t before_s);

const char *round_kind_key(int64_t kind);
const char *round_state_key(int64_t state);
const char *round_act_key(enum round_act act);
const char *answer_key(int64_t answer);
const char *channel_key(int64_t channel);
const char *disposition_key(int64_t disposition);

#endif
