/*
 * app/document.h - the case document: sections, versions, signatures, comments; what it says
 * of its matter, and the acts that carry a matter from preparation to ready.
 *
 * A version is frozen text: it holds the sections as they were and a hash over title, sections
 * and attachments. Each side's half of the secretariat signs one version; a change afterwards
 * needs a new one. A section has a revision of its own, so that two people can write at once.
 *
 * Units      Instants are UTC seconds, _at.
 * Errors     not_found                 ERR_NOT_FOUND  no such version, comment, attachment
 *            document.section_changed  ERR_CONFLICT   somebody wrote in between: nothing is
 *                                                     kept, show both texts
 *            document.other_side       ERR_DENIED     the perspective belongs to another side
 *            document.nothing_new      ERR_CONFLICT   the last version says the same
 *            document.empty            ERR_INVALID    nothing is written yet
 *            document.comment_settled  ERR_CONFLICT   the comment was marked before
 *            document.other_version    ERR_CONFLICT   a newer version has come
 *            and those of app/matter.h
 */
#ifndef APP_DOCUMENT_H
#define APP_DOCUMENT_H

#include "app/matter.h"
#include "core/document.h"
#include "core/document_row.h"

/* Fills what the document says into the facts: perspectives lit, version, signatures. */
struct err *
document_facts(struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

/* The matter, when the actor may do this to it and its state lets it. */
struct err *document_open_act(struct cx *cx, str pid, enum action action, enum matter_act act,
    struct matter **ret, struct object *ret_object) NODISCARD;

struct err *
document_tell_authors(struct cx *cx, const struct matter *m, enum action what) NODISCARD;
struct err *
document_tell_secretaries(struct cx *cx, const struct matter *m, enum action what) NODISCARD;

/* --- reading ---------------------------------------------------------------------------- */

struct author {
	int64_t person_id, side, lead; /* lead: the author of that side */
	str pid, name, title;
};

/* Where there are more, those not dealt with come before the others, and the latest first. */
enum { COMMENTS_SHOWN = 200 };
enum { VERSIONS_SHOWN = 50, REMOVED_SHOWN = 50 };

struct document {
	struct section section[SECTION_N + 1]; /* by kind; rev 0: never written */
	unsigned filled, needed;               /* SECTION_BIT()s */
	bool is_changed;                       /* since the current version */
	const struct author *authors;
	size_t n_authors;
	const struct version_line *versions; /* the newest first; VERSIONS_SHOWN at most */
	size_t n_versions;
	const struct signature_line *signatures; /* of these, the newest first */
	size_t n_signatures;
	const struct comment_line *comments; /* the oldest first; COMMENTS_SHOWN at most */
	size_t n_comments;
	int64_t comments_in_all;
	bool in_order, has_later_comments; /* of document_comments() */
	const struct attachment_line
	    *attachments; /* the oldest first; REMOVED_SHOWN that were removed */
	size_t n_attachments;
};

struct err *
document_load(struct cx *cx, const struct matter *m, struct document *ret) NODISCARD;

/* The versions before a number and their signatures, in place of those that are in d. */
struct err *document_versions(
    struct cx *cx, const struct matter *m, int64_t before_no, struct document *d) NODISCARD;

/* All comments in their order, on from after that of a pid (else from the first), in place of
 * those that are in d. */
struct err *document_comments(
    struct cx *cx, const struct matter *m, str after, struct document *d) NODISCARD;

/* Codes of what stands between the document and the next gate, headings aside (filled and
 * needed say those): "matter.no_version". At most max. */
struct err *document_lacks(struct cx *cx, const struct matter *m, const struct document *d,
    const char **ret, size_t max, size_t *ret_n) NODISCARD;

/* A version with its sections by kind; not_found. */
struct version {
	struct version_line line;
	str text[SECTION_N + 1];
};
struct err *
version_load(struct cx *cx, const struct matter *m, int64_t no, struct version *ret) NODISCARD;

/* Which side's text the actor writes in this matter: as its author, else as secretary. */
struct err *document_writer_side(struct cx *cx, const struct matter *m, int64_t *ret) NODISCARD;

extern const struct usecase document_usecases[], comment_usecases[];
extern const struct choice section_kinds[];

#endif
