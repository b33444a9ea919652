#include "cli/demo.h"

#include "app/open.h"
#include "app/totp.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/sha.h"
#include "cli/space.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ACCOUNTS_MAX_BYTES = 1 << 20, PROGRAM_MAX_BYTES = 1 << 28 };

/* What there is to log in with is kept beside the data: a demo folder is for everyone. */
static const char *
accounts_file(struct cli *c)
{
	return arena_printf(c->a, "%s/demo-accounts.tsv", cli_data_dir(c));
}

/* What made a folder: the build of the program, the seed and the day. The first line of the
 * file of accounts. */
struct made {
	str build, seed, day;
};

static struct err *
made_now(struct cli *c, int64_t seed, int64_t day, struct made *ret)
{
	str bytes;

	TRY(cli_read_file(c, "/proc/self/exe", PROGRAM_MAX_BYTES, &bytes));
	struct sha256 h = sha256(bytes);
	*ret = (struct made){sha256_hex(c->a, &h),
	    str_from_c(arena_printf(c->a, "%" PRId64, seed)), day_iso(c->a, day)};
	return OK;
}

/* All empty where the file is of before such a line was written. */
static struct made
made_then(str all)
{
	struct made m = {0};
	str line, mark;

	if (!str_cut(all, '\n', &line, &all) || !str_cut(line, '\t', &mark, &line) ||
	    !str_eq(mark, S("#made")) || !str_cut(line, '\t', &m.build, &line) ||
	    !str_cut(line, '\t', &m.seed, &m.day))
		return (struct made){0};
	return m;
}

static struct err *
write_accounts(struct cli *c, const struct demo_done *done, const struct made *made)
{
	const char *file = accounts_file(c);
	FILE *f = fopen(file, "wb");

	if (!f)
		return err_new(c->a, ERR_INTERNAL, "cli.file", "cannot write %s", file);
	fprintf(f, "#made\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(made->build),
	    STR_ARG(made->seed), STR_ARG(made->day));
	for (size_t i = 0; i < done->n; i++) {
		const struct demo_account *x = &done->accounts[i];
		fprintf(f,
		    STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT
			    "\n",
		    STR_ARG(x->space), STR_ARG(x->email), STR_ARG(x->password),
		    STR_ARG(x->secret), STR_ARG(x->name), STR_ARG(x->who));
	}
	if (fclose(f) != 0)
		return err_new(c->a, ERR_INTERNAL, "cli.file", "cannot write %s", file);
	return OK;
}

static str
code_now(struct arena *a, str secret)
{
	str bytes;

	if (!totp_secret_bytes(a, secret, &bytes))
		return S("");
	return totp_code(a, bytes, clock_now() / TOTP_STEP_S);
}

static void
print_account(struct cli *c, str line, str *space, const char *base)
{
	str v[6] = {{0}};

	for (int i = 0; i < 6; i++)
		if (!str_cut(line, '\t', &v[i], &line))
			v[i] = line;
	if (!str_eq(v[0], *space))
		fprintf(c->out, "\n%s" STR_FMT "/logg-inn\n", base, STR_ARG(v[0]));
	*space = v[0];
	fprintf(c->out, "  " STR_FMT ", " STR_FMT "\n", STR_ARG(v[4]), STR_ARG(v[5]));
	fprintf(c->out,
	    "    " STR_FMT "  " STR_FMT "\n    phone key " STR_FMT ", code now " STR_FMT "\n",
	    STR_ARG(v[1]), STR_ARG(v[2]), STR_ARG(v[3]), STR_ARG(code_now(c->a, v[3])));
}

void
cli_demo_accounts(struct cli *c, const char *base)
{
	str all, line, space = S("");
	struct err *e = cli_read_file(c, accounts_file(c), ACCOUNTS_MAX_BYTES, &all);

	if (e)
		return; /* not a folder that demo made */
	while (str_cut(all, '\n', &line, &all))
		if (line.n && line.p[0] != '#')
			print_account(c, line, &space, base);
	fprintf(c->out,
	    "\nA code is good for 30 seconds, and once: "
	    "`rodtrad demo --data %s --no-serve` prints fresh ones.\n",
	    cli_data_dir(c));
}

static bool
has_spaces(struct cli *c)
{
	const str *keys;
	size_t n = 0;

	return !spaces_in(c->a, cli_data_dir(c), &keys, &n) && n > 0;
}

/* A folder that is there is served as it is: says where that is not what was asked for. */
static struct err *
keep_made(struct cli *c, const struct made *now)
{
	const char *dir = cli_data_dir(c);
	str all;

	if (cli_read_file(c, accounts_file(c), ACCOUNTS_MAX_BYTES, &all))
		return err_new(c->a, ERR_CONFLICT, "space.founded",
		    "%s has spaces that are no demo. Choose another folder with --data, or "
		    "serve it: `rodtrad serve --data %s`",
		    dir, dir);
	struct made then = made_then(all);
	if ((cli_get(c, "seed", NULL) && !str_eq(now->seed, then.seed)) ||
	    (cli_get(c, "today", NULL) && !str_eq(now->day, then.day)))
		return err_new(c->a, ERR_CONFLICT, "space.founded",
		    "%s has a demo of another seed or day already. Choose another folder with "
		    "--data, or remove this one",
		    dir);
	if (!str_eq(now->build, then.build))
		fprintf(c->err,
		    "%s was made by another build of rodtrad and is served as it "
		    "is. Remove it, or choose another folder with --data, for a new demo.\n",
		    dir);
	else if (!str_eq(now->day, then.day))
		fprintf(c->err,
		    "%s was made for " STR_FMT " and is served as it is: deadlines "
		    "have come nearer since.\n",
		    dir, STR_ARG(then.day));
	return OK;
}

struct err *
cli_demo(struct cli *c, struct house *house)
{
	const char *day_text = cli_get(c, "today", NULL);
	struct demo_done done;
	struct made made;
	int64_t seed, day = clock_day(clock_now());

	TRY(cli_get_i64(c, "seed", 1, &seed));
	if (day_text && !day_parse(str_from_c(day_text), &day))
		return err_new(
		    c->a, ERR_INVALID, "cli.usage", "--today takes a day, not '%s'", day_text);
	TRY(made_now(c, seed, day, &made));
	if (has_spaces(c))
		return keep_made(c, &made);
	TRY(demo_make(c->a, cli_data_dir(c), cli_get(c, "database", NULL), house,
	    (uint64_t)seed, day, &done));
	fprintf(
	    c->err, "Made %" PRId64 " people and %" PRId64 " acts\n", done.people, done.acts);
	return write_accounts(c, &done, &made);
}
