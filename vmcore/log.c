// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/log.h"

#include <inttypes.h>

#include "core/escape.h"
#include "vmcore/vmcoreinfo.h"

bool od_log_number(struct od_log_reader *reader, const char *key, uint64_t *ret)
{
	if (od_vmcoreinfo_number(reader->info, key, ret))
		return true;
	od_fail(reader->trail, OD_ERR_FORMAT, "VMCOREINFO has no %s", key);
	return false;
}

void od_log_put_record(struct od_log_reader *reader, uint64_t nanoseconds, struct od_str text)
{
	size_t begin = reader->out->len;

	od_buf_printf(reader->out, "[%5" PRIu64 ".%06" PRIu64 "] ", nanoseconds / 1000000000,
		      nanoseconds % 1000000000 / 1000);
	size_t indent = reader->out->len - begin;
	for (;;) {
		ptrdiff_t end = od_str_find_char(text, '\n');
		od_escape_dmesg(reader->out, end < 0 ? text : od_str_first(text, (size_t)end));
		od_buf_put_char(reader->out, '\n');
		if (end < 0)
			break;
		od_buf_pad(reader->out, ' ', indent);
		text = od_str_from_index(text, (size_t)end + 1);
	}
	reader->facts->records++;
}

od_status od_log_read(struct od_trail *trail, const struct od_memory *memory, struct od_str vmcoreinfo,
		      struct od_buf *out, struct od_log_facts *ret)
{
	static const struct {
		const char *key;
		unsigned generation;
		od_status (*read)(struct od_log_reader *reader);
	} generations[] = {
		{"SYMBOL(prb)", 3, od_log_read_ring},
		{"SYMBOL(log_first_idx)", 2, od_log_read_records},
		{"SYMBOL(log_end)", 1, od_log_read_text},
	};
	struct od_log_reader reader = {trail, memory, vmcoreinfo, out, ret};
	struct od_str value;

	*ret = (struct od_log_facts){0};
	for (size_t i = 0; i < sizeof(generations) / sizeof(generations[0]); i++) {
		if (!od_vmcoreinfo_get(vmcoreinfo, generations[i].key, &value))
			continue;
		ret->generation = generations[i].generation;
		return generations[i].read(&reader);
	}
	return od_fail(trail, OD_ERR_MISSING, vmcoreinfo.len ? "VMCOREINFO names no kernel log"
							     : "the dump has no VMCOREINFO");
}
