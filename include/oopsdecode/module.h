// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Kernel modules, read as their loader reads them. Stateless: any number of threads at once.
 */
#ifndef OOPSDECODE_MODULE_H
#define OOPSDECODE_MODULE_H

#include "oopsdecode/oopsdecode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Set size to sizeof(struct od_module_options) and zero the rest. All is borrowed for the call. */
struct od_module_options {
	size_t size;
	const char *format;	/* "text" (default) or "json" */
	bool lists;		/* text: every symbol and section, not only how many there are */
	const char *kernel;	/* a release, or a build directory (linux-headers): would it load there? NULL: do not ask */
	const char *symvers;	/* a Module.symvers to hold the symbols against; NULL: the kernel's */
	uint64_t base;		/* where the module was loaded, for addresses */
	const uint64_t *addresses; /* raw addresses to place in the module */
	size_t address_count;
	bool sandbox;		/* read the files in a child process that may open nothing, as struct od_options says */
};

/*
 * Writes what the file says of itself: names, version, parameters, build ID, signature, symbols with their CRCs, sections
 * as the loader lays them out, where the addresses lie, and whether the kernel would load it.
 *
 * Returns OD_RESULT_OK; OD_RESULT_NO_EVENT when a kernel was asked for that would refuse the module; OD_RESULT_USAGE
 * when the kernel or the Module.symvers is not there; OD_RESULT_INPUT when the file cannot be read or is no module. On
 * a failure `error` (may be NULL), a buffer of `error_size` bytes, holds the reason.
 */
OD_API od_result od_module_describe(const struct od_module_options *options, const char *path, od_write_fn write,
				    void *user, char *error, size_t error_size);

#ifdef __cplusplus
}
#endif

#endif
