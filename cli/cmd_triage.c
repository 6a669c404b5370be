// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"
#include "cli/summaries.h"
#include "cli/triage_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum option {
	OPTION_DB,
	OPTION_EMIT,
	OPTION_FORMAT,
	OPTION_HTML,
	OPTION_JOBS,
	OPTION_HOST,
	OPTION_SHARD,
	OPTION_SIMILARITY,
	OPTION_REDECODE,
	OPTION_STATUS,
	OPTION_NOTE,
	OPTION_LINK,
	OPTION_SINCE,
	OPTION_NEW_SINCE,
	OPTION_MODULE_DIR,
	OPTION_SOURCE_DIR,
	OPTION_VMLINUX,
	OPTION_ROOT,
	OPTION_NO_SEARCH,
	OPTION_NO_SANDBOX,
	OPTION_HELP,
};

static const struct od_cli_option options[] = {
	[OPTION_DB] = {"db", 'd', "URL", "keep what was read: sqlite:FILE or postgresql://…; a second run reads only what is new"},
	[OPTION_EMIT] = {"emit", 0, NULL, "write one line of JSON per event and group nothing; needs no database"},
	[OPTION_FORMAT] = {"format", 'f', "WORD", "text (default), groups, events, hosts (NDJSON), csv or prometheus"},
	[OPTION_HTML] = {"html", 0, "DIR", "also write pages for a browser into DIR: an overview, and a page per bug"},
	[OPTION_JOBS] = {"jobs", 'j', "N", "read with this many threads; one per CPU by default"},
	[OPTION_HOST] = {"host", 0, "NAME", "whose crashes these are; by default their paths tell"},
	[OPTION_SHARD] = {"shard", 0, "K/N", "read the K-th of N parts of the files; together the parts are all of them"},
	[OPTION_SIMILARITY] = {"similarity", 0, "PERCENT", "take crashes whose stacks are alike this much for one bug"},
	[OPTION_REDECODE] = {"redecode", 0, NULL, "decode the logs that the database keeps again, after an upgrade"},
	[OPTION_STATUS] = {"status", 0, "GROUP=WORD", "remember that a group is open, known, fixed…, hardware or ignore"},
	[OPTION_NOTE] = {"note", 0, "TEXT", "with --status: a text to remember"},
	[OPTION_LINK] = {"link", 0, "URL", "with --status: where it is tracked"},
	[OPTION_SINCE] = {"since", 0, "DATE", "report what was seen since then: 2026-11-21, 2026-11-21T03:05 (UTC)"},
	[OPTION_NEW_SINCE] = {"new-since", 0, "WHEN",
			      "report what no kernel before a version had, or was not seen before a DATE; 'last': before the last run"},
	[OPTION_MODULE_DIR] = {"module-dir", 'M', "DIR", "look for modules below this directory (repeatable)"},
	[OPTION_SOURCE_DIR] = {"source-dir", 'S', "DIR", "look for source files below this directory (repeatable)"},
	[OPTION_VMLINUX] = {"vmlinux", 'k', "FILE", "the kernel with debug info"},
	[OPTION_ROOT] = {"root", 0, "DIR", "search for modules and kernels below DIR as if it were /"},
	[OPTION_NO_SEARCH] = {"no-search", 0, NULL, "use the files that are named here only"},
	[OPTION_NO_SANDBOX] = {"no-sandbox", 0, NULL,
			       "read images in this process, not in one that may open nothing"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

static const char notes[] =
	"Each PATH is a log, a tar archive of logs, or a directory that is searched for both; - reads a list of paths "
	"from standard input. Directories as kdump (Debian, RHEL, SUSE) and systemd-pstore make them are known. Without PATH, "
	"what the database holds is reported.\n\n"
	"Exit status: 0 a crash was found, 1 none was found, 2 the command line is wrong, 3 something could not be read; it "
	"is listed at the end, and all the rest is reported.\n\n"
	"Example: oopsdecode triage --db sqlite:crashes.db /var/crash";

struct request {
	const struct od_command *command;
	struct od_triage_options triage;
	struct od_options decode;
	const char **module_dirs, **source_dirs;
	const char *format, *annotation, *note, *link, *html;
	bool emit, redecode, shows_progress;
	struct timespec started;
	int status;
};

static bool take_number(struct request *request, const char *text, unsigned *ret)
{
	if (od_terminal_number(text, ret))
		return true;
	request->status = od_cli_misused(request->command, "'%s' is not a number", text);
	return false;
}

static bool take_shard(struct request *request, const char *text)
{
	const char *slash = strchr(text, '/');
	char first[8] = "";
	struct od_triage_options *triage = &request->triage;

	if (slash && slash - text < (ptrdiff_t)sizeof(first))
		memcpy(first, text, (size_t)(slash - text));
	if (od_terminal_number(first, &triage->shard) && od_terminal_number(slash + 1, &triage->shards) &&
	    triage->shard <= triage->shards)
		return true;
	request->status = od_cli_misused(request->command, "--shard is K/N, as in 3/16, not '%s'", text);
	return false;
}

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;

	switch ((enum option)option) {
	case OPTION_DB: request->triage.database = argument; break;
	case OPTION_EMIT: request->emit = true; break;
	case OPTION_FORMAT: request->format = argument; break;
	case OPTION_HTML: request->html = argument; break;
	case OPTION_JOBS: return take_number(request, argument, &request->triage.threads);
	case OPTION_HOST: request->triage.host = argument; break;
	case OPTION_SHARD: return take_shard(request, argument);
	case OPTION_SIMILARITY:
		if (od_cli_triage_percent(argument, &request->triage.similarity))
			break;
		request->status = od_cli_misused(request->command, "--similarity is a number from 1 to 100, not '%s'", argument);
		return false;
	case OPTION_REDECODE: request->redecode = true; break;
	case OPTION_STATUS: request->annotation = argument; break;
	case OPTION_NOTE: request->note = argument; break;
	case OPTION_LINK: request->link = argument; break;
	case OPTION_SINCE: request->triage.since = argument; break;
	case OPTION_NEW_SINCE: request->triage.new_since = argument; break;
	case OPTION_MODULE_DIR: request->module_dirs[request->decode.module_dir_count++] = argument; break;
	case OPTION_SOURCE_DIR: request->source_dirs[request->decode.source_dir_count++] = argument; break;
	case OPTION_VMLINUX: request->decode.vmlinux = argument; break;
	case OPTION_ROOT: request->decode.root = argument; break;
	case OPTION_NO_SEARCH: request->decode.no_search = true; break;
	case OPTION_NO_SANDBOX: request->decode.sandbox = false; break;
	case OPTION_HELP:
		request->status = od_cli_help(request->command);
		return false;
	}
	return true;
}

/* How far, how fast, how long still; at most ten times a second. */
static bool show_progress(void *user, const struct od_triage_progress *progress)
{
	struct request *request = user;
	const uint64_t fresh = progress->done - progress->known, all = progress->files - progress->known;
	struct timespec now;

	if (!request->shows_progress || (fresh % 16 && fresh != all))
		return true;
	clock_gettime(CLOCK_MONOTONIC, &now);
	double seconds = (double)(now.tv_sec - request->started.tv_sec) + (double)(now.tv_nsec - request->started.tv_nsec) / 1e9;
	double rate = seconds > 0 ? (double)fresh / seconds : 0;
	fprintf(stderr, "\r%3u %%  %llu of %llu logs, %.0f per second, %.0f s left \033[K", all ? (unsigned)(fresh * 100 / all) : 100,
		(unsigned long long)fresh, (unsigned long long)all, rate, rate > 0 ? (double)(all - fresh) / rate : 0);
	return true;
}

static int annotate(struct request *request, struct od_triage *triage)
{
	const char *equals = strchr(request->annotation, '=');
	char group[17];

	if (!request->triage.database)
		return od_cli_misused(request->command, "--status needs --db: where is it to be remembered?");
	if (!equals || equals - request->annotation != 16)
		return od_cli_misused(request->command, "--status is GROUP=WORD, with the 16 digits of the group");
	memcpy(group, request->annotation, 16);
	group[16] = '\0';
	const struct od_triage_note note = {group, equals + 1, request->note, request->link};
	return od_cli_triage_status(request->command, triage, od_triage_annotate(triage, &note));
}

static int read_all(struct request *request, struct od_triage *triage, int count, char **paths)
{
	int worst = od_cli_triage_add(triage, count, paths);

	clock_gettime(CLOCK_MONOTONIC, &request->started);
	request->shows_progress = isatty(STDERR_FILENO);
	od_result result = request->redecode ? od_triage_redecode(triage) : OD_RESULT_OK;
	if (result == OD_RESULT_OK)
		result = od_triage_read(triage, request->emit ? od_cli_triage_write : NULL, NULL);
	if (request->shows_progress)
		fputs("\r\033[K", stderr);
	int status = od_cli_triage_status(request->command, triage, result);
	return status > worst ? status : worst;
}

static int report(struct request *request, struct od_triage *triage, int worst)
{
	int status = od_cli_triage_troubles(triage);

	if (status > worst)
		worst = status;
	if (request->emit)
		return worst == OD_EXIT_OK && !od_triage_progress(triage).events ? OD_EXIT_NO_EVENT : worst;
	od_result result = od_triage_write(triage, request->format, od_cli_triage_write, NULL);
	status = od_cli_triage_status(request->command, triage, result);
	if (status == OD_EXIT_OK && request->html)
		status = od_cli_triage_status(request->command, triage, od_triage_write_html(triage, request->html));
	if (status != OD_EXIT_OK)
		return status;
	if (worst == OD_EXIT_OK && !request->triage.database && !od_triage_progress(triage).events)
		return OD_EXIT_NO_EVENT;
	return worst;
}

static int triage_paths(struct request *request, int argc, char **argv)
{
	struct od_triage *triage;
	int first = od_cli_parse(request->command, argc, argv, take_option, request);

	if (first < 0)
		return request->status;
	if (first == argc && !request->triage.database)
		return od_cli_misused(request->command, "name a directory, or a database with --db");
	int status = od_cli_triage_open(request->command, &request->triage, &triage);
	if (status != OD_EXIT_OK)
		return status;
	if (request->annotation)
		status = annotate(request, triage);
	if (status == OD_EXIT_OK)
		status = read_all(request, triage, argc - first, argv + first);
	if (status == OD_EXIT_OK || status == OD_EXIT_INPUT)
		status = report(request, triage, status);
	od_triage_destroy(triage);
	return status;
}

static int run(const struct od_command *command, int argc, char **argv)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct request request = {
		.command = command,
		.triage = {.size = sizeof(request.triage), .threads = cpus > 0 ? (unsigned)cpus : 1, .progress = show_progress},
		.decode = {.size = sizeof(request.decode), .sandbox = true},
		.format = "text",
		.module_dirs = calloc((size_t)argc, sizeof(char *)),
		.source_dirs = calloc((size_t)argc, sizeof(char *)),
		.status = OD_EXIT_USAGE,
	};

	if (!request.module_dirs || !request.source_dirs) {
		free(request.module_dirs);
		free(request.source_dirs);
		od_cli_complain("%s", strerror(ENOMEM));
		return OD_EXIT_INPUT;
	}
	request.triage.user = &request;
	request.triage.decode = &request.decode;
	request.decode.module_dirs = request.module_dirs;
	request.decode.source_dirs = request.source_dirs;
	int status = triage_paths(&request, argc, argv);
	free(request.module_dirs);
	free(request.source_dirs);
	return status;
}

const struct od_command od_command_triage = {
	.name = "triage",
	.summary = OD_SUMMARY_TRIAGE,
	.usage = "triage [OPTION]... [PATH]...",
	.notes = notes,
	.options = options,
	.run = run,
};
