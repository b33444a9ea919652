/* web/people.c - people and roles, as an administrator keeps them and others see them. */
#include "t_import.h"
#include "t_people.h"
#include "t_person.h"
#include "t_person_new.h"

#include "app/house.h"
#include "app/import.h"
#include "app/self.h"
#include "base/clock.h"
#include "base/day.h"
#include "tr.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/people_view.h"
#include "web/site.h"

#include <inttypes.h>

enum { PEOPLE_N = 100 };

/* --- words ------------------------------------------------------------------------------ */
static const char *
choice_label(const struct request *rq, const struct choice *c, int64_t value)
{
	while (c->key && c->value != value)
		c++;
	return c->key ? tr(rq->cx->lang, c->label) : "";
}

static void
put_part(struct buf *b, const char *s)
{
	if (*s)
		buf_printf(b, "%s%s", b->n ? ", " : "", s);
}

static const char *const roles[] = {
    [ROLE_ADMIN] = N_("Administrator"),
    [ROLE_SECRETARY] = N_("Sekretariatet"),
    [ROLE_CONTACT] = N_("Kontaktperson"),
    [ROLE_MEMBER] = N_("Medlem"),
    [ROLE_DEPUTY] = N_("Vara"),
};

/* "Medlem, SSU, Halden, Leder" */
static str
held_words(const struct request *rq, const struct held *h)
{
	struct arena *a = rq->cx->a;
	struct buf b = buf_new(a, 1024);

	put_part(&b, tr(rq->cx->lang, roles[h->role]));
	if (h->rank)
		buf_printf(&b, " %" PRId64, h->rank);
	put_part(&b, str_to_c(a, h->body));
	put_part(&b, str_to_c(a, h->party));
	if (h->chairing != CHAIR_NONE)
		put_part(&b, choice_label(rq, people_chairings, h->chairing));
	return buf_str(&b);
}

static const struct {
	enum ui_status status;
	const char *words;
} account_words[] = {
    [ACCOUNT_NONE] = {UI_NOT_BEGUN, N_("Har ikke logget inn")},
    [ACCOUNT_OPEN] = {UI_OK, N_("Konto i bruk")},
    [ACCOUNT_CLOSED] = {UI_CLOSED, N_("Konto stengt")},
};

static struct url
url_person(const struct request *rq, str pid)
{
	return URL(rq, "/drift/personer/%", pid);
}

static void
crumbs_here(struct request *rq, struct frame *frame)
{
	web_crumbs(
	    rq, frame, TEXT(rq, N_("Personer og roller")), URL(rq, "/drift"), frame->title);
}

/* --- the list --------------------------------------------------------------------------- */
static struct text
roles_words(const struct request *rq, const struct person_line *p)
{
	struct buf b = buf_new(rq->cx->a, 16 << 10);

	for (size_t i = 0; i < p->n_held; i++) {
		str one = held_words(rq, &p->held[i]);
		buf_printf(&b, "%s" STR_FMT, i ? " · " : "", STR_ARG(one));
	}
	return html_text_s(rq->cx->a, buf_str(&b));
}

static str
instant_or_nothing(const struct request *rq, int64_t at)
{
	return at ? clock_long(rq->cx->a, rq->cx->lang, at) : S("");
}

static struct err *
get_people(struct request *rq, struct reply *rp)
{
	struct t_people v = {.may_invite = may_in_space(rq, ACT_PERSON_INVITE),
	    .may_import = may_in_space(rq, ACT_SPACE_IMPORT)};
	struct person_lines lines;

	TRY(people_list(rq->cx, given_value(&rq->query, "etter"), PEOPLE_N, &lines));
	struct person_row *rows = arena_array(rq->cx->a, struct person_row, lines.n);
	for (size_t i = 0; i < lines.n; i++) {
		const struct person_line *p = &lines.v[i];
		rows[i] = (struct person_row){url_person(rq, p->pid), p->name, p->title,
		    p->party, roles_words(rq, p), account_words[p->account].status,
		    TEXT(rq, account_words[p->account].words)};
	}
	v.rows = rows;
	v.n = lines.n;
	if (lines.next.n)
		v.more = url_with(rq->cx->a, URL(rq, "/drift"), "etter", lines.next);
	v.jobs_ran = instant_or_nothing(rq, rq->cx->house->jobs_ran_at);
	v.jobs_failed = instant_or_nothing(rq, rq->cx->house->jobs_failed_at);
	TRY(web_frame(rq, TEXT(rq, N_("Personer og roller")), NAV_ADMIN, &v.frame));
	t_people(&rp->o, &v);
	return OK;
}

/* --- choosing an appointment ------------------------------------------------------------ */
static void
fill(const struct request *rq, struct t_ui_field *f, const struct option *v, size_t n,
    const char *empty)
{
	struct arena *a = rq->cx->a;
	struct ui_option *p = arena_array(a, struct ui_option, n + 1);

	p[0].label = TEXT(rq, empty);
	for (size_t i = 0; i < n; i++) {
		str name = v[i].name;
		if (v[i].group.n)
			name = str_from_c(arena_printf(
			    a, STR_FMT ": " STR_FMT, STR_ARG(v[i].group), STR_ARG(v[i].name)));
		p[i + 1] = (struct ui_option){
		    .value = v[i].pid,
		    .label = html_text_s(a, name),
		    .chosen = str_eq(v[i].pid, f->value),
		};
	}
	f->options = p;
	f->n = n + 1;
}

struct appoint_fields {
	struct t_ui_field role, party, seat, rank, chairing;
};

static struct err *
appointing(const struct request *rq, enum action action, struct appoint_fields *ret)
{
	struct option *parties, *seats;
	size_t n_parties, n_seats;

	TRY(party_options(rq->cx, &parties, &n_parties));
	TRY(seat_options(rq->cx, &seats, &n_seats));
	*ret = (struct appoint_fields){
	    .role = web_field(rq, action, "role", S("")),
	    .party = web_field(rq, action, "party", S("")),
	    .seat = web_field(rq, action, "seat", S("")),
	    .rank = web_field(rq, action, "rank", S("")),
	    .chairing = web_field(rq, action, "chairing", S("none")),
	};
	fill(rq, &ret->party, parties, n_parties, N_("Velg part"));
	fill(rq, &ret->seat, seats, n_seats, N_("Ingen plass"));
	return OK;
}

/* --- inviting --------------------------------------------------------------------------- */
static struct err *
get_new(struct request *rq, struct reply *rp)
{
	struct t_person_new v = {
	    .faults = web_faults(rq),
	    .name = web_field(rq, ACT_PERSON_INVITE, "name", S("")),
	    .title = web_field(rq, ACT_PERSON_INVITE, "title", S("")),
	    .email = web_field(rq, ACT_PERSON_INVITE, "email", S("")),
	    .phone = web_field(rq, ACT_PERSON_INVITE, "phone", S("")),
	};
	struct appoint_fields f;

	TRY(appointing(rq, ACT_PERSON_INVITE, &f));
	v.role = f.role;
	v.party = f.party;
	v.seat = f.seat;
	v.rank = f.rank;
	v.chairing = f.chairing;
	TRY(web_frame(rq, TEXT(rq, N_("Inviter en person")), NAV_ADMIN, &v.frame));
	crumbs_here(rq, &v.frame);
	t_person_new(&rp->o, &v);
	return OK;
}

static struct url
after_person(struct request *rq, const struct result *done)
{
	return url_person(rq, done->pid);
}

/* --- one person ------------------------------------------------------------------------- */
static struct text
period_words(const struct request *rq, const struct held *h)
{
	struct arena *a = rq->cx->a;
	const char *from = str_to_c(a, day_long(a, rq->cx->lang, h->from_day));

	if (h->to_day == DAY_NONE)
		return html_text_s(a, trf(a, rq->cx->lang, N_("fra %s"), from));
	return html_text_s(a, trf(a, rq->cx->lang, N_("fra %s til %s"), from,
				  str_to_c(a, day_long(a, rq->cx->lang, h->to_day))));
}

static void
held_rows(const struct request *rq, const struct person_card *c, struct t_person *v)
{
	struct held_row *rows = arena_array(rq->cx->a, struct held_row, c->n_held);

	for (size_t i = 0; i < c->n_held; i++) {
		const struct held *h = &c->held[i];
		bool goes_on = h->to_day == DAY_NONE || h->to_day >= rq->cx->today;
		rows[i] = (struct held_row){.words = html_text_s(rq->cx->a, held_words(rq, h)),
		    .period = period_words(rq, h),
		    .in_force = h->in_force};
		if (c->may_change && goes_on)
			rows[i].end =
			    URL(rq, "/drift/personer/%/oppnevning/%/avslutt", c->pid, h->pid);
	}
	v->held = rows;
	v->n_held = c->n_held;
}

static struct err *
person_forms(const struct request *rq, const struct person_card *c, struct t_person *v)
{
	struct appoint_fields f;

	v->name = web_field(rq, ACT_PERSON_UPDATE, "name", c->name);
	v->title = web_field(rq, ACT_PERSON_UPDATE, "title", c->title);
	v->email = web_field(rq, ACT_PERSON_UPDATE, "email", c->email);
	v->phone = web_field(rq, ACT_PERSON_UPDATE, "phone", c->phone);
	v->closed = web_field(
	    rq, ACT_PERSON_UPDATE, "closed", c->account == ACCOUNT_CLOSED ? S("1") : S(""));
	v->lost = web_field(rq, ACT_PERSON_RESET, "lost", S(""));
	TRY(appointing(rq, ACT_APPOINTMENT_ADD, &f));
	v->role = f.role;
	v->party = f.party;
	v->seat = f.seat;
	v->rank = f.rank;
	v->chairing = f.chairing;
	v->from = web_field(rq, ACT_APPOINTMENT_ADD, "from", S(""));
	v->to = web_field(rq, ACT_APPOINTMENT_ADD, "to", S(""));
	return OK;
}

static struct err *
get_person(struct request *rq, struct reply *rp)
{
	struct t_person v = {.faults = web_faults(rq)};
	struct arena *a = rq->cx->a;
	struct person_card *c = arena_new(a, struct person_card);

	TRY(person_card(rq->cx, rq->arg[0], c));
	v.card = c;
	held_rows(rq, c, &v);
	TRY(person_forms(rq, c, &v));
	v.status = account_words[c->account].status;
	v.account = TEXT(rq, account_words[c->account].words);
	if (c->link_until_at)
		v.link_open = html_text_s(a,
		    trf(a, rq->cx->lang, N_("En engangslenke er åpen til %s."),
			str_to_c(a, day_long(a, rq->cx->lang, clock_day(c->link_until_at)))));
	TRY(web_frame(rq, html_text_s(a, c->name), NAV_ADMIN, &v.frame));
	crumbs_here(rq, &v.frame);
	t_person(&rp->o, &v);
	return OK;
}

/* --- importing -------------------------------------------------------------------------- */
static const struct {
	enum ui_status status;
	const char *words;
} fates[] = {
    [IMPORT_NEW] = {UI_OK, N_("Ny")},
    [IMPORT_KNOWN] = {UI_NOTHING, N_("Finnes fra før, røres ikke")},
    [IMPORT_WRONG] = {UI_OVERDUE, N_("Feil")},
};

static struct text
fate_words(const struct request *rq, const struct import_line *x)
{
	if (!x->code)
		return TEXT(rq, fates[x->fate].words);
	return html_text_s(rq->cx->a,
	    fault_sentence(rq->cx->a, rq->cx->lang, &(struct fault){.code = x->code}));
}

static struct err *
draw_import(struct request *rq, struct reply *rp, const struct import_report *r)
{
	struct t_import v = {.faults = web_faults(rq), .checked = r != NULL};
	struct import_row *rows = arena_array(rq->cx->a, struct import_row, r ? r->n : 0);

	v.csv = web_field(rq, ACT_SPACE_IMPORT, "csv", given_value(&rq->given, "csv"));
	for (size_t i = 0; r && i < r->n; i++) {
		const struct import_line *x = &r->v[i];
		rows[i] = (struct import_row){
		    x->line, x->name, x->email, fates[x->fate].status, fate_words(rq, x)};
	}
	if (r) {
		v.rows = rows;
		v.n = r->n;
		v.n_new = (int64_t)r->n_new;
		v.n_known = (int64_t)r->n_known;
		v.n_wrong = (int64_t)r->n_wrong;
	}
	TRY(web_frame(rq, TEXT(rq, N_("Importer kontakter")), NAV_ADMIN, &v.frame));
	crumbs_here(rq, &v.frame);
	t_import(&rp->o, &v);
	return OK;
}

/* Drawn again after a refusal, the list says where. */
static struct err *
get_import(struct request *rq, struct reply *rp)
{
	struct import_report r;

	if (!rq->wrong)
		return draw_import(rq, rp, NULL);
	TRY(import_check(rq->cx, given_value(&rq->given, "csv"), &r));
	return draw_import(rq, rp, &r);
}

struct checking {
	struct request *rq;
	struct reply *rp;
};

static struct err *
check_and_draw(struct cx *cx, void *arg)
{
	struct checking *c = arg;
	struct import_report r;

	TRY(import_check(cx, given_value(&c->rq->given, "csv"), &r));
	return draw_import(c->rq, c->rp, &r);
}

static struct err *
post_check(struct request *rq, struct reply *rp)
{
	return cx_read(rq->cx, check_and_draw, &(struct checking){rq, rp});
}

static struct url
after_import(struct request *rq, const struct result *done)
{
	(void)done;
	return URL(rq, "/drift");
}

const struct route people_routes[] = {
    PAGE("/drift", PERSON_LIST, get_people),
    PAGE("/drift/ny", PERSON_INVITE, get_new),
    FORM("/drift/ny", PERSON_INVITE, get_new, after_person),
    PAGE("/drift/import", SPACE_IMPORT, get_import),
    FORM("/drift/import", SPACE_IMPORT, get_import, after_import),
    POST("/drift/import/sjekk", SPACE_IMPORT, get_import, post_check),
    PAGE("/drift/personer/:", PERSON_READ, get_person),
    FORM("/drift/personer/:/endre", PERSON_UPDATE, get_person, after_person),
    FORM("/drift/personer/:/oppnevn", APPOINTMENT_ADD, get_person, after_person),
    FORM("/drift/personer/:/oppnevning/:/avslutt", APPOINTMENT_END, get_person, after_person),
    FORM("/drift/personer/:/logg-ut", PERSON_SIGN_OUT, get_person, after_person),
    FORM("/drift/personer/:/nullstill", PERSON_RESET, get_person, after_person),
    {0},
};
