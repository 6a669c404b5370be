// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The rows of tests/cube.h: kind, architectures, text, source. What an architecture does not print has a reason below.
 */
#ifndef OD_TESTS_CUBE_ROWS_H
#define OD_TESTS_CUBE_ROWS_H

#define CUBE_X86 "x86_64 i386"
/* Documentation/features/debug/KASAN/arch-support.txt, 6.3; arch/loongarch/Kconfig, 6.7 */
#define CUBE_KASAN "x86_64 arm64 arm riscv64 riscv32 ppc64 ppc32 s390x loongarch64 xtensa"
/* HAVE_ARCH_KFENCE of arch/.../Kconfig, 6.12 */
#define CUBE_KFENCE "x86_64 i386 arm64 arm riscv64 riscv32 ppc64 ppc32 s390x loongarch64 parisc"
/* HAVE_ARCH_KCSAN, likewise */
#define CUBE_KCSAN "x86_64 arm64 riscv64 ppc64 ppc32 s390x loongarch64 mips64 xtensa"
/* ARCH_HAS_UBSAN (_SANITIZE_ALL before 6.9), likewise */
#define CUBE_UBSAN "x86_64 i386 arm64 arm riscv64 riscv32 ppc64 ppc32 s390x loongarch64 mips mips64 sparc64 parisc"
/* Documentation/features/locking/lockdep/arch-support.txt, 6.12 */
#define CUBE_LOCKDEP "x86_64 i386 arm64 arm riscv64 riscv32 ppc64 ppc32 s390x mips mips64 loongarch64 sparc64 parisc xtensa arc " \
	"openrisc csky sh microblaze"
/* Documentation/features/debug/stackprotector/arch-support.txt, 6.12 */
#define CUBE_CANARY "x86_64 i386 arm64 arm riscv64 riscv32 ppc64 ppc32 mips mips64 loongarch64 csky sh xtensa"

#define CUBE_CPU "CPU: 1 PID: 612 Comm: insmod Not tainted 6.1.0 #1\n"
#define CUBE_CUT "------------[ cut here ]------------\n"
#define CUBE_END "---[ end trace 0000000000000000 ]---\n"
#define CUBE_MODULES "Modules linked in: bad(+)\n"
#define CUBE_DIE(line) line "\n" CUBE_MODULES CUBE_CPU "\1" CUBE_END
#define CUBE_WARN(message) CUBE_CUT message "WARNING: CPU: 1 PID: 612 at lib/bad.c:12 bad_fn+0x12/0x40 [bad]\n" CUBE_MODULES "\2" CUBE_END
#define CUBE_KASAN_REPORT(what) "==================================================================\n" \
	"BUG: KASAN: " what " in bad_fn+0x12/0x40 [bad]\nRead of size 8 at addr ffff888012345678 by task insmod/612\n\n\2\n" \
	"==================================================================\n"
#define CUBE_LOCK(headline) "============================================\n" headline "\n6.1.0 #1 Not tainted\n" \
	"--------------------------------------------\ninsmod/612 is trying to acquire lock:\n" \
	"ffff888012345678 (&a->lock){+.+.}-{3:3}, at: bad_fn+0x12/0x40 [bad]\n\nstack backtrace:\n\2"

static const struct cube_row {
	const char *kind, *arches, *text, *source;
} cube_rows[] = {
	/* what the CPU caught */
	{"null-deref", "x86_64", "BUG: kernel NULL pointer dereference, address: 0000000000000010\n" CUBE_DIE("Oops: 0002 [#1] PREEMPT SMP"),
	 "arch/x86/mm/fault.c, 6.1"},
	{"null-deref", "i386", "BUG: kernel NULL pointer dereference, address: 00000010\n" CUBE_DIE("Oops: 0002 [#1] PREEMPT SMP"),
	 "arch/x86/mm/fault.c, 6.1"},
	{"null-deref", "arm64", "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010\n"
	 CUBE_DIE("Internal error: Oops: 0000000096000045 [#1] PREEMPT SMP"), "arch/arm64/mm/fault.c, 6.1"},
	{"null-deref", "arm", "8<--- cut here ---\nUnable to handle kernel NULL pointer dereference at virtual address 00000010\n"
	 CUBE_DIE("Internal error: Oops: 805 [#1] SMP ARM"), "arch/arm/mm/fault.c, 5.10"},
	{"null-deref", "riscv64 riscv32", "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010\n" CUBE_DIE("Oops [#1]"),
	 "arch/riscv/mm/fault.c, 6.1"},
	{"null-deref", "ppc64 ppc32", "BUG: Kernel NULL pointer dereference on write at 0x00000010\nFaulting instruction address: 0xd1002012\n"
	 CUBE_DIE("Oops: Kernel access of bad area, sig: 11 [#1]"), "arch/powerpc/mm/fault.c, 6.1"},
	{"null-deref", "s390x", "Unable to handle kernel pointer dereference in virtual kernel address space\n"
	 "Failing address: 0000000000000000 TEID: 0000000000000483\nFault in home space mode while using kernel ASCE.\n"
	 CUBE_DIE("Oops: 0004 ilc:3 [#1] SMP "), "arch/s390/mm/fault.c, 6.1"},
	{"null-deref", "mips", "CPU 1 Unable to handle kernel paging request at virtual address 00000010, epc == c0002012, ra == 80100570\n"
	 CUBE_DIE("Oops[#1]:"), "arch/mips/mm/fault.c, 5.10"},
	{"null-deref", "mips64", "CPU 1 Unable to handle kernel paging request at virtual address 0000000000000010, epc == ffffffffc0002012, "
	 "ra == ffffffff80100570\n" CUBE_DIE("Oops[#1]:"), "arch/mips/mm/fault.c, 6.1"},
	{"null-deref", "loongarch64", "CPU 1 Unable to handle kernel paging request at virtual address 0000000000000010, era == ffff800002000012, "
	 "ra == 9000000000221234\n" CUBE_DIE("Oops[#1]:"), "arch/loongarch/mm/fault.c, 6.6"},
	{"null-deref", "sparc64", "Unable to handle kernel NULL pointer dereference\ntsk->{mm,active_mm}->context = 0000000000000123\n"
	 "tsk->{mm,active_mm}->pgd = fff8000012345000\n" CUBE_DIE("insmod(612): Oops [#1]"), "arch/sparc/mm/fault_64.c, 5.10"},
	{"null-deref", "parisc", "Kernel Fault: Code=15 (Data TLB miss fault) at addr 0000000000000010\n" CUBE_CPU "\1",
	 "arch/parisc/kernel/traps.c (parisc_terminate), 5.15"},
	{"null-deref", "m68k", "Unable to handle kernel NULL pointer dereference at virtual address (ptrval)\nOops: 00000000\n" CUBE_MODULES "\1",
	 "arch/m68k/mm/fault.c, 4.19"},
	{"null-deref", "xtensa", "Unable to handle kernel paging request at virtual address 00000010\n pc = c0002012, ra = 800017f0\n"
	 CUBE_DIE("Oops: sig: 11 [#1] PREEMPT"), "arch/xtensa/mm/fault.c, 5.10"},
	{"null-deref", "arc", "\nOops\nPath: /sbin/insmod\n" CUBE_CPU "\1", "arch/arc/kernel/troubleshoot.c, 5.10"},
	{"null-deref", "openrisc", "Unable to handle kernel NULL pointer dereference\n at virtual address 0x00000010\n\nOops#: 0000\n\1",
	 "arch/openrisc/mm/fault.c, 6.1"},
	{"null-deref", "csky", "Unable to handle kernel paging request at virtual address 0x00000010, pc: 0xc0002012\nOops [#1]\n\n"
	 "CURRENT PROCESS:\n\nCOMM=insmod PID=612\n\1", "arch/csky/mm/fault.c, 5.8"},
	{"null-deref", "sh", "BUG: unable to handle kernel NULL pointer dereference at 00000010\nPC: [<c0002012>] bad_fn+0x12/0x40 [bad]\n"
	 CUBE_DIE("Oops: 0001 [#1]"), "arch/sh/mm/fault.c, 5.10"},
	{"null-deref", "alpha", "Unable to handle kernel paging request at virtual address 0000000000000010\nCPU 1 \ninsmod(612): Oops 1\n\1",
	 "arch/alpha/mm/fault.c, 5.10"},
	{"null-deref", "nios2", "Unable to handle kernel NULL pointer dereference at virtual address 00000010\n"
	 "ea = c0002012, ra = c8001058, cause = 14\nKernel panic - not syncing: Oops\n" CUBE_CPU "\2", "arch/nios2/mm/fault.c, 5.10"},
	{"null-deref", "microblaze", "Oops: kernel access of bad area, sig: 11\n" CUBE_CPU "\1", "arch/microblaze/mm/fault.c, 5.10"},

	{"paging-request", "x86_64", "BUG: unable to handle page fault for address: ffffc90000000010\n" CUBE_DIE("Oops: 0002 [#1] PREEMPT SMP"),
	 "arch/x86/mm/fault.c, 6.1"},
	{"paging-request", "i386", "BUG: unable to handle page fault for address: dead0010\n" CUBE_DIE("Oops: 0002 [#1] PREEMPT SMP"),
	 "arch/x86/mm/fault.c, 6.1"},
	{"paging-request", "arm64", "Unable to handle kernel paging request at virtual address ffff800012345678\n"
	 CUBE_DIE("Internal error: Oops: 0000000096000047 [#1] PREEMPT SMP"), "arch/arm64/mm/fault.c, 6.1"},
	{"paging-request", "arm", "8<--- cut here ---\nUnable to handle kernel paging request at virtual address deadbeef\n"
	 CUBE_DIE("Internal error: Oops: 805 [#1] SMP ARM"), "arch/arm/mm/fault.c, 5.10"},
	{"paging-request", "riscv64 riscv32", "Unable to handle kernel paging request at virtual address dead0010\n" CUBE_DIE("Oops [#1]"),
	 "arch/riscv/mm/fault.c, 6.1"},
	{"paging-request", "ppc64 ppc32", "BUG: Unable to handle kernel data access on write at 0xdead0010\nFaulting instruction address: 0xd1002012\n"
	 CUBE_DIE("Oops: Kernel access of bad area, sig: 11 [#1]"), "arch/powerpc/mm/fault.c, 6.1"},
	{"paging-request", "s390x", "Unable to handle kernel pointer dereference in virtual kernel address space\n"
	 "Failing address: 6b6b6b6b6b6b6000 TEID: 6b6b6b6b6b6b6803\nFault in home space mode while using kernel ASCE.\n"
	 CUBE_DIE("Oops: 0038 ilc:3 [#1] SMP "), "arch/s390/mm/fault.c, 6.1"},
	{"paging-request", "mips", "CPU 1 Unable to handle kernel paging request at virtual address dead0010, epc == c0002012, ra == 80100570\n"
	 CUBE_DIE("Oops[#1]:"), "arch/mips/mm/fault.c, 5.10"},
	{"paging-request", "mips64", "CPU 1 Unable to handle kernel paging request at virtual address 00000000dead0010, epc == ffffffffc0002012, "
	 "ra == ffffffff80100570\n" CUBE_DIE("Oops[#1]:"), "arch/mips/mm/fault.c, 6.1"},
	{"paging-request", "loongarch64", "CPU 1 Unable to handle kernel paging request at virtual address 00000000dead0010, era == ffff800002000012, "
	 "ra == 9000000000221234\n" CUBE_DIE("Oops[#1]:"), "arch/loongarch/mm/fault.c, 6.6"},
	{"paging-request", "sparc64", "Unable to handle kernel paging request at virtual address 00000000dead0000\n"
	 "tsk->{mm,active_mm}->context = 0000000000000123\n" CUBE_DIE("insmod(612): Oops [#1]"), "arch/sparc/mm/fault_64.c, 5.10"},
	{"paging-request", "parisc", "Kernel Fault: Code=15 (Data TLB miss fault) at addr 00000000dead0010\n" CUBE_CPU "\1",
	 "arch/parisc/kernel/traps.c (parisc_terminate), 5.15"},
	{"paging-request", "m68k", "Unable to handle kernel access at virtual address (ptrval)\nOops: 00000000\n" CUBE_MODULES "\1", "arch/m68k/mm/fault.c, 4.19"},
	{"paging-request", "xtensa", "Unable to handle kernel paging request at virtual address dead0010\n pc = c0002012, ra = 800017f0\n"
	 CUBE_DIE("Oops: sig: 11 [#1] PREEMPT"), "arch/xtensa/mm/fault.c, 5.10"},
	{"paging-request", "openrisc", "Unable to handle kernel access\n at virtual address 0xdead0010\n\nOops#: 0000\n\1", "arch/openrisc/mm/fault.c, 6.1"},
	{"paging-request", "csky", "Unable to handle kernel paging request at virtual address 0xdead0010, pc: 0xc0002012\nOops [#1]\n\n"
	 "CURRENT PROCESS:\n\nCOMM=insmod PID=612\n\1", "arch/csky/mm/fault.c, 5.8"},
	{"paging-request", "sh", "BUG: unable to handle kernel paging request at dead0010\nPC: [<c0002012>] bad_fn+0x12/0x40 [bad]\n"
	 CUBE_DIE("Oops: 0001 [#1]"), "arch/sh/mm/fault.c, 5.10"},
	{"paging-request", "alpha", "Unable to handle kernel paging request at virtual address 00000000dead0010\nCPU 1 \ninsmod(612): Oops 1\n\1",
	 "arch/alpha/mm/fault.c, 5.10"},
	{"paging-request", "nios2", "Unable to handle kernel paging request at virtual address dead0010\n"
	 "ea = c0002012, ra = c8001058, cause = 14\nKernel panic - not syncing: Oops\n" CUBE_CPU "\2", "arch/nios2/mm/fault.c, 5.10"},

	{"user-access", "arm64", "Unable to handle kernel access to user memory outside uaccess routines at virtual address 0000000020000010\n"
	 CUBE_DIE("Internal error: Oops: 000000009600000f [#1] PREEMPT SMP"), "arch/arm64/mm/fault.c, 6.1"},
	{"user-access", "riscv64", "Unable to handle kernel access to user memory without uaccess routines at virtual address 0000000020000010\n"
	 CUBE_DIE("Oops [#1]"), "arch/riscv/mm/fault.c, 6.1"},
	{"user-access", "ppc64 ppc32", "Kernel attempted to write user page (20000010) - exploit attempt? (uid: 0)\n"
	 "BUG: Unable to handle kernel data access on write at 0x20000010\nFaulting instruction address: 0xd1002012\n"
	 CUBE_DIE("Oops: Kernel access of bad area, sig: 11 [#1]"), "arch/powerpc/mm/fault.c, 6.1"},
	{"nx-exec", "x86_64", "kernel tried to execute NX-protected page - exploit attempt? (uid: 0)\n"
	 "BUG: unable to handle page fault for address: ffffc90000000010\n" CUBE_DIE("Oops: 0011 [#1] PREEMPT SMP"), "arch/x86/mm/fault.c, 6.1"},
	{"nx-exec", "i386", "kernel tried to execute NX-protected page - exploit attempt? (uid: 0)\n"
	 "BUG: unable to handle page fault for address: dead0010\n" CUBE_DIE("Oops: 0011 [#1] PREEMPT SMP"), "arch/x86/mm/fault.c, 6.1, with PAE"},
	{"nx-exec", "arm64", "Unable to handle kernel execute from non-executable memory at virtual address ffff800012345678\n"
	 CUBE_DIE("Internal error: Oops: 000000008600000f [#1] PREEMPT SMP"), "arch/arm64/mm/fault.c, 6.1"},
	{"nx-exec", "arm", "8<--- cut here ---\nUnable to handle kernel execution of memory at virtual address bf001000 when execute\n"
	 CUBE_DIE("Internal error: Oops: 8000000f [#1] SMP ARM"), "arch/arm/mm/fault.c, 6.1"},
	{"nx-exec", "ppc64 ppc32", "kernel tried to execute exec-protected page (d1002000) - exploit attempt? (uid: 0)\n"
	 "BUG: Unable to handle kernel instruction fetch\nFaulting instruction address: 0xd1002000\n"
	 CUBE_DIE("Oops: Kernel access of bad area, sig: 11 [#1]"), "arch/powerpc/mm/fault.c, 6.1"},
	{"user-exec", "x86_64", "unable to execute userspace code (SMEP?) (uid: 0)\nBUG: unable to handle page fault for address: 0000000000400000\n"
	 CUBE_DIE("Oops: 0011 [#1] PREEMPT SMP"), "arch/x86/mm/fault.c, 6.1"},
	{"user-exec", "arm64", "Unable to handle kernel execution of user memory at virtual address 0000000000400000\n"
	 CUBE_DIE("Internal error: Oops: 000000008600000f [#1] PREEMPT SMP"), "arch/arm64/mm/fault.c, 6.1"},
	{"user-exec", "ppc64 ppc32", "Kernel attempted to execute user page (400000) - exploit attempt? (uid: 0)\n"
	 "BUG: Unable to handle kernel instruction fetch\nFaulting instruction address: 0x00400000\n"
	 CUBE_DIE("Oops: Kernel access of bad area, sig: 11 [#1]"), "arch/powerpc/mm/fault.c, 6.1"},
	{"user-exec", "i386", "unable to execute userspace code (SMEP?) (uid: 0)\nBUG: unable to handle page fault for address: 00400000\n"
	 CUBE_DIE("Oops: 0011 [#1] PREEMPT SMP"), "arch/x86/mm/fault.c, 6.1"},
	{"gpf", "x86_64", CUBE_DIE("general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] PREEMPT SMP"),
	 "arch/x86/kernel/traps.c, 6.1"},
	{"gpf", "i386", CUBE_DIE("general protection fault: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"stack-segment", CUBE_X86, CUBE_DIE("stack segment: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"unhandled-fault", "arm", "8<--- cut here ---\nUnhandled fault: external abort on non-linefetch (0x1008) at 0xf0a00000\n"
	 CUBE_DIE("Internal error: : 1008 [#1] SMP ARM"), "arch/arm/mm/fault.c, 5.10"},
	{"unhandled-fault", "arm64", "Unhandled fault: synchronous external abort (0x96000210) at 0xffffff8009d7f000\n"
	 CUBE_DIE("Internal error: : 96000210 [#1] PREEMPT SMP"), "arch/arm64/mm/fault.c, 4.9"},
	{"internal-error", "arm64", CUBE_DIE("Internal error: synchronous external abort: 0000000096000210 [#1] PREEMPT SMP"),
	 "arch/arm64/mm/fault.c (do_sea), 6.1"},
	{"internal-error", "mips mips64", "Data bus error, epc == ffffffffc0002012, ra == ffffffff80100570\n" CUBE_DIE("Oops[#1]:"),
	 "arch/mips/kernel/traps.c (do_be), 6.1"},
	{"alignment", "ppc64 ppc32", "BUG: Unable to handle kernel unaligned access at 0xd1002013\nFaulting instruction address: 0xd1002012\n"
	 CUBE_DIE("Oops: Kernel access of bad area, sig: 7 [#1]"), "arch/powerpc/mm/fault.c, 6.1"},
	{"alignment", "riscv64 riscv32", CUBE_DIE("Oops - load address misaligned [#1]"), "arch/riscv/kernel/traps.c, 6.1"},
	{"divide-error", CUBE_X86, CUBE_DIE("divide error: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"divide-error", "arm", "Division by zero in kernel.\n\2", "arch/arm/kernel/traps.c (__div0), 5.10"},
	{"divide-error", "s390x", CUBE_DIE("fixpoint divide exception: 0009 ilc:2 [#1] SMP "), "arch/s390/kernel/traps.c, 6.1"},
	{"invalid-opcode", CUBE_X86, CUBE_DIE("invalid opcode: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"invalid-opcode", "arm", CUBE_DIE("Internal error: Oops - undefined instruction: 0 [#1] SMP ARM"), "arch/arm/kernel/traps.c, 5.10"},
	{"invalid-opcode", "arm64", CUBE_DIE("Internal error: Oops - Undefined instruction: 0000000002000000 [#1] PREEMPT SMP"),
	 "arch/arm64/kernel/traps.c, 6.3"},
	{"invalid-opcode", "riscv64 riscv32", CUBE_DIE("Oops - illegal instruction [#1]"), "arch/riscv/kernel/traps.c, 6.1"},
	{"invalid-opcode", "s390x", CUBE_DIE("illegal operation: 0001 ilc:1 [#1] SMP "), "arch/s390/kernel/traps.c, 6.1"},
	{"invalid-opcode", "mips mips64", CUBE_DIE("Reserved instruction in kernel code[#1]:"), "arch/mips/kernel/traps.c (do_ri), 6.1"},
	{"int3", CUBE_X86, CUBE_DIE("int3: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"double-fault", CUBE_X86, CUBE_DIE("double fault: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"trap", "arm64", "Bad mode in Synchronous Abort handler detected on CPU1, code 0x8600000f -- IABT (current EL)\n"
	 CUBE_CPU "\1", "arch/arm64/kernel/traps.c (bad_mode), 5.10"},
	{"trap", CUBE_X86, CUBE_DIE("control protection fault: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 5.18"},
	{"machine-check", CUBE_X86, "mce: [Hardware Error]: CPU 1: Machine Check Exception: 5 Bank 4: b200000000070f0f\n"
	 "mce: [Hardware Error]: RIP !INEXACT! 10:<ffffffffc0002012> {bad_fn+0x12/0x40 [bad]}\nmce: [Hardware Error]: TSC 1234567890\n",
	 "arch/x86/kernel/cpu/mce/core.c, 6.1"},
	{"nmi", CUBE_X86, "Uhhuh. NMI received for unknown reason 3d on CPU 0.\nDazed and confused, but trying to continue\n", "arch/x86/kernel/nmi.c, 6.1"},

	/* what the kernel checked itself */
	{"bug-on", CUBE_X86, CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("invalid opcode: 0000 [#1] PREEMPT SMP"), "lib/bug.c, 6.1"},
	{"bug-on", "arm64", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("Internal error: Oops - BUG: 00000000f2000800 [#1] PREEMPT SMP"),
	 "lib/bug.c, arch/arm64/kernel/traps.c, 6.1"},
	{"bug-on", "arm", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("Internal error: Oops - BUG: 0 [#1] SMP ARM"),
	 "lib/bug.c, arch/arm/kernel/traps.c, 5.10"},
	{"bug-on", "riscv64 riscv32", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("Kernel BUG [#1]"), "lib/bug.c, arch/riscv/kernel/traps.c, 6.1"},
	{"bug-on", "ppc64 ppc32", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("Oops: Exception in kernel mode, sig: 5 [#1]"),
	 "lib/bug.c, arch/powerpc/kernel/traps.c, 6.1"},
	{"bug-on", "s390x", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("monitor event: 0040 ilc:2 [#1] SMP "),
	 "lib/bug.c, arch/s390/kernel/traps.c, 6.1"},
	{"bug-on", "mips mips64", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("Kernel bug detected[#1]:"), "arch/mips/kernel/traps.c, 5.10"},
	{"bug-on", "loongarch64", CUBE_CUT "kernel BUG at drivers/bad.c:12!\n" CUBE_DIE("Oops - BUG[#1]:"), "lib/bug.c, arch/loongarch/kernel/traps.c, 6.6"},
	{"bug-on", "sparc64 parisc m68k sh alpha csky xtensa arc openrisc nios2 microblaze", "kernel BUG at drivers/bad.c:12!\n\2",
	 "lib/bug.c, include/asm/bug.h of each, 5.10"},
	{"usercopy", "*", "usercopy: Kernel memory exposure attempt detected from SLUB object 'kmalloc-32' (offset 0, size 64)!\n" CUBE_CUT
	 "kernel BUG at mm/usercopy.c:102!\n\2", "mm/usercopy.c, 6.1"},
	{"fortify", "*", "detected buffer overflow in memcpy\n" CUBE_CUT "kernel BUG at lib/string_helpers.c:1027!\n\2", "lib/string_helpers.c, 6.1"},
	{"list-corruption", "*", "list_del corruption. prev->next should be ffff888012345678, but was dead000000000100\n" CUBE_CUT
	 "kernel BUG at lib/list_debug.c:51!\n\2", "lib/list_debug.c, 5.10"},
	{"refcount", "*", CUBE_WARN("refcount_t: underflow; use-after-free.\n"), "lib/refcount.c, 6.1"},
	{"odebug", "*", CUBE_WARN("ODEBUG: free active (active state 0) object: ffff888012345678 object type: timer_list hint: 0x0\n"),
	 "lib/debugobjects.c, 6.1"},
	{"warning", "*", CUBE_WARN(""), "kernel/panic.c (__warn), 6.1"},
	{"cfi", "x86_64 arm64 riscv64 arm", CUBE_WARN("CFI failure at bad_fn+0x12/0x40 [bad] (target: gn+0x0/0x4; expected type: 0x12345678)\n"),
	 "kernel/cfi.c, 6.1"},

	/* sanitizers */
	{"kasan-uaf", CUBE_KASAN, CUBE_KASAN_REPORT("slab-use-after-free"), "mm/kasan/report.c, 6.3"},
	{"kasan-oob", CUBE_KASAN, CUBE_KASAN_REPORT("slab-out-of-bounds"), "mm/kasan/report.c, 6.1"},
	{"kasan-null", CUBE_KASAN, CUBE_KASAN_REPORT("null-ptr-deref"), "mm/kasan/report.c, 6.1"},
	{"kasan-wild", CUBE_KASAN, CUBE_KASAN_REPORT("wild-memory-access"), "mm/kasan/report.c, 6.1"},
	{"kasan-user-access", CUBE_KASAN, CUBE_KASAN_REPORT("user-memory-access"), "mm/kasan/report.c, 6.1"},
	{"kasan-invalid-free", CUBE_KASAN, CUBE_KASAN_REPORT("double-free"), "mm/kasan/report.c, 6.1"},
	{"kasan-invalid-access", "arm64", CUBE_KASAN_REPORT("invalid-access"), "mm/kasan/report_tags.c, 6.1"},
	{"kasan-other", CUBE_KASAN, CUBE_KASAN_REPORT("unknown-crash"), "mm/kasan/report_generic.c, 6.1"},
	{"kfence", CUBE_KFENCE, "==================================================================\n"
	 "BUG: KFENCE: use-after-free read in bad_fn+0x12/0x40 [bad]\n\nUse-after-free read at 0xffff888012345678 (in kfence-#12):\n"
	 " bad_fn+0x12/0x40 [bad]\n do_one_initcall+0x56/0x220\n\n" CUBE_CPU
	 "==================================================================\n", "mm/kfence/report.c, 6.1"},
	{"kmsan", "x86_64 s390x", "=====================================================\nBUG: KMSAN: uninit-value in bad_fn+0x12/0x40 [bad]\n"
	 " bad_fn+0x12/0x40 [bad]\n do_one_initcall+0x56/0x220\n\nUninit was created at:\n bad_alloc+0x1/0x2 [bad]\n\n" CUBE_CPU
	 "=====================================================\n", "mm/kmsan/report.c, 6.1"},
	{"kcsan", CUBE_KCSAN, "==================================================================\nBUG: KCSAN: data-race in bad_fn / good_fn\n\n"
	 "write to 0xffff888012345678 of 8 bytes by task 612 on cpu 1:\n bad_fn+0x12/0x40 [bad]\n do_one_initcall+0x56/0x220\n\n"
	 "read to 0xffff888012345678 of 8 bytes by task 613 on cpu 0:\n good_fn+0x12/0x40 [bad]\n\nReported by Kernel Concurrency Sanitizer on:\n"
	 CUBE_CPU "==================================================================\n", "kernel/kcsan/report.c, 6.1"},
	{"ubsan", CUBE_UBSAN, CUBE_CUT "UBSAN: shift-out-of-bounds in drivers/bad.c:12:34\nshift exponent 64 is too large for 32-bit type 'int'\n\2"
	 "---[ end trace ]---\n", "lib/ubsan.c, 6.1"},

	/* locks */
	{"lockdep-circular", CUBE_LOCKDEP, CUBE_LOCK("WARNING: possible circular locking dependency detected"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-recursive", CUBE_LOCKDEP, CUBE_LOCK("WARNING: possible recursive locking detected"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-irq-inversion", CUBE_LOCKDEP, CUBE_LOCK("WARNING: possible irq lock inversion dependency detected"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-irq-unsafe", CUBE_LOCKDEP, CUBE_LOCK("WARNING: SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-inconsistent", CUBE_LOCKDEP, CUBE_LOCK("WARNING: inconsistent lock state"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-suspicious-rcu", CUBE_LOCKDEP, CUBE_LOCK("WARNING: suspicious RCU usage"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-bad-unlock", CUBE_LOCKDEP, CUBE_LOCK("WARNING: bad unlock balance detected!"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-held-freed", CUBE_LOCKDEP, CUBE_LOCK("WARNING: held lock freed!"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-held-on-exit", CUBE_LOCKDEP, CUBE_LOCK("WARNING: lock held when returning to user space!"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-nested", CUBE_LOCKDEP, CUBE_LOCK("WARNING: Nested lock was not taken"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-nonstatic-key", CUBE_LOCKDEP, "INFO: trying to register non-static key.\nThe code is fine but needs lockdep annotation, or maybe\n"
	 "you didn't initialize this object before use?\nturning off the locking correctness validator.\n\2", "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-invalid-wait-context", CUBE_LOCKDEP, CUBE_LOCK("[ BUG: Invalid wait context ]"), "kernel/locking/lockdep.c, 6.1"},
	{"lockdep-internal", CUBE_LOCKDEP, "BUG: MAX_LOCKDEP_CHAINS too low!\nturning off the locking correctness validator.\n\2",
	 "kernel/locking/lockdep.c, 6.1"},
	{"spinlock", "*", "BUG: spinlock bad magic on CPU#1, insmod/612\n lock: 0xffff888012345678, .magic: 00000000, .owner: <none>/-1, .owner_cpu: 0\n\2",
	 "kernel/locking/spinlock_debug.c, 6.1"},

	/* no progress */
	{"soft-lockup", "*", "watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [insmod:612]\n" CUBE_MODULES CUBE_CPU "\1", "kernel/watchdog.c, 6.1"},
	{"hard-lockup", "x86_64 i386 ppc64 sparc64 arm64", "Watchdog detected hard LOCKUP on cpu 1\n" CUBE_MODULES CUBE_CPU "\1", "kernel/watchdog_hld.c, 6.1"},
	{"rcu-stall", "*", "rcu: INFO: rcu_preempt self-detected stall on CPU\nrcu: \t1-....: (2100 ticks this GP) idle=35c/1/0x40000000 softirq=2/2 fqs=525 \n"
	 "\t(t=2100 jiffies g=-1147 q=3)\n" CUBE_CPU "\1", "kernel/rcu/tree_stall.h, 5.10"},
	{"csd-lock", "*", "smp: csd: Detected non-responsive CSD lock (#1) on CPU#1, waiting 5000000050 ns for CPU#03 do_nothing+0x0/0x8(0x0).\n"
	 "smp: \tcsd: CSD lock (#1) unresponsive.\n" CUBE_CPU "\1", "kernel/smp.c, 6.1, csd_lock_wait_toolong()"},
	{"hung-task", "*", "INFO: task insmod:612 blocked for more than 120 seconds.\n      Not tainted 6.1.0 #1\n"
	 "\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.\n"
	 "task:insmod          state:D stack:    0 pid:  612 ppid:   600 flags:0x00000000\n\3", "kernel/hung_task.c, 6.1"},
	{"workqueue-lockup", "*", "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!\nShowing busy workqueues and worker pools:\n",
	 "kernel/workqueue.c, 6.1"},
	{"unregister-netdevice", "*", "unregister_netdevice: waiting for lo to become free. Usage count = 2\n", "net/core/dev.c, 6.1"},

	/* wrong context */
	{"sleeping-in-atomic", "*", "BUG: sleeping function called from invalid context at mm/slab.h:420\n"
	 "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 612, name: insmod\n\2", "kernel/sched/core.c, 6.1"},
	{"scheduling-while-atomic", "*", "BUG: scheduling while atomic: insmod/612/0x00000002\n" CUBE_MODULES "\2", "kernel/sched/core.c, 6.1"},
	{"preemptible-smp", "*", "BUG: using smp_processor_id() in preemptible [00000000] code: insmod/612\ncaller is bad_fn+0x12/0x40 [bad]\n\2",
	 "lib/smp_processor_id.c, 6.1"},
	{"workqueue-leaked-atomic", "*", "BUG: workqueue leaked lock or atomic: kworker/0:1/0x00000000/612\n     last function: bad_fn [bad]\n\2",
	 "kernel/workqueue.c, 6.1"},

	/* corruption, resources and the rest */
	{"bad-page-state", "*", "BUG: Bad page state in process insmod  pfn:12345\npage:ffffea0000048d14 refcount:-1 mapcount:0 mapping:0000000000000000 index:0x0\n"
	 "page dumped because: nonzero _refcount\n" CUBE_MODULES "\2", "mm/page_alloc.c, 6.1"},
	{"bad-page-map", "*", "BUG: Bad page map in process insmod  pte:8000000012345025 pmd:12345067\naddr:00007f0000000000 vm_flags:00100073\n\2", "mm/memory.c, 6.1"},
	{"rss-counter", "*", "BUG: Bad rss-counter state mm:00000000a1b2c3d4 type:MM_ANONPAGES val:1\n", "kernel/fork.c, 6.1"},
	{"slab-corruption", "*", "=============================================================================\nBUG kmalloc-64 (Not tainted): Poison overwritten\n"
	 "-----------------------------------------------------------------------------\n\n\2", "mm/slub.c, 6.1"},
	{"stack-overflow", "x86_64", "BUG: TASK stack guard page was hit at 00000000b22bd3a1 (stack is 0000000046ad5b4e..00000000cc0e4d4b)\n"
	 CUBE_DIE("stack guard page: 0000 [#1] PREEMPT SMP"), "arch/x86/kernel/traps.c, 6.1"},
	{"stack-overflow", "arm64 arm", "Insufficient stack space to handle exception!\n" CUBE_CPU "\1", "arch/arm64/kernel/traps.c, arch/arm/kernel/traps.c, 6.1"},
	{"stack-overflow", "s390x", "Kernel stack overflow.\n" CUBE_CPU "\1", "arch/s390/kernel/traps.c, 6.1"},
	{"stack-corruption", CUBE_CANARY, "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: bad_fn+0x12/0x40 [bad]\n\2",
	 "kernel/panic.c, 6.1"},
	{"busy-dentry", "*", "BUG: Dentry 00000000a1b2c3d4{i=1,n=x}  still in use (1) [unmount of ext4 sda1]\n" CUBE_WARN(""), "fs/dcache.c, 6.1"},
	{"vfs", "*", "VFS: Busy inodes after unmount of sda1. Self-destruct in 5 seconds.  Have a nice day...\n", "fs/super.c, 6.1"},
	{"oom", "*", "insmod invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0\n\2", "mm/oom_kill.c, 6.1"},
	{"page-alloc-failure", "*", "insmod: page allocation failure: order:5, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null)\n\2", "mm/page_alloc.c, 6.1"},
	{"memory-leak", "*", "BUG: memory leak\nunreferenced object 0xffff888012345678 (size 64):\n  comm \"insmod\", pid 612, jiffies 4294937220\n  backtrace:\n"
	 "    [<00000000a1b2c3d4>] bad_fn+0x12/0x40 [bad]\n", "mm/kmemleak.c (print_unreferenced), 6.1"},
	{"irq-nobody-cared", "*", "irq 16: nobody cared (try booting with the \"irqpoll\" option)\n\2", "kernel/irq/spurious.c, 6.1"},
	{"unwinder", CUBE_X86, "WARNING: kernel stack regs at 00000000a1b2c3d4 in insmod:612 has bad 'bp' value 00000000a1b2c3d5\n", "arch/x86/kernel/unwind_frame.c, 6.1"},
	{"fs-error", "*", "EXT4-fs error (device sda1): ext4_fn:123: inode #12: comm insmod: bad\n", "fs/ext4/super.c, 6.1"},
	{"module-load", "*", "bad: disagrees about version of symbol module_layout\n", "kernel/module/version.c, 6.1"},
	{"rust-panic", "x86_64 arm64 riscv64 loongarch64", "rust_kernel: panicked at drivers/bad.rs:12:13:\nattempt to divide by zero\n" CUBE_CUT
	 "kernel BUG at rust/helpers.c:34!\n\2", "rust/kernel/lib.rs, 6.8"},
	{"panic", "*", "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009\n\2", "kernel/panic.c, 6.1"},
	{"bug-other", "*", "BUG: unable to tell what happened\n\2", "any other BUG: of the kernel"},
};

/* Why there is no such report on the architectures that no row names. */
/* Other forms of kinds that have a row above. */
static const struct cube_row cube_variants[] = {
	{"slab-corruption", "*", "INFO: Slab 0xffffea0004a2b800 objects=21 used=21 fp=0x0000000000000000 flags=0x2ffff0000000100\n\2",
	 "mm/slub.c (print_slab_info), 5.10: the headline is lost"},
	{"internal-error", "parisc", "insmod (pid 612): Data TLB miss fault (code 15)\n\1", "arch/parisc/kernel/traps.c (die_if_kernel), 5.15"},
	{"invalid-opcode", "parisc", "insmod (pid 612): Illegal instruction (code 8)\n\1", "arch/parisc/kernel/traps.c (die_if_kernel), 5.15"},
};

static const struct {
	const char *kind, *why;
} cube_absent[] = {
	{"paging-request", "microblaze has one text for both (bad_page_fault), and arc too (troubleshoot.c)"},
	{"user-access", "the other fault handlers do not tell it from a bad address; x86 says so in the error code only (arch/*/mm/fault.c, 6.1)"},
	{"nx-exec", "no text of its own in the other arch/*/mm/fault.c, 6.1"},
	{"user-exec", "no text of its own in the other arch/*/mm/fault.c, 6.1"},
	{"gpf", "an exception of x86 (arch/x86/kernel/traps.c)"},
	{"stack-segment", "an exception of x86 (arch/x86/kernel/traps.c)"},
	{"unhandled-fault", "a text of arch/arm/mm/fault.c and arch/arm64/mm/fault.c"},
	{"internal-error", "a text of arm64 (do_sea, do_serror) and mips (do_be)"},
	{"alignment", "fixed up, or part of another text, in the other arch/*/kernel/traps.c and unaligned.c"},
	{"divide-error", "division does not trap, or is no report of its own, in the other arch/*/kernel/traps.c"},
	{"invalid-opcode", "is told through another text in the other arch/*/kernel/traps.c"},
	{"int3", "an exception of x86 (arch/x86/kernel/traps.c)"},
	{"double-fault", "an exception of x86 (arch/x86/kernel/traps.c)"},
	{"trap", "is told through another text in the other arch/*/kernel/traps.c"},
	{"machine-check", "arch/x86/kernel/cpu/mce/"},
	{"nmi", "arch/x86/kernel/nmi.c"},
	{"cfi", "ARCH_SUPPORTS_CFI_CLANG of arch/*/Kconfig, 6.12"},
	{"kasan-uaf", "no HAVE_ARCH_KASAN"}, {"kasan-oob", "no HAVE_ARCH_KASAN"}, {"kasan-null", "no HAVE_ARCH_KASAN"},
	{"kasan-wild", "no HAVE_ARCH_KASAN"}, {"kasan-user-access", "no HAVE_ARCH_KASAN"},
	{"kasan-invalid-free", "no HAVE_ARCH_KASAN"}, {"kasan-other", "no HAVE_ARCH_KASAN"},
	{"kasan-invalid-access", "the tags of arm64 (HAVE_ARCH_KASAN_SW_TAGS, HAVE_ARCH_KASAN_HW_TAGS)"},
	{"kfence", "no HAVE_ARCH_KFENCE (arch/*/Kconfig, 6.12)"}, {"kmsan", "no HAVE_ARCH_KMSAN (arch/*/Kconfig, 6.12)"},
	{"kcsan", "no HAVE_ARCH_KCSAN (arch/*/Kconfig, 6.12)"}, {"ubsan", "no ARCH_HAS_UBSAN (arch/*/Kconfig, 6.12)"},
	{"hard-lockup", "no HAVE_HARDLOCKUP_DETECTOR_* in the other arch/*/Kconfig, 6.1"},
	{"stack-overflow", "no text of its own in the other arch/*/kernel/traps.c"},
	{"stack-corruption", "no HAVE_STACKPROTECTOR (Documentation/features/debug/stackprotector/arch-support.txt)"},
	{"unwinder", "arch/x86/kernel/unwind_frame.c, unwind_orc.c"},
	{"rust-panic", "no HAVE_RUST (Documentation/rust/arch-support.rst, 6.12)"},
};

#endif
