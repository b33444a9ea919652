/*
 * app/meeting.h - a meeting of a body: planned, its agenda set, called, held. What one can do
 * with it, and what it says of the matters on its agenda.
 *
 * The use cases are in meeting_plan.c (plan, move, call off), chair.c, agenda.c (items,
 * approvals, summons), meeting_out.c (announce, archive), reply.c, attendance.c (seats,
 * opening) and outcome.c and outcome_undo.c (items taken up and ended).
 *
 * Ownership  What is returned lives in cx->a.
 * Errors     not_found  ERR_NOT_FOUND  no such meeting, or not for this actor
 *            changed    ERR_CONFLICT   the form was based on another revision
 *            and those of core/meeting.h, core/approval.h and core/matter.h
 */
#ifndef APP_MEETING_H
#define APP_MEETING_H

#include "app/matter.h"
#include "app/task.h"
#include "core/approval.h"
#include "core/attendance.h"
#include "core/meeting.h"
#include "core/meeting_row.h"

/* --- what other areas ask --------------------------------------------------------------- */

/* Fills what meetings say of the matter into the facts: the meeting it stands on the agenda
 * of last. */
struct err *
meeting_facts(struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

/* The meeting if the actor may see it, and what authorize() is to know of it. is_named: the
 * charter names the actor for the agenda, and from the session on for the minutes. */
struct err *
meeting_load(struct cx *cx, str pid, struct meeting **ret, struct object *ret_object) NODISCARD;

/* The charter's rules for its body. */
struct err *
meeting_body(struct cx *cx, const struct meeting *m, const struct charter_body **ret) NODISCARD;

struct err *meeting_items(
    struct cx *cx, const struct meeting *m, struct agenda_item **ret, size_t *ret_n) NODISCARD;
struct err *meeting_item(
    struct cx *cx, const struct meeting *m, str pid, struct agenda_item **ret) NODISCARD;

/* The facts of the agenda, the summons and the session. Those of minutes are not filled. */
struct err *meeting_know(
    struct cx *cx, const struct meeting *m, str reason, struct meeting_facts *ret) NODISCARD;

/* Checks the act with core and the actor's capacities and stores the new state. Use after
 * cx_need(). m->state becomes the new one. */
struct err *meeting_move(struct cx *cx, struct meeting *m, const struct object *object,
    const struct meeting_facts *f, enum meeting_act act, str reason) NODISCARD;

/* Only the check: for acts that leave the meeting's own row alone. */
struct err *meeting_allow(struct cx *cx, const struct object *object,
    const struct meeting_facts *f, enum meeting_act act) NODISCARD;

/* The places of rule that the actor can fill for the body, acting for the present party, and
 * under which appointment. */
struct err *meeting_places(struct cx *cx, const struct charter_approvals *rule, str body_key,
    unsigned *ret_places, const struct appointment **ret_by) NODISCARD;

/* Who chairs: agreed, or by the charter's rule. person_id 0: not known. */
struct meeting_chair {
	int64_t person_id;
	str pid, name, title;
	enum side side; /* whose turn it is; none: the rule does not say */
	bool is_agreed;
};
struct err *
meeting_chair(struct cx *cx, const struct meeting *m, struct meeting_chair *ret) NODISCARD;

void meeting_done(struct result *ret, const struct meeting *m);

/* --- between the files of the area ------------------------------------------------------ */

/* Loads, checks the right and the revision. rev 0: any. */
struct err *meeting_open_act(struct cx *cx, str pid, int64_t rev, enum action action,
    struct meeting **ret, struct object *ret_object) NODISCARD;

/* A matter follows its meeting, whose act has been allowed. */
struct err *meeting_carry(struct cx *cx, const struct matter *m, const struct matter_facts *f,
    enum matter_act act) NODISCARD;
struct err *meeting_matter(struct cx *cx, int64_t matter_id, struct matter **ret) NODISCARD;

/* The key of the line of b's composition that a seat is from; empty: of none. */
struct err *meeting_seat_key(
    struct cx *cx, const struct charter_body *b, int64_t seat_id, str *ret) NODISCARD;

/* Where the matter stands on an agenda, of those the newest; NULL: nowhere yet. */
struct q_item_of_matter;
struct err *meeting_last_item(
    struct cx *cx, const struct matter *m, struct q_item_of_matter **ret) NODISCARD;

/* The facts of a matter in this meeting. */
struct err *meeting_facts_in(struct cx *cx, const struct matter *m, const struct meeting *in,
    struct matter_facts *f) NODISCARD;

/* Every matter on the agenda that still stands there goes to POSTPONED. */
struct err *meeting_put_off(struct cx *cx, const struct meeting *m, str reason) NODISCARD;

/* Tells members and deputies of its body. */
struct err *
meeting_tell_body(struct cx *cx, const struct meeting *m, enum action what) NODISCARD;

/* --- attendance ------------------------------------------------------------------------- */

struct seat_person {
	int64_t person_id, rank; /* rank 0: the member */
	str pid, name, title, party;
	int64_t chairing;
	int64_t reply; /* enum coming */
	str note;      /* with it */
};

struct seat_line {
	int64_t seat_id;
	str pid, label;
	str recorded; /* the label as founded: what the minutes, in bokmål, call the seat */
	enum side side;
	int64_t level; /* enum role_level */
	bool is_ordinary;
	const struct seat_person *people; /* the member first, if there is one, then deputies */
	size_t n_people;
	int64_t presence; /* enum presence */
	int64_t person_id;
	str name; /* who is there */
	bool has_mandate, is_conflicted;
};

/* Whose turn it is to come to the seat: the first that has not said no; NULL: nobody's. */
const struct seat_person *seat_asked(const struct seat_line *s);

/* Whether the actor may say of the seat that it is not competent for an item: of any as the
 * secretariat or the chair, else of the own one. doers: authz_doers() towards the meeting. */
bool seat_may_recuse(const struct cx *cx, unsigned doers, const struct seat_line *s);

struct seat_lines {
	struct seat_line *v;
	size_t n;
	const struct seat_presence *rows; /* the same for core/attendance.h */
	struct attendance count;
	struct parity parity;
	bool is_quorate;
	int64_t vacant_n; /* ordinary seats without a member */
};

/* The seats of the body and who is there. item_id: who leaves for that item; 0: nobody. */
struct err *meeting_seats(
    struct cx *cx, const struct meeting *m, int64_t item_id, struct seat_lines *ret) NODISCARD;

/* --- reading ---------------------------------------------------------------------------- */

struct meeting_lines {
	const struct meeting_line *v;
	size_t n;
};
struct err *meetings_coming(struct cx *cx, int64_t n, struct meeting_lines *ret) NODISCARD;
/* The newest first, on from after the meeting of a pid; empty: from the newest. */
struct err *
meetings_past(struct cx *cx, str after, int64_t n, struct meeting_lines *ret) NODISCARD;
/* Meetings of the same body after this one that can still take items. */
struct err *
meetings_after(struct cx *cx, const struct meeting *m, struct meeting_lines *ret) NODISCARD;

/* One place among those that must approve the agenda. */
struct agenda_place {
	str label;
	enum side side;
	str name; /* who filled it; empty: nobody yet */
	int64_t at;
};

struct ready_matter {
	str pid, label, title;
	int64_t type;
	bool is_postponed, is_named_here; /* put off to this meeting */
};

struct body_choice {
	str pid, name, abbr;
};

/* A meeting as its pages show it. */
struct meeting_view {
	struct meeting *m;
	struct object object;
	unsigned doers;
	const struct charter_body *body;
	str body_name; /* in the reader's language */
	struct agenda_item *items;
	size_t n_items;
	bool *item_seen; /* whether the actor may open the item's matter */
	struct meeting_facts facts;
	struct meeting_chair chair;
	struct agenda_place *places;
	size_t n_places;
	bool may_approve; /* the actor, now */
	str requester;    /* of an extraordinary meeting */
	int64_t inform_min, discuss_min, decide_min, fixed_min;
};
struct err *meeting_view(struct cx *cx, str pid, struct meeting_view *ret) NODISCARD;

/* Whether the page offers the act: the right, and a row of the machine. */
bool meeting_may(
    struct cx *cx, const struct meeting_view *v, enum action action, enum meeting_act act);

struct err *agenda_ready(
    struct cx *cx, const struct meeting *m, struct ready_matter **ret, size_t *ret_n) NODISCARD;
/* Bodies that a meeting can be planned for. */
struct err *meeting_bodies(struct cx *cx, struct body_choice **ret, size_t *ret_n) NODISCARD;
/* Those who can ask for an extraordinary meeting. */
struct meeting_party {
	str pid, name;
};
struct err *meeting_parties(struct cx *cx, struct meeting_party **ret, size_t *ret_n) NODISCARD;
/* Bodies that this one may delegate to. */
struct err *delegate_bodies(struct cx *cx, const struct charter_body *from,
    struct body_choice **ret, size_t *ret_n) NODISCARD;

/* What waits for the actor: agendas to approve, calls to send, pre-meetings, today's meeting.
 */
struct err *meeting_tasks(struct cx *cx, struct tasks *ret) NODISCARD;

/* What the body can make of an item: mask of OUTCOME_BIT()s. */
struct err *outcome_choices(struct cx *cx, const struct meeting_view *v,
    const struct agenda_item *item, unsigned *ret) NODISCARD;

/* Whether the actor is called, and what the actor has answered. */
struct own_reply {
	bool is_asked;
	int64_t reply; /* enum coming; of the first seat, where there are several */
	str note;
};
struct err *reply_own(struct cx *cx, const struct meeting *m, struct own_reply *ret) NODISCARD;

extern const struct usecase meeting_usecases[], chair_usecases[], meeting_out_usecases[],
    agenda_usecases[], attendance_usecases[], reply_usecases[], outcome_usecases[],
    outcome_undo_usecases[];
extern const struct choice item_kinds[];

#endif
