/* web/matter_view.h - what the templates about matters are given. */
#ifndef WEB_MATTER_VIEW_H
#define WEB_MATTER_VIEW_H

#include "core/matter_row.h"
#include "web/ui.h"

struct matter_row { /* of matter_list */
	const struct matter_line *line;
	struct url to;
	struct text when, words;
	enum ui_status status;
};

struct matter_offers { /* what the actor may do now */
	bool submit, receive, triage, send_back, reject, withdraw, appeal, answer_appeal,
	    put_on, assign, start, send_round, receive_above, close, archive, publish;
	struct url round; /* the matter's latest round; empty: none, or not for this actor */
};

struct matter_described { /* of matter_triage: what was said in the first form */
	const char *name;
	str value;
	bool several; /* one of several of the name */
};

struct matter_past { /* what is drawn of the history: the same for all who may see the matter */
	struct html steps, lanes, events;
};

struct lane { /* of matter_lanes: a body, the secretariat, the parties */
	struct text name;
	int y;
};

struct lane_stop { /* a place the matter passes on its way through the lanes */
	int x, y;
	int text_x, text_y;
	const char *anchor; /* of the text: "middle" or "start" */
	enum ui_when when;
	struct text what, note;
};

struct lanes {
	const struct lane *lanes;
	size_t n_lanes;
	const struct lane_stop *stops;
	size_t n;          /* 0: nothing to draw */
	str past, next;    /* the two parts of the thread, as an SVG path */
	struct text words; /* the same in words */
};

#endif
