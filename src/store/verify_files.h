/*
 * store/verify_files.h - the bytes of attachments against the SHA-256 that the record has.
 *
 * The rows that name the hash are checked by store/verify.h; the bytes beside them here. A
 * removed attachment may be without its bytes: they can be erased.
 *
 * Problems are said in one line each: SPACE attachment ID: what.
 * Errors     those of store/db.h
 */
#ifndef STORE_VERIFY_FILES_H
#define STORE_VERIFY_FILES_H

#include "store/verify.h"

/* Adds what it finds to ret->problems. db outside a transaction. */
struct err *verify_files(struct db *db, struct arena *a, const struct verify *v,
    struct verify_result *ret) NODISCARD;

#endif
