// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * symbolize FILE.ko FUNCTION+OFFSET: the source line of a place in a module, as a kernel log names it.
 *
 *	cc symbolize.c $(pkg-config --cflags --libs oopsdecode) -o symbolize
 *	./symbolize hello_2.ko hello_cleanup+0x13
 */
#include <oopsdecode/symbolizer.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(const struct od_symbolizer_answer *answer)
{
	for (size_t i = 0; i < answer->place_count; i++) {
		const struct od_symbolizer_place *place = &answer->places[i];
		printf("%s at %s:%u%s\n", place->function, place->file, place->line, place->inlined ? ", inlined into" : "");
	}
	for (size_t i = 0; i < answer->candidate_count; i++)
		printf("perhaps %s\n", answer->candidates[i]);
	if (!answer->place_count)
		printf("%s: %s\n", answer->status, answer->detail);
}

int main(int argc, char **argv)
{
	char *plus = argc == 3 ? strchr(argv[2], '+') : NULL;
	char module[256], error[1024];

	if (!plus) {
		fprintf(stderr, "usage: %s FILE.ko FUNCTION+OFFSET\n", argv[0]);
		return 2;
	}
	*plus = '\0';
	const char *slash = strrchr(argv[1], '/');
	snprintf(module, sizeof(module), "%s", slash ? slash + 1 : argv[1]);
	module[strcspn(module, ".")] = '\0';

	const char *const files[] = {argv[1]};
	const struct od_symbolizer_options options = {
		.size = sizeof(options), .modules = files, .module_count = 1, .no_search = true};
	struct od_symbolizer_session *session;
	if (od_symbolizer_open(&options, &session, error, sizeof(error)) != OD_RESULT_OK) {
		fprintf(stderr, "%s\n", error);
		return 2;
	}

	const struct od_symbolizer_query query = {
		.size = sizeof(query), .module = module, .function = argv[2], .offset = strtoull(plus + 1, NULL, 0)};
	const struct od_symbolizer_answer *answer;
	if (od_symbolizer_look_up(session, &query, &answer) == OD_RESULT_OK)
		print(answer);
	od_symbolizer_close(session);
	return 0;
}
