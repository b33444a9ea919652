/*
 * Decisions: how they are made, and how each party carries them out (domain.md 3.6).
 */
#include "support.h"

#include "base/day.h"
#include "core/decision.h"

enum { TODAY = 20517 };

static const struct decision_line lines[] = {
    {.party_id = 11, .status = LINE_NOT_STARTED, .deadline_day = TODAY, .sent_day = TODAY - 14},
    {.party_id = 12,
	.status = LINE_PARTLY,
	.deadline_day = TODAY - 1,
	.sent_day = TODAY - 15,
	.acknowledged_day = TODAY - 2},
    {.party_id = 13,
	.status = LINE_IMPLEMENTED,
	.deadline_day = TODAY - 9,
	.sent_day = TODAY - 15},
    {.party_id = 14,
	.status = LINE_EXCUSED,
	.sent_day = TODAY - 15,
	.acknowledged_day = TODAY - 15},
};

static const struct decision_facts good = {
    .lines = lines,
    .n_lines = 4,
    .today = TODAY,
    .is_minuted = true,
    .party_id = 11,
    .status = LINE_PARTLY,
    .has_note = true,
    .has_reason = true,
    .is_cited = true,
    .is_new_decided = true,
};

static void
want(const char *code, const struct err *e, int64_t to)
{
	const char *got = e ? e->code : "OK";

	if (strcmp(got, code ? code : "OK") != 0)
		fail_msg("%s, wanted %s", got, code ? code : "OK");
	assert_true((e == NULL) == (to != 0)); /* written on success only */
}

/* Tries act with the good facts and the change; wants the code, or OK for NONE. */
#define TRIES(act, want_, change)                                                \
	do {                                                                     \
		struct decision_facts f = good;                                  \
		struct step s_ = {0};                                            \
		change;                                                          \
		struct err *e_ = decision_can(&f, *state, (act), DOER_ALL, &s_); \
		want((want_), e_, s_.to);                                        \
	} while (0)
#define NONE (const char *)NULL

static void
state_follows_from_the_lines(void **state)
{
	const struct decision_line fresh[] = {
	    {.status = LINE_NOT_STARTED}, {.status = LINE_NOT_STARTED}};
	const struct decision_line seen[] = {
	    {.status = LINE_NOT_STARTED, .acknowledged_day = 1}, {.status = LINE_NOT_STARTED}};
	const struct decision_line done[] = {
	    {.status = LINE_IMPLEMENTED}, {.status = LINE_EXCUSED}};
	struct decision_facts f = good;

	(void)state;
	assert_int_equal(decision_state(&f), DECISION_IN_PROGRESS);
	f.n_lines = 2;
	f.lines = fresh;
	assert_int_equal(decision_state(&f), DECISION_REGISTERED);
	f.lines = seen;
	assert_int_equal(decision_state(&f), DECISION_IN_PROGRESS);
	f.lines = done;
	assert_int_equal(decision_state(&f), DECISION_DONE);
	f.n_lines = 0;
	assert_int_equal(decision_state(&f), DECISION_REGISTERED);
	f.is_replaced = true;
	assert_int_equal(decision_state(&f), DECISION_CANCELLED);
}

static void
d3_d5_overdue_is_derived_from_the_date(void **state)
{
	const struct charter_days fourteen = {.days = 14};
	struct decision_counts c;

	(void)state;
	assert_false(decision_line_is_overdue(&lines[0], TODAY)); /* today is in time */
	assert_true(decision_line_is_overdue(&lines[0], TODAY + 1));
	assert_true(decision_line_is_overdue(&lines[1], TODAY));
	assert_false(decision_line_is_overdue(&lines[2], TODAY)); /* done */
	assert_false(decision_line_is_overdue(&lines[3], TODAY)); /* excused, no deadline */
	assert_false(decision_line_is_silent(&lines[0], TODAY, &fourteen)); /* the 14th day */
	assert_true(decision_line_is_silent(&lines[0], TODAY + 1, &fourteen));
	assert_false(decision_line_is_silent(&lines[1], TODAY, &fourteen)); /* acknowledged */
	assert_true(decision_line_is_silent(&lines[2], TODAY, &fourteen));
	struct decision_line excused = {.status = LINE_EXCUSED, .sent_day = TODAY - 20};
	assert_false(decision_line_is_silent(&excused, TODAY, &fourteen));
	excused.status = LINE_IMPLEMENTED; /* on its behalf: it has not said that it knows */
	assert_true(decision_line_is_silent(&excused, TODAY, &fourteen));
	decision_count(&good, &fourteen, &c);
	assert_int_equal(c.lines_n, 4);
	assert_int_equal(c.open_n, 2);
	assert_int_equal(c.overdue_n, 1);
	assert_int_equal(c.acknowledged_n, 2);
	assert_int_equal(c.silent_n, 1);
	assert_int_equal(c.by_status[LINE_EXCUSED], 1);

	const struct decision_line odd[] = {
	    {.status = LINE_CANCELLED}, {.status = 6}, {.status = -1}};
	struct decision_facts f = good;
	f.lines = odd;
	f.n_lines = 3;
	decision_count(&f, &fourteen, &c);
	assert_int_equal(c.by_status[LINE_CANCELLED], 1);
	assert_int_equal(c.by_status[0] + c.by_status[1], 0);
}

/* Told on the Wednesday before Easter 2026: the first working day after is Tuesday 7 April. */
static void
d3_working_days_leave_out_easter(void **state)
{
	const struct charter_days three = {.days = 3, .working = true};
	const int64_t told = day_of(2026, 4, 1), last = day_of(2026, 4, 9);
	const struct decision_line l = {.status = LINE_NOT_STARTED, .sent_day = told};

	(void)state;
	assert_int_equal(charter_days_after(&three, told), last);
	assert_false(decision_line_is_silent(&l, last, &three));
	assert_true(decision_line_is_silent(&l, last + 1, &three));
	for (int64_t today = told; today < last + 30; today++) { /* one is the other's mirror */
		int64_t first = charter_days_before(&three, today);
		assert_true(charter_days_after(&three, first) >= today);
		assert_true(charter_days_after(&three, first - 1) < today);
	}
}

static void
d3_acknowledged_once_by_those_addressed(void **state)
{
	TRIES(DECISION_DO_ACKNOWLEDGE, NONE, (void)0);
	TRIES(DECISION_DO_ACKNOWLEDGE, "decision.already_acknowledged", f.party_id = 12);
	TRIES(DECISION_DO_ACKNOWLEDGE, "decision.not_addressed", f.party_id = 99);
	TRIES(DECISION_DO_PASS_ON, "decision.not_addressed", f.party_id = 99);
	TRIES(DECISION_DO_REMIND, NONE, f.party_id = 12);
	TRIES(DECISION_DO_REMIND, NONE, f.party_id = 13); /* done, but not acknowledged */
	TRIES(DECISION_DO_REMIND, "decision.line_closed", f.party_id = 14);
}

static void
d7_each_party_has_its_own_line(void **state)
{
	const int act = DECISION_DO_UPDATE;

	TRIES(act, NONE, (void)0);
	TRIES(act, NONE, (f.party_id = 13, f.status = LINE_NOT_STARTED)); /* mended */
	TRIES(act, NONE, f.status = LINE_IMPLEMENTED);
	TRIES(act, "decision.not_addressed", f.party_id = 99);
	TRIES(act, "decision.line_closed", f.party_id = 14);
	TRIES(act, "decision.status_missing", f.status = 0);
	TRIES(act, "decision.status_missing", f.status = LINE_EXCUSED);
	TRIES(DECISION_DO_UPDATE_FOR, NONE, (void)0);
	TRIES(DECISION_DO_UPDATE_FOR, "decision.note_missing", f.has_note = false);
	TRIES(DECISION_DO_EXCUSE, NONE, (void)0);
	TRIES(DECISION_DO_EXCUSE, "decision.reason_missing", f.has_reason = false);
	TRIES(DECISION_DO_EXCUSE, "decision.line_closed", f.party_id = 13);
}

static void
d6_no_silent_reversal(void **state)
{
	TRIES(DECISION_DO_REOPEN, "decision.reopen_needs_new", (void)0);
	TRIES(DECISION_DO_REPLACE, NONE, (void)0);
	TRIES(DECISION_DO_REPLACE, "decision.not_cited", f.is_cited = false);
	TRIES(DECISION_DO_REPLACE, "decision.not_agreed", f.is_new_decided = false);
	TRIES(DECISION_DO_REPLACE, "decision.wrong_state", f.is_replaced = true);
	TRIES(DECISION_DO_UPDATE, "decision.wrong_state", f.is_replaced = true);
}

static void
d2_public_only_from_approved_minutes(void **state)
{
	TRIES(DECISION_DO_PUBLISH, NONE, (void)0);
	TRIES(DECISION_DO_PUBLISH, "decision.not_minuted", f.is_minuted = false);
	TRIES(DECISION_DO_PUBLISH, "decision.exempt", f.is_exempt = true);
}

static void
r133_rules_of_decision(void **state)
{
	static const struct {
		enum decision_rule rule;
		struct votes votes;
		bool is_met;
	} cases[] = {
	    {DECISION_CONSENSUS, {14, 0, 0}, true},
	    {DECISION_CONSENSUS, {10, 0, 4}, true},
	    {DECISION_CONSENSUS, {13, 1, 0}, false},
	    {DECISION_CONSENSUS, {0, 0, 14}, false},
	    {DECISION_MAJORITY, {5, 4, 5}, true},
	    {DECISION_MAJORITY, {5, 5, 0}, false},
	    {DECISION_TWO_THIRDS, {14, 7, 0}, true},
	    {DECISION_TWO_THIRDS, {13, 7, 1}, false},
	    {DECISION_TWO_THIRDS, {0, 0, 0}, false},
	    {DECISION_UNANIMITY, {14, 0, 0}, true},
	    {DECISION_UNANIMITY, {13, 0, 1}, false},
	    {DECISION_UNANIMITY, {0, 0, 0}, false},
	    {DECISION_NONE, {14, 0, 0}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    decision_is_met(cases[i].rule, &cases[i].votes), cases[i].is_met);
	assert_false(decision_is_met(0, &cases[0].votes));
}

static void
keys_go_both_ways(void **state)
{
	struct step s;

	for (int i = LINE_NOT_STARTED; i <= LINE_CANCELLED; i++)
		assert_non_null(line_status_key(i));
	for (int i = DECISION_CONSENSUS; i <= DECISION_NONE; i++)
		assert_non_null(decision_rule_key(i));
	assert_err(decision_can(&good, *state, DECISION_DO_UPDATE, DOER_SECRETARY, &s),
	    "decision.not_yours");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(state_follows_from_the_lines),
	    WITH_ARENA(d3_d5_overdue_is_derived_from_the_date),
	    WITH_ARENA(d3_working_days_leave_out_easter),
	    WITH_ARENA(d3_acknowledged_once_by_those_addressed),
	    WITH_ARENA(d7_each_party_has_its_own_line),
	    WITH_ARENA(d6_no_silent_reversal),
	    WITH_ARENA(d2_public_only_from_approved_minutes),
	    WITH_ARENA(r133_rules_of_decision),
	    WITH_ARENA(keys_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
