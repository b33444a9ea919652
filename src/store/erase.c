#include "store/erase.h"

#include "q_journal.h"

#include <inttypes.h>
#include <string.h>

enum { HOLDING_STEP = 256, ROWS_MAX = 100000 };

/* A row that an erased entry spoke of. */
struct touched {
	const struct db_table *table;
	str pk;
	bool there; /* it is in its table now */
	struct touched *next;
};

struct erasure {
	struct db *db;
	struct arena *a;
	struct touched *rows;
	size_t n_rows;
	const struct db_table *table; /* that is scanned */
	struct buf again;             /* the rows as they are now */
};

bool
erased_next(str *rest, int64_t *ret_seq)
{
	str head, tail;

	if (!str_cut(*rest, ' ', &head, &tail)) {
		head = *rest;
		tail = S("");
	}
	if (!str_to_i64(head, ret_seq))
		return false;
	*rest = tail;
	return true;
}

static struct touched *
find_touched(const struct erasure *e, const struct db_table *table, str pk)
{
	for (struct touched *t = e->rows; t; t = t->next)
		if (t->table == table && str_eq(t->pk, pk))
			return t;
	return NULL;
}

/* Notes which rows a content speaks of. */
static struct err *
note_rows(struct erasure *e, str content)
{
	str name, image, table_name, pk;
	char op;

	while (content_next(&content, &name, &image)) {
		if (!content_is_row(name, &op, &table_name))
			continue;
		const struct db_table *table = db_table_find(str_to_c(e->a, table_name));
		if (!table || !content_image_pk(e->a, table, image, &pk) ||
		    find_touched(e, table, pk))
			continue;
		if (++e->n_rows > ROWS_MAX)
			return err_new(e->a, ERR_INVALID, "journal.too_large", "an erasure");
		struct touched *t = arena_new(e->a, struct touched);
		*t = (struct touched){table, pk, false, e->rows};
		e->rows = t;
	}
	return OK;
}

static struct err *
drop(struct erasure *e, int64_t seq)
{
	struct q_journal_content_at *row;

	TRY(q_journal_content_at(e->db, e->a, seq, &row));
	if (!row)
		return err_new(e->a, ERR_INVALID, "erase.nothing", "seq %" PRId64, seq);
	if (content_find(row->content, ERASED_FIELD).n)
		return err_new(e->a, ERR_INVALID, "erase.erasure", "seq %" PRId64, seq);
	TRY(note_rows(e, row->content));
	return q_journal_content_drop(e->db, e->a, seq, NULL);
}

static struct err *
repeat_row(void *arg, const struct db_value *values)
{
	struct erasure *e = arg;
	struct arena a = {0};

	arena_init(&a, CONTENT_MAX);
	struct touched *t = find_touched(e, e->table, content_pk(&a, e->table, values));
	arena_finish(&a);
	if (!t)
		return OK;
	t->there = true;
	content_put(&e->again, '+', e->table->name, content_row(e->a, e->table, values));
	return OK;
}

/* Puts every touched row into the content as it is now, or as gone. */
static struct err *
repeat(struct erasure *e)
{
	for (size_t i = 0; i < db_tables_n; i++) {
		bool wanted = false;
		e->table = &db_tables[i];
		for (struct touched *t = e->rows; t; t = t->next)
			wanted |= t->table == e->table;
		if (wanted)
			TRY(db_table_scan(e->db, e->a, e->table, repeat_row, e));
	}
	for (struct touched *t = e->rows; t; t = t->next)
		if (!t->there)
			content_put(&e->again, '-', t->table->name, t->pk);
	return OK;
}

struct err *
journal_erase(struct db *db, struct arena *a, const struct act *act, const int64_t *seqs,
    size_t n_seqs, int64_t *ret_seq)
{
	struct erasure e = {.db = db, .a = a, .again = buf_new(a, CONTENT_MAX)};
	struct buf list = buf_new(a, CONTENT_MAX);

	if (n_seqs == 0)
		return err_new(a, ERR_INVALID, "erase.nothing", "no entry named");
	for (size_t i = 0; i < n_seqs; i++) {
		TRY(drop(&e, seqs[i]));
		buf_printf(&list, "%s%" PRId64, i ? " " : "", seqs[i]);
	}
	content_put(&e.again, 0, ERASED_FIELD, buf_str(&list));
	TRY(repeat(&e));
	if (e.again.over)
		return err_new(a, ERR_INVALID, "journal.too_large", "an erasure");
	return journal_append_more(db, a, act, buf_str(&e.again), ret_seq);
}

/* Adds the entries of one step whose content holds the bytes. */
static struct err *
search_step(struct db *db, struct arena *a, int64_t from, str bytes, int64_t *found, size_t *n)
{
	struct q_journal_range *rows;
	size_t n_rows;

	TRY(q_journal_range(db, a, from, HOLDING_STEP, &rows, &n_rows));
	for (size_t i = 0; i < n_rows; i++)
		if (rows[i].has_content &&
		    memmem(rows[i].content.p, rows[i].content.n, bytes.p, bytes.n))
			found[(*n)++] = rows[i].seq;
	return OK;
}

struct err *
journal_holding(struct db *db, struct arena *a, str bytes, int64_t **ret_seqs, size_t *ret_n)
{
	int64_t size, *found;
	size_t n = 0;

	TRY(journal_size(db, a, &size));
	found = arena_array(a, int64_t, (size_t)size + 1);
	for (int64_t from = 0; from < size && bytes.n; from += HOLDING_STEP) {
		struct arena step = {0};
		arena_init(&step, (size_t)HOLDING_STEP * CONTENT_MAX);
		struct err *e = err_copy(a, search_step(db, &step, from, bytes, found, &n));
		arena_finish(&step);
		TRY(e);
	}
	*ret_seqs = found;
	*ret_n = n;
	return OK;
}
