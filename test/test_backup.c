#include "world.h"

#include "app/backup.h"
#include "app/open.h"
#include "q_migration.h"
#include "store/backup.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 8192, FIRST_WITH_RECORD = 3 };

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

/* --- whole data folders ----------------------------------------------------------------- */

static void
keep_line(void *arg, const char *line)
{
	buf_printf(arg, "%s\n", line);
}

/* A data folder with the spaces "a" and "b" and one key. */
static const char *
make_data(struct arena *a)
{
	char *dir = arena_printf(a, "/tmp/rodtrad-data-XXXXXX");
	struct arena own;
	struct house house;
	struct opened o;

	assert_non_null(mkdtemp(dir));
	arena_init(&own, 64 << 20);
	assert_ok(house_open(&own, dir, &house));
	assert_ok(space_open_key(&own, dir, NULL, S("a"), true, NOW_AT, &o));
	assert_ok(space_open_key(&own, dir, NULL, S("b"), true, NOW_AT, &o));
	arena_finish(&own);
	return dir;
}

static void
drop_all(struct arena *a, const char *dir)
{
	static const char *const files[] = {"manifest", "spaces/a.db", "spaces/b.db",
	    "spaces/a.db-wal", "spaces/b.db-wal", "spaces/a.db-shm", "spaces/b.db-shm",
	    "keys/server.key"};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		unlink(arena_printf(a, "%s/%s", dir, files[i]));
	rmdir(arena_printf(a, "%s/spaces", dir));
	rmdir(arena_printf(a, "%s/keys", dir));
	assert_int_equal(rmdir(dir), 0);
}

static void
all_spaces_go_to_a_folder_and_back(void **state)
{
	struct arena *a = *state;
	const char *dir = make_data(a), *to = arena_printf(a, "%s-copy", dir);
	const char *back = arena_printf(a, "%s-back", dir);
	struct buf said = buf_new(a, 4096);
	struct teller t = {keep_line, &said};

	assert_ok(backup_make(a, dir, to, false, NOW_AT, t));
	assert_non_null(strstr(str_to_c(a, buf_str(&said)), "left out: the keys"));
	assert_int_equal(access(arena_printf(a, "%s/keys", to), F_OK), -1);
	assert_err(backup_make(a, dir, to, false, NOW_AT, t), "backup.exists");
	assert_ok(backup_restore(a, to, back, t));
	assert_err(backup_restore(a, to, back, t), "backup.exists");
	assert_ok(spaces_migrate(a, back, NULL, NOW_AT, t));
	drop_all(a, to);
	drop_all(a, back);
	assert_ok(backup_make(a, dir, to, true, NOW_AT, t));
	assert_ok(backup_restore(a, to, back, t));
	assert_int_equal(access(arena_printf(a, "%s/keys/server.key", back), F_OK), 0);
	drop_all(a, to);
	drop_all(a, back);
	drop_all(a, dir);
}

/* --- a newer program -------------------------------------------------------------------- */

/* A data folder with the space "a" as it was after the first n scripts; n 0: an empty file. */
static const char *
make_old(struct arena *a, size_t n)
{
	char *dir = arena_printf(a, "/tmp/rodtrad-data-XXXXXX");
	struct arena own;
	struct db *db;

	assert_non_null(mkdtemp(dir));
	assert_int_equal(mkdir(arena_printf(a, "%s/spaces", dir), 0700), 0);
	arena_init(&own, 64 << 20);
	assert_ok(db_open(
	    &own, &(struct db_config){.url = arena_printf(a, "%s/spaces/a.db", dir)}, &db));
	for (size_t i = 0; i < n; i++) {
		const struct migration *m = &db_migrations[i];
		struct sha256 hash = sha256(str_from_c(m->source));
		assert_ok(db_script(db, &own, m->sqlite));
		assert_ok(q_migration_add(db, &own, m->no, str_from_c(m->name),
		    sha256_hex(&own, &hash), NOW_AT, NULL));
	}
	arena_finish(&own);
	return dir;
}

static struct err *
open_it(struct arena *a, const char *dir)
{
	struct arena own;
	struct opened o;

	arena_init(&own, 64 << 20);
	struct err *e = err_copy(a, space_open_key(&own, dir, NULL, S("a"), false, NOW_AT, &o));
	arena_finish(&own);
	return e;
}

/* How many scripts the space has run. */
static size_t
scripts_of(const char *file)
{
	struct q_migration_list *rows;
	struct arena own;
	struct db *db;
	size_t n;

	arena_init(&own, 64 << 20);
	assert_ok(db_open(&own, &(struct db_config){.url = file, .mode = DB_READER}, &db));
	assert_ok(q_migration_list(db, &own, &rows, &n));
	arena_finish(&own);
	return n;
}

static void
drop_old(struct arena *a, const char *dir, const char *copy)
{
	unlink(copy);
	unlink(arena_printf(a, "%s-wal", copy));
	unlink(arena_printf(a, "%s-shm", copy));
	rmdir(arena_printf(a, "%s/before-migration", dir));
	drop_all(a, dir);
}

/* From every schema there has been since there is a record: a copy that holds, then the head.
 */
static void
an_old_space_is_copied_before_it_is_migrated(void **state)
{
	struct arena *a = *state;
	struct backup_facts facts;

	for (size_t n = 0; n <= db_migrations_n; n++) {
		if (n > 0 && n < FIRST_WITH_RECORD)
			continue;
		const char *dir = make_old(a, n),
			   *file = arena_printf(a, "%s/spaces/a.db", dir);
		const char *copy = arena_printf(a, "%s/before-migration/a-%04zu.db", dir, n);
		assert_ok(open_it(a, dir));
		assert_ok(open_it(a, dir));
		assert_int_equal(scripts_of(file), db_migrations_n);
		bool kept = access(copy, F_OK) == 0;
		assert_int_equal(kept, n > 0 && n < db_migrations_n);
		if (kept) {
			assert_ok(backup_check(a, copy, "a", &facts));
			assert_int_equal(scripts_of(copy), n);
		}
		drop_old(a, dir, copy);
	}
}

/* A script that cannot run leaves nothing of itself, and can run later (P16). */
static void
a_migration_is_whole_or_not_at_all(void **state)
{
	struct arena *a = *state, own;
	size_t last = db_migrations_n - 1;
	const char *dir = make_old(a, last), *file = arena_printf(a, "%s/spaces/a.db", dir);
	const char *copy = arena_printf(a, "%s/before-migration/a-%04zu.db", dir, last);
	struct db *db;

	arena_init(&own, 64 << 20);
	assert_ok(db_open(&own, &(struct db_config){.url = file}, &db));
	assert_ok(db_script(db, &own,
	    "CREATE TRIGGER stop BEFORE INSERT ON migration BEGIN"
	    "  SELECT raise(ABORT, 'stop'); END"));
	assert_non_null(open_it(a, dir));
	assert_non_null(open_it(a, dir)); /* as a service that starts again and again */
	assert_int_equal(scripts_of(file), last);
	assert_int_equal(scripts_of(copy), last);
	assert_ok(db_script(db, &own, "DROP TRIGGER stop"));
	arena_finish(&own);
	assert_ok(open_it(a, dir));
	assert_int_equal(scripts_of(file), db_migrations_n);
	drop_old(a, dir, copy);
}

static mode_t
mode_of(struct arena *a, const char *dir, const char *file)
{
	struct stat s;

	assert_int_equal(stat(arena_printf(a, "%s/%s", dir, file), &s), 0);
	return s.st_mode & 0777;
}

static void
nobody_else_on_the_machine_reads_the_data(void **state)
{
	struct arena *a = *state;
	mode_t was = umask(0);
	const char *dir = make_data(a);

	umask(was);
	assert_int_equal(mode_of(a, dir, "spaces"), 0700);
	assert_int_equal(mode_of(a, dir, "spaces/a.db"), 0600);
	assert_int_equal(mode_of(a, dir, "keys"), 0700);
	assert_int_equal(mode_of(a, dir, "keys/server.key"), 0600);
	drop_all(a, dir);
}

static void
a_changed_backup_is_not_restored(void **state)
{
	struct arena *a = *state;
	const char *dir = make_data(a), *to = arena_printf(a, "%s-copy", dir);
	const char *back = arena_printf(a, "%s-back", dir);
	struct buf said = buf_new(a, 4096);
	struct teller t = {keep_line, &said};

	assert_ok(backup_make(a, dir, to, false, NOW_AT, t));
	FILE *f = fopen(arena_printf(a, "%s/spaces/b.db", to), "r+b");
	fseek(f, 60, SEEK_SET); /* the user version: no check of the engine's looks at it */
	fputc(1, f);
	fclose(f);
	assert_err(backup_restore(a, to, back, t), "backup.manifest");
	assert_int_equal(access(arena_printf(a, "%s/spaces", back), F_OK), -1);
	assert_err(backup_restore(a, dir, back, t), "backup.manifest"); /* has no manifest */
	drop_all(a, to);
	drop_all(a, back);
	drop_all(a, dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_FILE_WORLD(a_copy_is_made_while_the_space_is_open),
	    WITH_FILE_WORLD(a_damaged_copy_is_found_out),
	    WITH_FILE_WORLD(what_the_record_does_not_know_is_not_copied),
	    WITH_ARENA(all_spaces_go_to_a_folder_and_back),
	    WITH_ARENA(nobody_else_on_the_machine_reads_the_data),
	    WITH_ARENA(a_changed_backup_is_not_restored),
	    WITH_ARENA(an_old_space_is_copied_before_it_is_migrated),
	    WITH_ARENA(a_migration_is_whole_or_not_at_all),
	};

	unsetenv("RODTRAD_TEST_DATABASE"); /* a server has a backup of its own */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
