// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Records of /dev/kmsg and of extended netconsole (Documentation/ABI/testing/dev-kmsg,
 * Documentation/networking/netconsole.rst):
 *
 *	[release,]priority,sequence,microseconds,flags[,caller=T1][,ncfrag=offset/total];text
 *	 KEY=value
 */
#include <stdio.h>

#include "parsers/containers.h"

enum { HELD_LIMIT = 64 * 1024 };

struct kmsg_header {
	struct od_origin origin;
	uint64_t sequence, offset, total;	/* total 0: no fragment */
	char flag;
};

static bool take_member(struct kmsg_header *header, struct od_str member)
{
	if (od_scan_literal(&member, "caller="))
		od_origin_field(&header->origin, OD_STR("caller"), member);
	else if (od_scan_literal(&member, "ncfrag="))
		return od_scan_u64(&member, &header->offset) && od_scan_char(&member, '/') &&
		       od_scan_u64(&member, &header->total) && !member.len && header->total;
	return od_str_find_char(member, ' ') < 0;
}

/* "-" or "-,caller=T1": the flag and what may follow it. */
static bool take_members(struct kmsg_header *header, struct od_str fields)
{
	if (!fields.len || fields.len > 128 || (fields.len > 1 && fields.ptr[1] != ','))
		return false;
	header->flag = fields.ptr[0];
	fields = od_str_from_index(fields, 2);
	while (fields.len) {
		struct od_str member = fields;
		bool last = !od_scan_until(&fields, ',', &member);
		if (!take_member(header, member))
			return false;
		if (last)
			break;
		od_scan_char(&fields, ',');
	}
	return true;
}

/* "6.7.0-rc1,": what netconsole's "r" option puts in front. */
static void scan_release(struct od_str *s, struct od_origin *origin)
{
	struct od_str rest = *s, release;
	if (!od_scan_until(&rest, ',', &release) || release.len >= sizeof(origin->release) ||
	    od_str_find_char(release, '.') < 1 || od_str_find_char(release, ' ') >= 0)
		return;
	snprintf(origin->release, sizeof(origin->release), "%.*s", OD_FMT(release));
	od_scan_char(&rest, ',');
	*s = rest;
}

static bool scan_header(struct od_str *s, struct kmsg_header *ret)
{
	struct od_str rest = *s, fields;
	uint64_t priority, usec;

	if (!rest.len || !od_is_digit(rest.ptr[0]))
		return false;
	struct kmsg_header header = {.origin = od_origin_none};
	scan_release(&rest, &header.origin);
	if (!od_scan_u64(&rest, &priority) || !od_scan_char(&rest, ',') || !od_scan_u64(&rest, &header.sequence) ||
	    !od_scan_char(&rest, ',') || !od_scan_u64(&rest, &usec) || !od_scan_char(&rest, ',') ||
	    !od_scan_until(&rest, ';', &fields) || !take_members(&header, fields))
		return false;
	od_scan_char(&rest, ';');
	header.origin.format = "kmsg";
	header.origin.level = (int)(priority & 7);
	header.origin.time_usec = od_num(usec);
	*s = rest;
	*ret = header;
	return true;
}

/* Undoes \xNN. */
static struct od_str unescape(struct od_buf *scratch, struct od_str text)
{
	if (od_str_find_char(text, '\\') < 0)
		return text;
	od_buf_clear(scratch);
	while (text.len) {
		struct od_str rest = text;
		struct od_str digits = {0};
		uint64_t byte;
		if (od_scan_literal(&rest, "\\x"))
			digits = od_str_first(rest, 2);
		if (digits.len == 2 && od_scan_hex(&digits, &byte) && !digits.len) {
			od_buf_put_char(scratch, (char)byte);
			text = od_str_from_index(rest, 2);
		} else {
			od_buf_put_char(scratch, text.ptr[0]);
			text = od_str_from_index(text, 1);
		}
	}
	return od_buf_str(scratch);
}

static void hand_on(struct od_kmsg *kmsg, const struct od_outlet *outlet, const struct od_origin *origin,
		    struct od_str text, uint64_t line, struct od_str raw)
{
	od_outlet_text(outlet, origin, unescape(&kmsg->scratch, text), line, raw);
}

static void release_held(struct od_kmsg *kmsg, const struct od_outlet *outlet)
{
	if (!kmsg->held_raw.len)
		return;
	if (kmsg->held.len)
		hand_on(kmsg, outlet, &kmsg->held_origin, od_buf_str(&kmsg->held), kmsg->held_line,
			od_buf_str(&kmsg->held_raw));
	od_buf_clear(&kmsg->held);
	od_buf_clear(&kmsg->held_raw);
}

/* A record with flag 'c' waits for what may continue it; '+' continues it (3.5 to 4.9). */
static void take_record(struct od_kmsg *kmsg, const struct od_outlet *outlet, const struct kmsg_header *header,
			struct od_str text, const struct od_line *line)
{
	bool goes_on = header->flag == '+' && kmsg->held.len && kmsg->held.len < HELD_LIMIT;

	if (!goes_on)
		release_held(kmsg, outlet);
	if (!goes_on && header->flag != 'c') {
		hand_on(kmsg, outlet, &header->origin, text, line->number, line->text);
		return;
	}
	if (goes_on)
		od_buf_put_char(&kmsg->held_raw, '\n');
	else
		kmsg->held_origin = header->origin;
	kmsg->held_line = line->number;
	od_buf_put(&kmsg->held, text);
	od_buf_put(&kmsg->held_raw, line->text);
}

static void give_up(struct od_kmsg *kmsg, struct od_kmsg_pending *pending, const struct od_outlet *outlet)
{
	struct od_str text = od_buf_str(&pending->text);

	/* where a fragment is missing there are NULs, which the reader of lines takes off */
	if (pending->used)
		hand_on(kmsg, outlet, &pending->origin, text, pending->line, od_buf_str(&pending->raw));
	pending->used = false;
}

static struct od_kmsg_pending *find_pending(struct od_kmsg *kmsg, const struct od_outlet *outlet,
					    const struct kmsg_header *header)
{
	for (size_t i = 0; i < OD_KMSG_PENDING; i++)
		if (kmsg->pending[i].used && kmsg->pending[i].sequence == header->sequence &&
		    kmsg->pending[i].total == header->total)
			return &kmsg->pending[i];
	struct od_kmsg_pending *pending = &kmsg->pending[kmsg->next++ % OD_KMSG_PENDING];
	give_up(kmsg, pending, outlet);
	pending->used = true;
	pending->sequence = header->sequence;
	pending->total = header->total;
	pending->have = 0;
	pending->origin = header->origin;
	od_buf_clear(&pending->raw);
	od_buf_clear(&pending->text);
	od_buf_pad(&pending->text, '\0', header->total);
	return pending;
}

/* UDP may bring fragments in any order, twice, or not at all. */
static void take_fragment(struct od_kmsg *kmsg, const struct od_outlet *outlet, const struct kmsg_header *header,
			  struct od_str text, const struct od_line *line)
{
	if (header->offset >= header->total) /* no fragment of anything */
		return;
	struct od_kmsg_pending *pending = find_pending(kmsg, outlet, header);
	if (header->offset >= pending->text.len)
		return;
	size_t len = od_str_first(text, pending->text.len - header->offset).len;
	for (size_t i = 0; i < len; i++) {
		char *at = &pending->text.data[header->offset + i];
		pending->have += *at == '\0';
		*at = text.ptr[i];
	}
	if (pending->raw.len)
		od_buf_put_char(&pending->raw, '\n');
	od_buf_put(&pending->raw, line->text);
	pending->line = line->number;
	if (pending->have >= pending->total || pending->raw.len > 2 * OD_KMSG_LIMIT)
		give_up(kmsg, pending, outlet);
}

/* " SUBSYSTEM=pci" */
static bool is_dictionary(struct od_str text)
{
	struct od_str key;
	if (!od_scan_char(&text, ' ') || !od_scan_until(&text, '=', &key) || !key.len)
		return false;
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		if (!od_is_digit(c) && c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'))
			return false;
	}
	return true;
}

bool od_kmsg_line(struct od_kmsg *kmsg, const struct od_outlet *outlet, const struct od_line *line)
{
	struct kmsg_header header;
	struct od_str text = line->text;

	if (kmsg->in_dictionary && is_dictionary(text))
		return true;
	kmsg->in_dictionary = scan_header(&text, &header);
	if (!kmsg->in_dictionary) {
		release_held(kmsg, outlet);
		return false;
	}
	if (header.total && header.total <= OD_KMSG_LIMIT)
		take_fragment(kmsg, outlet, &header, text, line);
	else
		take_record(kmsg, outlet, &header, text, line);
	return true;
}

void od_kmsg_finish(struct od_kmsg *kmsg, const struct od_outlet *outlet)
{
	release_held(kmsg, outlet);
	for (size_t i = 0; i < OD_KMSG_PENDING; i++)
		give_up(kmsg, &kmsg->pending[i], outlet);
}

void od_kmsg_deinit(struct od_kmsg *kmsg)
{
	od_buf_deinit(&kmsg->held);
	od_buf_deinit(&kmsg->held_raw);
	od_buf_deinit(&kmsg->scratch);
	for (size_t i = 0; i < OD_KMSG_PENDING; i++) {
		od_buf_deinit(&kmsg->pending[i].text);
		od_buf_deinit(&kmsg->pending[i].raw);
	}
}

bool od_kmsg_is_idle(const struct od_kmsg *kmsg)
{
	bool idle = !kmsg->held.len;
	for (size_t i = 0; i < OD_KMSG_PENDING; i++)
		idle &= !kmsg->pending[i].used;
	return idle;
}
