#include "core/authz.h"

#include "core/decision.h"
#include "core/machine.h"
#include "core/matter.h"
#include "core/meeting.h"
#include "core/premeeting.h"
#include "core/round.h"

/* --- who -------------------------------------------------------------------------------- */
#define ADMIN     (1u << ROLE_ADMIN)
#define SECRETARY (1u << ROLE_SECRETARY)
#define CONTACT   (1u << ROLE_CONTACT)
#define MEMBER    (1u << ROLE_MEMBER)
#define DEPUTY    (1u << ROLE_DEPUTY)
#define SEATED    (MEMBER | DEPUTY)
#define INSIDE    (SECRETARY | CONTACT | SEATED)
#define ANYBODY   0u /* no appointment needed */

/* --- in what relation to the thing: all that a row names must hold ---------------------- */
enum relation {
	ANY = 0,
	PARTY = 1 << 0,    /* the appointment's party is asked, addressed, or owns it */
	PROPOSER = 1 << 1, /* the appointment's party proposed it */
	AUTHOR = 1 << 2,   /* the person is named as author */
	BODY = 1 << 3,     /* the appointment is in the thing's body */
	CHAIRS = 1 << 4,   /* and is that of chair or vice-chair */
	SIDE = 1 << 5,     /* the appointment is of the side whose room it is */
	NAMED = 1 << 6,    /* the charter names the actor for it */
	SELF = 1 << 7,     /* it is the actor's own account */
	OTHER = 1 << 8,    /* it is not */
	RAISER = 1 << 9,   /* the person raised it, for the proposer */
};

/* --- in what states --------------------------------------------------------------------- */
#define ALWAYS     UINT64_MAX
#define DRAFT      IN(MATTER_DRAFT)
#define SUBMITTED  (~DRAFT) /* or further */
#define UNAPPROVED (IN(MEETING_IN_SESSION) | IN(MEETING_HELD) | IN(MEETING_MINUTES_DRAFT))
#define APPROVED   (IN(MEETING_MINUTES_APPROVED) | IN(MEETING_PUBLISHED) | IN(MEETING_ARCHIVED))

struct grant {
	enum action action;
	uint64_t states;
	unsigned roles;
	unsigned relation;
};

/* clang-format off */
static const struct grant grants[] = {
	/* the cooperation itself */
	{ACT_SPACE_READ, ALWAYS, INSIDE | ADMIN, ANY},
	{ACT_SPACE_PUBLIC, ALWAYS, ANYBODY, ANY},
	{ACT_SPACE_SEARCH, ALWAYS, ANYBODY, ANY}, /* finds what is seen, nothing else */
	{ACT_SPACE_PARITY, ALWAYS, INSIDE, ANY},
	{ACT_SPACE_IMPORT, ALWAYS, ADMIN, ANY},
	{ACT_SPACE_CHARTER, ALWAYS, ADMIN, ANY},
	{ACT_SPACE_OPERATE, ALWAYS, ADMIN, ANY},
	{ACT_BODY_READ, ALWAYS, INSIDE | ADMIN, ANY},

	/* matters: a draft is seen by those who speak for its party, and who raised it */
	{ACT_MATTER_PROPOSE, ALWAYS, CONTACT | MEMBER | SECRETARY, ANY},
	{ACT_MATTER_READ, DRAFT, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_READ, DRAFT, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_READ, SUBMITTED, INSIDE, ANY},
	{ACT_MATTER_SUBMIT, ALWAYS, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_SUBMIT, ALWAYS, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_WITHDRAW, ALWAYS, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_WITHDRAW, ALWAYS, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_APPEAL, SUBMITTED, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_APPEAL, SUBMITTED, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_ALLOW_APPEAL, SUBMITTED, SEATED, BODY | CHAIRS},
	{ACT_MATTER_DISMISS_APPEAL, SUBMITTED, SEATED, BODY | CHAIRS},
	{ACT_MATTER_RECEIVE, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_TRIAGE, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_SEND_BACK, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_REJECT, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_JOIN, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_ASSIGN, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_START, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_EDIT, DRAFT, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_EDIT, DRAFT, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_EDIT, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_EDIT, SUBMITTED, INSIDE, AUTHOR},
	{ACT_MATTER_ATTACH, DRAFT, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_ATTACH, DRAFT, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_ATTACH, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_ATTACH, SUBMITTED, INSIDE, AUTHOR},
	{ACT_MATTER_DETACH, DRAFT, CONTACT | SECRETARY, PROPOSER},
	{ACT_MATTER_DETACH, DRAFT, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_DETACH, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_DETACH, SUBMITTED, INSIDE, AUTHOR},
	{ACT_MATTER_COMMENT, SUBMITTED, SECRETARY | CONTACT, ANY},
	{ACT_MATTER_COMMENT, SUBMITTED, SEATED, BODY},
	{ACT_MATTER_COMMENT, SUBMITTED, INSIDE, AUTHOR},
	{ACT_MATTER_COMMENT, SUBMITTED, MEMBER, PROPOSER | RAISER},
	{ACT_MATTER_SETTLE, SUBMITTED, SECRETARY, ANY}, /* marks a comment as dealt with */
	{ACT_MATTER_SETTLE, SUBMITTED, INSIDE, AUTHOR},
	{ACT_MATTER_SNAPSHOT, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_SNAPSHOT, SUBMITTED, INSIDE, AUTHOR},
	{ACT_MATTER_SIGN_OFF, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_CHECK, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_REWORK, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_SKIP_ROUND, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_FREEZE, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_RESUME, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_RECEIVE_ABOVE, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_CLOSE, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_ARCHIVE, SUBMITTED, SECRETARY, ANY},
	{ACT_MATTER_PUBLISH, SUBMITTED, SECRETARY, ANY},

	/* rounds */
	{ACT_ROUND_OPEN, SUBMITTED, SECRETARY, ANY},
	{ACT_ROUND_READ, ALWAYS, INSIDE, ANY},
	{ACT_ROUND_LOOK, ALWAYS, CONTACT, PARTY},
	{ACT_ROUND_ANSWER, ALWAYS, CONTACT, PARTY},
	{ACT_ROUND_WITHDRAW, ALWAYS, CONTACT, PARTY},
	{ACT_ROUND_ANSWER_FOR, ALWAYS, SECRETARY, ANY},
	{ACT_ROUND_REMIND, ALWAYS, SECRETARY, ANY},
	{ACT_ROUND_EXTEND, ALWAYS, SECRETARY, ANY},
	{ACT_ROUND_DISPOSE, ALWAYS, SECRETARY, ANY},
	{ACT_ROUND_DISPOSE, ALWAYS, INSIDE, AUTHOR},
	{ACT_ROUND_CLOSE, ALWAYS, SECRETARY, ANY},
	{ACT_ROUND_CANCEL, ALWAYS, SECRETARY, ANY},

	/* meetings */
	{ACT_MEETING_PLAN, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_REQUEST, ALWAYS, SECRETARY | CONTACT | MEMBER, ANY},
	{ACT_MEETING_READ, ALWAYS, INSIDE, ANY},
	{ACT_MEETING_UPDATE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_POSTPONE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_RESCHEDULE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_CANCEL, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_AGENDA_ADD, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_AGENDA_REMOVE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_AGENDA_ORDER, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_AGENDA_APPROVE, ALWAYS, INSIDE, NAMED},
	{ACT_MEETING_AGENDA_REOPEN, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_AGREE_CHAIR, ALWAYS, INSIDE, NAMED},
	{ACT_MEETING_SUMMON, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_ANNOUNCE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_REPLY, ALWAYS, SEATED, BODY},
	{ACT_MEETING_ATTEND, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_ATTEND, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_CONFLICT, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_CONFLICT, ALWAYS, SEATED, BODY},
	{ACT_MEETING_OPEN, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_OPEN, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_INQUORATE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_INQUORATE, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_TAKE_UP, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_TAKE_UP, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_OUTCOME, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_OUTCOME, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_OUTCOME_UNDO, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_OUTCOME_UNDO, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_CLOSE, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_CLOSE, ALWAYS, SEATED, BODY | CHAIRS},
	{ACT_MEETING_MINUTES_READ, UNAPPROVED, SECRETARY, ANY},
	{ACT_MEETING_MINUTES_READ, UNAPPROVED, SEATED, BODY},
	{ACT_MEETING_MINUTES_READ, UNAPPROVED, INSIDE, NAMED},
	{ACT_MEETING_MINUTES_READ, APPROVED, INSIDE, ANY},
	{ACT_MEETING_MINUTES_EDIT, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_MINUTES_COMMENT, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_MINUTES_COMMENT, ALWAYS, SEATED, BODY},
	{ACT_MEETING_MINUTES_APPROVE, ALWAYS, INSIDE, NAMED},
	{ACT_MEETING_MINUTES_CORRECT, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_PUBLISH, ALWAYS, SECRETARY, ANY},
	{ACT_MEETING_ARCHIVE, ALWAYS, SECRETARY, ANY},

	/* a side's own room: no row without SIDE */
	{ACT_PREMEETING_PLAN, ALWAYS, SECRETARY, ANY}, /* for the secretary's own side */
	{ACT_PREMEETING_READ, ALWAYS, INSIDE, SIDE},
	{ACT_PREMEETING_WRITE, ALWAYS, SECRETARY, SIDE},
	{ACT_PREMEETING_STAND, ALWAYS, INSIDE, SIDE},
	{ACT_PREMEETING_HOLD, ALWAYS, SECRETARY, SIDE},
	{ACT_PREMEETING_POSITION, ALWAYS, SECRETARY, SIDE},
	{ACT_PREMEETING_RECORD, ALWAYS, SECRETARY, SIDE},
	{ACT_PREMEETING_RELEASE, ALWAYS, SECRETARY, SIDE},
	{ACT_PREMEETING_CANCEL, ALWAYS, SECRETARY, SIDE},

	/* decisions */
	{ACT_DECISION_READ, ALWAYS, INSIDE, ANY},
	{ACT_DECISION_ACKNOWLEDGE, ALWAYS, CONTACT, PARTY},
	{ACT_DECISION_PASS_ON, ALWAYS, CONTACT, PARTY},
	{ACT_DECISION_UPDATE, ALWAYS, CONTACT, PARTY},
	{ACT_DECISION_UPDATE_FOR, ALWAYS, SECRETARY, ANY},
	{ACT_DECISION_EXCUSE, ALWAYS, SECRETARY, ANY},
	{ACT_DECISION_REPLACE, ALWAYS, SECRETARY, ANY},
	{ACT_DECISION_REMIND, ALWAYS, SECRETARY, ANY},
	{ACT_DECISION_PUBLISH, ALWAYS, SECRETARY, ANY},

	/* people: an administrator gives nobody's appointments to himself */
	{ACT_PERSON_LIST, ALWAYS, INSIDE | ADMIN, ANY},
	{ACT_PERSON_INVITE, ALWAYS, ADMIN, ANY},
	{ACT_PERSON_READ, ALWAYS, INSIDE | ADMIN, ANY},
	{ACT_PERSON_UPDATE, ALWAYS, ADMIN, ANY},
	{ACT_PERSON_SIGN_OUT, ALWAYS, ADMIN, ANY},
	{ACT_PERSON_SIGN_OUT, ALWAYS, ANYBODY, SELF},
	{ACT_PERSON_RESET, ALWAYS, ADMIN, OTHER},
	{ACT_APPOINTMENT_ADD, ALWAYS, ADMIN, OTHER},
	{ACT_APPOINTMENT_END, ALWAYS, ADMIN, ANY},
	{ACT_ACCOUNT_READ, ALWAYS, ANYBODY, SELF},
	{ACT_ACCOUNT_UPDATE, ALWAYS, ANYBODY, SELF},
	{ACT_ACCOUNT_RECOVERY, ALWAYS, ANYBODY, SELF},
	{ACT_ACCOUNT_PASSWORD, ALWAYS, ANYBODY, SELF},
	{ACT_ACCOUNT_PHONE, ALWAYS, ANYBODY, SELF},
	{ACT_NOTICE_READ, ALWAYS, ANYBODY, SELF},
	{ACT_TOKEN_CREATE, ALWAYS, ANYBODY, SELF},
	{ACT_TOKEN_REVOKE, ALWAYS, ANYBODY, SELF},
	{ACT_TOKEN_REVOKE, ALWAYS, ADMIN, ANY},

	/* the joint record: its entries hold no content, and anyone may hold us to it */
	{ACT_JOURNAL_READ, ALWAYS, INSIDE, ANY},
	{ACT_JOURNAL_CHECKPOINT, ALWAYS, ANYBODY, ANY},
	{ACT_JOURNAL_EXPORT, ALWAYS, SECRETARY | CONTACT, ANY},
	{ACT_JOURNAL_WITNESS, ALWAYS, SECRETARY, ANY},
	{ACT_JOURNAL_COSIGN, ALWAYS, SECRETARY, ANY},
};
/* clang-format on */
#define N_GRANTS (sizeof(grants) / sizeof(grants[0]))

/* --- keys ------------------------------------------------------------------------------- */
static const struct {
	const char *key;
	enum object_kind kind;
	bool is_read;
} actions[ACT_END] = {
#define X(name, key, kind, is_read) [ACT_##name] = {key, kind, is_read},
    ACTIONS(X)
#undef X
};

const char *
action_key(enum action action)
{
	return action > ACT_NONE && action < ACT_END ? actions[action].key : NULL;
}

enum action
action_of(str key)
{
	for (enum action i = ACT_NONE + 1; i < ACT_END; i++)
		if (str_eq(str_from_c(actions[i].key), key))
			return i;
	return ACT_NONE;
}

enum object_kind
action_object(enum action action)
{
	return action > ACT_NONE && action < ACT_END ? actions[action].kind : 0;
}

bool
action_is_read(enum action action)
{
	return action > ACT_NONE && action < ACT_END && actions[action].is_read;
}

bool
action_is_weighty(enum action action)
{
	switch (action) {
	case ACT_SPACE_IMPORT:
	case ACT_SPACE_CHARTER:
	case ACT_MATTER_SIGN_OFF:
	case ACT_MATTER_PUBLISH:
	case ACT_MEETING_AGENDA_APPROVE:
	case ACT_MEETING_ANNOUNCE:
	case ACT_MEETING_MINUTES_APPROVE:
	case ACT_MEETING_PUBLISH:
	case ACT_PREMEETING_RELEASE:
	case ACT_DECISION_PUBLISH:
	case ACT_PERSON_INVITE:
	case ACT_PERSON_UPDATE:
	case ACT_PERSON_RESET:
	case ACT_APPOINTMENT_ADD:
	case ACT_APPOINTMENT_END:
	case ACT_ACCOUNT_RECOVERY:
	case ACT_ACCOUNT_PASSWORD:
	case ACT_ACCOUNT_PHONE:
	case ACT_TOKEN_CREATE:
	case ACT_JOURNAL_EXPORT:
	case ACT_JOURNAL_WITNESS: return true; /* a cosignature proves itself */
	default: return false;
	}
}

int
object_states(enum object_kind kind)
{
	switch (kind) {
	case OBJECT_MATTER: return MATTER_STATE_N;
	case OBJECT_ROUND: return ROUND_STATE_N;
	case OBJECT_MEETING: return MEETING_STATE_N;
	case OBJECT_PREMEETING: return PREMEETING_STATE_N;
	case OBJECT_DECISION: return DECISION_STATE_N;
	case OBJECT_SPACE:
	case OBJECT_PERSON:
	case OBJECT_BODY: return 0;
	}
	return 0;
}

const char *
object_key(enum object_kind kind)
{
	static const char *const keys[] = {NULL, "space", "matter", "round", "meeting",
	    "premeeting", "decision", "person", "body"};

	return KEY_AT(keys, kind);
}

const char *
side_key(int64_t side)
{
	static const char *const keys[] = {"none", "municipal", "trust", "user", "gp", "other"};

	return KEY_AT(keys, side);
}

/* --- relations -------------------------------------------------------------------------- */
static bool
has(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static bool
concerns_party(const struct object *o, int64_t party_id)
{
	return party_id && (party_id == o->party_id || has(o->parties, o->n_parties, party_id));
}

static bool
is_author(const struct actor *actor, const struct object *o)
{
	return actor->person_id && has(o->authors, o->n_authors, actor->person_id);
}

/* What holds between the actor, under one appointment or none, and the thing. */
static unsigned
relations(const struct actor *actor, const struct appointment *t, const struct object *o)
{
	unsigned r = 0;

	if (actor->person_id)
		r |= o->person_id == actor->person_id ? SELF : OTHER;
	if (!t)
		return r;
	if (concerns_party(o, t->party_id))
		r |= PARTY;
	if (t->party_id && t->party_id == o->proposer_party_id)
		r |= PROPOSER;
	if (is_author(actor, o))
		r |= AUTHOR;
	if (actor->person_id && actor->person_id == o->raiser_id)
		r |= RAISER;
	if (t->body_id && t->body_id == o->body_id)
		r |= BODY | (t->chairing != CHAIR_NONE ? CHAIRS : 0);
	if (t->side != SIDE_NONE && t->side == o->side)
		r |= SIDE;
	if (o->is_named)
		r |= NAMED;
	return r;
}

static unsigned
role_bit(const struct appointment *t)
{
	return t->role > 0 && t->role < 32 ? 1u << t->role : 0;
}

/* Whether a deed may be done under this appointment: for the party acted for now. */
static bool
counts_for_deeds(const struct actor *actor, const struct appointment *t)
{
	return t->role == ROLE_ADMIN || t->party_id == actor->party_id;
}

/* 0, which no row allows, for a state that the kind does not have. */
static uint64_t
state_bit(const struct object *o)
{
	int n = object_states(o->kind);

	return (n == 0) == (o->state == 0) && o->state >= 0 && o->state <= n ? IN(o->state) : 0;
}

static bool
grants_under(const struct grant *g, const struct actor *actor, const struct appointment *t,
    const struct object *o)
{
	if (g->roles != ANYBODY && !(t && (g->roles & role_bit(t))))
		return false;
	return (relations(actor, t, o) & g->relation) == g->relation;
}

/* --- the answer ------------------------------------------------------------------------- */
static bool
row_allows(const struct grant *g, const struct actor *actor, const struct object *o,
    const struct appointment **ret_by)
{
	*ret_by = NULL;
	if (!(g->states & state_bit(o)))
		return false;
	if (g->roles == ANYBODY)
		return grants_under(g, actor, NULL, o);
	for (size_t i = 0; i < actor->n_appointments; i++) {
		const struct appointment *t = &actor->appointments[i];

		if ((actions[g->action].is_read || counts_for_deeds(actor, t)) &&
		    grants_under(g, actor, t, o)) {
			*ret_by = t;
			return true;
		}
	}
	return false;
}

static bool
is_in_sight(const struct object *o)
{
	return o->is_visible || o->kind == OBJECT_SPACE;
}

static bool
allows(enum action action, const struct actor *actor, const struct object *o,
    const struct appointment **ret_by)
{
	*ret_by = NULL;
	if (!is_in_sight(o))
		return false;
	for (size_t i = 0; i < N_GRANTS; i++)
		if (grants[i].action == action && row_allows(&grants[i], actor, o, ret_by))
			return true;
	return false;
}

/* The reading that shows that a thing of this kind exists. */
static enum action
sight_of(enum object_kind kind)
{
	switch (kind) {
	case OBJECT_SPACE: return ACT_SPACE_PUBLIC;
	case OBJECT_MATTER: return ACT_MATTER_READ;
	case OBJECT_ROUND: return ACT_ROUND_READ;
	case OBJECT_MEETING: return ACT_MEETING_READ;
	case OBJECT_PREMEETING: return ACT_PREMEETING_READ;
	case OBJECT_DECISION: return ACT_DECISION_READ;
	case OBJECT_PERSON: return ACT_PERSON_READ;
	case OBJECT_BODY: return ACT_BODY_READ;
	}
	return ACT_NONE;
}

static bool
sees(const struct actor *actor, const struct object *o)
{
	const struct appointment *by;

	return allows(sight_of(o->kind), actor, o, &by) ||
	       (o->kind == OBJECT_PERSON && allows(ACT_ACCOUNT_READ, actor, o, &by));
}

enum verdict
authorize(const struct actor *actor, enum action action, const struct object *o,
    const struct appointment **ret_by)
{
	const struct appointment *by = NULL;
	enum verdict v = VERDICT_HIDE;

	if (action_object(action) == (enum object_kind)o->kind && allows(action, actor, o, &by))
		v = VERDICT_ALLOW;
	else if (sees(actor, o))
		v = VERDICT_DENY;
	if (ret_by)
		*ret_by = v == VERDICT_ALLOW ? by : NULL;
	return v;
}

static unsigned
doers_under(const struct actor *actor, const struct appointment *t, const struct object *o)
{
	unsigned r = relations(actor, t, o), doers = 0;
	bool is_room = o->kind == OBJECT_PREMEETING;

	if (t->role == ROLE_ADMIN || (is_room && !(r & SIDE)))
		return 0;
	if (t->role == ROLE_SECRETARY)
		doers |= DOER_SECRETARY;
	if ((r & PROPOSER) && (t->role == ROLE_CONTACT || t->role == ROLE_SECRETARY ||
				  (t->role == ROLE_MEMBER && (r & RAISER))))
		doers |= DOER_PROPOSER;
	if (r & AUTHOR)
		doers |= DOER_AUTHOR;
	if (t->role == ROLE_CONTACT &&
	    ((r & PARTY) || is_room || (o->kind != OBJECT_ROUND && o->kind != OBJECT_DECISION)))
		doers |= DOER_CONTACT;
	if ((r & BODY) || (is_room && (SEATED & role_bit(t))))
		doers |= DOER_MEMBER | (r & CHAIRS ? DOER_CHAIR : 0);
	if (r & NAMED)
		doers |= DOER_SETTER;
	return doers;
}

unsigned
authz_doers(const struct actor *actor, const struct object *o)
{
	unsigned doers = 0;

	for (size_t i = 0; i < actor->n_appointments; i++)
		if (counts_for_deeds(actor, &actor->appointments[i]))
			doers |= doers_under(actor, &actor->appointments[i], o);
	return doers;
}
