// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * VMCOREINFO: what the kernel wrote down about itself for its dumps, "KEY=value" lines
 * (Documentation/admin-guide/kdump/vmcoreinfo.rst, Linux 6.1). Pure functions; thread safe.
 */
#ifndef OD_VMCORE_VMCOREINFO_H
#define OD_VMCORE_VMCOREINFO_H

#include "core/str.h"

/* The value of a key: od_vmcoreinfo_get(info, "OSRELEASE", &release). */
bool od_vmcoreinfo_get(struct od_str info, const char *key, struct od_str *ret);

/* A value of "SYMBOL(name)" or KERNELOFFSET: hexadecimal. */
bool od_vmcoreinfo_hex(struct od_str info, const char *key, uint64_t *ret);

/* A value of "OFFSET(…)", "SIZE(…)", "LENGTH(…)" or "NUMBER(…)": decimal, perhaps negative, or 0x and hexadecimal. */
bool od_vmcoreinfo_number(struct od_str info, const char *key, uint64_t *ret);

/* OSRELEASE as a number: 6.1 is 0x601; 0: it is not there. */
uint64_t od_vmcoreinfo_release(struct od_str info);

/* The VMCOREINFO note among ELF notes (64-bit layout, of this byte order); empty: there is none. */
struct od_str od_vmcoreinfo_in_notes(struct od_str notes, bool big_endian);

#endif
