/*
 * test/world.h - a fresh space for each test, with the schema of the linked queries.
 *
 * On SQLite it is in memory (or a file that is removed afterwards); with the environment
 * variable RODTRAD_TEST_DATABASE=postgres://... it is a schema of its own there.
 *
 * Ownership  *state is the struct world; its arena and all in it end with the teardown.
 */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "store/db.h"
#include "store/space.h"
#include "support.h"

struct world {
	struct arena *a;
	struct space *space;
	struct db *db; /* for direct queries by the test's own thread, outside transactions */
	const char *url, *schema;
	struct db_config config;
};

/* In memory: space_write runs at once on the caller's thread. */
int world_setup(void **state);
/* In a file, with the writer thread and readers. */
int world_setup_file(void **state);
int world_teardown(void **state);

#define WITH_WORLD(f)      cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
#define WITH_FILE_WORLD(f) cmocka_unit_test_setup_teardown(f, world_setup_file, world_teardown)

#endif
