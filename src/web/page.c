#include "web/page.h"

#include "base/clock.h"
#include "t_error.h"
#include "t_secret.h"
#include "tr.h"
#include "web/kept.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

enum { WANTED_QUERY_MAX = 2000 };

int
err_status(const struct err *e)
{
	if (strcmp(e->code, "login.wait") == 0 || strcmp(e->code, "rate.wait") == 0)
		return 429;
	if (strcmp(e->code, "login.failed") == 0)
		return 422;
	switch (e->kind) {
	case ERR_INVALID: return 422;
	case ERR_DENIED: return 403;
	case ERR_NOT_FOUND: return 404;
	case ERR_CONFLICT: return 409;
	case ERR_BUSY: return 503;
	case ERR_INTERNAL: return 500;
	}
	return 500;
}

void
web_log(const struct err *e)
{
	if (e->kind == ERR_INTERNAL)
		fprintf(stderr, "%s: %s (%s)\n", e->code, e->detail, e->where);
}

str
err_sentence(struct arena *a, enum lang lang, const struct err *e)
{
	(void)a;
	return str_from_c(tr_error(lang, e->kind == ERR_INTERNAL ? "internal" : e->code));
}

str
fault_sentence(struct arena *a, enum lang lang, const struct fault *f)
{
	const char *text = tr_error(lang, f->code), *at = strstr(text, "%lld");

	if (!at)
		return str_from_c(text);
	return str_from_c(arena_printf(a, "%.*s%lld%s", (int)(at - text), text,
	    (long long)f->number, at + strlen("%lld")));
}

/* --- frames ----------------------------------------------------------------------------- */

static struct text
role_words(const struct request *rq)
{
	return html_text_s(rq->cx->a, rq->session->title);
}

static enum side
side_of(const struct actor *who)
{
	for (size_t i = 0; i < who->n_appointments; i++)
		if (who->appointments[i].party_id == who->party_id)
			return (enum side)who->appointments[i].side;
	return SIDE_NONE;
}

static bool
several_parties(const struct actor *who)
{
	for (size_t i = 1; i < who->n_appointments; i++)
		if (who->appointments[i].party_id != who->appointments[0].party_id)
			return true;
	return false;
}

bool
may_in_space(const struct request *rq, enum action action)
{
	static const struct object space = {.kind = OBJECT_SPACE};

	return authorize(rq->cx->actor, action, &space, NULL) == VERDICT_ALLOW;
}

/* An entry is there for who may read what it leads to. */
static unsigned
shown_to(const struct request *rq)
{
	const struct actor *who = rq->cx->actor;
	static const struct {
		enum nav nav;
		enum action action;
	} entries[] = {
	    {NAV_DAY, ACT_SPACE_READ},
	    {NAV_MATTERS, ACT_SPACE_READ},
	    {NAV_ROUNDS, ACT_SPACE_READ},
	    {NAV_MEETINGS, ACT_SPACE_READ},
	    {NAV_TASKS, ACT_SPACE_READ},
	    {NAV_SEARCH, ACT_SPACE_SEARCH},
	    {NAV_STRUCTURE, ACT_SPACE_READ},
	    {NAV_RECORD, ACT_JOURNAL_READ},
	};
	unsigned shown = 0;

	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (may_in_space(rq, entries[i].action))
			shown |= NAV_BIT(entries[i].nav);
	if (actor_has_role(who, ROLE_ADMIN) || actor_has_role(who, ROLE_SECRETARY))
		shown |= NAV_BIT(NAV_ADMIN); /* all may look people up; these keep the list */
	return shown;
}

/* What waits, on the menu. */
static struct err *
counts_of(struct request *rq, struct frame *f)
{
	struct day_counts c;

	TRY(kept_counts(rq, &c));
	f->counts[NAV_DAY] = c.all;
	f->counts[NAV_MATTERS] = c.matters;
	f->counts[NAV_ROUNDS] = c.rounds;
	f->counts[NAV_MEETINGS] = c.meetings;
	f->counts[NAV_TASKS] = c.followups;
	return OK;
}

struct err *
web_frame(struct request *rq, struct text title, enum nav current, struct frame *ret)
{
	const struct actor *who = rq->cx->actor;

	*ret = (struct frame){
	    .title = title,
	    .space = charter_say(&rq->cx->charter->name, rq->cx->lang),
	    .query = given_value(&rq->query, "q"),
	    .current = current,
	    .shown = shown_to(rq),
	    .person = rq->session->name,
	    .role = role_words(rq),
	    .side = side_of(who),
	    .may_propose = may_in_space(rq, ACT_MATTER_PROPOSE) &&
			   charter_may_propose(rq->cx->charter, who),
	    .acting_for = who->party_name,
	};
	TRY(counts_of(rq, ret));
	ret->printed = html_text_s(rq->cx->a, day_long(rq->cx->a, rq->cx->lang, rq->cx->today));
	if (several_parties(who))
		ret->switch_to = URL(rq, "/meg/part");
	return OK;
}

void
web_crumbs(
    struct request *rq, struct frame *frame, struct text above, struct url to, struct text here)
{
	struct ui_link *v = arena_array(rq->cx->a, struct ui_link, 2);

	v[0] = (struct ui_link){above, to};
	v[1] = (struct ui_link){.text = here};
	frame->crumbs = v;
	frame->n_crumbs = 2;
}

/* "Samhandlingssjef for kommunene, Samhandlingssjef": who the joint secretariat is. */
static str
secretariat_words(const struct request *rq)
{
	const struct charter_secretariat *s = &rq->cx->charter->secretariat;
	struct buf b = buf_new(rq->cx->a, 1000);

	for (size_t i = 0; i < s->n_members; i++)
		if (!s->members[i].associated)
			buf_printf(&b, "%s" STR_FMT, b.n ? ", " : "",
			    STR_ARG(charter_say(&s->members[i].label, rq->cx->lang)));
	return b.n ? buf_str(&b) : charter_say(&s->name, rq->cx->lang);
}

struct frame
web_public_frame(struct request *rq, struct text title, enum public_nav current)
{
	return (struct frame){
	    .title = title,
	    .space = charter_say(&rq->cx->charter->name, rq->cx->lang),
	    .public_current = current,
	    .secretariat = secretariat_words(rq),
	    .email = rq->cx->charter->secretariat.email,
	    .public_shown = NAV_BIT(PUBLIC_MEETINGS) | NAV_BIT(PUBLIC_DECISIONS),
	};
}

/* --- fields ----------------------------------------------------------------------------- */

static const struct input *
input_of(enum action action, const char *name)
{
	const struct usecase *uc = usecase_find(action);

	for (const struct input *in = uc ? uc->inputs : NULL; in && in->type; in++)
		if (strcmp(in->name, name) == 0)
			return in;
	return NULL;
}

static enum ui_field
kind_of(const struct input *in)
{
	size_t n = 0;

	while (in->choices && in->choices[n].key)
		n++;
	switch (in->type) {
	case INPUT_TEXT: return UI_AREA;
	case INPUT_EMAIL: return UI_EMAIL;
	case INPUT_SECRET: return UI_PASSWORD;
	case INPUT_INT: return UI_NUMBER;
	case INPUT_BOOL: return UI_BOX;
	case INPUT_CHOICE: return n > 5 ? UI_SELECT : UI_RADIOS;
	case INPUT_CHOICES:
	case INPUT_PIDS: return UI_BOXES;
	case INPUT_DAY:
	case INPUT_INSTANT: return UI_DAY;
	case INPUT_FILE: return UI_FILE;
	case INPUT_PID: return UI_SELECT;
	case INPUT_LINE: return UI_LINE;
	}
	return UI_LINE;
}

/* Options of a declared choice; now holds the keys chosen, with blanks between. */
static const struct ui_option *
options_of(const struct request *rq, const struct input *in, str now, size_t *ret_n)
{
	struct arena *a = rq->cx->a;
	struct ui_option *v;
	size_t n = 0;

	while (in->choices[n].key)
		n++;
	v = arena_array(a, struct ui_option, n);
	for (size_t i = 0; i < n; i++) {
		const struct choice *c = &in->choices[i];
		bool chosen = str_has_word(now, str_from_c(c->key));
		v[i].value = str_from_c(c->key);
		v[i].label = html_text_c(a, tr(rq->cx->lang, c->label));
		v[i].help = html_text_c(a, c->help ? tr(rq->cx->lang, c->help) : "");
		v[i].chosen = form_has(rq, in->name, c->key, chosen);
	}
	*ret_n = n;
	return v;
}

struct t_ui_field
web_field(const struct request *rq, enum action action, const char *name, str now)
{
	const struct input *in = input_of(action, name);
	struct arena *a = rq->cx->a;
	bool mine = !rq->tried || rq->tried->action == action;
	struct t_ui_field f = {
	    .name = name,
	    .value = mine ? form_value(rq, name, now) : now,
	    .error = html_text_s(a, mine ? form_fault(rq, name) : S("")),
	};

	if (!in)
		return f;
	if (in->type == INPUT_SECRET)
		f.value = S("");
	f.kind = kind_of(in);
	f.label = html_text_c(a, in->label ? tr(rq->cx->lang, in->label) : "");
	f.help = html_text_c(a, in->help ? tr(rq->cx->lang, in->help) : "");
	f.optional = !in->required;
	f.max = in->type == INPUT_INT ? 0 : in->max;
	if (in->choices)
		f.options = options_of(rq, in, now, &f.n);
	return f;
}

/* "Hva gjelder saken? Fyll ut dette feltet.": in the summary, away from its field. */
static struct text
fault_words(const struct request *rq, const struct fault *f)
{
	struct arena *a = rq->cx->a;
	const struct input *in = rq->tried ? input_of(rq->tried->action, f->field) : NULL;
	str sentence = fault_sentence(a, rq->cx->lang, f);

	if (!in || !in->label)
		return html_text_s(a, sentence);
	const char *label = tr(rq->cx->lang, in->label);
	size_t n = strlen(label);
	bool asks = n > 0 && label[n - 1] == '?';
	return html_text_s(a, str_from_c(arena_printf(a, "%s%s " STR_FMT, label,
				  asks ? "" : ":", STR_ARG(sentence))));
}

struct t_ui_faults
web_faults(const struct request *rq)
{
	const struct faults *f = rq->cx->faults;
	struct ui_fault *v = arena_array(rq->cx->a, struct ui_fault, f->n + 1);

	for (size_t i = 0; i < f->n; i++)
		v[i] = (struct ui_fault){f->v[i].field, fault_words(rq, &f->v[i])};
	if (f->n || !rq->wrong)
		return (struct t_ui_faults){v, f->n};
	v[0] = (struct ui_fault){"innhold",
	    html_text_s(rq->cx->a, err_sentence(rq->cx->a, rq->cx->lang, rq->wrong))};
	return (struct t_ui_faults){v, 1};
}

/* --- what is shown once ----------------------------------------------------------------- */

static const struct {
	enum action action;
	const char *title, *lede;
	bool is_link;
} secrets[] = {
    {ACT_PERSON_INVITE, N_("Personen er lagt til"),
	N_("Gi lenken til personen. Den virker én gang, i sju dager, og vises bare nå."), true},
    {ACT_PERSON_RESET, N_("Engangslenken er laget"),
	N_("Gi lenken til personen. Den virker én gang, i sju dager, og vises bare nå."), true},
    {ACT_TOKEN_CREATE, N_("Nøkkelen er laget"),
	N_("Kopier nøkkelen nå. Den vises bare denne ene gangen."), false},
    {ACT_ACCOUNT_RECOVERY, N_("Nye gjenopprettingskoder"),
	N_("Skriv ut eller lagre kodene et trygt sted. Hver kode virker én gang, hvis du "
	   "mister telefonen. De vises bare nå."),
	false},
    {ACT_ACCOUNT_PHONE, N_("Den nye telefonen er koblet til"),
	N_("De gamle gjenopprettingskodene virker ikke lenger. Skriv ut eller lagre de nye et "
	   "trygt sted. De vises bare nå."),
	false},
};

/* The whole address of a one-time link, to be given to somebody. */
static str
whole_link(const struct request *rq, str token)
{
	struct url to = URL(rq, "/lenke/%", token);

	if (rq->site->origin.n)
		return str_from_c(arena_printf(
		    rq->cx->a, STR_FMT STR_FMT, STR_ARG(rq->site->origin), STR_ARG(to.s)));
	return str_from_c(arena_printf(rq->cx->a, "http%s://" STR_FMT STR_FMT,
	    rq->http->https ? "s" : "", STR_ARG(rq->http->host), STR_ARG(to.s)));
}

struct err *
page_secret(struct request *rq, struct reply *rp, enum action action, const struct result *done,
    struct url on)
{
	struct t_secret v = {.on = on, .secret = done->secret};
	size_t i = 0, n = sizeof(secrets) / sizeof(secrets[0]);

	while (i < n && secrets[i].action != action)
		i++;
	if (i == n)
		return err_new(
		    rq->cx->a, ERR_INTERNAL, "page.secret", "%s", action_key(action));
	if (secrets[i].is_link)
		v.secret = whole_link(rq, done->secret);
	v.lede = html_text_c(rq->cx->a, tr(rq->cx->lang, secrets[i].lede));
	TRY(web_frame(rq, html_text_c(rq->cx->a, tr(rq->cx->lang, secrets[i].title)), NAV_NONE,
	    &v.frame));
	t_secret(&rp->o, &v);
	return OK;
}

/* --- errors ----------------------------------------------------------------------------- */

/* Where one wanted to go, with what was asked for unless it is a whole book. */
static str
wanted(const struct request *rq)
{
	str query = rq->http->query;

	if (query.n == 0 || query.n > WANTED_QUERY_MAX)
		return rq->path;
	return str_from_c(
	    arena_printf(rq->cx->a, STR_FMT "?" STR_FMT, STR_ARG(rq->path), STR_ARG(query)));
}

/* The session is over. What was written with it is handed back. */
static void
to_login(struct request *rq, struct reply *rp, str written)
{
	struct url to = URL(rq, "/logg-inn");

	if (rq->http->method == HTTP_GET)
		to = url_with(rq->cx->a, to, "til", wanted(rq));
	if (written.n == 0) {
		reply_see_other(rp, to);
		return;
	}
	rp->status = 401;
	t_error(&rp->o, &(struct t_error){
			    .frame = web_public_frame(rq, (struct text){S("")}, PUBLIC_NONE),
			    .status = 401,
			    .kept = written,
			    .login = to,
			});
}

void
page_error(struct request *rq, struct reply *rp, const struct err *e, str written)
{
	if (strcmp(e->code, "login.required") == 0) {
		to_login(rq, rp, written);
		return;
	}
	if (strcmp(e->code, "login.prove") == 0) {
		reply_see_other(
		    rp, url_with(rq->cx->a, URL(rq, "/bekreft"), "til", wanted(rq)));
		return;
	}
	rp->status = err_status(e);
	struct t_error v = {
	    .frame = web_public_frame(rq, (struct text){S("")}, PUBLIC_NONE),
	    .status = rp->status,
	};
	if (e->kind != ERR_INTERNAL && e->kind != ERR_NOT_FOUND)
		v.words = html_text_s(rq->cx->a, err_sentence(rq->cx->a, rq->cx->lang, e));
	t_error(&rp->o, &v);
}

/* A file name in a header: nothing but what every client reads the same. */
static str
plain_name(struct arena *a, str name)
{
	char *p = arena_array(a, char, name.n + 1);

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		p[i] = c > ' ' && c < 127 && !strchr("\"\\%;/", c) ? c : '_';
	}
	return (str){p, name.n};
}

/* Of what RFC 8187 lets stand as it is, what nobody reads otherwise. */
static bool
stands_in_extended(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '-' || c == '.';
}

void
reply_download(struct http_reply *rp, struct arena *a, str name)
{
	struct buf b = buf_new(a, 8192);
	str plain = plain_name(a, name);

	buf_printf(
	    &b, "attachment; filename=\"" STR_FMT "\"; filename*=UTF-8''", STR_ARG(plain));
	for (size_t i = 0; i < name.n; i++)
		if (stands_in_extended(name.p[i]))
			buf_put(&b, (str){name.p + i, 1});
		else
			buf_printf(&b, "%%%02X", (unsigned char)name.p[i]);
	http_reply_header(rp, a, S("Content-Disposition"), buf_str(&b));
	http_reply_header(
	    rp, a, S("Content-Security-Policy"), S("sandbox; default-src 'none'"));
}
