/* cli/journal.h - the commands about the joint record. */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

#include "cli/cli.h"

extern const struct cli_command cmd_verify;
extern const struct cli_command cmd_journal;

#endif
