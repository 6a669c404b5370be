// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A kernel module, read as its loader reads it, and the kernel that it is held against.
 * What is read is in the struct and lives as long as the file is open. One thread at a time.
 */
#ifndef OD_SYMBOLIZE_MODULE_INFO_H
#define OD_SYMBOLIZE_MODULE_INFO_H

#include "core/module.h"
#include "symbolize/elf.h"

struct od_module_file {
	struct od_image *image;
	struct od_arena *arena;
	struct od_ko info;
};

/*
 * Reads the module at `path` (plain or compressed), opened by the opener (NULL: this process). Fails when the file cannot be read or is no module;
 * what a loader would merely refuse (no symbols, no signature) is in *ret, which od_module_file_close() frees.
 */
od_status od_module_file_open(struct od_trail *trail, const struct od_opener *opener, const char *path,
			      struct od_module_file **ret);

/* NULL is fine. */
void od_module_file_close(struct od_module_file *file);

/*
 * Loads what reads signatures, before a process that may open nothing reads the module at `path`; not if it is plainly
 * unsigned. Where it cannot be loaded signatures are OD_SIGNATURE_UNREAD.
 */
void od_module_prepare_signatures(const char *path);

/* Fills the signature from the end of the file; for od_module_file_open(). */
void od_module_read_signature(struct od_module_file *file);

/* Fills imports, exports and aliases from the symbol table and __versions; for od_module_file_open(). */
void od_module_read_symbols(struct od_module_file *file);

/*
 * Reads a kernel's build directory (linux-headers): include/generated/utsrelease.h and include/config/auto.conf.
 * The strings are the arena's. Fails when there is no such kernel.
 */
od_status od_kernel_read(struct od_trail *trail, const struct od_opener *opener, struct od_arena *arena,
			 const char *directory, struct od_kernel *ret);

/*
 * Holds the module's symbols against a Module.symvers (CRC, name, module, export type and, since 5.4, namespace,
 * with tabs between: Documentation/kbuild/modules.rst): sets state, provider, kernel_crc and name_space.
 */
od_status od_module_check_symvers(struct od_trail *trail, const struct od_opener *opener, const char *path,
				  struct od_module_file *file);

/*
 * Where a raw address lies in a module that was loaded at `base` (as /proc/modules and crash tools give it). Before
 * Linux 6.4 the groups follow each other there; since then only the code begins at the base. Always succeeds: an
 * address outside has no section. The strings are the file's.
 */
void od_module_locate(struct od_module_file *file, uint64_t base, uint64_t address, struct od_module_place *ret);

#endif
