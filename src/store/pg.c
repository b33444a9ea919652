#include "store/engine.h"
static struct err *
pg_open(struct arena *a, const struct db_config *config, struct db **ret)
{
	(void)ret;
	return err_new(
	    a, ERR_INTERNAL, "db.version", "no PostgreSQL in this build: %s", config->url);
}
const struct db_engine db_postgres = {.open = pg_open};
