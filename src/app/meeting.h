/*
 * app/meeting.h - what one can do with meetings, and what a meeting says of its matter.
 */
#ifndef APP_MEETING_H
#define APP_MEETING_H

#include "app/matter.h"

/* Fills what meetings say of the matter into the facts. */
struct err *meeting_facts(
    struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

#endif
