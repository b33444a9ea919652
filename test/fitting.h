/*
 * test/fitting.h - input for any use case there is, about the things of a thread that has come
 * to its minutes, so that a test can be about all of them.
 *
 * The values are of the right kind and name what is there; whether the use case is content with
 * them is another matter.
 */
#ifndef TEST_FITTING_H
#define TEST_FITTING_H

#include "thread.h"

enum { FITTING_MAX = 40 };

/* Names and values for thread_send, with what is required; a rev only where thread_pairs() does
 * not know it. */
const char *const *fitting(struct thread *t, const struct usecase *uc);

#endif
