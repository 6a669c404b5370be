// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/summaries.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <oopsdecode/vmcore.h>

enum option {
	OPTION_MODULE,
	OPTION_MODULE_DIR,
	OPTION_VMLINUX,
	OPTION_SOURCE_DIR,
	OPTION_PART,
	OPTION_ROOT,
	OPTION_NO_SEARCH,
	OPTION_NO_SANDBOX,
	OPTION_CACHE_DIR,
	OPTION_NO_CACHE,
	OPTION_JSON,
	OPTION_ALL_FRAMES,
	OPTION_WIDTH,
	OPTION_HELP,
};

static const struct od_cli_option options[] = {
	[OPTION_MODULE] = {"module", 'm', "FILE", "look module frames up in this .ko (repeatable)"},
	[OPTION_MODULE_DIR] = {"module-dir", 'M', "DIR", "look for modules below this directory (repeatable)"},
	[OPTION_VMLINUX] = {"vmlinux", 'k', "FILE", "the kernel with debug info: source lines, variables in bt, types where the dump has none"},
	[OPTION_SOURCE_DIR] = {"source-dir", 'S', "DIR", "where the sources are (repeatable)"},
	[OPTION_PART] = {"part", 0, "FILE", "a further file of a dump that makedumpfile --split wrote (repeatable)"},
	[OPTION_ROOT] = {"root", 0, "DIR", "search below DIR as if it were /"},
	[OPTION_NO_SEARCH] = {"no-search", 0, NULL, "use the files that are named here only"},
	[OPTION_NO_SANDBOX] = {"no-sandbox", 0, NULL,
			       "read dumps and images in this process, not in one that may open nothing"},
	[OPTION_CACHE_DIR] = {"cache-dir", 0, "DIR",
			      "keep indexes of large images here (default: $XDG_CACHE_HOME/oopsdecode)"},
	[OPTION_NO_CACHE] = {"no-cache", 0, NULL, "keep and use no indexes"},
	[OPTION_JSON] = {"json", 0, NULL, "write one JSON document, on one line"},
	[OPTION_ALL_FRAMES] = {"all-frames", 'a', NULL, "show every frame of the log's traces"},
	[OPTION_WIDTH] = {"width", 0, "COLUMNS", "lay the text out for this many columns"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

static const char notes[] =
	"FILE is an ELF core, a kdump-compressed file, or either as the flattened stream that makedumpfile -F and QEMU "
	"write. Nothing but the dump is needed: symbols, types and unwind tables are read from it (x86_64, arm64, "
	"riscv64, s390x, ppc64); of other machines' dumps the log is read.\n\n"
	"Without a VIEW the report is printed: the system, what the log reports, the stacks of all CPUs and of the tasks in "
	"uninterruptible sleep, modules. A VIEW, or several, may be:\n\n"
	"sys (the system), log (the kernel's log), mod (modules), ps (tasks),\n"
	"bt (the stack of the CPU that panicked), bt -a (of all CPUs), bt -c CPU, bt PID, bt TASK (by the address of its "
	"task_struct), bt all (of all tasks); with debug info, with arguments and locals,\n"
	"dis SYMBOL or dis ADDRESS (a function's code in memory), rd ADDRESS [COUNT] (words of memory), "
	"struct TYPE[.MEMBER] [ADDRESS] (the layout of a type, or one in memory),\n"
	"kmem -i (what memory is used for), kmem ADDRESS (what it belongs to), net (network devices), net -a (the ARP cache).\n\n"
	"Addresses may be symbols, also with +0x10.\n\n"
	"Exit status: 0 a report was found (or the views were printed), 1 none was found, 2 the command line is wrong "
	"or a file that an option names is not there, 3 the dump could not be read.\n\n"
	"Example: oopsdecode vmcore /var/crash/202611210005/dump.202611210005 bt";

struct request {
	const struct od_command *command;
	struct od_options library;
	const char **modules, **module_dirs, **source_dirs;
	const char **words;	/* the dump, and what to see of it */
	size_t word_count;
	const char **parts;	/* "+" and a file, each */
	size_t part_count;
	int status;
	bool failed;	/* to write */
};

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;
	struct od_options *library = &request->library;

	switch ((enum option)option) {
	case OPTION_MODULE: request->modules[library->module_count++] = argument; break;
	case OPTION_MODULE_DIR: request->module_dirs[library->module_dir_count++] = argument; break;
	case OPTION_VMLINUX: library->vmlinux = argument; break;
	case OPTION_SOURCE_DIR: request->source_dirs[library->source_dir_count++] = argument; break;
	case OPTION_PART:
		request->parts[request->part_count++] = "+";
		request->parts[request->part_count++] = argument;
		break;
	case OPTION_ROOT: library->root = argument; break;
	case OPTION_NO_SEARCH: library->no_search = true; break;
	case OPTION_NO_SANDBOX: library->sandbox = false; break;
	case OPTION_CACHE_DIR: library->cache_dir = argument; break;
	case OPTION_NO_CACHE: library->cache_dir = NULL; break;
	case OPTION_JSON: library->format = "json"; break;
	case OPTION_ALL_FRAMES: library->all_frames = true; break;
	case OPTION_WIDTH:
		if (od_terminal_number(argument, &library->width))
			break;
		request->status = od_cli_misused(request->command, "--width is a number of columns, not '%s'", argument);
		return false;
	case OPTION_HELP:
		request->status = od_cli_help(request->command);
		return false;
	}
	return true;
}

static bool write_output(void *user, const char *bytes, size_t length)
{
	struct request *request = user;

	if (!request->failed)
		request->failed = !od_cli_write(bytes, length);
	return !request->failed;
}

/* Letters behind a view's name belong to the view. */
static bool belongs_to_view(const char *view, const char *word)
{
	static const struct { const char *view, *word; } rows[] = {
		{"bt", "-a"}, {"bt", "-c"}, {"kmem", "-i"}, {"net", "-a"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].view, view) == 0 && strcmp(rows[i].word, word) == 0)
			return true;
	return false;
}

/* Options may stand between the operands. False: an option is wrong, or help was asked for. */
static bool collect_words(struct request *request, int argc, char **argv)
{
	for (int at = 0; at < argc - 1;) {
		int first = od_cli_parse(request->command, argc - at, argv + at, take_option, request);
		if (first < 0)
			return false;
		for (at += first; at < argc; at++) {
			const char *before = request->word_count ? request->words[request->word_count - 1] : "";
			if (argv[at][0] == '-' && argv[at][1] && !belongs_to_view(before, argv[at]))
				break;
			request->words[request->word_count++] = argv[at];
		}
		at--;	/* stands in for the program's name */
	}
	return true;
}

static int decode(struct request *request, struct od_decoder *decoder)
{
	const char *path = request->words[0];

	for (size_t i = 1; i < request->word_count; i++)
		request->parts[request->part_count++] = request->words[i];
	od_result result = od_decode_vmcore_words(decoder, path, request->parts, request->part_count, write_output, request);

	if (request->failed)
		return OD_EXIT_INPUT;
	if (result == OD_RESULT_OK)
		return OD_EXIT_OK;
	if (result == OD_RESULT_USAGE)
		return od_cli_misused(request->command, "%s", od_decoder_error(decoder));
	od_cli_complain("%s: %s", path, od_decoder_error(decoder));
	return result == OD_RESULT_NO_EVENT ? OD_EXIT_NO_EVENT : OD_EXIT_INPUT;
}

static int read_command_line(struct request *request, int argc, char **argv)
{
	struct od_decoder *decoder = NULL;
	char error[1024] = "";

	if (!collect_words(request, argc, argv))
		return request->status;
	if (!request->word_count)
		return od_cli_misused(request->command, "which dump?");
	od_result result = od_decoder_create(&request->library, &decoder, error, sizeof(error));
	if (result == OD_RESULT_USAGE)
		return od_cli_misused(request->command, "%s", error);
	if (result != OD_RESULT_OK) {
		od_cli_complain("%s", error);
		return OD_EXIT_INPUT;
	}
	int status = decode(request, decoder);
	od_decoder_destroy(decoder);
	return status;
}

static int run(const struct od_command *command, int argc, char **argv)
{
	char cache[4096];
	const char **lists = calloc(8 * (size_t)argc, sizeof(*lists));
	struct request request = {
		.command = command,
		.modules = lists,
		.module_dirs = lists + argc,
		.source_dirs = lists + 2 * (size_t)argc,
		.words = lists + 3 * (size_t)argc,
		.parts = lists + 4 * (size_t)argc,	/* two words per part, and the views behind them */
		.status = OD_EXIT_USAGE,
	};

	if (!lists) {
		od_cli_complain("%s", strerror(ENOMEM));
		return OD_EXIT_INPUT;
	}
	od_cli_default_cache(cache, sizeof(cache));
	request.library = (struct od_options){
		.size = sizeof(request.library),
		.cache_dir = cache,
		.modules = lists,
		.module_dirs = request.module_dirs,
		.source_dirs = request.source_dirs,
		.sandbox = true,
		.color = od_terminal_color(),
		.width = od_terminal_width(),
	};
	int status = read_command_line(&request, argc, argv);
	free(lists);
	return status;
}

const struct od_command od_command_vmcore = {
	.name = "vmcore",
	.summary = OD_SUMMARY_VMCORE,
	.usage = "vmcore [OPTION]... FILE [VIEW]...",
	.notes = notes,
	.options = options,
	.in_order = true,
	.run = run,
};
