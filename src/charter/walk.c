#include "charter/walk.h"

#include "base/day.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

#define VISITS_MAX 50000
#define ITEMS_MAX  2000
#define TEXT_MAX   4000
#define KEY_MAX    64
#define INT_MAX_   1000000

#define RULE "schema"

/* Where we are: bodies.ssu.cadence. Lives on the stack. */
struct place {
	const struct place *up;
	str name;
	int line;
};

static void walk_mapping(
    struct walk *w, const struct schema *s, char *o, yaml_node_t *node, const struct place *at);

static str
place_text(struct arena *a, const struct place *at)
{
	if (!at->up)
		return S("charter");
	if (!at->up->up)
		return at->name;
	str up = place_text(a, at->up);

	return str_from_c(arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(up), STR_ARG(at->name)));
}

static struct place
below(const struct place *up, str name, int line)
{
	return (struct place){.up = up, .name = name, .line = line};
}

#define fault(w, at, code, ...)                              \
	problem_error((w)->problems, (at)->line, RULE, code, \
	    place_text((w)->a, at) __VA_OPT__(, ) __VA_ARGS__)

static int
line_of(const yaml_node_t *node)
{
	return (int)node->start_mark.line + 1;
}

static str
scalar(const yaml_node_t *node)
{
	if (node->type != YAML_SCALAR_NODE)
		return S("");
	return (str){(const char *)node->data.scalar.value, node->data.scalar.length};
}

static yaml_node_t *
node_at(struct walk *w, int id)
{
	return yaml_document_get_node(w->doc, id);
}

/* --- single values ---------------------------------------------------------------------- */

static bool
read_text(struct walk *w, const yaml_node_t *node, const struct place *at, str *ret)
{
	str s = scalar(node);

	if (node->type != YAML_SCALAR_NODE) {
		fault(w, at, N_("charter.not_text"));
		return false;
	}
	if (!s.n || (node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && str_eq(s, S("~")))) {
		fault(w, at, N_("charter.empty"));
		return false;
	}
	if (s.n > TEXT_MAX || !utf_clean(s)) {
		fault(w, at, N_("charter.bad_text"));
		return false;
	}
	*ret = s;
	return true;
}

static bool
is_key(str s)
{
	if (!s.n || s.n > KEY_MAX || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-')
			return false;
	}
	return true;
}

static bool
read_key(struct walk *w, const yaml_node_t *node, const struct place *at, str *ret)
{
	str s;

	if (!read_text(w, node, at, &s))
		return false;
	if (!is_key(s)) {
		fault(w, at, N_("charter.bad_key"), s);
		return false;
	}
	*ret = s;
	return true;
}

static void
add_ref(struct walk *w, str key, unsigned kinds, const struct place *at)
{
	if (w->n_refs == w->cap_refs) {
		size_t cap = w->cap_refs ? w->cap_refs * 2 : 64;
		struct ref *v = arena_array(w->a, struct ref, cap);

		if (w->n_refs)
			memcpy(v, w->refs, w->n_refs * sizeof(*v));
		w->refs = v;
		w->cap_refs = cap;
	}
	w->refs[w->n_refs++] = (struct ref){
	    .key = key, .kinds = kinds, .line = at->line, .where = place_text(w->a, at)};
}

static void
read_ref(struct walk *w, const struct field *f, const yaml_node_t *node, const struct place *at,
    str *ret)
{
	if (read_key(w, node, at, ret))
		add_ref(w, *ret, f->refs, at);
}

static void
read_int(struct walk *w, const struct field *f, const yaml_node_t *node, const struct place *at,
    int64_t *ret)
{
	int64_t v, max = f->max ? f->max : INT_MAX_;

	if (!str_to_i64(scalar(node), &v)) {
		fault(w, at, N_("charter.not_number"));
		return;
	}
	if (v < f->min || v > max) {
		fault(w, at, N_("charter.out_of_range"),
		    str_from_c(arena_printf(w->a, "%lld", (long long)f->min)),
		    str_from_c(arena_printf(w->a, "%lld", (long long)max)));
		return;
	}
	*ret = v;
}

static void
read_bool(struct walk *w, const yaml_node_t *node, const struct place *at, bool *ret)
{
	str s = scalar(node);

	if (str_eq(s, S("true")) || str_eq(s, S("yes")) || str_eq(s, S("ja")))
		*ret = true;
	else if (str_eq(s, S("false")) || str_eq(s, S("no")) || str_eq(s, S("nei")))
		*ret = false;
	else
		fault(w, at, N_("charter.not_yes_no"));
}

static void
read_day(struct walk *w, const yaml_node_t *node, const struct place *at, int64_t *ret)
{
	if (!day_parse(scalar(node), ret))
		fault(w, at, N_("charter.not_date"));
}

static void
read_month_day(struct walk *w, const yaml_node_t *node, const struct place *at, int64_t *ret)
{
	str month, day;
	int64_t m, d;

	if (!str_cut(scalar(node), '-', &month, &day) || !str_to_i64(month, &m) ||
	    !str_to_i64(day, &d) || m < 1 || m > 12 || d < 1 ||
	    d > ymd_month_length(2024, (int)m)) {
		fault(w, at, N_("charter.not_month_day"));
		return;
	}
	ret[0] = m;
	ret[1] = d;
}

/* The words that may stand here, for the message: "min, exact, about". */
static str
allowed(struct arena *a, const struct words *words)
{
	struct buf b = buf_new(a, 2000);

	for (int i = 0; i <= words->max; i++) {
		if (words->names[i])
			buf_printf(&b, "%s%s", b.n ? ", " : "", words->names[i]);
	}
	return buf_str(&b);
}

static bool
read_word(struct walk *w, const struct words *words, const yaml_node_t *node,
    const struct place *at, int *ret)
{
	str s = scalar(node), names[64] = {0};
	int i, n = words->max < 63 ? words->max : 63;

	for (i = 0; i <= n; i++) {
		names[i] = str_from_c(words->names[i]);
		if (names[i].n && str_eq(names[i], s)) {
			*ret = i;
			return true;
		}
	}
	i = problem_did_you_mean(s, names, (size_t)n + 1);
	if (i >= 0)
		fault(w, at, N_("charter.not_word_mean"), s, allowed(w->a, words), names[i]);
	else
		fault(w, at, N_("charter.not_word"), s, allowed(w->a, words));
	return false;
}

/* --- several values --------------------------------------------------------------------- */

/* Calls the loop body for each item; a lone scalar or mapping is a list of one. */
struct items {
	yaml_node_t *lone;
	yaml_node_item_t *p, *end;
};

static struct items
items_of(yaml_node_t *node)
{
	if (node->type != YAML_SEQUENCE_NODE)
		return (struct items){.lone = node};
	return (struct items){
	    .p = node->data.sequence.items.start, .end = node->data.sequence.items.top};
}

static size_t
items_n(const struct items *it)
{
	return it->lone ? 1 : (size_t)(it->end - it->p);
}

static yaml_node_t *
items_next(struct walk *w, struct items *it)
{
	yaml_node_t *node = it->lone;

	if (node) {
		*it = (struct items){0};
		return node;
	}
	return it->p < it->end ? node_at(w, *it->p++) : NULL;
}

static bool
too_many(struct walk *w, size_t n, const struct place *at)
{
	w->visits += n;
	if (n <= ITEMS_MAX && w->visits <= VISITS_MAX)
		return false;
	fault(w, at, N_("charter.too_many"));
	return true;
}

static void
read_set(struct walk *w, const struct field *f, yaml_node_t *node, const struct place *at,
    unsigned *ret)
{
	struct items it = items_of(node);
	int v;

	if (too_many(w, items_n(&it), at))
		return;
	for (yaml_node_t *item; (item = items_next(w, &it));) {
		struct place here = *at;

		here.line = line_of(item);
		if (read_word(w, f->words, item, &here, &v))
			*ret |= f->kind == F_MASK ? (unsigned)v : 1u << v;
	}
}

static void
read_strs(struct walk *w, const struct field *f, yaml_node_t *node, const struct place *at,
    struct charter_keys *ret)
{
	struct items it = items_of(node);

	if (too_many(w, items_n(&it), at))
		return;
	str *v = arena_array(w->a, str, items_n(&it));
	size_t n = 0;

	for (yaml_node_t *item; (item = items_next(w, &it));) {
		struct place here = *at;

		here.line = line_of(item);
		if (f->kind == F_STRS ? !read_text(w, item, &here, &v[n])
				      : !read_key(w, item, &here, &v[n]))
			continue;
		if (f->kind == F_REFS)
			add_ref(w, v[n], f->refs, &here);
		n++;
	}
	*ret = (struct charter_keys){v, n};
}

static const struct field text_fields[] = {
    {"nb", F_STR, true, offsetof(struct charter_text, nb), 0, NULL, NULL, 0, 0, 0},
    {"nn", F_STR, false, offsetof(struct charter_text, nn), 0, NULL, NULL, 0, 0, 0},
    {"en", F_STR, false, offsetof(struct charter_text, en), 0, NULL, NULL, 0, 0, 0},
};

static const struct schema text_schema = {
    .size = sizeof(struct charter_text),
    .fields = text_fields,
    .n_fields = 3,
    .basis = NOT_THERE,
    .stated = NOT_THERE,
    .line = NOT_THERE,
};

static void
read_words(struct walk *w, yaml_node_t *node, const struct place *at, struct charter_text *ret)
{
	if (node->type == YAML_MAPPING_NODE)
		walk_mapping(w, &text_schema, (char *)ret, node, at);
	else
		read_text(w, node, at, &ret->nb);
	if (!ret->nn.n)
		ret->nn = ret->nb;
	if (!ret->en.n)
		ret->en = ret->nb;
}

static void
put_list(char *o, const struct field *f, void *v, size_t n)
{
	memcpy(o + f->at, &v, sizeof(v));
	memcpy(o + f->n_at, &n, sizeof(n));
}

static void
read_texts(
    struct walk *w, const struct field *f, yaml_node_t *node, const struct place *at, char *o)
{
	struct items it = items_of(node);

	if (too_many(w, items_n(&it), at))
		return;
	struct charter_text *v = arena_array(w->a, struct charter_text, items_n(&it));
	size_t n = 0;

	for (yaml_node_t *item; (item = items_next(w, &it)); n++) {
		struct place here = *at;

		here.line = line_of(item);
		read_words(w, item, &here, &v[n]);
	}
	put_list(o, f, v, n);
}

static int
by_day(const void *va, const void *vb)
{
	const struct charter_population *a = va, *b = vb;

	return (a->at_day > b->at_day) - (a->at_day < b->at_day);
}

static void
read_series(
    struct walk *w, const struct field *f, yaml_node_t *node, const struct place *at, char *o)
{
	size_t n = 0;

	if (node->type != YAML_MAPPING_NODE) {
		fault(w, at, N_("charter.not_mapping"));
		return;
	}
	yaml_node_pair_t *p = node->data.mapping.pairs.start,
			 *end = node->data.mapping.pairs.top;

	if (too_many(w, (size_t)(end - p), at))
		return;
	struct charter_population *v =
	    arena_array(w->a, struct charter_population, (size_t)(end - p));

	for (; p < end; p++) {
		yaml_node_t *key = node_at(w, p->key);
		struct place here = below(at, scalar(key), line_of(key));

		v[n].line = here.line;
		read_day(w, key, &here, &v[n].at_day);
		read_int(w, f, node_at(w, p->value), &here, &v[n].value);
		n++;
	}
	qsort(v, n, sizeof(*v), by_day);
	put_list(o, f, v, n);
}

/* --- mappings and lists of them --------------------------------------------------------- */

static const struct field *
key_field(const struct schema *s)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (s->fields[i].kind == F_KEY)
			return &s->fields[i];
	}
	return NULL;
}

/* What to call an item in messages: its key, or its number. */
static str
item_name(struct walk *w, yaml_node_t *node, const struct schema *s, size_t i)
{
	const struct field *f = key_field(s);

	if (f && node->type == YAML_MAPPING_NODE) {
		yaml_node_pair_t *p = node->data.mapping.pairs.start;

		for (; p < node->data.mapping.pairs.top; p++) {
			str v = scalar(node_at(w, p->value));

			if (is_key(v) &&
			    str_eq(scalar(node_at(w, p->key)), str_from_c(f->name)))
				return v;
		}
	}
	return str_from_c(arena_printf(w->a, "%zu", i + 1));
}

static int
key_order(const void *va, const void *vb)
{
	const struct ref *a = va, *b = vb;
	size_t n = a->key.n < b->key.n ? a->key.n : b->key.n;
	int d = n ? memcmp(a->key.p, b->key.p, n) : 0;

	if (d || a->key.n != b->key.n)
		return d ? d : (a->key.n < b->key.n ? -1 : 1);
	return (a->line > b->line) - (a->line < b->line);
}

static void
check_unique(struct walk *w, const struct schema *s, const char *v, const int *lines, size_t n,
    const struct place *at)
{
	const struct field *f = key_field(s);
	struct ref *order = arena_array(w->a, struct ref, n);

	if (!f)
		return;
	for (size_t i = 0; i < n; i++) {
		memcpy(&order[i].key, v + i * s->size + f->at, sizeof(str));
		order[i].line = lines[i];
	}
	qsort(order, n, sizeof(*order), key_order);
	for (size_t i = 1; i < n; i++) {
		struct place here = *at;

		here.line = order[i].line;
		if (order[i].key.n && str_eq(order[i].key, order[i - 1].key))
			fault(w, &here, N_("charter.duplicate_key"), order[i].key);
	}
}

static void
read_list(
    struct walk *w, const struct field *f, yaml_node_t *node, const struct place *at, char *o)
{
	struct items it = items_of(node);
	size_t n = 0;

	if (it.lone && node->type != YAML_MAPPING_NODE) {
		fault(w, at, N_("charter.not_list"));
		return;
	}
	if (too_many(w, items_n(&it), at))
		return;
	char *v = arena_alloc(w->a, f->sub->size, alignof(max_align_t), items_n(&it));
	int *lines = arena_array(w->a, int, items_n(&it));

	for (yaml_node_t *item; (item = items_next(w, &it)); n++) {
		struct place here = below(at, item_name(w, item, f->sub, n), line_of(item));

		lines[n] = here.line;
		walk_mapping(w, f->sub, v + n * f->sub->size, item, &here);
	}
	put_list(o, f, v, n);
	check_unique(w, f->sub, v, lines, n, at);
}

static void
read_field(
    struct walk *w, const struct field *f, yaml_node_t *node, const struct place *at, char *o)
{
	void *p = o + f->at;

	switch (f->kind) {
	case F_STR: read_text(w, node, at, p); break;
	case F_KEY: read_key(w, node, at, p); break;
	case F_REF: read_ref(w, f, node, at, p); break;
	case F_REFS:
	case F_STRS: read_strs(w, f, node, at, p); break;
	case F_INT: read_int(w, f, node, at, p); break;
	case F_BOOL: read_bool(w, node, at, p); break;
	case F_DAY: read_day(w, node, at, p); break;
	case F_MONTH_DAY: read_month_day(w, node, at, p); break;
	case F_ENUM: read_word(w, f->words, node, at, p); break;
	case F_SET:
	case F_MASK: read_set(w, f, node, at, p); break;
	case F_TEXT: read_words(w, node, at, p); break;
	case F_TEXTS: read_texts(w, f, node, at, o); break;
	case F_STRUCT: walk_mapping(w, f->sub, p, node, at); break;
	case F_LIST: read_list(w, f, node, at, o); break;
	case F_SERIES: read_series(w, f, node, at, o); break;
	}
}

#define BASIS(member)                                                                         \
	{                                                                                     \
#member, F_STR, false, offsetof(struct charter_basis, member), 0, NULL, NULL, \
		    0, 0, 0                                                                   \
	}
static const struct field basis_fields[] = {
    BASIS(rule), BASIS(source), BASIS(quote), BASIS(gap), BASIS(waiver)};
#define N_BASIS (sizeof(basis_fields) / sizeof(basis_fields[0]))

/* The field of that name; *ret_base is where its offset counts from. */
static const struct field *
find_field(const struct schema *s, str name, char *o, char **ret_base, size_t *ret_i)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (str_eq(name, str_from_c(s->fields[i].name))) {
			*ret_base = o;
			*ret_i = i;
			return &s->fields[i];
		}
	}
	for (size_t i = 0; s->basis != NOT_THERE && i < N_BASIS; i++) {
		if (str_eq(name, str_from_c(basis_fields[i].name))) {
			*ret_base = o + s->basis;
			*ret_i = s->n_fields + i;
			return &basis_fields[i];
		}
	}
	return NULL;
}

static void
unknown_field(
    struct walk *w, const struct schema *s, str name, int line, const struct place *at)
{
	str names[64];
	size_t n = 0;
	struct place here = *at;

	for (size_t i = 0; i < s->n_fields && n < 58; i++)
		names[n++] = str_from_c(s->fields[i].name);
	for (size_t i = 0; s->basis != NOT_THERE && i < N_BASIS; i++)
		names[n++] = str_from_c(basis_fields[i].name);
	int i = problem_did_you_mean(name, names, n);

	here.line = line;
	if (i >= 0)
		fault(w, &here, N_("charter.unknown_field_mean"), name, names[i]);
	else
		fault(w, &here, N_("charter.unknown_field"), name);
}

static void
walk_pair(struct walk *w, const struct schema *s, char *o, yaml_node_pair_t *pair,
    const struct place *at, uint64_t *seen)
{
	yaml_node_t *key = node_at(w, pair->key);
	str name = scalar(key);
	struct place here = below(at, name, line_of(key));
	char *base;
	size_t i;
	const struct field *f = find_field(s, name, o, &base, &i);

	if (!f) {
		unknown_field(w, s, name, here.line, at);
		return;
	}
	if (*seen & (UINT64_C(1) << i)) {
		fault(w, &here, N_("charter.twice"));
		return;
	}
	*seen |= UINT64_C(1) << i;
	read_field(w, f, node_at(w, pair->value), &here, base);
}

static void
check_required(struct walk *w, const struct schema *s, const struct place *at, uint64_t seen)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (s->fields[i].required && !(seen & (UINT64_C(1) << i)))
			fault(
			    w, at, N_("charter.missing_field"), str_from_c(s->fields[i].name));
	}
}

/* "G18", or "X" for a default without a number. */
static bool
is_gap(str s)
{
	int64_t v;

	return str_eq(s, S("X")) ||
	       (s.n > 1 && s.p[0] == 'G' && str_to_i64((str){s.p + 1, s.n - 1}, &v) && v > 0);
}

static void
check_basis(struct walk *w, struct charter_basis *b, const struct place *at)
{
	b->line = at->line;
	if (!b->gap.n)
		return;
	if (!is_gap(b->gap))
		fault(w, at, N_("charter.bad_gap"), b->gap);
	else
		problem_warn(w->problems, at->line, str_to_c(w->a, b->gap), N_("charter.gap"),
		    place_text(w->a, at));
}

/* Aliases may make a small file walk a long way. A ring of them is not followed: no schema
 * holds itself. */
static bool
is_too_far(struct walk *w, const struct place *at)
{
	if (++w->visits <= VISITS_MAX)
		return false;
	fault(w, at, N_("charter.too_many"));
	return true;
}

static void
walk_mapping(
    struct walk *w, const struct schema *s, char *o, yaml_node_t *node, const struct place *at)
{
	uint64_t seen = 0;

	if (s->defaults)
		s->defaults(o);
	if (is_too_far(w, at))
		return;
	if (node->type != YAML_MAPPING_NODE) {
		fault(w, at, N_("charter.not_mapping"));
		return;
	}
	if (s->line != NOT_THERE)
		memcpy(o + s->line, &at->line, sizeof(at->line));
	if (s->stated != NOT_THERE)
		*(bool *)(o + s->stated) = true;
	for (yaml_node_pair_t *p = node->data.mapping.pairs.start;
	     p < node->data.mapping.pairs.top; p++)
		walk_pair(w, s, o, p, at, &seen);
	check_required(w, s, at, seen);
	if (s->basis != NOT_THERE)
		check_basis(w, (struct charter_basis *)(o + s->basis), at);
}

void
walk_document(struct walk *w, const struct schema *s, void *o)
{
	yaml_node_t *root = yaml_document_get_root_node(w->doc);
	struct place at = {.name = S(""), .line = root ? line_of(root) : 1};

	if (root)
		walk_mapping(w, s, o, root, &at);
}
