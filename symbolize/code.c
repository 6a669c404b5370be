// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/code.h"

#include "symbolize/patches.h"

/* Where code.bytes[0] is, relative to the ip. */
static int64_t code_start(const struct od_event *event)
{
	const struct od_code *code = &event->code;

	if (code->address.known && event->ip.address.known)
		return (int64_t)(code->address.value - event->ip.address.value);
	return -(int64_t)code->fault_index;
}

/*
 * The kernel was moved (KASLR): a word of its code that holds an address of its own differs by the
 * distance, which is a multiple of a page.
 */
static bool is_moved_word(const struct od_image *image, uint64_t log, uint64_t file)
{
	enum { PAGE = 0x1000 };
	const uint64_t high = image->bits == 64 ? 0xffffffff00000000 : 0;

	if (image->relocatable || log == file || ((log - file) & (PAGE - 1)))
		return false;
	return od_image_section_at(image, file | high) || od_image_section_at(image, file);
}

static void mask_moved_words(const struct od_image *image, struct od_mask *mask, const char *log, const char *file)
{
	for (size_t i = 0; i + 4 <= mask->size; i++)
		if (is_moved_word(image, od_image_number(image, log + i, 4), od_image_number(image, file + i, 4)))
			memset(&mask->may_differ[i], true, 4);
}

static struct od_code_match compare(const struct od_mask *mask, const char *log, const char *file, int64_t start)
{
	struct od_code_match match = {0};

	for (size_t i = 0; i < mask->size; i++) {
		if (mask->may_differ[i])
			continue;
		match.compared++;
		if (log[i] == file[i])
			continue;
		if (!match.different++) {
			match.first = (uint64_t)(start + (int64_t)i);
			match.log = (unsigned char)log[i];
			match.image = (unsigned char)file[i];
		}
	}
	return match;
}

struct od_code_match od_code_compare(struct od_image *image, const struct od_event *event, uint64_t ip)
{
	const struct od_code *code = &event->code;
	const struct od_section *section = od_image_section_at(image, ip);
	const struct od_code_match none = {0};

	if (code->source != OD_CODE_LOG || !code->bytes.len || !code->has_fault_index || !section)
		return none;
	struct od_str file = od_section_bytes(section);
	int64_t start = code_start(event);
	int64_t from = (int64_t)(ip - section->address) + start;
	int64_t skip = from < 0 ? -from : 0; /* bytes of another section */
	if (skip >= (int64_t)code->bytes.len || from + skip >= (int64_t)file.len)
		return none;
	struct od_str log = od_str_from_index(code->bytes, (size_t)skip);
	file = od_str_from_index(file, (size_t)(from + skip));
	struct od_mask mask = {.address = section->address + (uint64_t)(from + skip)};
	mask.size = log.len < file.len ? log.len : file.len;
	mask.size = mask.size < OD_MASK_LIMIT ? mask.size : OD_MASK_LIMIT;
	od_mask_fill(image, &mask);
	mask_moved_words(image, &mask, log.ptr, file.ptr);
	return compare(&mask, log.ptr, file.ptr, start + skip);
}

void od_code_from_image(const struct od_image *image, struct od_event *event, uint64_t ip)
{
	enum { BEFORE = 42, BEHIND = 22 };
	const struct od_section *section = od_image_section_at(image, ip);
	struct od_code *code = &event->code;

	if (!section || code->bytes.len || ip < section->address)
		return;
	struct od_str bytes = od_section_bytes(section);
	uint64_t at = ip - section->address;
	uint64_t before = at < BEFORE ? at : BEFORE;
	if (at >= bytes.len)
		return;
	bytes = od_str_first(od_str_from_index(bytes, at - before), before + BEHIND);
	code->bytes = od_arena_copy(event->arena, bytes);
	code->fault_index = (uint32_t)before;
	code->has_fault_index = true;
	code->source = OD_CODE_IMAGE;
	code->address = (struct od_num){0};
	if (event->ip.address.known)
		code->address = od_num(event->ip.address.value - before);
}
