// SPDX-License-Identifier: GPL-3.0-or-later
/* x86 instructions out of their bytes: what each becomes, by hand; how long each is, against GNU's disassembler. */
#include "tests/test.h"

#include "symbolize/elf.h"
#include "symbolize/insn.h"
#include "symbolize/opcodes.h"
#include "symbolize/x86.h"

static const struct row {
	const char *bytes;
	size_t size;
	const char *want;	/* as said_of() writes it */
} rows[] = {
#define CODE(bytes) bytes, sizeof(bytes) - 1
	/* moves */
	{CODE("\x48\x89\xf8"), "move rax=rdi writes rax"},					/* mov %rdi,%rax */
	{CODE("\x44\x8b\x67\x08"), "load r12 writes r12 [rdi+8 r4]"},				/* mov 0x8(%rdi),%r12d */
	{CODE("\x48\x8b\x44\xca\xf0"), "load rax writes rax [rdx+rcx*8-16 r8]"},		/* mov -0x10(%rdx,%rcx,8),%rax */
	{CODE("\x65\x48\x8b\x04\x25\x00\x0c\x02\x00"), "load rax writes rax [+134144 r8 segment]"}, /* mov %gs:0x20c00,%rax */
	{CODE("\x48\x8b\x05\x10\x00\x00\x00"), "load rax writes rax [absolute+4119 r8]"},	/* mov 0x10(%rip),%rax */
	{CODE("\x66\x89\x43\x10"), "store=rax [rbx+16 w2]"},					/* mov %ax,0x10(%rbx) */
	{CODE("\x88\x63\x10"), "store=rax [rbx+16 w1]"},					/* mov %ah,0x10(%rbx) */
	{CODE("\x40\x88\x63\x10"), "store=rsp [rbx+16 w1]"},					/* mov %spl,0x10(%rbx) */
	{CODE("\xc7\x43\x04\xff\xff\xff\xff"), "store #4294967295 [rbx+4 w4]"},			/* movl $-1,0x4(%rbx) */
	{CODE("\x48\xc7\x03\xff\xff\xff\xff"), "store #-1 [rbx w8]"},				/* movq $-1,(%rbx) */
	{CODE("\x41\xb8\x01\x00\x00\x00"), "move r08 #1 writes r08"},				/* mov $1,%r8d */
	{CODE("\x48\xb8\x00\x01\x00\x00\x00\x00\xad\xde"), "move rax #-2401263026318606080 writes rax"}, /* movabs */
	{CODE("\xb0\x01"), "other writes rax"},							/* mov $1,%al */
	{CODE("\x8a\x07"), "other writes rax [rdi r1]"},					/* mov (%rdi),%al */
	{CODE("\x0f\xb6\x07"), "load rax writes rax [rdi r1]"},					/* movzbl (%rdi),%eax */
	{CODE("\x48\x0f\xbf\x46\x02"), "load rax writes rax [rsi+2 r2]"},			/* movsww 0x2(%rsi),%rax */
	{CODE("\x48\x63\xd0"), "move rdx=rax writes rdx"},					/* movslq %eax,%rdx */
	{CODE("\x0f\xb6\xc4"), "other writes rax"},						/* movzbl %ah,%eax */
	{CODE("\x48\x8d\x7b\xe8"), "address rdi writes rdi [rbx-24 -8]"},			/* lea -0x18(%rbx),%rdi */
	{CODE("\x0f\x20\xd0"), "other writes rax"},						/* mov %cr2,%rax */
	{CODE("\x0f\x22\xd8"), "other"},							/* mov %rax,%cr3 */
	{CODE("\x8c\xd8"), "other writes rax"},							/* mov %ds,%eax */
	{CODE("\x0f\xc3\x07"), "store=rax [rdi w4]"},						/* movnti %eax,(%rdi) */
	{CODE("\x48\x98"), "other"},								/* cltq */
	/* arithmetic */
	{CODE("\x31\xc0"), "move rax #0 writes rax"},						/* xor %eax,%eax */
	{CODE("\x66\x31\xc0"), "other writes rax"},						/* xor %ax,%ax */
	{CODE("\x48\x83\xc7\x08"), "add rdi=rdi #8 writes rdi"},				/* add $8,%rdi */
	{CODE("\x48\x81\xec\x80\x00\x00\x00"), "add rsp=rsp #-128 writes rsp"},			/* sub $0x80,%rsp */
	{CODE("\x48\x01\xd0"), "address rax=rax writes rax [rax+rdx*1 -0]"},			/* add %rdx,%rax */
	{CODE("\x48\x03\x07"), "sum rax=rax writes rax [rdi r8]"},				/* add (%rdi),%rax */
	{CODE("\xff\xc0"), "add rax=rax #1 writes rax"},					/* inc %eax */
	{CODE("\xf0\xff\x4f\x38"), "other [rdi+56 rw4]"},					/* lock decl 0x38(%rdi) */
	{CODE("\x48\xc1\xe0\x03"), "address rax writes rax [+rax*8 -0]"},			/* shl $3,%rax */
	{CODE("\x48\xd1\xe0"), "address rax writes rax [+rax*2 -0]"},				/* shl %rax */
	{CODE("\x48\x6b\xc0\x28"), "product rax=rax #40 writes rax"},				/* imul $0x28,%rax,%rax */
	{CODE("\x48\xf7\xf1"), "other writes rax,rdx divides rcx"},				/* div %rcx */
	{CODE("\xf7\x7f\x10"), "other writes rax,rdx divides memory [rdi+16 r4]"},		/* idivl 0x10(%rdi) */
	{CODE("\xf7\x47\x10\x01\x00\x00\x00"), "other [rdi+16 r4]"},				/* testl $1,0x10(%rdi) */
	{CODE("\x48\x39\x47\x10"), "other [rdi+16 r8]"},					/* cmp %rax,0x10(%rdi) */
	{CODE("\xf0\x48\x0f\xb1\x17"), "other writes rax [rdi rw8]"},				/* lock cmpxchg %rdx,(%rdi) */
	{CODE("\xf0\x0f\xc1\x07"), "other writes rax [rdi rw4]"},				/* lock xadd %eax,(%rdi) */
	{CODE("\x48\x87\x07"), "other writes rax [rdi rw8]"},					/* xchg %rax,(%rdi) */
	{CODE("\x0f\x94\xc0"), "other writes rax"},						/* sete %al */
	{CODE("\x48\x0f\x44\xc2"), "other writes rax"},						/* cmove %rdx,%rax */
	{CODE("\x48\x0f\xba\x2f\x05"), "other [rdi rw8]"},					/* btsq $5,(%rdi) */
	{CODE("\x0f\xa2"), "other writes rax,rdx,rcx,rbx"},					/* cpuid */
	{CODE("\xf3\x48\x0f\xb8\xc7"), "other writes rax"},					/* popcnt %rdi,%rax */
	{CODE("\xc4\xe2\xfb\xf7\xc7"), "other writes rax"},					/* shrx %rax,%rdi,%rax */
	{CODE("\xc4\xe2\xf0\xf3\xcf"), "other writes rcx"},					/* blsr %rdi,%rcx */
	/* the stack */
	{CODE("\x41\x57"), "store=r15 [rsp-8 w8] rsp-8"},					/* push %r15 */
	{CODE("\x41\x5f"), "load r15 writes r15 [rsp r8] rsp+8"},				/* pop %r15 */
	{CODE("\x6a\x01"), "store [rsp-8 w8] rsp-8"},						/* push $1 */
	{CODE("\xff\x77\x10"), "store [rsp-8 w8] [rdi+16 r8] rsp-8"},				/* push 0x10(%rdi) */
	{CODE("\x9c"), "store [rsp-8 w8] rsp-8"},						/* pushf */
	{CODE("\xc9"), "other writes rbp,rsp"},							/* leave */
	/* ways */
	{CODE("\xe8\x10\x00\x00\x00"), "call to 4117"},						/* call */
	{CODE("\xff\xd0"), "call by rax"},							/* call *%rax */
	{CODE("\xff\x57\x18"), "call [rdi+24 r8]"},						/* call *0x18(%rdi) */
	{CODE("\x41\xff\xe4"), "jump by r12"},							/* jmp *%r12 */
	{CODE("\xeb\xfe"), "jump to 4096"},							/* jmp . */
	{CODE("\x0f\x84\x00\x01\x00\x00"), "branch to 4358"},					/* je */
	{CODE("\x74\x02"), "branch to 4100"},							/* je */
	{CODE("\xe2\xfe"), "branch writes rcx to 4096"},					/* loop . */
	{CODE("\xc3"), "return"}, {CODE("\x0f\x0b"), "return"}, {CODE("\xf4"), "return"}, {CODE("\x48\xcf"), "return"},
	/* nothing */
	{CODE("\x0f\x1f\x84\x00\x00\x00\x00\x00"), "other"}, {CODE("\x66\x90"), "other"}, {CODE("\xf3\x0f\x1e\xfa"), "other"},
	/* strings */
	{CODE("\xf3\x48\xa5"), "other writes rcx,rsi,rdi repeats [rdi w8] [rsi r8]"},		/* rep movsq */
	{CODE("\xf3\xaa"), "other writes rcx,rdi repeats [rdi w1]"},				/* rep stosb */
	{CODE("\xac"), "other writes rax,rsi [rsi r1]"},					/* lods */
	/* vectors and x87 */
	{CODE("\x66\x0f\x6f\x07"), "other [rdi r16]"},						/* movdqa (%rdi),%xmm0 */
	{CODE("\xf3\x0f\x7f\x07"), "other [rdi w16]"},						/* movdqu %xmm0,(%rdi) */
	{CODE("\x66\x48\x0f\x7e\xc0"), "other writes rax"},					/* movq %xmm0,%rax */
	{CODE("\xf3\x0f\x7e\x07"), "other [rdi r8]"},						/* movq (%rdi),%xmm0 */
	{CODE("\xc5\xfe\x7f\x07"), "other [rdi w32]"},						/* vmovdqu %ymm0,(%rdi) */
	{CODE("\x62\xf1\xfe\x48\x6f\x07"), "other [rdi r64]"},					/* vmovdqu64 (%rdi),%zmm0 */
	{CODE("\x62\xf1\xfe\x48\x6f\x47\x01"), "other"},					/* vmovdqu64 0x40(%rdi),%zmm0 */
	{CODE("\xdd\x07"), "other [rdi r8]"},							/* fldl (%rdi) */
	{CODE("\x0f\xae\x07"), "other [rdi w0]"},						/* fxsave (%rdi) */
	{CODE("\xdf\xe0"), "other writes rax"},							/* fnstsw %ax */
	/* none, or cut off */
	{CODE("\x06"), "other writes anything"}, {CODE("\xd6"), "other writes anything"}, {CODE("\x62"), "other writes anything"},
};

static const struct row rows32[] = {
	{CODE("\x40"), "add eax=eax #1 writes eax"},						/* inc %eax */
	{CODE("\x4e"), "add esi=esi #-1 writes esi"},						/* dec %esi */
	{CODE("\x8b\x42\x10"), "load eax writes eax [edx+16 r4]"},				/* mov 0x10(%edx),%eax */
	{CODE("\xa1\x00\x10\x00\xc0"), "load eax writes eax [-1073737728 r4]"},			/* mov 0xc0001000,%eax */
	{CODE("\x8b\x0d\x00\x10\x00\xc0"), "load ecx writes ecx [-1073737728 r4]"},		/* mov 0xc0001000,%ecx */
	{CODE("\x55"), "store=ebp [esp-4 w4] esp-4"},						/* push %ebp */
	{CODE("\x64\xa1\x00\x00\x00\x00"), "load eax writes eax [+0 r4 segment]"},		/* mov %fs:0,%eax */
	{CODE("\x67\x8b\x47\x10"), "other writes eax"},					/* mov 0x10(%bx),%eax */
	{CODE("\xe8\xfb\xef\xff\xff"), "call to 0"},						/* call 0 */
	{CODE("\xc5\x07"), "other writes eax [edi r4]"},					/* lds (%edi),%eax */
	{CODE("\x60"), "other writes esp"},							/* pusha */
};

static void put_registers(struct od_buf *out, const struct od_insn *insn, const char *const *names)
{
	if (insn->writes == UINT64_MAX)
		od_buf_put_string(out, " writes anything");
	else
		for (unsigned i = 0, first = 1; i < OD_REGISTER_COUNT; i++)
			if (insn->writes >> i & 1)
				od_buf_printf(out, "%s%s", first ? " writes " : ",", names[i]), first = 0;
	if (insn->divides)
		od_buf_printf(out, " divides %s", insn->divisor == OD_REGISTER_NONE ? "memory" : names[insn->divisor]);
	if (insn->repeats)
		od_buf_put_string(out, " repeats");
	if (insn->indirect != OD_REGISTER_NONE)
		od_buf_printf(out, " by %s", names[insn->indirect]);
	if (insn->has_target)
		od_buf_printf(out, " to %lld", (long long)insn->target);
}

static void put_memory(struct od_buf *out, const struct od_memory_operand *memory, const char *const *names)
{
	od_buf_put_string(out, " [");
	od_buf_put_string(out, memory->absolute ? "absolute" : memory->base == OD_REGISTER_NONE ? "" : names[memory->base]);
	if (memory->index != OD_REGISTER_NONE)
		od_buf_printf(out, "+%s*%u", names[memory->index], memory->scale);
	if (memory->displacement || (memory->base == OD_REGISTER_NONE && memory->index == OD_REGISTER_NONE))
		od_buf_printf(out, "%+lld", (long long)memory->displacement);
	od_buf_printf(out, " %s%s%u%s]", memory->read ? "r" : memory->write ? "" : "-", memory->write ? "w" : "", memory->width,
		      memory->segment ? " segment" : "");
}

static void say(struct od_buf *out, const struct od_insn *insn, const char *const *names)
{
	static const char *const kinds[] = {"other", "move", "add", "address", "sum", "product", "insert", "load", "store", "call",
					    "branch", "jump", "return"};

	od_buf_put_string(out, kinds[insn->kind]);
	if (insn->to != OD_REGISTER_NONE)
		od_buf_printf(out, " %s", names[insn->to]);
	if (insn->from != OD_REGISTER_NONE)
		od_buf_printf(out, "=%s", names[insn->from]);
	if (insn->has_immediate)
		od_buf_printf(out, " #%lld", (long long)insn->immediate);
	put_registers(out, insn, names);
	for (unsigned i = 0; i < insn->memory_count; i++)
		put_memory(out, &insn->memory[i], names);
	if (insn->adjusted != OD_REGISTER_NONE)
		od_buf_printf(out, " %s%+lld", names[insn->adjusted], (long long)insn->adjustment);
}

static void check(const struct od_arch *arch, const struct row *list, size_t count)
{
	const struct od_insn_set *set = od_insn_set_find(arch);

	for (size_t i = 0; i < count; i++) {
		struct od_insn insn = od_insn_empty(0x1000, 0);
		struct od_buf text = {0};
		unsigned size = set->decode((const unsigned char *)list[i].bytes, list[i].size, &insn);
		say(&text, &insn, set->registers->names);
		if (strcmp(text.data, list[i].want) || size != list[i].size)
			fail_msg("%s row %zu: %u bytes, '%s' instead of '%s'", arch->name, i, size, text.data, list[i].want);
		od_buf_deinit(&text);
	}
}

static void each_instruction_becomes_what_it_does(void **state)
{
	(void)state;
	check(&od_arch_x86_64, rows, ARRAY_SIZE(rows));
	check(&od_arch_i386, rows32, ARRAY_SIZE(rows32));
}

/* No beginning of an instruction is one. */
static void what_is_cut_off_is_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t size = 1; size < rows[i].size; size++) {
			struct od_x86 whole, part;
			if (od_x86_decode((const unsigned char *)rows[i].bytes, rows[i].size, true, &whole) == rows[i].size)
				assert_int_equal(od_x86_decode((const unsigned char *)rows[i].bytes, size, true, &part), 0);
		}
}

static void show_nothing(void *user, uint64_t from, uint64_t address, struct od_buf *text)
{
	(void)user, (void)from, (void)address, (void)text;
}

/* All code of this program, where that is x86_64: as long as GNU's disassembler says, instruction by instruction. */
static void sizes_are_those_of_another_disassembler(void **state)
{
	struct od_image *image = od_image_open(NULL, "/proc/self/exe");
	const struct od_section *section = image && !image->fault ? od_image_section(image, ".text") : NULL;
	struct od_arena *arena = od_arena_create(0);
	struct od_str reason, text;
	size_t count = 0;

	(void)state;
	if (!section || image->machine_number != EM_X86_64) {
		od_arena_destroy(arena);
		od_image_close(image);
		skip();
	}
	struct od_str code = od_section_bytes(section);
	struct od_opcodes *opcodes = od_opcodes_create(&od_arch_x86_64, code, 0, show_nothing, NULL, arena, &reason);
	assert_non_null(opcodes);
	for (size_t at = 0, size; at < code.len; at += size, count++) {
		struct od_x86 insn;
		bool bad;
		if (!od_opcodes_decode(opcodes, at, &text, &size, &bad))
			break;
		unsigned ours = od_x86_decode((const unsigned char *)code.ptr + at, code.len - at, true, &insn);
		/* fwait is an instruction here, and a part of the next one there */
		if (!bad && ours != size && code.ptr[at] != (char)0x9b)
			fail_msg("at 0x%zx: %u bytes instead of %zu: %.*s", at, ours, size, OD_FMT(text));
	}
	assert_true(count > 10000);
	od_opcodes_destroy(opcodes);
	od_arena_destroy(arena);
	od_image_close(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_instruction_becomes_what_it_does),
		cmocka_unit_test(what_is_cut_off_is_none),
		cmocka_unit_test(sizes_are_those_of_another_disassembler),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
