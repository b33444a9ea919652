/*
 * app/minutes.h - the minutes of a meeting: a view of what happened with a few words added,
 * commented on by those who were there, approved by one of each side, locked, corrected only
 * by new entries, and published. Rule ids (M9 ...) are those of domain.md 3.2.
 *
 * Ownership  What is returned lives in cx->a.
 * Errors     not_found             ERR_NOT_FOUND  no such minutes, or not for this actor
 *            changed               ERR_CONFLICT   the text has another revision
 *            minutes.not_present   ERR_DENIED     a comment by somebody who was not there
 *            minutes.answered      ERR_CONFLICT   the comment has its answer
 *            and those of core/meeting.h, core/approval.h
 */
#ifndef APP_MINUTES_H
#define APP_MINUTES_H

#include "app/meeting.h"
#include "core/minutes_row.h"

struct minutes_item {
	const struct agenda_item *item;
	const struct minutes_decision *decision;  /* NULL: none */
	const struct minutes_position *positions; /* released only */
	size_t n_positions;
	const struct minutes_recusal *recusals;
	size_t n_recusals;
	str exempt_basis; /* empty: open */
};

enum { SAID_SHOWN = 50 }; /* comments, and corrections, on a page */

/* One place among those that must approve. */
struct minutes_place {
	str label;
	enum side side;
	str name; /* who filled it; empty: nobody yet */
	int64_t at;
};

struct minutes_author {
	str pid, name;
	enum side side;
};

struct minutes {
	struct meeting *m;
	struct object object;
	unsigned doers;
	const struct charter_body *body;
	str body_name; /* in the reader's language */
	struct meeting_chair chair;
	struct seat_lines seats;
	struct minutes_item *items;
	size_t n_items;
	const struct minutes_words *words; /* NULL: not begun */
	struct minutes_place *places;
	size_t n_places;
	int64_t approved_n;
	struct minutes_comment *comments; /* the newest first; SAID_SHOWN at most */
	size_t n_comments;
	struct minutes_correction *corrections; /* likewise */
	size_t n_corrections;
	bool has_older_comments, has_older_corrections;
	bool may_edit, may_comment, may_answer, may_approve, may_correct, may_publish;
	struct minutes_author *secretaries; /* who can be named as authors */
	size_t n_secretaries;
};

/* The facts for core/meeting.h with those of the minutes filled in. */
struct err *
minutes_know(struct cx *cx, const struct minutes *x, struct meeting_facts *ret) NODISCARD;

/* Everything of the minutes that the actor may see. */
struct err *minutes_read(struct cx *cx, str meeting_pid, struct minutes *ret) NODISCARD;

/* Those on from after the one of a pid (with it, too, if so asked), in place of the newest. */
struct err *
minutes_comments(struct cx *cx, struct minutes *x, str after, bool with_it) NODISCARD;
struct err *minutes_corrections(struct cx *cx, struct minutes *x, str after) NODISCARD;

/* As one Markdown document, in bokmål. is_public: without what is exempt. */
str minutes_text(struct cx *cx, const struct minutes *x, bool is_public);

/* Makes the public text of published minutes anew, where the matter stands on them. */
struct err *minutes_publish_again(struct cx *cx, int64_t matter_id) NODISCARD;

/* Minutes that wait for the actor: to be written, approved, published. */
struct err *minutes_tasks(struct cx *cx, struct tasks *tasks) NODISCARD;

extern const struct usecase minutes_usecases[];

#endif
