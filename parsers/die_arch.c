// SPDX-License-Identifier: GPL-3.0-or-later
/* Die lines of architectures other than x86: the forms in which each die() prints; what it prints stands in die_names.def. */
#include "parsers/headers_arch.h"

struct row {
	struct od_str text; /* how it begins */
	enum od_kind kind;
	bool alone; /* stands without a number before "[#1]" */
};

enum { TASK_COMM_LEN = 16 }; /* include/linux/sched.h: the bytes of a name and its end */

static const struct row rows[] = {
#define OD_DIE_NAME(text, kind)	 {OD_STR(text), OD_KIND_##kind, false},
#define OD_DIE_ALONE(text, kind) {OD_STR(text), OD_KIND_##kind, true},
#include "parsers/die_names.def"
#undef OD_DIE_NAME
#undef OD_DIE_ALONE
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

/* "Oops in arch/mips/mm/fault.c::do_page_fault, line 166": arch/mips/kernel/traps.c, __die(), to 2.6.22 */
static struct od_str without_place(struct od_str head)
{
	const ptrdiff_t in = od_str_find(head, OD_STR(" in "));
	const bool place = in > 0 && od_str_find(head, OD_STR("::")) > in && od_str_find(head, OD_STR(", line ")) > in;
	return place ? od_str_first(head, (size_t)in) : head;
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
	head = without_place(without_task(head, &die->task));
	struct od_str bare = head; /* hexagon: "Oops: Bad Kernel VA[#1]:" */
	const struct row *row = find_row(od_scan_literal(&bare, "Oops: ") ? bare : head);
	if (row && row->alone)
		head = bare;
	if (!od_str_equal(head, OD_STR("Oops")) && !(row && row->alone))
		return false;
	/* "Oops - BUG: 0" is no die line without its number */
	(void)cut_code(&head, &die->code);
	die->text = head;
	return true;
}

/* The number behind the last blank, which is cut off with it. */
static bool cut_number(struct od_str *text, struct od_str *number)
{
	const ptrdiff_t blank = od_str_find_last_char(*text, ' ');
	struct od_str digits = blank < 1 ? (struct od_str){0} : od_str_from_index(*text, (size_t)blank + 1), rest = digits;
	uint64_t value;
	if (!od_scan_u64(&rest, &value) || rest.len)
		return false;
	*number = digits;
	*text = od_str_first(*text, (size_t)blank);
	return true;
}

/* Is it "Oops", or a name and nothing else? */
static bool is_die_name(struct od_str text)
{
	const struct row *row = find_row(text);
	return od_str_equal(text, OD_STR("Oops")) || (row && od_str_equal(text, row->text));
}

/* "insmod(612): Oops 1", "CPU 0 swapper(1): Kernel Bug 1" of alpha; "insmod(612): Kernel bad trap" of sparc to 2.6.11. */
static bool scan_task_die(struct od_str text, struct od_die_line *die)
{
	struct od_str rest = without_task(text, &die->task);
	const ptrdiff_t open = od_str_find_last_char(die->task, '(');
	struct od_str digits = open < 1 ? (struct od_str){0} : od_str_from_index(die->task, (size_t)open + 1);
	uint64_t pid;

	if (!od_scan_u64(&digits, &pid) || digits.len || die->task.len > sizeof("CPU 4096 ") + TASK_COMM_LEN + sizeof("(4194304"))
		return false;
	die->decimal = cut_number(&rest, &die->code);
	die->text = rest;
	return is_die_name(rest);
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
	const struct od_str behind = OD_STR("]: ");
	const ptrdiff_t task = od_str_ends(text, OD_STR("]")) ? od_str_find(text, behind) : -1;
	const ptrdiff_t open = od_str_find_last_char(text, '[');
	if (task < 1 || open < task + (ptrdiff_t)behind.len + 1)
		return false;
	struct od_str counter = od_str_from_index(text, (size_t)open + 1);
	struct od_str name = od_str_from_index(od_str_first(text, (size_t)open - 1), (size_t)task + behind.len);
	if (!od_scan_u64(&counter, &die->counter) || !od_str_equal(counter, OD_STR("]")) || !cut_number(&name, &die->code))
		return false;
	die->task = od_str_first(text, (size_t)task);
	die->text = name;
	die->decimal = true;
	return is_die_name(name);
}

/* "comm(12): …", "comm[12]: …": most lines hold no such colon. */
static bool may_name_task(struct od_str text)
{
	for (ptrdiff_t at; (at = od_str_find_char(text, ':')) >= 0; text = od_str_from_index(text, (size_t)at + 1))
		if (at > 0 && (text.ptr[at - 1] == ')' || text.ptr[at - 1] == ']'))
			return true;
	return false;
}

/*
 * "Oops: 00000000" of m68k, "Internal error: Oops: 5" of arm's 2.4, "Oops#: 0000" of openrisc, "Oops: kernel access of
 * bad area, sig: 11" of microblaze and nios2, and those that begin with a task: the whole line.
 */
bool od_scan_uncounted_die(struct od_str text, struct od_die_line *ret)
{
	struct od_die_line die = {0};
	uint64_t value;

	if (od_str_starts(text, OD_STR("Oops: ")) && split_signal(text, &die)) {
		*ret = die;
		return true;
	}
	static bool (*const with_task[])(struct od_str, struct od_die_line *) = {scan_ia64_die, scan_parisc_die, scan_task_die};
	const bool task = may_name_task(text);
	for (size_t i = 0; task && i < sizeof(with_task) / sizeof(with_task[0]); i++) {
		struct od_die_line other = {0};
		if (!with_task[i](text, &other))
			continue;
		*ret = other;
		return true;
	}
	struct od_str rest = text;
	die.internal = od_scan_literal(&rest, "Internal error: ");
	if (!od_scan_literal(&rest, "Oops: ") && !od_scan_literal(&rest, "Oops#: "))
		return false;
	die.text = OD_STR("Oops");
	die.code = od_str_trim(rest);
	if (!od_scan_hex(&rest, &value) || od_str_trim(rest).len)
		return false;
	*ret = die;
	return true;
}
