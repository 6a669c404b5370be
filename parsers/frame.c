// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/frame.h"

/* "<-- here", "← here", "// here": what people write behind a frame. */
static bool is_remark(struct od_str s)
{
	static const struct od_str marks[] = {OD_STR("<-"), OD_STR("<="), OD_STR("\xe2\x86\x90"), OD_STR("//")};
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (od_str_starts(s, marks[i]))
			return true;
	return false;
}

/* What may follow a place on its line: "(P)", "(unreliable)", "file.c:12", "[inline]". */
static bool is_trailer(struct od_str s, bool *unreliable)
{
	s = od_str_trim(s);
	if (!s.len || is_remark(s))
		return true;
	if (s.ptr[0] == '(') {
		*unreliable |= od_str_starts(s, OD_STR("(unreliable)"));
		return s.ptr[s.len - 1] == ')';
	}
	struct od_str word;
	if (od_scan_char(&s, '[')) /* "[iwlwif": the text ends within the module's name */
		return od_place_scan_module_name(&s, &word) && !s.len;
	if (!od_scan_word(&s, &word))
		return true;
	return od_is_source_place(word);
}

/* "[c000000000012345] ": an address without the angle brackets. */
static bool scan_plain_address(struct od_str *s, struct od_num *ret)
{
	struct od_str rest = *s;
	uint64_t value;
	if (!od_scan_char(&rest, '[') || !od_scan_hex(&rest, &value) || !od_scan_char(&rest, ']'))
		return false;
	(void)od_scan_char(&rest, ':');
	if (!od_scan_blanks(&rest))
		return false;
	*ret = od_num(value);
	*s = rest;
	return true;
}

/*
 * "[c000000001234560] [c000000000012345] fn": powerpc prints the stack pointer, then the return address;
 * "[0000000000404040] fn", "Caller[0000000000404040]: fn": sparc only the latter.
 */
static void scan_addresses(struct od_str *s, struct od_num *ret)
{
	struct od_str rest = *s;
	struct od_num second;
	(void)od_scan_literal(&rest, "Caller");
	if (!scan_plain_address(&rest, ret))
		return;
	if (scan_plain_address(&rest, &second))
		*ret = second;
	*s = rest;
}

bool od_frame_line(struct od_str text, struct od_frame_text *ret)
{
	struct od_frame_text frame;
	struct od_num address = {0};
	bool parentheses = od_str_starts(text, OD_STR("([<")) && od_scan_char(&text, '(');
	bool unreliable = parentheses || od_scan_literal(&text, "? ");

	scan_addresses(&text, &address);
	if (!od_scan_place(&text, &frame))
		return false;
	/* "fn [mod] 0x12" of Red Hat's 2.4 is a frame behind an address only: it may as well be a driver's message */
	if (frame.offset.known && !frame.size.known && !frame.address.known && !address.known)
		return false;
	if (parentheses)
		(void)od_scan_char(&text, ')');
	if (!is_trailer(text, &unreliable))
		return false;
	if (address.known)
		frame.address = address;
	frame.unreliable |= unreliable;
	*ret = frame;
	return true;
}

bool od_frame_name(struct od_str text, struct od_frame_text *ret)
{
	struct od_str rest = text, name, digits;
	uint64_t number;
	if (!od_scan_symbol(&rest, &name) || rest.len)
		return false;
	digits = name;
	if (od_scan_hex(&digits, &number) && !digits.len)
		return false;
	*ret = (struct od_frame_text){.raw = name, .function = name};
	return true;
}

bool od_frame_typed(struct od_str text, struct od_frame_text *ret)
{
	struct od_frame_text frame = {0};
	bool unreliable = od_scan_literal(&text, "? ");
	struct od_str rest = text;
	uint64_t offset;

	(void)od_place_scan_address(&rest, &frame.address, &frame.hidden);
	if (!od_scan_symbol(&rest, &frame.function) || !od_scan_char(&rest, '+') || !od_scan_0x(&rest, &offset))
		return false;
	frame.offset = od_num(offset);
	(void)od_place_scan_module(&rest, &frame);
	frame.unreliable = unreliable;
	frame.raw = text;
	*ret = frame;
	return !rest.len;
}

/* "fn", "fn+0x1/0x2 [mod]", "(fn)": what was called. */
static bool scan_callee(struct od_str *s, struct od_frame_text *ret)
{
	struct od_frame_text frame = {0};
	struct od_str rest = *s;
	bool parenthesis = od_scan_char(&rest, '(');
	struct od_str start = rest;
	uint64_t value;

	if (od_scan_0x(&rest, &value)) {
		frame.address = od_num(value);
	} else if (od_scan_symbol(&rest, &frame.function)) {
		(void)od_place_scan_offset(&rest, &frame);
		(void)od_place_scan_module(&rest, &frame);
	} else {
		return false;
	}
	frame.raw = od_str_first(start, start.len - rest.len);
	if (parenthesis && !od_scan_char(&rest, ')'))
		return false;
	*ret = frame;
	*s = rest;
	return true;
}

/* The same after an optional "[<address>] ", which may also stand alone. */
static bool scan_addressed_callee(struct od_str *s, struct od_frame_text *ret)
{
	struct od_str rest = *s;
	struct od_num address = {0};
	(void)od_scan_literal(&rest, "Function entered at ");
	bool hidden = false;
	bool addressed = od_place_scan_address(&rest, &address, &hidden) || od_place_scan_bare_address(&rest, &address);
	struct od_frame_text frame = {.raw = od_str_trim(od_str_first(*s, s->len - rest.len))};
	/* a lone address took the blank before "from" with it */
	if (addressed && od_str_starts(rest, OD_STR("from [<")))
		rest = (struct od_str){rest.ptr - 1, rest.len + 1};
	else if (!scan_callee(&rest, &frame))
		return false;
	if (addressed)
		frame.address = address;
	*ret = frame;
	*s = rest;
	return true;
}

bool od_frame_call(struct od_str text, struct od_frame_text *callee, struct od_frame_text *from)
{
	struct od_frame_text caller, called;
	struct od_num address = {0};
	bool unreliable = false, hidden = false;

	if (!scan_addressed_callee(&text, &called) || !od_scan_literal(&text, " from "))
		return false;
	od_scan_blanks(&text);
	bool addressed = od_place_scan_address(&text, &address, &hidden) || od_place_scan_bare_address(&text, &address);
	bool parenthesis = od_scan_char(&text, '(');
	if (od_scan_place(&text, &caller)) {
		if (parenthesis && !od_scan_char(&text, ')'))
			return false;
	} else if (addressed && !parenthesis) {
		caller = (struct od_frame_text){0};
	} else {
		return false;
	}
	if (!is_trailer(text, &unreliable))
		return false;
	if (addressed)
		caller.address = address;
	*callee = called;
	*from = caller;
	return true;
}

bool od_frame_clipped_call(struct od_str text, struct od_frame_text *callee)
{
	struct od_frame_text called, caller;
	struct od_num address = {0};
	bool hidden = false;

	if (!scan_addressed_callee(&text, &called) || !called.address.known || !called.function.len || !od_scan_literal(&text, " from ") ||
	    !od_place_scan_address(&text, &address, &hidden) || !od_scan_char(&text, '(') || od_scan_place(&text, &caller))
		return false;
	*callee = called;
	return true;
}

/* Whether a frame of a row begins at the bracket: "[<c0101234>]", "[fn+108/116]"; a module's name ("[ext3]") is none. */
static bool begins_frame(struct od_str s)
{
	struct od_frame_text place;
	struct od_str inside;
	if (od_str_starts(s, OD_STR("[<")))
		return true;
	if (od_str_starts(s, OD_STR("<")))
		return od_place_scan_braced(&s, &place) || od_place_scan_angled_address(&s, &place.address);
	return od_scan_char(&s, '[') && od_scan_until(&s, ']', &inside) && od_str_find_char(inside, '+') > 0;
}

bool od_frame_cut(struct od_str *row, struct od_str *ret)
{
	struct od_str rest = od_str_trim(*row);
	size_t end = 1;

	if (!rest.len)
		return false;
	for (; end < rest.len; end++)
		if ((rest.ptr[end] == '[' || rest.ptr[end] == '<') && begins_frame(od_str_from_index(rest, end)) &&
		    !od_str_ends(od_str_trim(od_str_first(rest, end)), OD_STR("from")))
			break;
	*ret = od_str_trim(od_str_first(rest, end));
	*row = od_str_from_index(rest, end);
	return true;
}

void od_frame_store(struct od_arena *arena, const struct od_frame_text *text, uint64_t line, struct od_frame *ret)
{
	*ret = (struct od_frame){
		.raw = od_arena_copy(arena, text->raw),
		.span = {line, line},
		.address = text->address,
		.offset = text->offset,
		.size = text->size,
		.unreliable = text->unreliable,
	};
	if (text->function.len)
		ret->function = od_arena_copy(arena, text->function);
	if (text->module.len)
		ret->module = od_arena_copy(arena, text->module);
	if (text->build_id.len)
		ret->build_id = od_arena_copy(arena, text->build_id);
}
