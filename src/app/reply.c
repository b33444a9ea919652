/* app/reply.c - those who are called say whether they come; then the deputy is asked (M4). */
#include "app/access.h"
#include "app/meeting.h"
#include "q_meeting.h"

static const struct choice replies[] = {
    {"comes", REPLY_COMES, N_("Jeg kommer"), NULL},
    {"away", REPLY_AWAY, N_("Jeg kan ikke komme"), NULL},
    {0},
};

struct reply_in {
	str meeting;
	int64_t reply;
	str note;
};

static const struct input reply_inputs[] = {
    INPUT_PATH(struct reply_in, meeting),
    {INPUT_CHOICE, "reply", offsetof(struct reply_in, reply), .required = true,
	.label = N_("Kommer du?"), .choices = replies},
    {INPUT_LINE, "note", offsetof(struct reply_in, note), .max = 200,
	.label = N_("Beskjed til sekretariatet")},
    {0},
};

const struct seat_person *
seat_asked(const struct seat_line *s)
{
	for (size_t i = 0; i < s->n_people; i++)
		if (s->people[i].reply != REPLY_AWAY)
			return &s->people[i];
	return NULL;
}

/* The actor in the seat, under an appointment for the party acted for; NULL: not in it. */
static const struct seat_person *
me_in(const struct cx *cx, const struct seat_line *s)
{
	bool holds = false;

	for (size_t i = 0; i < cx->actor->n_appointments; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		holds |= t->seat_id == s->seat_id && t->party_id == cx->actor->party_id;
	}
	for (size_t i = 0; holds && i < s->n_people; i++)
		if (s->people[i].person_id == cx->actor->person_id)
			return &s->people[i];
	return NULL;
}

static bool
is_called(const struct seat_line *s, const struct seat_person *me)
{
	return me && (me->reply != REPLY_NONE || seat_asked(s) == me);
}

struct err *
reply_own(struct cx *cx, const struct meeting *m, struct own_reply *ret)
{
	struct seat_lines l;

	*ret = (struct own_reply){0};
	TRY(meeting_seats(cx, m, 0, &l));
	for (size_t i = 0; i < l.n && !ret->is_asked; i++) {
		const struct seat_person *me = me_in(cx, &l.v[i]);
		if (is_called(&l.v[i], me))
			*ret = (struct own_reply){true, me->reply, me->note};
	}
	return OK;
}

/* The next in the row is asked in the place of who cannot come; and told when not needed. */
static struct err *
tell_row(struct cx *cx, const struct meeting *m, const struct seat_line *s,
    const struct reply_in *in)
{
	bool past_me = false;

	for (size_t i = 0; i < s->n_people; i++) {
		const struct seat_person *p = &s->people[i];
		if (p->person_id == cx->actor->person_id) {
			past_me = true;
			continue;
		}
		if (!past_me || p->reply == REPLY_AWAY)
			continue;
		if (in->reply == REPLY_COMES && p->reply == REPLY_NONE)
			return OK;
		return tell_person(
		    cx, p->person_id, ACT_MEETING_REPLY, "meeting", m->pid, m->label);
	}
	return OK;
}

static struct err *
answer_seat(struct cx *cx, const struct meeting *m, const struct seat_line *s,
    const struct reply_in *in)
{
	int64_t n;

	TRY(q_reply_set(cx->db, cx->a, m->id, s->seat_id, cx->actor->person_id, in->reply,
	    in->note, cx->now_at, &n));
	return tell_row(cx, m, s, in);
}

static struct err *
reply(struct cx *cx, const void *arg, struct result *ret)
{
	const struct reply_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct seat_lines l;
	struct meeting *m;
	size_t n = 0;

	TRY(meeting_open_act(cx, in->meeting, 0, ACT_MEETING_REPLY, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_allow(cx, &object, &f, MEETING_DO_REPLY));
	TRY(meeting_seats(cx, m, 0, &l));
	for (size_t i = 0; i < l.n; i++)
		if (is_called(&l.v[i], me_in(cx, &l.v[i]))) {
			TRY(answer_seat(cx, m, &l.v[i], in));
			n++;
		}
	if (n == 0)
		return err_new(cx->a, ERR_CONFLICT, "reply.not_asked", "M4");
	meeting_done(ret, m);
	if (in->reply == REPLY_COMES)
		return OK;
	return tell_role(cx, ROLE_SECRETARY, ACT_MEETING_REPLY, "meeting", m->pid, m->label);
}

const struct usecase reply_usecases[] = {
    {ACT_MEETING_REPLY, "/meetings/:/reply", "Say whether one comes; else the deputy is asked",
	reply_inputs, sizeof(struct reply_in), NULL, reply, false},
    {0},
};
