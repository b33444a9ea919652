#include "sqlgen.h"

#include <string.h>

/* --- making the two texts --------------------------------------------------------------- */

/* Whether the parameter at i stands alone in parentheses after IN. */
static bool
is_list(const struct sql *s, int i)
{
	return is(s, i - 1, "(") && is(s, i - 2, "IN") && is(s, i + 1, ")");
}

static char *
number_parameters(struct query *q, struct field *in, int n_in, enum engine engine)
{
	static struct sql s;
	sqlite3_str *out = sqlite3_str_new(NULL);
	char *sql = expand(q, q->sql, 0);
	const char *gap = sql;

	tokenize(q->file, q->line, sql, &s);
	for (int i = 0; i < s.n; i++) {
		const struct tok *t = &s.t[i];
		if (t->kind != PARAM)
			continue;
		struct field *f = find(in, n_in, t->p + 1, t->n - 1);
		int line = q->sql_line + line_at(sql, t->p);
		if (!f)
			die(q->file, line, "%s: parameter %.*s is not in -- in:", q->name, t->n,
			    t->p);
		f->used = true;
		bool list = strcmp(f->type, "ints") == 0;
		if (list != is_list(&s, i))
			die(q->file, line, "%s: ints and only ints are for IN (%.*s)", q->name,
			    t->n, t->p);
		int at = (int)(f - in) + 1;
		bool not = is(&s, i - 3, "NOT");
		const char *from = list && engine == PG ? s.t[i - (not ? 3 : 2)].p : t->p;
		sqlite3_str_append(out, gap, (int)(from - gap));
		gap = t->p + t->n;
		if (engine == SQLITE)
			sqlite3_str_appendf(
			    out, list ? "SELECT value FROM json_each(?%d)" : "?%d", at);
		else if (list)
			sqlite3_str_appendf(out, not ? "<> ALL ($%d" : "= ANY ($%d", at);
		else
			sqlite3_str_appendf(out, "$%d", at);
	}
	sqlite3_str_appendall(out, gap);
	return sqlite3_str_finish(out);
}

static char *
with_returning(const struct query *q, const char *sql)
{
	sqlite3_str *out = sqlite3_str_new(NULL);

	sqlite3_str_appendf(out, "%s\nRETURNING ", sql);
	if (!q->table)
		sqlite3_str_appendall(out, "id");
	for (int i = 0; q->table && i < q->table->n_col; i++)
		sqlite3_str_appendf(out, "%s%s", i ? ", " : "", q->table->col[i].name);
	return sqlite3_str_finish(out);
}

/* --- asking SQLite ---------------------------------------------------------------------- */
struct written {
	struct table *table;
	const struct query *q;
	char op;
};

static int
authorize(
    void *arg, int what, const char *a, const char *b, const char *db, const char *trigger)
{
	struct written *w = arg;

	(void)db;
	if ((what != SQLITE_INSERT && what != SQLITE_UPDATE && what != SQLITE_DELETE) ||
	    trigger || strncmp(a, "sqlite_", 7) == 0)
		return SQLITE_OK;
	w->table = find_table(a, (int)strlen(a));
	w->op = what == SQLITE_DELETE ? '-' : '+';
	if (what != SQLITE_UPDATE || !w->table || !w->table->recorded)
		return SQLITE_OK;
	for (int i = 0; i < w->table->n_pk; i++)
		if (strcmp(w->table->col[w->table->pk[i]].name, b) == 0)
			die(w->q->file, w->q->line,
			    "%s: the key of a recorded table cannot change", w->q->name);
	return SQLITE_OK;
}

static sqlite3_stmt *
prepare(const struct query *q, const char *sql)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(lite, sql, -1, &st, NULL) != SQLITE_OK) {
		int at = sqlite3_error_offset(lite);
		die(q->file, q->sql_line + (at > 0 ? line_at(sql, sql + at) : 0), "%s: %s",
		    q->name, sqlite3_errmsg(lite));
	}
	if (!st)
		die(q->file, q->line, "%s: no SQL", q->name);
	return st;
}

/* One result column as written. */
struct expression {
	bool subquery; /* whose type SQLite knows, but not that it may be NULL */
	int qualifier; /* token of x in x.column; -1: there is none */
};

static bool
is_left_join(const struct sql *s, int table)
{
	int left = is(s, table - 2, "OUTER") ? table - 3 : table - 2;

	return is(s, table - 1, "JOIN") && is(s, left, "LEFT");
}

/* The token of the table that the word x names or is an alias of, -1 if it is none. */
static int
joined_as(const struct sql *s, const struct tok *x)
{
	for (int i = 1; i < s->n; i++) {
		const struct tok *t = &s->t[i];
		if (t->depth != 0 || t->n != x->n || sqlite3_strnicmp(t->p, x->p, x->n) != 0)
			continue;
		int at = is(s, i - 1, "AS") ? i - 2 : i - 1;
		if (at >= 0 && s->t[at].kind == WORD && find_table(s->t[at].p, s->t[at].n))
			return at;
		if ((is(s, i - 1, "FROM") || is(s, i - 1, "JOIN")) && find_table(t->p, t->n))
			return i;
	}
	return -1;
}

/* Whether a column of table, written as e, may be missing because of a LEFT JOIN. */
static bool
is_outer(const struct sql *s, const char *table, const struct expression *e)
{
	int from = e->qualifier >= 0 ? joined_as(s, &s->t[e->qualifier]) : -1;

	if (from >= 0)
		return is_left_join(s, from);
	for (int i = 0; i < s->n; i++) {
		if (!is_left_join(s, i))
			continue;
		if (is(s, i, table))
			return true;
		if (!find_table(s->t[i].p, s->t[i].n))
			return true; /* a subquery or WITH table: it could be any */
	}
	return false;
}

static void
read_expressions(const struct query *q, const struct sql *s, struct expression *e)
{
	int i = seek(s, 0, "SELECT", 0), column = 0;

	for (int k = 0; k < MAX_FIELDS; k++)
		e[k].qualifier = -1;
	for (i++; i > 0 && i < s->n && !(s->t[i].depth == 0 && is(s, i, "FROM")); i++) {
		if (column == MAX_FIELDS)
			die(q->file, q->line, "%s: too many columns", q->name);
		if (s->t[i].depth == 0 && is(s, i, ","))
			column++;
		else if (is(s, i, "SELECT"))
			e[column].subquery = true;
		else if (s->t[i].depth == 0 && is(s, i, ".") && e[column].qualifier < 0)
			e[column].qualifier = i - 1;
		else if (s->t[i].depth == 0 && is(s, i, "*") &&
			 (is(s, i - 1, "SELECT") || is(s, i - 1, ",") || is(s, i - 1, ".")))
			die(q->file, q->sql_line, "%s: name the columns instead of *", q->name);
	}
}

static struct field
result_column(
    struct query *q, const struct sql *s, sqlite3_stmt *st, int i, const struct expression *e)
{
	const char *name = sqlite3_column_name(st, i),
		   *table = sqlite3_column_table_name(st, i);
	struct field *given = find(q->out, q->n_out, name, (int)strlen(name));
	const char *type = NULL;
	int not_null = 0, pk = 0;

	if (given) {
		given->used = true;
		return *given;
	}
	if (!table || e->subquery)
		die(q->file, q->line, "%s: say the type of %s with -- out:", q->name, name);
	sqlite3_table_column_metadata(lite, NULL, table, sqlite3_column_origin_name(st, i),
	    &type, NULL, &not_null, &pk, NULL);
	if (!type || !field_type(type))
		die(q->file, q->line, "%s: say the type of %s with -- out:", q->name, name);
	if ((not_null || pk) && is_outer(s, table, e))
		die(q->file, q->line,
		    "%s: %s comes through a LEFT JOIN: say with -- out: whether it may be NULL "
		    "(%s?)",
		    q->name, name, field_type(type));
	return (struct field){
	    text("%s", name), text("%s", field_type(type)), !not_null && !pk, true};
}

static void
find_columns(struct query *q, sqlite3_stmt *st)
{
	static struct sql s;
	struct field out[MAX_FIELDS];
	struct expression e[MAX_FIELDS] = {0};
	int n = sqlite3_column_count(st);

	tokenize(q->file, q->line, q->sqlite_sql, &s);
	if (n > MAX_FIELDS)
		die(q->file, q->line, "%s: too many columns", q->name);
	if (seek(&s, 0, "RIGHT", -1) >= 0 || seek(&s, 0, "FULL", -1) >= 0)
		die(q->file, q->line, "%s: write RIGHT and FULL JOIN as LEFT JOIN", q->name);
	read_expressions(q, &s, e);
	for (int i = 0; i < n; i++) {
		out[i] = result_column(q, &s, st, i, &e[i]);
		if (find(out, i, out[i].name, (int)strlen(out[i].name)))
			die(q->file, q->line, "%s: two columns %s", q->name, out[i].name);
	}
	for (int i = 0; i < q->n_out; i++)
		if (!q->out[i].used)
			die(q->file, q->line, "%s: no column %s", q->name, q->out[i].name);
	memcpy(q->out, out, sizeof(out));
	q->n_out = n;
}

/* --- plans ------------------------------------------------------------------------------ */

/* The table that name (a table or an alias in s) stands for, one that may not be read from
 * end to end if there are several. */
static const struct table *
table_of(const struct sql *s, const char *name, int n)
{
	const struct table *t = find_table(name, n), *found = t && !t->small ? t : NULL;

	for (int i = 1; i < s->n; i++) {
		if (s->t[i].kind != WORD || s->t[i].n != n ||
		    sqlite3_strnicmp(s->t[i].p, name, n) != 0)
			continue;
		int at = is(s, i - 1, "AS") ? i - 2 : i - 1;
		t = at >= 0 && s->t[at].kind == WORD ? find_table(s->t[at].p, s->t[at].n)
						     : NULL;
		if (t && !t->small)
			found = t;
	}
	return found;
}

/* Reads every query's plan. A scan that an index (or the key) orders and LIMIT ends is fine. */
static void
check_plan(const struct query *q)
{
	static struct sql s;
	sqlite3_stmt *st = prepare(q, text("EXPLAIN QUERY PLAN %s", q->sqlite_sql));
	const struct table *scanned = NULL, *grows = NULL;
	bool sorted = false;

	tokenize(q->file, q->line, q->sqlite_sql, &s);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3), *name = NULL;
		if (strncmp(step, "SCAN ", 5) == 0)
			name = step + 5;
		else if (strncmp(step, "SEARCH ", 7) == 0 && strstr(step, " AUTOMATIC "))
			name = step + 7;
		if (strncmp(step, "SEARCH ", 7) == 0) {
			const struct table *t =
			    table_of(&s, step + 7, (int)strcspn(step + 7, " "));
			grows = t ? t : grows;
		}
		if (name && !strstr(step, "VIRTUAL TABLE")) {
			const struct table *t = table_of(&s, name, (int)strcspn(name, " "));
			scanned = t ? t : scanned;
		}
		sorted = sorted || strstr(step, "TEMP B-TREE FOR");
	}
	sqlite3_finalize(st);
	bool ends = seek(&s, 0, "LIMIT", 0) >= 0 && seek(&s, 0, "ORDER", 0) >= 0 && !sorted;
	if (scanned && !ends && !q->scan)
		die(q->file, q->line,
		    "%s: reads all of %s: give it an index, mark the table -- small, "
		    "or say -- scan: why",
		    q->name, scanned->name);
	if (strcmp(q->kind, ":many") == 0 && (scanned || grows) && !q->all && !q->scan &&
	    seek(&s, 0, "LIMIT", 0) < 0)
		die(q->file, q->line,
		    "%s: all there are of %s: give it a LIMIT, or say -- all: why", q->name,
		    (scanned ? scanned : grows)->name);
}

/* --- one query -------------------------------------------------------------------------- */
static void
check_words(const struct query *q)
{
	static struct sql s;

	tokenize(q->file, q->line, q->sql, &s);
	if (is(&s, 0, "REPLACE") || (is(&s, 1, "OR") && is(&s, 0, "INSERT")) ||
	    (is(&s, 1, "OR") && is(&s, 0, "UPDATE")))
		die(q->file, q->sql_line, "%s: write ON CONFLICT instead of %.*s OR", q->name,
		    s.t[0].n, s.t[0].p);
	for (int i = 0; i < q->n_in; i++)
		if (!strcmp(q->in[i].name, "a") || !strcmp(q->in[i].name, "db") ||
		    !strncmp(q->in[i].name, "ret", 3))
			die(q->file, q->line, "%s: the generator needs the name %s", q->name,
			    q->in[i].name);
}

static void
check_write(struct query *q, const struct written *w, bool rows)
{
	bool exec = !strcmp(q->kind, ":exec"), insert = !strcmp(q->kind, ":insert");
	const struct table *t = w->table;

	if ((exec || insert) && rows)
		die(q->file, q->line, "%s: %s, yet it returns rows", q->name, q->kind);
	if (!exec && !insert && !rows)
		die(q->file, q->line, "%s: %s, yet it returns no rows", q->name, q->kind);
	if (!exec && !insert && t && t->recorded)
		die(q->file, q->line, "%s: a write to a recorded table is :exec or :insert",
		    q->name);
	const struct field *id =
	    t && insert ? find((struct field *)t->col, t->n_col, "id", 2) : NULL;
	if (insert && t && !id)
		die(q->file, q->line, "%s: :insert needs a column id", q->name);
	if (id && t->recorded)
		q->id_at = (int)(id - t->col);
}

static void
check(struct query *q)
{
	struct written w = {.q = q};
	bool write;

	check_words(q);
	q->sqlite_sql = number_parameters(q, q->in, q->n_in, SQLITE);
	for (int i = 0; i < q->n_in && q->only == BOTH; i++)
		if (!q->in[i].used)
			die(q->file, q->line, "%s: no parameter :%s in the SQL", q->name,
			    q->in[i].name);
	if (q->only == BOTH)
		q->pg_sql = number_parameters(q, q->in, q->n_in, PG);
	sqlite3_set_authorizer(lite, authorize, &w);
	sqlite3_stmt *st = prepare(q, q->sqlite_sql);
	sqlite3_set_authorizer(lite, NULL, NULL);
	check_write(q, &w, sqlite3_column_count(st) > 0);
	find_columns(q, st);
	sqlite3_finalize(st);
	check_plan(q);
	write = !strcmp(q->kind, ":insert") || (w.table && w.table->recorded);
	if (w.table && w.table->recorded) {
		q->table = w.table;
		q->op = w.op;
	}
	if (!write)
		return;
	q->sqlite_sql = with_returning(q, q->sqlite_sql);
	if (q->only == BOTH)
		q->pg_sql = with_returning(q, q->pg_sql);
	sqlite3_finalize(prepare(q, q->sqlite_sql));
}

/* Gives a pg twin's text to its sqlite twin. */
static void
join_twin(struct query *pg)
{
	for (int i = 0; i < n_queries; i++) {
		struct query *q = &queries[i];
		if (q->only != SQLITE || strcmp(q->name, pg->name) != 0)
			continue;
		if (strcmp(q->kind, pg->kind) != 0)
			die(pg->file, pg->line, "%s: %s here, %s in its twin", pg->name,
			    pg->kind, q->kind);
		q->pg_sql = number_parameters(pg, q->in, q->n_in, PG);
		q->pg_file = pg->file;
		q->pg_line = pg->sql_line;
		if (q->table || !strcmp(q->kind, ":insert"))
			q->pg_sql = with_returning(q, q->pg_sql);
		return;
	}
	die(pg->file, pg->line, "%s: -- only: pg without its sqlite twin", pg->name);
}

void
check_all(void)
{
	int slot = 0;

	for (int i = 0; i < n_queries; i++) {
		for (int k = 0; k < i; k++)
			if (!strcmp(queries[k].name, queries[i].name) &&
			    (queries[k].only == BOTH || queries[k].only == queries[i].only))
				die(queries[i].file, queries[i].line,
				    "%s: a second query of this name", queries[i].name);
		if (queries[i].only == PG)
			continue;
		queries[i].slot = slot++;
		if (!queries[i].row)
			queries[i].row = text("struct q_%s", queries[i].name);
		check(&queries[i]);
	}
	for (int i = 0; i < n_queries; i++)
		if (queries[i].only == PG)
			join_twin(&queries[i]);
	for (int i = 0; i < n_queries; i++)
		if (queries[i].only == SQLITE && !queries[i].pg_sql)
			die(queries[i].file, queries[i].line,
			    "%s: -- only: sqlite without its pg twin", queries[i].name);
}
