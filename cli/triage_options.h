// SPDX-License-Identifier: GPL-3.0-or-later
/* What the commands about many crashes have in common. */
#ifndef OD_CLI_TRIAGE_OPTIONS_H
#define OD_CLI_TRIAGE_OPTIONS_H

#include "cli/cli.h"

#include <oopsdecode/triage.h>

/* Makes a triage; complains when it cannot. Returns the exit status. */
int od_cli_triage_open(const struct od_command *command, const struct od_triage_options *options, struct od_triage **ret);

/* For od_write_fn: to standard output. */
bool od_cli_triage_write(void *user, const char *bytes, size_t length);

/* The exit status for a result; complains about what failed. */
int od_cli_triage_status(const struct od_command *command, const struct od_triage *triage, od_result result);

/* Adds the paths of the command line, or those that standard input lists, one per line (or per NUL). */
int od_cli_triage_add(struct od_triage *triage, int count, char **paths);

/* A number from 1 to 100, as a fraction. */
bool od_cli_triage_percent(const char *text, double *ret);

/* Tells what could not be read. Returns OD_EXIT_INPUT when there was something. */
int od_cli_triage_troubles(const struct od_triage *triage);

#endif
