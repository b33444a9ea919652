#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct err *
broken(struct arena *a, const char *path)
{
	int no = errno;

	if (no == ENOENT)
		return err_new(a, ERR_NOT_FOUND, "file.missing", "%s", path);
	if (no == EEXIST)
		return err_new(a, ERR_CONFLICT, "file.exists", "%s", path);
	return err_new(a, ERR_INTERNAL, "file.broken", "%s: %s", path, strerrordesc_np(no));
}

/* At most max bytes; -1 and errno on failure. */
static ssize_t
read_all(int fd, char *p, size_t max)
{
	size_t n = 0;

	while (n < max) {
		ssize_t got = read(fd, p + n, max - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

struct err *
file_read(struct arena *a, const char *path, size_t max, str *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n = -1;
	char *p = NULL;

	if (fd < 0)
		return broken(a, path);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size <= max) {
		p = arena_array(a, char, (size_t)st.st_size + 1);
		n = read_all(fd, p, (size_t)st.st_size);
	}
	close(fd);
	if (n < 0)
		return err_new(a, ERR_INTERNAL, "file.broken", "%s: cannot be read", path);
	*ret = (str){p, (size_t)n};
	return OK;
}

bool
file_put(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = (str){bytes.p + n, bytes.n - (size_t)n};
	}
	return true;
}

struct err *
file_sync_folder(struct arena *a, const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	struct err *e = ok ? OK : broken(a, dir);

	if (fd >= 0)
		close(fd);
	return e;
}

/* The name of a new file is safe only when its folder is. */
static struct err *
sync_folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return file_sync_folder(
	    a, slash ? arena_printf(a, "%.*s", (int)(slash - path) + 1, path) : ".");
}

struct err *
file_make(struct arena *a, const char *path, int mode, str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	bool ok;

	if (fd < 0)
		return broken(a, path);
	ok = file_put(fd, bytes) && fsync(fd) == 0;
	struct err *e = ok ? OK : broken(a, path);
	close(fd);
	if (!e)
		e = sync_folder_of(a, path);
	if (e)
		unlink(path);
	return e;
}

struct err *
file_replace(struct arena *a, const char *path, int mode, str bytes)
{
	const char *temp = arena_printf(a, "%s.new", path);

	unlink(temp); /* left by a crash */
	TRY(file_make(a, temp, mode, bytes));
	if (rename(temp, path) != 0)
		return broken(a, path);
	return sync_folder_of(a, path);
}
