/* What anybody may hold us to, over HTTP: the checkpoint, and proofs that are checked here by
 * the definitions of RFC 6962 2.1.1 and 2.1.2, which share nothing with store/merkle.c. */
#include "people.h"

#include "app/record.h"
#include "base/sha.h"
#include "core/authz.h"
#include "store/checkpoint.h"

#define json_null jansson_null /* base/json.h has one too */
#include <jansson.h>
#undef json_null

enum { LEAVES_MAX = 200, PATH_MAX_N = 64 };

struct leaves {
	struct sha256 v[LEAVES_MAX];
	size_t n;
};

struct proof {
	struct sha256 v[PATH_MAX_N], leaf;
	size_t n;
	int status;
};

/* --- RFC 6962, by its words ------------------------------------------------------------- */

static struct sha256
hash2(char prefix, str a, str b)
{
	char all[4096];

	assert_true(1 + a.n + b.n <= sizeof(all));
	all[0] = prefix;
	memcpy(all + 1, a.p, a.n);
	memcpy(all + 1 + a.n, b.p, b.n);
	return sha256((str){all, 1 + a.n + b.n});
}

static struct sha256
node(struct sha256 l, struct sha256 r)
{
	return hash2(1, (str){(char *)l.b, SHA256_BYTES}, (str){(char *)r.b, SHA256_BYTES});
}

/* The largest power of two smaller than n. */
static size_t
split(size_t n)
{
	size_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

static struct sha256
tree(const struct sha256 *v, size_t n)
{
	return n == 1 ? v[0] : node(tree(v, split(n)), tree(v + split(n), n - split(n)));
}

/* PATH(m, D[n]) read backwards: the root that the last of the path and the rest make. */
static bool
up(struct sha256 leaf, size_t m, size_t n, const struct sha256 *v, size_t n_v,
    struct sha256 *ret)
{
	struct sha256 inner;

	if (n == 1) {
		*ret = leaf;
		return n_v == 0;
	}
	if (n_v == 0)
		return false;
	size_t k = split(n);
	bool left = m < k;
	if (!up(leaf, left ? m : m - k, left ? k : n - k, v, n_v - 1, &inner))
		return false;
	*ret = left ? node(inner, v[n_v - 1]) : node(v[n_v - 1], inner);
	return true;
}

/* SUBPROOF(m, D[n], b) read backwards: the roots of m and of n leaves. */
static bool
grown(size_t m, size_t n, bool whole, struct sha256 known, const struct sha256 *v, size_t n_v,
    struct sha256 *ret_old, struct sha256 *ret_new)
{
	struct sha256 o, w;

	if (m == n) {
		if (n_v != (whole ? 0 : 1))
			return false;
		*ret_old = *ret_new = whole ? known : v[0];
		return true;
	}
	if (n_v == 0)
		return false;
	size_t k = split(n);
	struct sha256 last = v[n_v - 1];
	if (m <= k) {
		if (!grown(m, k, whole, known, v, n_v - 1, ret_old, &w))
			return false;
		*ret_new = node(w, last);
		return true;
	}
	if (!grown(m - k, n - k, false, known, v, n_v - 1, &o, &w))
		return false;
	*ret_old = node(last, o);
	*ret_new = node(last, w);
	return true;
}

static bool
same(struct sha256 a, struct sha256 b)
{
	return memcmp(a.b, b.b, SHA256_BYTES) == 0;
}

static bool
is_in(const struct proof *p, size_t seq, size_t size, struct sha256 root)
{
	struct sha256 r;

	return up(p->leaf, seq, size, p->v, p->n, &r) && same(r, root);
}

static bool
has_grown(const struct proof *p, size_t from, size_t to, struct sha256 old, struct sha256 now)
{
	struct sha256 o, n;

	return grown(from, to, true, old, p->v, p->n, &o, &n) && same(o, old) && same(n, now);
}

/* --- asking ----------------------------------------------------------------------------- */

static struct answer
nobody_asks(struct people *p, const char *path)
{
	return ask_raw(p, &(struct raw){.method = HTTP_GET,
			      .path = arena_printf(p->a, "/api/v1/journal%s", path)});
}

static struct sha256
hash_of_hex(struct people *p, const char *hex)
{
	struct sha256 h;

	(void)p;
	assert_true(sha256_parse(str_from_c(hex), &h));
	return h;
}

static struct proof
ask_proof(struct people *p, const char *path)
{
	struct answer r = nobody_asks(p, path);
	struct proof got = {.status = r.status};

	if (r.status != 200)
		return got;
	json_t *root = json_loadb(r.body.p, r.body.n, 0, NULL);
	assert_non_null(root);
	json_t *list = json_object_get(root, "path");
	got.n = json_array_size(list);
	assert_true(got.n < PATH_MAX_N);
	for (size_t i = 0; i < got.n; i++)
		got.v[i] = hash_of_hex(p, json_string_value(json_array_get(list, i)));
	if (json_object_get(root, "leaf"))
		got.leaf = hash_of_hex(p, json_string_value(json_object_get(root, "leaf")));
	json_decref(root);
	return got;
}

static struct proof
inclusion(struct people *p, size_t seq, size_t size)
{
	return ask_proof(p, arena_printf(p->a, "/inclusion?seq=%zu&size=%zu", seq, size));
}

static struct proof
growth(struct people *p, size_t from, size_t to)
{
	return ask_proof(p, arena_printf(p->a, "/consistency?from=%zu&to=%zu", from, to));
}

/* The leaves of the record from its own text, as an export hands it out. */
static void
read_leaves(struct people *p, struct leaves *ret)
{
	str text;

	assert_ok(record_export(cx_as(p, "secretary.trust"), 0, LEAVES_MAX, &text));
	ret->n = 0;
	while (text.n) {
		size_t end = 0;
		for (int line = 0; line < 13; end++)
			line += text.p[end] == '\n';
		ret->v[ret->n++] = hash2(0, (str){text.p, end}, S(""));
		text = (str){text.p + end, text.n - end};
	}
}

static void
fill(struct people *p)
{
	struct result done;

	while (entries(p) < 21)
		assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_ACCOUNT_UPDATE, "lang",
		    "nn", "phone", arena_printf(p->a, "%lld", (long long)entries(p))));
}

/* --- proofs ----------------------------------------------------------------------------- */

static void
test_every_entry_is_proven_in_every_size(void **state)
{
	struct people *p = *state;
	struct leaves l;

	fill(p);
	read_leaves(p, &l);
	assert_int_equal(l.n, entries(p));
	for (size_t size = 1; size <= l.n; size++)
		for (size_t seq = 0; seq < size; seq++) {
			struct proof f = inclusion(p, seq, size);
			assert_true(same(f.leaf, l.v[seq]));
			assert_true(is_in(&f, seq, size, tree(l.v, size)));
		}
}

static void
test_every_growth_is_proven(void **state)
{
	struct people *p = *state;
	struct leaves l;

	fill(p);
	read_leaves(p, &l);
	for (size_t to = 1; to <= l.n; to++)
		for (size_t from = 1; from <= to; from++) {
			struct proof f = growth(p, from, to);
			assert_true(has_grown(&f, from, to, tree(l.v, from), tree(l.v, to)));
		}
	assert_int_equal(growth(p, 0, l.n).n, 0);
}

static void
test_a_wrong_proof_proves_nothing(void **state)
{
	struct people *p = *state;
	struct leaves l;
	size_t size, tried = 0;

	fill(p);
	read_leaves(p, &l);
	size = l.n;
	struct sha256 root = tree(l.v, size), old = tree(l.v, 13);
	struct proof in = inclusion(p, 5, size), gr = growth(p, 13, size);
	for (size_t i = 0; i < in.n * SHA256_BYTES; i++, tried++) {
		struct proof f = in;
		f.v[i / SHA256_BYTES].b[i % SHA256_BYTES] ^= 1;
		assert_false(is_in(&f, 5, size, root));
	}
	for (size_t i = 0; i < gr.n * SHA256_BYTES; i++, tried++) {
		struct proof f = gr;
		f.v[i / SHA256_BYTES].b[i % SHA256_BYTES] ^= 1;
		assert_false(has_grown(&f, 13, size, old, root));
	}
	assert_true(tried >= 8 * SHA256_BYTES);
	assert_false(is_in(&in, 6, size, root)); /* another place, another size, another past */
	assert_false(is_in(&in, 5, size - 1, tree(l.v, size - 1)));
	assert_false(has_grown(&gr, 12, size, tree(l.v, 12), root));
	in.n--;
	gr.n--;
	assert_false(is_in(&in, 5, size, root));
	assert_false(has_grown(&gr, 13, size, old, root));
}

static void
test_what_is_not_there_is_not_proven(void **state)
{
	struct people *p = *state;
	size_t n = (size_t)entries(p);

	assert_int_equal(inclusion(p, n, n + 1).status, 404);
	assert_int_equal(inclusion(p, n, n).status, 404);
	assert_int_equal(growth(p, 1, n + 1).status, 404);
	assert_int_equal(growth(p, n, n - 1).status, 404);
	assert_int_equal(nobody_asks(p, "/inclusion?seq=-1&size=1").status, 422);
	assert_int_equal(nobody_asks(p, "/inclusion?seq=1").status, 422);
	assert_int_equal(nobody_asks(p, "/consistency?from=x&to=y").status, 422);
}

/* --- checkpoint and receipts ------------------------------------------------------------ */

static struct err *
sign(struct people *p, str *ret_note)
{
	struct sha256 root;
	struct checkpoint c = {.origin = S("rodtrad.example/t")};
	unsigned char nothing[SIGN_BYTES] = {0};
	struct note_key key = {.name = c.origin, .type = NOTE_ED25519};

	TRY(journal_size(p->w->db, p->a, &c.size));
	TRY(journal_root(p->w->db, p->a, c.size, &root));
	c.root = root;
	*ret_note =
	    note_join(p->a, checkpoint_body(p->a, &c), note_line(p->a, &key, 0, nothing));
	return OK;
}

static struct err *
write_checkpoint(struct cx *cx, void *arg)
{
	return checkpoint_keep(cx->db, cx->a, *(str *)arg, cx->now_at);
}

static void
test_a_receipt_is_a_proof(void **state)
{
	struct people *p = *state;
	struct result done;
	struct leaves l;
	str note;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Utskrivning i helg", "summary", "Tekst", "submit", "1"));
	int64_t seq = entries(p) - 1;
	const char *path = arena_printf(p->a, "/journal/receipt?seq=%lld", (long long)seq);
	const char *page = arena_printf(p->a, "/journal/kvittering?nr=%lld", (long long)seq);
	struct answer r = ask_api(p, "contact.halden", "GET", path, NULL);
	assert_int_equal(r.status, 404);
	assert_true(says(&r, "receipt.later"));
	assert_ok(sign(p, &note));
	assert_ok(cx_write(cx_nobody(p), write_checkpoint, &note));
	r = ask_api(p, "contact.halden", "GET", path, NULL);
	assert_int_equal(r.status, 200);
	json_t *root = json_loadb(r.body.p, r.body.n, 0, NULL);
	assert_non_null(root);
	read_leaves(p, &l);
	const char *entry = json_string_value(json_object_get(root, "entry"));
	assert_true(same(hash2(0, str_from_c(entry), S("")), l.v[seq]));
	assert_string_equal(
	    json_string_value(json_object_get(root, "checkpoint")), str_to_c(p->a, note));
	json_decref(root);
	r = ask(p, "contact.halden", "GET", page, NULL);
	assert_int_equal(r.status, 200);
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 303);
	assert_int_equal(ask(p, "admin", "GET", page, NULL).status, 403);
}

static void
test_the_receipt_of_what_is_hidden_is_not_there(void **state)
{
	struct people *p = *state;
	struct result done;
	str note;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Bare et utkast", "summary", "Tekst"));
	assert_ok(sign(p, &note));
	assert_ok(cx_write(cx_nobody(p), write_checkpoint, &note));
	int64_t seq = entries(p) - 1;
	const char *path = arena_printf(p->a, "/journal/receipt?seq=%lld", (long long)seq);
	struct answer none =
	    ask_api(p, "contact.moss", "GET", "/journal/receipt?seq=99999", NULL);
	struct answer hid = ask_api(p, "contact.moss", "GET", path, NULL);
	assert_int_equal(ask_api(p, "contact.halden", "GET", path, NULL).status, 200);
	assert_int_equal(hid.status, 404);
	assert_true(str_eq(hid.body, none.body));
}

static size_t
lines_about(struct people *p, const char *key, str pid)
{
	struct history h;
	int64_t from;
	size_t n = 0;

	assert_ok(record_latest(cx_as(p, key), INT64_MAX, 100, &h, &from));
	assert_int_equal(from, entries(p) > 100 ? entries(p) - 100 : 0);
	for (size_t i = 0; i < h.n; i++) {
		n += str_eq(h.v[i].object_pid, pid);
		assert_true(i == 0 || h.v[i - 1].seq < h.v[i].seq);
	}
	return n;
}

static void
test_the_record_shows_what_its_reader_may_see(void **state)
{
	struct people *p = *state;
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Først et utkast", "summary", "Tekst"));
	const char *pid = str_to_c(p->a, done.pid);
	assert_int_equal(lines_about(p, "contact.halden", done.pid), 1);
	assert_int_equal(lines_about(p, "contact.moss", done.pid), 0);
	assert_int_equal(lines_about(p, "secretary.trust", done.pid), 0);
	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_SUBMIT, "matter", pid,
	    "rev", "1", "title", "Først et utkast", "summary", "Tekst"));
	assert_int_equal(lines_about(p, "contact.halden", done.pid), 2);
	assert_int_equal(lines_about(p, "contact.moss", done.pid), 0);
	assert_int_equal(lines_about(p, "secretary.trust", done.pid), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_every_entry_is_proven_in_every_size),
	    WITH_OSTFOLD(test_every_growth_is_proven),
	    WITH_OSTFOLD(test_a_wrong_proof_proves_nothing),
	    WITH_OSTFOLD(test_what_is_not_there_is_not_proven),
	    WITH_OSTFOLD(test_a_receipt_is_a_proof),
	    WITH_OSTFOLD(test_the_receipt_of_what_is_hidden_is_not_there),
	    WITH_OSTFOLD(test_the_record_shows_what_its_reader_may_see),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
