/* web/matter_lanes.c - the red thread: a matter's way through parties, secretariat and body. */
#include "web/matter.h"

#include "base/clock.h"
#include "tr.h"
#include "web/history.h"

enum { LANE_BODY, LANE_DESK, LANE_PARTIES, LANES };
enum { LANE_TOP = 56, LANE_GAP = 74, STOP_FIRST = 150, STOP_LAST = 1005 };

/* Under way from a state, past when a later one has come; dated by the last of the acts. */
static const struct {
	const char *name;
	int lane;
	int64_t from, past;
	enum action acts[3];
} stops[] = {
    {N_("Meldt"), LANE_PARTIES, MATTER_DRAFT, MATTER_SUBMITTED,
	{ACT_MATTER_SUBMIT, ACT_MATTER_PROPOSE}},
    {N_("Tatt inn"), LANE_DESK, MATTER_SUBMITTED, MATTER_IN_PREPARATION, {ACT_MATTER_RECEIVE}},
    {N_("Utkast"), LANE_DESK, MATTER_IN_PREPARATION, MATTER_READ_THROUGH,
	{ACT_MATTER_SNAPSHOT}},
    {N_("Gjennomlest"), LANE_PARTIES, MATTER_READ_THROUGH, MATTER_REVISED,
	{ACT_ROUND_CLOSE, ACT_ROUND_OPEN}},
    {N_("Signert"), LANE_DESK, MATTER_REVISED, MATTER_READY, {ACT_MATTER_SIGN_OFF}},
    {N_("Behandlet"), LANE_BODY, MATTER_READY, MATTER_DECIDED, {ACT_MEETING_OUTCOME}},
    {N_("Fulgt opp"), LANE_PARTIES, MATTER_DECIDED, MATTER_CLOSED, {ACT_MATTER_CLOSE}},
};
enum { STOPS = sizeof(stops) / sizeof(stops[0]), STOP_ROUND = 3 };

static int
lane_y(int lane)
{
	return LANE_TOP + LANE_GAP * lane;
}

/* Above the top lane, below the bottom one; between them on the side that the thread leaves
 * free: over it where it goes down from here, under it where it goes up or on. */
static void
place_text(struct lane_stop *s, int lane, int next)
{
	bool falls = lane == LANE_DESK && next > lane;

	s->text_x = lane == LANE_DESK ? s->x + (falls ? 4 : 13) : s->x;
	s->text_y = lane == LANE_BODY || falls ? s->y - 30
		    : lane == LANE_DESK        ? s->y + 20
					       : s->y + 27;
	s->anchor = lane == LANE_DESK ? "start" : "middle";
}

static struct lane_stop
stop_of(const struct request *rq, const struct matter *m, const struct history *h, int i, int x)
{
	struct arena *a = rq->cx->a;
	int64_t at = history_last(h, stops[i].acts);
	struct lane_stop s = {
	    .x = x,
	    .y = lane_y(stops[i].lane),
	    .when = m->state >= stops[i].past   ? UI_PAST
		    : m->state >= stops[i].from ? UI_NOW
						: UI_NEXT,
	    .what = TEXT(rq, stops[i].name),
	};

	place_text(&s, stops[i].lane, i + 1 < STOPS ? stops[i + 1].lane : stops[i].lane);
	if (s.when != UI_NEXT && at)
		s.note = html_text_s(a, day_short(a, rq->cx->lang, clock_day(at)));
	else if (s.text_y < s.y)
		s.text_y += 14; /* one line alone stands at its stop */
	return s;
}

/* A soft curve from each stop to the one after it. */
static str
thread_of(struct arena *a, const struct lane_stop *v, size_t from, size_t to)
{
	struct buf b = buf_new(a, 4096);

	if (to <= from)
		return S("");
	buf_printf(&b, "M%d %d", v[from].x, v[from].y);
	for (size_t i = from; i < to; i++) {
		int half = (v[i].x + v[i + 1].x) / 2;
		buf_printf(&b, "C%d %d %d %d %d %d", half, v[i].y, half, v[i + 1].y, v[i + 1].x,
		    v[i + 1].y);
	}
	return buf_str(&b);
}

static const struct lane *
lanes_for(const struct request *rq, const struct matter *m)
{
	struct lane *v = arena_array(rq->cx->a, struct lane, LANES);

	v[LANE_BODY] = (struct lane){
	    m->body_abbr.n ? html_text_s(rq->cx->a, m->body_abbr) : TEXT(rq, N_("Utvalget")),
	    0};
	v[LANE_DESK] = (struct lane){TEXT(rq, N_("Sekretariatet")), 0};
	v[LANE_PARTIES] = (struct lane){TEXT(rq, N_("Partene")), 0};
	for (int i = 0; i < LANES; i++)
		v[i].y = lane_y(i);
	return v;
}

struct lanes
matter_lanes(const struct request *rq, const struct matter *m, const struct history *h)
{
	struct lane_stop *v = arena_array(rq->cx->a, struct lane_stop, STOPS);
	struct lanes r = {.lanes = lanes_for(rq, m), .n_lanes = LANES, .stops = v};
	int shown = m->round_required == 0 ? STOPS - 1 : STOPS;
	size_t now = 0;

	if (matter_is_draft(m->state) || m->state > MATTER_ARCHIVED)
		return r;
	for (int i = 0; i < STOPS; i++) {
		if (i == STOP_ROUND && shown < STOPS)
			continue;
		int x = STOP_FIRST + (STOP_LAST - STOP_FIRST) * (int)r.n / (shown - 1);
		v[r.n] = stop_of(rq, m, h, i, x);
		if (v[r.n].when != UI_NEXT)
			now = r.n;
		r.n++;
	}
	r.past = thread_of(rq->cx->a, v, 0, now);
	r.next = thread_of(rq->cx->a, v, now, r.n - 1);
	r.words = html_text_s(rq->cx->a,
	    trf(rq->cx->a, rq->cx->lang,
		N_("Saken er ved steget «%s». Det samme står i sakens gang og i historikken."),
		str_to_c(rq->cx->a, v[now].what.s)));
	return r;
}
