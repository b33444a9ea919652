/*
 * store/signer.h - who signs checkpoints: holds the key, and signs only growth.
 *
 * The interface is small so that a process of its own can stand behind it. Behind it now is
 * a file: DIR/checkpoint.key (the seed as base64, mode 0600, made on first use). Beside it the
 * signer keeps, for each origin, the checkpoint it signed last, and signs nothing that is not
 * proven to have grown out of that: not even the program's own database can make it sign a
 * second history.
 *
 * Threads    signer_sign() is called by one thread at a time for one origin.
 * Ownership  Results live in the arena.
 * Errors     signer.broken  ERR_INTERNAL  the key or the last checkpoint cannot be read or kept
 *            signer.refused ERR_INTERNAL  the checkpoint has not grown out of the last one
 */
#ifndef STORE_SIGNER_H
#define STORE_SIGNER_H

#include "store/note.h"

struct signer {
	void *arg;
	/* The last checkpoint signed for the origin; size 0: none. */
	struct err *(*last)(
	    void *arg, struct arena *a, str origin, struct checkpoint *ret)NODISCARD;
	/* Signs c, which growth proves to be consistent with the last one. */
	struct err *(*sign)(void *arg, struct arena *a, const struct checkpoint *c,
	    const struct merkle_path *growth, unsigned char ret_signature[SIGN_BYTES])NODISCARD;
	unsigned char public[SIGN_PUBLIC_BYTES];
};

/* The signer with its files in dir, which exists. Lives as long as a. */
struct err *signer_open(struct arena *a, const char *dir, struct signer *ret) NODISCARD;

/* The key by which others check what it signs for an origin. */
struct note_key signer_key(const struct signer *s, str origin);

#endif
