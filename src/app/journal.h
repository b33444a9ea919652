/*
 * app/journal.h - what is done to the record of a whole space: signing, checking, handing out.
 *
 * The origin of a space's record is "rodtrad/K/KEY", K being 8 digits of the hash of the public
 * key of this installation: unique without anyone having to think of a name, and another
 * when the key is.
 *
 * Units      now_at is UTC seconds.
 * Ownership  Results live in the arena.
 * Errors     those of store/signer.h, store/checkpoint.h, store/db.h and app/open.h
 */
#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H

#include "app/open.h"
#include "store/checkpoint.h"
#include "store/verify.h"

/* The signer of the data folder; its key is made on first use. */
struct err *journal_signer(struct arena *a, const char *dir, struct signer *ret) NODISCARD;
/* False: there is no key yet. */
struct err *journal_signer_known(
    struct arena *a, const char *dir, struct signer *ret, bool *ret_known) NODISCARD;

struct note_key journal_key(struct arena *a, const struct signer *s, str key);

/* Signs the record as it is on the disk and keeps the note in it. */
struct err *journal_sign(struct space *space, struct arena *a, const struct signer *signer,
    str key, int64_t now_at, str *ret_note) NODISCARD;

struct checking {
	const char *dir, *database; /* as for space_open_key() */
	const char *key_text;       /* verifier key; NULL: that of the folder, if it has one */
	const str *notes;           /* kept elsewhere */
	size_t n_notes;
	void (*say)(void *arg, const char *line);
	void *arg;
};

/* Checks one space without opening it for work, so that damage cannot get in the way. */
struct err *journal_check(
    struct arena *a, const struct checking *c, str key, struct verify_result *ret) NODISCARD;

/* Hands out the whole record: the entries to write(), some at a time, then in ret_checkpoints
 * the checkpoints (JSON). One snapshot. */
struct err *journal_export(struct space *space, struct arena *a, str key_text,
    struct err *(*write)(void *arg, str bytes), void *arg, str *ret_checkpoints) NODISCARD;

#define JOURNAL_RECEIPT (-1)

/* The proof that the record of to entries grew out of that of from, as JSON; to
 * JOURNAL_RECEIPT: a receipt for entry from. Entries and proofs hold no content. */
struct err *journal_prove(
    struct space *space, struct arena *a, int64_t from, int64_t to, str *ret_json) NODISCARD;

#endif
