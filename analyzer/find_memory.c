// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What the address of a fault tells by itself. Sources: include/linux/poison.h, include/linux/err.h,
 * mm/slub.c, arch/x86/mm/fault.c, arch/arm64/mm/fault.c, Documentation/arch/x86/x86_64/mm.rst, 6.12.
 */
#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/finding.h"
#include "analyzer/poison.h"

enum { MEMBER_LIMIT = 4096 };

static unsigned bits_of(const struct od_event *event)
{
	return event->arch ? event->arch->bits : 64;
}

/* Marks by the class of fault that they mean. */
static const struct {
	const char *name, *class_name;
	enum od_confidence confidence;
} marks[] = {
	{"POISON_FREE", "use-after-free", OD_CONFIDENCE_LIKELY},
	{"LIST_POISON1", "list-poison", OD_CONFIDENCE_LIKELY},
	{"LIST_POISON2", "list-poison", OD_CONFIDENCE_LIKELY},
	{"POISON_INUSE", "uninitialised", OD_CONFIDENCE_LIKELY},
	{"PAGE_POISON", "uninitialised", OD_CONFIDENCE_POSSIBLE}, /* or a freed page: both leave 0xaa */
};

/* The marks of 32-bit kernels: bytes, and the list's without a base, which lie in the first page. */
static bool find_short_poison(const struct od_event *event, uint64_t value, struct od_poison *ret)
{
	static const struct od_poison shorts[] = {
		{"POISON_FREE", "a slab object that was already freed", 0x6b6b6b6b},
		{"POISON_INUSE", "a slab object that was allocated but never initialised", 0x5a5a5a5a},
		{"PAGE_POISON", "a freed page, or a local variable that was never initialised", 0xaaaaaaaa},
	};
	static const struct od_poison lists[] = {
		{"LIST_POISON1", "the next pointer of a list entry that was already removed", 0x100},
		{"LIST_POISON2", "the previous pointer of a list entry that was already removed", 0x122},
	};

	for (size_t i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++)
		if (value >= shorts[i].value && value - shorts[i].value < MEMBER_LIMIT) {
			*ret = shorts[i];
			return true;
		}
	if (event->fault.access != OD_ACCESS_WRITE ||
	    (value != 0x104 && value != 0x122)) /* what list_del() writes through them */
		return false;
	*ret = lists[value == 0x122];
	return true;
}

static bool find_poison(const struct od_event *event, uint64_t value, struct od_poison *ret)
{
	return bits_of(event) == 32 ? find_short_poison(event, value, ret) : od_poison_find(value, ret);
}

static const char *class_of_poison(const struct od_poison *poison, enum od_confidence *confidence)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strcmp(poison->name, marks[i].name) != 0)
			continue;
		*confidence = marks[i].confidence;
		return marks[i].class_name;
	}
	*confidence = OD_CONFIDENCE_LIKELY;
	return "poison";
}

/* The value that tells: the fault's address, or, of a #GP without one, the first register with a mark. */
static bool find_value(const struct od_event *event, uint64_t *ret, const struct od_register **from)
{
	struct od_poison poison;

	*from = NULL;
	if (event->fault.address.known) {
		if (!od_address_is_shadow(event, event->fault.address.value, ret))
			*ret = event->fault.address.value;
		return true;
	}
	for (size_t i = 0; event->kind == OD_KIND_GPF && i < event->registers.count; i++) {
		*from = &event->registers.items[i];
		*ret = (*from)->value;
		if (find_poison(event, *ret, &poison))
			return true;
	}
	return false;
}

static const char *classify(const struct od_event *event, uint64_t value, enum od_confidence *confidence)
{
	struct od_poison poison;
	struct od_errno number;

	if (find_poison(event, value, &poison))
		return class_of_poison(&poison, confidence);
	*confidence = value ? OD_CONFIDENCE_LIKELY : OD_CONFIDENCE_CERTAIN;
	if (value < OD_NULL_PAGE)
		return value ? "null-pointer-member" : "null-pointer";
	return od_errno_find(value, bits_of(event), &number) ? "error-pointer" : NULL;
}

bool od_find_address(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_register *from;
	enum od_confidence confidence;
	struct od_poison poison;
	uint64_t value;

	if (!find_value(event, &value, &from))
		return false;
	const char *class_name = classify(event, value, &confidence);
	if (!class_name || strcmp(class_name, row->class_name) != 0)
		return false;
	finder->finding->confidence = confidence;
	if (from)
		od_finder_evidence(finder, "Register %.*s holds 0x%" PRIx64 ".", OD_FMT(from->name), value);
	else
		od_finder_evidence(finder,
				   value == event->fault.address.value ? "The address of the fault is "
									 "0x%" PRIx64 "."
								       : "The compiler's check for KASAN "
									 "failed on its way to address "
									 "0x%" PRIx64 ", or up to 7 bytes "
										      "behind.",
				   value);
	if (!find_poison(event, value, &poison))
		return true;
	od_finder_evidence(finder, "0x%" PRIx64 " is %s, which marks %s.", poison.value, poison.name,
			   poison.meaning);
	if (bits_of(event) == 32)
		od_finder_claim(finder, confidence,
				"The pointer was read from %s: it is the kernel's mark %s.", poison.meaning,
				poison.name);
	return true;
}

/* By what the CPU keeps kernel code off user memory. */
static const struct {
	const char *arch, *data, *code;
} guards[] = {
	{"x86_64", "SMAP", "SMEP"},
	{"i386", "SMAP", "SMEP"},
	{"arm64", "PAN", "PXN"},
	{"arm", "PAN", "PXN"},
	{"riscv64", "the SUM bit", "the page's U bit"},
	{"riscv32", "the SUM bit", "the page's U bit"},
	{"ppc64", "KUAP", "KUEP"},
	{"ppc32", "KUAP", "KUEP"},
};

bool od_find_user_access(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const bool execute = event->kind == OD_KIND_USER_EXEC;
	const char *guard = NULL;

	(void)row;
	if (!event->fault.address.known)
		return false;
	for (size_t i = 0; event->arch && i < sizeof(guards) / sizeof(guards[0]); i++)
		if (!strcmp(event->arch->name, guards[i].arch))
			guard = execute ? guards[i].code : guards[i].data;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s %s 0x%" PRIx64 ", an address of a program%s%s.",
			OD_FMT(od_finder_function(finder, event->responsible)),
			execute ? "jumped to" : "used", event->fault.address.value,
			guard ? "; the CPU forbids that to the kernel by " : "", guard ? guard : "");
	od_finder_evidence(finder, "The address lies in the half of the address space that belongs to "
				   "programs.");
	return true;
}

static bool is_object(const struct od_event *event, uint64_t address)
{
	enum od_region region = od_address_region(event, address);

	return region == OD_REGION_DIRECT_MAP || region == OD_REGION_VMALLOC ||
	       region == OD_REGION_KERNEL_IMAGE || region == OD_REGION_IMAGE_OR_MODULES ||
	       region == OD_REGION_MODULES;
}

/* A pointer whose bytes were read from a place that is some bytes off; 0: none. Little endian. */
static unsigned misplaced_by(const struct od_event *event, uint64_t value, bool *early)
{
	*early = false;
	for (unsigned bytes = 1; bytes <= 3; bytes++)
		if (value << (8 * bytes) >> 48 == 0xffff && is_object(event, value << (8 * bytes)))
			return bytes;
	*early = true;
	return value >> 56 == 0xff && is_object(event, value >> 8 | 0xffull << 56) ? 1 : 0;
}

bool od_find_not_canonical(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const uint64_t value = event->fault.address.value;
	struct od_poison poison;
	uint64_t shadowed;
	char text[9];
	bool early;
	unsigned bytes;

	(void)row;
	if (!event->fault.address.known || !event->arch || !event->arch->classify ||
	    od_address_region(event, value) != OD_REGION_NON_CANONICAL || find_poison(event, value, &poison) ||
	    od_address_is_shadow(event, value, &shadowed))
		return false;
	finder->finding->confidence = OD_CONFIDENCE_LIKELY;
	if (od_address_is_text(value, text))
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
				"The pointer was overwritten by text: its bytes read \"%s\".", text);
	else if (value >> 48 == 0 && is_object(event, value | 0xffffull << 48))
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY,
				"The pointer lost its upper 16 bits: with them it would be 0x%" PRIx64
				", an address of the kernel.",
				(uint64_t)(value | 0xffffull << 48));
	else if ((bytes = misplaced_by(event, value, &early)))
		od_finder_claim(finder, OD_CONFIDENCE_POSSIBLE,
				"The pointer looks like one that was read %u byte%s too %s.", bytes,
				bytes == 1 ? "" : "s", early ? "early" : "late");
	od_finder_evidence(finder,
			   "The upper bits of 0x%" PRIx64 " are not all equal, so no page table can map it.",
			   value);
	return true;
}

/* P of x86 or the permission fault of arm64 say that the page was there; some headers say it in words. */
static bool was_there(const struct od_event *event)
{
	const struct od_error_code *code = &event->fault.error_code;

	for (size_t i = 0; i < code->bits.count; i++)
		if ((od_str_equal(code->bits.items[i].name, OD_STR("P")) && code->bits.items[i].value) ||
		    od_str_find(code->bits.items[i].meaning, OD_STR("permission fault")) >= 0)
			return true;
	return od_str_find(event->header, OD_STR("read-only memory")) >= 0;
}

bool od_find_read_only(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	enum od_region region;

	(void)row;
	if (event->fault.access != OD_ACCESS_WRITE || !event->fault.address.known || !was_there(event))
		return false;
	region = od_address_region(event, event->fault.address.value);
	if (region == OD_REGION_USER || region == OD_REGION_NULL_PAGE)
		return false;
	const bool image = region == OD_REGION_KERNEL_IMAGE || region == OD_REGION_MODULES ||
			   region == OD_REGION_IMAGE_OR_MODULES;
	od_finder_claim(finder, image ? OD_CONFIDENCE_CERTAIN : OD_CONFIDENCE_LIKELY,
			"%.*s wrote to 0x%" PRIx64 ", which is mapped read-only%s.",
			OD_FMT(od_finder_function(finder, event->responsible)), event->fault.address.value,
			image ? ": code, or a constant of the kernel or a module" : "");
	od_finder_evidence(finder, "The page was there, but the write was not allowed.");
	return true;
}
