// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/fetch.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <oopsdecode/oopsdecode.h>

enum option {
	OPTION_MODULE,
	OPTION_MODULE_DIR,
	OPTION_VMLINUX,
	OPTION_SOURCE_DIR,
	OPTION_ROOT,
	OPTION_NO_SEARCH,
	OPTION_NO_SANDBOX,
	OPTION_NO_CAUSES,
	OPTION_DEBUGINFOD,
	OPTION_DEBUGINFOD_TIMEOUT,
	OPTION_CACHE_DIR,
	OPTION_NO_CACHE,
	OPTION_JOURNAL,
	OPTION_BOOT,
	OPTION_DIRECTORY,
	OPTION_JSON,
	OPTION_RAW,
	OPTION_ALL_FRAMES,
	OPTION_EXPLAIN,
	OPTION_COLOR,
	OPTION_WIDTH,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct od_cli_option options[] = {
	[OPTION_MODULE] = {"module", 'm', "FILE",
			   "look module frames up in this .ko (repeatable; .ko.debug, .xz, .zst and .gz too)"},
	[OPTION_MODULE_DIR] = {"module-dir", 'M', "DIR", "look for modules below this directory (repeatable)"},
	[OPTION_VMLINUX] = {"vmlinux", 'k', "FILE", "the kernel with debug info"},
	[OPTION_SOURCE_DIR] = {"source-dir", 'S', "DIR",
			       "where the sources are, for the lines around the fault (repeatable)"},
	[OPTION_ROOT] = {"root", 0, "DIR", "search below DIR as if it were /, for logs of another system"},
	[OPTION_NO_SEARCH] = {"no-search", 0, NULL,
			      "use the files that are named here only; do not look in /usr/lib/debug and "
			      "/lib/modules"},
	[OPTION_NO_SANDBOX] = {"no-sandbox", 0, NULL,
			       "read images in this process, not in one that may open nothing"},
	[OPTION_NO_CAUSES] = {"no-causes", 0, NULL,
			      "look up the places only, not the variables: faster for many reports"},
	[OPTION_DEBUGINFOD] = {"debuginfod", 0, NULL,
			       "ask the servers of $DEBUGINFOD_URLS for debug info that is not found here"},
	[OPTION_DEBUGINFOD_TIMEOUT] = {"debuginfod-timeout", 0, "SECONDS",
				       "give up when nothing more has come for so long (default: 20)"},
	[OPTION_CACHE_DIR] = {"cache-dir", 0, "DIR",
			      "keep indexes of large images here (default: $XDG_CACHE_HOME/oopsdecode)"},
	[OPTION_NO_CACHE] = {"no-cache", 0, NULL, "keep and use no indexes"},
	[OPTION_JOURNAL] = {"journal", 0, NULL, "read the kernel's messages in the systemd journal; no FILE then"},
	[OPTION_BOOT] = {"boot", 'b', "N",
			 "with --journal: of this boot only: 0 the last one, -1 the one before, 1 the first"},
	[OPTION_DIRECTORY] = {"directory", 0, "DIR", "with --journal: the directory of the journal files"},
	[OPTION_JSON] = {"json", 0, NULL, "write one JSON document per input, on one line"},
	[OPTION_RAW] = {"raw", 0, NULL, "print the lines of the reports as they stand in the log, and nothing else"},
	[OPTION_ALL_FRAMES] = {"all-frames", 'a', NULL,
			       "show the frames that the kernel marks as unreliable (?) too"},
	[OPTION_EXPLAIN] = {"explain", 0, NULL, "show what a named cause rests on"},
	[OPTION_COLOR] = {"color", 0, "WHEN", "auto (default), always or never"},
	[OPTION_WIDTH] = {"width", 0, "COLUMNS", "lay the text out for this many columns"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	[OPTION_VERSION] = {"version", 0, NULL, "print the version and exit"},
	{0},
};

static const char notes[] =
	"Without FILE, or when FILE is -, the log is read from standard input. Logs may be "
	"compressed with gzip, xz or zstd. A FILE that is a directory is read as what pstore kept of a "
	"crash (/sys/fs/pstore, /var/lib/systemd/pstore).\n\n"
	"Exit status: 0 a report was found, 1 none was found, 2 the command line is wrong or a "
	"file that an option names is not there, 3 an input could not be read to its end.\n\n"
	"Example: dmesg | oopsdecode -m hello.ko";

struct request {
	const struct od_command *command;
	struct od_options library;
	const char **modules, **module_dirs, **source_dirs;
	bool wants_journal;
	struct od_journal_options journal;
	struct od_fetch fetch;
	int status;	/* when reading the command line ended the program */
};

static bool take_color(struct request *request, const char *when)
{
	if (strcmp(when, "always") == 0)
		request->library.color = true;
	else if (strcmp(when, "never") == 0)
		request->library.color = false;
	else if (strcmp(when, "auto") == 0)
		request->library.color = od_terminal_color();
	else {
		request->status = od_cli_misused(request->command,
						 "--color is auto, always or never, not '%s'", when);
		return false;
	}
	return true;
}

static bool take_width(struct request *request, const char *text)
{
	if (od_terminal_number(text, &request->library.width))
		return true;
	request->status = od_cli_misused(request->command, "--width is a number of columns, not '%s'", text);
	return false;
}

static bool take_boot(struct request *request, const char *text)
{
	unsigned number = 0;
	bool back = text[0] == '-';

	if (strcmp(text + back, "0") != 0 && !od_terminal_number(text + back, &number)) {
		request->status = od_cli_misused(request->command, "--boot is a number like 0, -1 or 1, not '%s'", text);
		return false;
	}
	request->journal.one_boot = true;
	request->journal.boot = back ? -(int64_t)number : (int64_t)number;
	return true;
}

static bool take_timeout(struct request *request, const char *text)
{
	if (od_terminal_number(text, &request->fetch.timeout))
		return true;
	request->status = od_cli_misused(request->command, "--debuginfod-timeout is a number of seconds, not '%s'", text);
	return false;
}

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;
	struct od_options *library = &request->library;

	switch ((enum option)option) {
	case OPTION_MODULE: request->modules[library->module_count++] = argument; break;
	case OPTION_MODULE_DIR: request->module_dirs[library->module_dir_count++] = argument; break;
	case OPTION_VMLINUX: library->vmlinux = argument; break;
	case OPTION_SOURCE_DIR: request->source_dirs[library->source_dir_count++] = argument; break;
	case OPTION_ROOT: library->root = argument; break;
	case OPTION_NO_SEARCH: library->no_search = true; break;
	case OPTION_NO_SANDBOX: library->sandbox = false; break;
	case OPTION_NO_CAUSES: library->no_causes = true; break;
	case OPTION_DEBUGINFOD: library->debuginfod = true; break;
	case OPTION_DEBUGINFOD_TIMEOUT: return take_timeout(request, argument);
	case OPTION_CACHE_DIR: library->cache_dir = argument; break;
	case OPTION_NO_CACHE: library->cache_dir = NULL; break;
	case OPTION_JOURNAL: request->wants_journal = true; break;
	case OPTION_BOOT: return take_boot(request, argument);
	case OPTION_DIRECTORY: request->journal.directory = argument; break;
	case OPTION_JSON: library->format = "json"; break;
	case OPTION_RAW: library->format = "raw"; break;
	case OPTION_ALL_FRAMES: library->all_frames = true; break;
	case OPTION_EXPLAIN: library->evidence = true; break;
	case OPTION_COLOR: return take_color(request, argument);
	case OPTION_WIDTH: return take_width(request, argument);
	case OPTION_HELP:
		request->status = od_cli_help(request->command);
		return false;
	case OPTION_VERSION:
		printf("oopsdecode %s\n", od_version());
		request->status = OD_EXIT_OK;
		return false;
	}
	return true;
}

struct output {
	const char *heading;	/* path to print above the first output; NULL: none */
	bool started;		/* something was written */
	bool failed;
};

static bool write_heading(struct output *output)
{
	char text[4096];
	int length = snprintf(text, sizeof(text) - 8, "%s==> %s", output->started ? "\n" : "", output->heading);

	output->heading = NULL;
	if (length >= (int)sizeof(text) - 8)
		length = (int)sizeof(text) - 9;
	od_cli_defuse(text + output->started);
	length += snprintf(text + length, 8, " <==\n");
	return od_cli_write(text, (size_t)length);
}

static bool write_output(void *user, const char *bytes, size_t length)
{
	struct output *output = user;

	if (length && output->heading)
		output->failed = !write_heading(output);
	output->started = true;
	if (!output->failed)
		output->failed = !od_cli_write(bytes, length);
	return !output->failed;
}

/* A person pastes: say how it ends; what was typed behind the report must not reach the shell. */
static od_result decode_paste(struct od_decoder *decoder, struct output *output)
{
	enum { SETTLE_MS = 700 };

	if (isatty(STDERR_FILENO))
		fputs("Paste the kernel log; end with Ctrl-D. A report that is complete is decoded at once.\n",
		      stderr);
	od_result result = od_decode_paste(decoder, STDIN_FILENO, SETTLE_MS, write_output, output);
	tcflush(STDIN_FILENO, TCIFLUSH);
	return result;
}

/* The exit status of a call of the library, with its complaint. */
static int status_of(od_result result, const struct od_decoder *decoder, const char *name, const struct output *output)
{
	if (output->failed)
		return OD_EXIT_INPUT;
	if (result == OD_RESULT_OK)
		return OD_EXIT_OK;
	od_cli_complain("%s: %s", name, od_decoder_error(decoder));
	return result == OD_RESULT_NO_EVENT ? OD_EXIT_NO_EVENT : OD_EXIT_INPUT;
}

static int decode_journal(const struct request *request, struct od_decoder *decoder)
{
	struct output output = {0};
	od_result result = od_decode_journal(decoder, &request->journal, write_output, &output);
	return status_of(result, decoder, request->journal.directory ? request->journal.directory : "journal", &output);
}

static int decode_one(struct od_decoder *decoder, const char *path, struct output *output)
{
	bool is_stdin = strcmp(path, "-") == 0;
	od_result result = is_stdin && isatty(STDIN_FILENO) ? decode_paste(decoder, output)
							    : od_decode_file(decoder, path, write_output, output);

	return status_of(result, decoder, is_stdin ? "standard input" : path, output);
}

static int decode_all(const struct request *request, struct od_decoder *decoder, int count, char **paths)
{
	char standard_input[] = "-";
	char *only[] = {standard_input};
	bool headings = count > 1 && !request->library.format;
	struct output output = {0};
	int worst = OD_EXIT_OK;

	if (!count) {
		paths = only;
		count = 1;
	}
	for (int i = 0; i < count && !output.failed; i++) {
		output.heading = headings ? paths[i] : NULL;
		int status = decode_one(decoder, paths[i], &output);
		if (status > worst)
			worst = status;
	}
	return worst;
}

/* A word that is no file but nearly a command: the user should not be told that a file is missing. */
static int check_command(const struct od_command *command, int argc, char **argv, int first)
{
	const struct od_command *guess = first < argc ? od_command_guess(argv[first]) : NULL;

	if (!guess || access(argv[first], F_OK) == 0)
		return OD_EXIT_OK;
	return od_cli_misused(command, "'%s' is neither a file nor a command; did you mean '%s'?", argv[first],
			      guess->name);
}

/* Options of the journal without --journal, and --journal beside files, are mistakes. */
static int check_journal(const struct request *request, int files)
{
	if (request->wants_journal && files)
		return od_cli_misused(request->command, "--journal reads the journal: no FILE then");
	if (!request->wants_journal && (request->journal.one_boot || request->journal.directory))
		return od_cli_misused(request->command, "--boot and --directory are for --journal");
	return OD_EXIT_OK;
}

static int decode(struct request *request, int argc, char **argv)
{
	struct od_decoder *decoder = NULL;
	char error[1024] = "";
	int first = od_cli_parse(request->command, argc, argv, take_option, request);

	if (first < 0)
		return request->status;
	int status = check_journal(request, argc - first);
	if (status == OD_EXIT_OK)
		status = check_command(request->command, argc, argv, first);
	if (status != OD_EXIT_OK)
		return status;
	od_result result = od_decoder_create(&request->library, &decoder, error, sizeof(error));
	if (result != OD_RESULT_OK) {
		if (result == OD_RESULT_USAGE)
			return od_cli_misused(request->command, "%s", error);
		od_cli_complain("%s", error);
		return OD_EXIT_INPUT;
	}
	status = request->wants_journal ? decode_journal(request, decoder)
					: decode_all(request, decoder, argc - first, argv + first);
	od_decoder_destroy(decoder);
	return status;
}

static int run(const struct od_command *command, int argc, char **argv)
{
	char cache[4096];
	const char **lists = calloc(3 * (size_t)argc, sizeof(*lists));
	struct request request = {
		.command = command,
		.modules = lists,
		.module_dirs = lists + argc,
		.source_dirs = lists + 2 * (size_t)argc,
		.journal = {.size = sizeof(request.journal)},
		.fetch = {.timeout = 20},
		.status = OD_EXIT_USAGE,
	};

	if (!lists) {
		od_cli_complain("%s", strerror(ENOMEM));
		return OD_EXIT_INPUT;
	}
	od_cli_default_cache(cache, sizeof(cache));
	request.library = (struct od_options){
		.size = sizeof(request.library),
		.modules = lists,
		.module_dirs = request.module_dirs,
		.source_dirs = request.source_dirs,
		.cache_dir = cache,
		.fetch_progress = od_fetch_progress,
		.fetch_user = &request.fetch,
		.sandbox = true,
		.own_process = true,
		.color = od_terminal_color(),
		.width = od_terminal_width(),
	};
	int status = decode(&request, argc, argv);
	free(lists);
	return status;
}

const struct od_command od_command_decode = {
	.name = "decode",
	.summary = "Finds the crash reports in kernel logs, looks up their source lines and explains them.",
	.usage = "[decode] [OPTION]... [FILE]...",
	.notes = notes,
	.options = options,
	.run = run,
};
