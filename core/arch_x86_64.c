// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * x86-64.
 *
 * Sources: Intel SDM volume 3A, "Page-Fault Exceptions" (section 4.7) and "Error Code" (chapter
 * "Interrupt and Exception Handling"); AMD APM volume 2, "#PF Page-Fault Exception" (bit 31, RMP);
 * Linux arch/x86/include/asm/trap_pf.h, arch/x86/include/asm/trapnr.h, arch/x86/kernel/traps.c and
 * Documentation/arch/x86/x86_64/mm.rst, 6.12.
 */
#include "core/arch.h"
#include "core/arch_words.h"
#include "core/model.h"

/* As __show_regs() of arch/x86/kernel/process_64.c prints them; FS, GS and knlGS are the bases. */
static const char *const registers[] = {
	"rip", "rsp", "eflags", "orig_rax", "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r08",
	"r09", "r10", "r11", "r12", "r13", "r14", "r15", "fs_base", "gs_base", "kernel_gs_base",
	"cs", "ds", "es", "ss", "cr0", "cr2", "cr3", "cr4", "dr0", "dr1", "dr2", "dr3", "dr6", "dr7",
	"pkru", NULL,
};

/* One bit of an error code; `rare` bits are told only when set. */
struct bit {
	unsigned bit;
	bool rare;
	const char *name, *clear, *set;
};

static const struct bit page_fault_bits[] = {
	{0, false, "P", "the page was not present", "the page was present, but the access was not allowed"},
	{1, false, "W/R", "the access was not a write", "the access was a write"},
	{2, false, "U/S", "the access was made with kernel (supervisor) rights",
	 "the access was made with user rights"},
	{3, false, "RSVD", "no reserved bit was found set in a page table",
	 "a reserved bit was set in a page table: the page table itself is damaged"},
	{4, false, "I/D", "the access was not an instruction fetch", "the access was an instruction fetch"},
	{5, false, "PK", "protection keys did not forbid the access", "a protection key forbade the access"},
	{6, false, "SS", "the access was not made to a shadow stack", "the access was made to a shadow stack"},
	{7, true, "HLAT", "HLAT paging was not involved",
	 "the fault arose in HLAT paging (a hypervisor's table)"},
	{15, false, "SGX", "SGX access control was not involved", "SGX access control forbade the access"},
	{31, true, "RMP", "the RMP table was not involved", "the SEV-SNP RMP table forbade the access"},
};

/* What the word on the die line is, by the text before it (arch/x86/kernel/traps.c, arch/x86/mm/fault.c). */
enum word { WORD_PAGE_FAULT, WORD_SELECTOR, WORD_NONE };

struct exception {
	struct od_str die_text; /* how the die line's text begins */
	enum word word;
	const char *name;
};

static const struct exception exceptions[] = {
	{OD_STR("Oops"), WORD_PAGE_FAULT, "x86 page fault"},
	{OD_STR("Bad pagetable"), WORD_PAGE_FAULT, "x86 page fault"},
	{OD_STR("general protection fault"), WORD_SELECTOR, "x86 general protection fault"},
	{OD_STR("segment-related general protection fault"), WORD_SELECTOR, "x86 general protection fault"},
	{OD_STR("stack segment"), WORD_SELECTOR, "x86 stack segment fault"},
	{OD_STR("segment not present"), WORD_SELECTOR, "x86 segment not present"},
	{OD_STR("invalid TSS"), WORD_SELECTOR, "x86 invalid TSS"},
	{OD_STR("divide error"), WORD_NONE, "x86 divide error"},
	{OD_STR("invalid opcode"), WORD_NONE, "x86 invalid opcode"},
	{OD_STR("int3"), WORD_NONE, "x86 breakpoint"},
	{OD_STR("overflow"), WORD_NONE, "x86 overflow"},
	{OD_STR("bounds"), WORD_NONE, "x86 bound range exceeded"},
	{OD_STR("unexpected #NM"), WORD_NONE, "x86 device not available"},
	{OD_STR("device not available"), WORD_NONE, "x86 device not available"},
	{OD_STR("double fault"), WORD_NONE, "x86 double fault"},
	{OD_STR("coprocessor segment overrun"), WORD_NONE, "x86 coprocessor segment overrun"},
	{OD_STR("alignment check"), WORD_NONE, "x86 alignment check"},
	{OD_STR("Split lock detected"), WORD_NONE, "x86 alignment check"},
	{OD_STR("simd exception"), WORD_NONE, "x86 SIMD floating-point exception"},
	{OD_STR("fpu exception"), WORD_NONE, "x86 floating-point exception"},
	{OD_STR("iret exception"), WORD_NONE, "x86 iret exception"},
};

/* For a report whose die line is missing: the exception that its kind implies. */
static const struct {
	enum od_kind kind;
	enum word word;
	const char *name;
} kinds[] = {
	{OD_KIND_NULL_DEREF, WORD_PAGE_FAULT, "x86 page fault"},
	{OD_KIND_PAGING_REQUEST, WORD_PAGE_FAULT, "x86 page fault"},
	{OD_KIND_USER_ACCESS, WORD_PAGE_FAULT, "x86 page fault"},
	{OD_KIND_NX_EXEC, WORD_PAGE_FAULT, "x86 page fault"},
	{OD_KIND_USER_EXEC, WORD_PAGE_FAULT, "x86 page fault"},
	{OD_KIND_GPF, WORD_SELECTOR, "x86 general protection fault"},
	{OD_KIND_STACK_SEGMENT, WORD_SELECTOR, "x86 stack segment fault"},
	{OD_KIND_DIVIDE_ERROR, WORD_NONE, "x86 divide error"},
	{OD_KIND_INVALID_OPCODE, WORD_NONE, "x86 invalid opcode"},
	{OD_KIND_BUG_ON, WORD_NONE, "x86 invalid opcode"},
	{OD_KIND_INT3, WORD_NONE, "x86 breakpoint"},
	{OD_KIND_DOUBLE_FAULT, WORD_NONE, "x86 double fault"},
};

static bool find_exception(const struct od_event *event, enum word *word, const char **name)
{
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
		if (od_str_starts(event->die_text, exceptions[i].die_text)) {
			*word = exceptions[i].word;
			*name = exceptions[i].name;
			return true;
		}
	}
	for (size_t i = 0; event->die_text.len == 0 && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (event->kind == kinds[i].kind) {
			*word = kinds[i].word;
			*name = kinds[i].name;
			return true;
		}
	}
	return false;
}

static void add_field(struct od_event *event, unsigned bit, unsigned value, const char *name,
		      struct od_str meaning)
{
	struct od_code_bit *field = od_list_push(event->arena, &event->fault.error_code.bits);
	if (field)
		*field = (struct od_code_bit){bit, value, od_str_from(name), meaning};
}

static void decode_page_fault(struct od_event *event, uint64_t code)
{
	for (size_t i = 0; i < sizeof(page_fault_bits) / sizeof(page_fault_bits[0]); i++) {
		const struct bit *bit = &page_fault_bits[i];
		unsigned value = code >> bit->bit & 1;
		if (value || !bit->rare)
			add_field(event, bit->bit, value, bit->name, od_str_from(value ? bit->set : bit->clear));
	}
	if (event->fault.access == OD_ACCESS_UNKNOWN)
		event->fault.access = code & 1 << 4 ? OD_ACCESS_EXECUTE :
				      code & 1 << 1 ? OD_ACCESS_WRITE : OD_ACCESS_READ;
	if (event->fault.mode == OD_MODE_UNKNOWN)
		event->fault.mode = code & 1 << 2 ? OD_MODE_USER : OD_MODE_KERNEL;
}

static void decode_selector(struct od_event *event, uint64_t code)
{
	unsigned external = code & 1, idt = code >> 1 & 1, table = code >> 2 & 1;
	unsigned entry = code >> 3 & 0x1fff;

	if (code == 0) {
		add_field(event, 0, 0, "selector", OD_STR("no segment selector was involved"));
		return;
	}
	add_field(event, 0, external, "EXT",
		  external ? OD_STR("the exception arose while another event was delivered") :
			     OD_STR("the program itself caused the exception"));
	add_field(event, 1, idt, "IDT",
		  idt ? OD_STR("the index refers to a gate of the IDT") :
			OD_STR("the index refers to a descriptor of the GDT or LDT"));
	if (!idt)
		add_field(event, 2, table, "TI", table ? OD_STR("the LDT") : OD_STR("the GDT"));
	add_field(event, 3, entry, "index",
		  od_arena_printf(event->arena, idt ? "the gate of vector %u" : "descriptor %u of that table",
				  entry));
}

/* A number on a die line that is in no table stays unread. */
static void decode_error(struct od_event *event)
{
	const struct od_num value = event->fault.error_code.value;
	enum word word;
	const char *name;

	if (value.known && event->kind == OD_KIND_MACHINE_CHECK) {
		od_arch_decode_machine_check(event);
		return;
	}
	if (!value.known || !find_exception(event, &word, &name))
		return;
	event->fault.error_code.name = od_str_from(name);
	if (word == WORD_PAGE_FAULT)
		decode_page_fault(event, value.value);
	else if (word == WORD_SELECTOR)
		decode_selector(event, value.value);
}

/*
 * Present, and neither a program's own access nor a fetch, with the page tables whole: of user memory the processor then
 * refuses kernel code either all access outside stac and clac (SMAP, since 3.7) or writing to a page that is read only.
 */
static bool denies_kernel(uint64_t error_code)
{
	enum { PRESENT = 1, USER = 1 << 2, RESERVED = 1 << 3, FETCH = 1 << 4 };

	return (error_code & (PRESENT | USER | RESERVED | FETCH)) == PRESENT;
}

/*
 * The map with 4-level page tables, by last address. With CONFIG_RANDOMIZE_MEMORY the direct map, the vmalloc
 * area and vmemmap keep their order but not their borders, and with CONFIG_RANDOMIZE_BASE the image may lie
 * anywhere in its first GiB: those regions are where they lie without randomisation. What only 5-level page
 * tables can map counts as not canonical here.
 */
static const struct {
	uint64_t last;
	enum od_region region;
} map[] = {
	{0x0000000000000fff, OD_REGION_NULL_PAGE},
	{0x00007fffffffffff, OD_REGION_USER},
	{0xffff7fffffffffff, OD_REGION_NON_CANONICAL},
	{0xffff87ffffffffff, OD_REGION_OTHER_KERNEL}, /* guard hole */
	{0xffffc87fffffffff, OD_REGION_DIRECT_MAP}, /* since 4.20 half a TiB later, behind the LDT */
	{0xffffc8ffffffffff, OD_REGION_OTHER_KERNEL},
	{0xffffe8ffffffffff, OD_REGION_VMALLOC},
	{0xffffe9ffffffffff, OD_REGION_OTHER_KERNEL},
	{0xffffeaffffffffff, OD_REGION_VMEMMAP},
	{0xffffffff7fffffff, OD_REGION_OTHER_KERNEL}, /* KASAN shadow, cpu_entry_area, espfix, EFI */
	{0xffffffff9fffffff, OD_REGION_KERNEL_IMAGE},
	{0xffffffffbfffffff, OD_REGION_IMAGE_OR_MODULES},
	{0xfffffffffeffffff, OD_REGION_MODULES},
	{0xffffffffff5fffff, OD_REGION_FIXMAP},
	{UINT64_MAX, OD_REGION_OTHER_KERNEL},
};

static enum od_region classify(uint64_t address)
{
	size_t i = 0;
	while (address > map[i].last)
		i++;
	return map[i].region;
}

static unsigned suffix_width(char suffix)
{
	return suffix == 'b' ? 1 : suffix == 'w' ? 2 : suffix == 'l' ? 4 : suffix == 'q' ? 8 : 0;
}

/* "rax" and "r8" 8, "eax" and "r8d" 4, "ax" and "r8w" 2, "al" and "r8b" 1; vector and other registers 0. */
static unsigned register_width(struct od_str name)
{
	uint64_t number;
	struct od_str rest = od_str_from_index(name, 1);

	if (od_scan_char(&name, 'r')) {
		if (!od_scan_u64(&rest, &number) || rest.len == 0)
			return 8;
		return rest.ptr[0] == 'd' ? 4 : suffix_width(rest.ptr[0]);
	}
	if (name.len == 3 && name.ptr[0] == 'e')
		return 4;
	if (name.len == 3)
		return name.ptr[2] == 'l' ? 1 : 0; /* sil, dil, bpl, spl */
	if (name.len != 2 || name.ptr[1] == 's')
		return 0;
	return name.ptr[1] == 'l' || name.ptr[1] == 'h' ? 1 : 2;
}

/* The width of the operand that is a register, not part of an address: "%edx" of "0x8(%rax),%edx". */
static unsigned operand_width(struct od_str operands)
{
	unsigned depth = 0;
	bool first = true;

	for (size_t i = 0; i < operands.len; i++) {
		char c = operands.ptr[i];
		if (c == '%' && first && depth == 0) {
			struct od_str rest = od_str_from_index(operands, i + 1), name;
			ptrdiff_t end = od_str_find_char(rest, ',');
			name = od_str_trim(end < 0 ? rest : od_str_first(rest, (size_t)end));
			if (od_str_find_char(name, ':') < 0)
				return register_width(name);
		}
		depth += c == '(';
		depth -= c == ')' && depth;
		first = c == ',' && depth == 0;
	}
	return 0;
}

/* AT&T syntax: the width is in the mnemonic's suffix, or in the register that takes part. */
static unsigned access_width(struct od_str instruction)
{
	static const struct {
		struct od_str start;
		unsigned width;
	} extensions[] = {
		{OD_STR("movzb"), 1}, {OD_STR("movzw"), 2}, {OD_STR("movsb"), 1},
		{OD_STR("movsw"), 2}, {OD_STR("movslq"), 4},
	};
	static const struct od_str plain[] = {
		OD_STR("mov"), OD_STR("add"), OD_STR("sub"), OD_STR("adc"), OD_STR("sbb"), OD_STR("and"),
		OD_STR("or"), OD_STR("xor"), OD_STR("cmp"), OD_STR("test"), OD_STR("inc"), OD_STR("dec"),
		OD_STR("not"), OD_STR("neg"), OD_STR("xchg"), OD_STR("xadd"), OD_STR("cmpxchg"),
	};
	struct od_str mnemonic;

	od_scan_literal(&instruction, "lock ");
	if (!od_scan_word(&instruction, &mnemonic))
		return 0;
	for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
		if (od_str_starts(mnemonic, extensions[i].start))
			return extensions[i].width;
	od_scan_blanks(&instruction);
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (od_str_equal(mnemonic, plain[i]))
			return operand_width(instruction);
		if (mnemonic.len == plain[i].len + 1 && od_str_starts(mnemonic, plain[i]))
			return suffix_width(mnemonic.ptr[mnemonic.len - 1]);
	}
	return 0;
}

const struct od_arch od_arch_x86_64 = {
	.name = "x86_64",
	.bits = 64,
	.registers = registers,
	.ip_label = "RIP",
	.ip_register = "rip",
	.fault_register = "cr2",
	.code_unit = 1,
	.trap_code = OD_STR("\x0f\x0b"), /* ud2: arch/x86/include/asm/bug.h */
	.bfd_name = "i386:x86-64",
	.return_bias = 1,
	.decode_error = decode_error,
	.denies_kernel = denies_kernel,
	.kasan_shadow_offset = 0xdffffc0000000000, /* arch/x86/Kconfig, KASAN_SHADOW_OFFSET */
	.access_width = access_width,
	.classify = classify,
};
