#include "web/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <string.h>

enum { HTML_MAX_BYTES = 20 * MARKDOWN_MAX_BYTES }; /* 17 for a text of line breaks */

static pthread_once_t registered = PTHREAD_ONCE_INIT;

/* What a person writes stays far under these. Past them the library takes time or memory by
 * the square of the text's length. */
enum {
	MAX_DEPTH = 60,     /* quotes and lists in each other, as one line opens them */
	MAX_OPENERS = 500,  /* of pictures, and of the markup that is searched to the end */
	MAX_COLUMNS = 200,  /* | in a line */
	MAX_CELLS = 100000, /* columns of the widest line by lines: a table fills up its rows */
};

struct extent {
	size_t depth, openers, columns, lines;
};

/* Quotes and list items that the line begins with. */
static size_t
depth_of(str line)
{
	size_t depth = 0;

	for (size_t i = 0; i < line.n && strchr("> \t-+*.)0123456789", line.p[i]); i++) {
		bool ends = i + 1 == line.n || line.p[i + 1] == ' ' || line.p[i + 1] == '\t';
		if (line.p[i] == '>' || (ends && strchr("-+*.)", line.p[i])))
			depth++;
	}
	return depth;
}

static void
measure_line(struct extent *e, str line)
{
	size_t depth = depth_of(line), columns = 1;

	for (size_t i = 0; i < line.n; i++) {
		char next = i + 1 < line.n ? line.p[i + 1] : 0;
		columns += line.p[i] == '|';
		e->openers += (line.p[i] == '!' && next == '[') ||
			      (line.p[i] == '<' && (next == '?' || next == '!'));
	}
	e->lines++;
	if (e->depth < depth)
		e->depth = depth;
	if (e->columns < columns)
		e->columns = columns;
}

static bool
is_reasonable(str text)
{
	struct extent e = {0};
	size_t from = 0;

	if (text.n > MARKDOWN_MAX_BYTES)
		return false;
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != '\n' && text.p[i] != '\r')
			continue;
		measure_line(&e, (str){text.p ? text.p + from : "", i - from});
		if (i + 1 < text.n && text.p[i] == '\r' && text.p[i + 1] == '\n')
			i++;
		from = i + 1;
	}
	return e.depth <= MAX_DEPTH && e.openers <= MAX_OPENERS && e.columns <= MAX_COLUMNS &&
	       e.columns * e.lines <= MAX_CELLS;
}

/* The parsed text, or NULL where it is none that a person would write. The caller frees it. */
static cmark_node *
parse(str text)
{
	static const char *const extensions[] = {"table", "strikethrough", "tasklist"};

	if (!is_reasonable(text))
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
is_inline(cmark_node *node)
{
	return (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
}

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Browsers leave tabs and line ends out, and would read two slashes where one was seen. */
static bool
is_allowed_link(const char *url)
{
	if (strpbrk(url, "\t\n\r"))
		return false;
	if (*url == '/')
		return url[1] != '/' && url[1] != '\\';
	return *url == '#' || starts(url, "https://") || starts(url, "mailto:");
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

/* --- HTML ------------------------------------------------------------------------------- */

/* The library's own renderer is not used: to take links and pictures out of its tree costs
 * time by the square of their depth, and what comes out here has gone through our escaper. */
struct page {
	struct buf b;
	int shift;            /* from the level of a heading in the text to that on the page */
	const uint8_t *align; /* of the columns of the table we are in: 'r', 'c', 'l' or 0 */
	int column;
	bool in_head; /* of a table */
};

static void
put(struct page *page, const char *markup)
{
	buf_put(&page->b, str_from_c(markup));
}

/* Blocks start on a line of their own. */
static void
put_line(struct page *page, const char *markup)
{
	if (page->b.n && page->b.p[page->b.n - 1] != '\n')
		put(page, "\n");
	put(page, markup);
}

static void
put_link(struct page *page, cmark_node *node, bool enter)
{
	const char *title = cmark_node_get_title(node);

	if (!is_allowed_link(cmark_node_get_url(node)))
		return;
	if (!enter) {
		put(page, "</a>");
		return;
	}
	put(page, "<a href=\"");
	html_put_c(&page->b, cmark_node_get_url(node));
	if (title && *title) {
		put(page, "\" title=\"");
		html_put_c(&page->b, title);
	}
	put(page, "\">");
}

static void
put_heading(struct page *page, cmark_node *node, bool enter)
{
	static const char *const open[] = {"<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"};
	static const char *const close[] = {
	    "</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"};
	int level = cmark_node_get_heading_level(node) + page->shift;

	level = level > 6 ? 6 : level;
	if (enter)
		put_line(page, open[level - 1]);
	else
		put(page, close[level - 1]);
}

static void
put_list(struct page *page, cmark_node *node, bool enter)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);

	if (!enter)
		put_line(page, ordered ? "</ol>\n" : "</ul>\n");
	else if (ordered && start != 1) {
		put_line(page, "<ol start=\"");
		html_put_int(&page->b, start);
		put(page, "\">\n");
	} else
		put_line(page, ordered ? "<ol>\n" : "<ul>\n");
}

/* A task is an item that starts with a box: a checkbox nobody can tick has no label. */
static void
put_item(struct page *page, cmark_node *node, bool enter)
{
	if (!enter) {
		put(page, "</li>\n");
		return;
	}
	put_line(page, "<li>");
	if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
		put(page, cmark_gfm_extensions_get_tasklist_item_checked(node) ? "☑ " : "☐ ");
}

/* A paragraph of an item in a list without blank lines has no tag. */
static void
put_paragraph(struct page *page, cmark_node *node, bool enter)
{
	cmark_node *item = cmark_node_parent(node),
		   *list = item ? cmark_node_parent(item) : NULL;

	if (list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	    cmark_node_get_list_tight(list)) {
		if (!enter && cmark_node_next(node))
			put(page, "\n");
		return;
	}
	if (enter && item && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
	    !cmark_node_previous(node))
		put(page, "<p>"); /* right after the box of a task */
	else if (enter)
		put_line(page, "<p>");
	else
		put(page, "</p>\n");
}

static void
put_escaped(struct page *page, const char *before, cmark_node *node, const char *after)
{
	put(page, before);
	html_put_c(&page->b, cmark_node_get_literal(node));
	put(page, after);
}

static void
put_row(struct page *page, cmark_node *row, bool enter)
{
	bool head = cmark_gfm_extensions_get_table_row_is_header(row);

	page->column = 0;
	page->in_head = head;
	if (enter && head)
		put_line(page, "<thead>\n");
	else if (enter &&
		 cmark_gfm_extensions_get_table_row_is_header(cmark_node_previous(row)))
		put_line(page, "<tbody>\n");
	put(page, enter ? "<tr>\n" : "</tr>\n");
	if (!enter && head)
		put(page, "</thead>\n");
	else if (!enter && !cmark_node_next(row))
		put(page, "</tbody>\n");
}

static void
put_cell(struct page *page, bool enter)
{
	bool head = page->in_head;

	if (!enter) {
		put(page, head ? "</th>\n" : "</td>\n");
		return;
	}
	put(page, head ? "<th" : "<td");
	switch (page->align[page->column++]) {
	case 'r': put(page, " class=\"rt-r\">"); return;
	case 'c': put(page, " class=\"rt-c\">"); return;
	default: put(page, ">"); return;
	}
}

/* Nodes of the extensions, whose types are known by name only. */
static void
put_extension(struct page *page, cmark_node *node, bool enter)
{
	const char *type = cmark_node_get_type_string(node);

	if (strcmp(type, "strikethrough") == 0) {
		put(page, enter ? "<del>" : "</del>");
	} else if (strcmp(type, "table") == 0) {
		page->align = cmark_gfm_extensions_get_table_alignments(node);
		put_line(page, enter ? "<table>\n" : "</table>\n");
	} else if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0) {
		put_row(page, node, enter);
	} else if (strcmp(type, "table_cell") == 0) {
		put_cell(page, enter);
	}
}

static void
put_block(struct page *page, cmark_node *node, bool enter)
{
	switch ((unsigned)cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		put_line(page, enter ? "<blockquote>\n" : "</blockquote>\n");
		return;
	case CMARK_NODE_LIST: put_list(page, node, enter); return;
	case CMARK_NODE_ITEM: put_item(page, node, enter); return;
	case CMARK_NODE_PARAGRAPH: put_paragraph(page, node, enter); return;
	case CMARK_NODE_HEADING: put_heading(page, node, enter); return;
	case CMARK_NODE_THEMATIC_BREAK: put_line(page, "<hr>\n"); return;
	case CMARK_NODE_CODE_BLOCK:
		put_line(page, "");
		put_escaped(page, "<pre><code>", node, "</code></pre>\n");
		return;
	case CMARK_NODE_HTML_BLOCK:
		put_line(page, "");
		put_escaped(page, "<pre>", node, "</pre>\n");
		return;
	default: put_extension(page, node, enter); return;
	}
}

static void
put_inline(struct page *page, cmark_node *node, bool enter)
{
	switch ((unsigned)cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE: put_escaped(page, "", node, ""); return;
	case CMARK_NODE_CODE: put_escaped(page, "<code>", node, "</code>"); return;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK: put(page, "<br>\n"); return;
	case CMARK_NODE_EMPH: put(page, enter ? "<em>" : "</em>"); return;
	case CMARK_NODE_STRONG: put(page, enter ? "<strong>" : "</strong>"); return;
	case CMARK_NODE_LINK: put_link(page, node, enter); return;
	case CMARK_NODE_IMAGE: return; /* its text follows */
	default: put_extension(page, node, enter); return;
	}
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
	struct page page = {.b = buf_new(a, HTML_MAX_BYTES)};
	cmark_event_type event;

	if (!doc)
		return as_written(a, text);
	page.shift = first_heading - highest_heading(doc);
	cmark_iter *it = cmark_iter_new(doc);
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		if (is_inline(node))
			put_inline(&page, node, event == CMARK_EVENT_ENTER);
		else
			put_block(&page, node, event == CMARK_EVENT_ENTER);
	}
	cmark_iter_free(it);
	cmark_node_free(doc);
	return page.b.over ? as_written(a, text) : (struct html){buf_str(&page.b)};
}

/* --- plain text ------------------------------------------------------------------------- */

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
	if (!is_inline(node) && b->n && b->p[b->n - 1] != '\n' &&
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
