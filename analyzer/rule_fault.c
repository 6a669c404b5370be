// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Memory faults. Sources: Intel SDM volume 3A, "Page-Fault Exceptions" and "Interrupt 13";
 * arch/x86/mm/fault.c, arch/x86/kernel/traps.c, include/linux/err.h and include/linux/poison.h,
 * Documentation/dev-tools/kasan.rst, 6.12.
 */
#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/explain.h"
#include "analyzer/rules.h"

static const struct {
	const char *verb, *preposition; /* with a width: "wrote 4 bytes to"; without: "wrote to" */
} did[] = {
	[OD_ACCESS_UNKNOWN] = {"accessed", ""},
	[OD_ACCESS_READ] = {"read", "from "},
	[OD_ACCESS_WRITE] = {"wrote", "to "},
	[OD_ACCESS_EXECUTE] = {"jumped", "to "},
};

static const char *const tried[] = {
	[OD_ACCESS_UNKNOWN] = "access memory",
	[OD_ACCESS_READ] = "read memory",
	[OD_ACCESS_WRITE] = "write memory",
	[OD_ACCESS_EXECUTE] = "execute code",
};

static void put_address(struct od_buf *out, struct od_num address)
{
	if (!address.known)
		od_buf_put_string(out, "an address that the log does not show");
	else if (address.value == 0)
		od_buf_put_string(out, "address 0");
	else
		od_buf_printf(out, "address 0x%" PRIx64, address.value);
}

/* Bytes that the faulting instruction accesses, where it was disassembled and its text tells. */
static unsigned width_of_access(const struct od_event *event)
{
	if (!event->arch || !event->arch->access_width)
		return 0;
	for (size_t i = 0; i < event->code.disassembly.count; i++)
		if (event->code.disassembly.items[i].fault)
			return event->arch->access_width(event->code.disassembly.items[i].text);
	return 0;
}

static void put_did(struct od_buf *out, const struct od_event *event)
{
	const enum od_access access = event->fault.access;
	const unsigned width =
		access == OD_ACCESS_READ || access == OD_ACCESS_WRITE ? width_of_access(event) : 0;

	od_buf_printf(out, " %s ", did[access].verb);
	if (width)
		od_buf_printf(out, "%u byte%s ", width, width == 1 ? "" : "s");
	od_buf_put_string(out, did[access].preposition);
}

/* Whether the first bit of the error code (P on x86) says that the page was there, but not for this. */
static bool is_protection_fault(const struct od_fault *fault)
{
	return fault->error_code.bits.count &&
	       od_str_equal(fault->error_code.bits.items[0].name, OD_STR("P")) &&
	       fault->error_code.bits.items[0].value == 1;
}

static void put_error_code(struct od_buf *out, const struct od_error_code *code)
{
	if (!code->bits.count)
		return;
	od_buf_printf(out, "The error code 0x%" PRIx64 " says: ", code->value.value);
	for (size_t i = 0; i < code->bits.count; i++) {
		const struct od_code_bit *bit = &code->bits.items[i];
		if (i && !bit->value && !od_str_equal(bit->name, OD_STR("W/R")) &&
			!od_str_equal(bit->name, OD_STR("U/S")))
			continue;
		od_buf_put_string(out, i ? "; " : "");
		od_buf_put(out, bit->meaning);
	}
	od_buf_put_string(out, ". ");
}

/* A jump to a bad address: the IP is that address, and the caller is all that the log can name. */
static bool jumped(const struct od_event *event)
{
	return event->fault.access == OD_ACCESS_EXECUTE ||
	       (event->has_ip && event->fault.address.known && event->ip.address.known &&
		       event->ip.address.value == event->fault.address.value);
}

static void put_jump(struct od_buf *sentence, struct od_buf *paragraph, const struct od_event *event)
{
	const bool null = event->fault.address.known && event->fault.address.value == 0;

	od_phrase_function(sentence, event->responsible);
	od_buf_put_string(sentence, " jumped to ");
	put_address(sentence, event->fault.address);
	od_buf_put_string(sentence, null ? ": it called a function through a NULL pointer" :
					   ", which holds no code that may run");
	od_buf_put_string(paragraph, "The CPU tried to execute code there and could not. Such a jump comes "
				     "from a call through a function pointer that was never set or was "
				     "overwritten, or from a damaged return address; the innermost "
				     "reliable frame of the trace is the caller. ");
}

static void put_access(struct od_buf *sentence, struct od_buf *paragraph, const struct od_event *event)
{
	const struct od_fault *fault = &event->fault;

	od_phrase_actor(sentence, event);
	put_did(sentence, event);
	put_address(sentence, fault->address);
	if (fault->address.known)
		od_address_remark(sentence, event, fault->address.value);
	if (event->kind == OD_KIND_USER_ACCESS)
		od_buf_put_string(sentence, ", which is a program's memory: kernel code may not touch it directly");
	else if (is_protection_fault(fault))
		od_buf_printf(sentence, "; the page is there, but %s",
			fault->access == OD_ACCESS_WRITE ? "may not be written" : "not for this access");
	od_buf_printf(paragraph, "The CPU tried to %s at ", tried[fault->access]);
	put_address(paragraph, fault->address);
	od_buf_put_string(paragraph, " and the page tables did not allow it, so it raised a page fault "
				     "that the kernel could not repair. ");
}

/* Why the page did not allow it, by where the address lies. */
static void put_reason(struct od_buf *paragraph, const struct od_event *event)
{
	const struct od_fault *fault = &event->fault;
	const bool there = is_protection_fault(fault);
	enum od_region region = OD_REGION_UNKNOWN;

	if (fault->address.known)
		region = od_address_region(event, fault->address.value);
	if (region == OD_REGION_MODULES && !there && fault->error_code.bits.count)
		od_buf_put_string(paragraph, "Nothing is mapped there now: the module may have been "
					     "unloaded, or its init code, which is discarded after "
					     "loading, was meant. ");
	if (event->kind == OD_KIND_USER_ACCESS && there)
		od_buf_put_string(paragraph, "Kernel code is denied all user memory (SMAP) outside the functions "
					     "that copy from and to programs. ");
	if (there && fault->access == OD_ACCESS_WRITE &&
		(region == OD_REGION_MODULES || region == OD_REGION_KERNEL_IMAGE ||
			region == OD_REGION_IMAGE_OR_MODULES))
		od_buf_put_string(paragraph, "Code and constants are mapped read-only, so it is likely one "
					     "of these. ");
}

static void advise(struct od_event *event)
{
	if (event->kind != OD_KIND_PAGING_REQUEST && event->kind != OD_KIND_GPF)
		return;
	if (event->kind == OD_KIND_PAGING_REQUEST && is_protection_fault(&event->fault))
		od_phrase_advise(event, OD_STR("Find out what lies at that address, and why the code takes "
					       "it for memory that it may use this way."));
	else if (!od_kasan_is_at_hand(event))
		od_phrase_advise(event, OD_STR("Find out where the bad pointer came from."));
	else
		od_phrase_advise(event, OD_STR("Find out where the bad pointer came from; a kernel with "
					       "CONFIG_KASAN stops at the first access to freed or foreign "
					       "memory and tells who allocated and freed it."));
}

void od_rule_fault(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	if (jumped(event))
		put_jump(sentence, paragraph, event);
	else
		put_access(sentence, paragraph, event);
	put_error_code(paragraph, &event->fault.error_code);
	if (event->fault.address.known)
		od_address_explain(paragraph, event, event->fault.address.value);
	put_reason(paragraph, event);
	if (event->kind != OD_KIND_NULL_DEREF)
		od_address_explain_registers(paragraph, event);
	advise(event);
}

void od_rule_gpf(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	const struct od_fault *fault = &event->fault;
	const bool segment = fault->error_code.value.known && fault->error_code.value.value != 0;

	od_phrase_actor(sentence, event);
	if (segment) {
		od_buf_put_string(sentence, " used a segment selector that the CPU does not accept");
		put_error_code(paragraph, &fault->error_code);
		return;
	}
	if (fault->address.known) {
		od_buf_put_string(sentence, " used the ");
		put_address(sentence, fault->address);
		od_address_remark(sentence, event, fault->address.value);
	} else {
		od_buf_put_string(sentence, " did something that the CPU refuses, most likely an access to "
					    "an address that cannot exist");
		od_address_remark_register(sentence, event);
	}
	od_buf_put_string(paragraph, "The CPU raised a general protection fault. In kernel code that is, "
				     "in most cases, an access to an address that is not canonical: its "
				     "upper bits are not all equal, so no page table can map it. Unlike a "
				     "page fault, this exception does not tell the address");
	od_buf_put_string(paragraph,
		fault->address.known ? "; the kernel worked it out from the instruction. " : ". ");
	if (fault->address.known)
		od_address_explain(paragraph, event, fault->address.value);
	od_address_explain_registers(paragraph, event);
	advise(event);
}
