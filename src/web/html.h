/*
 * web/html.h - writing HTML. Templates go through here; nothing else writes markup.
 *
 * The escaper follows from the type and the place. In text, html_put() takes str, C strings,
 * integers, struct text and struct html. In an attribute, html_put_attr() refuses struct html,
 * and html_put_url() takes struct url only. tools/tplgen picks the function; the compiler
 * refuses the rest (by `default`: its message then stands on the line of the argument).
 *
 * Ownership  A returned struct points into the arena, or at what it was made from.
 * Errors     none; a buffer that is full has over set.
 */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "base/str.h"
#include "web/url.h"

struct text { /* escaped, without markup: fine in text and in a quoted attribute */
	str s;
};
struct html { /* markup we made ourselves, e.g. from Markdown: fine in text only */
	str s;
};

void html_put_str(struct buf *out, str s); /* & < > " ' become references */
void html_put_c(struct buf *out, const char *s);
void html_put_int(struct buf *out, long long n);
void html_put_uint(struct buf *out, unsigned long long n);
void html_put_text(struct buf *out, struct text t);
void html_put_html(struct buf *out, struct html h);
void html_put_url(struct buf *out, struct url u);

#define HTML_PUT_PLAIN_                                                            \
	const char * : html_put_c,                                                 \
		       char * : html_put_c,                                        \
				int : html_put_int,                                \
				      long : html_put_int,                         \
					     long long : html_put_int,             \
							 unsigned : html_put_uint, \
								    unsigned long  \
	    : html_put_uint,                                                       \
	      unsigned long long : html_put_uint,                                  \
				   struct text : html_put_text,                    \
						 default : html_put_str
#define html_put(out, x)      _Generic((x), HTML_PUT_PLAIN_, struct html : html_put_html)((out), (x))
#define html_put_attr(out, x) _Generic((x), HTML_PUT_PLAIN_)((out), (x))

/* ` name="value"` without the blank, or nothing where the value is empty: name?="{{ x }}". */
void html_put_optional(struct buf *out, str name, struct text value);
void html_put_optional_url(struct buf *out, str name, struct url value);

/* Escaped text of anything html_put_attr() takes. */
struct text html_text_str(struct arena *a, str s); /* s itself where nothing needs escaping */
struct text html_text_c(struct arena *a, const char *s);
struct text html_text_int(struct arena *a, long long n);
struct text html_text_text(struct arena *a, struct text t);
struct html html_html_str(struct arena *a, str s);
struct html html_html_c(struct arena *a, const char *s);
struct html html_html_text(struct arena *a, struct text t);
struct html html_html_html(struct arena *a, struct html h);

/* Takes what nothing is: the compiler's message about another type than %d's, on the line of
 * the template. */
struct integer {
	long long n;
};
struct text html_text_integer(struct arena *a, struct integer n);

/* The arguments of %s and %d in a translated text: as text, and as what may hold markup. */
#define html_text_s(a, x) \
	_Generic((x), const char * : html_text_c, char * : html_text_c,                     \
	    struct text : html_text_text, default : html_text_str)((a), (x))
#define html_text_d(a, x)                       \
	_Generic((x), int                       \
		 : html_text_int, long          \
		 : html_text_int, long long     \
		 : html_text_int, unsigned      \
		 : html_text_int, unsigned long \
		 : html_text_int, default       \
		 : html_text_integer)((a), (x))
#define html_html_s(a, x) \
	_Generic((x), const char * : html_html_c, char * : html_html_c,                     \
	    struct text : html_html_text, struct html : html_html_html,                     \
	    default : html_html_str)((a), (x))
#define html_html_d(a, x) html_html_text((a), html_text_d((a), (x)))

/* Writes the translated text with %s, %d and %1$s replaced; tplgen has checked the number. */
void html_put_format(struct buf *out, struct text fmt, const struct html *args, size_t n);
struct text
html_text_format(struct arena *a, struct text fmt, const struct text *args, size_t n);

#endif
