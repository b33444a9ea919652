/*
 * app/hasher.h - where passwords are hashed, so that nobody else notices.
 *
 * argon2id costs as much as a thousand pages. Few run at a time, and never on all cores; each
 * on a thread that gives way to every request. A request that has to wait behind one, even for
 * the scheduler's tick, takes ten times as long (bench/README.md, "others' p99").
 */
#ifndef APP_HASHER_H
#define APP_HASHER_H

#include "base/err.h"

#include <pthread.h>

enum { HASHES_AT_ONCE_MAX = 4, HASHES_WAITING = 50 };

struct hasher {
	pthread_mutex_t lock;
	pthread_cond_t free;
	int at_once; /* half the cores */
	int running, waiting;
};

void hasher_init(struct hasher *h);

/* Waits for its turn, then for the work. hash.busy: too many wait, and nothing was done;
 * hash.failed: there is no thread to be had. */
struct err *
hasher_run(struct hasher *h, struct arena *a, void (*work)(void *), void *arg) NODISCARD;

/* The gate by itself: who has entered keeps others waiting. hash.busy. */
struct err *hasher_enter(struct hasher *h, struct arena *a) NODISCARD;
void hasher_leave(struct hasher *h);

#endif
