/* The bodies and what the charter lays down about each, with where it comes from (R006). */
#include "people.h"

static void
each_body_stands_with_its_rules(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, "contact.halden", "GET", "/struktur", NULL);

	assert_int_equal(r.status, 200);
	for (size_t i = 0; i < p->charter->n_bodies; i++)
		assert_true(says(
		    &r, str_to_c(p->a, charter_say(&p->charter->bodies[i].name, LANG_NB))));
	assert_true(says(&r, "6 fra kommunene, 6 fra helseforetaket")); /* OST-30 */
	assert_true(says(&r, "fra 1. april til 31. mars"));             /* OST-34 */
	assert_true(says(&r, "minst 4 møter i året"));
}

static void
a_rule_says_where_it_comes_from(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, "contact.halden", "GET", "/struktur", NULL);

	assert_true(says(&r, "<strong>Leder</strong>: OST-23, kilde 003"));
	assert_true(says(&r, "<strong>Møter</strong>: OST-21, OST-22, kilde 003"));
	assert_true(says(&r, "«Dagsorden inkl. møteledelse avtales i forkant med representant "
			     "utpekt av kommunedirektørene og adm.dir. SØ»"));
	assert_true(says(&r, "Kildene sier ikke dette. Det er valgt i vedtektene."));
}

static void
another_charter_has_other_bodies(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, "secretary.trust", "GET", "/struktur", NULL);

	assert_true(says(&r, "Lokalt samarbeidsutvalg Hallingdal"));
	assert_true(says(
	    &r, "3 fra kommunene, 3 fra helseforetaket, 1 fra brukerne, 1 fra fastlegene"));
	assert_false(says(&r, "Samhandlingsforum"));
}

static void
the_api_says_the_same(void **state)
{
	struct people *p = *state;
	struct answer r = ask_api(p, "secretary.trust", "GET", "/structure", NULL);

	assert_int_equal(r.status, 200);
	assert_true(says(&r, "\"key\":\"ssu\""));
	assert_true(says(&r, "\"said\":\"6 fra kommunene, 6 fra helseforetaket\""));
	assert_true(says(&r, "\"rule\":\"OST-23\",\"source\":\"003\""));
}

static void
those_outside_see_nothing(void **state)
{
	struct people *p = *state;

	assert_int_equal(ask(p, NULL, "GET", "/struktur", NULL).status, 303);
	assert_int_equal(ask_api(p, NULL, "GET", "/structure", NULL).status, 401);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(each_body_stands_with_its_rules),
	    WITH_OSTFOLD(a_rule_says_where_it_comes_from),
	    WITH_VESTRE_VIKEN(another_charter_has_other_bodies),
	    WITH_OSTFOLD(the_api_says_the_same),
	    WITH_OSTFOLD(those_outside_see_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
