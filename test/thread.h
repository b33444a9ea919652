/*
 * test/thread.h - the main thread of the product, step by step, as people or programs take it.
 *
 * A step names who does what; it goes through the page's own form (web_answer) or through the
 * API, and must succeed. Stages build on each other: thread_to(t, THREAD_HELD) takes a new
 * matter all the way from the first report to a meeting that has been held.
 *
 * It knows no cooperation: who, which body and which seats come from the charter.
 */
#ifndef TEST_THREAD_H
#define TEST_THREAD_H

#include "people.h"

enum by { BY_PAGE = 1, BY_API };

enum stage {
	THREAD_NEW = 0,
	THREAD_SUBMITTED,
	THREAD_TRIAGED,
	THREAD_WRITTEN,  /* a version that has passed the quality gate */
	THREAD_ASKED,    /* a round is open */
	THREAD_ANSWERED, /* and over: answers, one late, one on behalf, one objection */
	THREAD_READY,    /* revised, signed by both, frozen */
	THREAD_SUMMONED, /* on an agenda that all setters approved; called */
	THREAD_STOOD,    /* the municipal side has met and taken its position, and keeps it */
	THREAD_SITTING,  /* position released, attendance taken, opened */
	THREAD_HELD,     /* treated, closed */
	THREAD_MINUTED,  /* minutes approved; the decision has its number */
	THREAD_CARRIED,  /* acknowledged and done by every party; closed */
	THREAD_PUBLISHED,
};

struct thread {
	struct people *p;
	enum by by;
	enum stage stage;
	const char *title, *body, *type; /* key of the body; type of the matter */
	const char *matter, *round, *meeting, *item, *decision; /* pids, when they are there */
	const char *contact[40]; /* of the municipalities, as in the charter */
	size_t n_contacts;
	int said;         /* forms sent: each has a key of its own */
	const char *once; /* the key of the form that was sent last */
	/* Called before and after each step that is to succeed, with all that it sends. */
	void (*before)(struct thread *t, const char *who, const struct usecase *uc,
	    const char *const *pairs);
	void (*after)(struct thread *t, const char *who, const struct usecase *uc,
	    const char *const *pairs);
};

void thread_begin(struct thread *t, struct people *p, enum by by);
void thread_to(struct thread *t, enum stage stage);

/* One step by names and values as in act(). rev, when it is asked for and not given, is that
 * of the object as it is now. The test fails unless the answer is that it was done. */
#define step(t, who, action, ...) \
	step_list(                \
	    (t), (who), (action), 0, (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
/* The same when it must be refused with the HTTP status, and leave no entry in the journal. */
#define refused(t, who, action, status, ...)      \
	step_list((t), (who), (action), (status), \
	    (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
void step_list(struct thread *t, const char *who, enum action action, int status,
    const char *const *pairs);

/* The pairs with a rev, if the use case asks for one and none is given. */
const char *const *
thread_pairs(struct thread *t, const struct usecase *uc, const char *const *pairs);

/* One sending just as it is, without judging the answer. once: the key of the form, or NULL
 * for one of its own. */
struct answer thread_send(struct thread *t, const char *who, const struct usecase *uc,
    const char *const *pairs, const char *once);

/* Some days later. Sessions end. */
void thread_wait(struct thread *t, int days);
const char *thread_day(struct thread *t, int days_from_now);

/* One value of one row as text, by a pid or another text in place of "?"; NULL: no row. */
const char *sql_text(struct people *p, const char *sql, const char *arg);
int64_t sql_int(struct people *p, const char *sql, const char *arg);

#endif
