/*
 * core/authz.h - who may do what to which thing: one pure function over one constant table.
 *
 * Every page, API operation, command and list asks here; nothing else grants anything. The
 * table is in authz.c; test/authz.csv says what it must answer, cell by cell. Whether the
 * thing is in a state where the act makes sense is the state machines' question: the table
 * here looks at states only where seeing or standing depends on them.
 *
 * Deeds count only under appointments for the party that the actor acts for now
 * (actor.party_id), save those of an administrator, who acts for none. Reading looks at all
 * appointments. Whether a thing is seen at all is the database's predicate; its answer comes
 * in as object.is_visible and nothing here overrides it. What is published is no exception: the
 * public pages read it by queries of their own, without what is exempt. A side's own rooms
 * (OBJECT_PREMEETING) are checked here too, so that no predicate alone stands between sides.
 */
#ifndef CORE_AUTHZ_H
#define CORE_AUTHZ_H

#include "core/actor.h"
#include "core/doer.h"

#include <stdbool.h>

enum object_kind {        /* stored, in access rows: never renumber */
	OBJECT_SPACE = 1, /* the cooperation itself: lists, and things that do not exist yet */
	OBJECT_MATTER = 2,
	OBJECT_ROUND = 3,
	OBJECT_MEETING = 4, /* with its agenda and minutes */
	OBJECT_PREMEETING = 5,
	OBJECT_DECISION = 6,
	OBJECT_PERSON = 7, /* with appointments, sessions and tokens */
	OBJECT_BODY = 8,
};
#define OBJECT_KIND_N 8

/* X(name, key, kind of the object, is a reading)  The key is also the name of the API
 * operation and of the journal entry. */
#define ACTIONS(X)                                                                   \
	X(SPACE_READ, "space.read", OBJECT_SPACE, true)                              \
	X(SPACE_PUBLIC, "space.public", OBJECT_SPACE, true)                          \
	X(SPACE_SEARCH, "space.search", OBJECT_SPACE, true)                          \
	X(SPACE_PARITY, "space.parity", OBJECT_SPACE, true)                          \
	X(SPACE_IMPORT, "space.import", OBJECT_SPACE, false)                         \
	X(SPACE_CHARTER, "space.charter", OBJECT_SPACE, false)                       \
	X(SPACE_OPERATE, "space.operate", OBJECT_SPACE, false)                       \
	X(BODY_READ, "body.read", OBJECT_BODY, true)                                 \
	X(MATTER_PROPOSE, "matter.propose", OBJECT_SPACE, false)                     \
	X(MATTER_READ, "matter.read", OBJECT_MATTER, true)                           \
	X(MATTER_SUBMIT, "matter.submit", OBJECT_MATTER, false)                      \
	X(MATTER_RECEIVE, "matter.receive", OBJECT_MATTER, false)                    \
	X(MATTER_TRIAGE, "matter.triage", OBJECT_MATTER, false)                      \
	X(MATTER_SEND_BACK, "matter.send_back", OBJECT_MATTER, false)                \
	X(MATTER_REJECT, "matter.reject", OBJECT_MATTER, false)                      \
	X(MATTER_APPEAL, "matter.appeal", OBJECT_MATTER, false)                      \
	X(MATTER_ALLOW_APPEAL, "matter.allow_appeal", OBJECT_MATTER, false)          \
	X(MATTER_DISMISS_APPEAL, "matter.dismiss_appeal", OBJECT_MATTER, false)      \
	X(MATTER_JOIN, "matter.join", OBJECT_MATTER, false)                          \
	X(MATTER_WITHDRAW, "matter.withdraw", OBJECT_MATTER, false)                  \
	X(MATTER_ASSIGN, "matter.assign", OBJECT_MATTER, false)                      \
	X(MATTER_START, "matter.start", OBJECT_MATTER, false)                        \
	X(MATTER_EDIT, "matter.edit", OBJECT_MATTER, false)                          \
	X(MATTER_ATTACH, "matter.attach", OBJECT_MATTER, false)                      \
	X(MATTER_DETACH, "matter.detach", OBJECT_MATTER, false)                      \
	X(MATTER_COMMENT, "matter.comment", OBJECT_MATTER, false)                    \
	X(MATTER_SETTLE, "matter.settle", OBJECT_MATTER, false)                      \
	X(MATTER_SNAPSHOT, "matter.snapshot", OBJECT_MATTER, false)                  \
	X(MATTER_SIGN_OFF, "matter.sign_off", OBJECT_MATTER, false)                  \
	X(MATTER_CHECK, "matter.check", OBJECT_MATTER, false)                        \
	X(MATTER_REWORK, "matter.rework", OBJECT_MATTER, false)                      \
	X(MATTER_SKIP_ROUND, "matter.skip_round", OBJECT_MATTER, false)              \
	X(MATTER_FREEZE, "matter.freeze", OBJECT_MATTER, false)                      \
	X(MATTER_RESUME, "matter.resume", OBJECT_MATTER, false)                      \
	X(MATTER_RECEIVE_ABOVE, "matter.receive_above", OBJECT_MATTER, false)        \
	X(MATTER_CLOSE, "matter.close", OBJECT_MATTER, false)                        \
	X(MATTER_ARCHIVE, "matter.archive", OBJECT_MATTER, false)                    \
	X(MATTER_PUBLISH, "matter.publish", OBJECT_MATTER, false)                    \
	X(ROUND_OPEN, "round.open", OBJECT_MATTER, false)                            \
	X(ROUND_READ, "round.read", OBJECT_ROUND, true)                              \
	X(ROUND_LOOK, "round.look", OBJECT_ROUND, false)                             \
	X(ROUND_ANSWER, "round.answer", OBJECT_ROUND, false)                         \
	X(ROUND_WITHDRAW, "round.withdraw", OBJECT_ROUND, false)                     \
	X(ROUND_ANSWER_FOR, "round.answer_for", OBJECT_ROUND, false)                 \
	X(ROUND_REMIND, "round.remind", OBJECT_ROUND, false)                         \
	X(ROUND_EXTEND, "round.extend", OBJECT_ROUND, false)                         \
	X(ROUND_DISPOSE, "round.dispose", OBJECT_ROUND, false)                       \
	X(ROUND_CLOSE, "round.close", OBJECT_ROUND, false)                           \
	X(ROUND_CANCEL, "round.cancel", OBJECT_ROUND, false)                         \
	X(MEETING_PLAN, "meeting.plan", OBJECT_SPACE, false)                         \
	X(MEETING_REQUEST, "meeting.request", OBJECT_SPACE, false)                   \
	X(MEETING_READ, "meeting.read", OBJECT_MEETING, true)                        \
	X(MEETING_UPDATE, "meeting.update", OBJECT_MEETING, false)                   \
	X(MEETING_POSTPONE, "meeting.postpone", OBJECT_MEETING, false)               \
	X(MEETING_RESCHEDULE, "meeting.reschedule", OBJECT_MEETING, false)           \
	X(MEETING_CANCEL, "meeting.cancel", OBJECT_MEETING, false)                   \
	X(MEETING_AGENDA_ADD, "meeting.agenda_add", OBJECT_MEETING, false)           \
	X(MEETING_AGENDA_REMOVE, "meeting.agenda_remove", OBJECT_MEETING, false)     \
	X(MEETING_AGENDA_ORDER, "meeting.agenda_order", OBJECT_MEETING, false)       \
	X(MEETING_AGENDA_APPROVE, "meeting.agenda_approve", OBJECT_MEETING, false)   \
	X(MEETING_AGENDA_REOPEN, "meeting.agenda_reopen", OBJECT_MEETING, false)     \
	X(MEETING_AGREE_CHAIR, "meeting.agree_chair", OBJECT_MEETING, false)         \
	X(MEETING_SUMMON, "meeting.summon", OBJECT_MEETING, false)                   \
	X(MEETING_ANNOUNCE, "meeting.announce", OBJECT_MEETING, false)               \
	X(MEETING_REPLY, "meeting.reply", OBJECT_MEETING, false)                     \
	X(MEETING_ATTEND, "meeting.attend", OBJECT_MEETING, false)                   \
	X(MEETING_CONFLICT, "meeting.conflict", OBJECT_MEETING, false)               \
	X(MEETING_OPEN, "meeting.open", OBJECT_MEETING, false)                       \
	X(MEETING_INQUORATE, "meeting.inquorate", OBJECT_MEETING, false)             \
	X(MEETING_TAKE_UP, "meeting.take_up", OBJECT_MEETING, false)                 \
	X(MEETING_OUTCOME, "meeting.outcome", OBJECT_MEETING, false)                 \
	X(MEETING_OUTCOME_UNDO, "meeting.outcome_undo", OBJECT_MEETING, false)       \
	X(MEETING_CLOSE, "meeting.close", OBJECT_MEETING, false)                     \
	X(MEETING_MINUTES_READ, "meeting.minutes_read", OBJECT_MEETING, true)        \
	X(MEETING_MINUTES_EDIT, "meeting.minutes_edit", OBJECT_MEETING, false)       \
	X(MEETING_MINUTES_COMMENT, "meeting.minutes_comment", OBJECT_MEETING, false) \
	X(MEETING_MINUTES_APPROVE, "meeting.minutes_approve", OBJECT_MEETING, false) \
	X(MEETING_MINUTES_CORRECT, "meeting.minutes_correct", OBJECT_MEETING, false) \
	X(MEETING_PUBLISH, "meeting.publish", OBJECT_MEETING, false)                 \
	X(MEETING_ARCHIVE, "meeting.archive", OBJECT_MEETING, false)                 \
	X(PREMEETING_PLAN, "premeeting.plan", OBJECT_MEETING, false)                 \
	X(PREMEETING_READ, "premeeting.read", OBJECT_PREMEETING, true)               \
	X(PREMEETING_WRITE, "premeeting.write", OBJECT_PREMEETING, false)            \
	X(PREMEETING_STAND, "premeeting.stand", OBJECT_PREMEETING, false)            \
	X(PREMEETING_HOLD, "premeeting.hold", OBJECT_PREMEETING, false)              \
	X(PREMEETING_POSITION, "premeeting.position", OBJECT_PREMEETING, false)      \
	X(PREMEETING_RECORD, "premeeting.record", OBJECT_PREMEETING, false)          \
	X(PREMEETING_RELEASE, "premeeting.release", OBJECT_PREMEETING, false)        \
	X(PREMEETING_CANCEL, "premeeting.cancel", OBJECT_PREMEETING, false)          \
	X(DECISION_READ, "decision.read", OBJECT_DECISION, true)                     \
	X(DECISION_ACKNOWLEDGE, "decision.acknowledge", OBJECT_DECISION, false)      \
	X(DECISION_PASS_ON, "decision.pass_on", OBJECT_DECISION, false)              \
	X(DECISION_UPDATE, "decision.update", OBJECT_DECISION, false)                \
	X(DECISION_UPDATE_FOR, "decision.update_for", OBJECT_DECISION, false)        \
	X(DECISION_EXCUSE, "decision.excuse", OBJECT_DECISION, false)                \
	X(DECISION_REPLACE, "decision.replace", OBJECT_DECISION, false)              \
	X(DECISION_REMIND, "decision.remind", OBJECT_DECISION, false)                \
	X(DECISION_PUBLISH, "decision.publish", OBJECT_DECISION, false)              \
	X(PERSON_LIST, "person.list", OBJECT_SPACE, true)                            \
	X(PERSON_INVITE, "person.invite", OBJECT_SPACE, false)                       \
	X(PERSON_READ, "person.read", OBJECT_PERSON, true)                           \
	X(PERSON_UPDATE, "person.update", OBJECT_PERSON, false)                      \
	X(PERSON_SIGN_OUT, "person.sign_out", OBJECT_PERSON, false)                  \
	X(PERSON_RESET, "person.reset", OBJECT_PERSON, false)                        \
	X(APPOINTMENT_ADD, "appointment.add", OBJECT_PERSON, false)                  \
	X(APPOINTMENT_END, "appointment.end", OBJECT_PERSON, false)                  \
	X(ACCOUNT_READ, "account.read", OBJECT_PERSON, true)                         \
	X(ACCOUNT_UPDATE, "account.update", OBJECT_PERSON, false)                    \
	X(ACCOUNT_RECOVERY, "account.recovery", OBJECT_PERSON, false)                \
	X(ACCOUNT_PASSWORD, "account.password", OBJECT_PERSON, false)                \
	X(ACCOUNT_PHONE, "account.phone", OBJECT_PERSON, false)                      \
	X(NOTICE_READ, "notice.read", OBJECT_PERSON, false)                          \
	X(TOKEN_CREATE, "token.create", OBJECT_PERSON, false)                        \
	X(TOKEN_REVOKE, "token.revoke", OBJECT_PERSON, false)                        \
	X(JOURNAL_READ, "journal.read", OBJECT_SPACE, true)                          \
	X(JOURNAL_CHECKPOINT, "journal.checkpoint", OBJECT_SPACE, true)              \
	X(JOURNAL_EXPORT, "journal.export", OBJECT_SPACE, true)                      \
	X(JOURNAL_WITNESS, "journal.witness", OBJECT_SPACE, false)                   \
	X(JOURNAL_COSIGN, "journal.cosign", OBJECT_SPACE, false)

enum action {
	ACT_NONE = 0,
#define X(name, key, kind, is_read) ACT_##name,
	ACTIONS(X)
#undef X
	    ACT_END
};
#define ACT_N (ACT_END - 1)

struct object {
	int64_t kind;     /* enum object_kind */
	int64_t state;    /* by the kind's own enum; 0 where it has none */
	int64_t party_id; /* whose it is, or whom it asks; 0: nobody's or everybody's */
	int64_t proposer_party_id; /* 0: none */
	int64_t raiser_id;         /* the person who proposed it for that party; 0: none */
	int64_t body_id;           /* 0: none */
	int64_t side;              /* enum side: whose room it is; 0: joint */
	int64_t person_id;         /* OBJECT_PERSON: whose account; 0: none */
	const int64_t *authors;    /* persons named as its authors */
	size_t n_authors;
	const int64_t *parties; /* parties asked or addressed, besides party_id */
	size_t n_parties;
	bool is_visible; /* the database's predicate says so, for this actor */
	bool is_named;   /* the charter names this actor for the act: approval_places() */
};

enum verdict {
	VERDICT_HIDE = 0, /* answer as if it did not exist: 404 */
	VERDICT_DENY = 1, /* 403 */
	VERDICT_ALLOW = 2,
};

/* ret_by may be NULL. It is set to the appointment that the right comes from when that
 * is one, else to NULL: one's own account, what is for anybody. */
enum verdict authorize(const struct actor *actor, enum action action,
    const struct object *object, const struct appointment **ret_by);

/* In which capacities (mask of enum doer) the actor acts towards the object, for the state
 * machines. Only appointments for the party acted for count. */
unsigned authz_doers(const struct actor *actor, const struct object *object);

const char *action_key(enum action action);         /* "matter.propose"; NULL: no such */
enum action action_of(str key);                     /* ACT_NONE: no such key */
enum object_kind action_object(enum action action); /* what it is done to */
bool action_is_read(enum action action);
/* Whether it must be shown anew who acts: what approves, signs, publishes, grants or exports.
 */
bool action_is_weighty(enum action action);

/* How many states a kind of object has: 0 for those without. They are 1 to n. */
int object_states(enum object_kind kind);
const char *object_key(enum object_kind kind); /* "matter" */
const char *side_key(int64_t side);

#endif
