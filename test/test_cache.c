/* Bytes under a name: base/cache.h. */
#include "support.h"

#include "base/cache.h"

#include <pthread.h>
#include <stdlib.h>

static const char *
got(struct cache *c, struct arena *a, const char *name, const char *mark)
{
	str found;

	return cache_get(c, a, str_from_c(name), str_from_c(mark), &found) ? str_to_c(a, found)
									   : NULL;
}

static void
put(struct cache *c, const char *name, const char *mark, const char *bytes)
{
	cache_put(c, str_from_c(name), str_from_c(mark), str_from_c(bytes));
}

static void
only_the_mark_it_was_kept_with_finds_it(void **state)
{
	struct arena *a = *state;
	struct cache *c = cache_new(a, 1 << 16);

	assert_null(got(c, a, "page", "1"));
	put(c, "page", "1", "one");
	put(c, "other", "1", "");
	assert_string_equal(got(c, a, "page", "1"), "one");
	assert_string_equal(got(c, a, "other", "1"), "");
	assert_null(got(c, a, "page", "2"));
	assert_null(got(c, a, "pag", "e1"));
	put(c, "page", "2", "two");
	assert_null(got(c, a, "page", "1"));
	assert_string_equal(got(c, a, "page", "2"), "two");
}

static void
names_of_every_length_are_told_apart(void **state)
{
	struct arena *a = *state;
	struct cache *c = cache_new(a, 1 << 20);
	char name[70] = {0};

	for (int n = 0; n < 69; n++) {
		put(c, name, "m", arena_printf(a, "%d", n));
		name[n] = 'x';
	}
	for (int n = 68; n >= 0; n--) {
		name[n] = '\0';
		assert_string_equal(got(c, a, name, "m"), arena_printf(a, "%d", n));
	}
}

static void
the_room_holds_and_the_unused_go_first(void **state)
{
	struct arena *a = *state;
	struct cache *c = cache_new(a, 20000);
	const char *page = arena_printf(a, "%01000d", 0);

	put(c, "often", "", page);
	for (int i = 0; i < 200; i++) {
		put(c, arena_printf(a, "seldom %d", i), "", page);
		assert_true(cache_used(c) <= 20000);
		assert_non_null(got(c, a, "often", ""));
	}
	assert_non_null(got(c, a, "seldom 199", ""));
	assert_null(got(c, a, "seldom 0", ""));
	assert_true(cache_used(c) > 17000);
}

static void
what_is_too_large_is_not_kept(void **state)
{
	struct arena *a = *state;
	struct cache *c = cache_new(a, 16000);

	put(c, "small", "", "x");
	put(c, "large", "", arena_printf(a, "%02000d", 0));
	assert_null(got(c, a, "large", ""));
	assert_non_null(got(c, a, "small", ""));
}

/* Each thread finds what somebody put there whole, or nothing. */
static void *
many_times(void *arg)
{
	struct cache *c = arg;
	unsigned wrong = 0;

	for (unsigned i = 0; i < 3000; i++) {
		struct arena a;
		str found;
		arena_init(&a, 1 << 16);
		char *name = arena_printf(&a, "%u", i * 7 % 50);
		if (cache_get(c, &a, str_from_c(name), S("m"), &found))
			wrong += found.n != 300 || found.p[299] != name[0];
		char *bytes = arena_array(&a, char, 300);
		memset(bytes, name[0], 300);
		cache_put(c, str_from_c(name), S("m"), (str){bytes, 300});
		arena_finish(&a);
	}
	return wrong ? c : NULL;
}

static void
threads_share_it(void **state)
{
	struct cache *c = cache_new(*state, 8000);
	pthread_t t[4];
	void *wrong;

	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&t[i], NULL, many_times, c), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(t[i], &wrong);
		assert_null(wrong);
	}
	assert_true(cache_used(c) <= 8000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(only_the_mark_it_was_kept_with_finds_it),
	    WITH_ARENA(names_of_every_length_are_told_apart),
	    WITH_ARENA(the_room_holds_and_the_unused_go_first),
	    WITH_ARENA(what_is_too_large_is_not_kept),
	    WITH_ARENA(threads_share_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
