#include "cli/charter.h"

#include "app/beside.h"
#include "app/found.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* The file of that name without ending beside the other one. */
static const char *
sibling(struct arena *a, const char *name, str key)
{
	const char *slash = strrchr(name, '/');
	int dir = slash ? (int)(slash - name) + 1 : 0;

	return arena_printf(a, "%.*s" STR_FMT ".yaml", dir, name, STR_ARG(key));
}

/* A charter, and what it is a variant of: a file beside it, or one of the program's own. */
static bool
read_source(struct cli *c, const char *name, struct charter_source *ret)
{
	*ret = (struct charter_source){.file = str_from_c(name)};
	if (!read_file(c, name, &ret->yaml))
		return false;
	str key = charter_variant(c->a, ret->yaml);
	if (!key.n)
		return true;
	const char *base = sibling(c->a, name, key);
	ret->base_file = str_from_c(base);
	if (access(base, R_OK) == 0)
		return read_file(c, base, &ret->base);
	ret->base = charter_builtin(c->a, key);
	return true;
}

static void
check_file(struct cli *c, const char *name, enum lang lang)
{
	struct buf out = buf_new(c->a, OUT_MAX);
	struct charter_source s;

	if (!read_source(c, name, &s)) {
		c->status = UNREADABLE;
		return;
	}
	if (charter_report(c->a, &s, lang, &out) && c->status == 0)
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
check(struct cli *c, enum lang lang)
{
	for (int i = 1; i < c->n_args; i++)
		check_file(c, c->args[i], lang);
	return OK;
}

/* False when it cannot be used; why is told. */
static bool
read_good(struct cli *c, const char *name, enum lang lang, struct charter_source *ret)
{
	struct buf why = buf_new(c->a, OUT_MAX);

	if (!read_source(c, name, ret))
		c->status = UNREADABLE;
	else if (charter_report(c->a, ret, lang, &why))
		c->status = 1;
	else
		return true;
	fprintf(c->err, STR_FMT, STR_ARG(buf_str(&why)));
	return false;
}

static struct err *
compare(struct cli *c, enum lang lang)
{
	struct buf out = buf_new(c->a, OUT_MAX);
	struct charter_source one, other;

	if (c->n_args != 3)
		return err_new(c->a, ERR_INVALID, "cli.usage", "compare needs two files");
	if (!read_good(c, c->args[1], lang, &one) || !read_good(c, c->args[2], lang, &other))
		return OK;
	TRY(charters_beside(c->a, &one, &other, lang, &out));
	fprintf(c->out, STR_FMT, STR_ARG(buf_str(&out)));
	return OK;
}

static struct err *
run(struct cli *c)
{
	enum lang lang;

	TRY(find_lang(c, &lang));
	if (strcmp(c->args[0], "check") == 0)
		return check(c, lang);
	if (strcmp(c->args[0], "compare") == 0)
		return compare(c, lang);
	return err_new(c->a, ERR_INVALID, "cli.usage", "charter can check or compare, not '%s'",
	    c->args[0]);
}

static const struct cli_option options[] = {
    {"lang", "LANG", "nb, nn or en (default: as the environment says)"},
    CLI_END,
};

const struct cli_command cmd_charter = {
    .name = "charter",
    .args = "check FILE... | compare FILE FILE",
    .summary = "Says everything that is wrong with charter files, or sets two side by side",
    .help = "check prints FILE:LINE: error|warning: RULE: message, warnings for the gaps in\n"
	    "the sources too. compare prints the bodies of both with seats, terms, chairs,\n"
	    "meetings, agendas, powers and decisions: < the first, > the second, what is the\n"
	    "same once. Exit 0 without errors, 1 with errors, 2 when a file cannot be read.",
    .min_args = 2,
    .max_args = 100,
    .options = options,
    .run = run,
};
