// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines that the reports of all architectures share: lib/dump_stack.c, kernel/panic.c, kernel/module/. */
#include "parsers/builder.h"
#include "parsers/dump.h"

/* Letters of print_tainted(): upper case, blanks between them; RHEL prints '-' for flags of its own. */
static bool is_taint_word(struct od_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if ((word.ptr[i] < 'A' || word.ptr[i] > 'Z') && word.ptr[i] != '-')
			return false;
	return word.len > 0;
}

/* "G           OE      6.1.0-56-amd64 #1": takes the letters, leaves the release. */
static struct od_str scan_taint_letters(struct od_str *s)
{
	struct od_str start = *s, rest = *s, word;
	size_t taken = 0;
	for (;;) {
		struct od_str next = rest;
		od_scan_blanks(&next);
		if (!od_scan_word(&next, &word) || !is_taint_word(word) || od_str_equal(word, OD_STR("VLI")))
			break;
		rest = next;
		taken = start.len - rest.len;
	}
	*s = rest;
	return od_str_trim(od_str_first(start, taken));
}

/* A build ID that CONFIG_STACKTRACE_BUILD_ID puts behind the release. */
static void skip_build_id(struct od_str *s)
{
	struct od_str rest = *s, word;
	od_scan_blanks(&rest);
	if (!od_scan_word(&rest, &word) || word.len < 16 || word.len > 64)
		return;
	for (size_t i = 0; i < word.len; i++)
		if (!od_is_hex(word.ptr[i]))
			return;
	*s = rest;
}

/* "Tainted: G OE", "Not tainted": takes the words off the text. */
static bool take_taint(struct od_builder *builder, struct od_str *text)
{
	struct od_event *event = builder->event;

	if (od_str_equal(*text, OD_STR("Tainted:"))) /* the letters are in the next line */
		*text = (struct od_str){0};
	else if (od_scan_literal(text, "Tainted: "))
		event->taint_raw = od_builder_keep(builder, scan_taint_letters(text));
	else if (!od_scan_literal(text, "Not tainted"))
		return false;
	od_scan_blanks(text);
	(void)od_scan_literal(text, "VLI"); /* i386, to 2.6.22: "variable length instruction" */
	return event->has_taint = true;
}

/* "ACME Board (DT)", "ACME Board (DT) Call trace:" */
static void keep_hardware(struct od_builder *builder, struct od_str text)
{
	static const struct od_str headings[] = {OD_STR(" Call trace:"), OD_STR(" Call Trace:")};
	struct od_event *event = builder->event;

	text = od_str_trim(text);
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++) {
		if (!od_str_ends(text, headings[i]))
			continue;
		text.len -= headings[i].len;
		builder->in_trace = true;
	}
	if (!event->hardware.len)
		event->hardware = od_builder_keep(builder, od_str_trim(text));
}

/* "Tainted: G OE 6.1.0 #1 Debian 6.1.1" or "Not tainted 6.1.0 #1": from the first word on. */
bool od_take_taint_and_release(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	struct od_str release, inside;

	const bool bare = text.len && od_is_digit(text.ptr[0]) && od_str_find(text, OD_STR(" #")) > 0; /* "6.1.0 #1" alone */
	if (!bare && !take_taint(builder, &text))
		return false;
	od_scan_blanks(&text);
	if (od_scan_char(&text, '(') && od_scan_until(&text, ')', &inside)) { /* "(2.6.32 #1) HARDWARE" of i386, arm and powerpc, to 3.9 */
		(void)od_scan_char(&text, ')');
		keep_hardware(builder, od_str_trim(text));
		text = inside;
	}
	builder->expects_release = !od_scan_word(&text, &release);
	if (builder->expects_release)
		return true;
	const ptrdiff_t version = od_str_find_char(release, '#'); /* "2.6.32-279#2": the blank was lost; "#1": the release was */
	if (version >= 0) {
		text = (struct od_str){release.ptr + version, text.len + release.len - (size_t)version};
		release = od_str_first(release, (size_t)version);
	}
	if (release.len)
		event->kernel_release = od_builder_keep(builder, release);
	skip_build_id(&text);
	struct od_str hardware = od_str_behind(text, OD_STR("Hardware name: ")); /* a mail program filled the line up with the next */
	if (hardware.ptr) {
		text.len -= hardware.len + OD_STR("Hardware name: ").len;
		keep_hardware(builder, hardware);
	}
	event->kernel_version = od_builder_keep(builder, od_str_trim(text));
	return true;
}

bool od_take_taint_alone(struct od_builder *builder, struct od_str text)
{
	return take_taint(builder, &text);
}

void od_take_comm_and_pid(struct od_builder *builder, struct od_str text)
{
	ptrdiff_t colon = od_str_find_last_char(text, ':');
	uint64_t pid;
	if (colon < 1)
		return;
	struct od_str digits = od_str_trim(od_str_from_index(text, (size_t)colon + 1));
	if (!od_scan_u64(&digits, &pid))
		return;
	builder->event->comm = od_builder_keep(builder, od_str_first(text, (size_t)colon));
	builder->event->pid = od_num(pid);
}

/* "OE       6.1.0 #1": the rest of a CPU line that a mail program wrapped within the letters. */
bool od_take_wrapped_release(struct od_builder *builder, const struct od_record *record)
{
	struct od_event *event = builder->event;
	struct od_str rest = record->text, release, version;
	builder->expects_release = false;
	struct od_str letters = scan_taint_letters(&rest);
	od_scan_blanks(&rest);
	if (record->line != builder->last_known + 1 || !od_scan_word(&rest, &release) || !rest.len ||
	    !od_str_starts(od_str_trim(rest), OD_STR("#")))
		return false;
	version = od_str_trim(rest);
	if (letters.len)
		event->taint_raw = od_arena_printf(event->arena, "%.*s%s%.*s", OD_FMT(event->taint_raw), event->taint_raw.len ? " " : "", OD_FMT(letters));
	event->kernel_release = od_builder_keep(builder, release);
	event->kernel_version = od_builder_keep(builder, version);
	return true;
}

/* "swapper/0 Taint": the line was cut within the word that follows the command. */
static struct od_str without_cut_word(struct od_str comm)
{
	static const struct od_str words[] = {OD_STR(" Tainted:"), OD_STR(" Not tainted")};
	enum { SHORTEST = 4 };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (size_t len = words[i].len; len >= SHORTEST; len--)
			if (comm.len > len && od_str_ends(comm, od_str_first(words[i], len)))
				return od_str_trim(od_str_first(comm, comm.len - len));
	return comm;
}

/* Splits "insmod Kdump: loaded Tainted: …" into the command and the rest. */
/* "kworker/u13:2 5.11.0-rc4+ #43": the words about taint were taken out; or -1. */
static ptrdiff_t find_release(struct od_str text)
{
	const ptrdiff_t number = od_str_find(text, OD_STR(" #"));
	const ptrdiff_t blank = number < 1 ? -1 : od_str_find_last_char(od_str_first(text, (size_t)number), ' ');
	if (blank < 1 || !od_is_digit(text.ptr[blank + 1]) || od_str_find_char(od_str_from_index(od_str_first(text, (size_t)number), (size_t)blank), '.') < 0)
		return -1;
	return blank + 1;
}

static bool split_comm(struct od_str text, struct od_str *comm, struct od_str *rest)
{
	ptrdiff_t at = od_str_find(text, OD_STR("Tainted: "));
	if (at < 0)
		at = od_str_find(text, OD_STR("Not tainted"));
	if (at < 0 && od_str_ends(text, OD_STR(" Tainted:")))
		at = (ptrdiff_t)(text.len - OD_STR("Tainted:").len);
	if (at < 0)
		at = find_release(text);
	*rest = at < 0 ? (struct od_str){0} : od_str_from_index(text, (size_t)at);
	*comm = at < 0 ? without_cut_word(od_str_trim(text)) : od_str_trim(od_str_first(text, (size_t)at));
	ptrdiff_t kdump = od_str_find(*comm, OD_STR(" Kdump: loaded"));
	if (kdump >= 0)
		*comm = od_str_trim(od_str_first(*comm, (size_t)kdump));
	const ptrdiff_t flags = od_str_find(*comm, OD_STR("   ")); /* "a    W  O      5.12.0 #3": the word before the letters was taken out */
	if (flags > 0)
		*comm = od_str_first(*comm, (size_t)flags);
	if (comm->len > 4 && od_str_ends(*comm, OD_STR(" ..."))) /* what stood behind was left out */
		comm->len -= 4;
	ptrdiff_t version = at < 0 ? od_str_find(*comm, OD_STR(" #")) : -1; /* its release was taken out */
	if (version > 0)
		*comm = od_str_first(*comm, (size_t)version);
	return comm->len > 0;
}

/* The rest of the CPU line, behind "Comm: "; the first one of an event counts. */
static void take_comm(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	struct od_str comm, rest;
	if (split_comm(text, &comm, &rest)) /* a damaged task has an empty one */
		event->comm = od_builder_keep(builder, comm);
	(void)od_take_taint_and_release(builder, rest);
}

/* " UID: 0 PID: 110" (the first since 6.12) */
static void scan_ids(struct od_str *rest, struct od_num *pid)
{
	uint64_t number;
	struct od_str s = *rest;
	if (od_scan_literal(&s, " UID: ") && od_scan_u64(&s, &number))
		*rest = s;
	if (od_scan_literal(&s, " PID: ...")) { /* left out by who sent it */
		*rest = s;
		return;
	}
	if (!od_scan_literal(&s, " PID: ") || !od_scan_u64(&s, &number))
		return;
	*pid = od_num(number);
	*rest = s;
}

/* The line above another CPU's or task's stack. What it says of the kernel is true of the event too. */
static enum od_take take_cpu_of_trace(struct od_builder *builder, struct od_trace *trace, uint64_t cpu, struct od_str rest)
{
	struct od_str comm;
	trace->cpu = od_num(cpu);
	scan_ids(&rest, &trace->pid);
	if (od_scan_literal(&rest, " Comm:") && split_comm(rest, &comm, &rest)) {
		trace->comm = od_builder_keep(builder, comm);
		if (!builder->event->has_taint)
			(void)od_take_taint_and_release(builder, rest);
	}
	return OD_TAKE_YES;
}

/*
 * The stack of RCU's own thread (sched_show_task()) has no CPU line: one that comes behind it is of the stalled CPU
 * (kernel/rcu/tree_stall.h, print_cpu_stall(): rcu_dump_cpu_stacks(), or dump_stack() where no NMI can be sent).
 */
static bool ends_kthread_stack(const struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	if (!builder->trace || builder->has_cpu_line || event->trace.count || event->kind != OD_KIND_RCU_STALL)
		return false;
	const struct od_trace *trace = &event->traces.items[builder->trace - 1];
	return trace->frames.count && od_str_equal(trace->role, OD_STR("rcu-kthread"));
}

/*
 * The first CPU line is the event's; a panic's trace has another one, and so has the stack of the report's own functions that die_if_kernel()
 * adds to the one of the fault (arch/parisc/kernel/traps.c).
 */
static void take_second_cpu(struct od_builder *builder, uint64_t cpu, struct od_str rest)
{
	const struct od_event *event = builder->event;
	struct od_num pid = {0};

	scan_ids(&rest, &pid);
	const bool same_task = event->pid.known && pid.known && event->pid.value == pid.value;
	if (event->cpu.value != cpu && event->pid.known && pid.known && !same_task)
		od_builder_note_rival(builder);
	const bool lost = event->integrity >> OD_INTEGRITY_MESSAGES_LOST & 1; /* the report may be the next one of many */
	if (event->cpu.value == cpu && same_task && !builder->trace && event->trace.count && !lost)
		od_builder_begin_trace(builder, "report");
}

/* "CPU: 0 UID: 0 PID: 110 Comm: rmmod Tainted: G OE 7.2 #1 PREEMPT(lazy)": dump_stack_print_info() */
static enum od_take take_cpu(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t cpu;

	(void)record;
	od_scan_blanks(&rest); /* "CPU:    0" of i386, 2.6.18 */
	if (!od_scan_u64(&rest, &cpu))
		return OD_TAKE_NO;
	builder->expects_message = false;
	if (ends_kthread_stack(builder))
		od_builder_begin_trace(builder, NULL);
	if (builder->trace && od_kinds[event->kind].severity == OD_SEVERITY_STALL)
		return take_cpu_of_trace(builder, &event->traces.items[builder->trace - 1], cpu, rest);
	if (builder->has_cpu_line) {
		take_second_cpu(builder, cpu, rest);
		return OD_TAKE_YES;
	}
	builder->has_cpu_line = true;
	event->cpu = od_num(cpu);
	scan_ids(&rest, &event->pid);
	(void)od_scan_literal(&rest, " .."); /* an author's, for the PID */
	if (od_scan_literal(&rest, " Comm:"))
		take_comm(builder, rest);
	else if (od_scan_blanks(&rest))
		(void)od_take_taint_and_release(builder, rest);
	return OD_TAKE_YES;
}

/* "CPU1: stopping", behind a panic: the stack of a CPU that was running on (arch/arm/kernel/smp.c, to 5.x arch/arm64/kernel/smp.c) */
static enum od_take take_stopping(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu;
	(void)record;
	if (!od_scan_u64(&rest, &cpu) || !od_str_equal(rest, OD_STR(": stopping")))
		return OD_TAKE_NO;
	od_builder_begin_trace(builder, "other-cpu");
	if (builder->trace)
		builder->event->traces.items[builder->trace - 1].cpu = od_num(cpu);
	builder->in_trace = true;
	return OD_TAKE_YES;
}

/*
 * "#61-Ubuntu Dell Inc. PowerEdge R720/0X3D66": behind the first word of the version x86 prints vendor, product and board
 * (arch/x86/kernel/process.c, show_regs_common(), 2.6.33 to 3.8; process_64.c the product, before).
 */
static void split_version(struct od_builder *builder)
{
	static const struct od_str version[] = {OD_STR("SMP"), OD_STR("PREEMPT"), OD_STR("Mon "), OD_STR("Tue "), OD_STR("Wed "), OD_STR("Thu "),
						OD_STR("Fri "), OD_STR("Sat "), OD_STR("Sun ")};
	struct od_event *event = builder->event;
	struct od_str rest = event->kernel_version, first;

	if (event->hardware.len || !od_str_starts(rest, OD_STR("#")) || !od_scan_word(&rest, &first))
		return;
	rest = od_str_trim(rest);
	for (size_t i = 0; i < sizeof(version) / sizeof(version[0]); i++)
		if (od_str_starts(rest, version[i]))
			return;
	event->hardware = rest;
	event->kernel_version = first;
}

/* "Pid: 3787, comm: rmmod Not tainted 2.6.32 #1 HARDWARE": to 3.8 */
static enum od_take take_pid(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str comm;
	uint64_t pid, cpu;
	(void)record;
	if (!od_scan_u64(&rest, &pid))
		return OD_TAKE_NO;
	const bool has_cpu = od_scan_literal(&rest, ", CPU ") && od_scan_u64(&rest, &cpu); /* arch/ia64/kernel/process.c, show_regs() */
	if (!od_scan_literal(&rest, ", comm: "))
		return OD_TAKE_NO;
	if (has_cpu && !builder->event->cpu.known)
		builder->event->cpu = od_num(cpu);
	builder->expects_message = false;
	if (builder->event->comm.len && builder->event->has_taint)
		return OD_TAKE_YES;
	if (!builder->event->pid.known)
		builder->event->pid = od_num(pid);
	if (builder->event->comm.len) /* the header named the task */
		(void)(split_comm(rest, &comm, &rest) && od_take_taint_and_release(builder, rest));
	else
		take_comm(builder, rest);
	split_version(builder);
	return OD_TAKE_YES;
}

/* "Process insmod (pid: 91, threadinfo ffff…, task ffff…)" */
static enum od_take take_process(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str comm;
	uint64_t pid;
	(void)record;
	if (!od_scan_until_text(&rest, OD_STR(" (pid: "), &comm) || !od_scan_literal(&rest, " (pid: ") ||
	    !od_scan_u64(&rest, &pid))
		return OD_TAKE_NO;
	if (!event->comm.len)
		event->comm = od_builder_keep(builder, comm);
	if (!event->pid.known)
		event->pid = od_num(pid);
	return OD_TAKE_YES;
}

static enum od_take take_hardware(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	keep_hardware(builder, rest);
	return OD_TAKE_YES;
}

/* "Kdump: loaded Tainted: P": the rest of a CPU line that was broken there */
static enum od_take take_kdump(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	if (!builder->event->has_taint)
		(void)od_take_taint_and_release(builder, rest);
	return OD_TAKE_YES;
}

/* The header of a trace; a frame may follow in the same line (mips and m68k before 4.9, records that were joined). */
/*
 * Whether a trace with a heading is the report's own, though another one is open: mm/slub.c prints who allocated and freed the object ahead
 * of it, lockdep the chain, but that without a heading.
 */
static bool is_own_trace(const struct od_event *event, const struct od_trace *open)
{
	if (event->kind == OD_KIND_LOCKDEP_CIRCULAR || event->kind == OD_KIND_LOCKDEP_RECURSIVE)
		return !event->trace.count && od_str_equal(open->role, OD_STR("chain"));
	return event->kind == OD_KIND_SLAB_CORRUPTION;
}

static enum od_take take_trace(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->trace && is_own_trace(builder->event, &builder->event->traces.items[builder->trace - 1]))
		od_builder_begin_trace(builder, NULL);
	builder->expects_message = false;
	builder->in_trace = true;
	builder->block = OD_BLOCK_NONE;
	if (rest.len)
		od_builder_push_places(builder, record, rest);
	return OD_TAKE_YES;
}

/* "---[ end trace 0000000000000000 ]---" */
static enum od_take take_end(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->ended = true;
	builder->in_trace = builder->expects_message = false;
	/* What comes now is the summary of the first oops since boot (exec_summary_regs, 4.18). */
	builder->block = OD_BLOCK_OTHER;
	return OD_TAKE_YES;
}

static enum od_take take_panic_end(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	builder->ended = true;
	return OD_TAKE_LAST;
}

static enum od_take take_kernel_offset(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t offset;
	(void)record;
	builder->expects_message = false;
	if (od_scan_0x(&rest, &offset))
		builder->event->kernel_offset = od_num(offset);
	else if (od_str_starts(rest, OD_STR("disabled")))
		builder->event->kernel_offset = od_num(0);
	return OD_TAKE_YES;
}

/* "enabled at (123): [<ffff…>] fn+0x1/0x2": wrapped behind the address, the place is on the next line. */
static enum od_take take_irq_event(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->skip_frame = od_str_ends(rest, OD_STR(">]"));
	return od_take_known(builder, record, rest);
}

const struct od_rule od_rules_common[] = {
	{"CPU:", take_cpu},
	{"CPU", take_stopping},
	{"Pid: ", take_pid},
	{"Process ", take_process},
	{"Hardware name: ", take_hardware},
	{"Kdump: loaded ", take_kdump},
	{"Modules linked in:", od_take_modules},
	{"Call Trace:", take_trace},
	{"Call trace:", take_trace},
	{"call trace:", take_trace}, /* by hand */
	{"---[ end trace ", take_end},
	{"---[ end Kernel panic", take_panic_end},
	{"Kernel Offset: ", take_kernel_offset},
	{"Tainted: [", od_take_known},
	{"Workqueue: ", od_take_known},
	{"Backtrace:", take_trace}, /* arm, parisc: before the architecture is known */
	{"[<     inlin", od_take_known}, /* what symbolizers add: the function is in the next line too */
	{"<UNK>", od_take_known}, /* a stack that is none (arch/x86/kernel/dumpstack.c, 3.x) */
	{"Thread overran stack, or stack corrupted", od_take_known}, /* arch/x86/mm/fault.c */
	{"task: ", od_take_known},
	{"Stack:", od_take_known},
	{"Dumping ftrace buffer:", od_take_known},
	{"(ftrace buffer empty)", od_take_known},
	{"note: ", od_take_known},
	{"Fixing recursive fault but reboot is needed!", od_take_known},
	{"Rebooting in ", od_take_known},
	{"Shutting down cpus with NMI", od_take_known},
	{"Unloaded tainted modules:", od_take_known},
	{"[last unloaded: ", od_take_unloaded},
	{"irq event stamp: ", od_take_known},
	{"hardirqs last ", take_irq_event},
	{"softirqs last ", take_irq_event},
	{NULL, NULL},
};

/* Names between < and > that kernels print around frames (arch/x86/kernel/dumpstack_64.c and others). */
static const char *const contexts[] = {
	"TASK", "IRQ", "SOFTIRQ", "NMI", "#DF", "#DB", "#MC", "#VC", "#VC2", "#SS", "DEBUG", "ENTRY_TRAMPOLINE", "SYSENTER", NULL,
};

static const char *find_context(struct od_str name)
{
	for (size_t i = 0; contexts[i]; i++)
		if (od_str_equal(name, od_str_from(contexts[i])))
			return contexts[i];
	return NULL;
}

/* "</IRQ>", "<EOI>", "<<EOE>>": a context ends. */
static bool scan_context_end(struct od_str *s)
{
	static const char *const plain[] = {"<EOI>", "<<EOE>>", "<EOE>", NULL};
	for (size_t i = 0; plain[i]; i++)
		if (od_scan_text(s, od_str_from(plain[i])))
			return true;
	struct od_str rest = *s, name;
	if (!od_scan_literal(&rest, "</") || !od_scan_until(&rest, '>', &name) || !find_context(name))
		return false;
	od_scan_char(&rest, '>');
	*s = rest;
	return true;
}

bool od_take_context(struct od_builder *builder, struct od_str *text)
{
	struct od_str rest = *text, name;

	if (!rest.len || rest.ptr[0] != '<')
		return false;
	if (scan_context_end(&rest)) {
		builder->context = (struct od_str){0};
	} else {
		const char *context;
		if (!od_scan_char(&rest, '<') || !od_scan_until(&rest, '>', &name) || !(context = find_context(name)))
			return false;
		od_scan_char(&rest, '>');
		builder->context = od_str_from(context);
	}
	od_scan_blanks(&rest);
	*text = rest;
	return true;
}
