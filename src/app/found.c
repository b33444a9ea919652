#include "app/found.h"

#include "base/random.h"
#include "charter/files.h"
#include "charter/load.h"
#include "q_people.h"

#include <inttypes.h>

struct found_in {
	str source;
};

static struct err *
party_id(struct cx *cx, str key, int64_t *ret)
{
	struct q_party_by_key *row = NULL;

	if (key.n)
		TRY(q_party_by_key(cx->db, cx->a, key, &row));
	*ret = row ? row->id : 0;
	return OK;
}

static struct err *
add_parties(struct cx *cx, const struct charter *c)
{
	int64_t id;

	for (size_t i = 0; i < c->n_parties; i++) {
		const struct charter_party *p = &c->parties[i];
		const struct charter_population *n = charter_party_population(p, cx->today);
		TRY(q_party_add(cx->db, cx->a, pid_new(cx->a), p->key, p->kind, p->side,
		    p->name.nb, p->kommunenummer, n ? n->value : 0, (int64_t)i + 1, &id));
	}
	return OK;
}

static struct err *
add_seats(struct cx *cx, const struct charter_body *b, int64_t body_id)
{
	int64_t id, party;

	for (size_t i = 0; i < b->seats.n; i++) {
		const struct charter_seat *s = &b->seats.v[i];
		TRY(party_id(cx, s->party, &party));
		TRY(q_seat_add(cx->db, cx->a, pid_new(cx->a), body_id, s->key, s->from->side,
		    s->from->label.nb, party, (int64_t)i + 1, &id));
	}
	return OK;
}

static struct err *
add_bodies(struct cx *cx, const struct charter *c)
{
	int64_t id;

	for (size_t i = 0; i < c->n_bodies; i++) {
		const struct charter_body *b = &c->bodies[i];
		TRY(q_body_add(cx->db, cx->a, pid_new(cx->a), b->key, b->name.nb, b->short_name,
		    (int64_t)i + 1, &id));
		TRY(add_seats(cx, b, id));
	}
	return OK;
}

static struct err *
found(struct cx *cx, const void *arg, struct result *ret)
{
	const struct found_in *in = arg;
	struct q_charter_versions *before;
	size_t n;
	int64_t id;

	TRY(q_charter_versions(cx->db, cx->a, &before, &n));
	if (n)
		return err_new(cx->a, ERR_CONFLICT, "space.founded", "has a charter");
	TRY(q_charter_version_add(cx->db, cx->a, cx->charter->start_day, in->source, &id));
	TRY(add_parties(cx, cx->charter));
	TRY(add_bodies(cx, cx->charter));
	ret->type = "space";
	ret->pid = cx->charter->key;
	return OK;
}

static const struct usecase found_usecase = {
    .action = ACT_SPACE_CHARTER,
    .in_size = sizeof(struct found_in),
    .run = found,
};

struct err *
space_found(struct cx *cx, str yaml)
{
	const struct charter_problem *problems;
	struct result ret;
	size_t n;

	TRY(charter_load(cx->a, yaml, &cx->charter, &problems, &n));
	return usecase_run(cx, &found_usecase, &(struct found_in){yaml}, S(""), &ret);
}

str
charter_variant(struct arena *a, str yaml)
{
	return charter_base_of(a, yaml);
}

str
charter_builtin(struct arena *a, str name)
{
	return charter_file_text(str_to_c(a, name));
}

struct err *
charter_report(struct arena *a, const struct charter_source *s, enum lang lang, struct buf *out)
{
	const struct charter_problem *list;
	const struct charter *charter;
	size_t n;
	struct err *e = charter_load_variant(a, s->yaml, s->base, &charter, &list, &n);

	for (size_t i = 0; i < n; i++) {
		str file = list[i].of_base ? s->base_file : s->file;

		buf_printf(
		    out, STR_FMT "\n", STR_ARG(charter_problem_line(a, &list[i], file, lang)));
	}
	return e;
}

struct err *
space_charter(struct cx *cx, struct arena *a, int64_t day, const struct charter **ret)
{
	const struct charter_problem *problems;
	struct q_charter_versions *v;
	size_t n, n_problems;

	TRY(q_charter_versions(cx->db, cx->a, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].from_day <= day || i + 1 == n)
			return charter_load(a, v[i].source, ret, &problems, &n_problems);
	return err_new(cx->a, ERR_NOT_FOUND, "space.empty", "no charter");
}
