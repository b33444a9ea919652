/* web/structure.c - the bodies of the cooperation, by its charter. */
#include "t_structure.h"

#include "app/rules.h"
#include "base/json.h"
#include "tr.h"
#include "web/api.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/structure_view.h"

/* The rule and its source; or that the sources are silent, and a choice was made. */
static struct text
why_of(const struct request *rq, const struct charter_basis *b)
{
	struct arena *a = rq->cx->a;

	if (!b || (!b->rule.n && !b->gap.n))
		return (struct text){0};
	if (!b->rule.n)
		return TEXT(rq, N_("Kildene sier ikke dette. Det er valgt i vedtektene."));
	if (!b->source.n)
		return html_text_s(a, b->rule);
	return TEXTF(rq, N_("%s, kilde %s"), str_to_c(a, b->rule), str_to_c(a, b->source));
}

static struct structure_body
body_of(const struct request *rq, const struct charter_body *b)
{
	struct arena *a = rq->cx->a;
	const struct rule_line *lines;
	size_t n;

	rules_of(rq->cx, b, &lines, &n);
	struct structure_rule *v = arena_array(a, struct structure_rule, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct charter_basis *basis = lines[i].basis;

		v[i] = (struct structure_rule){TEXT(rq, lines[i].what),
		    html_text_s(a, lines[i].said), why_of(rq, basis),
		    basis ? basis->quote : S("")};
	}
	return (struct structure_body){
	    str_from_c(arena_printf(a, "o-" STR_FMT, STR_ARG(b->key))),
	    html_text_s(a, charter_say(&b->name, rq->cx->lang)), v, n};
}

static struct err *
get_structure(struct request *rq, struct reply *rp)
{
	const struct charter *c = rq->cx->charter;
	struct t_structure v = {.n = c->n_bodies};
	struct structure_body *bodies =
	    arena_array(rq->cx->a, struct structure_body, c->n_bodies);

	for (size_t i = 0; i < c->n_bodies; i++)
		bodies[i] = body_of(rq, &c->bodies[i]);
	v.bodies = bodies;
	TRY(web_frame(rq, TEXT(rq, N_("Samarbeidsstruktur")), NAV_STRUCTURE, &v.frame));
	t_structure(&rp->o, &v);
	return OK;
}

const struct route structure_routes[] = {
    PAGE("/struktur", SPACE_READ, get_structure),
    {0},
};

/* --- by the API ------------------------------------------------------------------------- */

static void
put_rule(struct cx *cx, const struct rule_line *l, struct json *j)
{
	json_open(j, NULL, '{');
	json_str(j, "what", str_from_c(tr(cx->lang, l->what)));
	json_str(j, "said", l->said);
	if (l->basis) {
		json_str(j, "rule", l->basis->rule);
		json_str(j, "source", l->basis->source);
		json_str(j, "quote", l->basis->quote);
		json_str(j, "gap", l->basis->gap);
	}
	json_close(j, '}');
}

static struct err *
read_structure(struct cx *cx, const void *in, struct json *j)
{
	(void)in;
	json_open(j, NULL, '{');
	json_open(j, "bodies", '[');
	for (size_t i = 0; i < cx->charter->n_bodies; i++) {
		const struct charter_body *b = &cx->charter->bodies[i];
		const struct rule_line *lines;
		size_t n;

		rules_of(cx, b, &lines, &n);
		json_open(j, NULL, '{');
		json_str(j, "key", b->key);
		json_str(j, "name", charter_say(&b->name, cx->lang));
		json_open(j, "rules", '[');
		for (size_t k = 0; k < n; k++)
			put_rule(cx, &lines[k], j);
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

const struct reading structure_readings[] = {
    {ACT_SPACE_READ, "/structure", "The bodies, and what the charter lays down about each",
	NULL, 0, read_structure},
    {0},
};
