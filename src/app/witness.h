/*
 * app/witness.h - those who cosign the record for a side, outside our reach.
 *
 * A party names its witness by a verifier key (C2SP, type 0x04); naming another ends the one
 * before. A witness checks that a checkpoint has grown out of the last it signed, signs it,
 * and sends the note back. Its line is a row of the record and goes with every copy of the
 * checkpoint from then on. Whoever brings it, the signature proves itself.
 *
 * Ownership  Results live in cx->a.
 * Errors     faults: key witness.bad_key, witness.known; note cosign.other_record,
 *            cosign.unknown, cosign.wrong, cosign.time, cosign.again
 */
#ifndef APP_WITNESS_H
#define APP_WITNESS_H

#include "app/usecase.h"

struct witness {
	str pid, party, key;
	int64_t side;            /* enum side */
	int64_t size, signed_at; /* of its last cosignature; 0: none */
};

/* Those that may sign now. Needs ACT_JOURNAL_READ. */
struct err *witnesses(struct cx *cx, const struct witness **ret, size_t *ret_n) NODISCARD;

extern const struct usecase witness_usecases[];

#endif
