/* web/public_view.h - what the templates of the public pages are given. */
#ifndef WEB_PUBLIC_VIEW_H
#define WEB_PUBLIC_VIEW_H

#include "app/public.h"
#include "web/frame.h"

struct public_meeting_row {
	bool is_off;
	int day;
	struct text month, title, sub;
	struct url to;
};

struct public_decision_row {
	struct text label, title, sub, words;
	enum ui_status status;
	struct url to;
};

struct public_face {
	int x, y, r;
};

struct public_faces { /* the picture on the front page */
	const struct public_face *v;
	size_t n;
	str thread; /* a path */
	int trust_x, trust_y, trust_side;
	str box;
};

struct public_body { /* how the cooperation works, level by level */
	struct text name, sub;
};

#endif
