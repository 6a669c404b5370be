// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tasks: init_task.tasks links the thread group leaders, signal->thread_head the threads of each
 * (include/linux/sched.h, sched/signal.h); idle tasks are in no list, each run queue has its own.
 */
#include "vmcore/kernel.h"

#include <stdlib.h>

#include "vmcore/lists.h"

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

/* The other threads of a leader. False: their list leads back into itself. */
static bool add_threads(struct od_kernel *kernel, uint64_t leader)
{
	uint64_t signal, offset = od_kernel_address(kernel, 0, OD_MEMBER_TASK_THREAD_NODE);

	if (!offset || !od_kernel_get(kernel, leader, OD_MEMBER_TASK_SIGNAL, &signal) || !signal)
		return true;
	struct od_list_walk walk = {.memory = kernel->memory, .limit = THREAD_LIMIT,
				    .head = od_kernel_address(kernel, signal, OD_MEMBER_SIGNAL_THREADS)};
	while (walk.head && od_list_next(&walk))
		if (walk.at - offset != leader && !add(kernel, walk.at - offset))
			break;
	return walk.end != OD_LIST_LOOP;
}

/* A task's address, and its place among the tasks. */
struct seen {
	uint64_t address;
	size_t index;
};

static int by_address(const void *left, const void *right)
{
	const struct seen *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* What a list that leads back into itself brought a second time goes. */
static void drop_repeated(struct od_vmcore *model)
{
	size_t count = model->tasks.count, first = count;
	struct seen *seen = count ? malloc(count * sizeof(*seen)) : NULL;

	for (size_t i = 0; seen && i < count; i++)
		seen[i] = (struct seen){model->tasks.items[i].address, i};
	if (seen)
		qsort(seen, count, sizeof(*seen), by_address);
	for (size_t i = 1; seen && i < count; i++)
		if (seen[i].address == seen[i - 1].address && seen[i].index < first)
			first = seen[i].index;
	free(seen);
	model->tasks.count = first;
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
	uint64_t offset = od_kernel_address(kernel, 0, OD_MEMBER_TASK_TASKS);
	struct od_list_walk walk = {.memory = kernel->memory, .head = kernel->at.init_task + offset, .limit = TASK_LIMIT};
	bool loops = false, readable = true;

	if (!kernel->at.init_task || !offset)
		return;
	add(kernel, kernel->at.init_task);
	while (readable && od_list_next(&walk)) {
		readable = add(kernel, walk.at - offset);
		loops |= readable && !add_threads(kernel, walk.at - offset);
	}
	if (loops || walk.end == OD_LIST_LOOP)
		drop_repeated(kernel->model);
	if (!readable)
		od_kernel_note(kernel, "The list of tasks is damaged, or not in the dump, behind its first %u: other tasks are "
				       "missing.", walk.count - 1);
	else if (od_list_trouble(&walk))
		od_kernel_note(kernel, "The list of tasks %s behind its first %zu: other tasks are missing.",
			       od_list_trouble(&walk), kernel->model->tasks.count);
	add_queues(kernel);
}
