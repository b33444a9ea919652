/*
 * test_bad_input.c - every use case against what should not come: a field that is empty, too
 * long, of another kind or with an identity number in it; a person who may not, an object that
 * is not, a form sent twice, a form that is old. By page and by API.
 *
 * The answer says what is wrong, what was written is still there, and nothing has changed.
 * The use cases and their fields are the program's own list, so a new one is tested from the
 * moment it is there. Valid calls are the steps of the thread, tried badly before each is
 * taken well.
 */
#include "digest.h"
#include "fitting.h"

#include "core/document.h"
#include "tr.h"
#include "web/document.h"
#include "web/web.h"

#include <stdio.h>

#define IDENTITY "01010050053" /* the form of one; nobody has it */
#define NOBODYS  "0123456789abcdef"

/* --- a call and how it is spoilt -------------------------------------------------------- */
enum { PAIRS_MAX = 64, TRIED_MAX = 256 };

struct spoiler {
	struct thread t;
	bool tried[TRIED_MAX]; /* by action */
	int n;                 /* refusals seen */
};

static bool
is_words(const struct input *in)
{
	return in->type == INPUT_LINE || in->type == INPUT_TEXT || in->type == INPUT_EMAIL;
}

/* The pairs with name given once, as value; NULL: not at all. */
static const char *const *
with(struct arena *a, const char *const *pairs, const char *name, const char *value)
{
	const char **v = arena_array(a, const char *, PAIRS_MAX);
	size_t n = 0;

	for (; pairs[0]; pairs += 2) {
		assert_true(n + 4 < PAIRS_MAX);
		if (strcmp(pairs[0], name) == 0)
			continue;
		v[n++] = pairs[0];
		v[n++] = pairs[1];
	}
	if (value) {
		v[n++] = name;
		v[n++] = value;
	}
	return v;
}

/* One character more than may be. */
static const char *
too_long(struct arena *a, const struct input *in)
{
	size_t n = (size_t)(in->max ? in->max : in->type == INPUT_TEXT ? 40000 : 200) + 1;
	char *v = arena_array(a, char, n + 1);

	memset(v, 'a', n);
	return v;
}

struct bad {
	const char *value; /* NULL: left out */
	const char *code;  /* of the fault */
};

/* What is wrong in a field of this kind, whatever the use case. */
static size_t
bad_values(struct arena *a, const struct input *in, struct bad *v)
{
	size_t n = 0;

	if (in->required && in->type != INPUT_BOOL) {
		v[n++] = (struct bad){NULL, "input.required"};
		v[n++] = (struct bad){"", "input.required"};
	}
	if (in->required && is_words(in))
		v[n++] = (struct bad){"  ", "input.required"};
	if (in->required && is_words(in) && in->type != INPUT_SECRET)
		v[n++] = (struct bad){"\u200b\u00ad\u3164 \u2060", "input.required"};
	if (in->type == INPUT_LINE)
		v[n++] = (struct bad){"to\u2028linjer", "input.characters"};
	if (is_words(in)) {
		v[n++] = (struct bad){too_long(a, in), "input.too_long"};
		v[n++] = (struct bad){"Ring " IDENTITY " i dag", "input.identity_number"};
		if (in->max && in->max < 20)
			n--;
	}
	if (in->type == INPUT_EMAIL)
		v[n++] = (struct bad){"ola", "input.email"};
	if (in->type == INPUT_CHOICE || in->type == INPUT_CHOICES || in->type == INPUT_PID ||
	    in->type == INPUT_PIDS)
		v[n++] = (struct bad){"noe annet", "input.choice"};
	if (in->type == INPUT_DAY || in->type == INPUT_INSTANT) {
		v[n++] = (struct bad){"2026-02-30", "input.day"};
		v[n++] = (struct bad){"i morgen", "input.day"};
	}
	if (in->type == INPUT_INT) {
		v[n++] = (struct bad){"tre", "input.number"};
		v[n++] = (struct bad){"-9", "input.too_small"};
		if (in->max && in->max < INT64_MAX)
			v[n++] = (struct bad){"9223372036854775807", "input.too_large"};
	}
	return n;
}

/* --- the answer to it ------------------------------------------------------------------- */
static void
complain(struct spoiler *s, const struct usecase *uc, const char *what, const char *why,
    const struct answer *r)
{
	fail_msg("%s by %s with %s: %s: %d: " STR_FMT, action_key(uc->action),
	    s->t.by == BY_PAGE ? "page" : "API", what, why, r->status,
	    (int)(r->body.n > 600 ? 600 : r->body.n), r->body.p);
}

/* What was written stands in the page that came back, but for the field that is spoilt. */
static void
is_kept(struct spoiler *s, const struct usecase *uc, const char *const *pairs, const char *what,
    const struct answer *r)
{
	for (const char *const *v = pairs; *v; v += 2)
		for (const struct input *in = uc->inputs; in && in->type; in++)
			if (strcmp(in->name, v[0]) == 0 && is_words(in) && !in->in_path &&
			    strcmp(v[0], what) != 0 && *v[1] && !says(r, v[1]))
				complain(s, uc, what,
				    arena_printf(s->t.p->a, "%s is lost", v[0]), r);
}

/* The code of the fault of the field, in the API's words. */
static void
names_fault(struct spoiler *s, const struct usecase *uc, const struct input *in,
    const struct bad *bad, const struct answer *r)
{
	struct arena *a = s->t.p->a;
	const char *code = bad->code;

	if (!says(r, arena_printf(a, "\"field\":\"%s\",\"code\":\"%s", in->name, code)) &&
	    !says(r, arena_printf(a, "\"field\": \"%s\", \"code\": \"%s", in->name, code)))
		complain(s, uc, in->name, arena_printf(a, "no %s", bad->code), r);
	if (says(r, arena_printf(a, "\"message\":\"%s", code)) || says(r, "\"message\":\"\""))
		complain(s, uc, in->name, "no words", r);
}

static void
must_refuse(struct spoiler *s, const char *who, const struct usecase *uc,
    const char *const *pairs, const char *what, int status, int or_status)
{
	int64_t before = entries(s->t.p);
	struct answer r = thread_send(&s->t, who, uc, pairs, NULL);

	if (r.status != status && r.status != or_status)
		complain(s, uc, what, arena_printf(s->t.p->a, "not %d", status), &r);
	if (entries(s->t.p) != before)
		complain(s, uc, what, "it is in the journal", &r);
	if (status != 303 && r.body.n < 20)
		complain(s, uc, what, "it says nothing", &r);
	s->n++;
}

/* --- fields ----------------------------------------------------------------------------- */
static void
spoil_field(struct spoiler *s, const char *who, const struct usecase *uc,
    const char *const *pairs, const struct input *in)
{
	struct bad v[12];
	size_t n = bad_values(s->t.p->a, in, v);

	for (size_t i = 0; i < n; i++) {
		const char *const *spoilt = with(s->t.p->a, pairs, in->name, v[i].value);
		struct answer r = thread_send(&s->t, who, uc, spoilt, NULL);
		if (r.status != 422)
			complain(s, uc, in->name,
			    arena_printf(s->t.p->a, "not 422 for '%.30s'",
				v[i].value ? v[i].value : "nothing"),
			    &r);
		if (s->t.by == BY_API)
			names_fault(s, uc, in, &v[i], &r);
		else if (!says(&r, "rt-faults"))
			complain(s, uc, in->name, "no list of faults", &r);
		else
			is_kept(s, uc, spoilt, in->name, &r);
		s->n++;
	}
}

static bool
is_given(const char *const *pairs, const char *name)
{
	for (; pairs[0]; pairs += 2)
		if (strcmp(pairs[0], name) == 0)
			return true;
	return false;
}

/* --- persons, objects, revisions -------------------------------------------------------- */
static void
spoil_person(
    struct spoiler *s, const char *who, const struct usecase *uc, const char *const *pairs)
{
	struct thread *t = &s->t;
	const char *last = t->contact[t->n_contacts - 1];

	must_refuse(s, "outsider", uc, pairs, "an outsider", 403, 404);
	must_refuse(s, "admin", uc, pairs, "an administrator", 403, 404);
	/* to the login; or with what was written, where that was more than a word */
	must_refuse(s, NULL, uc, pairs, "nobody", t->by == BY_PAGE ? 303 : 401, 401);
	if (strncmp(who, "secretary.", 10) == 0 &&
	    strncmp(uc->path, "/meetings/:/premeeting", 22))
		must_refuse(s, last, uc, pairs, "a contact", 403, 404);
}

static void
spoil_path(
    struct spoiler *s, const char *who, const struct usecase *uc, const char *const *pairs)
{
	for (const struct input *in = uc->inputs; in && in->type; in++) {
		if (!in->in_path)
			continue;
		must_refuse(s, who, uc, with(s->t.p->a, pairs, in->name, NOBODYS),
		    "what is not there", 404, 404);
		must_refuse(s, who, uc, with(s->t.p->a, pairs, in->name, "x-y"),
		    "what cannot be", 404, 404);
	}
}

static void
spoil(struct thread *t, const char *who, const struct usecase *uc, const char *const *pairs)
{
	struct spoiler *s = (struct spoiler *)t;
	struct arena *a = t->p->a;
	int64_t n = entries(t->p);

	if (s->tried[uc->action])
		return;
	struct sha256 was = digest(t->p);
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (!in->in_path && (in->required || is_given(pairs, in->name)) &&
		    !(is_given(pairs, ":") && in->type == INPUT_CHOICE))
			spoil_field(s, who, uc, pairs, in);
	spoil_person(s, who, uc, pairs);
	spoil_path(s, who, uc, pairs);
	if (is_given(pairs, "rev"))
		must_refuse(
		    s, who, uc, with(a, pairs, "rev", "999999"), "a stale revision", 409, 409);
	struct sha256 is = digest(t->p);
	if (memcmp(&was, &is, sizeof(is)) != 0 || entries(t->p) != n)
		fail_msg("%s: something has changed", action_key(uc->action));
}

/* The same form once more does nothing and gives the same answer; what is sent anew by one
 * who has not seen that it is done is refused. */
static void
again(struct thread *t, const char *who, const struct usecase *uc, const char *const *pairs)
{
	struct spoiler *s = (struct spoiler *)t;

	if (s->tried[uc->action])
		return;
	s->tried[uc->action] = true;
	struct sha256 was = digest(t->p);
	int64_t n = entries(t->p);
	struct answer r = thread_send(t, who, uc, pairs, t->once);
	if (r.status != (t->by == BY_PAGE ? 303 : 200))
		complain(s, uc, "the same key", "not as the first time", &r);
	r = thread_send(t, "outsider", uc, pairs, t->once);
	if (r.status != 409)
		complain(s, uc, "another person's key", "not refused", &r);
	if (is_given(pairs, "rev")) {
		r = thread_send(t, who, uc, pairs, NULL);
		if (r.status != 409 && r.status != 403 && r.status != 404 && r.status != 422)
			complain(s, uc, "the revision before", "not refused", &r);
	}
	struct sha256 is = digest(t->p);
	if (memcmp(&was, &is, sizeof(is)) != 0 || entries(t->p) != n)
		fail_msg("%s sent twice: something has changed", action_key(uc->action));
}

static void
the_thread(void **state, enum by by)
{
	struct people *p = *state;
	struct spoiler *s = arena_new(p->a, struct spoiler);

	thread_begin(&s->t, p, by);
	s->t.before = spoil;
	s->t.after = again;
	thread_to(&s->t, THREAD_PUBLISHED);
	assert_true(s->n > 400);
}

static void
by_page(void **state)
{
	the_thread(state, BY_PAGE);
}

static void
by_api(void **state)
{
	the_thread(state, BY_API);
}

/* --- every use case there is ------------------------------------------------------------ */
static void
every_field_of_every_use_case(void **state)
{
	struct people *p = *state;
	struct spoiler *s = arena_new(p->a, struct spoiler);
	struct sha256 was, is;

	thread_begin(&s->t, p, BY_API);
	token_of(p, "secretary.municipal");
	was = digest(p);
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++) {
			const char *pairs[PAIRS_MAX] = {0};
			size_t n = 0;
			for (const struct input *in = uc->inputs; in && in->type; in++)
				if (in->in_path) {
					pairs[n++] = in->name;
					pairs[n++] = NOBODYS;
				}
			for (const struct input *in = uc->inputs; in && in->type; in++)
				if (!in->in_path && in->type != INPUT_FILE)
					spoil_field(s, "secretary.municipal", uc, pairs, in);
		}
	is = digest(p);
	assert_memory_equal(&was, &is, sizeof(is));
	assert_true(s->n > 400);
}

/* --- every form there is ---------------------------------------------------------------- */
static bool
has_form(const struct usecase *uc)
{
	for (const struct route *const *list = web_routes; *list; list++)
		for (const struct route *r = *list; r->pattern; r++)
			if (r->method == HTTP_POST && !r->post && r->action == uc->action)
				return true;
	return false;
}

/* Sends it as those who may; true when the page with the form comes back to one of them. */
static bool
sent_back(
    struct spoiler *s, const struct usecase *uc, const char *const *pairs, struct answer *ret)
{
	const char *who[] = {"secretary.municipal", s->t.contact[0], "chair", "admin"};

	for (size_t i = 0; i < sizeof(who) / sizeof(*who); i++) {
		*ret = thread_send(&s->t, who[i], uc, pairs, NULL);
		if (ret->status == 422 && says(ret, "rt-faults"))
			return true;
	}
	return false;
}

/* The page that comes back has the form only where it is not too late for it. */
static bool
shows_form(struct arena *a, const struct usecase *uc, const struct answer *r)
{
	for (const struct input *in = uc->inputs; in->type; in++)
		if (is_words(in) && !says(r, arena_printf(a, "name=\"%s\"", in->name)))
			return false;
	return true;
}

/* The sentence for the fault, in the reader's language, and the other fields as written. */
static void
spoil_form(struct spoiler *s, const struct usecase *uc, const struct input *in, enum lang lang)
{
	struct arena *a = s->t.p->a;
	const char *const *pairs = with(a, fitting(&s->t, uc), ":", section_slug(1));
	struct bad v[12];
	size_t n = bad_values(a, in, v);

	for (size_t i = 0; i < n; i++) {
		const char *const *spoilt = with(a, pairs, in->name, v[i].value);
		const char *words = tr_error(lang, v[i].code);
		struct answer r;
		if (!sent_back(s, uc, spoilt, &r))
			continue;
		s->n++;
		if (in->type == INPUT_PID)
			continue; /* chosen, not written: no form sends another */
		if (!strpbrk(words, "%'\"") && !says(&r, words))
			complain(s, uc, in->name, words, &r);
		if (shows_form(a, uc, &r))
			is_kept(s, uc, spoilt, in->name, &r);
	}
}

static void
every_form(void **state, enum lang lang)
{
	struct people *p = *state;
	struct spoiler *s = arena_new(p->a, struct spoiler);

	thread_begin(&s->t, p, BY_API);
	thread_to(&s->t, THREAD_MINUTED);
	s->t.by = BY_PAGE;
	assert_ok(
	    db_script(p->w->db, p->a, arena_printf(p->a, "UPDATE person SET lang = %d", lang)));
	struct sha256 was = digest(p), is;
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++)
			for (const struct input *in = uc->inputs;
			     has_form(uc) && in && in->type; in++)
				if (!in->in_path && in->type != INPUT_FILE)
					spoil_form(s, uc, in, lang);
	is = digest(p);
	assert_memory_equal(&was, &is, sizeof(is));
	assert_true(s->n > 150);
}

static void
every_form_in_bokmaal(void **state)
{
	every_form(state, LANG_NB);
}

static void
every_form_in_nynorsk(void **state)
{
	every_form(state, LANG_NN);
}

static void
every_form_in_english(void **state)
{
	every_form(state, LANG_EN);
}

/* Of two values for one field neither is taken for the one that was meant. */
static void
a_field_given_twice_is_refused(void **state)
{
	struct people *p = *state;
	const char *who = "secretary.trust";
	int64_t before = entries(p);
	struct answer r = ask(
	    p, who, "POST", "/saker/ny", "title=En+sak+om+noe&summary=Kort&title=En+annen+sak");

	assert_int_equal(r.status, 422);
	assert_true(says(&r, "to ganger"));
	r = ask_api(p, who, "POST", "/matters",
	    "{\"title\": [\"En sak om noe\", \"En annen sak\"], \"summary\": \"Kort\"}");
	assert_int_equal(r.status, 422);
	assert_true(says(&r, "input.twice"));
	assert_int_equal(entries(p), before);
	r = ask(p, who, "POST", "/saker/ny",
	    "title=En+sak+om+noe&summary=Kort&title=En+sak+om+noe");
	assert_int_equal(r.status, 303);
}

/* An address with an identity number is refused before anybody is asked who it is, and the
 * number is not said again: not in the page, not in the address of the login. */
static void
an_address_is_looked_through(void **state)
{
	struct people *p = *state;
	static const char *const asked[] = {
	    "/sok?q=", "/offentlig/sok?q=", "/saker?etter=", "/logg-inn?til=%2Fsok%3Fq%3D"};

	for (size_t i = 0; i < 8; i++) {
		const char *path = arena_printf(p->a, "%s%s", asked[i / 2], IDENTITY);
		struct answer r = ask(p, i % 2 ? "secretary.trust" : NULL, "GET", path, NULL);
		assert_int_equal(r.status, 422);
		assert_true(says(&r, "fødselsnummer"));
		assert_false(says(&r, IDENTITY));
		assert_int_equal(r.location.n, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(every_field_of_every_use_case),
	    WITH_OSTFOLD(every_form_in_bokmaal),
	    WITH_OSTFOLD(every_form_in_nynorsk),
	    WITH_OSTFOLD(every_form_in_english),
	    WITH_OSTFOLD(a_field_given_twice_is_refused),
	    WITH_OSTFOLD(an_address_is_looked_through),
	    WITH_OSTFOLD(by_page),
	    WITH_OSTFOLD(by_api),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
