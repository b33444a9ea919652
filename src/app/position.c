/* app/position.c - what a party holds of an item, and what its side does. */
#include "app/people.h"
#include "app/premeeting_load.h"
#include "q_people.h"
#include "q_premeeting.h"

/* --- what a party holds ----------------------------------------------------------------- */

static const struct choice stands[] = {
    {"agrees", STAND_AGREES, N_("Enig"), NULL},
    {"abstains", STAND_ABSTAINS, N_("Avstår"), NULL},
    {"disagrees", STAND_DISAGREES, N_("Uenig"), NULL},
    {0},
};

struct stand_in {
	str meeting, item, party;
	int64_t stand;
	str text;
};

static const struct input stand_inputs[] = {
    INPUT_PATH(struct stand_in, meeting),
    INPUT_PATH(struct stand_in, item),
    {INPUT_PID, "party", offsetof(struct stand_in, party), .label = N_("Kommune eller enhet"),
	.help = N_("Tom: den du handler for.")},
    {INPUT_CHOICE, "stand", offsetof(struct stand_in, stand), .required = true,
	.label = N_("Syn"), .choices = stands},
    {INPUT_TEXT, "text", offsetof(struct stand_in, text), .max = 4000,
	.label = N_("Begrunnelse")},
    {0},
};

/* A party speaks for itself; the side's secretary may write down what another said. */
static struct err *
standing_party(struct cx *cx, const struct premeeting_loaded *r, str pid, struct result *ret,
    int64_t *ret_party)
{
	struct q_party_by_pid *row = NULL;

	*ret_party = cx->actor->party_id;
	if (pid.n)
		TRY(q_party_by_pid(cx->db, cx->a, pid, &row));
	if (row && row->id != cx->actor->party_id) {
		if (!(authz_doers(cx->actor, &r->object) & DOER_SECRETARY))
			return err_new(cx->a, ERR_DENIED, "denied", "for another party");
		*ret_party = row->id;
		ret->on_behalf = row->key;
	}
	for (size_t i = 0; i < r->n_asked; i++)
		if (r->asked[i].id == *ret_party)
			return OK;
	cx_fault(cx, "party", N_("input.choice"), 0);
	return cx_faults(cx);
}

static struct err *
stand(struct cx *cx, const void *arg, struct result *ret)
{
	const struct stand_in *in = arg;
	struct agenda_item *item;
	struct step step;
	struct premeeting_loaded r;
	int64_t party, n;

	TRY(premeeting_enter(cx, in->meeting, 0, ACT_PREMEETING_STAND, S(""), &r));
	TRY(meeting_item(cx, r.m, in->item, &item));
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_STAND, &step));
	TRY(standing_party(cx, &r, in->party, ret, &party));
	premeeting_done(ret, &r);
	return q_stand_set(cx->db, cx->a, item->id, party, in->stand, in->text,
	    cx->actor->person_id, cx->now_at, &n);
}

/* --- what the side holds ---------------------------------------------------------------- */

static const struct choice positions[] = {
    {"common", POSITION_COMMON, N_("Felles standpunkt"), NULL},
    {"split", POSITION_SPLIT, N_("Delt"), NULL},
    {"none", POSITION_NONE, N_("Ikke noe standpunkt"), NULL},
    {0},
};

struct position_in {
	str meeting, item;
	int64_t rev, position;
	str text, minority, speaker;
};

static const struct input position_inputs[] = {
    INPUT_PATH(struct position_in, meeting),
    INPUT_PATH(struct position_in, item),
    INPUT_REV(struct position_in),
    {INPUT_CHOICE, "position", offsetof(struct position_in, position), .required = true,
	.label = N_("Standpunkt"), .choices = positions},
    {INPUT_TEXT, "text", offsetof(struct position_in, text), .max = 8000,
	.label = N_("Hva mener siden?"),
	.help = N_("Når standpunktet er delt: skriv begge syn.")},
    {INPUT_TEXT, "minority", offsetof(struct position_in, minority), .max = 8000,
	.label = N_("Mindretallets syn")},
    {INPUT_PID, "speaker", offsetof(struct position_in, speaker),
	.label = N_("Hvem fører ordet?")},
    {0},
};

/* The asked parties that the item's matter concerns. */
static struct err *
count_stands(struct cx *cx, const struct premeeting_loaded *r, const struct agenda_item *item,
    struct stand_counts *ret)
{
	struct q_premeeting_asked *asked;
	struct q_stand_list *rows;
	struct matter *x = NULL;
	size_t n, n_asked;

	*ret = (struct stand_counts){0};
	if (item->matter_id)
		TRY(meeting_matter(cx, item->matter_id, &x));
	str region = x && x->scope == SCOPE_ONE_AREA ? x->region_key : S("");
	TRY(q_premeeting_asked(cx->db, cx->a, r->p->id, &asked, &n_asked));
	TRY(q_stand_list(cx->db, cx->a, r->m->id, r->p->side, &rows, &n));
	for (size_t i = 0; i < n_asked; i++) {
		if (!premeeting_is_in_area(cx, region, asked[i].key))
			continue;
		ret->in_scope_n++;
		for (size_t k = 0; k < n; k++) {
			if (rows[k].item_id != item->id ||
			    rows[k].party_id != asked[i].party_id)
				continue;
			ret->agree_n += rows[k].stand == STAND_AGREES;
			ret->abstain_n += rows[k].stand == STAND_ABSTAINS;
			ret->disagree_n += rows[k].stand == STAND_DISAGREES;
		}
	}
	return OK;
}

static struct err *
own_position(struct cx *cx, const struct premeeting_loaded *r, const struct agenda_item *item,
    struct position_row **ret)
{
	struct position_row *rows;
	size_t n;

	*ret = NULL;
	TRY(q_position_list(cx->db, cx->a, r->m->id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].item_id == item->id && rows[i].side == r->p->side)
			*ret = &rows[i];
	return OK;
}

static struct err *
take_position(struct cx *cx, const void *arg, struct result *ret)
{
	const struct position_in *in = arg;
	struct position_row *before;
	struct agenda_item *item;
	struct step step;
	struct premeeting_loaded r;
	int64_t speaker, n;

	TRY(premeeting_enter(cx, in->meeting, in->rev, ACT_PREMEETING_POSITION, S(""), &r));
	TRY(meeting_item(cx, r.m, in->item, &item));
	TRY(person_named(cx, "speaker", in->speaker, &speaker));
	TRY(cx_faults(cx));
	TRY(own_position(cx, &r, item, &before));
	TRY(count_stands(cx, &r, item, &r.f.stands));
	r.f.position = in->position;
	r.f.has_text = in->text.n > 0;
	r.f.is_released = before && before->released_at;
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_POSITION, &step));
	premeeting_done(ret, &r);
	TRY(q_position_set(cx->db, cx->a, item->id, r.p->side, in->position, in->text,
	    in->minority, speaker, &n));
	return q_premeeting_touch(cx->db, cx->a, r.p->id, &n);
}

struct release_in {
	str meeting, item;
	int64_t rev;
};

static const struct input release_inputs[] = {
    INPUT_PATH(struct release_in, meeting),
    INPUT_PATH(struct release_in, item),
    INPUT_REV(struct release_in),
    {0},
};

static struct err *
release(struct cx *cx, const void *arg, struct result *ret)
{
	const struct release_in *in = arg;
	struct position_row *p;
	struct agenda_item *item;
	struct step step;
	struct premeeting_loaded r;
	int64_t n;

	TRY(premeeting_enter(cx, in->meeting, in->rev, ACT_PREMEETING_RELEASE, S(""), &r));
	TRY(meeting_item(cx, r.m, in->item, &item));
	TRY(own_position(cx, &r, item, &p));
	r.f.position = p ? p->kind : 0;
	r.f.is_released = p && p->released_at;
	TRY(premeeting_allow(cx, &r, PREMEETING_DO_RELEASE, &step));
	premeeting_done(ret, &r);
	TRY(q_position_release(cx->db, cx->a, item->id, r.p->side, cx->now_at, &n));
	return q_premeeting_touch(cx->db, cx->a, r.p->id, &n);
}

const struct usecase position_usecases[] = {
    {ACT_PREMEETING_STAND, "/meetings/:/premeeting/items/:/stand",
	"What a party holds of an item", stand_inputs, sizeof(struct stand_in), NULL, stand,
	false},
    {ACT_PREMEETING_POSITION, "/meetings/:/premeeting/items/:/position",
	"The side's position on an item", position_inputs, sizeof(struct position_in), NULL,
	take_position, false},
    {ACT_PREMEETING_RELEASE, "/meetings/:/premeeting/items/:/release",
	"Show one position to the other side", release_inputs, sizeof(struct release_in), NULL,
	release, false},
    {0},
};

struct err *
voices_released(struct cx *cx, const struct meeting *m, struct voice **ret, size_t *ret_n)
{
	struct position_row *rows;
	size_t n;

	TRY(q_position_list(cx->db, cx->a, m->id, &rows, &n));
	*ret = arena_array(cx->a, struct voice, n);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i].released_at)
			(*ret)[(*ret_n)++] =
			    (struct voice){rows[i].item_id, (enum side)rows[i].side,
				rows[i].kind, rows[i].text, rows[i].minority};
	return OK;
}
