#include "store/verify_files.h"

#include "q_verify.h"

#include <inttypes.h>

enum { CHUNK_MEMORY = 256 << 20, LIST_STEP = 200 };

struct digest {
	struct sha256_stream sha;
	int64_t bytes, chunks;
};

/* Adds the next chunk; ret_more is false after the last. */
static struct err *
add_chunk(struct db *db, struct arena *a, int64_t id, struct digest *d, bool *ret_more)
{
	struct q_verify_chunk *c;

	TRY(q_verify_chunk(db, a, id, d->chunks, &c));
	*ret_more = c && c->no == d->chunks;
	if (!*ret_more)
		return OK;
	sha256_add(&d->sha, c->bytes);
	d->bytes += (int64_t)c->bytes.n;
	d->chunks++;
	return OK;
}

static struct err *
add_chunks(struct db *db, struct arena *a, int64_t id, struct digest *d)
{
	bool more = true;

	while (more) {
		struct arena step = {0};
		arena_init(&step, CHUNK_MEMORY);
		struct err *e = err_copy(a, add_chunk(db, &step, id, d, &more));
		arena_finish(&step);
		TRY(e);
	}
	return OK;
}

static struct err *
check_file(struct db *db, struct arena *a, const struct verify *v,
    const struct q_verify_attachments *file, struct verify_result *ret)
{
	struct digest d = {0};
	struct sha256 got;

	sha256_init(&d.sha);
	TRY(add_chunks(db, a, file->id, &d));
	got = sha256_finish(&d.sha);
	if (d.bytes == file->bytes && str_eq(sha256_hex(a, &got), file->sha256))
		return OK;
	if (d.chunks == 0 && file->removed_at)
		return OK;
	ret->problems++;
	v->say(v->arg,
	    arena_printf(a, "%s attachment %" PRId64 ": its bytes are not those recorded",
		v->space, file->id));
	return OK;
}

static struct err *
check_files(struct db *db, struct arena *a, const struct verify *v, struct verify_result *ret)
{
	struct q_verify_attachments *files;
	int64_t after = INT64_MIN;
	size_t n;

	do {
		TRY(q_verify_attachments(db, a, after, LIST_STEP, &files, &n));
		for (size_t i = 0; i < n; i++)
			TRY(check_file(db, a, v, &files[i], ret));
		after = n ? files[n - 1].id : after;
	} while (n == LIST_STEP);
	return OK;
}

struct err *
verify_files(struct db *db, struct arena *a, const struct verify *v, struct verify_result *ret)
{
	struct err *e;

	TRY(db_begin(db, a, DB_READER));
	e = check_files(db, a, v, ret);
	db_rollback(db);
	return e;
}
