#include "app/attachment.h"

#include "app/access.h"
#include "app/house.h"
#include "base/file.h"
#include "base/idscan.h"
#include "base/random.h"
#include "base/sha.h"
#include "q_document.h"
#include "store/filed.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STANDING_N_MAX = 100, STANDING_BYTES_MAX = 500 << 20 }; /* in one matter */

struct attach_in {
	str matter;
	struct upload file;
	struct filed_result found; /* by the reader, in attach_prepare */
};

static const struct input attach_inputs[] = {
    INPUT_PATH(struct attach_in, matter),
    {INPUT_FILE, "file", offsetof(struct attach_in, file), .required = true,
	.label = N_("Vedlegg"),
	.help =
	    N_("PDF, Word, Excel, ODT, tekst eller bilde, høyst 50 MB. Vi leser teksten og "
	       "stopper fødselsnumre. Bilder kan vi ikke lese: se selv etter at de ikke viser "
	       "noen pasient.")},
    {0},
};

/* --- taking one in ---------------------------------------------------------------------- */

static void
scan_text(struct cx *cx, const struct filed_result *f)
{
	bool cells = f->kind == FILE_XLSX || f->kind == FILE_CSV;
	int tier = idscan_worst(f->text, cells ? IDSCAN_CELL : 0, NULL);

	if (f->text_cut)
		cx_fault(cx, "file", N_("attachment.too_long"), 0);
	if (tier == IDSCAN_REFUSE)
		cx_fault(cx, "file", N_("attachment.identity_number"), 0);
	else if (tier == IDSCAN_OVERRIDE && cx->faults->override_reason.n == 0)
		cx_fault(cx, "file", N_("attachment.identity_like"), 0);
}

static struct err *
attach_prepare(struct cx *cx, void *arg)
{
	struct attach_in *in = arg;

	if (!cx->house->filed)
		return err_new(cx->a, ERR_INTERNAL, "file.no_reader", "not started");
	TRY(filed_read(cx->house->filed, cx->a, in->file.fd, in->file.name, &in->found));
	scan_text(cx, &in->found);
	return cx_faults(cx);
}

static str
kind_word(enum file_kind kind)
{
	switch (kind) {
	case FILE_PDF: return S("pdf");
	case FILE_DOCX: return S("docx");
	case FILE_XLSX: return S("xlsx");
	case FILE_ODT: return S("odt");
	case FILE_PNG: return S("png");
	case FILE_JPEG: return S("jpeg");
	case FILE_TXT: return S("txt");
	case FILE_CSV: return S("csv");
	}
	return S("");
}

/* Reads exactly n bytes. */
static struct err *
read_at(struct arena *a, int fd, char *p, size_t n, int64_t at)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = pread(fd, p + done, n - done, at + (int64_t)done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_new(
			    a, ERR_INTERNAL, "attachment.read", "%s", strerror(errno));
		done += (size_t)got;
	}
	return OK;
}

static struct err *
keep_bytes(struct cx *cx, const struct upload *file, int64_t id)
{
	char *p = arena_array(cx->a, char, ATTACHMENT_CHUNK);
	struct sha256_stream s;
	int64_t changed;

	sha256_init(&s);
	for (int64_t at = 0, no = 0; at < file->n; at += ATTACHMENT_CHUNK, no++) {
		int64_t left = file->n - at;
		str bytes = {p, left < ATTACHMENT_CHUNK ? (size_t)left : ATTACHMENT_CHUNK};
		TRY(read_at(cx->a, file->fd, p, bytes.n, at));
		sha256_add(&s, bytes);
		TRY(q_attachment_chunk_add(cx->db, cx->a, id, no, bytes, &changed));
	}
	struct sha256 hash = sha256_finish(&s);
	if (!str_eq(sha256_hex(cx->a, &hash), file->sha256_hex))
		return err_new(cx->a, ERR_INTERNAL, "attachment.read", "changed on its way");
	return OK;
}

/* Attachments belong to the text: they come and go while it can be written. */
static struct err *
open_for_files(struct cx *cx, str pid, enum action action, struct matter **ret)
{
	struct matter_facts f;
	struct object object;
	struct step step;

	TRY(matter_load(cx, pid, ret, &object));
	TRY(cx_need(cx, action, &object));
	TRY(matter_facts(cx, *ret, S(""), &f));
	return matter_can(&f, cx->a, MATTER_DO_EDIT, authz_doers(cx->actor, &object), &step);
}

static struct err *
check_room(struct cx *cx, const struct matter *m, const struct upload *file)
{
	struct q_attachment_load *now;

	TRY(q_attachment_load(cx->db, cx->a, m->id, &now));
	if (now->n >= STANDING_N_MAX || now->bytes + file->n > STANDING_BYTES_MAX)
		cx_fault(cx, "file", N_("attachment.too_many"), 0);
	return cx_faults(cx);
}

static struct err *
attach(struct cx *cx, const void *arg, struct result *ret)
{
	const struct attach_in *in = arg;
	const struct upload *file = &in->file;
	struct matter *m;
	str pid = pid_new(cx->a);
	int64_t id;

	TRY(open_for_files(cx, in->matter, ACT_MATTER_ATTACH, &m));
	TRY(check_room(cx, m, file));
	TRY(q_attachment_add(cx->db, cx->a, pid, m->id, file->name, kind_word(in->found.kind),
	    file->n, file->sha256_hex, in->found.text, cx->now_at, cx->actor->person_id,
	    cx->actor->party_id, &id));
	TRY(keep_bytes(cx, file, id));
	matter_done(ret, m);
	ret->location = pid;
	result_note(ret, "sha256", file->sha256_hex);
	return matter_index(cx, m->id);
}

/* --- taking one out --------------------------------------------------------------------- */

struct detach_in {
	str matter, attachment;
};

static const struct input detach_inputs[] = {
    INPUT_PATH(struct detach_in, matter),
    INPUT_PATH(struct detach_in, attachment),
    {0},
};

static struct err *
find(struct cx *cx, const struct matter *m, str pid, struct attachment_line **ret)
{
	TRY(q_attachment_get(cx->db, cx->a, m->id, pid, ret));
	if (!*ret || (*ret)->removed_at)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "attachment");
	return OK;
}

static struct err *
detach(struct cx *cx, const void *arg, struct result *ret)
{
	const struct detach_in *in = arg;
	struct attachment_line *t;
	struct matter *m;
	int64_t n;

	TRY(open_for_files(cx, in->matter, ACT_MATTER_DETACH, &m));
	TRY(find(cx, m, in->attachment, &t));
	TRY(q_attachment_set_removed(cx->db, cx->a, t->id, cx->now_at, &n));
	matter_done(ret, m);
	ret->location = t->pid;
	return matter_index(cx, m->id);
}

const struct usecase attachment_usecases[] = {
    {ACT_MATTER_ATTACH, "/matters/:/attachments", "Attach a file to the case document",
	attach_inputs, sizeof(struct attach_in), attach_prepare, attach, false},
    {ACT_MATTER_DETACH, "/matters/:/attachments/:/remove", "Remove an attached file",
	detach_inputs, sizeof(struct detach_in), NULL, detach, false},
    {0},
};

/* --- fetching --------------------------------------------------------------------------- */

/* One piece at a time, so that a large file takes little of the request's arena. */
static struct err *
copy_chunk(struct cx *cx, int64_t id, int64_t no, int fd)
{
	struct q_attachment_chunk *row;
	struct arena piece;

	arena_init(&piece, 1 << 20);
	struct err *e = q_attachment_chunk(cx->db, &piece, id, no, &row);
	if (e)
		e = err_new(cx->a, e->kind, e->code, "%s", e->detail);
	else if (!row)
		e = err_new(cx->a, ERR_INTERNAL, "attachment.read", "piece %" PRId64, no);
	else if (!file_put(fd, row->bytes))
		e = err_new(cx->a, ERR_INTERNAL, "attachment.read", "%s", strerror(errno));
	arena_finish(&piece);
	return e;
}

struct err *
attachment_fetch(struct cx *cx, const struct matter *m, str pid, struct attachment_line *ret,
    str *ret_type, int *ret_fd)
{
	struct attachment_line *t;
	struct err *e = OK;
	enum file_kind kind;

	TRY(find(cx, m, pid, &t));
	int fd = memfd_create("attachment", MFD_CLOEXEC);
	if (fd < 0)
		return err_new(cx->a, ERR_INTERNAL, "attachment.read", "%s", strerror(errno));
	for (int64_t no = 0; !e && no * ATTACHMENT_CHUNK < t->bytes; no++)
		e = copy_chunk(cx, t->id, no, fd);
	if (e) {
		close(fd);
		return e;
	}
	*ret_type = file_kind_of_name(t->name, &kind) ? file_kind_content_type(kind)
						      : S("application/octet-stream");
	*ret = *t;
	*ret_fd = fd;
	return OK;
}
