#include "sqlgen.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- small things ----------------------------------------------------------------------- */
_Noreturn void __attribute__((format(printf, 3, 4)))
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
char *
text(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	char *s = sqlite3_vmprintf(fmt, ap);
	va_end(ap);
	return s;
}

char *
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

void
write_if_new(const char *name, sqlite3_str *s)
{
	char *now = sqlite3_str_finish(s), *was = slurp(name);

	if (was && strcmp(was, now) == 0)
		return;
	FILE *f = fopen(name, "wb");
	if (!f || fwrite(now, 1, strlen(now), f) != strlen(now) || fclose(f))
		die(name, 0, "cannot write");
}

char *
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

struct field *
find(struct field *f, int n, const char *name, int name_n)
{
	for (int i = 0; i < n; i++)
		if ((int)strlen(f[i].name) == name_n &&
		    memcmp(f[i].name, name, (size_t)name_n) == 0)
			return &f[i];
	return NULL;
}

struct table *
find_table(const char *name, int n)
{
	for (int i = 0; i < n_tables; i++)
		if ((int)strlen(tables[i].name) == n &&
		    sqlite3_strnicmp(tables[i].name, name, n) == 0)
			return &tables[i];
	return NULL;
}

int
line_at(const char *from, const char *to)
{
	int n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

/* --- SQL as tokens ---------------------------------------------------------------------- */
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

void
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

bool
is(const struct sql *s, int i, const char *word)
{
	return i >= 0 && i < s->n && (int)strlen(word) == s->t[i].n &&
	       sqlite3_strnicmp(s->t[i].p, word, s->t[i].n) == 0;
}

int
seek(const struct sql *s, int from, const char *word, int depth)
{
	for (int i = from; i < s->n; i++)
		if ((depth < 0 || s->t[i].depth == depth) && is(s, i, word))
			return i;
	return -1;
}

/* Copies SQL up to stop (';' or 0) without its comments; quoted text is kept whole. */
char *
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
