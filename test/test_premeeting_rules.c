/*
 * A side's own meeting: one voice, and what the other side sees (domain.md 3.5).
 */
#include "support.h"

#include "core/premeeting.h"

static const struct premeeting_facts good = {
    .state = PREMEETING_HELD,
    .in_scope_n = 21,
    .asked_n = 21,
    .items_n = 5,
    .positions_n = 5,
    .position = POSITION_COMMON,
    .has_text = true,
    .stands = {.in_scope_n = 21, .agree_n = 19, .abstain_n = 2},
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
#define TRIES(act, want_, change)                                                  \
	do {                                                                       \
		struct premeeting_facts f = good;                                  \
		struct step s_ = {0};                                              \
		change;                                                            \
		struct err *e_ = premeeting_can(&f, *state, (act), DOER_ALL, &s_); \
		want((want_), e_, s_.to);                                          \
	} while (0)
#define NONE (const char *)NULL

static void
v2_all_are_invited(void **state)
{
	TRIES(PREMEETING_DO_HOLD, NONE, f.state = PREMEETING_SCHEDULED);
	TRIES(PREMEETING_DO_HOLD, "premeeting.not_all_asked",
	    (f.state = PREMEETING_SCHEDULED, f.asked_n = 20));
	TRIES(PREMEETING_DO_HOLD, "premeeting.not_all_asked",
	    (f.state = PREMEETING_SCHEDULED, f.asked_n = 0, f.in_scope_n = 0));
	TRIES(PREMEETING_DO_HOLD, NONE,
	    (f.state = PREMEETING_SCHEDULED, f.asked_n = 1, f.in_scope_n = 1));
	TRIES(PREMEETING_DO_HOLD, "premeeting.wrong_state", (void)0);
}

static void
v3_a_position_has_words(void **state)
{
	const int act = PREMEETING_DO_POSITION;

	TRIES(act, NONE, (void)0);
	TRIES(act, "premeeting.text_missing", f.has_text = false);
	TRIES(
	    act, "premeeting.text_missing", (f.position = POSITION_SPLIT, f.has_text = false));
	TRIES(act, NONE, (f.position = POSITION_NONE, f.has_text = false));
	TRIES(act, "premeeting.position_missing", f.position = 0);
	TRIES(act, "premeeting.position_missing", f.position = 4);
	TRIES(PREMEETING_DO_RECORD, NONE, (void)0);
	TRIES(PREMEETING_DO_RECORD, "premeeting.items_open", f.positions_n = 4);
}

static void
v4_one_voice_needs_everybody(void **state)
{
	const int act = PREMEETING_DO_POSITION;

	/* one municipality has said nothing: silence is neither agreeing nor abstaining */
	TRIES(act, "premeeting.not_common", f.stands.agree_n = 18);
	TRIES(act, "premeeting.not_common", (f.stands.agree_n = 18, f.stands.disagree_n = 1));
	TRIES(act, NONE, (f.stands.agree_n = 18, f.position = POSITION_SPLIT));
	TRIES(act, NONE, (f.stands.agree_n = 12, f.common_percent = 66)); /* 14 of 21 */
	TRIES(act, "premeeting.not_common",
	    (f.stands.agree_n = 11, f.common_percent = 66)); /* 13 of 21: 61.9 % */
	TRIES(act, "premeeting.not_common", (f.stands.agree_n = 0, f.stands.abstain_n = 21));
	TRIES(act, "premeeting.not_common",
	    (f.stands.in_scope_n = 0, f.stands.agree_n = 0, f.stands.abstain_n = 0));
}

static void
v5_released_item_by_item_and_for_good(void **state)
{
	TRIES(PREMEETING_DO_RELEASE, NONE, (void)0);
	TRIES(PREMEETING_DO_RELEASE, NONE, f.position = POSITION_SPLIT);
	TRIES(
	    PREMEETING_DO_RELEASE, "premeeting.nothing_to_release", f.position = POSITION_NONE);
	TRIES(PREMEETING_DO_RELEASE, "premeeting.nothing_to_release", f.position = 0);
	TRIES(PREMEETING_DO_RELEASE, "premeeting.already_released", f.is_released = true);
	TRIES(PREMEETING_DO_POSITION, "premeeting.already_released", f.is_released = true);
	TRIES(PREMEETING_DO_CANCEL, "premeeting.reason_missing",
	    (f.state = PREMEETING_SCHEDULED, f.has_reason = false));
}

static void
v5_what_the_other_side_sees(void **state)
{
	(void)state;
	assert_true(
	    premeeting_is_held(PREMEETING_HELD) && premeeting_is_held(PREMEETING_RECORDED));
	assert_false(premeeting_is_held(PREMEETING_SCHEDULED) ||
		     premeeting_is_held(PREMEETING_CANCELLED));
}

static void
keys_go_both_ways(void **state)
{
	struct step s;

	for (int i = POSITION_COMMON; i <= POSITION_NONE; i++)
		assert_non_null(position_key(i));
	for (int i = STAND_AGREES; i <= STAND_DISAGREES; i++)
		assert_non_null(stand_key(i));
	assert_err(premeeting_can(&good, *state, PREMEETING_DO_RELEASE, DOER_CONTACT, &s),
	    "premeeting.not_yours");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(v2_all_are_invited),
	    WITH_ARENA(v3_a_position_has_words),
	    WITH_ARENA(v4_one_voice_needs_everybody),
	    WITH_ARENA(v5_released_item_by_item_and_for_good),
	    WITH_ARENA(v5_what_the_other_side_sees),
	    WITH_ARENA(keys_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
