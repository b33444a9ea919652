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
put_page(PopplerDocument *d, int i, struct filed_text *t)
{
	PopplerPage *page = poppler_document_get_page(d, i);
	char *text = page ? poppler_page_get_text(page) : NULL;

	if (text) {
		filed_text_put(t, str_from_c(text));
		filed_text_put(t, S("\n"));
	}
	g_free(text);
	if (page)
		g_object_unref(page);
}

/* poppler does not look at what happens when a file is opened. Inside compressed objects this
 * sees nothing: readers ask before they run such an action. */
static bool
names_action(str bytes)
{
	return memmem(bytes.p, bytes.n, "/JavaScript", 11) ||
	       memmem(bytes.p, bytes.n, "/Launch", 7);
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
	if (poppler_document_has_javascript(d) || names_action(bytes))
		return err_new(a, ERR_INVALID, "file.active", "script in PDF");
	if (poppler_document_has_attachments(d))
		return err_new(a, ERR_INVALID, "file.embedded", "files in PDF");
	t->pages = poppler_document_get_n_pages(d);
	if (t->pages < 1)
		return err_new(a, ERR_INVALID, "file.damaged", "PDF without pages");
	if (t->pages > PAGES_MAX)
		return err_new(a, ERR_INVALID, "file.too_much", "%d pages", t->pages);
	for (int i = 0; i < t->pages && !t->out.over; i++)
		put_page(d, i, t);
	return OK;
}
