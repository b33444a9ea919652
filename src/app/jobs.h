/*
 * app/jobs.h - what the server does by itself: signing the record, and tidying.
 *
 * One thread for all spaces, once a minute. No rule depends on it: what is closed or overdue
 * is so by the clock. When it last ran, and last failed, stands in the house for the page of
 * the administration; what went wrong is in the log.
 *
 * Errors     none: what fails is logged and tried again.
 */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include "app/open.h"

enum {
	JOBS_EVERY_S = 60,
	CHECKPOINT_CHANGED_S = 5 * 60, /* a record that has grown is signed so often at most */
};

struct jobs;

/* Starts the thread. The spaces and the house must outlive it. */
struct err *jobs_start(struct arena *a, const struct opened *spaces, size_t n,
    struct house *house, const char *dir, int64_t (*now)(void), struct jobs **ret) NODISCARD;
void jobs_stop(struct jobs *jobs);

/* One round, at once: for tests and the command line. */
struct err *jobs_run_space(struct arena *a, const struct opened *o, struct house *house,
    const char *dir, int64_t now_at) NODISCARD;

#endif
