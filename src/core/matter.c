#include "core/matter.h"

#include "core/actor.h"
#include "core/machine.h"

#include <inttypes.h>

typedef struct err *guard(const struct matter_facts *f, struct arena *a);

/* --- guards: intake --------------------------------------------------------------------- */
static struct err *
has_reason(const struct matter_facts *f, struct arena *a)
{
	if (str_trim(f->reason).n == 0)
		return err_new(a, ERR_INVALID, "matter.reason_missing", "no reason given");
	return OK;
}

static struct err *
is_proposed(const struct matter_facts *f, struct arena *a)
{
	if (!f->proposer_party_id)
		return err_new(a, ERR_INVALID, "matter.proposer_missing", "no proposer party");
	if (!f->has_title)
		return err_new(a, ERR_INVALID, "matter.title_missing", "no title");
	return OK;
}

static struct err *
triage_is_whole(const struct triage *t, struct arena *a)
{
	if (!t->body_id)
		return err_new(a, ERR_INVALID, "matter.body_missing", "no target body");
	if (!t->type)
		return err_new(a, ERR_INVALID, "matter.type_missing", "no type");
	if (!t->scope)
		return err_new(a, ERR_INVALID, "matter.scope_missing", "no scope");
	if (!t->consequence)
		return err_new(a, ERR_INVALID, "matter.consequence_missing", "no consequence");
	if (!t->has_round)
		return err_new(a, ERR_INVALID, "matter.round_undecided",
		    "read-through neither asked nor waived");
	return OK;
}

static bool
goes_to_principle_body(const struct triage *t)
{
	return (t->consequence & CONSEQUENCE_PRINCIPLE) ||
	       (t->is_larger &&
		   (t->consequence & (CONSEQUENCE_ECONOMIC | CONSEQUENCE_ADMINISTRATIVE)));
}

static bool
body_treats(const struct triage_rules *r, int64_t topic)
{
	for (size_t i = 0; i < r->n_only_topics; i++)
		if (r->only_topics[i] == topic)
			return true;
	return r->n_only_topics == 0;
}

/* C4 may be overridden with a reason ("i hovedsak"), and so may C6, advice being free. */
static struct err *
triage_fits_charter(const struct triage *t, const struct triage_rules *r, struct arena *a)
{
	bool has_override = str_trim(t->override_reason).n > 0;

	if (r->is_local && r->local_is_narrow && t->scope >= SCOPE_SEVERAL_AREAS &&
	    !has_override)
		return err_new(
		    a, ERR_INVALID, "matter.scope_too_wide", "C4: scope %" PRId64, t->scope);
	if (r->principle_body_id && goes_to_principle_body(t) &&
	    t->body_id != r->principle_body_id)
		return err_new(a, ERR_INVALID, "matter.principle_elsewhere",
		    "C5: body %" PRId64, t->body_id);
	if (!body_treats(r, t->topic))
		return err_new(
		    a, ERR_INVALID, "matter.topic_not_here", "C7: topic %" PRId64, t->topic);
	if (r->topic_body_id && t->body_id != r->topic_body_id &&
	    !(r->topic_is_advisory && has_override))
		return err_new(a, ERR_INVALID, "matter.topic_elsewhere",
		    "C6, C7: topic %" PRId64, t->topic);
	return OK;
}

static struct err *
is_triaged(const struct matter_facts *f, struct arena *a)
{
	TRY(triage_is_whole(&f->triage, a));
	return triage_fits_charter(&f->triage, &f->rules, a);
}

static struct err *
can_appeal(const struct matter_facts *f, struct arena *a)
{
	if (f->appeal != APPEAL_NONE)
		return err_new(a, ERR_CONFLICT, "matter.already_appealed", "appealed before");
	return has_reason(f, a);
}

static struct err *
can_answer_appeal(const struct matter_facts *f, struct arena *a)
{
	if (f->appeal != APPEAL_OPEN)
		return err_new(a, ERR_CONFLICT, "matter.not_appealed", "nobody appealed");
	return has_reason(f, a);
}

static struct err *
has_no_open_appeal(const struct matter_facts *f, struct arena *a)
{
	if (f->state == MATTER_REJECTED && f->appeal == APPEAL_OPEN)
		return err_new(a, ERR_CONFLICT, "matter.appeal_open", "C9: the chair is asked");
	return OK;
}

static struct err *
can_join(const struct matter_facts *f, struct arena *a)
{
	if (!f->joined_to_id)
		return err_new(a, ERR_INVALID, "matter.join_missing", "no matter to join");
	return has_reason(f, a);
}

/* --- guards: preparation ---------------------------------------------------------------- */
static struct err *
authors_differ(const struct matter_facts *f, struct arena *a)
{
	if (f->author_municipal_id && f->author_municipal_id == f->author_trust_id)
		return err_new(
		    a, ERR_INVALID, "matter.same_author", "one person for both sides");
	return OK;
}

static struct err *
has_authors(const struct matter_facts *f, struct arena *a)
{
	TRY(authors_differ(f, a));
	if ((!f->author_municipal_id || !f->author_trust_id) &&
	    str_trim(f->author_exemption).n == 0)
		return err_new(
		    a, ERR_INVALID, "matter.authors_missing", "C10: one author from each side");
	if (f->triage.is_extensive && f->rules.needs_rapporteur && !f->rapporteur_id)
		return err_new(
		    a, ERR_INVALID, "matter.rapporteur_missing", "C8: no rapporteur");
	return OK;
}

static struct err *
is_lit(const struct matter_facts *f, struct arena *a)
{
	if (!(f->lit_municipality && f->lit_trust && f->lit_patient) &&
	    str_trim(f->lit_exemption).n == 0)
		return err_new(a, ERR_INVALID, "matter.not_lit",
		    "C11: municipality %d trust %d patient %d", f->lit_municipality,
		    f->lit_trust, f->lit_patient);
	return OK;
}

static struct err *
is_fixed(const struct matter_facts *f, struct arena *a)
{
	if (!f->version)
		return err_new(a, ERR_INVALID, "matter.no_version", "no version yet");
	if (f->is_changed)
		return err_new(a, ERR_CONFLICT, "matter.changed_since_version",
		    "text differs from version %" PRId64, f->version);
	return OK;
}

static struct err *
can_sign(const struct matter_facts *f, struct arena *a)
{
	bool is_municipal = f->signer_side == SIDE_MUNICIPAL;
	int64_t mine = is_municipal ? f->signed_municipal_id : f->signed_trust_id;
	int64_t theirs = is_municipal ? f->signed_trust_id : f->signed_municipal_id;

	if (!is_municipal && f->signer_side != SIDE_TRUST)
		return err_new(
		    a, ERR_DENIED, "matter.no_side", "side %" PRId64, f->signer_side);
	TRY(is_fixed(f, a));
	TRY(is_lit(f, a));
	if (mine)
		return err_new(a, ERR_CONFLICT, "matter.already_signed", "by %" PRId64, mine);
	if (theirs == f->signer_id)
		return err_new(a, ERR_DENIED, "matter.same_signer", "person %" PRId64, theirs);
	return OK;
}

static struct err *
is_signed(const struct matter_facts *f, struct arena *a)
{
	TRY(is_fixed(f, a));
	if (!f->signed_municipal_id || !f->signed_trust_id ||
	    f->signed_municipal_id == f->signed_trust_id)
		return err_new(a, ERR_INVALID, "matter.not_signed",
		    "version %" PRId64 " needs both sides", f->version);
	return OK;
}

static struct err *
passes_gate(const struct matter_facts *f, struct arena *a)
{
	TRY(is_lit(f, a));
	if (!f->is_template_ok)
		return err_new(a, ERR_INVALID, "matter.template_incomplete",
		    "C11: a required heading is empty");
	if (f->touches_region && f->hinterland_n < 1)
		return err_new(
		    a, ERR_INVALID, "matter.hinterland_missing", "C11: nobody from the region");
	return is_fixed(f, a);
}

/* --- guards: read-through --------------------------------------------------------------- */
static struct err *
asks_everybody(const struct matter_facts *f, struct arena *a)
{
	if (f->in_scope_n < 1 || f->asked_n < f->in_scope_n)
		return err_new(a, ERR_INVALID, "matter.not_all_asked",
		    "C12: %" PRId64 " of %" PRId64, f->asked_n, f->in_scope_n);
	if (!f->deadline_at)
		return err_new(a, ERR_INVALID, "matter.deadline_missing", "C12: no deadline");
	if (f->deadline_at <= f->now_at)
		return err_new(
		    a, ERR_INVALID, "matter.deadline_passed", "C12: deadline not ahead");
	return OK;
}

static struct err *
has_draft_decision(const struct matter_facts *f, struct arena *a)
{
	if (!f->has_draft_decision)
		return err_new(
		    a, ERR_INVALID, "matter.draft_decision_missing", "C15: no draft decision");
	return is_signed(f, a);
}

static struct err *
may_skip_round(const struct matter_facts *f, struct arena *a)
{
	if (f->triage.needs_round || !f->triage.has_round)
		return err_new(a, ERR_INVALID, "matter.round_required",
		    "C13: triage asked for read-through");
	TRY(has_reason(f, a));
	return has_draft_decision(f, a);
}

static struct err *
comments_are_answered(const struct matter_facts *f, struct arena *a)
{
	if (f->unanswered_comments_n > 0)
		return err_new(a, ERR_INVALID, "matter.comments_unanswered",
		    "%" PRId64 " without disposition", f->unanswered_comments_n);
	return OK;
}

static struct err *
round_is_over(const struct matter_facts *f, struct arena *a)
{
	if (f->now_at < f->deadline_at && f->answered_n < f->asked_n)
		return err_new(a, ERR_INVALID, "matter.round_open",
		    "C14: %" PRId64 " of %" PRId64 " answered", f->answered_n, f->asked_n);
	return comments_are_answered(f, a);
}

static struct err *
can_freeze(const struct matter_facts *f, struct arena *a)
{
	TRY(comments_are_answered(f, a)); /* a late answer may have come since */
	return has_draft_decision(f, a);
}

/* --- guards: agenda and meeting --------------------------------------------------------- */
static struct err *
fits_meeting(const struct matter_facts *f, struct arena *a)
{
	if (!f->meeting_id)
		return err_new(a, ERR_INVALID, "matter.meeting_missing", "no meeting");
	if (f->meeting_body_id != f->triage.body_id)
		return err_new(a, ERR_INVALID, "matter.meeting_elsewhere",
		    "meeting of body %" PRId64, f->meeting_body_id);
	if (!f->is_agenda_open)
		return err_new(
		    a, ERR_CONFLICT, "matter.agenda_closed", "meeting %" PRId64, f->meeting_id);
	return triage_fits_charter(&f->triage, &f->rules, a); /* R073: the charter may be new */
}

static struct err *
fits_later_meeting(const struct matter_facts *f, struct arena *a)
{
	TRY(fits_meeting(f, a));
	if (!f->is_meeting_later)
		return err_new(a, ERR_INVALID, "matter.meeting_not_later", "meeting %" PRId64,
		    f->meeting_id);
	return OK;
}

static struct err *
agenda_is_set(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_agenda_set)
		return err_new(a, ERR_CONFLICT, "matter.agenda_not_set", "agenda not approved");
	return OK;
}

static struct err *
premeeting_is_held(const struct matter_facts *f, struct arena *a)
{
	if (f->needs_premeeting && !f->has_premeeting)
		return err_new(
		    a, ERR_INVALID, "matter.premeeting_missing", "C18: pre-meeting not held");
	return OK;
}

static struct err *
meeting_is_off(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_meeting_off)
		return err_new(
		    a, ERR_CONFLICT, "matter.meeting_goes_on", "the meeting is not off");
	return has_reason(f, a);
}

/* --- guards: outcomes ------------------------------------------------------------------- */
static struct err *
body_agrees(const struct matter_facts *f, struct arena *a, enum outcome o)
{
	if (!(f->body_may & OUTCOME_BIT(o)))
		return err_new(
		    a, ERR_INVALID, "matter.beyond_authority", "I4: %s", outcome_key(o));
	if (!f->is_quorate)
		return err_new(a, ERR_INVALID, "matter.not_quorate", "C19: too few present");
	if (!f->is_agreed || f->is_disagreed)
		return err_new(a, ERR_INVALID, "matter.not_agreed",
		    "C19: the rule of decision is not met");
	if (!f->has_text)
		return err_new(a, ERR_INVALID, "matter.text_missing", "no text");
	return OK;
}

static struct err *
may_decide(const struct matter_facts *f, struct arena *a)
{
	TRY(body_agrees(f, a, OUTCOME_DECIDE));
	if (!f->is_in_mandate)
		return err_new(a, ERR_INVALID, "matter.outside_mandate", "C19: topic %" PRId64,
		    f->triage.topic);
	return OK;
}

static struct err *
may_recommend(const struct matter_facts *f, struct arena *a)
{
	return body_agrees(f, a, OUTCOME_RECOMMEND);
}

static struct err *
may_advise(const struct matter_facts *f, struct arena *a)
{
	return body_agrees(f, a, OUTCOME_ADVISE);
}

static struct err *
may_escalate(const struct matter_facts *f, struct arena *a)
{
	if (!f->parent_body_id)
		return err_new(
		    a, ERR_INVALID, "matter.no_parent", "C20: the body reports to nobody");
	return has_reason(f, a);
}

static struct err *
may_delegate(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_delegate_allowed)
		return err_new(
		    a, ERR_INVALID, "matter.delegate_not_allowed", "C21: not to that body");
	if (!f->has_mandate)
		return err_new(a, ERR_INVALID, "matter.mandate_missing", "C21: no mandate");
	if (f->child_deadline_at <= f->now_at)
		return err_new(
		    a, ERR_INVALID, "matter.deadline_missing", "C21: no deadline ahead");
	return OK;
}

static struct err *
may_postpone(const struct matter_facts *f, struct arena *a)
{
	if (!f->postponed_to_meeting_id)
		return err_new(
		    a, ERR_INVALID, "matter.later_meeting_missing", "no meeting named");
	if (!f->is_meeting_later)
		return err_new(a, ERR_INVALID, "matter.meeting_not_later", "meeting %" PRId64,
		    f->postponed_to_meeting_id);
	return OK;
}

static struct err *
may_dispute(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_disagreed)
		return err_new(
		    a, ERR_INVALID, "matter.no_disagreement", "no disagreement recorded");
	return has_reason(f, a);
}

/* D6: what was decided is not taken back; what was recorded wrongly is, before the end. */
static struct err *
can_undo(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_meeting_sitting)
		return err_new(a, ERR_CONFLICT, "matter.meeting_over", "D6: minuted by now");
	return has_reason(f, a);
}

/* --- guards: after ---------------------------------------------------------------------- */
static struct err *
is_minuted(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_minuted)
		return err_new(a, ERR_CONFLICT, "matter.not_minuted", "minutes not approved");
	return OK;
}

static struct err *
has_lines(const struct matter_facts *f, struct arena *a)
{
	TRY(is_minuted(f, a));
	if (f->lines_n < 1)
		return err_new(a, ERR_INVALID, "matter.no_lines", "C23: nothing to follow up");
	return OK;
}

static struct err *
lines_are_done(const struct matter_facts *f, struct arena *a)
{
	TRY(is_minuted(f, a));
	if (f->open_lines_n > 0)
		return err_new(a, ERR_INVALID, "matter.lines_open",
		    "C24: %" PRId64 " not finished", f->open_lines_n);
	return OK;
}

static struct err *
child_is_done(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_child_done)
		return err_new(
		    a, ERR_CONFLICT, "matter.child_open", "delegated matter goes on");
	return OK;
}

static struct err *
dispute_is_over(const struct matter_facts *f, struct arena *a)
{
	if (!f->is_dispute_over)
		return err_new(a, ERR_CONFLICT, "matter.dispute_open", "dispute goes on");
	return OK;
}

/* --- the machine ------------------------------------------------------------------------ */
#define SECRETARY DOER_SECRETARY
#define PROPOSER  DOER_PROPOSER
#define AUTHOR    DOER_AUTHOR
#define CONTACT   DOER_CONTACT
#define CHAIR     DOER_CHAIR
#define MEMBER    DOER_MEMBER
#define CLOCK     DOER_CLOCK

#define DRAFT         IN(MATTER_DRAFT)
#define INTAKE        (IN(MATTER_SUBMITTED) | IN(MATTER_RECEIVED) | IN(MATTER_TRIAGED))
#define PREPARED      (IN(MATTER_IN_PREPARATION) | IN(MATTER_QUALITY_CHECKED))
#define ROUNDED       (IN(MATTER_READ_THROUGH) | IN(MATTER_REVISED))
#define OPEN_FOR_TEXT (IN(MATTER_IN_PREPARATION) | ROUNDED)
#define CALLED        (IN(MATTER_READY) | IN(MATTER_ON_AGENDA) | IN(MATTER_PAPERS_PUBLISHED))
#define SPOKEN        (IN(MATTER_DECIDED) | IN(MATTER_RECOMMENDED) | IN(MATTER_ADVISED))
#define ENDED                                                            \
	(IN(MATTER_NOTED) | IN(MATTER_POSTPONED) | IN(MATTER_RETURNED) | \
	    IN(MATTER_DELEGATED) | IN(MATTER_ESCALATED) | IN(MATTER_DISPUTED))
#define OUT (IN(MATTER_REJECTED) | IN(MATTER_WITHDRAWN) | IN(MATTER_JOINED))

/* clang-format off */
static const struct {
	struct transition row;
	guard *guard;
} rows[] = {
	{{DRAFT, MATTER_DO_EDIT, PROPOSER, SAME, "C1"}, NULL},
	{{DRAFT, MATTER_DO_SUBMIT, PROPOSER, MATTER_SUBMITTED, "C1"}, is_proposed},
	{{DRAFT, MATTER_DO_WITHDRAW, PROPOSER, MATTER_WITHDRAWN, "X"}, NULL},
	{{IN(MATTER_SUBMITTED), MATTER_DO_RECEIVE, SECRETARY, MATTER_RECEIVED, "C2"}, NULL},
	{{IN(MATTER_RECEIVED), MATTER_DO_TRIAGE, SECRETARY, MATTER_TRIAGED, "C3"}, is_triaged},
	{{IN(MATTER_TRIAGED), MATTER_DO_TRIAGE, SECRETARY, SAME, "C3"}, is_triaged},
	{{IN(MATTER_RECEIVED), MATTER_DO_SEND_BACK, SECRETARY, MATTER_DRAFT, "R079"}, has_reason},
	{{IN(MATTER_RECEIVED), MATTER_DO_REJECT, SECRETARY, MATTER_REJECTED, "C9"}, has_reason},
	{{IN(MATTER_REJECTED), MATTER_DO_APPEAL, PROPOSER, SAME, "C9"}, can_appeal},
	{{IN(MATTER_REJECTED), MATTER_DO_ALLOW_APPEAL, CHAIR, MATTER_RECEIVED, "C9"},
	    can_answer_appeal},
	{{IN(MATTER_REJECTED), MATTER_DO_DISMISS_APPEAL, CHAIR, SAME, "C9"}, can_answer_appeal},
	{{IN(MATTER_RECEIVED) | IN(MATTER_TRIAGED), MATTER_DO_JOIN, SECRETARY, MATTER_JOINED, "X"},
	    can_join},
	{{INTAKE | PREPARED | ROUNDED, MATTER_DO_WITHDRAW, PROPOSER, MATTER_WITHDRAWN, "X"},
	    has_reason},

	{{IN(MATTER_TRIAGED) | IN(MATTER_IN_PREPARATION) | IN(MATTER_REVISED), MATTER_DO_ASSIGN,
	    SECRETARY, SAME, "C10"}, authors_differ},
	{{IN(MATTER_TRIAGED), MATTER_DO_START, SECRETARY, MATTER_IN_PREPARATION, "C10"}, has_authors},
	{{OPEN_FOR_TEXT, MATTER_DO_EDIT, SECRETARY | AUTHOR, SAME, "C10"}, NULL},
	{{OPEN_FOR_TEXT, MATTER_DO_SNAPSHOT, SECRETARY | AUTHOR, SAME, "C15"}, NULL},
	{{INTAKE | PREPARED | ROUNDED | CALLED, MATTER_DO_COMMENT,
	    SECRETARY | PROPOSER | AUTHOR | CONTACT | MEMBER, SAME, "R068"}, NULL},
	{{IN(MATTER_QUALITY_CHECKED) | IN(MATTER_REVISED), MATTER_DO_SIGN_OFF, SECRETARY, SAME,
	    "C15"}, can_sign},
	{{IN(MATTER_IN_PREPARATION), MATTER_DO_CHECK, SECRETARY, MATTER_QUALITY_CHECKED, "C11"},
	    passes_gate},
	{{IN(MATTER_QUALITY_CHECKED) | IN(MATTER_REVISED) | IN(MATTER_READY), MATTER_DO_REWORK,
	    SECRETARY, MATTER_IN_PREPARATION, "X"}, has_reason},

	{{IN(MATTER_QUALITY_CHECKED), MATTER_DO_SEND_ROUND, SECRETARY, MATTER_READ_THROUGH, "C12"},
	    asks_everybody},
	{{IN(MATTER_QUALITY_CHECKED), MATTER_DO_SKIP_ROUND, SECRETARY, MATTER_READY, "C13"},
	    may_skip_round},
	{{IN(MATTER_READ_THROUGH), MATTER_DO_CLOSE_ROUND, SECRETARY, MATTER_REVISED, "C14"},
	    round_is_over},
	{{IN(MATTER_READ_THROUGH), MATTER_DO_CANCEL_ROUND, SECRETARY, MATTER_QUALITY_CHECKED, "X"},
	    has_reason},
	{{IN(MATTER_REVISED), MATTER_DO_FREEZE, SECRETARY, MATTER_READY, "C15"}, can_freeze},

	{{IN(MATTER_READY), MATTER_DO_PUT_ON_AGENDA, SECRETARY, MATTER_ON_AGENDA, "C16"},
	    fits_meeting},
	{{IN(MATTER_POSTPONED), MATTER_DO_PUT_ON_AGENDA, SECRETARY, MATTER_ON_AGENDA, "C16"},
	    fits_later_meeting},
	{{IN(MATTER_ON_AGENDA), MATTER_DO_TAKE_OFF_AGENDA, SECRETARY, MATTER_READY, "X"}, has_reason},
	{{IN(MATTER_ON_AGENDA), MATTER_DO_PUBLISH_PAPERS, SECRETARY, MATTER_PAPERS_PUBLISHED, "C17"},
	    agenda_is_set},
	{{IN(MATTER_ON_AGENDA) | IN(MATTER_PAPERS_PUBLISHED), MATTER_DO_POSTPONE, SECRETARY,
	    MATTER_POSTPONED, "X"}, meeting_is_off},
	{{IN(MATTER_PAPERS_PUBLISHED), MATTER_DO_OPEN, SECRETARY | CHAIR, MATTER_IN_MEETING, "C18"},
	    premeeting_is_held},

	{{IN(MATTER_IN_MEETING), MATTER_DO_DECIDE, SECRETARY | CHAIR, MATTER_DECIDED, "C19"},
	    may_decide},
	{{IN(MATTER_IN_MEETING), MATTER_DO_RECOMMEND, SECRETARY | CHAIR, MATTER_RECOMMENDED, "C19"},
	    may_recommend},
	{{IN(MATTER_IN_MEETING), MATTER_DO_ADVISE, SECRETARY | CHAIR, MATTER_ADVISED, "C19"},
	    may_advise},
	{{IN(MATTER_IN_MEETING), MATTER_DO_NOTE, SECRETARY | CHAIR, MATTER_NOTED, "C19"}, NULL},
	{{IN(MATTER_IN_MEETING), MATTER_DO_ESCALATE, SECRETARY | CHAIR, MATTER_ESCALATED, "C20"},
	    may_escalate},
	{{IN(MATTER_IN_MEETING), MATTER_DO_DELEGATE, SECRETARY | CHAIR, MATTER_DELEGATED, "C21"},
	    may_delegate},
	{{IN(MATTER_IN_MEETING), MATTER_DO_RETURN, SECRETARY | CHAIR, MATTER_RETURNED, "C22"},
	    has_reason},
	{{IN(MATTER_IN_MEETING), MATTER_DO_POSTPONE, SECRETARY | CHAIR, MATTER_POSTPONED, "X"},
	    may_postpone},
	{{IN(MATTER_IN_MEETING), MATTER_DO_DISPUTE, SECRETARY | CHAIR, MATTER_DISPUTED, "X"},
	    may_dispute},

	{{SPOKEN | ENDED, MATTER_DO_UNDO, SECRETARY | CHAIR, MATTER_IN_MEETING, "X"}, can_undo},
	{{IN(MATTER_RETURNED), MATTER_DO_RESUME, SECRETARY, MATTER_IN_PREPARATION, "C22"}, NULL},
	{{IN(MATTER_ESCALATED), MATTER_DO_RECEIVE_ABOVE, SECRETARY, MATTER_RECEIVED, "C20"}, NULL},
	{{SPOKEN, MATTER_DO_FOLLOW_UP, SECRETARY | CLOCK, MATTER_FOLLOW_UP, "C23"}, has_lines},
	{{SPOKEN | IN(MATTER_NOTED), MATTER_DO_CLOSE, SECRETARY | CLOCK, MATTER_CLOSED, "C23"},
	    lines_are_done},
	{{IN(MATTER_FOLLOW_UP), MATTER_DO_CLOSE, SECRETARY | CLOCK, MATTER_CLOSED, "C24"},
	    lines_are_done},
	{{IN(MATTER_DELEGATED), MATTER_DO_CLOSE, SECRETARY | CLOCK, MATTER_CLOSED, "C21"},
	    child_is_done},
	{{IN(MATTER_DISPUTED), MATTER_DO_CLOSE, SECRETARY, MATTER_CLOSED, "X"}, dispute_is_over},
	{{IN(MATTER_CLOSED) | OUT, MATTER_DO_ARCHIVE, SECRETARY, MATTER_ARCHIVED, "C25"},
	    has_no_open_appeal},
};
/* clang-format on */
#define ROWS rows, sizeof(rows[0]), sizeof(rows) / sizeof(rows[0])

static struct err *
refuse(const struct matter_facts *f, struct arena *a, enum matter_act act, enum fit fit)
{
	const char *state = matter_state_key(f->state), *what = matter_act_key(act);

	if (act == MATTER_DO_REOPEN)
		return err_new(a, ERR_CONFLICT, "matter.reopen_needs_new", "C26");
	if (fit == FIT_STATE)
		return err_new(a, ERR_DENIED, "matter.not_yours", "%s from %s", what, state);
	return err_new(a, ERR_CONFLICT, "matter.wrong_state", "%s from %s", what ? what : "?",
	    state ? state : "?");
}

struct err *
matter_can(const struct matter_facts *f, struct arena *a, enum matter_act act, unsigned by,
    struct step *ret)
{
	enum fit fit;
	const typeof(rows[0]) *r = machine_find(ROWS, f->state, act, by, &fit);

	if (!r)
		return refuse(f, a, act, fit);
	if (r->guard)
		TRY(r->guard(f, a));
	*ret = machine_step(&r->row, f->state);
	return OK;
}

bool
matter_offers(int64_t state, enum matter_act act, unsigned by, struct step *ret)
{
	return machine_offers(ROWS, state, act, by, ret);
}

enum matter_act
matter_act_of(enum outcome o)
{
	static const enum matter_act acts[] = {
	    [OUTCOME_DECIDE] = MATTER_DO_DECIDE,
	    [OUTCOME_RECOMMEND] = MATTER_DO_RECOMMEND,
	    [OUTCOME_ADVISE] = MATTER_DO_ADVISE,
	    [OUTCOME_NOTE] = MATTER_DO_NOTE,
	    [OUTCOME_RETURN] = MATTER_DO_RETURN,
	    [OUTCOME_ESCALATE] = MATTER_DO_ESCALATE,
	    [OUTCOME_DELEGATE] = MATTER_DO_DELEGATE,
	    [OUTCOME_POSTPONE] = MATTER_DO_POSTPONE,
	    [OUTCOME_DISPUTE] = MATTER_DO_DISPUTE,
	};

	return o >= 1 && o <= OUTCOME_N ? acts[o] : 0;
}

bool
matter_is_draft(int64_t state)
{
	return state == MATTER_DRAFT;
}

bool
matter_is_out(int64_t state)
{
	return state >= MATTER_PAPERS_PUBLISHED && state <= MATTER_ARCHIVED &&
	       state != MATTER_RETURNED;
}

bool
matter_is_over(int64_t state)
{
	return state == MATTER_CLOSED || state == MATTER_ARCHIVED ||
	       state == MATTER_WITHDRAWN || state == MATTER_JOINED || state == MATTER_REJECTED;
}

/* --- keys ------------------------------------------------------------------------------- */
static const char *const state_keys[] = {NULL, "draft", "submitted", "received", "triaged",
    "in_preparation", "quality_checked", "read_through", "revised", "ready", "on_agenda",
    "papers_published", "in_meeting", "decided", "recommended", "advised", "noted", "postponed",
    "returned", "delegated", "escalated", "disputed", "follow_up", "closed", "archived",
    "rejected", "withdrawn", "joined"};
static const char *const act_keys[] = {NULL, "submit", "receive", "triage", "send_back",
    "reject", "appeal", "allow_appeal", "dismiss_appeal", "join", "withdraw", "assign", "start",
    "edit", "comment", "snapshot", "sign_off", "check", "rework", "send_round", "skip_round",
    "close_round", "cancel_round", "freeze", "put_on_agenda", "take_off_agenda",
    "publish_papers", "open", "decide", "recommend", "advise", "note", "return", "escalate",
    "delegate", "postpone", "dispute", "undo", "resume", "receive_above", "follow_up", "close",
    "archive", "reopen"};
static const char *const type_keys[] = {NULL, "information", "discussion", "decision",
    "recommendation", "hearing", "dispute", "deviation"};
static const char *const scope_keys[] = {
    NULL, "one_municipality", "one_area", "several_areas", "whole_area"};
static const char *const topic_keys[] = {"other", "procedure", "service_model", "direction",
    "annual_report", "mandate", "theme", "economy", "agreement"};
static const char *const consequence_keys[] = {
    NULL, "professional", "economic", NULL, "administrative", NULL, NULL, NULL, "principle"};
static const char *const outcome_keys[] = {NULL, "decide", "recommend", "advise", "note",
    "return", "escalate", "delegate", "postpone", "dispute"};
_Static_assert(sizeof(state_keys) / sizeof(char *) == MATTER_STATE_N + 1, "a key each");
_Static_assert(sizeof(act_keys) / sizeof(char *) == MATTER_ACT_N + 1, "a key each");
_Static_assert(sizeof(outcome_keys) / sizeof(char *) == OUTCOME_N + 1, "a key each");

const char *
matter_state_key(int64_t state)
{
	return KEY_AT(state_keys, state);
}

const char *
matter_act_key(enum matter_act act)
{
	return KEY_AT(act_keys, act);
}

const char *
matter_type_key(int64_t type)
{
	return KEY_AT(type_keys, type);
}

const char *
matter_scope_key(int64_t scope)
{
	return KEY_AT(scope_keys, scope);
}

const char *
matter_topic_key(int64_t topic)
{
	return KEY_AT(topic_keys, topic);
}

const char *
matter_consequence_key(int64_t bit)
{
	return KEY_AT(consequence_keys, bit);
}

const char *
outcome_key(int64_t outcome)
{
	return KEY_AT(outcome_keys, outcome);
}
