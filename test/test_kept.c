/* What is drawn once and used until the space has changed: web/kept.h, SECURITY D9. */
#include "thread.h"

#include "base/cache.h"
#include "base/clock.h"
#include "web/kept.h"

static struct answer
asked(struct people *p, const char *path, const char *header, str value)
{
	struct http_header headers[2] = {{str_from_c(header), value}};

	return ask_raw(p, &(struct raw){.method = HTTP_GET, .path = path, .headers = headers});
}

static struct answer
seen(struct people *p, const char *path)
{
	return asked(p, path, "accept-language", S("nb"));
}

static void
same_answer(const struct answer *x, const struct answer *y)
{
	assert_int_equal(x->status, y->status);
	assert_true(str_eq(x->body, y->body));
	assert_true(str_eq(x->etag, y->etag));
}

/* Something only its maker knows lies under the name: whoever is shown it was shown the page
 * as it is kept. */
static void
mark_kept(struct people *p, const char *path)
{
	struct cx *cx = cx_nobody(p);
	struct as_of now;

	assert_ok(cx_as_of(cx, &now));
	cache_put(p->site.kept, str_from_c(arena_printf(p->a, "page %d %s", LANG_NB, path)),
	    (str){(const char *)&now, sizeof(now)}, S("KEPT"));
}

static bool
is_kept(const struct answer *r)
{
	return str_eq(r->body, S("KEPT"));
}

static const char *const pages[] = {"/offentlig", "/offentlig/moter", "/offentlig/vedtak",
    "/hjelp", "/personvern", "/tilgjengelighet"};

static void
a_page_is_the_same_kept_and_drawn(void **state)
{
	struct people *p = *state;
	struct cache *kept = p->site.kept;

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct answer first = seen(p, pages[i]), again = seen(p, pages[i]);
		assert_int_equal(first.status, 200);
		assert_true(first.etag.n == 34);
		same_answer(&first, &again);
		p->site.kept = NULL;
		struct answer drawn = seen(p, pages[i]);
		p->site.kept = kept;
		assert_true(str_eq(first.body, drawn.body));
		assert_int_equal(drawn.etag.n, 0);
		mark_kept(p, pages[i]);
		again = seen(p, pages[i]);
		assert_true(is_kept(&again));
	}
}

static void
who_has_it_is_told_so_without_the_page(void **state)
{
	struct people *p = *state;
	struct answer page = seen(p, "/offentlig");

	mark_kept(p, "/offentlig");
	struct answer r = asked(p, "/offentlig", "if-none-match", page.etag);
	assert_int_equal(r.status, 304);
	assert_int_equal(r.body.n, 0);
	assert_true(str_eq(r.etag, page.etag));
	r = asked(p, "/offentlig", "if-none-match", S("\"another\""));
	assert_int_equal(r.status, 200);
}

static void
languages_lie_apart(void **state)
{
	struct people *p = *state;
	struct answer nb = seen(p, "/hjelp");
	struct answer nn = asked(p, "/hjelp", "accept-language", S("nn"));
	struct answer en = asked(p, "/hjelp", "accept-language", S("en"));

	assert_false(str_eq(nb.body, nn.body));
	assert_false(str_eq(nb.etag, nn.etag));
	assert_false(str_eq(nb.etag, en.etag));
	struct answer again = seen(p, "/hjelp");
	same_answer(&nb, &again);
	again = asked(p, "/hjelp", "accept-language", S("en"));
	same_answer(&en, &again);
}

static void
a_write_ends_it(void **state)
{
	struct people *p = *state;
	struct thread t;

	seen(p, "/offentlig");
	mark_kept(p, "/offentlig");
	struct answer r = seen(p, "/offentlig");
	assert_true(is_kept(&r));
	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_SUBMITTED);
	r = seen(p, "/offentlig");
	assert_false(is_kept(&r));
}

/* A second server on the same database. */
static void
another_process_ends_it(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_as(p, "secretary.trust");
	struct space *other;
	struct result done;

	assert_ok(space_open(
	    p->a, &(struct space_config){.db = p->w->config, .now_at = NOW_AT}, &other));
	seen(p, "/offentlig");
	mark_kept(p, "/offentlig");
	cx->space = other;
	assert_ok(act(cx, &done, ACT_MATTER_PROPOSE, "title", "Fra en annen", "summary", "…",
	    "submit", "1"));
	struct answer r = seen(p, "/offentlig");
	assert_false(is_kept(&r));
}

static void
what_is_published_is_seen_at_once(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_SUMMONED);
	const char *label = sql_text(p, "SELECT label FROM meeting WHERE pid = ?", t.meeting);
	const char *path = arena_printf(p->a, "/offentlig/moter/%s", t.meeting);
	struct answer r = seen(p, "/offentlig");
	assert_false(says(&r, label));
	r = seen(p, path);
	assert_int_equal(r.status, 404);
	step(&t, "secretary.trust", ACT_MEETING_ANNOUNCE, "meeting", t.meeting);
	r = seen(p, "/offentlig");
	assert_true(says(&r, label));
	r = seen(p, path);
	assert_int_equal(r.status, 200);
}

static void
the_minute_and_the_day_end_it(void **state)
{
	struct people *p = *state;
	struct answer r;

	p->now_at = clock_at(clock_day(NOW_AT), 23, 59);
	seen(p, "/offentlig");
	mark_kept(p, "/offentlig");
	p->now_at += 59;
	r = seen(p, "/offentlig");
	assert_true(is_kept(&r));
	p->now_at += 1; /* midnight in Oslo */
	assert_int_equal(clock_day(p->now_at), clock_day(NOW_AT) + 1);
	r = seen(p, "/offentlig");
	assert_false(is_kept(&r));
}

static void
who_is_logged_in_is_never_shown_it(void **state)
{
	struct people *p = *state;
	struct answer r = ask(p, "secretary.trust", "GET", "/offentlig", NULL);

	assert_int_equal(r.status, 200);
	assert_int_equal(r.etag.n, 0);
	assert_int_equal(cache_used(p->site.kept), 0); /* nor is theirs kept for others */
	seen(p, "/offentlig");
	mark_kept(p, "/offentlig");
	r = ask(p, "secretary.trust", "GET", "/offentlig", NULL);
	assert_false(is_kept(&r));
	r = ask(p, "outsider", "GET", "/offentlig", NULL);
	assert_false(is_kept(&r));
}

static void
questions_and_what_is_not_there_take_no_room(void **state)
{
	struct people *p = *state;

	seen(p, "/offentlig");
	size_t used = cache_used(p->site.kept);
	for (int i = 0; i < 50; i++) {
		struct answer r = seen(p, arena_printf(p->a, "/offentlig?x=%d", i));
		assert_int_equal(r.status, 200);
		r = seen(p, arena_printf(p->a, "/offentlig/vedtak/none%d", i));
		assert_int_equal(r.status, 404);
	}
	assert_int_equal(cache_used(p->site.kept), used);
	seen(p, "/logg-inn"); /* a form has a key of its own each time */
	assert_int_equal(cache_used(p->site.kept), used);
}

/* --- the menu --------------------------------------------------------------------------- */

static struct day_counts
waits_for(struct people *p, const char *key)
{
	struct request rq = {.cx = cx_as(p, key), .site = &p->site};
	struct day_counts c;

	assert_ok(kept_counts(&rq, &c));
	return c;
}

static void
counts_follow_every_write(void **state)
{
	struct people *p = *state;
	struct thread t;
	struct day_counts was = waits_for(p, "secretary.trust"), is;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_SUBMITTED);
	is = waits_for(p, "secretary.trust");
	assert_int_equal(is.all, was.all + 1);
	assert_int_equal(waits_for(p, "outsider").all, 0);
	is = waits_for(p, "secretary.trust");
	assert_int_equal(is.all, was.all + 1);
}

static void
counts_are_one_persons_for_one_party(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_ASKED);
	for (size_t i = 0; i < p->n; i++) {
		struct cx *cx = cx_of(p, &p->all[i]);
		struct request rq = {.cx = cx, .site = &p->site};
		struct tasks *tasks;
		struct day_counts c, right;
		assert_ok(kept_counts(&rq, &c));
		assert_ok(kept_counts(&rq, &c));
		assert_ok(day_tasks(cx, &tasks));
		right = day_count(tasks);
		assert_memory_equal(&c, &right, sizeof(c));
	}
}

/* --- pieces ----------------------------------------------------------------------------- */

static bool
shows_kept(struct people *p, const char *who, const char *path)
{
	struct answer r = ask(p, who, "GET", path, NULL);

	assert_int_equal(r.status, 200);
	return says(&r, "KEPT");
}

/* What has happened with a matter is drawn once, for those who may see the matter alone. */
static void
pieces_are_for_who_may_see_the_thing_until_it_changes(void **state)
{
	struct people *p = *state;
	struct cx *cx = cx_nobody(p);
	struct request rq = {.cx = cx, .site = &p->site};
	struct thread t;
	struct html was;
	str mark;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_SUBMITTED);
	const char *path = arena_printf(p->a, "/saker/%s", t.matter);
	assert_false(shows_kept(p, "secretary.trust", path));
	assert_ok(kept_mark(&rq, &mark));
	static const char *const names[] = {"steps", "lanes", "events"};
	for (size_t i = 0; i < 3; i++) {
		cx->lang = LANG_NB;
		assert_true(kept_piece(&rq, mark, names[i], str_from_c(t.matter), &was));
		cx->lang = LANG_NN;
		assert_false(kept_piece(&rq, mark, names[i], str_from_c(t.matter), &was));
		assert_false(kept_piece(&rq, mark, names[i], S("another"), &was));
	}
	cx->lang = LANG_NB;
	kept_piece_put(&rq, mark, "events", str_from_c(t.matter), (struct html){S("KEPT")});
	assert_true(shows_kept(p, "secretary.trust", path));
	assert_true(shows_kept(p, "secretary.municipal", path));
	struct answer r = ask(p, "outsider", "GET", path, NULL);
	assert_int_equal(r.status, 404);
	assert_false(says(&r, "KEPT"));
	r = ask(p, NULL, "GET", path, NULL);
	assert_int_equal(r.status, 303);
	thread_to(&t, THREAD_TRIAGED);
	assert_false(shows_kept(p, "secretary.trust", path));
}

/* --- texts ------------------------------------------------------------------------------ */

static void
a_text_is_drawn_once_for_each_heading(void **state)
{
	struct people *p = *state;
	struct request rq = {.cx = cx_nobody(p), .site = &p->site};
	struct html third = kept_markdown(&rq, S("# Hva\n\n<b>& *hvorfor*"), 3);

	assert_true(str_eq(third.s, kept_markdown(&rq, S("# Hva\n\n<b>& *hvorfor*"), 3).s));
	assert_non_null(memmem(third.s.p, third.s.n, "<h3", 3));
	assert_null(memmem(third.s.p, third.s.n, "<b>", 3));
	struct html fourth = kept_markdown(&rq, S("# Hva\n\n<b>& *hvorfor*"), 4);
	assert_non_null(memmem(fourth.s.p, fourth.s.n, "<h4", 3));
	assert_int_equal(kept_markdown(&rq, (str){0}, 3).s.n, 0);
	assert_int_equal(kept_markdown(&rq, (str){0}, 3).s.n, 0);
	cache_put(p->site.kept, S("# Hva"), S("markdown 3"), S("KEPT"));
	assert_str(kept_markdown(&rq, S("# Hva"), 3).s, "KEPT");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(a_page_is_the_same_kept_and_drawn),
	    WITH_OSTFOLD(who_has_it_is_told_so_without_the_page),
	    WITH_OSTFOLD(languages_lie_apart),
	    WITH_OSTFOLD(a_write_ends_it),
	    WITH_OSTFOLD_FILE(another_process_ends_it),
	    WITH_OSTFOLD(what_is_published_is_seen_at_once),
	    WITH_OSTFOLD(the_minute_and_the_day_end_it),
	    WITH_OSTFOLD(who_is_logged_in_is_never_shown_it),
	    WITH_OSTFOLD(questions_and_what_is_not_there_take_no_room),
	    WITH_OSTFOLD(counts_follow_every_write),
	    WITH_OSTFOLD(counts_are_one_persons_for_one_party),
	    WITH_OSTFOLD(pieces_are_for_who_may_see_the_thing_until_it_changes),
	    WITH_OSTFOLD(a_text_is_drawn_once_for_each_heading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
