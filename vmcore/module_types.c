// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Types of modules: struct btf_module in the list btf_modules (kernel/bpf/btf.c, Linux 5.11 to 7.2). The kernel keeps a
 * copy of each module's .BTF, whose numbers continue its own; those of a module that brought a base of its own
 * (.BTF.base, 6.12) were rewritten when it was loaded (btf_relocate()), so that they read like the others.
 */
#include "vmcore/kernel.h"
#include "vmcore/lists.h"

enum { MODULE_LIMIT = 4096, BTF_LIMIT = 16 << 20, ALL_LIMIT = 128 << 20 };

static struct od_str module_name(const struct od_kernel *kernel, uint64_t entry)
{
	uint64_t module;

	if (!od_kernel_get(kernel, entry, OD_MEMBER_BTF_MODULE_MODULE, &module))
		return (struct od_str){NULL, 0};
	return od_kernel_text(kernel, module, OD_MEMBER_MODULE_NAME);
}

/* Returns how many bytes it takes; 0: it could not be read. */
static size_t read_one(struct od_kernel *kernel, uint64_t entry)
{
	uint64_t btf, data, size, start, start_string;
	struct od_trail trail = {{0}};

	if (!od_kernel_get(kernel, entry, OD_MEMBER_BTF_MODULE_BTF, &btf) ||
	    !od_kernel_get(kernel, btf, OD_MEMBER_BTF_DATA, &data) ||
	    !od_kernel_get(kernel, btf, OD_MEMBER_BTF_DATA_SIZE, &size) ||
	    !od_kernel_get(kernel, btf, OD_MEMBER_BTF_START, &start) ||
	    !od_kernel_get(kernel, btf, OD_MEMBER_BTF_START_STRING, &start_string) || !size || size > BTF_LIMIT)
		return 0;
	unsigned char *bytes = malloc((size_t)size);
	if (!bytes || !od_memory_read(kernel->memory, data, bytes, (size_t)size)) {
		free(bytes);
		return 0;
	}
	const struct od_btf_split split = {(uint32_t)start, (uint32_t)start_string};
	struct od_module_types types = {.module = module_name(kernel, entry)};
	if (od_btf_create_split(&trail, bytes, (size_t)size, kernel->btf, &split, &types.btf) != OD_OK)
		return 0;
	struct od_module_types *item = od_list_push(kernel->model->arena, &kernel->types);
	if (!item) {
		od_btf_destroy(types.btf);
		return 0;
	}
	*item = types;
	return (size_t)size;
}

/* Modules without types have no entry; a list that is damaged is read as far as it goes. */
static void read_all(struct od_kernel *kernel)
{
	struct od_list_walk walk = {.memory = kernel->memory, .head = kernel->at.btf_modules, .limit = MODULE_LIMIT};
	uint64_t offset = od_kernel_address(kernel, 0, OD_MEMBER_BTF_MODULE_LIST);
	size_t total = 0;

	kernel->types_read = true;
	while (walk.head && kernel->known[OD_MEMBER_BTF_MODULE_LIST] && total < ALL_LIMIT && od_list_next(&walk))
		total += read_one(kernel, walk.at - offset);
}

const struct od_btf *od_kernel_find_type(struct od_kernel *kernel, const char *name, uint32_t *type,
					 struct od_str *module)
{
	*module = (struct od_str){NULL, 0};
	*type = od_btf_find(kernel->btf, name);
	if (*type)
		return kernel->btf;
	if (!kernel->types_read)
		read_all(kernel);
	for (size_t i = 0; i < kernel->types.count; i++) {
		*type = od_btf_find(kernel->types.items[i].btf, name);
		*module = kernel->types.items[i].module;
		if (*type)
			return kernel->types.items[i].btf;
	}
	return NULL;
}
