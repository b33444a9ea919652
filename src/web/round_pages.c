/* web/round_pages.c - sending a matter out, a party's answer, and what others do with it. */
#include "web/round.h"

#include "t_round_answer.h"
#include "t_round_open.h"
#include "t_round_party.h"

#include "base/clock.h"
#include "base/holiday.h"
#include "tr.h"
#include "web/areas.h"
#include "web/document.h"
#include "web/kept.h"
#include "web/matter.h"
#include "web/page.h"
#include "web/site.h"

enum { HEADING = 3 };

/* --- sending out ------------------------------------------------------------------------ */

/* Those who can be chosen as boxes, or those who are asked in a line. */
static struct err *
fill_parties(struct request *rq, const struct matter *m, struct t_round_open *v)
{
	struct arena *a = rq->cx->a;
	struct buf names = buf_new(a, 64 << 10);
	struct round_candidate *list;
	size_t n;

	TRY(round_candidates(rq->cx, m, &list, &n, &v->must_choose));
	struct ui_option *options = arena_array(a, struct ui_option, n);
	for (size_t i = 0; i < n; i++) {
		options[i] = (struct ui_option){
		    .value = list[i].pid,
		    .label = html_text_s(a, list[i].name),
		    .chosen = form_has(rq, "parties", str_to_c(a, list[i].pid), list[i].chosen),
		};
		buf_printf(&names, "%s" STR_FMT, i ? ", " : "", STR_ARG(list[i].name));
	}
	v->parties = web_field(rq, ACT_ROUND_OPEN, "parties", S(""));
	v->parties.kind = UI_BOXES;
	v->parties.optional = false;
	v->parties.help = (struct text){S("")};
	v->parties.options = options;
	v->parties.n = n;
	v->asked = html_text_s(a, buf_str(&names));
	v->n_asked = (int)n;
	return OK;
}

/* The day itself, or the first working day after it. */
static int64_t
working_day_from(int64_t day)
{
	return is_working_day(day) ? day : add_working_days(day, 1);
}

static struct err *
get_open(struct request *rq, struct reply *rp)
{
	struct cx *cx = rq->cx;
	struct t_round_open v = {.faults = web_faults(rq)};
	struct object object;
	struct matter *m;

	TRY(matter_load(cx, rq->arg[0], &m, &object));
	TRY(cx_need(cx, ACT_ROUND_OPEN, &object));
	if (!matter_offers(
		m->state, MATTER_DO_SEND_ROUND, authz_doers(cx->actor, &object), NULL))
		return err_new(cx->a, ERR_CONFLICT, "matter.wrong_state", "no round now");
	TRY(fill_parties(rq, m, &v));
	TRY(round_frame(rq, NULL, TEXT(rq, N_("Send til gjennomlesning")), &v.frame));
	v.m = m;
	v.days = (int)cx->charter->process.read_through.deadline_days;
	v.deadline = web_field(rq, ACT_ROUND_OPEN, "deadline",
	    day_dotted(cx->a, working_day_from(round_last_day(cx))));
	v.short_reason = web_field(rq, ACT_ROUND_OPEN, "short_reason", S(""));
	v.short_reason.rows = 3;
	v.message = web_field(rq, ACT_ROUND_OPEN, "message", S(""));
	t_round_open(&rp->o, &v);
	return OK;
}

static struct url
after_open(struct request *rq, const struct result *done)
{
	return done->location.n ? url_round(rq, done->location) : url_matter(rq, done->pid);
}

/* --- a party's own answer --------------------------------------------------------------- */

static struct err *
fill_text(struct request *rq, const struct round_matrix *m, struct t_round_answer *v)
{
	const struct round_section *list;
	struct arena *a = rq->cx->a;
	size_t n;

	TRY(round_document(rq->cx, m, &list, &n));
	struct round_text *texts = arena_array(a, struct round_text, n + 1);
	for (size_t i = 0; i < n; i++)
		texts[i] = (struct round_text){section_name(rq, list[i].kind),
		    kept_markdown(rq, list[i].text, HEADING), list[i].kind == SECTION_PROPOSAL};
	if (n == 0)
		texts[n++] = (struct round_text){TEXT(rq, N_("Saken kort")),
		    kept_markdown(rq, m->matter->summary, HEADING), false};
	v->texts = texts;
	v->n_texts = n;
	return OK;
}

/* The others of one's own region: who has answered what. */
static void
fill_neighbours(struct request *rq, const struct round_matrix *m, struct t_round_answer *v)
{
	static const struct round_offers none;
	const struct round_group *g = m->groups;
	struct round_cell *cells = arena_array(rq->cx->a, struct round_cell, m->n);

	for (; g < m->groups + m->n_groups; g++)
		for (size_t i = 0; i < g->n; i++)
			if (g->v[i] == m->mine)
				goto mine;
	return;
mine:
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i] != m->mine)
			cells[v->n_cells++] = round_cell_of(rq, m, &none, g->v[i]);
	v->cells = cells;
	v->region = html_text_s(rq->cx->a, g->name);
}

static void
fill_answer(struct request *rq, const struct round_matrix *m, struct t_round_answer *v)
{
	const struct round_party *mine = m->mine;
	const char *now = mine->answered_at ? answer_key(mine->answer) : "";

	v->answer = web_field(rq, ACT_ROUND_ANSWER, "answer", str_from_c(now));
	v->answer.kind = UI_CARDS;
	v->words = web_field(rq, ACT_ROUND_ANSWER, "text", mine->text);
	v->words.optional = true;
	v->cell = round_cell_of(rq, m, &v->offers, mine);
	v->remark = (struct round_remark){
	    .p = mine,
	    .by = html_text_s(rq->cx->a, mine->person_name),
	    .status = round_disposition_status(mine->disposition),
	    .words = round_disposition_words(rq, mine->disposition),
	};
	if (mine->answered_at && mine->channel != CHANNEL_SELF)
		v->on_behalf =
		    TEXTF(rq, N_("Sekretariatet registrerte svaret for dere (%s): %s"),
			str_to_c(rq->cx->a, round_channel_words(rq, mine->channel).s),
			str_to_c(rq->cx->a, mine->note));
}

static struct err *
get_answer(struct request *rq, struct reply *rp)
{
	struct t_round_answer v = {.faults = web_faults(rq)};
	struct cx *cx = rq->cx;
	struct round_matrix m;

	TRY(round_matrix(cx, rq->arg[0], &m));
	if (!m.mine)
		return err_new(cx->a, ERR_DENIED, "round.not_asked", "not the actor's party");
	TRY(round_frame(rq, &m,
	    TEXTF(rq, N_("Svar fra %s"), str_to_c(cx->a, m.mine->party_name)), &v.frame));
	v.m = &m;
	v.offers = round_offers_of(rq, &m);
	v.status_words = round_state_words(rq, &m, &v.status);
	v.eyebrow = TEXTF(rq, N_("%s · svar for %s"), str_to_c(cx->a, m.matter->label),
	    str_to_c(cx->a, m.mine->party_name));
	TRY(fill_text(rq, &m, &v));
	fill_answer(rq, &m, &v);
	fill_neighbours(rq, &m, &v);
	t_round_answer(&rp->o, &v);
	return OK;
}

static struct url
after_look(struct request *rq, const struct result *done)
{
	return URL(rq, "/gjennomlesning/%/svar", done->pid);
}

static struct url
after_answer(struct request *rq, const struct result *done)
{
	return url_round(rq, done->pid);
}

/* --- a party's answer, for the secretariat and the authors ------------------------------ */

static const struct round_party *
party_by_pid(const struct round_matrix *m, str pid)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(m->parties[i].party_pid, pid))
			return &m->parties[i];
	return NULL;
}

static void
fill_party(struct request *rq, const struct round_matrix *m, const struct round_party *p,
    struct t_round_party *v)
{
	bool is_remark = p->answer == ANSWER_COMMENT || p->answer == ANSWER_OBJECTION;
	bool own = p->answered_at && p->channel == CHANNEL_SELF;
	bool early = rq->cx->now_at < m->facts.deadline_at;
	struct round_offers offers = round_offers_of(rq, m);

	v->may_register = offers.answer_for && !own && (early || !p->answered_at);
	v->may_dispose = offers.dispose && is_remark;
	v->cell = round_cell_of(rq, m, &offers, p);
	v->answer = web_field(rq, ACT_ROUND_ANSWER_FOR, "answer",
	    str_from_c(p->answered_at ? answer_key(p->answer) : ""));
	v->answer.kind = UI_CARDS;
	v->words = web_field(rq, ACT_ROUND_ANSWER_FOR, "text", p->text);
	v->channel = web_field(rq, ACT_ROUND_ANSWER_FOR, "channel",
	    str_from_c(p->channel ? channel_key(p->channel) : ""));
	v->note = web_field(rq, ACT_ROUND_ANSWER_FOR, "note", p->note);
	v->disposition = web_field(rq, ACT_ROUND_DISPOSE, "disposition",
	    str_from_c(p->disposition ? disposition_key(p->disposition) : ""));
	v->disposition.kind = UI_CARDS;
	v->reason = web_field(rq, ACT_ROUND_DISPOSE, "explanation", p->disposition_reason);
	v->disposed = round_disposition_words(rq, p->disposition);
	v->disposed_status = round_disposition_status(p->disposition);
}

static struct err *
get_party(struct request *rq, struct reply *rp)
{
	struct t_round_party v = {.faults = web_faults(rq)};
	const struct round_party *p;
	struct cx *cx = rq->cx;
	struct round_matrix m;

	TRY(round_matrix(cx, rq->arg[0], &m));
	p = party_by_pid(&m, rq->arg[1]);
	if (!p)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "party not asked");
	TRY(cx_need(cx, ACT_ROUND_DISPOSE, &m.object)); /* the secretariat and the authors */
	TRY(round_frame(rq, &m, html_text_s(cx->a, p->party_name), &v.frame));
	v.m = &m;
	v.p = p;
	v.eyebrow = TEXTF(rq, N_("Gjennomlesning · %s"),
	    str_to_c(cx->a, m.matter->label.n ? m.matter->label : m.matter->title));
	fill_party(rq, &m, p, &v);
	t_round_party(&rp->o, &v);
	return OK;
}

const struct route round_page_routes[] = {
    PAGE("/saker/:/gjennomlesning", ROUND_OPEN, get_open),
    FORM("/saker/:/gjennomlesning", ROUND_OPEN, get_open, after_open),
    PAGE("/gjennomlesning/:/svar", ROUND_READ, get_answer),
    FORM("/gjennomlesning/:/svar", ROUND_ANSWER, get_answer, after_answer),
    FORM("/gjennomlesning/:/apne", ROUND_LOOK, get_answer, after_look),
    FORM("/gjennomlesning/:/trekk", ROUND_WITHDRAW, get_answer, after_look),
    PAGE("/gjennomlesning/:/part/:", ROUND_READ, get_party),
    FORM("/gjennomlesning/:/part/:/registrer", ROUND_ANSWER_FOR, get_party, after_answer),
    FORM("/gjennomlesning/:/part/:/vurder", ROUND_DISPOSE, get_party, after_answer),
    {0},
};
