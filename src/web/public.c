/* web/public.c - what everybody may see. */
#include "t_public_decision.h"
#include "t_public_front.h"
#include "t_public_list.h"
#include "t_public_matter.h"
#include "t_public_meeting.h"

#include "app/public.h"
#include "base/clock.h"
#include "core/charter.h"
#include "core/matter.h"
#include "tr.h"
#include "web/areas.h"
#include "web/kept.h"
#include "web/page.h"
#include "web/public_view.h"
#include "web/site.h"

enum { FRONT_N = 6, LIST_N = 100, FACES_MAX = 60 };

/* --- rows ------------------------------------------------------------------------------- */

static struct text
month_short(const struct request *rq, int month)
{
	str name = month_name(rq->cx->lang, month);

	if (name.n > 4)
		name.n = 3;
	return html_text_s(rq->cx->a, name);
}

static struct public_meeting_row *
meeting_rows(const struct request *rq, const struct public_meeting_line *list, size_t n)
{
	struct arena *a = rq->cx->a;
	struct public_meeting_row *v = arena_array(a, struct public_meeting_row, n);

	for (size_t i = 0; i < n; i++) {
		struct ymd d = day_to_ymd(clock_day(list[i].starts_at));
		str when = clock_long(a, rq->cx->lang, list[i].starts_at);
		v[i] = (struct public_meeting_row){
		    .is_off = list[i].is_off,
		    .day = d.day,
		    .month = month_short(rq, d.month),
		    .title = html_text_s(a, list[i].label),
		    .sub = html_text_s(
			a, str_from_c(arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(when),
			       list[i].place.n ? " · " : "", STR_ARG(list[i].place)))),
		    .to = URL(rq, "/offentlig/moter/%", list[i].pid),
		};
	}
	return v;
}

static const struct {
	const char *words;
	enum ui_status status;
} authorities[] = {
    [OUTCOME_DECIDE] = {N_("Vedtatt"), UI_OK},
    [OUTCOME_RECOMMEND] = {N_("Anbefalt"), UI_OK},
    [OUTCOME_ADVISE] = {N_("Råd gitt"), UI_REMARK},
    [OUTCOME_NOTE] = {N_("Tatt til orientering"), UI_REMARK},
};

static struct public_decision_row *
decision_rows(const struct request *rq, const struct public_decision_line *list, size_t n)
{
	struct arena *a = rq->cx->a;
	struct public_decision_row *v = arena_array(a, struct public_decision_row, n);

	for (size_t i = 0; i < n; i++) {
		str day = day_long(a, rq->cx->lang, list[i].decided_day);
		v[i] = (struct public_decision_row){
		    .label = html_text_s(a, list[i].label),
		    .title = html_text_s(a, list[i].title),
		    .sub = html_text_s(a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT,
					      STR_ARG(list[i].body_abbr), STR_ARG(day)))),
		    .words = TEXT(rq, authorities[list[i].authority].words),
		    .status = authorities[list[i].authority].status,
		    .to = URL(rq, "/offentlig/vedtak/%", list[i].pid),
		};
	}
	return v;
}

/* --- the front page --------------------------------------------------------------------- */

enum {
	FACE_COLUMNS = 6,
	FACE_DX = 60,
	FACE_DY = 56,
	FACE_X = 40,
	FACE_Y = 34,
	FACE_TRUST = 44
};

/* Places go to and fro, so that one thread runs through all of them. */
static int
face_x(int n)
{
	int column = n % FACE_COLUMNS;

	return FACE_X + FACE_DX * (n / FACE_COLUMNS % 2 ? FACE_COLUMNS - 1 - column : column);
}

static int
face_y(int n)
{
	return FACE_Y + n / FACE_COLUMNS * FACE_DY;
}

/* From the place before to this one: along a row, or round the end of it. */
static void
put_thread(struct buf *b, int n)
{
	int x = face_x(n), y = face_y(n), x0 = face_x(n - 1), y0 = face_y(n - 1);
	int out = x > FACE_X + 2 * FACE_DX ? 36 : -36, middle = (x + x0) / 2;

	if (n == 0)
		buf_printf(b, "M%d %d", x, y);
	else if (y == y0)
		buf_printf(b, "C%d %d %d %d %d %d", middle, y0 - 14, middle, y + 14, x, y);
	else
		buf_printf(b, "C%d %d %d %d %d %d", x0 + out, y0, x + out, y, x, y);
}

/* 8 to 26, its square by the population. */
static int
face_radius(const struct charter_party *p, int64_t today)
{
	const struct charter_population *n = charter_party_population(p, today);
	int r = 8;

	while (r < 26 && n && (int64_t)r * r * 200 < n->value)
		r++;
	return r;
}

/* The picture: a circle for each municipality, by its population, and a square for the
 * trust, on one thread. */
static struct public_faces
faces(const struct request *rq)
{
	const struct charter *c = rq->cx->charter;
	struct buf thread = buf_new(rq->cx->a, 64 << 10);
	struct public_face *v = arena_array(rq->cx->a, struct public_face, FACES_MAX);
	int n = 0;

	for (size_t i = 0; i < c->n_parties && n < FACES_MAX; i++) {
		const struct charter_party *p = &c->parties[i];
		if (p->kind != PARTY_MUNICIPALITY)
			continue;
		put_thread(&thread, n);
		v[n] =
		    (struct public_face){face_x(n), face_y(n), face_radius(p, rq->cx->today)};
		n++;
	}
	put_thread(&thread, n);
	return (struct public_faces){
	    .v = v,
	    .n = (size_t)n,
	    .thread = buf_str(&thread),
	    .trust_x = face_x(n) - FACE_TRUST / 2,
	    .trust_y = face_y(n) - FACE_TRUST / 2,
	    .trust_side = FACE_TRUST,
	    .box = str_from_c(arena_printf(rq->cx->a, "0 0 380 %d", face_y(n) + 34)),
	};
}

static int64_t
members_of(const struct request *rq)
{
	const struct charter *c = rq->cx->charter;
	int64_t n = 0;

	for (size_t i = 0; i < c->n_parties; i++)
		n += c->parties[i].kind == PARTY_MUNICIPALITY &&
		     charter_party_is_member(&c->parties[i], rq->cx->today);
	return n;
}

/* "6 fra kommunene og 6 fra sykehuset. Møtes 4 ganger i året." */
static struct text
body_words(const struct request *rq, const struct charter_body *b)
{
	struct arena *a = rq->cx->a;
	long long times = (long long)b->cadence.per_year, from[2] = {0, 0};
	struct buf w = buf_new(a, 256);

	for (size_t i = 0; i < b->seats.n; i++) {
		enum side side = b->seats.v[i].from->side;
		if (side == SIDE_MUNICIPAL || side == SIDE_TRUST)
			from[side == SIDE_TRUST]++;
	}
	if (from[0] && from[1])
		buf_printf(&w, STR_FMT " ",
		    STR_ARG(trf(a, rq->cx->lang,
			N_("%lld fra kommunene og %lld fra sykehuset."), from[0], from[1])));
	buf_printf(&w,
	    trn(rq->cx->lang, "Møtes %lld gang i året.", "Møtes %lld ganger i året.", times),
	    times);
	return html_text_s(a, buf_str(&w));
}

/* The joint bodies on the three levels, with how often they meet. */
static size_t
bodies_of(const struct request *rq, struct public_body *v, size_t max)
{
	const struct charter *c = rq->cx->charter;
	struct arena *a = rq->cx->a;
	size_t n = 0;

	for (size_t i = 0; i < c->n_bodies && n < max; i++) {
		const struct charter_body *b = &c->bodies[i];
		if (!charter_body_is_joint(b) || b->level == LEVEL_LOCAL ||
		    !b->cadence.per_year)
			continue;
		v[n++] = (struct public_body){
		    html_text_s(a, charter_say(&b->name, rq->cx->lang)), body_words(rq, b)};
	}
	return n;
}

static size_t
names_of(const struct request *rq, struct text *v, size_t max)
{
	const struct charter *c = rq->cx->charter;
	size_t n = 0;

	for (size_t i = 0; i < c->n_parties && n < max; i++)
		if (c->parties[i].kind == PARTY_MUNICIPALITY ||
		    c->parties[i].kind == PARTY_HEALTH_TRUST)
			v[n++] = html_text_s(
			    rq->cx->a, charter_say(&c->parties[i].name, rq->cx->lang));
	return n;
}

static struct err *
get_front(struct request *rq, struct reply *rp)
{
	struct cx *cx = rq->cx;
	struct public_meeting_line *next, *held;
	struct public_decision_line *decisions;
	struct t_public_front v = {
	    .frame = web_public_frame(rq, TEXT(rq, N_("Åpent for alle")), PUBLIC_NONE),
	    .faces = faces(rq),
	    .members = members_of(rq),
	};

	TRY(public_meetings_to_come(cx, FRONT_N, &next, &v.n_next));
	TRY(public_meetings_held(cx, S(""), FRONT_N, &held, &v.n_held));
	TRY(public_decisions(cx, S(""), FRONT_N, &decisions, &v.n_decisions));
	v.next = meeting_rows(rq, next, v.n_next);
	v.held = meeting_rows(rq, held, v.n_held);
	v.decisions = decision_rows(rq, decisions, v.n_decisions);
	struct public_body *bodies = arena_array(cx->a, struct public_body, 6);
	struct text *names = arena_array(cx->a, struct text, FACES_MAX);
	v.n_bodies = bodies_of(rq, bodies, 6);
	v.bodies = bodies;
	v.n_names = names_of(rq, names, FACES_MAX);
	v.names = names;
	t_public_front(&rp->o, &v);
	return OK;
}

/* --- lists ------------------------------------------------------------------------------ */

static struct err *
get_meetings(struct request *rq, struct reply *rp)
{
	struct public_meeting_line *next, *held;
	str after = given_value(&rq->query, "etter");
	struct t_public_list v = {
	    .frame = web_public_frame(rq, TEXT(rq, N_("Møter")), PUBLIC_MEETINGS),
	    .shows_meetings = true,
	    .is_older = after.n > 0,
	};

	TRY(public_meetings_to_come(rq->cx, after.n ? 0 : LIST_N, &next, &v.n_next));
	TRY(public_meetings_held(rq->cx, after, LIST_N, &held, &v.n_held));
	v.next = meeting_rows(rq, next, v.n_next);
	v.held = meeting_rows(rq, held, v.n_held);
	if (v.n_held == LIST_N)
		v.older = url_with(
		    rq->cx->a, URL(rq, "/offentlig/moter"), "etter", held[v.n_held - 1].pid);
	t_public_list(&rp->o, &v);
	return OK;
}

static struct err *
get_decisions(struct request *rq, struct reply *rp)
{
	struct public_decision_line *list;
	struct t_public_list v = {
	    .frame = web_public_frame(rq, TEXT(rq, N_("Vedtak")), PUBLIC_DECISIONS)};

	TRY(public_decisions(
	    rq->cx, given_value(&rq->query, "etter"), LIST_N, &list, &v.n_decisions));
	v.decisions = decision_rows(rq, list, v.n_decisions);
	if (v.n_decisions == LIST_N)
		v.older = url_with(rq->cx->a, URL(rq, "/offentlig/vedtak"), "etter",
		    list[v.n_decisions - 1].pid);
	t_public_list(&rp->o, &v);
	return OK;
}

/* --- one thing -------------------------------------------------------------------------- */

static struct err *
get_meeting(struct request *rq, struct reply *rp)
{
	struct t_public_meeting v = {0};
	struct arena *a = rq->cx->a;

	TRY(public_meeting_read(rq->cx, rq->arg[0], &v.m));
	v.frame = web_public_frame(rq, html_text_s(a, v.m.label), PUBLIC_MEETINGS);
	v.when = html_text_s(a, clock_long(a, rq->cx->lang, v.m.starts_at));
	v.minutes = kept_markdown(rq, v.m.minutes, 3);
	t_public_meeting(&rp->o, &v);
	return OK;
}

static struct err *
get_decision(struct request *rq, struct reply *rp)
{
	struct t_public_decision v = {0};
	struct arena *a = rq->cx->a;

	TRY(public_decision_read(rq->cx, rq->arg[0], &v.d));
	v.frame = web_public_frame(rq, html_text_s(a, v.d.title), PUBLIC_DECISIONS);
	v.when = html_text_s(a, day_long(a, rq->cx->lang, v.d.decided_day));
	v.text = kept_markdown(rq, v.d.text, 3);
	v.status = authorities[v.d.authority].status;
	v.words = TEXT(rq, authorities[v.d.authority].words);
	t_public_decision(&rp->o, &v);
	return OK;
}

static struct err *
get_public_matter(struct request *rq, struct reply *rp)
{
	struct t_public_matter v = {0};
	struct arena *a = rq->cx->a;

	TRY(public_matter_read(rq->cx, rq->arg[0], &v.m));
	v.frame = web_public_frame(rq, html_text_s(a, v.m.title), PUBLIC_NONE);
	struct html *texts = arena_array(a, struct html, v.m.n_sections);
	for (size_t i = 0; i < v.m.n_sections; i++)
		texts[i] = kept_markdown(rq, v.m.sections[i].text, 3);
	v.texts = texts;
	t_public_matter(&rp->o, &v);
	return OK;
}

const struct route public_routes[] = {
    KEPT("/offentlig", SPACE_PUBLIC, get_front),
    KEPT("/offentlig/moter", SPACE_PUBLIC, get_meetings),
    KEPT("/offentlig/moter/:", SPACE_PUBLIC, get_meeting),
    KEPT("/offentlig/vedtak", SPACE_PUBLIC, get_decisions),
    KEPT("/offentlig/vedtak/:", SPACE_PUBLIC, get_decision),
    KEPT("/offentlig/saker/:", SPACE_PUBLIC, get_public_matter),
    {0},
};
