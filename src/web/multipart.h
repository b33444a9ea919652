/*
 * multipart.h - multipart/form-data, read as it arrives (RFC 7578, RFC 2046 5.1).
 *
 * Fields are kept in memory, files go to an unnamed temporary file while their SHA-256 is
 * taken. Everything is bounded; nothing is repaired.
 *
 * Units      Sizes are bytes.
 * Ownership  Parts, names and texts live in the arena; so do the files, which are closed when
 *            it is finished.
 * Errors     multipart.bad_boundary   ERR_INVALID   no boundary, or one RFC 2046 forbids
 *            multipart.malformed      ERR_INVALID   not what the two RFCs describe
 *            multipart.too_many       ERR_INVALID   more parts than allowed
 *            multipart.too_large      ERR_INVALID   a field or a file is larger than allowed
 *            multipart.bad_text       ERR_INVALID   a name or a field is not clean UTF-8
 *            multipart.no_room        ERR_INTERNAL  a temporary file cannot be written
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "base/err.h"
#include "base/str.h"

struct multipart_part {
	str name;
	str text;         /* a field: clean UTF-8 in NFC, lines end with LF */
	bool is_file;     /* the part had a filename, even an empty one */
	str filename;     /* last component only; empty if the person chose no file */
	str content_type; /* what the client claims; never trust it */
	int fd;           /* a file: readable and seekable; -1: a field, or no file chosen */
	int64_t n;        /* a file: its size */
	unsigned char sha256[32];
};

struct multipart {
	struct multipart_part *parts; /* in the order sent */
	size_t n;
};

struct multipart_limits {
	size_t parts;        /* 0: 200 */
	size_t text_total;   /* all fields together; 0: 1 MB */
	int64_t file;        /* one file; 0: 50 MB */
	const char *tmp_dir; /* NULL: /tmp */
};

/* The boundary parameter of a Content-Type value. */
struct err *multipart_boundary(struct arena *a, str content_type, str *ret) NODISCARD;

struct multipart_reader;
struct multipart_reader *
multipart_reader_new(struct arena *a, str boundary, const struct multipart_limits *limits);

/* Takes the next bytes of the body; after an error nothing more may be fed. */
struct err *multipart_feed(struct multipart_reader *r, str bytes) NODISCARD;

/* The body has ended: gives the parts, or an error if the last boundary never came. */
struct err *multipart_end(struct multipart_reader *r, struct multipart *ret) NODISCARD;

#endif
