#include "cli/user.h"

#include "app/found.h"
#include "app/open.h"
#include "app/people.h"
#include "base/clock.h"
#include "base/near.h"

static struct err *
no_party(struct cli *c, const struct charter *charter, str key)
{
	struct near near = {0};

	for (size_t i = 0; i < charter->n_parties; i++)
		near_try(&near, key, charter->parties[i].key);
	if (near.best.n)
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "the charter has no party '" STR_FMT "'; did you mean '" STR_FMT "'?",
		    STR_ARG(key), STR_ARG(near.best));
	return err_new(c->a, ERR_INVALID, "cli.usage", "the charter has no party '" STR_FMT "'",
	    STR_ARG(key));
}

struct finding {
	str name, pid;
};

static struct err *
find_party(struct cx *cx, void *arg)
{
	struct finding *f = arg;
	struct option *v;
	size_t n;

	TRY(party_options(cx, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, f->name))
			f->pid = v[i].pid;
	return OK;
}

/* What the use case found wrong with the words of the command line. */
static struct err *
say_faults(struct cli *c, const struct cx *cx, struct err *e)
{
	if (!e || !cx->faults || cx->faults->n == 0)
		return e;
	return err_new(c->a, ERR_INVALID, "cli.usage", "%s: %s", cx->faults->v[0].field,
	    cx->faults->v[0].code);
}

static struct err *
invite(struct cli *c, struct cx *cx, str party_pid, str *ret_token)
{
	const str names[] = {S("name"), S("email"), S("role"), S("party")};
	const str values[] = {
	    str_from_c(c->args[1]), str_from_c(c->args[2]), S("admin"), party_pid};
	struct given g = {names, values, NULL, sizeof(names) / sizeof(*names)};
	struct result r = {0};

	cx->actor = operator_actor();
	TRY(say_faults(
	    c, cx, usecase_perform(cx, usecase_find(ACT_PERSON_INVITE), &g, NULL, S(""), &r)));
	*ret_token = r.secret;
	return OK;
}

static struct err *
run_user(struct cli *c)
{
	const char *dir = cli_data_dir(c), *origin = cli_get(c, "origin", "");
	str space = str_from_c(c->args[0]), key = str_from_c(c->args[3]), token;
	struct house house;
	struct opened o;
	struct cx cx;

	TRY(house_open(c->a, dir, &house));
	TRY(space_open_key(
	    c->a, dir, cli_get(c, "database", NULL), space, false, clock_now(), &o));
	if (!o.charter)
		return err_new(c->a, ERR_CONFLICT, "space.empty", "%s", c->args[0]);
	const struct charter_party *party = charter_party(o.charter, key);
	if (!party)
		return no_party(c, o.charter, key);
	struct finding f = {.name = party->name.nb};
	cx_for_system(&cx, c->a, &o, &house, clock_now());
	TRY(cx_read(&cx, find_party, &f));
	TRY(invite(c, &cx, f.pid, &token));
	fprintf(c->out, "%s/%s/lenke/" STR_FMT "\n", origin, c->args[0], STR_ARG(token));
	return OK;
}

static const struct cli_option user_options[] = {CLI_DATA, CLI_DATABASE,
    {"origin", "URL", "the address that browsers see, to begin the link with"}, CLI_END};

const struct cli_command cmd_user = {
    .name = "user",
    .args = "SPACE NAME EMAIL PARTY",
    .summary = "Invites an administrator, who invites everybody else",
    .help = "PARTY is the key in the charter of the one that the person works for. What is\n"
	    "printed is a one-time link, with which the person chooses a password and a phone.",
    .min_args = 4,
    .max_args = 4,
    .options = user_options,
    .run = run_user,
};
