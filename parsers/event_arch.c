// SPDX-License-Identifier: GPL-3.0-or-later
/* Headers of memory faults on architectures other than x86: what stands behind the words that name them. */
#include "parsers/bodies.h"
#include "parsers/dump.h"
#include "parsers/headers_arch.h"

/* Words before an address; the longest first. */
static const struct od_str address_labels[] = {
	OD_STR("virtual address "), OD_STR("virtual addr "), OD_STR("address "), OD_STR("at addr "), OD_STR("at "),
	OD_STR("("),
};

static bool find_address(struct od_str text, uint64_t *ret)
{
	for (size_t i = 0; i < sizeof(address_labels) / sizeof(address_labels[0]); i++) {
		ptrdiff_t at = od_str_find(text, address_labels[i]);
		if (at < 0)
			continue;
		struct od_str rest = od_str_from_index(text, (size_t)at + address_labels[i].len);
		(void)od_scan_literal(&rest, "0x");
		if (od_scan_hex(&rest, ret))
			return true;
	}
	return false;
}

/* "when write" (arm, 6.2 and later), "on write at" (powerpc, 5.6 and later) */
static enum od_access find_access(struct od_str text)
{
	static const struct {
		struct od_str words;
		enum od_access access;
	} accesses[] = {
		{OD_STR("when read"), OD_ACCESS_READ}, {OD_STR("when write"), OD_ACCESS_WRITE},
		{OD_STR("when execute"), OD_ACCESS_EXECUTE}, {OD_STR("on read at"), OD_ACCESS_READ},
		{OD_STR("on write at"), OD_ACCESS_WRITE},
	};
	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		if (od_str_find(text, accesses[i].words) >= 0)
			return accesses[i].access;
	return OD_ACCESS_UNKNOWN;
}

void od_take_arch_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_fault *fault = &builder->event->fault;
	enum od_access access = find_access(record->text);
	uint64_t address;

	builder->expects_message = false;
	/* what stands before `rest` may end with "at " */
	struct od_str text = record->text.len ? record->text : rest;
	if (find_address(text, &address))
		fault->address = od_num(address);
	if (access != OD_ACCESS_UNKNOWN)
		fault->access = access;
}

void od_take_read_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->event->fault.access = OD_ACCESS_READ;
	od_take_arch_fault(builder, record, rest);
}

void od_take_write_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->event->fault.access = OD_ACCESS_WRITE;
	od_take_arch_fault(builder, record, rest);
}

void od_take_execute_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	builder->event->fault.access = OD_ACCESS_EXECUTE;
	od_take_arch_fault(builder, record, rest);
}

void od_take_ppc_null(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	od_builder_name(builder, OD_KIND_NULL_DEREF);
	od_take_arch_fault(builder, record, rest);
}

void od_take_user_page(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct {
		struct od_str words;
		enum od_access access;
	} accesses[] = {
		{OD_STR("attempted to read "), OD_ACCESS_READ}, {OD_STR("attempted to write "), OD_ACCESS_WRITE},
		{OD_STR("attempted to execute "), OD_ACCESS_EXECUTE},
	};
	od_take_arch_fault(builder, record, rest);
	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++)
		if (od_str_find(record->text, accesses[i].words) >= 0)
			builder->event->fault.access = accesses[i].access;
}

/* "alignment exception (0x801) at 0xc0123456": the words in front name what arm calls the fault. */
/*
 * "page domain fault (0x81b) at 0x…": the one domain that kernel code is kept out of is that of user space, CONFIG_CPU_SW_DOMAIN_PAN
 * (arch/arm/include/asm/domain.h and uaccess.h, since 4.3).
 */
static bool is_user_domain(const struct od_event *event, struct od_str rest)
{
	static const struct od_str starts[] = {OD_STR("page domain fault"), OD_STR("section domain fault")};
	enum od_region region;

	if (!event->fault.address.known)
		return false;
	region = od_arch_arm.classify(event->fault.address.value);
	return (od_str_starts(rest, starts[0]) || od_str_starts(rest, starts[1])) &&
	       (region == OD_REGION_USER || region == OD_REGION_NULL_PAGE);
}

/* "(0x404) at 0x9c800f00": the FSR of arm, the ESR of arm64; of kernel code a die line follows that repeats it. */
static void take_syndrome(struct od_builder *builder, struct od_str text, ptrdiff_t at)
{
	struct od_error_code *error = &builder->event->fault.error_code;
	const struct od_str before = od_str_first(text, at < 0 ? 0 : (size_t)at);
	const ptrdiff_t open = od_str_find_last_char(before, '(');
	struct od_str inside = open < 0 ? (struct od_str){0} : od_str_from_index(before, (size_t)open + 1), digits;
	uint64_t code;

	if (!od_scan_literal(&inside, "0x"))
		return;
	digits = inside;
	if (!od_scan_hex(&inside, &code) || !od_str_equal(inside, OD_STR(")")))
		return;
	error->value = od_num(code);
	error->raw = od_builder_keep(builder, od_str_first(digits, digits.len - 1));
}

void od_take_unhandled(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	ptrdiff_t at = od_str_find(record->text, OD_STR(" at 0x"));
	uint64_t address;

	builder->expects_message = false;
	struct od_str digits = at < 0 ? (struct od_str){0} : od_str_from_index(record->text, (size_t)at + 6);
	if (od_scan_hex(&digits, &address))
		event->fault.address = od_num(address);
	take_syndrome(builder, record->text, at);
	if (od_str_starts(rest, OD_STR("alignment")))
		od_builder_name(builder, OD_KIND_ALIGNMENT);
	const bool fetch = od_str_starts(record->text, OD_STR("Unhandled prefetch abort"));
	if (fetch)
		event->fault.access = OD_ACCESS_EXECUTE;
	if (is_user_domain(event, rest))
		od_builder_name(builder, fetch ? OD_KIND_USER_EXEC : OD_KIND_USER_ACCESS);
}

/* "0x00000020 in Super Data (pc=0x1074c2)"; of "User Data" a program is told by a signal. */
bool od_fits_m68k_fault(struct od_str rest)
{
	return od_str_find(rest, OD_STR(" in Super Data (pc=0x")) > 0;
}

void od_take_m68k_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t address;

	event->arch = &od_arch_m68k;
	event->fault.access = od_str_starts(record->text, OD_STR("Data read ")) ? OD_ACCESS_READ : OD_ACCESS_WRITE;
	if (od_scan_0x(&rest, &address))
		event->fault.address = od_num(address);
}

/* "100be8c8] fn+0x350/0x680 [mod]": the access was done piece by piece, and nothing died. */
void od_take_sparc_unaligned(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_frame_text place;
	uint64_t address;

	event->severity = OD_SEVERITY_WARNING;
	event->arch = &od_arch_sparc64;
	if (!od_scan_hex(&rest, &address) || !od_scan_literal(&rest, "] ") || !od_scan_place(&rest, &place))
		return;
	place.address = od_num(address);
	od_builder_set_ip(builder, record, &place);
}

/* "comm (pid 1): Kernel Fault: Code=15 (Data TLB miss fault) at addr 0000000000000010" */
void od_take_parisc_task_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct od_str words = OD_STR("Kernel Fault: Code=");
	ptrdiff_t at = od_str_find(record->text, words);
	struct od_str comm, task = rest;
	uint64_t pid;

	od_take_parisc_fault(builder, record, od_str_from_index(record->text, (size_t)at + words.len));
	if (!od_scan_until_text(&task, OD_STR(" (pid "), &comm) || !od_scan_literal(&task, " (pid ") ||
	    !od_scan_u64(&task, &pid))
		return;
	builder->event->comm = od_builder_keep(builder, comm);
	builder->event->pid = od_num(pid);
}

/* Codes of arch/parisc/kernel/traps.c (trap_description). */
void od_take_parisc_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	uint64_t code, address;

	(void)record;
	builder->expects_message = false;
	if (od_scan_u64(&rest, &code)) {
		event->fault.error_code.value = od_num(code);
		event->fault.error_code.raw = od_arena_printf(event->arena, "%x", (unsigned)code);
	}
	ptrdiff_t at = od_str_find(rest, OD_STR("Addr="));
	size_t skip = 5;
	if (at < 0) {
		at = od_str_find(rest, OD_STR("at addr "));
		skip = 8;
	}
	struct od_str digits = at < 0 ? (struct od_str){0} : od_str_from_index(rest, (size_t)at + skip);
	if (od_scan_hex(&digits, &address))
		event->fault.address = od_num(address);
}

/*
 * arch/arm64/kernel/traps.c: bad_mode() to 5.12, whose die line has a number of its own; __panic_unhandled() since, and
 * arm64_serror_panic(), which have none.
 */
void od_take_arm64_trap(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str text = od_str_behind(record->text, OD_STR(" on CPU"));
	uint64_t cpu, code;

	(void)rest;
	if (od_scan_u64(&text, &cpu) && !event->cpu.known)
		event->cpu = od_num(cpu);
	if (od_str_starts(record->text, OD_STR("Bad mode")))
		return;
	if (!od_scan_literal(&text, ", ESR 0x") && !od_scan_literal(&text, ", code 0x"))
		return;
	struct od_str digits = text;
	if (!od_scan_hex(&digits, &code))
		return;
	event->fault.error_code.raw = od_builder_keep(builder, od_str_first(text, text.len - digits.len));
	event->fault.error_code.value = od_num(code);
}

void od_take_bare_oops(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	if (builder->event || !od_builder_open(builder, record))
		return;
	od_builder_name(builder, OD_KIND_PAGING_REQUEST);
	builder->event->header = od_builder_keep(builder, record->text);
}

/* Not begun by itself: a WARN() prints these lines too. */
void od_take_arc_ecr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	if (!builder->event && !od_builder_open(builder, record))
		return;
	if (!builder->named) {
		od_builder_name(builder, OD_KIND_PAGING_REQUEST);
		builder->event->header = od_builder_keep(builder, record->text);
	}
	builder->event->arch = &od_arch_arc;
	for (const struct od_rule *rule = od_rules_arc; rule->prefix; rule++) {
		struct od_str text = record->text;
		if (od_scan_text(&text, od_str_from(rule->prefix)) && rule->take(builder, record, text) != OD_TAKE_NO)
			return;
	}
	(void)od_take_registers(builder, record->text);
}

bool od_fits_m68k_vector(struct od_str rest)
{
	return od_str_find(rest, OD_STR(" ***   FORMAT=")) > 0;
}

/* Opens an event unless the line is of one that is open: of an assertion, which traps on purpose. */
static bool begin_m68k_trap(struct od_builder *builder, const struct od_record *record, enum od_kind kind)
{
	const bool open = builder->event && builder->named && !builder->ended && !builder->died &&
			  od_kinds[builder->event->kind].severity == OD_SEVERITY_OOPS;

	if (open || !od_builder_open(builder, record))
		return open;
	od_builder_name(builder, kind);
	builder->event->header = od_builder_keep(builder, record->text);
	return true;
}

/* vec_names[] of arch/m68k/kernel/traps.c, 6.12 */
void od_take_m68k_vector(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	static const struct {
		struct od_str name;
		enum od_kind kind;
	} vectors[] = {
		{OD_STR("BUS ERROR"), OD_KIND_PAGING_REQUEST}, {OD_STR("ADDRESS ERROR"), OD_KIND_ALIGNMENT},
		{OD_STR("ILLEGAL INSTRUCTION"), OD_KIND_INVALID_OPCODE}, {OD_STR("ZERO DIVIDE"), OD_KIND_DIVIDE_ERROR},
		{OD_STR("PRIVILEGE VIOLATION"), OD_KIND_INVALID_OPCODE}, {OD_STR("LINE 1"), OD_KIND_INVALID_OPCODE},
		{OD_STR("TRAP #7 "), OD_KIND_BUG_ON}, /* BUG() */
	};
	enum od_kind kind = OD_KIND_TRAP;

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		if (od_str_starts(rest, vectors[i].name))
			kind = vectors[i].kind;
	(void)begin_m68k_trap(builder, record, kind);
}

void od_take_m68k_die(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str digits = od_str_trim(rest), left = digits;
	uint64_t code;

	if (!od_scan_hex(&left, &code) || left.len || !begin_m68k_trap(builder, record, OD_KIND_TRAP))
		return;
	builder->died = true;
	builder->event->die_text = OD_STR("BAD KERNEL TRAP");
	builder->event->fault.error_code.raw = od_builder_keep(builder, digits);
	builder->event->fault.error_code.value = od_num(code);
}

bool od_fits_cpu_fault(struct od_str rest)
{
	uint64_t cpu;
	return od_scan_u64(&rest, &cpu) && od_str_starts(rest, OD_STR(" Unable to handle kernel paging request at "));
}

/* "0 Unable to handle kernel paging request at virtual address 0000000a, epc == 8050e8a8, ra == 8050e8a0" (mips; loongarch: "era") */
void od_take_cpu_fault(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str digits = rest, place = od_str_behind(rest, OD_STR(", epc == "));
	struct od_frame_text frame = {0};
	uint64_t cpu, address;

	if (od_scan_u64(&digits, &cpu))
		event->cpu = od_num(cpu);
	od_take_arch_fault(builder, record, rest);
	if (!place.ptr)
		place = od_str_behind(rest, OD_STR(", era == "));
	frame.raw = place;
	if (!od_scan_hex(&place, &address))
		return;
	frame.raw = od_str_first(frame.raw, frame.raw.len - place.len);
	frame.address = od_num(address);
	od_builder_set_ip(builder, record, &frame);
}

bool od_fits_end(struct od_str rest)
{
	return rest.len == 0;
}
