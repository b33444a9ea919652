#include "people.h"

#include "core/authz.h"

/* --- the shared people, on whom other tests stand ------------------------------------------ */
static void
test_people(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "contact.halden");
	struct result done;

	int64_t before = entries(p);
	assert_err(act(cx, &done, ACT_MATTER_PROPOSE, "title", "abc", "summary", "Tekst"),
	    "input");
	assert_string_equal(fault_of(cx, "title"), "input.too_short");
	assert_int_equal(entries(p), before);
	assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg", "summary",
	    "Tekst", "submit", "1"));
	assert_int_equal(entries(p), before + 1);
	assert_err(act(cx_as(p, "outsider"), &done, ACT_MATTER_PROPOSE, "title",
		       "Utskrivning i helg", "summary", "Tekst"),
	    "denied");
}

static void
test_asking(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, NULL, "GET", "/meg/part", NULL);

	assert_int_equal(r.status, 303);
	r = ask(p, "secretary.trust", "GET", "/meg/part", NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "name=\"party\""));
	r = ask(p, "secretary.trust", "POST", "/logg-ut", "");
	assert_int_equal(r.status, 303);
	r = ask(p, "secretary.trust", "GET", "/meg/part", NULL);
	assert_int_equal(r.status, 303); /* the session is gone */
	r = ask_api(p, "contact.moss", "POST", "/matters",
	    "{\"title\": \"Utskrivning i helg\", \"summary\": \"Tekst\"}");
	assert_int_equal(r.status, 200);
}

static void
test_cast(void **state)
{
	struct people *p = *state;

	assert_true(cx_as(p, "chair")->actor->appointments[0].chairing == CHAIR_CHAIR);
	assert_true(cx_as(p, "vice")->actor->appointments[0].chairing == CHAIR_VICE);
	people_seat(p, p->n ? "partnerskapsmotet" : "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_people),
	    WITH_VESTRE_VIKEN(test_cast),
	    WITH_OSTFOLD(test_cast),
	    WITH_OSTFOLD(test_asking),
	    WITH_OSTFOLD_FILE(test_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
