/* web/document_pages.c - writing a section, and the versions of a case document. */
#include "web/document.h"

#include "t_document_edit.h"
#include "t_document_version.h"
#include "t_document_versions.h"

#include "base/clock.h"
#include "tr.h"
#include "web/areas.h"
#include "web/diff.h"
#include "web/kept.h"
#include "web/matter.h"
#include "web/page.h"
#include "web/site.h"

#include <string.h>

/* The order in which a case document is read: the proposal first (KHSP-99). */
static const int64_t order[SECTION_N] = {SECTION_PROPOSAL, SECTION_BACKGROUND,
    SECTION_MUNICIPAL, SECTION_TRUST, SECTION_PATIENT, SECTION_PROFESSIONAL, SECTION_ECONOMIC,
    SECTION_ADMINISTRATIVE};

/* --- writing a section ------------------------------------------------------------------ */

static const struct ui_link *
other_sections(struct request *rq, const struct matter *m, const struct document *d,
    int64_t here, int64_t side, size_t *ret_n)
{
	struct ui_link *v = arena_array(rq->cx->a, struct ui_link, SECTION_N);
	size_t n = 0;

	for (int i = 0; i < SECTION_N; i++) {
		int64_t kind = order[i];
		if (kind == here || !section_may_write(kind, side))
			continue;
		v[n].text = section_name(rq, kind);
		if (!(d->filled & SECTION_BIT(kind)))
			v[n].text = html_text_s(
			    rq->cx->a, trf(rq->cx->a, rq->cx->lang, N_("%s (ikke skrevet)"),
					   section_label(rq, kind)));
		v[n++].to = URL(rq, "/saker/%/rediger/%", m->pid, section_slug(kind));
	}
	*ret_n = n;
	return v;
}

/* What was written in between is laid beside what this person wrote; saving again then is a
 * choice made with open eyes, so the form carries the new revision. */
static void
put_conflict(struct request *rq, const struct section *now, struct t_document_edit *v)
{
	struct arena *a = rq->cx->a;

	v->is_conflict = rq->wrong && strcmp(rq->wrong->code, "document.section_changed") == 0;
	if (rq->wrong && !v->is_conflict) {
		str_to_i64(given_value(&rq->given, "rev"), &v->rev);
		return;
	}
	v->rev = now->rev;
	if (!v->is_conflict)
		return;
	v->differences = diff_html(a, now->text, given_value(&rq->given, "text"));
	v->theirs = kept_markdown(rq, now->text, 3);
	v->written_by = html_text_s(
	    a, trf(a, rq->cx->lang, N_("(skrevet av %s)"), str_to_c(a, now->person_name)));
}

static struct text
help_of(const struct request *rq, int64_t kind)
{
	for (const struct choice *c = section_kinds; c->key; c++)
		if (c->value == kind && c->help)
			return TEXT(rq, c->help);
	return (struct text){S("")};
}

static struct err *
may_write(struct request *rq, const struct matter *m, const struct object *object, int64_t kind,
    int64_t *ret_side)
{
	struct cx *cx = rq->cx;

	TRY(cx_need(cx, ACT_MATTER_EDIT, object));
	TRY(document_writer_side(cx, m, ret_side));
	if (!section_may_write(kind, *ret_side))
		return err_new(
		    cx->a, ERR_DENIED, "document.other_side", "%s", section_key(kind));
	if (matter_is_draft(m->state) ||
	    !matter_offers(m->state, MATTER_DO_EDIT, authz_doers(cx->actor, object), NULL))
		return err_new(cx->a, ERR_CONFLICT, "matter.wrong_state", "not written now");
	return OK;
}

static struct err *
get_edit(struct request *rq, struct reply *rp)
{
	struct t_document_edit v = {.faults = web_faults(rq)};
	int64_t kind = section_of_slug(rq->arg[1]), side;
	struct document d;
	struct object object;
	struct matter *m;

	if (!kind)
		return err_new(rq->cx->a, ERR_NOT_FOUND, "page.none", "no such section");
	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	if (!rq->wrong)
		TRY(may_write(rq, m, &object, kind, &side));
	else
		TRY(document_writer_side(rq->cx, m, &side));
	TRY(document_load(rq->cx, m, &d));
	TRY(matter_frame(rq, m, section_name(rq, kind), &v.frame));
	v.m = m;
	v.section = section_name(rq, kind);
	v.help = help_of(rq, kind);
	v.key = section_key(kind);
	v.action = URL(rq, "/saker/%/rediger/%", m->pid, section_slug(kind));
	v.text = web_field(rq, ACT_MATTER_EDIT, "text", d.section[kind].text);
	v.text.rows = 16;
	put_conflict(rq, &d.section[kind], &v);
	v.others = other_sections(rq, m, &d, kind, side, &v.n_others);
	t_document_edit(&rp->o, &v);
	return OK;
}

static struct url
after_edit(struct request *rq, const struct result *done)
{
	const char *heading = arena_printf(rq->cx->a, "h-" STR_FMT, STR_ARG(rq->arg[1]));

	return url_fragment(rq->cx->a, url_matter(rq, done->pid), str_from_c(heading));
}

/* --- versions --------------------------------------------------------------------------- */

static str
signers_of(const struct request *rq, const struct document *d, int64_t no)
{
	struct buf b = buf_new(rq->cx->a, 4096);

	for (size_t i = 0; i < d->n_signatures; i++)
		if (d->signatures[i].no == no)
			buf_printf(&b, "%s" STR_FMT, b.n ? ", " : "",
			    STR_ARG(d->signatures[i].person_name));
	return buf_str(&b);
}

static struct url
url_changes(struct request *rq, const struct matter *m, int64_t from, int64_t to)
{
	struct arena *a = rq->cx->a;
	struct url u = url_with(a, URL(rq, "/saker/%/versjoner", m->pid), "fra", from);

	return url_fragment(a, url_with(a, u, "til", to), S("h-forskjell"));
}

static void
put_rows(struct request *rq, const struct matter *m, const struct document *d,
    struct t_document_versions *v)
{
	struct arena *a = rq->cx->a;
	struct version_row *rows = arena_array(a, struct version_row, d->n_versions);

	for (size_t i = 0; i < d->n_versions; i++) {
		const struct version_line *l = &d->versions[i];
		rows[i] = (struct version_row){
		    .no = l->no,
		    .when = html_text_s(a, clock_long(a, rq->cx->lang, l->made_at)),
		    .who = html_text_s(a, l->person_name),
		    .note = html_text_s(a, l->note),
		    .signed_by = html_text_s(a, signers_of(rq, d, l->no)),
		    .to = URL(rq, "/saker/%/versjoner/%", m->pid, l->no),
		};
		if (l->no > 1)
			rows[i].changes = url_changes(rq, m, l->no - 1, l->no);
	}
	v->rows = rows;
	v->n = d->n_versions;
	if (v->n && rows[v->n - 1].no > 1)
		v->older = url_with(
		    a, URL(rq, "/saker/%/versjoner", m->pid), "foer", rows[v->n - 1].no);
}

static struct ui_option
version_option(const struct request *rq, int64_t no, int64_t chosen)
{
	return (struct ui_option){.value = html_text_d(rq->cx->a, no).s,
	    .label = TEXTF(rq, N_("Versjon %lld"), (long long)no),
	    .chosen = chosen == no};
}

/* The versions on the page, and the chosen one. 0 stands for the text as it is now. */
static struct t_ui_field
version_choice(struct request *rq, const struct document *d, const char *name,
    const char *label, bool has_now, int64_t chosen)
{
	struct arena *a = rq->cx->a;
	struct ui_option *v = arena_array(a, struct ui_option, d->n_versions + 2);
	const struct version_line *l = d->versions;
	size_t n = 0;

	if (has_now)
		v[n++] = (struct ui_option){.value = S("0"),
		    .label = TEXT(rq, N_("Teksten som den står nå")),
		    .chosen = chosen == 0};
	if (d->n_versions && chosen > l[0].no)
		v[n++] = version_option(rq, chosen, chosen);
	for (size_t i = 0; i < d->n_versions; i++)
		v[n++] = version_option(rq, l[i].no, chosen);
	if (chosen > 0 && d->n_versions && chosen < l[d->n_versions - 1].no)
		v[n++] = version_option(rq, chosen, chosen);
	return (struct t_ui_field){
	    .kind = UI_SELECT, .name = name, .label = TEXT(rq, label), .options = v, .n = n};
}

/* The text of a version, or as it is now. */
static struct err *
text_of(struct request *rq, const struct matter *m, const struct document *d, int64_t no,
    struct version *ret)
{
	if (no)
		return version_load(rq->cx, m, no, ret);
	*ret = (struct version){0};
	for (int64_t kind = 1; kind <= SECTION_N; kind++)
		ret->text[kind] = d->section[kind].text;
	return OK;
}

static struct err *
put_differences(struct request *rq, const struct matter *m, const struct document *d,
    int64_t from, int64_t to, struct t_document_versions *v)
{
	struct arena *a = rq->cx->a;
	struct version_part *parts = arena_array(a, struct version_part, SECTION_N);
	struct version was, is;

	TRY(text_of(rq, m, d, from, &was));
	TRY(text_of(rq, m, d, to, &is));
	for (int i = 0; i < SECTION_N; i++) {
		int64_t kind = order[i];
		if (!str_eq(was.text[kind], is.text[kind]))
			parts[v->n_parts++] = (struct version_part){section_name(rq, kind),
			    diff_html(a, was.text[kind], is.text[kind])};
	}
	v->parts = parts;
	v->compared = html_text_s(
	    a, to ? trf(a, rq->cx->lang, N_("Fra versjon %lld til versjon %lld"),
			(long long)from, (long long)to)
		  : trf(a, rq->cx->lang, N_("Endret etter versjon %lld"), (long long)from));
	return OK;
}

static struct err *
get_versions(struct request *rq, struct reply *rp)
{
	struct t_document_versions v = {0};
	int64_t from = 0, to = 0, before;
	struct document d;
	struct object object;
	struct matter *m;
	bool asked = str_to_i64(given_value(&rq->query, "fra"), &from) &&
		     str_to_i64(given_value(&rq->query, "til"), &to);

	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	TRY(document_load(rq->cx, m, &d));
	if (str_to_i64(given_value(&rq->query, "foer"), &before) && before > 1)
		TRY(document_versions(rq->cx, m, before, &d));
	TRY(matter_frame(rq, m, TEXT(rq, N_("Versjoner")), &v.frame));
	v.m = m;
	put_rows(rq, m, &d, &v);
	v.from = version_choice(rq, &d, "fra", N_("Fra"), false,
	    asked               ? from
	    : m->version_no > 1 ? m->version_no - 1
				: m->version_no);
	v.to = version_choice(rq, &d, "til", N_("Til"), true, asked ? to : m->version_no);
	if (asked)
		TRY(put_differences(rq, m, &d, from, to, &v));
	t_document_versions(&rp->o, &v);
	return OK;
}

static struct err *
get_version(struct request *rq, struct reply *rp)
{
	struct arena *a = rq->cx->a;
	struct t_document_version v = {0};
	struct version_part *parts = arena_array(a, struct version_part, SECTION_N);
	struct version is;
	struct document d = {0};
	struct object object;
	struct matter *m;
	int64_t no;

	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	if (!str_to_i64(rq->arg[1], &no))
		return err_new(a, ERR_NOT_FOUND, "page.none", "no number");
	TRY(version_load(rq->cx, m, no, &is));
	TRY(document_versions(rq->cx, m, no + 1, &d));
	v.title = html_text_s(a, trf(a, rq->cx->lang, N_("Versjon %lld"), (long long)no));
	TRY(matter_frame(rq, m, v.title, &v.frame));
	v.m = m;
	v.kept = html_text_s(a, trf(a, rq->cx->lang, N_("Lagret %s av %s"),
				    str_to_c(a, clock_long(a, rq->cx->lang, is.line.made_at)),
				    str_to_c(a, is.line.person_name)));
	str by = signers_of(rq, &d, no);
	v.signed_by =
	    by.n ? html_text_s(a, trf(a, rq->cx->lang, N_("Signert av %s"), str_to_c(a, by)))
		 : TEXT(rq, N_("Ikke signert"));
	v.hash = is.line.hash;
	for (int i = 0; i < SECTION_N; i++)
		if (is.text[order[i]].n)
			parts[v.n_parts++] = (struct version_part){section_name(rq, order[i]),
			    kept_markdown(rq, is.text[order[i]], 3)};
	v.parts = parts;
	t_document_version(&rp->o, &v);
	return OK;
}

const struct route document_page_routes[] = {
    PAGE("/saker/:/rediger/:", MATTER_EDIT, get_edit),
    FORM("/saker/:/rediger/:", MATTER_EDIT, get_edit, after_edit),
    PAGE("/saker/:/versjoner", MATTER_READ, get_versions),
    PAGE("/saker/:/versjoner/:", MATTER_READ, get_version),
    {0},
};
