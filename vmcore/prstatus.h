// SPDX-License-Identifier: GPL-3.0-or-later
/* The registers of a CPU as somebody wrote them down when the machine stopped: its NT_PRSTATUS note. One thread at a time. */
#ifndef OD_VMCORE_PRSTATUS_H
#define OD_VMCORE_PRSTATUS_H

#include "vmcore/kernel.h"

enum { OD_PRSTATUS_LIMIT = 1024 };	/* KEXEC_NOTE_BYTES is less */

/* struct elf_prstatus of a 64-bit machine. */
struct od_prstatus {
	struct od_str bytes;			/* the dump's, or in buffer */
	bool big_endian;			/* a hypervisor's may differ from the guest's memory */
	char buffer[OD_PRSTATUS_LIMIT];
};

/*
 * That of a CPU, out of the dump's notes (a hypervisor's, or on s390 by the CPU's lowcore) or out of the kernel's crash_notes.
 * False: there is none, or nobody says which is whose.
 */
bool od_prstatus_find(const struct od_kernel *kernel, uint64_t cpu, struct od_prstatus *ret);

/* A register by its number in pr_reg; false: the note ends before it. */
bool od_prstatus_register(const struct od_prstatus *status, size_t number, uint64_t *ret);

#endif
