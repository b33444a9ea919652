#include "app/access.h"
#include "app/round_load.h"
#include "base/clock.h"
#include "q_people.h"
#include "q_round.h"

#include <stdlib.h>

enum { IN_PROGRESS_MAX = 200, WAITING_MAX = 100 };

/* --- loading ---------------------------------------------------------------------------- */

static struct party_answer
answer_of_row(const struct round_party *p)
{
	bool is_remark = p->answer == ANSWER_COMMENT || p->answer == ANSWER_OBJECTION;

	return (struct party_answer){
	    .party_id = p->party_id,
	    .answer = p->answer,
	    .answered_at = p->answered_at,
	    .reminded_at = p->reminded_at,
	    .channel = p->channel,
	    .comments_n = is_remark,
	    .disposed_n = is_remark && p->disposition != 0,
	};
}

struct err *
round_facts_of(struct cx *cx, const struct round_row *r, const struct round_party *parties,
    size_t n, struct round_facts *ret)
{
	struct party_answer *v = arena_array(cx->a, struct party_answer, n);

	for (size_t i = 0; i < n; i++)
		v[i] = answer_of_row(&parties[i]);
	*ret = (struct round_facts){
	    .kind = r->kind,
	    .now_at = cx->now_at,
	    .deadline_at = r->deadline_at,
	    .released_at = r->closed_at,
	    .cancelled_at = r->cancelled_at,
	    .answers = v,
	    .n_answers = n,
	};
	return OK;
}

static struct err *
object_of(struct cx *cx, struct round_loaded *l)
{
	int64_t *ids = arena_array(cx->a, int64_t, l->n);

	for (size_t i = 0; i < l->n; i++)
		ids[i] = l->parties[i].party_id;
	l->object = (struct object){
	    .kind = OBJECT_ROUND,
	    .state = round_state(&l->facts),
	    .parties = ids,
	    .n_parties = l->n,
	};
	return access_seen(cx, OBJECT_ROUND, l->round->id, &l->object.is_visible);
}

struct err *
round_load(struct cx *cx, str pid, struct round_loaded *ret)
{
	struct round_loaded l = {0};

	TRY(q_round_by_pid(cx->db, cx->a, pid, &l.round));
	if (!l.round)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "round");
	TRY(q_round_parties(cx->db, cx->a, l.round->id, &l.parties, &l.n));
	TRY(round_facts_of(cx, l.round, l.parties, l.n, &l.facts));
	TRY(object_of(cx, &l));
	TRY(cx_see(cx, ACT_ROUND_READ, &l.object));
	TRY(matter_load_id(cx, l.round->matter_id, &l.matter, &l.matter_object));
	/* A matter that was withdrawn meanwhile takes its round with it. */
	if (!l.facts.released_at && !l.facts.cancelled_at &&
	    l.matter->state != MATTER_READ_THROUGH)
		l.facts.cancelled_at = l.matter->state_at;
	l.object.state = round_state(&l.facts);
	l.object.authors = l.matter_object.authors;
	l.object.n_authors = l.matter_object.n_authors;
	*ret = l;
	return OK;
}

struct err *
round_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct round_party *parties;
	struct round_counts c;
	struct round_facts rf;
	struct round_row *r;
	size_t n;

	TRY(q_round_of_matter(cx->db, cx->a, m->id, &r));
	if (!r)
		return OK;
	TRY(q_round_parties(cx->db, cx->a, r->id, &parties, &n));
	TRY(round_facts_of(cx, r, parties, n, &rf));
	round_count(&rf, &c);
	f->in_scope_n = f->asked_n = c.asked_n;
	f->answered_n = c.answered_n;
	f->unanswered_comments_n = c.undisposed_n;
	f->deadline_at = r->deadline_at;
	return OK;
}

/* --- whom a round asks ------------------------------------------------------------------ */

struct err *
round_members(struct cx *cx, struct q_party_list **ret, size_t *ret_n)
{
	struct q_party_list *all;
	size_t n, kept = 0;

	TRY(q_party_list(cx->db, cx->a, &all, &n));
	for (size_t i = 0; i < n; i++) {
		const struct charter_party *p = charter_party(cx->charter, all[i].key);
		if (p && p->kind == PARTY_MUNICIPALITY && charter_party_is_member(p, cx->today))
			all[kept++] = all[i];
	}
	*ret = all;
	*ret_n = kept;
	return OK;
}

bool
round_scope_is_given(const struct cx *cx, const struct matter *m)
{
	return m->scope == SCOPE_WHOLE_AREA ||
	       (m->scope == SCOPE_ONE_AREA && charter_region(cx->charter, m->region_key));
}

bool
round_in_scope(const struct cx *cx, const struct matter *m, str party_key)
{
	const struct charter_party *p = charter_party(cx->charter, party_key);
	const struct charter_region *r = charter_region(cx->charter, m->region_key);

	return p && (m->scope == SCOPE_WHOLE_AREA ||
			(m->scope == SCOPE_ONE_AREA && r && charter_in_region(r, p)));
}

struct err *
round_candidates(struct cx *cx, const struct matter *m, struct round_candidate **ret,
    size_t *ret_n, bool *ret_open)
{
	bool given = round_scope_is_given(cx, m);
	struct q_party_list *members;
	size_t n, kept = 0;

	TRY(round_members(cx, &members, &n));
	struct round_candidate *v = arena_array(cx->a, struct round_candidate, n);
	for (size_t i = 0; i < n; i++) {
		bool asked = round_in_scope(cx, m, members[i].key);
		if (given && !asked)
			continue;
		v[kept++] = (struct round_candidate){members[i].pid, members[i].name,
		    asked || (m->scope == SCOPE_ONE_MUNICIPALITY &&
				 members[i].id == m->proposer_party_id)};
	}
	*ret = v;
	*ret_n = kept;
	*ret_open = !given;
	return OK;
}

int64_t
round_last_day(const struct cx *cx)
{
	return cx->today + cx->charter->process.read_through.deadline_days;
}

/* --- the matrix ------------------------------------------------------------------------- */

static bool
is_secretary(const struct actor *who)
{
	for (size_t i = 0; i < who->n_appointments; i++)
		if (who->appointments[i].role == ROLE_SECRETARY)
			return true;
	return false;
}

static bool
is_author(const struct actor *who, const struct object *o)
{
	for (size_t i = 0; i < o->n_authors; i++)
		if (o->authors[i] == who->person_id)
			return true;
	return false;
}

static const struct round_party *
party_of(const struct round_matrix *m, int64_t party_id)
{
	for (const struct round_party *p = m->parties; p < m->parties + m->n; p++)
		if (p->party_id == party_id)
			return p;
	return NULL;
}

/* Takes out what this actor may not read yet. */
static void
hide_words(struct cx *cx, struct round_matrix *m, struct round_party *parties)
{
	bool inside = is_secretary(cx->actor) || is_author(cx->actor, &m->object);
	bool early = m->state == ROUND_OPEN && cx->now_at < m->facts.deadline_at;
	bool spoke = m->mine && m->mine->answered_at;

	m->text_hidden = !inside && early && !spoke;
	for (size_t i = 0; i < m->n; i++) {
		struct round_party *p = &parties[i];
		if (inside || p == m->mine)
			continue;
		p->note = S("");
		if (m->text_hidden)
			p->text = p->disposition_reason = S("");
	}
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
median_s(struct cx *cx, const struct round_matrix *m)
{
	int64_t *v = arena_array(cx->a, int64_t, m->n);
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		if (m->parties[i].answered_at)
			v[n++] = m->parties[i].answered_at - m->round->opened_at;
	if (n == 0)
		return -1;
	qsort(v, n, sizeof(v[0]), by_size);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static enum size_class
size_of(const struct cx *cx, str key)
{
	const struct charter_party *p = charter_party(cx->charter, key);

	return p ? charter_size_class(cx->charter, p, cx->today) : SIZE_UNKNOWN;
}

static void
count_sizes(struct cx *cx, struct round_matrix *m)
{
	for (int i = 0; i < 3; i++)
		m->sizes[i].size = (enum size_class)(SIZE_SMALL + i);
	for (size_t i = 0; i < m->n; i++) {
		enum size_class size = size_of(cx, m->parties[i].party_key);
		if (size == SIZE_UNKNOWN)
			continue;
		m->sizes[size - SIZE_SMALL].asked_n++;
		m->sizes[size - SIZE_SMALL].answered_n += m->parties[i].answered_at != 0;
	}
	for (size_t i = 0; i < m->n; i++)
		m->changed_n += m->parties[i].disposition == DISPOSITION_ACCEPTED ||
				m->parties[i].disposition == DISPOSITION_PARTLY;
}

/* The parties of a region (NULL: those that are in no group yet) as the next group. */
static void
add_group(struct cx *cx, struct round_matrix *m, struct round_group *to, bool *taken,
    const struct charter_region *region)
{
	const struct round_party **v = arena_array(cx->a, const struct round_party *, m->n);
	struct round_group g = {.v = v};

	for (size_t i = 0; i < m->n; i++) {
		const struct charter_party *p =
		    charter_party(cx->charter, m->parties[i].party_key);
		if (taken[i] || (region && (!p || !charter_in_region(region, p))))
			continue;
		taken[i] = true;
		v[g.n++] = &m->parties[i];
		g.answered_n += m->parties[i].answered_at != 0;
	}
	if (region)
		g.name = charter_say(&region->name, cx->lang);
	if (g.n)
		to[m->n_groups++] = g;
}

/* By the regions of one layer, the charter's first. */
static void
group_parties(struct cx *cx, struct round_matrix *m)
{
	const struct charter *c = cx->charter;
	struct round_group *v = arena_array(cx->a, struct round_group, c->n_regions + 1);
	bool *taken = arena_array(cx->a, bool, m->n);

	for (size_t i = 0; i < c->n_regions; i++)
		if (str_eq(c->regions[i].layer, c->regions[0].layer))
			add_group(cx, m, v, taken, &c->regions[i]);
	add_group(cx, m, v, taken, NULL);
	m->groups = v;
}

struct err *
round_matrix(struct cx *cx, str pid, struct round_matrix *ret)
{
	struct round_loaded l;

	TRY(round_load(cx, pid, &l));
	struct round_matrix m = {
	    .round = l.round,
	    .matter = l.matter,
	    .object = l.object,
	    .parties = l.parties,
	    .n = l.n,
	    .facts = l.facts,
	    .state = l.object.state,
	};
	m.mine = party_of(&m, cx->actor->party_id);
	round_count(&m.facts, &m.counts);
	m.median_s = median_s(cx, &m);
	count_sizes(cx, &m);
	hide_words(cx, &m, l.parties);
	group_parties(cx, &m);
	*ret = m;
	return OK;
}

struct err *
round_document(struct cx *cx, const struct round_matrix *m, const struct round_section **ret,
    size_t *ret_n)
{
	struct q_round_version *rows;
	size_t n, kept = 0;

	TRY(q_round_version(
	    cx->db, cx->a, m->round->matter_id, m->round->version_no, &rows, &n));
	struct round_section *v = arena_array(cx->a, struct round_section, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].text.n)
			v[kept++] = (struct round_section){rows[i].kind, rows[i].text};
	*ret = v;
	*ret_n = kept;
	return OK;
}

/* --- lists ------------------------------------------------------------------------------ */

struct err *
round_pid_of(struct cx *cx, const struct matter *m, str *ret)
{
	struct round_row *r;
	bool seen = false;

	TRY(q_round_of_matter(cx->db, cx->a, m->id, &r));
	if (r)
		TRY(access_seen(cx, OBJECT_ROUND, r->id, &seen));
	*ret = seen ? r->pid : S("");
	return OK;
}

struct err *
rounds_recent(struct cx *cx, int64_t before_at, str after, int64_t n, struct round_lines *ret)
{
	struct round_row *last = NULL;
	struct round_line *rows;

	if (after.n)
		TRY(q_round_by_pid(cx->db, cx->a, after, &last));
	TRY(q_round_recent(cx->db, cx->a, cx_audiences(cx), last ? last->opened_at : before_at,
	    last ? last->id : 0, n, &rows, &ret->n));
	ret->v = rows;
	return OK;
}

struct err *
rounds_in_progress(struct cx *cx, struct round_lines *ret)
{
	struct round_line *rows;

	TRY(q_round_in_progress(
	    cx->db, cx->a, cx_audiences(cx), IN_PROGRESS_MAX, &rows, &ret->n));
	ret->v = rows;
	return OK;
}

struct err *
rounds_waiting_for(struct cx *cx, struct round_waitings *ret)
{
	struct round_waiting *rows = NULL;

	*ret = (struct round_waitings){0};
	if (!task_for_role(cx, ROLE_CONTACT))
		return OK;
	TRY(q_round_waiting_for(
	    cx->db, cx->a, cx_audiences(cx), cx->actor->party_id, WAITING_MAX, &rows, &ret->n));
	ret->v = rows;
	return OK;
}

struct err *
round_rates(struct cx *cx, struct round_rate **ret, size_t *ret_n)
{
	struct q_round_rates *rows;
	size_t n;

	TRY(q_round_rates(cx->db, cx->a, cx_audiences(cx), cx->now_at, &rows, &n));
	struct round_rate *v = arena_array(cx->a, struct round_rate, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct round_rate){rows[i].party_pid, rows[i].party_name,
		    size_of(cx, rows[i].party_key), rows[i].asked_n, rows[i].answered_n,
		    rows[i].late_n, rows[i].comments_n};
	*ret = v;
	*ret_n = n;
	return OK;
}

/* --- what waits ------------------------------------------------------------------------- */

static struct task
task_of(const struct round_line *r, enum action action, int64_t n)
{
	return (struct task){
	    .action = action,
	    .pid = r->pid,
	    .title = r->title,
	    .label = r->label,
	    .due_at = action == ACT_ROUND_REMIND ? r->deadline_at : 0,
	    .since_at = action == ACT_ROUND_REMIND ? r->opened_at : r->deadline_at,
	    .n = n,
	};
}

/* One thing at a time: first the answers that are missing near the deadline, then what was
 * remarked, then the end. */
static void
task_of_round(struct cx *cx, struct tasks *tasks, const struct round_line *r)
{
	int64_t near_s = cx->charter->process.read_through.reminder_days * 86400;
	int64_t missing = r->asked_n - r->answered_n;
	bool over = cx->now_at >= r->deadline_at || missing == 0;
	struct task t;

	if (!over && cx->now_at >= r->deadline_at - near_s)
		t = task_of(r, ACT_ROUND_REMIND, missing);
	else if (r->undisposed_n)
		t = task_of(r, ACT_ROUND_DISPOSE, r->undisposed_n);
	else if (over)
		t = task_of(r, ACT_ROUND_CLOSE, 0);
	else
		return;
	task_add(tasks, &t);
}

static struct err *
tasks_of_secretary(struct cx *cx, struct tasks *tasks)
{
	struct round_lines lines;

	TRY(rounds_in_progress(cx, &lines));
	for (size_t i = 0; i < lines.n; i++)
		task_of_round(cx, tasks, &lines.v[i]);
	return OK;
}

struct err *
round_tasks(struct cx *cx, struct tasks *tasks)
{
	struct round_waitings w;

	TRY(rounds_waiting_for(cx, &w));
	for (size_t i = 0; i < w.n; i++)
		task_add(tasks, &(struct task){
				    .action = ACT_ROUND_ANSWER,
				    .pid = w.v[i].pid,
				    .title = w.v[i].title,
				    .label = w.v[i].label,
				    .due_at = w.v[i].deadline_at,
				    .since_at = w.v[i].opened_at,
				});
	return task_for_role(cx, ROLE_SECRETARY) ? tasks_of_secretary(cx, tasks) : OK;
}
