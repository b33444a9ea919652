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

/* --- what other areas ask --------------------------------------------------------------- */

/* Registers the decision of an agenda item that has ended in decide, recommend, advise or
 * note: its number, and a line for every party that is to carry it out. The body and the
 * secretariat see it from now, all inside when the minutes are approved. In a write. */
struct err *decision_register(struct cx *cx, int64_t item_id, str *ret_label) NODISCARD;

/* Takes out what decision_register() made of an item, before the minutes are approved. */
struct err *decision_unregister(struct cx *cx, int64_t item_id) NODISCARD;

/* Makes it final with the approved minutes: opened to all inside, and each party told. */
struct err *decision_finish(struct cx *cx, int64_t decision_id) NODISCARD;

/* Fills what decisions say of the matter into the facts. */
struct err *
decision_facts(struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

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

/* Makes the decisions of a matter findable as they are now. */
struct err *decisions_index(struct cx *cx, int64_t matter_id) NODISCARD;

/* Opens a final decision to the public. */
struct err *decision_make_public(struct cx *cx, int64_t decision_id) NODISCARD;

/* --- reading (app/followup.c) ----------------------------------------------------------- */

struct decision_view {
	struct decision *d;
	struct object object;
	struct followups lines;
	struct decision_counts counts;
	enum decision_state state;
	const struct charter_body *body;
	str body_name;              /* in the reader's language */
	const struct followup *own; /* the line of the party acted for; NULL: none */
	struct decision_row
	    *successors; /* what could take its place, if the actor may say so */
	size_t n_successors;
	bool may_acknowledge, may_pass_on, may_update, may_update_for, may_excuse, may_remind,
	    may_replace, may_publish;
};
struct err *decision_read(struct cx *cx, str pid, struct decision_view *ret) NODISCARD;

struct decision_rows {
	struct decision_row *v;
	size_t n;
};
/* The newest first: of the day and before, or on from after the decision of a pid. */
struct err *decisions_recent(struct cx *cx, int64_t until_day, str after, int64_t n,
    struct decision_rows *ret) NODISCARD;

/* How it stands with one party and one decision. */
struct followup_cell {
	bool is_there;
	int64_t status; /* enum line_status */
	bool is_overdue, is_silent;
};

struct followup_party {
	str pid, name;
	enum side side;
	int64_t open_n, overdue_n;
	struct followup_cell *cells; /* one a decision, in their order */
};

/* Parties by decisions. */
struct followup_matrix {
	struct decision_row *decisions;
	size_t n_decisions;
	int64_t *done_n, *lines_n; /* of each decision */
	struct followup_party *parties;
	size_t n_parties;
	int64_t open_n, overdue_n, late_parties_n;
};
/* Of the decisions that are being carried out, or of one meeting's. */
struct err *
followup_matrix(struct cx *cx, int64_t meeting_id, struct followup_matrix *ret) NODISCARD;

struct followup_line {
	str pid, label, title, body_abbr, note;
	int64_t decided_day, status, due_day, sent_at, seen_at, updated_at, rev;
	bool is_overdue;
};
/* What the party acted for is to carry out, and has. */
struct err *followup_own(struct cx *cx, struct followup_line **ret, size_t *ret_n) NODISCARD;

/* Decisions that wait for the actor: to be acknowledged, carried out, followed up. */
struct err *decision_tasks(struct cx *cx, struct tasks *tasks) NODISCARD;

extern const struct usecase decision_usecases[];
extern const struct choice line_choices[];

#endif
