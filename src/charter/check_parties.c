#include "charter/check.h"

/* --- one party -------------------------------------------------------------------------- */

static bool
is_digits(str s, size_t n)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return s.n == n;
}

/* Nine digits, the last a modulus 11 check on the others. */
static bool
is_orgnr(str s)
{
	static const int weight[] = {3, 2, 7, 6, 5, 4, 3, 2};
	int sum = 0;

	if (!is_digits(s, 9))
		return false;
	for (int i = 0; i < 8; i++)
		sum += weight[i] * (s.p[i] - '0');
	int check = (11 - sum % 11) % 11;

	return check < 10 && check == s.p[8] - '0';
}

static void
check_numbers(struct problems *ps, const struct charter_party *p)
{
	int line = p->basis.line;
	bool is_municipality = p->kind == PARTY_MUNICIPALITY;

	if (is_municipality ? !is_digits(p->kommunenummer, 4) : p->kommunenummer.n > 0)
		problem_error(ps, line, "R013", N_("charter.kommunenummer"), p->key);
	for (size_t i = 0; i < p->former_numbers.n; i++) {
		if (!is_digits(p->former_numbers.v[i], 4))
			problem_error(ps, line, "R013", N_("charter.kommunenummer"), p->key);
	}
	if (p->orgnr.n && !is_orgnr(p->orgnr))
		problem_error(ps, line, "R013", N_("charter.orgnr"), p->key, p->orgnr);
}

static void
check_party(struct problems *ps, const struct charter_party *p)
{
	int line = p->basis.line;
	bool municipal =
	    p->kind == PARTY_MUNICIPALITY || p->kind == PARTY_MUNICIPAL_COOPERATION;
	bool trust = p->kind == PARTY_HEALTH_TRUST || p->kind == PARTY_HOSPITAL ||
		     p->kind == PARTY_CLINIC;

	check_numbers(ps, p);
	if ((municipal && p->side != SIDE_MUNICIPAL) || (trust && p->side != SIDE_TRUST))
		problem_error(ps, line, "R013", N_("charter.party_side"), p->key);
	if (p->member_from_day != DAY_NONE && p->member_to_day != DAY_NONE &&
	    p->member_to_day < p->member_from_day)
		problem_error(ps, line, "R023", N_("charter.dates_order"), p->key);
	if (p->kind == PARTY_MUNICIPALITY && !p->n_populations)
		problem_warn(ps, line, "R014", N_("charter.no_population"), p->key);
	for (size_t i = 1; i < p->n_populations; i++) {
		if (p->populations[i].at_day == p->populations[i - 1].at_day)
			problem_error(ps, p->populations[i].line, "R014",
			    N_("charter.population_twice"), p->key);
	}
}

static void
check_number_twice(struct problems *ps, const struct charter *c, size_t i)
{
	const struct charter_party *p = &c->parties[i];

	for (size_t k = 0; k < i && p->kommunenummer.n; k++) {
		if (str_eq(c->parties[k].kommunenummer, p->kommunenummer))
			problem_error(ps, p->basis.line, "R013", N_("charter.number_twice"),
			    p->key, c->parties[k].key, p->kommunenummer);
	}
}

/* --- regions ---------------------------------------------------------------------------- */

/* A municipality is in one region of each layer (G33: the layers are independent). */
static void
check_one_region(struct problems *ps, const struct charter *c, const struct charter_party *p)
{
	for (size_t i = 0; i < c->n_regions; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct charter_region *a = &c->regions[k], *b = &c->regions[i];

			if (str_eq(a->layer, b->layer) && charter_in_region(a, p) &&
			    charter_in_region(b, p))
				problem_error(ps, p->basis.line, "R016",
				    N_("charter.two_regions"), p->key, a->key, b->key);
		}
	}
}

static void
check_region(struct problems *ps, const struct charter *c, const struct charter_region *r)
{
	for (size_t i = 0; i < c->n_parties; i++) {
		if (charter_in_region(r, &c->parties[i]))
			return;
	}
	problem_error(ps, r->basis.line, "R016", N_("charter.empty_region"), r->key);
}

/* --- the cooperation itself ------------------------------------------------------------- */

static void
check_kind(struct problems *ps, const struct charter *c, str key, enum party_kind kind)
{
	const struct charter_party *p = key.n ? charter_party(c, key) : NULL;

	if (p && p->kind != kind)
		problem_error(ps, p->basis.line, "NAT-01", N_("charter.wrong_kind"), p->key);
}

void
check_parties(struct problems *ps, const struct charter *c)
{
	int line = c->basis.line;

	for (size_t i = 0; i < c->n_parties; i++) {
		check_party(ps, &c->parties[i]);
		check_number_twice(ps, c, i);
		check_one_region(ps, c, &c->parties[i]);
	}
	for (size_t i = 0; i < c->n_regions; i++)
		check_region(ps, c, &c->regions[i]);
	check_kind(ps, c, c->health_trust, PARTY_HEALTH_TRUST);
	check_kind(ps, c, c->municipal_cooperation, PARTY_MUNICIPAL_COOPERATION);
	check_kind(ps, c, c->host, PARTY_MUNICIPALITY);
	if (c->end_day != DAY_NONE && c->end_day < c->start_day)
		problem_error(ps, line, "R004", N_("charter.dates_order"), c->key);
	if (c->end_day == DAY_NONE && c->type == COOPERATION_PROJECT)
		problem_error(ps, line, "R010", N_("charter.project_end"), c->key);
	else if (c->end_day == DAY_NONE && c->end_rule == END_ON_DATE)
		problem_error(ps, line, "R004", N_("charter.no_end"), c->key);
	if (c->small_limit > c->large_limit)
		problem_error(ps, line, "R015", N_("charter.size_limits"), c->key);
}
