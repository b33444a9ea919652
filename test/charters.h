/*
 * test/charters.h - what a charter tells the program, asked in few words.
 *
 * Things are named by their keys. One that is not there fails the test.
 */
#ifndef TEST_CHARTERS_H
#define TEST_CHARTERS_H

#include "support.h"

#include "core/charter.h"

/* What the file holds. */
str charter_text_of(struct arena *a, const char *name);

/* The charter of that file, "charters/ostfold.yaml"; without an error, or the test fails. */
const struct charter *charter_of(struct arena *a, const char *name);

const struct charter_body *body(const struct charter *c, const char *key);
const struct charter_composition *
line(const struct charter *c, const char *key, const char *of);
const struct charter_secretary *secretary(const struct charter *c, const char *key);
const struct charter_party *party(const struct charter *c, const char *key);

bool has(struct charter_keys keys, const char *key);

/* The members' seats of a side. */
int64_t seats(const struct charter *c, const char *key, enum side side);

/* Where triage sends a matter first. */
str sent_to(struct arena *a, const struct charter *c, struct charter_question q);

bool may(const struct charter *c, const char *key, enum charter_act act,
    const struct charter_question *q);

/* The rule of the municipalities' pre-meeting before that body's meetings. */
const struct charter_pre_meeting *pre_meeting(const struct charter *c, const char *key);

/* The municipalities' members' seats in a body that are from that region. */
int64_t seats_from(const struct charter *c, const char *key, const char *region);

/* Whether the secretaries of both sides set its agenda, and nobody else. */
bool set_by_both_secretaries(const struct charter_body *b);

/* The sources bind no matter to a body: each route is a suggestion. */
void assert_no_route_binds(const struct charter *c);

size_t bodies_of(const struct charter *c, enum body_kind kind);
size_t parties_of(const struct charter *c, enum party_kind kind);

/* What all charters lay down alike, of the national model and of the thread, where their own
 * sources are silent. */
void assert_common_defaults(struct arena *a, const struct charter *c);

#endif
