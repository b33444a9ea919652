#include "charter/problem.h"

#include "base/near.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

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
		ps->v[ps->n - 1] = (struct charter_problem){.line = INT_MAX,
		    .severity = CHARTER_ERROR,
		    .rule = "schema",
		    .code = N_("charter.more")};
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

int
problem_did_you_mean(str word, const str *candidates, size_t n)
{
	struct near near = {0};
	int found = -1;

	for (size_t i = 0; i < n; i++) {
		const char *was = near.best.p;
		size_t longer = word.n > candidates[i].n ? word.n : candidates[i].n;
		size_t shorter = word.n + candidates[i].n - longer;

		if (!shorter || longer - shorter > word.n / 3 + 1)
			continue;
		near_try(&near, word, candidates[i]);
		if (near.best.p != was)
			found = (int)i;
	}
	return found;
}
