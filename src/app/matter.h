/*
 * app/matter.h - raising a matter and deciding how it is handled (intake and triage), and
 * what every other area needs to load a matter and move it on.
 *
 * The use cases are in matter.c (propose, receive, begin), matter_triage.c, matter_authors.c,
 * matter_appeal.c and matter_end.c; what waits for whom is in matter_tasks.c.
 *
 * Errors     not_found         ERR_NOT_FOUND  no such matter, or not for this actor
 *            changed           ERR_CONFLICT   the form was based on another revision
 *            and those of core/matter.h
 */
#ifndef APP_MATTER_H
#define APP_MATTER_H

#include "app/task.h"
#include "app/usecase.h"
#include "core/charter.h"
#include "core/matter.h"
#include "core/matter_row.h"

/* The matter if the actor may see it, and what authorize() is to know of it. */
struct err *
matter_load(struct cx *cx, str pid, struct matter **ret, struct object *ret_object) NODISCARD;
struct err *matter_load_id(
    struct cx *cx, int64_t id, struct matter **ret, struct object *ret_object) NODISCARD;

/* Loads, checks the right and the revision that the form was based on. */
struct err *matter_open_act(struct cx *cx, str pid, int64_t rev, enum action action,
    struct matter **ret, struct object *ret_object) NODISCARD;

/* The facts that intake, preparation and rounds share, filled from the matter, its authors,
 * its document and the charter. reason is what was given with the act. */
struct err *matter_facts(
    struct cx *cx, const struct matter *m, str reason, struct matter_facts *ret) NODISCARD;

/* Of those, what triage said and what the charter says of it. */
struct err *
matter_triage_facts(struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

/* The matter as the charter's rules ask about it. */
struct charter_question matter_question(const struct matter *m);

/* Checks the act with core and the actor's capacities, and stores the new state. Use after
 * cx_need(). */
struct err *matter_move(struct cx *cx, const struct matter *m, const struct object *object,
    const struct matter_facts *f, enum matter_act act) NODISCARD;

/* Stores a state that core has allowed. Where it ends the matter, one that was delegated as it
 * is closed with it. */
struct err *
matter_set_state(struct cx *cx, const struct matter *m, int64_t to, str reason) NODISCARD;

/* The matter as what an act concerned. */
void matter_done(struct result *ret, const struct matter *m);

/* Tells the contacts of the party that raised it. */
struct err *
matter_tell_proposer(struct cx *cx, const struct matter *m, enum action what) NODISCARD;

/* Published, and not exempt since. */
bool matter_is_public(const struct matter *m);

/* Hides what the matter is called and says from the public, with the legal basis: on its own
 * page, in the decisions it led to and in the search. */
struct err *matter_exempt(struct cx *cx, int64_t matter_id, str basis) NODISCARD;

/* Makes what the matter says now findable; after a change of its title, number or text. */
struct err *matter_index(struct cx *cx, int64_t matter_id) NODISCARD;

/* --- reading ---------------------------------------------------------------------------- */
struct matter_lines {
	const struct matter_line *v;
	size_t n;
};
/* The newest first: those before an instant, or on from after the matter of a pid. */
struct err *matters_recent(
    struct cx *cx, int64_t before_at, str after, int64_t n, struct matter_lines *ret) NODISCARD;
struct err *matters_in_states(
    struct cx *cx, struct ints states, int64_t n, struct matter_lines *ret) NODISCARD;

/* The newest first of those in a state that suits. */
struct err *matters_recent_in(
    struct cx *cx, bool (*suits)(int64_t state), int64_t n, struct matter_lines *ret) NODISCARD;

/* Matters that wait for the actor: to be acknowledged, assessed, completed or written. */
struct err *matter_tasks(struct cx *cx, struct tasks *tasks) NODISCARD;
/* When the proposer is to have an answer, by the charter's days. */
int64_t matter_acknowledge_by(struct cx *cx, int64_t submitted_at);
/* Appeals that wait for the chair. */
struct err *matter_appeal_tasks(struct cx *cx, struct tasks *tasks) NODISCARD;

/* Bodies this matter could go to as it is described, with what the charter says of each. */
struct matter_body_choice {
	int64_t body_id;
	str pid, name, abbr;
	str why; /* the charter's sentence, in the reader's language; empty: none */
	bool suggested, barred;
	bool reads_first; /* a read-through goes before it, by the charter */
};
struct err *matter_body_choices(struct cx *cx, const struct matter *m,
    struct matter_body_choice **ret, size_t *ret_n) NODISCARD;

/* Who may be named as authors or rapporteur today, by side and name. */
struct err *matter_people(struct cx *cx, struct matter_person **ret, size_t *ret_n) NODISCARD;
/* Those of them who are secretaries. */
struct err *
matter_secretaries(struct cx *cx, struct matter_person **ret, size_t *ret_n) NODISCARD;

extern const struct usecase matter_usecases[], matter_triage_usecases[],
    matter_authors_usecases[], matter_appeal_usecases[], matter_end_usecases[];
extern const struct choice matter_types[], matter_scopes[], matter_consequences[],
    matter_topics[];

#endif
