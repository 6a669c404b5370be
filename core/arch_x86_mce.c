// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The status word of a bank of x86's machine check architecture (IA32_MCi_STATUS).
 *
 * Source: Intel SDM volume 3B, chapter "Machine-Check Architecture", "IA32_MCi_STATUS MSRs", and "Interpreting the
 * MCA Error Codes", tables of simple and compound error codes. AMD's word has the same bits 57 to 63 and error code
 * formats (APM volume 2, chapter "Machine Check Architecture").
 */
#include "core/arch_words.h"

static const struct od_arch_bit status_bits[] = {
	{55, "AR", NULL, "the software must act before it goes on"},
	{56, "S", NULL, "the error was signalled by an exception"},
	{57, "PCC", "the processor's context is intact", "the processor's context may be corrupt: the task cannot go on"},
	{58, "ADDRV", "no address is known", "the bank's address is valid"},
	{59, "MISCV", NULL, "the bank's further information is valid"},
	{60, "EN", NULL, "the error was enabled"},
	{61, "UC", "the hardware corrected the error", "the hardware could not correct the error"},
	{62, "OVER", NULL, "further errors came before this one was read, and are lost"},
	{63, "VAL", "the bank holds no valid error", "the bank holds a valid error"},
};

/* Bit 12, which says that corrected errors are filtered, is ignored. */
static const struct {
	uint16_t mask, value;
	const char *meaning;
} codes[] = {
	{0xffff, 0x0000, "no error"},
	{0xffff, 0x0001, "an error that is not classified"},
	{0xffff, 0x0002, "a parity error in the microcode's ROM"},
	{0xffff, 0x0003, "an error that another processor or device signalled"},
	{0xffff, 0x0004, "a functional redundancy check failed"},
	{0xffff, 0x0005, "an internal parity error"},
	{0xffff, 0x0006, "the SMM handler tried to execute outside of its ranges"},
	{0xffff, 0x0400, "an internal timer: the processor retired no instruction for too long"},
	{0xffff, 0x0e0b, "an I/O error"},
	{0xfc00, 0x0400, "an internal error that is not classified"},
	{0xfffc, 0x000c, "the cache hierarchy"},
	{0xfff0, 0x0010, "a TLB"},
	{0xff80, 0x0080, "a memory controller"},
	{0xff00, 0x0100, "a cache"},
	{0xff80, 0x0280, "memory used as a cache"},
	{0xf800, 0x0800, "the bus or interconnect between processors, memory and devices"},
};

static const char *find_code(uint64_t status)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if ((status & 0xefff & codes[i].mask) == codes[i].value)
			return codes[i].meaning;
	return NULL;
}

void od_arch_decode_machine_check(struct od_event *event)
{
	uint64_t status = event->fault.error_code.value.value;

	od_arch_name(event, "x86 machine check status");
	od_arch_add_field(event, 0, (unsigned)(status & 0xffff), "MCA", find_code(status));
	od_arch_add_field(event, 16, (unsigned)(status >> 16 & 0xffff), "model code", "what it means depends on the model");
	OD_ARCH_ADD_BITS(event, status, status_bits);
}
