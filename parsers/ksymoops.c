// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What ksymoops prints below an oops of 2.2 and 2.4, whose kernels knew no names (Documentation/oops-tracing.txt, 2.4). Offsets and sizes
 * are in hexadecimal, without "0x":
 *   >>EIP; c491fd7f <[ppp_generic]ppp_net_ioctl+3f/168>   <=====
 *   Trace; c0122c8e <avl_remove+b2/c0>
 *   Code;  c491fd7f <[ppp_generic]ppp_net_ioctl+3f/168>
 * The marks before EIP are taken off as a quote's.
 */
#include "parsers/ksymoops.h"

#include "parsers/builder.h"
#include "parsers/dump.h"

bool od_ksymoops_release(struct od_str text, struct od_str *ret)
{
	struct od_str release;
	if (!od_scan_literal(&text, "-o /lib/modules/") || !od_scan_until(&text, '/', &release) || !release.len || !od_is_digit(release.ptr[0]) ||
	    !od_scan_literal(&text, "/ ("))
		return false;
	*ret = release;
	return true;
}

/* Names of where the kernel and its modules end: an address behind them is in no function. */
static bool is_bound(struct od_str name)
{
	static const struct od_str bounds[] = {OD_STR("_end"), OD_STR("_etext"), OD_STR("_edata"), OD_STR("END_OF_CODE"), OD_STR(".bss"),
					       OD_STR(".data"), OD_STR(".text"), OD_STR(".rodata")};
	for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++)
		if (od_str_starts(name, bounds[i]))
			return true;
	return false;
}

/* "c0122c8e <avl_remove+b2/c0>" */
static bool scan_resolved(struct od_str text, struct od_frame_text *ret)
{
	struct od_frame_text place = {0};
	uint64_t address, offset, size;

	if (!od_scan_hex(&text, &address) || !od_scan_blanks(&text) || !od_scan_char(&text, '<'))
		return false;
	const struct od_str start = text;
	if (od_scan_char(&text, '[') && (!od_scan_until(&text, ']', &place.module) || !od_scan_char(&text, ']')))
		return false;
	if (!od_scan_symbol(&text, &place.function) || is_bound(place.function) || !od_scan_char(&text, '+') || !od_scan_hex(&text, &offset) ||
	    !od_scan_char(&text, '/') || !od_scan_hex(&text, &size) || offset > size)
		return false;
	place.raw = od_str_first(start, start.len - text.len);
	place.address = od_num(address);
	place.offset = od_num(offset);
	place.size = od_num(size);
	*ret = place;
	return od_scan_char(&text, '>');
}

/* Gives the frame its name. Some ksymoops print the address without its lowest bit: the frame's own is the right one. */
static void name_frame(struct od_builder *builder, struct od_frame *frame, const struct od_frame_text *place)
{
	const bool is_return_address = frame->is_return_address;
	struct od_frame_text named = *place;

	named.raw = frame->raw;
	named.address = frame->address;
	named.offset = od_num(place->offset.value + (frame->address.value - place->address.value));
	od_frame_store(builder->event->arena, &named, frame->span.first, frame);
	frame->is_return_address = is_return_address;
}

static bool is_at(const struct od_frame *frame, uint64_t address)
{
	return frame->address.known && !frame->function.len && (frame->address.value | 1) == (address | 1) && frame->address.value >= address;
}

static enum od_take take_resolved_ip(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;

	if (!scan_resolved(rest, &place))
		return OD_TAKE_YES;
	if (!event->has_ip)
		od_builder_set_ip(builder, record, &place);
	else if (is_at(&event->ip, place.address.value))
		name_frame(builder, &event->ip, &place);
	return OD_TAKE_YES;
}

/* Names the frame of the trace that the kernel printed; where that was left out, this is the trace. */
static enum od_take take_resolved_frame(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;

	if (!scan_resolved(rest, &place))
		return OD_TAKE_YES;
	if (!event->trace.count || !od_str_starts(event->trace.items[0].raw, OD_STR("[<")))
		od_builder_push_place(builder, record, &place, true);
	for (size_t i = 0; i < event->trace.count; i++) {
		if (!is_at(&event->trace.items[i], place.address.value))
			continue;
		name_frame(builder, &event->trace.items[i], &place);
		break;
	}
	return OD_TAKE_YES;
}

const struct od_rule od_rules_ksymoops[] = {
	{"ksymoops ", od_take_known},
	{"Using defaults from ksymoops ", od_take_known},
	{"EIP; ", take_resolved_ip},
	{"RIP; ", take_resolved_ip},
	{"NIP; ", take_resolved_ip},
	{"PC; ", take_resolved_ip},
	{"Trace; ", take_resolved_frame},
	{"Code;  ", od_take_known},
	{NULL, NULL},
};
