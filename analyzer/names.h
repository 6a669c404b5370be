// SPDX-License-Identifier: GPL-3.0-or-later
/* Names of functions, as the tables of the analyzer know them. Thread safe. */
#ifndef OD_ANALYZER_NAMES_H
#define OD_ANALYZER_NAMES_H

#include <stdbool.h>

#include "core/str.h"

/*
 * The name that the author wrote: without what compilers append for clones and parts (".isra.0", ".cold",
 * ".llvm.123", …) and without the dot that old ppc64 puts in front. A slice of `function`.
 */
struct od_str od_base_name(struct od_str function);

/*
 * Whether the name is that of a system call's entry ("__x64_sys_ioctl", "SyS_ioctl", "__do_sys_ioctl.isra.0":
 * the prefixes of include/linux/syscalls.h and arch/.../syscall_wrapper.h); *ret is "ioctl".
 */
bool od_is_syscall_name(struct od_str function, struct od_str *ret);

#endif
