/*
 * power.c - cuts the power at every acknowledgement and at random moments between, and looks
 * at what is left.
 *
 *	power CHARTER COMMITS POINTS [SEED]
 *
 * Some clients raise COMMITS matters while test/power/disk.c remembers each write and sync.
 * Then, for each acknowledgement and for POINTS moments more, a disk is made that keeps none,
 * some, all or torn halves of what was not synced. On it the database must open, be free of
 * damage, hold every matter that had been acknowledged, and the record must verify.
 *
 * The control is the same with commits that do not wait for the disk: it must lose some.
 *
 * Prints "N passed, N failed"; one disk is one test, and so is the control.
 */
#include "disk.h"
#include "folder.h"

#include "store/norsk_fts5.h"
#include "store/verify.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 4, COMMITS_MAX = 10000, CONTROL_COMMITS = 60 };

struct work {
	struct folder f;
	struct disk disk;
	int commits, taken;
	pthread_mutex_t lock;
};

struct client {
	struct work *w;
	size_t who;
	pthread_t thread;
};

/* What a disk held when the power went. */
struct left {
	int lost;      /* acknowledged, not there */
	bool is_whole; /* integrity_check and verify */
	char why[200];
};

struct counts {
	int passed, failed, lost, cuts;
	bool quiet; /* losses are what is expected */
};

/* --- the work --------------------------------------------------------------------------- */
static int
take(struct work *w)
{
	pthread_mutex_lock(&w->lock);
	int number = w->taken < w->commits ? w->taken++ : -1;
	pthread_mutex_unlock(&w->lock);
	return number;
}

static void *
work_on(void *arg)
{
	struct client *c = arg;
	struct work *w = c->w;
	int number;

	while ((number = take(w)) >= 0) {
		struct arena a;
		char title[40], once[40];
		str body;

		arena_init(&a, 64 << 20);
		snprintf(title, sizeof(title), "Strøm %d", number);
		snprintf(once, sizeof(once), "power-%d", number);
		if (folder_propose(&w->f, &a, c->who, title, once, &body) != 200)
			die("a matter was refused: " STR_FMT, STR_ARG(body));
		disk_acknowledge(number);
		arena_finish(&a);
	}
	return NULL;
}

/* Makes a folder, closed and quiet, and the same file under copy: the disk at the beginning. */
static void
make_quiet(struct arena *a, const char *charter, struct folder *ret)
{
	struct arena inner;
	const char *dir = folder_new(a, "/tmp");

	arena_init(&inner, 256 << 20);
	folder_make(&inner, dir, charter, CLIENTS, ret);
	for (size_t i = 0; i < FOLDER_PEOPLE; i++)
		ret->token[i] = str_copy(a, ret->token[i]);
	ret->db = str_to_c(a, str_from_c(ret->db));
	arena_finish(&inner);
}

static void
do_work(struct work *w, const struct folder *quiet, bool unsafe)
{
	struct client clients[CLIENTS];
	struct arena a;

	pthread_mutex_init(&w->lock, NULL);
	w->taken = 0;
	disk_watch(&w->disk, quiet->db);
	arena_init(&a, 256 << 20);
	folder_reopen(&a, quiet, unsafe, &w->f);
	for (size_t i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){.w = w, .who = i};
		pthread_create(&clients[i].thread, NULL, work_on, &clients[i]);
	}
	for (size_t i = 0; i < CLIENTS; i++)
		pthread_join(clients[i].thread, NULL);
	disk_unwatch();
	arena_finish(&a);
}

/* --- what is left ----------------------------------------------------------------------- */
static bool
is_sound(sqlite3 *db, struct left *ret)
{
	sqlite3_stmt *st;
	const char *said = "nothing";
	bool good;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL)) {
		snprintf(ret->why, sizeof(ret->why), "open: %s", sqlite3_errmsg(db));
		return false;
	}
	if (sqlite3_step(st) == SQLITE_ROW)
		said = (const char *)sqlite3_column_text(st, 0);
	else
		said = sqlite3_errmsg(db);
	good = strcmp(said, "ok") == 0;
	if (!good)
		snprintf(ret->why, sizeof(ret->why), "integrity_check: %s", said);
	sqlite3_finalize(st);
	return good;
}

static int
count_lost(sqlite3 *db, const bool *acked, int commits)
{
	static bool there[COMMITS_MAX];
	sqlite3_stmt *st;
	int lost = 0, number;

	memset(there, 0, sizeof(there));
	if (sqlite3_prepare_v2(db, "SELECT title FROM matter", -1, &st, NULL))
		return commits;
	while (sqlite3_step(st) == SQLITE_ROW)
		if (sscanf((const char *)sqlite3_column_text(st, 0), "Strøm %d", &number) == 1)
			there[number] = true;
	sqlite3_finalize(st);
	for (int i = 0; i < commits; i++)
		lost += acked[i] && !there[i];
	return lost;
}

static void
take_line(void *arg, const char *line)
{
	struct left *l = arg;

	snprintf(l->why, sizeof(l->why), "verify: %s", line);
}

static bool
is_verified(const char *path, struct left *ret)
{
	struct verify v = {.space = "t", .say = take_line, .arg = ret};
	struct verify_result r;
	struct arena a;
	struct db *db;

	arena_init(&a, 256 << 20);
	struct err *e = db_open(&a, &(struct db_config){.url = path, .mode = DB_READER}, &db);
	if (!e)
		e = verify_space(db, &a, &v, &r);
	bool good = !e && r.problems == 0;
	if (e)
		snprintf(ret->why, sizeof(ret->why), "verify: %s: %s", e->code, e->detail);
	arena_finish(&a);
	return good;
}

static struct left
look(const char *path, const bool *acked, int commits)
{
	struct left l = {0};
	sqlite3 *db;

	if (sqlite3_open(path, &db) || norsk_fts5_register(db))
		die("%s: %s", path, sqlite3_errmsg(db));
	l.is_whole = is_sound(db, &l);
	l.lost = count_lost(db, acked, commits);
	if (l.is_whole)
		l.is_whole = is_verified(path, &l);
	sqlite3_close(db);
	return l;
}

/* --- cutting ---------------------------------------------------------------------------- */
static void
cut(const struct replay *r, const char *path, const bool *acked, int commits,
    struct counts *counts)
{
	static const char *const kept[DISK_KEPT_N] = {"none", "some", "all", "torn"};

	for (int k = 0; k < DISK_KEPT_N; k++) {
		replay_image(r, (enum disk_kept)k, path);
		struct left l = look(path, acked, commits);
		counts->cuts++;
		counts->lost += l.lost > 0;
		if (l.is_whole && l.lost == 0) {
			counts->passed++;
			continue;
		}
		if (counts->failed++ < 10 && !counts->quiet)
			printf("power: cut at event %zu, %s of the unsynced writes kept: "
			       "%d lost; %s\n",
			    r->at, kept[k], l.lost, l.why);
	}
}

/* Which of n events are cut at besides the acknowledgements. */
static bool *
draw_points(size_t n, int points)
{
	bool *is_point = calloc(n + 1, sizeof(bool));

	while (is_point && n && points-- > 0)
		is_point[(size_t)random() % n] = true;
	return is_point;
}

static struct counts
cut_everywhere(
    const struct work *w, const char *before, const char *image, int points, bool quiet)
{
	static bool acked[COMMITS_MAX];
	struct counts counts = {.quiet = quiet};
	struct replay r;
	bool *is_point = draw_points(w->disk.n, points);

	memset(acked, 0, sizeof(acked));
	replay_begin(&r, &w->disk, before);
	while (r.at < w->disk.n) {
		const struct disk_event *e = &w->disk.v[r.at];
		replay_step(&r);
		if (e->kind == DISK_ACK)
			acked[e->at] = true;
		if (e->kind == DISK_ACK || is_point[r.at - 1])
			cut(&r, image, acked, w->commits, &counts);
	}
	replay_end(&r);
	free(is_point);
	return counts;
}

/* --- one round -------------------------------------------------------------------------- */
static void
copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char buf[65536];
	size_t n;

	if (!in || !out)
		die("cannot copy %s", from);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		if (fwrite(buf, 1, n, out) != n)
			die("cannot write %s", to);
	fclose(in);
	if (fclose(out))
		die("cannot write %s", to);
}

static struct counts
round_of(const char *charter, int commits, int points, bool unsafe)
{
	struct work w = {.commits = commits};
	struct folder quiet;
	struct arena a;

	arena_init(&a, 64 << 20);
	make_quiet(&a, charter, &quiet);
	const char *images = folder_new(&a, access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	const char *before = arena_printf(&a, "%s/before.db", quiet.dir);
	copy_file(quiet.db, before);
	do_work(&w, &quiet, unsafe);
	printf("power: %d commits%s: %zu writes to the log, %zu to the database, %zu + %zu "
	       "syncs\n",
	    commits, unsafe ? " that do not wait" : "", w.disk.n_writes[DISK_WAL],
	    w.disk.n_writes[DISK_DB], w.disk.n_syncs[DISK_WAL], w.disk.n_syncs[DISK_DB]);
	struct counts counts =
	    cut_everywhere(&w, before, arena_printf(&a, "%s/t.db", images), points, unsafe);
	if (!unsafe && w.disk.n_writes[DISK_DB] == 0) {
		printf("power: too few commits: nothing was copied back to the database\n");
		counts.failed++;
	}
	disk_free(&w.disk);
	folder_remove(quiet.dir);
	folder_remove(images);
	arena_finish(&a);
	return counts;
}

int
main(int argc, char **argv)
{
	if (argc < 4)
		die("usage: power CHARTER COMMITS POINTS [SEED]");
	int commits = (int)strtol(argv[2], NULL, 10), points = (int)strtol(argv[3], NULL, 10);
	unsigned seed =
	    argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : (unsigned)(time(NULL) ^ getpid());

	if (commits < 1 || commits > COMMITS_MAX)
		die("1 to %d commits", COMMITS_MAX);
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("power: seed %u\n", seed);
	srandom(seed);
	struct counts safe = round_of(argv[1], commits, points, false);
	printf("power: %d disks, %d with losses\n", safe.cuts, safe.lost);
	struct counts unsafe = round_of(argv[1], CONTROL_COMMITS, 0, true);
	printf("power: control: %d of %d disks with losses\n", unsafe.lost, unsafe.cuts);
	if (unsafe.lost == 0)
		safe.failed++;
	else
		safe.passed++;
	printf("%d passed, %d failed\n", safe.passed, safe.failed);
	return safe.failed != 0;
}
