// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/headless.h"

#include "parsers/arch_hints.h"
#include "parsers/frame.h"
#include "parsers/settle.h"

enum {
	HEADLESS_LINES = 3,	/* lines before the first of a report without a head: remains of text that was copied */
	HEADLESS_REGISTERS = 4,	/* that make a dump */
	PASTED_LINES = 40,	/* a trace without anything else may be pasted below as many lines of a person's own */
	PASTED_FRAMES = 3,	/* that make a trace */
	REPORTER_FRAMES = 10,	/* of which one may have printed the report */
};

/*
 * Functions that print a report of one kind only, and so name the kind of a report whose head is missing. The first row
 * that fits counts: what calls for the others comes last.
 */
static const struct reporter {
	const char *name; /* a pattern */
	enum od_kind kind;
} reporters[] = {
	{"ubsan_epilogue", OD_KIND_UBSAN}, /* lib/ubsan.c */
	{"__ubsan_handle_*", OD_KIND_UBSAN},
	{"kasan_report*", OD_KIND_KASAN_OTHER}, /* mm/kasan/report.c */
	{"kfence_report_error", OD_KIND_KFENCE}, /* mm/kfence/report.c */
	{"kmsan_report", OD_KIND_KMSAN}, /* mm/kmsan/report.c */
	{"kcsan_report_*", OD_KIND_KCSAN}, /* kernel/kcsan/report.c */
	{"dump_header", OD_KIND_OOM}, /* mm/oom_kill.c */
	{"bad_page", OD_KIND_BAD_PAGE_STATE},
	{"print_bad_pte", OD_KIND_BAD_PAGE_MAP}, /* mm/memory.c */
	{"check_bytes_and_report", OD_KIND_SLAB_CORRUPTION}, /* mm/slub.c */
	{"object_err", OD_KIND_SLAB_CORRUPTION},
	{"slab_err", OD_KIND_SLAB_CORRUPTION},
	{"usercopy_warn", OD_KIND_USERCOPY}, /* mm/usercopy.c */
	{"usercopy_abort", OD_KIND_USERCOPY},
	{"__schedule_bug", OD_KIND_SCHEDULING_WHILE_ATOMIC}, /* kernel/sched/core.c */
	{"___might_sleep", OD_KIND_SLEEPING_IN_ATOMIC},
	{"__might_sleep", OD_KIND_SLEEPING_IN_ATOMIC},
	{"__might_resched", OD_KIND_SLEEPING_IN_ATOMIC},
	{"check_preemption_disabled", OD_KIND_PREEMPTIBLE_SMP}, /* lib/smp_processor_id.c */
	{"print_circular_bug*", OD_KIND_LOCKDEP_CIRCULAR}, /* kernel/locking/lockdep.c */
	{"print_deadlock_bug*", OD_KIND_LOCKDEP_RECURSIVE},
	{"print_usage_bug*", OD_KIND_LOCKDEP_INCONSISTENT},
	{"lockdep_rcu_suspicious", OD_KIND_LOCKDEP_SUSPICIOUS_RCU},
	{"spin_bug", OD_KIND_SPINLOCK}, /* kernel/locking/spinlock_debug.c */
	{"spin_dump", OD_KIND_SPINLOCK},
	{"__report_bad_irq", OD_KIND_IRQ_NOBODY_CARED}, /* kernel/irq/spurious.c */
	{"rcu_dump_cpu_stacks", OD_KIND_RCU_STALL}, /* kernel/rcu/tree_stall.h */
	{"print_cpu_stall*", OD_KIND_RCU_STALL},
	{"watchdog_overflow_callback", OD_KIND_HARD_LOCKUP}, /* kernel/watchdog_hld.c, kernel/watchdog.c */
	{"watchdog_hardlockup_check", OD_KIND_HARD_LOCKUP},
	{"watchdog_timer_fn", OD_KIND_SOFT_LOCKUP},
	{"refcount_warn_saturate", OD_KIND_REFCOUNT}, /* lib/refcount.c */
	{"__warn*", OD_KIND_WARNING}, /* kernel/panic.c */
	{"warn_slowpath_*", OD_KIND_WARNING},
	{"panic", OD_KIND_PANIC},
	{"vpanic", OD_KIND_PANIC},
};

/* "warn_alloc.cold": what compilers append is no part of the name. */
static bool is_reporter(const struct reporter *reporter, struct od_str function)
{
	ptrdiff_t dot = od_str_find_char(function, '.');

	return od_str_matches(dot > 0 ? od_str_first(function, (size_t)dot) : function, reporter->name);
}

/* By the innermost frames, where the function stands that printed the report. */
static const struct reporter *find_reporter(const struct od_event *event)
{
	bool any_reliable = false; /* kernels of x86 without frame pointers mark all */
	for (size_t i = 0; i < event->trace.count; i++)
		any_reliable |= !event->trace.items[i].unreliable;
	for (size_t r = 0; r < sizeof(reporters) / sizeof(reporters[0]); r++)
		for (size_t i = 0; i < event->trace.count && i < REPORTER_FRAMES; i++)
			if ((!any_reliable || !event->trace.items[i].unreliable) && is_reporter(&reporters[r], event->trace.items[i].function))
				return &reporters[r];
	return NULL;
}

/* "[<ffffffff>] 0xffffffff": /proc/PID/stack closed its list so (kernel/stacktrace.c, to 5.1), and shows no report. */
static bool ends_as_proc_stack(const struct od_event *event)
{
	const struct od_frame *last = event->trace.count ? &event->trace.items[event->trace.count - 1] : NULL;

	return last && last->address.known && (last->address.value == UINT32_MAX || last->address.value == UINT64_MAX) && !event->header.len;
}

/* "[<0>] fn+0x1/0x2": since 4.14 it prints every address so (fs/proc/base.c, proc_pid_stack()). */
static bool is_proc_stack(const struct od_event *event)
{
	return event->trace.count > 1 && event->trace.items[0].address.known && !event->trace.items[0].address.value &&
	       event->trace.items[1].address.known && !event->trace.items[1].address.value;
}

static bool has_trace(const struct od_event *event)
{
	size_t places = 0;
	for (size_t i = 0; i < event->trace.count; i++)
		places += event->trace.items[i].offset.known;
	return places >= PASTED_FRAMES && !ends_as_proc_stack(event) && !is_proc_stack(event);
}

/* A fault's dump, or what is left of it where the log begins within one: it has its place or its end. */
static bool is_dump(const struct od_event *event)
{
	bool registers = event->registers.count >= HEADLESS_REGISTERS;
	if ((event->has_ip || registers) && event->trace.count)
		return true;
	if (event->has_lr && event->code.bytes.len && event->trace.count)
		return true;
	if (event->has_ip && event->code.bytes.len && event->comm.len)
		return true;
	return registers && event->has_ip && (event->ip.function.len || event->comm.len);
}

/*
 * Whether that is among the first lines: of the kernel's, below a person's own words, or, where no line has what a log's lines have,
 * of all.
 */
static bool is_among_first(const struct od_builder *builder, uint64_t line, bool bare)
{
	const uint64_t first = builder->boot ? builder->boot->first_line : 0;

	return line <= (bare || first > PASTED_LINES ? PASTED_LINES : (first ? first : 1) + HEADLESS_LINES);
}

static bool began_early(const struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	return is_among_first(builder, event->span.first, !event->time_usec.known && !event->wall_time.len);
}

/*
 * "cut here", and then a CPU line and a place or a trace: somebody took the name out. Among the frames that x86's unwinder passed over is
 * who printed the report.
 */
static void name_cut(struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	enum od_kind kind = OD_KIND_BUG_OTHER;

	if (!builder->has_cpu_line || !event->trace.count || event->header.len)
		return;
	for (size_t i = 0; i < event->trace.count && i < REPORTER_FRAMES; i++)
		if (od_str_starts(event->trace.items[i].function, OD_STR("__warn")))
			kind = OD_KIND_WARNING;
	od_builder_name(builder, kind);
	od_builder_flag(builder, OD_INTEGRITY_HEADER_MISSING);
}

/*
 * A dump without its head. What traps at an assertion's instruction without a die line ("[#1]"), or ends without the code that an
 * oops prints, was a warning.
 */
static enum od_kind kind_of_dump(const struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	const struct od_code *code = &event->code;
	const struct od_arch *arch = event->arch;
	const struct od_str at = code->has_fault_index ? od_str_from_index(code->bytes, code->fault_index) : (struct od_str){0};

	if (!arch || builder->died)
		return OD_KIND_INTERNAL_ERROR;
	if (arch->trap_code.len && od_str_starts(at, arch->trap_code))
		return OD_KIND_WARNING;
	if (arch->code_means_oops && builder->ended && event->trace.count && !code->bytes.len && !code->note.len)
		return OD_KIND_WARNING;
	return OD_KIND_INTERNAL_ERROR;
}

void od_headless_name(struct od_builder *builder, bool at_end)
{
	struct od_event *event = builder->event;
	const struct reporter *reporter = builder->headless ? find_reporter(event) : NULL;
	/* a trace that somebody pasted without what stood above it is a report when the text holds no other */
	bool first = began_early(builder) && !builder->delivered && !builder->lists_tasks;
	bool pasted = at_end && first && has_trace(event);
	/* the log begins within a report, whose end it has */
	bool tail = first && builder->ended && event->trace.count;

	if (!builder->headless) {
		name_cut(builder);
		return;
	}
	if (builder->stack_first)
		return;
	if (reporter && has_trace(event))
		od_builder_name(builder, reporter->kind);
	else if (first && is_dump(event))
		od_builder_name(builder, kind_of_dump(builder));
	else if (pasted || tail)
		od_builder_name(builder, OD_KIND_BUG_OTHER);
	else
		return;
	od_builder_flag(builder, OD_INTEGRITY_HEADER_MISSING);
}

void od_headless_name_fault(struct od_builder *builder)
{
	const enum od_trap trap = od_trap_of(builder->event);

	if (builder->headless && (trap == OD_TRAP_MEMORY || trap == OD_TRAP_ALIGNMENT))
		od_headless_name(builder, false);
}

/* "INFO: Slab 0xffffea0004a2b800 objects=21 used=21 fp=0x…" (mm/slub.c, print_slab_info(); without "INFO: " since 5.14) */
static bool is_slab_line(struct od_str text)
{
	uint64_t address;
	(void)od_scan_literal(&text, "INFO: ");
	return od_scan_literal(&text, "Slab ") && od_scan_0x(&text, &address) && od_scan_literal(&text, " objects=");
}

/* SysRq t, w and l, and show_state() (kernel/sched/core.c, 2.6.18 to 6.12) */
static bool lists_tasks(struct od_str text)
{
	static const struct od_str starts[] = {
		OD_STR("sysrq: "), OD_STR("SysRq : "), OD_STR("Showing "),
		OD_STR("The following trace is a kernel self test"), /* kernel/backtracetest.c */
	};
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (od_str_starts(text, starts[i]))
			return true;
	if (od_scan_literal(&text, "task:")) /* "task: ffff…" is of a report, to 4.15 */
		return !od_str_starts(text, OD_STR(" "));
	return od_str_starts(text, OD_STR("task ")) && od_str_find(text, OD_STR(" PC stack ")) > 0;
}

/* "Call Trace:" and a frame: what a trace begins with that was pasted without its head. */
static bool begins_trace(struct od_str text)
{
	struct od_frame_text frame;
	if (od_str_starts(text, OD_STR("Call ")) || od_str_starts(text, OD_STR("Backtrace")) || od_str_starts(text, OD_STR("Stack ")))
		return od_str_ends(text, OD_STR("race:"));
	return od_str_find(text, OD_STR("+0x")) > 0 && od_frame_line(text, &frame) && frame.offset.known;
}

/* "CPU:    0" alone above "EIP:": i386 to 2.6.24, arch/i386/kernel/traps.c, show_registers() */
static bool is_cpu_row(struct od_str text)
{
	uint64_t cpu;
	return od_scan_literal(&text, "CPU:    ") && od_scan_u64(&text, &cpu) && !od_str_trim(text).len;
}

/* The line of a dump with the place: what stands above it may be missing. */
static bool begins_dump(struct od_str text)
{
	static const struct od_str starts[] = {OD_STR("EIP:"), OD_STR("EIP is at "), OD_STR("RIP: "), OD_STR("pc : "),
					       OD_STR("PC is at "), OD_STR("NIP ["), OD_STR("epc : "), OD_STR("ERA: "), OD_STR("I7: <"),
					       OD_STR("IAOQ[0]: ")};
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (od_str_starts(text, starts[i]))
			return od_str_find(text, OD_STR("[<")) > 0 || od_str_find(text, OD_STR("+0x")) > 0;
	return is_cpu_row(text);
}

static bool is_early(const struct od_builder *builder, const struct od_record *record)
{
	return is_among_first(builder, record->line, !record->time_usec.known && !record->format && record->level == OD_LEVEL_UNKNOWN);
}

static void open_pasted(struct od_builder *builder, const struct od_record *record)
{
	builder->lists_tasks |= lists_tasks(record->text);
	const bool dump = begins_dump(record->text);
	if (builder->delivered || builder->lists_tasks || !(dump || begins_trace(record->text)) || !od_builder_open(builder, record))
		return;
	builder->headless = true;
	builder->in_trace = !dump;
}

/* "\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.": the second or third line of a hung task's */
static bool is_hung_line(struct od_str text)
{
	return od_str_starts(text, OD_STR("\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\""));
}

/* "CPU: 0 PID: 91 Comm: insmod Not tainted …": dump_stack_print_info(); to 3.8 "Pid: 91, comm: insmod Not tainted …" */
bool od_is_task_line(struct od_str text)
{
	uint64_t cpu, pid;
	if (od_scan_literal(&text, "Pid: "))
		return od_scan_u64(&text, &pid) && od_str_starts(text, OD_STR(", comm: ")) && od_str_find(text, OD_STR("ainted")) > 0;
	return od_scan_literal(&text, "CPU: ") && od_scan_u64(&text, &cpu) && od_str_find(od_str_first(text, 40), OD_STR(" PID: ")) >= 0 &&
	       od_str_find(od_str_first(text, 60), OD_STR(" Comm: ")) > 0;
}

/* "rcu_scheduler_active = 2, debug_locks = 1": kernel/locking/lockdep.c, lockdep_rcu_suspicious() */
static bool is_rcu_line(struct od_str text)
{
	uint64_t state;
	return od_scan_literal(&text, "rcu_scheduler_active = ") && od_scan_u64(&text, &state);
}

/* What KASAN prints behind a die line. */
static bool is_kasan_note(struct od_str text)
{
	return od_str_starts(text, OD_STR("KASAN: ")) && od_str_find(text, OD_STR(" in range [0x")) > 0;
}

/* Of a null pointer it says so, whatever stood above. */
static bool is_null_note(struct od_str text)
{
	return od_str_starts(text, OD_STR("KASAN: null-ptr-deref in range [0x"));
}

/* "---[ end Kernel panic - not syncing: why ]---": kernel/panic.c, panic() */
static bool is_panic_end(struct od_str text)
{
	return od_str_starts(text, OD_STR("---[ end Kernel panic - not syncing"));
}

/* Lines of which the kernel prints no other than those of one kind's report. */
static bool name_by_line(struct od_builder *builder, const struct od_record *record)
{
	static const struct {
		bool (*fits)(struct od_str text);
		enum od_kind kind;
	} rows[] = {
		{is_slab_line, OD_KIND_SLAB_CORRUPTION},
		{is_hung_line, OD_KIND_HUNG_TASK},
		{is_rcu_line, OD_KIND_LOCKDEP_SUSPICIOUS_RCU},
		{is_null_note, OD_KIND_KASAN_NULL},
		{is_panic_end, OD_KIND_PANIC}, /* not behind its own report */
	};
	size_t row = 0;

	while (row < sizeof(rows) / sizeof(rows[0]) && !rows[row].fits(record->text))
		row++;
	if (row == sizeof(rows) / sizeof(rows[0]) || (!builder->event && !od_builder_open(builder, record)))
		return false;
	od_builder_name(builder, rows[row].kind);
	od_builder_flag(builder, OD_INTEGRITY_HEADER_MISSING);
	builder->event->header = od_builder_keep(builder, record->text);
	return true;
}

/* "task:bptm state:D stack:0 pid:26120 ppid:…"; mail programs break it before the PID */
static void take_labelled_task(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	struct od_str comm;
	uint64_t pid;

	if (!od_scan_until_text(&text, OD_STR(" state:"), &comm))
		return;
	event->comm = od_builder_keep(builder, od_str_trim(comm));
	text = od_str_behind(text, OD_STR(" pid:"));
	od_scan_blanks(&text);
	if (od_scan_u64(&text, &pid))
		event->pid = od_num(pid);
}

/*
 * "bptm            D ffff8817dddf80b0     0 26120  26119 0x00000080", "bptm            R  running task        0 26120  26119 0x8",
 * since 5.11 with labels: the task of a report whose head did not name it, or of a stalled CPU (kernel/sched/core.c,
 * sched_show_task()).
 */
static void take_shown_task(struct od_builder *builder, struct od_str text)
{
	static const struct od_str states[] = {OD_STR(" D "), OD_STR(" R  running task ")};
	struct od_str comm = {0}, rest = {0};
	uint64_t pid, number;

	if (od_scan_literal(&text, "task:")) {
		take_labelled_task(builder, text);
		return;
	}
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]) && !rest.len; i++) {
		struct od_str ahead = text;
		if (od_scan_until_text(&ahead, states[i], &comm))
			rest = od_str_from_index(ahead, states[i].len);
	}
	od_scan_blanks(&rest);
	(void)(od_scan_hex_width(&rest, 16, &number) && od_scan_blanks(&rest));
	if (!od_scan_u64(&rest, &number) || !od_scan_blanks(&rest) || !od_scan_u64(&rest, &pid))
		return;
	builder->event->comm = od_builder_keep(builder, od_str_trim(comm));
	builder->event->pid = od_num(pid);
}

void od_headless_see(struct od_builder *builder, const struct od_record *record)
{
	const struct od_event *event = builder->event;

	if (builder->headless && !builder->named)
		(void)name_by_line(builder, record);
	else if ((event->kind == OD_KIND_HUNG_TASK || event->kind == OD_KIND_RCU_STALL) && !event->pid.known && !event->trace.count)
		take_shown_task(builder, record->text);
}

void od_headless_open(struct od_builder *builder, const struct od_record *record)
{
	if (name_by_line(builder, record))
		return;
	bool early = is_early(builder, record);
	const bool first_line = early && record->line <= HEADLESS_LINES + 1;
	if ((first_line && (od_arch_of_line(record->text) || is_kasan_note(record->text))) || od_is_task_line(record->text))
		builder->headless = od_builder_open(builder, record);
	else if (early)
		open_pasted(builder, record);
	if (!builder->event && od_str_equal(record->text, OD_STR("Backtrace:")))
		builder->headless = builder->stack_first = builder->in_trace = od_builder_open(builder, record);
}
