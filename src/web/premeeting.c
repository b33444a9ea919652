/* web/premeeting.c - a side's own room before a meeting. */
#include "t_premeeting.h"

#include "app/premeeting.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/meeting.h"
#include "web/site.h"

static const struct {
	const char *words;
	enum ui_status status;
} states[PREMEETING_STATE_N + 1] = {
    [PREMEETING_SCHEDULED] = {N_("Planlagt"), UI_WAITING},
    [PREMEETING_HELD] = {N_("Holdt"), UI_ONGOING},
    [PREMEETING_RECORDED] = {N_("Holdt, alle standpunkt er ført"), UI_OK},
    [PREMEETING_CANCELLED] = {N_("Avlyst"), UI_AGAINST},
};

static const struct {
	const char *words;
	enum ui_status status;
} positions[] =
    {
	[POSITION_COMMON] = {N_("Felles standpunkt"), UI_OK},
	[POSITION_SPLIT] = {N_("Delt"), UI_REMARK},
	[POSITION_NONE] = {N_("Ikke noe standpunkt"), UI_NOTHING},
},
  stands[] = {
      [STAND_AGREES] = {N_("Enig"), UI_OK},
      [STAND_ABSTAINS] = {N_("Avstår"), UI_NOTHING},
      [STAND_DISAGREES] = {N_("Uenig"), UI_AGAINST},
};

/* --- one item --------------------------------------------------------------------------- */

/* Every party that is asked, with what it holds. */
static void
fill_stands(struct request *rq, const struct premeeting_room *r, struct premeeting_item *x)
{
	struct stand_row *v = arena_array(rq->cx->a, struct stand_row, r->n_asked);

	for (size_t i = 0; i < r->n_asked; i++) {
		v[i] = (struct stand_row){
		    .party = html_text_s(rq->cx->a, r->asked[i].name),
		    .words = TEXT(rq, N_("Ikke svart")),
		    .status = UI_NOT_BEGUN,
		};
		for (size_t k = 0; k < r->n_stands; k++) {
			const struct stand_line *s = &r->stands[k];
			if (s->item_id != x->item->id || !str_eq(s->party_pid, r->asked[i].pid))
				continue;
			v[i].words = TEXT(rq, stands[s->stand].words);
			v[i].status = stands[s->stand].status;
			v[i].text = s->text;
		}
	}
	for (size_t i = 0; i < r->n_asked; i++)
		if (r->asked[i].id == rq->cx->actor->party_id)
			x->is_silent = v[i].status == UI_NOT_BEGUN;
	x->stands = v;
	x->n_stands = r->n_asked;
}

static void
fill_position(struct request *rq, const struct premeeting_room *r, struct premeeting_item *x)
{
	for (size_t i = 0; i < r->n_positions; i++) {
		const struct position_row *p = &r->positions[i];
		if (p->item_id != x->item->id)
			continue;
		x->has_position = true;
		x->position_words = TEXT(rq, positions[p->kind].words);
		x->position_status = positions[p->kind].status;
		x->text = p->text;
		x->minority = p->minority;
		x->is_released = p->released_at != 0;
		x->may_release &= p->kind != POSITION_NONE;
		if (p->released_at)
			x->released = html_text_s(
			    rq->cx->a, clock_long(rq->cx->a, rq->cx->lang, p->released_at));
	}
	x->may_release &= x->has_position && !x->is_released;
	x->may_position &= !x->is_released;
}

static struct ui_option *
party_options(struct request *rq, const struct premeeting_room *r)
{
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, r->n_asked + 1);

	p[0] = (struct ui_option){.label = html_text_s(rq->cx->a, rq->cx->actor->party_name)};
	for (size_t i = 0; i < r->n_asked; i++)
		p[i + 1] = (struct ui_option){.value = r->asked[i].pid,
		    .label = html_text_s(rq->cx->a, r->asked[i].name)};
	return p;
}

static void
fill_item_fields(struct request *rq, const struct premeeting_room *r, struct premeeting_item *x)
{
	struct request mine = request_for_row(rq, x->item->pid);
	const char *id = str_to_c(rq->cx->a, x->item->pid);
	str kind = S("common");

	for (size_t i = 0; i < r->n_positions; i++)
		if (r->positions[i].item_id == x->item->id)
			kind = str_from_c(position_key(r->positions[i].kind));
#define FIELD(act, name, now) \
	field_as(rq, web_field(&mine, ACT_PREMEETING_##act, name, now), id)
	x->f_stand = FIELD(STAND, "stand", S(""));
	x->f_stand_text = field_as(rq, web_field(&mine, ACT_PREMEETING_STAND, "text", S("")),
	    arena_printf(rq->cx->a, "syn-%s", id));
	x->f_stand_text.rows = 2;
	x->f_party = field_of(FIELD(STAND, "party", S("")), UI_SELECT, party_options(rq, r),
	    r->may_register_for ? r->n_asked + 1 : 0);
	x->f_position = FIELD(POSITION, "position", kind);
	x->f_text = FIELD(POSITION, "text", x->text);
	x->f_minority = FIELD(POSITION, "minority", x->minority);
	x->f_text.rows = x->f_minority.rows = 3;
#undef FIELD
}

static void
fill_items(struct request *rq, const struct premeeting_room *r, struct t_premeeting *t)
{
	struct premeeting_item *v = arena_array(rq->cx->a, struct premeeting_item, r->n_items);
	size_t n = 0;

#define MAY(act) premeeting_may(rq->cx, r, ACT_PREMEETING_##act, PREMEETING_DO_##act)
	for (size_t i = 0; i < r->n_items; i++) {
		const struct agenda_item *item = &r->items[i];
		struct premeeting_item *x = &v[n];
		if (!item->matter_id)
			continue;
		*x = (struct premeeting_item){
		    .item = item,
		    .is_tried = rq->wrong && str_eq(rq->arg[1], item->pid),
		    .title = html_text_s(rq->cx->a, item->title),
		    .label = html_text_s(rq->cx->a, item->matter_label),
		    .to = URL(rq, "/saker/%", item->matter_pid),
		    .stand = URL(rq, "/moter/%/formote/%/syn", r->m->pid, item->pid),
		    .position = URL(rq, "/moter/%/formote/%/standpunkt", r->m->pid, item->pid),
		    .release = URL(rq, "/moter/%/formote/%/vis", r->m->pid, item->pid),
		    .may_stand = MAY(STAND),
		    .may_position = MAY(POSITION),
		    .may_release = MAY(RELEASE),
		};
		fill_stands(rq, r, x);
		fill_position(rq, r, x);
		fill_item_fields(rq, r, x);
		t->open_n += !x->has_position;
		n++;
	}
	t->items = v;
	t->n_items = n;
	t->may_write = MAY(WRITE);
	t->may_hold = MAY(HOLD);
	t->may_record = MAY(RECORD);
	t->may_cancel = MAY(CANCEL);
#undef MAY
}

/* --- the page --------------------------------------------------------------------------- */

static struct err *
fill_frame(struct request *rq, const struct premeeting_room *r, struct t_premeeting *t)
{
	struct ui_link *c = arena_array(rq->cx->a, struct ui_link, 3);
	struct text title = TEXT(rq, N_("Formøte"));

	TRY(web_frame(rq, title, NAV_MEETINGS, &t->frame));
	c[0] = (struct ui_link){TEXT(rq, N_("Møter")), URL(rq, "/moter")};
	c[1] =
	    (struct ui_link){html_text_s(rq->cx->a, r->m->label), url_meeting(rq, r->m->pid)};
	c[2] = (struct ui_link){title, {S("")}};
	t->frame.crumbs = c;
	t->frame.n_crumbs = 3;
	return OK;
}

static void
fill_room(struct request *rq, const struct premeeting_room *r, struct t_premeeting *t)
{
	struct arena *a = rq->cx->a;

	t->p = r->p;
	if (!r->p)
		return;
	t->status = states[r->p->state].status;
	t->status_words = TEXT(rq, states[r->p->state].words);
	t->when = html_text_s(a, clock_long(a, rq->cx->lang, r->p->starts_at));
	t->notes = web_field(rq, ACT_PREMEETING_WRITE, "notes", r->p->notes);
	t->notes.optional = true;
	t->cancel_reason =
	    field_as(rq, web_field(rq, ACT_PREMEETING_CANCEL, "reason", S("")), "avlys");
	struct buf asked = buf_new(a, 8000);
	for (size_t i = 0; i < r->n_asked; i++)
		buf_printf(&asked, "%s" STR_FMT, i ? ", " : "", STR_ARG(r->asked[i].name));
	t->asked = html_text_s(a, buf_str(&asked));
	t->has_agenda = r->has_agenda;
	t->common_percent = r->common_percent ? r->common_percent : 100;
	fill_items(rq, r, t);
}

static struct err *
get_premeeting(struct request *rq, struct reply *rp)
{
	struct t_premeeting t = {.faults = web_faults(rq)};
	struct premeeting_room r;
	struct arena *a = rq->cx->a;

	TRY(premeeting_room(rq->cx, rq->arg[0], &r));
	TRY(fill_frame(rq, &r, &t));
	t.meeting_pid = r.m->pid;
	t.eyebrow = html_text_s(
	    a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT, STR_ARG(r.m->label),
		   STR_ARG(meeting_when(rq, r.m->starts_at, r.m->length_min)))));
	t.side = r.side;
	t.side_name = side_inline_words(rq, r.side);
	fill_room(rq, &r, &t);
	t.may_plan =
	    r.may_plan || (r.p && r.p->state == PREMEETING_CANCELLED && r.may_register_for);
	t.starts = web_field(rq, ACT_PREMEETING_PLAN, "starts", S(""));
	t.starts_time = clock_field(rq, ACT_PREMEETING_PLAN, "starts", 0);
	t.place = web_field(rq, ACT_PREMEETING_PLAN, "place", S(""));
	t_premeeting(&rp->o, &t);
	return OK;
}

static struct url
after_premeeting(struct request *rq, const struct result *done)
{
	(void)done;
	return URL(rq, "/moter/%/formote", rq->arg[0]);
}

const struct route premeeting_routes[] = {
    PAGE("/moter/:/formote", PREMEETING_READ, get_premeeting),
    FORM("/moter/:/formote", PREMEETING_PLAN, get_premeeting, after_premeeting),
    FORM("/moter/:/formote/notater", PREMEETING_WRITE, get_premeeting, after_premeeting),
    FORM("/moter/:/formote/holdt", PREMEETING_HOLD, get_premeeting, after_premeeting),
    FORM("/moter/:/formote/ferdig", PREMEETING_RECORD, get_premeeting, after_premeeting),
    FORM("/moter/:/formote/avlys", PREMEETING_CANCEL, get_premeeting, after_premeeting),
    FORM("/moter/:/formote/:/syn", PREMEETING_STAND, get_premeeting, after_premeeting),
    FORM(
	"/moter/:/formote/:/standpunkt", PREMEETING_POSITION, get_premeeting, after_premeeting),
    FORM("/moter/:/formote/:/vis", PREMEETING_RELEASE, get_premeeting, after_premeeting),
    {0},
};
