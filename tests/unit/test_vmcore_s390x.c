// SPDX-License-Identifier: GPL-3.0-or-later
/* Stacks of s390x in synthetic memory: six functions, and frames chained as gcc -mbackchain -mpacked-stack does. */
#include "tests/dump_fixture.h"
#include "tests/stack_fixture.h"
#include "vmcore/file.h"
#include "vmcore/unwind.h"

#define TEXT 0x100000
#define OUTER (TEXT + 0x000)
#define FRAMED (TEXT + 0x100)
#define WRAPPED (TEXT + 0x200)
#define PLAIN (TEXT + 0x300)
#define ENTRY (TEXT + 0x400)
#define FORK (TEXT + 0x500)
#define STACK 0x37fffd10000
#define OWN (STACK + 0x100)	/* r15 of a function with a frame, of its caller, and of that one's */
#define CALLER (STACK + 0x200)
#define FIRST (STACK + 0x300)
#define LOOP (STACK + 0x400)
#define KERNEL_ENTRY (STACK + 0x500)
#define USER_ENTRY (STACK + 0x700)
#define NEW_ENTRY (STACK + 0x900)
#define LOWCORE (STACK + 0xb00)
#define LPSWE 0x20	/* where the lowcore has the last instruction of an exception */
#define KERNEL_MASK 0x0404c00180000000
#define USER_MASK 0x0705000180000000
#define WAIT_MASK 0x0002000180000000

static struct {
	unsigned char text[0x600], stack[0x1000];
} machine;

static size_t read_memory(void *user, uint64_t address, void *buffer, size_t len)
{
	const struct memory_part parts[] = {
		{TEXT, sizeof(machine.text), machine.text}, {STACK, sizeof(machine.stack), machine.stack}, {0, 0, NULL},
	};

	(void)user;
	return read_parts(parts, address, buffer, len);
}

static struct od_kallsyms *make_symbols(void)
{
	static const char tokens[] = "Touter\0Tframed\0Twrapped\0Tplain\0Tpgm_check_handler\0Tret_from_fork\0Tend";

	return make_kallsyms(tokens, sizeof(tokens), TEXT, true);
}

/* 1 u64; 2 struct { u64 mask, addr; }; 3 u64[16]; 4 struct pt_regs { u64 args; struct 2 psw; struct 3 gprs; } */
static struct od_btf *make_types(void)
{
	static const char strings[] = "\0pt_regs\0psw\0mask\0addr\0gprs";
	static const uint32_t words[] = {
		0x0001eb9f, 24, 0, 31 * 4, 31 * 4, sizeof(strings), 0, 1 << 24, 8, 64,
		0, 4 << 24 | 2, 16, 13, 1, 0, 18, 1, 64, 0, 3 << 24, 0, 1, 1, 16,
		1, 4 << 24 | 3, 176, 0, 1, 0, 9, 2, 64, 23, 3, 192,
	};
	unsigned char *bytes = malloc(sizeof(words) + sizeof(strings));
	struct od_btf *btf;

	assert_non_null(bytes);
	memcpy(bytes, words, sizeof(words));
	memcpy(bytes + sizeof(words), strings, sizeof(strings));
	assert_int_equal(od_btf_create(NULL, bytes, sizeof(words) + sizeof(strings), &btf), OD_OK);
	return btf;
}

/* Instructions in hexadecimal, one behind the other. */
static void put_code(uint64_t at, const char *hex)
{
	for (unsigned byte; sscanf(hex, " %2x", &byte) == 1; hex += *hex == ' ' ? 3 : 2)
		machine.text[at++ - TEXT] = (unsigned char)byte;
}

static void put_word(uint64_t at, uint64_t value)
{
	put_big_endian(machine.stack + (at - STACK), value, 8);
}

/* A frame: its caller's, and the address at which what it calls goes on in it. */
static void put_frame(uint64_t at, uint64_t caller, uint64_t goes_on)
{
	put_word(at + 136, goes_on);
	put_word(at + 152, caller);
}

static void put_regs(uint64_t frame, uint64_t mask, uint64_t pc)
{
	put_word(frame + 168, mask);
	put_word(frame + 176, pc);
	put_word(frame + 184 + 14 * 8, OUTER + 0x20);
	put_word(frame + 184 + 15 * 8, OWN);
}

#define PROLOGUE "ebeff0880024 b90400ef e3f0ffe8ff71 e3e0f0980024 " /* stmg; lgr r14,r15; lay r15,-24(r15); stg, 152(r15) */
#define EPILOGUE "e340f0a00004 ebeff0a00004 07f4"			/* lg r4; lmg r14,r15; br r4 */

static void make_machine(void)
{
	for (size_t i = 0; i < sizeof(machine.text); i += 2)
		put_code(TEXT + i, "0707");				/* nopr */
	put_code(OUTER + 0x3a, "c0e5000000e3");				/* brasl r14: calls WRAPPED */
	put_code(FRAMED, "c00400000000" PROLOGUE "c0e500000100" EPILOGUE);
	/* ltgr; jne to the frame; lghi; br r14 … a frame; j 0x40; what no jump leads to; brasl; */
	put_code(WRAPPED, "b9020022 a7740006 a7290000 07fe 0707" PROLOGUE "a7f4000d");
	put_code(WRAPPED + 0x40, "c0e500000100" EPILOGUE);
	put_frame(OWN, CALLER, 0);
	put_frame(CALLER, FIRST, OUTER + 0x20);
	put_frame(FIRST, 0, FORK + 0xa);
	put_frame(LOOP, LOOP, OUTER + 0x20);
	put_word(STACK + 0x8, LOWCORE);
	put_word(LOWCORE, KERNEL_MASK);					/* old PSW of a program check, and the next ones */
	put_word(LOWCORE + 8, PLAIN + 0x10);
	put_word(LOWCORE + 0x28, KERNEL_MASK);
	put_word(LOWCORE + 0x30, PLAIN + 0x10);
	put_word(LOWCORE + 0x38, USER_MASK);
	put_word(LOWCORE + 0x40, 0x10000);
	put_regs(KERNEL_ENTRY, KERNEL_MASK, FRAMED + 0x1c);
	put_regs(USER_ENTRY, USER_MASK, 0x10000);
}

static const struct {
	const char *what;
	struct od_unwind_s390x registers;	/* mask, pc, sp, ra */
	bool exact;
	const char *frames;
	bool complete;
} rows[] = {
	{"a task that sleeps", {0, FRAMED + 0x22, OWN, 0}, false, "framed outer ret_from_fork ", true},
	{"a function's start", {KERNEL_MASK, FRAMED, CALLER, OUTER + 0x20}, true, "framed outer ret_from_fork ", true},
	{"its return address is saved", {KERNEL_MASK, FRAMED + 0xc, CALLER, 1}, true, "framed outer ret_from_fork ", true},
	{"r14 is taken", {KERNEL_MASK, FRAMED + 0x10, CALLER, CALLER}, true, "framed outer ret_from_fork ", true},
	{"r15 is lowered", {KERNEL_MASK, FRAMED + 0x16, CALLER - 24, CALLER}, true, "framed outer ret_from_fork ", true},
	{"the frame is made", {KERNEL_MASK, FRAMED + 0x1c, OWN, 1}, true, "framed outer ret_from_fork ", true},
	{"it is given up", {KERNEL_MASK, FRAMED + 0x2e, CALLER, OUTER + 0x20}, true, "framed outer ret_from_fork ", true},
	{"a function without a frame", {KERNEL_MASK, PLAIN + 0x10, CALLER, OUTER + 0x20}, true, "plain outer ret_from_fork ", true},
	{"a way without a frame", {KERNEL_MASK, WRAPPED + 0xc, CALLER, OUTER + 0x20}, true, "wrapped outer ret_from_fork ", true},
	{"behind a jump", {KERNEL_MASK, WRAPPED + 0x40, OWN, 1}, true, "wrapped outer ret_from_fork ", true},
	{"nobody knows how, but it has called", {KERNEL_MASK, WRAPPED + 0x2a, OWN, WRAPPED + 0x46}, true,
	 "wrapped outer ret_from_fork ", true},
	{"nobody knows how, r14 is the chain", {KERNEL_MASK, WRAPPED + 0x2a, OWN, CALLER}, true, "wrapped outer ret_from_fork ", true},
	{"nobody knows how, r14 is as it was", {KERNEL_MASK, WRAPPED + 0x2a, OWN, OUTER + 0x20}, true,
	 "wrapped outer ret_from_fork ", true},
	{"nobody knows how, r14 is behind its call", {KERNEL_MASK, WRAPPED + 0x2a, CALLER, OUTER + 0x40}, true,
	 "wrapped outer ret_from_fork ", true},
	{"nobody knows how", {KERNEL_MASK, WRAPPED + 0x2a, OWN, 1}, true, "wrapped ", false},
	{"a jump through NULL", {KERNEL_MASK, 2, CALLER, OUTER + 0x20}, true, "0x2 outer ret_from_fork ", true},
	{"it waits with a code", {WAIT_MASK, 0xdead, CALLER, OUTER + 0x20}, true, "0xdead ", false},
	{"an exception", {0, ENTRY + 0x20, KERNEL_ENTRY, 0}, false, "pgm_check_handler framed outer ret_from_fork ", true},
	{"one whose handler was jumped to", {0, 0x200, KERNEL_ENTRY, 0}, false, "framed outer ret_from_fork ", true},
	{"one from user space", {0, ENTRY + 0x20, USER_ENTRY, 0}, false, "pgm_check_handler ", true},
	{"a stack that just begins", {0, ENTRY + 0x20, NEW_ENTRY, 0}, false, "pgm_check_handler ", true},
	{"inside of where an exception begins", {KERNEL_MASK, ENTRY + 0x20, CALLER, OUTER + 0x20}, true, "pgm_check_handler ", false},
	{"its first instruction", {KERNEL_MASK, ENTRY, CALLER, OUTER + 0x20}, true, "pgm_check_handler plain outer ret_from_fork ", true},
	{"the last one, to the kernel", {KERNEL_MASK, LPSWE, CALLER, OUTER + 0x20}, true, "plain outer ret_from_fork ", true},
	{"the last one, to user space", {KERNEL_MASK, LPSWE + 4, 1, 1}, true, "", true},
	{"a jump through NULL, from nowhere", {KERNEL_MASK, 2, CALLER, 0x10e7d2a}, true, "0x2 ", false},
	{"a loop", {0, OUTER + 0x20, LOOP, 0}, false, "outer ", false},
	{"an odd stack pointer", {0, OUTER + 0x20, CALLER + 4, 0}, false, "outer ", false},
	{"a hole", {0, OUTER + 0x20, STACK + 0x10000, 0}, false, "outer ", false},
	{"user space", {USER_MASK, 0x10000, 0, 0}, true, "", true},
};

static void check(size_t row, bool unpacked)
{
	static const struct { enum od_kernel_member member; const char *path; } members[] = {
		{OD_MEMBER_PT_REGS_PSW_MASK, "psw.mask"}, {OD_MEMBER_PT_REGS_PSW_ADDR, "psw.addr"}, {OD_MEMBER_PT_REGS_GPRS, "gprs"},
	};
	struct od_dump *dump = calloc(1, sizeof(*dump));
	struct od_vmcore model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()};
	struct od_memory memory = {.read = read_memory, .word = 8, .big_endian = true};
	struct od_kernel kernel = {.dump = dump, .memory = &memory, .model = &model, .symbols = make_symbols(), .btf = make_types(),
				   .at = {._stext = TEXT, ._etext = TEXT + 0x600}};
	struct od_vmcore_stack stack = {0};
	struct od_trace trace = {0};
	char got[256] = "";

	static const struct { enum od_kernel_member member; uint64_t offset; } lowcore[] = {
		{OD_MEMBER_LOWCORE_PGM_PSW, 0}, {OD_MEMBER_LOWCORE_LPSWE, LPSWE}, {OD_MEMBER_LOWCORE_MCCK_LPSWE, LPSWE + 4},
		{OD_MEMBER_LOWCORE_RETURN_PSW, 0x28}, {OD_MEMBER_LOWCORE_MCCK_RETURN_PSW, 0x38},
	};

	assert_non_null(dump);
	dump->vmcoreinfo = OD_STR("SYMBOL(lowcore_ptr)=37fffd10000\nLENGTH(lowcore_ptr)=2\n");
	for (size_t m = 0; m < ARRAY_SIZE(lowcore); m++) {
		kernel.known[lowcore[m].member] = true;
		kernel.members[lowcore[m].member].offset = lowcore[m].offset;
	}
	for (size_t m = 0; m < ARRAY_SIZE(members); m++)
		kernel.known[members[m].member] = od_btf_member(kernel.btf, "pt_regs", members[m].path, &kernel.members[members[m].member]);
	print_message("%s\n", rows[row].what);
	if (unpacked) {
		kernel.known[OD_MEMBER_FRAME_GPRS] = kernel.known[OD_MEMBER_FRAME_CHAIN] = true;
		kernel.members[OD_MEMBER_FRAME_GPRS].offset = 48;
	}
	od_unwind_s390x(&kernel, 1, &rows[row].registers, rows[row].exact, &(struct od_unwind_sink){&trace, &stack});
	name_frames(&trace, got, sizeof(got));
	assert_string_equal(got, rows[row].frames);
	assert_int_equal(stack.complete, rows[row].complete);
	assert_true(stack.end.len > 0);
	od_kernel_end(&kernel);
	od_event_destroy(model.stacks);
	od_arena_destroy(model.arena);
	free(dump);
}

static void back_chains_are_followed(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check(i, false);
}

/* Older kernels could be built without -mpacked-stack (CONFIG_PACK_STACK): the back chain comes first. */
static void frames_that_are_not_packed_are_followed(void **unused)
{
	(void)unused;
	for (uint64_t at = OWN; at <= FIRST; at += CALLER - OWN) {
		memmove(machine.stack + (at - STACK), machine.stack + (at - STACK) + 152, 8);
		memmove(machine.stack + (at - STACK) + 112, machine.stack + (at - STACK) + 136, 8);
		memset(machine.stack + (at - STACK) + 136, 0, 24);
	}
	put_code(FRAMED + 6, "ebeff0700024 b90400ef e3f0ff60ff71 e3e0f0000024");	/* stmg at 112, lay by 160, stg at 0 */
	check(0, true);
	check(2, true);
	check(5, true);
}

/* The kernel prints addresses of the code, and marks the instruction before the one that the PSW points at. */
static void code_of_the_log_is_where_it_says(void **unused)
{
	static const struct { const char *what; uint64_t log, place; uint32_t mark; bool printed, agrees; } cases[] = {
		{"the mark is at the place", FRAMED + 0xc, FRAMED + 0x16, 10, true, true},
		{"the mark is before it", FRAMED + 0xc, FRAMED + 0x16, 4, true, true},
		{"another kernel's place", FRAMED + 0x500c, FRAMED + 0x16, 10, true, true},
		{"no addresses", 0, FRAMED + 0x16, 10, false, true},
		{"no addresses, another place", 0, FRAMED + 0x18, 10, false, false},
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct od_dump *dump = calloc(1, sizeof(*dump));
		struct od_vmcore_file file = {.dump = dump, .model = {.arena = od_arena_create(1 << 20), .stacks = od_event_create()}};
		const struct od_frame place = {.function = OD_STR("framed"), .offset = od_num(0x16), .size = od_num(0x100),
					       .address = od_num(cases[i].place)};
		struct od_event event = {.has_ip = true, .ip = place, .code = {
			.source = OD_CODE_LOG, .bytes = {(const char *)machine.text + (FRAMED + 0xc - TEXT), 16}, .has_fault_index = true,
			.fault_index = cases[i].mark}};
		struct od_trace *trace = od_list_push(file.model.stacks->arena, &file.model.stacks->traces);
		struct od_vmcore_cpu *cpu = od_list_push(file.model.arena, &file.model.cpus);
		struct od_frame *frame = trace ? od_list_push(file.model.stacks->arena, &trace->frames) : NULL;
		assert_true(dump && cpu && frame);
		print_message("%s\n", cases[i].what);
		*frame = place;
		dump->memory = (struct od_memory){.read = read_memory, .word = 8, .big_endian = true};
		event.ip.address = cases[i].printed ? od_num(cases[i].log + 10) : (struct od_num){0};
		event.code.address = cases[i].printed ? od_num(cases[i].log) : (struct od_num){0};
		od_vmcore_check(&file, &event);
		assert_int_equal(file.model.checks.count, 2);
		assert_int_equal(file.model.checks.items[1].agrees, cases[i].agrees);
		od_event_destroy(file.model.stacks);
		od_arena_destroy(file.model.arena);
		free(dump);
	}
	(void)unused;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_chains_are_followed),
		cmocka_unit_test(frames_that_are_not_packed_are_followed),
		cmocka_unit_test(code_of_the_log_is_where_it_says),
	};

	make_machine();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
