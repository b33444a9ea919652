/* cli/demo.h - making demo data and saying what there is to log in with. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "app/demo.h"
#include "cli/cli.h"

#define CLI_DEMO                                                                      \
	{"seed", "N", "the same seed and day give the same content (default: 1)"},    \
	{                                                                             \
		"today", "DAY", "the day of the demo, as 2026-03-26 (default: today)" \
	}

/* Makes the spaces in the command's folder where it has none, with --seed and --today of the
 * command, and prints the accounts. */
struct err *cli_demo(struct cli *c, struct house *house) NODISCARD;

/* Prints the accounts that were made, with the codes of this moment. base: "http://…/". */
void cli_demo_accounts(struct cli *c, const char *base);

#endif
