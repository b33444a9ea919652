/*
 * app/import.h - contact data of many people from CSV.
 *
 * The first line names the columns, in Norwegian or English, parted by semicolon, comma or
 * tab: name, title, email, phone, party. A party is given by its name, key or
 * kommunenummer. People come in without any role: those are given by hand afterwards, one by
 * one. Somebody whose address is known already is left as is. One wrong line, and nothing
 * is imported.
 *
 * Units      Lines are counted from 1, the line of the columns included.
 * Errors     input  ERR_INVALID  something is wrong: import_check() says where
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/usecase.h"

enum { IMPORT_LINES_MAX = 2000 };

enum import_fate { IMPORT_NEW = 1, IMPORT_KNOWN, IMPORT_WRONG };

struct import_line {
	int64_t line;
	enum import_fate fate;
	const char *code; /* what is wrong: a text key; NULL: nothing */
	str name, title, email, phone, party;
	int64_t party_id;
};

struct import_report {
	struct import_line *v;
	size_t n, n_new, n_known, n_wrong;
};

/* What an import of the text would do; writes nothing. */
struct err *import_check(struct cx *cx, str csv, struct import_report *ret) NODISCARD;

extern const struct usecase import_usecases[];

#endif
