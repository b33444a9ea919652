/* app/comment.c - comments on the case document, and what became of them. */
#include "app/access.h"
#include "app/document.h"
#include "base/random.h"
#include "q_document.h"

struct comment_in {
	str matter;
	int64_t section;
	str text;
};

static const struct input comment_inputs[] = {
    INPUT_PATH(struct comment_in, matter),
    {INPUT_CHOICE, "section", offsetof(struct comment_in, section),
	.label = N_("Hva gjelder kommentaren?"), .choices = section_kinds},
    {INPUT_TEXT, "text", offsetof(struct comment_in, text), .required = true, .max = 4000,
	.label = N_("Kommentar")},
    {0},
};

static struct err *
comment(struct cx *cx, const void *arg, struct result *ret)
{
	const struct comment_in *in = arg;
	struct object object;
	struct matter *m;
	str pid = pid_new(cx->a);
	int64_t id;

	TRY(document_open_act(
	    cx, in->matter, ACT_MATTER_COMMENT, MATTER_DO_COMMENT, &m, &object));
	TRY(q_comment_add(cx->db, cx->a, pid, m->id,
	    in->section == INPUT_NONE ? 0 : in->section, m->version_no, in->text, cx->now_at,
	    cx->actor->person_id, cx->actor->party_id, &id));
	matter_done(ret, m);
	ret->location = pid;
	TRY(document_tell_secretaries(cx, m, ACT_MATTER_COMMENT));
	return document_tell_authors(cx, m, ACT_MATTER_COMMENT);
}

struct settle_in {
	str matter, comment;
};

static const struct input settle_inputs[] = {
    INPUT_PATH(struct settle_in, matter),
    {INPUT_PID, "comment", offsetof(struct settle_in, comment), .required = true,
	.label = N_("Kommentar")},
    {0},
};

static struct err *
settle(struct cx *cx, const void *arg, struct result *ret)
{
	const struct settle_in *in = arg;
	struct object object;
	struct matter *m;
	struct comment_line *c;
	int64_t n;

	TRY(document_open_act(
	    cx, in->matter, ACT_MATTER_SETTLE, MATTER_DO_COMMENT, &m, &object));
	TRY(q_comment_get(cx->db, cx->a, m->id, in->comment, &c));
	if (!c)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "comment");
	if (c->done_at)
		return err_new(cx->a, ERR_CONFLICT, "document.comment_settled", "before");
	TRY(q_comment_set_done(cx->db, cx->a, c->id, cx->now_at, &n));
	matter_done(ret, m);
	ret->location = c->pid;
	return tell_person(cx, c->person_id, ACT_MATTER_SETTLE, "matter", m->pid, m->title);
}

const struct usecase comment_usecases[] = {
    {ACT_MATTER_COMMENT, "/matters/:/comments", "Comment on the case document", comment_inputs,
	sizeof(struct comment_in), NULL, comment, false},
    {ACT_MATTER_SETTLE, "/matters/:/comments/settle", "Mark a comment as dealt with",
	settle_inputs, sizeof(struct settle_in), NULL, settle, false},
    {0},
};
