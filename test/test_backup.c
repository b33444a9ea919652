#include "world.h"

#include "store/backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 8192 };

struct place {
	const char *dir, *to;
};

static struct place
make_place(struct world *w)
{
	char *dir = arena_printf(w->a, "/tmp/rodtrad-backup-XXXXXX");

	assert_non_null(mkdtemp(dir));
	return (struct place){dir, arena_printf(w->a, "%s/copy.db", dir)};
}

static void
drop_place(struct place p)
{
	unlink(p.to);
	assert_int_equal(rmdir(p.dir), 0); /* nothing else was left there */
}

static void
a_copy_is_made_while_the_space_is_open(void **state)
{
	struct world *w = *state;
	struct place p = make_place(w);
	struct backup_facts facts, again;
	struct stat s;

	assert_ok(backup_copy(w->a, w->url, p.to, "prove", &facts));
	assert_ok(backup_check(w->a, p.to, "prove", &again));
	assert_int_equal(stat(p.to, &s), 0);
	assert_int_equal(s.st_size, facts.bytes);
	assert_int_equal(s.st_mode & 0777, 0600);
	assert_memory_equal(&facts.sha256, &again.sha256, sizeof(facts.sha256));
	assert_err(backup_copy(w->a, w->url, p.to, "prove", &facts), "backup.exists");
	drop_place(p);
}

static void
a_damaged_copy_is_found_out(void **state)
{
	struct world *w = *state;
	struct place p = make_place(w);
	struct backup_facts facts;

	assert_ok(backup_copy(w->a, w->url, p.to, "prove", &facts));
	FILE *f = fopen(p.to, "r+b");
	fseek(f, facts.bytes / 2 / PAGE * PAGE, SEEK_SET);
	for (int i = 0; i < PAGE; i++)
		fputc(0x5a, f);
	fclose(f);
	assert_err(backup_check(w->a, p.to, "prove", &facts), "backup.broken");
	assert_non_null(e);
	drop_place(p);
}

static void
what_the_record_does_not_know_is_not_copied(void **state)
{
	struct world *w = *state;
	struct place p = make_place(w);
	struct backup_facts facts;

	assert_ok(db_script(w->db, w->a,
	    "INSERT INTO party (pid, key, kind, side, name, pos)"
	    " VALUES ('p', 'k', 1, 1, 'N', 1)"));
	assert_err(backup_copy(w->a, w->url, p.to, "prove", &facts), "backup.broken");
	assert_err(backup_copy(w->a, "/nowhere/x.db", p.to, "prove", &facts), "backup.io");
	drop_place(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_FILE_WORLD(a_copy_is_made_while_the_space_is_open),
	    WITH_FILE_WORLD(a_damaged_copy_is_found_out),
	    WITH_FILE_WORLD(what_the_record_does_not_know_is_not_copied),
	};

	unsetenv("RODTRAD_TEST_DATABASE"); /* a server has a backup of its own */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
