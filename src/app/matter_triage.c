/* app/matter_triage.c - how a matter is handled: its kind, the body that takes it, the round.
 */
#include "app/matter.h"

#include "app/people.h"
#include "core/charter.h"
#include "q_matter.h"
#include "q_people.h"

/* --- the choices ------------------------------------------------------------------------ */

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

/* --- what the charter says -------------------------------------------------------------- */

struct charter_question
matter_question(const struct matter *m)
{
	return (struct charter_question){
	    .type = (enum matter_type)m->type,
	    .scope = (enum matter_scope)m->scope,
	    .consequences = (unsigned)m->consequence,
	    .topic = (enum matter_topic)m->topic,
	    .is_larger = m->larger != 0,
	    .is_extensive = m->extensive != 0,
	    .region = m->region_key,
	};
}

/* NULL: no body is chosen yet, or the charter no longer has it. */
static struct err *
body_of(struct cx *cx, int64_t body_id, const struct charter_body **ret)
{
	struct q_body_by_id *row = NULL;

	if (body_id)
		TRY(q_body_by_id(cx->db, cx->a, body_id, &row));
	*ret = row ? charter_body(cx->charter, row->key) : NULL;
	return OK;
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
rules_of(struct cx *cx, const struct matter *m, struct triage_rules *ret)
{
	struct charter_question q = matter_question(m);
	const struct charter_body *body;
	struct charter_triage r;

	*ret = (struct triage_rules){0};
	TRY(body_of(cx, m->body_id, &body));
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

struct err *
matter_triage_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	f->triage = triage_of(m);
	return rules_of(cx, m, &f->rules);
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
	struct charter_question q = matter_question(m);
	const struct charter_choice *c;
	size_t n, k = 0;

	charter_triage_bodies(cx->charter, cx->a, &q, &c, &n);
	struct matter_body_choice *v = arena_array(cx->a, struct matter_body_choice, n);
	for (size_t i = 0; i < n; i++) {
		struct q_body_by_key *row;
		TRY(q_body_by_key(cx->db, cx->a, c[i].body->key, &row));
		if (!row)
			continue;
		v[k] = (struct matter_body_choice){.body_id = row->id,
		    .pid = row->pid,
		    .name = text_in(&c[i].body->name, cx->lang),
		    .abbr = row->abbr,
		    .suggested = c[i].is_suggested,
		    .barred = c[i].is_barred,
		    .reads_first = charter_read_through_required(cx->charter, c[i].body)};
		if (c[i].route)
			v[k].why = text_in(&c[i].route->why, cx->lang);
		k++;
	}
	*ret = v;
	*ret_n = k;
	return OK;
}

/* --- the act ---------------------------------------------------------------------------- */

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
take_in(struct cx *cx, const struct triage_in *in, struct matter *m)
{
	struct q_body_by_pid *body;

	TRY(q_body_by_pid(cx->db, cx->a, in->body, &body));
	if (!body)
		cx_fault(cx, "body", N_("input.choice"), 0);
	if (in->region.n && !charter_region(cx->charter, in->region))
		cx_fault(cx, "region", N_("input.choice"), 0);
	if (in->scope == SCOPE_ONE_AREA && in->region.n == 0 && cx->charter->n_regions)
		cx_fault(cx, "region", N_("input.required"), 0);
	TRY(person_named(cx, "rapporteur", in->rapporteur, &m->rapporteur_id));
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

/* Only with a reason: a body that a route of the charter bars, or of another area; and no
 * read-through where the charter asks for one (C12). */
static struct err *
departures_need_reasons(struct cx *cx, const struct matter *m)
{
	struct matter_body_choice *v;
	size_t n;

	TRY(matter_body_choices(cx, m, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (v[i].body_id != m->body_id)
			continue;
		if (v[i].barred && m->override_reason.n == 0)
			cx_fault(cx, "override_reason", N_("matter.barred"), 0);
		if (v[i].reads_first && !m->round_required && m->round_reason.n == 0)
			cx_fault(cx, "round_reason", N_("input.required"), 0);
	}
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

	TRY(matter_open_act(cx, in->matter, in->rev, ACT_MATTER_TRIAGE, &m, &object));
	TRY(take_in(cx, in, m));
	TRY(departures_need_reasons(cx, m));
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

const struct usecase matter_triage_usecases[] = {
    {ACT_MATTER_TRIAGE, "/matters/:/triage", "Decide how a matter is handled", triage_inputs,
	sizeof(struct triage_in), NULL, triage, false},
    {0},
};
