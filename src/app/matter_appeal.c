/* app/matter_appeal.c - a rejection is looked at by the chair of the body (C9). */
#include "app/access.h"
#include "app/matter.h"
#include "core/charter.h"
#include "q_matter.h"
#include "q_people.h"

struct appeal_in {
	str matter;
	int64_t rev;
	str reason;
};

static const struct input appeal_inputs[] = {
    INPUT_PATH(struct appeal_in, matter),
    INPUT_REV(struct appeal_in),
    {INPUT_TEXT, "reason", offsetof(struct appeal_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse"), .help = N_("Lederen av utvalget leser dette.")},
    {0},
};

static const struct input answer_inputs[] = {
    INPUT_PATH(struct appeal_in, matter),
    INPUT_REV(struct appeal_in),
    {INPUT_TEXT, "reason", offsetof(struct appeal_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse"), .help = N_("Den som klaget, får lese dette.")},
    {0},
};

/* Most are rejected before they have a body: then the one that takes what the charter says
 * nothing of. */
static struct err *
body_of(struct cx *cx, const struct matter *m, int64_t *ret)
{
	struct matter_body_choice *v;
	size_t n;

	*ret = m->body_id;
	if (*ret)
		return OK;
	TRY(matter_body_choices(cx, m, &v, &n));
	*ret = n ? v[0].body_id : 0;
	return OK;
}

static struct err *
tell_chairs(struct cx *cx, const struct matter *m, int64_t body_id)
{
	struct q_body_sitting *who;
	size_t n;

	TRY(q_body_sitting(cx->db, cx->a, body_id, cx->today, &who, &n));
	for (size_t i = 0; i < n; i++)
		if (who[i].chairing != CHAIR_NONE)
			TRY(tell_person(cx, who[i].person_id, ACT_MATTER_APPEAL, "matter",
			    m->pid, m->title));
	return OK;
}

static struct err *
begin(struct cx *cx, const struct appeal_in *in, enum action action, enum matter_act act,
    struct matter **ret)
{
	struct matter_facts f;
	struct object object;

	TRY(matter_open_act(cx, in->matter, in->rev, action, ret, &object));
	TRY(matter_facts(cx, *ret, in->reason, &f));
	return matter_move(cx, *ret, &object, &f, act);
}

static struct err *
appeal(struct cx *cx, const void *in, struct result *ret)
{
	struct matter *m;
	int64_t body, n;

	TRY(begin(cx, in, ACT_MATTER_APPEAL, MATTER_DO_APPEAL, &m));
	TRY(body_of(cx, m, &body));
	TRY(q_matter_set_appeal(cx->db, cx->a, m->id, APPEAL_OPEN, body, &n));
	TRY(access_open(cx, OBJECT_MATTER, m->id, AUDIENCE_BODY, body));
	matter_done(ret, m);
	TRY(tell_role(cx, ROLE_SECRETARY, ACT_MATTER_APPEAL, "matter", m->pid, m->title));
	return tell_chairs(cx, m, body);
}

/* There is one appeal: whatever the chair says ends it. */
static struct err *
answer(
    struct cx *cx, const void *in, enum action action, enum matter_act act, struct result *ret)
{
	struct matter *m;
	int64_t n;

	TRY(begin(cx, in, action, act, &m));
	TRY(q_matter_set_appeal(cx->db, cx->a, m->id, APPEAL_ANSWERED, m->body_id, &n));
	matter_done(ret, m);
	TRY(tell_role(cx, ROLE_SECRETARY, action, "matter", m->pid, m->title));
	return tell_party(cx, m->proposer_party_id, action, "matter", m->pid, m->title);
}

static struct err *
allow(struct cx *cx, const void *in, struct result *ret)
{
	return answer(cx, in, ACT_MATTER_ALLOW_APPEAL, MATTER_DO_ALLOW_APPEAL, ret);
}

static struct err *
dismiss(struct cx *cx, const void *in, struct result *ret)
{
	return answer(cx, in, ACT_MATTER_DISMISS_APPEAL, MATTER_DO_DISMISS_APPEAL, ret);
}

const struct usecase matter_appeal_usecases[] = {
    {ACT_MATTER_APPEAL, "/matters/:/appeal", "Ask the chair to look at a rejection",
	appeal_inputs, sizeof(struct appeal_in), NULL, appeal, false},
    {ACT_MATTER_ALLOW_APPEAL, "/matters/:/allow-appeal", "Take a rejected matter in again",
	answer_inputs, sizeof(struct appeal_in), NULL, allow, false},
    {ACT_MATTER_DISMISS_APPEAL, "/matters/:/dismiss-appeal", "Let a rejection stand",
	answer_inputs, sizeof(struct appeal_in), NULL, dismiss, false},
    {0},
};

struct err *
matter_appeal_tasks(struct cx *cx, struct tasks *tasks)
{
	struct matter_line *rows;
	size_t n;

	TRY(q_matter_appeals(cx->db, cx->a, cx_audiences(cx), MATTER_REJECTED, APPEAL_OPEN,
	    cx->actor->person_id, cx->actor->party_id, cx->today, &rows, &n));
	for (size_t i = 0; i < n; i++)
		task_add(tasks, &(struct task){
				    .action = ACT_MATTER_ALLOW_APPEAL,
				    .pid = rows[i].pid,
				    .title = rows[i].title,
				    .label = rows[i].label,
				    .who = rows[i].party_name,
				    .since_at = rows[i].state_at,
				});
	return OK;
}
