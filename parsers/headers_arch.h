// SPDX-License-Identifier: GPL-3.0-or-later
/* What the headers and die lines of architectures other than x86 need. */
#ifndef OD_PARSERS_HEADERS_ARCH_H
#define OD_PARSERS_HEADERS_ARCH_H

#include "parsers/headers.h"

/* event_arch.c: readers of headers (headers_arch.def) */
od_take_header_fn od_take_arch_fault, od_take_cpu_fault;	/* "… at [virtual] address X [when write]", "… on read at 0xX" */
od_take_header_fn od_take_read_fault;	/* the same of an access that the header says was a read, … */
od_take_header_fn od_take_write_fault;
od_take_header_fn od_take_execute_fault;
od_take_header_fn od_take_ppc_null;	/* knows better than the line about user pages before it */
od_take_header_fn od_take_user_page;	/* "user page (1a08) - exploit attempt? (uid: 0)" */
od_take_header_fn od_take_arm64_trap;	/* "… on CPU3, code 0x00000000bf000002 -- SError" */
od_take_header_fn od_take_unhandled;	/* "alignment exception (0x801) at 0xc0123456" */
bool od_fits_m68k_fault(struct od_str rest);
od_take_header_fn od_take_m68k_fault; /* "Data read fault at 0x00000020 in Super Data (pc=0x1074c2)" */
od_take_header_fn od_take_sparc_unaligned; /* "Kernel unaligned access at TPC[100be8c8] fn+0x350/0x680 [mod]" */
od_take_header_fn od_take_parisc_task_fault; /* "comm (pid 1): Kernel Fault: Code=15 …": rest is the task */
od_take_header_fn od_take_parisc_fault;	/* "15 (Data TLB miss fault) at addr 00000000", "15 regs=… (Addr=00000000)" */
od_take_header_fn od_take_bare_oops;	/* "Oops" alone: begins a report, unless one is open */
od_take_header_fn od_take_arc_ecr;	/* the first line of a fault that is of the fault alone */
od_take_header_fn od_take_m68k_vector;	/* "ADDRESS ERROR ***   FORMAT=2" */
od_take_header_fn od_take_m68k_die;	/* the code of "BAD KERNEL TRAP: 00000000" */
bool od_fits_m68k_vector(struct od_str rest);

/* body_xmon.c: "cpu 0x4: Vector: 300 (Data Access) at [c000000000737aa0]": rest is behind "cpu 0x" */
od_take_header_fn od_take_xmon;
bool od_fits_xmon(struct od_str rest);

/* xmon repeats an assertion's headline ("kernel BUG at …"), which is of the open report; rest is behind its first words. */
bool od_xmon_names_bug(const struct od_builder *builder, enum od_kind kind);
void od_take_xmon_bug(struct od_builder *builder, struct od_str rest);

/* "CPU 0 Unable to handle kernel paging request …": whether the rest of "CPU " goes on so. */
bool od_fits_cpu_fault(struct od_str rest);

/* The line ends there. */
bool od_fits_end(struct od_str rest);

/*
 * die_arch.c: splits what stands before "[#1]" on a die line of another architecture: "Oops: 0038 ilc:3",
 * "Oops: Kernel access of bad area, sig: 11", "Oops", "foo(123): Oops". False: the text is none.
 */
bool od_split_arch_die(struct od_str head, struct od_die_line *die);

/* Die lines without a counter: "Oops: 00000000", "Oops#: 0000", "CPU 0 foo(123): Oops 1". */
bool od_scan_uncounted_die(struct od_str text, struct od_die_line *ret);

/* Puts the task that a die line names into the event: "CPU 0 foo(123". */
void od_take_die_task(struct od_builder *builder, struct od_str task);

/* The kind that the text of a die line means on another architecture than x86; false: it does not tell. */
bool od_find_arch_die_kind(struct od_str text, enum od_kind *ret);

#endif
