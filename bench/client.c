/*
 * client - what wrk cannot do: writes, latencies at a fixed rate, slow neighbours, the disk.
 *
 *	client disk FILE SECONDS              4 KB pwrite + fdatasync, one after the other
 *	client write PORT N SECONDS PID       N clients comment on a matter; tokens on stdin
 *	client idle PORT PATH SECONDS SLOW AT  24 connections ask 10 times a second each, on a
 *	                                      clock of their own; SLOW others log in all the
 *	                                      time at the port AT
 *	client search PORT N PATH             one after the other, words on stdin after the
 *	                                      cookies
 *
 * Prints "NAME VALUE" lines. Times are milliseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	LINES_MAX = 4096,
	ANSWER_MAX = 4 << 20,
	OPEN_N = 24,
	OPEN_HZ = 10,
	TIMES_MAX = 1 << 18,
	DISK_PAGES = 4096
};

static int port;
static int64_t ends_ns;
static char *lines[LINES_MAX];
static int n_lines;

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void
wait_until(int64_t at)
{
	struct timespec t = {at / 1000000000, at % 1000000000};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static void
die(const char *what)
{
	fprintf(stderr, "client: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
read_lines(void)
{
	char line[1024];

	while (n_lines < LINES_MAX && fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = 0;
		lines[n_lines++] = strdup(line);
	}
}

/* --- one connection --------------------------------------------------------------------- */
struct con {
	int fd, port;
	int host; /* the last byte of its own loopback address */
	char *buf;
};

static void
con_open(struct con *c)
{
	struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
	int on = 1;

	if (!c->buf)
		c->buf = malloc(ANSWER_MAX);
	from.sin_addr.s_addr = htonl(0x7f000000 + 1 + (uint32_t)c->host);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)c->port);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(c->fd, (struct sockaddr *)&from, sizeof(from)) ||
	    connect(c->fd, (struct sockaddr *)&to, sizeof(to)))
		die("connect");
}

static void
con_close(struct con *c)
{
	close(c->fd);
	c->fd = -1;
}

/* Reads one answer; its status, 0 when the connection broke. */
static int
con_read(struct con *c)
{
	size_t n = 0, whole = 0;

	while (!whole || n < whole) {
		ssize_t got = read(c->fd, c->buf + n, ANSWER_MAX - 1 - n);
		if (got <= 0)
			return 0;
		n += (size_t)got;
		c->buf[n] = 0;
		char *end = whole ? NULL : strstr(c->buf, "\r\n\r\n");
		char *length = end ? strcasestr(c->buf, "\ncontent-length:") : NULL;
		if (end)
			whole = (size_t)(end + 4 - c->buf) +
				(length ? strtoul(length + 16, NULL, 10) : 0);
	}
	return atoi(c->buf + 9);
}

/* Asks on the open connection, or on a new one when the server has closed it. */
static int
con_ask(struct con *c, const char *request)
{
	size_t n = strlen(request);

	for (int try = 0; try < 2; try++) {
		if (c->fd < 0)
			con_open(c);
		int status = write(c->fd, request, n) == (ssize_t)n ? con_read(c) : 0;
		if (!status || strcasestr(c->buf, "\nconnection: close"))
			con_close(c);
		if (status)
			return status;
	}
	return 0;
}

/* --- times ------------------------------------------------------------------------------ */
static int64_t times[TIMES_MAX];
static atomic_int n_times;
static atomic_int n_bad;

static void
note_time(int64_t ns)
{
	int at = atomic_fetch_add(&n_times, 1);

	if (at < TIMES_MAX)
		times[at] = ns;
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
print_times(void)
{
	int n = n_times;

	qsort(times, (size_t)n, sizeof(*times), by_size);
	printf("n %d\nbad %d\n", n, atomic_load(&n_bad));
	if (n)
		printf("p50 %.3f\np90 %.3f\np99 %.3f\nmax %.3f\n", (double)times[n / 2] / 1e6,
		    (double)times[n * 9 / 10] / 1e6, (double)times[n * 99 / 100] / 1e6,
		    (double)times[n - 1] / 1e6);
}

/* --- the disk --------------------------------------------------------------------------- */
static int
run_disk(const char *file)
{
	int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	char page[4096] = {1};
	int64_t asked = now_ns(), began;
	long n = 0;

	if (fd < 0)
		die(file);
	for (int i = 0; i < DISK_PAGES; i++) /* later writes change no size and no block map */
		if (pwrite(fd, page, sizeof(page), i * (off_t)sizeof(page)) != sizeof(page))
			die("write");
	fsync(fd);
	began = now_ns();
	ends_ns += began - asked;
	for (; now_ns() < ends_ns; n++) {
		page[0]++;
		if (pwrite(fd, page, sizeof(page), n % DISK_PAGES * (off_t)sizeof(page)) !=
			sizeof(page) ||
		    fdatasync(fd))
			die("write");
	}
	printf("rate %.1f\n", (double)n * 1e9 / (double)(now_ns() - began));
	close(fd);
	unlink(file);
	return 0;
}

/* --- writes ----------------------------------------------------------------------------- */
struct writer {
	pthread_t thread;
	int no;
	const char *pid;
	long done;
	int key; /* number of the next one: the service bounds what one may write in a minute */
};

static void *
write_all(void *arg)
{
	struct writer *w = arg;
	struct con c = {.fd = -1, .port = port, .host = w->no};
	char request[1024], body[256];

	while (now_ns() < ends_ns) {
		snprintf(body, sizeof(body), "{\"text\":\"Merknad %ld fra klient %d\"}",
		    w->done, w->no);
		snprintf(request, sizeof(request),
		    "POST /t/api/v1/matters/%s/comments HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
		    "Content-Length: %zu\r\n\r\n%s",
		    w->pid, port, lines[w->key % n_lines], strlen(body), body);
		w->key++;
		int64_t began = now_ns();
		int status = con_ask(&c, request);
		if (status < 200 || status > 299) {
			if (atomic_fetch_add(&n_bad, 1) == 0)
				fprintf(stderr, "client: %d: %.300s\n", status, c.buf);
			wait_until(now_ns() + 10000000);
			continue;
		}
		note_time(now_ns() - began);
		w->done++;
	}
	return NULL;
}

static int
run_write(int n, const char *pid)
{
	struct writer *w = calloc((size_t)n, sizeof(*w));
	long all = 0, least = -1, most = 0;
	int64_t began = now_ns();

	for (int i = 0; i < n; i++) {
		w[i].no = i;
		w[i].pid = pid;
		w[i].key = (int)(began / 1000000 % n_lines) + i * (n_lines / n);
		pthread_create(&w[i].thread, NULL, write_all, &w[i]);
	}
	for (int i = 0; i < n; i++) {
		pthread_join(w[i].thread, NULL);
		all += w[i].done;
		most = w[i].done > most ? w[i].done : most;
		least = least < 0 || w[i].done < least ? w[i].done : least;
	}
	printf("rate %.1f\nleast %ld\nmost %ld\n",
	    (double)all * 1e9 / (double)(now_ns() - began), least, most);
	print_times();
	return 0;
}

/* --- at a fixed rate, beside slow neighbours -------------------------------------------- */
struct steady {
	pthread_t thread;
	int no, port;
	const char *path;
};

static void *
ask_steadily(void *arg)
{
	struct steady *s = arg;
	struct con c = {.fd = -1, .port = port, .host = 100 + s->no};
	char request[1024];
	int64_t step = 1000000000 / OPEN_HZ, next = now_ns() + step * s->no / OPEN_N;

	snprintf(request, sizeof(request),
	    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n", s->path, port,
	    lines[s->no % n_lines]);
	for (; next < ends_ns; next += step) {
		wait_until(next);
		if (con_ask(&c, request) != 200)
			atomic_fetch_add(&n_bad, 1);
		else
			note_time(now_ns() - next); /* from when it should have been asked */
	}
	return NULL;
}

/* A login that fails costs what one that succeeds costs. Each try comes from an address of its
 * own with a mail address of its own, for the service slows down whoever tries often. */
static void *
log_in_all_the_time(void *arg)
{
	struct steady *s = arg;
	char request[2048], form[256];
	long *done = calloc(1, sizeof(*done));
	long long run = now_ns(); /* no address of a mail is tried twice */

	for (int i = 0; now_ns() < ends_ns; i++) {
		struct con c = {
		    .fd = -1, .port = s->port, .host = 0x10000 * (s->no + 1) + i % 60000};
		con_open(&c);
		snprintf(form, sizeof(form),
		    "email=p%d-%d-%lld%%40example.org&password=%s&_token=%s", s->no, i, run,
		    "feil-passord-som-er-langt", lines[n_lines - 1]);
		snprintf(request, sizeof(request),
		    "POST /t/logg-inn HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		    "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n"
		    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n"
		    "Connection: close\r\n\r\n%s",
		    s->port, s->port, strlen(form), form);
		int64_t began = now_ns();
		int status = con_ask(&c, request);
		if (status != 422) /* refused before it was hashed: not what is measured */
			atomic_fetch_add(&n_bad, 1);
		if (i == 0 && s->no == 0)
			fprintf(stderr, "client: a login: status %d, %.1f ms\n", status,
			    (double)(now_ns() - began) / 1e6);
		if (c.fd >= 0)
			con_close(&c);
		free(c.buf);
		++*done;
	}
	return done;
}

static int
run_idle(const char *path, int slow, int slow_port)
{
	struct steady s[OPEN_N], l[16];
	long logins = 0;
	void *one;

	for (int i = 0; i < slow; i++) {
		l[i] = (struct steady){.no = i, .port = slow_port};
		pthread_create(&l[i].thread, NULL, log_in_all_the_time, &l[i]);
	}
	for (int i = 0; i < OPEN_N; i++) {
		s[i] = (struct steady){.no = i, .path = path};
		pthread_create(&s[i].thread, NULL, ask_steadily, &s[i]);
	}
	for (int i = 0; i < OPEN_N; i++)
		pthread_join(s[i].thread, NULL);
	for (int i = 0; i < slow; i++) {
		pthread_join(l[i].thread, &one);
		logins += *(long *)one;
	}
	printf("logins %ld\n", logins);
	print_times();
	return 0;
}

/* --- searches --------------------------------------------------------------------------- */
static int
run_search(int n, const char *path)
{
	struct con c = {.fd = -1, .port = port};
	char request[1024];
	int cookies = 0, words;

	while (cookies < n_lines && strchr(lines[cookies], '='))
		cookies++;
	words = n_lines - cookies;
	for (int i = 0; i < n && cookies && words; i++) {
		snprintf(request, sizeof(request),
		    "GET %s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n", path,
		    lines[cookies + i % words], port, lines[i % cookies]);
		int64_t began = now_ns();
		if (con_ask(&c, request) != 200)
			atomic_fetch_add(&n_bad, 1);
		else
			note_time(now_ns() - began);
	}
	print_times();
	return 0;
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "disk") == 0 && argc == 4) {
		ends_ns = now_ns() + atoll(argv[3]) * 1000000000;
		return run_disk(argv[2]);
	}
	if (argc >= 5) {
		port = atoi(argv[2]);
		read_lines();
	}
	if (strcmp(what, "write") == 0 && argc == 6) {
		ends_ns = now_ns() + atoll(argv[4]) * 1000000000;
		return run_write(atoi(argv[3]), argv[5]);
	}
	if (strcmp(what, "idle") == 0 && argc == 7) {
		ends_ns = now_ns() + atoll(argv[4]) * 1000000000;
		return run_idle(argv[3], atoi(argv[5]), atoi(argv[6]));
	}
	if (strcmp(what, "search") == 0 && argc == 5)
		return run_search(atoi(argv[3]), argv[4]);
	fputs("usage: client disk|write|idle|search ... (see the source)\n", stderr);
	return 2;
}
