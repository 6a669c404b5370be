// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

static const struct od_cli_option options[] = {
	{"help", 'h', NULL, "print this and exit"},
	{0},
};

static bool take_option(void *user, size_t option, const char *argument)
{
	bool *asked = user;

	(void)option;
	(void)argument;
	*asked = true;
	return false;
}

static int run(const struct od_command *self, int argc, char **argv)
{
	bool asked = false;
	int first = od_cli_parse(self, argc, argv, take_option, &asked);

	if (asked)
		return od_cli_help(self);
	if (first < 0)
		return OD_EXIT_USAGE;
	if (first == argc)
		return od_cli_help(NULL);
	const struct od_command *command = od_command_find(argv[first]);
	if (command && command->elsewhere)
		return command->run(command, 2, (char *[]){argv[first], (char[]){"--help"}, NULL});
	if (command)
		return od_cli_help(command);
	const struct od_command *guess = od_command_guess(argv[first]);
	if (guess)
		return od_cli_misused(self, "there is no command '%s'; did you mean '%s'?", argv[first],
				      guess->name);
	return od_cli_misused(self, "there is no command '%s'", argv[first]);
}

const struct od_command od_command_help = {
	.name = "help",
	.summary = "Explains the program or one of its commands.",
	.usage = "help [COMMAND]",
	.options = options,
	.run = run,
};
