/*
 * sqlgen - turns the schema and the queries into C.
 *
 *	sqlgen OUTDIR SCHEMA.sql... -- NAME.sql...
 *	sqlgen --check-pg CONNINFO SCHEMA.sql... -- NAME.sql...
 *
 * writes OUTDIR/schema.c (migrations, recorded tables) and OUTDIR/q_NAME.{h,c}, each only
 * when its text changes. SQLite itself is the parser: every query is prepared against an
 * empty database made from the schema, so a misspelt column stops the build at its line.
 * A second text for PostgreSQL is derived; --check-pg prepares that on a server.
 *
 * Schema, in a line of its own before a statement:
 *	-- recorded            (CREATE TABLE) part of the joint record: every change is kept
 *	-- small               (CREATE TABLE) may be read from end to end
 *	-- recorded small      both
 *	-- only: sqlite|pg     the statement is for that engine
 *
 * Queries; other comment lines above a query become the comment of the function:
 *	-- name: X :one|:maybe|:many|:exec|:insert
 *	-- in: PARAM TYPE, ...   every :PARAM, in the order of the C parameters. int64, str,
 *	                         double, blob; with ? a pointer that may be NULL; ints is a
 *	                         list, for x IN (:list) and x NOT IN (:list)
 *	-- out: COL TYPE[?], ... result columns that are expressions, subqueries or come from
 *	                         the right of a LEFT JOIN; with ? they get a has_COL
 *	-- row: struct T HEADER  fill this struct instead of making struct q_X; its members are
 *	                         int64_t, str, double (and bool has_COL where it may be NULL)
 *	-- only: sqlite|pg       twins: two texts under one name and one signature. The pg twin
 *	                         has the columns and parameters of the other
 *	-- scan: REASON          may read a table from end to end
 *	-- all: REASON           :many without LIMIT of a table that grows: why there are few
 *	-- fragment: F(x, y)     not a query but text; $F(m, 7) in a query is that text with
 *	                         m for x and 7 for y. Any file may use it
 *
 * :exec gives the number of changed rows (or NULL: not wanted), :insert the new id, 0 if
 * ON CONFLICT DO NOTHING did. A write to a recorded table gets RETURNING all columns, and
 * the generated code hands each row to the joint record.
 */
#include "sqlgen.h"
#include "store/norsk_fts5.h"

#include <string.h>

struct table tables[MAX_TABLES];
struct script scripts[MAX_FILES];
struct fragment fragments[MAX_TABLES];
struct query queries[MAX_QUERIES];
int n_tables, n_scripts, n_fragments, n_queries;
sqlite3 *lite;

/* Only recorded tables are described to the program; the rest leave the list. */
static void
keep_recorded(void)
{
	int n = 0;

	for (int i = 0; i < n_tables; i++) {
		if (!tables[i].recorded)
			continue;
		for (int k = 0; k < n_queries; k++)
			if (queries[k].table == &tables[i])
				queries[k].table = &tables[n];
		if (n != i)
			tables[n] = tables[i];
		n++;
	}
	n_tables = n;
}

int
main(int argc, char **argv)
{
	bool check = argc > 2 && strcmp(argv[1], "--check-pg") == 0;
	int first = check ? 3 : 2, split = first;

	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (argc < 3 || split >= argc)
		die("sqlgen", 0,
		    "usage: sqlgen OUTDIR|--check-pg CONNINFO SCHEMA... -- SQL...");
	if (sqlite3_open(":memory:", &lite) != SQLITE_OK ||
	    norsk_fts5_register(lite) != SQLITE_OK)
		die("sqlgen", 0, "%s", sqlite3_errmsg(lite));
	for (int i = first; i < split; i++)
		read_schema(argv[i]);
	finish_schema();
	for (int i = split + 1; i < argc; i++)
		read_queries(argv[i]);
	check_all();
	if (check)
		return !check_pg(argv[2]);
	keep_recorded();
	for (int i = split + 1; i < argc; i++)
		write_queries(argv[1], argv[i]);
	write_schema(argv[1]);
	return 0;
}
