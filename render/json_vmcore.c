// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/json_frame.h"

static void load_keys(struct od_json *json, const struct od_vmcore_system *system)
{
	static const char *const keys[] = {"1min", "5min", "15min"};

	od_json_key_open(json, "load", '{');
	for (unsigned i = 0; i < 3; i++)
		od_json_key_seconds(json, keys[i], od_num(system->load[i].value * 10000));
	od_json_close(json, '}');
}

static void system_keys(struct od_json *json, const struct od_vmcore *vmcore)
{
	const struct od_vmcore_system *system = &vmcore->system;

	od_json_key_open(json, "sys", '{');
	od_json_key_string(json, "format", system->format);
	od_json_key_string(json, "release", system->release);
	od_json_key_string(json, "version", system->version);
	od_json_key_string(json, "machine", system->machine);
	od_json_key_string(json, "nodename", system->nodename);
	od_json_key_string(json, "build_id", system->build_id);
	od_json_key_number(json, "crash_time", system->crash_time);
	od_json_key_number(json, "uptime", system->uptime);
	if (system->has_load)
		load_keys(json, system);
	od_json_key_number(json, "cpus", system->cpus);
	od_json_key_number(json, "cpus_online", system->online);
	if (vmcore->tasks.count)
		od_json_key_number(json, "tasks", od_num(vmcore->tasks.count));
	od_json_key_hex(json, "kernel_offset", system->kernel_offset);
	od_json_key_string(json, "taint", system->taint);
	od_json_close(json, '}');
}

/* "Slab, reclaimable" is "slab_reclaimable": the names are this program's own. */
static void memory_keys(struct od_json *json, const struct od_vmcore *vmcore)
{
	char key[32];

	if (!vmcore->memory.count)
		return;
	od_json_key_open(json, "memory", '{');
	for (size_t i = 0; i < vmcore->memory.count; i++) {
		const struct od_vmcore_row *row = &vmcore->memory.items[i];
		size_t len = 0;
		for (size_t k = 0; k < row->name.len && len < sizeof(key) - 1; k++) {
			char c = row->name.ptr[k];
			if (c != ',')
				key[len++] = c == ' ' ? '_' : (char)(c | 0x20);
		}
		key[len] = '\0';
		od_json_key_number(json, key, row->number);
	}
	od_json_close(json, '}');
}

static void network_keys(struct od_json *json, const struct od_vmcore *vmcore)
{
	if (!vmcore->devices.count)
		return;
	od_json_key_open(json, "net", '[');
	for (size_t i = 0; i < vmcore->devices.count; i++) {
		const struct od_vmcore_row *row = &vmcore->devices.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "name", row->name);
		od_json_key_hex(json, "address", row->address);
		od_json_key_bool(json, "up", row->number.value);
		od_json_key_string(json, "ip", row->type);
		od_json_key_string(json, "hardware", row->value);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
	if (!vmcore->neighbours.count)
		return;
	od_json_key_open(json, "arp", '[');
	for (size_t i = 0; i < vmcore->neighbours.count; i++) {
		const struct od_vmcore_row *row = &vmcore->neighbours.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "ip", row->type);
		od_json_key_string(json, "device", row->name);
		od_json_key_string(json, "state", row->value);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void answer_row(struct od_json *json, const struct od_vmcore_row *row)
{
	od_json_open(json, '{');
	od_json_key_hex(json, "address", row->address);
	if (row->depth)
		od_json_key_number(json, "depth", od_num(row->depth));
	od_json_key_string(json, "name", row->name);
	od_json_key_string(json, "type", row->type);
	od_json_key_string(json, "value", row->value);
	od_json_key_hex(json, "word", row->number);
	od_json_close(json, '}');
}

static void answer_list(struct od_json *json, const struct od_vmcore *vmcore)
{
	static const char *const views[] = {[OD_ASK_CODE] = "dis", [OD_ASK_MEMORY] = "rd", [OD_ASK_TYPE] = "struct",
					     [OD_ASK_WHERE] = "kmem"};

	if (!vmcore->answers.count)
		return;
	od_json_key_open(json, "answers", '[');
	for (size_t i = 0; i < vmcore->answers.count; i++) {
		const struct od_vmcore_answer *answer = &vmcore->answers.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "view", od_str_from(views[answer->question]));
		od_json_key_string(json, "title", answer->title);
		od_json_key_hex(json, "address", answer->address);
		od_json_key_number(json, "size", answer->size);
		od_json_key_string(json, "where", answer->text);
		if (answer->code)
			od_json_code(json, &answer->code->code);
		if (answer->rows.count) {
			od_json_key_open(json, "rows", '[');
			for (size_t r = 0; r < answer->rows.count; r++)
				answer_row(json, &answer->rows.items[r]);
			od_json_close(json, ']');
		}
		od_json_key_string(json, "note", answer->note);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void task_keys(struct od_json *json, const struct od_vmcore_task *task)
{
	od_json_key_number(json, "pid", od_num(task->pid));
	od_json_key_string(json, "comm", task->comm);
	if (task->state)
		od_json_key_string(json, "state", (struct od_str){&task->state, 1});
}

static const struct od_vmcore_task *task_of(const struct od_vmcore *vmcore, const struct od_vmcore_cpu *cpu)
{
	return cpu->task ? &vmcore->tasks.items[cpu->task - 1] : NULL;
}

static void panic_keys(struct od_json *json, const struct od_vmcore *vmcore)
{
	for (size_t i = 0; i < vmcore->cpus.count; i++) {
		const struct od_vmcore_cpu *cpu = &vmcore->cpus.items[i];
		if (!cpu->panicked)
			continue;
		od_json_key_open(json, "panic", '{');
		od_json_key_number(json, "cpu", od_num(cpu->number));
		if (task_of(vmcore, cpu))
			task_keys(json, task_of(vmcore, cpu));
		od_json_close(json, '}');
		return;
	}
}

static void register_keys(struct od_json *json, const struct od_register *items, size_t count)
{
	od_json_key_open(json, "registers", '{');
	for (size_t i = 0; i < count; i++) {
		od_json_key_from_log(json, items[i].name);
		od_json_hex(json, items[i].value);
	}
	od_json_close(json, '}');
}

static void stack_keys(struct od_json *json, const struct od_vmcore_stack *stack, const struct od_trace *trace)
{
	od_json_key_open(json, "frames", '[');
	for (size_t i = 0; i < trace->frames.count; i++)
		od_json_trace_frame(json, &trace->frames.items[i], &stack->variables);
	od_json_close(json, ']');
	od_json_key_bool(json, "complete", stack->complete);
	od_json_key_string(json, "end", stack->end);
	if (!stack->exceptions.count)
		return;
	od_json_key_open(json, "exceptions", '[');
	for (size_t i = 0; i < stack->exceptions.count; i++) {
		const struct od_vmcore_exception *exception = &stack->exceptions.items[i];
		od_json_open(json, '{');
		od_json_key_number(json, "before_frame", od_num(exception->frame));
		register_keys(json, exception->registers.items, exception->registers.count);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void cpu_list(struct od_json *json, const struct od_vmcore *vmcore)
{
	od_json_key_open(json, "cpus", '[');
	for (size_t i = 0; i < vmcore->cpus.count; i++) {
		const struct od_vmcore_cpu *cpu = &vmcore->cpus.items[i];
		const struct od_vmcore_task *task = task_of(vmcore, cpu);
		od_json_open(json, '{');
		od_json_key_number(json, "cpu", od_num(cpu->number));
		if (task) {
			od_json_key_open(json, "task", '{');
			task_keys(json, task);
			od_json_close(json, '}');
		}
		od_json_key_bool(json, "panicked", cpu->panicked);
		if (cpu->registers.count)
			register_keys(json, cpu->registers.items, cpu->registers.count);
		stack_keys(json, &cpu->stack, &vmcore->stacks->traces.items[cpu->stack.trace]);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void task_list(struct od_json *json, const struct od_vmcore *vmcore)
{
	od_json_key_open(json, "tasks", '[');
	for (size_t i = 0; i < vmcore->tasks.count; i++) {
		const struct od_vmcore_task *task = &vmcore->tasks.items[i];
		od_json_open(json, '{');
		task_keys(json, task);
		od_json_key_number(json, "tgid", od_num(task->tgid));
		od_json_key_number(json, "ppid", task->parent);
		od_json_key_number(json, "cpu", task->cpu);
		od_json_key_hex(json, "address", od_num(task->address));
		if (task->running)
			od_json_key_bool(json, "running", true);
		if (task->stack)
			stack_keys(json, task->stack, &vmcore->stacks->traces.items[task->stack->trace]);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void module_list(struct od_json *json, const struct od_vmcore *vmcore)
{
	od_json_key_open(json, "modules", '[');
	for (size_t i = 0; i < vmcore->modules.count; i++) {
		const struct od_vmcore_module *module = &vmcore->modules.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "name", module->name);
		od_json_key_hex(json, "address", od_num(module->address));
		od_json_key_hex(json, "base", module->base);
		od_json_key_number(json, "size", module->size);
		od_json_key_string(json, "taint", module->taint);
		od_json_key_string(json, "state", module->state);
		od_json_key_string(json, "version", module->version);
		od_json_key_string(json, "build_id", module->build_id);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void check_list(struct od_json *json, const struct od_vmcore *vmcore)
{
	if (!vmcore->checks.count)
		return;
	od_json_key_open(json, "checks", '[');
	for (size_t i = 0; i < vmcore->checks.count; i++) {
		od_json_open(json, '{');
		od_json_key_bool(json, "agrees", vmcore->checks.items[i].agrees);
		od_json_key_string(json, "text", vmcore->checks.items[i].text);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void pointer_list(struct od_json *json, const struct od_vmcore *vmcore)
{
	if (!vmcore->pointers.count)
		return;
	od_json_key_open(json, "pointers", '[');
	for (size_t i = 0; i < vmcore->pointers.count; i++) {
		const struct od_vmcore_pointer *pointer = &vmcore->pointers.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "name", pointer->name);
		od_json_key_hex(json, "address", od_num(pointer->address));
		od_json_key_string(json, "where", pointer->where);
		od_json_key_string(json, "type", pointer->type);
		od_json_key_string(json, "value", pointer->value);
		od_json_key_string(json, "cache", pointer->cache);
		od_json_key_hex(json, "object", pointer->object);
		od_json_key_number(json, "size", pointer->size);
		od_json_key_string(json, "state", pointer->state);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

void od_json_vmcore(struct od_json *json, const struct od_vmcore *vmcore)
{
	od_json_key_open(json, "vmcore", '{');
	system_keys(json, vmcore);
	memory_keys(json, vmcore);
	panic_keys(json, vmcore);
	cpu_list(json, vmcore);
	task_list(json, vmcore);
	module_list(json, vmcore);
	network_keys(json, vmcore);
	answer_list(json, vmcore);
	check_list(json, vmcore);
	pointer_list(json, vmcore);
	if (vmcore->notes.count)
		od_json_key_strings(json, "notes", vmcore->notes.items, vmcore->notes.count);
	if (vmcore->parts & OD_VMCORE_PART_LOG)
		od_json_key_string(json, "log", vmcore->log);
	od_json_close(json, '}');
}
