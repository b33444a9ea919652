/* web/matter.c - raising matters, the list of them, and a matter's own page. */
#include "web/matter.h"

#include "t_matter.h"
#include "t_matter_lanes.h"
#include "t_matter_list.h"
#include "t_matter_new.h"
#include "t_ui_steps.h"
#include "t_ui_thread.h"

#include "app/decision.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/document.h"
#include "web/history.h"
#include "web/kept.h"
#include "web/page.h"
#include "web/round.h"
#include "web/site.h"

enum { LIST_N = 50, HISTORY_N = 200 };

struct url
url_matter(const struct request *rq, str pid)
{
	return URL(rq, "/saker/%", pid);
}

static const struct {
	const char *words;
	enum ui_status status;
} states[MATTER_STATE_N + 1] = {
    [MATTER_DRAFT] = {N_("Utkast"), UI_NOT_BEGUN},
    [MATTER_SUBMITTED] = {N_("Meldt, ikke tatt imot"), UI_WAITING},
    [MATTER_RECEIVED] = {N_("Tatt imot"), UI_ONGOING},
    [MATTER_TRIAGED] = {N_("Avklart"), UI_ONGOING},
    [MATTER_IN_PREPARATION] = {N_("Skrives"), UI_ONGOING},
    [MATTER_QUALITY_CHECKED] = {N_("Kvalitetssikret"), UI_ONGOING},
    [MATTER_READ_THROUGH] = {N_("Til gjennomlesning"), UI_ONGOING},
    [MATTER_REVISED] = {N_("Gjennomlest"), UI_ONGOING},
    [MATTER_READY] = {N_("Klar til møte"), UI_OK},
    [MATTER_ON_AGENDA] = {N_("På saksliste"), UI_ONGOING},
    [MATTER_PAPERS_PUBLISHED] = {N_("Sakspapirene er sendt"), UI_ONGOING},
    [MATTER_IN_MEETING] = {N_("Behandles nå"), UI_ONGOING},
    [MATTER_DECIDED] = {N_("Vedtatt"), UI_OK},
    [MATTER_RECOMMENDED] = {N_("Anbefalt"), UI_OK},
    [MATTER_ADVISED] = {N_("Råd gitt"), UI_OK},
    [MATTER_NOTED] = {N_("Tatt til orientering"), UI_OK},
    [MATTER_POSTPONED] = {N_("Utsatt"), UI_SOON},
    [MATTER_RETURNED] = {N_("Sendt tilbake"), UI_WAITING},
    [MATTER_DELEGATED] = {N_("Delegert"), UI_ONGOING},
    [MATTER_ESCALATED] = {N_("Løftet"), UI_ONGOING},
    [MATTER_DISPUTED] = {N_("Ikke enighet"), UI_AGAINST},
    [MATTER_FOLLOW_UP] = {N_("Følges opp"), UI_ONGOING},
    [MATTER_CLOSED] = {N_("Avsluttet"), UI_OK},
    [MATTER_ARCHIVED] = {N_("Arkivert"), UI_OK},
    [MATTER_REJECTED] = {N_("Avvist"), UI_AGAINST},
    [MATTER_WITHDRAWN] = {N_("Trukket"), UI_ABSENT},
    [MATTER_JOINED] = {N_("Slått sammen"), UI_NOTHING},
};

static struct text
matter_state_words(const struct request *rq, int64_t state)
{
	return TEXT(rq, states[state].words);
}

static enum ui_status
matter_state_status(int64_t state)
{
	return states[state].status;
}

/* --- the list --------------------------------------------------------------------------- */

static struct err *
get_list(struct request *rq, struct reply *rp)
{
	struct t_matter_list v = {0};
	struct matter_lines lines;
	str after = given_value(&rq->query, "etter");

	TRY(web_frame(rq, TEXT(rq, N_("Saker")), NAV_MATTERS, &v.frame));
	TRY(matters_recent(rq->cx, rq->cx->now_at + 1, after, LIST_N, &lines));
	struct matter_row *rows = arena_array(rq->cx->a, struct matter_row, lines.n);
	for (size_t i = 0; i < lines.n; i++)
		rows[i] = (struct matter_row){
		    .line = &lines.v[i],
		    .to = url_matter(rq, lines.v[i].pid),
		    .when = html_text_s(rq->cx->a,
			day_long(rq->cx->a, rq->cx->lang, clock_day(lines.v[i].created_at))),
		    .status = matter_state_status(lines.v[i].state),
		    .words = matter_state_words(rq, lines.v[i].state),
		};
	v.rows = rows;
	v.n = lines.n;
	if (lines.n == LIST_N)
		v.older =
		    url_with(rq->cx->a, URL(rq, "/saker"), "etter", lines.v[lines.n - 1].pid);
	t_matter_list(&rp->o, &v);
	return OK;
}

/* --- raising one ------------------------------------------------------------------------ */

/* The decision that a new matter takes up again, for those who may see it. */
static struct err *
cited(struct request *rq, str pid, struct text *ret)
{
	struct decision *d;
	struct object object;

	if (pid.n == 0)
		return OK;
	TRY(decision_load(rq->cx, pid, &d, &object));
	*ret = TEXTF(rq, N_("Saken tar opp igjen %s: %s."), str_to_c(rq->cx->a, d->label),
	    str_to_c(rq->cx->a, d->title));
	return OK;
}

static struct err *
get_new(struct request *rq, struct reply *rp)
{
	struct t_matter_new v = {
	    .decision = form_value(rq, "decision", given_value(&rq->query, "vedtak")),
	    .faults = web_faults(rq),
	    .title = web_field(rq, ACT_MATTER_PROPOSE, "title", S("")),
	    .summary = web_field(rq, ACT_MATTER_PROPOSE, "summary", S("")),
	    .wish = web_field(rq, ACT_MATTER_PROPOSE, "wish", S("")),
	    .party = rq->cx->actor->party_name,
	};

	TRY(cited(rq, v.decision, &v.cited));
	TRY(web_frame(rq, TEXT(rq, N_("Meld sak")), NAV_MATTERS, &v.frame));
	t_matter_new(&rp->o, &v);
	return OK;
}

static struct url
after_matter(struct request *rq, const struct result *done)
{
	return url_matter(rq, done->pid);
}

/* What was sent back is hidden from who did it. */
static struct url
after_send_back(struct request *rq, const struct result *done)
{
	(void)done;
	return URL(rq, "/saker");
}

/* --- a matter's page -------------------------------------------------------------------- */

static const struct {
	const char *name;
	int64_t from;        /* the state in which the step is under way */
	int64_t past;        /* the first state after it */
	enum action acts[3]; /* it is dated by the last of the first of these */
} steps[] = {
    {N_("Meldt"), MATTER_DRAFT, MATTER_RECEIVED, {ACT_MATTER_SUBMIT, ACT_MATTER_PROPOSE}},
    {N_("Vurdert"), MATTER_RECEIVED, MATTER_TRIAGED, {ACT_MATTER_TRIAGE}},
    {N_("Skrevet"), MATTER_TRIAGED, MATTER_READ_THROUGH, {ACT_MATTER_CHECK}},
    {N_("Gjennomlest"), MATTER_READ_THROUGH, MATTER_REVISED, {ACT_ROUND_CLOSE, ACT_ROUND_OPEN}},
    {N_("Låst"), MATTER_REVISED, MATTER_READY, {ACT_MATTER_FREEZE, ACT_MATTER_SKIP_ROUND}},
    {N_("Behandlet"), MATTER_READY, MATTER_DECIDED, {ACT_MEETING_OUTCOME}},
    {N_("Fulgt opp"), MATTER_DECIDED, MATTER_CLOSED, {ACT_MATTER_CLOSE}},
};
enum { STEPS = sizeof(steps) / sizeof(steps[0]), STEP_WRITTEN = 2, STEP_ROUND = 3 };

/* What came to an end outside the ordinary course was raised, and no more is said. */
static enum ui_when
step_when(const struct matter *m, size_t i)
{
	if (m->state > MATTER_ARCHIVED)
		return i == 0 ? UI_PAST : UI_NEXT;
	return m->state >= steps[i].past   ? UI_PAST
	       : m->state >= steps[i].from ? UI_NOW
					   : UI_NEXT;
}

static struct text
step_note(const struct request *rq, const struct matter *m, const struct history *h, size_t i,
    enum ui_when when)
{
	struct arena *a = rq->cx->a;
	int64_t at = history_last(h, steps[i].acts);

	if (when == UI_PAST && at)
		return html_text_s(a, day_short(a, rq->cx->lang, clock_day(at)));
	if (i == STEP_WRITTEN && when != UI_PAST && m->due_day)
		return html_text_s(a, trf(a, rq->cx->lang, N_("Frist %s"),
					  str_to_c(a, day_short(a, rq->cx->lang, m->due_day))));
	return (struct text){S("")};
}

static struct ui_step *
steps_of(
    const struct request *rq, const struct matter *m, const struct history *h, size_t *ret_n)
{
	struct ui_step *v = arena_array(rq->cx->a, struct ui_step, STEPS);
	size_t n = 0;

	for (size_t i = 0; i < STEPS; i++) {
		if (i == STEP_ROUND && m->round_required == 0)
			continue;
		enum ui_when when = step_when(m, i);
		v[n++] = (struct ui_step){
		    TEXT(rq, steps[i].name), step_note(rq, m, h, i, when), when};
	}
	*ret_n = n;
	return v;
}

/* What this actor may do with the matter now, offered on its page. */
static struct matter_offers
offers_of(const struct request *rq, const struct matter *m, const struct object *object)
{
	const struct actor *who = rq->cx->actor;
	unsigned by = authz_doers(who, object);
#define MAY(act, do)                                           \
	(authorize(who, act, object, NULL) == VERDICT_ALLOW && \
	    matter_offers(m->state, do, by, NULL))
	return (struct matter_offers){
	    .submit = MAY(ACT_MATTER_SUBMIT, MATTER_DO_SUBMIT),
	    .receive = MAY(ACT_MATTER_RECEIVE, MATTER_DO_RECEIVE),
	    .triage = MAY(ACT_MATTER_TRIAGE, MATTER_DO_TRIAGE),
	    .send_back = MAY(ACT_MATTER_SEND_BACK, MATTER_DO_SEND_BACK),
	    .reject = MAY(ACT_MATTER_REJECT, MATTER_DO_REJECT),
	    .withdraw = MAY(ACT_MATTER_WITHDRAW, MATTER_DO_WITHDRAW),
	    .appeal = m->appealed == APPEAL_NONE && MAY(ACT_MATTER_APPEAL, MATTER_DO_APPEAL),
	    .answer_appeal = m->appealed == APPEAL_OPEN &&
			     MAY(ACT_MATTER_ALLOW_APPEAL, MATTER_DO_ALLOW_APPEAL),
	    .assign = MAY(ACT_MATTER_ASSIGN, MATTER_DO_ASSIGN),
	    .start = MAY(ACT_MATTER_START, MATTER_DO_START),
	    .send_round = MAY(ACT_ROUND_OPEN, MATTER_DO_SEND_ROUND),
	    .put_on = matter_offers(m->state, MATTER_DO_PUT_ON_AGENDA, by, NULL),
	    .receive_above = MAY(ACT_MATTER_RECEIVE_ABOVE, MATTER_DO_RECEIVE_ABOVE),
	    .close = MAY(ACT_MATTER_CLOSE, MATTER_DO_CLOSE),
	    .archive = m->appealed != APPEAL_OPEN && MAY(ACT_MATTER_ARCHIVE, MATTER_DO_ARCHIVE),
	    .publish = matter_is_out(m->state) && m->ready_version_no &&
		       authorize(who, ACT_MATTER_PUBLISH, object, NULL) == VERDICT_ALLOW,
	};
#undef MAY
}

/* --- what comes next -------------------------------------------------------------------- */

/* What the matter waits for, said to those who cannot do it themselves. */
static const char *const waits_for[MATTER_STATE_N + 1] = {
    [MATTER_RECEIVED] = N_("Sekretariatet avklarer hvor saken skal behandles."),
    [MATTER_TRIAGED] = N_("Sekretariatet velger hvem som skriver saken."),
    [MATTER_IN_PREPARATION] =
	N_("Begge sider skriver saken sammen. Når alt er med, slår sekretariatet fast at "
	   "saken er godt nok opplyst. Så kan sidene signere."),
    [MATTER_QUALITY_CHECKED] = N_("Sekretariatet sender saken videre."),
    [MATTER_READ_THROUGH] = N_("Kommunene leser saken og svarer."),
    [MATTER_REVISED] =
	N_("Sekretariatet tar inn merknadene, og begge sider signerer siste versjon."),
    [MATTER_READY] = N_("Sekretariatet setter saken på en saksliste."),
    [MATTER_ON_AGENDA] = N_("Saken venter på møtet."),
    [MATTER_PAPERS_PUBLISHED] = N_("Saken venter på møtet."),
    [MATTER_POSTPONED] = N_("Saken skal opp i et senere møte."),
    [MATTER_RETURNED] = N_("Sekretariatet tar saken opp igjen."),
    [MATTER_FOLLOW_UP] = N_("Partene følger opp vedtaket."),
};

/* What the actor can do about it, and why; or what the matter waits for. */
static struct text
next_words(const struct request *rq, const struct matter *m, const struct matter_offers *f,
    const struct document_view *d)
{
	struct arena *a = rq->cx->a;
	const char *w =
	    f->receive  ? N_("Den som meldte saken, venter på at dere tar imot den.")
	    : f->submit ? NULL
	    : f->start && d->authors.s.n ? N_("Forfatterne er valgt. Nå kan arbeidet begynne.")
	    : f->start      ? N_("Velg én fra hver side som skriver saken sammen.")
	    : f->triage     ? N_("Avklar hvor saken hører hjemme, og hva slags sak det er.")
	    : f->send_round ? N_("Saken er godt nok belyst, og kommunene kan lese den.")
	    : f->put_on     ? N_("Saken er klar. Velg møtet, og sett den på sakslisten der.")
			    : waits_for[m->state];

	if (m->state == MATTER_SUBMITTED && !f->receive)
		return html_text_s(
		    a, trf(a, rq->cx->lang,
			   N_("Sekretariatet svarer senest %s. Du får vite det på Min dag."),
			   str_to_c(
			       a, day_long(a, rq->cx->lang,
				      clock_day(matter_acknowledge_by(rq->cx, m->state_at))))));
	return w ? TEXT(rq, w) : (struct text){S("")};
}

/* Whom the reason on the page is written for. */
static enum action
reason_asked_for(const struct matter_offers *f)
{
	return f->appeal          ? ACT_MATTER_APPEAL
	       : f->answer_appeal ? ACT_MATTER_ALLOW_APPEAL
				  : ACT_MATTER_REJECT;
}

static struct text
eyebrow_of(const struct request *rq, const struct matter *m)
{
	struct arena *a = rq->cx->a;
	const struct choice *type = matter_types;

	while (type->key && type->value != m->type)
		type++;
	if (!type->key)
		return html_text_s(a, m->label);
	return html_text_s(a, trf(a, rq->cx->lang, N_("%s · %s til %s"), str_to_c(a, m->label),
				  tr(rq->cx->lang, type->label), str_to_c(a, m->body_abbr)));
}

/* NULL: there is none, or not for this actor to know of. */
static struct err *
other_matter(struct request *rq, int64_t id, struct matter **ret)
{
	struct object object;

	*ret = NULL;
	struct err *e = id ? matter_load_id(rq->cx, id, ret, &object) : OK;
	return e && e->kind != ERR_NOT_FOUND ? e : OK;
}

/* Where a joined matter goes on; what one was delegated as, or takes up again, goes out from.
 */
static struct err *
fill_others(struct request *rq, const struct matter *m, struct t_matter *v)
{
	struct matter *into, *from;

	TRY(other_matter(rq, m->joined_to_id, &into));
	TRY(other_matter(rq, m->parent_id, &from));
	if (into)
		v->joined = (struct ui_link){
		    TEXTF(rq, N_("Går videre i %s"), str_to_c(rq->cx->a, into->label)),
		    url_matter(rq, into->pid)};
	if (from)
		v->parent = (struct ui_link){
		    TEXTF(rq, N_("Går ut fra %s"), str_to_c(rq->cx->a, from->label)),
		    url_matter(rq, from->pid)};
	return OK;
}

struct err *
matter_frame(struct request *rq, const struct matter *m, struct text here, struct frame *ret)
{
	struct arena *a = rq->cx->a;
	struct ui_link *crumbs = arena_array(a, struct ui_link, 3);

	TRY(web_frame(rq, here, NAV_MATTERS, ret));
	crumbs[0] = (struct ui_link){TEXT(rq, N_("Saker")), URL(rq, "/saker")};
	crumbs[1] = (struct ui_link){
	    html_text_s(a, m->label.n ? m->label : m->title), url_matter(rq, m->pid)};
	crumbs[2] = (struct ui_link){.text = here};
	ret->crumbs = crumbs;
	ret->n_crumbs = 3;
	return OK;
}

static void
draw_steps(
    struct view *o, const struct request *rq, const struct matter *m, const struct history *h)
{
	struct t_ui_steps v = {.label = TEXT(rq, N_("Sakens gang"))};

	v.steps = steps_of(rq, m, h, &v.n);
	t_ui_steps(o, &v);
}

static void
draw_lanes(
    struct view *o, const struct request *rq, const struct matter *m, const struct history *h)
{
	struct lanes lanes = matter_lanes(rq, m, h);

	t_matter_lanes(o, &(struct t_matter_lanes){&lanes});
}

static void
draw_events(
    struct view *o, const struct request *rq, const struct matter *m, const struct history *h)
{
	struct t_ui_thread v = {0};

	v.events = history_events(rq, h, url_matter(rq, m->pid), &v.n);
	t_ui_thread(o, &v);
}

/* What has happened costs a third of the page to read and draw, and seldom has anything. */
static struct err *
fill_past(struct request *rq, const struct view *like, const struct matter *m,
    struct matter_past *ret)
{
	static void (*const draw[])(struct view *, const struct request *,
	    const struct matter *,
	    const struct history *) = {draw_steps, draw_lanes, draw_events};
	static const char *const names[] = {"steps", "lanes", "events"};
	struct html *const to[] = {&ret->steps, &ret->lanes, &ret->events};
	enum { PIECES = 3 };
	struct history h;
	size_t found = 0;
	str mark;

	TRY(kept_mark(rq, &mark));
	while (found < PIECES && kept_piece(rq, mark, names[found], m->pid, to[found]))
		found++;
	if (found == PIECES)
		return OK;
	TRY(history_of(rq->cx, "matter", m->pid, JOURNAL_NEWEST, HISTORY_N, &h));
	for (size_t i = 0; i < PIECES; i++) {
		struct view o = *like;
		o.b = buf_new(rq->cx->a, PAGE_MAX_BYTES);
		draw[i](&o, rq, m, &h);
		*to[i] = (struct html){buf_str(&o.b)};
		kept_piece_put(rq, mark, names[i], m->pid, *to[i]);
	}
	return OK;
}

/* What happened further back, where that is asked for. */
static struct err *
fill_older(
    struct request *rq, const struct view *like, const struct matter *m, struct html *ret)
{
	struct history h;
	struct view o = *like;

	if (!history_is_asked(rq))
		return OK;
	TRY(history_asked(rq, "matter", m->pid, HISTORY_N, &h));
	o.b = buf_new(rq->cx->a, PAGE_MAX_BYTES);
	draw_events(&o, rq, m, &h);
	*ret = (struct html){buf_str(&o.b)};
	return OK;
}

struct err *
matter_page(struct request *rq, struct reply *rp)
{
	struct t_matter v = {0};
	struct object object;
	struct matter *m;
	struct arena *a = rq->cx->a;
	str round;

	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	TRY(fill_past(rq, &rp->o, m, &v.past));
	TRY(fill_older(rq, &rp->o, m, &v.past.events));
	TRY(web_frame(rq, html_text_s(a, m->title), NAV_MATTERS, &v.frame));
	web_crumbs(rq, &v.frame, TEXT(rq, N_("Saker")), URL(rq, "/saker"),
	    html_text_s(a, m->label.n ? m->label : m->title));
	TRY(document_view_of(rq, rp, m, &object, &v.document));
	TRY(fill_others(rq, m, &v));
	v.faults = web_faults(rq);
	v.m = m;
	v.eyebrow = eyebrow_of(rq, m);
	v.status = matter_state_status(m->state);
	v.status_words = matter_state_words(rq, m->state);
	v.proposed_by =
	    html_text_s(a, trf(a, rq->cx->lang, N_("Meldt av %s"), str_to_c(a, m->party_name)));
	v.offers = offers_of(rq, m, &object);
	TRY(round_pid_of(rq->cx, m, &round));
	if (round.n)
		v.offers.round = url_round(rq, round);
	v.next = next_words(rq, m, &v.offers, &v.document);
	v.reason = web_field(rq, reason_asked_for(&v.offers), "reason", S(""));
	if (v.offers.withdraw && !v.offers.reject)
		v.reason.help = TEXT(rq, N_("Sekretariatet får lese dette."));
	v.title = web_field(rq, ACT_MATTER_SUBMIT, "title", m->title);
	v.summary = web_field(rq, ACT_MATTER_SUBMIT, "summary", m->summary);
	v.wish = web_field(rq, ACT_MATTER_SUBMIT, "wish", m->wish);
	v.exempt = web_field(rq, ACT_MATTER_PUBLISH, "exempt", m->exempt_basis);
	t_matter(&rp->o, &v);
	return OK;
}

const struct route matter_routes[] = {
    PAGE("/saker", SPACE_READ, get_list),
    PAGE("/saker/ny", MATTER_PROPOSE, get_new),
    FORM("/saker/ny", MATTER_PROPOSE, get_new, after_matter),
    PAGE("/saker/:", MATTER_READ, matter_page),
    FORM("/saker/:/send-inn", MATTER_SUBMIT, matter_page, after_matter),
    FORM("/saker/:/ta-imot", MATTER_RECEIVE, matter_page, after_matter),
    FORM("/saker/:/avvis", MATTER_REJECT, matter_page, after_matter),
    FORM("/saker/:/send-tilbake", MATTER_SEND_BACK, matter_page, after_send_back),
    FORM("/saker/:/trekk", MATTER_WITHDRAW, matter_page, after_matter),
    FORM("/saker/:/klag", MATTER_APPEAL, matter_page, after_matter),
    FORM("/saker/:/ta-klage-til-folge", MATTER_ALLOW_APPEAL, matter_page, after_matter),
    FORM("/saker/:/avsla-klage", MATTER_DISMISS_APPEAL, matter_page, after_matter),
    FORM("/saker/:/start", MATTER_START, matter_page, after_matter),
    FORM("/saker/:/ta-imot-over", MATTER_RECEIVE_ABOVE, matter_page, after_matter),
    FORM("/saker/:/avslutt", MATTER_CLOSE, matter_page, after_matter),
    FORM("/saker/:/arkiver", MATTER_ARCHIVE, matter_page, after_matter),
    FORM("/saker/:/publiser", MATTER_PUBLISH, matter_page, after_matter),
    {0},
};
