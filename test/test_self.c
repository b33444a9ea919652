/* One's own password and phone: changed by who knows the present one, and nobody else is left
 * inside afterwards. */
#include "people.h"

#include "app/account.h"
#include "app/self.h"
#include "app/totp.h"
#include "base/random.h"
#include "core/authz.h"
#include "q_account.h"

#define WHO      "contact.moss"
#define PASSWORD "fire sma ender i dammen"
#define NEXT     "åtte store gjess på jordet"
#define NEXT_URL "%C3%A5tte+store+gjess+p%C3%A5+jordet"
#define SECRET   "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define OTHER    "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"

static str
code_of(struct people *p, const char *secret)
{
	str bytes;

	assert_true(totp_secret_bytes(p->a, str_from_c(secret), &bytes));
	return totp_code(p->a, bytes, p->now_at / TOTP_STEP_S);
}

static struct err *
write_account(struct cx *cx, void *arg)
{
	struct person *who = arg;
	str hash, secret, codes;
	int64_t n;

	assert_true(totp_secret_bytes(cx->a, S(SECRET), &secret));
	TRY(password_hash(cx, S(PASSWORD), &hash));
	TRY(q_account_set_password(cx->db, cx->a, who->id, hash, cx->now_at, &n));
	TRY(q_account_set_totp(cx->db, cx->a, who->id, secret, cx->now_at, &n));
	return recovery_renew(cx, who->id, &codes);
}

/* Gives WHO a password and a phone that the test knows; logs in by them. */
static void
ready(struct people *p)
{
	assert_ok(cx_write(cx_nobody(p), write_account, person_of(p, WHO)));
}

static struct err *
login(struct people *p, const char *password, const char *secret, str *ret_token)
{
	int64_t wait_at;
	struct cx *cx = cx_nobody(p);
	struct session *s;
	str half;

	TRY(login_password(cx, person_of(p, WHO)->email, str_from_c(password), S("192.0.2.7"),
	    S("test"), &half, &wait_at));
	TRY(session_find(cx, half, &s));
	return login_code(cx, s, code_of(p, secret), S("test"), ret_token, &wait_at);
}

static bool
lives(struct people *p, str token)
{
	struct session *s;

	assert_ok(session_find(cx_nobody(p), token, &s));
	return s != NULL;
}

static str
given(struct people *p, const char *password, const char *next)
{
	return str_from_c(arena_printf(p->a, "password=%s&new_password=%s", password, next));
}

static struct err *
write_token(struct cx *cx, void *arg)
{
	struct token_new t = {
	    .pid = pid_new(cx->a), .label = S("Program"), .until_at = cx->now_at + 3600};

	return token_make(cx, &t, arg);
}

static str
program_of(struct people *p)
{
	str token;

	assert_ok(cx_write(cx_as(p, WHO), write_token, &token));
	return token;
}

static struct err *
use_token(struct people *p, str token)
{
	struct token t;

	return token_find(cx_nobody(p), token, &t);
}

static struct answer
post(struct people *p, const char *path, str form)
{
	return ask(p, WHO, "POST", path, str_to_c(p->a, form));
}

static void
test_a_password_is_changed(void **state)
{
	struct people *p = *state;
	str elsewhere, token;

	ready(p);
	str program = program_of(p);
	assert_ok(use_token(p, program));
	assert_ok(login(p, PASSWORD, SECRET, &elsewhere));
	p->now_at += 60;
	int64_t before = entries(p);
	struct answer r =
	    post(p, "/meg/passord", given(p, "fire+sma+ender+i+dammen", NEXT_URL));
	assert_int_equal(r.status, 303);
	assert_true(str_eq(r.location, S("/t/meg")));
	assert_int_equal(entries(p), before + 1);
	assert_false(lives(p, elsewhere));
	assert_err(use_token(p, program), "login.required");
	person_of(p, WHO)->keep_session = true;
	assert_int_equal(ask(p, WHO, "GET", "/meg", NULL).status, 200); /* this one goes on */
	assert_err(login(p, PASSWORD, SECRET, &token), "login.failed");
	p->now_at += 60;
	assert_ok(login(p, NEXT, SECRET, &token));
	p->now_at += 60;
	/* the same words as another keyboard writes them: a and a ring, two code points */
	assert_ok(login(p, "a\xcc\x8atte store gjess pa\xcc\x8a jordet", SECRET, &token));
	r = ask(p, WHO, "GET", "/min-dag", NULL);
	assert_true(says(&r, "Passordet ble byttet"));
}

static void
test_one_holds_so_many_tokens_and_no_more(void **state)
{
	struct people *p = *state;
	str token;

	for (int i = 0; i < TOKENS_MAX; i++)
		program_of(p);
	assert_err(cx_write(cx_as(p, WHO), write_token, &token), "token.too_many");
	p->now_at += 3601; /* those have run out */
	assert_ok(cx_write(cx_as(p, WHO), write_token, &token));
}

static void
test_the_present_password_must_be_known(void **state)
{
	struct people *p = *state;
	str token;

	ready(p);
	int64_t before = entries(p);
	struct answer r = post(p, "/meg/passord", given(p, "noe+helt+annet+enn+det", NEXT_URL));
	assert_int_equal(r.status, 422);
	assert_false(says(&r, "gjess")); /* what was written is not shown again */
	assert_false(says(&r, "noe helt annet"));
	for (int i = 0; i < 3; i++)
		r = post(p, "/meg/passord", given(p, "noe+helt+annet+enn+det", NEXT_URL));
	r = post(p, "/meg/passord", given(p, "fire+sma+ender+i+dammen", NEXT_URL));
	assert_int_equal(r.status, 429); /* the right one, but one must wait now */
	assert_int_equal(entries(p), before);
	assert_ok(login(p, PASSWORD, SECRET, &token));
}

static void
test_a_new_password_must_be_good(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, WHO);
	struct result done;

	ready(p);
	assert_err(act(cx, &done, ACT_ACCOUNT_PASSWORD, "password", PASSWORD, "new_password",
		       "for kort"),
	    "input");
	assert_string_equal(fault_of(cx, "new_password"), "input.too_short");
	cx = cx_as(p, WHO);
	assert_err(
	    act(cx, &done, ACT_ACCOUNT_PASSWORD, "password", PASSWORD, "new_password",
		arena_printf(p->a, STR_FMT " og litt til", STR_ARG(person_of(p, WHO)->email))),
	    "input");
	assert_string_equal(fault_of(cx, "new_password"), "password.common");
}

static void
test_an_open_link_is_void_afterwards(void **state)
{
	struct people *p = *state;
	struct result done;
	struct link *l;
	str token;

	ready(p);
	assert_ok(act(cx_as(p, "admin"), &done, ACT_PERSON_RESET, "person",
	    str_to_c(p->a, person_of(p, WHO)->pid), "lost", "phone"));
	token = done.secret;
	assert_ok(link_find(cx_nobody(p), token, &l));
	assert_ok(act(cx_as(p, WHO), &done, ACT_ACCOUNT_PASSWORD, "password", PASSWORD,
	    "new_password", NEXT));
	assert_err(link_find(cx_nobody(p), token, &l), "link.spent");
}

/* What a link did is told and recorded: somebody else may have held it. */
static void
test_a_link_that_was_used_leaves_nobody_inside_and_is_told(void **state)
{
	struct people *p = *state;
	struct result done;
	str codes;

	ready(p);
	str program = program_of(p);
	assert_ok(act(cx_as(p, "admin"), &done, ACT_PERSON_RESET, "person",
	    str_to_c(p->a, person_of(p, WHO)->pid), "lost", "password"));
	int64_t before = entries(p);
	struct link_use u = {.token = done.secret, .password = S(NEXT), .code = S("000000")};
	assert_err(link_use(cx_nobody(p), &u, &codes), "input");
	assert_ok(use_token(p, program));
	assert_int_equal(entries(p), before);
	u.code = code_of(p, SECRET);
	assert_ok(link_use(cx_nobody(p), &u, &codes));
	assert_int_equal(entries(p), before + 1);
	assert_err(use_token(p, program), "login.required");
	struct answer r = ask(p, WHO, "GET", "/min-dag", NULL);
	assert_true(says(&r, "Innlogging nullstilt"));
	assert_true(says(&r, "Passordet ble byttet"));
}

static void
test_logged_out_everywhere_the_programs_are_too(void **state)
{
	struct people *p = *state;
	struct result done;
	str program = program_of(p);

	assert_ok(act(cx_as(p, WHO), &done, ACT_PERSON_SIGN_OUT, "person",
	    str_to_c(p->a, person_of(p, WHO)->pid)));
	assert_err(use_token(p, program), "login.required");
}

static const char *
phone_form(struct people *p, const char *password, const char *code)
{
	return arena_printf(p->a, "password=%s&secret=" OTHER "&code=%s", password, code);
}

static void
test_a_phone_is_changed(void **state)
{
	struct people *p = *state;
	str elsewhere, token;

	ready(p);
	assert_ok(login(p, PASSWORD, SECRET, &elsewhere));
	p->now_at += 60;
	int64_t before = entries(p);
	const char *code = str_to_c(p->a, code_of(p, OTHER));
	struct answer r = ask(
	    p, WHO, "POST", "/meg/telefon", phone_form(p, "fire+sma+ender+i+dammen", "000000"));
	assert_int_equal(r.status, 422);
	assert_true(says(&r, OTHER)); /* the same key goes on: the app has it already */
	r = ask(p, WHO, "POST", "/meg/telefon", phone_form(p, "feil+feil+feil+feil", code));
	assert_int_equal(r.status, 422);
	assert_int_equal(entries(p), before);
	r = ask(p, WHO, "POST", "/meg/telefon", phone_form(p, "fire+sma+ender+i+dammen", code));
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Den nye telefonen er koblet til"));
	assert_int_equal(entries(p), before + 1);
	assert_false(lives(p, elsewhere));
	/* the code that connected it is spent, and the old phone is worth nothing */
	assert_err(login(p, PASSWORD, OTHER, &token), "login.failed");
	p->now_at += 60;
	assert_err(login(p, PASSWORD, SECRET, &token), "login.failed");
	assert_ok(login(p, PASSWORD, OTHER, &token));
}

static void
test_secrets_wait_for_no_code_and_leave_no_trace(void **state)
{
	struct people *p = *state;
	static const struct {
		const char *path;
	} pages[] = {{"/meg/passord"}, {"/meg/telefon"}};

	ready(p);
	assert_int_equal(ask(p, WHO, "GET", "/meg", NULL).status, 200);
	person_of(p, WHO)->keep_session = true;
	p->now_at += SESSION_PROOF_S;
	for (size_t i = 0; i < 2; i++) {
		struct answer r = ask(p, WHO, "GET", pages[i].path, NULL);
		assert_int_equal(r.status, 303);
		assert_true(memmem(r.location.p, r.location.n, "/bekreft", 8));
		r = ask(p, WHO, "POST", pages[i].path,
		    "password=fire+sma+ender+i+dammen&new_password=" NEXT_URL "&secret=" OTHER);
		assert_true(says(&r, "name=\"_code\""));
		assert_false(says(&r, "dammen"));
		assert_false(says(&r, "name=\"password\""));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_a_password_is_changed),
	    WITH_OSTFOLD(test_one_holds_so_many_tokens_and_no_more),
	    WITH_OSTFOLD(test_the_present_password_must_be_known),
	    WITH_OSTFOLD(test_a_new_password_must_be_good),
	    WITH_OSTFOLD(test_an_open_link_is_void_afterwards),
	    WITH_OSTFOLD(test_a_link_that_was_used_leaves_nobody_inside_and_is_told),
	    WITH_OSTFOLD(test_logged_out_everywhere_the_programs_are_too),
	    WITH_OSTFOLD(test_a_phone_is_changed),
	    WITH_OSTFOLD(test_secrets_wait_for_no_code_and_leave_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
