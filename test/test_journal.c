/* Appending to the joint record, reading it, checkpoints, receipts, erasure. */
#include "record.h"

#include "toy/q_journal.h"
#include "toy/q_toy.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>

static void
an_act_becomes_an_entry(void **state)
{
	struct world *w = *state;
	struct journal_line *l;
	size_t n;

	int64_t id = record_thing(w, "bru", NOW_MS + 7);
	record_rename(w, id, "bru", "vei", NOW_MS + 9);
	assert_ok(journal_history(w->db, w->a, "thing", S("bru"), JOURNAL_NEWEST, 10, &l, &n));
	assert_int_equal(n, 2);
	assert_str(l[1].text,
	    arena_printf(w->a,
		"rodtrad-journal/v1\nseq 0\n"
		"prev 0000000000000000000000000000000000000000000000000000000000000000\n"
		"time 2026-03-05T09:00:00.007Z\nactor u:0123456789abcdef\norg 3301\n"
		"session 00112233445566aa\naction thing.add\nobject thing:bru\nrev 1\nfrom -\n"
		"to " STR_FMT "\nreason -\n",
		STR_ARG(l[1].entry.to)));
	assert_true(l[0].entry.seq == 1 && l[0].entry.rev == 2);
	assert_true(str_eq(l[0].entry.from, l[1].entry.to));
	struct sha256 leaf = merkle_leaf(l[1].text);
	assert_true(sha256_eq(&l[0].entry.prev, &leaf));
}

static void
content_says_all_that_changed(void **state)
{
	struct world *w = *state;
	struct journal_line *l;
	size_t n;

	record_thing(w, "bru", NOW_MS);
	assert_ok(journal_latest(w->db, w->a, JOURNAL_NEWEST, 1, &l, &n));
	str row = S("id/i 1\n1\npid/t 3\nbru\nname/t 3\nbru\nnote/t 20\nnotat\nover to linjer\n"
		    "weight/r 19\n0.10000000000000001\npicture/b 3\n\0\1\2\nowner/n 0\n\n");
	struct buf want = buf_new(w->a, 4096);
	content_put(&want, 0, "in:name", S("bru"));
	content_put(&want, '+', "thing", row);
	assert_true(str_eq(l->content, buf_str(&want)));
	assert_str(journal_field(l, "name"), "bru");
	assert_str(journal_field(l, "nam"), "");
}

static void
what_is_said_about_an_act_is_kept(void **state)
{
	struct world *w = *state;
	struct deed d = {w, act_on("thing.look", "x", NOW_MS), NULL, NULL, 0};
	struct journal_line *l;
	size_t n;

	assert_err(do_deed(&d), "journal.no_change");
	d.act.no_change = true;
	d.act.appointment = S("17");
	d.act.on_behalf = S("3303");
	d.act.channel = S("phone");
	d.act.note = S("ringte kl. 9");
	d.act.reason = S("late");
	d.act.actor_pid = d.act.org = d.act.session_tag = S("");
	assert_ok(do_deed(&d));
	assert_ok(journal_latest(w->db, w->a, JOURNAL_NEWEST, 1, &l, &n));
	assert_str(l->content, "appointment 2\n17\non_behalf 4\n3303\nchannel 5\nphone\n"
			       "note 12\nringte kl. 9\nreason 4\nlate\n");
	assert_str(journal_about(l, "channel"), "phone");
	assert_str(l->entry.actor, "system");
	assert_str(l->entry.org, "-");
	assert_str(l->entry.session, "-");
	assert_str(l->entry.reason, "late");
}

static void
time_never_goes_back(void **state)
{
	struct world *w = *state;
	struct journal_line *l;
	size_t n;

	record_thing(w, "a", NOW_MS);
	record_thing(w, "b", NOW_MS - 5000);
	record_thing(w, "c", NOW_MS + 1);
	assert_ok(journal_latest(w->db, w->a, JOURNAL_NEWEST, 10, &l, &n));
	assert_true(l[1].entry.time_ms == NOW_MS + 1 && l[0].entry.time_ms == NOW_MS + 1);
	assert_str(l[1].entry.reason, "clock-back");
	assert_str(l[0].entry.reason, "-");
}

static struct err *
change_and_say_nothing(struct db *db, void *arg)
{
	struct world *w = arg;
	int64_t id;

	return q_thing_add(db, w->a, S("x"), S("x"), NULL, 1, NULL, NULL, &id);
}

static void
changes_without_an_entry_are_refused(void **state)
{
	struct world *w = *state;
	struct q_thing_by_id *t;

	assert_err(space_write(w->space, w->a, change_and_say_nothing, w), "db.unrecorded");
	assert_ok(q_thing_by_id(w->db, w->a, 1, &t));
	assert_null(t);
}

static void
strange_ids_are_refused(void **state)
{
	struct world *w = *state;
	struct deed d = {w, act_on("thing.look", "x\ny", NOW_MS), NULL, NULL, 0};

	d.act.no_change = true;
	assert_err(do_deed(&d), "entry.value");
	d.act = act_on("thing.look", "x", NOW_MS);
	d.act.no_change = true;
	d.act.session_tag = S("hemmelig");
	assert_err(do_deed(&d), "entry.value");
}

static void
history_comes_in_pages(void **state)
{
	struct world *w = *state;
	int64_t id = record_thing(w, "a", NOW_MS);
	struct journal_line *l;
	size_t n;

	for (int i = 0; i < 7; i++) {
		record_rename(w, id, "a", arena_printf(w->a, "navn %d", i), NOW_MS);
		record_thing(w, arena_printf(w->a, "annet%d", i), NOW_MS);
	}
	assert_ok(journal_history(w->db, w->a, "thing", S("a"), JOURNAL_NEWEST, 3, &l, &n));
	assert_true(n == 3 && l[0].entry.rev == 8 && l[2].entry.rev == 6);
	assert_ok(journal_history(w->db, w->a, "thing", S("a"), l[2].entry.seq, 10, &l, &n));
	assert_true(n == 5 && l[0].entry.rev == 5 && l[4].entry.rev == 1);
	assert_str(journal_field(&l[0], "name"), "navn 3");
}

/* The end of the record was damaged: nothing is hung onto it. */
static void
a_damaged_end_is_not_built_on(void **state)
{
	struct world *w = *state;
	struct deed d = {w, act_on("thing.look", "x", NOW_MS), NULL, NULL, 0};

	d.act.no_change = true;
	record_thing(w, "a", NOW_MS);
	assert_ok(db_script(w->db, w->a,
	    "UPDATE journal_entry SET text = replace(text, '3301', '3302') WHERE seq = 0"));
	assert_err(do_deed(&d), "journal.selfcheck");
	assert_ok(db_script(w->db, w->a,
	    "UPDATE journal_entry SET text = replace(text, '3302', '3301') WHERE seq = 0"));
	assert_ok(db_script(w->db, w->a, "DELETE FROM journal_node WHERE pos = 0"));
	assert_err(do_deed(&d), "journal.selfcheck");
}

/* What is read back before the commit is not what was written: a trigger on table does this. */
static const struct bad_write {
	const char *table, *lite, *pg;
} bad_writes[] = {
    {"journal_content", "UPDATE journal_content SET content = x'00' WHERE seq = new.seq",
	"UPDATE journal_content SET content = '\\x00' WHERE seq = new.seq"},
    {"journal_content", "UPDATE journal_content SET key = zeroblob(32) WHERE seq = new.seq",
	"UPDATE journal_content SET key = decode(repeat('00', 32), 'hex') WHERE seq = new.seq"},
    {"journal_entry",
	"UPDATE journal_entry SET text = replace(text, '3301', '3302') WHERE seq = new.seq",
	NULL},
    {"journal_node", "UPDATE journal_node SET hash = zeroblob(32) WHERE pos = new.pos",
	"UPDATE journal_node SET hash = decode(repeat('00', 32), 'hex') WHERE pos = new.pos"},
    {"journal_node",
	"UPDATE journal_node SET hash = zeroblob(32) WHERE pos = 5", /* under a peak */
	"UPDATE journal_node SET hash = decode(repeat('00', 32), 'hex') WHERE pos = 5"},
    {"journal_node", "DELETE FROM journal_node WHERE pos = 562949953421312", NULL}, /* a peak */
};

static void
spoil(struct world *w, const struct bad_write *b)
{
	const char *sql = arena_printf(w->a,
	    db_is_postgres(w->db)
		? "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
		  "$$ BEGIN %1$s; RETURN NULL; END $$; "
		  "CREATE TRIGGER t AFTER INSERT ON %2$s FOR EACH ROW EXECUTE FUNCTION spoil()"
		: "CREATE TRIGGER t AFTER INSERT ON %2$s BEGIN %1$s; END",
	    db_is_postgres(w->db) && b->pg ? b->pg : b->lite, b->table);

	assert_ok(db_script(w->db, w->a, sql));
}

static void
bad_writes_are_noticed(void **state)
{
	struct world *w = *state;
	struct deed d = {w, act_on("thing.look", "x", NOW_MS), NULL, NULL, 0};
	int64_t size;

	d.act.no_change = true;
	for (int i = 0; i < 5; i++)
		record_thing(w, arena_printf(w->a, "t%d", i), NOW_MS);
	for (size_t i = 0; i < sizeof(bad_writes) / sizeof(bad_writes[0]); i++) {
		spoil(w, &bad_writes[i]);
		assert_err(do_deed(&d), "journal.selfcheck");
		assert_ok(db_script(w->db, w->a,
		    db_is_postgres(w->db) ? "DROP FUNCTION spoil() CASCADE"
					  : "DROP TRIGGER t"));
	}
	assert_ok(journal_size(w->db, w->a, &size));
	assert_int_equal(size, 5);
	assert_ok(do_deed(&d));
}

static void
roots_and_proofs_come_from_the_tables(void **state)
{
	struct world *w = *state;
	struct merkle_path p;
	struct sha256 root[34], leaf[33];
	struct buf b = buf_new(w->a, 1 << 20);
	str text, rest;

	for (int i = 0; i < 33; i++) {
		record_thing(w, arena_printf(w->a, "t%d", i), NOW_MS);
		assert_ok(journal_root(w->db, w->a, i + 1, &root[i + 1]));
	}
	assert_ok(journal_stream(w->db, w->a, 0, 33, &b));
	assert_ok(record_check(w->a, buf_str(&b), 33, &root[33]));
	rest = buf_str(&b);
	for (int i = 0; i < 33; i++) {
		assert_true(entry_cut(rest, &text, &rest));
		leaf[i] = merkle_leaf(text);
		assert_ok(journal_prove_inclusion(w->db, w->a, i, 33, &p));
		assert_true(merkle_check_inclusion(&leaf[i], (uint64_t)i, 33, &p, &root[33]));
		assert_ok(journal_prove_consistency(w->db, w->a, i + 1, 33, &p));
		assert_true(
		    merkle_check_consistency((uint64_t)i + 1, &root[i + 1], 33, &root[33], &p));
	}
	assert_err(journal_prove_inclusion(w->db, w->a, 33, 33, &p), "journal.not_found");
	assert_err(journal_prove_inclusion(w->db, w->a, 3, 34, &p), "journal.not_found");
	assert_err(journal_prove_consistency(w->db, w->a, 3, 34, &p), "journal.not_found");
	assert_err(journal_root(w->db, w->a, 34, &root[0]), "journal.not_found");
}

static void
checkpoints_are_signed_and_kept(void **state)
{
	struct world *w = *state;
	const char *dir;
	struct signer s = test_signer(w->a, &dir), again;
	struct note_key key = signer_key(&s, ORIGIN);
	struct q_journal_checkpoint_last *kept;
	struct checkpoint c;
	struct sha256 root;
	struct stat st;
	str note, body;

	assert_err(checkpoint_sign(w->db, w->a, &s, ORIGIN, &note), "checkpoint.none");
	for (int i = 0; i < 5; i++)
		record_thing(w, arena_printf(w->a, "t%d", i), NOW_MS);
	str first = record_checkpoint(w, &s);
	assert_ok(q_journal_checkpoint_last(w->db, w->a, &kept));
	note = kept->note;
	assert_true(str_eq(first, note));
	assert_ok(note_check(w->a, note, &key, &body, NULL));
	assert_ok(checkpoint_parse(w->a, body, &c));
	assert_ok(journal_root(w->db, w->a, 5, &root));
	assert_true(c.size == 5 && sha256_eq(&root, &c.root));
	assert_true(str_eq(record_checkpoint(w, &s), first)); /* nothing new: the same */
	record_thing(w, "t5", NOW_MS);
	assert_false(str_eq(record_checkpoint(w, &s), first));
	assert_ok(signer_open(w->a, dir, &again));
	assert_memory_equal(again.public, s.public, SIGN_PUBLIC_BYTES);
	assert_int_equal(stat(arena_printf(w->a, "%s/checkpoint.key", dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
the_signer_signs_only_growth(void **state)
{
	struct world *w = *state;
	struct signer s = test_signer(w->a, NULL);
	unsigned char sig[SIGN_BYTES];
	struct merkle_path p, none = {0};
	struct checkpoint c = {.origin = ORIGIN, .size = 6};
	str note;

	for (int i = 0; i < 5; i++)
		record_thing(w, arena_printf(w->a, "t%d", i), NOW_MS);
	record_checkpoint(w, &s);
	record_thing(w, "t5", NOW_MS);
	assert_ok(journal_root(w->db, w->a, 6, &c.root));
	assert_ok(journal_prove_consistency(w->db, w->a, 5, 6, &p));
	assert_err(s.sign(s.arg, w->a, &c, &none, sig), "signer.refused");
	c.root.b[3] ^= 1;
	assert_err(s.sign(s.arg, w->a, &c, &p, sig), "signer.refused");
	c.root.b[3] ^= 1;
	assert_ok(s.sign(s.arg, w->a, &c, &p, sig));
	c.size = 5;
	assert_err(s.sign(s.arg, w->a, &c, &none, sig), "signer.refused");
	/* The database lost its end: the program itself stops, the signer would too. */
	assert_ok(db_script(w->db, w->a,
	    "DELETE FROM journal_content WHERE seq = 5; DELETE FROM journal_entry WHERE seq = "
	    "5"));
	assert_err(checkpoint_sign(w->db, w->a, &s, ORIGIN, &note), "checkpoint.forked");
	/* A second history of the same length. */
	assert_ok(db_script(
	    w->db, w->a, "DELETE FROM journal_node WHERE pos IN (5, 281474976710658)"));
	record_thing(w, "annet", NOW_MS);
	assert_err(checkpoint_sign(w->db, w->a, &s, ORIGIN, &note), "signer.refused");
}

static void
a_foreign_note_is_not_kept(void **state)
{
	struct world *w = *state;
	struct checkpoint c = {.origin = ORIGIN, .size = 1};

	record_thing(w, "a", NOW_MS);
	str note = note_join(w->a, checkpoint_body(w->a, &c), S("\u2014 x AAAAAAAA\n"));
	assert_err(checkpoint_keep(w->db, w->a, note, NOW_AT), "checkpoint.forked");
}

static void
a_receipt_can_be_checked_alone(void **state)
{
	struct world *w = *state;
	struct signer s = test_signer(w->a, NULL);
	struct note_key key = signer_key(&s, ORIGIN);
	struct buf b = buf_new(w->a, 1 << 16);
	struct merkle_path p = {0};
	struct checkpoint c;
	json_t *j, *h;
	size_t i;
	str body;

	for (int k = 0; k < 5; k++)
		record_thing(w, arena_printf(w->a, "t%d", k), NOW_MS);
	assert_err(checkpoint_receipt(w->db, w->a, 3, &b), "checkpoint.none");
	record_checkpoint(w, &s);
	assert_ok(checkpoint_receipt(w->db, w->a, 3, &b));
	assert_err(checkpoint_receipt(w->db, w->a, 5, &b), "checkpoint.none");
	j = json_loadb(b.p, b.n, 0, NULL);
	assert_non_null(j);
	assert_ok(
	    note_check(w->a, str_from_c(json_string_value(json_object_get(j, "checkpoint"))),
		&key, &body, NULL));
	assert_ok(checkpoint_parse(w->a, body, &c));
	json_array_foreach(json_object_get(j, "path"), i, h)
	    assert_true(sha256_parse(str_from_c(json_string_value(h)), &p.h[p.n++]));
	struct sha256 leaf =
	    merkle_leaf(str_from_c(json_string_value(json_object_get(j, "entry"))));
	assert_true(merkle_check_inclusion(&leaf, 3, (uint64_t)c.size, &p, &c.root));
	json_decref(j);
}

/* --- erasure ---------------------------------------------------------------------------- */
struct erasing {
	struct world *w;
	int64_t id, seq;
	const int64_t *seqs;
	size_t n;
	const char *name; /* what the thing is mended to; NULL: not mended */
};

static struct err *
erase(struct db *db, void *arg)
{
	struct erasing *e = arg;
	struct act act = act_on("content.erase", "a", NOW_MS);

	if (e->name)
		TRY(q_thing_rename(db, e->w->a, e->id, str_from_c(e->name), NULL));
	act.reason = S("identity-number");
	return journal_erase(db, e->w->a, &act, e->seqs, e->n, &e->seq);
}

static void
erased_content_is_gone_and_admitted(void **state)
{
	struct world *w = *state;
	struct journal_line *l;
	int64_t *seqs;
	size_t n;

	int64_t id = record_thing(w, "a", NOW_MS), other = record_thing(w, "b", NOW_MS);
	record_rename(w, id, "a", "Ola 01010112345 Nordmann", NOW_MS);
	record_part(w, id, "a", "her", 3);
	record_rename(w, other, "b", "bb", NOW_MS);
	record_part(w, other, "b", "der", 4);
	assert_ok(journal_holding(w->db, w->a, S("01010112345"), &seqs, &n));
	assert_true(n == 1 && seqs[0] == 2);
	struct erasing e = {w, id, 0, seqs, n, "Ola"};
	assert_ok(space_write(w->space, w->a, erase, &e));
	assert_ok(journal_holding(w->db, w->a, S("01010112345"), &seqs, &n));
	assert_int_equal(n, 0);
	assert_ok(journal_history(w->db, w->a, "thing", S("a"), JOURNAL_NEWEST, 10, &l, &n));
	assert_true(n == 4 && l[0].entry.seq == e.seq && !l[0].erased && l[2].erased);
	assert_str(content_find(l[0].content, ERASED_FIELD), "2");
	struct said s = verify_world(w, NULL);
	assert_int_equal(s.n, 0);
	assert_int_equal(s.res.erased, 1);
	/* What is left is still accounted for, to the letter. */
	assert_ok(db_script(w->db, w->a, "UPDATE thing SET note = 'y' WHERE id = 1"));
	s = verify_world(w, NULL);
	assert_true(has_said(&s, "toy thing 1: note is not what seq 6 made it"));
}

static void
rows_only_erased_entries_knew_are_repeated(void **state)
{
	struct world *w = *state;
	int64_t id = record_thing(w, "a", NOW_MS);
	record_part(w, id, "a", "her", 3);
	int64_t gone = record_thing(w, "b", NOW_MS);
	record_drop(w, gone, "b");
	int64_t seqs[] = {0, 1, 2, 3};
	struct erasing e = {w, id, 0, seqs, 4, NULL};

	assert_ok(space_write(w->space, w->a, erase, &e));
	struct said s = verify_world(w, NULL);
	assert_int_equal(s.n, 0);
	assert_int_equal(s.res.erased, 4);
	assert_ok(db_script(w->db, w->a, "UPDATE part SET amount = 4"));
	s = verify_world(w, NULL);
	assert_true(has_said(&s, "toy part 1,her: amount is not what seq 4 made it"));
}

static void
some_erasures_are_refused(void **state)
{
	struct world *w = *state;
	int64_t id = record_thing(w, "a", NOW_MS), zero = 0, one = 1;
	struct erasing e = {w, id, 0, &zero, 0, NULL};

	assert_err(space_write(w->space, w->a, erase, &e), "erase.nothing");
	e.n = 1;
	assert_ok(space_write(w->space, w->a, erase, &e));
	assert_err(space_write(w->space, w->a, erase, &e), "erase.nothing");
	e.seqs = &one;
	assert_err(space_write(w->space, w->a, erase, &e), "erase.erasure");
}

/* The verifier that shares no line with the product. */
static void
write_file(const char *path, str bytes)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	fclose(f);
}

static int
run_verifier(struct world *w, const char *dir, str stream, str proofs)
{
	const char *entries = arena_printf(w->a, "%s/journal.txt", dir);
	const char *json = arena_printf(w->a, "%s/checkpoints.json", dir);

	write_file(entries, stream);
	write_file(json, proofs);
	FILE *p =
	    popen(arena_printf(w->a, "python3 tools/verify_journal.py %s %s >/dev/null 2>&1",
		      entries, json),
		"r");
	int status = pclose(p);
	remove(entries);
	remove(json);
	return status;
}

/* A witness's line for the last checkpoint, put in as its use case would. */
static void
cosign(struct world *w, str note)
{
	unsigned char secret[crypto_sign_SECRETKEYBYTES], sig[SIGN_BYTES];
	struct note_key k = {.name = S("moss.example/witness"), .type = NOTE_COSIGNATURE};
	str body, lines, line, rest;

	crypto_sign_keypair(k.public, secret);
	assert_ok(note_split(w->a, note, &body, &lines));
	str text = cosigned_text(w->a, NOW_AT, body);
	crypto_sign_detached(sig, NULL, (const unsigned char *)text.p, text.n, secret);
	str_cut(note_line(w->a, &k, NOW_AT, sig), '\n', &line, &rest);
	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a,
		"INSERT INTO party (id) VALUES (1);"
		"INSERT INTO witness (id, pid, party_id, side, key, from_at) "
		"VALUES (1, 'w', 1, 1, '" STR_FMT "', 0);"
		"INSERT INTO cosignature (size, witness_id, line, signed_at) "
		"VALUES (11, 1, '" STR_FMT "', %lld)",
		STR_ARG(note_key_text(w->a, &k)), STR_ARG(line), (long long)NOW_AT)));
}

static void
another_program_agrees(void **state)
{
	struct world *w = *state;
	const char *dir;
	struct signer s = test_signer(w->a, &dir);
	struct note_key key = signer_key(&s, ORIGIN);
	struct buf stream = buf_new(w->a, 1 << 20), json = buf_new(w->a, 1 << 20);

	str note = S("");

	for (int i = 0; i < 11; i++) {
		record_thing(w, arena_printf(w->a, "t%d", i), NOW_MS);
		if (i % 4 == 2)
			note = record_checkpoint(w, &s);
	}
	cosign(w, note);
	assert_ok(journal_stream(w->db, w->a, 0, 11, &stream));
	assert_ok(checkpoint_export(w->db, w->a, note_key_text(w->a, &key), &json));
	assert_int_equal(run_verifier(w, dir, buf_str(&stream), buf_str(&json)), 0);
	char *line = memmem(json.p, json.n, "\u2014 moss.example/witness ", 25);
	assert_non_null(line); /* its line, changed, is no longer believed */
	line[60] = line[60] == 'A' ? 'B' : 'A';
	assert_int_not_equal(run_verifier(w, dir, buf_str(&stream), buf_str(&json)), 0);
	json.n = 0;
	assert_ok(checkpoint_export(w->db, w->a, note_key_text(w->a, &key), &json));
	for (int i = 0; i < 4; i++) { /* damage anywhere */
		char *p =
		    i < 3 ? &stream.p[stream.n / 2 * (size_t)i / 2 + 30] : &json.p[json.n - 40];
		*p ^= 1;
		assert_int_not_equal(run_verifier(w, dir, buf_str(&stream), buf_str(&json)), 0);
		*p ^= 1;
	}
	str whole = buf_str(&stream);
	whole.n =
	    (size_t)((const char *)memmem(whole.p, whole.n, "rodtrad-journal/v1\nseq 9\n", 25) -
		     whole.p);
	assert_int_not_equal(run_verifier(w, dir, whole, buf_str(&json)), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_WORLD(an_act_becomes_an_entry),
	    WITH_WORLD(content_says_all_that_changed),
	    WITH_WORLD(what_is_said_about_an_act_is_kept),
	    WITH_WORLD(time_never_goes_back),
	    WITH_WORLD(changes_without_an_entry_are_refused),
	    WITH_WORLD(strange_ids_are_refused),
	    WITH_WORLD(history_comes_in_pages),
	    WITH_WORLD(a_damaged_end_is_not_built_on),
	    WITH_WORLD(bad_writes_are_noticed),
	    WITH_WORLD(roots_and_proofs_come_from_the_tables),
	    WITH_WORLD(checkpoints_are_signed_and_kept),
	    WITH_WORLD(the_signer_signs_only_growth),
	    WITH_WORLD(a_foreign_note_is_not_kept),
	    WITH_WORLD(a_receipt_can_be_checked_alone),
	    WITH_WORLD(erased_content_is_gone_and_admitted),
	    WITH_WORLD(rows_only_erased_entries_knew_are_repeated),
	    WITH_WORLD(some_erasures_are_refused),
	    WITH_WORLD(another_program_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
