/*
 * app/decision.h - decisions: registered in a meeting, final with its minutes, carried out
 * by each party (follow-up), published; and what a decision says of its matter.
 *
 * Ownership  What is returned lives in cx->a.
 * Errors     not_found              ERR_NOT_FOUND  no such decision, or not for this actor
 *            changed                ERR_CONFLICT   the form was based on another revision
 *            decision.no_outcome    ERR_CONFLICT   the item has not ended in one
 *            decision.no_authority  ERR_CONFLICT   I4: the body binds nobody
 *            decision.not_minuted   ERR_CONFLICT   the minutes are not approved yet
 *            and those of core/decision.h
 */
#ifndef APP_DECISION_H
#define APP_DECISION_H

#include "app/matter.h"
#include "core/decision.h"
#include "core/decision_row.h"

/* --- what other areas ask ---------------------------------------------------------------- */

/* Registers the decision of an agenda item that has ended in decide, recommend, advise or
 * note: its number, and a line for every party that is to carry it out. The body and the
 * secretariat see it from now, all inside when the minutes are approved. In a write. */
struct err *decision_register(struct cx *cx, int64_t item_id, str *ret_label) NODISCARD;

/* Makes it final with the approved minutes: opened to all inside, and each party told. */
struct err *decision_finish(struct cx *cx, int64_t decision_id) NODISCARD;

/* Fills what decisions say of the matter into the facts. */
struct err *decision_facts(
    struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

/* Moves the matter on when nothing is left to carry out (C23, C24), as the program's own
 * doing: whoever finished the last line need have no right to the matter. */
struct err *decision_move_matter(struct cx *cx, int64_t matter_id) NODISCARD;

/* The decision if the actor may see it, and what authorize() is to know of it. */
struct err *decision_load(
    struct cx *cx, str pid, struct decision **ret, struct object *ret_object) NODISCARD;

/* Its lines, in the order of the parties, and the same for core/decision.h. */
struct followups {
	struct followup *v;
	size_t n;
	struct decision_line *lines;
};
struct err *decision_lines(struct cx *cx, int64_t decision_id, struct followups *ret) NODISCARD;

#endif
