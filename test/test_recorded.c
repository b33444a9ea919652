/* Every recorded table of the product, whatever they are: one row in each that an entry
 * accounts for; then each of its values is changed, and verify must name table, key and
 * column. And the commands of the operator, on a founded space. */
#include "world.h"

#include "app/found.h"
#include "app/journal.h"
#include "base/file.h"
#include "store/journal.h"
#include "store/verify_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINES = 40 };

struct lines {
	char line[LINES][400];
	int n;
};

static void
collect(void *arg, const char *line)
{
	struct lines *l = arg;

	if (strstr(line, ": of no checkpoint")) /* its row is whole, its signature is made up */
		return;
	if (l->n < LINES)
		snprintf(l->line[l->n++], sizeof(l->line[0]), "%s", line);
}

static struct lines
verify(struct world *w)
{
	struct lines l = {0};
	struct verify v = {.space = "x", .say = collect, .arg = &l};
	struct verify_result r;

	assert_ok(verify_space(w->db, w->a, &v, &r));
	return l;
}

static bool
is_pk(const struct db_table *t, size_t column)
{
	for (size_t i = 0; i < t->n_pk; i++)
		if (t->pk[i] == (int)column)
			return true;
	return false;
}

/* A value of the column's type, other for another salt. */
static const char *
value(struct world *w, const struct db_column *c, int salt)
{
	if (c->type == DB_INT)
		return arena_printf(w->a, "%d", 100 + salt);
	if (c->type == DB_REAL)
		return arena_printf(w->a, "%d.5", salt);
	if (c->type == DB_TEXT)
		return arena_printf(w->a, "'tekst %d'", salt);
	return arena_printf(
	    w->a, db_is_postgres(w->db) ? "'\\x%02x'" : "x'%02x'", (unsigned)salt);
}

static void
insert_row(struct world *w, const struct db_table *t)
{
	struct buf sql = buf_new(w->a, 1 << 14), values = buf_new(w->a, 1 << 14);

	buf_printf(&sql, "INSERT INTO %s (", t->name);
	for (size_t i = 0; i < t->n_columns; i++) {
		buf_printf(&sql, "%s%s", i ? ", " : "", t->columns[i].name);
		buf_printf(&values, "%s%s", i ? ", " : "", value(w, &t->columns[i], 1));
	}
	buf_printf(&sql, ") VALUES (" STR_FMT ")", STR_ARG(buf_str(&values)));
	assert_ok(db_script(w->db, w->a, str_to_c(w->a, buf_str(&sql))));
}

struct telling {
	struct world *w;
	const struct db_table *table;
	struct buf more;
};

static struct err *
tell_row(void *arg, const struct db_value *values)
{
	struct telling *t = arg;

	content_put(&t->more, '+', t->table->name, content_row(t->w->a, t->table, values));
	return OK;
}

static struct err *
append(struct db *db, void *arg)
{
	struct telling *t = arg;
	struct act act = {.now_ms = NOW_AT * 1000,
	    .action = "test.fill",
	    .object_type = "space",
	    .object_pid = S("x")};
	int64_t seq;

	return journal_append_more(db, t->w->a, &act, buf_str(&t->more), &seq);
}

/* Rules of the tables out of the way: this is about the record. */
static const char no_rules[] =
    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON";
static const char no_rules_pg[] =
    "DO $$ DECLARE r record; BEGIN FOR r IN "
    "SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype IN ('c', 'f') "
    "AND connamespace = current_schema()::regnamespace LOOP "
    "EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname); END LOOP; END $$";

static void
fill(struct world *w)
{
	struct telling t = {.w = w, .more = buf_new(w->a, 1 << 20)};

	assert_ok(db_script(w->db, w->a, db_is_postgres(w->db) ? no_rules_pg : no_rules));
	for (size_t i = 0; i < db_tables_n; i++) {
		insert_row(w, &db_tables[i]);
		t.table = &db_tables[i];
		assert_ok(db_table_scan(w->db, w->a, t.table, tell_row, &t));
	}
	assert_ok(space_write(w->space, w->a, append, &t));
}

/* "table key" of the row that insert_row made. */
static const char *
place(struct world *w, const struct db_table *t)
{
	struct buf b = buf_new(w->a, 1000);

	buf_printf(&b, "x %s ", t->name);
	for (size_t i = 0; i < t->n_pk; i++)
		buf_printf(&b, "%s%s", i ? "," : "",
		    t->columns[t->pk[i]].type == DB_INT ? "101" : "tekst 1");
	return str_to_c(w->a, buf_str(&b));
}

static void
change_column(struct world *w, const struct db_table *t, size_t column, int salt)
{
	const struct db_column *c = &t->columns[column];

	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a, "UPDATE %s SET %s = %s", t->name, c->name, value(w, c, salt))));
}

static void
every_value_of_every_recorded_table_counts(void **state)
{
	struct world *w = *state;
	struct lines l;

	fill(w);
	assert_true(db_tables_n > 20);
	assert_int_equal(verify(w).n, 0);
	for (size_t i = 0; i < db_tables_n; i++) {
		const struct db_table *t = &db_tables[i];
		for (size_t k = 0; k < t->n_columns; k++) {
			const char *want =
			    is_pk(t, k)
				? arena_printf(
				      w->a, "%s: the row that seq 0 made is gone", place(w, t))
				: arena_printf(w->a, "%s: %s is not what seq 0 made it",
				      place(w, t), t->columns[k].name);
			change_column(w, t, k, 2);
			l = verify(w);
			if (strcmp(l.line[0], want) != 0 && strcmp(l.line[1], want) != 0)
				fail_msg("%s, not: %s", l.line[0], want);
			assert_int_equal(l.n, is_pk(t, k) ? 2 : 1);
			change_column(w, t, k, 1);
		}
	}
	assert_int_equal(verify(w).n, 0);
}

static void
rows_of_every_recorded_table_cannot_come_or_go(void **state)
{
	struct world *w = *state;
	struct lines l;

	fill(w);
	for (size_t i = 0; i < db_tables_n; i++) {
		const struct db_table *t = &db_tables[i];
		assert_ok(
		    db_script(w->db, w->a, arena_printf(w->a, "DELETE FROM %s", t->name)));
		l = verify(w);
		assert_int_equal(l.n, 1);
		assert_string_equal(l.line[0],
		    arena_printf(w->a, "%s: the row that seq 0 made is gone", place(w, t)));
		insert_row(w, t);
	}
	assert_ok(db_script(w->db, w->a,
	    "DELETE FROM journal_content; DELETE FROM journal_entry; DELETE FROM "
	    "journal_node"));
	l = verify(w);
	assert_int_equal(l.n, db_tables_n < LINES ? (int)db_tables_n : LINES);
	assert_string_equal(l.line[0],
	    arena_printf(w->a, "%s: no entry made this row", place(w, &db_tables[0])));
}

/* One statement about the chunks of attachment 101, with bytes as the engine writes them. */
static void
chunks(struct world *w, const char *before, const char *hex, const char *after)
{
	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a, "%s %s%s' %s", before, db_is_postgres(w->db) ? "'\\x" : "x'",
		hex, after)));
}

/* "abc" and "d" as the chunks of attachment 101. */
static void
the_bytes_of_attachments_count(void **state)
{
	static const struct {
		const char *before, *hex, *after;
	} damage[] = {
	    {"UPDATE attachment_chunk SET bytes =", "6400", "WHERE no = 1"},
	    {"UPDATE attachment_chunk SET bytes =", "616264", "WHERE no = 0"},
	    {"DELETE FROM attachment_chunk WHERE bytes =", "616263", ""},
	    {"DELETE FROM attachment_chunk WHERE bytes =", "64", ""},
	    {"UPDATE attachment_chunk SET no = 2 WHERE bytes =", "64", ""},
	    {"DELETE FROM attachment_chunk WHERE bytes <>", "00", ""},
	};
	struct world *w = *state;
	struct lines l = {0};
	struct verify v = {.space = "x", .say = collect, .arg = &l};
	struct verify_result r = {0};
	struct sha256 h = sha256(S("abcd"));

	fill(w);
	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a,
		"UPDATE attachment SET bytes = 4, removed_at = 0, sha256 = '" STR_FMT "'",
		STR_ARG(sha256_hex(w->a, &h)))));
	for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
		assert_ok(db_script(w->db, w->a, "DELETE FROM attachment_chunk"));
		chunks(w, "INSERT INTO attachment_chunk VALUES (101, 0,", "616263", ")");
		chunks(w, "INSERT INTO attachment_chunk VALUES (101, 1,", "64", ")");
		l.n = 0;
		assert_ok(verify_files(w->db, w->a, &v, &r));
		assert_int_equal(l.n, 0);
		chunks(w, damage[i].before, damage[i].hex, damage[i].after);
		assert_ok(verify_files(w->db, w->a, &v, &r));
		assert_int_equal(l.n, 1);
		assert_string_equal(
		    l.line[0], "x attachment 101: its bytes are not those recorded");
	}
	assert_int_equal(r.problems, sizeof(damage) / sizeof(damage[0]));
	l.n = 0; /* removed, and its bytes are gone: erased */
	assert_ok(db_script(w->db, w->a, "UPDATE attachment SET removed_at = 5"));
	assert_ok(verify_files(w->db, w->a, &v, &r));
	assert_int_equal(l.n, 0);
}

/* --- a data folder ---------------------------------------------------------------------- */
static void
remove_folder(void *arg)
{
	static const char *const subs[] = {"spaces", "keys"};
	char path[512];

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", (char *)arg, subs[i]);
		DIR *d = opendir(path);
		for (struct dirent *e; d && (e = readdir(d));) {
			char file[800];
			snprintf(file, sizeof(file), "%s/%s", path, e->d_name);
			unlink(file);
		}
		if (d)
			closedir(d);
		rmdir(path);
	}
	rmdir(arg);
}

struct folder {
	const char *dir;
	struct house house;
	struct opened o;
};

static struct folder
found(struct arena *a)
{
	struct folder f = {.dir = mkdtemp(arena_printf(a, "/tmp/rodtrad-data-XXXXXX"))};
	struct house *house = arena_new(a, struct house);
	struct cx cx;
	str yaml;

	assert_non_null(f.dir);
	arena_defer(a, remove_folder, (void *)(uintptr_t)f.dir);
	assert_ok(house_open(a, f.dir, house));
	assert_ok(file_read(a, "charters/vestre-viken-2021.yaml", 1 << 20, &yaml));
	assert_ok(space_open_key(a, f.dir, NULL, S("vv"), true, NOW_AT, &f.o));
	cx_for_system(&cx, a, &f.o, house, NOW_AT);
	assert_ok(space_found(&cx, yaml));
	return f;
}

static struct err *
keep_part(void *arg, str bytes)
{
	buf_put(arg, bytes);
	return OK;
}

static void
a_founded_space_is_signed_checked_and_handed_out(void **state)
{
	struct arena *a = *state;
	struct folder f = found(a);
	struct lines l = {0};
	struct verify_result r;
	struct signer s;
	bool known;
	str note, json;

	struct checking how = {.dir = f.dir, .say = collect, .arg = &l};
	assert_ok(journal_signer_known(a, f.dir, &s, &known));
	assert_false(known);
	assert_ok(journal_check(a, &how, S("vv"), &r));
	assert_true(l.n == 0 && r.entries >= 1 && r.rows > 50);
	assert_ok(journal_signer(a, f.dir, &s));
	assert_ok(journal_sign(f.o.space, a, &s, S("vv"), NOW_AT, &note));
	how.notes = &note;
	how.n_notes = 1;
	assert_ok(journal_check(a, &how, S("vv"), &r));
	assert_true(l.n == 0 && r.checkpoints == 1);
	struct note_key k = journal_key(a, &s, S("vv")), other = journal_key(a, &s, S("ww"));
	how.key_text = str_to_c(a, note_key_text(a, &other));
	assert_ok(journal_check(a, &how, S("vv"), &r));
	assert_string_equal(l.line[0], "vv journal_checkpoint 1: not signed by the key");
	struct buf entries = buf_new(a, 1 << 20);
	assert_ok(
	    journal_export(f.o.space, a, note_key_text(a, &k), keep_part, &entries, &json));
	assert_ok(record_check(a, buf_str(&entries), r.entries, &r.root));
	assert_true(memmem(json.p, json.n, "\"checkpoints\":[\n{\"note\":", 24) != NULL);
	assert_ok(journal_prove(f.o.space, a, 0, JOURNAL_RECEIPT, &json));
	assert_memory_equal(json.p, "{\"entry\":\"rodtrad-journal/v1\\nseq 0\\n", 36);
	assert_ok(journal_prove(f.o.space, a, 0, 1, &json));
	assert_str(json, "{\"from\":0,\"to\":1,\"proof\":[]}\n");
	assert_err(journal_prove(f.o.space, a, 0, 9, &json), "journal.not_found");
	assert_err(journal_check(a, &how, S("xx"), &r), "space.unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_WORLD(every_value_of_every_recorded_table_counts),
	    WITH_WORLD(rows_of_every_recorded_table_cannot_come_or_go),
	    WITH_WORLD(the_bytes_of_attachments_count),
	    WITH_ARENA(a_founded_space_is_signed_checked_and_handed_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
