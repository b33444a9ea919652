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

#include <inttypes.h>

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
	    .body_id = m->body_id,
	    .authors = ids,
	    .n_authors = n,
	    .is_published = m->published_at != 0,
	};
	return access_seen(cx, OBJECT_MATTER, m->id, &ret->is_visible);
}

static struct err *
found(struct cx *cx, struct matter *m, struct matter **ret, struct object *ret_object)
{
	if (!m)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "matter");
	TRY(object_of(cx, m, ret_object));
	*ret = m;
	return cx_need(cx, ACT_MATTER_READ, ret_object);
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

/* --- facts and moving ------------------------------------------------------------------- */

static const struct charter_body *
body_rules(struct cx *cx, int64_t body_id, struct err **ret_err)
{
	struct q_body_by_id *row = NULL;

	*ret_err = body_id ? q_body_by_id(cx->db, cx->a, body_id, &row) : OK;
	return row ? charter_body(cx->charter, row->key) : NULL;
}

static struct err *
body_id_of(struct cx *cx, const struct charter_body *b, int64_t *ret)
{
	struct q_body_by_key *row = NULL;

	if (b)
		TRY(q_body_by_key(cx->db, cx->a, b->key, &row));
	*ret = row ? row->id : 0;
	return OK;
}

static struct charter_question
question_of(const struct triage *t, str region)
{
	return (struct charter_question){
	    .type = (enum matter_type)t->type,
	    .scope = (enum matter_scope)t->scope,
	    .consequences = (unsigned)t->consequence,
	    .topic = (enum matter_topic)t->topic,
	    .is_larger = t->is_larger,
	    .is_extensive = t->is_extensive,
	    .region = region,
	};
}

/* Topics as the guards want them, from a set of 1u << topic. */
static const int64_t *
topics_of(struct arena *a, unsigned set, size_t *ret_n)
{
	int64_t *v = arena_array(a, int64_t, TOPIC_AGREEMENT + 1);
	size_t n = 0;

	for (int64_t topic = TOPIC_OTHER; topic <= TOPIC_AGREEMENT; topic++)
		if (set & (1u << topic))
			v[n++] = topic;
	*ret_n = n;
	return v;
}

/* What the charter says of the chosen body (C4 to C8). */
static struct err *
triage_rules(struct cx *cx, const struct triage *t, str region, struct triage_rules *ret)
{
	struct charter_question q = question_of(t, region);
	struct charter_triage r;
	struct err *e;
	const struct charter_body *body = body_rules(cx, t->body_id, &e);

	TRY(e);
	*ret = (struct triage_rules){0};
	if (!body)
		return OK;
	charter_triage_rules(cx->charter, body, &q, &r);
	ret->is_local = r.is_local;
	ret->local_is_narrow = r.local_is_narrow;
	ret->topic_is_advisory = r.topic_is_advisory;
	ret->needs_rapporteur = r.needs_rapporteur;
	ret->only_topics = topics_of(cx->a, r.only_topics, &ret->n_only_topics);
	TRY(body_id_of(cx, r.principle_body, &ret->principle_body_id));
	return body_id_of(cx, r.topic_body, &ret->topic_body_id);
}

static struct triage
triage_of(const struct matter *m)
{
	return (struct triage){
	    .body_id = m->body_id,
	    .type = m->type,
	    .scope = m->scope,
	    .consequence = m->consequence,
	    .topic = m->topic,
	    .is_larger = m->larger != 0,
	    .is_extensive = m->extensive != 0,
	    .has_round = m->round_required >= 0,
	    .needs_round = m->round_required == 1,
	    .override_reason = m->override_reason,
	};
}

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
	    .triage = triage_of(m),
	    .author_exemption = m->author_exemption,
	    .rapporteur_id = m->rapporteur_id,
	    .lit_exemption = m->lit_exemption,
	};
	TRY(triage_rules(cx, &ret->triage, m->region_key, &ret->rules));
	TRY(author_facts(cx, m, ret));
	TRY(document_facts(cx, m, ret));
	TRY(round_facts(cx, m, ret));
	TRY(meeting_facts(cx, m, ret));
	return decision_facts(cx, m, ret);
}

struct err *
matter_move(struct cx *cx, const struct matter *m, const struct object *object,
    const struct matter_facts *f, enum matter_act act)
{
	struct step step;
	int64_t n;

	TRY(matter_can(f, cx->a, act, authz_doers(cx->actor, object), &step));
	return q_matter_set_state(cx->db, cx->a, m->id, step.to, f->reason, cx->now_at, &n);
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

struct err *
matter_index(struct cx *cx, int64_t matter_id)
{
	struct buf body = buf_new(cx->a, 8 << 20);
	struct q_matter_texts *texts;
	struct matter *m;
	size_t n;

	TRY(q_matter_by_id(cx->db, cx->a, matter_id, &m));
	TRY(q_matter_texts(cx->db, cx->a, matter_id, &texts, &n));
	buf_printf(&body, STR_FMT "\n" STR_FMT, STR_ARG(m->summary), STR_ARG(m->wish));
	for (size_t i = 0; i < n; i++)
		buf_printf(&body, "\n" STR_FMT, STR_ARG(texts[i].text));
	return search_put(cx, &(struct search_text){
				  .kind = OBJECT_MATTER,
				  .object_id = m->id,
				  .pid = m->pid,
				  .label = m->label,
				  .title = m->title,
				  .body = buf_str(&body),
				  .at = m->created_at,
				  .body_id = m->body_id,
				  .is_public = m->published_at != 0,
			      });
}

/* --- proposing -------------------------------------------------------------------------- */

struct propose_in {
	str title, summary, wish;
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
    {INPUT_BOOL, "submit", offsetof(struct propose_in, submit), .label = N_("Send inn nå")},
    {0},
};

static struct err *
submit(struct cx *cx, struct matter *m, const struct object *object)
{
	struct matter_facts f;
	int64_t n;

	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, object, &f, MATTER_DO_SUBMIT));
	TRY(q_matter_set_submitted(cx->db, cx->a, m->id, cx->now_at, &n));
	TRY(access_open(cx, OBJECT_MATTER, m->id, AUDIENCE_SECRETARIAT, 0));
	return tell_role(cx, ROLE_SECRETARY, ACT_MATTER_SUBMIT, "matter", m->pid, m->title);
}

static struct err *
propose(struct cx *cx, const void *arg, struct result *ret)
{
	const struct propose_in *in = arg;
	struct object object = {.kind = OBJECT_SPACE, .is_visible = true};
	struct matter *m;
	int64_t id;

	TRY(cx_need(cx, ACT_MATTER_PROPOSE, &object));
	TRY(q_matter_add(cx->db, cx->a, pid_new(cx->a), in->title, in->summary, in->wish,
	    MATTER_DRAFT, cx->actor->party_id, cx->actor->person_id, cx->by ? cx->by->id : 0,
	    cx->now_at, &id));
	TRY(access_open(cx, OBJECT_MATTER, id, AUDIENCE_PARTY, cx->actor->party_id));
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

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(cx_need(cx, ACT_MATTER_SUBMIT, &object));
	TRY(cx_same_rev(cx, in->rev, m->rev));
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
open_act(struct cx *cx, const struct act_in *in, enum action action, struct matter **ret,
    struct object *ret_object)
{
	TRY(matter_load(cx, in->matter, ret, ret_object));
	TRY(cx_need(cx, action, ret_object));
	return cx_same_rev(cx, in->rev, (*ret)->rev);
}

static struct err *
receive(struct cx *cx, const void *arg, struct result *ret)
{
	struct q_matter_last_no *last;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t n, year = day_to_ymd(cx->today).year;

	TRY(open_act(cx, arg, ACT_MATTER_RECEIVE, &m, &object));
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

	TRY(open_act(cx, in, action, &m, &object));
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

static struct err *
send_back(struct cx *cx, const void *in, struct result *ret)
{
	return move_and_tell(cx, in, ACT_MATTER_SEND_BACK, MATTER_DO_SEND_BACK, ret);
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

/* --- triage ----------------------------------------------------------------------------- */

const struct choice matter_types[] = {
    {"information", MATTER_INFORMATION, N_("Orientering"), NULL},
    {"discussion", MATTER_DISCUSSION, N_("Drøfting"), NULL},
    {"decision", MATTER_DECISION, N_("Beslutning"), NULL},
    {"recommendation", MATTER_RECOMMENDATION, N_("Anbefaling"), NULL},
    {"hearing", MATTER_HEARING, N_("Høring"), NULL},
    {"dispute", MATTER_DISPUTE, N_("Tvist"), NULL},
    {"deviation", MATTER_DEVIATION, N_("Samhandlingsavvik"), NULL},
    {0},
};

const struct choice matter_scopes[] = {
    {"one_municipality", SCOPE_ONE_MUNICIPALITY, N_("Én kommune"), NULL},
    {"one_area", SCOPE_ONE_AREA, N_("Ett område"), NULL},
    {"several_areas", SCOPE_SEVERAL_AREAS, N_("Flere områder"), NULL},
    {"whole_area", SCOPE_WHOLE_AREA, N_("Hele samarbeidet"), NULL},
    {0},
};

const struct choice matter_consequences[] = {
    {"professional", CONSEQUENCE_PROFESSIONAL, N_("Faglige"), NULL},
    {"economic", CONSEQUENCE_ECONOMIC, N_("Økonomiske"), NULL},
    {"administrative", CONSEQUENCE_ADMINISTRATIVE, N_("Administrative"), NULL},
    {"principle", CONSEQUENCE_PRINCIPLE, N_("Prinsipielle"), NULL},
    {0},
};

const struct choice matter_topics[] = {
    {"other", TOPIC_OTHER, N_("Annet"), NULL},
    {"procedure", TOPIC_PROCEDURE, N_("Prosedyre eller retningslinje"), NULL},
    {"service_model", TOPIC_SERVICE_MODEL, N_("Tjenestemodell"), NULL},
    {"direction", TOPIC_DIRECTION, N_("Felles retning"), NULL},
    {"annual_report", TOPIC_ANNUAL_REPORT, N_("Årsmelding"), NULL},
    {"mandate", TOPIC_MANDATE, N_("Mandat for et utvalg"), NULL},
    {"theme", TOPIC_THEME, N_("Tema"), NULL},
    {"economy", TOPIC_ECONOMY, N_("Økonomi"), NULL},
    {"agreement", TOPIC_AGREEMENT, N_("Avtale"), NULL},
    {0},
};

struct triage_in {
	str matter;
	int64_t rev, type, scope, consequence, topic, larger, extensive, round, due;
	str body, region, override_reason, round_reason, rapporteur;
};

static const struct choice round_choices[] = {
    {"yes", 1, N_("Ja, alle kommuner leser gjennom"), NULL},
    {"no", 0, N_("Nei, den går rett til utvalget"), NULL},
    {0},
};

static const struct input triage_inputs[] = {
    INPUT_PATH(struct triage_in, matter),
    INPUT_REV(struct triage_in),
    {INPUT_CHOICE, "type", offsetof(struct triage_in, type), .required = true,
	.label = N_("Slags sak"), .choices = matter_types},
    {INPUT_CHOICE, "scope", offsetof(struct triage_in, scope), .required = true,
	.label = N_("Hvem gjelder den?"), .choices = matter_scopes},
    {INPUT_LINE, "region", offsetof(struct triage_in, region), .max = 64, .label = N_("Område"),
	.help = N_("Når saken gjelder ett område.")},
    {INPUT_CHOICES, "consequence", offsetof(struct triage_in, consequence), .required = true,
	.label = N_("Hvilke følger har den?"), .choices = matter_consequences},
    {INPUT_BOOL, "larger", offsetof(struct triage_in, larger),
	.label = N_("De økonomiske eller administrative følgene er større")},
    {INPUT_CHOICE, "topic", offsetof(struct triage_in, topic), .required = true,
	.label = N_("Tema"), .choices = matter_topics},
    {INPUT_PID, "body", offsetof(struct triage_in, body), .required = true,
	.label = N_("Hvor skal den behandles?")},
    {INPUT_TEXT, "override_reason", offsetof(struct triage_in, override_reason), .max = 2000,
	.label = N_("Hvorfor et annet utvalg enn avtalen peker på?")},
    {INPUT_CHOICE, "round", offsetof(struct triage_in, round), .required = true,
	.label = N_("Skal den til gjennomlesning?"), .choices = round_choices},
    {INPUT_TEXT, "round_reason", offsetof(struct triage_in, round_reason), .max = 2000,
	.label = N_("Hvorfor ikke gjennomlesning?")},
    {INPUT_BOOL, "extensive", offsetof(struct triage_in, extensive),
	.label = N_("Saken er omfattende og trenger en saksordfører")},
    {INPUT_PID, "rapporteur", offsetof(struct triage_in, rapporteur),
	.label = N_("Saksordfører")},
    {INPUT_DAY, "due", offsetof(struct triage_in, due),
	.label = N_("Frist for saksframlegget")},
    {0},
};

static struct err *
person_id_of(struct cx *cx, str pid, const char *field, int64_t *ret)
{
	struct q_person_by_pid *row = NULL;

	*ret = 0;
	if (pid.n == 0)
		return OK;
	TRY(q_person_by_pid(cx->db, cx->a, pid, &row));
	if (!row)
		cx_fault(cx, field, N_("input.choice"), 0);
	else
		*ret = row->id;
	return OK;
}

static struct err *
triage_facts(struct cx *cx, const struct triage_in *in, struct matter *m)
{
	struct q_body_by_pid *body;

	TRY(q_body_by_pid(cx->db, cx->a, in->body, &body));
	if (!body)
		cx_fault(cx, "body", N_("input.choice"), 0);
	if (in->round == 0 && in->round_reason.n == 0)
		cx_fault(cx, "round_reason", N_("input.required"), 0);
	if (in->region.n && !charter_region(cx->charter, in->region))
		cx_fault(cx, "region", N_("input.choice"), 0);
	if (in->scope == SCOPE_ONE_AREA && in->region.n == 0 && cx->charter->n_regions)
		cx_fault(cx, "region", N_("input.required"), 0);
	TRY(person_id_of(cx, in->rapporteur, "rapporteur", &m->rapporteur_id));
	TRY(cx_faults(cx));
	m->body_id = body->id;
	m->type = in->type;
	m->scope = in->scope;
	m->consequence = in->consequence;
	m->topic = in->topic;
	m->larger = in->larger;
	m->extensive = in->extensive;
	m->region_key = in->scope == SCOPE_ONE_AREA ? in->region : S("");
	m->override_reason = in->override_reason;
	m->round_required = in->round;
	m->round_reason = in->round_reason;
	m->due_day = in->due == INPUT_NONE ? 0 : in->due;
	return OK;
}

/* A body that a route of the charter bars, or of another area, only with a reason. */
static struct err *
barred_needs_reason(struct cx *cx, const struct matter *m)
{
	struct matter_body_choice *v;
	struct q_body_by_id *body;
	size_t n;

	TRY(q_body_by_id(cx->db, cx->a, m->body_id, &body));
	TRY(matter_body_choices(cx, m, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].barred && str_eq(v[i].pid, body->pid) && m->override_reason.n == 0)
			cx_fault(cx, "override_reason", N_("matter.barred"), 0);
	return cx_faults(cx);
}

static struct err *
triage(struct cx *cx, const void *arg, struct result *ret)
{
	const struct triage_in *in = arg;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t n;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(cx_need(cx, ACT_MATTER_TRIAGE, &object));
	TRY(cx_same_rev(cx, in->rev, m->rev));
	TRY(triage_facts(cx, in, m));
	TRY(barred_needs_reason(cx, m));
	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_TRIAGE));
	TRY(q_matter_set_triage(cx->db, cx->a, m->id, m->body_id, m->type, m->scope,
	    m->consequence, m->topic, m->larger, m->extensive, m->region_key,
	    m->override_reason, m->round_required, m->round_reason, m->due_day,
	    m->rapporteur_id, &n));
	TRY(matter_index(cx, m->id));
	matter_done(ret, m);
	return matter_tell_proposer(cx, m, ACT_MATTER_TRIAGE);
}

/* --- authors ---------------------------------------------------------------------------- */

struct assign_in {
	str matter;
	int64_t rev;
	str municipal, trust, exemption;
	struct strs others;
};

static const struct input assign_inputs[] = {
    INPUT_PATH(struct assign_in, matter),
    INPUT_REV(struct assign_in),
    {INPUT_PID, "municipal", offsetof(struct assign_in, municipal),
	.label = N_("Skriver for kommunene")},
    {INPUT_PID, "trust", offsetof(struct assign_in, trust),
	.label = N_("Skriver for sykehuset")},
    {INPUT_TEXT, "exemption", offsetof(struct assign_in, exemption), .max = 2000,
	.label = N_("Hvorfor skriver bare den ene siden?"),
	.help =
	    N_("Bare når en av sidene ikke kan stille med noen. Begrunnelsen blir stående.")},
    {INPUT_PIDS, "others", offsetof(struct assign_in, others), .label = N_("Andre som skriver"),
	.help = N_("For eksempel en brukerrepresentant.")},
    {0},
};

struct assigned { /* one who is to write */
	int64_t person_id, side;
	bool lead;
};

/* The person, who must stand on the side that is written for; SIDE_NONE: on any. */
static struct err *
author_of(struct cx *cx, str pid, enum side side, const char *field, struct assigned *ret)
{
	struct q_person_sides *v;
	size_t n;

	*ret = (struct assigned){.side = side, .lead = side != SIDE_NONE};
	TRY(person_id_of(cx, pid, field, &ret->person_id));
	if (!ret->person_id)
		return OK;
	TRY(q_person_sides(cx->db, cx->a, ret->person_id, ROLE_ADMIN, cx->today, &v, &n));
	if (n && side == SIDE_NONE)
		ret->side = v[0].side;
	for (size_t i = 0; i < n; i++)
		if (v[i].side == ret->side)
			return OK;
	cx_fault(cx, field, N_("matter.author_other_side"), 0);
	return OK;
}

static bool
has_person(const struct assigned *v, size_t n, int64_t person_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].person_id == person_id)
			return true;
	return false;
}

static struct err *
named_authors(struct cx *cx, const struct assign_in *in, struct assigned *v, size_t *ret_n)
{
	struct assigned who;
	size_t n = 0;

	TRY(author_of(cx, in->municipal, SIDE_MUNICIPAL, "municipal", &who));
	if (who.person_id)
		v[n++] = who;
	TRY(author_of(cx, in->trust, SIDE_TRUST, "trust", &who));
	if (who.person_id && has_person(v, n, who.person_id))
		cx_fault(cx, "trust", N_("matter.same_author"), 0);
	else if (who.person_id)
		v[n++] = who;
	if (n < 2 && in->exemption.n == 0)
		cx_fault(cx, in->municipal.n ? "trust" : "municipal",
		    N_("matter.authors_missing"), 0);
	for (size_t i = 0; i < in->others.n; i++) {
		TRY(author_of(cx, in->others.v[i], SIDE_NONE, "others", &who));
		if (who.person_id && !has_person(v, n, who.person_id))
			v[n++] = who;
	}
	*ret_n = n;
	return cx_faults(cx);
}

/* Those who no longer write lose what being an author let them see. */
static struct err *
dismiss_authors(struct cx *cx, const struct matter *m, const struct assigned *v, size_t n)
{
	struct q_matter_authors *was;
	size_t n_was;
	int64_t changed;

	TRY(q_matter_authors(cx->db, cx->a, m->id, &was, &n_was));
	for (size_t i = 0; i < n_was; i++)
		if (!has_person(v, n, was[i].person_id))
			TRY(access_shut(
			    cx, OBJECT_MATTER, m->id, AUDIENCE_PERSON, was[i].person_id));
	return q_matter_author_clear(cx->db, cx->a, m->id, &changed);
}

static struct err *
add_author(struct cx *cx, const struct matter *m, const struct assigned *who)
{
	int64_t n;

	TRY(q_matter_author_add(
	    cx->db, cx->a, m->id, who->person_id, who->side, who->lead, &n));
	TRY(access_open(cx, OBJECT_MATTER, m->id, AUDIENCE_PERSON, who->person_id));
	return tell_person(cx, who->person_id, ACT_MATTER_ASSIGN, "matter", m->pid, m->title);
}

static struct err *
assign(struct cx *cx, const void *arg, struct result *ret)
{
	const struct assign_in *in = arg;
	struct assigned *v = arena_array(cx->a, struct assigned, in->others.n + 2);
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t changed;
	size_t n;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(cx_need(cx, ACT_MATTER_ASSIGN, &object));
	TRY(cx_same_rev(cx, in->rev, m->rev));
	TRY(named_authors(cx, in, v, &n));
	TRY(dismiss_authors(cx, m, v, n));
	for (size_t i = 0; i < n; i++)
		TRY(add_author(cx, m, &v[i]));
	TRY(q_matter_set_author_exemption(cx->db, cx->a, m->id, in->exemption, &changed));
	m->author_exemption = in->exemption;
	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_ASSIGN));
	matter_done(ret, m);
	return OK;
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
    {ACT_MATTER_TRIAGE, "/matters/:/triage", "Decide how a matter is handled", triage_inputs,
	sizeof(struct triage_in), NULL, triage, false},
    {ACT_MATTER_ASSIGN, "/matters/:/authors", "Name the authors, one from each side",
	assign_inputs, sizeof(struct assign_in), NULL, assign, false},
    {ACT_MATTER_START, "/matters/:/start", "Begin the joint preparation", act_inputs,
	sizeof(struct act_in), NULL, start, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

struct err *
matters_recent(struct cx *cx, int64_t before_at, int64_t n, struct matter_lines *ret)
{
	struct matter_line *rows;

	TRY(q_matter_recent(cx->db, cx->a, cx_audiences(cx), before_at, n, &rows, &ret->n));
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

static str
text_in(const struct charter_text *t, enum lang lang)
{
	return lang == LANG_NN ? t->nn : lang == LANG_EN ? t->en : t->nb;
}

struct err *
matter_body_choices(
    struct cx *cx, const struct matter *m, struct matter_body_choice **ret, size_t *ret_n)
{
	struct triage t = triage_of(m);
	struct charter_question q = question_of(&t, m->region_key);
	const struct charter_choice *c;
	size_t n;

	charter_triage_bodies(cx->charter, cx->a, &q, &c, &n);
	struct matter_body_choice *v = arena_array(cx->a, struct matter_body_choice, n);
	for (size_t i = 0; i < n; i++) {
		struct q_body_by_key *row;
		TRY(q_body_by_key(cx->db, cx->a, c[i].body->key, &row));
		if (!row)
			continue;
		v[i] = (struct matter_body_choice){.body_id = row->id,
		    .pid = row->pid,
		    .name = text_in(&c[i].body->name, cx->lang),
		    .abbr = row->abbr,
		    .suggested = c[i].is_suggested,
		    .barred = c[i].is_barred};
		if (c[i].route)
			v[i].why = text_in(&c[i].route->why, cx->lang);
	}
	*ret = v;
	*ret_n = n;
	return OK;
}

struct err *
matter_people(struct cx *cx, struct matter_person **ret, size_t *ret_n)
{
	struct matter_person *v;

	TRY(q_matter_people(cx->db, cx->a, ROLE_SECRETARY, ROLE_MEMBER, cx->today, &v, ret_n));
	*ret = v;
	return OK;
}

struct err *
person_pid(struct cx *cx, int64_t person_id, str *ret)
{
	struct q_person_by_id *row = NULL;

	if (person_id)
		TRY(q_person_by_id(cx->db, cx->a, person_id, &row));
	*ret = row ? row->pid : S("");
	return OK;
}
