/*
 * app/premeeting.h - a side's own meeting before a meeting, and one position an item.
 *
 * A pre-meeting is opened to its side alone: the other side learns whether one is held, and a
 * position from the moment it is released. Nothing here hands out more.
 *
 * Ownership  What is returned lives in cx->a.
 * Errors     not_found  ERR_NOT_FOUND  no such pre-meeting, or not for this side
 *            and those of core/premeeting.h
 */
#ifndef APP_PREMEETING_H
#define APP_PREMEETING_H

#include "app/meeting.h"
#include "core/premeeting.h"
#include "core/premeeting_row.h"

/* What pre-meetings say of their meeting: needed, planned, held. */
struct err *premeetings_know(struct cx *cx, const struct meeting *m,
    const struct charter_body *b, struct meeting_facts *f) NODISCARD;

/* A called meeting whose pre-meetings are all held is ready to open. */
struct err *premeetings_settle(struct cx *cx, struct meeting *m) NODISCARD;

/* --- reading ---------------------------------------------------------------------------- */

/* What everyone who sees the meeting may know of a side's pre-meeting. */
struct premeeting_status {
	enum side side;
	bool is_required, is_own, is_held;
	bool is_planned; /* told of the own side only */
};
struct err *premeeting_status(struct cx *cx, const struct meeting_view *v,
    struct premeeting_status ret[2], size_t *ret_n) NODISCARD;

/* A position that may be shown to everybody in the room. */
struct voice {
	int64_t item_id;
	enum side side;
	int64_t kind; /* enum position */
	str text, minority;
};
struct err *voices_released(
    struct cx *cx, const struct meeting *m, struct voice **ret, size_t *ret_n) NODISCARD;

struct stand_line {
	int64_t item_id;
	str party_pid, party;
	int64_t stand; /* enum stand */
	str text;
};

struct asked_party {
	int64_t id;
	str pid, name;
};

/* The side's own room. p NULL: none is planned. */
struct premeeting_room {
	struct meeting *m;
	enum side side;
	bool may_plan;
	struct premeeting *p;
	struct object object;
	unsigned doers;
	bool has_agenda; /* the actor may see the meeting's agenda */
	struct agenda_item *items;
	size_t n_items;
	struct asked_party *asked;
	size_t n_asked;
	struct stand_line *stands;
	size_t n_stands;
	struct position_row *positions; /* of this side */
	size_t n_positions;
	int64_t common_percent;
	bool may_register_for; /* the actor may register a stand for another party */
};
struct err *
premeeting_room(struct cx *cx, str meeting_pid, struct premeeting_room *ret) NODISCARD;
bool premeeting_may(struct cx *cx, const struct premeeting_room *r, enum action action,
    enum premeeting_act act);

extern const struct usecase premeeting_usecases[], position_usecases[];

#endif
