#include "web/diff.h"

#include <string.h>

static void
put_lines(struct buf *b, str text)
{
	str line;

	while (str_cut(text, '\n', &line, &text)) {
		html_put_str(b, line);
		buf_put(b, S("<br>\n"));
	}
	html_put_str(b, text);
}

static void
put_span(struct buf *b, const struct diff_span *s)
{
	switch (s->kind) {
	case DIFF_EQUAL: put_lines(b, s->text); return;
	case DIFF_DELETE:
		buf_put(b, S("<del>"));
		put_lines(b, s->text);
		buf_put(b, S("</del>"));
		return;
	case DIFF_INSERT:
		buf_put(b, S("<ins>"));
		put_lines(b, s->text);
		buf_put(b, S("</ins>"));
		return;
	}
}

struct html
diff_html(struct arena *a, str was, str is)
{
	struct diff_span *spans;
	size_t n;

	diff_words(a, was, is, &spans, &n);
	struct buf b = buf_new(a, 6 * (was.n + is.n) + n * sizeof("<del></del>") + 16);
	for (size_t i = 0; i < n; i++)
		put_span(&b, &spans[i]);
	return (struct html){buf_str(&b)};
}
