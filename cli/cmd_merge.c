// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/summaries.h"
#include "cli/triage_options.h"

enum option { OPTION_DB, OPTION_FORMAT, OPTION_SIMILARITY, OPTION_HELP };

static const struct od_cli_option options[] = {
	[OPTION_DB] = {"db", 'd', "URL", "put everything into this database: sqlite:FILE or postgresql://…"},
	[OPTION_FORMAT] = {"format", 'f', "WORD", "events (NDJSON; the default without --db), text, groups, csv or prometheus"},
	[OPTION_SIMILARITY] = {"similarity", 0, "PERCENT", "take crashes whose stacks are alike this much for one bug"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

struct request {
	const struct od_command *command;
	struct od_triage_options triage;
	const char *format;
	int status;
};

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;

	switch ((enum option)option) {
	case OPTION_DB: request->triage.database = argument; break;
	case OPTION_FORMAT: request->format = argument; break;
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

/* A bad input does not keep the others out. */
static int merge(struct request *request, struct od_triage *triage, int count, char **inputs)
{
	int worst = OD_EXIT_OK;

	for (int i = 0; i < count; i++) {
		int status = od_cli_triage_status(request->command, triage, od_triage_merge(triage, inputs[i]));
		if (status > worst)
			worst = status;
	}
	if (!request->format && request->triage.database)
		return worst;
	int status = od_cli_triage_status(request->command, triage,
					  od_triage_write(triage, request->format ? request->format : "events",
							  od_cli_triage_write, NULL));
	return status > worst ? status : worst;
}

static int run(const struct od_command *command, int argc, char **argv)
{
	struct request request = {.command = command, .triage = {.size = sizeof(request.triage)}, .status = OD_EXIT_USAGE};
	struct od_triage *triage;
	int first = od_cli_parse(command, argc, argv, take_option, &request);

	if (first < 0)
		return request.status;
	if (first == argc)
		return od_cli_misused(command, "name what is to be merged");
	int status = od_cli_triage_open(command, &request.triage, &triage);
	if (status != OD_EXIT_OK)
		return status;
	status = merge(&request, triage, argc - first, argv + first);
	od_triage_destroy(triage);
	return status;
}

const struct od_command od_command_merge = {
	.name = "merge",
	.summary = OD_SUMMARY_MERGE,
	.usage = "merge [OPTION]... INPUT...",
	.notes = "INPUT is a file of lines as 'triage --emit' writes them (- is standard input), or the URL of a database. The order "
		 "of inputs does not matter, nor whether one comes twice.\n\n"
		 "Exit status: 0, or 2 the command line is wrong, 3 an input could not be read; the others are merged.",
	.options = options,
	.run = run,
};
