/* Charters that say only what is different from another (R009). */
#include "charters.h"

#include "charter/load.h"
#include "cli/charter.h"

#include <stdio.h>

#define SMALL "test/fixtures/charter/small.yaml"
#define TOP   "variant_of: small\n"

static const struct charter *
variant(struct arena *a, const char *text)
{
	const struct charter_problem *v;
	const struct charter *c;
	size_t n;

	assert_ok(
	    charter_load_variant(a, str_from_c(text), charter_text_of(a, SMALL), &c, &v, &n));
	for (size_t i = 0; i < n; i++)
		assert_false(v[i].of_base); /* gaps of the other one are not told here */
	return c;
}

/* The one line that is said of it, in English. */
static void
assert_says(struct arena *a, const char *text, const char *base, const char *line)
{
	const struct charter_problem *v;
	const struct charter *c;
	size_t n, found = 0;

	assert_err(charter_load_variant(a, str_from_c(text), str_from_c(base), &c, &v, &n),
	    "charter.invalid");
	for (size_t i = 0; i < n; i++) {
		str s =
		    charter_problem_line(a, &v[i], v[i].of_base ? S("base") : S("f"), LANG_EN);

		found += str_eq(s, str_from_c(line));
		if (!found)
			printf(STR_FMT "\n", STR_ARG(s));
	}
	assert_int_equal(found, 1);
}

static void
fields_are_merged_one_by_one(void **state)
{
	struct arena *a = *state;
	const struct charter *c = variant(a,
	    TOP "cooperation: {key: annen, name: {nb: Annet, nn: Anna, en: Other}}\n"
		"bodies:\n"
		"  - {key: utvalg, cadence: {per_year: 3}, agenda: {notice_days: 21}}\n");
	const struct charter_body *b = charter_body(c, S("utvalg"));

	assert_str(c->key, "annen");
	assert_str(c->name.en, "Other");
	assert_int_equal(c->n_parties, 5);
	assert_int_equal(c->n_bodies, 4);
	assert_int_equal(b->cadence.per_year, 3);
	assert_int_equal(b->cadence.extraordinary, EXTRAORDINARY_AGREED);
	assert_int_equal(b->agenda.notice_days, 21);
	assert_int_equal(b->agenda.setters.n, 2);
}

static void
things_come_and_go(void **state)
{
	struct arena *a = *state;
	const struct charter *c =
	    variant(a, TOP "bodies:\n"
			   "  - {key: formote, drop: true}\n"
			   "  - key: utvalg\n"
			   "    decision: {quorum_percent: ~}\n"
			   "    composition:\n"
			   "      - {key: hf, count: 5}\n"
			   "      - {key: bruker, label: Bruker, side: user}\n"
			   "  - {key: nytt, name: Nytt, short_name: N, level: 3, kind: "
			   "network, advisory: true}\n"
			   "process:\n"
			   "  pre_meetings: ~\n"
			   "  routes: [{to: utvalg, why: Ellers}]\n");
	const struct charter_body *b = charter_body(c, S("utvalg"));

	assert_null(charter_body(c, S("formote")));
	assert_non_null(charter_body(c, S("nytt")));
	assert_int_equal(b->decision.rule, DECISION_CONSENSUS);
	assert_int_equal(b->decision.quorum_percent, 0);
	assert_int_equal(charter_body_seats(b, SIDE_TRUST, false), 5);
	assert_int_equal(charter_body_seats(b, SIDE_USER, false), 1);
	assert_int_equal(charter_body_seats(b, SIDE_MUNICIPAL, false), 3);
	assert_str(charter_composition(b, S("hf"))->party, "hf"); /* the other fields stay */
	assert_int_equal(c->process.n_pre_meetings, 0);
}

/* A list without keys, and a text with its languages, are replaced whole. */
static void
what_has_no_keys_is_replaced_whole(void **state)
{
	struct arena *a = *state;
	const struct charter *c = variant(a, TOP "bodies:\n"
						 "  - key: utvalg\n"
						 "    name: {nb: Det nye}\n"
						 "    authority: [{act: decide}]\n");
	const struct charter_body *b = charter_body(c, S("utvalg"));

	assert_str(b->name.nn, "Det nye");
	assert_int_equal(b->n_authority, 1);
	assert_false(b->authority[0].match.larger);
}

static void
faults_name_the_file_they_are_in(void **state)
{
	struct arena *a = *state;
	const char *small = str_to_c(a, charter_text_of(a, SMALL));

	assert_says(a, TOP "bodies: [{key: utvag, drop: true}]\n", small,
	    "f:2: error: schema: utvag is not in the charter that this is a variant of. Did "
	    "you mean utvalg?");
	assert_says(a, TOP "bodies: [{key: xxxxxx, drop: true}]\n", small,
	    "f:2: error: schema: xxxxxx is not in the charter that this is a variant of, and "
	    "cannot be taken away.");
	assert_says(a, TOP "cooperation: {aliases: ~}\n", small,
	    "f:2: error: schema: There is no aliases here to take away.");
	assert_says(a, TOP "cooperation: {quux: 1}\n", small,
	    "f:2: error: schema: cooperation: There is no field quux.");
	assert_says(a, TOP "bodies: [{key: toppmote, drop: true}]\n", small,
	    "base:33: error: schema: bodies.utvalg.reports_to: There is no \"toppmote\".");
	assert_says(a, TOP, "",
	    "f:1: error: schema: This is a variant of small, but that charter does not lie "
	    "beside it.");
	assert_says(a, TOP, TOP,
	    "f:1: error: schema: small is a variant itself. A variant stands on a whole "
	    "charter.");
}

/* Aliases that stand for very many nodes, or for a circle. */
static void
bombs_are_refused(void **state)
{
	struct arena *a = *state;
	const char *small = str_to_c(a, charter_text_of(a, SMALL));
	struct buf b = buf_new(a, 1 << 16);

	buf_printf(&b, TOP "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 8; i++)
		buf_printf(&b,
		    "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
		    i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	assert_says(a, str_to_c(a, buf_str(&b)), small,
	    "f:2: error: schema: charter: There are too many of these.");
	assert_says(a, TOP "cooperation: &a {goals: *a}\n", small,
	    "f:2: error: schema: charter: There are too many of these.");
}

/* The base lies beside the variant under the name it is given. */
static void
the_command_finds_the_base(void **state)
{
	static const struct cli_command *const commands[] = {&cmd_charter, NULL};
	const char *file = "test/fixtures/charter/other.yaml";
	char *check[] = {"rodtrad", "charter", "check", "--lang=en", (char *)file};
	char *compare[] = {
	    "rodtrad", "charter", "compare", "--lang=en", (char *)SMALL, (char *)file};
	char said[20000];
	FILE *out = tmpfile();

	(void)state;
	assert_int_equal(cli_main(5, check, commands, out, out), 0);
	assert_int_equal(cli_main(6, compare, commands, out, out), 0);
	rewind(out);
	said[fread(said, 1, sizeof(said) - 1, out)] = 0;
	fclose(out);
	assert_non_null(strstr(said, "  < Meetings: at least 4 meetings a year"));
	assert_non_null(strstr(said, "  > Meetings: at least 3 meetings a year"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(fields_are_merged_one_by_one),
	    WITH_ARENA(things_come_and_go),
	    WITH_ARENA(what_has_no_keys_is_replaced_whole),
	    WITH_ARENA(faults_name_the_file_they_are_in),
	    WITH_ARENA(bombs_are_refused),
	    WITH_ARENA(the_command_finds_the_base),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
