// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The kernel that a dump holds, as data: its symbols and types out of the dump itself, and what the readers
 * of tasks, modules and stacks share. One thread at a time.
 */
#ifndef OD_VMCORE_KERNEL_H
#define OD_VMCORE_KERNEL_H

#include "core/vmcore_model.h"
#include "vmcore/btf.h"
#include "vmcore/dump.h"
#include "vmcore/kallsyms.h"

/* Variables of the kernel, by the symbol's name; 0: it has none of that name. */
struct od_variables {
#define OD_VARIABLE(name) uint64_t name;
#include "vmcore/kernel.def"
};

/* Members of its structs. */
enum od_kernel_member {
#define OD_MEMBER(identifier, structure, path, older) OD_MEMBER_##identifier,
#include "vmcore/kernel.def"
	OD_MEMBER_COUNT,
};

enum { OD_MODULE_REGIONS = 8 };

/* What the unwinder needs of a module, beside what the model says. */
struct od_module_code {
	struct { uint64_t base, size; } regions[OD_MODULE_REGIONS];
	uint64_t symbols, symbol_count, strings;	/* its mod_kallsyms */
	uint64_t orc_ip, orc, orc_count;		/* its unwind tables */
};

/* The types of a module. */
struct od_module_types {
	struct od_str module;		/* its name; empty: not known */
	struct od_btf *btf;
};

struct od_kernel {
	struct od_dump *dump;
	const struct od_memory *memory;		/* the dump's */
	struct od_vmcore *model;		/* where everything is written */
	struct od_kallsyms *symbols;		/* NULL: not found */
	struct od_btf *btf;			/* NULL: not found */
	struct od_variables at;
	bool known[OD_MEMBER_COUNT];
	struct od_btf_member members[OD_MEMBER_COUNT];
	OD_LIST(struct od_module_code) modules;	/* beside model->modules, in its order */
	OD_LIST(struct od_module_types) types;	/* of modules, read when they are first asked for */
	bool types_read;
	uint64_t release;			/* 6.1 is 0x601 */
};

/* Reads symbols and types, those from `source` (NULL: none) if the kernel has none; what is missing becomes a note of the model. */
void od_kernel_begin(struct od_kernel *kernel, const struct od_layout_source *source);

/* OD_ERR_MISSING: nobody has debug info of this kernel. */
od_status od_kernel_read_layouts(struct od_trail *trail, struct od_kernel *kernel, const struct od_layout_source *source);

/* The same of the addresses of variables that the kernel's own symbol table lacks. */
od_status od_kernel_read_variables(struct od_trail *trail, struct od_kernel *kernel, const struct od_layout_source *source);
void od_kernel_end(struct od_kernel *kernel);

/* A member of the struct at `base` as an unsigned integer of its own size (8 bytes at most). */
bool od_kernel_get(const struct od_kernel *kernel, uint64_t base, enum od_kernel_member member, uint64_t *ret);

/* The address of a member of the struct at `base`; 0: unknown. */
uint64_t od_kernel_address(const struct od_kernel *kernel, uint64_t base, enum od_kernel_member member);

/* A char array, copied into the model's arena; empty: unknown. */
struct od_str od_kernel_text(const struct od_kernel *kernel, uint64_t base, enum od_kernel_member member);

/* The address of a variable of kernel.def by name, wherever it is known from; false: it is not. */
bool od_kernel_variable(const struct od_kernel *kernel, struct od_str name, uint64_t *ret);

/* The address of a per-CPU variable of that CPU; 0: unknown. */
uint64_t od_kernel_percpu(const struct od_kernel *kernel, uint64_t variable, uint64_t cpu);

/* Says in the report what is missing. */
__attribute__((format(printf, 2, 3)))
void od_kernel_note(const struct od_kernel *kernel, const char *format, ...);

/* Taint bits as letters. */
struct od_str od_kernel_taint(const struct od_kernel *kernel, uint64_t bits);

/* The parts of the model; each writes notes where it could not. In this order: */
void od_read_system(struct od_kernel *kernel);
void od_read_modules(struct od_kernel *kernel);
void od_read_tasks(struct od_kernel *kernel);
void od_read_cpus(struct od_kernel *kernel);
void od_read_blocked(struct od_kernel *kernel);	/* the stacks of tasks in uninterruptible sleep */

void od_read_memory_use(struct od_kernel *kernel);
void od_read_network(struct od_kernel *kernel);

/* The askers behind od_vmcore_ask(), by question. */
od_status od_ask_stack(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query);
od_status od_ask_code(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query);
od_status od_ask_memory(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query);
od_status od_ask_type(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query);
od_status od_ask_where(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query);

/* A new entry of the model's answers; NULL, with the trail: out of memory. */
struct od_vmcore_answer *od_kernel_answer(struct od_trail *trail, struct od_kernel *kernel,
					  enum od_vmcore_question question);

/* Adds the names of what they refer to to the event's instructions. */
void od_name_targets(const struct od_kernel *kernel, struct od_event *event);

/* "0xffff…", digits without 0x, a symbol, or symbol+0x10. False, with the trail: it is none of them. */
bool od_kernel_resolve(struct od_trail *trail, const struct od_kernel *kernel, struct od_str text, uint64_t *ret);

/* The index of the task in the model's list + 1; it is added when it is not there. 0: not readable. */
size_t od_task_index(struct od_kernel *kernel, uint64_t address);

/* Names the function that holds the address; frame->function stays empty when nobody knows. */
void od_kernel_name(const struct od_kernel *kernel, uint64_t address, bool is_return, struct od_frame *frame);

/* What a word that points into code is called, with offset and size; empty: it does not. The model's. */
struct od_str od_kernel_word_name(const struct od_kernel *kernel, uint64_t word);

/* The address of a module's symbol by name; false: no module has it. */
bool od_module_symbol(const struct od_kernel *kernel, struct od_str name, uint64_t *ret);

/*
 * The types that have a struct, union, enumeration or typedef of this name, and its number in *type: the kernel's own, else
 * those of the first module that has it, named by *module. NULL: nobody has.
 */
const struct od_btf *od_kernel_find_type(struct od_kernel *kernel, const char *name, uint32_t *type,
					 struct od_str *module);

/* The module whose memory holds the address; -1: none. */
int od_module_at(const struct od_kernel *kernel, uint64_t address);

#endif
