/* app/chair.c - who chairs a meeting: by the charter's rule, or agreed. */
#include "app/access.h"
#include "app/meeting.h"
#include "base/clock.h"
#include "q_meeting.h"
#include "q_people.h"

static struct err *
chair_is(struct cx *cx, int64_t person_id, struct meeting_chair *ret)
{
	struct q_person_by_id *n = NULL;

	if (person_id)
		TRY(q_person_by_id(cx->db, cx->a, person_id, &n));
	if (!n)
		return OK;
	ret->person_id = n->id;
	ret->pid = n->pid;
	ret->name = n->name;
	ret->title = n->title;
	return OK;
}

/* How well a member suits as chair: 0 not, else the lower the better. */
static struct err *
chair_rank(struct cx *cx, const struct charter_body *b, const struct q_body_sitting *who,
    enum side turn, int *ret)
{
	str key;

	*ret = 0;
	if (who->role != ROLE_MEMBER || (turn != SIDE_NONE && who->side != turn))
		return OK;
	if (who->chairing == CHAIR_CHAIR)
		*ret = 1;
	else if (turn != SIDE_NONE && who->chairing == CHAIR_VICE)
		*ret = 2;
	if (*ret || turn == SIDE_NONE || !b->chair.seats.n)
		return OK;
	TRY(meeting_seat_key(cx, b, who->seat_id, &key));
	if (charter_keys_has(b->chair.seats, key))
		*ret = 3;
	return OK;
}

static struct err *
chair_by_rule(struct cx *cx, const struct meeting *m, const struct charter_body *b,
    struct meeting_chair *ret)
{
	struct q_body_sitting *who;
	int64_t day = clock_day(m->starts_at), best = 0;
	int best_rank = 0;
	size_t n;

	ret->side = charter_chair_side(&b->chair, day);
	if (b->chair.rule == CHAIR_RULE_PER_MEETING)
		return OK;
	TRY(q_body_sitting(cx->db, cx->a, m->body_id, day, &who, &n));
	for (size_t i = 0; i < n; i++) {
		int rank;
		TRY(chair_rank(cx, b, &who[i], ret->side, &rank));
		if (rank && (!best_rank || rank < best_rank)) {
			best = who[i].person_id;
			best_rank = rank;
		}
	}
	return chair_is(cx, best, ret);
}

struct err *
meeting_chair(struct cx *cx, const struct meeting *m, struct meeting_chair *ret)
{
	const struct charter_body *b;

	*ret = (struct meeting_chair){.is_agreed = m->chair_person_id != 0};
	if (m->chair_person_id)
		return chair_is(cx, m->chair_person_id, ret);
	TRY(meeting_body(cx, m, &b));
	return chair_by_rule(cx, m, b, ret);
}

struct chair_in {
	str meeting;
	int64_t rev;
	str person;
};

static const struct input chair_inputs[] = {
    INPUT_PATH(struct chair_in, meeting),
    INPUT_REV(struct chair_in),
    {INPUT_PID, "person", offsetof(struct chair_in, person), .required = true,
	.label = N_("Møteleder")},
    {0},
};

/* Only somebody who sits in the body chairs it. */
static struct err *
chair_person(struct cx *cx, const struct meeting *m, str pid, int64_t *ret)
{
	struct q_body_sitting *who;
	size_t n;

	*ret = 0;
	TRY(q_body_sitting(cx->db, cx->a, m->body_id, clock_day(m->starts_at), &who, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(who[i].person_pid, pid))
			*ret = who[i].person_id;
	if (!*ret)
		cx_fault(cx, "person", N_("input.choice"), 0);
	return cx_faults(cx);
}

/* Agreed as part of the agenda: approvals given before are of another agenda. */
static struct err *
agree_chair(struct cx *cx, const void *arg, struct result *ret)
{
	const struct chair_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;
	int64_t person, n;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_AGREE_CHAIR, &m, &object));
	TRY(chair_person(cx, m, in->person, &person));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_AGREE_CHAIR, S("")));
	meeting_done(ret, m);
	TRY(tell_person(cx, person, ACT_MEETING_AGREE_CHAIR, "meeting", m->pid, m->label));
	if (m->state == MEETING_PLANNED || m->state == MEETING_AGENDA_DRAFT)
		TRY(q_meeting_agenda_changed(cx->db, cx->a, m->id, &n));
	return q_meeting_set_chair(cx->db, cx->a, m->id, person, &n);
}

const struct usecase chair_usecases[] = {
    {ACT_MEETING_AGREE_CHAIR, "/meetings/:/chair", "Agree who chairs the meeting", chair_inputs,
	sizeof(struct chair_in), NULL, agree_chair, false},
    {0},
};
