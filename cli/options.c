// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LONGEST_GUESS = 16,	/* bytes of a word that can be a misspelt name */
	MOST_OPTIONS = 32,
	LONG_ONLY = 256,	/* + index: getopt's value for an option without a letter */
	HELP_COLUMN = 26,
	HELP_WIDTH = 79,
};

void od_cli_defuse(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

static void complain(const char *format, va_list args)
{
	char text[4096];

	vsnprintf(text, sizeof(text), format, args);
	od_cli_defuse(text);
	fprintf(stderr, "oopsdecode: %s\n", text);
}

void od_cli_complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(format, args);
	va_end(args);
}

int od_cli_misused(const struct od_command *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(format, args);
	va_end(args);
	fprintf(stderr, "Try 'oopsdecode %s --help'.\n", command->name);
	return OD_EXIT_USAGE;
}

bool od_cli_write(const char *bytes, size_t length)
{
	while (length) {
		ssize_t count = write(STDOUT_FILENO, bytes, length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			if (errno != EPIPE)
				od_cli_complain("cannot write to standard output: %s", strerror(errno));
			return false;
		}
		bytes += count;
		length -= (size_t)count;
	}
	return true;
}

int od_cli_close_output(int status)
{
	if (fclose(stdout) == 0 || errno == EPIPE)
		return status;
	od_cli_complain("cannot write to standard output: %s", strerror(errno));
	return OD_EXIT_INPUT;
}

/* Levenshtein distance; both words shorter than LONGEST_GUESS. */
static size_t distance(const char *a, const char *b)
{
	size_t row[LONGEST_GUESS + 1];
	size_t width = strlen(b);

	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= width; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[width];
}

bool od_cli_is_near(const char *word, const char *name)
{
	return strlen(word) < LONGEST_GUESS && strlen(name) < LONGEST_GUESS && distance(word, name) <= 2;
}

struct getopt_tables {
	struct option longs[MOST_OPTIONS + 1];
	char shorts[2 * MOST_OPTIONS + 3];
};

static void fill_tables(const struct od_command *command, struct getopt_tables *tables)
{
	const struct od_cli_option *options = command->options;
	size_t shorts = command->in_order ? 1 : 0;

	*tables = (struct getopt_tables){0};
	memcpy(tables->shorts, command->in_order ? "+:" : ":", shorts + 1);
	for (size_t i = 0; options[i].name && i < MOST_OPTIONS; i++) {
		tables->longs[i] = (struct option){
			.name = options[i].name,
			.has_arg = options[i].argument ? required_argument : no_argument,
			.val = LONG_ONLY + (int)i,
		};
		if (!options[i].letter)
			continue;
		tables->shorts[++shorts] = options[i].letter;
		if (options[i].argument)
			tables->shorts[++shorts] = ':';
	}
}

/* The index of what getopt_long() found. */
static size_t find_option(const struct od_cli_option *options, int found)
{
	size_t i = 0;

	if (found >= LONG_ONLY)
		return (size_t)(found - LONG_ONLY);
	while (options[i].letter != found)
		i++;
	return i;
}

/* The option that a word like "--modul-dir=x" was meant to be; NULL: none is near. */
static const char *guess_option(const struct od_cli_option *options, const char *word)
{
	char name[LONGEST_GUESS + 1];

	if (strncmp(word, "--", 2) != 0)
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word + 2, "="), word + 2);
	for (size_t i = 0; options[i].name; i++)
		if (od_cli_is_near(name, options[i].name))
			return options[i].name;
	return NULL;
}

static void unknown_option(const struct od_command *command, const char *word)
{
	const char *guess = guess_option(command->options, word);

	if (guess)
		od_cli_misused(command, "unknown option '%s'; did you mean '--%s'?", word, guess);
	else
		od_cli_misused(command, "unknown option '%s'", word);
}

static int wrong_option(const struct od_command *command, int found, char **argv)
{
	const char *word = argv[optind - 1];
	char letter[3] = {'-', (char)optopt, '\0'};

	/* Inside a group of letters ("-aq") optind does not say which one it was. */
	if (optopt && optopt < LONG_ONLY)
		word = letter;
	if (found == ':')
		od_cli_misused(command, "option '%s' needs an argument", word);
	else if (optopt >= LONG_ONLY)
		od_cli_misused(command, "option '%s' takes no argument", word);
	else
		unknown_option(command, word);
	return -1;
}

int od_cli_parse(const struct od_command *command, int argc, char **argv,
		 bool (*take)(void *user, size_t option, const char *argument), void *user)
{
	struct getopt_tables tables;
	int found;

	fill_tables(command, &tables);
	opterr = 0;
	optind = 0; /* glibc: begin anew, and permute */
	while ((found = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
		if (found == '?' || found == ':')
			return wrong_option(command, found, argv);
		if (!take(user, find_option(command->options, found), optarg))
			return -1;
	}
	return optind;
}

/* Prints words from column `indent` on; the cursor stands there. */
static void print_wrapped(const char *text, size_t indent)
{
	size_t column = indent;

	while (*text) {
		size_t len = strcspn(text, " \n");
		if (column > indent && column + 1 + len > HELP_WIDTH) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			putchar(' ');
			column++;
		}
		printf("%.*s", (int)len, text);
		column += len;
		text += len;
		if (*text == '\n') {
			printf("\n%*s", text[1] ? (int)indent : 0, "");
			column = indent;
		}
		text += *text != '\0';
	}
	putchar('\n');
}

static void print_option(const struct od_cli_option *option)
{
	char left[64];
	int len = option->letter ? snprintf(left, sizeof(left), "  -%c, --%s", option->letter, option->name)
				 : snprintf(left, sizeof(left), "      --%s", option->name);

	if (option->argument)
		len += snprintf(left + len, sizeof(left) - (size_t)len, "=%s", option->argument);
	if (len + 1 >= HELP_COLUMN)
		printf("%s\n%*s", left, HELP_COLUMN, "");
	else
		printf("%-*s", HELP_COLUMN, left);
	print_wrapped(option->help, HELP_COLUMN);
}

static void print_commands(void)
{
	puts("\nCommands:");
	for (size_t i = 0; od_commands[i]; i++) {
		printf("  %-*s", HELP_COLUMN - 2, od_commands[i]->name);
		print_wrapped(od_commands[i]->summary, HELP_COLUMN);
	}
}

int od_cli_help(const struct od_command *command)
{
	const struct od_command *shown = command ? command : od_commands[0];

	printf("Usage: oopsdecode %s\n\n", command ? command->usage : "[COMMAND] [OPTION]... [FILE]...");
	print_wrapped(command ? command->summary
			      : "Decodes Linux kernel crash reports: from a log to the faulting source line.",
		      0);
	if (!command)
		print_commands();
	if (shown->options[0].name)
		printf("\nOptions%s:\n", command ? "" : " of decode, the command that is meant when none is named");
	for (size_t i = 0; shown->options[i].name; i++)
		print_option(&shown->options[i]);
	if (shown->notes) {
		putchar('\n');
		print_wrapped(shown->notes, 0);
	}
	return OD_EXIT_OK;
}

void od_cli_default_cache(char *path, size_t size)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int len = -1;

	if (cache && cache[0] == '/')
		len = snprintf(path, size, "%s/oopsdecode", cache);
	else if (home && home[0] == '/')
		len = snprintf(path, size, "%s/.cache/oopsdecode", home);
	if (len < 0 || (size_t)len >= size)
		path[0] = '\0';
}
