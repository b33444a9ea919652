#include "store/migrate.h"

#include "base/sha.h"
#include "q_migration.h"

#include <inttypes.h>

static str
hash_of(struct arena *a, const struct migration *m)
{
	struct sha256 h = sha256(str_from_c(m->source));

	return sha256_hex(a, &h);
}

static struct err *
check_ran(struct arena *a, const struct q_migration_list *ran, size_t i)
{
	if (i >= db_migrations_n)
		return err_new(a, ERR_INTERNAL, "migrate.newer",
		    "the database has script " STR_FMT ", this program ends at %" PRId64,
		    STR_ARG(ran->name), db_migrations[db_migrations_n - 1].no);
	const struct migration *m = &db_migrations[i];
	if (ran->no != m->no || !str_eq(ran->sha256, hash_of(a, m)))
		return err_new(a, ERR_INTERNAL, "migrate.changed",
		    "script %s is not the one that was run (" STR_FMT ")", m->name,
		    STR_ARG(ran->name));
	return OK;
}

static struct err *
run_one(struct db *db, struct arena *a, const struct migration *m, int64_t now_at)
{
	TRY(db_script(db, a, db_is_postgres(db) ? m->pg : m->sqlite));
	return q_migration_add(db, a, m->no, str_from_c(m->name), hash_of(a, m), now_at, NULL);
}

static struct err *
run_in_transaction(struct db *db, struct arena *a, const struct migration *m, int64_t now_at)
{
	TRY(db_begin(db, a, DB_WRITER));
	struct err *e = run_one(db, a, m, now_at);
	if (!e)
		e = db_commit(db, a);
	if (e)
		db_rollback(db);
	return e;
}

/* The scripts that have been run; none if the table is not there yet. */
static struct err *
list_ran(struct db *db, struct arena *a, struct q_migration_list **ret, size_t *ret_n)
{
	bool there;

	TRY(db_table_exists(db, a, "migration", &there));
	*ret_n = 0;
	return there ? q_migration_list(db, a, ret, ret_n) : OK;
}

/* How many scripts have been run, all of them ours. */
static struct err *
count_ran(struct db *db, struct arena *a, size_t *ret)
{
	struct q_migration_list *ran;
	size_t n;

	TRY(list_ran(db, a, &ran, &n));
	for (size_t i = 0; i < n; i++)
		TRY(check_ran(a, &ran[i], i));
	*ret = n;
	return OK;
}

struct err *
migrate_pending(struct db *db, struct arena *a, int64_t *ret)
{
	size_t n;

	TRY(count_ran(db, a, &n));
	*ret = (int64_t)(db_migrations_n - n);
	return OK;
}

struct err *
migrate(struct db *db, struct arena *a, int64_t now_at, int64_t *ret_ran)
{
	size_t n;

	TRY(count_ran(db, a, &n));
	for (size_t i = n; i < db_migrations_n; i++)
		TRY(run_in_transaction(db, a, &db_migrations[i], now_at));
	*ret_ran = (int64_t)(db_migrations_n - n);
	return OK;
}
