/*
 * web/kept.h - what is drawn or counted once, and used until the space has changed.
 *
 * Four things lie in the cache of the site (base/cache.h):
 *  - the pages everybody may see, by path and language, for those who are not logged in. The
 *    ETag lies apart, so that "not modified" is answered without the page;
 *  - what waits for a person acting for a party, for the menu;
 *  - pieces of a page about a thing that are the same for all who may see the thing: whoever
 *    asks for one has looked whether the actor may;
 *  - Markdown as HTML, by the text itself: it is the same for whoever may read the text.
 * The first three are marked with how far the joint record has come and with the minute: they
 * end with the next entry, whichever server process makes it, and at the next minute, for
 * meetings begin, deadlines pass and days end on whole minutes.
 *
 * Ownership  What is got lives in the request's arena.
 * Errors     those of reading how far the joint record has come
 */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "app/day.h"
#include "web/web.h"

enum { KEPT_ROOM = 8 << 20 }; /* bytes for each space */

/* Answers with the page as it is kept, or with its ETag alone where the reader has it
 * already. *ret false: it must be drawn. Inside cx_read(). */
struct err *kept_page(struct request *rq, struct reply *rp, bool *ret) NODISCARD;

/* Keeps the page that was just drawn, in the same snapshot, and gives it its ETag. */
struct err *kept_page_put(struct request *rq, struct reply *rp) NODISCARD;

/* How much waits for the actor in each area. Inside cx_read(). */
struct err *kept_counts(struct request *rq, struct day_counts *ret) NODISCARD;

/* The mark of what holds until the space changes. Inside cx_read(). */
struct err *kept_mark(struct request *rq, str *ret) NODISCARD;

/* A piece about the thing with the pid, in the reader's language; false: it must be drawn, and
 * put in the same snapshot. What it shows may depend on nothing but the thing and the minute:
 * never on who looks. */
bool
kept_piece(const struct request *rq, str mark, const char *name, str pid, struct html *ret);
void kept_piece_put(
    const struct request *rq, str mark, const char *name, str pid, struct html piece);

/* As markdown_html(). */
struct html kept_markdown(const struct request *rq, str text, int first_heading);

#endif
