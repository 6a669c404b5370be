// SPDX-License-Identifier: GPL-3.0-or-later
/* Variables of frames, out of memory and registers: synthetic frames, rules and types. */
#include "analyzer/frame_values.h"
#include "tests/memory_image.h"

enum { RBX = 3, RBP = 6, RSP = 7, STACK = 0x1000, CODE = 0x100, TEXT_AT = 0x400 };

static const char *const names[OD_REGISTER_COUNT] = {
	"rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r08", "r09", "r10", "r11", "r12",
};
static const struct od_register_set registers = {
	.names = names, .stack_pointer = RSP, .zero = OD_REGISTER_NONE, .preserved = 1 << RBX | 1 << RBP | 1 << RSP};

/* Types by number. */
enum { T_INT, T_CHAR, T_TEXT, T_CHARS, T_ULONG, T_BOOL, T_COLOUR, T_PAIR, T_INTS, T_VOID, T_PAIR_POINTER, T_COUNT };

static struct od_member colours[] = {{.name = OD_STR("RED"), .offset = 0}, {.name = OD_STR("GREEN"), .offset = 7}};
static struct od_member pair[] = {
	{.name = OD_STR("a"), .offset = 0, .size = 4, .type = T_INT}, {.name = OD_STR("b"), .offset = 8, .size = 8, .type = T_ULONG}};
static struct od_type types[T_COUNT] = {
	[T_INT] = {.kind = OD_TYPE_SCALAR, .text = OD_STR("int"), .size = 4, .target = -1, .is_signed = true},
	[T_CHAR] = {.kind = OD_TYPE_SCALAR, .text = OD_STR("char"), .size = 1, .target = -1, .is_signed = true, .is_char = true},
	[T_TEXT] = {.kind = OD_TYPE_POINTER, .text = OD_STR("const char *"), .size = 8, .target = T_CHAR},
	[T_CHARS] = {.kind = OD_TYPE_ARRAY, .text = OD_STR("char"), .size = 8, .target = T_CHAR},
	[T_ULONG] = {.kind = OD_TYPE_SCALAR, .text = OD_STR("unsigned long"), .size = 8, .target = -1},
	[T_BOOL] = {.kind = OD_TYPE_SCALAR, .text = OD_STR("bool"), .size = 1, .target = -1, .is_bool = true},
	[T_COLOUR] = {.kind = OD_TYPE_SCALAR, .text = OD_STR("enum colour"), .size = 4, .target = -1,
		      .members = {colours, 2, 2}},
	[T_PAIR] = {.kind = OD_TYPE_STRUCT, .text = OD_STR("struct pair"), .size = 16, .target = -1, .known = true,
		    .members = {pair, 2, 2}},
	[T_INTS] = {.kind = OD_TYPE_ARRAY, .text = OD_STR("int"), .size = 32, .target = T_INT},
	[T_PAIR_POINTER] = {.kind = OD_TYPE_POINTER, .text = OD_STR("struct pair *"), .size = 8, .target = T_PAIR},
	[T_VOID] = {.kind = OD_TYPE_POINTER, .text = OD_STR("void *"), .size = 8, .target = -1},
};
static struct od_type *type_list[T_COUNT];
static struct od_types all_types = {.items = {type_list, T_COUNT, T_COUNT}};

static struct od_str name_of(void *user, uint64_t address)
{
	(void)user;
	return address == IMAGE_BASE + CODE ? OD_STR("handler+0x0/0x10") : (struct od_str){NULL, 0};
}

static const struct { int type; const char *bytes; size_t size; const char *text; } written[] = {
	{T_INT, "\xfb\xff\xff\xff", 4, "-5"},
	{T_ULONG, "\x63\0\0\0\0\0\0", 8, "99"},
	{T_ULONG, "\xff\xff\xff\xff\xff\xff\xff\x7f", 8, "0x7fffffffffffffff"},
	{T_BOOL, "\1", 1, "true"},
	{T_COLOUR, "\7\0\0", 4, "GREEN"},
	{T_COLOUR, "\10\0\0", 4, "8"},
	{T_CHARS, "drop 2\0", 8, "\"drop 2\""},
	{T_CHARS, "\1\2\3\4\5\6\7", 8, "{1, 2, 3, 4, …}"},
	{T_PAIR, "\1\0\0\0\xee\xee\xee\xee\2\0\0\0\0\0\0", 16, "{a = 1, b = 2}"},
	{T_VOID, "\0\0\0\0\0\0\0", 8, "NULL"},
	{T_VOID, "\xed\xff\xff\xff\xff\xff\xff\xff", 8, "0xffffffffffffffed <-ENODEV>"},
	{T_VOID, "\x6b\x6b\x6b\x6b\x6b\x6b\x6b\x6b", 8, "0x6b6b6b6b6b6b6b6b <POISON_FREE>"},
	{T_VOID, "\0\1\0\x81\xff\xff\xff\xff", 8, "0xffffffff81000100 <handler+0x0/0x10>"},
	{T_TEXT, "\0\4\0\x81\xff\xff\xff\xff", 8, "0xffffffff81000400 \"eth0\""},
	{T_TEXT, "\0\0\0\0\0\0\0\1", 8, "0x100000000000000"},
};

static void set_up(struct image *image, struct od_value_tools *tools, struct od_memory *memory)
{
	memset(image, 0, sizeof(*image));
	image->end = IMAGE_SIZE;
	memcpy(image->bytes + TEXT_AT, "eth0", 5);
	*memory = image_memory(image);
	*tools = (struct od_value_tools){.memory = memory, .name = name_of, .arena = od_arena_create(0)};
	for (unsigned i = 0; i < T_COUNT; i++)
		type_list[i] = &types[i];
}

static void values_are_written_as_c_does(void **unused)
{
	static struct image image;
	struct od_memory memory;
	struct od_value_tools tools;
	const struct od_facts facts = {.types = &all_types, .registers = &registers};
	bool known[64];

	set_up(&image, &tools, &memory);
	memset(known, true, sizeof(known));
	for (size_t i = 0; i < ARRAY_SIZE(written); i++)
		assert_str(od_value_text(&tools, &facts, written[i].type, (const unsigned char *)written[i].bytes, known,
					 written[i].size), written[i].text);
	known[9] = false;
	assert_str(od_value_text(&tools, &facts, T_PAIR, (const unsigned char *)written[8].bytes, known, 16), "{a = 1, b = ?}");
	od_arena_destroy(tools.arena);
	(void)unused;
}

/* Two frames: the inner one pushed rbx and took 16 bytes; the return address stands at the CFA - 8. */
struct stack {
	struct od_frame frames[2];
	struct od_variable variables[2][2];
	struct od_location locations[2][2];
	struct od_frame_scope scopes[2];
	struct od_trace trace;
	struct od_vmcore_spot spots[2];
	struct od_vmcore_stack stack;
};

static void add(struct stack *made, unsigned frame, unsigned index, const char *name, int type, struct od_location location)
{
	struct od_variable *variable = &made->variables[frame][index];

	made->locations[frame][index] = location;
	made->locations[frame][index].from = CODE;
	made->locations[frame][index].to = CODE + 1;
	*variable = (struct od_variable){.name = od_str_from(name), .type = type, .parameter = index == 0,
					 .locations = {&made->locations[frame][index], 1, 1}};
}

static void make(struct stack *made, uint64_t caller_sp)
{
	*made = (struct stack){0};
	for (unsigned i = 0; i < 2; i++) {
		made->scopes[i].facts = (struct od_facts){.frame = &made->frames[i], .pc = CODE, .registers = &registers,
							  .types = &all_types, .variables = {made->variables[i], 2, 2}};
		made->scopes[i].rules = (struct od_frame_rules){.known = true, .cfa_register = RSP, .cfa_offset = 32,
								.saved = 1 << RBX, .offsets = {[RBX] = -16}};
		made->frames[i].address = od_num(CODE);
	}
	add(made, 0, 0, "n", T_INT, (struct od_location){.kind = OD_LOCATION_REGISTER, .reg = RBX});
	add(made, 0, 1, "on_stack", T_ULONG, (struct od_location){.kind = OD_LOCATION_FRAME, .offset = -24});
	add(made, 1, 0, "saved", T_ULONG, (struct od_location){.kind = OD_LOCATION_REGISTER, .reg = RBX});
	add(made, 1, 1, "gone", T_ULONG, (struct od_location){.kind = OD_LOCATION_NONE});
	made->trace.frames.items = made->frames;
	made->trace.frames.count = 2;
	made->spots[0] = (struct od_vmcore_spot){.sp = od_num(IMAGE_BASE + STACK)};
	made->spots[1] = (struct od_vmcore_spot){.sp = od_num(caller_sp)};
	made->stack.spots.items = made->spots;
	made->stack.spots.count = 2;
}

static const struct od_frame_variable *find(const struct stack *made, const char *name)
{
	for (size_t i = 0; i < made->stack.variables.count; i++)
		if (od_str_equal(made->stack.variables.items[i].name, od_str_from(name)))
			return &made->stack.variables.items[i];
	fail_msg("no variable %s", name);
	return NULL;
}

static void registers_are_followed_to_the_caller(void **unused)
{
	static struct image image;
	struct od_memory memory;
	struct od_value_tools tools;
	static struct stack made;
	const struct od_register first[] = {{OD_STR("rbx"), 42}, {OD_STR("rsp"), IMAGE_BASE + STACK}};

	set_up(&image, &tools, &memory);
	image_put(&image, STACK + 32 - 24, 0x1234567, 8);
	image_put(&image, STACK + 32 - 16, 77, 8);
	make(&made, IMAGE_BASE + STACK + 32);
	od_frame_values(&tools, &made.trace, &(od_frame_scopes){made.scopes, 2, 2}, first, 2, &made.stack);
	assert_int_equal(made.stack.variables.count, 4);
	assert_str(find(&made, "n")->value, "42");
	assert_true(find(&made, "n")->parameter);
	assert_str(find(&made, "on_stack")->value, "0x1234567");
	assert_str(find(&made, "saved")->value, "77");
	assert_ptr_equal(find(&made, "saved")->frame, &made.frames[1]);
	assert_int_equal(find(&made, "gone")->value.len, 0);
	assert_str(find(&made, "gone")->reason, "optimised out");
	od_arena_destroy(tools.arena);
	(void)unused;
}

/* The caller's stack pointer is the CFA, or lower by what a function's frame begins with; one that went to another stack lost its own. */
static void the_callers_stack_pointer_is_that_of_the_machine(void **unused)
{
	static const struct { int cfa, pushed, below; bool lost, known; } rows[] = {
		{8, 8, 0, false, true}, {0, 0, 0, false, true}, {160, 0, 160, false, true}, {160, 0, 0, false, false},
		{160, 0, 160, true, false},
	};
	struct od_register_set other = registers;
	static struct image image;
	struct od_memory memory;
	struct od_value_tools tools;
	static struct stack made;
	const struct od_register first[] = {{OD_STR("rbx"), 42}, {OD_STR("rsp"), IMAGE_BASE + STACK}};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		set_up(&image, &tools, &memory);
		image_put(&image, STACK + 32 - 16, 77, 8);
		make(&made, IMAGE_BASE + STACK + 32 - (uint64_t)rows[i].below);
		other.cfa = rows[i].cfa;
		other.pushed = rows[i].pushed;
		made.scopes[0].facts.registers = made.scopes[1].facts.registers = &other;
		made.spots[1].lost = rows[i].lost;
		od_frame_values(&tools, &made.trace, &(od_frame_scopes){made.scopes, 2, 2}, first, 2, &made.stack);
		assert_str(find(&made, "saved")->value, rows[i].known ? "77" : "");
		od_arena_destroy(tools.arena);
	}
	(void)unused;
}

static void what_a_pointer_to_a_struct_points_to_is_written_where_asked_for(void **unused)
{
	enum { AT = 0x800 };
	static struct image image;
	struct od_memory memory;
	struct od_value_tools tools;
	static struct stack made;
	struct od_register first[] = {{OD_STR("rbx"), IMAGE_BASE + AT}};

	set_up(&image, &tools, &memory);
	image_put(&image, AT, 7, 4);
	image_put(&image, AT + 8, 8, 8);
	for (unsigned objects = 0; objects < 2; objects++) {
		make(&made, IMAGE_BASE + STACK + 32);
		made.variables[0][0].type = T_PAIR_POINTER;
		tools.objects = objects;
		od_frame_values(&tools, &made.trace, &(od_frame_scopes){made.scopes, 1, 1}, first, 1, &made.stack);
		assert_int_equal(find(&made, "n")->target.value, IMAGE_BASE + AT);
		assert_str(find(&made, "n")->object, objects ? "{a = 7, b = 8}" : "");
		assert_false(find(&made, "on_stack")->target.known);
	}
	first[0].value = 8; /* where no memory is */
	make(&made, IMAGE_BASE + STACK + 32);
	made.variables[0][0].type = T_PAIR_POINTER;
	od_frame_values(&tools, &made.trace, &(od_frame_scopes){made.scopes, 1, 1}, first, 1, &made.stack);
	assert_int_equal(find(&made, "n")->target.value, 8);
	assert_int_equal(find(&made, "n")->object.len, 0);
	od_arena_destroy(tools.arena);
	(void)unused;
}

/* Where the unwinder came to another stack pointer, and where memory has a hole, no value is made up. */
static void what_is_not_known_is_not_guessed(void **unused)
{
	static struct image image;
	struct od_memory memory;
	struct od_value_tools tools;
	static struct stack made;
	const struct od_register first[] = {{OD_STR("rbx"), 42}};

	set_up(&image, &tools, &memory);
	make(&made, IMAGE_BASE + STACK + 48);
	od_frame_values(&tools, &made.trace, &(od_frame_scopes){made.scopes, 2, 2}, first, 1, &made.stack);
	assert_str(find(&made, "n")->value, "42");
	assert_int_equal(find(&made, "saved")->value.len, 0);
	assert_str(find(&made, "saved")->reason, "the register that tells is not known in this frame");
	image.end = STACK;
	make(&made, IMAGE_BASE + STACK + 32);
	od_frame_values(&tools, &made.trace, &(od_frame_scopes){made.scopes, 2, 2}, first, 1, &made.stack);
	assert_str(find(&made, "on_stack")->reason, "not in the dump");
	assert_int_equal(find(&made, "saved")->value.len, 0);
	od_arena_destroy(tools.arena);
	(void)unused;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_written_as_c_does),
		cmocka_unit_test(registers_are_followed_to_the_caller),
		cmocka_unit_test(the_callers_stack_pointer_is_that_of_the_machine),
		cmocka_unit_test(what_a_pointer_to_a_struct_points_to_is_written_where_asked_for),
		cmocka_unit_test(what_is_not_known_is_not_guessed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
