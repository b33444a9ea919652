/*
 * store/note.h - checkpoints of the joint record as signed notes (C2SP signed-note,
 * tlog-checkpoint, tlog-cosignature).
 *
 * A checkpoint is "origin LF size LF base64(root) LF"; a note is a text, a blank line, and
 * signature lines "— name base64(key id | signature)". Signatures of keys that nobody asked
 * about are let be; a line that claims to be of a known key must be right.
 *
 * Ownership  Results live in the arena or point into the note.
 * Errors     note.malformed       ERR_INVALID  not a note, or not a checkpoint
 *            note.unsigned        ERR_INVALID  no signature of the key
 *            note.bad_signature   ERR_INVALID  a signature in the key's name is wrong
 *            note.bad_key         ERR_INVALID  not a verifier key as text
 */
#ifndef STORE_NOTE_H
#define STORE_NOTE_H

#include "store/merkle.h"

enum { NOTE_MAX = 64 << 10, SIGN_PUBLIC_BYTES = 32, SIGN_SEED_BYTES = 32, SIGN_BYTES = 64 };

enum note_key_type { /* in key ids, never renumber */
	NOTE_ED25519 = 0x01,
	NOTE_COSIGNATURE = 0x04,
};

struct note_key {
	str name;
	enum note_key_type type;
	unsigned char public[SIGN_PUBLIC_BYTES];
};

struct checkpoint {
	str origin;
	int64_t size;
	struct sha256 root;
};

/* The text of a checkpoint. */
str checkpoint_body(struct arena *a, const struct checkpoint *c);
struct err *checkpoint_parse(struct arena *a, str body, struct checkpoint *ret) NODISCARD;
bool origin_valid(str origin); /* no blanks, plus, quotes or backslashes; at most 100 */

str note_key_text(struct arena *a, const struct note_key *key); /* name+id+base64: a vkey */
struct err *note_key_parse(struct arena *a, str text, struct note_key *ret) NODISCARD;

/* A signature line for body, made elsewhere. time_at only for NOTE_COSIGNATURE. */
str note_line(struct arena *a, const struct note_key *key, int64_t time_at,
    const unsigned char signature[SIGN_BYTES]);
str note_join(struct arena *a, str body, str lines);

/* The text of a note and its signature lines. */
struct err *note_split(struct arena *a, str note, str *ret_body, str *ret_lines) NODISCARD;

/* Checks that key has signed the note; ret_body is its text. ret_time_at is the cosigner's
 * time, 0 for an ordinary signature; may be NULL. */
struct err *note_check(struct arena *a, str note, const struct note_key *key, str *ret_body,
    int64_t *ret_time_at) NODISCARD;

/* What a cosigner signs. */
str cosigned_text(struct arena *a, int64_t time_at, str body);

#endif
