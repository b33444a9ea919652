/* One person, several parties: who acts for whom, on pages and by tokens. */
#include "people.h"

#include "app/account.h"
#include "app/matter.h"
#include "base/clock.h"
#include "core/authz.h"
#include "q_people.h"
#include "store/journal.h"

static const char *
party_pid(struct people *p, const char *key)
{
	struct q_party_by_key *row;

	assert_ok(q_party_by_key(p->w->db, p->a, str_from_c(key), &row));
	return str_to_c(p->a, row->pid);
}

/* The contact of Halden speaks for Aremark too. */
static void
appoint_twice(struct people *p)
{
	struct result done;

	assert_ok(act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_ADD, "person",
	    str_to_c(p->a, person_of(p, "contact.halden")->pid), "role", "contact", "party",
	    party_pid(p, "aremark")));
}

static void
switch_to(struct people *p, const char *key)
{
	struct answer r = ask(p, "contact.halden", "POST", "/meg/part",
	    arena_printf(p->a, "party=%s", party_pid(p, key)));

	assert_int_equal(r.status, 303);
}

#define PROPOSAL "title=Utskrivning+i+helg&summary=Tekst&submit=1"

/* Nobody makes oneself another's: neither a party one does not act for, nor one there is not.
 */
static void
one_acts_for_ones_own_parties_only(void **state)
{
	struct people *p = *state;
	const char *others[] = {party_pid(p, "moss"), "0123456789abcdef", ""};

	appoint_twice(p);
	switch_to(p, "halden");
	for (size_t i = 0; i < 3; i++) {
		struct answer r = ask(p, "contact.halden", "POST", "/meg/part",
		    arena_printf(p->a, "party=%s", others[i]));
		assert_int_equal(r.status, 404);
	}
	struct answer r = ask(p, "contact.halden", "GET", "/saker/ny", NULL);
	assert_true(says(&r, "name=\"_for\" value=\"halden\""));
}

/* §2 "the page says for whom one acts": and what it said is what is done. */
static void
a_form_is_sent_for_the_party_it_named(void **state)
{
	struct people *p = *state;

	appoint_twice(p);
	switch_to(p, "halden");
	struct answer r = ask(p, "contact.halden", "GET", "/saker/ny", NULL);
	assert_true(says(&r, "name=\"_for\" value=\"halden\""));
	switch_to(p, "aremark"); /* in another tab */
	int64_t before = entries(p);
	r = ask(p, "contact.halden", "POST", "/saker/ny", PROPOSAL "&_for=halden");
	assert_int_equal(r.status, 409);
	assert_true(says(&r, "Du handler nå for en annen"));
	assert_true(says(&r, "Utskrivning i helg")); /* what was written is kept */
	assert_true(says(&r, "name=\"_for\" value=\"aremark\""));
	assert_int_equal(entries(p), before);
	r = ask(p, "contact.halden", "POST", "/saker/ny", PROPOSAL "&_for=aremark");
	assert_int_equal(r.status, 303);
	assert_int_equal(entries(p), before + 1);
	r = ask(p, "contact.halden", "GET", "/saker", NULL);
	assert_true(says(&r, "Aremark"));
}

static struct token
token_of_halden(struct people *p, str *ret)
{
	struct result done;
	struct token t;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_TOKEN_CREATE, "label", "Prøve",
	    "days", "30"));
	*ret = done.secret;
	assert_ok(token_find(cx_nobody(p), done.secret, &t));
	return t;
}

/* A token is for one party, and goes with it: it never begins to act for another. */
static void
a_token_goes_with_its_party(void **state)
{
	struct people *p = *state;
	struct token t;
	str text;

	appoint_twice(p);
	t = token_of_halden(p, &text);
	assert_true(str_eq(t.actor->party_key, S("halden")));
	struct appointment *list;
	struct result done;
	size_t n;
	assert_ok(q_appointments_of(p->w->db, p->a, person_of(p, "contact.halden")->id,
	    clock_day(p->now_at), &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].party_id == party_id_of(p, "halden"))
			assert_ok(act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_END, "person",
			    str_to_c(p->a, person_of(p, "contact.halden")->pid), "appointment",
			    str_to_c(p->a, list[i].pid)));
	assert_err(token_find(cx_nobody(p), text, &t), "login.required");
}

static void
a_token_ends_on_its_day(void **state)
{
	struct people *p = *state;
	struct token t;
	str text;

	t = token_of_halden(p, &text); /* for 30 days */
	p->now_at += 30 * 24 * 3600 - 1;
	assert_ok(token_find(cx_nobody(p), text, &t));
	p->now_at++;
	assert_err(token_find(cx_nobody(p), text, &t), "login.required");
}

/* §3.8: nothing that waits is out of sight because of the party acted for. */
static void
the_day_says_what_waits_elsewhere(void **state)
{
	struct people *p = *state;
	struct result done;

	appoint_twice(p);
	switch_to(p, "aremark");
	assert_ok(act(cx_as(p, "contact.aremark"), &done, ACT_MATTER_PROPOSE, "title",
	    "Utskrivning i helg", "summary", "Tekst"));
	struct answer r = ask(p, "contact.halden", "GET", "/min-dag", NULL);
	assert_true(says(&r, "Gjør ferdig utkastet"));
	assert_false(says(&r, "Når du handler for andre"));
	switch_to(p, "halden");
	r = ask(p, "contact.halden", "GET", "/min-dag", NULL);
	assert_false(says(&r, "Gjør ferdig utkastet"));
	assert_true(says(&r, "Aremark (1 venter)"));
	r = ask(p, "contact.aremark", "GET", "/min-dag", NULL);
	assert_false(says(&r, "Når du handler for andre"));
}

/* The record says under which appointment a deed was done, whatever was read on the way. */
static void
the_record_names_the_appointment(void **state)
{
	struct people *p = *state;
	struct person *who = person_of(p, "contact.halden");
	struct journal_line *line;
	struct object object;
	struct matter *m;
	struct result done;
	struct cx *cx;
	size_t n;

	appoint_twice(p);
	who->party_id = party_id_of(p, "aremark");
	cx = cx_of(p, who);
	assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg", "summary",
	    "Tekst", "submit", "1"));
	assert_ok(matter_load(cx, done.pid, &m, &object));
	assert_ok(act(cx, &done, ACT_MATTER_WITHDRAW, "matter", str_to_c(p->a, m->pid), "rev",
	    arena_printf(p->a, "%d", (int)m->rev), "reason", "Løst"));
	assert_ok(journal_latest(p->w->db, p->a, JOURNAL_NEWEST, 1, &line, &n));
	for (size_t i = 0; i < cx->actor->n_appointments; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		assert_int_equal(str_eq(t->pid, journal_about(line, "appointment")),
		    t->party_id == who->party_id);
	}
}

/* §2: every act stores person, party and appointment. */
static void
the_record_says_who_for_whom_and_by_what(void **state)
{
	struct people *p = *state;
	struct journal_line *l;
	struct cx *cx = cx_as(p, "contact.halden");
	struct result done;
	struct appointment *list;
	size_t n;

	assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg", "summary",
	    "Tekst", "submit", "1"));
	assert_ok(journal_latest(p->w->db, p->a, JOURNAL_NEWEST, 1, &l, &n));
	assert_ok(q_appointments_of(p->w->db, p->a, person_of(p, "contact.halden")->id,
	    clock_day(p->now_at), &list, &n));
	assert_int_equal(n, 1);
	assert_true(str_eq(journal_about(l, "appointment"), list[0].pid));
	assert_true(str_eq(l->entry.org, S("halden")));
	assert_true(str_eq(l->entry.session, cx->session_tag));
	assert_true(str_eq(l->entry.actor, str_from_c(arena_printf(p->a, "u:" STR_FMT,
					       STR_ARG(person_of(p, "contact.halden")->pid)))));
}

/* A key is good for one form: the same person's other form is not taken for it. */
static void
a_key_is_for_one_act(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, "contact.halden", "POST", "/saker/ny", PROPOSAL "&_key=k1");

	assert_int_equal(r.status, 303);
	int64_t before = entries(p);
	r = ask(p, "contact.halden", "POST",
	    arena_printf(p->a, "%.*s/kommentarer", (int)r.location.n - 2, r.location.p + 2),
	    "text=Hei&_key=k1");
	assert_int_equal(r.status, 409);
	assert_int_equal(entries(p), before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(one_acts_for_ones_own_parties_only),
	    WITH_OSTFOLD(a_form_is_sent_for_the_party_it_named),
	    WITH_OSTFOLD(a_token_goes_with_its_party),
	    WITH_OSTFOLD(a_token_ends_on_its_day),
	    WITH_OSTFOLD(the_day_says_what_waits_elsewhere),
	    WITH_OSTFOLD(the_record_says_who_for_whom_and_by_what),
	    WITH_OSTFOLD(a_key_is_for_one_act),
	    WITH_OSTFOLD(the_record_names_the_appointment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
