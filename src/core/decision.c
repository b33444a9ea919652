#include "core/decision.h"

#include "core/machine.h"

#include <inttypes.h>

typedef struct err *guard(const struct decision_facts *f, struct arena *a);

/* --- what the lines amount to ----------------------------------------------------------- */
bool
decision_line_is_open(const struct decision_line *l)
{
	return l->status == LINE_NOT_STARTED || l->status == LINE_PARTLY;
}

bool
decision_line_is_overdue(const struct decision_line *l, int64_t today)
{
	return decision_line_is_open(l) && l->deadline_day && l->deadline_day < today;
}

bool
decision_line_is_silent(
    const struct decision_line *l, int64_t today, const struct charter_days *receipt)
{
	return !l->acknowledged_day && l->sent_day && l->status <= LINE_IMPLEMENTED &&
	       charter_days_after(receipt, l->sent_day) < today;
}

void
decision_count(const struct decision_facts *f, const struct charter_days *receipt,
    struct decision_counts *ret)
{
	struct decision_counts c = {0};

	for (const struct decision_line *l = f->lines; l < f->lines + f->n_lines; l++) {
		c.lines_n++;
		c.open_n += decision_line_is_open(l);
		c.overdue_n += decision_line_is_overdue(l, f->today);
		c.acknowledged_n += l->acknowledged_day != 0;
		c.silent_n += decision_line_is_silent(l, f->today, receipt);
		if (l->status >= LINE_NOT_STARTED && l->status <= LINE_CANCELLED)
			c.by_status[l->status]++;
	}
	*ret = c;
}

enum decision_state
decision_state(const struct decision_facts *f)
{
	struct decision_counts c;

	if (f->is_replaced)
		return DECISION_CANCELLED;
	decision_count(f, &(struct charter_days){0}, &c);
	if (c.lines_n > 0 && c.open_n == 0)
		return DECISION_DONE;
	if (c.acknowledged_n == 0 && c.by_status[LINE_NOT_STARTED] == c.lines_n)
		return DECISION_REGISTERED;
	return DECISION_IN_PROGRESS;
}

bool
decision_is_met(enum decision_rule rule, const struct votes *v)
{
	int64_t all = v->for_n + v->against_n + v->blank_n;

	switch (rule) {
	case DECISION_CONSENSUS: return v->against_n == 0 && v->for_n > 0;
	case DECISION_MAJORITY: return v->for_n > v->against_n;
	case DECISION_TWO_THIRDS: return v->for_n > 0 && v->for_n * 3 >= all * 2;
	case DECISION_UNANIMITY: return v->for_n > 0 && v->for_n == all;
	case DECISION_NONE: return false;
	}
	return false;
}

/* --- guards ----------------------------------------------------------------------------- */
static const struct decision_line *
line_of(const struct decision_facts *f)
{
	for (const struct decision_line *l = f->lines; l < f->lines + f->n_lines; l++)
		if (l->party_id == f->party_id)
			return l;
	return NULL;
}

static struct err *
is_addressed(const struct decision_facts *f, struct arena *a)
{
	if (!line_of(f))
		return err_new(
		    a, ERR_DENIED, "decision.not_addressed", "party %" PRId64, f->party_id);
	return OK;
}

static struct err *
can_acknowledge(const struct decision_facts *f, struct arena *a)
{
	TRY(is_addressed(f, a));
	if (line_of(f)->acknowledged_day)
		return err_new(a, ERR_CONFLICT, "decision.already_acknowledged",
		    "party %" PRId64, f->party_id);
	return OK;
}

static struct err *
can_update(const struct decision_facts *f, struct arena *a)
{
	TRY(is_addressed(f, a));
	if (line_of(f)->status == LINE_EXCUSED || line_of(f)->status == LINE_CANCELLED)
		return err_new(
		    a, ERR_CONFLICT, "decision.line_closed", "party %" PRId64, f->party_id);
	if (f->status < LINE_NOT_STARTED || f->status > LINE_IMPLEMENTED)
		return err_new(
		    a, ERR_INVALID, "decision.status_missing", "%" PRId64, f->status);
	return OK;
}

static struct err *
can_update_for(const struct decision_facts *f, struct arena *a)
{
	TRY(can_update(f, a));
	if (!f->has_note)
		return err_new(
		    a, ERR_INVALID, "decision.note_missing", "no note of how it is known");
	return OK;
}

static struct err *
can_excuse(const struct decision_facts *f, struct arena *a)
{
	TRY(is_addressed(f, a));
	if (!decision_line_is_open(line_of(f)))
		return err_new(
		    a, ERR_CONFLICT, "decision.line_closed", "party %" PRId64, f->party_id);
	if (!f->has_reason)
		return err_new(a, ERR_INVALID, "decision.reason_missing", "no reason");
	return OK;
}

static struct err *
can_remind(const struct decision_facts *f, struct arena *a)
{
	TRY(is_addressed(f, a));
	const struct decision_line *l = line_of(f);
	if (l->status > LINE_IMPLEMENTED || (l->acknowledged_day && !decision_line_is_open(l)))
		return err_new(
		    a, ERR_CONFLICT, "decision.line_closed", "party %" PRId64, f->party_id);
	return OK;
}

static struct err *
can_replace(const struct decision_facts *f, struct arena *a)
{
	if (!f->is_cited)
		return err_new(a, ERR_INVALID, "decision.not_cited",
		    "D6: the new matter does not cite it");
	if (!f->is_new_decided)
		return err_new(a, ERR_INVALID, "decision.not_agreed", "D6: no new decision");
	return OK;
}

static struct err *
can_publish(const struct decision_facts *f, struct arena *a)
{
	if (!f->is_minuted)
		return err_new(a, ERR_CONFLICT, "decision.not_minuted", "minutes not approved");
	if (f->is_exempt)
		return err_new(a, ERR_CONFLICT, "decision.exempt", "exempt from disclosure");
	return OK;
}

/* --- the machine ------------------------------------------------------------------------ */
#define REGISTERED IN(DECISION_REGISTERED)
#define PROGRESS   IN(DECISION_IN_PROGRESS)
#define DONE       IN(DECISION_DONE)
#define CANCELLED  IN(DECISION_CANCELLED)
#define LIVE       (REGISTERED | PROGRESS | DONE)

/* Rows that stay may lead to another state by the lines: decision_state() says. */
static const struct {
	struct transition row;
	guard *guard;
} rows[] = {
    {{LIVE, DECISION_DO_ACKNOWLEDGE, DOER_CONTACT, SAME, "D3"}, can_acknowledge},
    {{LIVE, DECISION_DO_PASS_ON, DOER_CONTACT, SAME, "R154"}, is_addressed},
    {{LIVE, DECISION_DO_UPDATE, DOER_CONTACT, SAME, "D7"}, can_update},
    {{LIVE, DECISION_DO_UPDATE_FOR, DOER_SECRETARY, SAME, "D4"}, can_update_for},
    {{REGISTERED | PROGRESS, DECISION_DO_EXCUSE, DOER_SECRETARY, SAME, "D7"}, can_excuse},
    {{REGISTERED | PROGRESS | DONE, DECISION_DO_REMIND, DOER_SECRETARY | DOER_CLOCK, SAME,
	 "D3"},
	can_remind},
    {{LIVE, DECISION_DO_REPLACE, DOER_SECRETARY, DECISION_CANCELLED, "D6"}, can_replace},
    {{LIVE | CANCELLED, DECISION_DO_PUBLISH, DOER_SECRETARY, SAME, "D2"}, can_publish},
};
#define ROWS rows, sizeof(rows[0]), sizeof(rows) / sizeof(rows[0])

struct err *
decision_can(const struct decision_facts *f, struct arena *a, enum decision_act act,
    unsigned by, struct step *ret)
{
	enum fit fit;
	int64_t state = decision_state(f);
	const typeof(rows[0]) *r = machine_find(ROWS, state, act, by, &fit);

	if (act == DECISION_DO_REOPEN)
		return err_new(a, ERR_CONFLICT, "decision.reopen_needs_new", "D6");
	if (!r && fit == FIT_STATE)
		return err_new(
		    a, ERR_DENIED, "decision.not_yours", "%s", decision_act_key(act));
	if (!r)
		return err_new(a, ERR_CONFLICT, "decision.wrong_state", "act %d from %s", act,
		    decision_state_key(state));
	if (r->guard)
		TRY(r->guard(f, a));
	*ret = machine_step(&r->row, state);
	return OK;
}

bool
decision_offers(int64_t state, enum decision_act act, unsigned by, struct step *ret)
{
	return machine_offers(ROWS, state, act, by, ret);
}

/* --- keys ------------------------------------------------------------------------------- */
static const char *const state_keys[] = {
    NULL, "registered", "in_progress", "done", "cancelled_by_new_decision"};
static const char *const act_keys[] = {NULL, "acknowledge", "pass_on", "update", "update_for",
    "excuse", "remind", "replace", "publish", "reopen"};
static const char *const status_keys[] = {
    NULL, "not_started", "partly", "implemented", "excused", "cancelled_by_new_decision"};
static const char *const rule_keys[] = {
    NULL, "consensus", "majority", "two_thirds", "unanimity", "none"};

const char *
decision_state_key(int64_t state)
{
	return KEY_AT(state_keys, state);
}

const char *
decision_act_key(enum decision_act act)
{
	return KEY_AT(act_keys, act);
}

const char *
line_status_key(int64_t status)
{
	return KEY_AT(status_keys, status);
}

const char *
decision_rule_key(int64_t rule)
{
	return KEY_AT(rule_keys, rule);
}
