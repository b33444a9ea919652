/* sqlgen.h - what the parts of sqlgen share. The tool is over in a moment: nothing it
 * allocates is freed, and what it has read stands in tables. */
#ifndef SQLGEN_H
#define SQLGEN_H

#include <sqlite3.h>
#include <stdbool.h>

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
	char *name, *kind, *row, *header, *scan, *all, *sql;
	sqlite3_str *doc;
	const char *file;
	int line, sql_line;
	enum engine only;
	struct field in[MAX_FIELDS], out[MAX_FIELDS];
	int n_in, n_out;
	char *sqlite_sql, *pg_sql;
	const char *pg_file; /* where pg_sql comes from: a twin may be elsewhere */
	int pg_line;
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

/* What has been read; main.c holds it. */
extern struct table tables[MAX_TABLES];
extern struct script scripts[MAX_FILES];
extern struct fragment fragments[MAX_TABLES];
extern struct query queries[MAX_QUERIES];
extern int n_tables, n_scripts, n_fragments, n_queries;
extern sqlite3 *lite; /* an empty database with the schema */

/* text.c */
_Noreturn void __attribute__((format(printf, 3, 4)))
die(const char *file, int line, const char *fmt, ...);
char *text(const char *fmt, ...);
char *slurp(const char *name);
void write_if_new(const char *name, sqlite3_str *s);
char *base_name(const char *file);
struct field *find(struct field *f, int n, const char *name, int name_n);
struct table *find_table(const char *name, int n);
int line_at(const char *from, const char *to);
void tokenize(const char *file, int line, const char *p, struct sql *s);
bool is(const struct sql *s, int i, const char *word);
int seek(const struct sql *s, int from, const char *word, int depth);
char *copy_sql(const char **at, char stop);

/* schema.c */
void read_schema(const char *file);
const char *field_type(const char *declared);
void finish_schema(void);

/* read.c */
char *word_at(const char **p);
const char *after(const char *line, const char *word);
enum engine engine_named(const char *name, const char *file, int line);
char *expand(const struct query *q, const char *sql, int level);
void read_queries(const char *file);

/* check.c */
void check_all(void);

/* emit.c */
void write_queries(const char *dir, const char *file);
void write_schema(const char *dir);

/* pg.c: prepares every query on the server; says what it does not like. */
bool check_pg(const char *conninfo);

#endif
