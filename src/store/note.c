#include "store/note.h"

#include "base/base64.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { ORIGIN_MAX = 100, KEY_ID_BYTES = 4, TIME_BYTES = 8 };

bool
origin_valid(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] > 0x7e || s.p[i] == '+' || s.p[i] == '"' ||
		    s.p[i] == '\\')
			return false;
	return s.n > 0 && s.n <= ORIGIN_MAX;
}

str
checkpoint_body(struct arena *a, const struct checkpoint *c)
{
	return str_from_c(
	    arena_printf(a, STR_FMT "\n%" PRId64 "\n" STR_FMT "\n", STR_ARG(c->origin), c->size,
		STR_ARG(base64_encode(a, (str){(const char *)c->root.b, SHA256_BYTES}))));
}

struct err *
checkpoint_parse(struct arena *a, str body, struct checkpoint *ret)
{
	struct checkpoint c;
	str rest, size, root, hash;

	if (!str_cut(body, '\n', &c.origin, &rest) || !str_cut(rest, '\n', &size, &rest) ||
	    !str_cut(rest, '\n', &root, &rest) || rest.n || !origin_valid(c.origin) ||
	    !str_to_i64(size, &c.size) || c.size < 0 || !base64_decode(a, root, &hash) ||
	    hash.n != SHA256_BYTES)
		return err_new(a, ERR_INVALID, "note.malformed", "not a checkpoint");
	memcpy(c.root.b, hash.p, SHA256_BYTES);
	if (!str_eq(checkpoint_body(a, &c), body))
		return err_new(a, ERR_INVALID, "note.malformed", "checkpoint not canonical");
	*ret = c;
	return OK;
}

static void
key_id_bytes(struct arena *a, const struct note_key *key, unsigned char ret[KEY_ID_BYTES])
{
	struct buf b = buf_new(a, 4096);
	char type = (char)key->type;
	struct sha256 h;

	buf_put(&b, key->name);
	buf_put(&b, S("\n"));
	buf_put(&b, (str){&type, 1});
	buf_put(&b, (str){(const char *)key->public, SIGN_PUBLIC_BYTES});
	h = sha256(buf_str(&b));
	memcpy(ret, h.b, KEY_ID_BYTES);
}

static uint32_t
note_key_id(struct arena *a, const struct note_key *key)
{
	unsigned char id[KEY_ID_BYTES];

	key_id_bytes(a, key, id);
	return (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
}

str
note_key_text(struct arena *a, const struct note_key *key)
{
	char p[1 + SIGN_PUBLIC_BYTES] = {(char)key->type};

	memcpy(p + 1, key->public, SIGN_PUBLIC_BYTES);
	return str_from_c(arena_printf(a, STR_FMT "+%08" PRIx32 "+" STR_FMT, STR_ARG(key->name),
	    note_key_id(a, key), STR_ARG(base64_encode(a, (str){p, sizeof(p)}))));
}

struct err *
note_key_parse(struct arena *a, str text, struct note_key *ret)
{
	struct note_key k = {0};
	str id, rest, raw;

	if (!str_cut(text, '+', &k.name, &rest) || !str_cut(rest, '+', &id, &rest) ||
	    !origin_valid(k.name) || !base64_decode(a, rest, &raw) ||
	    raw.n != 1 + SIGN_PUBLIC_BYTES ||
	    (raw.p[0] != NOTE_ED25519 && raw.p[0] != NOTE_COSIGNATURE))
		return err_new(a, ERR_INVALID, "note.bad_key", "not a verifier key");
	k.type = (enum note_key_type)raw.p[0];
	memcpy(k.public, raw.p + 1, SIGN_PUBLIC_BYTES);
	if (!str_eq(note_key_text(a, &k), text))
		return err_new(a, ERR_INVALID, "note.bad_key", "the id is not of this key");
	*ret = k;
	return OK;
}

str
note_line(struct arena *a, const struct note_key *key, int64_t time_at,
    const unsigned char signature[SIGN_BYTES])
{
	unsigned char p[KEY_ID_BYTES + TIME_BYTES + SIGN_BYTES];
	size_t n = KEY_ID_BYTES;

	key_id_bytes(a, key, p);
	if (key->type == NOTE_COSIGNATURE)
		for (int shift = 56; shift >= 0; shift -= 8)
			p[n++] = (unsigned char)((uint64_t)time_at >> shift);
	memcpy(p + n, signature, SIGN_BYTES);
	return str_from_c(
	    arena_printf(a, "\u2014 " STR_FMT " " STR_FMT "\n", STR_ARG(key->name),
		STR_ARG(base64_encode(a, (str){(const char *)p, n + SIGN_BYTES}))));
}

str
note_join(struct arena *a, str body, str lines)
{
	return str_from_c(arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(body), STR_ARG(lines)));
}

str
cosigned_text(struct arena *a, int64_t time_at, str body)
{
	return str_from_c(arena_printf(
	    a, "cosignature/v1\ntime %" PRId64 "\n" STR_FMT, time_at, STR_ARG(body)));
}

static bool
clean(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n')
			return false;
	return utf8_valid(s);
}

struct err *
note_split(struct arena *a, str note, str *ret_body, str *ret_lines)
{
	size_t at = 0;

	if (note.n > NOTE_MAX || note.n < 3 || note.p[note.n - 1] != '\n' || !clean(note))
		return err_new(a, ERR_INVALID, "note.malformed", "not the text of a note");
	for (size_t i = 1; i + 1 < note.n; i++) /* the last blank line */
		if (note.p[i - 1] == '\n' && note.p[i] == '\n')
			at = i;
	if (!at)
		return err_new(a, ERR_INVALID, "note.malformed", "no signatures");
	*ret_body = (str){note.p, at};
	*ret_lines = (str){note.p + at + 1, note.n - at - 1};
	return OK;
}

struct signature {
	str name;
	str raw; /* key id, time of a cosigner, signature */
};

static bool
signature_parse(struct arena *a, str line, struct signature *ret)
{
	str dash, rest, data;

	return str_cut(line, ' ', &dash, &rest) && str_eq(dash, S("\u2014")) &&
	       str_cut(rest, ' ', &ret->name, &data) && ret->name.n &&
	       base64_decode(a, data, &ret->raw) && ret->raw.n > KEY_ID_BYTES;
}

static bool
signature_holds(struct arena *a, const struct signature *s, const struct note_key *key,
    str body, int64_t *ret_time_at)
{
	size_t time_n = key->type == NOTE_COSIGNATURE ? TIME_BYTES : 0;
	const unsigned char *p = (const unsigned char *)s->raw.p + KEY_ID_BYTES;
	uint64_t time_at = 0;

	if (s->raw.n != KEY_ID_BYTES + time_n + SIGN_BYTES)
		return false;
	for (size_t i = 0; i < time_n; i++)
		time_at = time_at << 8 | p[i];
	if (time_at > INT64_MAX)
		return false;
	if (time_n)
		body = cosigned_text(a, (int64_t)time_at, body);
	*ret_time_at = (int64_t)time_at;
	return crypto_sign_verify_detached(
		   p + time_n, (const unsigned char *)body.p, body.n, key->public) == 0;
}

struct err *
note_check(
    struct arena *a, str note, const struct note_key *key, str *ret_body, int64_t *ret_time_at)
{
	unsigned char id[KEY_ID_BYTES];
	int64_t time_at = 0;
	bool found = false;
	struct signature s;
	str body, lines, line;

	TRY(note_split(a, note, &body, &lines));
	key_id_bytes(a, key, id);
	while (str_cut(lines, '\n', &line, &lines)) {
		if (!signature_parse(a, line, &s))
			return err_new(a, ERR_INVALID, "note.malformed", "a signature line");
		if (!str_eq(s.name, key->name) || memcmp(s.raw.p, id, KEY_ID_BYTES) != 0)
			continue;
		if (!signature_holds(a, &s, key, body, &time_at))
			return err_new(
			    a, ERR_INVALID, "note.bad_signature", STR_FMT, STR_ARG(key->name));
		found = true;
	}
	if (!found)
		return err_new(a, ERR_INVALID, "note.unsigned", STR_FMT, STR_ARG(key->name));
	*ret_body = body;
	if (ret_time_at)
		*ret_time_at = time_at;
	return OK;
}
