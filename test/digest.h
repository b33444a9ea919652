/*
 * test/digest.h - whether anything has changed: one hash of all that is recorded, of what
 * people have been told, and of what can be found.
 */
#ifndef TEST_DIGEST_H
#define TEST_DIGEST_H

#include "base/sha.h"
#include "people.h"

struct sha256 digest(struct people *p);

#endif
