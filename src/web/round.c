/* web/round.c - the list of rounds, and the matrix of parties and answers. */
#include "web/round.h"

#include "t_round.h"
#include "t_round_list.h"
#include "t_round_rates.h"

#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/document.h"
#include "web/history.h"
#include "web/matter.h"
#include "web/page.h"
#include "web/site.h"

#include <inttypes.h>

enum { LIST_N = 30, HISTORY_N = 100, HOUR_S = 3600, NEAR_S = 3 * 86400 };

struct url
url_round(const struct request *rq, str pid)
{
	return URL(rq, "/gjennomlesning/%", pid);
}

struct err *
round_frame(
    struct request *rq, const struct round_matrix *m, struct text here, struct frame *ret)
{
	struct ui_link *crumbs = arena_array(rq->cx->a, struct ui_link, 3);
	size_t n = 0;

	TRY(web_frame(rq, here, NAV_ROUNDS, ret));
	crumbs[n++] =
	    (struct ui_link){TEXT(rq, N_("Gjennomlesning")), URL(rq, "/gjennomlesning")};
	if (m)
		crumbs[n++] = (struct ui_link){
		    html_text_s(
			rq->cx->a, m->matter->label.n ? m->matter->label : m->matter->title),
		    url_round(rq, m->round->pid)};
	crumbs[n++] = (struct ui_link){.text = here};
	ret->crumbs = crumbs;
	ret->n_crumbs = n;
	return OK;
}

/* --- words ------------------------------------------------------------------------------ */

static const struct {
	const char *words;
	enum ui_status status;
} answers[ANSWER_N + 1] = {
    [ANSWER_NOT_OPENED] = {N_("Ikke åpnet"), UI_NOT_BEGUN},
    [ANSWER_OPENED] = {N_("Åpnet"), UI_ONGOING},
    [ANSWER_NO_COMMENT] = {N_("Støtter"), UI_OK},
    [ANSWER_COMMENT] = {N_("Støtter med merknad"), UI_REMARK},
    [ANSWER_OBJECTION] = {N_("Ber om endring"), UI_AGAINST},
    [ANSWER_YES] = {N_("Ja"), UI_OK},
    [ANSWER_NO] = {N_("Nei"), UI_AGAINST},
    [ANSWER_NO_ANSWER] = {N_("Ikke svart"), UI_NOT_BEGUN},
};

static struct text
round_answer_words(const struct request *rq, int64_t answer)
{
	return TEXT(rq, answers[answer].words);
}

static enum ui_status
round_answer_status(int64_t answer)
{
	return answers[answer].status;
}

static struct text
choice_words(const struct request *rq, const struct choice *c, int64_t value)
{
	while (c->key && c->value != value)
		c++;
	return c->key ? TEXT(rq, c->label) : (struct text){S("")};
}

struct text
round_disposition_words(const struct request *rq, int64_t disposition)
{
	return disposition ? choice_words(rq, round_dispositions, disposition)
			   : TEXT(rq, N_("Ikke vurdert ennå"));
}

enum ui_status
round_disposition_status(int64_t disposition)
{
	switch ((enum disposition)disposition) {
	case DISPOSITION_ACCEPTED: return UI_OK;
	case DISPOSITION_PARTLY: return UI_REMARK;
	case DISPOSITION_REJECTED: return UI_AGAINST;
	}
	return UI_WAITING;
}

struct text
round_channel_words(const struct request *rq, int64_t channel)
{
	return choice_words(rq, round_channels, channel);
}

/* "Frist 26. mars", "Frist i morgen", "Fristen gikk ut 26. mars"; *ret_status by how near. */
static struct text
round_due_words(const struct request *rq, int64_t deadline_at, enum ui_status *ret_status)
{
	struct cx *cx = rq->cx;
	int64_t last = clock_day(deadline_at - 1);
	str day = day_relative(cx->lang, cx->today, last);

	if (day.n == 0)
		day = day_short(cx->a, cx->lang, last);
	*ret_status = last > cx->today + 2 ? UI_ONGOING : UI_SOON;
	if (cx->now_at < deadline_at)
		return TEXTF(rq, N_("Frist %s"), str_to_c(cx->a, day));
	*ret_status = UI_OVERDUE;
	return TEXTF(rq, N_("Fristen gikk ut %s"), str_to_c(cx->a, day));
}

struct text
round_state_words(
    const struct request *rq, const struct round_matrix *m, enum ui_status *ret_status)
{
	struct arena *a = rq->cx->a;

	if (m->state == ROUND_CANCELLED) {
		*ret_status = UI_ABSENT;
		return TEXT(rq, N_("Avbrutt"));
	}
	if (m->state == ROUND_RELEASED) {
		*ret_status = UI_OK;
		return TEXTF(
		    rq, N_("Avsluttet %s"), str_to_c(a, web_when(rq, m->round->closed_at).s));
	}
	if (m->counts.answered_n == m->counts.asked_n) {
		*ret_status = UI_OK;
		return TEXT(rq, N_("Alle har svart"));
	}
	return round_due_words(rq, m->round->deadline_at, ret_status);
}

/* --- the matrix ------------------------------------------------------------------------- */

struct round_offers
round_offers_of(const struct request *rq, const struct round_matrix *m)
{
	const struct actor *who = rq->cx->actor;
	unsigned by = authz_doers(who, &m->object);
	bool asked = m->mine != NULL, given = asked && m->mine->answered_at;
	bool early = rq->cx->now_at < m->facts.deadline_at;
#define MAY(act, do)                                               \
	(authorize(who, act, &m->object, NULL) == VERDICT_ALLOW && \
	    round_offers(m->state, do, by, NULL))
	return (struct round_offers){
	    .look = asked && m->mine->answer == ANSWER_NOT_OPENED &&
		    MAY(ACT_ROUND_LOOK, ROUND_DO_LOOK),
	    .answer = asked && (early || !given) && MAY(ACT_ROUND_ANSWER, ROUND_DO_ANSWER),
	    .withdraw = given && early && MAY(ACT_ROUND_WITHDRAW, ROUND_DO_WITHDRAW),
	    .answer_for = MAY(ACT_ROUND_ANSWER_FOR, ROUND_DO_ANSWER_FOR),
	    .remind = m->counts.answered_n < m->counts.asked_n &&
		      MAY(ACT_ROUND_REMIND, ROUND_DO_REMIND),
	    .extend = MAY(ACT_ROUND_EXTEND, ROUND_DO_EXTEND),
	    .dispose = MAY(ACT_ROUND_DISPOSE, ROUND_DO_DISPOSE),
	    .close = MAY(ACT_ROUND_CLOSE, ROUND_DO_RELEASE),
	    .cancel = MAY(ACT_ROUND_CANCEL, ROUND_DO_CANCEL),
	};
#undef MAY
}

static struct text
beside_answer(
    const struct request *rq, const struct round_matrix *m, const struct round_party *p)
{
	bool late = p->answered_at >= m->facts.deadline_at;
	bool for_it = p->channel != CHANNEL_SELF;
	const char *how = str_to_c(rq->cx->a, round_channel_words(rq, p->channel).s);

	if (!p->answered_at || (!late && !for_it))
		return (struct text){S("")};
	if (!for_it)
		return TEXT(rq, N_("for sent"));
	return late ? TEXTF(rq, N_("for sent, registrert for parten: %s"), how)
		    : TEXTF(rq, N_("registrert for parten: %s"), how);
}

static struct text
when_words(const struct request *rq, const struct round_party *p)
{
	if (p->answered_at)
		return web_when(rq, p->answered_at);
	if (p->reminded_at)
		return TEXTF(
		    rq, N_("Påminnet %s"), str_to_c(rq->cx->a, web_when(rq, p->reminded_at).s));
	return (struct text){S("")};
}

/* Where the actor reads or handles this party's answer; empty: nowhere. */
static struct url
party_url(const struct request *rq, const struct round_matrix *m,
    const struct round_offers *offers, const struct round_party *p)
{
	if (offers->answer_for || (offers->dispose && p->answered_at))
		return URL(rq, "/gjennomlesning/%/part/%", m->round->pid, p->party_pid);
	if (p == m->mine)
		return URL(rq, "/gjennomlesning/%/svar", m->round->pid);
	return (struct url){S("")};
}

struct round_cell
round_cell_of(const struct request *rq, const struct round_matrix *m,
    const struct round_offers *offers, const struct round_party *p)
{
	enum round_answer shown = round_shown(&m->facts, &m->facts.answers[p - m->parties]);

	return (struct round_cell){
	    .p = p,
	    .status = round_answer_status(shown),
	    .words = round_answer_words(rq, shown),
	    .by = html_text_s(rq->cx->a, p->answered_at ? p->person_name : S("")),
	    .when = when_words(rq, p),
	    .more = beside_answer(rq, m, p),
	    .to = party_url(rq, m, offers, p),
	    .may_remind = offers->remind && !p->answered_at,
	};
}

enum show { SHOW_ALL, SHOW_MISSING, SHOW_REMARKS };

static enum show
shown_by(const struct request *rq)
{
	str vis = given_value(&rq->query, "vis");

	return str_eq(vis, S("mangler"))   ? SHOW_MISSING
	       : str_eq(vis, S("merknad")) ? SHOW_REMARKS
					   : SHOW_ALL;
}

static bool
is_remark(const struct round_party *p)
{
	return p->answer == ANSWER_COMMENT || p->answer == ANSWER_OBJECTION;
}

static bool
is_shown(enum show show, const struct round_party *p)
{
	return show == SHOW_ALL || (show == SHOW_MISSING ? !p->answered_at : is_remark(p));
}

static void
fill_regions(const struct request *rq, const struct round_matrix *m, struct t_round *v)
{
	struct round_region *regions = arena_array(rq->cx->a, struct round_region, m->n_groups);
	enum show show = shown_by(rq);

	for (size_t i = 0; i < m->n_groups; i++) {
		const struct round_group *g = &m->groups[i];
		struct round_cell *cells = arena_array(rq->cx->a, struct round_cell, g->n);
		size_t n = 0;
		for (size_t k = 0; k < g->n; k++)
			if (is_shown(show, g->v[k]))
				cells[n++] = round_cell_of(rq, m, &v->offers, g->v[k]);
		if (n)
			regions[v->n_regions++] = (struct round_region){g->name,
			    TEXTF(rq, N_("%d av %d har svart"), g->answered_n, (int)g->n),
			    cells, n};
	}
	v->regions = regions;
}

static void
fill_chips(const struct request *rq, const struct round_matrix *m, struct t_round *v)
{
	struct url to = url_round(rq, m->round->pid);
	enum show show = shown_by(rq);
	int missing = m->counts.asked_n - m->counts.answered_n;

	v->chips[0] =
	    (struct ui_chip){TEXTF(rq, N_("Alle %d"), m->counts.asked_n), to, show == SHOW_ALL};
	v->chips[1] = (struct ui_chip){TEXTF(rq, N_("Ikke svart %d"), missing),
	    url_with(rq->cx->a, to, "vis", "mangler"), show == SHOW_MISSING};
	v->chips[2] =
	    (struct ui_chip){TEXTF(rq, N_("Med merknad %d"), (int)m->counts.comments_n),
		url_with(rq->cx->a, to, "vis", "merknad"), show == SHOW_REMARKS};
}

static void
fill_remarks(const struct request *rq, const struct round_matrix *m, struct t_round *v)
{
	struct round_remark *list = arena_array(rq->cx->a, struct round_remark, m->n);

	for (size_t i = 0; i < m->n; i++) {
		const struct round_party *p = &m->parties[i];
		if (!is_remark(p) || (m->text_hidden && p != m->mine))
			continue;
		list[v->n_remarks++] = (struct round_remark){
		    .p = p,
		    .by = html_text_s(rq->cx->a, p->person_name),
		    .status = round_disposition_status(p->disposition),
		    .words = round_disposition_words(rq, p->disposition),
		    .to = v->offers.dispose
			      ? URL(rq, "/gjennomlesning/%/part/%", m->round->pid, p->party_pid)
			      : (struct url){S("")},
		};
	}
	v->remarks = list;
}

/* "11 støtter, 4 støtter med merknad, 1 ber om endring, 5 har ikke svart" */
static struct text
bar_words(const struct request *rq, const struct round_counts *c)
{
	return TEXTF(rq,
	    N_("%d støtter, %d støtter med merknad, %d ber om endring, %d har ikke svart"),
	    c->by_answer[ANSWER_NO_COMMENT], c->by_answer[ANSWER_COMMENT],
	    c->by_answer[ANSWER_OBJECTION], c->asked_n - c->answered_n);
}

static const char *const size_words[] = {
    N_("Små kommuner"), N_("Mellomstore kommuner"), N_("Store kommuner")};

/* In hours for two days, then in days. */
static struct ui_stat
median(const struct request *rq, int64_t seconds)
{
	int64_t hours = (seconds + HOUR_S / 2) / HOUR_S, days = (hours + 12) / 24;
	int64_t n = hours < 48 ? hours : days;
	const char *unit = hours >= 48 ? N_("dager") : hours > 1 ? N_("timer") : N_("time");
	struct text number = html_text_c(rq->cx->a, arena_printf(rq->cx->a, "%" PRId64, n));

	if (seconds < HOUR_S)
		number = TEXT(rq, N_("Under én"));
	return (struct ui_stat){number, TEXT(rq, unit), TEXT(rq, N_("Median svartid"))};
}

/* How fast, how many late, and how the small ones fare beside the large. */
static void
fill_numbers(const struct request *rq, const struct round_matrix *m, struct t_round *v)
{
	struct ui_stat *s = arena_array(rq->cx->a, struct ui_stat, 6);
	size_t n = 0;

	if (m->median_s >= 0)
		s[n++] = median(rq, m->median_s);
	for (int i = 0; i < 3; i++)
		if (m->sizes[i].asked_n)
			s[n++] =
			    (struct ui_stat){TEXTF(rq, N_("%d av %d"), m->sizes[i].answered_n,
						 m->sizes[i].asked_n),
				TEXT(rq, N_("har svart")), TEXT(rq, size_words[i])};
	v->stats = s;
	v->n_stats = n;
}

static const struct ui_link *
meta_of(const struct request *rq, const struct round_matrix *m, size_t *ret_n)
{
	struct ui_link *v = arena_array(rq->cx->a, struct ui_link, 3);

	v[0].text =
	    TEXTF(rq, N_("Sendt %s"), str_to_c(rq->cx->a, web_when(rq, m->round->opened_at).s));
	v[1].text = TEXTF(rq, N_("Versjon %d"), (int)m->round->version_no);
	v[2] = (struct ui_link){
	    TEXT(rq, N_("Les saksframlegget")), url_matter(rq, m->matter->pid)};
	*ret_n = 3;
	return v;
}

static struct text
eyebrow_of(const struct request *rq, const struct round_matrix *m)
{
	return m->matter->label.n
		   ? TEXTF(rq, N_("Gjennomlesning · %s"), str_to_c(rq->cx->a, m->matter->label))
		   : TEXT(rq, N_("Gjennomlesning"));
}

static void
fill_fields(const struct request *rq, struct t_round *v)
{
	v->deadline = web_field(rq, ACT_ROUND_EXTEND, "deadline", S(""));
	v->why_later = web_field(rq, ACT_ROUND_EXTEND, "reason", S(""));
	v->why_cancel = web_field(rq, ACT_ROUND_CANCEL, "reason", S(""));
	v->why_cancel.id = "avbryt-grunn";
	v->why_cancel.rows = 3;
}

static struct err *
get_round(struct request *rq, struct reply *rp)
{
	struct t_round v = {.faults = web_faults(rq)};
	struct round_matrix m;
	struct history h;

	TRY(round_matrix(rq->cx, rq->arg[0], &m));
	TRY(history_asked(rq, "round", m.round->pid, HISTORY_N, &h));
	TRY(round_frame(rq, NULL, html_text_s(rq->cx->a, m.matter->title), &v.frame));
	v.m = &m;
	v.eyebrow = eyebrow_of(rq, &m);
	v.status_words = round_state_words(rq, &m, &v.status);
	v.meta = meta_of(rq, &m, &v.n_meta);
	v.offers = round_offers_of(rq, &m);
	v.bar = bar_words(rq, &m.counts);
	fill_regions(rq, &m, &v);
	fill_chips(rq, &m, &v);
	fill_remarks(rq, &m, &v);
	fill_numbers(rq, &m, &v);
	fill_fields(rq, &v);
	v.is_near = m.round->deadline_at - rq->cx->now_at < NEAR_S;
	v.events = history_events(rq, &h, url_round(rq, m.round->pid), &v.n_events);
	t_round(&rp->o, &v);
	return OK;
}

/* --- the list --------------------------------------------------------------------------- */

static struct round_item
item_of_line(const struct request *rq, const struct round_line *r)
{
	struct round_item item = {
	    .to = url_round(rq, r->pid),
	    .title = html_text_s(rq->cx->a, r->title),
	    .sub = TEXTF(rq, N_("%s · %d av %d har svart"), str_to_c(rq->cx->a, r->label),
		(int)r->answered_n, (int)r->asked_n),
	    .line = r,
	};

	if (r->cancelled_at) {
		item.status = UI_ABSENT;
		item.words = TEXT(rq, N_("Avbrutt"));
	} else if (r->closed_at) {
		item.status = UI_OK;
		item.words = TEXTF(
		    rq, N_("Avsluttet %s"), str_to_c(rq->cx->a, web_when(rq, r->closed_at).s));
	} else
		item.words = round_due_words(rq, r->deadline_at, &item.status);
	return item;
}

static struct round_item
item_of_waiting(const struct request *rq, const struct round_waiting *w)
{
	struct round_item item = {
	    .to = URL(rq, "/gjennomlesning/%/svar", w->pid),
	    .title = html_text_s(rq->cx->a, w->title),
	    .sub = html_text_s(rq->cx->a, w->label),
	};

	if (w->answer == ANSWER_NOT_OPENED)
		item.open = URL(rq, "/gjennomlesning/%/apne", w->pid);
	item.words = round_due_words(rq, w->deadline_at, &item.status);
	return item;
}

static bool
is_over(const struct round_line *r)
{
	return r->closed_at || r->cancelled_at;
}

/* Those over, or those not, of the lines. */
static const struct round_item *
items_of(const struct request *rq, const struct round_lines *lines, bool over, size_t *ret_n)
{
	struct round_item *v = arena_array(rq->cx->a, struct round_item, lines->n);
	size_t n = 0;

	for (size_t i = 0; i < lines->n; i++)
		if (is_over(&lines->v[i]) == over)
			v[n++] = item_of_line(rq, &lines->v[i]);
	*ret_n = n;
	return v;
}

static struct err *
get_list(struct request *rq, struct reply *rp)
{
	struct t_round_list v = {0};
	struct round_lines now, all;
	struct round_waitings w;
	str after = given_value(&rq->query, "etter");

	TRY(rounds_waiting_for(rq->cx, &w));
	TRY(rounds_in_progress(rq->cx, &now));
	TRY(rounds_recent(rq->cx, rq->cx->now_at + 1, after, LIST_N, &all));
	TRY(web_frame(rq, TEXT(rq, N_("Gjennomlesning")), NAV_ROUNDS, &v.frame));
	struct round_item *mine = arena_array(rq->cx->a, struct round_item, w.n);
	for (size_t i = 0; i < w.n; i++)
		mine[i] = item_of_waiting(rq, &w.v[i]);
	v.waiting = mine;
	v.n_waiting = w.n;
	v.current = items_of(rq, &now, false, &v.n_current);
	v.past = items_of(rq, &all, true, &v.n_past);
	if (all.n == LIST_N)
		v.older = url_with(
		    rq->cx->a, URL(rq, "/gjennomlesning"), "etter", all.v[all.n - 1].pid);
	t_round_list(&rp->o, &v);
	return OK;
}

/* R092: how each municipality has answered. */
static struct err *
get_rates(struct request *rq, struct reply *rp)
{
	struct t_round_rates v = {0};
	struct round_rate *rates;

	TRY(round_rates(rq->cx, &rates, &v.n));
	TRY(round_frame(rq, NULL, TEXT(rq, N_("Svar i gjennomlesninger")), &v.frame));
	v.rates = rates;
	for (int i = 0; i < 3; i++) {
		v.sizes[i].name = TEXT(rq, size_words[i]);
		for (size_t k = 0; k < v.n; k++)
			if (rates[k].size == (enum size_class)(SIZE_SMALL + i)) {
				v.sizes[i].asked_n += rates[k].asked_n;
				v.sizes[i].answered_n += rates[k].answered_n;
				v.sizes[i].late_n += rates[k].late_n;
			}
	}
	t_round_rates(&rp->o, &v);
	return OK;
}

/* --- where acts lead -------------------------------------------------------------------- */

static struct url
after_round(struct request *rq, const struct result *done)
{
	(void)done;
	return url_round(rq, rq->arg[0]);
}

const struct route round_routes[] = {
    PAGE("/gjennomlesning", SPACE_READ, get_list),
    PAGE("/gjennomlesning/tall", SPACE_READ, get_rates),
    PAGE("/gjennomlesning/:", ROUND_READ, get_round),
    FORM("/gjennomlesning/:/paminn", ROUND_REMIND, get_round, after_round),
    FORM("/gjennomlesning/:/forleng", ROUND_EXTEND, get_round, after_round),
    FORM("/gjennomlesning/:/avslutt", ROUND_CLOSE, get_round, after_round),
    FORM("/gjennomlesning/:/avbryt", ROUND_CANCEL, get_round, after_round),
    {0},
};
