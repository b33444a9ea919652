/* app/matter.c - raising a matter, taking it in; loading, judging and moving any matter. */
#include "app/matter.h"

#include "app/access.h"
#include "app/decision.h"
#include "app/document.h"
#include "app/meeting.h"
#include "app/round.h"
#include "app/search.h"
#include "base/clock.h"
#include "base/random.h"
#include "core/charter.h"
#include "core/machine.h"
#include "q_matter.h"
#include "q_people.h"

enum { SEARCHED_MAX = 2 << 20 };

bool
matter_is_public(const struct matter *m)
{
	return m->published_at && m->exempt_basis.n == 0;
}

/* --- loading ---------------------------------------------------------------------------- */

static struct err *
object_of(struct cx *cx, const struct matter *m, struct object *ret)
{
	struct q_matter_authors *who;
	size_t n;

	TRY(q_matter_authors(cx->db, cx->a, m->id, &who, &n));
	int64_t *ids = arena_array(cx->a, int64_t, n);
	for (size_t i = 0; i < n; i++)
		ids[i] = who[i].person_id;
	*ret = (struct object){
	    .kind = OBJECT_MATTER,
	    .state = m->state,
	    .proposer_party_id = m->proposer_party_id,
	    .raiser_id = m->proposer_person_id,
	    .body_id = m->body_id,
	    .authors = ids,
	    .n_authors = n,
	};
	return access_seen(cx, OBJECT_MATTER, m->id, &ret->is_visible);
}

static struct err *
found(struct cx *cx, struct matter *m, struct matter **ret, struct object *ret_object)
{
	if (!m)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "matter");
	TRY(object_of(cx, m, ret_object));
	TRY(cx_see(cx, ACT_MATTER_READ, ret_object));
	*ret = m;
	return OK;
}

struct err *
matter_load(struct cx *cx, str pid, struct matter **ret, struct object *ret_object)
{
	struct matter *m;

	TRY(q_matter_by_pid(cx->db, cx->a, pid, &m));
	return found(cx, m, ret, ret_object);
}

struct err *
matter_load_id(struct cx *cx, int64_t id, struct matter **ret, struct object *ret_object)
{
	struct matter *m;

	TRY(q_matter_by_id(cx->db, cx->a, id, &m));
	return found(cx, m, ret, ret_object);
}

struct err *
matter_open_act(struct cx *cx, str pid, int64_t rev, enum action action, struct matter **ret,
    struct object *ret_object)
{
	TRY(matter_load(cx, pid, ret, ret_object));
	TRY(cx_need(cx, action, ret_object));
	return cx_same_rev(cx, rev, (*ret)->rev);
}

/* --- facts and moving ------------------------------------------------------------------- */

static struct err *
author_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct q_matter_authors *who;
	size_t n;

	TRY(q_matter_authors(cx->db, cx->a, m->id, &who, &n));
	for (size_t i = 0; i < n; i++) {
		if (who[i].lead && who[i].side == SIDE_MUNICIPAL)
			f->author_municipal_id = who[i].person_id;
		if (who[i].lead && who[i].side == SIDE_TRUST)
			f->author_trust_id = who[i].person_id;
	}
	return OK;
}

struct err *
matter_facts(struct cx *cx, const struct matter *m, str reason, struct matter_facts *ret)
{
	*ret = (struct matter_facts){
	    .state = m->state,
	    .now_at = cx->now_at,
	    .reason = reason,
	    .proposer_party_id = m->proposer_party_id,
	    .has_title = m->title.n > 0,
	    .appeal = m->appealed,
	    .joined_to_id = m->joined_to_id,
	    .author_exemption = m->author_exemption,
	    .rapporteur_id = m->rapporteur_id,
	    .lit_exemption = m->lit_exemption,
	};
	TRY(matter_triage_facts(cx, m, ret));
	TRY(author_facts(cx, m, ret));
	TRY(document_facts(cx, m, ret));
	TRY(round_facts(cx, m, ret));
	TRY(meeting_facts(cx, m, ret));
	return decision_facts(cx, m, ret);
}

/* A delegated matter is closed when what it was delegated as is over (C21). */
static struct err *
close_parent(struct cx *cx, int64_t id)
{
	struct matter_facts f;
	struct matter *m;
	struct step step;

	TRY(q_matter_by_id(cx->db, cx->a, id, &m));
	if (!m || m->state != MATTER_DELEGATED)
		return OK;
	TRY(matter_facts(cx, m, S(""), &f));
	if (!f.is_child_done)
		return OK;
	TRY(matter_can(&f, cx->a, MATTER_DO_CLOSE, DOER_CLOCK, &step));
	TRY(matter_set_state(cx, m, step.to, S("")));
	TRY(tell_role(cx, ROLE_SECRETARY, ACT_MATTER_CLOSE, "matter", m->pid, m->title));
	return matter_tell_proposer(cx, m, ACT_MATTER_CLOSE);
}

/* A matter that is worked on again is public when it is published again: nobody outside sees
 * what is written meanwhile. Its decisions stay. */
static struct err *
take_back(struct cx *cx, const struct matter *m)
{
	int64_t n;

	TRY(q_matter_set_public(cx->db, cx->a, m->id, 0, m->exempt_basis, &n));
	return matter_index(cx, m->id);
}

struct err *
matter_set_state(struct cx *cx, const struct matter *m, int64_t to, str reason)
{
	int64_t n;

	TRY(q_matter_set_state(cx->db, cx->a, m->id, to, reason, cx->now_at, &n));
	if (m->published_at && to < MATTER_READY)
		TRY(take_back(cx, m));
	return m->parent_id && matter_is_over(to) ? close_parent(cx, m->parent_id) : OK;
}

struct err *
matter_move(struct cx *cx, const struct matter *m, const struct object *object,
    const struct matter_facts *f, enum matter_act act)
{
	struct step step;

	TRY(matter_can(f, cx->a, act, authz_doers(cx->actor, object), &step));
	return matter_set_state(cx, m, step.to, f->reason);
}

void
matter_done(struct result *ret, const struct matter *m)
{
	ret->type = "matter";
	ret->pid = m->pid;
}

struct err *
matter_tell_proposer(struct cx *cx, const struct matter *m, enum action what)
{
	return tell_party(cx, m->proposer_party_id, what, "matter", m->pid, m->title);
}

/* As much of s as there is room for, and no half character. */
static void
put_cut(struct buf *b, str s)
{
	size_t n = b->max - b->n < s.n ? b->max - b->n : s.n;

	while (n > 0 && n < s.n && (s.p[n] & 0xC0) == 0x80)
		n--;
	buf_put(b, (str){s.p, n});
}

/* What does not fit is not found, but everything can still be saved. */
struct err *
matter_index(struct cx *cx, int64_t matter_id)
{
	struct buf body = buf_new(cx->a, SEARCHED_MAX);
	struct q_matter_texts *texts;
	struct matter *m;
	size_t n;

	TRY(q_matter_by_id(cx->db, cx->a, matter_id, &m));
	TRY(q_matter_texts(cx->db, cx->a, matter_id, &texts, &n));
	buf_put(&body, m->summary);
	if (!matter_is_public(m)) /* the public page does not show it */
		buf_printf(&body, "\n" STR_FMT, STR_ARG(m->wish));
	for (size_t i = 0; i < n; i++) {
		put_cut(&body, S("\n"));
		put_cut(&body, texts[i].text);
	}
	return search_put(cx, &(struct search_text){
				  .kind = OBJECT_MATTER,
				  .object_id = m->id,
				  .pid = m->pid,
				  .label = m->label,
				  .title = m->title,
				  .body = buf_str(&body),
				  .at = m->created_at,
				  .body_id = m->body_id,
				  .is_public = matter_is_public(m),
			      });
}

/* --- proposing -------------------------------------------------------------------------- */

struct propose_in {
	str title, summary, wish, decision;
	int64_t submit;
};

static const struct input propose_inputs[] = {
    {INPUT_LINE, "title", offsetof(struct propose_in, title), .required = true, .min = 5,
	.max = 150, .label = N_("Hva gjelder saken?"),
	.help = N_("Én setning som andre kan kjenne den igjen på.")},
    {INPUT_TEXT, "summary", offsetof(struct propose_in, summary), .required = true, .max = 8000,
	.label = N_("Beskriv saken kort"),
	.help = N_("Hva er problemet, hvem gjelder det, og hva har dere sett? Skriv ingenting "
		   "som kan kjenne igjen en pasient.")},
    {INPUT_TEXT, "wish", offsetof(struct propose_in, wish), .max = 4000,
	.label = N_("Hva ønsker dere skal komme ut av den?")},
    {INPUT_PID, "decision", offsetof(struct propose_in, decision),
	.label = N_("Vedtaket som saken tar opp igjen")},
    {INPUT_BOOL, "submit", offsetof(struct propose_in, submit), .label = N_("Send inn nå")},
    {0},
};

/* A draft is seen by those who speak for its party, and who raised it. */
static struct err *
open_draft(struct cx *cx, int64_t id, int64_t party_id, int64_t person_id)
{
	TRY(access_open(cx, OBJECT_MATTER, id, AUDIENCE_SPEAKERS, party_id));
	return access_open(cx, OBJECT_MATTER, id, AUDIENCE_PERSON, person_id);
}

static struct err *
open_to_joined(struct cx *cx, int64_t id)
{
	struct q_matter_joined_parties *who;
	size_t n;

	TRY(q_matter_joined_parties(cx->db, cx->a, id, &who, &n));
	for (size_t i = 0; i < n; i++)
		TRY(access_open(
		    cx, OBJECT_MATTER, id, AUDIENCE_PARTY, who[i].proposer_party_id));
	return OK;
}

static struct err *
submit(struct cx *cx, struct matter *m, const struct object *object)
{
	struct matter_facts f;
	int64_t n;

	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, object, &f, MATTER_DO_SUBMIT));
	TRY(q_matter_set_submitted(cx->db, cx->a, m->id, cx->now_at, &n));
	TRY(access_open(cx, OBJECT_MATTER, m->id, AUDIENCE_SECRETARIAT, 0));
	TRY(access_open(cx, OBJECT_MATTER, m->id, AUDIENCE_PARTY, m->proposer_party_id));
	TRY(access_shut(cx, OBJECT_MATTER, m->id, AUDIENCE_PERSON, m->proposer_person_id));
	if (m->received_at) /* it was sent back: those whose matters went into it follow it */
		TRY(open_to_joined(cx, m->id));
	return tell_role(cx, ROLE_SECRETARY, ACT_MATTER_SUBMIT, "matter", m->pid, m->title);
}

/* C26: what was decided is taken up again only in a new matter that cites it. */
static struct err *
cited_matter(struct cx *cx, str decision_pid, int64_t *ret_id)
{
	struct decision *d = NULL;
	struct object object;

	*ret_id = 0;
	if (decision_pid.n == 0)
		return OK;
	struct err *e = decision_load(cx, decision_pid, &d, &object);
	if (e && e->kind != ERR_NOT_FOUND)
		return e;
	if (e || !d->final_at || d->replaced_by_id)
		cx_fault(cx, "decision", N_("input.choice"), 0);
	else
		*ret_id = d->matter_id;
	return cx_faults(cx);
}

static struct err *
propose(struct cx *cx, const void *arg, struct result *ret)
{
	const struct propose_in *in = arg;
	struct object object = {.kind = OBJECT_SPACE, .is_visible = true};
	struct matter *m;
	int64_t id, cited_id;

	TRY(cx_need(cx, ACT_MATTER_PROPOSE, &object));
	if (!charter_may_propose(cx->charter, cx->actor))
		return err_new(
		    cx->a, ERR_DENIED, "denied", "C1: not a proposer by the charter");
	TRY(cited_matter(cx, in->decision, &cited_id));
	TRY(q_matter_add(cx->db, cx->a, pid_new(cx->a), in->title, in->summary, in->wish,
	    MATTER_DRAFT, cx->actor->party_id, cx->actor->person_id, cx->by ? cx->by->id : 0,
	    cited_id, cx->now_at, &id));
	TRY(open_draft(cx, id, cx->actor->party_id, cx->actor->person_id));
	TRY(matter_load_id(cx, id, &m, &object));
	if (in->submit)
		TRY(submit(cx, m, &object));
	matter_done(ret, m);
	return matter_index(cx, id);
}

struct edit_in {
	str matter;
	int64_t rev;
	str title, summary, wish;
};

static const struct input submit_inputs[] = {
    INPUT_PATH(struct edit_in, matter),
    INPUT_REV(struct edit_in),
    {INPUT_LINE, "title", offsetof(struct edit_in, title), .required = true, .min = 5,
	.max = 150, .label = N_("Hva gjelder saken?")},
    {INPUT_TEXT, "summary", offsetof(struct edit_in, summary), .required = true, .max = 8000,
	.label = N_("Beskriv saken kort")},
    {INPUT_TEXT, "wish", offsetof(struct edit_in, wish), .max = 4000,
	.label = N_("Hva ønsker dere skal komme ut av den?")},
    {0},
};

/* A draft, or one that was sent back, is mended and sent in. */
static struct err *
submit_draft(struct cx *cx, const void *arg, struct result *ret)
{
	const struct edit_in *in = arg;
	struct object object;
	struct matter *m;
	int64_t n;

	TRY(matter_open_act(cx, in->matter, in->rev, ACT_MATTER_SUBMIT, &m, &object));
	TRY(q_matter_set_proposal(cx->db, cx->a, m->id, in->title, in->summary, in->wish, &n));
	m->title = in->title;
	TRY(submit(cx, m, &object));
	matter_done(ret, m);
	return matter_index(cx, m->id);
}

/* --- receiving -------------------------------------------------------------------------- */

struct act_in {
	str matter;
	int64_t rev;
	str reason;
};

static const struct input act_inputs[] = {
    INPUT_PATH(struct act_in, matter),
    INPUT_REV(struct act_in),
    {0},
};

static const struct input reason_inputs[] = {
    INPUT_PATH(struct act_in, matter),
    INPUT_REV(struct act_in),
    {INPUT_TEXT, "reason", offsetof(struct act_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse"), .help = N_("Den som meldte saken, får lese dette.")},
    {0},
};

static struct err *
receive(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct q_matter_last_no *last;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t n, year = day_to_ymd(cx->today).year;

	TRY(matter_open_act(cx, in->matter, in->rev, ACT_MATTER_RECEIVE, &m, &object));
	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_RECEIVE));
	TRY(q_matter_last_no(cx->db, cx->a, year, &last));
	str label =
	    charter_number_label(cx->a, &cx->charter->matter_number, last->no + 1, year, NULL);
	TRY(q_matter_set_received(
	    cx->db, cx->a, m->id, year, last->no + 1, label, cx->now_at, &n));
	result_note(ret, "label", label);
	matter_done(ret, m);
	TRY(matter_index(cx, m->id));
	TRY(tell_person(
	    cx, m->proposer_person_id, ACT_MATTER_RECEIVE, "matter", m->pid, m->title));
	return matter_tell_proposer(cx, m, ACT_MATTER_RECEIVE);
}

/* The acts that only move a matter on, with or without a reason, and tell the proposer. */
static struct err *
move_and_tell(struct cx *cx, const struct act_in *in, enum action action, enum matter_act act,
    struct result *ret)
{
	struct matter_facts f;
	struct object object;
	struct matter *m;

	TRY(matter_open_act(cx, in->matter, in->rev, action, &m, &object));
	TRY(matter_facts(cx, m, in->reason, &f));
	TRY(matter_move(cx, m, &object, &f, act));
	matter_done(ret, m);
	return matter_tell_proposer(cx, m, action);
}

static struct err *
reject(struct cx *cx, const void *in, struct result *ret)
{
	return move_and_tell(cx, in, ACT_MATTER_REJECT, MATTER_DO_REJECT, ret);
}

/* It is a draft again, and seen as one (C1, R079): also those to whom a joining, an appeal, a
 * delegation or papers had opened it see no more of it than of another party's draft. What was
 * decided and minuted is open on its own. */
static struct err *
send_back(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct object object;
	struct matter *m;
	int64_t n;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(move_and_tell(cx, in, ACT_MATTER_SEND_BACK, MATTER_DO_SEND_BACK, ret));
	TRY(q_access_close_all(cx->db, cx->a, OBJECT_MATTER, m->id, &n));
	return open_draft(cx, m->id, m->proposer_party_id, m->proposer_person_id);
}

static struct err *
withdraw(struct cx *cx, const void *in, struct result *ret)
{
	struct object object;
	struct matter *m;

	TRY(move_and_tell(cx, in, ACT_MATTER_WITHDRAW, MATTER_DO_WITHDRAW, ret));
	TRY(matter_load(cx, ret->pid, &m, &object));
	return m->submitted_at ? tell_role(cx, ROLE_SECRETARY, ACT_MATTER_WITHDRAW, "matter",
				     m->pid, m->title)
			       : OK;
}

static struct err *
start(struct cx *cx, const void *in, struct result *ret)
{
	return move_and_tell(cx, in, ACT_MATTER_START, MATTER_DO_START, ret);
}

const struct usecase matter_usecases[] = {
    {ACT_MATTER_PROPOSE, "/matters", "Raise a matter", propose_inputs,
	sizeof(struct propose_in), NULL, propose, false},
    {ACT_MATTER_SUBMIT, "/matters/:/submit", "Hand in a draft", submit_inputs,
	sizeof(struct edit_in), NULL, submit_draft, false},
    {ACT_MATTER_RECEIVE, "/matters/:/receive", "Acknowledge a matter and give it a number",
	act_inputs, sizeof(struct act_in), NULL, receive, false},
    {ACT_MATTER_REJECT, "/matters/:/reject", "Refuse a matter, with a reason", reason_inputs,
	sizeof(struct act_in), NULL, reject, false},
    {ACT_MATTER_SEND_BACK, "/matters/:/send-back", "Ask the proposer to complete a matter",
	reason_inputs, sizeof(struct act_in), NULL, send_back, false},
    {ACT_MATTER_WITHDRAW, "/matters/:/withdraw", "Withdraw a matter", reason_inputs,
	sizeof(struct act_in), NULL, withdraw, false},
    {ACT_MATTER_START, "/matters/:/start", "Begin the joint preparation", act_inputs,
	sizeof(struct act_in), NULL, start, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

struct err *
matters_recent(struct cx *cx, int64_t before_at, str after, int64_t n, struct matter_lines *ret)
{
	struct matter *last = NULL;
	struct matter_line *rows;

	if (after.n)
		TRY(q_matter_by_pid(cx->db, cx->a, after, &last));
	TRY(q_matter_recent(cx->db, cx->a, cx_audiences(cx),
	    last ? last->created_at : before_at, last ? last->id : 0, n, &rows, &ret->n));
	ret->v = rows;
	return OK;
}

struct err *
matters_recent_in(
    struct cx *cx, bool (*suits)(int64_t state), int64_t n, struct matter_lines *ret)
{
	int64_t states[MATTER_STATE_N];
	struct matter_line *rows;
	size_t n_states = 0;

	for (int64_t s = 1; s <= MATTER_STATE_N; s++)
		if (suits(s))
			states[n_states++] = s;
	TRY(q_matter_recent_in(cx->db, cx->a, cx_audiences(cx), (struct ints){states, n_states},
	    n, &rows, &ret->n));
	ret->v = rows;
	return OK;
}

struct err *
matters_in_states(struct cx *cx, struct ints states, int64_t n, struct matter_lines *ret)
{
	struct matter_line *rows;

	TRY(q_matter_in_states(cx->db, cx->a, cx_audiences(cx), states, n, &rows, &ret->n));
	ret->v = rows;
	return OK;
}
