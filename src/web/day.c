/* web/day.c - "Min dag", and the standing pages. */
#include "t_day.h"
#include "t_page_accessibility.h"
#include "t_page_help.h"
#include "t_page_privacy.h"

#include "app/meeting.h"
#include "app/round.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/day_view.h"
#include "web/document.h"
#include "web/history.h"
#include "web/page.h"
#include "web/site.h"
#include "web/task.h"

enum { ROUNDS_N = 5, MEETINGS_N = 4 };

static struct text
today_words(const struct request *rq)
{
	str s = day_full(rq->cx->a, rq->cx->lang, rq->cx->today);
	char *p = (char *)str_to_c(rq->cx->a, s);

	if (*p >= 'a' && *p <= 'z') /* weekdays begin with ASCII letters in all three */
		*p = (char)(*p - 'a' + 'A');
	return html_text_c(rq->cx->a, p);
}

/* How much there is, in a sentence; first how much of it is urgent. */
static struct text
lede_words(const struct request *rq, const struct task_row *rows, size_t n)
{
	struct arena *a = rq->cx->a;
	size_t urgent = 0;

	for (size_t i = 0; i < n; i++)
		urgent += rows[i].due_color != NULL;
	if (n == 0)
		return TEXT(rq, N_("Ingenting venter på deg nå."));
	const char *all = arena_printf(a,
	    trn(rq->cx->lang, "%s ting venter på deg.", "%s ting venter på deg.", (long long)n),
	    ui_number_word(a, rq->cx->lang, (int64_t)n));
	if (urgent == 0)
		return html_text_c(a, all);
	return html_text_s(
	    a, str_from_c(arena_printf(a, "%s %s", all,
		   arena_printf(a,
		       trn(rq->cx->lang, "%s haster.", "%s haster.", (long long)urgent),
		       ui_number_word(a, rq->cx->lang, (int64_t)urgent)))));
}

/* Of some acts, those who are told hear what it means for them. */
static struct text
notice_words(const struct request *rq, enum action action)
{
	if (action == ACT_DECISION_ACKNOWLEDGE)
		return TEXT(rq, N_("Nytt vedtak som gjelder dere"));
	if (action == ACT_MEETING_MINUTES_APPROVE)
		return TEXT(rq, N_("Protokollen er klar til godkjenning"));
	if (action == ACT_MEETING_MINUTES_READ)
		return TEXT(rq, N_("Protokollen er godkjent og kan leses"));
	return action_words(rq, action, S(""));
}

static struct text
times_words(const struct request *rq, int64_t n)
{
	struct arena *a = rq->cx->a;

	if (n < 2)
		return (struct text){S("")};
	return html_text_s(a, trf(a, rq->cx->lang, N_("%lld endringer, sist:"), (long long)n));
}

static void
fill_notices(const struct request *rq, const struct notice *list, size_t n, struct t_day *v)
{
	struct day_notice *rows = arena_array(rq->cx->a, struct day_notice, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct day_notice){
		    .what = notice_words(rq, list[i].action),
		    .title = html_text_s(rq->cx->a, list[i].title),
		    .when = web_when_exactly(rq, list[i].at),
		    .to = url_object(rq, list[i].object_type, list[i].object_pid),
		    .times = times_words(rq, list[i].times),
		};
	v->notices = rows;
	v->n_notices = n;
}

static struct err *
fill_rounds(const struct request *rq, struct t_day *v)
{
	struct arena *a = rq->cx->a;
	struct round_lines lines;

	TRY(rounds_in_progress(rq->cx, &lines));
	v->n_rounds = lines.n < ROUNDS_N ? lines.n : ROUNDS_N;
	struct day_round *rows = arena_array(a, struct day_round, v->n_rounds);
	for (size_t i = 0; i < v->n_rounds; i++) {
		const struct round_line *r = &lines.v[i];
		rows[i] = (struct day_round){
		    .title = html_text_s(a, r->title),
		    .sub = html_text_s(a, r->label),
		    .count =
			html_text_s(a, trf(a, rq->cx->lang, "%lld av %lld",
					   (long long)r->answered_n, (long long)r->asked_n)),
		    .to = url_object(rq, S("round"), r->pid),
		    .shares = {{UI_FILL_OK, r->answered_n - r->comments_n},
			{UI_FILL_REMARK, r->comments_n}},
		    .asked = r->asked_n,
		};
		rows[i].due = due_words(rq, clock_day(r->deadline_at - 1), &rows[i].due_color);
		rows[i].label =
		    html_text_s(a, trf(a, rq->cx->lang, "%lld av %lld har svart",
				       (long long)r->answered_n, (long long)r->asked_n));
	}
	v->rounds = rows;
	return OK;
}

static struct err *
fill_meetings(const struct request *rq, struct t_day *v)
{
	struct arena *a = rq->cx->a;
	struct meeting_lines lines;

	TRY(meetings_coming(rq->cx, MEETINGS_N, &lines));
	struct day_meeting *rows = arena_array(a, struct day_meeting, lines.n);
	for (size_t i = 0; i < lines.n; i++) {
		const struct meeting_line *m = &lines.v[i];
		struct ymd d = day_to_ymd(clock_day(m->starts_at));
		str month = month_name(rq->cx->lang, d.month);
		str when = clock_long(a, rq->cx->lang, m->starts_at);
		month.n = month.n > 4 ? 3 : month.n;
		rows[i] = (struct day_meeting){
		    .day = d.day,
		    .month = html_text_s(a, month),
		    .title = html_text_s(a, m->label),
		    .sub = html_text_s(
			a, str_from_c(arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(when),
			       m->place.n ? " · " : "", STR_ARG(m->place)))),
		    .to = url_object(rq, S("meeting"), m->pid),
		};
	}
	v->meetings = rows;
	v->n_meetings = lines.n;
	return OK;
}

static struct err *
fill_elsewhere(const struct request *rq, const struct tasks *here, struct t_day *v)
{
	struct arena *a = rq->cx->a;
	struct day_party *p;

	TRY(day_elsewhere(rq->cx, here, &p, &v->n_elsewhere));
	struct day_elsewhere *rows = arena_array(a, struct day_elsewhere, v->n_elsewhere);
	for (size_t i = 0; i < v->n_elsewhere; i++)
		rows[i] = (struct day_elsewhere){
		    html_text_s(a, trf(a, rq->cx->lang, N_("%s (%lld venter)"),
				       str_to_c(a, p[i].name), (long long)p[i].n)),
		    p[i].pid};
	v->elsewhere = rows;
	return OK;
}

static struct err *
get_day(struct request *rq, struct reply *rp)
{
	struct t_day v = {.today = today_words(rq)};
	struct notice *notices;
	struct tasks *tasks;
	size_t n;

	TRY(day_tasks(rq->cx, &tasks));
	TRY(day_notices(rq->cx, &notices, &n));
	TRY(web_frame(rq, TEXT(rq, N_("Min dag")), NAV_DAY, &v.frame));
	struct task_row *rows = arena_array(rq->cx->a, struct task_row, tasks->n);
	for (size_t i = 0; i < tasks->n; i++)
		rows[i] = task_row(rq, &tasks->v[i]);
	v.rows = rows;
	v.n = tasks->n;
	v.lede = lede_words(rq, rows, tasks->n);
	TRY(fill_elsewhere(rq, tasks, &v));
	fill_notices(rq, notices, n, &v);
	TRY(fill_rounds(rq, &v));
	TRY(fill_meetings(rq, &v));
	t_day(&rp->o, &v);
	return OK;
}

static struct url
after_day(struct request *rq, const struct result *done)
{
	(void)done;
	return URL(rq, "/min-dag");
}

static struct err *
get_root(struct request *rq, struct reply *rp)
{
	reply_see_other(rp, rq->session ? URL(rq, "/min-dag") : URL(rq, "/offentlig"));
	return OK;
}

static struct err *
get_help(struct request *rq, struct reply *rp)
{
	t_page_help(&rp->o, &(struct t_page_help){.frame = web_public_frame(
						      rq, TEXT(rq, N_("Hjelp")), PUBLIC_NONE)});
	return OK;
}

static struct err *
get_privacy(struct request *rq, struct reply *rp)
{
	t_page_privacy(&rp->o,
	    &(struct t_page_privacy){
		.frame = web_public_frame(rq, TEXT(rq, N_("Personvern")), PUBLIC_NONE)});
	return OK;
}

static struct err *
get_accessibility(struct request *rq, struct reply *rp)
{
	t_page_accessibility(
	    &rp->o, &(struct t_page_accessibility){
			.frame = web_public_frame(
			    rq, TEXT(rq, N_("Tilgjengelighetserklæring")), PUBLIC_NONE)});
	return OK;
}

const struct route day_routes[] = {
    OPEN("/", SPACE_PUBLIC, get_root),
    KEPT("/hjelp", SPACE_PUBLIC, get_help),
    KEPT("/personvern", SPACE_PUBLIC, get_privacy),
    KEPT("/tilgjengelighet", SPACE_PUBLIC, get_accessibility),
    PAGE("/min-dag", ACCOUNT_READ, get_day),
    FORM("/min-dag/varsler/lest", NOTICE_READ, get_day, after_day),
    {0},
};
