/*
 * app/access.h - opening things to audiences, and telling people.
 *
 * All in a write. Opening is an act of its own kind: the rows are part of the joint record.
 */
#ifndef APP_ACCESS_H
#define APP_ACCESS_H

#include "app/cx.h"
#include "core/audience.h"

/* Opens the object to an audience; nothing happens if it is open to it already. */
struct err *access_open(struct cx *cx, enum object_kind kind, int64_t object_id,
    enum audience_kind audience, int64_t ref_id) NODISCARD;

/* Closes the object to an audience; nothing happens if it is not open to it. */
struct err *access_shut(struct cx *cx, enum object_kind kind, int64_t object_id,
    enum audience_kind audience, int64_t ref_id) NODISCARD;

/* Whether the actor is in an audience that the object is open to. */
struct err *
access_seen(struct cx *cx, enum object_kind kind, int64_t object_id, bool *ret) NODISCARD;

/* Something a person should know of. The object is named by type and pid, "matter". Nobody is
 * told twice of one act, whatever the person is to it, and the actor is not told. */
struct err *tell_person(struct cx *cx, int64_t person_id, enum action what,
    const char *object_type, str pid, str title) NODISCARD;
/* The actor is told of what was done to his own account: it may have been somebody else. */
struct err *tell_self(struct cx *cx, enum action what) NODISCARD;
struct err *tell_role(struct cx *cx, enum role role, enum action what, const char *object_type,
    str pid, str title) NODISCARD;
/* The contacts of a party. */
struct err *tell_party(struct cx *cx, int64_t party_id, enum action what,
    const char *object_type, str pid, str title) NODISCARD;

#endif
