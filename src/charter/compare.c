#include "charter/compare.h"

typedef str (*say_fn)(const struct say *s, const struct charter_body *b);

static bool
is_taken(const struct compare_body *v, size_t n, const struct charter_body *b)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].b == b)
			return true;
	}
	return false;
}

/* A joint body of the other that could be the same thing under another name. */
static const struct charter_body *
alike(const struct charter *one, const struct charter *other, const struct charter_body *b,
    const struct compare_body *v, size_t n)
{
	if (b->side != SIDE_NONE)
		return NULL;
	for (size_t i = 0; i < other->n_bodies; i++) {
		const struct charter_body *o = &other->bodies[i];

		if (o->kind == b->kind && o->level == b->level && o->side == b->side &&
		    !charter_body(one, o->key) && !is_taken(v, n, o))
			return o;
	}
	return NULL;
}

void
charter_compare_bodies(struct arena *a, const struct charter *one, const struct charter *other,
    const struct compare_body **ret, size_t *ret_n)
{
	struct compare_body *v =
	    arena_array(a, struct compare_body, one->n_bodies + other->n_bodies + 1);
	size_t n = 0;

	for (size_t i = 0; i < one->n_bodies; i++) {
		const struct charter_body *b = &one->bodies[i];
		const struct charter_body *same = charter_body(other, b->key);

		v[n] = (struct compare_body){b, same ? same : alike(one, other, b, v, n)};
		n++;
	}
	for (size_t i = 0; i < other->n_bodies; i++) {
		if (!is_taken(v, n, &other->bodies[i]))
			v[n++] = (struct compare_body){NULL, &other->bodies[i]};
	}
	*ret = v;
	*ret_n = n;
}

void
charter_compare_lines(const struct say *one, const struct say *other,
    const struct compare_body *pair, struct compare_line ret[COMPARE_LINES])
{
	static const struct {
		const char *what;
		say_fn say;
	} parts[COMPARE_LINES] = {
	    {N_("Slag"), say_kind},
	    {N_("Svarer til"), say_reports_to},
	    {N_("Plasser"), say_seats},
	    {N_("Periode"), say_term},
	    {N_("Leder"), say_chair},
	    {N_("Møter"), say_cadence},
	    {N_("Saksliste"), say_agenda},
	    {N_("Myndighet"), say_authority},
	    {N_("Avgjøres ved"), say_decision},
	};

	for (size_t i = 0; i < COMPARE_LINES; i++) {
		str a = pair->a ? parts[i].say(one, pair->a) : S("");
		str b = pair->b ? parts[i].say(other, pair->b) : S("");

		ret[i] = (struct compare_line){parts[i].what, a, b, !str_eq(a, b)};
	}
}
