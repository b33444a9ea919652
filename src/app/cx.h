/*
 * app/cx.h - what every use case is handed: who acts, when, on which data.
 *
 * Made once per request by web, once per run by cli, once per test. Its lifetime is that
 * of its arena. A write runs with db set to the writer's connection, a read with a
 * reader's snapshot; the use case cannot tell the difference.
 *
 * Errors     denied      ERR_DENIED     the actor may see the object but not do this to it
 *            not_found   ERR_NOT_FOUND  no such object, or not for this actor to know of
 */
#ifndef APP_CX_H
#define APP_CX_H

#include "base/err.h"
#include "base/lang.h"
#include "core/actor.h"
#include "core/authz.h"
#include "core/charter.h"
#include "store/db.h"

struct faults;
struct house;
struct space;
struct told;

struct cx {
	struct arena *a;
	struct db *db;
	struct space *space;
	struct house *house;
	const struct charter *charter; /* the version in force today */
	int64_t now_at;                /* UTC seconds; the only clock a use case may look at */
	int64_t today;                 /* the civil day in Oslo */
	enum lang lang;
	const struct actor *actor;    /* never NULL; person_id 0: the public */
	const struct appointment *by; /* which appointment allowed the act; set by cx_need */
	str session_tag;              /* for the journal: 16 hex of the session, or "-" */
	struct faults *faults;        /* what is wrong with the input, field by field */
	struct told *told;            /* whom the act under way has told what (app/access.c) */
};

/* What a space holds is told by how far its joint record has come, and what that means by the
 * minute: deadlines and days end on whole minutes. What is made of both stays the same as long
 * as these do, whichever server process writes. Inside cx_read(). */
struct as_of {
	int64_t entries, minute;
};
struct err *cx_as_of(struct cx *cx, struct as_of *ret) NODISCARD;

/* OK when the actor may do the action to the object; sets cx->by. */
struct err *cx_need(struct cx *cx, enum action action, const struct object *object) NODISCARD;

/* The same for a reading, which says nothing of under which appointment an act is done: cx->by
 * stays. What loads a thing for whoever may see it asks so. */
struct err *cx_see(struct cx *cx, enum action reading, const struct object *object) NODISCARD;

/* Runs fn with cx->db on a reader, in one snapshot. */
struct err *cx_read(struct cx *cx, struct err *(*fn)(struct cx *, void *), void *arg) NODISCARD;
/* Runs fn with cx->db on the writer; what it did is safe when this returns OK. */
struct err *
cx_write(struct cx *cx, struct err *(*fn)(struct cx *, void *), void *arg) NODISCARD;

/* The audiences of the actor as a list parameter. */
struct ints cx_audiences(const struct cx *cx);

/* ERR_CONFLICT, code "changed", when the form was based on another revision. */
struct err *cx_same_rev(struct cx *cx, int64_t form_rev, int64_t row_rev) NODISCARD;

#endif
