/* web/structure_view.h - what the page of the structure hands to its template. */
#ifndef WEB_STRUCTURE_VIEW_H
#define WEB_STRUCTURE_VIEW_H

#include "web/web.h"

struct structure_rule {
	struct text what, said;
	struct text why; /* "VV21-07, kilde 004"; empty: nothing is stated */
	str quote;       /* verbatim */
};

struct structure_body {
	str id; /* of its heading */
	struct text name;
	const struct structure_rule *rules;
	size_t n;
};

#endif
