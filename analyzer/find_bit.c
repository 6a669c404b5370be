// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * One bit away from what would be right: memory or a bus may be faulty. Sources:
 * Documentation/arch/x86/x86_64/mm.rst and Documentation/arch/arm64/memory.rst, 6.12 (which addresses
 * exist).
 */
#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/finding.h"
#include "analyzer/poison.h"

enum { FIRST_BIT = 16, NEAR = 4096, NULL_BIT = 32 };

static bool is_object(const struct od_event *event, uint64_t address)
{
	enum od_region region = od_address_region(event, address);

	return region == OD_REGION_DIRECT_MAP || region == OD_REGION_VMALLOC || region == OD_REGION_VMEMMAP;
}

/* A register with a pointer near this address: evidence that something of the kernel lies there. */
static const struct od_register *neighbour(const struct od_event *event, uint64_t address, uint64_t wrong)
{
	for (size_t i = 0; i < event->registers.count; i++) {
		const struct od_register *reg = &event->registers.items[i];
		uint64_t distance = reg->value > address ? reg->value - address : address - reg->value;
		if (reg->value != wrong && distance < NEAR)
			return reg;
	}
	return NULL;
}

/* What is wrong by one bit, is right by no other way of looking at it. */
static bool is_explained(const struct od_event *event, uint64_t value)
{
	struct od_poison poison;
	struct od_errno number;
	uint64_t shadowed;
	char text[9];

	return od_address_is_text(value, text) || od_address_is_shadow(event, value, &shadowed) ||
	       od_poison_find(value, &poison) || od_errno_find(value, event->arch->bits, &number);
}

bool od_find_bit(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const uint64_t value = event->fault.address.value;
	enum od_region region;

	(void)row;
	if (!event->fault.address.known || !event->arch || event->arch->bits != 64 ||
	    !event->arch->classify || is_explained(event, value))
		return false;
	region = od_address_region(event, value);
	if (region != OD_REGION_NON_CANONICAL && region != OD_REGION_USER && region != OD_REGION_OTHER_KERNEL)
		return false;
	if (value >> NULL_BIT && !(value & (value - 1))) {
		od_finder_claim(finder, OD_CONFIDENCE_POSSIBLE,
				"The address is NULL but for bit %u: perhaps a pointer of which one bit "
				"flipped, in faulty memory.",
				(unsigned)__builtin_ctzll(value));
		od_finder_evidence(finder, "0x%" PRIx64 " has one bit set.", value);
		return true;
	}
	for (unsigned bit = FIRST_BIT; bit < 64; bit++) {
		const uint64_t flipped = value ^ 1ull << bit;
		const struct od_register *near =
			is_object(event, flipped) ? neighbour(event, flipped, value) : NULL;
		if (!near && (region != OD_REGION_NON_CANONICAL || bit < 48 || !is_object(event, flipped)))
			continue;
		od_finder_claim(finder, near ? OD_CONFIDENCE_LIKELY : OD_CONFIDENCE_POSSIBLE,
				"The address is one bit away from 0x%" PRIx64 ", an address of the kernel: "
									      "bit %u may have flipped, in "
									      "faulty memory or by a stray "
									      "write.",
				flipped, bit);
		if (near)
			od_finder_evidence(finder, "Register %.*s holds 0x%" PRIx64 ", beside that address.",
					   OD_FMT(near->name), near->value);
		else
			od_finder_evidence(finder, "0x%" PRIx64 " cannot be mapped, 0x%" PRIx64 " can.",
					   value, flipped);
		return true;
	}
	return false;
}

/* What symbolize/match.c says of code bytes that differ from the file's in one bit. */
bool od_find_code_bit(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;

	for (size_t i = 0; i < event->images.count; i++) {
		const struct od_image_use *image = &event->images.items[i];
		for (size_t k = 0; image->verdict == OD_VERDICT_MATCH && k < image->details.count; k++) {
			if (!od_str_starts(image->details.items[k], od_str_from(row->words)))
				continue;
			od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
					"The code in memory differs from the file by one bit: the machine's "
					"memory may be faulty, or something wrote into the code.");
			od_finder_evidence(finder, "In %.*s, %.*s.", OD_FMT(image->path),
					   OD_FMT(image->details.items[k]));
			od_phrase_advise(finder->event, OD_STR("Test the memory (memtest86+) before looking "
							       "for a bug in the code."));
			return true;
		}
	}
	return false;
}
