#include "app/decision.h"

#include "app/meeting.h"
#include "base/clock.h"
#include "base/random.h"
#include "core/decision.h"
#include "q_meeting.h"

struct err *
decision_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	(void)cx;
	(void)m;
	(void)f;
	return OK;
}

struct err *
decision_register(struct cx *cx, int64_t item_id, str *ret_label)
{
	const struct charter_body *b;
	struct q_decision_last_no *last;
	struct agenda_item *item;
	struct meeting *m;
	int64_t id, year = day_to_ymd(cx->today).year;

	TRY(q_item_by_id(cx->db, cx->a, item_id, &item));
	TRY(q_meeting_by_id(cx->db, cx->a, item->meeting_id, &m));
	TRY(meeting_body(cx, m, &b));
	TRY(q_decision_last_no(cx->db, cx->a, m->body_id, year, &last));
	*ret_label = charter_number_label(
	    cx->a, &cx->charter->decision_number, last->no + 1, year, b);
	return q_decision_add(cx->db, cx->a, pid_new(cx->a), year, last->no + 1, *ret_label,
	    item->matter_id, m->id, item->id, m->body_id, item->outcome,
	    str_from_c(decision_rule_key(b->decision.rule)), item->title, item->text,
	    item->remark, cx->today, item->due_day, &id);
}
