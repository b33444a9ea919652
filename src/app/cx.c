#include "app/cx.h"

#include "store/journal.h"
#include "store/space.h"

#include <inttypes.h>

static struct err *
verdict(struct cx *cx, enum action action, const struct object *object,
    const struct appointment **ret_by)
{
	switch (authorize(cx->actor, action, object, ret_by)) {
	case VERDICT_ALLOW: return OK;
	case VERDICT_DENY:
		return err_new(cx->a, ERR_DENIED, "denied",
		    "person %" PRId64 " for party %" PRId64 ": %s", cx->actor->person_id,
		    cx->actor->party_id, action_key(action));
	case VERDICT_HIDE:
		return err_new(cx->a, ERR_NOT_FOUND, "not_found",
		    "hidden from person %" PRId64 ": %s", cx->actor->person_id,
		    action_key(action));
	}
	return err_new(cx->a, ERR_INTERNAL, "internal", "no verdict");
}

struct err *
cx_need(struct cx *cx, enum action action, const struct object *object)
{
	return verdict(cx, action, object, &cx->by);
}

struct err *
cx_see(struct cx *cx, enum action reading, const struct object *object)
{
	const struct appointment *by;

	return verdict(cx, reading, object, &by);
}

struct visit {
	struct cx *cx;
	struct err *(*fn)(struct cx *, void *);
	void *arg;
};

static struct err *
visit(struct db *db, void *arg)
{
	struct visit *v = arg;

	v->cx->db = db;
	return v->fn(v->cx, v->arg);
}

struct err *
cx_read(struct cx *cx, struct err *(*fn)(struct cx *, void *), void *arg)
{
	struct db *before = cx->db;
	struct err *e = space_read(cx->space, cx->a, visit, &(struct visit){cx, fn, arg});

	cx->db = before;
	return e;
}

struct err *
cx_write(struct cx *cx, struct err *(*fn)(struct cx *, void *), void *arg)
{
	struct db *before = cx->db;
	struct err *e = space_write(cx->space, cx->a, visit, &(struct visit){cx, fn, arg});

	cx->db = before;
	return e;
}

struct ints
cx_audiences(const struct cx *cx)
{
	return (struct ints){cx->actor->audiences, cx->actor->n_audiences};
}

struct err *
cx_same_rev(struct cx *cx, int64_t form_rev, int64_t row_rev)
{
	if (form_rev == row_rev)
		return OK;
	return err_new(cx->a, ERR_CONFLICT, "changed", "form %" PRId64 ", now %" PRId64,
	    form_rev, row_rev);
}

struct err *
cx_as_of(struct cx *cx, struct as_of *ret)
{
	ret->minute = cx->now_at / 60;
	return journal_size(cx->db, cx->a, &ret->entries);
}
