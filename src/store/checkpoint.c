#include "store/checkpoint.h"

#include "q_cosignature.h"
#include "q_journal.h"

#include <inttypes.h>

enum { EXPORT_STEP = 256 };

struct err *
checkpoint_sign(
    struct db *db, struct arena *a, const struct signer *signer, str origin, str *ret_note)
{
	struct checkpoint c = {.origin = origin}, last;
	struct note_key key = signer_key(signer, origin);
	unsigned char signature[SIGN_BYTES];
	struct merkle_path growth;

	TRY(journal_size(db, a, &c.size));
	if (c.size == 0)
		return err_new(a, ERR_NOT_FOUND, "checkpoint.none", "an empty record");
	TRY(journal_root(db, a, c.size, &c.root));
	TRY(signer->last(signer->arg, a, origin, &last));
	if (last.size > c.size)
		return err_new(a, ERR_INTERNAL, "checkpoint.forked",
		    "%" PRId64 " entries, but %" PRId64 " were signed", c.size, last.size);
	TRY(journal_prove_consistency(db, a, last.size, c.size, &growth));
	TRY(signer->sign(signer->arg, a, &c, &growth, signature));
	*ret_note = note_join(a, checkpoint_body(a, &c), note_line(a, &key, 0, signature));
	return OK;
}

struct err *
checkpoint_keep(struct db *db, struct arena *a, str note, int64_t now_at)
{
	struct checkpoint c;
	struct sha256 root;
	str body, lines;

	TRY(note_split(a, note, &body, &lines));
	TRY(checkpoint_parse(a, body, &c));
	TRY(journal_root(db, a, c.size, &root));
	if (!sha256_eq(&root, &c.root))
		return err_new(a, ERR_INTERNAL, "checkpoint.forked", "size %" PRId64, c.size);
	return q_journal_checkpoint_add(
	    db, a, c.size, (str){(const char *)root.b, SHA256_BYTES}, note, now_at, NULL);
}

static struct err *
none(struct arena *a)
{
	return err_new(a, ERR_NOT_FOUND, "checkpoint.none", "no checkpoint");
}

struct err *
checkpoint_cosigned(struct db *db, struct arena *a, int64_t size, str note, str *ret)
{
	struct q_cosignature_lines *rows;
	struct buf b = buf_new(a, NOTE_MAX);
	size_t n;

	TRY(q_cosignature_lines(db, a, size, &rows, &n));
	buf_put(&b, note);
	for (size_t i = 0; i < n; i++) {
		buf_put(&b, rows[i].line);
		buf_put(&b, S("\n"));
	}
	*ret = buf_str(&b);
	return OK;
}

/* Text without control characters, but line feeds. */
static void
put_text(struct buf *out, str s)
{
	buf_put(out, S("\""));
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_put(out, S("\\n"));
		else if (s.p[i] == '"' || s.p[i] == '\\')
			buf_printf(out, "\\%c", s.p[i]);
		else
			buf_put(out, (str){s.p + i, 1});
	}
	buf_put(out, S("\""));
}

static void
put_path(struct buf *out, const struct merkle_path *path)
{
	buf_put(out, S("["));
	for (size_t i = 0; i < path->n; i++)
		buf_printf(out, "%s\"" STR_FMT "\"", i ? "," : "",
		    STR_ARG(sha256_hex(out->a, &path->h[i])));
	buf_put(out, S("]"));
}

struct err *
checkpoint_receipt(struct db *db, struct arena *a, int64_t seq, struct buf *out)
{
	struct q_journal_checkpoint_covering *c;
	struct q_journal_texts *rows;
	struct merkle_path path;
	size_t n;
	str note;

	TRY(q_journal_texts(db, a, seq, seq + 1, &rows, &n));
	TRY(q_journal_checkpoint_covering(db, a, seq, &c));
	if (n != 1 || !c)
		return none(a);
	TRY(journal_prove_inclusion(db, a, seq, c->size, &path));
	TRY(checkpoint_cosigned(db, a, c->size, c->note, &note));
	buf_printf(out, "{\"entry\":");
	put_text(out, rows[0].text);
	buf_printf(out, ",\"index\":%" PRId64 ",\"size\":%" PRId64 ",\"path\":", seq, c->size);
	put_path(out, &path);
	buf_put(out, S(",\"checkpoint\":"));
	put_text(out, note);
	buf_put(out, S("}\n"));
	return OK;
}

struct err *
checkpoint_growth(struct db *db, struct arena *a, int64_t from, int64_t to, struct buf *out)
{
	struct merkle_path path;

	TRY(journal_prove_consistency(db, a, from, to, &path));
	buf_printf(out, "{\"from\":%" PRId64 ",\"to\":%" PRId64 ",\"proof\":", from, to);
	put_path(out, &path);
	buf_put(out, S("}"));
	return OK;
}

/* Some checkpoints from *from on, and the growth to each from the one before. */
static struct err *
export_step(struct db *db, struct arena *a, int64_t *from, int64_t *last, struct buf *out)
{
	struct q_journal_checkpoints *rows;
	size_t n;
	str note;

	TRY(q_journal_checkpoints(db, a, *from, EXPORT_STEP, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		buf_put(out, *last ? S(",\n{\"note\":") : S("\n{\"note\":"));
		TRY(checkpoint_cosigned(db, a, rows[i].size, rows[i].note, &note));
		put_text(out, note);
		buf_put(out, S(",\"growth\":"));
		TRY(checkpoint_growth(db, a, *last, rows[i].size, out));
		buf_put(out, S("}"));
		*last = rows[i].size;
	}
	*from = n == EXPORT_STEP ? *last + 1 : 0;
	return OK;
}

struct err *
checkpoint_export(struct db *db, struct arena *a, str key_text, struct buf *out)
{
	int64_t from = 1, last = 0;
	struct q_witness_keys *w;
	size_t n;

	TRY(q_witness_keys(db, a, &w, &n));
	buf_put(out, S("{\"format\":\"rodtrad-journal/v1\",\"key\":"));
	put_text(out, key_text);
	buf_put(out, S(",\"witnesses\":["));
	for (size_t i = 0; i < n; i++) {
		buf_put(out, i ? S(",") : S(""));
		put_text(out, w[i].key);
	}
	buf_put(out, S("]"));
	buf_put(out, S(",\"checkpoints\":["));
	while (from)
		TRY(export_step(db, a, &from, &last, out));
	buf_put(out, S("]}\n"));
	return OK;
}
