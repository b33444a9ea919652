#include "app/self.h"

#include "app/access.h"
#include "app/account.h"
#include "app/totp.h"
#include "base/random.h"
#include "q_account.h"
#include "q_people.h"

enum { DAY_S = 24 * 60 * 60 };

const struct choice self_langs[] = {
    {"auto", 0, N_("Som nettleseren"), NULL},
    {"nb", LANG_NB, N_("Bokmål"), NULL},
    {"nn", LANG_NN, N_("Nynorsk"), NULL},
    {"en", LANG_EN, N_("Engelsk"), NULL},
    {0},
};

/* The actor's own account as an object. */
static struct err *
need_self(struct cx *cx, enum action action, struct result *ret)
{
	struct object me = {
	    .kind = OBJECT_PERSON, .person_id = cx->actor->person_id, .is_visible = true};

	ret->type = "person";
	ret->pid = cx->actor->person_pid;
	return cx_need(cx, action, &me);
}

/* --- language and phone number ---------------------------------------------------------- */

struct update_in {
	int64_t lang;
	str phone;
};

static const struct input update_inputs[] = {
    {INPUT_CHOICE, "lang", offsetof(struct update_in, lang), .required = true,
	.label = N_("Språk"), .choices = self_langs},
    {INPUT_LINE, "phone", offsetof(struct update_in, phone), .max = 30, .label = N_("Telefon"),
	.help = N_("Vises for andre i samarbeidet.")},
    {0},
};

static struct err *
update(struct cx *cx, const void *arg, struct result *ret)
{
	const struct update_in *in = arg;
	int64_t n;

	TRY(need_self(cx, ACT_ACCOUNT_UPDATE, ret));
	return q_person_set_own(cx->db, cx->a, cx->actor->person_id, in->lang, in->phone, &n);
}

static struct err *
recovery(struct cx *cx, const void *arg, struct result *ret)
{
	(void)arg;
	TRY(need_self(cx, ACT_ACCOUNT_RECOVERY, ret));
	ret->no_change = true;
	return recovery_renew(cx, cx->actor->person_id, &ret->secret);
}

/* --- one's own password and phone ------------------------------------------------------- */

struct password_in {
	str password, new_password;
	str hash; /* of the new one */
};

static const struct input password_inputs[] = {
    {INPUT_SECRET, "password", offsetof(struct password_in, password), .required = true,
	.label = N_("Passordet du har nå")},
    {INPUT_SECRET, "new_password", offsetof(struct password_in, new_password), .required = true,
	.label = N_("Nytt passord"),
	.help = N_("Minst 15 tegn. En setning du husker, er bedre enn et vrient ord.")},
    {0},
};

static struct err *
read_email(struct cx *cx, void *arg)
{
	struct q_person_by_id *me;
	str *ret = arg;

	TRY(q_person_by_id(cx->db, cx->a, cx->actor->person_id, &me));
	*ret = me ? me->email : S("");
	return OK;
}

static struct err *
prepare_password(struct cx *cx, void *arg)
{
	struct password_in *in = arg;
	str email;

	TRY(cx_read(cx, read_email, &email));
	password_check(cx, "new_password", email, in->new_password);
	TRY(cx_faults(cx));
	TRY(password_confirm(cx, "password", in->password));
	return password_hash(cx, in->new_password, &in->hash);
}

static struct err *
change_password(struct cx *cx, const void *arg, struct result *ret)
{
	const struct password_in *in = arg;
	int64_t n, me = cx->actor->person_id;

	TRY(need_self(cx, ACT_ACCOUNT_PASSWORD, ret));
	ret->no_change = true;
	TRY(q_account_set_password(cx->db, cx->a, me, in->hash, cx->now_at, &n));
	TRY(account_secure(cx, me));
	return tell_self(cx, ACT_ACCOUNT_PASSWORD);
}

struct phone_in {
	str password, secret, code;
	str bytes; /* of the secret */
	int64_t step;
};

static const struct input phone_inputs[] = {
    {INPUT_SECRET, "password", offsetof(struct phone_in, password), .required = true,
	.label = N_("Passordet ditt")},
    {INPUT_SECRET, "secret", offsetof(struct phone_in, secret), .required = true,
	.label = N_("Nøkkelen som appen fikk")},
    {INPUT_SECRET, "code", offsetof(struct phone_in, code), .required = true,
	.label = N_("Kode fra den nye telefonen"), .help = N_("Seks sifre.")},
    {0},
};

static struct err *
prepare_phone(struct cx *cx, void *arg)
{
	struct phone_in *in = arg;

	if (!totp_secret_bytes(cx->a, in->secret, &in->bytes) ||
	    !totp_check(cx->a, in->bytes, str_trim(in->code), cx->now_at, 0, &in->step))
		cx_fault(cx, "code", N_("code.wrong"), 0);
	TRY(cx_faults(cx));
	return password_confirm(cx, "password", in->password);
}

static struct err *
change_phone(struct cx *cx, const void *arg, struct result *ret)
{
	const struct phone_in *in = arg;
	int64_t n, me = cx->actor->person_id;

	TRY(need_self(cx, ACT_ACCOUNT_PHONE, ret));
	ret->no_change = true;
	TRY(q_account_set_totp(cx->db, cx->a, me, in->bytes, cx->now_at, &n));
	TRY(q_account_use_step(cx->db, cx->a, me, in->step, &n));
	TRY(recovery_renew(cx, me, &ret->secret));
	TRY(account_secure(cx, me));
	return tell_self(cx, ACT_ACCOUNT_PHONE);
}

/* --- sessions --------------------------------------------------------------------------- */

struct sign_out_in {
	str person, session;
};

static const struct input sign_out_inputs[] = {
    INPUT_PATH(struct sign_out_in, person),
    {INPUT_PID, "session", offsetof(struct sign_out_in, session), .label = N_("Økt"),
	.help = N_("Tom: alle.")},
    {0},
};

static struct err *
sign_out(struct cx *cx, const void *arg, struct result *ret)
{
	const struct sign_out_in *in = arg;
	struct q_person_by_pid *who;
	struct object object;
	int64_t n;

	TRY(person_load(cx, in->person, &who, &object));
	TRY(cx_need(cx, ACT_PERSON_SIGN_OUT, &object));
	ret->type = "person";
	ret->pid = who->pid;
	ret->no_change = true;
	if (in->session.n == 0) {
		TRY(q_token_revoke_all(cx->db, cx->a, who->id, cx->now_at, &n));
		return q_session_end_all(cx->db, cx->a, who->id, &n);
	}
	TRY(q_session_end(cx->db, cx->a, in->session, who->id, &n));
	return n ? OK : err_new(cx->a, ERR_NOT_FOUND, "session.gone", "not of this person");
}

/* --- API tokens ------------------------------------------------------------------------- */

struct token_in {
	str label;
	int64_t writes, days;
};

static const struct choice token_days[] = {
    {"30", 30, N_("30 dager"), NULL},
    {"90", 90, N_("90 dager"), NULL},
    {"365", 365, N_("Ett år"), NULL},
    {0},
};

static const struct input token_inputs[] = {
    {INPUT_LINE, "label", offsetof(struct token_in, label), .required = true, .min = 2,
	.max = 60, .label = N_("Hva skal nøkkelen brukes til?")},
    {INPUT_CHOICE, "days", offsetof(struct token_in, days), .required = true,
	.label = N_("Hvor lenge?"), .choices = token_days},
    {INPUT_BOOL, "writes", offsetof(struct token_in, writes),
	.label = N_("Den kan også gjøre endringer"),
	.help = N_("Godkjenning, signering, publisering og oppnevning krever en fersk kode fra "
		   "telefonen også når et program gjør det.")},
    {0},
};

static struct err *
make_token(struct cx *cx, const void *arg, struct result *ret)
{
	const struct token_in *in = arg;
	struct token_new t = {.pid = pid_new(cx->a),
	    .label = in->label,
	    .writes = in->writes != 0,
	    .until_at = cx->now_at + in->days * DAY_S};

	TRY(need_self(cx, ACT_TOKEN_CREATE, ret));
	ret->no_change = true;
	result_note(ret, "token", t.pid);
	return token_make(cx, &t, &ret->secret);
}

struct revoke_in {
	str person, token;
};

static const struct input revoke_inputs[] = {
    INPUT_PATH(struct revoke_in, person),
    INPUT_PATH(struct revoke_in, token),
    {0},
};

static struct err *
revoke_token(struct cx *cx, const void *arg, struct result *ret)
{
	const struct revoke_in *in = arg;
	struct q_person_by_pid *who;
	struct object object;
	int64_t n;

	TRY(person_load(cx, in->person, &who, &object));
	TRY(cx_need(cx, ACT_TOKEN_REVOKE, &object));
	ret->type = "person";
	ret->pid = who->pid;
	ret->no_change = true;
	TRY(q_token_revoke(cx->db, cx->a, in->token, who->id, cx->now_at, &n));
	return n ? OK : err_new(cx->a, ERR_NOT_FOUND, "token.gone", "not of this person");
}

const struct usecase self_usecases[] = {
    {ACT_ACCOUNT_UPDATE, "/account", "Choose language and phone number", update_inputs,
	sizeof(struct update_in), NULL, update, false},
    {ACT_ACCOUNT_RECOVERY, "/account/recovery-codes", "Make new recovery codes", NULL, 0, NULL,
	recovery, false},
    {ACT_ACCOUNT_PASSWORD, "/account/password", "Change the password", password_inputs,
	sizeof(struct password_in), prepare_password, change_password, false},
    {ACT_ACCOUNT_PHONE, "/account/phone", "Change the phone that makes codes", phone_inputs,
	sizeof(struct phone_in), prepare_phone, change_phone, false},
    {ACT_PERSON_SIGN_OUT, "/people/:/sign-out", "End one session of a person, or all",
	sign_out_inputs, sizeof(struct sign_out_in), NULL, sign_out, false},
    {ACT_TOKEN_CREATE, "/account/tokens", "Make an API token", token_inputs,
	sizeof(struct token_in), NULL, make_token, false},
    {ACT_TOKEN_REVOKE, "/people/:/tokens/:/revoke", "Revoke an API token", revoke_inputs,
	sizeof(struct revoke_in), NULL, revoke_token, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

static struct err *
read_sessions(struct cx *cx, str session_pid, struct self *ret)
{
	struct q_session_list *rows;
	size_t n, kept = 0;

	TRY(q_session_list(
	    cx->db, cx->a, cx->actor->person_id, cx->now_at - SESSION_LIFE_S, &rows, &n));
	struct self_session *v = arena_array(cx->a, struct self_session, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].stage == SESSION_FULL)
			v[kept++] = (struct self_session){rows[i].pid, rows[i].agent,
			    rows[i].created_at, rows[i].proved_at,
			    str_eq(rows[i].pid, session_pid)};
	ret->sessions = v;
	ret->n_sessions = kept;
	return OK;
}

static struct err *
read_tokens(struct cx *cx, struct self *ret)
{
	struct q_token_list *rows;

	TRY(q_token_list(
	    cx->db, cx->a, cx->actor->person_id, cx->now_at, &rows, &ret->n_tokens));
	struct self_token *v = arena_array(cx->a, struct self_token, ret->n_tokens);
	for (size_t i = 0; i < ret->n_tokens; i++)
		v[i] = (struct self_token){rows[i].pid, rows[i].label, rows[i].party_name,
		    rows[i].made_at, rows[i].expires_at, rows[i].writes != 0};
	ret->tokens = v;
	return OK;
}

struct err *
self_read(struct cx *cx, str session_pid, struct self *ret)
{
	struct q_recovery_left *left;
	struct q_person_by_id *me;
	struct result r = {0};

	TRY(need_self(cx, ACT_ACCOUNT_READ, &r));
	TRY(person_card(cx, cx->actor->person_pid, &ret->card));
	TRY(q_person_by_id(cx->db, cx->a, cx->actor->person_id, &me));
	ret->lang = me->lang;
	TRY(q_recovery_left(cx->db, cx->a, cx->actor->person_id, &left));
	ret->recovery_left = left->n;
	TRY(read_sessions(cx, session_pid, ret));
	return read_tokens(cx, ret);
}
