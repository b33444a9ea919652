/*
 * web/diff.h - the changes from one text to another, shown in the text.
 *
 * Ownership  The result lives in the arena.
 * Errors     none.
 */
#ifndef WEB_DIFF_H
#define WEB_DIFF_H

#include "base/diff.h"
#include "web/html.h"

/* The new text with <ins> around what came and <del> around what went; a newline is a <br>. */
struct html diff_html(struct arena *a, str was, str is);

#endif
