/* cli/space.h - commands about spaces as a whole. */
#ifndef CLI_SPACE_H
#define CLI_SPACE_H

#include "cli/cli.h"

/* A whole file of at most max bytes; cli.file. */
struct err *cli_read_file(struct cli *c, const char *file, size_t max, str *ret) NODISCARD;

extern const struct cli_command cmd_found;

#endif
