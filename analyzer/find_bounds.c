// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Accesses that ran over the end of what is mapped. Sources: mm/vmalloc.c (guard pages), mm/page_alloc.c,
 * 6.12.
 */
#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/finding.h"
#include "analyzer/names.h"

enum { PAGE = 4096, OVERHANG = 64 };

/* Functions that walk over memory. */
static bool walks(const struct od_event *event)
{
	static const char *const names[] = {
		"memcpy*", "__memcpy*",	  "memmove*",	   "__memmove*",  "memset*",	 "__memset*",
		"memcmp*", "memchr*",	  "strlen",	   "strcpy",	  "strcmp",	 "strncmp",
		"strnlen", "strscpy",	  "sized_strscpy", "copy_page*",  "clear_page*", "csum_partial*",
		"crc32*",  "memcpy_orig", "memcpy_erms",   "memset_erms", "memset_orig",
	};

	for (size_t i = 0; event->has_ip && i < sizeof(names) / sizeof(names[0]); i++)
		if (od_str_matches(od_base_name(event->ip.function), names[i]))
			return true;
	return false;
}

/* A register that points into the page before: where the walk came from. */
static const struct od_register *trail_of(const struct od_event *event, uint64_t address)
{
	for (size_t i = 0; i < event->registers.count; i++) {
		const struct od_register *reg = &event->registers.items[i];
		if (event->arch->fault_register &&
		    od_str_equal(reg->name, od_str_from(event->arch->fault_register)))
			continue;
		if (reg->value < address && address - reg->value <= PAGE &&
		    (reg->value & ~(PAGE - 1ull)) != (address & ~(PAGE - 1ull)))
			return reg;
	}
	return NULL;
}

bool od_find_run_off(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const uint64_t address = event->fault.address.value;
	enum od_region region;

	(void)row;
	if (!event->fault.address.known || (address & (PAGE - 1)) >= OVERHANG ||
	    (event->fault.access != OD_ACCESS_READ && event->fault.access != OD_ACCESS_WRITE))
		return false;
	region = od_address_region(event, address);
	if (region != OD_REGION_VMALLOC && region != OD_REGION_DIRECT_MAP && region != OD_REGION_MODULES)
		return false;
	const struct od_register *trail = trail_of(event, address);
	if (!trail && (!walks(event) || address & (PAGE - 1)))
		return false;
	od_finder_claim(finder, walks(event) ? OD_CONFIDENCE_LIKELY : OD_CONFIDENCE_POSSIBLE,
			"The access ran over the end of a page: nothing is mapped from 0x%" PRIx64 " on%s.",
			(uint64_t)(address & ~(PAGE - 1ull)),
			region == OD_REGION_VMALLOC ? ", as behind every area of vmalloc(), which ends with "
						      "a guard page"
						    : "");
	if (trail)
		od_finder_evidence(finder, "Register %.*s points into the page before: 0x%" PRIx64 ".",
				   OD_FMT(trail->name), trail->value);
	if (walks(event))
		od_finder_evidence(finder, "%.*s walks over memory.",
				   OD_FMT(od_finder_function(finder, &event->ip)));
	return true;
}
