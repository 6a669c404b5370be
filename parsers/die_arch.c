// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Die lines of architectures other than x86. Sources: arch/arm/kernel/traps.c and arch/arm64/kernel/traps.c (die,
 * arm64_notify_die), arch/riscv/kernel/traps.c (DO_ERROR_INFO), arch/powerpc/kernel/traps.c (die, __die),
 * arch/s390/kernel/traps.c and dumpstack.c (die), arch/mips/kernel/traps.c (die_if_kernel), arch/loongarch/kernel/traps.c,
 * arch/sparc/kernel/traps_64.c (die_if_kernel).
 */
#include "parsers/headers_arch.h"

struct row {
	struct od_str text; /* how it begins */
	enum od_kind kind;
	bool alone; /* stands without a number before "[#1]" */
};

enum { TASK_COMM_LEN = 16 }; /* include/linux/sched.h: the bytes of a name and its end */

/* Earlier rows win. */
static const struct row rows[] = {
	{OD_STR("Oops - BUG"), OD_KIND_BUG_ON, true},
	{OD_STR("Oops - undefined instruction"), OD_KIND_INVALID_OPCODE, false},
	{OD_STR("Oops - Undefined instruction"), OD_KIND_INVALID_OPCODE, false},
	{OD_STR("Oops - illegal instruction"), OD_KIND_INVALID_OPCODE, true},
	{OD_STR("Oops - load address misaligned"), OD_KIND_ALIGNMENT, true},
	{OD_STR("Oops - store (or AMO) address misaligned"), OD_KIND_ALIGNMENT, true},
	{OD_STR("Oops - SP/PC alignment exception"), OD_KIND_ALIGNMENT, false},
	{OD_STR("Oops - CFI"), OD_KIND_CFI, false},
	{OD_STR("Oops - control flow violation"), OD_KIND_CFI, true},
	{OD_STR("Oops - BTI"), OD_KIND_CFI, false},
	{OD_STR("Oops - FPAC"), OD_KIND_CFI, false},
	{OD_STR("Oops - GCS"), OD_KIND_CFI, false},
	{OD_STR("Oops - KASAN"), OD_KIND_KASAN_INVALID_ACCESS, false},
	{OD_STR("Oops - bad mode"), OD_KIND_TRAP, false},
	{OD_STR("Oops - environment call from "), OD_KIND_TRAP, true},
	{OD_STR("Oops - "), OD_KIND_INTERNAL_ERROR, true},
	{OD_STR("UBSAN: "), OD_KIND_UBSAN, false}, /* CONFIG_UBSAN_TRAP */
	{OD_STR("Kernel BUG"), OD_KIND_BUG_ON, true},
	{OD_STR("Kernel bug detected"), OD_KIND_BUG_ON, true},
	{OD_STR("illegal instruction"), OD_KIND_INVALID_OPCODE, true},
	{OD_STR("load address misaligned"), OD_KIND_ALIGNMENT, true},
	{OD_STR("store (or AMO) address misaligned"), OD_KIND_ALIGNMENT, true},
	{OD_STR("instruction address misaligned"), OD_KIND_ALIGNMENT, true},
	{OD_STR("instruction access fault"), OD_KIND_INTERNAL_ERROR, true},
	{OD_STR("load access fault"), OD_KIND_INTERNAL_ERROR, true},
	{OD_STR("store (or AMO) access fault"), OD_KIND_INTERNAL_ERROR, true},
	{OD_STR("environment call from "), OD_KIND_TRAP, true},
	{OD_STR("unknown exception"), OD_KIND_TRAP, true},
	{OD_STR("hardware error"), OD_KIND_MACHINE_CHECK, true},
	{OD_STR("Break instruction in kernel code"), OD_KIND_TRAP, true},
	{OD_STR("Trap instruction in kernel code"), OD_KIND_TRAP, true},
	{OD_STR("Reserved instruction in kernel code"), OD_KIND_INVALID_OPCODE, true},
	{OD_STR("Unhandled kernel unaligned access"), OD_KIND_ALIGNMENT, true},
	{OD_STR("Kernel ale access"), OD_KIND_ALIGNMENT, true},
	{OD_STR("Kernel ade access"), OD_KIND_PAGING_REQUEST, true},
	{OD_STR("Bounds check error in kernel code"), OD_KIND_TRAP, true},
	{OD_STR("Integer overflow"), OD_KIND_TRAP, true},
	{OD_STR("FP exception in kernel code"), OD_KIND_TRAP, true},
	{OD_STR("do_cpu invoked from kernel context!"), OD_KIND_TRAP, true},
	{OD_STR("do_fpu invoked from kernel context!"), OD_KIND_TRAP, true},
	{OD_STR("Caught reserved exception "), OD_KIND_TRAP, true},
	{OD_STR("Kernel bad sw trap"), OD_KIND_TRAP, true},
	{OD_STR("Kernel bad trap"), OD_KIND_TRAP, true},
	{OD_STR("Kernel illegal instruction"), OD_KIND_INVALID_OPCODE, true},
	{OD_STR("Kernel unaligned access"), OD_KIND_ALIGNMENT, true},
	{OD_STR("Kernel access of bad area"), OD_KIND_PAGING_REQUEST, false},
	{OD_STR("kernel access of bad area"), OD_KIND_PAGING_REQUEST, false},
	{OD_STR("Exception in kernel mode"), OD_KIND_TRAP, false},
	/* arch/sparc/kernel/traps_64.c, unaligned_64.c, 2.6.32 to 6.12 */
	{OD_STR("Iax"), OD_KIND_INTERNAL_ERROR, true},
	{OD_STR("Dax"), OD_KIND_INTERNAL_ERROR, true},
	{OD_STR("TL0: Kernel divide by zero"), OD_KIND_DIVIDE_ERROR, true},
	{OD_STR("TL1: DIV0 Exception"), OD_KIND_DIVIDE_ERROR, true},
	{OD_STR("TL0: "), OD_KIND_TRAP, true},
	{OD_STR("TL1: "), OD_KIND_TRAP, true},
	{OD_STR("Penguin overflow trap"), OD_KIND_TRAP, true},
	{OD_STR("unfinished/unimplemented FPop"), OD_KIND_TRAP, true},
	{OD_STR("Kernel does fpu/atomic unaligned load/store"), OD_KIND_ALIGNMENT, true},
	{OD_STR("Kernel stack overflow"), OD_KIND_STACK_OVERFLOW, true},
	{OD_STR("kernel stack overflow"), OD_KIND_STACK_OVERFLOW, true},
	{OD_STR("Bad kernel stack pointer"), OD_KIND_STACK_OVERFLOW, false},
	{OD_STR("Machine check"), OD_KIND_MACHINE_CHECK, false},
	{OD_STR("machine check"), OD_KIND_MACHINE_CHECK, false}, /* powerpc, to 2.6.14 */
	{OD_STR("System Reset"), OD_KIND_NMI, false},
	{OD_STR("monitor event"), OD_KIND_BUG_ON, false},
	{OD_STR("illegal operation"), OD_KIND_INVALID_OPCODE, false},
	{OD_STR("privileged operation"), OD_KIND_INVALID_OPCODE, false},
	{OD_STR("specification exception"), OD_KIND_TRAP, false},
	{OD_STR("addressing exception"), OD_KIND_PAGING_REQUEST, false},
	{OD_STR("fixpoint divide exception"), OD_KIND_DIVIDE_ERROR, false},
	{OD_STR("data exception"), OD_KIND_TRAP, false},
	/* arch/s390/kernel/traps.c, 2.6.32 to 6.12: the others of its program checks */
	{OD_STR("Unknown program exception"), OD_KIND_TRAP, false},
	{OD_STR("execute exception"), OD_KIND_TRAP, false},
	{OD_STR("operand exception"), OD_KIND_TRAP, false},
	{OD_STR("HFP "), OD_KIND_TRAP, false},
	{OD_STR("special operation exception"), OD_KIND_TRAP, false},
	{OD_STR("translation exception"), OD_KIND_TRAP, false},
	{OD_STR("translation specification exception"), OD_KIND_TRAP, false},
	{OD_STR("transaction constraint exception"), OD_KIND_TRAP, false},
	{OD_STR("vector processing exception"), OD_KIND_TRAP, false},
	{OD_STR("space switch event"), OD_KIND_TRAP, false},
	{OD_STR("Break instruction"), OD_KIND_TRAP, false}, /* arch/parisc/kernel/traps.c, handle_interruption() */
	{OD_STR("Breakpoint"), OD_KIND_TRAP, false},
	{OD_STR("Unknown kernel breakpoint"), OD_KIND_TRAP, false},
	{OD_STR("Illegal instruction"), OD_KIND_INVALID_OPCODE, false},
	{OD_STR("Privileged operation"), OD_KIND_INVALID_OPCODE, false},
	{OD_STR("Protection id trap"), OD_KIND_PAGING_REQUEST, false},
	{OD_STR("Spinlock was trashed"), OD_KIND_SPINLOCK, false}, /* arch/parisc/include/asm/spinlock.h, >= 6.4 */
	{OD_STR("Attempting to execute userspace memory"), OD_KIND_USER_EXEC, false},
	{OD_STR("Accessing user space memory"), OD_KIND_USER_ACCESS, false},
};

static const struct row *find_row(struct od_str text)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (od_str_starts(text, rows[i].text))
			return &rows[i];
	return NULL;
}

bool od_find_arch_die_kind(struct od_str text, enum od_kind *ret)
{
	const struct row *row = find_row(text);
	if (!row)
		return false;
	*ret = row->kind;
	return true;
}

/* The word behind the last ": ", where it is a number in hexadecimal; cuts it off. */
static bool cut_code(struct od_str *head, struct od_str *code)
{
	ptrdiff_t colon = od_str_find_last_char(*head, ':');
	uint64_t value;
	if (colon < 1)
		return false;
	struct od_str last = od_str_trim(od_str_from_index(*head, (size_t)colon + 1)), rest = last;
	if (last.len > 16 || !od_scan_hex(&rest, &value) || rest.len)
		return false;
	*code = last;
	*head = od_str_trim(od_str_first(*head, (size_t)colon));
	return true;
}

/* "foo(123): Oops" of sparc and alpha: what is behind the task. */
static struct od_str without_task(struct od_str head, struct od_str *task)
{
	ptrdiff_t at = od_str_find(head, OD_STR("): "));
	if (at < 0)
		return head;
	*task = od_str_first(head, (size_t)at);
	return od_str_from_index(head, (size_t)at + 3);
}

void od_take_die_task(struct od_builder *builder, struct od_str task)
{
	struct od_event *event = builder->event;
	ptrdiff_t open = od_str_find_last_char(task, '(');
	struct od_str rest = task;
	uint64_t cpu, pid;

	if (open < 1)
		open = od_str_find_last_char(task, '['); /* ia64 */
	struct od_str digits = open < 1 ? (struct od_str){0} : od_str_from_index(task, (size_t)open + 1);
	(void)od_scan_literal(&digits, "pid "); /* parisc */
	if (!od_scan_u64(&digits, &pid) || digits.len)
		return;
	struct od_str comm = od_str_trim(od_str_first(task, (size_t)open));
	if (od_scan_literal(&rest, "CPU ") && od_scan_u64(&rest, &cpu) && od_scan_char(&rest, ' ')) {
		comm = od_str_first(rest, rest.len - (task.len - (size_t)open));
		if (!event->cpu.known)
			event->cpu = od_num(cpu);
	}
	if (!event->pid.known)
		event->pid = od_num(pid);
	if (!event->comm.len && comm.len < TASK_COMM_LEN) /* longer: a prefix that is not known stands before it */
		event->comm = od_builder_keep(builder, comm);
}

/* ", sig: 11": a signal, in decimal (powerpc, xtensa, nios2, microblaze). */
static bool split_signal(struct od_str head, struct od_die_line *die)
{
	ptrdiff_t at = od_str_find(head, OD_STR("sig: "));
	uint64_t signal;
	if (at < 0)
		return false;
	struct od_str rest = od_str_from_index(head, (size_t)at + 5), digits = rest;
	if (!od_scan_u64(&rest, &signal) || od_str_trim(rest).len)
		return false;
	struct od_str text = od_str_trim(od_str_first(head, (size_t)at));
	if (od_str_ends(text, OD_STR(",")))
		text.len--;
	(void)od_scan_literal(&text, "Oops: ");
	if (od_str_ends(text, OD_STR(":")))
		text.len--;
	if (!text.len) /* the rest of a line that was wrapped */
		return false;
	die->text = text;
	die->code = od_str_trim(digits);
	die->decimal = true;
	return true;
}

bool od_split_arch_die(struct od_str head, struct od_die_line *die)
{
	ptrdiff_t ilc = od_str_find(head, OD_STR(" ilc:"));
	bool internal = od_scan_literal(&head, "Internal error:");

	if (split_signal(head, die))
		return true;
	if (ilc >= 0) {
		head = od_str_first(head, (size_t)ilc);
		if (!cut_code(&head, &die->code))
			return false;
		die->text = head;
		return true;
	}
	if (internal) {
		head = od_str_trim(head);
		if (od_str_starts(head, OD_STR(": ")))
			die->code = od_str_from_index(head, 2); /* a fault without a name of its own */
		else
			(void)cut_code(&head, &die->code);
		die->text = die->code.len && head.ptr[0] == ':' ? OD_STR("Internal error") : head;
		die->internal = true;
		return true;
	}
	head = without_task(head, &die->task);
	const struct row *row = find_row(head);
	if (!od_str_equal(head, OD_STR("Oops")) && !(row && row->alone))
		return false;
	/* "Oops - BUG: 0" is no die line without its number */
	(void)cut_code(&head, &die->code);
	die->text = head;
	return true;
}

/* "insmod(612): Oops", "insmod(612): Kernel bad trap": sparc, to 2.6.11 without a counter. */
static bool scan_sparc_die(struct od_str text, struct od_die_line *die)
{
	const struct od_str rest = without_task(text, &die->task);
	const ptrdiff_t open = od_str_find_last_char(die->task, '(');
	struct od_str digits = open < 1 || open >= TASK_COMM_LEN ? (struct od_str){0} : od_str_from_index(die->task, (size_t)open + 1);
	const struct row *row = find_row(rest);
	uint64_t pid;

	die->text = rest;
	if (!od_scan_u64(&digits, &pid) || digits.len)
		return false;
	return od_str_equal(rest, OD_STR("Oops")) || (row && row->alone && od_str_equal(rest, row->text));
}

/* "insmod (pid 612): Break instruction (code 9)": arch/parisc/kernel/traps.c, die_if_kernel(). */
static bool scan_parisc_die(struct od_str text, struct od_die_line *die)
{
	const struct od_str behind = OD_STR("): "), before = OD_STR(" (code ");
	ptrdiff_t task = od_str_ends(text, OD_STR(")")) ? od_str_find(text, OD_STR(" (pid ")) : -1;
	struct od_str rest = task < 1 ? (struct od_str){0} : od_str_from_index(text, (size_t)task);
	ptrdiff_t end = od_str_find(rest, behind), code = od_str_find(rest, before);
	uint64_t number;
	if (end < 0 || code <= end + (ptrdiff_t)behind.len)
		return false;
	struct od_str digits = od_str_from_index(rest, (size_t)code + before.len);
	digits.len--;
	die->task = od_str_first(text, (size_t)(task + end));
	die->text = od_str_from_index(od_str_first(rest, (size_t)code), (size_t)end + behind.len);
	die->code = digits;
	die->decimal = die->internal = true;
	return od_scan_u64(&digits, &number) && !digits.len;
}

/* "insmod[612]: Oops 8813272891392 [1]": arch/ia64/kernel/traps.c, die() (to 6.6). */
static bool scan_ia64_die(struct od_str text, struct od_die_line *die)
{
	const struct od_str words = OD_STR("]: Oops ");
	ptrdiff_t at = od_str_find(text, words);
	struct od_str rest = at < 1 ? (struct od_str){0} : od_str_from_index(text, (size_t)at + words.len), start = rest;
	uint64_t code;
	if (!od_scan_u64(&rest, &code))
		return false;
	die->code = od_str_first(start, start.len - rest.len);
	die->task = od_str_first(text, (size_t)at);
	die->decimal = true;
	return od_scan_literal(&rest, " [") && od_scan_u64(&rest, &die->counter) && od_scan_char(&rest, ']');
}

/*
 * "Oops 1" of alpha, "Oops: 00000000" of m68k, "Oops#: 0000" of openrisc, "Oops: kernel access of bad area, sig: 11"
 * of microblaze and nios2: the whole line.
 */
bool od_scan_uncounted_die(struct od_str text, struct od_die_line *ret)
{
	struct od_die_line die = {.text = OD_STR("Oops")};
	uint64_t value;
	/* all but parisc's hold the word: most lines are done with here */
	if (od_str_find_char(text, 'O') < 0 && !od_str_ends(text, OD_STR(")")))
		return false;
	struct od_str rest = without_task(text, &die.task);
	bool task = rest.len != text.len;

	if (od_str_starts(text, OD_STR("Oops: ")) && split_signal(text, &die)) {
		*ret = die;
		return true;
	}
	struct od_die_line other = {.text = OD_STR("Oops")}, sparc = {0};
	if (scan_ia64_die(text, &other) || scan_parisc_die(text, &other)) {
		*ret = other;
		return true;
	}
	if (task && scan_sparc_die(text, &sparc)) {
		*ret = sparc;
		return true;
	}
	if (task ? !od_scan_literal(&rest, "Oops ") :
		   !od_scan_literal(&rest, "Oops: ") && !od_scan_literal(&rest, "Oops#: "))
		return false;
	die.code = od_str_trim(rest);
	if (!od_scan_hex(&rest, &value) || od_str_trim(rest).len)
		return false;
	*ret = die;
	return true;
}
