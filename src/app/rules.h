/* app/rules.h - what the charter lays down about a body, as sentences, and where it comes from.
 */
#ifndef APP_RULES_H
#define APP_RULES_H

#include "app/cx.h"

struct rule_line {
	const char *what; /* msgid: "Plasser" */
	str said;
	const struct charter_basis *basis; /* NULL: it stands on the body's own */
};

/* Only what the charter says something of, in the language of cx. */
void rules_of(
    struct cx *cx, const struct charter_body *b, const struct rule_line **ret, size_t *ret_n);

#endif
