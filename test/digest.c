#include "digest.h"

#include "store/content.h"
#include "thread.h"

struct digesting {
	struct people *p;
	const struct db_table *table;
	struct sha256 sum;
};

static struct err *
take_row(void *arg, const struct db_value *values)
{
	struct digesting *d = arg;
	str row = content_row(d->p->a, d->table, values);
	struct buf b = buf_new(d->p->a, row.n + 64);

	buf_put(&b, (str){(const char *)&d->sum, sizeof(d->sum)});
	buf_put(&b, row);
	d->sum = sha256(buf_str(&b));
	return OK;
}

struct sha256
digest(struct people *p)
{
	static const char *const beside[] = {
	    "journal_entry", "notice", "invitation", "recovery_code", "search_doc"};
	struct digesting d = {.p = p};

	for (size_t i = 0; i < db_tables_n; i++) {
		d.table = &db_tables[i];
		assert_ok(db_table_scan(p->w->db, p->a, d.table, take_row, &d));
	}
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		const char *n = sql_text(p,
		    arena_printf(p->a, "SELECT CAST(count(*) AS TEXT) FROM %s", beside[i]),
		    NULL);
		d.sum = sha256(
		    str_from_c(arena_printf(p->a, "%s%.*s", n, 32, (const char *)&d.sum)));
	}
	return d.sum;
}
