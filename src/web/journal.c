/* web/journal.c - the joint record: what has been done, and what anybody may hold us to. */
#include "t_journal.h"
#include "t_journal_witness.h"

#include "app/history.h"
#include "app/record.h"
#include "app/witness.h"
#include "base/clock.h"
#include "tr.h"
#include "web/api.h"
#include "web/areas.h"
#include "web/history.h"
#include "web/page.h"
#include "web/site.h"

#include <inttypes.h>

enum { LINES_N = 100, EXPORT_N = 5000 };

static int64_t
query_number(const struct request *rq, const char *name, int64_t otherwise)
{
	int64_t n;

	return str_to_i64(given_value(&rq->query, name), &n) && n >= 0 ? n : otherwise;
}

/* "Drammen kommune": "Medsignerte 12 000 innførsler 12. januar 2026 kl. 09.00." */
static const struct witness_row *
witness_rows(const struct request *rq, const struct witness *w, size_t n)
{
	struct arena *a = rq->cx->a;
	struct witness_row *v = arena_array(a, struct witness_row, n + 1);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct witness_row){.party = w[i].party,
		    .key = w[i].key,
		    .note =
			w[i].size
			    ? html_text_s(a,
				  trf(a, rq->cx->lang, N_("Medsignerte %lld innførsler %s."),
				      (long long)w[i].size,
				      str_to_c(a, clock_long(a, rq->cx->lang, w[i].signed_at))))
			    : TEXT(rq, N_("Har ikke medsignert ennå."))};
	return v;
}

static struct err *
get_journal(struct request *rq, struct reply *rp)
{
	struct t_journal v = {0};
	struct history h;
	struct arena *a = rq->cx->a;
	const struct witness *w;
	int64_t from_seq;

	TRY(record_latest(rq->cx, query_number(rq, "foer", INT64_MAX), LINES_N, &h, &from_seq));
	TRY(record_state(rq->cx, &v.state));
	TRY(witnesses(rq->cx, &w, &v.n_witnesses));
	v.witnesses = witness_rows(rq, w, v.n_witnesses);
	TRY(web_frame(rq, TEXT(rq, N_("Felles journal")), NAV_RECORD, &v.frame));
	v.events = history_newest(rq, &h);
	v.n = h.n;
	v.may_export = may_in_space(rq, ACT_JOURNAL_EXPORT);
	v.may_cosign = may_in_space(rq, ACT_JOURNAL_COSIGN);
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
	int64_t to = from > INT64_MAX - EXPORT_N ? INT64_MAX : from + EXPORT_N;

	TRY(record_export(rq->cx, from, to, &rp->bytes));
	rp->content_type = S("text/plain; charset=us-ascii");
	rp->file_name = S("journal.txt");
	return OK;
}

static struct err *
get_witness(struct request *rq, struct reply *rp)
{
	struct t_journal_witness v = {.faults = web_faults(rq)};
	const struct witness *w;

	TRY(witnesses(rq->cx, &w, &v.n));
	v.rows = witness_rows(rq, w, v.n);
	v.key = web_field(rq, ACT_JOURNAL_WITNESS, "key", S(""));
	v.note = web_field(rq, ACT_JOURNAL_COSIGN, "note", S(""));
	TRY(web_frame(rq, TEXT(rq, N_("Vitner")), NAV_RECORD, &v.frame));
	web_crumbs(
	    rq, &v.frame, TEXT(rq, N_("Felles journal")), URL(rq, "/journal"), v.frame.title);
	t_journal_witness(&rp->o, &v);
	return OK;
}

static struct url
after_witness(struct request *rq, const struct result *done)
{
	(void)done;
	return URL(rq, "/journal/vitner");
}

static struct err *
get_receipt(struct request *rq, struct reply *rp)
{
	int64_t seq = query_number(rq, "nr", -1);

	TRY(record_receipt(rq->cx, seq, &rp->bytes));
	rp->content_type = S("application/json; charset=utf-8");
	rp->file_name = str_from_c(arena_printf(rq->cx->a, "kvittering-%" PRId64 ".json", seq));
	return OK;
}

const struct route journal_routes[] = {
    PAGE("/journal", JOURNAL_READ, get_journal),
    OPEN("/journal/kontrollpunkt", JOURNAL_CHECKPOINT, get_checkpoint),
    PAGE("/journal/eksport", JOURNAL_EXPORT, get_export),
    PAGE("/journal/vitner", JOURNAL_READ, get_witness),
    FORM("/journal/vitner", JOURNAL_WITNESS, get_witness, after_witness),
    FORM("/journal/medsignering", JOURNAL_COSIGN, get_witness, after_witness),
    PAGE("/journal/kvittering", JOURNAL_READ, get_receipt),
    {0},
};

/* --- for programs ----------------------------------------------------------------------- */

static struct err *
read_checkpoint(struct cx *cx, const void *in, struct json *j)
{
	struct record_state s;

	(void)in;
	TRY(record_state(cx, &s));
	json_open(j, NULL, '{');
	json_int(j, "size", s.size);
	json_str(j, "root", s.root);
	json_str(j, "note", s.note);
	json_close(j, '}');
	return OK;
}

static void
put_path(struct json *j, const char *name, const struct record_proof *p)
{
	json_open(j, name, '[');
	for (size_t i = 0; i < p->n; i++)
		json_str(j, NULL, p->path[i]);
	json_close(j, ']');
}

struct inclusion_in {
	int64_t seq, size;
};

static const struct input inclusion_inputs[] = {
    {INPUT_INT, "seq", offsetof(struct inclusion_in, seq), .required = true, .max = INT32_MAX},
    {INPUT_INT, "size", offsetof(struct inclusion_in, size), .required = true, .min = 1,
	.max = INT32_MAX},
    {0},
};

static struct err *
read_inclusion(struct cx *cx, const void *arg, struct json *j)
{
	const struct inclusion_in *in = arg;
	struct record_proof p;

	TRY(record_inclusion(cx, in->seq, in->size, &p));
	json_open(j, NULL, '{');
	json_int(j, "seq", in->seq);
	json_int(j, "size", in->size);
	json_str(j, "leaf", p.leaf);
	put_path(j, "path", &p);
	json_close(j, '}');
	return OK;
}

struct growth_in {
	int64_t from, to;
};

static const struct input growth_inputs[] = {
    {INPUT_INT, "from", offsetof(struct growth_in, from), .required = true, .max = INT32_MAX},
    {INPUT_INT, "to", offsetof(struct growth_in, to), .required = true, .max = INT32_MAX},
    {0},
};

static struct err *
read_growth(struct cx *cx, const void *arg, struct json *j)
{
	const struct growth_in *in = arg;
	struct record_proof p;

	TRY(record_growth(cx, in->from, in->to, &p));
	json_open(j, NULL, '{');
	json_int(j, "from", in->from);
	json_int(j, "to", in->to);
	put_path(j, "path", &p);
	json_close(j, '}');
	return OK;
}

struct receipt_in {
	int64_t seq;
};

static const struct input receipt_inputs[] = {
    {INPUT_INT, "seq", offsetof(struct receipt_in, seq), .required = true, .max = INT32_MAX},
    {0},
};

static struct err *
read_receipt(struct cx *cx, const void *arg, struct json *j)
{
	const struct receipt_in *in = arg;
	str json;

	TRY(record_receipt(cx, in->seq, &json));
	buf_put(j->b, json);
	return OK;
}

const struct reading journal_readings[] = {
    {ACT_JOURNAL_CHECKPOINT, "/journal/checkpoint", "The last signed checkpoint", NULL, 0,
	read_checkpoint},
    {ACT_JOURNAL_CHECKPOINT, "/journal/inclusion",
	"Proof that an entry is in the record of a size", inclusion_inputs,
	sizeof(struct inclusion_in), read_inclusion},
    {ACT_JOURNAL_CHECKPOINT, "/journal/consistency",
	"Proof that a record grew out of a smaller one", growth_inputs,
	sizeof(struct growth_in), read_growth},
    {ACT_JOURNAL_READ, "/journal/receipt",
	"An entry, the checkpoint that holds it and the path between", receipt_inputs,
	sizeof(struct receipt_in), read_receipt},
    {0},
};
