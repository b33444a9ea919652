#include "app/record.h"

#include "q_journal.h"
#include "q_record.h"
#include "store/checkpoint.h"

#include <string.h>

enum { EXPORT_MAX_BYTES = 16 << 20, RECEIPT_MAX_BYTES = 256 << 10 };

static struct err *
need(struct cx *cx, enum action action)
{
	return cx_need(cx, action, &(struct object){.kind = OBJECT_SPACE, .is_visible = true});
}

struct err *
record_state(struct cx *cx, struct record_state *ret)
{
	struct q_journal_checkpoint_last *last;
	struct sha256 root;

	TRY(need(cx, ACT_JOURNAL_CHECKPOINT));
	TRY(journal_size(cx->db, cx->a, &ret->size));
	TRY(journal_root(cx->db, cx->a, ret->size, &root));
	TRY(q_journal_checkpoint_last(cx->db, cx->a, &last));
	ret->root = sha256_hex(cx->a, &root);
	ret->note = S("");
	return last ? checkpoint_cosigned(cx->db, cx->a, last->size, last->note, &ret->note)
		    : OK;
}

static bool
is_among(const struct q_record_seen *v, size_t n, int64_t seq)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].seq == seq)
			return true;
	return false;
}

/* What a person may not see is not in the record's page either. Of people, the cooperation
 * itself and a side's own rooms only the fact that something was done would be left. */
static struct err *
keep_seen(struct cx *cx, struct history *h)
{
	struct history_line *v = arena_array(cx->a, struct history_line, h->n);
	int64_t *seqs = arena_array(cx->a, int64_t, h->n);
	struct q_record_seen *seen;
	size_t n_seen, n = 0;

	for (size_t i = 0; i < h->n; i++)
		seqs[i] = h->v[i].seq;
	TRY(q_record_seen(
	    cx->db, cx->a, (struct ints){seqs, h->n}, cx_audiences(cx), &seen, &n_seen));
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->v[i].object_type, S("space")) ||
		    is_among(seen, n_seen, h->v[i].seq))
			v[n++] = h->v[i];
	*h = (struct history){.v = v, .n = n};
	return OK;
}

struct err *
record_latest(
    struct cx *cx, int64_t before_seq, int64_t n, struct history *ret, int64_t *ret_from_seq)
{
	TRY(need(cx, ACT_JOURNAL_READ));
	TRY(history_latest(cx, before_seq, n, ret));
	*ret_from_seq = ret->n ? ret->v[0].seq : 0;
	return keep_seen(cx, ret);
}

struct err *
record_export(struct cx *cx, int64_t from, int64_t to, str *ret)
{
	struct buf b = buf_new(cx->a, EXPORT_MAX_BYTES);
	int64_t size;

	TRY(need(cx, ACT_JOURNAL_EXPORT));
	TRY(journal_size(cx->db, cx->a, &size));
	if (from > size)
		from = size;
	TRY(journal_stream(cx->db, cx->a, from, to < size ? to : size, &b));
	*ret = buf_str(&b);
	return OK;
}

/* --- proofs ----------------------------------------------------------------------------- */

static void
put_path(struct cx *cx, const struct merkle_path *path, struct record_proof *ret)
{
	str *v = arena_array(cx->a, str, path->n + 1);

	for (size_t i = 0; i < path->n; i++)
		v[i] = sha256_hex(cx->a, &path->h[i]);
	ret->path = v;
	ret->n = path->n;
}

struct err *
record_inclusion(struct cx *cx, int64_t seq, int64_t size, struct record_proof *ret)
{
	struct merkle_path path;
	struct buf entry = buf_new(cx->a, ENTRY_MAX);

	TRY(need(cx, ACT_JOURNAL_CHECKPOINT));
	TRY(journal_prove_inclusion(cx->db, cx->a, seq, size, &path));
	TRY(journal_stream(cx->db, cx->a, seq, seq + 1, &entry));
	struct sha256 leaf = merkle_leaf(buf_str(&entry));
	ret->leaf = sha256_hex(cx->a, &leaf);
	put_path(cx, &path, ret);
	return OK;
}

struct err *
record_growth(struct cx *cx, int64_t from, int64_t to, struct record_proof *ret)
{
	struct merkle_path path;

	TRY(need(cx, ACT_JOURNAL_CHECKPOINT));
	TRY(journal_prove_consistency(cx->db, cx->a, from, to, &path));
	ret->leaf = S("");
	put_path(cx, &path, ret);
	return OK;
}

struct err *
record_receipt(struct cx *cx, int64_t seq, str *ret)
{
	struct buf b = buf_new(cx->a, RECEIPT_MAX_BYTES);
	struct history h = {0};

	TRY(need(cx, ACT_JOURNAL_READ));
	if (seq >= 0 && seq < INT64_MAX)
		TRY(history_latest(cx, seq + 1, 1, &h));
	TRY(keep_seen(cx, &h));
	if (h.n == 0 || h.v[0].seq != seq)
		return err_new(cx->a, ERR_NOT_FOUND, "journal.not_found", "no such entry");
	struct err *e = checkpoint_receipt(cx->db, cx->a, seq, &b);
	if (e && strcmp(e->code, "checkpoint.none") == 0)
		return err_new(cx->a, ERR_NOT_FOUND, "receipt.later", "not signed yet");
	TRY(e);
	*ret = buf_str(&b);
	return OK;
}
