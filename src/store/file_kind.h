/*
 * file_kind.h - the kinds of files that may be attached, and what we say they are.
 *
 * The allow-list: an ending not here is refused. The content type comes from this table and
 * never from the client.
 */
#ifndef STORE_FILE_KIND_H
#define STORE_FILE_KIND_H

#include "base/str.h"

enum file_kind { /* stored as these numbers: never renumber */
	FILE_PDF = 1,
	FILE_DOCX = 2,
	FILE_XLSX = 3,
	FILE_ODT = 4,
	FILE_PNG = 5,
	FILE_JPEG = 6,
	FILE_TXT = 7,
	FILE_CSV = 8,
};

/* By the ending of the name, without regard to case. False: not on the list. */
bool file_kind_of_name(str filename, enum file_kind *ret);

str file_kind_content_type(enum file_kind kind);

#endif
