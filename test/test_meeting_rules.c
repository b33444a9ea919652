/*
 * The guards of the meeting's machine, rule by rule (domain.md 3.2).
 */
#include "support.h"

#include "core/meeting.h"

static const struct meeting_facts good = {
    .now_at = NOW_AT,
    .starts_at = NOW_AT + 20 * 86400,
    .is_matter_ready = true,
    .is_item_planned = true,
    .items_n = 3,
    .may_approve = true,
    .is_chair_known = true,
    .are_papers_out = true,
    .notice_days = 14,
    .days_left = 20,
    .is_other_day_meant = true,
    .present_n = 14,
    .is_quorate = true,
    .is_item_open = true,
    .has_municipal_author = true,
    .has_trust_author = true,
    .new_starts_at = NOW_AT + 86400,
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
#define TRIES(act, want_, change)                                               \
	do {                                                                    \
		struct meeting_facts f = good;                                  \
		struct step s_ = {0};                                           \
		change;                                                         \
		struct err *e_ = meeting_can(&f, *state, (act), DOER_ALL, &s_); \
		want((want_), e_, s_.to);                                       \
	} while (0)
#define NONE (const char *)NULL

static void
m1_m2_what_may_be_planned(void **state)
{
	const struct meeting_plan yearly = {
	    .starts_at = NOW_AT + 1, .now_at = NOW_AT, .month = 3, .only_month = 3};
	struct meeting_plan p = yearly;

	assert_ok(meeting_check_plan(&p, *state));
	p.month = 4; /* R108 */
	assert_err(meeting_check_plan(&p, *state), "meeting.wrong_month");
	p.only_month = 0;
	assert_ok(meeting_check_plan(&p, *state));
	p.starts_at = NOW_AT;
	assert_err(meeting_check_plan(&p, *state), "meeting.time_passed");

	p = yearly; /* R109: outside the month, by one partner, for named matters */
	p.is_extraordinary = true;
	p.month = 10;
	assert_err(meeting_check_plan(&p, *state), "meeting.no_extraordinary");
	p.may_be_extraordinary = true;
	assert_err(meeting_check_plan(&p, *state), "meeting.requester_missing");
	p.requested_by_id = 12;
	assert_err(meeting_check_plan(&p, *state), "meeting.matters_missing");
	p.matters_n = 1;
	assert_ok(meeting_check_plan(&p, *state));
}

static void
m1_moved_only_ahead(void **state)
{
	TRIES(MEETING_DO_UPDATE, NONE, f.state = MEETING_AGENDA_SET);
	TRIES(MEETING_DO_UPDATE, "meeting.time_passed",
	    (f.state = MEETING_PLANNED, f.new_starts_at = NOW_AT));
	TRIES(MEETING_DO_UPDATE, "meeting.wrong_month", /* R108 */
	    (f.state = MEETING_PLANNED, f.only_month = 3, f.new_month = 4));
	TRIES(MEETING_DO_UPDATE, NONE,
	    (f.state = MEETING_PLANNED, f.only_month = 3, f.new_month = 3));
	TRIES(MEETING_DO_UPDATE, NONE, /* only the place is changed */
	    (f.state = MEETING_PLANNED, f.only_month = 3, f.new_month = 4,
		f.new_starts_at = f.starts_at));
	TRIES(MEETING_DO_RESCHEDULE, "meeting.wrong_month",
	    (f.state = MEETING_POSTPONED, f.only_month = 3, f.new_month = 4));
	TRIES(MEETING_DO_UPDATE, "meeting.wrong_state", f.state = MEETING_SUMMONED);
}

static void
m2_an_extraordinary_agenda_is_locked(void **state)
{
	const int draft = MEETING_AGENDA_DRAFT, act = MEETING_DO_ADD_ITEM;

	TRIES(act, NONE, f.state = draft);
	TRIES(act, "meeting.agenda_locked", (f.state = draft, f.is_extraordinary = true));
	TRIES(act, NONE, (f.state = draft, f.is_extraordinary = true, f.is_requested = true));
	TRIES(MEETING_DO_ADD_LATE_ITEM, "meeting.agenda_locked",
	    (f.state = MEETING_SUMMONED, f.is_extraordinary = true, f.is_requested = true));
	assert_true(meeting_takes_items(MEETING_AGENDA_DRAFT, true));
	assert_true(meeting_takes_items(MEETING_SUMMONED, false));
	assert_false(meeting_takes_items(MEETING_SUMMONED, true));
	assert_false(meeting_takes_items(MEETING_IN_SESSION, false));
}

static void
r112_items_are_whole_and_stand_once(void **state)
{
	const int draft = MEETING_AGENDA_DRAFT, act = MEETING_DO_ADD_ITEM;

	TRIES(act, "meeting.already_on_agenda", (f.state = draft, f.is_on_agenda = true));
	TRIES(act, "meeting.matter_not_ready", (f.state = draft, f.is_matter_ready = false));
	TRIES(act, "meeting.item_incomplete", (f.state = draft, f.is_item_planned = false));
	TRIES(MEETING_DO_ADD_LATE_ITEM, NONE, f.state = MEETING_PREMEETING_DONE);
	TRIES(MEETING_DO_ADD_LATE_ITEM, "meeting.reason_missing",
	    (f.state = MEETING_SUMMONED, f.has_reason = false));
}

static void
m3_the_agenda_is_set_by_all_setters(void **state)
{
	const int draft = MEETING_AGENDA_DRAFT;

	TRIES(MEETING_DO_APPROVE_AGENDA, NONE, f.state = draft);
	TRIES(MEETING_DO_APPROVE_AGENDA, "meeting.not_setter",
	    (f.state = draft, f.may_approve = false));
	TRIES(MEETING_DO_APPROVE_AGENDA, "meeting.agenda_empty",
	    (f.state = draft, f.items_n = 0));
	TRIES(MEETING_DO_SET_AGENDA, NONE, (f.state = draft, f.items_n = 1));
	TRIES(MEETING_DO_APPROVE_AGENDA, NONE, (f.state = draft, f.items_n = 1));
	TRIES(MEETING_DO_SET_AGENDA, "meeting.approvals_missing",
	    (f.state = draft, f.missing_setters = 2));
	TRIES(MEETING_DO_SET_AGENDA, "meeting.agenda_empty", (f.state = draft, f.items_n = 0));
	TRIES(MEETING_DO_REOPEN_AGENDA, "meeting.reason_missing",
	    (f.state = MEETING_AGENDA_SET, f.has_reason = false));
}

static void
m4_the_summons(void **state)
{
	const int set = MEETING_AGENDA_SET, act = MEETING_DO_SUMMON;

	TRIES(act, NONE, f.state = set);
	TRIES(act, "meeting.papers_missing", (f.state = set, f.are_papers_out = false));
	TRIES(act, "meeting.time_passed", (f.state = set, f.starts_at = NOW_AT));
	TRIES(act, "meeting.notice_short",
	    (f.state = set, f.days_left = 13, f.has_reason = false));
	TRIES(act, NONE, (f.state = set, f.days_left = 14, f.has_reason = false));
	TRIES(act, NONE, (f.state = set, f.days_left = 3)); /* with a reason */
	/* R055 */
	TRIES(act, NONE, (f.state = set, f.is_chair_known = false));
	TRIES(act, "meeting.chair_unknown",
	    (f.state = set, f.is_chair_known = false, f.needs_chair_first = true));
	/* R093 */
	TRIES(act, "meeting.premeeting_unplanned", (f.state = set, f.needs_premeeting = true));
	TRIES(act, NONE,
	    (f.state = set, f.needs_premeeting = true, f.is_premeeting_planned = true));
	/* R060 */
	TRIES(act, "meeting.seats_vacant", (f.state = set, f.vacant_n = 1));
}

static void
m5_no_session_before_the_premeeting(void **state)
{
	const int called = MEETING_SUMMONED;

	TRIES(MEETING_DO_OPEN, "meeting.premeeting_missing",
	    (f.state = called, f.needs_premeeting = true));
	TRIES(MEETING_DO_OPEN, NONE,
	    (f.state = called, f.needs_premeeting = true, f.is_premeeting_held = true));
	TRIES(MEETING_DO_PREMEETING_DONE, "meeting.premeeting_missing",
	    (f.state = called, f.needs_premeeting = true));
	TRIES(MEETING_DO_PREMEETING_DONE, NONE,
	    (f.state = called, f.needs_premeeting = true, f.is_premeeting_held = true));
}

static void
m6_m7_m13_attendance_quorum_and_chair(void **state)
{
	const int called = MEETING_PREMEETING_DONE;

	TRIES(MEETING_DO_OPEN, NONE, (f.state = called, f.present_n = 1));
	TRIES(MEETING_DO_OPEN, "meeting.chair_unknown",
	    (f.state = called, f.is_chair_known = false)); /* R116 */
	TRIES(
	    MEETING_DO_OPEN, "meeting.attendance_missing", (f.state = called, f.present_n = 0));
	TRIES(MEETING_DO_OPEN, "meeting.not_quorate", (f.state = called, f.is_quorate = false));
	TRIES(MEETING_DO_OPEN, "meeting.other_day",
	    (f.state = called, f.is_other_day_meant = false));
	TRIES(MEETING_DO_OPEN, "meeting.other_day",
	    (f.state = called, f.is_other_day_meant = false, f.days_left = -1));
	TRIES(MEETING_DO_OPEN, NONE,
	    (f.state = called, f.is_other_day_meant = false, f.days_left = 0));
	TRIES(MEETING_DO_FIND_INQUORATE, "meeting.is_quorate", f.state = called);
	TRIES(MEETING_DO_FIND_INQUORATE, "meeting.not_begun",
	    (f.state = called, f.is_quorate = false));
	TRIES(MEETING_DO_FIND_INQUORATE, NONE,
	    (f.state = called, f.is_quorate = false, f.now_at = f.starts_at));
	assert_true(meeting_is_off(MEETING_INQUORATE) && meeting_is_off(MEETING_POSTPONED));
	assert_true(meeting_is_off(MEETING_CANCELLED) && !meeting_is_off(MEETING_ARCHIVED));
}

static void
m8_every_item_has_an_outcome(void **state)
{
	const int session = MEETING_IN_SESSION;

	TRIES(MEETING_DO_TAKE_UP, NONE, f.state = session);
	TRIES(MEETING_DO_OUTCOME, NONE, f.state = session);
	TRIES(MEETING_DO_OUTCOME, "meeting.item_closed",
	    (f.state = session, f.is_item_open = false));
	TRIES(MEETING_DO_TAKE_UP, "meeting.item_closed",
	    (f.state = session, f.is_item_open = false));
	TRIES(MEETING_DO_CLOSE, NONE, f.state = session);
	TRIES(MEETING_DO_CLOSE, "meeting.items_open", (f.state = session, f.open_items_n = 1));
	assert_true(
	    meeting_is_called(MEETING_SUMMONED) && meeting_is_called(MEETING_PREMEETING_DONE));
	assert_true(meeting_is_over(MEETING_ARCHIVED));
	assert_true(meeting_is_called(session) && !meeting_is_called(MEETING_HELD));
	assert_true(meeting_is_over(MEETING_HELD) && !meeting_is_over(session));
	assert_false(meeting_is_over(MEETING_CANCELLED));
}

static void
m9_minutes_name_both_sides(void **state)
{
	const int held = MEETING_HELD, act = MEETING_DO_DRAFT_MINUTES;

	TRIES(act, NONE, f.state = held);
	TRIES(act, "meeting.authors_missing", (f.state = held, f.has_municipal_author = false));
	TRIES(act, "meeting.authors_missing", (f.state = held, f.has_trust_author = false));
}

static void
m10_minutes_are_approved_by_both_or_by_a_charter_silence(void **state)
{
	const int draft = MEETING_MINUTES_DRAFT, act = MEETING_DO_LOCK_MINUTES;
	struct meeting_facts silent = good;

	TRIES(MEETING_DO_APPROVE_MINUTES, NONE, f.state = draft);
	TRIES(MEETING_DO_APPROVE_MINUTES, "meeting.not_approver",
	    (f.state = draft, f.may_approve = false));
	TRIES(act, NONE, f.state = draft);
	TRIES(act, "meeting.minutes_unapproved", (f.state = draft, f.missing_approvers = 1));

	silent.state = draft;
	silent.missing_approvers = 3;
	silent.is_silence_consent = silent.is_delivered = true;
	silent.silence_ends_at = NOW_AT;
	TRIES(act, NONE, f = silent);
	TRIES(act, "meeting.minutes_unapproved", (f = silent, f.is_silence_consent = false));
	TRIES(act, "meeting.minutes_unapproved", (f = silent, f.is_delivered = false));
	TRIES(act, "meeting.minutes_unapproved", (f = silent, f.is_objected = true));
	TRIES(act, "meeting.minutes_unapproved", (f = silent, f.now_at = NOW_AT - 1));
	TRIES(act, "meeting.minutes_unapproved", (f = silent, f.silence_ends_at = 0));
}

static void
m11_approved_minutes_are_locked(void **state)
{
	TRIES(MEETING_DO_PUBLISH, NONE, f.state = MEETING_MINUTES_APPROVED);
	TRIES(MEETING_DO_PUBLISH, "meeting.wrong_state", f.state = MEETING_MINUTES_DRAFT);
	TRIES(
	    MEETING_DO_EDIT_MINUTES, "meeting.wrong_state", f.state = MEETING_MINUTES_APPROVED);
	TRIES(MEETING_DO_CORRECT, NONE, f.state = MEETING_PUBLISHED);
	TRIES(MEETING_DO_CORRECT, "meeting.reason_missing",
	    (f.state = MEETING_PUBLISHED, f.has_reason = false));
}

static void
called_off_with_a_reason(void **state)
{
	TRIES(MEETING_DO_POSTPONE, NONE, f.state = MEETING_SUMMONED);
	TRIES(MEETING_DO_POSTPONE, "meeting.reason_missing",
	    (f.state = MEETING_SUMMONED, f.has_reason = false));
	TRIES(MEETING_DO_CANCEL, "meeting.reason_missing",
	    (f.state = MEETING_POSTPONED, f.has_reason = false));
	TRIES(MEETING_DO_RESCHEDULE, NONE, f.state = MEETING_POSTPONED);
	TRIES(MEETING_DO_RESCHEDULE, "meeting.time_passed",
	    (f.state = MEETING_POSTPONED, f.new_starts_at = NOW_AT));
	TRIES(MEETING_DO_CANCEL, "meeting.wrong_state", f.state = MEETING_IN_SESSION);
}

static void
not_for_everybody(void **state)
{
	struct meeting_facts f = good;
	struct step s;

	f.state = MEETING_AGENDA_SET;
	assert_err(
	    meeting_can(&f, *state, MEETING_DO_SUMMON, DOER_CHAIR, &s), "meeting.not_yours");
	assert_ok(meeting_can(&f, *state, MEETING_DO_SUMMON, DOER_SECRETARY, &s));
	assert_int_equal(s.to, MEETING_SUMMONED);
}

static void
information_share(void **state)
{
	(void)state;
	assert_int_equal(meeting_information_share(30, 30, 60), 25);
	assert_int_equal(meeting_information_share(0, 0, 60), 0);
	assert_int_equal(meeting_information_share(1, 1, 1), 33);
	assert_int_equal(meeting_information_share(0, 0, 0), -1);
	for (int i = ITEM_DECIDE; i <= ITEM_FIXED; i++)
		assert_non_null(item_kind_key(i));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(m1_m2_what_may_be_planned),
	    WITH_ARENA(m1_moved_only_ahead),
	    WITH_ARENA(m2_an_extraordinary_agenda_is_locked),
	    WITH_ARENA(r112_items_are_whole_and_stand_once),
	    WITH_ARENA(m3_the_agenda_is_set_by_all_setters),
	    WITH_ARENA(m4_the_summons),
	    WITH_ARENA(m5_no_session_before_the_premeeting),
	    WITH_ARENA(m6_m7_m13_attendance_quorum_and_chair),
	    WITH_ARENA(m8_every_item_has_an_outcome),
	    WITH_ARENA(m9_minutes_name_both_sides),
	    WITH_ARENA(m10_minutes_are_approved_by_both_or_by_a_charter_silence),
	    WITH_ARENA(m11_approved_minutes_are_locked),
	    WITH_ARENA(called_off_with_a_reason),
	    WITH_ARENA(not_for_everybody),
	    WITH_ARENA(information_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
