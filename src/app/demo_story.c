/* app/demo_story.c - what happens in a demo space, act by act. */
#include "app/demo_story.h"

#include "app/demo_tales.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/holiday.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_minutes.h"
#include "q_people.h"
#include "q_round.h"

#include <string.h>

#define MUNICIPAL "secretary.municipal"
#define TRUST     "secretary.trust"

enum { MEETING_PAST, MEETING_NEXT, MEETING_LATER, MEETINGS };
enum { TOWNS_MAX = 60, SEATS_MAX = 60, DAYS_TO_ANSWER = 21 };

struct thread { /* pids of what a matter leads to */
	const char *matter, *round, *item, *decision;
};

struct story {
	struct demo *d;
	struct thread thread[TALES];
	const char *meeting[MEETINGS];
	const char *body;                                  /* pid */
	const char *town[TOWNS_MAX], *town_pid[TOWNS_MAX]; /* their contacts; their pids */
	size_t n_towns;
	struct q_seat_list *seats;
	size_t n_seats;
};

struct happening {
	int64_t days_before;
	int hour;
	struct err *(*run)(struct story *s, int what)NODISCARD;
	int what; /* enum tale_name, or a meeting */
};

/* --- days ------------------------------------------------------------------------------- */

/* Cooperations meet on working days. */
static int64_t
workday(const struct demo *d, int64_t days_before)
{
	int64_t day = d->day - days_before;

	return is_working_day(day) ? day : add_working_days(day, 1);
}

static const char *
iso(const struct demo *d, int64_t day)
{
	return str_to_c(d->a, day_iso(d->a, day));
}

static const char *
last_pid(struct story *s)
{
	return str_to_c(s->d->a, s->d->last.pid);
}

static const char *
last_location(struct story *s)
{
	return str_to_c(s->d->a, s->d->last.location);
}

/* --- intake ----------------------------------------------------------------------------- */

static struct err *
propose(struct story *s, int what, const char *submit)
{
	const struct tale *t = &demo_tales[what];

	TRY(demo_act(s->d, t->who, ACT_MATTER_PROPOSE, "title", t->title, "summary", t->summary,
	    "wish", t->wish, "submit", submit));
	s->thread[what].matter = last_pid(s);
	return OK;
}

static struct err *
raise(struct story *s, int what)
{
	return propose(s, what, "1");
}

static struct err *
draft(struct story *s, int what)
{
	return propose(s, what, "");
}

static struct err *
receive(struct story *s, int what)
{
	return demo_act(s->d, MUNICIPAL, ACT_MATTER_RECEIVE, "matter", s->thread[what].matter);
}

static struct err *
reject(struct story *s, int what)
{
	return demo_act(s->d, TRUST, ACT_MATTER_REJECT, "matter", s->thread[what].matter,
	    "reason",
	    "Dette er sykehusets egen sak som eier av området, og hører ikke til samarbeidet.");
}

static struct err *
triage(struct story *s, int what)
{
	return demo_act(s->d, TRUST, ACT_MATTER_TRIAGE, "matter", s->thread[what].matter,
	    "type", "decision", "scope", "whole_area", "consequence", "professional", "topic",
	    "other", "body", s->body, "round", "yes");
}

/* --- the case document ------------------------------------------------------------------ */

static struct err *
prepare(struct story *s, int what)
{
	const char *matter = s->thread[what].matter;
	const struct demo_person *own = demo_person(s->d, "town.1"),
				 *theirs = demo_person(s->d, TRUST);

	TRY(demo_act(s->d, MUNICIPAL, ACT_MATTER_ASSIGN, "matter", matter, "municipal",
	    str_to_c(s->d->a, own->pid), "trust", str_to_c(s->d->a, theirs->pid)));
	return demo_act(s->d, TRUST, ACT_MATTER_START, "matter", matter);
}

static struct err *
write_section(struct story *s, int what, const char *who, const char *section, const char *rev,
    const char *text)
{
	if (!text)
		return OK;
	return demo_act(s->d, who, ACT_MATTER_EDIT, "matter", s->thread[what].matter, "section",
	    section, "rev", rev, "text", text);
}

static struct err *
write_document(struct story *s, int what)
{
	const struct tale *t = &demo_tales[what];

	TRY(write_section(s, what, "town.1", "background", "", t->background));
	TRY(write_section(s, what, "town.1", "municipal", "", t->municipal));
	TRY(write_section(s, what, TRUST, "trust", "", t->trust));
	TRY(write_section(s, what, TRUST, "patient", "", t->patient));
	TRY(write_section(s, what, MUNICIPAL, "professional", "", t->professional));
	return write_section(s, what, MUNICIPAL, "proposal", "", t->proposal);
}

static struct err *
comment(struct story *s, int what)
{
	return demo_act(s->d, "town.1", ACT_MATTER_COMMENT, "matter", s->thread[what].matter,
	    "section", "trust", "text",
	    "Kan dere skrive hvilket nummer kommunelegen skal ringe?");
}

static struct err *
sign_off(struct story *s, int what, const char *version)
{
	const char *matter = s->thread[what].matter;

	TRY(demo_act(
	    s->d, MUNICIPAL, ACT_MATTER_SIGN_OFF, "matter", matter, "version", version));
	return demo_act(s->d, TRUST, ACT_MATTER_SIGN_OFF, "matter", matter, "version", version);
}

static struct err *
finish_draft(struct story *s, int what)
{
	const char *matter = s->thread[what].matter;

	TRY(demo_act(s->d, MUNICIPAL, ACT_MATTER_SNAPSHOT, "matter", matter));
	TRY(demo_act(s->d, TRUST, ACT_MATTER_CHECK, "matter", matter));
	return sign_off(s, what, "1");
}

static struct err *
make_ready(struct story *s, int what)
{
	const char *matter = s->thread[what].matter;

	TRY(write_section(s, what, TRUST, "proposal", "1", demo_tales[what].revised));
	TRY(demo_act(s->d, TRUST, ACT_MATTER_SNAPSHOT, "matter", matter, "note",
	    "Etter gjennomlesning"));
	TRY(sign_off(s, what, "2"));
	return demo_act(s->d, MUNICIPAL, ACT_MATTER_FREEZE, "matter", matter);
}

/* --- the round -------------------------------------------------------------------------- */

struct find_round {
	const char *matter;
	str pid;
};

static struct err *
read_round(struct cx *cx, void *arg)
{
	struct find_round *f = arg;
	struct matter *m;
	struct round_row *r;

	TRY(q_matter_by_pid(cx->db, cx->a, str_from_c(f->matter), &m));
	TRY(q_round_of_matter(cx->db, cx->a, m->id, &r));
	f->pid = r->pid;
	return OK;
}

static struct err *
open_round(struct story *s, int what)
{
	struct find_round f = {.matter = s->thread[what].matter};

	TRY(demo_act(s->d, MUNICIPAL, ACT_ROUND_OPEN, "matter", f.matter, "deadline",
	    iso(s->d, clock_day(s->d->now_at) + DAYS_TO_ANSWER), "message",
	    "Se særlig på forslaget til vedtak."));
	TRY(cx_read(demo_cx_system(s->d), read_round, &f));
	s->thread[what].round = str_to_c(s->d->a, f.pid);
	return OK;
}

static const struct reply {
	const char *answer, *text;
} replies[] = {
    {"no_comment", ""},
    {"comment", "Vi støtter forslaget, og ber om at legevakten blir nevnt."},
    {"no_comment", ""},
    {"no_comment", ""},
    {"objection", "Fristen er for kort for oss som er få på dagtid."},
    {"no_comment", ""},
    {"comment", "Det bør stå hvem som følger med på at rutinen blir brukt."},
};
enum { REPLIES = sizeof(replies) / sizeof(replies[0]) };

static struct err *
answer(struct story *s, int what, size_t i)
{
	const char *round = s->thread[what].round;
	const struct reply *r = &replies[i % REPLIES];

	TRY(demo_act(s->d, s->town[i], ACT_ROUND_LOOK, "round", round));
	return demo_act(s->d, s->town[i], ACT_ROUND_ANSWER, "round", round, "answer", r->answer,
	    "text", r->text);
}

/* In the round that still runs, the second town is asked in vain: it has an account to try. */
static struct err *
answer_first(struct story *s, int what)
{
	for (size_t i = 0; i < s->n_towns / 2; i++)
		if (i != 1 || what != TALE_CANCER)
			TRY(answer(s, what, i));
	return OK;
}

/* One answer comes by telephone, and the last town never answers. */
static struct err *
answer_rest(struct story *s, int what)
{
	const char *round = s->thread[what].round;
	size_t by_phone = s->n_towns / 2;

	TRY(demo_act(s->d, MUNICIPAL, ACT_ROUND_REMIND, "round", round));
	TRY(demo_act(s->d, MUNICIPAL, ACT_ROUND_ANSWER_FOR, "round", round, "party",
	    s->town_pid[by_phone], "answer", "no_comment", "channel", "phone", "note",
	    "Samtale med kommuneoverlegen i dag"));
	for (size_t i = by_phone + 1; i + 1 < s->n_towns; i++)
		TRY(answer(s, what, i));
	return OK;
}

static struct err *
close_round(struct story *s, int what)
{
	const char *round = s->thread[what].round;

	for (size_t i = 0; i + 1 < s->n_towns; i++) {
		const struct reply *r = &replies[i % REPLIES];
		if (r->text[0] == '\0' || i == s->n_towns / 2)
			continue;
		bool objects = strcmp(r->answer, "objection") == 0;
		TRY(demo_act(s->d, MUNICIPAL, ACT_ROUND_DISPOSE, "round", round, "party",
		    s->town_pid[i], "disposition", objects ? "partly" : "accepted",
		    "explanation",
		    objects ? "Fristen for svar er flyttet til fredag formiddag."
			    : "Forslaget er endret i tråd med dette."));
	}
	return demo_act(s->d, TRUST, ACT_ROUND_CLOSE, "round", round);
}

/* --- the meeting ------------------------------------------------------------------------ */

static const int64_t meets_before[MEETINGS] = {
    [MEETING_PAST] = 61, [MEETING_NEXT] = -13, [MEETING_LATER] = -75};

static const char *const meets_at[MEETINGS] = {
    [MEETING_PAST] = "Møterom 3, sykehuset",
    [MEETING_NEXT] = "Kommunestyresalen, rådhuset",
    [MEETING_LATER] = "På nett",
};

static struct err *
plan(struct story *s, int which)
{
	TRY(demo_act(s->d, MUNICIPAL, ACT_MEETING_PLAN, "body", s->body, "starts",
	    iso(s->d, workday(s->d, meets_before[which])), "starts_time", "09.00", "length",
	    "150", "place", meets_at[which]));
	s->meeting[which] = last_pid(s);
	return OK;
}

static struct err *
put_on(struct story *s, int which, enum tale_name what)
{
	TRY(demo_act(s->d, TRUST, ACT_MEETING_AGENDA_ADD, "meeting", s->meeting[which],
	    "matter", s->thread[what].matter, "kind", "decide", "length", "30"));
	s->thread[what].item = last_location(s);
	return OK;
}

static struct err *
set_agenda(struct story *s, int which)
{
	const char *meeting = s->meeting[which];

	if (which == MEETING_PAST) {
		TRY(put_on(s, which, TALE_WEEKEND));
		TRY(put_on(s, which, TALE_LISTS));
	} else {
		TRY(put_on(s, which, TALE_HEART));
		TRY(put_on(s, which, TALE_PHONE));
	}
	TRY(demo_act(s->d, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, "meeting", meeting));
	TRY(demo_act(s->d, TRUST, ACT_MEETING_AGENDA_APPROVE, "meeting", meeting));
	return demo_act(s->d, MUNICIPAL, ACT_PREMEETING_PLAN, "meeting", meeting, "starts",
	    iso(s->d, workday(s->d, meets_before[which] + 8)), "starts_time", "13.00", "place",
	    "På nett");
}

static struct err *
summon(struct story *s, int which)
{
	return demo_act(s->d, MUNICIPAL, ACT_MEETING_SUMMON, "meeting", s->meeting[which]);
}

static struct err *
announce(struct story *s, int which)
{
	return demo_act(s->d, MUNICIPAL, ACT_MEETING_ANNOUNCE, "meeting", s->meeting[which]);
}

static struct err *
stand(struct story *s, int what)
{
	bool comes = what == TALE_HEART || what == TALE_PHONE;
	int which = comes ? MEETING_NEXT : MEETING_PAST;

	for (size_t i = 0; i < s->n_towns / (comes ? 2 : 1); i++)
		TRY(demo_act(s->d, s->town[i], ACT_PREMEETING_STAND, "meeting",
		    s->meeting[which], "item", s->thread[what].item, "stand",
		    i == 3 ? "abstains" : "agrees", "text",
		    i == 3 ? "Vi venter på behandling i kommunen." : "Vi støtter forslaget."));
	return OK;
}

static struct err *
hold_premeeting(struct story *s, int which)
{
	static const enum tale_name on[] = {TALE_WEEKEND, TALE_LISTS};
	const char *meeting = s->meeting[which];

	TRY(demo_act(s->d, MUNICIPAL, ACT_PREMEETING_HOLD, "meeting", meeting));
	for (size_t i = 0; i < 2; i++) {
		const char *item = s->thread[on[i]].item;
		TRY(demo_act(s->d, MUNICIPAL, ACT_PREMEETING_POSITION, "meeting", meeting,
		    "item", item, "position", "common", "text",
		    "Kommunene står sammen om forslaget."));
		TRY(demo_act(
		    s->d, MUNICIPAL, ACT_PREMEETING_RELEASE, "meeting", meeting, "item", item));
	}
	return OK;
}

/* Everybody comes; for the second seat that has a deputy, the deputy does. */
static struct err *
attend(struct story *s, const char *meeting)
{
	int deputies = 0;

	for (size_t i = 0; i < s->n_seats; i++) {
		const char *key = str_to_c(s->d->a, s->seats[i].key);
		const char *seat = str_to_c(s->d->a, s->seats[i].pid);
		const struct demo_person *other =
		    demo_person(s->d, arena_printf(s->d->a, "%s+1", key));
		if (!demo_person(s->d, key))
			continue;
		if (other && ++deputies == 2)
			TRY(demo_act(s->d, MUNICIPAL, ACT_MEETING_ATTEND, "meeting", meeting,
			    "seat", seat, "presence", "deputy", "person",
			    str_to_c(s->d->a, other->pid), "mandate", "1"));
		else
			TRY(demo_act(s->d, MUNICIPAL, ACT_MEETING_ATTEND, "meeting", meeting,
			    "seat", seat, "presence", "member"));
	}
	return OK;
}

static struct err *
decide(struct story *s, const char *meeting, enum tale_name what, int64_t due_before)
{
	const char *item = s->thread[what].item;

	TRY(demo_act(s->d, TRUST, ACT_MEETING_TAKE_UP, "meeting", meeting, "item", item));
	return demo_act(s->d, MUNICIPAL, ACT_MEETING_OUTCOME, "meeting", meeting, "item", item,
	    "outcome", "agreed", "text", demo_tales[what].revised, "due",
	    iso(s->d, s->d->day - due_before));
}

struct find_decisions {
	const char *meeting;
	struct minutes_decision *v;
	size_t n;
};

static struct err *
read_decisions(struct cx *cx, void *arg)
{
	struct find_decisions *f = arg;
	struct meeting *m;

	TRY(q_meeting_by_pid(cx->db, cx->a, str_from_c(f->meeting), &m));
	return q_minutes_decisions(cx->db, cx->a, m->id, &f->v, &f->n);
}

static struct err *
meet(struct story *s, int which)
{
	const char *meeting = s->meeting[which];
	struct find_decisions f = {.meeting = meeting};

	TRY(attend(s, meeting));
	TRY(demo_act(s->d, TRUST, ACT_MEETING_OPEN, "meeting", meeting));
	TRY(decide(s, meeting, TALE_WEEKEND, 10));
	TRY(decide(s, meeting, TALE_LISTS, -80));
	TRY(demo_act(s->d, MUNICIPAL, ACT_MEETING_CLOSE, "meeting", meeting));
	TRY(cx_read(demo_cx_system(s->d), read_decisions, &f));
	if (f.n != 2)
		return err_new(s->d->a, ERR_INTERNAL, "demo.decisions", "%zu", f.n);
	s->thread[TALE_WEEKEND].decision = str_to_c(s->d->a, f.v[0].pid);
	s->thread[TALE_LISTS].decision = str_to_c(s->d->a, f.v[1].pid);
	return OK;
}

static struct err *
write_minutes(struct story *s, int which)
{
	return demo_act(s->d, MUNICIPAL, ACT_MEETING_MINUTES_EDIT, "meeting", s->meeting[which],
	    "preamble", "Lederen ønsket velkommen. Innkalling og dagsorden ble godkjent.");
}

static struct err *
approve_minutes(struct story *s, int which)
{
	TRY(demo_act(s->d, "chair", ACT_MEETING_MINUTES_APPROVE, "meeting", s->meeting[which]));
	TRY(demo_act(s->d, "vice", ACT_MEETING_MINUTES_APPROVE, "meeting", s->meeting[which]));
	return demo_act(s->d, MUNICIPAL, ACT_MEETING_PUBLISH, "meeting", s->meeting[which]);
}

/* --- carrying out ----------------------------------------------------------------------- */

static struct err *
acknowledge(struct story *s, int what)
{
	const char *decision = s->thread[what].decision;

	TRY(demo_act(s->d, "trust", ACT_DECISION_ACKNOWLEDGE, "decision", decision));
	for (size_t i = 0; i < s->n_towns; i++)
		if (i % 5 != 4)
			TRY(demo_act(
			    s->d, s->town[i], ACT_DECISION_ACKNOWLEDGE, "decision", decision));
	return OK;
}

static struct err *
carry_out(struct story *s, int what)
{
	const char *decision = s->thread[what].decision;
	bool overdue = what == TALE_WEEKEND;

	if (overdue)
		TRY(demo_act(s->d, "trust", ACT_DECISION_UPDATE, "decision", decision, "status",
		    "implemented", "note", "Rutinen er tatt i bruk på alle sengeposter."));
	for (size_t i = 0; i < s->n_towns; i++) {
		bool done = overdue ? i % 5 < 3 : i % 5 == 0;
		if (i % 5 == 4)
			continue;
		TRY(demo_act(s->d, s->town[i], ACT_DECISION_UPDATE, "decision", decision,
		    "status", done ? "implemented" : "partly", "note",
		    done ? "Innført og gjort kjent for alle som tar imot varsler."
			 : "Opplæringen er i gang, og vi venter på ny vaktplan."));
	}
	return OK;
}

/* --- all of it -------------------------------------------------------------------------- */

static const struct happening happenings[] = {
    {168, 9, raise, TALE_WEEKEND},
    {167, 10, receive, TALE_WEEKEND},
    {163, 13, triage, TALE_WEEKEND},
    {162, 9, prepare, TALE_WEEKEND},
    {160, 8, raise, TALE_LISTS},
    {159, 10, receive, TALE_LISTS},
    {158, 9, write_document, TALE_WEEKEND},
    {155, 14, triage, TALE_LISTS},
    {154, 9, prepare, TALE_LISTS},
    {151, 14, finish_draft, TALE_WEEKEND},
    {149, 9, open_round, TALE_WEEKEND},
    {148, 10, write_document, TALE_LISTS},
    {145, 11, answer_first, TALE_WEEKEND},
    {142, 13, finish_draft, TALE_LISTS},
    {141, 9, open_round, TALE_LISTS},
    {133, 12, answer_rest, TALE_WEEKEND},
    {130, 9, answer_first, TALE_LISTS},
    {125, 10, close_round, TALE_WEEKEND},
    {124, 12, answer_rest, TALE_LISTS},
    {122, 14, make_ready, TALE_WEEKEND},
    {118, 10, close_round, TALE_LISTS},
    {117, 13, make_ready, TALE_LISTS},
    {116, 9, plan, MEETING_PAST},
    {112, 9, raise, TALE_HEART},
    {112, 14, raise, TALE_PHONE},
    {111, 10, receive, TALE_HEART},
    {111, 11, receive, TALE_PHONE},
    {107, 13, triage, TALE_HEART},
    {107, 14, triage, TALE_PHONE},
    {106, 9, prepare, TALE_HEART},
    {106, 10, prepare, TALE_PHONE},
    {104, 14, set_agenda, MEETING_PAST},
    {99, 9, write_document, TALE_HEART},
    {98, 9, write_document, TALE_PHONE},
    {92, 14, finish_draft, TALE_HEART},
    {91, 14, finish_draft, TALE_PHONE},
    {90, 9, open_round, TALE_HEART},
    {90, 10, open_round, TALE_PHONE},
    {88, 10, summon, MEETING_PAST},
    {80, 11, answer_first, TALE_HEART},
    {79, 11, answer_first, TALE_PHONE},
    {76, 12, stand, TALE_WEEKEND},
    {75, 12, stand, TALE_LISTS},
    {72, 13, answer_rest, TALE_HEART},
    {71, 13, answer_rest, TALE_PHONE},
    {67, 10, close_round, TALE_HEART},
    {66, 10, close_round, TALE_PHONE},
    {63, 14, make_ready, TALE_HEART},
    {62, 14, make_ready, TALE_PHONE},
    {65, 9, hold_premeeting, MEETING_PAST},
    {61, 9, meet, MEETING_PAST},
    {59, 10, write_minutes, MEETING_PAST},
    {58, 9, raise, TALE_CANCER},
    {57, 10, receive, TALE_CANCER},
    {56, 12, approve_minutes, MEETING_PAST},
    {55, 9, plan, MEETING_NEXT},
    {53, 13, triage, TALE_CANCER},
    {52, 9, prepare, TALE_CANCER},
    {50, 10, acknowledge, TALE_WEEKEND},
    {49, 10, acknowledge, TALE_LISTS},
    {44, 14, set_agenda, MEETING_NEXT},
    {38, 9, raise, TALE_OUTBREAK},
    {37, 10, receive, TALE_OUTBREAK},
    {34, 13, triage, TALE_OUTBREAK},
    {33, 9, prepare, TALE_OUTBREAK},
    {31, 9, write_document, TALE_CANCER},
    {28, 14, carry_out, TALE_LISTS},
    {27, 9, summon, MEETING_NEXT},
    {26, 9, announce, MEETING_NEXT},
    {25, 9, plan, MEETING_LATER},
    {24, 10, raise, TALE_PARKING},
    {23, 10, receive, TALE_PARKING},
    {22, 11, reject, TALE_PARKING},
    {18, 13, finish_draft, TALE_CANCER},
    {16, 9, open_round, TALE_CANCER},
    {14, 10, carry_out, TALE_WEEKEND},
    {12, 9, write_document, TALE_OUTBREAK},
    {10, 11, answer_first, TALE_CANCER},
    {9, 9, raise, TALE_EATING},
    {8, 10, receive, TALE_EATING},
    {6, 12, comment, TALE_OUTBREAK},
    {5, 9, stand, TALE_HEART},
    {4, 9, stand, TALE_PHONE},
    {2, 10, draft, TALE_TRANSPORT},
    {1, 9, raise, TALE_STROKE},
};

/* The towns whose contacts answer, those of the story first. */
static struct err *
read_towns(struct cx *cx, void *arg)
{
	struct story *s = arg;
	struct q_party_list *v;
	struct q_body_list *bodies;
	size_t n, n_bodies;

	TRY(q_party_list(cx->db, cx->a, &v, &n));
	for (size_t i = 0; i < n && s->n_towns < TOWNS_MAX; i++) {
		if (v[i].kind != PARTY_MUNICIPALITY)
			continue;
		s->town[s->n_towns] =
		    arena_printf(cx->a, "contact." STR_FMT, STR_ARG(v[i].key));
		s->town_pid[s->n_towns++] = str_to_c(cx->a, v[i].pid);
	}
	TRY(q_body_list(cx->db, cx->a, &bodies, &n_bodies));
	for (size_t i = 0; i < n_bodies; i++)
		if (str_eq(bodies[i].key, s->d->body->key)) {
			s->body = str_to_c(cx->a, bodies[i].pid);
			TRY(q_seat_list(cx->db, cx->a, bodies[i].id, &s->seats, &s->n_seats));
		}
	return OK;
}

struct err *
demo_tell(struct demo *d)
{
	struct story *s = arena_new(d->a, struct story);

	s->d = d;
	TRY(cx_read(demo_cx_system(d), read_towns, s));
	for (size_t i = 0; i < sizeof(happenings) / sizeof(happenings[0]); i++) {
		demo_at(
		    d, d->day - workday(d, happenings[i].days_before), happenings[i].hour, 10);
		TRY(happenings[i].run(s, happenings[i].what));
	}
	return OK;
}
