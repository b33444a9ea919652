/* web/journal.c - the joint record: what has been done, and what anybody may hold us to. */
#include "t_journal.h"

#include "app/history.h"
#include "app/record.h"
#include "tr.h"
#include "web/areas.h"
#include "web/history.h"
#include "web/page.h"
#include "web/site.h"

enum { LINES_N = 100, EXPORT_N = 5000 };

static int64_t
query_number(const struct request *rq, const char *name, int64_t otherwise)
{
	int64_t n;

	return str_to_i64(given_value(&rq->query, name), &n) && n >= 0 ? n : otherwise;
}

static struct err *
get_journal(struct request *rq, struct reply *rp)
{
	struct t_journal v = {0};
	struct history h;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct arena *a = rq->cx->a;
	int64_t from_seq;

	TRY(record_latest(rq->cx, query_number(rq, "foer", INT64_MAX), LINES_N, &h, &from_seq));
	TRY(record_state(rq->cx, &v.state));
	TRY(web_frame(rq, TEXT(rq, N_("Felles journal")), NAV_RECORD, &v.frame));
	v.events = history_newest(rq, &h);
	v.n = h.n;
	v.may_export =
	    authorize(rq->cx->actor, ACT_JOURNAL_EXPORT, &space, NULL) == VERDICT_ALLOW;
	if (from_seq > 0)
		v.older = url_with(a, URL(rq, "/journal"), "foer", from_seq);
	t_journal(&rp->o, &v);
	return OK;
}

static struct err *
get_checkpoint(struct request *rq, struct reply *rp)
{
	struct record_state state;

	TRY(record_state(rq->cx, &state));
	rp->content_type = S("text/plain; charset=utf-8");
	rp->bytes = state.note.n ? state.note : S("\n");
	return OK;
}

static struct err *
get_export(struct request *rq, struct reply *rp)
{
	int64_t from = query_number(rq, "fra", 0);

	TRY(record_export(rq->cx, from, from + EXPORT_N, &rp->bytes));
	rp->content_type = S("text/plain; charset=us-ascii");
	rp->file_name = S("journal.txt");
	return OK;
}

const struct route journal_routes[] = {
    PAGE("/journal", JOURNAL_READ, get_journal),
    OPEN("/journal/kontrollpunkt", JOURNAL_CHECKPOINT, get_checkpoint),
    PAGE("/journal/eksport", JOURNAL_EXPORT, get_export),
    {0},
};
