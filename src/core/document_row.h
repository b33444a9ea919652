/*
 * core/document_row.h - rows of the case document; filled by store/sql/document.sql.
 *
 * Units      _at: UTC seconds; 0 where it has not happened.
 * Ownership  str fields point into the arena of the query.
 */
#ifndef CORE_DOCUMENT_ROW_H
#define CORE_DOCUMENT_ROW_H

#include "base/str.h"

struct section {      /* as it stands now */
	int64_t kind; /* enum section_kind */
	str text;     /* Markdown */
	int64_t rev, updated_at;
	str person_name, party_name; /* who wrote last */
};

struct version_line {
	int64_t no;
	str hash, note;
	int64_t made_at;
	str person_name, party_name;
};

struct signature_line {
	int64_t no, side, person_id, at; /* no: of the version; enum side */
	str person_name, party_name;
};

struct comment_line {
	int64_t id;
	str pid;
	int64_t kind; /* enum section_kind; 0: the whole document */
	int64_t version_no;
	str text;
	int64_t at, person_id, party_id, done_at;
	str person_name, party_name;
};

struct attachment_line {
	int64_t id;
	str pid, name, kind; /* "pdf" */
	int64_t bytes;
	str sha256;
	int64_t at, removed_at, person_id;
	str person_name, party_name;
};

#endif
