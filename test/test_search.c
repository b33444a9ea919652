/* The index of words when the program's words are others than those it was made with. */
#include "people.h"

#include "app/open.h"
#include "app/search.h"
#include "q_search.h"

#include <stdio.h>
#include <stdlib.h>

static struct err *
age(struct cx *cx, void *unused)
{
	int64_t n;

	(void)unused;
	TRY(q_search_forget_words(cx->db, cx->a, &n));
	return q_search_set_version(cx->db, cx->a, S("norsk-0"), &n);
}

static struct err *
renew(struct cx *cx, void *unused)
{
	(void)unused;
	return search_renew(cx);
}

static struct err *
is_stale(struct cx *cx, void *ret)
{
	return search_is_stale(cx, ret);
}

static bool
finds(struct people *p)
{
	struct answer r = ask_api(p, "contact.halden", "GET", "/search?q=utskrivinga", NULL);

	assert_int_equal(r.status, 200);
	return says(&r, "Utskrivning i helg");
}

static void
an_index_of_other_words_is_made_anew(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "contact.halden");
	struct result done;
	bool stale = false;

	assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg", "summary",
	    "Ingen tar imot på lørdager."));
	const char *pid = str_to_c(p->a, done.pid);
	assert_true(finds(p));
	assert_ok(cx_write(cx, age, NULL));
	assert_ok(cx_read(cx, is_stale, &stale));
	assert_true(stale);
	assert_false(finds(p));
	assert_ok(cx_write(cx, renew, NULL));
	assert_ok(cx_read(cx, is_stale, &stale));
	assert_false(stale);
	assert_true(finds(p));
	/* and what is in it can be taken out again */
	assert_ok(
	    act(cx_as(p, "contact.halden"), &done, ACT_MATTER_SUBMIT, "matter", pid, "rev", "1",
		"title", "Helgevakt på sykehjem", "summary", "Ingen tar imot på lørdager."));
	assert_false(finds(p));
}

/* Opening a space is what sees to it. */
static void
a_space_is_opened_with_an_index_of_todays_words(void **state)
{
	struct people *p = *state;
	char *dir = arena_printf(p->a, "/tmp/rodtrad-search-XXXXXX");
	static const char *const made[] = {
	    "spaces/x.db", "spaces", "keys/server.key", "keys", ""};
	struct house house;
	struct opened o;
	struct cx cx;
	bool stale = true;

	assert_non_null(mkdtemp(dir));
	assert_ok(house_open(p->a, dir, &house));
	for (int i = 0; i < 2; i++) {
		struct arena run;
		arena_init(&run, 64 << 20);
		assert_ok(space_open_key(&run, dir, NULL, S("x"), i == 0, p->now_at, &o));
		cx_for_system(&cx, &run, &o, &house, p->now_at);
		assert_ok(cx_read(&cx, is_stale, &stale));
		assert_false(stale);
		assert_ok(cx_write(&cx, age, NULL));
		arena_finish(&run);
	}
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		assert_int_equal(remove(arena_printf(p->a, "%s/%s", dir, made[i])), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(an_index_of_other_words_is_made_anew),
	    WITH_OSTFOLD(a_space_is_opened_with_an_index_of_todays_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
