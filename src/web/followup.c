/* web/followup.c - what a party is to carry out; for the secretariat, how far all have come. */
#include "web/decision.h"

#include "t_followup.h"

#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/site.h"

/* --- the matrix ------------------------------------------------------------------------- */

static const struct matrix_column *
columns_of(const struct request *rq, const struct followup_matrix *x)
{
	struct arena *a = rq->cx->a;
	struct matrix_column *v = arena_array(a, struct matrix_column, x->n_decisions);

	for (size_t i = 0; i < x->n_decisions; i++) {
		const struct decision_row *d = &x->decisions[i];
		v[i] = (struct matrix_column){
		    .title = d->title, .label = d->label, .to = url_decision(rq, d->pid)};
		if (d->due_day)
			v[i].due = html_text_s(a, day_short(a, rq->cx->lang, d->due_day));
		if (x->lines_n[i])
			v[i].done = html_text_s(
			    a, trf(a, rq->cx->lang, N_("%lld av %lld"), (long long)x->done_n[i],
				   (long long)x->lines_n[i]));
	}
	return v;
}

static const struct matrix_cell *
cells_of(
    const struct request *rq, const struct followup_matrix *x, const struct followup_party *p)
{
	struct matrix_cell *v = arena_array(rq->cx->a, struct matrix_cell, x->n_decisions);

	for (size_t i = 0; i < x->n_decisions; i++)
		if (p->cells[i].is_there)
			v[i] = (struct matrix_cell){
			    line_status(p->cells[i].status, p->cells[i].is_overdue),
			    line_words(rq, p->cells[i].status, p->cells[i].is_overdue)};
	return v;
}

struct matrix
matrix_of(const struct request *rq, const struct followup_matrix *x, bool only_late)
{
	struct matrix_line *v = arena_array(rq->cx->a, struct matrix_line, x->n_parties);
	size_t n = 0;

	for (size_t i = 0; i < x->n_parties; i++) {
		const struct followup_party *p = &x->parties[i];
		if (only_late && !p->overdue_n)
			continue;
		v[n++] = (struct matrix_line){p->name, p->side, cells_of(rq, x, p), p->open_n};
	}
	return (struct matrix){columns_of(rq, x), x->n_decisions, v, n, x->open_n};
}

/* --- one's own lines -------------------------------------------------------------------- */

static struct err *
fill_own(struct request *rq, struct t_followup *t)
{
	struct arena *a = rq->cx->a;
	struct followup_line *v;
	size_t n;

	TRY(followup_own(rq->cx, &v, &n));
	struct own_row *rows = arena_array(a, struct own_row, n);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct own_row){
		    .title = v[i].title,
		    .sub = html_text_s(a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT,
					      STR_ARG(v[i].label), STR_ARG(v[i].body_abbr)))),
		    .to = url_decision(rq, v[i].pid),
		    .due = day_words(rq, v[i].due_day),
		    .status = line_status(v[i].status, v[i].is_overdue),
		    .words = line_words(rq, v[i].status, v[i].is_overdue),
		};
		if (!v[i].seen_at) {
			rows[i].status = UI_WAITING;
			rows[i].words = TEXT(rq, N_("Mottak er ikke bekreftet"));
		}
	}
	t->rows = rows;
	t->n_rows = n;
	return OK;
}

static struct err *
get_followup(struct request *rq, struct reply *rp)
{
	struct t_followup v = {0};
	struct followup_matrix x;
	struct arena *a = rq->cx->a;
	struct ui_chip *chips = arena_array(a, struct ui_chip, 2);

	v.only_late = str_eq(given_value(&rq->query, "vis"), S("forsinket"));
	TRY(web_frame(rq, TEXT(rq, N_("Oppfølging")), NAV_TASKS, &v.frame));
	TRY(fill_own(rq, &v));
	TRY(followup_matrix(rq->cx, 0, &x));
	v.matrix = matrix_of(rq, &x, v.only_late);
	v.party = rq->cx->actor->party_name;
	chips[0] = (struct ui_chip){
	    html_text_s(a, trf(a, rq->cx->lang, N_("Alle %lld"), (long long)x.n_parties)),
	    URL(rq, "/oppfolging"), !v.only_late};
	chips[1] = (struct ui_chip){html_text_s(a, trf(a, rq->cx->lang, N_("Forsinket %lld"),
						       (long long)x.late_parties_n)),
	    url_with(a, URL(rq, "/oppfolging"), "vis", S("forsinket")), v.only_late};
	v.chips = chips;
	t_followup(&rp->o, &v);
	return OK;
}

const struct route followup_routes[] = {
    PAGE("/oppfolging", SPACE_READ, get_followup),
    {0},
};
