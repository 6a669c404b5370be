// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A dump of memory, read: the only door to vmcore/. libkdumpfile and BTF stay behind it. One thread at a time.
 */
#ifndef OD_VMCORE_VMCORE_H
#define OD_VMCORE_VMCORE_H

#include "core/layouts.h"
#include "core/memory.h"
#include "core/status.h"
#include "core/vmcore_model.h"
#include "io/opener.h"

struct od_vmcore_file;

/*
 * Opens by the opener (NULL: this process) a dump (ELF core, kdump-compressed, either flattened, or what else libkdumpfile knows) and reads all of
 * the model but the places of frames and the checks. A dump that is damaged or cut is read as far as it goes; what
 * is missing is in the model's notes. Types of a kernel that carries none come from `source` (NULL: they are missing). Fails with OD_ERR_IO, OD_ERR_UNSUPPORTED (no dump, or a pipe), OD_ERR_FORMAT.
 */
od_status od_vmcore_open(struct od_trail *trail, const struct od_opener *opener, const char *const *paths, size_t count,
			 const struct od_layout_source *source, struct od_vmcore_file **ret);

/* NULL is fine. */
void od_vmcore_close(struct od_vmcore_file *file);

/* What was read; the file's. */
struct od_vmcore *od_vmcore_model(struct od_vmcore_file *file);

/*
 * Holds a report of the log against the dump: is its place in the stack of a CPU, with the same registers and the
 * same code in memory? Adds sentences to the model's checks. Reports that name no place are passed over.
 */
void od_vmcore_check(struct od_vmcore_file *file, const struct od_event *event);

/*
 * The function that holds a report's place as it stands in memory: an event of its own, with the report's ip and the code
 * around it, for od_symbolize() to hold against the file; then od_vmcore_check_image() says what came of it. NULL: the
 * dump does not have the code, or nobody says where it is. The caller destroys it.
 */
struct od_event *od_vmcore_code(struct od_vmcore_file *file, const struct od_event *event);
void od_vmcore_check_image(struct od_vmcore_file *file, const struct od_event *code);

/*
 * Looks up in memory what a report is about: the pointer that its cause names, the object and the address of the fault,
 * the variables there that point to structs, registers that hold objects. Adds to the model's pointers, and the object as the
 * struct that the source takes it for to its answers. After od_analyze(); `fault` has the variables of the faulting frame.
 */
void od_vmcore_look_up(struct od_vmcore_file *file, const struct od_event *event, const struct od_vmcore_stack *fault);

/*
 * Answers a question: stacks become `wanted`, everything else becomes an entry of the model's answers. OD_ERR_MISSING
 * when the dump has no such CPU, task, symbol, address or type (the trail says which), OD_ERR_UNSUPPORTED when it
 * lacks what the answer is made of.
 */
od_status od_vmcore_ask(struct od_trail *trail, struct od_vmcore_file *file, const struct od_vmcore_query *query);

/* Adds to the instructions of an answer the names of what they call and refer to. */
void od_vmcore_name_targets(struct od_vmcore_file *file, struct od_event *event);

/* What an address of code is called, "function+0x10/0x20 [module]"; empty: it is none. The model's. */
struct od_str od_vmcore_name(struct od_vmcore_file *file, uint64_t address);

/* The dump's memory; the file's. */
const struct od_memory *od_vmcore_memory(struct od_vmcore_file *file);

#endif
