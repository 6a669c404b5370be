/* SPDX-License-Identifier: GPL-2.0 */
#ifndef PKT_H
#define PKT_H

#include <linux/compiler.h>
#include <linux/types.h>

#define PKT_HEADER	8

struct pkt_drop_stats {
	u32 flags;
	atomic_t dropped;
};

struct pkt_iface {
	char name[16];
	struct pkt_drop_stats *stats;
};

struct pkt {
	const u8 *data;
	unsigned int len;
	struct pkt_iface *iface;
};

__cold void pkt_drop(const struct pkt *p, const char *why);

#endif
