// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/vmcoreinfo.h"

#include "vmcore/notes.h"

bool od_vmcoreinfo_get(struct od_str info, const char *key, struct od_str *ret)
{
	struct od_str name = od_str_from(key);

	while (info.len) {
		ptrdiff_t end = od_str_find_char(info, '\n');
		struct od_str line = end < 0 ? info : od_str_first(info, (size_t)end);
		info = end < 0 ? (struct od_str){NULL, 0} : od_str_from_index(info, (size_t)end + 1);
		if (!od_scan_text(&line, name) || !od_scan_char(&line, '='))
			continue;
		ptrdiff_t nul = od_str_find_char(line, '\0'); /* the note is padded */
		*ret = nul < 0 ? line : od_str_first(line, (size_t)nul);
		return true;
	}
	return false;
}

bool od_vmcoreinfo_hex(struct od_str info, const char *key, uint64_t *ret)
{
	struct od_str text;

	if (!od_vmcoreinfo_get(info, key, &text))
		return false;
	return od_scan_0x(&text, ret) || od_scan_hex(&text, ret);
}

bool od_vmcoreinfo_number(struct od_str info, const char *key, uint64_t *ret)
{
	struct od_str text;
	uint64_t value;

	if (!od_vmcoreinfo_get(info, key, &text))
		return false;
	if (od_scan_0x(&text, ret))
		return true;
	bool negative = od_scan_char(&text, '-');
	if (!od_scan_u64(&text, &value))
		return false;
	*ret = negative ? -value : value;
	return true;
}

uint64_t od_vmcoreinfo_release(struct od_str info)
{
	uint64_t major, minor;
	struct od_str text;

	if (!od_vmcoreinfo_get(info, "OSRELEASE", &text) || !od_scan_u64(&text, &major) || !od_scan_char(&text, '.') ||
	    !od_scan_u64(&text, &minor))
		return 0;
	return major << 8 | minor;
}

struct od_str od_vmcoreinfo_in_notes(struct od_str notes, bool big_endian)
{
	struct od_note note;

	while (od_note_next(&notes, big_endian, &note))
		if (od_str_equal(note.name, OD_STR("VMCOREINFO")))
			return note.content;
	return (struct od_str){NULL, 0};
}
