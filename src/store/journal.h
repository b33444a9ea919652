/*
 * store/journal.h - the joint record of a space: appending to it, and reading it.
 *
 * One act, one entry. The entry commits to content (store/content.h): what the act said and
 * every row it changed, taken from the connection's list of changes. Entries hang in a
 * Merkle tree (store/merkle.h) of which checkpoints are signed (store/checkpoint.h).
 *
 * All of it happens in the caller's transaction, or savepoint, after the act's last write.
 * Before journal_append returns it has read back what it wrote and computed commitment,
 * leaf and root again.
 *
 * Units      now_ms and at_ms are milliseconds UTC. seq is from 0.
 * Ownership  Results live in the arena.
 * Errors     journal.selfcheck   ERR_INTERNAL  what was read back is not what was written,
 *                                              or the end of the record was damaged before
 *            journal.no_change   ERR_INTERNAL  the act changed nothing and does not say so
 *            journal.too_large   ERR_INVALID   more content than one entry may hold
 *            journal.not_found   ERR_NOT_FOUND no such entry
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "store/content.h"
#include "store/entry.h"

struct act_field {
	const char *name; /* of a declared input or a derived fact: [a-z0-9_.] */
	str value;
};

struct act {
	int64_t now_ms;
	const char *action;      /* "matter.submit" */
	const char *object_type; /* "matter" */
	str object_pid;
	str actor_pid;   /* empty: the system itself */
	str org;         /* key of the party; empty or "-": none */
	str session_tag; /* 16 hex; empty or "-": none */
	str reason;      /* a code; empty: none */
	const struct act_field *fields;
	size_t n_fields;
	/* In the content only, where not empty: */
	str appointment; /* under which the actor acted */
	str on_behalf;   /* the party for whom another registered it */
	str channel;     /* how it came: "phone" */
	str note;
	bool no_change; /* the act changes no recorded row, and is recorded all the same */
};

struct err *journal_append(
    struct db *db, struct arena *a, const struct act *act, int64_t *ret_seq) NODISCARD;

/* As journal_append, for an act whose content holds more than what it says and its changes:
 * more is fields of store/content.h that follow them (see store/erase.h). */
struct err *journal_append_more(struct db *db, struct arena *a, const struct act *act, str more,
    int64_t *ret_seq) NODISCARD;

/* --- reading ---------------------------------------------------------------------------- */
struct journal_line {
	struct entry entry;
	str text;    /* of the entry */
	bool erased; /* its content is gone */
	str content;
};

#define JOURNAL_NEWEST INT64_MAX

/* The history of an object ("matter", its pid), the newest first, before before_seq. */
struct err *
journal_history(struct db *db, struct arena *a, const char *object_type, str object_pid,
    int64_t before_seq, int64_t max_n, struct journal_line **ret, size_t *ret_n) NODISCARD;
/* How it began: the oldest first, before before_seq. */
struct err *
journal_beginning(struct db *db, struct arena *a, const char *object_type, str object_pid,
    int64_t before_seq, int64_t max_n, struct journal_line **ret, size_t *ret_n) NODISCARD;
/* The newest first, for the whole space. */
struct err *journal_latest(struct db *db, struct arena *a, int64_t before_seq, int64_t max_n,
    struct journal_line **ret, size_t *ret_n) NODISCARD;

/* What was given for a declared input, or a derived fact; empty: not given, or erased. */
str journal_field(const struct journal_line *line, const char *name);
/* appointment, on_behalf, channel, note, reason. */
str journal_about(const struct journal_line *line, const char *name);

/* Size and root of the record as it is in this transaction. */
struct err *journal_size(struct db *db, struct arena *a, int64_t *ret_size) NODISCARD;
struct err *
journal_root(struct db *db, struct arena *a, int64_t size, struct sha256 *ret) NODISCARD;

/* Proofs; journal.not_found where the record is smaller. */
struct err *journal_prove_inclusion(struct db *db, struct arena *a, int64_t seq, int64_t size,
    struct merkle_path *ret) NODISCARD;
struct err *journal_prove_consistency(struct db *db, struct arena *a, int64_t from, int64_t to,
    struct merkle_path *ret) NODISCARD;

/* Entries from_seq to to_seq - 1 exactly as hashed, one after the other. */
struct err *journal_stream(struct db *db, struct arena *a, int64_t from_seq, int64_t to_seq,
    struct buf *out) NODISCARD;

int64_t journal_pos(unsigned level, uint64_t index); /* of a node, in table journal_node */

#endif
