// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Commands that need libraries which the others do not: databases, archives, dumps. With theirs, and what
 * these need in turn, they are fifty, and to load them takes longer than to explain an oops. So they are in a program of
 * the same name in OD_FULL_PROGRAM (relative to this one's directory), which takes over.
 */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/summaries.h"

/* The path of the program that has all commands; false: it cannot be told. */
static bool full_program(char path[static PATH_MAX])
{
	char own[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);

	if (length <= 0)
		return false;
	own[length] = '\0';
	char *slash = strrchr(own, '/');
	if (!slash)
		return false;
	*slash = '\0';
	int len = snprintf(path, PATH_MAX, "%s/%s", own, OD_FULL_PROGRAM);
	return len > 0 && len < PATH_MAX;
}

static int run(const struct od_command *self, int argc, char **argv)
{
	char path[PATH_MAX] = "";
	char **all = calloc((size_t)argc + 2, sizeof(*all));

	if (all && full_program(path)) {
		all[0] = program_invocation_name;
		memcpy(all + 1, argv, (size_t)argc * sizeof(*all));
		execv(path, all);
	}
	od_cli_complain("cannot start '%s', which has the command '%s': %s", path, self->name, strerror(errno));
	free(all);
	return OD_EXIT_USAGE;
}

const struct od_command od_command_triage = {.name = "triage", .summary = OD_SUMMARY_TRIAGE, .elsewhere = true, .run = run};
const struct od_command od_command_why = {.name = "why", .summary = OD_SUMMARY_WHY, .elsewhere = true, .run = run};
const struct od_command od_command_merge = {.name = "merge", .summary = OD_SUMMARY_MERGE, .elsewhere = true, .run = run};
const struct od_command od_command_vmcore = {.name = "vmcore", .summary = OD_SUMMARY_VMCORE, .elsewhere = true, .run = run};
