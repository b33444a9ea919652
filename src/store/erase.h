/*
 * store/erase.h - taking content out of the joint record, and the record admits it.
 *
 * A national identity number slipped in, or somebody has a right to be forgotten: first the
 * caller mends the rows in the tables, then journal_erase() drops the content (and with it
 * the keys) of the entries that held the text, and appends one entry that names them and
 * repeats how each row they spoke of is now. So the record still accounts for every row, and
 * the erased entries are still what was signed: only nobody can see what they committed to.
 *
 * Who may do this, and that two from different sides approve, is the caller's matter.
 *
 * Errors     erase.nothing  ERR_INVALID    no entry is named, or its content is gone already
 *            erase.erasure  ERR_INVALID    the content of an erasure cannot be erased
 */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include "store/journal.h"

/* seqs are rising. */
struct err *journal_erase(struct db *db, struct arena *a, const struct act *act,
    const int64_t *seqs, size_t n_seqs, int64_t *ret_seq) NODISCARD;

/* Entries whose content holds the bytes, the oldest first: what an erasure must take. */
struct err *journal_holding(
    struct db *db, struct arena *a, str bytes, int64_t **ret_seqs, size_t *ret_n) NODISCARD;

/* The field of content in which an erasure names the erased: "3 17 204". */
#define ERASED_FIELD "erased"
/* Cuts the first seq off such a list. */
bool erased_next(str *rest, int64_t *ret_seq);

#endif
