#include "web/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <string.h>

static pthread_once_t registered = PTHREAD_ONCE_INIT;

/* The parsed text, or NULL where it is too long. The caller frees it. */
static cmark_node *
parse(str text)
{
	static const char *const extensions[] = {"table", "strikethrough", "tasklist"};

	if (text.n > MARKDOWN_MAX_BYTES)
		return NULL;
	pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++)
		cmark_parser_attach_syntax_extension(
		    parser, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, text.p, text.n);
	cmark_node *doc = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return doc;
}

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool
is_allowed_link(const char *url)
{
	if (*url == '/')
		return url[1] != '/' && url[1] != '\\';
	return *url == '#' || starts(url, "https://") || starts(url, "mailto:");
}

/* The node's children take its place. */
static void
unwrap(cmark_node *node)
{
	for (cmark_node *child; (child = cmark_node_first_child(node));)
		cmark_node_insert_before(node, child);
	cmark_node_free(node);
}

static cmark_node *
text_node(const char *text)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_literal(node, text);
	return node;
}

/* Markup that was written becomes the text of what was written. */
static void
show_markup(cmark_node *node, bool is_block)
{
	cmark_node *shown = text_node(cmark_node_get_literal(node));

	if (is_block) {
		cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_append_child(paragraph, shown);
		shown = paragraph;
	}
	cmark_node_replace(node, shown);
	cmark_node_free(node);
}

/* A task becomes an item that starts with a box: a checkbox nobody can tick has no label. */
static void
show_task(cmark_node *item)
{
	cmark_syntax_extension *e = cmark_node_get_syntax_extension(item);
	cmark_node *first = cmark_node_first_child(item);

	if (!e || strcmp(cmark_node_get_type_string(item), "tasklist") != 0)
		return;
	bool done = cmark_gfm_extensions_get_tasklist_item_checked(item);
	cmark_node_set_syntax_extension(item, NULL);
	if (first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH)
		cmark_node_prepend_child(first, text_node(done ? "☑ " : "☐ "));
}

/* The level of the highest heading, 1 if there is none. */
static int
highest_heading(cmark_node *doc)
{
	cmark_iter *it = cmark_iter_new(doc);
	int level = 0;

	while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
		int here = cmark_node_get_heading_level(cmark_iter_get_node(it));
		if (here && (!level || here < level))
			level = here;
	}
	cmark_iter_free(it);
	return level ? level : 1;
}

static void
clean_node(cmark_node *node, int shift)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_HEADING) {
		int level = cmark_node_get_heading_level(node) + shift;
		cmark_node_set_heading_level(node, level > 6 ? 6 : level);
	} else if (type == CMARK_NODE_LINK) {
		if (!is_allowed_link(cmark_node_get_url(node)))
			unwrap(node);
	} else if (type == CMARK_NODE_IMAGE) {
		unwrap(node);
	} else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
		show_markup(node, type == CMARK_NODE_HTML_BLOCK);
	} else if (type == CMARK_NODE_ITEM) {
		show_task(node);
	}
}

/* Makes the tree one that may be shown. Nodes are changed when they are left, so that what the
 * iterator goes to next is still there. */
static void
clean(cmark_node *doc, int first_heading)
{
	int shift = first_heading - highest_heading(doc);
	cmark_iter *it = cmark_iter_new(doc);
	cmark_event_type event;

	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(node);
		if (event == CMARK_EVENT_EXIT || type == CMARK_NODE_HTML_BLOCK ||
		    type == CMARK_NODE_HTML_INLINE) /* leaves are only entered */
			clean_node(node, shift);
	}
	cmark_iter_free(it);
}

static struct html
as_written(struct arena *a, str text)
{
	struct buf b = buf_new(a, 6 * text.n + 16);

	buf_put(&b, S("<pre>"));
	html_put_str(&b, text);
	buf_put(&b, S("</pre>\n"));
	return (struct html){buf_str(&b)};
}

struct html
markdown_html(struct arena *a, str text, int first_heading)
{
	cmark_node *doc = parse(text);

	if (!doc)
		return as_written(a, text);
	clean(doc, first_heading);
	char *html = cmark_render_html(doc, CMARK_OPT_HARDBREAKS, NULL);
	struct html ret = {str_copy(a, str_from_c(html))};
	cmark_get_default_mem_allocator()->free(html);
	cmark_node_free(doc);
	return ret;
}

/* ---- plain text ----------------------------------------------------------------------- */

static bool
is_block(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK &&
	       type != CMARK_NODE_DOCUMENT;
}

static void
put_plain(struct buf *b, cmark_node *node, cmark_event_type event)
{
	const char *literal = cmark_node_get_literal(node);
	cmark_node_type type = cmark_node_get_type(node);

	if (event == CMARK_EVENT_ENTER && literal)
		buf_put(b, str_from_c(literal));
	if (event == CMARK_EVENT_ENTER &&
	    (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK))
		buf_put(b, S(" "));
	if (is_block(node) && b->n && b->p[b->n - 1] != '\n' &&
	    (event == CMARK_EVENT_EXIT || literal))
		buf_put(b, S("\n"));
}

str
markdown_plain(struct arena *a, str text)
{
	cmark_node *doc = parse(text);
	struct buf b = buf_new(a, 4 * text.n + 16);
	cmark_event_type event;

	if (!doc)
		return text;
	cmark_iter *it = cmark_iter_new(doc);
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE)
		put_plain(&b, cmark_iter_get_node(it), event);
	cmark_iter_free(it);
	cmark_node_free(doc);
	return str_trim(buf_str(&b));
}

/* The text with every run of blanks as one space. */
static str
one_line(struct arena *a, str s)
{
	char *p = arena_array(a, char, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool blank = (unsigned char)s.p[i] <= ' ';
		if (!blank || (n && p[n - 1] != ' '))
			p[n++] = blank ? ' ' : s.p[i];
	}
	return (str){p, n};
}

str
markdown_excerpt(struct arena *a, str text, size_t max_chars)
{
	str s = one_line(a, markdown_plain(a, text));
	size_t chars = 0, i = 0, word_end = 0;

	for (; i < s.n; i++) {
		if (s.p[i] == ' ')
			word_end = i;
		if ((s.p[i] & 0xc0) != 0x80 && chars++ == max_chars)
			break;
	}
	if (i == s.n)
		return s;
	struct buf b = buf_new(a, s.n + 8);
	buf_put(&b, (str){s.p, word_end ? word_end : i});
	buf_put(&b, S(" …"));
	return buf_str(&b);
}
