/* web/document_view.h - what the templates about a case document are given. */
#ifndef WEB_DOCUMENT_VIEW_H
#define WEB_DOCUMENT_VIEW_H

#include "core/document.h"
#include "core/matter_row.h"
#include "t_ui_field.h"
#include "web/ui.h"

struct document_part {        /* a section, as shown */
	const char *id;       /* of its heading, unique on the page */
	struct text name, by; /* by: "Skrevet av Ingrid Haugen · 4. mars"; empty: not written */
	struct html body;
	bool is_filled, is_needed;
	enum side side;
	struct url edit; /* empty: not for this actor */
};

struct document_signer { /* one side's half of the secretariat */
	enum side side;
	str name;          /* who has signed, or who can */
	struct text under; /* "Kommunene" */
	enum ui_status status;
	struct text words;
	struct text button; /* "Signer for kommunene"; empty: not for this actor now */
};

struct document_file { /* a row of the table of documents */
	struct text name, under, version, when, access;
	struct url to; /* empty: removed */
	struct url remove;
};

struct document_remark { /* a comment */
	struct text who, about, words;
	bool is_done;
	str pid;
	bool may_settle;
};

struct document_offers { /* what the actor may do now */
	bool edit, snapshot, check, rework, skip_round, freeze, resume, comment, attach;
};

struct document_view {
	const struct matter *m;
	bool is_shown;         /* preparation has begun */
	bool has_consequences; /* there is one to read or to write */
	struct url write;      /* where this actor writes next; empty: nowhere */
	struct document_offers offers;
	struct document_part part[SECTION_N + 1]; /* by kind */
	const struct text *lacks;                 /* what is missing, a sentence each */
	size_t n_lacks;
	bool is_dark;              /* a perspective is missing */
	struct text authors;       /* "Skrives av ..."; empty: none are chosen */
	bool is_signing, is_early; /* is_early: it is read through before it is signed */
	struct document_signer signer[2];
	struct text signing_note;
	const struct document_file *files;
	size_t n_files;
	const struct document_remark *remarks;
	size_t n_remarks;
	int64_t remarks_hidden; /* there are as many more */
	struct url all_remarks; /* to all of them in their order, or on with that; or empty */
	struct t_ui_field note, reason, exemption, about, comment, file;
};

struct version_row { /* of document_versions */
	int64_t no;
	struct text when, who, note, signed_by;
	struct url to, changes; /* changes: from the one before; empty: there is none */
};

struct version_part { /* of document_version and document_versions */
	struct text name;
	struct html body;
};

#endif
