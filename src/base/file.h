/*
 * base/file.h - small files read and written whole, so that a power cut leaves the old one
 * or the new one.
 *
 * Ownership  What is read lives in the arena.
 * Errors     file.missing  ERR_NOT_FOUND  there is no such file
 *            file.exists   ERR_CONFLICT   there is one already
 *            file.broken   ERR_INTERNAL   anything else; detail names the file
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"
#include "base/str.h"

/* Longer than max bytes: file.broken. */
struct err *file_read(struct arena *a, const char *path, size_t max, str *ret) NODISCARD;

/* A new file with that mode, on the disk when this returns. */
struct err *file_make(struct arena *a, const char *path, int mode, str bytes) NODISCARD;

/* The same whether or not it is there: what was there stays until the new is whole. */
struct err *file_replace(struct arena *a, const char *path, int mode, str bytes) NODISCARD;

/* All of the bytes, whatever it takes; false and errno where that cannot be. */
bool file_put(int fd, str bytes);

/* Puts on the disk what a folder says of its files: a new one, another name. */
struct err *file_sync_folder(struct arena *a, const char *dir) NODISCARD;

#endif
