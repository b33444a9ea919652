/* fuzz/fuzz_charter.c - any bytes as a charter: bounded, and what loads is whole. */
#include "charter/files.h"
#include "charter/load.h"
#include "fuzz.h"

static void
check_charter(struct arena *a, const struct charter *c)
{
	struct charter_question q = {.scope = SCOPE_WHOLE_AREA, .topic = TOPIC_DIRECTION};
	const struct charter_choice *choices;
	struct charter_triage rules;
	size_t n;

	MUST(charter_party(c, c->health_trust) && charter_party(c, c->municipal_cooperation));
	charter_triage_bodies(c, a, &q, &choices, &n);
	MUST(n == c->n_bodies);
	for (size_t i = 0; i < c->n_bodies; i++) {
		const struct charter_body *b = &c->bodies[i];

		MUST(!b->reports_to.n || charter_body_parent(c, b));
		MUST(!charter_body_below(c, b, b));
		MUST(!charter_body_is_advisory(b) ||
		     !(charter_body_outcomes(b, NULL) & OUTCOME_BIT(OUTCOME_DECIDE)));
		charter_triage_rules(c, b, &q, &rules);
		charter_chair_side(&b->chair, 20000);
		charter_number_label(a, &c->matter_number, 14, 2026, b);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct charter *c;
	const struct charter_problem *list;
	struct arena a;
	size_t n_list;

	arena_init(&a, 512ul << 20);
	/* What is a variant of something is one of this. */
	if (!charter_load_variant(&a, (str){(const char *)data, n},
		charter_file_text("ostfold"), &c, &list, &n_list))
		check_charter(&a, c);
	for (size_t i = 0; i < n_list; i++)
		MUST(charter_problem_line(&a, &list[i], S("f"), (enum lang)(i % 3 + 1)).n > 0);
	arena_finish(&a);
	return 0;
}
