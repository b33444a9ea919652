#include "record.h"

#include "toy/q_toy.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct err *
run_deed(struct db *db, void *arg)
{
	struct deed *d = arg;

	if (d->change)
		d->change(db, d->w, d->arg);
	return journal_append(db, d->w->a, &d->act, &d->seq);
}

struct err *
do_deed(struct deed *d)
{
	return space_write(d->w->space, d->w->a, run_deed, d);
}

struct act
act_on(const char *action, const char *pid, int64_t now_ms)
{
	return (struct act){
	    .now_ms = now_ms,
	    .action = action,
	    .object_type = "thing",
	    .object_pid = str_from_c(pid),
	    .actor_pid = S("0123456789abcdef"),
	    .org = S("3301"),
	    .session_tag = S("00112233445566aa"),
	};
}

struct change {
	int64_t id, amount;
	const char *pid, *name;
};

static void
add_thing(struct db *db, struct world *w, void *arg)
{
	struct change *c = arg;
	str note = S("notat\nover to linjer"), picture = {"\0\1\2", 3};

	assert_ok(q_thing_add(db, w->a, str_from_c(c->pid), str_from_c(c->name), &note, 0.1,
	    &picture, NULL, &c->id));
}

static void
rename_thing(struct db *db, struct world *w, void *arg)
{
	struct change *c = arg;

	assert_ok(q_thing_rename(db, w->a, c->id, str_from_c(c->name), NULL));
}

static void
put_part(struct db *db, struct world *w, void *arg)
{
	struct change *c = arg;

	assert_ok(q_part_put(db, w->a, c->id, str_from_c(c->name), c->amount, NULL));
}

static void
drop_thing(struct db *db, struct world *w, void *arg)
{
	struct change *c = arg;

	assert_ok(q_thing_drop(db, w->a, c->id, NULL));
}

static void
record(struct world *w, const char *action, void (*change)(struct db *, struct world *, void *),
    struct change *c, int64_t now_ms)
{
	struct act_field f[] = {{"name", str_from_c(c->name)}};
	struct deed d = {w, act_on(action, c->pid, now_ms), change, c, 0};

	d.act.fields = f;
	d.act.n_fields = 1;
	assert_ok(do_deed(&d));
}

int64_t
record_thing(struct world *w, const char *name, int64_t now_ms)
{
	struct change c = {.pid = name, .name = name};

	record(w, "thing.add", add_thing, &c, now_ms);
	return c.id;
}

void
record_rename(struct world *w, int64_t id, const char *pid, const char *name, int64_t now_ms)
{
	record(w, "thing.rename", rename_thing,
	    &(struct change){.id = id, .pid = pid, .name = name}, now_ms);
}

void
record_part(struct world *w, int64_t id, const char *pid, const char *place, int64_t amount)
{
	record(w, "part.put", put_part,
	    &(struct change){.id = id, .pid = pid, .name = place, .amount = amount}, NOW_MS);
}

void
record_drop(struct world *w, int64_t id, const char *pid)
{
	record(w, "thing.drop", drop_thing, &(struct change){.id = id, .pid = pid, .name = ""},
	    NOW_MS);
}

static void
remove_dir(void *arg)
{
	struct sha256 h = sha256(ORIGIN);
	struct arena a;
	const char *dir = arg;

	arena_init(&a, 1 << 20);
	unlink(arena_printf(&a, "%s/checkpoint.key", dir));
	unlink(arena_printf(&a, "%s/checkpoint-%.16s.last", dir, sha256_hex(&a, &h).p));
	rmdir(dir);
	arena_finish(&a);
}

struct signer
test_signer(struct arena *a, const char **ret_dir)
{
	char *dir = arena_printf(a, "/tmp/rodtrad-keys-XXXXXX");
	struct signer s;

	assert_non_null(mkdtemp(dir));
	arena_defer(a, remove_dir, dir);
	assert_ok(signer_open(a, dir, &s));
	if (ret_dir)
		*ret_dir = dir;
	return s;
}

struct keeping {
	struct world *w;
	str note;
};

static struct err *
keep(struct db *db, void *arg)
{
	struct keeping *k = arg;

	return checkpoint_keep(db, k->w->a, k->note, NOW_AT);
}

str
record_checkpoint(struct world *w, const struct signer *s)
{
	struct keeping k = {.w = w};

	assert_ok(checkpoint_sign(w->db, w->a, s, ORIGIN, &k.note));
	assert_ok(space_write(w->space, w->a, keep, &k));
	return k.note;
}

const char *
zero_bytes(struct world *w)
{
	return db_is_postgres(w->db) ? "decode(repeat('00', 32), 'hex')" : "zeroblob(32)";
}

const char *
poke_text(struct world *w, const char *column, size_t at)
{
	return arena_printf(w->a,
	    "%s = substr(%s, 1, %zu) || CASE substr(%s, %zu, 1) WHEN 'A' THEN 'B' ELSE 'A' END "
	    "|| substr(%s, %zu)",
	    column, column, at - 1, column, at, column, at + 1);
}

const char *
poke_bytes(struct world *w, const char *column, size_t at)
{
	if (db_is_postgres(w->db))
		return arena_printf(w->a, "%s = set_byte(%s, %zu, get_byte(%s, %zu) # 4)",
		    column, column, at - 1, column, at - 1);
	return arena_printf(w->a,
	    "%s = CAST(substr(%s, 1, %zu) || iif(substr(%s, %zu, 1) = x'07', x'08', x'07') || "
	    "substr(%s, %zu) AS BLOB)",
	    column, column, at - 1, column, at, column, at + 1);
}

static void
note_line_said(void *arg, const char *line)
{
	struct said *s = arg;

	if (s->n < 64)
		snprintf(s->line[s->n++], sizeof(s->line[0]), "%s", line);
}

struct said
verify_world(struct world *w, const struct note_key *key)
{
	struct said s = {0};
	struct verify v = {
	    .space = "toy", .key = key, .origin = ORIGIN, .say = note_line_said, .arg = &s};

	assert_ok(verify_space(w->db, w->a, &v, &s.res));
	assert_int_equal(s.n, s.res.problems < 64 ? s.res.problems : 64);
	return s;
}

bool
has_said(const struct said *s, const char *line)
{
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->line[i], line) == 0)
			return true;
	return false;
}
