#include "app/house.h"

#include "base/file.h"
#include "base/random.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static struct err *
keys_make(struct arena *a, const char *dir, const char *file, struct keys *ret)
{
	random_bytes(ret, sizeof(*ret));
	if (mkdir(dir, 0700) && errno != EEXIST)
		return err_new(a, ERR_INTERNAL, "keys.file", "%s: %s", dir, strerror(errno));
	return file_make(a, file, 0600, (str){(const char *)ret, sizeof(*ret)});
}

struct err *
keys_load(struct arena *a, const char *dir, struct keys *ret)
{
	const char *keys = arena_printf(a, "%s/keys", dir);
	const char *file = arena_printf(a, "%s/server.key", keys);
	struct err *e;
	str bytes;

	e = file_read(a, file, sizeof(*ret), &bytes);
	if (e && e->kind == ERR_NOT_FOUND)
		return keys_make(a, keys, file, ret);
	TRY(e);
	if (bytes.n != sizeof(*ret))
		return err_new(a, ERR_INTERNAL, "keys.file", "%s: %zu bytes", file, bytes.n);
	memcpy(ret, bytes.p, sizeof(*ret));
	return OK;
}
