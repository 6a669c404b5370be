// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports about hardware: arch/x86/kernel/cpu/mce/core.c. */
#include "parsers/headers.h"

/* "0: Machine Check Exception: 5 Bank 4: …" */
bool od_fits_machine_check(struct od_str rest)
{
	uint64_t cpu;
	return od_scan_u64(&rest, &cpu) && od_str_starts(rest, OD_STR(": Machine Check"));
}
