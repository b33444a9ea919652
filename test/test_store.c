#include "world.h"

#include "store/migrate.h"

#include "toy/q_toy.h"

#include <math.h>

static int64_t
add_thing(struct world *w, const char *pid, double weight, const int64_t *owner)
{
	int64_t id;

	assert_ok(q_thing_add(
	    w->db, w->a, str_from_c(pid), S("Blåbær"), NULL, weight, NULL, owner, &id));
	return id;
}

static void
rows_come_back_as_written(void **state)
{
	struct world *w = *state;
	str note = S("to linjer\nog 'fnutter' \"\\\" 'æøå' €"), picture = {"\0\x01\xff'\\", 5};
	struct q_thing_by_id *t;
	int64_t id, other;

	assert_ok(
	    q_thing_add(w->db, w->a, S("a"), S("Første"), &note, -0.1, &picture, NULL, &id));
	assert_ok(q_thing_by_id(w->db, w->a, id, &t));
	assert_str(t->pid, "a");
	assert_true(t->has_note && str_eq(t->note, note));
	assert_true(t->has_picture && str_eq(t->picture, picture));
	assert_true(t->weight == -0.1 && !t->has_owner);
	other = add_thing(w, "b", 1e300, &id);
	assert_int_not_equal(other, id);
	assert_ok(q_thing_by_id(w->db, w->a, other, &t));
	assert_true(!t->has_note && !t->has_picture && t->has_owner && t->owner == id);
	assert_true(t->weight == 1e300);
	assert_ok(q_thing_by_id(w->db, w->a, 4711, &t));
	assert_null(t);
}

static void
empty_text_and_bytes_are_not_null(void **state)
{
	struct world *w = *state;
	str empty = S("");
	struct q_thing_by_id *t;
	int64_t id;

	assert_ok(q_thing_add(w->db, w->a, S("a"), S("x"), &empty, 1, &empty, NULL, &id));
	assert_ok(q_thing_by_id(w->db, w->a, id, &t));
	assert_true(t->has_note && t->note.n == 0 && t->has_picture && t->picture.n == 0);
}

static void
broken_rules_are_conflicts(void **state)
{
	struct world *w = *state;
	int64_t id;

	add_thing(w, "a", 1, NULL);
	assert_err(
	    q_thing_add(w->db, w->a, S("a"), S("x"), NULL, 1, NULL, NULL, &id), "db.rule");
	assert_err(
	    q_thing_add(w->db, w->a, S("b"), S(""), NULL, 1, NULL, NULL, &id), "db.rule");
	assert_err(q_part_put(w->db, w->a, 4711, S("x"), 1, NULL), "db.rule");
	add_thing(w, "c", 1, NULL); /* the connection is still good */
}

static void
one_needs_exactly_one(void **state)
{
	struct world *w = *state;
	struct q_thing_one *t;
	int64_t id = add_thing(w, "a", 3, NULL);

	assert_ok(q_thing_one(w->db, w->a, id, &t));
	assert_int_equal(t->heavy, 1);
	assert_err(q_thing_one(w->db, w->a, id + 1, &t), "db.broken");
}

static void
lists_are_parameters(void **state)
{
	struct world *w = *state;
	int64_t v[] = {add_thing(w, "a", 1, NULL), add_thing(w, "b", 1, NULL), 4711,
	    add_thing(w, "c", 1, NULL)};
	struct q_thing_among *in;
	struct q_thing_not_among *out;
	size_t n;

	assert_ok(q_thing_among(w->db, w->a, (struct ints){v, 3}, &in, &n));
	assert_int_equal(n, 2);
	assert_true(in[0].id == v[0] && in[1].id == v[1]);
	assert_ok(q_thing_among(w->db, w->a, (struct ints){0}, &in, &n));
	assert_int_equal(n, 0);
	assert_ok(q_thing_not_among(w->db, w->a, (struct ints){v, 3}, &out, &n));
	assert_true(n == 1 && out[0].id == v[3]);
	assert_ok(q_thing_not_among(w->db, w->a, (struct ints){0}, &out, &n));
	assert_int_equal(n, 3);
}

static void
fragments_and_outer_joins(void **state)
{
	struct world *w = *state;
	int64_t a = add_thing(w, "a", 1, NULL), b = add_thing(w, "b", 2, &a);
	struct q_thing_heavy *heavy;
	struct q_thing_owned *owned;
	size_t n;

	assert_ok(q_thing_heavy(w->db, w->a, 1.5, &heavy, &n));
	assert_true(n == 1 && heavy[0].id == b);
	assert_ok(q_thing_heavy(w->db, w->a, 2, &heavy, &n));
	assert_int_equal(n, 0);
	assert_ok(q_part_put(w->db, w->a, b, S("hjul"), 4, NULL));
	assert_ok(q_thing_owned(w->db, w->a, &owned, &n));
	assert_int_equal(n, 2);
	assert_true(!owned[0].has_owner_name && owned[0].parts == 0);
	assert_true(
	    owned[1].has_owner_name && owned[1].owner_weight == 1 && owned[1].parts == 1);
	assert_str(owned[1].owner_name, "Blåbær");
}

static void
many_rows_grow(void **state)
{
	struct world *w = *state;
	struct q_remark_list *rows;
	struct q_remark_fix *fixed;
	size_t n;
	int64_t id;

	for (int i = 1; i <= 100; i++)
		assert_ok(
		    q_remark_add(w->db, w->a, str_from_c(arena_printf(w->a, "%d", i)), &id));
	assert_ok(q_remark_list(w->db, w->a, &rows, &n));
	assert_int_equal(n, 100);
	assert_str(rows[99].body, "100");
	assert_ok(q_remark_fix(w->db, w->a, S("x"), &fixed, &n));
	assert_int_equal(n, 100);
}

static void
columns_are_described(void **state)
{
	(void)state;
	const struct db_column *c = q_thing_by_id_columns;

	assert_string_equal(c[3].name, "note");
	assert_int_equal(c[3].type, DB_TEXT);
	assert_int_equal(c[3].offset, offsetof(struct q_thing_by_id, note));
	assert_int_equal(c[3].has_offset, offsetof(struct q_thing_by_id, has_note));
	assert_true(c[4].type == DB_REAL && !c[4].has_offset);
	assert_null(c[7].name);
}

static void
twins_answer_alike(void **state)
{
	struct world *w = *state;
	struct q_toy_find *found;
	size_t n;

	assert_ok(db_script(w->db, w->a,
	    "INSERT INTO toy_search (body) VALUES ('en sak om avtale'), ('noe annet')"));
	assert_ok(q_toy_find(w->db, w->a, S("avtale"), 10, &found, &n));
	assert_int_equal(n, 1);
	assert_str(found[0].body, "en sak om avtale");
}

/* --- the joint record ------------------------------------------------------------------- */
static void
changes_are_row_images(void **state)
{
	struct world *w = *state;
	int64_t changed, id = add_thing(w, "a", 2, NULL);
	struct db_changes c;

	add_thing(w, "b", 2, &id);
	db_changes_take(w->db, &c);
	assert_int_equal(c.n, 2);
	assert_true(c.first->op == '+' && c.first->table == db_table_find("thing"));
	assert_int_equal(c.first->values[0].i, id);
	assert_str(c.first->values[2].s, "Blåbær");
	assert_int_equal(c.first->values[3].type, DB_NULL);
	assert_true(c.first->values[4].type == DB_REAL && c.first->values[4].d == 2);
	assert_int_equal(c.last->values[6].i, id);

	assert_ok(q_thing_rename_all(w->db, w->a, S("n"), &changed));
	assert_int_equal(changed, 2);
	assert_ok(q_thing_rename(w->db, w->a, 4711, S("n"), &changed));
	assert_int_equal(changed, 0);
	db_changes_take(w->db, &c);
	assert_int_equal(c.n, 2);
	assert_true(c.first->values[2].s.p[0] == 'n' && c.first->op == '+');
	db_changes_take(w->db, &c);
	assert_true(c.n == 0 && !c.first);
}

static void
deletes_and_upserts_too(void **state)
{
	struct world *w = *state;
	int64_t changed, id = add_thing(w, "a", 2, NULL), gone = add_thing(w, "b", 2, NULL);
	struct db_changes c;

	db_changes_take(w->db, &c);
	assert_ok(q_thing_drop(w->db, w->a, gone, &changed));
	assert_int_equal(changed, 1);
	assert_ok(q_part_put(w->db, w->a, id, S("hjul"), 4, &changed));
	assert_ok(q_part_put(w->db, w->a, id, S("hjul"), 3, NULL));
	db_changes_take(w->db, &c);
	assert_int_equal(c.n, 3);
	assert_true(c.first->op == '-' && c.first->values[0].i == gone);
	assert_str(c.first->values[1].s, "b");
	assert_int_equal(c.first->next->values[2].i, 4);
	assert_int_equal(c.last->values[2].i, 7);
	assert_int_equal(q_remark_add(w->db, w->a, S("x"), &id), OK);
	db_changes_take(w->db, &c);
	assert_int_equal(c.n, 0); /* remark is not recorded */
}

static void
recorded_tables_are_described(void **state)
{
	(void)state;
	const struct db_table *part = db_table_find("part");

	assert_int_equal(db_tables_n, 4); /* two are of witnesses */
	assert_true(part->n_columns == 3 && part->n_pk == 2);
	assert_string_equal(part->columns[part->pk[1]].name, "place");
	assert_null(db_table_find("remark"));
}

struct seen {
	char text[64];
	struct arena *a;
};

static struct err *
see_part(void *arg, const struct db_value *v)
{
	struct seen *seen = arg;

	if (v[2].i == 99)
		return err_new(seen->a, ERR_CONFLICT, "test.stop", "99");
	strncat(seen->text, str_to_c(seen->a, v[1].s), 8);
	strcat(seen->text, " ");
	return OK;
}

static void
scan_goes_by_the_bytes_of_the_key(void **state)
{
	struct world *w = *state;
	struct seen seen = {.a = w->a};
	int64_t id = add_thing(w, "a", 2, NULL);

	assert_ok(q_part_put(w->db, w->a, id, S("å"), 1, NULL));
	assert_ok(q_part_put(w->db, w->a, id, S("b"), 1, NULL));
	assert_ok(q_part_put(w->db, w->a, id, S("B"), 1, NULL));
	assert_ok(q_part_put(w->db, w->a, id, S("a"), 1, NULL));
	assert_ok(db_table_scan(w->db, w->a, db_table_find("part"), see_part, &seen));
	assert_string_equal(seen.text, "B a b å ");
	assert_ok(q_part_put(w->db, w->a, id, S("0"), 99, NULL));
	assert_err(
	    db_table_scan(w->db, w->a, db_table_find("part"), see_part, &seen), "test.stop");
	assert_ok(q_part_put(w->db, w->a, id, S("0"), 1, NULL)); /* the scan has let go */
}

/* --- transactions and connections ------------------------------------------------------- */
static void
rollback_undoes(void **state)
{
	struct world *w = *state;
	struct q_remark_count *c;
	int64_t id;

	assert_ok(db_begin(w->db, w->a, DB_WRITER));
	assert_ok(q_remark_add(w->db, w->a, S("x"), &id));
	db_rollback(w->db);
	assert_ok(q_remark_count(w->db, w->a, &c));
	assert_int_equal(c->n, 0);
	assert_ok(db_begin(w->db, w->a, DB_WRITER));
	assert_ok(q_remark_add(w->db, w->a, S("x"), &id));
	assert_ok(db_commit(w->db, w->a));
	db_rollback(w->db);
	assert_ok(q_remark_count(w->db, w->a, &c));
	assert_int_equal(c->n, 1);
}

static void
reader_cannot_write_and_sees_one_snapshot(void **state)
{
	struct world *w = *state;
	struct q_remark_count *before, *after;
	struct db *reader;
	int64_t id;

	assert_ok(space_connect(w->space, w->a, DB_READER, &reader));
	assert_err(q_remark_add(reader, w->a, S("x"), &id), "db.broken");
	assert_ok(db_begin(reader, w->a, DB_READER));
	assert_ok(q_remark_count(reader, w->a, &before));
	assert_ok(q_remark_add(w->db, w->a, S("x"), &id));
	assert_ok(q_remark_count(reader, w->a, &after));
	assert_int_equal(before->n, after->n);
	db_rollback(reader);
	assert_ok(q_remark_count(reader, w->a, &after));
	assert_int_equal(after->n, before->n + 1);
}

static void
migrations_run_once_and_are_checked(void **state)
{
	struct world *w = *state;
	int64_t ran;

	assert_ok(migrate(w->db, w->a, NOW_AT, &ran));
	assert_int_equal(ran, 0);
	assert_ok(db_script(w->db, w->a,
	    "UPDATE migration SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') "
	    "WHERE no = 2"));
	assert_err(migrate(w->db, w->a, NOW_AT, &ran), "migrate.changed");
	assert_ok(db_script(w->db, w->a, "UPDATE migration SET no = 9 WHERE no = 2"));
	assert_err(migrate(w->db, w->a, NOW_AT, &ran), "migrate.changed");
}

static void
newer_schema_is_refused(void **state)
{
	struct world *w = *state;
	char hash[65];
	int64_t ran;

	memset(hash, 'a', 64);
	hash[64] = 0;
	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a, "INSERT INTO migration VALUES (%zu, 'x', '%s', 0)",
		db_migrations_n + 1, hash)));
	assert_err(migrate(w->db, w->a, NOW_AT, &ran), "migrate.newer");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_WORLD(rows_come_back_as_written),
	    WITH_WORLD(empty_text_and_bytes_are_not_null),
	    WITH_WORLD(broken_rules_are_conflicts),
	    WITH_WORLD(one_needs_exactly_one),
	    WITH_WORLD(lists_are_parameters),
	    WITH_WORLD(fragments_and_outer_joins),
	    WITH_WORLD(many_rows_grow),
	    WITH_WORLD(columns_are_described),
	    WITH_WORLD(twins_answer_alike),
	    WITH_WORLD(changes_are_row_images),
	    WITH_WORLD(deletes_and_upserts_too),
	    WITH_WORLD(recorded_tables_are_described),
	    WITH_WORLD(scan_goes_by_the_bytes_of_the_key),
	    WITH_WORLD(rollback_undoes),
	    WITH_FILE_WORLD(reader_cannot_write_and_sees_one_snapshot),
	    WITH_WORLD(migrations_run_once_and_are_checked),
	    WITH_WORLD(newer_schema_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
