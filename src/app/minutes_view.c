/* app/minutes_view.c - what the minutes say, gathered from what happened. */
#include "app/decision.h"
#include "app/minutes.h"
#include "base/clock.h"
#include "base/holiday.h"
#include "core/premeeting.h"
#include "q_minutes.h"
#include "q_people.h"

/* --- items ------------------------------------------------------------------------------ */

static struct minutes_item *
item_of(const struct minutes *x, int64_t item_id)
{
	for (size_t i = 0; i < x->n_items; i++)
		if (x->items[i].item->id == item_id)
			return &x->items[i];
	return NULL;
}

/* Rows come in the order of the items' ids: those of one item stand together. */
static struct err *
add_spoken(struct cx *cx, const struct minutes *x)
{
	struct minutes_position *p;
	struct minutes_recusal *r;
	size_t n_p, n_r;

	TRY(q_minutes_positions(cx->db, cx->a, x->m->id, &p, &n_p));
	TRY(q_minutes_recusals(cx->db, cx->a, x->m->id, &r, &n_r));
	for (size_t i = 0; i < n_p; i++) {
		struct minutes_item *item = item_of(x, p[i].item_id);
		if (item->n_positions++ == 0)
			item->positions = &p[i];
	}
	for (size_t i = 0; i < n_r; i++) {
		struct minutes_item *item = item_of(x, r[i].item_id);
		if (item->n_recusals++ == 0)
			item->recusals = &r[i];
	}
	return OK;
}

static struct err *
add_items(struct cx *cx, struct minutes *x)
{
	struct minutes_decision *d;
	struct minutes_exempt *e;
	struct agenda_item *items;
	size_t n_d, n_e;

	TRY(meeting_items(cx, x->m, &items, &x->n_items));
	TRY(q_minutes_decisions(cx->db, cx->a, x->m->id, &d, &n_d));
	TRY(q_minutes_exempt(cx->db, cx->a, x->m->id, &e, &n_e));
	x->items = arena_array(cx->a, struct minutes_item, x->n_items);
	for (size_t i = 0; i < x->n_items; i++)
		x->items[i].item = &items[i];
	for (size_t i = 0; i < n_d; i++)
		item_of(x, d[i].item_id)->decision = &d[i];
	for (size_t i = 0; i < n_e; i++)
		item_of(x, e[i].id)->exempt_basis = e[i].exempt_basis;
	return add_spoken(cx, x);
}

/* --- approvals -------------------------------------------------------------------------- */

static const struct charter_approvals *
approvers(const struct cx *cx)
{
	return approval_rule(&cx->charter->process.minutes.approvers);
}

static struct err *
given(struct cx *cx, const struct minutes *x, struct q_minutes_approvals **ret_rows,
    struct approval **ret, size_t *ret_n)
{
	*ret_n = 0;
	if (x->words)
		TRY(q_minutes_approvals(
		    cx->db, cx->a, x->m->id, x->words->text_rev, ret_rows, ret_n));
	*ret = arena_array(cx->a, struct approval, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct approval){(*ret_rows)[i].person_id, (*ret_rows)[i].places};
	return OK;
}

/* The places as they fill up one approval after the other. */
static struct err *
add_places(struct cx *cx, struct minutes *x)
{
	const struct charter_approvals *rule = approvers(cx);
	struct q_minutes_approvals *rows;
	const struct appointment *by;
	struct approval *a;
	unsigned places, before, after;
	size_t n;

	TRY(given(cx, x, &rows, &a, &n));
	x->n_places = rule->n;
	x->places = arena_array(cx->a, struct minutes_place, rule->n);
	for (size_t p = 0; p < rule->n; p++) {
		x->places[p].label = charter_say(&rule->v[p].label, cx->lang);
		x->places[p].side = rule->v[p].side;
	}
	before = approval_missing(rule, a, 0);
	for (size_t i = 0; i < n; i++, before = after) {
		after = approval_missing(rule, a, i + 1);
		for (size_t p = 0; p < rule->n; p++)
			if ((before & ~after) & (1u << p)) {
				x->places[p].name = rows[i].name;
				x->places[p].at = rows[i].at;
				x->approved_n++;
			}
	}
	TRY(meeting_places(
	    cx, &cx->charter->process.minutes.approvers, x->m->body_key, &places, &by));
	x->may_approve = x->words && x->m->state == MEETING_MINUTES_DRAFT &&
			 !approval_can(rule, cx->a, a, n, cx->actor->person_id, places) &&
			 authorize(cx->actor, ACT_MEETING_MINUTES_APPROVE, &x->object, NULL) ==
			     VERDICT_ALLOW;
	return OK;
}

struct err *
minutes_know(struct cx *cx, const struct minutes *x, struct meeting_facts *ret)
{
	struct q_minutes_approvals *rows;
	struct q_minutes_comments_open *open;
	struct approval *a;
	size_t n;

	TRY(meeting_know(cx, x->m, S(""), ret));
	TRY(given(cx, x, &rows, &a, &n));
	ret->missing_approvers = approval_missing(approvers(cx), a, n);
	ret->may_approve = x->may_approve;
	TRY(q_minutes_comments_open(cx->db, cx->a, x->m->id, &open));
	ret->is_objected = open->n > 0;
	return OK;
}

/* --- who may what ----------------------------------------------------------------------- */

static bool
was_there(const struct cx *cx, const struct minutes *x)
{
	for (size_t i = 0; i < x->seats.n; i++)
		if (x->seats.v[i].person_id == cx->actor->person_id &&
		    x->seats.v[i].presence != PRESENCE_ABSENT &&
		    x->seats.v[i].presence != PRESENCE_UNKNOWN)
			return true;
	return false;
}

static bool
may(const struct cx *cx, const struct minutes *x, enum action action, enum meeting_act act)
{
	return authorize(cx->actor, action, &x->object, NULL) == VERDICT_ALLOW &&
	       meeting_offers(x->m->state, act, x->doers, NULL);
}

static void
add_rights(const struct cx *cx, struct minutes *x)
{
	bool comments = may(cx, x, ACT_MEETING_MINUTES_COMMENT, MEETING_DO_COMMENT_MINUTES);

	x->may_edit = may(cx, x, ACT_MEETING_MINUTES_EDIT, MEETING_DO_DRAFT_MINUTES) ||
		      may(cx, x, ACT_MEETING_MINUTES_EDIT, MEETING_DO_EDIT_MINUTES);
	x->may_comment = comments && was_there(cx, x);
	x->may_answer = comments && (x->doers & DOER_SECRETARY);
	x->may_correct = may(cx, x, ACT_MEETING_MINUTES_CORRECT, MEETING_DO_CORRECT);
	x->may_publish = may(cx, x, ACT_MEETING_PUBLISH, MEETING_DO_PUBLISH);
}

static struct err *
add_secretaries(struct cx *cx, struct minutes *x)
{
	struct q_role_holders *who;
	size_t n;

	if (!x->may_edit)
		return OK;
	TRY(q_role_holders(cx->db, cx->a, ROLE_SECRETARY, cx->today, &who, &n));
	x->secretaries = arena_array(cx->a, struct minutes_author, n);
	for (size_t i = 0; i < n; i++)
		x->secretaries[i] =
		    (struct minutes_author){who[i].pid, who[i].name, (enum side)who[i].side};
	x->n_secretaries = n;
	return OK;
}

/* --- what was said of them -------------------------------------------------------------- */

struct err *
minutes_comments(struct cx *cx, struct minutes *x, str after, bool with_it)
{
	struct q_minutes_comment_by_pid *from = NULL;
	size_t n;

	if (after.n)
		TRY(q_minutes_comment_by_pid(cx->db, cx->a, after, x->m->id, &from));
	TRY(q_minutes_comments(cx->db, cx->a, x->m->id, from ? from->at : INT64_MAX,
	    from ? from->id + with_it : 0, SAID_SHOWN + 1, &x->comments, &n));
	x->has_older_comments = n > SAID_SHOWN;
	x->n_comments = n > SAID_SHOWN ? SAID_SHOWN : n;
	return OK;
}

struct err *
minutes_corrections(struct cx *cx, struct minutes *x, str after)
{
	struct q_minutes_correction_by_pid *from = NULL;
	size_t n;

	if (after.n)
		TRY(q_minutes_correction_by_pid(cx->db, cx->a, after, x->m->id, &from));
	TRY(q_minutes_corrections(cx->db, cx->a, x->m->id, from ? from->at : INT64_MAX,
	    from ? from->id : 0, SAID_SHOWN + 1, &x->corrections, &n));
	x->has_older_corrections = n > SAID_SHOWN;
	x->n_corrections = n > SAID_SHOWN ? SAID_SHOWN : n;
	return OK;
}

/* --- the whole -------------------------------------------------------------------------- */

struct err *
minutes_read(struct cx *cx, str meeting_pid, struct minutes *ret)
{
	struct minutes *x = ret;
	struct minutes_words *words;

	*x = (struct minutes){0};
	TRY(meeting_load(cx, meeting_pid, &x->m, &x->object));
	if (x->m->state != MEETING_IN_SESSION && !meeting_is_over(x->m->state))
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "no minutes yet");
	TRY(cx_see(cx, ACT_MEETING_MINUTES_READ, &x->object));
	x->doers = authz_doers(cx->actor, &x->object);
	TRY(meeting_body(cx, x->m, &x->body));
	x->body_name = charter_say(&x->body->name, cx->lang);
	TRY(meeting_chair(cx, x->m, &x->chair));
	TRY(meeting_seats(cx, x->m, 0, &x->seats));
	TRY(add_items(cx, x));
	TRY(q_minutes_by_meeting(cx->db, cx->a, x->m->id, &words));
	x->words = words;
	TRY(add_places(cx, x));
	TRY(minutes_comments(cx, x, S(""), false));
	TRY(minutes_corrections(cx, x, S("")));
	add_rights(cx, x);
	return add_secretaries(cx, x);
}

/* --- as text ---------------------------------------------------------------------------- */

static const char *
outcome_words(int64_t outcome)
{
	static const char *const words[OUTCOME_N + 1] = {NULL, "Vedtatt", "Anbefalt",
	    "Råd gitt", "Tatt til orientering", "Sendt tilbake", "Løftet til utvalget over",
	    "Delegert", "Utsatt", "Tvist"};

	return outcome >= 1 && outcome <= OUTCOME_N ? words[outcome] : "Ikke behandlet";
}

static const char *
side_words(int64_t side)
{
	return side == SIDE_MUNICIPAL ? "Kommunenes" : "Sykehusets";
}

static void
put_seats(struct buf *b, const struct minutes *x, bool is_there)
{
	buf_put(b, is_there ? S("## Til stede\n\n") : S("## Forfall\n\n"));
	for (size_t i = 0; i < x->seats.n; i++) {
		const struct seat_line *s = &x->seats.v[i];
		bool there = s->presence == PRESENCE_MEMBER || s->presence == PRESENCE_DEPUTY ||
			     s->presence == PRESENCE_INVITED;
		if (there != is_there)
			continue;
		buf_printf(b, "- " STR_FMT, STR_ARG(s->recorded));
		if (there)
			buf_printf(b, ": " STR_FMT "%s", STR_ARG(s->name),
			    s->presence == PRESENCE_DEPUTY ? " (vara)" : "");
		buf_put(b, S("\n"));
	}
	buf_put(b, S("\n"));
}

/* Why somebody left the room may be of a private nature: the public learns that, not why. */
static void
put_spoken(struct buf *b, const struct minutes_item *i, bool is_public)
{
	for (size_t r = 0; r < i->n_recusals; r++) {
		buf_printf(
		    b, "Forlot møtet under saken: " STR_FMT, STR_ARG(i->recusals[r].label));
		if (!is_public)
			buf_printf(b, " (" STR_FMT ")", STR_ARG(i->recusals[r].reason));
		buf_put(b, S(".\n\n"));
	}
	for (size_t p = 0; p < i->n_positions; p++) {
		const struct minutes_position *s = &i->positions[p];
		buf_printf(
		    b, "%s standpunkt: " STR_FMT "\n\n", side_words(s->side), STR_ARG(s->text));
		if (s->minority.n)
			buf_printf(b, "Mindretall: " STR_FMT "\n\n", STR_ARG(s->minority));
	}
}

static void
put_item(struct buf *b, const struct minutes_item *i, bool is_public)
{
	const struct agenda_item *item = i->item;

	if (is_public && i->exempt_basis.n) {
		buf_printf(b, "## " STR_FMT "\n\nUnntatt offentlighet: " STR_FMT "\n\n",
		    STR_ARG(item->matter_label), STR_ARG(i->exempt_basis));
		return;
	}
	buf_printf(b, "## " STR_FMT "%s" STR_FMT "\n\n", STR_ARG(item->matter_label),
	    item->matter_label.n ? " " : "", STR_ARG(item->title));
	put_spoken(b, i, is_public);
	buf_printf(b, "%s%s.\n\n", item->disagreed ? "Ikke enighet. " : "",
	    outcome_words(item->outcome));
	if (i->decision)
		buf_printf(b, "**" STR_FMT "**\n\n", STR_ARG(i->decision->label));
	if (item->text.n)
		buf_printf(b, STR_FMT "\n\n", STR_ARG(item->text));
	if (item->reason.n)
		buf_printf(b, "Begrunnelse: " STR_FMT "\n\n", STR_ARG(item->reason));
	if (item->remark.n)
		buf_printf(b, "Merknad: " STR_FMT "\n\n", STR_ARG(item->remark));
}

static void
put_head(struct cx *cx, struct buf *b, const struct minutes *x)
{
	const struct meeting *m = x->m;
	int64_t from = m->opened_at ? m->opened_at : m->starts_at;

	buf_printf(b, "# Protokoll fra " STR_FMT "\n\n" STR_FMT ", " STR_FMT " " STR_FMT,
	    STR_ARG(m->body_name), STR_ARG(m->label),
	    STR_ARG(day_full(cx->a, LANG_NB, clock_day(from))),
	    STR_ARG(clock_time(cx->a, LANG_NB, from)));
	if (m->closed_at)
		buf_printf(
		    b, " til " STR_FMT, STR_ARG(clock_time(cx->a, LANG_NB, m->closed_at)));
	if (m->place.n)
		buf_printf(b, ", " STR_FMT, STR_ARG(m->place));
	buf_put(b, S(".\n\n"));
	if (x->chair.name.n)
		buf_printf(b, "Møteleder: " STR_FMT "\n\n", STR_ARG(x->chair.name));
}

str
minutes_text(struct cx *cx, const struct minutes *x, bool is_public)
{
	struct buf b = buf_new(cx->a, 4 << 20);

	put_head(cx, &b, x);
	put_seats(&b, x, true);
	if (x->seats.count.absent_n)
		put_seats(&b, x, false);
	if (x->words && x->words->preamble.n)
		buf_printf(&b, STR_FMT "\n\n", STR_ARG(x->words->preamble));
	for (size_t i = 0; i < x->n_items; i++)
		put_item(&b, &x->items[i], is_public);
	if (x->words && x->words->closing.n)
		buf_printf(&b, "## Til slutt\n\n" STR_FMT "\n\n", STR_ARG(x->words->closing));
	if (x->words)
		buf_printf(&b, "Skrevet av " STR_FMT " og " STR_FMT ".\n",
		    STR_ARG(x->words->municipal_name), STR_ARG(x->words->trust_name));
	return buf_str(&b);
}

/* --- what waits ------------------------------------------------------------------------- */

enum { WAITING_MAX = 40 };

static struct err *
task_of(struct cx *cx, const struct q_minutes_waiting *row, enum action *ret)
{
	bool secretary = task_for_role(cx, ROLE_SECRETARY);
	struct object object;
	struct meeting *m;
	struct minutes x;

	*ret = ACT_NONE;
	if (row->state == MEETING_HELD && secretary)
		*ret = ACT_MEETING_MINUTES_EDIT;
	if (row->state == MEETING_MINUTES_APPROVED && secretary)
		*ret = ACT_MEETING_PUBLISH;
	if (row->state != MEETING_MINUTES_DRAFT)
		return OK;
	TRY(meeting_load(cx, row->pid, &m, &object));
	if (!object.is_named)
		return OK;
	TRY(minutes_read(cx, row->pid, &x));
	if (x.may_approve)
		*ret = ACT_MEETING_MINUTES_APPROVE;
	return OK;
}

/* When the charter wants the minutes approved: so many working days after. */
static int64_t
approve_by(const struct cx *cx, int64_t since_at)
{
	int64_t days = cx->charter->process.minutes.days;

	return days ? clock_at(add_working_days(clock_day(since_at), (int)days), 16, 0) : 0;
}

struct err *
minutes_tasks(struct cx *cx, struct tasks *tasks)
{
	struct q_minutes_waiting *rows;
	enum action action;
	size_t n;

	TRY(q_minutes_waiting(cx->db, cx->a, cx_audiences(cx), MEETING_HELD, MEETING_PUBLISHED,
	    WAITING_MAX, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(task_of(cx, &rows[i], &action));
		if (action != ACT_NONE)
			task_add(tasks, &(struct task){.action = action,
					    .pid = rows[i].pid,
					    .title = charter_body_said(cx->charter,
						rows[i].body_key, rows[i].body_name, cx->lang),
					    .label = rows[i].label,
					    .since_at = rows[i].state_at,
					    .due_at = action == ACT_MEETING_MINUTES_APPROVE
							  ? approve_by(cx, rows[i].state_at)
							  : 0});
	}
	return OK;
}
