/* charter/files.h - the charters of the folder charters/, inside the program. */
#ifndef CHARTER_FILES_H
#define CHARTER_FILES_H

#include "base/str.h"

struct charter_file {
	const char *name;        /* "ostfold", of charters/ostfold.yaml */
	const char *begin, *end; /* YAML */
};

extern const struct charter_file charter_files[]; /* ends with a NULL name */

/* Empty: no such file. */
static inline str
charter_file_text(const char *name)
{
	for (const struct charter_file *f = charter_files; f->name; f++)
		if (str_eq(str_from_c(f->name), str_from_c(name)))
			return (str){f->begin, (size_t)(f->end - f->begin)};
	return (str){0};
}

#endif
