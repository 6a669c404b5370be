// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/kernel.h"

#include <stdarg.h>
#include <stdio.h>

#include "vmcore/vmcoreinfo.h"

enum { BTF_LIMIT = 64 << 20, TEXT_LIMIT = 256, NOTE_LIMIT = 100, TAINT_BITS = 20, IMAGE_LIMIT = 128 << 20 };

static const struct { const char *structure, *path, *older; } member_rows[OD_MEMBER_COUNT] = {
#define OD_MEMBER(identifier, structure, path, older) [OD_MEMBER_##identifier] = {structure, path, older},
#include "vmcore/kernel.def"
};

void od_kernel_note(const struct od_kernel *kernel, const char *format, ...)
{
	struct od_vmcore *model = kernel->model;
	char text[512];
	va_list args;

	if (model->notes.count >= NOTE_LIMIT)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	struct od_str *note = od_list_push(model->arena, &model->notes);
	if (note)
		*note = od_arena_copy(model->arena, od_str_from(text));
}

static void find_variables(struct od_kernel *kernel)
{
	const struct od_symbol_wish wishes[] = {
#define OD_VARIABLE(name) {#name, &kernel->at.name},
#include "vmcore/kernel.def"
	};
	od_kallsyms_find(kernel->symbols, wishes, sizeof(wishes) / sizeof(wishes[0]));
}

static void find_members(struct od_kernel *kernel)
{
	const char *structure = "";
	uint32_t id = 0;

	for (int i = 0; i < OD_MEMBER_COUNT; i++) {
		struct od_btf_member *member = &kernel->members[i];
		if (strcmp(structure, member_rows[i].structure) != 0) {
			structure = member_rows[i].structure;
			id = od_btf_struct(kernel->btf, structure);
		}
		kernel->known[i] = id && (od_btf_member_of(kernel->btf, id, member_rows[i].path, member) ||
					  (member_rows[i].older[0] &&
					   od_btf_member_of(kernel->btf, id, member_rows[i].older, member)));
	}
}

static od_status read_btf(struct od_trail *trail, struct od_kernel *kernel)
{
	uint64_t start = kernel->at.__start_BTF, stop = kernel->at.__stop_BTF;

	if (!start || stop <= start)
		return od_fail(trail, OD_ERR_MISSING, "the kernel was built without type information (BTF)");
	if (stop - start > BTF_LIMIT)
		return od_fail(trail, OD_ERR_FORMAT, "type information (BTF) of %llu bytes", (unsigned long long)(stop - start));
	unsigned char *bytes = malloc((size_t)(stop - start));
	if (!bytes)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	if (!od_memory_read(kernel->memory, start, bytes, (size_t)(stop - start))) {
		free(bytes);
		return od_fail(trail, OD_ERR_FORMAT, "the kernel's type information (BTF) is not in the dump");
	}
	return od_btf_create(trail, bytes, (size_t)(stop - start), &kernel->btf);
}

static od_status read_symbols(struct od_trail *trail, struct od_kernel *kernel)
{
	struct od_str info = kernel->dump->vmcoreinfo;
	struct od_kallsyms_place place;
	uint64_t text;

	if (!od_kallsyms_place(info, &place) && (!od_vmcoreinfo_hex(info, "SYMBOL(_stext)", &text) ||
						 !od_kallsyms_search(kernel->memory, text, IMAGE_LIMIT, &place)))
		return od_fail(trail, OD_ERR_MISSING, "VMCOREINFO does not say where the kernel's symbol table is (it does "
						      "since Linux 6.0), and none was found in its image");
	return od_kallsyms_read(trail, kernel->memory, &place, &kernel->symbols);
}

/* The kernel's own, or else from debug info. */
static od_status read_types(struct od_trail *trail, struct od_kernel *kernel, const struct od_layout_source *source)
{
	struct od_trail why = {{0}}, other = {{0}};
	od_status status = read_btf(&why, kernel);

	if (status == OD_OK)
		return status;
	if (!source || od_kernel_read_layouts(&other, kernel, source) != OD_OK)
		return od_fail(trail, status, "%s%s%s", why.text, source ? ", and " : "", other.text);
	od_kernel_note(kernel, "Types are those of the kernel's debug info, for %s.", why.text);
	return OD_OK;
}

/* A table without the first task has no variables at all (CONFIG_KALLSYMS_ALL). */
static od_status read_variables(struct od_trail *trail, struct od_kernel *kernel, const struct od_layout_source *source)
{
	struct od_trail other = {{0}};

	find_variables(kernel);
	if (kernel->at.init_task)
		return OD_OK;
	if (!source || od_kernel_read_variables(&other, kernel, source) != OD_OK)
		return od_fail(trail, OD_ERR_MISSING, "the kernel's symbol table has functions only (as without CONFIG_KALLSYMS_ALL)%s%s",
			       source ? ", and " : "", other.text);
	od_kernel_note(kernel, "Addresses of variables are those of the kernel's debug info, for its own table has functions only.");
	return OD_OK;
}

void od_kernel_begin(struct od_kernel *kernel, const struct od_layout_source *source)
{
	struct od_trail trail = {{0}};

	kernel->release = od_vmcoreinfo_release(kernel->dump->vmcoreinfo);
	if (read_symbols(&trail, kernel) != OD_OK) {
		od_kernel_note(kernel, "No tasks, modules or stacks: %s.", trail.text);
		return;
	}
	if (read_variables(&trail, kernel, source) != OD_OK || read_types(&trail, kernel, source) != OD_OK) {
		od_kernel_note(kernel, "No tasks, modules or stacks: %s.", trail.text);
		return;
	}
	find_members(kernel);
}

void od_kernel_end(struct od_kernel *kernel)
{
	for (size_t i = 0; i < kernel->types.count; i++)
		od_btf_destroy(kernel->types.items[i].btf);
	od_kallsyms_destroy(kernel->symbols);
	od_btf_destroy(kernel->btf);
}

uint64_t od_kernel_address(const struct od_kernel *kernel, uint64_t base, enum od_kernel_member member)
{
	return kernel->known[member] ? base + kernel->members[member].offset : 0;
}

bool od_kernel_get(const struct od_kernel *kernel, uint64_t base, enum od_kernel_member member, uint64_t *ret)
{
	uint64_t address = od_kernel_address(kernel, base, member);
	uint64_t size = address ? od_btf_size(kernel->btf, kernel->members[member].type) : 0;

	return size && size <= 8 && od_memory_uint(kernel->memory, address, (unsigned)size, ret);
}

struct od_str od_kernel_text(const struct od_kernel *kernel, uint64_t base, enum od_kernel_member member)
{
	char text[TEXT_LIMIT];
	uint64_t address = od_kernel_address(kernel, base, member);
	uint64_t size = address ? od_btf_size(kernel->btf, kernel->members[member].type) : 0;

	if (!size)
		return (struct od_str){NULL, 0};
	size = size < sizeof(text) - 1 ? size + 1 : sizeof(text);
	return od_arena_copy(kernel->model->arena, od_memory_string(kernel->memory, address, text, (size_t)size));
}

bool od_kernel_variable(const struct od_kernel *kernel, struct od_str name, uint64_t *ret)
{
	const struct { const char *name; uint64_t address; } rows[] = {
#define OD_VARIABLE(name) {#name, kernel->at.name},
#include "vmcore/kernel.def"
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].address && od_str_equal(name, od_str_from(rows[i].name))) {
			*ret = rows[i].address;
			return true;
		}
	return false;
}

uint64_t od_kernel_percpu(const struct od_kernel *kernel, uint64_t variable, uint64_t cpu)
{
	uint64_t offset;

	if (!variable || !kernel->at.__per_cpu_offset ||
	    !od_memory_word(kernel->memory, kernel->at.__per_cpu_offset + cpu * kernel->memory->word, &offset))
		return 0;
	return variable + offset;
}

struct od_str od_kernel_taint(const struct od_kernel *kernel, uint64_t bits)
{
	/* taint_flags[], kernel/panic.c, Linux 6.13; bit 0 is 'P' when set */
	static const char letters[TAINT_BITS + 1] = "PFSRMBUDAWCIOELKXTNJ";
	char text[TAINT_BITS + 1];
	size_t len = 0;

	for (unsigned i = 0; i < TAINT_BITS; i++)
		if (bits >> i & 1)
			text[len++] = letters[i];
	return od_arena_copy(kernel->model->arena, (struct od_str){text, len});
}
