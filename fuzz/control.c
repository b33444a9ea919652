/* The control of make fuzz: it reads one byte past an input that says "overflow". */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *copy = malloc(n + 1);
	volatile char past;

	if (!copy)
		abort();
	copy = realloc(copy, n ? n : 1);
	memcpy(copy, data, n);
	if (n == 8 && memcmp(copy, "overflow", 8) == 0)
		past = copy[n];
	(void)past;
	free(copy);
	return 0;
}
