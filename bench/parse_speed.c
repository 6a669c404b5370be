// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Events per second of the parsers alone, without symbols and rendering: parse_speed FILE [TIMES]. The
 * file is read once and fed TIMES times in chunks, as io/ would; prints events, lines and seconds of CPU.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "io/input.h"
#include "parsers/parser.h"

enum { CHUNK = 256 * 1024 };

static void take_event(void *user, struct od_event *event)
{
	(*(uint64_t *)user)++;
	od_event_destroy(event);
}

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void feed(struct od_parser *parser, struct od_str text)
{
	while (text.len) {
		struct od_str part = od_str_first(text, CHUNK);
		od_parser_feed(parser, part);
		text = od_str_from_index(text, part.len);
	}
}

int main(int argc, char **argv)
{
	unsigned long times = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	uint64_t events = 0;
	const struct od_parser_sink sink = {.user = &events, .event = take_event};
	struct od_parser *parser;
	struct od_file file;

	if (argc < 2 || od_file_load(NULL, argv[1], SIZE_MAX, &file) != OD_OK || od_parser_create(NULL, &sink, &parser) != OD_OK) {
		fprintf(stderr, "usage: parse_speed FILE [TIMES]\n");
		return 2;
	}
	double begin = cpu_seconds();
	for (unsigned long i = 0; i < times; i++)
		feed(parser, (struct od_str){(const char *)file.data, file.size});
	od_parser_finish(parser);
	double seconds = cpu_seconds() - begin;
	printf("%llu events, %llu lines, %.3f s, %.0f events/s\n", (unsigned long long)events,
	       (unsigned long long)od_parser_source(parser).lines, seconds, (double)events / seconds);
	od_parser_destroy(parser);
	od_file_deinit(&file);
	return 0;
}
