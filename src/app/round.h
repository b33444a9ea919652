/*
 * app/round.h - rounds: asking the parties, their answers, and what came of each remark.
 *
 * A round is opened to all parties in the matter's scope at once and equally. Everybody asked
 * sees who is asked and what each has answered; what the others wrote a party sees when it has
 * answered itself or the deadline has passed, so that nobody leans on another's words. The
 * secretariat and the authors see all of it at once.
 *
 * Units      deadline_at is the first instant that is too late: the day after the last day.
 * Ownership  Results live in cx->a.
 * Errors     not_found             ERR_NOT_FOUND  no such round, or not for this actor
 *            round.no_version      ERR_CONFLICT   the matter has no version to read
 *            round.nobody_missing  ERR_CONFLICT   a reminder, and everybody has answered
 *            and those of core/round.h and core/matter.h
 */
#ifndef APP_ROUND_H
#define APP_ROUND_H

#include "app/matter.h"
#include "app/task.h"
#include "core/round.h"
#include "core/round_row.h"

/* Fills what rounds say of the matter into the facts. */
struct err *
round_facts(struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

/* --- reading ---------------------------------------------------------------------------- */
struct round_group { /* parties of one region; name empty: of none */
	str name;
	const struct round_party *const *v;
	size_t n;
	int answered_n;
};

struct round_class { /* R092 */
	enum size_class size;
	int asked_n, answered_n;
};

/* A round with its answers, as the actor may see them: where text_hidden, what others wrote
 * has been taken out. */
struct round_matrix {
	const struct round_row *round;
	const struct matter *matter;
	struct object object;
	const struct round_party *parties; /* in the order of the parties */
	size_t n;
	const struct round_group *groups;
	size_t n_groups;
	const struct round_party *mine; /* the party acted for, when it is asked; else NULL */
	struct round_facts facts;
	struct round_counts counts;
	int64_t state;               /* enum round_state */
	int64_t median_s;            /* from opening to answer; -1: nobody has answered */
	int64_t changed_n;           /* remarks that changed the text, wholly or partly */
	struct round_class sizes[3]; /* small, medium, large */
	bool text_hidden;
};
struct err *round_matrix(struct cx *cx, str pid, struct round_matrix *ret) NODISCARD;

/* The text that is read: the sections of the version; none: the matter's own summary. */
struct round_section {
	int64_t kind; /* of the case document */
	str text;
};
struct err *round_document(struct cx *cx, const struct round_matrix *m,
    const struct round_section **ret, size_t *ret_n) NODISCARD;

/* The latest round of a matter that the actor may see; an empty pid: none. */
struct err *round_pid_of(struct cx *cx, const struct matter *m, str *ret) NODISCARD;

struct round_lines {
	const struct round_line *v;
	size_t n;
};
/* The newest first: those opened before an instant, or on from after the round of a pid. */
struct err *rounds_recent(
    struct cx *cx, int64_t before_at, str after, int64_t n, struct round_lines *ret) NODISCARD;
/* Those whose result is not taken yet, the nearest deadline first. */
struct err *rounds_in_progress(struct cx *cx, struct round_lines *ret) NODISCARD;

/* What the party acted for has been asked and has not answered; none for who is no contact. */
struct round_waitings {
	const struct round_waiting *v;
	size_t n;
};
struct err *rounds_waiting_for(struct cx *cx, struct round_waitings *ret) NODISCARD;

/* How each party has answered rounds that are over (R092). */
struct round_rate {
	str party_pid, party_name;
	enum size_class size;
	int64_t asked_n, answered_n, late_n, comments_n;
};
struct err *round_rates(struct cx *cx, struct round_rate **ret, size_t *ret_n) NODISCARD;

/* Who can be chosen when the matter's scope does not say whom to ask, and who is asked then.
 * *ret_open: somebody must choose. */
struct round_candidate {
	str pid, name;
	bool chosen;
};
struct err *round_candidates(struct cx *cx, const struct matter *m,
    struct round_candidate **ret, size_t *ret_n, bool *ret_open) NODISCARD;

/* The last day that the charter's time for reading gives, counted from today. */
int64_t round_last_day(const struct cx *cx);

/* What waits for the actor, for "Min dag". */
struct err *round_tasks(struct cx *cx, struct tasks *tasks) NODISCARD;

extern const struct usecase round_usecases[];
extern const struct choice round_answer_choices[], round_channels[], round_dispositions[];

#endif
