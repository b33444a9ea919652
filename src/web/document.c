/* web/document.c - the case document on the page of its matter, and what is done to it there.
 */
#include "web/document.h"

#include "app/attachment.h"
#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/kept.h"
#include "web/matter.h"
#include "web/page.h"
#include "web/site.h"

enum { LACKS_MAX = 16 };

#define TRF(rq, ...) html_text_str((rq)->cx->a, trf((rq)->cx->a, (rq)->cx->lang, __VA_ARGS__))
#define C_STR(rq, s) str_to_c((rq)->cx->a, (s))

/* --- words ------------------------------------------------------------------------------ */

static const char *const slugs[SECTION_N + 1] = {
    [SECTION_BACKGROUND] = "bakgrunn",
    [SECTION_MUNICIPAL] = "kommunene",
    [SECTION_TRUST] = "sykehuset",
    [SECTION_PATIENT] = "pasient",
    [SECTION_PROFESSIONAL] = "faglig",
    [SECTION_ECONOMIC] = "okonomi",
    [SECTION_ADMINISTRATIVE] = "administrasjon",
    [SECTION_PROPOSAL] = "forslag",
};

const char *
section_slug(int64_t kind)
{
	return kind >= 1 && kind <= SECTION_N ? slugs[kind] : NULL;
}

int64_t
section_of_slug(str slug)
{
	for (int64_t kind = 1; kind <= SECTION_N; kind++)
		if (str_eq(slug, str_from_c(slugs[kind])))
			return kind;
	return 0;
}

const char *
section_label(const struct request *rq, int64_t kind)
{
	for (const struct choice *c = section_kinds; c->key; c++)
		if (c->value == kind)
			return tr(rq->cx->lang, c->label);
	return tr(rq->cx->lang, N_("Hele saksframlegget"));
}

struct text
section_name(const struct request *rq, int64_t kind)
{
	return html_text_c(rq->cx->a, section_label(rq, kind));
}

static str
when_of(const struct request *rq, int64_t at)
{
	struct arena *a = rq->cx->a;
	int64_t day = clock_day(at);
	bool this_year = day_to_ymd(day).year == day_to_ymd(rq->cx->today).year;

	return this_year ? day_short(a, rq->cx->lang, day) : day_long(a, rq->cx->lang, day);
}

struct text
web_when(const struct request *rq, int64_t at)
{
	return html_text_s(rq->cx->a, when_of(rq, at));
}

struct text
web_when_exactly(const struct request *rq, int64_t at)
{
	return TRF(rq, "%s %s", C_STR(rq, when_of(rq, at)),
	    C_STR(rq, clock_time(rq->cx->a, rq->cx->lang, at)));
}

static struct text
beside(const struct request *rq, str x, const char *between, str y)
{
	return html_text_s(rq->cx->a, str_from_c(arena_printf(rq->cx->a, STR_FMT "%s" STR_FMT,
					  STR_ARG(x), between, STR_ARG(y))));
}

/* --- sections --------------------------------------------------------------------------- */

static struct document_part
part_of(const struct request *rq, const struct matter *m, const struct document *d,
    int64_t kind, bool may_edit)
{
	const struct section *s = &d->section[kind];
	struct document_part p = {
	    .id = arena_printf(rq->cx->a, "h-%s", slugs[kind]),
	    .name = section_name(rq, kind),
	    .is_filled = d->filled & SECTION_BIT(kind),
	    .is_needed = d->needed & SECTION_BIT(kind),
	    .side = kind == SECTION_PATIENT ? SIDE_USER : section_side(kind),
	};

	if (p.is_filled) {
		p.body = kept_markdown(rq, s->text,
		    kind == SECTION_PROPOSAL || kind == SECTION_BACKGROUND ? 3 : 4);
		p.by = TRF(rq, N_("Skrevet av %s · %s"), C_STR(rq, s->person_name),
		    C_STR(rq, when_of(rq, s->updated_at)));
	}
	if (may_edit)
		p.edit = URL(rq, "/saker/%/rediger/%", m->pid, slugs[kind]);
	return p;
}

static struct err *
put_parts(struct request *rq, const struct matter *m, const struct document *d,
    struct document_view *v)
{
	int64_t side;

	TRY(document_writer_side(rq->cx, m, &side));
	for (int64_t kind = 1; kind <= SECTION_N; kind++) {
		const struct document_part *p = &v->part[kind];
		v->part[kind] =
		    part_of(rq, m, d, kind, v->offers.edit && section_may_write(kind, side));
		if (kind >= SECTION_PROFESSIONAL && kind <= SECTION_ADMINISTRATIVE)
			v->has_consequences |= p->is_filled || p->edit.s.n;
		if (p->edit.s.n && (!v->write.s.n || (p->is_needed && !p->is_filled)))
			v->write = p->edit;
	}
	return OK;
}

/* --- what is missing -------------------------------------------------------------------- */

static struct err *
put_lacks(struct request *rq, const struct matter *m, const struct document *d,
    struct document_view *v)
{
	struct arena *a = rq->cx->a;
	struct text *to = arena_array(a, struct text, SECTION_N + LACKS_MAX);
	const char *codes[LACKS_MAX];
	size_t n;

	for (int64_t kind = 1; kind <= SECTION_N; kind++)
		if (d->needed & ~d->filled & SECTION_BIT(kind))
			to[v->n_lacks++] =
			    html_text_s(a, trf(a, rq->cx->lang, N_("«%s» er ikke skrevet."),
					       section_label(rq, kind)));
	TRY(document_lacks(rq->cx, m, d, codes, LACKS_MAX, &n));
	for (size_t i = 0; i < n; i++)
		to[v->n_lacks++] = html_text_c(a, tr_error(rq->cx->lang, codes[i]));
	v->lacks = to;
	v->is_dark = d->needed & ~d->filled & SECTIONS_LIT;
	return OK;
}

/* --- signing ---------------------------------------------------------------------------- */

static const struct signature_line *
signature_of(const struct document *d, int64_t no, enum side side)
{
	for (size_t i = 0; i < d->n_signatures; i++)
		if (d->signatures[i].no == no && d->signatures[i].side == side)
			return &d->signatures[i];
	return NULL;
}

static str
secretary_of(const struct matter_person *v, size_t n, enum side side)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].side == side)
			return v[i].name;
	return S("");
}

/* Whether the actor could sign for this side now: core decides when it is done. */
static bool
may_sign(const struct request *rq, const struct matter *m, const struct object *object,
    const struct document *d, enum side side)
{
	const struct appointment *by;

	if (authorize(rq->cx->actor, ACT_MATTER_SIGN_OFF, object, &by) != VERDICT_ALLOW || !by)
		return false;
	return by->side == side && m->version_no && !d->is_changed &&
	       matter_offers(
		   m->state, MATTER_DO_SIGN_OFF, authz_doers(rq->cx->actor, object), NULL);
}

static struct document_signer
signer_of(const struct request *rq, const struct matter *m, const struct object *object,
    const struct document *d, enum side side, str secretary)
{
	const struct signature_line *s = signature_of(d, m->version_no, side);
	bool is_municipal = side == SIDE_MUNICIPAL;
	struct document_signer v = {
	    .side = side,
	    .name = s ? s->person_name : secretary,
	    .under = is_municipal ? TEXT(rq, N_("Kommunene")) : TEXT(rq, N_("Sykehuset")),
	    .status = UI_NOT_BEGUN,
	    .words = TEXT(rq, N_("Ikke signert")),
	};

	if (s) {
		v.status = UI_OK;
		v.words = TRF(rq, N_("Signert %s %s"), C_STR(rq, when_of(rq, s->at)),
		    C_STR(rq, clock_time(rq->cx->a, rq->cx->lang, s->at)));
	} else if (may_sign(rq, m, object, d, side)) {
		v.status = UI_WAITING;
		v.words = TEXT(rq, N_("Venter på deg"));
		v.button = is_municipal ? TEXT(rq, N_("Signer for kommunene"))
					: TEXT(rq, N_("Signer for sykehuset"));
	}
	return v;
}

/* Whether it is to be read through first, and signed after what came of that. */
static bool
is_early(const struct matter *m)
{
	return m->state == MATTER_QUALITY_CHECKED && m->round_required;
}

static struct text
signing_note(const struct request *rq, const struct matter *m, const struct document *d)
{
	if (!m->version_no)
		return TEXT(rq, N_("Lagre teksten som en versjon før den kan signeres."));
	if (d->is_changed)
		return TEXT(
		    rq, N_("Teksten er endret etter siste versjon. Lagre en ny versjon, "
			   "så kan den signeres."));
	if (signature_of(d, m->version_no, SIDE_MUNICIPAL) &&
	    signature_of(d, m->version_no, SIDE_TRUST))
		return TRF(
		    rq, N_("Begge sider har signert versjon %lld."), (long long)m->version_no);
	return is_early(m) ? TRF(rq,
				 N_("Gjelder versjon %lld. Signaturene kan vente til "
				    "kommunene har lest saken."),
				 (long long)m->version_no)
			   : TRF(rq,
				 N_("Gjelder versjon %lld. Saken går først videre når "
				    "begge sider har signert samme versjon."),
				 (long long)m->version_no);
}

static struct err *
put_signers(struct request *rq, const struct matter *m, const struct object *object,
    const struct document *d, struct document_view *v)
{
	static const enum side sides[] = {SIDE_MUNICIPAL, SIDE_TRUST};
	struct matter_person *people;
	size_t n;

	v->is_signing = m->version_no || m->state == MATTER_QUALITY_CHECKED;
	if (!v->is_signing)
		return OK;
	TRY(matter_secretaries(rq->cx, &people, &n));
	for (int i = 0; i < 2; i++)
		v->signer[i] =
		    signer_of(rq, m, object, d, sides[i], secretary_of(people, n, sides[i]));
	v->is_early = is_early(m);
	v->signing_note = signing_note(rq, m, d);
	return OK;
}

/* --- who writes ------------------------------------------------------------------------- */

/* "Skrives av Ingrid Haugen og Anders Myhre": the one of each side who answers for it. */
static struct text
authors_of(const struct request *rq, const struct document *d)
{
	struct arena *a = rq->cx->a;
	str lead[2] = {S(""), S("")};
	int n = 0;

	for (size_t i = 0; i < d->n_authors && n < 2; i++)
		if (d->authors[i].lead)
			lead[n++] = d->authors[i].name;
	if (n == 0)
		return (struct text){S("")};
	return n == 1 ? TRF(rq, N_("Skrives av %s"), str_to_c(a, lead[0]))
		      : TRF(rq, N_("Skrives av %s og %s"), str_to_c(a, lead[0]),
			    str_to_c(a, lead[1]));
}

/* --- documents and comments ------------------------------------------------------------- */

static struct text
access_words(const struct request *rq, const struct matter *m)
{
	if (m->exempt_basis.n)
		return TEXT(rq, N_("Unntatt offentlighet"));
	return m->published_at ? TEXT(rq, N_("Offentlig")) : TEXT(rq, N_("Bare partene"));
}

static struct document_file
paper_row(const struct request *rq, const struct matter *m, const struct document *d)
{
	struct document_file f = {
	    .name = TEXT(rq, N_("Saksframlegg")),
	    .version = html_text_d(rq->cx->a, m->version_no),
	    .when = web_when(rq, d->versions[0].made_at),
	    .access = access_words(rq, m),
	    .to = URL(rq, "/saker/%/versjoner/%", m->pid, m->version_no),
	};

	if (d->is_changed)
		f.under = TEXT(rq, N_("Endret etter denne versjonen"));
	return f;
}

static struct document_file
file_row(const struct request *rq, const struct reply *rp, const struct matter *m,
    const struct attachment_line *t, bool may_remove)
{
	struct arena *a = rq->cx->a;
	struct document_file f = {
	    .name = html_text_s(a, t->name),
	    .under = view_bytes(&rp->o, t->bytes),
	    .version = html_text_c(a, "–"),
	    .when = web_when(rq, t->at),
	    .access = access_words(rq, m),
	};

	if (t->removed_at) {
		f.under = html_text_s(a, trf(a, rq->cx->lang, N_("Fjernet %s"),
					     str_to_c(a, when_of(rq, t->removed_at))));
		return f;
	}
	f.to = URL(rq, "/saker/%/vedlegg/%", m->pid, t->pid);
	if (may_remove)
		f.remove = URL(rq, "/saker/%/vedlegg/%/fjern", m->pid, t->pid);
	return f;
}

static void
put_files(const struct request *rq, const struct reply *rp, const struct matter *m,
    const struct document *d, struct document_view *v)
{
	struct document_file *to =
	    arena_array(rq->cx->a, struct document_file, d->n_attachments + 1);

	if (d->n_versions)
		to[v->n_files++] = paper_row(rq, m, d);
	for (size_t i = 0; i < d->n_attachments; i++)
		to[v->n_files++] = file_row(rq, rp, m, &d->attachments[i], v->offers.attach);
	v->files = to;
}

static void
put_remarks(const struct request *rq, const struct object *object, const struct document *d,
    struct document_view *v)
{
	bool may_settle = v->offers.comment && authorize(rq->cx->actor, ACT_MATTER_SETTLE,
						   object, NULL) == VERDICT_ALLOW;
	struct document_remark *to =
	    arena_array(rq->cx->a, struct document_remark, d->n_comments + 1);

	for (size_t i = 0; i < d->n_comments; i++) {
		const struct comment_line *c = &d->comments[i];
		to[i] = (struct document_remark){
		    .who = beside(rq, c->person_name, ", ", c->party_name),
		    .about = beside(rq,
			trf(rq->cx->a, rq->cx->lang, N_("Gjelder: %s"),
			    section_label(rq, c->kind)),
			" · ", when_of(rq, c->at)),
		    .words = html_text_s(rq->cx->a, c->text),
		    .is_done = c->done_at != 0,
		    .pid = c->pid,
		    .may_settle = may_settle && !c->done_at,
		};
	}
	v->remarks = to;
	v->n_remarks = d->n_comments;
	if (!d->in_order)
		v->remarks_hidden = d->comments_in_all - (int64_t)d->n_comments;
	if (v->remarks_hidden || d->has_later_comments)
		v->all_remarks = url_fragment(rq->cx->a,
		    url_with(rq->cx->a, url_matter(rq, v->m->pid), "kommentarer",
			d->in_order ? d->comments[d->n_comments - 1].pid : S("alle")),
		    S("h-kommentarer"));
}

/* --- the view --------------------------------------------------------------------------- */

static struct document_offers
offers_of(const struct request *rq, const struct matter *m, const struct object *object)
{
	const struct actor *who = rq->cx->actor;
	unsigned by = authz_doers(who, object);
	bool has_paper = !matter_is_draft(m->state);
#define MAY(act, do)                                           \
	(authorize(who, act, object, NULL) == VERDICT_ALLOW && \
	    matter_offers(m->state, do, by, NULL))
	return (struct document_offers){
	    .edit = has_paper && MAY(ACT_MATTER_EDIT, MATTER_DO_EDIT),
	    .snapshot = MAY(ACT_MATTER_SNAPSHOT, MATTER_DO_SNAPSHOT),
	    .check = MAY(ACT_MATTER_CHECK, MATTER_DO_CHECK),
	    .rework = MAY(ACT_MATTER_REWORK, MATTER_DO_REWORK),
	    .skip_round =
		m->round_required == 0 && MAY(ACT_MATTER_SKIP_ROUND, MATTER_DO_SKIP_ROUND),
	    .freeze = MAY(ACT_MATTER_FREEZE, MATTER_DO_FREEZE),
	    .resume = MAY(ACT_MATTER_RESUME, MATTER_DO_RESUME),
	    .comment = MAY(ACT_MATTER_COMMENT, MATTER_DO_COMMENT),
	    .attach = MAY(ACT_MATTER_ATTACH, MATTER_DO_EDIT),
	};
#undef MAY
}

static struct t_ui_field
field(const struct request *rq, enum action action, const char *name, int rows)
{
	struct t_ui_field f = web_field(rq, action, name, S(""));

	f.rows = rows;
	return f;
}

static struct t_ui_field
about_field(const struct request *rq)
{
	struct t_ui_field f = field(rq, ACT_MATTER_COMMENT, "section", 0);
	struct ui_option *v = arena_array(rq->cx->a, struct ui_option, f.n + 1);

	v[0] = (struct ui_option){.label = TEXT(rq, N_("Hele saksframlegget"))};
	for (size_t i = 0; i < f.n; i++) {
		v[i + 1] = f.options[i];
		v[i + 1].help = (struct text){S("")};
	}
	f.options = v;
	f.n++;
	f.kind = UI_SELECT;
	return f;
}

static void
put_fields(const struct request *rq, const struct matter *m, const struct object *object,
    struct document_view *v)
{
	bool skipped = rq->tried && rq->tried->action == ACT_MATTER_SKIP_ROUND;
	unsigned by = authz_doers(rq->cx->actor, object);

	v->note = field(rq, ACT_MATTER_SNAPSHOT, "note", 0);
	v->reason = field(rq, skipped ? ACT_MATTER_SKIP_ROUND : ACT_MATTER_REWORK, "reason", 3);
	if (matter_offers(m->state, MATTER_DO_WITHDRAW, by, NULL))
		v->reason.id = "reason-arbeid"; /* the page has another field of the name */
	v->exemption = field(rq, ACT_MATTER_CHECK, "exemption", 3);
	v->about = about_field(rq);
	v->comment = field(rq, ACT_MATTER_COMMENT, "text", 3);
	v->file = field(rq, ACT_MATTER_ATTACH, "file", 0);
}

struct err *
document_view_of(struct request *rq, const struct reply *rp, const struct matter *m,
    const struct object *object, struct document_view *ret)
{
	struct document_view v = {.m = m, .offers = offers_of(rq, m, object)};
	struct document d;
	str comments = given_value(&rq->query, "kommentarer");

	TRY(document_load(rq->cx, m, &d));
	if (comments.n)
		TRY(document_comments(rq->cx, m, comments, &d));
	v.is_shown = v.offers.edit || d.filled;
	v.authors = authors_of(rq, &d);
	TRY(put_parts(rq, m, &d, &v));
	if (v.offers.check || v.offers.freeze || v.offers.skip_round)
		TRY(put_lacks(rq, m, &d, &v));
	TRY(put_signers(rq, m, object, &d, &v));
	put_files(rq, rp, m, &d, &v);
	put_remarks(rq, object, &d, &v);
	put_fields(rq, m, object, &v);
	*ret = v;
	return OK;
}

/* --- files ------------------------------------------------------------------------------ */

static struct err *
get_file(struct request *rq, struct reply *rp)
{
	struct attachment_line t;
	struct object object;
	struct matter *m;
	int fd;

	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	TRY(attachment_fetch(rq->cx, m, rq->arg[1], &t, &rp->content_type, &fd));
	rp->file_name = t.name;
	rp->http->has_file = true;
	rp->http->fd = fd;
	rp->http->file_n = t.bytes;
	return OK;
}

/* --- routes ----------------------------------------------------------------------------- */

static struct url
after_act(struct request *rq, const struct result *done)
{
	return url_matter(rq, done->pid);
}

static struct url
after_comment(struct request *rq, const struct result *done)
{
	return url_fragment(rq->cx->a, url_matter(rq, done->pid), S("h-kommentarer"));
}

static struct url
after_file(struct request *rq, const struct result *done)
{
	return url_fragment(rq->cx->a, url_matter(rq, done->pid), S("h-dokumenter"));
}

const struct route document_routes[] = {
    FORM("/saker/:/versjoner", MATTER_SNAPSHOT, matter_page, after_act),
    FORM("/saker/:/signer", MATTER_SIGN_OFF, matter_page, after_act),
    FORM("/saker/:/kvalitetssikre", MATTER_CHECK, matter_page, after_act),
    FORM("/saker/:/skriv-videre", MATTER_REWORK, matter_page, after_act),
    FORM("/saker/:/uten-gjennomlesning", MATTER_SKIP_ROUND, matter_page, after_act),
    FORM("/saker/:/las", MATTER_FREEZE, matter_page, after_act),
    FORM("/saker/:/gjenoppta", MATTER_RESUME, matter_page, after_act),
    FORM("/saker/:/kommentarer", MATTER_COMMENT, matter_page, after_comment),
    FORM("/saker/:/kommentarer/ferdig", MATTER_SETTLE, matter_page, after_comment),
    FORM("/saker/:/vedlegg", MATTER_ATTACH, matter_page, after_file),
    FORM("/saker/:/vedlegg/:/fjern", MATTER_DETACH, matter_page, after_file),
    PAGE("/saker/:/vedlegg/:", MATTER_READ, get_file),
    {0},
};
