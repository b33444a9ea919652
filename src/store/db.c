#include "store/db.h"

#include "store/engine.h"

#include <inttypes.h>
#include <string.h>

static const size_t LOG_LIMIT = 512 << 20; /* bytes of row images in one transaction */

static bool
is_postgres_url(const char *url)
{
	return strncmp(url, "postgres://", 11) == 0 || strncmp(url, "postgresql://", 13) == 0;
}

static void
close_db(void *arg)
{
	struct db *db = arg;

	arena_finish(&db->log);
	db->engine->close(db);
}

struct err *
db_open(struct arena *a, const struct db_config *config, struct db **ret)
{
	const struct db_engine *engine =
	    is_postgres_url(config->url) ? &db_postgres : &db_sqlite;
	struct db *db;

	TRY(engine->open(a, config, &db));
	db->engine = engine;
	arena_init(&db->log, LOG_LIMIT);
	arena_defer(a, close_db, db);
	*ret = db;
	return OK;
}

struct err *
db_script(struct db *db, struct arena *a, const char *sql)
{
	return db->engine->script(db, a, sql);
}

bool
db_is_postgres(const struct db *db)
{
	return db->engine == &db_postgres;
}

/* --- transactions ----------------------------------------------------------------------- */
static void
forget_changes(struct db *db)
{
	arena_finish(&db->log);
	arena_init(&db->log, LOG_LIMIT);
	db->changes = (struct db_changes){0};
}

struct err *
db_begin(struct db *db, struct arena *a, enum db_mode mode)
{
	forget_changes(db);
	struct err *e = mode == DB_READER ? db_script(db, a, db->engine->begin_read)
					  : db->engine->begin_write(db, a);
	if (e)
		db_rollback(db);
	return e;
}

struct err *
db_commit(struct db *db, struct arena *a)
{
	TRY(db_script(db, a, "COMMIT"));
	forget_changes(db);
	return OK;
}

void
db_rollback(struct db *db)
{
	struct arena scratch;

	forget_changes(db);
	if (!db->engine->in_transaction(db))
		return;
	arena_init(&scratch, 1 << 20);
	struct err *e = db_script(db, &scratch, "ROLLBACK");
	(void)e; /* the engine has then rolled back already */
	arena_finish(&scratch);
}

static struct err *
settled(struct db *db, struct arena *a)
{
	if (db->changes.n)
		return err_new(a, ERR_INTERNAL, "db.unrecorded",
		    "%zu changes of %s without a "
		    "journal entry",
		    db->changes.n, db->changes.first->table->name);
	return db->engine->settle(db, a);
}

struct err *
db_savepoint(struct db *db, struct arena *a, struct err *(*fn)(struct db *, void *), void *arg)
{
	TRY(db_script(db, a, "SAVEPOINT job"));
	struct err *e = fn(db, arg);
	if (!e)
		e = settled(db, a);
	if (!e)
		e = db_script(db, a, "RELEASE job");
	else if (db->engine->in_transaction(db)) {
		struct err *undo = db_script(db, a, "ROLLBACK TO job; RELEASE job");
		if (undo) {
			db_rollback(db);
			e = undo;
		}
	}
	forget_changes(db);
	return e;
}

void
db_tidy(struct db *db)
{
	db->engine->tidy(db);
}

bool
db_sync_failed(const struct db *db)
{
	return db->sync_failed;
}

bool
db_alive(struct db *db)
{
	return db->engine->alive(db);
}

bool
db_in_transaction(struct db *db)
{
	return db->engine->in_transaction(db);
}

/* --- rows ------------------------------------------------------------------------------- */
static struct err *
fill(struct db_rows *rows, struct arena *a, char *row)
{
	const struct db_query *q = rows->q;

	for (int i = 0; i < q->n_columns; i++) {
		const struct db_column *c = &q->columns[i];
		struct db_value v = rows->db->engine->value(rows, a, i, c->type);

		if (c->has_offset)
			memcpy(row + c->has_offset, &(bool){v.type != DB_NULL}, sizeof(bool));
		else if (v.type == DB_NULL)
			return err_new(
			    a, ERR_INTERNAL, "db.broken", "%s: NULL in %s", q->name, c->name);
		if (v.type == DB_INT)
			memcpy(row + c->offset, &v.i, sizeof(v.i));
		else if (v.type == DB_REAL)
			memcpy(row + c->offset, &v.d, sizeof(v.d));
		else if (v.type != DB_NULL)
			memcpy(row + c->offset, &v.s, sizeof(v.s));
	}
	return OK;
}

static struct err *
collect(struct db_rows *rows, struct arena *a, size_t first_cap, char **ret, size_t *ret_n)
{
	const struct db_query *q = rows->q;
	char *all = NULL;
	size_t n = 0, cap = 0;

	for (;;) {
		bool row;
		TRY(rows->db->engine->next(rows, a, &row));
		if (!row)
			break;
		if (n == cap) {
			cap = cap ? cap * 2 : first_cap;
			char *more = arena_alloc(a, q->row_size, q->row_align, cap);
			if (n)
				memcpy(more, all, n * q->row_size);
			all = more;
		}
		TRY(fill(rows, a, all + n++ * q->row_size));
	}
	*ret = all;
	*ret_n = n;
	return OK;
}

static struct err *
select_rows(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, size_t first_cap, char **ret, size_t *ret_n)
{
	struct db_rows rows;

	TRY(db->engine->start(db, a, q, args, &rows));
	struct err *e = collect(&rows, a, first_cap, ret, ret_n);
	db->engine->stop(&rows);
	return e;
}

struct err *
db_many_(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *args,
    void **ret, size_t *ret_n)
{
	char *rows;

	TRY(select_rows(db, a, q, args, 16, &rows, ret_n));
	*ret = rows;
	return OK;
}

struct err *
db_maybe_(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *args,
    void **ret)
{
	char *rows;
	size_t n;

	TRY(select_rows(db, a, q, args, 1, &rows, &n));
	if (n > 1)
		return err_new(a, ERR_INTERNAL, "db.broken", "%s: %zu rows", q->name, n);
	*ret = rows;
	return OK;
}

struct err *
db_one_(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *args,
    void **ret)
{
	void *row;

	TRY(db_maybe_(db, a, q, args, &row));
	if (!row)
		return err_new(a, ERR_INTERNAL, "db.broken", "%s: no row", q->name);
	*ret = row;
	return OK;
}

/* --- writes ----------------------------------------------------------------------------- */
static struct db_value *
image(struct db_rows *rows, struct arena *a, const struct db_table *t)
{
	struct db_value *v = arena_array(a, struct db_value, t->n_columns);

	for (size_t i = 0; i < t->n_columns; i++)
		v[i] = rows->db->engine->value(rows, a, (int)i, t->columns[i].type);
	return v;
}

static void
record(struct db_rows *rows)
{
	struct db *db = rows->db;
	struct db_change *c = arena_new(&db->log, struct db_change);

	c->table = rows->q->table;
	c->op = rows->q->op;
	c->values = image(rows, &db->log, c->table);
	if (db->changes.last)
		db->changes.last->next = c;
	else
		db->changes.first = c;
	db->changes.last = c;
	db->changes.n++;
}

static struct err *
run(struct db_rows *rows, struct arena *a, int64_t *ret_changed, int64_t *ret_id)
{
	const struct db_engine *engine = rows->db->engine;
	int64_t returned = 0;

	for (;;) {
		bool row;
		TRY(engine->next(rows, a, &row));
		if (!row)
			break;
		returned++;
		if (rows->q->table)
			record(rows);
		if (ret_id)
			*ret_id = engine->value(rows, a, rows->q->id_at, DB_INT).i;
	}
	*ret_changed = returned ? returned : engine->changed(rows);
	return OK;
}

static struct err *
write_rows(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, int64_t *ret_changed, int64_t *ret_id)
{
	struct db_rows rows;

	TRY(db->engine->start(db, a, q, args, &rows));
	struct err *e = run(&rows, a, ret_changed, ret_id);
	db->engine->stop(&rows);
	return e;
}

struct err *
db_exec_(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *args,
    int64_t *ret_changed_or_null)
{
	int64_t changed;

	TRY(write_rows(db, a, q, args, &changed, NULL));
	if (ret_changed_or_null)
		*ret_changed_or_null = changed;
	return OK;
}

struct err *
db_insert_(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, int64_t *ret_id)
{
	int64_t changed, id = 0;

	TRY(write_rows(db, a, q, args, &changed, &id));
	*ret_id = id;
	return OK;
}

struct err *
db_table_exists(struct db *db, struct arena *a, const char *table, bool *ret)
{
	static const enum db_type in[] = {DB_TEXT};
	static const struct db_query q = {
	    .name = "table_exists",
	    .slot = -1,
	    .sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
	    .pg = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = "
		  "$1",
	    .in = in,
	    .n_in = 1,
	};
	struct db_value name = {.type = DB_TEXT, .s = str_from_c(table)};
	struct db_rows rows;

	TRY(db->engine->start(db, a, &q, &name, &rows));
	struct err *e = db->engine->next(&rows, a, ret);
	db->engine->stop(&rows);
	return e;
}

/* --- the joint record ------------------------------------------------------------------- */
void
db_changes_take(struct db *db, struct db_changes *ret)
{
	*ret = db->changes;
	db->changes = (struct db_changes){0};
}

const struct db_table *
db_table_find(const char *name)
{
	for (size_t i = 0; i < db_tables_n; i++)
		if (strcmp(db_tables[i].name, name) == 0)
			return &db_tables[i];
	return NULL;
}

static const char *
scan_sql(struct db *db, struct arena *a, const struct db_table *t)
{
	struct buf b = buf_new(a, 1 << 16);

	buf_put(&b, S("SELECT "));
	for (size_t i = 0; i < t->n_columns; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", t->columns[i].name);
	buf_printf(&b, " FROM %s ORDER BY ", t->name);
	for (size_t i = 0; i < t->n_pk; i++) {
		const struct db_column *c = &t->columns[t->pk[i]];
		bool text = db_is_postgres(db) && c->type == DB_TEXT;
		buf_printf(&b, "%s%s%s", i ? ", " : "", c->name, text ? " COLLATE \"C\"" : "");
	}
	return str_to_c(a, buf_str(&b));
}

static struct err *
scan(struct db_rows *rows, struct arena *a, const struct db_table *t, db_row_fn *fn, void *arg)
{
	for (;;) {
		bool row;
		struct arena scratch;

		TRY(rows->db->engine->next(rows, a, &row));
		if (!row)
			return OK;
		arena_init(&scratch, LOG_LIMIT);
		struct err *e = fn(arg, image(rows, &scratch, t));
		arena_finish(&scratch);
		TRY(e);
	}
}

struct err *
db_table_scan(
    struct db *db, struct arena *a, const struct db_table *table, db_row_fn *fn, void *arg)
{
	const char *sql = scan_sql(db, a, table);
	struct db_query q = {.name = table->name, .sql = sql, .pg = sql, .slot = -1};
	struct db_rows rows;

	TRY(db->engine->start(db, a, &q, NULL, &rows));
	struct err *e = scan(&rows, a, table, fn, arg);
	db->engine->stop(&rows);
	return e;
}
