#include "app/meeting.h"

struct err *
meeting_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	(void)cx;
	(void)m;
	(void)f;
	return OK;
}
