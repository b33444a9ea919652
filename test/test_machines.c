/*
 * The tables of docs/state-machines.md against the tables in code: every (state, act, actor).
 */
#include "support.h"

#include "core/decision.h"
#include "core/matter.h"
#include "core/meeting.h"
#include "core/premeeting.h"
#include "core/round.h"

#include <stdio.h>

#define MAX_STATES 32
#define MAX_ACTS   48

struct machine {
	const char *name;
	int n_states, n_acts;
	bool (*offers)(int64_t state, int act, unsigned by, struct step *ret);
	const char *(*state_key)(int64_t state);
	const char *(*act_key)(int act);
};

/* The machines' own enums are int to this test. */
#define ADAPT(name)                                                                    \
	static bool name##_offers_int(int64_t s, int act, unsigned by, struct step *r) \
	{                                                                              \
		return name##_offers(s, act, by, r);                                   \
	}                                                                              \
	static const char *name##_act_int(int act)                                     \
	{                                                                              \
		return name##_act_key(act);                                            \
	}
ADAPT(matter)
ADAPT(meeting)
ADAPT(round)
ADAPT(premeeting)
ADAPT(decision)

#define MACHINE(name, NAME)                                                               \
	{                                                                                 \
#name, NAME##_STATE_N, NAME##_ACT_N, name##_offers_int, name##_state_key, \
		    name##_act_int                                                        \
	}
static const struct machine machines[] = {
    MACHINE(matter, MATTER),
    MACHINE(meeting, MEETING),
    MACHINE(round, ROUND),
    MACHINE(premeeting, PREMEETING),
    MACHINE(decision, DECISION),
};

static const char *const doers[DOER_N] = {
    "secretary", "proposer", "author", "contact", "chair", "setter", "member", "clock"};

/* What the document says: where each act leads to, by state and doer; 0: forbidden. */
struct told {
	int64_t to[MAX_STATES][MAX_ACTS][DOER_N];
	char rule[MAX_STATES][MAX_ACTS][8];
};

static str
read_document(struct arena *a)
{
	FILE *f = fopen("docs/state-machines.md", "r");

	assert_non_null(f);
	char *p = arena_array(a, char, 1 << 18);
	size_t n = fread(p, 1, (1 << 18) - 1, f);
	fclose(f);
	return (str){p, n};
}

static int
number_of(str word, const char *(*key)(int64_t), int n)
{
	for (int i = 1; i <= n; i++)
		if (str_eq(word, str_from_c(key(i))))
			return i;
	fail_msg("the document has an unknown word: " STR_FMT, STR_ARG(word));
	return 0;
}

static int
doer_of(str word)
{
	for (int i = 0; i < DOER_N; i++)
		if (str_eq(word, str_from_c(doers[i])))
			return i;
	fail_msg("the document has an unknown actor: " STR_FMT, STR_ARG(word));
	return 0;
}

static str
next_word(str *list)
{
	str word, rest;

	if (!str_cut(*list, ',', &word, &rest)) {
		word = *list;
		rest = S("");
	}
	*list = rest;
	return str_trim(word);
}

static int
act_of(const struct machine *m, str word)
{
	for (int i = 1; i <= m->n_acts; i++)
		if (str_eq(word, str_from_c(m->act_key(i))))
			return i;
	fail_msg("the document has an unknown act: " STR_FMT, STR_ARG(word));
	return 0;
}

static void
tell(const struct machine *m, struct told *told, const str cell[6])
{
	int act = act_of(m, cell[2]);

	for (str states = cell[1]; states.n;) {
		int from = number_of(next_word(&states), m->state_key, m->n_states);
		int to = str_eq(cell[4], S("same"))
			     ? from
			     : number_of(cell[4], m->state_key, m->n_states);

		for (str who = cell[3]; who.n;) {
			int64_t *slot = &told->to[from][act][doer_of(next_word(&who))];

			assert_int_equal(*slot, 0); /* no two rows for one cell */
			*slot = to;
		}
		snprintf(told->rule[from][act], 8, STR_FMT, STR_ARG(cell[0]));
	}
}

/* Reads the rows behind "<!-- machine: NAME -->" into told; returns how many. */
static int
read_machine(str doc, const struct machine *m, struct told *told, struct arena *a)
{
	str mark = str_from_c(arena_printf(a, "<!-- machine: %s -->", m->name));
	str line;
	bool is_here = false;
	int n = 0;

	while (str_cut(doc, '\n', &line, &doc)) {
		if (!is_here) {
			is_here = str_eq(line, mark);
			continue;
		}
		if (line.n == 0 || line.p[0] != '|')
			break;
		str cell[6], rest = {line.p + 1, line.n - 1};
		for (int i = 0; i < 6; i++) {
			assert_true(str_cut(rest, '|', &cell[i], &rest));
			cell[i] = str_trim(cell[i]);
		}
		if (str_eq(cell[0], S("rule")) || cell[0].p[0] == '-')
			continue;
		tell(m, told, cell);
		n++;
	}
	return n;
}

static void
compare_cell(const struct machine *m, const struct told *told, int state, int act, int doer)
{
	int64_t want = told->to[state][act][doer];
	struct step step = {0};
	bool is_offered = m->offers(state, act, 1u << doer, &step);

	if (is_offered != (want != 0))
		fail_msg("%s: %s from %s by %s: the document says %s", m->name, m->act_key(act),
		    m->state_key(state), doers[doer], want ? "yes" : "no");
	if (is_offered && step.to != want)
		fail_msg("%s: %s from %s leads to %s, the document says %s", m->name,
		    m->act_key(act), m->state_key(state), m->state_key(step.to),
		    m->state_key(want));
	if (is_offered)
		assert_string_equal(step.rule, told->rule[state][act]);
}

static void
code_and_document_agree(void **state)
{
	struct arena *a = *state;
	str doc = read_document(a);

	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		const struct machine *m = &machines[i];
		struct told *told = arena_new(a, struct told);

		assert_true(m->n_states < MAX_STATES && m->n_acts < MAX_ACTS);
		assert_true(read_machine(doc, m, told, a) > 5);
		for (int s = 1; s <= m->n_states; s++)
			for (int act = 1; act <= m->n_acts; act++)
				for (int d = 0; d < DOER_N; d++)
					compare_cell(m, told, s, act, d);
	}
}

/* Out of range is forbidden like the rest, and no key is missing. */
static void
nothing_beyond_the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		const struct machine *m = &machines[i];

		for (int act = -1; act <= m->n_acts + 1; act++) {
			assert_false(m->offers(0, act, DOER_ALL, NULL));
			assert_false(m->offers(-1, act, DOER_ALL, NULL));
			assert_false(m->offers(m->n_states + 1, act, DOER_ALL, NULL));
			assert_false(m->offers(64, act, DOER_ALL, NULL));
		}
		for (int s = 1; s <= m->n_states; s++) {
			assert_non_null(m->state_key(s));
			assert_false(m->offers(s, 0, DOER_ALL, NULL));
			assert_false(m->offers(s, m->n_acts + 1, DOER_ALL, NULL));
		}
		for (int act = 1; act <= m->n_acts; act++)
			assert_non_null(m->act_key(act));
		assert_null(m->state_key(m->n_states + 1));
		assert_null(m->act_key(m->n_acts + 1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(code_and_document_agree),
	    WITH_ARENA(nothing_beyond_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
