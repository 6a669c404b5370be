// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/place.h"

/* What %p printed for an address before random numbers were there to hash it with (lib/vsprintf.c, 4.15 and later). */
static bool is_hidden(struct od_str s)
{
	return od_str_equal(s, OD_STR("(ptrval)")) || od_str_equal(s, OD_STR("(____ptrval____)"));
}

/* "[] ", what browsers make of "[<ffffffff81000000>] ": they take the address for a tag. */
static bool scan_lost_address(struct od_str *s, bool *ret_hidden)
{
	if (!od_scan_literal(s, "[] "))
		return false;
	od_scan_blanks(s);
	return *ret_hidden = true;
}

/* "<c01499a4> fn+0x24/0x80": i386 of 2.6.16 and 2.6.17, two in a line (arch/i386/kernel/traps.c, print_addr_and_symbol()) */
bool od_place_scan_angled_address(struct od_str *s, struct od_num *ret)
{
	struct od_str rest = *s, name;
	uint64_t address;
	if (!od_scan_char(&rest, '<') || !od_scan_hex_width(&rest, 8, &address) || !od_scan_literal(&rest, "> "))
		return false;
	struct od_str ahead = rest;
	if (!od_scan_symbol(&ahead, &name) || !od_str_starts(ahead, OD_STR("+0x")))
		return false;
	*ret = od_num(address);
	*s = rest;
	return true;
}

/* "[<ffffffff81000000>] ", also with the blanks and "(null)" that %p made of NULL, or hidden: then *ret stays as it is. */
bool od_place_scan_address(struct od_str *s, struct od_num *ret, bool *ret_hidden)
{
	struct od_str rest = *s, inside;
	uint64_t address;
	if (od_place_scan_angled_address(s, ret))
		return true;
	if (!od_scan_literal(&rest, "[<"))
		return scan_lost_address(s, ret_hidden);
	if (!od_scan_until_text(&rest, OD_STR(">]"), &inside))
		return false;
	inside = od_str_trim(inside);
	(void)od_scan_literal(&inside, "0x");
	if (od_scan_hex(&inside, &address) && !inside.len)
		*ret = od_num(address);
	else if (od_str_equal(inside, OD_STR("(null)")))
		*ret = od_num(0);
	else if (!(*ret_hidden = is_hidden(inside)))
		return false;
	od_scan_literal(&rest, ">]");
	od_scan_blanks(&rest);
	*s = rest;
	return true;
}

/* "c00153d4  (fn+0x0/0xfc)": the brackets were taken from around the address, those around the place are there. */
bool od_place_scan_bare_address(struct od_str *s, struct od_num *ret)
{
	struct od_str rest = *s;
	uint64_t address;
	if (!od_scan_hex_width(&rest, 8, &address) || !od_scan_blanks(&rest) || !od_str_starts(rest, OD_STR("(")))
		return false;
	*ret = od_num(address);
	*s = rest;
	return true;
}

static bool is_module_char(char c)
{
	return od_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

bool od_place_scan_module_name(struct od_str *s, struct od_str *ret)
{
	size_t n = 0;
	while (n < s->len && is_module_char(s->ptr[n]))
		n++;
	if (!n || n > 63)
		return false;
	*ret = od_str_first(*s, n);
	*s = od_str_from_index(*s, n);
	return true;
}

/* " [mod]" or " [mod 40 hex digits]" */
bool od_place_scan_module(struct od_str *s, struct od_frame_text *frame)
{
	struct od_str rest = *s, name, build_id = {0};
	if (!od_scan_blanks(&rest) || !od_scan_char(&rest, '[') || !od_place_scan_module_name(&rest, &name))
		return false;
	if (od_scan_literal(&rest, " (HASH:")) { /* ChromeOS takes build IDs out */
		if (!od_scan_until(&rest, ')', &build_id) || !od_scan_char(&rest, ')'))
			return false;
		build_id = (struct od_str){0};
	} else if (od_scan_char(&rest, ' ')) {
		if (!od_scan_until(&rest, ']', &build_id) || build_id.len < 8 || build_id.len > 64)
			return false;
		for (size_t i = 0; i < build_id.len; i++)
			if (!od_is_hex(build_id.ptr[i]))
				return false;
	}
	if (!od_scan_char(&rest, ']') || od_str_equal(name, OD_STR("inline")))
		return false;
	frame->module = name;
	frame->build_id = build_id;
	*s = rest;
	return true;
}

/* "+0x12/0x34" */
bool od_place_scan_offset(struct od_str *s, struct od_frame_text *frame)
{
	struct od_str rest = *s;
	uint64_t offset, size;
	if (!od_scan_char(&rest, '+') || !od_scan_0x(&rest, &offset) || !od_scan_char(&rest, '/') ||
	    !od_scan_0x(&rest, &size) || offset > size) /* beyond the function: the line was cut in the size */
		return false;
	frame->offset = od_num(offset);
	frame->size = od_num(size);
	*s = rest;
	return true;
}

/* ":mod:fn+0x12/0x34": the form of x86_64 before 2.6.24. */
static bool scan_leading_module(struct od_str *s, struct od_str *module)
{
	struct od_str rest = *s;
	if (!od_scan_char(&rest, ':') || !od_place_scan_module_name(&rest, module) || !od_scan_char(&rest, ':'))
		return false;
	*s = rest;
	return true;
}

/* "fs/foo.c:12", also "??:?", which the script prints when it found nothing */
bool od_is_source_place(struct od_str word)
{
	ptrdiff_t colon = od_str_find_last_char(word, ':');
	return colon > 0 && (size_t)colon + 1 < word.len &&
	       (od_is_digit(word.ptr[colon + 1]) || word.ptr[colon + 1] == '?');
}

bool od_is_c_source_place(struct od_str word)
{
	if (!od_is_source_place(word))
		return false;
	const struct od_str file = od_str_first(word, (size_t)od_str_find_last_char(word, ':'));
	return od_str_ends(file, OD_STR(".c")) || od_str_ends(file, OD_STR(".h"));
}

/* "(text (more) text)": what is inside; a nested pair may stand in it. */
static bool scan_parentheses(struct od_str *s, struct od_str *ret)
{
	size_t depth = 0;
	for (size_t i = 0; i < s->len; i++) {
		depth += s->ptr[i] == '(';
		depth -= s->ptr[i] == ')' && depth;
		if (depth)
			continue;
		if (!i)
			return false;
		*ret = od_str_from_index(od_str_first(*s, i), 1);
		*s = od_str_from_index(*s, i + 1);
		return true;
	}
	return false;
}

/* " (fs/foo.c:12 fs/bar.h:3 (discriminator 1))": what scripts/decode_stacktrace.sh puts in the place of the offset. */
static bool scan_decoded(struct od_str *s)
{
	struct od_str rest = *s, inside, word;
	if (!od_scan_char(&rest, ' ') || !rest.len || rest.ptr[0] != '(' || !scan_parentheses(&rest, &inside) ||
	    !od_scan_word(&inside, &word) || !od_is_source_place(word))
		return false;
	*s = rest;
	return true;
}

/* " drivers/net/foo.c:12" at the end of the line: an offset that was replaced by hand; "[inline]" is no frame of the kernel's. */
static bool scan_file_alone(struct od_str *s)
{
	struct od_str rest = *s, word;
	if (!od_scan_char(&rest, ' ') || !od_scan_word(&rest, &word) || rest.len || od_str_find_char(word, '/') < 1 ||
	    !od_is_digit(word.ptr[word.len - 1]) || !od_is_source_place(word))
		return false;
	*s = rest;
	return true;
}

/* The same script prints the module without its brackets, at the end of the line. */
static void scan_bare_module(struct od_str *s, struct od_frame_text *frame)
{
	struct od_str rest = *s, name;
	if (!od_scan_char(&rest, ' ') || !od_place_scan_module_name(&rest, &name) || rest.len)
		return;
	frame->module = name;
	*s = rest;
}

/* " [mod] 0x92": Red Hat's 2.4 (kksymoops); "[kernel]" is no module. */
static bool scan_spaced_offset(struct od_str *s, struct od_frame_text *frame)
{
	struct od_str rest = *s, name;
	uint64_t offset;
	if (!od_scan_literal(&rest, " [") || !od_place_scan_module_name(&rest, &name) || !od_scan_literal(&rest, "] ") || !od_scan_0x(&rest, &offset) ||
	    (rest.len && !od_is_blank(rest.ptr[0])))
		return false;
	frame->offset = od_num(offset);
	if (!od_str_equal(name, OD_STR("kernel")))
		frame->module = name;
	*s = rest;
	return true;
}

/* Leaves the frame as it is where it fails. */
static bool scan_named_place(struct od_str *s, struct od_frame_text *frame)
{
	struct od_frame_text place = *frame;
	struct od_str rest = *s;
	(void)scan_leading_module(&rest, &place.module);
	if (!od_scan_symbol(&rest, &place.function))
		return false;
	if (scan_spaced_offset(&rest, &place)) {
		*frame = place;
		*s = rest;
		return true;
	}
	if (!od_place_scan_offset(&rest, &place)) {
		place.decoded = scan_decoded(&rest) || scan_file_alone(&rest);
		if (!place.decoded)
			return false;
	}
	if (!place.module.len)
		(void)od_place_scan_module(&rest, &place);
	if (!place.offset.known && !place.module.len)
		scan_bare_module(&rest, &place);
	*frame = place;
	*s = rest;
	return true;
}

static bool scan_bare_address(struct od_str *s, struct od_frame_text *frame)
{
	struct od_str rest = *s;
	uint64_t address;
	if (!od_scan_0x(&rest, &address) || (rest.len && !od_is_blank(rest.ptr[0]) && rest.ptr[0] != ')'))
		return false;
	frame->address = od_num(address);
	*s = rest;
	return true;
}

static bool scan_number(struct od_str *s, uint64_t *ret)
{
	return od_scan_0x(s, ret) || od_scan_u64(s, ret);
}

/*
 * "[fn+108/116] ", "[mod:fn+0x6c/0x74] ": what klogd (sysklogd, ksym.c) made of "[<c0123456>] ". The kernel's own name
 * follows since 2.5.
 */
static bool scan_klogd_place(struct od_str *s, struct od_frame_text *ret)
{
	struct od_frame_text place = {0};
	struct od_str rest = *s, behind;
	uint64_t offset, size;
	if (!od_scan_char(&rest, '['))
		return false;
	behind = rest;
	if (od_place_scan_module_name(&behind, &place.module) && od_scan_char(&behind, ':'))
		rest = behind;
	else
		place.module = (struct od_str){0};
	if (!od_scan_symbol(&rest, &place.function) || !od_scan_char(&rest, '+') || !scan_number(&rest, &offset) ||
	    !od_scan_char(&rest, '/') || !scan_number(&rest, &size) || offset > size || !od_scan_char(&rest, ']'))
		return false;
	behind = rest;
	od_scan_blanks(&behind);
	struct od_frame_text own = {0};
	if (scan_named_place(&behind, &own)) {
		place = own;
		rest = behind;
	} else {
		place.offset = od_num(offset);
		place.size = od_num(size);
	}
	place.raw = od_str_first(*s, s->len - rest.len);
	*ret = place;
	*s = rest;
	return true;
}

/*
 * "<ffffffff8025ef65>{__schedule+155} ", "[<ffffffff8025ef65>]{:mod:fn+12} ": x86_64's own form, whose number is decimal
 * (arch/x86_64/kernel/traps.c, printk_address(), to 2.6.17).
 */
bool od_place_scan_braced(struct od_str *s, struct od_frame_text *ret)
{
	struct od_frame_text place = {0};
	struct od_str rest = *s;
	uint64_t address, offset;
	const bool bracket = od_scan_char(&rest, '[');
	if (!od_scan_char(&rest, '<') || !od_scan_hex(&rest, &address) || !od_scan_char(&rest, '>') ||
	    (bracket && !od_scan_char(&rest, ']')) || !od_scan_char(&rest, '{'))
		return false;
	struct od_str start = rest;
	(void)scan_leading_module(&rest, &place.module);
	if (!od_scan_symbol(&rest, &place.function) || !od_scan_char(&rest, '+') || !od_scan_u64(&rest, &offset))
		return false;
	place.raw = od_str_first(start, start.len - rest.len);
	if (!od_scan_char(&rest, '}'))
		return false;
	place.address = od_num(address);
	place.offset = od_num(offset);
	*ret = place;
	*s = rest;
	return true;
}

/* "(usb_hcd_irq+0x0/0x70)" behind an address: print_symbol() of kernel/irq/spurious.c, to 2.6.38 */
static bool scan_handler(struct od_str *s, struct od_frame_text *frame)
{
	struct od_frame_text place = *frame;
	struct od_str rest = *s;
	if (!od_scan_char(&rest, '('))
		return false;
	const struct od_str inside = rest;
	if (!scan_named_place(&rest, &place) || !place.offset.known)
		return false;
	place.raw = od_str_first(inside, inside.len - rest.len);
	if (!od_scan_char(&rest, ')') || rest.len)
		return false;
	*frame = place;
	*s = rest;
	return true;
}

bool od_scan_place(struct od_str *s, struct od_frame_text *ret)
{
	struct od_frame_text frame = {0};
	struct od_str rest = *s;
	if (scan_klogd_place(s, ret) || od_place_scan_braced(s, ret))
		return true;
	bool addressed = od_place_scan_address(&rest, &frame.address, &frame.hidden);

	if (od_scan_literal(&rest, "? "))
		frame.unreliable = true;
	struct od_str start = rest;
	if (addressed && scan_handler(&rest, &frame)) {
		*ret = frame;
		*s = rest;
		return true;
	}
	if (!scan_named_place(&rest, &frame) && !scan_bare_address(&rest, &frame)) {
		if (!addressed || !frame.address.known)
			return false;
		/* only an address: %pS found no symbol, or printed (null) */
		(void)od_scan_literal(&rest, "(null)");
		start = *s;
	}
	frame.raw = od_str_trim(od_str_first(start, start.len - rest.len));
	*ret = frame;
	*s = rest;
	return true;
}
