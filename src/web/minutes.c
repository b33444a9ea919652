/* web/minutes.c - the minutes of a meeting: read, written, commented, approved, published. */
#include "t_minutes.h"

#include "app/minutes.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/decision.h"
#include "web/kept.h"
#include "web/meeting.h"
#include "web/page.h"
#include "web/site.h"

/* Words with a %s in them. */
#define SAID(rq, words, s) \
	html_text_s(       \
	    (rq)->cx->a, trf((rq)->cx->a, (rq)->cx->lang, words, str_to_c((rq)->cx->a, (s))))

/* --- items ------------------------------------------------------------------------------ */

static enum ui_status
outcome_status(const struct agenda_item *item)
{
	switch (item->outcome) {
	case OUTCOME_DECIDE:
	case OUTCOME_RECOMMEND:
	case OUTCOME_ADVISE: return item->remark.n ? UI_REMARK : UI_OK;
	case OUTCOME_NOTE: return UI_OK;
	case OUTCOME_DISPUTE: return UI_AGAINST;
	case OUTCOME_POSTPONE: return UI_SOON;
	case 0: return UI_NO_STATUS;
	default: return item->disagreed ? UI_AGAINST : UI_ONGOING;
	}
}

/* What the sides held, who left the room, and why it ended so. */
static void
add_lines(const struct request *rq, const struct minutes_item *i, struct minutes_row *row)
{
	struct text *v =
	    arena_array(rq->cx->a, struct text, 2 * i->n_positions + i->n_recusals + 2);
	size_t n = 0;

	for (size_t k = 0; k < i->n_recusals; k++)
		v[n++] = SAID(rq, N_("Forlot møtet under saken: %s"), i->recusals[k].label);
	for (size_t k = 0; k < i->n_positions; k++) {
		const struct minutes_position *p = &i->positions[k];
		v[n++] = SAID(rq,
		    p->side == SIDE_MUNICIPAL ? N_("Kommunenes standpunkt: %s")
					      : N_("Sykehusets standpunkt: %s"),
		    p->text);
		if (p->minority.n)
			v[n++] = SAID(rq, N_("Mindretall: %s"), p->minority);
	}
	if (i->item->reason.n)
		v[n++] = SAID(rq, N_("Begrunnelse: %s"), i->item->reason);
	row->lines = v;
	row->n_lines = n;
}

static struct text
concerns(const struct request *rq, const struct minutes_decision *d)
{
	struct arena *a = rq->cx->a;

	if (!d || !d->lines_n)
		return (struct text){S("")};
	return html_text_s(
	    a, str_from_c(arena_printf(a,
		   trn(rq->cx->lang, "Gjelder %lld part", "Gjelder %lld parter", d->lines_n),
		   (long long)d->lines_n)));
}

/* "SSU 6/26" of a decision, whose column says what it is; "Sak 14/26" of the others. */
static struct text
number_of(const struct request *rq, const struct minutes_item *m)
{
	str label = m->decision ? m->decision->label : m->item->matter_label;
	str first, rest;

	if (m->decision && str_cut(label, ' ', &first, &rest))
		label = rest;
	return html_text_s(rq->cx->a, label);
}

static void
fill_items(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct arena *a = rq->cx->a;
	struct minutes_row *v = arena_array(a, struct minutes_row, x->n_items);

	for (size_t i = 0; i < x->n_items; i++) {
		const struct minutes_item *m = &x->items[i];
		v[i] = (struct minutes_row){
		    .no = number_of(rq, m),
		    .title = m->item->title,
		    .text = kept_markdown(rq, m->item->text, 4),
		    .status = outcome_status(m->item),
		    .words = outcome_words(rq, m->item),
		    .who = concerns(rq, m->decision),
		};
		if (m->item->remark.n)
			v[i].remark = SAID(rq, N_("Merknad: %s"), m->item->remark);
		if (m->exempt_basis.n)
			v[i].note = SAID(rq, N_("Unntatt offentlighet: %s"), m->exempt_basis);
		if (m->decision)
			v[i].to = url_decision(rq, m->decision->pid);
		add_lines(rq, m, &v[i]);
	}
	t->rows = v;
	t->n_rows = x->n_items;
}

/* --- approval, comments, corrections ---------------------------------------------------- */

static void
fill_signs(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct arena *a = rq->cx->a;
	struct minutes_sign *v = arena_array(a, struct minutes_sign, x->n_places);

	for (size_t i = 0; i < x->n_places; i++) {
		const struct minutes_place *p = &x->places[i];
		v[i] = (struct minutes_sign){.side = p->side,
		    .name = p->name,
		    .label = p->label.n ? html_text_s(a, p->label) : side_words(rq, p->side),
		    .status = UI_WAITING,
		    .words = TEXT(rq, N_("Venter"))};
		if (!p->at)
			continue;
		v[i].status = UI_OK;
		v[i].words =
		    SAID(rq, N_("Godkjent %s"), day_short(a, rq->cx->lang, clock_day(p->at)));
	}
	t->signs = v;
	t->n_signs = x->n_places;
	t->signed_words = html_text_s(a, trf(a, rq->cx->lang, N_("%lld av %lld"),
					     (long long)x->approved_n, (long long)x->n_places));
}

static struct text
by_words(const struct request *rq, str person, str party, int64_t at)
{
	struct arena *a = rq->cx->a;

	return html_text_s(
	    a, str_from_c(arena_printf(a, STR_FMT ", " STR_FMT " · " STR_FMT, STR_ARG(person),
		   STR_ARG(party), STR_ARG(day_short(a, rq->cx->lang, clock_day(at))))));
}

/* The page with what was said before that of the pid. */
static struct url
url_older(const struct request *rq, const struct minutes *x, const char *what, str pid,
    const char *heading)
{
	struct url to = URL(rq, "/moter/%/protokoll", x->m->pid);

	return url_fragment(rq->cx->a, url_with(rq->cx->a, to, what, pid), str_from_c(heading));
}

static void
fill_comments(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct minutes_said *v = arena_array(rq->cx->a, struct minutes_said, x->n_comments);

	for (size_t i = 0; i < x->n_comments; i++) {
		const struct minutes_comment *c = &x->comments[i];
		struct request row = request_for_row(rq, c->pid);
		v[i] = (struct minutes_said){.pid = c->pid,
		    .text = c->text,
		    .by = by_words(rq, c->person_name, c->party_name, c->at),
		    .about = html_text_s(rq->cx->a, c->item_title)};
		if (c->answered_at)
			v[i].answer = SAID(rq, N_("Sekretariatet: %s"), c->answer);
		else if (x->may_answer) {
			v[i].field = field_as(rq,
			    web_field(&row, ACT_MEETING_MINUTES_COMMENT, "text", S("")),
			    str_to_c(rq->cx->a, c->pid));
			v[i].field.label = TEXT(rq, N_("Svar på merknaden"));
			v[i].field.rows = 2;
		}
	}
	t->comments = v;
	t->n_comments = x->n_comments;
	if (x->has_older_comments)
		t->older_comments =
		    url_older(rq, x, "merknader", x->comments[x->n_comments - 1].pid, "h-merk");
}

static void
fill_corrections(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct minutes_said *v = arena_array(rq->cx->a, struct minutes_said, x->n_corrections);

	for (size_t i = 0; i < x->n_corrections; i++) {
		const struct minutes_correction *c = &x->corrections[i];
		v[i] = (struct minutes_said){.pid = c->pid,
		    .text = c->text,
		    .by = by_words(rq, c->person_name, c->party_name, c->at),
		    .about = html_text_s(rq->cx->a, c->item_title),
		    .answer = SAID(rq, N_("Begrunnelse: %s"), c->reason)};
	}
	t->corrections = v;
	t->n_corrections = x->n_corrections;
	if (x->has_older_corrections)
		t->older_corrections = url_older(
		    rq, x, "rettelser", x->corrections[x->n_corrections - 1].pid, "h-rett");
}

/* --- fields ----------------------------------------------------------------------------- */

static struct t_ui_field
item_field(const struct request *rq, const struct minutes *x, enum action action)
{
	struct t_ui_field f = web_field(rq, action, "item", S(""));
	struct ui_option *o = arena_array(rq->cx->a, struct ui_option, x->n_items + 1);

	o[0] = (struct ui_option){S(""), TEXT(rq, N_("Hele protokollen")), {S("")}, false};
	for (size_t i = 0; i < x->n_items; i++)
		o[i + 1] = (struct ui_option){x->items[i].item->pid,
		    html_text_s(rq->cx->a, x->items[i].item->title), {S("")},
		    str_eq(f.value, x->items[i].item->pid)};
	return field_of(f, UI_SELECT, o, x->n_items + 1);
}

static struct t_ui_field
author_field(const struct request *rq, const struct minutes *x, const char *name,
    enum side side, str now)
{
	struct t_ui_field f = web_field(rq, ACT_MEETING_MINUTES_EDIT, name, now);
	struct ui_option *o = arena_array(rq->cx->a, struct ui_option, x->n_secretaries);
	size_t n = 0;

	for (size_t i = 0; i < x->n_secretaries; i++)
		if (x->secretaries[i].side == side)
			o[n++] = (struct ui_option){x->secretaries[i].pid,
			    html_text_s(rq->cx->a, x->secretaries[i].name), {S("")},
			    str_eq(f.value, x->secretaries[i].pid)};
	f = field_of(f, UI_SELECT, o, n);
	f.optional = false;
	return f;
}

static struct t_ui_field
exempt_field(const struct request *rq, const struct minutes *x)
{
	struct t_ui_field f = web_field(rq, ACT_MEETING_PUBLISH, "exempt", S(""));
	struct ui_option *o = arena_array(rq->cx->a, struct ui_option, x->n_items);
	size_t n = 0;

	for (size_t i = 0; i < x->n_items; i++)
		if (x->items[i].item->matter_id && !x->items[i].exempt_basis.n)
			o[n++] = (struct ui_option){x->items[i].item->pid,
			    html_text_s(rq->cx->a, x->items[i].item->title), {S("")},
			    form_has(rq, "exempt", str_to_c(rq->cx->a, x->items[i].item->pid),
				false)};
	return field_of(f, UI_BOXES, o, n);
}

static void
fill_fields(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	const struct minutes_words *w = x->words;
	struct request page = request_for_row(rq, S(""));

	t->rev = w ? w->rev : 1;
	t->preamble =
	    web_field(rq, ACT_MEETING_MINUTES_EDIT, "preamble", w ? w->preamble : S(""));
	t->closing = web_field(rq, ACT_MEETING_MINUTES_EDIT, "closing", w ? w->closing : S(""));
	t->preamble.rows = t->closing.rows = 4;
	t->municipal =
	    author_field(rq, x, "municipal", SIDE_MUNICIPAL, w ? w->municipal_pid : S(""));
	t->trust = author_field(rq, x, "trust", SIDE_TRUST, w ? w->trust_pid : S(""));
	t->comment_item = item_field(&page, x, ACT_MEETING_MINUTES_COMMENT);
	t->comment = web_field(&page, ACT_MEETING_MINUTES_COMMENT, "text", S(""));
	t->comment.rows = 3;
	t->correct_item = item_field(rq, x, ACT_MEETING_MINUTES_CORRECT);
	t->correct = web_field(rq, ACT_MEETING_MINUTES_CORRECT, "text", S(""));
	t->correct_reason = web_field(rq, ACT_MEETING_MINUTES_CORRECT, "reason", S(""));
	t->correct.rows = t->correct_reason.rows = 3;
	t->exempt = exempt_field(rq, x);
	t->basis = web_field(rq, ACT_MEETING_PUBLISH, "basis", S(""));
}

/* --- the page --------------------------------------------------------------------------- */

static void
fill_head(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct arena *a = rq->cx->a;
	const struct meeting *m = x->m;
	struct ui_link *meta = arena_array(a, struct ui_link, 2);

	t->eyebrow =
	    html_text_s(a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT, STR_ARG(m->label),
			       STR_ARG(day_full(a, rq->cx->lang, clock_day(m->starts_at))))));
	t->title = SAID(rq, N_("Protokoll fra %s"), x->body_name);
	t->status =
	    m->state == MEETING_MINUTES_DRAFT ? UI_WAITING : meeting_state_status(m->state);
	t->status_words = m->state == MEETING_MINUTES_DRAFT ? TEXT(rq, N_("Til godkjenning"))
							    : meeting_state_words(rq, m->state);
	meta[t->n_meta++].text = html_text_s(
	    a, trf(a, rq->cx->lang, N_("%lld av %lld medlemmer møtte"),
		   (long long)x->seats.count.present_n, (long long)x->seats.count.seats_n));
	if (x->chair.name.n)
		meta[t->n_meta++].text = SAID(rq, N_("Ledet av %s"), x->chair.name);
	t->meta = meta;
}

/* The seat's name; of a deputy: for whom. */
static struct text
seat_role(const struct request *rq, const struct seat_line *s)
{
	bool has_member = s->n_people && !s->people[0].rank;

	if (s->presence != PRESENCE_DEPUTY || !has_member)
		return html_text_s(rq->cx->a, s->label);
	return html_text_s(rq->cx->a, trf(rq->cx->a, rq->cx->lang, N_("Vara for %s"),
					  str_to_c(rq->cx->a, s->people[0].name)));
}

static void
fill_seats(const struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct minutes_sign *v = arena_array(rq->cx->a, struct minutes_sign, x->seats.n);
	static const char *const words[] = {
	    N_("Ikke registrert"), N_("Møtte"), N_("Vara"), N_("Forfall"), N_("Invitert")};
	static const enum ui_status status[] = {
	    UI_NOT_BEGUN, UI_OK, UI_DEPUTY, UI_ABSENT, UI_OK};

	for (size_t i = 0; i < x->seats.n; i++) {
		const struct seat_line *s = &x->seats.v[i];
		v[i] = (struct minutes_sign){s->side,
		    s->name.n     ? s->name
		    : s->n_people ? s->people[0].name
				  : S(""),
		    seat_role(rq, s), TEXT(rq, words[s->presence]), status[s->presence]};
	}
	t->seats = v;
	t->n_seats = x->seats.n;
}

static struct err *
fill_matrix(struct request *rq, const struct minutes *x, struct t_minutes *t)
{
	struct followup_matrix all;

	TRY(followup_matrix(rq->cx, x->m->id, &all));
	if (all.n_parties)
		t->matrix = matrix_of(rq, &all, false);
	return OK;
}

/* To older comments or corrections, or to the comment whose answer is drawn again. */
static struct err *
turn_back(const struct request *rq, struct minutes *x)
{
	str comments = given_value(&rq->query, "merknader");
	str corrections = given_value(&rq->query, "rettelser");

	if (rq->arg[1].n || comments.n)
		TRY(minutes_comments(
		    rq->cx, x, rq->arg[1].n ? rq->arg[1] : comments, rq->arg[1].n > 0));
	return corrections.n ? minutes_corrections(rq->cx, x, corrections) : OK;
}

static struct err *
get_minutes(struct request *rq, struct reply *rp)
{
	struct t_minutes v = {0};
	struct minutes x;
	struct arena *a = rq->cx->a;
	struct ui_link *crumbs = arena_array(a, struct ui_link, 3);

	TRY(minutes_read(rq->cx, rq->arg[0], &x));
	TRY(turn_back(rq, &x));
	TRY(web_frame(rq, TEXT(rq, N_("Protokoll")), NAV_MEETINGS, &v.frame));
	crumbs[0] = (struct ui_link){TEXT(rq, N_("Møter")), URL(rq, "/moter")};
	crumbs[1] = (struct ui_link){html_text_s(a, x.m->label), url_meeting(rq, x.m->pid)};
	crumbs[2] = (struct ui_link){TEXT(rq, N_("Protokoll")), {S("")}};
	v.frame.crumbs = crumbs;
	v.frame.n_crumbs = 3;
	v.faults = web_faults(rq);
	v.pid = x.m->pid;
	fill_head(rq, &x, &v);
	fill_items(rq, &x, &v);
	fill_seats(rq, &x, &v);
	fill_signs(rq, &x, &v);
	fill_comments(rq, &x, &v);
	fill_corrections(rq, &x, &v);
	fill_fields(rq, &x, &v);
	if (x.words) {
		v.words_before = kept_markdown(rq, x.words->preamble, 3);
		v.words_after = kept_markdown(rq, x.words->closing, 3);
		v.hash = x.words->hash;
		v.authors = html_text_s(a, trf(a, rq->cx->lang, N_("Skrevet av %s og %s"),
					       str_to_c(a, x.words->municipal_name),
					       str_to_c(a, x.words->trust_name)));
	}
	v.is_begun = x.words != NULL;
	v.may_edit = x.may_edit;
	v.may_comment = x.may_comment;
	v.may_approve = x.may_approve;
	v.may_correct = x.may_correct;
	v.may_publish = x.may_publish;
	TRY(fill_matrix(rq, &x, &v));
	t_minutes(&rp->o, &v);
	return OK;
}

static struct url
after_minutes(struct request *rq, const struct result *done)
{
	return URL(rq, "/moter/%/protokoll", done->pid);
}

const struct route minutes_routes[] = {
    PAGE("/moter/:/protokoll", MEETING_MINUTES_READ, get_minutes),
    FORM("/moter/:/protokoll/skriv", MEETING_MINUTES_EDIT, get_minutes, after_minutes),
    FORM("/moter/:/protokoll/merknad", MEETING_MINUTES_COMMENT, get_minutes, after_minutes),
    FORM("/moter/:/protokoll/merknad/:", MEETING_MINUTES_COMMENT, get_minutes, after_minutes),
    FORM("/moter/:/protokoll/godkjenn", MEETING_MINUTES_APPROVE, get_minutes, after_minutes),
    FORM("/moter/:/protokoll/rett", MEETING_MINUTES_CORRECT, get_minutes, after_minutes),
    FORM("/moter/:/protokoll/publiser", MEETING_PUBLISH, get_minutes, after_minutes),
    {0},
};
