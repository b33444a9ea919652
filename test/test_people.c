#include "people.h"

#include "app/account.h"
#include "app/import.h"
#include "app/self.h"
#include "base/clock.h"
#include "core/authz.h"
#include "core/charter.h"

/* --- the shared people, on whom other tests stand --------------------------------------- */
static void
test_people(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "contact.halden");
	struct result done;

	int64_t before = entries(p);
	assert_err(
	    act(cx, &done, ACT_MATTER_PROPOSE, "title", "abc", "summary", "Tekst"), "input");
	assert_string_equal(fault_of(cx, "title"), "input.too_short");
	assert_int_equal(entries(p), before);
	assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg", "summary",
	    "Tekst", "submit", "1"));
	assert_int_equal(entries(p), before + 1);
	assert_err(act(cx_as(p, "outsider"), &done, ACT_MATTER_PROPOSE, "title",
		       "Utskrivning i helg", "summary", "Tekst"),
	    "denied");
}

static void
test_asking(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, NULL, "GET", "/meg/part", NULL);

	assert_int_equal(r.status, 303);
	r = ask(p, "secretary.trust", "GET", "/meg/part", NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "name=\"party\""));
	r = ask(p, "secretary.trust", "POST", "/logg-ut", "");
	assert_int_equal(r.status, 303);
	r = ask(p, "secretary.trust", "GET", "/meg/part", NULL);
	assert_int_equal(r.status, 303); /* the session is gone */
	r = ask_api(p, "contact.moss", "POST", "/matters",
	    "{\"title\": \"Utskrivning i helg\", \"summary\": \"Tekst\"}");
	assert_int_equal(r.status, 200);
}

static void
test_cast(void **state)
{
	struct people *p = *state;

	assert_true(cx_as(p, "chair")->actor->appointments[0].chairing == CHAIR_CHAIR);
	assert_true(cx_as(p, "vice")->actor->appointments[0].chairing == CHAIR_VICE);
	people_seat(p, p->n ? "partnerskapsmotet" : "");
}

/* --- inviting and appointing ------------------------------------------------------------ */
static const char *
party_pid(struct people *p, const char *name)
{
	struct option *v;
	size_t n;

	assert_ok(party_options(cx_as(p, "admin"), &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, str_from_c(name)))
			return str_to_c(p->a, v[i].pid);
	fail_msg("no party %s", name);
	return NULL;
}

static const char *
pid_of(struct people *p, const char *key)
{
	return str_to_c(p->a, person_of(p, key)->pid);
}

static void
test_inviting(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "admin");
	const char *moss = party_pid(p, "Moss");
	struct result done;
	int64_t before = entries(p);

	assert_err(act(cx_as(p, "secretary.trust"), &done, ACT_PERSON_INVITE, "name",
		       "Ny Person", "email", "ny@eksempel.no"),
	    "denied");
	assert_err(act(cx, &done, ACT_PERSON_INVITE, "name", "Ny Person", "email",
		       str_to_c(p->a, person_of(p, "chair")->email)),
	    "input");
	assert_string_equal(fault_of(cx, "email"), "person.email_taken");
	assert_err(act(cx, &done, ACT_PERSON_INVITE, "name", "Ny Person", "email",
		       "ny@eksempel.no", "role", "secretary", "party", moss),
	    "input");
	assert_string_equal(fault_of(cx, "party"), "appointment.not_for");
	assert_err(act(cx, &done, ACT_PERSON_INVITE, "name", "Ny Person", "email",
		       "ny@eksempel.no", "role", "member", "party", moss),
	    "input");
	assert_string_equal(fault_of(cx, "seat"), "input.required");
	assert_int_equal(entries(p), before);
	assert_ok(act(cx, &done, ACT_PERSON_INVITE, "name", "Ny Person", "email",
	    "ny@eksempel.no", "role", "contact", "party", moss));
	assert_int_equal(entries(p), before + 1);
	assert_true(done.secret.n > 40);
	struct answer r = ask(p, "secretary.municipal", "GET", "/min-dag", NULL);
	assert_true(says(&r, "Ny Person")); /* both halves of the secretariat are told */
	r = ask(p, "secretary.trust", "GET", "/min-dag", NULL);
	assert_true(says(&r, "Ny Person"));
}

static void
test_a_seat_has_one_holder(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "admin");
	struct result done;
	struct option *v;
	size_t n, i = 0;

	assert_ok(seat_options(cx, &v, &n));
	while (i < n && !str_eq(v[i].group, p->strategic->short_name))
		i++;
	assert_true(i < n);
	/* seats of one label are told apart by who sits there */
	for (size_t k = i + 1; k < n && str_eq(v[k].group, v[i].group); k++)
		assert_false(str_eq(v[k].name, v[k - 1].name));
	assert_err(
	    act(cx, &done, ACT_APPOINTMENT_ADD, "person", pid_of(p, "contact.moss"), "role",
		"member", "seat", str_to_c(p->a, v[i].pid), "party", party_pid(p, "Moss")),
	    "input");
	assert_string_equal(fault_of(cx, "seat"), "appointment.seat_taken");
}

static void
test_ending(void **state)
{
	struct people *p = *state;
	struct result done;
	struct person_card card;

	assert_ok(person_card(cx_as(p, "admin"), person_of(p, "admin")->pid, &card));
	assert_err(act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_END, "person",
		       pid_of(p, "admin"), "appointment", str_to_c(p->a, card.held[0].pid)),
	    "appointment.last_admin");
	/* another whose account is closed runs nothing */
	people_add(p, "admin2", ROLE_ADMIN, "halden", NULL, NULL);
	person_of(p, "admin2");
	assert_ok(person_card(cx_as(p, "admin"), person_of(p, "admin2")->pid, &card));
	assert_ok(act(cx_as(p, "admin"), &done, ACT_PERSON_UPDATE, "person",
	    pid_of(p, "admin2"), "rev", arena_printf(p->a, "%d", (int)card.rev), "name", "Nn",
	    "email", str_to_c(p->a, card.email), "closed", "1"));
	assert_ok(person_card(cx_as(p, "admin"), person_of(p, "admin")->pid, &card));
	assert_err(act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_END, "person",
		       pid_of(p, "admin"), "appointment", str_to_c(p->a, card.held[0].pid)),
	    "appointment.last_admin");
	assert_ok(person_card(cx_as(p, "admin"), person_of(p, "contact.moss")->pid, &card));
	assert_int_equal(card.n_held, 1);
	assert_ok(act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_END, "person",
	    pid_of(p, "contact.moss"), "appointment", str_to_c(p->a, card.held[0].pid)));
	assert_int_equal(cx_as(p, "contact.moss")->actor->n_appointments, 0);
	assert_err(
	    act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_END, "person",
		pid_of(p, "contact.moss"), "appointment", str_to_c(p->a, card.held[0].pid)),
	    "appointment.ended");
	assert_err(act(cx_as(p, "admin"), &done, ACT_APPOINTMENT_ADD, "person",
		       pid_of(p, "admin"), "role", "contact", "party", party_pid(p, "Moss")),
	    "denied"); /* nobody appoints himself */
}

static void
test_own_account(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "contact.moss");
	struct result done;
	struct self me;

	assert_ok(act(cx, &done, ACT_ACCOUNT_UPDATE, "lang", "nn", "phone", "99 99 99 99"));
	assert_ok(act(cx, &done, ACT_TOKEN_CREATE, "label", "Uttrekk", "days", "30"));
	str token = done.secret;
	assert_ok(self_read(cx, S(""), &me));
	assert_int_equal(me.lang, LANG_NN);
	assert_int_equal(me.n_tokens, 1);
	assert_err(act(cx_as(p, "contact.halden"), &done, ACT_TOKEN_REVOKE, "person",
		       pid_of(p, "contact.moss"), "token", str_to_c(p->a, me.tokens[0].pid)),
	    "denied");
	struct token found;
	assert_ok(token_find(cx_nobody(p), token, &found));
	assert_false(found.writes);
	assert_int_equal(found.lang, LANG_NN);
	assert_ok(act(cx, &done, ACT_TOKEN_REVOKE, "person", pid_of(p, "contact.moss"), "token",
	    str_to_c(p->a, me.tokens[0].pid)));
	assert_err(token_find(cx_nobody(p), token, &found), "login.required");
	struct answer r = ask(p, "contact.moss", "GET", "/meg", NULL);
	assert_true(says(&r, "Kontoen min"));
	assert_ok(act(cx, &done, ACT_PERSON_SIGN_OUT, "person", pid_of(p, "contact.moss")));
	r = ask(p, "contact.moss", "GET", "/meg", NULL);
	assert_int_equal(r.status, 303);
}

/* --- importing -------------------------------------------------------------------------- */
static const char csv[] = "Navn;E-post;Part;Telefon\n"
			  "Ny Person;ny@eksempel.no;moss;\n"
			  "\"Person, Annen\";annen@eksempel.no;Halden;99 99 99 99\n";

static void
test_import(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "admin");
	struct import_report r;
	struct result done;
	int64_t before = entries(p);

	assert_ok(import_check(cx, str_from_c(csv), &r));
	assert_int_equal(r.n_new, 2);
	assert_str(r.v[1].name, "Person, Annen");
	assert_int_equal(entries(p), before); /* a dry run writes nothing */
	assert_err(import_check(cx_as(p, "secretary.trust"), str_from_c(csv), &r), "denied");
	assert_ok(act(cx, &done, ACT_SPACE_IMPORT, "csv", csv));
	assert_int_equal(entries(p), before + 1);
	assert_ok(import_check(cx, str_from_c(csv), &r));
	assert_int_equal(r.n_known, 2);
	struct person_lines l;
	assert_ok(people_list(cx, S(""), 400, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].email, S("ny@eksempel.no"))) {
			assert_int_equal(l.v[i].n_held, 0); /* no role comes in */
			assert_str(l.v[i].party, "Moss");
		}
}

static void
test_import_says_which_line(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "admin");
	struct import_report r;
	struct result done;
	int64_t before = entries(p);
	const char *bad = "navn,e-post,part\n"
			  "Ny Person,ny@eksempel.no,Moss\n"
			  "\n"
			  "Ny Person,ny@eksempel.no,Moss\n"
			  "Annen,uten-adresse,Moss\n"
			  "Tredje,tre@eksempel.no,Atlantis\n";

	assert_ok(import_check(cx, str_from_c(bad), &r));
	assert_int_equal(r.n_new, 1);
	assert_int_equal(r.n_wrong, 3);
	assert_int_equal(r.v[1].line, 4);
	assert_string_equal(r.v[1].code, "import.twice");
	assert_int_equal(r.v[2].line, 5);
	assert_string_equal(r.v[2].code, "import.email");
	assert_string_equal(r.v[3].code, "import.party");
	assert_err(act(cx, &done, ACT_SPACE_IMPORT, "csv", bad), "input");
	assert_string_equal(fault_of(cx, "csv"), "import.wrong");
	assert_int_equal(entries(p), before);
	struct answer a = ask(p, "admin", "POST", "/drift/import/sjekk",
	    "csv=navn%2Ce-post%0AAnnen%2Cuten-adresse%0A");
	assert_int_equal(a.status, 200);
	assert_true(says(&a, "<td>2</td>"));
	assert_ok(import_check(cx, S("fornavn;etternavn\n"), &r));
	assert_string_equal(r.v[0].code, "import.columns");
}

static void
test_pages(void **state)
{
	struct people *p = *state;
	const char *of = arena_printf(p->a, "/drift/personer/%s", pid_of(p, "chair"));
	struct answer r = ask(p, "admin", "GET", of, NULL);

	assert_int_equal(r.status, 200);
	assert_true(says(&r, "/oppnevn\""));
	r = ask(p, "contact.moss", "GET", of, NULL);
	assert_int_equal(r.status, 200);
	assert_false(says(&r, "/oppnevn\""));
	assert_int_equal(ask(p, "contact.moss", "GET", "/drift/ny", NULL).status, 403);
	assert_int_equal(ask(p, "outsider", "GET", "/drift", NULL).status, 403);
	assert_int_equal(ask(p, "admin", "GET", "/drift/ny", NULL).status, 200);
	assert_int_equal(
	    ask(p, "admin", "GET", "/drift/personer/0123456789abcdef", NULL).status, 404);
}

static void
test_the_programs_own_tasks_show_when_they_last_ran(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, "admin", "GET", "/drift", NULL);

	assert_false(says(&r, "sine egne oppgaver"));
	p->house.jobs_ran_at = p->now_at;
	r = ask(p, "admin", "GET", "/drift", NULL);
	assert_true(says(&r, arena_printf(p->a, "journalen) sist " STR_FMT ".",
				 STR_ARG(clock_long(p->a, LANG_NB, p->now_at)))));
	assert_false(says(&r, "gikk galt"));
	p->house.jobs_failed_at = p->now_at;
	r = ask(p, "admin", "GET", "/drift", NULL);
	assert_true(says(&r, "gikk galt"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(test_people),
	    WITH_VESTRE_VIKEN(test_cast),
	    WITH_OSTFOLD(test_cast),
	    WITH_OSTFOLD(test_asking),
	    WITH_OSTFOLD(test_inviting),
	    WITH_OSTFOLD(test_a_seat_has_one_holder),
	    WITH_OSTFOLD(test_ending),
	    WITH_OSTFOLD(test_own_account),
	    WITH_OSTFOLD(test_import),
	    WITH_OSTFOLD(test_import_says_which_line),
	    WITH_OSTFOLD(test_pages),
	    WITH_OSTFOLD(test_the_programs_own_tasks_show_when_they_last_ran),
	    WITH_OSTFOLD_FILE(test_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
