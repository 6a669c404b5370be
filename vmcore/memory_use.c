// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What memory is used for, as /proc/meminfo counts it (meminfo_proc_show(), fs/proc/meminfo.c 6.1): counters of the
 * whole machine, by the names that they have in the kernel's enumerations (include/linux/mmzone.h).
 */
#include "vmcore/kernel.h"

static const struct {
	const char *name, *counter;
	bool of_zones;		/* in vm_zone_stat, else in vm_node_stat */
	unsigned unit;		/* bytes; 0: pages */
} rows[] = {
	{"Free", "NR_FREE_PAGES", true, 0},
	{"Page cache", "NR_FILE_PAGES", false, 0},
	{"Anonymous", "NR_ANON_MAPPED", false, 0},
	{"Shared", "NR_SHMEM", false, 0},
	{"Dirty", "NR_FILE_DIRTY", false, 0},
	{"Under writeback", "NR_WRITEBACK", false, 0},
	{"Slab, reclaimable", "NR_SLAB_RECLAIMABLE_B", false, 0},
	{"Slab, unreclaimable", "NR_SLAB_UNRECLAIMABLE_B", false, 0},
	{"Kernel stacks", "NR_KERNEL_STACK_KB", false, 1024},
	{"Page tables", "NR_PAGETABLE", false, 0},
};

static void put(struct od_kernel *kernel, const char *name, uint64_t count, uint64_t unit)
{
	/* A damaged dump may give a page no size, and counters that no machine has. */
	if (!unit || count > UINT64_MAX / unit)
		return;
	struct od_vmcore_row *row = od_list_push(kernel->model->arena, &kernel->model->memory);
	if (row)
		*row = (struct od_vmcore_row){.name = od_str_from(name), .number = od_num(count * unit)};
}

/* A counter may be below zero for a moment: it counts as nothing, as the kernel shows it. */
static bool read_counter(const struct od_kernel *kernel, uint64_t table, uint64_t index, uint64_t *ret)
{
	if (!table || !od_memory_word(kernel->memory, table + index * kernel->memory->word, ret))
		return false;
	if (*ret > INT64_MAX)
		*ret = 0;
	return true;
}

void od_read_memory_use(struct od_kernel *kernel)
{
	uint64_t index, count, page = kernel->dump->page_size;

	if (kernel->model->system.memory.known)
		put(kernel, "Total", kernel->model->system.memory.value, 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *set = rows[i].of_zones ? "zone_stat_item" : "node_stat_item";
		uint64_t table = rows[i].of_zones ? kernel->at.vm_zone_stat : kernel->at.vm_node_stat;
		if (od_btf_enum_value(kernel->btf, set, rows[i].counter, &index) &&
		    read_counter(kernel, table, index, &count))
			put(kernel, rows[i].name, count, rows[i].unit ? rows[i].unit : page);
	}
	if (read_counter(kernel, kernel->at.total_swap_pages, 0, &count))
		put(kernel, "Swap", count, page);
	if (read_counter(kernel, kernel->at.nr_swap_pages, 0, &count))
		put(kernel, "Swap, free", count, page);
}
