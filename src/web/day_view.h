/* web/day_view.h - what the templates of "Min dag" are given. */
#ifndef WEB_DAY_VIEW_H
#define WEB_DAY_VIEW_H

#include "web/task.h"
#include "web/ui.h"

struct day_notice {
	struct text what, title, when, times; /* times: empty of one */
	struct url to;
};

struct day_elsewhere { /* what waits when the person acts for another party */
	struct text words;
	str party; /* pid */
};

struct day_round { /* a read-through under way */
	struct text title, sub, count, due;
	const char *due_color;
	struct url to;
	struct ui_share shares[2]; /* without and with a remark */
	int64_t asked;
	struct text label;
};

struct day_meeting {
	int day;
	struct text month, title, sub;
	struct url to;
};

#endif
