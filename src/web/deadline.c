#include "web/deadline.h"

bool
deadline_passed(
    const struct deadline_rules *r, enum http_phase phase, int64_t spent_ms, int64_t got_bytes)
{
	switch (phase) {
	case PHASE_IDLE: return spent_ms > r->idle_ms;
	case PHASE_NEW:
	case PHASE_HEAD: return spent_ms > r->head_ms;
	case PHASE_BODY:
		return spent_ms > r->body_ms || (spent_ms > r->body_grace_ms &&
						    got_bytes * 1000 < r->body_rate * spent_ms);
	case PHASE_WRITE: return spent_ms > r->write_ms;
	case PHASE_LINGER: return spent_ms > r->linger_ms;
	case PHASE_RUN:
	case PHASE_LIVE:
	case PHASE_DEAD: return false;
	}
	return false;
}

int
deadline_tick_ms(const struct deadline_rules *r)
{
	const int all[] = {r->head_ms, r->idle_ms, r->write_ms, r->linger_ms, r->body_grace_ms};
	int least = 1000;

	for (unsigned i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i] < least)
			least = all[i];
	return least / 4 < 10 ? 10 : least / 4;
}
