// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/prstatus.h"

#include "vmcore/notes.h"
#include "vmcore/unwind.h"

enum {
	CPU_LIMIT = 8192,
	NT_PRSTATUS_TYPE = 1, NT_S390_PREFIX_TYPE = 0x305,
	PID_AT = 32, REGISTERS_AT = 112,	/* pr_pid and pr_reg in struct elf_prstatus, 64 bits */
	LEAST_REGISTERS = 27,
};

/* The first one of notes in this byte order, behind `skip` others. */
static bool find_first(struct od_str notes, bool big_endian, uint64_t skip, struct od_str *ret)
{
	struct od_note note;

	while (od_note_next(&notes, big_endian, &note))
		if (note.type == NT_PRSTATUS_TYPE && od_str_equal(note.name, OD_STR("CORE")) &&
		    note.content.len >= REGISTERS_AT + 8 * LEAST_REGISTERS && !skip--) {
			*ret = note.content;
			return true;
		}
	return false;
}

static uint64_t decode(bool big_endian, const char *at, unsigned size)
{
	return od_uint((const unsigned char *)at, size, big_endian);
}

/*
 * A hypervisor's notes are one per CPU, in order; a kernel's file notes leave out those that did not answer. QEMU
 * gives them the CPU's number + 1 as PID (dump_write_elf64_notes, 7.2), on ppc64 none; on x86_64 it adds notes of its own.
 */
static bool is_hypervisor(const struct od_kernel *kernel, bool big_endian)
{
	struct od_str notes = kernel->dump->notes, status;
	struct od_note note;
	uint64_t count = 0;

	while (od_note_next(&notes, big_endian, &note))
		if (od_str_equal(note.name, OD_STR("QEMU")))
			return true;
	while (find_first(kernel->dump->notes, big_endian, count, &status)) {
		uint64_t pid = decode(big_endian, status.ptr + PID_AT, 4);
		if ((pid && pid != count + 1) || count == CPU_LIMIT)
			return false;
		count++;
	}
	return count && kernel->model->system.cpus.known && count == kernel->model->system.cpus.value;
}

/*
 * On s390 a CPU's notes have the address of its lowcore behind its registers, whoever wrote them: QEMU (target/s390x/arch_dump.c,
 * 7.2) or the capture kernel (arch/s390/kernel/crash_dump.c).
 */
static bool find_by_prefix(const struct od_kernel *kernel, uint64_t cpu, struct od_prstatus *ret)
{
	struct od_str notes = kernel->dump->notes, status = {NULL, 0};
	uint64_t lowcore = od_s390x_lowcore(kernel, cpu), inside = lowcore % OD_PAGE_SIZE, physical;
	struct od_note note;

	if (!lowcore || !kernel->dump->walk || !kernel->dump->walk(kernel->dump, lowcore - inside, &physical))
		return false;
	while (od_note_next(&notes, ret->big_endian, &note)) {
		if (note.type == NT_PRSTATUS_TYPE && od_str_equal(note.name, OD_STR("CORE")))
			status = note.content;
		if (note.type != NT_S390_PREFIX_TYPE || note.content.len < 4 ||
		    decode(ret->big_endian, note.content.ptr, 4) != physical + inside)
			continue;
		ret->bytes = status;
		return status.len > 0;
	}
	return false;
}

/* What the dying kernel kept for the CPU (kernel/kexec_core.c, crash_save_cpu()), in its own memory. */
static bool find_by_kernel(const struct od_kernel *kernel, uint64_t cpu, struct od_prstatus *ret)
{
	uint64_t base, at;

	if (!kernel->at.crash_notes || !od_memory_word(kernel->memory, kernel->at.crash_notes, &base) || !base ||
	    (at = od_kernel_percpu(kernel, base, cpu)) == 0)
		return false;
	ret->big_endian = kernel->memory->big_endian;
	const struct od_str notes = {ret->buffer, kernel->memory->read(kernel->memory->user, at, ret->buffer, sizeof(ret->buffer))};
	return find_first(notes, ret->big_endian, 0, &ret->bytes);
}

bool od_prstatus_find(const struct od_kernel *kernel, uint64_t cpu, struct od_prstatus *ret)
{
	ret->big_endian = kernel->dump->headers->big_endian;
	if (od_str_equal(kernel->dump->arch, OD_STR("s390x")))
		return find_by_prefix(kernel, cpu, ret);
	if (is_hypervisor(kernel, ret->big_endian))
		return find_first(kernel->dump->notes, ret->big_endian, cpu, &ret->bytes);
	return find_by_kernel(kernel, cpu, ret);
}

bool od_prstatus_register(const struct od_prstatus *status, size_t number, uint64_t *ret)
{
	if (REGISTERS_AT + 8 * (number + 1) > status->bytes.len)
		return false;
	*ret = decode(status->big_endian, status->bytes.ptr + REGISTERS_AT + 8 * number, 8);
	return true;
}
