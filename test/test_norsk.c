#include "support.h"

#include "store/norsk.h"
#include "store/norsk_fts5.h"

#include <sqlite3.h>
#include <stdio.h>

static struct norsk norsk;

static int
norsk_setup(void **state)
{
	norsk_init(&norsk);
	return arena_setup(state);
}

static int
norsk_teardown(void **state)
{
	norsk_finish(&norsk);
	return arena_teardown(state);
}

#define WITH_NORSK(f) cmocka_unit_test_setup_teardown(f, norsk_setup, norsk_teardown)

/* --- tokens ----------------------------------------------------------------------------- */

static int
write_token(void *arg, const struct norsk_token *t)
{
	buf_printf(arg, "%s" STR_FMT, t->beside ? "|" : " ", STR_ARG(t->text));
	return 0;
}

/* " avtal|..." : tokens after a blank, other forms of them after a bar. */
static str
tokens(struct arena *a, const char *text, enum norsk_mode mode)
{
	struct buf b = buf_new(a, 1 << 16);

	norsk_tokens(&norsk, str_from_c(text), mode, write_token, &b);
	return buf_str(&b);
}

static void
words_are_stemmed_and_folded(void **state)
{
	struct arena *a = *state;

	assert_str(tokens(a, "Avtalene, AVTALEN avtalar!", NORSK_INDEX), " avtal avtal avtal");
	assert_str(tokens(a, "Møtet", NORSK_INDEX), " møt|mot");
	assert_str(tokens(a, "Møtet", NORSK_QUERY), " møt");
	assert_str(tokens(a, "moete", NORSK_QUERY), " moet|møt");
	assert_str(tokens(a, "caf\u00e9 n\u00e4ring a\u030al", NORSK_QUERY), " caf næring ål");
	assert_str(tokens(a, "helse\u00adtjeneste", NORSK_QUERY), " helsetjenest");
	assert_str(tokens(a, "sak 14/26, § 6-2", NORSK_QUERY), " sak 14 26 6 2");
	assert_str(tokens(a, "", NORSK_INDEX), "");
	assert_str(tokens(a, "… – !", NORSK_INDEX), "");
}

static void
compounds_are_taken_apart(void **state)
{
	struct arena *a = *state;

	assert_str(
	    tokens(a, "samarbeidsavtalen", NORSK_INDEX), " samarbeidsavtal|samarbeid|avtal");
	assert_str(tokens(a, "samarbeidsavtalen", NORSK_QUERY), " samarbeidsavtal");
	assert_str(tokens(a, "avtaleverket", NORSK_INDEX), " avtaleverk|avtal|verk");
	assert_str(tokens(a, "Orkdalsavtalen", NORSK_INDEX), " orkdalsavtal|orkdal|avtal");
	assert_str(
	    tokens(a, "møtereferat", NORSK_INDEX), " møtereferat|motereferat|møt|mot|referat");
	assert_str(tokens(a, "forslag", NORSK_INDEX), " forslag");
	assert_str(tokens(a, "helseforetaket", NORSK_INDEX), " helseforetak|hels|foretak");
	assert_str(tokens(a, "kommunehelsetjenesten", NORSK_INDEX),
	    " kommunehelsetjenest|kommun|helsetjenest|hels|tjenest");
	assert_str(tokens(a, "plassering", NORSK_INDEX), " plassering");
	assert_str(tokens(a, "motsetning", NORSK_INDEX), " motsetning|setning");
	assert_str(tokens(a, "kommunehelsesamarbeidet", NORSK_INDEX),
	    " kommunehelsesamarbeid|kommun|hels|samarbeid");
}

static void
what_snowball_joins_is_kept_apart(void **state)
{
	struct arena *a = *state;

	assert_str(tokens(a, "overlegene", NORSK_QUERY), " overleg");
	assert_str(tokens(a, "fastlege", NORSK_INDEX), " fastleg|leg");
	assert_str(tokens(a, "faglege", NORSK_QUERY), " fag");
	assert_str(tokens(a, "kommuneloven", NORSK_INDEX), " kommunelov|kommun|lov");
	assert_str(tokens(a, "medlemmene medlem", NORSK_QUERY), " medlem medlem");
	assert_str(tokens(a, "ressurser ressurs", NORSK_QUERY), " ressurs ressurs");
}

static void
nynorsk_and_bokmal_find_each_other(void **state)
{
	struct arena *a = *state;

	assert_str(tokens(a, "sjukehuset", NORSK_QUERY), " sjukehus|sykehus");
	assert_str(tokens(a, "høyringa", NORSK_QUERY), " høyring|høring");
	assert_non_null(
	    strstr(str_to_c(a, tokens(a, "helsetenestene", NORSK_INDEX)), "|tjenest"));
}

/* --- recall in SQLite (the table of the stack's measurements) --------------------------- */

static const char *const documents[] = {"samarbeidsavtale", "samarbeidsavtalen",
    "samarbeidsavtaler", "samarbeidsavtalene", "avtale", "avtalen", "avtaleverket", "møte",
    "møtene", "møtereferat", "Næringsutvalget", "Ålesund"};

static sqlite3 *
indexed(void)
{
	sqlite3 *c;
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_open(":memory:", &c), SQLITE_OK);
	assert_int_equal(norsk_fts5_register(c), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(c, "CREATE VIRTUAL TABLE f USING fts5(t, tokenize = 'norsk')", NULL,
		NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(c, "INSERT INTO f(rowid, t) VALUES (?1, ?2)", -1, &s, NULL),
	    SQLITE_OK);
	for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); i++) {
		sqlite3_bind_int(s, 1, (int)i + 1);
		sqlite3_bind_text(s, 2, documents[i], -1, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(s), SQLITE_DONE);
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	return c;
}

static const char *
found(struct arena *a, sqlite3 *c, const char *sql, const char *typed)
{
	str match = norsk_match(&norsk, a, str_from_c(typed));
	struct buf b = buf_new(a, 4096);
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(c, sql, -1, &s, NULL), SQLITE_OK);
	sqlite3_bind_text(s, 1, match.p, (int)match.n, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW)
		buf_printf(&b, "%s%d", b.n ? "," : "", sqlite3_column_int(s, 0));
	assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
	return str_to_c(a, buf_str(&b));
}

static void
the_recall_table_holds(void **state)
{
	static const struct {
		const char *typed, *rows;
	} table[] = {{"samarbeidsavtale", "1,2,3,4"}, {"samarbeidsavtaler", "1,2,3,4"},
	    {"avtale", "1,2,3,4,5,6,7"}, {"møtet", "8,9,10"}, {"mote", "8,9,10"},
	    {"moete", "8,9,10"}, {"näring", "11"}, {"naering", "11"}, {"alesund", "12"},
	    {"Aalesund", "12"}, {"avtaleverk", "7"}, {"samarb*", "1,2,3,4"}, {"utvalet", "11"},
	    {"avtale og samarbeid", "1,2,3,4"}, {"ingenting", ""}};
	struct arena *a = *state;
	sqlite3 *c = indexed();

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const char *rows = found(a, c,
		    "SELECT rowid FROM f WHERE f MATCH ?1 ORDER BY rowid", table[i].typed);
		if (strcmp(rows, table[i].rows) != 0)
			fail_msg("%s found %s, not %s", table[i].typed, rows, table[i].rows);
	}
	assert_int_equal(
	    sqlite3_exec(c, "INSERT INTO f(f) VALUES ('integrity-check')", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(c);
}

static void
rare_words_and_titles_count_most(void **state)
{
	struct arena *a = *state;
	sqlite3 *c;

	assert_int_equal(sqlite3_open(":memory:", &c), SQLITE_OK);
	assert_int_equal(norsk_fts5_register(c), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(c,
		"CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize = 'norsk');"
		"INSERT INTO f(rowid, title, body) VALUES (1, 'referat', 'om avtale'), (2, "
		"'avtale', 'om referat'),"
		" (3, 'annet', 'avtale avtale avtale avtale'), (4, 'annet', 'rehabilitering'), "
		"(5, 'annet', 'noe avtale')",
		NULL, NULL, NULL),
	    SQLITE_OK);
	assert_string_equal(
	    found(a, c,
		"SELECT rowid FROM f WHERE f MATCH ?1 ORDER BY norsk_rank(f, 8.0), rowid",
		"avtale"),
	    "2,3,1,5");
	assert_string_equal(found(a, c,
				"SELECT rowid FROM f WHERE f MATCH ?1 || ' OR rehabilitering' "
				"ORDER BY norsk_rank(f), rowid LIMIT 1",
				"avtale"),
	    "4");
	sqlite3_close(c);
}

/* --- questions -------------------------------------------------------------------------- */

static void
questions_keep_what_matters(void **state)
{
	struct arena *a = *state;

	assert_str(norsk_match(&norsk, a, S("hva er avtalen om")), "\"avtalen\"");
	assert_str(norsk_match(&norsk, a, S("\"råd for alle\" helse*")),
	    "\"råd for alle\" \"helse*\" *");
	assert_str(norsk_match(&norsk, a, S("og i")), "");
	assert_str(norsk_match(&norsk, a, S(" \" ) OR ( \" NOT -x: {")),
	    "\" ) OR ( \" \"NOT\" \"-x:\"");
	assert_str(norsk_match(&norsk, a, S("14/26")), "\"14/26\"");
	assert_str(norsk_tsquery(&norsk, a, S("moete og sak 14/26")),
	    "(('moet' | 'møt')) & (('sak')) & (('14') <-> ('26'))");
	assert_str(norsk_tsquery(&norsk, a, S("helse*")), "(('hels':*))");
	assert_str(norsk_tsquery(&norsk, a, S("'; drop")), "(('drop'))");
	int position = 0;
	assert_str(norsk_tsvector(&norsk, a, S("Møte nr. 2"), 'A', &position),
	    "'møt':1A 'mot':1A 'nr':2A '2':3A ");
	assert_str(norsk_tsvector(&norsk, a, S("nytt"), 'D', &position), "'nytt':4D ");
}

/* --- snippets --------------------------------------------------------------------------- */

static void
snippets_show_where_it_stands(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 1 << 16);

	for (int i = 0; i < 50; i++)
		buf_put(&b, S("Utvalget drøftet flere saker på møtet. "));
	buf_put(&b, S("Samarbeidsavtalen om rehabilitering ble vedtatt. "));
	for (int i = 0; i < 50; i++)
		buf_put(&b, S("Så fulgte orienteringer på møtet. "));
	struct norsk_snippet s =
	    norsk_snippet(&norsk, a, buf_str(&b), S("avtale rehabilitering"), 120);
	assert_int_equal(s.n_marks, 2);
	assert_str(((str){s.text.p + s.marks[0].from, s.marks[0].to - s.marks[0].from}),
	    "Samarbeidsavtalen");
	assert_true(
	    s.cut_before && s.cut_after && utf8_length(s.text) <= 120 && utf8_valid(s.text));
	s = norsk_snippet(&norsk, a, S("kort tekst om møtet"), S("ingenting"), 120);
	assert_str(s.text, "kort tekst om møtet");
	assert_true(s.n_marks == 0 && !s.cut_before && !s.cut_after);
	s = norsk_snippet(&norsk, a, buf_str(&b), S("ingenting"), 30);
	assert_str(s.text, "Utvalget drøftet flere saker");
}

/* Of a long text no more is taken apart than it takes to meet every word, and then one piece.
 */
static void
a_snippet_is_found_without_reading_on(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 1 << 16);

	buf_put(&b, S("Avtale om rehabilitering. "));
	for (int i = 0; i < 200; i++)
		buf_put(&b, S("Så fulgte orienteringer på møtet. "));
	buf_put(&b, S("Avtale avtale rehabilitering rehabilitering avtale."));
	struct norsk_snippet s =
	    norsk_snippet(&norsk, a, buf_str(&b), S("avtale rehabilitering"), 120);
	assert_false(s.cut_before);
	assert_int_equal(s.n_marks, 2);
	/* a word that is met at the end alone is looked for to the end */
	buf_put(&b, S(" Helikopter."));
	s = norsk_snippet(&norsk, a, buf_str(&b), S("avtale helikopter"), 120);
	assert_true(s.cut_before && s.n_marks >= 2 && utf8_length(s.text) <= 120);
	assert_str(((str){s.text.p + s.marks[s.n_marks - 1].from, strlen("Helikopter")}),
	    "Helikopter");
}

/* --- odd input -------------------------------------------------------------------------- */

static void
odd_text_does_no_harm(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 1 << 20);

	for (int i = 0; i < 2000; i++)
		buf_put(&b, S("æøå\u0301samarbeidssamarbeidse"));
	assert_true(tokens(a, str_to_c(a, buf_str(&b)), NORSK_INDEX).n > 0);
	assert_true(tokens(a, "\xff\xc3\xe2\x82 \xf0\x9f\x98\x80 ﷺ ǅ ß İ", NORSK_INDEX).n > 0);
	assert_non_null(strstr(norsk_version(), "norsk-1-"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_NORSK(words_are_stemmed_and_folded),
	    WITH_NORSK(compounds_are_taken_apart),
	    WITH_NORSK(what_snowball_joins_is_kept_apart),
	    WITH_NORSK(nynorsk_and_bokmal_find_each_other),
	    WITH_NORSK(the_recall_table_holds),
	    WITH_NORSK(rare_words_and_titles_count_most),
	    WITH_NORSK(questions_keep_what_matters),
	    WITH_NORSK(snippets_show_where_it_stands),
	    WITH_NORSK(a_snippet_is_found_without_reading_on),
	    WITH_NORSK(odd_text_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
