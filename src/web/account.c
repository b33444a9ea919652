/* web/account.c - logging in and out, one-time links, for whom one acts. */
#include "t_act_for.h"
#include "t_link.h"
#include "t_login.h"
#include "t_login_code.h"
#include "t_login_help.h"
#include "t_recovery.h"

#include "app/totp.h"
#include "base/utf.h"
#include "tr.h"
#include "web/areas.h"
#include "web/page.h"
#include "web/qr.h"
#include "web/rate.h"
#include "web/session.h"
#include "web/site.h"
#include "web/web.h"

#include <string.h>

/* Only a path of ours may be gone to after a login. */
static bool
is_our_path(str to)
{
	if (to.n < 2 || to.p[0] != '/' || to.p[1] == '/')
		return false;
	for (size_t i = 0; i < to.n; i++)
		if ((unsigned char)to.p[i] <= ' ' || to.p[i] == '\\' || to.p[i] == ':')
			return false;
	return true;
}

static struct url
next_url(const struct request *rq)
{
	str to = given_value(&rq->given, "til");

	if (!is_our_path(to))
		return URL(rq, "/min-dag");
	return (struct url){str_from_c(
	    arena_printf(rq->cx->a, STR_FMT STR_FMT, STR_ARG(rq->site->base), STR_ARG(to)))};
}

/* --- first step ------------------------------------------------------------------------- */

static struct err *
draw_login(struct request *rq, struct reply *rp)
{
	t_login(
	    &rp->o, &(struct t_login){
			.frame = web_public_frame(rq, TEXT(rq, N_("Logg inn")), PUBLIC_NONE),
			.faults = web_faults(rq),
			.email = given_value(&rq->given, "email"),
			.to = rq->wrong ? given_value(&rq->given, "til")
					: given_value(&rq->query, "til"),
		    });
	return OK;
}

static struct err *
get_login(struct request *rq, struct reply *rp)
{
	if (rq->session && rq->session->stage == SESSION_FULL) {
		reply_see_other(rp, URL(rq, "/min-dag"));
		return OK;
	}
	return draw_login(rq, rp);
}

/* Few tries for each account from each address: many people share an address, nobody shares an
 * account. */
static struct err *
need_patience(struct request *rq, str who)
{
	struct arena *a = rq->cx->a;
	str key = str_from_c(
	    arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(who), STR_ARG(rq->http->peer)));

	if (!rq->site->rates)
		return OK;
	return rate_take(rq->site->rates, a, RATE_ACCOUNT, key, rq->cx->now_at);
}

static struct err *
post_login(struct request *rq, struct reply *rp)
{
	struct cx *cx = rq->cx;
	str token;
	int64_t wait_at;

	TRY(need_patience(rq, utf_fold(cx->a, str_trim(given_value(&rq->given, "email")))));
	TRY(login_password(cx, given_value(&rq->given, "email"),
	    given_value(&rq->given, "password"), rq->http->peer,
	    http_header(rq->http, S("user-agent")), &token, &wait_at));
	rp->set_cookie = session_cookie_set(cx->a, cx->house, rq->site, token, cx->now_at);
	reply_see_other(rp,
	    url_with(cx->a, URL(rq, "/logg-inn/kode"), "til", given_value(&rq->given, "til")));
	return OK;
}

/* --- second step ------------------------------------------------------------------------ */

static struct err *
draw_code(struct request *rq, struct reply *rp, const char *path)
{
	t_login_code(&rp->o, &(struct t_login_code){
				 .frame = web_public_frame(
				     rq, TEXT(rq, N_("Bekreft med telefonen")), PUBLIC_NONE),
				 .faults = web_faults(rq),
				 .action = url_path(rq->cx->a, rq->site->base, path),
				 .to = rq->wrong ? given_value(&rq->given, "til")
						 : given_value(&rq->query, "til"),
			     });
	return OK;
}

static struct err *
get_code(struct request *rq, struct reply *rp)
{
	if (!rq->session)
		return err_new(rq->cx->a, ERR_DENIED, "login.required", "no first step");
	return draw_code(rq, rp, "/logg-inn/kode");
}

static struct err *
post_code(struct request *rq, struct reply *rp)
{
	struct cx *cx = rq->cx;
	str token;
	int64_t wait_at;

	if (!rq->session)
		return err_new(cx->a, ERR_DENIED, "login.required", "no first step");
	TRY(need_patience(rq, rq->session->pid));
	TRY(login_code(cx, rq->session, given_value(&rq->given, "code"),
	    http_header(rq->http, S("user-agent")), &token, &wait_at));
	rp->set_cookie = session_cookie_set(cx->a, cx->house, rq->site, token, cx->now_at);
	reply_see_other(rp, next_url(rq));
	return OK;
}

/* Again before a weighty act. */
static struct err *
get_prove(struct request *rq, struct reply *rp)
{
	return draw_code(rq, rp, "/bekreft");
}

static struct err *
post_prove(struct request *rq, struct reply *rp)
{
	struct cx *cx = rq->cx;
	int64_t wait_at;
	str token;

	TRY(session_prove(cx, rq->session, given_value(&rq->given, "code"), &token, &wait_at));
	rp->set_cookie = session_cookie_set(cx->a, cx->house, rq->site, token, cx->now_at);
	reply_see_other(rp, next_url(rq));
	return OK;
}

static struct err *
get_login_help(struct request *rq, struct reply *rp)
{
	t_login_help(
	    &rp->o, &(struct t_login_help){
			.frame = web_public_frame(
			    rq, TEXT(rq, N_("Mistet passord eller telefon?")), PUBLIC_NONE)});
	return OK;
}

static struct err *
post_logout(struct request *rq, struct reply *rp)
{
	TRY(session_end(rq->cx, rq->session));
	rp->set_cookie = session_cookie_clear(rq->cx->a, rq->site);
	http_reply_header(
	    rp->http, rq->cx->a, S("Clear-Site-Data"), S("\"cache\", \"storage\""));
	reply_see_other(rp, URL(rq, "/logg-inn"));
	return OK;
}

/* --- one-time links --------------------------------------------------------------------- */

static struct err *
draw_link(struct request *rq, struct reply *rp)
{
	struct arena *a = rq->cx->a;
	struct link *l;

	TRY(link_find(rq->cx, rq->arg[0], &l));
	struct t_link v = {
	    .frame = web_public_frame(rq, TEXT(rq, N_("Velkommen til Rødtråd")), PUBLIC_NONE),
	    .faults = web_faults(rq),
	    .token = rq->arg[0],
	    .name = l->name,
	    .email = l->email,
	    .asks_new_password = l->kind != LINK_PHONE,
	    .asks_old_password = l->kind == LINK_PHONE,
	    .asks_phone = l->kind != LINK_PASSWORD,
	    .secret = given_value(&rq->given, "secret"),
	    .password_fault = html_text_s(a, form_fault(rq, "password")),
	    .code_fault = html_text_s(a, form_fault(rq, "code")),
	};
	if (v.secret.n == 0)
		v.secret = totp_secret_new(a);
	if (v.asks_phone)
		v.qr = qr_svg(a, totp_uri(a, v.frame.space, l->email, v.secret),
		    TEXT(rq, N_("QR-kode for telefonen")));
	t_link(&rp->o, &v);
	return OK;
}

static struct err *
post_link(struct request *rq, struct reply *rp)
{
	struct link_use u = {
	    .token = rq->arg[0],
	    .password = given_value(&rq->given, "password"),
	    .secret = given_value(&rq->given, "secret"),
	    .code = given_value(&rq->given, "code"),
	};
	str codes;

	TRY(link_use(rq->cx, &u, &codes));
	if (codes.n == 0) {
		reply_see_other(rp, URL(rq, "/logg-inn"));
		return OK;
	}
	t_recovery(&rp->o, &(struct t_recovery){
			       .frame = web_public_frame(
				   rq, TEXT(rq, N_("Gjenopprettingskoder")), PUBLIC_NONE),
			       .codes = codes,
			   });
	return OK;
}

/* --- for whom --------------------------------------------------------------------------- */

static struct err *
get_act_for(struct request *rq, struct reply *rp)
{
	struct t_act_for v = {0};
	struct acting *list;

	TRY(acting_choices(rq->cx, &list, &v.n));
	struct ui_option *p = arena_array(rq->cx->a, struct ui_option, v.n);
	for (size_t i = 0; i < v.n; i++)
		p[i] = (struct ui_option){.value = list[i].pid,
		    .label = html_text_s(rq->cx->a, list[i].name),
		    .chosen = list[i].current};
	v.parties = p;
	TRY(web_frame(rq, TEXT(rq, N_("Hvem handler du for?")), NAV_NONE, &v.frame));
	t_act_for(&rp->o, &v);
	return OK;
}

static struct err *
post_act_for(struct request *rq, struct reply *rp)
{
	TRY(session_act_for(rq->cx, rq->session, given_value(&rq->given, "party")));
	reply_see_other(rp, URL(rq, "/min-dag"));
	return OK;
}

const struct route account_routes[] = {
    OPEN("/logg-inn", SPACE_PUBLIC, get_login),
    OPEN_POST("/logg-inn", SPACE_PUBLIC, draw_login, post_login),
    OPEN("/logg-inn/kode", SPACE_PUBLIC, get_code),
    OPEN_POST("/logg-inn/kode", SPACE_PUBLIC, get_code, post_code),
    OPEN("/logg-inn/hjelp", SPACE_PUBLIC, get_login_help),
    OPEN("/lenke/:", SPACE_PUBLIC, draw_link),
    OPEN_POST("/lenke/:", SPACE_PUBLIC, draw_link, post_link),
    PAGE("/bekreft", ACCOUNT_UPDATE, get_prove),
    POST("/bekreft", ACCOUNT_UPDATE, get_prove, post_prove),
    POST("/logg-ut", ACCOUNT_UPDATE, NULL, post_logout),
    PAGE("/meg/part", ACCOUNT_UPDATE, get_act_for),
    POST("/meg/part", ACCOUNT_UPDATE, get_act_for, post_act_for),
    {0},
};
