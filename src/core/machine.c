#include "core/machine.h"

const void *
machine_find(const void *rows, size_t stride, size_t n, int64_t state, int64_t act, unsigned by,
    enum fit *ret_fit)
{
	*ret_fit = FIT_NONE;
	if (state < 1 || state > 63)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const struct transition *row = (const void *)((const char *)rows + i * stride);

		if (row->act != act || !(row->from & IN(state)))
			continue;
		*ret_fit = FIT_STATE;
		if (row->by & by) {
			*ret_fit = FIT_ALL;
			return row;
		}
	}
	return NULL;
}

struct step
machine_step(const struct transition *row, int64_t state)
{
	return (struct step){row->to == SAME ? state : row->to, row->rule};
}

bool
machine_offers(const void *rows, size_t stride, size_t n, int64_t state, int64_t act,
    unsigned by, struct step *ret)
{
	enum fit fit;
	const struct transition *row = machine_find(rows, stride, n, state, act, by, &fit);

	if (row && ret)
		*ret = machine_step(row, state);
	return row != NULL;
}

const char *
key_at(const char *const *keys, size_t n, int64_t number)
{
	return number >= 0 && (uint64_t)number < n ? keys[number] : NULL;
}
