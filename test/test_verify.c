/* verify finds every change, and names the place; and is silent when nothing is wrong. */
#include "record.h"

#include "base/hex.h"

#include <stdio.h>

enum { ENTRIES = 9 };

struct record_world {
	struct world *w;
	struct note_key key;
	struct signer signer;
	str note;
};

/* Three things, parts of them, a rename, a drop; checkpoints after 4 and 8 of 9 entries. */
static struct record_world
make_record(struct world *w)
{
	struct record_world r = {.w = w, .signer = test_signer(w->a, NULL)};

	r.key = signer_key(&r.signer, ORIGIN);
	int64_t a = record_thing(w, "a", NOW_MS), b = record_thing(w, "b", NOW_MS + 1);
	record_part(w, a, "a", "her", 3);
	record_rename(w, a, "a", "aa", NOW_MS + 2);
	record_checkpoint(w, &r.signer);
	record_part(w, a, "a", "her", 4);
	record_part(w, b, "b", "der", 5);
	int64_t c = record_thing(w, "c", NOW_MS + 3);
	record_drop(w, c, "c");
	r.note = record_checkpoint(w, &r.signer);
	record_rename(w, b, "b", "bb", NOW_MS + 4);
	assert_ok(db_script(w->db, w->a,
	    db_is_postgres(w->db) ? "SET session_replication_role = replica"
				  : "PRAGMA foreign_keys=OFF"));
	return r;
}

/* Damages a table, looks, and mends it again. */
static struct said
after(struct record_world *r, const char *table, const char *damage)
{
	struct world *w = r->w;

	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a, "CREATE TEMP TABLE saved AS SELECT * FROM %s", table)));
	assert_ok(db_script(w->db, w->a, damage));
	struct said s = verify_world(w, &r->key);
	assert_ok(db_script(w->db, w->a,
	    arena_printf(w->a,
		"DELETE FROM %s; INSERT INTO %s SELECT * FROM saved; "
		"DROP TABLE saved",
		table, table)));
	return s;
}

static void
expect(struct record_world *r, const char *table, const char *damage, const char *line)
{
	struct said s = after(r, table, damage);

	if (!has_said(&s, line)) {
		for (int i = 0; i < s.n; i++)
			print_error("said: %s\n", s.line[i]);
		fail_msg("not said: %s, after %s", line, damage);
	}
}

static void
a_whole_record_is_whole(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);
	struct said s = verify_world(w, &r.key);

	for (int i = 0; i < s.n; i++)
		print_error("said: %s\n", s.line[i]);
	assert_int_equal(s.res.problems, 0);
	assert_int_equal(s.res.entries, ENTRIES);
	assert_int_equal(s.res.checkpoints, 2);
	assert_int_equal(s.res.rows, 4);
	assert_int_equal(s.res.erased, 0);
	struct sha256 root;
	assert_ok(journal_root(w->db, w->a, ENTRIES, &root));
	assert_true(sha256_eq(&root, &s.res.root));
}

static void
an_empty_record_is_whole(void **state)
{
	struct said s = verify_world(*state, NULL);

	assert_true(s.res.problems == 0 && s.res.entries == 0);
}

/* Whether a line begins so. */
static bool
names(const struct said *s, const char *place)
{
	for (int i = 0; i < s->n; i++)
		if (strncmp(s->line[i], place, strlen(place)) == 0)
			return true;
	return false;
}

static void
every_byte_of_an_entry_counts(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);
	struct buf b = buf_new(w->a, 4096);

	assert_ok(journal_stream(w->db, w->a, 5, 6, &b));
	for (size_t i = 1; i <= b.n; i++) {
		struct said s = after(&r, "journal_entry",
		    arena_printf(w->a, "UPDATE journal_entry SET %s WHERE seq = 5",
			poke_text(w, "text", i)));
		if (!names(&s, "toy seq 5: "))
			fail_msg("byte %zu", i);
	}
}

static void
every_byte_of_content_and_key_counts(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);

	for (size_t i = 1; i <= 32 + 60; i++)
		expect(&r, "journal_content",
		    arena_printf(w->a, "UPDATE journal_content SET %s WHERE seq = 5",
			i <= 32 ? poke_bytes(w, "key", i) : poke_bytes(w, "content", i - 32)),
		    "toy seq 5: content is not what the entry commits to");
}

static void
columns_repeat_the_entry(void **state)
{
	static const char *const change[][2] = {
	    {"at_ms = at_ms + 1", "toy seq 2: column at_ms differs from the entry"},
	    {"action = 'x.y'", "toy seq 2: column action differs from the entry"},
	    {"object = 'thing:b'", "toy seq 2: column object differs from the entry"},
	    {"rev = rev + 1", "toy seq 2: column rev differs from the entry"},
	    {"actor = 'system'", "toy seq 2: column actor differs from the entry"},
	    {"org = '3302'", "toy seq 2: column org differs from the entry"},
	};
	struct record_world r = make_record(*state);

	for (size_t i = 0; i < sizeof(change) / sizeof(change[0]); i++)
		expect(&r, "journal_entry",
		    arena_printf(
			r.w->a, "UPDATE journal_entry SET %s WHERE seq = 2", change[i][0]),
		    change[i][1]);
}

static void
entries_and_content_cannot_go_or_come(void **state)
{
	struct record_world r = make_record(*state);

	expect(&r, "journal_entry", "DELETE FROM journal_entry WHERE seq = 4",
	    "toy seq 4: missing, the next is 5");
	expect(&r, "journal_entry", "DELETE FROM journal_entry WHERE seq = 0",
	    "toy seq 0: missing, the next is 1");
	expect(&r, "journal_entry", "DELETE FROM journal_entry WHERE seq > 6",
	    "toy journal_checkpoint 8: the record is shorter");
	expect(&r, "journal_entry", "DELETE FROM journal_entry WHERE seq > 6",
	    "toy seq 7: content without an entry");
	expect(&r, "journal_entry",
	    "INSERT INTO journal_entry SELECT -3, text, at_ms, action, object, rev, actor, org "
	    "FROM journal_entry WHERE seq = 0",
	    "toy seq 0: missing, the next is -3");
	expect(&r, "journal_entry",
	    "INSERT INTO journal_entry SELECT 9, text, at_ms, action, object, rev, actor, org "
	    "FROM journal_entry WHERE seq = 8",
	    "toy seq 9: the entry has another seq");
	expect(&r, "journal_entry",
	    "UPDATE journal_entry SET text = (SELECT text FROM journal_entry WHERE seq = 2) "
	    "WHERE seq = 3",
	    "toy seq 3: the entry has another seq");
	expect(&r, "journal_content", "DELETE FROM journal_content WHERE seq = 4",
	    "toy seq 4: content is gone, and no erasure says so");
	expect(&r, "journal_content",
	    arena_printf(r.w->a, "INSERT INTO journal_content VALUES (77, %s, %s)",
		zero_bytes(r.w), zero_bytes(r.w)),
	    "toy seq 77: content without an entry");
}

static void
every_node_counts(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);

	for (int level = 0; level < 4; level++)
		for (int index = 0; index < ENTRIES >> level; index++) {
			int64_t pos = journal_pos((unsigned)level, (uint64_t)index);
			int last = ((index + 1) << level) - 1;
			expect(&r, "journal_node",
			    arena_printf(w->a, "UPDATE journal_node SET %s WHERE pos = %lld",
				poke_bytes(w, "hash", 32), (long long)pos),
			    arena_printf(w->a, "toy seq %d: node %d/%d is not of these entries",
				last, level, index));
			expect(&r, "journal_node",
			    arena_printf(w->a, "DELETE FROM journal_node WHERE pos = %lld",
				(long long)pos),
			    arena_printf(
				w->a, "toy seq %d: node %d/%d is missing", last, level, index));
		}
	static const char *const odd[] = {"9", "-1", "9223372036854775806"};
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		expect(&r, "journal_node",
		    arena_printf(w->a, "INSERT INTO journal_node VALUES (%s, %s)", odd[i],
			zero_bytes(w)),
		    arena_printf(w->a, "toy journal_node %s: a node of no entries", odd[i]));
}

static void
checkpoints_count(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);
	struct note_key other = r.key;
	struct said s;

	for (size_t i = 1; i <= r.note.n - 2; i++) { /* characters: the dash is three bytes */
		s = after(&r, "journal_checkpoint",
		    arena_printf(w->a, "UPDATE journal_checkpoint SET %s WHERE size = 8",
			poke_text(w, "note", i)));
		if (!names(&s, "toy journal_checkpoint 8: "))
			fail_msg("byte %zu", i);
	}
	expect(&r, "journal_checkpoint",
	    arena_printf(w->a, "UPDATE journal_checkpoint SET %s WHERE size = 4",
		poke_bytes(w, "root", 1)),
	    "toy journal_checkpoint 4: columns differ from the note");
	expect(&r, "journal_checkpoint",
	    "UPDATE journal_checkpoint SET size = 5 WHERE size = 4",
	    "toy journal_checkpoint 5: columns differ from the note");
	expect(&r, "journal_checkpoint",
	    "UPDATE journal_checkpoint SET note = replace(note, 'example', 'exampla')",
	    "toy journal_checkpoint 4: not signed by the key");
	other.public[5] ^= 1;
	s = verify_world(w, &other);
	assert_true(has_said(&s, "toy journal_checkpoint 4: not signed by the key"));
}

/* Values of each type, in each recorded table; rows that go and come. */
static void
every_value_of_a_row_counts(void **state)
{
	static const char *const change[][3] = {
	    {"thing", "UPDATE thing SET pid = 'x' WHERE id = 1",
		"toy thing 1: pid is not what seq 3 made it"},
	    {"thing", "UPDATE thing SET name = 'Aa' WHERE id = 1",
		"toy thing 1: name is not what seq 3 made it"},
	    {"thing", "UPDATE thing SET note = NULL WHERE id = 2",
		"toy thing 2: note is not what seq 8 made it"},
	    {"thing", "UPDATE thing SET note = '' WHERE id = 2",
		"toy thing 2: note is not what seq 8 made it"},
	    {"thing", "UPDATE thing SET weight = 0.10000000000000002 WHERE id = 2",
		"toy thing 2: weight is not what seq 8 made it"},
	    {"thing", "UPDATE thing SET picture = NULL WHERE id = 2",
		"toy thing 2: picture is not what seq 8 made it"},
	    {"thing", "UPDATE thing SET owner = 1 WHERE id = 2",
		"toy thing 2: owner is not what seq 8 made it"},
	    {"thing", "DELETE FROM thing WHERE id = 2",
		"toy thing 2: the row that seq 8 made is gone"},
	    {"thing", "UPDATE thing SET id = 7 WHERE id = 2",
		"toy thing 7: no entry made this row"},
	    {"thing", "INSERT INTO thing (id, pid, name) VALUES (3, 'c', 'c')",
		"toy thing 3: no entry made this row"},
	    {"part", "UPDATE part SET amount = 8 WHERE place = 'her'",
		"toy part 1,her: amount is not what seq 4 made it"},
	    {"part", "UPDATE part SET place = 'Her' WHERE place = 'her'",
		"toy part 1,Her: no entry made this row"},
	    {"part", "UPDATE part SET place = 'Her' WHERE place = 'her'",
		"toy part 1,her: the row that seq 4 made is gone"},
	    {"part", "DELETE FROM part WHERE thing_id = 2",
		"toy part 2,der: the row that seq 5 made is gone"},
	};
	struct record_world r = make_record(*state);
	struct said s;

	for (size_t i = 0; i < sizeof(change) / sizeof(change[0]); i++)
		expect(&r, change[i][0], change[i][1], change[i][2]);
	expect(&r, "thing",
	    arena_printf(
		r.w->a, "UPDATE thing SET %s WHERE id = 2", poke_bytes(r.w, "picture", 3)),
	    "toy thing 2: picture is not what seq 8 made it");
	s = after(&r, "thing", "UPDATE thing SET name = 'x', weight = 3 WHERE id = 1");
	assert_int_equal(s.n, 2); /* both columns, and nothing else */
}

static void
collect(void *arg, const char *line)
{
	struct said *s = arg;

	snprintf(s->line[s->n++], sizeof(s->line[0]), "%s", line);
}

/* An end that is cut off in every table at once is still missed by whoever has a note. */
static void
a_cut_end_is_held_against_notes(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);
	struct said s = {0};
	struct verify v = {
	    .space = "toy", .key = &r.key, .notes = &r.note, .n_notes = 1, .signed_size = 8};

	v.say = collect;
	v.arg = &s;
	assert_ok(verify_space(w->db, w->a, &v, &s.res));
	assert_int_equal(s.n, 0);
	assert_ok(db_script(w->db, w->a,
	    "DELETE FROM journal_content WHERE seq > 3; DELETE FROM journal_entry WHERE seq > "
	    "3;"
	    "DELETE FROM journal_checkpoint WHERE size > 4;"
	    "DELETE FROM journal_node WHERE pos NOT IN (0, 1, 2, 3, 281474976710656, "
	    "281474976710657, 562949953421312);"
	    "UPDATE thing SET name = 'b' WHERE id = 2; UPDATE part SET amount = 3;"
	    "DELETE FROM part WHERE thing_id = 2"));
	assert_ok(verify_space(w->db, w->a, &v, &s.res));
	assert_int_equal(s.n, 2);
	assert_true(
	    has_said(&s, "toy checkpoint 1 of those given (size 8): the record is shorter"));
	assert_true(has_said(&s, "toy seq 4: missing, but it was signed"));
}

/* A forged last entry with its columns and its leaf in the tree: only the rules betray it. */
static struct said
forged(struct record_world *r, struct entry e, const char *content)
{
	static const unsigned char key[COMMIT_KEY_BYTES] = {3};
	struct world *w = r->w;
	str text;
	const char *hex = content ? hex_encode(w->a, str_from_c(content)).p : NULL;
	const char *quote = db_is_postgres(w->db) ? "'\\x" : "x'";

	if (content) {
		struct sha256 to = commitment(key, str_from_c(content));
		e.to = sha256_hex(w->a, &to);
	}
	assert_ok(entry_format(w->a, &e, &text));
	struct sha256 leaf = merkle_leaf(text);
	struct buf sql = buf_new(w->a, 1 << 16);
	buf_printf(&sql,
	    "UPDATE journal_entry SET text = '" STR_FMT "', rev = %d, at_ms = %lld "
	    "WHERE seq = 8;",
	    STR_ARG(text), (int)e.rev, (long long)e.time_ms);
	buf_printf(&sql, "UPDATE journal_node SET hash = %s%s' WHERE pos = 8;", quote,
	    sha256_hex(w->a, &leaf).p);
	if (content)
		buf_printf(&sql,
		    "UPDATE journal_content SET key = %s%s', content = %s%s' "
		    "WHERE seq = 8;",
		    quote, hex_encode(w->a, (str){(const char *)key, sizeof(key)}).p, quote,
		    hex);
	assert_ok(db_script(w->db, w->a, str_to_c(w->a, buf_str(&sql))));
	return verify_world(w, &r->key);
}

static void
a_forged_end_breaks_the_rules(void **state)
{
	struct world *w = *state;
	struct record_world r = make_record(w);
	struct entry e, bad;
	struct buf b = buf_new(w->a, 4096);
	struct said s;

	assert_ok(journal_stream(w->db, w->a, 8, 9, &b));
	assert_ok(entry_parse(w->a, buf_str(&b), &e));
	s = forged(&r, e, NULL); /* as it was */
	assert_int_equal(s.n, 0);
	bad = e;
	bad.prev.b[0] ^= 1;
	s = forged(&r, bad, NULL);
	assert_true(
	    s.n == 1 && has_said(&s, "toy seq 8: prev is not the leaf of the entry before"));
	bad = e;
	bad.time_ms -= 100;
	s = forged(&r, bad, NULL);
	assert_true(s.n == 1 && has_said(&s, "toy seq 8: time goes back"));
	bad = e;
	bad.rev++;
	s = forged(&r, bad, NULL);
	assert_true(s.n == 1 &&
		    has_said(&s, "toy seq 8: rev does not follow the last of the same object"));
	bad = e;
	bad.from = S("-");
	s = forged(&r, bad, NULL);
	assert_true(
	    s.n == 1 &&
	    has_said(&s, "toy seq 8: from is not what the last of the same object led to"));
	s = forged(&r, e, "in:name 2\nbb\nrest");
	assert_true(has_said(&s, "toy seq 8: content that cannot be read"));
	s = forged(&r, e, "+thing 9\nname/n 0\n\n");
	assert_true(has_said(&s, "toy seq 8: a row of thing without its key"));
	s = forged(&r, e, "erased 1\n3\n");
	assert_true(has_said(&s, "toy seq 3: still has content, but 8 erased it"));
	s = forged(&r, e, "erased 1\nx\n");
	assert_true(has_said(&s, "toy seq 8: an erasure that cannot be read"));
}

static void
notes_of_other_records_are_refused(void **state)
{
	struct world *w = *state;
	struct said s = {0};
	struct verify v = {.space = "toy", .origin = S("elsewhere"), .say = collect, .arg = &s};

	make_record(w);
	assert_ok(verify_space(w->db, w->a, &v, &s.res));
	assert_int_equal(s.n, 2);
	assert_true(has_said(&s, "toy journal_checkpoint 4: of another record"));
}

/* More entries than one step reads. */
static void
long_records_are_read_in_steps(void **state)
{
	struct world *w = *state;
	struct signer signer = test_signer(w->a, NULL);
	struct note_key key = signer_key(&signer, ORIGIN);

	for (int i = 0; i < 700; i++)
		record_thing(w, arena_printf(w->a, "t%d", i), NOW_MS + i);
	record_checkpoint(w, &signer);
	struct said s = verify_world(w, &key);
	assert_true(s.res.problems == 0 && s.res.entries == 700 && s.res.rows == 700);
	assert_ok(db_script(w->db, w->a, "UPDATE thing SET name = 'x' WHERE id = 640"));
	assert_ok(db_script(w->db, w->a,
	    arena_printf(
		w->a, "UPDATE journal_node SET %s WHERE pos = 600", poke_bytes(w, "hash", 9))));
	s = verify_world(w, &key);
	assert_int_equal(s.n, 2);
	assert_true(has_said(&s, "toy thing 640: name is not what seq 639 made it"));
	assert_true(has_said(&s, "toy seq 600: node 0/600 is not of these entries"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_WORLD(a_whole_record_is_whole),
	    WITH_WORLD(an_empty_record_is_whole),
	    WITH_WORLD(every_byte_of_an_entry_counts),
	    WITH_WORLD(every_byte_of_content_and_key_counts),
	    WITH_WORLD(columns_repeat_the_entry),
	    WITH_WORLD(entries_and_content_cannot_go_or_come),
	    WITH_WORLD(every_node_counts),
	    WITH_WORLD(checkpoints_count),
	    WITH_WORLD(every_value_of_a_row_counts),
	    WITH_WORLD(a_cut_end_is_held_against_notes),
	    WITH_WORLD(a_forged_end_breaks_the_rules),
	    WITH_WORLD(notes_of_other_records_are_refused),
	    WITH_WORLD(long_records_are_read_in_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
