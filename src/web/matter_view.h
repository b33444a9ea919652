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
	bool submit, receive, triage, send_back, reject, withdraw, appeal, allow_appeal, assign,
	    start, send_round, receive_above, close, archive, publish;
	struct url round; /* the matter's latest round; empty: none, or not for this actor */
};

struct matter_described { /* of matter_triage: what was said in the first form */
	const char *name;
	str value;
	bool several; /* one of several of the name */
};

#endif
