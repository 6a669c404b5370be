// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * places FILE [MODULE]: looks up what standard input names, and prints the chain of places of each on a line, as
 * "function file:line", innermost first, joined by " < ". A line is an address of a kernel, or "FUNCTION OFFSET SIZE" of a
 * module. For bench/crosscheck.
 */
#include <oopsdecode/symbolizer.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(const struct od_symbolizer_answer *answer)
{
	for (size_t i = 0; i < answer->place_count; i++) {
		const struct od_symbolizer_place *place = &answer->places[i];
		printf("%s%s %s:%u", i ? " < " : "", place->function, place->file, place->line);
	}
	puts(answer->place_count ? "" : answer->status);
}

static struct od_symbolizer_query parse(char *line, const char *module)
{
	struct od_symbolizer_query query = {.size = sizeof(query), .module = module};
	char *space = strchr(line, ' ');

	if (!module) {
		query.address = strtoull(line, NULL, 16);
	} else if (space) {
		*space = '\0';
		query.function = line;
		query.offset = strtoull(space + 1, &space, 16);
		query.function_size = strtoull(space, NULL, 16);
	}
	return query;
}

int main(int argc, char **argv)
{
	struct od_symbolizer_options options = {.size = sizeof(options), .no_search = true};
	struct od_symbolizer_session *session;
	const struct od_symbolizer_answer *answer;
	const char *module = argc > 2 ? argv[2] : NULL;
	const char *file = argc > 1 ? argv[1] : "";
	char line[1024], error[1024];

	if (module) {
		options.modules = &file;
		options.module_count = 1;
	} else {
		options.vmlinux = file;
	}
	if (od_symbolizer_open(&options, &session, error, sizeof(error)) != OD_RESULT_OK) {
		fprintf(stderr, "%s\n", error);
		return 2;
	}
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		const struct od_symbolizer_query query = parse(line, module);
		if (od_symbolizer_look_up(session, &query, &answer) == OD_RESULT_OK)
			print(answer);
		else
			puts("no query");
	}
	od_symbolizer_close(session);
	return 0;
}
