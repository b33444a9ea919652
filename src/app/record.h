/*
 * app/record.h - reading the joint record: for its page, for a party's own copy, and what
 * everybody may ask for.
 */
#ifndef APP_RECORD_H
#define APP_RECORD_H

#include "app/history.h"

struct record_state {
	int64_t size; /* entries */
	str root;     /* of all of them, hex */
	str note;     /* the last signed checkpoint; empty: none yet */
};

/* For everyone: entries hold no content, and the checkpoint only their number and root. */
struct err *record_state(struct cx *cx, struct record_state *ret) NODISCARD;

/* Of the latest n entries before a number those that the actor may see, oldest first;
 * *ret_from_seq is where the next older ones end. Needs ACT_JOURNAL_READ. */
struct err *record_latest(struct cx *cx, int64_t before_seq, int64_t n, struct history *ret,
    int64_t *ret_from_seq) NODISCARD;

/* Entries from to to - 1, exactly as hashed. Needs ACT_JOURNAL_EXPORT. */
struct err *record_export(struct cx *cx, int64_t from, int64_t to, str *ret) NODISCARD;

#endif
