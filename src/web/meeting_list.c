/* web/meeting_list.c - the list of meetings, and planning one. */
#include "web/meeting.h"

#include "t_meeting_list.h"
#include "t_meeting_new.h"

#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/site.h"

enum { LIST_N = 40, MATTERS_N = 100 };

/* --- the list --------------------------------------------------------------------------- */

static struct meeting_list_row *
rows_of(struct request *rq, const struct meeting_lines *l)
{
	struct arena *a = rq->cx->a;
	struct meeting_list_row *v = arena_array(a, struct meeting_list_row, l->n);

	for (size_t i = 0; i < l->n; i++) {
		const struct meeting_line *m = &l->v[i];
		struct ymd d = day_to_ymd(clock_day(m->starts_at));
		str month = month_name(rq->cx->lang, d.month);
		if (month.n > 4)
			month.n = 3;
		v[i] = (struct meeting_list_row){
		    .day = d.day,
		    .month = html_text_s(a, month),
		    .title = html_text_s(a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT,
						STR_ARG(m->label), STR_ARG(m->body_name)))),
		    .sub = html_text_s(a, meeting_when(rq, m->starts_at, m->length_min)),
		    .status = meeting_state_status(m->state),
		    .status_words = meeting_state_words(rq, m->state),
		    .to = url_meeting(rq, m->pid),
		};
	}
	return v;
}

static struct err *
get_list(struct request *rq, struct reply *rp)
{
	struct meeting_lines coming, past;
	str after = given_value(&rq->query, "etter");
	struct t_meeting_list v = {.may_plan = may_in_space(rq, ACT_MEETING_PLAN),
	    .may_request = may_in_space(rq, ACT_MEETING_REQUEST)};

	TRY(web_frame(rq, TEXT(rq, N_("Møter")), NAV_MEETINGS, &v.frame));
	TRY(meetings_coming(rq->cx, after.n ? 0 : LIST_N, &coming));
	TRY(meetings_past(rq->cx, after, LIST_N, &past));
	v.coming = rows_of(rq, &coming);
	v.n_coming = coming.n;
	v.past = rows_of(rq, &past);
	v.n_past = past.n;
	v.is_older = after.n > 0;
	if (past.n == LIST_N)
		v.older =
		    url_with(rq->cx->a, URL(rq, "/moter"), "etter", past.v[past.n - 1].pid);
	t_meeting_list(&rp->o, &v);
	return OK;
}

/* --- planning one ----------------------------------------------------------------------- */

static struct err *
party_options(struct request *rq, struct ui_option **ret, size_t *ret_n)
{
	struct meeting_party *rows;
	size_t n;
	str chosen = form_value(rq, "requester", S(""));

	TRY(meeting_parties(rq->cx, &rows, &n));
	*ret = arena_array(rq->cx->a, struct ui_option, n + 1);
	(*ret)[0] = (struct ui_option){.label = TEXT(rq, N_("Ingen"))};
	for (size_t i = 0; i < n; i++)
		(*ret)[i + 1] = (struct ui_option){.value = rows[i].pid,
		    .label = html_text_s(rq->cx->a, rows[i].name),
		    .chosen = str_eq(rows[i].pid, chosen)};
	*ret_n = n + 1;
	return OK;
}

static bool
is_to_be_taken_up(int64_t state)
{
	return state >= MATTER_RECEIVED && state <= MATTER_POSTPONED &&
	       !(state >= MATTER_DECIDED && state <= MATTER_NOTED);
}

static struct err *
matter_options(struct request *rq, struct ui_option **ret, size_t *ret_n)
{
	struct matter_lines lines;

	TRY(matters_recent_in(rq->cx, is_to_be_taken_up, MATTERS_N, &lines));
	*ret = arena_array(rq->cx->a, struct ui_option, lines.n);
	for (size_t i = 0; i < lines.n; i++) {
		const struct matter_line *m = &lines.v[i];
		(*ret)[i] = (struct ui_option){.value = m->pid,
		    .label = html_text_s(
			rq->cx->a, str_from_c(arena_printf(rq->cx->a, STR_FMT " " STR_FMT,
				       STR_ARG(m->label), STR_ARG(m->title)))),
		    .chosen = form_has(rq, "matters", str_to_c(rq->cx->a, m->pid), false)};
	}
	*ret_n = lines.n;
	return OK;
}

/* The same page plans a meeting and asks for an extraordinary one. */
static struct err *
draw_new(struct request *rq, struct reply *rp, enum action action)
{
	bool plans = action == ACT_MEETING_PLAN;
	struct t_meeting_new v = {.plans = plans, .faults = web_faults(rq)};
	struct ui_option *parties = NULL, *matters;
	struct body_choice *bodies;
	size_t n, n_parties = 0, n_matters;

	TRY(web_frame(rq,
	    TEXT(rq, plans ? N_("Planlegg møte") : N_("Be om ekstraordinært møte")),
	    NAV_MEETINGS, &v.frame));
	TRY(meeting_bodies(rq->cx, &bodies, &n));
	TRY(matter_options(rq, &matters, &n_matters));
	v.body = field_of(web_field(rq, action, "body", S("")), UI_SELECT,
	    body_options(rq, "body", bodies, n), n + 1);
	v.starts = web_field(rq, action, "starts", S(""));
	v.starts_time = clock_field(rq, action, "starts", 0);
	v.length = web_field(rq, action, "length", S("120"));
	v.place = web_field(rq, action, "place", S(""));
	v.matters =
	    field_of(web_field(rq, action, "matters", S("")), UI_BOXES, matters, n_matters);
	v.action = plans ? URL(rq, "/moter/ny") : URL(rq, "/moter/krev");
	if (plans) {
		TRY(party_options(rq, &parties, &n_parties));
		v.extraordinary = web_field(rq, action, "extraordinary", S(""));
		v.requester = field_of(
		    web_field(rq, action, "requester", S("")), UI_SELECT, parties, n_parties);
	}
	t_meeting_new(&rp->o, &v);
	return OK;
}

static struct err *
get_new(struct request *rq, struct reply *rp)
{
	return draw_new(rq, rp, ACT_MEETING_PLAN);
}

static struct err *
get_request(struct request *rq, struct reply *rp)
{
	return draw_new(rq, rp, ACT_MEETING_REQUEST);
}

const struct route meeting_list_routes[] = {
    PAGE("/moter", SPACE_READ, get_list),
    PAGE("/moter/ny", MEETING_PLAN, get_new),
    FORM("/moter/ny", MEETING_PLAN, get_new, after_meeting),
    PAGE("/moter/krev", MEETING_REQUEST, get_request),
    FORM("/moter/krev", MEETING_REQUEST, get_request, after_meeting),
    {0},
};
