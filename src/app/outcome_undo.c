/* app/outcome_undo.c - an outcome was recorded wrongly: the item is open again. */
#include "app/access.h"
#include "app/decision.h"
#include "app/meeting.h"
#include "q_matter.h"
#include "q_meeting.h"

struct undo_in {
	str meeting, item;
	int64_t rev;
	str reason;
};

static const struct input undo_inputs[] = {
    INPUT_PATH(struct undo_in, meeting),
    INPUT_PATH(struct undo_in, item),
    INPUT_REV(struct undo_in),
    {INPUT_LINE, "reason", offsetof(struct undo_in, reason), .required = true, .max = 500,
	.label = N_("Hva var feil?")},
    {0},
};

/* The receiving body's matter goes, unless somebody has begun on it. */
static struct err *
take_child_back(struct cx *cx, const struct agenda_item *item, str reason)
{
	struct matter_facts f = {.state = MATTER_RECEIVED, .reason = reason};
	struct matter *child;
	struct step step;
	int64_t n;

	if (!item->child_id)
		return OK;
	TRY(meeting_matter(cx, item->child_id, &child));
	if (child->state != MATTER_RECEIVED)
		return err_new(
		    cx->a, ERR_CONFLICT, "outcome.child_begun", "state %d", (int)child->state);
	TRY(matter_can(&f, cx->a, MATTER_DO_WITHDRAW, DOER_PROPOSER, &step));
	TRY(matter_set_state(cx, child, step.to, reason));
	return q_item_set_child(cx->db, cx->a, item->id, 0, &n);
}

static struct err *
undo_matter(struct cx *cx, const struct meeting *m, const struct agenda_item *item, str reason)
{
	struct matter_facts f;
	struct matter *x;

	if (!item->matter_id)
		return OK;
	TRY(meeting_matter(cx, item->matter_id, &x));
	TRY(matter_facts(cx, x, reason, &f));
	TRY(meeting_facts_in(cx, x, m, &f));
	TRY(meeting_carry(cx, x, &f, MATTER_DO_UNDO));
	TRY(take_child_back(cx, item, reason));
	TRY(decision_unregister(cx, item->id));
	return tell_party(
	    cx, x->proposer_party_id, ACT_MEETING_OUTCOME_UNDO, "matter", x->pid, x->title);
}

/* What was written stays, to be mended; the item is the one at hand again. */
static struct err *
undo(struct cx *cx, const void *arg, struct result *ret)
{
	const struct undo_in *in = arg;
	struct agenda_item *item;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_MEETING_OUTCOME_UNDO, &m, &object));
	TRY(meeting_item(cx, m, in->item, &item));
	TRY(cx_same_rev(cx, in->rev, item->rev));
	TRY(meeting_know(cx, m, in->reason, &f));
	f.is_item_open = item->outcome == 0;
	TRY(meeting_allow(cx, &object, &f, MEETING_DO_UNDO_OUTCOME));
	TRY(undo_matter(cx, m, item, in->reason));
	TRY(q_item_clear_outcome(cx->db, cx->a, item->id, &n));
	meeting_done(ret, m);
	return q_meeting_set_sitting(
	    cx->db, cx->a, m->id, m->opened_at, m->closed_at, item->id, &n);
}

const struct usecase outcome_undo_usecases[] = {
    {ACT_MEETING_OUTCOME_UNDO, "/meetings/:/items/:/undo-outcome",
	"Undo an outcome that was recorded wrongly, while the meeting sits", undo_inputs,
	sizeof(struct undo_in), NULL, undo, false},
    {0},
};
