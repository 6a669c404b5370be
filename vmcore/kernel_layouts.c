// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Types out of the kernel's debug info, where it carries none (CONFIG_DEBUG_INFO_BTF is not set, or it is older than 5.2). Debug info
 * repeats a type in every unit that uses it; so a few functions are named in whose files those that are wanted are used. And the
 * addresses of variables, where kallsyms has functions only (CONFIG_KALLSYMS_ALL is not set: Debian's arm64 kernel 6.1).
 */
#include "vmcore/kernel.h"
#include "vmcore/vmcoreinfo.h"

/* init/main.c, kernel/sched/core.c, kernel/module/main.c, … : Linux 3.10 to 7.2 */
static const char *const function_names[] = {
	"start_kernel", "wake_up_process", "copy_process", "copy_thread", "copy_thread_tls", "__switch_to", "unwind_next_frame",
	"module_put", "ktime_get", "kmem_cache_free", "vfree", "__alloc_pages", "dev_get_by_index_rcu", "neigh_lookup", "inet_gifconf",
	"devinet_init", "in_dev_finish_destroy", "cea_set_pte", "handle_bad_stack", "__show_regs",
};

/* What is asked for by name elsewhere, and a variable whose type has no name. */
static const char *const type_names[] = {
	"page", "pagetype", "pageflags", "thread_union", "vmap_node", "module_memory", "pt_regs", "kmem_cache_per_node_ptrs",
	"zone_stat_item", "node_stat_item", "tk_core", "list_head",
};

enum { FUNCTIONS = sizeof(function_names) / sizeof(function_names[0]), TYPES = sizeof(type_names) / sizeof(type_names[0]),
       NAMES = OD_MEMBER_COUNT + TYPES, ARENA_LIMIT = 64 << 20 };

static size_t collect_names(struct od_str names[NAMES])
{
	static const char *const structures[] = {
#define OD_MEMBER(identifier, structure, path, older) structure,
#include "vmcore/kernel.def"
	};
	size_t count = 0;

	for (size_t i = 0; i < OD_MEMBER_COUNT; i++)
		if (!i || strcmp(structures[i], structures[i - 1]) != 0)
			names[count++] = od_str_from(structures[i]);
	for (size_t i = 0; i < TYPES; i++)
		names[count++] = od_str_from(type_names[i]);
	return count;
}

/* A place of the kernel's code, for the file with its debug info to be found and held against it; behind what patches a function. */
static bool describe_place(const struct od_kernel *kernel, struct od_event *place)
{
	enum { INSIDE = 16 };
	struct od_str info = kernel->dump->vmcoreinfo;

	place->arch = kernel->model->arch;
	place->has_ip = kernel->at.start_kernel != 0;
	od_kernel_name(kernel, kernel->at.start_kernel + INSIDE, false, &place->ip);
	od_vmcoreinfo_get(info, "OSRELEASE", &place->kernel_release);
	od_vmcoreinfo_get(info, "BUILD-ID", &place->ip.build_id);
	return place->has_ip && place->ip.function.len;
}

/* Asks for what is wished; OD_ERR_MISSING: there is no debug info of this kernel. */
static od_status ask(struct od_trail *trail, const struct od_kernel *kernel, const struct od_layout_source *source,
		     const struct od_layout_wish *wish, struct od_arena *arena, struct od_layouts *ret)
{
	struct od_event *place = od_event_create();
	bool found = place && arena && describe_place(kernel, place) && source->read(source->user, place, wish, arena, ret);

	od_event_destroy(place);
	if (!place || !arena)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	return found ? OD_OK : od_fail(trail, OD_ERR_MISSING, "no debug info of it was found (--vmlinux FILE)");
}

od_status od_kernel_read_layouts(struct od_trail *trail, struct od_kernel *kernel, const struct od_layout_source *source)
{
	struct od_arena *arena = od_arena_create(ARENA_LIMIT);
	struct od_str names[NAMES], functions[FUNCTIONS];
	struct od_layouts layouts = {0};

	for (size_t i = 0; i < FUNCTIONS; i++)
		functions[i] = od_str_from(function_names[i]);
	const struct od_layout_wish wish = {.functions = functions, .function_count = FUNCTIONS, .names = names,
					    .count = collect_names(names)};
	od_status status = ask(trail, kernel, source, &wish, arena, &layouts);
	if (status == OD_OK)
		status = od_btf_make(trail, &layouts, &kernel->btf);
	od_arena_destroy(arena);
	return status;
}

/* Those of a CPU of x86_64 are counted from 0 (to 6.14) and do not move with the kernel. */
static uint64_t moved(const struct od_kernel *kernel, uint64_t address, uint64_t distance)
{
	return address < kernel->at._stext - distance ? address : address + distance;
}

od_status od_kernel_read_variables(struct od_trail *trail, struct od_kernel *kernel, const struct od_layout_source *source)
{
	static const char *const texts[] = {
		"start_kernel",
#define OD_VARIABLE(name) #name,
#include "vmcore/kernel.def"
	};
	uint64_t *const fields[] = {
		NULL,
#define OD_VARIABLE(name) &kernel->at.name,
#include "vmcore/kernel.def"
	};
	enum { SYMBOLS = sizeof(texts) / sizeof(texts[0]) };
	struct od_arena *arena = od_arena_create(ARENA_LIMIT);
	struct od_layouts layouts = {0};
	struct od_str symbols[SYMBOLS];

	for (size_t i = 0; i < SYMBOLS; i++)
		symbols[i] = od_str_from(texts[i]);
	const struct od_layout_wish wish = {.symbols = symbols, .symbol_count = SYMBOLS};
	od_status status = ask(trail, kernel, source, &wish, arena, &layouts);
	const uint64_t *found = layouts.addresses.items;
	if (status == OD_OK && (layouts.addresses.count != SYMBOLS || !found[0]))
		status = od_fail(trail, OD_ERR_MISSING, "its debug info has no symbols");
	for (size_t i = 1; status == OD_OK && i < SYMBOLS; i++)
		if (found[i] && !*fields[i])
			*fields[i] = moved(kernel, found[i], kernel->at.start_kernel - found[0]);
	od_arena_destroy(arena);
	return status;
}
