#include "store/filed_parse.h"

#include <poppler.h>
#include <string.h>

enum { PAGES_MAX = 5000 };

static void
drop_object(void *o)
{
	g_object_unref(o);
}

static struct err *
open_failed(struct arena *a, const GError *e)
{
	bool locked = e && e->domain == POPPLER_ERROR && e->code == POPPLER_ERROR_ENCRYPTED;

	return err_new(a, ERR_INVALID, locked ? "file.encrypted" : "file.damaged", "%s",
	    e ? e->message : "not a PDF");
}

static void
put_line(struct filed_text *t, char *text)
{
	if (text) {
		filed_text_put(t, str_from_c(text));
		filed_text_put(t, S("\n"));
	}
	g_free(text);
}

static bool
has_file(PopplerPage *page)
{
	GList *notes = poppler_page_get_annot_mapping(page);
	bool found = false;

	for (const GList *l = notes; l && !found; l = l->next) {
		const PopplerAnnotMapping *m = l->data;
		found = poppler_annot_get_annot_type(m->annot) == POPPLER_ANNOT_FILE_ATTACHMENT;
	}
	poppler_page_free_annot_mapping(notes);
	return found;
}

static struct err *
put_page(struct arena *a, PopplerDocument *d, int i, struct filed_text *t)
{
	PopplerPage *page = poppler_document_get_page(d, i);
	struct err *e = OK;

	if (!page)
		return OK;
	if (has_file(page))
		e = err_new(a, ERR_INVALID, "file.embedded", "file on page %d", i + 1);
	else
		put_line(t, poppler_page_get_text(page));
	g_object_unref(page);
	return e;
}

/* What the file says about itself. */
static void
put_info(struct arena *a, PopplerDocument *d, struct filed_text *t)
{
	char *xmp = poppler_document_get_metadata(d);

	put_line(t, poppler_document_get_title(d));
	put_line(t, poppler_document_get_author(d));
	put_line(t, poppler_document_get_subject(d));
	put_line(t, poppler_document_get_keywords(d));
	put_line(t, poppler_document_get_creator(d));
	put_line(t, poppler_document_get_producer(d));
	if (xmp && filed_put_meta(a, str_from_c(xmp), t))
		filed_text_put(t, str_from_c(xmp)); /* not XML: as it is */
	g_free(xmp);
}

/* The name that begins after the slash, with #xx read as the byte it stands for. */
static str
name_at(str rest, char *room, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < rest.n && n < max; i++) {
		unsigned v = (unsigned char)rest.p[i];
		if (v == '#' && i + 2 < rest.n && g_ascii_isxdigit(rest.p[i + 1]) &&
		    g_ascii_isxdigit(rest.p[i + 2])) {
			v = (unsigned)g_ascii_xdigit_value(rest.p[i + 1]) << 4 |
			    (unsigned)g_ascii_xdigit_value(rest.p[i + 2]);
			i += 2;
		}
		room[n++] = (char)v;
	}
	return (str){room, n};
}

/* poppler does not look at what happens when a file is opened. Inside compressed objects this
 * sees nothing: readers ask before they run such an action. */
static bool
has_name(str bytes, str name)
{
	char room[16];

	for (str rest = bytes; rest.n;) {
		const char *slash = memchr(rest.p, '/', rest.n);
		if (!slash)
			return false;
		rest = (str){slash + 1, (size_t)(bytes.p + bytes.n - slash - 1)};
		if (str_eq(name_at(rest, room, name.n), name))
			return true;
	}
	return false;
}

struct err *
filed_parse_pdf(struct arena *a, str bytes, struct filed_text *t)
{
	GError *why = NULL;
	GBytes *g = g_bytes_new_static(bytes.p, bytes.n);
	PopplerDocument *d = poppler_document_new_from_bytes(g, NULL, &why);

	g_bytes_unref(g);
	if (!d)
		return open_failed(a, why); /* why goes with the process */
	arena_defer(a, drop_object, d);
	if (poppler_document_has_javascript(d) || has_name(bytes, S("JavaScript")) ||
	    has_name(bytes, S("Launch")))
		return err_new(a, ERR_INVALID, "file.active", "script in PDF");
	if (poppler_document_has_attachments(d) || has_name(bytes, S("FileAttachment")))
		return err_new(a, ERR_INVALID, "file.embedded", "files in PDF");
	t->pages = poppler_document_get_n_pages(d);
	if (t->pages < 1)
		return err_new(a, ERR_INVALID, "file.damaged", "PDF without pages");
	if (t->pages > PAGES_MAX)
		return err_new(a, ERR_INVALID, "file.too_much", "%d pages", t->pages);
	for (int i = 0; i < t->pages && !t->out.over; i++)
		TRY(put_page(a, d, i, t));
	put_info(a, d, t);
	return OK;
}
