/* web/journal_view.h - what the pages about the record hand to templates. */
#ifndef WEB_JOURNAL_VIEW_H
#define WEB_JOURNAL_VIEW_H

#include "web/web.h"

struct witness_row {
	str party, key;
	struct text note; /* what it has signed last */
};

#endif
