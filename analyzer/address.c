// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/address.h"

#include <inttypes.h>

#include "analyzer/poison.h"

/* Where an address lies, in words: a clause that follows "the address ". */
static const char *const regions[] = {
	[OD_REGION_NULL_PAGE] = "lies in the first page, where no object of the kernel lies",
	[OD_REGION_USER] = "lies in the part of the address space that belongs to programs: the kernel "
			   "must not follow such a pointer directly, or the pointer is damaged",
	[OD_REGION_NON_CANONICAL] = "is not canonical: it lies between the ranges of user space and of the "
				    "kernel, where nothing can be mapped",
	[OD_REGION_DIRECT_MAP] = "lies where the kernel maps all memory, heap objects included (with KASLR "
				 "the borders of this area move, so this is likely, not certain)",
	[OD_REGION_VMALLOC] = "lies where vmalloc(), device registers and task stacks are mapped (with "
			      "KASLR the borders of this area move, so this is likely, not certain)",
	[OD_REGION_VMEMMAP] = "lies where the kernel keeps its page descriptors (with KASLR the borders of "
			      "this area move, so this is likely, not certain)",
	[OD_REGION_KERNEL_IMAGE] = "lies in the kernel's own image: code, constants or static data",
	[OD_REGION_IMAGE_OR_MODULES] = "lies in the kernel's own image or among the modules",
	[OD_REGION_MODULES] = "lies where modules are loaded: code or data of a module",
	[OD_REGION_FIXMAP] = "lies in the area of fixed mappings at the top of the address space",
	[OD_REGION_OTHER_KERNEL] = "lies in the kernel's half of the address space, outside the areas for "
				   "objects and code",
};

static enum od_region region_of(const struct od_event *event, uint64_t address)
{
	if (address < OD_NULL_PAGE)
		return OD_REGION_NULL_PAGE;
	return event->arch && event->arch->classify ? event->arch->classify(address) : OD_REGION_UNKNOWN;
}

static unsigned bits_of(const struct od_event *event)
{
	return event->arch ? event->arch->bits : 64;
}

bool od_address_is_text(uint64_t address, char text[static 9])
{
	for (size_t i = 0; i < 8; i++) {
		text[i] = (char)(address >> (8 * i) & 0xff);
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}
	text[8] = '\0';
	return true;
}

bool od_address_is_shadow(const struct od_event *event, uint64_t address, uint64_t *ret)
{
	return event->arch && event->arch->kasan_shadow_offset &&
	       od_str_find(event->die_options, OD_STR("KASAN")) >= 0 &&
	       od_kasan_shadow_of(address, event->arch->kasan_shadow_offset, ret);
}

void od_address_remark(struct od_buf *out, const struct od_event *event, uint64_t address)
{
	struct od_poison poison;
	struct od_errno error;
	uint64_t shadowed;
	char text[9];

	if (address == 0)
		od_buf_put_string(out, ", a NULL pointer");
	else if (address < OD_NULL_PAGE)
		od_buf_put_string(out, ", which is probably a NULL pointer plus the offset of a member");
	else if (od_errno_find(address, bits_of(event), &error))
		od_buf_printf(out, ", which is the error pointer -%s if it was used as it is", error.name);
	else if (od_poison_find(address, &poison))
		od_buf_printf(out, ", a pointer read from %s", poison.meaning);
	else if (od_address_is_shadow(event, address, &shadowed))
		od_buf_printf(out, ", where KASAN keeps the state of address 0x%" PRIx64, shadowed);
	else if (bits_of(event) == 64 && od_address_is_text(address, text))
		od_buf_printf(out, ", whose bytes also spell \"%s\"", text);
}

/* On x86 such an address leads to a page fault (whose code begins with P) only where 5-level tables could
 * map it. */
static bool has_5_levels(const struct od_event *event, enum od_region region)
{
	const struct od_error_code *code = &event->fault.error_code;

	return region == OD_REGION_NON_CANONICAL && code->bits.count &&
	       od_str_equal(code->bits.items[0].name, OD_STR("P"));
}

/* No other architecture has registers of these names. */
static bool maps_5_levels(const struct od_event *event)
{
	enum { CR4_LA57 = 12, KERNEL_HALF = 0xff };
	const struct od_num cr4 = od_event_register(event, "cr4"), sp = od_event_register(event, "rsp");

	return (cr4.known && cr4.value >> CR4_LA57 & 1) ||
	       (sp.known && sp.value >> 56 == KERNEL_HALF && region_of(event, sp.value) == OD_REGION_NON_CANONICAL) ||
	       (event->fault.address.known && has_5_levels(event, region_of(event, event->fault.address.value)));
}

enum od_region od_address_region(const struct od_event *event, uint64_t address)
{
	const enum od_region region = region_of(event, address);
	const uint64_t upper = address >> 56; /* bits 56 to 63 are equal in what 57 bits can address */

	if (region != OD_REGION_NON_CANONICAL || (upper != 0 && upper != 0xff) || !maps_5_levels(event))
		return region;
	return upper ? OD_REGION_OTHER_KERNEL : OD_REGION_USER;
}

static void explain_poison(struct od_buf *out, uint64_t address, const struct od_poison *poison)
{
	od_buf_printf(out, "0x%" PRIx64 " is the kernel's mark %s", poison->value, poison->name);
	if (address != poison->value)
		od_buf_printf(out, ", here plus 0x%" PRIx64 ", likely the offset of a member",
			address - poison->value);
	od_buf_printf(out, ". Such a value stands for %s. ", poison->meaning);
}

static void explain_small(struct od_buf *out, uint64_t address)
{
	if (address == 0) {
		od_buf_put_string(out, "Address 0 is the NULL pointer: nothing that a pointer may point to lies there. ");
		return;
	}
	od_buf_printf(out,
		"Nothing that a pointer may point to lies below 0x%x, so the pointer was most likely NULL and "
		"the code accessed what lies 0x%" PRIx64 " bytes behind it: a member of a structure or an element of "
		"an array. ",
		OD_NULL_PAGE, address);
}

static void explain_shadow(struct od_buf *out, uint64_t shadow, uint64_t address)
{
	od_buf_printf(out,
		"0x%" PRIx64 " is where KASAN keeps the state of address 0x%" PRIx64
		": the compiler's check of an access to that address, or up to 7 bytes behind it, failed "
		"before the access itself was made. ",
		shadow, address);
	if (address < OD_NULL_PAGE)
		explain_small(out, address);
}

void od_address_explain(struct od_buf *out, const struct od_event *event, uint64_t address)
{
	const enum od_region region = region_of(event, address);
	struct od_poison poison;
	struct od_errno error;
	uint64_t shadowed;
	char text[9];

	if (address < OD_NULL_PAGE) {
		explain_small(out, address);
	} else if (od_errno_find(address, bits_of(event), &error)) {
		od_buf_printf(out,
			"No object lies at the last 4095 addresses; ERR_PTR() stores negative error numbers "
			"there. Taken as it is, this one is -%s (%s), so the result of a function was "
			"likely used without IS_ERR(). With the offset of a member it may be another "
			"number, or NULL minus an offset. ",
			error.name, error.words);
	} else if (od_poison_find(address, &poison)) {
		explain_poison(out, address, &poison);
	} else if (od_address_is_shadow(event, address, &shadowed)) {
		explain_shadow(out, address, shadowed);
	} else {
		if (has_5_levels(event, region))
			od_buf_put_string(out, "The address exists only with 5-level page tables, so this "
					       "kernel uses them. ");
		else if (regions[region])
			od_buf_printf(out, "The address %s. ", regions[region]);
		if (bits_of(event) == 64 && od_address_is_text(address, text))
			od_buf_printf(out, "Its bytes read \"%s\": text may have overwritten the pointer. ",
				text);
	}
}

void od_address_remark_register(struct od_buf *out, const struct od_event *event)
{
	struct od_poison poison;

	for (size_t i = 0; i < event->registers.count; i++) {
		const struct od_register *reg = &event->registers.items[i];
		if (!od_poison_find(reg->value, &poison))
			continue;
		od_buf_printf(out, "; register %.*s holds %s", OD_FMT(reg->name), poison.name);
		return;
	}
}

void od_address_explain_registers(struct od_buf *out, const struct od_event *event)
{
	struct od_poison poison, known = {0};
	unsigned told = 0;

	if (event->fault.address.known)
		od_poison_find(event->fault.address.value, &known);

	for (size_t i = 0; i < event->registers.count && told < 3; i++) {
		const struct od_register *reg = &event->registers.items[i];
		if (!od_poison_find(reg->value, &poison) || poison.value == known.value)
			continue;
		told++;
		od_buf_printf(out, "Register %.*s holds 0x%" PRIx64 ": %s, which stands for %s. ",
			OD_FMT(reg->name), reg->value, poison.name, poison.meaning);
	}
}
