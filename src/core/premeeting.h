/*
 * core/premeeting.h - a side's own meeting before the meeting: one voice, or several.
 *
 * Papers, notes, stands and line belong to the side that holds it, its half of the
 * secretariat included and the other half not. The other side sees whether it is held, and
 * the text of a position from the moment that side releases it, item by item (V5).
 * Rule ids (V1 ...) are those of domain.md 3.5.
 *
 * Errors     premeeting.wrong_state  ERR_CONFLICT
 *            premeeting.not_yours    ERR_DENIED
 *            and the guards' codes, listed in docs/state-machines.md
 */
#ifndef CORE_PREMEETING_H
#define CORE_PREMEETING_H

#include "base/err.h"
#include "base/str.h"
#include "core/actor.h"
#include "core/doer.h"

enum premeeting_state { /* stored as these numbers: never renumber */
	PREMEETING_SCHEDULED = 1,
	PREMEETING_HELD = 2,
	PREMEETING_RECORDED = 3, /* every item has a position */
	PREMEETING_CANCELLED = 4,
};
#define PREMEETING_STATE_N 4

enum premeeting_act {
	PREMEETING_DO_INVITE = 1, /* every party of the side */
	PREMEETING_DO_WRITE,      /* papers and notes */
	PREMEETING_DO_STAND,      /* a party's stand on an item */
	PREMEETING_DO_HOLD,
	PREMEETING_DO_POSITION, /* the side's position on an item, or mend it */
	PREMEETING_DO_RECORD,
	PREMEETING_DO_RELEASE, /* one item's position, to the other side */
	PREMEETING_DO_CANCEL,
};
#define PREMEETING_ACT_N PREMEETING_DO_CANCEL

enum position { /* stored as these numbers: never renumber */
	POSITION_COMMON = 1,
	POSITION_SPLIT = 2,
	POSITION_NONE = 3,
};

enum stand { /* stored as these numbers: never renumber. One party, one item. */
	STAND_AGREES = 1,
	STAND_ABSTAINS = 2,
	STAND_DISAGREES = 3,
};

struct stand_counts {
	int64_t in_scope_n;                     /* parties of the side that the item concerns */
	int64_t agree_n, abstain_n, disagree_n; /* the rest has said nothing */
};

struct premeeting_facts {
	int64_t state;               /* enum premeeting_state */
	int64_t in_scope_n, asked_n; /* parties of the side; invited */
	int64_t items_n, positions_n;

	/* the item at hand */
	int64_t position; /* enum position that is recorded, or is to be */
	bool has_text;    /* common position, or the minority positions of a split (V3) */
	bool is_released;
	struct stand_counts stands;
	int64_t common_percent; /* that must agree or abstain for one voice; 0: all (V4) */
	bool has_reason;
};

struct err *premeeting_can(const struct premeeting_facts *f, struct arena *a,
    enum premeeting_act act, unsigned by, struct step *ret) NODISCARD;
bool premeeting_offers(int64_t state, enum premeeting_act act, unsigned by, struct step *ret);

/* Whether enough have agreed or abstained. Silence is neither. */
bool premeeting_is_common(const struct stand_counts *c, int64_t common_percent);

/* Whether what the meeting needs is done (M5): held, or further. */
bool premeeting_is_held(int64_t state);

const char *premeeting_state_key(int64_t state);
const char *premeeting_act_key(enum premeeting_act act);
const char *position_key(int64_t position);
const char *stand_key(int64_t stand);

#endif
