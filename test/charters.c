#include "charters.h"

#include "charter/load.h"

#include <stdio.h>

enum { FILE_MAX = 1 << 20 };

const struct charter *
charter_of(struct arena *a, const char *name)
{
	const struct charter_problem *v;
	const struct charter *c;
	char *p = arena_array(a, char, FILE_MAX);
	FILE *f = fopen(name, "rb");
	size_t n, n_problems;

	assert_non_null(f);
	n = fread(p, 1, FILE_MAX, f);
	fclose(f);
	assert_ok(charter_load(a, (str){p, n}, &c, &v, &n_problems));
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
