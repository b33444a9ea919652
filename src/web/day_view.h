/* web/day_view.h - what the templates of "Min dag" are given. */
#ifndef WEB_DAY_VIEW_H
#define WEB_DAY_VIEW_H

#include "web/task.h"
#include "web/ui.h"

struct day_notice {
	struct text what, title, when;
	struct url to, read;
};

#endif
