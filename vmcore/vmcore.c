// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/vmcore.h"

#include <stdlib.h>

#include "vmcore/file.h"
#include "vmcore/log.h"

enum { MODEL_LIMIT = 64 << 20 };

static void read_log(struct od_vmcore_file *file, const struct od_kernel *kernel)
{
	struct od_trail trail = {{0}};
	struct od_log_facts facts;

	if (od_log_read(&trail, &file->dump->memory, file->dump->vmcoreinfo, &file->log, &facts) != OD_OK)
		od_kernel_note(kernel, "No log: %s.", trail.text);
	if (facts.cut)
		od_kernel_note(kernel, "Part of the kernel's log is not in the dump.");
	if (facts.unfinished)
		od_kernel_note(kernel, "%llu records of the log were being written when the machine stopped.",
			       (unsigned long long)facts.unfinished);
	if (facts.lost)
		od_kernel_note(kernel, "The text of %llu records of the log is lost.", (unsigned long long)facts.lost);
	file->model.log = od_buf_str(&file->log);
	file->model.log_cut = facts.cut;
}

static void note_file(struct od_vmcore_file *file, const struct od_kernel *kernel)
{
	const struct od_dump *dump = file->dump;
	uint64_t cut = od_dumpfile_cut(dump->file);

	if (cut)
		od_kernel_note(kernel, "The file is cut off at offset %llu: pages that stood behind it are missing.",
			       (unsigned long long)cut);
	if (od_dump_missing(dump))
		od_kernel_note(kernel, "The dump was split, and parts with %llu MB of memory are not here: name them with --part.",
			       (unsigned long long)(od_dump_missing(dump) >> 20));
	if (dump->headers->incomplete.len)
		od_kernel_note(kernel, "Incomplete: %.*s.", OD_FMT(dump->headers->incomplete));
	if (dump->info_by_search)
		od_kernel_note(kernel, "The dump has no VMCOREINFO note; the kernel's own copy was found in its memory.");
	if (!dump->walk && od_paging_is_known(dump->arch) && dump->vmcoreinfo.len)
		od_kernel_note(kernel, "VMCOREINFO is damaged, or does not say where the page tables are: memory cannot be read.");
	else if (!dump->walk && dump->vmcoreinfo.len)
		od_kernel_note(kernel, "Memory of %.*s is read through libkdumpfile; tasks, modules and stacks are read on "
				       "x86_64, arm64, riscv64, s390x and ppc64 only.", OD_FMT(dump->arch));
}

static void note_encryption(struct od_vmcore_file *file, const struct od_kernel *kernel)
{
	if (od_dump_looks_encrypted(file->dump))
		od_kernel_note(kernel, "The page tables are noise: the machine's memory seems to be encrypted (AMD SEV, Intel TDX), "
				       "and cannot be read from outside. A dump that the machine makes itself (kdump) can.");
}

/* What the symbolizer reads of an event: the release, and which modules are not of the kernel's own tree. */
static void describe_stacks(struct od_vmcore *model)
{
	model->stacks->kernel_release = model->system.release;
	for (size_t i = 0; i < model->modules.count; i++) {
		struct od_module *module = od_list_push(model->stacks->arena, &model->stacks->modules);
		if (module)
			*module = (struct od_module){model->modules.items[i].name, model->modules.items[i].taint};
	}
}

static void read_all(struct od_vmcore_file *file, const struct od_layout_source *source)
{
	struct od_kernel *kernel = &file->kernel;

	*kernel = (struct od_kernel){.dump = file->dump, .memory = &file->dump->memory, .model = &file->model};
	note_file(file, kernel);
	note_encryption(file, kernel);
	read_log(file, kernel);
	if (file->dump->walk)
		od_kernel_begin(kernel, source);
	od_read_system(kernel);
	if (kernel->btf) {
		od_read_modules(kernel);
		od_read_tasks(kernel);
		od_read_cpus(kernel);
		od_read_blocked(kernel);
		od_read_memory_use(kernel);
		od_read_network(kernel);
	}
	describe_stacks(&file->model);
}

static od_status open_parts(struct od_trail *trail, const struct od_opener *opener, const char *const *paths,
			    size_t count, struct od_dump **ret)
{
	od_status status = od_dump_open(trail, opener, paths[0], ret);

	for (size_t i = 1; i < count && status == OD_OK; i++) {
		status = od_dump_add(trail, opener, *ret, paths[i]);
		if (status != OD_OK)
			od_fail(trail, status, "%s", paths[i]);
	}
	return status;
}

od_status od_vmcore_open(struct od_trail *trail, const struct od_opener *opener, const char *const *paths, size_t count,
			 const struct od_layout_source *source, struct od_vmcore_file **ret)
{
	struct od_vmcore_file *file = calloc(1, sizeof(*file));

	if (!file)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	od_status status = open_parts(trail, opener, paths, count, &file->dump);
	file->model.arena = od_arena_create(MODEL_LIMIT);
	file->model.stacks = od_event_create();
	if (status == OD_OK && (!file->model.arena || !file->model.stacks))
		status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
	if (status != OD_OK) {
		od_vmcore_close(file);
		return status;
	}
	file->model.arch = od_arch_find_ordered(file->dump->arch, file->dump->memory.big_endian);
	file->model.stacks->arch = file->model.arch;
	read_all(file, source);
	*ret = file;
	return OD_OK;
}

void od_vmcore_close(struct od_vmcore_file *file)
{
	if (!file)
		return;
	for (size_t i = 0; i < file->model.answers.count; i++)
		od_event_destroy(file->model.answers.items[i].code);
	od_event_destroy(file->model.stacks);
	od_kernel_end(&file->kernel);
	od_arena_destroy(file->model.arena);
	od_buf_deinit(&file->log);
	od_dump_close(file->dump);
	free(file);
}

od_status od_vmcore_ask(struct od_trail *trail, struct od_vmcore_file *file, const struct od_vmcore_query *query)
{
	static od_status (*const askers[])(struct od_trail *, struct od_kernel *, const struct od_vmcore_query *) = {
		[OD_ASK_STACK_OF_PANIC] = od_ask_stack, [OD_ASK_STACK_OF_CPUS] = od_ask_stack,
		[OD_ASK_STACK_OF_CPU] = od_ask_stack, [OD_ASK_STACK_OF_TASK] = od_ask_stack,
		[OD_ASK_STACK_OF_TASKS] = od_ask_stack, [OD_ASK_CODE] = od_ask_code,
		[OD_ASK_MEMORY] = od_ask_memory, [OD_ASK_TYPE] = od_ask_type,
		[OD_ASK_WHERE] = od_ask_where,
	};
	return askers[query->question](trail, &file->kernel, query);
}

void od_vmcore_name_targets(struct od_vmcore_file *file, struct od_event *event)
{
	od_name_targets(&file->kernel, event);
}

struct od_str od_vmcore_name(struct od_vmcore_file *file, uint64_t address)
{
	return od_kernel_word_name(&file->kernel, address);
}
