// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/settle.h"

#include "parsers/arch_hints.h"
#include "parsers/dump.h"
#include "parsers/headers.h"

enum { PAGE_BYTES = 4096 }; /* the smallest page of any architecture */

enum od_trap od_trap_of(const struct od_event *event)
{
	return event->arch && event->arch->trap ? event->arch->trap(event) : OD_TRAP_UNKNOWN;
}

/* Where no header named the kind, only a dump without its head, or "Oops": the dump's own words say more. */
static void settle_kind(struct od_event *event, enum od_trap trap)
{
	const bool headless = event->kind == OD_KIND_INTERNAL_ERROR && (event->integrity >> OD_INTEGRITY_HEADER_MISSING & 1);
	const bool oops = event->kind == OD_KIND_PAGING_REQUEST && !event->fault.address.known;

	if (!headless && !oops)
		return;
	if (trap == OD_TRAP_MEMORY)
		event->kind = OD_KIND_PAGING_REQUEST;
	else if (trap == OD_TRAP_ALIGNMENT)
		event->kind = OD_KIND_ALIGNMENT;
	else if (trap == OD_TRAP_OTHER && oops)
		event->kind = OD_KIND_TRAP;
}

/* An access to page 0 is one through a NULL pointer, also where the kernel does not say so (mips, s390, …). */
static void settle_fault_address(struct od_event *event, enum od_trap trap)
{
	const char *name = event->arch ? event->arch->fault_register : NULL, *other = name ? event->arch->other_fault_register : NULL;
	struct od_num value = name ? od_event_register(event, name) : (struct od_num){0};
	if (!value.known && other)
		value = od_event_register(event, other);
	bool page_fault = event->kind == OD_KIND_PAGING_REQUEST || event->kind == OD_KIND_NULL_DEREF;
	bool forbidden = event->kind == OD_KIND_USER_ACCESS || event->kind == OD_KIND_USER_EXEC || event->kind == OD_KIND_NX_EXEC;
	bool has_address = trap == OD_TRAP_UNKNOWN ? page_fault || event->kind == OD_KIND_ALIGNMENT :
						     trap == OD_TRAP_MEMORY || trap == OD_TRAP_ALIGNMENT;
	if (!event->fault.address.known && has_address && value.known)
		event->fault.address = value;
	if ((page_fault || forbidden) && event->fault.address.known && event->fault.address.value < PAGE_BYTES)
		event->kind = OD_KIND_NULL_DEREF;
}

/* Of a boot, the other reports tell; but a text may be put together from several machines. */
static void settle_arch(struct od_event *event, const struct od_boot *boot)
{
	if (!event->arch)
		event->arch = od_arch_of_release(event->kernel_release);
	if (!event->arch)
		event->arch = od_arch_of_event(event);
	if (!event->arch)
		event->likely_arch = boot->arch ? boot->arch : od_arch_likely(event);
}

/* x86 has no words of its own for kernel code that touches user memory: address and error code say it. */
static void settle_user_access(struct od_event *event)
{
	const struct od_arch *arch = event->arch;
	const struct od_num code = event->fault.error_code.value, address = event->fault.address;

	if (event->kind != OD_KIND_PAGING_REQUEST || !arch || !arch->denies_kernel || !arch->classify)
		return;
	if (code.known && address.known && arch->classify(address.value) == OD_REGION_USER &&
	    arch->denies_kernel(code.value))
		event->kind = OD_KIND_USER_ACCESS;
}

/* Bytes before the marked one are at lower addresses. */
static void settle_code_address(struct od_event *event)
{
	if (!event->code.address.known && event->code.has_fault_index && event->has_ip && event->ip.address.known)
		event->code.address = od_num(event->ip.address.value - event->code.fault_index);
}

static void settle_release(struct od_event *event, const struct od_boot *boot)
{
	if (event->kernel_release.len || !boot->release[0])
		return;
	event->kernel_release = od_arena_copy(event->arena, od_str_from(boot->release));
	if (boot->version[0])
		event->kernel_version = od_arena_copy(event->arena, od_str_from(boot->version));
}

/* Traces that were announced and never came. */
static void drop_empty_traces(struct od_event *event)
{
	size_t kept = 0;
	for (size_t i = 0; i < event->traces.count; i++)
		if (event->traces.items[i].frames.count)
			event->traces.items[kept++] = event->traces.items[i];
	event->traces.count = kept;
}

/* "epc == 8050e8a8" alone, and a trace that begins at that address: it has the name. */
static void name_place(struct od_event *event)
{
	enum { NEAR = 3 };

	for (size_t i = 0; event->has_ip && !event->ip.function.len && i < event->trace.count && i < NEAR; i++) {
		const struct od_frame *frame = &event->trace.items[i];
		if (!frame->function.len || !frame->address.known || !event->ip.address.known || frame->address.value != event->ip.address.value)
			continue;
		event->ip = *frame;
		event->ip.is_return_address = false;
	}
}

/* A trace that repeats the instruction pointer begins with it: that entry is no return address of a call. */
static void settle_first_frame(struct od_event *event)
{
	struct od_frame *first = event->trace.count ? &event->trace.items[0] : NULL;
	if (!first || !event->has_ip || !od_str_equal(first->function, event->ip.function))
		return;
	const struct od_num *mine = first->function.len ? &first->offset : &first->address;
	const struct od_num *its = first->function.len ? &event->ip.offset : &event->ip.address;
	if (mine->known && its->known && mine->value == its->value)
		first->is_return_address = event->ip.is_return_address;
}

static bool same_place(const struct od_frame *a, const struct od_frame *b)
{
	return od_str_equal(a->function, b->function) && a->offset.value == b->offset.value;
}

/*
 * A leaf function has no frame of its own on architectures with a link register: the unwinder
 * then misses its caller, whom only the register names. It is put where it belongs, and marked as
 * unreliable: the register may also be left over from the function's own last call.
 */
static void insert_link_register(struct od_event *event)
{
	if (!event->has_lr || !event->lr.function.len || !event->has_ip || !event->trace.count)
		return;
	for (size_t i = 0; i < event->trace.count && i < 3; i++)
		if (same_place(&event->trace.items[i], &event->lr))
			return;
	size_t at = event->trace.items[0].is_return_address ? 0 : 1;
	if (!od_list_push(event->arena, &event->trace))
		return;
	struct od_frame *slot = &event->trace.items[at];
	memmove(slot + 1, slot, (event->trace.count - 1 - at) * sizeof(*slot));
	*slot = event->lr;
	slot->unreliable = true;
	slot->context = OD_STR("LR");
}

/* KCSAN's header names functions without offsets; one of the two stacks begins in the first of them (kernel/kcsan/report.c). */
static void settle_race(struct od_event *event)
{
	const struct od_frame *place = event->trace.count ? &event->trace.items[0] : NULL;

	if (event->kind != OD_KIND_KCSAN || !event->has_ip || event->ip.offset.known)
		return;
	for (size_t i = 0; i < event->traces.count && !(place && od_str_equal(place->function, event->ip.function)); i++)
		place = event->traces.items[i].frames.count ? &event->traces.items[i].frames.items[0] : place;
	if (place && od_str_equal(place->function, event->ip.function))
		event->ip = *place;
}

/* Where the stack repeats the place that its heading names, the stack has it in order: the heading's is dropped. */
static void drop_repeated_headings(struct od_event *event)
{
	enum { NEAR = 4 }; /* the allocator's own frames may come first */

	for (size_t i = 0; i < event->traces.count; i++) {
		struct od_trace *trace = &event->traces.items[i];
		bool repeated = false;
		for (size_t k = 1; trace->heading_names_first && k < trace->frames.count && k <= NEAR; k++)
			repeated |= same_place(&trace->frames.items[0], &trace->frames.items[k]);
		if (!repeated)
			continue;
		trace->frames.count--;
		memmove(trace->frames.items, trace->frames.items + 1, trace->frames.count * sizeof(*trace->frames.items));
	}
}

void od_settle_event(struct od_event *event, const struct od_boot *boot)
{
	const enum od_trap trap = od_trap_of(event);

	if (event->kind == OD_KIND_OOM)
		od_settle_oom(event);
	settle_kind(event, trap);
	settle_fault_address(event, trap);
	od_settle_places(event);
	settle_code_address(event);
	settle_release(event, boot);
	settle_arch(event, boot);
	settle_user_access(event);
	settle_race(event);
	name_place(event);
	settle_first_frame(event);
	insert_link_register(event);
	drop_repeated_headings(event);
	drop_empty_traces(event);
}

/* The registers of a program that a signal killed (kernel/signal.c, print_fatal_signal()), without a word of the kernel's own death. */
static bool is_of_program(const struct od_event *event)
{
	const bool dump = event->kind == OD_KIND_INTERNAL_ERROR || event->kind == OD_KIND_PAGING_REQUEST;

	return dump && od_trap_of(event) == OD_TRAP_USER && !event->die_text.len && event->severity != OD_SEVERITY_PANIC &&
	       !od_str_equal(event->header, OD_STR("Oops")) && !od_str_starts(event->header, OD_STR("Unable to handle "));
}

/*
 * "CPU %d detected hard LOCKUP on other CPUs %*pbl\n",": the program that prints it. Without the mark it may be the
 * kernel's: fs/super.c forgot an argument.
 */
static bool is_format(struct od_str text)
{
	if (od_str_find_char(text, '"') < 0)
		return false;
	for (ptrdiff_t at; (at = od_str_find_char(text, '%')) >= 0; text = od_str_from_index(text, (size_t)at + 1))
		if ((size_t)at + 1 < text.len && memchr("sduxlpz*", text.ptr[at + 1], 8))
			return true;
	return false;
}

/* "BUG: ", "UBSAN: " and "Oops" are words of many. */
bool od_is_idle_talk(const struct od_event *event)
{
	if (is_of_program(event))
		return true;
	if (event->trace.count)
		return false;
	if (event->kind == OD_KIND_BUG_OTHER || is_format(event->header))
		return true;
	if (od_str_starts(event->header, OD_STR("UBSAN: ")))
		return !event->message.len;
	if (!od_str_equal(event->header, OD_STR("Oops")) && !od_str_ends(event->header, OD_STR("): Oops")))
		return false;
	return !event->registers.count && !event->has_ip && !event->cpu.known;
}
