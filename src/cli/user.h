/* cli/user.h - the first person of a space, whom nobody there can invite. */
#ifndef CLI_USER_H
#define CLI_USER_H

#include "cli/cli.h"

extern const struct cli_command cmd_user;

#endif
