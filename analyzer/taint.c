// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/taint.h"

static const struct fact {
	char letter;
	const char *name, *meaning;
} facts[] = {
#define OD_TAINT(letter, bit, since, name, meaning) {letter, name, meaning},
#include "analyzer/facts_taint.def"
#undef OD_TAINT
};

static const struct fact unknown = {
	0, "unknown flag",
	"This letter is not one of the kernel's: a flag of the distribution, or a damaged line.",
};

static const struct fact *find_fact(char letter)
{
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (facts[i].letter == letter)
			return &facts[i];
	return &unknown;
}

static uint64_t line_that_set(char letter, const struct od_module_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (lines[i].taint == letter)
			return lines[i].line;
	return 0;
}

bool od_taint_has(const struct od_event *event, char letter)
{
	for (size_t i = 0; i < event->taint.count; i++)
		if (event->taint.items[i].letter == letter)
			return true;
	return false;
}

void od_taint_read(struct od_event *event, const struct od_module_line *module_lines, size_t count)
{
	for (size_t i = 0; i < event->taint_raw.len; i++) {
		char letter = event->taint_raw.ptr[i];
		if (letter < 'A' || letter > 'Z' || letter == 'G' || od_taint_has(event, letter))
			continue;
		struct od_taint_flag *flag = od_list_push(event->arena, &event->taint);
		if (!flag)
			return;
		const struct fact *fact = find_fact(letter);
		*flag = (struct od_taint_flag){letter, od_str_from(fact->name), od_str_from(fact->meaning),
					       line_that_set(letter, module_lines, count)};
	}
}
