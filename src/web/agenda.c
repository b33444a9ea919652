/* web/agenda.c - the page on which a meeting's agenda is made. */
#include "t_meeting_agenda.h"

#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/meeting.h"
#include "web/site.h"

static str
number(struct request *rq, int64_t n)
{
	return str_from_c(arena_printf(rq->cx->a, "%lld", (long long)n));
}

struct request
request_for_row(const struct request *rq, str pid)
{
	static const struct usecase other;
	struct request calm = *rq;

	if (rq->tried && !str_eq(rq->arg[1], pid)) {
		calm.tried = &other;
		calm.wrong = NULL;
	}
	return calm;
}

/* The forms of one item: its kind and minutes, up and down, off. */
static void
fill_row(struct request *rq, const struct meeting_view *v, const struct agenda_item *t,
    struct agenda_row *r)
{
	struct request mine = request_for_row(rq, t->pid);
	const char *id = str_to_c(rq->cx->a, t->pid);

	r->order = URL(rq, "/moter/%/saksliste/%/ordne", v->m->pid, t->pid);
	r->remove = URL(rq, "/moter/%/saksliste/%/ta-av", v->m->pid, t->pid);
	r->kind = field_as(rq,
	    web_field(
		&mine, ACT_MEETING_AGENDA_ORDER, "kind", str_from_c(item_kind_key(t->kind))),
	    id);
	r->kind.kind = UI_SELECT;
	r->length = field_as(rq,
	    web_field(&mine, ACT_MEETING_AGENDA_ORDER, "length", number(rq, t->length_min)),
	    id);
	r->reason =
	    field_as(rq, web_field(&mine, ACT_MEETING_AGENDA_REMOVE, "reason", S("")), id);
	r->reason.rows = 2;
	r->is_tried = rq->wrong && str_eq(rq->arg[1], t->pid);
}

static struct text
ready_words(struct request *rq, const struct ready_matter *m)
{
	const char *note = m->is_named_here  ? N_(" (utsatt hit)")
			   : m->is_postponed ? N_(" (utsatt)")
					     : NULL;

	return html_text_s(rq->cx->a,
	    str_from_c(arena_printf(rq->cx->a, STR_FMT " " STR_FMT "%s", STR_ARG(m->label),
		STR_ARG(m->title), note ? tr(rq->cx->lang, note) : "")));
}

static struct err *
matter_field(struct request *rq, const struct meeting_view *v, struct t_ui_field *ret)
{
	struct ready_matter *list;
	size_t n;
	str chosen = form_value(rq, "matter", S(""));

	TRY(agenda_ready(rq->cx, v->m, &list, &n));
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, n + 1);
	p[0] = (struct ui_option){.label = TEXT(rq, N_("Velg sak"))};
	for (size_t i = 0; i < n; i++)
		p[i + 1] = (struct ui_option){.value = list[i].pid,
		    .label = ready_words(rq, &list[i]),
		    .chosen = str_eq(list[i].pid, chosen)};
	*ret = field_of(web_field(rq, ACT_MEETING_AGENDA_ADD, "matter", S("")), UI_SELECT, p,
	    n ? n + 1 : 0);
	ret->optional = false;
	return OK;
}

static void
fill_add(struct request *rq, struct t_meeting_agenda *t)
{
	enum action add = ACT_MEETING_AGENDA_ADD;

	t->kind = web_field(rq, add, "kind", S("decide"));
	t->kind.kind = UI_SELECT;
	t->length = web_field(rq, add, "length", S("30"));
	t->title = web_field(rq, add, "title", S(""));
	t->title.optional = false;
	t->fixed_length = field_as(rq, web_field(rq, add, "length", S("15")), "fast");
	t->late_reason = field_as(rq, web_field(rq, add, "reason", S("")), "etter");
	t->fixed_reason = field_as(rq, web_field(rq, add, "reason", S("")), "fast");
}

static struct err *
get_agenda(struct request *rq, struct reply *rp)
{
	struct t_meeting_agenda t = {.faults = web_faults(rq)};
	struct meeting_view v;

	TRY(meeting_view(rq->cx, rq->arg[0], &v));
	TRY(cx_need(rq->cx, ACT_MEETING_AGENDA_ADD, &v.object));
	TRY(meeting_page(rq, &v, TEXT(rq, N_("Saksliste")), &t.frame, &t.head));
	t.m = v.m;
	struct agenda_row *rows = agenda_rows(rq, &v);
	for (size_t i = 0; i < v.n_items; i++)
		fill_row(rq, &v, &v.items[i], &rows[i]);
	t.rows = rows;
	t.n_rows = v.n_items;
	t.may_edit = v.m->state == MEETING_AGENDA_DRAFT;
	t.is_late = meeting_is_called(v.m->state);
	t.may_add = v.m->state == MEETING_PLANNED || t.may_edit ||
		    (t.is_late && meeting_takes_items(v.m->state, v.facts.is_extraordinary));
	t.sum = v.inform_min + v.discuss_min + v.decide_min + v.fixed_min;
	t.share = meeting_information_share(v.inform_min, v.discuss_min, v.decide_min);
	t.has_approvals = false;
	for (size_t i = 0; i < v.n_places; i++)
		t.has_approvals |= v.places[i].name.n > 0;
	TRY(matter_field(rq, &v, &t.matter));
	fill_add(rq, &t);
	t_meeting_agenda(&rp->o, &t);
	return OK;
}

static struct url
after_agenda(struct request *rq, const struct result *done)
{
	return URL(rq, "/moter/%/saksliste", done->pid);
}

const struct route agenda_routes[] = {
    PAGE("/moter/:/saksliste", MEETING_READ, get_agenda),
    FORM("/moter/:/saksliste", MEETING_AGENDA_ADD, get_agenda, after_agenda),
    FORM("/moter/:/saksliste/:/ordne", MEETING_AGENDA_ORDER, get_agenda, after_agenda),
    FORM("/moter/:/saksliste/:/ta-av", MEETING_AGENDA_REMOVE, get_agenda, after_agenda),
    {0},
};
