#include "digest.h"

#include "store/content.h"
#include "thread.h"

struct digesting {
	struct arena a; /* of its own: some tests ask for it a thousand times */
	const struct db_table *table;
	struct sha256 sum;
};

static struct err *
take_row(void *arg, const struct db_value *values)
{
	struct digesting *d = arg;
	str row = content_row(&d->a, d->table, values);
	struct buf b = buf_new(&d->a, row.n + 64);

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
	struct digesting d = {0};

	arena_init(&d.a, 256 << 20);
	for (size_t i = 0; i < db_tables_n; i++) {
		d.table = &db_tables[i];
		assert_ok(db_table_scan(p->w->db, &d.a, d.table, take_row, &d));
	}
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		const char *n = sql_text(p,
		    arena_printf(p->a, "SELECT CAST(count(*) AS TEXT) FROM %s", beside[i]),
		    NULL);
		d.sum = sha256(
		    str_from_c(arena_printf(&d.a, "%s%.*s", n, 32, (const char *)&d.sum)));
	}
	arena_finish(&d.a);
	return d.sum;
}
