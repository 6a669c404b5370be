// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire_tables.h"

#include "core/model.h"

enum { ASK = OD_WIRE_ASK, ANSWER = OD_WIRE_ANSWER, BOTH = OD_WIRE_BOTH };

#define SIZE_OF(type, name) sizeof(((type *)0)->name)
#define TEXT(type, name, way) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_TEXT, way, 0, NULL}
#define PART(type, name, way, of) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_PART, way, 0, &(of)}
#define ITEMS(type, name, way, of) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_LIST, way, 0, &(of)}
#define PLAIN(type, name) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_PLAIN, ANSWER, 0, NULL}
#define FLAG(type, name) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_FLAG, ANSWER, 0, NULL}
#define BELOW(type, name, limit) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_BELOW, ANSWER, limit, NULL}
#define REG(type, name) {offsetof(type, name), SIZE_OF(type, name), OD_WIRE_REG, ANSWER, 0, NULL}
#define PUBLIC_LAYOUT(name, type, table) const struct od_wire_layout name = {sizeof(type), table, sizeof(table) / sizeof(table[0])}
#define LAYOUT(name, type, table) static PUBLIC_LAYOUT(name, type, table)

static const struct od_wire_member text_members[] = {{0, sizeof(struct od_str), OD_WIRE_TEXT, BOTH, 0, NULL}};
LAYOUT(text_layout, struct od_str, text_members);

static const struct od_wire_member num_members[] = {PLAIN(struct od_num, value), FLAG(struct od_num, known)};
LAYOUT(num_layout, struct od_num, num_members);

static const struct od_wire_member place_members[] = {
	TEXT(struct od_place, function, ANSWER), TEXT(struct od_place, file, ANSWER),
	TEXT(struct od_place, path, ANSWER), FLAG(struct od_place, inlined),
};
LAYOUT(place_layout, struct od_place, place_members);

static const struct od_wire_member frame_members[] = {
	TEXT(struct od_frame, raw, ASK), TEXT(struct od_frame, function, ASK), TEXT(struct od_frame, module, ASK),
	TEXT(struct od_frame, build_id, ASK), TEXT(struct od_frame, context, ASK),
	BELOW(struct od_frame, status, OD_FRAME_STATUS_COUNT), TEXT(struct od_frame, status_detail, ANSWER),
	ITEMS(struct od_frame, places, ANSWER, place_layout), ITEMS(struct od_frame, candidates, ANSWER, text_layout),
	PLAIN(struct od_frame, image),
};
LAYOUT(frame_layout, struct od_frame, frame_members);

static const struct od_wire_member instruction_members[] = {
	TEXT(struct od_instruction_text, text, ANSWER), FLAG(struct od_instruction_text, fault),
};
LAYOUT(instruction_layout, struct od_instruction_text, instruction_members);

static const struct od_wire_member code_members[] = {
	BELOW(struct od_code, source, OD_CODE_IMAGE + 1), TEXT(struct od_code, bytes, BOTH),
	PLAIN(struct od_code, fault_index), FLAG(struct od_code, has_fault_index),
	PART(struct od_code, address, ANSWER, num_layout), TEXT(struct od_code, note, ASK),
	ITEMS(struct od_code, disassembly, ANSWER, instruction_layout), TEXT(struct od_code, no_disassembly, ANSWER),
};
LAYOUT(code_layout, struct od_code, code_members);

static const struct od_wire_member trace_members[] = {
	TEXT(struct od_trace, role, ASK), TEXT(struct od_trace, comm, ASK),
	ITEMS(struct od_trace, frames, BOTH, frame_layout),
};
LAYOUT(trace_layout, struct od_trace, trace_members);

static const struct od_wire_member lock_members[] = {
	TEXT(struct od_lock, name, ASK), TEXT(struct od_lock, comm, ASK), PART(struct od_lock, frame, BOTH, frame_layout),
};
LAYOUT(lock_layout, struct od_lock, lock_members);

static const struct od_wire_member module_members[] = {
	TEXT(struct od_module, name, ASK), TEXT(struct od_module, flags, ASK),
};
LAYOUT(module_layout, struct od_module, module_members);

static const struct od_wire_member register_members[] = {TEXT(struct od_register, name, ASK)};
LAYOUT(register_layout, struct od_register, register_members);

static const struct od_wire_member use_members[] = {
	TEXT(struct od_image_use, module, ANSWER), TEXT(struct od_image_use, path, ANSWER),
	BELOW(struct od_image_use, verdict, OD_VERDICT_COUNT), ITEMS(struct od_image_use, details, ANSWER, text_layout),
};
LAYOUT(use_layout, struct od_image_use, use_members);

static const struct od_wire_member operand_members[] = {
	REG(struct od_memory_operand, base), REG(struct od_memory_operand, index), FLAG(struct od_memory_operand, read),
	FLAG(struct od_memory_operand, write), FLAG(struct od_memory_operand, absolute),
	FLAG(struct od_memory_operand, segment),
};
LAYOUT(operand_layout, struct od_memory_operand, operand_members);

_Static_assert(OD_INSN_MEMORIES == 2, "every operand has its row");
static const struct od_wire_member insn_members[] = {
	BELOW(struct od_insn, kind, OD_INSN_RETURN + 1), REG(struct od_insn, to), REG(struct od_insn, to2),
	REG(struct od_insn, from), REG(struct od_insn, from2), BELOW(struct od_insn, memory_count, OD_INSN_MEMORIES + 1),
	REG(struct od_insn, indirect), FLAG(struct od_insn, has_immediate), FLAG(struct od_insn, immediate_is_address),
	FLAG(struct od_insn, has_target), FLAG(struct od_insn, preserves), FLAG(struct od_insn, divides),
	FLAG(struct od_insn, repeats), REG(struct od_insn, added),
	REG(struct od_insn, divisor), REG(struct od_insn, adjusted), TEXT(struct od_insn, target_name, ANSWER),
	PART(struct od_insn, memory[0], ANSWER, operand_layout), PART(struct od_insn, memory[1], ANSWER, operand_layout),
};
LAYOUT(insn_layout, struct od_insn, insn_members);

static const struct od_wire_member location_members[] = {
	BELOW(struct od_location, kind, OD_LOCATION_OTHER + 1), REG(struct od_location, reg), REG(struct od_location, reg2),
};
LAYOUT(location_layout, struct od_location, location_members);

static const struct od_wire_member variable_members[] = {
	TEXT(struct od_variable, name, ANSWER), TEXT(struct od_variable, function, ANSWER),
	FLAG(struct od_variable, parameter), FLAG(struct od_variable, global),
	ITEMS(struct od_variable, locations, ANSWER, location_layout),
};
LAYOUT(variable_layout, struct od_variable, variable_members);

static const struct od_wire_member member_members[] = {
	TEXT(struct od_member, name, ANSWER), FLAG(struct od_member, bits), FLAG(struct od_member, flexible),
};
LAYOUT(member_layout, struct od_member, member_members);

static const struct od_wire_member type_members[] = {
	BELOW(struct od_type, kind, OD_TYPE_FUNCTION + 1), TEXT(struct od_type, text, ANSWER),
	FLAG(struct od_type, known), FLAG(struct od_type, is_signed), FLAG(struct od_type, is_char),
	FLAG(struct od_type, is_bool), ITEMS(struct od_type, members, ANSWER, member_layout),
};
PUBLIC_LAYOUT(od_wire_type_layout, struct od_type, type_members);

static const struct od_wire_member instructions_members[] = {
	{offsetof(struct od_instructions, list), sizeof(od_insns), OD_WIRE_LIST, ANSWER, 0, &insn_layout},
};
PUBLIC_LAYOUT(od_wire_instructions_layout, struct od_instructions, instructions_members);

static const struct od_wire_member call_members[] = {TEXT(struct od_call, function, ANSWER)};
LAYOUT(call_layout, struct od_call, call_members);

static const struct od_wire_layout edge_layout = {sizeof(struct od_edge), NULL, 0};

/*
 * What `frame`, `registers` and `types` are follows as numbers, and then the instructions, if they were decoded; types,
 * and other instructions, come when they are asked for.
 */
static const struct od_wire_member facts_members[] = {
	PART(struct od_facts, here, ANSWER, insn_layout),
	ITEMS(struct od_facts, variables, ANSWER, variable_layout), ITEMS(struct od_facts, calls, ANSWER, call_layout),
	ITEMS(struct od_facts, edges, ANSWER, edge_layout),
	FLAG(struct od_facts, proven), FLAG(struct od_facts, site), FLAG(struct od_facts, only_site), FLAG(struct od_facts, called_once),
	TEXT(struct od_facts, function, ANSWER),
};
LAYOUT(facts_layout, struct od_facts, facts_members);

static const struct od_wire_member event_members[] = {
	TEXT(struct od_event, kernel_release, ASK), TEXT(struct od_event, kernel_version, ASK),
	PART(struct od_event, ip, BOTH, frame_layout), PART(struct od_event, lr, BOTH, frame_layout),
	ITEMS(struct od_event, registers, ASK, register_layout), PART(struct od_event, code, BOTH, code_layout),
	ITEMS(struct od_event, trace, BOTH, frame_layout), ITEMS(struct od_event, traces, BOTH, trace_layout),
	ITEMS(struct od_event, locks, BOTH, lock_layout), ITEMS(struct od_event, modules, ASK, module_layout),
	ITEMS(struct od_event, images, ANSWER, use_layout), ITEMS(struct od_event, facts, ANSWER, facts_layout),
};
PUBLIC_LAYOUT(od_wire_event_layout, struct od_event, event_members);

/*
 * A new pointer in one of these must become a row of its table, and then this line be corrected. `demangled` of a frame
 * is written when the answer is there.
 */
_Static_assert(UINTPTR_MAX != UINT64_MAX ||
		       (sizeof(struct od_place) == 64 && sizeof(struct od_insn) == 128 && sizeof(struct od_facts) == 288 &&
			sizeof(struct od_variable) == 64 && sizeof(struct od_call) == 32 && sizeof(struct od_type) == 64 &&
			sizeof(struct od_member) == 40 && sizeof(struct od_image_use) == 64 &&
			sizeof(struct od_instruction_text) == 40 && sizeof(struct od_code) == 120 &&
			sizeof(struct od_frame) == 240),
	       "the tables of this file describe all pointers");
