// SPDX-License-Identifier: GPL-3.0-or-later
/* What symbolize/ writes down of a compiled function: instructions, variables, types. */
#include "tests/module_fixture.h"

#include "symbolize/insn.h"

static const char *const compilers[] = {
	"gcc -g -gdwarf-5 -O2 -fno-pic",
	"gcc -g -gdwarf-4 -O2 -fno-pic",
	"clang -g -gdwarf-5 -O2 -fno-pic",
	"gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic",
	"clang -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic",
};

static const struct od_variable *variable_of(const struct od_facts *facts, const char *function)
{
	for (size_t i = 0; i < facts->variables.count; i++)
		if (od_str_equal(facts->variables.items[i].function, od_str_from(function)))
			return &facts->variables.items[i];
	return NULL;
}

static void check_facts(const struct od_facts *facts)
{
	static const char *const chain[] = {"leaf", "middle", "outer"};

	const od_insns *insns = od_facts_insns(facts);
	assert_true(insns->count > 3);
	assert_true(facts->here.size && facts->pc - facts->here.address < facts->here.size);
	assert_true(facts->pc > facts->start);
	for (size_t i = 1; i < insns->count; i++)
		assert_true(insns->items[i].address >= insns->items[i - 1].address + insns->items[i - 1].size);
	for (size_t i = 0; i < ARRAY_SIZE(chain); i++) {
		const struct od_variable *variable = variable_of(facts, chain[i]);
		assert_non_null(variable);
		assert_str(variable->name, "x");
		assert_true(variable->parameter);
		assert_true(variable->type >= 0);
		assert_non_null(od_facts_type(facts, variable->type));
		assert_str(od_facts_type(facts, variable->type)->text, "int");
	}
	/* Innermost first. */
	assert_str(facts->variables.items[0].function, "leaf");
}

/* The store of the argument to a global: its register, and an address from a relocation. */
static void check_store(const struct od_facts *facts)
{
	bool stored = false;

	for (size_t i = 0; i < od_facts_insns(facts)->count; i++) {
		const struct od_insn *insn = &od_facts_insns(facts)->items[i];
		stored |= insn->kind == OD_INSN_STORE && insn->memory[0].absolute && insn->memory[0].width == 4 &&
			  insn->memory[0].write && !insn->memory[0].read;
	}
	assert_true(stored);
	assert_non_null(variable_of(facts, ""));
	assert_str(variable_of(facts, "")->name, "sink");
}

static void facts_tell_variables_of_the_inline_chain(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(compilers); i++) {
		struct fixture fixture;
		if (compilers[i][0] == 'c' && system("command -v clang >/dev/null") != 0)
			continue;
		fixture_build(&fixture, compilers[i]);
		const char *modules[] = {fixture.module};
		struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
		struct od_event *event = event_at("at_leaf", 0);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->facts.count, 1);
		assert_ptr_equal(event->facts.items[0].frame, &event->ip);
		check_facts(&event->facts.items[0]);
		check_store(&event->facts.items[0]);
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
		fixture_remove(&fixture);
	}
	(void)state;
}

/* Split debug info: what the skeleton has is told, and why there is no more. */
static void the_missing_half_of_split_debug_info_is_named(void **state)
{
	static const struct { const char *compiler, *command, *why; } rows[] = {
		{"gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic", "rm hello*.dwo", "cannot be read"},
		{"gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic", ": >hello.dwo", "cannot be read"},
		{"gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic",
		 "echo 'int other;' >o.c && gcc -gdwarf-5 -gsplit-dwarf -c o.c && mv o.dwo hello.dwo", "is of another build"},
		{"gcc -g -gdwarf-4 -gsplit-dwarf -O2 -fno-pic", ":", "only that of DWARF 5 is read"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fixture fixture;
		bool named = false;
		fixture_build(&fixture, rows[i].compiler);
		run("cd %s && %s", fixture.directory, rows[i].command);
		const char *modules[] = {fixture.module};
		struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
		struct od_event *event = event_at("at_leaf", 0);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->ip.places.items[0].line, line_of("HERE(at_leaf)"));
		for (size_t k = 0; k < event->images.items[0].details.count; k++) {
			struct od_str detail = event->images.items[0].details.items[k];
			named |= od_str_find(detail, OD_STR("hello.dwo: ")) > 0 && od_str_find(detail, od_str_from(rows[i].why)) > 0;
		}
		assert_true(named);
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
		fixture_remove(&fixture);
	}
	(void)state;
}

/* Cut short, or with bytes that are others: whatever is said of variables then, the skeleton's line stays right. */
static void a_damaged_half_of_split_debug_info_does_no_harm(void **state)
{
	enum { STEPS = 48 };
	struct fixture fixture;
	char path[160], *bytes = malloc(1 << 16);

	fixture_build(&fixture, "gcc -g -gdwarf-5 -gsplit-dwarf -O2 -fno-pic");
	snprintf(path, sizeof(path), "%s/hello.dwo", fixture.directory);
	FILE *file = fopen(path, "r");
	size_t size = file && bytes ? fread(bytes, 1, 1 << 16, file) : 0;
	assert_true(size > 1000);
	fclose(file);
	for (size_t i = 0; i < STEPS; i++) {
		bool cut = i % 2;
		char was = bytes[size * i / STEPS];
		bytes[size * i / STEPS] = (char)~was;
		write_file(path, bytes, cut ? size * i / STEPS : size);
		bytes[size * i / STEPS] = was;
		const char *modules[] = {fixture.module};
		struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
		struct od_event *event = event_at("at_leaf", 0);
		od_symbolize(symbolizer, event);
		assert_true(event->ip.places.count >= 1);
		assert_int_equal(event->ip.places.items[0].line, line_of("HERE(at_leaf)"));
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
	}
	fixture_remove(&fixture);
	free(bytes);
	(void)state;
}

/* gcc hands on box->inner instead of box, and the caller ends in that: no trace will name it. */
static void a_parameter_that_was_taken_apart_is_looked_up_where_it_was(void **state)
{
	for (size_t i = 0; i < 2; i++) {
		struct fixture fixture;
		fixture_build(&fixture, compilers[i]);
		const char *modules[] = {fixture.module};
		struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
		struct od_event *event = event_at("at_piece", 0);
		od_symbolize(symbolizer, event);
		assert_int_equal(event->facts.count, 2);
		const struct od_facts *own = &event->facts.items[0], *site = &event->facts.items[1];
		assert_str(variable_of(own, "taken_apart")->name, "box");
		assert_true(own->called_once && !own->site && site->site && site->only_site);
		assert_ptr_equal(site->frame, &event->ip);
		assert_int_equal(site->pc, own->called_at);
		assert_int_equal(site->here.kind, OD_INSN_JUMP);
		assert_int_equal(site->here.target, own->start);
		assert_str(variable_of(site, "ends_in_call")->name, "own");
		od_event_destroy(event);
		od_symbolizer_destroy(symbolizer);
		fixture_remove(&fixture);
	}
	(void)state;
}

/* The trace says who called, and who is running: what is in between ended in the call. */
static void a_function_that_ended_in_the_call_is_found(void **state)
{
	struct fixture fixture;

	fixture_build(&fixture, compilers[0]);
	const char *modules[] = {fixture.module};
	struct od_symbolizer *symbolizer = symbolizer_for(modules, 1);
	struct od_event *event = event_at("at_piece", 0);
	struct od_frame *caller = od_list_push(event->arena, &event->trace);
	*caller = event->ip;
	caller->function = OD_STR("at_return");
	caller->is_return_address = true;
	od_symbolize(symbolizer, event);
	const struct od_facts *found = NULL;
	for (size_t i = 0; i < event->facts.count; i++)
		if (event->facts.items[i].site && event->facts.items[i].only_site)
			found = &event->facts.items[i];
	assert_non_null(found);
	assert_str(found->function, "ends_in_call");
	assert_int_equal(found->here.kind, OD_INSN_JUMP);
	assert_ptr_equal(found->frame, &event->ip);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
	fixture_remove(&fixture);
	(void)state;
}

/* One instruction of each architecture's form, as bytes, and what it must become. */
static const struct insn_row {
	const char *name;
	const struct od_arch *const *arch;
	const char *bytes;
	size_t size;
	struct od_insn want; /* kind, to, from, immediate; base, displacement, width of the memory operand */
} insns[] = {
#define MEMORY(b, d, w) .memory_count = 1, .memory = {{.base = b, .displacement = d, .width = w}}
#define ARCH(name) (const struct od_arch *const[]){&od_arch_##name}
	{"x86_64 mov 0x24(%rax),%ecx", ARCH(x86_64), "\x8b\x48\x24", 3, {.kind = OD_INSN_LOAD, .to = 2, .from = 255, MEMORY(0, 0x24, 4)}},
	{"x86_64 movl $1,0x8(%rdi)", ARCH(x86_64), "\xc7\x47\x08\x01\x00\x00\x00", 7, {.kind = OD_INSN_STORE, .to = 255, .from = 255, .immediate = 1, MEMORY(5, 8, 4)}},
	{"x86_64 xor %eax,%eax", ARCH(x86_64), "\x31\xc0", 2, {.kind = OD_INSN_MOVE, .to = 0, .from = 255}},
	{"i386 mov 0x10(%edx),%eax", ARCH(i386), "\x8b\x42\x10", 3, {.kind = OD_INSN_LOAD, .to = 0, .from = 255, MEMORY(2, 0x10, 4)}},
	{"arm64 ldr w0, [x0, #20]", ARCH(arm64), "\x00\x14\x40\xb9", 4, {.kind = OD_INSN_LOAD, .to = 0, .from = 255, MEMORY(0, 20, 4)}},
	{"arm64 add x1, x1, #16", ARCH(arm64), "\x21\x40\x00\x91", 4, {.kind = OD_INSN_ADD, .to = 1, .from = 1, .immediate = 16}},
	{"arm64 ldaddal w2, w0, [x0]", ARCH(arm64), "\x00\x00\xe2\xb8", 4, {.kind = OD_INSN_OTHER, .to = 255, .from = 255, MEMORY(0, 0, 4)}},
	{"arm64 casa w1, w2, [x0]", ARCH(arm64), "\x02\x7c\xe1\x88", 4, {.kind = OD_INSN_OTHER, .to = 255, .from = 255, MEMORY(0, 0, 4)}},
	{"arm64 caspal x2, x3, x4, x5, [x1]", ARCH(arm64), "\x24\xfc\x62\x48", 4, {.kind = OD_INSN_OTHER, .to = 255, .from = 255, MEMORY(1, 0, 16)}},
	{"arm64 ldapr x0, [x1]", ARCH(arm64), "\x20\xc0\xbf\xf8", 4, {.kind = OD_INSN_LOAD, .to = 0, .from = 255, MEMORY(1, 0, 8)}},
	{"arm64 ldapur x0, [x1, #-8]", ARCH(arm64), "\x20\x80\x5f\xd9", 4, {.kind = OD_INSN_LOAD, .to = 0, .from = 255, MEMORY(1, -8, 8)}},
	{"arm64 retaa", ARCH(arm64), "\xff\x0b\x5f\xd6", 4, {.kind = OD_INSN_RETURN, .to = 255, .from = 255}},
	{"arm64 movk x0, #0x7f55, lsl #32", ARCH(arm64), "\xa0\xea\xcf\xf2", 4, {.kind = OD_INSN_INSERT, .to = 0, .from = 0, .immediate = 0x7f55}},
	{"arm64 ldr x21, [x20], #8", ARCH(arm64), "\x95\x86\x40\xf8", 4, {.kind = OD_INSN_LOAD, .to = 21, .from = 255, MEMORY(20, 0, 8)}},
	{"arm ldr r3, [r0, #36]", ARCH(arm), "\x24\x30\x90\xe5", 4, {.kind = OD_INSN_LOAD, .to = 3, .from = 255, MEMORY(0, 36, 4)}},
	{"arm mov r2, r0", ARCH(arm), "\x00\x20\xa0\xe1", 4, {.kind = OD_INSN_MOVE, .to = 2, .from = 0}},
	{"riscv64 c.lw a5,36(a4)", ARCH(riscv64), "\x5c\x53", 2, {.kind = OD_INSN_LOAD, .to = 15, .from = 255, MEMORY(14, 36, 4)}},
	{"riscv64 c.ld a4,40(a0)", ARCH(riscv64), "\x18\x75", 2, {.kind = OD_INSN_LOAD, .to = 14, .from = 255, MEMORY(10, 40, 8)}},
	{"riscv64 addi a0,a1,-8", ARCH(riscv64), "\x13\x85\x85\xff", 4, {.kind = OD_INSN_ADD, .to = 10, .from = 11, .immediate = -8}},
	{"ppc64le lwz r8,36(r10)", ARCH(ppc64le), "\x24\x00\x0a\x81", 4, {.kind = OD_INSN_LOAD, .to = 8, .from = 255, MEMORY(10, 36, 4)}},
	{"ppc64le ld r10,40(r3)", ARCH(ppc64le), "\x28\x00\x43\xe9", 4, {.kind = OD_INSN_LOAD, .to = 10, .from = 255, MEMORY(3, 40, 8)}},
	{"ppc64le mr r9,r4", ARCH(ppc64le), "\x78\x23\x89\x7c", 4, {.kind = OD_INSN_MOVE, .to = 9, .from = 4}},
	{"s390x lg %r1,24(%r2)", ARCH(s390x), "\xe3\x10\x20\x18\x00\x04", 6, {.kind = OD_INSN_LOAD, .to = 1, .from = 255, MEMORY(2, 24, 8)}},
	{"s390x agsi 16(%r1),1", ARCH(s390x), "\xeb\x01\x10\x10\x00\x7a", 6, {.kind = OD_INSN_OTHER, .to = 255, .from = 255, MEMORY(1, 16, 8)}},
	{"s390x lgr %r11,%r2", ARCH(s390x), "\xb9\x04\x00\xb2", 4, {.kind = OD_INSN_MOVE, .to = 11, .from = 2}},
	{"mips64 lw v1,36(a2)", ARCH(mips64), "\x24\x00\xc3\x8c", 4, {.kind = OD_INSN_LOAD, .to = 3, .from = 255, MEMORY(6, 36, 4)}},
	{"mips64 sw v0,0(zero)", ARCH(mips64), "\x00\x00\x02\xac", 4, {.kind = OD_INSN_STORE, .to = 255, .from = 2, MEMORY(0, 0, 4)}},
	{"loongarch64 ld.w a0,a1,36", ARCH(loongarch64), "\xa4\x90\x80\x28", 4, {.kind = OD_INSN_LOAD, .to = 4, .from = 255, MEMORY(5, 36, 4)}},
	{"loongarch64 ld.d s0,sp,-8", ARCH(loongarch64), "\x77\xe0\xff\x28", 4, {.kind = OD_INSN_LOAD, .to = 23, .from = 255, MEMORY(3, -8, 8)}},
	{"loongarch64 ld.wu a3,a4,2044", ARCH(loongarch64), "\x07\xf1\x9f\x2a", 4, {.kind = OD_INSN_LOAD, .to = 7, .from = 255, MEMORY(8, 2044, 4)}},
	{"loongarch64 st.b a2,t0,1", ARCH(loongarch64), "\x86\x05\x00\x29", 4, {.kind = OD_INSN_STORE, .to = 255, .from = 6, MEMORY(12, 1, 1)}},
	{"loongarch64 ldptr.d a0,a0,256", ARCH(loongarch64), "\x84\x00\x01\x26", 4, {.kind = OD_INSN_LOAD, .to = 4, .from = 255, MEMORY(4, 256, 8)}},
	{"loongarch64 stptr.w a1,a0,-4", ARCH(loongarch64), "\x85\xfc\xff\x25", 4, {.kind = OD_INSN_STORE, .to = 255, .from = 5, MEMORY(4, -4, 4)}},
	{"loongarch64 ll.d t0,a0,8", ARCH(loongarch64), "\x8c\x08\x00\x22", 4, {.kind = OD_INSN_OTHER, .to = 255, .from = 255, MEMORY(4, 8, 8)}},
	{"loongarch64 amswap.d t0,t1,a0", ARCH(loongarch64), "\x8c\xb4\x60\x38", 4, {.kind = OD_INSN_OTHER, .to = 255, .from = 255, MEMORY(4, 0, 8)}},
	{"loongarch64 addi.d sp,sp,-32", ARCH(loongarch64), "\x63\x80\xff\x02", 4, {.kind = OD_INSN_ADD, .to = 3, .from = 3, .immediate = -32}},
	{"loongarch64 addi.w a0,zero,7", ARCH(loongarch64), "\x04\x1c\x80\x02", 4, {.kind = OD_INSN_MOVE, .to = 4, .from = 255, .immediate = 7}},
	{"loongarch64 move s1,a0", ARCH(loongarch64), "\x98\x00\x15\x00", 4, {.kind = OD_INSN_MOVE, .to = 24, .from = 4}},
	{"loongarch64 lu12i.w t0,-1", ARCH(loongarch64), "\xec\xff\xff\x15", 4, {.kind = OD_INSN_MOVE, .to = 12, .from = 255, .immediate = -4096}},
	{"loongarch64 pcalau12i t1,2", ARCH(loongarch64), "\x4d\x00\x00\x1a", 4, {.kind = OD_INSN_MOVE, .to = 13, .from = 255, .immediate = 0x3000}},
	{"loongarch64 b -8", ARCH(loongarch64), "\xff\xfb\xff\x53", 4, {.kind = OD_INSN_JUMP, .to = 255, .from = 255}},
	{"loongarch64 bl 16", ARCH(loongarch64), "\x00\x10\x00\x54", 4, {.kind = OD_INSN_CALL, .to = 255, .from = 255}},
	{"loongarch64 bne a0,a1,8", ARCH(loongarch64), "\x85\x08\x00\x5c", 4, {.kind = OD_INSN_BRANCH, .to = 255, .from = 255}},
	{"loongarch64 jirl ra,t0,0", ARCH(loongarch64), "\x81\x01\x00\x4c", 4, {.kind = OD_INSN_CALL, .to = 255, .from = 255}},
	{"loongarch64 jr ra", ARCH(loongarch64), "\x20\x00\x00\x4c", 4, {.kind = OD_INSN_RETURN, .to = 255, .from = 255}},
	{"loongarch64 preld 0,a0,0", ARCH(loongarch64), "\x80\x00\xc0\x2a", 4, {.kind = OD_INSN_OTHER, .to = 255, .from = 255}},
};

static void an_instruction_is_read(void **state)
{
	const struct insn_row *row = *state;
	const struct od_insn_set *set = od_insn_set_find(*row->arch);
	struct od_arena *arena = od_arena_create(0);
	od_insns list = {0};

	assert_non_null(set);
	od_insn_decode(set, (struct od_str){row->bytes, row->size}, 0x1000, 4, arena, &list);
	assert_int_equal(list.count, 1);
	const struct od_insn *got = &list.items[0];
	assert_int_equal(got->size, row->size);
	assert_int_equal(got->kind, row->want.kind);
	assert_int_equal(got->to, row->want.to);
	assert_int_equal(got->from, row->want.from);
	if (got->to < OD_REGISTER_COUNT)
		assert_true(od_insn_changes(got) >> got->to & 1);
	assert_int_equal(got->immediate, row->want.immediate);
	assert_int_equal(got->memory_count, row->want.memory_count);
	if (got->memory_count) {
		assert_int_equal(got->memory[0].base, row->want.memory[0].base);
		assert_int_equal(got->memory[0].index, OD_REGISTER_NONE);
		assert_int_equal(got->memory[0].displacement, row->want.memory[0].displacement);
		assert_int_equal(got->memory[0].width, row->want.memory[0].width);
	}
	od_arena_destroy(arena);
}

/* Distances of jumps and branches, from 0x1000. */
static void a_jump_leads_where_it_says(void **state)
{
	static const struct { const char *bytes; uint64_t target; } list[] = {
		{"\xff\xfb\xff\x53", 0xff8},	/* b -8 */
		{"\x00\x10\x00\x54", 0x1010},	/* bl 16 */
		{"\x9f\xfc\xff\x43", 0xffc},	/* beqz a0, -4 */
		{"\x85\x08\x00\x5c", 0x1008},	/* bne a0, a1, 8 */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(list); i++) {
		struct od_arena *arena = od_arena_create(0);
		od_insns got = {0};
		od_insn_decode(od_insn_set_find(&od_arch_loongarch64), (struct od_str){list[i].bytes, 4}, 0x1000, 1, arena, &got);
		assert_int_equal(got.count, 1);
		assert_true(got.items[0].has_target);
		assert_int_equal(got.items[0].target, list[i].target);
		od_arena_destroy(arena);
	}
}

/* Registers that an instruction leaves as they were stay followed. */
static void only_what_is_written_is_said_to_be(void **state)
{
	static const struct {
		const char *bytes;
		uint64_t writes;
	} list[] = {
		{"\x3f\x00\x02\xeb", 0},			/* cmp x1, x2 */
		{"\x3f\x00\x02\x6a", 0},			/* tst w1, w2 */
		{"\x44\x18\x40\xfa", 0},			/* ccmp x2, #0, #4, ne */
		{"\x00\x00\xe2\xb8", 1 << 0},		/* ldaddal w2, w0, [x0] */
		{"\x1f\x00\x21\xf8", 0},			/* stadd x1, [x0] */
		{"\x02\x7c\xe1\x88", 1 << 1},		/* casa w1, w2, [x0] */
		{"\x24\xfc\x62\x48", 1 << 2 | 1 << 3},	/* caspal x2, x3, x4, x5, [x1] */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(list); i++) {
		struct od_arena *arena = od_arena_create(0);
		od_insns got = {0};
		od_insn_decode(od_insn_set_find(&od_arch_arm64), (struct od_str){list[i].bytes, 4}, 0, 1, arena, &got);
		assert_int_equal(got.count, 1);
		assert_int_equal(got.items[0].writes, list[i].writes);
		od_arena_destroy(arena);
	}
}

/* Any bytes end, and yield no more instructions than there are bytes. */
static void noise_ends(void **state)
{
	static const struct od_arch *const arches[] = {&od_arch_x86_64, &od_arch_i386, &od_arch_arm64, &od_arch_arm,
		&od_arch_riscv64, &od_arch_ppc64, &od_arch_ppc64le, &od_arch_s390x, &od_arch_mips64, &od_arch_loongarch64};
	char bytes[4096];
	uint32_t seed = 1;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
	for (size_t i = 0; i < ARRAY_SIZE(arches); i++) {
		struct od_arena *arena = od_arena_create(0);
		od_insns list = {0};
		od_insn_decode(od_insn_set_find(arches[i]), (struct od_str){bytes, sizeof(bytes)}, 0, 10000, arena, &list);
		assert_true(list.count > 100 && list.count <= sizeof(bytes));
		for (size_t j = 0; j < list.count; j++)
			assert_true(list.items[j].to < OD_REGISTER_COUNT || list.items[j].to == OD_REGISTER_NONE);
		od_arena_destroy(arena);
	}
	(void)state;
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(facts_tell_variables_of_the_inline_chain),
		cmocka_unit_test(the_missing_half_of_split_debug_info_is_named),
		cmocka_unit_test(a_damaged_half_of_split_debug_info_does_no_harm),
		cmocka_unit_test(a_parameter_that_was_taken_apart_is_looked_up_where_it_was),
		cmocka_unit_test(a_function_that_ended_in_the_call_is_found),
		cmocka_unit_test(noise_ends),
		cmocka_unit_test(a_jump_leads_where_it_says),
		cmocka_unit_test(only_what_is_written_is_said_to_be),
	};
	struct CMUnitTest tests[ARRAY_SIZE(others) + ARRAY_SIZE(insns)];

	memcpy(tests, others, sizeof(others));
	for (size_t i = 0; i < ARRAY_SIZE(insns); i++)
		tests[ARRAY_SIZE(others) + i] = (struct CMUnitTest){.name = insns[i].name, .test_func = an_instruction_is_read,
						   .initial_state = (void *)(uintptr_t)&insns[i]};
	return _cmocka_run_group_tests("facts", tests, ARRAY_SIZE(tests), NULL, NULL);
}
