// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines of MicroBlaze reports: arch/microblaze/kernel/process.c (show_regs), exceptions.c (die), 2.6.32 to 6.12. */
#include "parsers/bodies.h"
#include "parsers/dump.h"

/* " Registers dump: mode=1" begins the dump. */
static enum od_take take_dump(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	(void)rest;
	(void)od_open_block(builder);
	return OD_TAKE_YES;
}

const struct od_rule od_rules_microblaze[] = {
	{"Registers dump: mode=", take_dump},
	{NULL, NULL},
};
