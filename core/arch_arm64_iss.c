// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The syndromes (ISS) of arm64's exception classes other than aborts and BRK.
 *
 * Sources: Arm Architecture Reference Manual DDI 0487, "ESR_EL1", ISS encodings; Linux
 * arch/arm64/include/asm/esr.h and arch/arm64/kernel/traps.c, checked in 6.12.
 */
#include "core/arch_words.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A field of the syndrome: `words` NULL: a number, with `meaning`. */
struct field {
	unsigned bit, width;
	const char *name, *meaning;
	const struct od_arch_word *words;
	size_t count;
};

#define NUMBER(bit, width, name, meaning)                                                                    \
	{                                                                                                    \
		bit, width, name, meaning, NULL, 0                                                           \
	}
#define WORDS(bit, width, name, table)                                                                       \
	{                                                                                                    \
		bit, width, name, NULL, table, COUNT(table)                                                  \
	}

static const struct od_arch_word waits[] = {{0, "WFI"}, {1, "WFE"}, {2, "WFIT"}, {3, "WFET"}};
static const struct od_arch_word directions[] = {{0, "written (MSR)"}, {1, "read (MRS)"}};
static const struct od_arch_word branches[] = {
	{0, "not by an indirect branch"},
	{1, "by a BR through x16 or x17"},
	{2, "by an indirect call (BLR)"},
	{3, "by an indirect jump (BR) through another register"},
};
static const struct od_arch_word keys[] = {
	{0, "key A of instructions"},
	{1, "key B of instructions"},
	{2, "key A of data"},
	{3, "key B of data"},
};
static const struct od_arch_word streaming[] = {
	{0, "SME is not enabled"},
	{1, "an instruction that is illegal in streaming mode"},
	{2, "an instruction that needs streaming mode"},
	{3, "an access to ZA, which is switched off"},
	{4, "an access to ZT0, which is not enabled"},
};
static const struct od_arch_word errors[] = {
	{0, "uncontainable: the error may have spread"},
	{1, "unrecoverable"},
	{2, "restartable"},
	{3, "recoverable"},
	{6, "corrected"},
};
static const struct od_arch_word error_codes[] = {{0, "uncategorised"},
						  {0x11, "an asynchronous SError interrupt"}};
static const struct od_arch_word syndromes[] = {
	{0, "as the architecture defines it"},
	{1, "as the implementation defines it: the other fields mean nothing"},
};
static const struct od_arch_word accesses[] = {{0, "the access was a read"}, {1, "the access was a write"}};
static const struct od_arch_word steps[] = {{0, "no load-exclusive was stepped"},
					    {1, "a load-exclusive was stepped"}};
static const struct od_arch_word copies[] = {{0, "a memory copy (CPY*)"}, {1, "a memory set (SET*)"}};
static const struct od_arch_word flags[] = {{0, "no"}, {1, "yes"}};

static const struct field wait_fields[] = {WORDS(0, 2, "TI", waits)};
static const struct field call_fields[] = {NUMBER(0, 16, "imm16", "the number in the instruction")};
static const struct field system_fields[] = {
	WORDS(0, 1, "Direction", directions),
	NUMBER(1, 4, "CRm", "of the register's encoding"),
	NUMBER(5, 5, "Rt", "the general register"),
	NUMBER(10, 4, "CRn", "of the register's encoding"),
	NUMBER(14, 3, "op1", "of the register's encoding"),
	NUMBER(17, 3, "op2", "of the register's encoding"),
	NUMBER(20, 2, "op0", "of the register's encoding"),
};
static const struct field branch_fields[] = {WORDS(0, 2, "BTYPE", branches)};
static const struct field key_fields[] = {WORDS(0, 2, "key", keys)};
static const struct field streaming_fields[] = {WORDS(0, 3, "SMTC", streaming)};
static const struct field copy_fields[] = {
	NUMBER(0, 5, "sizereg", "the register with the size"),
	NUMBER(5, 5, "srcreg", "the register with the source"),
	NUMBER(10, 5, "destreg", "the register with the destination"),
	WORDS(16, 1, "OptionA", flags),
	WORDS(17, 1, "WrongOption", flags),
	WORDS(18, 1, "FromEpilogue", flags),
	WORDS(24, 1, "MemInst", copies),
};
static const struct field float_fields[] = {
	WORDS(0, 1, "IOF, invalid operation", flags),
	WORDS(1, 1, "DZF, division by zero", flags),
	WORDS(2, 1, "OFF, overflow", flags),
	WORDS(3, 1, "UFF, underflow", flags),
	WORDS(4, 1, "IXF, inexact", flags),
	WORDS(7, 1, "IDF, denormal input", flags),
	WORDS(23, 1, "TFV, the bits above are valid", flags),
};
static const struct field error_fields[] = {
	WORDS(0, 6, "DFSC", error_codes),
	NUMBER(9, 1, "EA", "external abort type"),
	WORDS(10, 3, "AET", errors),
	WORDS(24, 1, "IDS", syndromes),
};
static const struct field step_fields[] = {WORDS(6, 1, "EX", steps), WORDS(24, 1, "ISV, EX is valid", flags)};
static const struct field watch_fields[] = {WORDS(6, 1, "WnR", accesses),
					    WORDS(8, 1, "CM, cache maintenance", flags)};

#define CLASS(number, table)                                                                                 \
	{                                                                                                    \
		number, table, COUNT(table)                                                                  \
	}

static const struct {
	unsigned class;
	const struct field *fields;
	size_t count;
} classes[] = {
	CLASS(0x01, wait_fields),  CLASS(0x0d, branch_fields),	  CLASS(0x11, call_fields),
	CLASS(0x12, call_fields),  CLASS(0x13, call_fields),	  CLASS(0x15, call_fields),
	CLASS(0x16, call_fields),  CLASS(0x17, call_fields),	  CLASS(0x18, system_fields),
	CLASS(0x1c, key_fields),   CLASS(0x1d, streaming_fields), CLASS(0x27, copy_fields),
	CLASS(0x28, float_fields), CLASS(0x2c, float_fields),	  CLASS(0x2f, error_fields),
	CLASS(0x32, step_fields),  CLASS(0x33, step_fields),	  CLASS(0x34, watch_fields),
	CLASS(0x35, watch_fields), CLASS(0x38, call_fields),
};

/* An SError whose syndrome is the implementation's own (IDS): of it no other field has a meaning. */
static bool is_of_implementation(uint64_t code)
{
	return (code >> 26 & 0x3f) == 0x2f && (code >> 24 & 1);
}

bool od_arch_decode_arm64_syndrome(struct od_event *event, uint64_t code)
{
	const unsigned class = code >> 26 & 0x3f;

	if (is_of_implementation(code)) {
		od_arch_add_words(event, code, 24, 1, "IDS", syndromes, COUNT(syndromes));
		return true;
	}
	for (size_t i = 0; i < COUNT(classes); i++) {
		if (classes[i].class != class)
			continue;
		for (size_t k = 0; k < classes[i].count; k++) {
			const struct field *field = &classes[i].fields[k];
			if (field->words)
				od_arch_add_words(event, code, field->bit, field->width, field->name,
						  field->words, field->count);
			else
				od_arch_add_field(event, field->bit,
						  code >> field->bit & ((1u << field->width) - 1),
						  field->name, field->meaning);
		}
		return true;
	}
	return false;
}
