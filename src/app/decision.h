/*
 * app/decision.h - what one can do with decisions, and what a decision says of its matter.
 */
#ifndef APP_DECISION_H
#define APP_DECISION_H

#include "app/matter.h"

/* Fills what decisions say of the matter into the facts. */
struct err *decision_facts(
    struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

#endif
