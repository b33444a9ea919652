/* DOCX, XLSX and ODT: a zip of XML. */
#include "store/filed_parse.h"

#include <libxml/xmlreader.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

enum {
	ENTRIES_MAX = 5000,
	PART_MAX = 64 << 20,
	UNPACKED_MAX = 200 << 20,
	RATIO_MAX = 200, /* counted above RATIO_FROM: small parts may be all blanks */
	RATIO_FROM = 8 << 20,
	DEPTH_MAX = 200,
};

struct office {
	struct arena *a;
	struct filed_text *t;
	zip_t *z;
	int64_t n;
	int64_t unpacked; /* read so far */
};

static struct err *
damaged(struct arena *a, const char *why)
{
	return err_new(a, ERR_INVALID, "file.damaged", "%s", why);
}

static struct err *
too_much(struct arena *a, const char *why)
{
	return err_new(a, ERR_INVALID, "file.too_much", "%s", why);
}

static bool
begins(str s, str with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

/* Names of parts are the same in upper and lower case (OPC, 6.2.2). */
static bool
ends_as(str s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && strncasecmp(s.p + s.n - n, with, n) == 0;
}

static bool
contains(str s, str what)
{
	return memmem(s.p, s.n, what.p, what.n) != NULL;
}

/* --- the zip ---------------------------------------------------------------------------- */

/* Directories have no text and no name worth reading, but their names are checked too. */
static bool
name_ok(str name)
{
	str seg, rest = name;

	if (!name.n || name.p[0] == '/' || memchr(name.p, '\\', name.n) || !utf8_valid(name))
		return false;
	while (rest.n) {
		if (!str_cut(rest, '/', &seg, &rest)) {
			seg = rest;
			rest.n = 0;
		}
		if (!seg.n || str_eq(seg, S(".")) || str_eq(seg, S("..")))
			return false;
	}
	return true;
}

static struct err *
check_hidden(struct arena *a, str name)
{
	if (contains(name, S("vbaProject")) || begins(name, S("Basic/")) ||
	    begins(name, S("Scripts/")) || contains(name, S("activeX")) ||
	    contains(name, S("macrosheets/")))
		return err_new(a, ERR_INVALID, "file.active", STR_FMT, STR_ARG(name));
	if (contains(name, S("embeddings/")) || contains(name, S("ObjectReplacements/")) ||
	    begins(name, S("Object ")))
		return err_new(a, ERR_INVALID, "file.embedded", STR_FMT, STR_ARG(name));
	return OK;
}

static struct err *
check_entry(struct office *o, const zip_stat_t *st, int64_t *total)
{
	const zip_uint64_t want = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
				  ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;

	if ((st->valid & want) != want || !name_ok(str_from_c(st->name)))
		return damaged(o->a, "bad entry in zip");
	if (st->encryption_method != ZIP_EM_NONE)
		return err_new(o->a, ERR_INVALID, "file.encrypted", "encrypted zip entry");
	if (st->comp_method != ZIP_CM_STORE && st->comp_method != ZIP_CM_DEFLATE)
		return damaged(o->a, "unusual compression");
	if (st->size > UNPACKED_MAX || (*total += (int64_t)st->size) > UNPACKED_MAX)
		return too_much(o->a, "unpacks to too much");
	if (st->size > RATIO_FROM && st->size / RATIO_MAX > st->comp_size)
		return too_much(o->a, "unpacks to suspiciously much");
	return check_hidden(o->a, str_from_c(st->name));
}

/* ZIP_CHECKCONS makes libzip compare the directory with the entries, and zip_name_locate finds
 * the first of a name, in upper or lower case: a second of it is what another reader might
 * see. */
static struct err *
check_entries(struct office *o)
{
	int64_t total = 0;

	if (o->n < 1)
		return damaged(o->a, "empty zip");
	if (o->n > ENTRIES_MAX)
		return too_much(o->a, "too many entries");
	for (int64_t i = 0; i < o->n; i++) {
		zip_stat_t st;

		if (zip_stat_index(o->z, (zip_uint64_t)i, 0, &st) != 0)
			return damaged(o->a, "bad entry in zip");
		TRY(check_entry(o, &st, &total));
		if (zip_name_locate(o->z, st.name, ZIP_FL_NOCASE) != i)
			return damaged(o->a, "two entries of one name");
	}
	return OK;
}

static struct err *
read_entry(struct office *o, int64_t i, str *ret)
{
	zip_stat_t st;

	if (zip_stat_index(o->z, (zip_uint64_t)i, 0, &st) != 0)
		return damaged(o->a, "bad entry in zip");
	if (st.size > PART_MAX)
		return too_much(o->a, "part too large");
	zip_file_t *f = zip_fopen_index(o->z, (zip_uint64_t)i, 0);
	if (!f)
		return damaged(o->a, "entry cannot be read");
	char *p = arena_array(o->a, char, st.size + 1);
	zip_int64_t n = zip_fread(f, p, st.size + 1); /* never more than it promised */
	zip_fclose(f);
	if (n < 0 || (zip_uint64_t)n != st.size)
		return damaged(o->a, "entry is not as long as it says");
	*ret = (str){p, st.size};
	return OK;
}

static struct err *
read_named(struct office *o, const char *name, str *ret)
{
	int64_t i = zip_name_locate(o->z, name, 0);

	return i < 0 ? err_new(o->a, ERR_INVALID, "file.damaged", "no %s", name)
		     : read_entry(o, i, ret);
}

/* --- the text of a part ----------------------------------------------------------------- */

static bool
is_one_of(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

/* Elements that part words; the same local names mean the same in all three formats. */
static void
put_break(struct filed_text *t, const char *name)
{
	static const char *const lines[] = {"p", "h", "row", "table-row", "si", "br", "cr",
	    "line-break", "comment", "title", "desc", NULL};
	static const char *const gaps[] = {"tab", "c", "tc", "table-cell", "s", NULL};

	if (is_one_of(name, lines))
		filed_text_put(t, S("\n"));
	else if (is_one_of(name, gaps))
		filed_text_put(t, S("\t"));
}

/* In the OOXML formats only some elements hold what people wrote; what was deleted under
 * change tracking is still in the file, so it counts. */
static bool
holds_text(enum file_kind kind, const char *name)
{
	static const char *const ooxml[] = {"t", "delText", "v", "text", "is", "title", "desc",
	    "tspan", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader",
	    "firstFooter", NULL};

	return kind == FILE_ODT || is_one_of(name, ooxml);
}

static bool
is_shared_string(xmlTextReaderPtr r)
{
	xmlChar *type = xmlTextReaderGetAttribute(r, (const xmlChar *)"t");
	bool shared = type && strcmp((const char *)type, "s") == 0;

	xmlFree(type);
	return shared;
}

struct walk {
	enum file_kind kind;
	bool is_meta; /* facts about the document: each element and attribute is one */
	bool in_text; /* the innermost element holds text */
	bool shared;  /* the cell's value is the number of a shared string */
};

static void
put_attributes(struct filed_text *t, xmlTextReaderPtr r)
{
	while (xmlTextReaderMoveToNextAttribute(r) == 1) {
		const char *value = (const char *)xmlTextReaderConstValue(r);

		if (!value || xmlTextReaderIsNamespaceDecl(r) == 1)
			continue;
		filed_text_put(t, str_from_c(value));
		filed_text_put(t, S("\n"));
	}
	xmlTextReaderMoveToElement(r);
}

/* What people write in attributes: of any element, or of one. */
static bool
is_written(const char *element, const char *attribute)
{
	static const char *const of_any[] = {"descr", "title", "alt", "tooltip", NULL};
	static const char *const named[] = {"sheet", "table", NULL};
	static const char *const valued[] = {
	    "tblCaption", "tblDescription", "alias", "docVar", NULL};

	return is_one_of(attribute, of_any) ||
	       (strcmp(attribute, "name") == 0 && is_one_of(element, named)) ||
	       (strcmp(attribute, "val") == 0 && is_one_of(element, valued));
}

static void
put_written(struct filed_text *t, xmlTextReaderPtr r, const char *element)
{
	while (xmlTextReaderMoveToNextAttribute(r) == 1) {
		const char *value = (const char *)xmlTextReaderConstValue(r);

		if (!value || !*value ||
		    !is_written(element, (const char *)xmlTextReaderConstLocalName(r)))
			continue;
		filed_text_put(t, S("\n"));
		filed_text_put(t, str_from_c(value));
		filed_text_put(t, S("\n"));
	}
	xmlTextReaderMoveToElement(r);
}

static void
on_meta_node(struct office *o, xmlTextReaderPtr r)
{
	const char *value = (const char *)xmlTextReaderConstValue(r);

	switch (xmlTextReaderNodeType(r)) {
	case XML_READER_TYPE_ELEMENT: put_attributes(o->t, r); break;
	case XML_READER_TYPE_END_ELEMENT: filed_text_put(o->t, S("\n")); break;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
		if (value)
			filed_text_put(o->t, str_from_c(value));
		break;
	}
}

static void
on_node(struct office *o, xmlTextReaderPtr r, struct walk *w)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(r);
	const char *value = (const char *)xmlTextReaderConstValue(r);

	switch (xmlTextReaderNodeType(r)) {
	case XML_READER_TYPE_ELEMENT:
		w->in_text =
		    holds_text(w->kind, name) && !(w->shared && strcmp(name, "v") == 0);
		if (w->kind == FILE_XLSX && strcmp(name, "c") == 0)
			w->shared = is_shared_string(r);
		put_written(o->t, r, name);
		if (xmlTextReaderIsEmptyElement(r))
			put_break(o->t, name);
		break;
	case XML_READER_TYPE_END_ELEMENT:
		put_break(o->t, name);
		w->in_text = w->kind == FILE_ODT;
		break;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		if (w->in_text && value)
			filed_text_put(o->t, str_from_c(value));
		break;
	}
}

/* w:altChunk takes in another document, of a kind that nobody here reads. */
static bool
takes_in(xmlTextReaderPtr r, int type)
{
	return type == XML_READER_TYPE_ELEMENT &&
	       strcmp((const char *)xmlTextReaderConstLocalName(r), "altChunk") == 0;
}

/* To the next node; *ret_more is false after the last. */
static struct err *
next_node(struct office *o, xmlTextReaderPtr r, bool *ret_more)
{
	int more = xmlTextReaderRead(r);
	int type = xmlTextReaderNodeType(r);

	if (more < 0)
		return damaged(o->a, "bad XML");
	*ret_more = more != 0;
	if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY ||
	    type == XML_READER_TYPE_ENTITY_REFERENCE)
		return damaged(o->a, "XML with a document type");
	if (xmlTextReaderDepth(r) > DEPTH_MAX)
		return too_much(o->a, "XML too deep");
	if (takes_in(r, type))
		return err_new(o->a, ERR_INVALID, "file.embedded", "altChunk");
	return OK;
}

static struct err *
walk_part(struct office *o, xmlTextReaderPtr r, void *arg)
{
	struct walk *w = arg;
	bool more = true;

	while (!o->t->out.over) {
		TRY(next_node(o, r, &more));
		if (!more)
			break;
		if (w->is_meta)
			on_meta_node(o, r);
		else
			on_node(o, r, w);
	}
	filed_text_put(o->t, S("\n"));
	return OK;
}

static struct err *
read_xml(struct office *o, str xml,
    struct err *(*read)(struct office *o, xmlTextReaderPtr r, void *arg), void *arg)
{
	xmlTextReaderPtr r = xmlReaderForMemory(xml.p, (int)xml.n, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
	if (!r)
		return damaged(o->a, "bad XML");
	struct err *e = read(o, r, arg);
	xmlFreeTextReader(r);
	return e;
}

static bool
is_meta(str name)
{
	return begins(name, S("docProps/")) || begins(name, S("customXml/")) ||
	       str_eq(name, S("meta.xml"));
}

static struct err *
put_part(struct office *o, int64_t i, enum file_kind kind, str name)
{
	str xml;

	TRY(read_entry(o, i, &xml));
	return read_xml(
	    o, xml, walk_part, &(struct walk){.kind = kind, .is_meta = is_meta(name)});
}

struct err *
filed_put_meta(struct arena *a, str xml, struct filed_text *t)
{
	struct office o = {.a = a, .t = t};

	return read_xml(&o, xml, walk_part, &(struct walk){.is_meta = true});
}

/* --- the three formats ------------------------------------------------------------------ */

/* In OOXML a part may lie anywhere; check_types sees to it that no other name is XML. */
static bool
has_text(enum file_kind kind, str name)
{
	if (kind == FILE_ODT)
		return str_eq(name, S("content.xml")) || str_eq(name, S("styles.xml")) ||
		       str_eq(name, S("meta.xml"));
	return ends_as(name, ".xml") || ends_as(name, ".svg");
}

static struct err *
put_all_parts(struct office *o, enum file_kind kind)
{
	for (int64_t i = 0; i < o->n && !o->t->out.over; i++) {
		const char *name = zip_get_name(o->z, (zip_uint64_t)i, 0);

		if (name && has_text(kind, str_from_c(name)))
			TRY(put_part(o, i, kind, str_from_c(name)));
	}
	return OK;
}

static str
attribute(struct office *o, xmlTextReaderPtr r, const char *name)
{
	xmlChar *value = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
	str s = str_copy(o->a, str_from_c(value ? (const char *)value : ""));

	xmlFree(value);
	return s;
}

/* To the next element of a name; *ret_more is false when there is none. */
static struct err *
next_element(struct office *o, xmlTextReaderPtr r, const char *name, bool *ret_more)
{
	do
		TRY(next_node(o, r, ret_more));
	while (
	    *ret_more && (xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT ||
			     strcmp((const char *)xmlTextReaderConstLocalName(r), name) != 0));
	return OK;
}

/* A word processor opens the part that the relationships of the package name, so that is the
 * one to read. */
static struct err *
check_start(struct office *o, xmlTextReaderPtr r, void *main_part)
{
	bool more;
	int n = 0;

	for (;;) {
		TRY(next_element(o, r, "Relationship", &more));
		if (!more)
			break;
		if (!ends_as(attribute(o, r, "Type"), "/officeDocument"))
			continue;
		str target = attribute(o, r, "Target");
		if (target.n && target.p[0] == '/')
			target = (str){target.p + 1, target.n - 1};
		if (n++ || !str_eq(target, str_from_c(main_part)) ||
		    ends_as(attribute(o, r, "TargetMode"), "external"))
			return damaged(o->a, "begins with another part");
	}
	return n ? OK : damaged(o->a, "no part to begin with");
}

static bool
is_xml_type(struct arena *a, str type)
{
	const char *z = str_to_c(a, type);

	return strcasestr(z, "+xml") || strcasestr(z, "/xml");
}

/* name is a part's or an ending. */
static struct err *
check_type(struct office *o, str name, str type)
{
	bool relates =
	    ends_as(name, "rels") &&
	    ends_as(type, "application/vnd.openxmlformats-package.relationships+xml");

	if (is_xml_type(o->a, type) && !relates && !ends_as(name, "xml") &&
	    !ends_as(name, "svg"))
		return damaged(o->a, "XML under another name");
	return OK;
}

static struct err *
check_types(struct office *o, xmlTextReaderPtr r, void *arg)
{
	bool more = true;

	(void)arg;
	while (more) {
		TRY(next_node(o, r, &more));
		const char *name = (const char *)xmlTextReaderConstLocalName(r);
		if (!more || xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT)
			continue;
		str type = attribute(o, r, "ContentType");
		if (strcmp(name, "Default") == 0)
			TRY(check_type(o, attribute(o, r, "Extension"), type));
		else if (strcmp(name, "Override") == 0)
			TRY(check_type(o, attribute(o, r, "PartName"), type));
	}
	return OK;
}

static struct err *
check_ooxml(struct office *o, char *main_part, str main_type)
{
	str types, part;

	TRY(read_named(o, "[Content_Types].xml", &types));
	TRY(read_xml(o, types, check_types, NULL));
	TRY(read_named(o, "_rels/.rels", &part));
	TRY(read_xml(o, part, check_start, main_part));
	TRY(read_named(o, main_part, &part));
	if (contains(types, S("macroEnabled")))
		return err_new(o->a, ERR_INVALID, "file.active", "macros");
	return contains(types, main_type) ? OK : damaged(o->a, "main part of another type");
}

static struct err *
check_odt(struct office *o)
{
	str part;

	TRY(read_named(o, "mimetype", &part));
	if (!str_eq(part, file_kind_content_type(FILE_ODT)))
		return damaged(o->a, "another mimetype");
	TRY(read_named(o, "META-INF/manifest.xml", &part));
	if (contains(part, S("encryption-data")))
		return err_new(o->a, ERR_INVALID, "file.encrypted", "ODT with password");
	return read_named(o, "content.xml", &part);
}

static struct err *
check_format(struct office *o, enum file_kind kind)
{
	if (kind == FILE_ODT)
		return check_odt(o);
	if (kind == FILE_DOCX)
		return check_ooxml(
		    o, "word/document.xml", S("wordprocessingml.document.main+xml"));
	return check_ooxml(o, "xl/workbook.xml", S("spreadsheetml.sheet.main+xml"));
}

static void
close_zip(void *z)
{
	zip_discard(z);
}

struct err *
filed_parse_office(struct arena *a, enum file_kind kind, str bytes, struct filed_text *t)
{
	struct office o = {.a = a, .t = t};
	zip_source_t *src = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);

	o.z = src ? zip_open_from_source(src, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
	if (!o.z) {
		zip_source_free(src);
		return damaged(a, "not a sound zip");
	}
	arena_defer(a, close_zip, o.z);
	o.n = zip_get_num_entries(o.z, 0);
	TRY(check_entries(&o));
	TRY(check_format(&o, kind));
	return put_all_parts(&o, kind);
}
