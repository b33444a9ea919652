/*
 * file_read.h - the parsers of uploaded files: called in the sandboxed child only, and by
 * fuzz targets. Errors are those of filed.h.
 */
#ifndef STORE_FILE_READ_H
#define STORE_FILE_READ_H

#include "base/err.h"
#include "base/str.h"
#include "store/file_kind.h"

struct file_text {
	struct buf out;
	int pages;
};

/* mime is what libmagic says of the bytes. */
struct err *file_read(struct arena *a, enum file_kind kind, str bytes, str mime,
    struct file_text *ret) NODISCARD;

/* Appends text, with a blank for whatever utf_clean refuses. */
void file_text_put(struct file_text *t, str s);

struct err *file_office_read(
    struct arena *a, enum file_kind kind, str bytes, struct file_text *t) NODISCARD;
struct err *file_pdf_read(struct arena *a, str bytes, struct file_text *t) NODISCARD;

#endif
