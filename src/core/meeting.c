#include "core/meeting.h"

#include "core/machine.h"

#include <inttypes.h>

typedef struct err *guard(const struct meeting_facts *f, struct arena *a);

/* --- guards: agenda --------------------------------------------------------------------- */
static struct err *
has_reason(const struct meeting_facts *f, struct arena *a)
{
	if (!f->has_reason)
		return err_new(a, ERR_INVALID, "meeting.reason_missing", "no reason");
	return OK;
}

static struct err *
is_in_month(int64_t month, int64_t only_month, struct arena *a)
{
	if (only_month && month != only_month)
		return err_new(
		    a, ERR_INVALID, "meeting.wrong_month", "M1: month %" PRId64, month);
	return OK;
}

static struct err *
is_ahead(const struct meeting_facts *f, struct arena *a)
{
	if (f->new_starts_at <= f->now_at)
		return err_new(a, ERR_INVALID, "meeting.time_passed", "new time not ahead");
	if (f->new_starts_at != f->starts_at)
		return is_in_month(f->new_month, f->only_month, a);
	return OK;
}

static struct err *
fits_agenda(const struct meeting_facts *f, struct arena *a)
{
	if (f->is_on_agenda)
		return err_new(a, ERR_CONFLICT, "meeting.already_on_agenda", "item is there");
	if (f->is_extraordinary && !f->is_requested)
		return err_new(a, ERR_CONFLICT, "meeting.agenda_locked",
		    "M2: not among the matters asked for");
	if (!f->is_matter_ready)
		return err_new(a, ERR_INVALID, "meeting.matter_not_ready", "matter not ready");
	if (!f->is_item_planned)
		return err_new(
		    a, ERR_INVALID, "meeting.item_incomplete", "R112: kind or minutes missing");
	return OK;
}

static struct err *
fits_late(const struct meeting_facts *f, struct arena *a)
{
	if (f->is_extraordinary)
		return err_new(a, ERR_CONFLICT, "meeting.agenda_locked", "M2: no late items");
	TRY(fits_agenda(f, a));
	return has_reason(f, a);
}

static struct err *
may_approve_agenda(const struct meeting_facts *f, struct arena *a)
{
	if (f->items_n < 1)
		return err_new(a, ERR_INVALID, "meeting.agenda_empty", "nothing to approve");
	if (!f->may_approve)
		return err_new(a, ERR_DENIED, "meeting.not_setter", "M3");
	return OK;
}

static struct err *
agenda_is_approved(const struct meeting_facts *f, struct arena *a)
{
	if (f->items_n < 1)
		return err_new(a, ERR_INVALID, "meeting.agenda_empty", "nothing on it");
	if (f->missing_setters)
		return err_new(a, ERR_INVALID, "meeting.approvals_missing", "M3: places %x",
		    f->missing_setters);
	return OK;
}

/* --- guards: summons and session -------------------------------------------------------- */
static struct err *
can_summon(const struct meeting_facts *f, struct arena *a)
{
	if (!f->are_papers_out)
		return err_new(
		    a, ERR_INVALID, "meeting.papers_missing", "M4: papers not published");
	if (f->starts_at <= f->now_at)
		return err_new(
		    a, ERR_INVALID, "meeting.time_passed", "M4: the time has passed");
	if (f->days_left < f->notice_days && !f->has_reason)
		return err_new(a, ERR_INVALID, "meeting.notice_short",
		    "M4: %" PRId64 " of %" PRId64 " days", f->days_left, f->notice_days);
	if (f->needs_chair_first && !f->is_chair_known)
		return err_new(
		    a, ERR_INVALID, "meeting.chair_unknown", "R055: chair not agreed");
	if (f->needs_premeeting && !f->is_premeeting_planned)
		return err_new(
		    a, ERR_INVALID, "meeting.premeeting_unplanned", "R093: none planned");
	if (f->vacant_n > 0)
		return err_new(a, ERR_INVALID, "meeting.seats_vacant",
		    "R060: %" PRId64 " seats", f->vacant_n);
	return OK;
}

static struct err *
premeeting_is_held(const struct meeting_facts *f, struct arena *a)
{
	if (f->needs_premeeting && !f->is_premeeting_held)
		return err_new(a, ERR_INVALID, "meeting.premeeting_missing", "M5: not held");
	return OK;
}

static struct err *
can_open(const struct meeting_facts *f, struct arena *a)
{
	TRY(premeeting_is_held(f, a));
	if (!f->is_chair_known)
		return err_new(a, ERR_INVALID, "meeting.chair_unknown", "R116, M13");
	if (f->present_n < 1)
		return err_new(
		    a, ERR_INVALID, "meeting.attendance_missing", "M6: nobody recorded");
	if (!f->is_quorate)
		return err_new(a, ERR_INVALID, "meeting.not_quorate", "M7: %" PRId64 " seats",
		    f->present_n);
	if (f->days_left != 0 && !f->is_other_day_meant)
		return err_new(a, ERR_INVALID, "meeting.other_day", "%" PRId64 " days from it",
		    f->days_left);
	return OK;
}

static struct err *
is_not_announced(const struct meeting_facts *f, struct arena *a)
{
	if (f->is_announced)
		return err_new(a, ERR_CONFLICT, "meeting.announced", "public already");
	return OK;
}

static struct err *
is_inquorate(const struct meeting_facts *f, struct arena *a)
{
	if (f->is_quorate)
		return err_new(a, ERR_CONFLICT, "meeting.is_quorate", "M7: enough are there");
	if (f->now_at < f->starts_at)
		return err_new(a, ERR_CONFLICT, "meeting.not_begun", "before its time");
	return OK;
}

static struct err *
item_is_open(const struct meeting_facts *f, struct arena *a)
{
	if (!f->is_item_open)
		return err_new(
		    a, ERR_CONFLICT, "meeting.item_closed", "the item has an outcome");
	return OK;
}

static struct err *
item_is_closed(const struct meeting_facts *f, struct arena *a)
{
	if (f->is_item_open)
		return err_new(a, ERR_CONFLICT, "meeting.item_open", "no outcome to undo");
	return has_reason(f, a);
}

static struct err *
items_are_closed(const struct meeting_facts *f, struct arena *a)
{
	if (f->open_items_n > 0)
		return err_new(
		    a, ERR_INVALID, "meeting.items_open", "M8: %" PRId64, f->open_items_n);
	return OK;
}

/* --- guards: minutes -------------------------------------------------------------------- */
static struct err *
has_both_authors(const struct meeting_facts *f, struct arena *a)
{
	if (!f->has_municipal_author || !f->has_trust_author)
		return err_new(
		    a, ERR_INVALID, "meeting.authors_missing", "M9: an author from each side");
	return OK;
}

static struct err *
may_approve_minutes(const struct meeting_facts *f, struct arena *a)
{
	if (!f->may_approve)
		return err_new(a, ERR_DENIED, "meeting.not_approver", "M10");
	return OK;
}

static bool
is_silently_approved(const struct meeting_facts *f)
{
	return f->is_silence_consent && f->is_delivered && !f->is_objected &&
	       f->silence_ends_at && f->now_at >= f->silence_ends_at;
}

static struct err *
minutes_are_approved(const struct meeting_facts *f, struct arena *a)
{
	if (f->missing_approvers && !is_silently_approved(f))
		return err_new(a, ERR_INVALID, "meeting.minutes_unapproved", "M10: places %x",
		    f->missing_approvers);
	return OK;
}

/* --- the machine ------------------------------------------------------------------------ */
#define SECRETARY DOER_SECRETARY
#define CHAIR     DOER_CHAIR
#define SETTER    DOER_SETTER
#define MEMBER    DOER_MEMBER
#define CLOCK     DOER_CLOCK

#define PLANNED IN(MEETING_PLANNED)
#define DRAFT   IN(MEETING_AGENDA_DRAFT)
#define SET     IN(MEETING_AGENDA_SET)
#define CALLED  (IN(MEETING_SUMMONED) | IN(MEETING_PREMEETING_DONE))
#define SESSION IN(MEETING_IN_SESSION)
#define MINUTES IN(MEETING_MINUTES_DRAFT)
#define LOCKED  (IN(MEETING_MINUTES_APPROVED) | IN(MEETING_PUBLISHED) | IN(MEETING_ARCHIVED))

/* clang-format off */
static const struct {
	struct transition row;
	guard *guard;
} rows[] = {
	{{PLANNED, MEETING_DO_START_AGENDA, SECRETARY, MEETING_AGENDA_DRAFT, "M3"}, NULL},
	{{PLANNED | DRAFT | SET, MEETING_DO_UPDATE, SECRETARY, SAME, "M1"}, is_ahead},
	{{DRAFT, MEETING_DO_ADD_ITEM, SECRETARY, SAME, "M3"}, fits_agenda},
	{{CALLED, MEETING_DO_ADD_LATE_ITEM, SECRETARY, SAME, "X"}, fits_late},
	{{DRAFT, MEETING_DO_REMOVE_ITEM, SECRETARY, SAME, "M3"}, NULL},
	{{DRAFT, MEETING_DO_ORDER, SECRETARY, SAME, "M3"}, NULL},
	{{DRAFT, MEETING_DO_APPROVE_AGENDA, SETTER, SAME, "M3"}, may_approve_agenda},
	{{DRAFT, MEETING_DO_SET_AGENDA, SETTER | CLOCK, MEETING_AGENDA_SET, "M3"}, agenda_is_approved},
	{{SET, MEETING_DO_REOPEN_AGENDA, SECRETARY, MEETING_AGENDA_DRAFT, "X"}, has_reason},
	{{PLANNED | DRAFT | SET | CALLED, MEETING_DO_AGREE_CHAIR, SETTER, SAME, "M13"}, NULL},
	{{SET, MEETING_DO_SUMMON, SECRETARY, MEETING_SUMMONED, "M4"}, can_summon},

	{{CALLED, MEETING_DO_ANNOUNCE, SECRETARY, SAME, "X"}, is_not_announced},
	{{CALLED, MEETING_DO_REPLY, MEMBER | CHAIR, SAME, "M4"}, NULL},
	{{IN(MEETING_SUMMONED), MEETING_DO_PREMEETING_DONE, SECRETARY | CLOCK,
	    MEETING_PREMEETING_DONE, "M5"}, premeeting_is_held},
	{{CALLED | SESSION, MEETING_DO_ATTEND, SECRETARY | CHAIR, SAME, "M6"}, NULL},
	{{CALLED | SESSION, MEETING_DO_CONFLICT, SECRETARY | CHAIR | MEMBER, SAME, "M6"}, NULL},
	{{CALLED, MEETING_DO_OPEN, SECRETARY | CHAIR, MEETING_IN_SESSION, "M6"}, can_open},
	{{CALLED, MEETING_DO_FIND_INQUORATE, SECRETARY | CHAIR, MEETING_INQUORATE, "M7"},
	    is_inquorate},
	{{SESSION, MEETING_DO_TAKE_UP, SECRETARY | CHAIR, SAME, "M8"}, item_is_open},
	{{SESSION, MEETING_DO_OUTCOME, SECRETARY | CHAIR, SAME, "M8"}, item_is_open},
	{{SESSION, MEETING_DO_UNDO_OUTCOME, SECRETARY | CHAIR, SAME, "X"}, item_is_closed},
	{{SESSION, MEETING_DO_CLOSE, SECRETARY | CHAIR, MEETING_HELD, "M8"}, items_are_closed},

	{{IN(MEETING_HELD), MEETING_DO_DRAFT_MINUTES, SECRETARY, MEETING_MINUTES_DRAFT, "M9"},
	    has_both_authors},
	{{MINUTES, MEETING_DO_EDIT_MINUTES, SECRETARY, SAME, "M9"}, NULL},
	{{MINUTES, MEETING_DO_COMMENT_MINUTES, SECRETARY | CHAIR | MEMBER, SAME, "M10"}, NULL},
	{{MINUTES, MEETING_DO_APPROVE_MINUTES, SETTER, SAME, "M10"}, may_approve_minutes},
	{{MINUTES, MEETING_DO_LOCK_MINUTES, SETTER | CLOCK, MEETING_MINUTES_APPROVED, "M10"},
	    minutes_are_approved},
	{{IN(MEETING_MINUTES_APPROVED), MEETING_DO_PUBLISH, SECRETARY, MEETING_PUBLISHED, "M11"},
	    NULL},
	{{LOCKED, MEETING_DO_CORRECT, SECRETARY, SAME, "X"}, has_reason},
	{{IN(MEETING_PUBLISHED) | IN(MEETING_CANCELLED) | IN(MEETING_INQUORATE), MEETING_DO_ARCHIVE,
	    SECRETARY, MEETING_ARCHIVED, "X"}, NULL},

	{{PLANNED | DRAFT | SET | CALLED, MEETING_DO_POSTPONE, SECRETARY, MEETING_POSTPONED, "X"},
	    has_reason},
	{{IN(MEETING_POSTPONED), MEETING_DO_RESCHEDULE, SECRETARY, MEETING_AGENDA_DRAFT, "X"},
	    is_ahead},
	{{PLANNED | DRAFT | SET | CALLED | IN(MEETING_POSTPONED), MEETING_DO_CANCEL, SECRETARY,
	    MEETING_CANCELLED, "X"}, has_reason},
};
/* clang-format on */
#define ROWS rows, sizeof(rows[0]), sizeof(rows) / sizeof(rows[0])

struct err *
meeting_can(const struct meeting_facts *f, struct arena *a, enum meeting_act act, unsigned by,
    struct step *ret)
{
	enum fit fit;
	const typeof(rows[0]) *r = machine_find(ROWS, f->state, act, by, &fit);

	if (!r && fit == FIT_STATE)
		return err_new(a, ERR_DENIED, "meeting.not_yours", "%s", meeting_act_key(act));
	if (!r)
		return err_new(a, ERR_CONFLICT, "meeting.wrong_state",
		    "act %d from state %" PRId64, act, f->state);
	if (r->guard)
		TRY(r->guard(f, a));
	*ret = machine_step(&r->row, f->state);
	return OK;
}

bool
meeting_offers(int64_t state, enum meeting_act act, unsigned by, struct step *ret)
{
	return machine_offers(ROWS, state, act, by, ret);
}

struct err *
meeting_check_plan(const struct meeting_plan *p, struct arena *a)
{
	if (p->starts_at <= p->now_at)
		return err_new(a, ERR_INVALID, "meeting.time_passed", "M1: not ahead");
	if (!p->is_extraordinary)
		TRY(is_in_month(p->month, p->only_month, a));
	if (p->is_extraordinary && !p->may_be_extraordinary)
		return err_new(
		    a, ERR_INVALID, "meeting.no_extraordinary", "M2: not in this body");
	if (p->is_extraordinary && !p->requested_by_id)
		return err_new(
		    a, ERR_INVALID, "meeting.requester_missing", "M2: asked for by nobody");
	if (p->is_extraordinary && p->matters_n < 1)
		return err_new(
		    a, ERR_INVALID, "meeting.matters_missing", "M2: no matters named");
	return OK;
}

bool
meeting_takes_items(int64_t state, bool is_extraordinary)
{
	return state == MEETING_AGENDA_DRAFT ||
	       (!is_extraordinary &&
		   (state == MEETING_SUMMONED || state == MEETING_PREMEETING_DONE));
}

bool
meeting_is_off(int64_t state)
{
	return state == MEETING_POSTPONED || state == MEETING_CANCELLED ||
	       state == MEETING_INQUORATE;
}

bool
meeting_is_over(int64_t state)
{
	return state >= MEETING_HELD && state <= MEETING_ARCHIVED;
}

bool
meeting_is_called(int64_t state)
{
	return state == MEETING_SUMMONED || state == MEETING_PREMEETING_DONE ||
	       state == MEETING_IN_SESSION;
}

int
meeting_information_share(int64_t inform_min, int64_t discuss_min, int64_t decide_min)
{
	int64_t all = inform_min + discuss_min + decide_min;

	return all > 0 ? (int)(inform_min * 100 / all) : -1;
}

/* --- keys ------------------------------------------------------------------------------- */
static const char *const state_keys[] = {NULL, "planned", "agenda_draft", "agenda_set",
    "summoned", "premeeting_done", "in_session", "held", "minutes_draft", "minutes_approved",
    "published", "archived", "postponed", "cancelled", "inquorate"};
static const char *const act_keys[] = {NULL, "start_agenda", "update", "add_item",
    "add_late_item", "remove_item", "order", "approve_agenda", "set_agenda", "reopen_agenda",
    "agree_chair", "summon", "announce", "reply", "premeeting_done", "attend", "conflict",
    "open", "find_inquorate", "take_up", "outcome", "undo_outcome", "close", "draft_minutes",
    "edit_minutes", "comment_minutes", "approve_minutes", "lock_minutes", "publish", "correct",
    "archive", "postpone", "reschedule", "cancel"};
static const char *const item_keys[] = {NULL, "decide", "discuss", "inform", "fixed"};
_Static_assert(sizeof(state_keys) / sizeof(char *) == MEETING_STATE_N + 1, "a key each");
_Static_assert(sizeof(act_keys) / sizeof(char *) == MEETING_ACT_N + 1, "a key each");

const char *
meeting_state_key(int64_t state)
{
	return KEY_AT(state_keys, state);
}

const char *
meeting_act_key(enum meeting_act act)
{
	return KEY_AT(act_keys, act);
}

const char *
item_kind_key(int64_t kind)
{
	return KEY_AT(item_keys, kind);
}
