// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/terminal.h"

#include <string.h>

#include <oopsdecode/oopsdecode.h>

enum option { OPTION_ARCH, OPTION_HELP };

static const struct od_cli_option options[] = {
	[OPTION_ARCH] = {"arch", 0, "ARCH", "the architecture of a code or address (default: x86_64)"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

static const char notes[] =
	"Explains without a log: an error code or an address (hexadecimal digits), a word of a register dump by its name "
	"(dsisr=42000000, teid=…, srr1=…), the number of /proc/sys/kernel/tainted, a kind of report, or the line with "
	"which a report begins. Plain numbers are read as x86's and arm's error codes, arm64's ESR, the cause of riscv and "
	"mips, loongarch's ESTAT, powerpc's TRAP or DSISR, s390's program interruption code or TEID.\n\n"
	"Exit status: 0 it was explained, 1 nothing is known about it, 2 the command line is wrong.\n\n"
	"Example: oopsdecode explain 96000045 --arch arm64";

struct request {
	const char *arch;
	bool help;
};

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;

	if (option == OPTION_HELP) {
		request->help = true;
		return false;
	}
	request->arch = argument;
	return true;
}

static bool put(void *user, const char *bytes, size_t length)
{
	(void)user;
	return od_cli_write(bytes, length);
}

static int explain(const struct od_command *self, const struct request *request, const char *what, const char *text)
{
	const struct od_explain_options layout = {.size = sizeof(layout), .color = od_terminal_color(),
						  .width = od_terminal_width()};

	switch (od_explain_fact(what, text, request->arch, &layout, put, NULL)) {
	case OD_RESULT_OK:
		return OD_EXIT_OK;
	case OD_RESULT_USAGE:
		return od_cli_misused(self, "there is no architecture '%s'", request->arch);
	case OD_RESULT_NOMEM:
		od_cli_complain("out of memory");
		return OD_EXIT_INPUT;
	default:
		od_cli_complain("nothing is known about '%s'", text);
		return OD_EXIT_NO_EVENT;
	}
}

static int run(const struct od_command *self, int argc, char **argv)
{
	struct request request = {0};
	int first = od_cli_parse(self, argc, argv, take_option, &request);

	if (request.help)
		return od_cli_help(self);
	if (first < 0)
		return OD_EXIT_USAGE;
	if (argc - first == 1)
		return explain(self, &request, "", argv[first]);
	if (argc - first == 2 && (!strcmp(argv[first], "taint") || !strcmp(argv[first], "kind")))
		return explain(self, &request, argv[first], argv[first + 1]);
	return od_cli_misused(self, "one thing at a time: a number, a line in quotes, 'taint NUMBER' or 'kind NAME'");
}

const struct od_command od_command_explain = {
	.name = "explain",
	.summary = "Explains a code, an address, a taint or a kind of report.",
	.usage = "explain [--arch=ARCH] NUMBER | NAME=NUMBER | TEXT | taint NUMBER | kind NAME",
	.notes = notes,
	.options = options,
	.run = run,
};
