/*
 * app/history.h - what happened to a thing, read from the joint record.
 *
 * Ownership  Lines live in cx->a.
 */
#ifndef APP_HISTORY_H
#define APP_HISTORY_H

#include "app/cx.h"
#include "store/journal.h"

struct history_line {
	int64_t seq, at;
	enum action action; /* ACT_NONE: one that this program no longer knows */
	str key;            /* the action as it was recorded */
	str object_type, object_pid;
	str person;    /* empty: the system */
	str party;     /* for whom; empty: nobody */
	str on_behalf; /* the party whose answer another registered; empty: none */
	str reason;    /* what was written as the reason; empty: none */
	str label;     /* a number that was given; empty: none */
};

struct history {
	const struct history_line *v; /* oldest first */
	size_t n;
	size_t
	    n_first; /* so many are how it began, and after them some are left out; 0: none */
};

/* The latest n lines before before_seq (JOURNAL_NEWEST) about the object ("matter", its pid),
 * which the actor may see; and where there are more, the first HISTORY_FIRST. */
enum { HISTORY_FIRST = 20 };
struct err *history_of(struct cx *cx, const char *object_type, str pid, int64_t before_seq,
    int64_t n, struct history *ret) NODISCARD;

/* The latest n lines of the whole space, whatever they are about. */
struct err *
history_latest(struct cx *cx, int64_t before_seq, int64_t n, struct history *ret) NODISCARD;

#endif
