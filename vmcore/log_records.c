// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The two older generations: struct log, renamed printk_log (kernel/printk/printk.c, Linux 3.5 to 5.9), and
 * the ring of text before it (kernel/printk.c, Linux 2.6.24 to 3.4).
 */
#include "vmcore/log.h"

#include <stdlib.h>

#include "core/escape.h"
#include "vmcore/vmcoreinfo.h"

enum { BUFFER_LIMIT = 1 << 28, RECORD_LIMIT = 1 << 22, HEADER_LIMIT = 64 };

/* The value of a variable that VMCOREINFO gives the address of. */
static bool variable(struct od_log_reader *reader, const char *key, unsigned size, uint64_t *ret)
{
	uint64_t address;

	if (od_vmcoreinfo_hex(reader->info, key, &address) && od_memory_uint(reader->memory, address, size, ret))
		return true;
	od_fail(reader->trail, OD_ERR_FORMAT, "%s is not in VMCOREINFO, or not in the dump", key);
	return false;
}

static bool buffer(struct od_log_reader *reader, uint64_t *address, uint64_t *size)
{
	if (!variable(reader, "SYMBOL(log_buf)", reader->memory->word, address) ||
	    !variable(reader, "SYMBOL(log_buf_len)", 4, size))
		return false;
	if (*size && *size <= BUFFER_LIMIT)
		return true;
	od_fail(reader->trail, OD_ERR_FORMAT, "a log of %llu bytes", (unsigned long long)*size);
	return false;
}

struct layout {
	uint64_t size, time_at, len_at, text_len_at;
};

/* Offsets may be any number: none of them may lead out of the struct. */
static bool is_inside(const struct layout *layout, uint64_t at, uint64_t bytes)
{
	return at <= layout->size && layout->size - at >= bytes;
}

static bool layout(struct od_log_reader *reader, struct layout *ret)
{
	struct od_str info = reader->info;

	if (od_vmcoreinfo_number(info, "SIZE(printk_log)", &ret->size) ?
	    od_vmcoreinfo_number(info, "OFFSET(printk_log.ts_nsec)", &ret->time_at) &&
		    od_vmcoreinfo_number(info, "OFFSET(printk_log.len)", &ret->len_at) &&
		    od_vmcoreinfo_number(info, "OFFSET(printk_log.text_len)", &ret->text_len_at) :
	    od_vmcoreinfo_number(info, "SIZE(log)", &ret->size) &&
		    od_vmcoreinfo_number(info, "OFFSET(log.ts_nsec)", &ret->time_at) &&
		    od_vmcoreinfo_number(info, "OFFSET(log.len)", &ret->len_at) &&
		    od_vmcoreinfo_number(info, "OFFSET(log.text_len)", &ret->text_len_at))
		if (ret->size <= HEADER_LIMIT && is_inside(ret, ret->time_at, 8) && is_inside(ret, ret->len_at, 2) &&
		    is_inside(ret, ret->text_len_at, 2))
			return true;
	od_fail(reader->trail, OD_ERR_FORMAT, "VMCOREINFO does not describe struct printk_log");
	return false;
}

/* Once around the buffer at most; a record's text lies within its length. */
static void walk(struct od_log_reader *reader, const struct layout *layout, const char *bytes, uint64_t size,
		 uint64_t first, uint64_t next)
{
	uint64_t at = first, left = size;

	for (unsigned count = 0; at != next && count < RECORD_LIMIT; count++) {
		if (at > size || size - at < layout->size || !left) {
			reader->facts->cut = true;
			return;
		}
		const char *record = bytes + at;
		uint64_t len = od_memory_decode(reader->memory, record + layout->len_at, 2);
		uint64_t text = od_memory_decode(reader->memory, record + layout->text_len_at, 2);
		if (!len && !at) {
			reader->facts->cut = true;
			return;
		}
		if (!len) { /* the next record did not fit: it stands at the start */
			at = 0;
			continue;
		}
		uint64_t room = len < layout->size ? 0 : (len < size - at ? len : size - at) - layout->size;
		if (text > room)
			text = room;
		od_log_put_record(reader, od_memory_decode(reader->memory, record + layout->time_at, 8),
				  (struct od_str){record + layout->size, (size_t)text});
		at += len;
		left -= len < left ? len : left;
	}
}

/* The whole buffer; zeroes stand where the dump has a hole. */
static char *load(struct od_log_reader *reader, uint64_t address, uint64_t size)
{
	char *bytes = calloc(1, (size_t)size);

	if (!bytes) {
		od_fail(reader->trail, OD_ERR_NOMEM, "out of memory");
		return NULL;
	}
	if (reader->memory->read(reader->memory->user, address, bytes, (size_t)size) < size)
		reader->facts->cut = true;
	return bytes;
}

od_status od_log_read_records(struct od_log_reader *reader)
{
	uint64_t address, size, first, next;
	struct layout members;

	if (!layout(reader, &members) || !buffer(reader, &address, &size) ||
	    !variable(reader, "SYMBOL(log_first_idx)", 4, &first) || !variable(reader, "SYMBOL(log_next_idx)", 4, &next))
		return OD_ERR_FORMAT;
	char *bytes = load(reader, address, size);
	if (!bytes)
		return OD_ERR_NOMEM;
	walk(reader, &members, bytes, size, first, next);
	free(bytes);
	return OD_OK;
}

/* "<6>" before a line is the level that printk() was given: dmesg does not show it. */
static void put_lines(struct od_log_reader *reader, struct od_str text)
{
	while (text.len) {
		ptrdiff_t end = od_str_find_char(text, '\n');
		struct od_str line = end < 0 ? text : od_str_first(text, (size_t)end);
		struct od_str rest = line;
		uint64_t level;
		if (od_scan_char(&rest, '<') && od_scan_u64(&rest, &level) && od_scan_char(&rest, '>'))
			line = rest;
		od_escape_dmesg(reader->out, line);
		od_buf_put_char(reader->out, '\n');
		text = end < 0 ? (struct od_str){NULL, 0} : od_str_from_index(text, (size_t)end + 1);
	}
}

od_status od_log_read_text(struct od_log_reader *reader)
{
	uint64_t address, size, end, logged;

	if (!buffer(reader, &address, &size) || !variable(reader, "SYMBOL(log_end)", 4, &end) ||
	    !variable(reader, "SYMBOL(logged_chars)", 4, &logged))
		return OD_ERR_FORMAT;
	char *bytes = load(reader, address, size);
	if (!bytes)
		return OD_ERR_NOMEM;
	struct od_buf text = {0};
	uint64_t start = logged < size ? 0 : end % size; /* log_end only grows; the length is a power of two */
	if (logged >= size)
		od_buf_put(&text, (struct od_str){bytes + start, (size_t)(size - start)});
	od_buf_put(&text, (struct od_str){bytes, (size_t)(logged < size ? logged : start)});
	put_lines(reader, od_buf_str(&text));
	od_buf_deinit(&text);
	free(bytes);
	return OD_OK;
}
