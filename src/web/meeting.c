/* web/meeting.c - a meeting's own page, and the words about meetings. */
#include "web/meeting.h"

#include "t_meeting.h"

#include "app/premeeting.h"
#include "base/clock.h"
#include "tr.h"
#include "web/api.h"
#include "web/areas.h"
#include "web/history.h"
#include "web/page.h"
#include "web/site.h"

enum { HISTORY_N = 200 };

struct url
url_meeting(const struct request *rq, str pid)
{
	return URL(rq, "/moter/%", pid);
}

struct ui_option *
body_options(struct request *rq, const char *name, const struct body_choice *c, size_t n)
{
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, n + 1);
	str chosen = form_value(rq, name, S(""));

	p[0] = (struct ui_option){.label = TEXT(rq, N_("Velg utvalg"))};
	for (size_t i = 0; i < n; i++)
		p[i + 1] = (struct ui_option){.value = c[i].pid,
		    .label = html_text_s(rq->cx->a, c[i].name),
		    .chosen = str_eq(c[i].pid, chosen)};
	return p;
}

struct url
after_meeting(struct request *rq, const struct result *done)
{
	return url_meeting(rq, done->pid);
}

/* --- words ------------------------------------------------------------------------------ */

static const struct {
	const char *words;
	enum ui_status status;
} states[MEETING_STATE_N + 1] = {
    [MEETING_PLANNED] = {N_("Planlagt"), UI_NOT_BEGUN},
    [MEETING_AGENDA_DRAFT] = {N_("Sakslisten er åpen"), UI_ONGOING},
    [MEETING_AGENDA_SET] = {N_("Sakslisten er godkjent"), UI_OK},
    [MEETING_SUMMONED] = {N_("Innkalt"), UI_OK},
    [MEETING_PREMEETING_DONE] = {N_("Innkalt, formøtet er holdt"), UI_OK},
    [MEETING_IN_SESSION] = {N_("Møtet pågår"), UI_ONGOING},
    [MEETING_HELD] = {N_("Holdt"), UI_OK},
    [MEETING_MINUTES_DRAFT] = {N_("Protokollen skrives"), UI_ONGOING},
    [MEETING_MINUTES_APPROVED] = {N_("Protokollen er godkjent"), UI_OK},
    [MEETING_PUBLISHED] = {N_("Publisert"), UI_OK},
    [MEETING_ARCHIVED] = {N_("Arkivert"), UI_OK},
    [MEETING_POSTPONED] = {N_("Utsatt"), UI_SOON},
    [MEETING_CANCELLED] = {N_("Avlyst"), UI_AGAINST},
    [MEETING_INQUORATE] = {N_("Ikke beslutningsdyktig"), UI_AGAINST},
};

struct text
meeting_state_words(const struct request *rq, int64_t state)
{
	return TEXT(rq, states[state].words);
}

enum ui_status
meeting_state_status(int64_t state)
{
	return states[state].status;
}

static str
clock_range(const struct request *rq, int64_t from_at, int64_t length_min)
{
	struct civil a = clock_to_civil(from_at), b = clock_to_civil(from_at + length_min * 60);
	bool en = rq->cx->lang == LANG_EN;
	char dot = en ? ':' : '.';

	return str_from_c(arena_printf(rq->cx->a, "%s%02d%c%02d–%02d%c%02d", en ? "" : "kl. ",
	    a.hour, dot, a.minute, b.hour, dot, b.minute));
}

str
meeting_when(const struct request *rq, int64_t starts_at, int64_t length_min)
{
	struct arena *a = rq->cx->a;

	return str_from_c(arena_printf(a, STR_FMT " " STR_FMT,
	    STR_ARG(day_full(a, rq->cx->lang, clock_day(starts_at))),
	    STR_ARG(clock_range(rq, starts_at, length_min))));
}

struct text
side_words(const struct request *rq, enum side side)
{
	static const char *const words[] = {N_("Felles"), N_("Kommunene"), N_("Sykehuset"),
	    N_("Brukerne"), N_("Fastlegene"), N_("Andre")};

	return TEXT(rq, words[side]);
}

struct text
side_inline_words(const struct request *rq, enum side side)
{
	static const char *const words[] = {N_("felles"), N_("kommunene"), N_("sykehuset"),
	    N_("brukerne"), N_("fastlegene"), N_("andre")};

	return TEXT(rq, words[side]);
}

static struct text
item_kind_words(const struct request *rq, int64_t kind)
{
	for (const struct choice *c = item_kinds; c->key; c++)
		if (c->value == kind)
			return TEXT(rq, c->label);
	return (struct text){S("")};
}

struct text
outcome_words(const struct request *rq, const struct agenda_item *item)
{
	static const char *const words[OUTCOME_N + 1] = {
	    [OUTCOME_DECIDE] = N_("Enighet"),
	    [OUTCOME_RECOMMEND] = N_("Enighet, anbefalt"),
	    [OUTCOME_ADVISE] = N_("Enighet, råd gitt"),
	    [OUTCOME_NOTE] = N_("Tatt til orientering"),
	    [OUTCOME_RETURN] = N_("Sendt tilbake"),
	    [OUTCOME_ESCALATE] = N_("Løftet"),
	    [OUTCOME_DELEGATE] = N_("Delegert"),
	    [OUTCOME_POSTPONE] = N_("Utsatt"),
	    [OUTCOME_DISPUTE] = N_("Ikke enighet"),
	};

	if (!item->outcome || item->kind == ITEM_FIXED)
		return (struct text){S("")};
	if (item->outcome == OUTCOME_DECIDE && item->remark.n)
		return TEXT(rq, N_("Enighet med merknad"));
	return TEXT(rq, words[item->outcome]);
}

/* --- fields ----------------------------------------------------------------------------- */

struct t_ui_field
clock_field(const struct request *rq, enum action action, const char *name, int64_t at)
{
	const char *beside = arena_printf(rq->cx->a, "%s_time", name);
	bool mine = !rq->tried || rq->tried->action == action;
	struct civil t = clock_to_civil(at);
	str now =
	    at ? str_from_c(arena_printf(rq->cx->a, "%02d.%02d", t.hour, t.minute)) : S("");

	return (struct t_ui_field){
	    .kind = UI_TIME,
	    .name = beside,
	    .label = TEXT(rq, N_("Klokkeslett")),
	    .help = TEXT(rq, N_("Skriv klokkeslettet slik: 09.00")),
	    .value = mine ? form_value(rq, beside, now) : now,
	    .error = html_text_s(rq->cx->a, mine ? form_fault(rq, beside) : S("")),
	};
}

struct t_ui_field
field_as(const struct request *rq, struct t_ui_field f, const char *id_end)
{
	f.id = arena_printf(rq->cx->a, "%s-%s", f.name, id_end);
	return f;
}

struct t_ui_field
field_of(struct t_ui_field f, enum ui_field kind, const struct ui_option *options, size_t n)
{
	f.kind = kind;
	f.options = options;
	f.n = n;
	return f;
}

/* --- head ------------------------------------------------------------------------------- */

static struct ui_link *
crumbs_of(struct request *rq, const struct meeting_view *v, struct text under, size_t *ret_n)
{
	struct ui_link *c = arena_array(rq->cx->a, struct ui_link, 3);

	c[0] = (struct ui_link){TEXT(rq, N_("Møter")), URL(rq, "/moter")};
	c[1] = (struct ui_link){html_text_s(rq->cx->a, v->m->label), {S("")}};
	*ret_n = 2;
	if (under.s.n) {
		c[1].to = url_meeting(rq, v->m->pid);
		c[2] = (struct ui_link){under, {S("")}};
		*ret_n = 3;
	}
	return c;
}

static struct ui_link *
meta_of(struct request *rq, const struct meeting_view *v, size_t *ret_n)
{
	struct ui_link *m = arena_array(rq->cx->a, struct ui_link, 4);
	struct arena *a = rq->cx->a;
	size_t n = 0;

	if (v->m->place.n)
		m[n++].text = html_text_s(a, v->m->place);
	if (v->chair.person_id)
		m[n++].text = html_text_s(
		    a, trf(a, rq->cx->lang, N_("Ledes av %s"), str_to_c(a, v->chair.name)));
	if (v->m->extraordinary)
		m[n++].text =
		    html_text_s(a, trf(a, rq->cx->lang, N_("Ekstraordinært, krevd av %s"),
				       str_to_c(a, v->requester)));
	*ret_n = n;
	return m;
}

struct err *
meeting_page(struct request *rq, const struct meeting_view *v, struct text under,
    struct frame *ret_frame, struct meeting_head *ret_head)
{
	struct arena *a = rq->cx->a;
	const struct meeting *m = v->m;

	TRY(web_frame(rq, html_text_s(a, m->label), NAV_MEETINGS, ret_frame));
	ret_frame->crumbs = crumbs_of(rq, v, under, &ret_frame->n_crumbs);
	*ret_head = (struct meeting_head){
	    .eyebrow = html_text_s(
		a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT, STR_ARG(m->label),
		       STR_ARG(meeting_when(rq, m->starts_at, m->length_min))))),
	    .title = html_text_s(a, v->body_name),
	    .status = meeting_state_status(m->state),
	    .status_words = meeting_state_words(rq, m->state),
	};
	ret_head->meta = meta_of(rq, v, &ret_head->n_meta);
	return OK;
}

/* --- a meeting's page ------------------------------------------------------------------- */

static struct text
minutes_words(struct request *rq, int64_t n)
{
	return html_text_s(
	    rq->cx->a, str_from_c(arena_printf(rq->cx->a,
			   trn(rq->cx->lang, "%lld minutt", "%lld minutter", (long long)n),
			   (long long)n)));
}

static struct text
row_sub(struct request *rq, const struct meeting_view *v, const struct agenda_item *t)
{
	struct arena *a = rq->cx->a;
	struct text ended = outcome_words(rq, t), kind = item_kind_words(rq, t->kind);
	struct buf b = buf_new(a, 600);
	bool is_now = v->m->current_item_id == t->id;

	if (t->matter_label.n)
		buf_printf(&b, STR_FMT " · ", STR_ARG(t->matter_label));
	if (ended.s.n)
		buf_put(&b, ended.s);
	else if (is_now)
		buf_put(&b, str_from_c(tr(rq->cx->lang, N_("behandles nå"))));
	else
		buf_put(&b, kind.s);
	return html_text_s(a, buf_str(&b));
}

struct agenda_row *
agenda_rows(struct request *rq, const struct meeting_view *v)
{
	struct agenda_row *rows = arena_array(rq->cx->a, struct agenda_row, v->n_items);
	int64_t at = v->m->starts_at;

	for (size_t i = 0; i < v->n_items; i++) {
		const struct agenda_item *t = &v->items[i];
		struct civil c = clock_to_civil(at);
		rows[i] = (struct agenda_row){
		    .time = html_text_s(rq->cx->a,
			str_from_c(arena_printf(rq->cx->a, "%02d.%02d", c.hour, c.minute))),
		    .title = html_text_s(rq->cx->a, t->title),
		    .sub = row_sub(rq, v, t),
		    .is_done = t->outcome != 0,
		    .when = v->m->current_item_id == t->id ? UI_NOW
			    : t->outcome                   ? UI_PAST
							   : UI_NEXT,
		    .minutes = minutes_words(rq, t->length_min),
		    .is_matter = t->matter_id != 0,
		};
		if (v->item_seen[i])
			rows[i].to = URL(rq, "/saker/%", t->matter_pid);
		at += t->length_min * 60;
	}
	return rows;
}

static void
fill_places(struct request *rq, const struct meeting_view *v, struct t_meeting *t)
{
	struct place_row *p = arena_array(rq->cx->a, struct place_row, v->n_places);
	struct arena *a = rq->cx->a;

	for (size_t i = 0; i < v->n_places; i++) {
		const struct agenda_place *x = &v->places[i];
		p[i].label = x->label.n ? html_text_s(a, x->label) : side_words(rq, x->side);
		p[i].is_given = x->name.n > 0;
		if (x->name.n)
			p[i].who = html_text_s(a,
			    str_from_c(arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(x->name),
				STR_ARG(day_short(a, rq->cx->lang, clock_day(x->at))))));
	}
	t->places = p;
	t->n_places = v->n_places;
}

static struct err *
fill_premeetings(struct request *rq, const struct meeting_view *v, struct t_meeting *t)
{
	struct premeeting_row *p = arena_array(rq->cx->a, struct premeeting_row, 2);
	struct premeeting_status s[2];

	TRY(premeeting_status(rq->cx, v, s, &t->n_premeetings));
	for (size_t i = 0; i < t->n_premeetings; i++) {
		const char *words = s[i].is_held      ? N_("Holdt")
				    : s[i].is_planned ? N_("Planlagt")
						      : N_("Ikke holdt");
		p[i] = (struct premeeting_row){
		    .side = s[i].side,
		    .name = side_words(rq, s[i].side),
		    .words = TEXT(rq, words),
		    .status = s[i].is_held ? UI_OK : UI_NOT_BEGUN,
		};
		t->offers.own_premeeting |= s[i].is_own;
	}
	t->premeetings = p;
	return OK;
}

static void
fill_offers(struct request *rq, const struct meeting_view *v, struct meeting_offers *f)
{
#define MAY(act, do) meeting_may(rq->cx, v, ACT_MEETING_##act, MEETING_DO_##do)
	int64_t state = v->m->state;

	f->edit_agenda = MAY(AGENDA_ADD, ADD_ITEM) || MAY(AGENDA_ADD, START_AGENDA) ||
			 MAY(AGENDA_ADD, ADD_LATE_ITEM);
	f->approve = v->may_approve;
	f->reopen = MAY(AGENDA_REOPEN, REOPEN_AGENDA);
	f->summon = MAY(SUMMON, SUMMON);
	f->update = MAY(UPDATE, UPDATE);
	f->postpone = MAY(POSTPONE, POSTPONE);
	f->reschedule = MAY(RESCHEDULE, RESCHEDULE);
	f->cancel = MAY(CANCEL, CANCEL);
	f->announce = !v->m->published_at && MAY(ANNOUNCE, ANNOUNCE);
	f->archive = MAY(ARCHIVE, ARCHIVE);
	f->agree_chair = MAY(AGREE_CHAIR, AGREE_CHAIR);
	f->sit = meeting_is_called(state) || meeting_is_over(state);
	f->is_today = v->facts.days_left <= 0;
	f->read_minutes =
	    meeting_is_over(state) && authorize(rq->cx->actor, ACT_MEETING_MINUTES_READ,
					  &v->object, NULL) == VERDICT_ALLOW;
#undef MAY
}

/* What stands between the meeting and its summons, each in a sentence. */
static void
fill_missing(struct request *rq, const struct meeting_view *v, struct t_meeting *t)
{
	const struct meeting_facts *f = &v->facts;
	struct text *m = arena_array(rq->cx->a, struct text, 6);
	size_t n = 0;

	if (v->m->state > MEETING_AGENDA_SET)
		return;
	if (f->missing_setters)
		m[n++] = TEXT(rq, N_("Sakslisten er ikke godkjent av alle ennå."));
	if (f->needs_chair_first && !f->is_chair_known)
		m[n++] = TEXT(rq, N_("Møteleder må avtales."));
	if (f->needs_premeeting && !f->is_premeeting_planned)
		m[n++] = TEXT(rq, N_("Formøtet er ikke planlagt."));
	if (f->vacant_n)
		m[n++] = html_text_s(
		    rq->cx->a, str_from_c(arena_printf(rq->cx->a,
				   trn(rq->cx->lang, "%lld sete er ledig.",
				       "%lld seter er ledige.", (long long)f->vacant_n),
				   (long long)f->vacant_n)));
	if (f->days_left < f->notice_days)
		m[n++] = TEXT(rq, N_("Fristen for innkalling er passert: skriv hvorfor."));
	t->missing = m;
	t->n_missing = n;
}

static struct err *
chair_field(struct request *rq, const struct meeting_view *v, struct t_ui_field *ret)
{
	struct seat_lines l;
	size_t n = 0;

	TRY(meeting_seats(rq->cx, v->m, 0, &l));
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, l.n + 1);
	p[n++] = (struct ui_option){.label = TEXT(rq, N_("Velg møteleder"))};
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].is_ordinary && l.v[i].n_people)
			p[n++] = (struct ui_option){.value = l.v[i].people[0].pid,
			    .label = html_text_s(rq->cx->a, l.v[i].people[0].name),
			    .chosen = l.v[i].people[0].person_id == v->chair.person_id};
	*ret = field_of(
	    web_field(rq, ACT_MEETING_AGREE_CHAIR, "person", v->chair.pid), UI_SELECT, p, n);
	return OK;
}

static str
number(struct request *rq, int64_t n)
{
	return str_from_c(arena_printf(rq->cx->a, "%lld", (long long)n));
}

static struct t_ui_field
exempt_field(const struct request *rq, const struct meeting_view *v)
{
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, v->n_items);
	size_t n = 0;

	for (size_t i = 0; i < v->n_items; i++)
		if (v->items[i].matter_id)
			p[n++] = (struct ui_option){.value = v->items[i].pid,
			    .label = html_text_s(rq->cx->a, v->items[i].title),
			    .chosen = form_has(
				rq, "exempt", str_to_c(rq->cx->a, v->items[i].pid), false)};
	return field_of(web_field(rq, ACT_MEETING_ANNOUNCE, "exempt", S("")), UI_BOXES, p, n);
}

static void
fill_fields(struct request *rq, const struct meeting_view *v, struct t_meeting *t)
{
	enum action when = t->offers.reschedule ? ACT_MEETING_RESCHEDULE : ACT_MEETING_UPDATE;
	const struct meeting *m = v->m;

	t->starts =
	    web_field(rq, when, "starts", day_dotted(rq->cx->a, clock_day(m->starts_at)));
	t->starts_time = clock_field(rq, when, "starts", m->starts_at);
	t->length = web_field(rq, when, "length", number(rq, m->length_min));
	t->place = web_field(rq, when, "place", m->place);
	t->is_retimed = rq->tried && rq->tried->action == when;
	t->summon_reason =
	    field_as(rq, web_field(rq, ACT_MEETING_SUMMON, "reason", S("")), "kall");
	t->summon_reason.rows = 3;
	t->reopen_reason =
	    field_as(rq, web_field(rq, ACT_MEETING_AGENDA_REOPEN, "reason", S("")), "apne");
	t->off_reason =
	    field_as(rq, web_field(rq, ACT_MEETING_POSTPONE, "reason", S("")), "av");
	t->exempt = exempt_field(rq, v);
	t->basis = web_field(rq, ACT_MEETING_ANNOUNCE, "basis", S(""));
	t->may_call_by =
	    html_text_s(rq->cx->a, day_long(rq->cx->a, rq->cx->lang,
				       clock_day(m->starts_at) - charter_notice_days(v->body)));
}

/* What the actor has said of coming, and may say. */
static struct err *
fill_reply(struct request *rq, const struct meeting_view *v, struct t_meeting *t)
{
	struct own_reply own;

	if (!meeting_may(rq->cx, v, ACT_MEETING_REPLY, MEETING_DO_REPLY))
		return OK;
	TRY(reply_own(rq->cx, v->m, &own));
	t->offers.reply = own.is_asked;
	if (own.reply != REPLY_NONE)
		t->replied = TEXT(rq, own.reply == REPLY_COMES ? N_("Du har sagt at du kommer.")
							       : N_("Du har meldt forfall."));
	t->reply_note =
	    field_as(rq, web_field(rq, ACT_MEETING_REPLY, "note", own.note), "svar");
	return OK;
}

static struct err *
get_meeting(struct request *rq, struct reply *rp)
{
	struct t_meeting t = {.faults = web_faults(rq)};
	struct meeting_view v;
	struct history h;

	TRY(meeting_view(rq->cx, rq->arg[0], &v));
	TRY(history_asked(rq, "meeting", v.m->pid, HISTORY_N, &h));
	TRY(meeting_page(rq, &v, (struct text){S("")}, &t.frame, &t.head));
	t.m = v.m;
	t.rows = agenda_rows(rq, &v);
	t.n_rows = v.n_items;
	t.share = meeting_information_share(v.inform_min, v.discuss_min, v.decide_min);
	t.planned =
	    minutes_words(rq, v.inform_min + v.discuss_min + v.decide_min + v.fixed_min);
	fill_places(rq, &v, &t);
	TRY(fill_premeetings(rq, &v, &t));
	fill_offers(rq, &v, &t.offers);
	fill_missing(rq, &v, &t);
	fill_fields(rq, &v, &t);
	if (t.offers.agree_chair)
		TRY(chair_field(rq, &v, &t.person));
	TRY(fill_reply(rq, &v, &t));
	t.chair = html_text_s(rq->cx->a, v.chair.name);
	t.chair_side = v.chair.side;
	t.chair_side_words = side_inline_words(rq, v.chair.side);
	t.events = history_events(rq, &h, url_meeting(rq, v.m->pid), &t.n_events);
	t_meeting(&rp->o, &t);
	return OK;
}

const struct route meeting_routes[] = {
    PAGE("/moter/:", MEETING_READ, get_meeting),
    FORM("/moter/:/endre", MEETING_UPDATE, get_meeting, after_meeting),
    FORM("/moter/:/utsett", MEETING_POSTPONE, get_meeting, after_meeting),
    FORM("/moter/:/ny-tid", MEETING_RESCHEDULE, get_meeting, after_meeting),
    FORM("/moter/:/avlys", MEETING_CANCEL, get_meeting, after_meeting),
    FORM("/moter/:/svar", MEETING_REPLY, get_meeting, after_meeting),
    FORM("/moter/:/kunngjor", MEETING_ANNOUNCE, get_meeting, after_meeting),
    FORM("/moter/:/arkiver", MEETING_ARCHIVE, get_meeting, after_meeting),
    FORM("/moter/:/leder", MEETING_AGREE_CHAIR, get_meeting, after_meeting),
    FORM("/moter/:/godkjenn", MEETING_AGENDA_APPROVE, get_meeting, after_meeting),
    FORM("/moter/:/apne-saksliste", MEETING_AGENDA_REOPEN, get_meeting, after_meeting),
    FORM("/moter/:/innkall", MEETING_SUMMON, get_meeting, after_meeting),
    {0},
};
