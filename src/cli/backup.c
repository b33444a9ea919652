#include "cli/backup.h"

#include "app/backup.h"
#include "base/clock.h"

static void
print_line(void *arg, const char *line)
{
	struct cli *c = arg;

	fprintf(c->out, "%s\n", line);
}

static struct err *
run_backup(struct cli *c)
{
	return backup_make(c->a, cli_data_dir(c), c->args[0], cli_has(c, "keys"), clock_now(),
	    (struct teller){print_line, c});
}

static struct err *
run_restore(struct cli *c)
{
	return backup_restore(
	    c->a, c->args[0], cli_data_dir(c), (struct teller){print_line, c});
}

static struct err *
run_migrate(struct cli *c)
{
	return spaces_migrate(c->a, cli_data_dir(c), cli_get(c, "database", NULL), clock_now(),
	    (struct teller){print_line, c});
}

static const struct cli_option backup_options[] = {
    CLI_DATA, {"keys", NULL, "take the keys and secrets too"}, CLI_END};
static const struct cli_option restore_options[] = {CLI_DATA, CLI_END};
static const struct cli_option migrate_options[] = {CLI_DATA, CLI_DATABASE, CLI_END};

const struct cli_command cmd_backup = {
    .name = "backup",
    .args = "FOLDER",
    .summary = "Copies all spaces to a new folder, while the service runs",
    .help = "Each copy is checked in full before it gets its name: the engine's own check and\n"
	    "the whole record against every row. FOLDER must not exist. Keys and secrets are\n"
	    "left out unless asked for.",
    .min_args = 1,
    .max_args = 1,
    .options = backup_options,
    .run = run_backup,
};

const struct cli_command cmd_restore = {
    .name = "restore",
    .args = "FOLDER",
    .summary = "Puts the spaces of a backup in the data folder",
    .help = "Everything is checked before anything gets its place, and no space is written\n"
	    "over. Stop the service first.",
    .min_args = 1,
    .max_args = 1,
    .options = restore_options,
    .run = run_restore,
};

const struct cli_command cmd_migrate = {
    .name = "migrate",
    .args = "",
    .summary = "Brings all spaces to this program's schema",
    .help = "Files are first copied to DIR/before-migration. Stop the service first.",
    .options = migrate_options,
    .run = run_migrate,
};
