// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports about hardware: arch/x86/kernel/cpu/mce/core.c, kernel/irq/spurious.c. */
#include "parsers/headers.h"

/* "0: Machine Check Exception: 5 Bank 4: …" */
bool od_fits_machine_check(struct od_str rest)
{
	uint64_t cpu;
	return od_scan_u64(&rest, &cpu) && od_str_starts(rest, OD_STR(": Machine Check"));
}

/* "16: nobody cared (try booting with the "irqpoll" option)" */
bool od_fits_nobody_cared(struct od_str rest)
{
	uint64_t irq;
	return od_scan_u64(&rest, &irq) && od_str_starts(rest, OD_STR(": nobody cared"));
}
