// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Sources: the psABI supplement of each machine as in <elf.h>; the LoongArch ELF psABI 2.30 and the
 * RISC-V ELF psABI 1.0 for numbers that <elf.h> of glibc 2.36 does not name; for the patch tables the
 * structs named at each row, Linux 5.10, 6.1, 6.12.
 */
#include "symbolize/machine.h"

#include <elf.h>

#ifndef EM_ARC_COMPACT2
#define EM_ARC_COMPACT2 195
#endif
#ifndef EM_LOONGARCH
#define EM_LOONGARCH 258
#endif

static const struct od_machine machines[] = {
	{EM_X86_64, 0, "x86_64", 0, 1, 4, R_X86_64_PLT32, true, true, false},
	{EM_386, 32, "i386", 0, 1, 4, R_386_PC32, true, false, false},
	{EM_AARCH64, 64, "arm64", 0, 4, 4, 0, false, true, false},
	{EM_ARM, 32, "arm", 1, 4, 4, 0, false, false, false},
	{EM_RISCV, 64, "riscv64", 0, 2, 8, 0, false, false, false},
	{EM_RISCV, 32, "riscv32", 0, 2, 8, 0, false, false, false},
	{EM_PPC64, 64, "ppc64", 0, 4, 8, 0, false, true, false}, /* the nop after bl becomes a load of r2 */
	{EM_PPC, 32, "ppc32", 0, 4, 4, 0, false, true, false},
	{EM_S390, 64, "s390x", 0, 2, 8, 0, false, true, false},
	{EM_MIPS, 64, "mips64", 0, 4, 4, 0, false, true, true},
	{EM_MIPS, 32, "mips", 0, 4, 4, 0, false, false, false},
	{EM_LOONGARCH, 64, "loongarch64", 0, 4, 8, 0, false, false, false},
	{EM_SPARCV9, 64, "sparc64", 0, 4, 4, 0, false, true, false},
	{EM_PARISC, 0, "parisc", 0, 4, 4, 0, false, true, false},
	{EM_68K, 32, "m68k", 0, 2, 4, 0, false, true, false},
	{EM_XTENSA, 32, "xtensa", 0, 1, 4, 0, false, true, false},
	{EM_ARC_COMPACT2, 32, "arc", 0, 2, 8, 0, false, true, false},
	{EM_OPENRISC, 32, "openrisc", 0, 4, 4, 0, false, true, false},
	{EM_CSKY, 32, "csky", 0, 2, 4, 0, false, true, false},
	{EM_SH, 32, "sh", 0, 2, 4, 0, false, true, false},
	{EM_ALPHA, 64, "alpha", 0, 4, 8, 0, false, true, false},
	{EM_ALTERA_NIOS2, 32, "nios2", 0, 4, 4, 0, false, true, false},
	{EM_MICROBLAZE, 32, "microblaze", 0, 4, 8, 0, false, true, false},
};

static const struct od_relocation relocations[] = {
	{EM_X86_64, R_X86_64_64, OD_RELOCATION_SET, 8},
	{EM_X86_64, R_X86_64_32, OD_RELOCATION_SET, 4},
	{EM_X86_64, R_X86_64_32S, OD_RELOCATION_SET, 4},
	{EM_386, R_386_32, OD_RELOCATION_SET, 4},
	{EM_AARCH64, R_AARCH64_ABS64, OD_RELOCATION_SET, 8},
	{EM_AARCH64, R_AARCH64_ABS32, OD_RELOCATION_SET, 4},
	{EM_ARM, R_ARM_ABS32, OD_RELOCATION_SET, 4},
	{EM_PPC64, R_PPC64_ADDR64, OD_RELOCATION_SET, 8},
	{EM_PPC64, R_PPC64_ADDR32, OD_RELOCATION_SET, 4},
	{EM_PPC, R_PPC_ADDR32, OD_RELOCATION_SET, 4},
	{EM_S390, R_390_64, OD_RELOCATION_SET, 8},
	{EM_S390, R_390_32, OD_RELOCATION_SET, 4},
	{EM_MIPS, R_MIPS_64, OD_RELOCATION_SET, 8},
	{EM_MIPS, R_MIPS_32, OD_RELOCATION_SET, 4},
	{EM_SPARCV9, R_SPARC_64, OD_RELOCATION_SET, 8},
	{EM_SPARCV9, R_SPARC_UA64, OD_RELOCATION_SET, 8},
	{EM_SPARCV9, R_SPARC_32, OD_RELOCATION_SET, 4},
	{EM_SPARCV9, R_SPARC_UA32, OD_RELOCATION_SET, 4},
	{EM_PARISC, R_PARISC_DIR64, OD_RELOCATION_SET, 8},
	{EM_PARISC, R_PARISC_DIR32, OD_RELOCATION_SET, 4},
	{EM_68K, R_68K_32, OD_RELOCATION_SET, 4},
	{EM_XTENSA, 1 /* R_XTENSA_32 */, OD_RELOCATION_SET, 4},
	{EM_ARC_COMPACT2, 4 /* R_ARC_32 */, OD_RELOCATION_SET, 4},
	{EM_OPENRISC, 1 /* R_OR1K_32 */, OD_RELOCATION_SET, 4},
	{EM_CSKY, 1 /* R_CKCORE_ADDR32 */, OD_RELOCATION_SET, 4},
	{EM_SH, R_SH_DIR32, OD_RELOCATION_SET, 4},
	{EM_ALPHA, R_ALPHA_REFQUAD, OD_RELOCATION_SET, 8},
	{EM_ALPHA, R_ALPHA_REFLONG, OD_RELOCATION_SET, 4},
	{EM_ALTERA_NIOS2, 12 /* R_NIOS2_BFD_RELOC_32 */, OD_RELOCATION_SET, 4},
	{EM_MICROBLAZE, 1 /* R_MICROBLAZE_32 */, OD_RELOCATION_SET, 4},

	{EM_RISCV, R_RISCV_64, OD_RELOCATION_SET, 8},
	{EM_RISCV, R_RISCV_32, OD_RELOCATION_SET, 4},
	{EM_RISCV, R_RISCV_ADD8, OD_RELOCATION_ADD, 1},
	{EM_RISCV, R_RISCV_ADD16, OD_RELOCATION_ADD, 2},
	{EM_RISCV, R_RISCV_ADD32, OD_RELOCATION_ADD, 4},
	{EM_RISCV, R_RISCV_ADD64, OD_RELOCATION_ADD, 8},
	{EM_RISCV, R_RISCV_SUB8, OD_RELOCATION_SUB, 1},
	{EM_RISCV, R_RISCV_SUB16, OD_RELOCATION_SUB, 2},
	{EM_RISCV, R_RISCV_SUB32, OD_RELOCATION_SUB, 4},
	{EM_RISCV, R_RISCV_SUB64, OD_RELOCATION_SUB, 8},
	{EM_RISCV, 52 /* R_RISCV_SUB6 */, OD_RELOCATION_SUB6, 1},
	{EM_RISCV, 53 /* R_RISCV_SET6 */, OD_RELOCATION_SET6, 1},
	{EM_RISCV, 54 /* R_RISCV_SET8 */, OD_RELOCATION_SET, 1},
	{EM_RISCV, 55 /* R_RISCV_SET16 */, OD_RELOCATION_SET, 2},
	{EM_RISCV, 56 /* R_RISCV_SET32 */, OD_RELOCATION_SET, 4},
	{EM_RISCV, 60 /* R_RISCV_SET_ULEB128 */, OD_RELOCATION_SET_ULEB, 0},
	{EM_RISCV, 61 /* R_RISCV_SUB_ULEB128 */, OD_RELOCATION_SUB_ULEB, 0},

	{EM_LOONGARCH, 1 /* R_LARCH_32 */, OD_RELOCATION_SET, 4},
	{EM_LOONGARCH, 2 /* R_LARCH_64 */, OD_RELOCATION_SET, 8},
	{EM_LOONGARCH, 47 /* R_LARCH_ADD8 */, OD_RELOCATION_ADD, 1},
	{EM_LOONGARCH, 48 /* R_LARCH_ADD16 */, OD_RELOCATION_ADD, 2},
	{EM_LOONGARCH, 50 /* R_LARCH_ADD32 */, OD_RELOCATION_ADD, 4},
	{EM_LOONGARCH, 51 /* R_LARCH_ADD64 */, OD_RELOCATION_ADD, 8},
	{EM_LOONGARCH, 52 /* R_LARCH_SUB8 */, OD_RELOCATION_SUB, 1},
	{EM_LOONGARCH, 53 /* R_LARCH_SUB16 */, OD_RELOCATION_SUB, 2},
	{EM_LOONGARCH, 55 /* R_LARCH_SUB32 */, OD_RELOCATION_SUB, 4},
	{EM_LOONGARCH, 56 /* R_LARCH_SUB64 */, OD_RELOCATION_SUB, 8},
	{EM_LOONGARCH, 105 /* R_LARCH_ADD6 */, OD_RELOCATION_SET6, 1},
	{EM_LOONGARCH, 106 /* R_LARCH_SUB6 */, OD_RELOCATION_SUB6, 1},
	{EM_LOONGARCH, 107 /* R_LARCH_ADD_ULEB128 */, OD_RELOCATION_SET_ULEB, 0},
	{EM_LOONGARCH, 108 /* R_LARCH_SUB_ULEB128 */, OD_RELOCATION_SUB_ULEB, 0},
};

static const struct od_reference references[] = {
	{EM_X86_64, R_X86_64_PC32, 4, true},
	{EM_X86_64, R_X86_64_32S, 4, false},
	{EM_X86_64, R_X86_64_32, 4, false},
	{EM_X86_64, R_X86_64_64, 8, false},
	{EM_386, R_386_32, 4, false},
};

const struct od_patch_table od_patch_tables[] = {
	/* struct alt_instr: 5.10 ends in padlen; 6.1 has no padlen; 6.3 has 32 bits of flags before the lengths. */
	{EM_X86_64, ".altinstructions", 12, 0, 0, 10, 1, false},
	{EM_X86_64, ".altinstructions", 13, 0, 0, 10, 1, false},
	{EM_X86_64, ".altinstructions", 14, 0, 0, 12, 1, false},
	{EM_386, ".altinstructions", 12, 0, 0, 10, 1, false},
	{EM_386, ".altinstructions", 13, 0, 0, 10, 1, false},
	{EM_386, ".altinstructions", 14, 0, 0, 12, 1, false},
	{EM_AARCH64, ".altinstructions", 12, 0, 0, 10, 1, false},
	{EM_S390, ".altinstructions", 12, 0, 0, 10, 1, false},
	{EM_RISCV, ".alternative", 16, 0, 0, 10, 2, false},
	{EM_PARISC, ".altinstructions", 12, 0, 32, 0, 0, false},

	/* LOCK_PREFIX_HERE and struct paravirt_patch_site (to 6.7), arch/x86. */
	{EM_X86_64, ".smp_locks", 4, 0, 1, 0, 0, false},
	{EM_386, ".smp_locks", 4, 0, 1, 0, 0, false},
	{EM_X86_64, ".parainstructions", 16, 0, 0, 9, 1, true},
	{EM_386, ".parainstructions", 8, 0, 0, 5, 1, true},

	/* What objtool records: tools/objtool/check.c, create_*_sections(). */
	{EM_X86_64, ".retpoline_sites", 4, 0, 7, 0, 0, false},
	{EM_X86_64, ".return_sites", 4, 0, 5, 0, 0, false},
	{EM_X86_64, ".call_sites", 4, 10, 5, 0, 0, false},
	{EM_X86_64, ".ibt_endbr_seal", 4, 0, 4, 0, 0, false},
	{EM_X86_64, ".cfi_sites", 4, 16, 16, 0, 0, false},
	{EM_NONE, ".static_call_sites", 8, 0, 8, 0, 0, false},

	/* struct jump_entry: relative where HAVE_ARCH_JUMP_LABEL_RELATIVE, else three words. */
	{EM_X86_64, "__jump_table", 16, 0, 5, 0, 0, false},
	{EM_AARCH64, "__jump_table", 16, 0, 4, 0, 0, false},
	{EM_S390, "__jump_table", 16, 0, 6, 0, 0, false},
	{EM_RISCV, "__jump_table", 16, 0, 4, 0, 0, false},
	{EM_PPC64, "__jump_table", 16, 0, 4, 0, 0, false},
	{EM_MIPS, "__jump_table", 24, 0, 8, 0, 0, true},
	{EM_386, "__jump_table", 12, 0, 5, 0, 0, false},
	{EM_ARM, "__jump_table", 12, 0, 4, 0, 0, true},

	/* Addresses where ftrace puts its calls: scripts/recordmcount.c, -fpatchable-function-entry. */
	{EM_X86_64, "__mcount_loc", 8, 0, 5, 0, 0, true},
	{EM_386, "__mcount_loc", 4, 0, 5, 0, 0, true},
	{EM_ARM, "__mcount_loc", 4, 4, 8, 0, 0, true},
	{EM_NONE, "__mcount_loc", 8, 8, 16, 0, 0, true},
	{EM_NONE, "__patchable_function_entries", 8, 8, 16, 0, 0, true},

	/* arch/arm/include/asm/processor.h ALT_SMP, arch/arm/include/asm/memory.h __pv_stub */
	{EM_ARM, ".alt.smp.init", 8, 0, 4, 0, 0, false},
	{EM_ARM, ".pv_table", 4, 0, 8, 0, 0, false},

	/* arch/powerpc/include/asm/feature-fixups.h: entries hold distances to the code; __lwsync_fixup one. */
	{EM_PPC64, "__ftr_fixup", 8, 0, 32, 0, 0, false},
	{EM_PPC64, "__mmu_ftr_fixup", 8, 0, 32, 0, 0, false},
	{EM_PPC64, "__fw_ftr_fixup", 8, 0, 32, 0, 0, false},
	{EM_PPC64, "__lwsync_fixup", 8, 0, 4, 0, 0, false},
	{EM_PPC64, "__spec_barrier_fixup", 8, 0, 12, 0, 0, false},

	/* arch/s390/include/asm/nospec-insn.h: expolines. */
	{EM_S390, ".s390_indirect_call", 4, 0, 6, 0, 0, false},
	{EM_S390, ".s390_indirect_jump", 4, 0, 6, 0, 0, false},
	{EM_S390, ".s390_indirect_branches", 4, 0, 6, 0, 0, false},
	{EM_S390, ".s390_return_mem", 4, 0, 6, 0, 0, false},
	{EM_S390, ".s390_return_reg", 4, 0, 6, 0, 0, false},
	{0},
};

const struct od_machine *od_machine_find(unsigned machine, unsigned bits)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (machines[i].machine == machine && (!machines[i].bits || machines[i].bits == bits))
			return &machines[i];
	return NULL;
}

const struct od_relocation *od_relocation_find(unsigned machine, unsigned type)
{
	for (size_t i = 0; i < sizeof(relocations) / sizeof(relocations[0]); i++)
		if (relocations[i].machine == machine && relocations[i].type == type)
			return &relocations[i];
	return NULL;
}

const struct od_reference *od_reference_find(unsigned machine, unsigned type)
{
	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (references[i].machine == machine && references[i].type == type)
			return &references[i];
	return NULL;
}
