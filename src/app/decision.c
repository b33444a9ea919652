#include "app/decision.h"

#include "app/access.h"
#include "app/round_load.h"
#include "app/search.h"
#include "base/clock.h"
#include "base/random.h"
#include "q_decision.h"
#include "q_matter.h"
#include "q_people.h"
#include "q_round.h"

/* --- registering ------------------------------------------------------------------------ */

/* One decision on its way into the register. */
struct registering {
	struct q_decision_item *item;
	struct matter *matter;
	const struct charter_body *body;
	int64_t year, no, due_day;
	str label;
};

/* Advice and information bind nobody to do anything. */
static bool
is_to_be_carried_out(int64_t outcome)
{
	return outcome == OUTCOME_DECIDE || outcome == OUTCOME_RECOMMEND;
}

static struct err *
load_item(struct cx *cx, int64_t item_id, struct registering *r)
{
	TRY(q_decision_item(cx->db, cx->a, item_id, &r->item));
	if (!r->item || r->item->matter_id == 0 || r->item->outcome < OUTCOME_DECIDE ||
	    r->item->outcome > OUTCOME_NOTE)
		return err_new(cx->a, ERR_CONFLICT, "decision.no_outcome", "item");
	r->body = charter_body(cx->charter, r->item->body_key);
	if (r->item->outcome == OUTCOME_DECIDE &&
	    (!r->body || charter_body_is_advisory(r->body)))
		return err_new(cx->a, ERR_CONFLICT, "decision.no_authority", "I4: " STR_FMT,
		    STR_ARG(r->item->body_key));
	return q_matter_by_id(cx->db, cx->a, r->item->matter_id, &r->matter);
}

/* The number by the charter's form: counted in the body and year, the year, or the body. */
static struct err *
number(struct cx *cx, struct registering *r)
{
	const struct charter_number *form = &cx->charter->decision_number;
	struct q_decision_last_no_of_year *y;
	struct q_decision_last_no_of_body *b;
	struct q_decision_last_no *by;

	r->year = day_to_ymd(cx->today).year;
	if (form->per == NUMBER_PER_YEAR) {
		TRY(q_decision_last_no_of_year(cx->db, cx->a, r->year, &y));
		r->no = y->no + 1;
	} else if (form->per == NUMBER_PER_BODY) {
		TRY(q_decision_last_no_of_body(cx->db, cx->a, r->item->body_id, &b));
		r->no = b->no + 1;
	} else {
		TRY(q_decision_last_no(cx->db, cx->a, r->item->body_id, r->year, &by));
		r->no = by->no + 1;
	}
	r->label = charter_number_label(cx->a, form, r->no, r->year, r->body);
	return OK;
}

/* The charter's rule for this power of the body; else for how it decides at all. */
static str
rule_of(const struct registering *r)
{
	const struct charter_authority *given =
	    r->body ? charter_body_may(r->body, (enum charter_act)r->item->outcome, NULL)
		    : NULL;
	const struct charter_basis *basis = given ? &given->basis : NULL;

	if (!basis && !r->body)
		return S("");
	if (!basis || (!basis->rule.n && !basis->gap.n))
		basis = &r->body->decision.basis;
	return basis->rule.n ? basis->rule : basis->gap;
}

/* What was set in the meeting; else the charter's time to carry a decision out. */
static int64_t
due_day(struct cx *cx, const struct registering *r)
{
	const struct charter_days *d = &cx->charter->process.follow_up;

	if (r->item->due_day || !is_to_be_carried_out(r->item->outcome) || d->days == 0)
		return r->item->due_day;
	return charter_days_after(d, cx->today);
}

/* The parties that were chosen where the scope of the matter does not say: those that its round
 * asked; else, of one municipality, the one that raised it. n 0: nobody was, it concerns all.
 */
static struct err *
chosen_parties(struct cx *cx, const struct matter *m, struct round_party **ret, size_t *ret_n)
{
	struct round_row *round;
	struct q_party_by_id *proposer;

	*ret_n = 0;
	if (round_scope_is_given(cx, m))
		return OK;
	TRY(q_round_of_matter(cx->db, cx->a, m->id, &round));
	if (round)
		return q_round_parties(cx->db, cx->a, round->id, ret, ret_n);
	TRY(q_party_by_id(cx->db, cx->a, m->proposer_party_id, &proposer));
	*ret = arena_new(cx->a, struct round_party);
	(*ret)->party_id = m->proposer_party_id;
	*ret_n = m->scope == SCOPE_ONE_MUNICIPALITY && proposer &&
		 proposer->kind == PARTY_MUNICIPALITY;
	return OK;
}

static bool
is_among(const struct round_party *v, size_t n, int64_t party_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].party_id == party_id)
			return true;
	return false;
}

static bool
is_addressed(const struct cx *cx, const struct matter *m, const struct q_party_list *row,
    const struct round_party *chosen, size_t n)
{
	const struct charter_party *p = charter_party(cx->charter, row->key);

	if (!p || !charter_party_is_member(p, cx->today))
		return false;
	if (str_eq(p->key, cx->charter->health_trust))
		return true;
	if (p->kind != PARTY_MUNICIPALITY)
		return false;
	if (n)
		return is_among(chosen, n, row->id);
	return !round_scope_is_given(cx, m) || round_in_scope(cx, m, p->key);
}

/* A line for each municipality that the matter concerns, and for the trust (D7). */
static struct err *
add_lines(struct cx *cx, const struct registering *r, int64_t id)
{
	struct round_party *chosen = NULL;
	struct q_party_list *rows;
	size_t n, n_chosen;

	if (!is_to_be_carried_out(r->item->outcome) && !r->due_day)
		return OK;
	TRY(chosen_parties(cx, r->matter, &chosen, &n_chosen));
	TRY(q_party_list(cx->db, cx->a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (is_addressed(cx, r->matter, &rows[i], chosen, n_chosen))
			TRY(q_followup_add(
			    cx->db, cx->a, id, rows[i].id, LINE_NOT_STARTED, r->due_day, NULL));
	return OK;
}

static bool
decision_is_public(const struct decision *d)
{
	return d->published_at && d->exempt_basis.n == 0;
}

static struct err *
index_decision(struct cx *cx, int64_t id)
{
	struct decision *d;

	TRY(q_decision_by_id(cx->db, cx->a, id, &d));
	const char *body = arena_printf(cx->a, STR_FMT "\n" STR_FMT "\n" STR_FMT,
	    STR_ARG(d->text), STR_ARG(d->remark), STR_ARG(d->matter_title));
	return search_put(cx, &(struct search_text){
				  .kind = OBJECT_DECISION,
				  .object_id = d->id,
				  .pid = d->pid,
				  .label = d->label,
				  .title = d->title,
				  .body = str_from_c(body),
				  .at = clock_at(d->decided_day, 12, 0),
				  .body_id = d->body_id,
				  .is_public = decision_is_public(d),
			      });
}

struct err *
decisions_index(struct cx *cx, int64_t matter_id)
{
	struct q_decision_of_matter *rows;
	size_t n;

	TRY(q_decision_of_matter(cx->db, cx->a, matter_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(index_decision(cx, rows[i].id));
	return OK;
}

struct err *
decision_register(struct cx *cx, int64_t item_id, str *ret_label)
{
	struct registering r = {0};
	const struct q_decision_item *i;
	int64_t id;

	TRY(load_item(cx, item_id, &r));
	TRY(number(cx, &r));
	i = r.item;
	r.due_day = due_day(cx, &r);
	TRY(q_decision_add(cx->db, cx->a, pid_new(cx->a), r.year, r.no, r.label, i->matter_id,
	    i->meeting_id, i->id, i->body_id, i->outcome, rule_of(&r), i->title, i->text,
	    i->remark, cx->today, r.due_day, &id));
	TRY(add_lines(cx, &r, id));
	TRY(access_open(cx, OBJECT_DECISION, id, AUDIENCE_BODY, i->body_id));
	TRY(access_open(cx, OBJECT_DECISION, id, AUDIENCE_SECRETARIAT, 0));
	TRY(index_decision(cx, id));
	*ret_label = r.label;
	return OK;
}

struct err *
decision_unregister(struct cx *cx, int64_t item_id)
{
	struct q_decision_of_item *d;
	int64_t n;

	TRY(q_decision_of_item(cx->db, cx->a, item_id, &d));
	if (!d)
		return OK;
	TRY(q_followup_remove(cx->db, cx->a, d->id, &n));
	TRY(q_access_close_all(cx->db, cx->a, OBJECT_DECISION, d->id, &n));
	TRY(search_remove(cx, OBJECT_DECISION, d->id));
	TRY(q_decision_remove(cx->db, cx->a, d->id, &n));
	return n ? OK : err_new(cx->a, ERR_CONFLICT, "matter.meeting_over", "D6: final");
}

/* --- final ------------------------------------------------------------------------------ */

struct err *
decision_finish(struct cx *cx, int64_t decision_id)
{
	struct followups lines;
	struct decision *d;

	TRY(q_decision_by_id(cx->db, cx->a, decision_id, &d));
	TRY(q_decision_set_final(cx->db, cx->a, d->id, cx->now_at, NULL));
	TRY(q_followup_set_sent(cx->db, cx->a, d->id, cx->now_at, NULL));
	TRY(access_open(cx, OBJECT_DECISION, d->id, AUDIENCE_INSIDE, 0));
	TRY(decision_lines(cx, d->id, &lines));
	for (size_t i = 0; i < lines.n; i++)
		TRY(tell_party(cx, lines.v[i].party_id, ACT_DECISION_ACKNOWLEDGE, "decision",
		    d->pid, d->title));
	return OK;
}

struct err *
decision_make_public(struct cx *cx, int64_t decision_id)
{
	TRY(q_decision_set_published(cx->db, cx->a, decision_id, cx->now_at, NULL));
	return index_decision(cx, decision_id);
}

struct err *
decision_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct q_decision_of_matter *rows;
	size_t n;

	TRY(q_decision_of_matter(cx->db, cx->a, m->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		f->lines_n += rows[i].lines_n;
		f->open_lines_n += rows[i].open_n;
		f->is_minuted = rows[i].final_at != 0; /* the newest one counts */
	}
	return OK;
}

struct err *
decision_move_matter(struct cx *cx, int64_t matter_id)
{
	struct matter_facts f;
	struct matter *m;
	struct step step;

	TRY(q_matter_by_id(cx->db, cx->a, matter_id, &m));
	TRY(matter_facts(cx, m, S(""), &f));
	enum matter_act act = m->state != MATTER_FOLLOW_UP && f.open_lines_n > 0
				  ? MATTER_DO_FOLLOW_UP
				  : MATTER_DO_CLOSE;
	if (!matter_offers(m->state, act, DOER_CLOCK, NULL) ||
	    (act == MATTER_DO_CLOSE && f.open_lines_n > 0))
		return OK;
	TRY(matter_can(&f, cx->a, act, DOER_CLOCK, &step));
	return matter_set_state(cx, m, step.to, S(""));
}

/* --- loading ---------------------------------------------------------------------------- */

static int64_t
day_of_instant(int64_t at)
{
	return at ? clock_day(at) : 0;
}

struct err *
decision_lines(struct cx *cx, int64_t decision_id, struct followups *ret)
{
	TRY(q_followup_list(cx->db, cx->a, decision_id, &ret->v, &ret->n));
	ret->lines = arena_array(cx->a, struct decision_line, ret->n);
	for (size_t i = 0; i < ret->n; i++)
		ret->lines[i] = (struct decision_line){
		    .party_id = ret->v[i].party_id,
		    .status = ret->v[i].status,
		    .deadline_day = ret->v[i].due_day,
		    .sent_day = day_of_instant(ret->v[i].sent_at),
		    .acknowledged_day = day_of_instant(ret->v[i].seen_at),
		};
	return OK;
}

static struct err *
object_of(struct cx *cx, const struct decision *d, struct object *ret)
{
	struct followups f;

	TRY(decision_lines(cx, d->id, &f));
	int64_t *parties = arena_array(cx->a, int64_t, f.n);
	for (size_t i = 0; i < f.n; i++)
		parties[i] = f.v[i].party_id;
	*ret = (struct object){
	    .kind = OBJECT_DECISION,
	    .state = decision_state(&(struct decision_facts){.lines = f.lines,
		.n_lines = f.n,
		.today = cx->today,
		.is_replaced = d->replaced_by_id != 0}),
	    .body_id = d->body_id,
	    .parties = parties,
	    .n_parties = f.n,
	};
	return access_seen(cx, OBJECT_DECISION, d->id, &ret->is_visible);
}

struct err *
decision_load(struct cx *cx, str pid, struct decision **ret, struct object *ret_object)
{
	struct decision *d;

	TRY(q_decision_by_pid(cx->db, cx->a, pid, &d));
	if (!d)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "decision");
	TRY(object_of(cx, d, ret_object));
	TRY(cx_see(cx, ACT_DECISION_READ, ret_object));
	*ret = d;
	return OK;
}
