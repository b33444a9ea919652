#include "sqlgen.h"

#include <string.h>

/* --- writing C -------------------------------------------------------------------------- */
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
		sqlite3_str_appendf(f, "    {\"%s\", %s, offsetof(%s, %s), ", o->name,
		    db_type(o->type), q->row, o->name);
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

void
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
		sqlite3_str_appendf(f, "    {.name = \"%s\", .type = %s},\n", t->col[i].name,
		    db_type(t->col[i].type));
	sqlite3_str_appendf(f, "};\nstatic const int pk_%s[] = {", t->name);
	for (int i = 0; i < t->n_pk; i++)
		sqlite3_str_appendf(f, "%s%d", i ? ", " : "", t->pk[i]);
	sqlite3_str_appendall(f, "};\n");
}

void
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
