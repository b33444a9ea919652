/*
 * store/content.h - the content that an entry of the joint record commits to.
 *
 * A sequence of fields "name SP length LF bytes LF". First what the act said (appointment,
 * on_behalf, channel, note, reason where given, then in:NAME for each declared input), then
 * every row it changed: "+TABLE" as the row is now, "-TABLE" as it was when deleted. The
 * bytes of a row are fields again, one a column in the order of the table: "NAME/TYPE" with
 * TYPE n (NULL, no bytes), i (decimal), t (text), b (bytes), r (real), or h for more than
 * 4096 bytes: their SHA-256, in hex.
 *
 * Pure. Ownership: what is cut points into the content.
 */
#ifndef STORE_CONTENT_H
#define STORE_CONTENT_H

#include "store/db.h"

enum { CONTENT_MAX = 64 << 20, CONTENT_BYTES_MAX = 4096 };

void content_put(struct buf *b, char prefix_or_0, const char *name, str bytes);
void content_put_row(struct buf *b, const struct db_change *change);

/* The bytes of a row alone, and of its primary key, for comparing. */
str content_row(struct arena *a, const struct db_table *table, const struct db_value *values);
str content_pk(struct arena *a, const struct db_table *table, const struct db_value *values);

/* Cuts the first field off. False: nothing left (ret_rest empty) or not a field. */
bool content_next(str *rest, str *ret_name, str *ret_bytes);

/* The bytes of a field by name; empty if it is not there. */
str content_find(str content, const char *name);

/* A row image: which table and what happened. False: this field is not a row. */
bool content_is_row(str name, char *ret_op, str *ret_table);

/* The primary key of a row image in the same form as content_pk; false: columns missing. */
bool content_image_pk(struct arena *a, const struct db_table *table, str image, str *ret);

/* The key for people: "17", or "3,9" where it has several columns. */
str content_pk_text(struct arena *a, str pk);

#endif
