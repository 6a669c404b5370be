// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include <oopsdecode/oopsdecode.h>

const struct od_command *const od_commands[] = {
	&od_command_decode,
	&od_command_explain,
	&od_command_lab,
	&od_command_module,
	&od_command_triage,
	&od_command_why,
	&od_command_merge,
	&od_command_vmcore,
	&od_command_help,
	NULL,
};

const struct od_command *od_command_find(const char *name)
{
	for (size_t i = 0; od_commands[i]; i++)
		if (strcmp(od_commands[i]->name, name) == 0)
			return od_commands[i];
	return NULL;
}

const struct od_command *od_command_guess(const char *word)
{
	for (size_t i = 0; od_commands[i]; i++)
		if (od_cli_is_near(word, od_commands[i]->name))
			return od_commands[i];
	return NULL;
}

/* Options of the program itself, when they stand alone or first: oopsdecode --help. */
static bool program_option(const char *word, int *status)
{
	if (strcmp(word, "--version") == 0) {
		printf("oopsdecode %s\n", od_version());
		*status = OD_EXIT_OK;
		return true;
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		*status = od_cli_help(NULL);
		return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	int status = OD_EXIT_OK;

	if (argc > 1 && program_option(argv[1], &status))
		return od_cli_close_output(status);
	const struct od_command *command = argc > 1 ? od_command_find(argv[1]) : NULL;
	if (command)
		status = command->run(command, argc - 1, argv + 1);
	else
		status = od_commands[0]->run(od_commands[0], argc, argv);
	return od_cli_close_output(status);
}
