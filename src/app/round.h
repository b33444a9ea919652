/*
 * app/round.h - what one can do with rounds, and what a round says of its matter.
 */
#ifndef APP_ROUND_H
#define APP_ROUND_H

#include "app/matter.h"

/* Fills what rounds say of the matter into the facts. */
struct err *round_facts(
    struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

#endif
