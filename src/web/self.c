/* web/self.c - one's own page: language, password, phone, sessions, recovery codes, API tokens,
 * logging out. */
#include "t_self.h"
#include "t_self_password.h"
#include "t_self_phone.h"

#include "app/self.h"
#include "app/totp.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/people_view.h"
#include "web/qr.h"
#include "web/site.h"

#include <inttypes.h>
#include <string.h>

static const char *
when(const struct request *rq, int64_t at)
{
	struct arena *a = rq->cx->a;

	return str_to_c(a, day_long(a, rq->cx->lang, clock_day(at)));
}

/* "Firefox på Windows" of what a browser says of itself: the more particular name first. */
static struct text
device_words(const struct request *rq, str agent)
{
	static const struct {
		const char *token, *name;
	} browsers[] = {{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"},
	    {"Chrome/", "Chrome"}, {"CriOS/", "Chrome"}, {"Safari/", "Safari"}},
	  systems[] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
	      {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}};
	const char *said = str_to_c(rq->cx->a, agent), *browser = NULL, *on = NULL;

	for (size_t i = 0; i < sizeof(browsers) / sizeof(*browsers) && !browser; i++)
		if (strstr(said, browsers[i].token))
			browser = browsers[i].name;
	for (size_t i = 0; i < sizeof(systems) / sizeof(*systems) && !on; i++)
		if (strstr(said, systems[i].token))
			on = systems[i].name;
	if (!browser)
		return TEXT(rq, N_("En nettleser vi ikke kjenner"));
	return on ? TEXTF(rq, N_("%s på %s"), browser, on) : html_text_c(rq->cx->a, browser);
}

static void
session_rows(const struct request *rq, const struct self *s, struct t_self *v)
{
	struct arena *a = rq->cx->a;
	struct session_row *rows = arena_array(a, struct session_row, s->n_sessions);

	for (size_t i = 0; i < s->n_sessions; i++)
		rows[i] = (struct session_row){s->sessions[i].pid,
		    device_words(rq, s->sessions[i].agent),
		    html_text_s(a, trf(a, rq->cx->lang, N_("Logget inn %s"),
				       when(rq, s->sessions[i].created_at))),
		    s->sessions[i].is_this};
	v->sessions = rows;
	v->n_sessions = s->n_sessions;
}

static void
token_rows(const struct request *rq, const struct self *s, struct t_self *v)
{
	struct arena *a = rq->cx->a;
	struct token_row *rows = arena_array(a, struct token_row, s->n_tokens);

	for (size_t i = 0; i < s->n_tokens; i++) {
		const struct self_token *t = &s->tokens[i];
		const char *scope =
		    tr(rq->cx->lang, t->writes ? N_("leser og skriver") : N_("leser"));
		rows[i] = (struct token_row){
		    .revoke = URL(rq, "/meg/nokler/%/%/trekk", s->card.pid, t->pid),
		    .label = t->label,
		    .note = html_text_s(
			a, trf(a, rq->cx->lang, N_("For %s, %s, virker til %s"),
			       str_to_c(a, t->party), scope, when(rq, t->until_at))),
		};
	}
	v->tokens = rows;
	v->n_tokens = s->n_tokens;
}

static struct err *
get_self(struct request *rq, struct reply *rp)
{
	static const char *const langs[] = {"auto", "nb", "nn", "en"};
	struct arena *a = rq->cx->a;
	struct self *s = arena_new(a, struct self);
	struct t_self v = {.faults = web_faults(rq)};

	TRY(self_read(rq->cx, rq->session->pid, s));
	v.card = &s->card;
	v.lang = web_field(rq, ACT_ACCOUNT_UPDATE, "lang",
	    str_from_c(langs[s->lang >= LANG_NB && s->lang <= LANG_EN ? s->lang : 0]));
	v.phone = web_field(rq, ACT_ACCOUNT_UPDATE, "phone", s->card.phone);
	v.label = web_field(rq, ACT_TOKEN_CREATE, "label", S(""));
	v.days = web_field(rq, ACT_TOKEN_CREATE, "days", S("90"));
	v.writes = web_field(rq, ACT_TOKEN_CREATE, "writes", S(""));
	v.recovery =
	    html_text_s(a, trf(a, rq->cx->lang, N_("Du har %lld gjenopprettingskoder igjen."),
			       (long long)s->recovery_left));
	session_rows(rq, s, &v);
	token_rows(rq, s, &v);
	TRY(web_frame(rq, TEXT(rq, N_("Min konto")), NAV_NONE, &v.frame));
	if (v.frame.switch_to.s.n)
		v.switch_to = v.frame.switch_to;
	t_self(&rp->o, &v);
	return OK;
}

static struct err *
get_password(struct request *rq, struct reply *rp)
{
	struct t_self_password v = {.faults = web_faults(rq)};

	v.password = web_field(rq, ACT_ACCOUNT_PASSWORD, "password", S(""));
	v.new_password = web_field(rq, ACT_ACCOUNT_PASSWORD, "new_password", S(""));
	v.new_password.kind = UI_NEW_PASSWORD;
	TRY(web_frame(rq, TEXT(rq, N_("Bytt passord")), NAV_NONE, &v.frame));
	web_crumbs(rq, &v.frame, TEXT(rq, N_("Min konto")), URL(rq, "/meg"), v.frame.title);
	t_self_password(&rp->o, &v);
	return OK;
}

static struct err *
get_phone(struct request *rq, struct reply *rp)
{
	struct t_self_phone v = {.faults = web_faults(rq),
	    .secret = form_value(rq, "secret", totp_secret_new(rq->cx->a))};
	struct person_card me;

	TRY(person_card(rq->cx, rq->cx->actor->person_pid, &me));
	v.password = web_field(rq, ACT_ACCOUNT_PHONE, "password", S(""));
	v.code = web_field(rq, ACT_ACCOUNT_PHONE, "code", S(""));
	v.code.kind = UI_CODE;
	TRY(web_frame(rq, TEXT(rq, N_("Bytt telefon")), NAV_NONE, &v.frame));
	web_crumbs(rq, &v.frame, TEXT(rq, N_("Min konto")), URL(rq, "/meg"), v.frame.title);
	v.qr = qr_svg(rq->cx->a, totp_uri(rq->cx->a, v.frame.space, me.email, v.secret),
	    TEXT(rq, N_("QR-kode for telefonen")));
	t_self_phone(&rp->o, &v);
	return OK;
}

static struct url
after_self(struct request *rq, const struct result *done)
{
	(void)done;
	return URL(rq, "/meg");
}

const struct route self_routes[] = {
    PAGE("/meg", ACCOUNT_READ, get_self),
    FORM("/meg", ACCOUNT_UPDATE, get_self, after_self),
    FORM("/meg/koder", ACCOUNT_RECOVERY, get_self, after_self),
    PAGE("/meg/passord", ACCOUNT_PASSWORD, get_password),
    FORM("/meg/passord", ACCOUNT_PASSWORD, get_password, after_self),
    PAGE("/meg/telefon", ACCOUNT_PHONE, get_phone),
    FORM("/meg/telefon", ACCOUNT_PHONE, get_phone, after_self),
    FORM("/meg/okter/:", PERSON_SIGN_OUT, get_self, after_self),
    FORM("/meg/nokler", TOKEN_CREATE, get_self, after_self),
    FORM("/meg/nokler/:/:/trekk", TOKEN_REVOKE, get_self, after_self),
    {0},
};
