/* app/agenda.c - what a meeting is to treat: items, their order, and those who must approve. */
#include "app/access.h"
#include "app/meeting.h"
#include "app/premeeting.h"
#include "base/random.h"
#include "q_meeting.h"
#include "q_people.h"

const struct choice item_kinds[] = {
    {"decide", ITEM_DECIDE, N_("Beslutning"), NULL},
    {"discuss", ITEM_DISCUSS, N_("Drøfting"), NULL},
    {"inform", ITEM_INFORM, N_("Orientering"), NULL},
    {"fixed", ITEM_FIXED, N_("Fast post eller pause"), NULL},
    {0},
};

/* --- putting on ------------------------------------------------------------------------- */

struct add_in {
	str meeting;
	int64_t rev;
	str matter, title;
	int64_t kind, length;
	str reason;
};

static const struct input add_inputs[] = {
    INPUT_PATH(struct add_in, meeting),
    INPUT_REV(struct add_in),
    {INPUT_PID, "matter", offsetof(struct add_in, matter), .label = N_("Sak")},
    {INPUT_LINE, "title", offsetof(struct add_in, title), .max = 200, .label = N_("Tittel"),
	.help = N_("For en post uten sak, for eksempel en pause.")},
    {INPUT_CHOICE, "kind", offsetof(struct add_in, kind), .required = true,
	.label = N_("Hva skal møtet gjøre?"), .choices = item_kinds},
    {INPUT_INT, "length", offsetof(struct add_in, length), .required = true, .min = 1,
	.max = 600, .label = N_("Minutter")},
    {INPUT_TEXT, "reason", offsetof(struct add_in, reason), .max = 2000,
	.label = N_("Hvorfor kommer den på etter innkallingen?")},
    {0},
};

static struct err *
is_requested(struct cx *cx, const struct meeting *m, int64_t matter_id, bool *ret)
{
	struct q_meeting_requests *rows;
	size_t n;

	*ret = matter_id == 0;
	TRY(q_meeting_requests(cx->db, cx->a, m->id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		*ret |= rows[i].matter_id == matter_id;
	return OK;
}

static struct err *
item_facts(struct cx *cx, const struct meeting *m, const struct add_in *in,
    const struct matter *x, struct meeting_facts *f, int64_t *ret_pos)
{
	struct agenda_item *items;
	size_t n;

	TRY(meeting_know(cx, m, in->reason, f));
	TRY(meeting_items(cx, m, &items, &n));
	f->is_item_planned = in->kind > 0 && in->length > 0;
	f->is_matter_ready = !x || x->state == MATTER_READY || x->state == MATTER_POSTPONED;
	f->is_on_agenda = false;
	for (size_t i = 0; i < n; i++)
		f->is_on_agenda |= x && items[i].matter_id == x->id;
	*ret_pos = n ? items[n - 1].pos + 1 : 1;
	return is_requested(cx, m, x ? x->id : 0, &f->is_requested);
}

/* A late matter's papers go out as it comes on: the others' are out already. */
static struct err *
publish_late(struct cx *cx, const struct meeting *m, int64_t matter_id)
{
	struct matter_facts f;
	struct matter *x;

	TRY(meeting_matter(cx, matter_id, &x));
	TRY(matter_facts(cx, x, S(""), &f));
	TRY(meeting_facts_in(cx, x, m, &f));
	TRY(meeting_carry(cx, x, &f, MATTER_DO_PUBLISH_PAPERS));
	TRY(access_open(cx, OBJECT_MATTER, x->id, AUDIENCE_INSIDE, 0));
	return meeting_tell_body(cx, m, ACT_MEETING_AGENDA_ADD);
}

static struct err *
put_matter_on(struct cx *cx, const struct meeting *m, const struct matter *x, bool is_late)
{
	struct q_item_of_matter *before;
	struct matter_facts f;
	size_t n;

	TRY(matter_facts(cx, x, S(""), &f));
	TRY(q_item_of_matter(cx->db, cx->a, x->id, &before, &n));
	TRY(meeting_facts_in(cx, x, m, &f));
	for (size_t i = 0; i < n && !f.is_meeting_later; i++)
		if (before[i].meeting_id != m->id)
			f.is_meeting_later = before[i].starts_at < m->starts_at;
	TRY(meeting_carry(cx, x, &f, MATTER_DO_PUT_ON_AGENDA));
	TRY(matter_tell_proposer(cx, x, ACT_MEETING_AGENDA_ADD));
	return is_late ? publish_late(cx, m, x->id) : OK;
}

/* The first item opens the agenda. */
static struct err *
open_agenda(struct cx *cx, struct meeting *m, const struct object *object)
{
	struct meeting_facts f;

	if (m->state != MEETING_PLANNED)
		return OK;
	TRY(meeting_know(cx, m, S(""), &f));
	return meeting_move(cx, m, object, &f, MEETING_DO_START_AGENDA, S(""));
}

static struct err *
named_matter(struct cx *cx, const struct add_in *in, struct matter **ret)
{
	struct object object;

	*ret = NULL;
	if (in->matter.n)
		return matter_load(cx, in->matter, ret, &object);
	if (in->title.n == 0)
		cx_fault(cx, "title", N_("input.required"), 0);
	return cx_faults(cx);
}

static struct err *
add(struct cx *cx, const void *arg, struct result *ret)
{
	const struct add_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	struct matter *x;
	int64_t id, pos, n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_AGENDA_ADD, &m, &object));
	TRY(named_matter(cx, in, &x));
	TRY(open_agenda(cx, m, &object));
	bool is_late = meeting_is_called(m->state);
	TRY(item_facts(cx, m, in, x, &f, &pos));
	TRY(meeting_move(cx, m, &object, &f,
	    is_late ? MEETING_DO_ADD_LATE_ITEM : MEETING_DO_ADD_ITEM, S("")));
	ret->location = pid_new(cx->a);
	TRY(q_item_add(cx->db, cx->a, ret->location, m->id, pos, x ? x->id : 0,
	    x ? x->title : in->title, in->kind, in->length, is_late ? in->reason : S(""), &id));
	if (x)
		TRY(put_matter_on(cx, m, x, is_late));
	meeting_done(ret, m);
	return is_late ? OK : q_meeting_agenda_changed(cx->db, cx->a, m->id, &n);
}

/* --- taking off, ordering --------------------------------------------------------------- */

struct remove_in {
	str meeting, item;
	int64_t rev;
	str reason;
};

static const struct input remove_inputs[] = {
    INPUT_PATH(struct remove_in, meeting),
    INPUT_PATH(struct remove_in, item),
    INPUT_REV(struct remove_in),
    {INPUT_TEXT, "reason", offsetof(struct remove_in, reason), .max = 2000,
	.label = N_("Hvorfor tas den av?"), .help = N_("Trengs når det er en sak.")},
    {0},
};

static struct err *
remove_item(struct cx *cx, const void *arg, struct result *ret)
{
	const struct remove_in *in = arg;
	struct meeting_facts f;
	struct matter_facts mf;
	struct agenda_item *item;
	struct object object;
	struct meeting *m;
	struct matter *x;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_AGENDA_REMOVE, &m, &object));
	TRY(meeting_item(cx, m, in->item, &item));
	TRY(meeting_know(cx, m, in->reason, &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_REMOVE_ITEM, S("")));
	if (item->matter_id) {
		TRY(meeting_matter(cx, item->matter_id, &x));
		TRY(matter_facts(cx, x, in->reason, &mf));
		TRY(meeting_carry(cx, x, &mf, MATTER_DO_TAKE_OFF_AGENDA));
		TRY(matter_tell_proposer(cx, x, ACT_MEETING_AGENDA_REMOVE));
	}
	TRY(q_item_remove(cx->db, cx->a, item->id, &n));
	meeting_done(ret, m);
	return q_meeting_agenda_changed(cx->db, cx->a, m->id, &n);
}

enum move { MOVE_UP = 1, MOVE_DOWN = 2 };
static const struct choice moves[] = {
    {"up", MOVE_UP, N_("Opp"), NULL},
    {"down", MOVE_DOWN, N_("Ned"), NULL},
    {0},
};

struct order_in {
	str meeting, item;
	int64_t rev, move, kind, length;
};

static const struct input order_inputs[] = {
    INPUT_PATH(struct order_in, meeting),
    INPUT_PATH(struct order_in, item),
    INPUT_REV(struct order_in),
    {INPUT_CHOICE, "move", offsetof(struct order_in, move), .label = N_("Flytt"),
	.choices = moves},
    {INPUT_CHOICE, "kind", offsetof(struct order_in, kind),
	.label = N_("Hva skal møtet gjøre?"), .choices = item_kinds},
    {INPUT_INT, "length", offsetof(struct order_in, length), .min = 1, .max = 600,
	.label = N_("Minutter")},
    {0},
};

/* Swaps places with the neighbour; at the end of the list nothing moves. */
static struct err *
move_item(struct cx *cx, const struct meeting *m, const struct agenda_item *item, int64_t move)
{
	struct agenda_item *items;
	const struct agenda_item *other = NULL;
	int64_t changed;
	size_t n;

	TRY(meeting_items(cx, m, &items, &n));
	for (size_t i = 0; i < n; i++) {
		if (items[i].id != item->id)
			continue;
		if (move == MOVE_UP && i > 0)
			other = &items[i - 1];
		if (move == MOVE_DOWN && i + 1 < n)
			other = &items[i + 1];
	}
	if (!other)
		return OK;
	TRY(q_item_set_pos(cx->db, cx->a, item->id, other->pos, &changed));
	return q_item_set_pos(cx->db, cx->a, other->id, item->pos, &changed);
}

static struct err *
order(struct cx *cx, const void *arg, struct result *ret)
{
	const struct order_in *in = arg;
	struct meeting_facts f;
	struct agenda_item *item;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_AGENDA_ORDER, &m, &object));
	TRY(meeting_item(cx, m, in->item, &item));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_ORDER, S("")));
	if (in->kind != INPUT_NONE || in->length != INPUT_NONE)
		TRY(q_item_set_plan(cx->db, cx->a, item->id,
		    in->kind != INPUT_NONE ? in->kind : item->kind,
		    in->length != INPUT_NONE ? in->length : item->length_min, &n));
	if (in->move != INPUT_NONE)
		TRY(move_item(cx, m, item, in->move));
	meeting_done(ret, m);
	return q_meeting_agenda_changed(cx->db, cx->a, m->id, &n);
}

/* --- approving -------------------------------------------------------------------------- */

struct act_in {
	str meeting;
	int64_t rev;
};

static const struct input act_inputs[] = {
    INPUT_PATH(struct act_in, meeting),
    INPUT_REV(struct act_in),
    {0},
};

static struct err *
approvals_of(struct cx *cx, const struct meeting *m, struct approval **ret, size_t *ret_n)
{
	struct q_approval_list *rows;

	TRY(q_approval_list(cx->db, cx->a, m->id, m->agenda_rev, &rows, ret_n));
	*ret = arena_array(cx->a, struct approval, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct approval){rows[i].person_id, rows[i].places};
	return OK;
}

/* When the last place is filled the agenda is set. */
static struct err *
set_if_approved(struct cx *cx, struct meeting *m, const struct object *object)
{
	struct meeting_facts f;

	TRY(meeting_know(cx, m, S(""), &f));
	if (f.missing_setters)
		return OK;
	TRY(meeting_move(cx, m, object, &f, MEETING_DO_SET_AGENDA, S("")));
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_MEETING_AGENDA_APPROVE, "meeting", m->pid, m->label);
}

static struct err *
approve(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	const struct appointment *by;
	const struct charter_body *b;
	struct approval *given;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	unsigned places;
	int64_t changed;
	size_t n;

	TRY(meeting_open_act(
	    cx, in->meeting, in->rev, ACT_MEETING_AGENDA_APPROVE, &m, &object));
	TRY(meeting_body(cx, m, &b));
	TRY(meeting_places(cx, &b->agenda.setters, m->body_key, &places, &by));
	TRY(approvals_of(cx, m, &given, &n));
	TRY(meeting_know(cx, m, S(""), &f));
	f.may_approve = true;
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_APPROVE_AGENDA, S("")));
	TRY(approval_can(&b->agenda.setters, cx->a, given, n, cx->actor->person_id, places));
	cx->by = by;
	TRY(q_approval_add(cx->db, cx->a, m->id, m->agenda_rev, cx->actor->person_id, places,
	    by->side, by->id, cx->now_at, &changed));
	meeting_done(ret, m);
	return set_if_approved(cx, m, &object);
}

struct reopen_in {
	str meeting;
	int64_t rev;
	str reason;
};

static const struct input reopen_inputs[] = {
    INPUT_PATH(struct reopen_in, meeting),
    INPUT_REV(struct reopen_in),
    {INPUT_TEXT, "reason", offsetof(struct reopen_in, reason), .required = true, .max = 2000,
	.label = N_("Begrunnelse")},
    {0},
};

static struct err *
reopen(struct cx *cx, const void *arg, struct result *ret)
{
	const struct reopen_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_AGENDA_REOPEN, &m, &object));
	TRY(meeting_know(cx, m, in->reason, &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_REOPEN_AGENDA, in->reason));
	meeting_done(ret, m);
	return q_meeting_agenda_changed(cx->db, cx->a, m->id, &n);
}

/* --- calling ---------------------------------------------------------------------------- */

static const struct input summon_inputs[] = {
    INPUT_PATH(struct reopen_in, meeting),
    INPUT_REV(struct reopen_in),
    {INPUT_TEXT, "reason", offsetof(struct reopen_in, reason), .max = 2000,
	.label = N_("Hvorfor kalles det inn likevel?"),
	.help = N_("Trengs når fristen er for kort eller et sete er ledig.")},
    {0},
};

static struct err *
publish_papers(struct cx *cx, const struct meeting *m, bool is_own_side)
{
	struct agenda_item *items;
	size_t n;

	TRY(meeting_items(cx, m, &items, &n));
	for (size_t i = 0; i < n; i++) {
		struct matter_facts f;
		struct matter *x;
		if (!items[i].matter_id)
			continue;
		TRY(meeting_matter(cx, items[i].matter_id, &x));
		TRY(matter_facts(cx, x, S(""), &f));
		TRY(meeting_facts_in(cx, x, m, &f));
		TRY(meeting_carry(cx, x, &f, MATTER_DO_PUBLISH_PAPERS));
		TRY(access_open(cx, OBJECT_MATTER, x->id,
		    is_own_side ? AUDIENCE_BODY : AUDIENCE_INSIDE,
		    is_own_side ? m->body_id : 0));
	}
	return OK;
}

/* Members, deputies and contacts; a side's own body calls its own side. */
static struct err *
tell_all(struct cx *cx, const struct meeting *m, enum side side)
{
	struct q_role_holders *contacts;
	size_t n;

	TRY(meeting_tell_body(cx, m, ACT_MEETING_SUMMON));
	TRY(q_role_holders(cx->db, cx->a, ROLE_CONTACT, cx->today, &contacts, &n));
	for (size_t i = 0; i < n; i++)
		if (side == SIDE_NONE || contacts[i].side == side)
			TRY(tell_person(cx, contacts[i].id, ACT_MEETING_SUMMON, "meeting",
			    m->pid, m->label));
	return OK;
}

static struct err *
summon(struct cx *cx, const void *arg, struct result *ret)
{
	const struct reopen_in *in = arg;
	const struct charter_body *b;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_SUMMON, &m, &object));
	TRY(meeting_body(cx, m, &b));
	if (m->state == MEETING_AGENDA_SET)
		TRY(publish_papers(cx, m, b->side != SIDE_NONE));
	TRY(meeting_know(cx, m, in->reason, &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_SUMMON, in->reason));
	if (b->side == SIDE_NONE)
		TRY(access_open(cx, OBJECT_MEETING, m->id, AUDIENCE_INSIDE, 0));
	meeting_done(ret, m);
	TRY(tell_all(cx, m, b->side));
	return premeetings_settle(cx, m);
}

const struct usecase agenda_usecases[] = {
    {ACT_MEETING_AGENDA_ADD, "/meetings/:/items", "Put a matter or an item on the agenda",
	add_inputs, sizeof(struct add_in), NULL, add, false},
    {ACT_MEETING_AGENDA_REMOVE, "/meetings/:/items/:/remove", "Take an item off the agenda",
	remove_inputs, sizeof(struct remove_in), NULL, remove_item, false},
    {ACT_MEETING_AGENDA_ORDER, "/meetings/:/items/:/order",
	"Move an item, or change its kind and minutes", order_inputs, sizeof(struct order_in),
	NULL, order, false},
    {ACT_MEETING_AGENDA_APPROVE, "/meetings/:/approve-agenda", "Approve the agenda", act_inputs,
	sizeof(struct act_in), NULL, approve, false},
    {ACT_MEETING_AGENDA_REOPEN, "/meetings/:/reopen-agenda",
	"Open an approved agenda again, with a reason", reopen_inputs, sizeof(struct reopen_in),
	NULL, reopen, false},
    {ACT_MEETING_SUMMON, "/meetings/:/summon", "Publish the papers and call the meeting",
	summon_inputs, sizeof(struct reopen_in), NULL, summon, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

struct err *
agenda_ready(struct cx *cx, const struct meeting *m, struct ready_matter **ret, size_t *ret_n)
{
	struct q_agenda_ready *rows;
	struct q_meeting_requests *asked;
	const struct charter_body *b;
	size_t n, n_asked, k = 0;

	TRY(meeting_body(cx, m, &b));
	TRY(q_agenda_ready(cx->db, cx->a, cx_audiences(cx), m->body_id, MATTER_READY,
	    MATTER_POSTPONED, 200, &rows, &n));
	TRY(q_meeting_requests(cx->db, cx->a, m->id, &asked, &n_asked));
	bool is_locked = m->extraordinary && b->cadence.extraordinary_locked;
	*ret = arena_array(cx->a, struct ready_matter, n);
	for (size_t i = 0; i < n; i++) {
		bool is_asked = !is_locked;
		for (size_t j = 0; j < n_asked; j++)
			is_asked |= asked[j].matter_id == rows[i].id;
		if (is_asked)
			(*ret)[k++] = (struct ready_matter){rows[i].pid, rows[i].label,
			    rows[i].title, rows[i].type, rows[i].state == MATTER_POSTPONED,
			    str_eq(rows[i].named_pid, m->pid)};
	}
	*ret_n = k;
	return OK;
}
