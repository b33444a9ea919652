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
 *	-- fragment: F(x, y)     not a query but text; $F(m, 7) in a query is that text with
 *	                         m for x and 7 for y. Any file may use it
 *
 * :exec gives the number of changed rows (or NULL: not wanted), :insert the new id, 0 if
 * ON CONFLICT DO NOTHING did. A write to a recorded table gets RETURNING all columns, and
 * the generated code hands each row to the joint record.
 */
#include <ctype.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_FIELDS = 64,
	MAX_TABLES = 256,
	MAX_QUERIES = 2048,
	MAX_TOKENS = 4096,
	MAX_FILES = 256
};

enum engine { BOTH, SQLITE, PG };

struct field {
	char *name, *type;
	bool nullable, used;
};

struct table {
	char *name;
	bool recorded, small;
	struct field col[MAX_FIELDS];
	int n_col, pk[MAX_FIELDS], n_pk;
};

struct script {
	const char *file;
	char *base; /* "0001-base" */
	char *source;
	sqlite3_str *sqlite, *pg;
};

struct fragment {
	char *name, *text, *arg[8];
	int n_arg;
};

struct query {
	char *name, *kind, *row, *header, *scan, *sql;
	sqlite3_str *doc;
	const char *file;
	int line, sql_line;
	enum engine only;
	struct field in[MAX_FIELDS], out[MAX_FIELDS];
	int n_in, n_out;
	bool has_in;
	char *sqlite_sql, *pg_sql;
	struct table *table; /* recorded table it changes */
	char op;
	int id_at;
	int slot;
};

enum kind { WORD, PARAM, STRING, NUMBER, PUNCT, CALL };

struct tok {
	enum kind kind;
	const char *p;
	int n, depth;
};

struct sql {
	struct tok t[MAX_TOKENS];
	int n;
};

static struct table tables[MAX_TABLES];
static struct script scripts[MAX_FILES];
static struct fragment fragments[MAX_TABLES];
static struct query queries[MAX_QUERIES];
static int n_tables, n_scripts, n_fragments, n_queries;
static sqlite3 *lite;

/* --- small things ------------------------------------------------------------------ */
static _Noreturn void __attribute__((format(printf, 3, 4)))
die(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

/* The tool is over in a moment: nothing it allocates is freed. */
static char *
text(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	char *s = sqlite3_vmprintf(fmt, ap);
	va_end(ap);
	return s;
}

static char *
slurp(const char *name)
{
	FILE *f = fopen(name, "rb");
	sqlite3_str *s = sqlite3_str_new(NULL);
	char part[4096];
	size_t n;

	if (!f)
		return NULL;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		sqlite3_str_append(s, part, (int)n);
	fclose(f);
	char *all = sqlite3_str_finish(s);
	return all ? all : text("%s", "");
}

static void
write_if_new(const char *name, sqlite3_str *s)
{
	char *now = sqlite3_str_finish(s), *was = slurp(name);

	if (was && strcmp(was, now) == 0)
		return;
	FILE *f = fopen(name, "wb");
	if (!f || fwrite(now, 1, strlen(now), f) != strlen(now) || fclose(f))
		die(name, 0, "cannot write");
}

static char *
base_name(const char *file)
{
	const char *slash = strrchr(file, '/'), *start = slash ? slash + 1 : file;
	const char *dot = strrchr(start, '.');

	return text("%.*s", (int)(dot ? dot - start : (long)strlen(start)), start);
}

static bool
is_word(int c)
{
	return isalnum(c) || c == '_';
}

static struct field *
find(struct field *f, int n, const char *name, int name_n)
{
	for (int i = 0; i < n; i++)
		if ((int)strlen(f[i].name) == name_n &&
		    memcmp(f[i].name, name, (size_t)name_n) == 0)
			return &f[i];
	return NULL;
}

static struct table *
find_table(const char *name, int n)
{
	for (int i = 0; i < n_tables; i++)
		if ((int)strlen(tables[i].name) == n &&
		    sqlite3_strnicmp(tables[i].name, name, n) == 0)
			return &tables[i];
	return NULL;
}

static int
line_at(const char *from, const char *to)
{
	int n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

/* --- SQL as tokens -------------------------------------------------------------------- */
static const char *
skip_quoted(const char *p)
{
	char q = *p++;

	while (*p && (*p != q || p[1] == q))
		p += *p == q ? 2 : 1;
	return *p ? p + 1 : p;
}

static struct tok
next_token(const char *p)
{
	struct tok t = {.p = p, .kind = PUNCT, .n = 1};

	if (*p == '\'' || *p == '"') {
		t.kind = STRING;
		t.n = (int)(skip_quoted(p) - p);
	} else if (isdigit((unsigned char)*p) || isalpha((unsigned char)*p) || *p == '_') {
		t.kind = isdigit((unsigned char)*p) ? NUMBER : WORD;
		while (is_word((unsigned char)p[t.n]))
			t.n++;
	} else if ((*p == ':' || *p == '$') && isalpha((unsigned char)p[1])) {
		t.kind = *p == ':' ? PARAM : CALL;
		while (is_word((unsigned char)p[t.n]))
			t.n++;
	} else if (strncmp(p, "::", 2) == 0) {
		t.n = 2;
	}
	return t;
}

static void
tokenize(const char *file, int line, const char *p, struct sql *s)
{
	int depth = 0;

	s->n = 0;
	while (*p) {
		if (isspace((unsigned char)*p)) {
			p++;
			continue;
		}
		if (s->n == MAX_TOKENS)
			die(file, line, "the query is too long");
		struct tok t = next_token(p);
		if (*p == ')')
			depth--;
		t.depth = depth;
		if (*p == '(')
			depth++;
		s->t[s->n++] = t;
		p += t.n;
	}
	if (depth)
		die(file, line, "parentheses do not match");
}

static bool
is(const struct sql *s, int i, const char *word)
{
	return i >= 0 && i < s->n && (int)strlen(word) == s->t[i].n &&
	       sqlite3_strnicmp(s->t[i].p, word, s->t[i].n) == 0;
}

static int
seek(const struct sql *s, int from, const char *word, int depth)
{
	for (int i = from; i < s->n; i++)
		if ((depth < 0 || s->t[i].depth == depth) && is(s, i, word))
			return i;
	return -1;
}

/* Copies SQL up to stop (';' or 0) without its comments; quoted text is kept whole. */
static char *
copy_sql(const char **at, char stop)
{
	sqlite3_str *s = sqlite3_str_new(NULL);
	const char *p = *at;

	while (*p && *p != stop) {
		if (p[0] == '-' && p[1] == '-') {
			p += strcspn(p, "\n");
		} else if (*p == '\'' || *p == '"') {
			const char *end = skip_quoted(p);
			sqlite3_str_append(s, p, (int)(end - p));
			p = end;
		} else {
			sqlite3_str_append(s, p++, 1);
		}
	}
	*at = *p ? p + 1 : p;
	char *all = sqlite3_str_finish(s);
	return all ? all : text("%s", "");
}

/* --- comments ---------------------------------------------------------------------------- */
static char *
word_at(const char **p)
{
	while (**p == ' ' || **p == '\t')
		(*p)++;
	const char *start = *p;
	while (**p && !isspace((unsigned char)**p) && **p != ',')
		(*p)++;
	return text("%.*s", (int)(*p - start), start);
}

static const char *
known_type(const char *type)
{
	static const char *const known[] = {"int64", "str", "double", "blob", "ints"};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(type, known[i]) == 0)
			return known[i];
	return NULL;
}

static void
fields(struct field *f, int *n, const char *list, const char *file, int line)
{
	const char *p = list;

	for (;;) {
		char *name = word_at(&p), *type = word_at(&p);
		size_t t = strlen(type);
		bool nullable = t && type[t - 1] == '?';
		if (nullable)
			type[t - 1] = 0;
		if (!*name || !known_type(type))
			die(file, line,
			    "expected NAME TYPE in \"%s\"; a type is int64, str, double, "
			    "blob or ints",
			    list);
		if (find(f, *n, name, (int)strlen(name)))
			die(file, line, "%s is there twice", name);
		if (*n == MAX_FIELDS)
			die(file, line, "too many");
		f[(*n)++] = (struct field){name, type, nullable, false};
		p += strspn(p, " \t");
		if (*p++ != ',')
			break;
	}
	if (p[-1])
		die(file, line, "expected a comma in \"%s\"", list);
}

static const char *
after(const char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 ? line + n + strspn(line + n, " \t") : NULL;
}

static enum engine
engine_named(const char *name, const char *file, int line)
{
	if (strcmp(name, "sqlite") == 0)
		return SQLITE;
	if (strcmp(name, "pg") == 0)
		return PG;
	die(file, line, "-- only: sqlite or pg, not \"%s\"", name);
}

/* --- the schema --------------------------------------------------------------------- */
static const struct {
	const char *from, *to;
} pg_types[] = {
    {"INTEGER", "BIGINT"},
    {"BLOB", "BYTEA"},
    {"REAL", "DOUBLE PRECISION"},
};

static void
put_pg_schema(sqlite3_str *out, const char *file, int line, const char *sql)
{
	static struct sql s;
	const char *gap = sql;

	tokenize(file, line, sql, &s);
	bool table = is(&s, 0, "CREATE") && is(&s, 1, "TABLE");
	for (int i = 0; i < s.n; i++) {
		const struct tok *t = &s.t[i];
		sqlite3_str_append(out, gap, (int)(t->p - gap));
		gap = t->p + t->n;
		if (is(&s, i, "INTEGER") && is(&s, i + 1, "PRIMARY")) {
			sqlite3_str_appendall(
			    out, "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
			gap = s.t[i += 2].p + 3;
			continue;
		}
		const char *put = NULL;
		for (size_t k = 0; k < sizeof(pg_types) / sizeof(*pg_types); k++)
			if (is(&s, i, pg_types[k].from))
				put = pg_types[k].to;
		if (put)
			sqlite3_str_appendall(out, put);
		else
			sqlite3_str_append(out, t->p, t->n);
		if (table && t->depth == 0 && *t->p == ')') /* STRICT, WITHOUT ROWID */
			break;
	}
	sqlite3_str_appendall(out, ";\n");
}

static void
add_table(const char *sql, bool recorded, bool small, const char *file, int line)
{
	static struct sql s;

	tokenize(file, line, sql, &s);
	if (!is(&s, 0, "CREATE") || !is(&s, 1, "TABLE") || s.n < 4) {
		if (recorded || small)
			die(file, line, "-- recorded and -- small stand before CREATE TABLE");
		return;
	}
	if (n_tables == MAX_TABLES)
		die(file, line, "too many tables");
	tables[n_tables++] = (struct table){
	    .name = text("%.*s", s.t[2].n, s.t[2].p), .recorded = recorded, .small = small};
}

static void
add_statement(struct script *s, const char *sql, enum engine only, int line)
{
	char *error;

	if (only != PG) {
		sqlite3_str_appendf(s->sqlite, "%s;\n", sql);
		if (sqlite3_exec(lite, sql, NULL, NULL, &error) != SQLITE_OK)
			die(s->file, line, "%s", error);
	}
	if (only == PG)
		sqlite3_str_appendf(s->pg, "%s;\n", sql);
	else if (only == BOTH)
		put_pg_schema(s->pg, s->file, line, sql);
}

/* The text of one statement; a trigger has semicolons inside. */
static char *
statement(const char **p)
{
	char *sql = copy_sql(p, ';');

	while (**p && !sqlite3_complete(text("%s;", sql))) {
		char *more = copy_sql(p, ';');
		sql = text("%s;%s", sql, more);
	}
	return sql;
}

static void
read_schema(const char *file)
{
	if (n_scripts == MAX_FILES)
		die(file, 1, "too many files");
	struct script *s = &scripts[n_scripts++];
	bool recorded = false, small = false;
	enum engine only = BOTH;

	*s = (struct script){
	    file, base_name(file), slurp(file), sqlite3_str_new(NULL), sqlite3_str_new(NULL)};
	if (!s->source || atoll(s->base) != n_scripts)
		die(file, 1, "scripts are numbered from 0001 without a gap");
	for (const char *p = s->source; *p;) {
		if (isspace((unsigned char)*p)) {
			p++;
			continue;
		}
		int line = 1 + line_at(s->source, p);
		if (strncmp(p, "--", 2) == 0) {
			char *c = text("%.*s", (int)strcspn(p, "\n") - 2, p + 2);
			p += strcspn(p, "\n");
			const char *rest = c + strspn(c, " "), *name;
			if ((name = after(rest, "only:")))
				only = engine_named(word_at(&name), file, line);
			else if (!strcmp(rest, "recorded") || !strcmp(rest, "recorded small"))
				recorded = true, small = small || strlen(rest) > 8;
			else if (!strcmp(rest, "small"))
				small = true;
			continue;
		}
		char *sql = statement(&p);
		add_statement(s, sql, only, line);
		if (only != PG)
			add_table(sql, recorded, small, file, line);
		recorded = small = false;
		only = BOTH;
	}
}

static const char *
field_type(const char *declared)
{
	return !strcmp(declared, "INTEGER") ? "int64"
	       : !strcmp(declared, "TEXT")  ? "str"
	       : !strcmp(declared, "BLOB")  ? "blob"
	       : !strcmp(declared, "REAL")  ? "double"
					    : NULL;
}

static void
load_columns(struct table *t)
{
	sqlite3_stmt *st;
	char *sql =
	    text("SELECT name, type, \"notnull\", pk FROM pragma_table_info(%Q)", t->name);

	sqlite3_prepare_v2(lite, sql, -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct field *f = &t->col[t->n_col];
		const char *type = field_type((const char *)sqlite3_column_text(st, 1));
		int pk = sqlite3_column_int(st, 3);
		f->name = text("%s", sqlite3_column_text(st, 0));
		f->type = text("%s", type ? type : "");
		f->nullable = !sqlite3_column_int(st, 2) && !pk;
		if (pk && ++t->n_pk)
			t->pk[pk - 1] = t->n_col;
		t->n_col++;
	}
	sqlite3_finalize(st);
}

/* A row of a recorded table may change only through a query that says so. */
static void
check_recorded(const struct table *t)
{
	sqlite3_stmt *st;
	char *sql =
	    text("SELECT \"from\", on_delete, on_update FROM pragma_foreign_key_list(%Q) "
		 "WHERE on_delete <> 'NO ACTION' OR on_update <> 'NO ACTION'",
		t->name);

	if (!t->n_pk)
		die("schema", 0, "%s: a recorded table needs a primary key", t->name);
	sqlite3_prepare_v2(lite, sql, -1, &st, NULL);
	if (sqlite3_step(st) == SQLITE_ROW)
		die("schema", 0, "%s.%s: a recorded table cannot have ON DELETE or ON UPDATE",
		    t->name, sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct table *)a)->name, ((const struct table *)b)->name);
}

static void
finish_schema(void)
{
	qsort(tables, (size_t)n_tables, sizeof(*tables), by_name);
	for (int i = 0; i < n_tables; i++) {
		load_columns(&tables[i]);
		if (tables[i].recorded)
			check_recorded(&tables[i]);
	}
}

/* --- reading queries ----------------------------------------------------------------- */
static void
add_fragment(const char *head, const char *sql, const char *file, int line)
{
	struct fragment *f = &fragments[n_fragments++];
	const char *open = strchr(head, '('), *p = open;

	if (n_fragments == MAX_TABLES || !open || !strchr(open, ')'))
		die(file, line, "expected -- fragment: name(alias)");
	f->name = text("%.*s", (int)(open - head), head);
	f->text = text("%s", sql);
	for (char *c = f->text; *c; c++) /* one line, so that line numbers stay true */
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	while (*p != ')') {
		p += 1 + strspn(p + 1, " ");
		size_t n = strcspn(p, " ,)");
		if (n && f->n_arg < 8)
			f->arg[f->n_arg++] = text("%.*s", (int)n, p);
		p += n + strspn(p + n, " ");
	}
}

static const struct fragment *
find_fragment(const struct tok *t)
{
	for (int i = 0; i < n_fragments; i++)
		if ((int)strlen(fragments[i].name) == t->n - 1 &&
		    memcmp(fragments[i].name, t->p + 1, (size_t)t->n - 1) == 0)
			return &fragments[i];
	return NULL;
}

/* The text of fragment f with the arguments found in "(...)" at p; *ret_end is behind them. */
static char *
fill_fragment(
    const struct query *q, const struct fragment *f, const char *p, const char **ret_end)
{
	static struct sql s;
	char *arg[8] = {0};
	sqlite3_str *out = sqlite3_str_new(NULL);
	int n = 0, depth = 0;

	const char *start = ++p;
	for (; depth > 0 || *p != ')'; p++) {
		if (!*p || n == 8)
			die(q->file, q->line, "%s: $%s is not closed", q->name, f->name);
		depth += (*p == '(') - (*p == ')');
		if (*p == ',' && depth == 0) {
			arg[n++] = text("%.*s", (int)(p - start), start);
			start = p + 1;
		}
	}
	if (p > start)
		arg[n++] = text("%.*s", (int)(p - start), start);
	*ret_end = p + 1;
	if (n != f->n_arg)
		die(q->file, q->line, "%s: $%s takes %d arguments", q->name, f->name, f->n_arg);
	tokenize(q->file, q->line, f->text, &s);
	const char *gap = f->text;
	for (int i = 0; i < s.n; i++) {
		const char *put = NULL;
		sqlite3_str_append(out, gap, (int)(s.t[i].p - gap));
		gap = s.t[i].p + s.t[i].n;
		for (int k = 0; k < n && s.t[i].kind == WORD && !(i && s.t[i - 1].p[0] == '.');
		     k++)
			if (is(&s, i, f->arg[k]))
				put = arg[k] + strspn(arg[k], " ");
		sqlite3_str_append(
		    out, put ? put : s.t[i].p, put ? (int)strlen(put) : s.t[i].n);
	}
	return sqlite3_str_finish(out);
}

static char *
expand(const struct query *q, const char *sql, int level)
{
	static struct sql s;
	sqlite3_str *out = sqlite3_str_new(NULL);

	if (level > 8)
		die(q->file, q->line, "%s: fragments go in a circle", q->name);
	tokenize(q->file, q->line, sql, &s);
	for (int i = 0; i < s.n; i++) {
		const struct fragment *f = s.t[i].kind == CALL ? find_fragment(&s.t[i]) : NULL;
		const char *end;
		if (s.t[i].kind != CALL)
			continue;
		if (!f || !is(&s, i + 1, "("))
			die(q->file, q->sql_line + line_at(sql, s.t[i].p),
			    "%s: no fragment %.*s", q->name, s.t[i].n, s.t[i].p);
		char *in = fill_fragment(q, f, s.t[i + 1].p, &end);
		sqlite3_str_append(out, sql, (int)(s.t[i].p - sql));
		sqlite3_str_appendf(out, "(%s)%s", in, end);
		return expand(q, sqlite3_str_finish(out), level + 1);
	}
	return text("%s", sql);
}

static void
annotation(struct query *q, char **fragment, const char *c, int line)
{
	const char *p, *file = q->file;

	if ((p = after(c, "name:"))) {
		q->name = word_at(&p);
		q->kind = word_at(&p);
		q->line = line;
		if (strcmp(q->kind, ":one") && strcmp(q->kind, ":maybe") &&
		    strcmp(q->kind, ":many") && strcmp(q->kind, ":exec") &&
		    strcmp(q->kind, ":insert"))
			die(file, line, "%s: :one, :maybe, :many, :exec or :insert", q->name);
	} else if ((p = after(c, "in:"))) {
		fields(q->in, &q->n_in, p, file, line);
		q->has_in = true;
	} else if ((p = after(c, "out:"))) {
		fields(q->out, &q->n_out, p, file, line);
	} else if ((p = after(c, "row: struct"))) {
		q->row = text("struct %s", word_at(&p));
		q->header = word_at(&p);
		if (!*q->header)
			die(file, line, "expected -- row: struct T header");
	} else if ((p = after(c, "only:"))) {
		q->only = engine_named(word_at(&p), file, line);
	} else if ((p = after(c, "scan:"))) {
		q->scan = text("%s", p);
	} else if ((p = after(c, "fragment:"))) {
		*fragment = text("%s", p);
	} else {
		sqlite3_str_appendf(
		    q->doc, "%s%s", sqlite3_str_length(q->doc) ? "\n * " : "", c);
	}
}

static void
read_queries(const char *file)
{
	char *source = slurp(file), *fragment = NULL;
	struct query fresh = {.file = file}, q = fresh;

	if (!source)
		die(file, 0, "cannot read");
	q.doc = sqlite3_str_new(NULL);
	for (const char *p = source; *p;) {
		int line = 1 + line_at(source, p);
		if (strncmp(p, "--", 2) == 0) {
			const char *c = p + 2 + strspn(p + 2, " ");
			p += strcspn(p, "\n");
			annotation(
			    &q, &fragment, text("%.*s", (int)(p > c ? p - c : 0), c), line);
		} else if (isspace((unsigned char)*p)) {
			p++;
			if (*p == '\n' && !q.name && !fragment) /* a comment of the file */
				sqlite3_str_reset(q.doc);
		} else {
			q.sql_line = line;
			q.sql = copy_sql(&p, ';');
			if (fragment)
				add_fragment(fragment, q.sql, file, line);
			else if (!q.name)
				die(file, line, "a query without -- name:");
			else if (n_queries == MAX_QUERIES)
				die(file, line, "too many queries");
			else
				queries[n_queries++] = q;
			fragment = NULL;
			q = fresh;
			q.doc = sqlite3_str_new(NULL);
		}
	}
	if (q.name || fragment)
		die(file, q.line, "a comment without its SQL at the end");
}

/* --- making the two texts ------------------------------------------------------------ */

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

/* --- asking SQLite -------------------------------------------------------------------- */
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

/* --- plans ------------------------------------------------------------------------- */

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
	const struct table *scanned = NULL;
	bool sorted = false;

	tokenize(q->file, q->line, q->sqlite_sql, &s);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3), *name = NULL;
		if (strncmp(step, "SCAN ", 5) == 0)
			name = step + 5;
		else if (strncmp(step, "SEARCH ", 7) == 0 && strstr(step, " AUTOMATIC "))
			name = step + 7;
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
}

/* --- one query ------------------------------------------------------------------------ */
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
		if (q->table || !strcmp(q->kind, ":insert"))
			q->pg_sql = with_returning(q, q->pg_sql);
		return;
	}
	die(pg->file, pg->line, "%s: -- only: pg without its sqlite twin", pg->name);
}

static void
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

/* --- writing C ----------------------------------------------------------------------- */
static const char *
c_type(const char *type)
{
	return !strcmp(type, "int64")  ? "int64_t"
	       : !strcmp(type, "blob") ? "str"
	       : !strcmp(type, "ints") ? "struct ints"
				       : type;
}

static const char *
db_type(const char *type)
{
	return !strcmp(type, "int64")    ? "DB_INT"
	       : !strcmp(type, "str")    ? "DB_TEXT"
	       : !strcmp(type, "blob")   ? "DB_BLOB"
	       : !strcmp(type, "double") ? "DB_REAL"
					 : "DB_INTS";
}

static const char *
value_of(const char *type)
{
	return !strcmp(type, "int64")    ? "db_int_"
	       : !strcmp(type, "str")    ? "db_text_"
	       : !strcmp(type, "blob")   ? "db_blob_"
	       : !strcmp(type, "double") ? "db_real_"
					 : "db_ints_";
}

static void
put_string(sqlite3_str *f, const char *s)
{
	do {
		const char *nl = strchr(s, '\n'), *end = nl ? nl : s + strlen(s);
		sqlite3_str_appendall(f, "\n\t    \"");
		for (; s < end; s++) {
			if (*s == '"' || *s == '\\')
				sqlite3_str_appendchar(f, 1, '\\');
			sqlite3_str_appendchar(f, 1, *s);
		}
		sqlite3_str_appendall(f, nl ? "\\n\"" : "\"");
		s = nl ? nl + 1 : end;
	} while (*s);
}

static void
put_prototype(sqlite3_str *f, const struct query *q)
{
	sqlite3_str_appendf(f, "q_%s(struct db *db, struct arena *a", q->name);
	for (int i = 0; i < q->n_in; i++)
		sqlite3_str_appendf(f, q->in[i].nullable ? ", const %s *%s" : ", %s %s",
		    c_type(q->in[i].type), q->in[i].name);
	if (!strcmp(q->kind, ":exec"))
		sqlite3_str_appendall(f, ", int64_t *ret_changed_or_null)");
	else if (!strcmp(q->kind, ":insert"))
		sqlite3_str_appendall(f, ", int64_t *ret_id)");
	else
		sqlite3_str_appendf(f, ", %s **ret%s)", q->row,
		    !strcmp(q->kind, ":many") ? ", size_t *ret_n" : "");
}

static void
put_h(sqlite3_str *f, const struct query *q)
{
	if (!q->header && q->n_out) {
		sqlite3_str_appendf(f, "\n%s {\n", q->row);
		for (int i = 0; i < q->n_out; i++) {
			sqlite3_str_appendf(
			    f, "\t%s %s;\n", c_type(q->out[i].type), q->out[i].name);
			if (q->out[i].nullable)
				sqlite3_str_appendf(f, "\tbool has_%s;\n", q->out[i].name);
		}
		sqlite3_str_appendall(f, "};\n");
	}
	if (q->n_out)
		sqlite3_str_appendf(f,
		    "\nextern const struct db_column q_%s_columns[]; /* ends with a NULL name "
		    "*/\n",
		    q->name);
	const char *more = !strcmp(q->kind, ":maybe")  ? " *ret is NULL if there is none."
			   : !strcmp(q->kind, ":many") ? " Rows live in a."
						       : "";
	if (sqlite3_str_length(q->doc) || *more)
		sqlite3_str_appendf(f, "\n/* %s%s */\n",
		    sqlite3_str_length(q->doc) ? sqlite3_str_value(q->doc) : "", more);
	else
		sqlite3_str_appendchar(f, 1, '\n');
	sqlite3_str_appendall(f, "struct err *\n");
	put_prototype(f, q);
	sqlite3_str_appendall(f, " NODISCARD;\n");
}

static void
put_columns(sqlite3_str *f, const struct query *q)
{
	for (int i = 0; i < q->n_out; i++) {
		const struct field *o = &q->out[i];
		sqlite3_str_appendf(f,
		    "%s_Static_assert(__builtin_types_compatible_p(__typeof__(((%s *)0)->%s), "
		    "%s),\n"
		    "    \"%s.%s is not %s\");\n",
		    i ? "" : "\n", q->row, o->name, c_type(o->type), q->row, o->name,
		    c_type(o->type));
	}
	sqlite3_str_appendf(f, "const struct db_column q_%s_columns[] = {\n", q->name);
	for (int i = 0; i < q->n_out; i++) {
		const struct field *o = &q->out[i];
		sqlite3_str_appendf(f, "    {\"%s\", %s, %s, offsetof(%s, %s), ", o->name,
		    db_type(o->type), o->nullable ? "true" : "false", q->row, o->name);
		if (o->nullable)
			sqlite3_str_appendf(f, "offsetof(%s, has_%s)},\n", q->row, o->name);
		else
			sqlite3_str_appendall(f, "0},\n");
	}
	sqlite3_str_appendall(f, "    {0},\n};\n");
}

static void
put_query(sqlite3_str *f, const struct query *q)
{
	if (q->n_in) {
		sqlite3_str_appendf(f, "static const enum db_type in_%s[] = {", q->name);
		for (int i = 0; i < q->n_in; i++)
			sqlite3_str_appendf(f, "%s%s", i ? ", " : "", db_type(q->in[i].type));
		sqlite3_str_appendall(f, "};\n");
	}
	sqlite3_str_appendf(f,
	    "static const struct db_query query_%s = {\n\t.name = \"%s\",\n\t.slot = "
	    "%d,\n\t.sql =",
	    q->name, q->name, q->slot);
	put_string(f, q->sqlite_sql);
	sqlite3_str_appendall(f, ",\n\t.pg =");
	put_string(f, q->pg_sql);
	sqlite3_str_appendall(f, ",\n");
	if (q->n_in)
		sqlite3_str_appendf(f, "\t.in = in_%s,\n\t.n_in = %d,\n", q->name, q->n_in);
	if (q->n_out)
		sqlite3_str_appendf(f,
		    "\t.columns = q_%s_columns,\n\t.n_columns = %d,\n"
		    "\t.row_size = sizeof(%s),\n\t.row_align = _Alignof(%s),\n",
		    q->name, q->n_out, q->row, q->row);
	if (q->table)
		sqlite3_str_appendf(f, "\t.table = &db_tables[%d], /* %s */\n\t.op = '%c',\n",
		    q->table->n_col ? (int)(q->table - tables) : 0, q->table->name, q->op);
	if (q->id_at)
		sqlite3_str_appendf(f, "\t.id_at = %d,\n", q->id_at);
	sqlite3_str_appendall(f, "};\n");
}

static void
put_function(sqlite3_str *f, const struct query *q)
{
	bool rows = q->n_out > 0;

	sqlite3_str_appendall(f, "\nstruct err *\n");
	put_prototype(f, q);
	sqlite3_str_appendall(f, "\n{\n");
	if (q->n_in) {
		sqlite3_str_appendall(f, "\tconst struct db_value args_[] = {\n");
		for (int i = 0; i < q->n_in; i++)
			sqlite3_str_appendf(f, "\t    %s(%s%s),\n", value_of(q->in[i].type),
			    q->in[i].nullable ? "" : "&", q->in[i].name);
		sqlite3_str_appendall(f, "\t};\n");
	}
	const char *args = q->n_in ? "args_" : "NULL";
	if (rows)
		sqlite3_str_appendf(f,
		    "\tvoid *rows_;\n\n\tTRY(db_%s_(db, a, &query_%s, %s, &rows_%s));\n"
		    "\t*ret = rows_;\n\treturn OK;\n}\n",
		    q->kind + 1, q->name, args, !strcmp(q->kind, ":many") ? ", ret_n" : "");
	else
		sqlite3_str_appendf(f, "%s\treturn db_%s_(db, a, &query_%s, %s, %s);\n}\n",
		    q->n_in ? "\n" : "", q->kind + 1, q->name, args,
		    !strcmp(q->kind, ":exec") ? "ret_changed_or_null" : "ret_id");
}

static void
write_queries(const char *dir, const char *file)
{
	sqlite3_str *h = sqlite3_str_new(NULL), *c = sqlite3_str_new(NULL);
	char *base = base_name(file);

	sqlite3_str_appendf(h,
	    "/* Made by sqlgen from %s: do not edit. */\n#pragma once\n"
	    "#include \"store/db.h\"\n",
	    file);
	sqlite3_str_appendf(c,
	    "/* Made by sqlgen from %s: do not edit. */\n"
	    "#include \"q_%s.h\"\n",
	    file, base);
	for (int i = 0; i < n_queries; i++) {
		struct query *q = &queries[i];
		if (q->only == PG || strcmp(q->file, file) != 0)
			continue;
		if (q->header)
			sqlite3_str_appendf(h, "#include \"%s\"\n", q->header);
		put_h(h, q);
		if (q->n_out)
			put_columns(c, q);
		else
			sqlite3_str_appendchar(c, 1, '\n');
		put_query(c, q);
		put_function(c, q);
	}
	write_if_new(text("%s/q_%s.h", dir, base), h);
	write_if_new(text("%s/q_%s.c", dir, base), c);
}

static void
put_table(sqlite3_str *f, const struct table *t)
{
	sqlite3_str_appendf(f, "\nstatic const struct db_column columns_%s[] = {\n", t->name);
	for (int i = 0; i < t->n_col; i++)
		sqlite3_str_appendf(f, "    {.name = \"%s\", .type = %s, .nullable = %s},\n",
		    t->col[i].name, db_type(t->col[i].type),
		    t->col[i].nullable ? "true" : "false");
	sqlite3_str_appendf(f, "};\nstatic const int pk_%s[] = {", t->name);
	for (int i = 0; i < t->n_pk; i++)
		sqlite3_str_appendf(f, "%s%d", i ? ", " : "", t->pk[i]);
	sqlite3_str_appendall(f, "};\n");
}

static void
write_schema(const char *dir)
{
	sqlite3_str *f = sqlite3_str_new(NULL);

	sqlite3_str_appendall(f, "/* Made by sqlgen from the schema: do not edit. */\n"
				 "#include \"store/db.h\"\n#include \"store/migrate.h\"\n");
	for (int i = 0; i < n_tables; i++)
		put_table(f, &tables[i]);
	sqlite3_str_appendall(f, "\nconst struct db_table db_tables[] = {\n");
	for (int i = 0; i < n_tables; i++)
		sqlite3_str_appendf(f, "    {\"%s\", columns_%s, %d, pk_%s, %d},\n",
		    tables[i].name, tables[i].name, tables[i].n_col, tables[i].name,
		    tables[i].n_pk);
	sqlite3_str_appendf(f, "    {0},\n};\nconst size_t db_tables_n = %d;\n", n_tables);
	sqlite3_str_appendall(f, "\nconst struct migration db_migrations[] = {\n");
	for (int i = 0; i < n_scripts; i++) {
		struct script *s = &scripts[i];
		sqlite3_str_appendf(
		    f, "    {\n\t.no = %d,\n\t.name = \"%s\",\n\t.source =", i + 1, s->base);
		put_string(f, s->source);
		sqlite3_str_appendall(f, ",\n\t.sqlite =");
		put_string(f, sqlite3_str_value(s->sqlite) ? sqlite3_str_value(s->sqlite) : "");
		sqlite3_str_appendall(f, ",\n\t.pg =");
		put_string(f, sqlite3_str_value(s->pg) ? sqlite3_str_value(s->pg) : "");
		sqlite3_str_appendall(f, ",\n    },\n");
	}
	sqlite3_str_appendf(f, "    {0},\n};\nconst size_t db_migrations_n = %d;\n", n_scripts);
	write_if_new(text("%s/schema.c", dir), f);
}

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
	int split = 2;

	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (argc < 3 || split == argc)
		die("sqlgen", 0, "usage: sqlgen OUTDIR SCHEMA.sql... -- NAME.sql...");
	if (sqlite3_open(":memory:", &lite) != SQLITE_OK)
		die("sqlgen", 0, "%s", sqlite3_errmsg(lite));
	for (int i = 2; i < split; i++)
		read_schema(argv[i]);
	finish_schema();
	for (int i = split + 1; i < argc; i++)
		read_queries(argv[i]);
	check_all();
	keep_recorded();
	for (int i = split + 1; i < argc; i++)
		write_queries(argv[1], argv[i]);
	write_schema(argv[1]);
	return 0;
}
