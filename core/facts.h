// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What an image says about the code around a frame, in no architecture's own words: the function's
 * instructions, the variables in scope with where they live, their types. Written by symbolize/ from
 * images that are not a mismatch; read by analyzer/. Part of the event: its arena owns everything.
 *
 * Registers are numbered as the architecture's DWARF numbers them; addresses are those of the image.
 */
#ifndef OD_CORE_FACTS_H
#define OD_CORE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

enum {
	OD_REGISTER_COUNT = 40,	/* registers that are followed */
	OD_REGISTER_NONE = 0xff,
	OD_INSN_MEMORIES = 2,	/* memory operands of one instruction */
	OD_TYPE_NONE = -1,	/* no type: void, or not told */
};

/* What is known of an architecture's registers and calls. Constant; one per architecture. */
struct od_register_set {
	const char *const *names;	/* by number, as the kernel prints them; NULL where there is none */
	uint8_t stack_pointer, result, zero; /* zero: always 0; OD_REGISTER_NONE: there is none */
	uint64_t preserved;		/* bit per register that a call leaves as it is */
	unsigned ignored_bits;		/* upper bits that a fault's address does not repeat */
	bool page_only;			/* a fault's address is only that of the page */
	bool delayed;			/* the instruction behind a branch is done before it */
	int cfa;			/* what the stack pointer lacks to the CFA at a function's entry */
	int pushed;			/* by how much a call lowers the stack pointer */
	const uint8_t *arguments;	/* in order */
	unsigned argument_count;
};

enum od_insn_kind {
	OD_INSN_OTHER = 0,	/* only `writes` and the memory operands are known */
	OD_INSN_MOVE,		/* to = from, or the immediate */
	OD_INSN_ADD,		/* to = from + immediate */
	OD_INSN_ADDRESS,	/* to = the address of memory[0] */
	OD_INSN_SUM,		/* to = from + memory[0] */
	OD_INSN_PRODUCT,	/* to = added + from * from2, or * the immediate */
	OD_INSN_INSERT,		/* to = from, but its 16 bits number `added` (0: the lowest) are the immediate's */
	OD_INSN_LOAD,		/* to = memory[0] (to2 = what follows it) */
	OD_INSN_STORE,		/* memory[0] = from, or the immediate (from2 behind it) */
	OD_INSN_CALL,
	OD_INSN_BRANCH,		/* goes to the target, or on */
	OD_INSN_JUMP,		/* goes to the target; without one, somewhere */
	OD_INSN_RETURN,		/* does not go on */
};

/* base + index * scale + displacement; `absolute`: the displacement is an address of the image. */
struct od_memory_operand {
	int64_t displacement;
	uint8_t base, index;	/* OD_REGISTER_NONE: none */
	uint8_t width;		/* in bytes; 0: not known */
	uint16_t scale;
	bool read, write, absolute, segment; /* segment: relative to this CPU's or task's own area */
};

struct od_insn {
	uint64_t address;
	uint8_t size, kind;
	uint8_t to, to2, from, from2; /* OD_REGISTER_NONE: none */
	uint8_t memory_count;
	uint8_t indirect;	/* of a call or jump: the register with the target */
	uint8_t added;		/* of a PRODUCT; which bits of an INSERT */
	bool has_immediate, immediate_is_address; /* an address of the image */
	bool has_target;
	bool preserves;		/* a call that leaves the registers as they are: entry hooks of the tracer */
	bool divides;
	bool repeats;		/* moves on through memory by itself: registers and address change while it runs */
	uint8_t divisor;	/* a register; OD_REGISTER_NONE: memory[0] */
	uint8_t adjusted;	/* a register to which adjustment is added after the access */
	int64_t adjustment;
	int64_t immediate;
	uint64_t target;	/* of a branch or call */
	uint64_t writes;	/* bit per register */
	struct od_memory_operand memory[OD_INSN_MEMORIES];
	struct od_str target_name; /* of a call; empty: not known */
};

enum od_location_kind {
	OD_LOCATION_NONE = 0,	/* the compiler kept none */
	OD_LOCATION_REGISTER,	/* the variable is in the register */
	OD_LOCATION_MEMORY,	/* it is in memory at register + offset */
	OD_LOCATION_FRAME,	/* it is in memory at the CFA + offset */
	OD_LOCATION_ADDRESS,	/* it is in memory at an address of the image (offset) */
	OD_LOCATION_VALUE,	/* it is in no place; its value is register + offset */
	OD_LOCATION_FRAME_VALUE, /* its value is the CFA + offset */
	OD_LOCATION_CONSTANT,	/* its value is the offset */
	OD_LOCATION_CONSTANT_ADDRESS, /* its value is an address of the image (offset) */
	OD_LOCATION_ENTRY,	/* its value is what the register held when the function began, + offset */
	OD_LOCATION_ENTRY_MEMORY, /* it is in memory there */
	OD_LOCATION_SUM,	/* it is in memory at register + second register * scale + offset */
	OD_LOCATION_SUM_VALUE,	/* it is in no place; its value is that */
	OD_LOCATION_OTHER,	/* it is kept, in a way that is not understood */
};

/* Where a variable is while the PC is in [from, to). */
struct od_location {
	uint64_t from, to;
	uint8_t kind, reg;
	uint8_t reg2;		/* of a SUM */
	uint16_t scale;
	int64_t offset;
	uint32_t piece_at, piece_size; /* which bytes of the variable; size 0: all of it */
};

struct od_variable {
	struct od_str name, function;	/* whose it is; empty: global */
	int type;
	bool parameter, global;
	OD_LIST(struct od_location) locations;
};

enum od_type_kind {
	OD_TYPE_OTHER = 0,
	OD_TYPE_SCALAR,		/* numbers, enumerations */
	OD_TYPE_POINTER,
	OD_TYPE_STRUCT,
	OD_TYPE_UNION,
	OD_TYPE_ARRAY,
	OD_TYPE_FUNCTION,
};

struct od_member {
	struct od_str name;	/* empty: anonymous */
	uint64_t offset;
	uint64_t size;		/* 0: not known, or a flexible array */
	int type;
	bool bits;		/* a bit-field */
	bool flexible;		/* an array without a size */
};

struct od_type {
	enum od_type_kind kind;
	struct od_str text;	/* in C: "struct sensor_cfg", "int", "const char *" */
	uint64_t size;		/* 0: not known, or a flexible array */
	int target;		/* of a pointer or array */
	bool known;		/* false: a struct whose members are not told (declared only, or there was no room) */
	bool is_signed, is_char, is_bool; /* of a scalar */
	OD_LIST(struct od_member) members; /* of a struct or union; of an enumeration: its names, values in `offset` */
};

/*
 * Types by number. One is read from the image when somebody asks for it, so that only those are read that an
 * explanation needs: od_facts_type(). That is possible until the image's symbolizer is given the next event; what
 * was read stays as long as the event.
 */
struct od_types {
	OD_LIST(struct od_type *) items; /* NULL: not read yet */
	/* Puts the type with this number into items; false: there is none. NULL: all were read. */
	bool (*read)(struct od_types *types, int type);
};

typedef OD_LIST(struct od_insn) od_insns;

/*
 * The instructions of a function, by ascending address. Those of callers are decoded when somebody asks: od_facts_insns().
 * That is possible as long as types can be read.
 */
struct od_instructions {
	od_insns list;
	/* Fills the list, if it can, and is not called again. NULL: it is filled. */
	void (*read)(struct od_instructions *instructions);
};

/*
 * Where a function's caller left its registers while the PC is at one address (call frame information, DWARF 5, 6.4):
 * the CFA is a register + an offset, and what was saved stands at the CFA + offsets[register].
 */
struct od_frame_rules {
	bool known;
	uint8_t cfa_register;
	int64_t cfa_offset;
	uint64_t saved, lost;	/* bit per register: saved; its value is gone, or not described */
	int64_t offsets[OD_REGISTER_COUNT];
};

/* A call that the debug info tells of (DW_TAG_call_site). */
struct od_call {
	uint64_t returns;	/* address behind the call */
	struct od_str function;
	int type;		/* of what it returns */
	int parameters;		/* how many it takes; -1: not known */
};

/*
 * A way through the code that the instructions in the file do not show: from where the kernel changes them (jump labels,
 * alternatives), and from an access that may fault (__ex_table). Behind the instruction at `from` it goes on at `to`.
 */
struct od_edge {
	uint64_t from, to;
};

/*
 * The facts of one frame; or (site) of a function that calls the frame's own and is in no trace. Either it ended in the call
 * and the frame behind it in the trace called it; or the frame's function was not given all its parameters, and only callers
 * tell what it was given instead.
 */
struct od_facts {
	const struct od_frame *frame; /* of a site: of the function that is called */
	uint64_t called_at;	/* a call in the unit; 0: none was looked for, or found */
	uint64_t pc;		/* the faulting instruction; of a caller, inside the call */
	uint64_t start;		/* of the function */
	const struct od_register_set *registers;
	struct od_insn here;	/* the one with the pc; size 0: there is none */
	uint64_t kept;		/* bit per register that no instruction of the function changes; 0: it is not known */
	struct od_instructions *instructions; /* NULL: none */
	OD_LIST(struct od_variable) variables; /* innermost inline first */
	OD_LIST(struct od_call) calls;
	OD_LIST(struct od_edge) edges; /* by ascending `from` */
	struct od_types *types;	/* NULL: none; shared by the frames of an image */
	bool proven;		/* the image matches */
	bool called_once;	/* the unit has no other call */
	bool site;		/* of a function that calls the frame's */
	bool only_site;		/* no other can have called it */
	struct od_str function;	/* of a site: its name */
};

/* What is needed to read a frame's variables out of memory: the facts have no instructions. */
struct od_frame_scope {
	struct od_facts facts;
	struct od_frame_rules rules;
	bool linked;		/* a linked image: all of it was moved as far as the code was */
};

typedef OD_LIST(struct od_frame_scope) od_frame_scopes;

/* The function's instructions, decoded now if need be; empty: they cannot be had. As od_facts_type(). */
const od_insns *od_facts_insns(const struct od_facts *facts);

/* The registers that an instruction changes, by any of its fields: bit per register. */
uint64_t od_insn_changes(const struct od_insn *insn);

/*
 * Whether the call at the caller's pc leads to the callee's function, by its target or the target's name. A function begins before
 * its debug info says so where the compiler put room for tracers in front (-fpatchable-function-entry, on arm64 and riscv): the
 * offset that the log prints tells. A call through a pointer leads nowhere.
 */
bool od_facts_calls(const struct od_facts *caller, const struct od_facts *callee);

/* Whether the location tells where the variable is, in a way that is understood. */
bool od_location_is_known(const struct od_location *location);

/* Whether any of the variable's locations does. */
bool od_variable_has_place(const struct od_variable *variable);

/* What the debug info says of a call; NULL: nothing. */
const struct od_call *od_facts_call(const struct od_facts *facts, const struct od_insn *insn);

/*
 * The type with this number, read now if need be; NULL: OD_TYPE_NONE, or it cannot be had. Valid as long as the
 * event. One thread at a time per event and symbolizer.
 */
const struct od_type *od_facts_type(const struct od_facts *facts, int type);

#endif
