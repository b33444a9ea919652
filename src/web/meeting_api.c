/* web/meeting_api.c - meetings for programs. */
#include "app/premeeting.h"
#include "web/api.h"
#include "web/areas.h"

enum { LIST_MAX = 200 };

/* --- the list --------------------------------------------------------------------------- */

static void
put_lines(struct json *j, const char *name, const struct meeting_lines *l)
{
	json_open(j, name, '[');
	for (size_t i = 0; i < l->n; i++) {
		const struct meeting_line *m = &l->v[i];
		json_open(j, NULL, '{');
		json_str(j, "id", m->pid);
		json_str(j, "label", m->label);
		json_str(j, "body_id", m->body_pid);
		json_str(j, "body", m->body_name);
		json_at(j, "starts_at", m->starts_at);
		json_int(j, "length_min", m->length_min);
		json_str(j, "place", m->place);
		json_c(j, "state", meeting_state_key(m->state));
		json_int(j, "items", m->items_n);
		json_close(j, '}');
	}
	json_close(j, ']');
}

struct list_in {
	str after;
};

static const struct input list_inputs[] = {
    {INPUT_PID, "after", offsetof(struct list_in, after), .required = false},
    {0},
};

/* Those to come are few; those that were go on from after a meeting. */
static struct err *
read_meetings(struct cx *cx, const void *arg, struct json *j)
{
	const struct list_in *in = arg;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct meeting_lines coming, past;

	TRY(cx_need(cx, ACT_SPACE_READ, &space));
	TRY(meetings_coming(cx, in->after.n ? 0 : LIST_MAX, &coming));
	TRY(meetings_past(cx, in->after, LIST_MAX, &past));
	json_open(j, NULL, '{');
	put_lines(j, "coming", &coming);
	put_lines(j, "past", &past);
	json_close(j, '}');
	return OK;
}

/* --- one -------------------------------------------------------------------------------- */

struct one_in {
	str meeting;
};

static const struct input one_inputs[] = {
    INPUT_PATH(struct one_in, meeting),
    {0},
};

static void
put_items(struct json *j, const struct meeting_view *v)
{
	json_open(j, "items", '[');
	for (size_t i = 0; i < v->n_items; i++) {
		const struct agenda_item *t = &v->items[i];
		json_open(j, NULL, '{');
		json_str(j, "id", t->pid);
		json_str(j, "title", t->title);
		json_c(j, "kind", item_kind_key(t->kind));
		json_int(j, "length_min", t->length_min);
		if (v->item_seen[i])
			json_str(j, "matter_id", t->matter_pid);
		json_str(j, "matter_label", t->matter_label);
		json_c(j, "outcome", outcome_key(t->outcome));
		json_bool(j, "disagreed", t->disagreed != 0);
		json_str(j, "text", t->text);
		json_str(j, "remark", t->remark);
		json_at(j, "decided_at", t->decided_at);
		json_int(j, "rev", t->rev);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_places(struct json *j, const struct meeting_view *v)
{
	json_open(j, "approvals", '[');
	for (size_t i = 0; i < v->n_places; i++) {
		json_open(j, NULL, '{');
		json_str(j, "label", v->places[i].label);
		json_c(j, "side", side_key(v->places[i].side));
		json_str(j, "by", v->places[i].name);
		json_at(j, "at", v->places[i].at);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static struct err *
put_seats(struct cx *cx, struct json *j, const struct meeting *m)
{
	struct seat_lines l;

	TRY(meeting_seats(cx, m, m->current_item_id, &l));
	json_bool(j, "quorate", l.is_quorate);
	json_open(j, "seats", '[');
	for (size_t i = 0; i < l.n; i++) {
		const struct seat_line *s = &l.v[i];
		json_open(j, NULL, '{');
		json_str(j, "id", s->pid);
		json_str(j, "label", s->label);
		json_c(j, "side", side_key(s->side));
		json_c(j, "presence", presence_key(s->presence));
		json_str(j, "name", s->name);
		json_bool(j, "mandate", s->has_mandate);
		json_close(j, '}');
	}
	json_close(j, ']');
	return OK;
}

static struct err *
read_meeting(struct cx *cx, const void *arg, struct json *j)
{
	const struct one_in *in = arg;
	struct meeting_view v;

	TRY(meeting_view(cx, in->meeting, &v));
	json_open(j, NULL, '{');
	json_str(j, "id", v.m->pid);
	json_str(j, "label", v.m->label);
	json_str(j, "body_id", v.m->body_pid);
	json_str(j, "body", v.body_name);
	json_at(j, "starts_at", v.m->starts_at);
	json_int(j, "length_min", v.m->length_min);
	json_str(j, "place", v.m->place);
	json_c(j, "state", meeting_state_key(v.m->state));
	json_bool(j, "extraordinary", v.m->extraordinary != 0);
	json_str(j, "chair", v.chair.name);
	json_int(j, "rev", v.m->rev);
	put_items(j, &v);
	put_places(j, &v);
	TRY(put_seats(cx, j, v.m));
	json_close(j, '}');
	return OK;
}

/* --- the own side's room ---------------------------------------------------------------- */

static void
put_positions(struct json *j, const struct premeeting_room *r)
{
	json_open(j, "items", '[');
	for (size_t i = 0; i < r->n_items; i++) {
		json_open(j, NULL, '{');
		json_str(j, "id", r->items[i].pid);
		json_str(j, "title", r->items[i].title);
		for (size_t k = 0; k < r->n_positions; k++) {
			const struct position_row *p = &r->positions[k];
			if (p->item_id != r->items[i].id)
				continue;
			json_c(j, "position", position_key(p->kind));
			json_str(j, "text", p->text);
			json_str(j, "minority", p->minority);
			json_at(j, "released_at", p->released_at);
		}
		json_open(j, "stands", '[');
		for (size_t k = 0; k < r->n_stands; k++) {
			if (r->stands[k].item_id != r->items[i].id)
				continue;
			json_open(j, NULL, '{');
			json_str(j, "party_id", r->stands[k].party_pid);
			json_c(j, "stand", stand_key(r->stands[k].stand));
			json_str(j, "text", r->stands[k].text);
			json_close(j, '}');
		}
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
}

static struct err *
read_premeeting(struct cx *cx, const void *arg, struct json *j)
{
	const struct one_in *in = arg;
	struct premeeting_room r;

	TRY(premeeting_room(cx, in->meeting, &r));
	if (!r.p)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "none is planned");
	json_open(j, NULL, '{');
	json_str(j, "id", r.p->pid);
	json_c(j, "side", side_key(r.side));
	json_c(j, "state", premeeting_state_key(r.p->state));
	json_at(j, "starts_at", r.p->starts_at);
	json_str(j, "place", r.p->place);
	json_str(j, "notes", r.p->notes);
	json_int(j, "rev", r.p->rev);
	put_positions(j, &r);
	json_close(j, '}');
	return OK;
}

const struct reading meeting_readings[] = {
    {ACT_SPACE_READ, "/meetings", "Meetings, those to come and those that were", list_inputs,
	sizeof(struct list_in), read_meetings},
    {ACT_MEETING_READ, "/meetings/:", "A meeting with agenda, approvals and seats", one_inputs,
	sizeof(struct one_in), read_meeting},
    {ACT_PREMEETING_READ, "/meetings/:/premeeting", "The own side's pre-meeting", one_inputs,
	sizeof(struct one_in), read_premeeting},
    {0},
};
