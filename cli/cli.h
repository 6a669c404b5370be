// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The command line. A command is a row of od_commands[] and a file cmd_<name>.c; its options
 * are a table from which getopt_long()'s tables and the --help text are made.
 */
#ifndef OD_CLI_CLI_H
#define OD_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

/* Exit statuses; the first four are those of the library (enum od_result). */
enum od_exit {
	OD_EXIT_OK = 0,		/* at least one event */
	OD_EXIT_NO_EVENT = 1,
	OD_EXIT_USAGE = 2,	/* bad usage, or a file that an option names is not there */
	OD_EXIT_INPUT = 3,	/* an input could not be read; or the output could not be written */
};

/* One option. The table ends with .name NULL. */
struct od_cli_option {
	const char *name;	/* "module" */
	char letter;		/* 'm'; 0: none */
	const char *argument;	/* "FILE"; NULL: takes none */
	const char *help;
};

struct od_command {
	const char *name;
	const char *summary;	/* one line for the list of commands */
	const char *usage;	/* what stands behind "oopsdecode " */
	const char *notes;	/* paragraphs below the options */
	const struct od_cli_option *options;
	bool elsewhere;		/* it is in another program, which knows its options: elsewhere.c */
	bool in_order;		/* options end at the first operand */
	/* argv[0] is the command's name, or the program's. Returns the exit status. */
	int (*run)(const struct od_command *command, int argc, char **argv);
};

extern const struct od_command od_command_decode;
extern const struct od_command od_command_explain;
extern const struct od_command od_command_vmcore;
extern const struct od_command od_command_help;
extern const struct od_command od_command_lab;
extern const struct od_command od_command_module;
extern const struct od_command od_command_merge;
extern const struct od_command od_command_triage;
extern const struct od_command od_command_why;

/* All commands, NULL at the end. The first is the one that is meant when none is named. */
extern const struct od_command *const od_commands[];

/* By name; NULL: none. */
const struct od_command *od_command_find(const char *name);

/* The command whose name was probably meant by this word; NULL: none is near. */
const struct od_command *od_command_guess(const char *word);

/* True when the word may be a misspelt name: at most two letters differ. */
bool od_cli_is_near(const char *word, const char *name);

/*
 * Reads the command line. Calls `take` for each option with its index in the table and its
 * argument (NULL: it has none) in order; options may stand behind operands. `take` returns
 * false to stop. Complaints go to stderr. Returns the index in argv of the first operand
 * (they stand last afterwards, unless the command takes them in order), or -1 when an option is wrong or `take` stopped.
 */
int od_cli_parse(const struct od_command *command, int argc, char **argv,
		 bool (*take)(void *user, size_t option, const char *argument), void *user);

/* Prints the help of a command (or, with NULL, of the program) to stdout. Returns the exit status. */
int od_cli_help(const struct od_command *command);

/* Prints "oopsdecode: …" and a newline to stderr, without terminal controls from file names. */
__attribute__((format(printf, 1, 2)))
void od_cli_complain(const char *format, ...);

/* The same, followed by where to read about the command; returns OD_EXIT_USAGE. */
__attribute__((format(printf, 2, 3)))
int od_cli_misused(const struct od_command *command, const char *format, ...);

/*
 * The directory for indexes where none is named: $XDG_CACHE_HOME/oopsdecode, else ~/.cache/oopsdecode (XDG Base Directory
 * Specification); "": none.
 */
void od_cli_default_cache(char *path, size_t size);

/* Makes terminal controls in a text that comes from the command line harmless. */
void od_cli_defuse(char *text);

/*
 * Writes to stdout, at once. A failure is told, unless the reader just went away (EPIPE).
 */
bool od_cli_write(const char *bytes, size_t length);

/* Flushes and closes stdout; a write that fails (full disk) is told. Returns `status`, or OD_EXIT_INPUT. */
int od_cli_close_output(int status);

#endif
