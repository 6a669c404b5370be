// SPDX-License-Identifier: GPL-3.0-or-later
/* The bodies of reports of each architecture: which rules read them. */
#ifndef OD_PARSERS_BODIES_H
#define OD_PARSERS_BODIES_H

#include "parsers/builder.h"

/* The rules of an architecture, tried before all others; NULL: it has none of its own, or is unknown (NULL). */
const struct od_rule *od_rules_of(const struct od_arch *arch);

/* Lines that several architectures print, whichever it is: page tables, stacks. */
extern const struct od_rule od_rules_any_arch[];

/* A line of xmon, the debugger of powerpc; only behind its first one. For tables of rules. */
enum od_take od_take_xmon_line(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* body_sparc.c: a line about one of several CPUs. For tables of rules. */
enum od_take od_take_sparc_cpu(struct od_builder *builder, const struct od_record *record, struct od_str rest);

/* body_<name>.c */
extern const struct od_rule od_rules_i386[];
extern const struct od_rule od_rules_arm64[];
extern const struct od_rule od_rules_arm[];
extern const struct od_rule od_rules_riscv[];
extern const struct od_rule od_rules_ppc[];
extern const struct od_rule od_rules_s390[];
extern const struct od_rule od_rules_mips[];
extern const struct od_rule od_rules_loongarch[];
extern const struct od_rule od_rules_sparc[];
extern const struct od_rule od_rules_parisc[];
extern const struct od_rule od_rules_m68k[];
extern const struct od_rule od_rules_xtensa[];
extern const struct od_rule od_rules_arc[];
extern const struct od_rule od_rules_openrisc[];
extern const struct od_rule od_rules_csky[];
extern const struct od_rule od_rules_sh[];
extern const struct od_rule od_rules_alpha[];
extern const struct od_rule od_rules_nios2[];
extern const struct od_rule od_rules_microblaze[];

#endif
