/* web/decision_read.c - decisions and minutes as JSON. */
#include "app/decision.h"
#include "app/minutes.h"
#include "base/day.h"
#include "web/api.h"
#include "web/areas.h"

enum { LIST_MAX = 200 };

static void
put_day(struct json *j, struct cx *cx, const char *name, int64_t day)
{
	if (day)
		json_str(j, name, day_iso(cx->a, day));
	else
		json_null(j, name);
}

/* --- decisions -------------------------------------------------------------------------- */

struct list_in {
	int64_t before, limit;
	str after;
};

static const struct input list_inputs[] = {
    {INPUT_DAY, "before", offsetof(struct list_in, before), .required = false},
    {INPUT_PID, "after", offsetof(struct list_in, after), .required = false},
    {INPUT_INT, "limit", offsetof(struct list_in, limit), .min = 1, .max = LIST_MAX},
    {0},
};

static struct err *
read_list(struct cx *cx, const void *arg, struct json *j)
{
	const struct list_in *in = arg;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct decision_rows rows;

	TRY(cx_need(cx, ACT_SPACE_READ, &space));
	TRY(decisions_recent(cx, in->before == INPUT_NONE ? cx->today : in->before, in->after,
	    in->limit == INPUT_NONE ? LIST_MAX : in->limit, &rows));
	json_open(j, NULL, '{');
	json_open(j, "decisions", '[');
	for (const struct decision_row *d = rows.v; d < rows.v + rows.n; d++) {
		json_open(j, NULL, '{');
		json_str(j, "id", d->pid);
		json_str(j, "label", d->label);
		json_str(j, "title", d->title);
		json_c(j, "authority", outcome_key(d->authority));
		json_str(j, "body", d->body_abbr);
		json_str(j, "matter_id", d->matter_pid);
		put_day(j, cx, "decided", d->decided_day);
		put_day(j, cx, "due", d->due_day);
		json_at(j, "final_at", d->final_at);
		json_at(j, "closed_at", d->closed_at);
		json_at(j, "published_at", d->published_at);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

struct one_in {
	str decision;
};

static const struct input one_inputs[] = {
    INPUT_PATH(struct one_in, decision),
    {0},
};

static void
put_lines(struct json *j, struct cx *cx, const struct decision_view *v)
{
	json_open(j, "follow_up", '[');
	for (size_t i = 0; i < v->lines.n; i++) {
		const struct followup *f = &v->lines.v[i];
		json_open(j, NULL, '{');
		json_str(j, "party_id", f->party_pid);
		json_str(j, "party", f->party_name);
		json_c(j, "status", line_status_key(f->status));
		json_bool(
		    j, "overdue", decision_line_is_overdue(&v->lines.lines[i], cx->today));
		json_str(j, "note", f->note);
		put_day(j, cx, "due", f->due_day);
		json_at(j, "sent_at", f->sent_at);
		json_at(j, "acknowledged_at", f->seen_at);
		json_at(j, "passed_on_at", f->passed_on_at);
		json_at(j, "updated_at", f->updated_at);
		json_bool(j, "on_behalf", f->on_behalf != 0);
		json_int(j, "rev", f->rev);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static struct err *
read_decision(struct cx *cx, const void *arg, struct json *j)
{
	const struct one_in *in = arg;
	struct decision_view v;

	TRY(decision_read(cx, in->decision, &v));
	json_open(j, NULL, '{');
	json_str(j, "id", v.d->pid);
	json_str(j, "label", v.d->label);
	json_str(j, "title", v.d->title);
	json_str(j, "text", v.d->text);
	json_str(j, "remark", v.d->remark);
	json_c(j, "authority", outcome_key(v.d->authority));
	json_str(j, "rule", v.d->rule);
	json_c(j, "state", decision_state_key(v.state));
	json_str(j, "body_id", v.d->body_pid);
	json_str(j, "body", v.body_name);
	json_str(j, "meeting_id", v.d->meeting_pid);
	json_str(j, "matter_id", v.d->matter_pid);
	put_day(j, cx, "decided", v.d->decided_day);
	put_day(j, cx, "due", v.d->due_day);
	json_at(j, "final_at", v.d->final_at);
	json_at(j, "closed_at", v.d->closed_at);
	json_at(j, "published_at", v.d->published_at);
	json_str(j, "exempt_basis", v.d->exempt_basis);
	json_str(j, "replaced_by_id", v.d->new_pid);
	put_lines(j, cx, &v);
	json_close(j, '}');
	return OK;
}

/* --- minutes ---------------------------------------------------------------------------- */

struct minutes_in {
	str meeting, after;
};

static const struct input minutes_inputs[] = {
    INPUT_PATH(struct minutes_in, meeting),
    {0},
};

static void
put_items(struct json *j, const struct minutes *x)
{
	json_open(j, "items", '[');
	for (size_t i = 0; i < x->n_items; i++) {
		const struct minutes_item *m = &x->items[i];
		json_open(j, NULL, '{');
		json_str(j, "id", m->item->pid);
		json_str(j, "title", m->item->title);
		json_c(j, "outcome", outcome_key(m->item->outcome));
		json_bool(j, "disagreed", m->item->disagreed != 0);
		json_str(j, "text", m->item->text);
		json_str(j, "remark", m->item->remark);
		json_str(j, "decision_id", m->decision ? m->decision->pid : S(""));
		json_str(j, "exempt_basis", m->exempt_basis);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_attendance(struct json *j, const struct minutes *x)
{
	json_open(j, "attendance", '[');
	for (size_t i = 0; i < x->seats.n; i++) {
		json_open(j, NULL, '{');
		json_str(j, "seat_id", x->seats.v[i].pid);
		json_str(j, "seat", x->seats.v[i].label);
		json_c(j, "side", side_key(x->seats.v[i].side));
		json_c(j, "presence", presence_key(x->seats.v[i].presence));
		json_str(j, "name", x->seats.v[i].name);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_approvals(struct json *j, const struct minutes *x)
{
	json_open(j, "approvals", '[');
	for (size_t i = 0; i < x->n_places; i++) {
		json_open(j, NULL, '{');
		json_c(j, "side", side_key(x->places[i].side));
		json_str(j, "by", x->places[i].name);
		json_at(j, "at", x->places[i].at);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_comments(struct json *j, const struct minutes *x)
{
	json_open(j, "comments", '[');
	for (size_t i = 0; i < x->n_comments; i++) {
		json_open(j, NULL, '{');
		json_str(j, "id", x->comments[i].pid);
		json_str(j, "text", x->comments[i].text);
		json_str(j, "by", x->comments[i].person_name);
		json_at(j, "at", x->comments[i].at);
		json_str(j, "answer", x->comments[i].answer);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_bool(j, "has_older_comments", x->has_older_comments);
}

static void
put_corrections(struct json *j, const struct minutes *x)
{
	json_open(j, "corrections", '[');
	for (size_t i = 0; i < x->n_corrections; i++) {
		json_open(j, NULL, '{');
		json_str(j, "id", x->corrections[i].pid);
		json_str(j, "text", x->corrections[i].text);
		json_str(j, "reason", x->corrections[i].reason);
		json_str(j, "corrects_hash", x->corrections[i].hash);
		json_at(j, "at", x->corrections[i].at);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_bool(j, "has_older_corrections", x->has_older_corrections);
}

static struct err *
read_minutes(struct cx *cx, const void *arg, struct json *j)
{
	const struct minutes_in *in = arg;
	struct minutes x;

	TRY(minutes_read(cx, in->meeting, &x));
	json_open(j, NULL, '{');
	json_str(j, "meeting_id", x.m->pid);
	json_str(j, "label", x.m->label);
	json_c(j, "state", meeting_state_key(x.m->state));
	json_int(j, "rev", x.words ? x.words->rev : 1);
	json_str(j, "preamble", x.words ? x.words->preamble : S(""));
	json_str(j, "closing", x.words ? x.words->closing : S(""));
	json_at(j, "approved_at", x.words ? x.words->approved_at : 0);
	json_at(j, "published_at", x.words ? x.words->published_at : 0);
	json_str(j, "hash", x.words ? x.words->hash : S(""));
	json_str(j, "text",
	    x.words && x.words->text.n ? x.words->text : minutes_text(cx, &x, false));
	put_attendance(j, &x);
	put_items(j, &x);
	put_approvals(j, &x);
	put_comments(j, &x);
	put_corrections(j, &x);
	json_close(j, '}');
	return OK;
}

static const struct input said_inputs[] = {
    INPUT_PATH(struct minutes_in, meeting),
    {INPUT_PID, "after", offsetof(struct minutes_in, after), .required = false},
    {0},
};

static struct err *
read_comments(struct cx *cx, const void *arg, struct json *j)
{
	const struct minutes_in *in = arg;
	struct minutes x;

	TRY(minutes_read(cx, in->meeting, &x));
	TRY(minutes_comments(cx, &x, in->after, false));
	json_open(j, NULL, '{');
	put_comments(j, &x);
	json_close(j, '}');
	return OK;
}

static struct err *
read_corrections(struct cx *cx, const void *arg, struct json *j)
{
	const struct minutes_in *in = arg;
	struct minutes x;

	TRY(minutes_read(cx, in->meeting, &x));
	TRY(minutes_corrections(cx, &x, in->after));
	json_open(j, NULL, '{');
	put_corrections(j, &x);
	json_close(j, '}');
	return OK;
}

const struct reading decision_readings[] = {
    {ACT_SPACE_READ, "/decisions", "Decisions one may see, the newest first", list_inputs,
	sizeof(struct list_in), read_list},
    {ACT_DECISION_READ, "/decisions/:", "A decision and how far each party has come",
	one_inputs, sizeof(struct one_in), read_decision},
    {ACT_MEETING_MINUTES_READ, "/meetings/:/minutes",
	"The minutes: attendance, items, approvals, comments, corrections", minutes_inputs,
	sizeof(struct minutes_in), read_minutes},
    {ACT_MEETING_MINUTES_READ, "/meetings/:/minutes/comments",
	"Comments on the minutes, the newest first", said_inputs, sizeof(struct minutes_in),
	read_comments},
    {ACT_MEETING_MINUTES_READ, "/meetings/:/minutes/corrections",
	"Corrections of the minutes, the newest first", said_inputs, sizeof(struct minutes_in),
	read_corrections},
    {0},
};
