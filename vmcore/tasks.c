// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tasks: init_task.tasks links the thread group leaders, signal->thread_head the threads of each
 * (include/linux/sched.h, sched/signal.h); idle tasks are in no list, each run queue has its own.
 */
#include "vmcore/kernel.h"

#include "vmcore/unwind.h"

enum { TASK_LIMIT = 1 << 16, THREAD_LIMIT = 1 << 15 };

/* As ps shows it; task_index_to_char() of include/linux/sched.h 6.1 and the order of its TASK_* bits. */
static char state_letter(uint64_t state, uint64_t exit_state)
{
	static const char letters[] = "RSDTtXZPI";
	enum { UNINTERRUPTIBLE = 0x2, EXIT_DEAD = 0x10, EXIT_ZOMBIE = 0x20, NOLOAD = 0x400, REPORTED = 0x7f };
	uint64_t bits = (state | exit_state) & REPORTED;

	if (exit_state & EXIT_ZOMBIE)
		return 'Z';
	if (exit_state & EXIT_DEAD)
		return 'X';
	if ((state & (UNINTERRUPTIBLE | NOLOAD)) == (UNINTERRUPTIBLE | NOLOAD))
		return 'I';
	return letters[bits ? 64 - __builtin_clzll(bits) : 0];
}

static bool describe(const struct od_kernel *kernel, uint64_t address, struct od_vmcore_task *task)
{
	uint64_t value, state, exit_state = 0;

	task->address = address;
	if (!od_kernel_get(kernel, address, OD_MEMBER_TASK_PID, &value))
		return false;
	task->pid = value;
	if (od_kernel_get(kernel, address, OD_MEMBER_TASK_TGID, &value))
		task->tgid = value;
	task->comm = od_kernel_text(kernel, address, OD_MEMBER_TASK_COMM);
	od_kernel_get(kernel, address, OD_MEMBER_TASK_EXIT_STATE, &exit_state);
	if (od_kernel_get(kernel, address, OD_MEMBER_TASK_STATE, &state))
		task->state = state_letter(state, exit_state);
	if (od_kernel_get(kernel, address, OD_MEMBER_TASK_CPU, &value))
		task->cpu = od_num(value);
	if (od_kernel_get(kernel, address, OD_MEMBER_TASK_ON_CPU, &value))
		task->running = value != 0;
	uint64_t parent;
	if (od_kernel_get(kernel, address, OD_MEMBER_TASK_PARENT, &parent) &&
	    od_kernel_get(kernel, parent, OD_MEMBER_TASK_TGID, &value))
		task->parent = od_num(value);
	return true;
}

static size_t add(struct od_kernel *kernel, uint64_t address)
{
	struct od_vmcore_task task = {0};

	if (kernel->model->tasks.count >= TASK_LIMIT || !describe(kernel, address, &task))
		return 0;
	struct od_vmcore_task *item = od_list_push(kernel->model->arena, &kernel->model->tasks);
	if (!item)
		return 0;
	*item = task;
	return kernel->model->tasks.count;
}

size_t od_task_index(struct od_kernel *kernel, uint64_t address)
{
	for (size_t i = 0; i < kernel->model->tasks.count; i++)
		if (kernel->model->tasks.items[i].address == address)
			return i + 1;
	return add(kernel, address);
}

/* The other threads of a leader. */
static void add_threads(struct od_kernel *kernel, uint64_t leader)
{
	uint64_t signal, head, at, offset = od_kernel_address(kernel, 0, OD_MEMBER_TASK_THREAD_NODE);

	if (!offset || !od_kernel_get(kernel, leader, OD_MEMBER_TASK_SIGNAL, &signal) || !signal)
		return;
	head = od_kernel_address(kernel, signal, OD_MEMBER_SIGNAL_THREADS);
	if (!head || !od_memory_word(kernel->memory, head, &at))
		return;
	for (unsigned i = 0; at != head && i < THREAD_LIMIT; i++) {
		if (at - offset != leader && !add(kernel, at - offset))
			return;
		if (!od_memory_word(kernel->memory, at, &at))
			return;
	}
}

/* Idle tasks and what runs: a task that is just ending is in no list any more, but on its CPU. */
static void add_queues(struct od_kernel *kernel)
{
	static const enum od_kernel_member members[] = {OD_MEMBER_RQ_IDLE, OD_MEMBER_RQ_CURR};
	uint64_t count = kernel->model->system.cpus.known ? kernel->model->system.cpus.value : 0;

	for (uint64_t cpu = 0; cpu < count; cpu++)
		for (unsigned i = 0; i < 2; i++) {
			uint64_t queue = od_kernel_percpu(kernel, kernel->at.runqueues, cpu), task;
			if (queue && od_kernel_get(kernel, queue, members[i], &task) && task)
				od_task_index(kernel, task);
		}
}

void od_read_tasks(struct od_kernel *kernel)
{
	uint64_t offset = od_kernel_address(kernel, 0, OD_MEMBER_TASK_TASKS), head = kernel->at.init_task + offset, at;

	if (!kernel->at.init_task || !offset)
		return;
	add(kernel, kernel->at.init_task);
	at = head;
	for (unsigned i = 0;; i++) {
		if (!od_memory_word(kernel->memory, at, &at)) {
			od_kernel_note(kernel, "The list of tasks ends at a hole, behind its first %u.", i);
			break;
		}
		if (at == head)
			break;
		if (i == TASK_LIMIT || !add(kernel, at - offset)) {
			od_kernel_note(kernel, "The list of tasks is damaged, or not in the dump, behind its first %u: "
					       "other tasks are missing.", i);
			break;
		}
		add_threads(kernel, at - offset);
	}
	add_queues(kernel);
}
