#include "app/access.h"

#include "base/random.h"
#include "q_people.h"

/* The actor may be in an audience that was made this moment. */
static void
let_in(struct cx *cx, int64_t audience_id)
{
	struct actor *who = arena_new(cx->a, struct actor);
	int64_t *ids = arena_array(cx->a, int64_t, cx->actor->n_audiences + 1);

	for (size_t i = 0; i < cx->actor->n_audiences; i++)
		ids[i] = cx->actor->audiences[i];
	*who = *cx->actor;
	ids[who->n_audiences++] = audience_id;
	who->audiences = ids;
	cx->actor = who;
}

static struct err *
audience_id(struct cx *cx, struct audience x, int64_t *ret)
{
	struct q_audience_find *row;

	TRY(q_audience_find(cx->db, cx->a, x.kind, x.ref_id, &row));
	if (row) {
		*ret = row->id;
		return OK;
	}
	TRY(q_audience_add(cx->db, cx->a, x.kind, x.ref_id, ret));
	if (audience_has(cx->actor, x))
		let_in(cx, *ret);
	return OK;
}

struct err *
access_open(struct cx *cx, enum object_kind kind, int64_t object_id,
    enum audience_kind audience, int64_t ref_id)
{
	int64_t id, n;

	TRY(audience_id(cx, (struct audience){audience, ref_id}, &id));
	return q_access_open(cx->db, cx->a, kind, object_id, id, &n);
}

struct err *
access_shut(struct cx *cx, enum object_kind kind, int64_t object_id,
    enum audience_kind audience, int64_t ref_id)
{
	struct q_audience_find *row;
	int64_t n;

	TRY(q_audience_find(cx->db, cx->a, audience, ref_id, &row));
	return row ? q_access_close(cx->db, cx->a, kind, object_id, row->id, &n) : OK;
}

struct err *
access_seen(struct cx *cx, enum object_kind kind, int64_t object_id, bool *ret)
{
	struct q_access_any *row;

	TRY(q_access_any(cx->db, cx->a, kind, object_id, cx_audiences(cx), &row));
	*ret = row != NULL;
	return OK;
}

struct told {
	int64_t person_id;
	enum action what;
	str pid;
	struct told *before;
};

/* False when this act has told the person the same already, as another. */
static bool
is_news(struct cx *cx, int64_t person_id, enum action what, str pid)
{
	for (const struct told *t = cx->told; t; t = t->before)
		if (t->person_id == person_id && t->what == what && str_eq(t->pid, pid))
			return false;
	struct told *t = arena_new(cx->a, struct told);
	*t = (struct told){person_id, what, pid, cx->told};
	cx->told = t;
	return true;
}

struct err *
tell_person(struct cx *cx, int64_t person_id, enum action what, const char *object_type,
    str pid, str title)
{
	const char *object = arena_printf(cx->a, "%s:" STR_FMT, object_type, STR_ARG(pid));
	int64_t id;

	if (person_id == cx->actor->person_id || person_id == 0 ||
	    !is_news(cx, person_id, what, pid))
		return OK;
	return q_notice_add(cx->db, cx->a, pid_new(cx->a), person_id, cx->now_at,
	    str_from_c(action_key(what)), str_from_c(object), title, &id);
}

struct err *
tell_self(struct cx *cx, enum action what)
{
	const char *me = arena_printf(cx->a, "person:" STR_FMT, STR_ARG(cx->actor->person_pid));
	int64_t id;

	return q_notice_add(cx->db, cx->a, pid_new(cx->a), cx->actor->person_id, cx->now_at,
	    str_from_c(action_key(what)), str_from_c(me), S(""), &id);
}

struct err *
tell_role(struct cx *cx, enum role role, enum action what, const char *object_type, str pid,
    str title)
{
	struct q_role_holders *who;
	size_t n;

	TRY(q_role_holders(cx->db, cx->a, role, cx->today, &who, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_person(cx, who[i].id, what, object_type, pid, title));
	return OK;
}

struct err *
tell_party(struct cx *cx, int64_t party_id, enum action what, const char *object_type, str pid,
    str title)
{
	struct q_party_contacts *who;
	size_t n;

	TRY(q_party_contacts(cx->db, cx->a, party_id, ROLE_CONTACT, cx->today, &who, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_person(cx, who[i].id, what, object_type, pid, title));
	return OK;
}
