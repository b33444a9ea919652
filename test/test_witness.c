/* Cosignatures: a side names its witness, the witness's line is taken in if it is right, goes
 * with the checkpoint from then on, and cannot be changed unseen. */
#include "people.h"

#include "core/authz.h"
#include "store/checkpoint.h"
#include "store/verify.h"

#include <sodium.h>
#include <stdio.h>

struct key {
	struct note_key public;
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	const char *text;
};

static struct key
make_key(struct people *p, const char *name, enum note_key_type type)
{
	struct key k = {.public = {.name = str_from_c(name), .type = type}};
	unsigned char seed[32] = {(unsigned char)name[0], (unsigned char)name[1]};

	crypto_sign_seed_keypair(k.public.public, k.secret, seed);
	k.text = str_to_c(p->a, note_key_text(p->a, &k.public));
	return k;
}

/* --- a checkpoint as the service gives it out ------------------------------------------- */

static struct err *
write_checkpoint(struct cx *cx, void *arg)
{
	return checkpoint_keep(cx->db, cx->a, *(str *)arg, cx->now_at);
}

/* Signs the record as it is; the text of the checkpoint. */
static str
checkpoint(struct people *p)
{
	struct key us = make_key(p, "rodtrad.example/t", NOTE_ED25519);
	struct checkpoint c = {.origin = us.public.name};
	unsigned char sig[SIGN_BYTES];
	str body, note;

	assert_ok(journal_size(p->w->db, p->a, &c.size));
	assert_ok(journal_root(p->w->db, p->a, c.size, &c.root));
	body = checkpoint_body(p->a, &c);
	crypto_sign_detached(sig, NULL, (const unsigned char *)body.p, body.n, us.secret);
	note = note_join(p->a, body, note_line(p->a, &us.public, 0, sig));
	assert_ok(cx_write(cx_nobody(p), write_checkpoint, &note));
	return body;
}

static const char *
cosigned(struct people *p, const struct key *k, str body, int64_t at)
{
	str text = cosigned_text(p->a, at, body);
	unsigned char sig[SIGN_BYTES];

	crypto_sign_detached(sig, NULL, (const unsigned char *)text.p, text.n, k->secret);
	return str_to_c(p->a, note_join(p->a, body, note_line(p->a, &k->public, at, sig)));
}

/* --- acts ------------------------------------------------------------------------------- */

/* Does the act; what is wrong with the field, or the code of the error; empty: nothing. */
static const char *
tried(
    struct people *p, const char *who, enum action action, const char *field, const char *value)
{
	struct cx *cx = cx_as(p, who);
	struct result done;
	struct err *e = act(cx, &done, action, field, value);

	return !e ? "" : cx->faults->n ? fault_of(cx, field) : e->code;
}

static const char *
name_witness(struct people *p, const char *who, const char *key)
{
	return tried(p, who, ACT_JOURNAL_WITNESS, "key", key);
}

static const char *
bring(struct people *p, const char *who, const char *note)
{
	return tried(p, who, ACT_JOURNAL_COSIGN, "note", note);
}

struct lines {
	char v[8][400];
	int n;
	struct verify_result r;
};

static void
say(void *arg, const char *line)
{
	struct lines *l = arg;

	if (l->n < 8)
		snprintf(l->v[l->n++], sizeof(l->v[0]), "%s", line);
}

static struct lines
verified(struct people *p)
{
	struct lines l = {0};
	struct verify v = {.space = "t", .say = say, .arg = &l};

	assert_ok(verify_space(p->w->db, p->a, &v, &l.r));
	return l;
}

/* --- tests ------------------------------------------------------------------------------ */

static void
test_both_sides_cosign(void **state)
{
	struct people *p = *state;
	struct key m = make_key(p, "moss.example/witness", NOTE_COSIGNATURE),
		   t = make_key(p, "trust.example/witness", NOTE_COSIGNATURE);

	assert_string_equal(name_witness(p, "secretary.municipal", m.text), "");
	assert_string_equal(name_witness(p, "secretary.trust", t.text), "");
	str body = checkpoint(p);
	assert_string_equal(
	    bring(p, "secretary.municipal", cosigned(p, &m, body, p->now_at)), "");
	assert_string_equal(
	    bring(p, "secretary.municipal", cosigned(p, &m, body, p->now_at)), "cosign.again");
	/* whoever brings it: the signature proves itself */
	assert_string_equal(
	    bring(p, "secretary.municipal", cosigned(p, &t, body, p->now_at)), "");
	struct answer r = ask(p, NULL, "GET", "/journal/kontrollpunkt", NULL);
	int64_t at;
	str got;
	assert_ok(note_check(p->a, r.body, &m.public, &got, &at));
	assert_ok(note_check(p->a, r.body, &t.public, &got, &at));
	assert_true(str_eq(got, body));
	assert_int_equal(at, p->now_at);
	r = ask(p, "chair", "GET", "/journal", NULL);
	assert_true(says(&r, "Medsignerte"));
	assert_false(says(&r, "/journal/vitner")); /* not for the chair to name one */
	struct lines l = verified(p);
	assert_int_equal(l.n, 0);
	assert_int_equal(l.r.cosignatures, 2);
}

static void
test_what_is_not_a_cosignature_is_refused(void **state)
{
	struct people *p = *state;
	struct key w = make_key(p, "moss.example/witness", NOTE_COSIGNATURE),
		   other = make_key(p, "elsewhere/witness", NOTE_COSIGNATURE),
		   same_name = make_key(p, "xx", NOTE_COSIGNATURE);
	struct checkpoint c = {S("rodtrad.example/t"), 3, {{7}}};

	assert_string_equal(name_witness(p, "secretary.municipal", w.text), "");
	str body = checkpoint(p);
	int64_t before = entries(p);
	const char *who = "secretary.municipal";
	assert_string_equal(
	    bring(p, who, cosigned(p, &other, body, p->now_at)), "cosign.unknown");
	assert_string_equal(
	    bring(p, who, cosigned(p, &w, body, p->now_at + 301)), "cosign.time");
	assert_string_equal(bring(p, who, "noe helt annet"), "cosign.other_record");
	assert_string_equal(
	    bring(p, who, cosigned(p, &w, checkpoint_body(p->a, &c), p->now_at)),
	    "cosign.other_record");
	same_name.public = w.public; /* in the witness's name, by another's secret */
	assert_string_equal(
	    bring(p, who, cosigned(p, &same_name, body, p->now_at)), "cosign.wrong");
	assert_string_equal(
	    bring(p, "contact.moss", cosigned(p, &w, body, p->now_at)), "denied");
	assert_int_equal(entries(p), before);
}

static void
test_a_witness_is_named_by_its_key(void **state)
{
	struct people *p = *state;
	struct key w = make_key(p, "moss.example/witness", NOTE_COSIGNATURE),
		   next = make_key(p, "n2.example/witness", NOTE_COSIGNATURE),
		   us = make_key(p, "rodtrad.example/t", NOTE_ED25519);

	assert_string_equal(
	    name_witness(p, "secretary.municipal", "ikke en nøkkel"), "witness.bad_key");
	assert_string_equal(name_witness(p, "secretary.municipal", us.text), "witness.bad_key");
	assert_string_equal(name_witness(p, "contact.moss", w.text), "denied");
	assert_string_equal(name_witness(p, "secretary.municipal", w.text), "");
	assert_string_equal(name_witness(p, "secretary.trust", w.text), "witness.known");
	assert_string_equal(name_witness(p, "secretary.municipal", next.text), "");
	str body = checkpoint(p);
	assert_string_equal(bring(p, "secretary.municipal", cosigned(p, &w, body, p->now_at)),
	    "cosign.unknown"); /* its time is over */
	assert_string_equal(
	    bring(p, "secretary.municipal", cosigned(p, &next, body, p->now_at)), "");
}

/* A program of the side does it every night, with a token and no phone. */
static void
test_a_program_brings_it(void **state)
{
	struct people *p = *state;
	struct key w = make_key(p, "moss.example/witness", NOTE_COSIGNATURE);
	struct buf json = buf_new(p->a, 8192);

	assert_string_equal(name_witness(p, "secretary.municipal", w.text), "");
	const char *note = cosigned(p, &w, checkpoint(p), p->now_at);
	buf_put(&json, S("{\"note\": \""));
	for (; *note; note++)
		buf_put(&json, *note == '\n' ? S("\\n") : (str){note, 1});
	buf_put(&json, S("\"}"));
	person_of(p, "secretary.municipal")->keep_session = true;
	struct answer r = ask_api(p, "secretary.municipal", "POST", "/journal/cosignatures",
	    str_to_c(p->a, buf_str(&json)));
	assert_int_equal(r.status, 200);
	r = ask_api(p, "secretary.municipal", "POST", "/journal/witness",
	    arena_printf(p->a, "{\"key\": \"%s\"}",
		make_key(p, "n2.example/witness", NOTE_COSIGNATURE).text));
	assert_int_equal(r.status, 403); /* naming one asks for a code */
	assert_true(says(&r, "token.prove"));
}

static void
test_a_changed_cosignature_is_found(void **state)
{
	struct people *p = *state;
	struct key w = make_key(p, "moss.example/witness", NOTE_COSIGNATURE);

	assert_string_equal(name_witness(p, "secretary.municipal", w.text), "");
	str body = checkpoint(p);
	assert_string_equal(
	    bring(p, "secretary.municipal", cosigned(p, &w, body, p->now_at - 5)), "");
	assert_int_equal(verified(p).n, 0);
	assert_ok(
	    db_script(p->w->db, p->a, "UPDATE cosignature SET signed_at = signed_at + 1"));
	struct lines l = verified(p);
	assert_int_equal(l.n, 2); /* the line says otherwise, and so does the record */
	assert_non_null(strstr(l.v[0], "was signed at another time"));
	assert_non_null(strstr(l.v[1], "signed_at is not what seq"));
	assert_ok(db_script(p->w->db, p->a,
	    "UPDATE cosignature SET signed_at = signed_at - 1, line = replace(line, 'moss', "
	    "'mass')"));
	l = verified(p);
	assert_int_equal(l.n, 2);
	assert_non_null(strstr(l.v[0], "not signed by the witness"));
	assert_ok(db_script(p->w->db, p->a, "DELETE FROM cosignature"));
	l = verified(p);
	assert_int_equal(l.n, 1);
	assert_non_null(strstr(l.v[0], "is gone"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_both_sides_cosign),
	    WITH_OSTFOLD(test_what_is_not_a_cosignature_is_refused),
	    WITH_OSTFOLD(test_a_witness_is_named_by_its_key),
	    WITH_OSTFOLD(test_a_program_brings_it),
	    WITH_OSTFOLD(test_a_changed_cosignature_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
