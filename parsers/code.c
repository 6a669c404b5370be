// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/dump.h"

enum { GROUP_LIMIT = 128, BYTES_LIMIT = 256 };

struct group {
	uint64_t value;
	unsigned digits; /* 2, 4 or 8 */
	bool marked;
};

/* One group of "Code:": "4c", "<0f>", "(b9001001)". */
static bool scan_group(struct od_str *s, struct group *ret)
{
	struct od_str rest = *s;
	struct group group = {0};
	od_scan_blanks(&rest);
	char close = od_scan_char(&rest, '<') ? '>' : od_scan_char(&rest, '(') ? ')' : 0;
	size_t before = rest.len;
	if (!od_scan_hex(&rest, &group.value))
		return false;
	group.digits = (unsigned)(before - rest.len);
	group.marked = close != 0;
	if ((group.digits != 2 && group.digits != 4 && group.digits != 8) || (close && !od_scan_char(&rest, close)))
		return false;
	*ret = group;
	*s = rest;
	return true;
}

/* Groups are printed as numbers: their bytes lie in memory in the order of the architecture. */
static size_t put_group(char *bytes, const struct group *group, bool big_endian)
{
	size_t size = group->digits / 2;
	for (size_t i = 0; i < size; i++) {
		size_t shift = big_endian ? size - 1 - i : i;
		bytes[i] = (char)(group->value >> (8 * shift));
	}
	return size;
}

void od_store_code(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_code *code = &event->code;
	char bytes[BYTES_LIMIT];
	size_t count = 0;
	struct group group;

	for (unsigned n = 0; n < GROUP_LIMIT && count + 4 <= sizeof(bytes) && scan_group(&rest, &group); n++) {
		if (group.marked) {
			code->has_fault_index = true;
			code->fault_index = (uint32_t)count;
		}
		count += put_group(bytes + count, &group, event->arch && event->arch->big_endian);
	}
	if (!count) {
		code->note = od_builder_keep(builder, od_str_trim(rest));
		return;
	}
	code->source = OD_CODE_LOG;
	code->bytes = od_builder_keep(builder, (struct od_str){bytes, count});
	code->span = (struct od_span){record->line, record->line};
}
