/* SQLite behind store/engine.h. The settings are those of SECURITY D4. */
#include "store/engine.h"
#include "store/norsk_fts5.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OLDEST = 3051003,        /* before it two connections could lose a commit */
	BUSY_MS = 5000,          /* other processes only: here there is one writer */
	CHECKPOINT_PAGES = 1000, /* of 8 KB: copy the WAL back when it is longer */
};

struct kept {
	const struct db_query *q; /* whose it is; a test may link two sets of queries */
	sqlite3_stmt *st;
};

/* What every transaction says is prepared once, as queries are. */
static const char *const turns[] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};
enum { TURNS = sizeof(turns) / sizeof(turns[0]) };

struct lite {
	struct db base;
	sqlite3 *c;
	struct kept *kept;
	int n_kept;
	sqlite3_stmt *turn[TURNS];
	int wal_pages; /* after the last commit */
};

static struct lite *
lite(struct db *db)
{
	return (struct lite *)db;
}

static void
lite_close(struct db *db)
{
	struct lite *l = lite(db);

	for (int i = 0; i < l->n_kept; i++)
		sqlite3_finalize(l->kept[i].st);
	for (int i = 0; i < TURNS; i++)
		sqlite3_finalize(l->turn[i]);
	free(l->kept);
	sqlite3_close_v2(l->c);
	free(l);
}

static struct err *
failed(struct lite *l, struct arena *a, const char *what)
{
	int rc = sqlite3_extended_errcode(l->c);
	const char *msg = sqlite3_errmsg(l->c);

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return err_new(a, ERR_BUSY, "db.busy", "%s: %s", what, msg);
	case SQLITE_CONSTRAINT: return err_new(a, ERR_CONFLICT, "db.rule", "%s: %s", what, msg);
	case SQLITE_IOERR:
	case SQLITE_CORRUPT: l->base.sync_failed = true; break;
	}
	return err_new(a, ERR_INTERNAL, "db.broken", "%s: %s (%d)", what, msg, rc);
}

static bool
take_turn(struct lite *l, sqlite3_stmt **st, const char *sql)
{
	if (!*st && sqlite3_prepare_v3(l->c, sql, -1, SQLITE_PREPARE_PERSISTENT, st, NULL))
		return false;
	int rc = sqlite3_step(*st);
	sqlite3_reset(*st);
	return rc == SQLITE_DONE;
}

static bool
run_script(struct lite *l, const char *sql)
{
	for (int i = 0; i < TURNS; i++)
		if (strcmp(sql, turns[i]) == 0)
			return take_turn(l, &l->turn[i], sql);
	return sqlite3_exec(l->c, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static struct err *
lite_script(struct db *db, struct arena *a, const char *sql)
{
	struct lite *l = lite(db);
	char what[64];

	if (run_script(l, sql))
		return OK;
	snprintf(what, sizeof(what), "%.60s", sql);
	return failed(l, a, what);
}

/* --- opening ---------------------------------------------------------------------------- */
static int
committed(void *arg, sqlite3 *c, const char *name, int pages)
{
	(void)c, (void)name;
	((struct lite *)arg)->wal_pages = pages;
	return SQLITE_OK;
}

static struct err *
expect(struct lite *l, struct arena *a, const char *pragma, const char *value)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(l->c, pragma, -1, &st, NULL) != SQLITE_OK)
		return failed(l, a, pragma);
	bool same = sqlite3_step(st) == SQLITE_ROW &&
		    strcmp((const char *)sqlite3_column_text(st, 0), value) == 0;
	sqlite3_finalize(st);
	if (!same)
		return err_new(a, ERR_INTERNAL, "db.version", "%s is not %s", pragma, value);
	return OK;
}

static void
set_limits(sqlite3 *c)
{
	sqlite3_limit(c, SQLITE_LIMIT_LENGTH, 64 << 20);
	sqlite3_limit(c, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
	sqlite3_limit(c, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO needs one */
	sqlite3_limit(c, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
	sqlite3_limit(c, SQLITE_LIMIT_TRIGGER_DEPTH, 4);
	sqlite3_db_config(c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* A plan is made once: without this a new value bound makes SQLite prepare anew. */
	sqlite3_db_config(c, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
}

static struct err *
set_reader(struct lite *l, struct arena *a)
{
	sqlite3_db_config(l->c, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return lite_script(&l->base, a,
	    "PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -4000;");
}

static struct err *
set_writer(struct lite *l, struct arena *a, bool memory, bool unsafe)
{
	TRY(lite_script(&l->base, a,
	    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA mmap_size = 0;"
	    "PRAGMA cache_size = -16000; PRAGMA secure_delete = ON;"
	    "PRAGMA journal_size_limit = 67108864;"));
	TRY(lite_script(
	    &l->base, a, unsafe ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL"));
	if (!memory)
		TRY(expect(l, a, "PRAGMA journal_mode", "wal"));
	if (!unsafe)
		TRY(expect(l, a, "PRAGMA synchronous", "2"));
	return OK;
}

static struct err *
set_up(struct lite *l, struct arena *a, const struct db_config *config)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	bool memory = strcmp(config->url, ":memory:") == 0;

	if (sqlite3_libversion_number() < OLDEST)
		return err_new(a, ERR_INTERNAL, "db.version", "SQLite %s is too old",
		    sqlite3_libversion());
	if (config->mode != DB_READER)
		flags |= SQLITE_OPEN_CREATE;
	if (sqlite3_open_v2(config->url, &l->c, flags, NULL) != SQLITE_OK)
		return failed(l, a, config->url);
	if (norsk_fts5_register(l->c) != SQLITE_OK)
		return failed(l, a, "norsk");
	set_limits(l->c);
	sqlite3_busy_timeout(l->c, BUSY_MS);
	TRY(lite_script(&l->base, a,
	    "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = "
	    "ON;"
	    "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;"));
	if (config->mode == DB_READER)
		TRY(set_reader(l, a));
	else
		TRY(set_writer(l, a, memory, config->unsafe_sync_normal));
	sqlite3_wal_hook(l->c, committed, l);
	return expect(l, a, "PRAGMA foreign_keys", "1");
}

static struct err *
lite_open(struct arena *a, const struct db_config *config, struct db **ret)
{
	struct lite *l = calloc(1, sizeof(*l));

	if (!l)
		abort();
	struct err *e = set_up(l, a, config);
	if (e) {
		lite_close(&l->base);
		return e;
	}
	*ret = &l->base;
	return OK;
}

/* --- transactions ----------------------------------------------------------------------- */
static struct err *
lite_begin_write(struct db *db, struct arena *a)
{
	return lite_script(db, a, "BEGIN IMMEDIATE");
}

static bool
lite_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(lite(db)->c);
}

static bool
lite_alive(struct db *db)
{
	return lite(db)->c != NULL;
}

static struct err *
lite_settle(struct db *db, struct arena *a)
{
	int now = 0, high = 0;

	sqlite3_db_status(lite(db)->c, SQLITE_DBSTATUS_DEFERRED_FKS, &now, &high, 0);
	if (now)
		return err_new(a, ERR_CONFLICT, "db.rule", "a deferred foreign key is broken");
	return OK;
}

static void
lite_tidy(struct db *db)
{
	struct lite *l = lite(db);

	if (l->wal_pages < CHECKPOINT_PAGES)
		return;
	int rc = sqlite3_wal_checkpoint_v2(l->c, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if ((rc & 0xff) == SQLITE_IOERR)
		l->base.sync_failed = true;
	l->wal_pages = 0;
}

/* --- queries ---------------------------------------------------------------------------- */
static struct kept *
place(struct lite *l, const struct db_query *q)
{
	if (q->slot >= l->n_kept) {
		int n = q->slot + 64;
		struct kept *kept = realloc(l->kept, (size_t)n * sizeof(*kept));

		if (!kept)
			abort();
		memset(kept + l->n_kept, 0, (size_t)(n - l->n_kept) * sizeof(*kept));
		l->kept = kept;
		l->n_kept = n;
	}
	struct kept *k = &l->kept[q->slot];
	if (k->q != q) {
		sqlite3_finalize(k->st);
		*k = (struct kept){.q = q};
	}
	return k;
}

static struct err *
prepare(struct lite *l, struct arena *a, const struct db_query *q, sqlite3_stmt **ret)
{
	struct kept once = {0}, *k = q->slot < 0 ? &once : place(l, q);
	unsigned flags = q->slot < 0 ? 0 : SQLITE_PREPARE_PERSISTENT;

	if (!k->st && sqlite3_prepare_v3(l->c, q->sql, -1, flags, &k->st, NULL) != SQLITE_OK)
		return failed(l, a, q->name);
	*ret = k->st;
	return OK;
}

static str
as_json(struct arena *a, struct ints list)
{
	struct buf b = buf_new(a, list.n * 22 + 3);

	buf_put(&b, S("["));
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&b, "%s%" PRId64, i ? "," : "", list.v[i]);
	buf_put(&b, S("]"));
	return buf_str(&b);
}

/* SQLITE_STATIC: arguments live in the caller's frame or arena until the query is over. */
static int
bind(sqlite3_stmt *st, struct arena *a, int at, const struct db_value *v)
{
	str s = v->type == DB_INTS ? as_json(a, v->list) : v->s;

	switch (v->type) {
	case DB_NULL: return sqlite3_bind_null(st, at);
	case DB_INT: return sqlite3_bind_int64(st, at, v->i);
	case DB_REAL: return sqlite3_bind_double(st, at, v->d);
	case DB_BLOB: return sqlite3_bind_blob64(st, at, s.n ? s.p : "", s.n, SQLITE_STATIC);
	case DB_TEXT:
	case DB_INTS:
		return sqlite3_bind_text64(
		    st, at, s.n ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
	}
	return SQLITE_MISUSE;
}

static void
lite_stop(struct db_rows *rows)
{
	if (!rows->st)
		return;
	sqlite3_reset(rows->st);
	if (rows->q->slot < 0)
		sqlite3_finalize(rows->st);
	else
		sqlite3_clear_bindings(rows->st);
	rows->st = NULL;
}

static struct err *
lite_start(struct db *db, struct arena *a, const struct db_query *q,
    const struct db_value *args, struct db_rows *ret)
{
	struct lite *l = lite(db);
	sqlite3_stmt *st;

	TRY(prepare(l, a, q, &st));
	*ret = (struct db_rows){.db = db, .q = q, .st = st};
	int used = sqlite3_bind_parameter_count(st); /* a twin may leave the last ones out */
	for (int i = 0; i < q->n_in && i < used; i++)
		if (bind(st, a, i + 1, &args[i]) != SQLITE_OK) {
			struct err *e = failed(l, a, q->name);
			lite_stop(ret);
			return e;
		}
	return OK;
}

static struct err *
lite_next(struct db_rows *rows, struct arena *a, bool *ret_row)
{
	int rc = sqlite3_step(rows->st);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return failed(lite(rows->db), a, rows->q->name);
	*ret_row = rc == SQLITE_ROW;
	return OK;
}

static struct db_value
lite_value(struct db_rows *rows, struct arena *a, int at, enum db_type type)
{
	sqlite3_stmt *st = rows->st;
	const char *p;

	if (sqlite3_column_type(st, at) == SQLITE_NULL)
		return (struct db_value){0};
	if (type == DB_INT)
		return (struct db_value){.type = DB_INT, .i = sqlite3_column_int64(st, at)};
	if (type == DB_REAL)
		return (struct db_value){.type = DB_REAL, .d = sqlite3_column_double(st, at)};
	p = type == DB_BLOB ? sqlite3_column_blob(st, at)
			    : (const char *)sqlite3_column_text(st, at);
	str s = {p ? p : "", (size_t)sqlite3_column_bytes(st, at)};
	return (struct db_value){.type = type, .s = str_copy(a, s)};
}

static int64_t
lite_changed(struct db_rows *rows)
{
	return sqlite3_stmt_readonly(rows->st) ? 0 : sqlite3_changes64(lite(rows->db)->c);
}

const struct db_engine db_sqlite = {
    .begin_read = "BEGIN",
    .only_read = "PRAGMA query_only = ON",
    .read_write = "PRAGMA query_only = OFF",
    .open = lite_open,
    .close = lite_close,
    .script = lite_script,
    .begin_write = lite_begin_write,
    .in_transaction = lite_in_transaction,
    .alive = lite_alive,
    .settle = lite_settle,
    .start = lite_start,
    .next = lite_next,
    .value = lite_value,
    .changed = lite_changed,
    .stop = lite_stop,
    .tidy = lite_tidy,
};
