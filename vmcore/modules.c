// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The list of modules and their symbols: struct module, include/linux/module.h; core_layout and init_layout
 * in 4.5 to 6.3, mem[] by enum mod_mem_type since 6.4.
 */
#include "vmcore/kernel.h"

#include <stdio.h>

#include "vmcore/lists.h"

enum {
	MODULE_LIMIT = 4096,
	BUILD_ID_SIZE = 20,
	CORE_REGIONS = 4,	/* MOD_TEXT, MOD_DATA, MOD_RODATA, MOD_RO_AFTER_INIT come first in mem[] */
	MEMORY_REGIONS = 7,	/* MOD_MEM_NUM_TYPES */
	SYMBOL_SIZE = 24,	/* Elf64_Sym: name 0, info 4, other 5, shndx 6, value 8, size 16 */
	SYMBOL_LIMIT = 200000,
	UNFORMED = 3,		/* MODULE_STATE_UNFORMED: not set up yet */
};

static void read_layout(struct od_kernel *kernel, uint64_t module, enum od_kernel_member member, struct od_module_code *code,
			unsigned region)
{
	uint64_t layout = od_kernel_address(kernel, module, member), base, size;

	if (layout && od_kernel_get(kernel, layout, OD_MEMBER_LAYOUT_BASE, &base) &&
	    od_kernel_get(kernel, layout, OD_MEMBER_LAYOUT_SIZE, &size)) {
		code->regions[region].base = base;
		code->regions[region].size = size;
	}
}

static void read_regions(struct od_kernel *kernel, uint64_t module, struct od_module_code *code)
{
	uint64_t memory = od_kernel_address(kernel, module, OD_MEMBER_MODULE_MEMORY);
	uint32_t type = kernel->btf ? od_btf_struct(kernel->btf, "module_memory") : 0;
	uint64_t stride = type ? od_btf_size(kernel->btf, type) : 0;

	if (!memory || !stride) {
		read_layout(kernel, module, OD_MEMBER_MODULE_CORE, code, 0);
		read_layout(kernel, module, OD_MEMBER_MODULE_INIT, code, CORE_REGIONS);
		return;
	}
	for (unsigned i = 0; i < MEMORY_REGIONS; i++) {
		uint64_t base, size, at = memory + i * stride;
		if (od_kernel_get(kernel, at, OD_MEMBER_MEMORY_BASE, &base) &&
		    od_kernel_get(kernel, at, OD_MEMBER_MEMORY_SIZE, &size)) {
			code->regions[i].base = base;
			code->regions[i].size = size;
		}
	}
}

static void read_code(struct od_kernel *kernel, uint64_t module, struct od_module_code *code)
{
	uint64_t table;

	read_regions(kernel, module, code);
	if (od_kernel_get(kernel, module, OD_MEMBER_MODULE_KALLSYMS, &table)) {
		if (!od_kernel_get(kernel, table, OD_MEMBER_KALLSYMS_SYMBOLS, &code->symbols) ||
		    !od_kernel_get(kernel, table, OD_MEMBER_KALLSYMS_STRINGS, &code->strings) ||
		    !od_kernel_get(kernel, table, OD_MEMBER_KALLSYMS_COUNT, &code->symbol_count))
			code->symbol_count = 0;
	}
	if (!od_kernel_get(kernel, module, OD_MEMBER_MODULE_ORC_IP, &code->orc_ip) ||
	    !od_kernel_get(kernel, module, OD_MEMBER_MODULE_ORC, &code->orc) ||
	    !od_kernel_get(kernel, module, OD_MEMBER_MODULE_ORC_COUNT, &code->orc_count))
		code->orc_count = 0;
}

static struct od_str hex_text(const struct od_kernel *kernel, uint64_t address, size_t size)
{
	unsigned char bytes[BUILD_ID_SIZE];
	char text[2 * BUILD_ID_SIZE + 1];
	bool any = false;

	if (!address || size > sizeof(bytes) || !od_memory_read(kernel->memory, address, bytes, size))
		return (struct od_str){NULL, 0};
	for (size_t i = 0; i < size; i++) {
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
		any |= bytes[i] != 0;
	}
	return any ? od_arena_copy(kernel->model->arena, od_str_from(text)) : (struct od_str){NULL, 0};
}

static void describe(struct od_kernel *kernel, uint64_t address, const struct od_module_code *code,
		     struct od_vmcore_module *module)
{
	static const char *const states[] = {"live", "coming", "going"};
	uint64_t value = 0, size = 0;
	char text[64];

	module->address = address;
	module->name = od_kernel_text(kernel, address, OD_MEMBER_MODULE_NAME);
	for (unsigned i = 0; i < CORE_REGIONS; i++)
		size += code->regions[i].size;
	if (code->regions[0].base)
		module->base = od_num(code->regions[0].base);
	if (size)
		module->size = od_num(size);
	if (od_kernel_get(kernel, address, OD_MEMBER_MODULE_STATE, &value) && value < UNFORMED)
		module->state = od_str_from(states[value]);
	if (od_kernel_get(kernel, address, OD_MEMBER_MODULE_TAINTS, &value))
		module->taint = od_kernel_taint(kernel, value);
	if (od_kernel_get(kernel, address, OD_MEMBER_MODULE_VERSION, &value) && value)
		module->version = od_arena_copy(kernel->model->arena,
						od_memory_string(kernel->memory, value, text, sizeof(text)));
	module->build_id = hex_text(kernel, od_kernel_address(kernel, address, OD_MEMBER_MODULE_BUILD_ID), BUILD_ID_SIZE);
}

static bool add(struct od_kernel *kernel, uint64_t address)
{
	struct od_vmcore_module *module = od_list_push(kernel->model->arena, &kernel->model->modules);
	struct od_module_code *code = module ? od_list_push(kernel->model->arena, &kernel->modules) : NULL;

	if (!code)
		return false;
	read_code(kernel, address, code);
	describe(kernel, address, code, module);
	return true;
}

static bool is_listed(const struct od_vmcore *model, uint64_t address)
{
	for (size_t i = 0; i < model->modules.count; i++)
		if (model->modules.items[i].address == address)
			return true;
	return false;
}

void od_read_modules(struct od_kernel *kernel)
{
	uint64_t offset = od_kernel_address(kernel, 0, OD_MEMBER_MODULE_LIST), state;
	struct od_list_walk walk = {.memory = kernel->memory, .head = kernel->at.modules, .limit = MODULE_LIMIT};
	struct od_vmcore *model = kernel->model;

	if (!walk.head || !offset)
		return;
	while (od_list_next(&walk)) {
		if (!od_kernel_get(kernel, walk.at - offset, OD_MEMBER_MODULE_STATE, &state)) {
			od_kernel_note(kernel, "The list of modules is damaged behind its first %u.", walk.count - 1);
			return;
		}
		if (is_listed(model, walk.at - offset))
			continue; /* the list leads back: that is noticed soon */
		if (state != UNFORMED && !add(kernel, walk.at - offset))
			return;
	}
	if (od_list_trouble(&walk))
		od_kernel_note(kernel, "The list of modules %s, behind its first %zu.", od_list_trouble(&walk), model->modules.count);
}

int od_module_at(const struct od_kernel *kernel, uint64_t address)
{
	for (size_t i = 0; i < kernel->modules.count; i++)
		for (unsigned r = 0; r < OD_MODULE_REGIONS; r++)
			if (address - kernel->modules.items[i].regions[r].base < kernel->modules.items[i].regions[r].size)
				return (int)i;
	return -1;
}

/* kallsyms gives local labels and mapping symbols no name either (is_mapping_symbol(), kernel/module.c 6.1). */
static bool is_name(const char *name)
{
	return name[0] && name[0] != '$' && !(name[0] == '.' && name[1] == 'L');
}

/* The first symbol with the highest value up to the address, and the next value above (find_kallsyms_symbol()). */
static bool find_symbol(const struct od_kernel *kernel, const struct od_module_code *code, uint64_t address,
			struct od_symbol *ret)
{
	uint64_t best = 0, next = UINT64_MAX;
	char name[OD_SYMBOL_NAME_SIZE];

	for (unsigned r = 0; r < OD_MODULE_REGIONS; r++)
		if (address - code->regions[r].base < code->regions[r].size)
			next = code->regions[r].base + code->regions[r].size;
	for (uint64_t i = 1; i < code->symbol_count && i < SYMBOL_LIMIT; i++) {
		unsigned char symbol[SYMBOL_SIZE];
		if (!od_memory_read(kernel->memory, code->symbols + i * SYMBOL_SIZE, symbol, sizeof(symbol)))
			break;
		uint64_t value = od_memory_decode(kernel->memory, symbol + 8, 8);
		bool defined = od_memory_decode(kernel->memory, symbol + 6, 2) != 0;
		bool nearer = value <= address ? value > best : value < next;
		if (!defined || !nearer)
			continue;
		od_memory_string(kernel->memory, code->strings + od_memory_decode(kernel->memory, symbol, 4), name,
				 sizeof(name));
		if (!is_name(name))
			continue;
		if (value > address) {
			next = value;
			continue;
		}
		best = value;
		memcpy(ret->name, name, sizeof(name));
	}
	ret->address = best;
	ret->size = next - best;
	return best != 0;
}

bool od_module_symbol(const struct od_kernel *kernel, struct od_str name, uint64_t *ret)
{
	char text[OD_SYMBOL_NAME_SIZE];
	unsigned char symbol[SYMBOL_SIZE];

	for (size_t m = 0; m < kernel->modules.count; m++) {
		const struct od_module_code *code = &kernel->modules.items[m];
		for (uint64_t i = 1; i < code->symbol_count && i < SYMBOL_LIMIT; i++) {
			if (!od_memory_read(kernel->memory, code->symbols + i * SYMBOL_SIZE, symbol, sizeof(symbol)))
				break;
			uint64_t at = code->strings + od_memory_decode(kernel->memory, symbol, 4);
			if (!od_memory_decode(kernel->memory, symbol + 6, 2) ||
			    !od_str_equal(od_memory_string(kernel->memory, at, text, sizeof(text)), name))
				continue;
			*ret = od_memory_decode(kernel->memory, symbol + 8, 8);
			return true;
		}
	}
	return false;
}

static bool is_kernel_text(const struct od_kernel *kernel, uint64_t address)
{
	return (address >= kernel->at._stext && address < kernel->at._etext) ||
	       (address >= kernel->at._sinittext && address < kernel->at._einittext);
}

void od_kernel_name(const struct od_kernel *kernel, uint64_t address, bool is_return, struct od_frame *frame)
{
	uint64_t at = address - is_return;
	struct od_vmcore *model = kernel->model;
	int module = od_module_at(kernel, at);
	struct od_symbol symbol;

	frame->address = od_num(address);
	frame->is_return_address = is_return;
	bool found = module >= 0 ? find_symbol(kernel, &kernel->modules.items[module], at, &symbol)
				 : is_kernel_text(kernel, at) && od_kallsyms_at(kernel->symbols, at, &symbol);
	if (module >= 0) {
		frame->module = model->modules.items[module].name;
		frame->build_id = model->modules.items[module].build_id;
	} else {
		frame->build_id = model->system.build_id;
	}
	if (!found) {
		frame->raw = od_arena_printf(model->stacks->arena, "0x%llx", (unsigned long long)address);
		return;
	}
	frame->function = od_arena_copy(model->stacks->arena, od_str_from(symbol.name));
	frame->offset = od_num(address - symbol.address);
	frame->size = od_num(symbol.size);
	frame->raw = od_arena_printf(model->stacks->arena, "%s+0x%llx/0x%llx%s%.*s%s", symbol.name,
				     (unsigned long long)frame->offset.value, (unsigned long long)symbol.size,
				     frame->module.len ? " [" : "", OD_FMT(frame->module), frame->module.len ? "]" : "");
}
