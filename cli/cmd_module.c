// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/summaries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <oopsdecode/module.h>

enum option {
	OPTION_KERNEL,
	OPTION_SYMVERS,
	OPTION_BASE,
	OPTION_ADDRESS,
	OPTION_ALL,
	OPTION_JSON,
	OPTION_NO_SANDBOX,
	OPTION_HELP,
};

static const struct od_cli_option options[] = {
	[OPTION_KERNEL] = {"kernel", 'k', "RELEASE",
			   "say whether this kernel would load it; a release, or a directory with a kernel's headers"},
	[OPTION_SYMVERS] = {"symvers", 's', "FILE", "hold the symbols against this Module.symvers"},
	[OPTION_BASE] = {"base", 'b', "ADDRESS", "where the module was loaded (/proc/modules), for --address"},
	[OPTION_ADDRESS] = {"address", 'a', "ADDRESS",
			    "say in which section, function and line this address lies (repeatable)"},
	[OPTION_ALL] = {"all", 0, NULL, "list every symbol and section, not only how many there are"},
	[OPTION_JSON] = {"json", 0, NULL, "write one JSON document per module, on one line"},
	[OPTION_NO_SANDBOX] = {"no-sandbox", 0, NULL,
			       "read modules in this process, not in one that may open nothing"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

struct request {
	const struct od_command *command;
	struct od_module_options library;
	uint64_t *addresses;
	int status;
};

static bool take_address(struct request *request, const char *text, uint64_t *ret)
{
	char *end;

	errno = 0;
	unsigned long long value = strtoull(text, &end, 16);
	if (*text && *text != '-' && *text != '+' && *text != ' ' && !*end && !errno) {
		*ret = value;
		return true;
	}
	request->status = od_cli_misused(request->command, "an address is a hexadecimal number, not '%s'", text);
	return false;
}

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;
	struct od_module_options *library = &request->library;

	switch ((enum option)option) {
	case OPTION_KERNEL: library->kernel = argument; break;
	case OPTION_SYMVERS: library->symvers = argument; break;
	case OPTION_BASE: return take_address(request, argument, &library->base);
	case OPTION_ADDRESS: return take_address(request, argument, &request->addresses[library->address_count++]);
	case OPTION_ALL: library->lists = true; break;
	case OPTION_JSON: library->format = "json"; break;
	case OPTION_NO_SANDBOX: library->sandbox = false; break;
	case OPTION_HELP:
		request->status = od_cli_help(request->command);
		return false;
	}
	return true;
}

static bool write_output(void *user, const char *bytes, size_t length)
{
	bool *failed = user;

	*failed = !od_cli_write(bytes, length);
	return !*failed;
}

static int describe(const struct request *request, const char *path)
{
	char error[1024] = "";
	bool failed = false;
	od_result result = od_module_describe(&request->library, path, write_output, &failed, error, sizeof(error));

	if (error[0])
		od_cli_complain("%s", error);
	if (failed || result == OD_RESULT_NOMEM)
		return OD_EXIT_INPUT;
	return (int)result;
}

static int run(const struct od_command *command, int argc, char **argv)
{
	struct request request = {
		.command = command,
		.library = {.size = sizeof(request.library), .sandbox = true},
		.addresses = calloc((size_t)argc, sizeof(*request.addresses)),
		.status = OD_EXIT_USAGE,
	};
	int first = -1, worst = OD_EXIT_OK;

	if (!request.addresses) {
		od_cli_complain("%s", strerror(ENOMEM));
		return OD_EXIT_INPUT;
	}
	first = od_cli_parse(command, argc, argv, take_option, &request);
	request.library.addresses = request.addresses;
	if (first < 0)
		worst = request.status;
	else if (first == argc)
		worst = od_cli_misused(command, "which module?");
	for (int i = first; first > 0 && i < argc; i++) {
		int status = describe(&request, argv[i]);
		worst = status > worst ? status : worst;
	}
	free(request.addresses);
	return worst;
}

const struct od_command od_command_module = {
	.name = "module",
	.summary = OD_SUMMARY_MODULE,
	.usage = "module [OPTION]... FILE.ko...",
	.notes = "Exit status: 0 all is well, 1 the kernel of --kernel would refuse the module, 2 the command line is "
		 "wrong, or the kernel or Module.symvers is not there, 3 the file cannot be read or is no module.",
	.options = options,
	.run = run,
};
