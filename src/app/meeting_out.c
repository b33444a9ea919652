/* app/meeting_out.c - a meeting is announced to the public, and archived when it is over. */
#include "app/meeting.h"
#include "q_minutes.h"

struct announce_in {
	str meeting;
	int64_t rev;
	struct strs exempt;
	str basis;
};

static const struct input announce_inputs[] = {
    INPUT_PATH(struct announce_in, meeting),
    INPUT_REV(struct announce_in),
    {INPUT_PIDS, "exempt", offsetof(struct announce_in, exempt),
	.label = N_("Unntatt offentlighet")},
    {INPUT_LINE, "basis", offsetof(struct announce_in, basis), .max = 200,
	.label = N_("Hjemmel"), .help = N_("For eksempel: offentleglova § 13.")},
    {0},
};

static const struct input archive_inputs[] = {
    INPUT_PATH(struct announce_in, meeting),
    INPUT_REV(struct announce_in),
    {0},
};

/* What these matters are called is hidden from the public, with the legal basis. */
static struct err *
set_exempt(struct cx *cx, const struct meeting *m, const struct announce_in *in)
{
	if (in->exempt.n && !in->basis.n)
		cx_fault(cx, "basis", N_("input.required"), 0);
	for (size_t i = 0; i < in->exempt.n && !cx->faults->n; i++) {
		struct agenda_item *item;
		TRY(meeting_item(cx, m, in->exempt.v[i], &item));
		if (!item->matter_id)
			cx_fault(cx, "exempt", N_("input.choice"), 0);
		else
			TRY(matter_exempt(cx, item->matter_id, in->basis));
	}
	return cx_faults(cx);
}

/* Time, place and agenda. Items that come on later stay inside until the minutes are out. */
static struct err *
announce(struct cx *cx, const void *arg, struct result *ret)
{
	const struct announce_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_ANNOUNCE, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	TRY(meeting_move(cx, m, &object, &f, MEETING_DO_ANNOUNCE, S("")));
	TRY(set_exempt(cx, m, in));
	meeting_done(ret, m);
	return q_minutes_meeting_published(cx->db, cx->a, m->id, cx->now_at, NULL);
}

static struct err *
archive(struct cx *cx, const void *arg, struct result *ret)
{
	const struct announce_in *in = arg;
	struct meeting_facts f;
	struct object object;
	struct meeting *m;

	TRY(meeting_open_act(cx, in->meeting, in->rev, ACT_MEETING_ARCHIVE, &m, &object));
	TRY(meeting_know(cx, m, S(""), &f));
	meeting_done(ret, m);
	return meeting_move(cx, m, &object, &f, MEETING_DO_ARCHIVE, S(""));
}

const struct usecase meeting_out_usecases[] = {
    {ACT_MEETING_ANNOUNCE, "/meetings/:/announce",
	"Let the public see time, place and agenda, but for what is exempt", announce_inputs,
	sizeof(struct announce_in), NULL, announce, false},
    {ACT_MEETING_ARCHIVE, "/meetings/:/archive", "Archive a meeting", archive_inputs,
	sizeof(struct announce_in), NULL, archive, false},
    {0},
};
