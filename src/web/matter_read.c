/* web/matter_read.c - matters and their case documents as JSON. */
#include "app/document.h"
#include "web/api.h"
#include "web/areas.h"

enum { LIST_MAX = 200 };

static void
put_author(struct json *j, const char *name, str person, str party)
{
	json_open(j, name, '{');
	json_str(j, "name", person);
	json_str(j, "party", party);
	json_close(j, '}');
}

/* --- the list --------------------------------------------------------------------------- */

struct list_in {
	int64_t before, limit;
	str after;
};

static const struct input list_inputs[] = {
    {INPUT_INSTANT, "before", offsetof(struct list_in, before), .required = false},
    {INPUT_PID, "after", offsetof(struct list_in, after), .required = false},
    {INPUT_INT, "limit", offsetof(struct list_in, limit), .min = 1, .max = LIST_MAX},
    {0},
};

static struct err *
read_list(struct cx *cx, const void *arg, struct json *j)
{
	const struct list_in *in = arg;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct matter_lines lines;

	TRY(cx_need(cx, ACT_SPACE_READ, &space));
	TRY(matters_recent(cx, in->before == INPUT_NONE ? cx->now_at + 1 : in->before,
	    in->after, in->limit == INPUT_NONE ? LIST_MAX : in->limit, &lines));
	json_open(j, NULL, '{');
	json_open(j, "matters", '[');
	for (const struct matter_line *m = lines.v; m < lines.v + lines.n; m++) {
		json_open(j, NULL, '{');
		json_str(j, "id", m->pid);
		json_str(j, "label", m->label);
		json_str(j, "title", m->title);
		json_c(j, "state", matter_state_key(m->state));
		json_at(j, "state_at", m->state_at);
		json_at(j, "created_at", m->created_at);
		json_str(j, "proposed_by", m->party_name);
		json_str(j, "body", m->body_abbr);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

/* --- one matter ------------------------------------------------------------------------- */

struct matter_in {
	str matter;
	int64_t version, before;
	str after;
};

static const struct input matter_inputs[] = {
    INPUT_PATH(struct matter_in, matter),
    {0},
};

static void
put_sections(struct json *j, const struct document *d)
{
	json_open(j, "sections", '[');
	for (int64_t kind = 1; kind <= SECTION_N; kind++) {
		const struct section *s = &d->section[kind];
		json_open(j, NULL, '{');
		json_c(j, "section", section_key(kind));
		json_int(j, "rev", s->rev);
		json_bool(j, "needed", d->needed & SECTION_BIT(kind));
		json_str(j, "text", s->text);
		json_at(j, "updated_at", s->updated_at);
		if (s->rev)
			put_author(j, "updated_by", s->person_name, s->party_name);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_signatures(struct json *j, const struct document *d, int64_t no)
{
	json_open(j, "signatures", '[');
	for (size_t i = 0; i < d->n_signatures; i++) {
		const struct signature_line *s = &d->signatures[i];
		if (s->no != no)
			continue;
		json_open(j, NULL, '{');
		json_c(j, "side", side_key(s->side));
		put_author(j, "by", s->person_name, s->party_name);
		json_at(j, "at", s->at);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_versions(struct json *j, const struct document *d)
{
	json_open(j, "versions", '[');
	for (size_t i = 0; i < d->n_versions; i++) {
		const struct version_line *v = &d->versions[i];
		json_open(j, NULL, '{');
		json_int(j, "version", v->no);
		json_str(j, "hash", v->hash);
		json_str(j, "note", v->note);
		json_at(j, "made_at", v->made_at);
		put_author(j, "made_by", v->person_name, v->party_name);
		put_signatures(j, d, v->no);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_attachments(struct json *j, const struct document *d)
{
	json_open(j, "attachments", '[');
	for (size_t i = 0; i < d->n_attachments; i++) {
		const struct attachment_line *t = &d->attachments[i];
		json_open(j, NULL, '{');
		json_str(j, "id", t->pid);
		json_str(j, "name", t->name);
		json_str(j, "kind", t->kind);
		json_int(j, "bytes", t->bytes);
		json_str(j, "sha256", t->sha256);
		json_at(j, "at", t->at);
		json_at(j, "removed_at", t->removed_at);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_authors(struct json *j, const struct document *d)
{
	json_open(j, "authors", '[');
	for (size_t i = 0; i < d->n_authors; i++) {
		json_open(j, NULL, '{');
		json_str(j, "id", d->authors[i].pid);
		json_str(j, "name", d->authors[i].name);
		json_c(j, "side", side_key(d->authors[i].side));
		json_bool(j, "lead", d->authors[i].lead);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_matter(struct json *j, const struct matter *m)
{
	json_str(j, "id", m->pid);
	json_int(j, "rev", m->rev);
	json_str(j, "label", m->label);
	json_str(j, "title", m->title);
	json_str(j, "summary", m->summary);
	json_str(j, "wish", m->wish);
	json_c(j, "state", matter_state_key(m->state));
	json_at(j, "state_at", m->state_at);
	json_at(j, "created_at", m->created_at);
	json_str(j, "proposed_by", m->party_name);
	json_str(j, "body", m->body_abbr);
	json_c(j, "type", matter_type_key(m->type));
	json_c(j, "scope", matter_scope_key(m->scope));
	json_c(j, "topic", matter_topic_key(m->topic));
	json_str(j, "region", m->region_key);
	json_int(j, "version", m->version_no);
	json_int(j, "ready_version", m->ready_version_no);
	json_at(j, "published_at", m->published_at);
}

static struct err *
read_matter(struct cx *cx, const void *arg, struct json *j)
{
	const struct matter_in *in = arg;
	struct document d;
	struct object object;
	struct matter *m;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(document_load(cx, m, &d));
	json_open(j, NULL, '{');
	put_matter(j, m);
	json_bool(j, "changed_since_version", d.is_changed);
	put_authors(j, &d);
	put_sections(j, &d);
	put_versions(j, &d);
	put_attachments(j, &d);
	json_close(j, '}');
	return OK;
}

/* --- a version -------------------------------------------------------------------------- */

static const struct input version_inputs[] = {
    INPUT_PATH(struct matter_in, matter),
    {INPUT_INT, "version", offsetof(struct matter_in, version), .required = true,
	.in_path = true, .min = 1, .max = INT64_MAX},
    {0},
};

static const struct input versions_inputs[] = {
    INPUT_PATH(struct matter_in, matter),
    {INPUT_INT, "before", offsetof(struct matter_in, before), .min = 1, .max = INT64_MAX},
    {0},
};

static struct err *
read_versions(struct cx *cx, const void *arg, struct json *j)
{
	const struct matter_in *in = arg;
	struct document d = {0};
	struct object object;
	struct matter *m;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(document_versions(cx, m, in->before == INPUT_NONE ? INT64_MAX : in->before, &d));
	json_open(j, NULL, '{');
	put_versions(j, &d);
	json_close(j, '}');
	return OK;
}

static struct err *
read_version(struct cx *cx, const void *arg, struct json *j)
{
	const struct matter_in *in = arg;
	struct version v;
	struct object object;
	struct matter *m;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(version_load(cx, m, in->version, &v));
	json_open(j, NULL, '{');
	json_int(j, "version", v.line.no);
	json_str(j, "hash", v.line.hash);
	json_str(j, "note", v.line.note);
	json_at(j, "made_at", v.line.made_at);
	put_author(j, "made_by", v.line.person_name, v.line.party_name);
	json_open(j, "sections", '{');
	for (int64_t kind = 1; kind <= SECTION_N; kind++)
		if (v.text[kind].n)
			json_str(j, section_key(kind), v.text[kind]);
	json_close(j, '}');
	json_close(j, '}');
	return OK;
}

/* --- comments --------------------------------------------------------------------------- */

static const struct input comments_inputs[] = {
    INPUT_PATH(struct matter_in, matter),
    {INPUT_PID, "after", offsetof(struct matter_in, after), .required = false},
    {0},
};

static struct err *
read_comments(struct cx *cx, const void *arg, struct json *j)
{
	const struct matter_in *in = arg;
	struct document d;
	struct object object;
	struct matter *m;

	TRY(matter_load(cx, in->matter, &m, &object));
	TRY(document_load(cx, m, &d));
	TRY(document_comments(cx, m, in->after, &d));
	json_open(j, NULL, '{');
	json_int(j, "comments_in_all", d.comments_in_all);
	json_open(j, "comments", '[');
	for (const struct comment_line *c = d.comments; c < d.comments + d.n_comments; c++) {
		json_open(j, NULL, '{');
		json_str(j, "id", c->pid);
		json_c(j, "section", section_key(c->kind));
		json_int(j, "version", c->version_no);
		json_str(j, "text", c->text);
		json_at(j, "at", c->at);
		put_author(j, "by", c->person_name, c->party_name);
		json_at(j, "done_at", c->done_at);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return OK;
}

const struct reading matter_readings[] = {
    {ACT_SPACE_READ, "/matters", "Matters one may see, the newest first", list_inputs,
	sizeof(struct list_in), read_list},
    {ACT_MATTER_READ, "/matters/:", "A matter with its case document", matter_inputs,
	sizeof(struct matter_in), read_matter},
    {ACT_MATTER_READ, "/matters/:/versions", "Versions of the case document, the newest first",
	versions_inputs, sizeof(struct matter_in), read_versions},
    {ACT_MATTER_READ, "/matters/:/versions/:", "A version of the case document", version_inputs,
	sizeof(struct matter_in), read_version},
    {ACT_MATTER_READ, "/matters/:/comments", "Comments on the case document, the oldest first",
	comments_inputs, sizeof(struct matter_in), read_comments},
    {0},
};
