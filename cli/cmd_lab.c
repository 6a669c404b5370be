// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/terminal.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glob.h>
#include <oopsdecode/oopsdecode.h>

enum option {
	OPTION_KERNEL,
	OPTION_ARCH,
	OPTION_COMPILER,
	OPTION_RUN,
	OPTION_APPEND,
	OPTION_TIMEOUT,
	OPTION_OUT,
	OPTION_DUMP,
	OPTION_KDUMP,
	OPTION_JSON,
	OPTION_HELP,
};

static const struct od_cli_option options[] = {
	[OPTION_KERNEL] = {"kernel", 'k', "VERSION", "5.10, 6.1 (default), 6.12 or newest: Debian's kernels"},
	[OPTION_ARCH] = {"arch", 'a', "ARCH", "x86_64 (default), i386, arm64, armhf, riscv64, ppc64el, s390x or mips64el"},
	[OPTION_COMPILER] = {"compiler", 'c', "NAME", "gcc (default) or clang"},
	[OPTION_RUN] = {"run", 0, "COMMAND", "what the guest's shell shall do, instead of what the fault says (repeatable)"},
	[OPTION_APPEND] = {"append", 0, "PARAMETERS", "more parameters for the kernel"},
	[OPTION_TIMEOUT] = {"timeout", 't', "SECONDS", "how long the guest may take (default 180)"},
	[OPTION_OUT] = {"out", 'o', "DIR", "keep console, module and source here (default: a new directory in /tmp)"},
	[OPTION_DUMP] = {"dump", 0, NULL, "leave a memory dump, too, which QEMU writes"},
	[OPTION_KDUMP] = {"kdump", 0, NULL, "leave a dump that a capture kernel wrote with makedumpfile (x86_64)"},
	[OPTION_JSON] = {"json", 0, NULL, "write the decoded crash as JSON, and nothing else"},
	[OPTION_HELP] = {"help", 'h', NULL, "print this and exit"},
	{0},
};

struct request {
	const struct od_command *command;
	const char **arguments;	/* for the script; NULL at the end */
	size_t count;
	char lab[PATH_MAX];	/* the directory of scripts */
	char out[PATH_MAX];
	const char *timeout;
	bool json;
	int status;
};

static bool take_timeout(struct request *request, const char *text)
{
	unsigned seconds;

	if (od_terminal_number(text, &seconds)) {
		request->timeout = text;
		return true;
	}
	request->status = od_cli_misused(request->command, "--timeout is a number of seconds, not '%s'", text);
	return false;
}

static void forward(struct request *request, const char *option, const char *argument)
{
	request->arguments[request->count++] = option;
	if (argument)
		request->arguments[request->count++] = argument;
}

static bool take_option(void *user, size_t option, const char *argument)
{
	struct request *request = user;

	switch ((enum option)option) {
	case OPTION_KERNEL: forward(request, "--kernel", argument); break;
	case OPTION_ARCH: forward(request, "--arch", argument); break;
	case OPTION_COMPILER: forward(request, "--compiler", argument); break;
	case OPTION_RUN: forward(request, "--run", argument); break;
	case OPTION_APPEND: forward(request, "--append", argument); break;
	case OPTION_DUMP: forward(request, "--dump", NULL); break;
	case OPTION_KDUMP: forward(request, "--kdump", NULL); break;
	case OPTION_TIMEOUT: return take_timeout(request, argument);
	case OPTION_OUT: snprintf(request->out, sizeof(request->out), "%s", argument); break;
	case OPTION_JSON: request->json = true; break;
	case OPTION_HELP:
		request->status = od_cli_help(request->command);
		return false;
	}
	return true;
}

/* Installed beside the program, or in the tree that it was built in; OOPSDECODE_LAB names another place. */
static bool find_lab(struct request *request)
{
	static const char *const places[] = {"/../share/oopsdecode/lab", "/../../../samples/lab"};
	const char *named = getenv("OOPSDECODE_LAB");
	char program[PATH_MAX], path[PATH_MAX + 64];

	if (named && realpath(named, request->lab))
		return true;
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	if (length <= 0)
		return false;
	program[length] = '\0';
	*strrchr(program, '/') = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", program, places[i]);
		if (realpath(path, request->lab))
			return true;
	}
	return false;
}

/* Runs one of the lab's scripts with the collected arguments; returns its exit status. */
static int run_script(const struct request *request, const char *script)
{
	char path[PATH_MAX + 64];
	int status;

	snprintf(path, sizeof(path), "%s/%s", request->lab, script);
	request->arguments[0] = path;
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		if (request->timeout)
			setenv("LAB_TIMEOUT", request->timeout, 1);
		execv(path, (char *const *)request->arguments);
		_exit(127);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return 127;
	return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

static bool make_out(struct request *request)
{
	const char *tmp = getenv("TMPDIR");

	if (request->out[0]) {
		if (mkdir(request->out, 0777) == 0 || errno == EEXIST)
			return true;
	} else {
		snprintf(request->out, sizeof(request->out), "%s/oopsdecode-lab.XXXXXX", tmp && *tmp ? tmp : "/tmp");
		if (mkdtemp(request->out))
			return true;
	}
	od_cli_complain("%s: %s", request->out, strerror(errno));
	return false;
}

/* What the guest's console showed from the first command on; all of it when it did not come so far. */
static void show_console(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0;
	bool started = false;

	if (!file)
		return;
	for (ssize_t length; (length = getline(&line, &capacity, file)) > 0;) {
		started = started || strncmp(line, "# ", 2) == 0;
		if (!started)
			continue;
		line[strcspn(line, "\r\n")] = '\0';
		od_cli_defuse(line);
		printf("%s\n", line);
	}
	printf("\n");
	free(line);
	fclose(file);
}

static bool write_output(void *user, const char *bytes, size_t length)
{
	bool *failed = user;

	*failed = !od_cli_write(bytes, length);
	return !*failed;
}

static int decode(const struct request *request, const char *console)
{
	char pattern[PATH_MAX + 16], sources[PATH_MAX + 16], error[1024] = "";
	const char *source_dirs[] = {sources};
	struct od_decoder *decoder = NULL;
	glob_t modules = {0};
	bool failed = false;

	snprintf(pattern, sizeof(pattern), "%s/*.ko", request->out);
	snprintf(sources, sizeof(sources), "%s/src", request->out);
	glob(pattern, 0, NULL, &modules);
	const struct od_options library = {
		.size = sizeof(library),
		.modules = (const char *const *)modules.gl_pathv,
		.module_count = modules.gl_pathc,
		.source_dirs = source_dirs,
		.source_dir_count = 1,
		.format = request->json ? "json" : NULL,
		.color = od_terminal_color(),
		.width = od_terminal_width(),
	};
	od_result result = od_decoder_create(&library, &decoder, error, sizeof(error));
	if (result == OD_RESULT_OK) {
		fflush(stdout);
		result = od_decode_file(decoder, console, write_output, &failed);
		snprintf(error, sizeof(error), "%s", od_decoder_error(decoder));
	}
	if (result != OD_RESULT_OK)
		od_cli_complain("%s: %s", console, error);
	od_decoder_destroy(decoder);
	globfree(&modules);
	return failed || result == OD_RESULT_NOMEM ? OD_EXIT_INPUT : (int)result;
}

static int crash(struct request *request, const char *name)
{
	char console[PATH_MAX + 16], dump[PATH_MAX + 16];

	if (!make_out(request))
		return OD_EXIT_INPUT;
	snprintf(console, sizeof(console), "%s/console.txt", request->out);
	forward(request, request->out, name);
	int status = run_script(request, "run.sh");
	if (access(console, R_OK) != 0)
		return status ? OD_EXIT_INPUT : OD_EXIT_NO_EVENT;
	if (!request->json)
		show_console(console);
	int decoded = decode(request, console);
	fprintf(stderr, "oopsdecode: console, module and source are in %s\n", request->out);
	snprintf(dump, sizeof(dump), "%s/vmcore", request->out);
	if (access(dump, R_OK) == 0)
		fprintf(stderr, "oopsdecode: the dump: oopsdecode vmcore -m %s/*.ko -S %s/src %s\n", request->out, request->out, dump);
	return status ? OD_EXIT_INPUT : decoded;
}

static int shell(struct request *request, const char *name)
{
	if (!make_out(request))
		return OD_EXIT_INPUT;
	forward(request, "--shell", NULL);
	forward(request, request->out, name);
	return run_script(request, "run.sh") ? OD_EXIT_INPUT : OD_EXIT_OK;
}

static int quiz(struct request *request, const char *name)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);

	program[length > 0 ? length : 0] = '\0';
	setenv("OOPSDECODE", program, 1);
	request->count = 1;
	if (name)
		forward(request, name, NULL);
	request->arguments[request->count] = NULL;
	return run_script(request, "quiz.sh");
}

static int perform(struct request *request, int count, char **operands)
{
	const char *verb = count ? operands[0] : "";
	const char *name = count > 1 ? operands[1] : NULL;

	if (!find_lab(request)) {
		od_cli_complain("the lab is not beside the program; OOPSDECODE_LAB names its directory");
		return OD_EXIT_USAGE;
	}
	if (count > 2)
		return od_cli_misused(request->command, "one fault at a time, not '%s' too", operands[2]);
	if (strcmp(verb, "list") == 0)
		return run_script(request, "list.sh");
	if (strcmp(verb, "quiz") == 0)
		return quiz(request, name);
	if (strcmp(verb, "run") != 0 && strcmp(verb, "shell") != 0)
		return od_cli_misused(request->command, "lab does list, run, shell or quiz, not '%s'", verb);
	if (!name)
		return od_cli_misused(request->command, "which fault? 'oopsdecode lab list' lists them");
	return strcmp(verb, "run") == 0 ? crash(request, name) : shell(request, name);
}

static int run(const struct od_command *command, int argc, char **argv)
{
	struct request request = {
		.command = command,
		.arguments = calloc(2 * (size_t)argc + 8, sizeof(*request.arguments)),
		.count = 1,
		.status = OD_EXIT_USAGE,
	};

	if (!request.arguments) {
		od_cli_complain("%s", strerror(ENOMEM));
		return OD_EXIT_INPUT;
	}
	int first = od_cli_parse(command, argc, argv, take_option, &request);
	int status = first < 0 ? request.status : perform(&request, argc - first, argv + first);
	free(request.arguments);
	return status;
}

const struct od_command od_command_lab = {
	.name = "lab",
	.summary = "Crashes a kernel in a virtual machine, and decodes the crash.",
	.usage = "lab list | run [OPTION]... FAULT|FILE.c | shell [OPTION]... FAULT|FILE.c | quiz [FAULT]",
	.notes = "list names the faults and kernels; run builds the module, boots the kernel in QEMU, loads and unloads the "
		 "module there, shows what the console said and decodes it; shell gives a shell in that guest; quiz shows a crash "
		 "and asks what it was. No root and no KVM are needed. What is missing is named, with the line that installs it.\n\n"
		 "Exit status: as of decode; 3 also when the module does not compile, or the guest had to be stopped.",
	.options = options,
	.run = run,
};
