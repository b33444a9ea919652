/* cli/backup.h - `rodtrad backup`, `restore` and `migrate`. */
#ifndef CLI_BACKUP_H
#define CLI_BACKUP_H

#include "cli/cli.h"

extern const struct cli_command cmd_backup, cmd_restore, cmd_migrate;

#endif
