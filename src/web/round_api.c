/* web/round_api.c - rounds for programs, as the pages show them. */
#include "app/round.h"

#include "web/areas.h"

enum { ROUNDS_N = 100 };

struct list_in {
	int64_t before;
	str after;
};

static const struct input list_inputs[] = {
    {INPUT_INSTANT, "before", offsetof(struct list_in, before), .required = false},
    {INPUT_PID, "after", offsetof(struct list_in, after), .required = false},
    {0},
};

static void
put_line(struct json *j, const struct round_line *r)
{
	json_open(j, NULL, '{');
	json_str(j, "id", r->pid);
	json_str(j, "matter_id", r->matter_pid);
	json_str(j, "label", r->label);
	json_str(j, "title", r->title);
	json_c(j, "kind", round_kind_key(r->kind));
	json_at(j, "opened_at", r->opened_at);
	json_at(j, "deadline_at", r->deadline_at);
	json_at(j, "closed_at", r->closed_at);
	json_at(j, "cancelled_at", r->cancelled_at);
	json_int(j, "asked_n", r->asked_n);
	json_int(j, "answered_n", r->answered_n);
	json_int(j, "remarks_n", r->comments_n);
	json_int(j, "undisposed_n", r->undisposed_n);
	json_close(j, '}');
}

static struct err *
read_list(struct cx *cx, const void *arg, struct json *j)
{
	const struct list_in *in = arg;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct round_lines lines;

	TRY(cx_need(cx, ACT_SPACE_READ, &space));
	TRY(rounds_recent(cx, in->before == INPUT_NONE ? cx->now_at + 1 : in->before, in->after,
	    ROUNDS_N, &lines));
	json_open(j, NULL, '{');
	json_open(j, "rounds", '[');
	for (size_t i = 0; i < lines.n; i++)
		put_line(j, &lines.v[i]);
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

static void
put_party(struct json *j, const struct round_matrix *m, size_t i)
{
	const struct round_party *p = &m->parties[i];
	const struct party_answer *a = &m->facts.answers[i];

	json_open(j, NULL, '{');
	json_str(j, "id", p->party_pid);
	json_str(j, "key", p->party_key);
	json_str(j, "name", p->party_name);
	json_c(j, "answer", answer_key(round_shown(&m->facts, a)));
	json_str(j, "text", p->text);
	json_at(j, "opened_at", p->opened_at);
	json_at(j, "answered_at", p->answered_at);
	json_bool(j, "late", round_is_late(&m->facts, a));
	json_str(j, "answered_by", p->person_name);
	json_c(j, "channel", p->channel ? channel_key(p->channel) : NULL);
	json_str(j, "note", p->note);
	json_at(j, "reminded_at", p->reminded_at);
	json_int(j, "reminders", p->reminders);
	json_c(j, "disposition", p->disposition ? disposition_key(p->disposition) : NULL);
	json_str(j, "disposition_reason", p->disposition_reason);
	json_int(j, "rev", p->rev);
	json_close(j, '}');
}

static void
put_round(struct json *j, const struct round_matrix *m)
{
	const struct round_row *r = m->round;

	json_str(j, "id", r->pid);
	json_str(j, "matter_id", m->matter->pid);
	json_str(j, "label", m->matter->label);
	json_str(j, "title", m->matter->title);
	json_c(j, "kind", round_kind_key(r->kind));
	json_c(j, "state", round_state_key(m->state));
	json_int(j, "version", r->version_no);
	json_str(j, "message", r->message);
	json_str(j, "short_reason", r->short_reason);
	json_str(j, "reason", r->reason);
	json_at(j, "opened_at", r->opened_at);
	json_at(j, "deadline_at", r->deadline_at);
	json_at(j, "closed_at", r->closed_at);
	json_at(j, "cancelled_at", r->cancelled_at);
	json_int(j, "asked_n", m->counts.asked_n);
	json_int(j, "answered_n", m->counts.answered_n);
	json_int(j, "late_n", m->counts.late_n);
	json_int(j, "remarks_n", m->counts.comments_n);
	json_int(j, "undisposed_n", m->counts.undisposed_n);
	json_int(j, "changed_n", m->changed_n);
	json_bool(j, "text_hidden", m->text_hidden);
	json_int(j, "rev", r->rev);
}

struct one_in {
	str round;
};

static const struct input one_inputs[] = {
    INPUT_PATH(struct one_in, round),
    {0},
};

static struct err *
read_one(struct cx *cx, const void *arg, struct json *j)
{
	const struct one_in *in = arg;
	struct round_matrix m;

	TRY(round_matrix(cx, in->round, &m));
	json_open(j, NULL, '{');
	put_round(j, &m);
	if (m.median_s >= 0)
		json_int(j, "median_s", m.median_s);
	else
		json_null(j, "median_s");
	json_open(j, "parties", '[');
	for (size_t i = 0; i < m.n; i++)
		put_party(j, &m, i);
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

static struct err *
read_rates(struct cx *cx, const void *arg, struct json *j)
{
	static const char *const sizes[] = {NULL, "small", "medium", "large"};
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct round_rate *v;
	size_t n;

	(void)arg;
	TRY(cx_need(cx, ACT_SPACE_READ, &space));
	TRY(round_rates(cx, &v, &n));
	json_open(j, NULL, '{');
	json_open(j, "parties", '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, NULL, '{');
		json_str(j, "id", v[i].party_pid);
		json_str(j, "name", v[i].party_name);
		json_c(j, "size", sizes[v[i].size]);
		json_int(j, "asked_n", v[i].asked_n);
		json_int(j, "answered_n", v[i].answered_n);
		json_int(j, "late_n", v[i].late_n);
		json_int(j, "remarks_n", v[i].comments_n);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

const struct reading round_readings[] = {
    {ACT_SPACE_READ, "/rounds", "Rounds, the newest first", list_inputs, sizeof(struct list_in),
	read_list},
    {ACT_SPACE_READ, "/round-rates", "How each party has answered rounds that are over", NULL,
	0, read_rates},
    {ACT_ROUND_READ, "/rounds/:", "A round with the answer of every party", one_inputs,
	sizeof(struct one_in), read_one},
    {0},
};
