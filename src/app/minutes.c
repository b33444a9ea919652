#include "app/minutes.h"

#include "app/access.h"
#include "app/decision.h"
#include "app/search.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/sha.h"
#include "q_minutes.h"
#include "q_people.h"

/* Reads, checks the right and that the form was drawn from this text. rev 0: any. */
static struct err *
open_act(struct cx *cx, str meeting, int64_t rev, enum action action, struct minutes *ret)
{
	TRY(minutes_read(cx, meeting, ret));
	TRY(cx_need(cx, action, &ret->object));
	return rev ? cx_same_rev(cx, rev, ret->words ? ret->words->rev : 1) : OK;
}

/* --- writing ---------------------------------------------------------------------------- */

struct edit_in {
	str meeting;
	int64_t rev;
	str preamble, closing, municipal, trust;
};

static const struct input edit_inputs[] = {
    INPUT_PATH(struct edit_in, meeting),
    INPUT_REV(struct edit_in),
    {INPUT_TEXT, "preamble", offsetof(struct edit_in, preamble), .max = 8000,
	.label = N_("Innledning"), .help = N_("Det som skal stå før sakene.")},
    {INPUT_TEXT, "closing", offsetof(struct edit_in, closing), .max = 8000,
	.label = N_("Avslutning"), .help = N_("Det som skal stå etter sakene.")},
    {INPUT_PID, "municipal", offsetof(struct edit_in, municipal),
	.label = N_("Skriver for kommunene")},
    {INPUT_PID, "trust", offsetof(struct edit_in, trust), .label = N_("Skriver for sykehuset")},
    {0},
};

struct authors {
	int64_t municipal_id, trust_id; /* 0: none */
};

/* The secretary that was chosen for a side; else who stands there already; else the first. */
static struct err *
author_of(struct cx *cx, const struct minutes *x, str pid, enum side side, const char *field,
    int64_t *ret)
{
	str want = pid;
	struct q_person_by_pid *row;

	if (!want.n && x->words)
		want = side == SIDE_MUNICIPAL ? x->words->municipal_pid : x->words->trust_pid;
	for (size_t i = 0; i < x->n_secretaries; i++) {
		const struct minutes_author *s = &x->secretaries[i];
		if (s->side != side || (want.n && !str_eq(s->pid, want)))
			continue;
		TRY(q_person_by_pid(cx->db, cx->a, s->pid, &row));
		*ret = row->id;
		return OK;
	}
	*ret = 0;
	if (pid.n)
		cx_fault(cx, field, N_("input.choice"), 0);
	return cx_faults(cx);
}

static bool
is_same(const struct minutes *x, const struct edit_in *in, const struct authors *w)
{
	return str_eq(x->words->preamble, in->preamble) &&
	       str_eq(x->words->closing, in->closing) &&
	       x->words->municipal_author_id == w->municipal_id &&
	       x->words->trust_author_id == w->trust_id;
}

/* The first words are the draft (M9); later ones make every approval void (M10). */
static struct err *
store_words(struct cx *cx, struct minutes *x, const struct edit_in *in, const struct authors *w,
    struct meeting_facts *f)
{
	if (x->m->state == MEETING_HELD) {
		TRY(meeting_move(cx, x->m, &x->object, f, MEETING_DO_DRAFT_MINUTES, S("")));
		TRY(q_minutes_add(cx->db, cx->a, x->m->id, w->municipal_id, w->trust_id,
		    in->preamble, in->closing, NULL));
		return meeting_tell_body(cx, x->m, ACT_MEETING_MINUTES_APPROVE);
	}
	TRY(meeting_allow(cx, &x->object, f, MEETING_DO_EDIT_MINUTES));
	return q_minutes_set(cx->db, cx->a, x->m->id, w->municipal_id, w->trust_id,
	    in->preamble, in->closing, NULL);
}

static struct err *
edit(struct cx *cx, const void *arg, struct result *ret)
{
	const struct edit_in *in = arg;
	struct meeting_facts f;
	struct authors w;
	struct minutes x;

	TRY(open_act(cx, in->meeting, in->rev, ACT_MEETING_MINUTES_EDIT, &x));
	TRY(author_of(cx, &x, in->municipal, SIDE_MUNICIPAL, "municipal", &w.municipal_id));
	TRY(author_of(cx, &x, in->trust, SIDE_TRUST, "trust", &w.trust_id));
	TRY(minutes_know(cx, &x, &f));
	f.has_municipal_author = w.municipal_id != 0;
	f.has_trust_author = w.trust_id != 0;
	meeting_done(ret, x.m);
	if (x.words && is_same(&x, in, &w)) {
		ret->no_change = true;
		return meeting_allow(cx, &x.object, &f, MEETING_DO_EDIT_MINUTES);
	}
	return store_words(cx, &x, in, &w, &f);
}

/* --- comments --------------------------------------------------------------------------- */

struct comment_in {
	str meeting, item, comment, text;
};

static const struct input comment_inputs[] = {
    INPUT_PATH(struct comment_in, meeting),
    {INPUT_PID, "item", offsetof(struct comment_in, item), .label = N_("Gjelder sak")},
    {INPUT_PID, "comment", offsetof(struct comment_in, comment),
	.label = N_("Merknaden det svares på")},
    {INPUT_TEXT, "text", offsetof(struct comment_in, text), .required = true, .max = 4000,
	.label = N_("Merknad til protokollen")},
    {0},
};

static struct err *
answer(struct cx *cx, const struct comment_in *in, const struct minutes *x)
{
	struct q_minutes_comment_by_pid *row;

	if (!x->may_answer)
		return err_new(cx->a, ERR_DENIED, "denied", "only the secretariat answers");
	TRY(q_minutes_comment_by_pid(cx->db, cx->a, in->comment, x->m->id, &row));
	if (!row)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "comment");
	if (row->answered_at)
		return err_new(cx->a, ERR_CONFLICT, "minutes.answered", "comment");
	TRY(q_minutes_comment_answer(
	    cx->db, cx->a, in->comment, x->m->id, in->text, cx->now_at, NULL));
	return tell_person(
	    cx, row->person_id, ACT_MEETING_MINUTES_COMMENT, "meeting", x->m->pid, x->m->label);
}

static struct err *
add_comment(struct cx *cx, const struct comment_in *in, const struct minutes *x, str *ret_pid)
{
	struct agenda_item *item = NULL;
	int64_t id;

	if (!x->may_comment)
		return err_new(cx->a, ERR_DENIED, "minutes.not_present", "M10");
	if (in->item.n)
		TRY(meeting_item(cx, x->m, in->item, &item));
	*ret_pid = pid_new(cx->a);
	TRY(q_minutes_comment_add(cx->db, cx->a, *ret_pid, x->m->id, item ? item->id : 0,
	    in->text, cx->now_at, cx->actor->person_id, cx->actor->party_id, &id));
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_MEETING_MINUTES_COMMENT, "meeting", x->m->pid, x->m->label);
}

static struct err *
comment(struct cx *cx, const void *arg, struct result *ret)
{
	const struct comment_in *in = arg;
	struct meeting_facts f;
	struct minutes x;

	TRY(open_act(cx, in->meeting, 0, ACT_MEETING_MINUTES_COMMENT, &x));
	TRY(minutes_know(cx, &x, &f));
	TRY(meeting_allow(cx, &x.object, &f, MEETING_DO_COMMENT_MINUTES));
	meeting_done(ret, x.m);
	return in->comment.n ? answer(cx, in, &x) : add_comment(cx, in, &x, &ret->location);
}

/* --- approving and locking -------------------------------------------------------------- */

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
add_approval(struct cx *cx, const struct minutes *x)
{
	const struct charter_approvals *rule = &cx->charter->process.minutes.approvers;
	const struct appointment *by;
	struct q_minutes_approvals *rows;
	unsigned places;
	size_t n;

	TRY(meeting_places(cx, rule, x->m->body_key, &places, &by));
	TRY(q_minutes_approvals(
	    cx->db, cx->a, x->m->id, x->words ? x->words->text_rev : 0, &rows, &n));
	struct approval *given = arena_array(cx->a, struct approval, n);
	for (size_t i = 0; i < n; i++)
		given[i] = (struct approval){rows[i].person_id, rows[i].places};
	TRY(approval_can(approval_rule(rule), cx->a, given, n, cx->actor->person_id, places));
	return q_minutes_approval_add(cx->db, cx->a, x->m->id, x->words->text_rev,
	    cx->actor->person_id, places, by ? by->side : SIDE_NONE, by ? by->id : 0,
	    cx->now_at, NULL);
}

static struct err *
index_minutes(struct cx *cx, const struct minutes *x, str text, bool is_public)
{
	return search_put(cx, &(struct search_text){
				  .kind = OBJECT_MEETING,
				  .object_id = x->m->id,
				  .pid = x->m->pid,
				  .label = x->m->label,
				  .title = x->m->body_name,
				  .body = text,
				  .at = x->m->starts_at,
				  .body_id = x->m->body_id,
				  .is_public = is_public,
			      });
}

/* Everything the minutes make final, in one write (M11): the text, its decisions, what all
 * inside may see, and where each matter goes from here (C23). */
static struct err *
lock(struct cx *cx, struct minutes *x, const struct meeting_facts *f)
{
	str text = minutes_text(cx, x, false);
	struct sha256 hash = sha256(text);

	TRY(meeting_move(cx, x->m, &x->object, f, MEETING_DO_LOCK_MINUTES, S("")));
	TRY(q_minutes_lock(
	    cx->db, cx->a, x->m->id, text, sha256_hex(cx->a, &hash), cx->now_at, NULL));
	TRY(access_open(cx, OBJECT_MEETING, x->m->id, AUDIENCE_INSIDE, 0));
	for (size_t i = 0; i < x->n_items; i++) {
		const struct minutes_decision *d = x->items[i].decision;
		if (!d)
			continue;
		TRY(decision_finish(cx, d->id));
		TRY(decision_move_matter(cx, d->matter_id));
	}
	TRY(index_minutes(cx, x, text, false));
	return tell_role(
	    cx, ROLE_CONTACT, ACT_MEETING_MINUTES_READ, "meeting", x->m->pid, x->m->label);
}

static struct err *
approve(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct meeting_facts f;
	struct minutes x;

	TRY(open_act(cx, in->meeting, in->rev, ACT_MEETING_MINUTES_APPROVE, &x));
	TRY(minutes_know(cx, &x, &f));
	if (x.m->state == MEETING_MINUTES_DRAFT)
		TRY(add_approval(cx, &x));
	f.may_approve = true;
	TRY(meeting_allow(cx, &x.object, &f, MEETING_DO_APPROVE_MINUTES));
	TRY(minutes_know(cx, &x, &f));
	meeting_done(ret, x.m);
	if (f.missing_approvers)
		return OK;
	result_note(ret, "locked", S("yes"));
	return lock(cx, &x, &f);
}

/* --- correcting ------------------------------------------------------------------------- */

struct correct_in {
	str meeting, item, text, reason;
};

static const struct input correct_inputs[] = {
    INPUT_PATH(struct correct_in, meeting),
    {INPUT_PID, "item", offsetof(struct correct_in, item), .label = N_("Gjelder sak")},
    {INPUT_TEXT, "text", offsetof(struct correct_in, text), .required = true, .max = 4000,
	.label = N_("Rettelse"), .help = N_("Hva som skal stå. Den godkjente teksten står.")},
    {INPUT_TEXT, "reason", offsetof(struct correct_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse")},
    {0},
};

static struct err *
correct(struct cx *cx, const void *arg, struct result *ret)
{
	const struct correct_in *in = arg;
	struct agenda_item *item = NULL;
	struct meeting_facts f;
	struct minutes x;
	int64_t id;

	TRY(open_act(cx, in->meeting, 0, ACT_MEETING_MINUTES_CORRECT, &x));
	TRY(minutes_know(cx, &x, &f));
	f.has_reason = in->reason.n > 0;
	TRY(meeting_allow(cx, &x.object, &f, MEETING_DO_CORRECT));
	if (in->item.n)
		TRY(meeting_item(cx, x.m, in->item, &item));
	ret->location = pid_new(cx->a);
	TRY(q_minutes_correction_add(cx->db, cx->a, ret->location, x.m->id, item ? item->id : 0,
	    x.words->hash, in->text, in->reason, cx->now_at, cx->actor->person_id,
	    cx->actor->party_id, &id));
	meeting_done(ret, x.m);
	return meeting_tell_body(cx, x.m, ACT_MEETING_MINUTES_CORRECT);
}

/* --- publishing ------------------------------------------------------------------------- */

struct publish_in {
	str meeting;
	int64_t rev;
	struct strs exempt;
	str basis;
};

static const struct input publish_inputs[] = {
    INPUT_PATH(struct publish_in, meeting),
    INPUT_REV(struct publish_in),
    {INPUT_PIDS, "exempt", offsetof(struct publish_in, exempt),
	.label = N_("Unntatt offentlighet")},
    {INPUT_LINE, "basis", offsetof(struct publish_in, basis), .max = 200,
	.label = N_("Hjemmel"), .help = N_("For eksempel: offentleglova § 13.")},
    {0},
};

static struct minutes_item *
item_by_pid(const struct minutes *x, str pid)
{
	for (size_t i = 0; i < x->n_items; i++)
		if (str_eq(x->items[i].item->pid, pid))
			return &x->items[i];
	return NULL;
}

static struct err *
set_exempt(struct cx *cx, const struct minutes *x, const struct publish_in *in)
{
	if (in->exempt.n && !in->basis.n)
		cx_fault(cx, "basis", N_("input.required"), 0);
	TRY(cx_faults(cx));
	for (size_t i = 0; i < in->exempt.n; i++) {
		struct minutes_item *item = item_by_pid(x, in->exempt.v[i]);
		if (!item || !item->item->matter_id) {
			cx_fault(cx, "exempt", N_("input.choice"), 0);
			return cx_faults(cx);
		}
		item->exempt_basis = in->basis;
		TRY(matter_exempt(cx, item->item->matter_id, in->basis));
	}
	return OK;
}

/* Decisions come out with the minutes, but those of exempt matters. */
static struct err *
publish_decisions(struct cx *cx, const struct minutes *x)
{
	for (size_t i = 0; i < x->n_items; i++) {
		const struct minutes_item *item = &x->items[i];
		if (item->decision && !item->exempt_basis.n && !item->decision->published_at)
			TRY(decision_make_public(cx, item->decision->id));
	}
	return OK;
}

static struct err *
publish(struct cx *cx, const void *arg, struct result *ret)
{
	const struct publish_in *in = arg;
	struct meeting_facts f;
	struct minutes x;

	TRY(open_act(cx, in->meeting, in->rev, ACT_MEETING_PUBLISH, &x));
	TRY(minutes_know(cx, &x, &f));
	TRY(meeting_move(cx, x.m, &x.object, &f, MEETING_DO_PUBLISH, S("")));
	TRY(set_exempt(cx, &x, in));
	str text = minutes_text(cx, &x, true);
	TRY(q_minutes_publish(cx->db, cx->a, x.m->id, text, cx->now_at, NULL));
	TRY(q_minutes_meeting_published(cx->db, cx->a, x.m->id, cx->now_at, NULL));
	TRY(publish_decisions(cx, &x));
	meeting_done(ret, x.m);
	return index_minutes(cx, &x, text, true);
}

struct err *
minutes_publish_again(struct cx *cx, int64_t matter_id)
{
	struct q_minutes_with_matter *rows;
	struct minutes x;
	size_t n;

	TRY(q_minutes_with_matter(cx->db, cx->a, matter_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(minutes_read(cx, rows[i].pid, &x));
		str text = minutes_text(cx, &x, true);
		TRY(q_minutes_publish(
		    cx->db, cx->a, x.m->id, text, x.words->published_at, NULL));
		TRY(index_minutes(cx, &x, text, true));
	}
	return OK;
}

const struct usecase minutes_usecases[] = {
    {ACT_MEETING_MINUTES_EDIT, "/meetings/:/minutes/edit",
	"Begin the minutes, or change the words around the items", edit_inputs,
	sizeof(struct edit_in), NULL, edit, false},
    {ACT_MEETING_MINUTES_COMMENT, "/meetings/:/minutes/comments",
	"Comment on the minutes, or answer a comment", comment_inputs,
	sizeof(struct comment_in), NULL, comment, false},
    {ACT_MEETING_MINUTES_APPROVE, "/meetings/:/minutes/approve",
	"Approve the minutes; the last approval locks them", act_inputs, sizeof(struct act_in),
	NULL, approve, false},
    {ACT_MEETING_MINUTES_CORRECT, "/meetings/:/minutes/corrections",
	"Add a correction to approved minutes", correct_inputs, sizeof(struct correct_in), NULL,
	correct, false},
    {ACT_MEETING_PUBLISH, "/meetings/:/publish",
	"Publish the minutes and their decisions, but for what is exempt", publish_inputs,
	sizeof(struct publish_in), NULL, publish, false},
    {0},
};
