#include "store/verify.h"

#include "q_cosignature.h"
#include "q_journal.h"
#include "store/erase.h"
#include "store/keymap.h"
#include "store/migrate.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 256, LINE_MAX_BYTES = 400, LEVELS = 48, SUSPECTS = 1000 };

struct run {
	struct db *db;
	struct arena *a;      /* for as long as the run */
	struct arena *step_a; /* for the step under way */
	const struct verify *v;
	struct verify_result res;

	struct record_reader reader;
	bool is_old;              /* made before tables that this program has */
	bool gap;                 /* entries are missing: the tree cannot be compared */
	struct merkle_made *made; /* in the step under way */
	size_t n_made;

	struct keymap objects; /* the last entry of each */
	struct keymap rows;    /* the last image of each; seq: where; flag: it is there */
	struct keymap gone;    /* entries without content, until an erasure names them */
	const struct db_table *table; /* that is scanned */
	struct suspect *suspects;     /* its rows that are not as they must be */
	size_t n_suspects;
};

struct suspect {
	const struct keymap_slot *slot;
	str row, pk_text;
	struct suspect *next;
};

static void __attribute__((format(printf, 2, 3))) say(struct run *r, const char *fmt, ...)
{
	char line[LINE_MAX_BYTES];
	va_list ap;
	int n = snprintf(line, sizeof(line), "%.100s ", r->v->space);

	va_start(ap, fmt);
	vsnprintf(line + n, sizeof(line) - (size_t)n, fmt, ap);
	va_end(ap);
	r->res.problems++;
	r->v->say(r->v->arg, line);
}

static void
say_seq(struct run *r, int64_t seq, const char *what)
{
	say(r, "seq %" PRId64 ": %s", seq, what);
}

/* --- one entry -------------------------------------------------------------------------- */
static void
check_columns(struct run *r, const struct q_journal_range *row, const struct entry *e)
{
	static const char differs[] = "differs from the entry";

	if (row->at_ms != e->time_ms)
		say(r, "seq %" PRId64 ": column at_ms %s", row->seq, differs);
	if (!str_eq(row->action, e->action))
		say(r, "seq %" PRId64 ": column action %s", row->seq, differs);
	if (!str_eq(row->object, e->object))
		say(r, "seq %" PRId64 ": column object %s", row->seq, differs);
	if (row->rev != e->rev)
		say(r, "seq %" PRId64 ": column rev %s", row->seq, differs);
	if (!str_eq(row->actor, e->actor))
		say(r, "seq %" PRId64 ": column actor %s", row->seq, differs);
	if (!str_eq(row->org, e->org))
		say(r, "seq %" PRId64 ": column org %s", row->seq, differs);
}

/* rev and from follow the last entry about the same object. */
static void
check_revision(struct run *r, const struct entry *e)
{
	struct keymap_slot *last = keymap_find(&r->objects, keymap_key(e->object, S("")));
	struct sha256 to = {{0}}, from = {{0}};

	if (e->rev != (last ? last->seq + 1 : 1))
		say_seq(r, e->seq, "rev does not follow the last of the same object");
	if (last ? !sha256_parse(e->from, &from) || !sha256_eq(&from, &last->hash)
		 : !str_eq(e->from, S("-")))
		say_seq(r, e->seq, "from is not what the last of the same object led to");
	if (!sha256_parse(e->to, &to))
		say_seq(r, e->seq, "commits to nothing");
	keymap_set(&r->objects, keymap_key(e->object, S("")),
	    (struct keymap_slot){.hash = to, .seq = e->rev});
}

static void
check_chain(struct run *r, const struct q_journal_range *row, const struct entry *e)
{
	if (e->seq != row->seq)
		say_seq(r, row->seq, "the entry has another seq");
	if (!sha256_eq(&e->prev, &r->reader.last_leaf))
		say_seq(r, row->seq, "prev is not the leaf of the entry before");
	if (e->time_ms < r->reader.last_ms)
		say_seq(r, row->seq, "time goes back");
	r->reader.last_ms = e->time_ms;
	check_columns(r, row, e);
	check_revision(r, e);
}

/* --- the content of one entry ----------------------------------------------------------- */
static struct sha256
seq_key(int64_t seq)
{
	return keymap_key(S("seq"), (str){(const char *)&seq, sizeof(seq)});
}

static void
apply_image(struct run *r, int64_t seq, char op, str table_name, str image)
{
	const struct db_table *table = db_table_find(str_to_c(r->step_a, table_name));
	str pk;

	if (!table) /* a table of an older schema: it is not there to be compared */
		return;
	if (!content_image_pk(r->step_a, table, image, &pk)) {
		say(r, "seq %" PRId64 ": a row of %s without its key", seq, table->name);
		return;
	}
	keymap_set(&r->rows, keymap_key(table_name, pk),
	    (struct keymap_slot){.hash = sha256(image), .seq = seq, .flag = op == '+'});
}

static void
apply_erasure(struct run *r, int64_t seq, str list)
{
	int64_t erased;

	while (list.n) {
		if (!erased_next(&list, &erased)) {
			say_seq(r, seq, "an erasure that cannot be read");
			return;
		}
		struct keymap_slot *s = keymap_find(&r->gone, seq_key(erased));
		if (!s)
			say(r, "seq %" PRId64 ": still has content, but %" PRId64 " erased it",
			    erased, seq);
		else
			s->flag = true;
	}
}

static void
apply_content(struct run *r, int64_t seq, str content)
{
	str name, bytes, table;
	char op;

	while (content_next(&content, &name, &bytes)) {
		if (content_is_row(name, &op, &table))
			apply_image(r, seq, op, table, bytes);
		else if (str_eq(name, S(ERASED_FIELD)))
			apply_erasure(r, seq, bytes);
	}
	if (content.n)
		say_seq(r, seq, "content that cannot be read");
}

static void
check_content(struct run *r, const struct q_journal_range *row, const struct entry *e)
{
	struct sha256 to;

	if (!row->has_content) {
		keymap_set(&r->gone, seq_key(row->seq), (struct keymap_slot){.seq = row->seq});
		return;
	}
	to = hmac_sha256(row->key, row->content);
	if (row->key.n != COMMIT_KEY_BYTES || !str_eq(sha256_hex(r->step_a, &to), e->to))
		say_seq(r, row->seq, "content is not what the entry commits to");
	apply_content(r, row->seq, row->content);
}

/* --- entries and tree, step by step ----------------------------------------------------- */
static void
check_entry(struct run *r, const struct q_journal_range *row)
{
	struct record_reader *rd = &r->reader;
	struct err *bad;
	struct entry e;

	if (row->seq != r->res.entries) {
		say(r, "seq %" PRId64 ": missing, the next is %" PRId64, r->res.entries,
		    row->seq);
		r->gap = true;
	}
	bad = entry_parse(r->step_a, row->text, &e);
	if (bad) {
		say(r, "seq %" PRId64 ": %s", row->seq, bad->detail);
		if (row->has_content)
			apply_content(r, row->seq, row->content);
	} else {
		check_chain(r, row, &e);
		check_content(r, row, &e);
	}
	rd->last_leaf = merkle_leaf(row->text);
	r->n_made += merkle_add(&rd->front, &rd->last_leaf, r->made + r->n_made);
	r->res.entries = row->seq + 1;
}

/* The nodes of one level that the step completed, against the stored ones. */
static struct err *
check_level(struct run *r, unsigned level, uint64_t from, uint64_t to)
{
	struct q_journal_node_range *rows;
	size_t n, at = 0;

	TRY(q_journal_node_range(r->db, r->step_a, journal_pos(level, from),
	    journal_pos(level, to), STEP + 1, &rows, &n));
	for (size_t i = 0; i < r->n_made; i++) {
		const struct merkle_made *m = &r->made[i];
		int64_t last = (int64_t)((m->index + 1) << level) - 1;
		if (m->level != level)
			continue;
		if (at >= n || rows[at].pos != journal_pos(level, m->index)) {
			say(r, "seq %" PRId64 ": node %u/%" PRIu64 " is missing", last, level,
			    m->index);
			continue;
		}
		if (rows[at].hash.n != SHA256_BYTES ||
		    memcmp(rows[at].hash.p, m->hash.b, SHA256_BYTES) != 0)
			say(r, "seq %" PRId64 ": node %u/%" PRIu64 " is not of these entries",
			    last, level, m->index);
		at++;
	}
	return OK;
}

static struct err *
check_nodes(struct run *r, uint64_t from, uint64_t to)
{
	for (unsigned l = 0; l < LEVELS && from >> l < to >> l; l++)
		TRY(check_level(r, l, from >> l, to >> l));
	return OK;
}

static struct err *
entries_step(struct run *r, int64_t *from)
{
	struct q_journal_range *rows;
	uint64_t before = r->reader.front.size;
	size_t n;

	r->made = arena_array(r->step_a, struct merkle_made, 2 * STEP + MERKLE_LEVELS);
	r->n_made = 0;
	TRY(q_journal_range(r->db, r->step_a, *from, STEP, &rows, &n));
	for (size_t i = 0; i < n; i++)
		check_entry(r, &rows[i]);
	if (!r->gap)
		TRY(check_nodes(r, before, r->reader.front.size));
	*from = n == STEP ? rows[n - 1].seq + 1 : INT64_MAX;
	return OK;
}

/* Runs one step with an arena of its own. */
static struct err *
in_step(struct run *r, struct err *(*fn)(struct run *, int64_t *), int64_t *arg)
{
	struct arena step = {0};
	struct err *e;

	arena_init(&step, (size_t)STEP * CONTENT_MAX);
	r->step_a = &step;
	e = err_copy(r->a, fn(r, arg));
	r->step_a = NULL;
	arena_finish(&step);
	return e;
}

static struct err *
check_entries(struct run *r)
{
	int64_t from = INT64_MIN;

	while (from != INT64_MAX)
		TRY(in_step(r, entries_step, &from));
	r->res.root = merkle_root(&r->reader.front);
	return OK;
}

/* What is there beyond the last entry. */
static struct err *
check_odd(struct run *r, int64_t *unused)
{
	uint64_t size = r->reader.front.size;
	struct q_journal_odd_content *odd;
	struct q_journal_node_range *rows;
	size_t n;

	(void)unused;
	TRY(q_journal_odd_content(r->db, r->step_a, r->res.entries, &odd, &n));
	for (size_t i = 0; i < n; i++)
		say_seq(r, odd[i].seq, "content without an entry");
	for (unsigned l = 0; l <= LEVELS && !r->gap; l++) {
		int64_t from = l == 0 ? INT64_MIN : journal_pos(l - 1, size >> (l - 1));
		int64_t to = l == LEVELS ? INT64_MAX : journal_pos(l, 0);
		TRY(q_journal_node_range(r->db, r->step_a, from, to, STEP, &rows, &n));
		for (size_t i = 0; i < n; i++)
			say(r, "journal_node %" PRId64 ": a node of no entries", rows[i].pos);
	}
	return OK;
}

static void
check_gone(struct run *r)
{
	for (size_t i = 0; i < r->gone.cap; i++) {
		const struct keymap_slot *s = &r->gone.slots[i];
		if (!s->used)
			continue;
		if (s->flag)
			r->res.erased++;
		else
			say_seq(r, s->seq, "content is gone, and no erasure says so");
	}
}

/* --- checkpoints ------------------------------------------------------------------------ */

/* NULL, or what is wrong with a note; its checkpoint in ret. */
static const char *
bad_note(struct run *r, str note, struct checkpoint *ret)
{
	str body, lines;

	if (r->v->key ? note_check(r->step_a, note, r->v->key, &body, NULL) != OK
		      : note_split(r->step_a, note, &body, &lines) != OK)
		return "not signed by the key";
	if (checkpoint_parse(r->step_a, body, ret))
		return "cannot be read";
	if (r->v->origin.n && !str_eq(ret->origin, r->v->origin))
		return "of another record";
	return NULL;
}

/* NULL, or what is wrong with a checkpoint as a statement about this record. */
static const char *
bad_checkpoint(struct run *r, const struct checkpoint *c)
{
	struct sha256 root;

	if (c->size > r->res.entries)
		return "the record is shorter";
	if (journal_root(r->db, r->step_a, c->size, &root) || !sha256_eq(&root, &c->root))
		return "the record had another root then";
	return NULL;
}

static void
check_checkpoint(struct run *r, const struct q_journal_checkpoints *row)
{
	struct checkpoint c;
	const char *bad = bad_note(r, row->note, &c);

	if (!bad && (c.size != row->size || row->root.n != SHA256_BYTES ||
			memcmp(row->root.p, c.root.b, SHA256_BYTES) != 0))
		bad = "columns differ from the note";
	if (!bad)
		bad = bad_checkpoint(r, &c);
	if (bad)
		say(r, "journal_checkpoint %" PRId64 ": %s", row->size, bad);
	r->res.checkpoints++;
}

static struct err *
checkpoints_step(struct run *r, int64_t *from)
{
	struct q_journal_checkpoints *rows;
	size_t n;

	TRY(q_journal_checkpoints(r->db, r->step_a, *from, STEP, &rows, &n));
	for (size_t i = 0; i < n; i++)
		check_checkpoint(r, &rows[i]);
	*from = n == STEP ? rows[n - 1].size + 1 : INT64_MAX;
	return OK;
}

/* --- cosignatures ----------------------------------------------------------------------- */

/* NULL, or what is wrong with a line as a cosignature of the checkpoint of its size. */
static const char *
bad_cosignature(struct run *r, const struct q_cosignatures *row)
{
	struct note_key key;
	str body, lines;
	int64_t at;

	if (!row->has_note || note_split(r->step_a, row->note, &body, &lines))
		return "of no checkpoint";
	if (note_key_parse(r->step_a, row->key, &key))
		return "by a key that cannot be read";
	str note = note_join(r->step_a, body,
	    str_from_c(arena_printf(r->step_a, STR_FMT "\n", STR_ARG(row->line))));
	if (note_check(r->step_a, note, &key, &body, &at))
		return "not signed by the witness";
	return at == row->signed_at ? NULL : "was signed at another time";
}

static struct err *
cosignatures_step(struct run *r, int64_t *at)
{
	struct q_cosignatures *rows;
	size_t n;

	TRY(q_cosignatures(r->db, r->step_a, at[0], at[1], STEP, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const char *bad = bad_cosignature(r, &rows[i]);
		if (bad)
			say(r, "cosignature %" PRId64 ",%" PRId64 ": %s", rows[i].size,
			    rows[i].witness_id, bad);
		r->res.cosignatures++;
	}
	at[0] = n == STEP ? rows[n - 1].size : INT64_MAX;
	at[1] = n == STEP ? rows[n - 1].witness_id : 0;
	return OK;
}

/* A table that a script yet to be run makes is no fault. */
static struct err *
has_table(struct run *r, const char *table, bool *ret)
{
	*ret = true;
	return r->is_old ? db_table_exists(r->db, r->a, table, ret) : OK;
}

static struct err *
check_cosignatures(struct run *r)
{
	int64_t at[2] = {INT64_MIN, INT64_MIN};
	bool there;

	TRY(has_table(r, "cosignature", &there));
	while (there && at[0] != INT64_MAX)
		TRY(in_step(r, cosignatures_step, at));
	return OK;
}

static struct err *
check_kept_notes(struct run *r, int64_t *unused)
{
	struct checkpoint c = {0};

	(void)unused;
	for (size_t i = 0; i < r->v->n_notes; i++) {
		const char *bad = bad_note(r, r->v->notes[i], &c);
		if (!bad)
			bad = bad_checkpoint(r, &c);
		if (bad)
			say(r, "checkpoint %zu of those given (size %" PRId64 "): %s", i + 1,
			    c.size, bad);
	}
	if (r->v->signed_size > r->res.entries)
		say_seq(r, r->res.entries, "missing, but it was signed");
	return OK;
}

static struct err *
check_checkpoints(struct run *r)
{
	int64_t from = INT64_MIN;

	while (from != INT64_MAX)
		TRY(in_step(r, checkpoints_step, &from));
	return in_step(r, check_kept_notes, NULL);
}

/* --- rows against the record ------------------------------------------------------------ */

/* The last image in entry seq of the row with that key in the map. */
static struct err *
find_image(struct run *r, int64_t seq, const struct sha256 *key, str *ret_image, str *ret_pk)
{
	struct q_journal_content_at *c;
	str content, name, image, table_name, pk;
	char op;

	*ret_image = *ret_pk = S("");
	TRY(q_journal_content_at(r->db, r->step_a, seq, &c));
	content = c ? c->content : S("");
	while (content_next(&content, &name, &image)) {
		if (!content_is_row(name, &op, &table_name) ||
		    !str_eq(table_name, str_from_c(r->table->name)) ||
		    !content_image_pk(r->step_a, r->table, image, &pk))
			continue;
		struct sha256 k = keymap_key(table_name, pk);
		if (sha256_eq(&k, key)) {
			*ret_image = image;
			*ret_pk = pk;
		}
	}
	return OK;
}

/* Whether a column of the image of a row is other than this. A column that the image does
 * not have came with a later schema, and the record says nothing about it. */
static bool
differs(str image, str column, str value)
{
	const char *slash = memrchr(column.p, '/', column.n);
	size_t n = (size_t)(slash - column.p) + 1;
	str name, bytes;

	while (content_next(&image, &name, &bytes))
		if (name.n == column.n && memcmp(name.p, column.p, n) == 0)
			return !str_eq(name, column) || !str_eq(bytes, value);
	return false;
}

/* Says which columns of a row are not as in its last image. */
static struct err *
compare_columns(struct run *r, const struct suspect *s)
{
	str image, pk, name, bytes, row = s->row;

	TRY(find_image(r, s->slot->seq, &s->slot->key, &image, &pk));
	while (content_next(&row, &name, &bytes))
		if (differs(image, name, bytes))
			say(r,
			    "%s " STR_FMT ": " STR_FMT " is not what seq %" PRId64 " made it",
			    r->table->name, STR_ARG(s->pk_text), (int)name.n - 2, name.p,
			    s->slot->seq);
	return OK;
}

static struct err *
suspects_step(struct run *r, int64_t *unused)
{
	(void)unused;
	for (const struct suspect *s = r->suspects; s; s = s->next)
		TRY(compare_columns(r, s));
	return OK;
}

static void
suspect(struct run *r, const struct keymap_slot *slot, str row, str pk_text)
{
	if (++r->n_suspects > SUSPECTS) {
		say(r, "%s " STR_FMT ": is not what seq %" PRId64 " made it", r->table->name,
		    STR_ARG(pk_text), slot->seq);
		return;
	}
	struct suspect *s = arena_new(r->a, struct suspect);
	*s = (struct suspect){slot, str_copy(r->a, row), str_copy(r->a, pk_text), r->suspects};
	r->suspects = s;
}

static void
check_row(struct run *r, const struct db_value *values)
{
	str pk = content_pk(r->step_a, r->table, values);
	str row = content_row(r->step_a, r->table, values);
	str text = content_pk_text(r->step_a, pk);
	struct sha256 hash = sha256(row);
	struct keymap_slot *s =
	    keymap_find(&r->rows, keymap_key(str_from_c(r->table->name), pk));

	r->res.rows++;
	if (!s || !s->flag) {
		say(r, "%s " STR_FMT ": no entry made this row", r->table->name, STR_ARG(text));
		return;
	}
	s->seen = true;
	if (!sha256_eq(&hash, &s->hash))
		suspect(r, s, row, text);
}

/* No query runs while a table is scanned: what looks wrong is looked up afterwards. */
static struct err *
scan_row(void *arg, const struct db_value *values)
{
	struct run *r = arg;
	struct arena row = {0};

	arena_init(&row, (size_t)4 * CONTENT_MAX);
	r->step_a = &row;
	check_row(r, values);
	arena_finish(&row);
	return OK;
}

/* A row that must be there and is not. */
static struct err *
say_missing(struct run *r, const struct keymap_slot *s)
{
	str image, pk;

	for (size_t i = 0; i < db_tables_n; i++) {
		r->table = &db_tables[i];
		TRY(find_image(r, s->seq, &s->key, &image, &pk));
		if (pk.n)
			say(r, "%s " STR_FMT ": the row that seq %" PRId64 " made is gone",
			    r->table->name, STR_ARG(content_pk_text(r->step_a, pk)), s->seq);
	}
	return OK;
}

static struct err *
missing_step(struct run *r, int64_t *at)
{
	return say_missing(r, &r->rows.slots[*at]);
}

static struct err *
check_state(struct run *r)
{
	for (size_t i = 0; i < db_tables_n; i++) {
		bool there;
		r->table = &db_tables[i];
		r->suspects = NULL;
		TRY(has_table(r, r->table->name, &there));
		if (!there)
			continue;
		TRY(db_table_scan(r->db, r->a, r->table, scan_row, r));
		TRY(in_step(r, suspects_step, NULL));
	}
	for (size_t i = 0; i < r->rows.cap; i++) {
		const struct keymap_slot *s = &r->rows.slots[i];
		int64_t at = (int64_t)i;
		if (s->used && s->flag && !s->seen)
			TRY(in_step(r, missing_step, &at));
	}
	return OK;
}

static struct err *
run_all(struct run *r)
{
	int64_t pending;

	TRY(migrate_pending(r->db, r->a, &pending));
	r->is_old = pending > 0;
	TRY(check_entries(r));
	TRY(in_step(r, check_odd, NULL));
	check_gone(r);
	TRY(check_checkpoints(r));
	TRY(check_cosignatures(r));
	return check_state(r);
}

struct err *
verify_space(struct db *db, struct arena *a, const struct verify *v, struct verify_result *ret)
{
	struct run r = {.db = db, .a = a, .v = v};
	struct err *e;

	keymap_init(&r.objects);
	keymap_init(&r.rows);
	keymap_init(&r.gone);
	e = db_begin(db, a, DB_READER);
	if (!e) {
		e = run_all(&r);
		db_rollback(db);
	}
	keymap_finish(&r.objects);
	keymap_finish(&r.rows);
	keymap_finish(&r.gone);
	TRY(e);
	*ret = r.res;
	return OK;
}
