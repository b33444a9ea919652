/* app/outcome.c - an item is taken up, its text written, and how it ends. */
#include "app/access.h"
#include "app/decision.h"
#include "app/meeting.h"
#include "base/clock.h"
#include "base/random.h"
#include "core/decision.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_people.h"

/* --- taking up -------------------------------------------------------------------------- */

struct take_in {
	str meeting, item;
	int64_t rev, save;
	str text, remark;
	int64_t due;
};

static const struct input take_inputs[] = {
    INPUT_PATH(struct take_in, meeting),
    INPUT_PATH(struct take_in, item),
    {INPUT_INT, "rev", offsetof(struct take_in, rev), .min = 1, .max = INT64_MAX},
    {INPUT_BOOL, "save", offsetof(struct take_in, save), .label = N_("Lagre utkast")},
    {INPUT_TEXT, "text", offsetof(struct take_in, text), .max = 20000, .label = N_("Vedtak")},
    {INPUT_TEXT, "remark", offsetof(struct take_in, remark), .max = 8000,
	.label = N_("Merknad")},
    {INPUT_DAY, "due", offsetof(struct take_in, due), .label = N_("Frist")},
    {0},
};

static struct err *
open_matter(struct cx *cx, const struct meeting *m, const struct agenda_item *item)
{
	struct matter_facts f;
	struct matter *x;

	if (!item->matter_id)
		return OK;
	TRY(meeting_matter(cx, item->matter_id, &x));
	if (x->state == MATTER_IN_MEETING)
		return OK;
	TRY(matter_facts(cx, x, S(""), &f));
	TRY(meeting_facts_in(cx, x, m, &f));
	return meeting_carry(cx, x, &f, MATTER_DO_OPEN);
}

static struct err *
take_up(struct cx *cx, const void *arg, struct result *ret)
{
	const struct take_in *in = arg;
	struct agenda_item *item;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_MEETING_TAKE_UP, &m, &object));
	TRY(meeting_item(cx, m, in->item, &item));
	TRY(meeting_know(cx, m, S(""), &f));
	f.is_item_open = item->outcome == 0;
	TRY(meeting_allow(cx, &object, &f, MEETING_DO_TAKE_UP));
	if (in->save && in->rev != INPUT_NONE) /* two may be writing */
		TRY(cx_same_rev(cx, in->rev, item->rev));
	TRY(open_matter(cx, m, item));
	meeting_done(ret, m);
	TRY(q_item_set_taken(cx->db, cx->a, item->id, cx->now_at, &n));
	if (in->save)
		TRY(q_item_set_text(cx->db, cx->a, item->id, in->text, in->remark,
		    in->due == INPUT_NONE ? 0 : in->due, &n));
	return q_meeting_set_sitting(
	    cx->db, cx->a, m->id, m->opened_at, m->closed_at, item->id, &n);
}

/* --- how it ends ------------------------------------------------------------------------ */

enum {                     /* what is said of an item, beside enum outcome */
	SAID_AGREED = 101, /* decides, recommends or advises: as the body may */
	SAID_REMARK = 102, /* the same, and a remark goes into the minutes */
	SAID_DISAGREED = 103,
};

static const struct choice outcomes[] = {
    {"agreed", SAID_AGREED, N_("Enighet"), N_("Alle slutter seg til")},
    {"agreed_with_remark", SAID_REMARK, N_("Enighet med merknad"),
	N_("Enige, merknaden protokollføres")},
    {"note", OUTCOME_NOTE, N_("Tas til orientering"), N_("Uten vedtak")},
    {"return", OUTCOME_RETURN, N_("Sendes tilbake"), N_("Saken må belyses bedre")},
    {"escalate", OUTCOME_ESCALATE, N_("Løftes"), N_("Til utvalget over")},
    {"delegate", OUTCOME_DELEGATE, N_("Delegeres"), N_("Til et annet utvalg, med mandat")},
    {"postpone", OUTCOME_POSTPONE, N_("Utsettes"), N_("Til et senere møte")},
    {"disagreed", SAID_DISAGREED, N_("Ikke enighet"), N_("Velg hva som følger")},
    {"decide", OUTCOME_DECIDE, N_("Vedtas"), NULL},
    {"recommend", OUTCOME_RECOMMEND, N_("Anbefales"), NULL},
    {"advise", OUTCOME_ADVISE, N_("Rådes til"), NULL},
    {0},
};

static const struct choice after_choices[] = {
    {"return", OUTCOME_RETURN, N_("Saken sendes tilbake for å belyses bedre"), NULL},
    {"escalate", OUTCOME_ESCALATE, N_("Saken løftes til utvalget over"), NULL},
    {"dispute", OUTCOME_DISPUTE, N_("Uenigheten blir en tvist"), NULL},
    {0},
};

struct outcome_in {
	str meeting, item;
	int64_t rev, outcome, after;
	str text, remark, reason;
	int64_t due;
	str to_meeting, to_body, mandate;
	int64_t votes_for, votes_against, votes_blank;
};

static const struct input outcome_inputs[] = {
    INPUT_PATH(struct outcome_in, meeting),
    INPUT_PATH(struct outcome_in, item),
    INPUT_REV(struct outcome_in),
    {INPUT_CHOICE, "outcome", offsetof(struct outcome_in, outcome), .required = true,
	.label = N_("Er møtet enig?"), .choices = outcomes},
    {INPUT_CHOICE, "after", offsetof(struct outcome_in, after),
	.label = N_("Når det ikke er enighet: hva følger?"), .choices = after_choices},
    {INPUT_TEXT, "text", offsetof(struct outcome_in, text), .max = 20000,
	.label = N_("Vedtak")},
    {INPUT_TEXT, "remark", offsetof(struct outcome_in, remark), .max = 8000,
	.label = N_("Merknad")},
    {INPUT_TEXT, "reason", offsetof(struct outcome_in, reason), .max = 4000,
	.label = N_("Begrunnelse"),
	.help = N_("Når saken sendes tilbake, løftes eller blir en tvist.")},
    {INPUT_DAY, "due", offsetof(struct outcome_in, due), .label = N_("Frist")},
    {INPUT_PID, "to_meeting", offsetof(struct outcome_in, to_meeting),
	.label = N_("Utsettes til")},
    {INPUT_PID, "to_body", offsetof(struct outcome_in, to_body), .label = N_("Delegeres til")},
    {INPUT_TEXT, "mandate", offsetof(struct outcome_in, mandate), .max = 8000,
	.label = N_("Mandat til utvalget")},
    {INPUT_INT, "votes_for", offsetof(struct outcome_in, votes_for), .max = 1000,
	.label = N_("Stemmer for")},
    {INPUT_INT, "votes_against", offsetof(struct outcome_in, votes_against), .max = 1000,
	.label = N_("Stemmer mot")},
    {INPUT_INT, "votes_blank", offsetof(struct outcome_in, votes_blank), .max = 1000,
	.label = N_("Blanke stemmer")},
    {0},
};

/* One item on its way to its end. */
struct ending {
	struct cx *cx;
	const struct outcome_in *in;
	struct meeting *m;
	struct agenda_item *item;
	const struct charter_body *body;
	struct matter *x; /* NULL: an item without a matter */
	struct matter_facts f;
	int64_t outcome; /* enum outcome */
	bool is_disagreed;
	int64_t to_meeting_id, to_body_id;
	const struct charter_body *to_body;
};

/* What agreement amounts to: the most the body has the power for. */
static int64_t
agreed_outcome(const struct ending *e)
{
	static const enum outcome order[] = {OUTCOME_DECIDE, OUTCOME_RECOMMEND, OUTCOME_ADVISE};

	if (!e->x)
		return OUTCOME_NOTE;
	if (e->x->type == MATTER_RECOMMENDATION &&
	    (e->f.body_may & OUTCOME_BIT(OUTCOME_RECOMMEND)))
		return OUTCOME_RECOMMEND;
	for (int i = 0; i < 3; i++)
		if (e->f.body_may & OUTCOME_BIT(order[i]))
			return order[i];
	return OUTCOME_ADVISE;
}

static bool
is_spoken(int64_t outcome)
{
	return outcome == OUTCOME_DECIDE || outcome == OUTCOME_RECOMMEND ||
	       outcome == OUTCOME_ADVISE;
}

/* "Ikke enighet" is not an end: it asks which of three follows. */
static struct err *
settle_outcome(struct ending *e)
{
	const struct outcome_in *in = e->in;
	struct cx *cx = e->cx;

	e->is_disagreed = in->outcome == SAID_DISAGREED;
	if (e->is_disagreed && in->after == INPUT_NONE)
		cx_fault(cx, "after", N_("outcome.after_missing"), 0);
	else if (e->is_disagreed)
		e->outcome = in->after;
	else if (in->outcome == SAID_AGREED || in->outcome == SAID_REMARK)
		e->outcome = agreed_outcome(e);
	else
		e->outcome = in->outcome;
	if (in->outcome == SAID_REMARK && in->remark.n == 0)
		cx_fault(cx, "remark", N_("input.required"), 0);
	return cx_faults(cx);
}

/* By the charter's rule: votes where it counts them, else what the chair heard. */
static struct err *
count_agreement(struct ending *e, const struct meeting_facts *k)
{
	const struct outcome_in *in = e->in;
	enum decision_rule rule = e->body->decision.rule;
	struct votes v = {k->present_n, 0, 0};
	bool counts = rule == DECISION_MAJORITY || rule == DECISION_TWO_THIRDS;

	if (rule == DECISION_NONE)
		rule = DECISION_CONSENSUS; /* advice is agreed upon too */
	if (counts && is_spoken(e->outcome) && in->votes_for == INPUT_NONE)
		cx_fault(e->cx, "votes_for", N_("input.required"), 0);
	if (in->votes_for != INPUT_NONE)
		v = (struct votes){in->votes_for,
		    in->votes_against == INPUT_NONE ? 0 : in->votes_against,
		    in->votes_blank == INPUT_NONE ? 0 : in->votes_blank};
	if (v.for_n + v.against_n + v.blank_n > k->present_n)
		cx_fault(e->cx, "votes_for", N_("outcome.too_many_votes"), k->present_n);
	e->f.is_disagreed = e->is_disagreed;
	e->f.is_agreed = !e->is_disagreed && decision_is_met(rule, &v);
	return cx_faults(e->cx);
}

static struct err *
find_later(struct ending *e)
{
	struct cx *cx = e->cx;
	struct object object;
	struct meeting *to;

	if (e->outcome != OUTCOME_POSTPONE || e->in->to_meeting.n == 0)
		return OK;
	TRY(meeting_load(cx, e->in->to_meeting, &to, &object));
	if (to->body_id != e->m->body_id || meeting_is_off(to->state) ||
	    meeting_is_over(to->state))
		cx_fault(cx, "to_meeting", N_("input.choice"), 0);
	e->to_meeting_id = to->id;
	e->f.postponed_to_meeting_id = to->id;
	e->f.is_meeting_later = to->starts_at > e->m->starts_at;
	return cx_faults(cx);
}

static struct err *
find_body(struct ending *e)
{
	struct cx *cx = e->cx;
	struct q_body_by_pid *row = NULL;

	if (e->outcome == OUTCOME_ESCALATE)
		e->to_body_id = e->f.parent_body_id;
	if (e->outcome != OUTCOME_DELEGATE)
		return OK;
	TRY(q_body_by_pid(cx->db, cx->a, e->in->to_body, &row));
	e->to_body = row ? charter_body(cx->charter, row->key) : NULL;
	e->to_body_id = row ? row->id : 0;
	e->f.is_delegate_allowed =
	    e->to_body && charter_may_delegate(cx->charter, e->body, e->to_body);
	e->f.has_mandate = e->in->mandate.n > 0;
	e->f.child_deadline_at = e->in->due == INPUT_NONE ? 0 : clock_at(e->in->due, 23, 59);
	return OK;
}

static struct err *
end_matter(struct ending *e)
{
	if (!e->x)
		return OK;
	TRY(find_later(e));
	TRY(find_body(e));
	e->f.has_text = e->in->text.n > 0;
	return meeting_carry(e->cx, e->x, &e->f, matter_act_of((enum outcome)e->outcome));
}

/* The matter that the receiving body gets, with mandate and deadline (C21). */
static struct err *
add_child(struct ending *e)
{
	struct cx *cx = e->cx;
	int64_t id, n, year = day_to_ymd(cx->today).year;
	struct q_matter_last_no *last;

	if (!e->x || e->outcome != OUTCOME_DELEGATE)
		return OK;
	TRY(q_matter_last_no(cx->db, cx->a, year, &last));
	str label = charter_number_label(
	    cx->a, &cx->charter->matter_number, last->no + 1, year, e->to_body);
	TRY(q_matter_add_child(cx->db, cx->a, pid_new(cx->a), year, last->no + 1, label,
	    e->x->title, e->x->summary, MATTER_RECEIVED, e->x->proposer_party_id,
	    cx->actor->person_id, cx->by ? cx->by->id : 0, e->to_body_id, e->x->id,
	    e->in->mandate, e->in->due, cx->now_at, &id));
	TRY(access_open(cx, OBJECT_MATTER, id, AUDIENCE_SECRETARIAT, 0));
	TRY(access_open(cx, OBJECT_MATTER, id, AUDIENCE_BODY, e->to_body_id));
	TRY(access_open(cx, OBJECT_MATTER, id, AUDIENCE_PARTY, e->x->proposer_party_id));
	TRY(matter_index(cx, id));
	return q_item_set_child(cx->db, cx->a, e->item->id, id, &n);
}

/* Only an outcome that says something has words: a form sends what it hides as well, and the
 * minutes must not print the proposal under a matter that was put off. */
static bool
has_words(int64_t outcome)
{
	return is_spoken(outcome) || outcome == OUTCOME_NOTE;
}

static struct err *
store_end(struct ending *e)
{
	const struct outcome_in *in = e->in;
	str text = has_words(e->outcome) ? in->text : S("");
	struct cx *cx = e->cx;
	int64_t n;

	TRY(q_item_set_outcome(cx->db, cx->a, e->item->id, e->outcome, e->is_disagreed,
	    in->reason, text, in->remark, in->mandate, e->to_meeting_id, e->to_body_id,
	    in->due == INPUT_NONE ? 0 : in->due, cx->now_at, &n));
	TRY(q_item_set_taken(cx->db, cx->a, e->item->id, cx->now_at, &n));
	return q_meeting_set_sitting(
	    cx->db, cx->a, e->m->id, e->m->opened_at, e->m->closed_at, 0, &n);
}

static struct err *
load_ending(struct ending *e, struct meeting_facts *k)
{
	const struct outcome_in *in = e->in;
	struct cx *cx = e->cx;
	struct object object;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_MEETING_OUTCOME, &e->m, &object));
	TRY(meeting_item(cx, e->m, in->item, &e->item));
	TRY(meeting_body(cx, e->m, &e->body));
	TRY(cx_same_rev(cx, in->rev, e->item->rev));
	e->m->current_item_id = e->item->id; /* who leaves for it does not count */
	TRY(meeting_know(cx, e->m, S(""), k));
	k->is_item_open = e->item->outcome == 0;
	TRY(meeting_allow(cx, &object, k, MEETING_DO_OUTCOME));
	TRY(open_matter(cx, e->m, e->item));
	if (!e->item->matter_id)
		return OK;
	TRY(meeting_matter(cx, e->item->matter_id, &e->x));
	TRY(matter_facts(cx, e->x, in->reason, &e->f));
	return meeting_facts_in(cx, e->x, e->m, &e->f);
}

static struct err *
register_decision(struct ending *e, struct result *ret)
{
	str label;

	if (!e->x || !has_words(e->outcome))
		return OK;
	TRY(decision_register(e->cx, e->item->id, &label));
	result_note(ret, "decision", label);
	return OK;
}

static struct err *
outcome(struct cx *cx, const void *arg, struct result *ret)
{
	struct ending e = {.cx = cx, .in = arg};
	struct meeting_facts k;

	TRY(load_ending(&e, &k));
	TRY(settle_outcome(&e));
	TRY(count_agreement(&e, &k));
	TRY(end_matter(&e));
	TRY(store_end(&e));
	TRY(add_child(&e));
	meeting_done(ret, e.m);
	result_note(ret, "ended", str_from_c(outcome_key(e.outcome)));
	TRY(register_decision(&e, ret));
	if (!e.x)
		return OK;
	return tell_party(
	    cx, e.x->proposer_party_id, ACT_MEETING_OUTCOME, "matter", e.x->pid, e.x->title);
}

const struct usecase outcome_usecases[] = {
    {ACT_MEETING_TAKE_UP, "/meetings/:/items/:/take-up",
	"Take an item up, or save what has been written of it", take_inputs,
	sizeof(struct take_in), NULL, take_up, false},
    {ACT_MEETING_OUTCOME, "/meetings/:/items/:/outcome", "How the treatment of an item ended",
	outcome_inputs, sizeof(struct outcome_in), NULL, outcome, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

struct err *
outcome_choices(
    struct cx *cx, const struct meeting_view *v, const struct agenda_item *item, unsigned *ret)
{
	struct matter_facts f = {0};
	struct matter *x;

	*ret = OUTCOME_BIT(OUTCOME_NOTE);
	if (!item->matter_id)
		return OK;
	TRY(meeting_matter(cx, item->matter_id, &x));
	TRY(meeting_facts_in(cx, x, v->m, &f));
	*ret = f.body_may;
	return OK;
}

struct err *
delegate_bodies(
    struct cx *cx, const struct charter_body *from, struct body_choice **ret, size_t *ret_n)
{
	struct q_body_list *rows;
	size_t n, k = 0;

	TRY(q_body_list(cx->db, cx->a, &rows, &n));
	*ret = arena_array(cx->a, struct body_choice, n);
	for (size_t i = 0; i < n; i++) {
		const struct charter_body *b = charter_body(cx->charter, rows[i].key);
		if (b && b != from && charter_may_delegate(cx->charter, from, b))
			(*ret)[k++] = (struct body_choice){
			    rows[i].pid, charter_say(&b->name, cx->lang), rows[i].abbr};
	}
	*ret_n = k;
	return OK;
}
