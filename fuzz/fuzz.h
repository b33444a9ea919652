/* fuzz/fuzz.h - what a fuzz target stands on. libFuzzer calls LLVMFuzzerTestOneInput(). */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the run with the input kept, where what must hold does not. */
#define MUST(condition)           \
	do {                      \
		if (!(condition)) \
			abort();  \
	} while (0)

#endif
