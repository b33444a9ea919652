/* web/matter_triage.c - how a matter is handled, and who writes it: the secretariat's pages. */
#include "web/matter.h"

#include "t_matter_authors.h"
#include "t_matter_triage.h"

#include "app/document.h"
#include "app/people.h"
#include "base/day.h"
#include "core/charter.h"
#include "tr.h"
#include "web/areas.h"
#include "web/matter_view.h"
#include "web/page.h"
#include "web/site.h"

enum { JOIN_N = 100 };

/* --- what the matter is ----------------------------------------------------------------- */

/* What was chosen: in the form that was refused, in the address, or before. */
static str
chosen(const struct request *rq, const char *name, const char *before)
{
	if (rq->wrong)
		return given_value(&rq->given, name);
	if (rq->query.n)
		return given_value(&rq->query, name);
	return str_from_c(before);
}

/* The keys of a mask, with blanks between: of every value given, or as it was before. */
static str
chosen_all(const struct request *rq, const char *name, int64_t before)
{
	const struct given *g = rq->wrong ? &rq->given : &rq->query;
	struct buf b = buf_new(rq->cx->a, 4096);

	for (const struct choice *c = matter_consequences; c->key; c++) {
		bool on = !rq->wrong && !rq->query.n && (before & c->value);
		for (size_t i = 0; i < g->n; i++)
			on |= str_eq(g->names[i], str_from_c(name)) &&
			      str_eq(g->values[i], str_from_c(c->key));
		if (on)
			buf_printf(&b, "%s%s", b.n ? " " : "", c->key);
	}
	return buf_str(&b);
}

static int64_t
value_of(const struct choice *c, str key)
{
	for (; c->key; c++)
		if (str_eq(str_from_c(c->key), key))
			return c->value;
	return 0;
}

static int64_t
mask_of(const struct choice *c, str keys)
{
	int64_t mask = 0;

	for (; c->key; c++)
		if (str_has_word(keys, str_from_c(c->key)))
			mask |= c->value;
	return mask;
}

struct description { /* as keys */
	str type, scope, region, consequence, larger, topic;
};

static struct description
description_of(const struct request *rq, const struct matter *m)
{
	return (struct description){
	    .type = chosen(rq, "type", matter_type_key(m->type)),
	    .scope = chosen(rq, "scope", matter_scope_key(m->scope)),
	    .region = chosen(rq, "region", str_to_c(rq->cx->a, m->region_key)),
	    .consequence = chosen_all(rq, "consequence", m->consequence),
	    .larger = chosen(rq, "larger", m->larger ? "1" : ""),
	    .topic = chosen(rq, "topic", m->type ? matter_topic_key(m->topic) : "other"),
	};
}

static bool
is_described(const struct description *d)
{
	return value_of(matter_types, d->type) && value_of(matter_scopes, d->scope) &&
	       d->consequence.n && d->topic.n;
}

/* The matter as it is described on the page, to ask the charter about. */
static struct matter
described_matter(const struct matter *m, const struct description *d)
{
	struct matter is = *m;

	is.type = value_of(matter_types, d->type);
	is.scope = value_of(matter_scopes, d->scope);
	is.consequence = mask_of(matter_consequences, d->consequence);
	is.topic = value_of(matter_topics, d->topic);
	is.larger = d->larger.n > 0;
	is.region_key = is.scope == SCOPE_ONE_AREA ? d->region : S("");
	return is;
}

static const struct matter_described *
hidden_values(const struct request *rq, const struct description *d, size_t *ret_n)
{
	struct matter_described *v = arena_array(rq->cx->a, struct matter_described, 16);
	size_t n = 0;

	v[n++] = (struct matter_described){"type", d->type, false};
	v[n++] = (struct matter_described){"scope", d->scope, false};
	v[n++] = (struct matter_described){"region", d->region, false};
	v[n++] = (struct matter_described){"topic", d->topic, false};
	if (d->larger.n)
		v[n++] = (struct matter_described){"larger", S("1"), false};
	for (const struct choice *c = matter_consequences; c->key; c++)
		if (str_has_word(d->consequence, str_from_c(c->key)))
			v[n++] =
			    (struct matter_described){"consequence", str_from_c(c->key), true};
	*ret_n = n;
	return v;
}

/* A field of the first form: it is not the form that was refused, but shows what is chosen. */
static struct t_ui_field
described_field(const struct request *rq, const char *name, str now)
{
	struct t_ui_field f = web_field(rq, ACT_MATTER_TRIAGE, name, now);

	f.value = now;
	return f;
}

static struct t_ui_field
region_field(const struct request *rq, str now)
{
	const struct charter *c = rq->cx->charter;
	struct ui_option *v = arena_array(rq->cx->a, struct ui_option, c->n_regions + 1);
	struct t_ui_field f = described_field(rq, "region", now);

	v[0] = (struct ui_option){.label = TEXT(rq, N_("Ikke ett bestemt område"))};
	for (size_t i = 0; i < c->n_regions; i++)
		v[i + 1] = (struct ui_option){.value = c->regions[i].key,
		    .label =
			html_text_s(rq->cx->a, charter_say(&c->regions[i].name, rq->cx->lang)),
		    .chosen = str_eq(now, c->regions[i].key)};
	f.kind = UI_SELECT;
	f.options = v;
	f.n = c->n_regions + 1;
	return f;
}

/* --- where it goes ---------------------------------------------------------------------- */

/* The help under a body: what the charter says, or why it needs a reason. */
static struct text
body_help(const struct request *rq, const struct matter_body_choice *c)
{
	struct arena *a = rq->cx->a;
	const char *how = c->suggested ? N_("Foreslått.") : N_("Bare med begrunnelse.");

	if (!c->suggested && !c->barred)
		return html_text_s(a, c->why);
	return html_text_s(a,
	    str_from_c(arena_printf(a, "%s " STR_FMT, tr(rq->cx->lang, how), STR_ARG(c->why))));
}

/* ret_reads_first: whether the charter has a read-through before the body that is marked. */
static struct err *
body_field(
    struct request *rq, const struct matter *is, struct t_ui_field *ret, bool *ret_reads_first)
{
	struct arena *a = rq->cx->a;
	struct matter_body_choice *c;
	size_t n, used = 0;
	bool reads_first = false;

	TRY(matter_body_choices(rq->cx, is, &c, &n));
	struct ui_option *v = arena_array(a, struct ui_option, n);
	for (size_t i = 0; i < n; i++) {
		if (c[i].pid.n == 0)
			continue;
		bool now = is->body_id ? c[i].body_id == is->body_id : i == 0 && c[i].suggested;
		v[used++] = (struct ui_option){.value = c[i].pid,
		    .label = html_text_s(a, c[i].name),
		    .help = body_help(rq, &c[i]),
		    .chosen = form_has(rq, "body", str_to_c(a, c[i].pid), now)};
		reads_first |= v[used - 1].chosen && c[i].reads_first;
	}
	*ret_reads_first = reads_first;
	*ret = web_field(rq, ACT_MATTER_TRIAGE, "body", S(""));
	ret->kind = UI_RADIOS;
	ret->options = v;
	ret->n = used;
	return OK;
}

static struct text
person_label(struct arena *a, const struct matter_person *p)
{
	return html_text_s(a, str_from_c(arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(p->name),
				  STR_ARG(p->party_name))));
}

static struct t_ui_field
person_field(const struct request *rq, enum action action, const char *name,
    const struct matter_person *people, size_t n, int64_t side, str now)
{
	struct arena *a = rq->cx->a;
	struct t_ui_field f = web_field(rq, action, name, now);
	struct ui_option *v = arena_array(a, struct ui_option, n + 1);

	v[0] = (struct ui_option){.label = TEXT(rq, N_("Ingen valgt"))};
	f.n = 1;
	for (size_t i = 0; i < n; i++) {
		const struct matter_person *p = &people[i];
		if (side != SIDE_NONE && p->side != side)
			continue;
		v[f.n++] = (struct ui_option){.value = p->pid,
		    .label = person_label(a, p),
		    .chosen = str_eq(p->pid, f.value)};
	}
	f.kind = UI_SELECT;
	f.options = v;
	return f;
}

static struct err *
put_where(struct request *rq, const struct matter *m, const struct matter *is,
    struct t_matter_triage *v)
{
	struct arena *a = rq->cx->a;
	struct matter_person *people;
	str rapporteur, due = m->due_day ? day_dotted(a, m->due_day) : S("");
	bool round = false;
	size_t n;

	TRY(matter_people(rq->cx, &people, &n));
	TRY(person_pid(rq->cx, m->rapporteur_id, &rapporteur));
	TRY(body_field(rq, is, &v->body, &round));
	if (m->round_required >= 0)
		round = m->round_required == 1;
	v->override = web_field(rq, ACT_MATTER_TRIAGE, "override_reason", m->override_reason);
	v->override.rows = 3;
	v->round = web_field(rq, ACT_MATTER_TRIAGE, "round", round ? S("yes") : S("no"));
	v->round_reason = web_field(rq, ACT_MATTER_TRIAGE, "round_reason", m->round_reason);
	v->round_reason.rows = 3;
	v->extensive =
	    web_field(rq, ACT_MATTER_TRIAGE, "extensive", m->extensive ? S("1") : S(""));
	v->rapporteur =
	    person_field(rq, ACT_MATTER_TRIAGE, "rapporteur", people, n, SIDE_NONE, rapporteur);
	v->due = web_field(rq, ACT_MATTER_TRIAGE, "due", due);
	return OK;
}

static bool
is_under_way(int64_t state)
{
	return !matter_is_draft(state) && !matter_is_over(state);
}

/* Matters that are under way, other than this one. */
static struct err *
into_field(struct request *rq, const struct matter *m, struct t_ui_field *ret)
{
	struct arena *a = rq->cx->a;
	struct matter_lines lines;

	TRY(matters_recent_in(rq->cx, is_under_way, JOIN_N, &lines));
	*ret = web_field(rq, ACT_MATTER_JOIN, "into", S(""));
	struct ui_option *v = arena_array(a, struct ui_option, lines.n + 1);
	v[0] = (struct ui_option){.label = TEXT(rq, N_("Ingen valgt"))};
	ret->n = 1;
	for (size_t i = 0; i < lines.n; i++) {
		const struct matter_line *l = &lines.v[i];
		if (l->id == m->id)
			continue;
		v[ret->n++] = (struct ui_option){.value = l->pid,
		    .label = html_text_s(a, str_from_c(arena_printf(a, STR_FMT " " STR_FMT,
						STR_ARG(l->label), STR_ARG(l->title)))),
		    .chosen = str_eq(l->pid, ret->value)};
	}
	ret->kind = UI_SELECT;
	ret->options = v;
	return OK;
}

static struct err *
get_triage(struct request *rq, struct reply *rp)
{
	struct t_matter_triage v = {.faults = web_faults(rq)};
	struct object object;
	struct matter *m;

	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	TRY(cx_need(rq->cx, ACT_MATTER_TRIAGE, &object));
	TRY(matter_frame(rq, m, TEXT(rq, N_("Avklar behandlingen")), &v.frame));
	struct description d = description_of(rq, m);
	struct matter is = described_matter(m, &d);
	v.m = m;
	v.type = described_field(rq, "type", d.type);
	v.scope = described_field(rq, "scope", d.scope);
	v.region = region_field(rq, d.region);
	v.has_regions = rq->cx->charter->n_regions > 0;
	v.consequence = described_field(rq, "consequence", d.consequence);
	v.larger = described_field(rq, "larger", d.larger);
	v.topic = described_field(rq, "topic", d.topic);
	v.described = hidden_values(rq, &d, &v.n_described);
	v.is_described = is_described(&d);
	if (rq->query.n && d.scope.n == 0)
		v.scope.error = TEXT(rq, N_("Velg hvem saken gjelder."));
	if (rq->query.n && d.consequence.n == 0)
		v.consequence.error = TEXT(rq, N_("Velg minst én følge."));
	if (v.is_described)
		TRY(put_where(rq, m, &is, &v));
	TRY(into_field(rq, m, &v.into));
	v.join_reason = web_field(rq, ACT_MATTER_JOIN, "reason", S(""));
	v.join_reason.rows = 3;
	t_matter_triage(&rp->o, &v);
	return OK;
}

/* --- who writes it ---------------------------------------------------------------------- */

static str
lead_of(const struct document *d, int64_t side)
{
	for (size_t i = 0; i < d->n_authors; i++)
		if (d->authors[i].lead && d->authors[i].side == side)
			return d->authors[i].pid;
	return S("");
}

static bool
helps(const struct document *d, str pid)
{
	for (size_t i = 0; i < d->n_authors; i++)
		if (!d->authors[i].lead && str_eq(d->authors[i].pid, pid))
			return true;
	return false;
}

/* Everybody once, though some stand on two sides. */
static struct t_ui_field
others_field(const struct request *rq, const struct document *d,
    const struct matter_person *people, size_t n)
{
	struct arena *a = rq->cx->a;
	struct t_ui_field f = web_field(rq, ACT_MATTER_ASSIGN, "others", S(""));
	struct ui_option *v = arena_array(a, struct ui_option, n);

	for (size_t i = 0; i < n; i++) {
		const struct matter_person *p = &people[i];
		bool before = false;
		for (size_t k = 0; k < f.n; k++)
			before |= str_eq(v[k].value, p->pid);
		if (before || p->side == SIDE_MUNICIPAL || p->side == SIDE_TRUST)
			continue;
		v[f.n++] = (struct ui_option){.value = p->pid,
		    .label = person_label(a, p),
		    .chosen = form_has(rq, "others", str_to_c(a, p->pid), helps(d, p->pid))};
	}
	f.options = v;
	return f;
}

static struct err *
get_authors(struct request *rq, struct reply *rp)
{
	struct t_matter_authors v = {.faults = web_faults(rq)};
	struct matter_person *people;
	struct document d;
	struct object object;
	struct matter *m;
	size_t n;

	TRY(matter_load(rq->cx, rq->arg[0], &m, &object));
	TRY(cx_need(rq->cx, ACT_MATTER_ASSIGN, &object));
	TRY(document_load(rq->cx, m, &d));
	TRY(matter_people(rq->cx, &people, &n));
	TRY(matter_frame(rq, m, TEXT(rq, N_("Hvem skriver saken?")), &v.frame));
	v.m = m;
	v.municipal = person_field(rq, ACT_MATTER_ASSIGN, "municipal", people, n,
	    SIDE_MUNICIPAL, lead_of(&d, SIDE_MUNICIPAL));
	v.trust = person_field(
	    rq, ACT_MATTER_ASSIGN, "trust", people, n, SIDE_TRUST, lead_of(&d, SIDE_TRUST));
	v.municipal.optional = v.trust.optional = false;
	v.exemption = web_field(rq, ACT_MATTER_ASSIGN, "exemption", m->author_exemption);
	v.exemption.rows = 3;
	v.others = others_field(rq, &d, people, n);
	t_matter_authors(&rp->o, &v);
	return OK;
}

static struct url
after_matter(struct request *rq, const struct result *done)
{
	return url_matter(rq, done->pid);
}

const struct route matter_triage_routes[] = {
    PAGE("/saker/:/vurdering", MATTER_TRIAGE, get_triage),
    FORM("/saker/:/vurdering", MATTER_TRIAGE, get_triage, after_matter),
    FORM("/saker/:/sla-sammen", MATTER_JOIN, get_triage, after_matter),
    PAGE("/saker/:/forfattere", MATTER_ASSIGN, get_authors),
    FORM("/saker/:/forfattere", MATTER_ASSIGN, get_authors, after_matter),
    {0},
};
