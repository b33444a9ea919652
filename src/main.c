/* main.c - wires the floors together; the only file that knows all of them. */
#include "app/house.h"
#include "app/jobs.h"
#include "app/open.h"
#include "base/clock.h"
#include "cli/backup.h"
#include "cli/charter.h"
#include "cli/cli.h"
#include "cli/demo.h"
#include "cli/journal.h"
#include "cli/space.h"
#include "cli/user.h"
#include "store/filed.h"
#include "store/sandbox.h"
#include "web/server.h"

#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>

/* --- serve ------------------------------------------------------------------------------ */

/* A mistyped folder is told of before anything is made in it. */
static struct err *
spaces_to_serve(struct cli *c, const str **ret, size_t *ret_n)
{
	const char *dir = cli_data_dir(c);

	TRY(spaces_in(c->a, dir, ret, ret_n));
	if (*ret_n == 0)
		return err_new(c->a, ERR_NOT_FOUND, "space.unknown",
		    "%s holds no space; `rodtrad found` makes one", dir);
	return OK;
}

static struct err *
open_all(struct cli *c, const char *dir, struct opened **ret, size_t *ret_n)
{
	const char *database = cli_get(c, "database", NULL);
	const str *keys;
	size_t n;

	TRY(spaces_to_serve(c, &keys, &n));
	struct opened *v = arena_array(c->a, struct opened, n);
	for (size_t i = 0; i < n; i++)
		TRY(space_open_key(c->a, dir, database, keys[i], false, clock_now(), &v[i]));
	*ret = v;
	*ret_n = n;
	return OK;
}

/* Until the service manager, or Ctrl-C, says stop. */
static void
wait_for_stop(void)
{
	sigset_t set;
	int got;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &got);
}

static void
block_stop_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* The address to open, ending with a slash; for a UNIX socket the address as it was given. */
static const char *
address_of(struct cli *c, const char *listen, struct server *server)
{
	if (strncmp(listen, "unix:", 5) == 0)
		return listen;
	return arena_printf(c->a, "http://%.*s:%d/", (int)(strrchr(listen, ':') - listen),
	    listen, server_port(server));
}

static struct err *
start_server(struct cli *c, const struct server_config *config, struct server **ret)
{
	struct err *e = server_start(c->a, config, ret);

	if (e && strcmp(e->code, "http.bad_address") == 0)
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "--listen takes ADDR:PORT or unix:PATH, not '%s'", config->listen);
	return e;
}

/* Serves what is in the folder until told to stop; started is called when it listens. */
static struct err *
serve(struct cli *c, struct house *house, void (*started)(struct cli *c, const char *address))
{
	const char *dir = cli_data_dir(c), *listen = cli_get(c, "listen", "127.0.0.1:8080");
	struct opened *spaces;
	struct server *server;
	struct jobs *jobs;
	size_t n;

	TRY(open_all(c, dir, &spaces, &n));
	TRY(start_server(c,
	    &(struct server_config){
		.listen = listen,
		.origin = cli_get(c, "origin", NULL),
		.spaces = spaces,
		.n_spaces = n,
		.house = house,
		.now = clock_now,
	    },
	    &server));
	started(c, address_of(c, listen, server));
	fflush(c->out);
	TRY(jobs_start(c->a, spaces, n, house, dir, clock_now, &jobs));
	wait_for_stop();
	jobs_stop(jobs);
	server_stop(server);
	return OK;
}

/* What a request has used is kept for the next one: giving it back to the system and taking it
 * anew costs a third of a page. There are at most eight heaps a processor. */
static void
keep_memory(void)
{
	enum { KEPT_BYTES = 2 << 20, ALONE_BYTES = 1 << 20 };

	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_MMAP_THRESHOLD, ALONE_BYTES);
}

/* What there must be before there are threads, and the house itself. */
static struct err *
open_house(struct cli *c, struct house **ret)
{
	struct house *house = arena_new(c->a, struct house);
	struct filed *filed;

	keep_memory();
	block_stop_signals();
	TRY(filed_start(c->a, &filed));
	TRY(house_open(c->a, cli_data_dir(c), house));
	house->filed = filed;
	*ret = house;
	return OK;
}

static void
say_address(struct cli *c, const char *address)
{
	fprintf(c->out, "Serving on %s\n", address);
}

static struct err *
run_serve(struct cli *c)
{
	struct house *house;
	const str *keys;
	size_t n;

	TRY(spaces_to_serve(c, &keys, &n));
	TRY(open_house(c, &house));
	TRY(serve(c, house, say_address));
	filed_stop(house->filed);
	return OK;
}

static const struct cli_option serve_options[] = {
    CLI_DATA,
    CLI_DATABASE,
    {"listen", "ADDR", "ADDR:PORT or unix:PATH (default: 127.0.0.1:8080)"},
    {"origin", "URL", "the address that browsers see, when a proxy stands in front"},
    CLI_END,
};

static const struct cli_command cmd_serve = {
    .name = "serve",
    .args = "",
    .summary = "Serves the spaces of the data folder",
    .options = serve_options,
    .run = run_serve,
};

/* --- demo ------------------------------------------------------------------------------- */

static void
say_accounts(struct cli *c, const char *address)
{
	cli_demo_accounts(c, address);
	fprintf(c->out, "\nServing on %s\n", address);
}

static bool
is_loopback(const char *listen)
{
	return strncmp(listen, "127.", 4) == 0 || strncmp(listen, "[::1]", 5) == 0 ||
	       strncmp(listen, "localhost:", 10) == 0 || strncmp(listen, "unix:", 5) == 0;
}

/* Passwords that were printed are no secrets: it listens to this machine only. */
/* A demo is not worth moving to another schema: it is made anew. */
static struct err *
advise(struct cli *c, struct err *e)
{
	if (!e || strncmp(e->code, "migrate.", 8) != 0)
		return e;
	return err_new(c->a, ERR_CONFLICT, e->code,
	    "%s was made by another version of rodtrad: %s. Remove it, or choose another "
	    "folder "
	    "with --data, for a new demo",
	    cli_data_dir(c), e->detail);
}

static struct err *
run_demo(struct cli *c)
{
	const char *listen = cli_get(c, "listen", "127.0.0.1:8080");
	struct house *house;

	if (!is_loopback(listen))
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "a demo listens on loopback only, not on %s", listen);
	TRY(open_house(c, &house));
	TRY(cli_demo(c, house));
	if (cli_has(c, "no-serve"))
		cli_demo_accounts(c, arena_printf(c->a, "http://%s/", listen));
	else
		TRY(advise(c, serve(c, house, say_accounts)));
	filed_stop(house->filed);
	return OK;
}

static const struct cli_option demo_options[] = {
    CLI_DATA,
    CLI_DATABASE,
    CLI_DEMO,
    {"listen", "ADDR", "ADDR:PORT on loopback or unix:PATH (default: 127.0.0.1:8080)"},
    {"origin", "URL", "the address that browsers see, when a proxy stands in front"},
    {"no-serve", NULL, "make the data, print the accounts, and end"},
    CLI_END,
};

static const struct cli_command cmd_demo = {
    .name = "demo",
    .args = "",
    .summary = "Makes two invented cooperations and serves them",
    .help =
	"Everybody and everything in it is invented. Where the folder is a demo already, its\n"
	"accounts are printed with fresh codes and it is served as it is.",
    .options = demo_options,
    .run = run_demo,
};

/* --- selftest --------------------------------------------------------------------------- */

static void
print_probes(FILE *out, const char *who, unsigned can)
{
	static const struct {
		unsigned bit;
		const char *what;
	} probes[] = {{PROBE_OPEN, "open a file"}, {PROBE_SOCKET, "make a socket"},
	    {PROBE_EXEC, "start a program"}, {PROBE_FORK, "fork"}, {PROBE_TRACE, "trace"},
	    {PROBE_CODE, "map writable code"}, {PROBE_SIGNAL, "send a signal"}};

	for (size_t i = 0; i < sizeof(probes) / sizeof(*probes); i++)
		fprintf(out, "%s: %s: %s\n", who, probes[i].what,
		    can & probes[i].bit ? "possible" : "denied");
}

/* The open child shows that each question is a real one on this machine. */
static struct err *
run_selftest(struct cli *c)
{
	struct filed *filed;
	unsigned locked, open;

	TRY(filed_start(c->a, &filed));
	TRY(filed_selftest(filed, c->a, true, &locked));
	TRY(filed_selftest(filed, c->a, false, &open));
	filed_stop(filed);
	print_probes(c->out, "reader of files", locked);
	print_probes(c->out, "without its sandbox", open);
	if (locked || !open)
		return err_new(c->a, ERR_INTERNAL, "sandbox.leaks", "%u of %u", locked, open);
	return OK;
}

static const struct cli_option selftest_options[] = {CLI_END};

static const struct cli_command cmd_selftest = {
    .name = "selftest",
    .args = "",
    .summary = "Tries whether the sandbox of the reader of files holds",
    .options = selftest_options,
    .run = run_selftest,
};

static struct err *
run_version(struct cli *c)
{
	fputs("rodtrad 0.1\n", c->out);
	return OK;
}

static const struct cli_command cmd_version = {
    .name = "version", .args = "", .summary = "Tells the version", .run = run_version};

static const struct cli_command *const commands[] = {
    &cmd_backup,
    &cmd_charter,
    &cmd_demo,
    &cmd_found,
    &cmd_journal,
    &cmd_migrate,
    &cmd_restore,
    &cmd_selftest,
    &cmd_serve,
    &cmd_user,
    &cmd_verify,
    &cmd_version,
    NULL,
};

int
main(int argc, char **argv)
{
	if (sodium_init() < 0)
		return 1;
	return cli_main(argc, argv, commands, stdout, stderr);
}
