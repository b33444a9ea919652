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
	str note;     /* the last signed checkpoint, with cosignatures; empty: none yet */
};

/* For everyone: entries hold no content, and the checkpoint only their number and root. */
struct err *record_state(struct cx *cx, struct record_state *ret) NODISCARD;

/* Of the latest n entries before a number those that the actor may see, oldest first;
 * *ret_from_seq is where the next older ones end. Needs ACT_JOURNAL_READ. */
struct err *record_latest(struct cx *cx, int64_t before_seq, int64_t n, struct history *ret,
    int64_t *ret_from_seq) NODISCARD;

/* Entries from to to - 1, exactly as hashed. Needs ACT_JOURNAL_EXPORT. */
struct err *record_export(struct cx *cx, int64_t from, int64_t to, str *ret) NODISCARD;

/* A proof, its hashes in hex (RFC 9162 2.1.3 and 2.1.4). */
struct record_proof {
	str leaf; /* hash of the entry; only of an inclusion */
	const str *path;
	size_t n;
};

/* That entry seq is in the record of size entries, and that the record of to entries grew out
 * of that of from. For everyone, as the checkpoint. */
struct err *
record_inclusion(struct cx *cx, int64_t seq, int64_t size, struct record_proof *ret) NODISCARD;
struct err *
record_growth(struct cx *cx, int64_t from, int64_t to, struct record_proof *ret) NODISCARD;

/* The receipt of entry seq (JSON): the entry, the first checkpoint that holds it and the path
 * between. For who may read the record and see what the entry is about; to others there is no
 * such entry. receipt.later ERR_NOT_FOUND until a checkpoint holds it. */
struct err *record_receipt(struct cx *cx, int64_t seq, str *ret) NODISCARD;

#endif
