#include "cli/charter.h"

#include "app/found.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = (1 << 20) + 1, OUT_MAX = 8 << 20, UNREADABLE = 2 };

/* The whole file, or as much as shows that it is too big. */
static bool
read_file(struct cli *c, const char *name, str *ret)
{
	char *p = arena_array(c->a, char, FILE_MAX);
	FILE *f = fopen(name, "rb");
	size_t n = f ? fread(p, 1, FILE_MAX, f) : 0;
	bool good = f && !ferror(f);

	if (!good)
		fprintf(c->err, "rodtrad charter: %s: %s\n", name, strerror(errno));
	if (f)
		fclose(f);
	*ret = (str){p, n};
	return good;
}

static void
check_file(struct cli *c, const char *name, enum lang lang)
{
	struct buf out = buf_new(c->a, OUT_MAX);
	str text;

	if (!read_file(c, name, &text)) {
		c->status = UNREADABLE;
		return;
	}
	if (charter_report(c->a, text, str_from_c(name), lang, &out) && c->status == 0)
		c->status = 1;
	fprintf(c->out, STR_FMT, STR_ARG(buf_str(&out)));
}

/* --lang, or what the environment asks for, or English. */
static struct err *
find_lang(struct cli *c, enum lang *ret)
{
	const char *env = getenv("LC_ALL");

	env = env && *env ? env : getenv("LC_MESSAGES");
	env = env && *env ? env : getenv("LANG");
	const char *lang = cli_get(c, "lang", NULL);
	const char *word = lang ? lang : env ? env : "en";

	if (strncmp(word, "nb", 2) == 0 || strncmp(word, "no", 2) == 0)
		*ret = LANG_NB;
	else if (strncmp(word, "nn", 2) == 0)
		*ret = LANG_NN;
	else if (!lang || strcmp(lang, "en") == 0)
		*ret = LANG_EN;
	else
		return err_new(
		    c->a, ERR_INVALID, "cli.usage", "--lang is nb, nn or en, not '%s'", lang);
	return OK;
}

static struct err *
run(struct cli *c)
{
	enum lang lang;

	if (strcmp(c->args[0], "check") != 0)
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "charter can only check, not '%s'", c->args[0]);
	TRY(find_lang(c, &lang));
	for (int i = 1; i < c->n_args; i++)
		check_file(c, c->args[i], lang);
	return OK;
}

static const struct cli_option options[] = {
    {"lang", "LANG", "nb, nn or en (default: as the environment says)"},
    CLI_END,
};

const struct cli_command cmd_charter = {
    .name = "charter",
    .args = "check FILE...",
    .summary = "Says everything that is wrong with charter files",
    .help = "Prints FILE:LINE: error|warning: RULE: message, warnings for the gaps in the\n"
	    "sources too. Exit 0 without errors, 1 with errors, 2 when a file cannot be read.",
    .min_args = 2,
    .max_args = 100,
    .options = options,
    .run = run,
};
