/* The joint record without a database: entries, tree, proofs, notes; against the vectors. */
#include "base/hex.h"
#include "store/entry.h"
#include "store/note.h"
#include "support.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#define VECTORS "test/fixtures/journal-vectors/"
enum { N = 512, VECTOR_N = 50 };

struct vectors {
	struct arena a;
	str journal;
	str entry[VECTOR_N];
	json_t *json;
	struct sha256 root[VECTOR_N + 1];
	struct sha256 leaf[N]; /* of the entries, then of made-up ones */
};

static struct sha256
hash_json(const json_t *j)
{
	struct sha256 h = {{0}};

	assert_true(sha256_parse(str_from_c(json_string_value(j)), &h));
	return h;
}

static str
read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_array(a, char, 1 << 16);

	assert_non_null(f);
	str s = {p, fread(p, 1, 1 << 16, f)};
	fclose(f);
	return s;
}

static int
setup(void **state)
{
	struct vectors *v = calloc(1, sizeof(*v));
	str rest;

	arena_init(&v->a, (size_t)1 << 30);
	v->journal = rest = read_file(&v->a, VECTORS "journal.txt");
	for (int i = 0; i < VECTOR_N; i++)
		assert_true(entry_cut(rest, &v->entry[i], &rest));
	assert_int_equal(rest.n, 0);
	v->json = json_load_file(VECTORS "vectors.json", 0, NULL);
	for (int i = 0; i <= VECTOR_N; i++)
		v->root[i] = hash_json(json_object_get(
		    json_object_get(v->json, "root"), arena_printf(&v->a, "%d", i)));
	for (int i = 0; i < N; i++)
		v->leaf[i] = i < VECTOR_N ? merkle_leaf(v->entry[i])
					  : merkle_leaf((str){(const char *)&i, sizeof(i)});
	*state = v;
	return 0;
}

static int
teardown(void **state)
{
	struct vectors *v = *state;

	json_decref(v->json);
	arena_finish(&v->a);
	free(v);
	return 0;
}

/* The root by the definition, the plain way: RFC 6962 2.1. */
static struct sha256
plain_root(const struct sha256 *leaf, size_t n)
{
	size_t k = 1;

	if (n == 0)
		return sha256(S(""));
	if (n == 1)
		return *leaf;
	while (k * 2 < n)
		k *= 2;
	struct sha256 l = plain_root(leaf, k), r = plain_root(leaf + k, n - k);
	return merkle_node(&l, &r);
}

static struct err *
get_plain(void *arg, unsigned level, uint64_t index, struct sha256 *ret)
{
	const struct vectors *v = arg;

	assert_true(((index + 1) << level) <= N);
	*ret = plain_root(v->leaf + (index << level), (size_t)1 << level);
	return OK;
}

static void
entries_are_read_and_written_alike(void **state)
{
	struct vectors *v = *state;
	struct entry e;
	str again;

	for (int i = 0; i < VECTOR_N; i++) {
		assert_ok(entry_parse(&v->a, v->entry[i], &e));
		assert_int_equal(e.seq, i);
		assert_ok(entry_format(&v->a, &e, &again));
		assert_true(str_eq(again, v->entry[i]));
	}
	assert_str(entry_time(&v->a, INT64_C(951782400123)), "2000-02-29T00:00:00.123Z");
}

static void
refuse_instead(struct vectors *v, const char *from, const char *to)
{
	struct buf b = buf_new(&v->a, 4096);
	const char *at = memmem(v->entry[1].p, v->entry[1].n, from, strlen(from));
	struct entry e;

	assert_non_null(at);
	buf_put(&b, (str){v->entry[1].p, (size_t)(at - v->entry[1].p)});
	buf_put(&b, str_from_c(to));
	at += strlen(from);
	buf_put(&b, (str){at, (size_t)(v->entry[1].p + v->entry[1].n - at)});
	assert_err(entry_parse(&v->a, buf_str(&b), &e), "entry.malformed");
}

static void
entries_have_one_spelling(void **state)
{
	struct vectors *v = *state;
	static const char *const wrong[][2] = {
	    {"v1\n", "v2\n"},
	    {"seq 1\n", "seq 01\n"},
	    {"seq 1\n", "seq +1\n"},
	    {"seq 1\n", "seq -1\n"},
	    {"seq 1\n", "seq  1\n"},
	    {"seq 1\n", "seq 1 \n"},
	    {"seq 1\n", "seq \n"},
	    {"prev 8ccc", "prev 8CCC"},
	    {"prev 8ccc", "prev 8cc"},
	    {"T10:00", "t10:00"},
	    {"T10:00", "T24:00"},
	    {"2026-11-22", "2026-11-31"},
	    {"01.000Z", "01.00Z"},
	    {"01.000Z", "60.000Z"},
	    {"actor u:1", "actor x:1"},
	    {"actor u:1", "actor u:"},
	    {"actor u:1", "actor u:\x7f"},
	    {"org 5001", "org "},
	    {"org 5001", "org 50 01"},
	    {"org 5001\n", "org 5001\r\n"},
	    {"session 3e3ff9aa4fe679c1", "session 3e3ff9aa4fe679c"},
	    {"object case:1", "object case"},
	    {"object case:1", "object case:"},
	    {"object case:1", "object :1"},
	    {"rev 1\n", "rev 1\nrev 1\n"},
	    {"from -", "from --"},
	    {"to 02a6", "to 02A6"},
	    {"reason -\n", "reason -\n\n"},
	    {"reason -\n", "reason -"},
	    {"reason -\n", "reason\n"},
	    {"org 5001\nsession 3e3ff9aa4fe679c1\n", "session 3e3ff9aa4fe679c1\norg 5001\n"},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		refuse_instead(v, wrong[i][0], wrong[i][1]);
}

static void
nothing_strange_is_written(void **state)
{
	struct vectors *v = *state;
	struct entry e, bad;
	str out;

	assert_ok(entry_parse(&v->a, v->entry[3], &e));
	bad = e;
	bad.reason = S("a\nb");
	assert_err(entry_format(&v->a, &bad, &out), "entry.value");
	bad = e;
	bad.org = S("");
	assert_err(entry_format(&v->a, &bad, &out), "entry.value");
	bad = e;
	bad.time_ms = INT64_C(253402300800000);
	assert_err(entry_format(&v->a, &bad, &out), "entry.value");
}

static void
vectors_hold(void **state)
{
	struct vectors *v = *state;
	struct merkle_made made[MERKLE_LEVELS];
	struct merkle_front f = {0};
	json_t *leaf = json_object_get(v->json, "leaf");

	for (int i = 0; i <= VECTOR_N; i++) {
		struct sha256 root = merkle_root(&f);
		assert_true(sha256_eq(&root, &v->root[i]));
		assert_ok(record_check(&v->a,
		    (str){v->journal.p,
			(size_t)(i == VECTOR_N ? v->journal.p + v->journal.n : v->entry[i].p) -
			    (size_t)v->journal.p},
		    i, &root));
		if (i == VECTOR_N)
			break;
		struct sha256 want = hash_json(json_array_get(leaf, (size_t)i));
		assert_true(sha256_eq(&v->leaf[i], &want));
		merkle_add(&f, &want, made);
	}
}

static void
path_json(const json_t *j, struct merkle_path *p)
{
	p->n = json_array_size(j);
	for (size_t i = 0; i < p->n; i++)
		p->h[i] = hash_json(json_array_get(j, i));
}

static uint64_t
number(const json_t *j, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(j, key));
}

static bool
same_path(const struct merkle_path *x, const struct merkle_path *y)
{
	return x->n == y->n && memcmp(x->h, y->h, x->n * sizeof(x->h[0])) == 0;
}

static void
vector_proofs_hold(void **state)
{
	struct vectors *v = *state;
	struct merkle_source src = {get_plain, v};
	struct merkle_path want, got;
	json_t *j;
	size_t i;

	json_array_foreach(json_object_get(v->json, "inclusion"), i, j)
	{
		uint64_t at = number(j, "index"), size = number(j, "size");
		path_json(json_object_get(j, "path"), &want);
		assert_ok(merkle_prove_inclusion(&src, at, size, &got));
		assert_true(same_path(&want, &got));
		assert_true(
		    merkle_check_inclusion(&v->leaf[at], at, size, &want, &v->root[size]));
	}
	assert_true(i >= 15);
	json_array_foreach(json_object_get(v->json, "consistency"), i, j)
	{
		uint64_t from = number(j, "from"), to = number(j, "to");
		path_json(json_object_get(j, "proof"), &want);
		assert_ok(merkle_prove_consistency(&src, from, to, &got));
		assert_true(same_path(&want, &got));
		assert_true(
		    merkle_check_consistency(from, &v->root[from], to, &v->root[to], &want));
	}
	assert_true(i >= 6);
}

/* Every complete subtree, as merkle_add gives them. */
struct grown {
	struct sha256 node[16][N];
	struct sha256 root[N + 1];
};

static struct err *
get_grown(void *arg, unsigned level, uint64_t index, struct sha256 *ret)
{
	struct grown *g = arg;

	*ret = g->node[level][index];
	return OK;
}

static struct grown *
grow(struct vectors *v)
{
	struct grown *g = arena_new(&v->a, struct grown);
	struct merkle_made made[MERKLE_LEVELS];
	struct merkle_front f = {0};

	g->root[0] = merkle_root(&f);
	for (size_t i = 0; i < N; i++) {
		size_t n = merkle_add(&f, &v->leaf[i], made);
		for (size_t m = 0; m < n; m++)
			g->node[made[m].level][made[m].index] = made[m].hash;
		g->root[i + 1] = merkle_root(&f);
		struct sha256 want = plain_root(v->leaf, i + 1);
		assert_true(sha256_eq(&g->root[i + 1], &want));
	}
	return g;
}

static void
proofs_of_all_sizes_hold(void **state)
{
	struct vectors *v = *state;
	struct grown *g = grow(v);
	struct merkle_source src = {get_grown, g};
	struct merkle_path p;

	for (uint64_t size = 1; size <= N; size++) {
		for (uint64_t i = 0; i < size; i++) {
			assert_ok(merkle_prove_inclusion(&src, i, size, &p));
			assert_true(
			    merkle_check_inclusion(&v->leaf[i], i, size, &p, &g->root[size]));
		}
		for (uint64_t from = 0; from <= size; from++) {
			assert_ok(merkle_prove_consistency(&src, from, size, &p));
			assert_true(merkle_check_consistency(
			    from, &g->root[from], size, &g->root[size], &p));
		}
	}
}

/* A random one of the ways in which a proof can be wrong. */
static void
damage(struct merkle_path *p)
{
	uint32_t how = p->n ? randombytes_uniform(3) : 1;

	if (how == 0)
		p->h[randombytes_uniform((uint32_t)p->n)].b[randombytes_uniform(32)] ^=
		    (unsigned char)(1 << randombytes_uniform(8));
	else if (how == 1)
		randombytes_buf(&p->h[p->n++], SHA256_BYTES);
	else
		p->n--;
}

static void
damaged_proofs_are_refused(void **state)
{
	struct vectors *v = *state;
	struct grown *g = grow(v);
	struct merkle_source src = {get_grown, g};
	struct merkle_path p, whole;

	for (int round = 0; round < 4000; round++) {
		uint64_t size = 2 + randombytes_uniform(N - 1),
			 i = randombytes_uniform((uint32_t)size);
		assert_ok(merkle_prove_inclusion(&src, i, size, &whole));
		p = whole;
		damage(&p);
		assert_false(merkle_check_inclusion(&v->leaf[i], i, size, &p, &g->root[size]));
		assert_false(merkle_check_inclusion(
		    &v->leaf[(i + 1) % size], i, size, &whole, &g->root[size]));
		assert_false(
		    merkle_check_inclusion(&v->leaf[i], i, size, &whole, &g->root[size - 1]));
		uint64_t from = i;
		assert_ok(merkle_prove_consistency(&src, from, size, &whole));
		p = whole;
		damage(&p);
		assert_false(
		    merkle_check_consistency(from, &g->root[from], size, &g->root[size], &p));
		assert_false(merkle_check_consistency(
		    from, &g->root[from + 1], size, &g->root[size], &whole));
		if (from > 0)
			assert_false(merkle_check_consistency(
			    from, &g->root[from], size, &g->root[size - 1], &whole));
	}
}

/* Whether entries from the i-th on are refused, read by r that has read those before. */
static bool
refuses(struct vectors *v, struct record_reader r, str stream)
{
	struct sha256 root;
	struct entry e;
	struct arena a;
	bool bad = false;
	str text;

	arena_init(&a, 64 << 20);
	while (stream.n && !bad)
		bad = !entry_cut(stream, &text, &stream) || record_next(&r, &a, text, &e);
	arena_finish(&a);
	root = merkle_root(&r.front);
	return bad || r.front.size != VECTOR_N || !sha256_eq(&root, &v->root[VECTOR_N]);
}

static void
every_bit_counts(void **state)
{
	struct vectors *v = *state;
	char *copy = arena_array(&v->a, char, v->journal.n);
	struct record_reader r = {0};
	size_t found = 0;
	struct entry e;

	memcpy(copy, v->journal.p, v->journal.n);
	for (size_t k = 0; k < VECTOR_N; k++) {
		size_t at = (size_t)(v->entry[k].p - v->journal.p);
		str rest = {copy + at, v->journal.n - at};
		assert_false(refuses(v, r, rest));
		for (size_t i = at * 8; i < (at + v->entry[k].n) * 8; i++) {
			copy[i / 8] ^= (char)(1 << i % 8);
			found += refuses(v, r, rest);
			copy[i / 8] ^= (char)(1 << i % 8);
		}
		assert_ok(record_next(&r, &v->a, v->entry[k], &e));
	}
	assert_int_equal(found, v->journal.n * 8);
}

static void
refused(struct vectors *v, const struct buf *b)
{
	struct arena a;

	arena_init(&a, 64 << 20);
	assert_non_null(record_check(&a, buf_str(b), VECTOR_N, &v->root[VECTOR_N]));
	arena_finish(&a);
}

static void
every_entry_counts(void **state)
{
	struct vectors *v = *state;

	for (int i = 0; i < VECTOR_N; i++) {
		struct buf del = buf_new(&v->a, 1 << 20), twice = del, swap = del, cut = del;
		for (int k = 0; k < VECTOR_N; k++) {
			if (k != i)
				buf_put(&del, v->entry[k]);
			buf_put(&twice, v->entry[k]);
			if (k == i)
				buf_put(&twice, v->entry[k]);
			buf_put(&swap, v->entry[k == i                    ? (i + 1) % VECTOR_N
						: k == (i + 1) % VECTOR_N ? i
									  : k]);
			if (k < i)
				buf_put(&cut, v->entry[k]);
		}
		refused(v, &del);
		refused(v, &twice);
		refused(v, &swap);
		refused(v, &cut);
	}
}

/* Entries that hang together by prev, but not by seq or time. */
static void
seq_and_time_must_follow(void **state)
{
	struct vectors *v = *state;
	struct record_reader r = {0}, first;
	struct entry e, bad;
	str text;

	assert_ok(record_next(&r, &v->a, v->entry[0], &e));
	first = r;
	assert_ok(entry_parse(&v->a, v->entry[1], &e));
	bad = e;
	bad.seq = 2;
	assert_ok(entry_format(&v->a, &bad, &text));
	assert_err(record_next(&r, &v->a, text, &bad), "record.broken");
	bad = e;
	bad.time_ms -= 1001;
	assert_ok(entry_format(&v->a, &bad, &text));
	assert_err(record_next(&r, &v->a, text, &bad), "record.broken");
	bad.time_ms++; /* the same time as the one before */
	assert_ok(entry_format(&v->a, &bad, &text));
	assert_ok(record_next(&first, &v->a, text, &bad));
}

static void
commitment_vector_holds(void **state)
{
	struct vectors *v = *state;
	json_t *j = json_object_get(v->json, "commitment");
	str key;

	assert_true(hex_decode(
	    &v->a, str_from_c(json_string_value(json_object_get(j, "key_hex"))), &key));
	struct sha256 got = commitment((const unsigned char *)key.p,
	    str_from_c(json_string_value(json_object_get(j, "content_utf8"))));
	struct sha256 want = hash_json(json_object_get(j, "hmac_sha256"));
	assert_true(sha256_eq(&got, &want));
}

static void
checkpoint_vector_holds(void **state)
{
	struct vectors *v = *state;
	json_t *j = json_object_get(v->json, "checkpoint_body");
	const char *text = json_string_value(json_object_get(j, "text"));
	struct checkpoint c = {S("rodtrad.example/journal"), 3, v->root[3]}, back;

	assert_str(checkpoint_body(&v->a, &c), text);
	assert_ok(checkpoint_parse(&v->a, str_from_c(text), &back));
	assert_true(back.size == 3 && sha256_eq(&back.root, &v->root[3]));
	assert_err(checkpoint_parse(&v->a, S("a b\n3\n2gcg\n"), &back), "note.malformed");
	assert_err(checkpoint_parse(&v->a,
		       S("o\n03\n2gcga3bKYQz2pJYkONTUh6cJZ82NZQ9+7qMGE+BLbdw=\n"), &back),
	    "note.malformed");
	assert_err(checkpoint_parse(
		       &v->a, S("o\n3\n2gcga3bKYQz2pJYkONTUh6cJZ82NZQ9+7qMGE+BLbdx=\n"), &back),
	    "note.malformed");
}

/* A note signed by another program, and two keys that others have published. */
static void
published_notes_hold(void **state)
{
	struct vectors *v = *state;
	str note =
	    S("If you think cryptography is the answer to your problem,\n"
	      "then you don't know what your problem is.\n\n"
	      "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFY"
	      "C2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
	struct note_key key;
	str body;

	assert_ok(note_key_parse(&v->a,
	    S("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), &key));
	assert_ok(note_check(&v->a, note, &key, &body, NULL));
	assert_int_equal(body.n, 99);
	assert_ok(note_key_parse(&v->a,
	    S("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"), &key));
	assert_err(
	    note_key_parse(&v->a,
		S("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"),
		&key),
	    "note.bad_key");
}

static struct note_key
make_key(enum note_key_type type, unsigned char secret[crypto_sign_SECRETKEYBYTES])
{
	struct note_key k = {.name = S("rodtrad.example/journal"), .type = type};
	unsigned char seed[SIGN_SEED_BYTES] = {7};

	crypto_sign_seed_keypair(k.public, secret, seed);
	return k;
}

static str
signed_note(struct arena *a, const struct note_key *k, const unsigned char *secret, str body,
    int64_t time_at)
{
	str text = k->type == NOTE_COSIGNATURE ? cosigned_text(a, time_at, body) : body;
	unsigned char sig[SIGN_BYTES];

	crypto_sign_detached(sig, NULL, (const unsigned char *)text.p, text.n, secret);
	return note_join(a, body, note_line(a, k, time_at, sig));
}

static void
notes_are_signed_and_checked(void **state)
{
	struct vectors *v = *state;
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	struct note_key key = make_key(NOTE_ED25519, secret), back, other;
	str body = S("rodtrad.example/journal\n3\nx\n"), got;
	str note = signed_note(&v->a, &key, secret, body, 0);

	assert_ok(note_check(&v->a, note, &key, &got, NULL));
	assert_true(str_eq(got, body));
	assert_ok(note_key_parse(&v->a, note_key_text(&v->a, &key), &back));
	assert_ok(note_check(&v->a, note, &back, &got, NULL));
	other = key;
	other.name = S("someone.else");
	assert_err(note_check(&v->a, note, &other, &got, NULL), "note.unsigned");
	other = key;
	other.public[0] ^= 1;
	assert_err(note_check(&v->a, note, &other, &got, NULL), "note.unsigned");
	assert_err(note_check(&v->a, body, &key, &got, NULL), "note.malformed");
}

static void
every_bit_of_a_note_counts(void **state)
{
	struct vectors *v = *state;
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	struct note_key key = make_key(NOTE_ED25519, secret);
	struct checkpoint c = {S("rodtrad.example/journal"), 3, v->root[3]};
	str note = signed_note(&v->a, &key, secret, checkpoint_body(&v->a, &c), 0), got;
	char *p = arena_array(&v->a, char, note.n);

	memcpy(p, note.p, note.n);
	for (size_t i = 0; i < note.n * 8; i++) {
		p[i / 8] ^= (char)(1 << i % 8);
		assert_non_null(note_check(&v->a, (str){p, note.n}, &key, &got, NULL));
		p[i / 8] ^= (char)(1 << i % 8);
	}
}

static void
cosignatures_carry_their_time(void **state)
{
	struct vectors *v = *state;
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	struct note_key key = make_key(NOTE_COSIGNATURE, secret);
	str note = signed_note(&v->a, &key, secret, S("o\n1\nx\n"), NOW_AT), got;
	struct note_key plain = key;
	int64_t at = 0;

	assert_ok(note_check(&v->a, note, &key, &got, &at));
	assert_int_equal(at, NOW_AT);
	plain.type = NOTE_ED25519;
	assert_err(note_check(&v->a, note, &plain, &got, &at), "note.unsigned");
}

#define WITH_VECTORS(f) cmocka_unit_test(f)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_VECTORS(entries_are_read_and_written_alike),
	    WITH_VECTORS(entries_have_one_spelling),
	    WITH_VECTORS(nothing_strange_is_written),
	    WITH_VECTORS(vectors_hold),
	    WITH_VECTORS(vector_proofs_hold),
	    WITH_VECTORS(proofs_of_all_sizes_hold),
	    WITH_VECTORS(damaged_proofs_are_refused),
	    WITH_VECTORS(every_bit_counts),
	    WITH_VECTORS(every_entry_counts),
	    WITH_VECTORS(seq_and_time_must_follow),
	    WITH_VECTORS(commitment_vector_holds),
	    WITH_VECTORS(checkpoint_vector_holds),
	    WITH_VECTORS(published_notes_hold),
	    WITH_VECTORS(notes_are_signed_and_checked),
	    WITH_VECTORS(every_bit_of_a_note_counts),
	    WITH_VECTORS(cosignatures_carry_their_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
