/* PostgreSQL behind store/engine.h. Parameters go in binary, results come as text. */
#include "store/engine.h"

#include "base/hex.h"

#include <endian.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OLDEST = 150000,
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_TEXT = 25,
	OID_FLOAT8 = 701,
	OID_INT8_ARRAY = 1016
};

struct pg {
	struct db base;
	PGconn *c;
	const struct db_query **kept; /* by slot: whose statement "sSLOT" is */
	int n_kept;
};

static struct pg *
pg(struct db *db)
{
	return (struct pg *)db;
}

static void
pg_close(struct db *db)
{
	struct pg *p = pg(db);

	PQfinish(p->c);
	free(p->kept);
	free(p);
}

static bool
pg_alive(struct db *db)
{
	return PQstatus(pg(db)->c) == CONNECTION_OK;
}

/* --- errors ----------------------------------------------------------------------------- */
static bool
is_busy(const char *state)
{
	static const char *const states[] = {
	    "40001", /* serialization_failure */
	    "40P01", /* deadlock_detected */
	    "55P03", /* lock_not_available */
	    "57014", /* query_canceled: our own time limit */
	    "57P01", /* admin_shutdown */
	    "53300", /* too_many_connections */
	    NULL,
	};

	for (int i = 0; states[i]; i++)
		if (strcmp(state, states[i]) == 0)
			return true;
	return false;
}

static struct err *
failed(struct pg *p, struct arena *a, const char *what, PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const char *said = arena_printf(a, "%s", text ? text : PQerrorMessage(p->c));
	const char *code = state ? arena_printf(a, "%s", state) : "";

	PQclear(r);
	if (!pg_alive(&p->base) || is_busy(code))
		return err_new(a, ERR_BUSY, "db.busy", "%s: %s (%s)", what, said, code);
	if (strncmp(code, "23", 2) == 0)
		return err_new(a, ERR_CONFLICT, "db.rule", "%s: %s (%s)", what, said, code);
	if (strncmp(code, "58", 2) == 0 || strncmp(code, "XX", 2) == 0)
		p->base.sync_failed = true;
	return err_new(a, ERR_INTERNAL, "db.broken", "%s: %s (%s)", what, said, code);
}

static struct err *
pg_script(struct db *db, struct arena *a, const char *sql)
{
	struct pg *p = pg(db);
	PGresult *r = PQexec(p->c, sql);
	ExecStatusType got = PQresultStatus(r);

	if (got != PGRES_COMMAND_OK && got != PGRES_TUPLES_OK && got != PGRES_EMPTY_QUERY)
		return failed(p, a, arena_printf(a, "%.60s", sql), r);
	/* The server answers COMMIT of a failed transaction with a friendly ROLLBACK. */
	bool undone = strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(r), "COMMIT") != 0;
	PQclear(r);
	if (undone)
		return err_new(a, ERR_INTERNAL, "db.broken", "COMMIT rolled back");
	return OK;
}

/* --- opening ---------------------------------------------------------------------------- */
static struct err *
expect(struct pg *p, struct arena *a, const char *setting, const char *value)
{
	PGresult *r = PQexec(p->c, arena_printf(a, "SHOW %s", setting));

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		return failed(p, a, setting, r);
	const char *got = arena_printf(a, "%s", PQgetvalue(r, 0, 0));
	PQclear(r);
	if (strcmp(got, value) != 0)
		return err_new(
		    a, ERR_INTERNAL, "db.version", "%s is %s, not %s", setting, got, value);
	return OK;
}

static struct err *
set_schema(struct pg *p, struct arena *a, const struct db_config *config)
{
	const char *schema = config->schema ? config->schema : "public";
	char *quoted = PQescapeIdentifier(p->c, schema, strlen(schema));

	if (!quoted)
		return failed(p, a, schema, NULL);
	const char *name = arena_printf(a, "%s", quoted);
	PQfreemem(quoted);
	if (config->mode != DB_READER)
		TRY(pg_script(
		    &p->base, a, arena_printf(a, "CREATE SCHEMA IF NOT EXISTS %s", name)));
	return pg_script(&p->base, a, arena_printf(a, "SET search_path TO %s", name));
}

static struct err *
check_server(struct pg *p, struct arena *a)
{
	if (PQserverVersion(p->c) < OLDEST)
		return err_new(a, ERR_INTERNAL, "db.version", "PostgreSQL %d is too old",
		    PQserverVersion(p->c));
	TRY(expect(p, a, "server_encoding", "UTF8"));
	TRY(expect(p, a, "data_checksums", "on"));
	TRY(expect(p, a, "fsync", "on"));
	return expect(p, a, "synchronous_commit", "on");
}

static struct err *
set_up(struct pg *p, struct arena *a, const struct db_config *config)
{
	const char *const keys[] = {
	    "dbname", "client_encoding", "application_name", "connect_timeout", NULL};
	const char *const values[] = {config->url, "UTF8", "rodtrad", "5", NULL};

	p->c = PQconnectdbParams(keys, values, 1);
	if (!pg_alive(&p->base))
		return failed(p, a, "connect", NULL);
	TRY(pg_script(&p->base, a,
	    "SET synchronous_commit = on; SET client_min_messages = warning;"
	    "SET TimeZone = 'UTC'; SET lock_timeout = '5s'; SET statement_timeout = '60s';"
	    "SET idle_in_transaction_session_timeout = '60s'; SET bytea_output = 'hex';"
	    "SET standard_conforming_strings = on; SET extra_float_digits = 1"));
	TRY(check_server(p, a));
	TRY(set_schema(p, a, config));
	if (config->mode == DB_READER)
		TRY(pg_script(&p->base, a, "SET default_transaction_read_only = on"));
	return OK;
}

static struct err *
pg_open(struct arena *a, const struct db_config *config, struct db **ret)
{
	struct pg *p = calloc(1, sizeof(*p));

	if (!p)
		abort();
	struct err *e = set_up(p, a, config);
	if (e) {
		pg_close(&p->base);
		return e;
	}
	*ret = &p->base;
	return OK;
}

/* --- transactions ----------------------------------------------------------------------- */

/* One writer at a time in a space, whatever the number of servers: the journal has one end. */
static struct err *
pg_begin_write(struct db *db, struct arena *a)
{
	return pg_script(db, a,
	    "BEGIN; SELECT pg_advisory_xact_lock("
	    "hashtextextended('rodtrad ' || current_schema(), 0))");
}

static bool
pg_in_transaction(struct db *db)
{
	return PQtransactionStatus(pg(db)->c) != PQTRANS_IDLE && pg_alive(db);
}

static struct err *
pg_settle(struct db *db, struct arena *a)
{
	return pg_script(db, a, "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
}

static void
pg_tidy(struct db *db)
{
	(void)db; /* the server tidies itself */
}

/* --- queries ---------------------------------------------------------------------------- */
static Oid
oid(enum db_type type)
{
	switch (type) {
	case DB_INT: return OID_INT8;
	case DB_TEXT: return OID_TEXT;
	case DB_BLOB: return OID_BYTEA;
	case DB_REAL: return OID_FLOAT8;
	case DB_INTS: return OID_INT8_ARRAY;
	case DB_NULL: break;
	}
	return 0;
}

/* The parameters as libpq wants them. */
struct params {
	Oid *oid;
	const char **value;
	int *length, *format;
};

static str
big_endian(struct arena *a, uint64_t bits)
{
	uint64_t *p = arena_new(a, uint64_t);

	*p = htobe64(bits);
	return (str){(const char *)p, sizeof(*p)};
}

static str
as_array(struct arena *a, struct ints list)
{
	struct buf b = buf_new(a, list.n * 22 + 4);

	buf_put(&b, S("{"));
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&b, "%s%" PRId64, i ? "," : "", list.v[i]);
	buf_put(&b, S("}"));
	return str_from_c(str_to_c(a, buf_str(&b)));
}

static void
set_param(struct params *p, struct arena *a, int i, enum db_type type, const struct db_value *v)
{
	uint64_t bits = 0;
	str s = v->type == DB_TEXT || v->type == DB_BLOB ? v->s : (str){0};

	if (v->type == DB_INT)
		s = big_endian(a, (uint64_t)v->i);
	if (v->type == DB_REAL) {
		memcpy(&bits, &v->d, sizeof(bits));
		s = big_endian(a, bits);
	}
	if (v->type == DB_INTS)
		s = as_array(a, v->list);
	p->oid[i] = oid(type);
	p->value[i] = v->type == DB_NULL ? NULL : s.n ? s.p : "";
	p->length[i] = (int)s.n;
	p->format[i] = type != DB_INTS;
}

static struct params
make_params(struct arena *a, const struct db_query *q, const struct db_value *args)
{
	size_t n = (size_t)q->n_in;
	struct params p = {arena_array(a, Oid, n), arena_array(a, const char *, n),
	    arena_array(a, int, n), arena_array(a, int, n)};

	for (int i = 0; i < q->n_in; i++)
		set_param(&p, a, i, q->in[i], &args[i]);
	return p;
}

static struct err *
make_place(struct pg *p, struct arena *a, const struct db_query *q)
{
	if (q->slot >= p->n_kept) {
		int n = q->slot + 64;
		const struct db_query **kept = realloc(p->kept, (size_t)n * sizeof(*kept));

		if (!kept)
			abort();
		memset(kept + p->n_kept, 0, (size_t)(n - p->n_kept) * sizeof(*kept));
		p->kept = kept;
		p->n_kept = n;
	}
	if (!p->kept[q->slot])
		return OK;
	p->kept[q->slot] = NULL;
	return pg_script(&p->base, a, arena_printf(a, "DEALLOCATE s%d", q->slot));
}

static struct err *
prepare(struct pg *p, struct arena *a, const struct db_query *q, const Oid *oids)
{
	if (q->slot >= 0 && q->slot < p->n_kept && p->kept[q->slot] == q)
		return OK;
	const char *name = q->slot < 0 ? "" : arena_printf(a, "s%d", q->slot);
	if (q->slot >= 0)
		TRY(make_place(p, a, q));
	PGresult *r = PQprepare(p->c, name, q->pg, q->n_in, oids);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return failed(p, a, q->name, r);
	PQclear(r);
	if (q->slot >= 0)
		p->kept[q->slot] = q;
	return OK;
}

static struct err *
pg_start(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *args,
    struct db_rows *ret)
{
	struct pg *p = pg(db);
	struct params in = make_params(a, q, args);
	char name[16] = "";

	TRY(prepare(p, a, q, in.oid));
	if (q->slot >= 0)
		snprintf(name, sizeof(name), "s%d", q->slot);
	PGresult *r = PQexecPrepared(p->c, name, q->n_in, in.value, in.length, in.format, 0);
	ExecStatusType got = PQresultStatus(r);
	if (got != PGRES_TUPLES_OK && got != PGRES_COMMAND_OK)
		return failed(p, a, q->name, r);
	*ret = (struct db_rows){.db = db, .q = q, .st = r, .at = -1, .n = PQntuples(r)};
	return OK;
}

static struct err *
pg_next(struct db_rows *rows, struct arena *a, bool *ret_row)
{
	(void)a;
	*ret_row = ++rows->at < rows->n;
	return OK;
}

static struct db_value
pg_value(struct db_rows *rows, struct arena *a, int at, enum db_type type)
{
	const char *p = PQgetvalue(rows->st, rows->at, at);
	str s = {p, (size_t)PQgetlength(rows->st, rows->at, at)};
	struct db_value v = {.type = type};

	if (PQgetisnull(rows->st, rows->at, at))
		return (struct db_value){0};
	if (type == DB_INT)
		v.i = PQftype(rows->st, at) == OID_BOOL ? *p == 't' : strtoll(p, NULL, 10);
	else if (type == DB_REAL)
		v.d = strtod(p, NULL);
	else if (type == DB_TEXT)
		v.s = str_copy(a, s);
	else if (s.n < 2 || !hex_decode(a, (str){p + 2, s.n - 2}, &v.s)) /* \x... */
		v.s = S("");
	return v;
}

static int64_t
pg_changed(struct db_rows *rows)
{
	return strtoll(PQcmdTuples(rows->st), NULL, 10);
}

static void
pg_stop(struct db_rows *rows)
{
	PQclear(rows->st);
	rows->st = NULL;
}

const struct db_engine db_postgres = {
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .open = pg_open,
    .close = pg_close,
    .alive = pg_alive,
    .script = pg_script,
    .begin_write = pg_begin_write,
    .in_transaction = pg_in_transaction,
    .settle = pg_settle,
    .start = pg_start,
    .next = pg_next,
    .value = pg_value,
    .changed = pg_changed,
    .stop = pg_stop,
    .tidy = pg_tidy,
};
