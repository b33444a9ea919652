/*
 * app/attachment.h - files that belong to a matter's case document.
 *
 * Only kinds on the list (store/file_kind.h) come in; each is parsed in the sandboxed reader
 * and its text is looked through for identity numbers. Pictures cannot be read: the page says
 * so where they are chosen. A removed file stays in the record, and can no longer be fetched.
 *
 * Units      Sizes are bytes.
 * Errors     not_found                   ERR_NOT_FOUND  no such file, or removed
 *            attachment.identity_number  (fault)        the file holds one: nothing is kept
 *            attachment.identity_like    (fault)        something that looks like one
 *            attachment.too_long         (fault)        more text than can be looked through
 *            attachment.too_many         (fault)        the matter has 100 files or 500 MB
 *            and those of store/filed.h
 */
#ifndef APP_ATTACHMENT_H
#define APP_ATTACHMENT_H

#include "app/document.h"

enum { ATTACHMENT_CHUNK = 64 << 10 };

/* What the file is, the type we say it is, and a descriptor with its bytes, for the caller
 * to close. */
struct err *attachment_fetch(struct cx *cx, const struct matter *m, str pid,
    struct attachment_line *ret, str *ret_type, int *ret_fd) NODISCARD;

extern const struct usecase attachment_usecases[];

#endif
