// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/arch_hints.h"

struct hint {
	const char *pattern;
	const struct od_arch *arch;
};

#define OD_ARCH_LINE(pattern, arch)
#define OD_ARCH_FUNCTION(name, arch)
#define OD_ARCH_RELEASE(suffix, arch)
#define OD_ARCH_PAIR(name, wide, narrow)
#define OD_ARCH_PATH(path, arch)

static const struct hint lines[] = {
#undef OD_ARCH_LINE
#define OD_ARCH_LINE(pattern, arch) {pattern, &od_arch_##arch},
#include "parsers/arch_hints.def"
#undef OD_ARCH_LINE
#define OD_ARCH_LINE(pattern, arch)
};

/* How the patterns of lines[] begin, side by side: of more than 150 few are looked at. */
static const char beginnings[] = {
#undef OD_ARCH_LINE
#define OD_ARCH_LINE(pattern, arch) (pattern)[0],
#include "parsers/arch_hints.def"
#undef OD_ARCH_LINE
#define OD_ARCH_LINE(pattern, arch)
};

static const struct hint functions[] = {
#undef OD_ARCH_FUNCTION
#define OD_ARCH_FUNCTION(name, arch) {name, &od_arch_##arch},
#include "parsers/arch_hints.def"
#undef OD_ARCH_FUNCTION
#define OD_ARCH_FUNCTION(name, arch)
};

static const struct pair {
	const char *pattern;
	const struct od_arch *wide, *narrow;
} pairs[] = {
#undef OD_ARCH_PAIR
#define OD_ARCH_PAIR(name, wide, narrow) {name, &od_arch_##wide, &od_arch_##narrow},
#include "parsers/arch_hints.def"
#undef OD_ARCH_PAIR
#define OD_ARCH_PAIR(name, wide, narrow)
};

static const struct hint paths[] = {
#undef OD_ARCH_PATH
#define OD_ARCH_PATH(path, arch) {path, &od_arch_##arch},
#include "parsers/arch_hints.def"
#undef OD_ARCH_PATH
#define OD_ARCH_PATH(path, arch)
};

static const struct hint releases[] = {
#undef OD_ARCH_RELEASE
#define OD_ARCH_RELEASE(suffix, arch) {suffix, &od_arch_##arch},
#include "parsers/arch_hints.def"
};

enum { LINE_LIMIT = 240 }; /* of the text that "anything" may stand for */

/* One element of a pattern other than "anything"; false: the text does not go on so. */
static bool match_one(char element, bool last, struct od_str *s)
{
	uint64_t value;
	struct od_str word;
	switch (element) {
	case '%':
		return od_scan_hex_width(s, 16, &value);
	case '^':
		return od_scan_hex_width(s, 8, &value);
	case '@':
		return od_scan_symbol(s, &word);
	case '&':
		if (!s->len || !od_is_hex(s->ptr[0]))
			return false;
		*s = od_str_from_index(*s, 1);
		return true;
	default:
		return element == '$' && last ? s->len == 0 : od_scan_char(s, element);
	}
}

/* Behind the first byte of s, where the element next may fit; empty: nowhere. */
static struct od_str next_candidate(struct od_str s, char element)
{
	s = od_str_from_index(s, 1);
	if (strchr("%^@&$", element)) /* also the pattern's end */
		return s;
	const ptrdiff_t at = od_str_find_char(s, element);
	return at < 0 ? (struct od_str){0} : od_str_from_index(s, (size_t)at);
}

/* The text begins as the pattern says. "Anything" is as short as it can be: when what follows fails, it grows. */
static bool matches(const char *pattern, struct od_str s)
{
	const char *after = NULL; /* the pattern behind the last "anything" */
	struct od_str from = s;

	while (*pattern) {
		if (*pattern == '~') {
			after = ++pattern;
			from = s;
		} else if (match_one(*pattern, !pattern[1], &s)) {
			pattern++;
		} else if (after && from.len) {
			from = s = next_candidate(from, *after);
			pattern = after;
		} else {
			return false;
		}
	}
	return true;
}

/* The next pattern of lines[], from this one on, that may fit a text which begins so; the number of all: there is none. */
static size_t next_line(size_t from, char c)
{
	const char any[] = {c, '~', '@'}; /* the elements that stand at a pattern's beginning for more than themselves */
	size_t next = sizeof(beginnings);

	for (size_t i = 0; i < sizeof(any) && from < next; i++) {
		const char *at = memchr(beginnings + from, any[i], next - from);
		next = at ? (size_t)(at - beginnings) : next;
	}
	return next;
}

static const struct od_arch *arch_of_path(struct od_str text)
{
	const struct od_str behind = od_str_behind(text, OD_STR("arch/"));

	for (size_t i = 0; behind.ptr && i < sizeof(paths) / sizeof(paths[0]); i++)
		if (od_str_starts(behind, od_str_from(paths[i].pattern)))
			return paths[i].arch;
	return NULL;
}

const struct od_arch *od_arch_of_line(struct od_str text)
{
	text = od_str_first(text, LINE_LIMIT);
	const char c = text.len ? text.ptr[0] : 0;
	for (size_t i = 0; text.len && (i = next_line(i, c)) < sizeof(beginnings); i++)
		if (matches(lines[i].pattern, text))
			return lines[i].arch;
	return arch_of_path(text);
}

static const struct od_arch *arch_of_function(struct od_str name)
{
	for (size_t i = 0; name.len && i < sizeof(functions) / sizeof(functions[0]); i++)
		if (od_str_may_match(name, functions[i].pattern) && od_str_matches(name, functions[i].pattern))
			return functions[i].arch;
	return NULL;
}

const struct od_arch *od_arch_of_frame(const struct od_frame_text *frame, bool small)
{
	const struct od_arch *arch = arch_of_function(frame->function);
	const bool narrow = frame->hidden || (frame->address.known && !(frame->address.value >> 32));
	if (arch || !small || narrow || !frame->function.len)
		return arch;
	/* arm64, openrisc and sh spell it so (arm as well since 6.9: "fn from gn"); only arm64 has 64 bits, or omits addresses */
	return &od_arch_arm64;
}

static const struct od_arch *arch_of_suffix(struct od_str release)
{
	for (size_t i = 0; i < sizeof(releases) / sizeof(releases[0]); i++)
		if (od_str_ends(release, od_str_from(releases[i].pattern)))
			return releases[i].arch;
	return NULL;
}

const struct od_arch *od_arch_of_release(struct od_str release)
{
	const struct od_arch *arch = arch_of_suffix(release);
	ptrdiff_t variant = od_str_find_last_char(release, '+'); /* ".x86_64+debug", ".aarch64+64k" */

	if (!arch && od_str_ends(release, OD_STR(".debug"))) /* ".x86_64.debug" */
		return arch_of_suffix(od_str_first(release, release.len - 6));
	return arch || variant < 1 ? arch : arch_of_suffix(od_str_first(release, (size_t)variant));
}

/* Only x86 prints "<IRQ>", "<TASK>" and the like around frames (arch/x86/kernel/dumpstack.c). */
static const struct pair *pair_of_frame(const struct od_frame *frame)
{
	static const struct pair marked = {"", &od_arch_x86_64, &od_arch_i386};

	for (size_t i = 0; frame->function.len && i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (od_str_matches(frame->function, pairs[i].pattern))
			return &pairs[i];
	return frame->context.len && !od_str_equal(frame->context, OD_STR("LR")) ? &marked : NULL;
}

static bool is_wide(struct od_num address)
{
	return address.known && address.value >> 32;
}

/* What a list of frames adds to what is known: of which pair they are, and whether an address has more than 32 bits. */
static void look_at_frames(const struct od_frame *frames, size_t count, const struct pair **pair, bool *wide, bool *narrow)
{
	for (size_t i = 0; i < count; i++) {
		if (!*pair)
			*pair = pair_of_frame(&frames[i]);
		*wide |= is_wide(frames[i].address);
		*narrow |= frames[i].address.known && !is_wide(frames[i].address);
	}
}

const struct od_arch *od_arch_of_event(const struct od_event *event)
{
	bool wide = is_wide(event->fault.address) || is_wide(event->object.address), narrow = false;
	const struct pair *pair = NULL;

	look_at_frames(event->trace.items, event->trace.count, &pair, &wide, &narrow);
	for (size_t i = 0; i < event->traces.count; i++)
		look_at_frames(event->traces.items[i].frames.items, event->traces.items[i].frames.count, &pair, &wide, &narrow);
	for (size_t i = 0; i < event->locks.count; i++)
		wide |= is_wide(event->locks.items[i].address);
	if (!pair || wide == narrow)
		return NULL;
	return wide ? pair->wide : pair->narrow;
}

/* Where the addresses in a report's lines point. */
struct regions {
	bool memory;	/* to where x86_64 has the direct map, vmalloc, the memory map and KASAN's shadow */
	bool code;	/* to where only x86_64 has code, as a rule */
	bool low_code;	/* to where riscv64 and mips64 have theirs */
	bool narrow;	/* to where i386 has the kernel */
};

/*
 * Documentation/arch/x86/x86_64/mm.rst, 6.12: the direct map begins at 0xffff888000000000 (to 4.19 0xffff880000000000), with
 * CONFIG_RANDOMIZE_MEMORY anywhere above; code at 0xffffffff81000000. riscv64 with four levels has vmalloc at 0xffff8f8000000000 and the
 * direct map at 0xffffaf8000000000 (Documentation/arch/riscv/vm-layout.rst, 6.12), arm64 with 48 bits begins at 0xffff800000000000. Others could
 * have memory there, and hardly do.
 */
static void note_address(struct regions *regions, uint64_t address)
{
	const uint64_t half = address >> 32;
	const unsigned part = address >> 40 & 0xff;

	if (half == 0xffffffff) {
		regions->low_code |= address >= 0xffffffff80000000 && address < 0xffffffff81000000;
		regions->code |= address >= 0xffffffff81000000 && address < 0xffffffffc0000000;
	} else if (half >> 16 == 0xffff && half != 0xffff8f80 && half != 0xffffaf80) {
		regions->memory |= part >= 0x88 && part < 0xfc;
	}
}

static struct regions find_regions(const struct od_event *event)
{
	const struct od_str beginning = OD_STR("ffff");
	struct regions ret = {0};
	struct od_str raw = event->raw;
	char before = ' ';
	uint64_t address;

	for (ptrdiff_t at; (at = od_str_find(raw, beginning)) >= 0; raw = od_str_from_index(raw, 1)) {
		before = at ? raw.ptr[at - 1] : before;
		raw = od_str_from_index(raw, (size_t)at);
		struct od_str digits = raw;
		if (!od_is_hex(before) && od_scan_hex_width(&digits, 16, &address))
			note_address(&ret, address);
		before = raw.ptr[0];
	}
	for (size_t i = 0; i < event->trace.count; i++)
		ret.narrow |= event->trace.items[i].address.known && event->trace.items[i].address.value >> 30 == 3;
	return ret;
}

/* "? fn+0x1/0x2": what an unwinder passed over; of 64 bits only x86 prints it so (arch/x86/kernel/dumpstack.c), of 32 sh does, too. */
static bool has_doubted_frame(struct od_str raw)
{
	for (struct od_str rest = od_str_behind(raw, OD_STR("? ")), name; rest.ptr; rest = od_str_behind(rest, OD_STR("? "))) {
		struct od_str ahead = rest;
		if (od_scan_symbol(&ahead, &name) && od_str_starts(ahead, OD_STR("+0x")))
			return true;
	}
	return false;
}

const struct od_arch *od_arch_likely(const struct od_event *event)
{
	const struct regions regions = find_regions(event);

	if (regions.memory || (regions.code && !regions.low_code))
		return &od_arch_x86_64;
	if (regions.low_code)
		return NULL;
	if (has_doubted_frame(event->raw))
		return regions.narrow ? &od_arch_i386 : &od_arch_x86_64;
	/* hw/i386/pc_piix.c and pc_q35.c of QEMU; it runs kernels of 64 bits as a rule */
	return od_str_find(event->hardware, OD_STR("Standard PC (")) >= 0 && !regions.narrow ? &od_arch_x86_64 : NULL;
}
