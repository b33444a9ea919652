/* §3.9: the public sees meetings and agendas that the secretariat has published, and no more.
 */
#include "thread.h"

#include "core/document.h"
#include "web/document.h"

static const char *
public_page(struct thread *t)
{
	return arena_printf(t->p->a, "/offentlig/moter/%s", t->meeting);
}

static struct answer
seen_by_all(struct thread *t, const char *path)
{
	return ask(t->p, NULL, "GET", path, NULL);
}

static void
announced(struct people *p, enum by by)
{
	struct thread t;

	thread_begin(&t, p, by);
	thread_to(&t, THREAD_SUMMONED);
	const char *label = sql_text(p, "SELECT label FROM meeting WHERE pid = ?", t.meeting);
	assert_int_equal(seen_by_all(&t, public_page(&t)).status, 404);
	struct answer r = seen_by_all(&t, "/offentlig");
	assert_false(says(&r, label));
	refused(
	    &t, "contact.sykehuset_ostfold", ACT_MEETING_ANNOUNCE, 403, "meeting", t.meeting);
	refused(&t, "secretary.trust", ACT_MEETING_ANNOUNCE, 422, "meeting", t.meeting,
	    "exempt", t.item); /* without its basis */
	step(&t, "secretary.trust", ACT_MEETING_ANNOUNCE, "meeting", t.meeting);
	r = seen_by_all(&t, "/offentlig");
	assert_true(says(&r, label));
	r = seen_by_all(&t, public_page(&t));
	assert_int_equal(r.status, 200);
	assert_true(says(&r, t.title));
	refused(&t, "secretary.trust", ACT_MEETING_ANNOUNCE, 409, "meeting", t.meeting);

	/* what is written while it sits is not for those outside */
	r = ask(p, "outsider", "GET", arena_printf(p->a, "/moter/%s", t.meeting), NULL);
	assert_int_equal(r.status, 404);
	r = ask_api(p, "outsider", "GET", arena_printf(p->a, "/meetings/%s", t.meeting), NULL);
	assert_int_equal(r.status, 404);

	step(&t, "secretary.municipal", ACT_MEETING_CANCEL, "meeting", t.meeting, "reason",
	    "Streik.");
	r = seen_by_all(&t, public_page(&t));
	assert_true(says(&r, "Møtet er avlyst eller utsatt."));
	step(&t, "secretary.municipal", ACT_MEETING_ARCHIVE, "meeting", t.meeting);
	refused(&t, "secretary.municipal", ACT_MEETING_ARCHIVE, 409, "meeting", t.meeting);
}

static void
by_page(void **state)
{
	announced(*state, BY_PAGE);
}

static void
by_api(void **state)
{
	announced(*state, BY_API);
}

static void
an_exempt_matter_has_no_name(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_SUMMONED);
	step(&t, "secretary.trust", ACT_MEETING_ANNOUNCE, "meeting", t.meeting, "exempt",
	    t.item, "basis", "offentleglova § 13");
	struct answer r = seen_by_all(&t, public_page(&t));
	assert_int_equal(r.status, 200);
	assert_false(says(&r, t.title));
	assert_true(says(&r, "offentleglova § 13"));
}

/* A matter that the meeting returned is written anew: what is written is not for all before
 * somebody publishes it again. */
static void
what_is_worked_on_again_is_public_no_more(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_PAGE);
	thread_to(&t, THREAD_SITTING);
	const char *page = arena_printf(p->a, "/offentlig/saker/%s", t.matter);
	step(&t, "secretary.trust", ACT_MATTER_PUBLISH, "matter", t.matter);
	step(&t, "secretary.trust", ACT_MEETING_TAKE_UP, "meeting", t.meeting, "item", t.item);
	step(&t, "secretary.municipal", ACT_MEETING_OUTCOME, "meeting", t.meeting, "item",
	    t.item, "outcome", "return", "reason", "Må belyses bedre.");
	assert_int_equal(seen_by_all(&t, page).status, 200);
	step(&t, "secretary.trust", ACT_MATTER_RESUME, "matter", t.matter);
	step(&t, "secretary.trust", ACT_MATTER_EDIT, "matter", t.matter, ":",
	    section_slug(SECTION_BACKGROUND), "section", "background", "rev",
	    sql_text(p, "SELECT CAST(rev AS TEXT) FROM section WHERE kind = 1", NULL), "text",
	    "Ispinner til alle.");
	assert_int_equal(seen_by_all(&t, page).status, 404);
	struct answer r = seen_by_all(&t, "/offentlig/sok?q=utskriving");
	assert_false(says(&r, page));
	r = ask(p, "secretary.municipal", "GET", "/sok?q=ispinner", NULL);
	assert_true(says(&r, t.matter));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(by_page),
	    WITH_OSTFOLD(by_api),
	    WITH_VESTRE_VIKEN(an_exempt_matter_has_no_name),
	    WITH_OSTFOLD(what_is_worked_on_again_is_public_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
