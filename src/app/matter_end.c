/* app/matter_end.c - joining a matter to another, lifting it, closing, archiving, publishing.
 */
#include "app/access.h"
#include "app/decision.h"
#include "app/matter.h"
#include "app/minutes.h"
#include "core/charter.h"
#include "q_matter.h"
#include "q_meeting.h"
#include "q_people.h"

struct end_in {
	str matter;
	int64_t rev;
	str into, reason, exempt;
};

static const struct input end_inputs[] = {
    INPUT_PATH(struct end_in, matter),
    INPUT_REV(struct end_in),
    {0},
};

static const struct input join_inputs[] = {
    INPUT_PATH(struct end_in, matter),
    INPUT_REV(struct end_in),
    {INPUT_PID, "into", offsetof(struct end_in, into), .required = true,
	.label = N_("Saken den går inn i")},
    {INPUT_TEXT, "reason", offsetof(struct end_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse"), .help = N_("Den som meldte saken, får lese dette.")},
    {0},
};

static const struct input publish_inputs[] = {
    INPUT_PATH(struct end_in, matter),
    INPUT_REV(struct end_in),
    {INPUT_LINE, "exempt", offsetof(struct end_in, exempt), .max = 200,
	.label = N_("Unntatt offentlighet etter"),
	.help = N_("Lovhjemmelen når saken ikke kan være offentlig, for eksempel «offl. § 13». "
		   "La feltet stå tomt for å publisere.")},
    {0},
};

static struct err *
begin(struct cx *cx, const struct end_in *in, enum action action, struct matter **ret,
    struct object *ret_object, struct matter_facts *ret_facts)
{
	TRY(matter_open_act(cx, in->matter, in->rev, action, ret, ret_object));
	return matter_facts(cx, *ret, in->reason, ret_facts);
}

/* The proposer follows the matter where it went. */
static struct err *
join(struct cx *cx, const void *arg, struct result *ret)
{
	const struct end_in *in = arg;
	struct matter_facts f;
	struct object object, other_object;
	struct matter *m, *other;
	int64_t n;

	TRY(begin(cx, in, ACT_MATTER_JOIN, &m, &object, &f));
	TRY(matter_load(cx, in->into, &other, &other_object));
	if (other->id == m->id || matter_is_draft(other->state) || matter_is_over(other->state))
		cx_fault(cx, "into", N_("input.choice"), 0);
	TRY(cx_faults(cx));
	f.joined_to_id = other->id;
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_JOIN));
	TRY(q_matter_set_joined(cx->db, cx->a, m->id, other->id, &n));
	TRY(access_open(cx, OBJECT_MATTER, other->id, AUDIENCE_PARTY, m->proposer_party_id));
	matter_done(ret, m);
	return matter_tell_proposer(cx, m, ACT_MATTER_JOIN);
}

/* C20: an escalated matter is the parent body's from now on, and is triaged anew. */
static struct err *
receive_above(struct cx *cx, const void *in, struct result *ret)
{
	struct q_body_by_id *row;
	struct q_body_by_key *above = NULL;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t n;

	TRY(begin(cx, in, ACT_MATTER_RECEIVE_ABOVE, &m, &object, &f));
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_RECEIVE_ABOVE));
	TRY(q_body_by_id(cx->db, cx->a, m->body_id, &row));
	const struct charter_body *b = row ? charter_body(cx->charter, row->key) : NULL;
	const struct charter_body *parent = b ? charter_body_parent(cx->charter, b) : NULL;
	if (parent)
		TRY(q_body_by_key(cx->db, cx->a, parent->key, &above));
	if (above)
		TRY(q_matter_set_body(cx->db, cx->a, m->id, above->id, &n));
	matter_done(ret, m);
	TRY(matter_index(cx, m->id));
	return matter_tell_proposer(cx, m, ACT_MATTER_RECEIVE_ABOVE);
}

static struct err *
end(struct cx *cx, const void *in, enum action action, enum matter_act act, struct result *ret)
{
	struct matter_facts f;
	struct object object;
	struct matter *m;

	TRY(begin(cx, in, action, &m, &object, &f));
	TRY(matter_move(cx, m, &object, &f, act));
	matter_done(ret, m);
	return matter_tell_proposer(cx, m, action);
}

static struct err *
close_matter(struct cx *cx, const void *in, struct result *ret)
{
	return end(cx, in, ACT_MATTER_CLOSE, MATTER_DO_CLOSE, ret);
}

static struct err *
archive(struct cx *cx, const void *in, struct result *ret)
{
	return end(cx, in, ACT_MATTER_ARCHIVE, MATTER_DO_ARCHIVE, ret);
}

/* Everything that has been published of a matter follows what it now is. */
static struct err *
publicity_changed(struct cx *cx, int64_t matter_id)
{
	TRY(matter_index(cx, matter_id));
	TRY(decisions_index(cx, matter_id));
	return minutes_publish_again(cx, matter_id);
}

/* What was delegated is of the same, so it is exempt as well, by its own basis if it has one.
 */
static struct err *
exempt_handed_on(struct cx *cx, int64_t matter_id, str basis)
{
	struct q_matter_handed_on *below;
	size_t n;
	int64_t changed;

	TRY(q_matter_handed_on(cx->db, cx->a, matter_id, &below, &n));
	for (size_t i = 0; i < n; i++) {
		if (below[i].exempt_basis.n)
			continue;
		TRY(q_matter_set_exempt(cx->db, cx->a, below[i].id, basis, &changed));
		TRY(publicity_changed(cx, below[i].id));
	}
	return OK;
}

static struct err *
parent_is_open(struct cx *cx, const struct matter *m)
{
	struct matter *parent = NULL;

	if (m->parent_id && m->mandate.n)
		TRY(q_matter_by_id(cx->db, cx->a, m->parent_id, &parent));
	return parent && parent->exempt_basis.n
		   ? err_new(cx->a, ERR_CONFLICT, "matter.parent_exempt", "delegated")
		   : OK;
}

/* Public is what both sides signed off, and only after the papers have gone out. */
static struct err *
publish(struct cx *cx, const void *arg, struct result *ret)
{
	const struct end_in *in = arg;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t n;

	TRY(begin(cx, in, ACT_MATTER_PUBLISH, &m, &object, &f));
	if (!matter_is_out(m->state) || !m->ready_version_no)
		return err_new(cx->a, ERR_CONFLICT, "matter.not_out", "papers not sent");
	if (in->exempt.n)
		TRY(exempt_handed_on(cx, m->id, in->exempt));
	else
		TRY(parent_is_open(cx, m));
	TRY(q_matter_set_public(
	    cx->db, cx->a, m->id, in->exempt.n ? 0 : cx->now_at, in->exempt, &n));
	matter_done(ret, m);
	return publicity_changed(cx, m->id);
}

struct err *
matter_exempt(struct cx *cx, int64_t matter_id, str basis)
{
	int64_t n;

	TRY(q_matter_set_exempt(cx->db, cx->a, matter_id, basis, &n));
	TRY(exempt_handed_on(cx, matter_id, basis));
	return publicity_changed(cx, matter_id);
}

const struct usecase matter_end_usecases[] = {
    {ACT_MATTER_JOIN, "/matters/:/join", "Let a matter go on in another", join_inputs,
	sizeof(struct end_in), NULL, join, false},
    {ACT_MATTER_RECEIVE_ABOVE, "/matters/:/receive-above",
	"Receive an escalated matter for the parent body", end_inputs, sizeof(struct end_in),
	NULL, receive_above, false},
    {ACT_MATTER_CLOSE, "/matters/:/close", "Close a matter", end_inputs, sizeof(struct end_in),
	NULL, close_matter, false},
    {ACT_MATTER_ARCHIVE, "/matters/:/archive", "Archive a matter", end_inputs,
	sizeof(struct end_in), NULL, archive, false},
    {ACT_MATTER_PUBLISH, "/matters/:/publish",
	"Publish a matter, or exempt it with its legal basis", publish_inputs,
	sizeof(struct end_in), NULL, publish, false},
    {0},
};
