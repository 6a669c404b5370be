// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/triage_options.h"

#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int od_cli_triage_open(const struct od_command *command, const struct od_triage_options *options, struct od_triage **ret)
{
	char error[1024] = "";
	od_result result = od_triage_create(options, ret, error, sizeof(error));

	if (result == OD_RESULT_OK)
		return OD_EXIT_OK;
	if (result == OD_RESULT_USAGE)
		return od_cli_misused(command, "%s", error);
	od_cli_complain("%s", error);
	return OD_EXIT_INPUT;
}

bool od_cli_triage_write(void *user, const char *bytes, size_t length)
{
	(void)user;
	return od_cli_write(bytes, length);
}

int od_cli_triage_status(const struct od_command *command, const struct od_triage *triage, od_result result)
{
	switch (result) {
	case OD_RESULT_OK: return OD_EXIT_OK;
	case OD_RESULT_NO_EVENT: return OD_EXIT_NO_EVENT;
	case OD_RESULT_USAGE: return od_cli_misused(command, "%s", od_triage_error(triage));
	case OD_RESULT_INPUT:
	case OD_RESULT_NOMEM: break;
	}
	od_cli_complain("%s", od_triage_error(triage));
	return OD_EXIT_INPUT;
}

static int add_one(struct od_triage *triage, const char *path)
{
	if (od_triage_add(triage, path) == OD_RESULT_OK)
		return OD_EXIT_OK;
	od_cli_complain("%s", od_triage_error(triage));
	return OD_EXIT_INPUT;
}

/* All of standard input, ended by a NUL; NULL: out of memory or it cannot be read. */
static char *read_list(size_t *length)
{
	size_t capacity = 65536, count;
	char *text = malloc(capacity);

	*length = 0;
	while (text && (count = fread(text + *length, 1, capacity - *length - 1, stdin)) > 0) {
		*length += count;
		if (capacity - *length > 1)
			continue;
		char *larger = realloc(text, capacity *= 2);
		if (!larger)
			free(text);
		text = larger;
	}
	if (text)
		text[*length] = '\0';
	return text;
}

/* A list with a NUL in it is separated by NULs (find -print0): then a name may hold a newline. */
static int add_listed(struct od_triage *triage)
{
	size_t length;
	char *list = read_list(&length);
	int worst = OD_EXIT_OK;

	if (!list) {
		od_cli_complain("%s", strerror(ENOMEM));
		return OD_EXIT_INPUT;
	}
	if (!memchr(list, '\0', length))
		for (size_t i = 0; i < length; i++)
			list[i] = list[i] == '\n' ? '\0' : list[i];
	for (char *at = list; at < list + length; at += strlen(at) + 1)
		if (*at && add_one(triage, at) != OD_EXIT_OK)
			worst = OD_EXIT_INPUT;
	free(list);
	return worst;
}

int od_cli_triage_add(struct od_triage *triage, int count, char **paths)
{
	int worst = OD_EXIT_OK;

	for (int i = 0; i < count; i++) {
		int status = strcmp(paths[i], "-") == 0 ? add_listed(triage) : add_one(triage, paths[i]);
		if (status > worst)
			worst = status;
	}
	return worst;
}

bool od_cli_triage_percent(const char *text, double *ret)
{
	unsigned percent;

	if (!od_terminal_number(text, &percent) || percent < 1 || percent > 100)
		return false;
	*ret = percent / 100.0;
	return true;
}

int od_cli_triage_troubles(const struct od_triage *triage)
{
	const uint64_t count = od_triage_progress(triage).troubles;
	const char *trouble;

	for (size_t i = 0; (trouble = od_triage_trouble(triage, i)); i++)
		od_cli_complain("%s", trouble);
	if (count > 1000)
		od_cli_complain("and %llu more could not be read", (unsigned long long)count - 1000);
	return count ? OD_EXIT_INPUT : OD_EXIT_OK;
}
