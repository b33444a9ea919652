/*
 * filed_parse.h - the parsers of uploaded files: called in the sandboxed child only, and by
 * fuzz targets. Errors are those of filed.h.
 */
#ifndef STORE_FILED_PARSE_H
#define STORE_FILED_PARSE_H

#include "base/err.h"
#include "base/str.h"
#include "store/file_kind.h"

struct filed_text {
	struct buf out;
	int pages;
};

/* mime is what libmagic says of the bytes. */
struct err *filed_parse(struct arena *a, enum file_kind kind, str bytes, str mime,
    struct filed_text *ret) NODISCARD;

/* Appends text, with a blank for whatever utf_clean refuses. */
void filed_text_put(struct filed_text *t, str s);

/* What an XML of facts about a document says: its texts and its attributes, one a line. */
struct err *filed_put_meta(struct arena *a, str xml, struct filed_text *t) NODISCARD;

struct err *filed_parse_office(
    struct arena *a, enum file_kind kind, str bytes, struct filed_text *t) NODISCARD;
struct err *filed_parse_pdf(struct arena *a, str bytes, struct filed_text *t) NODISCARD;

#endif
