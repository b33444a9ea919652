#include "cli/space.h"

#include "app/found.h"
#include "app/open.h"
#include "base/clock.h"

enum { CHARTER_MAX = 1 << 20 };

struct err *
cli_read_file(struct cli *c, const char *file, size_t max, str *ret)
{
	FILE *f = fopen(file, "rb");
	char *p = arena_array(c->a, char, max + 1);

	if (!f)
		return err_new(c->a, ERR_NOT_FOUND, "cli.file", "cannot read %s", file);
	size_t n = fread(p, 1, max + 1, f);
	fclose(f);
	if (n > max)
		return err_new(c->a, ERR_INVALID, "cli.file", "%s is too large", file);
	*ret = (str){p, n};
	return OK;
}

static struct err *
run_found(struct cli *c)
{
	const char *dir = cli_data_dir(c);
	struct house house;
	struct opened o;
	struct cx cx;
	str yaml;

	TRY(cli_read_file(c, c->args[1], CHARTER_MAX, &yaml));
	TRY(house_open(c->a, dir, &house));
	TRY(space_open_key(c->a, dir, cli_get(c, "database", NULL), str_from_c(c->args[0]),
	    true, clock_now(), &o));
	cx_for_system(&cx, c->a, &o, &house, clock_now());
	TRY(space_found(&cx, yaml));
	fprintf(c->out, "Founded %s: %zu parties, %zu bodies\n", c->args[0],
	    cx.charter->n_parties, cx.charter->n_bodies);
	return OK;
}

static const struct cli_option found_options[] = {CLI_DATA, CLI_DATABASE, CLI_END};

const struct cli_command cmd_found = {
    .name = "found",
    .args = "SPACE CHARTER.yaml",
    .summary = "Founds a space from a charter",
    .min_args = 2,
    .max_args = 2,
    .options = found_options,
    .run = run_found,
};
