/*
 * Rounds: the state that follows from answers and the clock, and the guards (domain.md 3.3).
 */
#include "support.h"

#include "core/round.h"

enum { DEADLINE = NOW_AT + 3 * 86400 };

static const struct party_answer three[] = {
    {.party_id = 11,
	.answer = ANSWER_NO_COMMENT,
	.answered_at = NOW_AT,
	.channel = CHANNEL_SELF},
    {.party_id = 12,
	.answer = ANSWER_OBJECTION,
	.answered_at = NOW_AT,
	.channel = CHANNEL_PHONE,
	.comments_n = 2,
	.disposed_n = 2},
    {.party_id = 13, .answer = ANSWER_OPENED},
};
static const struct party_answer silent[] = {{.party_id = 11}, {.party_id = 12}};

static const struct round_facts good = {
    .kind = ROUND_READ_THROUGH,
    .now_at = NOW_AT,
    .deadline_at = DEADLINE,
    .answers = three,
    .n_answers = 3,
    .party_id = 13,
    .answer = ANSWER_NO_COMMENT,
    .channel = CHANNEL_MAIL,
    .disposition = DISPOSITION_PARTLY,
    .new_deadline_at = DEADLINE + 1,
    .has_text = true,
    .has_note = true,
    .has_reason = true,
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
#define TRIES(act, want_, change)                                             \
	do {                                                                  \
		struct round_facts f = good;                                  \
		struct step s_ = {0};                                         \
		change;                                                       \
		struct err *e_ = round_can(&f, *state, (act), DOER_ALL, &s_); \
		want((want_), e_, s_.to);                                     \
	} while (0)
#define NONE (const char *)NULL

static void
state_follows_from_facts_and_clock(void **state)
{
	struct round_facts f = good;
	struct party_answer all[3] = {three[0], three[1], three[2]};

	(void)state;
	assert_int_equal(round_state(&f), ROUND_OPEN);
	f.now_at = DEADLINE - 1;
	assert_int_equal(round_state(&f), ROUND_OPEN);
	f.now_at = DEADLINE;
	assert_int_equal(round_state(&f), ROUND_DISPOSED);
	all[1].disposed_n = 1;
	f.answers = all;
	assert_int_equal(round_state(&f), ROUND_CLOSED);
	f.now_at = NOW_AT; /* all answered before the deadline */
	all[2].answer = ANSWER_COMMENT;
	assert_int_equal(round_state(&f), ROUND_CLOSED);
	all[1].disposed_n = 2;
	assert_int_equal(round_state(&f), ROUND_DISPOSED);
	f.released_at = NOW_AT;
	assert_int_equal(round_state(&f), ROUND_RELEASED);
	f.cancelled_at = NOW_AT;
	assert_int_equal(round_state(&f), ROUND_CANCELLED);
}

/* R090 */
static void
silence_is_no_answer_and_never_consent(void **state)
{
	struct round_facts f = good;
	struct round_counts c;

	(void)state;
	f.answers = silent;
	f.n_answers = 2;
	round_count(&f, &c);
	assert_int_equal(c.by_answer[ANSWER_NOT_OPENED], 2);
	f.now_at = DEADLINE;
	round_count(&f, &c);
	assert_int_equal(c.by_answer[ANSWER_NO_ANSWER], 2);
	assert_int_equal(c.by_answer[ANSWER_NO_COMMENT], 0);
	assert_int_equal(c.answered_n, 0);
}

static void
counts_by_status(void **state)
{
	struct round_facts f = good;
	struct round_counts c;

	(void)state;
	round_count(&f, &c);
	assert_int_equal(c.asked_n, 3);
	assert_int_equal(c.answered_n, 2);
	assert_int_equal(c.on_behalf_n, 1);
	assert_int_equal(c.by_answer[ANSWER_NO_COMMENT], 1);
	assert_int_equal(c.by_answer[ANSWER_OBJECTION], 1);
	assert_int_equal(c.by_answer[ANSWER_OPENED], 1);
	assert_int_equal(c.comments_n, 2);
	assert_int_equal(c.undisposed_n, 0);
	assert_int_equal(c.late_n, 0);
}

static void
late_is_at_the_deadline_or_after(void **state)
{
	struct party_answer p = three[0];

	(void)state;
	p.answered_at = DEADLINE - 1;
	assert_false(round_is_late(&good, &p));
	p.answered_at = DEADLINE;
	assert_true(round_is_late(&good, &p));
	p.answer = ANSWER_NO;
	assert_true(round_is_answered(&p));
	p.answer = ANSWER_NO_ANSWER;
	assert_false(round_is_answered(&p));
	p.answer = ANSWER_OPENED;
	assert_false(round_is_late(&good, &p));
}

static void
only_the_silent_are_reminded_and_once(void **state)
{
	const int64_t two_days = 2 * 86400;
	struct round_facts g = good;
	struct party_answer p = three[2];

	TRIES(ROUND_DO_REMIND, NONE, (void)0);
	TRIES(ROUND_DO_REMIND, "round.already_answered", f.party_id = 11);
	TRIES(ROUND_DO_REMIND, "round.not_asked", f.party_id = 99);
	g.now_at = DEADLINE - two_days - 1;
	assert_false(round_is_due_reminder(&g, &p, two_days));
	g.now_at = DEADLINE - two_days;
	assert_true(round_is_due_reminder(&g, &p, two_days));
	assert_false(round_is_due_reminder(&g, &three[0], two_days));
	p.reminded_at = g.now_at; /* the very second it fell due */
	assert_false(round_is_due_reminder(&g, &p, two_days));
	p.reminded_at = 0;
	g.now_at = DEADLINE;
	assert_false(round_is_due_reminder(&g, &p, two_days));
}

static void
answers_fit_the_kind_and_say_something(void **state)
{
	const int act = ROUND_DO_ANSWER;

	TRIES(act, NONE, (void)0);
	TRIES(act, NONE, f.party_id = 11);     /* changed before the deadline */
	TRIES(act, NONE, f.now_at = DEADLINE); /* late, and marked so */
	TRIES(act, "round.wrong_state", f.released_at = NOW_AT);
	TRIES(act, "round.wrong_state", f.cancelled_at = NOW_AT);
	TRIES(act, "round.not_asked", f.party_id = 99);
	TRIES(act, "round.no_such_answer", f.answer = ANSWER_NOT_OPENED);
	TRIES(act, "round.no_such_answer", f.answer = ANSWER_NO_ANSWER);
	TRIES(act, "round.no_such_answer", f.answer = ANSWER_YES);
	TRIES(act, "round.no_such_answer", f.answer = 99);
	TRIES(act, "round.no_such_answer", f.answer = 0);
	TRIES(act, NONE, (f.kind = ROUND_RATIFICATION, f.answer = ANSWER_NO));
	TRIES(act, "round.no_such_answer", f.kind = ROUND_BACKING);
	TRIES(act, "round.text_missing", (f.answer = ANSWER_COMMENT, f.has_text = false));
	TRIES(act, "round.text_missing", (f.answer = ANSWER_OBJECTION, f.has_text = false));
	TRIES(act, NONE, f.has_text = false);
	assert_int_equal(round_answers(99), 0);
}

static void
answers_on_behalf_say_how_they_came(void **state)
{
	const int act = ROUND_DO_ANSWER_FOR;

	TRIES(act, NONE, (void)0);
	TRIES(act, NONE, f.channel = CHANNEL_PHONE);
	TRIES(act, NONE, f.channel = CHANNEL_MEETING);
	TRIES(act, "round.channel_missing", f.channel = CHANNEL_SELF);
	TRIES(act, "round.channel_missing", f.channel = 0);
	TRIES(act, "round.channel_missing", f.channel = 5);
	TRIES(act, "round.note_missing", f.has_note = false);
	TRIES(act, "round.no_such_answer", f.answer = 0);
	TRIES(act, NONE, f.party_id = 12);                  /* again on behalf */
	TRIES(act, "round.answered_self", f.party_id = 11); /* not over its own answer */
}

static void
an_answer_changes_until_the_deadline_and_the_first_may_be_late(void **state)
{
	TRIES(ROUND_DO_ANSWER, NONE, f.party_id = 11);
	TRIES(ROUND_DO_ANSWER, NONE, (f.party_id = 11, f.now_at = DEADLINE - 1));
	TRIES(ROUND_DO_ANSWER, "round.deadline_passed", (f.party_id = 11, f.now_at = DEADLINE));
	TRIES(ROUND_DO_ANSWER, NONE, f.now_at = DEADLINE);
	TRIES(ROUND_DO_ANSWER_FOR, "round.deadline_passed",
	    (f.party_id = 12, f.now_at = DEADLINE));
	TRIES(ROUND_DO_WITHDRAW, NONE, f.party_id = 11);
	TRIES(ROUND_DO_WITHDRAW, NONE, f.party_id = 12);
	TRIES(ROUND_DO_WITHDRAW, "round.not_answered", (void)0);
	TRIES(ROUND_DO_WITHDRAW, "round.not_asked", f.party_id = 99);
	TRIES(
	    ROUND_DO_WITHDRAW, "round.deadline_passed", (f.party_id = 11, f.now_at = DEADLINE));
}

static void
it_is_opened_once(void **state)
{
	TRIES(ROUND_DO_LOOK, NONE, (f.answers = silent, f.n_answers = 2, f.party_id = 11));
	TRIES(ROUND_DO_LOOK, "round.already_opened", (void)0);
	TRIES(ROUND_DO_LOOK, "round.already_opened", f.party_id = 11);
	TRIES(ROUND_DO_LOOK, "round.not_asked", f.party_id = 99);
}

/* R091 */
static void
every_comment_gets_a_disposition_and_a_reason(void **state)
{
	const int act = ROUND_DO_DISPOSE;

	TRIES(act, NONE, f.party_id = 12);
	TRIES(act, NONE, (f.party_id = 12, f.disposition = DISPOSITION_ACCEPTED));
	TRIES(act, NONE, (f.party_id = 12, f.disposition = DISPOSITION_REJECTED));
	TRIES(act, "round.no_comment", f.party_id = 11);
	TRIES(act, "round.not_asked", f.party_id = 99);
	TRIES(act, "round.disposition_missing", (f.party_id = 12, f.disposition = 0));
	TRIES(act, "round.disposition_missing", (f.party_id = 12, f.disposition = 4));
	TRIES(act, "round.reason_missing", (f.party_id = 12, f.has_reason = false));
}

/* R089 */
static void
released_only_when_over_and_disposed(void **state)
{
	struct party_answer open[3] = {three[0], three[1], three[2]};

	open[1].disposed_n = 1;
	TRIES(ROUND_DO_RELEASE, "round.still_open", (void)0);
	TRIES(ROUND_DO_RELEASE, NONE, f.now_at = DEADLINE);
	TRIES(ROUND_DO_RELEASE, "round.comments_undisposed",
	    (f.now_at = DEADLINE, f.answers = open));
	TRIES(ROUND_DO_RELEASE, "round.wrong_state", f.released_at = NOW_AT);
}

static void
a_deadline_only_moves_ahead(void **state)
{
	TRIES(ROUND_DO_EXTEND, NONE, (void)0);
	TRIES(ROUND_DO_EXTEND, "round.deadline_not_later", f.new_deadline_at = DEADLINE);
	TRIES(ROUND_DO_EXTEND, "round.deadline_not_later", f.now_at = DEADLINE + 1);
	TRIES(ROUND_DO_EXTEND, "round.reason_missing", f.has_reason = false);
	TRIES(ROUND_DO_CANCEL, "round.reason_missing", f.has_reason = false);
	TRIES(ROUND_DO_CANCEL, NONE, (void)0);
}

static void
keys_go_both_ways(void **state)
{
	struct step s;

	for (int i = ANSWER_NOT_OPENED; i <= ANSWER_N; i++)
		assert_non_null(answer_key(i));
	for (int i = CHANNEL_SELF; i <= CHANNEL_MEETING; i++)
		assert_non_null(channel_key(i));
	for (int i = DISPOSITION_ACCEPTED; i <= DISPOSITION_REJECTED; i++)
		assert_non_null(disposition_key(i));
	for (int i = ROUND_READ_THROUGH; i <= ROUND_SIGNATURE; i++)
		assert_non_null(round_kind_key(i));
	assert_err(
	    round_can(&good, *state, ROUND_DO_ANSWER, DOER_SECRETARY, &s), "round.not_yours");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(state_follows_from_facts_and_clock),
	    WITH_ARENA(silence_is_no_answer_and_never_consent),
	    WITH_ARENA(counts_by_status),
	    WITH_ARENA(late_is_at_the_deadline_or_after),
	    WITH_ARENA(only_the_silent_are_reminded_and_once),
	    WITH_ARENA(answers_fit_the_kind_and_say_something),
	    WITH_ARENA(answers_on_behalf_say_how_they_came),
	    WITH_ARENA(an_answer_changes_until_the_deadline_and_the_first_may_be_late),
	    WITH_ARENA(it_is_opened_once),
	    WITH_ARENA(every_comment_gets_a_disposition_and_a_reason),
	    WITH_ARENA(released_only_when_over_and_disposed),
	    WITH_ARENA(a_deadline_only_moves_ahead),
	    WITH_ARENA(keys_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
