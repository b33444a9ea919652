#include "app/reminder.h"

#include "app/access.h"
#include "app/decision.h"
#include "app/round_load.h"
#include "base/clock.h"
#include "q_decision.h"
#include "q_matter.h"
#include "q_reminder.h"
#include "q_round.h"

enum { DAY_S = 24 * 60 * 60 };

/* --- rounds (3.3.3) --------------------------------------------------------------------- */

struct round_in {
	str pid;
};

static struct err *
remind_party(struct cx *cx, const struct round_row *r, struct round_facts *f,
    const struct round_party *p, const struct matter *m)
{
	struct step step;
	int64_t n;

	f->party_id = p->party_id;
	TRY(round_can(f, cx->a, ROUND_DO_REMIND, DOER_CLOCK, &step));
	TRY(q_round_party_remind(cx->db, cx->a, r->id, p->party_id, cx->now_at, &n));
	return tell_party(cx, p->party_id, ACT_ROUND_REMIND, "round", r->pid, m->title);
}

static struct err *
remind_round(struct cx *cx, const void *arg, struct result *ret)
{
	const struct round_in *in = arg;
	int64_t before_s = cx->charter->process.read_through.reminder_days * DAY_S;
	struct round_party *parties;
	struct round_facts f;
	struct round_row *r;
	struct matter *m;
	size_t n;

	TRY(q_round_by_pid(cx->db, cx->a, in->pid, &r));
	TRY(q_matter_by_id(cx->db, cx->a, r->matter_id, &m));
	TRY(q_round_parties(cx->db, cx->a, r->id, &parties, &n));
	TRY(round_facts_of(cx, r, parties, n, &f));
	for (size_t i = 0; i < n; i++)
		if (round_is_due_reminder(&f, &f.answers[i], before_s))
			TRY(remind_party(cx, r, &f, &parties[i], m));
	ret->type = "round";
	ret->pid = r->pid;
	return OK;
}

static const struct usecase round_usecase = {
    .action = ACT_ROUND_REMIND,
    .in_size = sizeof(struct round_in),
    .run = remind_round,
};

/* --- decisions (D3) --------------------------------------------------------------------- */

struct decision_in {
	int64_t id;
};

static struct err *
remind_decision(struct cx *cx, const void *arg, struct result *ret)
{
	const struct decision_in *in = arg;
	struct followups lines;
	struct decision *d;

	TRY(q_decision_by_id(cx->db, cx->a, in->id, &d));
	TRY(decision_lines(cx, d->id, &lines));
	for (size_t i = 0; i < lines.n; i++) {
		int64_t party = lines.v[i].party_id;
		if (lines.v[i].reminded_at || !decision_line_is_silent(&lines.lines[i],
						  cx->today, &cx->charter->process.receipt))
			continue;
		TRY(q_followup_set_reminded(cx->db, cx->a, d->id, party, cx->now_at, NULL));
		TRY(tell_party(cx, party, ACT_DECISION_REMIND, "decision", d->pid, d->title));
	}
	ret->type = "decision";
	ret->pid = d->pid;
	return OK;
}

static const struct usecase decision_usecase = {
    .action = ACT_DECISION_REMIND,
    .in_size = sizeof(struct decision_in),
    .run = remind_decision,
};

/* --- all -------------------------------------------------------------------------------- */

struct due {
	struct q_reminder_rounds *rounds;
	struct q_reminder_decisions *decisions;
	size_t n_rounds, n_decisions;
};

static struct err *
read_due(struct cx *cx, void *arg)
{
	const struct charter_process *p = &cx->charter->process;
	int64_t before_s = p->read_through.reminder_days * DAY_S;
	struct due *d = arg;

	if (before_s > 0)
		TRY(q_reminder_rounds(cx->db, cx->a, MATTER_READ_THROUGH, cx->now_at,
		    cx->now_at + before_s, before_s, &d->rounds, &d->n_rounds));
	if (p->receipt.days == 0)
		return OK;
	return q_reminder_decisions(cx->db, cx->a,
	    clock_at(charter_days_before(&p->receipt, cx->today), 0, 0), &d->decisions,
	    &d->n_decisions);
}

struct err *
reminders_send(struct cx *cx)
{
	struct due d = {0};
	struct result ret;

	TRY(cx_read(cx, read_due, &d));
	for (size_t i = 0; i < d.n_rounds; i++)
		TRY(usecase_run(
		    cx, &round_usecase, &(struct round_in){d.rounds[i].pid}, S(""), &ret));
	for (size_t i = 0; i < d.n_decisions; i++)
		TRY(usecase_run(cx, &decision_usecase, &(struct decision_in){d.decisions[i].id},
		    S(""), &ret));
	return OK;
}
