#include "core/charter.h"

#include "base/day.h"
#include "base/holiday.h"

/* --- time ------------------------------------------------------------------------------- */

int64_t
charter_days_after(const struct charter_days *d, int64_t day)
{
	return d->working ? add_working_days(day, (int)d->days) : day + d->days;
}

int64_t
charter_days_before(const struct charter_days *d, int64_t day)
{
	return d->working ? add_working_days(day, -(int)d->days) : day - d->days;
}

/* --- things by key ---------------------------------------------------------------------- */

const struct charter_party *
charter_party(const struct charter *c, str key)
{
	for (size_t i = 0; i < c->n_parties; i++) {
		if (str_eq(c->parties[i].key, key))
			return &c->parties[i];
	}
	return NULL;
}

const struct charter_region *
charter_region(const struct charter *c, str key)
{
	for (size_t i = 0; i < c->n_regions; i++) {
		if (str_eq(c->regions[i].key, key))
			return &c->regions[i];
	}
	return NULL;
}

const struct charter_body *
charter_body(const struct charter *c, str key)
{
	for (size_t i = 0; i < c->n_bodies; i++) {
		if (str_eq(c->bodies[i].key, key))
			return &c->bodies[i];
	}
	return NULL;
}

str
charter_body_said(const struct charter *c, str key, str name, enum lang lang)
{
	const struct charter_body *b = charter_body(c, key);

	return b ? charter_say(&b->name, lang) : name;
}

str
charter_seat_said(const struct charter *c, str key, str label, enum lang lang)
{
	for (size_t i = 0; i < c->n_bodies; i++) {
		const struct charter_seats *s = &c->bodies[i].seats;
		for (size_t k = 0; k < s->n; k++)
			if (str_eq(s->v[k].key, key))
				return charter_say(&s->v[k].from->label, lang);
	}
	return label;
}

const struct charter_composition *
charter_composition(const struct charter_body *b, str key)
{
	for (size_t i = 0; i < b->n_composition; i++) {
		if (str_eq(b->composition[i].key, key))
			return &b->composition[i];
	}
	return NULL;
}

bool
charter_keys_has(struct charter_keys keys, str key)
{
	for (size_t i = 0; i < keys.n; i++) {
		if (str_eq(keys.v[i], key))
			return true;
	}
	return false;
}

str
charter_say(const struct charter_text *t, enum lang lang)
{
	switch (lang) {
	case LANG_NB: return t->nb;
	case LANG_NN: return t->nn;
	case LANG_EN: return t->en;
	}
	return t->nb;
}

/* --- bodies ----------------------------------------------------------------------------- */

const struct charter_body *
charter_body_parent(const struct charter *c, const struct charter_body *b)
{
	return b->reports_to.n ? charter_body(c, b->reports_to) : NULL;
}

bool
charter_body_below(
    const struct charter *c, const struct charter_body *below, const struct charter_body *above)
{
	/* A loaded charter has no ring; one that is being checked may. */
	for (size_t i = 0; i < c->n_bodies && below; i++) {
		below = charter_body_parent(c, below);
		if (below == above)
			return below != NULL;
	}
	return false;
}

int64_t
charter_body_seats(const struct charter_body *b, enum side side, bool counted)
{
	int64_t n = 0;

	for (size_t i = 0; i < b->seats.n; i++) {
		const struct charter_composition *from = b->seats.v[i].from;

		n += from->side == side && from->status == SEAT_MEMBER &&
		     !(counted && from->outside_parity);
	}
	return n;
}

bool
charter_body_is_joint(const struct charter_body *b)
{
	return charter_body_seats(b, SIDE_MUNICIPAL, false) > 0 &&
	       charter_body_seats(b, SIDE_TRUST, false) > 0;
}

/* A set of 1u << value, empty for whatever; value 0 is not known and never a reason. */
static bool
in_set(unsigned set, unsigned value)
{
	return !set || (value && set & (1u << value));
}

static bool
fits(const struct charter_match *m, const struct charter_question *q)
{
	unsigned heavy = CONSEQUENCE_ECONOMIC | CONSEQUENCE_ADMINISTRATIVE;
	unsigned felt = q->consequences;

	if (m->larger && !q->is_larger)
		felt &= ~heavy;
	return in_set(m->types, q->type) && in_set(m->scopes, q->scope) &&
	       (!m->topics || m->topics & (1u << q->topic)) &&
	       (!m->consequences || m->consequences & felt);
}

const struct charter_authority *
charter_body_may(
    const struct charter_body *b, enum charter_act act, const struct charter_question *q)
{
	for (size_t i = 0; i < b->n_authority; i++) {
		const struct charter_authority *given = &b->authority[i];

		if (given->act == act && (!q || fits(&given->match, q)))
			return given;
	}
	return NULL;
}

bool
charter_body_is_advisory(const struct charter_body *b)
{
	return b->advisory || (!charter_body_may(b, MAY_DECIDE, NULL) &&
				  !charter_body_may(b, MAY_APPROVE, NULL) &&
				  !charter_body_may(b, MAY_CHOOSE, NULL));
}

unsigned
charter_body_outcomes(const struct charter_body *b, const struct charter_question *q)
{
	static const struct {
		enum charter_act act;
		enum outcome outcome;
	} by_act[] = {
	    {MAY_DECIDE, OUTCOME_DECIDE},
	    {MAY_APPROVE, OUTCOME_DECIDE},
	    {MAY_CHOOSE, OUTCOME_DECIDE},
	    {MAY_RECOMMEND, OUTCOME_RECOMMEND},
	    {MAY_GUIDE, OUTCOME_RECOMMEND},
	    {MAY_ADVISE, OUTCOME_ADVISE},
	    {MAY_SUPPORT, OUTCOME_ADVISE},
	    {MAY_DELEGATE, OUTCOME_DELEGATE},
	};
	unsigned may = OUTCOME_BIT(OUTCOME_NOTE) | OUTCOME_BIT(OUTCOME_RETURN) |
		       OUTCOME_BIT(OUTCOME_POSTPONE) | OUTCOME_BIT(OUTCOME_DISPUTE);

	for (size_t i = 0; i < sizeof(by_act) / sizeof(by_act[0]); i++) {
		if (charter_body_may(b, by_act[i].act, q))
			may |= OUTCOME_BIT(by_act[i].outcome);
	}
	if (charter_body_is_advisory(b))
		may &= ~OUTCOME_BIT(OUTCOME_DECIDE);
	if (b->reports_to.n)
		may |= OUTCOME_BIT(OUTCOME_ESCALATE);
	return may;
}

bool
charter_may_delegate(
    const struct charter *c, const struct charter_body *b, const struct charter_body *to)
{
	for (size_t i = 0; i < b->n_authority; i++) {
		const struct charter_authority *given = &b->authority[i];

		if (given->act != MAY_DELEGATE)
			continue;
		if (given->bodies.n ? charter_keys_has(given->bodies, to->key)
				    : charter_body_below(c, to, b))
			return true;
	}
	return false;
}

/* --- triage ----------------------------------------------------------------------------- */

static bool
is_other_area(const struct charter_body *b, const struct charter_question *q)
{
	return q->scope == SCOPE_ONE_AREA && q->region.n && b->region.n &&
	       !str_eq(b->region, q->region);
}

static bool
is_fallback(const struct charter_match *m)
{
	return !m->types && !m->scopes && !m->topics && !m->consequences;
}

/* The route that keeps b from such a matter; NULL: none. */
static const struct charter_route *
barring(const struct charter *c, const struct charter_body *b, const struct charter_question *q)
{
	for (size_t i = 0; i < c->process.n_routes; i++) {
		const struct charter_route *r = &c->process.routes[i];

		if (charter_keys_has(r->never, b->key) && fits(&r->match, q))
			return r;
	}
	return NULL;
}

struct choices {
	const struct charter *c;
	const struct charter_question *q;
	struct charter_choice *v;
	size_t n;
	bool *placed; /* by body */
};

static void
choose(struct choices *l, size_t body, struct charter_choice how)
{
	if (l->placed[body])
		return;
	how.body = &l->c->bodies[body];
	l->v[l->n++] = how;
	l->placed[body] = true;
}

static void
suggest(struct choices *l, const struct charter_route *r)
{
	for (size_t k = 0; k < r->to.n; k++) {
		const struct charter_body *b = charter_body(l->c, r->to.v[k]);

		if (!barring(l->c, b, l->q) && !is_other_area(b, l->q))
			choose(l, (size_t)(b - l->c->bodies),
			    (struct charter_choice){.route = r, .is_suggested = true});
	}
}

void
charter_triage_bodies(const struct charter *c, struct arena *a,
    const struct charter_question *q, const struct charter_choice **ret, size_t *ret_n)
{
	struct choices l = {c, q, arena_array(a, struct charter_choice, c->n_bodies), 0,
	    arena_array(a, bool, c->n_bodies)};

	for (size_t i = 0; i < c->process.n_routes; i++) {
		const struct charter_route *r = &c->process.routes[i];

		if (fits(&r->match, q) && (!is_fallback(&r->match) || !l.n))
			suggest(&l, r);
	}
	for (size_t i = 0; i < c->n_bodies; i++) {
		if (!barring(c, &c->bodies[i], q) && !is_other_area(&c->bodies[i], q))
			choose(&l, i, (struct charter_choice){0});
	}
	for (size_t i = 0; i < c->n_bodies; i++)
		choose(&l, i,
		    (struct charter_choice){
			.route = barring(c, &c->bodies[i], q), .is_barred = true});
	*ret = l.v;
	*ret_n = l.n;
}

/* The first body of the first route by consequence, or by topic, that fits. */
static const struct charter_route *
leading_route(const struct charter *c, const struct charter_question *q, bool by_topic)
{
	for (size_t i = 0; i < c->process.n_routes; i++) {
		const struct charter_route *r = &c->process.routes[i];

		if ((by_topic ? r->match.topics : r->match.consequences) && r->to.n &&
		    fits(&r->match, q))
			return r;
	}
	return NULL;
}

static bool
is_narrow(const struct charter *c, const struct charter_body *b)
{
	unsigned wide = 1u << SCOPE_SEVERAL_AREAS | 1u << SCOPE_WHOLE_AREA;

	for (size_t i = 0; i < c->process.n_routes; i++) {
		const struct charter_route *r = &c->process.routes[i];

		if (r->match.scopes & wide && charter_keys_has(r->never, b->key))
			return true;
	}
	return false;
}

/* Where a route leads: to the target itself, if that is among its bodies. */
static const struct charter_body *
led_to(
    const struct charter *c, const struct charter_route *r, const struct charter_body *target)
{
	if (!r)
		return NULL;
	return charter_keys_has(r->to, target->key) ? target : charter_body(c, r->to.v[0]);
}

void
charter_triage_rules(const struct charter *c, const struct charter_body *target,
    const struct charter_question *q, struct charter_triage *ret)
{
	const struct charter_route *topic = leading_route(c, q, true);
	const struct charter_route *principle = leading_route(c, q, false);

	*ret = (struct charter_triage){
	    .is_local = target->kind == BODY_LOCAL,
	    .local_is_narrow = is_narrow(c, target),
	    .principle_body = led_to(c, principle, target),
	    .topic_body = led_to(c, topic, target),
	    .topic_is_advisory = topic && topic->advisory,
	    .needs_rapporteur =
		charter_keys_has(c->process.preparation.rapporteur_bodies, target->key),
	};
	for (size_t i = 0; target->only_listed && i < target->n_authority; i++)
		ret->only_topics |= target->authority[i].match.topics;
}

/* --- meetings --------------------------------------------------------------------------- */

const struct charter_pre_meeting *
charter_pre_meeting(const struct charter *c, const struct charter_body *b, enum side side)
{
	for (size_t i = 0; i < c->process.n_pre_meetings; i++) {
		const struct charter_pre_meeting *p = &c->process.pre_meetings[i];

		if (p->side == side && str_eq(p->body, b->key))
			return p;
	}
	return NULL;
}

bool
charter_read_through_required(const struct charter *c, const struct charter_body *b)
{
	const struct charter_read_through *r = &c->process.read_through;

	return r->required &&
	       (r->bodies.n ? charter_keys_has(r->bodies, b->key) : charter_body_is_joint(b));
}

static unsigned
proposer_bit(int64_t role)
{
	switch ((enum role)role) {
	case ROLE_CONTACT: return 1u << PROPOSER_CONTACT;
	case ROLE_MEMBER: return 1u << PROPOSER_MEMBER;
	case ROLE_SECRETARY: return 1u << PROPOSER_SECRETARY;
	case ROLE_ADMIN:
	case ROLE_DEPUTY: return 0;
	}
	return 0;
}

bool
charter_may_propose(const struct charter *c, const struct actor *who)
{
	for (size_t i = 0; i < who->n_appointments; i++) {
		const struct appointment *t = &who->appointments[i];

		if (t->party_id == who->party_id &&
		    c->process.proposers.who & proposer_bit(t->role))
			return true;
	}
	return false;
}

int64_t
charter_notice_days(const struct charter_body *b)
{
	const struct charter_agenda *g = &b->agenda;

	return g->papers_days > g->notice_days ? g->papers_days : g->notice_days;
}

enum side
charter_chair_side(const struct charter_chair *chair, int64_t day)
{
	if (chair->rule == CHAIR_RULE_FIXED)
		return chair->first_side;
	if (chair->rule != CHAIR_RULE_ALTERNATE || day < chair->start_day ||
	    !chair->period_years)
		return SIDE_NONE;
	struct ymd from = day_to_ymd(chair->start_day), now = day_to_ymd(day);
	int years = now.year - from.year;

	if (now.month < from.month || (now.month == from.month && now.day < from.day))
		years--;
	bool is_first = years / chair->period_years % 2 == 0;
	bool trust_first = chair->first_side == SIDE_TRUST;

	return is_first == trust_first ? SIDE_TRUST : SIDE_MUNICIPAL;
}

/* --- parties ---------------------------------------------------------------------------- */

bool
charter_party_is_member(const struct charter_party *p, int64_t day)
{
	return (p->member_from_day == DAY_NONE || day >= p->member_from_day) &&
	       (p->member_to_day == DAY_NONE || day <= p->member_to_day);
}

const struct charter_population *
charter_party_population(const struct charter_party *p, int64_t day)
{
	const struct charter_population *newest = NULL;

	for (size_t i = 0; i < p->n_populations && p->populations[i].at_day <= day; i++)
		newest = &p->populations[i];
	return newest;
}

enum size_class
charter_size_class(const struct charter *c, const struct charter_party *p, int64_t day)
{
	const struct charter_population *pop = charter_party_population(p, day);

	if (!pop)
		return SIZE_UNKNOWN;
	if (pop->value < c->small_limit)
		return SIZE_SMALL;
	return pop->value > c->large_limit ? SIZE_LARGE : SIZE_MEDIUM;
}

bool
charter_in_region(const struct charter_region *r, const struct charter_party *p)
{
	return charter_keys_has(r->members, p->key) || charter_keys_has(p->regions, r->key);
}

/* --- numbers ---------------------------------------------------------------------------- */

str
charter_number_label(struct arena *a, const struct charter_number *form, int64_t number,
    int64_t year, const struct charter_body *body_or_null)
{
	struct buf b = buf_new(a, 400);
	str rest = form->form, head;

	while (str_cut(rest, '{', &head, &rest)) {
		str word = rest, after = S("");

		buf_put(&b, head);
		str_cut(rest, '}', &word, &after);
		rest = after;
		if (str_eq(word, S("no")))
			buf_printf(&b, "%lld", (long long)number);
		else if (str_eq(word, S("yy")))
			buf_printf(&b, "%02lld", (long long)(year % 100));
		else if (str_eq(word, S("yyyy")))
			buf_printf(&b, "%lld", (long long)year);
		else if (str_eq(word, S("body")) && body_or_null)
			buf_put(&b, body_or_null->short_name);
	}
	buf_put(&b, rest);
	return buf_str(&b);
}
