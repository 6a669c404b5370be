// SPDX-License-Identifier: GPL-3.0-or-later
/* A dump of memory for people. */
#include "render/text_parts.h"

#include <inttypes.h>

enum { MOST_BLOCKED = 20, STATE_COLUMN = 10, CPU_COLUMN = 18, COMM_COLUMN = 24 };

static void row(struct od_page *page, const char *label, struct od_str text)
{
	if (!text.len)
		return;
	od_page_label(page, label);
	od_page_words(page, OD_STYLE_PLAIN, text);
	od_page_end(page);
}

void od_text_headline(struct od_page *page, const char *title)
{
	od_page_skip(page);
	od_page_line(page, 0, 0);
	od_page_piece(page, OD_STYLE_DIM, OD_STR("━━ "));
	od_page_piece(page, OD_STYLE_BOLD, od_str_from(title));
	od_page_piece(page, OD_STYLE_DIM, OD_STR(" "));
	od_page_rule(page, OD_STYLE_DIM, "━");
	od_page_end(page);
}

static void duration_row(struct od_page *page, uint64_t seconds)
{
	od_page_label(page, "Up");
	if (seconds >= 86400)
		od_page_sayf(page, OD_STYLE_PLAIN, "%" PRIu64 " days, ", seconds / 86400);
	od_page_sayf(page, OD_STYLE_PLAIN, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64, seconds / 3600 % 24,
		     seconds / 60 % 60, seconds % 60);
	od_page_end(page);
}

/* Days since 1970 as a date: Howard Hinnant's civil_from_days, in unsigned arithmetic. */
static void time_row(struct od_page *page, uint64_t seconds)
{
	uint64_t days = seconds / 86400 + 719468, era = days / 146097, day = days % 146097;
	uint64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	uint64_t of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;

	if (seconds > (uint64_t)400 * 366 * 86400)
		return;
	od_page_label(page, "Date");
	od_page_sayf(page, OD_STYLE_PLAIN, "%04" PRIu64 "-%02" PRIu64 "-%02" PRIu64 " %02" PRIu64 ":%02" PRIu64
		     ":%02" PRIu64 " UTC", year + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9,
		     of_year - (153 * month + 2) / 5 + 1, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
	od_page_end(page);
}

static void load_row(struct od_page *page, const struct od_vmcore_system *system)
{
	od_page_label(page, "Load");
	for (unsigned i = 0; i < 3; i++)
		od_page_sayf(page, OD_STYLE_PLAIN, "%s%" PRIu64 ".%02" PRIu64, i ? ", " : "", system->load[i].value / 100,
			     system->load[i].value % 100);
	od_page_end(page);
}

static void counts_row(struct od_page *page, const struct od_vmcore *vmcore)
{
	const struct od_vmcore_system *system = &vmcore->system;

	if (!system->cpus.known)
		return;
	od_page_label(page, "CPUs");
	od_page_sayf(page, OD_STYLE_PLAIN, "%" PRIu64, system->cpus.value);
	if (system->online.known && system->online.value != system->cpus.value)
		od_page_sayf(page, OD_STYLE_PLAIN, ", %" PRIu64 " of them online", system->online.value);
	if (vmcore->tasks.count)
		od_page_sayf(page, OD_STYLE_PLAIN, "; %zu tasks", vmcore->tasks.count);
	if (system->memory.known)
		od_page_sayf(page, OD_STYLE_PLAIN, "; %" PRIu64 " MB of memory", system->memory.value >> 20);
	od_page_end(page);
}

static void panic_row(struct od_page *page, const struct od_vmcore *vmcore)
{
	for (size_t i = 0; i < vmcore->cpus.count; i++) {
		const struct od_vmcore_cpu *cpu = &vmcore->cpus.items[i];
		if (!cpu->panicked)
			continue;
		od_page_label(page, "Panic");
		od_page_sayf(page, OD_STYLE_FATAL, "on CPU %" PRIu64, cpu->number);
		if (cpu->task) {
			const struct od_vmcore_task *task = &vmcore->tasks.items[cpu->task - 1];
			od_page_say(page, OD_STYLE_PLAIN, ", in ");
			od_page_words(page, OD_STYLE_PLAIN, task->comm);
			od_page_sayf(page, OD_STYLE_PLAIN, ", PID %" PRIu64, task->pid);
		}
		od_page_end(page);
		return;
	}
}

static void system_part(struct od_page *page, const struct od_vmcore *vmcore)
{
	const struct od_vmcore_system *system = &vmcore->system;

	od_text_headline(page, "System");
	if (system->release.len) {
		od_page_label(page, "Kernel");
		od_page_words(page, OD_STYLE_PLAIN, system->release);
		od_page_say(page, OD_STYLE_DIM, " ");
		od_page_words(page, OD_STYLE_DIM, system->version);
		if (system->machine.len)
			od_page_say(page, OD_STYLE_DIM, ", ");
		od_page_words(page, OD_STYLE_DIM, system->machine);
		od_page_end(page);
	}
	row(page, "Build ID", system->build_id);
	row(page, "Node", system->nodename);
	if (system->crash_time.known)
		time_row(page, system->crash_time.value);
	if (system->uptime.known)
		duration_row(page, system->uptime.value);
	if (system->has_load)
		load_row(page, system);
	counts_row(page, vmcore);
	row(page, "Taint", system->taint);
	panic_row(page, vmcore);
	row(page, "Dump", system->format);
	od_page_skip(page);
}

static void registers(struct od_page *page, const struct od_register *items, size_t count)
{
	enum { INDENT = 6, CELL = 30, NAME = 9 };
	unsigned at = INDENT;

	od_page_line(page, INDENT, INDENT);
	for (size_t i = 0; i < count; i++, at += CELL) {
		if (i && at + CELL > page->wrap) {
			od_page_end(page);
			od_page_line(page, INDENT, INDENT);
			at = INDENT;
		}
		od_page_to(page, at);
		od_page_piece(page, OD_STYLE_DIM, items[i].name);
		od_page_to(page, at + NAME);
		od_page_piecef(page, OD_STYLE_PLAIN, "0x%" PRIx64, items[i].value);
	}
	od_page_end(page);
}

static void exception_rows(struct od_page *page, const struct od_vmcore_stack *stack, const struct od_trace *trace)
{
	for (size_t i = 0; i < stack->exceptions.count; i++) {
		const struct od_vmcore_exception *exception = &stack->exceptions.items[i];
		od_page_line(page, 4, 6);
		od_page_say(page, OD_STYLE_DIM, "Registers saved ");
		if (exception->frame < trace->frames.count) {
			od_page_say(page, OD_STYLE_DIM, "at ");
			od_page_words(page, OD_STYLE_DIM, trace->frames.items[exception->frame].raw);
		} else {
			od_page_say(page, OD_STYLE_DIM, "on entry from user space");
		}
		od_page_end(page);
		registers(page, exception->registers.items, exception->registers.count);
	}
}

static void stack(struct od_page *page, const struct od_render_options *options, const struct od_vmcore_stack *stack)
{
	const struct od_trace *trace = &options->vmcore->stacks->traces.items[stack->trace];

	od_text_trace(page, options, options->vmcore->stacks, trace, &stack->variables);
	if (options->vmcore->parts & OD_VMCORE_PART_BT)
		exception_rows(page, stack, trace);
	od_page_line(page, 4, 6);
	if (!trace->frames.count && trace->cpu.known)
		od_page_sayf(page, OD_STYLE_DIM, "CPU %" PRIu64 ": ", trace->cpu.value);
	od_page_say(page, stack->complete ? OD_STYLE_DIM : OD_STYLE_CAUTION,
		    trace->frames.count ? "The stack ends at: " : "no stack: ");
	od_page_words(page, stack->complete ? OD_STYLE_DIM : OD_STYLE_CAUTION, stack->end);
	od_page_end(page);
	od_page_skip(page);
}

/* The CPU that panicked first, then the other CPUs, then tasks that do not run. */
static void stacks_part(struct od_page *page, const struct od_render_options *options)
{
	const struct od_vmcore *vmcore = options->vmcore;
	bool all = !vmcore->parts;

	if (!vmcore->cpus.count)
		return;
	od_text_headline(page, "Stacks");
	for (unsigned panicked = 2; panicked-- > 0;)
		for (size_t i = 0; i < vmcore->cpus.count; i++) {
			const struct od_vmcore_cpu *cpu = &vmcore->cpus.items[i];
			if (cpu->panicked == (panicked == 1) && (all || cpu->stack.wanted))
				stack(page, options, &cpu->stack);
		}
	for (size_t i = 0; i < vmcore->tasks.count; i++) {
		const struct od_vmcore_task *task = &vmcore->tasks.items[i];
		if (task->stack && task->stack->wanted)
			stack(page, options, task->stack);
	}
}

static void module_rows(struct od_page *page, const struct od_vmcore *vmcore)
{
	if (!vmcore->modules.count)
		return;
	od_text_headline(page, "Modules");
	for (size_t i = 0; i < vmcore->modules.count; i++) {
		const struct od_vmcore_module *module = &vmcore->modules.items[i];
		od_page_line(page, 2, 4);
		od_page_piece_within(page, OD_STYLE_PLAIN, module->name, 30);
		od_page_to(page, 28);
		if (module->base.known)
			od_page_piecef(page, OD_STYLE_PLAIN, " 0x%" PRIx64, module->base.value);
		if (module->size.known)
			od_page_piecef(page, OD_STYLE_PLAIN, " %8" PRIu64, module->size.value);
		if (module->taint.len)
			od_page_piecef(page, OD_STYLE_CAUTION, "  (%.*s)", OD_FMT(module->taint));
		if (module->state.len && !od_str_equal(module->state, OD_STR("live")))
			od_page_piecef(page, OD_STYLE_CAUTION, "  %.*s", OD_FMT(module->state));
		od_page_end(page);
	}
}

static void task_row(struct od_page *page, const struct od_vmcore_task *task)
{
	od_page_line(page, 2, 4);
	od_page_piecef(page, OD_STYLE_PLAIN, "%s%6" PRIu64, task->running ? ">" : " ", task->pid);
	od_page_to(page, STATE_COLUMN + 2);
	od_page_piecef(page, OD_STYLE_PLAIN, "%c", task->state ? task->state : '?');
	od_page_to(page, CPU_COLUMN - 2);
	if (task->cpu.known)
		od_page_piecef(page, OD_STYLE_PLAIN, "%4" PRIu64, task->cpu.value);
	od_page_to(page, COMM_COLUMN);
	od_page_piece(page, task->panicked ? OD_STYLE_FATAL : OD_STYLE_PLAIN, task->comm);
	od_page_end(page);
}

static void tasks_part(struct od_page *page, const struct od_render_options *options, bool all)
{
	const struct od_vmcore *vmcore = options->vmcore;
	size_t shown = 0, blocked = 0;

	for (size_t i = 0; i < vmcore->tasks.count; i++)
		blocked += vmcore->tasks.items[i].state == 'D';
	if (!vmcore->tasks.count || (!all && !blocked))
		return;
	od_text_headline(page, all ? "Tasks" : "Tasks in uninterruptible sleep");
	od_page_line(page, 2, 2);
	od_page_piecef(page, OD_STYLE_DIM, "    PID  STATE   CPU   COMMAND");
	od_page_end(page);
	for (size_t i = 0; i < vmcore->tasks.count && (all || shown < MOST_BLOCKED); i++) {
		if (!all && vmcore->tasks.items[i].state != 'D')
			continue;
		task_row(page, &vmcore->tasks.items[i]);
		shown++;
		if (!all && vmcore->tasks.items[i].stack)
			stack(page, options, vmcore->tasks.items[i].stack);
	}
}

static void checks_part(struct od_page *page, const struct od_vmcore *vmcore)
{
	if (!vmcore->checks.count && !vmcore->pointers.count)
		return;
	od_text_headline(page, "The log against memory");
	for (size_t i = 0; i < vmcore->checks.count; i++) {
		const struct od_vmcore_check *check = &vmcore->checks.items[i];
		od_page_label(page, check->agrees ? "Agrees" : "DIFFERS");
		od_page_words(page, check->agrees ? OD_STYLE_PLAIN : OD_STYLE_FATAL, check->text);
		od_page_end(page);
	}
}

static void pointers_part(struct od_page *page, const struct od_vmcore *vmcore)
{
	for (size_t i = 0; i < vmcore->pointers.count; i++) {
		const struct od_vmcore_pointer *pointer = &vmcore->pointers.items[i];
		od_page_label(page, i ? "" : "Pointers");
		od_page_words(page, OD_STYLE_BOLD, pointer->name);
		od_page_sayf(page, OD_STYLE_PLAIN, " = 0x%" PRIx64 ": ", pointer->address);
		od_page_words(page, OD_STYLE_PLAIN, pointer->where);
		if (pointer->value.len) {
			od_page_say(page, OD_STYLE_PLAIN, "; it holds ");
			od_page_words(page, OD_STYLE_PLAIN, pointer->value);
		}
		od_page_end(page);
	}
}

static void notes_part(struct od_page *page, const struct od_vmcore *vmcore)
{
	for (size_t i = 0; i < vmcore->notes.count; i++) {
		od_page_label(page, i ? "" : "Missing");
		od_page_words(page, OD_STYLE_CAUTION, vmcore->notes.items[i]);
		od_page_end(page);
	}
}

void od_text_vmcore_begin(struct od_buf *out, const struct od_render_options *options)
{
	const struct od_vmcore *vmcore = options->vmcore;
	struct od_page page = od_page_on(out, options);

	if (vmcore->parts)
		return;
	system_part(&page, vmcore);
	notes_part(&page, vmcore);
}

void od_text_vmcore_end(struct od_buf *out, const struct od_render_options *options)
{
	const struct od_vmcore *vmcore = options->vmcore;
	struct od_page page = od_page_on(out, options);
	unsigned parts = vmcore->parts;

	if (parts & OD_VMCORE_PART_LOG)
		od_buf_put(out, vmcore->log); /* escaped when it was read */
	if (parts & OD_VMCORE_PART_SYS)
		system_part(&page, vmcore);
	if (!parts) {
		checks_part(&page, vmcore);
		pointers_part(&page, vmcore);
	}
	if (!parts || parts & OD_VMCORE_PART_BT)
		stacks_part(&page, options);
	if (!parts || parts & OD_VMCORE_PART_MOD)
		module_rows(&page, vmcore);
	if (!parts || parts & OD_VMCORE_PART_PS)
		tasks_part(&page, options, parts & OD_VMCORE_PART_PS);
	od_text_answers(&page, vmcore);
	if (parts & ~(unsigned)OD_VMCORE_PART_LOG)
		notes_part(&page, vmcore);
}
