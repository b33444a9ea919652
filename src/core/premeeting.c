#include "core/premeeting.h"

#include "core/machine.h"

#include <inttypes.h>

typedef struct err *guard(const struct premeeting_facts *f, struct arena *a);

bool
premeeting_is_common(const struct stand_counts *c, int64_t common_percent)
{
	int64_t need = common_percent > 0 ? common_percent : 100;

	return c->in_scope_n > 0 && (c->agree_n + c->abstain_n) * 100 >= c->in_scope_n * need &&
	       c->agree_n > 0;
}

bool
premeeting_is_held(int64_t state)
{
	return state == PREMEETING_HELD || state == PREMEETING_RECORDED;
}

/* --- guards ----------------------------------------------------------------------------- */
static struct err *
all_are_asked(const struct premeeting_facts *f, struct arena *a)
{
	if (f->in_scope_n < 1 || f->asked_n < f->in_scope_n)
		return err_new(a, ERR_INVALID, "premeeting.not_all_asked",
		    "V2: %" PRId64 " of %" PRId64, f->asked_n, f->in_scope_n);
	return OK;
}

static struct err *
is_not_released(const struct premeeting_facts *f, struct arena *a)
{
	if (f->is_released)
		return err_new(
		    a, ERR_CONFLICT, "premeeting.already_released", "released text stays");
	return OK;
}

static struct err *
position_holds(const struct premeeting_facts *f, struct arena *a)
{
	TRY(is_not_released(f, a));
	if (f->position < POSITION_COMMON || f->position > POSITION_NONE)
		return err_new(
		    a, ERR_INVALID, "premeeting.position_missing", "%" PRId64, f->position);
	if (f->position == POSITION_COMMON &&
	    !premeeting_is_common(&f->stands, f->common_percent))
		return err_new(a, ERR_INVALID, "premeeting.not_common",
		    "V4: %" PRId64 " of %" PRId64, f->stands.agree_n + f->stands.abstain_n,
		    f->stands.in_scope_n);
	if (f->position != POSITION_NONE && !f->has_text)
		return err_new(a, ERR_INVALID, "premeeting.text_missing",
		    "V3: position %" PRId64, f->position);
	return OK;
}

static struct err *
every_item_has_one(const struct premeeting_facts *f, struct arena *a)
{
	if (f->positions_n < f->items_n)
		return err_new(a, ERR_INVALID, "premeeting.items_open",
		    "%" PRId64 " of %" PRId64, f->positions_n, f->items_n);
	return OK;
}

static struct err *
can_release(const struct premeeting_facts *f, struct arena *a)
{
	TRY(is_not_released(f, a));
	if (f->position != POSITION_COMMON && f->position != POSITION_SPLIT)
		return err_new(a, ERR_INVALID, "premeeting.nothing_to_release",
		    "no position on this item");
	return OK;
}

static struct err *
can_cancel(const struct premeeting_facts *f, struct arena *a)
{
	if (!f->has_reason)
		return err_new(a, ERR_INVALID, "premeeting.reason_missing", "no reason");
	return OK;
}

/* --- the machine: every doer here is of the side itself, which authorize() sees to ------ */
#define SECRETARY DOER_SECRETARY
#define CONTACT   DOER_CONTACT
#define MEMBER    DOER_MEMBER
#define SCHEDULED IN(PREMEETING_SCHEDULED)
#define HELD      IN(PREMEETING_HELD)
#define RECORDED  IN(PREMEETING_RECORDED)

static const struct {
	struct transition row;
	guard *guard;
} rows[] = {
    {{SCHEDULED, PREMEETING_DO_INVITE, SECRETARY, SAME, "V2"}, NULL},
    {{SCHEDULED | HELD, PREMEETING_DO_WRITE, SECRETARY, SAME, "V3"}, NULL},
    {{SCHEDULED | HELD, PREMEETING_DO_STAND, SECRETARY | CONTACT | MEMBER, SAME, "V4"}, NULL},
    {{SCHEDULED, PREMEETING_DO_HOLD, SECRETARY, PREMEETING_HELD, "V2"}, all_are_asked},
    {{HELD | RECORDED, PREMEETING_DO_POSITION, SECRETARY, SAME, "V3"}, position_holds},
    {{HELD, PREMEETING_DO_RECORD, SECRETARY, PREMEETING_RECORDED, "V3"}, every_item_has_one},
    {{HELD | RECORDED, PREMEETING_DO_RELEASE, SECRETARY, SAME, "V5"}, can_release},
    {{SCHEDULED, PREMEETING_DO_CANCEL, SECRETARY, PREMEETING_CANCELLED, "X"}, can_cancel},
};
#define ROWS rows, sizeof(rows[0]), sizeof(rows) / sizeof(rows[0])

struct err *
premeeting_can(const struct premeeting_facts *f, struct arena *a, enum premeeting_act act,
    unsigned by, struct step *ret)
{
	enum fit fit;
	const typeof(rows[0]) *r = machine_find(ROWS, f->state, act, by, &fit);

	if (!r && fit == FIT_STATE)
		return err_new(
		    a, ERR_DENIED, "premeeting.not_yours", "%s", premeeting_act_key(act));
	if (!r)
		return err_new(a, ERR_CONFLICT, "premeeting.wrong_state",
		    "act %d from state %" PRId64, act, f->state);
	if (r->guard)
		TRY(r->guard(f, a));
	*ret = machine_step(&r->row, f->state);
	return OK;
}

bool
premeeting_offers(int64_t state, enum premeeting_act act, unsigned by, struct step *ret)
{
	return machine_offers(ROWS, state, act, by, ret);
}

/* --- keys ------------------------------------------------------------------------------- */
static const char *const state_keys[] = {NULL, "scheduled", "held", "recorded", "cancelled"};
static const char *const act_keys[] = {
    NULL, "invite", "write", "stand", "hold", "position", "record", "release", "cancel"};
static const char *const position_keys[] = {NULL, "common", "split", "none"};
static const char *const stand_keys[] = {NULL, "agrees", "abstains", "disagrees"};

const char *
premeeting_state_key(int64_t state)
{
	return KEY_AT(state_keys, state);
}

const char *
premeeting_act_key(enum premeeting_act act)
{
	return KEY_AT(act_keys, act);
}

const char *
position_key(int64_t position)
{
	return KEY_AT(position_keys, position);
}

const char *
stand_key(int64_t stand)
{
	return KEY_AT(stand_keys, stand);
}
