/*
 * store/entry.h - one entry of the joint record as text, and a record as a stream of them.
 *
 * An entry is exactly 13 lines of US-ASCII with LF (docs: the record's format v1). Reading
 * is strict: what entry_parse accepts, entry_format writes again byte for byte.
 *
 * Units      time_ms is milliseconds since 1970-01-01T00:00:00Z, years 1970-9999.
 * Ownership  Parsed values point into the text.
 * Errors     entry.malformed  ERR_INVALID   a line is missing, out of order or not canonical
 *            entry.value      ERR_INTERNAL  a value that may not stand in an entry
 *            record.broken    ERR_INVALID   the stream is not one unbroken record
 */
#ifndef STORE_ENTRY_H
#define STORE_ENTRY_H

#include "store/merkle.h"

enum { ENTRY_LINES = 13, ENTRY_VALUE_MAX = 200, ENTRY_MAX = 2048 };

struct entry {
	int64_t seq;        /* from 0 */
	struct sha256 prev; /* leaf of entry seq - 1; zeros for the first */
	int64_t time_ms;
	str actor;   /* "u:ID" or "system" */
	str org;     /* the party's key, or "-" */
	str session; /* 16 hex digits, or "-" */
	str action;  /* "matter.submit" */
	str object;  /* "matter:ID" */
	int64_t rev;
	str from, to; /* commitments before and after, 64 hex digits, or "-" */
	str reason;   /* a code, or "-" */
};

struct err *entry_format(struct arena *a, const struct entry *e, str *ret) NODISCARD;
struct err *entry_parse(struct arena *a, str text, struct entry *ret) NODISCARD;

str entry_time(struct arena *a, int64_t time_ms); /* 2026-03-05T09:00:00.000Z */

/* The first entry of a stream of entries (13 lines), and what follows. */
bool entry_cut(str stream, str *ret_entry, str *ret_rest);

/* Reads a record entry by entry, in constant memory. Zeroed: nothing read. */
struct record_reader {
	struct merkle_front front;
	struct sha256 last_leaf;
	int64_t last_ms;
};

/* Takes the next entry: it must parse, follow the last by seq, prev and time. */
struct err *
record_next(struct record_reader *r, struct arena *a, str text, struct entry *ret) NODISCARD;

/* A whole stream against the root it should have: all or nothing. */
struct err *
record_check(struct arena *a, str stream, int64_t size, const struct sha256 *root) NODISCARD;

/* HMAC-SHA-256 of the content under the key that is kept beside it. */
enum { COMMIT_KEY_BYTES = 32 };
struct sha256 commitment(const unsigned char key[COMMIT_KEY_BYTES], str content);

#endif
