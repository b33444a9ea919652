#include "charter/load.h"

#include "charter/check.h"
#include "charter/model.h"
#include "charter/variant.h"
#include "tr.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES_MAX (1 << 20)
#define EVENTS_MAX     100000
#define NESTING_MAX    32
#define ANCHORS_MAX    1000
#define SEATS_MAX      5000

#define RULE "schema"

/* --- YAML ------------------------------------------------------------------------------- */

static void
start_parser(yaml_parser_t *parser, str text)
{
	if (!yaml_parser_initialize(parser))
		abort(); /* out of memory */
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)text.p, text.n);
}

static void
syntax_error(struct problems *ps, const yaml_parser_t *parser)
{
	const char *what = parser->problem ? parser->problem : "";
	int line = (int)parser->problem_mark.line + 1;

	problem_error(
	    ps, line, RULE, N_("charter.syntax"), str_from_c(arena_printf(ps->a, "%s", what)));
}

struct survey { /* of a file, before its tree is built */
	size_t events, anchors, depth, documents;
};

/* False: the event says that the file is not to be read. */
static bool
survey_event(struct problems *ps, struct survey *s, const yaml_event_t *e)
{
	int line = (int)e->start_mark.line + 1;
	bool start =
	    e->type == YAML_MAPPING_START_EVENT || e->type == YAML_SEQUENCE_START_EVENT;
	bool end = e->type == YAML_MAPPING_END_EVENT || e->type == YAML_SEQUENCE_END_EVENT;

	s->depth = s->depth + start - end;
	s->anchors += (e->type == YAML_MAPPING_START_EVENT && e->data.mapping_start.anchor) ||
		      (e->type == YAML_SEQUENCE_START_EVENT && e->data.sequence_start.anchor) ||
		      (e->type == YAML_SCALAR_EVENT && e->data.scalar.anchor);
	s->documents += e->type == YAML_DOCUMENT_START_EVENT;
	if (s->depth > NESTING_MAX)
		problem_error(ps, line, RULE, N_("charter.too_deep"), S("charter"));
	else if (++s->events > EVENTS_MAX || s->anchors > ANCHORS_MAX)
		problem_error(ps, line, RULE, N_("charter.too_many"), S("charter"));
	else if (s->documents > 1)
		problem_error(ps, line, RULE, N_("charter.one_document"));
	else
		return true;
	return false;
}

/* Reads through the file once without building anything, so that what is built is small. */
static bool
survey(struct problems *ps, str text)
{
	struct survey s = {0};
	yaml_parser_t parser;
	bool good = true, more = true;

	start_parser(&parser, text);
	while (good && more) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			syntax_error(ps, &parser);
			good = false;
			break;
		}
		more = event.type != YAML_STREAM_END_EVENT;
		good = survey_event(ps, &s, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (good && !s.documents)
		problem_error(ps, 1, RULE, N_("charter.no_document"));
	return good && s.documents;
}

static void
delete_document(void *doc)
{
	yaml_document_delete(doc);
}

/* The tree, which the charter's text points into: it lives as long as the arena. */
static bool
load_tree(struct problems *ps, str text, yaml_document_t **ret)
{
	yaml_document_t *doc = arena_new(ps->a, yaml_document_t);
	yaml_parser_t parser;

	if (text.n > TEXT_BYTES_MAX || memchr(text.p, 0, text.n) || !utf8_valid(text)) {
		problem_error(ps, 0, RULE, N_("charter.not_a_charter"));
		return false;
	}
	if (!survey(ps, text))
		return false;
	start_parser(&parser, text);
	bool good = yaml_parser_load(&parser, doc);

	if (good)
		arena_defer(ps->a, delete_document, doc);
	else
		syntax_error(ps, &parser);
	yaml_parser_delete(&parser);
	*ret = doc;
	return good;
}

/* --- references ------------------------------------------------------------------------- */

struct names {
	str *v;
	size_t n;
};

static struct names
names_of(struct arena *a, const struct charter *c, unsigned kinds)
{
	struct names names = {
	    arena_array(a, str, c->n_parties + c->n_regions + c->n_bodies + 1), 0};

	for (size_t i = 0; kinds & REF_PARTY && i < c->n_parties; i++)
		names.v[names.n++] = c->parties[i].key;
	for (size_t i = 0; kinds & REF_REGION && i < c->n_regions; i++)
		names.v[names.n++] = c->regions[i].key;
	for (size_t i = 0; kinds & REF_BODY && i < c->n_bodies; i++)
		names.v[names.n++] = c->bodies[i].key;
	if (kinds & REF_SECRETARIAT)
		names.v[names.n++] = S("secretariat");
	return names;
}

static void
resolve(struct problems *ps, const struct ref *r, const struct names *names)
{
	for (size_t i = 0; i < names->n; i++) {
		if (str_eq(names->v[i], r->key))
			return;
	}
	int i = problem_did_you_mean(r->key, names->v, names->n);

	if (i >= 0)
		problem_error(ps, r->line, RULE, N_("charter.unknown_reference_mean"), r->where,
		    r->key, names->v[i]);
	else
		problem_error(
		    ps, r->line, RULE, N_("charter.unknown_reference"), r->where, r->key);
}

static void
resolve_all(struct problems *ps, const struct charter *c, const struct walk *w)
{
	struct names by_kind[16] = {0};

	for (size_t i = 0; i < w->n_refs; i++) {
		struct names *names = &by_kind[w->refs[i].kinds & 15];

		if (!names->v)
			*names = names_of(ps->a, c, w->refs[i].kinds);
		resolve(ps, &w->refs[i], names);
	}
}

/* --- seats ------------------------------------------------------------------------------ */

struct seat_list {
	struct problems *ps;
	struct charter_seat *v;
	size_t n, cap;
};

static void
add_seats(struct seat_list *l, const struct charter_body *b,
    const struct charter_composition *from, int64_t count, str party, str region)
{
	int64_t number = l->n && l->v[l->n - 1].from == from ? l->v[l->n - 1].number : 0;

	for (int64_t i = 0; i < count; i++) {
		if (l->n == SEATS_MAX) {
			problem_error(
			    l->ps, from->basis.line, RULE, N_("charter.too_many"), b->key);
			return;
		}
		if (l->n == l->cap) {
			struct charter_seat *v =
			    arena_array(l->ps->a, struct charter_seat, l->cap * 2);

			memcpy(v, l->v, l->n * sizeof(*v));
			l->v = v;
			l->cap *= 2;
		}
		number++;
		l->v[l->n++] = (struct charter_seat){
		    .key = str_from_c(arena_printf(l->ps->a, STR_FMT "." STR_FMT ".%lld",
			STR_ARG(b->key), STR_ARG(from->key), (long long)number)),
		    .body = b->key,
		    .from = from,
		    .number = number,
		    .party = party,
		    .region = region,
		};
	}
}

/* In a local body the hospital's seats are its hospital's, the municipal ones its area's. */
static void
seats_fixed(
    struct seat_list *l, const struct charter_body *b, const struct charter_composition *from)
{
	bool hospital = !from->party.n && from->side == SIDE_TRUST;
	bool area = !from->party.n && !from->region.n && from->side == SIDE_MUNICIPAL;

	add_seats(l, b, from, from->count, hospital ? b->hospital : from->party,
	    area ? b->region : from->region);
}

static void
seats_per_member(struct seat_list *l, const struct charter *c, const struct charter_body *b,
    const struct charter_composition *from)
{
	const struct charter_region *area =
	    from->region.n ? charter_region(c, from->region) : NULL;

	for (size_t i = 0; i < c->n_parties; i++) {
		const struct charter_party *p = &c->parties[i];

		if (p->kind == PARTY_MUNICIPALITY && p->member_to_day == DAY_NONE &&
		    (!area || charter_in_region(area, p)))
			add_seats(l, b, from, from->count, p->key, from->region);
	}
}

static void
seats_per_region(struct seat_list *l, const struct charter *c, const struct charter_body *b,
    const struct charter_composition *from)
{
	for (size_t i = 0; i < c->n_regions; i++) {
		const struct charter_region *r = &c->regions[i];

		if (str_eq(r->layer, from->layer))
			add_seats(l, b, from,
			    from->count * (from->use_multiplier ? r->seat_multiplier : 1),
			    from->party, r->key);
	}
}

static struct charter_seats
expand(struct problems *ps, const struct charter *c, const struct charter_body *b)
{
	struct seat_list l = {ps, arena_array(ps->a, struct charter_seat, 16), 0, 16};

	for (size_t i = 0; i < b->n_composition; i++) {
		const struct charter_composition *from = &b->composition[i];

		switch (from->per) {
		case SEAT_FIXED: seats_fixed(&l, b, from); break;
		case SEAT_PER_MEMBER: seats_per_member(&l, c, b, from); break;
		case SEAT_PER_REGION: seats_per_region(&l, c, b, from); break;
		}
	}
	return (struct charter_seats){l.v, l.n};
}

/* --- the whole -------------------------------------------------------------------------- */

static void
complete(struct problems *ps, struct charter *c)
{
	/* The tree is ours until it is handed out: the const is for everybody else. */
	struct charter_body *bodies = (struct charter_body *)c->bodies;
	size_t n_seats = 0;

	for (size_t i = 0; i < c->n_bodies && n_seats <= SEATS_MAX; i++) {
		bodies[i].seats = expand(ps, c, &bodies[i]);
		n_seats += bodies[i].seats.n;
	}
	if (n_seats > SEATS_MAX)
		problem_error(ps, 0, RULE, N_("charter.too_many"), S("seats"));
	struct charter_secretary *half = (struct charter_secretary *)c->secretariat.members;

	for (size_t i = 0; i < c->secretariat.n_members; i++) {
		if (!half[i].acts_for.n)
			half[i].acts_for = half[i].side == SIDE_TRUST
					       ? c->health_trust
					       : c->municipal_cooperation;
	}
	for (size_t i = 0; i < c->n_parties; i++) {
		const struct charter_party *p = &c->parties[i];
		struct charter_population *pop = (struct charter_population *)p->populations;

		for (size_t k = 0; k < p->n_populations; k++)
			pop[k].source = c->population_source;
	}
}

/* The tree of a charter that is whole in itself, or made so of a variant and its base. */
static bool
load_whole(struct problems *ps, str text, str base, yaml_document_t **ret, bool *ret_is_variant)
{
	yaml_document_t *variant;

	if (!load_tree(ps, text, ret))
		return false;
	str key = variant_of(*ret);
	*ret_is_variant = key.n > 0;
	if (!key.n)
		return true;
	variant = *ret;
	if (!base.n)
		problem_error(ps, VARIANT_LINE + 1, RULE, N_("charter.variant_unknown"), key);
	else if (load_tree(ps, base, ret) && variant_of(*ret).n)
		problem_error(
		    ps, VARIANT_LINE + 1, RULE, N_("charter.variant_of_variant"), key);
	if (ps->n_errors)
		return false;
	*ret = variant_merge(ps, *ret, variant);
	return *ret != NULL;
}

static struct charter *
read_charter(struct problems *ps, str text, str base, bool *ret_is_variant)
{
	struct walk w = {.a = ps->a, .problems = ps};
	struct charter *c = arena_new(ps->a, struct charter);

	if (!load_whole(ps, text, base, &w.doc, ret_is_variant))
		return c;
	walk_document(&w, &charter_schema, c);
	resolve_all(ps, c, &w);
	if (ps->n_errors)
		return c; /* sense is looked for only in what has form */
	complete(ps, c);
	charter_check(ps, c);
	return c;
}

/* Gaps of the base are told where it is checked itself. */
static size_t
tell_apart(struct charter_problem *v, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct charter_problem p = v[i];

		p.of_base = p.line < VARIANT_LINE;
		p.line -= p.of_base ? 0 : VARIANT_LINE;
		if (p.severity == CHARTER_ERROR || !p.of_base)
			v[kept++] = p;
	}
	return kept;
}

struct err *
charter_load_variant(struct arena *a, str text, str base, const struct charter **ret,
    const struct charter_problem **ret_list, size_t *ret_n)
{
	struct problems ps = problems_new(a);
	bool is_variant = false;
	const struct charter *c =
	    read_charter(&ps, str_copy(a, text), str_copy(a, base), &is_variant);

	problems_sort(&ps);
	*ret_list = ps.v;
	*ret_n = is_variant ? tell_apart(ps.v, ps.n) : ps.n;
	if (ps.n_errors)
		return err_new(a, ERR_INVALID, "charter.invalid", "%zu errors", ps.n_errors);
	*ret = c;
	return OK;
}

struct err *
charter_load(struct arena *a, str text, const struct charter **ret,
    const struct charter_problem **ret_list, size_t *ret_n)
{
	return charter_load_variant(a, text, S(""), ret, ret_list, ret_n);
}

str
charter_base_of(struct arena *a, str text)
{
	struct problems ps = problems_new(a);
	yaml_document_t *doc;

	return load_tree(&ps, str_copy(a, text), &doc) ? variant_of(doc) : S("");
}

/* --- messages --------------------------------------------------------------------------- */

/* "{1}" in a message becomes the argument of that number. */
str
charter_problem_message(struct arena *a, const struct charter_problem *p, enum lang lang)
{
	struct buf b = buf_new(a, 4000);
	const char *s = tr_error(lang, p->code);

	while (*s) {
		if (s[0] == '{' && s[1] >= '0' && s[1] < '0' + CHARTER_ARGS && s[2] == '}') {
			buf_put(&b, p->args[s[1] - '0']);
			s += 3;
		} else {
			buf_put(&b, (str){s++, 1});
		}
	}
	return buf_str(&b);
}

str
charter_problem_line(struct arena *a, const struct charter_problem *p, str file, enum lang lang)
{
	const char *severity = p->severity == CHARTER_ERROR ? "error" : "warning";
	str message = charter_problem_message(a, p, lang);
	int line = p->line == INT_MAX ? 0 : p->line;

	return str_from_c(arena_printf(a, STR_FMT ":%d: %s: %s: " STR_FMT, STR_ARG(file), line,
	    severity, p->rule, STR_ARG(message)));
}
