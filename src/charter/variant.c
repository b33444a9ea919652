#include "charter/variant.h"

#include <stdlib.h>
#include <string.h>

#define RULE     "schema"
#define NAME_MAX 1000
#define MADE_MAX 50000 /* nodes */
#define DEEP_MAX 32

/* One of the two trees that the third is made of. */
struct side_of {
	yaml_document_t *doc;
	int line; /* what is added to its lines */
};

struct merge {
	struct problems *ps;
	struct side_of base, variant;
	yaml_document_t *out;
	size_t made, depth;
	bool is_full;
};

/* --- nodes ------------------------------------------------------------------------------ */

static str
scalar(const yaml_node_t *node)
{
	if (!node || node->type != YAML_SCALAR_NODE)
		return S("");
	return (str){(const char *)node->data.scalar.value, node->data.scalar.length};
}

static bool
is_nothing(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE &&
	       node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (scalar(node).n == 0 || str_eq(scalar(node), S("~")));
}

static yaml_node_pair_t *
pair_of(yaml_document_t *doc, yaml_node_t *mapping, str name)
{
	yaml_node_pair_t *p = mapping->data.mapping.pairs.start;

	for (; p < mapping->data.mapping.pairs.top; p++) {
		if (str_eq(scalar(yaml_document_get_node(doc, p->key)), name))
			return p;
	}
	return NULL;
}

static yaml_node_t *
field_of(yaml_document_t *doc, yaml_node_t *mapping, str name)
{
	yaml_node_pair_t *p =
	    mapping->type == YAML_MAPPING_NODE ? pair_of(doc, mapping, name) : NULL;

	return p ? yaml_document_get_node(doc, p->value) : NULL;
}

static str
key_of(yaml_document_t *doc, yaml_node_t *node)
{
	return scalar(field_of(doc, node, S("key")));
}

/* Whether all of a list are things with keys. */
static bool
has_keys(yaml_document_t *doc, const yaml_node_t *node)
{
	if (node->type != YAML_SEQUENCE_NODE)
		return false;
	yaml_node_item_t *i = node->data.sequence.items.start;

	for (; i < node->data.sequence.items.top; i++) {
		if (!key_of(doc, yaml_document_get_node(doc, *i)).n)
			return false;
	}
	return true;
}

/* A text in several languages is one thing. */
static bool
is_text(yaml_document_t *doc, yaml_node_t *node)
{
	return field_of(doc, node, S("nb")) != NULL;
}

static int
line_of(const struct side_of *of, const yaml_node_t *node)
{
	return (int)node->start_mark.line + 1 + of->line;
}

/* --- making the third ------------------------------------------------------------------- */

static void
done(int good)
{
	if (!good)
		abort(); /* out of memory */
}

/* The node just added stands where the other one stood. */
static int
placed(struct merge *m, int id, const struct side_of *of, const yaml_node_t *from)
{
	done(id);
	m->made++;
	yaml_document_get_node(m->out, id)->start_mark.line =
	    from->start_mark.line + (size_t)of->line;
	return id;
}

static int
new_mapping(struct merge *m, const struct side_of *of, const yaml_node_t *from)
{
	return placed(
	    m, yaml_document_add_mapping(m->out, NULL, YAML_ANY_MAPPING_STYLE), of, from);
}

static int
new_list(struct merge *m, const struct side_of *of, const yaml_node_t *from)
{
	return placed(
	    m, yaml_document_add_sequence(m->out, NULL, YAML_ANY_SEQUENCE_STYLE), of, from);
}

static int
new_scalar(struct merge *m, const struct side_of *of, const yaml_node_t *from)
{
	const yaml_char_t *text = (const yaml_char_t *)"";
	bool is = from->type == YAML_SCALAR_NODE;

	return placed(m,
	    yaml_document_add_scalar(m->out, NULL, is ? from->data.scalar.value : text,
		is ? (int)from->data.scalar.length : 0,
		is ? from->data.scalar.style : YAML_DOUBLE_QUOTED_SCALAR_STYLE),
	    of, from);
}

/* Aliases are written out: a few of them may stand for very many nodes, or for a circle. */
static bool
is_too_much(struct merge *m, const struct side_of *of, const yaml_node_t *from)
{
	if (!m->is_full && m->made < MADE_MAX && m->depth < DEEP_MAX)
		return false;
	if (!m->is_full)
		problem_error(
		    m->ps, line_of(of, from), RULE, N_("charter.too_many"), S("charter"));
	m->is_full = true;
	return true;
}

static int copy(struct merge *m, const struct side_of *of, int id);

static int
copy_list(struct merge *m, const struct side_of *of, const yaml_node_t *from)
{
	int to = new_list(m, of, from);

	for (yaml_node_item_t *i = from->data.sequence.items.start;
	     i < from->data.sequence.items.top; i++)
		done(yaml_document_append_sequence_item(m->out, to, copy(m, of, *i)));
	return to;
}

static int
copy_mapping(struct merge *m, const struct side_of *of, const yaml_node_t *from)
{
	int to = new_mapping(m, of, from);

	for (yaml_node_pair_t *p = from->data.mapping.pairs.start;
	     p < from->data.mapping.pairs.top; p++) {
		int key = copy(m, of, p->key);

		done(yaml_document_append_mapping_pair(m->out, to, key, copy(m, of, p->value)));
	}
	return to;
}

static int
copy(struct merge *m, const struct side_of *of, int id)
{
	const yaml_node_t *from = yaml_document_get_node(of->doc, id);
	int to;

	if (from->type == YAML_SCALAR_NODE || is_too_much(m, of, from))
		return new_scalar(m, of, from);
	m->depth++;
	to = from->type == YAML_SEQUENCE_NODE ? copy_list(m, of, from)
					      : copy_mapping(m, of, from);
	m->depth--;
	return to;
}

/* --- merging ---------------------------------------------------------------------------- */

static int merge_value(struct merge *m, int base, int variant);

static void
append(struct merge *m, int to, const struct side_of *of, int key, int value)
{
	int name = copy(m, of, key);

	done(yaml_document_append_mapping_pair(m->out, to, name, value));
}

/* What the variant says beside what the base says. */
static void
add_fields(struct merge *m, int to, yaml_node_t *base, yaml_node_t *variant)
{
	for (yaml_node_pair_t *p = variant->data.mapping.pairs.start;
	     p < variant->data.mapping.pairs.top; p++) {
		yaml_node_t *name = yaml_document_get_node(m->variant.doc, p->key);
		bool of_top = m->depth == 1 && str_eq(scalar(name), S("variant_of"));

		if (of_top || pair_of(m->base.doc, base, scalar(name)))
			continue;
		if (is_nothing(yaml_document_get_node(m->variant.doc, p->value)))
			problem_error(m->ps, line_of(&m->variant, name), RULE,
			    N_("charter.nothing_to_take"), scalar(name));
		else
			append(m, to, &m->variant, p->key, copy(m, &m->variant, p->value));
	}
}

static int
merge_mapping(struct merge *m, yaml_node_t *base, yaml_node_t *variant)
{
	if (is_too_much(m, &m->variant, variant))
		return new_scalar(m, &m->base, base);
	int to = new_mapping(m, &m->base, base);

	m->depth++;
	for (yaml_node_pair_t *p = base->data.mapping.pairs.start;
	     p < base->data.mapping.pairs.top; p++) {
		str name = scalar(yaml_document_get_node(m->base.doc, p->key));
		yaml_node_pair_t *v = pair_of(m->variant.doc, variant, name);

		if (!v)
			append(m, to, &m->base, p->key, copy(m, &m->base, p->value));
		else if (!is_nothing(yaml_document_get_node(m->variant.doc, v->value)))
			append(m, to, &m->variant, v->key, merge_value(m, p->value, v->value));
	}
	add_fields(m, to, base, variant);
	m->depth--;
	return to;
}

static yaml_node_t *
thing_of(yaml_document_t *doc, yaml_node_t *list, str key)
{
	yaml_node_item_t *i = list->data.sequence.items.start;

	for (; i < list->data.sequence.items.top; i++) {
		yaml_node_t *thing = yaml_document_get_node(doc, *i);

		if (str_eq(key_of(doc, thing), key))
			return thing;
	}
	return NULL;
}

static bool
is_dropped(struct merge *m, yaml_node_t *thing)
{
	return str_eq(scalar(field_of(m->variant.doc, thing, S("drop"))), S("true"));
}

static void
unknown_thing(struct merge *m, yaml_node_t *list, str key, int line)
{
	str names[NAME_MAX];
	int n = 0;

	for (yaml_node_item_t *i = list->data.sequence.items.start;
	     i < list->data.sequence.items.top && n < NAME_MAX; i++)
		names[n++] = key_of(m->base.doc, yaml_document_get_node(m->base.doc, *i));
	int near = problem_did_you_mean(key, names, (size_t)n);

	if (near >= 0)
		problem_error(
		    m->ps, line, RULE, N_("charter.unknown_drop_mean"), key, names[near]);
	else
		problem_error(m->ps, line, RULE, N_("charter.unknown_drop"), key);
}

/* Things that only the variant has. */
static void
add_things(struct merge *m, int to, yaml_node_t *base, yaml_node_t *variant)
{
	for (yaml_node_item_t *i = variant->data.sequence.items.start;
	     i < variant->data.sequence.items.top; i++) {
		yaml_node_t *thing = yaml_document_get_node(m->variant.doc, *i);
		str key = key_of(m->variant.doc, thing);

		if (thing_of(m->base.doc, base, key))
			continue;
		if (is_dropped(m, thing))
			unknown_thing(m, base, key, line_of(&m->variant, thing));
		else
			done(yaml_document_append_sequence_item(
			    m->out, to, copy(m, &m->variant, *i)));
	}
}

static int
merge_list(struct merge *m, yaml_node_t *base, yaml_node_t *variant)
{
	int to = new_list(m, &m->base, base);

	for (yaml_node_item_t *i = base->data.sequence.items.start;
	     i < base->data.sequence.items.top; i++) {
		yaml_node_t *thing = yaml_document_get_node(m->base.doc, *i);
		yaml_node_t *v = thing_of(m->variant.doc, variant, key_of(m->base.doc, thing));

		if (!v)
			done(yaml_document_append_sequence_item(
			    m->out, to, copy(m, &m->base, *i)));
		else if (!is_dropped(m, v))
			done(yaml_document_append_sequence_item(
			    m->out, to, merge_mapping(m, thing, v)));
	}
	add_things(m, to, base, variant);
	return to;
}

static int
merge_value(struct merge *m, int base, int variant)
{
	yaml_node_t *b = yaml_document_get_node(m->base.doc, base);
	yaml_node_t *v = yaml_document_get_node(m->variant.doc, variant);

	if (b->type == YAML_MAPPING_NODE && v->type == YAML_MAPPING_NODE &&
	    !is_text(m->base.doc, b))
		return merge_mapping(m, b, v);
	if (has_keys(m->base.doc, b) && has_keys(m->variant.doc, v))
		return merge_list(m, b, v);
	return copy(m, &m->variant, variant);
}

/* --- the whole -------------------------------------------------------------------------- */

str
variant_of(yaml_document_t *doc)
{
	yaml_node_t *root = yaml_document_get_root_node(doc);

	return root ? scalar(field_of(doc, root, S("variant_of"))) : S("");
}

static void
delete_document(void *doc)
{
	yaml_document_delete(doc);
}

yaml_document_t *
variant_merge(struct problems *ps, yaml_document_t *base, yaml_document_t *variant)
{
	struct merge m = {.ps = ps,
	    .base = {base, 0},
	    .variant = {variant, VARIANT_LINE},
	    .out = arena_new(ps->a, yaml_document_t)};
	yaml_node_t *root = yaml_document_get_root_node(base);

	done(yaml_document_initialize(m.out, NULL, NULL, NULL, 1, 1));
	arena_defer(ps->a, delete_document, m.out);
	if (root->type == YAML_MAPPING_NODE)
		merge_mapping(&m, root, yaml_document_get_root_node(variant));
	else
		copy(&m, &m.base, 1);
	return m.is_full ? NULL : m.out;
}
