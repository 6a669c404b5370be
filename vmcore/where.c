// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/where.h"

#include <inttypes.h>

#include "vmcore/lists.h"

enum { AREA_LIMIT = 1 << 17, NODE_LIMIT = 1024, CPU_LIMIT = 8192, GUARD = 4096, STACK_SIZE = 16384, FIRST_PAGE = 4096 };

struct search {
	const struct od_kernel *kernel;
	uint64_t address;
	struct od_where *found;
};

/* union thread_union is as large as a stack (include/linux/sched.h). */
static uint64_t stack_size(const struct od_kernel *kernel)
{
	uint32_t type = od_btf_struct(kernel->btf, "thread_union");
	uint64_t size = type ? od_btf_size(kernel->btf, type) : 0;

	return size ? size : STACK_SIZE;
}

static bool find_stack(const struct search *search)
{
	const struct od_kernel *kernel = search->kernel;
	struct od_arena *arena = kernel->model->arena;
	uint64_t size = stack_size(kernel), low;

	for (size_t i = 0; i < kernel->model->tasks.count; i++) {
		const struct od_vmcore_task *task = &kernel->model->tasks.items[i];
		if (!od_kernel_get(kernel, task->address, OD_MEMBER_TASK_STACK, &low) || !low)
			continue;
		if (search->address - low < size) {
			search->found->kind = OD_WHERE_STACK;
			search->found->text = od_arena_printf(
				arena, "in the stack of %.*s, PID %" PRIu64 ", 0x%" PRIx64 " of its 0x%" PRIx64 " bytes above its end",
				OD_FMT(task->comm), task->pid, search->address - low, size);
			return true;
		}
		if (low - search->address - 1 < GUARD) {
			search->found->kind = OD_WHERE_GUARD;
			search->found->text = od_arena_printf(
				arena, "0x%" PRIx64 " bytes below the stack of %.*s, PID %" PRIu64 ", where it faults when it overflows",
				low - search->address, OD_FMT(task->comm), task->pid);
			return true;
		}
	}
	return false;
}

static bool find_module(const struct search *search)
{
	static const char *const parts[OD_MODULE_REGIONS] = {
		"code", "data", "read-only data", "read-only data", "code of its start", "data of its start",
		"read-only data of its start", "memory",
	};
	const struct od_kernel *kernel = search->kernel;
	int module = od_module_at(kernel, search->address);

	if (module < 0)
		return false;
	const struct od_module_code *code = &kernel->modules.items[module];
	const char *part = "memory";
	for (unsigned r = 0; r < OD_MODULE_REGIONS && kernel->known[OD_MEMBER_MODULE_MEMORY]; r++)
		if (search->address - code->regions[r].base < code->regions[r].size)
			part = parts[r];
	struct od_str name = od_kernel_word_name(kernel, search->address);
	search->found->kind = OD_WHERE_MODULE;
	search->found->text = od_arena_printf(kernel->model->arena, "in the %s of module %.*s%s%.*s", part,
					      OD_FMT(kernel->model->modules.items[module].name), name.len ? ": " : "", OD_FMT(name));
	return true;
}

static bool find_kernel(const struct search *search)
{
	const struct od_kernel *kernel = search->kernel;
	struct od_symbol symbol;

	if (!kernel->at._stext || search->address < kernel->at._stext || search->address >= kernel->at._end)
		return false;
	bool named = od_kallsyms_at(kernel->symbols, search->address, &symbol);
	search->found->kind = OD_WHERE_KERNEL;
	search->found->text = !named ? OD_STR("in the kernel's image")
		: od_arena_printf(kernel->model->arena, "in the kernel's %s: %s+0x%" PRIx64,
				  search->address < kernel->at._etext ? "code" : "data", symbol.name,
				  search->address - symbol.address);
	return true;
}

/* Variables that are declared per CPU; what is allocated so later is not named. */
static bool find_percpu(const struct search *search)
{
	const struct od_kernel *kernel = search->kernel;
	uint64_t start = kernel->at.__per_cpu_start, end = kernel->at.__per_cpu_end, count, offset;
	struct od_symbol symbol;

	count = kernel->model->system.cpus.known ? kernel->model->system.cpus.value : 0;
	for (uint64_t cpu = 0; cpu < count && cpu < CPU_LIMIT && end > start; cpu++) {
		uint64_t table = kernel->at.__per_cpu_offset;
		if (!table || !od_memory_word(kernel->memory, table + cpu * kernel->memory->word, &offset) ||
		    search->address - offset - start >= end - start)
			continue;
		bool named = od_kallsyms_at(kernel->symbols, search->address - offset, &symbol);
		search->found->kind = OD_WHERE_PERCPU;
		search->found->text = od_arena_printf(kernel->model->arena, "in memory of CPU %" PRIu64 "%s%s", cpu,
						      named ? ", the variable " : "", named ? symbol.name : "");
		return true;
	}
	return false;
}

static bool find_slab(const struct search *search)
{
	static const char *const states[] = {
		[OD_SLAB_UNKNOWN] = "whether it is free is not known", [OD_SLAB_ALLOCATED] = "allocated", [OD_SLAB_FREE] = "FREE",
		[OD_SLAB_WAITS] = "given to kfree_rcu(), which has not freed it yet",
	};
	struct od_slab_object *object = &search->found->object;
	struct od_arena *arena = search->kernel->model->arena;

	if (!od_slab_find(search->kernel, search->address, object))
		return false;
	search->found->kind = OD_WHERE_SLAB;
	if (object->index >= object->count)
		search->found->text = od_arena_printf(arena, "behind the last of %" PRIu64 " objects of a slab of %.*s",
						      object->count, OD_FMT(object->cache));
	else
		search->found->text = od_arena_printf(
			arena, "%s%s0x%" PRIx64 " of an object of %.*s (%" PRIu64 " bytes at 0x%" PRIx64 "), %s",
			object->outside ? "outside, at " : "at ", search->address < object->start ? "-" : "+",
			search->address < object->start ? object->start - search->address : search->address - object->start, OD_FMT(object->cache),
			object->size, object->start, states[object->state]);
	return true;
}

/* A mapping that vmalloc() and its relatives made; true: it is this one. */
static bool take_area(const struct search *search, uint64_t area)
{
	const struct od_kernel *kernel = search->kernel;
	uint64_t start, end, vm, caller;

	if (!od_kernel_get(kernel, area, OD_MEMBER_AREA_START, &start) ||
	    !od_kernel_get(kernel, area, OD_MEMBER_AREA_END, &end) || search->address - start >= end - start)
		return false;
	bool called = od_kernel_get(kernel, area, OD_MEMBER_AREA_VM, &vm) && vm &&
		      od_kernel_get(kernel, vm, OD_MEMBER_VM_CALLER, &caller) && caller;
	struct od_str name = called ? od_kernel_word_name(kernel, caller) : (struct od_str){NULL, 0};
	search->found->kind = OD_WHERE_VMALLOC;
	search->found->text = od_arena_printf(kernel->model->arena, "0x%" PRIx64 " in a mapping of 0x%" PRIx64 " bytes%s%.*s",
					      search->address - start, end - start, name.len ? ", made for " : "", OD_FMT(name));
	return true;
}

static bool walk_areas(const struct search *search, uint64_t head)
{
	struct od_list_walk walk = {.memory = search->kernel->memory, .head = head, .limit = AREA_LIMIT};
	uint64_t offset = od_kernel_address(search->kernel, 0, OD_MEMBER_AREA_LIST);

	while (head && search->kernel->known[OD_MEMBER_AREA_LIST] && od_list_next(&walk))
		if (take_area(search, walk.at - offset))
			return true;
	return false;
}

static bool find_vmalloc(const struct search *search)
{
	const struct od_kernel *kernel = search->kernel;
	uint64_t nodes, count, stride = od_btf_size(kernel->btf, od_btf_struct(kernel->btf, "vmap_node"));

	if (kernel->at.vmap_area_list)
		return walk_areas(search, kernel->at.vmap_area_list);
	if (!kernel->at.vmap_nodes || !kernel->at.nr_vmap_nodes || !stride ||
	    !od_memory_word(kernel->memory, kernel->at.vmap_nodes, &nodes) ||
	    !od_memory_uint(kernel->memory, kernel->at.nr_vmap_nodes, 4, &count))
		return false;
	for (uint64_t i = 0; i < count && i < NODE_LIMIT; i++)
		if (walk_areas(search, od_kernel_address(kernel, nodes + i * stride, OD_MEMBER_VMAP_BUSY)))
			return true;
	return false;
}

struct od_where od_where_find(const struct od_kernel *kernel, uint64_t address)
{
	static bool (*const finders[])(const struct search *) = {
		find_module, find_kernel, find_stack, find_percpu, find_slab, find_vmalloc,
	};
	struct od_where found = {.kind = OD_WHERE_NOWHERE};
	const struct search search = {kernel, address, &found};
	char byte;

	if (address < FIRST_PAGE)
		found.text = OD_STR("in the first page: a NULL pointer, or a member behind one");
	else if (address < kernel->dump->lowest)
		found.text = OD_STR("no address of the kernel's");
	else if (!kernel->btf)
		found.text = OD_STR("not known: the dump has no type information (BTF)");
	for (size_t i = 0; i < sizeof(finders) / sizeof(finders[0]) && !found.text.len; i++)
		if (finders[i](&search))
			return found;
	if (found.text.len)
		return found;
	found.kind = OD_WHERE_OTHER;
	found.text = OD_STR("mapped, but neither a slab's, a stack's nor a mapping's of vmalloc()");
	if (kernel->memory->read(kernel->memory->user, address, &byte, 1) == 1)
		return found;
	found.kind = OD_WHERE_NOWHERE;
	found.text = OD_STR("nothing is mapped there, or the page is not in the dump");
	return found;
}
