/*
 * store/verify.h - the whole record of a space, and every row it accounts for, checked.
 *
 * Looks for any change to: an entry, the content it commits to, the tree, a checkpoint, and
 * any value of any row of a recorded table, by replaying all row images in order and
 * comparing what must be there with what is. Reads one snapshot, in memory of about 200
 * bytes a row.
 *
 * What it cannot see: that something was left out before it was recorded; and a rewritten
 * record, unless it is held against a checkpoint kept elsewhere (notes).
 *
 * Problems are not errors: each is said in one line, which names the place:
 *	SPACE seq N: what              an entry, its content, its nodes
 *	SPACE TABLE KEY: what          a row; KEY is its primary key, "3,9" for several columns
 *	SPACE journal_checkpoint SIZE: what
 *	SPACE cosignature SIZE,WITNESS: what
 *
 * Errors     those of store/db.h: it could not be checked
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/db.h"
#include "store/note.h"

struct verify {
	const char *space;          /* its name, for the lines */
	const struct note_key *key; /* of the checkpoints; NULL: signatures are not checked */
	str origin;                 /* empty: any */
	int64_t signed_size;        /* the signer's last; 0: unknown */
	const str *notes;           /* checkpoints kept elsewhere, held against the record */
	size_t n_notes;
	void (*say)(void *arg, const char *line);
	void *arg;
};

struct verify_result {
	int64_t entries, erased, rows, checkpoints, cosignatures, problems;
	struct sha256 root;
};

/* db is a connection of the caller's own, outside a transaction. */
struct err *verify_space(struct db *db, struct arena *a, const struct verify *v,
    struct verify_result *ret) NODISCARD;

#endif
