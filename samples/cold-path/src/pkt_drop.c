// SPDX-License-Identifier: GPL-2.0
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/ratelimit.h>
#include "pkt.h"

/* Locally injected packets have no interface. */
void pkt_drop(const struct pkt *p, const char *why)
{
	struct pkt_iface *iface = READ_ONCE(p->iface);

	pr_info_ratelimited("pkt_filter: %s packet dropped\n", why);
	atomic_inc(&iface->stats->dropped); /* FAULT */
}
