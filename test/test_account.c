/* P19: passwords, codes, links, sessions and what must be shown anew. */
#include "folder.h"
#include "thread.h"

#include "app/account.h"
#include "app/jobs.h"
#include "app/people.h"
#include "app/totp.h"
#include "base/random.h"
#include "core/authz.h"
#include "q_account.h"

#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>

#define PASSWORD "fire sma ender i dammen"
#define SECRET   "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* RFC 6238's */

enum { YEAR_S = 365 * 86400, TOO_LATE_FOR_32_BITS = 1 << 30 }; /* after 2038 */

static str
code_at(struct people *p, int64_t at)
{
	str bytes;

	assert_true(totp_secret_bytes(p->a, S(SECRET), &bytes));
	return totp_code(p->a, bytes, at / TOTP_STEP_S);
}

static struct cx *
admin(struct people *p)
{
	return cx_as(p, "admin");
}

/* A person invited by the administrator, and the token of the link. */
static str
invite(struct people *p, const char *email)
{
	struct result done;

	assert_ok(act(admin(p), &done, ACT_PERSON_INVITE, "name", "Ny Person", "email", email));
	return done.secret;
}

static struct err *
use(struct people *p, str token, const char *password, str code, str *ret_recovery)
{
	struct link_use u = {.token = token,
	    .password = str_from_c(password),
	    .secret = S(SECRET),
	    .code = code};

	return link_use(cx_nobody(p), &u, ret_recovery);
}

/* An account that is ready, and a minute later, so that its code is a fresh one. */
static str
ready(struct people *p, const char *email)
{
	str recovery;

	assert_ok(use(p, invite(p, email), PASSWORD, code_at(p, p->now_at), &recovery));
	p->now_at += 60;
	return recovery;
}

static struct err *
login(struct people *p, const char *email, const char *password, str *ret_token)
{
	int64_t wait_at;

	return login_password(cx_nobody(p), str_from_c(email), str_from_c(password),
	    S("192.0.2.7"), S("test"), ret_token, &wait_at);
}

static struct session *
session_of(struct people *p, str token)
{
	struct session *s;

	assert_ok(session_find(cx_nobody(p), token, &s));
	return s;
}

static struct err *
second(struct people *p, str token, str code, str *ret_token)
{
	int64_t wait_at;

	return login_code(
	    cx_nobody(p), session_of(p, token), code, S("test"), ret_token, &wait_at);
}

/* --- links ------------------------------------------------------------------------------ */
static void
test_an_invitation_is_used_once(void **state)
{
	struct people *p = *state;
	str codes, token = invite(p, "ny@eksempel.no");

	assert_err(use(p, token, "for kort", code_at(p, p->now_at), &codes), "input");
	assert_err(
	    use(p, token, "helsefellesskap2026", code_at(p, p->now_at), &codes), "input");
	assert_err(use(p, token, PASSWORD, S("000000"), &codes), "input");
	assert_ok(use(p, token, PASSWORD, code_at(p, p->now_at), &codes));
	assert_int_equal(codes.n, RECOVERY_CODES * 17);
	assert_err(use(p, token, PASSWORD, code_at(p, p->now_at), &codes), "link.spent");
}

static void
test_an_invitation_runs_out(void **state)
{
	struct people *p = *state;
	str codes, token = invite(p, "ny@eksempel.no");

	p->now_at += LINK_LIFE_S;
	assert_err(use(p, token, PASSWORD, code_at(p, p->now_at), &codes), "link.spent");
}

static const char *
pid_by_email(struct people *p, const char *email)
{
	struct person_lines l;

	assert_ok(people_list(admin(p), S(""), 400, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].email, str_from_c(email)))
			return str_to_c(p->a, l.v[i].pid);
	fail_msg("nobody has %s", email);
	return NULL;
}

/* The link that the new one gets who has lost a "password" or "phone". */
static str
link_for_lost(struct people *p, const char *what)
{
	struct result done;

	assert_ok(act(admin(p), &done, ACT_PERSON_RESET, "person",
	    pid_by_email(p, "ny@eksempel.no"), "lost", what));
	return done.secret;
}

static void
test_a_reset_of_the_password_keeps_the_phone(void **state)
{
	struct people *p = *state;
	struct result done;
	str link, codes, token;

	ready(p, "ny@eksempel.no");
	const char *pid = pid_by_email(p, "ny@eksempel.no");
	assert_err(act(admin(p), &done, ACT_PERSON_RESET, "person", pid), "input");
	link = link_for_lost(p, "password");
	/* Another phone's code does not do, although its secret comes with the form. */
	struct link_use u = {.token = link,
	    .password = S("helt andre ord i dag"),
	    .secret = S("MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK")};
	str other;
	assert_true(totp_secret_bytes(p->a, u.secret, &other));
	u.code = totp_code(p->a, other, p->now_at / TOTP_STEP_S);
	assert_err(link_use(cx_nobody(p), &u, &codes), "input");
	u.code = code_at(p, p->now_at);
	assert_ok(link_use(cx_nobody(p), &u, &codes));
	assert_int_equal(codes.n, 0);
	p->now_at += 60;
	assert_err(login(p, "ny@eksempel.no", PASSWORD, &token), "login.failed");
	assert_ok(login(p, "ny@eksempel.no", "helt andre ord i dag", &token));
	assert_ok(second(p, token, code_at(p, p->now_at), &token));
}

static void
test_a_reset_of_the_phone_asks_for_the_password(void **state)
{
	struct people *p = *state;
	str link, codes;

	ready(p, "ny@eksempel.no");
	link = link_for_lost(p, "phone");
	assert_err(use(p, link, "noe helt annet her", code_at(p, p->now_at), &codes), "input");
	assert_ok(use(p, link, PASSWORD, code_at(p, p->now_at), &codes));
	assert_true(codes.n > 0);
}

/* Both lost: a recovery code once in the phone's place, then a new phone with the password. */
static void
test_both_lost(void **state)
{
	struct people *p = *state;
	str link, codes = ready(p, "ny@eksempel.no"), left, code, token;

	assert_true(str_cut(codes, '\n', &code, &left));
	link = link_for_lost(p, "password");
	struct link_use u = {.token = link,
	    .password = S("helt andre ord i dag"),
	    .code = S("0123456789abcdef")};
	assert_err(link_use(cx_nobody(p), &u, &codes), "input");
	assert_err(login(p, "ny@eksempel.no", "helt andre ord i dag", &token), "login.failed");
	u.code = code;
	assert_ok(link_use(cx_nobody(p), &u, &codes));
	link = link_for_lost(p, "password");
	u.token = link; /* the code is spent */
	assert_err(link_use(cx_nobody(p), &u, &codes), "input");
	link = link_for_lost(p, "phone");
	assert_ok(use(p, link, "helt andre ord i dag", code_at(p, p->now_at), &codes));
	assert_true(codes.n > 0);
}

/* Whoever got hold of a link for a password does not get to try codes until one fits. */
static void
test_a_link_for_a_password_is_no_place_to_guess_codes(void **state)
{
	struct people *p = *state;
	str link, codes;

	ready(p, "ny@eksempel.no");
	link = link_for_lost(p, "password");
	/* a password that will not do: the code is not looked at */
	for (int i = 0; i < 6; i++) {
		struct cx *cx = cx_nobody(p);
		struct link_use u = {.token = link, .password = S("kort"), .code = S("000000")};
		assert_err(link_use(cx, &u, &codes), "input");
		assert_string_equal(fault_of(cx, "code"), "");
	}
	for (int i = 0; i < 4; i++)
		assert_err(use(p, link, PASSWORD, S("000000"), &codes), "input");
	assert_err(use(p, link, PASSWORD, code_at(p, p->now_at), &codes), "login.wait");
	p->now_at += 3;
	assert_err(use(p, link, PASSWORD, S("0123456789abcdef"), &codes), "input");
	p->now_at += 60;
	assert_err(use(p, link, PASSWORD, code_at(p, p->now_at), &codes), "link.spent");
}

static void
test_a_link_for_a_phone_is_no_place_to_guess_passwords(void **state)
{
	struct people *p = *state;
	str link, codes;

	ready(p, "ny@eksempel.no");
	link = link_for_lost(p, "phone");
	for (int i = 0; i < 4; i++)
		assert_err(
		    use(p, link, "noe helt annet her", code_at(p, p->now_at), &codes), "input");
	assert_err(use(p, link, PASSWORD, code_at(p, p->now_at), &codes), "login.wait");
	p->now_at += 3;
	assert_ok(use(p, link, PASSWORD, code_at(p, p->now_at), &codes));
}

static void
test_delays_long_over_are_forgotten(void **state)
{
	struct people *p = *state;
	const struct opened o = {S("t"), p->w->space, p->charter};
	const char *dir = folder_new(p->a, "/tmp");
	struct keys keys;
	str token;

	assert_ok(keys_load(p->a, dir, &keys)); /* makes the folder of keys */
	assert_err(login(p, "ingen@eksempel.no", "feil passord her", &token), "login.failed");
	assert_ok(jobs_run_space(p->a, &o, &p->house, dir, p->now_at + 24 * 3600));
	assert_int_equal(sql_int(p, "SELECT CAST(count(*) AS TEXT) FROM throttle", NULL), 1);
	assert_ok(jobs_run_space(p->a, &o, &p->house, dir, p->now_at + 24 * 3600 + 1));
	assert_int_equal(sql_int(p, "SELECT CAST(count(*) AS TEXT) FROM throttle", NULL), 0);
	folder_remove(dir);
}

/* --- logging in ------------------------------------------------------------------------- */
static void
test_password_then_code(void **state)
{
	struct people *p = *state;
	str half, full, again;

	ready(p, "ny@eksempel.no");
	assert_ok(login(p, "NY@eksempel.no", PASSWORD, &half));
	assert_int_equal(session_of(p, half)->stage, SESSION_PASSWORD);
	assert_ok(second(p, half, code_at(p, p->now_at), &full));
	assert_null(session_of(p, half)); /* its token is worth nothing more */
	assert_int_equal(session_of(p, full)->stage, SESSION_FULL);
	/* A code is good once. */
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_err(second(p, half, code_at(p, p->now_at), &again), "login.failed");
}

static void
test_a_recovery_code_is_good_once(void **state)
{
	struct people *p = *state;
	str half, full, codes = ready(p, "ny@eksempel.no"), code;

	assert_true(str_cut(codes, '\n', &code, &codes));
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_ok(second(p, half, code, &full));
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_err(second(p, half, code, &full), "login.failed");
}

static void
test_unknown_and_known_get_the_same_answer(void **state)
{
	struct people *p = *state;
	str token;

	ready(p, "ny@eksempel.no");
	for (int i = 0; i < 3; i++) {
		assert_err(
		    login(p, "ny@eksempel.no", "feil passord her", &token), "login.failed");
		assert_err(
		    login(p, "ingen@eksempel.no", "feil passord her", &token), "login.failed");
	}
	/* The fourth failure of either makes the next try wait, and only of that pair. */
	assert_err(login(p, "ny@eksempel.no", "feil passord her", &token), "login.failed");
	assert_err(login(p, "ingen@eksempel.no", "feil passord her", &token), "login.failed");
	assert_err(login(p, "ny@eksempel.no", PASSWORD, &token), "login.wait");
	assert_err(login(p, "ingen@eksempel.no", PASSWORD, &token), "login.wait");
	p->now_at += 3;
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &token));
	struct answer known =
	    ask(p, NULL, "POST", "/logg-inn", "email=ny%40eksempel.no&password=feil");
	struct answer unknown =
	    ask(p, NULL, "POST", "/logg-inn", "email=xx%40eksempel.no&password=feil");
	assert_int_equal(known.status, 422);
	assert_int_equal(unknown.status, 422);
	assert_int_equal(known.body.n, unknown.body.n);
}

enum { GUESSERS = 8 };

struct guesser {
	struct people *p;
	struct arena a;
	pthread_t thread;
	bool waits;
};

static void *
guess(void *arg)
{
	struct guesser *g = arg;
	const struct opened o = {S("t"), g->p->w->space, g->p->charter};
	struct cx cx;
	int64_t wait_at;
	str token;

	cx_for_system(&cx, &g->a, &o, &g->p->house, g->p->now_at);
	struct err *e = login_password(&cx, S("ingen@eksempel.no"), S("feil passord her"),
	    S("192.0.2.7"), S("test"), &token, &wait_at);
	g->waits = strcmp(e->code, "login.wait") == 0;
	return NULL;
}

static int
waiting(struct hasher *h)
{
	pthread_mutex_lock(&h->lock);
	int n = h->waiting;
	pthread_mutex_unlock(&h->lock);
	return n;
}

static void
note_policy(void *arg)
{
	*(int *)arg = sched_getscheduler(0);
}

static void
test_hashing_gives_way_to_requests(void **state)
{
	struct people *p = *state;
	int before = sched_getscheduler(0), policy = -1;

	assert_ok(hasher_run(&p->house.hasher, p->a, note_policy, &policy));
	assert_int_equal(policy, SCHED_IDLE);
	assert_int_equal(sched_getscheduler(0), before);
	assert_int_equal(p->house.hasher.running, 0);
}

/* All have passed the first look before any of them has failed. */
static void
test_many_at_once_get_no_more_tries(void **state)
{
	struct people *p = *state;
	struct guesser g[GUESSERS] = {0};
	int n = 0;

	for (int i = 0; i < p->house.hasher.at_once; i++)
		assert_ok(hasher_enter(&p->house.hasher, p->a));
	for (int i = 0; i < GUESSERS; i++) {
		g[i].p = p;
		arena_init(&g[i].a, 64 << 20);
		assert_int_equal(pthread_create(&g[i].thread, NULL, guess, &g[i]), 0);
	}
	while (waiting(&p->house.hasher) < GUESSERS)
		sched_yield();
	for (int i = 0; i < p->house.hasher.at_once; i++)
		hasher_leave(&p->house.hasher);
	for (int i = 0; i < GUESSERS; i++) {
		pthread_join(g[i].thread, NULL);
		n += g[i].waits;
		arena_finish(&g[i].a);
	}
	assert_int_equal(n, GUESSERS - 4);
}

static void
test_login_leads_to_what_was_asked_for(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, NULL, "GET", "/sok?q=helg%20vakt&side=2", NULL);

	assert_int_equal(r.status, 303);
	assert_non_null(strstr(
	    str_to_c(p->a, r.location), "/logg-inn?til=%2Fsok%3Fq%3Dhelg%2520vakt%26side%3D2"));
}

/* The session may end while one writes: the words come back, and nothing else does. */
static void
test_what_was_written_is_handed_back_to_who_is_logged_out(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, NULL, "POST", "/saker/0123456789abcdef/kommentarer",
	    "text=Er+legevakten+spurt%3F&section=trust&password=hemmelig");

	assert_int_equal(r.status, 401);
	assert_true(says(&r, "Er legevakten spurt?") && says(&r, "Du er logget ut"));
	assert_false(says(&r, "hemmelig") || says(&r, "trust"));
	r = ask(p, NULL, "POST", "/saker/0123456789abcdef/start", "rev=1");
	assert_int_equal(r.status, 303);
	/* a password may be a sentence; and a form of another's is nobody's words */
	r = ask(p, NULL, "POST", "/meg/passord",
	    "password=ord+som+er+hemmelige&new_password=andre+hemmelige+ord");
	assert_int_equal(r.status, 303);
	const struct http_header foreign[2] = {{S("sec-fetch-site"), S("cross-site")}};
	r = ask_raw(p, &(struct raw){.method = HTTP_POST,
			   .path = "/saker/0123456789abcdef/kommentarer",
			   .headers = foreign,
			   .content_type = "application/x-www-form-urlencoded",
			   .body = "text=Ring+dette+nummeret"});
	assert_int_equal(r.status, 303);
}

static void
test_a_closed_account_is_out_at_once(void **state)
{
	struct people *p = *state;
	struct result done;
	str half, full;

	ready(p, "ny@eksempel.no");
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_ok(second(p, half, code_at(p, p->now_at), &full));
	assert_ok(
	    act(admin(p), &done, ACT_PERSON_UPDATE, "person", pid_by_email(p, "ny@eksempel.no"),
		"rev", "1", "name", "Ny Person", "email", "ny@eksempel.no", "closed", "1"));
	assert_null(session_of(p, full));
	assert_err(login(p, "ny@eksempel.no", PASSWORD, &half), "login.failed");
}

/* --- sessions --------------------------------------------------------------------------- */
static void
test_a_session_ends(void **state)
{
	struct people *p = *state;
	str half, full;

	ready(p, "ny@eksempel.no");
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_ok(second(p, half, code_at(p, p->now_at), &full));
	p->now_at += SESSION_LIFE_S - 1;
	assert_non_null(session_of(p, full));
	p->now_at += 1;
	assert_null(session_of(p, full));
}

static void
test_idle_for_too_long(void **state)
{
	struct people *p = *state;

	assert_int_equal(ask(p, "contact.moss", "GET", "/meg", NULL).status, 200);
	person_of(p, "contact.moss")->keep_session = true;
	p->now_at += SESSION_IDLE_S - 1;
	assert_int_equal(ask_later(p, "contact.moss", SESSION_IDLE_S - 1, "/meg").status, 200);
	assert_int_equal(ask_later(p, "contact.moss", SESSION_IDLE_S, "/meg").status, 303);
}

/* The time in the cookie is not the browser's to set. */
static void
test_a_forged_cookie_is_nobodys(void **state)
{
	struct people *p = *state;
	str cookie = str_copy(p->a, cookie_of(p, "contact.moss"));
	struct http_header headers[2] = {{S("cookie"), cookie}};
	struct raw q = {.method = HTTP_GET, .path = "/meg", .headers = headers};
	char *last = (char *)(uintptr_t)&cookie.p[cookie.n - 1];

	assert_int_equal(ask_raw(p, &q).status, 200);
	*last = *last == '0' ? '1' : '0';
	assert_int_equal(ask_raw(p, &q).status, 303);
}

static void
test_an_administrator_is_idle_sooner(void **state)
{
	struct people *p = *state;

	assert_int_equal(ask(p, "admin", "GET", "/drift", NULL).status, 200);
	person_of(p, "admin")->keep_session = true;
	p->now_at += SESSION_ADMIN_IDLE_S;
	assert_int_equal(ask_later(p, "admin", SESSION_ADMIN_IDLE_S - 1, "/drift").status, 200);
	struct answer r = ask_later(p, "admin", SESSION_ADMIN_IDLE_S, "/drift");
	assert_int_equal(r.status, 303);
	assert_int_equal(r.cookie.n, 0); /* none that would let the browser in again */
}

static void
test_access_is_gone_at_the_next_request(void **state)
{
	struct people *p = *state;

	assert_int_equal(ask(p, "contact.moss", "GET", "/saker/ny", NULL).status, 200);
	assert_int_equal(ask(p, "contact.moss", "POST", "/saker/ny",
			     "title=En+sak+fra+Moss&summary=Tekst&submit=1")
			     .status,
	    303);
	people_end(p, "contact.moss");
	assert_int_equal(ask(p, "contact.moss", "POST", "/saker/ny",
			     "title=En+sak+til&summary=Tekst&submit=1")
			     .status,
	    403);
	struct answer list = ask(p, "contact.moss", "GET", "/saker", NULL);
	assert_false(says(&list, "En sak fra Moss"));
}

/* --- a fresh code for weighty acts ------------------------------------------------------ */
static const char invitation[] = "name=Ny+Person&email=ny%40eksempel.no";

static void
test_weighty_acts_ask_for_a_code(void **state)
{
	struct people *p = *state;

	assert_int_equal(ask(p, "admin", "GET", "/drift", NULL).status, 200);
	person_of(p, "admin")->keep_session = true;
	p->now_at += SESSION_PROOF_S;
	int64_t before = entries(p);
	struct answer r = ask(p, "admin", "POST", "/drift/ny", invitation);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "name=\"_code\""));
	assert_true(says(&r, "name=\"email\" value=\"ny@eksempel.no\"")); /* nothing is lost */
	r = ask(p, "admin", "POST", "/drift/ny",
	    "name=Ny+Person&email=ny%40eksempel.no&_code=000000");
	assert_int_equal(r.status, 422);
	assert_int_equal(entries(p), before);
}

static void
test_a_fresh_code_lets_the_act_through(void **state)
{
	struct people *p = *state;

	assert_int_equal(ask(p, "admin", "GET", "/drift", NULL).status, 200);
	struct answer r = ask(p, "admin", "POST", "/drift/ny", invitation);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "/t/lenke/")); /* shown once, on a page of its own */
}

static const char invitation_json[] =
    "{\"name\": \"Ny Person\", \"email\": \"ny@eksempel.no\"}";

static void
test_a_program_left_to_itself_does_no_weighty_act(void **state)
{
	struct people *p = *state;

	person_of(p, "admin")->keep_session = true; /* no code has been given */
	int64_t before = entries(p);
	struct answer r = ask_api(p, "admin", "POST", "/people", invitation_json);
	assert_int_equal(r.status, 403);
	assert_true(says(&r, "token.prove"));
	assert_int_equal(entries(p), before);
	person_of(p, "admin")->keep_session = false;
	assert_int_equal(ask_api(p, "admin", "POST", "/people", invitation_json).status, 200);
}

static struct err *
write_token(struct cx *cx, void *arg)
{
	struct token_new t = {.pid = pid_new(cx->a),
	    .label = S("Program"),
	    .writes = true,
	    .until_at = cx->now_at + 3600};

	return token_make(cx, &t, arg);
}

static struct answer
weighty(struct people *p, str token, str code)
{
	struct http_header headers[3] = {
	    {S("authorization"),
		str_from_c(arena_printf(p->a, "Bearer " STR_FMT, STR_ARG(token)))},
	    {S("rodtrad-code"), code},
	};

	return ask_raw(p, &(struct raw){
			      .method = HTTP_POST,
			      .path = "/api/v1/people",
			      .content_type = "application/json",
			      .body = invitation_json,
			      .headers = headers,
			  });
}

static void
test_a_code_with_a_token_is_good_for_ten_minutes(void **state)
{
	struct people *p = *state;
	str half, full, text;
	struct token token;

	ready(p, "ny@eksempel.no");
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_ok(second(p, half, code_at(p, p->now_at), &full));
	p->now_at += 60;
	struct actor who = {.person_id = session_of(p, full)->person_id};
	struct cx *cx = cx_nobody(p);
	cx->actor = &who;
	assert_ok(cx_write(cx, write_token, &text));
	struct answer r = weighty(p, text, S("000000"));
	assert_true(says(&r, "login.failed"));
	r = weighty(p, text, code_at(p, p->now_at));
	assert_false(says(&r, "login.failed")); /* the code is; this person may invite nobody */
	assert_false(says(&r, "token.prove"));
	assert_int_equal(r.status, 403);
	assert_ok(token_find(cx_nobody(p), text, &token));
	assert_int_equal(token.proved_at, p->now_at);
	r = weighty(p, text, S(""));
	assert_false(says(&r, "token.prove"));
	p->now_at -= YEAR_S; /* the clock is set back: the code was shown in the future */
	r = weighty(p, text, S(""));
	assert_true(says(&r, "token.prove"));
	p->now_at += YEAR_S + SESSION_PROOF_S;
	r = weighty(p, text, S(""));
	assert_true(says(&r, "token.prove"));
}

/* P18: a clock that jumps lets nobody in. */
static void
test_a_clock_that_jumps_opens_nothing(void **state)
{
	struct people *p = *state;
	static const int64_t jumps[] = {-YEAR_S, 10 * YEAR_S, TOO_LATE_FOR_32_BITS};
	str half, full, again, code;

	ready(p, "ny@eksempel.no");
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	code = code_at(p, p->now_at);
	assert_ok(second(p, half, code, &full));
	assert_non_null(session_of(p, full));
	str cookie = str_copy(p->a, cookie_of(p, "contact.moss"));
	struct http_header headers[2] = {{S("cookie"), cookie}};
	struct raw q = {.method = HTTP_GET, .path = "/meg", .headers = headers};
	assert_int_equal(ask_raw(p, &q).status, 200);
	for (size_t i = 0; i < sizeof(jumps) / sizeof(jumps[0]); i++) {
		p->now_at += jumps[i];
		assert_null(session_of(p, full));
		assert_int_equal(ask_raw(p, &q).status, 303);
		assert_int_equal(ask(p, NULL, "GET", "/offentlig", NULL).status, 200);
		p->now_at -= jumps[i];
	}
	assert_int_equal(ask_raw(p, &q).status, 200);
	p->now_at -= 30; /* a step back: codes of the past are used or older */
	assert_ok(login(p, "ny@eksempel.no", PASSWORD, &half));
	assert_err(second(p, half, code, &again), "login.failed");
	assert_err(second(p, half, code_at(p, p->now_at), &again), "login.failed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_an_invitation_is_used_once),
	    WITH_OSTFOLD(test_an_invitation_runs_out),
	    WITH_OSTFOLD(test_a_reset_of_the_password_keeps_the_phone),
	    WITH_OSTFOLD(test_a_reset_of_the_phone_asks_for_the_password),
	    WITH_OSTFOLD(test_both_lost),
	    WITH_OSTFOLD(test_a_link_for_a_password_is_no_place_to_guess_codes),
	    WITH_OSTFOLD(test_a_link_for_a_phone_is_no_place_to_guess_passwords),
	    WITH_OSTFOLD(test_delays_long_over_are_forgotten),
	    WITH_OSTFOLD(test_password_then_code),
	    WITH_OSTFOLD(test_a_recovery_code_is_good_once),
	    WITH_OSTFOLD(test_unknown_and_known_get_the_same_answer),
	    WITH_OSTFOLD_FILE(test_hashing_gives_way_to_requests),
	    WITH_OSTFOLD_FILE(test_many_at_once_get_no_more_tries),
	    WITH_OSTFOLD(test_login_leads_to_what_was_asked_for),
	    WITH_OSTFOLD(test_what_was_written_is_handed_back_to_who_is_logged_out),
	    WITH_OSTFOLD(test_a_closed_account_is_out_at_once),
	    WITH_OSTFOLD(test_a_session_ends),
	    WITH_OSTFOLD(test_idle_for_too_long),
	    WITH_OSTFOLD(test_a_forged_cookie_is_nobodys),
	    WITH_OSTFOLD(test_an_administrator_is_idle_sooner),
	    WITH_OSTFOLD(test_access_is_gone_at_the_next_request),
	    WITH_OSTFOLD(test_weighty_acts_ask_for_a_code),
	    WITH_OSTFOLD(test_a_fresh_code_lets_the_act_through),
	    WITH_OSTFOLD(test_a_program_left_to_itself_does_no_weighty_act),
	    WITH_OSTFOLD(test_a_code_with_a_token_is_good_for_ten_minutes),
	    WITH_OSTFOLD(test_a_clock_that_jumps_opens_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
