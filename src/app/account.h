/*
 * app/account.h - logging in and staying so: passwords, one-time codes, sessions, links.
 *
 * A token (of a session, a link, an API token) is 32 random bytes, base64url; the database
 * holds only its SHA-256. Whoever logs in with an unknown address costs the same work and
 * gets the same answer as one with a wrong password.
 *
 * What logs in, proves or uses a link reads and writes for itself, around the slow part: it is
 * called outside cx_read() and cx_write(). The finders and link_make() are called inside.
 *
 * Units      Instants are UTC seconds, _at.
 * Errors     login.failed      ERR_DENIED    wrong address, password or code; never says which
 *            login.wait        ERR_BUSY      too many tries: wait until *ret_wait_at
 *            login.required    ERR_DENIED    no session, or one that has run out
 *            login.prove       ERR_DENIED    the second factor must be shown again
 *            link.spent        ERR_NOT_FOUND the link was used, has run out, or never was
 *            hash.busy         ERR_BUSY      too many logins at once
 *            token.too_many    ERR_CONFLICT  take one back first
 */
#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H

#include "app/usecase.h"

enum session_stage {          /* stored as these numbers: never renumber */
	SESSION_PASSWORD = 1, /* password shown, code awaited: may do nothing else */
	SESSION_FULL = 2,
};

enum invitation_kind {       /* stored as these numbers: never renumber */
	LINK_INVITATION = 1, /* first password and phone */
	LINK_PASSWORD = 2,   /* lost password: the phone is still asked for */
	LINK_PHONE = 3,      /* lost phone: the password is still asked for */
};

enum {
	SESSION_IDLE_S = 60 * 60,
	SESSION_ADMIN_IDLE_S = 15 * 60,
	SESSION_LIFE_S = 12 * 60 * 60,
	CLOCK_SLACK_S = 60,        /* a time this far ahead is no sign of a changed clock */
	SESSION_PROOF_S = 10 * 60, /* how long a shown code opens the weightiest acts */
	LINK_LIFE_S = 7 * 24 * 60 * 60,
	PASSWORD_MIN_CHARS = 15,
	RECOVERY_CODES = 10,
};

struct session {
	int64_t id, person_id, party_id, stage, created_at, proved_at, lang;
	str pid, name, title;
};

/* Looks up a session by the token from the cookie. *ret is NULL when there is none that
 * is in force at cx->now_at. */
struct err *session_find(struct cx *cx, str token, struct session **ret) NODISCARD;

/* Who acts: all appointments in force today and what they let the person see. party_id 0:
 * the first party of the person. */
struct err *
actor_load(struct cx *cx, int64_t person_id, int64_t party_id, struct actor **ret) NODISCARD;

/* First step: address and password. *ret_token goes into the cookie. */
struct err *login_password(struct cx *cx, str email, str password, str peer, str agent,
    str *ret_token, int64_t *ret_wait_at) NODISCARD;

/* Second step: a code from the phone, or a recovery code. Gives a new token. */
struct err *login_code(struct cx *cx, const struct session *s, str code, str agent,
    str *ret_token, int64_t *ret_wait_at) NODISCARD;

/* Shows the code again before a weighty act. The session goes on under a new token. */
struct err *session_prove(struct cx *cx, const struct session *s, str code, str *ret_token,
    int64_t *ret_wait_at) NODISCARD;
struct err *session_act_for(struct cx *cx, const struct session *s, str party_pid) NODISCARD;
/* The parties the actor may act for, each once. */
struct acting {
	str pid, name;
	bool current;
};
struct err *acting_choices(struct cx *cx, struct acting **ret, size_t *ret_n) NODISCARD;
struct err *session_end(struct cx *cx, const struct session *s) NODISCARD;

/* A link in force, and for whom. */
struct link {
	int64_t id, person_id, kind;
	str name, email;
};
struct err *link_find(struct cx *cx, str token, struct link **ret) NODISCARD;

/* Makes a link for a person; earlier ones stop working. The token is in *ret. In a write. */
struct err *link_make(
    struct cx *cx, int64_t person_id, enum invitation_kind kind, str *ret_token) NODISCARD;

/* Uses a link: sets the password (if the kind asks for it) and the phone's secret, which
 * must be confirmed by a code made from it. Recovery codes come back once, one a line. Wrong
 * tries at the code or password that the account has are slowed down as at login, and a few of
 * them spend the link. */
struct link_use {
	str token, password;
	str secret; /* base32, as shown on the page */
	str code;
};
struct err *link_use(struct cx *cx, const struct link_use *u, str *ret_recovery) NODISCARD;

/* New recovery codes, one a line; the old ones stop working. In a write. */
struct err *recovery_renew(struct cx *cx, int64_t person_id, str *ret) NODISCARD;

enum { TOKENS_MAX = 20 }; /* that one person holds at a time */

/* An API token of the actor, for the party acted for. In a write. token.too_many. */
struct token_new {
	str pid, label;
	bool writes;
	int64_t until_at;
};
struct err *token_make(struct cx *cx, const struct token_new *t, str *ret) NODISCARD;

/* Whether a code shown at that time opens weighty acts now. One shown later than now does not:
 * the clock has gone back. */
bool proof_holds(int64_t proved_at, int64_t now_at);

/* An API token that is good now, and whom it acts as. */
struct token {
	int64_t id, proved_at;
	struct actor *actor;
	enum lang lang;
	bool writes;
};
struct err *token_find(struct cx *cx, str text, struct token *ret) NODISCARD;

/* Shows a code of the phone with a token, for cx->actor: weighty acts are open to it for
 * SESSION_PROOF_S. */
struct err *
token_prove(struct cx *cx, const struct token *token, str code, int64_t *ret_wait_at) NODISCARD;

/* Faults of a new password: too short, too long, too easy to guess. */
void password_check(struct cx *cx, const char *field, str email, str password);

/* The actor's present password, before what it protects is changed: a fault when it is wrong,
 * login.wait after too many tries. Slow, and writes: outside cx_read() and cx_write(). */
struct err *password_confirm(struct cx *cx, const char *field, str password) NODISCARD;

/* After a change of password or phone: ends all sessions but the one that asks, open links and
 * API tokens. In a write. */
struct err *account_secure(struct cx *cx, int64_t person_id) NODISCARD;

/* A password hash for storing; hash.busy. Slow: never on the writer's thread. */
struct err *password_hash(struct cx *cx, str password, str *ret) NODISCARD;

#endif
