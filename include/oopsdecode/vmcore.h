// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Dumps of memory: the log that is in them, decoded as any log, and what memory knows beside it. No debug
 * information is needed; source lines are given where the decoder finds it.
 */
#ifndef OOPSDECODE_VMCORE_H
#define OOPSDECODE_VMCORE_H

#include "oopsdecode/oopsdecode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What to write; 0: the report, which is all but the log's text. As JSON all is written but the log's text, always. */
enum od_vmcore_view {
	OD_VMCORE_SYS = 1 << 0,	/* the machine and its kernel */
	OD_VMCORE_LOG = 1 << 1,	/* the kernel's log, as dmesg prints it */
	OD_VMCORE_BT = 1 << 2,	/* the stack of each CPU, with the registers that exceptions saved */
	OD_VMCORE_MOD = 1 << 3,	/* modules */
	OD_VMCORE_PS = 1 << 4,	/* tasks */
};

/*
 * Decodes a dump: an ELF core or a kdump-compressed file, either also as a flattened stream in a file, and what
 * else libkdumpfile reads. What a damaged dump still holds is written, with a note of what is missing.
 * OD_RESULT_OK: with views, the dump was read; without, at least one event was found. OD_RESULT_INPUT: it is
 * no dump, or cannot be opened. The rest is as for od_decode_file().
 */
OD_API od_result od_decode_vmcore(struct od_decoder *decoder, const char *path, unsigned views, od_write_fn write,
				  void *user);

/*
 * The same with views as they are written on the command line, each a word of its own: "sys", "log", "mod", "ps", "kmem",
 * "net", "net" "-a", "bt" (the CPU that panicked), "bt" "-a", "bt" "-c" "1", "bt" "94", "bt" "all", "dis" "panic",
 * "rd" "jiffies" "4", "struct" "list_head" "modules". None: the report. In front of them "+" "FILE" names a further part of
 * a dump that was split. OD_RESULT_USAGE: they make no sense;
 * OD_RESULT_NO_EVENT: the dump has no such symbol, task, CPU or type. od_decoder_error() says which.
 */
OD_API od_result od_decode_vmcore_words(struct od_decoder *decoder, const char *path, const char *const *words,
					size_t count, od_write_fn write, void *user);

#ifdef __cplusplus
}
#endif

#endif
