// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a function of s390x has done to its frame where it stopped: its instructions are followed along their jumps from its
 * start (z/Architecture Principles of Operation SA22-7832, chapter 7 and appendix B). gcc saves registers by stmg, lowers r15,
 * sets the back chain by stg, and gives the frame up by lmg.
 */
#include "vmcore/unwind.h"

#include <stdlib.h>

enum {
	CODE_LIMIT = 1 << 16, PASSES = 4, HALF = 2, WORD = 8, INSTRUCTION_LIMIT = 6,
	RETURN_REGISTER = 14, STACK_REGISTER = 15,
};

struct function {
	unsigned char *code;
	unsigned char *stages;	/* enum od_s390x_stage before each halfword */
	uint64_t size, lowered;
	struct od_s390x_frame frame;
	bool changed;
};

static int32_t immediate(const unsigned char *code)
{
	return (int32_t)od_uint(code + 2, 4, true);
}

/* A storage operand behind r15, with a displacement of 20 bits. */
static bool is_on_stack(const unsigned char *code, unsigned first, unsigned last, int64_t *displacement)
{
	*displacement = (int64_t)(signed char)code[4] * 4096 + ((code[2] & 0xf) << 8 | code[3]);
	return code[0] == first && code[5] == last && code[2] >> 4 == STACK_REGISTER;
}

/* How much lower the instruction makes r15: aghi, agfi, lay. */
static uint64_t lowers(const unsigned char *code)
{
	int64_t by = 0;

	if (code[0] == 0xa7 && code[1] == 0xfb)
		by = (int16_t)(code[2] << 8 | code[3]);
	else if (code[0] == 0xc2 && code[1] == 0xf8)
		by = immediate(code);
	else if (code[1] != 0xf0 || !is_on_stack(code, 0xe3, 0x71, &by))
		by = 0;
	return by < 0 ? (uint64_t)-by : 0;
}

/* The stage behind an instruction. */
static unsigned follow(struct function *function, const unsigned char *code, unsigned stage)
{
	unsigned from = code[1] >> 4, to = code[1] & 0xf;
	uint64_t by = lowers(code);
	int64_t at;

	if (is_on_stack(code, 0xeb, 0x24, &at) && stage == OD_S390X_UNTOUCHED && from <= RETURN_REGISTER && to >= RETURN_REGISTER &&
	    at == (int64_t)function->frame.return_at - (int64_t)(RETURN_REGISTER - from) * WORD) /* stmg */
		return OD_S390X_SAVED;
	if (is_on_stack(code, 0xeb, 0x04, &at) && to == STACK_REGISTER) /* lmg */
		return OD_S390X_GIVEN_UP;
	if (is_on_stack(code, 0xe3, 0x24, &at) && !to && at == (int64_t)function->frame.chain_at && stage == OD_S390X_LOWERED) /* stg */
		return OD_S390X_CHAINED;
	if (!by || (stage != OD_S390X_SAVED && stage != OD_S390X_LOWERED))
		return stage;
	function->lowered = stage == OD_S390X_SAVED ? by : function->lowered + by;
	return OD_S390X_LOWERED;
}

/* Where an instruction may jump to, relative to it, in bytes; 0: nowhere that can be known. */
static int64_t jump_of(const unsigned char *code)
{
	/* crj, cgrj, clrj and their like with immediate operands, brxhg, brxlg: RIE */
	static const unsigned char compares[] = {0x44, 0x45, 0x64, 0x65, 0x76, 0x77, 0x7c, 0x7d, 0x7e, 0x7f};

	if (code[0] == 0xc0 && (code[1] & 0xf) == 4)				/* brcl */
		return HALF * (int64_t)immediate(code);
	bool jumps = (code[0] == 0xa7 && ((code[1] & 0xf) == 4 || (code[1] & 0xf) == 6 || (code[1] & 0xf) == 7)) ||
		     code[0] == 0x84 || code[0] == 0x85;			/* brc, brct, brctg, brxh, brxle */
	for (size_t i = 0; code[0] == 0xec && i < sizeof(compares); i++)
		jumps |= code[5] == compares[i];
	return jumps ? HALF * (int64_t)(int16_t)(code[2] << 8 | code[3]) : 0;
}

/* bcr 15, brc 15, brcl 15, lpswe */
static bool never_goes_on(const unsigned char *code)
{
	return (code[0] == 0x07 && code[1] >> 4 == 0xf && (code[1] & 0xf)) || (code[0] == 0xa7 && code[1] == 0xf4) ||
	       (code[0] == 0xc0 && code[1] == 0xf4) || (code[0] == 0xb2 && code[1] == 0xb2);
}

static unsigned join(unsigned one, unsigned other)
{
	if (one == OD_S390X_UNKNOWN || one == other)
		return other;
	return other == OD_S390X_UNKNOWN ? one : OD_S390X_EITHER;
}

static void reach(struct function *function, uint64_t at, unsigned stage)
{
	unsigned char *own = &function->stages[at / HALF];
	unsigned joined = join(*own, stage);

	function->changed |= joined != *own;
	*own = (unsigned char)joined;
}

static void pass(struct function *function)
{
	unsigned stage = OD_S390X_UNTOUCHED;
	unsigned char code[INSTRUCTION_LIMIT];

	for (uint64_t at = 0, length; at + HALF <= function->size; at += length) {
		length = function->code[at] >> 6 == 0 ? 2 : function->code[at] >> 6 == 3 ? 6 : 4;
		if (length > function->size - at)
			break;
		memset(code, 0, sizeof(code));
		memcpy(code, function->code + at, (size_t)length);
		reach(function, at, stage);
		stage = function->stages[at / HALF];
		if (stage != OD_S390X_UNKNOWN)
			stage = follow(function, code, stage);
		uint64_t target = at + (uint64_t)jump_of(code);
		if (target != at && target < function->size && target % HALF == 0)
			reach(function, target, stage);
		if (never_goes_on(code))
			stage = OD_S390X_UNKNOWN;
	}
}

enum od_s390x_stage od_s390x_stage(const struct od_kernel *kernel, uint64_t start, uint64_t size, uint64_t offset,
				   uint64_t *lowered)
{
	struct function function = {.size = size < CODE_LIMIT ? size : CODE_LIMIT, .changed = true,
				    .frame = od_s390x_frame(kernel)};
	enum od_s390x_stage stage = OD_S390X_UNKNOWN;

	function.code = calloc(1, (size_t)function.size + 1);
	function.stages = calloc(1, (size_t)function.size / HALF + 1);
	if (function.code && function.stages && offset < function.size && offset % HALF == 0 &&
	    od_memory_read(kernel->memory, start, function.code, (size_t)function.size)) {
		for (unsigned i = 0; i < PASSES && function.changed; i++) {
			function.changed = false;
			pass(&function);
		}
		stage = function.stages[offset / HALF];
	}
	*lowered = function.lowered;
	free(function.code);
	free(function.stages);
	return stage;
}
