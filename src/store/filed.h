/*
 * filed.h - reads uploaded files where they can do no harm.
 *
 * From the first byte that is parsed, a file is in the hands of a child process that can do
 * nothing but compute (sandbox.h). The children come from a small process started before the
 * program has threads; each reads one file and ends. What comes back is checked again here.
 *
 * A file is accepted if its ending, its first bytes and its structure say the same, and if
 * nothing is hidden in it (macros, scripts, embedded files): then its text is all there is to
 * search and to scan for identity numbers. With it goes what the file says about itself:
 * title and author, and of a picture, whose text is not read, nothing else.
 *
 * Units      Sizes are bytes.
 * Ownership  Results live in the arena given to filed_read.
 * Errors     file.kind_unknown  ERR_INVALID   the ending is not on the list (file_kind.h)
 *            file.kind_differs  ERR_INVALID   the content is not what the ending says
 *            file.damaged       ERR_INVALID   its structure is broken, or parts are missing
 *            file.encrypted     ERR_INVALID   a password is needed
 *            file.active        ERR_INVALID   holds macros or scripts
 *            file.embedded      ERR_INVALID   holds other files
 *            file.too_much      ERR_INVALID   too large, or unpacks to too much
 *            file.unreadable    ERR_INVALID   takes too long or too much memory to read
 *            file.no_reader     ERR_INTERNAL  the child process cannot be started
 */
#ifndef STORE_FILED_H
#define STORE_FILED_H

#include "base/err.h"
#include "base/str.h"
#include "store/file_kind.h"

enum {
	FILED_FILE_MAX = 50 << 20,
	FILED_TEXT_MAX = 4 << 20, /* text beyond this is cut */
};

struct filed_result {
	enum file_kind kind;
	str content_type; /* ours */
	str text;         /* clean UTF-8 */
	bool text_cut;    /* there was more */
	int pages;        /* of a PDF; 0 else */
};

struct filed;

/* To be called before the program starts any thread. */
struct err *filed_start(struct arena *a, struct filed **ret) NODISCARD;
void filed_stop(struct filed *f); /* NULL is fine */

/* May be called by many threads; at most four files are read at once, others wait. fd stays
 * open, its position is not used. */
struct err *filed_read(
    struct filed *f, struct arena *a, int fd, str filename, struct filed_result *ret) NODISCARD;
struct err *filed_read_bytes(struct filed *f, struct arena *a, str bytes, str filename,
    struct filed_result *ret) NODISCARD;

/* What a child can do of the things it must not (PROBE_* of sandbox.h): 0 if all is well.
 * locked false asks a child without its sandbox, to show that the question is a real one. */
struct err *
filed_selftest(struct filed *f, struct arena *a, bool locked, unsigned *ret_can) NODISCARD;

#endif
