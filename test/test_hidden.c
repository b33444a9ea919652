/*
 * test_hidden.c - what one may not see looks just like what is not there (D5): every route, use
 * case and reading of the program that takes a public id answers with the same bytes.
 *
 * The ids come from the database after a matter has gone all the way, one of every kind, and
 * the inputs from the declarations, so that a call gets as far as to load what it names.
 */
#include "thread.h"
#include "web/api.h"
#include "web/web.h"

static const char *const nowhere = "0000000000000000";

/* Every table whose rows have a public id, and are not there for everybody to see. */
static const char *const kinds[] = {"matter", "comment", "attachment", "round", "meeting",
    "agenda_item", "premeeting", "minutes_comment", "decision", "person", "appointment",
    "session", "invitation", "token", "notice"};
enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* --- a call that could be meant --------------------------------------------------------- */
static const char *
value_for(const struct input *in, struct people *p, const char *pid)
{
	switch (in->type) {
	case INPUT_LINE:
	case INPUT_TEXT:
	case INPUT_SECRET: return "Noe som er langt nok til å være ment";
	case INPUT_EMAIL: return "noen@eksempel.no";
	case INPUT_PID:
	case INPUT_PIDS: return pid;
	case INPUT_INT:
		return arena_printf(p->a, "%lld", (long long)(in->min > 0 ? in->min : 1));
	case INPUT_BOOL: return "1";
	case INPUT_CHOICE:
	case INPUT_CHOICES: return in->choices[0].key;
	case INPUT_DAY: return "2027-03-01";
	case INPUT_INSTANT: return "2027-03-01T09:00:00Z";
	case INPUT_FILE: break;
	}
	return NULL;
}

static const char *
json_for(struct people *p, const struct input *in, const char *pid)
{
	struct buf b = buf_new(p->a, 16 << 10);

	buf_put(&b, S("{"));
	for (; in && in->type; in++) {
		bool list = in->type == INPUT_PIDS || in->type == INPUT_CHOICES;
		const char *v = in->in_path ? NULL : value_for(in, p, pid);
		const char *q = in->type == INPUT_INT ? "" : "\"";
		if (in->type == INPUT_BOOL)
			v = "true", q = "";
		if (v)
			buf_printf(&b, "%s\"%s\": %s%s%s%s%s", b.n > 1 ? ", " : "", in->name,
			    list ? "[" : "", q, v, q, list ? "]" : "");
	}
	buf_put(&b, S("}"));
	return str_to_c(p->a, buf_str(&b));
}

static const char *
form_for(struct people *p, const struct input *in, const char *pid)
{
	struct buf b = buf_new(p->a, 16 << 10);

	for (; in && in->type; in++) {
		const char *v = in->in_path ? NULL : value_for(in, p, pid);
		for (const char *c = v; c && *c; c++)
			if (c == v)
				buf_printf(&b, "%s%s=%c", b.n ? "&" : "", in->name,
				    *c == ' ' ? '+' : *c);
			else
				buf_put(&b, *c == ' ' ? S("+") : (str){c, 1});
	}
	return str_to_c(p->a, buf_str(&b));
}

/* pid in every place of the pattern. */
static const char *
path_of(struct people *p, const char *pattern, const char *pid)
{
	struct buf b = buf_new(p->a, 1024);

	for (; *pattern; pattern++)
		buf_put(&b, *pattern == ':' ? str_from_c(pid) : (str){pattern, 1});
	return str_to_c(p->a, buf_str(&b));
}

static bool
names_a_thing(const struct usecase *uc)
{
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (in->in_path && in->type == INPUT_PID)
			return true;
	return false;
}

/* --- the same answer -------------------------------------------------------------------- */

/* The text with pid blotted out, which both answers may repeat. */
static str
blotted(struct people *p, str s, const char *pid)
{
	struct buf b = buf_new(p->a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		if (s.n - i >= 16 && memcmp(s.p + i, pid, 16) == 0) {
			buf_put(&b, S("*"));
			i += 15;
		} else
			buf_put(&b, (str){s.p + i, 1});
	return buf_str(&b);
}

static int n_absent, n_asked; /* of the calls: answered with 404, and all */

static void
must_be_same(struct people *p, const char *what, const char *kind, const char *pid,
    struct answer real, struct answer none)
{
	str a = blotted(p, real.body, pid), b = blotted(p, none.body, nowhere);

	n_asked++;
	n_absent += real.status == 404;
	if (real.status != none.status || !str_eq(a, b) ||
	    !str_eq(blotted(p, real.location, pid), blotted(p, none.location, nowhere)))
		fail_msg("%s of a hidden %s: %d, of none %d\n" STR_FMT "\n" STR_FMT, what, kind,
		    real.status, none.status, STR_ARG(a), STR_ARG(b));
}

static void
api_is_same(struct people *p, const char *who, const char *kind, const char *pid)
{
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++)
			if (names_a_thing(uc))
				must_be_same(p, uc->path, kind, pid,
				    ask_api(p, who, "POST", path_of(p, uc->path, pid),
					json_for(p, uc->inputs, pid)),
				    ask_api(p, who, "POST", path_of(p, uc->path, nowhere),
					json_for(p, uc->inputs, nowhere)));
	for (const struct reading *const *list = readings; *list; list++)
		for (const struct reading *r = *list; r->run; r++)
			if (strchr(r->path, ':'))
				must_be_same(p, r->path, kind, pid,
				    ask_api(p, who, "GET", path_of(p, r->path, pid), NULL),
				    ask_api(p, who, "GET", path_of(p, r->path, nowhere), NULL));
}

static void
pages_are_same(
    struct people *p, const char *who, const char *kind, const char *pid, bool and_public)
{
	for (const struct route *const *list = web_routes; *list; list++)
		for (const struct route *r = *list; r->pattern; r++) {
			const struct usecase *uc = usecase_find(r->action);
			const struct input *in = uc ? uc->inputs : NULL;
			const char *method = r->method == HTTP_GET ? "GET" : "POST";
			if (!strchr(r->pattern, ':') || (r->is_open && !and_public))
				continue;
			must_be_same(p, r->pattern, kind, pid,
			    ask(p, who, method, path_of(p, r->pattern, pid),
				form_for(p, in, pid)),
			    ask(p, who, method, path_of(p, r->pattern, nowhere),
				form_for(p, in, nowhere)));
		}
}

/* Nearly every call must have got as far as to look for the thing. */
static void
is_as_if_absent(struct people *p, const char *who, const char *kind, const char *pid)
{
	int64_t before = entries(p);

	n_asked = n_absent = 0;
	api_is_same(p, who, kind, pid);
	pages_are_same(p, who, kind, pid, true);
	assert_int_equal(entries(p), before);
	assert_true(n_absent * 10 > n_asked * 9);
}

/* The same but for the public pages, and with no token: those of who has left are dead. */
static void
is_inside_as_if_absent(struct people *p, const char *who, const char *kind, const char *pid)
{
	n_asked = n_absent = 0;
	pages_are_same(p, who, kind, pid, false);
	assert_true(n_absent * 10 > n_asked * 9);
}

static void
nothing_is_there_for_an_outsider(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_CARRIED);
	assert_int_equal(
	    ask_api(p, "chair", "GET", path_of(p, "/matters/:", t.matter), NULL).status, 200);
	token_of(p, "chair"); /* before the outsider's own */
	for (int i = 0; i < N_KINDS; i++) {
		const char *pid = sql_text(p,
		    arena_printf(p->a, "SELECT pid AS v FROM %s ORDER BY id LIMIT 1", kinds[i]),
		    NULL);
		if (pid)
			is_as_if_absent(p, "outsider", kinds[i], pid);
	}
}

/* A side's room for its counterpart, a draft for the other parties and for administration. */
static void
nor_for_the_other_side(void **state)
{
	struct people *p = *state;
	struct thread t;
	struct result draft;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_STOOD);
	is_as_if_absent(p, "secretary.trust", "premeeting",
	    sql_text(p, "SELECT pid AS v FROM premeeting ORDER BY id LIMIT 1", NULL));
	assert_ok(act(cx_as(p, t.contact[0]), &draft, ACT_MATTER_PROPOSE, "title", "Utkast",
	    "summary", "Noe"));
	const char *pid = str_to_c(p->a, draft.pid);
	is_as_if_absent(p, t.contact[1], "draft", pid);
	is_as_if_absent(p, "secretary.municipal", "draft", pid);
	is_as_if_absent(p, "admin", "draft", pid);
}

/* The public pages, and the way there from the search, are all that publishing opens. */
static void
reads_it_as_the_public_does(struct thread *t, const char *who)
{
	struct people *p = t->p;
	const char *open[] = {arena_printf(p->a, "/offentlig/saker/%s", t->matter),
	    arena_printf(p->a, "/offentlig/moter/%s", t->meeting),
	    arena_printf(p->a, "/offentlig/vedtak/%s", t->decision)};
	struct answer found = ask(p, who, "GET", "/sok?q=utskriving", NULL);

	is_inside_as_if_absent(p, who, "published matter", t->matter);
	is_inside_as_if_absent(p, who, "published meeting", t->meeting);
	is_inside_as_if_absent(p, who, "published decision", t->decision);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ask(p, who, "GET", open[i], NULL).status, 200);
		assert_true(says(&found, open[i]));
	}
	assert_false(says(&found, "\"/t/saker/"));
	assert_false(says(&found, "\"/t/moter/"));
	assert_false(says(&found, "\"/t/vedtak/"));
}

static void
nor_is_what_is_published_but_on_the_public_pages(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_PUBLISHED);
	step(&t, "secretary.trust", ACT_MATTER_PUBLISH, "matter", t.matter);
	assert_int_equal(
	    ask(p, "chair", "GET", path_of(p, "/moter/:/protokoll", t.meeting), NULL).status,
	    200);
	people_end(p, t.contact[1]);
	api_is_same(p, "admin", "published meeting", t.meeting);
	api_is_same(p, "outsider", "published decision", t.decision);
	reads_it_as_the_public_does(&t, "admin");
	reads_it_as_the_public_does(&t, "outsider");
	reads_it_as_the_public_does(&t, t.contact[1]); /* who wrote it, and has left */
}

/* --- who has left ----------------------------------------------------------------------- */

/* How many of the places that list or find matters show this one. */
static int
shown_in(struct thread *t, const char *who)
{
	struct people *p = t->p;
	struct answer seen[] = {ask(p, who, "GET", "/saker", NULL),
	    ask(p, who, "GET", "/min-dag", NULL), ask(p, who, "GET", "/sok?q=utskriving", NULL),
	    ask_api(p, who, "GET", "/matters", NULL),
	    ask_api(p, who, "GET", "/search?q=utskriving", NULL)};
	int n = 0;

	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		n += says(&seen[i], t->matter) || says(&seen[i], t->title);
	return n;
}

static void
an_author_who_has_left_is_shown_nothing(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_TRIAGED);
	const char *author = t.contact[1];
	assert_int_equal(shown_in(&t, author), 0);
	step(&t, "secretary.trust", ACT_MATTER_ASSIGN, "matter", t.matter, "municipal",
	    str_to_c(p->a, person_of(p, author)->pid), "trust",
	    str_to_c(p->a, person_of(p, "secretary.trust")->pid));
	step(&t, "secretary.trust", ACT_MATTER_START, "matter", t.matter);
	assert_int_equal(shown_in(&t, author), 5);
	people_end(p, author);
	assert_int_equal(shown_in(&t, author), 0);
	assert_int_equal(ask(p, author, "GET", "/min-dag", NULL).status, 200);
	is_inside_as_if_absent(p, author, "matter", t.matter);
}

/* As their pages are: a draft is no more in a list than it can be opened. */
static void
a_draft_is_listed_for_those_who_may_open_it(void **state)
{
	struct people *p = *state;
	struct thread t;
	struct result draft;

	thread_begin(&t, p, BY_PAGE);
	const char *party = t.contact[0] + strlen("contact.");
	people_add(p, "raiser", ROLE_MEMBER, party, NULL, NULL);
	people_add(p, "colleague", ROLE_MEMBER, party, NULL, NULL);
	assert_ok(act(cx_as(p, "raiser"), &draft, ACT_MATTER_PROPOSE, "title", t.title,
	    "summary", "Noe"));
	t.matter = str_to_c(p->a, draft.pid);
	assert_int_equal(shown_in(&t, "raiser"), 4);
	assert_int_equal(shown_in(&t, t.contact[0]), 5); /* and as a task of the day */
	assert_int_equal(shown_in(&t, "colleague"), 0);
	assert_int_equal(shown_in(&t, "secretary.municipal"), 0);
	step(&t, "raiser", ACT_MATTER_SUBMIT, "matter", t.matter, "title", t.title, "summary",
	    "Noe");
	assert_int_equal(shown_in(&t, "raiser"), 4);
	assert_int_equal(shown_in(&t, "colleague"), 4);
	step(&t, "secretary.trust", ACT_MATTER_RECEIVE, "matter", t.matter);
	step(&t, "secretary.trust", ACT_MATTER_SEND_BACK, "matter", t.matter, "reason",
	    "Si mer om hvem det gjelder");
	assert_int_equal(shown_in(&t, "colleague"), 0);
	assert_true(shown_in(&t, "raiser") >= 4);
	struct answer r = ask(p, "secretary.trust", "GET", "/saker", NULL);
	assert_int_equal(r.status, 200);
	assert_false(says(&r, t.matter));
}

static int64_t
rounds_as_author(struct people *p, const char *who)
{
	return sql_int(p,
	    "SELECT CAST(count(*) AS TEXT) AS v FROM access x"
	    "  JOIN audience a ON a.id = x.audience_id JOIN person n ON n.id = a.ref_id"
	    " WHERE x.kind = 3 AND a.kind = 6 AND n.pid = ?",
	    str_to_c(p->a, person_of(p, who)->pid));
}

static void
the_round_is_its_authors_of_today(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_ANSWERED);
	assert_int_equal(rounds_as_author(p, t.contact[1]), 1);
	step(&t, "secretary.trust", ACT_MATTER_ASSIGN, "matter", t.matter, "municipal",
	    str_to_c(p->a, person_of(p, t.contact[2])->pid), "trust",
	    str_to_c(p->a, person_of(p, "secretary.trust")->pid));
	assert_int_equal(rounds_as_author(p, t.contact[1]), 0);
	assert_int_equal(rounds_as_author(p, t.contact[2]), 1);
}

/* A page that lists asks for the right that its route names, as its twin in the API does. */
static void
a_page_asks_for_the_right_of_its_route(void **state)
{
	struct people *p = *state;
	const struct object space = {.kind = OBJECT_SPACE};
	int refused_n = 0;

	for (const struct route *const *list = web_routes; *list; list++)
		for (const struct route *r = *list; r->pattern; r++) {
			struct cx *cx = cx_as(p, "outsider");
			if (r->method != HTTP_GET || strchr(r->pattern, ':') ||
			    action_object(r->action) != OBJECT_SPACE)
				continue;
			bool may = cx_see(cx, r->action, &space) == OK;
			int status = ask(p, "outsider", "GET", r->pattern, NULL).status;
			if (may != (status == 200 || status == 303))
				fail_msg("%s: %d", r->pattern, status);
			refused_n += !may;
		}
	assert_true(refused_n >= 10);
	assert_int_equal(ask(p, "outsider", "GET", "/min-dag", NULL).status, 200);
	assert_int_equal(ask(p, "outsider", "GET", "/meg", NULL).status, 200);
	assert_int_equal(ask(p, "admin", "GET", "/min-dag", NULL).status, 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(nothing_is_there_for_an_outsider),
	    WITH_OSTFOLD(nor_for_the_other_side),
	    WITH_OSTFOLD(nor_is_what_is_published_but_on_the_public_pages),
	    WITH_OSTFOLD(an_author_who_has_left_is_shown_nothing),
	    WITH_OSTFOLD(a_draft_is_listed_for_those_who_may_open_it),
	    WITH_OSTFOLD(the_round_is_its_authors_of_today),
	    WITH_OSTFOLD(a_page_asks_for_the_right_of_its_route),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
