/*
 * deadline.h - how long a connection may stay in each phase of a request.
 *
 * Pure. The deadlines are absolute: a client that sends a byte now and then gains nothing.
 * Units are milliseconds, bytes, and bytes a second.
 */
#ifndef WEB_DEADLINE_H
#define WEB_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

enum http_phase {
	PHASE_IDLE = 1, /* between requests */
	PHASE_NEW,      /* connected; nothing has come */
	PHASE_HEAD,     /* from the first byte, or from the connection for the first head */
	PHASE_BODY,
	PHASE_RUN,    /* the handler runs: its own affair */
	PHASE_WRITE,  /* from the first byte of the reply */
	PHASE_LINGER, /* refused and answered; reads what still comes, to be heard */
	PHASE_LIVE,   /* a listener: stays until it goes */
	PHASE_DEAD,   /* a deadline has passed; it is being closed */
};

struct deadline_rules {
	int head_ms, idle_ms, write_ms, linger_ms;
	int body_ms;       /* in all */
	int body_grace_ms; /* until then any rate is good */
	int body_rate;     /* the mean from the start, after that */
};

bool deadline_passed(
    const struct deadline_rules *r, enum http_phase phase, int64_t spent_ms, int64_t got_bytes);

/* How often to look so that no deadline is overstepped by more than a quarter; 10-250. */
int deadline_tick_ms(const struct deadline_rules *r);

#endif
