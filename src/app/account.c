#include "app/account.h"

#include "app/access.h"
#include "app/house.h"
#include "app/password.h"
#include "app/totp.h"
#include "base/base64.h"
#include "base/random.h"
#include "base/sha.h"
#include "base/utf.h"
#include "core/audience.h"
#include "q_account.h"
#include "q_people.h"
#include "store/journal.h"

#include <inttypes.h>
#include <string.h>

enum {
	HASH_OPS = 3,
	HASH_BYTES = 64 << 20,
	FREE_TRIES = 3,
	LONGEST_WAIT_S = 15 * 60,
	LINK_TRIES = 5
};

static str
token_new(struct arena *a)
{
	char raw[32];

	random_bytes(raw, sizeof(raw));
	return base64url_encode(a, (str){raw, sizeof(raw)});
}

static str
hash_hex(struct arena *a, str s)
{
	struct sha256 h = sha256(s);

	return sha256_hex(a, &h);
}

/* --- passwords -------------------------------------------------------------------------- */

/* What is hashed: the password under the house's pepper, so that a stolen database alone
 * is worth nothing. */
static str
peppered(struct cx *cx, str password)
{
	const struct keys *k = &cx->house->keys;
	struct sha256 h = hmac_sha256(
	    (str){(const char *)k->pepper, sizeof(k->pepper)}, utf_nfc(cx->a, password));

	return sha256_hex(cx->a, &h);
}

struct hashing {
	str password; /* peppered */
	char *made;
	const char *against;
	bool good;
};

static void
make_hash(void *arg)
{
	struct hashing *w = arg;

	w->good =
	    crypto_pwhash_str(w->made, w->password.p, w->password.n, HASH_OPS, HASH_BYTES) == 0;
}

static void
check_hash(void *arg)
{
	struct hashing *w = arg;

	w->good = crypto_pwhash_str_verify(w->against, w->password.p, w->password.n) == 0;
}

struct err *
password_hash(struct cx *cx, str password, str *ret)
{
	struct hashing w = {.password = peppered(cx, password),
	    .made = arena_array(cx->a, char, crypto_pwhash_STRBYTES)};

	TRY(hasher_run(&cx->house->hasher, cx->a, make_hash, &w));
	if (!w.good)
		return err_new(cx->a, ERR_INTERNAL, "hash.failed", "no memory for argon2id");
	*ret = str_from_c(w.made);
	return OK;
}

/* Of a password nobody has: what an unknown address is checked against, so that it takes
 * as long as a known one. */
static const char nobodys_hash[] = "$argon2id$v=19$m=65536,t=3,p=1$"
				   "c29tZXNhbHRzb21lc2FsdA$"
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static struct err *
password_right(struct cx *cx, str hash, str password, bool *ret)
{
	bool known = hash.n > 0;
	struct hashing w = {.password = peppered(cx, password),
	    .against = known ? str_to_c(cx->a, hash) : nobodys_hash};

	TRY(hasher_run(&cx->house->hasher, cx->a, check_hash, &w));
	*ret = w.good && known;
	return OK;
}

/* --- slowing down who guesses ----------------------------------------------------------- */

/* Doubling from the fourth failure: 2, 4, 8 ... seconds. A delay, never a lock. */
static int64_t
wait_s(int64_t failures)
{
	int64_t over = failures - FREE_TRIES;

	if (over <= 0)
		return 0;
	return over >= 10 || (2 << (over - 1)) > LONGEST_WAIT_S ? LONGEST_WAIT_S
								: 2 << (over - 1);
}

static struct err *
throttle_check(struct cx *cx, str key, int64_t *ret_wait_at)
{
	struct q_throttle_get *t;

	TRY(q_throttle_get(cx->db, cx->a, key, &t));
	if (!t || t->next_at <= cx->now_at)
		return OK;
	*ret_wait_at = t->next_at;
	return err_new(cx->a, ERR_BUSY, "login.wait", "%" PRId64 " failures", t->failures);
}

struct try_ {
	struct cx *cx;
	str key;
	int64_t *ret_wait_at;
	bool good;
	/* what a good try leads to */
	str token, agent;
	int64_t person_id, party_id, stage, old_id, api_id, step; /* 0: none */
	str recovery;
};

static str
throttle_key(struct cx *cx, const char *what, int64_t id)
{
	return hash_hex(cx->a, str_from_c(arena_printf(cx->a, "%s\n%" PRId64, what, id)));
}

/* In the write that notes the try, where one waits for the other: of many at once, no more get
 * through than of many in a row. */
static struct err *
throttle_again(struct try_ *t)
{
	return throttle_check(t->cx, t->key, t->ret_wait_at);
}

static struct err *
throttle_note(struct try_ *t)
{
	struct cx *cx = t->cx;
	struct q_throttle_get *row;
	int64_t n;

	if (t->good)
		return q_throttle_clear(cx->db, cx->a, t->key, &n);
	TRY(q_throttle_get(cx->db, cx->a, t->key, &row));
	int64_t failures = row ? row->failures + 1 : 1;
	return q_throttle_set(
	    cx->db, cx->a, t->key, failures, cx->now_at + wait_s(failures), &n);
}

static struct err *
write_try(struct cx *cx, void *arg)
{
	(void)cx;
	TRY(throttle_again(arg));
	return throttle_note(arg);
}

/* --- logging in ------------------------------------------------------------------------- */

static struct err *
session_make(struct try_ *t)
{
	struct cx *cx = t->cx;
	int64_t id, proved = t->stage == SESSION_FULL ? cx->now_at : 0;

	t->token = token_new(cx->a);
	return q_session_add(cx->db, cx->a, pid_new(cx->a), hash_hex(cx->a, t->token),
	    t->person_id, t->party_id, t->stage, cx->now_at, proved, t->agent, &id);
}

static struct err *
failed(struct cx *cx, const char *what)
{
	return err_new(cx->a, ERR_DENIED, "login.failed", "%s", what);
}

static struct err *
write_password_try(struct cx *cx, void *arg)
{
	struct try_ *t = arg;

	(void)cx;
	TRY(throttle_again(t));
	TRY(throttle_note(t));
	return t->good ? session_make(t) : OK;
}

/* What is known before the slow part, read in one snapshot. */
struct known {
	str key, email;
	int64_t person_id;
	int64_t *ret_wait_at;
	struct q_account_by_email *by_email;
	struct q_account_by_person *acc;
};

static struct err *
read_login(struct cx *cx, void *arg)
{
	struct known *k = arg;

	TRY(throttle_check(cx, k->key, k->ret_wait_at));
	return q_account_by_email(cx->db, cx->a, k->email, &k->by_email);
}

struct err *
login_password(struct cx *cx, str email, str password, str peer, str agent, str *ret_token,
    int64_t *ret_wait_at)
{
	struct try_ t = {
	    .cx = cx, .agent = agent, .stage = SESSION_PASSWORD, .ret_wait_at = ret_wait_at};

	email = utf_fold(cx->a, str_trim(email));
	t.key = hash_hex(cx->a, str_from_c(arena_printf(cx->a, "login\n" STR_FMT "\n" STR_FMT,
				    STR_ARG(email), STR_ARG(peer))));
	struct known k = {.key = t.key, .email = email, .ret_wait_at = ret_wait_at};
	TRY(cx_read(cx, read_login, &k));
	const struct q_account_by_email *acc = k.by_email;
	TRY(password_right(cx, acc ? acc->password_hash : S(""), password, &t.good));
	t.good = t.good && !acc->disabled && acc->has_totp_secret;
	t.person_id = acc ? acc->person_id : 0;
	TRY(cx_write(cx, write_password_try, &t));
	if (!t.good)
		return failed(cx, "password");
	*ret_token = t.token;
	return OK;
}

/* Whether code is a fresh code of the phone, or an unused recovery code; it is spent. */
static struct err *
spend_code(struct try_ *t)
{
	struct cx *cx = t->cx;
	int64_t n = 0;

	if (t->recovery.n)
		TRY(q_recovery_use(cx->db, cx->a, t->person_id, t->recovery, cx->now_at, &n));
	else if (t->step)
		TRY(q_account_use_step(cx->db, cx->a, t->person_id, t->step, &n));
	t->good = n == 1;
	return OK;
}

static struct err *
write_code_try(struct cx *cx, void *arg)
{
	struct try_ *t = arg;
	int64_t n;

	TRY(throttle_again(t));
	TRY(spend_code(t));
	TRY(throttle_note(t));
	if (!t->good)
		return OK;
	if (t->api_id)
		return q_token_prove(cx->db, cx->a, t->api_id, cx->now_at, &n);
	if (t->stage == 0) {
		t->token = token_new(cx->a);
		return q_session_prove(
		    cx->db, cx->a, t->old_id, hash_hex(cx->a, t->token), cx->now_at, &n);
	}
	TRY(session_make(t));
	if (t->old_id) /* the half-way session goes; its token is worth nothing more */
		TRY(q_session_end_by_id(cx->db, cx->a, t->old_id, &n));
	return OK;
}

static struct err *
read_code(struct cx *cx, void *arg)
{
	struct known *k = arg;

	TRY(throttle_check(cx, k->key, k->ret_wait_at));
	return q_account_by_person(cx->db, cx->a, k->person_id, &k->acc);
}

static struct err *
try_code(struct cx *cx, struct try_ *t, str code, int64_t *ret_wait_at)
{
	struct known k = {.person_id = t->person_id, .ret_wait_at = ret_wait_at};

	code = str_trim(code);
	k.key = t->key = throttle_key(cx, "code", t->person_id);
	t->ret_wait_at = ret_wait_at;
	TRY(cx_read(cx, read_code, &k));
	const struct q_account_by_person *acc = k.acc;
	if (!acc || acc->disabled || !acc->has_totp_secret)
		return failed(cx, "account");
	if (code.n == TOTP_DIGITS)
		totp_check(
		    cx->a, acc->totp_secret, code, cx->now_at, acc->totp_last_step, &t->step);
	else
		t->recovery = hash_hex(cx->a, utf_fold(cx->a, code));
	TRY(cx_write(cx, write_code_try, t));
	return t->good ? OK : failed(cx, "code");
}

struct err *
login_code(struct cx *cx, const struct session *s, str code, str agent, str *ret_token,
    int64_t *ret_wait_at)
{
	struct try_ t = {.cx = cx,
	    .agent = agent,
	    .stage = SESSION_FULL,
	    .person_id = s->person_id,
	    .old_id = s->id};

	TRY(try_code(cx, &t, code, ret_wait_at));
	*ret_token = t.token;
	return OK;
}

struct err *
session_prove(
    struct cx *cx, const struct session *s, str code, str *ret_token, int64_t *ret_wait_at)
{
	struct try_ t = {.cx = cx, .person_id = s->person_id, .old_id = s->id};

	TRY(try_code(cx, &t, code, ret_wait_at));
	*ret_token = t.token;
	return OK;
}

struct err *
token_prove(struct cx *cx, const struct token *token, str code, int64_t *ret_wait_at)
{
	struct try_ t = {.cx = cx, .person_id = cx->actor->person_id, .api_id = token->id};

	return try_code(cx, &t, code, ret_wait_at);
}

struct err *
password_confirm(struct cx *cx, const char *field, str password)
{
	int64_t who = cx->actor->person_id, wait_at;
	struct try_ t = {.cx = cx, .ret_wait_at = &wait_at};
	struct known k = {.person_id = who, .ret_wait_at = &wait_at};

	k.key = t.key = throttle_key(cx, "own", who);
	TRY(cx_read(cx, read_code, &k));
	TRY(password_right(cx, k.acc ? k.acc->password_hash : S(""), password, &t.good));
	TRY(cx_write(cx, write_try, &t));
	if (!t.good)
		cx_fault(cx, field, N_("password.wrong"), 0);
	return cx_faults(cx);
}

/* --- sessions --------------------------------------------------------------------------- */

bool
proof_holds(int64_t proved_at, int64_t now_at)
{
	return proved_at + SESSION_PROOF_S > now_at && proved_at <= now_at + CLOCK_SLACK_S;
}

struct err *
session_find(struct cx *cx, str token, struct session **ret)
{
	struct q_session_by_token *row;

	*ret = NULL;
	TRY(q_session_by_token(cx->db, cx->a, hash_hex(cx->a, token), &row));
	if (!row || row->disabled || row->created_at + SESSION_LIFE_S <= cx->now_at ||
	    row->created_at > cx->now_at + CLOCK_SLACK_S)
		return OK;
	*ret = arena_new(cx->a, struct session);
	**ret = (struct session){
	    .id = row->id,
	    .person_id = row->person_id,
	    .party_id = row->party_id,
	    .stage = row->stage,
	    .created_at = row->created_at,
	    .proved_at = row->proved_at,
	    .lang = row->lang,
	    .pid = row->pid,
	    .name = row->name,
	    .title = row->title,
	};
	return OK;
}

/* The ids of the audiences that the appointments give, each once. */
static struct err *
audiences_load(struct cx *cx, struct actor *who)
{
	struct q_audience_list *all;
	size_t n_all, n = 0;

	TRY(q_audience_list(cx->db, cx->a, &all, &n_all));
	int64_t *ids = arena_array(cx->a, int64_t, n_all + 1);
	for (size_t i = 0; i < n_all; i++)
		if (audience_has(who, (struct audience){all[i].kind, all[i].ref_id}))
			ids[n++] = all[i].id;
	who->audiences = ids;
	who->n_audiences = n;
	return OK;
}

static bool
acts_for(const struct actor *who, int64_t party_id)
{
	for (size_t i = 0; i < who->n_appointments; i++)
		if (who->appointments[i].party_id == party_id)
			return true;
	return false;
}

static struct err *
names_load(struct cx *cx, struct actor *who)
{
	struct q_person_by_id *person;
	struct q_party_by_id *party = NULL;

	TRY(q_person_by_id(cx->db, cx->a, who->person_id, &person));
	if (who->party_id)
		TRY(q_party_by_id(cx->db, cx->a, who->party_id, &party));
	if (person)
		who->person_pid = person->pid;
	if (party) {
		who->party_key = party->key;
		who->party_name = party->name;
	}
	return OK;
}

struct err *
actor_load(struct cx *cx, int64_t person_id, int64_t party_id, struct actor **ret)
{
	struct actor *who = arena_new(cx->a, struct actor);
	struct appointment *list;

	TRY(q_appointments_of(
	    cx->db, cx->a, person_id, cx->today, &list, &who->n_appointments));
	who->person_id = person_id;
	who->appointments = list;
	if (party_id && acts_for(who, party_id))
		who->party_id = party_id;
	else if (who->n_appointments)
		who->party_id = list[0].party_id;
	TRY(names_load(cx, who));
	TRY(audiences_load(cx, who));
	*ret = who;
	return OK;
}

struct err *
acting_choices(struct cx *cx, struct acting **ret, size_t *ret_n)
{
	struct q_party_list *all;
	size_t n_all, n = 0;

	TRY(q_party_list(cx->db, cx->a, &all, &n_all));
	struct acting *v = arena_array(cx->a, struct acting, n_all);
	for (size_t i = 0; i < n_all; i++)
		if (acts_for(cx->actor, all[i].id))
			v[n++] = (struct acting){
			    all[i].pid, all[i].name, all[i].id == cx->actor->party_id};
	*ret = v;
	*ret_n = n;
	return OK;
}

struct act_for {
	int64_t session_id;
	str party_pid;
};

static struct err *
write_act_for(struct cx *cx, void *arg)
{
	struct act_for *w = arg;
	struct q_party_by_pid *party;
	int64_t n;

	TRY(q_party_by_pid(cx->db, cx->a, w->party_pid, &party));
	if (!party || !acts_for(cx->actor, party->id))
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "party");
	return q_session_act_for(cx->db, cx->a, w->session_id, party->id, &n);
}

struct err *
session_act_for(struct cx *cx, const struct session *s, str party_pid)
{
	return cx_write(cx, write_act_for, &(struct act_for){s->id, party_pid});
}

static struct err *
write_session_end(struct cx *cx, void *arg)
{
	struct act_for *w = arg;
	int64_t n;

	return q_session_end_by_id(cx->db, cx->a, w->session_id, &n);
}

struct err *
session_end(struct cx *cx, const struct session *s)
{
	return cx_write(cx, write_session_end, &(struct act_for){s->id, S("")});
}

struct err *
token_find(struct cx *cx, str text, struct token *ret)
{
	struct q_token_by_hash *row;

	TRY(q_token_by_hash(cx->db, cx->a, hash_hex(cx->a, text), cx->now_at, &row));
	if (!row || row->disabled)
		return err_new(cx->a, ERR_DENIED, "login.required", "token");
	*ret = (struct token){
	    .id = row->id,
	    .proved_at = row->proved_at,
	    .lang = row->lang ? (enum lang)row->lang : cx->lang,
	    .writes = row->writes != 0,
	};
	TRY(actor_load(cx, row->person_id, row->party_id, &ret->actor));
	if (row->party_id && ret->actor->party_id != row->party_id) /* never for another */
		return err_new(cx->a, ERR_DENIED, "login.required", "token's party is gone");
	return OK;
}

/* --- one-time links --------------------------------------------------------------------- */

struct err *
link_make(struct cx *cx, int64_t person_id, enum invitation_kind kind, str *ret_token)
{
	str token = token_new(cx->a);
	int64_t n, id;

	TRY(q_account_add(cx->db, cx->a, person_id, cx->now_at, &n));
	TRY(q_invitation_void(cx->db, cx->a, person_id, cx->now_at, &n));
	TRY(q_invitation_add(cx->db, cx->a, pid_new(cx->a), hash_hex(cx->a, token), person_id,
	    kind, cx->actor->person_id, cx->now_at, cx->now_at + LINK_LIFE_S, &id));
	*ret_token = token;
	return OK;
}

struct err *
link_find(struct cx *cx, str token, struct link **ret)
{
	struct q_invitation_by_token *row;

	TRY(q_invitation_by_token(cx->db, cx->a, hash_hex(cx->a, token), cx->now_at, &row));
	if (!row)
		return err_new(cx->a, ERR_NOT_FOUND, "link.spent", "no such link in force");
	*ret = arena_new(cx->a, struct link);
	**ret = (struct link){row->id, row->person_id, row->kind, row->name, row->email};
	return OK;
}

struct link_write {
	const struct link_use *use;
	struct link *link;
	struct q_account_by_person *acc;
	struct try_ t; /* at what the account has already; without a key: it has nothing */
	str hash, secret;
	str codes; /* recovery codes, one a line */
};

struct err *
recovery_renew(struct cx *cx, int64_t person_id, str *ret)
{
	struct buf all = buf_new(cx->a, 4096);
	int64_t n;

	TRY(q_recovery_clear(cx->db, cx->a, person_id, &n));
	for (int i = 0; i < RECOVERY_CODES; i++) {
		str code = random_pid(&(struct random){0}, cx->a);
		TRY(q_recovery_add(cx->db, cx->a, person_id, hash_hex(cx->a, code), &n));
		buf_printf(&all, STR_FMT "\n", STR_ARG(code));
	}
	*ret = buf_str(&all);
	return OK;
}

struct err *
account_secure(struct cx *cx, int64_t person_id)
{
	int64_t n;

	TRY(q_invitation_void(cx->db, cx->a, person_id, cx->now_at, &n));
	TRY(q_token_revoke_all(cx->db, cx->a, person_id, cx->now_at, &n));
	return q_session_end_others(cx->db, cx->a, person_id, cx->session_tag, &n);
}

struct err *
token_make(struct cx *cx, const struct token_new *t, str *ret)
{
	struct q_token_list *live;
	int64_t id;
	size_t n;

	TRY(q_token_list(cx->db, cx->a, cx->actor->person_id, cx->now_at, &live, &n));
	if (n >= TOKENS_MAX)
		return err_new(cx->a, ERR_CONFLICT, "token.too_many", "%zu live", n);
	*ret = token_new(cx->a);
	return q_token_add(cx->db, cx->a, t->pid, hash_hex(cx->a, *ret), cx->actor->person_id,
	    cx->actor->party_id, t->label, t->writes, cx->now_at, t->until_at, &id);
}

/* Whoever holds a link may guess at what it does not give; not for long. The count is kept as
 * long as any link lives. */
static struct err *
link_missed(struct cx *cx, int64_t link_id)
{
	str key = throttle_key(cx, "link", link_id);
	struct q_throttle_get *row;
	int64_t n;

	TRY(q_throttle_get(cx->db, cx->a, key, &row));
	int64_t failures = row ? row->failures + 1 : 1;
	TRY(q_throttle_set(cx->db, cx->a, key, failures, cx->now_at + LINK_LIFE_S, &n));
	return failures < LINK_TRIES ? OK
				     : q_invitation_use(cx->db, cx->a, link_id, cx->now_at, &n);
}

/* Recorded and told as a change from within. A first password and phone are neither: there was
 * nothing to take over. */
static struct err *
link_record(struct cx *cx, const struct link *l)
{
	enum action what = l->kind == LINK_PHONE ? ACT_ACCOUNT_PHONE : ACT_ACCOUNT_PASSWORD;
	const struct act_field by = {"by", S("link")};
	struct q_person_by_id *who;
	int64_t seq;

	if (l->kind == LINK_INVITATION)
		return OK;
	TRY(q_person_by_id(cx->db, cx->a, l->person_id, &who));
	cx->told = NULL;
	TRY(tell_person(cx, l->person_id, what, "person", who->pid, S("")));
	return journal_append(cx->db, cx->a,
	    &(struct act){
		.now_ms = cx->now_at * 1000,
		.action = action_key(what),
		.object_type = "person",
		.object_pid = who->pid,
		.actor_pid = who->pid,
		.session_tag = cx->session_tag,
		.no_change = true,
		.fields = &by,
		.n_fields = 1,
	    },
	    &seq);
}

static struct err *
link_done(struct cx *cx, struct link_write *w)
{
	int64_t n, person = w->link->person_id;

	TRY(q_invitation_use(cx->db, cx->a, w->link->id, cx->now_at, &n));
	if (w->hash.n)
		TRY(q_account_set_password(cx->db, cx->a, person, w->hash, cx->now_at, &n));
	if (w->secret.n) {
		TRY(q_account_set_totp(cx->db, cx->a, person, w->secret, cx->now_at, &n));
		TRY(q_account_use_step(cx->db, cx->a, person, w->t.step, &n));
		TRY(recovery_renew(cx, person, &w->codes));
	}
	TRY(q_token_revoke_all(cx->db, cx->a, person, cx->now_at, &n));
	TRY(q_session_end_all(cx->db, cx->a, person, &n));
	return link_record(cx, w->link);
}

/* The link is looked for again: it may have been used or voided meanwhile. */
static struct err *
write_link(struct cx *cx, void *arg)
{
	struct link_write *w = arg;

	TRY(link_find(cx, w->use->token, &w->link));
	if (w->t.key.n) {
		TRY(throttle_again(&w->t));
		if (w->link->kind == LINK_PASSWORD)
			TRY(spend_code(&w->t));
		TRY(throttle_note(&w->t));
		if (!w->t.good)
			return link_missed(cx, w->link->id);
	}
	return link_done(cx, w);
}

void
password_check(struct cx *cx, const char *field, str email, str password)
{
	str low = utf_fold(cx->a, password);

	if (utf8_length(password) < PASSWORD_MIN_CHARS)
		cx_fault(cx, field, N_("input.too_short"), PASSWORD_MIN_CHARS);
	else if (password.n > 1024)
		cx_fault(cx, field, N_("input.too_long"), 1024);
	else if (memmem(low.p, low.n, email.p, email.n) || password_common(low))
		cx_fault(cx, field, N_("password.common"), 0);
}

/* The secret that the code must fit: the new phone's, or the one the account has. Who has lost
 * both password and phone shows a recovery code. */
static void
check_code(struct cx *cx, const struct link *l, const struct link_use *u, struct link_write *w)
{
	const struct q_account_by_person *acc = w->acc;
	str code = str_trim(u->code);

	if (l->kind == LINK_PASSWORD && w->t.key.n) {
		if (code.n == TOTP_DIGITS)
			totp_check(cx->a, acc->totp_secret, code, cx->now_at,
			    acc->totp_last_step, &w->t.step);
		else
			w->t.recovery = hash_hex(cx->a, utf_fold(cx->a, code));
	} else if (!totp_secret_bytes(cx->a, u->secret, &w->secret) ||
		   !totp_check(cx->a, w->secret, code, cx->now_at, 0, &w->t.step))
		cx_fault(cx, "code", N_("code.wrong"), 0);
}

/* A lost phone: the password must still be known. Otherwise: the new one is good, and not
 * hashed for who has shown a wrong code. */
static struct err *
check_or_hash(struct cx *cx, const struct link *l, str password, struct link_write *w)
{
	if (l->kind == LINK_PHONE)
		return password_right(
		    cx, w->acc ? w->acc->password_hash : S(""), password, &w->t.good);
	if (w->t.key.n && !w->t.step && !w->t.recovery.n)
		return OK;
	return password_hash(cx, password, &w->hash);
}

static struct err *
read_link(struct cx *cx, void *arg)
{
	struct link_write *w = arg;

	TRY(link_find(cx, w->use->token, &w->link));
	w->t.person_id = w->link->person_id;
	TRY(q_account_by_person(cx->db, cx->a, w->t.person_id, &w->acc));
	if (w->link->kind == LINK_PHONE)
		w->t.key = throttle_key(cx, "own", w->t.person_id);
	else if (w->link->kind == LINK_PASSWORD && w->acc && w->acc->has_totp_secret)
		w->t.key = throttle_key(cx, "code", w->t.person_id);
	return w->t.key.n ? throttle_again(&w->t) : OK;
}

struct err *
link_use(struct cx *cx, const struct link_use *u, str *ret_recovery)
{
	int64_t wait_at;
	struct link_write w = {.use = u, .t = {.cx = cx, .ret_wait_at = &wait_at}};

	TRY(cx_read(cx, read_link, &w));
	bool by_password = w.link->kind == LINK_PHONE;
	if (!by_password)
		password_check(cx, "password", w.link->email, u->password);
	if (w.t.key.n) /* nobody learns what a code is worth from a form that changes nothing */
		TRY(cx_faults(cx));
	check_code(cx, w.link, u, &w);
	TRY(cx_faults(cx));
	TRY(check_or_hash(cx, w.link, u->password, &w));
	TRY(cx_write(cx, write_link, &w));
	if (w.t.key.n && !w.t.good)
		cx_fault(cx, by_password ? "password" : "code",
		    by_password ? N_("password.wrong") : N_("code.wrong"), 0);
	TRY(cx_faults(cx));
	*ret_recovery = w.codes;
	return OK;
}
