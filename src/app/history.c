#include "app/history.h"

#include "q_people.h"

enum { NAMES_MAX = 256 };

/* Names already looked up: a history has many lines and few people. */
struct names {
	str key[NAMES_MAX], name[NAMES_MAX];
	size_t n;
};

static bool
known(const struct names *names, str key, str *ret)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->key[i], key)) {
			*ret = names->name[i];
			return true;
		}
	return false;
}

static void
keep(struct names *names, str key, str name)
{
	if (names->n < NAMES_MAX) {
		names->key[names->n] = key;
		names->name[names->n++] = name;
	}
}

static struct err *
person_name(struct cx *cx, struct names *names, str pid, str *ret)
{
	struct q_person_by_pid *row;

	*ret = S("");
	if (pid.n == 0 || known(names, pid, ret))
		return OK;
	TRY(q_person_by_pid(cx->db, cx->a, pid, &row));
	*ret = row ? row->name : S("");
	keep(names, pid, *ret);
	return OK;
}

static struct err *
party_name(struct cx *cx, struct names *names, str key, str *ret)
{
	struct q_party_by_key *row;

	*ret = S("");
	if (key.n < 2 || known(names, key, ret))
		return OK;
	TRY(q_party_by_key(cx->db, cx->a, key, &row));
	*ret = row ? row->name : key;
	keep(names, key, *ret);
	return OK;
}

/* "u:PID" is a person; anything else the system. */
static str
actor_pid(str actor)
{
	return actor.n > 2 && actor.p[0] == 'u' && actor.p[1] == ':'
		   ? (str){actor.p + 2, actor.n - 2}
		   : S("");
}

static struct err *
fill(struct cx *cx, struct names *names, const struct journal_line *from,
    struct history_line *to)
{
	*to = (struct history_line){
	    .seq = from->entry.seq,
	    .at = from->entry.time_ms / 1000,
	    .action = action_of(from->entry.action),
	    .key = from->entry.action,
	    .reason = journal_field(from, "reason"),
	    .label = journal_field(from, "label"),
	};
	str_cut(from->entry.object, ':', &to->object_type, &to->object_pid);
	TRY(person_name(cx, names, actor_pid(from->entry.actor), &to->person));
	TRY(party_name(cx, names, from->entry.org, &to->party));
	return party_name(cx, names, journal_about(from, "on_behalf"), &to->on_behalf);
}

static struct err *
fill_all(struct cx *cx, const struct journal_line *lines, size_t n, struct history *ret)
{
	struct history_line *v = arena_array(cx->a, struct history_line, n);
	struct names *names = arena_new(cx->a, struct names);

	for (size_t i = 0; i < n; i++)
		TRY(fill(cx, names, &lines[n - 1 - i], &v[i]));
	*ret = (struct history){.v = v, .n = n};
	return OK;
}

/* Puts how it began, the oldest first, behind the latest, the newest first. */
static struct journal_line *
joined(struct arena *a, const struct journal_line *late, size_t n,
    const struct journal_line *early, size_t n_early)
{
	struct journal_line *v = arena_array(a, struct journal_line, n + n_early);

	for (size_t i = 0; i < n; i++)
		v[i] = late[i];
	for (size_t i = 0; i < n_early; i++)
		v[n + i] = early[n_early - 1 - i];
	return v;
}

struct err *
history_of(struct cx *cx, const char *object_type, str pid, int64_t before_seq, int64_t n,
    struct history *ret)
{
	struct journal_line *late, *early;
	size_t found, first = 0;

	TRY(journal_history(cx->db, cx->a, object_type, pid, before_seq, n, &late, &found));
	if (found && (int64_t)found == n)
		TRY(journal_beginning(cx->db, cx->a, object_type, pid,
		    late[found - 1].entry.seq, HISTORY_FIRST + 1, &early, &first));
	if (first == 0)
		return fill_all(cx, late, found, ret);
	bool all = first <= HISTORY_FIRST;
	first = all ? first : HISTORY_FIRST;
	TRY(fill_all(cx, joined(cx->a, late, found, early, first), found + first, ret));
	ret->n_first = all ? 0 : first;
	return OK;
}

struct err *
history_latest(struct cx *cx, int64_t before_seq, int64_t n, struct history *ret)
{
	struct journal_line *lines;
	size_t found;

	TRY(journal_latest(cx->db, cx->a, before_seq, n, &lines, &found));
	return fill_all(cx, lines, found, ret);
}
