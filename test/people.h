/*
 * test/people.h - a founded space with people in it, for the tests of every area.
 *
 *	static void
 *	test_propose(void **state)
 *	{
 *		struct people *p = *state;
 *		struct cx *cx = cx_as(p, "contact.halden");
 *		struct result done;
 *
 *		assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg",
 *		    "summary", "…", "submit", "1"));
 *		struct answer r = ask(p, "secretary.municipal", "GET", "/saker", NULL);
 *		assert_int_equal(r.status, 200);
 *	}
 *	... WITH_OSTFOLD(test_propose) ...
 *
 * People are named by key:
 *	secretary.municipal, secretary.trust	acting for the municipal cooperation, the trust
 *	contact.PARTY				of every municipality, hospital and the trust
 *	SEAT, SEAT+1, SEAT+2			member and ranked deputies of the strategic
 *						body, by the charter's key of the seat
 *	chair, vice				of that body: the first seats of the two sides
 *	user, gp				who sits in it for these sides (if anyone)
 *	admin, outsider				the latter has an account and no appointment
 *
 * The clock stands at p->now_at (NOW_AT at first); a test moves it by setting it.
 *
 * Ownership  *state is the struct people; all of it lives in its world's arena.
 */
#ifndef TEST_PEOPLE_H
#define TEST_PEOPLE_H

#include "app/house.h"
#include "app/usecase.h"
#include "web/http.h"
#include "web/site.h"
#include "world.h"

enum { PEOPLE_MAX = 400 };

struct person {
	str key, pid, name, email;
	int64_t id, party_id; /* party_id: for whom the person acts at first */
	str session, token;   /* made when first asked for */
	int64_t session_at, token_id;
	bool keep_session; /* else a code is as good as given at every request */
};

struct people {
	struct world *w;
	struct arena *a;
	struct house house;
	struct site site; /* at "/t" */
	const struct charter *charter;
	const struct charter_body *strategic;
	int64_t now_at;
	struct person all[PEOPLE_MAX];
	size_t n;
};

/* From charters/ostfold.yaml, charters/vestre-viken-2021.yaml. */
int people_setup_ostfold(void **state);
int people_setup_vestre_viken(void **state);
int people_setup_ostfold_file(void **state); /* on disk, with threads */
/* From a copy of the former, edited by test/fixtures/cooperation/seven.sed to be like neither.
 */
int people_setup_seven(void **state);
int people_teardown(void **state);

#define WITH_OSTFOLD(f) \
	cmocka_unit_test_setup_teardown(f, people_setup_ostfold, people_teardown)
#define WITH_VESTRE_VIKEN(f) \
	cmocka_unit_test_setup_teardown(f, people_setup_vestre_viken, people_teardown)
#define WITH_SEVEN(f) cmocka_unit_test_setup_teardown(f, people_setup_seven, people_teardown)
#define WITH_OSTFOLD_FILE(f) \
	cmocka_unit_test_setup_teardown(f, people_setup_ostfold_file, people_teardown)

/* The person of a key; the test fails when there is none. */
struct person *person_of(struct people *p, const char *key);

/* Fills the seats of another body ("fsu") with members and deputies, keyed by seat. */
void people_seat(struct people *p, const char *body_key);

/* One more person with one appointment; role 0: none. body and seat may be NULL. */
struct person *people_add(struct people *p, const char *key, enum role role,
    const char *party_key, const char *body_key, const char *seat_key);

/* Ends every appointment of the person yesterday. */
void people_end(struct people *p, const char *key);

int64_t party_id_of(struct people *p, const char *party_key);
int64_t body_id_of(struct people *p, const char *body_key);
str body_pid_of(struct people *p, const char *body_key);

/* A context in which the person acts, with db set for direct reads. */
struct cx *cx_as(struct people *p, const char *key);
struct cx *cx_of(struct people *p, const struct person *who);
struct cx *cx_nobody(struct people *p); /* the public */

/* Performs a use case by declared names: act(cx, &done, ACT_X, "name", "value", ...). A name
 * given twice is a list. What was wrong with fields is in cx->faults afterwards. */
#define act(cx, ret, action, ...) \
	act_list((cx), (ret), (action), (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
struct err *
act_list(struct cx *cx, struct result *ret, enum action action, const char *const *pairs);

/* The code of the first fault of a field, or "". */
const char *fault_of(const struct cx *cx, const char *field);

/* How many entries the journal has. */
int64_t entries(struct people *p);

struct answer {
	int status;
	str location, body, cookie, etag;
};

/* One request just as it is to be, for what no browser would send. */
struct raw {
	enum http_method method;
	const char *path; /* within the space, may have a query: "/saker", "/api/v1/matters" */
	const char *content_type, *body;   /* NULL: none */
	const struct http_header *headers; /* names in lower case; the last one has none */
};
struct answer ask_raw(struct people *p, const struct raw *q);

/* Proofs of who it is, made when first asked for: the cookie, what a form of the person
 * carries as _token, and a token of the API. key NULL: nobody's. */
str cookie_of(struct people *p, const char *key);
str form_proof_of(struct people *p, const char *key);
str token_of(struct people *p, const char *key);

/* One request through web_answer, with a real session of the person (NULL: nobody). path may
 * have a query. A POST gets our form's token and the same origin; form is urlencoded. */
struct answer
ask(struct people *p, const char *key, const char *method, const char *path, const char *form);

/* A GET with the session that the person has, last used so many seconds ago. */
struct answer ask_later(struct people *p, const char *key, int64_t idle_s, const char *path);

/* The same through the API with a token of the person: path as under /api/v1. */
struct answer ask_api(
    struct people *p, const char *key, const char *method, const char *path, const char *json);

/* Whether the text stands in the answer's body. */
bool says(const struct answer *r, const char *text);

#endif
