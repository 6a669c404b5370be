// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * s390x.
 *
 * Sources: z/Architecture Principles of Operation SA22-7832, chapter 6 "Program Interruption" and
 * "Translation-Exception Identification"; Linux arch/s390/kernel/dumpstack.c (show_registers, die),
 * arch/s390/mm/fault.c (dump_fault_info) and arch/s390/include/asm/fault.h (union teid), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
	"psw_mask", "psw_addr", "teid", NULL,
};

enum { CODE_PROTECTION = 4 };

static const struct od_arch_word interruptions[] = {
	{0x01, "operation exception: an illegal instruction"},
	{0x02, "privileged-operation exception"},
	{0x03, "execute exception"},
	{CODE_PROTECTION, "protection exception: the access is not allowed"},
	{0x05, "addressing exception: there is no such memory"},
	{0x06, "specification exception"},
	{0x07, "data exception"},
	{0x08, "fixed-point overflow"},
	{0x09, "fixed-point division error"},
	{0x0a, "decimal overflow"},
	{0x0b, "decimal division error"},
	{0x0c, "hexadecimal floating-point overflow"},
	{0x0d, "hexadecimal floating-point underflow"},
	{0x0e, "hexadecimal floating-point significance"},
	{0x0f, "hexadecimal floating-point division error"},
	{0x10, "segment-translation exception: nothing is mapped there"},
	{0x11, "page-translation exception: nothing is mapped there"},
	{0x12, "translation-specification exception: a damaged table"},
	{0x13, "special-operation exception"},
	{0x15, "operand exception"},
	{0x16, "trace-table exception"},
	{0x18, "transaction constraint exception"},
	{0x1b, "vector-processing exception"},
	{0x1c, "space-switch event"},
	{0x1d, "hexadecimal floating-point square root"},
	{0x1f, "PC-translation-specification exception"},
	{0x20, "AFX-translation exception"},
	{0x21, "ASX-translation exception"},
	{0x22, "LX-translation exception"},
	{0x23, "EX-translation exception"},
	{0x24, "primary-authority exception"},
	{0x25, "secondary-authority exception"},
	{0x26, "LFX-translation exception"},
	{0x27, "LSX-translation exception"},
	{0x28, "ALET-specification exception"},
	{0x29, "ALEN-translation exception"},
	{0x2a, "ALE-sequence exception"},
	{0x2b, "ASTE-validity exception"},
	{0x2c, "ASTE-sequence exception"},
	{0x2d, "extended-authority exception"},
	{0x2e, "LSTE-sequence exception"},
	{0x2f, "ASTE-instance exception"},
	{0x30, "stack-full exception"},
	{0x31, "stack-empty exception"},
	{0x32, "stack-specification exception"},
	{0x33, "stack-type exception"},
	{0x34, "stack-operation exception"},
	{0x38, "ASCE-type exception: the address is beyond the address space"},
	{0x39, "region-first-translation exception: nothing is mapped there"},
	{0x3a, "region-second-translation exception: nothing is mapped there"},
	{0x3b, "region-third-translation exception: nothing is mapped there"},
	{0x3d, "secure storage access exception"},
	{0x3e, "non-secure storage access exception"},
	{0x3f, "secure storage violation"},
	{0x40, "monitor event, as BUG() and WARN() make one"},
};

static const struct od_arch_bit code_bits[] = {
	{7, "PER", NULL, "a program-event recording event came with it"},
	{9, "TX", NULL, "a transaction was aborted"},
};

static const struct od_arch_word spaces[] = {
	{0, "the primary address space"},
	{1, "an address space of an access register"},
	{2, "the secondary address space"},
	{3, "the home address space"},
};

static const struct od_arch_word indications[] = {
	{0, "the exception does not tell fetch and store apart"},
	{1, "the access was a store"},
	{2, "the access was a fetch"},
};

/* Low bits of TEID as the kernel prints it; the page's address is above them. */
static void decode_teid(struct od_event *event, uint64_t teid, bool protection)
{
	unsigned indication = teid >> 10 & 3;
	od_arch_add_words(event, teid, 0, 2, "TEID address space", spaces, sizeof(spaces) / sizeof(spaces[0]));
	od_arch_add_words(event, teid, 10, 2, "TEID access", indications, sizeof(indications) / sizeof(indications[0]));
	if (protection) { /* arch/s390/mm/fault.c, do_protection_exception() */
		od_arch_add_field(event, 2, teid >> 2 & 1, "TEID b61", teid >> 2 & 1 ? "the address is valid" :
				  "low-address protection: a write to the first pages, as through NULL");
		od_arch_add_field(event, 7, teid >> 7 & 1, "TEID b56", teid >> 7 & 1 ? "the page may not be executed" :
				  "not a fetch from a page that may not be executed");
	}
	if (indication == 1)
		od_arch_access(event, OD_ACCESS_WRITE, OD_MODE_UNKNOWN);
	else if (indication == 2)
		od_arch_access(event, OD_ACCESS_READ, OD_MODE_UNKNOWN);
}

/* PSW bit 15 is the problem state: bit 48 from the right. */
static enum od_mode mode_of(struct od_num mask)
{
	if (!mask.known)
		return OD_MODE_UNKNOWN;
	return mask.value >> 48 & 1 ? OD_MODE_USER : OD_MODE_KERNEL;
}

static void decode_error(struct od_event *event)
{
	const struct od_num code = event->fault.error_code.value;
	struct od_num teid = od_event_register(event, "teid");
	if (!code.known && !teid.known)
		return;
	od_arch_name(event, code.known ? "s390 program interruption code" : "s390 TEID");
	if (code.known) {
		od_arch_add_words(event, code.value, 0, 7, "code", interruptions, sizeof(interruptions) / sizeof(interruptions[0]));
		OD_ARCH_ADD_BITS(event, code.value, code_bits);
	}
	if (teid.known)
		decode_teid(event, teid.value, (code.value & 0x7f) == CODE_PROTECTION);
	od_arch_access(event, OD_ACCESS_UNKNOWN, mode_of(od_event_register(event, "psw_mask")));
}

/* Kernel and user space are address spaces of their own: a number alone says nothing but page 0. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

const struct od_arch od_arch_s390x = {
	.name = "s390x",
	.bits = 64,
	.big_endian = true,
	.registers = registers,
	.ip_label = "Krnl PSW",
	.ip_register = "psw_addr",
	.word_registers = {NULL, "teid"},
	.doubts_own_frame = true, /* dumpstack.c (__dump_trace), 4.15; unwind_bc.c, since 5.2: where its last call returns to */
	.code_unit = 2,
	.bfd_name = "s390:64-bit",
	.return_bias = 1,
	.decode_error = decode_error,
	.classify = classify,
};
