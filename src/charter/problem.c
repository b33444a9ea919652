#include "charter/problem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 48 /* longer words are not compared */

struct problems
problems_new(struct arena *a)
{
	return (struct problems){
	    .a = a, .v = arena_array(a, struct charter_problem, 16), .cap = 16};
}

static bool
is_same(const struct charter_problem *p, int line, const char *code, const str *args)
{
	if (p->line != line || strcmp(p->code, code) != 0)
		return false;
	for (size_t i = 0; i < CHARTER_ARGS; i++) {
		if (!str_eq(p->args[i], args[i]))
			return false;
	}
	return true;
}

static void
make_room(struct problems *ps)
{
	if (ps->n < ps->cap)
		return;
	struct charter_problem *v = arena_array(ps->a, struct charter_problem, ps->cap * 2);

	memcpy(v, ps->v, ps->n * sizeof(*v));
	ps->v = v;
	ps->cap *= 2;
}

void
problem_add(struct problems *ps, enum charter_severity severity, int line, const char *rule,
    const char *code, const str args[CHARTER_ARGS])
{
	for (size_t i = 0; i < ps->n; i++) {
		if (is_same(&ps->v[i], line, code, args))
			return;
	}
	ps->n_errors += severity == CHARTER_ERROR;
	if (ps->n == PROBLEM_MAX) {
		ps->v[ps->n - 1] = (struct charter_problem){
		    INT_MAX, CHARTER_ERROR, "schema", N_("charter.more"), {{0}}};
		return;
	}
	make_room(ps);
	struct charter_problem *p = &ps->v[ps->n++];
	*p = (struct charter_problem){
	    .line = line, .severity = severity, .rule = rule, .code = code};
	memcpy(p->args, args, sizeof(p->args));
}

static int
by_line(const void *va, const void *vb)
{
	const struct charter_problem *a = va, *b = vb;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (int)a->severity - (int)b->severity;
}

void
problems_sort(struct problems *ps)
{
	qsort(ps->v, ps->n, sizeof(*ps->v), by_line);
}

/* Edits from a to b, neighbours swapped counting as one; past 3 it does not matter. */
static int
distance(str a, str b)
{
	int row[3][WORD_MAX + 2] = {0};

	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];

		now[0] = (int)i;
		for (size_t j = 1; j <= b.n; j++) {
			int best = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);

			best = last[j] + 1 < best ? last[j] + 1 : best;
			best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a.n % 3][b.n];
}

int
problem_did_you_mean(str word, const str *candidates, size_t n)
{
	int found = -1, best = word.n < 4 ? 2 : 4; /* first distance that is too far */

	if (word.n == 0 || word.n > WORD_MAX)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (candidates[i].n > word.n + 3 || candidates[i].n + 3 < word.n)
			continue;
		int d = distance(word, candidates[i]);
		if (d < best && (size_t)d * 2 < word.n + 1) {
			best = d;
			found = (int)i;
		}
	}
	return found;
}
