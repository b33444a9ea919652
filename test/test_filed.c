/* Files from strangers, through the real child process. */
#include "support.h"

#include "store/filed.h"
#include "store/sandbox.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

struct rig {
	struct arena a;
	struct filed *f;
};

static struct filed *reader; /* started before cmocka or a test starts a thread */

static int
setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));

	arena_init(&r->a, 1 << 29);
	r->f = reader;
	*state = r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	arena_finish(&r->a);
	free(r);
	return 0;
}

/* --- making files ----------------------------------------------------------------------- */

struct entry {
	const char *name;
	str content;
};

static str
zip_of(struct arena *a, const struct entry *entries, size_t n)
{
	zip_source_t *src = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_stat_t st;

	zip_source_keep(src);
	zip_t *z = zip_open_from_source(src, ZIP_TRUNCATE, NULL);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *s =
		    zip_source_buffer(z, entries[i].content.p, entries[i].content.n, 0);
		zip_int64_t at = zip_file_add(z, entries[i].name, s, ZIP_FL_ENC_UTF_8);

		assert_true(at >= 0);
		if (strcmp(entries[i].name, "mimetype") == 0)
			zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0);
	}
	assert_int_equal(zip_close(z), 0);
	assert_int_equal(zip_source_stat(src, &st), 0);
	char *p = arena_array(a, char, st.size);
	zip_source_open(src);
	assert_int_equal(zip_source_read(src, p, st.size), st.size);
	zip_source_close(src);
	zip_source_free(src);
	return (str){p, st.size};
}

#define TYPES(main)                                                                           \
	{                                                                                     \
		"[Content_Types].xml",                                                        \
		    S("<?xml version='1.0'?><Types><Override PartName='/x.xml' ContentType='" \
		      "application/vnd.openxmlformats-officedocument." main "'/></Types>")    \
	}
#define TYPES_MORE(more)                                                             \
	{                                                                            \
		"[Content_Types].xml",                                               \
		    S("<Types><Override PartName='/word/document.xml' ContentType='" \
		      "application/"                                                 \
		      "vnd.openxmlformats-officedocument.wordprocessingml.document." \
		      "main+xml'/>" more "</Types>")                                 \
	}
#define RELATES(to)                                                                       \
	"<Relationship Type='http://schemas.openxmlformats.org/officeDocument/2006/relat" \
	"ionships/officeDocument' Target='" to "'/>"
#define RELS_OF(inside)                                                       \
	{                                                                     \
		"_rels/.rels", S("<Relationships>" inside "</Relationships>") \
	}
#define WORD_TYPES TYPES("wordprocessingml.document.main+xml")
#define WORD       WORD_TYPES, RELS_OF(RELATES("word/document.xml"))
#define SHEET_RELS RELS_OF(RELATES("/xl/workbook.xml"))
#define SHEET      TYPES("spreadsheetml.sheet.main+xml"), SHEET_RELS
#define DOC(inside)                                                                           \
	{                                                                                     \
		"word/document.xml",                                                          \
		    S("<w:document xmlns:w='urn:w'><w:body>" inside "</w:body></w:document>") \
	}
#define ODT_TYPE                                                         \
	{                                                                \
		"mimetype", S("application/vnd.oasis.opendocument.text") \
	}
#define MANIFEST                                          \
	{                                                 \
		"META-INF/manifest.xml", S("<manifest/>") \
	}

#define ZIP(r, ...)                                          \
	zip_of(&(r)->a, (const struct entry[]){__VA_ARGS__}, \
	    sizeof((const struct entry[]){__VA_ARGS__}) / sizeof(struct entry))

static const char png[] = "\x89PNG\r\n\x1a\n"
			  "\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55"
			  "\0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\2\0\1\x48\xaf\xa4\x71"
			  "\0\0\0\0IEND\xae\x42\x60\x82";
#define PNG ((str){png, sizeof(png) - 1})

static const char jpeg[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
			   "\xff\xc0\0\x0b\x08\0\1\0\1\1\1\x11\0"
			   "\xff\xda\0\x08\1\1\0\0\x3f\0\x7f\xff\xd9";
#define JPEG ((str){jpeg, sizeof(jpeg) - 1})

#define PDF(more, text)                                                           \
	S("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" more ">>endobj\n"        \
	  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"                    \
	  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" \
	  "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"                             \
	  "4 0 obj<</Length 60>>stream\nBT /F 12 Tf 50 700 Td (" text ") Tj ET\n" \
	  "                         \nendstream endobj\n"                         \
	  "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica"                  \
	  "/Encoding/WinAnsiEncoding>>endobj\n"                                   \
	  "6 0 obj<</Title(Tittelen)/Author(Forfatteren)>>endobj\n"               \
	  "trailer<</Root 1 0 R/Info 6 0 R>>\n%%EOF\n")

static str
text_of(struct rig *r, str bytes, const char *name)
{
	struct filed_result res;

	assert_ok(filed_read_bytes(r->f, &r->a, bytes, str_from_c(name), &res));
	return res.text;
}

static bool
has(str s, const char *text)
{
	return memmem(s.p, s.n, text, strlen(text)) != NULL;
}

#define assert_refused(r, bytes, name, code)                                                  \
	do {                                                                                  \
		struct filed_result res_;                                                     \
		assert_err(filed_read_bytes((r)->f, &(r)->a, (bytes), S(name), &res_), code); \
	} while (0)

/* --- the sandbox ------------------------------------------------------------------------ */

static void
sandbox_denies_all_and_the_question_is_real(void **state)
{
	struct rig *r = *state;
	unsigned can = PROBE_ALL;

	assert_ok(filed_selftest(r->f, &r->a, true, &can));
	assert_int_equal(can, 0);
	assert_ok(filed_selftest(r->f, &r->a, false, &can));
	assert_int_equal(can, PROBE_ALL);
}

/* --- what is read ----------------------------------------------------------------------- */

static void
reads_text_in_both_character_sets(void **state)
{
	struct rig *r = *state;

	assert_str(text_of(r,
		       S("\xef\xbb\xbf"
			 "Møte\r\n"),
		       "a.txt"),
	    "Møte \n");
	assert_str(text_of(r, S("navn;by\nBj\xf8rn;\x80\n"), "a.CSV"), "navn;by\nBjørn;€\n");
	assert_refused(r, S("a\0b"), "a.txt", "file.kind_differs");
	assert_refused(r, S("a\x81\xff"), "a.txt", "file.kind_differs");
}

static void
reads_word(void **state)
{
	struct rig *r = *state;
	str text = text_of(r,
	    ZIP(r, WORD,
		DOC("<w:p><w:r><w:t>Sak 1: Sam</w:t></w:r><w:r><w:t>arbeid</w:t></w:r></w:p>"
		    "<w:p><w:del><w:r><w:delText>strøket</w:delText></w:r></w:del></w:p>"),
		{"word/footer1.xml",
		    S("<w:ftr xmlns:w='urn:w'><w:p><w:t>bunn</w:t></w:p></w:ftr>")}),
	    "a.docx");

	assert_true(has(text, "Sak 1: Samarbeid\n"));
	assert_true(has(text, "strøket"));
	assert_true(has(text, "bunn"));
}

static void
reads_sheets_with_numbers(void **state)
{
	struct rig *r = *state;
	str text = text_of(r,
	    ZIP(r, SHEET, {"xl/workbook.xml", S("<workbook/>")},
		{"xl/sharedStrings.xml", S("<sst><si><t>Ola</t></si></sst>")},
		{"xl/worksheets/sheet1.xml",
		    S("<worksheet><sheetData><row><c t='s'><v>77</v></c><c><v>1234567</v></c>"
		      "<c "
		      "t='inlineStr'><is><t>inne</t></is></c></row></sheetData></worksheet>")}),
	    "a.xlsx");

	assert_true(has(text, "Ola"));
	assert_true(has(text, "1234567"));
	assert_true(has(text, "inne"));
	assert_false(has(text, "77"));
}

static void
reads_open_document(void **state)
{
	struct rig *r = *state;
	str text = text_of(r,
	    ZIP(r, ODT_TYPE, MANIFEST,
		{"content.xml", S("<o xmlns:t='urn:t'><t:h>Tittel</t:h><t:p>En<t:tab/>to "
				  "<t:span>tre</t:span> fire</t:p></o>")}),
	    "a.odt");

	assert_true(has(text, "Tittel\nEn\tto tre fire\n"));
}

static void
reads_pdf(void **state)
{
	struct rig *r = *state;
	struct filed_result res;

	assert_ok(filed_read_bytes(r->f, &r->a, PDF("", "Vedlegg bl\xe5"), S("a.pdf"), &res));
	assert_true(has(res.text, "Vedlegg blå"));
	assert_int_equal(res.pages, 1);
	assert_str(res.content_type, "application/pdf");
}

/* What a file says about itself is scanned as well. */
static void
reads_facts_about_documents(void **state)
{
	struct rig *r = *state;
	str text = text_of(r,
	    ZIP(r, WORD, DOC(""),
		{"docProps/core.xml",
		    S("<p xmlns:d='urn:d'><d:title>Om saken</d:title><d:creator>Ola</d:creator>"
		      "</p>")},
		{"docProps/custom.xml", S("<p xmlns='urn:p'><q name='Journal'><l>12</l></q>"
					  "</p>")}),
	    "a.docx");

	assert_true(has(text, "Om saken\nOla\n"));
	assert_true(has(text, "Journal\n12\n"));
	assert_false(has(text, "urn:p"));
	text = text_of(r,
	    PDF("/Metadata 7 0 R>>endobj\n7 0 obj<</Type/Metadata/Subtype/XML/Length "
		"58>>stream\n"
		"<x:m xmlns:x='urn:x' x:by='Eva'><x:d>Om fallet</x:d></x:m>\n"
		"endstream endobj\n8 0 obj<<",
		"x"),
	    "a.pdf");
	assert_true(has(text, "Tittelen\nForfatteren\n"));
	assert_true(has(text, "Eva\nOm fallet\n"));
	assert_false(has(text, "urn:x"));
}

/* Wherever it lies, and what people write in attributes. */
static void
reads_every_part_of_a_document(void **state)
{
	struct rig *r = *state;
	str text = text_of(r,
	    ZIP(r, WORD,
		DOC("<w:drawing><w:docPr id='77' descr='Ola i senga' "
		    "title='Bildet'/></w:drawing>"
		    "<w:tblCaption w:val='Oversikt'/><w:p w:val='intet'/>"),
		{"customXml/item1.xml", S("<a by='Eva'><b>egne data</b></a>")},
		{"word/styles.xml", S("<w:s xmlns:w='urn:w'><w:t>stil</w:t></w:s>")},
		{"other/Part.XML", S("<w:s xmlns:w='urn:w'><w:t>annet sted</w:t></w:s>")},
		{"word/media/a.svg", S("<svg><text><tspan>tegnet</tspan></text></svg>")}),
	    "a.docx");

	assert_true(has(text, "Ola i senga\n") && has(text, "Bildet\n"));
	assert_true(has(text, "Oversikt\n"));
	assert_false(has(text, "77") || has(text, "intet"));
	assert_true(has(text, "Eva\negne data\n"));
	assert_true(has(text, "stil") && has(text, "annet sted") && has(text, "tegnet"));
	text = text_of(r,
	    ZIP(r, SHEET,
		{"xl/workbook.xml", S("<w><sheets><sheet name='Arket' id='77'/></sheets></w>")},
		{"xl/worksheets/sheet1.xml",
		    S("<w><headerFooter><oddHeader>topp</oddHeader></headerFooter></w>")}),
	    "a.xlsx");
	assert_true(has(text, "Arket\n") && has(text, "topp"));
	assert_false(has(text, "77"));
	text = text_of(r,
	    ZIP(r, ODT_TYPE, MANIFEST,
		{"content.xml",
		    S("<o xmlns:t='urn:t' xmlns:s='urn:s'><t:table t:name='Tabellen'/>"
		      "<s:title>Bilde</s:title><s:desc>av Ola</s:desc></o>")}),
	    "a.odt");
	assert_true(has(text, "Tabellen\n") && has(text, "Bilde\nav Ola\n"));
}

static void
reads_facts_about_pictures(void **state)
{
	static const char chunk[] = "\0\0\0\x16tEXtAuthor\0Kari Nordmann 7\0\0\0\0";
	static const char segments[] = "\xff\xfe\0\x10Sett i post 3b"
				       "\xff\xe1\0\x18UNI\0P\0o\0s\0t\0e\0n\0 \0n\0u\0";
	struct rig *r = *state;
	struct buf b = buf_new(&r->a, 1 << 12);

	buf_put(&b, (str){png, 33});
	buf_put(&b, (str){chunk, sizeof(chunk) - 1});
	buf_put(&b, (str){png + 33, PNG.n - 33});
	assert_true(has(text_of(r, buf_str(&b), "a.png"), "Kari Nordmann 7\n"));
	b = buf_new(&r->a, 1 << 12);
	buf_put(&b, (str){jpeg, 20});
	buf_put(&b, (str){segments, sizeof(segments) - 1});
	buf_put(&b, (str){jpeg + 20, JPEG.n - 20});
	str text = text_of(r, buf_str(&b), "a.jpg");
	assert_true(has(text, "Sett i post 3b\n") && has(text, "Posten nu\n"));
}

static void
pictures_are_whole_and_have_no_text(void **state)
{
	struct rig *r = *state;

	assert_int_equal(text_of(r, PNG, "a.png").n, 0);
	assert_int_equal(text_of(r, JPEG, "a.JPeG").n, 0);
	assert_refused(r, ((str){png, sizeof(png) - 5}), "a.png", "file.damaged");
	assert_refused(r, ((str){png, sizeof(png)}), "a.png", "file.damaged");
	assert_refused(r, ((str){jpeg, sizeof(jpeg) - 2}), "a.jpg", "file.damaged");
}

/* --- what is refused -------------------------------------------------------------------- */

static void
ending_content_and_structure_must_agree(void **state)
{
	struct rig *r = *state;

	assert_refused(r, PNG, "a.exe", "file.kind_unknown");
	assert_refused(r, PNG, "png", "file.kind_unknown");
	assert_refused(r, PNG, "a.png.html", "file.kind_unknown");
	assert_refused(r, PNG, "a.pdf", "file.kind_differs");
	assert_refused(r, PNG, "a.docx", "file.kind_differs");
	assert_refused(r, S("<html>"), "a.png", "file.kind_differs");
	assert_refused(r, S(""), "a.txt", "file.damaged");
	assert_refused(
	    r, ZIP(r, SHEET, {"xl/workbook.xml", S("<w/>")}), "a.docx", "file.kind_differs");
	assert_refused(r, ZIP(r, {"a.txt", S("x")}), "a.docx", "file.damaged");
	assert_refused(r, ZIP(r, WORD), "a.docx", "file.damaged");
	assert_refused(r, ZIP(r, ODT_TYPE, MANIFEST), "a.odt", "file.damaged");
}

static void
hidden_things_are_refused(void **state)
{
	struct rig *r = *state;

	assert_refused(
	    r, ZIP(r, WORD, DOC(""), {"word/vbaProject.bin", S("x")}), "a.docx", "file.active");
	assert_refused(r,
	    ZIP(r, TYPES("wordprocessingml.document.main+xml macroEnabled"),
		RELS_OF(RELATES("word/document.xml")), DOC("")),
	    "a.docx", "file.active");
	assert_refused(r, ZIP(r, WORD, DOC(""), {"word/embeddings/a.xlsx", S("x")}), "a.docx",
	    "file.embedded");
	assert_refused(
	    r, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), "a.docx", "file.encrypted");
	assert_refused(r, PDF("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "x"),
	    "a.pdf", "file.active");
	assert_refused(r, PDF("/OpenAction<</S/J#61v#61Script/JS(app.alert\\(1\\))>>", "x"),
	    "a.pdf", "file.active");
	assert_refused(
	    r, PDF("/OpenAction<</S/L#61unch/F(a.exe)>>", "x"), "a.pdf", "file.active");
	assert_refused(r, PDF("/X<</Type/Annot/Subtype/File#41ttachment>>", "x"), "a.pdf",
	    "file.embedded");
	assert_refused(r, ZIP(r, WORD, DOC("<w:altChunk/>")), "a.docx", "file.embedded");
	assert_refused(r,
	    PDF("/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]>>>>",
		"x"),
	    "a.pdf", "file.embedded");
}

/* What a word processor shows must be what is read. */
static void
text_in_another_place_is_refused(void **state)
{
#define OTHER                                          \
	{                                              \
		"word/other.xml", S("<d><t>a</t></d>") \
	}
#define HIDDEN                                     \
	{                                          \
		"word/x.bin", S("<d><t>a</t></d>") \
	}
#define XML_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
	struct rig *r = *state;
	const str bad[] = {
	    ZIP(r, WORD_TYPES, RELS_OF(RELATES("word/other.xml")), DOC(""), OTHER),
	    ZIP(r, WORD_TYPES, RELS_OF(RELATES("word/x.bin")), DOC(""), HIDDEN),
	    ZIP(r, WORD_TYPES, RELS_OF(""), DOC("")),
	    ZIP(r, WORD_TYPES, RELS_OF(RELATES("word/document.xml") RELATES("word/other.xml")),
		DOC(""), OTHER),
	    ZIP(r, WORD_TYPES, RELS_OF(RELATES("Word/document.xml")), DOC("")),
	    ZIP(r, WORD_TYPES, {"_rels/.rels", S("<Relationships")}, DOC("")),
	    ZIP(r, WORD, DOC(""), {"Word/Document.xml", S("<d/>")}),
	    ZIP(r, TYPES_MORE("<Override PartName='/word/x.bin' ContentType='" XML_TYPE "'/>"),
		RELS_OF(RELATES("word/document.xml")), DOC(""), HIDDEN),
	    ZIP(r, TYPES_MORE("<Default Extension='bin' ContentType='" XML_TYPE "'/>"),
		RELS_OF(RELATES("word/document.xml")), DOC(""), HIDDEN),
	    ZIP(r, TYPES_MORE("<Default Extension='rels' ContentType='" XML_TYPE "'/>"),
		RELS_OF(RELATES("word/document.xml")), DOC("")),
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_refused(r, bad[i], "a.docx", "file.damaged");
	text_of(r,
	    ZIP(r,
		TYPES_MORE("<Default Extension='rels' ContentType='"
			   "application/vnd.openxmlformats-package.relationships+xml'/>"
			   "<Override PartName='/_rels/.rels' ContentType='"
			   "application/vnd.openxmlformats-package.relationships+xml'/>"
			   "<Default Extension='xml' ContentType='application/xml'/>"
			   "<Default Extension='svg' ContentType='image/svg+xml'/>"
			   "<Default Extension='vml' ContentType='application/"
			   "vnd.openxmlformats-officedocument.vmlDrawing'/>"),
		RELS_OF(RELATES("/word/document.xml")), DOC(""), {"word/x.vml", S("<br>")}),
	    "a.docx");
}

static void
xml_with_a_document_type_is_refused(void **state)
{
	struct rig *r = *state;

	assert_refused(r,
	    ZIP(r, WORD,
		{"word/document.xml",
		    S("<!DOCTYPE d><w:d xmlns:w='urn:w'><w:t>a</w:t></w:d>")}),
	    "a.docx", "file.damaged");
	assert_refused(r,
	    ZIP(r, WORD,
		{"word/document.xml", S("<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
					"<w:d xmlns:w='urn:w'><w:t>&b;</w:t></w:d>")}),
	    "a.docx", "file.damaged");
	assert_refused(r,
	    ZIP(r, WORD,
		{"word/document.xml", S("<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
					"<w:d xmlns:w='urn:w'><w:t>&a;</w:t></w:d>")}),
	    "a.docx", "file.damaged");
	assert_refused(
	    r, ZIP(r, WORD, {"word/document.xml", S("<w:d>")}), "a.docx", "file.damaged");
}

static void
unsafe_names_in_a_zip_are_refused(void **state)
{
	static const char *const bad[] = {
	    "/etc/passwd", "../a", "word/../../a", "a\\b", "a//b"};
	struct rig *r = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_refused(
		    r, ZIP(r, WORD, DOC(""), {bad[i], S("x")}), "a.docx", "file.damaged");
}

static void
bombs_do_not_go_off(void **state)
{
	struct rig *r = *state;
	size_t n = 60 << 20;
	str zeros = {arena_array(&r->a, char, n), n};

	assert_refused(
	    r, ZIP(r, WORD, DOC(""), {"word/media/a.bin", zeros}), "a.docx", "file.too_much");
	assert_refused(r, ((str){zeros.p, 0}), "a.docx", "file.damaged");
}

static void
long_text_is_cut_and_said_so(void **state)
{
	struct rig *r = *state;
	struct filed_result res;
	size_t n = 5 << 20;
	char *p = arena_array(&r->a, char, n);

	memset(p, 'a', n);
	assert_ok(filed_read_bytes(r->f, &r->a, (str){p, n}, S("a.txt"), &res));
	assert_true(res.text_cut);
	assert_int_equal(res.text.n, FILED_TEXT_MAX);
}

static void *
read_some(void *arg)
{
	struct rig mine = {.f = arg};

	arena_init(&mine.a, 1 << 24);
	for (int i = 0; i < 5; i++)
		assert_str(text_of(&mine, S("tråd"), "a.txt"), "tråd");
	arena_finish(&mine.a);
	return NULL;
}

static void
many_threads_may_ask(void **state)
{
	struct rig *r = *state;
	pthread_t t[8];

	for (int i = 0; i < 8; i++)
		pthread_create(&t[i], NULL, read_some, r->f);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
}

int
main(void)
{
#define ON(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    ON(sandbox_denies_all_and_the_question_is_real),
	    ON(reads_text_in_both_character_sets),
	    ON(reads_word),
	    ON(reads_sheets_with_numbers),
	    ON(reads_open_document),
	    ON(reads_pdf),
	    ON(reads_facts_about_documents),
	    ON(reads_every_part_of_a_document),
	    ON(reads_facts_about_pictures),
	    ON(pictures_are_whole_and_have_no_text),
	    ON(ending_content_and_structure_must_agree),
	    ON(hidden_things_are_refused),
	    ON(text_in_another_place_is_refused),
	    ON(xml_with_a_document_type_is_refused),
	    ON(unsafe_names_in_a_zip_are_refused),
	    ON(bombs_do_not_go_off),
	    ON(long_text_is_cut_and_said_so),
	    ON(many_threads_may_ask),
	};
	struct arena a;

	arena_init(&a, 1 << 20);
	if (filed_start(&a, &reader))
		return 1;
	int failed = cmocka_run_group_tests_name("filed", tests, NULL, NULL);
	filed_stop(reader);
	arena_finish(&a);
	return failed;
}
