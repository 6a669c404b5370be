// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/summaries.h"
#include "cli/triage_options.h"

enum option { OPTION_DB, OPTION_SIMILARITY, OPTION_HELP };

static const struct od_cli_option options[] = {
	[OPTION_DB] = {"db", 'd', "URL", "the crashes are in this database; A and B are paths or the first digits of hashes"},
	[OPTION_SIMILARITY] = {"similarity", 0, "PERCENT", "from which likeness of stacks on it is one bug"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

struct request {
	const struct od_command *command;
	struct od_triage_options triage;
	int status;
};

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;

	switch ((enum option)option) {
	case OPTION_DB: request->triage.database = argument; break;
	case OPTION_SIMILARITY:
		if (od_cli_triage_percent(argument, &request->triage.similarity))
			break;
		request->status = od_cli_misused(request->command, "--similarity is a number from 1 to 100, not '%s'", argument);
		return false;
	case OPTION_HELP:
		request->status = od_cli_help(request->command);
		return false;
	}
	return true;
}

static int explain(struct request *request, struct od_triage *triage, char **paths)
{
	if (!request->triage.database) {
		int status = od_cli_triage_add(triage, 2, paths);
		if (status == OD_EXIT_OK)
			status = od_cli_triage_status(request->command, triage, od_triage_read(triage, NULL, NULL));
		if (status != OD_EXIT_OK)
			return status;
	}
	od_result result = od_triage_why(triage, paths[0], paths[1], od_cli_triage_write, NULL);
	return od_cli_triage_status(request->command, triage, result);
}

static int run(const struct od_command *command, int argc, char **argv)
{
	struct request request = {.command = command, .triage = {.size = sizeof(request.triage)}, .status = OD_EXIT_USAGE};
	struct od_triage *triage;
	int first = od_cli_parse(command, argc, argv, take_option, &request);

	if (first < 0)
		return request.status;
	if (argc - first != 2)
		return od_cli_misused(command, "name two crashes");
	int status = od_cli_triage_open(command, &request.triage, &triage);
	if (status != OD_EXIT_OK)
		return status;
	status = explain(&request, triage, argv + first);
	if (od_cli_triage_troubles(triage) != OD_EXIT_OK)
		status = OD_EXIT_INPUT;
	od_triage_destroy(triage);
	return status;
}

const struct od_command od_command_why = {
	.name = "why",
	.summary = OD_SUMMARY_WHY,
	.usage = "why [OPTION]... A B",
	.notes = "A and B are logs or directories; with --db also the first digits of a hash.\n\n"
		 "Exit status: 0 they are one bug, 1 they are not, 2 the command line is wrong or there is no such crash, "
		 "3 something could not be read.",
	.options = options,
	.run = run,
};
