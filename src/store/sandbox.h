/*
 * sandbox.h - locks the process that reads a stranger's file: for the filed child only.
 *
 * After sandbox_lock it can read and write what it has open, use memory up to a limit, and
 * end. Nothing else: no files, no network, no programs, no processes, no executable memory.
 */
#ifndef STORE_SANDBOX_H
#define STORE_SANDBOX_H

#include <stdbool.h>

enum {
	SANDBOX_CPU_S = 5,
	SANDBOX_WALL_S = 20,
	SANDBOX_MEMORY_BYTES = 512 << 20,
};

/* False: some lock could not be set, and the process must end. Landlock is used where the
 * kernel has it; the filter of system calls is never left out. */
bool sandbox_lock(void);

/* Before any file is there: no network, no other processes to see. Where the kernel or the
 * rights do not allow it, nothing happens: sandbox_lock does not rely on it. */
void sandbox_isolate(void);

enum { /* what sandbox_probe found possible */
	PROBE_OPEN = 1,
	PROBE_SOCKET = 2,
	PROBE_EXEC = 4,
	PROBE_FORK = 8,
	PROBE_TRACE = 16,
	PROBE_CODE = 32, /* memory both writable and executable */
	PROBE_SIGNAL = 64,
	PROBE_ALL = 127,
};

/* Tries each; the answer is 0 in a good sandbox. */
unsigned sandbox_probe(void);

#endif
