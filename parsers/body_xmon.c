// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Lines of xmon, the debugger that PowerPC kernels may enter instead of printing an oops: arch/powerpc/xmon/xmon.c
 * (excprint, xmon_show_stack, xmon_print_symbol), 2.6.12 to 6.19.
 */
#include "parsers/bodies.h"
#include "parsers/dump.h"
#include "parsers/headers_arch.h"

/* getvecname(), 6.12. What is not listed is a trap; those that nothing went wrong at are no report. */
static const struct {
	unsigned vector;
	enum od_kind kind;
	bool quiet;
} vectors[] = {
	{0x0, OD_KIND_TRAP, true}, /* entered by SysRq x */
	{0x100, OD_KIND_NMI, false},
	{0x200, OD_KIND_MACHINE_CHECK, false},
	{0x300, OD_KIND_PAGING_REQUEST, false},
	{0x380, OD_KIND_PAGING_REQUEST, false},
	{0x400, OD_KIND_PAGING_REQUEST, false},
	{0x480, OD_KIND_PAGING_REQUEST, false},
	{0x500, OD_KIND_TRAP, true},
	{0x600, OD_KIND_ALIGNMENT, false},
	{0x900, OD_KIND_TRAP, true},
	{0xa00, OD_KIND_TRAP, true},
	{0xe40, OD_KIND_INVALID_OPCODE, false},
	{0xea0, OD_KIND_TRAP, true},
};

enum { VECTORS = sizeof(vectors) / sizeof(vectors[0]) };

static size_t find_vector(uint64_t trap)
{
	size_t i = 0;
	while (i < VECTORS && vectors[i].vector != (trap & ~UINT64_C(0xf)))
		i++;
	return i;
}

/* "4: Vector: 300 (Data Access) at [c000000000737aa0]" */
static bool scan_exception(struct od_str rest, uint64_t *cpu, uint64_t *trap)
{
	return od_scan_hex(&rest, cpu) && od_scan_literal(&rest, ": Vector: ") && od_scan_hex(&rest, trap) &&
	       od_str_find(rest, OD_STR(" at [")) >= 0;
}

bool od_fits_xmon(struct od_str rest)
{
	uint64_t cpu, trap;
	if (!scan_exception(rest, &cpu, &trap))
		return false;
	size_t i = find_vector(trap);
	return i == VECTORS || !vectors[i].quiet;
}

/* The fault's own headline, or the assertion's, may have been printed before. */
void od_take_xmon(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t cpu = 0, trap = 0;
	bool goes_on = builder->event && builder->named && !builder->ended && !builder->died && !builder->in_xmon &&
		       !builder->event->trace.count;

	(void)scan_exception(rest, &cpu, &trap);
	if (!goes_on && !od_builder_open(builder, record))
		return;
	size_t i = find_vector(trap);
	if (!goes_on) {
		od_builder_name(builder, i < VECTORS ? vectors[i].kind : OD_KIND_TRAP);
		builder->event->header = od_builder_keep(builder, record->text);
	}
	if ((trap & ~UINT64_C(0xff)) == 0x400)
		builder->event->fault.access = OD_ACCESS_EXECUTE;
	if (!builder->event->arch)
		builder->event->arch = &od_arch_ppc64;
	builder->event->cpu = od_num(cpu);
	builder->in_xmon = true;
	(void)od_open_block(builder);
	od_push_register(builder, OD_STR("trap"), trap);
}

bool od_xmon_names_bug(const struct od_builder *builder, enum od_kind kind)
{
	return kind == OD_KIND_BUG_ON && builder->event && builder->in_xmon && !builder->in_trace;
}

void od_take_xmon_bug(struct od_builder *builder, struct od_str rest)
{
	struct od_str file;
	if (builder->event->kind == OD_KIND_TRAP)
		od_builder_name(builder, OD_KIND_BUG_ON);
	ptrdiff_t at = od_str_find(rest, OD_STR(" at "));
	if (at >= 0)
		rest = od_str_from_index(rest, (size_t)at + 4);
	if (!builder->event->source_file.len && od_scan_until(&rest, '!', &file) && file.len && file.ptr[0] != ':')
		(void)od_take_file_and_line(builder, file);
}

/* "c0000000004f2940: .__alloc_bootmem_node+0x28/0x7c": a value, a colon, the place. */
static enum od_take take_place(struct od_builder *builder, const struct od_record *record, const char *name,
			       struct od_str rest, bool (*take)(struct od_builder *, const struct od_record *, struct od_str))
{
	struct od_str start = rest;
	uint64_t value;
	if (!od_scan_hex(&rest, &value))
		return OD_TAKE_NO;
	if (start.len - rest.len == 8)
		builder->event->arch = &od_arch_ppc32;
	od_push_register(builder, od_str_from(name), value);
	if (od_scan_char(&rest, ':'))
		(void)take(builder, record, rest);
	return OD_TAKE_YES;
}

static enum od_take take_pc(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_place(builder, record, "nip", rest, od_take_ip);
}

static enum od_take take_lr(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	return take_place(builder, record, "lr", rest, od_take_lr);
}

/* "pid   = 4330, comm = bash" */
static enum od_take take_task(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	uint64_t pid;
	(void)record;
	od_scan_blanks(&rest);
	if (!od_scan_literal(&rest, "= ") || !od_scan_u64(&rest, &pid) || !od_scan_literal(&rest, ", comm = "))
		return OD_TAKE_NO;
	builder->event->pid = od_num(pid);
	builder->event->comm = od_builder_keep(builder, od_str_trim(rest));
	return OD_TAKE_YES;
}

/* The banner, which xmon prints for whoever reads the screen: no boot. */
static enum od_take take_banner(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str release;
	(void)record;
	if (!od_scan_word(&rest, &release))
		return OD_TAKE_NO;
	builder->event->kernel_release = od_builder_keep(builder, release);
	ptrdiff_t at = od_str_find(rest, OD_STR(" #"));
	if (at >= 0)
		builder->event->kernel_version = od_builder_keep(builder, od_str_from_index(rest, (size_t)at + 1));
	return OD_TAKE_YES;
}

/* "4:mon> t": the prompt, and what was typed there */
static bool is_prompt(struct od_str text)
{
	uint64_t cpu;
	return od_scan_hex(&text, &cpu) && od_str_starts(text, OD_STR(":mon>"));
}

/* "[c00000009a9b7810] c00000000007b578 .queue_work+0xf8/0x1b0": the stack's address, the code's, the place. */
static bool take_frame(struct od_builder *builder, const struct od_record *record)
{
	struct od_str rest = record->text, inside;
	uint64_t address;

	if (od_scan_char(&rest, '[') && (!od_scan_until(&rest, ']', &inside) || !od_scan_literal(&rest, "] ")))
		return false;
	struct od_str digits = rest;
	if (!od_scan_hex(&rest, &address) || (digits.len - rest.len != 16 && digits.len - rest.len != 8))
		return false;
	od_scan_blanks(&rest);
	builder->in_trace = true;
	if (rest.len && rest.ptr[0] != '(')
		od_builder_push_places(builder, record,
				      od_arena_printf(builder->event->arena, "[<%016llx>] %.*s",
						      (unsigned long long)address, OD_FMT(rest)));
	return true;
}

static const struct od_rule rules[] = {
	{"pc: ", take_pc},
	{"lr: ", take_lr},
	{"pid ", take_task},
	{"current = 0x", od_take_known},
	{"paca ", od_take_known},
	{"[link register ", od_take_known},
	{"enter ? for help", od_take_known},
	{"SP (", od_take_known},
	{"Linux version ", take_banner},
	{NULL, NULL},
};

enum od_take od_take_xmon_line(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	if (!builder->in_xmon)
		return OD_TAKE_NO;
	for (const struct od_rule *rule = rules; rule->prefix; rule++) {
		struct od_str text = record->text;
		if (od_scan_text(&text, od_str_from(rule->prefix)))
			return rule->take(builder, record, text);
	}
	return is_prompt(record->text) || take_frame(builder, record) ? OD_TAKE_YES : OD_TAKE_NO;
}
