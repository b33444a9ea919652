/* web/sitting.c - a meeting while it sits: who is there, the item at hand, how it ends. */
#include "t_meeting_live.h"

#include "app/document.h"
#include "app/premeeting.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/meeting.h"
#include "web/site.h"

/* --- who is there ----------------------------------------------------------------------- */

static const struct {
	const char *words;
	enum ui_status status;
} presences[] = {
    [PRESENCE_UNKNOWN] = {N_("Ikke ført opp"), UI_NOT_BEGUN},
    [PRESENCE_MEMBER] = {N_("Til stede"), UI_OK},
    [PRESENCE_DEPUTY] = {N_("Vara"), UI_DEPUTY},
    [PRESENCE_ABSENT] = {N_("Forfall"), UI_ABSENT},
    [PRESENCE_INVITED] = {N_("Invitert"), UI_OK},
};

static const struct seat_person *
member_of(const struct seat_line *s)
{
	return s->n_people && !s->people[0].rank ? &s->people[0] : NULL;
}

/* Before anybody is recorded: what they have said of coming. */
static void
put_replies(struct request *rq, const struct seat_line *s, struct buf *b)
{
	const struct seat_person *asked = seat_asked(s);

	if (s->presence != PRESENCE_UNKNOWN || !s->n_people)
		return;
	if (asked != &s->people[0] && asked)
		buf_printf(b, " · " STR_FMT,
		    STR_ARG(trf(rq->cx->a, rq->cx->lang, N_("forfall meldt, %s er spurt"),
			str_to_c(rq->cx->a, asked->name))));
	else if (!asked)
		buf_printf(b, " · %s", tr(rq->cx->lang, N_("forfall meldt")));
	if (asked && asked->reply == REPLY_COMES)
		buf_printf(b, " · %s", tr(rq->cx->lang, N_("kommer")));
}

/* "Kommunalsjef, Bærum · leder", or for whom a deputy sits. */
static struct text
seat_note(struct request *rq, const struct seat_line *s)
{
	const struct seat_person *m = member_of(s);
	struct buf b = buf_new(rq->cx->a, 600);

	if (s->presence == PRESENCE_DEPUTY && m)
		buf_put(&b, trf(rq->cx->a, rq->cx->lang, N_("Vara for %s"),
				str_to_c(rq->cx->a, m->name)));
	else
		buf_put(&b, m && m->title.n ? m->title : s->label);
	if (m && m->party.n)
		buf_printf(&b, ", " STR_FMT, STR_ARG(m->party));
	if (m && m->chairing)
		buf_printf(&b, " · %s",
		    tr(rq->cx->lang,
			m->chairing == CHAIR_CHAIR ? N_("leder") : N_("nestleder")));
	put_replies(rq, s, &b);
	if (s->presence == PRESENCE_DEPUTY && !s->has_mandate)
		buf_printf(&b, " · %s", tr(rq->cx->lang, N_("uten fullmakt")));
	if (s->is_conflicted)
		buf_printf(&b, " · %s", tr(rq->cx->lang, N_("inhabil i saken")));
	return html_text_s(rq->cx->a, buf_str(&b));
}

static void
fill_deputies(struct request *rq, const struct seat_line *s, struct bench_seat *b)
{
	struct ui_value *v = arena_array(rq->cx->a, struct ui_value, s->n_people);

	for (size_t i = 0; i < s->n_people; i++) {
		const struct seat_person *p = &s->people[i];
		if (p->rank &&
		    !(s->presence == PRESENCE_DEPUTY && p->person_id == s->person_id))
			v[b->n_deputies++] =
			    (struct ui_value){str_to_c(rq->cx->a, p->name), p->pid};
		if (s->presence == PRESENCE_DEPUTY && p->person_id == s->person_id)
			b->person = p->pid;
	}
	b->deputies = v;
}

static struct bench_seat
bench_seat(struct request *rq, const struct meeting *m, const struct seat_line *s, bool records)
{
	const struct seat_person *member = member_of(s);
	struct bench_seat b = {
	    .side = s->side,
	    .name = s->name.n ? s->name
		    : member  ? member->name
			      : S(""),
	    .note = seat_note(rq, s),
	    .status = presences[s->presence].status,
	    .status_words = TEXT(rq, presences[s->presence].words),
	    .to = URL(rq, "/moter/%/ledelse/sete/%", m->pid, s->pid),
	};

	if (!records)
		return b;
	b.can_member = member && s->presence != PRESENCE_MEMBER;
	b.can_absent = s->presence != PRESENCE_ABSENT;
	b.can_undo = s->presence != PRESENCE_UNKNOWN;
	b.can_mandate = s->presence == PRESENCE_DEPUTY && !s->has_mandate;
	if (b.can_member && s->presence == PRESENCE_DEPUTY)
		b.returns =
		    html_text_s(rq->cx->a, trf(rq->cx->a, rq->cx->lang, N_("%s møter selv"),
					       str_to_c(rq->cx->a, member->name)));
	fill_deputies(rq, s, &b);
	return b;
}

/* One bench a side that has seats, the two sides first. */
static void
fill_benches(struct request *rq, const struct meeting_view *v, const struct seat_lines *l,
    struct t_meeting_live *t)
{
	static const enum side order[] = {
	    SIDE_MUNICIPAL, SIDE_TRUST, SIDE_USER, SIDE_GP, SIDE_OTHER, SIDE_NONE};
	struct bench *b = arena_array(rq->cx->a, struct bench, SIDE_N);
	bool records = meeting_may(rq->cx, v, ACT_MEETING_ATTEND, MEETING_DO_ATTEND);

	for (int k = 0; k < SIDE_N; k++) {
		struct bench_seat *seats = arena_array(rq->cx->a, struct bench_seat, l->n);
		struct bench *x = &b[t->n_benches];
		x->name = side_words(rq, order[k]);
		x->n = 0;
		for (size_t i = 0; i < l->n; i++)
			if (l->v[i].side == order[k])
				seats[x->n++] = bench_seat(rq, v->m, &l->v[i], records);
		x->seats = seats;
		t->n_benches += x->n > 0;
	}
	t->benches = b;
}

static struct ui_bench
parity_side(struct request *rq, const struct seat_lines *l, enum side side)
{
	int deputies = 0, seats = l->count.seats_by[side], here = l->count.present_by[side];
	const char *note = "";

	for (size_t i = 0; i < l->n; i++)
		deputies += l->v[i].side == side && l->v[i].is_ordinary &&
			    l->v[i].presence == PRESENCE_DEPUTY;
	if (deputies)
		note = arena_printf(rq->cx->a,
		    trn(rq->cx->lang, "én vara", "%lld varaer", (long long)deputies),
		    (long long)deputies);
	return (struct ui_bench){
	    side, here, seats, side_words(rq, side), html_text_c(rq->cx->a, note)};
}

static void
fill_attendance(struct request *rq, const struct meeting_view *v, const struct seat_lines *l,
    struct t_meeting_live *t)
{
	t->left = parity_side(rq, l, SIDE_MUNICIPAL);
	t->right = parity_side(rq, l, SIDE_TRUST);
	t->is_joint = t->left.seats > 0 && t->right.seats > 0;
	t->is_quorate = l->is_quorate;
	t->is_uneven = t->is_joint && l->count.present_n > 0 && !l->parity.is_even;
	t->unmandated = l->count.unmandated_n;
	fill_benches(rq, v, l, t);
}

/* --- the item at hand ------------------------------------------------------------------- */

static const struct agenda_item *
current_item(const struct meeting_view *v)
{
	for (size_t i = 0; i < v->n_items; i++)
		if (v->items[i].id == v->m->current_item_id && !v->items[i].outcome)
			return &v->items[i];
	return NULL;
}

static const struct agenda_item *
next_item(const struct meeting_view *v)
{
	for (size_t i = 0; i < v->n_items; i++)
		if (!v->items[i].outcome)
			return &v->items[i];
	return NULL;
}

static bool
is_offered(unsigned may, int64_t value)
{
	unsigned agreed = OUTCOME_BIT(OUTCOME_DECIDE) | OUTCOME_BIT(OUTCOME_RECOMMEND) |
			  OUTCOME_BIT(OUTCOME_ADVISE);

	if (value > OUTCOME_N) /* agreement, with a remark or without; disagreement */
		return (may & agreed) != 0;
	return (may & OUTCOME_BIT(value)) && !(agreed & OUTCOME_BIT(value)) &&
	       value != OUTCOME_DISPUTE;
}

/* Only what this body has the power for. */
static struct err *
outcome_field(struct request *rq, const struct meeting_view *v, const struct agenda_item *item,
    struct t_ui_field *ret)
{
	const struct input *in = usecase_find(ACT_MEETING_OUTCOME)->inputs;
	const char *first = item->kind == ITEM_INFORM ? "note" : "agreed";
	unsigned may;
	size_t n = 0, k = 0;

	TRY(outcome_choices(rq->cx, v, item, &may));
	while (!in->choices)
		in++;
	*ret = web_field(rq, ACT_MEETING_OUTCOME, "outcome", str_from_c(first));
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, ret->n);
	for (; n < ret->n; n++)
		if (is_offered(may, in->choices[n].value))
			p[k++] = ret->options[n];
	if (k == 1)
		p[0].chosen = true;
	*ret = field_of(*ret, UI_CARDS, p, k);
	return OK;
}

static struct err *
later_field(struct request *rq, const struct meeting_view *v, struct t_ui_field *ret)
{
	struct meeting_lines l;
	str chosen = form_value(rq, "to_meeting", S(""));

	TRY(meetings_after(rq->cx, v->m, &l));
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, l.n + 1);
	p[0] = (struct ui_option){.label = TEXT(rq, N_("Velg møte"))};
	for (size_t i = 0; i < l.n; i++)
		p[i + 1] = (struct ui_option){.value = l.v[i].pid,
		    .label =
			html_text_s(rq->cx->a, str_from_c(arena_printf(rq->cx->a,
						   STR_FMT " · " STR_FMT, STR_ARG(l.v[i].label),
						   STR_ARG(day_long(rq->cx->a, rq->cx->lang,
						       clock_day(l.v[i].starts_at)))))),
		    .chosen = str_eq(l.v[i].pid, chosen)};
	*ret = field_of(
	    web_field(rq, ACT_MEETING_OUTCOME, "to_meeting", S("")), UI_SELECT, p, l.n + 1);
	return OK;
}

static struct err *
delegate_field(struct request *rq, const struct meeting_view *v, struct t_ui_field *ret)
{
	struct body_choice *c;
	size_t n;

	TRY(delegate_bodies(rq->cx, v->body, &c, &n));
	*ret = field_of(web_field(rq, ACT_MEETING_OUTCOME, "to_body", S("")), UI_SELECT,
	    body_options(rq, "to_body", c, n), n ? n + 1 : 0);
	return OK;
}

/* What the two sides proposed together: where the text begins. */
static struct err *
proposal_of(struct request *rq, const struct agenda_item *item, str *ret)
{
	struct version version;
	struct object object;
	struct matter *m;

	if (!item->matter_id)
		return OK;
	TRY(matter_load(rq->cx, item->matter_pid, &m, &object));
	if (!m->ready_version_no)
		return OK;
	TRY(version_load(rq->cx, m, m->ready_version_no, &version));
	*ret = version.text[SECTION_PROPOSAL];
	return OK;
}

static struct err *
fill_fields(struct request *rq, const struct meeting_view *v, const struct agenda_item *item,
    struct t_meeting_live *t)
{
	enum decision_rule rule = v->body->decision.rule;
	enum action act = ACT_MEETING_OUTCOME;
	str text = item->text,
	    due = item->due_day ? day_dotted(rq->cx->a, item->due_day) : S("");

	if (text.n == 0)
		TRY(proposal_of(rq, item, &text));
	TRY(outcome_field(rq, v, item, &t->outcome));
	TRY(later_field(rq, v, &t->to_meeting));
	TRY(delegate_field(rq, v, &t->to_body));
	t->after = web_field(rq, act, "after", S(""));
	t->text = web_field(rq, act, "text", text);
	t->remark = web_field(rq, act, "remark", item->remark);
	t->remark.rows = 2;
	t->reason = web_field(rq, act, "reason", S(""));
	t->reason.rows = 3;
	t->mandate = web_field(rq, act, "mandate", S(""));
	t->mandate.rows = 3;
	t->due = web_field(rq, act, "due", due);
	t->counts_votes = rule == DECISION_MAJORITY || rule == DECISION_TWO_THIRDS;
	t->votes_for = web_field(rq, act, "votes_for", S(""));
	t->votes_against = web_field(rq, act, "votes_against", S(""));
	t->votes_blank = web_field(rq, act, "votes_blank", S(""));
	return OK;
}

/* Positions that have been released: the rest is not for the room. */
static struct err *
fill_voices(struct request *rq, const struct meeting_view *v, const struct agenda_item *item,
    struct t_meeting_live *t)
{
	struct voice *all;
	size_t n;

	TRY(voices_released(rq->cx, v->m, &all, &n));
	struct voice_row *p = arena_array(rq->cx->a, struct voice_row, n);
	for (size_t i = 0; i < n; i++)
		if (all[i].item_id == item->id)
			p[t->n_voices++] = (struct voice_row){all[i].side,
			    side_words(rq, all[i].side), all[i].text, all[i].minority};
	t->voices = p;
	return OK;
}

/* Who may have to leave the room for the item. */
static void
fill_recusal(struct request *rq, const struct meeting_view *v, const struct seat_lines *l,
    struct t_meeting_live *t)
{
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, l->n + 1);
	size_t n = 0;

	p[n++] = (struct ui_option){.label = TEXT(rq, N_("Velg person"))};
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].name.n && l->v[i].is_ordinary &&
		    seat_may_recuse(rq->cx, v->doers, &l->v[i]))
			p[n++] = (struct ui_option){.value = l->v[i].pid,
			    .label = html_text_s(rq->cx->a, l->v[i].name)};
	t->may_recuse &= n > 1;
	t->recuse_seat =
	    field_of(web_field(rq, ACT_MEETING_CONFLICT, "seat", S("")), UI_SELECT, p, n);
	t->recuse_reason =
	    field_as(rq, web_field(rq, ACT_MEETING_CONFLICT, "reason", S("")), "habil");
	t->recuse_reason.optional = false;
	t->recuse_undo = web_field(rq, ACT_MEETING_CONFLICT, "undo", S(""));
}

static struct err *
fill_item(struct request *rq, const struct meeting_view *v, const struct seat_lines *l,
    struct t_meeting_live *t)
{
	const struct agenda_item *item = current_item(v);

	t->item = item;
	if (!item) {
		t->next = v->m->state == MEETING_IN_SESSION ? next_item(v) : NULL;
		return OK;
	}
	t->may_end = meeting_may(rq->cx, v, ACT_MEETING_OUTCOME, MEETING_DO_OUTCOME);
	t->may_recuse = meeting_may(rq->cx, v, ACT_MEETING_CONFLICT, MEETING_DO_CONFLICT);
	t->to_end = URL(rq, "/moter/%/ledelse/%/utfall", v->m->pid, item->pid);
	t->to_save = URL(rq, "/moter/%/ledelse/%/ta-opp", v->m->pid, item->pid);
	t->to_recuse = URL(rq, "/moter/%/ledelse/%/habilitet", v->m->pid, item->pid);
	t->item_eyebrow = html_text_s(
	    rq->cx->a, str_from_c(arena_printf(rq->cx->a, "%s" STR_FMT "%s%lld min",
			   tr(rq->cx->lang, N_("Behandles nå · ")), STR_ARG(item->matter_label),
			   item->matter_label.n ? " · " : "", (long long)item->length_min)));
	if (item->matter_id)
		t->to_matter = URL(rq, "/saker/%", item->matter_pid);
	fill_recusal(rq, v, l, t);
	TRY(fill_voices(rq, v, item, t));
	return fill_fields(rq, v, item, t);
}

/* --- the page --------------------------------------------------------------------------- */

static void
offer_undo(struct request *rq, const struct meeting_view *v, const struct agenda_item *item,
    struct agenda_row *row)
{
	row->rev = item->rev;
	row->undo = URL(rq, "/moter/%/ledelse/%/angre", v->m->pid, item->pid);
	row->reason = field_as(rq, web_field(rq, ACT_MEETING_OUTCOME_UNDO, "reason", S("")),
	    str_to_c(rq->cx->a, item->pid));
}

static void
fill_agenda(struct request *rq, const struct meeting_view *v, struct t_meeting_live *t)
{
	struct agenda_row *rows = agenda_rows(rq, v);
	bool takes = meeting_may(rq->cx, v, ACT_MEETING_TAKE_UP, MEETING_DO_TAKE_UP);
	bool undoes = meeting_may(rq->cx, v, ACT_MEETING_OUTCOME_UNDO, MEETING_DO_UNDO_OUTCOME);

	for (size_t i = 0; i < v->n_items; i++) {
		const struct agenda_item *item = &v->items[i];
		t->done += item->outcome != 0;
		if (takes && !item->outcome && rows[i].when != UI_NOW)
			rows[i].take =
			    URL(rq, "/moter/%/ledelse/%/ta-opp", v->m->pid, item->pid);
		if (undoes && item->outcome)
			offer_undo(rq, v, item, &rows[i]);
	}
	t->may_take = takes;
	t->rows = rows;
	t->n_rows = v->n_items;
}

static struct err *
get_live(struct request *rq, struct reply *rp)
{
	struct t_meeting_live t = {.faults = web_faults(rq)};
	struct meeting_view v;
	struct seat_lines l;

	TRY(meeting_view(rq->cx, rq->arg[0], &v));
	TRY(meeting_seats(rq->cx, v.m, v.m->current_item_id, &l));
	TRY(meeting_page(rq, &v, TEXT(rq, N_("Møtet")), &t.frame, &t.head));
	t.m = v.m;
	t.is_live = v.m->state == MEETING_IN_SESSION;
	if (meeting_is_over(v.m->state) && authorize(rq->cx->actor, ACT_MEETING_MINUTES_READ,
					       &v.object, NULL) == VERDICT_ALLOW)
		t.to_minutes = URL(rq, "/moter/%/protokoll", v.m->pid);
	t.may_open = meeting_may(rq->cx, &v, ACT_MEETING_OPEN, MEETING_DO_OPEN);
	if (v.facts.days_left != 0)
		t.day = html_text_s(
		    rq->cx->a, day_long(rq->cx->a, rq->cx->lang, clock_day(v.m->starts_at)));
	t.other_day = web_field(rq, ACT_MEETING_OPEN, "other_day", S(""));
	t.other_day.optional = false;
	t.may_close = meeting_may(rq->cx, &v, ACT_MEETING_CLOSE, MEETING_DO_CLOSE);
	t.may_find_inquorate =
	    v.m->starts_at <= rq->cx->now_at && !l.is_quorate &&
	    meeting_may(rq->cx, &v, ACT_MEETING_INQUORATE, MEETING_DO_FIND_INQUORATE);
	t.needs_premeeting = v.facts.needs_premeeting && !v.facts.is_premeeting_held;
	t.open_items = v.facts.open_items_n;
	t.inquorate_reason =
	    field_as(rq, web_field(rq, ACT_MEETING_INQUORATE, "reason", S("")), "faa");
	fill_agenda(rq, &v, &t);
	if (t.is_live && !t.may_take)
		t.watch = URL(rq, "/moter/%/ledelse", v.m->pid);
	fill_attendance(rq, &v, &l, &t);
	TRY(fill_item(rq, &v, &l, &t));
	t_meeting_live(&rp->o, &t);
	return OK;
}

static struct url
after_live(struct request *rq, const struct result *done)
{
	return URL(rq, "/moter/%/ledelse", done->pid);
}

const struct route sitting_routes[] = {
    PAGE("/moter/:/ledelse", MEETING_READ, get_live),
    FORM("/moter/:/ledelse/apne", MEETING_OPEN, get_live, after_live),
    FORM("/moter/:/ledelse/avslutt", MEETING_CLOSE, get_live, after_live),
    FORM("/moter/:/ledelse/ikke-beslutningsdyktig", MEETING_INQUORATE, get_live, after_meeting),
    FORM("/moter/:/ledelse/sete/:", MEETING_ATTEND, get_live, after_live),
    FORM("/moter/:/ledelse/:/ta-opp", MEETING_TAKE_UP, get_live, after_live),
    FORM("/moter/:/ledelse/:/utfall", MEETING_OUTCOME, get_live, after_live),
    FORM("/moter/:/ledelse/:/angre", MEETING_OUTCOME_UNDO, get_live, after_live),
    FORM("/moter/:/ledelse/:/habilitet", MEETING_CONFLICT, get_live, after_live),
    {0},
};
