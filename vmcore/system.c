// SPDX-License-Identifier: GPL-3.0-or-later
/* The machine and its kernel: struct new_utsname, timekeeper, avenrun, masks of CPUs. */
#include "vmcore/kernel.h"
#include "vmcore/vmcoreinfo.h"

enum {
	UTS_FIELD = 65,			/* __NEW_UTS_LEN + 1, include/uapi/linux/utsname.h */
	MASK_BYTES = 1024,		/* NR_CPUS 8192 */
	LOAD_SHIFT = 11, LOAD_ROUND = 10, /* FSHIFT and FIXED_1 / 200, include/linux/sched/loadavg.h */
};

static void read_uts(struct od_kernel *kernel)
{
	struct od_vmcore_system *system = &kernel->model->system;
	struct od_str *const fields[] = {NULL, &system->nodename, NULL, &system->version, &system->machine};
	uint64_t base, offset;
	char text[UTS_FIELD];

	if (!od_vmcoreinfo_hex(kernel->dump->vmcoreinfo, "SYMBOL(init_uts_ns)", &base) ||
	    (!od_vmcoreinfo_number(kernel->dump->vmcoreinfo, "OFFSET(uts_namespace.name)", &offset) &&
	     !(offset = od_kernel_address(kernel, 0, OD_MEMBER_UTS_NAME))))
		return;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i])
			*fields[i] = od_arena_copy(kernel->model->arena,
						   od_memory_string(kernel->memory, base + offset + i * UTS_FIELD, text,
								    sizeof(text)));
}

static void read_info(struct od_kernel *kernel)
{
	struct od_vmcore_system *system = &kernel->model->system;
	struct od_str info = kernel->dump->vmcoreinfo, text;
	uint64_t value;

	if (od_vmcoreinfo_get(info, "OSRELEASE", &text))
		system->release = od_arena_copy(kernel->model->arena, text);
	if (od_vmcoreinfo_get(info, "BUILD-ID", &text))
		system->build_id = od_arena_copy(kernel->model->arena, text);
	if (od_vmcoreinfo_number(info, "CRASHTIME", &value))
		system->crash_time = od_num(value);
	if (od_vmcoreinfo_hex(info, "KERNELOFFSET", &value))
		system->kernel_offset = od_num(value);
}

/* The struct that tk_core is has no name up to 6.12: its timekeeper is where a struct with such a member has it. */
static void read_clock(struct od_kernel *kernel)
{
	struct od_vmcore_system *system = &kernel->model->system;
	struct od_btf_member keeper;
	uint64_t seconds, monotonic;
	uint32_t type = kernel->btf ? od_btf_struct_with(kernel->btf, "timekeeper") : 0;

	uint64_t core = kernel->at.tk_core ? kernel->at.tk_core : kernel->at.timekeeper_data;

	if (!type || !core || !od_btf_member_of(kernel->btf, type, "timekeeper", &keeper))
		return;
	uint64_t base = core + keeper.offset;
	if (!od_kernel_get(kernel, base, OD_MEMBER_TIMEKEEPER_SECONDS, &seconds) ||
	    !od_kernel_get(kernel, base, OD_MEMBER_TIMEKEEPER_MONOTONIC, &monotonic))
		return;
	system->uptime = od_num(seconds + monotonic);
	if (!system->crash_time.known)
		system->crash_time = od_num(seconds);
}

static struct od_num count_mask(const struct od_kernel *kernel, uint64_t mask)
{
	unsigned char bytes[MASK_BYTES];
	uint64_t limit = 0, count = 0;

	if (!mask)
		return (struct od_num){0};
	if (!kernel->at.nr_cpu_ids || !od_memory_uint(kernel->memory, kernel->at.nr_cpu_ids, 4, &limit) || !limit ||
	    limit > 8 * MASK_BYTES)
		limit = 64;
	size_t size = (size_t)(limit + 63) / 64 * 8;
	if (!od_memory_read(kernel->memory, mask, bytes, size))
		return (struct od_num){0};
	for (size_t i = 0; i < size; i++)
		count += (unsigned)__builtin_popcount(bytes[i]);
	return od_num(count);
}

static void read_load(struct od_kernel *kernel)
{
	struct od_vmcore_system *system = &kernel->model->system;

	system->has_load = kernel->at.avenrun != 0;
	for (unsigned i = 0; i < 3 && system->has_load; i++) {
		uint64_t value;
		system->has_load = od_memory_word(kernel->memory, kernel->at.avenrun + i * kernel->memory->word, &value);
		if (system->has_load)
			system->load[i] = od_num((value + LOAD_ROUND) * 100 >> LOAD_SHIFT);
	}
}

void od_read_system(struct od_kernel *kernel)
{
	struct od_vmcore_system *system = &kernel->model->system;
	uint64_t value;

	system->format = od_str_from(kernel->dump->headers->format);
	read_info(kernel);
	read_uts(kernel);
	if (!kernel->symbols)
		return;
	read_clock(kernel);
	read_load(kernel);
	system->cpus = count_mask(kernel, kernel->at.__cpu_possible_mask);
	system->online = count_mask(kernel, kernel->at.__cpu_online_mask);
	if (kernel->at.tainted_mask && od_memory_word(kernel->memory, kernel->at.tainted_mask, &value))
		system->taint = od_kernel_taint(kernel, value);
	if (kernel->at._totalram_pages && od_memory_word(kernel->memory, kernel->at._totalram_pages, &value) &&
	    value < UINT64_MAX / kernel->dump->page_size)
		system->memory = od_num(value * kernel->dump->page_size);
}
