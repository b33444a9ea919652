/* app/matter_authors.c - who writes a matter's document, one from each side. */
#include "app/access.h"
#include "app/matter.h"
#include "app/people.h"
#include "q_matter.h"
#include "q_round.h"

struct assign_in {
	str matter;
	int64_t rev;
	str municipal, trust, exemption;
	struct strs others;
};

static const struct input assign_inputs[] = {
    INPUT_PATH(struct assign_in, matter),
    INPUT_REV(struct assign_in),
    {INPUT_PID, "municipal", offsetof(struct assign_in, municipal),
	.label = N_("Skriver for kommunene")},
    {INPUT_PID, "trust", offsetof(struct assign_in, trust),
	.label = N_("Skriver for sykehuset")},
    {INPUT_TEXT, "exemption", offsetof(struct assign_in, exemption), .max = 2000,
	.label = N_("Hvorfor skriver bare den ene siden?"),
	.help =
	    N_("Bare når en av sidene ikke kan stille med noen. Begrunnelsen blir stående.")},
    {INPUT_PIDS, "others", offsetof(struct assign_in, others), .label = N_("Andre som skriver"),
	.help = N_("For eksempel en brukerrepresentant.")},
    {0},
};

struct assigned { /* one who is to write */
	int64_t person_id, side;
	bool lead;
};

/* The person, who must stand on the side that is written for; SIDE_NONE: on any. */
static struct err *
author_of(struct cx *cx, str pid, enum side side, const char *field, struct assigned *ret)
{
	struct q_person_sides *v;
	size_t n;

	*ret = (struct assigned){.side = side, .lead = side != SIDE_NONE};
	TRY(person_named(cx, field, pid, &ret->person_id));
	if (!ret->person_id)
		return OK;
	TRY(q_person_sides(cx->db, cx->a, ret->person_id, ROLE_ADMIN, cx->today, &v, &n));
	if (n && side == SIDE_NONE)
		ret->side = v[0].side;
	for (size_t i = 0; i < n; i++)
		if (v[i].side == ret->side)
			return OK;
	cx_fault(cx, field, N_("matter.author_other_side"), 0);
	return OK;
}

static bool
has_person(const struct assigned *v, size_t n, int64_t person_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].person_id == person_id)
			return true;
	return false;
}

static struct err *
named_authors(struct cx *cx, const struct assign_in *in, struct assigned *v, size_t *ret_n)
{
	struct assigned who;
	size_t n = 0;

	TRY(author_of(cx, in->municipal, SIDE_MUNICIPAL, "municipal", &who));
	if (who.person_id)
		v[n++] = who;
	TRY(author_of(cx, in->trust, SIDE_TRUST, "trust", &who));
	if (who.person_id && has_person(v, n, who.person_id))
		cx_fault(cx, "trust", N_("matter.same_author"), 0);
	else if (who.person_id)
		v[n++] = who;
	if (n < 2 && in->exemption.n == 0)
		cx_fault(cx, in->municipal.n ? "trust" : "municipal",
		    N_("matter.authors_missing"), 0);
	for (size_t i = 0; i < in->others.n; i++) {
		TRY(author_of(cx, in->others.v[i], SIDE_NONE, "others", &who));
		if (who.person_id && !has_person(v, n, who.person_id))
			v[n++] = who;
	}
	*ret_n = n;
	return cx_faults(cx);
}

static struct err *
load_assigned(struct cx *cx, const struct matter *m, struct assigned **ret, size_t *ret_n)
{
	struct q_matter_authors *rows;

	TRY(q_matter_authors(cx->db, cx->a, m->id, &rows, ret_n));
	*ret = arena_array(cx->a, struct assigned, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] =
		    (struct assigned){rows[i].person_id, rows[i].side, rows[i].lead != 0};
	return OK;
}

/* The matter and its rounds: open is access_open() or access_shut(). */
static struct err *
open_to(struct cx *cx, const struct matter *m, int64_t person_id, typeof(access_open) *open)
{
	struct q_rounds_of_matter *rounds;
	size_t n;

	TRY(q_rounds_of_matter(cx->db, cx->a, m->id, &rounds, &n));
	for (size_t i = 0; i < n; i++)
		TRY(open(cx, OBJECT_ROUND, rounds[i].id, AUDIENCE_PERSON, person_id));
	return open(cx, OBJECT_MATTER, m->id, AUDIENCE_PERSON, person_id);
}

static struct err *
add_author(struct cx *cx, const struct matter *m, const struct assigned *who)
{
	int64_t n;

	TRY(q_matter_author_add(
	    cx->db, cx->a, m->id, who->person_id, who->side, who->lead, &n));
	return open_to(cx, m, who->person_id, access_open);
}

/* Those who no longer write lose what being an author let them see; those who are new to it
 * are told. */
static struct err *
replace_authors(struct cx *cx, const struct matter *m, const struct assigned *v, size_t n)
{
	struct assigned *was;
	size_t n_was;
	int64_t changed;

	TRY(load_assigned(cx, m, &was, &n_was));
	for (size_t i = 0; i < n_was; i++)
		if (!has_person(v, n, was[i].person_id))
			TRY(open_to(cx, m, was[i].person_id, access_shut));
	TRY(q_matter_author_clear(cx->db, cx->a, m->id, &changed));
	for (size_t i = 0; i < n; i++) {
		TRY(add_author(cx, m, &v[i]));
		if (!has_person(was, n_was, v[i].person_id))
			TRY(tell_person(
			    cx, v[i].person_id, ACT_MATTER_ASSIGN, "matter", m->pid, m->title));
	}
	return OK;
}

static struct err *
assign(struct cx *cx, const void *arg, struct result *ret)
{
	const struct assign_in *in = arg;
	struct assigned *v = arena_array(cx->a, struct assigned, in->others.n + 2);
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t changed;
	size_t n;

	TRY(matter_open_act(cx, in->matter, in->rev, ACT_MATTER_ASSIGN, &m, &object));
	TRY(named_authors(cx, in, v, &n));
	TRY(replace_authors(cx, m, v, n));
	TRY(q_matter_set_author_exemption(cx->db, cx->a, m->id, in->exemption, &changed));
	m->author_exemption = in->exemption;
	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_ASSIGN));
	matter_done(ret, m);
	return OK;
}

const struct usecase matter_authors_usecases[] = {
    {ACT_MATTER_ASSIGN, "/matters/:/authors", "Name the authors, one from each side",
	assign_inputs, sizeof(struct assign_in), NULL, assign, false},
    {0},
};

struct err *
matter_people(struct cx *cx, struct matter_person **ret, size_t *ret_n)
{
	return q_matter_people(
	    cx->db, cx->a, ROLE_SECRETARY, ROLE_MEMBER, cx->today, ret, ret_n);
}

struct err *
matter_secretaries(struct cx *cx, struct matter_person **ret, size_t *ret_n)
{
	return q_matter_people(
	    cx->db, cx->a, ROLE_SECRETARY, ROLE_SECRETARY, cx->today, ret, ret_n);
}
