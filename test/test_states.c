/*
 * test_states.c - every use case from every state in which its machine does not offer it.
 *
 * And every use case that asks for a revision with an old one, and every use case there is by
 * somebody who has no part in the cooperation.
 *
 * test_machines holds the tables in code against docs/state-machines.md. Here the same tables
 * are tried through the use cases: a thing is put in each state in turn, and whoever could do
 * the act in another state is refused for the state, and nothing changes.
 */
#include "digest.h"
#include "fitting.h"
#include "thread.h"

#include "core/decision.h"
#include "core/matter.h"
#include "core/meeting.h"
#include "core/premeeting.h"
#include "core/round.h"

#include <stdio.h>

/* A use case and the acts of the machine that it amounts to; 0 ends them. */
struct deed {
	enum action action;
	int acts[3];
	const char *first; /* SQL that makes all but the state right; may be NULL */
};

struct machine {
	const char *name;
	bool (*offers)(int64_t state, int act, unsigned by, struct step *ret);
	const char *(*state_key)(int64_t state);
	int n_states;
	const char *force; /* SQL with %d for the state; NULL: see the machine's own test */
	const struct deed *deeds;
};

/* The machines' own enums are int to this test. */
#define ADAPT(name)                                                                    \
	static bool name##_offers_int(int64_t s, int act, unsigned by, struct step *r) \
	{                                                                              \
		return name##_offers(s, act, by, r);                                   \
	}
ADAPT(matter)
ADAPT(meeting)
ADAPT(premeeting)
ADAPT(round)
ADAPT(decision)

static const struct deed matter_deeds[] = {
    {ACT_MATTER_SUBMIT, {MATTER_DO_SUBMIT}, NULL},
    {ACT_MATTER_RECEIVE, {MATTER_DO_RECEIVE}, NULL},
    {ACT_MATTER_TRIAGE, {MATTER_DO_TRIAGE}, NULL},
    {ACT_MATTER_SEND_BACK, {MATTER_DO_SEND_BACK}, NULL},
    {ACT_MATTER_REJECT, {MATTER_DO_REJECT}, NULL},
    {ACT_MATTER_APPEAL, {MATTER_DO_APPEAL}, NULL},
    {ACT_MATTER_ALLOW_APPEAL, {MATTER_DO_ALLOW_APPEAL}, NULL},
    {ACT_MATTER_DISMISS_APPEAL, {MATTER_DO_DISMISS_APPEAL}, NULL},
    {ACT_MATTER_JOIN, {MATTER_DO_JOIN}, NULL},
    {ACT_MATTER_WITHDRAW, {MATTER_DO_WITHDRAW}, NULL},
    {ACT_MATTER_ASSIGN, {MATTER_DO_ASSIGN}, NULL},
    {ACT_MATTER_START, {MATTER_DO_START}, NULL},
    {ACT_MATTER_EDIT, {MATTER_DO_EDIT}, NULL},
    {ACT_MATTER_COMMENT, {MATTER_DO_COMMENT}, NULL},
    {ACT_MATTER_SNAPSHOT, {MATTER_DO_SNAPSHOT}, NULL},
    {ACT_MATTER_SIGN_OFF, {MATTER_DO_SIGN_OFF}, NULL},
    {ACT_MATTER_CHECK, {MATTER_DO_CHECK}, NULL},
    {ACT_MATTER_REWORK, {MATTER_DO_REWORK}, NULL},
    {ACT_ROUND_OPEN, {MATTER_DO_SEND_ROUND}, NULL},
    {ACT_MATTER_SKIP_ROUND, {MATTER_DO_SKIP_ROUND}, NULL},
    {ACT_ROUND_CLOSE, {MATTER_DO_CLOSE_ROUND}, NULL},
    {ACT_ROUND_CANCEL, {MATTER_DO_CANCEL_ROUND}, NULL},
    {ACT_MATTER_FREEZE, {MATTER_DO_FREEZE}, NULL},
    {ACT_MATTER_RESUME, {MATTER_DO_RESUME}, NULL},
    {ACT_MATTER_RECEIVE_ABOVE, {MATTER_DO_RECEIVE_ABOVE}, NULL},
    {ACT_MATTER_CLOSE, {MATTER_DO_CLOSE}, NULL},
    {ACT_MATTER_ARCHIVE, {MATTER_DO_ARCHIVE}, NULL},
    {ACT_MEETING_AGENDA_ADD, {MATTER_DO_PUT_ON_AGENDA},
	"UPDATE meeting SET state = 2; DELETE FROM agenda_item"},
    {ACT_MEETING_AGENDA_REMOVE, {MATTER_DO_TAKE_OFF_AGENDA}, "UPDATE meeting SET state = 2"},
    {ACT_MEETING_TAKE_UP, {MATTER_DO_OPEN, MATTER_DO_NOTE},
	"UPDATE meeting SET state = 6; UPDATE agenda_item SET outcome = 0"},
    {ACT_MEETING_OUTCOME, {MATTER_DO_OPEN, MATTER_DO_NOTE},
	"UPDATE meeting SET state = 6; UPDATE agenda_item SET outcome = 0"},
    {ACT_MEETING_OUTCOME_UNDO, {MATTER_DO_UNDO}, "UPDATE meeting SET state = 6"},
    {0},
};

static const struct deed meeting_deeds[] = {
    {ACT_MEETING_UPDATE, {MEETING_DO_UPDATE}, NULL},
    {ACT_MEETING_AGENDA_ADD,
	{MEETING_DO_START_AGENDA, MEETING_DO_ADD_ITEM, MEETING_DO_ADD_LATE_ITEM}, NULL},
    {ACT_MEETING_AGENDA_REMOVE, {MEETING_DO_REMOVE_ITEM}, NULL},
    {ACT_MEETING_AGENDA_ORDER, {MEETING_DO_ORDER}, NULL},
    {ACT_MEETING_AGENDA_APPROVE, {MEETING_DO_APPROVE_AGENDA}, NULL},
    {ACT_MEETING_AGENDA_REOPEN, {MEETING_DO_REOPEN_AGENDA}, NULL},
    {ACT_MEETING_AGREE_CHAIR, {MEETING_DO_AGREE_CHAIR}, NULL},
    {ACT_MEETING_SUMMON, {MEETING_DO_SUMMON}, NULL},
    {ACT_MEETING_ANNOUNCE, {MEETING_DO_ANNOUNCE}, NULL},
    {ACT_MEETING_REPLY, {MEETING_DO_REPLY}, NULL},
    {ACT_MEETING_ATTEND, {MEETING_DO_ATTEND}, NULL},
    {ACT_MEETING_CONFLICT, {MEETING_DO_CONFLICT}, NULL},
    {ACT_MEETING_OPEN, {MEETING_DO_OPEN}, NULL},
    {ACT_MEETING_INQUORATE, {MEETING_DO_FIND_INQUORATE}, NULL},
    {ACT_MEETING_TAKE_UP, {MEETING_DO_TAKE_UP}, NULL},
    {ACT_MEETING_OUTCOME, {MEETING_DO_OUTCOME}, NULL},
    {ACT_MEETING_OUTCOME_UNDO, {MEETING_DO_UNDO_OUTCOME}, NULL},
    {ACT_MEETING_CLOSE, {MEETING_DO_CLOSE}, NULL},
    {ACT_MEETING_MINUTES_EDIT, {MEETING_DO_DRAFT_MINUTES, MEETING_DO_EDIT_MINUTES}, NULL},
    {ACT_MEETING_MINUTES_COMMENT, {MEETING_DO_COMMENT_MINUTES}, NULL},
    {ACT_MEETING_MINUTES_APPROVE, {MEETING_DO_APPROVE_MINUTES}, NULL},
    {ACT_MEETING_MINUTES_CORRECT, {MEETING_DO_CORRECT}, NULL},
    {ACT_MEETING_PUBLISH, {MEETING_DO_PUBLISH}, NULL},
    {ACT_MEETING_ARCHIVE, {MEETING_DO_ARCHIVE}, NULL},
    {ACT_MEETING_POSTPONE, {MEETING_DO_POSTPONE}, NULL},
    {ACT_MEETING_RESCHEDULE, {MEETING_DO_RESCHEDULE}, NULL},
    {ACT_MEETING_CANCEL, {MEETING_DO_CANCEL}, NULL},
    {0},
};

static const struct deed premeeting_deeds[] = {
    {ACT_PREMEETING_WRITE, {PREMEETING_DO_WRITE}, NULL},
    {ACT_PREMEETING_STAND, {PREMEETING_DO_STAND}, NULL},
    {ACT_PREMEETING_HOLD, {PREMEETING_DO_HOLD}, NULL},
    {ACT_PREMEETING_POSITION, {PREMEETING_DO_POSITION}, NULL},
    {ACT_PREMEETING_RECORD, {PREMEETING_DO_RECORD}, NULL},
    {ACT_PREMEETING_RELEASE, {PREMEETING_DO_RELEASE}, NULL},
    {ACT_PREMEETING_CANCEL, {PREMEETING_DO_CANCEL}, NULL},
    {0},
};

static const struct deed round_deeds[] = {
    {ACT_ROUND_LOOK, {ROUND_DO_LOOK}, NULL},
    {ACT_ROUND_ANSWER, {ROUND_DO_ANSWER}, NULL},
    {ACT_ROUND_WITHDRAW, {ROUND_DO_WITHDRAW}, NULL},
    {ACT_ROUND_ANSWER_FOR, {ROUND_DO_ANSWER_FOR}, NULL},
    {ACT_ROUND_REMIND, {ROUND_DO_REMIND}, NULL},
    {ACT_ROUND_EXTEND, {ROUND_DO_EXTEND}, NULL},
    {ACT_ROUND_DISPOSE, {ROUND_DO_DISPOSE}, NULL},
    {ACT_ROUND_CLOSE, {ROUND_DO_RELEASE}, NULL},
    {ACT_ROUND_CANCEL, {ROUND_DO_CANCEL}, NULL},
    {0},
};

static const struct deed decision_deeds[] = {
    {ACT_DECISION_ACKNOWLEDGE, {DECISION_DO_ACKNOWLEDGE}, NULL},
    {ACT_DECISION_PASS_ON, {DECISION_DO_PASS_ON}, NULL},
    {ACT_DECISION_UPDATE, {DECISION_DO_UPDATE}, NULL},
    {ACT_DECISION_UPDATE_FOR, {DECISION_DO_UPDATE_FOR}, NULL},
    {ACT_DECISION_EXCUSE, {DECISION_DO_EXCUSE}, NULL},
    {ACT_DECISION_REMIND, {DECISION_DO_REMIND}, NULL},
    {ACT_DECISION_REPLACE, {DECISION_DO_REPLACE}, NULL},
    {0},
};

#define MACHINE(name, NAME, force, deeds)                                                \
	{                                                                                \
#name, name##_offers_int, name##_state_key, NAME##_STATE_N, force, deeds \
	}
static const struct machine matter_machine =
    MACHINE(matter, MATTER, "UPDATE matter SET state = %d WHERE id = 1", matter_deeds);
static const struct machine meeting_machine =
    MACHINE(meeting, MEETING, "UPDATE meeting SET state = %d", meeting_deeds);
static const struct machine premeeting_machine =
    MACHINE(premeeting, PREMEETING, "UPDATE premeeting SET state = %d", premeeting_deeds);
static const struct machine round_machine = MACHINE(round, ROUND,
    "UPDATE matter SET state = 7; UPDATE round SET closed_at = CASE %d WHEN 4 THEN 1 ELSE 0 "
    "END, cancelled_at = CASE %d WHEN 5 THEN 1 ELSE 0 END",
    round_deeds);
static const struct machine decision_machine = MACHINE(decision, DECISION,
    "UPDATE decision SET replaced_by_id = CASE %d WHEN 4 THEN id ELSE 0 END; UPDATE followup "
    "SET "
    "status = CASE %d WHEN 3 THEN 3 ELSE 1 END",
    decision_deeds);

/* --- trying ----------------------------------------------------------------------------- */
static void
run(struct thread *t, const char *sql)
{
	assert_ok(db_script(t->p->w->db, t->p->a, sql));
}

static bool
is_offered(const struct machine *m, const struct deed *d, int state)
{
	for (int i = 0; i < 3 && d->acts[i]; i++)
		if (m->offers(state, d->acts[i], DOER_ALL, NULL))
			return true;
	return false;
}

static void
force(struct thread *t, const struct machine *m, const struct deed *d, int state)
{
	struct buf b = buf_new(t->p->a, 1000);

	for (const char *s = m->force; *s; s++)
		if (s[0] == '%')
			buf_printf(&b, "%d", state), s++;
		else
			buf_put(&b, (str){s, 1});
	if (d->first)
		run(t, d->first);
	run(t, str_to_c(t->p->a, buf_str(&b)));
}

/* Whoever may do it in another state; one at least is refused for the state and nothing else,
 * unless nobody sees the thing in it or may do anything with it then. */
static void
is_refused(struct thread *t, const struct machine *m, const struct usecase *uc, int state)
{
	const char *who[] = {"secretary.municipal", t->contact[0], "chair"};
	const char *const *pairs = thread_pairs(t, uc, fitting(t, uc));
	bool for_its_state = false, by_right = true;

	for (size_t i = 0; i < 3 && !for_its_state; i++) {
		struct answer r = thread_send(t, who[i], uc, pairs, NULL);
		for_its_state = says(&r, "wrong_state") || says(&r, "matter_not_ready");
		if (r.status < 400 || (r.status == 422 && !for_its_state))
			fail_msg("%s from %s by %s: %d: " STR_FMT, action_key(uc->action),
			    m->state_key(state), who[i], r.status, STR_ARG(r.body));
		by_right = by_right && (r.status == 403 || r.status == 404);
		if (!for_its_state && !by_right)
			fail_msg("%s from %s by %s: not for its state: " STR_FMT,
			    action_key(uc->action), m->state_key(state), who[i],
			    STR_ARG(r.body));
	}
}

static size_t
try_deed(struct thread *t, const struct machine *m, const struct deed *d, int from)
{
	const struct usecase *uc = usecase_find(d->action);
	size_t n = 0;

	assert_non_null(uc);
	for (int state = from; state <= m->n_states; state++) {
		if (is_offered(m, d, state))
			continue;
		force(t, m, d, state);
		int64_t was = entries(t->p);
		struct sha256 before = digest(t->p), after;
		is_refused(t, m, uc, state);
		after = digest(t->p);
		if (entries(t->p) != was || memcmp(&before, &after, sizeof(after)) != 0)
			fail_msg("%s from %s: something has changed", action_key(uc->action),
			    m->state_key(state));
		n++;
	}
	return n;
}

/* A thread that has come to its minutes, and one matter more; rules of tables are off. */
static struct thread
everything(void **state)
{
	struct people *p = *state;
	struct thread t;

	thread_begin(&t, p, BY_API);
	thread_to(&t, THREAD_MINUTED);
	step(&t, t.contact[0], ACT_MATTER_PROPOSE, "title", "En annen sak", "summary", "Kort",
	    "submit", "1");
	run(&t, db_is_postgres(p->w->db) ? "SET session_replication_role = replica"
					 : "PRAGMA foreign_keys = OFF");
	return t;
}

static size_t
try_all(void **state, const struct machine *m, int from)
{
	struct thread t = everything(state);
	size_t n = 0;

	for (const struct deed *d = m->deeds; d->action; d++)
		n += try_deed(&t, m, d, from);
	return n;
}

static void
a_matter(void **state)
{
	assert_true(try_all(state, &matter_machine, 1) > 600);
}

static void
a_meeting(void **state)
{
	assert_true(try_all(state, &meeting_machine, 1) > 200);
}

static void
a_premeeting(void **state)
{
	assert_true(try_all(state, &premeeting_machine, 1) > 12);
}

/* Its first states follow from the answers and the clock: test_round. */
static void
a_round(void **state)
{
	assert_true(try_all(state, &round_machine, ROUND_RELEASED) == 18);
}

static void
a_decision(void **state)
{
	assert_true(try_all(state, &decision_machine, DECISION_DONE) >= 8);
}

/* --- what is old, and who has nothing to do with it ------------------------------------- */
static const char *const *
with_stale_rev(struct thread *t, const struct usecase *uc)
{
	const char **v = arena_array(t->p->a, const char *, FITTING_MAX + 2);
	const char *const *pairs = fitting(t, uc);
	size_t n = 0;

	for (; pairs[0]; pairs += 2)
		if (strcmp(pairs[0], "rev") != 0) {
			v[n++] = pairs[0];
			v[n++] = pairs[1];
		}
	v[n++] = "rev";
	v[n++] = "999999";
	return v;
}

static bool
asks_for_rev(const struct usecase *uc)
{
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (strcmp(in->name, "rev") == 0 && in->required)
			return true;
	return false;
}

/* From a state in which it is offered somebody is told that the thing has changed since. */
static void
is_stale(struct thread *t, const struct machine *m, const struct deed *d)
{
	const char *who[] = {
	    "secretary.municipal", "secretary.trust", t->contact[0], "chair", "vice"};
	const struct usecase *uc = usecase_find(d->action);
	const char *const *pairs = with_stale_rev(t, uc);
	bool told = false;

	for (int state = 1; state <= m->n_states && !told; state++) {
		if (!is_offered(m, d, state))
			continue;
		force(t, m, d, state);
		int64_t was = entries(t->p);
		for (size_t i = 0; i < sizeof(who) / sizeof(*who) && !told; i++) {
			struct answer r = thread_send(t, who[i], uc, pairs, NULL);
			told = r.status == 409 && says(&r, "\"changed\"");
		}
		assert_int_equal(entries(t->p), was);
	}
	if (!told)
		fail_msg("%s: nobody is told that it has changed", action_key(d->action));
}

static void
what_is_old_is_refused(void **state)
{
	static const struct machine *const machines[] = {&matter_machine, &meeting_machine,
	    &premeeting_machine, &round_machine, &decision_machine};
	struct thread t = everything(state);
	size_t n = 0;

	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		for (const struct deed *d = machines[i]->deeds; d->action; d++)
			if (!d->first && asks_for_rev(usecase_find(d->action))) {
				is_stale(&t, machines[i], d);
				n++;
			}
	assert_true(n > 40);
}

/* What anybody with an account may do, with that account. */
static bool
is_ones_own(enum action action)
{
	return action == ACT_ACCOUNT_UPDATE || action == ACT_ACCOUNT_RECOVERY ||
	       action == ACT_ACCOUNT_PASSWORD || action == ACT_ACCOUNT_PHONE ||
	       action == ACT_NOTICE_READ || action == ACT_TOKEN_CREATE;
}

static bool
takes_a_file(const struct usecase *uc)
{
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (in->type == INPUT_FILE)
			return true;
	return false;
}

static void
who_has_no_part_does_nothing(void **state)
{
	struct thread t = everything(state);
	struct sha256 was = digest(t.p), is;
	size_t n = 0;

	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++) {
			if (is_ones_own(uc->action) || takes_a_file(uc))
				continue;
			struct answer r = thread_send(&t, "outsider", uc,
			    asks_for_rev(uc) ? with_stale_rev(&t, uc) : fitting(&t, uc), NULL);
			if (r.status != 403 && r.status != 404)
				fail_msg("%s by an outsider: %d: " STR_FMT,
				    action_key(uc->action), r.status, STR_ARG(r.body));
			n++;
		}
	is = digest(t.p);
	assert_memory_equal(&was, &is, sizeof(is));
	assert_true(n > 75);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(a_matter),
	    WITH_OSTFOLD(a_meeting),
	    WITH_OSTFOLD(a_premeeting),
	    WITH_OSTFOLD(a_round),
	    WITH_OSTFOLD(a_decision),
	    WITH_OSTFOLD(what_is_old_is_refused),
	    WITH_OSTFOLD(who_has_no_part_does_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
