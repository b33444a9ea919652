#include "web/static.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct static_file *
by_name(str name)
{
	size_t low = 0, high = n_static_files;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		str at = str_from_c(static_files[mid].name);
		int order = memcmp(name.p, at.p, name.n < at.n ? name.n : at.n);
		if (order == 0 && name.n == at.n)
			return &static_files[mid];
		if (order < 0 || (order == 0 && name.n < at.n))
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

const struct static_file *
static_find(str path, bool *ret_never_changes)
{
	static const str prefix = {"/static/", sizeof("/static/") - 1};

	if (path.n <= prefix.n || memcmp(path.p, prefix.p, prefix.n) != 0)
		return NULL;
	for (size_t i = 0; i < n_static_files; i++)
		if (str_eq(path, str_from_c(static_files[i].url))) {
			*ret_never_changes = true;
			return &static_files[i];
		}
	*ret_never_changes = false;
	return by_name((str){path.p + prefix.n, path.n - prefix.n});
}

struct url
url_static(const char *name)
{
	const struct static_file *f = by_name(str_from_c(name));

	if (!f) {
		fprintf(stderr, "url_static: no file %s\n", name);
		abort();
	}
	return (struct url){str_from_c(f->url)};
}
