/* app/followup.c - what is done with a decision after it was made. */
#include "app/access.h"
#include "app/decision.h"
#include "base/clock.h"
#include "q_decision.h"
#include "q_matter.h"
#include "q_people.h"

enum { OWN_MAX = 200, MATRIX_MAX = 12 };

const struct choice line_choices[] = {
    {"not_started", LINE_NOT_STARTED, N_("Ikke startet"), NULL},
    {"partly", LINE_PARTLY, N_("I gang"), NULL},
    {"implemented", LINE_IMPLEMENTED, N_("Gjennomført"), NULL},
    {0},
};

/* One act on a decision. */
struct acting_on {
	struct decision *d;
	struct object object;
	struct followups lines;
	struct decision_facts f;
};

static struct err *
open_act(struct cx *cx, str pid, enum action action, struct acting_on *ret)
{
	TRY(decision_load(cx, pid, &ret->d, &ret->object));
	TRY(cx_need(cx, action, &ret->object));
	TRY(decision_lines(cx, ret->d->id, &ret->lines));
	ret->f = (struct decision_facts){
	    .lines = ret->lines.lines,
	    .n_lines = ret->lines.n,
	    .today = cx->today,
	    .is_replaced = ret->d->replaced_by_id != 0,
	    .is_minuted = ret->d->final_at != 0,
	    .is_exempt = ret->d->exempt_basis.n != 0,
	    .party_id = cx->actor->party_id,
	};
	if (!ret->d->final_at)
		return err_new(cx->a, ERR_CONFLICT, "decision.not_minuted", "M11");
	return OK;
}

static struct err *
allow(struct cx *cx, struct acting_on *on, enum decision_act act)
{
	struct step step;

	return decision_can(&on->f, cx->a, act, authz_doers(cx->actor, &on->object), &step);
}

static const struct followup *
line_of(const struct followups *lines, int64_t party_id)
{
	for (size_t i = 0; i < lines->n; i++)
		if (lines->v[i].party_id == party_id)
			return &lines->v[i];
	return NULL;
}

static void
done(struct result *ret, const struct acting_on *on)
{
	ret->type = "decision";
	ret->pid = on->d->pid;
}

/* With nothing left to carry out the decision is closed, and its matter (C24). A line that is
 * taken up again opens it. */
static struct err *
settle(struct cx *cx, const struct acting_on *on)
{
	struct followups lines;
	struct decision_counts c;

	TRY(decision_lines(cx, on->d->id, &lines));
	decision_count(&(struct decision_facts){.lines = lines.lines, .n_lines = lines.n},
	    &cx->charter->process.receipt, &c);
	if ((c.open_n == 0) == (on->d->closed_at != 0))
		return OK;
	TRY(q_decision_set_closed(
	    cx->db, cx->a, on->d->id, c.open_n == 0 ? cx->now_at : 0, NULL));
	if (c.open_n > 0)
		return OK;
	TRY(decision_move_matter(cx, on->d->matter_id));
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_DECISION_UPDATE, "decision", on->d->pid, on->d->title);
}

/* --- a party's own ---------------------------------------------------------------------- */

struct own_in {
	str decision;
};

static const struct input own_inputs[] = {
    INPUT_PATH(struct own_in, decision),
    {0},
};

static struct err *
acknowledge(struct cx *cx, const void *arg, struct result *ret)
{
	const struct own_in *in = arg;
	struct acting_on on;

	TRY(open_act(cx, in->decision, ACT_DECISION_ACKNOWLEDGE, &on));
	TRY(allow(cx, &on, DECISION_DO_ACKNOWLEDGE));
	done(ret, &on);
	return q_followup_set_seen(cx->db, cx->a, on.d->id, cx->actor->party_id,
	    cx->actor->person_id, cx->now_at, NULL);
}

static struct err *
pass_on(struct cx *cx, const void *arg, struct result *ret)
{
	const struct own_in *in = arg;
	struct acting_on on;

	TRY(open_act(cx, in->decision, ACT_DECISION_PASS_ON, &on));
	TRY(allow(cx, &on, DECISION_DO_PASS_ON));
	done(ret, &on);
	return q_followup_set_passed_on(
	    cx->db, cx->a, on.d->id, cx->actor->party_id, cx->now_at, NULL);
}

struct update_in {
	str decision;
	int64_t rev;
	str party;
	int64_t status;
	str note;
};

static const struct input update_inputs[] = {
    INPUT_PATH(struct update_in, decision),
    INPUT_REV(struct update_in),
    {INPUT_CHOICE, "status", offsetof(struct update_in, status), .required = true,
	.label = N_("Hvor langt er dere kommet?"), .choices = line_choices},
    {INPUT_TEXT, "note", offsetof(struct update_in, note), .max = 4000,
	.label = N_("Hva er gjort, og hva gjenstår?")},
    {0},
};

/* Updating tells that it has been received too. */
static struct err *
store_status(struct cx *cx, const struct acting_on *on, const struct followup *line,
    const struct update_in *in, bool on_behalf)
{
	TRY(q_followup_set_status(cx->db, cx->a, on->d->id, line->party_id, in->status,
	    in->note, cx->actor->person_id, on_behalf, cx->now_at, NULL));
	if (!on_behalf && !line->seen_at)
		TRY(q_followup_set_seen(cx->db, cx->a, on->d->id, line->party_id,
		    cx->actor->person_id, cx->now_at, NULL));
	return settle(cx, on);
}

static struct err *
update(struct cx *cx, const void *arg, struct result *ret)
{
	const struct update_in *in = arg;
	const struct followup *line;
	struct acting_on on;

	TRY(open_act(cx, in->decision, ACT_DECISION_UPDATE, &on));
	on.f.status = in->status;
	on.f.has_note = in->note.n > 0;
	TRY(allow(cx, &on, DECISION_DO_UPDATE));
	line = line_of(&on.lines, cx->actor->party_id);
	TRY(cx_same_rev(cx, in->rev, line->rev));
	done(ret, &on);
	return store_status(cx, &on, line, in, false);
}

/* --- the secretariat -------------------------------------------------------------------- */

static const struct input update_for_inputs[] = {
    INPUT_PATH(struct update_in, decision),
    {INPUT_PID, "party", offsetof(struct update_in, party), .required = true,
	.label = N_("Part")},
    {INPUT_CHOICE, "status", offsetof(struct update_in, status), .required = true,
	.label = N_("Hvor langt er parten kommet?"), .choices = line_choices},
    {INPUT_TEXT, "note", offsetof(struct update_in, note), .required = true, .max = 4000,
	.label = N_("Hvordan vet dere det?"),
	.help = N_("For eksempel hvem som sa det, og når.")},
    {0},
};

static struct err *
party_of(struct cx *cx, str pid, struct acting_on *on, struct q_party_by_pid **ret)
{
	TRY(q_party_by_pid(cx->db, cx->a, pid, ret));
	if (!*ret || !line_of(&on->lines, (*ret)->id)) {
		cx_fault(cx, "party", N_("input.choice"), 0);
		return cx_faults(cx);
	}
	on->f.party_id = (*ret)->id;
	return OK;
}

static struct err *
update_for(struct cx *cx, const void *arg, struct result *ret)
{
	const struct update_in *in = arg;
	struct q_party_by_pid *party;
	struct acting_on on;

	TRY(open_act(cx, in->decision, ACT_DECISION_UPDATE_FOR, &on));
	TRY(party_of(cx, in->party, &on, &party));
	on.f.status = in->status;
	on.f.has_note = in->note.n > 0;
	TRY(allow(cx, &on, DECISION_DO_UPDATE_FOR));
	done(ret, &on);
	ret->on_behalf = party->key;
	TRY(store_status(cx, &on, line_of(&on.lines, party->id), in, true));
	return tell_party(
	    cx, party->id, ACT_DECISION_UPDATE_FOR, "decision", on.d->pid, on.d->title);
}

struct reason_in {
	str decision, party, reason;
};

static const struct input excuse_inputs[] = {
    INPUT_PATH(struct reason_in, decision),
    {INPUT_PID, "party", offsetof(struct reason_in, party), .required = true,
	.label = N_("Part")},
    {INPUT_TEXT, "reason", offsetof(struct reason_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse"),
	.help = N_("Hvorfor vedtaket likevel ikke gjelder parten.")},
    {0},
};

static struct err *
excuse(struct cx *cx, const void *arg, struct result *ret)
{
	const struct reason_in *in = arg;
	struct q_party_by_pid *party;
	struct acting_on on;

	TRY(open_act(cx, in->decision, ACT_DECISION_EXCUSE, &on));
	TRY(party_of(cx, in->party, &on, &party));
	on.f.has_reason = in->reason.n > 0;
	TRY(allow(cx, &on, DECISION_DO_EXCUSE));
	done(ret, &on);
	TRY(q_followup_set_status(cx->db, cx->a, on.d->id, party->id, LINE_EXCUSED, in->reason,
	    cx->actor->person_id, 1, cx->now_at, NULL));
	TRY(tell_party(cx, party->id, ACT_DECISION_EXCUSE, "decision", on.d->pid, on.d->title));
	return settle(cx, &on);
}

static const struct input remind_inputs[] = {
    INPUT_PATH(struct reason_in, decision),
    {INPUT_PID, "party", offsetof(struct reason_in, party), .label = N_("Part"),
	.help = N_("Ingen valgt: alle som ikke har bekreftet mottak, eller er over fristen.")},
    {0},
};

static struct err *
remind_one(struct cx *cx, struct acting_on *on, int64_t party_id)
{
	on->f.party_id = party_id;
	TRY(allow(cx, on, DECISION_DO_REMIND));
	TRY(q_followup_set_reminded(cx->db, cx->a, on->d->id, party_id, cx->now_at, NULL));
	return tell_party(
	    cx, party_id, ACT_DECISION_REMIND, "decision", on->d->pid, on->d->title);
}

static bool
is_behind(const struct cx *cx, const struct decision_line *l)
{
	return decision_line_is_overdue(l, cx->today) ||
	       decision_line_is_silent(l, cx->today, &cx->charter->process.receipt);
}

static struct err *
remind(struct cx *cx, const void *arg, struct result *ret)
{
	const struct reason_in *in = arg;
	struct q_party_by_pid *party;
	struct acting_on on;
	int64_t n = 0;

	TRY(open_act(cx, in->decision, ACT_DECISION_REMIND, &on));
	done(ret, &on);
	if (in->party.n) {
		TRY(party_of(cx, in->party, &on, &party));
		return remind_one(cx, &on, party->id);
	}
	for (size_t i = 0; i < on.lines.n; i++)
		if (is_behind(cx, &on.lines.lines[i])) {
			TRY(remind_one(cx, &on, on.lines.v[i].party_id));
			n++;
		}
	if (n == 0)
		return err_new(cx->a, ERR_CONFLICT, "decision.nobody_behind", "D3");
	return OK;
}

struct replace_in {
	str decision, by;
};

static const struct input replace_inputs[] = {
    INPUT_PATH(struct replace_in, decision),
    {INPUT_PID, "by", offsetof(struct replace_in, by), .required = true,
	.label = N_("Vedtaket som trer i stedet")},
    {0},
};

/* D6: only a decision in a matter that goes out from this one's takes its place. */
static struct err *
replace(struct cx *cx, const void *arg, struct result *ret)
{
	const struct replace_in *in = arg;
	struct object object;
	struct decision *by;
	struct acting_on on;
	struct matter *m;

	TRY(open_act(cx, in->decision, ACT_DECISION_REPLACE, &on));
	TRY(decision_load(cx, in->by, &by, &object));
	TRY(q_matter_by_id(cx->db, cx->a, by->matter_id, &m));
	on.f.is_cited = m->parent_id == on.d->matter_id;
	on.f.is_new_decided = by->authority == OUTCOME_DECIDE && by->final_at != 0;
	TRY(allow(cx, &on, DECISION_DO_REPLACE));
	done(ret, &on);
	TRY(q_decision_set_replaced(cx->db, cx->a, on.d->id, by->id, cx->now_at, NULL));
	TRY(q_followup_cancel(cx->db, cx->a, on.d->id, LINE_CANCELLED, cx->now_at, NULL));
	for (size_t i = 0; i < on.lines.n; i++)
		TRY(tell_party(cx, on.lines.v[i].party_id, ACT_DECISION_REPLACE, "decision",
		    on.d->pid, on.d->title));
	return decision_move_matter(cx, on.d->matter_id);
}

static struct err *
publish(struct cx *cx, const void *arg, struct result *ret)
{
	const struct own_in *in = arg;
	struct acting_on on;

	TRY(open_act(cx, in->decision, ACT_DECISION_PUBLISH, &on));
	TRY(allow(cx, &on, DECISION_DO_PUBLISH));
	done(ret, &on);
	return decision_make_public(cx, on.d->id);
}

const struct usecase decision_usecases[] = {
    {ACT_DECISION_ACKNOWLEDGE, "/decisions/:/acknowledge",
	"Confirm that one's party has received a decision", own_inputs, sizeof(struct own_in),
	NULL, acknowledge, false},
    {ACT_DECISION_PASS_ON, "/decisions/:/pass-on",
	"Tell that the decision is passed on in one's own organisation", own_inputs,
	sizeof(struct own_in), NULL, pass_on, false},
    {ACT_DECISION_UPDATE, "/decisions/:/update", "How far one's party has come", update_inputs,
	sizeof(struct update_in), NULL, update, false},
    {ACT_DECISION_UPDATE_FOR, "/decisions/:/update-for",
	"Register on a party's word how far it has come", update_for_inputs,
	sizeof(struct update_in), NULL, update_for, false},
    {ACT_DECISION_EXCUSE, "/decisions/:/excuse",
	"A decision does not concern a party after all", excuse_inputs,
	sizeof(struct reason_in), NULL, excuse, false},
    {ACT_DECISION_REMIND, "/decisions/:/remind",
	"Remind one party, or all that are silent or overdue", remind_inputs,
	sizeof(struct reason_in), NULL, remind, false},
    {ACT_DECISION_REPLACE, "/decisions/:/replace", "A new decision takes the place of one",
	replace_inputs, sizeof(struct replace_in), NULL, replace, false},
    {ACT_DECISION_PUBLISH, "/decisions/:/publish", "Publish a decision", own_inputs,
	sizeof(struct own_in), NULL, publish, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

static bool
may(const struct cx *cx, const struct decision_view *v, enum action action,
    enum decision_act act)
{
	return v->d->final_at &&
	       authorize(cx->actor, action, &v->object, NULL) == VERDICT_ALLOW &&
	       decision_offers(v->state, act, authz_doers(cx->actor, &v->object), NULL);
}

static void
add_rights(const struct cx *cx, struct decision_view *v)
{
	v->may_acknowledge = v->own && !v->own->seen_at &&
			     may(cx, v, ACT_DECISION_ACKNOWLEDGE, DECISION_DO_ACKNOWLEDGE);
	v->may_pass_on = v->own && v->own->seen_at && !v->own->passed_on_at &&
			 may(cx, v, ACT_DECISION_PASS_ON, DECISION_DO_PASS_ON);
	v->may_update = v->own && v->own->status <= LINE_IMPLEMENTED &&
			may(cx, v, ACT_DECISION_UPDATE, DECISION_DO_UPDATE);
	v->may_update_for =
	    v->lines.n && may(cx, v, ACT_DECISION_UPDATE_FOR, DECISION_DO_UPDATE_FOR);
	v->may_excuse = v->counts.open_n && may(cx, v, ACT_DECISION_EXCUSE, DECISION_DO_EXCUSE);
	v->may_remind = v->counts.silent_n + v->counts.overdue_n > 0 &&
			may(cx, v, ACT_DECISION_REMIND, DECISION_DO_REMIND);
	v->may_replace =
	    v->n_successors && may(cx, v, ACT_DECISION_REPLACE, DECISION_DO_REPLACE);
	v->may_publish = !v->d->published_at && !v->d->exempt_basis.n &&
			 may(cx, v, ACT_DECISION_PUBLISH, DECISION_DO_PUBLISH);
}

struct err *
decision_read(struct cx *cx, str pid, struct decision_view *ret)
{
	struct decision_facts f = {.today = cx->today};

	*ret = (struct decision_view){0};
	TRY(decision_load(cx, pid, &ret->d, &ret->object));
	TRY(decision_lines(cx, ret->d->id, &ret->lines));
	f.lines = ret->lines.lines;
	f.n_lines = ret->lines.n;
	f.is_replaced = ret->d->replaced_by_id != 0;
	ret->state = decision_state(&f);
	decision_count(&f, &cx->charter->process.receipt, &ret->counts);
	ret->body = charter_body(cx->charter, ret->d->body_key);
	ret->body_name =
	    charter_body_said(cx->charter, ret->d->body_key, ret->d->body_name, cx->lang);
	ret->own = line_of(&ret->lines, cx->actor->party_id);
	TRY(q_decision_after(cx->db, cx->a, cx_audiences(cx), ret->d->matter_id, OUTCOME_DECIDE,
	    &ret->successors, &ret->n_successors));
	add_rights(cx, ret);
	return OK;
}

struct err *
decisions_recent(
    struct cx *cx, int64_t until_day, str after, int64_t n, struct decision_rows *ret)
{
	struct decision *last = NULL;

	if (after.n)
		TRY(q_decision_by_pid(cx->db, cx->a, after, &last));
	return q_decision_recent(cx->db, cx->a, cx_audiences(cx),
	    last ? last->decided_day : until_day, last ? last->id : INT64_MAX, n, &ret->v,
	    &ret->n);
}

struct err *
followup_own(struct cx *cx, struct followup_line **ret, size_t *ret_n)
{
	struct q_followup_of_party *rows;
	size_t n;

	TRY(q_followup_of_party(
	    cx->db, cx->a, cx_audiences(cx), cx->actor->party_id, OWN_MAX, &rows, &n));
	struct followup_line *v = arena_array(cx->a, struct followup_line, n);
	for (size_t i = 0; i < n; i++) {
		struct decision_line l = {
		    .status = rows[i].status, .deadline_day = rows[i].due_day};
		v[i] = (struct followup_line){rows[i].pid, rows[i].label, rows[i].title,
		    rows[i].body_abbr, rows[i].note, rows[i].decided_day, rows[i].status,
		    rows[i].due_day, rows[i].sent_at, rows[i].seen_at, rows[i].updated_at,
		    rows[i].rev, decision_line_is_overdue(&l, cx->today)};
	}
	*ret = v;
	*ret_n = n;
	return OK;
}

/* --- parties by decisions --------------------------------------------------------------- */

static size_t
column_of(const struct followup_matrix *x, int64_t decision_id)
{
	size_t i = 0;

	while (i < x->n_decisions && x->decisions[i].id != decision_id)
		i++;
	return i;
}

static void
put_cell(struct cx *cx, struct followup_matrix *x, const struct q_followup_cells *row)
{
	struct followup_party *p = &x->parties[x->n_parties - 1];
	struct decision_line l = {.status = row->status,
	    .deadline_day = row->due_day,
	    .sent_day = row->sent_at ? clock_day(row->sent_at) : 0,
	    .acknowledged_day = row->seen_at ? clock_day(row->seen_at) : 0};
	size_t i = column_of(x, row->decision_id);

	p->cells[i] =
	    (struct followup_cell){true, row->status, decision_line_is_overdue(&l, cx->today),
		decision_line_is_silent(&l, cx->today, &cx->charter->process.receipt)};
	p->open_n += decision_line_is_open(&l);
	p->overdue_n += p->cells[i].is_overdue;
	x->open_n += decision_line_is_open(&l);
	x->overdue_n += p->cells[i].is_overdue;
	x->done_n[i] += row->status == LINE_IMPLEMENTED;
	x->lines_n[i]++;
}

static struct err *
fill_matrix(struct cx *cx, struct followup_matrix *x)
{
	int64_t *ids = arena_array(cx->a, int64_t, x->n_decisions), last = 0;
	struct q_followup_cells *rows;
	size_t n;

	for (size_t i = 0; i < x->n_decisions; i++)
		ids[i] = x->decisions[i].id;
	TRY(q_followup_cells(cx->db, cx->a, (struct ints){ids, x->n_decisions}, &rows, &n));
	x->done_n = arena_array(cx->a, int64_t, x->n_decisions);
	x->lines_n = arena_array(cx->a, int64_t, x->n_decisions);
	x->parties = arena_array(cx->a, struct followup_party, n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].party_id != last)
			x->parties[x->n_parties++] = (struct followup_party){rows[i].party_pid,
			    rows[i].party_name, (enum side)rows[i].side, 0, 0,
			    arena_array(cx->a, struct followup_cell, x->n_decisions)};
		last = rows[i].party_id;
		put_cell(cx, x, &rows[i]);
	}
	for (size_t i = 0; i < x->n_parties; i++)
		x->late_parties_n += x->parties[i].overdue_n > 0;
	return OK;
}

struct err *
followup_matrix(struct cx *cx, int64_t meeting_id, struct followup_matrix *ret)
{
	*ret = (struct followup_matrix){0};
	if (meeting_id)
		TRY(q_decision_of_meeting(cx->db, cx->a, cx_audiences(cx), meeting_id,
		    MATRIX_MAX, &ret->decisions, &ret->n_decisions));
	else
		TRY(q_decision_going(cx->db, cx->a, cx_audiences(cx), MATRIX_MAX,
		    &ret->decisions, &ret->n_decisions));
	return fill_matrix(cx, ret);
}

/* --- what waits ------------------------------------------------------------------------- */

static int64_t
receipt_by(const struct cx *cx, int64_t sent_at)
{
	return clock_at(
	    charter_days_after(&cx->charter->process.receipt, clock_day(sent_at)), 23, 59);
}

static struct err *
own_tasks(struct cx *cx, struct tasks *tasks)
{
	struct followup_line *v;
	size_t n;

	TRY(followup_own(cx, &v, &n));
	for (size_t i = 0; i < n; i++) {
		bool open = v[i].status == LINE_NOT_STARTED || v[i].status == LINE_PARTLY;
		if (v[i].seen_at && !open)
			continue;
		task_add(tasks,
		    &(struct task){
			.action = v[i].seen_at ? ACT_DECISION_UPDATE : ACT_DECISION_ACKNOWLEDGE,
			.pid = v[i].pid,
			.title = v[i].title,
			.label = v[i].label,
			.since_at = v[i].sent_at,
			.due_at = !v[i].seen_at  ? receipt_by(cx, v[i].sent_at)
				  : v[i].due_day ? clock_at(v[i].due_day, 23, 59)
						 : 0});
	}
	return OK;
}

static struct err *
overdue_tasks(struct cx *cx, struct tasks *tasks)
{
	struct q_decision_late *rows;
	size_t n;

	TRY(q_decision_late(cx->db, cx->a, cx_audiences(cx), cx->today, TASKS_MAX, &rows, &n));
	for (size_t i = 0; i < n; i++)
		task_add(tasks, &(struct task){.action = ACT_DECISION_REMIND,
				    .pid = rows[i].pid,
				    .title = rows[i].title,
				    .label = rows[i].label,
				    .n = rows[i].late_n,
				    .due_at = clock_at(rows[i].due_day, 23, 59),
				    .since_at = clock_at(rows[i].due_day, 23, 59)});
	return OK;
}

struct err *
decision_tasks(struct cx *cx, struct tasks *tasks)
{
	if (task_for_role(cx, ROLE_CONTACT))
		TRY(own_tasks(cx, tasks));
	if (task_for_role(cx, ROLE_SECRETARY))
		TRY(overdue_tasks(cx, tasks));
	return OK;
}
