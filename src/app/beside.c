#include "app/beside.h"

#include "charter/compare.h"
#include "charter/load.h"
#include "tr.h"

static str
name_of(const struct say *s, const struct charter_body *b)
{
	return b ? charter_say(&b->name, s->lang) : S("–");
}

static void
put_part(struct buf *out, char mark, const char *what, str said)
{
	buf_printf(out, "  %c %s: " STR_FMT "\n", mark, what, STR_ARG(said.n ? said : S("–")));
}

/* A body that only one has is described by its own lines alone. */
static void
put_line(struct buf *out, const char *what, const struct compare_body *pair,
    const struct compare_line *l)
{
	if (!l->differs && l->a.n)
		put_part(out, ' ', what, l->a);
	if (l->differs && pair->a)
		put_part(out, '<', what, l->a);
	if (l->differs && pair->b)
		put_part(out, '>', what, l->b);
}

static void
put_pair(struct buf *out, const struct say *one, const struct say *other,
    const struct compare_body *pair)
{
	struct compare_line lines[SAY_PARTS];

	charter_compare_lines(one, other, pair, lines);
	buf_printf(out, "\n" STR_FMT " | " STR_FMT "\n", STR_ARG(name_of(one, pair->a)),
	    STR_ARG(name_of(other, pair->b)));
	for (size_t i = 0; i < SAY_PARTS; i++)
		put_line(out, tr(one->lang, lines[i].what), pair, &lines[i]);
}

struct err *
charters_beside(struct arena *a, const struct charter_source *one,
    const struct charter_source *other, enum lang lang, struct buf *out)
{
	const struct charter_problem *list;
	const struct compare_body *pairs;
	struct say x = {.a = a, .lang = lang}, y = {.a = a, .lang = lang};
	size_t n;

	TRY(charter_load_variant(a, one->yaml, one->base, &x.c, &list, &n));
	TRY(charter_load_variant(a, other->yaml, other->base, &y.c, &list, &n));
	buf_printf(out, STR_FMT " | " STR_FMT "\n", STR_ARG(charter_say(&x.c->name, lang)),
	    STR_ARG(charter_say(&y.c->name, lang)));
	charter_compare_bodies(a, x.c, y.c, &pairs, &n);
	for (size_t i = 0; i < n; i++)
		put_pair(out, &x, &y, &pairs[i]);
	return OK;
}
