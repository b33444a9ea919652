#include "web/rate.h"

#include "base/sha.h"

#include <pthread.h>
#include <string.h>

enum { ROWS = 1024, WAYS = 8, MINUTE = 60, HOUR = 3600 };

/* How many in how many seconds (SECURITY D9, docs/adr/0010). */
static const struct allowed {
	int64_t n, in_s;
} allowed[] = {[RATE_WRITE] = {60, MINUTE},
    [RATE_SEARCH] = {30, MINUTE},
    [RATE_EXPORT] = {6, MINUTE},
    [RATE_UPLOAD] = {30, HOUR},
    [RATE_LOGIN] = {60, MINUTE},
    [RATE_ACCOUNT] = {5, MINUTE}};

struct bucket {
	uint64_t key;   /* 0: free */
	int64_t filled; /* a token is in_s of it, and a second brings n */
	int64_t at;
};

struct rates {
	pthread_mutex_t lock;
	struct bucket rows[ROWS][WAYS];
};

struct rates *
rates_new(struct arena *a)
{
	struct rates *r = arena_new(a, struct rates);

	pthread_mutex_init(&r->lock, NULL);
	return r;
}

enum rate_kind
rate_kind_of(enum action action, bool is_write)
{
	if (is_write)
		return action == ACT_MATTER_ATTACH  ? RATE_UPLOAD
		       : action == ACT_SPACE_PUBLIC ? RATE_LOGIN
						    : RATE_WRITE;
	if (action == ACT_SPACE_SEARCH)
		return RATE_SEARCH;
	return action == ACT_JOURNAL_EXPORT ? RATE_EXPORT : RATE_NONE;
}

static uint64_t
key_of(struct arena *a, enum rate_kind kind, str who)
{
	struct sha256 h =
	    sha256(str_from_c(arena_printf(a, "%d\n" STR_FMT, kind, STR_ARG(who))));
	uint64_t key;

	memcpy(&key, h.b, sizeof(key));
	return key | 1;
}

/* The bucket of the key: its own, else a free one, else the one quiet longest. */
static struct bucket *
bucket_of(struct bucket *row, uint64_t key)
{
	struct bucket *best = &row[0];

	for (int i = 0; i < WAYS; i++) {
		if (row[i].key == key)
			return &row[i];
		if (row[i].key == 0 || row[i].at < best->at)
			best = &row[i];
	}
	*best = (struct bucket){0};
	return best;
}

struct err *
rate_take(struct rates *r, struct arena *a, enum rate_kind kind, str who, int64_t now_at)
{
	uint64_t key = key_of(a, kind, who);
	int64_t n = allowed[kind].n, token = allowed[kind].in_s, full = n * token;
	bool taken;

	pthread_mutex_lock(&r->lock);
	struct bucket *b = bucket_of(r->rows[key / 2 % ROWS], key);
	if (b->key == 0)
		*b = (struct bucket){key, full, now_at};
	if (now_at > b->at)
		b->filled += (now_at - b->at) * n;
	if (b->filled > full)
		b->filled = full;
	b->at = now_at;
	taken = b->filled >= token;
	b->filled -= taken ? token : 0;
	pthread_mutex_unlock(&r->lock);
	return taken ? OK : err_new(a, ERR_BUSY, "rate.wait", "kind %d", kind);
}
