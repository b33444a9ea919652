/*
 * cache.h - bytes kept under a name for as long as there is room and a mark still holds.
 *
 * For what costs more to make than to keep: drawn pages, drawn Markdown, counts. A mark says
 * of what the bytes were made ("as the space was after entry 812"); asked for with another
 * mark they are not there. Any number of threads may use one cache.
 *
 * Units      Sizes are bytes; the room counts names, marks, bytes and what keeping costs.
 * Ownership  What is put in is copied; what is got is a copy in the caller's arena. The cache
 *            lives until its arena is finished.
 * Errors     none: what does not fit is not kept, and what was not used for longest goes first.
 */
#ifndef BASE_CACHE_H
#define BASE_CACHE_H

#include "base/str.h"

struct cache;

struct cache *cache_new(struct arena *a, size_t room);

/* False: nothing is kept under the name with this mark. */
bool cache_get(struct cache *c, struct arena *a, str name, str mark, str *ret);

/* Keeps the bytes, in the place of what was under the name. More than an eighth of the room
 * is never kept. */
void cache_put(struct cache *c, str name, str mark, str bytes);

/* How much of the room is taken. */
size_t cache_used(struct cache *c);

#endif
