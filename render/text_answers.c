// SPDX-License-Identifier: GPL-3.0-or-later
/* What a dump says of memory and networks, and its answers to questions, for people. */
#include "render/text_parts.h"

#include <inttypes.h>

enum { NAME_COLUMN = 26, SIZE_COLUMN = 38, DEVICE_COLUMN = 16, VALUE_COLUMN = 40, DEPTH_STEP = 2, ASCII_SIZE = 8 };

static void memory_rows(struct od_page *page, const struct od_vmcore *vmcore)
{
	uint64_t total = vmcore->memory.count ? vmcore->memory.items[0].number.value : 0;

	od_text_headline(page, "Memory");
	for (size_t i = 0; i < vmcore->memory.count; i++) {
		const struct od_vmcore_row *row = &vmcore->memory.items[i];
		od_page_line(page, 2, 4);
		od_page_piece(page, OD_STYLE_PLAIN, row->name);
		od_page_to(page, NAME_COLUMN);
		od_page_piecef(page, OD_STYLE_PLAIN, "%10" PRIu64 " kB", row->number.value >> 10);
		if (i && total >= 100 && row->number.value <= total && !od_str_starts(row->name, OD_STR("Swap")))
			od_page_piecef(page, OD_STYLE_DIM, "  %3" PRIu64 " %%", row->number.value / (total / 100));
		od_page_end(page);
	}
}

static void device_rows(struct od_page *page, const struct od_vmcore *vmcore)
{
	od_text_headline(page, "Network devices");
	for (size_t i = 0; i < vmcore->devices.count; i++) {
		const struct od_vmcore_row *row = &vmcore->devices.items[i];
		od_page_line(page, 2, 4);
		od_page_piece_within(page, OD_STYLE_PLAIN, row->name, DEVICE_COLUMN);
		od_page_to(page, DEVICE_COLUMN + 2);
		od_page_piecef(page, OD_STYLE_DIM, "0x%" PRIx64, row->address.value);
		od_page_piece(page, OD_STYLE_PLAIN, row->number.value ? OD_STR("  up    ") : OD_STR("  down  "));
		od_page_words(page, OD_STYLE_PLAIN, row->type);
		if (row->value.len && row->type.len)
			od_page_say(page, OD_STYLE_PLAIN, "  ");
		od_page_words(page, OD_STYLE_DIM, row->value);
		od_page_end(page);
	}
}

static void neighbour_rows(struct od_page *page, const struct od_vmcore *vmcore)
{
	od_text_headline(page, "ARP cache");
	if (!vmcore->neighbours.count) {
		od_page_line(page, 2, 4);
		od_page_say(page, OD_STYLE_DIM, "empty");
		od_page_end(page);
	}
	for (size_t i = 0; i < vmcore->neighbours.count; i++) {
		const struct od_vmcore_row *row = &vmcore->neighbours.items[i];
		od_page_line(page, 2, 4);
		od_page_piece_within(page, OD_STYLE_PLAIN, row->type, DEVICE_COLUMN);
		od_page_to(page, DEVICE_COLUMN + 2);
		od_page_words(page, OD_STYLE_PLAIN, row->value);
		od_page_say(page, OD_STYLE_DIM, " on ");
		od_page_words(page, OD_STYLE_DIM, row->name);
		od_page_end(page);
	}
}

/* The word's bytes as text, in the order in which they stand in memory. */
static void ascii(struct od_page *page, uint64_t word, bool big_endian)
{
	char text[ASCII_SIZE];

	for (unsigned i = 0; i < ASCII_SIZE; i++) {
		unsigned char byte = (unsigned char)(word >> 8 * (big_endian ? ASCII_SIZE - 1 - i : i));
		text[i] = byte >= 0x20 && byte < 0x7f ? (char)byte : '.';
	}
	od_page_piece(page, OD_STYLE_DIM, (struct od_str){text, sizeof(text)});
}

static void words(struct od_page *page, const struct od_vmcore_answer *answer, bool big_endian)
{
	for (size_t i = 0; i < answer->rows.count; i++) {
		const struct od_vmcore_row *row = &answer->rows.items[i];
		od_page_line(page, 2, 4);
		od_page_piecef(page, OD_STYLE_DIM, "%016" PRIx64 "  ", row->address.value);
		od_page_piecef(page, OD_STYLE_PLAIN, "%016" PRIx64 "  ", row->number.value);
		ascii(page, row->number.value, big_endian);
		if (row->name.len) {
			od_page_piece(page, OD_STYLE_PLAIN, OD_STR("  "));
			od_page_piece(page, OD_STYLE_PLAIN, row->name);
		}
		od_page_end(page);
	}
}

static void members(struct od_page *page, const struct od_vmcore_answer *answer)
{
	uint64_t base = answer->address.known ? answer->address.value : 0;

	for (size_t i = 0; i < answer->rows.count; i++) {
		const struct od_vmcore_row *row = &answer->rows.items[i];
		od_page_line(page, 2, 4);
		od_page_piecef(page, OD_STYLE_DIM, "%6" PRIu64 "  ", row->address.value - base);
		od_page_to(page, page->column + DEPTH_STEP * (row->depth ? row->depth - 1 : 0));
		od_page_piece(page, OD_STYLE_DIM, row->type);
		od_page_piece(page, OD_STYLE_PLAIN, OD_STR(" "));
		od_page_piece(page, OD_STYLE_PLAIN, row->name);
		if (row->value.len) {
			od_page_to(page, VALUE_COLUMN);
			od_page_piece(page, OD_STYLE_DIM, OD_STR(" = "));
			od_page_piece(page, OD_STYLE_PLAIN, row->value);
		}
		od_page_end(page);
	}
}

static void where(struct od_page *page, const struct od_vmcore_answer *answer)
{
	od_page_line(page, 2, 4);
	od_page_words(page, OD_STYLE_PLAIN, answer->text);
	od_page_end(page);
}

static void answer_part(struct od_page *page, const struct od_vmcore_answer *answer, bool big_endian)
{
	od_page_skip(page);
	od_page_line(page, 0, 2);
	od_page_words(page, OD_STYLE_BOLD, answer->title);
	if (answer->address.known)
		od_page_sayf(page, OD_STYLE_DIM, " at 0x%" PRIx64, answer->address.value);
	if (answer->size.known && answer->size.value)
		od_page_sayf(page, OD_STYLE_DIM, ", %" PRIu64 " bytes", answer->size.value);
	od_page_end(page);
	switch (answer->question) {
	case OD_ASK_MEMORY: words(page, answer, big_endian); break;
	case OD_ASK_TYPE: members(page, answer); break;
	case OD_ASK_WHERE: where(page, answer); break;
	default:
		if (answer->code)
			od_text_instructions(page, &answer->code->code);
	}
	if (answer->note.len) {
		od_page_line(page, 2, 4);
		od_page_say(page, OD_STYLE_CAUTION, "(");
		od_page_words(page, OD_STYLE_CAUTION, answer->note);
		od_page_say(page, OD_STYLE_CAUTION, ")");
		od_page_end(page);
	}
}

void od_text_answers(struct od_page *page, const struct od_vmcore *vmcore)
{
	if (vmcore->parts & OD_VMCORE_PART_KMEM)
		memory_rows(page, vmcore);
	if (vmcore->parts & OD_VMCORE_PART_NET)
		device_rows(page, vmcore);
	if (vmcore->parts & OD_VMCORE_PART_ARP)
		neighbour_rows(page, vmcore);
	for (size_t i = 0; i < vmcore->answers.count; i++)
		answer_part(page, &vmcore->answers.items[i], vmcore->arch && vmcore->arch->big_endian);
}
