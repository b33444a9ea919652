/* app/demo_act.c - the demo's people act: the clock, who they are, and the row's revision. */
#include "app/demo_story.h"

#include "app/account.h"
#include "base/clock.h"
#include "q_decision.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_minutes.h"
#include "q_people.h"
#include "q_premeeting.h"
#include "q_round.h"

#include <inttypes.h>
#include <string.h>

enum { PAIRS_MAX = 64 };

void
demo_at(struct demo *d, int64_t days_before, int hour, int minute)
{
	int64_t at = clock_at(d->day - days_before, hour, minute);

	d->now_at = at > d->now_at ? at : d->now_at + 60;
}

const struct demo_person *
demo_person(const struct demo *d, const char *key)
{
	for (size_t i = 0; i < d->n_people; i++)
		if (str_eq(d->people[i].key, str_from_c(key)))
			return &d->people[i];
	return NULL;
}

struct act_as {
	int64_t person_id;
	struct actor *actor;
};

static struct err *
load_actor(struct cx *cx, void *arg)
{
	struct act_as *who = arg;

	return actor_load(cx, who->person_id, 0, &who->actor);
}

struct cx *
demo_cx_system(struct demo *d)
{
	struct cx *cx = arena_new(d->a, struct cx);

	cx_for_system(cx, d->a, d->o, d->house, d->now_at);
	return cx;
}

struct err *
demo_cx(struct demo *d, const char *who, struct cx **ret)
{
	const struct demo_person *p = demo_person(d, who);
	struct cx *cx = demo_cx_system(d);

	if (!p)
		return err_new(d->a, ERR_INTERNAL, "demo.nobody", "%s", who);
	struct act_as as = {.person_id = p->id};
	TRY(cx_read(cx, load_actor, &as));
	cx->actor = as.actor;
	*ret = cx;
	return OK;
}

/* --- revisions -------------------------------------------------------------------------- */

/* A form carries the revision of what it shows; here it is read just before. */
struct rev_of {
	const struct usecase *uc;
	const struct given *given;
	int64_t rev;
};

static str
named(const struct rev_of *r, const char *name)
{
	for (const struct input *in = r->uc->inputs; in && in->type; in++)
		if (in->in_path && strcmp(in->name, name) == 0)
			return given_value(r->given, name);
	return S("");
}

static struct err *
rev_of_meeting(struct cx *cx, struct rev_of *r, str pid)
{
	struct meeting *m;

	TRY(q_meeting_by_pid(cx->db, cx->a, pid, &m));
	if (!m)
		return err_new(cx->a, ERR_INTERNAL, "demo.meeting", STR_FMT, STR_ARG(pid));
	r->rev = m->rev;
	if (r->uc->action == ACT_MEETING_OUTCOME) {
		struct agenda_item *item;
		TRY(q_item_by_pid(cx->db, cx->a, m->id, named(r, "item"), &item));
		r->rev = item ? item->rev : 0;
	} else if (strstr(r->uc->path, "/premeeting")) {
		struct premeeting *n;
		TRY(q_premeeting_of(cx->db, cx->a, m->id, SIDE_MUNICIPAL, &n));
		r->rev = n ? n->rev : 0;
	} else if (strstr(r->uc->path, "/minutes/") || r->uc->action == ACT_MEETING_PUBLISH) {
		struct minutes_words *n;
		TRY(q_minutes_by_meeting(cx->db, cx->a, m->id, &n));
		r->rev = n ? n->rev : 1; /* not written yet */
	}
	return OK;
}

static struct err *
rev_of_round(struct cx *cx, struct rev_of *r, str pid)
{
	struct round_row *round;
	struct round_party *v;
	size_t n;
	str party = named(r, "party");
	bool own = r->uc->action == ACT_ROUND_ANSWER;

	TRY(q_round_by_pid(cx->db, cx->a, pid, &round));
	if (!round)
		return err_new(cx->a, ERR_INTERNAL, "demo.round", STR_FMT, STR_ARG(pid));
	r->rev = round->rev;
	TRY(q_round_parties(cx->db, cx->a, round->id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (own ? v[i].party_id == cx->actor->party_id : str_eq(v[i].party_pid, party))
			r->rev = v[i].rev;
	return OK;
}

static struct err *
rev_of_line(struct cx *cx, struct rev_of *r, str pid)
{
	struct decision *d;
	struct followup *v;
	size_t n;

	TRY(q_decision_by_pid(cx->db, cx->a, pid, &d));
	if (!d)
		return err_new(cx->a, ERR_INTERNAL, "demo.decision", STR_FMT, STR_ARG(pid));
	TRY(q_followup_list(cx->db, cx->a, d->id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].party_id == cx->actor->party_id)
			r->rev = v[i].rev;
	return OK;
}

static struct err *
read_rev(struct cx *cx, void *arg)
{
	struct rev_of *r = arg;
	struct matter *m;

	if (named(r, "meeting").n)
		return rev_of_meeting(cx, r, named(r, "meeting"));
	if (named(r, "round").n)
		return rev_of_round(cx, r, named(r, "round"));
	if (named(r, "decision").n)
		return rev_of_line(cx, r, named(r, "decision"));
	TRY(q_matter_by_pid(cx->db, cx->a, named(r, "matter"), &m));
	r->rev = m ? m->rev : 0;
	return OK;
}

static bool
needs_rev(const struct usecase *uc, const struct given *g)
{
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (strcmp(in->name, "rev") == 0)
			return in->required && given_value(g, "rev").n == 0;
	return false;
}

/* --- acting ----------------------------------------------------------------------------- */

struct err *
demo_perform(struct demo *d, struct cx *cx, enum action action, const char *const *pairs)
{
	const struct usecase *uc = usecase_find(action);
	str names[PAIRS_MAX], values[PAIRS_MAX], arg[8];
	struct given g = {names, values, NULL, 0};
	size_t n = 0;

	if (!uc)
		return err_new(d->a, ERR_INTERNAL, "demo.act", "%s", action_key(action));
	for (; pairs[0] && g.n + 1 < PAIRS_MAX; pairs += 2) {
		names[g.n] = str_from_c(pairs[0]);
		values[g.n++] = str_from_c(pairs[1]);
	}
	if (needs_rev(uc, &g)) {
		struct rev_of r = {uc, &g, 0};
		TRY(cx_read(cx, read_rev, &r));
		names[g.n] = S("rev");
		values[g.n++] = str_from_c(arena_printf(d->a, "%" PRId64, r.rev));
	}
	for (const struct input *i = uc->inputs; i && i->type; i++)
		if (i->in_path)
			arg[n++] = given_value(&g, i->name);
	d->done->acts++;
	return usecase_perform(cx, uc, &g, arg, S(""), &d->last);
}

struct err *
demo_act_list(struct demo *d, const char *who, enum action action, const char *const *pairs)
{
	struct cx *cx;

	d->now_at += 60 + (int64_t)random_below(&d->random, 90);
	TRY(demo_cx(d, who, &cx));
	struct err *e = demo_perform(d, cx, action, pairs);
	if (!e)
		return OK;
	const char *field = cx->faults->n ? cx->faults->v[0].field : "";
	return err_new(d->a, e->kind, e->code, "%s by %s: %s %s", action_key(action), who,
	    e->detail, field);
}
