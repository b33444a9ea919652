/*
 * cli/cli.h - the command line: `rodtrad COMMAND [ARGUMENT...] [--option[=VALUE]...]`.
 *
 * A command is a constant struct in the file of its own name; src/main.c lists them all. The
 * parser checks words and options against that struct before run is called, and makes --help.
 *
 * Exit    0 done; 1 it failed, or found what it looks for (verify); 2 the command line is
 *         wrong.
 * Output  What was asked for goes to out, everything else to err. Both are in English: they
 *         are for those who run the service.
 * Errors  cli.usage  ERR_INVALID  the command line is wrong
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/err.h"
#include "base/str.h"

#include <stdio.h>

enum { CLI_OPTIONS_MAX = 24 };

struct cli_option {
	const char *name;  /* "data", without dashes */
	const char *value; /* "DIR" in the help; NULL: a flag */
	const char *help;  /* one line */
};

struct cli;

struct cli_command {
	const char *name;
	const char *args;    /* "SPACE [FILE]": letters in brackets may be left out; "" none */
	const char *summary; /* one line, for the list */
	const char *help;    /* more lines, or NULL */
	int min_args, max_args;
	const struct cli_option *options; /* ends with an all-NULL one; NULL: none */
	struct err *(*run)(struct cli *c);
};

struct cli {
	struct arena *a;
	const struct cli_command *command;
	const char *const *args; /* the words after the command */
	int n_args;
	FILE *out, *err;
	int status;                          /* a run that finds fault without failing sets 1 */
	const char *values[CLI_OPTIONS_MAX]; /* by position in command->options */
};

/* The options that most commands have. */
#define CLI_DATA                                            \
	{                                                   \
		"data", "DIR", "data folder (default: var)" \
	}
#define CLI_DATABASE                                                                         \
	{                                                                                    \
		"database", "URL", "a PostgreSQL server instead of files in the data folder" \
	}
#define CLI_END                  \
	{                        \
		NULL, NULL, NULL \
	}

/* Parses, runs and reports. commands ends with NULL. Returns the exit status. */
int cli_main(
    int argc, char **argv, const struct cli_command *const *commands, FILE *out, FILE *err);

/* The value given, or otherwise. The option must be one of the command's. */
const char *cli_get(const struct cli *c, const char *name, const char *otherwise);
bool cli_has(const struct cli *c, const char *name); /* given at all: for flags */
NODISCARD struct err *
cli_get_i64(const struct cli *c, const char *name, int64_t otherwise, int64_t *ret);
const char *cli_data_dir(const struct cli *c);

#endif
