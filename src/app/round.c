#include "app/round.h"

#include "app/access.h"
#include "app/round_load.h"
#include "base/clock.h"
#include "base/random.h"
#include "q_people.h"
#include "q_round.h"

/* --- what acts share -------------------------------------------------------------------- */

const struct choice round_answer_choices[] = {
    {"no_comment", ANSWER_NO_COMMENT, N_("Støtter"), NULL},
    {"comment", ANSWER_COMMENT, N_("Støtter med merknad"), NULL},
    {"objection", ANSWER_OBJECTION, N_("Ber om endring"), NULL},
    {0},
};

const struct choice round_channels[] = {
    {"phone", CHANNEL_PHONE, N_("Telefon"), NULL},
    {"mail", CHANNEL_MAIL, N_("E-post"), NULL},
    {"meeting", CHANNEL_MEETING, N_("Møte"), NULL},
    {0},
};

const struct choice round_dispositions[] = {
    {"accepted", DISPOSITION_ACCEPTED, N_("Tatt inn"), NULL},
    {"partly", DISPOSITION_PARTLY, N_("Delvis tatt inn"), NULL},
    {"rejected", DISPOSITION_REJECTED, N_("Ikke tatt inn"), NULL},
    {0},
};

static void
round_done(struct result *ret, const struct round_loaded *l)
{
	ret->type = "round";
	ret->pid = l->round->pid;
}

/* What moves the matter too belongs in the matter's history. */
static void
matter_and_round_done(struct result *ret, const struct matter *m, str round_pid)
{
	matter_done(ret, m);
	ret->location = round_pid;
	result_note(ret, "round", round_pid);
}

static struct err *
open_act(struct cx *cx, str pid, enum action action, struct round_loaded *ret)
{
	TRY(round_load(cx, pid, ret));
	return cx_need(cx, action, &ret->object);
}

static struct err *
may(struct cx *cx, const struct round_loaded *l, enum round_act act)
{
	struct step step;

	return round_can(&l->facts, cx->a, act, authz_doers(cx->actor, &l->object), &step);
}

/* The row of a party; NULL: it is not asked, as core will say. */
static const struct round_party *
row_of(const struct round_loaded *l, int64_t party_id)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->parties[i].party_id == party_id)
			return &l->parties[i];
	return NULL;
}

static const struct round_party *
row_by_pid(const struct round_loaded *l, str pid)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->parties[i].party_pid, pid))
			return &l->parties[i];
	return NULL;
}

static struct err *
tell_asked(struct cx *cx, const struct round_loaded *l, enum action what, bool only_unanswered)
{
	for (size_t i = 0; i < l->n; i++)
		if (!only_unanswered || !l->parties[i].answered_at)
			TRY(tell_party(cx, l->parties[i].party_id, what, "round", l->round->pid,
			    l->matter->title));
	return OK;
}

/* The instant after a last day; a day left empty was found missing already. */
static int64_t
after_day(int64_t last_day)
{
	return clock_at(last_day + 1, 0, 0);
}

/* --- opening ---------------------------------------------------------------------------- */

struct open_in {
	str matter;
	int64_t rev, deadline;
	str message, short_reason;
	struct strs parties;
};

static const struct input open_inputs[] = {
    INPUT_PATH(struct open_in, matter),
    INPUT_REV(struct open_in),
    {INPUT_DAY, "deadline", offsetof(struct open_in, deadline), .required = true,
	.label = N_("Siste dag for å svare")},
    {INPUT_TEXT, "short_reason", offsetof(struct open_in, short_reason), .max = 2000,
	.label = N_("Hvorfor kortere tid enn avtalen gir?")},
    {INPUT_TEXT, "message", offsetof(struct open_in, message), .max = 4000,
	.label = N_("Melding til dem som leser"),
	.help = N_("For eksempel hva dere særlig vil ha svar på.")},
    {INPUT_PIDS, "parties", offsetof(struct open_in, parties), .label = N_("Hvem skal lese?"),
	.help = N_("Velges bare når saken gjelder noen av kommunene.")},
    {0},
};

static bool
is_chosen(const struct strs *list, str pid)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], pid))
			return true;
	return false;
}

/* Those in scope first in ret; the scope says who, or the list does. */
static struct err *
asked_of(struct cx *cx, const struct open_in *in, const struct matter *m,
    struct q_party_list **ret, size_t *ret_n)
{
	bool given = round_scope_is_given(cx, m);
	struct q_party_list *v;
	size_t n, kept = 0;

	TRY(round_members(cx, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (given ? round_in_scope(cx, m, v[i].key) : is_chosen(&in->parties, v[i].pid))
			v[kept++] = v[i];
	if (!given && kept < in->parties.n)
		cx_fault(cx, "parties", N_("input.choice"), 0);
	else if (!given && kept == 0)
		cx_fault(cx, "parties", N_("input.required"), 0);
	else if (m->scope == SCOPE_ONE_MUNICIPALITY && kept > 1)
		cx_fault(cx, "parties", N_("round.one_party"), 0);
	*ret = v;
	*ret_n = kept;
	return OK;
}

static struct err *
ask(struct cx *cx, const struct matter *m, int64_t round_id, str round_pid,
    const struct q_party_list *parties, size_t n)
{
	int64_t changed;

	for (size_t i = 0; i < n; i++) {
		int64_t id = parties[i].id;
		TRY(q_round_party_add(cx->db, cx->a, round_id, id, &changed));
		TRY(access_open(cx, OBJECT_ROUND, round_id, AUDIENCE_PARTY, id));
		TRY(access_open(cx, OBJECT_MATTER, m->id, AUDIENCE_PARTY, id));
		TRY(tell_party(cx, id, ACT_ROUND_OPEN, "round", round_pid, m->title));
	}
	return OK;
}

/* Who raised it is told where it is, unless told as one of those asked. */
static struct err *
tell_proposer_too(struct cx *cx, const struct matter *m, enum action what,
    const struct q_party_list *asked, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (asked[i].id == m->proposer_party_id)
			return OK;
	return matter_tell_proposer(cx, m, what);
}

static struct err *
open_to_writers(struct cx *cx, const struct object *matter, int64_t round_id)
{
	TRY(access_open(cx, OBJECT_ROUND, round_id, AUDIENCE_SECRETARIAT, 0));
	for (size_t i = 0; i < matter->n_authors; i++)
		TRY(access_open(
		    cx, OBJECT_ROUND, round_id, AUDIENCE_PERSON, matter->authors[i]));
	return OK;
}

static struct err *
may_open(struct cx *cx, const struct open_in *in, const struct matter *m)
{
	if (m->version_no == 0)
		return err_new(cx->a, ERR_CONFLICT, "round.no_version", "nothing to read");
	if (in->deadline < round_last_day(cx) && in->short_reason.n == 0)
		cx_fault(cx, "short_reason", N_("round.short_reason_missing"),
		    cx->charter->process.read_through.deadline_days);
	return cx_faults(cx);
}

static struct err *
open_round(struct cx *cx, const void *arg, struct result *ret)
{
	const struct open_in *in = arg;
	struct q_party_list *parties;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	str pid = pid_new(cx->a);
	int64_t id;
	size_t n;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(cx_need(cx, ACT_ROUND_OPEN, &object));
	TRY(cx_same_rev(cx, in->rev, m->rev));
	TRY(matter_facts(cx, m, S(""), &f));
	if (m->state == MATTER_QUALITY_CHECKED) {
		TRY(asked_of(cx, in, m, &parties, &n));
		TRY(may_open(cx, in, m));
		f.in_scope_n = f.asked_n = (int64_t)n;
		f.deadline_at = after_day(in->deadline);
	}
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_SEND_ROUND));
	TRY(q_round_add(cx->db, cx->a, pid, m->id, ROUND_READ_THROUGH, m->version_no,
	    in->message, in->short_reason, cx->now_at, f.deadline_at, cx->actor->person_id,
	    &id));
	TRY(open_to_writers(cx, &object, id));
	TRY(ask(cx, m, id, pid, parties, n));
	TRY(tell_proposer_too(cx, m, ACT_ROUND_OPEN, parties, n));
	matter_and_round_done(ret, m, pid);
	return OK;
}

/* --- the party's own acts --------------------------------------------------------------- */

struct own_in {
	str round;
	int64_t rev; /* of the party's answer */
};

static const struct input look_inputs[] = {
    INPUT_PATH(struct own_in, round),
    {0},
};

static const struct input withdraw_inputs[] = {
    INPUT_PATH(struct own_in, round),
    INPUT_REV(struct own_in),
    {0},
};

static struct err *
look(struct cx *cx, const void *arg, struct result *ret)
{
	const struct own_in *in = arg;
	struct round_loaded l;
	int64_t n;

	TRY(open_act(cx, in->round, ACT_ROUND_LOOK, &l));
	l.facts.party_id = cx->actor->party_id;
	TRY(may(cx, &l, ROUND_DO_LOOK));
	TRY(q_round_party_look(
	    cx->db, cx->a, l.round->id, cx->actor->party_id, cx->now_at, &n));
	round_done(ret, &l);
	return OK;
}

struct answer_in {
	str round, party;
	int64_t rev, answer, channel;
	str text, note;
};

#define TEXT_HELP N_("Hva bør endres, og hvorfor? Trengs ikke når dere støtter forslaget.")
#define ANSWER_INPUTS                                                                      \
	INPUT_REV(struct answer_in),                                                       \
	    {INPUT_CHOICE, "answer", offsetof(struct answer_in, answer), .required = true, \
		.label = N_("Svar"), .choices = round_answer_choices},                     \
	{                                                                                  \
		INPUT_TEXT, "text", offsetof(struct answer_in, text),                      \
		    .max = 8000, .label = N_("Merknad"), .help = TEXT_HELP                 \
	}

static const struct input answer_inputs[] = {
    INPUT_PATH(struct answer_in, round),
    ANSWER_INPUTS,
    {0},
};

static const struct input answer_for_inputs[] = {
    INPUT_PATH(struct answer_in, round),
    INPUT_PATH(struct answer_in, party),
    ANSWER_INPUTS,
    {INPUT_CHOICE, "channel", offsetof(struct answer_in, channel), .required = true,
	.label = N_("Hvordan kom svaret?"), .choices = round_channels},
    {INPUT_LINE, "note", offsetof(struct answer_in, note), .required = true, .max = 400,
	.label = N_("Hvem ga svaret, og når?"), .help = N_("Parten ser dette.")},
    {0},
};

/* The text and the answer must say the same; the words are kept for who must choose. */
static struct err *
agree_with_text(struct cx *cx, const struct answer_in *in)
{
	if (in->answer == ANSWER_NO_COMMENT && in->text.n)
		cx_fault(cx, "answer", N_("round.text_with_support"), 0);
	if (in->answer != ANSWER_NO_COMMENT && in->text.n == 0)
		cx_fault(cx, "text", N_("round.text_missing"), 0);
	return cx_faults(cx);
}

static void
fill_answer(struct round_facts *f, const struct answer_in *in, int64_t party_id)
{
	f->party_id = party_id;
	f->answer = in->answer;
	f->channel = in->channel;
	f->has_text = in->text.n > 0;
	f->has_note = in->note.n > 0;
}

/* The secretariat is told of what needs it: a change asked for, a late answer, the last one. */
static struct err *
tell_of_answer(
    struct cx *cx, const struct round_loaded *l, const struct answer_in *in, bool is_first)
{
	struct round_counts c;

	round_count(&l->facts, &c);
	if (in->answer != ANSWER_OBJECTION && cx->now_at < l->facts.deadline_at &&
	    !(is_first && c.answered_n + 1 == c.asked_n))
		return OK;
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_ROUND_ANSWER, "round", l->round->pid, l->matter->title);
}

static struct err *
answer(struct cx *cx, const void *arg, struct result *ret)
{
	const struct answer_in *in = arg;
	int64_t party = cx->actor->party_id, n;
	const struct round_party *row;
	struct round_loaded l;

	TRY(open_act(cx, in->round, ACT_ROUND_ANSWER, &l));
	row = row_of(&l, party);
	TRY(cx_same_rev(cx, in->rev, row ? row->rev : 0));
	TRY(agree_with_text(cx, in));
	fill_answer(&l.facts, in, party);
	TRY(may(cx, &l, ROUND_DO_ANSWER));
	TRY(q_round_party_answer(cx->db, cx->a, l.round->id, party, in->answer, in->text,
	    cx->actor->person_id, cx->by ? cx->by->id : 0, CHANNEL_SELF, S(""), cx->now_at,
	    &n));
	round_done(ret, &l);
	return tell_of_answer(cx, &l, in, !row || !row->answered_at);
}

static struct err *
withdraw(struct cx *cx, const void *arg, struct result *ret)
{
	const struct own_in *in = arg;
	int64_t party = cx->actor->party_id, n;
	const struct round_party *row;
	struct round_loaded l;

	TRY(open_act(cx, in->round, ACT_ROUND_WITHDRAW, &l));
	row = row_of(&l, party);
	TRY(cx_same_rev(cx, in->rev, row ? row->rev : 0));
	l.facts.party_id = party;
	TRY(may(cx, &l, ROUND_DO_WITHDRAW));
	TRY(q_round_party_withdraw(cx->db, cx->a, l.round->id, party, cx->now_at, &n));
	round_done(ret, &l);
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_ROUND_WITHDRAW, "round", l.round->pid, l.matter->title);
}

/* --- on behalf of a party --------------------------------------------------------------- */

static struct err *
answer_for(struct cx *cx, const void *arg, struct result *ret)
{
	const struct answer_in *in = arg;
	const struct round_party *row;
	struct round_loaded l;
	int64_t n;

	TRY(open_act(cx, in->round, ACT_ROUND_ANSWER_FOR, &l));
	row = row_by_pid(&l, in->party);
	if (!row)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "party not asked");
	TRY(cx_same_rev(cx, in->rev, row->rev));
	TRY(agree_with_text(cx, in));
	fill_answer(&l.facts, in, row->party_id);
	TRY(may(cx, &l, ROUND_DO_ANSWER_FOR));
	TRY(q_round_party_answer(cx->db, cx->a, l.round->id, row->party_id, in->answer,
	    in->text, cx->actor->person_id, cx->by ? cx->by->id : 0, in->channel, in->note,
	    cx->now_at, &n));
	round_done(ret, &l);
	ret->on_behalf = row->party_key;
	ret->channel = str_from_c(channel_key(in->channel));
	return tell_party(
	    cx, row->party_id, ACT_ROUND_ANSWER_FOR, "round", l.round->pid, l.matter->title);
}

/* --- reminding and the deadline --------------------------------------------------------- */

struct remind_in {
	str round;
	struct strs parties;
};

static const struct input remind_inputs[] = {
    INPUT_PATH(struct remind_in, round),
    {INPUT_PIDS, "parties", offsetof(struct remind_in, parties),
	.label = N_("Hvem skal påminnes?"),
	.help = N_("Ingen valgt: alle som ikke har svart.")},
    {0},
};

static struct err *
remind_one(struct cx *cx, struct round_loaded *l, const struct round_party *row)
{
	int64_t n;

	l->facts.party_id = row->party_id;
	TRY(may(cx, l, ROUND_DO_REMIND));
	TRY(q_round_party_remind(cx->db, cx->a, l->round->id, row->party_id, cx->now_at, &n));
	return tell_party(
	    cx, row->party_id, ACT_ROUND_REMIND, "round", l->round->pid, l->matter->title);
}

static struct err *
remind_named(struct cx *cx, struct round_loaded *l, const struct strs *who)
{
	for (size_t i = 0; i < who->n; i++) {
		const struct round_party *row = row_by_pid(l, who->v[i]);
		if (!row)
			return err_new(cx->a, ERR_NOT_FOUND, "not_found", "party not asked");
		TRY(remind_one(cx, l, row));
	}
	return OK;
}

static struct err *
remind(struct cx *cx, const void *arg, struct result *ret)
{
	const struct remind_in *in = arg;
	struct round_loaded l;
	size_t n = 0;

	TRY(open_act(cx, in->round, ACT_ROUND_REMIND, &l));
	round_done(ret, &l);
	if (in->parties.n)
		return remind_named(cx, &l, &in->parties);
	for (size_t i = 0; i < l.n; i++)
		if (!l.parties[i].answered_at) {
			TRY(remind_one(cx, &l, &l.parties[i]));
			n++;
		}
	return n ? OK : err_new(cx->a, ERR_CONFLICT, "round.nobody_missing", "all answered");
}

struct round_in {
	str round;
	int64_t rev, deadline;
	str reason;
};

static const struct input extend_inputs[] = {
    INPUT_PATH(struct round_in, round),
    INPUT_REV(struct round_in),
    {INPUT_DAY, "deadline", offsetof(struct round_in, deadline), .required = true,
	.label = N_("Ny siste dag for å svare")},
    {INPUT_LINE, "reason", offsetof(struct round_in, reason), .required = true, .max = 400,
	.label = N_("Hvorfor flyttes fristen?"), .help = N_("Alle som er spurt, ser dette.")},
    {0},
};

static struct err *
extend(struct cx *cx, const void *arg, struct result *ret)
{
	const struct round_in *in = arg;
	struct round_loaded l;
	int64_t n;

	TRY(open_act(cx, in->round, ACT_ROUND_EXTEND, &l));
	TRY(cx_same_rev(cx, in->rev, l.round->rev));
	l.facts.new_deadline_at = after_day(in->deadline);
	l.facts.has_reason = in->reason.n > 0;
	TRY(may(cx, &l, ROUND_DO_EXTEND));
	TRY(q_round_set_deadline(
	    cx->db, cx->a, l.round->id, l.facts.new_deadline_at, in->reason, &n));
	round_done(ret, &l);
	return tell_asked(cx, &l, ACT_ROUND_EXTEND, true);
}

/* --- what comes of a remark ------------------------------------------------------------- */

struct dispose_in {
	str round, party;
	int64_t rev, disposition;
	str explanation; /* no "reason": histories show those to all who see the round */
};

static const struct input dispose_inputs[] = {
    INPUT_PATH(struct dispose_in, round),
    INPUT_PATH(struct dispose_in, party),
    INPUT_REV(struct dispose_in),
    {INPUT_CHOICE, "disposition", offsetof(struct dispose_in, disposition), .required = true,
	.label = N_("Hva skjer med merknaden?"), .choices = round_dispositions},
    {INPUT_TEXT, "explanation", offsetof(struct dispose_in, explanation), .required = true,
	.max = 4000, .label = N_("Begrunnelse"),
	.help = N_("Den som skrev merknaden, får lese dette.")},
    {0},
};

static struct err *
dispose(struct cx *cx, const void *arg, struct result *ret)
{
	const struct dispose_in *in = arg;
	const struct round_party *row;
	struct round_loaded l;
	int64_t n;

	TRY(open_act(cx, in->round, ACT_ROUND_DISPOSE, &l));
	row = row_by_pid(&l, in->party);
	if (!row)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "party not asked");
	TRY(cx_same_rev(cx, in->rev, row->rev));
	l.facts.party_id = row->party_id;
	l.facts.disposition = in->disposition;
	l.facts.has_reason = in->explanation.n > 0;
	TRY(may(cx, &l, ROUND_DO_DISPOSE));
	TRY(q_round_party_dispose(cx->db, cx->a, l.round->id, row->party_id, in->disposition,
	    in->explanation, cx->now_at, &n));
	round_done(ret, &l);
	return tell_party(
	    cx, row->party_id, ACT_ROUND_DISPOSE, "round", l.round->pid, l.matter->title);
}

/* --- the end ---------------------------------------------------------------------------- */

static const struct input close_inputs[] = {
    INPUT_PATH(struct round_in, round),
    INPUT_REV(struct round_in),
    {0},
};

static const struct input cancel_inputs[] = {
    INPUT_PATH(struct round_in, round),
    INPUT_REV(struct round_in),
    {INPUT_TEXT, "reason", offsetof(struct round_in, reason), .required = true, .max = 2000,
	.label = N_("Hvorfor avbrytes gjennomlesningen?"),
	.help = N_("Alle som er spurt, ser dette.")},
    {0},
};

static struct err *
end_round(struct cx *cx, const struct round_in *in, enum action action, enum round_act act,
    enum matter_act matter_act, struct round_loaded *ret)
{
	struct matter_facts f;

	TRY(open_act(cx, in->round, action, ret));
	TRY(cx_same_rev(cx, in->rev, ret->round->rev));
	ret->facts.has_reason = in->reason.n > 0;
	TRY(may(cx, ret, act));
	TRY(matter_facts(cx, ret->matter, in->reason, &f));
	return matter_move(cx, ret->matter, &ret->matter_object, &f, matter_act);
}

static struct err *
close_round(struct cx *cx, const void *arg, struct result *ret)
{
	struct round_loaded l;
	int64_t n;

	TRY(end_round(cx, arg, ACT_ROUND_CLOSE, ROUND_DO_RELEASE, MATTER_DO_CLOSE_ROUND, &l));
	TRY(q_round_set_closed(cx->db, cx->a, l.round->id, cx->now_at, &n));
	matter_and_round_done(ret, l.matter, l.round->pid);
	return tell_asked(cx, &l, ACT_ROUND_CLOSE, false);
}

static struct err *
cancel_round(struct cx *cx, const void *arg, struct result *ret)
{
	const struct round_in *in = arg;
	struct round_loaded l;
	int64_t n;

	TRY(end_round(cx, in, ACT_ROUND_CANCEL, ROUND_DO_CANCEL, MATTER_DO_CANCEL_ROUND, &l));
	TRY(q_round_set_cancelled(cx->db, cx->a, l.round->id, in->reason, cx->now_at, &n));
	matter_and_round_done(ret, l.matter, l.round->pid);
	return tell_asked(cx, &l, ACT_ROUND_CANCEL, false);
}

const struct usecase round_usecases[] = {
    {ACT_ROUND_OPEN, "/matters/:/rounds", "Send a matter to read-through", open_inputs,
	sizeof(struct open_in), NULL, open_round, false},
    {ACT_ROUND_LOOK, "/rounds/:/look", "Confirm that the party has opened a round", look_inputs,
	sizeof(struct own_in), NULL, look, false},
    {ACT_ROUND_ANSWER, "/rounds/:/answer", "Answer for one's party, or change the answer",
	answer_inputs, sizeof(struct answer_in), NULL, answer, false},
    {ACT_ROUND_WITHDRAW, "/rounds/:/withdraw", "Take the party's answer back", withdraw_inputs,
	sizeof(struct own_in), NULL, withdraw, false},
    {ACT_ROUND_ANSWER_FOR, "/rounds/:/answers/:/register",
	"Register an answer that came another way", answer_for_inputs, sizeof(struct answer_in),
	NULL, answer_for, false},
    {ACT_ROUND_REMIND, "/rounds/:/remind", "Remind those who have not answered", remind_inputs,
	sizeof(struct remind_in), NULL, remind, false},
    {ACT_ROUND_EXTEND, "/rounds/:/extend", "Move the deadline to a later day", extend_inputs,
	sizeof(struct round_in), NULL, extend, false},
    {ACT_ROUND_DISPOSE, "/rounds/:/answers/:/dispose", "Say what becomes of a remark, and why",
	dispose_inputs, sizeof(struct dispose_in), NULL, dispose, false},
    {ACT_ROUND_CLOSE, "/rounds/:/close", "Take the result; the matter goes on", close_inputs,
	sizeof(struct round_in), NULL, close_round, false},
    {ACT_ROUND_CANCEL, "/rounds/:/cancel", "Cancel a round that was sent out wrongly",
	cancel_inputs, sizeof(struct round_in), NULL, cancel_round, false},
    {0},
};
