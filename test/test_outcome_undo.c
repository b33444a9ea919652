/* §3.4 "mistakes undone": an outcome that was recorded wrongly, while the meeting sits. */
#include "thread.h"

#include "core/matter.h"
#include "q_decision.h"
#include "store/verify.h"

static int64_t
state_of(struct thread *t)
{
	return sql_int(t->p, "SELECT CAST(state AS TEXT) FROM matter WHERE pid = ?", t->matter);
}

static int64_t
decisions(struct thread *t)
{
	return sql_int(t->p, "SELECT CAST(count(*) AS TEXT) FROM decision", NULL);
}

static void
to_sitting(struct thread *t, struct people *p, enum by by)
{
	thread_begin(t, p, by);
	thread_to(t, THREAD_SITTING);
	step(t, "secretary.trust", ACT_MEETING_TAKE_UP, "meeting", t->meeting, "item", t->item);
}

static void
decide(struct thread *t, const char *text)
{
	step(t, "secretary.municipal", ACT_MEETING_OUTCOME, "meeting", t->meeting, "item",
	    t->item, "outcome", "agreed", "text", text, "due", thread_day(t, 60));
}

static void
undo(struct thread *t)
{
	step(t, "secretary.trust", ACT_MEETING_OUTCOME_UNDO, "meeting", t->meeting, "item",
	    t->item, "reason", "Feil tekst.");
}

static void
say(void *arg, const char *line)
{
	(void)arg;
	fail_msg("%s", line);
}

/* What was taken out again is accounted for in the record. */
static void
verifies(struct people *p)
{
	struct verify v = {.space = "t", .say = say};
	struct verify_result r;

	assert_ok(verify_space(p->w->db, p->a, &v, &r));
}

/* The decision leaves the register, its words stay to be mended, its number is given anew. */
static struct answer
of_meeting(struct thread *t, const char *who, const char *method, const char *rest)
{
	const char *path = arena_printf(t->p->a, "/moter/%s/%s", t->meeting, rest);

	return ask(t->p, who, method, path, *method == 'P' ? "reason=" : NULL);
}

/* An outcome can be mended, and a deputy is not taken for the member. */
static void
sees_pages(struct thread *t)
{
	struct answer r = of_meeting(t, "chair", "GET", "ledelse");

	assert_true(says(&r, "Angre utfallet"));
	r = of_meeting(t, "secretary.trust", "GET", "ledelse");
	assert_true(says(&r, " møter selv"));
	assert_false(says(&r, "rt-agenda__undo\" open"));
	r = of_meeting(t, "secretary.trust", "GET", "protokoll");
	assert_true(says(&r, "Vara for "));
	/* refused: the field that is asked for stands open */
	r = of_meeting(
	    t, "secretary.trust", "POST", arena_printf(t->p->a, "ledelse/%s/angre", t->item));
	assert_int_equal(r.status, 422);
	assert_true(says(&r, "rt-agenda__undo\" open"));
}

static void
a_decision_is_undone(struct people *p, enum by by)
{
	struct thread t;

	to_sitting(&t, p, by);
	refused(&t, "secretary.trust", ACT_MEETING_OUTCOME_UNDO, 409, "meeting", t.meeting,
	    "item", t.item, "reason", "Ingenting ennå.");
	decide(&t, "Sykehuset varsler lordag.");
	const char *label = sql_text(p, "SELECT label FROM decision", NULL);
	refused(&t, "contact.sykehuset_ostfold", ACT_MEETING_OUTCOME_UNDO, 403, "meeting",
	    t.meeting, "item", t.item, "reason", "Ikke min sak.");
	if (by == BY_PAGE)
		sees_pages(&t);
	undo(&t);
	assert_int_equal(state_of(&t), MATTER_IN_MEETING);
	assert_int_equal(decisions(&t), 0);
	assert_string_equal(sql_text(p, "SELECT text FROM agenda_item WHERE pid = ?", t.item),
	    "Sykehuset varsler lordag.");
	decide(&t, "Sykehuset varsler onsdag.");
	assert_string_equal(sql_text(p, "SELECT label FROM decision", NULL), label);
	assert_string_equal(
	    sql_text(p, "SELECT text FROM decision", NULL), "Sykehuset varsler onsdag.");
	step(&t, "secretary.municipal", ACT_MEETING_CLOSE, "meeting", t.meeting);
	refused(&t, "secretary.trust", ACT_MEETING_OUTCOME_UNDO, 409, "meeting", t.meeting,
	    "item", t.item, "reason", "For sent."); /* D6 */
	verifies(p);
}

static void
by_page(void **state)
{
	a_decision_is_undone(*state, BY_PAGE);
}

static void
by_api(void **state)
{
	a_decision_is_undone(*state, BY_API);
}

static int64_t
last_no(struct people *p)
{
	int64_t body = sql_int(p, "SELECT CAST(body_id AS TEXT) FROM decision", NULL);
	int64_t year = sql_int(p, "SELECT CAST(year AS TEXT) FROM decision", NULL);
	struct q_decision_last_no *by;

	assert_ok(q_decision_last_no(p->w->db, p->a, body, year, &by));
	return by->no;
}

/* A number that was given and taken back is the next one's, so that none is missing. */
static void
a_freed_number_is_given_again(void **state)
{
	struct people *p = *state;
	struct thread t;

	to_sitting(&t, p, BY_API);
	decide(&t, "Sykehuset varsler onsdag.");
	assert_int_equal(last_no(p), 1);
	sql_int(p, "UPDATE decision SET no = 2 RETURNING CAST(no AS TEXT)", NULL);
	assert_int_equal(last_no(p), 0);
}

/* Hands the matter to the professional body. Returns the matter that this one gets. */
static const char *
delegate(struct thread *t)
{
	const char *fsu = sql_text(t->p, "SELECT pid FROM body WHERE key = ?", "fsu");

	step(t, "secretary.municipal", ACT_MEETING_OUTCOME, "meeting", t->meeting, "item",
	    t->item, "outcome", "delegate", "to_body", fsu, "mandate", "Lag en rutine.", "due",
	    thread_day(t, 60));
	return sql_text(
	    t->p, "SELECT pid FROM matter WHERE parent_id <> 0 AND title = ?", t->title);
}

/* What the receiving body got is taken back, unless somebody has begun on it. */
static void
a_delegation_is_undone(void **state)
{
	struct people *p = *state;
	struct thread t;

	to_sitting(&t, p, BY_API);
	const char *child = delegate(&t);
	undo(&t);
	assert_int_equal(state_of(&t), MATTER_IN_MEETING);
	assert_int_equal(
	    sql_int(p, "SELECT CAST(state AS TEXT) FROM matter WHERE pid = ?", child),
	    MATTER_WITHDRAWN);
	step(&t, "secretary.municipal", ACT_MEETING_OUTCOME, "meeting", t.meeting, "item",
	    t.item, "outcome", "return", "reason", "Må belyses bedre.");
	step(&t, "secretary.trust", ACT_MATTER_RESUME, "matter", t.matter);
	refused(&t, "secretary.trust", ACT_MEETING_OUTCOME_UNDO, 409, "meeting", t.meeting,
	    "item", t.item, "reason", "Noen har begynt.");
}

/* C21: what was delegated is closed when the receiving body's matter is over. */
static void
a_delegation_ends(void **state)
{
	struct people *p = *state;
	struct thread t;

	to_sitting(&t, p, BY_API);
	const char *child = delegate(&t);
	assert_int_equal(state_of(&t), MATTER_DELEGATED);
	step(&t, "secretary.trust", ACT_MATTER_REJECT, "matter", child, "reason", "Løst.");
	assert_int_equal(state_of(&t), MATTER_CLOSED);
	verifies(p);
}

/* Neither does the receiving body's agenda show what the matter is called. */
static void
a_delegation_stays_exempt(void **state)
{
	struct people *p = *state;
	struct thread t;

	to_sitting(&t, p, BY_API);
	sql_int(p, "UPDATE matter SET exempt_basis = 'offl. § 13' WHERE pid = ? RETURNING '1'",
	    t.matter);
	const char *basis =
	    sql_text(p, "SELECT exempt_basis FROM matter WHERE pid = ?", delegate(&t));
	assert_string_equal(basis, "offl. § 13");
}

/* What becomes exempt after it was delegated takes what it was delegated as with it, however
 * far: its public pages, the search and the minutes of the receiving body. No id has a u. */
static void
a_delegation_becomes_exempt(void **state)
{
	struct people *p = *state;
	struct answer r;
	struct thread t;

	to_sitting(&t, p, BY_API);
	const char *child = delegate(&t);
	const char *page = arena_printf(p->a, "/offentlig/saker/%s", child);
	int64_t grandchild = sql_int(p,
	    "INSERT INTO matter (pid, title, summary, state, state_at, proposer_party_id, "
	    "proposer_person_id, proposer_appointment_id, created_at, parent_id, mandate) "
	    "SELECT 'u' || substr(pid, 2), title, summary, state, state_at, "
	    "proposer_party_id, proposer_person_id, proposer_appointment_id, created_at, id, "
	    "mandate FROM matter WHERE pid = ? RETURNING CAST(id AS TEXT)",
	    child);
	sql_int(p,
	    "UPDATE matter SET state = 22, ready_version_no = 1 WHERE pid = ? RETURNING '1'",
	    child);
	step(&t, "secretary.trust", ACT_MATTER_PUBLISH, "matter", child);
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 200);
	r = ask(p, NULL, "GET", "/offentlig/sok?q=utskriving", NULL);
	assert_true(says(&r, page));
	step(&t, "secretary.trust", ACT_MATTER_PUBLISH, "matter", t.matter, "exempt",
	    "offl. § 13");
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 404);
	r = ask(p, NULL, "GET", "/offentlig/sok?q=utskriving", NULL);
	assert_false(says(&r, page));
	r = ask(p, NULL, "GET", "/offentlig", NULL);
	assert_false(says(&r, page));
	assert_string_equal(
	    sql_text(p, "SELECT exempt_basis FROM matter WHERE id = CAST(? AS INTEGER)",
		arena_printf(p->a, "%d", (int)grandchild)),
	    "offl. § 13");
	refused(&t, "secretary.trust", ACT_MATTER_PUBLISH, 409, "matter", child);
	step(&t, "secretary.trust", ACT_MATTER_PUBLISH, "matter", t.matter);
	step(&t, "secretary.trust", ACT_MATTER_PUBLISH, "matter", child);
	assert_int_equal(ask(p, NULL, "GET", page, NULL).status, 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(by_page),
	    WITH_OSTFOLD(by_api),
	    WITH_OSTFOLD(a_freed_number_is_given_again),
	    WITH_OSTFOLD(a_delegation_is_undone),
	    WITH_OSTFOLD(a_delegation_ends),
	    WITH_OSTFOLD(a_delegation_stays_exempt),
	    WITH_OSTFOLD(a_delegation_becomes_exempt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
