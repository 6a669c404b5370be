// SPDX-License-Identifier: GPL-3.0-or-later
/* Prints the tables of headers and rules as a dictionary of libFuzzer. */
#include "parsers/headers.h"
#include "tests/fuzz/fuzz.h"

static void print_entry(const char *literal)
{
	if (!*literal)
		return;
	putchar('"');
	for (; *literal; literal++) {
		if (*literal == '"' || *literal == '\\')
			printf("\\%c", *literal);
		else if ((unsigned char)*literal < 0x20 || (unsigned char)*literal > 0x7e)
			printf("\\x%02x", (unsigned char)*literal);
		else
			putchar(*literal);
	}
	puts("\"");
}

int main(void)
{
	static const char *const further[] = {
		"[   12.345678] ", "<4>", "[ T123] ", "fn+0x12/0x34", " [mod]", "[<ffffffff81000000>] ", "? ", "+0x", "[#1]",
		"Oops: ", "0000 [#1] SMP", "RAX: 0000000000000000", "<0f> 0b", "Tainted: ", "Comm: ", "</TASK>", NULL,
	};
	struct od_index index;

	OD_LAW(od_builder_index(&index));
	for (size_t i = 0; i < OD_INDEX_HEADERS && index.header[i].header; i++)
		print_entry(index.header[i].header->literal);
	for (size_t i = 0; i < OD_INDEX_RULES && index.rule[i].rule; i++)
		print_entry(index.rule[i].rule->prefix);
	for (size_t i = 0; further[i]; i++)
		print_entry(further[i]);
	return 0;
}
