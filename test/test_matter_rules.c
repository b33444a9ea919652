/*
 * The guards of the matter's machine, rule by rule (domain.md 3.1). Which acts stand in the
 * table at all is test_machines' business.
 */
#include "support.h"

#include "core/actor.h"
#include "core/matter.h"

/* A matter for which every guard that can be met at once is met. */
static const struct matter_facts good = {
    .now_at = NOW_AT,
    .reason = {"why", 3},
    .proposer_party_id = 11,
    .has_title = true,
    .joined_to_id = 2,
    .triage = {.body_id = 7,
	.type = MATTER_DECISION,
	.scope = SCOPE_WHOLE_AREA,
	.consequence = CONSEQUENCE_PROFESSIONAL,
	.has_round = true},
    .author_municipal_id = 1,
    .author_trust_id = 2,
    .lit_municipality = true,
    .lit_trust = true,
    .lit_patient = true,
    .is_template_ok = true,
    .has_draft_decision = true,
    .version = 3,
    .signed_municipal_id = 1,
    .signed_trust_id = 2,
    .in_scope_n = 21,
    .asked_n = 21,
    .answered_n = 20,
    .deadline_at = NOW_AT + 86400,
    .meeting_id = 5,
    .meeting_body_id = 7,
    .is_agenda_open = true,
    .is_agenda_set = true,
    .is_meeting_later = true,
    .body_may = OUTCOME_BIT(OUTCOME_DECIDE) | OUTCOME_BIT(OUTCOME_RECOMMEND) |
		OUTCOME_BIT(OUTCOME_ADVISE),
    .is_in_mandate = true,
    .is_quorate = true,
    .is_agreed = true,
    .has_text = true,
    .parent_body_id = 8,
    .is_delegate_allowed = true,
    .has_mandate = true,
    .child_deadline_at = NOW_AT + 86400,
    .postponed_to_meeting_id = 6,
    .is_minuted = true,
    .lines_n = 22,
    .is_child_done = true,
    .is_dispute_over = true,
};

static void
want(const char *code, const struct err *e, int64_t to)
{
	const char *got = e ? e->code : "OK";

	if (strcmp(got, code ? code : "OK") != 0)
		fail_msg("%s, wanted %s", got, code ? code : "OK");
	assert_true((e == NULL) == (to != 0)); /* written on success only */
}

/* Tries act from from_ with the good facts and the change. */
#define TRIES(from_, act, want_, change)                                       \
	do {                                                                   \
		struct matter_facts f = good;                                  \
		struct step s_ = {0};                                          \
		f.state = (from_);                                             \
		change;                                                        \
		struct err *e_ = matter_can(&f, *state, (act), DOER_ALL, &s_); \
		want((want_), e_, s_.to);                                      \
	} while (0)
#define NONE (const char *)NULL

/* I1: whose it is */
static void
c1_any_party_proposes_but_some_party(void **state)
{
	TRIES(MATTER_DRAFT, MATTER_DO_SUBMIT, NONE, (void)0);
	TRIES(
	    MATTER_DRAFT, MATTER_DO_SUBMIT, "matter.proposer_missing", f.proposer_party_id = 0);
	TRIES(MATTER_DRAFT, MATTER_DO_SUBMIT, "matter.title_missing", f.has_title = false);
}

static void
c3_triage_is_whole(void **state)
{
	const int from = MATTER_RECEIVED, act = MATTER_DO_TRIAGE;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.body_missing", f.triage.body_id = 0);
	TRIES(from, act, "matter.type_missing", f.triage.type = 0);
	TRIES(from, act, "matter.scope_missing", f.triage.scope = 0);
	TRIES(from, act, "matter.consequence_missing", f.triage.consequence = 0);
	TRIES(from, act, "matter.round_undecided", f.triage.has_round = false);
}

static void
c4_wide_matters_do_not_go_to_a_local_body(void **state)
{
	const int from = MATTER_RECEIVED, act = MATTER_DO_TRIAGE;
	const struct triage_rules local = {.is_local = true, .local_is_narrow = true};

	TRIES(from, act, "matter.scope_too_wide", f.rules = local);
	TRIES(from, act, "matter.scope_too_wide",
	    (f.rules = local, f.triage.scope = SCOPE_SEVERAL_AREAS));
	TRIES(from, act, NONE, (f.rules = local, f.triage.scope = SCOPE_ONE_AREA));
	TRIES(from, act, NONE, (f.rules = local, f.triage.override_reason = S("pilot here")));
	TRIES(from, act, "matter.scope_too_wide",
	    (f.rules = local, f.triage.override_reason = S("  ")));
	TRIES(from, act, NONE, (f.rules = local, f.rules.local_is_narrow = false));
	/* R073: and again when it comes to the agenda */
	TRIES(MATTER_READY, MATTER_DO_PUT_ON_AGENDA, "matter.scope_too_wide", f.rules = local);
}

static void
c5_principle_and_larger_economy_go_to_the_deciding_level(void **state)
{
	const int from = MATTER_RECEIVED, act = MATTER_DO_TRIAGE;

	TRIES(from, act, NONE, f.rules.principle_body_id = 9);
	TRIES(from, act, "matter.principle_elsewhere",
	    (f.rules.principle_body_id = 9, f.triage.consequence = CONSEQUENCE_PRINCIPLE));
	TRIES(from, act, "matter.principle_elsewhere",
	    (f.rules.principle_body_id = 9, f.triage.override_reason = S("no override"),
		f.triage.consequence = CONSEQUENCE_PRINCIPLE | CONSEQUENCE_PROFESSIONAL));
	TRIES(from, act, NONE,
	    (f.rules.principle_body_id = 9, f.triage.consequence = CONSEQUENCE_ECONOMIC));
	TRIES(from, act, "matter.principle_elsewhere",
	    (f.rules.principle_body_id = 9, f.triage.consequence = CONSEQUENCE_ECONOMIC,
		f.triage.is_larger = true));
	TRIES(from, act, "matter.principle_elsewhere",
	    (f.rules.principle_body_id = 9, f.triage.consequence = CONSEQUENCE_ADMINISTRATIVE,
		f.triage.is_larger = true));
	TRIES(from, act, NONE,
	    (f.rules.principle_body_id = 9, f.triage.is_larger = true)); /* professional */
	TRIES(from, act, NONE,
	    (f.rules.principle_body_id = 7, f.triage.consequence = CONSEQUENCE_PRINCIPLE));
}

static void
c6_procedures_go_to_the_professional_body_or_give_a_reason(void **state)
{
	const int from = MATTER_RECEIVED, act = MATTER_DO_TRIAGE;

	TRIES(from, act, "matter.topic_elsewhere",
	    (f.triage.topic = TOPIC_PROCEDURE, f.rules.topic_body_id = 9,
		f.rules.topic_is_advisory = true));
	TRIES(from, act, NONE,
	    (f.rules.topic_body_id = 9, f.rules.topic_is_advisory = true,
		f.triage.override_reason = S("has been there")));
	TRIES(from, act, NONE, f.rules.topic_body_id = 7);
}

static void
c7_direction_goes_to_the_partnership_and_it_treats_nothing_else(void **state)
{
	static const int64_t only[] = {TOPIC_DIRECTION, TOPIC_MANDATE};
	const int from = MATTER_RECEIVED, act = MATTER_DO_TRIAGE;

	TRIES(from, act, "matter.topic_elsewhere",
	    (f.rules.topic_body_id = 9, f.triage.override_reason = S("no override")));
	TRIES(from, act, "matter.topic_not_here",
	    (f.rules.only_topics = only, f.rules.n_only_topics = 2)); /* R117 */
	TRIES(from, act, NONE,
	    (f.rules.only_topics = only, f.rules.n_only_topics = 2,
		f.triage.topic = TOPIC_MANDATE));
}

static void
c8_extensive_matters_have_a_rapporteur(void **state)
{
	const int from = MATTER_TRIAGED, act = MATTER_DO_START;

	TRIES(from, act, "matter.rapporteur_missing",
	    (f.triage.is_extensive = true, f.rules.needs_rapporteur = true));
	TRIES(from, act, NONE, f.triage.is_extensive = true);
	TRIES(from, act, NONE, f.rules.needs_rapporteur = true);
	TRIES(from, act, NONE,
	    (f.triage.is_extensive = true, f.rules.needs_rapporteur = true,
		f.rapporteur_id = 4));
}

static void
c9_rejection_has_a_reason_and_one_appeal(void **state)
{
	TRIES(MATTER_RECEIVED, MATTER_DO_REJECT, NONE, (void)0);
	TRIES(MATTER_RECEIVED, MATTER_DO_REJECT, "matter.reason_missing", f.reason = S(" \n"));
	TRIES(MATTER_RECEIVED, MATTER_DO_SEND_BACK, "matter.reason_missing", f.reason = S(""));
	TRIES(MATTER_REJECTED, MATTER_DO_APPEAL, NONE, (void)0);
	TRIES(MATTER_REJECTED, MATTER_DO_APPEAL, "matter.already_appealed",
	    f.appeal = APPEAL_ANSWERED);
	TRIES(MATTER_REJECTED, MATTER_DO_APPEAL, "matter.reason_missing", f.reason = S(""));
	TRIES(MATTER_REJECTED, MATTER_DO_ALLOW_APPEAL, "matter.not_appealed", (void)0);
	TRIES(MATTER_REJECTED, MATTER_DO_ALLOW_APPEAL, NONE, f.appeal = APPEAL_OPEN);
	TRIES(MATTER_RECEIVED, MATTER_DO_JOIN, "matter.join_missing", f.joined_to_id = 0);
	TRIES(MATTER_TRIAGED, MATTER_DO_JOIN, "matter.reason_missing", f.reason = S(""));
	TRIES(MATTER_RECEIVED, MATTER_DO_JOIN, NONE, (void)0);
}

static void
withdrawing_needs_a_reason_once_others_have_seen_it(void **state)
{
	TRIES(MATTER_DRAFT, MATTER_DO_WITHDRAW, NONE, f.reason = S(""));
	TRIES(MATTER_SUBMITTED, MATTER_DO_WITHDRAW, "matter.reason_missing", f.reason = S(""));
	TRIES(MATTER_REVISED, MATTER_DO_WITHDRAW, NONE, (void)0);
	TRIES(MATTER_READY, MATTER_DO_WITHDRAW, "matter.wrong_state", (void)0);
}

static void
c10_one_author_from_each_side(void **state)
{
	const int from = MATTER_TRIAGED, act = MATTER_DO_START;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.authors_missing", f.author_trust_id = 0);
	TRIES(from, act, "matter.authors_missing", f.author_municipal_id = 0);
	TRIES(from, act, NONE,
	    (f.author_trust_id = 0, f.author_exemption = S("concerns one side only")));
	TRIES(from, act, "matter.same_author", f.author_trust_id = 1);
	TRIES(from, MATTER_DO_ASSIGN, "matter.same_author", f.author_trust_id = 1);
	TRIES(from, MATTER_DO_ASSIGN, NONE, f.author_trust_id = 0);
}

static void
c11_every_perspective_is_lit(void **state)
{
	const int from = MATTER_IN_PREPARATION, act = MATTER_DO_CHECK;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.not_lit", f.lit_municipality = false);
	TRIES(from, act, "matter.not_lit", f.lit_trust = false);
	TRIES(from, act, "matter.not_lit", f.lit_patient = false);
	TRIES(from, act, NONE, (f.lit_patient = false, f.lit_exemption = S("inner routine")));
	TRIES(from, act, "matter.template_incomplete", f.is_template_ok = false);
	TRIES(from, act, "matter.hinterland_missing", f.touches_region = true);
	TRIES(from, act, NONE, (f.touches_region = true, f.hinterland_n = 1));
	TRIES(from, act, "matter.no_version", f.version = 0);
	TRIES(from, act, "matter.changed_since_version", f.is_changed = true);
	TRIES(MATTER_READY, MATTER_DO_REWORK, "matter.reason_missing", f.reason = S(""));
}

static void
c12_every_municipality_in_scope_is_asked(void **state)
{
	const int from = MATTER_QUALITY_CHECKED, act = MATTER_DO_SEND_ROUND;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.not_all_asked", f.asked_n = 20);
	TRIES(from, act, "matter.not_all_asked", (f.asked_n = 0, f.in_scope_n = 0));
	TRIES(from, act, NONE, (f.asked_n = 1, f.in_scope_n = 1));
	TRIES(from, act, "matter.deadline_missing", f.deadline_at = 0);
	TRIES(from, act, "matter.deadline_passed", f.deadline_at = NOW_AT);
}

static void
c13_read_through_is_skipped_only_when_triage_said_so(void **state)
{
	const int from = MATTER_QUALITY_CHECKED, act = MATTER_DO_SKIP_ROUND;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.round_required", f.triage.needs_round = true);
	TRIES(from, act, "matter.round_required", f.triage.has_round = false);
	TRIES(from, act, "matter.reason_missing", f.reason = S(""));
	TRIES(from, act, "matter.draft_decision_missing", f.has_draft_decision = false);
	TRIES(from, act, "matter.not_signed", f.signed_trust_id = 0);
}

static void
c14_read_through_closes_when_over_and_answered(void **state)
{
	const int from = MATTER_READ_THROUGH, act = MATTER_DO_CLOSE_ROUND;

	TRIES(from, act, "matter.round_open", (void)0);
	TRIES(from, act, NONE, f.answered_n = 21);
	TRIES(from, act, NONE, f.now_at = f.deadline_at);
	TRIES(from, act, "matter.round_open", f.now_at = f.deadline_at - 1);
	TRIES(from, act, "matter.comments_unanswered",
	    (f.answered_n = 21, f.unanswered_comments_n = 1));
}

static void
c15_a_frozen_version_has_a_draft_decision_and_both_signatures(void **state)
{
	const int from = MATTER_REVISED, act = MATTER_DO_FREEZE;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.draft_decision_missing", f.has_draft_decision = false);
	TRIES(from, act, "matter.not_signed", f.signed_municipal_id = 0);
	TRIES(from, act, "matter.not_signed", f.signed_trust_id = 0);
	TRIES(from, act, "matter.not_signed", f.signed_trust_id = f.signed_municipal_id);
	TRIES(from, act, "matter.changed_since_version", f.is_changed = true);
	TRIES(from, act, "matter.no_version", f.version = 0);
	TRIES(from, act, "matter.comments_unanswered", f.unanswered_comments_n = 1);
}

static void
c15_each_side_signs_once_and_nobody_for_both(void **state)
{
	const int from = MATTER_REVISED, act = MATTER_DO_SIGN_OFF;
	struct matter_facts unsigned_ = good;

	unsigned_.signed_municipal_id = unsigned_.signed_trust_id = 0;
	unsigned_.signer_id = 1;
	unsigned_.signer_side = SIDE_MUNICIPAL;
#define FRESH (f = unsigned_, f.state = from)
	TRIES(from, act, NONE, FRESH);
	TRIES(from, act, NONE, (FRESH, f.signed_trust_id = 2));
	TRIES(from, act, "matter.already_signed", (FRESH, f.signed_municipal_id = 9));
	TRIES(from, act, "matter.same_signer", (FRESH, f.signed_trust_id = 1));
	TRIES(from, act, NONE, (FRESH, f.signer_side = SIDE_TRUST));
	TRIES(from, act, "matter.already_signed",
	    (FRESH, f.signer_side = SIDE_TRUST, f.signed_trust_id = 9));
	TRIES(from, act, "matter.no_side", (FRESH, f.signer_side = SIDE_USER));
	TRIES(from, act, "matter.no_version", (FRESH, f.version = 0));
	TRIES(from, act, "matter.changed_since_version", (FRESH, f.is_changed = true));
	TRIES(from, act, "matter.not_lit", (FRESH, f.lit_patient = false));
#undef FRESH
}

static void
c16_the_agenda_is_of_the_right_body_and_open(void **state)
{
	const int act = MATTER_DO_PUT_ON_AGENDA;

	TRIES(MATTER_READY, act, NONE, f.is_meeting_later = false);
	TRIES(MATTER_READY, act, "matter.meeting_missing", f.meeting_id = 0);
	TRIES(MATTER_READY, act, "matter.meeting_elsewhere", f.meeting_body_id = 8);
	TRIES(MATTER_READY, act, "matter.agenda_closed", f.is_agenda_open = false);
	TRIES(MATTER_POSTPONED, act, NONE, (void)0);
	TRIES(MATTER_POSTPONED, act, "matter.meeting_not_later", f.is_meeting_later = false);
	TRIES(MATTER_POSTPONED, act, "matter.agenda_closed", f.is_agenda_open = false);
	TRIES(MATTER_ON_AGENDA, MATTER_DO_TAKE_OFF_AGENDA, "matter.reason_missing",
	    f.reason = S(""));
}

static void
c17_papers_follow_the_agenda(void **state)
{
	const int from = MATTER_ON_AGENDA, act = MATTER_DO_PUBLISH_PAPERS;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.agenda_not_set", f.is_agenda_set = false);
}

static void
c18_the_premeeting_comes_first_where_it_is_required(void **state)
{
	const int from = MATTER_PAPERS_PUBLISHED, act = MATTER_DO_OPEN;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.premeeting_missing", f.needs_premeeting = true);
	TRIES(from, act, NONE, (f.needs_premeeting = true, f.has_premeeting = true));
}

static void
c19_i4_authority_quorum_and_agreement(void **state)
{
	static const int acts[] = {MATTER_DO_DECIDE, MATTER_DO_RECOMMEND, MATTER_DO_ADVISE};
	const int from = MATTER_IN_MEETING;

	for (int i = 0; i < 3; i++) {
		TRIES(from, acts[i], NONE, (void)0);
		TRIES(from, acts[i], "matter.beyond_authority", f.body_may = 0);
		TRIES(from, acts[i], "matter.not_quorate", f.is_quorate = false);
		TRIES(from, acts[i], "matter.not_agreed", f.is_agreed = false);
		TRIES(from, acts[i], "matter.not_agreed", f.is_disagreed = true);
		TRIES(from, acts[i], "matter.text_missing", f.has_text = false);
	}
	/* I4: an advisory body never decides, whatever else is in order */
	TRIES(from, MATTER_DO_DECIDE, "matter.beyond_authority",
	    f.body_may = ~OUTCOME_BIT(OUTCOME_DECIDE));
	TRIES(from, MATTER_DO_DECIDE, "matter.outside_mandate", f.is_in_mandate = false);
	TRIES(from, MATTER_DO_ADVISE, NONE, f.is_in_mandate = false);
	TRIES(from, MATTER_DO_NOTE, NONE, (f.body_may = 0, f.is_quorate = false));
}

static void
c20_escalation_follows_the_reporting_line(void **state)
{
	const int from = MATTER_IN_MEETING, act = MATTER_DO_ESCALATE;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.no_parent", f.parent_body_id = 0);
	TRIES(from, act, "matter.reason_missing", f.reason = S(""));
	TRIES(MATTER_ESCALATED, MATTER_DO_RECEIVE_ABOVE, NONE, (void)0);
}

static void
c21_delegation_has_a_mandate_and_a_deadline(void **state)
{
	const int from = MATTER_IN_MEETING, act = MATTER_DO_DELEGATE;

	TRIES(from, act, NONE, (void)0);
	TRIES(from, act, "matter.delegate_not_allowed", f.is_delegate_allowed = false);
	TRIES(from, act, "matter.mandate_missing", f.has_mandate = false);
	TRIES(from, act, "matter.deadline_missing", f.child_deadline_at = NOW_AT);
	TRIES(MATTER_DELEGATED, MATTER_DO_CLOSE, NONE, (void)0);
	TRIES(MATTER_DELEGATED, MATTER_DO_CLOSE, "matter.child_open", f.is_child_done = false);
}

static void
c22_returned_with_a_reason(void **state)
{
	TRIES(MATTER_IN_MEETING, MATTER_DO_RETURN, NONE, (void)0);
	TRIES(MATTER_IN_MEETING, MATTER_DO_RETURN, "matter.reason_missing", f.reason = S(""));
}

static void
postponed_to_a_named_later_meeting(void **state)
{
	const int from = MATTER_IN_MEETING, act = MATTER_DO_POSTPONE;

	TRIES(from, act, NONE, f.reason = S(""));
	TRIES(from, act, "matter.later_meeting_missing", f.postponed_to_meeting_id = 0);
	TRIES(from, act, "matter.meeting_not_later", f.is_meeting_later = false);
	TRIES(MATTER_PAPERS_PUBLISHED, act, "matter.meeting_goes_on", (void)0);
	TRIES(MATTER_PAPERS_PUBLISHED, act, NONE, f.is_meeting_off = true);
	TRIES(MATTER_ON_AGENDA, act, "matter.reason_missing",
	    (f.is_meeting_off = true, f.reason = S("")));
}

static void
disagreement_is_returned_lifted_or_disputed(void **state)
{
	const int from = MATTER_IN_MEETING;

	TRIES(from, MATTER_DO_RETURN, NONE, f.is_disagreed = true);
	TRIES(from, MATTER_DO_ESCALATE, NONE, f.is_disagreed = true);
	TRIES(from, MATTER_DO_DISPUTE, NONE, f.is_disagreed = true);
	TRIES(from, MATTER_DO_DISPUTE, "matter.no_disagreement", (void)0);
	TRIES(from, MATTER_DO_DISPUTE, "matter.reason_missing",
	    (f.is_disagreed = true, f.reason = S("")));
	TRIES(MATTER_DISPUTED, MATTER_DO_CLOSE, NONE, (void)0);
	TRIES(
	    MATTER_DISPUTED, MATTER_DO_CLOSE, "matter.dispute_open", f.is_dispute_over = false);
}

static void
c23_c24_minutes_then_follow_up_then_closed(void **state)
{
	static const int spoken[] = {MATTER_DECIDED, MATTER_RECOMMENDED, MATTER_ADVISED};

	for (int i = 0; i < 3; i++) {
		TRIES(spoken[i], MATTER_DO_FOLLOW_UP, NONE, f.open_lines_n = 22);
		TRIES(spoken[i], MATTER_DO_FOLLOW_UP, NONE, f.lines_n = 1);
		TRIES(spoken[i], MATTER_DO_FOLLOW_UP, "matter.no_lines", f.lines_n = 0);
		TRIES(
		    spoken[i], MATTER_DO_FOLLOW_UP, "matter.not_minuted", f.is_minuted = false);
		TRIES(spoken[i], MATTER_DO_CLOSE, "matter.lines_open", f.open_lines_n = 1);
		TRIES(spoken[i], MATTER_DO_CLOSE, NONE, f.lines_n = 0);
	}
	TRIES(MATTER_NOTED, MATTER_DO_CLOSE, NONE, f.lines_n = 0);
	TRIES(MATTER_NOTED, MATTER_DO_CLOSE, "matter.not_minuted", f.is_minuted = false);
	TRIES(MATTER_FOLLOW_UP, MATTER_DO_CLOSE, NONE, (void)0);
	TRIES(MATTER_FOLLOW_UP, MATTER_DO_CLOSE, "matter.lines_open", f.open_lines_n = 1);
}

static void
c26_nothing_is_reopened(void **state)
{
	for (int s = 1; s <= MATTER_STATE_N; s++)
		TRIES(s, MATTER_DO_REOPEN, "matter.reopen_needs_new", (void)0);
}

/* I3: between submitted and archived each step needs the one before; only C13 and the ends of
 * intake step over. Every way forward is walked: nothing reaches `ready` but through the gate.
 */
static void
i3_no_state_is_skipped(void **state)
{
	(void)state;
	for (int s = 1; s <= MATTER_STATE_N; s++)
		for (int act = 1; act <= MATTER_ACT_N; act++) {
			struct step step;

			if (!matter_offers(s, act, DOER_ALL, &step) || step.to <= s ||
			    s >= MATTER_IN_MEETING || step.to >= MATTER_DECIDED)
				continue;
			if (act == MATTER_DO_SKIP_ROUND)
				assert_int_equal(step.to, MATTER_READY);
			else
				assert_int_equal(step.to, s + 1);
		}
}

/* Every state is reached from draft, and from every one but archived something can follow. */
static void
no_dead_ends(void **state)
{
	bool is_reached[MATTER_STATE_N + 1] = {[MATTER_DRAFT] = true};

	(void)state;
	for (int round = 0; round < MATTER_STATE_N; round++)
		for (int s = 1; s <= MATTER_STATE_N; s++)
			for (int act = 1; is_reached[s] && act <= MATTER_ACT_N; act++) {
				struct step step;

				if (matter_offers(s, act, DOER_ALL, &step))
					is_reached[step.to] = true;
			}
	for (int s = 1; s <= MATTER_STATE_N; s++) {
		bool has_exit = false;

		assert_true(is_reached[s]);
		for (int act = 1; act <= MATTER_ACT_N; act++) {
			struct step step;

			has_exit |= matter_offers(s, act, DOER_ALL, &step) && step.to != s;
		}
		assert_int_equal(has_exit, s != MATTER_ARCHIVED);
	}
}

static void
refusals_say_why(void **state)
{
	struct matter_facts f = good;
	struct step s;

	f.state = MATTER_SUBMITTED;
	assert_err(
	    matter_can(&f, *state, MATTER_DO_FREEZE, DOER_ALL, &s), "matter.wrong_state");
	assert_err(matter_can(&f, *state, MATTER_DO_RECEIVE, DOER_PROPOSER | DOER_CHAIR, &s),
	    "matter.not_yours");
	assert_err(matter_can(&f, *state, MATTER_DO_RECEIVE, 0, &s), "matter.not_yours");
	assert_ok(matter_can(&f, *state, MATTER_DO_RECEIVE, DOER_SECRETARY, &s));
	assert_int_equal(s.to, MATTER_RECEIVED);
	assert_string_equal(s.rule, "C2");
	f.state = 0;
	assert_err(
	    matter_can(&f, *state, MATTER_DO_RECEIVE, DOER_ALL, &s), "matter.wrong_state");
	f.state = 99;
	assert_err(matter_can(&f, *state, 99, DOER_ALL, &s), "matter.wrong_state");
}

static void
keys_go_both_ways(void **state)
{
	(void)state;
	for (int i = 1; i <= OUTCOME_N; i++) {
		assert_non_null(outcome_key(i));
		assert_string_equal(outcome_key(i), matter_act_key(matter_act_of(i)));
	}
	assert_int_equal(matter_act_of(0), 0);
	assert_int_equal(matter_act_of(OUTCOME_N + 1), 0);
	for (int i = MATTER_INFORMATION; i <= MATTER_DEVIATION; i++)
		assert_non_null(matter_type_key(i));
	for (int i = SCOPE_ONE_MUNICIPALITY; i <= SCOPE_WHOLE_AREA; i++)
		assert_non_null(matter_scope_key(i));
	for (int i = TOPIC_OTHER; i <= TOPIC_AGREEMENT; i++)
		assert_non_null(matter_topic_key(i));
	for (int i = CONSEQUENCE_PROFESSIONAL; i <= CONSEQUENCE_PRINCIPLE; i *= 2)
		assert_non_null(matter_consequence_key(i));
	assert_null(outcome_key(-1));
	assert_null(matter_consequence_key(3));
	assert_true(matter_is_draft(MATTER_DRAFT) && !matter_is_draft(MATTER_SUBMITTED));
	for (int i = 1; i <= MATTER_STATE_N; i++)
		assert_int_equal(matter_is_over(i), i >= MATTER_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(c1_any_party_proposes_but_some_party),
	    WITH_ARENA(c3_triage_is_whole),
	    WITH_ARENA(c4_wide_matters_do_not_go_to_a_local_body),
	    WITH_ARENA(c5_principle_and_larger_economy_go_to_the_deciding_level),
	    WITH_ARENA(c6_procedures_go_to_the_professional_body_or_give_a_reason),
	    WITH_ARENA(c7_direction_goes_to_the_partnership_and_it_treats_nothing_else),
	    WITH_ARENA(c8_extensive_matters_have_a_rapporteur),
	    WITH_ARENA(c9_rejection_has_a_reason_and_one_appeal),
	    WITH_ARENA(withdrawing_needs_a_reason_once_others_have_seen_it),
	    WITH_ARENA(c10_one_author_from_each_side),
	    WITH_ARENA(c11_every_perspective_is_lit),
	    WITH_ARENA(c12_every_municipality_in_scope_is_asked),
	    WITH_ARENA(c13_read_through_is_skipped_only_when_triage_said_so),
	    WITH_ARENA(c14_read_through_closes_when_over_and_answered),
	    WITH_ARENA(c15_a_frozen_version_has_a_draft_decision_and_both_signatures),
	    WITH_ARENA(c15_each_side_signs_once_and_nobody_for_both),
	    WITH_ARENA(c16_the_agenda_is_of_the_right_body_and_open),
	    WITH_ARENA(c17_papers_follow_the_agenda),
	    WITH_ARENA(c18_the_premeeting_comes_first_where_it_is_required),
	    WITH_ARENA(c19_i4_authority_quorum_and_agreement),
	    WITH_ARENA(c20_escalation_follows_the_reporting_line),
	    WITH_ARENA(c21_delegation_has_a_mandate_and_a_deadline),
	    WITH_ARENA(c22_returned_with_a_reason),
	    WITH_ARENA(postponed_to_a_named_later_meeting),
	    WITH_ARENA(disagreement_is_returned_lifted_or_disputed),
	    WITH_ARENA(c23_c24_minutes_then_follow_up_then_closed),
	    WITH_ARENA(c26_nothing_is_reopened),
	    WITH_ARENA(i3_no_state_is_skipped),
	    WITH_ARENA(no_dead_ends),
	    WITH_ARENA(refusals_say_why),
	    WITH_ARENA(keys_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
