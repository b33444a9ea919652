/* app/attendance.c - who sits in which seat of a meeting, and opening and closing it. */
#include "app/access.h"
#include "app/meeting.h"
#include "base/clock.h"
#include "q_meeting.h"
#include "q_people.h"

/* --- the seats -------------------------------------------------------------------------- */

static const struct charter_seat *
charter_seat_of(const struct charter_body *b, str key)
{
	for (size_t i = 0; b && i < b->seats.n; i++)
		if (str_eq(b->seats.v[i].key, key))
			return &b->seats.v[i];
	return NULL;
}

static str
party_name(const struct q_party_list *parties, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (parties[i].id == id)
			return parties[i].name;
	return S("");
}

/* All that is read for the seats of a meeting. */
struct seat_rows {
	struct q_seat_list *seats;
	struct q_body_sitting *sits;
	struct q_attendance_list *there;
	struct q_recusal_list *away;
	struct q_party_list *parties;
	struct q_reply_list *replies;
	size_t n_seats, n_sits, n_there, n_away, n_parties, n_replies;
};

static struct err *
read_rows(struct cx *cx, const struct meeting *m, int64_t item_id, struct seat_rows *r)
{
	TRY(q_seat_list(cx->db, cx->a, m->body_id, &r->seats, &r->n_seats));
	TRY(q_body_sitting(
	    cx->db, cx->a, m->body_id, clock_day(m->starts_at), &r->sits, &r->n_sits));
	TRY(q_attendance_list(cx->db, cx->a, m->id, &r->there, &r->n_there));
	TRY(q_recusal_list(cx->db, cx->a, item_id, &r->away, &r->n_away));
	TRY(q_reply_list(cx->db, cx->a, m->id, &r->replies, &r->n_replies));
	return q_party_list(cx->db, cx->a, &r->parties, &r->n_parties);
}

static void
fill_reply(const struct seat_rows *r, int64_t seat_id, struct seat_person *p)
{
	for (size_t i = 0; i < r->n_replies; i++)
		if (r->replies[i].seat_id == seat_id &&
		    r->replies[i].person_id == p->person_id) {
			p->reply = r->replies[i].reply;
			p->note = r->replies[i].note;
		}
}

static void
fill_people(struct cx *cx, const struct seat_rows *r, struct seat_line *s)
{
	struct seat_person *p = arena_array(cx->a, struct seat_person, r->n_sits);

	for (size_t i = 0; i < r->n_sits; i++) {
		const struct q_body_sitting *t = &r->sits[i];
		if (t->seat_id != s->seat_id)
			continue;
		p[s->n_people++] = (struct seat_person){
		    .person_id = t->person_id,
		    .rank = t->role == ROLE_DEPUTY ? (t->rank ? t->rank : 1) : 0,
		    .pid = t->person_pid,
		    .name = t->name,
		    .title = t->title,
		    .party = party_name(r->parties, r->n_parties, t->party_id),
		    .chairing = t->chairing,
		};
		fill_reply(r, s->seat_id, &p[s->n_people - 1]);
	}
	s->people = p;
}

static void
fill_presence(const struct seat_rows *r, struct seat_line *s)
{
	for (size_t i = 0; i < r->n_there; i++) {
		const struct q_attendance_list *t = &r->there[i];
		if (t->seat_id != s->seat_id)
			continue;
		s->presence = t->status;
		s->person_id = t->person_id;
		s->name = t->name;
		s->has_mandate = t->mandate != 0;
	}
	for (size_t i = 0; i < r->n_away; i++)
		s->is_conflicted |= r->away[i].seat_id == s->seat_id;
}

static void
count_seats(struct cx *cx, const struct charter_body *b, struct seat_lines *l)
{
	struct seat_presence *rows = arena_array(cx->a, struct seat_presence, l->n);

	for (size_t i = 0; i < l->n; i++) {
		const struct seat_line *s = &l->v[i];
		rows[i] = (struct seat_presence){s->seat_id, s->person_id, s->side, s->level,
		    s->presence, s->is_ordinary, s->has_mandate, s->is_conflicted};
		l->vacant_n += s->is_ordinary && (!s->n_people || s->people[0].rank);
	}
	l->rows = rows;
	attendance_count(rows, l->n, &l->count);
	int gap = l->count.seats_by[SIDE_MUNICIPAL] - l->count.seats_by[SIDE_TRUST];
	l->parity = attendance_parity(rows, l->n, gap < 0 ? -gap : gap);
	l->is_quorate = attendance_is_quorate(&l->count, &b->decision);
}

struct err *
meeting_seats(struct cx *cx, const struct meeting *m, int64_t item_id, struct seat_lines *ret)
{
	const struct charter_body *b;
	struct seat_rows r = {0};

	TRY(meeting_body(cx, m, &b));
	TRY(read_rows(cx, m, item_id, &r));
	*ret = (struct seat_lines){
	    .v = arena_array(cx->a, struct seat_line, r.n_seats), .n = r.n_seats};
	for (size_t i = 0; i < r.n_seats; i++) {
		const struct charter_seat *c = charter_seat_of(b, r.seats[i].key);
		struct seat_line *s = &ret->v[i];
		*s = (struct seat_line){
		    .seat_id = r.seats[i].id,
		    .pid = r.seats[i].pid,
		    .label = c ? charter_say(&c->from->label, cx->lang) : r.seats[i].label,
		    .recorded = r.seats[i].label,
		    .side = (enum side)r.seats[i].side,
		    .level = c ? c->from->level : ROLE_LEVEL_NONE,
		    .is_ordinary = c && c->from->status == SEAT_MEMBER,
		};
		fill_people(cx, &r, s);
		fill_presence(&r, s);
	}
	count_seats(cx, b, ret);
	return OK;
}

/* --- recording -------------------------------------------------------------------------- */

static const struct choice presences[] = {
    {"member", PRESENCE_MEMBER, N_("Til stede"), NULL},
    {"deputy", PRESENCE_DEPUTY, N_("Vara"), NULL},
    {"absent", PRESENCE_ABSENT, N_("Forfall"), NULL},
    {"unknown", PRESENCE_UNKNOWN, N_("Ikke ført opp"), NULL},
    {0},
};

struct attend_in {
	str meeting, seat;
	int64_t presence;
	str person;
	int64_t mandate;
};

static const struct input attend_inputs[] = {
    INPUT_PATH(struct attend_in, meeting),
    INPUT_PATH(struct attend_in, seat),
    {INPUT_CHOICE, "presence", offsetof(struct attend_in, presence), .required = true,
	.label = N_("Oppmøte"), .choices = presences},
    {INPUT_PID, "person", offsetof(struct attend_in, person), .label = N_("Hvem møter?")},
    {INPUT_BOOL, "mandate", offsetof(struct attend_in, mandate),
	.label = N_("Varaen har fullmakt")},
    {0},
};

static struct err *
seat_of(struct cx *cx, const struct seat_lines *l, str pid, const struct seat_line **ret)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].pid, pid)) {
			*ret = &l->v[i];
			return OK;
		}
	return err_new(cx->a, ERR_NOT_FOUND, "not_found", "seat");
}

/* The deputy whose turn it is, by rank. */
static int64_t
next_deputy(struct cx *cx, const struct seat_lines *l, const struct seat_line *s)
{
	struct deputy *d = arena_array(cx->a, struct deputy, s->n_people);
	size_t n = 0;

	for (size_t i = 0; i < s->n_people; i++)
		if (s->people[i].rank)
			d[n++] =
			    (struct deputy){s->people[i].person_id, s->people[i].rank, false};
	return attendance_deputy(d, n, l->rows, l->n, s->seat_id);
}

static int64_t
named_person(const struct seat_line *s, str pid, bool is_deputy)
{
	for (size_t i = 0; i < s->n_people; i++)
		if (str_eq(s->people[i].pid, pid) && (s->people[i].rank != 0) == is_deputy)
			return s->people[i].person_id;
	return 0;
}

/* Who sits there: the member, the deputy named, or the deputy whose turn it is. */
static struct err *
who_sits(struct cx *cx, const struct seat_lines *l, const struct seat_line *s,
    const struct attend_in *in, int64_t *ret)
{
	*ret = 0;
	if (in->presence == PRESENCE_MEMBER)
		*ret = s->n_people && !s->people[0].rank ? s->people[0].person_id : 0;
	else if (in->presence == PRESENCE_DEPUTY)
		*ret = in->person.n ? named_person(s, in->person, true) : next_deputy(cx, l, s);
	else
		return OK;
	if (!*ret)
		return err_new(
		    cx->a, ERR_INVALID, "attendance.nobody", "seat " STR_FMT, STR_ARG(s->pid));
	if (attendance_sits(l->rows, l->n, *ret, s->seat_id))
		return err_new(cx->a, ERR_CONFLICT, "attendance.sits_elsewhere",
		    "seat " STR_FMT, STR_ARG(s->pid));
	return OK;
}

static struct err *
attend(struct cx *cx, const void *arg, struct result *ret)
{
	const struct attend_in *in = arg;
	const struct seat_line *s;
	struct seat_lines l;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t person, n;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_MEETING_ATTEND, &m, &object));
	TRY(meeting_seats(cx, m, 0, &l));
	TRY(seat_of(cx, &l, in->seat, &s));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_allow(cx, &object, &f, MEETING_DO_ATTEND));
	TRY(who_sits(cx, &l, s, in, &person));
	meeting_done(ret, m);
	return q_attendance_set(cx->db, cx->a, m->id, s->seat_id, in->presence, person,
	    in->presence == PRESENCE_DEPUTY && in->mandate, cx->now_at, &n);
}

/* --- not competent ---------------------------------------------------------------------- */

struct recuse_in {
	str meeting, item, seat, reason;
	int64_t undo;
};

static const struct input recuse_inputs[] = {
    INPUT_PATH(struct recuse_in, meeting),
    INPUT_PATH(struct recuse_in, item),
    {INPUT_PID, "seat", offsetof(struct recuse_in, seat), .required = true,
	.label = N_("Hvem er inhabil?")},
    {INPUT_LINE, "reason", offsetof(struct recuse_in, reason), .max = 500,
	.label = N_("Hvorfor?")},
    {INPUT_BOOL, "undo", offsetof(struct recuse_in, undo), .label = N_("Kan være med likevel")},
    {0},
};

bool
seat_may_recuse(const struct cx *cx, unsigned doers, const struct seat_line *s)
{
	const struct actor *who = cx->actor;

	if (doers & (DOER_SECRETARY | DOER_CHAIR))
		return true;
	for (size_t i = 0; i < who->n_appointments; i++)
		if (who->appointments[i].seat_id == s->seat_id &&
		    who->appointments[i].party_id == who->party_id)
			return true;
	return false;
}

static struct err *
recuse(struct cx *cx, const void *arg, struct result *ret)
{
	const struct recuse_in *in = arg;
	const struct seat_line *s;
	struct seat_lines l;
	struct agenda_item *item;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_MEETING_CONFLICT, &m, &object));
	TRY(meeting_item(cx, m, in->item, &item));
	TRY(meeting_seats(cx, m, 0, &l));
	TRY(seat_of(cx, &l, in->seat, &s));
	if (!in->undo && in->reason.n == 0)
		cx_fault(cx, "reason", N_("input.required"), 0);
	TRY(cx_faults(cx));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_allow(cx, &object, &f, MEETING_DO_CONFLICT));
	if (!seat_may_recuse(cx, authz_doers(cx->actor, &object), s))
		return err_new(
		    cx->a, ERR_DENIED, "denied", "another's seat " STR_FMT, STR_ARG(s->pid));
	meeting_done(ret, m);
	if (in->undo)
		return q_recusal_remove(cx->db, cx->a, item->id, s->seat_id, &n);
	return q_recusal_add(cx->db, cx->a, item->id, s->seat_id, in->reason,
	    cx->actor->person_id, cx->now_at, &n);
}

/* --- opening, closing ------------------------------------------------------------------- */

struct act_in {
	str meeting;
	int64_t rev, other_day;
	str reason;
};

static const struct input act_inputs[] = {
    INPUT_PATH(struct act_in, meeting),
    INPUT_REV(struct act_in),
    {0},
};

static const struct input inquorate_inputs[] = {
    INPUT_PATH(struct act_in, meeting),
    INPUT_REV(struct act_in),
    {INPUT_TEXT, "reason", offsetof(struct act_in, reason), .required = true, .max = 2000,
	.label = N_("Begrunnelse")},
    {0},
};

static const struct input open_inputs[] = {
    INPUT_PATH(struct act_in, meeting),
    INPUT_REV(struct act_in),
    {INPUT_BOOL, "other_day", offsetof(struct act_in, other_day),
	.label = N_("Møtet skal åpnes i dag likevel"),
	.help = N_("Kryss av når møtet er satt til en annen dag enn i dag.")},
    {0},
};

static struct err *
open_meeting(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_OPEN, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	f.is_other_day_meant = in->other_day != 0;
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_OPEN, S("")));
	meeting_done(ret, m);
	return q_meeting_set_sitting(cx->db, cx->a, m->id, cx->now_at, 0, 0, &n);
}

static struct err *
find_inquorate(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_INQUORATE, &m, &object));
	TRY(meeting_know(cx, m, in->reason, &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_FIND_INQUORATE, in->reason));
	TRY(meeting_put_off(cx, m, in->reason));
	meeting_done(ret, m);
	return meeting_tell_body(cx, m, ACT_MEETING_INQUORATE);
}

static struct err *
close_meeting(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_CLOSE, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_CLOSE, S("")));
	meeting_done(ret, m);
	TRY(q_meeting_set_sitting(cx->db, cx->a, m->id, m->opened_at, cx->now_at, 0, &n));
	return tell_role(cx, ROLE_SECRETARY, ACT_MEETING_CLOSE, "meeting", m->pid, m->label);
}

const struct usecase attendance_usecases[] = {
    {ACT_MEETING_ATTEND, "/meetings/:/seats/:/presence", "Record who is in a seat, or undo it",
	attend_inputs, sizeof(struct attend_in), NULL, attend, false},
    {ACT_MEETING_CONFLICT, "/meetings/:/items/:/conflict",
	"Record that somebody is not competent for an item, or undo it", recuse_inputs,
	sizeof(struct recuse_in), NULL, recuse, false},
    {ACT_MEETING_OPEN, "/meetings/:/open", "Open the meeting", open_inputs,
	sizeof(struct act_in), NULL, open_meeting, false},
    {ACT_MEETING_INQUORATE, "/meetings/:/inquorate",
	"Find that too few are there, with a reason", inquorate_inputs, sizeof(struct act_in),
	NULL, find_inquorate, false},
    {ACT_MEETING_CLOSE, "/meetings/:/close", "Close the meeting", act_inputs,
	sizeof(struct act_in), NULL, close_meeting, false},
    {0},
};
