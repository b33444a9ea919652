/* web/decision.c - the list of decisions, and a decision's own page. */
#include "web/decision.h"

#include "t_decision.h"
#include "t_decision_list.h"

#include "base/clock.h"
#include "core/charter.h"
#include "tr.h"
#include "web/areas.h"
#include "web/document.h"
#include "web/history.h"
#include "web/kept.h"
#include "web/meeting.h"
#include "web/page.h"
#include "web/site.h"

#include <string.h>

enum { LIST_N = 50, HISTORY_N = 100 };

struct url
url_decision(const struct request *rq, str pid)
{
	return URL(rq, "/vedtak/%", pid);
}

/* --- words ------------------------------------------------------------------------------ */

static struct text
authority_words(const struct request *rq, int64_t authority)
{
	switch (authority) {
	case OUTCOME_DECIDE: return TEXT(rq, N_("Vedtatt"));
	case OUTCOME_RECOMMEND: return TEXT(rq, N_("Anbefalt"));
	case OUTCOME_ADVISE: return TEXT(rq, N_("Råd gitt"));
	default: return TEXT(rq, N_("Tatt til orientering"));
	}
}

enum ui_status
line_status(int64_t status, bool is_overdue)
{
	static const enum ui_status of[] = {
	    UI_NO_STATUS, UI_NOT_BEGUN, UI_ONGOING, UI_OK, UI_NOTHING, UI_ABSENT};

	return is_overdue ? UI_OVERDUE : of[status];
}

struct text
line_words(const struct request *rq, int64_t status, bool is_overdue)
{
	static const char *const of[] = {"", N_("Ikke startet"), N_("I gang"),
	    N_("Gjennomført"), N_("Gjelder ikke"), N_("Erstattet")};

	return TEXT(rq, is_overdue ? N_("Forsinket") : of[status]);
}

struct text
day_words(const struct request *rq, int64_t day)
{
	if (!day)
		return (struct text){S("")};
	return html_text_s(rq->cx->a, day_long(rq->cx->a, rq->cx->lang, day));
}

static struct text
instant_words(const struct request *rq, int64_t at)
{
	return day_words(rq, at ? clock_day(at) : 0);
}

static enum ui_status
row_status(const struct decision_row *d)
{
	if (d->replaced_by_id)
		return UI_ABSENT;
	if (!d->final_at)
		return UI_WAITING;
	return d->closed_at || !d->due_day ? UI_OK : UI_ONGOING;
}

static struct text
row_words(const struct request *rq, const struct decision_row *d)
{
	if (d->replaced_by_id)
		return TEXT(rq, N_("Erstattet"));
	if (!d->final_at)
		return TEXT(rq, N_("Protokollen er ikke godkjent"));
	if (d->closed_at)
		return TEXT(rq, N_("Gjennomført"));
	return d->due_day ? TEXT(rq, N_("Under oppfølging")) : TEXT(rq, N_("Endelig"));
}

/* --- the list --------------------------------------------------------------------------- */

static struct err *
get_list(struct request *rq, struct reply *rp)
{
	struct arena *a = rq->cx->a;
	struct t_decision_list v = {0};
	struct decision_rows list;
	str after = given_value(&rq->query, "etter");

	TRY(web_frame(rq, TEXT(rq, N_("Vedtak")), NAV_TASKS, &v.frame));
	TRY(decisions_recent(rq->cx, rq->cx->today, after, LIST_N, &list));
	struct decision_list_row *rows = arena_array(a, struct decision_list_row, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const struct decision_row *d = &list.v[i];
		rows[i] = (struct decision_list_row){
		    .title = d->title,
		    .sub = html_text_s(
			a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT " · " STR_FMT,
			       STR_ARG(d->label), STR_ARG(d->body_abbr),
			       STR_ARG(day_long(a, rq->cx->lang, d->decided_day))))),
		    .to = url_decision(rq, d->pid),
		    .status = row_status(d),
		    .words = row_words(rq, d),
		};
	}
	v.rows = rows;
	v.n = list.n;
	if (list.n == LIST_N)
		v.older = url_with(a, URL(rq, "/vedtak"), "etter", list.v[list.n - 1].pid);
	t_decision_list(&rp->o, &v);
	return OK;
}

/* --- a decision ------------------------------------------------------------------------- */

static void
fill_lines(const struct request *rq, const struct decision_view *d, struct t_decision *t)
{
	struct line_row *v = arena_array(rq->cx->a, struct line_row, d->lines.n);

	for (size_t i = 0; i < d->lines.n; i++) {
		const struct followup *f = &d->lines.v[i];
		bool late = decision_line_is_overdue(&d->lines.lines[i], rq->cx->today);
		v[i] = (struct line_row){
		    .name = f->party_name,
		    .side = (enum side)f->side,
		    .note = f->note,
		    .status = line_status(f->status, late),
		    .words = line_words(rq, f->status, late),
		    .receipt = f->seen_at ? web_when(rq, f->seen_at) : (struct text){S("")},
		    .due = f->due_day ? web_when(rq, clock_at(f->due_day, 12, 0))
				      : (struct text){S("")},
		    .updated =
			f->updated_at ? web_when(rq, f->updated_at) : (struct text){S("")},
		};
	}
	t->lines = v;
	t->n_lines = d->lines.n;
}

static struct t_ui_field
party_field(const struct request *rq, const struct decision_view *d, enum action action,
    const char *id_end, bool all)
{
	struct t_ui_field f = web_field(rq, action, "party", S(""));
	struct ui_option *o = arena_array(rq->cx->a, struct ui_option, d->lines.n + 1);
	size_t n = 0;

	o[n++] = (struct ui_option){
	    S(""), TEXT(rq, all ? N_("Alle som mangler") : N_("Velg part")), {S("")}, false};
	for (size_t i = 0; i < d->lines.n; i++)
		o[n++] = (struct ui_option){d->lines.v[i].party_pid,
		    html_text_s(rq->cx->a, d->lines.v[i].party_name), {S("")},
		    str_eq(f.value, d->lines.v[i].party_pid)};
	return field_as(rq, field_of(f, UI_SELECT, o, n), id_end);
}

static struct t_ui_field
successor_field(const struct request *rq, const struct decision_view *d)
{
	struct t_ui_field f = web_field(rq, ACT_DECISION_REPLACE, "by", S(""));
	struct ui_option *o = arena_array(rq->cx->a, struct ui_option, d->n_successors);

	for (size_t i = 0; i < d->n_successors; i++)
		o[i] = (struct ui_option){d->successors[i].pid,
		    html_text_s(rq->cx->a, d->successors[i].label), {S("")}, i == 0};
	return field_of(f, UI_SELECT, o, d->n_successors);
}

static void
fill_forms(const struct request *rq, const struct decision_view *d, struct t_decision *t)
{
	str now = d->own ? str_from_c(line_status_key(d->own->status)) : S("");

	t->offers = (struct decision_offers){d->may_acknowledge, d->may_pass_on, d->may_update,
	    d->may_update_for, d->may_excuse, d->may_remind, d->may_replace, d->may_publish,
	    d->d->final_at && !d->d->replaced_by_id && t->frame.may_propose};
	t->own_rev = d->own ? d->own->rev : 0;
	t->status = web_field(rq, ACT_DECISION_UPDATE, "status", now);
	t->note = web_field(rq, ACT_DECISION_UPDATE, "note", d->own ? d->own->note : S(""));
	t->for_party = party_field(rq, d, ACT_DECISION_UPDATE_FOR, "for", false);
	t->for_status =
	    field_as(rq, web_field(rq, ACT_DECISION_UPDATE_FOR, "status", S("")), "for");
	t->for_note =
	    field_as(rq, web_field(rq, ACT_DECISION_UPDATE_FOR, "note", S("")), "for");
	t->excuse_party = party_field(rq, d, ACT_DECISION_EXCUSE, "excuse", false);
	t->excuse_reason = web_field(rq, ACT_DECISION_EXCUSE, "reason", S(""));
	t->remind_party = party_field(rq, d, ACT_DECISION_REMIND, "remind", true);
	t->by = successor_field(rq, d);
	t->note.rows = t->for_note.rows = t->excuse_reason.rows = 3;
}

static void
fill_status(const struct request *rq, const struct decision_view *d, struct t_decision *t)
{
	struct decision_row row = {.final_at = d->d->final_at,
	    .closed_at = d->d->closed_at,
	    .due_day = d->lines.n ? d->d->due_day : 0,
	    .replaced_by_id = d->d->replaced_by_id};

	t->state = row_status(&row);
	t->state_words = row_words(rq, &row);
	if (d->counts.overdue_n) {
		t->state = UI_OVERDUE;
		t->state_words = html_text_s(
		    rq->cx->a, str_from_c(arena_printf(rq->cx->a,
				   trn(rq->cx->lang, "%lld part er over fristen",
				       "%lld parter er over fristen", d->counts.overdue_n),
				   (long long)d->counts.overdue_n)));
	}
}

/* By what power the body could: in the charter's words, the id of its rule after them. */
static void
fill_power(const struct request *rq, const struct decision_view *d, struct t_decision *t)
{
	static const char *const may[] = {
	    [MAY_DECIDE] = N_("Utvalget kan beslutte i slike saker"),
	    [MAY_RECOMMEND] = N_("Utvalget kan anbefale i slike saker"),
	    [MAY_ADVISE] = N_("Utvalget kan gi råd i slike saker"),
	    [MAY_NOTE] = N_("Utvalget kan ta slike saker til orientering"),
	};
	struct arena *a = rq->cx->a;
	int64_t act = d->d->authority;
	const struct charter_authority *given =
	    d->body ? charter_body_may(d->body, (enum charter_act)act, NULL) : NULL;
	str what = given ? charter_say(&given->text, rq->cx->lang) : S("");

	if (act < MAY_DECIDE || act > MAY_NOTE)
		return;
	t->power = what.n ? html_text_s(a, trf(a, rq->cx->lang, N_("%s: %s"),
					       tr(rq->cx->lang, may[act]), str_to_c(a, what)))
			  : TEXT(rq, may[act]);
	t->rule = memchr(d->d->rule.p, '-', d->d->rule.n)
		      ? html_text_s(a, trf(a, rq->cx->lang,
					   N_("Fullmakt etter samarbeidsavtalen, regel %s"),
					   str_to_c(a, d->d->rule)))
		      : TEXT(rq, N_("Avtalen sier ikke mer om fullmakten"));
}

static struct text
eyebrow_of(const struct request *rq, const struct decision_view *d)
{
	struct arena *a = rq->cx->a;

	return html_text_s(a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT " · " STR_FMT,
				  STR_ARG(d->d->label), STR_ARG(d->d->body_abbr),
				  STR_ARG(day_long(a, rq->cx->lang, d->d->decided_day)))));
}

/* A decision is read by more than may read its matter: to them the matter is a name. */
static struct err *
matter_link(struct request *rq, const struct decision *d, struct ui_link *ret)
{
	struct matter *m;
	struct object object;
	struct err *e = matter_load(rq->cx, d->matter_pid, &m, &object);

	if (e && e->kind != ERR_NOT_FOUND)
		return e;
	*ret = (struct ui_link){.text = html_text_s(rq->cx->a, d->matter_label)};
	if (!e)
		ret->to = URL(rq, "/saker/%", d->matter_pid);
	return OK;
}

static struct err *
get_decision(struct request *rq, struct reply *rp)
{
	struct t_decision v = {0};
	struct arena *a = rq->cx->a;
	struct decision_view d;
	struct history h;

	TRY(decision_read(rq->cx, rq->arg[0], &d));
	TRY(history_asked(rq, "decision", d.d->pid, HISTORY_N, &h));
	TRY(web_frame(rq, html_text_s(a, d.d->title), NAV_TASKS, &v.frame));
	web_crumbs(rq, &v.frame, TEXT(rq, N_("Oppfølging")), URL(rq, "/oppfolging"),
	    html_text_s(a, d.d->label));
	v.faults = web_faults(rq);
	v.d = d.d;
	v.eyebrow = eyebrow_of(rq, &d);
	v.authority = authority_words(rq, d.d->authority);
	v.body = html_text_s(a, d.body_name);
	v.text = kept_markdown(rq, d.d->text, 3);
	fill_power(rq, &d, &v);
	v.due = day_words(rq, d.d->due_day);
	v.published = instant_words(rq, d.d->published_at);
	TRY(matter_link(rq, d.d, &v.matter));
	v.meeting = (struct ui_link){html_text_s(a, d.d->meeting_label),
	    URL(rq, "/moter/%/protokoll", d.d->meeting_pid)};
	if (d.d->replaced_by_id)
		v.successor = (struct ui_link){
		    html_text_s(a, d.d->new_label), url_decision(rq, d.d->new_pid)};
	fill_status(rq, &d, &v);
	fill_lines(rq, &d, &v);
	fill_forms(rq, &d, &v);
	v.events = history_events(rq, &h, url_decision(rq, d.d->pid), &v.n_events);
	t_decision(&rp->o, &v);
	return OK;
}

static struct url
after_decision(struct request *rq, const struct result *done)
{
	return url_decision(rq, done->pid);
}

const struct route decision_routes[] = {
    PAGE("/vedtak", SPACE_READ, get_list),
    PAGE("/vedtak/:", DECISION_READ, get_decision),
    FORM("/vedtak/:/bekreft", DECISION_ACKNOWLEDGE, get_decision, after_decision),
    FORM("/vedtak/:/videreformidlet", DECISION_PASS_ON, get_decision, after_decision),
    FORM("/vedtak/:/oppdater", DECISION_UPDATE, get_decision, after_decision),
    FORM("/vedtak/:/oppdater-for", DECISION_UPDATE_FOR, get_decision, after_decision),
    FORM("/vedtak/:/unnta", DECISION_EXCUSE, get_decision, after_decision),
    FORM("/vedtak/:/paminn", DECISION_REMIND, get_decision, after_decision),
    FORM("/vedtak/:/erstatt", DECISION_REPLACE, get_decision, after_decision),
    FORM("/vedtak/:/publiser", DECISION_PUBLISH, get_decision, after_decision),
    {0},
};
