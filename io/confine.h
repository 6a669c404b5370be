// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Takes from this process, for good, all that reading files that are open already does not need: seccomp(2) with a list
 * of what is allowed (filter/make_filter.c), everything else fails with EPERM, and setrlimit(2). Killing would not do:
 * the C library and libdw try calls whose failure they can live with.
 */
#ifndef OD_IO_CONFINE_H
#define OD_IO_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define OD_CONFINE_RELAXED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OD_CONFINE_RELAXED true
#endif
#endif
#ifndef OD_CONFINE_RELAXED
#define OD_CONFINE_RELAXED false
#endif

/*
 * Forbids core files and files larger than `file_size` bytes, and all system calls but those of make_filter.c. False: the
 * kernel has no seccomp, or does not let us; the limits hold all the same.
 */
bool od_confine(uint64_t file_size);

/*
 * True in builds with AddressSanitizer: it reserves terabytes of address space, so there is no limit of memory, and
 * its reports need a few more calls.
 */
bool od_confine_is_relaxed(void);

#endif
