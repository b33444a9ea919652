/* cli/charter.h - `rodtrad charter check FILE...`. */
#ifndef CLI_CHARTER_H
#define CLI_CHARTER_H

#include "cli/cli.h"

extern const struct cli_command cmd_charter;

#endif
