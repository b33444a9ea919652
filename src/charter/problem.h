/*
 * charter/problem.h - the list of what is wrong with a charter, while it is being made.
 *
 * Ownership  Arguments are kept as given: they must live in the arena, the text or the tree.
 */
#ifndef CHARTER_PROBLEM_H
#define CHARTER_PROBLEM_H

#include "charter/load.h"

#define PROBLEM_MAX 500 /* the last one then says that there are more */

struct problems {
	struct arena *a;
	struct charter_problem *v;
	size_t n, cap;
	size_t n_errors;
};

struct problems problems_new(struct arena *a);

/* args: as many str as the message has {0} {1} ..., then nothing. */
#define problem_error(ps, line, rule, code, ...) \
	problem_add(                             \
	    (ps), CHARTER_ERROR, (line), (rule), (code), (str[CHARTER_ARGS]){__VA_ARGS__})
#define problem_warn(ps, line, rule, code, ...) \
	problem_add(                            \
	    (ps), CHARTER_WARNING, (line), (rule), (code), (str[CHARTER_ARGS]){__VA_ARGS__})

/* A problem already in the list is not added again: an alias is walked at each use. */
void problem_add(struct problems *ps, enum charter_severity severity, int line,
    const char *rule, const char *code, const str args[CHARTER_ARGS]);

void problems_sort(struct problems *ps); /* by line, errors first */

/* The candidate nearest to word, if it is near enough to be what was meant; else -1. */
int problem_did_you_mean(str word, const str *candidates, size_t n);

#endif
