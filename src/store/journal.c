#include "store/journal.h"

#include "base/random.h"
#include "q_journal.h"

#include <inttypes.h>
#include <string.h>

enum { POS_LEVEL_BITS = 48 };

int64_t
journal_pos(unsigned level, uint64_t index)
{
	return (int64_t)((uint64_t)level << POS_LEVEL_BITS | index);
}

static str
bytes_of(const struct sha256 *h)
{
	return (str){(const char *)h->b, SHA256_BYTES};
}

static bool
to_hash(str bytes, struct sha256 *ret)
{
	if (bytes.n != SHA256_BYTES)
		return false;
	memcpy(ret->b, bytes.p, SHA256_BYTES);
	return true;
}

static struct err *
selfcheck(struct arena *a, int64_t seq, const char *what)
{
	return err_new(a, ERR_INTERNAL, "journal.selfcheck", "seq %" PRId64 ": %s", seq, what);
}

/* --- the end of the record -------------------------------------------------------------- */
struct head {
	struct merkle_front front;
	struct sha256 leaf; /* of the last entry; zeros: there is none */
	int64_t at_ms;
};

/* Reads the nodes at pos (falling) and hands their hashes to hash. */
static struct err *
read_nodes(struct db *db, struct arena *a, const int64_t *pos, size_t n, struct sha256 *hash)
{
	struct q_journal_nodes *rows = NULL;
	size_t n_rows = 0;

	if (n == 0)
		return OK;
	TRY(q_journal_nodes(db, a, (struct ints){pos, n}, &rows, &n_rows));
	for (size_t i = 0; i < n; i++)
		if (n_rows != n || rows[i].pos != pos[i] || !to_hash(rows[i].hash, &hash[i]))
			return err_new(a, ERR_INTERNAL, "journal.selfcheck",
			    "nodes of the tree are missing");
	return OK;
}

/* The peaks of a tree of that size, from the stored nodes. */
static struct err *
read_front(struct db *db, struct arena *a, int64_t size, struct merkle_front *ret)
{
	struct merkle_made peaks[MERKLE_LEVELS];
	struct sha256 hash[MERKLE_LEVELS];
	int64_t pos[MERKLE_LEVELS];
	size_t n = merkle_peaks((uint64_t)size, peaks);

	for (size_t i = 0; i < n; i++)
		pos[i] = journal_pos(peaks[i].level, peaks[i].index);
	TRY(read_nodes(db, a, pos, n, hash));
	*ret = (struct merkle_front){.size = (uint64_t)size};
	for (size_t i = 0; i < n; i++)
		ret->peak[peaks[i].level] = hash[i];
	return OK;
}

static struct err *
read_head(struct db *db, struct arena *a, struct head *ret)
{
	struct q_journal_head *last;
	struct entry e;

	*ret = (struct head){0};
	TRY(q_journal_head(db, a, &last));
	if (!last)
		return OK;
	TRY(entry_parse(a, last->text, &e));
	if (e.seq != last->seq)
		return selfcheck(a, last->seq, "the last entry has another seq");
	TRY(read_front(db, a, last->seq + 1, &ret->front));
	ret->leaf = merkle_leaf(last->text);
	if (last->seq % 2 == 0 && !sha256_eq(&ret->leaf, &ret->front.peak[0]))
		return selfcheck(a, last->seq, "the last entry is not the one in the tree");
	ret->at_ms = e.time_ms;
	return OK;
}

/* --- appending -------------------------------------------------------------------------- */
static void
put_if(struct buf *b, const char *name, str value)
{
	if (value.n)
		content_put(b, 0, name, value);
}

static void
put_said(struct buf *b, const struct act *act)
{
	put_if(b, "appointment", act->appointment);
	put_if(b, "on_behalf", act->on_behalf);
	put_if(b, "channel", act->channel);
	put_if(b, "note", act->note);
	put_if(b, "reason", act->reason);
	for (size_t i = 0; i < act->n_fields; i++)
		content_put(b, 0, arena_printf(b->a, "in:%s", act->fields[i].name),
		    act->fields[i].value);
}

static void
put_changes(struct buf *b, const struct db_changes *changes)
{
	for (const struct db_change *c = changes->first; c; c = c->next)
		content_put_row(b, c);
}

static str
or_absent(str s)
{
	return s.n ? s : S("-");
}

static str
object_of(struct arena *a, const char *type, str pid)
{
	return str_from_c(arena_printf(a, "%s:" STR_FMT, type, STR_ARG(pid)));
}

/* The time an entry gets: never before the last one. */
static void
set_time(struct entry *e, const struct head *head, const struct act *act)
{
	e->time_ms = act->now_ms;
	e->reason = or_absent(act->reason);
	if (head->front.size && act->now_ms < head->at_ms) {
		e->time_ms = head->at_ms + 1;
		e->reason = S("clock-back");
	}
}

/* What the last entry about the same object leaves to this one. */
static struct err *
set_revision(struct db *db, struct arena *a, struct entry *e)
{
	struct q_journal_last_of *last;
	struct entry before;

	e->rev = 1;
	e->from = S("-");
	TRY(q_journal_last_of(db, a, e->object, &last));
	if (!last)
		return OK;
	TRY(entry_parse(a, last->text, &before));
	if (!str_eq(before.object, e->object))
		return selfcheck(a, last->seq, "an entry is listed under another object");
	e->rev = before.rev + 1;
	e->from = before.to;
	return OK;
}

static struct err *
make_entry(struct db *db, struct arena *a, const struct head *head, const struct act *act,
    const struct sha256 *to, struct entry *e)
{
	str actor = act->actor_pid;

	*e = (struct entry){
	    .seq = (int64_t)head->front.size,
	    .prev = head->leaf,
	    .actor = actor.n ? str_from_c(arena_printf(a, "u:" STR_FMT, STR_ARG(actor)))
			     : S("system"),
	    .org = or_absent(act->org),
	    .session = or_absent(act->session_tag),
	    .action = str_from_c(act->action),
	    .object = object_of(a, act->object_type, act->object_pid),
	    .to = sha256_hex(a, to),
	};
	set_time(e, head, act);
	return set_revision(db, a, e);
}

/* An entry with all that goes into the tables with it. */
struct written {
	struct entry entry;
	str text, key, content;
	struct merkle_made made[MERKLE_LEVELS];
	size_t n_made;
};

static struct err *
insert(struct db *db, struct arena *a, const struct written *w)
{
	const struct entry *e = &w->entry;

	TRY(q_journal_entry_add(db, a, e->seq, w->text, e->time_ms, e->action, e->object,
	    e->rev, e->actor, e->org, NULL));
	TRY(q_journal_content_add(db, a, e->seq, w->key, w->content, NULL));
	for (size_t i = 0; i < w->n_made; i++)
		TRY(q_journal_node_add(db, a, journal_pos(w->made[i].level, w->made[i].index),
		    bytes_of(&w->made[i].hash), NULL));
	return OK;
}

/* The new nodes and the root, read back, against what they must be. */
static struct err *
check_tree(struct db *db, struct arena *a, const struct written *w, const struct head *head)
{
	struct merkle_front want_front = head->front, front;
	struct sha256 hash[MERKLE_LEVELS], want, got;
	struct merkle_made made[MERKLE_LEVELS];
	int64_t pos[MERKLE_LEVELS], seq = w->entry.seq;
	size_t n = merkle_add(&want_front, &w->made[0].hash, made);

	for (size_t i = 0; i < n; i++)
		pos[n - 1 - i] = journal_pos(made[i].level, made[i].index);
	TRY(read_nodes(db, a, pos, n, hash));
	for (size_t i = 0; i < n; i++)
		if (!sha256_eq(&hash[n - 1 - i], &made[i].hash))
			return selfcheck(a, seq, "a node was not kept");
	TRY(read_front(db, a, seq + 1, &front));
	want = merkle_root(&want_front);
	got = merkle_root(&front);
	return sha256_eq(&want, &got) ? OK : selfcheck(a, seq, "the root differs");
}

/* Reads back what was written and computes everything from it anew. */
static struct err *
check_written(struct db *db, struct arena *a, const struct written *w, const struct head *head)
{
	int64_t seq = w->entry.seq;
	struct q_journal_back *back;
	struct sha256 to, leaf;
	struct entry e;

	TRY(q_journal_back(db, a, seq, &back));
	if (!back || back->key.n != COMMIT_KEY_BYTES)
		return selfcheck(a, seq, "the entry was not kept");
	TRY(entry_parse(a, back->text, &e));
	to = commitment((const unsigned char *)back->key.p, back->content);
	if (e.seq != seq || !str_eq(sha256_hex(a, &to), e.to))
		return selfcheck(a, seq, "the content is not what the entry commits to");
	leaf = merkle_leaf(back->text);
	if (!sha256_eq(&leaf, &w->made[0].hash))
		return selfcheck(a, seq, "the entry is not what was written");
	return check_tree(db, a, w, head);
}

static struct err *
append(struct db *db, struct arena *a, const struct act *act, str content, int64_t *ret_seq)
{
	char key[COMMIT_KEY_BYTES];
	struct written w = {.content = content, .key = {key, sizeof(key)}};
	struct merkle_front front;
	struct sha256 to, leaf;
	struct head head;

	TRY(read_head(db, a, &head));
	random_bytes(key, sizeof(key));
	to = commitment((const unsigned char *)key, content);
	TRY(make_entry(db, a, &head, act, &to, &w.entry));
	TRY(entry_format(a, &w.entry, &w.text));
	leaf = merkle_leaf(w.text);
	front = head.front;
	w.n_made = merkle_add(&front, &leaf, w.made);
	TRY(insert(db, a, &w));
	TRY(check_written(db, a, &w, &head));
	*ret_seq = w.entry.seq;
	return OK;
}

struct err *
journal_append_more(
    struct db *db, struct arena *a, const struct act *act, str more, int64_t *ret_seq)
{
	struct buf content = buf_new(a, CONTENT_MAX);
	struct db_changes changes;

	db_changes_take(db, &changes);
	if (!changes.first && !more.n && !act->no_change)
		return err_new(a, ERR_INTERNAL, "journal.no_change", "%s", act->action);
	put_said(&content, act);
	put_changes(&content, &changes);
	buf_put(&content, more);
	if (content.over)
		return err_new(a, ERR_INVALID, "journal.too_large", "%s", act->action);
	return append(db, a, act, buf_str(&content), ret_seq);
}

struct err *
journal_append(struct db *db, struct arena *a, const struct act *act, int64_t *ret_seq)
{
	return journal_append_more(db, a, act, S(""), ret_seq);
}

/* --- reading ---------------------------------------------------------------------------- */
static struct err *
to_line(struct arena *a, str text, bool has_content, str content, struct journal_line *ret)
{
	*ret = (struct journal_line){.text = text, .erased = !has_content, .content = content};
	return entry_parse(a, text, &ret->entry);
}

struct err *
journal_history(struct db *db, struct arena *a, const char *object_type, str object_pid,
    int64_t before_seq, int64_t max_n, struct journal_line **ret, size_t *ret_n)
{
	struct q_journal_of_object *rows;
	struct journal_line *lines;
	size_t n;

	TRY(q_journal_of_object(
	    db, a, object_of(a, object_type, object_pid), before_seq, max_n, &rows, &n));
	lines = arena_array(a, struct journal_line, n);
	for (size_t i = 0; i < n; i++)
		TRY(to_line(a, rows[i].text, rows[i].has_content, rows[i].content, &lines[i]));
	*ret = lines;
	*ret_n = n;
	return OK;
}

struct err *
journal_beginning(struct db *db, struct arena *a, const char *object_type, str object_pid,
    int64_t before_seq, int64_t max_n, struct journal_line **ret, size_t *ret_n)
{
	struct q_journal_first_of_object *rows;
	size_t n;

	TRY(q_journal_first_of_object(
	    db, a, object_of(a, object_type, object_pid), before_seq, max_n, &rows, &n));
	struct journal_line *lines = arena_array(a, struct journal_line, n);
	for (size_t i = 0; i < n; i++)
		TRY(to_line(a, rows[i].text, rows[i].has_content, rows[i].content, &lines[i]));
	*ret = lines;
	*ret_n = n;
	return OK;
}

struct err *
journal_latest(struct db *db, struct arena *a, int64_t before_seq, int64_t max_n,
    struct journal_line **ret, size_t *ret_n)
{
	struct q_journal_latest *rows;
	struct journal_line *lines;
	size_t n;

	TRY(q_journal_latest(db, a, before_seq, max_n, &rows, &n));
	lines = arena_array(a, struct journal_line, n);
	for (size_t i = 0; i < n; i++)
		TRY(to_line(a, rows[i].text, rows[i].has_content, rows[i].content, &lines[i]));
	*ret = lines;
	*ret_n = n;
	return OK;
}

str
journal_field(const struct journal_line *line, const char *name)
{
	str rest = line->content, want = str_from_c(name), n, bytes;

	while (content_next(&rest, &n, &bytes))
		if (n.n == want.n + 3 && memcmp(n.p, "in:", 3) == 0 &&
		    memcmp(n.p + 3, want.p, want.n) == 0)
			return bytes;
	return S("");
}

str
journal_about(const struct journal_line *line, const char *name)
{
	return content_find(line->content, name);
}

struct err *
journal_size(struct db *db, struct arena *a, int64_t *ret_size)
{
	struct q_journal_head *last;

	TRY(q_journal_head(db, a, &last));
	*ret_size = last ? last->seq + 1 : 0;
	return OK;
}

struct nodes {
	struct db *db;
	struct arena *a;
};

static struct err *
get_node(void *arg, unsigned level, uint64_t index, struct sha256 *ret)
{
	struct nodes *n = arg;
	int64_t pos = journal_pos(level, index);
	struct q_journal_nodes *rows;
	size_t n_rows;

	TRY(q_journal_nodes(n->db, n->a, (struct ints){&pos, 1}, &rows, &n_rows));
	if (n_rows == 1 && to_hash(rows[0].hash, ret))
		return OK;
	return err_new(
	    n->a, ERR_NOT_FOUND, "journal.not_found", "node %u %" PRIu64, level, index);
}

static struct err *
check_size(struct db *db, struct arena *a, int64_t lowest, int64_t size)
{
	int64_t have;

	TRY(journal_size(db, a, &have));
	if (lowest < 0 || lowest > size || size > have)
		return err_new(a, ERR_NOT_FOUND, "journal.not_found", "size %" PRId64, size);
	return OK;
}

struct err *
journal_root(struct db *db, struct arena *a, int64_t size, struct sha256 *ret)
{
	struct merkle_front front;

	TRY(check_size(db, a, 0, size));
	TRY(read_front(db, a, size, &front));
	*ret = merkle_root(&front);
	return OK;
}

struct err *
journal_prove_inclusion(
    struct db *db, struct arena *a, int64_t seq, int64_t size, struct merkle_path *ret)
{
	struct merkle_source src = {get_node, &(struct nodes){db, a}};

	TRY(check_size(db, a, seq + 1, size));
	if (seq < 0)
		return err_new(a, ERR_NOT_FOUND, "journal.not_found", "seq %" PRId64, seq);
	return merkle_prove_inclusion(&src, (uint64_t)seq, (uint64_t)size, ret);
}

struct err *
journal_prove_consistency(
    struct db *db, struct arena *a, int64_t from, int64_t to, struct merkle_path *ret)
{
	struct merkle_source src = {get_node, &(struct nodes){db, a}};

	TRY(check_size(db, a, from, to));
	return merkle_prove_consistency(&src, (uint64_t)from, (uint64_t)to, ret);
}

struct err *
journal_stream(
    struct db *db, struct arena *a, int64_t from_seq, int64_t to_seq, struct buf *out)
{
	struct q_journal_texts *rows;
	size_t n;

	TRY(q_journal_texts(db, a, from_seq, to_seq, &rows, &n));
	for (size_t i = 0; i < n; i++)
		buf_put(out, rows[i].text);
	return OK;
}
