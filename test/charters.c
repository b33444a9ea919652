#include "charters.h"

#include "charter/load.h"

#include <stdio.h>

enum { FILE_MAX = 1 << 20 };

str
charter_text_of(struct arena *a, const char *name)
{
	char *p = arena_array(a, char, FILE_MAX);
	FILE *f = fopen(name, "rb");

	assert_non_null(f);
	size_t n = fread(p, 1, FILE_MAX, f);
	fclose(f);
	return (str){p, n};
}

const struct charter *
charter_of(struct arena *a, const char *name)
{
	const struct charter_problem *v;
	const struct charter *c;
	size_t n;

	assert_ok(charter_load(a, charter_text_of(a, name), &c, &v, &n));
	return c;
}

const struct charter_body *
body(const struct charter *c, const char *key)
{
	const struct charter_body *b = charter_body(c, str_from_c(key));

	if (!b)
		fail_msg("no body %s", key);
	return b;
}

const struct charter_composition *
line(const struct charter *c, const char *key, const char *of)
{
	const struct charter_composition *l = charter_composition(body(c, key), str_from_c(of));

	if (!l)
		fail_msg("no line %s of %s", of, key);
	return l;
}

const struct charter_secretary *
secretary(const struct charter *c, const char *key)
{
	for (size_t i = 0; i < c->secretariat.n_members; i++)
		if (str_eq(c->secretariat.members[i].key, str_from_c(key)))
			return &c->secretariat.members[i];
	fail_msg("no secretary %s", key);
	return NULL;
}

const struct charter_party *
party(const struct charter *c, const char *key)
{
	const struct charter_party *p = charter_party(c, str_from_c(key));

	if (!p)
		fail_msg("no party %s", key);
	return p;
}

bool
has(struct charter_keys keys, const char *key)
{
	return charter_keys_has(keys, str_from_c(key));
}

int64_t
seats(const struct charter *c, const char *key, enum side side)
{
	return charter_body_seats(body(c, key), side, false);
}

str
sent_to(struct arena *a, const struct charter *c, struct charter_question q)
{
	const struct charter_choice *v;
	size_t n;

	charter_triage_bodies(c, a, &q, &v, &n);
	assert_true(n > 0 && v[0].is_suggested);
	return v[0].body->key;
}

bool
may(const struct charter *c, const char *key, enum charter_act act,
    const struct charter_question *q)
{
	return charter_body_may(body(c, key), act, q) != NULL;
}

const struct charter_pre_meeting *
pre_meeting(const struct charter *c, const char *key)
{
	const struct charter_pre_meeting *p =
	    charter_pre_meeting(c, body(c, key), SIDE_MUNICIPAL);

	if (!p)
		fail_msg("no pre-meeting before %s", key);
	return p;
}

int64_t
seats_from(const struct charter *c, const char *key, const char *region)
{
	const struct charter_seats *s = &body(c, key)->seats;
	int64_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->v[i].from->side == SIDE_MUNICIPAL &&
		     s->v[i].from->status == SEAT_MEMBER &&
		     str_eq(s->v[i].region, str_from_c(region));
	return n;
}

bool
set_by_both_secretaries(const struct charter_body *b)
{
	const struct charter_approvals *by = &b->agenda.setters;

	for (size_t i = 0; i < by->n; i++)
		if (by->v[i].n_by != 1 || by->v[i].by[0].role != HOLDER_SECRETARY)
			return false;
	return by->n == 2 && by->v[0].side == SIDE_MUNICIPAL && by->v[1].side == SIDE_TRUST;
}

void
assert_no_route_binds(const struct charter *c)
{
	for (size_t i = 0; i < c->process.n_routes; i++)
		assert_true(c->process.routes[i].advisory);
}

size_t
bodies_of(const struct charter *c, enum body_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_bodies; i++)
		n += c->bodies[i].kind == kind;
	return n;
}

size_t
parties_of(const struct charter *c, enum party_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_parties; i++)
		n += c->parties[i].kind == kind;
	return n;
}

/* One approval of each side. */
static void
assert_of_both_sides(const struct charter_approvals *v)
{
	assert_int_equal(v->n, 2);
	assert_int_equal(v->v[0].side, SIDE_MUNICIPAL);
	assert_int_equal(v->v[1].side, SIDE_TRUST);
}

void
assert_common_defaults(struct arena *a, const struct charter *c)
{
	const struct charter_process *p = &c->process;

	/* C1 */
	assert_int_equal(p->proposers.who,
	    1u << PROPOSER_CONTACT | 1u << PROPOSER_MEMBER | 1u << PROPOSER_SECRETARY);
	/* C2 */
	assert_int_equal(p->acknowledge.days, 5);
	assert_true(p->acknowledge.working);
	/* C11: signed by a secretary of each side */
	assert_of_both_sides(&p->preparation.sign_off);
	assert_int_equal(p->preparation.sign_off.v[0].by[0].role, HOLDER_SECRETARY);
	assert_int_equal(p->preparation.sign_off.v[1].by[0].role, HOLDER_SECRETARY);
	assert_int_equal(p->receipt.days, 14);   /* D3 */
	assert_int_equal(p->follow_up.days, 90); /* D4 */
	/* M10 */
	assert_int_equal(p->minutes.rule, MINUTES_EXPLICIT);
	assert_int_equal(p->minutes.days, 10);
	assert_of_both_sides(&p->minutes.approvers);
	/* D1 */
	assert_str(charter_number_label(a, &c->matter_number, 19, 2019, NULL), "Sak 19/19");
	assert_int_equal(c->decision_number.per, NUMBER_PER_BODY_YEAR);
}
