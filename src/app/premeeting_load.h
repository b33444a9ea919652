/* app/premeeting_load.h - what acts on a pre-meeting share. */
#ifndef APP_PREMEETING_LOAD_H
#define APP_PREMEETING_LOAD_H

#include "app/premeeting.h"

/* One act in a side's room. */
struct premeeting_loaded {
	struct meeting *m;
	struct premeeting *p;
	struct object object;
	struct asked_party *asked;
	size_t n_asked;
	struct premeeting_facts f;
};

/* Finds the room of the actor's side in the meeting, and checks the right and the revision.
 * rev 0: any. */
struct err *premeeting_enter(struct cx *cx, str meeting_pid, int64_t rev, enum action action,
    str reason, struct premeeting_loaded *r) NODISCARD;

/* Checks the act with core and the actor's capacities. */
struct err *premeeting_allow(struct cx *cx, const struct premeeting_loaded *r,
    enum premeeting_act act, struct step *ret) NODISCARD;

void premeeting_done(struct result *ret, const struct premeeting_loaded *r);

/* Whether the party has a say in what concerns the area; region_key empty: all. */
bool premeeting_is_in_area(struct cx *cx, str region_key, str party_key);

#endif
