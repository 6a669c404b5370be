// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/text_parts.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	SHOWN_BEFORE = 5,
	SHOWN_AFTER = 4,
	BYTES_SHOWN = 8,	/* x86 instructions of more than 8 bytes are rare */
	WIDTH_FOR_BYTES = 76,
	WIDTH_FOR_NAMES = 110,	/* instructions that name what they call are longer */
};

/* The faulting instruction, or the first. */
static size_t find_fault(const struct od_code *code)
{
	for (size_t i = 0; i < code->disassembly.count; i++)
		if (code->disassembly.items[i].fault)
			return i;
	return 0;
}

static void put_bytes(struct od_page *page, enum od_style style, struct od_str bytes)
{
	char text[BYTES_SHOWN * 3 + 8] = "";
	int len = 0;

	for (size_t i = 0; i < bytes.len && i < BYTES_SHOWN; i++)
		len += snprintf(text + len, sizeof(text) - (size_t)len, "%02x ", (unsigned char)bytes.ptr[i]);
	unsigned column = page->column + BYTES_SHOWN * 3 + 1;
	od_page_piece(page, style, (struct od_str){text, len ? (size_t)len - 1 : 0});
	if (bytes.len > BYTES_SHOWN)
		od_page_piece(page, style, OD_STR("…"));
	od_page_to(page, column);
}

static void instruction(struct od_page *page, const struct od_code *code,
			const struct od_instruction_text *instruction, unsigned width_for_bytes)
{
	enum od_style style = instruction->fault ? OD_STYLE_BOLD : OD_STYLE_DIM;
	struct od_str bytes = od_str_first(od_str_from_index(code->bytes, instruction->offset),
					   instruction->size);

	od_page_line(page, 3, 3);
	od_page_mark(page, instruction->fault, "▶ ");
	if (code->address.known)
		od_page_piecef(page, style, "%" PRIx64 "  ", instruction->address);
	if (page->width >= width_for_bytes)
		put_bytes(page, style, bytes);
	od_page_piece(page, instruction->fault ? OD_STYLE_BOLD : OD_STYLE_PLAIN, instruction->text);
	od_page_end(page);
}

/* How many instructions from `at` on have the same text: padding, mostly. */
static size_t run_length(const struct od_code *code, size_t at, size_t end)
{
	size_t n = 1;

	while (at + n < end && !code->disassembly.items[at].fault && !code->disassembly.items[at + n].fault &&
	       od_str_equal(code->disassembly.items[at].text, code->disassembly.items[at + n].text))
		n++;
	return n;
}

static void instructions(struct od_page *page, const struct od_code *code)
{
	size_t fault = find_fault(code);
	size_t first = fault > SHOWN_BEFORE ? fault - SHOWN_BEFORE : 0;
	size_t end = fault + SHOWN_AFTER + 1;

	if (end > code->disassembly.count)
		end = code->disassembly.count;
	for (size_t i = first; i < end;) {
		size_t n = run_length(code, i, end);
		if (n > 2) {
			od_page_line(page, 5, 5);
			od_page_piecef(page, OD_STYLE_DIM, "%zu × ", n);
			od_page_piece(page, OD_STYLE_DIM, code->disassembly.items[i].text);
			od_page_end(page);
			i += n;
		} else {
			instruction(page, code, &code->disassembly.items[i++], WIDTH_FOR_BYTES);
		}
	}
}

void od_text_instructions(struct od_page *page, const struct od_code *code)
{
	for (size_t i = 0; i < code->disassembly.count; i++)
		instruction(page, code, &code->disassembly.items[i], WIDTH_FOR_NAMES);
	if (code->disassembly.count)
		return;
	od_page_line(page, 2, 4);
	od_page_words(page, OD_STYLE_CAUTION, code->no_disassembly);
	od_page_end(page);
}

static void note(struct od_page *page, const char *before, struct od_str text)
{
	if (!text.len)
		return;
	od_page_say(page, OD_STYLE_DIM, before);
	od_page_words(page, OD_STYLE_DIM, text);
}

void od_text_code(struct od_page *page, const struct od_event *event)
{
	const struct od_code *code = &event->code;

	if (!code->bytes.len && !code->note.len)
		return;
	od_page_label(page, "Code");
	if (code->source == OD_CODE_IMAGE)
		od_page_say(page, OD_STYLE_DIM, "from the image");
	note(page, code->source == OD_CODE_IMAGE ? "; the log says: " : "", code->note);
	if (code->bytes.len && !code->disassembly.count)
		note(page, "", code->no_disassembly);
	od_page_end(page);
	if (code->disassembly.count)
		instructions(page, code);
	od_page_skip(page);
}
