// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/cause_class.h"

#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/poison.h"

enum class_name {
	NULL_POINTER, NULL_MEMBER, ERROR_POINTER, USE_AFTER_FREE, LIST_POISON, UNINITIALISED, OTHER_POISON,
	NON_CANONICAL, READ_ONLY, USER_POINTER, BAD_POINTER,
};

static const struct od_cause_class classes[] = {
	[NULL_POINTER] = {"null-pointer", "is NULL", "Documentation/admin-guide/bug-hunting.rst"},
	[NULL_MEMBER] = {"null-pointer-member", "is NULL", "Documentation/admin-guide/bug-hunting.rst"},
	[ERROR_POINTER] = {"error-pointer", "is an error number, not a pointer", "include/linux/err.h"},
	[USE_AFTER_FREE] = {"use-after-free", "was read from memory that was already freed", "include/linux/poison.h"},
	[LIST_POISON] = {"list-poison", "is the mark of a list entry that was already removed", "include/linux/poison.h"},
	[UNINITIALISED] = {"uninitialised", "was read from memory that was never initialised", "include/linux/poison.h"},
	[OTHER_POISON] = {"poison", "is a mark of the kernel, not a pointer", "include/linux/poison.h"},
	[NON_CANONICAL] = {"non-canonical", "cannot be an address: its upper bits are not all equal",
			   "Documentation/arch/x86/x86_64/mm.rst"},
	[READ_ONLY] = {"read-only-write", "points to memory that may not be written", "Documentation/security/self-protection.rst"},
	[USER_POINTER] = {"user-pointer", "is an address of user space", "Documentation/security/self-protection.rst"},
	[BAD_POINTER] = {"bad-pointer", "points to where nothing is mapped", "Documentation/admin-guide/bug-hunting.rst"},
};

const struct od_cause_class od_cause_null_call = {"null-call", "is NULL", "Documentation/admin-guide/bug-hunting.rst"};
const struct od_cause_class od_cause_bad_call = {"bad-call", "does not point to code",
						 "Documentation/admin-guide/bug-hunting.rst"};
const struct od_cause_class od_cause_divide = {"divide-by-zero", "is 0", "Intel SDM volume 3A, Interrupt 0"};

/* Marks of include/linux/poison.h by the byte or pointer that they are made of. */
static const struct {
	const char *name;
	enum class_name class;
} poisons[] = {
	{"POISON_FREE", USE_AFTER_FREE}, {"LIST_POISON1", LIST_POISON}, {"LIST_POISON2", LIST_POISON},
	{"POISON_INUSE", UNINITIALISED}, {"PAGE_POISON", USE_AFTER_FREE},
};

static enum class_name class_of_poison(const struct od_poison *poison)
{
	for (size_t i = 0; i < sizeof(poisons) / sizeof(poisons[0]); i++)
		if (!strcmp(poison->name, poisons[i].name))
			return poisons[i].class;
	return OTHER_POISON;
}

static bool may_not_write(const struct od_fault *fault)
{
	if (fault->access != OD_ACCESS_WRITE)
		return false;
	for (size_t i = 0; i < fault->error_code.bits.count; i++) {
		const struct od_code_bit *bit = &fault->error_code.bits.items[i];
		if ((od_str_equal(bit->name, OD_STR("P")) && bit->value) ||
		    od_str_find(bit->meaning, OD_STR("permission fault")) >= 0)
			return true;
	}
	return false;
}

static enum class_name class_of_region(const struct od_event *event, uint64_t value)
{
	const enum od_region region = od_address_region(event, value);

	if (region == OD_REGION_NON_CANONICAL || event->kind == OD_KIND_GPF)
		return NON_CANONICAL;
	if (region == OD_REGION_USER)
		return USER_POINTER;
	return may_not_write(&event->fault) ? READ_ONLY : BAD_POINTER;
}

const struct od_cause_class *od_cause_classify(const struct od_event *event, uint64_t value, bool member,
					       struct od_buf *claim)
{
	unsigned bits = event->arch ? event->arch->bits : 64;
	struct od_poison poison;
	struct od_errno number;
	enum class_name class;

	if (value && value < 4096) {
		class = NULL_MEMBER;
		od_buf_printf(claim, "is 0x%" PRIx64 ", a small distance from NULL: it was computed from a NULL pointer", value);
	} else if (value == 0) {
		class = member ? NULL_MEMBER : NULL_POINTER;
		od_buf_put_string(claim, classes[class].claim);
	} else if (od_errno_find(value, bits, &number)) {
		class = ERROR_POINTER;
		od_buf_printf(claim, "is the error number -%s (%s), not a pointer", number.name, number.words);
	} else if (bits == 64 && od_poison_find(value, &poison)) {
		class = class_of_poison(&poison);
		od_buf_printf(claim, "is 0x%" PRIx64 " (%s): it marks %s", value, poison.name, poison.meaning);
	} else {
		class = class_of_region(event, value);
		od_buf_printf(claim, "is 0x%" PRIx64 ", which %s", value,
			      classes[class].claim);
	}
	return &classes[class];
}
