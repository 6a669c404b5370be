// SPDX-License-Identifier: GPL-3.0-or-later
/* Causes named from hand-made facts: no image, no debug info. */
#include "tests/test.h"

#include "analyzer/cause.h"
#include "core/model.h"

enum { RAX, RDX, RCX, RBX, RSI, RDI, RBP, RSP, NONE = OD_REGISTER_NONE };
enum { CODE = 0x1000 };

static const char *const names[OD_REGISTER_COUNT] = {"rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp"};
static const uint8_t arguments[] = {RDI, RSI, RDX, RCX};
static const struct od_register_set registers = {
	.names = names, .stack_pointer = RSP, .result = RAX, .zero = NONE, .preserved = 1 << RBX | 1 << RBP | 1 << RSP, .cfa = 8,
	.arguments = arguments, .argument_count = sizeof(arguments),
};

/* struct dev { int id; struct cfg *cfg; struct cfg table[4]; }; struct cfg { u32 a; struct { u32 lo, hi; } limits; union { u32 u; float f; }; } */
enum { T_INT, T_CFG, T_LIMITS, T_UNION, T_CFG_PTR, T_TABLE, T_DEV, T_DEV_PTR, T_FN, T_FN_PTR, T_INT_PTR, T_PAIR, T_COUNT };

static const struct od_type types[T_COUNT] = {
	[T_INT] = {OD_TYPE_SCALAR, OD_STR("int"), 4, OD_TYPE_NONE, true, .members = {0}},
	[T_CFG] = {OD_TYPE_STRUCT, OD_STR("struct cfg"), 16, OD_TYPE_NONE, true, .members = {0}},
	[T_LIMITS] = {OD_TYPE_STRUCT, OD_STR("struct limits"), 8, OD_TYPE_NONE, true, .members = {0}},
	[T_UNION] = {OD_TYPE_UNION, OD_STR("union u"), 4, OD_TYPE_NONE, true, .members = {0}},
	[T_CFG_PTR] = {OD_TYPE_POINTER, OD_STR("struct cfg *"), 8, T_CFG, true, .members = {0}},
	[T_TABLE] = {OD_TYPE_ARRAY, OD_STR("struct cfg[4]"), 64, T_CFG, true, .members = {0}},
	[T_DEV] = {OD_TYPE_STRUCT, OD_STR("struct dev"), 96, OD_TYPE_NONE, true, .members = {0}},
	[T_DEV_PTR] = {OD_TYPE_POINTER, OD_STR("struct dev *"), 8, T_DEV, true, .members = {0}},
	[T_FN] = {OD_TYPE_FUNCTION, OD_STR("a function"), 0, OD_TYPE_NONE, true, .members = {0}},
	[T_FN_PTR] = {OD_TYPE_POINTER, OD_STR("void (*)(void)"), 8, T_FN, true, .members = {0}},
	[T_INT_PTR] = {OD_TYPE_POINTER, OD_STR("int *"), 8, T_INT, true, .members = {0}},
	[T_PAIR] = {OD_TYPE_STRUCT, OD_STR("struct pair"), 16, OD_TYPE_NONE, true, .members = {0}},
};
static const struct { int owner; struct od_member member; } members[] = {
	{T_CFG, {OD_STR("a"), 0, 0, T_INT, false, false}}, {T_CFG, {OD_STR("limits"), 4, 0, T_LIMITS, false, false}},
	{T_CFG, {OD_STR(""), 12, 0, T_UNION, false, false}}, {T_LIMITS, {OD_STR("lo"), 0, 0, T_INT, false, false}},
	{T_LIMITS, {OD_STR("hi"), 4, 0, T_INT, false, false}}, {T_UNION, {OD_STR("u"), 0, 0, T_INT, false, false}},
	{T_UNION, {OD_STR("f"), 0, 0, T_INT, false, false}}, {T_DEV, {OD_STR("id"), 0, 0, T_INT, false, false}},
	{T_DEV, {OD_STR("cfg"), 8, 0, T_CFG_PTR, false, false}}, {T_DEV, {OD_STR("table"), 16, 0, T_TABLE, false, false}},
	{T_DEV, {OD_STR("start"), 80, 0, T_FN_PTR, false, false}}, {T_PAIR, {OD_STR("fd"), 0, 0, T_INT, false, false}},
	{T_PAIR, {OD_STR("cfg"), 8, 0, T_CFG_PTR, false, false}},
};

struct readable {
	struct od_types types;
	struct od_arena *arena;
};

struct variable {
	const char *name;
	int type;
	struct od_location location; /* from and to are instructions */
};

/* One access: instructions of one byte each from CODE on; the fault is at the last. */
struct row {
	const char *name;
	struct od_insn insns[8];
	struct variable variables[3];
	uint64_t reg[8], fault;	/* registers at the fault */
	enum od_access access;
	bool unproven;
	/* NULL: no cause */
	const char *pointer, *member, *expression, *class_name, *confidence;
};

#define INSN(k, t, f, ...) {.kind = k, .to = t, .to2 = NONE, .from = f, .from2 = NONE, .indirect = NONE, \
			    .divisor = NONE, .adjusted = NONE, .added = NONE, .size = 1, __VA_ARGS__}
#define MEM(b, d, w) .memory_count = 1, .memory = {{.base = b, .index = NONE, .displacement = d, .width = w}}
#define MEMX(b, i, s, d, w) .memory_count = 1, .memory = {{.base = b, .index = i, .scale = s, .displacement = d, .width = w}}
#define LOADX(t, b, i, s, d, w) INSN(OD_INSN_LOAD, t, NONE, MEMX(b, i, s, d, w))
#define LOAD(t, b, d, w) INSN(OD_INSN_LOAD, t, NONE, MEM(b, d, w))
#define STORE(f, b, d, w) INSN(OD_INSN_STORE, NONE, f, MEM(b, d, w))
#define SET(t, n) INSN(OD_INSN_MOVE, t, NONE, .has_immediate = true, .immediate = n)
#define COPY(t, f) INSN(OD_INSN_MOVE, t, f, .immediate = 0)
#define PLUS(t, f, n) INSN(OD_INSN_ADD, t, f, .has_immediate = true, .immediate = n)
#define BRANCH(n) INSN(OD_INSN_BRANCH, NONE, NONE, .has_target = true, .target = CODE + n)
#define JUMP(n) INSN(OD_INSN_JUMP, NONE, NONE, .has_target = true, .target = CODE + n)
#define CALL() INSN(OD_INSN_CALL, NONE, NONE, .immediate = 0)
#define JUMP_TO(a) INSN(OD_INSN_JUMP, NONE, NONE, .has_target = true, .target = a)
#define CALL_TO(a) INSN(OD_INSN_CALL, NONE, NONE, .has_target = true, .target = a)
#define NOP() INSN(OD_INSN_OTHER, NONE, NONE, .immediate = 0)
#define IN(r) {.from = 0, .to = 99, .kind = OD_LOCATION_REGISTER, .reg = r}
#define GONE {.from = 0, .to = 0, .kind = OD_LOCATION_NONE, .reg = 0}
#define UNTIL(r, n) {.from = 0, .to = n, .kind = OD_LOCATION_REGISTER, .reg = r}

static const struct row rows[] = {
	{"a variable in the register", {LOAD(RAX, RDI, 8, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 8, OD_ACCESS_READ, false,
	 "cfg", "limits.hi", "cfg->limits.hi", "null-pointer-member", "certain"},
	{"a pointer that was read through a variable", {LOAD(RAX, RDI, 8, 8), LOAD(RAX, RAX, 4, 4)},
	 {{"dev", T_DEV_PTR, IN(RDI)}}, {[RDI] = 0xffff888000000000}, 4, OD_ACCESS_READ, false, "dev->cfg", "limits.lo",
	 "dev->cfg->limits.lo", "null-pointer-member", "certain"},
	{"through copies, additions and a spill",
	 {COPY(RBX, RDI), PLUS(RBX, RBX, 8), STORE(RBX, RSP, -8, 8), CALL(), LOAD(RAX, RSP, -8, 8), LOAD(RAX, RAX, 0, 8),
	  LOAD(RAX, RAX, 0, 4)}, {{"dev", T_DEV_PTR, UNTIL(RDI, 3)}}, {0}, 0, OD_ACCESS_READ, false, "dev->cfg", "a",
	 "dev->cfg->a", "null-pointer-member", "likely"},
	{"an element of an array inside", {LOAD(RAX, RDI, 40, 4)}, {{"dev", T_DEV_PTR, IN(RDI)}}, {0}, 40, OD_ACCESS_READ,
	 false, "dev", "table[1].limits.hi", "dev->table[1].limits.hi", "null-pointer-member", "certain"},
	{"a union is not certain", {LOAD(RAX, RDI, 12, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 12, OD_ACCESS_READ, false,
	 "cfg", "u", "cfg->u", "null-pointer-member", "likely"},
	{"an image that is not proven", {LOAD(RAX, RDI, 8, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 8, OD_ACCESS_READ, true,
	 "cfg", "limits.hi", "cfg->limits.hi", "null-pointer-member", "likely"},
	{"registers that disagree with the address", {LOAD(RAX, RDI, 8, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}},
	 {[RDI] = 0x5000}, 8, OD_ACCESS_READ, false, "cfg", "limits.hi", "cfg->limits.hi", "user-pointer", "possible"},
	{"poison", {LOAD(RAX, RDI, 8, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {[RDI] = 0x6b6b6b6b6b6b6b6b},
	 0x6b6b6b6b6b6b6b73, OD_ACCESS_READ, false, "cfg", "limits.hi", "cfg->limits.hi", "use-after-free", "certain"},
	{"an error number", {STORE(RAX, RDI, 0, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {[RDI] = (uint64_t)-12},
	 (uint64_t)-12, OD_ACCESS_WRITE, false, "cfg", "a", "cfg->a", "error-pointer", "certain"},
	{"a join of two ways", {BRANCH(2), LOAD(RDI, RDI, 8, 8), LOAD(RAX, RDI, 0, 4)},
	 {{"dev", T_DEV_PTR, UNTIL(RDI, 1)}}, {0}, 0, OD_ACCESS_READ, false, NULL, NULL, NULL, NULL, NULL},
	{"a variable that names what a join left", {BRANCH(2), LOAD(RDI, RDI, 8, 8), LOAD(RAX, RDI, 0, 4)},
	 {{"cfg", T_CFG_PTR, {.from = 2, .to = 99, .kind = OD_LOCATION_REGISTER, .reg = RDI}}}, {0}, 0, OD_ACCESS_READ, false, "cfg", "a", "cfg->a",
	 "null-pointer-member", "certain"},
	{"a call forgets", {COPY(RBX, RDI), CALL(), LOAD(RAX, RDI, 0, 4)}, {{"cfg", T_CFG_PTR, UNTIL(RDI, 2)}}, {0}, 0, OD_ACCESS_READ, false,
	 NULL, NULL, NULL, NULL, NULL},
	{"the tracer's hook at the start forgets nothing", {NOP(), CALL(), LOAD(RAX, RDI, 0, 4)},
	 {{"cfg", T_CFG_PTR, UNTIL(RDI, 1)}}, {0}, 0, OD_ACCESS_READ, false, "cfg", "a", "cfg->a", "null-pointer-member", "likely"},
	{"a constant that debug info knows", {SET(RAX, 0), STORE(RDX, RAX, 0, 4)},
	 {{"cfg", T_CFG_PTR, {.from = 0, .to = 99, .kind = OD_LOCATION_CONSTANT, .reg = 0}}}, {0}, 0, OD_ACCESS_WRITE, false, "cfg", "a", "cfg->a",
	 "null-pointer-member", "certain"},
	{"what the function got as argument", {LOAD(RDI, RDI, 8, 8), LOAD(RAX, RDI, 0, 4)},
	 {{"dev", T_DEV_PTR, {.from = 1, .to = 99, .kind = OD_LOCATION_ENTRY, .reg = RDI}}}, {0}, 0, OD_ACCESS_READ, false, "dev->cfg", "a",
	 "dev->cfg->a", "null-pointer-member", "certain"},
	{"an offset outside of the type", {LOAD(RAX, RDI, 64, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 64, OD_ACCESS_READ,
	 false, NULL, NULL, NULL, NULL, NULL},
	{"an element of numbers", {LOAD(RAX, RDI, 28, 4)}, {{"regs", T_INT_PTR, IN(RDI)}}, {0}, 28, OD_ACCESS_READ, false,
	 "regs", NULL, "regs[7]", "null-pointer", "certain"},
	{"an element by index", {LOADX(RAX, RDI, RSI, 4, 0, 4)}, {{"regs", T_INT_PTR, IN(RDI)}, {"i", T_INT, IN(RSI)}},
	 {[RSI] = 3}, 12, OD_ACCESS_READ, false, "regs", NULL, "regs[i]", "null-pointer", "likely"},
	{"a member of an element by index", {LOADX(RAX, RDI, RSI, 16, 20, 4)},
	 {{"dev", T_DEV_PTR, IN(RDI)}, {"i", T_INT, IN(RSI)}}, {[RSI] = 1}, 36, OD_ACCESS_READ, false, "dev",
	 "table[i].limits.lo", "dev->table[i].limits.lo", "null-pointer-member", "likely"},
	{"an index that was multiplied",
	 {INSN(OD_INSN_PRODUCT, RSI, RSI, .has_immediate = true, .immediate = 16), LOADX(RAX, RDI, RSI, 1, 4, 4)},
	 {{"cfg", T_CFG_PTR, IN(RDI)}, {"i", T_INT, UNTIL(RSI, 1)}}, {[RSI] = 32}, 36, OD_ACCESS_READ, false, "cfg", "limits.lo",
	 "cfg[i].limits.lo", "null-pointer-member", "likely"},
	{"a pointer that a loop moves on", {NOP(), LOAD(RAX, RDI, 4, 4), PLUS(RDI, RDI, 16), BRANCH(1), LOAD(RAX, RDI, 4, 4)},
	 {{"cfg", T_CFG_PTR, UNTIL(RDI, 1)}}, {[RDI] = 16}, 20, OD_ACCESS_READ, false, "cfg", "limits.lo",
	 "cfg[…].limits.lo", "bad-pointer", "likely"},
	{"a pointer that was computed from a bad one gives way", {PLUS(RSI, RDI, 4), LOAD(RAX, RSI, 0, 4)},
	 {{"inner", T_INT_PTR, IN(RSI)}, {"cfg", T_CFG_PTR, IN(RDI)}}, {[RSI] = 4}, 4, OD_ACCESS_READ, false, "cfg", "limits.lo",
	 "cfg->limits.lo", "null-pointer-member", "certain"},
	{"a pointer that was computed from a bad one, alone", {PLUS(RSI, RDI, 4), LOAD(RAX, RSI, 0, 4)},
	 {{"inner", T_INT_PTR, IN(RSI)}}, {[RSI] = 4}, 4, OD_ACCESS_READ, false, "inner", NULL, "*inner",
	 "null-pointer-member", "likely"},
	{"an access wider than the member", {LOAD(RAX, RDI, 4, 8)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 4, OD_ACCESS_READ, false,
	 "cfg", "limits.lo", "cfg->limits.lo", "null-pointer-member", "likely"},
	{"over several members", {LOAD(RAX, RDI, 0, 8)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 0, OD_ACCESS_READ, false,
	 "cfg", "a", "cfg->a", "null-pointer-member", "likely"},
	{"a location that begins late", {CALL(), LOAD(RDX, RAX, 4, 4), NOP()},
	 {{"cfg", T_CFG_PTR, {.from = 2, .to = 99, .kind = OD_LOCATION_REGISTER, .reg = RAX}}}, {0}, 4, OD_ACCESS_READ, false, "cfg", "limits.lo",
	 "cfg->limits.lo", "null-pointer-member", "likely"},
	{"a struct in two registers", {LOAD(RAX, RSI, 4, 4)},
	 {{"pair", T_PAIR, {.from = 0, .to = 99, .kind = OD_LOCATION_REGISTER, .reg = RSI, .piece_at = 8, .piece_size = 8}}}, {0}, 4, OD_ACCESS_READ, false, "pair.cfg", "limits.lo",
	 "pair.cfg->limits.lo", "null-pointer-member", "certain"},
	{"container_of() of NULL", {PLUS(RSI, RDI, -8), LOAD(RAX, RSI, 4, 4)}, {{"cfg", T_CFG_PTR, IN(RSI)}},
	 {[RSI] = (uint64_t)-8}, (uint64_t)-4, OD_ACCESS_READ, false, "cfg", "limits.lo", "cfg->limits.lo", "null-pointer-member",
	 "certain"},
	{"what a call returned", {COPY(RBX, RDI), CALL(), LOAD(RDX, RAX, 4, 4)}, {{0}}, {0}, 4, OD_ACCESS_READ, false, "cfg_find()", "limits.lo",
	 "cfg_find()->limits.lo", "null-pointer-member", "likely"},
	{"what a call returned that is not told of", {COPY(RBX, RDI), CALL(), LOAD(RDX, RAX, 4, 4)}, {{0}}, {0}, 4, OD_ACCESS_READ, false, NULL,
	 NULL, NULL, NULL, NULL},
	{"code behind a jump that the kernel patches away", {JUMP(3), LOAD(RAX, RDI, 4, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 4,
	 OD_ACCESS_READ, false, "cfg", "limits.lo", "cfg->limits.lo", "null-pointer-member", "certain"},
	{"code behind a jump, to which no way is known", {JUMP(3), LOAD(RAX, RDI, 4, 4)}, {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 4,
	 OD_ACCESS_READ, false, NULL, NULL, NULL, NULL, NULL},
	{"another value by a way that the kernel patches in", {COPY(RAX, RDI), JUMP(3), COPY(RAX, RSI), LOAD(RDX, RAX, 4, 4)},
	 {{"cfg", T_CFG_PTR, IN(RDI)}}, {0}, 4, OD_ACCESS_READ, false, NULL, NULL, NULL, NULL, NULL},
	{"a cursor through a list", {LOAD(RAX, RDI, 8, 8), JUMP(3), LOAD(RAX, RAX, 0, 8), BRANCH(2), LOAD(RDX, RAX, 4, 4)},
	 {{"cfg", T_CFG_PTR, {.from = 1, .to = 2, .kind = OD_LOCATION_REGISTER, .reg = RAX}}}, {0}, 4, OD_ACCESS_READ, false, "cfg", "limits.lo",
	 "cfg->limits.lo", "null-pointer-member", "possible"},
	{"a pointer that was read through NULL, where the first page can be read", {LOAD(RAX, RDI, 8, 8), LOAD(RDX, RAX, 4, 4)},
	 {{"dev", T_DEV_PTR, IN(RDI)}}, {0}, 4, OD_ACCESS_WRITE, false, "dev", "cfg", "dev->cfg", "null-pointer-member", "certain"},
	{"a parameter that was taken apart is named as in the function", {LOAD(RAX, RDI, 4, 4)},
	 {{"own", T_DEV_PTR, GONE}}, {0}, 4, OD_ACCESS_READ, false, "own->cfg", "limits.lo", "own->cfg->limits.lo",
	 "null-pointer-member", "certain"},
	{"a parameter that was taken apart, where the caller has no name for it", {LOAD(RAX, RDI, 4, 4)},
	 {{"own", T_DEV_PTR, GONE}}, {0}, 4, OD_ACCESS_READ, false, "own->cfg", "limits.lo", "own->cfg->limits.lo",
	 "null-pointer-member", "certain"},
	{"of two parameters of a type that were taken apart the caller's name stays", {LOAD(RAX, RDI, 4, 4)},
	 {{"left", T_DEV_PTR, GONE}, {"right", T_DEV_PTR, GONE}}, {0}, 4, OD_ACCESS_READ, false, "dev->cfg", "limits.lo",
	 "dev->cfg->limits.lo", "null-pointer-member", "certain"},
	{"an index behind a parameter that was taken apart", {LOADX(RAX, RDI, RSI, 16, 4, 4)},
	 {{"own", T_DEV_PTR, GONE}, {"i", T_INT, IN(RSI)}}, {0}, 4, OD_ACCESS_READ, false, "own->cfg", "limits.lo",
	 "own->cfg[i].limits.lo", "null-pointer-member", "likely"},
	{"a function that ended in the call to the only one that it calls, by its own words", {LOAD(RAX, RDI, 4, 4)}, {{0}}, {0}, 4, OD_ACCESS_READ,
	 false, "dev->cfg", "limits.lo", "dev->cfg->limits.lo", "null-pointer-member", "certain"},
	{"one of several functions that call this one, by its own words", {LOAD(RAX, RDI, 4, 4)}, {{0}}, {0}, 4, OD_ACCESS_READ, false,
	 NULL, NULL, NULL, NULL, NULL},
	{"one of several functions that call this one, by a parameter", {LOAD(RAX, RDI, 4, 4)}, {{"own", T_DEV_PTR, GONE}}, {0}, 4,
	 OD_ACCESS_READ, false, "own->cfg", "limits.lo", "own->cfg->limits.lo", "null-pointer-member", "certain"},
	{"through a function in between that ended in the call", {LOAD(RAX, RDI, 4, 4)}, {{0}}, {0}, 4, OD_ACCESS_READ, false, "dev->cfg",
	 "limits.lo", "dev->cfg->limits.lo", "null-pointer-member", "certain"},
	{"by the words of a function in between that ended in the call", {LOAD(RAX, RDI, 4, 4)}, {{0}}, {0}, 4, OD_ACCESS_READ, false,
	 "box->cfg", "limits.lo", "box->cfg->limits.lo", "null-pointer-member", "likely"},
	{"a variable in memory at two registers", {LOADX(RAX, RDI, RSI, 8, 8, 8), LOAD(RDX, RAX, 4, 4)},
	 {{"slot", T_CFG_PTR, {.to = 99, .kind = OD_LOCATION_SUM, .reg = RDI, .reg2 = RSI, .scale = 8, .offset = 8}}}, {0}, 4,
	 OD_ACCESS_READ, false, "slot", "limits.lo", "slot->limits.lo", "null-pointer-member", "certain"},
	{"a variable whose value is the sum of two registers", {LOADX(RAX, RDI, RSI, 1, 8, 8), LOAD(RDX, RAX, 4, 4)},
	 {{"dev", T_DEV_PTR, {.to = 1, .kind = OD_LOCATION_SUM_VALUE, .reg = RDI, .reg2 = RSI, .scale = 1}}}, {0}, 4,
	 OD_ACCESS_READ, false, "dev->cfg", "limits.lo", "dev->cfg->limits.lo", "null-pointer-member", "likely"},
	{"words of a function of a header give way", {PLUS(RSI, RDI, 4), LOAD(RAX, RSI, 0, 4)},
	 {{"addr", T_INT_PTR, IN(RSI)}, {"cfg", T_CFG_PTR, IN(RDI)}}, {[RSI] = 0x5004, [RDI] = 0x5000}, 0x5004, OD_ACCESS_READ, false,
	 "cfg", "limits.lo", "cfg->limits.lo", "user-pointer", "certain"},
	{"words of a function of a header, where there are no others", {LOAD(RAX, RSI, 0, 4)},
	 {{"addr", T_INT_PTR, IN(RSI)}}, {0}, 0, OD_ACCESS_READ, false, "addr", NULL, "*addr", "null-pointer", "certain"},
	{"an index that steps over no whole struct", {LOADX(RAX, RDI, RSI, 8, 4, 8)}, {{"dev", T_CFG_PTR, IN(RDI)}}, {0}, 4, OD_ACCESS_READ,
	 false, "dev", "limits.lo", "dev->limits.lo", "null-pointer-member", "likely"},
	{"a variable where the caller's pointer says", {LOAD(RAX, RDI, 8, 8), SET(RDI, 0), LOAD(RDX, RAX, 4, 4)},
	 {{"cfg", T_CFG_PTR, {.from = 0, .to = 99, .kind = OD_LOCATION_ENTRY_MEMORY, .reg = RDI, .offset = 8}}}, {0}, 4, OD_ACCESS_READ, false, "cfg", "limits.lo",
	 "cfg->limits.lo", "null-pointer-member", "certain"},
};

/* What a row's debug info and kernel tables tell beyond its variables: a call, by the instruction behind it, and a way. */
static const struct {
	const char *row;
	struct od_call call;	/* `returns` 0: none */
	struct od_edge edge;	/* `to` 0: none */
} told[] = {
	{"what a call returned", {2, OD_STR("cfg_find"), T_CFG_PTR, 1}, {0, 0}},
	{"what a call returned that is not told of", {4, OD_STR("cfg_find"), T_CFG_PTR, 1}, {0, 0}},
	{"code behind a jump that the kernel patches away", {0}, {0, 1}},
	{"another value by a way that the kernel patches in", {0}, {0, 2}},
};

static void add_told(struct od_event *event, struct od_facts *facts, const char *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(told); i++) {
		if (strcmp(told[i].row, row))
			continue;
		if (told[i].call.returns) {
			struct od_call *call = od_list_push(event->arena, &facts->calls);
			*call = told[i].call;
			call->returns += CODE;
		}
		if (told[i].edge.to)
			*od_list_push(event->arena, &facts->edges) =
				(struct od_edge){CODE + told[i].edge.from, CODE + told[i].edge.to};
	}
}

/* Functions that call the row's, and where; their last instruction is the call. */
static const struct {
	const char *row;
	struct od_insn insns[8];
	struct variable variables[3];
	bool site, only;	/* in no trace: it ended in the call; no other calls the function */
	bool behind;		/* another one of the same row stands between it and the function */
} callers[] = {
	{"a parameter that was taken apart is named as in the function", {LOAD(RDI, RBX, 8, 8), CALL_TO(CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = false, .only = false, .behind = false},
	{"a parameter that was taken apart, where the caller has no name for it", {LOAD(RDI, RBX, 8, 8), CALL_TO(CODE)}, {{0}}, .site = false, .only = false, .behind = false},
	{"of two parameters of a type that were taken apart the caller's name stays", {LOAD(RDI, RBX, 8, 8), CALL_TO(CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = false, .only = false, .behind = false},
	{"an index behind a parameter that was taken apart", {LOAD(RDI, RBX, 8, 8), CALL_TO(CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = false, .only = false, .behind = false},
	{"a function that ended in the call to the only one that it calls, by its own words", {LOAD(RDI, RBX, 8, 8), JUMP_TO(CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = true, .only = true, .behind = false},
	{"through a function in between that ended in the call", {LOAD(RDI, RDI, 8, 8), JUMP_TO(CODE)}, {{0}},
	 .site = true, .only = true, .behind = false},
	{"through a function in between that ended in the call", {COPY(RDI, RBX), CALL_TO(2 * CODE)}, {{"dev", T_DEV_PTR, IN(RBX)}},
	 .site = false, .only = false, .behind = true},
	{"by the words of a function in between that ended in the call", {LOAD(RDI, RDI, 8, 8), JUMP_TO(CODE)},
	 {{"box", T_DEV_PTR, UNTIL(RDI, 1)}}, .site = true, .only = true, .behind = false},
	{"by the words of a function in between that ended in the call", {COPY(RDI, RBX), CALL_TO(2 * CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = false, .only = false, .behind = true},
	{"one of several functions that call this one, by its own words", {LOAD(RDI, RBX, 8, 8), JUMP_TO(CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = true, .only = false, .behind = false},
	{"one of several functions that call this one, by a parameter", {LOAD(RDI, RBX, 8, 8), JUMP_TO(CODE)},
	 {{"dev", T_DEV_PTR, IN(RBX)}}, .site = true, .only = false, .behind = false},
};

/* Which of a row's variables is of a function that was inlined from a header: the first. */
static const char *const inlined[] = {
	"words of a function of a header give way", "words of a function of a header, where there are no others",
};

/* Types as an image gives them: each when it is asked for. */
static bool read_type(struct od_types *list, int number)
{
	struct od_arena *arena = ((struct readable *)list)->arena;
	struct od_type *type = od_arena_alloc(arena, sizeof(*type));

	*type = types[number];
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (members[i].owner != number)
			continue;
		struct od_member *member = od_list_push(arena, &type->members);
		*member = members[i].member;
		member->size = types[member->type].size;
	}
	list->items.items[number] = type;
	return true;
}

static void add_types(struct od_event *event, struct od_facts *facts)
{
	struct readable *list = od_arena_alloc(event->arena, sizeof(*list));

	*list = (struct readable){{.read = read_type}, event->arena};
	for (size_t i = 0; i < T_COUNT; i++)
		od_list_push(event->arena, &list->types.items);
	facts->types = &list->types;
}

static void add_insns(struct od_event *event, struct od_facts *facts, const struct od_insn *insns)
{
	facts->instructions = od_arena_alloc(event->arena, sizeof(*facts->instructions));
	for (size_t i = 0; i < 8 && insns[i].size; i++) {
		struct od_insn *insn = od_list_push(event->arena, &facts->instructions->list);
		*insn = insns[i];
		insn->address = facts->start + i;
		if (!i || insn->kind || !insns[i - 1].memory_count) /* what comes behind a last access is behind the fault */
			facts->here = *insn;
	}
	facts->pc = facts->here.address;
}

static void add_variables(struct od_event *event, struct od_facts *facts, const struct variable *variables)
{
	for (size_t i = 0; i < 3 && variables[i].name; i++) {
		struct od_variable *variable = od_list_push(event->arena, &facts->variables);
		variable->name = od_str_from(variables[i].name);
		variable->type = variables[i].type;
		variable->function = facts->site ? facts->function : facts->frame->function;
		struct od_location *location = od_list_push(event->arena, &variable->locations);
		*location = variables[i].location;
		variable->parameter = location->kind == OD_LOCATION_NONE;
		location->from += facts->start;
		location->to += facts->start;
	}
}

/* The frame of the function that called the row's. */
static void add_caller(struct od_event *event, const char *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(callers); i++) {
		if (strcmp(callers[i].row, row))
			continue;
		struct od_frame *frame = callers[i].site ? &event->ip : od_list_push(event->arena, &event->trace);
		if (!callers[i].site)
			*frame = (struct od_frame){.function = OD_STR("caller"), .is_return_address = true};
		struct od_facts facts = {.frame = frame, .start = callers[i].behind ? 3 * CODE : 2 * CODE, .registers = &registers, .proven = true,
					 .types = event->facts.items[0].types, .site = callers[i].site, .only_site = callers[i].only,
					 .function = OD_STR("site")};
		add_insns(event, &facts, callers[i].insns);
		add_variables(event, &facts, callers[i].variables);
		*od_list_push(event->arena, &event->facts) = facts;
	}
}

static void mark_inlined(struct od_event *event, const char *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(inlined); i++) {
		if (strcmp(inlined[i], row))
			continue;
		*od_list_push(event->arena, &event->ip.places) =
			(struct od_place){OD_STR("set_bit"), OD_STR("bitops.h"), OD_STR("/include/bitops.h"), 3, 1, true};
		event->facts.items[0].variables.items[0].function = OD_STR("set_bit");
	}
}

static struct od_event *event_of(const struct row *row)
{
	struct od_event *event = od_event_create();
	struct od_facts facts = {.frame = &event->ip, .start = CODE, .registers = &registers, .proven = !row->unproven};

	event->arch = &od_arch_x86_64;
	event->kind = OD_KIND_PAGING_REQUEST;
	event->has_ip = true;
	event->ip.function = OD_STR("f");
	event->ip.offset = od_num(0);
	event->fault.address = od_num(row->fault);
	event->fault.access = row->access;
	for (size_t i = 0; i < 8; i++)
		*od_list_push(event->arena, &event->registers) = (struct od_register){od_str_from(names[i]), row->reg[i]};
	add_types(event, &facts);
	add_insns(event, &facts, row->insns);
	add_told(event, &facts, row->name);
	add_variables(event, &facts, row->variables);
	*od_list_push(event->arena, &event->facts) = facts;
	mark_inlined(event, row->name);
	add_caller(event, row->name);
	return event;
}

static void assert_text(const char *what, struct od_str got, const char *want)
{
	if (!od_str_equal(got, od_str_from(want)))
		fail_msg("%s: \"%.*s\" instead of \"%s\"", what, OD_FMT(got), want ? want : "");
}

static void the_bad_pointer_is_named(void **state)
{
	const struct row *row = *state;
	struct od_event *event = event_of(row);

	od_find_cause(event);
	assert_text("confidence", od_str_from(od_confidence_name(event->cause.confidence)),
		    row->confidence ? row->confidence : "");
	assert_text("pointer", event->cause.pointer, row->pointer);
	assert_text("member", event->cause.member, row->member);
	assert_text("expression", event->cause.expression, row->expression);
	assert_text("class", od_str_from(event->cause.class_name), row->class_name);
	assert_true(row->pointer ? event->cause.evidence.count >= 2 : event->cause.text.len > 0);
	od_event_destroy(event);
}

int main(void)
{
	struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0])];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name, .test_func = the_bad_pointer_is_named,
					       .initial_state = (void *)(uintptr_t)&rows[i]};
	return _cmocka_run_group_tests("cause", tests, sizeof(tests) / sizeof(tests[0]), NULL, NULL);
}
