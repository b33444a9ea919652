#include "app/document.h"

struct err *
document_facts(struct cx *cx, const struct matter *m, struct matter_facts *f)
{
	(void)cx;
	f->version = m->version_no;
	return OK;
}
