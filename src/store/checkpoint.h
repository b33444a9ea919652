/*
 * store/checkpoint.h - signed checkpoints of a space's record, and proofs for others.
 *
 * Signing and keeping are two steps. What is signed must be on the disk for good, so
 * checkpoint_sign() reads committed data only (a reading connection); checkpoint_keep() is
 * then a write like others. A crash between the two costs nothing: the same is signed again.
 *
 * Units      now_at is UTC seconds.
 * Ownership  Results live in the arena.
 * Errors     checkpoint.forked  ERR_INTERNAL   the record is not what was signed before
 *            checkpoint.none    ERR_NOT_FOUND  no checkpoint that could tell
 *            and those of store/signer.h, store/note.h and store/journal.h
 */
#ifndef STORE_CHECKPOINT_H
#define STORE_CHECKPOINT_H

#include "store/journal.h"
#include "store/signer.h"

/* Signs the record as it is in db's snapshot. An empty record: checkpoint.none. */
struct err *checkpoint_sign(struct db *db, struct arena *a, const struct signer *signer,
    str origin, str *ret_note) NODISCARD;

/* Keeps a note that is of this record; one of the same size is kept already: nothing. */
struct err *checkpoint_keep(struct db *db, struct arena *a, str note, int64_t now_at) NODISCARD;

/* The note of a size with the lines of all who have cosigned it. */
struct err *
checkpoint_cosigned(struct db *db, struct arena *a, int64_t size, str note, str *ret) NODISCARD;

/* For others, as JSON with hashes in hex. A receipt is entry seq, the first checkpoint that
 * holds it and the path between; growth is the proof from one size to another. */
struct err *
checkpoint_receipt(struct db *db, struct arena *a, int64_t seq, struct buf *out) NODISCARD;
struct err *checkpoint_growth(
    struct db *db, struct arena *a, int64_t from, int64_t to, struct buf *out) NODISCARD;

/* All checkpoints with the growth from each to the next: what goes with journal_stream() to
 * whoever checks an export (tools/verify_journal.py). */
struct err *
checkpoint_export(struct db *db, struct arena *a, str key_text, struct buf *out) NODISCARD;

#endif
