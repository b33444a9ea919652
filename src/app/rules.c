#include "app/rules.h"

#include "charter/say.h"

void
rules_of(
    struct cx *cx, const struct charter_body *b, const struct rule_line **ret, size_t *ret_n)
{
	struct say s = {cx->a, cx->charter, cx->lang};
	struct rule_line *v = arena_array(cx->a, struct rule_line, SAY_PARTS);
	size_t n = 0;

	for (size_t i = 0; i < SAY_PARTS; i++) {
		const struct say_part *part = &say_parts[i];
		str said = part->say(&s, b);

		if (said.n)
			v[n++] =
			    (struct rule_line){part->what, said, say_basis((enum say_of)i, b)};
	}
	*ret = v;
	*ret_n = n;
}
