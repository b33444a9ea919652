#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

/* --- comments --------------------------------------------------------------------------- */
char *
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

const char *
after(const char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 ? line + n + strspn(line + n, " \t") : NULL;
}

enum engine
engine_named(const char *name, const char *file, int line)
{
	if (strcmp(name, "sqlite") == 0)
		return SQLITE;
	if (strcmp(name, "pg") == 0)
		return PG;
	die(file, line, "-- only: sqlite or pg, not \"%s\"", name);
}

/* --- reading queries -------------------------------------------------------------------- */
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

/* Whether the text is a list of columns: a comma outside of parentheses. */
static bool
is_columns(const char *p)
{
	int depth = 0;

	for (; *p; p++) {
		depth += (*p == '(') - (*p == ')');
		if (*p == ',' && depth == 0)
			return true;
	}
	return false;
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

char *
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
		sqlite3_str_appendf(out, is_columns(in) ? "%s%s" : "(%s)%s", in, end);
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
	} else if ((p = after(c, "all:"))) {
		q->all = text("%s", p);
	} else if ((p = after(c, "fragment:"))) {
		*fragment = text("%s", p);
	} else {
		sqlite3_str_appendf(
		    q->doc, "%s%s", sqlite3_str_length(q->doc) ? "\n * " : "", c);
	}
}

void
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
			q.sql_line = q.pg_line = line;
			q.pg_file = file;
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
