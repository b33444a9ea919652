/* R009: two charters side by side. */
#include "charters.h"

#include "charter/compare.h"
#include "cli/charter.h"

#include <stdio.h>

#define VESTRE_VIKEN "charters/vestre-viken-2021.yaml"
#define OSTFOLD      "charters/ostfold.yaml"

struct both {
	struct say one, other;
	const struct compare_body *pairs;
	size_t n;
};

static struct both
compared(struct arena *a, const char *one, const char *other, enum lang lang)
{
	struct both b = {
	    .one = {a, charter_of(a, one), lang}, .other = {a, charter_of(a, other), lang}};

	charter_compare_bodies(a, b.one.c, b.other.c, &b.pairs, &b.n);
	return b;
}

static const struct compare_body *
pair_of(const struct both *b, const char *key)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->pairs[i].a && str_eq(b->pairs[i].a->key, str_from_c(key)))
			return &b->pairs[i];
	}
	fail_msg("no body %s", key);
	return NULL;
}

static struct compare_line
line_of(const struct both *b, const char *key, const char *what)
{
	struct compare_line lines[SAY_PARTS];

	charter_compare_lines(&b->one, &b->other, pair_of(b, key), lines);
	for (size_t i = 0; i < SAY_PARTS; i++) {
		if (strcmp(lines[i].what, what) == 0)
			return lines[i];
	}
	fail_msg("no line %s", what);
	return lines[0];
}

static void
each_body_of_both_stands_once(void **state)
{
	struct both b = compared(*state, VESTRE_VIKEN, OSTFOLD, LANG_NB);
	size_t n_a = 0, n_b = 0;

	for (size_t i = 0; i < b.n; i++) {
		n_a += b.pairs[i].a != NULL;
		n_b += b.pairs[i].b != NULL;
		assert_true(b.pairs[i].a || b.pairs[i].b);
		for (size_t j = 0; j < i; j++) {
			assert_true(!b.pairs[i].a || b.pairs[i].a != b.pairs[j].a);
			assert_true(!b.pairs[i].b || b.pairs[i].b != b.pairs[j].b);
		}
	}
	assert_int_equal(n_a, b.one.c->n_bodies);
	assert_int_equal(n_b, b.other.c->n_bodies);
	assert_true(n_a + n_b > b.n); /* some are the same in both */
}

static void
a_charter_differs_from_itself_in_nothing(void **state)
{
	struct both b = compared(*state, OSTFOLD, OSTFOLD, LANG_NN);
	struct compare_line lines[SAY_PARTS];

	assert_int_equal(b.n, b.one.c->n_bodies);
	for (size_t i = 0; i < b.n; i++) {
		charter_compare_lines(&b.one, &b.other, &b.pairs[i], lines);
		for (size_t k = 0; k < SAY_PARTS; k++)
			assert_false(lines[k].differs);
	}
}

static void
what_differs_is_said(void **state)
{
	struct both b = compared(*state, VESTRE_VIKEN, OSTFOLD, LANG_NB);
	struct compare_line seats = line_of(&b, "ssu", "Plasser"); /* VV21-07, OST-30 */
	struct compare_line term = line_of(&b, "ssu", "Periode");  /* OST-34 */
	struct compare_line how = line_of(&b, "ssu", "Avgjøres ved");

	assert_str(
	    seats.a, "3 fra kommunene, 3 fra helseforetaket, 1 fra brukerne, 1 fra fastlegene");
	assert_str(seats.b, "6 fra kommunene, 6 fra helseforetaket");
	assert_true(seats.differs);
	assert_str(term.a, "2 år, gjenvalg er mulig");
	assert_str(term.b, "1 år, fra 1. april til 31. mars");
	assert_false(how.differs);
	assert_str(
	    how.a, "enighet, minst 50 prosent til stede, minst 1 til stede fra hver side");
}

static void
it_is_said_in_the_language_of_the_reader(void **state)
{
	struct both nn = compared(*state, VESTRE_VIKEN, OSTFOLD, LANG_NN);
	struct both en = compared(*state, VESTRE_VIKEN, OSTFOLD, LANG_EN);

	assert_str(line_of(&nn, "ssu", "Leder").b,
	    "partane leier på skift, 1 år om gongen, helseføretaket først, frå 1. april 2021, "
	    "har nestleiar");
	assert_str(line_of(&en, "ssu", "Møter").b,
	    "at least 4 meetings a year, extraordinary meeting when both sides agree");
}

/* A body that only one has stands alone, and says nothing for the other. */
static void
a_body_without_its_like_stands_alone(void **state)
{
	struct both b = compared(*state, VESTRE_VIKEN, OSTFOLD, LANG_NB);
	struct compare_line kind = line_of(&b, "lsu_ringerike", "Slag");

	assert_null(pair_of(&b, "lsu_ringerike")->b);
	assert_str(kind.a, "lokalt utvalg, lokalt nivå");
	assert_str(kind.b, "");
	assert_true(kind.differs);
}

/* --- the command ------------------------------------------------------------------------ */

static int
command(const char *one, const char *other, char said[40000])
{
	static const struct cli_command *const commands[] = {&cmd_charter, NULL};
	char *argv[] = {
	    "rodtrad", "charter", "compare", "--lang=en", (char *)one, (char *)other};
	FILE *out = tmpfile(), *err = tmpfile();
	int status = cli_main(other ? 6 : 5, argv, commands, out, err);

	rewind(out);
	said[fread(said, 1, 39999, out)] = 0;
	fclose(out);
	fclose(err);
	return status;
}

static void
the_command_sets_them_side_by_side(void **state)
{
	char said[40000];

	(void)state;
	assert_int_equal(command(VESTRE_VIKEN, OSTFOLD, said), 0);
	assert_non_null(strstr(said, "\nThe strategic cooperation committee | The"));
	assert_non_null(strstr(said, "\n  < Seats: 3 from the municipalities, 3 from"));
	assert_non_null(strstr(said, "\n  > Seats: 6 from the municipalities, 6 from"));
	assert_non_null(strstr(said, "\n    Decides by: consensus, "));
	assert_int_equal(command(VESTRE_VIKEN, "test/fixtures/charter/broken.yaml", said), 1);
	assert_string_equal(said, "");
	assert_int_equal(command(VESTRE_VIKEN, "test/fixtures/charter/none.yaml", said), 2);
	assert_int_equal(command(VESTRE_VIKEN, NULL, said), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(each_body_of_both_stands_once),
	    WITH_ARENA(a_charter_differs_from_itself_in_nothing),
	    WITH_ARENA(what_differs_is_said),
	    WITH_ARENA(it_is_said_in_the_language_of_the_reader),
	    WITH_ARENA(a_body_without_its_like_stands_alone),
	    WITH_ARENA(the_command_sets_them_side_by_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
