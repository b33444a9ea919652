/* app/document.c - writing the case document, keeping and signing versions, from gate to gate.
 */
#include "app/document.h"

#include "app/access.h"
#include "app/round.h"
#include "core/charter.h"
#include "q_document.h"
#include "q_matter.h"

#include <inttypes.h>

/* --- what stands there now -------------------------------------------------------------- */

static struct err *
hash_now(struct cx *cx, const struct matter *m, const struct section *v, size_t n, str *ret)
{
	struct section_text *text = arena_array(cx->a, struct section_text, n);
	struct attached *files;
	size_t n_files;

	TRY(q_attachment_standing(cx->db, cx->a, m->id, &files, &n_files));
	for (size_t i = 0; i < n; i++)
		text[i] = (struct section_text){v[i].kind, v[i].text};
	*ret = document_hash(cx->a, m->title, text, n, files, n_files);
	return OK;
}

static struct err *
is_changed(struct cx *cx, const struct matter *m, const struct section *v, size_t n, bool *ret)
{
	struct version_line *line;
	str hash;

	*ret = false;
	if (m->version_no == 0)
		return OK;
	TRY(q_version_get(cx->db, cx->a, m->id, m->version_no, &line));
	TRY(hash_now(cx, m, v, n, &hash));
	*ret = !line || !str_eq(hash, line->hash);
	return OK;
}

static unsigned
filled_of(const struct section *v, size_t n)
{
	unsigned filled = 0;

	for (size_t i = 0; i < n; i++)
		if (section_is_filled(v[i].text))
			filled |= SECTION_BIT(v[i].kind);
	return filled;
}

static unsigned
needed_of(const struct cx *cx, const struct matter *m)
{
	return section_needed(m->consequence, cx->charter->process.preparation.perspectives);
}

/* --- facts ------------------------------------------------------------------------------ */

/* C11, ST-11: a matter of one area needs somebody from that area behind it. */
static struct err *
region_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	const struct charter_region *r = charter_region(cx->charter, m->region_key);
	struct q_document_contributors *who;
	size_t n;

	f->touches_region = r != NULL;
	if (!r)
		return OK;
	TRY(q_document_contributors(cx->db, cx->a, m->id, cx->today, &who, &n));
	for (size_t i = 0; i < n; i++) {
		const struct charter_party *p = charter_party(cx->charter, who[i].key);
		f->hinterland_n += p && charter_in_region(r, p);
	}
	return OK;
}

static void
signed_by(
    const struct matter *m, const struct signature_line *v, size_t n, struct matter_facts *f)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].no != m->version_no)
			continue;
		if (v[i].side == SIDE_MUNICIPAL)
			f->signed_municipal_id = v[i].person_id;
		if (v[i].side == SIDE_TRUST)
			f->signed_trust_id = v[i].person_id;
	}
}

static struct err *
signature_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct signature_line *v;
	size_t n;

	TRY(q_signature_list(cx->db, cx->a, m->id, m->version_no, m->version_no, &v, &n));
	signed_by(m, v, n, f);
	return OK;
}

struct err *
document_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	struct section *v;
	size_t n;

	TRY(q_sections(cx->db, cx->a, m->id, &v, &n));
	unsigned filled = filled_of(v, n), needed = needed_of(cx, m), dark = needed & ~filled;
	f->version = m->version_no;
	f->lit_municipality = !(dark & SECTION_BIT(SECTION_MUNICIPAL));
	f->lit_trust = !(dark & SECTION_BIT(SECTION_TRUST));
	f->lit_patient = !(dark & SECTION_BIT(SECTION_PATIENT));
	f->is_template_ok = !(dark & ~SECTIONS_LIT);
	f->has_draft_decision = filled & SECTION_BIT(SECTION_PROPOSAL);
	TRY(is_changed(cx, m, v, n, &f->is_changed));
	TRY(region_facts(cx, m, f));
	return signature_facts(cx, m, f);
}

/* --- acts: what they share -------------------------------------------------------------- */

struct err *
document_open_act(struct cx *cx, str pid, enum action action, enum matter_act act,
    struct matter **ret, struct object *ret_object)
{
	struct matter_facts f;
	struct step step;

	TRY(matter_load(cx, pid, ret, ret_object));
	TRY(cx_need(cx, action, ret_object));
	TRY(matter_facts(cx, *ret, S(""), &f));
	return matter_can(&f, cx->a, act, authz_doers(cx->actor, ret_object), &step);
}

struct err *
document_tell_authors(struct cx *cx, const struct matter *m, enum action what)
{
	struct q_matter_authors *who;
	size_t n;

	TRY(q_matter_authors(cx->db, cx->a, m->id, &who, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_person(cx, who[i].person_id, what, "matter", m->pid, m->title));
	return OK;
}

struct err *
document_tell_secretaries(struct cx *cx, const struct matter *m, enum action what)
{
	return tell_role(cx, ROLE_SECRETARY, what, "matter", m->pid, m->title);
}

/* --- writing ---------------------------------------------------------------------------- */

const struct choice section_kinds[] = {
    {"proposal", SECTION_PROPOSAL, N_("Forslag til vedtak"),
	N_("Det utvalget skal ta stilling til, ett punkt for hver ting som skal skje.")},
    {"background", SECTION_BACKGROUND, N_("Bakgrunn"),
	N_("Hva saken gjelder, hva som er prøvd, og hva lov og avtaler sier.")},
    {"municipal", SECTION_MUNICIPAL, N_("Kommunene"),
	N_("Hva saken betyr for kommunene, også de små.")},
    {"trust", SECTION_TRUST, N_("Sykehuset"), N_("Hva saken betyr for klinikkene.")},
    {"patient", SECTION_PATIENT, N_("Pasient og pårørende"),
	N_("Hva saken betyr for dem det gjelder. Skriv ingenting som kan kjenne igjen noen.")},
    {"professional", SECTION_PROFESSIONAL, N_("Faglige følger"), NULL},
    {"economic", SECTION_ECONOMIC, N_("Økonomiske følger"),
	N_("Hva det koster, og hvem som betaler.")},
    {"administrative", SECTION_ADMINISTRATIVE, N_("Administrative følger"), NULL},
    {0},
};

struct edit_in {
	str matter;
	int64_t section, rev;
	str text;
};

static const struct input edit_inputs[] = {
    INPUT_PATH(struct edit_in, matter),
    {INPUT_CHOICE, "section", offsetof(struct edit_in, section), .required = true,
	.label = N_("Del av saksframlegget"), .choices = section_kinds},
    {INPUT_INT, "rev", offsetof(struct edit_in, rev), .max = INT64_MAX,
	.label = N_("Revisjon")},
    {INPUT_TEXT, "text", offsetof(struct edit_in, text), .max = 40000, .label = N_("Tekst")},
    {0},
};

struct err *
document_writer_side(struct cx *cx, const struct matter *m, int64_t *ret)
{
	struct q_matter_authors *who;
	size_t n;

	*ret = SIDE_NONE;
	TRY(q_matter_authors(cx->db, cx->a, m->id, &who, &n));
	for (size_t i = 0; i < n; i++)
		if (who[i].person_id == cx->actor->person_id)
			*ret = who[i].side;
	for (size_t i = 0; i < cx->actor->n_appointments && *ret == SIDE_NONE; i++) {
		const struct appointment *t = &cx->actor->appointments[i];
		if (t->role == ROLE_SECRETARY && t->party_id == cx->actor->party_id)
			*ret = t->side;
	}
	return OK;
}

static const struct section *
section_in(const struct section *v, size_t n, int64_t kind)
{
	static const struct section none;

	for (size_t i = 0; i < n; i++)
		if (v[i].kind == kind)
			return &v[i];
	return &none;
}

static struct err *
put_section(struct cx *cx, const struct matter *m, const struct edit_in *in, bool *ret_same)
{
	int64_t rev = in->rev == INPUT_NONE ? 0 : in->rev, changed;
	struct section *v;
	size_t n;

	TRY(q_sections(cx->db, cx->a, m->id, &v, &n));
	const struct section *now = section_in(v, n, in->section);
	if (now->rev != rev)
		return err_new(cx->a, ERR_CONFLICT, "document.section_changed",
		    "%s: form %" PRId64 ", now %" PRId64, section_key(in->section), rev,
		    now->rev);
	*ret_same = str_eq(now->text, in->text);
	if (*ret_same)
		return OK;
	return q_section_put(cx->db, cx->a, m->id, in->section, in->text, cx->now_at,
	    cx->actor->person_id, cx->actor->party_id, &changed);
}

static struct err *
edit(struct cx *cx, const void *arg, struct result *ret)
{
	const struct edit_in *in = arg;
	struct object object;
	struct matter *m;
	int64_t side;

	TRY(document_open_act(cx, in->matter, ACT_MATTER_EDIT, MATTER_DO_EDIT, &m, &object));
	if (matter_is_draft(m->state))
		return err_new(cx->a, ERR_CONFLICT, "matter.wrong_state", "no document yet");
	TRY(document_writer_side(cx, m, &side));
	if (!section_may_write(in->section, side))
		return err_new(cx->a, ERR_DENIED, "document.other_side", "%s for side %" PRId64,
		    section_key(in->section), side);
	matter_done(ret, m);
	TRY(put_section(cx, m, in, &ret->no_change));
	return matter_index(cx, m->id);
}

/* --- versions --------------------------------------------------------------------------- */

struct snapshot_in {
	str matter, note;
};

static const struct input snapshot_inputs[] = {
    INPUT_PATH(struct snapshot_in, matter),
    {INPUT_LINE, "note", offsetof(struct snapshot_in, note), .max = 200,
	.label = N_("Hva er nytt?")},
    {0},
};

static struct err *
keep_version(struct cx *cx, const struct matter *m, str note, int64_t no, str *ret_hash)
{
	struct section *v;
	size_t n;
	int64_t changed;
	bool differs;

	TRY(q_sections(cx->db, cx->a, m->id, &v, &n));
	if (!filled_of(v, n))
		return err_new(cx->a, ERR_INVALID, "document.empty", "nothing written");
	TRY(is_changed(cx, m, v, n, &differs));
	if (m->version_no && !differs)
		return err_new(
		    cx->a, ERR_CONFLICT, "document.nothing_new", "version %" PRId64, no - 1);
	TRY(hash_now(cx, m, v, n, ret_hash));
	TRY(q_version_add(cx->db, cx->a, m->id, no, *ret_hash, note, cx->now_at,
	    cx->actor->person_id, cx->actor->party_id, &changed));
	for (size_t i = 0; i < n; i++)
		if (v[i].text.n)
			TRY(q_version_section_add(
			    cx->db, cx->a, m->id, no, v[i].kind, v[i].text, &changed));
	return q_document_set_version(cx->db, cx->a, m->id, no, &changed);
}

static struct err *
snapshot(struct cx *cx, const void *arg, struct result *ret)
{
	const struct snapshot_in *in = arg;
	struct object object;
	struct matter *m;
	str hash;

	TRY(document_open_act(
	    cx, in->matter, ACT_MATTER_SNAPSHOT, MATTER_DO_SNAPSHOT, &m, &object));
	int64_t no = m->version_no + 1;
	TRY(keep_version(cx, m, in->note, no, &hash));
	matter_done(ret, m);
	result_note(ret, "version", str_from_c(arena_printf(cx->a, "%" PRId64, no)));
	result_note(ret, "hash", hash);
	TRY(document_tell_secretaries(cx, m, ACT_MATTER_SNAPSHOT));
	return document_tell_authors(cx, m, ACT_MATTER_SNAPSHOT);
}

/* --- signing ---------------------------------------------------------------------------- */

struct sign_in {
	str matter;
	int64_t version;
};

static const struct input sign_inputs[] = {
    INPUT_PATH(struct sign_in, matter),
    {INPUT_INT, "version", offsetof(struct sign_in, version), .required = true, .min = 1,
	.max = INT64_MAX, .label = N_("Versjon")},
    {0},
};

/* C15: one of each half of the secretariat, the same version, never one person twice. */
static struct err *
sign_off(struct cx *cx, const void *arg, struct result *ret)
{
	const struct sign_in *in = arg;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	struct step step;
	int64_t n;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(cx_need(cx, ACT_MATTER_SIGN_OFF, &object));
	if (in->version != m->version_no)
		return err_new(cx->a, ERR_CONFLICT, "document.other_version",
		    "form %" PRId64 ", now %" PRId64, in->version, m->version_no);
	TRY(matter_facts(cx, m, S(""), &f));
	f.signer_id = cx->actor->person_id;
	f.signer_side = cx->by->side;
	TRY(matter_can(&f, cx->a, MATTER_DO_SIGN_OFF, authz_doers(cx->actor, &object), &step));
	TRY(q_signature_add(cx->db, cx->a, m->id, in->version, cx->by->side,
	    cx->actor->person_id, cx->actor->party_id, cx->by->id, cx->now_at, &n));
	matter_done(ret, m);
	return document_tell_secretaries(cx, m, ACT_MATTER_SIGN_OFF);
}

/* --- from gate to gate ------------------------------------------------------------------ */

struct act_in {
	str matter;
	int64_t rev;
	str reason;
};

static const struct input act_inputs[] = {
    INPUT_PATH(struct act_in, matter),
    INPUT_REV(struct act_in),
    {0},
};

static const struct input reason_inputs[] = {
    INPUT_PATH(struct act_in, matter),
    INPUT_REV(struct act_in),
    {INPUT_TEXT, "reason", offsetof(struct act_in, reason), .required = true, .max = 4000,
	.label = N_("Begrunnelse"), .help = N_("Begrunnelsen står i sakens historikk.")},
    {0},
};

static const struct input check_inputs[] = {
    INPUT_PATH(struct act_in, matter),
    INPUT_REV(struct act_in),
    {INPUT_TEXT, "exemption", offsetof(struct act_in, reason), .max = 2000,
	.label = N_("Hvorfor kan et perspektiv stå tomt?"),
	.help = N_("Bare når et perspektiv mangler, og saken likevel er godt nok belyst.")},
    {0},
};

static struct err *
carry_on(struct cx *cx, const struct act_in *in, enum action action, enum matter_act act,
    struct matter **ret, struct result *ret_done)
{
	struct matter_facts f;
	struct object object;
	struct matter *m;

	TRY(matter_open_act(cx, in->matter, in->rev, action, &m, &object));
	TRY(matter_facts(cx, m, in->reason, &f));
	TRY(matter_move(cx, m, &object, &f, act));
	matter_done(ret_done, m);
	*ret = m;
	TRY(document_tell_secretaries(cx, m, action));
	TRY(matter_tell_proposer(cx, m, action));
	return document_tell_authors(cx, m, action);
}

static struct err *
check(struct cx *cx, const void *arg, struct result *ret)
{
	const struct act_in *in = arg;
	struct matter_facts f;
	struct object object;
	struct matter *m;
	int64_t n;

	TRY(matter_open_act(cx, in->matter, in->rev, ACT_MATTER_CHECK, &m, &object));
	m->lit_exemption = in->reason;
	TRY(matter_facts(cx, m, S(""), &f));
	TRY(matter_move(cx, m, &object, &f, MATTER_DO_CHECK));
	TRY(q_document_set_lit_exemption(cx->db, cx->a, m->id, in->reason, &n));
	matter_done(ret, m);
	TRY(document_tell_secretaries(cx, m, ACT_MATTER_CHECK));
	TRY(matter_tell_proposer(cx, m, ACT_MATTER_CHECK));
	return document_tell_authors(cx, m, ACT_MATTER_CHECK);
}

static struct err *
rework(struct cx *cx, const void *in, struct result *ret)
{
	struct matter *m;

	return carry_on(cx, in, ACT_MATTER_REWORK, MATTER_DO_REWORK, &m, ret);
}

static struct err *
resume(struct cx *cx, const void *in, struct result *ret)
{
	struct matter *m;

	return carry_on(cx, in, ACT_MATTER_RESUME, MATTER_DO_RESUME, &m, ret);
}

static struct err *
make_ready(
    struct cx *cx, const void *in, enum action action, enum matter_act act, struct result *ret)
{
	struct matter *m;
	int64_t n;

	TRY(carry_on(cx, in, action, act, &m, ret));
	return q_document_set_ready(cx->db, cx->a, m->id, m->version_no, &n);
}

static struct err *
skip_round(struct cx *cx, const void *in, struct result *ret)
{
	return make_ready(cx, in, ACT_MATTER_SKIP_ROUND, MATTER_DO_SKIP_ROUND, ret);
}

static struct err *
freeze(struct cx *cx, const void *in, struct result *ret)
{
	return make_ready(cx, in, ACT_MATTER_FREEZE, MATTER_DO_FREEZE, ret);
}

const struct usecase document_usecases[] = {
    {ACT_MATTER_EDIT, "/matters/:/sections", "Write a section of the case document",
	edit_inputs, sizeof(struct edit_in), NULL, edit, false},
    {ACT_MATTER_SNAPSHOT, "/matters/:/versions", "Keep the text as a version", snapshot_inputs,
	sizeof(struct snapshot_in), NULL, snapshot, false},
    {ACT_MATTER_SIGN_OFF, "/matters/:/sign-off", "Sign a version off for one's side",
	sign_inputs, sizeof(struct sign_in), NULL, sign_off, false},
    {ACT_MATTER_CHECK, "/matters/:/check", "Pass the quality gate", check_inputs,
	sizeof(struct act_in), NULL, check, false},
    {ACT_MATTER_REWORK, "/matters/:/rework", "Take a matter back into preparation",
	reason_inputs, sizeof(struct act_in), NULL, rework, false},
    {ACT_MATTER_SKIP_ROUND, "/matters/:/skip-round", "Make ready without a read-through",
	reason_inputs, sizeof(struct act_in), NULL, skip_round, false},
    {ACT_MATTER_FREEZE, "/matters/:/freeze", "Freeze the document: ready for an agenda",
	act_inputs, sizeof(struct act_in), NULL, freeze, false},
    {ACT_MATTER_RESUME, "/matters/:/resume", "Prepare a returned matter again", act_inputs,
	sizeof(struct act_in), NULL, resume, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

static struct err *
load_sections(struct cx *cx, const struct matter *m, struct document *d)
{
	struct section *v;
	size_t n;

	TRY(q_sections(cx->db, cx->a, m->id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].kind >= 1 && v[i].kind <= SECTION_N)
			d->section[v[i].kind] = v[i];
	d->filled = filled_of(v, n);
	d->needed = needed_of(cx, m);
	return is_changed(cx, m, v, n, &d->is_changed);
}

static struct err *
load_authors(struct cx *cx, const struct matter *m, struct document *d)
{
	struct q_matter_authors *v;
	size_t n;

	TRY(q_matter_authors(cx->db, cx->a, m->id, &v, &n));
	struct author *to = arena_array(cx->a, struct author, n);
	for (size_t i = 0; i < n; i++)
		to[i] = (struct author){v[i].person_id, v[i].side, v[i].lead, v[i].person_pid,
		    v[i].name, v[i].title};
	d->authors = to;
	d->n_authors = n;
	return OK;
}

struct err *
document_versions(struct cx *cx, const struct matter *m, int64_t before_no, struct document *d)
{
	struct version_line *v;
	struct signature_line *signatures;

	TRY(q_version_list(
	    cx->db, cx->a, m->id, before_no, VERSIONS_SHOWN, &v, &d->n_versions));
	d->versions = v;
	if (!d->n_versions)
		return OK;
	TRY(q_signature_list(cx->db, cx->a, m->id, v[d->n_versions - 1].no, v[0].no,
	    &signatures, &d->n_signatures));
	d->signatures = signatures;
	return OK;
}

struct err *
document_comments(struct cx *cx, const struct matter *m, str after, struct document *d)
{
	struct comment_line *from = NULL, *v;
	size_t n;

	if (after.n)
		TRY(q_comment_get(cx->db, cx->a, m->id, after, &from));
	TRY(q_comment_after(cx->db, cx->a, m->id, from ? from->at : 0, from ? from->id : 0,
	    COMMENTS_SHOWN + 1, &v, &n));
	d->comments = v;
	d->in_order = true;
	d->has_later_comments = n > COMMENTS_SHOWN;
	d->n_comments = n > COMMENTS_SHOWN ? COMMENTS_SHOWN : n;
	return OK;
}

struct err *
document_load(struct cx *cx, const struct matter *m, struct document *ret)
{
	struct comment_line *comments;
	struct q_comment_count *count;
	struct attachment_line *files;
	struct document d = {0};

	TRY(load_sections(cx, m, &d));
	TRY(load_authors(cx, m, &d));
	TRY(document_versions(cx, m, INT64_MAX, &d));
	TRY(q_comment_list(cx->db, cx->a, m->id, COMMENTS_SHOWN, &comments, &d.n_comments));
	TRY(q_comment_count(cx->db, cx->a, m->id, &count));
	d.comments_in_all = count->n;
	TRY(q_attachment_list(cx->db, cx->a, m->id, REMOVED_SHOWN, &files, &d.n_attachments));
	d.comments = comments;
	d.attachments = files;
	*ret = d;
	return OK;
}

struct err *
document_lacks(struct cx *cx, const struct matter *m, const struct document *d,
    const char **ret, size_t max, size_t *ret_n)
{
	struct matter_facts f = {.version = m->version_no, .is_changed = d->is_changed};
	size_t n = 0;

	signed_by(m, d->signatures, d->n_signatures, &f);
	TRY(region_facts(cx, m, &f));
	TRY(round_facts(cx, m, &f));
	const struct {
		bool holds;
		const char *code;
	} lacks[] = {
	    {f.touches_region && f.hinterland_n < 1, "matter.hinterland_missing"},
	    {!f.version, "matter.no_version"},
	    {f.is_changed, "matter.changed_since_version"},
	    {m->state != MATTER_IN_PREPARATION &&
		    (!f.signed_municipal_id || !f.signed_trust_id),
		"matter.not_signed"},
	    {f.unanswered_comments_n > 0, "matter.comments_unanswered"},
	};
	for (size_t i = 0; i < sizeof(lacks) / sizeof(lacks[0]) && n < max; i++)
		if (lacks[i].holds)
			ret[n++] = lacks[i].code;
	*ret_n = n;
	return OK;
}

struct err *
version_load(struct cx *cx, const struct matter *m, int64_t no, struct version *ret)
{
	struct version_line *line;
	struct section_text *v;
	size_t n;

	TRY(q_version_get(cx->db, cx->a, m->id, no, &line));
	if (!line)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "version %" PRId64, no);
	TRY(q_version_sections(cx->db, cx->a, m->id, no, &v, &n));
	*ret = (struct version){.line = *line};
	for (size_t i = 0; i < n; i++)
		if (v[i].kind >= 1 && v[i].kind <= SECTION_N)
			ret->text[v[i].kind] = v[i].text;
	return OK;
}
