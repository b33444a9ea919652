#include "app/journal.h"

#include "store/space.h"
#include "store/verify_files.h"

#include <unistd.h>

enum {
	EXPORT_STEP = 1000,
	EXPORT_STEP_MAX = 4 << 20,
	CHECKPOINTS_MAX = 256 << 20,
	PROOF_MAX = 1 << 20
};

static const char *
keys_dir(struct arena *a, const char *dir)
{
	return arena_printf(a, "%s/keys", dir);
}

struct err *
journal_signer(struct arena *a, const char *dir, struct signer *ret)
{
	return signer_open(a, keys_dir(a, dir), ret);
}

struct err *
journal_signer_known(struct arena *a, const char *dir, struct signer *ret, bool *ret_known)
{
	*ret_known = access(arena_printf(a, "%s/checkpoint.key", keys_dir(a, dir)), F_OK) == 0;
	return *ret_known ? journal_signer(a, dir, ret) : OK;
}

static str
journal_origin(struct arena *a, const struct signer *s, str key)
{
	struct sha256 h = sha256((str){(const char *)s->public, SIGN_PUBLIC_BYTES});

	return str_from_c(
	    arena_printf(a, "rodtrad/%.8s/" STR_FMT, sha256_hex(a, &h).p, STR_ARG(key)));
}

struct note_key
journal_key(struct arena *a, const struct signer *s, str key)
{
	return signer_key(s, journal_origin(a, s, key));
}

/* --- signing ---------------------------------------------------------------------------- */
struct signing {
	struct arena *a;
	const struct signer *signer;
	str origin, note;
	int64_t now_at;
};

static struct err *
sign(struct db *db, void *arg)
{
	struct signing *s = arg;

	return checkpoint_sign(db, s->a, s->signer, s->origin, &s->note);
}

static struct err *
keep(struct db *db, void *arg)
{
	struct signing *s = arg;

	return checkpoint_keep(db, s->a, s->note, s->now_at);
}

struct err *
journal_sign(struct space *space, struct arena *a, const struct signer *signer, str key,
    int64_t now_at, str *ret_note)
{
	struct signing s = {a, signer, journal_origin(a, signer, key), S(""), now_at};

	TRY(space_read(space, a, sign, &s));
	TRY(space_write(space, a, keep, &s));
	*ret_note = s.note;
	return OK;
}

/* --- checking --------------------------------------------------------------------------- */

/* The key to check with, and how much the signer of the folder remembers having signed. */
static struct err *
find_key(struct arena *a, const struct checking *c, str key, struct verify *v)
{
	struct note_key *k = arena_new(a, struct note_key);
	struct checkpoint last;
	struct signer signer;
	bool known;

	if (c->key_text) {
		v->key = k;
		return note_key_parse(a, str_from_c(c->key_text), k);
	}
	TRY(journal_signer_known(a, c->dir, &signer, &known));
	if (!known)
		return OK;
	*k = journal_key(a, &signer, key);
	TRY(signer.last(signer.arg, a, k->name, &last));
	v->key = k;
	v->signed_size = last.size;
	return OK;
}

struct err *
journal_check(struct arena *a, const struct checking *c, str key, struct verify_result *ret)
{
	struct verify v = {
	    .space = str_to_c(a, key),
	    .notes = c->notes,
	    .n_notes = c->n_notes,
	    .say = c->say,
	    .arg = c->arg,
	};
	struct db_config config;
	struct db *db;

	TRY(space_place(a, c->dir, c->database, key, &config));
	TRY(find_key(a, c, key, &v));
	config.mode = DB_READER;
	TRY(db_open(a, &config, &db));
	TRY(verify_space(db, a, &v, ret));
	return verify_files(db, a, &v, ret);
}

/* --- handing out ------------------------------------------------------------------------ */
struct exporting {
	struct arena *a;
	str key_text, checkpoints;
	struct err *(*write)(void *arg, str bytes);
	void *arg;
};

static struct err *
export_step(struct exporting *x, struct db *db, struct arena *a, int64_t from, int64_t to)
{
	struct buf out = buf_new(a, EXPORT_STEP_MAX);

	TRY(journal_stream(db, a, from, to, &out));
	return x->write(x->arg, buf_str(&out));
}

static struct err *export(struct db *db, void *arg)
{
	struct exporting *x = arg;
	struct buf out = buf_new(x->a, CHECKPOINTS_MAX);
	int64_t size;

	TRY(journal_size(db, x->a, &size));
	for (int64_t at = 0; at < size; at += EXPORT_STEP) {
		struct arena step = {0};
		int64_t to = at + EXPORT_STEP < size ? at + EXPORT_STEP : size;
		arena_init(&step, (size_t)8 * EXPORT_STEP_MAX);
		struct err *e = err_copy(x->a, export_step(x, db, &step, at, to));
		arena_finish(&step);
		TRY(e);
	}
	TRY(checkpoint_export(db, x->a, x->key_text, &out));
	x->checkpoints = buf_str(&out);
	return OK;
}

struct err *
journal_export(struct space *space, struct arena *a, str key_text,
    struct err *(*write)(void *arg, str bytes), void *arg, str *ret_checkpoints)
{
	struct exporting x = {a, key_text, S(""), write, arg};

	TRY(space_read(space, a, export, &x));
	*ret_checkpoints = x.checkpoints;
	return OK;
}

struct proving {
	struct arena *a;
	int64_t from, to;
	struct buf out;
};

static struct err *
prove(struct db *db, void *arg)
{
	struct proving *p = arg;

	if (p->to == JOURNAL_RECEIPT)
		return checkpoint_receipt(db, p->a, p->from, &p->out);
	TRY(checkpoint_growth(db, p->a, p->from, p->to, &p->out));
	buf_put(&p->out, S("\n"));
	return OK;
}

struct err *
journal_prove(struct space *space, struct arena *a, int64_t from, int64_t to, str *ret_json)
{
	struct proving p = {a, from, to, buf_new(a, PROOF_MAX)};

	TRY(space_read(space, a, prove, &p));
	*ret_json = buf_str(&p.out);
	return OK;
}
