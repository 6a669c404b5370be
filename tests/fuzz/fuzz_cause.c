// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Instructions, variables and types that no compiler made: what flows where, what it is called, what was bad. The
 * input: architecture, registers of the fault, types, variables with their locations, the code of a function and of
 * its caller.
 */
#include "analyzer/analyzer.h"
#include "analyzer/flow.h"
#include "render/render.h"
#include "tests/fuzz/facts.h"
#include "tests/fuzz/json.h"

enum { TYPES = 16, MEMBERS = 6, VARIABLES = 12, LOCATIONS = 4, CODE = 400 };

static const char *const names[] = {"dev", "cfg", "next", "a", "x", "", "priv", "len"};

static struct od_str name_of(struct fuzz_bytes *bytes)
{
	return od_str_from(names[fuzz_uint(bytes, 1) % (sizeof(names) / sizeof(names[0]))]);
}

/* A type's index, also of one that comes later or of itself. */
static int type_of(struct fuzz_bytes *bytes, size_t count)
{
	uint64_t value = fuzz_uint(bytes, 1);
	return value >= count ? OD_TYPE_NONE : (int)value;
}

static void read_types(struct fuzz_bytes *bytes, struct od_arena *arena, struct od_types *types)
{
	size_t count = fuzz_uint(bytes, 1) % (TYPES + 1);

	for (size_t i = 0; i < count; i++) {
		struct od_type **item = od_list_push(arena, &types->items);
		struct od_type *type = od_arena_alloc(arena, sizeof(*type));
		OD_LAW(item && type);
		*item = type;
		*type = (struct od_type){
			.kind = fuzz_uint(bytes, 1) % (OD_TYPE_FUNCTION + 1), .text = name_of(bytes),
			.size = fuzz_uint(bytes, 2), .target = type_of(bytes, count), .known = fuzz_uint(bytes, 1) & 1,
		};
		size_t members = fuzz_uint(bytes, 1) % (MEMBERS + 1);
		for (size_t j = 0; j < members; j++) {
			struct od_member *member = od_list_push(arena, &type->members);
			OD_LAW(member);
			*member = (struct od_member){.name = name_of(bytes), .offset = fuzz_uint(bytes, 2),
						     .type = type_of(bytes, count), .bits = fuzz_uint(bytes, 1) == 1};
		}
	}
}

static void read_location(struct fuzz_bytes *bytes, struct od_arena *arena, struct od_variable *variable)
{
	struct od_location *location = od_list_push(arena, &variable->locations);

	OD_LAW(location);
	*location = (struct od_location){
		.from = FUZZ_CODE_ADDRESS + fuzz_uint(bytes, 1), .kind = fuzz_uint(bytes, 1) % (OD_LOCATION_OTHER + 1),
		.reg = fuzz_uint(bytes, 1) % OD_REGISTER_COUNT, .reg2 = 1, .scale = 8, .offset = (int8_t)fuzz_uint(bytes, 1),
	};
	location->to = location->from + fuzz_uint(bytes, 2);
}

static void read_variables(struct fuzz_bytes *bytes, struct od_arena *arena, struct od_facts *facts)
{
	size_t count = fuzz_uint(bytes, 1) % (VARIABLES + 1);

	for (size_t i = 0; i < count; i++) {
		struct od_variable *variable = od_list_push(arena, &facts->variables);
		OD_LAW(variable);
		unsigned flags = (unsigned)fuzz_uint(bytes, 1);
		*variable = (struct od_variable){.name = name_of(bytes), .function = OD_STR("f"), .parameter = flags & 1,
						 .global = flags & 2, .type = type_of(bytes, facts->types->items.count)};
		for (unsigned j = 0; j < flags >> 2 % (LOCATIONS + 1) && j < LOCATIONS; j++)
			read_location(bytes, arena, variable);
	}
}

static void read_facts(struct fuzz_bytes *bytes, struct od_event *event, const struct od_frame *frame)
{
	struct od_facts *facts = od_list_push(event->arena, &event->facts);
	const struct od_insn_set *set = od_insn_set_find(event->arch);

	OD_LAW(facts);
	*facts = (struct od_facts){.frame = frame, .start = FUZZ_CODE_ADDRESS, .registers = set->registers};
	const uint64_t flags = fuzz_uint(bytes, 1);
	facts->proven = flags & 1;
	facts->site = frame != &event->ip && flags & 2; /* then it calls the ip's function, and is in no trace */
	facts->only_site = facts->site && flags & 4;
	facts->frame = facts->site ? &event->ip : frame;
	facts->types = od_arena_alloc(event->arena, sizeof(*facts->types));
	facts->instructions = od_arena_alloc(event->arena, sizeof(*facts->instructions));
	OD_LAW(facts->types && facts->instructions);
	read_types(bytes, event->arena, facts->types);
	read_variables(bytes, event->arena, facts);
	uint64_t pc = fuzz_uint(bytes, 2);
	struct fuzz_bytes code = fuzz_slice(bytes, fuzz_uint(bytes, 2) % (CODE + 1));
	fuzz_decode(set, fuzz_text(code.data, code.size), event->arena, &facts->instructions->list);
	const od_insns *insns = od_facts_insns(facts);
	facts->here = insns->count ? insns->items[pc % insns->count] : od_insn_empty(0, 0);
	if (insns->count)
		facts->pc = facts->here.address;
}

static void read_registers(struct fuzz_bytes *bytes, struct od_event *event)
{
	const struct od_register_set *set = od_insn_set_find(event->arch)->registers;
	uint64_t mask = fuzz_uint(bytes, 5);

	for (size_t i = 0; i < OD_REGISTER_COUNT && set->names[i]; i++) {
		struct od_register *reg = mask >> i & 1 ? od_list_push(event->arena, &event->registers) : NULL;
		if (!reg)
			continue;
		reg->name = od_str_from(set->names[i]);
		reg->value = fuzz_uint(bytes, mask >> 39 & 1 ? 8 : 2);
	}
}

static struct od_event *read_event(struct fuzz_bytes *bytes)
{
	struct od_event *event = od_event_create();

	OD_LAW(event);
	event->arch = fuzz_arch((unsigned)fuzz_uint(bytes, 1));
	event->kind = fuzz_uint(bytes, 1) % OD_KIND_COUNT;
	event->has_ip = true;
	event->ip = (struct od_frame){.function = OD_STR("f"), .offset = od_num(4), .size = od_num(64)};
	event->fault.access = fuzz_uint(bytes, 1) % 3;
	event->fault.address = (struct od_num){.known = true, .value = fuzz_uint(bytes, 8)};
	read_registers(bytes, event);
	struct od_frame *caller = od_list_push(event->arena, &event->trace);
	OD_LAW(caller);
	*caller = (struct od_frame){.function = OD_STR("g"), .offset = od_num(9), .size = od_num(64)};
	read_facts(bytes, event, &event->ip);
	if (bytes->size)
		read_facts(bytes, event, caller);
	return event;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct od_render_options options = {.tool_version = "fuzz", .evidence = true};
	struct fuzz_bytes bytes = {data, size};
	struct od_event *event = read_event(&bytes);
	struct od_buf out = {0};

	od_blame(event);
	od_analyze(event, NULL, 0);
	OD_LAW(event->cause.confidence <= OD_CONFIDENCE_CERTAIN);
	od_render_json.event(&out, &options, event, 0);
	OD_LAW(fuzz_is_json(od_buf_str(&out)));
	od_render_text.event(&out, &options, event, 0);
	od_buf_deinit(&out);
	od_event_destroy(event);
	return 0;
}
