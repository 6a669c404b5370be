// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Synopsys ARC.
 *
 * Source: Linux arch/arc/kernel/troubleshoot.c (show_regs), 6.12.
 */
#include "core/arch_words.h"

static const char *const registers[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
	"r15", "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "ecr", "efa",
	"eret", "stat", "stat32", "bta", "sp", "fp", "blk", "lps", "lpe", "lpc",
	NULL,
};

/* No map: the two halves are told apart by the machine's configuration; only page 0 is sure. */
static enum od_region classify(uint64_t address)
{
	return address < 0x1000 ? OD_REGION_NULL_PAGE : OD_REGION_UNKNOWN;
}

/* ECR's vector, of ARCompact and of ARCv2: arch/arc/include/asm/arcregs.h (ECR_V_*, ECR_C_PROTV_MISALIG_DATA), 6.12 */
static const struct {
	uint8_t vector;
	enum od_trap trap;
} vectors[] = {
	{0x02, OD_TRAP_OTHER},	/* illegal instruction */
	{0x04, OD_TRAP_MEMORY}, {0x21, OD_TRAP_MEMORY},	/* ITLB miss */
	{0x05, OD_TRAP_MEMORY}, {0x22, OD_TRAP_MEMORY},	/* DTLB miss */
	{0x06, OD_TRAP_MEMORY}, {0x23, OD_TRAP_MEMORY},	/* protection violation */
	{0x09, OD_TRAP_OTHER}, {0x25, OD_TRAP_OTHER},	/* trap */
	{0x0d, OD_TRAP_ALIGNMENT},
};

enum { STATUS_USER = 0x80, VECTOR_PROTECTION = 0x23, CAUSE_MISALIGNED = 4 };

/* STAT32's bit U, or what was read of the program's mapping. */
static bool is_of_program(const struct od_event *event)
{
	const struct od_num stat32 = od_event_register(event, "stat32"), stat = od_event_register(event, "stat");
	return event->fault.mode == OD_MODE_USER || ((stat32.value | stat.value) & STATUS_USER);
}

static enum od_trap trap(const struct od_event *event)
{
	const struct od_num ecr = od_event_register(event, "ecr");
	const unsigned vector = ecr.value >> 16 & 0xff, cause = ecr.value >> 8 & 0xff;

	if (is_of_program(event))
		return OD_TRAP_USER;
	if (ecr.known && vector == VECTOR_PROTECTION && cause == CAUSE_MISALIGNED)
		return OD_TRAP_ALIGNMENT;
	for (size_t i = 0; ecr.known && i < sizeof(vectors) / sizeof(vectors[0]); i++)
		if (vectors[i].vector == vector)
			return vectors[i].trap;
	return OD_TRAP_UNKNOWN;
}

const struct od_arch od_arch_arc = {
	.name = "arc",
	.bits = 32,
	.big_endian = false,
	.registers = registers,
	.ip_label = "ERET",
	.ip_register = "eret",
	.fault_register = "efa",
	.lr_register = "blk",
	.code_unit = 2,
	.bfd_name = "ARCv2",
	.return_bias = 1,
	.trap = trap,
	.classify = classify,
};
