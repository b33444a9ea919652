/*
 * store/norsk_fts5.h - the Norwegian tokenizer and ranking for SQLite's full-text search.
 *
 *	CREATE VIRTUAL TABLE found USING fts5(title, body, tokenize = 'norsk');
 *	SELECT ... WHERE found MATCH ? ORDER BY norsk_rank(found, 4.0, 1.0) LIMIT 20
 *
 * norsk_rank takes a weight for each column (1 for those not given) and is smaller, that is
 * better, the more often rare words stand there. Unlike bm25 it does not look at the length of
 * texts, which costs a read for each hit.
 */
#ifndef STORE_NORSK_FTS5_H
#define STORE_NORSK_FTS5_H

struct sqlite3;

/* Makes both known to the connection. Returns SQLite's result code. */
int norsk_fts5_register(struct sqlite3 *c);

#endif
