#include "store/content.h"

#include "base/sha.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void
put_head(struct buf *b, size_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), " %zu\n", n);

	buf_put(b, (str){digits, (size_t)len});
}

void
content_put(struct buf *b, char prefix_or_0, const char *name, str bytes)
{
	if (prefix_or_0)
		buf_put(b, (str){&prefix_or_0, 1});
	buf_put(b, str_from_c(name));
	put_head(b, bytes.n);
	buf_put(b, bytes);
	buf_put(b, S("\n"));
}

static void
put_column(struct buf *b, const char *name, char type, str bytes)
{
	buf_put(b, str_from_c(name));
	buf_put(b, (str){(char[]){'/', type}, 2});
	put_head(b, bytes.n);
	buf_put(b, bytes);
	buf_put(b, S("\n"));
}

static void
put_value(struct buf *b, const char *name, const struct db_value *v)
{
	struct sha256 h;
	char text[40];
	int n;

	switch (v->type) {
	case DB_NULL: put_column(b, name, 'n', S("")); return;
	case DB_INT:
		n = snprintf(text, sizeof(text), "%" PRId64, v->i);
		put_column(b, name, 'i', (str){text, (size_t)n});
		return;
	case DB_REAL:
		n = snprintf(text, sizeof(text), "%.17g", v->d);
		put_column(b, name, 'r', (str){text, (size_t)n});
		return;
	case DB_TEXT: put_column(b, name, 't', v->s); return;
	case DB_BLOB:
		if (v->s.n <= CONTENT_BYTES_MAX) {
			put_column(b, name, 'b', v->s);
			return;
		}
		h = sha256(v->s);
		put_column(b, name, 'h', sha256_hex(b->a, &h));
		return;
	case DB_INTS: return; /* a parameter, never a column */
	}
}

static size_t
size_of(const struct db_table *t, const struct db_value *values)
{
	size_t n = 64;

	for (size_t i = 0; i < t->n_columns; i++)
		n += strlen(t->columns[i].name) + 64 +
		     (values[i].type == DB_TEXT || values[i].type == DB_BLOB ? values[i].s.n
									     : 0);
	return n;
}

str
content_row(struct arena *a, const struct db_table *table, const struct db_value *values)
{
	struct buf b = buf_new(a, size_of(table, values));

	for (size_t i = 0; i < table->n_columns; i++)
		put_value(&b, table->columns[i].name, &values[i]);
	return buf_str(&b);
}

str
content_pk(struct arena *a, const struct db_table *table, const struct db_value *values)
{
	struct buf b = buf_new(a, size_of(table, values));

	for (size_t i = 0; i < table->n_pk; i++)
		put_value(&b, table->columns[table->pk[i]].name, &values[table->pk[i]]);
	return buf_str(&b);
}

void
content_put_row(struct buf *b, const struct db_change *change)
{
	content_put(b, change->op, change->table->name,
	    content_row(b->a, change->table, change->values));
}

static bool
parse_length(str s, size_t *ret)
{
	size_t n = 0;

	if (s.n == 0 || s.n > 9 || (s.p[0] == '0' && s.n > 1))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (size_t)(s.p[i] - '0');
	}
	*ret = n;
	return true;
}

bool
content_next(str *rest, str *ret_name, str *ret_bytes)
{
	str head, name, length, tail;
	size_t n;

	if (!str_cut(*rest, '\n', &head, &tail) || !str_cut(head, ' ', &name, &length) ||
	    name.n == 0 || !parse_length(length, &n) || n >= tail.n || tail.p[n] != '\n')
		return false;
	*ret_name = name;
	*ret_bytes = (str){tail.p, n};
	*rest = (str){tail.p + n + 1, tail.n - n - 1};
	return true;
}

str
content_find(str content, const char *name)
{
	str want = str_from_c(name), n, bytes;

	while (content_next(&content, &n, &bytes))
		if (str_eq(n, want))
			return bytes;
	return S("");
}

bool
content_is_row(str name, char *ret_op, str *ret_table)
{
	if (name.n < 2 || (name.p[0] != '+' && name.p[0] != '-'))
		return false;
	*ret_op = name.p[0];
	*ret_table = (str){name.p + 1, name.n - 1};
	return true;
}

/* The field of a column as it stands, name, length and all. */
static bool
find_column(str image, const char *column, str *ret_field)
{
	str want = str_from_c(column), name, bytes, at = image;

	while (content_next(&image, &name, &bytes)) {
		if (name.n == want.n + 2 && name.p[want.n] == '/' &&
		    memcmp(name.p, want.p, want.n) == 0) {
			*ret_field = (str){at.p, (size_t)(image.p - at.p)};
			return true;
		}
		at = image;
	}
	return false;
}

bool
content_image_pk(struct arena *a, const struct db_table *table, str image, str *ret)
{
	struct buf b = buf_new(a, image.n + 1);
	str field;

	for (size_t i = 0; i < table->n_pk; i++) {
		if (!find_column(image, table->columns[table->pk[i]].name, &field))
			return false;
		buf_put(&b, field);
	}
	*ret = buf_str(&b);
	return true;
}

str
content_pk_text(struct arena *a, str pk)
{
	struct buf b = buf_new(a, pk.n + 1);
	str name, bytes;

	while (content_next(&pk, &name, &bytes)) {
		if (b.n)
			buf_put(&b, S(","));
		buf_put(&b, bytes);
	}
	return buf_str(&b);
}
