#include "sqlgen.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PG_BOOL = 16, PG_BYTEA = 17, PG_INT8 = 20, PG_TEXT = 25, PG_FLOAT8 = 701 };

static const struct {
	const char *type;
	Oid parameter, result[6]; /* what store/pg.c sends, and what it can read */
} known[] = {
    {"int64", PG_INT8,
	{PG_INT8, 23 /* int4 */, 21 /* int2 */, PG_BOOL, 1700 /* numeric: sum */}},
    {"str", PG_TEXT, {PG_TEXT, 1043 /* varchar */, 19 /* name */}},
    {"double", PG_FLOAT8, {PG_FLOAT8, 700 /* float4 */, 1700}},
    {"blob", PG_BYTEA, {PG_BYTEA}},
    {"ints", 1016 /* int8[] */, {0}},
};

static Oid
parameter_oid(const char *type)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].type, type) == 0)
			return known[i].parameter;
	return 0;
}

static bool
can_read(const char *type, Oid oid)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		for (int k = 0; k < 6 && strcmp(known[i].type, type) == 0; k++)
			if (oid && known[i].result[k] == oid)
				return true;
	return false;
}

static void
run(PGconn *c, const char *file, const char *sql)
{
	PGresult *r = PQexec(c, sql);
	ExecStatusType got = PQresultStatus(r);

	if (got != PGRES_COMMAND_OK && got != PGRES_EMPTY_QUERY)
		die(file, 1, "PostgreSQL: %s", PQerrorMessage(c));
	PQclear(r);
}

static bool
complain(const struct query *q, int line, const char *what)
{
	fprintf(stderr, "%s:%d: %s: PostgreSQL: %s\n", q->pg_file, line, q->name, what);
	return false;
}

static bool
same_columns(const struct query *q, const struct field *f, int n, const PGresult *r)
{
	bool good = true;

	if (PQnfields(r) != n)
		return complain(
		    q, q->pg_line, text("%d columns, %d in SQLite", PQnfields(r), n));
	for (int i = 0; i < n; i++) {
		if (strcmp(PQfname(r, i), f[i].name) != 0)
			good = complain(q, q->pg_line,
			    text("column %d is %s, not %s", i + 1, PQfname(r, i), f[i].name));
		else if (!can_read(f[i].type, PQftype(r, i)))
			good = complain(q, q->pg_line,
			    text(
				"%s has type %u, not %s", f[i].name, PQftype(r, i), f[i].type));
	}
	return good;
}

static bool
check_columns(const struct query *q, const PGresult *r)
{
	static const struct field id = {.name = (char *)"id", .type = (char *)"int64"};

	if (q->table)
		return same_columns(q, q->table->col, q->table->n_col, r);
	if (strcmp(q->kind, ":insert") == 0)
		return same_columns(q, &id, 1, r);
	return same_columns(q, q->out, q->n_out, r);
}

static bool
check_query(PGconn *c, const struct query *q)
{
	Oid oid[MAX_FIELDS];
	bool good;

	for (int i = 0; i < q->n_in; i++)
		oid[i] = parameter_oid(q->in[i].type);
	run(c, q->file, "SAVEPOINT query");
	PGresult *r = PQprepare(c, "", q->pg_sql, q->n_in, oid);
	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		const char *at = PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION);
		const char *said = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
		int skip = at ? (int)strtol(at, NULL, 10) - 1 : 0;
		good = complain(q, q->pg_line + line_at(q->pg_sql, q->pg_sql + skip),
		    said ? said : PQerrorMessage(c));
	} else {
		PQclear(r);
		r = PQdescribePrepared(c, "");
		good = check_columns(q, r);
	}
	PQclear(r);
	run(c, q->file, "ROLLBACK TO query; RELEASE query");
	return good;
}

bool
check_pg(const char *conninfo)
{
	PGconn *c = PQconnectdb(conninfo);
	bool good = true;

	if (PQstatus(c) != CONNECTION_OK)
		die("sqlgen", 0, "%s", PQerrorMessage(c));
	run(c, "sqlgen", "SET client_min_messages = warning");
	run(c, "sqlgen", "BEGIN; CREATE SCHEMA sqlgen; SET LOCAL search_path TO sqlgen");
	for (int i = 0; i < n_scripts; i++)
		run(c, scripts[i].file, sqlite3_str_value(scripts[i].pg));
	for (int i = 0; i < n_queries; i++)
		if (queries[i].only != PG)
			good = check_query(c, &queries[i]) && good;
	run(c, "sqlgen", "ROLLBACK");
	PQfinish(c);
	return good;
}
