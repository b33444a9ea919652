#include "charter/check.h"

#include "base/day.h"

#include <string.h>

static str
number(struct problems *ps, int64_t n)
{
	return str_from_c(arena_printf(ps->a, "%lld", (long long)n));
}

static bool
is_main_side(enum side side)
{
	return side == SIDE_MUNICIPAL || side == SIDE_TRUST;
}

/* --- composition ------------------------------------------------------------------------ */

static void
check_composition(struct problems *ps, const struct charter *c, const struct charter_body *b,
    const struct charter_composition *line)
{
	bool layer = line->per != SEAT_PER_REGION;
	const struct charter_party *p = line->party.n ? charter_party(c, line->party) : NULL;

	for (size_t i = 0; i < c->n_regions && !layer; i++)
		layer = str_eq(c->regions[i].layer, line->layer);
	if (!layer)
		problem_error(ps, line->basis.line, "R029", N_("charter.no_layer"), b->key,
		    line->key, line->layer);
	if (p && is_main_side(p->side) && p->side != line->side)
		problem_error(ps, line->basis.line, "R029", N_("charter.seat_side"), b->key,
		    line->key, p->key);
}

static void
check_seats(struct problems *ps, const struct charter_body *b)
{
	int64_t n = 0;

	for (size_t i = 0; i < b->seats.n; i++)
		n += b->seats.v[i].from->status == SEAT_MEMBER;
	if (b->seats_stated && n != b->seats_stated)
		problem_error(ps, b->basis.line, "R029", N_("charter.seat_count"), b->key,
		    number(ps, b->seats_stated), number(ps, n));
	if (b->side && charter_body_is_joint(b))
		problem_error(ps, b->basis.line, "V5", N_("charter.side_body_joint"), b->key);
}

static void
check_parity(struct problems *ps, const struct charter_body *b)
{
	int64_t municipal = charter_body_seats(b, SIDE_MUNICIPAL, true);
	int64_t trust = charter_body_seats(b, SIDE_TRUST, true);

	if (b->bipartite && !charter_body_is_joint(b))
		problem_error(ps, b->basis.line, "R128", N_("charter.one_sided"), b->key,
		    number(ps, municipal), number(ps, trust));
	else if (b->bipartite && municipal != trust && b->basis.waiver.n)
		problem_warn(ps, b->basis.line, "R128", N_("charter.parity_waived"), b->key,
		    number(ps, municipal), number(ps, trust), b->basis.waiver);
	else if (b->bipartite && municipal != trust)
		problem_warn(ps, b->basis.line, "R128", N_("charter.parity"), b->key,
		    number(ps, municipal), number(ps, trust));
}

/* --- authority -------------------------------------------------------------------------- */

static void
check_authority(struct problems *ps, const struct charter *c, const struct charter_body *b)
{
	for (size_t i = 0; i < b->n_authority; i++) {
		const struct charter_authority *given = &b->authority[i];
		bool binds = given->act == MAY_DECIDE || given->act == MAY_APPROVE ||
			     given->act == MAY_CHOOSE;

		if (binds && b->advisory)
			problem_error(ps, given->basis.line, "R139",
			    N_("charter.advisory_decides"), b->key);
		else if (binds && b->decision.rule == DECISION_NONE)
			problem_error(ps, given->basis.line, "R133",
			    N_("charter.decides_without_rule"), b->key);
		for (size_t k = 0; given->act == MAY_DELEGATE && k < given->bodies.n; k++) {
			const struct charter_body *to = charter_body(c, given->bodies.v[k]);

			if (!charter_body_below(c, to, b))
				problem_error(ps, given->basis.line, "R080",
				    N_("charter.delegates_up"), b->key, to->key);
		}
	}
}

/* --- reporting line and order of meetings ----------------------------------------------- */

static void
check_reports(struct problems *ps, const struct charter *c, const struct charter_body *b)
{
	const struct charter_body *up = charter_body_parent(c, b);

	if (charter_body_below(c, b, b))
		problem_error(ps, b->basis.line, "R081", N_("charter.reports_ring"), b->key);
	else if (up && up->level != LEVEL_LOCAL && b->level != LEVEL_LOCAL &&
		 up->level > b->level)
		problem_error(
		    ps, b->basis.line, "R008", N_("charter.reports_down"), b->key, up->key);
}

/* Whether a has to meet before b, by either's statement. */
static bool
is_before(const struct charter_body *a, const struct charter_body *b)
{
	return charter_keys_has(a->cadence.before, b->key) ||
	       charter_keys_has(b->cadence.after, a->key);
}

/* Whether following "before" from body i leads back to it. mark: 1 once seen. */
static bool
leads_to(const struct charter *c, size_t i, size_t goal, char *mark, int depth)
{
	mark[i] = 1;
	for (size_t k = 0; k < c->n_bodies; k++) {
		if (!is_before(&c->bodies[i], &c->bodies[k]))
			continue;
		if (k == goal ||
		    (!mark[k] && depth < 100 && leads_to(c, k, goal, mark, depth + 1)))
			return true;
	}
	return false;
}

static void
check_order(struct problems *ps, const struct charter *c, size_t i)
{
	const struct charter_body *b = &c->bodies[i];
	char *mark = arena_array(ps->a, char, c->n_bodies);
	int line = b->cadence.basis.line;

	if ((b->cadence.before.n || b->cadence.after.n) && leads_to(c, i, i, mark, 0))
		problem_error(ps, line, "R105", N_("charter.order_ring"), b->key);
	for (size_t k = 0; k < b->cadence.before.n; k++) {
		const struct charter_body *then = charter_body(c, b->cadence.before.v[k]);

		if (!b->cadence.stated || !then->cadence.stated ||
		    b->cadence.per_year >= then->cadence.per_year)
			continue;
		if (b->cadence.count == CADENCE_EXACT)
			problem_error(ps, line, "R093", N_("charter.meets_too_seldom"), b->key,
			    number(ps, b->cadence.per_year), then->key,
			    number(ps, then->cadence.per_year));
		else
			problem_warn(ps, line, "R093", N_("charter.meets_too_seldom"), b->key,
			    number(ps, b->cadence.per_year), then->key,
			    number(ps, then->cadence.per_year));
	}
}

static void
check_cadence(struct problems *ps, const struct charter_body *b)
{
	const struct charter_cadence *k = &b->cadence;

	if (k->interval_weeks && k->per_year * k->interval_weeks > 53)
		problem_error(ps, k->basis.line, "R105", N_("charter.interval"), b->key,
		    number(ps, k->per_year), number(ps, k->interval_weeks));
	if (k->month && k->per_year > 4)
		problem_error(ps, k->basis.line, "R108", N_("charter.one_month"), b->key,
		    number(ps, k->per_year));
	if (k->extraordinary_locked && !k->extraordinary)
		problem_error(ps, k->basis.line, "R109", N_("charter.locked_nothing"), b->key);
}

/* --- terms and chairs ------------------------------------------------------------------- */

static void
check_term(struct problems *ps, const struct charter_body *b)
{
	const struct charter_term *t = &b->term;

	if (t->continuous && (t->years || t->from_month))
		problem_error(ps, t->basis.line, "R034", N_("charter.term_both"), b->key);
	if (!t->from_month != !t->to_month)
		problem_error(ps, t->basis.line, "R051", N_("charter.term_window"), b->key);
	else if (t->from_month) {
		int64_t from = day_of(2023, (int)t->from_month, (int)t->from_month_day);
		int64_t last = from - 1;
		struct ymd d = day_to_ymd(last);

		if (d.month != t->to_month || d.day != t->to_month_day)
			problem_error(
			    ps, t->basis.line, "R051", N_("charter.term_window"), b->key);
	}
}

static void
check_chair(struct problems *ps, const struct charter_chair *k, str whose,
    const struct charter_term *term_or_null, const struct charter_body *body_or_null)
{
	int line = k->basis.line;

	if (k->rule == CHAIR_RULE_ALTERNATE) {
		if (!k->period_years || !is_main_side(k->first_side) ||
		    k->start_day == DAY_NONE) {
			problem_error(ps, line, "R054", N_("charter.alternation"), whose);
			return;
		}
		struct ymd d = day_to_ymd(k->start_day);

		if (term_or_null && term_or_null->from_month &&
		    (d.month != term_or_null->from_month ||
			d.day != term_or_null->from_month_day))
			problem_warn(ps, line, "R054", N_("charter.chair_term"), whose);
	} else if (k->rule == CHAIR_RULE_FIXED && !k->first_side && !k->seats.n &&
		   !k->co_chair) {
		problem_error(ps, line, "R116", N_("charter.chair_fixed"), whose);
	}
	for (size_t i = 0; body_or_null && i < k->seats.n; i++) {
		if (!charter_composition(body_or_null, k->seats.v[i]))
			problem_error(
			    ps, line, "R116", N_("charter.no_such_seat"), whose, k->seats.v[i]);
	}
}

/* --- one body --------------------------------------------------------------------------- */

static void
check_stated(struct problems *ps, const struct charter_body *b)
{
	const struct {
		bool stated;
		const char *what;
	} parts[] = {
	    {b->cadence.stated, "cadence"},
	    {b->term.stated, "term"},
	    {b->chair.basis.line != 0, "chair"},
	    {b->decision.rule != 0, "decision"},
	    {b->agenda.setters.n > 0, "agenda.setters"},
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].stated)
			problem_warn(ps, b->basis.line, "R005", N_("charter.not_stated"),
			    b->key, str_from_c(parts[i].what));
	}
}

static void
check_setters(struct problems *ps, const struct charter *c, const struct charter_body *b)
{
	const struct charter_approvals *setters = &b->agenda.setters;
	unsigned sides = 0;

	for (size_t i = 0; i < setters->n; i++)
		sides |= 1u << setters->v[i].side;
	if (setters->n && charter_body_is_joint(b) && !(sides & 1u << SIDE_NONE) &&
	    (!(sides & 1u << SIDE_MUNICIPAL) || !(sides & 1u << SIDE_TRUST)))
		problem_warn(
		    ps, b->agenda.basis.line, "M3", N_("charter.setters_one_side"), b->key);
	check_approvals(ps, c, setters, b, b->agenda.basis.line, "M3",
	    str_from_c(arena_printf(ps->a, STR_FMT ".agenda", STR_ARG(b->key))));
}

static void
check_temporary(struct problems *ps, const struct charter_body *b)
{
	if (b->temporary && (b->end_day == DAY_NONE || !b->mandate.n_points))
		problem_error(ps, b->basis.line, "R057", N_("charter.temporary"), b->key);
	if (!b->temporary && b->end_day != DAY_NONE)
		problem_error(ps, b->basis.line, "R057", N_("charter.permanent_end"), b->key);
}

static void
check_body(struct problems *ps, const struct charter *c, size_t i)
{
	const struct charter_body *b = &c->bodies[i];

	for (size_t k = 0; k < b->n_composition; k++)
		check_composition(ps, c, b, &b->composition[k]);
	check_seats(ps, b);
	check_parity(ps, b);
	check_authority(ps, c, b);
	check_reports(ps, c, b);
	check_order(ps, c, i);
	check_cadence(ps, b);
	check_term(ps, b);
	check_chair(ps, &b->chair, b->key, &b->term, b);
	check_temporary(ps, b);
	check_setters(ps, c, b);
	if (b->bipartite && b->kind != BODY_WORKING_COMMITTEE)
		check_stated(ps, b);
}

/* --- all of them ------------------------------------------------------------------------ */

/* NAT-07: users and GPs take part on all levels of the national model. */
static void
check_level(struct problems *ps, const struct charter *c, enum body_level level)
{
	static const char *const names[] = {"", "1", "2", "3", "local"};
	bool user = false, gp = false, there = false;

	for (size_t i = 0; i < c->n_bodies; i++) {
		const struct charter_body *b = &c->bodies[i];

		if (b->level != level || !charter_body_is_joint(b))
			continue;
		there = true;
		for (size_t k = 0; k < b->n_composition; k++) {
			user |= b->composition[k].side == SIDE_USER;
			gp |= b->composition[k].side == SIDE_GP;
		}
	}
	if (there && !user)
		problem_warn(ps, c->basis.line, "R011", N_("charter.level_without_users"),
		    str_from_c(names[level]));
	if (there && !gp)
		problem_warn(ps, c->basis.line, "R011", N_("charter.level_without_gp"),
		    str_from_c(names[level]));
}

void
check_bodies(struct problems *ps, const struct charter *c)
{
	for (size_t i = 0; i < c->n_bodies; i++)
		check_body(ps, c, i);
	check_chair(ps, &c->secretariat.lead, S("secretariat"), NULL, NULL);
	if (c->type != COOPERATION_HEALTH_COMMUNITY)
		return;
	for (int level = LEVEL_1; level <= LEVEL_3; level++)
		check_level(ps, c, (enum body_level)level);
}
