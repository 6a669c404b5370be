// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Why a division failed, by the instruction's operand. Source: Intel SDM volume 2A, DIV and IDIV,
 * exceptions.
 */
#include <inttypes.h>
#include <stdio.h>

#include "analyzer/finding.h"

static const struct od_instruction_text *faulting(const struct od_event *event)
{
	for (size_t i = 0; i < event->code.disassembly.count; i++)
		if (event->code.disassembly.items[i].fault)
			return &event->code.disassembly.items[i];
	return NULL;
}

/* "%ecx", "%r9d", "%si": the register of the dump and the bits that take part. */
static bool read_operand(const struct od_event *event, struct od_str name, uint64_t *ret)
{
	static const struct {
		char end;
		uint64_t mask;
	} ends[] = {{'d', UINT32_MAX}, {'w', 0xffff}, {'b', 0xff}};
	char full[8] = {0};
	uint64_t mask = UINT64_MAX, number;
	struct od_str digits = od_str_from_index(name, 1);

	if (name.len < 2 || name.len > 4)
		return false;
	if (name.ptr[0] == 'r' && od_scan_u64(&digits, &number)) { /* r8 is r08 in dumps */
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
			if (digits.len == 1 && digits.ptr[0] == ends[i].end)
				mask = ends[i].mask;
		snprintf(full, sizeof(full), "r%02u", (unsigned)number % 100);
	} else if (name.ptr[0] == 'r') {
		memcpy(full, name.ptr, name.len);
	} else if (name.ptr[0] == 'e') {
		memcpy(full, name.ptr, name.len);
		full[0] = event->arch->bits == 64 ? 'r' : 'e';
		mask = UINT32_MAX;
	} else if (name.len == 2 && (name.ptr[1] == 'x' || name.ptr[1] == 'i' || name.ptr[1] == 'l')) {
		full[0] = event->arch->bits == 64 ? 'r' : 'e';
		full[1] = name.ptr[0];
		full[2] = name.ptr[1] == 'l' ? 'x' : name.ptr[1];
		mask = name.ptr[1] == 'l' ? 0xff : 0xffff;
	}
	struct od_num value = full[0] ? od_event_register(event, full) : (struct od_num){0};
	*ret = value.value & mask;
	return value.known;
}

bool od_find_divide(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_instruction_text *insn = faulting(finder->event);
	const bool overflow = !strcmp(row->class_name, "divide-overflow");
	struct od_str rest, mnemonic, name;
	uint64_t value;

	if (!insn || !finder->event->arch)
		return false;
	rest = insn->text;
	if (!od_scan_word(&rest, &mnemonic) ||
	    (!od_str_starts(mnemonic, OD_STR("div")) && !od_str_starts(mnemonic, OD_STR("idiv"))))
		return false;
	od_scan_blanks(&rest);
	if (!od_scan_char(&rest, '%') || !od_scan_word(&rest, &name) ||
	    !read_operand(finder->event, name, &value) || overflow != (value != 0))
		return false;
	if (overflow)
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN,
				"The quotient does not fit: the divisor is 0x%" PRIx64 ", and the dividend "
										       "is "
				"too large for it.",
				value);
	else
		od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s divided by zero.",
				OD_FMT(od_finder_function(finder, finder->event->responsible)));
	od_finder_evidence(finder, "The instruction is \"%.*s\", and %%%.*s held 0x%" PRIx64 ".",
			   OD_FMT(insn->text), OD_FMT(name), value);
	return true;
}
