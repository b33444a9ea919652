#include "app/house.h"

#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct err *
failed(struct arena *a, const char *file)
{
	return err_new(a, ERR_INTERNAL, "keys.file", "%s: %s", file, strerror(errno));
}

static struct err *
keys_make(struct arena *a, const char *dir, const char *file, struct keys *ret)
{
	random_bytes(ret, sizeof(*ret));
	if (mkdir(dir, 0700) && errno != EEXIST)
		return failed(a, dir);
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(a, file);
	bool good = write(fd, ret, sizeof(*ret)) == (ssize_t)sizeof(*ret) && fsync(fd) == 0;
	close(fd);
	return good ? OK : failed(a, file);
}

struct err *
keys_load(struct arena *a, const char *dir, struct keys *ret)
{
	const char *keys = arena_printf(a, "%s/keys", dir);
	const char *file = arena_printf(a, "%s/server.key", keys);
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? keys_make(a, keys, file, ret) : failed(a, file);
	ssize_t n = read(fd, ret, sizeof(*ret));
	close(fd);
	return n == (ssize_t)sizeof(*ret) ? OK : failed(a, file);
}

void
hasher_init(struct hasher *h)
{
	*h = (struct hasher){0};
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->free, NULL);
}

struct err *
hasher_enter(struct hasher *h, struct arena *a)
{
	bool full;

	pthread_mutex_lock(&h->lock);
	full = h->waiting >= HASHES_WAITING;
	h->waiting += !full;
	while (!full && h->running >= HASHES_AT_ONCE)
		pthread_cond_wait(&h->free, &h->lock);
	h->waiting -= !full;
	h->running += !full;
	pthread_mutex_unlock(&h->lock);
	return full ? err_new(a, ERR_BUSY, "hash.busy", "%d wait", HASHES_WAITING) : OK;
}

void
hasher_leave(struct hasher *h)
{
	pthread_mutex_lock(&h->lock);
	h->running--;
	pthread_cond_signal(&h->free);
	pthread_mutex_unlock(&h->lock);
}
