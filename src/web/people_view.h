/* web/people_view.h - what the pages about people and one's own account hand to templates. */
#ifndef WEB_PEOPLE_VIEW_H
#define WEB_PEOPLE_VIEW_H

#include "web/web.h"

struct held_row { /* an appointment */
	struct text words, period;
	struct url end; /* where to end it; empty: not by this person, or it has ended */
	bool in_force;
};

struct person_row {
	struct url to;
	str name, title, party;
	struct text roles; /* one after the other */
	enum ui_status status;
	struct text account;
};

struct import_row {
	int64_t line;
	str name, email;
	enum ui_status status;
	struct text words;
};

struct session_row {
	str pid;
	struct text device, since;
	bool is_this;
};

struct token_row {
	struct url revoke;
	str label;
	struct text note;
};

#endif
