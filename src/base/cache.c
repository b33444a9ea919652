#include "base/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { CHAINS = 1024, SHARE = 8 };

struct kept {
	struct kept *chain;         /* others with the same hash */
	struct kept *newer, *older; /* by when it was used */
	uint64_t hash;
	size_t name_n, mark_n, bytes_n;
	char text[]; /* name, mark, bytes */
};

struct cache {
	pthread_mutex_t lock;
	size_t room, used;
	struct kept *chains[CHAINS], *newest, *oldest;
};

/* Eight bytes at a time: names may be whole texts. */
static uint64_t
hash_of(str s)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ s.n, w;

	for (; s.n >= sizeof(w); s.p += sizeof(w), s.n -= sizeof(w)) {
		memcpy(&w, s.p, sizeof(w));
		h = (h ^ w) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	w = 0;
	if (s.n)
		memcpy(&w, s.p, s.n);
	h = (h ^ w) * 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 29;
}

static size_t
cost(size_t name_n, size_t mark_n, size_t bytes_n)
{
	return sizeof(struct kept) + name_n + mark_n + bytes_n;
}

static struct kept **
place_of(struct cache *c, uint64_t hash, str name)
{
	struct kept **at = &c->chains[hash % CHAINS];

	while (*at && ((*at)->hash != hash || !str_eq((str){(*at)->text, (*at)->name_n}, name)))
		at = &(*at)->chain;
	return at;
}

/* --- in the order of use ---------------------------------------------------------------- */

static void
unlink_use(struct cache *c, struct kept *k)
{
	*(k->newer ? &k->newer->older : &c->newest) = k->older;
	*(k->older ? &k->older->newer : &c->oldest) = k->newer;
}

static void
link_newest(struct cache *c, struct kept *k)
{
	k->newer = NULL;
	k->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = k;
	c->newest = k;
}

static void
drop(struct cache *c, struct kept **at)
{
	struct kept *k = *at;

	*at = k->chain;
	unlink_use(c, k);
	c->used -= cost(k->name_n, k->mark_n, k->bytes_n);
	free(k);
}

static void
drop_oldest(struct cache *c)
{
	const struct kept *k = c->oldest;

	drop(c, place_of(c, k->hash, (str){k->text, k->name_n}));
}

/* --- in and out ------------------------------------------------------------------------- */

bool
cache_get(struct cache *c, struct arena *a, str name, str mark, str *ret)
{
	uint64_t hash = hash_of(name);

	pthread_mutex_lock(&c->lock);
	struct kept *k = *place_of(c, hash, name);
	bool found = k && str_eq((str){k->text + k->name_n, k->mark_n}, mark);
	if (found) {
		unlink_use(c, k);
		link_newest(c, k);
		*ret = str_copy(a, (str){k->text + k->name_n + k->mark_n, k->bytes_n});
	}
	pthread_mutex_unlock(&c->lock);
	return found;
}

static char *
append(char *at, str s)
{
	if (s.n)
		memcpy(at, s.p, s.n);
	return at + s.n;
}

static struct kept *
kept_new(uint64_t hash, str name, str mark, str bytes)
{
	struct kept *k = malloc(cost(name.n, mark.n, bytes.n));

	if (!k)
		abort(); /* as in arena.c */
	*k =
	    (struct kept){.hash = hash, .name_n = name.n, .mark_n = mark.n, .bytes_n = bytes.n};
	append(append(append(k->text, name), mark), bytes);
	return k;
}

void
cache_put(struct cache *c, str name, str mark, str bytes)
{
	size_t n = cost(name.n, mark.n, bytes.n);
	uint64_t hash = hash_of(name);

	if (n > c->room / SHARE)
		return;
	struct kept *k = kept_new(hash, name, mark, bytes);
	pthread_mutex_lock(&c->lock);
	struct kept **at = place_of(c, hash, name);
	if (*at)
		drop(c, at);
	while (c->used + n > c->room)
		drop_oldest(c);
	at = &c->chains[hash % CHAINS];
	k->chain = *at;
	*at = k;
	link_newest(c, k);
	c->used += n;
	pthread_mutex_unlock(&c->lock);
}

size_t
cache_used(struct cache *c)
{
	pthread_mutex_lock(&c->lock);
	size_t used = c->used;
	pthread_mutex_unlock(&c->lock);
	return used;
}

static void
cache_finish(void *arg)
{
	struct cache *c = arg;

	while (c->oldest)
		drop_oldest(c);
	pthread_mutex_destroy(&c->lock);
}

struct cache *
cache_new(struct arena *a, size_t room)
{
	struct cache *c = arena_new(a, struct cache);

	pthread_mutex_init(&c->lock, NULL);
	c->room = room;
	arena_defer(a, cache_finish, c);
	return c;
}
