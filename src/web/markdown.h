/*
 * web/markdown.h - what people write with Markdown, as HTML and as plain text.
 *
 * CommonMark with tables, strikethrough and task lists. Markup people write shows as they
 * wrote it. A link stays where it is https:, mailto:, a path of ours or a #fragment; of
 * others, and of pictures, the text stays. A line break is a line break.
 *
 * Ownership  The result lives in the arena.
 * Errors     none: a text over MARKDOWN_MAX_BYTES, or with more depth, columns or openers
 *            than anybody writes, comes out as it was written, in one pre.
 */
#ifndef WEB_MARKDOWN_H
#define WEB_MARKDOWN_H

#include "web/html.h"

enum { MARKDOWN_MAX_BYTES = 200 * 1024 };

/* The highest heading in the text becomes level first_heading (1 to 6), the others follow. */
struct html markdown_html(struct arena *a, str text, int first_heading);

/* The words alone, for search: a blank between inline parts, a newline between blocks. */
str markdown_plain(struct arena *a, str text);

#endif
