// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Names that rustc mangled: "_RNvMs3_…" (Rust RFC 2603, "v0") and "_ZN…17h0123456789abcdefE" (the legacy form). The
 * kernel prints them as they stand in kallsyms; libbfd's demangler undoes both.
 */
#include "symbolize/demangle.h"

#include <stdlib.h>
#include <string.h>

#include "symbolize/opcodes.h"

enum {
	LONGEST = 256,
	BACK_REFERENCES = 24,	/* each pair can double what is printed: more are refused */
	LONGEST_RESULT = 1024,
};

static bool is_mangled(struct od_str name)
{
	size_t references = 0;

	if (name.len > LONGEST || (!od_str_starts(name, OD_STR("_R")) && !od_str_starts(name, OD_STR("_ZN"))))
		return false;
	for (size_t i = 0; i < name.len; i++)
		references += name.ptr[i] == 'B';
	return references <= BACK_REFERENCES;
}

struct od_str od_demangle(struct od_arena *arena, struct od_str name)
{
	static const struct od_str prefixes[] = {OD_STR("__cfi_"), OD_STR("__pfx_")};
	struct od_str kept = {0};
	char text[LONGEST + 1];

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		(void)od_scan_text(&name, prefixes[i]);
	if (!is_mangled(name))
		return kept;
	memcpy(text, name.ptr, name.len);
	text[name.len] = '\0';
	char *result = od_opcodes_demangle(text);
	if (result && strlen(result) <= LONGEST_RESULT)
		kept = od_arena_copy(arena, od_str_from(result));
	free(result);
	return kept;
}

static void demangle(struct od_event *event, struct od_frame *frame)
{
	if (frame->function.len > 3 && frame->function.ptr[0] == '_')
		frame->demangled = od_demangle(event->arena, frame->function);
}

void od_demangle_event(struct od_event *event)
{
	demangle(event, &event->ip);
	demangle(event, &event->lr);
	for (size_t i = 0; i < event->trace.count; i++)
		demangle(event, &event->trace.items[i]);
	for (size_t i = 0; i < event->traces.count; i++)
		for (size_t j = 0; j < event->traces.items[i].frames.count; j++)
			demangle(event, &event->traces.items[i].frames.items[j]);
	for (size_t i = 0; i < event->locks.count; i++)
		demangle(event, &event->locks.items[i].frame);
}
