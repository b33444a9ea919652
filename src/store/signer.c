#include "store/signer.h"

#include "base/base64.h"
#include "base/file.h"
#include "base/random.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { KEY_FILE_MAX = 100, LAST_FILE_MAX = 400 };

struct signer_file {
	const char *dir;
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
};

static void
forget(void *arg)
{
	struct signer_file *f = arg;

	sodium_memzero(f->secret, sizeof(f->secret));
}

static const char *
last_path(const struct signer_file *f, struct arena *a, str origin)
{
	struct sha256 h = sha256(origin);

	return arena_printf(a, "%s/checkpoint-%.16s.last", f->dir, sha256_hex(a, &h).p);
}

static struct err *
file_last(void *arg, struct arena *a, str origin, struct checkpoint *ret)
{
	struct signer_file *f = arg;
	struct err *e;
	str text;

	e = file_read(a, last_path(f, a, origin), LAST_FILE_MAX, &text);
	if (e && e->kind == ERR_NOT_FOUND) {
		*ret = (struct checkpoint){origin, 0, sha256(S(""))};
		return OK;
	}
	TRY(e);
	e = checkpoint_parse(a, text, ret);
	if (e || !str_eq(ret->origin, origin))
		return err_new(a, ERR_INTERNAL, "signer.broken", "%s", last_path(f, a, origin));
	return OK;
}

static struct err *
file_sign(void *arg, struct arena *a, const struct checkpoint *c,
    const struct merkle_path *growth, unsigned char ret_signature[SIGN_BYTES])
{
	struct signer_file *f = arg;
	str body = checkpoint_body(a, c);
	struct checkpoint last;

	TRY(file_last(f, a, c->origin, &last));
	if (!origin_valid(c->origin) || !merkle_check_consistency((uint64_t)last.size,
					    &last.root, (uint64_t)c->size, &c->root, growth))
		return err_new(a, ERR_INTERNAL, "signer.refused",
		    STR_FMT ": size %" PRId64 " has not grown out of %" PRId64,
		    STR_ARG(c->origin), c->size, last.size);
	TRY(file_replace(a, last_path(f, a, c->origin), 0600, body));
	crypto_sign_detached(
	    ret_signature, NULL, (const unsigned char *)body.p, body.n, f->secret);
	return OK;
}

/* The seed in the file, or a new one. */
static struct err *
read_seed(struct arena *a, const char *path, unsigned char ret_seed[SIGN_SEED_BYTES])
{
	struct err *e;
	str text, seed;

	e = file_read(a, path, KEY_FILE_MAX, &text);
	if (e && e->kind == ERR_NOT_FOUND) {
		random_bytes(ret_seed, SIGN_SEED_BYTES);
		seed = base64_encode(a, (str){(const char *)ret_seed, SIGN_SEED_BYTES});
		return file_make(a, path, 0600, seed);
	}
	TRY(e);
	if (!base64_decode(a, str_trim(text), &seed) || seed.n != SIGN_SEED_BYTES)
		return err_new(a, ERR_INTERNAL, "signer.broken", "%s: not a key", path);
	memcpy(ret_seed, seed.p, SIGN_SEED_BYTES);
	return OK;
}

struct err *
signer_open(struct arena *a, const char *dir, struct signer *ret)
{
	struct signer_file *f = arena_new(a, struct signer_file);
	unsigned char seed[SIGN_SEED_BYTES];

	arena_defer(a, forget, f);
	f->dir = arena_printf(a, "%s", dir);
	TRY(read_seed(a, arena_printf(a, "%s/checkpoint.key", dir), seed));
	*ret = (struct signer){.arg = f, .last = file_last, .sign = file_sign};
	crypto_sign_seed_keypair(ret->public, f->secret, seed);
	sodium_memzero(seed, sizeof(seed));
	return OK;
}

struct note_key
signer_key(const struct signer *s, str origin)
{
	struct note_key k = {.name = origin, .type = NOTE_ED25519};

	memcpy(k.public, s->public, SIGN_PUBLIC_BYTES);
	return k;
}
