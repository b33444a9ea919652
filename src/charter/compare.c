#include "charter/compare.h"

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
    const struct compare_body *pair, struct compare_line ret[SAY_PARTS])
{
	for (size_t i = 0; i < SAY_PARTS; i++) {
		str a = pair->a ? say_parts[i].say(one, pair->a) : S("");
		str b = pair->b ? say_parts[i].say(other, pair->b) : S("");

		ret[i] = (struct compare_line){say_parts[i].what, a, b, !str_eq(a, b)};
	}
}
