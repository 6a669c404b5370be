// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/code.h"

#include "symbolize/patches.h"
#include "symbolize/relocate.h"

/* A piece of a section, as the log has it and as the file has it. */
struct piece {
	const struct od_section *section;
	uint64_t offset;	/* in the section */
	struct od_str log, file;
};

struct od_num od_code_ip(const struct od_event *event)
{
	if (event->ip.address.known)
		return event->ip.address;
	if (event->code.address.known && event->code.has_fault_index)
		return od_num(event->code.address.value + event->code.fault_index);
	return (struct od_num){0};
}

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
		match.different_bits += (size_t)__builtin_popcount((unsigned char)(log[i] ^ file[i]));
		if (!match.different++) {
			match.first = (uint64_t)(start + (int64_t)i);
			match.log = (unsigned char)log[i];
			match.image = (unsigned char)file[i];
		}
	}
	return match;
}

/* The part of the log's bytes that is in the ip's section. */
static bool find_piece(const struct od_image *image, const struct od_event *event, uint64_t ip, struct piece *ret)
{
	const struct od_code *code = &event->code;
	const struct od_section *section = od_image_section_at(image, ip);

	if (code->source != OD_CODE_LOG || !code->bytes.len || !code->has_fault_index || !section)
		return false;
	struct od_str file = od_section_bytes(section);
	int64_t from = (int64_t)(ip - section->address) + code_start(event);
	int64_t skip = from < 0 ? -from : 0;
	if (skip >= (int64_t)code->bytes.len || from + skip >= (int64_t)file.len)
		return false;
	size_t offset = (size_t)(from + skip);
	struct od_str log = od_str_from_index(code->bytes, (size_t)skip);
	size_t size = log.len < file.len - offset ? log.len : file.len - offset;
	size = size < OD_MASK_LIMIT ? size : OD_MASK_LIMIT;
	*ret = (struct piece){section, offset, od_str_first(log, size),
			      od_str_first(od_str_from_index(file, offset), size)};
	return true;
}

/*
 * A word that refers to another place of the module: where that is in its page is known from the
 * layout, and so are the word's low 12 bits, whatever the load address. False: it is not.
 */
static bool is_right_reference(const struct od_image *image, const struct piece *piece,
			       const struct od_reference *row, const struct od_reloc *reloc,
			       const struct od_section *to, uint64_t target)
{
	enum { PAGE = 0x1000 };
	uint64_t value = od_image_number(image, piece->log.ptr + (reloc->offset - piece->offset), row->bytes);

	if (row->relative)
		value += piece->section->group_offset + reloc->offset;
	target -= to->address;
	return !((value - to->group_offset - target) & (PAGE - 1)) ||
	       !((value - to->packed_offset - target) & (PAGE - 1));
}

static void check_references(const struct od_image *image, const struct piece *piece, struct od_code_match *match)
{
	struct od_relocator relocator;
	struct od_reloc reloc;
	uint64_t target;

	if (!image->relocatable || !image->machine->plain_layout)
		return;
	od_relocator_init_section(&relocator, image, piece->section);
	if (!relocator.relocations)
		return;
	for (size_t i = od_relocator_lower_bound(&relocator, piece->offset); i < relocator.count; i++) {
		const struct od_section *to;
		if (!od_relocator_get(&relocator, i, &reloc))
			continue;
		const struct od_reference *row = od_reference_find(image->machine_number, reloc.type);
		if (reloc.offset >= piece->offset + piece->log.len && relocator.sorted)
			break;
		if (!row || reloc.offset < piece->offset ||
		    reloc.offset + row->bytes > piece->offset + piece->log.len)
			continue;
		if (!relocator.addends)
			reloc.addend = (int32_t)od_image_number(
				image, piece->file.ptr + (reloc.offset - piece->offset), row->bytes);
		if (!od_relocator_target(&relocator, &reloc, &target) ||
		    !(to = od_relocator_section(&relocator, &reloc)) || !to->placed)
			continue;
		match->references++;
		match->wrong_references += !is_right_reference(image, piece, row, &reloc, to, target);
	}
}

struct od_code_match od_code_compare(struct od_image *image, const struct od_event *event, uint64_t ip)
{
	struct piece piece;
	struct od_mask mask;

	if (!image->machine || !find_piece(image, event, ip, &piece))
		return (struct od_code_match){0};
	mask.address = piece.section->address + piece.offset;
	mask.size = piece.log.len;
	od_mask_fill(image, &mask);
	mask_moved_words(image, &mask, piece.log.ptr, piece.file.ptr);
	struct od_code_match match =
		compare(&mask, piece.log.ptr, piece.file.ptr,
			(int64_t)(piece.section->address + piece.offset) - (int64_t)ip);
	check_references(image, &piece, &match);
	return match;
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
	struct od_num address = od_code_ip(event);
	code->bytes = od_arena_copy(event->arena, bytes);
	code->fault_index = (uint32_t)before;
	code->has_fault_index = true;
	code->source = OD_CODE_IMAGE;
	code->address = (struct od_num){0};
	if (address.known)
		code->address = od_num(address.value - before);
}
