// SPDX-License-Identifier: GPL-3.0-or-later
/* Which machines crash, and which of them rather for their hardware than for bugs. Thread safe. */
#ifndef OD_TRIAGE_HOSTS_H
#define OD_TRIAGE_HOSTS_H

#include "triage/group.h"

enum od_suspicion {
	OD_SUSPECT_NOTHING,
	OD_SUSPECT_MEMORY,	/* many different crashes, or addresses with a bit that is wrong */
	OD_SUSPECT_HARDWARE,	/* its machine checks say so */
};

/* One host. Numbers are of grouping->names; UINT32_MAX: unknown. */
struct od_host {
	uint32_t name, hardware;
	uint32_t crashes, groups;
	uint32_t own;		/* groups that no other host has */
	uint32_t machine_checks, bit_flips;
	double entropy;		/* of its groups, in bits: how little one of its crashes tells about the next */
	bool is_many;		/* reports of several machines stand under this name: it is not judged */
	enum od_suspicion suspicion;
};

/* All hosts, the most suspicious and then the most crashing first; *ret is to be freed. False: out of memory. */
bool od_hosts(const struct od_grouping *grouping, struct od_host **ret, size_t *count);

/* What is to be said of a host that is suspect, in `text`. */
enum { OD_HOST_SENTENCE = 192 };
struct od_str od_host_sentence(const struct od_host *host, char text[OD_HOST_SENTENCE]);

/*
 * Whether an address of x86-64 with four levels of page tables (Documentation/arch/x86/x86_64/mm.rst) is one wrong bit
 * away from one that makes sense: from a kernel address, whose upper 17 bits are all set, or from a null pointer's
 * neighbourhood. Software has few ways to change one bit of these.
 */
bool od_is_bit_flip(uint64_t address);

#endif
