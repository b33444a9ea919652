/*
 * app/decision.h - what one can do with decisions, and what a decision says of its matter.
 */
#ifndef APP_DECISION_H
#define APP_DECISION_H

#include "app/matter.h"

/* Fills what decisions say of the matter into the facts. */
struct err *decision_facts(
    struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

/* Registers the numbered decision that the item's outcome is (decide, recommend, advise or
 * note). In a write, once an item. */
struct err *decision_register(struct cx *cx, int64_t item_id, str *ret_label) NODISCARD;

#endif
