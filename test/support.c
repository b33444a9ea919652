#include "support.h"

#include <stdlib.h>

int
arena_setup(void **state)
{
	struct arena *a = calloc(1, sizeof(*a));

	arena_init(a, 256 << 20);
	*state = a;
	return 0;
}

int
arena_teardown(void **state)
{
	arena_finish(*state);
	free(*state);
	return 0;
}
