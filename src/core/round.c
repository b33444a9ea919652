#include "core/round.h"

#include "core/machine.h"

#include <inttypes.h>

#define READING                                                       \
	(ANSWER_BIT(ANSWER_NO_COMMENT) | ANSWER_BIT(ANSWER_COMMENT) | \
	    ANSWER_BIT(ANSWER_OBJECTION))
#define APPROVAL (ANSWER_BIT(ANSWER_YES) | ANSWER_BIT(ANSWER_NO))

typedef struct err *guard(const struct round_facts *f, struct arena *a);

/* --- what the answers amount to --------------------------------------------------------- */
bool
round_is_answered(const struct party_answer *p)
{
	return p->answer >= ANSWER_NO_COMMENT && p->answer <= ANSWER_NO;
}

bool
round_is_late(const struct round_facts *f, const struct party_answer *p)
{
	return round_is_answered(p) && p->answered_at >= f->deadline_at;
}

static bool
round_is_on_behalf(const struct party_answer *p)
{
	return round_is_answered(p) && p->channel != CHANNEL_SELF;
}

enum round_answer
round_shown(const struct round_facts *f, const struct party_answer *p)
{
	if (round_is_answered(p))
		return p->answer;
	if (f->now_at >= f->deadline_at)
		return ANSWER_NO_ANSWER;
	return p->answer == ANSWER_OPENED ? ANSWER_OPENED : ANSWER_NOT_OPENED;
}

void
round_count(const struct round_facts *f, struct round_counts *ret)
{
	struct round_counts c = {0};

	for (const struct party_answer *p = f->answers; p < f->answers + f->n_answers; p++) {
		c.asked_n++;
		c.answered_n += round_is_answered(p);
		c.late_n += round_is_late(f, p);
		c.on_behalf_n += round_is_on_behalf(p);
		c.by_answer[round_shown(f, p)]++;
		c.comments_n += p->comments_n;
		c.undisposed_n += p->comments_n - p->disposed_n;
	}
	*ret = c;
}

enum round_state
round_state(const struct round_facts *f)
{
	struct round_counts c;

	if (f->cancelled_at)
		return ROUND_CANCELLED;
	if (f->released_at)
		return ROUND_RELEASED;
	round_count(f, &c);
	if (f->now_at < f->deadline_at && c.answered_n < c.asked_n)
		return ROUND_OPEN;
	return c.undisposed_n ? ROUND_CLOSED : ROUND_DISPOSED;
}

unsigned
round_answers(int64_t kind)
{
	switch ((enum round_kind)kind) {
	case ROUND_READ_THROUGH:
	case ROUND_HEARING: return READING;
	case ROUND_RATIFICATION:
	case ROUND_BACKING:
	case ROUND_SIGNATURE: return APPROVAL;
	}
	return 0;
}

bool
round_is_due_reminder(
    const struct round_facts *f, const struct party_answer *p, int64_t before_s)
{
	int64_t from_at = f->deadline_at - before_s;

	return round_state(f) == ROUND_OPEN && !round_is_answered(p) && f->now_at >= from_at &&
	       f->now_at < f->deadline_at && p->reminded_at < from_at;
}

/* --- guards ----------------------------------------------------------------------------- */
static const struct party_answer *
asked(const struct round_facts *f)
{
	for (const struct party_answer *p = f->answers; p < f->answers + f->n_answers; p++)
		if (p->party_id == f->party_id)
			return p;
	return NULL;
}

static struct err *
is_asked(const struct round_facts *f, struct arena *a)
{
	if (!asked(f))
		return err_new(a, ERR_DENIED, "round.not_asked", "party %" PRId64, f->party_id);
	return OK;
}

static struct err *
can_look(const struct round_facts *f, struct arena *a)
{
	TRY(is_asked(f, a));
	if (asked(f)->answer >= ANSWER_OPENED)
		return err_new(
		    a, ERR_CONFLICT, "round.already_opened", "party %" PRId64, f->party_id);
	return OK;
}

/* An answer that is given can be changed until the deadline; the first may come late. */
static struct err *
can_change(const struct round_facts *f, struct arena *a)
{
	if (f->now_at >= f->deadline_at)
		return err_new(
		    a, ERR_CONFLICT, "round.deadline_passed", "party %" PRId64, f->party_id);
	return OK;
}

static struct err *
can_withdraw(const struct round_facts *f, struct arena *a)
{
	TRY(is_asked(f, a));
	if (!round_is_answered(asked(f)))
		return err_new(
		    a, ERR_CONFLICT, "round.not_answered", "party %" PRId64, f->party_id);
	return can_change(f, a);
}

static struct err *
can_answer(const struct round_facts *f, struct arena *a)
{
	TRY(is_asked(f, a));
	if (round_is_answered(asked(f)))
		TRY(can_change(f, a));
	if (f->answer < 1 || f->answer > ANSWER_N ||
	    !(round_answers(f->kind) & ANSWER_BIT(f->answer)))
		return err_new(
		    a, ERR_INVALID, "round.no_such_answer", "answer %" PRId64, f->answer);
	if ((f->answer == ANSWER_COMMENT || f->answer == ANSWER_OBJECTION) && !f->has_text)
		return err_new(
		    a, ERR_INVALID, "round.text_missing", "answer %" PRId64, f->answer);
	return OK;
}

static struct err *
can_answer_for(const struct round_facts *f, struct arena *a)
{
	TRY(can_answer(f, a));
	if (round_is_answered(asked(f)) && !round_is_on_behalf(asked(f)))
		return err_new(
		    a, ERR_CONFLICT, "round.answered_self", "party %" PRId64, f->party_id);
	if (f->channel < CHANNEL_PHONE || f->channel > CHANNEL_MEETING)
		return err_new(
		    a, ERR_INVALID, "round.channel_missing", "channel %" PRId64, f->channel);
	if (!f->has_note)
		return err_new(
		    a, ERR_INVALID, "round.note_missing", "no note of how the answer came");
	return OK;
}

static struct err *
can_remind(const struct round_facts *f, struct arena *a)
{
	TRY(is_asked(f, a));
	if (round_is_answered(asked(f)))
		return err_new(
		    a, ERR_CONFLICT, "round.already_answered", "party %" PRId64, f->party_id);
	return OK;
}

static struct err *
has_reason(const struct round_facts *f, struct arena *a)
{
	if (!f->has_reason)
		return err_new(a, ERR_INVALID, "round.reason_missing", "no reason");
	return OK;
}

static struct err *
can_extend(const struct round_facts *f, struct arena *a)
{
	if (f->new_deadline_at <= f->deadline_at || f->new_deadline_at <= f->now_at)
		return err_new(
		    a, ERR_INVALID, "round.deadline_not_later", "new deadline not later");
	return has_reason(f, a);
}

static struct err *
can_dispose(const struct round_facts *f, struct arena *a)
{
	TRY(is_asked(f, a));
	if (asked(f)->comments_n == 0)
		return err_new(
		    a, ERR_CONFLICT, "round.no_comment", "party %" PRId64, f->party_id);
	if (f->disposition < DISPOSITION_ACCEPTED || f->disposition > DISPOSITION_REJECTED)
		return err_new(
		    a, ERR_INVALID, "round.disposition_missing", "%" PRId64, f->disposition);
	return has_reason(f, a);
}

/* --- the machine ------------------------------------------------------------------------ */
#define OPEN     IN(ROUND_OPEN)
#define CLOSED   IN(ROUND_CLOSED)
#define DISPOSED IN(ROUND_DISPOSED)
#define ALIVE    (OPEN | CLOSED | DISPOSED)

/* A late answer is taken, and marked, until release. The state that follows an answer or a
 * disposition is for round_state() to say: rows that stay may lead to another by the facts. */
static const struct {
	struct transition row;
	guard *guard;
} rows[] = {
    {{ALIVE, ROUND_DO_LOOK, DOER_CONTACT, SAME, "3.3.2"}, can_look},
    {{ALIVE, ROUND_DO_ANSWER, DOER_CONTACT, SAME, "3.3.2"}, can_answer},
    {{ALIVE, ROUND_DO_ANSWER_FOR, DOER_SECRETARY, SAME, "3.3.2"}, can_answer_for},
    {{ALIVE, ROUND_DO_REMIND, DOER_SECRETARY | DOER_CLOCK, SAME, "3.3.3"}, can_remind},
    {{ALIVE, ROUND_DO_EXTEND, DOER_SECRETARY, ROUND_OPEN, "X"}, can_extend},
    {{ALIVE, ROUND_DO_DISPOSE, DOER_SECRETARY | DOER_AUTHOR, SAME, "3.3.4"}, can_dispose},
    {{ALIVE, ROUND_DO_WITHDRAW, DOER_CONTACT, SAME, "X"}, can_withdraw},
    {{DISPOSED, ROUND_DO_RELEASE, DOER_SECRETARY, ROUND_RELEASED, "3.3.4"}, NULL},
    {{ALIVE, ROUND_DO_CANCEL, DOER_SECRETARY, ROUND_CANCELLED, "X"}, has_reason},
};
#define ROWS rows, sizeof(rows[0]), sizeof(rows) / sizeof(rows[0])

struct err *
round_can(const struct round_facts *f, struct arena *a, enum round_act act, unsigned by,
    struct step *ret)
{
	enum fit fit;
	int64_t state = round_state(f);
	const typeof(rows[0]) *r = machine_find(ROWS, state, act, by, &fit);

	if (!r && fit == FIT_STATE)
		return err_new(a, ERR_DENIED, "round.not_yours", "%s", round_act_key(act));
	if (!r && act == ROUND_DO_RELEASE && state == ROUND_OPEN)
		return err_new(a, ERR_CONFLICT, "round.still_open", "R089");
	if (!r && act == ROUND_DO_RELEASE && state == ROUND_CLOSED)
		return err_new(a, ERR_INVALID, "round.comments_undisposed", "R091");
	if (!r)
		return err_new(a, ERR_CONFLICT, "round.wrong_state", "act %d from %s", act,
		    round_state_key(state));
	if (r->guard)
		TRY(r->guard(f, a));
	*ret = machine_step(&r->row, state);
	return OK;
}

bool
round_offers(int64_t state, enum round_act act, unsigned by, struct step *ret)
{
	return machine_offers(ROWS, state, act, by, ret);
}

/* --- keys ------------------------------------------------------------------------------- */
static const char *const kind_keys[] = {
    NULL, "read_through", "hearing", "ratification", "backing", "signature"};
static const char *const state_keys[] = {
    NULL, "open", "closed", "dispositioned", "released", "cancelled"};
static const char *const act_keys[] = {NULL, "look", "answer", "answer_for", "remind", "extend",
    "dispose", "release", "withdraw", "cancel"};
static const char *const answer_keys[] = {NULL, "not_opened", "opened", "no_comment", "comment",
    "objection", "yes", "no", "no_answer"};
static const char *const channel_keys[] = {NULL, "self", "phone", "mail", "meeting"};
static const char *const disposition_keys[] = {NULL, "accepted", "partly", "rejected"};

const char *
round_kind_key(int64_t kind)
{
	return KEY_AT(kind_keys, kind);
}

const char *
round_state_key(int64_t state)
{
	return KEY_AT(state_keys, state);
}

const char *
round_act_key(enum round_act act)
{
	return KEY_AT(act_keys, act);
}

const char *
answer_key(int64_t answer)
{
	return KEY_AT(answer_keys, answer);
}

const char *
channel_key(int64_t channel)
{
	return KEY_AT(channel_keys, channel);
}

const char *
disposition_key(int64_t disposition)
{
	return KEY_AT(disposition_keys, disposition);
}
