// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * make_batch VMLINUX [COUNT]: prints COUNT (default 10000) different oopses as this x86_64 kernel would print them.
 *
 * The crashes are invented, the places are not: each is a load through a register somewhere in .text, with the
 * kernel's own code bytes around it, the register NULL, and a trace of return addresses behind real calls: behind a
 * direct call of the function below where there is one, else behind an indirect call in any function. Sizes are
 * computed as kallsyms computes them. The same numbers every time.
 */
#include <capstone/capstone.h>
#include <fcntl.h>
#include <gelf.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 16, CODE_BEFORE = 42, CODE_BYTES = 64, TRIES = 64 };

struct function {
	uint64_t address, size;
	const char *name;
	bool chosen_from;	/* it is a function, not only a label */
};

/* A call: where it returns to, and the function that is called; indirect ones: -1. */
struct call {
	uint64_t back;
	ptrdiff_t callee;
};

struct kernel {
	const unsigned char *text;
	uint64_t start, size;
	size_t section;
	struct function *functions;
	size_t function_count;
	struct call *calls;	/* by callee; the indirect ones first */
	size_t call_count, indirect_count;
	char release[128];
	csh capstone;
	cs_insn *insn;
	uint64_t random;
	unsigned lines;
};

static void die(const char *what)
{
	fprintf(stderr, "make_batch: %s\n", what);
	exit(2);
}

/* xorshift64*: the same sequence everywhere. */
static size_t pick(struct kernel *kernel, size_t count)
{
	kernel->random ^= kernel->random >> 12;
	kernel->random ^= kernel->random << 25;
	kernel->random ^= kernel->random >> 27;
	return (kernel->random * 0x2545f4914f6cdd1du >> 33) % count;
}

static void *grow(void *items, size_t count, size_t size)
{
	if (count & (count - 1))
		return items;
	items = realloc(items, (count ? 2 * count : 1) * size);
	if (!items)
		die("out of memory");
	return items;
}

static int by_address(const void *left, const void *right)
{
	const struct function *a = left, *b = right;
	return a->address != b->address ? (a->address > b->address) - (a->address < b->address)
					: b->chosen_from - a->chosen_from;
}

static int by_callee(const void *left, const void *right)
{
	const struct call *a = left, *b = right;
	return (a->callee > b->callee) - (a->callee < b->callee);
}

static void read_symbols(struct kernel *kernel, Elf *elf, Elf_Scn *scn, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Sym symbol;
	size_t count = 0;

	for (int i = 1; gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);
		if (symbol.st_shndx != kernel->section || !name || !name[0] || name[0] == '.')
			continue;
		kernel->functions = grow(kernel->functions, count, sizeof(*kernel->functions));
		kernel->functions[count++] = (struct function){symbol.st_value, 0, name,
							       GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_size > 16};
	}
	qsort(kernel->functions, count, sizeof(*kernel->functions), by_address);
	for (size_t i = 0; i < count; i++) {
		struct function function = kernel->functions[i];
		if (kernel->function_count && kernel->functions[kernel->function_count - 1].address == function.address)
			continue;
		kernel->functions[kernel->function_count++] = function;
	}
	for (size_t i = 0; i + 1 < kernel->function_count; i++)
		kernel->functions[i].size = kernel->functions[i + 1].address - kernel->functions[i].address;
}

static bool is_thunk(const struct function *function)
{
	return !strncmp(function->name, "__x86_indirect_thunk", 20);
}

/* The function that holds the address; exact: that begins there. -1: none. */
static ptrdiff_t find(const struct kernel *kernel, uint64_t address, bool exact)
{
	size_t low = 0, high = kernel->function_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (kernel->functions[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || (exact && kernel->functions[low - 1].address != address))
		return -1;
	const struct function *function = &kernel->functions[low - 1];
	return function->chosen_from || is_thunk(function) ? (ptrdiff_t)low - 1 : -1;
}

/* e8 and a distance that leads to the start of a function. */
static void read_calls(struct kernel *kernel)
{
	for (uint64_t i = 0; i + 5 < kernel->size; i++) {
		int32_t distance;
		if (kernel->text[i] != 0xe8)
			continue;
		memcpy(&distance, kernel->text + i + 1, 4);
		uint64_t back = kernel->start + i + 5;
		ptrdiff_t callee = find(kernel, back + (uint64_t)distance, true);
		if (callee < 0)
			continue;
		if (is_thunk(&kernel->functions[callee]))
			callee = -1;
		kernel->indirect_count += callee < 0;
		kernel->calls = grow(kernel->calls, kernel->call_count, sizeof(*kernel->calls));
		kernel->calls[kernel->call_count++] = (struct call){back, callee};
	}
	qsort(kernel->calls, kernel->call_count, sizeof(*kernel->calls), by_callee);
}

static void read_release(struct kernel *kernel, const char *banner)
{
	if (banner)
		snprintf(kernel->release, sizeof(kernel->release), "%.*s", (int)strcspn(banner + 14, " "), banner + 14);
}

static void read_kernel(struct kernel *kernel, const char *path)
{
	int fd = open(path, O_RDONLY);
	elf_version(EV_CURRENT);
	Elf *elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ_MMAP, NULL);
	size_t names;
	GElf_Shdr header;
	Elf_Scn *scn = NULL, *symtab = NULL;

	if (!elf || elf_getshdrstrndx(elf, &names))
		die("cannot read the vmlinux");
	while ((scn = elf_nextscn(elf, scn)) && gelf_getshdr(scn, &header)) {
		const char *name = elf_strptr(elf, names, header.sh_name);
		Elf_Data *data = !strcmp(name, ".text") || !strcmp(name, ".rodata") ? elf_rawdata(scn, NULL) : NULL;
		if (header.sh_type == SHT_SYMTAB)
			symtab = scn;
		if (data && !strcmp(name, ".text")) {
			kernel->text = data->d_buf;
			kernel->start = header.sh_addr;
			kernel->size = header.sh_size;
			kernel->section = elf_ndxscn(scn);
		} else if (data) {
			read_release(kernel, memmem(data->d_buf, data->d_size, "Linux version ", 14));
		}
	}
	if (!symtab || !kernel->text || !kernel->release[0])
		die("no symbols, .text or banner");
	gelf_getshdr(symtab, &header);
	read_symbols(kernel, elf, symtab, &header);
	read_calls(kernel);
	if (!kernel->indirect_count || cs_open(CS_ARCH_X86, CS_MODE_64, &kernel->capstone) ||
	    cs_option(kernel->capstone, CS_OPT_DETAIL, CS_OPT_ON) || !(kernel->insn = cs_malloc(kernel->capstone)))
		die("no calls, or no disassembler");
}

static void say(struct kernel *kernel, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct kernel *kernel, const char *format, ...)
{
	va_list list;

	printf("[%5u.%06u] ", kernel->lines / 1000, kernel->lines % 1000 * 1000);
	kernel->lines++;
	va_start(list, format);
	vprintf(format, list);
	va_end(list);
	putchar('\n');
}

/* A load through a general register and a displacement, as the faulting instruction. */
struct fault {
	uint64_t address, displacement;
	const struct function *function;
	const char *reg;
};

static bool is_load(const struct kernel *kernel, const cs_insn *insn, struct fault *ret)
{
	const cs_x86 *x86 = &insn->detail->x86;

	if (insn->id != X86_INS_MOV || x86->op_count != 2 || x86->operands[1].type != X86_OP_MEM)
		return false;
	const x86_op_mem *memory = &x86->operands[1].mem;
	const char *name = memory->base ? cs_reg_name(kernel->capstone, memory->base) : "";
	if (memory->index || memory->segment || memory->disp < 0 || memory->disp > 4000 || name[0] != 'r' ||
	    !strcmp(name, "rip") || !strcmp(name, "rsp") || !strcmp(name, "rbp"))
		return false;
	ret->address = insn->address;
	ret->displacement = (uint64_t)memory->disp;
	ret->reg = name;
	return true;
}

/* A random load of a random function. */
static struct fault choose_fault(struct kernel *kernel)
{
	for (;;) {
		struct fault fault = {0}, one;
		const struct function *function = &kernel->functions[pick(kernel, kernel->function_count)];
		uint64_t at = function->address, seen = 0;
		const uint8_t *code = kernel->text + (at - kernel->start);
		size_t left = function->chosen_from && at > kernel->start + CODE_BYTES ? function->size : 0;
		while (left && cs_disasm_iter(kernel->capstone, &code, &left, &at, kernel->insn))
			if (is_load(kernel, kernel->insn, &one) && !pick(kernel, ++seen))
				fault = one;
		fault.function = function;
		if (seen)
			return fault;
	}
}

/* A return address into a caller of the function: a direct one where there is one. NULL: none was found. */
static const struct call *choose_call(struct kernel *kernel, ptrdiff_t callee)
{
	size_t low = kernel->indirect_count, high = kernel->call_count, end;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (kernel->calls[middle].callee < callee)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < kernel->call_count && kernel->calls[end].callee == callee; end++)
		;
	for (unsigned i = 0; i < TRIES; i++) {
		const struct call *call = &kernel->calls[end > low ? low + pick(kernel, end - low)
								   : pick(kernel, kernel->indirect_count)];
		if (find(kernel, call->back, false) >= 0)
			return call;
	}
	return NULL;
}

static void say_registers(struct kernel *kernel, const char *null)
{
	static const char *const names[] = {"RAX", "RBX", "RCX", "RDX", "RSI", "RDI", "RBP", "R08",
					    "R09", "R10", "R11", "R12", "R13", "R14", "R15"};
	char text[3][32];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		/* Capstone calls it r8, the kernel R08 */
		size_t skip = names[i][1] == '0' ? 2 : 1;
		bool is_null = !strcmp(names[i] + skip, null + 1) ||
			       (skip == 1 && names[i][1] == (null[1] & ~0x20) && names[i][2] == (null[2] & ~0x20));
		snprintf(text[i % 3], sizeof(text[0]), "%s: %016" PRIx64, names[i],
			 is_null ? (uint64_t)0 : 0xffff888100000000 | (pick(kernel, 1u << 20) << 6));
		if (i % 3 == 2)
			say(kernel, "%s %s %s", text[0], text[1], text[2]);
	}
}

static void say_code(struct kernel *kernel, uint64_t address)
{
	const unsigned char *bytes = kernel->text + (address - kernel->start) - CODE_BEFORE;
	char text[CODE_BYTES * 3 + 8];
	int at = 0;

	for (unsigned i = 0; i < CODE_BYTES; i++)
		at += snprintf(text + at, sizeof(text) - (size_t)at, i == CODE_BEFORE ? " <%02x>" : " %02x", bytes[i]);
	say(kernel, "Code:%s", text);
}

static void say_trace(struct kernel *kernel, const struct function *function)
{
	ptrdiff_t at = function - kernel->functions;

	say(kernel, "Call Trace:");
	say(kernel, " <TASK>");
	for (unsigned i = 0; i < FRAMES; i++) {
		const struct call *call = choose_call(kernel, at);
		if (!call)
			break;
		at = find(kernel, call->back, false);
		const struct function *caller = &kernel->functions[at];
		say(kernel, " %s+0x%" PRIx64 "/0x%" PRIx64, caller->name, call->back - caller->address, caller->size);
	}
	say(kernel, " </TASK>");
}

static void say_oops(struct kernel *kernel, unsigned number)
{
	const struct fault fault = choose_fault(kernel);

	say(kernel, "BUG: kernel NULL pointer dereference, address: %016" PRIx64, fault.displacement);
	say(kernel, "#PF: supervisor read access in kernel mode");
	say(kernel, "#PF: error_code(0x0000) - not-present page");
	say(kernel, "PGD 0 P4D 0 ");
	say(kernel, "Oops: 0000 [#%u] PREEMPT SMP NOPTI", number + 1);
	say(kernel, "CPU: 1 PID: %u Comm: task%u Not tainted %s #1  Debian", 300 + number, number, kernel->release);
	say(kernel, "Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014");
	say(kernel, "RIP: 0010:%s+0x%" PRIx64 "/0x%" PRIx64, fault.function->name,
	    fault.address - fault.function->address, fault.function->size);
	say_code(kernel, fault.address);
	say(kernel, "RSP: 0018:ffffc900003dbb50 EFLAGS: 00010246");
	say_registers(kernel, fault.reg);
	say(kernel, "FS:  00007f3a5c1d1740(0000) GS:ffff88813bc00000(0000) knlGS:0000000000000000");
	say(kernel, "CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033");
	say(kernel, "CR2: %016" PRIx64 " CR3: 0000000002392000 CR4: 0000000000751ee0", fault.displacement);
	say_trace(kernel, fault.function);
	say(kernel, "Modules linked in:");
	say(kernel, "CR2: %016" PRIx64, fault.displacement);
	say(kernel, "---[ end trace 0000000000000000 ]---");
}

int main(int argc, char **argv)
{
	struct kernel kernel = {.random = 0x9e3779b97f4a7c15u};
	const unsigned long count = argc > 2 ? strtoul(argv[2], NULL, 10) : 10000;

	if (argc < 2)
		die("usage: make_batch VMLINUX [COUNT]");
	read_kernel(&kernel, argv[1]);
	for (unsigned long i = 0; i < count; i++)
		say_oops(&kernel, (unsigned)i);
	return 0;
}
