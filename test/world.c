#include "world.h"

#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int
set_up(void **state, bool file)
{
	struct arena *a = calloc(1, sizeof(*a));
	struct world *w;

	arena_init(a, 512 << 20);
	w = arena_new(a, struct world);
	w->a = a;
	w->url = ":memory:";
	if (getenv("RODTRAD_TEST_DATABASE")) {
		w->url = arena_printf(a, "%s", getenv("RODTRAD_TEST_DATABASE"));
		w->schema = arena_printf(a, "t%s", str_to_c(a, pid_new(a)));
	} else if (file) {
		char *dir = arena_printf(a, "/tmp/rodtrad-test-XXXXXX");
		assert_non_null(mkdtemp(dir));
		w->url = arena_printf(a, "%s/space.db", dir);
	}
	w->config = (struct db_config){.url = w->url, .schema = w->schema};
	struct space_config c = {.db = w->config, .now_at = NOW_AT};
	assert_ok(space_open(a, &c, &w->space));
	w->db = space_memory_db(w->space);
	if (!w->db)
		assert_ok(space_connect(w->space, a, DB_WRITER, &w->db));
	*state = w;
	return 0;
}

int
world_setup(void **state)
{
	return set_up(state, false);
}

int
world_setup_file(void **state)
{
	return set_up(state, true);
}

static void
drop_schema(const char *url, const char *schema)
{
	struct arena a;
	struct db *db;

	arena_init(&a, 1 << 20);
	assert_ok(db_open(&a, &(struct db_config){.url = url}, &db));
	assert_ok(db_script(db, &a, arena_printf(&a, "DROP SCHEMA %s CASCADE", schema)));
	arena_finish(&a);
}

static void
remove_files(const char *url)
{
	static const char *const ends[] = {"", "-wal", "-shm", NULL};
	char name[256];

	if (url[0] != '/')
		return;
	for (int i = 0; ends[i]; i++) {
		snprintf(name, sizeof(name), "%s%s", url, ends[i]);
		unlink(name);
	}
	*strrchr(name, '/') = 0;
	rmdir(name);
}

int
world_teardown(void **state)
{
	struct world *w = *state;
	struct arena *a = w->a;
	char *url = strdup(w->url), *schema = w->schema ? strdup(w->schema) : NULL;

	arena_finish(a);
	free(a);
	if (schema)
		drop_schema(url, schema);
	remove_files(url);
	free(url);
	free(schema);
	return 0;
}
