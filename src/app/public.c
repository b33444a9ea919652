#include "app/public.h"

#include "core/meeting.h"
#include "q_public.h"

static struct err *
none(struct cx *cx)
{
	return err_new(cx->a, ERR_NOT_FOUND, "not_found", "not published");
}

struct err *
public_meetings_to_come(
    struct cx *cx, int64_t n, struct public_meeting_line **ret, size_t *ret_n)
{
	struct q_public_meetings_next *rows;

	TRY(q_public_meetings_next(cx->db, cx->a, cx->now_at, n, &rows, ret_n));
	struct public_meeting_line *v = arena_array(cx->a, struct public_meeting_line, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		v[i] = (struct public_meeting_line){rows[i].pid, rows[i].label,
		    charter_body_said(
			cx->charter, rows[i].body_key, rows[i].body_name, cx->lang),
		    rows[i].place, rows[i].starts_at, meeting_is_off(rows[i].state)};
	*ret = v;
	return OK;
}

struct err *
public_meetings_held(
    struct cx *cx, str after, int64_t n, struct public_meeting_line **ret, size_t *ret_n)
{
	struct q_public_meetings_held *rows;
	struct q_public_meeting *last = NULL;

	if (after.n)
		TRY(q_public_meeting(cx->db, cx->a, after, &last));
	TRY(q_public_meetings_held(cx->db, cx->a, last ? last->starts_at : cx->now_at,
	    last ? last->id : 0, n, &rows, ret_n));
	struct public_meeting_line *v = arena_array(cx->a, struct public_meeting_line, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		v[i] = (struct public_meeting_line){rows[i].pid, rows[i].label,
		    charter_body_said(
			cx->charter, rows[i].body_key, rows[i].body_name, cx->lang),
		    rows[i].place, rows[i].starts_at, meeting_is_off(rows[i].state)};
	*ret = v;
	return OK;
}

struct err *
public_decisions(
    struct cx *cx, str after, int64_t n, struct public_decision_line **ret, size_t *ret_n)
{
	struct q_public_decisions *rows;
	struct q_public_decision *last = NULL;

	if (after.n)
		TRY(q_public_decision(cx->db, cx->a, after, &last));
	TRY(q_public_decisions(cx->db, cx->a, last ? last->decided_day : cx->today,
	    last ? last->id : INT64_MAX, n, &rows, ret_n));
	struct public_decision_line *v =
	    arena_array(cx->a, struct public_decision_line, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		v[i] = (struct public_decision_line){rows[i].pid, rows[i].label, rows[i].title,
		    rows[i].body_abbr, rows[i].decided_day, rows[i].authority};
	*ret = v;
	return OK;
}

static struct err *
agenda_of(struct cx *cx, int64_t meeting_id, struct public_meeting *ret)
{
	struct q_public_agenda *rows;

	TRY(q_public_agenda(cx->db, cx->a, meeting_id, &rows, &ret->n_agenda));
	struct public_agenda_line *v =
	    arena_array(cx->a, struct public_agenda_line, ret->n_agenda);
	for (size_t i = 0; i < ret->n_agenda; i++)
		v[i] = (struct public_agenda_line){
		    .label = rows[i].label,
		    .title = rows[i].exempt_basis.n ? S("") : rows[i].title,
		    .matter_pid = rows[i].exempt_basis.n ? S("") : rows[i].matter_pid,
		    .exempt_basis = rows[i].exempt_basis,
		    .length_min = rows[i].length_min,
		};
	ret->agenda = v;
	return OK;
}

struct err *
public_meeting_read(struct cx *cx, str pid, struct public_meeting *ret)
{
	struct q_public_meeting *row;

	TRY(q_public_meeting(cx->db, cx->a, pid, &row));
	if (!row)
		return none(cx);
	*ret = (struct public_meeting){
	    .pid = row->pid,
	    .label = row->label,
	    .body_name =
		charter_body_said(cx->charter, row->body_key, row->body_name, cx->lang),
	    .place = row->place,
	    .starts_at = row->starts_at,
	    .is_off = meeting_is_off(row->state),
	    .length_min = row->length_min,
	    .minutes = row->has_minutes_text ? row->minutes_text : S(""),
	    .minutes_at = row->has_minutes_at ? row->minutes_at : 0,
	};
	return agenda_of(cx, row->id, ret);
}

struct err *
public_decision_read(struct cx *cx, str pid, struct public_decision *ret)
{
	struct q_public_decision *row;

	TRY(q_public_decision(cx->db, cx->a, pid, &row));
	if (!row)
		return none(cx);
	*ret = (struct public_decision){
	    .pid = row->pid,
	    .label = row->label,
	    .title = row->title,
	    .text = row->text,
	    .remark = row->remark,
	    .body_name =
		charter_body_said(cx->charter, row->body_key, row->body_name, cx->lang),
	    .meeting_label = row->meeting_label,
	    .meeting_pid = row->meeting_pid,
	    .matter_pid = row->matter_pid,
	    .decided_day = row->decided_day,
	    .due_day = row->due_day,
	    .authority = row->authority,
	};
	return OK;
}

struct err *
public_matter_read(struct cx *cx, str pid, struct public_matter *ret)
{
	struct q_public_matter *row;
	struct q_public_matter_text *texts;
	size_t n;

	TRY(q_public_matter(cx->db, cx->a, pid, &row));
	if (!row)
		return none(cx);
	TRY(q_public_matter_text(cx->db, cx->a, row->id, row->ready_version_no, &texts, &n));
	struct public_section *v = arena_array(cx->a, struct public_section, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct public_section){texts[i].kind, texts[i].text};
	*ret = (struct public_matter){
	    row->pid, row->label, row->title, row->summary, row->party_name, v, n};
	return OK;
}
