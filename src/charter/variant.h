/*
 * charter/variant.h - a charter that says only what is different in it from another (R009).
 *
 * `variant_of: KEY` stands at its top. What it says goes before what that other one says: a
 * mapping field by field, a list of things with keys thing by thing (a new key is added last),
 * anything else whole, and so the three languages of a text. `~` takes a field away, and
 * `drop: true` beside a key takes that thing away.
 *
 * Lines    Those of the variant are kept VARIANT_LINE higher in the merged tree.
 */
#ifndef CHARTER_VARIANT_H
#define CHARTER_VARIANT_H

#include "charter/problem.h"

#include <yaml.h>

enum { VARIANT_LINE = 1 << 24 };

/* The key of the other charter; empty: it is no variant. */
str variant_of(yaml_document_t *doc);

/* The whole that the two make, in the arena of ps, where faults go. NULL: it is
 * too much. */
yaml_document_t *
variant_merge(struct problems *ps, yaml_document_t *base, yaml_document_t *variant);

#endif
