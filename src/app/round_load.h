/* app/round_load.h - what acts on rounds and readings of them share. */
#ifndef APP_ROUND_LOAD_H
#define APP_ROUND_LOAD_H

#include "app/round.h"

/* A round with all that is needed to judge an act on it. */
struct round_loaded {
	struct round_row *round;
	struct matter *matter;
	struct object matter_object, object;
	struct round_party *parties;
	size_t n;
	struct round_facts facts;
};

/* If the actor may see it. */
struct err *round_load(struct cx *cx, str pid, struct round_loaded *ret) NODISCARD;

/* The answers as core counts them. */
struct err *round_facts_of(struct cx *cx, const struct round_row *r,
    const struct round_party *parties, size_t n, struct round_facts *ret) NODISCARD;

/* Members on the municipal side that are municipalities, today. */
struct q_party_list;
struct err *round_members(struct cx *cx, struct q_party_list **ret, size_t *ret_n) NODISCARD;

/* Whether the matter's scope itself says who is to be asked, and then whether this one is. */
bool round_scope_is_given(const struct cx *cx, const struct matter *m);
bool round_in_scope(const struct cx *cx, const struct matter *m, str party_key);

#endif
