/*
 * crash.c - kills the server at any moment, again and again, and counts what it promised.
 *
 *	crash RODTRAD CHARTER [CYCLES [SEED]]
 *
 * Each cycle: the server starts; four clients raise matters through the API, each with an
 * idempotency key of its own; after 1 to 900 ms (so also while it starts) it is killed with
 * SIGKILL. It is started again and must answer within 2 s; what was sent and not acknowledged
 * is sent once more with the same key; then every matter that was acknowledged is there,
 * once, under the id that was told, and `verify` finds the record whole.
 *
 * Two controls show that this can fail: clients that take a matter for done when it has been
 * sent must be seen to lose one, and a changed row must be seen by verify.
 *
 * Prints "N passed, N failed"; a cycle is one test, a control too.
 */
#include "folder.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	WRITERS = 4,
	CLAIMS = 20000,     /* of one writer, in one folder */
	FOLDER_CYCLES = 10, /* then a new folder, or verify would be all that happens */
	KILL_MAX_MS = 900,
	STARTING_MS = 40,
	READY_MAX_MS = 2000,
	CONTROL_CYCLES = 40,
};

struct claim {
	char id[24]; /* as told; empty: nothing was told */
	bool sent, acked;
	int found; /* rows with its title */
};

struct writer {
	struct crash *c;
	size_t who, n; /* claims made */
	const char *tokens[FOLDER_TOKENS];
	struct claim *claims;
	pthread_t thread;
};

struct crash {
	const char *rodtrad, *charter, *dir, *socket, *prefix;
	struct arena *a;
	struct folder f;
	struct writer writers[WRITERS];
	pid_t server;
	bool early; /* the control: acknowledged when sent */
	volatile bool stop;
	int kills_starting, acked_n, retried_n, ready_max_ms;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
pause_ms(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, (long)(ms % 1000) * 1000000}, NULL);
}

/* --- the server ------------------------------------------------------------------------- */
static pid_t
spawn(const struct crash *c, const char *const *args)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout) ||
		    !freopen(arena_printf(c->a, "%s/log", c->dir), "a", stderr))
			_exit(126);
		execv(c->rodtrad, (char *const *)args);
		_exit(127);
	}
	if (pid < 0)
		die("fork: %s", strerror(errno));
	return pid;
}

static void
server_begin(struct crash *c)
{
	unlink(c->socket);
	c->server = spawn(c, (const char *const[]){"rodtrad", "serve", "--data", c->dir,
				 "--listen", arena_printf(c->a, "unix:%s", c->socket), NULL});
}

static void
server_end(struct crash *c, int sig)
{
	kill(c->server, sig);
	waitpid(c->server, NULL, 0);
	c->server = 0;
}

/* Whether verify says the record is whole. */
static bool
verified(const struct crash *c)
{
	int status;
	pid_t pid =
	    spawn(c, (const char *const[]){"rodtrad", "verify", "--data", c->dir, NULL});

	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		die("cannot run %s", c->rodtrad);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* --- a client --------------------------------------------------------------------------- */
static int
dial(const struct crash *c)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", c->socket);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0) {
		struct timeval t = {.tv_sec = 10};
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t));
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool
send_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* Bytes of the whole reply at p, 0 while it has not all come. */
static size_t
reply_length(const char *p)
{
	const char *body = strstr(p, "\r\n\r\n"),
		   *length = strcasestr(p, "\r\ncontent-length:");

	if (!body || !length || length > body)
		return 0;
	return (size_t)(body + 4 - p) + strtoul(length + 17, NULL, 10);
}

/* The status, 0: the connection broke. The reply is in buf. */
static int
receive(int fd, char *buf, size_t size)
{
	size_t n = 0;

	for (;;) {
		ssize_t got = recv(fd, buf + n, size - 1 - n, 0);
		if (got <= 0)
			return 0;
		n += (size_t)got;
		buf[n] = 0;
		size_t whole = reply_length(buf);
		if (whole && n >= whole)
			return (int)strtol(buf + 9, NULL, 10);
		if (n + 1 >= size)
			die("a reply of more than %zu bytes", size);
	}
}

static bool
send_claim(const struct writer *w, size_t number, int fd)
{
	char body[256], head[512];
	const struct crash *c = w->c;

	int n = snprintf(body, sizeof(body),
	    "{\"title\":\"Krasj %zu %zu\",\"summary\":\"Utskrivning i helg.\",\"submit\":true}",
	    w->who, number);
	int m = snprintf(head, sizeof(head),
	    "POST /t/api/v1/matters HTTP/1.1\r\nHost: eksempel.no\r\n"
	    "Authorization: Bearer %s\r\nIdempotency-Key: %s-%zu-%zu\r\n"
	    "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n",
	    w->tokens[number % FOLDER_TOKENS], c->prefix, w->who, number, n);
	return send_all(fd, head, (size_t)m) && send_all(fd, body, (size_t)n);
}

static void
take_id(struct claim *claim, const char *reply)
{
	const char *id = strstr(reply, "\"id\":\"");

	if (!id)
		id = strstr(reply, "\"id\": \"");
	if (!id)
		die("no id in: %s", reply);
	id = strchr(id + 5, '"') + 1;
	snprintf(claim->id, sizeof(claim->id), "%.16s", id);
}

/* One try. False: the server is gone. */
static bool
put_claim(struct writer *w, size_t number, int fd)
{
	struct claim *claim = &w->claims[number];
	char reply[16384];
	int status;

	claim->sent = true;
	if (!send_claim(w, number, fd))
		return false;
	if (w->c->early)
		claim->acked = true;
	status = receive(fd, reply, sizeof(reply));
	if (status == 0 || status == 503)
		return false;
	if (status != 200)
		die("a matter was refused: %s", reply);
	take_id(claim, reply);
	claim->acked = true;
	return true;
}

static void *
write_on(void *arg)
{
	struct writer *w = arg;
	int fd = -1;

	while (!w->c->stop) {
		if (fd < 0 && (fd = dial(w->c)) < 0) {
			pause_ms(2);
			continue;
		}
		if (w->n == CLAIMS)
			die("more than %d claims", CLAIMS);
		if (!put_claim(w, w->n++, fd)) {
			close(fd);
			fd = -1;
		}
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

/* --- what is there ---------------------------------------------------------------------- */
static bool
count_row(struct crash *c, const char *title, const char *pid)
{
	size_t who, number;

	if (sscanf(title, "Krasj %zu %zu", &who, &number) != 2)
		return true;
	if (who >= WRITERS || number >= c->writers[who].n) {
		printf("  nobody raised '%s'\n", title);
		return false;
	}
	struct claim *claim = &c->writers[who].claims[number];
	claim->found++;
	if (claim->id[0] && strcmp(claim->id, pid) != 0) {
		printf("  '%s' is %s and was told as %s\n", title, pid, claim->id);
		return false;
	}
	return true;
}

static bool
count_rows(struct crash *c)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	bool good = true;

	for (size_t i = 0; i < WRITERS; i++)
		for (size_t k = 0; k < c->writers[i].n; k++)
			c->writers[i].claims[k].found = 0;
	if (sqlite3_open_v2(c->f.db, &db, SQLITE_OPEN_READWRITE, NULL) ||
	    sqlite3_busy_timeout(db, 5000) ||
	    sqlite3_prepare_v2(db, "SELECT title, pid FROM matter", -1, &st, NULL))
		die("%s: %s", c->f.db, sqlite3_errmsg(db));
	while (sqlite3_step(st) == SQLITE_ROW)
		good = count_row(c, (const char *)sqlite3_column_text(st, 0),
			   (const char *)sqlite3_column_text(st, 1)) &&
		       good;
	sqlite3_finalize(st);
	sqlite3_close(db);
	return good;
}

/* Acknowledged matters that are not there, and matters that are there twice. */
static void
compare(struct crash *c, int *ret_lost, int *ret_doubles)
{
	*ret_lost = *ret_doubles = 0;
	for (size_t i = 0; i < WRITERS; i++)
		for (size_t k = 0; k < c->writers[i].n; k++) {
			const struct claim *claim = &c->writers[i].claims[k];
			*ret_lost += claim->acked && claim->found == 0;
			*ret_doubles += claim->found > 1;
		}
}

/* --- a cycle ---------------------------------------------------------------------------- */
static bool
wait_ready(struct crash *c)
{
	int64_t start = now_ms();
	int fd;

	while ((fd = dial(c)) < 0) {
		if (now_ms() - start > 10 * READY_MAX_MS)
			die("the server does not come up; see %s/log", c->dir);
		pause_ms(1);
	}
	char reply[65536];
	const char *ask = "GET /t/api/v1/search HTTP/1.1\r\nHost: eksempel.no\r\n\r\n";
	bool good = send_all(fd, ask, strlen(ask)) && receive(fd, reply, sizeof(reply)) > 0;
	close(fd);
	int ms = (int)(now_ms() - start);
	if (ms > c->ready_max_ms)
		c->ready_max_ms = ms;
	if (!good || ms > READY_MAX_MS)
		printf("  ready only after %d ms\n", ms);
	return good && ms <= READY_MAX_MS;
}

/* Sends again, under the same key, what nobody acknowledged. */
static void
retry(struct crash *c)
{
	int fd = dial(c);

	for (size_t i = 0; i < WRITERS; i++)
		for (size_t k = 0; k < c->writers[i].n; k++) {
			struct claim *claim = &c->writers[i].claims[k];
			if (claim->acked || !claim->sent)
				continue;
			if (fd < 0 || !put_claim(&c->writers[i], k, fd))
				die("the server is gone; see %s/log", c->dir);
			c->retried_n++;
		}
	if (fd >= 0)
		close(fd);
}

static void
run_until_killed(struct crash *c, int ms)
{
	size_t before = 0, after = 0;

	c->stop = false;
	for (size_t i = 0; i < WRITERS; i++)
		before += c->writers[i].n;
	server_begin(c);
	for (size_t i = 0; i < WRITERS; i++)
		pthread_create(&c->writers[i].thread, NULL, write_on, &c->writers[i]);
	pause_ms(ms);
	server_end(c, SIGKILL);
	c->stop = true;
	for (size_t i = 0; i < WRITERS; i++) {
		pthread_join(c->writers[i].thread, NULL);
		after += c->writers[i].n;
	}
	c->kills_starting += before == after;
}

static bool
cycle(struct crash *c, int ms, int *ret_lost)
{
	int doubles;

	run_until_killed(c, ms);
	server_begin(c);
	bool good = wait_ready(c);
	if (!c->early)
		retry(c);
	good = count_rows(c) && good;
	server_end(c, SIGKILL);
	compare(c, ret_lost, &doubles);
	if (*ret_lost || doubles)
		printf("  %d lost, %d twice\n", *ret_lost, doubles);
	if (!verified(c)) {
		printf("  verify finds damage; see %s/log\n", c->dir);
		good = false;
	}
	return good && !*ret_lost && !doubles;
}

/* --- folders ---------------------------------------------------------------------------- */
static void
open_folder(struct crash *c, struct arena *a)
{
	struct arena inner;

	c->a = a;
	c->dir = folder_new(a, "/tmp");
	c->socket = arena_printf(a, "%s/s", c->dir);
	c->prefix = strrchr(c->dir, '-') + 1;
	for (size_t i = 0; i < WRITERS; i++)
		c->writers[i] = (struct writer){
		    .c = c, .who = i, .claims = arena_array(a, struct claim, CLAIMS)};
	/* closed again before a server opens it */
	arena_init(&inner, 256 << 20);
	folder_make(&inner, c->dir, c->charter, WRITERS, &c->f);
	for (size_t i = 0; i < WRITERS; i++)
		for (size_t k = 0; k < FOLDER_TOKENS; k++)
			c->writers[i].tokens[k] = str_to_c(a, folder_token(&c->f, a, i, k));
	c->f.db = arena_printf(a, "%s/spaces/t.db", c->dir);
	arena_finish(&inner);
}

static void
close_folder(struct crash *c)
{
	for (size_t i = 0; i < WRITERS; i++)
		for (size_t k = 0; k < c->writers[i].n; k++)
			c->acked_n += c->writers[i].claims[k].acked;
	folder_remove(c->dir);
	arena_finish(c->a);
}

/* At any moment; every fifth time while the server starts, which takes it some 20 ms. */
static int
draw_ms(int number)
{
	return 1 + (int)(random() % (number % 5 == 4 ? STARTING_MS : KILL_MAX_MS));
}

static int
run_cycles(struct crash *c, int cycles)
{
	struct arena a;
	int failed = 0, lost;

	for (int i = 0; i < cycles; i++) {
		if (i % FOLDER_CYCLES == 0) {
			arena_init(&a, 512 << 20);
			open_folder(c, &a);
		}
		int ms = draw_ms(i);
		bool good = cycle(c, ms, &lost);
		if (!good)
			printf("cycle %d, killed after %d ms: failed\n", i, ms);
		failed += !good;
		if (i % FOLDER_CYCLES == FOLDER_CYCLES - 1 || i == cycles - 1)
			close_folder(c);
	}
	return failed;
}

/* --- controls --------------------------------------------------------------------------- */
static bool
control_early(struct crash *c)
{
	struct arena a;
	int lost = 0;

	arena_init(&a, 512 << 20);
	open_folder(c, &a);
	c->early = true;
	for (int i = 0; i < CONTROL_CYCLES && !lost; i++) {
		run_until_killed(c, 300 + draw_ms(0) / 2);
		int doubles;
		count_rows(c);
		compare(c, &lost, &doubles);
	}
	c->early = false;
	close_folder(c);
	if (!lost)
		printf("control: clients that take sent for done lost nothing\n");
	return lost > 0;
}

static bool
control_changed(struct crash *c)
{
	struct arena a;
	sqlite3 *db;

	arena_init(&a, 512 << 20);
	open_folder(c, &a);
	bool before = verified(c);
	if (sqlite3_open(c->f.db, &db) ||
	    sqlite3_exec(
		db, "UPDATE party SET name = name || '.' WHERE id = 2", NULL, NULL, NULL) ||
	    sqlite3_close(db))
		die("cannot change a row");
	bool after = verified(c);
	close_folder(c);
	if (!before || after)
		printf("control: verify does not tell a changed row from a whole record\n");
	return before && !after;
}

int
main(int argc, char **argv)
{
	int cycles = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 50;
	unsigned seed = argc > 4 && *argv[4] ? (unsigned)strtoul(argv[4], NULL, 10)
					     : (unsigned)(time(NULL) ^ getpid());
	static struct crash c;

	if (argc < 3)
		die("usage: crash RODTRAD CHARTER [CYCLES [SEED]]");
	c.rodtrad = argv[1];
	c.charter = argv[2];
	signal(SIGPIPE, SIG_IGN);
	srandom(seed);
	setvbuf(stdout, NULL, _IOLBF, 0); /* and nothing left to write twice after a fork */
	printf("crash: %d cycles, seed %u\n", cycles, seed);
	int failed = run_cycles(&c, cycles);
	printf("crash: %d matters acknowledged, %d sent again, %d kills before the first, "
	       "ready within %d ms\n",
	    c.acked_n, c.retried_n, c.kills_starting, c.ready_max_ms);
	failed += !control_early(&c);
	failed += !control_changed(&c);
	printf("%d passed, %d failed\n", cycles + 2 - failed, failed);
	return failed != 0;
}
