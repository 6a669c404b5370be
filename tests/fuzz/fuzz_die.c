// SPDX-License-Identifier: GPL-3.0-or-later
/* Headers and die lines: what they tell is part of the line. */
#include "parsers/headers.h"
#include "parsers/module_lines.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct od_str text = fuzz_text(data, size);
	struct od_index index;
	struct od_grams grams;

	OD_LAW(od_builder_index(&index) && od_module_lines_init(&grams));
	while (text.len) {
		struct od_str line = od_str_trim(fuzz_line(&text)), rest;
		struct od_die_line die;
		struct od_module_line module_line;
		const struct od_record record = {.line = 1, .raw = line, .text = line};
		if (od_header_find(&index, line, &rest))
			OD_LAW(fuzz_within(rest, line));
		if (line.len && od_scan_die_line(line, &die)) {
			OD_LAW(die.text.len && fuzz_within(die.code, line)); /* the text may be a word of our own */
			OD_LAW(fuzz_within(die.options, line) && fuzz_within(die.task, line));
		}
		if (od_module_line_find(&grams, &record, &module_line))
			OD_LAW(fuzz_within(module_line.module, line));
	}
	return 0;
}
