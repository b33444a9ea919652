#include "cli/cli.h"

#include "base/near.h"

#include <string.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, ARENA_LIMIT = 1 << 30 };

/* --- help ------------------------------------------------------------------------------- */

static void
print_overview(FILE *f, const struct cli_command *const *commands)
{
	fputs("usage: rodtrad COMMAND [ARGUMENT...] [--option VALUE...]\n\n", f);
	for (; *commands; commands++)
		fprintf(f, "  %-10s %s\n", (*commands)->name, (*commands)->summary);
	fputs("\n`rodtrad COMMAND --help` tells more about one of them.\n", f);
}

static void
print_help(FILE *f, const struct cli_command *c)
{
	fprintf(f, "usage: rodtrad %s%s%s%s\n\n%s.\n", c->name, *c->args ? " " : "", c->args,
	    c->options ? " [--option VALUE...]" : "", c->summary);
	if (c->help)
		fprintf(f, "\n%s\n", c->help);
	fputs("\n", f);
	for (const struct cli_option *o = c->options; o && o->name; o++)
		fprintf(f, "  --%-9s %-9s %s\n", o->name, o->value ? o->value : "", o->help);
	fputs("  --help                 this text\n", f);
}

/* --- parsing ---------------------------------------------------------------------------- */

static const struct cli_command *
find_command(const char *name, const struct cli_command *const *commands)
{
	for (; *commands; commands++)
		if (strcmp((*commands)->name, name) == 0)
			return *commands;
	return NULL;
}

static struct err *
unknown_command(struct arena *a, const char *name, const struct cli_command *const *commands)
{
	struct near near = {0};

	for (; *commands; commands++)
		near_try(&near, str_from_c(name), str_from_c((*commands)->name));
	if (near.best.n)
		return err_new(a, ERR_INVALID, "cli.usage",
		    "no command '%s'; did you mean '" STR_FMT "'?", name, STR_ARG(near.best));
	return err_new(
	    a, ERR_INVALID, "cli.usage", "no command '%s'; `rodtrad --help` lists them", name);
}

/* The position of an option in the command's list, or -1. */
static int
option_index(const struct cli_command *c, str name)
{
	for (int i = 0; c->options && c->options[i].name; i++)
		if (str_eq(str_from_c(c->options[i].name), name))
			return i;
	return -1;
}

static struct err *
unknown_option(struct cli *c, str name)
{
	struct near near = {0};

	for (const struct cli_option *o = c->command->options; o && o->name; o++)
		near_try(&near, name, str_from_c(o->name));
	if (near.best.n)
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "no option --" STR_FMT "; did you mean --" STR_FMT "?", STR_ARG(name),
		    STR_ARG(near.best));
	return err_new(c->a, ERR_INVALID, "cli.usage", "no option --" STR_FMT, STR_ARG(name));
}

/* Takes argv[*i], an option, and its value. */
static struct err *
take_option(struct cli *c, int argc, char **argv, int *i)
{
	str name = str_from_c(argv[*i] + 2), value = {0};
	bool inline_value = str_cut(name, '=', &name, &value);
	int at = option_index(c->command, name);

	if (at < 0)
		return unknown_option(c, name);
	if (c->values[at])
		return err_new(c->a, ERR_INVALID, "cli.usage", "--" STR_FMT " is given twice",
		    STR_ARG(name));
	if (!c->command->options[at].value) {
		if (inline_value)
			return err_new(c->a, ERR_INVALID, "cli.usage",
			    "--" STR_FMT " takes no value", STR_ARG(name));
		c->values[at] = "";
		return OK;
	}
	if (!inline_value && *i + 1 >= argc)
		return err_new(c->a, ERR_INVALID, "cli.usage", "--" STR_FMT " needs %s",
		    STR_ARG(name), c->command->options[at].value);
	c->values[at] = inline_value ? value.p : argv[++*i];
	return OK;
}

static struct err *
parse(struct cli *c, int argc, char **argv)
{
	const char **words = arena_array(c->a, const char *, (size_t)argc + 1);
	bool options = true;

	for (int i = 2; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (options && strncmp(argv[i], "--", 2) == 0)
			TRY(take_option(c, argc, argv, &i));
		else
			words[c->n_args++] = argv[i];
	}
	c->args = words;
	if (c->n_args < c->command->min_args)
		return err_new(c->a, ERR_INVALID, "cli.usage", "it needs %s", c->command->args);
	if (c->n_args > c->command->max_args)
		return err_new(c->a, ERR_INVALID, "cli.usage", "'%s' is one word too many",
		    words[c->command->max_args]);
	return OK;
}

static bool
asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

/* --- running ---------------------------------------------------------------------------- */

static int
report(struct cli *c, const char *name, const struct err *e)
{
	bool usage = strcmp(e->code, "cli.usage") == 0;

	fprintf(c->err, "rodtrad%s%s: %s", *name ? " " : "", name, e->detail);
	if (usage)
		fputs("\n", c->err);
	else
		fprintf(c->err, " (%s)\n", e->code);
	if (usage && c->command)
		fprintf(c->err, "`rodtrad %s --help` tells how.\n", c->command->name);
	return usage ? EXIT_USAGE : EXIT_FAILED;
}

static int
dispatch(struct cli *c, int argc, char **argv, const struct cli_command *const *commands)
{
	const char *name = argc > 1 ? argv[1] : "";
	struct err *e;

	if (*name == '\0') {
		print_overview(c->err, commands);
		return EXIT_USAGE;
	}
	if (*name == '-' && asks_for_help(argc, argv)) {
		print_overview(c->out, commands);
		return EXIT_DONE;
	}
	c->command = find_command(name, commands);
	if (!c->command)
		return report(c, "", unknown_command(c->a, name, commands));
	if (asks_for_help(argc, argv)) {
		print_help(c->out, c->command);
		return EXIT_DONE;
	}
	e = parse(c, argc, argv);
	if (!e)
		e = c->command->run(c);
	return e ? report(c, name, e) : c->status;
}

int
cli_main(int argc, char **argv, const struct cli_command *const *commands, FILE *out, FILE *err)
{
	struct arena a;
	struct cli c = {.a = &a, .out = out, .err = err};

	arena_init(&a, ARENA_LIMIT);
	int status = dispatch(&c, argc, argv, commands);
	arena_finish(&a);
	if (fflush(out) != 0 && status == EXIT_DONE)
		status = EXIT_FAILED; /* a full disk or a closed pipe */
	return status;
}

/* --- what a command asks ---------------------------------------------------------------- */

const char *
cli_get(const struct cli *c, const char *name, const char *otherwise)
{
	int at = option_index(c->command, str_from_c(name));

	return at >= 0 && c->values[at] ? c->values[at] : otherwise;
}

bool
cli_has(const struct cli *c, const char *name)
{
	return cli_get(c, name, NULL) != NULL;
}

struct err *
cli_get_i64(const struct cli *c, const char *name, int64_t otherwise, int64_t *ret)
{
	const char *value = cli_get(c, name, NULL);

	if (!value)
		*ret = otherwise;
	else if (!str_to_i64(str_from_c(value), ret))
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "--%s takes a whole number, not '%s'", name, value);
	return OK;
}

const char *
cli_data_dir(const struct cli *c)
{
	return cli_get(c, "data", "var");
}
