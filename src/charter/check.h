/*
 * charter/check.h - whether a charter that is well formed makes sense.
 *
 * Each check bears the id of the rule in domain.md that it stands for; all are independent,
 * and none stops another.
 */
#ifndef CHARTER_CHECK_H
#define CHARTER_CHECK_H

#include "charter/problem.h"

void charter_check(struct problems *ps, const struct charter *c);

/* Its parts: who there is, how bodies are composed and run, how things are done. */
void check_parties(struct problems *ps, const struct charter *c);
void check_bodies(struct problems *ps, const struct charter *c);
void check_processes(struct problems *ps, const struct charter *c);

/* Whether different persons can give all these approvals, concerning body. */
void check_approvals(struct problems *ps, const struct charter *c,
    const struct charter_approvals *approvals, const struct charter_body *body_or_null,
    int line, const char *rule, str where);

#endif
