/* main.c - wires the floors together; the only file that knows all of them. */
#include "cli/charter.h"
#include "cli/cli.h"

static struct err *
run_version(struct cli *c)
{
	fputs("rodtrad 0.1\n", c->out);
	return OK;
}

static const struct cli_command cmd_version = {
    .name = "version", .args = "", .summary = "Tells the version", .run = run_version};

static const struct cli_command *const commands[] = {
    &cmd_charter,
    &cmd_version,
    NULL,
};

int
main(int argc, char **argv)
{
	return cli_main(argc, argv, commands, stdout, stderr);
}
